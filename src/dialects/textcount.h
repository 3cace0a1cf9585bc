#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace lbp {

/// Measures text that a model wrote, without a tokenizer. Plain numbers, so that counts of several pieces add
/// up.
struct TextCount
{
    qint64 bytes = 0; ///< UTF-8 bytes
    qint64 ascii = 0; ///< code points below U+0080
    qint64 wide = 0; ///< all other code points
    qint64 runs = 0; ///< code points that differ from the one before: long runs may be one token

    /// Adds the inside of a JSON string (without its quotes) as it stands in the bytes; escapes count as what
    /// they mean.
    void addEscaped(QByteArrayView inside);
    /// Adds text that is no JSON.
    void addPlain(QByteArrayView text);
    TextCount &operator+=(const TextCount &other);

    /// What surely was generated: one token for eight code points, runs of one character counted once. Far
    /// below what any tokenizer in use makes of real text in any script (the thriftiest known is about five).
    [[nodiscard]] qint64 tokensAtLeast() const { return runs / 8; }
    /// The likeliest: four ASCII characters a token, rounded up, and a token for every other character. Meant
    /// to be right for English, and above the truth rather than below it for other scripts.
    [[nodiscard]] qint64 tokensLikely() const { return (ascii + 3) / 4 + wide; }
};

} // namespace lbp
