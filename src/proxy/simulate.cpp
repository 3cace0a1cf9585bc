#include "proxy/simulate.h"

#include "proxy/context.h"
#include "proxy/decide.h"

namespace lbp {

namespace {

using Stage = SimulationStage;
using Verdict = SimulationVerdict;

constexpr qint64 bytesPerToken = 3; ///< as likelyTokens() has it

QString statusName(const KeyRecord &key, Instant now)
{
    if (key.status == KeyStatus::Revoked)
        return QStringLiteral("revoked");
    if (key.expiresAt && *key.expiresAt <= now)
        return QStringLiteral("expired");
    return key.status == KeyStatus::Paused ? QStringLiteral("paused") : QStringLiteral("active");
}

std::optional<Money> perMillion(std::optional<qint64> rate)
{
    return rate ? Money::fromPicodollars(*rate).times(1'000'000) : std::nullopt;
}

/// One pass through the stages; stops at the first that blocks.
class Pass
{
public:
    Pass(ProxyContext &context, const SimulationRequest &request)
        : m_context(context)
        , m_config(*context.config)
        , m_now(context.clock.now())
        , m_dialect(DialectSet::all().find("POST", "/chat/completions"))
        , m_model(request.model)
    {
        m_facts.model = request.model;
        m_facts.stream = request.stream;
        m_facts.wantsUsage = true;
        // Before it runs nobody knows the tokens of a text, only its length.
        if (qMulOverflow(std::max<qint64>(0, request.inputTokens), bytesPerToken, &m_facts.inputUpperBound))
            m_facts.inputUpperBound = std::numeric_limits<qint64>::max();
        m_facts.ceiling = request.outputTokens;
    }

    Simulation run(KeyId key)
    {
        m_key = m_context.keys.byId(key);
        if (const Status running = stages(); !running) {
            m_result.refusal = running.error().code;
            m_result.status = httpStatus(running.error().code);
        }
        m_result.model = m_model;
        m_result.provider = m_provider ? m_provider->name : QString();
        return std::move(m_result);
    }

private:
    Status stages()
    {
        for (const auto stage : {&Pass::key, &Pass::pause, &Pass::model, &Pass::provider, &Pass::rate,
                                 &Pass::downgrade, &Pass::price, &Pass::money}) {
            if (Status passed = (this->*stage)(); !passed)
                return passed;
        }
        return {};
    }

    SimulationStep &step(Stage stage, QString text = {})
    {
        SimulationStep next;
        next.stage = stage;
        next.text = std::move(text);
        m_result.steps.append(std::move(next));
        return m_result.steps.last();
    }
    /// The last step blocks, with what the client would read.
    Status blocked(const Error &error)
    {
        m_result.steps.last().verdict = Verdict::Block;
        m_result.steps.last().text = error.detail;
        return tl::unexpected(error);
    }

    Status key()
    {
        SimulationStep &said = step(Stage::Key);
        if (!m_key)
            return blocked({ErrorCode::InvalidApiKey, QStringLiteral("There is no such key.")});
        const KeyRecord &record = m_key->record;
        said.code = statusName(record, m_now);
        said.until = record.expiresAt;
        if (said.code == u"revoked" || said.code == u"expired")
            return blocked({ErrorCode::InvalidApiKey,
                            QStringLiteral("The key '%1' is %2.").arg(record.name, said.code)});
        said.text = QStringLiteral("The key '%1' is valid.").arg(record.name);
        return {};
    }

    Status pause()
    {
        SimulationStep &said = step(Stage::Pause, QStringLiteral("Nothing is paused."));
        if (const Status running = checkPause(m_context.pause, m_key->record, m_now); !running) {
            const bool all = m_context.pause.holdsAt(m_now);
            said.code = all ? QStringLiteral("all") : QStringLiteral("key");
            if (all)
                said.until = m_context.pause.until;
            return blocked(running.error());
        }
        if (m_context.draining) {
            said.code = QStringLiteral("shuttingDown");
            return blocked(
                {ErrorCode::ShuttingDown, QStringLiteral("The proxy is shutting down; try again shortly.")});
        }
        return {};
    }

    Status model()
    {
        SimulationStep &said = step(Stage::Model);
        said.allowedModels = m_key->record.allowedModels;
        const Result<Route> chosen = routeOf(m_model); // a provider's name before the model is no part of it
        if (const Status allowed = checkModel(*m_key, chosen ? chosen->model : m_model); !allowed)
            return blocked(allowed.error());
        if (const Status allowed = checkOtherModels(*m_key, m_facts); !allowed)
            return blocked(allowed.error());
        said.text = said.allowedModels.isEmpty()
            ? QStringLiteral("The key may use every model.")
            : QStringLiteral("The key may use the model '%1'.").arg(m_model.left(200));
        return {};
    }

