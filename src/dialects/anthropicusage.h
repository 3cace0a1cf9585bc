#pragma once

#include "dialects/dialect.h"

#include <optional>
#include <vector>

namespace lbp {

/// The counts of one `usage` object as they stand there. Absent and null are the same: not known.
struct AnthropicCounts
{
    std::optional<qint64> input; ///< input_tokens: neither read from the cache nor written to it
    std::optional<qint64> cacheRead; ///< cache_read_input_tokens, on top of the above
    std::optional<qint64> cacheWrite; ///< cache_creation_input_tokens, on top of the above
    std::optional<qint64> write5m, write1h; ///< what cacheWrite is made of: cache_creation.ephemeral_…
    std::optional<qint64> output; ///< output_tokens, thinking included
    std::optional<qint64> thinking; ///< output_tokens_details.thinking_tokens
    std::optional<qint64> webSearches; ///< server_tool_use.web_search_requests
    bool unreadable = false; ///< a count was a number, but not a whole one in range

    [[nodiscard]] bool saysAnything() const { return unreadable || input || output; }
    /// Takes over a later state of the same counts. They only grow, so the larger of two holds: some servers
    /// close with zeros.
    void update(const AnthropicCounts &later);
};

/// One pass of a model over the request (`usage.iterations[]`).
struct AnthropicIteration
{
    QByteArray type; ///< "message", "compaction", "advisor_message", "fallback_message"; as it stands there
    QString model; ///< empty: the one of the answer
    AnthropicCounts counts;
};

struct AnthropicUsage
{
    AnthropicCounts counts;
    std::vector<AnthropicIteration> iterations;
    QString serviceTier, speed, inferenceGeo; ///< empty: not said

    void update(AnthropicUsage &&later);
};

/// The normal form: disjoint classes whose sum is what the provider counted. Cache reads and writes come on
/// top of input_tokens; thinking is a part of output_tokens; a write whose lifetime is not said is one of
/// five minutes. Where parts add up to more than their whole they are billed as reported. \return NotFound
/// when there are no counts; InvalidUsage when one is negative, fractional or absurdly large.
[[nodiscard]] Result<Usage> normalised(const AnthropicCounts &counts);

/// \a usage with all that decides the price. A pass that the counts of the whole leave out (compaction) is
/// added; passes of other models (an adviser, a fallback) become UsageReport::parts. What the whole has
/// beyond its passes is the answering model's. Errors as of normalised().
[[nodiscard]] Result<UsageReport> anthropicReport(const AnthropicUsage &usage, const QString &model,
                                                  const QString &id);

/// What `inference_geo` multiplies the prices of tokens by, in percent: a tenth more wherever it is bound to
/// a region.
[[nodiscard]] int anthropicRatePercent(const QString &inferenceGeo);

} // namespace lbp
