#include "proxy/keyring.h"

#include "proxy/cachedigest.h"

#include <algorithm>

namespace lbp {

bool KeyEntry::allowsModel(QStringView model) const
{
    return record.allowedModels.isEmpty()
        || std::any_of(record.allowedModels.begin(), record.allowedModels.end(),
                       [model](const QString &glob) { return globMatches(glob, model); });
}

std::shared_ptr<const Series> KeyEntry::series(const QString &provider, const QString &model) const
{
    const std::pair<QString, QString> label(provider, model);
    if (const auto it = m_series.constFind(label); it != m_series.cend())
        return *it;
    if (m_series.size() >= maxSeries)
        m_series.clear();
    auto made =
        std::make_shared<const Series>(Series{record.id, record.team, record.project, provider, model});
    m_series.insert(label, made);
    return made;
}

void KeyRing::setLimits(const RateLimits &defaults, const QList<LimitOverride> &overrides)
{
    m_defaults = defaults;
    m_overrides = overrides;
    const QList<KeyPtr> entries = m_byId.values();
    for (const KeyPtr &entry : entries)
        put(entry->record);
}

void KeyRing::put(KeyRecord record)
{
    if (const KeyPtr old = m_byId.value(record.id))
        unindex(*old);
    auto entry = std::make_shared<KeyEntry>();
    entry->limits = limitsFor(record, m_defaults, m_overrides);
    entry->spender = Spender{record.id, record.team, record.project};
    entry->record = std::move(record);
    index(entry);
}

void KeyRing::index(const KeyPtr &entry)
{
    m_byId.insert(entry->record.id, entry);
    if (entry->record.status == KeyStatus::Revoked)
        return;
    m_byHash.insert(entry->record.sha256, entry);
    if (!entry->record.previousSha256.isEmpty())
        m_byHash.insert(entry->record.previousSha256, entry);
}

void KeyRing::unindex(const KeyEntry &entry)
{
    m_byHash.remove(entry.record.sha256);
    if (!entry.record.previousSha256.isEmpty())
        m_byHash.remove(entry.record.previousSha256);
}

KeyPtr KeyRing::find(QByteArrayView presented, Instant now) const
{
    if (!looksLikeVirtualKey(presented))
        return nullptr;
    // The whole digest is the look-up key: what an attacker can learn from timing is about the digest, not
    // the key.
    const QByteArray digest = sha256Of(presented);
    const KeyPtr entry = m_byHash.value(digest);
    if (!entry || (entry->record.expiresAt && *entry->record.expiresAt <= now))
        return nullptr;
    if (digest != entry->record.sha256 && entry->record.previousValidUntil
        && *entry->record.previousValidUntil <= now)
        return nullptr;
    return entry;
}

} // namespace lbp
