#pragma once

#include "storage/localdays.h"
#include "storage/packedsums.h"

namespace lbp {

/// Beyond any clock, and small enough for every sum and shift of times.
inline constexpr Instant endOfTime = fromMicros(qint64{1} << 52);
[[nodiscard]] Instant clampedToClocks(Instant t); ///< from the epoch to endOfTime

/// What of the rollups covers a range: quarters, whole days, quarters.
struct Cover
{
    Instant headFrom, headTo;
    DayNumber dayFrom = 0, dayTo = 0;
    Instant tailFrom, tailTo;
};
/// \a from is taken down and \a to up to a quarter hour; before \a quarters, to whole days. Nothing is newer
/// than \a newest: a range that ends after it ends with a whole day, as good as that day's quarters and a
/// fraction of the rows.
[[nodiscard]] Cover coverOf(LocalDays &days, Instant from, Instant to, Instant quarters, Instant newest);
/// Newest quarter there are sums of; the epoch when there are none.
[[nodiscard]] Result<Instant> newestQuarter(SqlConnection &connection);

/// Adds all of \a cover, wherever that may be in time.
[[nodiscard]] Status addCover(SqlConnection &connection, const Cover &cover, bool bySeries, const SumsAt &at);
/// The same, told apart: \a atQuarter gets quarters in order of time, \a atDay each day by itself.
[[nodiscard]] Status addCoverByDay(SqlConnection &connection, const Cover &cover, bool bySeries,
                                   const SumsAt &atQuarter, const SumsAt &atDay);

} // namespace lbp
