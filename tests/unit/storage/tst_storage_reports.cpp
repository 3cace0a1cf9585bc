#include "storefixture.h"

using namespace lbp;

namespace {
using std::chrono::hours;
using std::chrono::minutes;

QStringList groupsOf(const QList<UsageSum> &sums)
{
    QStringList groups;
    for (const UsageSum &sum : sums)
        groups += sum.group;
    return groups;
}
QList<qint64> costsOf(const QList<UsageSum> &sums)
{
    QList<qint64> costs;
    for (const UsageSum &sum : sums)
        costs += sum.cost.picodollars();
    return costs;
}
} // namespace

class ReportsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spentIsGroupedByKeyTeamAndProject()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        f.exchange(t, pico(1), 1, "gpt-4o");
        f.exchange(t, pico(2), 1, "gpt-4o-mini");
        f.exchange(t, pico(4), 2);
        f.exchange(t, std::nullopt, 2);
        const QList<SpentSum> spent = valueOf(f.store->spentSince(t));
        QCOMPARE(spent.size(), 2);
        QCOMPARE(spent[0].key, KeyId(1));
        QCOMPARE(spent[0].team, QStringLiteral("team1"));
        QCOMPARE(spent[0].project, QStringLiteral("project"));
        QCOMPARE(spent[0].spent.picodollars(), qint64(3));
        QCOMPARE(spent[1].spent.picodollars(), qint64(4));
    }

    void spentSince_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<qint64>("spent");
        QTest::newRow("total") << QStringLiteral("1970-01-01T00:00:00Z") << qint64(31);
        QTest::newRow("the local midnight before everything")
            << QStringLiteral("2026-05-02T22:00:00Z") << qint64(31);
        QTest::newRow("a quarter after the first") << QStringLiteral("2026-05-03T10:15:00Z") << qint64(30);
        QTest::newRow("the next local midnight") << QStringLiteral("2026-05-03T22:00:00Z") << qint64(28);
        QTest::newRow("an hour within the last day") << QStringLiteral("2026-05-04T11:00:00Z") << qint64(24);
        QTest::newRow("the last quarter") << QStringLiteral("2026-05-04T12:15:00Z") << qint64(16);
        QTest::newRow("after everything") << QStringLiteral("2026-05-04T12:30:00Z") << qint64(0);
    }
    void spentSince()
    {
        QFETCH(QString, from);
        QFETCH(qint64, spent);
        StoreFixture f("Europe/Berlin");
        f.exchange(at("2026-05-03T10:14:59Z"), pico(1));
        f.exchange(at("2026-05-03T21:59:59Z"), pico(2)); // one second before midnight in Berlin
        f.exchange(at("2026-05-03T22:00:00Z"), pico(4));
        f.exchange(at("2026-05-04T12:14:59Z"), pico(8));
        f.exchange(at("2026-05-04T12:15:00Z"), pico(16));
        Money sum;
        for (const SpentSum &part : valueOf(f.store->spentSince(at(from.toLatin1().constData()))))
            sum = sum.plusSaturated(part.spent);
        QCOMPARE(sum.picodollars(), spent);
    }

    void usageByKeyBearsTheNameAndComesDearestFirst()
    {
        StoreFixture f;
        KeyRecord key;
        key.name = QStringLiteral("agent");
        key.sha256 = QByteArray(32, 'a');
        const KeyId id = valueOf(f.store->insertKey(key, {})).id;
        const Instant t = at("2026-05-04T12:00:00Z");
        f.exchange(t, pico(5), id);
        f.exchange(t, pico(7), 99);
        const QList<UsageSum> sums = valueOf(f.store->usage(t, t + hours(1), GroupBy::Key, f.options.zone));
        QCOMPARE(groupsOf(sums), (QStringList{QStringLiteral("99"), QString::number(id)}));
        QCOMPARE(sums[0].label, QStringLiteral("99")); // no such key any more
        QCOMPARE(sums[1].label, QStringLiteral("agent"));
        QCOMPARE(sums[1].usage[BillingClass::UncachedInput], qint64(90));
        QCOMPARE(sums[1].usage[BillingClass::Output], qint64(12));
    }

    void usageGroups_data()
    {
        QTest::addColumn<GroupBy>("groupBy");
        QTest::addColumn<QStringList>("groups");
        QTest::addColumn<QList<qint64>>("costs");
        QTest::newRow("model") << GroupBy::Model
                               << QStringList{QStringLiteral("gpt-4o-mini"), QStringLiteral("gpt-4o")}
                               << QList<qint64>{6, 1};
        QTest::newRow("team") << GroupBy::Team
                              << QStringList{QStringLiteral("team0"), QStringLiteral("team1")}
                              << QList<qint64>{4, 3};
        QTest::newRow("project") << GroupBy::Project << QStringList{QStringLiteral("project")}
                                 << QList<qint64>{7};
        QTest::newRow("total") << GroupBy::Total << QStringList{QString()} << QList<qint64>{7};
        QTest::newRow("day") << GroupBy::Day
                             << QStringList{QStringLiteral("2026-05-03T22:00:00Z"),
                                            QStringLiteral("2026-05-04T22:00:00Z")}
                             << QList<qint64>{3, 4};
        QTest::newRow("hour") << GroupBy::Hour
                              << QStringList{QStringLiteral("2026-05-04T12:00:00Z"),
                                             QStringLiteral("2026-05-04T13:00:00Z"),
                                             QStringLiteral("2026-05-04T22:00:00Z")}
                              << QList<qint64>{1, 2, 4};
    }
    void usageGroups()
    {
        QFETCH(GroupBy, groupBy);
        QFETCH(QStringList, groups);
        QFETCH(QList<qint64>, costs);
        StoreFixture f("Europe/Berlin");
        f.exchange(at("2026-05-04T12:59:59Z"), pico(1), 1, "gpt-4o");
        f.exchange(at("2026-05-04T13:00:00Z"), pico(2), 1, "gpt-4o-mini");
        f.exchange(at("2026-05-04T22:00:00Z"), pico(4), 2, "gpt-4o-mini");
        const QList<UsageSum> sums = valueOf(f.store->usage(
            at("2026-05-01T00:00:00Z"), at("2026-06-01T00:00:00Z"), groupBy, zoneNamed("Europe/Berlin")));
        QCOMPARE(groupsOf(sums), groups);
        QCOMPARE(costsOf(sums), costs);
    }

    void anyRangeSumsExactlyItsQuarters_data()
    {
        QTest::addColumn<int>("fromQuarter");
        QTest::addColumn<int>("toQuarter");
        QTest::newRow("one quarter") << 40 << 41;
        QTest::newRow("within a day") << 100 << 120;
        QTest::newRow("over a midnight") << 80 << 120;
        QTest::newRow("over two midnights, unaligned") << 50 << 250;
        QTest::newRow("whole days") << 88 << 280;
        QTest::newRow("everything") << 0 << 400;
        QTest::newRow("from midnight") << 88 << 100;
        QTest::newRow("to midnight") << 80 << 88;
    }
    void anyRangeSumsExactlyItsQuarters()
    {
        QFETCH(int, fromQuarter);
        QFETCH(int, toQuarter);
        StoreFixture f("Europe/Berlin"); // midnight is at 22:00 UTC, quarter 88
        const Instant start = at("2026-05-04T00:00:00Z");
        for (int q = 0; q < 400; ++q) {
            ExchangeRow row{f.openRow(start + minutes(15 * q) + std::chrono::seconds(q * 2)), {}};
            row.close = StoreFixture::closeRow(row.open.id, pico(q + 1));
            f.store->submit(row, 0);
        }
        QVERIFY(f.commit(f.openRow(start)));
        qint64 expected = 0;
        for (int q = fromQuarter; q < toQuarter; ++q)
            expected += q + 1;
        const Instant from = start + minutes(15 * fromQuarter);
        const Instant to = start + minutes(15 * toQuarter);
        for (const GroupBy groupBy :
             {GroupBy::Total, GroupBy::Key, GroupBy::Model, GroupBy::Day, GroupBy::Hour})
            for (const char *zone : {"Europe/Berlin", "Asia/Kathmandu"}) {
                qint64 sum = 0;
                for (const qint64 cost : costsOf(valueOf(f.store->usage(from, to, groupBy, zoneNamed(zone)))))
                    sum += cost;
                QCOMPARE(sum, expected);
            }
    }

    void daysAroundADstChangeHave23And25Hours()
    {
        StoreFixture f("Europe/Berlin");
        for (const char *t :
             {"2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z", // 23 hours
              "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"}) // 25 hours
            f.exchange(at(t), pico(1));
        const auto days = valueOf(f.store->usage(at("2026-03-01T00:00:00Z"), at("2026-11-01T00:00:00Z"),
                                                 GroupBy::Day, f.options.zone));
        QCOMPARE(
            groupsOf(days),
            (QStringList{QStringLiteral("2026-03-28T23:00:00Z"), QStringLiteral("2026-03-29T22:00:00Z"),
                         QStringLiteral("2026-10-24T22:00:00Z"), QStringLiteral("2026-10-25T23:00:00Z")}));
        QCOMPARE(costsOf(days), (QList<qint64>{2, 1, 2, 1}));
    }

    void theRepeatedHourOfADstChangeIsTwoHours()
    {
        StoreFixture f("Europe/Berlin");
        f.exchange(at("2026-10-25T00:30:00Z"), pico(1)); // 02:30 the first time
        f.exchange(at("2026-10-25T01:30:00Z"), pico(2)); // 02:30 again
        const auto sums = valueOf(f.store->usage(at("2026-10-25T00:00:00Z"), at("2026-10-25T03:00:00Z"),
                                                 GroupBy::Hour, f.options.zone));
        QCOMPARE(
            groupsOf(sums),
            (QStringList{QStringLiteral("2026-10-25T00:00:00Z"), QStringLiteral("2026-10-25T01:00:00Z")}));
    }

    void anEmptyRangeIsRefused()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        QCOMPARE(codeOf(f.store->usage(t, t, GroupBy::Total, f.options.zone)), ErrorCode::InvalidValue);
    }

    void errorsEstimatesAndCacheHitsAreCounted()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        const auto put = [&](Outcome outcome, Provenance provenance, int status) {
            ExchangeRow row{f.openRow(t), {}};
            row.close = StoreFixture::closeRow(row.open.id, pico(0));
            row.close.outcome = outcome;
            row.close.provenance = provenance;
            row.close.status = status;
            row.close.saved = pico(3);
            QVERIFY(f.commit(row));
        };
        put(Outcome::Completed, Provenance::Exact, 200);
        put(Outcome::Refused, Provenance::Free, 429);
        put(Outcome::UpstreamFailed, Provenance::Free, 0);
        put(Outcome::ClientGone, Provenance::Estimated, 200);
        put(Outcome::CacheHit, Provenance::Free, 200);
        const UsageSum sum = valueOf(f.store->usage(t, t + hours(1), GroupBy::Total, f.options.zone)).first();
        QCOMPARE(sum.requests, qint64(5));
        QCOMPARE(sum.errors, qint64(2));
        QCOMPARE(sum.estimated, qint64(1));
        QCOMPARE(sum.cacheHits, qint64(1));
        QCOMPARE(sum.saved.picodollars(), qint64(15));
    }

    void pruningDeletesRowsAndKeepsEverySum()
    {
        StoreFixture f("Europe/Berlin");
        const Instant start = at("2026-01-01T12:00:00Z");
        QVERIFY(f.commit(f.openRow(start)));
        for (int day = 0; day < 120; ++day)
            for (int i = 0; i < 10; ++i) {
                ExchangeRow row{f.openRow(start + hours(24 * day) + minutes(i), 1 + i % 2), {}};
                row.close = StoreFixture::closeRow(row.open.id, pico(1));
                f.store->submit(row, 0);
            }
        f.reopen();
        const auto byDay = [&] {
            return valueOf(f.store->usage(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"),
                                          GroupBy::Day, f.options.zone));
        };
        const auto before = byDay();
        QCOMPARE(before.size(), 120);
        const Instant border = start + hours(24 * 90);
        QCOMPARE(valueOf(f.store->prune(border)), qint64(900));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests")), qint64(301)); // open rows stay
        const auto after = byDay();
        QCOMPARE(groupsOf(after), groupsOf(before));
        QCOMPARE(costsOf(after), costsOf(before));
        QCOMPARE(f.number(QStringLiteral("SELECT sum(requests) FROM rollup_day")), qint64(1200));
        // Quarters of more than 62 days before the newest are gone; what asks for them is answered by days.
        QVERIFY(f.number(QStringLiteral("SELECT sum(requests) FROM rollup_quarter")) < 1200);
        Money total;
        for (const SpentSum &part : valueOf(f.store->spentSince(fromMicros(0))))
            total = total.plusSaturated(part.spent);
        QCOMPARE(total.picodollars(), qint64(1200));
        qint64 byHour = 0;
        for (const qint64 cost : costsOf(valueOf(f.store->usage(
                 at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), GroupBy::Hour, f.options.zone))))
            byHour += cost;
        QCOMPARE(byHour, qint64(1200));
        QCOMPARE(valueOf(f.store->usage(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"),
                                        GroupBy::Total, f.options.zone))
                     .first()
                     .requests,
                 qint64(1200));
        QCOMPARE(valueOf(f.store->prune(border)), qint64(0));
    }

    void anotherTimeZoneRegroupsTheDaysAndKeepsTheTotal()
    {
        StoreFixture f("Europe/Berlin");
        f.exchange(at("2026-05-04T21:30:00Z"), pico(1)); // 23:30 in Berlin, 17:30 in New York
        f.exchange(at("2026-05-04T22:30:00Z"), pico(2)); // 00:30 of the next day, 18:30
        f.options.zone = zoneNamed("America/New_York");
        f.reopen();
        const auto days = valueOf(f.store->usage(at("2026-05-01T00:00:00Z"), at("2026-06-01T00:00:00Z"),
                                                 GroupBy::Day, f.options.zone));
        QCOMPARE(groupsOf(days), QStringList{QStringLiteral("2026-05-04T04:00:00Z")});
        QCOMPARE(costsOf(days), QList<qint64>{3});
        compareRollupsWithRows(f);
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM rollup_day")), qint64(1));
    }

    void correctingACostMovesTheSums()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        const OpenRow open = f.openRow(t);
        QVERIFY(f.commit(open));
        QCOMPARE(codeOf(f.store->correctCost(open.id, pico(1))), ErrorCode::Conflict);
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(t)), 1);
        const ExchangeRow row = valueOf(f.store->correctCost(open.id, usd("0.125")));
        QCOMPARE(row.close.cost->picodollars(), usd("0.125").picodollars());
        QCOMPARE(row.close.provenance, Provenance::Exact);
        QCOMPARE(row.close.outcome, Outcome::Recovered);
        const RequestId unpriced = f.exchange(t, std::nullopt);
        valueOf(f.store->correctCost(unpriced, usd("1")));
        const UsageSum sum = valueOf(f.store->usage(t, t + hours(1), GroupBy::Total, f.options.zone)).first();
        QCOMPARE(sum.requests, qint64(2));
        QCOMPARE(sum.estimated, qint64(0));
        QCOMPARE(sum.unpriced, qint64(0));
        QCOMPARE(sum.cost.picodollars(), usd("1.125").picodollars());
        compareRollupsWithRows(f);
        QCOMPARE(codeOf(f.store->correctCost(RequestId{1}, pico(1))), ErrorCode::NotFound);
        QCOMPARE(codeOf(f.store->correctCost(unpriced, pico(-1))), ErrorCode::InvalidValue);
    }
};

QTEST_GUILESS_MAIN(ReportsTest)
#include "tst_storage_reports.moc"
