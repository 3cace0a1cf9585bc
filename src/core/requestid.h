#pragma once

#include "core/clock.h"

#include <algorithm>
#include <compare>
#include <limits>
#include <optional>
#include <QByteArray>
#include <QtGlobal>

namespace lbp {

/// Identity of one exchange: the microsecond at which it began times 1024, plus ten bits that differ by
/// process. Ids grow with time, so the primary key is also the time index of the ledger. Shown as `req_` and
/// 13 base32 characters.
struct RequestId
{
    qint64 value = 0;
    [[nodiscard]] Instant time() const { return fromMicros(value >> 10); }
    [[nodiscard]] QByteArray toText() const;
    [[nodiscard]] static std::optional<RequestId> fromText(QByteArrayView text);
    /// The smallest id at \a time, for ranges. Ends of time, such as that of Period::Total, give the ends of
    /// the ids.
    [[nodiscard]] static RequestId firstAt(Instant time)
    {
        return {std::clamp(toMicros(time), qint64{0}, std::numeric_limits<qint64>::max() >> 10) << 10};
    }
    auto operator<=>(const RequestId &) const = default;
};

/// Hands out ids that are unique and strictly increasing within the process. Thread: one.
class RequestIds
{
public:
    explicit RequestIds(quint32 nodeBits) ///< ten bits, random per process
        : m_node(nodeBits & 1023)
    {
    }
    [[nodiscard]] RequestId next(Instant now);
    void startAfter(RequestId last) { m_last = std::max(m_last, last.value); } ///< the newest in the store

private:
    qint64 m_last = 0;
    quint32 m_node;
};

} // namespace lbp
