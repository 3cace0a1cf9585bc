#pragma once

#include "core/clock.h"
#include "core/key.h"

#include <deque>
#include <QHash>

namespace lbp {

/// Limits of one key. 0 means no limit.
struct RateLimits
{
    int rpm = 0;
    int tpm = 0;
    int parallel = 0;
    bool operator==(const RateLimits &) const = default;
};

/// Requests and tokens per minute over a sliding window of 60 s, and parallel requests, per key; exact: at no
/// moment do the last 60 s hold more than the limit. A request counts its estimated tokens when admitted and
/// the difference when known. Memory per key is bounded: entries within the same 100 ms are merged on the
/// safe side (the merged entry lives as long as its youngest part). Thread: one (the proxy thread).
class RateLimiter
{
public:
    struct Decision
    {
        bool allowed = false;
        enum class By { None, Rpm, Tpm, Parallel } refusedBy = By::None;
        Duration retryAfter{}; ///< when a repeat may pass; at least 1 ms when refused
        int remainingRpm = 0; ///< after this request; 0 without a limit
        int remainingTpm = 0;
    };
    /// Admits and counts the request in one step, or refuses and counts nothing. \a now is monotonic.
    /// A request whose estimate alone is above the whole tpm is admitted when the window is empty, else it
    /// could never run.
    [[nodiscard]] Decision admit(KeyId key, const RateLimits &limits, qint64 estimatedTokens, Duration now);
    /// The request has ended: one parallel slot is free, and its tokens count as \a actualTokens.
    /// \a admittedAt and \a estimatedTokens are those of admit(). Call once per admitted request.
    void finish(KeyId key, qint64 estimatedTokens, qint64 actualTokens, Duration admittedAt, Duration now);
    /// The request was refused by a later stage before it was forwarded: as if it had never been.
    void undo(KeyId key, qint64 estimatedTokens, Duration admittedAt);
    [[nodiscard]] int parallel(KeyId key) const;
    /// What counts at \a now.
    struct Load
    {
        qint64 requests = 0;
        qint64 tokens = 0;
        int running = 0;
    };
    [[nodiscard]] Load load(KeyId key, Duration now);
    void forget(KeyId key); ///< a revoked key; in-flight requests may still finish()
    /// Drops state of keys that have been quiet for over a minute. Call now and then.
    void prune(Duration now);

private:
    struct Entry
    {
        Duration at; ///< bucket time, youngest part
        int requests;
        qint64 tokens; ///< may become smaller by corrections, never below zero in sum
    };
    struct State
    {
        std::deque<Entry> window;
        qint64 requests = 0;
        qint64 tokens = 0;
        int running = 0;
    };
    void expire(State &state, Duration now) const;
    [[nodiscard]] Entry &entryAt(State &state, Duration now) const; ///< the one to count in at \a now
    [[nodiscard]] Entry *find(State &state,
                              Duration at) const; ///< the one that counted at \a at, if it is still there
    QHash<KeyId, State> m_keys;
};

/// Limits of a key: its own, else the most specific override whose glob matches its name, else the default.
struct LimitOverride
{
    QString keyPattern;
    std::optional<int> rpm, tpm, parallel; ///< absent: inherits the default
    bool operator==(const LimitOverride &) const = default;
};
[[nodiscard]] RateLimits limitsFor(const KeyRecord &key, const RateLimits &defaults,
                                   const QList<LimitOverride> &overrides);

/// Spend of a key over the last 60 s against its runaway limit. Thread: one.
class RunawayGuard
{
public:
    /// Books \a spent; true when the sum over the last 60 s is above \a limit, so the key is to be paused.
    [[nodiscard]] bool book(KeyId key, Money spent, Money limit, Duration now);
    void forget(KeyId key);

private:
    struct State
    {
        std::deque<std::pair<Duration, Money>> window;
        Money sum;
    };
    QHash<KeyId, State> m_keys;
};

} // namespace lbp
