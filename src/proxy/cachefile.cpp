#include "proxy/cachefile.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <QFileInfo>
#include <QLoggingCategory>
#include <thread>

Q_LOGGING_CATEGORY(lcCache, "lbp.cache")

namespace lbp {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto gatherTime = 100ms; // a commit costs as much as writing a dozen answers
constexpr qint64 groupBytes = 1024 * 1024; // what a look-up may have to wait for
constexpr size_t groupEntries = 1000;
constexpr size_t rowsPerReport = 500; // the proxy must not stand still while it takes them in
constexpr auto endTime = 1500ms; // for writing; closing comes after it
constexpr auto endGrace = 500ms;

} // namespace

struct CacheFile::State
{
    QString file;
    Events events;
    std::thread thread; ///< joined or detached by the CacheFile

    std::mutex mutex; ///< guards what follows
    std::condition_variable wake, ended;
    std::deque<CacheDigest> reads;
    CacheChanges changes; ///< of one digest only the last counts
    CacheChanges writing; ///< taken out of \a changes and not committed yet
    std::vector<CacheTouch> touches;
    qint64 waitingBytes = 0; ///< of \a changes and \a writing
    steady_clock::time_point gatherUntil;
    steady_clock::time_point deadline = steady_clock::time_point::max();
    bool clear = false;
    bool givenUp = false;
    bool stop = false;
    bool hasEnded = false;

    void change(const CacheDigest &digest, CacheChange change)
    {
        if (changes.empty()) {
            gatherUntil = steady_clock::now() + gatherTime;
            wake.notify_one();
        }
        CacheChange &place = changes[digest];
        waitingBytes += (change.answer ? change.size : 0) - (place.answer ? place.size : 0);
        place = std::move(change);
        if (waitingBytes >= groupBytes)
            wake.notify_one();
    }
    void dropChanges()
    {
        for (const auto &[digest, change] : changes)
            waitingBytes -= change.answer ? change.size : 0;
        changes.clear();
        touches.clear();
    }
    [[nodiscard]] bool hasWork() const
    {
        return clear || !reads.empty() || !changes.empty() || !touches.empty();
    }
    [[nodiscard]] bool mustNotWait() const
    {
        return stop || clear || !reads.empty() || waitingBytes >= groupBytes
            || changes.size() >= groupEntries;
    }
};

/// The thread's part.
class CacheFile::Worker
{
public:
    explicit Worker(State &state)
        : m_state(state)
        , m_database(state.file)
    {
    }

    void run(qint64 now)
    {
        begin(now);
        std::unique_lock lock(m_state.mutex);
        for (;;) {
            m_state.wake.wait(lock, [this] { return m_state.stop || m_state.hasWork(); });
            if (!m_state.mustNotWait())
                m_state.wake.wait_until(lock, m_state.gatherUntil, [this] { return m_state.mustNotWait(); });
            if (m_state.stop) {
                m_state.reads.clear();
                if (!m_state.hasWork() || steady_clock::now() >= m_state.deadline)
                    break;
            }
            if (!m_state.reads.empty())
                readOne(lock);
            else if (m_state.clear)
                clear(lock);
            else
                writeGroup(lock);
        }
        lock.unlock();
        m_database.close();
    }

private:
    void begin(qint64 now)
    {
        Status outcome = m_database.open();
        std::vector<CacheRow> rows;
        if (outcome) {
            if (auto loaded = m_database.load(now))
                rows = std::move(*loaded);
            else
                outcome = tl::unexpected(loaded.error());
        }
        // What could not be opened may be in use by somebody else, so only damage is a reason to move it.
        if (!outcome)
            outcome.error().code == ErrorCode::StoreDamaged ? recover(outcome.error())
                                                            : giveUp(outcome.error());
        for (size_t i = 0; i < rows.size(); i += rowsPerReport)
            m_state.events.loaded({rows.begin() + qsizetype(i),
                                   rows.begin() + qsizetype(std::min(rows.size(), i + rowsPerReport))});
    }

    void readOne(std::unique_lock<std::mutex> &lock)
    {
        const CacheDigest digest = m_state.reads.front();
        m_state.reads.pop_front();
        const bool usable = !m_state.givenUp;
        lock.unlock();
        CachedAnswerPtr answer;
        if (usable) {
            if (auto read = m_database.read(digest))
                answer = std::move(*read);
            else
                recover(read.error());
        }
        m_state.events.read(digest, std::move(answer));
        lock.lock();
    }

    void clear(std::unique_lock<std::mutex> &lock)
    {
        m_state.clear = false;
        if (m_state.givenUp)
            return;
        lock.unlock();
        Status outcome = m_database.erase();
        if (outcome)
            outcome = m_database.open();
        if (!outcome)
            giveUp(outcome.error());
        lock.lock();
    }

