#pragma once

#include "core/money.h"
#include "core/period.h"

#include <QList>

namespace lbp {

/// What was spent in the hour that begins at `start`. Hours without any spending may be left out.
struct HourCost
{
    Instant start;
    Money cost;
};

/// Spending up to the end of a period.
struct Forecast
{
    enum class Basis {
        NotEnoughData, ///< fewer than three whole days (hours, for an hourly period) to go by: only `spent`
                       ///< is set
        SimilarDays, ///< working days and weekends told apart
        AllDays, ///< too few of one kind: all days taken alike
        Hours, ///< for an hourly period: the hours before
    };
    Basis basis = Basis::NotEnoughData;
    Money spent; ///< so far in the period
    Money low, likely, high; ///< at its end; 80 of 100 periods should end between low and high
    int samples = 0; ///< days or hours that it rests on, the fewest of any kind used
    [[nodiscard]] bool isKnown() const { return basis != Basis::NotEnoughData; }
};

/// How far back it is worth to go.
inline constexpr int forecastDays = 56;

/// Forecast for \a period around \a now. \a spent is its spending so far; \a history the hours before \a now
/// (later ones are ignored); whole local days from \a historyFrom on, at most forecastDays of them, are
/// samples, also those in which nothing was spent. Pass the moment of the first request ever, or where the
/// data begin.
///
/// The seasonal mean: each day to come is expected to cost the mean of its kind of day (Monday to Friday,
/// weekend), and the rest of today the mean of what such days cost after this time of day. Days are taken as
/// independent: with k days to come of a kind with n samples, mean m and sample variance s², they cost k·m
/// and vary by s²·(k + k²/n), the second part for not knowing m better. Variances add up over the kinds, the
/// rest of today is a kind of its own, and low and high lie t·√variance from likely, t being Student's 0.9
/// quantile for the fewest samples used (about 1.28 for many): an 80 % interval, never below what is spent.
/// This is the average method with its prediction interval of Hyndman and Athanasopoulos, "Forecasting:
/// Principles and Practice", 3rd ed., sections 5.2 and 5.5, applied per season. Sums and means are exact
/// (rounded down to the picodollar); variances are taken in whole microdollars. Never fails: amounts
/// saturate. Pure. Period::Total has no end and gives NotEnoughData.
[[nodiscard]] Forecast forecastSpend(Period period, Instant now, Money spent, const QList<HourCost> &history,
                                     Instant historyFrom, const QTimeZone &zone);

} // namespace lbp
