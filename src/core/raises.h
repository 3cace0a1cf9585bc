#pragma once

#include "core/budget.h"

#include <QList>
#include <QString>

namespace lbp {

/// The setting that remembers what was raised in spans that are not over.
inline constexpr auto raisesSetting = u"budgetRaises";

/// JSON, for the store. \return StoreDamaged when \a text is not what raisesToText() made.
[[nodiscard]] QString raisesToText(const QList<BudgetRaise> &raises);
[[nodiscard]] Result<QList<BudgetRaise>> raisesFromText(const QString &text);
/// Those whose span holds \a now.
[[nodiscard]] QList<BudgetRaise> raisesInForce(const QList<BudgetRaise> &raises, Instant now,
                                               const QTimeZone &zone);

} // namespace lbp
