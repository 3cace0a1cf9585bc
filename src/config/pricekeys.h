#pragma once

#include "core/usage.h"

#include <array>
#include <QLatin1String>

namespace lbp {

/// How a rate is spelled in pricing.yml.
struct PriceKey
{
    BillingClass billingClass;
    QLatin1String per1k;
    QLatin1String per1M; ///< empty: a fee per 1,000 calls, spelled as per1k
};
inline constexpr std::array<PriceKey, billingClassCount> priceKeys{{
    {BillingClass::UncachedInput, QLatin1String("inputPer1k"), QLatin1String("inputPer1M")},
    {BillingClass::CachedInput, QLatin1String("cachedInputPer1k"), QLatin1String("cachedInputPer1M")},
    {BillingClass::CacheWrite5m, QLatin1String("cacheWritePer1k"), QLatin1String("cacheWritePer1M")},
    {BillingClass::CacheWrite1h, QLatin1String("cacheWrite1hPer1k"), QLatin1String("cacheWrite1hPer1M")},
    {BillingClass::Output, QLatin1String("outputPer1k"), QLatin1String("outputPer1M")},
    {BillingClass::Reasoning, QLatin1String("reasoningPer1k"), QLatin1String("reasoningPer1M")},
    {BillingClass::AudioInput, QLatin1String("audioInputPer1k"), QLatin1String("audioInputPer1M")},
    {BillingClass::AudioOutput, QLatin1String("audioOutputPer1k"), QLatin1String("audioOutputPer1M")},
    {BillingClass::ImageInput, QLatin1String("imageInputPer1k"), QLatin1String("imageInputPer1M")},
    {BillingClass::ImageOutput, QLatin1String("imageOutputPer1k"), QLatin1String("imageOutputPer1M")},
    {BillingClass::WebSearchCall, QLatin1String("webSearchPer1kCalls"), QLatin1String()},
    {BillingClass::FileSearchCall, QLatin1String("fileSearchPer1kCalls"), QLatin1String()},
}};

} // namespace lbp
