#pragma once

#include "core/event.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <QHash>
#include <QObject>

namespace lbp {

/// Carries events from any thread to the main thread, in batches: one posted call for all that has gathered,
/// so that a busy data path does not flood the event loop. Progress of an exchange is told at most once per
/// progressInterval, the newest state only; everything else at once and in order. Bounded: when more than
/// maxQueued wait, progress goes first, then the oldest of the rest. Ownership: outlives every publisher.
/// Thread: publish() any; the rest main.
class EventHub final : public QObject, public EventSink
{
    Q_OBJECT
public:
    static constexpr size_t maxQueued = 20'000;
    static constexpr int progressIntervalMs = 100;

    explicit EventHub(QObject *parent = nullptr, int intervalMs = progressIntervalMs);
    ~EventHub() override;

    void publish(Event event) override;
    bool watchesExchanges() const override { return m_watchers.load(std::memory_order_relaxed) > 0; }

    /// The course of single exchanges is told only while somebody watches: with nobody there a busy data path
    /// costs the main thread nothing. Alerts and changes are always told. Count each watcher in and out.
    void watchExchanges(bool watch) { m_watchers.fetch_add(watch ? 1 : -1, std::memory_order_relaxed); }
    /// Calls \a function with each batch for as long as \a context lives.
    QMetaObject::Connection subscribe(QObject *context, std::function<void(const QList<Event> &)> function);
    [[nodiscard]] quint64 dropped() const;

Q_SIGNALS:
    void batch(const QList<lbp::Event> &events);

private:
    void deliver();
    void deliverProgress();
    void enforceBound();

    const int m_intervalMs;
    std::atomic<int> m_watchers{0};
    mutable std::mutex m_mutex;
    std::deque<Event> m_queue; ///< guarded, like all below
    QHash<qint64, Event> m_progress; ///< newest per exchange, by RequestId
    bool m_posted = false; ///< a call of deliver() is on its way
    bool m_progressPosted = false;
    quint64 m_dropped = 0;
};

} // namespace lbp
