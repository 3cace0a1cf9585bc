#include "app/lockfile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <sys/file.h>
#include <unistd.h>

namespace lbp {

LockFile::LockFile(QString path)
    : m_path(std::move(path))
{
}

LockFile::~LockFile()
{
    release();
}

Result<bool> LockFile::tryTake()
{
    if (m_fd >= 0)
        return true;
    const int fd =
        ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("cannot open the lock file %1: %2")
                        .arg(m_path, QString::fromLocal8Bit(std::strerror(errno))));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(fd);
        if (error == EWOULDBLOCK)
            return false;
        return fail(
            ErrorCode::StoreFailed,
            QStringLiteral("cannot lock %1: %2; the data directory must be on a file system with locks")
                .arg(m_path, QString::fromLocal8Bit(std::strerror(error))));
    }
    m_fd = fd;
    announce({::getpid(), {}, {}});
    return true;
}

void LockFile::announce(const Holder &holder)
{
    Q_ASSERT(m_fd >= 0);
    QJsonObject object{{QStringLiteral("pid"), holder.pid}, {QStringLiteral("url"), holder.url.toString()}};
    if (!holder.configFile.isEmpty())
        object.insert(QStringLiteral("config"), holder.configFile);
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    // A reader that comes in between finds no whole line and looks again.
    if (::ftruncate(m_fd, 0) != 0
        || ::pwrite(m_fd, line.constData(), size_t(line.size()), 0) != ssize_t(line.size()))
        qWarning("the lock file could not be written; commands will not find this proxy");
}

void LockFile::release()
{
    if (m_fd < 0)
        return;
    [[maybe_unused]] const int emptied = ::ftruncate(m_fd, 0);
    ::close(m_fd);
    m_fd = -1;
}

std::optional<LockFile::Holder> LockFile::holder() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray line = file.read(64 * 1024);
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const qint64 pid = object.value(QLatin1String("pid")).toInteger();
    if (!line.endsWith('\n') || pid <= 0)
        return std::nullopt;
    return Holder{pid, QUrl(object.value(QLatin1String("url")).toString()),
                  object.value(QLatin1String("config")).toString()};
}

} // namespace lbp
