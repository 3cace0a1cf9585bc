#pragma once

#include "config/config.h"
#include "core/budget.h"
#include "core/exchangerow.h"

#include <QString>

namespace lbp {

class Control;

namespace gui {

/// The words that the window has for the values of the core, in the language of the window.
[[nodiscard]] QString outcomeText(Outcome outcome); ///< "Completed", "Client went away", …
[[nodiscard]] QString provenanceText(Provenance provenance); ///< "counted by the provider", …
[[nodiscard]] QString billingClassText(BillingClass billingClass); ///< "Cached input", …
[[nodiscard]] QString periodText(Period period); ///< "Hour", "Day", …
[[nodiscard]] QString scopeText(const Scope &scope, const Control &control); ///< "Everything", "Team web", …
[[nodiscard]] QString alertText(const QString &event); ///< "budgetWarning" → "Budget warning"
/// Where the first threshold warns, as a fraction of a limit.
[[nodiscard]] double warnFraction(const Config &config);

} // namespace gui
} // namespace lbp
