#include "wire/http.h"

#include "wire/httpbody.h"
#include "wire/httphead.h"

namespace lbp {

namespace {

Error invalid(const QString &detail)
{
    return {ErrorCode::InvalidRequest, detail};
}

/// "http://host:port/path?query" to its two halves; false if it is not that.
bool splitAbsolute(QByteArrayView target, QByteArrayView &authority, QByteArrayView &rest)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.size() <= scheme.size() || !equalsIgnoringCase(target.first(scheme.size()), scheme))
            continue;
        const QByteArrayView behind = target.sliced(scheme.size());
        qsizetype end = 0;
        while (end < behind.size() && behind[end] != '/' && behind[end] != '?')
            ++end;
        authority = behind.first(end);
        rest = behind.sliced(end);
        return !authority.isEmpty();
    }
    return false;
}

/// The characters of uri-host [ ":" port ]. No user information: what stands before an "@" is for deceiving.
bool isAuthority(QByteArrayView text)
{
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && !QByteArrayView("-._~%!$&'()*+;=:[]").contains(c))
            return false;
    }
    return true;
}

std::optional<Error> normaliseTarget(RequestHead &head)
{
    for (qsizetype i = 0; i < head.target.size(); ++i) {
        const char c = head.target[i];
        if (c <= ' ' || c == 0x7f || c == '#' || static_cast<unsigned char>(c) >= 0x80)
            return invalid(QStringLiteral("The request target has an illegal character at byte %1.")
                               .arg(head.method.size() + 1 + i));
    }
    if (head.method == "CONNECT")
        return Error{ErrorCode::MethodNotAllowed,
                     QStringLiteral("CONNECT is not served: this is no forward proxy.")};
    if (head.target.startsWith('/'))
        return std::nullopt;
    if (head.target == "*") {
        if (head.method == "OPTIONS")
            return std::nullopt;
        return invalid(QStringLiteral("The request target \"*\" is for OPTIONS only."));
    }
    QByteArrayView authority, rest;
    if (!splitAbsolute(head.target, authority, rest) || !isAuthority(authority))
        return invalid(QStringLiteral("The request target must be a path such as /v1/models."));
    // The target outranks Host (RFC 9112 section 3.2.2), so that both readers of the request see one host.
    head.headers.set("Host", authority.toByteArray());
    QByteArray origin;
    if (rest.isEmpty() && head.method == "OPTIONS")
        origin = "*";
    else if (!rest.startsWith('/'))
        origin.append('/').append(rest);
    else
        origin = rest.toByteArray();
    head.target = std::move(origin);
    return std::nullopt;
}

/// Any protocol but h2c: clients that only offer HTTP/2 (as Java's do on plain http) are content with
/// HTTP/1.1.
bool asksForUpgrade(const HeaderList &headers)
{
    if (!headers.contains("upgrade") || !headers.hasToken("connection", "upgrade"))
        return false;
    return !equalsIgnoringCase(headers.joined("upgrade"), "h2c");
}

std::optional<Error> checkRequest(RequestHead &head, const RequestParser::Limits &limits)
{
    const Framing framing = readFraming(head.headers);
    if (framing.hostFields > 1)
        return invalid(QStringLiteral("The request has more than one Host field."));
    if (framing.hostFields == 0 && head.minorVersion >= 1)
        return invalid(QStringLiteral("The request has no Host field."));
    if (framing.hostFields == 1 && !isAuthority(*head.headers.find("host")))
        return invalid(QStringLiteral("The Host field is not a host name with an optional port."));
    if (framing.codingFields > 0 && framing.lengthFields > 0)
        return invalid(QStringLiteral("The request has both Content-Length and Transfer-Encoding."));
    if (framing.lengthFields > 1)
        return invalid(QStringLiteral("The request has more than one Content-Length."));
    if (!framing.lengthValid)
        return invalid(QStringLiteral("The Content-Length is not a decimal number."));
    if (framing.codingFields > 1 || !framing.chunkedOnly)
        return invalid(QStringLiteral("The Transfer-Encoding must be \"chunked\" and nothing else."));
    if (framing.codingFields > 0 && head.minorVersion == 0)
        return invalid(QStringLiteral("Transfer-Encoding is not part of HTTP/1.0."));
    head.chunked = framing.codingFields > 0;
    head.contentLength = framing.length;
    head.keepAlive = staysOpen(head.headers, head.minorVersion);
    if (auto error = normaliseTarget(head))
        return error;
    if (const QByteArray *expect = head.headers.find("expect"); expect && head.minorVersion >= 1) {
        if (!equalsIgnoringCase(*expect, "100-continue"))
            return Error{ErrorCode::ExpectationFailed,
                         QStringLiteral("The only expectation that can be met is 100-continue.")};
        head.expectContinue = true;
    }
    head.upgrade = head.minorVersion >= 1 && asksForUpgrade(head.headers);
    if (framing.length.value_or(0) > limits.maxBodyBytes)
        return Error{ErrorCode::BodyTooLarge,
                     QStringLiteral("The body is larger than %1 bytes.").arg(limits.maxBodyBytes)};
    return std::nullopt;
}

