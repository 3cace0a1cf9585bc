#include "proxy/cache.h"

#include "core/mailbox.h"
#include "proxy/cachefile.h"
#include "proxy/cacheindex.h"

#include <list>
#include <QObject>
#include <QPointer>
#include <unordered_map>

namespace lbp {

namespace {

constexpr qint64 entryOverhead = 1024; // its row, what is left empty of its pages, its place in the index
constexpr qint64 fieldOverhead = 8;
constexpr size_t touchesPerReport = 1024;
constexpr int sweptPerPut = 4;

qint64 sizeOf(const CachedAnswer &answer)
{
    qint64 size = entryOverhead + answer.body.size();
    for (const Header &header : answer.headers)
        size += fieldOverhead + header.name.size() + header.value.size();
    return size;
}

/// A body that was put together piece by piece may have reserved far more than it has.
qint64 memoryOf(const CachedAnswer &answer, qint64 size)
{
    return size + std::max<qint64>(0, answer.body.capacity() - answer.body.size());
}

} // namespace

struct ResponseCache::Private
{
    using Slot = CacheIndex::Slot;
    struct Hot
    {
        CachedAnswerPtr answer;
        qint64 bytes = 0;
        std::list<Slot>::iterator place;
    };

    Private(QString name, Limits bounds, const Clock &time)
        : secretPlace(name)
        , limits(bounds)
        , clock(time)
        , mailbox(&receiver)
    {
        if (!name.isEmpty())
            file = std::make_unique<CacheFile>(std::move(name), events());
    }
    ~Private()
    {
        // What callbacks own may come back to this cache when it is destroyed.
        const auto dropped = std::exchange(waiting, {});
        if (file && file->isStarted())
            reportTouches();
    }

    /// Writing an answer to the file costs more than all the rest of a request. People and their tools make a
    /// few new answers a second; above that, most are never asked for again, so the surplus stays in memory
    /// alone.
    [[nodiscard]] bool mayWrite(qint64 moment)
    {
        constexpr qint64 writesPerSecond = 50;
        constexpr qint64 burst = 500;
        constexpr qint64 cost = 1'000'000 / writesPerSecond;
        credit = std::min(burst * cost, credit + std::max<qint64>(0, moment - creditAt));
        creditAt = moment;
        if (credit < cost)
            return false;
        credit -= cost;
        return true;
    }
    qint64 credit = 0; ///< microseconds
    qint64 creditAt = 0;

    const QString secretPlace;
    mutable std::optional<CacheSecret>
        secret; ///< made when first asked for: a cache that is off leaves no file
    [[nodiscard]] bool isOn() const { return limits.maxBytes > 0; }
    [[nodiscard]] qint64 now() const { return toMicros(clock.now()); }

    CacheFile::Events events();
    void loadWhatExists()
    {
        if (isOn() && file && !file->isStarted() && file->exists())
            file->start(now());
    }
    void take(const std::vector<CacheRow> &rows);
    void takeRead(const CacheDigest &digest, CachedAnswerPtr answer);
    void fileIsEmpty();

    [[nodiscard]] CachedAnswerPtr inMemory(Slot slot);
    void markUsed(Slot slot, qint64 moment);
    void reportTouches();
    void keepHot(Slot slot, CachedAnswerPtr answer);
    void cool(Slot slot);
    void shrinkMemory(); ///< may drop entries that are nowhere else
    void drop(Slot slot);
    void evict();
    void sweep(qint64 moment);
    void clear();

