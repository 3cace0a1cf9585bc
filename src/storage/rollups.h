#pragma once

#include "core/exchangerow.h"
#include "storage/localdays.h"
#include "storage/sqlconnection.h"

#include <array>
#include <limits>
#include <map>
#include <QHash>
#include <QStringList>

namespace lbp {

/// a + b, or the end of the range that it would have passed.
[[nodiscard]] inline qint64 saturated(qint64 a, qint64 b)
{
    qint64 sum = 0;
    if (!qAddOverflow(a, b, &sum))
        return sum;
    return b > 0 ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
}

/// What sums are kept at: quarter hours (UTC), local days, and spans of 32 local days.
enum class RollupLevel { Quarter, Day, Span };

class SumsPacker;

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
    void add(size_t column, qint64 value) { values[column] = saturated(values[column], value); }
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
    RollupBook(SqlConnection &connection, SumsPacker &packer, QTimeZone zone);
    void add(Instant at, qint64 series, const RollupSums &sums);
    [[nodiscard]] Status write(); ///< inside the transaction of the rows; empties the book
    void discard() { m_quarters.clear(); }
    [[nodiscard]] LocalDays &days() { return m_days; }

private:
    using Sums = std::map<std::pair<qint64, qint64>, RollupSums>;
    /// Upserts by what columns they add to, as bits: most requests count in a few of them, and every column
    /// that is bound and added costs time.
    using Upserts = QHash<quint32, QSqlQuery>;
    [[nodiscard]] Result<QSqlQuery *> upsertFor(Upserts &upserts, RollupLevel level, quint32 columns);
    [[nodiscard]] Status writeAll(Upserts &upserts, RollupLevel level, const Sums &sums);
    SqlConnection &m_connection;
    SumsPacker &m_packer;
    LocalDays m_days;
    Sums m_quarters;
    Upserts m_upsertQuarter;
    Upserts m_upsertDay;
};

/// The rows of rollup_day follow another time zone from now on: takes what the quarters hold out of the old
/// days and adds it to the new ones. Sums over everything stay exact; days whose quarters are pruned keep
/// their old borders.
[[nodiscard]] Status regroupDays(SqlConnection &connection, const QTimeZone &from, const QTimeZone &to);

/// Moves \a series' sums at \a at by \a change where the rows exist: a pruned quarter is not created again.
[[nodiscard]] Status adjustRollups(SqlConnection &connection, SumsPacker &packer, LocalDays &days, Instant at,
                                   qint64 series, const RollupSums &change);

} // namespace lbp
