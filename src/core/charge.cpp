#include "core/charge.h"

namespace lbp {

namespace {

constexpr const char16_t *classNames[billingClassCount] = {
    u"input",      u"cachedInput", u"cacheWrite5m", u"cacheWrite1h", u"output",         u"reasoning",
    u"audioInput", u"audioOutput", u"imageInput",   u"imageOutput",  u"webSearchCalls", u"fileSearchCalls"};

/// Rates are shown for as many units as price lists name them for.
constexpr qint64 shownTokens = 1'000'000;
constexpr qint64 shownCalls = 1'000;

} // namespace

QString billingClassName(BillingClass c)
{
    return QString::fromUtf16(classNames[size_t(c)]);
}

bool isPerCall(BillingClass c)
{
    return c == BillingClass::WebSearchCall || c == BillingClass::FileSearchCall;
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
            const Money each = Money::fromPicodollars(*line.rate);
            const std::optional<Money> shown =
                each.times(isPerCall(line.billingClass) ? shownCalls : shownTokens);
            line.amount = each.times(line.count);
            const std::optional<Money> sum = line.amount ? total.plus(*line.amount) : std::nullopt;
            if (!shown || !sum)
                return fail(ErrorCode::AmountOverflow,
                            QStringLiteral("the cost of %1 %2 is out of range").arg(line.count).arg(name));
            line.rateText = shown->toDecimal();
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
