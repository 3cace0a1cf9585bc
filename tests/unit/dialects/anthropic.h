#pragma once

#include "unit/dialects/support.h"

namespace lbp::test {

inline const Dialect &messages()
{
    return dialect("/messages");
}

/// Recorded bytes of the Messages API.
inline QByteArray anthropicFile(const char *name)
{
    return recorded(QStringLiteral("anthropic/") + QString::fromLatin1(name));
}

struct MessageCounts
{
    qint64 uncached = 0, cached = 0, write5m = 0, write1h = 0, output = 0, reasoning = 0, searches = 0;
};

inline Usage messageUsage(const MessageCounts &counts)
{
    using enum BillingClass;
    Usage usage;
    usage[UncachedInput] = counts.uncached;
    usage[CachedInput] = counts.cached;
    usage[CacheWrite5m] = counts.write5m;
    usage[CacheWrite1h] = counts.write1h;
    usage[Output] = counts.output;
    usage[Reasoning] = counts.reasoning;
    usage[WebSearchCall] = counts.searches;
    return usage;
}

} // namespace lbp::test
