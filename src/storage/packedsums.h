#pragma once

#include "storage/rollups.h"

#include <functional>
#include <QByteArray>

namespace lbp {

inline constexpr DayNumber daysPerSpan = 32;
/// Number of the span that \a day lies in.
[[nodiscard]] constexpr qint64 spanOf(DayNumber day)
{
    return (day >= 0 ? day : day - (daysPerSpan - 1)) / daysPerSpan;
}

/// All rows of one quarter, day or span in two byte strings: a report over months reads a few thousand of
/// these instead of hundreds of thousands of rows. Derived from the rollup tables, which stay what holds.
struct PackedSums
{
    QByteArray totals; ///< the sum of everything, apart, because sums by time need nothing else
    QByteArray series; ///< every series in order
};

/// Where the sums of \a series at \a place are added; null to leave them out. Series 0: the sum of all.
using SumsAt = std::function<RollupSums *(qint64 place, qint64 series)>;

[[nodiscard]] PackedSums packSums(const std::map<qint64, RollupSums> &bySeries);
/// Adds what is packed in \a bytes (either string). False when they are no such thing.
[[nodiscard]] bool addPacked(QByteArrayView bytes, qint64 place, const SumsAt &at);

/// Adds the sums of the quarters in [from, to), bounds on quarters; by series, or in total only.
[[nodiscard]] Status addQuarters(SqlConnection &connection, Instant from, Instant to, bool bySeries,
                                 const SumsAt &at);
/// The same for the local days in [from, to); a whole span comes as one, at the place of its first day,
/// unless \a dayByDay.
[[nodiscard]] Status addDays(SqlConnection &connection, DayNumber from, DayNumber to, bool bySeries,
                             bool dayByDay, const SumsAt &at);

/// Keeps the packed sums in step with the rollups. Everything below a bound that is kept in `meta` is packed,
/// but for what is marked stale; a change below the bound marks what it touches in its own transaction, so
/// that a reader never sees old sums. Thread: that of its connection.
class SumsPacker
{
public:
    explicit SumsPacker(SqlConnection &connection)
        : m_connection(connection)
    {
    }
    [[nodiscard]] Status prepare(); ///< reads the bounds
    /// Inside the transaction that changes the sums of this quarter or day.
    [[nodiscard]] Status changed(RollupLevel level, qint64 place);
    /// Tells of the newest quarter there is: what lies an hour before it is taken to be settled.
    void sawQuarter(qint64 bucket);
    [[nodiscard]] bool isDue() const { return m_due; }
    /// Packs for a few milliseconds, in transactions of its own. Work that is left keeps isDue() true.
    [[nodiscard]] Status step(LocalDays &days);

private:
    [[nodiscard]] Result<bool> packOne(LocalDays &days);
    [[nodiscard]] Result<bool> packNext(RollupLevel level, qint64 end);
    [[nodiscard]] Status pack(RollupLevel level, qint64 place);
    SqlConnection &m_connection;
    /// Never below what `meta` says, even after a rollback: a mark too many does no harm.
    std::array<qint64, 3> m_mayBePacked{};
    qint64 m_newest = -1;
    bool m_due = true;
};

/// Forgets what is packed by day, for the caller's transaction: the days have other borders from now on.
[[nodiscard]] Status forgetPackedDays(SqlConnection &connection);

} // namespace lbp
