#include "proxy/cachedatabase.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <QDataStream>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QVariant>

namespace lbp {

namespace {

// Result codes of SQLite; extended codes carry them in the low byte.
constexpr int sqliteCorrupt = 11;
constexpr int sqliteCannotOpen = 14;
constexpr int sqliteNotADatabase = 26;

constexpr qint64 applicationId = 0x4c425043; // "LBPC"
constexpr qint64 schemaVersion = 1;

constexpr qint64 pagesPerShrink = 512;
constexpr qint64 spareBytes = 4 * 1024 * 1024; // free room that is kept for what comes next

const QString &journalSuffix()
{
    static const QString suffix = QStringLiteral("-wal");
    return suffix;
}

/// Everything of an answer but its body.
QByteArray headOf(const CachedAnswer &answer)
{
    QByteArray head;
    QDataStream out(&head, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_0);
    out << qint32(answer.status) << answer.stream << answer.cost.picodollars() << qint32(billingClassCount);
    for (const qint64 count : answer.usage.counts)
        out << count;
    out << qint32(answer.headers.size());
    for (const Header &header : answer.headers)
        out << header.name << header.value;
    return head;
}

CachedAnswerPtr answerFrom(const QByteArray &head, QByteArray body)
{
    auto answer = std::make_shared<CachedAnswer>();
    QDataStream in(head);
    in.setVersion(QDataStream::Qt_6_0);
    qint32 status = 0, classes = 0, headers = 0;
    qint64 cost = 0;
    in >> status >> answer->stream >> cost >> classes;
    // An older program knew fewer classes; they were added at the end.
    if (classes < 0 || classes > billingClassCount)
        return nullptr;
    for (qint32 i = 0; i < classes; ++i)
        in >> answer->usage.counts[size_t(i)];
    in >> headers;
    for (qint32 i = 0; i < headers && in.status() == QDataStream::Ok; ++i) {
        QByteArray name, value;
        in >> name >> value;
        answer->headers.add(std::move(name), std::move(value));
    }
    if (in.status() != QDataStream::Ok || !in.atEnd())
        return nullptr;
    answer->status = status;
    answer->cost = Money::fromPicodollars(cost);
    answer->body = std::move(body);
    return answer;
}

/// SQLite does not notice when bytes of a body change on the disk, and a wrong answer is worse than none.
QByteArray sealOf(const CacheDigest &digest, qint64 expires, const QByteArray &head, const QByteArray &body)
{
    return digestOf({digest.bytes(), QByteArray::number(expires), head, body});
}

/// QtSql binds a null array as NULL.
QVariant blob(const QByteArray &bytes)
{
    return bytes.isNull() ? QVariant(QByteArray("")) : QVariant(bytes);
}

QString nextConnectionName()
{
    static std::atomic<quint64> counter{0};
    return QStringLiteral("lbp-cache-%1").arg(counter.fetch_add(1));
}

} // namespace

CacheDatabase::CacheDatabase(QString file)
    : m_file(std::move(file))
{
}

CacheDatabase::~CacheDatabase()
{
    close();
}

void CacheDatabase::close()
{
    if (m_connection.isEmpty())
        return;
    m_statements.reset();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
    m_connection.clear();
}

Error CacheDatabase::error(const QSqlError &error, QStringView doing) const
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const bool isDamaged = code == sqliteCorrupt || code == sqliteNotADatabase || code == sqliteCannotOpen;
    QString reason = error.databaseText();
    if (reason.isEmpty())
        reason = error.driverText();
    return {isDamaged ? ErrorCode::StoreDamaged : ErrorCode::StoreFailed,
            QStringLiteral("the response cache %1 could not %2: %3").arg(m_file, doing, reason)};
}

Error CacheDatabase::damage(const QString &what) const
{
    return {ErrorCode::StoreDamaged, QStringLiteral("the response cache %1 %2").arg(m_file, what)};
}

Status CacheDatabase::exec(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return tl::unexpected(error(query.lastError(), u"be set up"));
    return {};
}

Result<qint64> CacheDatabase::number(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql) || !query.next())
        return tl::unexpected(error(query.lastError(), u"be read"));
    return query.value(0).toLongLong();
}

