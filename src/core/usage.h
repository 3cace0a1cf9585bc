#pragma once

#include <array>
#include <numeric>
#include <QtGlobal>

namespace lbp {

/// What providers bill apart. Token classes are disjoint: no token is in two of them. What the others are
/// counted in is billingUnit() (charge.h). The order is that of the columns in the ledger; new classes go to
/// the end.
enum class BillingClass {
    UncachedInput,
    CachedInput, ///< read from the provider's cache
    CacheWrite5m, ///< written to the provider's cache (default lifetime)
    CacheWrite1h, ///< written with the one-hour lifetime
    Output, ///< visible text output, without the classes below
    Reasoning, ///< billed at the output rate unless a rate of its own is known
    AudioInput,
    AudioOutput,
    ImageInput,
    ImageOutput,
    WebSearchCall,
    FileSearchCall,
    CodeSessionCall, ///< sessions of a hosted container that code ran in
    SpeechCharacter, ///< characters read aloud, where speech is not billed by tokens
    AudioSecond, ///< sound billed by its length; a begun second is a whole one
    GeneratedImage, ///< images billed by the piece, not by tokens
};
inline constexpr int billingClassCount = 16;

/// Counts of one exchange in disjoint classes.
struct Usage
{
    std::array<qint64, billingClassCount> counts{};

    [[nodiscard]] qint64 &operator[](BillingClass c) { return counts[size_t(c)]; }
    [[nodiscard]] qint64 operator[](BillingClass c) const { return counts[size_t(c)]; }
    /// All prompt tokens, whatever they are billed at.
    [[nodiscard]] qint64 inputTokens() const
    {
        using enum BillingClass;
        return (*this)[UncachedInput] + (*this)[CachedInput] + (*this)[CacheWrite5m] + (*this)[CacheWrite1h]
            + (*this)[AudioInput] + (*this)[ImageInput];
    }
    /// All completion tokens.
    [[nodiscard]] qint64 outputTokens() const
    {
        using enum BillingClass;
        return (*this)[Output] + (*this)[Reasoning] + (*this)[AudioOutput] + (*this)[ImageOutput];
    }
    [[nodiscard]] bool isZero() const
    {
        for (qint64 n : counts)
            if (n != 0)
                return false;
        return true;
    }
    bool operator==(const Usage &) const = default;
};

} // namespace lbp
