#pragma once

#include "control/priceeditor.h"

#include <QString>

namespace lbp::gui {

class Format;

/// How prices are written for people. A price crosses as the exact decimal text of the price list.
[[nodiscard]] QString priceText(const Format &format, const QString &decimal); ///< "$2.50", every digit
/// The same as it is typed, in the person's notation and without the currency.
[[nodiscard]] QString typedPrice(const Format &format, const QString &decimal);
/// "Cached input"; where a price is not for a million tokens it says what for: "Web searches per 1,000".
[[nodiscard]] QString rateLabel(BillingClass billingClass);
/// A price with what it is for: "$2.50 per million", "$10.00 per 1,000 calls", "$0.36 per hour".
[[nodiscard]] QString ratePhrase(const Format &format, BillingClass billingClass, const QString &decimal);
/// "1,200 tokens", "2 calls", "90 seconds".
[[nodiscard]] QString countPhrase(const Format &format, BillingClass billingClass, qint64 count);
/// What a tier of the price list is called: "Flex", "Above 271,999 tokens".
[[nodiscard]] QString tierText(const Format &format, const QString &name);
[[nodiscard]] QString tierBadge(const Format &format, const QString &name); ///< "Flex", "> 272 k"
/// "Input $2.50 → $25.00 (×10)", one text for each rate that differs; tiers name themselves.
[[nodiscard]] QStringList rateChanges(const Format &format, const PriceListEntry &before,
                                      const PriceListEntry &after);
/// "Input $2.50, output $10.00".
[[nodiscard]] QString rateSummary(const Format &format, const QList<PriceText> &rates);
/// The model of \a known whose name is most like \a model; empty when none is alike. Pure.
[[nodiscard]] QString nearestModel(const QString &model, const QStringList &known);

} // namespace lbp::gui
