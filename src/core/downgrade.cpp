#include "core/downgrade.h"

namespace lbp {

std::optional<QString> downgradeFor(QStringView model, const QList<DowngradeRule> &rules, int pressurePercent,
                                    bool thresholdReached)
{
    const DowngradeRule *best = nullptr;
    int bestSpecificity = -1;
    for (const DowngradeRule &rule : rules) {
        const bool holds = rule.atPercent ? pressurePercent >= *rule.atPercent : thresholdReached;
        if (!holds || !globMatches(rule.from, model))
            continue;
        if (const int specificity = globSpecificity(rule.from); specificity > bestSpecificity) {
            best = &rule;
            bestSpecificity = specificity;
        }
    }
    // A rule from a model to itself exempts it from wider rules.
    if (!best || best->to == model)
        return std::nullopt;
    return best->to;
}

} // namespace lbp
