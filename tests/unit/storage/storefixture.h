#pragma once

#include "storage/rollups.h"
#include "storage/sqlconnection.h"
#include "storage/store.h"

#include <condition_variable>
#include <mutex>
#include <QTemporaryDir>
#include <QTest>

namespace lbp {

/// The value of a future that is expected to succeed.
template <typename T> T valueOf(QFuture<Result<T>> future)
{
    const Result<T> result = future.result();
    if (!result)
        qFatal("unexpected failure: %s", qUtf8Printable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return *result;
}
/// The code of a future that is expected to fail.
template <typename T> ErrorCode codeOf(QFuture<Result<T>> future)
{
    const Result<T> result = future.result();
    if (result)
        qFatal("a failure was expected");
    return result.error().code;
}

inline Money usd(const char *decimal)
{
    return Money::fromDecimal(QString::fromLatin1(decimal)).value();
}
inline Money pico(qint64 picodollars)
{
    return Money::fromPicodollars(picodollars);
}
inline Instant at(const char *rfc3339)
{
    const QDateTime t = QDateTime::fromString(QString::fromLatin1(rfc3339), Qt::ISODate);
    Q_ASSERT(t.isValid());
    return fromMicros(t.toMSecsSinceEpoch() * 1000);
}
inline QTimeZone zoneNamed(const char *name)
{
    return QTimeZone(QByteArray(name));
}

/// Collects what the store reports as durable, and lets a test wait for it.
class Commits
{
public:
    Store::CommitSink sink()
    {
        return [this](std::vector<Store::Committed> group) {
            const std::lock_guard lock(m_mutex);
            m_all.insert(m_all.end(), group.begin(), group.end());
            ++m_groups;
            m_came.notify_all();
        };
    }
    std::vector<Store::Committed> waitFor(size_t count)
    {
        std::unique_lock lock(m_mutex);
        if (!m_came.wait_for(lock, std::chrono::seconds(60), [&] { return m_all.size() >= count; }))
            qFatal("only %zu of %zu rows were reported", m_all.size(), count);
        return m_all;
    }
    size_t groups()
    {
        const std::lock_guard lock(m_mutex);
        return m_groups;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::vector<Store::Committed> m_all;
    size_t m_groups = 0;
};

/// A store on a real file in a folder of its own.
struct StoreFixture
{
    QTemporaryDir folder;
    StoreOptions options;
    Commits commits;
    std::unique_ptr<Store> store;
    RequestIds ids{5};
    size_t waited = 0;
    quint64 ticket = 0;

    explicit StoreFixture(const char *zone = "UTC")
    {
        options.file = folder.filePath(QStringLiteral("ledger.db"));
        options.zone = zoneNamed(zone);
        open();
    }
    void open()
    {
        auto opened = openSqlStore(options);
        if (!opened)
            qFatal("%s", qUtf8Printable(opened.error().detail));
        store = std::move(*opened);
        store->setCommitSink(commits.sink());
    }
    void reopen()
    {
        store.reset();
        open();
    }
    /// Submits and waits until it is durable; what was reported about it.
    template <typename Row> bool commit(Row row)
    {
        store->submit(std::move(row), ++ticket);
        return commits.waitFor(++waited).back().ok;
    }
    /// Sums and counts straight from the file, past the store.
    qint64 number(const QString &sql)
    {
        auto connection = SqlConnection::openBare(options.file);
        const Result<QVariant> value = (*connection)->scalar(sql);
        if (!value)
            qFatal("%s", qUtf8Printable(value.error().detail));
        return value->toLongLong();
    }
    OpenRow openRow(Instant began, KeyId key = 1, const char *model = "gpt-4o")
    {
        OpenRow row;
        row.id = ids.next(began);
        row.series = std::make_shared<const Series>(
            Series{key, QStringLiteral("team%1").arg(key % 2), QStringLiteral("project"),
                   QStringLiteral("openai"), QString::fromLatin1(model)});
        row.endpoint = QStringLiteral("chat.completions");
        row.reserved = usd("0.5");
        row.estimatedInputTokens = 100;
        row.ceiling = 1000;
        return row;
    }
    static CloseRow closeRow(RequestId id, std::optional<Money> cost = usd("0.25"))
    {
        CloseRow row;
        row.id = id;
        row.cost = cost;
        row.provenance = cost ? Provenance::Exact : Provenance::Unpriced;
        row.status = 200;
        row.usage[BillingClass::UncachedInput] = 90;
        row.usage[BillingClass::Output] = 12;
        row.durationUs = 1500;
        return row;
    }
    /// One exchange that ran from reservation to settlement.
    RequestId exchange(Instant began, std::optional<Money> cost = usd("0.25"), KeyId key = 1,
                       const char *model = "gpt-4o")
    {
        const OpenRow row = openRow(began, key, model);
        const bool written = commit(row) && commit(closeRow(row.id, cost));
        if (!written)
            qFatal("a row was not written");
        return row.id;
    }
};

/// Rows of requests and both rollups must say the same, column by column.
inline void compareRollupsWithRows(StoreFixture &fixture)
{
    const QString closed = QStringLiteral("FROM requests WHERE outcome <> 0");
    const std::pair<QString, QString> sums[] = {
        {QStringLiteral("requests"), QStringLiteral("count(*)")},
        {QStringLiteral("cost"), QStringLiteral("coalesce(sum(cost), 0)")},
        {QStringLiteral("saved"), QStringLiteral("coalesce(sum(saved), 0)")},
        {QStringLiteral("unpriced"), QStringLiteral("coalesce(sum(cost IS NULL), 0)")},
        {QStringLiteral("estimated"), QStringLiteral("coalesce(sum(provenance IN (2, 3)), 0)")},
        {QStringLiteral("cache_hits"), QStringLiteral("coalesce(sum(outcome = 6), 0)")},
    };
    QList<std::pair<QString, QString>> all(std::begin(sums), std::end(sums));
    for (const QString &column : usageColumns())
        all.emplaceBack(column, QStringLiteral("coalesce(sum(%1), 0)").arg(column));
    for (const auto &[column, expression] : std::as_const(all)) {
        const qint64 rows = fixture.number(QStringLiteral("SELECT %1 %2").arg(expression, closed));
        for (const char *table : {"rollup_quarter", "rollup_day"}) {
            const qint64 rollup = fixture.number(QStringLiteral("SELECT coalesce(sum(%1), 0) FROM %2")
                                                     .arg(column, QString::fromLatin1(table)));
            if (rollup != rows)
                qWarning("%s of %s: %lld, of the rows: %lld", qUtf8Printable(column), table, rollup, rows);
            QCOMPARE(rollup, rows);
        }
    }
}

} // namespace lbp