Status CacheDatabase::open()
{
    close();
    constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const QFileInfo info(m_file);
    if (info.exists() && !info.isFile())
        return tl::unexpected(damage(QStringLiteral("is not a file")));
    if (!info.exists()) {
        // A journal without its file belongs to one that was taken away; it would be played into the new one.
        QFile::remove(m_file + journalSuffix());
        QFile created(m_file);
        if (!created.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
            return fail(
                ErrorCode::StoreFailed,
                QStringLiteral(
                    "the response cache %1 could not be created: %2; check that the folder exists and "
                    "may be written")
                    .arg(m_file, created.errorString()));
    } else {
        QFile::setPermissions(m_file, ownerOnly);
    }

    m_connection = nextConnectionName();
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    if (!m_database.isValid())
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral(
                        "the Qt driver for SQLite is missing, so the response cache is kept in memory only; "
                        "install libqt6sql6-sqlite"));
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=500"));
    m_database.setDatabaseName(m_file);
    if (!m_database.open())
        return tl::unexpected(error(m_database.lastError(), u"be opened"));
    // No fsync: after a power cut the file may be damaged, which is found out and costs nothing but the
    // answers in it. The page cache is small: what is read often is in memory already, and the system's cache
    // holds the rest.
    for (const QString &setting : {
             QStringLiteral("PRAGMA page_size=4096"),
             QStringLiteral("PRAGMA auto_vacuum=INCREMENTAL"),
             QStringLiteral("PRAGMA locking_mode=EXCLUSIVE"),
             QStringLiteral("PRAGMA journal_mode=WAL"),
             QStringLiteral("PRAGMA synchronous=OFF"),
             QStringLiteral("PRAGMA wal_autocheckpoint=1024"),
             QStringLiteral("PRAGMA journal_size_limit=4194304"),
             QStringLiteral("PRAGMA temp_store=MEMORY"),
             QStringLiteral("PRAGMA cache_size=-1024"),
             QStringLiteral("PRAGMA mmap_size=0"),
         })
        if (Status done = exec(setting); !done)
            return done;
    return createSchema();
}

Status CacheDatabase::createSchema()
{
    const Result<qint64> tables = number(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return tl::unexpected(tables.error());
    if (*tables == 0) {
        for (const QString &statement : {
                 QStringLiteral("BEGIN IMMEDIATE"),
                 QStringLiteral("PRAGMA application_id=%1").arg(applicationId),
                 QStringLiteral("PRAGMA user_version=%1").arg(schemaVersion),
                 QStringLiteral("CREATE TABLE entries (digest BLOB NOT NULL PRIMARY KEY, id INTEGER NOT "
                                "NULL, size INTEGER NOT "
                                "NULL, expires INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"),
                 QStringLiteral("CREATE TABLE bodies (id INTEGER PRIMARY KEY, seal BLOB NOT NULL, head BLOB "
                                "NOT NULL, body BLOB "
                                "NOT NULL)"),
                 QStringLiteral("COMMIT"),
             })
            if (Status done = exec(statement); !done)
                return done;
    }
    const Result<qint64> application = number(QStringLiteral("PRAGMA application_id"));
    const Result<qint64> version = number(QStringLiteral("PRAGMA user_version"));
    if (!application)
        return tl::unexpected(application.error());
    if (!version)
        return tl::unexpected(version.error());
    if (*application != applicationId)
        return tl::unexpected(damage(QStringLiteral("is a database of something else")));
    if (*version != schemaVersion)
        return tl::unexpected(damage(QStringLiteral("has version %1, and this program writes version %2")
                                         .arg(*version)
                                         .arg(schemaVersion)));

    m_statements = std::make_unique<Statements>();
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_statements->findId, QStringLiteral("SELECT id FROM entries WHERE digest=:digest")},
        {&m_statements->insertBody,
         QStringLiteral("INSERT INTO bodies (seal, head, body) VALUES (:seal, :head, :body)")},
        {&m_statements->insertEntry,
         QStringLiteral("INSERT INTO entries (digest, id, size, expires, used) VALUES (:digest, :id, "
                        ":size, :expires, :used)")},
        {&m_statements->deleteBody, QStringLiteral("DELETE FROM bodies WHERE id=:id")},
        {&m_statements->deleteEntry, QStringLiteral("DELETE FROM entries WHERE digest=:digest")},
        {&m_statements->touch, QStringLiteral("UPDATE entries SET used=:used WHERE digest=:digest")},
        {&m_statements->read,
         QStringLiteral("SELECT e.expires, b.seal, b.head, b.body FROM entries e JOIN bodies b ON b.id=e.id "
                        "WHERE e.digest=:digest")},
    };
    for (const auto &[query, sql] : statements) {
        *query = QSqlQuery(m_database);
        query->setForwardOnly(true);
        if (!query->prepare(sql))
            return tl::unexpected(error(query->lastError(), u"prepare a statement"));
    }
    return {};
}

