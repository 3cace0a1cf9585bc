#include "proxy/exchange.h"

#include "dialects/openaistored.h"
#include "proxy/requestpath.h"
#include "wire/json.h"

#include <QUrl>

namespace lbp {

namespace {

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

} // namespace

Exchange::Exchange(ProxyContext &context, ClientConnection &client, RequestHead head)
    : m_context(context)
    , m_client(&client)
    , m_head(std::move(head))
    , m_id(context.ids.next(context.clock.now()))
    , m_startedAt(m_id.time())
    , m_started(context.clock.monotonic())
    , m_config(context.config)
    , m_rowId(m_id)
    , m_attemptStarted(m_started)
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
    if (m_captured)
        m_context.capturedBytes -= m_captured->request.bytes.size() + m_captured->response.bytes.size();
}

Status Exchange::identify()
{
    Result<ClientPath> path = clientPath(m_head.path());
    if (!path)
        return tl::unexpected(path.error());
    m_path = std::move(path->path);
    m_isAzure = path->isAzure;
    m_deployment = std::move(path->deployment);
    m_isGeminiCompatible = path->isGeminiCompatible;
    if (!path->key.isEmpty()) { // from here on nothing holds it but m_presentedKey
        m_head.target.remove(0, 3 + path->key.size());
        if (!m_head.target.startsWith('/'))
            m_head.target.prepend('/');
    }
    if (m_head.method == "OPTIONS" || (m_path == "/" && (m_head.method == "GET" || m_head.method == "HEAD")))
        return {}; // says what is here; costs nothing and tells nothing

    m_api = m_isGeminiCompatible || m_isAzure ? Api::OpenAi : apiOf(m_path, m_head.headers);
    m_keyInPath = !path->key.isEmpty();
    m_presentedKey = m_keyInPath ? std::move(path->key) : presentedKey(m_head.headers);
    if (m_head.target.contains("key=")) {
        QByteArray inQuery = keyInQuery(m_head.target);
        if (looksLikeVirtualKey(inQuery)) {
            m_head.target = withoutKeyInQuery(m_head.target);
            if (!m_keyInPath && !looksLikeVirtualKey(m_presentedKey)) {
                m_presentedKey = std::move(inQuery);
                if (m_api == Api::OpenAi && !m_isGeminiCompatible)
                    m_api = Api::Gemini; // nobody else has keys there
            }
        }
    }
    m_key = m_context.keys.find(m_presentedKey, m_startedAt);
    if (!m_key)
        return fail(ErrorCode::InvalidApiKey,
                    QStringLiteral("Incorrect API key provided. Use a virtual key of this proxy (lbp_...), "
                                   "which is valid and not revoked."));
    m_dialect = DialectSet::all().find(m_head.method, m_path, m_api);
    if (m_dialect)
        m_api = m_dialect->api();
    if (!m_dialect) {
        const bool open = m_key->record.allowUnmetered
            || std::any_of(m_config->providers.begin(), m_config->providers.end(),
                           [](const ProviderConfig &p) { return p.allowUnmetered; });
        const QString why = whyUnmetered(m_head.method, m_path);
        if (!open)
            return fail(ErrorCode::PathNotMetered,
                        QStringLiteral("%1 %2 may cost money and cannot be metered here, so it is refused. %4"
                                       "Metered are: %3. A key or provider with allowUnmetered lets it pass.")
                            .arg(QString::fromLatin1(m_head.method), QString::fromUtf8(m_path),
                                 DialectSet::all().meteredPaths().join(QStringLiteral(", ")),
                                 why.isEmpty() ? QString() : why + u' '));
    }
    const bool free = m_dialect && m_dialect->metering() == Metering::Free;
    if (!free) {
        if (Status running = checkPause(m_context.pause, m_key->record, m_startedAt); !running)
            return running;
    }
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
    const Status decided = decide();
    if (isTight(decided) && countInput(false))
        return; // goes on with spendCounted()
    goOnAfter(decided);
}

void Exchange::goOnAfter(const Status &decided)
{
    if (!decided && m_over && hold())
        return; // asked; goes on with spendHeld() or refuse()
    if (!decided)
        return refuse(decided.error());
    goOn();
}

Status Exchange::decide()
{
    m_over.reset();
    if (Status chosen = downgrade(); !chosen)
        return chosen;
    if (!m_context.breakers.isQuiet()) {
        if (Status answers = avoidOpenBreaker(); !answers)
            return answers;
    }
    if (Status priced = price(); !priced)
        return priced;
    return reserve();
}

