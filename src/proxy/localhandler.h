#pragma once

#include "wire/http.h"

#include <functional>
#include <memory>
#include <QHostAddress>

namespace lbp {

/// A request to the program itself: management API, health, metrics. Already parsed whole.
struct LocalRequest
{
    RequestHead head;
    QByteArray body;
    QHostAddress peer;
};

struct LocalResponse
{
    int status = 200;
    HeaderList headers; ///< without Content-Length, Date and Connection, which are added
    QByteArray body;
};

/// The answer to a LocalRequest. Thread: any; what is said is carried out on the proxy thread. Exactly one of
/// send() or begin() is called; one that is dropped without an answer becomes a 500.
class LocalReply
{
public:
    virtual ~LocalReply() = default;
    virtual void send(LocalResponse response) = 0;
    virtual void begin(LocalResponse head) = 0; ///< starts a stream (chunked); head.body is its first piece
    /// Adds to the stream. A client that does not read is disconnected once 1 MiB waits for it.
    virtual void write(QByteArray piece) = 0;
    virtual void end() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0; ///< false once the client is gone
};

/// Answers what is not proxied. Called on the proxy thread; must return at once.
class LocalHandler
{
public:
    virtual ~LocalHandler() = default;
    /// True if \a path (without query) belongs to the program itself and not to a provider: /api…, /health,
    /// /ready, /metrics, /dashboard.
    [[nodiscard]] virtual bool claims(QByteArrayView path) const = 0;
    virtual void handle(LocalRequest request, std::shared_ptr<LocalReply> reply) = 0;
};

} // namespace lbp
