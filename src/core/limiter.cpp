#include "core/limiter.h"

#include <algorithm>

namespace lbp {

namespace {

using namespace std::chrono_literals;

constexpr Duration window = 60s;
constexpr Duration mergeWithin = 100ms;
constexpr Duration leastRetry = 1ms;
/// A slot comes free when a request ends, which nobody can foresee.
constexpr Duration parallelRetry = 1s;
/// Larger than any context window, small enough that no sum over a window overflows.
constexpr qint64 mostTokens = qint64(1) << 36;

qint64 bucketOf(Duration at)
{
    return at / mergeWithin;
}
qint64 bounded(qint64 tokens)
{
    return std::clamp<qint64>(tokens, 0, mostTokens);
}

int room(int limit, qint64 used)
{
    return limit <= 0 ? 0 : int(std::clamp<qint64>(limit - used, 0, limit));
}

/// When so much has left the window that \a fits(requests, tokens) holds. It must hold for an empty window.
template <typename Window, typename Fits>
Duration waitUntil(const Window &entries, qint64 requests, qint64 tokens, Duration now, Fits fits)
{
    Duration at = now;
    for (const auto &entry : entries) {
        if (fits(requests, tokens))
            break;
        requests -= entry.requests;
        tokens -= entry.tokens;
        at = entry.at + window;
    }
    return std::max(at - now, leastRetry);
}

} // namespace

void RateLimiter::expire(State &state, Duration now) const
{
    while (!state.window.empty() && state.window.front().at + window <= now) {
        state.requests -= state.window.front().requests;
        state.tokens -= state.window.front().tokens;
        state.window.pop_front();
    }
}

RateLimiter::Entry &RateLimiter::entryAt(State &state, Duration now) const
{
    if (state.window.empty() || bucketOf(state.window.back().at) < bucketOf(now))
        return state.window.emplace_back(Entry{now, 0, 0});
    Entry &entry = state.window.back();
    entry.at = std::max(entry.at, now);
    return entry;
}

RateLimiter::Entry *RateLimiter::find(State &state, Duration at) const
{
    const auto it =
        std::lower_bound(state.window.begin(), state.window.end(), bucketOf(at),
                         [](const Entry &entry, qint64 bucket) { return bucketOf(entry.at) < bucket; });
    return it != state.window.end() && bucketOf(it->at) == bucketOf(at) ? &*it : nullptr;
}

RateLimiter::Decision RateLimiter::admit(KeyId key, const RateLimits &limits, qint64 estimatedTokens,
                                         Duration now)
{
    State &state = m_keys[key];
    expire(state, now);
    const qint64 tokens = bounded(estimatedTokens);

    const auto rpmFits = [&limits](qint64 requests, qint64) {
        return limits.rpm <= 0 || requests < limits.rpm;
    };
    const auto tpmFits = [&limits, tokens](qint64, qint64 counted) {
        return limits.tpm <= 0 || counted <= 0 || counted + tokens <= limits.tpm;
    };
    Decision decision;
    const auto refuse = [&decision](Decision::By by, Duration retryAfter) {
        if (retryAfter <= decision.retryAfter)
            return;
        decision.refusedBy = by;
        decision.retryAfter = retryAfter;
    };
    // The one that lasts longest is named: only when it has passed can a repeat succeed.
    if (!rpmFits(state.requests, state.tokens))
        refuse(Decision::By::Rpm, waitUntil(state.window, state.requests, state.tokens, now, rpmFits));
    if (!tpmFits(state.requests, state.tokens))
        refuse(Decision::By::Tpm, waitUntil(state.window, state.requests, state.tokens, now, tpmFits));
    if (limits.parallel > 0 && state.running >= limits.parallel)
        refuse(Decision::By::Parallel, parallelRetry);

    decision.allowed = decision.refusedBy == Decision::By::None;
    if (decision.allowed) {
        Entry &entry = entryAt(state, now);
        ++entry.requests;
        entry.tokens += tokens;
        ++state.requests;
        state.tokens += tokens;
        ++state.running;
    }
    decision.remainingRpm = room(limits.rpm, state.requests);
    decision.remainingTpm = room(limits.tpm, state.tokens);
    return decision;
}

void RateLimiter::finish(KeyId key, qint64 estimatedTokens, qint64 actualTokens, Duration admittedAt,
                         Duration now)
{
    const auto it = m_keys.find(key);
    if (it == m_keys.end())
        return; // forgotten in the meantime
    State &state = *it;
    state.running = std::max(0, state.running - 1);
    expire(state, now);
    const qint64 difference = bounded(actualTokens) - bounded(estimatedTokens);
    if (difference > 0) {
        // Tokens beyond the estimate count from the moment they are known, also when the estimate has left
        // the window.
        entryAt(state, now).tokens += difference;
        state.tokens += difference;
    } else if (Entry *entry = difference < 0 ? find(state, admittedAt) : nullptr) {
        // Never more than is there: a key may have been forgotten and come back in between.
        const qint64 given = std::min(-difference, entry->tokens);
        entry->tokens -= given;
        state.tokens -= given;
    }
}

void RateLimiter::undo(KeyId key, qint64 estimatedTokens, Duration admittedAt)
{
    const auto it = m_keys.find(key);
    if (it == m_keys.end())
        return;
    State &state = *it;
    state.running = std::max(0, state.running - 1);
    Entry *entry = find(state, admittedAt);
    if (!entry || entry->requests == 0)
        return;
    const qint64 tokens = std::min(bounded(estimatedTokens), entry->tokens);
    --entry->requests;
    entry->tokens -= tokens;
    --state.requests;
    state.tokens -= tokens;
}

RateLimiter::Load RateLimiter::load(KeyId key, Duration now)
{
    const auto it = m_keys.find(key);
    if (it == m_keys.end())
        return {};
    expire(*it, now);
    return {it->requests, it->tokens, it->running};
}

int RateLimiter::parallel(KeyId key) const
{
    const auto it = m_keys.constFind(key);
    return it == m_keys.constEnd() ? 0 : it->running;
}

void RateLimiter::forget(KeyId key)
{
    m_keys.remove(key);
}

void RateLimiter::prune(Duration now)
{
    for (auto it = m_keys.begin(); it != m_keys.end();) {
        expire(*it, now);
        it = it->running == 0 && it->window.empty() ? m_keys.erase(it) : std::next(it);
    }
}

RateLimits limitsFor(const KeyRecord &key, const RateLimits &defaults, const QList<LimitOverride> &overrides)
{
    const LimitOverride *best = nullptr;
    int bestSpecificity = -1;
    for (const LimitOverride &candidate : overrides) {
        if (!globMatches(candidate.keyPattern, key.name))
            continue;
        if (const int specificity = globSpecificity(candidate.keyPattern); specificity > bestSpecificity) {
            best = &candidate;
            bestSpecificity = specificity;
        }
    }
    RateLimits limits = defaults;
    if (best) {
        limits.rpm = best->rpm.value_or(limits.rpm);
        limits.tpm = best->tpm.value_or(limits.tpm);
        limits.parallel = best->parallel.value_or(limits.parallel);
    }
    limits.rpm = key.rpm.value_or(limits.rpm);
    limits.tpm = key.tpm.value_or(limits.tpm);
    limits.parallel = key.parallel.value_or(limits.parallel);
    return limits;
}

bool RunawayGuard::book(KeyId key, Money spent, Money limit, Duration now)
{
    State &state = m_keys[key];
    while (!state.window.empty() && state.window.front().first + window <= now) {
        state.sum =
            Money::fromPicodollars(state.sum.picodollars() - state.window.front().second.picodollars());
        state.window.pop_front();
    }
    // What does not fit into the sum any more is beyond every limit, and is left out so that the sum can
    // shrink again.
    const qint64 fitting =
        std::min(spent.picodollars(), Money::max().picodollars() - state.sum.picodollars());
    if (fitting > 0) {
        if (state.window.empty() || bucketOf(state.window.back().first) < bucketOf(now))
            state.window.emplace_back(now, Money());
        auto &[at, amount] = state.window.back();
        at = std::max(at, now);
        amount = Money::fromPicodollars(amount.picodollars() + fitting);
        state.sum = Money::fromPicodollars(state.sum.picodollars() + fitting);
    }
    return state.sum > limit;
}

void RunawayGuard::forget(KeyId key)
{
    m_keys.remove(key);
}

} // namespace lbp
