#pragma once

#include "core/result.h"
#include "wire/headers.h"

#include <memory>

namespace lbp {

/// The head of a request, checked: one framing, one Host, no bare CR, LF or NUL.
struct RequestHead
{
    QByteArray method; ///< as it came, upper case by the standard
    QByteArray target; ///< origin form "/v1/x?y", or "*"; absolute form is turned into origin form
    int minorVersion = 1; ///< HTTP/1.x
    HeaderList headers;
    bool keepAlive = true;
    bool chunked = false;
    std::optional<qint64> contentLength; ///< absent without a Content-Length
    bool expectContinue = false;
    bool upgrade =
        false; ///< asks for another protocol; an offer of h2c alone is not counted, it may be ignored
    [[nodiscard]] QByteArrayView path() const; ///< target before '?'
    [[nodiscard]] QByteArrayView query() const; ///< after '?', may be empty
    [[nodiscard]] bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }
};

/// HTTP/1.0 and 1.1 requests from bytes, strict (RFC 9112): refuses CL with TE, differing or repeated
/// Content-Length, TE other than chunked, bare LF, obs-fold, white space before the colon, bad chunk sizes,
/// missing or double Host in 1.1, control characters in target or values. Heads above maxHeadBytes are
/// HeadersTooLarge, bodies above maxBodyBytes BodyTooLarge; chunk extensions and trailers are bounded too,
/// read and dropped. Pull style: feed() takes bytes until something is ready; what it did not take belongs to
/// the next message. Thread: any, one at a time. Never throws.
class RequestParser
{
public:
    struct Limits
    {
        qsizetype maxHeadBytes = 64 * 1024;
        qint64 maxBodyBytes = 64 * 1024 * 1024;
        int maxHeaders = 200;
    };
    enum class State {
        Idle, ///< nothing of a request has come (empty lines before it are skipped)
        InHead,
        HeadDone, ///< head() is valid; feed() goes on with the body
        InBody,
        Done, ///< body() is whole; call next()
        Failed, ///< error() says why; the connection cannot be used further. After BodyTooLarge head() is
                ///< valid
    };
    explicit RequestParser(Limits limits);
    ~RequestParser();

    /// Takes bytes from \a in and returns how many. Stops early when the state becomes HeadDone, Done or
    /// Failed. Call again with an empty view after HeadDone to learn whether a request without a body is
    /// Done.
    qsizetype feed(QByteArrayView in);
    [[nodiscard]] State state() const;
    [[nodiscard]] const RequestHead &head() const;
    [[nodiscard]] QByteArray takeHeadBytes(); ///< the head as it came; for tests
    /// The body so far, decoded from chunks. Unless empty it has at least 64 bytes of spare capacity once
    /// Done, as simdjson wants.
    [[nodiscard]] const QByteArray &body() const;
    [[nodiscard]] QByteArray takeBody();
    [[nodiscard]] const Error &error() const;
    void next(); ///< after Done: ready for the next request

private:
    struct Private;
    std::unique_ptr<Private> d;
};

struct ResponseHead
{
    int status = 0;
    QByteArray reason;
    int minorVersion = 1;
    HeaderList headers;
    bool keepAlive = true;
    bool chunked = false;
    std::optional<qint64> contentLength;
};

/// HTTP/1.x responses from bytes. 1xx heads are counted and dropped (101 is a failure: we never ask for it).
/// The body of HEAD, 204 and 304 is empty; without length or chunks it lasts until the connection closes.
class ResponseParser
{
public:
    enum class State { InHead, InBody, Done, Failed };
    ResponseParser();
    ~ResponseParser();
    void start(bool headRequest); ///< ready for the answer to the next request
    /// Takes bytes and appends decoded body bytes to \a body. Returns how many were taken; stops at Done.
    /// When the head is complete state() is InBody or Done and head() is valid.
    qsizetype feed(QByteArrayView in, QByteArray &body);
    /// The connection was closed: Done if the body lasts until then, else Failed.
    void finish();
    [[nodiscard]] State state() const;
    [[nodiscard]] bool headDone() const;
    [[nodiscard]] const ResponseHead &head() const;
    [[nodiscard]] ResponseHead takeHead();
    [[nodiscard]] int interimCount() const; ///< 1xx answers seen
    [[nodiscard]] const HeaderList &trailers() const;
    [[nodiscard]] const QString &error() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Reason phrase of \a status, "Unknown" when it has none.
[[nodiscard]] QByteArrayView reasonPhrase(int status);
/// One chunk of a chunked body ("size CRLF data CRLF") appended to \a out; an empty \a data appends nothing.
void appendChunk(QByteArray &out, QByteArrayView data);
/// The end of a chunked body, with \a trailers if there are any.
void appendLastChunk(QByteArray &out, const HeaderList &trailers = {});
/// True if \a value may stand in a header field: visible ASCII, space, tab, obs-text; no CR, LF, NUL.
[[nodiscard]] bool isFieldValue(QByteArrayView value);

} // namespace lbp
