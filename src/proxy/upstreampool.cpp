#include "proxy/upstreampool.h"

#include <cerrno>
#include <QNetworkProxyFactory>
#include <sys/socket.h>

namespace lbp {

namespace {
constexpr qsizetype readPiece = 64 * 1024;
/// Head and body up to this size leave in one write; above, the copy would cost more than a second call.
constexpr qsizetype joinBelow = 16 * 1024;
} // namespace

UpstreamConnection::UpstreamConnection(UpstreamPool &pool, UpstreamReply *first)
    : m_pool(pool)
    , m_reply(first)
{
    if (pool.m_encrypted) {
        auto tls = std::make_unique<QSslSocket>();
        m_tls = tls.get();
        QSslConfiguration configuration = pool.m_owner.m_tls;
        if (!pool.m_session.isEmpty())
            configuration.setSessionTicket(pool.m_session);
        m_tls->setSslConfiguration(configuration);
        m_tls->setReadBufferSize(readPiece); // else it decrypts without end while we are paused
        connect(m_tls, &QSslSocket::encrypted, this, &UpstreamConnection::onReady);
        connect(m_tls, &QSslSocket::sslErrors, this, &UpstreamConnection::onTlsErrors);
        connect(m_tls, &QSslSocket::newSessionTicketReceived, this,
                [this] { m_pool.m_session = m_tls->sslConfiguration().sessionTicket(); });
        m_socket = std::move(tls);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
        connect(m_socket.get(), &QTcpSocket::connected, this, &UpstreamConnection::onReady);
    }
    m_socket->setProxy(pool.m_proxy);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &UpstreamConnection::onReadable);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &UpstreamConnection::onClosed);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &UpstreamConnection::onError);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, [this] {
        if (m_state == State::Busy)
            waitForProvider(); // it takes a long body
    });
}

void UpstreamConnection::connectToProvider()
{
    setDeadline(m_pool.m_owner.m_deadlines,
                std::chrono::seconds(m_pool.m_owner.m_options.connectTimeoutSeconds));
    if (m_tls)
        m_tls->connectToHostEncrypted(m_pool.m_host, m_pool.m_port);
    else
        m_socket->connectToHost(m_pool.m_host, m_pool.m_port, QIODevice::ReadWrite | QIODevice::Unbuffered);
}

void UpstreamConnection::waitForProvider()
{
    setDeadline(m_pool.m_owner.m_deadlines,
                std::chrono::seconds(m_pool.m_owner.m_options.idleTimeoutSeconds));
}

