#include "storage/backup.h"

#include "core/requestid.h"
#include "storage/migrations.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <thread>
#include <unistd.h>

namespace lbp {

namespace {
Q_LOGGING_CATEGORY(lcBackup, "lbp.storage")

using namespace std::chrono_literals;

QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

QString stagedFile(const QString &ledgerFile)
{
    return ledgerFile + QStringLiteral(".restore");
}

const QStringList &companions()
{
    static const QStringList suffixes{QStringLiteral("-wal"), QStringLiteral("-shm"),
                                      QStringLiteral(".journal")};
    return suffixes;
}

/// A new, empty file beside \a target, mode 0600.
Result<QString> temporaryBeside(const QString &target)
{
    QByteArray name = QFile::encodeName(target) + ".XXXXXX";
    const int fd = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd < 0)
        return fail(ErrorCode::StoreFailed, QStringLiteral("cannot write %1: %2").arg(target, reason(errno)));
    ::close(fd);
    return QFile::decodeName(name);
}

Status toDisk(const QString &file)
{
    const int fd = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CLOEXEC);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0)
        ::close(fd);
    if (done)
        return {};
    return fail(ErrorCode::StoreFailed, QStringLiteral("cannot write %1: %2").arg(file, reason(error)));
}

/// Tells how far a copy has come by looking at its size.
class Watch
{
public:
    Watch(QString file, qint64 bytes, const BackupProgress &progress)
        : m_thread([this, file = std::move(file), bytes, progress] {
            std::unique_lock lock(m_mutex);
            while (!m_end.wait_for(lock, 50ms, [this] { return m_done; })) {
                if (progress && bytes > 0)
                    progress(int(std::min<qint64>(990, QFileInfo(file).size() * 1000 / bytes)));
            }
        })
    {
    }
    ~Watch()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_done = true;
        }
        m_end.notify_one();
        m_thread.join();
    }
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;

private:
    std::mutex m_mutex;
    std::condition_variable m_end;
    bool m_done = false;
    std::thread m_thread; ///< last: it uses the others
};

/// One snapshot of \a from, as a file of its own without a WAL.
Status copyInto(const QString &from, const QString &empty, const BackupProgress &progress)
{
    auto connection = SqlConnection::openBare(from);
    if (!connection)
        return tl::unexpected(connection.error());
    const Result<QVariant> pages = (*connection)->scalar(QStringLiteral("PRAGMA page_count"));
    const Result<QVariant> size = (*connection)->scalar(QStringLiteral("PRAGMA page_size"));
    if (!pages || !size)
        return tl::unexpected(pages ? size.error() : pages.error());
    const Watch watch(empty, pages->toLongLong() * size->toLongLong(), progress);
    return (*connection)->run(QStringLiteral("VACUUM INTO ?"), {empty}).map([](const QSqlQuery &) {});
}

/// The copy has every row; it must not look for the journal of the ledger that it was made of.
Status forgetJournal(const QString &file)
{
    auto connection = SqlConnection::openBare(file);
    if (!connection)
        return tl::unexpected(connection.error());
    return (*connection)->exec(QStringLiteral("UPDATE meta SET value = '0' WHERE name = 'journal_id'"));
}

/// How a file of ours begins; SQLite would create what is not there, and open what is none.
Status looksLikeLedger(const QString &file)
{
    QFile in(file);
    if (!in.exists())
        return fail(ErrorCode::InvalidValue, QStringLiteral("%1 does not exist").arg(file));
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("%1 cannot be read: %2").arg(file, in.errorString()));
    if (!in.read(16).startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("%1 is not a backup of this program: it is not an SQLite file").arg(file));
    return {};
}

