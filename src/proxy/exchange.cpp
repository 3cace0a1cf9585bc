#include "proxy/exchange.h"

#include "core/downgrade.h"
#include "proxy/requestpath.h"

namespace lbp {

namespace {

constexpr qint64 likelyAnswer =
    1024; ///< output tokens that count towards tokens per minute until the real number is known

QByteArray scopeOf(const KeyEntry &key, CacheScope scope)
{
    switch (scope) {
    case CacheScope::Global:
        return QByteArrayLiteral("global");
    case CacheScope::Team:
        if (!key.record.team.isEmpty())
            return "team:" + key.record.team.toUtf8();
        break;
    case CacheScope::Key:
        break;
    }
    return "key:" + QByteArray::number(key.record.id);
}

bool serves(const ProviderConfig &provider, QStringView model)
{
    return std::any_of(provider.models.begin(), provider.models.end(),
                       [model](const QString &glob) { return globMatches(glob, model); });
}

} // namespace

Exchange::Exchange(ProxyContext &context, ClientConnection &client, RequestHead head)
    : m_context(context)
    , m_client(&client)
    , m_head(std::move(head))
    , m_id(context.ids.next(context.clock.now()))
    , m_startedAt(m_id.time())
    , m_started(context.clock.monotonic())
    , m_config(context.config)
    , m_dialects(&DialectSet::openAi())
{
}

Exchange::~Exchange()
{
    delete m_reply; // aborts what still runs; nothing of it is on the stack where exchanges are swept
    if (m_ticket)
        m_context.durability.forget(m_ticket);
    m_context.bodyBytes -= m_countedBodyBytes;
    m_context.heldBytes -= m_heldBytes;
    m_context.recordingBytes -= m_recording.size();
}

Status Exchange::identify()
{
    Result<QByteArray> path = apiPath(m_head.path());
    if (!path)
        return tl::unexpected(path.error());
    m_path = std::move(*path);
    if (m_head.method == "OPTIONS" || (m_path == "/" && (m_head.method == "GET" || m_head.method == "HEAD")))
        return {}; // says what is here; costs nothing and tells nothing

    m_presentedKey = presentedKey(m_head.headers);
    m_key = m_context.keys.find(m_presentedKey, m_startedAt);
    if (!m_key)
        return fail(ErrorCode::InvalidApiKey,
                    QStringLiteral("Incorrect API key provided. Use a virtual key of this proxy (lbp_...), "
                                   "which is valid and not revoked."));
    m_dialect = m_dialects->find(m_head.method, m_path);
    if (!m_dialect) {
        const bool open = m_key->record.allowUnmetered
            || std::any_of(m_config->providers.begin(), m_config->providers.end(),
                           [](const ProviderConfig &p) { return p.allowUnmetered; });
        if (!open)
            return fail(ErrorCode::PathNotMetered,
                        QStringLiteral("%1 %2 may cost money and cannot be metered here, so it is refused. "
                                       "Metered are: %3. A key or provider with allowUnmetered lets it pass.")
                            .arg(QString::fromLatin1(m_head.method), QString::fromUtf8(m_path),
                                 m_dialects->meteredPaths().join(QStringLiteral(", "))));
    }
    const bool free = m_dialect && m_dialect->metering() == Metering::Free;
    if (!free && m_context.pause.holdsAt(m_startedAt))
        return fail(
            ErrorCode::Paused,
            QStringLiteral("All spending is paused. Resume it in the program, or with `lbp resume`."));
    if (!free && m_key->record.status == KeyStatus::Paused)
        return fail(ErrorCode::Paused,
                    QStringLiteral(
                        "The key '%1' is paused%2. Resume it in the program, or with `lbp resume --key %1`.")
                        .arg(m_key->record.name,
                             m_key->record.pausedReason.isEmpty()
                                 ? QString()
                                 : QStringLiteral(" (%1)").arg(m_key->record.pausedReason)));
    if (m_context.draining)
        return fail(ErrorCode::ShuttingDown,
                    QStringLiteral("The proxy is shutting down; try again shortly."));
    return {};
}

void Exchange::run(QByteArray body)
{
    m_running = true;
    if (!m_key) {
        answerGreeting();
        return;
    }
    if (const Status readable = read(std::move(body)); !readable)
        return refuse(readable.error());
    if (m_dialect && !isMetered())
        return forward(); // free
    if (const Status within = limit(); !within)
        return refuse(within.error());
    if (!m_dialect) // a path that this key may use unmetered: its cost stays unknown, but it is in the ledger
        return persist();
    if (askCache())
        return; // goes on with replay() or spend()
    spend();
}

void Exchange::spend()
{
    if (const Status chosen = downgrade(); !chosen)
        return refuse(chosen.error());
    if (const Status priced = price(); !priced)
        return refuse(priced.error());
    if (const Status reserved = reserve(); !reserved)
        return refuse(reserved.error());
    if (const Status rewritten = rewrite(); !rewritten)
        return refuse(rewritten.error());
    if (m_downgraded || m_clamped)
        m_mayStore = false; // the answer is not to the request that it would be found by
    persist();
}

Status Exchange::read(QByteArray body)
{
    m_countedBodyBytes = body.size();
    m_context.bodyBytes += m_countedBodyBytes;
    m_body = std::move(body);
    if (!m_dialect)
        return chooseProvider();
    if (isMetered()) {
        const std::optional<Coding> coding = codingFromName(m_head.headers.value("content-encoding"));
        if (!coding)
            return fail(ErrorCode::UnsupportedEncoding,
                        QStringLiteral("the Content-Encoding of the request cannot be read here; use gzip, "
                                       "deflate, br, zstd or none"));
        if (*coding != Coding::Identity) {
            Result<QByteArray> decoded = decodeAll(*coding, m_body, m_config->server.maxBodyBytes);
            if (!decoded)
                return fail(ErrorCode::InvalidRequest,
                            QStringLiteral("the body does not decode as its Content-Encoding says: %1")
                                .arg(decoded.error().detail));
            m_coded = std::exchange(m_body, std::move(*decoded));
        }
        Result<RequestFacts> facts = m_dialect->readRequest(m_body);
        if (!facts)
            return tl::unexpected(facts.error());
        m_facts = std::move(*facts);
        m_model = m_facts.model;
        if (!m_key->allowsModel(m_model))
            return fail(ErrorCode::ModelNotAllowed,
                        QStringLiteral("The key '%1' may not use the model '%2'. It may use: %3.")
                            .arg(m_key->record.name, m_model.left(200),
                                 m_key->record.allowedModels.join(QStringLiteral(", "))));
    }
    return chooseProvider();
}

Status Exchange::chooseProvider()
{
    const ProviderConfig *open = nullptr; // the first without a list of its own takes what no other names
    for (const ProviderConfig &provider : m_config->providers) {
        if (provider.kind != ProviderKind::OpenAi
            || (!m_dialect && !m_key->record.allowUnmetered && !provider.allowUnmetered))
            continue;
        if (!m_model.isEmpty() && serves(provider, m_model)) {
            m_provider = &provider;
            return {};
        }
        if (!open && (provider.models.isEmpty() || m_model.isEmpty()))
            open = &provider;
    }
    m_provider = open;
    if (m_provider)
        return {};
    return fail(ErrorCode::ModelNotAllowed,
                m_model.isEmpty()
                    ? QStringLiteral("No provider is configured for this path.")
                    : QStringLiteral("No provider is configured for the model '%1'.").arg(m_model.left(200)));
}

Status Exchange::limit()
{
    m_rateEstimate = likelyTokens(m_facts.inputUpperBound)
        + (m_dialect && m_dialect->hasOutput()
               ? std::min(m_facts.ceiling.value_or(likelyAnswer), likelyAnswer)
               : 0);
    m_admittedAt = m_context.clock.monotonic();
    const RateLimiter::Decision decision =
        m_context.limiter.admit(m_key->record.id, m_key->limits, m_rateEstimate, m_admittedAt);
    m_rate = decision;
    if (decision.allowed) {
        m_rateHeld = true;
        return {};
    }
    const RateLimits &limits = m_key->limits;
    using By = RateLimiter::Decision::By;
    const QString what = decision.refusedBy == By::Rpm
        ? QStringLiteral("%1 requests per minute").arg(limits.rpm)
        : decision.refusedBy == By::Tpm ? QStringLiteral("%1 tokens per minute").arg(limits.tpm)
                                        : QStringLiteral("%1 parallel requests").arg(limits.parallel);
    return fail(ErrorCode::RateLimited,
                QStringLiteral("Rate limit of the key '%1' reached: %2. Try again in %3 s.")
                    .arg(m_key->record.name, what,
                         QString::number(double(decision.retryAfter.count()) / 1e6, 'f', 1)));
}

bool Exchange::askCache()
{
    const QByteArray control = m_head.headers.joined("cache-control").toLower();
    if (!m_config->cache.enabled || control.contains("no-store"))
        return false;
    m_cacheKey = cacheKey(m_context.cache.secret(), scopeOf(*m_key, m_config->cache.scope),
                          m_provider->name.toUtf8(), m_head.target, acceptEncoding(), m_body);
    m_mayStore = true;
    if (control.contains("no-cache") || !m_context.cache.mayHave(m_cacheKey))
        return false;
    m_context.cache.find(m_cacheKey, [&context = m_context, id = m_id](CachedAnswerPtr answer) {
        const auto it = context.exchanges.find(id.value);
        if (it == context.exchanges.end())
            return;
        Exchange &exchange = *it->second;
        if (!exchange.m_client)
            exchange.giveUp();
        else if (answer)
            exchange.replay(std::move(answer));
        else
            exchange.spend();
    });
    return true;
}

Status Exchange::downgrade()
{
    m_pressure = m_context.ledger.pressure(m_key->spender, m_context.clock.now());
    if (!m_config->modelDowngrade.enabled || m_config->modelDowngrade.rules.isEmpty())
        return {};
    const QList<BudgetStatus> budgets = m_context.ledger.statusFor(m_key->spender, m_context.clock.now());
    if (budgets.isEmpty())
        return {};
    const bool reached = m_pressure && m_pressure->action != ThresholdAction::Warn;
    const std::optional<QString> cheaper = downgradeFor(m_model, m_config->modelDowngrade.rules,
                                                        budgets.first().pressureBasisPoints() / 100, reached);
    if (!cheaper || *cheaper == m_model)
        return {};
    m_model = *cheaper;
    m_downgraded = true;
    m_context.publish(event::ModelDowngraded{m_id, m_key->record.id, m_facts.model, m_model});
    return chooseProvider();
}

Status Exchange::price()
{
    m_tier = serviceTierFromName(m_facts.serviceTier);
    m_price = m_provider->free ? nullptr : m_config->prices->find(m_model);
    if (!m_price && !m_provider->free) {
        m_context.publish(event::UnpricedModel{m_model, m_provider->name, m_key->record.id});
        switch (m_config->pricing.unknownModels) {
        case UnknownModels::Refuse:
            return fail(
                ErrorCode::ModelNotPriced,
                QStringLiteral("The model '%1' has no price, so its cost could not be counted. Add it to "
                               "pricing.yml (inputPer1M, outputPer1M), or set pricing.unknownModels.")
                    .arg(m_model.left(200)));
        case UnknownModels::Allow:
            break;
        case UnknownModels::Assume:
            m_price = m_config->prices->find(m_config->pricing.assumeModel);
            if (!m_price)
                return fail(ErrorCode::ModelNotPriced,
                            QStringLiteral("The model '%1' has no price, and neither has '%2', which "
                                           "pricing.unknownModels names.")
                                .arg(m_model.left(200), m_config->pricing.assumeModel));
            break;
        }
    }
    if (!m_price) { // free, or allowed although its cost is unknown
        m_quote.inputBound = m_facts.inputUpperBound;
        m_quote.likelyInput = likelyTokens(m_facts.inputUpperBound);
        return {};
    }
    Result<Quote> quote = quoteFor(m_facts, *m_price, m_dialect->hasOutput(), m_tier);
    if (!quote)
        return tl::unexpected(quote.error());
    m_quote = *quote;
    m_ceiling = m_quote.worst.ceiling;
    return {};
}

Status Exchange::reserve()
{
    if (m_provider->free)
        return {};
    const Instant now = m_context.clock.now();
    const AdmissionMode mode = m_config->budgets.admission;
    const std::optional<BudgetStatus> tightest = m_context.ledger.tightest(m_key->spender, now);
    const Money worst = m_quote.worst.total().value_or(Money::max());
    if (m_pressure && m_pressure->action == ThresholdAction::Block)
        return tl::unexpected(overBudget(m_pressure->status, worst));
    if (!m_price) { // allowed although nobody knows what it costs: nothing can be set aside, but where
                    // nothing is left nothing runs
        if (tightest && tightest->remaining().isZero())
            return tl::unexpected(overBudget(*tightest, worst));
        return {};
    }
    if (!m_quote.ceilingKnown && mode == AdmissionMode::Strict)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral(
                        "The worst case of this request is unknown: give it a maximum of output tokens, or "
                        "the model '%1' a maxOutputTokens in pricing.yml (budgets.admission is strict).")
                        .arg(m_model.left(200)));
    const Admission admission = admit(m_quote.worst, tightest ? tightest->remaining() : Money::max(), mode,
                                      m_config->budgets.minOutputTokens);
    if (admission.verdict == Admission::Verdict::Refuse)
        return tl::unexpected(overBudget(*tightest, worst));
    m_clamped = admission.verdict == Admission::Verdict::Clamp;
    if (m_clamped)
        m_ceiling = admission.ceiling;
    auto reservation =
        m_context.ledger.reserve(m_key->spender, admission.reserve, now, mode == AdmissionMode::Soft);
    if (!reservation)
        return tl::unexpected(overBudget(reservation.error().tightest, worst));
    m_reservation = std::move(*reservation);
    m_reserved = m_reservation.amount();
    m_budget = m_context.ledger.tightest(m_key->spender, now);
    return {};
}

