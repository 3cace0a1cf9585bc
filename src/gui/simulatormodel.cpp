#include "gui/simulatormodel.h"

#include "config/config.h"
#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"

#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int typingMs = 200;
constexpr qint64 mostTokens = 100'000'000;
constexpr qint64 usualInput = 1'000;

constexpr SimulationStage allStages[] = {
    SimulationStage::Key,      SimulationStage::Pause,      SimulationStage::Model,
    SimulationStage::Provider, SimulationStage::RateLimits, SimulationStage::Downgrade,
    SimulationStage::Price,    SimulationStage::Budget,     SimulationStage::Admission};

QString stageTitle(SimulationStage stage)
{
    switch (stage) {
    case SimulationStage::Key:
        return SimulatorModel::tr("Key");
    case SimulationStage::Pause:
        return SimulatorModel::tr("Pause");
    case SimulationStage::Model:
        return SimulatorModel::tr("Model");
    case SimulationStage::Provider:
        return SimulatorModel::tr("Provider");
    case SimulationStage::RateLimits:
        return SimulatorModel::tr("Rate limits");
    case SimulationStage::Downgrade:
        return SimulatorModel::tr("Cheaper model");
    case SimulationStage::Price:
        return SimulatorModel::tr("Price");
    case SimulationStage::Budget:
        return SimulatorModel::tr("Budget");
    case SimulationStage::Admission:
        return SimulatorModel::tr("Decision");
    }
    return {};
}

} // namespace

SimulatorModel::SimulatorModel(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_key(this,
            [this](const QString &text) {
                if (text.trimmed().isEmpty())
                    return tr("Choose a key.");
                return m_services.control.keyByName(text.trimmed()) ? QString()
                                                                    : tr("There is no key with this name.");
            })
    , m_model(this,
              [](const QString &text) {
                  return text.trimmed().isEmpty() ? tr("Type the name of a model.") : QString();
              })
    , m_input(
          this,
          [this](const QString &text) { return countProblem(m_services.format, text, 0, mostTokens, false); })
    , m_output(
          this,
          [this](const QString &text) { return countProblem(m_services.format, text, 1, mostTokens, true); })
    , m_keySuggestions(this,
                       [this] {
                           QStringList names;
                           for (const KeyRecord &key : m_services.control.keys())
                               if (key.status != KeyStatus::Revoked)
                                   names.append(key.name);
                           return names;
                       })
    , m_modelSuggestions(this, [this] { return m_services.control.config()->prices->models(); })
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(typingMs);
    connect(&m_soon, &QTimer::timeout, this, &SimulatorModel::run);
    for (FormValue *value : {&m_key, &m_model, &m_input, &m_output})
        connect(value, &FormValue::changed, this, &SimulatorModel::runSoon);
}

void SimulatorModel::start(KeyId id)
{
    m_key.reset(m_services.control.keyName(id));
    if (m_model.isEmpty()) {
        // A model that is priced makes the first answer one that says something.
        const QStringList models = m_services.control.config()->prices->models();
        const QString usual = u"gpt-4o"_s;
        m_model.reset(models.contains(usual) ? usual : models.value(0));
    }
    if (m_input.isEmpty())
        m_input.reset(m_services.format.count(usualInput));
    m_result.reset();
    m_problem.clear();
    m_open = true;
    Q_EMIT openChanged();
    Q_EMIT resultChanged();
    run();
}

void SimulatorModel::close()
{
    if (!m_open)
        return;
    m_open = false;
    m_soon.stop();
    Q_EMIT openChanged();
}

void SimulatorModel::setStream(bool stream)
{
    if (m_stream == stream)
        return;
    m_stream = stream;
    Q_EMIT streamChanged();
    runSoon();
}

void SimulatorModel::runSoon()
{
    if (m_open)
        m_soon.start();
}

