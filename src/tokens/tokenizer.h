#pragma once

#include "tokens/bytepairs.h"

#include <QByteArrayView>

namespace lbp {

struct TokenCount
{
    qint64 tokens = 0;
    bool exact = true; ///< false: an upper bound
    TokenCount &operator+=(const TokenCount &other)
    {
        tokens += other.tokens;
        exact = exact && other.exact;
        return *this;
    }
};

/// Counts tokens of UTF-8 text exactly as the encoding's own implementation. Text is plain: what looks like a
/// special token
/// ("<|endoftext|>") is text like any other, as it is in API input. Broken UTF-8 and lone surrogates are read
/// as U+FFFD; a byte order mark counts.
///
/// Work is O(n log n) in the worst case, which is one piece of n bytes, and linear otherwise. Memory: a cache
/// of 256 KiB for short pieces, and up to 28 bytes for each byte of the longest piece. Ownership: borrows the
/// vocabulary. Thread: one at a time.
class Tokenizer
{
public:
    /// A piece beyond this (one "word" without a space or a change of kind) is taken for a token a byte,
    /// which no byte-level encoding exceeds: a queue for it would need memory without a bound.
    static constexpr size_t mostExactPiece = 1024 * 1024;

    explicit Tokenizer(const Vocabulary &vocabulary);

    /// \param stop when given and set from another thread, counting ends early and the result means nothing.
    [[nodiscard]] TokenCount count(QByteArrayView text, const std::atomic<bool> *stop = nullptr);
    [[nodiscard]] std::vector<quint32> encode(QByteArrayView text);

    [[nodiscard]] Encoding encoding() const { return m_vocabulary.encoding(); }
    [[nodiscard]] const TokenWork &work() const { return m_work; } ///< since it was made

private:
    /// A piece of at most 15 bytes and its count. The upper byte of `high` is the length and the count, four
    /// bits each; a length of 0 is an empty place.
    struct Known
    {
        quint64 low = 0, high = 0;
    };
    [[nodiscard]] qint64 countShort(const uchar *piece, size_t length, const uchar *end);
    [[nodiscard]] TokenCount countValid(QByteArrayView text, const std::atomic<bool> *stop);

    const Vocabulary &m_vocabulary;
    BytePairs m_pairs;
    std::vector<Known> m_known; ///< by hash, one place each: a newer piece takes the place of an older one
    TokenWork m_work;
};

} // namespace lbp
