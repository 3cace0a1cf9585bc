#include "storefixture.h"

#include <csignal>
#include <QRandomGenerator>
#include <sys/resource.h>
#include <thread>

using namespace lbp;

namespace {

const Instant noon = at("2026-05-04T12:00:00Z");

/// While it lives, no file of this process can grow beyond the journal's present size: a disk that is full.
class FullDisk
{
public:
    explicit FullDisk(const QString &file)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = rlim_t(QFileInfo(file + QStringLiteral("-wal")).size());
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class LedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFieldOfARowComesBack()
    {
        StoreFixture f;
        OpenRow open = f.openRow(noon, 7);
        open.requestedModel = QStringLiteral("gpt-4o-latest");
        open.stream = true;
        open.clamped = true;
        Rates rates;
        rates[BillingClass::UncachedInput] = 2'500'000;
        rates[BillingClass::WebSearchCall] = 0;
        CloseRow close;
        close.id = open.id;
        close.outcome = Outcome::CutAtCeiling;
        close.provenance = Provenance::Estimated;
        close.cost = pico(1);
        for (int i = 0; i < billingClassCount; ++i)
            close.usage.counts[size_t(i)] = 1000 + i;
        close.rates = std::make_shared<const Rates>(rates);
        close.priceSource = QStringLiteral("pricing.yml");
        close.saved = pico(22);
        close.status = 206;
        close.queueUs = 1;
        close.ttftUs = 2;
        close.durationUs = 3;
        close.upstreamRequestId = QStringLiteral("up-1");
        close.error = QString::fromUtf8("cut: ‘;--");
        QVERIFY(f.commit(open));
        QVERIFY(f.commit(close));

        const ExchangeRow row = valueOf(f.store->request(open.id));
        QCOMPARE(row.open.id.value, open.id.value);
        QVERIFY(*row.open.series == *open.series);
        QCOMPARE(row.open.requestedModel, open.requestedModel);
        QCOMPARE(row.open.endpoint, open.endpoint);
        QVERIFY(row.open.stream);
        QVERIFY(row.open.clamped);
        QCOMPARE(row.open.reserved.picodollars(), open.reserved.picodollars());
        QCOMPARE(row.open.estimatedInputTokens, open.estimatedInputTokens);
        QCOMPARE(row.open.ceiling, open.ceiling);
        QCOMPARE(row.close.id.value, open.id.value);
        QCOMPARE(row.close.outcome, close.outcome);
        QCOMPARE(row.close.provenance, close.provenance);
        QCOMPARE(row.close.cost->picodollars(), qint64(1));
        QVERIFY(row.close.usage == close.usage);
        QVERIFY(*row.close.rates == rates);
        QCOMPARE(row.close.priceSource, close.priceSource);
        QCOMPARE(row.close.saved.picodollars(), qint64(22));
        QCOMPARE(row.close.status, 206);
        QCOMPARE(row.close.queueUs, qint64(1));
        QCOMPARE(row.close.ttftUs, qint64(2));
        QCOMPARE(row.close.durationUs, qint64(3));
        QCOMPARE(row.close.upstreamRequestId, close.upstreamRequestId);
        QCOMPARE(row.close.error, close.error);
        compareRollupsWithRows(f);
    }

