#include "core/charge.h"

#include "core/decimal.h"

#include <limits>

namespace lbp {

namespace {

constexpr const char16_t *classNames[billingClassCount] = {
    u"input",        u"cachedInput",      u"cacheWrite5m",   u"cacheWrite1h",
    u"output",       u"reasoning",        u"audioInput",     u"audioOutput",
    u"imageInput",   u"imageOutput",      u"webSearchCalls", u"fileSearchCalls",
    u"codeSessions", u"speechCharacters", u"audioSeconds",   u"generatedImages"};

/// A decimal number divides by it without a rest, given enough places.
bool isPowerOfTen(qint64 units)
{
    while (units > 1 && units % 10 == 0)
        units /= 10;
    return units == 1;
}

} // namespace

QString billingClassName(BillingClass c)
{
    return QString::fromUtf16(classNames[size_t(c)]);
}

BillingUnit billingUnit(BillingClass c)
{
    switch (c) {
    case BillingClass::WebSearchCall:
    case BillingClass::FileSearchCall:
    case BillingClass::CodeSessionCall:
        return BillingUnit::Call;
    case BillingClass::SpeechCharacter:
        return BillingUnit::Character;
    case BillingClass::AudioSecond:
        return BillingUnit::Second;
    case BillingClass::GeneratedImage:
        return BillingUnit::Image;
    case BillingClass::UncachedInput:
    case BillingClass::CachedInput:
    case BillingClass::CacheWrite5m:
    case BillingClass::CacheWrite1h:
    case BillingClass::Output:
    case BillingClass::Reasoning:
    case BillingClass::AudioInput:
    case BillingClass::AudioOutput:
    case BillingClass::ImageInput:
    case BillingClass::ImageOutput:
        break;
    }
    return BillingUnit::Token;
}

qint64 pricedUnits(BillingUnit unit)
{
    switch (unit) {
    case BillingUnit::Call:
        return 1'000;
    case BillingUnit::Second:
        return 3'600;
    case BillingUnit::Image:
        return 1;
    case BillingUnit::Token:
    case BillingUnit::Character:
        break;
    }
    return 1'000'000;
}

Result<qint64> rateOfPrice(QStringView usd, qint64 units)
{
    if (units <= 0 || isPowerOfTen(units))
        return ratePerUnit(usd, units);
    const Result<ScaledDecimal> price = parseScaledDecimal(usd);
    if (!price)
        return tl::unexpected(price.error());
    if (price->negative && price->picodollars != 0)
        return fail(ErrorCode::InvalidValue, quoted(usd) + QStringLiteral(" is negative; a price cannot be"));
    const auto divisor = static_cast<UInt128>(units);
    const UInt128 rate = price->picodollars / divisor + (price->picodollars % divisor != 0 ? 1 : 0);
    if (rate > static_cast<UInt128>(std::numeric_limits<qint64>::max()))
        return fail(ErrorCode::AmountOverflow, quoted(usd) + QStringLiteral(" is out of range for a price"));
    return static_cast<qint64>(rate);
}

std::optional<QString> priceOfRate(qint64 rate, qint64 units)
{
    const std::optional<Money> highest = Money::fromPicodollars(rate).times(units);
    if (!highest)
        return std::nullopt;
    if (rate <= 0 || isPowerOfTen(units))
        return highest->toDecimal();
    // Every price above `below` and up to `highest` is rounded up to this rate.
    const qint64 below = highest->picodollars() - units;
    for (qint64 step = 1'000'000'000'000'000'000; step > 1; step /= 10)
        if (const qint64 price = highest->picodollars() / step * step; price > below)
            return Money::fromPicodollars(price).toDecimal();
    return highest->toDecimal();
}

Result<QList<ChargeLine>> chargeLines(const Usage &usage, const Rates &rates)
{
    QList<ChargeLine> lines;
    Money total;
    for (int i = 0; i < billingClassCount; ++i) {
        ChargeLine line;
        line.billingClass = BillingClass(i);
        line.count = usage[line.billingClass];
        if (line.count == 0)
            continue;
        const QString name = billingClassName(line.billingClass);
        if (line.count < 0)
            return fail(ErrorCode::InvalidUsage,
                        QStringLiteral("the count of %1 is negative: %2").arg(name).arg(line.count));
        line.rate = rates.charged(line.billingClass);
        line.isFallback = line.rate && !rates[line.billingClass];
        if (line.rate) {
            const std::optional<QString> shown =
                priceOfRate(*line.rate, pricedUnits(billingUnit(line.billingClass)));
            line.amount = Money::fromPicodollars(*line.rate).times(line.count);
            const std::optional<Money> sum = line.amount ? total.plus(*line.amount) : std::nullopt;
            if (!shown || !sum)
                return fail(ErrorCode::AmountOverflow,
                            QStringLiteral("the cost of %1 %2 is out of range").arg(line.count).arg(name));
            line.rateText = *shown;
            total = *sum;
        }
        lines += line;
    }
    return lines;
}

Result<WhatIf> whatIf(const Usage &usage, const ModelPrice &price)
{
    return chargeLines(usage, price.ratesFor(0, ServiceTier::Standard))
        .map([&price](const QList<ChargeLine> &lines) {
            WhatIf result;
            result.lines = lines;
            result.ignoresLongContext = price.longContextThreshold.has_value();
            for (const ChargeLine &line : lines) {
                if (line.amount)
                    result.cost = result.cost.plusSaturated(*line.amount);
                else
                    result.unpriced += line.billingClass;
            }
            return result;
        });
}

} // namespace lbp
