// What an Exchange writes: heads in both directions, framing, errors of its own.
#include "proxy/exchange.h"

#include "proxy/requestpath.h"

#include <array>
#include <charconv>

namespace lbp {

namespace {

using namespace std::string_view_literals;

/// "name: value\r\n". A head is some thirty of these, so it is one resize and four copies, not four appends.
void field(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    const qsizetype before = out.size();
    out.resize(before + name.size() + value.size() + 4);
    char *at = out.data() + before;
    const auto put = [&at](const char *bytes, qsizetype size) {
        memcpy(at, bytes, size_t(size));
        at += size;
    };
    put(name.data(), name.size());
    put(": ", 2);
    put(value.data(), value.size());
    put("\r\n", 2);
}

/// Writes \a number without an allocation of its own; heads hold some ten of them.
template <typename Use> void withDigits(qint64 number, Use use)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    use(QByteArrayView(digits.data(), end - digits.data()));
}

void field(QByteArray &out, QByteArrayView name, qint64 value)
{
    withDigits(value, [&](QByteArrayView digits) { field(out, name, digits); });
}

/// Fields that only one side of the proxy may set.
bool isOurs(QByteArrayView name)
{
    if (name.size() < 7 || (name[0] != 'x' && name[0] != 'X'))
        return false;
    static constexpr std::array ours{"X-LBP-Request-Id"sv,
                                     "X-LBP-Provider"sv,
                                     "X-LBP-Attempts"sv,
                                     "X-Request-Cost"sv,
                                     "X-Estimated-Cost"sv,
                                     "X-Input-Tokens"sv,
                                     "X-Tokens-Used"sv,
                                     "X-Budget-Remaining"sv,
                                     "X-Budget-Period"sv,
                                     "X-Budget-Warning"sv,
                                     "X-Cache"sv,
                                     "X-Model-Downgraded"sv,
                                     "X-Original-Model"sv,
                                     "X-Max-Tokens-Clamped"sv,
                                     "X-RateLimit-Limit-RPM"sv,
                                     "X-RateLimit-Remaining-RPM"sv,
                                     "X-RateLimit-Limit-TPM"sv,
                                     "X-RateLimit-Remaining-TPM"sv};
    return std::any_of(ours.begin(), ours.end(), [name](std::string_view our) {
        return name.size() == qsizetype(our.size())
            && equalsIgnoringCase(name, QByteArrayView(our.data(), qsizetype(our.size())));
    });
}

/// ASCII for a header field: names of models and keys may hold anything.
QByteArray fieldText(const QString &text)
{
    QByteArray out;
    for (QChar c : text.left(200))
        out.append(c.unicode() >= 0x20 && c.unicode() < 0x7f ? char(c.unicode()) : '?');
    return out;
}

bool isHopByHop(QByteArrayView name)
{
    switch (name.size()) { // most fields are told apart by their length alone
    case 2:
        return equalsIgnoringCase(name, "te");
    case 7:
        return equalsIgnoringCase(name, "trailer") || equalsIgnoringCase(name, "upgrade");
    case 10:
        return equalsIgnoringCase(name, "connection") || equalsIgnoringCase(name, "keep-alive");
    case 16:
        return equalsIgnoringCase(name, "proxy-connection");
    case 17:
        return equalsIgnoringCase(name, "transfer-encoding");
    case 18:
        return equalsIgnoringCase(name, "proxy-authenticate");
    case 19:
        return equalsIgnoringCase(name, "proxy-authorization");
    default:
        return false;
    }
}

} // namespace

QByteArray Exchange::acceptEncoding() const
{
    // Whole events may have to be left out of a stream or added to it, so a stream is asked for as it is.
    if (m_facts.stream)
        return QByteArrayLiteral("identity");
    return acceptEncodingFor(m_head.headers.find("accept-encoding"));
}

