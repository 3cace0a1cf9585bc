#pragma once

#include "core/clock.h"

#include <QObject>
#include <QTimer>
#include <unordered_set>

namespace lbp {

class Deadlines;

/// Something that must not last for ever. Derive, or hold one per concern.
class Deadline
{
public:
    virtual ~Deadline();
    /// Expires \a in from now, replacing what was set. Costs next to nothing, so it may be called per chunk.
    void setDeadline(Deadlines &deadlines, Duration in);
    void clearDeadline() { m_due = Duration::max(); }
    virtual void onDeadline() = 0; ///< once per setDeadline(); may delete this

private:
    friend class Deadlines;
    Deadlines *m_owner = nullptr;
    Duration m_due = Duration::max();
};

/// All time-outs of the proxy thread behind one coarse timer, which runs only while something can expire:
/// thousands of connections cost one pass a second, none cost nothing. A deadline fires up to one tick late,
/// never early.
class Deadlines : public QObject
{
    Q_OBJECT
public:
    explicit Deadlines(const Clock &clock, std::chrono::milliseconds tick = std::chrono::seconds(1),
                       QObject *parent = nullptr);
    ~Deadlines() override;
    /// Time as of the last tick or touch(): cheap, and late by no more than a tick.
    [[nodiscard]] Duration now() const { return m_clock.monotonic(); }
    void setTick(std::chrono::milliseconds tick)
    {
        m_timer.setInterval(tick);
    } ///< tests with a fake clock need not wait a second
    void check(); ///< fires what is due; called by the timer, and by tests with a fake clock

private:
    friend class Deadline;
    const Clock &m_clock;
    QTimer m_timer;
    std::unordered_set<Deadline *> m_all;
};

} // namespace lbp
