#pragma once

#include "core/clock.h"

#include <optional>
#include <QString>

namespace lbp {

/// The pause of everything, as it is remembered.
struct PauseState
{
    bool paused = false;
    std::optional<Instant> until{}; ///< resumes by itself then; nullopt: when somebody resumes it
    [[nodiscard]] bool holdsAt(Instant now) const { return paused && (!until || now < *until); }
    [[nodiscard]] QString toText() const; ///< "0", "1", or "1 until <microseconds>"
    /// Text that cannot be read pauses: a damaged mark must not let money go.
    [[nodiscard]] static PauseState fromText(const QString &text);
    bool operator==(const PauseState &) const = default;
};

} // namespace lbp
