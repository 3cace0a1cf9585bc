#include "proxy/decide.h"

#include <algorithm>
#include <QDateTime>

namespace lbp {

namespace {

constexpr qint64 likelyAnswer =
    1024; ///< output tokens that count towards tokens per minute until the real number is known

bool serves(const ProviderConfig &provider, QStringView model)
{
    return std::any_of(provider.models.begin(), provider.models.end(),
                       [model](const QString &glob) { return globMatches(glob, model); });
}

const char16_t *makerOf(Api api)
{
    switch (api) {
    case Api::OpenAi:
        break;
    case Api::Anthropic:
        return u"Anthropic";
    case Api::Gemini:
        return u"Gemini";
    }
    return u"OpenAI";
}

QString whoseBudget(const Scope &scope, const KeyRecord &key)
{
    switch (scope.kind) {
    case ScopeKind::Global:
        return QStringLiteral("of everything");
    case ScopeKind::Key:
        return QStringLiteral("of the key '%1'").arg(key.name);
    default:
        return QStringLiteral("of the %1 '%2'").arg(scopeKindName(scope.kind), scope.id);
    }
}

} // namespace

Status checkPause(const PauseState &pause, const KeyRecord &key, Instant now)
{
    if (pause.holdsAt(now))
        return fail(
            ErrorCode::Paused,
            QStringLiteral("All spending is paused%1. Resume it in the program, or with `lbp resume`.")
                .arg(pause.until
                         ? QStringLiteral(" until %1")
                               .arg(QDateTime::fromMSecsSinceEpoch(toMicros(*pause.until) / 1000, Qt::UTC)
                                        .toString(Qt::ISODate))
                         : QString()));
    if (key.status == KeyStatus::Paused)
        return fail(
            ErrorCode::Paused,
            QStringLiteral(
                "The key '%1' is paused%2. Resume it in the program, or with `lbp resume --key %1`.")
                .arg(key.name,
                     key.pausedReason.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(key.pausedReason)));
    return {};
}

Status checkModel(const KeyEntry &key, const QString &model)
{
    if (key.allowsModel(model))
        return {};
    return fail(
        ErrorCode::ModelNotAllowed,
        QStringLiteral("The key '%1' may not use the model '%2'. It may use: %3.")
            .arg(key.record.name, model.left(200), key.record.allowedModels.join(QStringLiteral(", "))));
}

Status checkOtherModels(const KeyEntry &key, const RequestFacts &facts)
{
    for (const OtherModel &other : facts.otherModels) {
        if (Status allowed = checkModel(key, other.model); !allowed)
            return allowed;
    }
    return {};
}

Result<Route> routeFor(const Config &config, const KeyRecord &key, const RouteQuestion &question)
{
    const ProviderKind kind = kindOf(question.api);
    const QString &model = question.model;
    const auto mayAnswer = [&](const ProviderConfig &provider) {
        return provider.speaks(kind) && (!question.unmetered || key.allowUnmetered || provider.allowUnmetered)
            && (!question.isDeployment || provider.quirks.hasDeployments);
    };
    const auto modelAt = [&](const ProviderConfig &provider) {
        return question.isDeployment ? provider.modelOf(model) : model;
    };
    const QList<ProviderConfig> &all = config.providers;
    if (!model.isEmpty()) {
        for (const ProviderConfig &provider : all) {
            const bool named = provider.models.contains(model)
                || (question.isDeployment && provider.deployments.contains(model));
            if (named && mayAnswer(provider))
                return Route{&provider, modelAt(provider)};
        }
        for (const ProviderConfig &provider : all) {
            if (!provider.models.isEmpty() && mayAnswer(provider) && serves(provider, modelAt(provider)))
                return Route{&provider, modelAt(provider)};
        }
        const qsizetype slash = question.isDeployment ? -1 : model.indexOf(u'/');
        const QStringView before = QStringView(model).first(std::max<qsizetype>(0, slash));
        for (const ProviderConfig &provider : all) {
            const QStringView rest = QStringView(model).sliced(slash + 1);
            if (slash > 0 && provider.name == before && !rest.isEmpty() && mayAnswer(provider)
                && (provider.models.isEmpty() || serves(provider, rest)))
                return Route{&provider, rest.toString()};
        }
    }
    // Who takes what no other names: first those whose own API it is.
    const ProviderKind preferred = question.prefersGemini ? ProviderKind::Gemini : kind;
    const ProviderConfig *open = nullptr;
    bool spoken = false;
    for (const ProviderConfig &provider : all) {
        spoken |= provider.speaks(kind);
        if (!mayAnswer(provider) || (!provider.models.isEmpty() && !model.isEmpty()))
            continue;
        if (!open || (open->kind != preferred && provider.kind == preferred))
            open = &provider;
    }
    if (open)
        return Route{open, modelAt(*open)};
    if (!spoken)
        return fail(
            ErrorCode::ModelNotAllowed,
            QStringLiteral("No provider is configured that speaks the API of %1; add one to providers.")
                .arg(QStringView(makerOf(question.api))));
    return fail(ErrorCode::ModelNotAllowed,
                model.isEmpty()
                    ? QStringLiteral("No provider is configured for this path.")
                    : QStringLiteral("No provider is configured for the model '%1'.").arg(model.left(200)));
}

qint64 estimatedTokens(const RequestFacts &facts, bool hasOutput)
{
    return likelyTokens(facts.inputUpperBound)
        + (hasOutput ? std::min(facts.ceiling.value_or(likelyAnswer), likelyAnswer) : 0);
}

Error rateLimited(const KeyEntry &key, const RateLimiter::Decision &decision)
{
    using By = RateLimiter::Decision::By;
    const RateLimits &limits = key.limits;
    const QString what = decision.refusedBy == By::Rpm
        ? QStringLiteral("%1 requests per minute").arg(limits.rpm)
        : decision.refusedBy == By::Tpm ? QStringLiteral("%1 tokens per minute").arg(limits.tpm)
                                        : QStringLiteral("%1 parallel requests").arg(limits.parallel);
    return Error{
        ErrorCode::RateLimited,
        QStringLiteral("Rate limit of the key '%1' reached: %2. Try again in %3 s.")
            .arg(key.record.name, what, QString::number(double(decision.retryAfter.count()) / 1e6, 'f', 1))};
}

std::optional<Downgrade> downgradeOf(const Config &config, BudgetLedger &ledger, const Spender &spender,
                                     const QString &model,
                                     const std::optional<BudgetLedger::Pressure> &pressure, Instant now)
{
    if (!config.modelDowngrade.enabled || config.modelDowngrade.rules.isEmpty())
        return std::nullopt;
    const QList<BudgetStatus> budgets = ledger.statusFor(spender, now);
    if (budgets.isEmpty())
        return std::nullopt;
    const bool reached = pressure && pressure->action != ThresholdAction::Warn;
    const int percent = budgets.first().pressureBasisPoints() / 100;
    const std::optional<QString> cheaper = downgradeFor(model, config.modelDowngrade.rules, percent, reached);
    if (!cheaper || *cheaper == model)
        return std::nullopt;
    return Downgrade{model, *cheaper, percent, budgets.first()};
}

const ModelPrice *ownPrice(const Config &config, const ProviderConfig &provider, const QString &model,
                           Instant at)
{
    return provider.isFreeFor(model) ? nullptr : config.prices->find(model, provider.priceSpace, at);
}

namespace {

/// What models beside the asked one may cost belongs to what is set aside.
Status addOtherModels(const Config &config, const ProviderConfig &provider, const RequestFacts &facts,
                      Priced &priced, Instant at)
{
    for (const OtherModel &other : facts.otherModels) {
        const ModelPrice *price = ownPrice(config, provider, other.model, at);
        if (!price && config.pricing.unknownModels == UnknownModels::Assume)
            price = config.prices->find(config.pricing.assumeModel, provider.priceSpace, at);
        if (!price && config.pricing.unknownModels == UnknownModels::Refuse)
            return fail(
                ErrorCode::ModelNotPriced,
                QStringLiteral("The model '%1', which this request names as well, has no price. Add it to "
                               "pricing.yml (inputPer1M, outputPer1M), or set pricing.unknownModels.")
                    .arg(other.model.left(200)));
        const Result<Money> worst = worstCaseOf(other, facts, price ? *price : *priced.price, priced.tier);
        if (!worst)
            return tl::unexpected(worst.error());
        priced.quote.extra = priced.quote.extra.plusSaturated(*worst);
        priced.quote.worst.input = priced.quote.worst.input.plusSaturated(*worst);
    }
    for (const UsagePart &part : facts.partsUpperBound) {
        const ModelPrice *price = ownPrice(config, provider, part.model, at);
        const Result<Money> worst =
            price ? cost(part.usage, price->ratesFor(0, priced.tier)) : fail(ErrorCode::NotPriced, QString());
        if (!worst)
            return fail(ErrorCode::ModelNotPriced,
                        QStringLiteral(
                            "The model '%1', which a hosted tool of this request uses, has no price for "
                            "images. Add it to pricing.yml (inputPer1M, imageInputPer1M, imageOutputPer1M).")
                            .arg(part.model.left(200)));
        priced.quote.extra = priced.quote.extra.plusSaturated(*worst);
        priced.quote.worst.input = priced.quote.worst.input.plusSaturated(*worst);
    }
    return {};
}

} // namespace

Result<Priced> priceOf(const Config &config, const ProviderConfig &provider, const QString &model,
                       const RequestFacts &facts, bool hasOutput, Instant at)
{
    Priced priced;
    priced.tier = serviceTierFromName(facts.serviceTier);
    priced.isFree = provider.isFreeFor(model);
    priced.price = ownPrice(config, provider, model, at);
    priced.isUnknown = !priced.price && !priced.isFree;
    if (priced.isUnknown) {
        switch (config.pricing.unknownModels) {
        case UnknownModels::Refuse:
            return fail(
                ErrorCode::ModelNotPriced,
                QStringLiteral("The model '%1' has no price, so its cost could not be counted. Add it to "
                               "pricing.yml (inputPer1M, outputPer1M), or set pricing.unknownModels.")
                    .arg(model.left(200)));
        case UnknownModels::Allow:
            break;
        case UnknownModels::Assume:
            priced.price = config.prices->find(config.pricing.assumeModel, provider.priceSpace, at);
            if (!priced.price)
                return fail(ErrorCode::ModelNotPriced,
                            QStringLiteral("The model '%1' has no price, and neither has '%2', which "
                                           "pricing.unknownModels names.")
                                .arg(model.left(200), config.pricing.assumeModel));
            break;
        }
    }
    if (!priced.price) { // free, or allowed although its cost is unknown
        priced.quote.inputBound = facts.inputUpperBound;
        priced.quote.likelyInput = likelyTokens(facts.inputUpperBound);
        return priced;
    }
    Result<Quote> quote = quoteFor(facts, *priced.price, hasOutput, priced.tier);
    if (!quote)
        return tl::unexpected(quote.error());
    priced.quote = *quote;
    if (const Status added = addOtherModels(config, provider, facts, priced, at); !added)
        return tl::unexpected(added.error());
    return priced;
}

MoneyDecision decideMoney(const Config &config, BudgetLedger &ledger, const Spender &spender,
                          const Priced &priced, const QString &model,
                          const std::optional<BudgetLedger::Pressure> &pressure, Instant now)
{
    MoneyDecision decision;
    decision.admission = {Admission::Verdict::Admit, priced.quote.worst.ceiling, {}};
    if (priced.isFree)
        return decision;
    const AdmissionMode mode = config.budgets.admission;
    const std::optional<BudgetStatus> tightest = ledger.tightest(spender, now);
    const Money worst = priced.quote.worst.total().value_or(Money::max());
    if (pressure && pressure->action == ThresholdAction::Block) {
        decision.over = OverBudget{pressure->status, worst, true, pressure->percent};
        return decision;
    }
    if (!priced.price) { // allowed although nobody knows what it costs: nothing can be set aside, but where
                         // nothing is left nothing runs
        if (tightest && tightest->remaining().isZero())
            decision.over = OverBudget{*tightest, worst};
        return decision;
    }
    if (!priced.quote.ceilingKnown && mode == AdmissionMode::Strict) {
        decision.error =
            Error{ErrorCode::InvalidRequest,
                  QStringLiteral(
                      "The worst case of this request is unknown: give it a maximum of output tokens, or "
                      "the model '%1' a maxOutputTokens in pricing.yml (budgets.admission is strict).")
                      .arg(model.left(200))};
        return decision;
    }
    decision.admission = admit(priced.quote.worst, tightest ? tightest->remaining() : Money::max(), mode,
                               config.budgets.minOutputTokens);
    if (decision.admission.verdict == Admission::Verdict::Refuse) {
        decision.over = OverBudget{*tightest, worst};
        return decision;
    }
    // What costs nothing is not tested against what is left, but a budget of zero refuses it all the same.
    if (mode != AdmissionMode::Soft && decision.admission.reserve.isZero()) {
        const QList<BudgetStatus> refusing = ledger.withoutRoom(spender, {}, now);
        if (!refusing.isEmpty())
            decision.over = OverBudget{refusing.first(), worst};
    }
    return decision;
}

Money leastReserve(const Config &config, const Priced &priced)
{
    const WorstCase &worst = priced.quote.worst;
    const Money most = worst.total().value_or(Money::max());
    switch (config.budgets.admission) {
    case AdmissionMode::Soft:
        return Money::fromPicodollars(most.isZero() ? 0 : 1); // anything that is left will do
    case AdmissionMode::Strict:
        return most;
    case AdmissionMode::Clamp:
        break;
    }
    if (!worst.ceilingMayChange)
        return most;
    WorstCase least = worst;
    least.ceiling =
        std::min(worst.ceiling, std::max<qint64>({1, config.budgets.minOutputTokens, worst.leastCeiling}));
    return least.total().value_or(most);
}

QList<BudgetStatus> refusingBudgets(const Config &config, BudgetLedger &ledger, const Spender &spender,
                                    const Priced &priced, const OverBudget &over, Instant now)
{
    QList<BudgetStatus> refusing{over.status};
    const auto add = [&refusing](const BudgetStatus &status) {
        const bool known = std::any_of(refusing.begin(), refusing.end(), [&](const BudgetStatus &s) {
            return s.budget.scope == status.budget.scope && s.budget.period == status.budget.period;
        });
        if (!known)
            refusing.append(status);
    };
    for (const BudgetStatus &status : ledger.withoutRoom(spender, leastReserve(config, priced), now))
        add(status);
    if (over.percent) {
        for (const BudgetStatus &status : ledger.statusFor(spender, now))
            if (qint64(status.pressureBasisPoints()) >= qint64(*over.percent) * 100)
                add(status);
    }
    return refusing;
}

QString budgetPhrase(const Budget &budget, const KeyRecord &key)
{
    return QStringLiteral("the %1 budget %2").arg(periodName(budget.period), whoseBudget(budget.scope, key));
}

Error overBudgetError(const Config &config, const KeyRecord &key, const Priced &priced,
                      const OverBudget &over)
{
    const BudgetStatus &status = over.status;
    const Budget &budget = status.budget;
    QString reset;
    if (budget.period != Period::Total)
        reset =
            QStringLiteral(" It resets at %1.")
                .arg(QDateTime::fromMSecsSinceEpoch(toMicros(status.span.end) / 1000, config.budgets.timeZone)
                         .toString(Qt::ISODate));
    const QString raised =
        status.raised.isZero() ? QString() : QStringLiteral(" (raised by %1)").arg(status.raised.toDecimal());
    const QString need = priced.price
        ? QStringLiteral("this request may need up to %1").arg(over.needed.toDecimal())
        : QStringLiteral("what this request costs is not known");
    return Error{ErrorCode::BudgetExceeded,
                 QStringLiteral("Budget exceeded: %1 is %2 USD%3; %4 spent, %5 reserved, and %6.%7")
                     .arg(budgetPhrase(budget, key), budget.limit.toDecimal(), raised,
                          status.spent.toDecimal(), status.reserved.toDecimal(), need, reset)};
}

} // namespace lbp
