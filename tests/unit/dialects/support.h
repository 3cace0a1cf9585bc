#pragma once

#include "core/usage.h"
#include "dialects/dialect.h"

#include <QFile>
#include <QString>
#include <QTest>

namespace lbp::test {

/// Recorded bytes of one dialect; empty when the file is missing, which no caller accepts.
inline QByteArray recorded(const QString &name)
{
    QFile file(QStringLiteral(LBP_SOURCE_DIR "/tests/data/dialects/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Counts
{
    qint64 uncached = 0, cached = 0, write = 0, output = 0, reasoning = 0, audioIn = 0, audioOut = 0;
};

inline Usage usageOf(const Counts &counts)
{
    using enum BillingClass;
    Usage usage;
    usage[UncachedInput] = counts.uncached;
    usage[CachedInput] = counts.cached;
    usage[CacheWrite5m] = counts.write;
    usage[Output] = counts.output;
    usage[Reasoning] = counts.reasoning;
    usage[AudioInput] = counts.audioIn;
    usage[AudioOutput] = counts.audioOut;
    return usage;
}

/// Readable in a failed comparison.
inline QString shown(const Usage &usage)
{
    QStringList counts;
    for (const qint64 count : usage.counts)
        counts += QString::number(count);
    return counts.join(u' ');
}

inline const Dialect &dialect(const char *path)
{
    const Dialect *const found = DialectSet::all().find("POST", path);
    Q_ASSERT(found);
    return *found;
}

inline const Dialect &chat()
{
    return dialect("/chat/completions");
}

inline const Dialect &completions()
{
    return dialect("/completions");
}

inline const Dialect &embeddings()
{
    return dialect("/embeddings");
}

} // namespace lbp::test

Q_DECLARE_METATYPE(lbp::Usage)