void Exchange::goOn()
{
    keepForAnother();
    if (m_facts.stream && m_priced.price) [[maybe_unused]]
        const bool counted = countInput(true); // in case that it breaks off
    if (const Status rewritten = rewrite(); !rewritten)
        return refuse(rewritten.error());
    if (m_downgrade)
        m_context.publish(event::ModelDowngraded{m_id, m_key->record.id, m_facts.model, m_model,
                                                 m_downgrade->percent, m_downgrade->because});
    if (m_downgrade || m_clamped)
        m_mayStore = false; // the answer is not to the request that it would be found by
    persist();
}

Status Exchange::read(QByteArray body)
{
    m_countedBodyBytes = body.size();
    m_context.bodyBytes += m_countedBodyBytes;
    m_body = std::move(body);
    if (m_config->logging.bodies) {
        m_captured = std::make_unique<BodyRecord>();
        m_captured->id = m_id;
        m_captured->request.coding = m_head.headers.value("content-encoding");
        capture(m_captured->request, m_body);
    }
    if (!m_dialect)
        return chooseProvider({});
    if (!isMetered()) {
        // What costs nothing goes where the same model's requests go; one that does not say is anybody's.
        if (!m_body.isEmpty() && !m_head.headers.contains("content-encoding")) {
            if (const Result<RequestFacts> facts = m_dialect->read(call()))
                m_facts = *facts;
        }
        if (const Status chosen = chooseProvider(m_facts.model); !chosen)
            return chosen;
        if (m_provider->ownNameOf(m_model) == m_facts.model)
            return {};
        return rewriteFree();
    }
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
    Result<RequestFacts> facts = readFacts();
    if (!facts)
        return tl::unexpected(facts.error());
    m_facts = std::move(*facts);
    const Status chosen = chooseProvider(m_facts.model);
    if (Status allowed = checkModel(*m_key, m_model); !allowed)
        return allowed;
    if (Status allowed = checkOtherModels(*m_key, m_facts); !allowed)
        return allowed;
    return chosen;
}

Result<RequestFacts> Exchange::readFacts() const
{
    const Call asked = call();
    Result<RequestFacts> facts = m_dialect->read(asked);
    if (m_deployment.isEmpty())
        return facts;
    // The model of an Azure path is its deployment; what the body says, if anything, counts for nothing.
    const QString deployment = QUrl::fromPercentEncoding(m_deployment);
    if (!facts) {
        const qsizetype brace = m_body.indexOf('{') + 1;
        Call named = asked;
        if (brace > 0)
            named.body = QByteArray(m_body).insert(brace, "\"model\":" + jsonQuoted(deployment) + ",");
        facts = m_dialect->read(named);
    }
    if (facts)
        facts->model = deployment;
    return facts;
}

Call Exchange::call() const
{
    const QByteArrayView target = m_head.target;
    const qsizetype query = target.indexOf('?');
    return {.method = m_head.method,
            .path = m_path,
            .query = query < 0 ? QByteArrayView() : target.sliced(query + 1),
            .headers = &m_head.headers,
            .body = m_body};
}

Status Exchange::chooseProvider(const QString &model)
{
    m_model = model;
    const Result<Route> chosen = routeFor(*m_config, m_key->record, question(model));
    if (!chosen)
        return tl::unexpected(chosen.error());
    m_provider = chosen->provider;
    m_model = chosen->model;
    if (m_provider->api(kindOf(m_api)).auth == AuthStyle::Client && !clientBringsCredential())
        return fail(ErrorCode::InvalidApiKey,
                    QStringLiteral(
                        "The provider '%1' takes the client's own credential (auth: client), and none "
                        "came. Put the virtual key into the path of the base URL, as in /k/lbp_.../v1, and "
                        "leave the credential of the provider where it is.")
                        .arg(m_provider->name));
    return {};
}

Status Exchange::limit()
{
    m_rateEstimate = estimatedTokens(m_facts, m_dialect && m_dialect->hasOutput());
    m_admittedAt = m_context.clock.monotonic();
    const RateLimiter::Decision decision =
        m_context.limiter.admit(m_key->record.id, m_key->limits, m_rateEstimate, m_admittedAt);
    m_rate = decision;
    if (decision.allowed) {
        m_rateHeld = true;
        return {};
    }
    return tl::unexpected(rateLimited(*m_key, decision));
}

bool Exchange::askCache()
{
    const QByteArray control = m_head.headers.joined("cache-control").toLower();
    if (!m_config->cache.enabled || control.contains("no-store") || m_facts.hasEffects)
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
    const Instant now = m_context.clock.now();
    m_pressure = m_context.ledger.pressure(m_key->spender, now);
    m_downgrade = downgradeOf(*m_config, m_context.ledger, m_key->spender, m_model, m_pressure, now);
    if (!m_downgrade)
        return {};
    return chooseProvider(m_downgrade->to);
}

