#pragma once

#include "core/clock.h"

#include <optional>
#include <QString>

namespace lbp {

/// Whether a provider is asked at all. Closed: it is. Open: it has failed too often of late, and is left
/// alone for a while. HalfOpen: that while is over, and one request at a time tries whether it answers again.
enum class BreakerState { Closed, Open, HalfOpen };
[[nodiscard]] QString breakerStateName(BreakerState state); ///< "closed", "open", "halfOpen"

/// How one provider does at the moment.
struct ProviderHealth
{
    QString provider; ///< its name
    BreakerState breaker = BreakerState::Closed;
    int failuresInARow = 0;
    std::optional<Duration> retryIn; ///< of an open breaker: until it is tried again
    bool isDown = false; ///< it could not be reached last, or is left alone
};

} // namespace lbp
