#pragma once

#include "core/exchangerow.h"
#include "gui/format.h"

namespace lbp::gui {

/// A request as a list shows it: its row, and how far it is while it runs.
struct RequestItem
{
    ExchangeRow row; ///< close.outcome is Open while it runs
    Money soFar;
    qint64 outputSoFar = 0;
    [[nodiscard]] bool isRunning() const { return row.close.outcome == Outcome::Open; }
};

/// A row that has only begun.
[[nodiscard]] ExchangeRow openRow(const OpenRow &open);
/// Whether the amount was not computed from what the provider reported.
[[nodiscard]] bool isEstimated(const CloseRow &close);

// The words of a list. Empty where there is nothing to say.
[[nodiscard]] QString stateText(const RequestItem &item); ///< "200", "Running", "Cached", …
[[nodiscard]] QString stateTone(const RequestItem &item); ///< of the theme: "ok", "danger", …
[[nodiscard]] QString stateDetail(const RequestItem &item); ///< a sentence
[[nodiscard]] QString costText(const RequestItem &item, const Format &format); ///< of a running one so far
[[nodiscard]] QString durationText(const RequestItem &item, const Format &format, Instant now);
[[nodiscard]] QString spanText(Duration span, const Format &format); ///< "<1 ms" rather than "0 ms"
[[nodiscard]] QString momentText(Instant t, const Format &format, Instant now); ///< with seconds
/// "cheaper model", "clamped", …: what was changed on the way.
[[nodiscard]] QString remarkText(const RequestItem &item);

} // namespace lbp::gui
