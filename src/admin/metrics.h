#pragma once

#include "core/dataplane.h"

#include <QByteArray>

namespace lbp {

/// The counters of the data path in Prometheus' text format (version 0.0.4), names beginning with lbp_.
/// Amounts: lbp_cost_picodollars_total is the exact integer. lbp_cost_usd_total is the same as a double, here
/// and nowhere else, because the exposition format knows no other number and dollars are what dashboards
/// draw; nothing is ever computed from it.
[[nodiscard]] QByteArray metricsText(const DataPlaneStats &stats, const QList<ProviderHealth> &providers);

} // namespace lbp