/// Finds a head in \a in, or collects its beginning in \a kept until the rest has come.
/// Most heads come in one piece and are read where they are. \return bytes taken
qsizetype collectHead(HeadScanner &scanner, QByteArray &kept, QByteArrayView in, qsizetype maxBytes,
                      HeadScanner::Result &result, QByteArrayView &head)
{
    if (kept.isEmpty()) {
        result = scanner.scan(in);
        if (result == HeadScanner::Result::Complete) {
            head = in.first(scanner.end());
            return scanner.end();
        }
        if (result == HeadScanner::Result::NeedMore)
            kept.append(in);
        return in.size();
    }
    const qsizetype before = kept.size();
    // One byte above the limit is enough to see that it is passed.
    kept.append(in.first(qMin(in.size(), maxBytes + 1 - before)));
    result = scanner.scan(kept);
    if (result != HeadScanner::Result::Complete)
        return in.size();
    kept.truncate(scanner.end());
    head = kept;
    return scanner.end() - before;
}

} // namespace

QByteArrayView RequestHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView(target) : QByteArrayView(target).first(mark);
}

QByteArrayView RequestHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView() : QByteArrayView(target).sliced(mark + 1);
}

struct RequestParser::Private
{
    explicit Private(Limits given)
        : limits(given)
        , scanner(given.maxHeadBytes, given.maxHeaders)
    {
    }

    void fail(Error why)
    {
        error = std::move(why);
        state = State::Failed;
    }
    qsizetype skipEmptyLines(QByteArrayView in);
    qsizetype readHead(QByteArrayView in);
    qsizetype readBody(QByteArrayView in);

    Limits limits;
    State state = State::Idle;
    bool sawCr = false; ///< of an empty line before the request
    int emptyLines = 0;
    HeadScanner scanner;
    RequestHead head;
    QByteArray headBytes;
    QByteArray body;
    qint64 left = 0; ///< of a body with a length
    ChunkDecoder chunks{false};
    Error error;
};

/// Some clients end a body with a CR LF that belongs to nothing (RFC 9112 section 2.2).
qsizetype RequestParser::Private::skipEmptyLines(QByteArrayView in)
{
    constexpr int maxEmptyLines = 8;
    qsizetype i = 0;
    for (; i < in.size(); ++i) {
        const char c = in[i];
        if (sawCr) {
            if (c != '\n' || ++emptyLines > maxEmptyLines) {
                fail(invalid(
                    QStringLiteral("There is a bare CR, or too many empty lines, before the request.")));
                return in.size();
            }
            sawCr = false;
        } else if (c == '\r') {
            sawCr = true;
        } else if (isTokenChar(c)) {
            state = State::InHead;
            break;
        } else {
            fail(invalid(QStringLiteral(
                "The bytes at the start are no HTTP request (a TLS client on the plain port?).")));
            return in.size();
        }
    }
    return i;
}

qsizetype RequestParser::Private::readHead(QByteArrayView in)
{
    HeadScanner::Result result = HeadScanner::Result::NeedMore;
    QByteArrayView bytes;
    const qsizetype taken = collectHead(scanner, headBytes, in, limits.maxHeadBytes, result, bytes);
    if (result == HeadScanner::Result::NeedMore)
        return taken;
    if (result == HeadScanner::Result::Failed) {
        fail(scanner.error());
        return in.size();
    }
    if (headBytes.isEmpty())
        headBytes.append(bytes);
    auto wrong = splitHead(headBytes, head);
    if (!wrong)
        wrong = checkRequest(head, limits);
    if (wrong) {
        fail(*std::move(wrong));
        return taken;
    }
    left = head.contentLength.value_or(0);
    if (head.chunked)
        chunks.start(headBytes.size(), limits.maxBodyBytes);
    state = State::HeadDone;
    return taken;
}

