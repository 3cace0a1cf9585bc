#include "gui/overviewrange.h"

#include "core/requestfilter.h"

#include <algorithm>
#include <QDateTime>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

Instant noonOf(QDate day, const QTimeZone &zone)
{
    return fromMicros(QDateTime(day, QTime(12, 0), zone).toMSecsSinceEpoch() * 1000);
}

QDateTime localTime(Instant t, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(t) / 1000, zone);
}

QDate dayOf(Instant t, const QTimeZone &zone)
{
    return localTime(t, zone).date();
}

TimeRange days(QDate first, QDate last, const QTimeZone &zone)
{
    return {bucketAround(noonOf(first, zone), TimeBucket::Day, zone).from,
            bucketAround(noonOf(last, zone), TimeBucket::Day, zone).to};
}

bool isMidnight(Instant t, const QTimeZone &zone)
{
    return bucketAround(t, TimeBucket::Day, zone).from == t;
}

/// As the filter language reads it; with Z where the local time stands for another moment, as in the hour
/// that a change of the clock repeats.
QString momentText(Instant t, const QTimeZone &zone)
{
    if (isMidnight(t, zone))
        return dayOf(t, zone).toString(Qt::ISODate);
    const QDateTime local = localTime(t, zone);
    if (QDateTime(local.date(), local.time(), zone) == local)
        return local.toString(u"yyyy-MM-ddTHH:mm");
    return local.toUTC().toString(u"yyyy-MM-ddTHH:mm") + u'Z';
}

} // namespace

const QStringList &overviewRangeIds()
{
    static const QStringList ids{
        u"today"_s,    u"yesterday"_s, u"7d"_s,        u"30d"_s, u"week"_s,
        u"lastweek"_s, u"month"_s,     u"lastmonth"_s, u"90d"_s, QString(OverviewRange::customId)};
    return ids;
}

bool isOverviewRange(const OverviewRange &range)
{
    if (range.id != OverviewRange::customId)
        return overviewRangeIds().contains(range.id);
    return range.first.isValid() && range.last.isValid() && range.first <= range.last
        && range.first.daysTo(range.last) < OverviewRange::mostDays;
}

TimeRange timesOf(const OverviewRange &range, Instant now, const QTimeZone &zone)
{
    if (range.id == OverviewRange::customId && isOverviewRange(range))
        return days(range.first, range.last, zone);
    if (range.id.endsWith(u'd')) {
        bool isNumber = false;
        const int count = range.id.chopped(1).toInt(&isNumber);
        const QDate today = dayOf(now, zone);
        if (isNumber && count > 0)
            return days(today.addDays(1 - count), today, zone);
    }
    return namedRange(range.id, now, zone).value_or(bucketAround(now, TimeBucket::Day, zone));
}

QList<TimeBucket> bucketsFor(TimeRange range, const QTimeZone &zone)
{
    QList<TimeBucket> fitting;
    for (const TimeBucket bucket : {TimeBucket::Hour, TimeBucket::Day, TimeBucket::Week}) {
        const qsizetype count = bucketStarts(range, bucket, zone, OverviewRange::mostPoints + 1).size();
        if (count >= 2 && count <= OverviewRange::mostPoints)
            fitting += bucket;
    }
    if (fitting.isEmpty())
        fitting += TimeBucket::Week;
    return fitting;
}

TimeBucket usualBucket(TimeRange range, const QTimeZone &zone)
{
    constexpr qsizetype readable = 100; // points
    const QList<TimeBucket> fitting = bucketsFor(range, zone);
    for (const TimeBucket bucket : fitting)
        if (bucketStarts(range, bucket, zone, int(readable) + 1).size() <= readable)
            return bucket;
    return fitting.last();
}

QString timeFilter(TimeRange times, const QTimeZone &zone)
{
    if (isMidnight(times.from, zone) && bucketAround(times.from, TimeBucket::Day, zone).to == times.to)
        return filterTermText(u"time", u":", momentText(times.from, zone));
    return filterTermText(u"time", u">=", momentText(times.from, zone)) + u' '
        + filterTermText(u"time", u"<", momentText(times.to, zone));
}

QString timeFilter(const OverviewRange &range, Instant now, const QTimeZone &zone)
{
    // The language counts "7d" back from this moment, the overview counts whole days.
    if (range.id != OverviewRange::customId && !range.id.endsWith(u'd'))
        return filterTermText(u"time", u":", range.id);
    return timeFilter(timesOf(range, now, zone), zone);
}

} // namespace lbp::gui
