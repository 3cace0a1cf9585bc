#include "tokens/estimate.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

/// \a count times \a permille / 1000, rounded up. Counts are far below 2^50: bodies are limited.
qint64 scaled(qint64 count, qint64 permille)
{
    return (count / 1000) * permille + ((count % 1000) * permille + 999) / 1000;
}

struct Family
{
    QStringView prefix; ///< of the bare name
    int atMostPermille, likelyPermille;
    const char *reason;
};

constexpr const char *claudeReason =
    "No public tokenizer since Claude 3. Reports lie at 1.1 to 1.2 times o200k for prose and code, and up to "
    "1.35 for the newest models.";
constexpr const char *geminiReason =
    "SentencePiece with 262,144 entries, larger than o200k, but each digit is a token of its own.";
constexpr const char *largeReason =
    "A byte-level vocabulary of 100,000 to 200,000 entries: near o200k for English and code, more for what "
    "its training saw less of.";
constexpr const char *smallReason =
    "Members of this family have vocabularies from 32,000 entries on, which make up to 1.4 times the tokens "
    "for code.";

/// Families whose vocabularies are like those that factors were reported for.
constexpr std::array<Family, 14> families{{{u"claude", 1350, 1200, claudeReason},
                                           {u"gemini", 1250, 1050, geminiReason},
                                           {u"gemma", 1250, 1050, geminiReason},
                                           {u"deepseek", 1300, 1050, largeReason},
                                           {u"grok", 1300, 1050, largeReason},
                                           {u"qwen", 1300, 1050, largeReason},
                                           {u"kimi", 1300, 1050, largeReason},
                                           {u"glm", 1300, 1050, largeReason},
                                           {u"llama", 1500, 1100, smallReason},
                                           {u"mistral", 1500, 1150, smallReason},
                                           {u"ministral", 1500, 1150, smallReason},
                                           {u"mixtral", 1500, 1150, smallReason},
                                           {u"codestral", 1500, 1150, smallReason},
                                           {u"devstral", 1500, 1150, smallReason}}};

qint64 boundOf(const CountRule &rule, const RequestText &request)
{
    const TextCensus &text = request.text;
    const qint64 rest = request.unreadable + hiddenTextTokens;
    switch (rule.kind) {
    case CountRule::Kind::Exact:
        return text.tokens + request.overhead + rest;
    case CountRule::Kind::Factor:
        // Another provider's frame is not that of the API's maker: twice as much is room for it.
        return std::min(text.bytes,
                        scaled(text.tokens, rule.atMostPermille) + text.digits + text.wideBytes + text.repeats
                            + (text.repeatedSpaces + 3) / 4)
            + 2 * request.overhead + rest;
    case CountRule::Kind::Bytes:
        break;
    }
    return text.bytes + 2 * request.overhead + rest;
}

} // namespace

void TextCensus::addBytes(QByteArrayView text)
{
    bytes += text.size();
    uchar before = 0;
    for (const char byte : text) {
        const auto c = uchar(byte);
        if (c >= 0x80)
            ++wideBytes;
        else if (c >= '0' && c <= '9')
            ++digits;
        else if (c == before)
            ++(c == ' ' ? repeatedSpaces : repeats);
        before = c;
    }
}

TextCensus &TextCensus::operator+=(const TextCensus &other)
{
    tokens += other.tokens;
    bytes += other.bytes;
    digits += other.digits;
    wideBytes += other.wideBytes;
    repeats += other.repeats;
    repeatedSpaces += other.repeatedSpaces;
    exact = exact && other.exact;
    return *this;
}

TextCensus TextCensus::uncounted(qint64 bytes)
{
    TextCensus census;
    census.tokens = bytes;
    census.bytes = bytes;
    census.exact = false;
    return census;
}

CountRule countRuleFor(QStringView model)
{
    CountRule rule;
    rule.hiddenText = addsHiddenText(model);
    if (const std::optional<Encoding> encoding = encodingFor(model)) {
        rule.kind = CountRule::Kind::Exact;
        rule.encoding = *encoding;
        rule.reason = "The tokenizer is public.";
        return rule;
    }
    const QString name = bareModelName(model);
    for (const Family &family : families) {
        if (!name.startsWith(family.prefix))
            continue;
        rule.kind = CountRule::Kind::Factor;
        rule.atMostPermille = family.atMostPermille;
        rule.likelyPermille = family.likelyPermille;
        rule.reason = family.reason;
        return rule;
    }
    rule.likelyPermille = 1100;
    rule.reason = "Nothing is known of its tokenizer: no byte-level one makes more than a token of a byte.";
    return rule;
}

RequestEstimate estimateRequest(const CountRule &rule, const RequestText &request,
                                const LearnedScale &learned)
{
    RequestEstimate estimate;
    const TextCensus &text = request.text;
    const qint64 counted = text.tokens + request.overhead;
    if (rule.kind == CountRule::Kind::Exact && text.exact && request.rulesKnown && !rule.hiddenText
        && request.unreadable == 0) {
        estimate.atMost = estimate.likely = estimate.bound = counted;
        estimate.exact = true;
        return estimate;
    }
    estimate.bound = boundOf(rule, request);
    estimate.atMost = scaled(estimate.bound, learned.atMostPermille);
    // The text itself is surely billed where its tokenizer is known.
    if (rule.kind == CountRule::Kind::Exact && text.exact)
        estimate.atMost = std::max(estimate.atMost, counted);
    // A text that nobody counted has likely a token in three bytes.
    const qint64 likelyText = text.exact ? scaled(text.tokens, rule.likelyPermille) : (text.bytes + 2) / 3;
    estimate.likely = learned.likelyPermille > 0 ? scaled(estimate.bound, learned.likelyPermille)
                                                 : likelyText + request.overhead + request.unreadable / 2;
    estimate.likely = std::min(estimate.likely, estimate.atMost);
    return estimate;
}

} // namespace lbp
