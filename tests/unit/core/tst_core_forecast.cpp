#include "core/forecast.h"

#include "core/timerange.h"

#include <algorithm>
#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

using namespace lbp;
using std::chrono::hours;
using std::chrono::minutes;

namespace {
Instant utc(const char *text)
{
    return fromMicros(QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch()
                      * 1000);
}
Money usd(qint64 dollars)
{
    return Money::fromPicodollars(dollars * Money::picodollarsPerDollar);
}
const QTimeZone zone = QTimeZone::utc();
const Instant now = utc("2026-11-18T12:00:00Z"); // a Wednesday
const Instant longAgo = utc("2026-01-01T00:00:00Z");

/// A cost for every hour before \a end.
template <typename CostAt> QList<HourCost> history(Instant end, int days, CostAt &&costAt)
{
    QList<HourCost> hoursBefore;
    for (Instant t = end - hours(24 * days); t < end; t += hours(1))
        hoursBefore += HourCost{t, costAt(t)};
    return hoursBefore;
}
bool isWeekend(Instant t)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(t) / 1000, Qt::UTC).date().dayOfWeek() >= 6;
}
} // namespace

class TestForecast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutThreeWholeDaysThereIsNone()
    {
        const auto steady = history(now, 30, [](Instant) { return usd(1); });
        for (const Instant since :
             {now, now - hours(1), utc("2026-11-16T00:00:00Z"), utc("2026-11-15T00:00:01Z")}) {
            const Forecast forecast = forecastSpend(Period::Monthly, now, usd(7), steady, since, zone);
            QVERIFY(!forecast.isKnown());
            QCOMPARE(forecast.spent, usd(7));
        }
        QVERIFY(
            forecastSpend(Period::Monthly, now, usd(7), steady, utc("2026-11-15T00:00:00Z"), zone).isKnown());
        QVERIFY(!forecastSpend(Period::Total, now, usd(7), steady, longAgo, zone).isKnown());
    }
    void steadySpendingIsForeseenExactly()
    {
        const auto steady = history(now, 80, [](Instant) { return usd(1); });
        const Forecast day = forecastSpend(Period::Daily, now, usd(12), steady, longAgo, zone);
        QCOMPARE(day.low, usd(24));
        QCOMPARE(day.likely, usd(24));
        QCOMPARE(day.high, usd(24));
        QCOMPARE(day.basis, Forecast::Basis::SimilarDays);
        const Forecast month = forecastSpend(Period::Monthly, now, usd(17 * 24 + 12), steady, longAgo, zone);
        QCOMPARE(month.likely, usd(30 * 24));
        const Forecast week = forecastSpend(Period::Weekly, now, usd(60), steady, longAgo, zone);
        QCOMPARE(week.likely, usd(7 * 24));
        const Forecast hour = forecastSpend(Period::Hourly, now + minutes(15), Money::fromPicodollars(1),
                                            steady, longAgo, zone);
        QCOMPARE(hour.basis, Forecast::Basis::Hours);
        QCOMPARE(hour.likely, Money::fromPicodollars(1 + 3 * Money::picodollarsPerDollar / 4));
    }
    void theHourThatRunsCountsByWhatIsLeftOfIt()
    {
        const auto steady = history(now, 80, [](Instant) { return usd(1); });
        const Forecast day = forecastSpend(Period::Daily, now + minutes(30), usd(12), steady, longAgo, zone);
        QCOMPARE(
            day.likely,
            Money::fromPicodollars(12 * Money::picodollarsPerDollar + 23 * Money::picodollarsPerDollar / 2));
    }
    void weekendsAreDaysOfTheirOwn()
    {
        const auto office = history(now, 80, [](Instant t) { return isWeekend(t) ? Money() : usd(1); });
        const Forecast week = forecastSpend(Period::Weekly, now, usd(60), office, longAgo, zone);
        QCOMPARE(week.basis, Forecast::Basis::SimilarDays);
        QCOMPARE(week.likely, usd(5 * 24));
        QCOMPARE(week.high, usd(5 * 24));
        // Since Thursday there was one weekend only: all days are taken alike, and the range shows it.
        const Forecast few =
            forecastSpend(Period::Weekly, now, usd(60), office, utc("2026-11-12T00:00:00Z"), zone);
        QCOMPARE(few.basis, Forecast::Basis::AllDays);
        QVERIFY(few.low < few.likely && few.likely < few.high);
    }
    void daysWithoutAnySpendingAreSamplesToo()
    {
        QList<HourCost> one{{now - hours(48), usd(56)}};
        const Forecast day = forecastSpend(Period::Weekly, now, Money(), one, now - hours(24 * 70), zone);
        QVERIFY(day.isKnown());
        QVERIFY(day.likely < usd(20));
    }
    void whatIsSpentIsTheLeast()
    {
        QRandomGenerator random(5);
        const auto wild = history(now, 20, [&](Instant) { return usd(random.bounded(50) == 0 ? 100 : 0); });
        const Forecast day = forecastSpend(Period::Daily, now, usd(3), wild, longAgo, zone);
        QVERIFY(day.low >= usd(3));
        QVERIFY(day.high > day.likely);
    }
    void fourOfFiveMonthsEndInTheRange()
    {
        QRandomGenerator random(11);
        int inside = 0;
        constexpr int rounds = 400;
        for (int round = 0; round < rounds; ++round) {
            const Instant end = utc("2026-12-01T00:00:00Z");
            const auto all = history(end, 90, [&](Instant t) {
                return Money::fromPicodollars(qint64(random.bounded(isWeekend(t) ? 1'000 : 4'000))
                                              * 1'000'000'000);
            });
            Money spent, whole;
            for (const HourCost &hour : all) {
                if (hour.start < utc("2026-11-01T00:00:00Z"))
                    continue;
                whole = whole.plusSaturated(hour.cost);
                if (hour.start < now)
                    spent = spent.plusSaturated(hour.cost);
            }
            const Forecast month = forecastSpend(Period::Monthly, now, spent, all, longAgo, zone);
            inside += month.low <= whole && whole <= month.high;
        }
        QVERIFY2(inside > rounds * 72 / 100 && inside < rounds * 88 / 100,
                 qPrintable(QString::number(inside)));
    }
    void lessDataMakesAWiderRange()
    {
        QRandomGenerator random(2);
        const auto noisy = history(now, 80, [&](Instant) { return usd(random.bounded(10)); });
        const auto width = [&](int days) {
            const Forecast month =
                forecastSpend(Period::Monthly, now, usd(100), noisy, now - hours(24 * days), zone);
            return month.high.picodollars() - month.low.picodollars();
        };
        QVERIFY(width(4) > width(70));
    }
    void hugeAmountsStopAtTheEnd()
    {
        const auto huge = history(now, 80, [](Instant) { return Money::max(); });
        const Forecast month = forecastSpend(Period::Monthly, now, Money::max(), huge, longAgo, zone);
        QCOMPARE(month.high, Money::max());
        QCOMPARE(month.low, Money::max());
    }
    void aDayOfADaylightChangeIsAWholeDay()
    {
        const QTimeZone berlin("Europe/Berlin");
        const Instant then = utc("2026-10-27T11:00:00Z"); // noon, two days after the clock went back
        const auto steady = history(then, 80, [](Instant) { return usd(1); });
        const Forecast day = forecastSpend(Period::Daily, then, usd(12), steady, longAgo, berlin);
        QCOMPARE(day.likely.toRounded(0), QStringLiteral("24"));
    }
};

QTEST_GUILESS_MAIN(TestForecast)
#include "tst_core_forecast.moc"
