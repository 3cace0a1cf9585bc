#pragma once

#include "config/config.h"
#include "core/exchangerow.h"
#include "core/key.h"
#include "core/ledger.h"
#include "core/limiter.h"

#include <memory>
#include <QHash>

namespace lbp {

/// A virtual key with what is worked out once for it.
struct KeyEntry
{
    KeyRecord record;
    RateLimits limits;
    Spender spender;

    [[nodiscard]] bool allowsModel(QStringView model) const;
    /// The labels of a row, the same object for the same provider and model, so that the store can know it by
    /// address.
    [[nodiscard]] std::shared_ptr<const Series> series(const QString &provider, const QString &model) const;

private:
    static constexpr int maxSeries = 64; ///< models come from clients, so what is kept is bounded
    mutable QHash<std::pair<QString, QString>, std::shared_ptr<const Series>> m_series;
};
using KeyPtr = std::shared_ptr<const KeyEntry>;

/// Virtual keys by the SHA-256 of their plaintext. Exchanges hold a KeyPtr, so a change never pulls a key
/// from under them. Thread: proxy thread.
class KeyRing
{
public:
    void setLimits(const RateLimits &defaults, const QList<LimitOverride> &overrides);
    void put(KeyRecord record);
    /// The key whose plaintext is \a presented, if it is active or paused and not expired at \a now; nullptr
    /// otherwise.
    [[nodiscard]] KeyPtr find(QByteArrayView presented, Instant now) const;
    [[nodiscard]] KeyPtr byId(KeyId id) const { return m_byId.value(id); }
    [[nodiscard]] qsizetype size() const { return m_byId.size(); }

private:
    void index(const KeyPtr &entry);
    void unindex(const KeyEntry &entry);
    RateLimits m_defaults;
    QList<LimitOverride> m_overrides;
    QHash<KeyId, KeyPtr> m_byId;
    QHash<QByteArray, KeyPtr> m_byHash;
};

} // namespace lbp