/// Path and query as the provider has them: the base URL is as its own SDK has it, so what that puts behind
/// it is put there here.
void Exchange::appendTarget(QByteArray &out, QByteArrayView basePath) const
{
    const qsizetype question = m_head.target.indexOf('?');
    QByteArrayView query = question < 0 ? QByteArrayView() : QByteArrayView(m_head.target).sliced(question);
    if (m_isAzure && m_provider->quirks.hasDeployments) {
        out.append(basePath.chopped(3)); // without /v1
        if (!m_deployment.isEmpty()) {
            out.append("/deployments/");
            out.append(m_deployment);
        }
    } else {
        out.append(basePath);
        if (m_isAzure)
            query = {}; // its api-version is of no use elsewhere
        if (m_api == Api::Anthropic
            || (m_api == Api::Gemini && !m_path.startsWith("/v1beta/") && !m_path.startsWith("/v1alpha/")
                && !m_path.startsWith("/upload/")))
            out.append("/v1");
    }
    out.append(m_path);
    const AuthStyle style = m_provider->api(kindOf(m_api)).auth;
    QByteArray target;
    if (m_api == Api::Gemini && style != AuthStyle::Client && query.contains("key=")) {
        target = withoutKeyInQuery(query); // the key there is the client's
        query = target;
    }
    out.append(query);
    if (style == AuthStyle::Query && !m_provider->apiKey.isEmpty()) {
        out.append(query.size() > 1 ? "&key=" : query.isEmpty() ? "?key=" : "key=");
        out.append(m_provider->apiKey.reveal().toPercentEncoding());
    }
}

namespace {

/// The field in which a key of \a style travels.
QByteArrayView keyField(AuthStyle style)
{
    switch (style) {
    case AuthStyle::XApiKey:
        return "x-api-key";
    case AuthStyle::XGoogApiKey:
        return "x-goog-api-key";
    case AuthStyle::ApiKey:
        return "api-key";
    default:
        return "Authorization";
    }
}

/// \param spelled the field in the client's spelling, where it is the same
void keyField(QByteArray &out, AuthStyle style, const QByteArray &key, QByteArrayView spelled = {})
{
    const QByteArrayView own = keyField(style);
    const QByteArrayView name = equalsIgnoringCase(spelled, own) ? spelled : own;
    if (style == AuthStyle::Bearer) {
        const QByteArray value = "Bearer " + key;
        field(out, name, value);
    } else {
        field(out, name, key);
    }
}

} // namespace

bool Exchange::clientBringsCredential() const
{
    const bool inFields = std::any_of(m_head.headers.begin(), m_head.headers.end(), [](const Header &header) {
        return isCredentialField(header.name) && !holdsVirtualKey(header);
    });
    return inFields || (m_api == Api::Gemini && !keyInQuery(m_head.target).isEmpty());
}

QByteArray Exchange::upstreamHead() const
{
    const ProviderApi &api = m_provider->api(kindOf(m_api));
    const ProxyContext::WrittenUrl &base = m_context.written(api.baseUrl);
    QByteArray out;
    out.reserve(1536);
    out.append(m_head.method);
    out.append(' ');
    appendTarget(out, base.path);
    out.append(" HTTP/1.1\r\n");
    field(out, "Host", base.host);

    const QByteArray connection = m_head.headers.joined("connection").toLower();
    const bool namesMore = !connection.isEmpty() && connection != "keep-alive" && connection != "close";
    const QByteArray &providerKey = m_provider->apiKey.reveal();
    bool keyWritten = providerKey.isEmpty() || api.auth == AuthStyle::Query || api.auth == AuthStyle::None
        || api.auth == AuthStyle::Client;
    for (const Header &header : m_head.headers) {
        const QByteArrayView name = header.name;
        if (isCredentialField(name)) {
            // The virtual key ends here. The provider's own takes its place, in the provider's own style;
            // with auth: client what else is here is the client's, and goes on.
            if (api.auth == AuthStyle::Client && !holdsVirtualKey(header))
                field(out, name, header.value);
            if (!keyWritten) {
                const bool asBearer = api.takesBearer && name.size() == 13; // Authorization
                keyField(out, asBearer ? AuthStyle::Bearer : api.auth, providerKey, name);
                keyWritten = true;
            }
            continue;
        }
        if (isHopByHop(name) || equalsIgnoringCase(name, "host") || equalsIgnoringCase(name, "content-length")
            || equalsIgnoringCase(name, "accept-encoding") || equalsIgnoringCase(name, "expect")
            || equalsIgnoringCase(name, "x-http-method-override") // what was metered is what is sent
            || (namesMore && m_head.headers.hasToken("connection", name)))
            continue;
        if (m_bodyIsDecoded && equalsIgnoringCase(name, "content-encoding"))
            continue;
        field(out, name, header.value);
    }
    if (!keyWritten) // it came in the path or in the query
        keyField(out, api.auth, providerKey);
    field(out, "Accept-Encoding", acceptEncoding());
    if (!m_body.isEmpty() || (m_head.method != "GET" && m_head.method != "HEAD"))
        field(out, "Content-Length", m_body.size());
    out.append("\r\n");
    return out;
}

