#include "core/period.h"

#include "core/decimal.h"

#include <array>
#include <QDateTime>

namespace lbp {

namespace {

using namespace std::chrono;

constexpr std::array<const char16_t *, 5> names{u"hourly", u"daily", u"weekly", u"monthly", u"total"};

/// No zone was ever further from UTC than this, and none changed its offset twice within twice this time.
constexpr auto widestOffset = hours(17);

seconds offsetAt(sys_seconds t, const QTimeZone &zone)
{
    // Asks by UTC moment only: a QDateTime made from local time guesses in gaps and folds.
    return seconds(zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(t.time_since_epoch().count(), Qt::UTC)));
}

/// The first second after \a before, up to \a after, whose offset is not that of \a before.
sys_seconds changeBetween(sys_seconds before, sys_seconds after, const QTimeZone &zone)
{
    const seconds old = offsetAt(before, zone);
    while (after - before > seconds(1)) {
        const sys_seconds middle = before + (after - before) / 2;
        (offsetAt(middle, zone) == old ? before : after) = middle;
    }
    return after;
}

/// The first moment whose local date is \a day or a later one. Where midnight comes twice, the first one.
sys_seconds startOf(local_days day, const QTimeZone &zone)
{
    const sys_seconds midnightAsUtc(day.time_since_epoch());
    const sys_seconds before = midnightAsUtc - widestOffset;
    const seconds offsetBefore = offsetAt(before, zone);
    const sys_seconds expected = midnightAsUtc - offsetBefore;
    if (offsetAt(expected, zone) == offsetBefore)
        return expected;
    // The clock was changed before the old offset reached midnight: midnight is in the new one, or was
    // skipped.
    const sys_seconds change = changeBetween(before, expected, zone);
    return std::max(change, midnightAsUtc - offsetAt(change, zone));
}

local_days localDay(sys_seconds t, const QTimeZone &zone)
{
    return floor<days>(local_seconds(t.time_since_epoch() + offsetAt(t, zone)));
}

/// The day whose span holds \a t. Differs from the local date where the clock steps back over midnight: the
/// repeated part of the evening belongs to the day that has begun.
local_days dayHolding(sys_seconds t, const QTimeZone &zone)
{
    local_days day = localDay(t, zone);
    while (t >= startOf(day + days(1), zone))
        day += days(1);
    while (t < startOf(day, zone))
        day -= days(1);
    return day;
}

PeriodSpan between(local_days first, local_days last, const QTimeZone &zone)
{
    return {Instant(startOf(first, zone)), Instant(startOf(last, zone))};
}

PeriodSpan hourAround(sys_seconds now, const QTimeZone &zone)
{
    const seconds offset = offsetAt(now, zone);
    sys_seconds start = floor<hours>(now + offset) - offset;
    sys_seconds end = start + hours(1);
    // Only a change by a part of an hour (Lord Howe) moves the full hours; it cuts the hour in which it
    // happens.
    const auto minutesOf = [&zone](sys_seconds t) {
        const seconds o = offsetAt(t, zone);
        return o - floor<hours>(o);
    };
    if (minutesOf(start) != minutesOf(now))
        start = changeBetween(start, now, zone);
    if (minutesOf(end - seconds(1)) != minutesOf(now))
        end = changeBetween(now, end - seconds(1), zone);
    return {Instant(start), Instant(end)};
}

} // namespace

QString periodName(Period period)
{
    return QString::fromUtf16(names[size_t(period)]);
}

Result<Period> periodFromName(QStringView name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == names[i])
            return static_cast<Period>(i);
    }
    return fail(ErrorCode::InvalidValue,
                quoted(name)
                    + QStringLiteral(" is not a period; expected hourly, daily, weekly, monthly or total"));
}

PeriodSpan periodSpan(Period period, Instant now, const QTimeZone &zone)
{
    const sys_seconds second = floor<seconds>(now);
    switch (period) {
    case Period::Hourly:
        return hourAround(second, zone);
    case Period::Daily: {
        const local_days day = dayHolding(second, zone);
        return between(day, day + days(1), zone);
    }
    case Period::Weekly: {
        const local_days day = dayHolding(second, zone);
        const local_days monday = day - (weekday(day) - Monday);
        return between(monday, monday + days(7), zone);
    }
    case Period::Monthly: {
        const year_month_day day(dayHolding(second, zone));
        const year_month month = day.year() / day.month();
        return between(local_days(month / 1), local_days((month + months(1)) / 1), zone);
    }
    case Period::Total:
        break;
    }
    return {Instant(), Instant::max()};
}

} // namespace lbp
