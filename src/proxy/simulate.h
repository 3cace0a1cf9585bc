#pragma once

#include "core/simulation.h"

namespace lbp {

struct ProxyContext;

/// Asks the decisions of proxy/decide.h in the order in which an exchange asks them, for a chat request that
/// is only thought of. Leaves everything as it was. Thread: proxy thread.
[[nodiscard]] Simulation simulate(ProxyContext &context, const SimulationRequest &request);

} // namespace lbp
