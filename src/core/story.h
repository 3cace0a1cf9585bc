#pragma once

#include "core/budget.h"

#include <memory>
#include <optional>
#include <QList>
#include <QString>

namespace lbp {

/// Another model was used than the one that was asked for.
struct Downgrade
{
    QString from; ///< requested
    QString to; ///< effective
    int percent = 0; ///< pressure of the tightest budget at that moment
    BudgetStatus because{}; ///< that budget
};

/// What was decided about an exchange and why, for people who watch. Not in the ledger: it is put together
/// only while somebody watches, and remembered for recent exchanges (DataPlane::details()).
struct ExchangeStory
{
    QList<BudgetStatus> budgets; ///< that bind it, right after its reservation, tightest first
    std::optional<Downgrade> downgrade;
    std::optional<qint64> ceilingBeforeClamp; ///< set when the ceiling was lowered to OpenRow::ceiling
    Money allowedOver; ///< the most that a budget was raised by for this request alone (allowed once)
    Duration held{}; ///< how long it waited for an answer or for room
};
using StoryPtr = std::shared_ptr<const ExchangeStory>;

} // namespace lbp
