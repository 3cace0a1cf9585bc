#include "storefixture.h"

#include "storage/ledgerops.h"
#include "storage/migrations.h"

#include <QRandomGenerator>

using namespace lbp;

namespace {
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Instant start = at("2026-01-01T00:00:00Z");

/// A connection of its own to a ledger whose store is closed, with the statements that write.
struct Direct
{
    std::unique_ptr<SqlConnection> connection;
    RowWriter rows;
    explicit Direct(const StoreOptions &options)
        : connection(std::move(*SqlConnection::open(options.file, SqlConnection::Mode::ReadWrite, false)))
        , rows(*connection, options.zone)
    {
        if (const Status prepared = rows.prepare(); !prepared)
            qFatal("%s", qUtf8Printable(prepared.error().detail));
    }
    void write(std::initializer_list<LedgerRow> all)
    {
        QVERIFY(rows.begin().has_value());
        for (const LedgerRow &row : all)
            QVERIFY(rows.apply(row).value());
        QVERIFY(rows.commit().has_value());
    }
    void packAll()
    {
        while (rows.sums().isDue())
            QVERIFY(rows.packSums().has_value());
    }
};

void packAll(StoreFixture &f)
{
    f.store.reset();
    Direct(f.options).packAll();
    f.open();
}

/// An id at this very moment, also when newer ones were given.
RequestId idAt(Instant t, int n = 0)
{
    return RequestId{RequestId::firstAt(t).value + n};
}

ExchangeRow wholeRow(StoreFixture &f, RequestId id, KeyId key, Money cost)
{
    ExchangeRow row{f.openRow(id.time(), key, key % 2 == 0 ? "gpt-4o" : "gpt-4o-mini"), {}};
    row.open.id = id;
    row.close = StoreFixture::closeRow(id, cost);
    return row;
}

/// Hours of use scattered over a hundred days.
void fill(StoreFixture &f, QRandomGenerator &random, int count)
{
    for (int i = 0; i < count; ++i) {
        const Instant when = start + hours(random.bounded(2400)) + minutes(random.bounded(60));
        f.store->submit(
            wholeRow(f, idAt(when, i % 1000), 1 + random.bounded(6), pico(1 + random.bounded(1000))), 0);
    }
    // The last one is new enough for all the others to count as settled.
    QVERIFY(f.commit(wholeRow(f, idAt(start + days(110)), 1, pico(5))));
}

/// Every kind of sum must be what the rows of requests say.
void compareReportsWithRows(StoreFixture &f, QRandomGenerator &random)
{
    for (int round = 0; round < 12; ++round) {
        const qint64 first = random.bounded(110 * 96);
        const Instant from = start + minutes(15 * first);
        const Instant to = from + minutes(15 * (1 + random.bounded(110 * 96)));
        const QString where = QStringLiteral("FROM requests r JOIN series s ON s.id = r.series_id WHERE "
                                             "outcome <> 0 AND r.id >= %1 AND r.id < %2")
                                  .arg(RequestId::firstAt(from).value)
                                  .arg(RequestId::firstAt(to).value);
        const qint64 requests = f.number(QStringLiteral("SELECT count(*) ") + where);
        const qint64 cost = f.number(QStringLiteral("SELECT coalesce(sum(cost), 0) ") + where);
        for (const GroupBy groupBy : {GroupBy::Key, GroupBy::Team, GroupBy::Model, GroupBy::Project,
                                      GroupBy::Day, GroupBy::Hour, GroupBy::Total})
            for (const char *zone : {"Europe/Berlin", "America/New_York"}) {
                UsageSum total;
                for (const UsageSum &sum : valueOf(f.store->usage(from, to, groupBy, zoneNamed(zone)))) {
                    total.requests += sum.requests;
                    total.cost = total.cost.plusSaturated(sum.cost);
                    if (groupBy == GroupBy::Key)
                        QCOMPARE(sum.cost.picodollars(),
                                 f.number(QStringLiteral("SELECT sum(cost) %1 AND s.key_id = %2")
                                              .arg(where, sum.group)));
                }
                QCOMPARE(total.requests, requests);
                QCOMPARE(total.cost.picodollars(), cost);
            }
        qint64 spent = 0;
        for (const SpentSum &sum : valueOf(f.store->spentSince(from)))
            spent += sum.spent.picodollars();
        QCOMPARE(spent,
                 f.number(QStringLiteral(
                              "SELECT coalesce(sum(cost), 0) FROM requests WHERE outcome <> 0 AND id >= %1")
                              .arg(RequestId::firstAt(from).value)));
    }
}

/// The ledger of \a f as the program of \a version would have left it: the same rows in the schema of then.
void giveBack(StoreFixture &f, int version)
{
    f.store.reset();
    const QString newer = f.options.file;
    f.options.file = newer + QStringLiteral(".old");
    auto old = SqlConnection::openBare(f.options.file);
    QVERIFY(migrate(**old, f.options.file, allMigrations().mid(0, version)).has_value());
    QVERIFY((*old)->run(QStringLiteral("ATTACH ? AS newer"), {newer}).has_value());
    QStringList tables;
    {
        auto named = (*old)->run(QStringLiteral(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"));
        while (named->next())
            tables += named->value(0).toString();
    }
    for (const QString &table : std::as_const(tables)) {
        const QString columns =
            (*old)
                ->scalar(QStringLiteral("SELECT group_concat(name) FROM pragma_table_info(?)"), {table})
                ->toString();
        QVERIFY((*old)
                    ->exec(QStringLiteral("INSERT OR REPLACE INTO %1 (%2) SELECT %2 FROM newer.%1")
                               .arg(table, columns))
                    .has_value());
    }
}

/// What reports say of the whole ledger, class by class.
QStringList everySum(StoreFixture &f)
{
    QStringList said;
    for (const GroupBy groupBy : {GroupBy::Key, GroupBy::Model, GroupBy::Day, GroupBy::Total})
        for (const UsageSum &sum :
             valueOf(f.store->usage(start, start + days(400), groupBy, f.options.zone))) {
            said +=
                QStringLiteral("%1: %2 of %3").arg(sum.group).arg(sum.cost.picodollars()).arg(sum.requests);
            for (const qint64 count : sum.usage.counts)
                said.last() += QStringLiteral(" %1").arg(count);
        }
    return said;
}

qint64 packed(StoreFixture &f, RollupLevel level)
{
    return f.number(
        QStringLiteral("SELECT count(*) FROM rollup_packed WHERE stale = 0 AND level = %1").arg(int(level)));
}

} // namespace

class PackedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void packingAndAddingGivesTheSameSums()
    {
        std::map<qint64, RollupSums> bySeries;
        for (const qint64 series : {qint64(1), qint64(2), qint64(300), qint64(1) << 40})
            for (size_t i = 0; i < RollupSums::columnCount; i += size_t(1 + series % 3))
                bySeries[series].values[i] = i % 2 == 0 ? series * qint64(i) : -series;
        bySeries[7].values[RollupSums::Cost] = std::numeric_limits<qint64>::max();
        bySeries[8].values[RollupSums::Saved] = std::numeric_limits<qint64>::min();
        bySeries[9]; // nothing but a row
        const PackedSums packed = packSums(bySeries);
        std::map<qint64, RollupSums> read;
        QVERIFY(addPacked(packed.series, 5,
                          [&](qint64 place, qint64 series) { return place == 5 ? &read[series] : nullptr; }));
        QCOMPARE(read.size(), bySeries.size());
        RollupSums total;
        for (const auto &[series, sums] : bySeries) {
            QCOMPARE(read[series].values, sums.values);
            total.add(sums);
        }
        RollupSums readTotal;
        QVERIFY(addPacked(packed.totals, 5, [&](qint64, qint64) { return &readTotal; }));
        QCOMPARE(readTotal.values, total.values);
    }

    void bytesThatAreNotPackedSumsAreRefused()
    {
        std::map<qint64, RollupSums> bySeries;
        bySeries[300].values.fill(1'000'000);
        const QByteArray good = packSums(bySeries).series;
        RollupSums sums;
        const SumsAt anywhere = [&](qint64, qint64) { return &sums; };
        QVERIFY(addPacked(good, 0, anywhere));
        for (qsizetype size = 2; size < good.size(); ++size)
            QVERIFY(!addPacked(good.left(size), 0, anywhere));
        QVERIFY(!addPacked({}, 0, anywhere));
        QVERIFY(!addPacked(QByteArray("\x02") + good.mid(1), 0, anywhere));
        QVERIFY(!addPacked(QByteArray("\x01") + QByteArray(40, '\xff'), 0, anywhere));
    }

    void reportsSayWhatTheRowsSay_data()
    {
        QTest::addColumn<quint32>("seed");
        for (const quint32 seed : {1u, 2u, 3u})
            QTest::addRow("seed %u", seed) << seed;
    }
    void reportsSayWhatTheRowsSay()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 1500);
        compareReportsWithRows(f, random);
        packAll(f);
        QVERIFY(packed(f, RollupLevel::Quarter) > 1000);
        QVERIFY(packed(f, RollupLevel::Day) > 90);
        QCOMPARE(packed(f, RollupLevel::Span), qint64(3));
        compareReportsWithRows(f, random);