void Exchange::sendHead(const ResponseHead &head, bool chunked, std::optional<qint64> length, bool decoded)
{
    if (!m_client)
        return;
    m_headSent = true;
    m_chunked = chunked && !m_client->isHttp10();
    if (chunked && !m_chunked)
        m_client->closeAfterwards(); // HTTP/1.0: the end of the connection is the end of the body
    m_out.reserve(1536);
    m_out.append("HTTP/1.1 ");
    withDigits(head.status, [this](QByteArrayView digits) { m_out.append(digits); });
    m_out.append(' ');
    m_out.append(head.reason.isEmpty() ? reasonPhrase(head.status).toByteArray() : head.reason);
    m_out.append("\r\n");
    const QByteArray connection = head.headers.joined("connection").toLower();
    const bool namesMore = !connection.isEmpty() && connection != "keep-alive" && connection != "close";
    for (const Header &header : head.headers) {
        if (isHopByHop(header.name) || equalsIgnoringCase(header.name, "content-length")
            || isOurs(header.name) || (decoded && equalsIgnoringCase(header.name, "content-encoding"))
            || (namesMore && head.headers.hasToken("connection", header.name)))
            continue;
        field(m_out, header.name, header.value);
    }
    addOurFields(m_out, m_concluded);
    if (m_chunked) {
        field(m_out, "Transfer-Encoding", "chunked");
        if (m_client->acceptsTrailers() && (m_streaming || m_heldHead) && !m_concluded) {
            field(m_out, "Trailer", "X-Request-Cost, X-Input-Tokens, X-Tokens-Used");
            m_trailersPromised = true;
        }
    } else if (length) {
        field(m_out, "Content-Length", *length);
    }
    if (m_client->willClose())
        field(m_out, "Connection", "close");
    else if (m_client->isHttp10())
        field(m_out, "Connection", "keep-alive");
    m_out.append("\r\n");
    if (m_captured)
        m_captured->response.coding = decoded ? QByteArray() : head.headers.value("content-encoding");
    if (m_key && m_context.events.watchesExchanges())
        m_context.recent.setResponse(m_id, m_context.redactor->response(m_out));
}

void Exchange::addOurFields(QByteArray &out, bool costKnown) const
{
    field(out, "X-LBP-Request-Id", m_id.toText());
    if (m_reply) { // the name has plain characters only, see the configuration
        field(out, "X-LBP-Provider", m_provider->name.toLatin1());
        field(out, "X-LBP-Attempts", m_attempt);
    }
    if (!isMetered())
        return;
    if (costKnown && m_charge.cost && m_outcome != Outcome::Refused)
        field(out, "X-Request-Cost", m_charge.cost->toDecimalBytes());
    if (m_reserved != Money())
        field(out, "X-Estimated-Cost", m_reserved.toDecimalBytes());
    if (costKnown && m_outcome != Outcome::Refused) {
        field(out, "X-Input-Tokens", m_charge.usage.inputTokens());
        field(out, "X-Tokens-Used", m_charge.usage.inputTokens() + m_charge.usage.outputTokens());
    } else if (m_priced.quote.likelyInput > 0) {
        field(out, "X-Input-Tokens", m_priced.quote.likelyInput);
    }
    const std::optional<BudgetStatus> budget =
        costKnown || !m_budget ? m_context.ledger.tightest(m_key->spender, m_context.clock.now()) : m_budget;
    if (budget) {
        field(out, "X-Budget-Remaining", budget->remaining().toDecimalBytes());
        field(out, "X-Budget-Period", periodName(budget->budget.period).toLatin1());
    }
    if (m_pressure) {
        const BudgetStatus &status = m_pressure->status;
        const QString scope = status.budget.scope.kind == ScopeKind::Global
            ? QStringLiteral("global")
            : scopeKindName(status.budget.scope.kind);
        field(out, "X-Budget-Warning",
              fieldText(QStringLiteral("%1 %2 budget at %3%")
                            .arg(scope, periodName(status.budget.period))
                            .arg(status.pressureBasisPoints() / 100)));
    }
    if (m_config->cache.enabled)
        field(out, "X-Cache", m_cacheHit ? "HIT" : "MISS");
    if (m_downgrade) {
        field(out, "X-Model-Downgraded", fieldText(m_model));
        field(out, "X-Original-Model", fieldText(m_facts.model));
    }
    if (m_clamped)
        field(out, "X-Max-Tokens-Clamped", m_ceiling);
    if (m_rate) {
        if (m_key->limits.rpm > 0) {
            field(out, "X-RateLimit-Limit-RPM", m_key->limits.rpm);
            field(out, "X-RateLimit-Remaining-RPM", m_rate->remainingRpm);
        }
        if (m_key->limits.tpm > 0) {
            field(out, "X-RateLimit-Limit-TPM", m_key->limits.tpm);
            field(out, "X-RateLimit-Remaining-TPM", m_rate->remainingTpm);
        }
    }
}

