#include "tokens/bytepairs.h"

#include <algorithm>

namespace lbp {
namespace {

/// Below this the plain search for the lowest rank is quicker than a queue.
constexpr size_t mostShort = 96;
/// Memory above what pieces of this length need is given back.
constexpr size_t keptLength = 64 * 1024;

} // namespace

quint32 BytePairs::rankOf(const uchar *bytes, size_t length, TokenWork &work) const
{
    if (length > m_vocabulary.longest())
        return Vocabulary::none;
    ++work.lookups;
    return m_vocabulary.rank(bytes, length);
}

qint64 BytePairs::merge(const uchar *piece, size_t length, TokenWork &work, std::vector<quint32> *tokens)
{
    if (const quint32 whole = rankOf(piece, length, work); whole != Vocabulary::none) {
        if (tokens)
            tokens->push_back(whole);
        return 1;
    }
    return length <= mostShort ? mergeShort(piece, length, work, tokens)
                               : mergeLong(piece, length, work, tokens);
}

qint64 BytePairs::mergeShort(const uchar *piece, size_t length, TokenWork &work, std::vector<quint32> *tokens)
{
    std::array<quint8, mostShort + 1> begins;
    std::array<quint32, mostShort> ranks;
    size_t parts = length;
    for (size_t i = 0; i < length; ++i)
        begins[i] = quint8(i);
    begins[length] = quint8(length);
    for (size_t i = 0; i + 1 < length; ++i)
        ranks[i] = rankOf(piece + i, 2, work);
    while (parts > 1) {
        size_t best = 0;
        for (size_t i = 1; i + 1 < parts; ++i) {
            if (ranks[i] < ranks[best])
                best = i;
        }
        work.moves += parts;
        if (ranks[best] == Vocabulary::none)
            break;
        // The part behind goes into this one.
        std::copy(begins.begin() + best + 2, begins.begin() + parts + 1, begins.begin() + best + 1);
        if (best + 2 < parts)
            std::copy(ranks.begin() + best + 2, ranks.begin() + parts - 1, ranks.begin() + best + 1);
        --parts;
        const auto together = [&](size_t i) {
            return rankOf(piece + begins[i], size_t(begins[i + 2] - begins[i]), work);
        };
        if (best + 1 < parts)
            ranks[best] = together(best);
        if (best > 0)
            ranks[best - 1] = together(best - 1);
    }
    if (tokens) {
        for (size_t i = 0; i < parts; ++i)
            tokens->push_back(m_vocabulary.rank(piece + begins[i], size_t(begins[i + 1] - begins[i])));
    }
    return qint64(parts);
}

qint64 BytePairs::mergeLong(const uchar *piece, size_t length, TokenWork &work, std::vector<quint32> *tokens)
{
    const auto size = quint32(length);
    m_next.resize(length);
    m_previous.resize(length);
    m_rank.resize(length);
    m_queue.clear();
    const auto later = [&work](quint64 a, quint64 b) {
        ++work.moves;
        return a > b;
    };
    for (quint32 i = 0; i < size; ++i) {
        m_next[i] = i + 1;
        m_previous[i] = i - 1; // of the first one: never used
        m_rank[i] = i + 1 < size ? rankOf(piece + i, 2, work) : Vocabulary::none;
        if (m_rank[i] != Vocabulary::none)
            m_queue.push_back(quint64(m_rank[i]) << 32 | i);
    }
    std::make_heap(m_queue.begin(), m_queue.end(), later);
    // The pair of the part at `at` with the one behind it, which is not the last.
    const auto look = [&](quint32 at) {
        const quint32 behind = m_next[at];
        m_rank[at] = behind < size ? rankOf(piece + at, m_next[behind] - at, work) : Vocabulary::none;
        if (m_rank[at] == Vocabulary::none)
            return;
        m_queue.push_back(quint64(m_rank[at]) << 32 | at);
        std::push_heap(m_queue.begin(), m_queue.end(), later);
    };
    auto parts = qint64(length);
    while (!m_queue.empty()) {
        std::pop_heap(m_queue.begin(), m_queue.end(), later);
        const quint64 first = m_queue.back();
        m_queue.pop_back();
        const auto at = quint32(first);
        if (m_rank[at] != quint32(first >> 32))
            continue; // it has become part of another, or has got another neighbour
        const quint32 gone = m_next[at];
        m_rank[gone] = Vocabulary::none;
        m_next[at] = m_next[gone];
        if (m_next[at] < size)
            m_previous[m_next[at]] = at;
        --parts;
        look(at);
        if (at > 0)
            look(m_previous[at]);
    }
    if (tokens) {
        for (quint32 at = 0; at < size; at = m_next[at])
            tokens->push_back(m_vocabulary.rank(piece + at, m_next[at] - at));
    }
    if (length > keptLength) {
        for (std::vector<quint32> *memory : {&m_next, &m_previous, &m_rank})
            std::vector<quint32>().swap(*memory);
        std::vector<quint64>().swap(m_queue);
    }
    return parts;
}

} // namespace lbp
