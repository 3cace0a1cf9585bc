#include "core/period.h"

#include <QDateTime>
#include <QTest>
#include <random>

using namespace lbp;
using namespace std::chrono_literals;

namespace {

Instant utc(const QString &iso)
{
    const QDateTime time = QDateTime::fromString(iso, Qt::ISODate);
    Q_ASSERT(time.isValid() && time.timeSpec() == Qt::UTC);
    return fromMicros(time.toMSecsSinceEpoch() * 1'000);
}

QString text(Instant t)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(t) / 1'000, Qt::UTC).toString(Qt::ISODate);
}

QDate localDate(Instant t, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(t) / 1'000, zone).date();
}

QTimeZone zoneNamed(const char *name)
{
    return QTimeZone(QByteArray(name));
}

constexpr const char *oddZones[] = {"America/Sao_Paulo",
                                    "Asia/Beirut",
                                    "Africa/Cairo",
                                    "Australia/Lord_Howe",
                                    "Asia/Kolkata",
                                    "Asia/Kathmandu",
                                    "Pacific/Apia",
                                    "Europe/Berlin",
                                    "America/New_York",
                                    "America/St_Johns",
                                    "America/Havana",
                                    "Africa/Casablanca",
                                    "Asia/Tehran",
                                    "Pacific/Kiritimati",
                                    "Antarctica/Troll",
                                    "America/Asuncion",
                                    "UTC"};

} // namespace