    void furtherAttemptsAreRowsOfTheirOwnUnderOneRequest()
    {
        StoreFixture f;
        const OpenRow request = f.openRow(noon);
        QVERIFY(f.commit(request));
        CloseRow failed = StoreFixture::closeRow(request.id, pico(0));
        failed.outcome = Outcome::UpstreamFailed;
        QVERIFY(f.commit(failed));
        // One that was reserved and settled, one that is written whole, and one that is still open.
        OpenRow second = f.openRow(noon, 1, "second");
        second.attemptOf = request.id;
        second.attempt = 2;
        QVERIFY(f.commit(second));
        QVERIFY(f.commit(StoreFixture::closeRow(second.id, pico(7))));
        ExchangeRow third{f.openRow(noon, 1, "third"), {}};
        third.open.attemptOf = request.id;
        third.open.attempt = 3;
        third.close = StoreFixture::closeRow(third.open.id, pico(11));
        QVERIFY(f.commit(third));
        OpenRow fourth = f.openRow(noon, 1, "fourth");
        fourth.attemptOf = request.id;
        fourth.attempt = 4;
        QVERIFY(f.commit(fourth));
        const RequestId other = f.exchange(noon);
        // A request after an attempt binds nothing of it.
        QCOMPARE(valueOf(f.store->request(other)).open.attemptOf.value, qint64(0));
        QCOMPARE(valueOf(f.store->request(other)).open.attempt, 1);
        QVERIFY(valueOf(f.store->attemptsOf(other)).isEmpty());
        QVERIFY(valueOf(f.store->attemptsOf(second.id)).isEmpty());
        QVERIFY(valueOf(f.store->attemptsOf(RequestId{4711})).isEmpty());

        const ExchangeRow first = valueOf(f.store->request(request.id));
        QCOMPARE(first.open.attempt, 1);
        QCOMPARE(first.open.attemptOf.value, qint64(0));
        const QList<ExchangeRow> attempts = valueOf(f.store->attemptsOf(request.id));
        QCOMPARE(attempts.size(), 3);
        const std::array<const char *, 3> models{"second", "third", "fourth"};
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(attempts[i].open.attempt, i + 2);
            QCOMPARE(attempts[i].open.attemptOf.value, request.id.value);
            QCOMPARE(attempts[i].open.series->model, QString::fromLatin1(models[size_t(i)]));
        }
        QCOMPARE(attempts[0].close.cost->picodollars(), qint64(7));
        QCOMPARE(attempts[1].close.cost->picodollars(), qint64(11));
        QCOMPARE(attempts[2].close.outcome, Outcome::Open);
        // Each holds money of its own, also after a crash.
        f.reopen();
        QCOMPARE(valueOf(f.store->recoverOpen(noon + std::chrono::hours(1))), 1);
        QCOMPARE(valueOf(f.store->attemptsOf(request.id))[2].close.cost->picodollars(),
                 fourth.reserved.picodollars());
        compareRollupsWithRows(f);
        // The list of all requests has every row.
        QCOMPARE(valueOf(f.store->requests({})).size(), 5);
    }

    void anUnknownCostIsNeverZero()
    {
        StoreFixture f;
        const RequestId id = f.exchange(noon, std::nullopt);
        QVERIFY(!valueOf(f.store->request(id)).close.cost.has_value());
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests WHERE cost IS NULL")), qint64(1));
        QCOMPARE(valueOf(f.store->usage(noon, noon + std::chrono::hours(1), GroupBy::Total, f.options.zone))
                     .first()
                     .unpriced,
                 qint64(1));
    }

    void ticketsAreReportedInTheOrderOfSubmissionAndOnce()
    {
        StoreFixture f;
        constexpr size_t count = 3000;
        for (size_t i = 1; i <= count; ++i)
            f.store->submit(f.openRow(noon), i);
        const auto all = f.commits.waitFor(count);
        QCOMPARE(all.size(), count);
        for (size_t i = 0; i < count; ++i) {
            QCOMPARE(all[i].ticket, quint64(i + 1));
            QVERIFY(all[i].ok);
        }
        QVERIFY(f.commits.groups() < count); // what came while a commit ran was committed together
        QCOMPARE(f.store->queued(), size_t(0));
    }

    void aRowWithoutATicketIsWrittenAndNotReported()
    {
        StoreFixture f;
        f.store->submit(f.openRow(noon), 0);
        QVERIFY(f.commit(f.openRow(noon)));
        QCOMPARE(f.commits.waitFor(1).size(), size_t(1));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests")), qint64(2));
    }

    void whatIsReportedIsInTheFileAlready()
    {
        StoreFixture f;
        for (int i = 0; i < 50; ++i) {
            QVERIFY(f.commit(f.openRow(noon)));
            QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests")), qint64(i + 1));
        }
    }

    void settlingTwiceCountsOnce()
    {
        StoreFixture f;
        const RequestId id = f.exchange(noon, usd("0.25"));
        QVERIFY(f.commit(StoreFixture::closeRow(id, usd("9"))));
        QCOMPARE(valueOf(f.store->request(id)).close.cost->picodollars(), usd("0.25").picodollars());
        compareRollupsWithRows(f);
        QCOMPARE(f.number(QStringLiteral("SELECT sum(requests) FROM rollup_day")), qint64(1));
    }

    void settlingWhatWasNeverOpenedIsRefusedAndCountsNothing()
    {
        StoreFixture f;
        QVERIFY(!f.commit(StoreFixture::closeRow(f.ids.next(noon))));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM rollup_day")), qint64(0));
    }