Status Exchange::price()
{
    const Instant now = m_context.clock.now(); // the price in force when the request is made is billed
    if (!ownPrice(*m_config, *m_provider, m_model, now) && !m_provider->isFreeFor(m_model))
        m_context.publish(event::UnpricedModel{m_model, m_provider->name, m_key->record.id});
    Result<Priced> priced = priceOf(*m_config, *m_provider, m_model, m_inputText ? quotedFacts() : m_facts,
                                    m_dialect->hasOutput(), now);
    if (!priced)
        return tl::unexpected(priced.error());
    m_priced = std::move(*priced);
    useCount();
    m_ceiling = m_priced.quote.worst.ceiling;
    return {};
}

Status Exchange::reserve()
{
    const Instant now = m_context.clock.now();
    MoneyDecision decision =
        decideMoney(*m_config, m_context.ledger, m_key->spender, m_priced, m_model, m_pressure, now);
    if (decision.error)
        return tl::unexpected(*decision.error);
    if (decision.over)
        return overBudget(std::move(*decision.over));
    if (!m_priced.price)
        return {};
    const bool force = m_config->budgets.admission == AdmissionMode::Soft;
    auto reservation = m_context.ledger.reserve(m_key->spender, decision.admission.reserve, now, force);
    if (!reservation)
        return overBudget(
            {reservation.error().tightest, m_priced.quote.worst.total().value_or(Money::max())});
    m_clamped = decision.admission.verdict == Admission::Verdict::Clamp;
    if (m_clamped)
        m_ceiling = decision.admission.ceiling;
    takeReservation(std::move(*reservation), now);
    return {};
}

void Exchange::takeReservation(Reservation reservation, Instant now)
{
    m_reservation = std::move(reservation);
    m_reserved = m_reservation.amount();
    m_budget = m_context.ledger.tightest(m_key->spender, now);
}

Status Exchange::overBudget(OverBudget over)
{
    m_over = std::move(over);
    m_budget = m_over->status;
    return tl::unexpected(overBudgetError(*m_config, m_key->record, m_priced, *m_over));
}

BodyChanges Exchange::changes() const
{
    BodyChanges changes;
    changes.originalProvider = m_provider->quirks.knowsNewFields;
    if (const QString name = m_provider->ownNameOf(m_model); m_deployment.isEmpty() && name != m_facts.model)
        changes.model = name;
    // A default that is not written in the body is ours to count on only at the API's own maker.
    const bool pinDefault = m_priced.price && m_facts.ceilingIsDefault && !changes.originalProvider
        && m_config->budgets.admission != AdmissionMode::Soft;
    if (m_clamped || pinDefault)
        changes.ceiling = m_ceiling;
    return changes;
}

Status Exchange::rewrite()
{
    BodyChanges wanted = changes();
    wanted.askForUsage = m_facts.stream && !m_facts.wantsUsage && m_dialect->hasOutput()
        && m_provider->quirks.streamUsage == StreamUsage::Ask
        && !m_context.refusesUsage.contains(m_provider->name);
    m_usageAdded = wanted.askForUsage;
    if (!m_deployment.isEmpty() && (m_downgrade || m_attempt > 1))
        m_deployment = QUrl::toPercentEncoding(m_provider->ownNameOf(m_model));
    if (!wanted.model && !wanted.ceiling && !wanted.askForUsage) {
        if (!m_coded.isEmpty())
            m_body = std::exchange(m_coded, {});
        return {};
    }
    Result<RewrittenCall> edited = m_dialect->rewritten(call(), wanted);
    if (!edited)
        return tl::unexpected(edited.error());
    if (m_usageAdded)
        m_unasked = m_body; // in case the provider refuses the question
    m_body = std::move(edited->body);
    if (edited->path)
        m_path = std::move(*edited->path);
    m_coded.clear();
    m_bodyIsDecoded = true;
    return {};
}

Status Exchange::rewriteFree()
{
    BodyChanges wanted;
    wanted.model = m_provider->ownNameOf(m_model);
    Result<RewrittenCall> edited = m_dialect->rewritten(call(), wanted);
    if (!edited)
        return tl::unexpected(edited.error());
    m_body = std::move(edited->body);
    if (edited->path)
        m_path = std::move(*edited->path);
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
        tellStory(opened);
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
    row.id = m_rowId;
    if (m_attempt > 1) {
        row.attemptOf = m_id;
        row.attempt = m_attempt;
    }
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
    row.estimatedInputTokens = m_priced.quote.likelyInput;
    row.ceiling = m_ceiling;
    row.clamped = m_clamped;
    row.unpriced = !m_priced.price && m_provider && !m_provider->isFreeFor(m_model);
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
    dropReply(); // asked again without what the provider refused
    m_context.breakers.began(m_provider->name, m_forwardedAt);
    m_reply = m_context.upstream.send(m_provider->api(kindOf(m_api)).baseUrl, std::move(outgoing), this);
}

} // namespace lbp