bool UpstreamConnection::isQuiet() const
{
    if (m_ended)
        return false;
    const int descriptor = int(m_socket->socketDescriptor());
    if (descriptor < 0)
        return true; // behind a proxy there is none to ask
    char byte;
    const ssize_t n = ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

UpstreamConnection::~UpstreamConnection()
{
    m_socket->disconnect(this);
}

QString UpstreamConnection::place() const
{
    return m_pool.m_host + QLatin1Char(':') + QString::number(m_pool.m_port);
}

void UpstreamConnection::onReady()
{
    if (m_state != State::Connecting)
        return;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    if (m_reply) {
        m_state = State::Busy;
        send();
    } else {
        m_pool.idle(this);
        m_state = State::Idle;
    }
}

void UpstreamConnection::start(UpstreamReply *reply)
{
    Q_ASSERT(m_state == State::Idle);
    m_reply = reply;
    m_state = State::Busy;
    send();
}

void UpstreamConnection::send()
{
    const OutgoingPtr outgoing = m_reply->m_outgoing;
    m_parser.start(outgoing->headRequest);
    m_gotBytes = false;
    m_reply->m_connection = this;
    waitForProvider();
    qint64 written;
    if (outgoing->body.size() < joinBelow) {
        written =
            m_socket->write(outgoing->body.isEmpty() ? outgoing->head : outgoing->head + outgoing->body);
    } else {
        written = m_socket->write(outgoing->head);
        if (written > 0 && m_reply) {
            m_reply->m_sent = true; // even if the body does not follow
            m_socket->write(outgoing->body);
        }
    }
    if (m_state != State::Busy) // an error was reported while writing
        return;
    if (written <= 0) {
        lose({ErrorCode::UpstreamUnreachable, QStringLiteral("cannot write to %1").arg(place()), false});
        return;
    }
    m_reply->m_sent = true;
    if (m_tls)
        m_tls->flush(); // now, rather than at the next turn of the loop
}

void UpstreamConnection::onReadable()
{
    if (m_state == State::Idle || m_state == State::Closed) {
        // Bytes that nobody asked for, or the end: such a connection is not used again.
        close();
        return;
    }
    static thread_local std::unique_ptr<char[]> buffer = std::make_unique_for_overwrite<char[]>(readPiece);
    while (m_state == State::Busy && m_reply && !m_reply->m_paused) {
        const qint64 n = m_socket->read(buffer.get(), readPiece);
        if (n < 0) {
            onClosed();
            return;
        }
        if (n == 0) {
            if (m_ended)
                onClosed();
            return;
        }
        m_gotBytes = true;
        waitForProvider();
        UpstreamReply *reply = m_reply;
        const qsizetype taken = m_parser.feed(QByteArrayView(buffer.get(), n), reply->m_body);
        if (m_parser.state() == ResponseParser::State::Failed) {
            lose({ErrorCode::UpstreamUnreachable,
                  QStringLiteral("%1 answered with something that is not HTTP: %2")
                      .arg(place(), m_parser.error()),
                  true});
            return;
        }
        if (m_parser.state() == ResponseParser::State::Done) {
            if (taken < n)
                m_reusable = false; // bytes behind the answer belong to nobody
            finishAnswer();
            return;
        }
        if (m_parser.headDone() && !reply->m_headReceived)
            reply->headArrived(m_parser.takeHead());
        if (m_reply == reply && !reply->m_body.isEmpty())
            reply->dataArrived();
        if (n < readPiece && !m_tls)
            return; // the next notification tells of more
    }
}

void UpstreamConnection::finishAnswer()
{
    UpstreamReply *reply = m_reply;
    const bool keep = m_parser.head().keepAlive && m_reusable && m_socket->bytesToWrite() == 0
        && m_socket->state() == QAbstractSocket::ConnectedState;
    ResponseHead head;
    if (!reply->m_headReceived)
        head = m_parser.takeHead();
    HeaderList trailers = m_parser.trailers();
    m_reply = nullptr;
    reply->m_connection = nullptr;
    reply->m_complete = true;
    // The connection is free before the receiver is told: what it sends next may go out on it.
    if (keep) {
        m_usedBefore = true;
        m_state = State::Idle;
        setDeadline(m_pool.m_owner.m_deadlines,
                    std::chrono::seconds(m_pool.m_owner.m_options.keepAliveSeconds));
        m_pool.idle(this);
    } else {
        close();
    }
    const QPointer<UpstreamReply> guard(reply);
    if (!reply->m_headReceived)
        reply->headArrived(std::move(head));
    if (guard && !reply->m_over && !reply->m_body.isEmpty())
        reply->dataArrived();
    if (guard && !reply->m_over)
        reply->ended(std::move(trailers));
}

void UpstreamConnection::onClosed()
{
    if (m_state == State::Closed)
        return;
    m_ended = true;
    if (m_tls && m_state == State::Busy && m_reply) {
        // Read first what has come, as the client can take it; onReadable() comes back here when that is
        // done.
        if (m_tls->bytesAvailable() > 0) {
            onReadable();
            return;
        }
        if (m_tls->encryptedBytesAvailable() > 0)
            return; // decrypted at the next turn of the loop
    }
    if (m_state == State::Busy && m_reply) {
        m_parser.finish();
        if (m_parser.state() == ResponseParser::State::Done) {
            m_reusable = false;
            finishAnswer();
            return;
        }
        const QString when =
            m_gotBytes ? QStringLiteral("in the middle of its answer") : QStringLiteral("before it answered");
        lose({ErrorCode::UpstreamUnreachable,
              QStringLiteral("%1 closed the connection %2").arg(place(), when), m_reply->m_sent});
        return;
    }
    if (m_state == State::Connecting) {
        lose(
            {ErrorCode::UpstreamUnreachable, QStringLiteral("%1 closed the connection").arg(place()), false});
        return;
    }
    close();
}

void UpstreamConnection::onTlsErrors(const QList<QSslError> &errors)
{
    // Not ignored, so the handshake fails; remembered for the text.
    QStringList texts;
    for (const QSslError &error : errors)
        texts.append(error.errorString());
    m_tlsProblem = texts.join(QStringLiteral("; "));
}

void UpstreamConnection::onError(QAbstractSocket::SocketError error)
{
    if (m_state == State::Closed)
        return;
    if (error == QAbstractSocket::RemoteHostClosedError) {
        // disconnected() follows, after what can still be read; but not when only the TLS session was closed.
        m_ended = true;
        if (m_tls)
            QMetaObject::invokeMethod(this, &UpstreamConnection::onClosed, Qt::QueuedConnection);
        return;
    }
    const QString text =
        m_tlsProblem.isEmpty() ? m_socket->errorString() : QStringLiteral("TLS: ") + m_tlsProblem;
    if (m_state == State::Busy && m_reply) {
        lose({ErrorCode::UpstreamUnreachable, QStringLiteral("%1: %2").arg(place(), text), m_reply->m_sent});
    } else if (m_state == State::Connecting) {
        lose({ErrorCode::UpstreamUnreachable, QStringLiteral("cannot connect to %1: %2").arg(place(), text),
              false});
    } else {
        close();
    }
}

void UpstreamConnection::onDeadline()
{
    switch (m_state) {
    case State::Connecting:
        lose({ErrorCode::UpstreamTimeout,
              QStringLiteral("no connection to %1 within %2 s")
                  .arg(place())
                  .arg(m_pool.m_owner.m_options.connectTimeoutSeconds),
              false});
        break;
    case State::Busy:
        if (m_reply && m_reply->m_paused) { // it is our client that does not read; its own deadline ends that
            waitForProvider();
            break;
        }
        lose({ErrorCode::UpstreamTimeout,
              QStringLiteral("%1 sent nothing for %2 s")
                  .arg(place())
                  .arg(m_pool.m_owner.m_options.idleTimeoutSeconds),
              m_reply && m_reply->m_sent});
        break;
    case State::Idle:
    case State::Closed:
        close();
        break;
    }
}

void UpstreamConnection::lose(UpstreamFailure failure)
{
    const QPointer<UpstreamReply> reply = m_reply;
    m_reply = nullptr;
    // A kept connection that died before a byte of the answer came may simply have been closed as idle.
    // Sending again is safe only where repeating does no harm, or nothing had left yet.
    const bool again = reply && m_usedBefore && !m_gotBytes
        && (reply->m_outgoing->safeToRepeat || !reply->m_sent)
        && failure.code == ErrorCode::UpstreamUnreachable;
    UpstreamPool &pool = m_pool;
    close();
    if (!reply)
        return;
    reply->m_connection = nullptr;
    if (again) {
        reply->m_sent = false;
        pool.dispatch(reply);
    } else {
        // From the loop: this may run within the very call that sends the request.
        QMetaObject::invokeMethod(
            reply, [reply, failure = std::move(failure)] { reply->failed(failure); }, Qt::QueuedConnection);
    }
}

void UpstreamConnection::detach()
{
    m_reply = nullptr;
    close();
}

void UpstreamConnection::resumeReading()
{
    if (m_state == State::Busy)
        onReadable();
}

void UpstreamConnection::close()
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    clearDeadline();
    m_socket->disconnect(this);
    m_socket->abort();
    m_pool.gone(this);
}

