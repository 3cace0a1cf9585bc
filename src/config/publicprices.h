#pragma once

#include "config/configeditor.h"

namespace lbp {

/// The list that the program carries (config/prices.yml). Read once in the life of a process.
/// Thread: any.
[[nodiscard]] std::shared_ptr<const PriceBook> shippedPrices();

/// Where imported prices are kept: imported-prices.yml beside the pricing.yml at \a pricingFile.
[[nodiscard]] QString importedPricesPath(const QString &pricingFile);

/// The public prices: the shipped list, and over it what was imported beside \a pricingFile, model by model.
/// What is wrong with the imported file goes to \a problems; then the shipped list alone is given.
/// Blocks on the disk.
[[nodiscard]] std::shared_ptr<const PriceBook> publicPrices(const QString &pricingFile,
                                                            QList<ConfigProblem> &problems);

/// \a own over the public prices, unless it wants to be alone.
[[nodiscard]] std::shared_ptr<const PriceBook> withPublicPrices(std::shared_ptr<const PriceBook> own,
                                                                const QString &pricingFile,
                                                                QList<ConfigProblem> &problems);

/// A model as it is written below its name in a price file: every step, window, tier and limit. The step in
/// force at \a now stands at the top, the others below "steps".
[[nodiscard]] ConfigValue priceValue(const std::vector<PriceStep> &steps, Instant now);
/// A whole price file. The same prices give the same bytes. \a head: comment lines, each beginning with '#'.
[[nodiscard]] QByteArray pricingText(const QList<std::vector<PriceStep>> &models, const QByteArray &head,
                                     Instant now);

} // namespace lbp
