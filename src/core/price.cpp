#include "core/price.h"

#include "core/decimal.h"

#include <algorithm>
#include <QtNumeric>

namespace lbp {

namespace {

using enum BillingClass;

QString className(size_t index)
{
    static constexpr std::array<const char16_t *, billingClassCount> names{
        u"input",        u"cached input", u"cache write",  u"one-hour cache write",
        u"output",       u"reasoning",    u"audio input",  u"audio output",
        u"image input",  u"image output", u"web search",   u"file search",
        u"code session", u"speech",       u"audio length", u"generated images"};
    return QString::fromUtf16(names[index]);
}

std::optional<qint64> dearer(const std::optional<qint64> &a, const std::optional<qint64> &b)
{
    return a && b ? std::max(*a, *b) : a ? a : b;
}

qint64 doubled(qint64 rate)
{
    qint64 twice = 0;
    return qAddOverflow(rate, rate, &twice) ? std::numeric_limits<qint64>::max() : twice;
}

} // namespace

std::optional<qint64> Rates::charged(BillingClass c) const
{
    const std::optional<qint64> &stated = (*this)[c];
    if (stated)
        return stated;
    switch (c) {
    case CachedInput:
    case CacheWrite5m:
        return (*this)[UncachedInput];
    case CacheWrite1h: // never below the short-lived write, where that is known
        return dearer((*this)[CacheWrite5m], (*this)[UncachedInput]);
    case Reasoning:
        return (*this)[Output];
    default:
        return std::nullopt;
    }
}

std::optional<qint64> Rates::dearestInput() const
{
    std::optional<qint64> dearest;
    for (BillingClass c : {UncachedInput, CachedInput, CacheWrite5m, CacheWrite1h})
        dearest = dearer(dearest, (*this)[c]);
    return dearest;
}

ServiceTier serviceTierFromName(QStringView name)
{
    if (name.isEmpty())
        return ServiceTier::Standard;
    const auto is = [name](QStringView known) { return name.compare(known, Qt::CaseInsensitive) == 0; };
    if (is(u"flex"))
        return ServiceTier::Flex;
    if (is(u"priority") || is(u"fast"))
        return ServiceTier::Priority;
    if (is(u"batch"))
        return ServiceTier::Batch;
    return ServiceTier::Standard;
}

Rates ModelPrice::ratesFor(qint64 inputTokens, ServiceTier tier, QStringView imageVariant) const
{
    Rates rates = standard;
    if (!images.isEmpty()) {
        const auto listed = images.constFind(QString::fromRawData(imageVariant.data(), imageVariant.size()));
        if (listed != images.constEnd())
            rates[GeneratedImage] = *listed;
        else if (!imageVariant.isEmpty() || !rates[GeneratedImage])
            rates[GeneratedImage] = *std::max_element(images.cbegin(), images.cend());
    }
    const bool isLong = longContextThreshold && inputTokens > *longContextThreshold;
    if (isLong) {
        for (size_t i = 0; i < rates.perUnit.size(); ++i) {
            if (longContext.perUnit[i])
                rates.perUnit[i] = longContext.perUnit[i];
        }
    }
    if (tier == ServiceTier::Standard)
        return rates;
    const auto ofTier = tiers.constFind(tier);
    if (ofTier == tiers.constEnd()) {
        if (tier == ServiceTier::Priority) {
            for (std::optional<qint64> &rate : rates.perUnit) {
                if (rate)
                    rate = doubled(*rate);
            }
        }
        return rates;
    }
    for (size_t i = 0; i < rates.perUnit.size(); ++i) {
        const std::optional<qint64> &stated = ofTier->perUnit[i];
        if (!stated)
            continue;
        // Nobody stated what a long request costs at this tier: the dearer of the two is the safe side.
        rates.perUnit[i] = isLong && longContext.perUnit[i] ? dearer(stated, longContext.perUnit[i]) : stated;
    }
    return rates;
}

Result<Money> cost(const Usage &usage, const Rates &rates)
{
    for (size_t i = 0; i < usage.counts.size(); ++i) {
        if (usage.counts[i] < 0)
            return fail(
                ErrorCode::InvalidUsage,
                QStringLiteral("the count of %1 is negative: %2").arg(className(i)).arg(usage.counts[i]));
    }
    // All terms are non-negative, so a term or sum beyond 64 bits means that the total is beyond them too.
    qint64 total = 0;
    for (size_t i = 0; i < usage.counts.size(); ++i) {
        const qint64 count = usage.counts[i];
        if (count == 0)
            continue;
        const std::optional<qint64> rate = rates.charged(static_cast<BillingClass>(i));
        if (!rate)
            return fail(ErrorCode::NotPriced, QStringLiteral("no price is known for %1").arg(className(i)));
        Q_ASSERT(*rate >= 0);
        qint64 term = 0;
        if (qMulOverflow(count, *rate, &term) || qAddOverflow(total, term, &total))
            return fail(ErrorCode::AmountOverflow,
                        QStringLiteral("the cost of %1 %2 is out of range").arg(count).arg(className(i)));
    }
    return Money::fromPicodollars(total);
}

Result<qint64> ratePerUnit(QStringView usd, qint64 units)
{
    if (units <= 0)
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("a price must be for at least one unit, not %1").arg(units));
    const Result<ScaledDecimal> parsed = parseScaledDecimal(usd);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (parsed->negative && parsed->picodollars != 0)
        return fail(ErrorCode::InvalidValue, quoted(usd) + QStringLiteral(" is negative; a price cannot be"));
    const auto divisor = static_cast<UInt128>(units);
    if (parsed->picodollars % divisor != 0)
        return fail(ErrorCode::InvalidValue,
                    quoted(usd)
                        + QStringLiteral(" per %1 is finer than 0.000000000001 USD per unit").arg(units));
    const UInt128 rate = parsed->picodollars / divisor;
    if (rate > static_cast<UInt128>(std::numeric_limits<qint64>::max()))
        return fail(ErrorCode::AmountOverflow, quoted(usd) + QStringLiteral(" is out of range for a price"));
    return static_cast<qint64>(rate);
}

} // namespace lbp