UpstreamPool::UpstreamPool(Upstream &owner, const QUrl &url, QObject *parent)
    : QObject(parent)
    , m_owner(owner)
    , m_host(url.host())
    , m_encrypted(url.scheme() == QLatin1String("https"))
    , m_proxy(QNetworkProxy::NoProxy)
{
    m_port = quint16(url.port(m_encrypted ? 443 : 80));
    const QHostAddress address(m_host);
    if (m_host != QLatin1String("localhost") && !address.isLoopback()) {
        const QList<QNetworkProxy> proxies =
            QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
        if (!proxies.isEmpty() && proxies.first().type() != QNetworkProxy::DefaultProxy)
            m_proxy = proxies.first();
        // For plain http too the proxy is asked for a tunnel: requests stay in origin form, as providers see
        // them.
        if (m_proxy.type() == QNetworkProxy::HttpCachingProxy)
            m_proxy.setType(QNetworkProxy::HttpProxy);
    }
}

UpstreamPool::~UpstreamPool() = default;

void UpstreamPool::dispatch(UpstreamReply *reply)
{
    reply->m_pool = this;
    while (!m_idle.empty()) {
        UpstreamConnection *connection = m_idle.back();
        m_idle.pop_back();
        // A request that must not be sent twice would be lost on a connection that the provider has just
        // closed.
        if (connection->isQuiet()) {
            connection->start(reply);
            return;
        }
        connection->detach();
    }
    if (m_owner.makeRoom()) {
        open(reply);
        return;
    }
    const std::chrono::seconds patience(m_owner.m_options.connectTimeoutSeconds);
    if (m_waiting.empty())
        setDeadline(m_owner.m_deadlines, patience);
    m_waiting.push_back({reply, m_owner.m_deadlines.now() + patience});
}

