#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <optional>
#include <QList>
#include <QString>
#include <QTimeZone>

namespace lbp {

/// [from, to).
struct TimeRange
{
    Instant from;
    Instant to;
    bool operator==(const TimeRange &) const = default;
};

/// What charts over time are cut into: real hours, local days, ISO weeks (Monday), calendar months.
enum class TimeBucket { Hour, Day, Week, Month };
[[nodiscard]] QString timeBucketName(TimeBucket bucket); ///< "hour", "day", "week", "month"
[[nodiscard]] std::optional<TimeBucket> timeBucketFromName(QStringView name);

/// The bucket around \a t in \a zone, as periodSpan() has it: a day of a DST change has 23 or 25 hours.
[[nodiscard]] TimeRange bucketAround(Instant t, TimeBucket bucket, const QTimeZone &zone);
/// Starts of all buckets that \a range touches, oldest first; the first one may lie before range.from. At
/// most \a most, counted from the end of the range. Empty for an empty range.
[[nodiscard]] QList<Instant> bucketStarts(TimeRange range, TimeBucket bucket, const QTimeZone &zone,
                                          int most = 10'000);

/// A range by name: today, yesterday, week (this one), lastweek, month, lastmonth; or the time up to \a now
/// as a number and a unit: 30m, 24h, 7d, 2w. Local days, weeks and months are whole, also where they lie
/// ahead.
[[nodiscard]] std::optional<TimeRange> namedRange(QStringView name, Instant now, const QTimeZone &zone);

/// What to compare \a range with: the one before it. Whole local days move by days and whole months by
/// months, so that DST changes and the lengths of months leave the borders at midnight; anything else by its
/// length.
[[nodiscard]] TimeRange previousRange(TimeRange range, const QTimeZone &zone);

} // namespace lbp
