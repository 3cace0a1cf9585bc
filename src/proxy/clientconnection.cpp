#include "proxy/clientconnection.h"

#include "dialects/dialect.h"
#include "proxy/exchange.h"
#include "proxy/localbridge.h"
#include "proxy/localhandler.h"

#include <sys/socket.h>

namespace lbp {

namespace {

using std::chrono::seconds;
constexpr qsizetype readPiece = 64 * 1024;
constexpr int maxPieces = 16; ///< read in one turn, so that one fast client does not keep the others waiting
constexpr qsizetype maxEarlyBody =
    1024 * 1024; ///< read for the sake of the connection although it is refused
constexpr seconds lingerTime{5};
constexpr seconds stallTime{120}; ///< a client that takes nothing for so long is gone

} // namespace

ClientConnection::ClientConnection(ProxyContext &context, std::unique_ptr<QAbstractSocket> socket,
                                   QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_socket(std::move(socket))
    , m_parser({64 * 1024, context.config->server.maxBodyBytes, 200})
{
    m_tls = qobject_cast<QSslSocket *>(m_socket.get());
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QAbstractSocket::readyRead, this, &ClientConnection::onReadable);
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, &ClientConnection::onDisconnected);
    connect(m_socket.get(), &QAbstractSocket::bytesWritten, this, &ClientConnection::onBytesWritten);
    if (m_tls) // bytesWritten() tells only that bytes were encrypted
        connect(m_tls, &QSslSocket::encryptedBytesWritten, this, &ClientConnection::onBytesWritten);
    m_context.stats->clientConnections.fetch_add(1, std::memory_order_relaxed);
    setDeadline(m_context.deadlines, seconds(m_context.config->server.headerTimeoutSeconds));
}

ClientConnection::~ClientConnection()
{
    m_socket->disconnect(this);
    m_gone = true;
    tellGone();
    forgetBody();
    m_context.stats->clientConnections.fetch_sub(1, std::memory_order_relaxed);
}

void ClientConnection::tellGone()
{
    // Each once: the exchange may be freed before this connection is.
    Responder *responder = std::exchange(m_responder, nullptr);
    if (Exchange *exchange = std::exchange(m_exchange, nullptr); exchange && !responder)
        responder = exchange; // the request had not come whole
    if (responder)
        responder->onClientGone();
}

void ClientConnection::armIdle()
{
    setDeadline(m_context.deadlines, seconds(m_context.config->server.idleTimeoutSeconds));
}

void ClientConnection::forgetBody()
{
    m_context.bodyBytes -= std::exchange(m_countedBody, 0);
}

void ClientConnection::onReadable()
{
    if (m_gone || m_taking)
        return;
    static thread_local std::unique_ptr<char[]> buffer = std::make_unique_for_overwrite<char[]>(readPiece);
    for (int pieces = 0; m_tls || pieces < maxPieces;
         ++pieces) { // the notification comes again while there is more; TLS has a buffer of its own
        if (m_answering && m_pending.size() >= maxPipelined) {
            m_unread = true;
            return; // the rest waits in the socket; next() comes back for it
        }
        const qint64 n = m_socket->read(buffer.get(), readPiece);
        if (n < 0) {
            onDisconnected();
            return;
        }
        if (n == 0)
            return;
        if (m_lingering)
            continue;
        if (m_answering)
            m_pending.append(buffer.get(), n);
        else
            take(QByteArrayView(buffer.get(), n));
        if (m_gone || n < readPiece)
            return;
    }
}

void ClientConnection::take(QByteArrayView bytes)
{
    m_taking = true;
    const RequestParser::State before = m_parser.state();
    while (!m_gone && !m_answering && !m_lingering) {
        const qsizetype taken = m_parser.feed(bytes);
        bytes = bytes.sliced(taken);
        const RequestParser::State state = m_parser.state();
        if (state == RequestParser::State::HeadDone) {
            onHead();
            continue;
        }
        if (state == RequestParser::State::Done) {
            m_pending.append(bytes.data(), bytes.size());
            onRequest();
            break;
        }
        if (state == RequestParser::State::Failed) {
            refuse(m_parser.error());
            break;
        }
        if (state == RequestParser::State::InBody) {
            const qint64 grown = m_parser.body().size() - m_countedBody;
            m_countedBody += grown;
            m_context.bodyBytes += grown;
            if (m_early && m_countedBody > maxEarlyBody) {
                refuse(*m_early);
                break;
            }
            if (m_context.bodyBytes > ProxyContext::maxBodyBytes) {
                refuse(Error{
                    ErrorCode::Unavailable,
                    QStringLiteral("too many large requests are being read at once; try again shortly")});
                break;
            }
            setDeadline(m_context.deadlines, seconds(m_context.config->server.bodyTimeoutSeconds));
        } else if (state == RequestParser::State::InHead && before == RequestParser::State::Idle) {
            setDeadline(m_context.deadlines, seconds(m_context.config->server.headerTimeoutSeconds));
        }
        if (taken == 0 || bytes.isEmpty())
            break;
    }
    m_taking = false;
}

