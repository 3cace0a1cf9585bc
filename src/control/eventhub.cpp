#include "control/eventhub.h"

#include <QTimer>

namespace lbp {

EventHub::EventHub(QObject *parent, int intervalMs)
    : QObject(parent)
    , m_intervalMs(intervalMs)
{
}

EventHub::~EventHub() = default;

void EventHub::publish(Event event)
{
    const bool ofExchange = std::holds_alternative<event::ExchangeStarted>(event.body)
        || std::holds_alternative<event::ExchangeProgress>(event.body)
        || std::holds_alternative<event::ExchangeEnded>(event.body);
    if (ofExchange && !watchesExchanges())
        return;
    const std::lock_guard lock(m_mutex);
    if (const auto *progress = std::get_if<event::ExchangeProgress>(&event.body)) {
        m_progress.insert(progress->id.value, std::move(event));
        enforceBound();
        if (!m_progressPosted) {
            m_progressPosted = true;
            QMetaObject::invokeMethod(
                this, [this] { QTimer::singleShot(m_intervalMs, this, &EventHub::deliverProgress); },
                Qt::QueuedConnection);
        }
        return;
    }
    // What an exchange cost in the end must not be followed by what it had cost before.
    if (const auto *ended = std::get_if<event::ExchangeEnded>(&event.body))
        m_progress.remove(ended->row.open.id.value);
    m_queue.push_back(std::move(event));
    enforceBound();
    if (!m_posted) {
        m_posted = true;
        QMetaObject::invokeMethod(this, &EventHub::deliver, Qt::QueuedConnection);
    }
}

void EventHub::enforceBound()
{
    if (m_queue.size() + size_t(m_progress.size()) <= maxQueued)
        return;
    if (!m_progress.isEmpty()) {
        m_dropped += quint64(m_progress.size());
        m_progress.clear();
        return;
    }
    m_queue.pop_front();
    ++m_dropped;
}

void EventHub::deliver()
{
    std::deque<Event> taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_queue);
        m_posted = false;
    }
    if (!taken.empty())
        Q_EMIT batch(
            QList<Event>(std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end())));
}

void EventHub::deliverProgress()
{
    deliver(); // what began before is told before
    QHash<qint64, Event> taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_progress);
        m_progressPosted = false;
    }
    if (!taken.isEmpty())
        Q_EMIT batch(QList<Event>(taken.cbegin(), taken.cend()));
}

QMetaObject::Connection EventHub::subscribe(QObject *context,
                                            std::function<void(const QList<Event> &)> function)
{
    return connect(this, &EventHub::batch, context, std::move(function));
}

quint64 EventHub::dropped() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped;
}

} // namespace lbp
