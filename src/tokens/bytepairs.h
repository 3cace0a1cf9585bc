#pragma once

#include "tokens/vocabulary.h"

namespace lbp {

/// What counting did, for tests: time on a busy machine says little.
struct TokenWork
{
    quint64 visited = 0; ///< bytes looked at to find pieces
    quint64 lookups = 0; ///< in the vocabulary
    quint64 moves = 0; ///< steps in the queue of merges, and looks for the next merge in short pieces
    [[nodiscard]] quint64 total() const { return visited + lookups + moves; }
};

/// Turns a piece into tokens: beginning with single bytes, of all adjacent pairs that are a token together
/// the one with the lowest rank becomes one, the leftmost first, until no such pair is left. Keeps its memory
/// between pieces, unless one was very long. Thread: one at a time.
class BytePairs
{
public:
    explicit BytePairs(const Vocabulary &vocabulary)
        : m_vocabulary(vocabulary)
    {
    }
    /// \return the number of tokens. \a tokens, when given, receives them. O(n log n).
    qint64 merge(const uchar *piece, size_t length, TokenWork &work, std::vector<quint32> *tokens = nullptr);

private:
    qint64 mergeShort(const uchar *piece, size_t length, TokenWork &work, std::vector<quint32> *tokens);
    qint64 mergeLong(const uchar *piece, size_t length, TokenWork &work, std::vector<quint32> *tokens);
    [[nodiscard]] quint32 rankOf(const uchar *bytes, size_t length, TokenWork &work) const;

    const Vocabulary &m_vocabulary;
    std::vector<quint32> m_next; ///< by the byte at which a part begins: where the next part begins
    std::vector<quint32> m_previous;
    std::vector<quint32> m_rank; ///< of the part together with the next one
    std::vector<quint64>
        m_queue; ///< heap: rank and place of pairs; those that are not current any more are passed over
};

} // namespace lbp
