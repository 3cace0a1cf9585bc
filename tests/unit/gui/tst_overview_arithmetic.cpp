#include "core/requestfilter.h"
#include "gui/overviewpacer.h"
#include "gui/overviewrange.h"
#include "gui/overviewscale.h"

#include <QTest>

using namespace lbp;
using namespace lbp::gui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(lbp::TimeBucket)

namespace {

Instant at(const QString &iso, const QTimeZone &zone)
{
    QDateTime time = QDateTime::fromString(iso, Qt::ISODate);
    time.setTimeZone(zone);
    return fromMicros(time.toMSecsSinceEpoch() * 1000);
}

const QTimeZone berlin("Europe/Berlin");

} // namespace

class tst_overview_arithmetic : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aScaleHoldsWhatIsShownInEvenSteps_data()
    {
        QTest::addColumn<QString>("most");
        QTest::addColumn<QString>("top");
        QTest::addColumn<int>("ticks");
        QTest::newRow("nothing is drawn on one dollar") << u"0"_s << u"1.00"_s << 6;
        QTest::newRow("a dollar") << u"1"_s << u"1.00"_s << 6;
        QTest::newRow("a little more") << u"1.01"_s << u"1.50"_s << 4;
        QTest::newRow("tens") << u"37.42"_s << u"40.00"_s << 5;
        QTest::newRow("less than a cent") << u"0.0037"_s << u"0.004"_s << 5;
        QTest::newRow("one picodollar") << u"0.000000000001"_s << u"0.000000000001"_s << 2;
    }
    void aScaleHoldsWhatIsShownInEvenSteps()
    {
        QFETCH(QString, most);
        QFETCH(QString, top);
        QFETCH(int, ticks);
        const MoneyScale scale = moneyScale(*Money::fromDecimal(most));
        QCOMPARE(scale.top.toDecimal(), top);
        QCOMPARE(int(scale.ticks.size()), ticks);
        QVERIFY(scale.ticks.first().isZero());
        const Money step = *scale.ticks[1].minus(scale.ticks[0]);
        for (qsizetype i = 1; i < scale.ticks.size(); ++i)
            QCOMPARE(*scale.ticks[i].minus(scale.ticks[i - 1]), step);
    }
    void theLargestAmountThereIsHasAScale()
    {
        const MoneyScale scale = moneyScale(Money::max());
        QCOMPARE(scale.top, Money::max());
        QVERIFY(scale.ticks.size() <= 6);
    }
    void sharesAreExactAndRoundedHalfUp()
    {
        QCOMPARE(basisPoints(1, 3), 3333);
        QCOMPARE(basisPoints(2, 3), 6667);
        QCOMPARE(basisPoints(1, 1), 10'000);
        QCOMPARE(basisPoints(0, 0), 0);
        QCOMPARE(basisPoints(Money::max().picodollars(), Money::max().picodollars()), 10'000);
    }
    void aChangeIsHeldAgainstWhatWasBefore()
    {
        QCOMPARE(changeBasisPoints(150, 100), std::optional(5000));
        QCOMPARE(changeBasisPoints(50, 100), std::optional(-5000));
        QCOMPARE(changeBasisPoints(5, 0), std::nullopt);
        QCOMPARE(changeBasisPoints(Money::max().picodollars(), 1), std::optional(mostChange));
    }

    void lastDaysAreWholeLocalDaysWithToday()
    {
        const Instant now = at(u"2026-11-23T14:30:00"_s, berlin);
        const TimeRange week = timesOf({u"7d"_s}, now, berlin);
        QCOMPARE(week.from, at(u"2026-11-17T00:00:00"_s, berlin));
        QCOMPARE(week.to, at(u"2026-11-24T00:00:00"_s, berlin));
    }
    void aChangeOfTheClockDoesNotMoveMidnight()
    {
        const Instant now = at(u"2026-10-26T09:00:00"_s, berlin); // the day before had 25 hours
        const TimeRange days = timesOf({u"7d"_s}, now, berlin);
        QCOMPARE(days.from, at(u"2026-10-20T00:00:00"_s, berlin));
        QCOMPARE(days.to - days.from, Duration(7 * 24h + 1h));
        QCOMPARE(bucketStarts(days, TimeBucket::Day, berlin).size(), 7);
    }
    void bothDaysOfACustomRangeAreInIt()
    {
        const OverviewRange range{u"custom"_s, QDate(2026, 2, 1), QDate(2026, 2, 28)};
        const TimeRange times = timesOf(range, at(u"2026-11-23T14:30:00"_s, berlin), berlin);
        QCOMPARE(times.from, at(u"2026-02-01T00:00:00"_s, berlin));
        QCOMPARE(times.to, at(u"2026-03-01T00:00:00"_s, berlin));
    }
    void aRangeThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QDate>("first");
        QTest::addColumn<QDate>("last");
        QTest::newRow("backwards") << QDate(2026, 2, 2) << QDate(2026, 2, 1);
        QTest::newRow("no day") << QDate() << QDate(2026, 2, 1);
        QTest::newRow("too long") << QDate(2000, 1, 1) << QDate(2026, 2, 1);
    }
    void aRangeThatIsNoneIsRefused()
    {
        QFETCH(QDate, first);
        QFETCH(QDate, last);
        QVERIFY(!isOverviewRange({u"custom"_s, first, last}));
    }
    void aNameThatIsNoRangeIsRefused() { QVERIFY(!isOverviewRange({u"fortnight"_s})); }

    void aRangeIsCutIntoWhatMakesALine_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QList<TimeBucket>>("fitting");
        QTest::addColumn<TimeBucket>("usual");
        using enum TimeBucket;
        QTest::newRow("a day") << u"today"_s << QList{Hour} << Hour;
        QTest::newRow("seven days") << u"7d"_s << QList{Hour, Day, Week} << Day;
        QTest::newRow("a month") << u"month"_s << QList{Day, Week} << Day;
        QTest::newRow("ninety days") << u"90d"_s << QList{Day, Week} << Day;
    }
    void aRangeIsCutIntoWhatMakesALine()
    {
        QFETCH(QString, id);
        QFETCH(QList<TimeBucket>, fitting);
        QFETCH(TimeBucket, usual);
        const TimeRange times = timesOf({id}, at(u"2026-11-23T14:30:00"_s, berlin), berlin);
        QCOMPARE(bucketsFor(times, berlin), fitting);
        QCOMPARE(usualBucket(times, berlin), usual);
    }
    void theLongestRangeIsStillALine()
    {
        const TimeRange times = timesOf({u"custom"_s, QDate(2024, 1, 1), QDate(2026, 11, 1)},
                                        at(u"2026-11-23T14:30:00"_s, berlin), berlin);
        QCOMPARE(bucketsFor(times, berlin), QList{TimeBucket::Week});
        QVERIFY(bucketStarts(times, TimeBucket::Week, berlin).size() <= OverviewRange::mostPoints);
    }

    void theFilterOfARangeFindsExactlyItsTime_data()
    {
        QTest::addColumn<QString>("id");
        for (const QString &id : overviewRangeIds())
            if (id != OverviewRange::customId)
                QTest::newRow(qPrintable(id)) << id;
    }
    void theFilterOfARangeFindsExactlyItsTime()
    {
        QFETCH(QString, id);
        const Instant now = at(u"2026-11-23T14:30:00"_s, berlin);
        verifyFilter(timeFilter(OverviewRange{id}, now, berlin), timesOf({id}, now, berlin), now);
    }
    void theFilterOfTheRepeatedHourFindsOneOfTheTwo()
    {
        const Instant second = at(u"2026-10-25T01:00:00"_s, QTimeZone::utc()); // 02:00 local, again
        const TimeRange hour{second, second + 1h};
        verifyFilter(timeFilter(hour, berlin), hour, second);
        const TimeRange first{second - 1h, second};
        verifyFilter(timeFilter(first, berlin), first, second);
    }

    void aPacerBeginsOneLookForManyQuestions()
    {
        int looks = 0;
        OverviewPacer pacer(1h, [&] { ++looks; });
        for (int i = 0; i < 100; ++i)
            pacer.ask();
        QTRY_COMPARE(looks, 1);
        pacer.ask(); // while it is under way
        pacer.done(); // the next one waits for the gap
        QCoreApplication::processEvents();
        QCOMPARE(looks, 1);
    }
    void aPersonDoesNotWaitForTheGap()
    {
        int looks = 0;
        OverviewPacer pacer(1h, [&] { ++looks; });
        pacer.ask();
        QTRY_COMPARE(looks, 1);
        pacer.askNow();
        QCoreApplication::processEvents();
        QCOMPARE(looks, 1); // never two at a time
        pacer.done();
        QTRY_COMPARE(looks, 2);
    }
    void aStoppedPacerBeginsNothing()
    {
        int looks = 0;
        OverviewPacer pacer(0ms, [&] { ++looks; });
        pacer.ask();
        pacer.stop();
        QCoreApplication::processEvents();
        QCOMPARE(looks, 0);
        pacer.ask();
        QTRY_COMPARE(looks, 1);
        pacer.ask();
        pacer.stop();
        pacer.done();
        QCoreApplication::processEvents();
        QCOMPARE(looks, 1);
    }

private:
    static void verifyFilter(const QString &text, TimeRange range, Instant now)
    {
        const Result<QList<FilterTerm>> terms = readRequestTerms(text, now, berlin);
        QVERIFY2(terms.has_value(), qPrintable(text));
        const auto found = [&](Instant t) {
            ExchangeRow row;
            row.open.id = RequestId::firstAt(t);
            row.open.series = std::make_shared<const Series>();
            return fits(*terms, row, u"ci");
        };
        QVERIFY2(found(range.from), qPrintable(text));
        QVERIFY2(found(range.to - Duration(1)), qPrintable(text));
        QVERIFY2(!found(range.from - Duration(1)), qPrintable(text));
        QVERIFY2(!found(range.to), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(tst_overview_arithmetic)
#include "tst_overview_arithmetic.moc"
