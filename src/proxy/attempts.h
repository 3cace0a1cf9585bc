#pragma once

#include "config/config.h"
#include "core/clock.h"
#include "proxy/breaker.h"
#include "proxy/decide.h"
#include "wire/headers.h"

#include <optional>

namespace lbp {

// How often and where a request is tried. Pure functions; the exchange carries out what they say.

/// How a request's answer looked to whoever decides whether to ask anew.
enum class AttemptEnd {
    NotSent, ///< nothing reached the provider
    RateLimited, ///< 429
    Failed, ///< 5xx, 529
    Final, ///< anything else, and all that was or may have been billed
};
[[nodiscard]] AttemptEnd attemptEndOf(int status);

/// What an answer's fields say about asking the same provider again.
struct RetryAdvice
{
    bool forbidden = false; ///< x-should-retry: false
    std::optional<Duration> after; ///< retry-after-ms, Retry-After
};
/// \param now for a Retry-After that names a date.
[[nodiscard]] RetryAdvice retryAdvice(const HeaderList &headers, Instant now);

/// How long to wait before the \a n-th repetition (from 1): twice as long each time, a random part of up to a
/// half less, so that many clients do not come back at once. \param random any number.
[[nodiscard]] Duration backoff(int n, Duration first, Duration most, quint32 random);

/// Where else a request may go, in order: what the first fitting rule of `fallbacks` names, without the
/// provider and model that it has now and without those that cannot take it.
[[nodiscard]] QList<Route> fallbacksFor(const Config &config, const KeyEntry &key,
                                        const RouteQuestion &question, const Route &present);

} // namespace lbp