    void writeGroup(std::unique_lock<std::mutex> &lock)
    {
        std::vector<CacheTouch> touches;
        touches.swap(m_state.touches);
        qint64 bytes = 0;
        while (!m_state.changes.empty() && bytes < groupBytes && m_state.writing.size() < groupEntries) {
            auto node = m_state.changes.extract(m_state.changes.begin());
            bytes += node.mapped().answer ? node.mapped().size : 0;
            m_state.writing.insert(std::move(node));
        }
        lock.unlock();
        // Nobody but this thread changes what is being written, so that it may be read without the lock.
        Status outcome = m_database.apply(m_state.writing, touches);
        if (outcome)
            m_failedOnce = false;
        // Not while somebody may wait for the end.
        Result<bool> more = bool(outcome) && bytes < groupBytes;
        for (bool idle = true; more && *more && idle;) {
            more = m_database.shrink();
            const std::lock_guard again(m_state.mutex);
            idle = !m_state.mustNotWait();
        }
        if (outcome && !more)
            outcome = tl::unexpected(more.error());

        lock.lock();
        CacheChanges written;
        written.swap(m_state.writing);
        m_state.waitingBytes -= bytes;
        lock.unlock();
        written.clear(); // frees megabytes, perhaps
        if (!outcome)
            recover(outcome.error());
        lock.lock();
    }

    /// The file that was open cannot be read or written: begins an empty one, or gives up.
    void recover(const Error &error)
    {
        // Twice in a row without a success in between is no accident.
        if (m_failedOnce)
            return giveUp(error);
        m_failedOnce = true;
        Status outcome;
        if (error.code == ErrorCode::StoreDamaged) {
            if (const Result<QString> target = m_database.setAside())
                qCWarning(lcCache, "%ls; it was set aside as %ls and the cache begins anew",
                          qUtf16Printable(error.detail), qUtf16Printable(*target));
            else
                outcome = tl::unexpected(target.error());
        } else {
            qCWarning(lcCache, "%ls; the file is deleted and the cache begins anew",
                      qUtf16Printable(error.detail));
            outcome = m_database.erase();
        }
        if (outcome)
            outcome = m_database.open();
        if (!outcome)
            return giveUp(outcome.error());
        m_state.events.lost();
    }

    void giveUp(const Error &error)
    {
        qCWarning(lcCache, "%ls; until the next start answers are cached in memory only",
                  qUtf16Printable(error.detail));
        m_database.close();
        {
            const std::lock_guard lock(m_state.mutex);
            m_state.givenUp = true;
            m_state.dropChanges();
        }
        m_state.events.lost();
    }

    State &m_state;
    CacheDatabase m_database;
    bool m_failedOnce = false;
};

CacheFile::CacheFile(QString file, Events events)
    : m_state(std::make_shared<State>())
{
    m_state->file = std::move(file);
    m_state->events = std::move(events);
}

CacheFile::~CacheFile()
{
    if (!m_started)
        return;
    std::unique_lock lock(m_state->mutex);
    m_state->stop = true;
    m_state->deadline = steady_clock::now() + endTime;
    m_state->wake.notify_one();
    // A disk that does not answer must not keep the program from ending: the thread is left to itself then.
    const bool ended =
        m_state->ended.wait_until(lock, m_state->deadline + endGrace, [this] { return m_state->hasEnded; });
    lock.unlock();
    if (ended) {
        m_state->thread.join();
        return;
    }
    qCWarning(lcCache, "the disk of the response cache does not answer; what was not written yet is dropped");
    m_state->thread.detach();
}

bool CacheFile::exists() const
{
    return QFileInfo::exists(m_state->file);
}

void CacheFile::start(qint64 now)
{
    if (m_started)
        return;
    m_started = true;
    m_state->thread = std::thread([state = m_state, now] {
        Worker(*state).run(now);
        const std::lock_guard lock(state->mutex);
        state->hasEnded = true;
        state->ended.notify_all();
    });
}

bool CacheFile::write(const CacheDigest &digest, CacheChange change)
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->givenUp)
        return false;
    if (m_state->waitingBytes + change.size > maxWaitingBytes)
        return false;
    m_state->change(digest, std::move(change));
    return true;
}

void CacheFile::forget(const CacheDigest &digest)
{
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->givenUp)
        m_state->change(digest, CacheChange());
}

void CacheFile::touch(std::vector<CacheTouch> touches)
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->givenUp)
        return;
    m_state->touches.insert(m_state->touches.end(), touches.begin(), touches.end());
    m_state->wake.notify_one();
}

void CacheFile::read(const CacheDigest &digest)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->reads.push_back(digest);
    m_state->wake.notify_one();
}

void CacheFile::clear()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->dropChanges();
    m_state->clear = true;
    m_state->wake.notify_one();
}

CachedAnswerPtr CacheFile::unwritten(const CacheDigest &digest) const
{
    const std::lock_guard lock(m_state->mutex);
    for (const CacheChanges *changes : {&m_state->changes, &m_state->writing})
        if (const auto it = changes->find(digest); it != changes->end())
            return it->second.answer;
    return nullptr;
}

} // namespace lbp