Error Exchange::overBudget(const BudgetStatus &status, Money needed)
{
    m_context.publish(event::BudgetExceeded{status, needed, m_key->record.id});
    const Budget &budget = status.budget;
    const QString whose = budget.scope.kind == ScopeKind::Global ? QStringLiteral("of everything")
        : budget.scope.kind == ScopeKind::Key
        ? QStringLiteral("of the key '%1'").arg(m_key->record.name)
        : QStringLiteral("of the %1 '%2'").arg(scopeKindName(budget.scope.kind), budget.scope.id);
    QString reset;
    if (budget.period != Period::Total)
        reset = QStringLiteral(" It resets at %1.")
                    .arg(QDateTime::fromMSecsSinceEpoch(toMicros(status.span.end) / 1000,
                                                        m_config->budgets.timeZone)
                             .toString(Qt::ISODate));
    const QString need = m_price ? QStringLiteral("this request may need up to %1").arg(needed.toDecimal())
                                 : QStringLiteral("what this request costs is not known");
    m_budget = status;
    return Error{
        ErrorCode::BudgetExceeded,
        QStringLiteral("Budget exceeded: the %1 budget %2 is %3 USD; %4 spent, %5 reserved, and %6.%7")
            .arg(periodName(budget.period), whose, budget.limit.toDecimal(), status.spent.toDecimal(),
                 status.reserved.toDecimal(), need, reset)};
}

