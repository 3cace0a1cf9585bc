#include "storage/rollupcover.h"

#include <algorithm>

namespace lbp {

Instant clampedToClocks(Instant t)
{
    return std::clamp(t, fromMicros(0), endOfTime);
}

Cover coverOf(LocalDays &days, Instant from, Instant to, Instant quarters, Instant newest)
{
    from = fromMicros(quarterOf(from));
    to = fromMicros(quarterOf(to - Duration(1)) + quarterMicros);
    Cover cover;
    if (from < quarters) {
        cover.dayFrom = days.dayOf(from);
        cover.headFrom = cover.headTo = from;
    } else {
        cover.dayFrom = days.firstDayFrom(from);
        cover.headFrom = from;
        cover.headTo = std::min(to, days.startOf(cover.dayFrom));
    }
    if (to < quarters || to > newest)
        cover.dayTo = days.firstDayFrom(to);
    else
        cover.dayTo = days.dayOf(to); // the day `to` lies in is not whole
    if (cover.dayTo < cover.dayFrom)
        cover.dayTo = cover.dayFrom;
    cover.tailFrom = std::max({cover.headTo, days.startOf(cover.dayTo), quarters});
    cover.tailTo = to;
    return cover;
}

Result<Instant> newestQuarter(SqlConnection &connection)
{
    return connection.scalar(QStringLiteral("SELECT max(bucket) FROM rollup_quarter"))
        .map([](const QVariant &bucket) { return fromMicros(bucket.toLongLong()); });
}

Status addCover(SqlConnection &connection, const Cover &cover, bool bySeries, const SumsAt &at)
{
    return addQuarters(connection, cover.headFrom, cover.headTo, bySeries, at)
        .and_then([&] { return addDays(connection, cover.dayFrom, cover.dayTo, bySeries, false, at); })
        .and_then([&] { return addQuarters(connection, cover.tailFrom, cover.tailTo, bySeries, at); });
}

Status addCoverByDay(SqlConnection &connection, const Cover &cover, bool bySeries, const SumsAt &atQuarter,
                     const SumsAt &atDay)
{
    return addQuarters(connection, cover.headFrom, cover.headTo, bySeries, atQuarter)
        .and_then([&] { return addDays(connection, cover.dayFrom, cover.dayTo, bySeries, true, atDay); })
        .and_then([&] { return addQuarters(connection, cover.tailFrom, cover.tailTo, bySeries, atQuarter); });
}

} // namespace lbp
