#pragma once

#include <chrono>
#include <QtGlobal>

namespace lbp {

using Duration = std::chrono::microseconds;
/// A moment, UTC, in microseconds since the Unix epoch. Stored as INTEGER.
using Instant = std::chrono::sys_time<Duration>;

[[nodiscard]] constexpr qint64 toMicros(Instant t)
{
    return t.time_since_epoch().count();
}
[[nodiscard]] constexpr Instant fromMicros(qint64 us)
{
    return Instant{Duration{us}};
}

/// Where "now" comes from. Decisions take `now` as a parameter; only those who call them hold a Clock.
/// Thread: implementations must be callable from any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0; ///< Wall clock, for periods and rows.
    [[nodiscard]] virtual Duration monotonic() const = 0; ///< Never steps back, for limits and time-outs.
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Duration monotonic() const override;
};

} // namespace lbp
