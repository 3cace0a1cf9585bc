#pragma once

#include "core/exchangerow.h"
#include "storage/localdays.h"
#include "storage/sqlconnection.h"

#include <array>
#include <map>
#include <QStringList>

namespace lbp {

/// The sums a rollup row holds, in the order of its columns. Adding saturates: a counter at its end stays
/// there.
struct RollupSums
{
    enum Column { Requests, Cost, Saved, Unpriced, Estimated, Errors, CacheHits, FirstUsage };
    static constexpr size_t columnCount = size_t(FirstUsage) + billingClassCount;
    std::array<qint64, columnCount> values{};

    /// What one closed row counts as. An error is an answer of 400 or above, or an upstream that failed.
    [[nodiscard]] static RollupSums of(const CloseRow &row);
    void add(const RollupSums &other);
    [[nodiscard]] RollupSums negated() const;
};
/// Names of the usage columns, in the order of BillingClass; the same in `requests` and in the rollups.
[[nodiscard]] const QStringList &usageColumns();
/// Names of all the sums, in the order of RollupSums.
[[nodiscard]] const QStringList &rollupColumns();

/// Sums up in memory what a transaction adds, then writes each (bucket, series) once:
/// rollup_quarter by quarter hour (UTC) for budgets and hours, rollup_day by local day for everything longer.
/// Thread: that of its connection.
class RollupBook
{
public:
    RollupBook(SqlConnection &connection, QTimeZone zone);
    [[nodiscard]] Status prepare();
    void add(Instant at, qint64 series, const RollupSums &sums);
    [[nodiscard]] Status write(); ///< inside the transaction of the rows; empties the book
    void discard() { m_quarters.clear(); }
    [[nodiscard]] LocalDays &days() { return m_days; }

private:
    using Sums = std::map<std::pair<qint64, qint64>, RollupSums>;
    [[nodiscard]] Status writeAll(QSqlQuery &upsert, const Sums &sums);
    SqlConnection &m_connection;
    LocalDays m_days;
    Sums m_quarters;
    QSqlQuery m_upsertQuarter;
    QSqlQuery m_upsertDay;
};

/// The rows of rollup_day follow another time zone from now on: takes what the quarters hold out of the old
/// days and adds it to the new ones. Sums over everything stay exact; days whose quarters are pruned keep
/// their old borders.
[[nodiscard]] Status regroupDays(SqlConnection &connection, const QTimeZone &from, const QTimeZone &to);

/// Moves \a series' sums at \a at by \a change where the rows exist: a pruned quarter is not created again.
[[nodiscard]] Status adjustRollups(SqlConnection &connection, LocalDays &days, Instant at, qint64 series,
                                   const RollupSums &change);

} // namespace lbp
