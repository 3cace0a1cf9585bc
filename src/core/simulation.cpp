#include "core/simulation.h"

#include <array>

namespace lbp {

QString simulationStageName(SimulationStage stage)
{
    static constexpr std::array<const char16_t *, 9> names{u"key",      u"pause",      u"model",
                                                           u"provider", u"rateLimits", u"downgrade",
                                                           u"price",    u"budget",     u"admission"};
    return QString::fromUtf16(names[size_t(stage)]);
}

QString simulationVerdictName(SimulationVerdict verdict)
{
    static constexpr std::array<const char16_t *, 3> names{u"pass", u"warn", u"block"};
    return QString::fromUtf16(names[size_t(verdict)]);
}

} // namespace lbp
