#pragma once

#include "core/clock.h"

#include <atomic>

namespace lbp::test {

/// A clock that stands still until it is told to move. Thread: any.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(Instant start = fromMicros(1'790'000'000'000'000))
        : m_wall(toMicros(start))
    {
    }
    Instant now() const override { return fromMicros(m_wall); }
    Duration monotonic() const override { return Duration(m_monotonic); }
    void advance(Duration by)
    {
        m_wall += by.count();
        m_monotonic += by.count();
    }
    void setWall(Instant t) { m_wall = toMicros(t); }

private:
    std::atomic<qint64> m_wall;
    std::atomic<qint64> m_monotonic{1'000'000'000};
};

} // namespace lbp::test
