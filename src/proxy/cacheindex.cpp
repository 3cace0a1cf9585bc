#include "proxy/cacheindex.h"

#include <bit>
#include <QRandomGenerator>

namespace lbp {

namespace {

constexpr size_t smallestTable = 64;

} // namespace

CacheIndex::CacheIndex()
    : m_table(smallestTable, none)
    // Secret and odd: whoever picks requests whose digests resemble each other cannot make them share a
    // place.
    , m_seed(QRandomGenerator::global()->generate64() | 1)
{
}

size_t CacheIndex::home(const CacheDigest &digest) const
{
    return size_t((digest.words[0] * m_seed) >> (64 - std::countr_zero(m_table.size())));
}

size_t CacheIndex::placeOf(const CacheDigest &digest) const
{
    const size_t mask = m_table.size() - 1;
    size_t place = home(digest);
    while (m_table[place] != none && m_nodes[m_table[place]].entry.digest != digest)
        place = (place + 1) & mask;
    return place;
}

CacheIndex::Slot CacheIndex::find(const CacheDigest &digest) const
{
    return m_table[placeOf(digest)];
}

void CacheIndex::grow()
{
    std::vector<Slot> old(m_table.size() * 2, none);
    old.swap(m_table);
    for (const Slot slot : old)
        if (slot != none)
            m_table[placeOf(m_nodes[slot].entry.digest)] = slot;
}

CacheIndex::Slot CacheIndex::take(const CacheEntry &entry)
{
    if (size_t(m_count + 1) * 2 > m_table.size())
        grow();
    Slot slot = m_free;
    if (slot == none) {
        slot = Slot(m_nodes.size());
        m_nodes.emplace_back();
    } else {
        m_free = m_nodes[slot].next;
    }
    m_nodes[slot] = Node{entry, none, none, false};
    m_table[placeOf(entry.digest)] = slot;
    ++m_count;
    m_bytes += entry.size;
    return slot;
}

void CacheIndex::linkFirst(Slot slot)
{
    m_nodes[slot].previous = none;
    m_nodes[slot].next = m_first;
    (m_first == none ? m_last : m_nodes[m_first].previous) = slot;
    m_first = slot;
}

void CacheIndex::unlink(Slot slot)
{
    const Node &node = m_nodes[slot];
    (node.previous == none ? m_first : m_nodes[node.previous].next) = node.next;
    (node.next == none ? m_last : m_nodes[node.next].previous) = node.previous;
}

CacheIndex::Slot CacheIndex::addFirst(const CacheEntry &entry)
{
    const Slot slot = take(entry);
    linkFirst(slot);
    return slot;
}

CacheIndex::Slot CacheIndex::addLast(const CacheEntry &entry)
{
    const Slot slot = take(entry);
    m_nodes[slot].previous = m_last;
    (m_last == none ? m_first : m_nodes[m_last].next) = slot;
    m_last = slot;
    return slot;
}

void CacheIndex::toFirst(Slot slot)
{
    if (m_first == slot)
        return;
    unlink(slot);
    linkFirst(slot);
}

void CacheIndex::remove(Slot slot)
{
    // What follows without a hole moves up where the hole would hide it, so that no tombstones pile up.
    const size_t mask = m_table.size() - 1;
    size_t hole = placeOf(m_nodes[slot].entry.digest);
    for (size_t place = (hole + 1) & mask; m_table[place] != none; place = (place + 1) & mask) {
        const size_t wanted = home(m_nodes[m_table[place]].entry.digest);
        if (((place - wanted) & mask) >= ((place - hole) & mask)) {
            m_table[hole] = m_table[place];
            hole = place;
        }
    }
    m_table[hole] = none;

    unlink(slot);
    --m_count;
    m_bytes -= m_nodes[slot].entry.size;
    m_nodes[slot] = Node{{}, none, m_free, true};
    m_free = slot;
}

void CacheIndex::clear()
{
    m_nodes = {};
    m_table = std::vector<Slot>(smallestTable, none);
    m_first = m_last = m_free = none;
    m_count = 0;
    m_bytes = 0;
}

} // namespace lbp