    Status provider()
    {
        SimulationStep &said = step(Stage::Provider);
        if (const Status chosen = route(m_facts.model); !chosen)
            return blocked(chosen.error());
        said.provider = m_provider->name;
        if (m_context.downProviders.contains(m_provider->name)) {
            said.verdict = Verdict::Warn;
            said.text = QStringLiteral("The provider '%1' serves this model, but could not be reached last.")
                            .arg(m_provider->name);
        } else {
            said.text = QStringLiteral("The provider '%1' serves this model.").arg(m_provider->name);
        }
        return {};
    }

    Status rate()
    {
        SimulationStep &said = step(Stage::RateLimits);
        const Duration now = m_context.clock.monotonic();
        const KeyId id = m_key->record.id;
        said.limits = m_key->limits;
        said.estimatedTokens = estimatedTokens(m_facts, m_dialect->hasOutput());
        const RateLimiter::Load load = m_context.limiter.load(id, now);
        said.usedRequests = load.requests;
        said.usedTokens = load.tokens;
        said.running = load.running;
        // Asked for real and taken back in the same moment, so that it is the same answer.
        const RateLimiter::Decision decision =
            m_context.limiter.admit(id, m_key->limits, said.estimatedTokens, now);
        if (!decision.allowed) {
            using By = RateLimiter::Decision::By;
            said.code = decision.refusedBy == By::Rpm ? QStringLiteral("rpm")
                : decision.refusedBy == By::Tpm       ? QStringLiteral("tpm")
                                                      : QStringLiteral("parallel");
            return blocked(rateLimited(*m_key, decision));
        }
        m_context.limiter.undo(id, said.estimatedTokens, now);
        said.text = QStringLiteral("It is within the rate limits.");
        return {};
    }

    Status downgrade()
    {
        SimulationStep &said = step(Stage::Downgrade, QStringLiteral("The model is used as asked for."));
        m_pressure = m_context.ledger.pressure(m_key->spender, m_now);
        const std::optional<Downgrade> cheaper =
            downgradeOf(m_config, m_context.ledger, m_key->spender, m_model, m_pressure, m_now);
        said.fromModel = m_model;
        if (!cheaper)
            return {};
        said.verdict = Verdict::Warn;
        said.toModel = cheaper->to;
        said.percent = cheaper->percent;
        said.budget = cheaper->because;
        said.text = QStringLiteral("The model '%1' is used instead of '%2', because %3 is used up to %4 %.")
                        .arg(cheaper->to, cheaper->from, budgetPhrase(cheaper->because.budget, m_key->record))
                        .arg(cheaper->percent);
        m_model = cheaper->to;
        if (const Status chosen = route(cheaper->to); !chosen)
            return blocked(chosen.error());
        return {};
    }

    /// As a client would ask for it: Claude in Anthropic's API, Gemini in Google's, all else in OpenAI's; in
    /// another where nobody speaks that.
    Result<Route> routeOf(const QString &asked) const
    {
        const Api usual = asked.startsWith(u"claude") ? Api::Anthropic
            : asked.startsWith(u"gemini")             ? Api::Gemini
                                                      : Api::OpenAi;
        RouteQuestion question;
        question.api = usual;
        question.model = asked;
        Result<Route> chosen = routeFor(m_config, m_key->record, question);
        for (const Api other : {Api::OpenAi, Api::Anthropic, Api::Gemini}) {
            if (chosen)
                return chosen;
            question.api = other;
            chosen = routeFor(m_config, m_key->record, question);
        }
        question.api = usual;
        return chosen ? chosen : routeFor(m_config, m_key->record, question);
    }

    Status route(const QString &asked)
    {
        const Result<Route> chosen = routeOf(asked);
        if (!chosen)
            return tl::unexpected(chosen.error());
        m_provider = chosen->provider;
        m_model = chosen->model;
        return {};
    }

    Status price()
    {
        SimulationStep &said = step(Stage::Price);
        Result<Priced> priced =
            priceOf(m_config, *m_provider, m_model, m_facts, m_dialect->hasOutput(), m_now);
        if (!priced) {
            said.code = QStringLiteral("unknown");
            return blocked(priced.error());
        }
        m_priced = std::move(*priced);
        if (m_priced.isFree) {
            said.code = QStringLiteral("free");
            said.text = QStringLiteral("The provider is free of charge.");
        } else if (!m_priced.price) {
            said.code = QStringLiteral("unknown");
            said.verdict = Verdict::Warn;
            said.text = QStringLiteral("The model has no price; its cost would stay unknown.");
        } else {
            said.code = m_priced.isUnknown ? QStringLiteral("assumed") : QStringLiteral("priced");
            said.verdict = m_priced.isUnknown ? Verdict::Warn : Verdict::Pass;
            said.text = m_priced.isUnknown
                ? QStringLiteral("The model has no price of its own; that of '%1' is assumed.")
                      .arg(m_config.pricing.assumeModel)
                : QStringLiteral("The model has a price.");
            said.priceSource = m_priced.price->source;
            const Rates rates = m_priced.price->ratesFor(m_priced.quote.inputBound, m_priced.tier);
            said.inputPerMillion = perMillion(rates[BillingClass::UncachedInput]);
            said.outputPerMillion = perMillion(rates[BillingClass::Output]);
        }
        return {};
    }

