#include "storefixture.h"

using namespace lbp;

namespace {
const Instant noon = at("2026-05-04T12:00:00Z");

/// What a process that is killed now would leave behind: the file and its journals as they are on disk.
void copyAsKilled(const StoreFixture &from, StoreFixture &to)
{
    to.store.reset();
    for (const char *suffix : {"", "-wal", ".journal"}) {
        const QString name = QString::fromLatin1(suffix);
        QFile::remove(to.options.file + name);
        QVERIFY(QFile::copy(from.options.file + name, to.options.file + name));
    }
    to.open();
}
} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEmptyLedgerHasNothingToRecover()
    {
        StoreFixture f;
        QCOMPARE(valueOf(f.store->recoverOpen(noon)), 0);
        QCOMPARE(valueOf(f.store->lastRequestId()).value, qint64(0));
        QVERIFY(valueOf(f.store->spentSince(fromMicros(0))).isEmpty());
    }

    void everythingReportedSurvivesAKill()
    {
        StoreFixture f;
        RequestId last;
        for (int i = 0; i < 40; ++i)
            last = f.exchange(noon + std::chrono::minutes(i), usd("0.01"), 1 + i % 3);
        const OpenRow open = f.openRow(noon + std::chrono::minutes(50));
        QVERIFY(f.commit(open));

        StoreFixture copy;
        copyAsKilled(f, copy);
        QCOMPARE(valueOf(copy.store->lastRequestId()).value, open.id.value);
        QCOMPARE(valueOf(copy.store->request(last)).close.outcome, Outcome::Completed);
        compareRollupsWithRows(copy);
        QCOMPARE(valueOf(copy.store->recoverOpen(noon + std::chrono::hours(2))), 1);
        compareRollupsWithRows(copy);
        QCOMPARE(copy.number(QStringLiteral("SELECT sum(requests) FROM rollup_day")), qint64(41));
    }

    void anOpenRowIsBookedInFullAndMarked()
    {
        StoreFixture f;
        const OpenRow open = f.openRow(noon, 3);
        QVERIFY(f.commit(open));
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(noon + std::chrono::hours(1))), 1);
        const ExchangeRow row = valueOf(f.store->request(open.id));
        QCOMPARE(row.close.outcome, Outcome::Recovered);
        QCOMPARE(row.close.provenance, Provenance::Recovered);
        QCOMPARE(row.close.cost->picodollars(), open.reserved.picodollars());
        QVERIFY(row.close.error.contains(QStringLiteral("2026-05-04T13:00:00Z")));
        const QList<SpentSum> spent = valueOf(f.store->spentSince(noon));
        QCOMPARE(spent.size(), 1);
        QCOMPARE(spent.first().key, KeyId(3));
        QCOMPARE(spent.first().spent.picodollars(), open.reserved.picodollars());
        QCOMPARE(valueOf(f.store->usage(noon, noon + std::chrono::hours(1), GroupBy::Total, f.options.zone))
                     .first()
                     .estimated,
                 qint64(1));
    }

    void anOpenRowWithoutAPriceStaysUnknown()
    {
        StoreFixture f;
        OpenRow open = f.openRow(noon);
        open.unpriced = true;
        open.reserved = Money();
        QVERIFY(f.commit(open));
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(noon)), 1);
        const ExchangeRow row = valueOf(f.store->request(open.id));
        QCOMPARE(row.close.outcome, Outcome::Recovered);
        QCOMPARE(row.close.provenance, Provenance::Unpriced);
        QVERIFY(!row.close.cost.has_value());
        compareRollupsWithRows(f);
    }

    void recoveringTwiceBooksOnce()
    {
        StoreFixture f;
        QVERIFY(f.commit(f.openRow(noon)));
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(noon)), 1);
        QCOMPARE(valueOf(f.store->recoverOpen(noon)), 0);
        compareRollupsWithRows(f);
    }

    void aSettlementAfterRecoveryChangesNothing()
    {
        StoreFixture f;
        const OpenRow open = f.openRow(noon);
        QVERIFY(f.commit(open));
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(noon)), 1);
        QVERIFY(f.commit(StoreFixture::closeRow(open.id, pico(1))));
        QCOMPARE(valueOf(f.store->request(open.id)).close.outcome, Outcome::Recovered);
        compareRollupsWithRows(f);
    }

    void rowsAreSettledByTheirId()
    {
        StoreFixture f;
        auto connection = SqlConnection::openBare(f.options.file);
        auto rows =
            (*connection)
                ->run(QStringLiteral(
                    "EXPLAIN QUERY PLAN UPDATE requests SET outcome = 1 WHERE id = 5 AND outcome = 0"));
        QVERIFY(rows && rows->next());
        QVERIFY(rows->value(3).toString().contains(QStringLiteral("INTEGER PRIMARY KEY")));
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "tst_storage_recovery.moc"
