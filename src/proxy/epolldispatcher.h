#pragma once

#include <atomic>
#include <map>
#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QHash>
#include <vector>

namespace lbp {

/// An event dispatcher on epoll(7) for the proxy thread. Qt's own poll every socket at every wake-up, so
/// their cost grows with the number of connections; here it grows with the number of events. Linux only;
/// elsewhere Qt's own serves. Use: QThread::setEventDispatcher() before the thread starts.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Watched
    {
        QSocketNotifier *read = nullptr;
        QSocketNotifier *write = nullptr;
        QSocketNotifier *exception = nullptr;
        quint32 events = 0; ///< as epoll knows them
        bool isChanged = false; ///< in m_changed
        [[nodiscard]] quint32 wanted() const;
    };
    struct Timer
    {
        QObject *object;
        qint64 intervalMs;
        Qt::TimerType type;
        qint64 dueMs;
        bool firing = false;
    };
    void update(int fd);
    void applyChanges();
    void tell(int fd, Watched &watched, quint32 wanted);
    void activate(int fd, quint32 events);
    bool fireTimers();
    [[nodiscard]] int waitMs(QEventLoop::ProcessEventsFlags flags) const;
    void schedule(int timerId, qint64 dueMs);

    int m_epoll = -1;
    int m_wake = -1;
    std::vector<Watched> m_watched; ///< by file descriptor: the system keeps those small and dense
    std::vector<int> m_changed; ///< descriptors of which something else is wanted, until the next wait
    QHash<int, Timer> m_timers;
    std::multimap<qint64, int> m_due;
    QElapsedTimer m_clock;
    bool m_selfWoken = false; ///< by this very thread
    std::atomic<bool> m_woken{false};
    std::atomic<bool> m_interrupted{false};
};

} // namespace lbp