Status Exchange::rewrite()
{
    BodyChanges changes;
    changes.originalProvider = m_provider->baseUrl.host().endsWith(QLatin1String("api.openai.com"));
    if (m_downgraded)
        changes.model = m_model;
    // A default that is not written in the body is ours to count on only at the API's own maker.
    const bool pinDefault = m_price && m_facts.ceilingIsDefault && !changes.originalProvider
        && m_config->budgets.admission != AdmissionMode::Soft;
    if (m_clamped || pinDefault)
        changes.ceiling = m_ceiling;
    changes.askForUsage = m_facts.stream && !m_facts.wantsUsage && m_dialect->hasOutput()
        && !m_context.refusesUsage.contains(m_provider->name);
    m_usageAdded = changes.askForUsage;
    if (!changes.model && !changes.ceiling && !changes.askForUsage) {
        if (!m_coded.isEmpty())
            m_body = std::exchange(m_coded, {});
        return {};
    }
    Result<QByteArray> edited = m_dialect->edited(m_body, changes);
    if (!edited)
        return tl::unexpected(edited.error());
    if (m_usageAdded)
        m_unasked = m_body; // in case the provider refuses the question
    m_body = std::move(*edited);
    m_coded.clear();
    m_bodyIsDecoded = true;
    return {};
}