void Exchange::send(QByteArrayView body)
{
    if (!m_client || m_client->isHead() || body.isEmpty())
        return;
    if (m_captured)
        capture(m_captured->response, body);
    if (m_chunked)
        appendChunk(m_out, body);
    else
        m_out.append(body);
}

void Exchange::flushOut()
{
    if (!m_client || m_out.isEmpty())
        return;
    const bool room = m_client->write(m_out);
    m_out.resize(0);
    if (!room && m_reply && !m_upstreamComplete)
        m_reply->setPaused(true); // until onClientDrained()
}

void Exchange::finishAnswer()
{
    if (!m_client)
        return done();
    if (m_chunked && !m_client->isHead()) {
        HeaderList trailers;
        if (m_trailersPromised) {
            if (m_charge.cost)
                trailers.add("X-Request-Cost", m_charge.cost->toDecimalBytes());
            trailers.add("X-Input-Tokens", QByteArray::number(m_charge.usage.inputTokens()));
            trailers.add("X-Tokens-Used",
                         QByteArray::number(m_charge.usage.inputTokens() + m_charge.usage.outputTokens()));
        }
        appendLastChunk(m_out, trailers);
    }
    flushOut();
    if (m_client)
        std::exchange(m_client, nullptr)->finish();
    done();
}

const ErrorShape &Exchange::errors() const
{
    const ErrorShape *own = m_dialect ? m_dialect->errors() : nullptr;
    return own ? *own : DialectSet::all().errors(m_api);
}

ClientTool Exchange::tool() const
{
    return m_config->budgets.blockStatus == BlockStatus::Auto ? clientToolOf(m_head.headers)
                                                              : ClientTool::Unknown;
}

int Exchange::statusOf(const Error &error) const
{
    return errors().answer(error, {}, tool()).status;
}

const char *Exchange::idField() const
{
    return m_api == Api::Anthropic ? "request-id" : "x-request-id";
}

void Exchange::ownError(const Error &error)
{
    if (!m_client)
        return done();
    if (m_heldHead) { // it began as a stream, so it ends as one
        send(streamedError(error));
        return finishAnswer();
    }
    const QByteArray id = m_id.toText();
    const auto [status, body] = errors().answer(error, id, tool());
    m_status = status;
    ResponseHead head;
    head.status = status;
    head.headers.add("Content-Type", "application/json");
    head.headers.add(idField(), id);
    switch (error.code) {
    case ErrorCode::BudgetExceeded:
    case ErrorCode::Paused:
        head.headers.add("x-should-retry", "false"); // money does not come back by asking again
        break;
    case ErrorCode::RateLimited:
        if (m_rate) {
            const qint64 ms = std::max<qint64>(1, (m_rate->retryAfter.count() + 999) / 1000);
            head.headers.add("Retry-After", QByteArray::number((ms + 999) / 1000));
            head.headers.add("retry-after-ms", QByteArray::number(ms));
        }
        break;
    case ErrorCode::ShuttingDown:
    case ErrorCode::Unavailable:
        head.headers.add("Retry-After",
                         QByteArray::number(std::chrono::ceil<std::chrono::seconds>(m_retryAfter).count()));
        break;
    case ErrorCode::UpgradeRequired:
        head.headers.add("Upgrade", "HTTP/1.1");
        break;
    case ErrorCode::InvalidApiKey:
        head.headers.add("WWW-Authenticate", "Bearer");
        break;
    default:
        break;
    }
    m_streaming = false;
    sendHead(head, false, body.size(), false);
    send(body);
    finishAnswer();
}

void Exchange::answerGreeting()
{
    m_status = m_head.method == "OPTIONS" ? 204 : 200;
    ResponseHead head;
    head.status = m_status;
    QByteArray body;
    if (m_status == 204) {
        head.headers.add("Allow",
                         "GET, HEAD, POST, OPTIONS"); // and no CORS fields: web pages have no business here
    } else {
        body = QByteArrayLiteral(
            "llm-budget-proxy is running. Point an SDK's base URL here, with /v1 for OpenAI's.\n");
        head.headers.add("Content-Type", "text/plain; charset=utf-8");
    }
    conclude(Outcome::Completed, Charge(), QString(), [this, head, body] {
        sendHead(head, false, m_status == 204 ? std::nullopt : std::optional<qint64>(body.size()), false);
        send(body);
        finishAnswer();
    });
}

} // namespace lbp
