#include "core/forecast.h"

#include "core/int128.h"
#include "core/timerange.h"

#include <algorithm>
#include <array>
#include <limits>
#include <QDateTime>
#include <vector>

namespace lbp {

namespace {

using namespace std::chrono;

constexpr qint64 picosPerMicrodollar = 1'000'000;
constexpr int fewestSamples = 3;
constexpr int hoursLookedAt = 24;

/// Student's t, 0.9 quantile, in thousandths, for n - 1 degrees of freedom.
qint64 studentThousandths(int samples)
{
    constexpr std::array<int, 20> quantiles{3078, 1886, 1638, 1533, 1476, 1440, 1415, 1397, 1383, 1372,
                                            1363, 1356, 1350, 1345, 1341, 1337, 1333, 1330, 1328, 1325};
    const int freedom = std::max(samples - 1, 1);
    return freedom <= int(quantiles.size()) ? quantiles[size_t(freedom) - 1] : freedom <= 40 ? 1310 : 1290;
}

UInt128 squareRoot(UInt128 n)
{
    UInt128 root = 0;
    for (UInt128 bit = UInt128(1) << 126; bit != 0; bit >>= 2) {
        if (n >= root + bit) {
            n -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

qint64 saturated(Int128 amount)
{
    return qint64(std::clamp<Int128>(amount, 0, std::numeric_limits<qint64>::max()));
}

/// Costs of like spans of time.
struct Samples
{
    std::vector<qint64> picos;
    [[nodiscard]] int count() const { return int(picos.size()); }
    [[nodiscard]] Int128 sum() const
    {
        Int128 total = 0;
        for (const qint64 cost : picos)
            total += cost;
        return total;
    }
    /// Sample variance in squared microdollars.
    [[nodiscard]] UInt128 variance() const
    {
        const Int128 mean = sum() / count();
        UInt128 squares = 0;
        for (const qint64 cost : picos) {
            const Int128 off = (cost - mean) / picosPerMicrodollar;
            squares += UInt128(off * off);
        }
        return squares / UInt128(count() - 1);
    }
};

/// Expected cost and variance, added up over what is still to come.
struct Outlook
{
    Int128 expected = 0; ///< picodollars
    UInt128 variance = 0; ///< squared microdollars
    int fewest = std::numeric_limits<int>::max();
    /// \a share thousandths of spans such as those in \a samples, a whole number of them if there are many.
    void add(const Samples &samples, qint64 share)
    {
        if (share <= 0)
            return;
        const int n = samples.count();
        const UInt128 s = samples.variance();
        const auto k = UInt128(share);
        expected += samples.sum() * share / (1000 * n);
        variance += s * k / 1000 + s * k * k / (UInt128(n) * 1'000'000);
        fewest = std::min(fewest, n);
    }
    [[nodiscard]] Forecast result(Forecast::Basis basis, Money spent) const
    {
        Forecast forecast;
        forecast.basis = basis;
        forecast.spent = spent;
        forecast.samples = fewest;
        const Int128 likely = Int128(spent.picodollars()) + expected;
        const Int128 off =
            Int128(squareRoot(variance)) * studentThousandths(fewest) / 1000 * picosPerMicrodollar;
        forecast.likely = Money::fromPicodollars(saturated(likely));
        forecast.low = Money::fromPicodollars(saturated(std::max<Int128>(likely - off, spent.picodollars())));
        forecast.high = Money::fromPicodollars(saturated(likely + off));
        return forecast;
    }
};

Forecast unknown(Money spent)
{
    Forecast forecast;
    forecast.spent = forecast.low = forecast.likely = forecast.high = spent;
    return forecast;
}

bool isWeekend(Instant t, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(t) / 1000, zone).date().dayOfWeek() >= 6;
}

Forecast forHour(TimeRange period, Instant now, Money spent, const QList<HourCost> &history, Instant from)
{
    Samples samples;
    for (int i = 1; i <= hoursLookedAt; ++i) {
        const Instant start = period.from - i * hours(1);
        if (start < from)
            break;
        qint64 cost = 0;
        for (const HourCost &hour : history)
            if (hour.start >= start && hour.start < start + hours(1))
                cost = saturated(Int128(cost) + hour.cost.picodollars());
        samples.picos.push_back(cost);
    }
    if (samples.count() < fewestSamples)
        return unknown(spent);
    Outlook outlook;
    outlook.add(samples, (period.to - now) * 1000 / (period.to - period.from));
    return outlook.result(Forecast::Basis::Hours, spent);
}

/// Days that are over: what they cost, and what they cost after the time of day that it is now.
struct Day
{
    bool isWeekend = false;
    qint64 whole = 0;
    qint64 rest = 0;
};

std::vector<Day> daysOf(TimeRange today, Instant now, const QList<HourCost> &history, Instant from,
                        const QTimeZone &zone)
{
    std::vector<HourCost> sorted(history.begin(), history.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const HourCost &a, const HourCost &b) { return a.start < b.start; });
    std::vector<Day> days;
    const Duration sinceMidnight = now - today.from;
    TimeRange day = bucketAround(today.from - Duration(1), TimeBucket::Day, zone);
    for (int i = 0; i < forecastDays && day.from >= from; ++i) {
        Day entry;
        entry.isWeekend = isWeekend(day.from + hours(12), zone);
        auto hour = std::lower_bound(sorted.begin(), sorted.end(), day.from,
                                     [](const HourCost &h, Instant t) { return h.start < t; });
        for (; hour != sorted.end() && hour->start < day.to; ++hour) {
            const qint64 cost = hour->cost.picodollars();
            entry.whole = saturated(Int128(entry.whole) + cost);
            // Of the hour that is running now only the part that is left counts.
            const Duration into =
                std::clamp<Duration>(day.from + sinceMidnight - hour->start, Duration(0), hours(1));
            const Int128 left =
                Int128(cost) * (Duration(hours(1)) - into).count() / Duration(hours(1)).count();
            entry.rest = saturated(entry.rest + left);
        }
        days.push_back(entry);
        day = bucketAround(day.from - Duration(1), TimeBucket::Day, zone);
    }
    return days;
}

} // namespace

Forecast forecastSpend(Period period, Instant now, Money spent, const QList<HourCost> &history,
                       Instant historyFrom, const QTimeZone &zone)
{
    if (period == Period::Total)
        return unknown(spent);
    const PeriodSpan span = periodSpan(period, now, zone);
    if (period == Period::Hourly)
        return forHour({span.start, span.end}, now, spent, history, historyFrom);

    const TimeRange today = bucketAround(now, TimeBucket::Day, zone);
    const std::vector<Day> days = daysOf(today, now, history, historyFrom, zone);
    if (int(days.size()) < fewestSamples)
        return unknown(spent);

    // What is to come: the rest of today, and whole days by kind.
    std::array<qint64, 2> daysToCome{};
    for (Instant t = today.to; t < span.end; t = bucketAround(t, TimeBucket::Day, zone).to)
        ++daysToCome[isWeekend(t + hours(12), zone)];
    const bool todayIsWeekend = isWeekend(today.from + hours(12), zone);
    std::array<Samples, 2> whole, rest;
    for (const Day &day : days) {
        whole[day.isWeekend].picos.push_back(day.whole);
        rest[day.isWeekend].picos.push_back(day.rest);
    }
    const auto isEnough = [&](bool weekend) {
        return (daysToCome[weekend] == 0 && todayIsWeekend != weekend)
            || whole[weekend].count() >= fewestSamples;
    };
    Forecast::Basis basis = Forecast::Basis::SimilarDays;
    if (!isEnough(false) || !isEnough(true)) {
        basis = Forecast::Basis::AllDays;
        for (auto *kinds : {&whole, &rest}) {
            std::vector<qint64> all = (*kinds)[0].picos;
            all.insert(all.end(), (*kinds)[1].picos.begin(), (*kinds)[1].picos.end());
            (*kinds)[0].picos = (*kinds)[1].picos = std::move(all);
        }
        daysToCome = {daysToCome[0] + daysToCome[1], 0};
    }
    Outlook outlook;
    outlook.add(rest[todayIsWeekend], 1000);
    for (const size_t kind : {size_t(0), size_t(1)})
        outlook.add(whole[kind], daysToCome[kind] * 1000);
    return outlook.result(basis, spent);
}

} // namespace lbp