void Exchange::persist()
{
    if (m_context.durability.isOverloaded())
        return refuse(Error{ErrorCode::Unavailable,
                            QStringLiteral("The ledger cannot be written fast enough; try again shortly.")});
    m_opened = true;
    OpenRow opened = openRow();
    if (m_context.events.watchesExchanges())
        m_context.publish(event::ExchangeStarted{opened});
    LedgerRow row(std::move(opened));
    if (m_context.durability.record(row))
        return forward();
    m_ticket = m_context.durability.write(std::move(row), [this](bool durable) {
        m_ticket = 0;
        if (!durable)
            return refuse(Error{
                ErrorCode::Unavailable,
                QStringLiteral("The ledger cannot be written, so nothing may be spent. Is the disk full?")});
        if (!m_client)
            return giveUp(); // gone while waiting: nothing was sent
        forward();
    });
}

OpenRow Exchange::openRow() const
{
    OpenRow row;
    row.id = m_id;
    // What was refused is not interned under the name that the client made up.
    const bool named = m_opened || m_cacheHit;
    if (m_key)
        row.series =
            m_key->series(named && m_provider ? m_provider->name : QString(), named ? m_model : QString());
    if (m_model != m_facts.model || !named)
        row.requestedModel = m_facts.model.left(200);
    row.endpoint = m_dialect ? m_dialect->endpoint() : QStringLiteral("unmetered");
    row.stream = m_facts.stream;
    row.reserved = m_reserved;
    row.estimatedInputTokens = m_quote.likelyInput;
    row.ceiling = m_ceiling;
    row.clamped = m_clamped;
    row.unpriced = !m_price && m_provider && !m_provider->free;
    return row;
}

void Exchange::forward()
{
    auto outgoing = std::make_shared<Outgoing>();
    outgoing->head = upstreamHead();
    outgoing->body = m_body;
    outgoing->headRequest = m_head.method == "HEAD";
    outgoing->safeToRepeat = m_head.method == "GET" || m_head.method == "HEAD";
    if (m_unasked.isEmpty())
        m_body.clear();
    m_forwardedAt = m_context.clock.monotonic();
    if (m_reply) { // asked again without what the provider refused
        m_reply->setReceiver(nullptr);
        m_reply->deleteLater();
    }
    m_reply = m_context.upstream.send(m_provider->baseUrl, std::move(outgoing), this);
}

} // namespace lbp
