#pragma once

#include "tokens/encoding.h"

#include <QByteArrayView>

namespace lbp {

/// What a text holds, as far as bounds for tokenizers ask that are not public.
struct TextCensus
{
    qint64 tokens = 0; ///< in the encoding it was counted with
    qint64 bytes = 0;
    qint64 digits = 0; ///< 0 to 9
    qint64 wideBytes = 0; ///< of characters beyond ASCII
    qint64 repeats = 0; ///< ASCII bytes that are the same as the one before, but for digits and spaces
    qint64 repeatedSpaces = 0;
    bool exact = true; ///< false: `tokens` is an upper bound

    void addBytes(QByteArrayView text); ///< everything but `tokens`
    TextCensus &operator+=(const TextCensus &other);
    /// For \a bytes that nobody counted: a token each, which no byte-level encoding exceeds.
    [[nodiscard]] static TextCensus uncounted(qint64 bytes);
    bool operator==(const TextCensus &) const = default;
};

/// How a model's tokens are known.
///
/// Exact: its tokenizer is public. Factor: it is not, so the count of o200k_base is taken times a factor, and
/// on top a token for each of what thriftier vocabularies join and others may not: digits, bytes beyond
/// ASCII, repeated characters (of spaces a fourth, since every vocabulary in use joins indentation). Bytes:
/// nothing is known, a token a byte. What was learned from the provider's own counts then takes the bound
/// down (learning.h).
struct CountRule
{
    enum class Kind { Exact, Factor, Bytes };
    Kind kind = Kind::Bytes;
    Encoding encoding = Encoding::O200k;
    int atMostPermille = 1000; ///< of the count
    int likelyPermille = 1000;
    bool hiddenText = false; ///< the provider adds a few tokens of its own
    const char *reason = "";
};
[[nodiscard]] CountRule countRuleFor(QStringView model);

/// Room for text that a provider adds and nobody sees, and for a frame whose rule is not known.
inline constexpr qint64 hiddenTextTokens = 256;

/// The input of a request, as its dialect described it and a tokenizer counted it.
struct RequestText
{
    TextCensus text;
    qint64 overhead = 0; ///< tokens of roles and separators by the API's rules
    qint64 unreadable = 0; ///< upper bound of what is no text
    bool rulesKnown = false; ///< the overhead is what the provider counts
};

/// What the past says about a model's bounds.
struct LearnedScale
{
    int atMostPermille = 1000; ///< what of the bound is enough
    int likelyPermille = 0; ///< what of the bound it most likely is; 0: not known
};

struct RequestEstimate
{
    qint64 atMost = 0; ///< tokens
    qint64 likely = 0; ///< never above atMost
    qint64 bound = 0; ///< atMost before anything was learned: what actual counts are held against
    bool exact = false; ///< all three are the provider's own number
};
[[nodiscard]] RequestEstimate estimateRequest(const CountRule &rule, const RequestText &request,
                                              const LearnedScale &learned = {});

} // namespace lbp