void SimulatorModel::run()
{
    m_soon.stop();
    const int question = ++m_asked;
    if (!m_key.isValid() || !m_model.isValid() || !m_input.isValid() || !m_output.isValid()) {
        m_result.reset();
        m_problem.clear();
        Q_EMIT resultChanged();
        return;
    }
    SimulationRequest request;
    request.key = m_services.control.keyByName(m_key.text().trimmed())->id;
    request.model = m_model.text().trimmed();
    request.inputTokens = countIn(m_services.format, m_input).value_or(0);
    request.outputTokens = countIn(m_services.format, m_output);
    request.stream = m_stream;
    m_mailbox.when(m_services.control.simulate(std::move(request)),
                   [this, question](const Result<Simulation> &result) {
                       if (question != m_asked)
                           return;
                       m_result = result ? std::optional(*result) : std::nullopt;
                       m_problem = result ? QString() : result.error().detail;
                       Q_EMIT resultChanged();
                   });
}

QString SimulatorModel::verdict() const
{
    if (!m_result)
        return {};
    if (m_result->refusal)
        return m_result->wouldHold ? tr("It would wait for your answer, then be blocked")
                                   : tr("It would be blocked");
    return m_result->clamped ? tr("It would run, with a shorter answer") : tr("It would run");
}

QString SimulatorModel::verdictTone() const
{
    if (!m_result)
        return u"neutral"_s;
    return m_result->refusal ? u"danger"_s : m_result->clamped ? u"warning"_s : u"ok"_s;
}

QString SimulatorModel::verdictText() const
{
    if (!m_result)
        return {};
    const Format &format = m_services.format;
    if (m_result->refusal)
        return tr("The client would get HTTP status %1.").arg(m_result->status);
    if (m_result->clamped)
        return tr("%1 at %2, at most %3 tokens of output; %4 would be set aside.")
            .arg(m_result->model, m_result->provider, format.count(m_result->ceiling),
                 format.money(m_result->reserve));
    return tr("%1 at %2; %3 would be set aside until it ends.")
        .arg(m_result->model, m_result->provider, format.money(m_result->reserve));
}

QString SimulatorModel::clientText() const
{
    if (!m_result || !m_result->refusal || m_result->steps.isEmpty())
        return {};
    return m_result->steps.last().text;
}

