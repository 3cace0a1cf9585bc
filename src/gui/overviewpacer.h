#pragma once

#include <functional>
#include <QElapsedTimer>
#include <QTimer>

namespace lbp::gui {

/// Keeps a look at the ledger from being repeated faster than `gap`, and from being begun while the one
/// before is still under way. At rest it costs nothing. Thread: main.
class OverviewPacer
{
public:
    OverviewPacer(std::chrono::milliseconds gap, std::function<void()> look)
        : m_gap(gap)
        , m_look(std::move(look))
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { begin(); });
    }
    void ask() ///< once the gap is over, and what is under way has ended
    {
        if (m_busy)
            m_again = true;
        else if (!m_timer.isActive())
            m_timer.start(left());
    }
    void askNow() ///< without the gap: a person waits for it
    {
        if (m_busy)
            m_again = m_hurry = true;
        else
            m_timer.start(std::chrono::milliseconds(0));
    }
    void done() ///< the look has ended
    {
        m_busy = false;
        if (std::exchange(m_again, false))
            std::exchange(m_hurry, false) ? askNow() : ask();
    }
    void stop() ///< what is under way may end; nothing is begun
    {
        m_timer.stop();
        m_again = m_hurry = false;
    }

private:
    void begin()
    {
        m_busy = true;
        m_since.start();
        m_look();
    }
    [[nodiscard]] std::chrono::milliseconds left() const
    {
        using std::chrono::milliseconds;
        return m_since.isValid() ? std::max(milliseconds(0), m_gap - milliseconds(m_since.elapsed()))
                                 : milliseconds(0);
    }
    const std::chrono::milliseconds m_gap;
    const std::function<void()> m_look;
    QTimer m_timer;
    QElapsedTimer m_since;
    bool m_busy = false, m_again = false, m_hurry = false;
};

} // namespace lbp::gui
