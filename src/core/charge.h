#pragma once

#include "core/price.h"

#include <QList>

namespace lbp {

/// "input", "cachedInput", "cacheWrite5m", …: the names of the management API.
[[nodiscard]] QString billingClassName(BillingClass c);
[[nodiscard]] bool isPerCall(BillingClass c); ///< counted in calls, not tokens

/// One line of how a cost comes about: count times rate.
struct ChargeLine
{
    BillingClass billingClass = BillingClass::UncachedInput;
    qint64 count = 0; ///< tokens, or calls
    std::optional<qint64> rate; ///< picodollars per token or call; absent: no rate is known
    /// Exact USD per million tokens ("2.50"), or per thousand calls for isPerCall(); empty without a rate.
    QString rateText;
    bool isFallback = false; ///< no rate of its own: Rates::charged() took that of a related class
    std::optional<Money> amount; ///< absent without a rate
};

/// The lines of \a usage at \a rates, classes that were not used left out. Where cost() has a value, the
/// amounts add up to it exactly; where a class has no rate its line says so.
/// \return InvalidUsage for a negative count; AmountOverflow beyond the range of Money.
[[nodiscard]] Result<QList<ChargeLine>> chargeLines(const Usage &usage, const Rates &rates);

/// What some usage would have cost at other rates.
struct WhatIf
{
    Money cost; ///< exact, over all classes with a rate
    QList<ChargeLine> lines;
    QList<BillingClass> unpriced; ///< used, but this model has no rate for them: `cost` is too low
    /// The model has long-context rates. Sums do not tell which requests were long, so all are taken at
    /// the standard rates and the true cost may be higher.
    bool ignoresLongContext = false;
};
/// \a usage under \a price at the standard tier. Errors as of chargeLines().
[[nodiscard]] Result<WhatIf> whatIf(const Usage &usage, const ModelPrice &price);

} // namespace lbp
