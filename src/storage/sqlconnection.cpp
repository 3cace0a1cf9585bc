#include "storage/sqlconnection.h"

#include <array>
#include <atomic>

namespace lbp {

namespace {

// Result codes of SQLite; extended codes carry them in the low byte.
constexpr int sqliteCorrupt = 11;
constexpr int sqliteNotADatabase = 26;

int primaryCode(const QSqlError &error)
{
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    return isNumber ? code & 0xff : 0;
}

QString nextConnectionName()
{
    static std::atomic<quint64> counter{0};
    return QStringLiteral("lbp-ledger-%1").arg(counter.fetch_add(1));
}

} // namespace

Error sqlError(const QSqlError &error, QStringView doing)
{
    QString reason = error.databaseText();
    if (reason.isEmpty())
        reason = error.driverText();
    const ErrorCode code = meansDamage(error) ? ErrorCode::StoreDamaged : ErrorCode::StoreFailed;
    return {code, QStringLiteral("the ledger could not %1: %2").arg(doing, reason)};
}

bool meansDamage(const QSqlError &error)
{
    const int code = primaryCode(error);
    return code == sqliteCorrupt || code == sqliteNotADatabase;
}

SqlConnection::SqlConnection(QString name)
    : m_name(std::move(name))
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name))
{
}

SqlConnection::~SqlConnection()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::openBare(const QString &file)
{
    std::unique_ptr<SqlConnection> connection(new SqlConnection(nextConnectionName()));
    if (!connection->m_database.isValid())
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("the Qt driver for SQLite is missing; install libqt6sql6-sqlite"));
    // Another process (the command line beside a running proxy) may hold the write lock for a moment.
    connection->m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    connection->m_database.setDatabaseName(file);
    if (!connection->m_database.open())
        return tl::unexpected(sqlError(connection->m_database.lastError(), u"be opened"));
    return connection;
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const QString &file, Mode mode, bool syncFull)
{
    auto connection = openBare(file);
    if (!connection)
        return connection;
    // 4000 pages are 16 MB: the WAL stays bounded, and a checkpoint is rare enough to cost next to nothing
    // per request. The page cache is small on purpose: the hot pages are few, and the system's cache holds
    // the rest.
    const QString settings[] = {
        QStringLiteral("PRAGMA journal_mode=WAL"),
        syncFull ? QStringLiteral("PRAGMA synchronous=FULL") : QStringLiteral("PRAGMA synchronous=NORMAL"),
        QStringLiteral("PRAGMA foreign_keys=OFF"),
        QStringLiteral("PRAGMA wal_autocheckpoint=4000"),
        QStringLiteral("PRAGMA journal_size_limit=33554432"),
        QStringLiteral("PRAGMA temp_store=MEMORY"),
        QStringLiteral("PRAGMA cache_size=-3072"),
        QStringLiteral("PRAGMA mmap_size=0"),
        mode == Mode::ReadOnly ? QStringLiteral("PRAGMA query_only=ON")
                               : QStringLiteral("PRAGMA query_only=OFF"),
    };
    for (const QString &setting : settings)
        if (Status done = (*connection)->exec(setting); !done)
            return tl::unexpected(done.error());
    return connection;
}

Result<QSqlQuery> SqlConnection::prepare(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return tl::unexpected(sqlError(query.lastError(), u"prepare a statement"));
    return query;
}

Result<QSqlQuery> SqlConnection::run(const QString &sql, const QVariantList &values)
{
    Result<QSqlQuery> query = prepare(sql);
    if (!query)
        return query;
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), values[i]);
    if (!query->exec())
        return tl::unexpected(sqlError(query->lastError(), u"run a statement"));
    return query;
}

Result<QVariant> SqlConnection::scalar(const QString &sql, const QVariantList &values)
{
    Result<QSqlQuery> query = run(sql, values);
    if (!query)
        return tl::unexpected(query.error());
    if (query->next())
        return query->value(0);
    if (query->lastError().isValid())
        return tl::unexpected(sqlError(query->lastError(), u"be read"));
    return QVariant();
}

Status SqlConnection::exec(const QString &sql)
{
    return run(sql).map([](const QSqlQuery &) {});
}

void SqlConnection::rollback()
{
    // When the disk is full SQLite has rolled back already and says that no transaction is active: nothing is
    // lost by that.
    QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK"));
}

const QString &placeholder(int n)
{
    static const auto names = [] {
        std::array<QString, 64> all;
        for (size_t i = 0; i < all.size(); ++i)
            all[i] = QStringLiteral(":v%1").arg(i);
        return all;
    }();
    return names[size_t(n)];
}

QString placeholders(int count)
{
    QStringList names;
    for (int i = 0; i < count; ++i)
        names += placeholder(i);
    return names.join(u',');
}

QVariant boundText(const QString &text)
{
    return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text);
}

} // namespace lbp
