#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace lbp::test {

/// A second connection to the ledger's file, as another program would have: it can look, stand in the way,
/// and leave triggers that check every statement of the real writer.
class SideDatabase
{
public:
    explicit SideDatabase(const QString &file)
        : m_name(QStringLiteral("side-%1").arg(quintptr(this)))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setDatabaseName(file);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
        if (!database.open())
            qFatal("cannot open the ledger from the side");
    }
    ~SideDatabase()
    {
        QSqlDatabase::database(m_name).close();
        QSqlDatabase::removeDatabase(m_name);
    }
    SideDatabase(const SideDatabase &) = delete;
    SideDatabase &operator=(const SideDatabase &) = delete;

    void run(const char *sql)
    {
        QSqlQuery query(QSqlDatabase::database(m_name));
        if (!query.exec(QString::fromLatin1(sql)))
            qFatal("%s: %s", sql, qPrintable(query.lastError().text()));
    }
    [[nodiscard]] QVariant value(const char *sql)
    {
        QSqlQuery query(QSqlDatabase::database(m_name));
        if (!query.exec(QString::fromLatin1(sql)) || !query.next())
            qFatal("%s: %s", sql, qPrintable(query.lastError().text()));
        return query.value(0);
    }

    /// From here to release() nobody can write, so what is to be durable is not yet.
    void hold() { run("BEGIN IMMEDIATE"); }
    void release() { run("COMMIT"); }

    /// Adds up what is spent and reserved after every single statement of the writer, which is more often
    /// than at every commit.
    void audit()
    {
        run("CREATE TABLE audit (total INTEGER NOT NULL)");
        for (const char *when : {"INSERT", "UPDATE"})
            run("CREATE TRIGGER audit_" + QByteArray(when) + " AFTER " + when
                + " ON requests BEGIN INSERT INTO audit SELECT "
                  "sum(CASE WHEN outcome = 0 THEN reserved ELSE coalesce(cost, 0) END) FROM requests; END");
    }
    [[nodiscard]] qint64 mostEver()
    {
        return value("SELECT coalesce(max(total), 0) FROM audit").toLongLong();
    }
    [[nodiscard]] qint64 audits() { return value("SELECT count(*) FROM audit").toLongLong(); }

private:
    void run(const QByteArray &sql) { run(sql.constData()); }
    QString m_name;
};

} // namespace lbp::test
