#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "core/secret.h"

#include <optional>
#include <QByteArray>
#include <QString>
#include <QStringList>

namespace lbp {

using KeyId = qint64; ///< primary key of a virtual key; shown to people and the API as "key_<id>"

enum class KeyStatus { Active, Paused, Revoked };

/// A virtual key as it is remembered: never its plaintext.
struct KeyRecord
{
    KeyId id = 0;
    QString name; ///< 1 to 100 characters, no control characters
    QString team; ///< empty: no team
    QString project; ///< label for reports and budgets; empty: none
    QByteArray sha256; ///< 32 bytes
    QByteArray previousSha256; ///< still accepted until previousValidUntil, after a rotation with grace
    std::optional<Instant> previousValidUntil;
    QString last4;
    KeyStatus status = KeyStatus::Active;
    QString pausedReason; ///< "runaway", "user", …; empty unless Paused
    Instant createdAt;
    std::optional<Instant> expiresAt;
    QStringList allowedModels; ///< globs; empty: every model
    std::optional<int> rpm, tpm, parallel; ///< override the configuration's limits
    std::optional<Money> maxSpendPerMinute; ///< runaway guard, off unless set
    bool allowUnmetered = false; ///< paths that may cost money and are not metered pass
    bool operator==(const KeyRecord &) const = default;
};

/// A new key: `lbp_` and 43 base62 characters that hold 32 random bytes from the system.
[[nodiscard]] Secret generateVirtualKey();
[[nodiscard]] Secret generateAdminKey(); ///< the same with the prefix `lbpadmin_`
[[nodiscard]] QByteArray sha256(QByteArrayView bytes); ///< 32 bytes
[[nodiscard]] bool looksLikeVirtualKey(QByteArrayView text); ///< prefix, length and alphabet
[[nodiscard]] Status checkKeyName(QStringView name);

/// `*` any run, `?` one character, everything else itself; the whole \a text must match.
[[nodiscard]] bool globMatches(QStringView glob, QStringView text);
/// How specific a glob is: the number of its literal characters, plus a large bonus without wildcards.
[[nodiscard]] int globSpecificity(QStringView glob);

} // namespace lbp
