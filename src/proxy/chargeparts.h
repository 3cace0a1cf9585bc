#pragma once

#include "config/config.h"
#include "proxy/quote.h"

namespace lbp {

/// Adds what other models used for the same request, each at its own price, and says so in the note: count
/// times rate of the row explains the main model alone. A part whose model has no price is charged at \a own,
/// that of the main model, and makes the amount an estimate. \a at: when the request was made.
void addParts(Charge &charge, const std::vector<UsagePart> &parts, const Config &config,
              const ProviderConfig &provider, const ModelPrice &own, ServiceTier tier, RatesMemory &memory,
              Instant at, int ratePercent = 100);

} // namespace lbp
