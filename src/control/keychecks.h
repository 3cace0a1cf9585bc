#pragma once

#include "core/budget.h"
#include "core/key.h"

namespace lbp {

/// Whether \a text may name a team or a project: at most 100 characters, none that controls or hides, no
/// white space at the ends.
[[nodiscard]] Status checkLabel(QStringView text, QStringView what);
/// Everything about a key that does not depend on other keys. InvalidRequest says what and where.
[[nodiscard]] Status checkKeyRecord(const KeyRecord &key);
[[nodiscard]] Status checkExpiry(const std::optional<Instant> &expiresAt, Instant now);
[[nodiscard]] Status checkBudget(const Budget &budget);

/// Whether the key is revoked as soon as the time to undo that is over.
[[nodiscard]] bool isBeingRevoked(const KeyRecord &key);

} // namespace lbp
