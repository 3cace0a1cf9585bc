#pragma once

#include "core/price.h"

#include <QList>

namespace lbp {

/// What a public price list says, in the names of ours: models of their makers alone, those of hosts as
/// "groq/…". Prices hold only what the list states.
struct PriceFeed
{
    struct Refused
    {
        QString model; ///< as the list has it
        QString reason;
    };
    QString format; ///< "LiteLLM" or "models.dev"
    QList<ModelPrice> models; ///< by name, each once
    QList<Refused> refused; ///< could not be read exactly
    int leftOut = 0; ///< of other providers, or of kinds that no request here pays for
};

/// Reads LiteLLM's model_prices_and_context_window.json and models.dev's api.json. Numbers are read as the
/// decimals that they are; one that is finer than a picodollar for a token is refused, never rounded.
/// \param providers more providers to take, by the list's own names; their models become "provider/model".
/// InvalidValue: it is neither.
[[nodiscard]] Result<PriceFeed> readPriceFeed(QByteArrayView json, const QStringList &providers = {});

} // namespace lbp