void ClientConnection::onHead()
{
    const RequestHead &head = m_parser.head();
    m_http10 = head.minorVersion == 0;
    m_isHead = head.method == "HEAD";
    m_keepAlive = head.keepAlive && !m_context.draining;
    m_acceptsTrailers = !m_http10 && head.headers.hasToken("te", "trailers");
    m_early.reset();
    m_exchange = nullptr;
    const bool isLocal = m_context.local && m_context.local->claims(head.path());
    if (head.upgrade && !isLocal) {
        m_early = Error{
            ErrorCode::UpgradeRequired,
            QStringLiteral(
                "WebSocket and other upgrades are not proxied; use plain HTTP with server-sent events")};
    } else if (!isLocal) {
        m_context.sweep();
        auto exchange = std::make_unique<Exchange>(m_context, *this, head);
        m_exchange = exchange.get();
        m_context.exchanges.emplace(exchange->id().value, std::move(exchange));
        m_context.stats->activeExchanges.store(qint64(m_context.exchanges.size()), std::memory_order_relaxed);
        if (const Status known = m_exchange->identify(); !known)
            m_early = known.error();
    }
    if (m_early && head.hasBody() && (head.expectContinue || head.contentLength.value_or(0) > maxEarlyBody)) {
        refuse(*m_early); // the body has not been sent, or is not worth reading
        return;
    }
    if (head.expectContinue && head.hasBody() && !m_http10)
        m_socket->write(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
}

void ClientConnection::onRequest()
{
    clearDeadline();
    m_answering = true;
    if (m_early) {
        refuse(*m_early);
        return;
    }
    if (m_exchange) {
        m_responder = m_exchange;
        forgetBody(); // the exchange counts it from here on
        m_exchange->run(m_parser.takeBody());
        return;
    }
    auto bridge = std::make_unique<LocalBridge>(*this);
    LocalBridge *raw = bridge.get();
    m_responder = raw;
    m_localResponder = std::move(bridge);
    raw->start(*m_context.local, LocalRequest{m_parser.head(), m_parser.takeBody(), m_socket->peerAddress()});
}

void ClientConnection::refuse(const Error &error)
{
    // What follows on this connection cannot be told from the body of the refused request, unless that was
    // read whole.
    if (m_parser.state() != RequestParser::State::Done)
        m_keepAlive = false;
    m_answering = true;
    if (m_exchange) {
        m_responder = m_exchange;
        m_exchange->refuse(error);
        return;
    }
    const QByteArray body = DialectSet::all().errors(Api::OpenAi).body(error, {});
    QByteArray out = "HTTP/1.1 " + QByteArray::number(httpStatus(error.code)) + ' '
        + reasonPhrase(httpStatus(error.code)).toByteArray()
        + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size());
    if (error.code == ErrorCode::UpgradeRequired)
        out += "\r\nUpgrade: HTTP/1.1";
    out += m_keepAlive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    if (!m_isHead)
        out += body;
    write(out);
    finish();
}

bool ClientConnection::write(const QByteArray &bytes)
{
    if (m_gone)
        return true;
    if (m_socket->write(bytes) < 0) {
        // Reported from the loop: the responder is in the middle of something.
        QMetaObject::invokeMethod(this, &ClientConnection::onDisconnected, Qt::QueuedConnection);
        return true;
    }
    qint64 waiting = m_socket->bytesToWrite();
    if (waiting > 0 && m_tls) {
        m_tls->flush();
        waiting = m_tls->bytesToWrite() + m_tls->encryptedBytesToWrite();
    }
    if (waiting == 0 || m_waitsForDrain)
        return waiting <= highMark;
    setDeadline(m_context.deadlines, stallTime);
    if (waiting <= highMark)
        return true;
    m_waitsForDrain = true;
    return false;
}