QString SimulatorModel::stepText(const SimulationStep &step) const
{
    const Format &format = m_services.format;
    const Instant now = m_services.clock.now();
    switch (step.stage) {
    case SimulationStage::Key:
        if (step.code == "active"_L1)
            return step.until ? tr("Active until %1.").arg(format.when(*step.until, now)) : tr("Active.");
        if (step.code == "revoked"_L1)
            return tr("It was revoked, so it is unknown to the proxy.");
        if (step.code == "expired"_L1)
            return step.until ? tr("It expired on %1.").arg(format.exact(*step.until))
                              : tr("It has expired.");
        return step.code == "paused"_L1 ? tr("It exists and is paused.") : step.text;
    case SimulationStage::Pause:
        if (step.verdict != SimulationVerdict::Block)
            return tr("Nothing is paused.");
        if (step.code == "all"_L1)
            return step.until ? tr("All spending is paused until %1.").arg(format.when(*step.until, now))
                              : tr("All spending is paused until you resume it.");
        return tr("This key is paused until you resume it.");
    case SimulationStage::Model:
        if (step.allowedModels.isEmpty())
            return step.verdict == SimulationVerdict::Block ? step.text : tr("Every model is allowed.");
        return step.verdict == SimulationVerdict::Block
            ? tr("This key may only use: %1.").arg(format.locale().createSeparatedList(step.allowedModels))
            : tr("It is one of those that this key may use.");
    case SimulationStage::Provider:
        return step.verdict == SimulationVerdict::Block || step.provider.isEmpty()
            ? step.text
            : tr("It would go to %1.").arg(step.provider);
    case SimulationStage::RateLimits: {
        const RateLimits &limits = step.limits;
        if (step.verdict == SimulationVerdict::Block) {
            if (step.code == "rpm"_L1)
                return tr("%1 of %2 requests were made within the last minute.")
                    .arg(format.count(step.usedRequests), format.count(limits.rpm));
            if (step.code == "tpm"_L1)
                return tr("%1 of %2 tokens were used within the last minute; this takes about %3 more.")
                    .arg(format.count(step.usedTokens), format.count(limits.tpm),
                         format.count(step.estimatedTokens));
            return tr("%1 of %2 requests are running side by side.")
                .arg(format.count(step.running), format.count(limits.parallel));
        }
        QStringList parts;
        if (limits.rpm > 0)
            parts.append(tr("%1 of %2 requests a minute")
                             .arg(format.count(step.usedRequests), format.count(limits.rpm)));
        if (limits.tpm > 0)
            parts.append(
                tr("%1 of %2 tokens a minute").arg(format.count(step.usedTokens), format.count(limits.tpm)));
        if (limits.parallel > 0)
            parts.append(
                tr("%1 of %2 running").arg(format.count(step.running), format.count(limits.parallel)));
        return parts.isEmpty() ? tr("There are none.")
                               : tr("In use: %1.").arg(format.locale().createSeparatedList(parts));
    }
    case SimulationStage::Downgrade:
        return step.toModel.isEmpty() ? tr("Not needed, or no rule fits: the model stays.")
                                      : tr("Its budgets are at %1 %, so %2 is used instead of %3.")
                                            .arg(step.percent)
                                            .arg(step.toModel, step.fromModel);
    case SimulationStage::Price:
        if (step.code == "free"_L1)
            return tr("This provider is free of charge.");
        if (step.code == "unknown"_L1)
            return step.verdict == SimulationVerdict::Block
                ? tr("It has no price, so its cost cannot be bounded. Add one under Models and prices.")
                : tr("It has no price; its cost would be unknown.");
        if (!step.inputPerMillion || !step.outputPerMillion)
            return step.text;
        return (step.code == "assumed"_L1 ? tr("It has no price of its own; assumed are %1 for a million "
                                               "tokens of input and %2 of output.")
                                          : tr("%1 for a million tokens of input, %2 of output."))
            .arg(format.money(*step.inputPerMillion), format.money(*step.outputPerMillion));
    case SimulationStage::Budget: {
        if (!step.budget)
            return step.verdict == SimulationVerdict::Block ? step.text : tr("No budget binds this key.");
        const BudgetStatus &status = *step.budget;
        return tr("%1, %2: %3 left of %4 (%5 spent, %6 reserved). At worst this costs %7.")
            .arg(scopeText(status.budget.scope, m_services.control), format.periodName(status.budget.period),
                 format.money(status.remaining()), format.money(status.effectiveLimit()),
                 format.money(status.spent), format.money(status.reserved), format.money(step.needed));
    }
    case SimulationStage::Admission:
        if (step.code == "admit"_L1)
            return tr("The worst case fits: %1 would be set aside.").arg(format.money(step.reserve));
        if (step.code == "clamp"_L1)
            return tr("The worst case (%1) does not fit, so the answer is bounded to %2 tokens instead of "
                      "%3.")
                .arg(format.money(step.needed), format.count(step.ceiling), format.count(step.ceilingAsked));
        if (step.code == "refuse"_L1)
            return tr("The worst case (%1) does not fit, and a shorter answer would be too short.")
                .arg(format.money(step.needed));
        if (step.code == "hold"_L1)
            return tr("The worst case (%1) does not fit: the request waits while you are asked.")
                .arg(format.money(step.needed));
        if (step.code == "threshold"_L1)
            return tr("A budget has reached its threshold of %1 %, which blocks.").arg(step.percent);
        if (step.code == "unpriced"_L1)
            return tr("Allowed without a price: nothing is set aside.");
        return step.text;
    }
    return step.text;
}

QVariantList SimulatorModel::steps() const
{
    QVariantList list;
    if (!m_result)
        return list;
    const auto add = [&](SimulationStage stage, const QString &verdict, const QString &text) {
        list.append(QVariantMap{{u"stage"_s, simulationStageName(stage)},
                                {u"verdict"_s, verdict},
                                {u"title"_s, stageTitle(stage)},
                                {u"text"_s, text}});
    };
    SimulationStage last = SimulationStage::Key;
    for (const SimulationStep &step : m_result->steps) {
        add(step.stage, simulationVerdictName(step.verdict), stepText(step));
        last = step.stage;
    }
    // What was never asked, because an earlier step blocked.
    for (const SimulationStage stage : allStages)
        if (m_result->refusal && stage > last)
            add(stage, u"skipped"_s, tr("Not asked any more."));
    return list;
}

} // namespace lbp::gui