    Limits limits;
    const Clock &clock;
    CacheIndex index;
    std::unordered_map<Slot, Hot> hot;
    std::list<Slot> hotOrder; ///< used last first
    qint64 hotBytes = 0;
    std::vector<CacheDigest> touched;
    std::unordered_map<CacheDigest, std::vector<Found>, CacheDigestHash> waiting; ///< look-ups in the file
    Slot sweptUpTo = 0;
    quint64 generation = 0; ///< counts clear(): what was loaded before it is void
    QObject receiver;
    Mailbox mailbox;
    std::unique_ptr<CacheFile> file; ///< destroyed first: its thread reports to the mailbox
};

CacheFile::Events ResponseCache::Private::events()
{
    CacheFile::Events events;
    events.loaded = [this, address = mailbox.address()](std::vector<CacheRow> rows) {
        address.post([this, rows = std::move(rows)] { take(rows); });
    };
    events.read = [this, address = mailbox.address()](const CacheDigest &digest,
                                                      const CachedAnswerPtr &answer) {
        address.post([this, digest, answer] { takeRead(digest, answer); });
    };
    events.lost = [this, address = mailbox.address()] { address.post([this] { fileIsEmpty(); }); };
    return events;
}

void ResponseCache::Private::take(const std::vector<CacheRow> &rows)
{
    if (generation > 0)
        return;
    for (const CacheRow &row : rows) {
        if (index.find(row.digest) != CacheIndex::none)
            continue; // made anew meanwhile
        if (index.bytes() + row.size > limits.maxBytes)
            file->forget(row.digest);
        else
            index.addLast({row.digest, row.expires, row.used, quint32(row.size), true, false});
    }
}

void ResponseCache::Private::takeRead(const CacheDigest &digest, CachedAnswerPtr answer)
{
    auto node = waiting.extract(digest);
    if (node.empty())
        return;
    const Slot slot = index.find(digest);
    CachedAnswerPtr result;
    if (slot != CacheIndex::none && index[slot].expires > now()) {
        result = inMemory(slot);
        if (!result && answer) {
            result = answer;
            keepHot(slot, std::move(answer));
        }
        if (!result)
            drop(slot);
    }
    // A callback may destroy the cache: nothing of it is touched from here on, and who still waits is not
    // called.
    const QPointer<QObject> alive(&receiver);
    for (const Found &found : node.mapped())
        if (alive)
            found(result);
}

void ResponseCache::Private::fileIsEmpty()
{
    for (Slot slot = 0; slot < index.slotCount(); ++slot) {
        if (!index.isUsed(slot) || !index[slot].onFile || file->unwritten(index[slot].digest))
            continue;
        if (hot.contains(slot))
            index[slot].onFile = false;
        else
            drop(slot);
    }
}

CachedAnswerPtr ResponseCache::Private::inMemory(Slot slot)
{
    if (const auto it = hot.find(slot); it != hot.end()) {
        hotOrder.splice(hotOrder.begin(), hotOrder, it->second.place);
        return it->second.answer;
    }
    CachedAnswerPtr answer = file ? file->unwritten(index[slot].digest) : nullptr;
    if (answer)
        keepHot(slot, answer);
    return answer;
}

void ResponseCache::Private::markUsed(Slot slot, qint64 moment)
{
    index.toFirst(slot);
    CacheEntry &entry = index[slot];
    entry.used = moment;
    if (!entry.onFile || entry.touched)
        return;
    entry.touched = true;
    touched.push_back(entry.digest);
    if (touched.size() >= touchesPerReport)
        reportTouches();
}

void ResponseCache::Private::reportTouches()
{
    std::vector<CacheTouch> touches;
    touches.reserve(touched.size());
    for (const CacheDigest &digest : std::exchange(touched, {})) {
        const Slot slot = index.find(digest);
        if (slot == CacheIndex::none)
            continue;
        index[slot].touched = false;
        touches.push_back({digest, index[slot].used});
    }
    if (!touches.empty())
        file->touch(std::move(touches));
}

void ResponseCache::Private::keepHot(Slot slot, CachedAnswerPtr answer)
{
    const qint64 bytes = memoryOf(*answer, index[slot].size);
    if (bytes > limits.maxMemoryBytes)
        return;
    hotOrder.push_front(slot);
    hot.emplace(slot, Hot{std::move(answer), bytes, hotOrder.begin()});
    hotBytes += bytes;
    shrinkMemory();
}

void ResponseCache::Private::cool(Slot slot)
{
    const auto it = hot.find(slot);
    if (it == hot.end())
        return;
    hotBytes -= it->second.bytes;
    hotOrder.erase(it->second.place);
    hot.erase(it);
}

void ResponseCache::Private::shrinkMemory()
{
    while (hotBytes > limits.maxMemoryBytes && !hotOrder.empty()) {
        const Slot slot = hotOrder.back();
        if (index[slot].onFile)
            cool(slot);
        else
            drop(slot);
    }
}

void ResponseCache::Private::drop(Slot slot)
{
    cool(slot);
    if (index[slot].onFile)
        file->forget(index[slot].digest);
    index.remove(slot);
}

void ResponseCache::Private::evict()
{
    while (index.bytes() > limits.maxBytes && index.count() > 0)
        drop(index.last());
}

/// Answers that nobody asks for again must not stay on the disk long after their time.
void ResponseCache::Private::sweep(qint64 moment)
{
    for (int i = 0; i < sweptPerPut && index.slotCount() > 0; ++i) {
        if (++sweptUpTo >= index.slotCount())
            sweptUpTo = 0;
        if (index.isUsed(sweptUpTo) && index[sweptUpTo].expires <= moment)
            drop(sweptUpTo);
    }
}

void ResponseCache::Private::clear()
{
    ++generation;
    index.clear();
    hot.clear();
    hotOrder.clear();
    hotBytes = 0;
    touched.clear();
    if (!file || (!file->isStarted() && !file->exists()))
        return;
    file->start(now());
    file->clear();
}

ResponseCache::ResponseCache(QString file, Limits limits, const Clock &clock)
    : d(std::make_unique<Private>(std::move(file), limits, clock))
{
    d->loadWhatExists();
}

ResponseCache::~ResponseCache() = default;

bool ResponseCache::mayHave(const CacheKey &key) const
{
    if (d->index.count() == 0)
        return false;
    const auto digest = CacheDigest::from(key.digest);
    const CacheIndex::Slot slot = digest ? d->index.find(*digest) : CacheIndex::none;
    return slot != CacheIndex::none && d->index[slot].expires > d->now();
}

void ResponseCache::find(const CacheKey &key, Found found)
{
    const auto digest = CacheDigest::from(key.digest);
    const CacheIndex::Slot slot = digest ? d->index.find(*digest) : CacheIndex::none;
    if (slot == CacheIndex::none)
        return found(nullptr);
    const qint64 now = d->now();
    if (d->index[slot].expires <= now) {
        d->drop(slot);
        return found(nullptr);
    }
    d->markUsed(slot, now);
    if (CachedAnswerPtr answer = d->inMemory(slot))
        return found(std::move(answer));
    auto &waiting = d->waiting[*digest];
    waiting.push_back(std::move(found));
    if (waiting.size() == 1)
        d->file->read(*digest);
}

void ResponseCache::put(const CacheKey &key, CachedAnswerPtr answer, Duration ttl)
{
    const auto digest = CacheDigest::from(key.digest);
    if (!digest || !answer || !d->isOn())
        return;
    // Also when the new answer is refused below: the one from before is no longer what the provider says.
    if (const CacheIndex::Slot old = d->index.find(*digest); old != CacheIndex::none)
        d->drop(old);
    const qint64 now = d->now();
    d->sweep(now);
    const qint64 size = sizeOf(*answer);
    if (ttl.count() <= 0 || size > d->limits.maxEntryBytes || size > d->limits.maxBytes)
        return;

    CacheEntry entry{*digest, now + ttl.count(), now, quint32(size), false, false};
    if (d->file && d->mayWrite(now)) {
        d->file->start(now);
        entry.onFile = d->file->write(*digest, {answer, size, entry.expires, now});
    }
    if (!entry.onFile && memoryOf(*answer, size) > d->limits.maxMemoryBytes)
        return;
    const CacheIndex::Slot slot = d->index.addFirst(entry);
    d->keepHot(slot, std::move(answer));
    d->evict();
}

const CacheSecret &ResponseCache::secret() const
{
    if (!d->secret)
        d->secret = CacheSecret::beside(d->secretPlace);
    return *d->secret;
}

void ResponseCache::clear()
{
    d->clear();
}

void ResponseCache::setLimits(Limits limits)
{
    const bool wasOn = d->isOn();
    d->limits = limits;
    if (wasOn && !d->isOn())
        return d->clear();
    d->shrinkMemory();
    d->evict();
    d->loadWhatExists();
}

qint64 ResponseCache::bytes() const
{
    return d->index.bytes();
}

qsizetype ResponseCache::count() const
{
    return d->index.count();
}

} // namespace lbp
