#pragma once

#include "proxy/cachedatabase.h"

#include <functional>

namespace lbp {

/// The file of the response cache on a thread of its own, which is started when it is first needed. Writing
/// is put off for a moment and done in groups; what waits is bounded, and a write that finds no room is
/// refused. When the file is damaged it is set aside; when it cannot be written it is deleted and begun anew,
/// and if that does not help there is no file until the next start. Each is logged as a warning. Thread: any,
/// but one at a time for start().
class CacheFile
{
public:
    /// Called on the thread of the file; must be callable after the CacheFile has died.
    struct Events
    {
        std::function<void(std::vector<CacheRow>)>
            loaded; ///< some entries, those used last first; once after each start, or several times
        std::function<void(CacheDigest, CachedAnswerPtr)> read; ///< nullptr: not there. Once for each read()
        std::function<void()> lost; ///< the file is empty now
    };
    static constexpr qint64 maxWaitingBytes = 16ll * 1024 * 1024;

    CacheFile(QString file, Events events);
    ~CacheFile(); ///< writes what waits, bounded to two seconds
    CacheFile(const CacheFile &) = delete;
    CacheFile &operator=(const CacheFile &) = delete;

    [[nodiscard]] bool exists() const; ///< on the disk, from an earlier run perhaps
    [[nodiscard]] bool isStarted() const { return m_started; }
    /// Starts the thread, which opens the file and reports what is in it and has not expired at \a now.
    void start(qint64 now);

    /// False: there is no room or no file. What the file may have under that digest must have been forgotten
    /// before.
    [[nodiscard]] bool write(const CacheDigest &digest, CacheChange change);
    void forget(const CacheDigest &digest);
    void touch(std::vector<CacheTouch> touches);
    void read(const CacheDigest &digest);
    void clear(); ///< and forgets what waits
    /// What waits to be written, or is being written; else nullptr.
    [[nodiscard]] CachedAnswerPtr unwritten(const CacheDigest &digest) const;

private:
    struct State;
    class Worker;
    std::shared_ptr<State> m_state; ///< shared with the thread
    bool m_started = false;
};

} // namespace lbp
