#pragma once

#include "config/config.h"
#include "core/clock.h"
#include "core/money.h"
#include "core/usage.h"
#include "wire/headers.h"

#include <array>
#include <functional>
#include <list>
#include <memory>
#include <QByteArray>

namespace lbp {

/// A whole answer as a client got it, to be replayed byte for byte.
struct CachedAnswer
{
    int status = 200;
    /// The provider's, without hop-by-hop fields, Content-Length, the fields that we add and those meant for
    /// one client only.
    HeaderList headers;
    QByteArray body; ///< for a stream: all of its bytes
    bool stream = false;
    Usage usage; ///< what it took when it was made
    Money cost; ///< what a hit saves
};
using CachedAnswerPtr = std::shared_ptr<const CachedAnswer>;

/// 32 bytes that stand for one request: a digest over scope, provider, path with query, accepted coding and
/// the whole body.
struct CacheKey
{
    QByteArray digest;
    bool operator==(const CacheKey &) const = default;
};
/// What long bodies are reduced with: the key of a universal hash (GMAC, NIST SP 800-38D), several times as
/// fast as SHA-256. Two bodies of a megabyte collide with a probability below 2^-100, and as long as nobody
/// sees the secret nobody can choose two that do.
struct CacheSecret
{
    std::array<unsigned char, 16> bytes{};
    /// The one beside \a cacheFile, made on first use with mode 0600; one for this process alone when \a
    /// cacheFile is empty or that file cannot be read or written.
    [[nodiscard]] static CacheSecret beside(const QString &cacheFile);
};
/// Pure. No two different requests have the same key, however their bytes are spread over the parameters.
[[nodiscard]] CacheKey cacheKey(const CacheSecret &secret, QByteArrayView scope, QByteArrayView provider,
                                QByteArrayView target, QByteArrayView acceptEncoding, QByteArrayView body);

/// Answers by exact request. An index in memory knows every entry; the bodies last used are kept in memory,
/// the rest in a SQLite file of its own, read and written on a thread of the cache that starts when it is
/// first needed. Bounded in bytes (least recently used goes first) and in time. A file that cannot be read is
/// set aside as FILE.damaged-TIME and begun anew: a cache holds nothing that cannot be had again. The file
/// knows requests by their digests only. Thread: proxy thread (the one that constructed it); never waits for
/// the disk.
class ResponseCache
{
public:
    using Found = std::function<void(CachedAnswerPtr)>; ///< nullptr: not there after all
    struct Limits
    {
        /// Bodies and heads, memory and file together, and 1024 more for each entry. 0: switched off; what
        /// there was is dropped.
        qint64 maxBytes = 256ll * 1024 * 1024;
        qint64 maxMemoryBytes = 16ll * 1024 * 1024; ///< of it in memory
        qint64 maxEntryBytes = 4ll * 1024 * 1024;
    };
    /// \param file SQLite file, created with mode 0600; empty: memory only. The index is loaded in the
    /// background; until then everything is a miss. It is not touched when the cache is switched off.
    ResponseCache(QString file, Limits limits, const Clock &clock);
    ~ResponseCache(); ///< writes what is queued, bounded to two seconds; whoever still waits in find() is not
                      ///< called any more
    ResponseCache(const ResponseCache &) = delete;
    ResponseCache &operator=(const ResponseCache &) = delete;

    [[nodiscard]] const CacheSecret &secret() const; ///< for cacheKey()
    /// False: certainly not there. True: find() is worth calling.
    [[nodiscard]] bool mayHave(const CacheKey &key) const;
    /// \a found is called at once when the body is in memory or there is none, else later on this thread
    /// (through its event loop). It may do anything with this cache, also destroy it.
    void find(const CacheKey &key, Found found);
    /// Replaces what was there. An answer that is larger than the limits is not kept.
    void put(const CacheKey &key, CachedAnswerPtr answer, Duration ttl);
    void clear();
    void setLimits(Limits limits);
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] qsizetype count() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace lbp
