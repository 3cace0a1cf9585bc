#include "core/timerange.h"

#include <QDateTime>
#include <QTest>

using namespace lbp;
using std::chrono::hours;

namespace {
Instant utc(const char *text)
{
    return fromMicros(QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch()
                      * 1000);
}
const QTimeZone berlin("Europe/Berlin");
} // namespace

class TestTimeRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bucketsFollowOneAnotherWithoutGaps_data()
    {
        QTest::addColumn<TimeBucket>("bucket");
        QTest::addColumn<QByteArray>("zone");
        for (const char *zone :
             {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"})
            for (const TimeBucket bucket :
                 {TimeBucket::Hour, TimeBucket::Day, TimeBucket::Week, TimeBucket::Month})
                QTest::addRow("%s by %s", zone, qPrintable(timeBucketName(bucket)))
                    << bucket << QByteArray(zone);
    }
    void bucketsFollowOneAnotherWithoutGaps()
    {
        QFETCH(TimeBucket, bucket);
        QFETCH(QByteArray, zone);
        const QTimeZone tz(zone);
        const TimeRange range{utc("2026-03-01T05:17:00Z"), utc("2026-11-20T05:17:00Z")}; // both DST changes
        const QList<Instant> starts = bucketStarts(range, bucket, tz);
        QVERIFY(starts.first() <= range.from);
        for (qsizetype i = 0; i < starts.size(); ++i) {
            const TimeRange around = bucketAround(starts[i], bucket, tz);
            QCOMPARE(around.from, starts[i]);
            if (i + 1 < starts.size())
                QCOMPARE(around.to, starts[i + 1]);
            else
                QVERIFY(around.to >= range.to && around.from < range.to);
        }
        const QList<Instant> last = bucketStarts(range, bucket, tz, 3);
        QCOMPARE(last, starts.last(3));
    }
    void theDayOfAChangeHasTwentyThreeOrTwentyFiveHours()
    {
        const auto hoursOf = [](const char *noon) {
            return bucketStarts(bucketAround(utc(noon), TimeBucket::Day, berlin), TimeBucket::Hour, berlin)
                .size();
        };
        QCOMPARE(hoursOf("2026-03-29T12:00:00Z"), 23);
        QCOMPARE(hoursOf("2026-03-30T12:00:00Z"), 24);
        QCOMPARE(hoursOf("2026-10-25T12:00:00Z"), 25);
    }
    void endlessRangesAreBounded()
    {
        QVERIFY(bucketStarts({Instant::min(), Instant::max()}, TimeBucket::Hour, berlin, 100).size() <= 100);
        QVERIFY(
            bucketStarts({utc("2026-01-02T00:00:00Z"), utc("2026-01-01T00:00:00Z")}, TimeBucket::Day, berlin)
                .isEmpty());
    }
    void thePreviousRangeKeepsToTheCalendar_data()
    {
        QTest::addColumn<TimeRange>("range");
        QTest::addColumn<TimeRange>("previous");
        const auto row = [](const char *name, const char *from, const char *to, const char *before) {
            QTest::newRow(name) << TimeRange{utc(from), utc(to)} << TimeRange{utc(before), utc(from)};
        };
        row("a day", "2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z", "2026-11-21T23:00:00Z");
        row("the day after a change", "2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z", "2026-10-24T22:00:00Z");
        row("seven days over a change", "2026-10-25T23:00:00Z", "2026-11-01T23:00:00Z",
            "2026-10-18T22:00:00Z");
        row("a month after a longer one", "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z",
            "2026-09-30T22:00:00Z");
        row("a quarter of a year", "2026-03-31T22:00:00Z", "2026-06-30T22:00:00Z", "2025-12-31T23:00:00Z");
        row("some hours", "2026-11-23T08:30:00Z", "2026-11-23T10:00:00Z", "2026-11-23T07:00:00Z");
    }
    void thePreviousRangeKeepsToTheCalendar()
    {
        QFETCH(TimeRange, range);
        QFETCH(TimeRange, previous);
        const TimeRange found = previousRange(range, berlin);
        QCOMPARE(found.from, previous.from);
        QCOMPARE(found.to, previous.to);
    }
    void namesOfRanges()
    {
        const Instant now = utc("2026-11-25T10:00:00Z"); // a Wednesday
        const auto range = [&](const char *name) {
            return namedRange(QString::fromLatin1(name), now, berlin);
        };
        QCOMPARE(range("week"),
                 std::optional(TimeRange{utc("2026-11-22T23:00:00Z"), utc("2026-11-29T23:00:00Z")}));
        QCOMPARE(range("lastweek"),
                 std::optional(TimeRange{utc("2026-11-15T23:00:00Z"), utc("2026-11-22T23:00:00Z")}));
        QCOMPARE(range("lastmonth"),
                 std::optional(TimeRange{utc("2026-09-30T22:00:00Z"), utc("2026-10-31T23:00:00Z")}));
        QCOMPARE(range("90m"), std::optional(TimeRange{now - std::chrono::minutes(90), now}));
        QCOMPARE(range("2w"), std::optional(TimeRange{now - hours(14 * 24), now}));
        for (const char *name : {"", "7", "d", "0d", "-1d", "+1d", "1y", "Today", "1000000d"})
            QVERIFY2(!range(name), name);
    }
};

QTEST_GUILESS_MAIN(TestTimeRange)
#include "tst_core_timerange.moc"
