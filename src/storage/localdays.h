#pragma once

#include "core/clock.h"

#include <QTimeZone>

namespace lbp {

/// Number of a local day: days since 1970-01-01 in some zone.
using DayNumber = qint64;

inline constexpr qint64 quarterMicros = 15 * 60 * 1'000'000LL;
/// Start of the quarter hour (UTC) that \a t lies in. Every offset in use today is a multiple of it, so a
/// quarter never belongs to two local days or hours.
[[nodiscard]] constexpr qint64 quarterOf(Instant t)
{
    const qint64 us = toMicros(t);
    const qint64 rest = us % quarterMicros;
    return us - (rest < 0 ? rest + quarterMicros : rest);
}

/// Moments to local days and back. Remembers the day it was asked about last, because rows arrive in order of
/// time and a lookup in the zone's table is dear. Thread: one.
class LocalDays
{
public:
    explicit LocalDays(QTimeZone zone);
    [[nodiscard]] DayNumber dayOf(Instant t);
    [[nodiscard]] Instant startOf(DayNumber day) const; ///< the first moment of that day
    /// The first day that begins at or after \a t.
    [[nodiscard]] DayNumber firstDayFrom(Instant t);
    /// Start of the local hour \a t lies in; both hours of a repeated one are told apart.
    [[nodiscard]] Instant hourOf(Instant t);
    [[nodiscard]] const QTimeZone &zone() const { return m_zone; }

private:
    [[nodiscard]] qint64 offsetAt(Instant t) const; ///< microseconds
    QTimeZone m_zone;
    Instant m_steadyFrom{}, m_steadyTo{}; ///< where m_offset holds
    qint64 m_offset = 0;
    Instant m_start{};
    Instant m_end{};
    DayNumber m_day = 0;
};

} // namespace lbp