qint64 ClientConnection::backlog() const
{
    return m_socket->bytesToWrite() + (m_tls ? m_tls->encryptedBytesToWrite() : 0);
}

void ClientConnection::onBytesWritten()
{
    const qint64 waiting = backlog();
    if (m_answering && waiting > 0)
        setDeadline(m_context.deadlines, stallTime); // it does read, if slowly
    else if (m_answering)
        clearDeadline();
    if (m_waitsForDrain && waiting <= lowMark) {
        m_waitsForDrain = false;
        if (m_finished)
            next();
        else if (m_responder)
            m_responder->onClientDrained();
    }
    if (waiting == 0 && m_lingering)
        shutdownWrite();
}

void ClientConnection::finish()
{
    if (m_gone || !m_answering || m_finished)
        return;
    m_responder = nullptr;
    m_exchange = nullptr;
    m_waitsForDrain = false;
    m_isHead = false;
    forgetBody();
    if (m_localResponder) {
        // It is on the stack.
        QMetaObject::invokeMethod(
            this, [old = std::shared_ptr<Responder>(std::move(m_localResponder))] {}, Qt::QueuedConnection);
    }
    if (!m_keepAlive || m_context.draining) {
        close();
        return;
    }
    m_parser.next();
    m_finished = true;
    if (backlog() > highMark)
        m_waitsForDrain = true; // else a pipeline whose answers nobody reads would fill the memory
    else
        next();
}

void ClientConnection::next()
{
    // What arrived while nobody was to read it is not notified of again; everything else is.
    const bool unread = std::exchange(m_unread, false) || (m_tls && m_tls->bytesAvailable() > 0);
    if (m_pending.isEmpty() && !unread) {
        m_finished = false;
        m_answering = false;
        armIdle();
        return;
    }
    // The next of a pipeline starts from the loop, else a row of quick answers would grow the stack. Until
    // then this connection counts as answering, so that what arrives meanwhile queues up behind what is here
    // already.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_gone || m_lingering)
                return;
            m_finished = false;
            m_answering = false;
            armIdle();
            const QByteArray bytes = std::exchange(m_pending, {});
            take(bytes);
            onReadable();
        },
        Qt::QueuedConnection);
}

void ClientConnection::cut()
{
    if (m_gone)
        return;
    m_responder = nullptr;
    m_exchange = nullptr;
    m_socket->disconnect(this);
    m_socket->abort();
    m_gone = true;
    deleteLater();
}

void ClientConnection::close()
{
    // Closing with unread bytes would reset the connection and might destroy the answer on its way.
    m_lingering = true;
    m_answering = true;
    m_pending.clear();
    setDeadline(m_context.deadlines, backlog() > 0 ? Duration(stallTime) : Duration(lingerTime));
    if (backlog() == 0)
        shutdownWrite();
}

void ClientConnection::shutdownWrite()
{
    setDeadline(m_context.deadlines, lingerTime);
    if (m_tls) {
        m_tls->disconnectFromHost();
        return;
    }
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    onReadable(); // drops what is there, and learns of the end
}

void ClientConnection::onDisconnected()
{
    if (m_gone)
        return;
    m_gone = true;
    clearDeadline();
    m_socket->disconnect(this);
    tellGone();
    m_socket->abort();
    deleteLater();
}

void ClientConnection::onDeadline()
{
    if (m_gone)
        return;
    if (m_lingering || m_waitsForDrain || (m_answering && backlog() > 0)) {
        onDisconnected();
        return;
    }
    if (m_answering)
        return;
    switch (m_parser.state()) {
    case RequestParser::State::InHead:
    case RequestParser::State::InBody:
        refuse(Error{ErrorCode::RequestTimeout, QStringLiteral("the request did not arrive whole in time")});
        break;
    default:
        onDisconnected(); // nothing is under way
    }
}

void ClientConnection::goAway()
{
    if (m_gone)
        return;
    m_keepAlive = false;
    if (!m_answering && m_parser.state() == RequestParser::State::Idle)
        close();
}

} // namespace lbp