    void anIdIsTakenOnlyOnce()
    {
        StoreFixture f;
        const OpenRow row = f.openRow(noon);
        QVERIFY(f.commit(row));
        QVERIFY(!f.commit(row));
        QVERIFY(!f.commit(ExchangeRow{row, StoreFixture::closeRow(row.id)}));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM rollup_day")), qint64(0));
        QVERIFY(f.commit(StoreFixture::closeRow(row.id)));
        compareRollupsWithRows(f);
    }

    void aWholeRowIsWrittenAtOnce()
    {
        StoreFixture f;
        ExchangeRow row{f.openRow(noon), {}};
        row.close = StoreFixture::closeRow(row.open.id, pico(0));
        row.close.outcome = Outcome::CacheHit;
        row.close.provenance = Provenance::Free;
        row.close.saved = usd("0.01");
        QVERIFY(f.commit(row));
        QCOMPARE(valueOf(f.store->request(row.open.id)).close.outcome, Outcome::CacheHit);
        compareRollupsWithRows(f);
        QCOMPARE(f.number(QStringLiteral("SELECT cache_hits FROM rollup_day")), qint64(1));
    }

    void moneyAtItsLimitsStaysAnInteger()
    {
        StoreFixture f;
        const RequestId first = f.exchange(noon, Money::max());
        QCOMPARE(valueOf(f.store->request(first)).close.cost->picodollars(), Money::max().picodollars());
        f.exchange(noon, Money::max());
        f.exchange(noon, pico(1));
        const auto total =
            valueOf(f.store->usage(noon, noon + std::chrono::hours(1), GroupBy::Total, f.options.zone));
        QCOMPARE(total.first().cost.picodollars(), Money::max().picodollars());
        QCOMPARE(total.first().requests, qint64(3));
        QCOMPARE(valueOf(f.store->spentSince(noon)).first().spent.picodollars(), Money::max().picodollars());
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM rollup_day WHERE typeof(cost) <> 'integer'")),
                 qint64(0));
    }

    void rowsFromManyThreadsAllArrive()
    {
        StoreFixture f;
        constexpr int threads = 8;
        constexpr int each = 500;
        std::vector<std::vector<OpenRow>> rows(threads);
        for (auto &own : rows)
            for (int i = 0; i < each; ++i)
                own.push_back(f.openRow(noon, KeyId(i % 3)));
        std::vector<std::thread> running;
        for (size_t t = 0; t < threads; ++t)
            running.emplace_back([&, t] {
                for (size_t i = 0; i < each; ++i) {
                    f.store->submit(rows[t][i], t * 10'000 + i + 1);
                    f.store->submit(StoreFixture::closeRow(rows[t][i].id, pico(7)), 0);
                }
            });
        for (std::thread &thread : running)
            thread.join();
        const auto all = f.commits.waitFor(threads * each);
        std::vector<quint64> last(threads, 0);
        for (const Store::Committed &row : all) {
            QVERIFY(row.ok);
            QVERIFY(row.ticket > last[row.ticket / 10'000]); // the order of each thread is kept
            last[row.ticket / 10'000] = row.ticket;
        }
        f.store.reset();
        QCOMPARE(f.number(QStringLiteral("SELECT sum(cost) FROM rollup_day")), qint64(threads * each * 7));
        compareRollupsWithRows(f);
    }

    void rollupsEqualTheRowsAfterRandomOperations()
    {
        StoreFixture f("Europe/Berlin");
        QRandomGenerator random(20260504);
        std::vector<RequestId> open;
        std::vector<RequestId> closed;
        for (int i = 0; i < 4000; ++i) {
            const Instant when = noon + std::chrono::seconds(i * 65); // three days
            const KeyId key = 1 + random.bounded(5);
            const std::optional<Money> cost =
                random.bounded(5) == 0 ? std::nullopt : std::optional(pico(random.bounded(1'000'000'000)));
            if (const int what = random.bounded(10); what < 4) {
                const OpenRow row = f.openRow(when, key);
                open.push_back(row.id);
                f.store->submit(row, 0);
            } else if (what < 8 && !open.empty()) {
                const size_t which = random.bounded(quint32(open.size()));
                CloseRow row = StoreFixture::closeRow(open[which], cost);
                row.usage[BillingClass::Reasoning] = random.bounded(1000);
                row.saved = pico(random.bounded(100));
                if (random.bounded(4) == 0)
                    row.provenance = Provenance::Estimated;
                if (random.bounded(2) == 0) {
                    closed.push_back(open[which]);
                    open.erase(open.begin() + std::ptrdiff_t(which));
                } // else it will be closed again
                f.store->submit(row, 0);
            } else if (what == 8) {
                ExchangeRow row{f.openRow(when, key), {}};
                row.close = StoreFixture::closeRow(row.open.id, cost);
                f.store->submit(row, 0);
            } else if (!closed.empty()) {
                const RequestId id = closed[random.bounded(quint32(closed.size()))];
                f.store->submit(f.openRow(when, key), ++f.ticket);
                f.commits.waitFor(++f.waited);
                valueOf(f.store->correctCost(id, pico(random.bounded(1'000'000))));
            }
        }
        f.reopen();
        compareRollupsWithRows(f);
        const qint64 recovered = f.number(QStringLiteral("SELECT count(*) FROM requests WHERE outcome = 0"));
        QVERIFY(recovered > 0);
        QCOMPARE(qint64(valueOf(f.store->recoverOpen(noon))), recovered);
        compareRollupsWithRows(f);
    }

    void aFullDiskRefusesReservationsAndLosesNoSettlement()
    {
        StoreFixture f;
        const OpenRow running = f.openRow(noon);
        QVERIFY(f.commit(running));
        ExchangeRow refused{f.openRow(noon), {}};
        refused.close = StoreFixture::closeRow(refused.open.id, pico(0));
        refused.close.status = 429;
        const OpenRow unwatched = f.openRow(noon);
        {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not")));
            const FullDisk full(f.options.file);
            QVERIFY(!f.commit(f.openRow(noon)));
            QVERIFY(!f.commit(StoreFixture::closeRow(running.id, usd("0.25"))));
            f.store->submit(refused, 0);
            f.store->submit(unwatched, 0);
            f.store->submit(StoreFixture::closeRow(unwatched.id, usd("0.5")), 0);
            QVERIFY(!f.commit(f.openRow(noon)));
            QCOMPARE(f.store->queued(), size_t(4)); // all but the reservations, which were refused
            QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests")), qint64(1));
            QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM rollup_day")), qint64(0));
        }
        QTest::ignoreMessage(QtWarningMsg, "the ledger can be written again");
        QVERIFY(f.commit(f.openRow(noon))); // takes what waited along
        QCOMPARE(f.store->queued(), size_t(0));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests")), qint64(4));
        QCOMPARE(valueOf(f.store->request(running.id)).close.cost->picodollars(), usd("0.25").picodollars());
        QCOMPARE(valueOf(f.store->request(unwatched.id)).close.cost->picodollars(), usd("0.5").picodollars());
        compareRollupsWithRows(f);
    }

    void whatWaitsIsWrittenWithoutAnotherRowOnceTheDiskHasRoom()
    {
        StoreFixture f;
        const OpenRow running = f.openRow(noon);
        QVERIFY(f.commit(running));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not")));
        {
            const FullDisk full(f.options.file);
            QVERIFY(!f.commit(StoreFixture::closeRow(running.id)));
        }
        QTest::ignoreMessage(QtWarningMsg, "the ledger can be written again");
        QTRY_COMPARE_WITH_TIMEOUT(f.store->queued(), size_t(0), 30'000);
        QCOMPARE(valueOf(f.store->request(running.id)).close.outcome, Outcome::Completed);
    }

    void controlPlaneWritesFailCleanlyOnAFullDisk()
    {
        StoreFixture f;
        {
            const FullDisk full(f.options.file);
            QCOMPARE(codeOf(f.store->putSetting(QStringLiteral("paused"), QStringLiteral("1"))),
                     ErrorCode::StoreFailed);
        }
        QCOMPARE(valueOf(f.store->setting(QStringLiteral("paused"))), QString());
        valueOf(f.store->putSetting(QStringLiteral("paused"), QStringLiteral("1")));
        QCOMPARE(valueOf(f.store->setting(QStringLiteral("paused"))), QStringLiteral("1"));
    }

    void theEndOfTheStoreWritesWhatIsQueued()
    {
        StoreFixture f;
        for (int i = 0; i < 2000; ++i)
            f.store->submit(f.openRow(noon), 0);
        QFuture<Result<void>> setting = f.store->putSetting(QStringLiteral("last"), QStringLiteral("yes"));
        f.store.reset();
        QVERIFY(setting.isFinished());
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests")), qint64(2000));
        QVERIFY(!QFile::exists(f.options.file + QStringLiteral("-wal"))); // all of it is in the file
    }
};

QTEST_GUILESS_MAIN(LedgerTest)
#include "tst_storage_ledger.moc"