qsizetype RequestParser::Private::readBody(QByteArrayView in)
{
    if (!head.chunked) {
        const qsizetype taken = qMin<qint64>(left, in.size());
        growBody(body, taken, *head.contentLength);
        body.append(in.first(taken));
        left -= taken;
        if (left == 0)
            state = State::Done;
        return taken;
    }
    qsizetype taken = 0;
    growBody(body, qMin<qint64>(in.size(), limits.maxBodyBytes - body.size()), 0);
    const ChunkDecoder::Result result = chunks.feed(in, body, taken);
    if (result == ChunkDecoder::Result::End)
        state = State::Done;
    else if (result == ChunkDecoder::Result::Failed)
        fail(chunks.error());
    return taken;
}

RequestParser::RequestParser(Limits limits)
    : d(std::make_unique<Private>(limits))
{
}
RequestParser::~RequestParser() = default;

qsizetype RequestParser::feed(QByteArrayView in)
{
    qsizetype taken = 0;
    if (d->state == State::Idle)
        taken = d->skipEmptyLines(in);
    if (d->state == State::InHead && taken < in.size())
        return taken + d->readHead(in.sliced(taken));
    if (d->state == State::HeadDone)
        d->state = d->head.hasBody() ? State::InBody : State::Done;
    if (d->state == State::InBody && !in.isEmpty())
        return d->readBody(in);
    return taken;
}

RequestParser::State RequestParser::state() const
{
    return d->state;
}
const RequestHead &RequestParser::head() const
{
    return d->head;
}
QByteArray RequestParser::takeHeadBytes()
{
    return std::exchange(d->headBytes, {});
}
const QByteArray &RequestParser::body() const
{
    return d->body;
}
QByteArray RequestParser::takeBody()
{
    return std::exchange(d->body, {});
}
const Error &RequestParser::error() const
{
    return d->error;
}

void RequestParser::next()
{
    Q_ASSERT(d->state == State::Done);
    d->state = State::Idle;
    d->sawCr = false;
    d->emptyLines = 0;
    d->scanner.reset();
    // Memory is given back: thousands of connections wait idle.
    d->head = {};
    d->headBytes = {};
    d->body = {};
}

struct ResponseParser::Private
{
    enum class Body { None, Length, Chunked, UntilClose };
    static constexpr qsizetype maxHeadBytes = 256 * 1024;
    static constexpr int maxHeaders = 1000;

    void fail(QString why)
    {
        error = std::move(why);
        state = State::Failed;
    }
    qsizetype readHead(QByteArrayView in);
    QString judge();

    State state = State::InHead;
    Body kind = Body::None;
    bool headRequest = false;
    bool headDone = false;
    int interim = 0;
    qint64 left = 0;
    HeadScanner scanner{maxHeadBytes, maxHeaders};
    QByteArray headBytes;
    ResponseHead head;
    ChunkDecoder chunks{true};
    QString error;
};

/// Decides how the body is framed. \return what is wrong, or nothing
QString ResponseParser::Private::judge()
{
    const Framing framing = readFraming(head.headers);
    head.keepAlive = staysOpen(head.headers, head.minorVersion);
    if (framing.codingFields > 0 && framing.lengthFields > 0)
        return QStringLiteral("The answer has both Content-Length and Transfer-Encoding.");
    if (!framing.lengthValid || framing.lengthDiffers)
        return QStringLiteral(
            "The answer's Content-Length is no decimal number, or there are two that differ.");
    if (framing.codingFields > 1 || !framing.chunkedOnly)
        return QStringLiteral("The answer's Transfer-Encoding is not exactly \"chunked\".");
    if (framing.codingFields > 0 && head.minorVersion == 0)
        return QStringLiteral("The answer has a Transfer-Encoding in HTTP/1.0.");
    head.chunked = framing.codingFields > 0;
    head.contentLength = framing.length;
    if (headRequest || head.status == 204 || head.status == 304) {
        kind = Body::None;
        // A 204 that announces a body may send one all the same: what follows on that connection is not to be
        // trusted.
        if (head.status == 204 && (head.chunked || framing.length.value_or(0) > 0))
            head.keepAlive = false;
    } else if (head.chunked) {
        kind = Body::Chunked;
    } else if (head.contentLength) {
        left = *head.contentLength;
        kind = left > 0 ? Body::Length : Body::None;
    } else {
        kind = Body::UntilClose;
        head.keepAlive = false;
    }
    return {};
}

