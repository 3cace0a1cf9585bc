#pragma once

#include "core/timerange.h"

#include <QDate>
#include <QList>
#include <QString>

namespace lbp::gui {

/// The span of time that the overview shows, as people choose it: by a name that moves with the clock, or
/// from one day to another. Pure values; all days are local ones of a zone.
struct OverviewRange
{
    /// "today", "yesterday", "week", "lastweek", "month", "lastmonth", "7d", "30d", "90d" or customId.
    QString id = QStringLiteral("7d");
    QDate first{}, last{}; ///< of a custom one: both days are in it
    static constexpr QLatin1StringView customId{"custom"};
    /// A line of more points would be a band, and each costs time to draw.
    static constexpr int mostPoints = 200;
    static constexpr int mostDays = 366 * 3; ///< of a custom one

    bool operator==(const OverviewRange &) const = default;
};

[[nodiscard]] const QStringList &overviewRangeIds(); ///< in the order in which they are offered, custom last
[[nodiscard]] bool isOverviewRange(const OverviewRange &range); ///< a known name, or two days in order

/// Days that lie ahead are in it: "today" ends at midnight. An unknown name gives today.
[[nodiscard]] TimeRange timesOf(const OverviewRange &range, Instant now, const QTimeZone &zone);
/// What \a range can be cut into so that it makes a line: 2 to mostPoints buckets. Finest first, never empty.
[[nodiscard]] QList<TimeBucket> bucketsFor(TimeRange range, const QTimeZone &zone);
/// The one that reads best.
[[nodiscard]] TimeBucket usualBucket(TimeRange range, const QTimeZone &zone);
/// The terms of the filter language that find the requests of \a times, such as "time:2026-11-23".
[[nodiscard]] QString timeFilter(TimeRange times, const QTimeZone &zone);
/// The same, with a name where the filter language has one for it: it moves with the clock too.
[[nodiscard]] QString timeFilter(const OverviewRange &range, Instant now, const QTimeZone &zone);

} // namespace lbp::gui
