#include "proxy/deadlines.h"

#include <vector>

namespace lbp {

Deadline::~Deadline()
{
    if (m_owner)
        m_owner->m_all.erase(this);
}

void Deadline::setDeadline(Deadlines &deadlines, Duration in)
{
    m_due = deadlines.now() + in;
    if (m_owner)
        return;
    m_owner = &deadlines;
    deadlines.m_all.insert(this);
    if (!deadlines.m_timer.isActive())
        deadlines.m_timer.start();
}

Deadlines::Deadlines(const Clock &clock, std::chrono::milliseconds tick, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setInterval(tick);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Deadlines::check);
}

Deadlines::~Deadlines()
{
    for (Deadline *deadline : m_all)
        deadline->m_owner = nullptr;
}

void Deadlines::check()
{
    const Duration time = now();
    std::vector<Deadline *> due;
    for (Deadline *deadline : m_all) {
        if (deadline->m_due <= time)
            due.push_back(deadline);
    }
    for (Deadline *deadline : due) {
        // One that fires may end others.
        if (!m_all.contains(deadline) || deadline->m_due > time)
            continue;
        deadline->m_due = Duration::max();
        deadline->onDeadline();
    }
    if (m_all.empty())
        m_timer.stop();
}

} // namespace lbp