    Status money()
    {
        const MoneyDecision decision =
            decideMoney(m_config, m_context.ledger, m_key->spender, m_priced, m_model, m_pressure, m_now);
        const Money worst = m_priced.quote.worst.total().value_or(Money::max());
        addBudgets(decision, worst);
        SimulationStep &said = step(Stage::Admission);
        said.needed = worst;
        said.ceilingAsked = said.ceiling = m_priced.quote.worst.ceiling;
        if (decision.error) {
            said.code = QStringLiteral("refuse");
            return blocked(*decision.error);
        }
        if (decision.over) {
            said.budget = decision.over->status;
            said.percent = decision.over->percent.value_or(0);
            m_result.wouldHold = m_config.budgets.holdSeconds > 0 && !m_context.holds.isFull();
            said.code = decision.over->byThreshold ? QStringLiteral("threshold")
                : m_result.wouldHold               ? QStringLiteral("hold")
                                                   : QStringLiteral("refuse");
            return blocked(overBudgetError(m_config, m_key->record, m_priced, *decision.over));
        }
        said.reserve = m_result.reserve = decision.admission.reserve;
        m_result.ceiling = said.ceiling;
        if (m_priced.isFree || !m_priced.price) {
            said.code = m_priced.isFree ? QStringLiteral("admit") : QStringLiteral("unpriced");
            said.text = QStringLiteral("It runs, and nothing is set aside.");
            return {};
        }
        if (decision.admission.verdict == Admission::Verdict::Clamp) {
            said.code = QStringLiteral("clamp");
            said.verdict = Verdict::Warn;
            m_result.clamped = true;
            m_result.ceiling = said.ceiling = decision.admission.ceiling;
            said.text = QStringLiteral("It runs with at most %1 output tokens instead of %2.")
                            .arg(said.ceiling)
                            .arg(said.ceilingAsked);
            return {};
        }
        said.code = QStringLiteral("admit");
        said.text = QStringLiteral("It runs; %1 USD would be set aside.").arg(said.reserve.toDecimal());
        return {};
    }

    void addBudgets(const MoneyDecision &decision, Money worst)
    {
        if (m_priced.isFree)
            return; // no budget is asked
        QList<BudgetStatus> refusing;
        if (decision.over)
            refusing =
                refusingBudgets(m_config, m_context.ledger, m_key->spender, m_priced, *decision.over, m_now);
        const QList<BudgetStatus> all = m_context.ledger.statusFor(m_key->spender, m_now);
        for (const BudgetStatus &status : all) {
            const QString phrase = budgetPhrase(status.budget, m_key->record);
            SimulationStep &said = step(Stage::Budget);
            said.budget = status;
            said.needed = worst;
            said.percent = status.pressureBasisPoints() / 100;
            const bool refuses = std::any_of(refusing.begin(), refusing.end(), [&](const BudgetStatus &s) {
                return s.budget.scope == status.budget.scope && s.budget.period == status.budget.period;
            });
            if (refuses) {
                said.verdict = Verdict::Block;
                said.text = QStringLiteral("%1 of %2 USD are left in %3, and %4 may be needed.")
                                .arg(status.remaining().toDecimal(), status.effectiveLimit().toDecimal(),
                                     phrase, worst.toDecimal());
            } else if (m_priced.price && worst > status.remaining()) {
                said.verdict = Verdict::Warn;
                said.text = QStringLiteral("%1 does not hold the worst case, but a part of it.").arg(phrase);
            } else {
                said.text = QStringLiteral("%1 has room.").arg(phrase);
            }
        }
    }

    ProxyContext &m_context;
    const Config &m_config;
    const Instant m_now;
    const Dialect *m_dialect;
    RequestFacts m_facts;
    QString m_model;
    KeyPtr m_key;
    const ProviderConfig *m_provider = nullptr;
    std::optional<BudgetLedger::Pressure> m_pressure;
    Priced m_priced;
    Simulation m_result;
};

} // namespace

Simulation simulate(ProxyContext &context, const SimulationRequest &request)
{
    return Pass(context, request).run(request.key);
}

} // namespace lbp
