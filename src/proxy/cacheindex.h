#pragma once

#include "proxy/cachedigest.h"

#include <limits>
#include <vector>

namespace lbp {

/// What is known of one cached answer without its bytes.
struct CacheEntry
{
    CacheDigest digest;
    qint64 expires = 0; ///< microseconds, wall clock
    qint64 used = 0; ///< last use, the same
    quint32 size = 0; ///< what it counts
    bool onFile = false; ///< the file has it or is about to; otherwise it lives as long as it is in memory
    bool touched = false; ///< used since the file was told when
};

/// Cached answers by digest and by last use. A cache of 256 MB may hold hundreds of thousands of small
/// answers, so an entry takes about 75 bytes and no allocation of its own: entries lie in one array, linked
/// by their places (slots) in it. Every call but clear() takes constant time (adding: on average). Thread:
/// the owner's only.
class CacheIndex
{
public:
    using Slot = quint32;
    static constexpr Slot none = std::numeric_limits<Slot>::max();

    CacheIndex();
    [[nodiscard]] Slot find(const CacheDigest &digest) const; ///< none: not there
    [[nodiscard]] CacheEntry &operator[](Slot slot) { return m_nodes[slot].entry; }
    [[nodiscard]] const CacheEntry &operator[](Slot slot) const { return m_nodes[slot].entry; }

    Slot addFirst(const CacheEntry &entry); ///< as the one used last; its digest must not be there yet
    Slot
    addLast(const CacheEntry &entry); ///< as the one unused for longest; its digest must not be there yet
    void toFirst(Slot slot);
    void remove(Slot slot);
    void clear();

    [[nodiscard]] Slot last() const { return m_last; } ///< unused for longest; none when empty
    /// For walking over all entries in no order: slots below slotCount(), of which some are free.
    [[nodiscard]] Slot slotCount() const { return Slot(m_nodes.size()); }
    [[nodiscard]] bool isUsed(Slot slot) const { return !m_nodes[slot].free; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] qsizetype count() const { return m_count; }

private:
    struct Node
    {
        CacheEntry entry;
        Slot previous = none;
        Slot next = none; ///< of a free node: the next free one
        bool free = false;
    };
    [[nodiscard]] size_t home(const CacheDigest &digest) const;
    [[nodiscard]] size_t
    placeOf(const CacheDigest &digest) const; ///< where it is, or the hole where it belongs
    Slot take(const CacheEntry &entry);
    void linkFirst(Slot slot);
    void unlink(Slot slot);
    void grow();

    std::vector<Node> m_nodes;
    std::vector<Slot>
        m_table; ///< open addressing, linear probing, at most half full; the size is a power of two
    quint64 m_seed;
    Slot m_first = none, m_last = none, m_free = none;
    qsizetype m_count = 0;
    qint64 m_bytes = 0;
};

} // namespace lbp
