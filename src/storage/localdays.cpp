#include "storage/localdays.h"

#include "core/period.h"

#include <QDateTime>

namespace lbp {

namespace {
const qint64 epochJulianDay = QDate(1970, 1, 1).toJulianDay();

qint64 millis(Instant t)
{
    return std::chrono::floor<std::chrono::milliseconds>(t).time_since_epoch().count();
}
} // namespace

LocalDays::LocalDays(QTimeZone zone)
    : m_zone(zone.isValid() ? std::move(zone) : QTimeZone::utc())
{
}

DayNumber LocalDays::dayOf(Instant t)
{
    if (t >= m_start && t < m_end)
        return m_day;
    const PeriodSpan span = periodSpan(Period::Daily, t, m_zone);
    m_start = span.start;
    m_end = span.end;
    m_day = QDateTime::fromMSecsSinceEpoch(millis(t), m_zone).date().toJulianDay() - epochJulianDay;
    return m_day;
}

Instant LocalDays::startOf(DayNumber day) const
{
    // By way of noon, which every day has.
    const QDateTime noon(QDate::fromJulianDay(day + epochJulianDay), QTime(12, 0), m_zone);
    return periodSpan(Period::Daily, fromMicros(noon.toMSecsSinceEpoch() * 1000), m_zone).start;
}

DayNumber LocalDays::firstDayFrom(Instant t)
{
    const DayNumber day = dayOf(t);
    return startOf(day) == t ? day : day + 1;
}

Instant LocalDays::hourOf(Instant t)
{
    if (t < m_steadyFrom || t >= m_steadyTo) {
        // The offset of a day at both of whose ends it is the same is that of all its hours.
        [[maybe_unused]] const DayNumber day = dayOf(t);
        const qint64 offset = offsetAt(t);
        const bool isSteady = offsetAt(m_start) == offset && offsetAt(m_end) == offset;
        m_steadyFrom = isSteady ? m_start : t;
        m_steadyTo = isSteady ? m_end : t + Duration(1);
        m_offset = offset;
    }
    const qint64 hour = 3600 * 1'000'000LL;
    const qint64 local = toMicros(t) + m_offset;
    const qint64 rest = ((local % hour) + hour) % hour;
    return fromMicros(toMicros(t) - rest);
}

qint64 LocalDays::offsetAt(Instant t) const
{
    return m_zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(millis(t), Qt::UTC)) * 1'000'000LL;
}

} // namespace lbp
