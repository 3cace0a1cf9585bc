#include "gui/overviewscale.h"

#include "core/int128.h"

#include <algorithm>

namespace lbp::gui {

MoneyScale moneyScale(Money most, int steps)
{
    if (most.picodollars() <= 0)
        most = Money::fromPicodollars(Money::picodollarsPerDollar);
    steps = std::max(1, steps);
    const Int128 need = (Int128(most.picodollars()) + steps - 1) / steps;
    Int128 step = 1;
    while (step * 10 <= need)
        step *= 10;
    for (const int factor : {1, 2, 5, 10}) {
        if (step * factor >= need) {
            step *= factor;
            break;
        }
    }
    MoneyScale scale;
    for (Int128 at = 0;; at += step) {
        if (at > Money::max().picodollars()) {
            scale.ticks += Money::max();
            break;
        }
        scale.ticks += Money::fromPicodollars(qint64(at));
        if (at >= most.picodollars())
            break;
    }
    scale.top = scale.ticks.last();
    return scale;
}

int basisPoints(qint64 part, qint64 whole)
{
    if (whole <= 0 || part <= 0)
        return 0;
    return int(std::min<Int128>((Int128(part) * 20'000 + whole) / (Int128(whole) * 2), mostChange));
}

std::optional<int> changeBasisPoints(qint64 now, qint64 before)
{
    if (before <= 0)
        return std::nullopt;
    const Int128 change = (Int128(now) - before) * 10'000 / before;
    return int(std::clamp<Int128>(change, -mostChange, mostChange));
}

} // namespace lbp::gui