        // What changes long after it was packed counts at once, on days and quarters that had nothing too.
        for (int i = 0; i < 40; ++i) {
            const RequestId id = idAt(start + hours(random.bounded(2640)), 1000 + i % 20);
            f.commit(wholeRow(f, id, 1 + random.bounded(8), pico(1'000'000)));
            if (i % 4 == 0)
                valueOf(f.store->correctCost(id, pico(3)));
        }
        compareReportsWithRows(f, random);
        compareRollupsWithRows(f);
        packAll(f);
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM rollup_packed WHERE stale = 1")), qint64(0));
        compareReportsWithRows(f, random);
    }

    void aChangeThatIsRolledBackLeavesThePackedSums()
    {
        QRandomGenerator random(4);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 300);
        packAll(f);
        f.store.reset();
        {
            Direct direct(f.options);
            const auto late = [&](int n) { return wholeRow(f, idAt(start + days(5), 1010 + n), 2, pico(9)); };
            QVERIFY(direct.rows.begin().has_value());
            QVERIFY(direct.rows.apply(late(1)).value());
            direct.rows.rollback();
            direct.write({late(2)});
        }
        f.open();
        compareReportsWithRows(f, random);
        compareRollupsWithRows(f);
    }

    void theStorePacksByItselfWhileItRests()
    {
        QRandomGenerator random(5);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 20);
        QTRY_COMPARE_WITH_TIMEOUT(
            f.number(QStringLiteral("SELECT max(place) FROM rollup_packed WHERE level = 1")),
            f.number(QStringLiteral(
                "SELECT max(day) FROM rollup_day WHERE day < (SELECT max(day) FROM rollup_day)")),
            30'000);
        compareReportsWithRows(f, random);
    }

    void anotherTimeZoneForgetsPackedDays()
    {
        QRandomGenerator random(6);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 500);
        packAll(f);
        f.options.zone = zoneNamed("America/New_York");
        f.reopen();
        compareReportsWithRows(f, random);
        packAll(f);
        compareReportsWithRows(f, random);
        compareRollupsWithRows(f);
    }

    void prunedQuartersAreForgottenAndTheSumsStay()
    {
        QRandomGenerator random(7);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 500);
        packAll(f);
        const auto total = [&] {
            return valueOf(f.store->usage(start - days(1), start + days(200), GroupBy::Total, f.options.zone))
                .first()
                .cost.picodollars();
        };
        const qint64 before = total();
        valueOf(f.store->prune(start + days(30)));
        QCOMPARE(total(), before);
        const QString older = QStringLiteral("SELECT count(*) FROM rollup_packed WHERE level = 0 AND place < "
                                             "(SELECT min(bucket) FROM rollup_quarter)");
        QCOMPARE(f.number(older), qint64(0));
        packAll(f);
        QCOMPARE(total(), before);
    }

    void aLedgerOfTheFirstVersionIsUpgradedWithItsOpenRowsAndSums()
    {
        QRandomGenerator random(8);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 400);
        const OpenRow early = f.openRow(start + days(120));
        const OpenRow late = f.openRow(start + days(121));
        QVERIFY(f.commit(early));
        QVERIFY(f.commit(wholeRow(f, idAt(start + days(120), 1020), 3, pico(8))));
        QVERIFY(f.commit(late));
        giveBack(f, 1);
        {
            // It had no mark of what is open, and knew nothing of packed sums.
            auto old = SqlConnection::openBare(f.options.file);
            QVERIFY((*old)->exec(QStringLiteral("DELETE FROM meta WHERE name <> 'zone'")).has_value());
        }
        f.open();
        QVERIFY(QFile::exists(f.options.file + QStringLiteral(".backup-v1")));
        compareReportsWithRows(f, random);
        QCOMPARE(valueOf(f.store->recoverOpen(start + days(122))), 2);
        QCOMPARE(valueOf(f.store->request(early.id)).close.outcome, Outcome::Recovered);
        compareRollupsWithRows(f);
        packAll(f);
        compareReportsWithRows(f, random);
    }

    void aLedgerOfTheThirdVersionKeepsItsPackedSumsAndTakesNewClasses()
    {
        QRandomGenerator random(9);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 400);
        const OpenRow open = f.openRow(start + days(112));
        QVERIFY(f.commit(open));
        packAll(f);
        giveBack(f, 3);
        // What it has packed is the only witness of it: the sums are not made from the rows again.
        {
            auto old = SqlConnection::openBare(f.options.file);
            QVERIFY((*old)
                        ->exec(QStringLiteral("DELETE FROM rollup_quarter WHERE bucket < (SELECT "
                                              "CAST(value AS INTEGER) FROM meta WHERE name = "
                                              "'packed_quarters')"))
                        .has_value());
            QVERIFY((*old)
                        ->exec(QStringLiteral("DELETE FROM rollup_day WHERE day < (SELECT CAST(value AS "
                                              "INTEGER) FROM meta WHERE name = 'packed_days')"))
                        .has_value());
            QCOMPARE((*old)->scalar(QStringLiteral("PRAGMA user_version"))->toInt(), 3);
        }
        const qint64 packedDays = packed(f, RollupLevel::Day);
        QVERIFY(packedDays > 50);
        f.open();
        QVERIFY(QFile::exists(f.options.file + QStringLiteral(".backup-v3")));
        QCOMPARE(f.number(QStringLiteral("PRAGMA user_version")), qint64(allMigrations().last().version));
        QCOMPARE(packed(f, RollupLevel::Day), packedDays);
        compareReportsWithRows(f, random);
        qint64 input = 0;
        for (const UsageSum &sum :
             valueOf(f.store->usage(start, start + days(400), GroupBy::Key, f.options.zone)))
            input += sum.usage[BillingClass::UncachedInput];
        QCOMPARE(input, f.number(QStringLiteral("SELECT sum(uncached_input) FROM requests")));
        QCOMPARE(valueOf(f.store->recoverOpen(start + days(113))), 1);
        const ExchangeRow recovered = valueOf(f.store->request(open.id));
        QCOMPARE(recovered.close.outcome, Outcome::Recovered);
        QCOMPARE(recovered.open.attempt, 1);
    }

    void newClassesAreSummedInAnUpgradedLedger()
    {
        QRandomGenerator random(10);
        StoreFixture f("Europe/Berlin");
        fill(f, random, 200);
        packAll(f);
        const QStringList before = everySum(f);
        giveBack(f, 3);
        f.open();
        QCOMPARE(everySum(f), before);
        // Now with what only this version knows, in days that were packed by the older one and in new ones.
        for (const int day : {20, 21, 60, 111}) {
            ExchangeRow row = wholeRow(f, idAt(start + days(day), 1023), 2, pico(3));
            row.close.usage[BillingClass::CodeSessionCall] = 1;
            row.close.usage[BillingClass::SpeechCharacter] = 20;
            row.close.usage[BillingClass::AudioSecond] = 300;
            row.close.usage[BillingClass::GeneratedImage] = 4000;
            row.open.attemptOf = idAt(start + days(day), 1022);
            row.open.attempt = 2;
            QVERIFY(f.commit(row));
            QCOMPARE(valueOf(f.store->attemptsOf(row.open.attemptOf)).size(), 1);
            QVERIFY(valueOf(f.store->request(row.open.id)).close.usage == row.close.usage);
        }
        const auto check = [&] {
            compareRollupsWithRows(f);
            compareReportsWithRows(f, random);
            const QList<UsageSum> all =
                valueOf(f.store->usage(start, start + days(400), GroupBy::Total, f.options.zone));
            QCOMPARE(all.size(), 1);
            QCOMPARE(all[0].usage[BillingClass::CodeSessionCall], qint64(4));
            QCOMPARE(all[0].usage[BillingClass::SpeechCharacter], qint64(80));
            QCOMPARE(all[0].usage[BillingClass::AudioSecond], qint64(1'200));
            QCOMPARE(all[0].usage[BillingClass::GeneratedImage], qint64(16'000));
        };
        check();
        packAll(f);
        check();
    }

    void openRowsAreFoundHoweverOldTheyAre()
    {
        StoreFixture f;
        const auto mark = [&] {
            return f.number(QStringLiteral("SELECT value FROM meta WHERE name = 'open_from'"));
        };
        const auto run = [&](int count) {
            for (int i = 0; i < count; ++i) {
                const OpenRow row = f.openRow(start);
                f.store->submit(row, 0);
                f.store->submit(StoreFixture::closeRow(row.id), 0);
                if (i % 500 == 499) // in groups as they come under load
                    QVERIFY(f.commit(StoreFixture::closeRow(row.id)));
            }
        };
        run(5000);
        const qint64 raised = mark();
        QVERIFY(raised > 0); // so that a start need not look at all of history
        const OpenRow stays = f.openRow(start);
        QVERIFY(f.commit(stays));
        run(20'000);
        QVERIFY(mark() > raised);
        QVERIFY(mark() <= stays.id.value);
        OpenRow older = f.openRow(start);
        older.id = idAt(start - hours(1));
        QVERIFY(f.commit(older));
        QVERIFY(mark() <= older.id.value);
        RequestFilter filter;
        filter.outcome = Outcome::Open;
        QCOMPARE(valueOf(f.store->requests(filter)).size(), 2);
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(start + hours(1))), 2);
        run(15'000);
        QVERIFY(mark() > stays.id.value);
    }

    void aMarkThatWasRolledBackIsNotRelied()
    {
        StoreFixture f;
        f.store.reset();
        const auto openAt = [&](Instant t) {
            OpenRow row = f.openRow(start);
            row.id = idAt(t);
            return row;
        };
        {
            Direct direct(f.options);
            QVERIFY(direct.connection
                        ->run(QStringLiteral("UPDATE meta SET value = ? WHERE name = 'open_from'"),
                              {QString::number(idAt(start).value)})
                        .has_value());
        }
        {
            Direct direct(f.options);
            QVERIFY(direct.rows.begin().has_value());
            QVERIFY(direct.rows.apply(openAt(start - hours(2))).value());
            direct.rows.rollback();
            direct.write({openAt(start - hours(1))});
            QCOMPARE(direct.rows.recoverOpen(start).value(), 1);
        }
        f.open();
    }
};

QTEST_GUILESS_MAIN(PackedTest)
#include "tst_storage_packed.moc"
