#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

constexpr QByteArrayView message("raise\n"), answer("raised\n");
constexpr int maxPath = 100; ///< sun_path has 108 bytes

/// In the data directory; where that path is too long for a socket, in the runtime directory under a name
/// made of it.
QString socketPath(const QString &dataDirectory)
{
    QString path = QFileInfo(dataDirectory).absoluteFilePath() + "/desktop.sock"_L1;
    if (QFile::encodeName(path).size() <= maxPath)
        return path;
    const QByteArray digest =
        QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + "/llm-budget-proxy-"_L1
        + QString::fromLatin1(digest) + ".sock"_L1;
}

} // namespace

SingleInstance::SingleInstance(QString dataDirectory, QObject *parent)
    : QObject(parent)
    , m_path(socketPath(dataDirectory))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                if (socket->bytesAvailable() < message.size())
                    return;
                const bool isRaise = socket->read(message.size()) == message;
                if (isRaise) {
                    socket->write(answer.toByteArray());
                    Q_EMIT raiseAsked();
                }
                socket->disconnectFromServer();
            });
        }
    });
}

SingleInstance::~SingleInstance()
{
    m_server.close(); // takes the file away
}

Status SingleInstance::open()
{
    QLocalServer::removeServer(m_path); // of a program that crashed: the lock is ours
    if (m_server.listen(m_path))
        return {};
    return fail(ErrorCode::Unavailable,
                u"a second start cannot raise this window: %1: %2"_s.arg(m_path, m_server.errorString()));
}

SingleInstance::Knocked SingleInstance::knock(const QString &dataDirectory, int patienceMs)
{
    QLocalSocket socket;
    socket.connectToServer(socketPath(dataDirectory));
    if (!socket.waitForConnected(patienceMs))
        return Knocked::NotADesktop;
    socket.write(message.toByteArray());
    if (!socket.waitForBytesWritten(patienceMs))
        return Knocked::NotADesktop;
    QByteArray heard;
    while (heard.size() < answer.size() && socket.waitForReadyRead(patienceMs))
        heard += socket.readAll();
    return heard == answer ? Knocked::Raised : Knocked::NotADesktop;
}

} // namespace lbp
