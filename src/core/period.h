#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QString>
#include <QTimeZone>

namespace lbp {

enum class Period { Hourly, Daily, Weekly, Monthly, Total };
inline constexpr Period allPeriods[] = {Period::Hourly, Period::Daily, Period::Weekly, Period::Monthly,
                                        Period::Total};

[[nodiscard]] QString periodName(Period period); ///< "hourly", "daily", …
[[nodiscard]] Result<Period> periodFromName(QStringView name);

/// [start, end) of one period. Total runs from the epoch to Instant::max().
struct PeriodSpan
{
    Instant start;
    Instant end;
    bool operator==(const PeriodSpan &) const = default;
};

/// The span of \a period around \a now. Days, ISO weeks (Monday) and months begin at local midnight in \a
/// zone, or at the first moment that exists that day where a DST change skips midnight; a day may have 23 or
/// 25 hours. Hours are real hours: the repeated local hour of a DST change is two periods. There is no reset
/// job: the span is computed.
[[nodiscard]] PeriodSpan periodSpan(Period period, Instant now, const QTimeZone &zone);

} // namespace lbp