class TestPeriod : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSystemKnowsTheZonesThatAreTested()
    {
        // Without the system's tzdata every zone would be UTC here, and all below would test nothing.
        QVERIFY2(QTimeZone::availableTimeZoneIds().size() > 300, "install the tzdata package");
        for (const char *name : oddZones)
            QVERIFY2(zoneNamed(name).isValid(), name);
    }

    void aSpanBeginsAndEndsAtLocalMidnight_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<int>("period");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("end");
        const auto row = [](const char *name, const char *zone, Period period, const char *now,
                            const char *start, const char *end) {
            QTest::newRow(name) << QByteArray(zone) << int(period) << QString::fromLatin1(now)
                                << QString::fromLatin1(start) << QString::fromLatin1(end);
        };
        using enum Period;
        row("plain day", "UTC", Daily, "2026-03-05T12:00:00Z", "2026-03-05T00:00:00Z",
            "2026-03-06T00:00:00Z");
        row("first moment of a day", "UTC", Daily, "2026-03-05T00:00:00Z", "2026-03-05T00:00:00Z",
            "2026-03-06T00:00:00Z");
        row("last second of a day", "UTC", Daily, "2026-03-04T23:59:59Z", "2026-03-04T00:00:00Z",
            "2026-03-05T00:00:00Z");
        row("India, half an hour", "Asia/Kolkata", Daily, "2026-03-05T18:29:59Z", "2026-03-04T18:30:00Z",
            "2026-03-05T18:30:00Z");
        row("India, an hour", "Asia/Kolkata", Hourly, "2026-03-05T18:29:59Z", "2026-03-05T17:30:00Z",
            "2026-03-05T18:30:00Z");
        row("day of 23 hours", "Europe/Berlin", Daily, "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z");
        row("day of 25 hours", "Europe/Berlin", Daily, "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z",
            "2026-10-25T23:00:00Z");
        row("repeated hour, first", "Europe/Berlin", Hourly, "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z",
            "2026-10-25T01:00:00Z");
        row("repeated hour, second", "Europe/Berlin", Hourly, "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z",
            "2026-10-25T02:00:00Z");
        row("week with a change", "Europe/Berlin", Weekly, "2026-03-29T12:00:00Z", "2026-03-22T23:00:00Z",
            "2026-03-29T22:00:00Z");
        row("month with a change", "Europe/Berlin", Monthly, "2026-10-25T12:00:00Z", "2026-09-30T22:00:00Z",
            "2026-10-31T23:00:00Z");
        row("Sunday is the last day of a week", "UTC", Weekly, "2026-03-08T23:59:59Z", "2026-03-02T00:00:00Z",
            "2026-03-09T00:00:00Z");
        row("Monday is the first", "UTC", Weekly, "2026-03-09T00:00:00Z", "2026-03-09T00:00:00Z",
            "2026-03-16T00:00:00Z");
        row("week over the new year", "UTC", Weekly, "2027-01-01T00:00:00Z", "2026-12-28T00:00:00Z",
            "2027-01-04T00:00:00Z");
        row("leap February", "UTC", Monthly, "2028-02-29T10:00:00Z", "2028-02-01T00:00:00Z",
            "2028-03-01T00:00:00Z");
        row("December", "UTC", Monthly, "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z",
            "2027-01-01T00:00:00Z");
        row("Sao Paulo skips midnight", "America/Sao_Paulo", Daily, "2018-11-04T12:00:00Z",
            "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z");
        row("the day before it", "America/Sao_Paulo", Daily, "2018-11-04T02:59:59Z", "2018-11-03T03:00:00Z",
            "2018-11-04T03:00:00Z");
        row("Sao Paulo repeats the last hour", "America/Sao_Paulo", Daily, "2018-02-18T02:30:00Z",
            "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z");
        row("Beirut skips midnight", "Asia/Beirut", Daily, "2022-03-27T12:00:00Z", "2022-03-26T22:00:00Z",
            "2022-03-27T21:00:00Z");
        row("Cairo skips midnight", "Africa/Cairo", Daily, "2024-04-26T12:00:00Z", "2024-04-25T22:00:00Z",
            "2024-04-26T21:00:00Z");
        row("Havana has midnight twice: the first", "America/Havana", Daily, "2019-11-03T04:30:00Z",
            "2019-11-03T04:00:00Z", "2019-11-04T05:00:00Z");
        row("Havana has midnight twice: the second", "America/Havana", Daily, "2019-11-03T05:30:00Z",
            "2019-11-03T04:00:00Z", "2019-11-04T05:00:00Z");
        row("St John's goes back over midnight", "America/St_Johns", Daily, "2010-11-07T03:00:00Z",
            "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z");
        row("Samoa before the day that was skipped", "Pacific/Apia", Daily, "2011-12-30T09:59:59Z",
            "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z");
        row("Samoa after it", "Pacific/Apia", Daily, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z",
            "2011-12-31T10:00:00Z");
        row("Samoa, the week of six days", "Pacific/Apia", Weekly, "2011-12-30T10:00:00Z",
            "2011-12-26T10:00:00Z", "2012-01-01T10:00:00Z");
        row("Lord Howe, day of 23.5 hours", "Australia/Lord_Howe", Daily, "2026-10-04T00:00:00Z",
            "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z");
        row("Lord Howe, the hour cut in spring", "Australia/Lord_Howe", Hourly, "2026-10-03T15:45:00Z",
            "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z");
        row("Lord Howe, the hour before it", "Australia/Lord_Howe", Hourly, "2026-10-03T15:15:00Z",
            "2026-10-03T14:30:00Z", "2026-10-03T15:30:00Z");
        row("Lord Howe, the half hour repeated in autumn", "Australia/Lord_Howe", Hourly,
            "2026-04-04T15:15:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z");
        row("by rule, beyond the tables", "Europe/Berlin", Daily, "2045-03-26T12:00:00Z",
            "2045-03-25T23:00:00Z", "2045-03-26T22:00:00Z");
    }
    void aSpanBeginsAndEndsAtLocalMidnight()
    {
        QFETCH(QByteArray, zone);
        QFETCH(int, period);
        QFETCH(QString, now);
        QFETCH(QString, start);
        QFETCH(QString, end);
        const PeriodSpan span = periodSpan(Period(period), utc(now), QTimeZone(zone));
        QCOMPARE(text(span.start), start);
        QCOMPARE(text(span.end), end);
    }

    void aSpanHoldsItsFirstMicrosecondAndNotItsEnd()
    {
        const QTimeZone berlin = zoneNamed("Europe/Berlin");
        for (Period period : {Period::Hourly, Period::Daily, Period::Weekly, Period::Monthly}) {
            const PeriodSpan span = periodSpan(period, utc(QStringLiteral("2026-03-29T12:34:56Z")), berlin);
            QCOMPARE(periodSpan(period, span.start, berlin), span);
            QCOMPARE(periodSpan(period, span.end - 1us, berlin), span);
            QCOMPARE(periodSpan(period, span.end, berlin).start, span.end);
            QCOMPARE(periodSpan(period, span.start - 1us, berlin).end, span.start);
        }
    }

    void totalNeverEnds()
    {
        const PeriodSpan span =
            periodSpan(Period::Total, utc(QStringLiteral("2026-03-29T12:34:56Z")), zoneNamed("Asia/Kolkata"));
        QCOMPARE(span.start, Instant());
        QCOMPARE(span.end, Instant::max());
    }

    void spansTileTimeWithoutGapsOrOverlaps_data()
    {
        QTest::addColumn<QByteArray>("zone");
        for (const char *name : oddZones)
            QTest::newRow(name) << QByteArray(name);
    }
    void spansTileTimeWithoutGapsOrOverlaps()
    {
        QFETCH(QByteArray, zone);
        const QTimeZone timeZone(zone);
        std::mt19937_64 random(1);
        for (Period period : {Period::Daily, Period::Weekly, Period::Monthly}) {
            const Instant last = utc(QStringLiteral("2040-01-01T00:00:00Z"));
            PeriodSpan span = periodSpan(period, utc(QStringLiteral("1995-01-01T00:00:00Z")), timeZone);
            while (span.end < last) {
                const PeriodSpan next = periodSpan(period, span.end, timeZone);
                QCOMPARE(text(next.start), text(span.end));
                QVERIFY(next.end > next.start);
                // From anywhere within, it is the same span.
                const Duration within(qint64(random() % quint64((next.end - next.start).count())));
                QCOMPARE(periodSpan(period, next.start + within, timeZone), next);
                // It begins when a new day does: another date before, Monday or the first where it has to be.
                QVERIFY(localDate(next.start - 1s, timeZone) < localDate(next.start, timeZone));
                if (period == Period::Monthly)
                    QCOMPARE(localDate(next.start, timeZone).day(), 1);
                if (period == Period::Weekly)
                    QCOMPARE(localDate(next.start, timeZone).dayOfWeek(), 1);
                span = next;
            }
        }
    }

    void everyZoneTilesAroundEachOfItsChanges()
    {
        const QDateTime from = QDateTime::fromString(QStringLiteral("1970-02-01T00:00:00Z"), Qt::ISODate);
        const QDateTime to = QDateTime::fromString(QStringLiteral("2036-01-01T00:00:00Z"), Qt::ISODate);
        int changes = 0;
        const auto zones = QTimeZone::availableTimeZoneIds();
        for (const QByteArray &name : zones) {
            const QTimeZone zone(name);
            int seen = 0;
            const auto transitions = zone.transitions(from, to);
            for (const auto &transition : transitions) {
                if (++seen % 8 != 1) // the rules repeat from year to year; all would take a minute
                    continue;
                ++changes;
                const Instant change = fromMicros(transition.atUtc.toMSecsSinceEpoch() * 1'000);
                for (Period period : {Period::Hourly, Period::Daily}) {
                    PeriodSpan span = periodSpan(period, change - 30h, zone);
                    while (span.end < change + 30h) {
                        const PeriodSpan next = periodSpan(period, span.end, zone);
                        const auto where = [&] {
                            return qPrintable(QString::fromLatin1(name) + u' ' + text(span.end));
                        };
                        QVERIFY2(next.start == span.end && next.end > next.start, where());
                        QVERIFY2(periodSpan(period, next.end - 1us, zone) == next, where());
                        QVERIFY2(period != Period::Hourly || next.end - next.start <= 1h, where());
                        span = next;
                    }
                }
            }
        }
        QVERIFY(changes > 1'000);
    }

    void hoursTileADayOfAnyLength()
    {
        for (const char *name : oddZones) {
            const QTimeZone zone = zoneNamed(name);
            PeriodSpan span = periodSpan(Period::Hourly, utc(QStringLiteral("2018-01-01T00:00:00Z")), zone);
            const Instant last = utc(QStringLiteral("2019-01-01T00:00:00Z"));
            while (span.end < last) {
                const PeriodSpan next = periodSpan(Period::Hourly, span.end, zone);
                QCOMPARE(next.start, span.end);
                QVERIFY(next.end - next.start == 1h
                        || (QByteArray(name) == "Australia/Lord_Howe" && next.end - next.start == 30min));
                span = next;
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPeriod)
#include "tst_core_period.moc"
