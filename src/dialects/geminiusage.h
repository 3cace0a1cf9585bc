#pragma once

#include "core/result.h"
#include "core/usage.h"

#include <optional>

namespace lbp {

/// The counts of a `usageMetadata` object as they stand there. Absent and null are the same: not known.
struct GeminiUsage
{
    std::optional<qint64> prompt; ///< promptTokenCount, with what was read from a cache
    std::optional<qint64> toolUse; ///< toolUsePromptTokenCount: results of hosted tools, read as input
    std::optional<qint64> cached; ///< cachedContentTokenCount, part of prompt
    std::optional<qint64> candidates; ///< candidatesTokenCount, without thoughts
    std::optional<qint64> thoughts; ///< thoughtsTokenCount
    std::optional<qint64> total; ///< totalTokenCount
    // by modality, from the lists of details
    std::optional<qint64> promptAudio, toolUseAudio, cachedAudio;
    std::optional<qint64> candidatesAudio, candidatesImage;
    bool unreadable = false; ///< a count was a number, but not a whole one in range

    [[nodiscard]] bool saysAnything() const
    {
        return unreadable || prompt || toolUse || candidates || thoughts || total;
    }
    [[nodiscard]] bool isZero() const; ///< no count above zero
    /// Takes over what \a later says; what it does not name stays. Chunks count from the start, so values
    /// replace each other and never add up.
    void update(const GeminiUsage &later);
};

/// The normal form: disjoint classes whose sum is what the provider counted.
///
/// - Input is prompt and toolUse together; cached is part of prompt, and never more than was said is billed
///   as cached.
/// - Thoughts come on top of candidates, unless the total says that they are inside.
/// - A total above all parts: the rest was generated as well.
/// - Audio in, audio out and images out have prices of their own; images, video and documents in are billed
///   as text. Cached audio keeps the dearer class.
/// \return NotFound when there are no counts; InvalidUsage when one is negative, fractional or absurdly
/// large.
[[nodiscard]] Result<Usage> normalised(const GeminiUsage &raw);

} // namespace lbp
