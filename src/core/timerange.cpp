#include "core/timerange.h"

#include "core/period.h"

#include <algorithm>
#include <array>
#include <QDateTime>

namespace lbp {

namespace {

using namespace std::chrono;

constexpr std::array<const char16_t *, 4> bucketNames{u"hour", u"day", u"week", u"month"};
constexpr Instant firstMoment = fromMicros(0);
constexpr Instant lastMoment = fromMicros(qint64{1} << 52); ///< beyond any clock
constexpr int mostSteps = 5'000; ///< days or months that a range may move by before its length is taken

Period periodOf(TimeBucket bucket)
{
    switch (bucket) {
    case TimeBucket::Hour:
        return Period::Hourly;
    case TimeBucket::Day:
        return Period::Daily;
    case TimeBucket::Week:
        return Period::Weekly;
    case TimeBucket::Month:
        break;
    }
    return Period::Monthly;
}

/// No bucket is longer.
Duration longest(TimeBucket bucket)
{
    switch (bucket) {
    case TimeBucket::Hour:
        return hours(2);
    case TimeBucket::Day:
        return hours(26);
    case TimeBucket::Week:
        return hours(7 * 24 + 2);
    case TimeBucket::Month:
        break;
    }
    return hours(31 * 24 + 2);
}

int offsetAt(Instant t, const QTimeZone &zone)
{
    return zone.offsetFromUtc(
        QDateTime::fromSecsSinceEpoch(floor<seconds>(t).time_since_epoch().count(), Qt::UTC));
}

bool startsAt(Instant t, TimeBucket bucket, const QTimeZone &zone)
{
    return bucketAround(t, bucket, zone).from == t;
}

/// The number of buckets in [range.from, range.to), whose ends lie on borders; nullopt when there are too
/// many.
std::optional<int> wholeBuckets(TimeRange range, TimeBucket bucket, const QTimeZone &zone)
{
    int count = 0;
    for (Instant t = range.from; t < range.to; t = bucketAround(t, bucket, zone).to)
        if (++count > mostSteps)
            return std::nullopt;
    return count;
}

std::optional<TimeRange> lengthBefore(QStringView text, Instant now)
{
    if (text.size() < 2 || text.size() > 6)
        return std::nullopt;
    bool good = false;
    const qint64 count = text.chopped(1).toLongLong(&good);
    if (!good || count <= 0 || text.front() == u'+')
        return std::nullopt;
    Duration unit;
    switch (text.back().unicode()) {
    case u'm':
        unit = minutes(1);
        break;
    case u'h':
        unit = hours(1);
        break;
    case u'd':
        unit = hours(24);
        break;
    case u'w':
        unit = hours(7 * 24);
        break;
    default:
        return std::nullopt;
    }
    return TimeRange{std::max<Instant>(firstMoment, now - count * unit), now};
}

} // namespace

QString timeBucketName(TimeBucket bucket)
{
    return QString::fromUtf16(bucketNames[size_t(bucket)]);
}

std::optional<TimeBucket> timeBucketFromName(QStringView name)
{
    for (size_t i = 0; i < bucketNames.size(); ++i)
        if (name == bucketNames[i])
            return TimeBucket(i);
    return std::nullopt;
}

TimeRange bucketAround(Instant t, TimeBucket bucket, const QTimeZone &zone)
{
    const PeriodSpan span = periodSpan(periodOf(bucket), t, zone);
    return {span.start, span.end};
}

QList<Instant> bucketStarts(TimeRange range, TimeBucket bucket, const QTimeZone &zone, int most)
{
    range.to = std::clamp(range.to, firstMoment, lastMoment);
    range.from = std::clamp(range.from, firstMoment, lastMoment);
    if (range.from >= range.to || most <= 0)
        return {};
    // What lies further back cannot be among the last `most`, however short they are.
    range.from = std::max<Instant>(range.from, range.to - (qint64(most) + 1) * longest(bucket));
    QList<Instant> starts;
    Instant at = bucketAround(range.from, bucket, zone).from;
    while (at < range.to) {
        // Looking up the zone for each hour is dear, and it never changes twice within a day. An hour that
        // was cut short by a change does not end on the clock's next one.
        const seconds offset(offsetAt(at, zone));
        const bool plainDay = bucket == TimeBucket::Hour && offset == seconds(offsetAt(at + hours(24), zone))
            && (at + offset).time_since_epoch() % hours(1) == Duration(0);
        if (!plainDay) {
            starts += at;
            at = bucketAround(at, bucket, zone).to;
            continue;
        }
        for (int i = 0; i < 24 && at < range.to; ++i, at += hours(1))
            starts += at;
    }
    if (starts.size() > most)
        starts.remove(0, starts.size() - most);
    return starts;
}

std::optional<TimeRange> namedRange(QStringView name, Instant now, const QTimeZone &zone)
{
    const auto present = [&](TimeBucket bucket) { return bucketAround(now, bucket, zone); };
    const auto before = [&](TimeBucket bucket) {
        return bucketAround(present(bucket).from - Duration(1), bucket, zone);
    };
    if (name == u"today")
        return present(TimeBucket::Day);
    if (name == u"yesterday")
        return before(TimeBucket::Day);
    if (name == u"week")
        return present(TimeBucket::Week);
    if (name == u"lastweek")
        return before(TimeBucket::Week);
    if (name == u"month")
        return present(TimeBucket::Month);
    if (name == u"lastmonth")
        return before(TimeBucket::Month);
    return lengthBefore(name, now);
}

TimeRange previousRange(TimeRange range, const QTimeZone &zone)
{
    if (range.from < range.to) {
        for (const TimeBucket bucket : {TimeBucket::Month, TimeBucket::Day}) {
            if (!startsAt(range.from, bucket, zone) || !startsAt(range.to, bucket, zone))
                continue;
            const std::optional<int> count = wholeBuckets(range, bucket, zone);
            if (!count)
                break;
            Instant from = range.from;
            for (int i = 0; i < *count; ++i)
                from = bucketAround(from - Duration(1), bucket, zone).from;
            return {from, range.from};
        }
    }
    return {range.from - (range.to - range.from), range.from};
}

} // namespace lbp
