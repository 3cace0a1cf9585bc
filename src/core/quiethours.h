#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <optional>
#include <QStringView>
#include <QTime>
#include <QTimeZone>

namespace lbp {

/// A part of each day, such as 22:00-07:00, by the clock on the wall of a time zone.
struct QuietHours
{
    QTime from, to; ///< [from, to); past midnight when from is later

    /// "HH:MM-HH:MM"; empty text is nullopt. InvalidValue says what is expected.
    [[nodiscard]] static Result<std::optional<QuietHours>> fromText(QStringView text);
    [[nodiscard]] QString toText() const;
    [[nodiscard]] bool contains(Instant at, const QTimeZone &zone) const;
    /// When the quiet that holds at \a at is over. Where the clock jumps over that moment, it is the jump.
    /// \pre contains(at, zone)
    [[nodiscard]] Instant endAfter(Instant at, const QTimeZone &zone) const;
    bool operator==(const QuietHours &) const = default;
};

} // namespace lbp
