#pragma once

#include "control/priceeditor.h"

namespace lbp {

/// Compares a price list with the prices as they are. Changes nothing; blocks on the disk.
/// In the format of pricing.yml a model is compared whole, and goes into pricing.yml at \a ours.
/// LiteLLM's model_prices_and_context_window.json and models.dev's api.json state some rates of a model: the
/// others stay as they are. They go into imported-prices.yml beside \a ours, as a step from today on, so that
/// dated steps before and after it stay; a model with a price in pricing.yml keeps that one.
/// \param name what the list is called in messages and as a source. \param providers see readPriceFeed().
[[nodiscard]] Result<PriceImport> comparePrices(const QString &name, const QByteArray &text,
                                                const QString &ours, const QStringList &providers,
                                                Instant now);
/// The same of a file.
[[nodiscard]] Result<PriceImport> comparePriceFile(const QString &file, const QString &ours,
                                                   const QStringList &providers, Instant now);

/// Takes the \a models of \a import over. The file that is changed is written whole or not at all, and as it
/// was it is kept beside it with ".before-import" behind its name.
[[nodiscard]] Status applyPrices(const PriceImport &import, const QStringList &models, const QString &ours,
                                 Instant now);

/// Brings back what the last import has replaced, and keeps what it had brought in its place: twice is as
/// before. \return the file. NotFound: nothing was imported.
[[nodiscard]] Result<QString> restorePrices(const QString &ours);

} // namespace lbp