Result<QString> CacheDatabase::setAside()
{
    close();
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    const QString base = m_file + QStringLiteral(".damaged-") + stamp;
    QString target = base;
    for (int n = 2; QFileInfo::exists(target); ++n)
        target = QStringLiteral("%1-%2").arg(base).arg(n);
    // The journal goes first: left behind it would be played into the new, empty file.
    for (const QString &suffix : {journalSuffix(), QString()}) {
        std::error_code problem;
        if (!QFileInfo::exists(m_file + suffix))
            continue;
        std::filesystem::rename(QFile::encodeName(m_file + suffix).toStdString(),
                                QFile::encodeName(target + suffix).toStdString(), problem);
        if (problem)
            return fail(ErrorCode::StoreFailed,
                        QStringLiteral("%1 could not be moved away: %2")
                            .arg(m_file + suffix, QString::fromLocal8Bit(problem.message().c_str())));
    }
    return target;
}

Status CacheDatabase::erase()
{
    close();
    for (const QString &suffix : {journalSuffix(), QString()}) {
        QFile file(m_file + suffix);
        if (file.exists() && !file.remove())
            return fail(ErrorCode::StoreFailed,
                        QStringLiteral("the response cache %1 could not be deleted: %2")
                            .arg(file.fileName(), file.errorString()));
    }
    return {};
}

Result<std::vector<CacheRow>> CacheDatabase::load(qint64 now)
{
    std::vector<CacheRow> rows;
    CacheChanges expired;
    {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.exec(QStringLiteral("SELECT digest, size, expires, used FROM entries")))
            return tl::unexpected(error(query.lastError(), u"be read"));
        while (query.next()) {
            const auto digest = CacheDigest::from(query.value(0).toByteArray());
            const CacheRow row{digest.value_or(CacheDigest()), query.value(1).toLongLong(),
                               query.value(2).toLongLong(), query.value(3).toLongLong()};
            if (!digest || row.size <= 0 || row.size > std::numeric_limits<quint32>::max())
                return tl::unexpected(damage(QStringLiteral("has an entry that makes no sense")));
            if (row.expires > now)
                rows.push_back(row);
            else
                expired.emplace(row.digest, CacheChange());
        }
        if (query.lastError().isValid())
            return tl::unexpected(error(query.lastError(), u"be read"));
    }
    std::sort(rows.begin(), rows.end(), [](const CacheRow &a, const CacheRow &b) { return a.used > b.used; });
    if (!expired.empty())
        if (Status deleted = apply(expired, {}); !deleted)
            return tl::unexpected(deleted.error());
    if (Status done = exec(QStringLiteral("PRAGMA shrink_memory")); !done)
        return tl::unexpected(done.error());
    return rows;
}

Result<CachedAnswerPtr> CacheDatabase::read(const CacheDigest &digest)
{
    QSqlQuery &query = m_statements->read;
    query.bindValue(QStringLiteral(":digest"), digest.bytes());
    if (!query.exec())
        return tl::unexpected(error(query.lastError(), u"be read"));
    CachedAnswerPtr answer;
    if (query.next()) {
        const qint64 expires = query.value(0).toLongLong();
        const QByteArray seal = query.value(1).toByteArray(), head = query.value(2).toByteArray();
        QByteArray body = query.value(3).toByteArray();
        if (seal == sealOf(digest, expires, head, body))
            answer = answerFrom(head, std::move(body));
    }
    const QSqlError problem = query.lastError();
    query.finish();
    if (problem.isValid())
        return tl::unexpected(error(problem, u"be read"));
    return answer;
}

