#pragma once

#include "core/usage.h"

#include <array>
#include <QLatin1String>
#include <QStringView>

namespace lbp {

/// One way to write a rate in pricing.yml.
struct PriceSpelling
{
    QLatin1String key; ///< empty: there is no such spelling
    qint64 units =
        0; ///< how many tokens, calls, characters, seconds or images the price is for; rateOfPrice()
    [[nodiscard]] constexpr bool isThere() const { return units > 0; }
};

/// How a rate is spelled in pricing.yml: the one table that the file is read, edited, shown and written by.
struct PriceKey
{
    BillingClass billingClass;
    PriceSpelling usual; ///< what programs write, and windows show: for pricedUnits() (core/charge.h)
    PriceSpelling other; ///< what a person may write in its place, for other units; never both
};
inline constexpr std::array<PriceKey, billingClassCount> priceKeys{{
    {BillingClass::UncachedInput,
     {QLatin1String("inputPer1M"), 1'000'000},
     {QLatin1String("inputPer1k"), 1'000}},
    {BillingClass::CachedInput,
     {QLatin1String("cachedInputPer1M"), 1'000'000},
     {QLatin1String("cachedInputPer1k"), 1'000}},
    {BillingClass::CacheWrite5m,
     {QLatin1String("cacheWritePer1M"), 1'000'000},
     {QLatin1String("cacheWritePer1k"), 1'000}},
    {BillingClass::CacheWrite1h,
     {QLatin1String("cacheWrite1hPer1M"), 1'000'000},
     {QLatin1String("cacheWrite1hPer1k"), 1'000}},
    {BillingClass::Output, {QLatin1String("outputPer1M"), 1'000'000}, {QLatin1String("outputPer1k"), 1'000}},
    {BillingClass::Reasoning,
     {QLatin1String("reasoningPer1M"), 1'000'000},
     {QLatin1String("reasoningPer1k"), 1'000}},
    {BillingClass::AudioInput,
     {QLatin1String("audioInputPer1M"), 1'000'000},
     {QLatin1String("audioInputPer1k"), 1'000}},
    {BillingClass::AudioOutput,
     {QLatin1String("audioOutputPer1M"), 1'000'000},
     {QLatin1String("audioOutputPer1k"), 1'000}},
    {BillingClass::ImageInput,
     {QLatin1String("imageInputPer1M"), 1'000'000},
     {QLatin1String("imageInputPer1k"), 1'000}},
    {BillingClass::ImageOutput,
     {QLatin1String("imageOutputPer1M"), 1'000'000},
     {QLatin1String("imageOutputPer1k"), 1'000}},
    {BillingClass::WebSearchCall, {QLatin1String("webSearchPer1kCalls"), 1'000}, {}},
    {BillingClass::FileSearchCall, {QLatin1String("fileSearchPer1kCalls"), 1'000}, {}},
    {BillingClass::CodeSessionCall, {QLatin1String("codeSessionsPer1k"), 1'000}, {}},
    {BillingClass::SpeechCharacter,
     {QLatin1String("speechPer1MCharacters"), 1'000'000},
     {QLatin1String("speechPer1kCharacters"), 1'000}},
    {BillingClass::AudioSecond,
     {QLatin1String("audioPerHour"), 3'600},
     {QLatin1String("audioPerMinute"), 60}},
    {BillingClass::GeneratedImage, {QLatin1String("imageEach"), 1}, {}},
}};
static_assert([] {
    for (size_t i = 0; i < priceKeys.size(); ++i)
        if (priceKeys[i].billingClass != BillingClass(i))
            return false;
    return true;
}());
/// Of one class.
[[nodiscard]] constexpr const PriceKey &priceKey(BillingClass billingClass)
{
    return priceKeys[size_t(billingClass)];
}
/// What \a key in pricing.yml means; null when it is no price.
[[nodiscard]] inline const PriceKey *priceKeyNamed(QStringView key)
{
    for (const PriceKey &one : priceKeys)
        if (one.usual.key == key || (one.other.isThere() && one.other.key == key))
            return &one;
    return nullptr;
}

} // namespace lbp
