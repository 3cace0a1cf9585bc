#pragma once

#include "core/budget.h"

#include <optional>
#include <QList>
#include <QString>

namespace lbp {

/// Under pressure, requests for models matching `from` go to `to`.
struct DowngradeRule
{
    QString from; ///< name or glob
    QString to; ///< name
    std::optional<int> atPercent; ///< pressure from which it holds; absent: the "downgrade" threshold
    bool operator==(const DowngradeRule &) const = default;
};

/// The model to use instead, if a rule applies: the most specific matching `from` wins, then the first in
/// order. Applied once: the result is not downgraded again. \a pressurePercent is that of the tightest
/// budget; \a thresholdReached says whether a "downgrade" (or stronger) threshold is reached.
[[nodiscard]] std::optional<QString> downgradeFor(QStringView model, const QList<DowngradeRule> &rules,
                                                  int pressurePercent, bool thresholdReached);

} // namespace lbp
