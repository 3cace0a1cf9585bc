#include "app/datadirectory.h"

#include "config/configfile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <sys/stat.h>
#include <unistd.h>

namespace lbp {

static QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

DataDirectory DataDirectory::locate(const QString &configFile, const QString &dataDirectory)
{
    const QString name = QStringLiteral("/llm-budget-proxy");
    DataDirectory files;
    files.m_configIsNamed = !configFile.isEmpty();
    files.m_configFile = files.m_configIsNamed
        ? QFileInfo(configFile).absoluteFilePath()
        : QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + name
            + QLatin1String("/config.yml");
    files.m_path = dataDirectory.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + name
        : QDir::cleanPath(QFileInfo(dataDirectory).absoluteFilePath());
    return files;
}

Status makePrivateDirectory(const QString &path)
{
    const QString clean = QDir::cleanPath(path);
    const QFileInfo info(clean);
    if (info.isDir())
        return {};
    if (info.exists())
        return fail(ErrorCode::ConfigInvalid,
                    QStringLiteral("%1 is not a directory; move it away or name another one").arg(clean));
    if (const QString above = info.absolutePath(); above != clean) {
        if (const Status made = makePrivateDirectory(above); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(clean).constData(), 0700) != 0 && errno != EEXIST)
        return fail(ErrorCode::ConfigInvalid,
                    QStringLiteral("cannot create the directory %1: %2").arg(clean, reason(errno)));
    return {};
}

Status writeNewPrivateFile(const QString &path, const QByteArray &content)
{
    // Written beside and linked into place, so that nobody ever reads half of it.
    QByteArray temporary = QFile::encodeName(path) + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC); // mode 0600
    if (fd < 0)
        return fail(ErrorCode::ConfigInvalid, QStringLiteral("cannot write %1: %2").arg(path, reason(errno)));
    const bool written = ::write(fd, content.constData(), size_t(content.size())) == ssize_t(content.size())
        && ::fsync(fd) == 0;
    int error = errno;
    ::close(fd);
    bool linked = false;
    if (written) {
        linked = ::link(temporary.constData(), QFile::encodeName(path).constData()) == 0;
        error = errno;
    }
    ::unlink(temporary.constData());
    if (linked)
        return {};
    return fail(error == EEXIST ? ErrorCode::Conflict : ErrorCode::ConfigInvalid,
                QStringLiteral("cannot write %1: %2").arg(path, reason(error)));
}

Status DataDirectory::create() const
{
    if (const Status made = makePrivateDirectory(m_path); !made)
        return made;
    if (m_configIsNamed)
        return {};
    const QString directory = QFileInfo(m_configFile).absolutePath();
    if (const Status made = makePrivateDirectory(directory); !made)
        return made;
    return installDefaults(directory);
}

Result<Secret> DataDirectory::storedAdminKey() const
{
    QFile key(adminKeyFile());
    if (!key.open(QIODevice::ReadOnly))
        return fail(
            key.exists() ? ErrorCode::ConfigInvalid : ErrorCode::NotFound,
            QStringLiteral("cannot read the admin key in %1: %2").arg(key.fileName(), key.errorString()));
    const QByteArray text = key.readLine(4096).trimmed();
    if (text.size() < 16)
        return fail(
            ErrorCode::ConfigInvalid,
            QStringLiteral("%1 holds no admin key; delete the file, and a new key is made at the next start")
                .arg(key.fileName()));
    return Secret(text);
}

Result<Secret> DataDirectory::adminKey(const Config &config) const
{
    if (!config.server.adminKey.isEmpty())
        return config.server.adminKey;
    Result<Secret> stored = storedAdminKey();
    if (stored || stored.error().code != ErrorCode::NotFound)
        return stored;
    const Status written = writeNewPrivateFile(adminKeyFile(), generateAdminKey().reveal() + '\n');
    if (!written
        && written.error().code
            != ErrorCode::Conflict) // Conflict: another process was first, and its key counts
        return tl::unexpected(written.error());
    return storedAdminKey();
}

} // namespace lbp