Result<BackupInfo> describe(SqlConnection &connection, const QString &file)
{
    const auto number = [&](const QString &sql) -> Result<qint64> {
        return connection.scalar(sql).map([](const QVariant &value) { return value.toLongLong(); });
    };
    const Result<qint64> application = number(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return tl::unexpected(application.error());
    if (*application != ledgerApplicationId)
        return fail(
            ErrorCode::InvalidValue,
            QStringLiteral("%1 is not a backup of this program: it belongs to another one").arg(file));
    BackupInfo info;
    info.file = file;
    info.bytes = QFileInfo(file).size();
    const Result<qint64> version = number(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return tl::unexpected(version.error());
    info.schemaVersion = int(*version);
    if (info.schemaVersion > allMigrations().last().version)
        return fail(
            ErrorCode::InvalidValue,
            QStringLiteral("%1 was made by a newer version of this program; install that version first")
                .arg(file));
    const Result<QVariant> sound = connection.scalar(QStringLiteral("PRAGMA quick_check(1)"));
    if (!sound)
        return tl::unexpected(sound.error());
    if (sound->toString() != QLatin1String("ok"))
        return fail(ErrorCode::StoreDamaged,
                    QStringLiteral("%1 is damaged: %2").arg(file, sound->toString().section(u'\n', 0, 1)));
    const std::pair<const char *, qint64 BackupInfo::*> counts[] = {{"requests", &BackupInfo::requests},
                                                                    {"keys", &BackupInfo::keys},
                                                                    {"budgets", &BackupInfo::budgets},
                                                                    {"alerts", &BackupInfo::alerts}};
    for (const auto &[table, field] : counts) {
        const Result<qint64> rows = number(QStringLiteral("SELECT count(*) FROM ") + QLatin1String(table));
        if (!rows)
            return tl::unexpected(rows.error());
        info.*field = *rows;
    }
    const Result<QVariant> newest = connection.scalar(QStringLiteral("SELECT max(id) FROM requests"));
    if (!newest)
        return tl::unexpected(newest.error());
    if (!newest->isNull() && newest->isValid())
        info.newest = RequestId{newest->toLongLong()}.time();
    return info;
}

/// A checked copy of \a from beside \a target, which is not there yet.
Result<std::pair<QString, BackupInfo>> checkedCopy(const QString &from, const QString &target,
                                                   const BackupProgress &progress)
{
    const Result<QString> temporary = temporaryBeside(target);
    if (!temporary)
        return tl::unexpected(temporary.error());
    Status copied = copyInto(from, *temporary, progress);
    if (copied)
        copied = forgetJournal(*temporary);
    if (copied)
        copied = toDisk(*temporary);
    Result<BackupInfo> info = copied ? checkBackup(*temporary) : tl::unexpected(copied.error());
    if (!info) {
        QFile::remove(*temporary);
        return tl::unexpected(info.error());
    }
    info->file = target;
    return std::pair(*temporary, *info);
}

} // namespace

Result<BackupInfo> checkBackup(const QString &file)
{
    if (const Status looks = looksLikeLedger(file); !looks)
        return tl::unexpected(looks.error());
    Result<BackupInfo> info;
    {
        auto connection = SqlConnection::openBare(file);
        if (!connection)
            return tl::unexpected(connection.error());
        info = describe(**connection, file);
    }
    if (!info && info.error().code == ErrorCode::StoreFailed)
        return fail(ErrorCode::StoreDamaged,
                    QStringLiteral("%1 cannot be read as a ledger: %2").arg(file, info.error().detail));
    return info;
}

Result<BackupInfo> writeBackup(const QString &ledgerFile, const QString &target,
                               const BackupProgress &progress)
{
    const auto exists = [&] {
        return fail(
            ErrorCode::Conflict,
            QStringLiteral("%1 exists already; choose another name, nothing is overwritten").arg(target));
    };
    const QFileInfo info(target);
    if (info.exists() || info.isSymLink())
        return exists();
    if (!QFileInfo(info.absolutePath()).isDir())
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("the folder %1 does not exist").arg(info.absolutePath()));
    if (const Status looks = looksLikeLedger(ledgerFile); !looks)
        return tl::unexpected(looks.error());
    const auto copy = checkedCopy(ledgerFile, target, progress);
    if (!copy)
        return tl::unexpected(copy.error());
    // A link, unlike a rename, never takes the place of a file that has come meanwhile.
    const bool linked =
        ::link(QFile::encodeName(copy->first).constData(), QFile::encodeName(target).constData()) == 0;
    const int error = errno;
    QFile::remove(copy->first);
    if (!linked) {
        if (error == EEXIST)
            return exists();
        return fail(ErrorCode::StoreFailed, QStringLiteral("cannot write %1: %2").arg(target, reason(error)));
    }
    if (progress)
        progress(1000);
    return copy->second;
}

Result<BackupInfo> stageRestore(const QString &backup, const QString &ledgerFile)
{
    if (const Result<BackupInfo> sound = checkBackup(backup); !sound)
        return sound;
    const auto copy = checkedCopy(backup, stagedFile(ledgerFile), {});
    if (!copy)
        return tl::unexpected(copy.error());
    if (::rename(QFile::encodeName(copy->first).constData(),
                 QFile::encodeName(stagedFile(ledgerFile)).constData())
        != 0) {
        const int error = errno;
        QFile::remove(copy->first);
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("cannot write %1: %2").arg(stagedFile(ledgerFile), reason(error)));
    }
    BackupInfo info = copy->second;
    info.file = backup;
    return info;
}

bool isRestoreStaged(const QString &ledgerFile)
{
    return QFile::exists(stagedFile(ledgerFile));
}

Status cancelRestore(const QString &ledgerFile)
{
    QFile staged(stagedFile(ledgerFile));
    if (!staged.exists() || staged.remove())
        return {};
    return fail(ErrorCode::StoreFailed,
                QStringLiteral("%1 cannot be removed: %2").arg(staged.fileName(), staged.errorString()));
}

Result<QString> takeStagedRestore(const QString &ledgerFile, Instant now)
{
    const QString staged = stagedFile(ledgerFile);
    if (!QFile::exists(staged))
        return QString();
    if (const Result<BackupInfo> sound = checkBackup(staged); !sound) {
        const QString aside = staged
            + QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1000, Qt::UTC)
                  .toString(QStringLiteral("'.refused-'yyyyMMdd'T'HHmmss'Z'"));
        QFile::rename(staged, aside);
        qCWarning(lcBackup,
                  "the backup that was to be restored is not sound, and the ledger stays as it is: %ls",
                  qUtf16Printable(sound.error().detail));
        return QString();
    }
    // Named by the staged copy, so that a start that was interrupted goes on where it was.
    const QString stamp =
        QFileInfo(staged).lastModified().toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    const QString aside = ledgerFile + QStringLiteral(".before-restore-") + stamp;
    // What belongs to the old ledger goes with it: left behind it would be played into the new one.
    for (const QString &suffix : QStringList{QString()} + companions()) {
        if (!QFile::exists(ledgerFile + suffix))
            continue;
        if (QFile::exists(aside + suffix))
            return fail(
                ErrorCode::StoreFailed,
                QStringLiteral("%1 is in the way of the ledger that is to be kept aside; move it away")
                    .arg(aside + suffix));
        if (!QFile::rename(ledgerFile + suffix, aside + suffix))
            return fail(ErrorCode::StoreFailed,
                        QStringLiteral("the ledger %1 cannot be moved aside to %2; move it by hand and start "
                                       "again")
                            .arg(ledgerFile + suffix, aside + suffix));
    }
    if (!QFile::rename(staged, ledgerFile))
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("the restored ledger %1 cannot be put in its place %2; rename it by hand")
                        .arg(staged, ledgerFile));
    return aside;
}

} // namespace lbp
