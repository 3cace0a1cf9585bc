#pragma once

#include "core/result.h"
#include "core/usage.h"
#include "dialects/providercost.h"

#include <optional>

namespace lbp {

/// The counts of a `usage` object as they stand there. Absent and null are the same: not known.
struct OpenAiUsage
{
    std::optional<qint64> input; ///< prompt_tokens
    std::optional<qint64> output; ///< completion_tokens
    std::optional<qint64> total; ///< total_tokens
    std::optional<qint64> cached; ///< read from the cache, under whichever name
    std::optional<qint64> cacheWrite; ///< written to the cache
    std::optional<qint64> audioInput;
    std::optional<qint64> audioOutput;
    std::optional<qint64> reasoning;
    ProviderCost told{}; ///< what the provider says it charged
    bool unreadable = false; ///< a count was a number, but not a whole one in range

    [[nodiscard]] bool saysAnything() const { return unreadable || input || output || total; }
};

/// The normal form: disjoint classes whose sum is what the provider counted.
///
/// Parts are subsets of prompt_tokens and completion_tokens, with these known exceptions:
/// - cached above prompt_tokens: the cached tokens come on top (xAI);
/// - total above prompt plus completion: the rest was generated as well (xAI leaves reasoning out of
///   completion_tokens, Gemini's compatible API leaves thoughts out);
/// - audio and cached overlap: the audio tokens keep their dearer class.
/// Image input is billed as text by this API and stays in uncached input. Subtractions never go below zero,
/// and no part is ever billed at less than what was reported. \return NotFound when there are no counts;
/// InvalidUsage when one is negative, fractional or absurdly large.
[[nodiscard]] Result<Usage> normalised(const OpenAiUsage &raw);

} // namespace lbp
