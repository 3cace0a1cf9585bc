#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "wire/headers.h"

#include <QHash>
#include <QHostAddress>
#include <QStringList>

namespace lbp {

/// Keeps web pages away from the management side. Forbidden when
/// - Host is neither a loopback name or address nor one of \a allowedHosts (a page whose name was rebound to
/// this machine),
/// - there is an Origin other than the host asked (any page of another place, also "null"),
/// - Sec-Fetch-Site says that a page of another place asks.
[[nodiscard]] Status checkOrigin(const HeaderList &headers, const QStringList &allowedHosts);

/// The credential of "Authorization: Bearer …"; empty when there is none. Cookies and query parameters are
/// never looked at.
[[nodiscard]] QByteArray bearer(const HeaderList &headers);

/// Makes guessing slow: each failed attempt of a peer doubles the time until its next answer, up to five
/// seconds. Failures are forgotten after ten quiet minutes. The number of answers held back is bounded;
/// beyond it attempts are refused unread. Whoever has the right key is never held back. Thread: one.
class LoginThrottle
{
public:
    static constexpr Duration firstDelay = std::chrono::milliseconds(50);
    static constexpr Duration maxDelay = std::chrono::seconds(5);
    static constexpr Duration forgetAfter = std::chrono::minutes(10);
    static constexpr int maxHeld = 64; ///< answers held back at one time, for one peer
    static constexpr qsizetype maxPeers = 1000;

    /// Whether an attempt of \a peer may be looked at now.
    [[nodiscard]] bool mayTry(const QHostAddress &peer) const;
    /// Counts a failed attempt; its answer is to be held back for the returned time. Call released() then.
    [[nodiscard]] Duration failed(const QHostAddress &peer, Duration now);
    void released(const QHostAddress &peer);

private:
    struct State
    {
        int failures = 0;
        int held = 0;
        Duration last{};
    };
    QHash<QHostAddress, State> m_peers;
};

} // namespace lbp