qsizetype ResponseParser::Private::readHead(QByteArrayView in)
{
    constexpr int maxInterim = 1000;
    HeadScanner::Result result = HeadScanner::Result::NeedMore;
    QByteArrayView bytes;
    const qsizetype taken = collectHead(scanner, headBytes, in, maxHeadBytes, result, bytes);
    if (result == HeadScanner::Result::NeedMore)
        return taken;
    if (result == HeadScanner::Result::Failed) {
        fail(scanner.error().detail);
        return taken;
    }
    if (auto wrong = splitHead(bytes, head)) {
        fail(wrong->detail);
        return taken;
    }
    const qsizetype size = bytes.size();
    headBytes = {};
    scanner.reset();
    if (head.status < 100) {
        fail(QStringLiteral("The answer's status is below 100."));
    } else if (head.status == 101) {
        fail(QStringLiteral("The answer switches protocols, which was not asked for."));
    } else if (head.status < 200) {
        head = {};
        if (++interim > maxInterim)
            fail(QStringLiteral("More than %1 interim answers came.").arg(maxInterim));
    } else if (QString wrong = judge(); !wrong.isEmpty()) {
        fail(std::move(wrong));
    } else {
        headDone = true;
        state = kind == Body::None ? State::Done : State::InBody;
        if (kind == Body::Chunked)
            chunks.start(size, std::numeric_limits<qint64>::max());
    }
    return taken;
}

ResponseParser::ResponseParser()
    : d(std::make_unique<Private>())
{
}
ResponseParser::~ResponseParser() = default;

void ResponseParser::start(bool headRequest)
{
    d->state = State::InHead;
    d->headRequest = headRequest;
    d->headDone = false;
    d->interim = 0;
    d->scanner.reset();
    d->headBytes = {};
    d->head = {};
    d->chunks = ChunkDecoder(true);
    d->error.clear();
}

qsizetype ResponseParser::feed(QByteArrayView in, QByteArray &body)
{
    qsizetype taken = 0;
    while (d->state == State::InHead && taken < in.size())
        taken += d->readHead(in.sliced(taken));
    if (d->state != State::InBody || taken == in.size())
        return taken;
    const QByteArrayView rest = in.sliced(taken);
    qsizetype used = rest.size();
    switch (d->kind) {
    case Private::Body::None:
        return taken;
    case Private::Body::Length:
        used = qMin<qint64>(d->left, rest.size());
        body.append(rest.first(used));
        d->left -= used;
        if (d->left == 0)
            d->state = State::Done;
        break;
    case Private::Body::Chunked: {
        const ChunkDecoder::Result result = d->chunks.feed(rest, body, used);
        if (result == ChunkDecoder::Result::End)
            d->state = State::Done;
        else if (result == ChunkDecoder::Result::Failed)
            d->fail(d->chunks.error().detail);
        break;
    }
    case Private::Body::UntilClose:
        body.append(rest);
        break;
    }
    return taken + used;
}

void ResponseParser::finish()
{
    if (d->state == State::Done || d->state == State::Failed)
        return;
    if (d->state == State::InBody && d->kind == Private::Body::UntilClose)
        d->state = State::Done;
    else if (d->state == State::InBody)
        d->fail(QStringLiteral("The connection was closed in the middle of the answer's body."));
    else
        d->fail(QStringLiteral("The connection was closed before the answer's head was complete."));
}

ResponseParser::State ResponseParser::state() const
{
    return d->state;
}
bool ResponseParser::headDone() const
{
    return d->headDone;
}
const ResponseHead &ResponseParser::head() const
{
    return d->head;
}
ResponseHead ResponseParser::takeHead()
{
    return std::exchange(d->head, {});
}
int ResponseParser::interimCount() const
{
    return d->interim;
}
const HeaderList &ResponseParser::trailers() const
{
    return d->chunks.trailers();
}
const QString &ResponseParser::error() const
{
    return d->error;
}

} // namespace lbp
