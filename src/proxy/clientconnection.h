#pragma once

#include "proxy/context.h"
#include "wire/http.h"

#include <memory>
#include <QSslSocket>

namespace lbp {

class ClientConnection;

/// Whoever answers one request on a connection: an exchange, or the bridge to the management side.
class Responder
{
public:
    virtual ~Responder() = default;
    /// The client is gone. The connection must not be used any more.
    virtual void onClientGone() = 0;
    /// What was waiting to be written has shrunk below the mark. Called only after a write said that it
    /// waits.
    virtual void onClientDrained() { }
};

/// One connection of a client: bytes in, requests out, answers back in order. Pipelined requests wait in the
/// socket. Bounded: head, body, time for each, what waits to be written, and how long a client may not read.
/// Ownership: deletes itself when the socket is closed. Thread: proxy thread.
class ClientConnection final : public QObject, public Deadline
{
    Q_OBJECT
public:
    ClientConnection(ProxyContext &context, std::unique_ptr<QAbstractSocket> socket, QObject *parent);
    ~ClientConnection() override;

    // ---- for the Responder: one answer
    // ----------------------------------------------------------------------------
    [[nodiscard]] bool isHttp10() const { return m_http10; }
    [[nodiscard]] bool isHead() const { return m_isHead; }
    [[nodiscard]] bool acceptsTrailers() const { return m_acceptsTrailers; }
    /// True if the answer must end the connection; the head then says so.
    [[nodiscard]] bool willClose() const { return !m_keepAlive; }
    void closeAfterwards() { m_keepAlive = false; }
    /// Bytes as they go on the wire. False: more than the mark is waiting, so pause until onClientDrained().
    bool write(const QByteArray &bytes);
    /// The answer is whole. The Responder is not called again. The next request of a pipeline waits until the
    /// client has taken most of it.
    void finish();
    /// The answer cannot be completed: the connection is cut, so that the client sees that something is
    /// missing.
    void cut();
    [[nodiscard]] qint64 backlog() const; ///< bytes that wait to be taken by the client

    void goAway(); ///< shutdown: closes now if idle, else after the present answer
    void onDeadline() override;

private:
    void onReadable();
    void onDisconnected();
    void onBytesWritten();
    void take(QByteArrayView bytes);
    void onHead();
    void onRequest();
    void refuse(const Error &error); ///< an answer of our own to something that is no usable request
    void next(); ///< the answer is finished and mostly taken: on to the next request
    void tellGone(); ///< whoever answers, or would have
    void forgetBody(); ///< the present body is not in memory any more
    void shutdownWrite();
    void close(); ///< after what was written; reads and drops what still comes, for a while
    void armIdle();

    static constexpr qint64 highMark = 96 * 1024;
    static constexpr qint64 lowMark = 32 * 1024;
    static constexpr qsizetype maxPipelined = 64 * 1024;

    ProxyContext &m_context;
    std::unique_ptr<QAbstractSocket> m_socket;
    QSslSocket *m_tls = nullptr; ///< m_socket, when it is one
    RequestParser m_parser;
    qint64 m_countedBody = 0; ///< bytes of the present body counted in the context
    Responder *m_responder = nullptr;
    std::unique_ptr<Responder> m_localResponder;
    Exchange *m_exchange = nullptr;
    QByteArray m_pending; ///< read, but of a later request
    bool m_http10 = false;
    bool m_isHead = false;
    bool m_acceptsTrailers = false;
    bool m_keepAlive = true;
    bool m_answering = false; ///< a whole request is being answered
    bool m_finished = false; ///< the answer is whole, but the client has not taken enough of it yet
    bool m_lingering = false;
    bool m_waitsForDrain = false;
    bool m_unread = false; ///< bytes were left in the socket
    bool m_gone = false;
    bool m_taking = false;
    std::optional<Error> m_early; ///< refused at the head; said once the body is read or given up
};

} // namespace lbp
