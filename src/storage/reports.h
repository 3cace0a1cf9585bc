#pragma once

#include "storage/localdays.h"
#include "storage/seriesindex.h"
#include "storage/sqlconnection.h"
#include "storage/store.h"

namespace lbp::reports {

/// Sums for the budgets: quarters up to the first local midnight from \a from, days after it. What lies
/// before the quarters kept is taken by whole days, which is what budgets of a day and longer ask for.
[[nodiscard]] Result<QList<SpentSum>> spentSince(SqlConnection &connection, SeriesIndex &series,
                                                 LocalDays &days, Instant from);

/// Sums from the rollups alone, packed (packedsums.h) where they are, so that the time does not depend on the
/// number of requests. \a from is taken down and \a to up to a quarter hour; before the quarters kept, to
/// whole days. Hours and days come in order of time, the rest by cost, dearest first. \a days are those of
/// the store; \a zone is the one to group days and hours in.
[[nodiscard]] Result<QList<UsageSum>> usage(SqlConnection &connection, SeriesIndex &series, LocalDays &days,
                                            Instant from, Instant to, GroupBy groupBy, const QTimeZone &zone);

} // namespace lbp::reports