void UpstreamPool::open(UpstreamReply *reply)
{
    ++m_owner.m_connections;
    m_owner.m_stats.upstreamConnections.store(m_owner.m_connections, std::memory_order_relaxed);
    m_all.push_back(std::make_unique<UpstreamConnection>(*this, reply));
    UpstreamConnection *connection = m_all.back().get();
    reply->m_connection = connection;
    connection->connectToProvider();
}

void UpstreamPool::idle(UpstreamConnection *connection)
{
    m_idle.push_back(connection);
    if (m_owner.isFull())
        m_owner.serveSoon();
}

void UpstreamPool::serve()
{
    // Each once: what finds no connection waits on, in its place.
    for (size_t tries = m_waiting.size(); tries > 0 && !m_waiting.empty(); --tries) {
        if (m_idle.empty() && !m_owner.makeRoom())
            return;
        const Waiting next = m_waiting.front();
        m_waiting.pop_front();
        if (next.reply && !next.reply->m_over)
            dispatch(next.reply);
    }
}

void UpstreamPool::onDeadline()
{
    const Duration now = m_owner.m_deadlines.now();
    while (!m_waiting.empty() && (m_waiting.front().until <= now || !m_waiting.front().reply)) {
        const QPointer<UpstreamReply> reply = m_waiting.front().reply;
        m_waiting.pop_front();
        if (reply)
            reply->failed({ErrorCode::UpstreamTimeout,
                           QStringLiteral("all %1 connections (upstream.maxConnections) were in use for %2 s")
                               .arg(m_owner.m_options.maxConnections)
                               .arg(m_owner.m_options.connectTimeoutSeconds),
                           false, true});
    }
    if (!m_waiting.empty())
        setDeadline(m_owner.m_deadlines, m_waiting.front().until - now);
}

void UpstreamPool::gone(UpstreamConnection *connection)
{
    std::erase(m_idle, connection);
    const auto it = std::find_if(m_all.begin(), m_all.end(),
                                 [connection](const auto &c) { return c.get() == connection; });
    if (it == m_all.end())
        return;
    it->release()->deleteLater(); // it may be on the stack
    *it = std::move(m_all.back());
    m_all.pop_back();
    if (m_owner.isFull())
        m_owner.serveSoon();
    --m_owner.m_connections;
    m_owner.m_stats.upstreamConnections.store(m_owner.m_connections, std::memory_order_relaxed);
}

void UpstreamPool::dropQueued(UpstreamReply *reply)
{
    std::erase_if(m_waiting,
                  [reply](const Waiting &waiting) { return waiting.reply == reply || !waiting.reply; });
}

void UpstreamPool::closeIdle()
{
    const std::vector<UpstreamConnection *> idle = std::exchange(m_idle, {});
    for (UpstreamConnection *connection : idle)
        connection->detach();
}

void UpstreamPool::closeOldestIdle()
{
    if (!m_idle.empty())
        m_idle.front()->detach();
}

} // namespace lbp
