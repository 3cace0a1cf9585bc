// Rows that are durable before the ledger has them: what the journal promises, seen through the store.
#include "storage/journalplay.h"
#include "storefixture.h"

#include <QRegularExpression>

using namespace lbp;

namespace {

const Instant noon = at("2026-05-04T12:00:00Z");

/// Nobody can write to the ledger while it lives, so what is recorded stays in the journal.
class Held
{
public:
    explicit Held(const StoreFixture &f)
        : m_connection(*SqlConnection::openBare(f.options.file))
    {
        if (!m_connection->exec(QStringLiteral("BEGIN IMMEDIATE")))
            qFatal("the ledger cannot be held");
    }
    ~Held() { release(); }
    void release()
    {
        if (std::exchange(m_isHeld, false) && !m_connection->exec(QStringLiteral("COMMIT")))
            qFatal("the ledger cannot be released");
    }

private:
    std::unique_ptr<SqlConnection> m_connection;
    bool m_isHeld = true;
};

template <typename Row> bool record(StoreFixture &f, Row row)
{
    LedgerRow ready(std::move(row));
    return f.store->record(ready);
}

QString journalOf(const StoreFixture &f)
{
    return journalFileOf(f.options.file);
}

/// What a process that is killed now would leave behind, in the folder of \a to, which has no store then.
void copyAsKilled(const StoreFixture &from, StoreFixture &to)
{
    to.store.reset();
    for (const char *suffix : {"", "-wal", ".journal"}) {
        const QString name = QString::fromLatin1(suffix);
        QFile::remove(to.options.file + name);
        if (QFile::exists(from.options.file + name))
            QVERIFY(QFile::copy(from.options.file + name, to.options.file + name));
    }
}

void runAside(const StoreFixture &f, const QString &sql)
{
    if (!(*SqlConnection::openBare(f.options.file))->exec(sql))
        qFatal("%s", qUtf8Printable(sql));
}

QStringList filesOf(const StoreFixture &f, const QString &pattern)
{
    return QDir(f.folder.path()).entryList({pattern});
}

const QString allRows = QStringLiteral("SELECT count(*) FROM requests");
const QString openRows = QStringLiteral("SELECT count(*) FROM requests WHERE outcome = 0");

} // namespace

class RecordingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsRecordedSurvivesAKillBeforeTheLedgerHasIt()
    {
        StoreFixture f;
        StoreFixture copy;
        const OpenRow closed = f.openRow(noon);
        OpenRow open = f.openRow(noon, 2);
        open.attemptOf = closed.id;
        open.attempt = 2;
        ExchangeRow refused{f.openRow(noon), {}};
        refused.close = StoreFixture::closeRow(refused.open.id, pico(0));
        refused.close.status = 429;
        {
            const Held held(f);
            QVERIFY(record(f, closed));
            QVERIFY(record(f, open));
            QVERIFY(record(f, refused));
            QVERIFY(record(f, StoreFixture::closeRow(closed.id, usd("0.125"))));
            copyAsKilled(f, copy);
        }
        copy.open();
        QCOMPARE(valueOf(copy.store->lastRequestId()).value, refused.open.id.value);
        QCOMPARE(valueOf(copy.store->request(closed.id)).close.cost->picodollars(),
                 usd("0.125").picodollars());
        QCOMPARE(valueOf(copy.store->request(refused.open.id)).close.status, 429);
        QCOMPARE(copy.number(openRows), qint64(1));
        QCOMPARE(valueOf(copy.store->recoverOpen(noon)), 1);
        QCOMPARE(valueOf(copy.store->request(open.id)).close.outcome, Outcome::Recovered);
        QCOMPARE(valueOf(copy.store->attemptsOf(closed.id)).value(0).open.attempt, 2);
        compareRollupsWithRows(copy);
    }

    void aJournalIsPlayedExactlyOnceWhereverTheStartIsCutOff()
    {
        StoreFixture f;
        StoreFixture copy;
        {
            const Held held(f);
            for (int i = 0; i < 50; ++i) {
                const OpenRow row = f.openRow(noon, 1 + i % 3);
                QVERIFY(record(f, row));
                QVERIFY(record(f, StoreFixture::closeRow(row.id, pico(7))));
            }
            copyAsKilled(f, copy);
        }
        // Killed behind the transaction that played it, before the file was marked.
        const QString journal = journalOf(copy);
        const QString kept = copy.folder.filePath(QStringLiteral("kept"));
        QVERIFY(QFile::copy(journal, kept));
        {
            auto connection = *SqlConnection::open(copy.options.file, SqlConnection::Mode::ReadWrite, false);
            RowWriter writer(*connection, QTimeZone::utc());
            QVERIFY(writer.prepare());
            for (int start = 0; start < 3; ++start) {
                QFile::remove(journal);
                QVERIFY(QFile::copy(kept, journal));
                QVERIFY(playJournal(*connection, writer, copy.options.file));
                QCOMPARE(copy.number(allRows), qint64(50));
                QCOMPARE(copy.number(QStringLiteral("SELECT sum(cost) FROM rollup_day")), qint64(350));
            }
        }
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(50));
        compareRollupsWithRows(copy);
    }

    void whatTheLedgerHasIsNotPlayedAgain()
    {
        StoreFixture f;
        StoreFixture copy;
        const OpenRow first = f.openRow(noon);
        QVERIFY(record(f, first));
        QVERIFY(record(f, StoreFixture::closeRow(first.id)));
        QCOMPARE(valueOf(f.store->request(first.id)).close.outcome, Outcome::Completed);
        // Changed since: playing the journal's row again could not bring back the old amount, nor count it.
        valueOf(f.store->correctCost(first.id, usd("0.75")));
        const OpenRow second = f.openRow(noon);
        {
            const Held held(f);
            QVERIFY(record(f, second));
            copyAsKilled(f, copy);
        }
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(2));
        QCOMPARE(valueOf(copy.store->request(first.id)).close.cost->picodollars(), usd("0.75").picodollars());
        compareRollupsWithRows(copy);
    }

    void reportsHoldEveryRowThatWasRecordedBefore()
    {
        StoreFixture f;
        for (int i = 1; i <= 200; ++i) {
            const OpenRow row = f.openRow(noon);
            QVERIFY(record(f, row));
            QVERIFY(record(f, StoreFixture::closeRow(row.id, pico(1))));
            switch (i % 4) {
            case 0:
                QCOMPARE(valueOf(f.store->request(row.id)).close.outcome, Outcome::Completed);
                break;
            case 1:
                QCOMPARE(valueOf(f.store->requests({})).first().open.id.value, row.id.value);
                break;
            case 2:
                QCOMPARE(valueOf(f.store->spentSince(noon)).first().spent.picodollars(), qint64(i));
                break;
            default:
                QCOMPARE(valueOf(f.store->usage(noon, noon + std::chrono::hours(1), GroupBy::Total,
                                                f.options.zone))
                             .first()
                             .requests,
                         qint64(i));
            }
        }
        QCOMPARE(valueOf(f.store->lastRequestId()).time(), noon + std::chrono::microseconds(199));
    }

    void aReportWaitsForNoRowWhenAllAreWritten()
    {
        StoreFixture f;
        const RequestId id = f.exchange(noon);
        const Held held(f); // the writer could not do anything
        QCOMPARE(valueOf(f.store->request(id)).close.outcome, Outcome::Completed);
    }

    void reportsThatWaitAreAnsweredBeforeTheStoreEnds()
    {
        StoreFixture f;
        QVERIFY(record(f, f.openRow(noon)));
        const QFuture<Result<QList<ExchangeRow>>> rows = f.store->requests({});
        f.store.reset();
        QVERIFY(rows.isFinished());
        QCOMPARE(valueOf(rows).size(), 1);
    }

    void whatIsRecordedIsWrittenWithoutAnybodyAsking()
    {
        StoreFixture f;
        QVERIFY(record(f, f.openRow(noon)));
        QTRY_COMPARE(f.store->queued(), size_t(0));
        QCOMPARE(f.number(openRows), qint64(1));
    }

    void anExchangeThatEndedMeanwhileIsWrittenOnce()
    {
        StoreFixture f;
        runAside(f, QStringLiteral("CREATE TABLE seen (what TEXT, outcome INTEGER)"));
        runAside(f,
                 QStringLiteral("CREATE TRIGGER i AFTER INSERT ON requests BEGIN INSERT INTO seen VALUES "
                                "('insert', new.outcome); END"));
        runAside(f,
                 QStringLiteral("CREATE TRIGGER u AFTER UPDATE ON requests BEGIN INSERT INTO seen VALUES "
                                "('update', new.outcome); END"));
        {
            Held held(f);
            const OpenRow row = f.openRow(noon);
            QVERIFY(record(f, row));
            QVERIFY(record(f, StoreFixture::closeRow(row.id, pico(9))));
            QVERIFY(record(f, StoreFixture::closeRow(row.id, pico(10)))); // the first end holds
            held.release();
            QCOMPARE(valueOf(f.store->request(row.id)).close.cost->picodollars(), qint64(9));
        }
        f.store.reset();
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM seen WHERE what = 'insert'")), qint64(1));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM seen WHERE what = 'update'")), qint64(0));
        compareRollupsWithRows(f);
    }

    void whatIsWrittenOnceKeepsEveryValueAndEveryZero()
    {
        StoreFixture f;
        OpenRow full = f.openRow(noon);
        full.requestedModel = QStringLiteral("gpt-4o-latest");
        full.stream = true;
        CloseRow ended = StoreFixture::closeRow(full.id, usd("0.25"));
        ended.saved = pico(22);
        ended.queueUs = 1;
        ended.ttftUs = 2;
        ended.priceSource = QStringLiteral("pricing.yml");
        ended.rates = std::make_shared<const Rates>();
        ended.upstreamRequestId = QStringLiteral("up-1");
        ended.error = QStringLiteral("odd");
        OpenRow bare = f.openRow(noon);
        bare.reserved = Money();
        bare.estimatedInputTokens = 0;
        bare.ceiling = 0;
        CloseRow nothing;
        nothing.id = bare.id;
        nothing.cost = Money();
        {
            const Held held(f);
            QVERIFY(record(f, full));
            QVERIFY(record(f, bare));
            QVERIFY(record(f, ended));
            QVERIFY(record(f, nothing));
        }
        const ExchangeRow one = valueOf(f.store->request(full.id));
        QCOMPARE(one.open.reserved.picodollars(), full.reserved.picodollars());
        QCOMPARE(one.open.estimatedInputTokens, full.estimatedInputTokens);
        QCOMPARE(one.open.ceiling, full.ceiling);
        QCOMPARE(one.open.requestedModel, full.requestedModel);
        QVERIFY(one.open.stream);
        QCOMPARE(one.close.cost->picodollars(), ended.cost->picodollars());
        QCOMPARE(one.close.saved.picodollars(), qint64(22));
        QCOMPARE(one.close.queueUs, qint64(1));
        QCOMPARE(one.close.ttftUs, qint64(2));
        QCOMPARE(one.close.durationUs, ended.durationUs);
        QCOMPARE(one.close.priceSource, ended.priceSource);
        QVERIFY(one.close.rates != nullptr);
        QCOMPARE(one.close.upstreamRequestId, ended.upstreamRequestId);
        QCOMPARE(one.close.error, ended.error);
        QVERIFY(one.close.usage == ended.usage);
        const ExchangeRow zero = valueOf(f.store->request(bare.id));
        QVERIFY(zero.open.reserved.isZero() && zero.close.saved.isZero() && zero.close.cost->isZero());
        QCOMPARE(zero.open.ceiling + zero.open.estimatedInputTokens + zero.close.queueUs + zero.close.ttftUs,
                 qint64(0));
        QVERIFY(!zero.close.rates && zero.close.priceSource.isEmpty() && zero.close.error.isEmpty());
        QVERIFY(zero.close.usage.isZero());
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM requests WHERE saved = 0 AND queue_us = 0 AND "
                                         "ttft_us = 0 AND rates_id = 0 AND price_source_id = 0 AND "
                                         "upstream_request_id IS NULL AND error IS NULL")),
                 qint64(1));
        compareRollupsWithRows(f);
    }

    void anOpenRowWhoseIdIsTakenClosesTheOneThatHasIt()
    {
        StoreFixture f;
        const OpenRow row = f.openRow(noon);
        QVERIFY(f.commit(row));
        std::vector<Store::Submission> group;
        group.push_back({row, 101});
        group.push_back({StoreFixture::closeRow(row.id, pico(3)), 102});
        f.store->submit(std::move(group));
        const auto told = f.commits.waitFor(3);
        QVERIFY(!told[1].ok);
        QVERIFY(told[2].ok);
        QCOMPARE(valueOf(f.store->request(row.id)).close.cost->picodollars(), qint64(3));
        compareRollupsWithRows(f);
    }

    void aStoreThatWaitsForTheDiskRecordsNothing()
    {
        StoreFixture f;
        f.store.reset();
        f.options.syncFull = true;
        f.open();
        QVERIFY(!record(f, f.openRow(noon)));
        QVERIFY(!QFile::exists(journalOf(f)));
        QVERIFY(f.commit(f.openRow(noon)));
    }

    void aStoreThatOnlyReadsMakesNoJournalButPlaysOne()
    {
        StoreFixture f;
        StoreFixture copy;
        {
            const Held held(f);
            QVERIFY(record(f, f.openRow(noon)));
            copyAsKilled(f, copy);
        }
        copy.options.journal = false;
        copy.open();
        QVERIFY(!record(copy, copy.openRow(noon)));
        QCOMPARE(copy.number(openRows), qint64(1));
        copy.reopen();
        QCOMPARE(copy.number(allRows), qint64(1));
    }

    void aCleanEndLeavesNoJournal()
    {
        StoreFixture f;
        QVERIFY(QFile::exists(journalOf(f)));
        QVERIFY(record(f, f.openRow(noon)));
        f.store.reset();
        QVERIFY(!QFile::exists(journalOf(f)));
        QCOMPARE(f.number(openRows), qint64(1));
        f.open();
        QVERIFY(record(f, f.openRow(noon)));
    }

    void withoutAPlaceForAJournalRowsWaitForTheLedger()
    {
        StoreFixture f;
        f.store.reset();
        QVERIFY(QDir().mkpath(journalOf(f) + QStringLiteral(".part/in the way")));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("requests wait for the ledger")));
        f.open();
        QVERIFY(!record(f, f.openRow(noon)));
        QVERIFY(f.commit(f.openRow(noon)));
    }

    void theJournalOfAnotherProcessIsLeftAlone()
    {
        StoreFixture f;
        f.store.reset();
        const auto other = Journal::create(journalOf(f), 1);
        QVERIFY(other && (*other)->append("x"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("another process uses it")));
        f.open();
        QVERIFY(!record(f, f.openRow(noon)));
        f.store.reset();
        QVERIFY(QFile::exists(journalOf(f)));
    }

    void aLedgerThatIsFarBehindMakesRowsWait()
    {
        StoreFixture f;
        const Held held(f);
        bool isFull = false;
        OpenRow row = f.openRow(noon);
        row.requestedModel = QString(2000, u'm');
        for (int i = 0; i < 5000 && !isFull; ++i) {
            row.id = f.ids.next(noon);
            isFull = !record(f, row);
        }
        QVERIFY(isFull); // and neither memory nor the file has grown beyond it
        QCOMPARE(QFileInfo(journalOf(f)).size(), Journal::usualCapacity + 4096);
    }

    void nothingIsRecordedBehindASettlementThatWaits()
    {
        StoreFixture f;
        const OpenRow first = f.openRow(noon);
        QVERIFY(record(f, first));
        {
            Held held(f);
            // As when the journal was full: the settlement waits, and what it gave back could be spent again.
            f.store->submit(StoreFixture::closeRow(first.id), ++f.ticket);
            QVERIFY(!record(f, f.openRow(noon)));
            QVERIFY(!record(f, StoreFixture::closeRow(first.id)));
            held.release();
        }
        f.commits.waitFor(++f.waited);
        QTRY_COMPARE(f.store->queued(), size_t(0));
        QVERIFY(record(f, f.openRow(noon)));
    }

    void aLedgerThatCannotBeWrittenTakesNoReservationAndLosesNoRow()
    {
        StoreFixture f;
        StoreFixture copy;
        const OpenRow running = f.openRow(noon);
        QVERIFY(record(f, running));
        QVERIFY(valueOf(f.store->request(running.id)).close.outcome == Outcome::Open);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no room")));
        runAside(f,
                 QStringLiteral("CREATE TRIGGER broken BEFORE INSERT ON requests BEGIN SELECT RAISE(ABORT, "
                                "'no room'); END"));
        const OpenRow unlucky = f.openRow(noon);
        QVERIFY(record(f, unlucky)); // nobody knows yet; it is durable all the same
        QVERIFY(!f.commit(f.openRow(noon)));
        QVERIFY(!record(f, f.openRow(noon)));
        QVERIFY(!f.commit(f.openRow(noon)));
        QVERIFY(record(f, StoreFixture::closeRow(unlucky.id, pico(5)))); // it has happened, so it is kept
        QVERIFY(record(f, StoreFixture::closeRow(running.id, pico(6))));
        copyAsKilled(f, copy);

        QTest::ignoreMessage(QtWarningMsg, "the ledger can be written again");
        runAside(f, QStringLiteral("DROP TRIGGER broken"));
        QTRY_COMPARE_WITH_TIMEOUT(f.store->queued(), size_t(0), 30'000);
        QVERIFY(record(f, f.openRow(noon)));
        QCOMPARE(valueOf(f.store->request(unlucky.id)).close.cost->picodollars(), qint64(5));
        QCOMPARE(valueOf(f.store->request(running.id)).close.cost->picodollars(), qint64(6));
        compareRollupsWithRows(f);

        runAside(copy, QStringLiteral("DROP TRIGGER broken")); // the same, had it been killed meanwhile
        copy.open();
        QCOMPARE(valueOf(copy.store->request(unlucky.id)).close.cost->picodollars(), qint64(5));
        QCOMPARE(valueOf(copy.store->request(running.id)).close.cost->picodollars(), qint64(6));
        QCOMPARE(copy.number(allRows), qint64(2));
        compareRollupsWithRows(copy);
    }

    void aDamagedRowInTheMiddleIsReportedAndTheRestPlayed()
    {
        StoreFixture f;
        StoreFixture copy;
        {
            const Held held(f);
            for (int i = 0; i < 5; ++i) {
                OpenRow row = f.openRow(noon);
                row.requestedModel = QStringLiteral("m%1").arg(i);
                QVERIFY(record(f, row));
            }
            copyAsKilled(f, copy);
        }
        QFile file(journalOf(copy));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray name(reinterpret_cast<const char *>(u"m2"), 4);
        const qint64 place = file.readAll().indexOf(name);
        QVERIFY(place > 0 && file.seek(place) && file.write("?") == 1);
        file.close();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^1 of the rows .* damaged")));
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(4));
    }

    void aJournalThatTheLedgerDoesNotKnowIsSetAside()
    {
        StoreFixture f;
        StoreFixture copy;
        const RequestId before = f.exchange(noon);
        f.store.reset();
        copyAsKilled(f, copy); // a copy made while the program did not run, and put back later
        f.open();
        {
            const Held held(f);
            QVERIFY(record(f, f.openRow(noon)));
            QVERIFY(QFile::copy(journalOf(f), journalOf(copy)));
        }
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("belongs to another ledger")));
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(1));
        QCOMPARE(valueOf(copy.store->request(before)).close.outcome, Outcome::Completed);
        QCOMPARE(filesOf(copy, QStringLiteral("*.journal.unknown-*")).size(), 1);
    }

    void aLedgerPutBackFromACopyOfTheSameRunGetsWhatTheJournalStillHas()
    {
        StoreFixture f;
        StoreFixture copy;
        QVERIFY(f.commit(f.openRow(noon)));
        copyAsKilled(f, copy);
        for (int i = 0; i < 3; ++i) { // each is written and given back, and the next takes its place
            const OpenRow row = f.openRow(noon);
            QVERIFY(record(f, row));
            valueOf(f.store->request(row.id));
        }
        const Held held(f);
        QVERIFY(record(f, f.openRow(noon)));
        QFile::remove(journalOf(copy));
        QVERIFY(QFile::copy(journalOf(f), journalOf(copy)));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("3 rows behind the end")));
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(2));
    }

    void aMissingJournalIsTold()
    {
        StoreFixture f;
        StoreFixture copy;
        QVERIFY(f.commit(f.openRow(noon)));
        copyAsKilled(f, copy);
        QFile::remove(journalOf(copy));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("is missing")));
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(1));
        QVERIFY(record(copy, copy.openRow(noon)));
    }

    void whatIsNoJournalIsSetAside_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("told");
        QTest::newRow("short") << 10 << QStringLiteral("is no journal");
        QTest::newRow("noise") << 10'000 << QStringLiteral("holds no whole row");
    }
    void whatIsNoJournalIsSetAside()
    {
        QFETCH(int, size);
        QFETCH(QString, told);
        StoreFixture f;
        f.store.reset();
        QFile noise(journalOf(f));
        QVERIFY(noise.open(QIODevice::WriteOnly));
        noise.write(QByteArray(size, 'n'));
        noise.close();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(told));
        f.open();
        QVERIFY(record(f, f.openRow(noon)));
        QCOMPARE(filesOf(f, QStringLiteral("*.journal.unknown-*")).size(), 1);
    }

    void aDamagedLedgerTakesItsJournalAlong()
    {
        StoreFixture f;
        StoreFixture copy;
        {
            const Held held(f);
            QVERIFY(record(f, f.openRow(noon)));
            copyAsKilled(f, copy);
        }
        QFile file(copy.options.file);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.write("not a ledger") > 0);
        file.close();
        QCOMPARE(openSqlStore(copy.options).error().code, ErrorCode::StoreDamaged);
        QCOMPARE(filesOf(copy, QStringLiteral("*.damaged-*.journal")).size(), 1);
        copy.open();
        QCOMPARE(copy.number(allRows), qint64(0));
    }
};

QTEST_GUILESS_MAIN(RecordingTest)
#include "tst_storage_recording.moc"
