#include "storage/filecheck.h"

#include "storage/migrations.h"
#include "storage/rollups.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace lbp {

namespace {

constexpr qint64 wholeCheckLimit = 64LL * 1024 * 1024;

/// Moves the file and its journal away under one name that is free. Returns that name, or nothing when the
/// main file stayed.
std::optional<QString> setAside(const QString &file)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    const QString base = file + QStringLiteral(".damaged-") + stamp;
    QString target = base;
    for (int n = 2; QFile::exists(target); ++n)
        target = QStringLiteral("%1-%2").arg(base).arg(n);
    // The journals go first: left behind they would be played into the new, empty ledger.
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm"), QStringLiteral(".journal")})
        if (QFile::exists(file + suffix) && !QFile::rename(file + suffix, target + suffix))
            return std::nullopt;
    if (!QFile::rename(file, target))
        return std::nullopt;
    return target;
}

Status damaged(const QString &file, const QString &reason)
{
    const std::optional<QString> target = setAside(file);
    if (!target)
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral(
                        "the ledger %1 is damaged (%2) and could not be moved away; move it and start again")
                        .arg(file, reason));
    return fail(
        ErrorCode::StoreDamaged,
        QStringLiteral(
            "the ledger was damaged (%1). It is now %2, untouched; the next start begins with an empty "
            "ledger, so spending so far counts as zero unless a copy is put back as %3")
            .arg(reason, *target, file));
}

Status createPrivately(const QString &file)
{
    QFile created(file);
    if (created.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                     QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return {};
    return fail(ErrorCode::StoreFailed,
                QStringLiteral("the ledger %1 could not be created: %2; check that the folder "
                               "exists and may be written")
                    .arg(file, created.errorString()));
}

/// What is wrong with the bytes at the start, in words; empty when nothing is.
Result<QString> headerProblem(const QString &file)
{
    QFile bytes(file);
    if (!bytes.open(QIODevice::ReadOnly))
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("the ledger %1 could not be read: %2").arg(file, bytes.errorString()));
    if (bytes.size() == 0)
        return QString(); // created and never written: the start that did so was interrupted
    const QByteArray head = bytes.read(100);
    if (head.size() < 100)
        return QStringLiteral("it ends within its header");
    if (!head.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return QStringLiteral("it is not an SQLite file");
    return QString();
}

/// True when pages that the header counts are missing at the end. Once everything in the journal is in the
/// file, it must be as long as the count from before that says.
Result<bool> isTruncated(SqlConnection &connection, const QString &file)
{
    const auto pages = [&] {
        return connection.scalar(QStringLiteral("PRAGMA page_count")).map([](const QVariant &value) {
            return value.toLongLong();
        });
    };
    const Result<qint64> before = pages();
    if (!before)
        return tl::unexpected(before.error());
    {
        Result<QSqlQuery> checkpoint = connection.run(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)"));
        if (!checkpoint)
            return tl::unexpected(checkpoint.error());
        // Somebody else is at work on the file: it was sound for them a moment ago.
        if (!checkpoint->next() || checkpoint->value(0).toInt() != 0
            || checkpoint->value(1) != checkpoint->value(2))
            return false;
    }
    const Result<qint64> after = pages();
    const Result<QVariant> pageSize = connection.scalar(QStringLiteral("PRAGMA page_size"));
    if (!after)
        return tl::unexpected(after.error());
    if (!pageSize)
        return tl::unexpected(pageSize.error());
    return QFileInfo(file).size() < std::min(*before, *after) * pageSize->toLongLong();
}

/// What quick_check says, or nothing when all is well.
Result<QString> quickCheck(SqlConnection &connection, const QString &file)
{
    QStringList checks{QStringLiteral("PRAGMA quick_check(1)")};
    if (QFileInfo(file).size() > wholeCheckLimit) {
        checks.clear();
        for (const QString &table :
             {QStringLiteral("meta"), QStringLiteral("keys"), QStringLiteral("budgets"),
              QStringLiteral("settings"), QStringLiteral("series"), QStringLiteral("rates"),
              QStringLiteral("alerts"), QStringLiteral("rollup_day")}) {
            const Result<QVariant> exists =
                connection.scalar(QStringLiteral("SELECT 1 FROM sqlite_master WHERE name = ?"), {table});
            if (!exists)
                return tl::unexpected(exists.error());
            if (exists->isValid())
                checks += QStringLiteral("PRAGMA quick_check(%1)").arg(table);
        }
    }
    for (const QString &check : checks) {
        const Result<QVariant> answer = connection.scalar(check);
        if (!answer)
            return tl::unexpected(answer.error());
        if (answer->toString() != QLatin1String("ok"))
            return answer->toString().section(u'\n', 0, 1).simplified();
    }
    return QString();
}

/// StoreDamaged with the reason alone as its detail when the file is damaged.
Status checkFile(SqlConnection &connection, const QString &file)
{
    const Result<bool> truncated = isTruncated(connection, file);
    if (!truncated)
        return tl::unexpected(truncated.error());
    if (*truncated)
        return fail(ErrorCode::StoreDamaged, QStringLiteral("its end is missing"));
    const Result<QString> problem = quickCheck(connection, file);
    if (!problem)
        return tl::unexpected(problem.error());
    if (!problem->isEmpty())
        return fail(ErrorCode::StoreDamaged, *problem);
    return {};
}

/// The day sums follow the zone that is in force.
Status followZone(SqlConnection &connection, const QTimeZone &wanted)
{
    const QTimeZone zone = wanted.isValid() ? wanted : QTimeZone::utc();
    return connection.transaction([&]() -> Status {
        const Result<QVariant> stored =
            connection.scalar(QStringLiteral("SELECT value FROM meta WHERE name = 'zone'"));
        if (!stored)
            return tl::unexpected(stored.error());
        const QByteArray name = stored->toString().toUtf8();
        if (name == zone.id())
            return {};
        const QTimeZone before = name.isEmpty() ? zone : QTimeZone(name);
        // A zone this system does not know was in force on another one; its days cannot be told apart and
        // stay.
        if (before.isValid() && before != zone)
            if (Status regrouped = regroupDays(connection, before, zone); !regrouped)
                return regrouped;
        return connection
            .run(QStringLiteral("INSERT OR REPLACE INTO meta (name, value) VALUES ('zone', ?)"),
                 {QString::fromUtf8(zone.id())})
            .map([](const QSqlQuery &) {});
    });
}

} // namespace

Status prepareLedgerFile(const StoreOptions &options)
{
    const QString &file = options.file;
    if (file.isEmpty())
        return fail(ErrorCode::StoreFailed, QStringLiteral("no file is named for the ledger"));
    if (!QFile::exists(file)) {
        if (Status created = createPrivately(file); !created)
            return created;
    } else {
        const Result<QString> problem = headerProblem(file);
        if (!problem)
            return tl::unexpected(problem.error());
        if (!problem->isEmpty())
            return damaged(file, *problem);
    }

    Status outcome;
    {
        auto bare = SqlConnection::openBare(file);
        outcome = bare ? checkFile(**bare, file) : tl::unexpected(bare.error());
    }
    if (outcome) {
        auto connection = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, options.syncFull);
        outcome =
            connection ? migrate(**connection, file, allMigrations()) : tl::unexpected(connection.error());
        if (outcome)
            outcome = followZone(**connection, options.zone);
    }
    if (!outcome && outcome.error().code == ErrorCode::StoreDamaged)
        return damaged(file, outcome.error().detail);
    return outcome;
}

} // namespace lbp
