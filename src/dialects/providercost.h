#pragma once

#include "core/money.h"

#include <optional>
#include <QByteArrayView>

namespace lbp {

/// The amount of a JSON number in USD as it is written, with an exponent or without ("0.00014", "1.4e-4"), or
/// of a string that holds one. Exact; what is finer than a picodollar is rounded up. nullopt: no such number,
/// negative, or beyond the range of Money.
[[nodiscard]] std::optional<Money> moneyOfNumber(QByteArrayView json);

/// What a provider says that a request cost, as OpenRouter does.
struct ProviderCost
{
    std::optional<Money> cost; ///< usage.cost
    std::optional<Money> upstream; ///< usage.cost_details.upstream_inference_cost
    bool ownKey = false; ///< usage.is_byok: the maker of the model charges `upstream` besides

    [[nodiscard]] std::optional<Money> total() const
    {
        return cost && ownKey && upstream ? std::optional(cost->plusSaturated(*upstream)) : cost;
    }
};

} // namespace lbp
