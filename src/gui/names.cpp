#include "gui/names.h"

#include "control/control.h"

#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Names)
};

} // namespace

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Open:
        return Tr::tr("Running");
    case Outcome::Completed:
        return Tr::tr("Completed");
    case Outcome::UpstreamError:
        return Tr::tr("Provider refused");
    case Outcome::UpstreamFailed:
        return Tr::tr("Provider failed");
    case Outcome::ClientGone:
        return Tr::tr("Client went away");
    case Outcome::CutAtCeiling:
        return Tr::tr("Ended at its budget");
    case Outcome::CacheHit:
        return Tr::tr("From cache");
    case Outcome::Refused:
        return Tr::tr("Refused here");
    case Outcome::Stopped:
        return Tr::tr("Stopped");
    case Outcome::Recovered:
        return Tr::tr("Recovered after a crash");
    }
    return {};
}

QString provenanceText(Provenance provenance)
{
    switch (provenance) {
    case Provenance::Reserved:
        return Tr::tr("reserved: it still runs");
    case Provenance::Exact:
        return Tr::tr("exact: from the usage that the provider reported");
    case Provenance::Estimated:
        return Tr::tr("estimated: tokens were counted here");
    case Provenance::Recovered:
        return Tr::tr("recovered: booked in full after a crash");
    case Provenance::Unpriced:
        return Tr::tr("unknown: the model has no price");
    case Provenance::Free:
        return Tr::tr("free: nothing was charged");
    }
    return {};
}

QString billingClassText(BillingClass billingClass)
{
    switch (billingClass) {
    case BillingClass::UncachedInput:
        return Tr::tr("Input");
    case BillingClass::CachedInput:
        return Tr::tr("Cached input");
    case BillingClass::CacheWrite5m:
        return Tr::tr("Cache write (5 min)");
    case BillingClass::CacheWrite1h:
        return Tr::tr("Cache write (1 h)");
    case BillingClass::Output:
        return Tr::tr("Output");
    case BillingClass::Reasoning:
        return Tr::tr("Reasoning");
    case BillingClass::AudioInput:
        return Tr::tr("Audio input");
    case BillingClass::AudioOutput:
        return Tr::tr("Audio output");
    case BillingClass::ImageInput:
        return Tr::tr("Image input");
    case BillingClass::ImageOutput:
        return Tr::tr("Image output");
    case BillingClass::WebSearchCall:
        return Tr::tr("Web searches");
    case BillingClass::FileSearchCall:
        return Tr::tr("File searches");
    case BillingClass::CodeSessionCall:
        return Tr::tr("Code sessions");
    case BillingClass::SpeechCharacter:
        return Tr::tr("Speech");
    case BillingClass::AudioSecond:
        return Tr::tr("Audio");
    case BillingClass::GeneratedImage:
        return Tr::tr("Generated images");
    }
    return {};
}

QString periodText(Period period)
{
    switch (period) {
    case Period::Hourly:
        return Tr::tr("Hour");
    case Period::Daily:
        return Tr::tr("Day");
    case Period::Weekly:
        return Tr::tr("Week");
    case Period::Monthly:
        return Tr::tr("Month");
    case Period::Total:
        return Tr::tr("Total");
    }
    return {};
}

QString scopeText(const Scope &scope, const Control &control)
{
    switch (scope.kind) {
    case ScopeKind::Global:
        return Tr::tr("Everything");
    case ScopeKind::Team:
        return Tr::tr("Team %1").arg(scope.id);
    case ScopeKind::Project:
        return Tr::tr("Project %1").arg(scope.id);
    case ScopeKind::Key: {
        const QString name = control.keyName(scope.id.toLongLong());
        return Tr::tr("Key %1").arg(name.isEmpty() ? scope.id : name);
    }
    }
    return {};
}

QString alertText(const QString &event)
{
    if (event == "budgetWarning"_L1)
        return Tr::tr("Budget warning");
    if (event == "budgetExceeded"_L1)
        return Tr::tr("Budget used up");
    if (event == "modelDowngraded"_L1)
        return Tr::tr("Cheaper model used");
    if (event == "keyPaused"_L1)
        return Tr::tr("Key paused");
    if (event == "upstreamDown"_L1)
        return Tr::tr("Provider not reachable");
    if (event == "unpricedModel"_L1)
        return Tr::tr("Model without a price");
    return event;
}

double warnFraction(const Config &config)
{
    double first = 1;
    for (const Threshold &threshold : config.budgets.alertThresholds)
        if (threshold.action == ThresholdAction::Warn)
            first = std::min(first, threshold.percent / 100.0);
    return first;
}

} // namespace lbp::gui