Status CacheDatabase::forget(const CacheDigest &digest)
{
    QSqlQuery &find = m_statements->findId;
    find.bindValue(QStringLiteral(":digest"), digest.bytes());
    if (!find.exec())
        return tl::unexpected(error(find.lastError(), u"be read"));
    const bool exists = find.next();
    const QVariant id = exists ? find.value(0) : QVariant();
    find.finish();
    if (!exists)
        return {};
    m_statements->deleteBody.bindValue(QStringLiteral(":id"), id);
    m_statements->deleteEntry.bindValue(QStringLiteral(":digest"), digest.bytes());
    for (QSqlQuery *query : {&m_statements->deleteBody, &m_statements->deleteEntry})
        if (!query->exec())
            return tl::unexpected(error(query->lastError(), u"be written"));
    return {};
}

Status CacheDatabase::write(const CacheDigest &digest, const CacheChange &change)
{
    if (Status forgotten = forget(digest); !forgotten)
        return forgotten;
    const QByteArray head = headOf(*change.answer);
    QSqlQuery &body = m_statements->insertBody;
    body.bindValue(QStringLiteral(":seal"), sealOf(digest, change.expires, head, change.answer->body));
    body.bindValue(QStringLiteral(":head"), blob(head));
    body.bindValue(QStringLiteral(":body"), blob(change.answer->body));
    if (!body.exec())
        return tl::unexpected(error(body.lastError(), u"be written"));
    const QVariant id = body.lastInsertId();
    // The statement would hold on to the answer until its next use.
    body.bindValue(QStringLiteral(":body"), QVariant());

    QSqlQuery &entry = m_statements->insertEntry;
    entry.bindValue(QStringLiteral(":digest"), digest.bytes());
    entry.bindValue(QStringLiteral(":id"), id);
    entry.bindValue(QStringLiteral(":size"), change.size);
    entry.bindValue(QStringLiteral(":expires"), change.expires);
    entry.bindValue(QStringLiteral(":used"), change.used);
    if (!entry.exec())
        return tl::unexpected(error(entry.lastError(), u"be written"));
    return {};
}

Status CacheDatabase::apply(const CacheChanges &changes, const std::vector<CacheTouch> &touches)
{
    const auto work = [&]() -> Status {
        // What goes makes room for what comes.
        for (const bool writing : {false, true})
            for (const auto &[digest, change] : changes)
                if (bool(change.answer) == writing)
                    if (Status done = writing ? write(digest, change) : forget(digest); !done)
                        return done;
        QSqlQuery &touch = m_statements->touch;
        for (const CacheTouch &one : touches) {
            touch.bindValue(QStringLiteral(":used"), one.used);
            touch.bindValue(QStringLiteral(":digest"), one.digest.bytes());
            if (!touch.exec())
                return tl::unexpected(error(touch.lastError(), u"be written"));
        }
        return exec(QStringLiteral("COMMIT"));
    };
    if (Status begun = exec(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    Status outcome = work();
    if (!outcome)
        QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK"));
    return outcome;
}

Result<bool> CacheDatabase::shrink()
{
    const Result<qint64> free = number(QStringLiteral("PRAGMA freelist_count"));
    const Result<qint64> pages = number(QStringLiteral("PRAGMA page_count"));
    const Result<qint64> pageSize = number(QStringLiteral("PRAGMA page_size"));
    for (const Result<qint64> &one : {free, pages, pageSize})
        if (!one)
            return tl::unexpected(one.error());
    if (*free * *pageSize < spareBytes || *free < *pages / 8)
        return false;
    if (Status begun = exec(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    QSqlQuery step(m_database);
    // QtSql takes one step of this statement, and a step frees one page.
    bool ok = step.prepare(QStringLiteral("PRAGMA incremental_vacuum(1)"));
    for (qint64 i = 0; ok && i < std::min(pagesPerShrink, *free); ++i)
        ok = step.exec();
    const QSqlError problem = step.lastError();
    step.finish();
    const Status committed = exec(QStringLiteral("COMMIT"));
    if (!ok)
        return tl::unexpected(error(problem, u"be made smaller"));
    if (!committed)
        return tl::unexpected(committed.error());
    // Until then the disk has nothing back.
    if (Status given = exec(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")); !given)
        return tl::unexpected(given.error());
    return true;
}

} // namespace lbp
