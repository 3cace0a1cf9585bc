#pragma once

#include "core/price.h"

#include <QList>

namespace lbp {

/// "input", "cachedInput", "cacheWrite5m", …: the names of the management API.
[[nodiscard]] QString billingClassName(BillingClass c);

/// What a class is counted in.
enum class BillingUnit { Token, Call, Character, Second, Image };
[[nodiscard]] BillingUnit billingUnit(BillingClass c);
/// How many units the price is for that people read, as price lists have it: a million tokens or characters,
/// a thousand calls, an hour of sound (3,600 seconds), one image.
[[nodiscard]] qint64 pricedUnits(BillingUnit unit);

/// Picodollars per unit of a price for \a units units in decimal USD. Exact where \a units is a power of ten;
/// a price that is finer than that is InvalidValue, as in ratePerUnit(). By time it does not always come out
/// even (0.111 an hour is 30,833,333 1/3 picodollars a second): the rate is rounded up to a whole picodollar
/// then, because what is reserved and booked may be too much by a trillionth, and never too little.
[[nodiscard]] Result<qint64> rateOfPrice(QStringView usd, qint64 units);
/// The price for \a units units as rateOfPrice() reads it, exactly: the shortest decimal that gives this very
/// rate. Nothing beyond the range of Money.
[[nodiscard]] std::optional<QString> priceOfRate(qint64 rate, qint64 units);

/// One line of how a cost comes about: count times rate.
struct ChargeLine
{
    BillingClass billingClass = BillingClass::UncachedInput;
    qint64 count = 0; ///< in billingUnit()
    std::optional<qint64> rate; ///< picodollars per unit; absent: no rate is known
    /// USD for pricedUnits() of it ("2.50" per million tokens), as in priceOfRate(); empty without a rate.
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
