#include "proxy/listener.h"

#include <limits>
#include <QFile>
#include <QHostInfo>
#include <QSslCertificate>
#include <QSslKey>
#include <QTimer>
#include <sys/resource.h>
#include <unistd.h>

namespace lbp {

namespace {

/// Above this, descriptors are left to the way upstream and to files. Without any, accept() would fail again
/// and again and keep the thread busy with that.
int highestDescriptor()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= rlim_t(std::numeric_limits<int>::max()))
        return std::numeric_limits<int>::max();
    const int open = int(limit.rlim_cur);
    return open - open / 8 - 32;
}

} // namespace

Listener::Listener(ProxyContext &context)
    : m_context(context)
{
    setListenBacklogSize(1024);
    // Qt stops accepting for good after an error, such as no file descriptor being free just then.
    connect(this, &QTcpServer::acceptError, this, [this] {
        qWarning("cannot accept a connection: %s", qPrintable(errorString()));
        QTimer::singleShot(std::chrono::milliseconds(100), this, [this] {
            if (isListening())
                resumeAccepting();
        });
    });
}

Listener::~Listener()
{
    close();
    qDeleteAll(findChildren<ClientConnection *>(QString(), Qt::FindDirectChildrenOnly));
}

Result<QUrl> Listener::bind(const QString &host, quint16 port)
{
    const auto &server = m_context.config->server;
    if (!server.tlsCertificate.isEmpty()) {
        const QList<QSslCertificate> chain = QSslCertificate::fromPath(server.tlsCertificate, QSsl::Pem);
        QFile keyFile(server.tlsKey);
        if (chain.isEmpty() || !keyFile.open(QIODevice::ReadOnly))
            return fail(
                ErrorCode::ConfigInvalid,
                QStringLiteral("server.tlsCertificate or server.tlsKey cannot be read as PEM (%1, %2)")
                    .arg(server.tlsCertificate, server.tlsKey));
        const QByteArray pem = keyFile.readAll();
        QSslKey key(pem, QSsl::Rsa);
        if (key.isNull())
            key = QSslKey(pem, QSsl::Ec);
        if (key.isNull())
            return fail(ErrorCode::ConfigInvalid,
                        QStringLiteral("server.tlsKey holds no RSA or EC key in PEM: %1").arg(server.tlsKey));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(key);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone); // clients show keys, not certificates
        tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
        m_tls = tls;
    }
    QHostAddress address(host);
    if (host == QLatin1String("localhost"))
        address = QHostAddress::LocalHost;
    if (address.isNull()) {
        const QList<QHostAddress> found = QHostInfo::fromName(host).addresses();
        if (found.isEmpty())
            return fail(ErrorCode::ConfigInvalid,
                        QStringLiteral("server.host '%1' is no address of this machine").arg(host));
        address = found.first();
    }
    if (!QTcpServer::listen(address, port)) {
        const QString hint = serverError() == QAbstractSocket::AddressInUseError
            ? QStringLiteral(" Another program listens there; choose another with --port or server.port.")
            : QString();
        return fail(ErrorCode::Conflict,
                    QStringLiteral("Cannot listen on %1 port %2: %3.%4")
                        .arg(host)
                        .arg(port)
                        .arg(errorString(), hint));
    }
    QUrl url;
    url.setScheme(m_tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::Any)
                    ? QStringLiteral("127.0.0.1")
                    : address.toString());
    url.setPort(serverPort());
    return url;
}

void Listener::incomingConnection(qintptr descriptor)
{
    const bool isFull = descriptor > highestDescriptor();
    if (isFull || m_connections >= m_context.config->server.maxConnections) {
        if (std::exchange(m_fullAt, m_connections + 1) == 0)
            qWarning("%d connections are open; more are refused until some end (%s)", m_connections,
                     isFull ? "the limit of open files, see ulimit -n" : "server.maxConnections");
        ::close(int(descriptor)); // refused at once, rather than left waiting
        return;
    }
    if (m_connections < m_fullAt * 9 / 10)
        m_fullAt = 0; // so that it is told again, but not at every turn
    std::unique_ptr<QAbstractSocket> socket;
    if (m_tls) {
        auto tls = std::make_unique<QSslSocket>();
        tls->setSslConfiguration(*m_tls);
        tls->setReadBufferSize(64 * 1024);
        if (tls->setSocketDescriptor(descriptor))
            tls->startServerEncryption();
        socket = std::move(tls);
    } else {
        // Not a QTcpSocket: that one buffers whatever mode it is opened in when it is given a descriptor.
        // Unbuffered, a read is one call of the system, and so is a write, at once.
        socket = std::make_unique<QAbstractSocket>(QAbstractSocket::TcpSocket, nullptr);
        socket->setSocketDescriptor(descriptor, QAbstractSocket::ConnectedState,
                                    QIODevice::ReadWrite | QIODevice::Unbuffered);
    }
    ++m_connections;
    auto *connection = new ClientConnection(m_context, std::move(socket), this);
    connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
}

void Listener::goAway()
{
    close();
    const auto connections = findChildren<ClientConnection *>(QString(), Qt::FindDirectChildrenOnly);
    for (ClientConnection *connection : connections)
        connection->goAway();
}

} // namespace lbp
