#include "proxy/epolldispatcher.h"

#include <array>
#include <cerrno>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace lbp {

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_epoll < 0 || m_wake < 0)
        qFatal("cannot create an epoll descriptor: the process has too many files open");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wake;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
    m_clock.start();
}

EpollDispatcher::~EpollDispatcher()
{
    close(m_wake);
    close(m_epoll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    Q_EMIT awake();
    m_selfWoken = false;
    QCoreApplication::sendPostedEvents();
    if (m_interrupted)
        return false;

    // Also when it will not block: what one turn has gathered is handed on now (durability.h).
    Q_EMIT aboutToBlock();
    applyChanges();
    const int timeout = waitMs(flags);
    std::array<epoll_event, 256> events;
    int n;
    do {
        n = epoll_wait(m_epoll, events.data(), int(events.size()), timeout);
    } while (n < 0 && errno == EINTR);
    if (timeout != 0)
        Q_EMIT awake();

    bool did = false;
    for (int i = 0; i < n; ++i) {
        const epoll_event &event = events[size_t(i)];
        if (event.data.fd == m_wake) {
            quint64 count;
            [[maybe_unused]] const ssize_t got = read(m_wake, &count, sizeof count);
            m_woken = false;
            QCoreApplication::sendPostedEvents();
            did = true;
        } else if (!(flags & QEventLoop::ExcludeSocketNotifiers)) {
            activate(event.data.fd, event.events);
            did = true;
        }
    }
    if (!(flags & QEventLoop::X11ExcludeTimers))
        did = fireTimers() || did;
    return did;
}

int EpollDispatcher::waitMs(QEventLoop::ProcessEventsFlags flags) const
{
    if (!(flags & QEventLoop::WaitForMoreEvents) || m_selfWoken)
        return 0;
    if (m_due.empty() || (flags & QEventLoop::X11ExcludeTimers))
        return -1;
    return int(std::clamp<qint64>(m_due.begin()->first - m_clock.elapsed(), 0, 60'000));
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto fd = size_t(notifier->socket());
    if (m_watched.size() <= fd)
        m_watched.resize(std::max(fd + 1, m_watched.size() * 2));
    Watched &watched = m_watched[fd];
    switch (notifier->type()) {
    case QSocketNotifier::Read:
        watched.read = notifier;
        break;
    case QSocketNotifier::Write:
        watched.write = notifier;
        break;
    case QSocketNotifier::Exception:
        watched.exception = notifier;
        break;
    }
    update(int(fd));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto fd = size_t(notifier->socket());
    if (fd >= m_watched.size())
        return;
    Watched &watched = m_watched[fd];
    // Only if it is this very notifier: the descriptor may already belong to another socket.
    if (watched.read == notifier)
        watched.read = nullptr;
    if (watched.write == notifier)
        watched.write = nullptr;
    if (watched.exception == notifier)
        watched.exception = nullptr;
    update(int(fd));
}

quint32 EpollDispatcher::Watched::wanted() const
{
    return (read ? quint32(EPOLLIN) : 0u) | (write ? quint32(EPOLLOUT) : 0u)
        | (exception ? quint32(EPOLLPRI) : 0u);
}

void EpollDispatcher::update(int fd)
{
    Watched &watched = m_watched[size_t(fd)];
    const quint32 wanted = watched.wanted();
    if (wanted == watched.events)
        return;
    // The first and the last are told at once, because the descriptor may be closed then and its number given
    // to another. In between a TLS socket asks to write and takes that back within one turn, for each
    // request.
    if (watched.events == 0 || wanted == 0) {
        tell(fd, watched, wanted);
        return;
    }
    if (!std::exchange(watched.isChanged, true))
        m_changed.push_back(fd);
}

void EpollDispatcher::applyChanges()
{
    for (const int fd : m_changed) {
        Watched &watched = m_watched[size_t(fd)];
        watched.isChanged = false;
        if (const quint32 wanted = watched.wanted(); wanted != watched.events)
            tell(fd, watched, wanted);
    }
    m_changed.clear();
}

void EpollDispatcher::tell(int fd, Watched &watched, quint32 wanted)
{
    epoll_event event{};
    event.events = wanted;
    event.data.fd = fd;
    const int operation = wanted == 0 ? EPOLL_CTL_DEL : watched.events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (epoll_ctl(m_epoll, operation, fd, &event) != 0) {
        // A descriptor that was closed and opened again under the same number has left the set by itself.
        if (errno == ENOENT && wanted != 0)
            epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
        else if (errno == EEXIST)
            epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
    }
    watched.events = wanted;
}

void EpollDispatcher::activate(int fd, quint32 events)
{
    // A handler may remove any notifier, so each is looked up when its turn comes.
    const auto send = [this, fd](QSocketNotifier *Watched::*which) {
        if (size_t(fd) >= m_watched.size())
            return;
        if (QSocketNotifier *notifier = m_watched[size_t(fd)].*which) {
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
        }
    };
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP))
        send(&Watched::read);
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
        send(&Watched::write);
    if (events & EPOLLPRI)
        send(&Watched::exception);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    m_timers.insert(timerId, Timer{object, interval, timerType, 0});
    schedule(timerId, m_clock.elapsed() + interval);
}

void EpollDispatcher::schedule(int timerId, qint64 dueMs)
{
    m_timers[timerId].dueMs = dueMs;
    m_due.emplace(dueMs, timerId);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    const auto it = m_timers.constFind(timerId);
    if (it == m_timers.cend())
        return false;
    for (auto [due, end] = m_due.equal_range(it->dueMs); due != end; ++due) {
        if (due->second == timerId) {
            m_due.erase(due);
            break;
        }
    }
    m_timers.erase(it);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    QList<int> ids;
    for (auto it = m_timers.cbegin(); it != m_timers.cend(); ++it) {
        if (it->object == object)
            ids.append(it.key());
    }
    for (int id : ids)
        unregisterTimer(id);
    return !ids.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> found;
    for (auto it = m_timers.cbegin(); it != m_timers.cend(); ++it) {
        if (it->object == object)
            found.append(TimerInfo(it.key(), int(it->intervalMs), it->type));
    }
    return found;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto it = m_timers.constFind(timerId);
    return it == m_timers.cend() ? -1 : int(std::max<qint64>(0, it->dueMs - m_clock.elapsed()));
}

bool EpollDispatcher::fireTimers()
{
    if (m_due.empty())
        return false;
    const qint64 now = m_clock.elapsed();
    bool did = false;
    // Those due at the beginning of this turn: a timer of 0 ms does not keep the sockets waiting.
    std::vector<int> due;
    for (auto it = m_due.begin(); it != m_due.end() && it->first <= now; ++it)
        due.push_back(it->second);
    for (int id : due) {
        auto it = m_timers.find(id);
        if (it == m_timers.end() || it->dueMs > now || it->firing)
            continue;
        for (auto [entry, end] = m_due.equal_range(it->dueMs); entry != end; ++entry) {
            if (entry->second == id) {
                m_due.erase(entry);
                break;
            }
        }
        schedule(id, std::max(it->dueMs + it->intervalMs, now));
        it->firing = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(it->object, &event);
        did = true;
        if (const auto after = m_timers.find(id); after != m_timers.end())
            after->firing = false;
    }
    return did;
}

void EpollDispatcher::wakeUp()
{
    // Posting to oneself is common here, and needs no system call: the loop is not waiting now.
    if (QThread::currentThread() == thread()) {
        m_selfWoken = true;
        return;
    }
    if (m_woken.exchange(true))
        return;
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = write(m_wake, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

} // namespace lbp
