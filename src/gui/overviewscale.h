#pragma once

#include "core/money.h"

#include <optional>
#include <QList>

namespace lbp::gui {

/// The upright axis of a chart of amounts: from nothing to `top` in even steps of 1, 2 or 5 times a power of
/// ten. All of it is exact; only what is drawn is a fraction of `top`.
struct MoneyScale
{
    Money top; ///< more than zero
    QList<Money> ticks; ///< from zero to top
};
/// The scale that holds \a most in at most \a steps steps. Nothing at all is shown on a scale of one dollar.
[[nodiscard]] MoneyScale moneyScale(Money most, int steps = 5);

/// 10000 · part / whole, rounded half up, for shares in percent; 0 where there is no whole.
[[nodiscard]] int basisPoints(qint64 part, qint64 whole);
/// How much more \a now is than \a before, in basis points of \a before; nullopt where there was nothing
/// before. Saturates at ±mostChange.
[[nodiscard]] std::optional<int> changeBasisPoints(qint64 now, qint64 before);
inline constexpr int mostChange = 9'990'000; ///< 99,900 %

} // namespace lbp::gui
