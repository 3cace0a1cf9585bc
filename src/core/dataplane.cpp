#include "core/dataplane.h"

#include <algorithm>

namespace lbp {

QString breakerStateName(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        break;
    case BreakerState::Open:
        return QStringLiteral("open");
    case BreakerState::HalfOpen:
        return QStringLiteral("halfOpen");
    }
    return QStringLiteral("closed");
}

void DataPlaneStats::Histogram::observe(qint64 us)
{
    const auto bound = std::lower_bound(boundsMs.begin(), boundsMs.end(), (us + 999) / 1000);
    buckets[size_t(bound - boundsMs.begin())].fetch_add(1, std::memory_order_relaxed);
    sumUs.fetch_add(us, std::memory_order_relaxed);
}

} // namespace lbp
