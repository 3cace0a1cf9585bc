#include "config/configsaver.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "control/logring.h"
#include "control/priceeditor.h"

#include "unit/control/fakes.h"

#include <QSignalSpy>
#include <sys/stat.h>

using namespace lbp;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Revoking with a way back, copies of the ledger, prices and the log.
class TestControlUpkeep : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    struct Rig
    {
        Rig(TestControlUpkeep &test, TestStore &db)
            : control({*db.store, hub, test.m_clock, std::make_shared<const Config>(), &plane})
        {
            control.setLedgerFile(db.dir.filePath(u"ledger.sqlite"_s));
            if (const Status loaded = control.load(); !loaded)
                qFatal("%ls", qUtf16Printable(loaded.error().detail));
        }
        CreatedKey key(const QString &name)
        {
            KeyDraft draft;
            draft.record.name = name;
            return *await(control.createKey(draft));
        }
        EventHub hub;
        FakePlane plane;
        Control control;
    };
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void aKeyThatIsBeingRevokedStopsAtOnceAndComesBackWhole()
    {
        TestStore db;
        Rig rig(*this, db);
        const CreatedKey key = rig.key(u"ci"_s);
        QVERIFY(await(rig.control.pauseKey(key.record.id, u"runaway"_s)));
        const auto revoked = await(rig.control.revokeKeySoon(key.record.id));
        QVERIFY(revoked);
        QCOMPARE(rig.plane.keys.last().status, KeyStatus::Revoked); // what clients see: 401
        QVERIFY(!rig.control.keyByPlaintext(key.plaintext.reveal()));
        QVERIFY(rig.control.undoUntil(key.record.id) == m_clock.now() + 10s);
        // Nothing else may touch it meanwhile.
        QCOMPARE(await(rig.control.resumeKey(key.record.id)).error().code, ErrorCode::Conflict);
        QCOMPARE(await(rig.control.rotateKey(key.record.id, 1h)).error().code, ErrorCode::Conflict);
        QCOMPARE(await(rig.control.updateKey(key.record.id, {})).error().code, ErrorCode::Conflict);
        m_clock.advance(9s);
        const auto back = await(rig.control.undoRevoke(key.record.id));
        QVERIFY(back);
        QCOMPARE(back->status, KeyStatus::Paused); // as it was
        QCOMPARE(back->pausedReason, u"runaway"_s);
        QVERIFY(rig.control.keyByPlaintext(key.plaintext.reveal()));
        QCOMPARE(rig.plane.keys.last().status, KeyStatus::Paused);
        QCOMPARE(await(rig.control.undoRevoke(key.record.id)).error().code, ErrorCode::Conflict);
    }
    void whenTheTimeIsOverItIsRevokedForGood()
    {
        TestStore db;
        Rig rig(*this, db);
        const CreatedKey key = rig.key(u"ci"_s);
        QVERIFY(await(rig.control.revokeKeySoon(key.record.id, 30ms)));
        QTest::qWait(100); // the timer fires, and the clock says: not yet
        QCOMPARE(rig.control.key(key.record.id)->status, KeyStatus::Paused);
        m_clock.advance(31ms);
        QCOMPARE(await(rig.control.undoRevoke(key.record.id)).error().code, ErrorCode::Conflict);
        QTRY_COMPARE(rig.control.key(key.record.id)->status, KeyStatus::Revoked);
        QVERIFY(!rig.control.undoUntil(key.record.id));
        QVERIFY(rig.control.key(key.record.id)->pausedReason.isEmpty());
    }
    void aProgramThatEndsMeanwhileLeavesARevokedKey()
    {
        TestStore db;
        KeyId id = 0;
        {
            Rig rig(*this, db);
            id = rig.key(u"ci"_s).record.id;
            QVERIFY(await(rig.control.revokeKeySoon(id)));
        }
        db.reopen();
        Rig again(*this, db);
        QCOMPARE(again.control.key(id)->status, KeyStatus::Revoked);
        QCOMPARE(again.plane.keys.last().status, KeyStatus::Revoked);
        QCOMPARE(await(db.store->keys())->first().status, KeyStatus::Revoked);
    }
    void anOrderlyEndRevokesForGood()
    {
        TestStore db;
        Rig rig(*this, db);
        const KeyId a = rig.key(u"a"_s).record.id, b = rig.key(u"b"_s).record.id;
        QVERIFY(await(rig.control.revokeKeySoon(a)));
        QVERIFY(await(rig.control.revokeKeySoon(b)));
        QVERIFY(await(rig.control.finishRevocations()));
        QCOMPARE(rig.control.key(a)->status, KeyStatus::Revoked);
        QCOMPARE(rig.control.key(b)->status, KeyStatus::Revoked);
    }

    void aBackupHoldsEverythingAndOverwritesNothing()
    {
        TestStore db;
        Rig rig(*this, db);
        rig.key(u"ci"_s);
        for (int i = 0; i < 50; ++i)
            addRequest(*db.store, m_clock.now(), 1, usd("0.5"), Provenance::Exact, i + 1);
        const QString file = db.dir.filePath(u"copy.sqlite"_s);
        const auto info = await(rig.control.backup(file));
        QVERIFY2(info, info ? "" : qPrintable(info.error().detail));
        QCOMPARE(info->requests, 50);
        QCOMPARE(info->keys, 1);
        QVERIFY(info->newest == m_clock.now());
        struct stat mode = {};
        QVERIFY(::stat(QFile::encodeName(file).constData(), &mode) == 0);
        QCOMPARE(int(mode.st_mode & 0777), 0600);
        QCOMPARE(await(rig.control.checkBackup(file))->requests, 50);
        QCOMPARE(await(rig.control.backup(file)).error().code, ErrorCode::Conflict);
        QCOMPARE(await(rig.control.backup(u"relative"_s)).error().code, ErrorCode::InvalidRequest);
        QCOMPARE(await(rig.control.backup(db.dir.filePath(u"no/such"_s))).error().code,
                 ErrorCode::InvalidValue);
        QVERIFY(QDir(db.dir.path()).entryList({u"copy.sqlite.*"_s, u"copy.sqlite-*"_s}).isEmpty());
    }
    void aBackupIsTakenWhileRowsAreWritten()
    {
        TestStore db;
        Rig rig(*this, db);
        std::atomic<bool> stop{false};
        std::thread writer([&] {
            for (int i = 1; !stop.load(); ++i) {
                ExchangeRow row;
                row.open.id = {RequestId::firstAt(m_clock.now()).value + i};
                auto series = std::make_shared<Series>();
                series->key = 1;
                row.open.series = series;
                row.close.id = row.open.id;
                row.close.cost = usd("0.01");
                db.store->submit(row, 0);
                std::this_thread::yield();
                while (db.store->queued() > 500 && !stop.load())
                    std::this_thread::yield();
            }
        });
        const QString file = db.dir.filePath(u"copy.sqlite"_s);
        const auto info = await(rig.control.backup(file));
        stop = true;
        writer.join();
        QVERIFY2(info, info ? "" : qPrintable(info.error().detail));
        // Requests and their sums are of the same moment.
        auto copy = openSqlStore({file, false, QTimeZone::utc()});
        QVERIFY(copy);
        const auto sums =
            await((*copy)->usage(m_clock.now() - 24h, m_clock.now() + 24h, GroupBy::Total, QTimeZone::utc()));
        QCOMPARE(sums->isEmpty() ? 0 : sums->first().requests, info->requests);
    }
    void aRestoreIsTakenAtTheNextStartAndTheOldLedgerKept()
    {
        TestStore db;
        const QString ledger = db.dir.filePath(u"ledger.sqlite"_s), copy = db.dir.filePath(u"copy.sqlite"_s);
        {
            Rig rig(*this, db);
            rig.key(u"before"_s);
            QVERIFY(await(rig.control.backup(copy)));
            rig.key(u"after"_s);
            const auto staged = await(rig.control.restoreAtNextStart(copy));
            QVERIFY2(staged, staged ? "" : qPrintable(staged.error().detail));
            QVERIFY(rig.control.isRestoreStaged());
            QCOMPARE(rig.control.keys().size(), 2); // nothing has happened yet
        }
        db.store.reset();
        const auto aside = takeStagedRestore(ledger, m_clock.now());
        QVERIFY2(aside, aside ? "" : qPrintable(aside.error().detail));
        QVERIFY(QFile::exists(*aside));
        QVERIFY(!isRestoreStaged(ledger));
        db.reopen();
        QCOMPARE(await(db.store->keys())->size(), 1);
        auto old = openSqlStore({*aside, false, QTimeZone::utc()});
        QVERIFY(old);
        QCOMPARE(await((*old)->keys())->size(), 2);
        QVERIFY(takeStagedRestore(ledger, m_clock.now())->isEmpty());
    }
    void whatIsNoBackupIsRefusedAndChangesNothing()
    {
        TestStore db;
        Rig rig(*this, db);
        const QString text = db.dir.filePath(u"text"_s), damaged = db.dir.filePath(u"damaged"_s);
        write(text, "not a ledger");
        QCOMPARE(await(rig.control.restoreAtNextStart(text)).error().code, ErrorCode::InvalidValue);
        QCOMPARE(await(rig.control.checkBackup(db.dir.filePath(u"none"_s))).error().code,
                 ErrorCode::InvalidValue);
        QVERIFY(await(rig.control.backup(damaged)));
        QByteArray bytes = read(damaged);
        for (qsizetype i = 4096; i < bytes.size(); ++i)
            bytes[i] = char(0xa5);
        write(damaged, bytes);
        const auto refused = await(rig.control.restoreAtNextStart(damaged));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::StoreDamaged);
        QVERIFY(!isRestoreStaged(db.dir.filePath(u"ledger.sqlite"_s)));
        // Damaged after it was laid ready: set aside, and the ledger stays.
        write(db.dir.filePath(u"ledger.sqlite.restore"_s), bytes);
        QVERIFY(takeStagedRestore(db.dir.filePath(u"ledger.sqlite"_s), m_clock.now())->isEmpty());
        QVERIFY(!isRestoreStaged(db.dir.filePath(u"ledger.sqlite"_s)));
        db.reopen();
    }

    void theHistoryOfAlertsIsPagedAndFiltered()
    {
        TestStore db;
        for (int i = 1; i <= 30; ++i)
            QVERIFY(await(db.store->addAlert(
                {0, m_clock.now() + std::chrono::minutes(i), i % 3 == 0 ? u"keyPaused"_s : u"budgetWarning"_s,
                 u"s"_s, u"Alert Nr %1."_s.arg(i), i == 7 ? u"failed: no answer"_s : QString()})));
        AlertQuery query;
        query.limit = 10;
        const auto first = await(db.store->alertPage(query));
        QCOMPARE(first->size(), 10);
        QCOMPARE(first->first().text, u"Alert Nr 30."_s);
        query.before = first->last().id;
        QCOMPARE(await(db.store->alertPage(query))->first().text, u"Alert Nr 20."_s);
        query = {};
        query.events = {u"keyPaused"_s};
        QCOMPARE(await(db.store->alertPage(query))->size(), 10);
        query = {};
        query.text = u"nr 1"_s;
        QCOMPARE(await(db.store->alertPage(query))->size(), 11);
        query = {};
        query.onlyFailed = true;
        QCOMPARE(await(db.store->alertPage(query))->size(), 1);
        query = {};
        query.from = m_clock.now() + 5min;
        query.to = m_clock.now() + 8min;
        QCOMPARE(await(db.store->alertPage(query))->size(), 3);
    }

    void aPriceIsSetAndItsCommentsStay()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"pricing.yml"_s);
        write(file, "# mine\nmodels:\n  m.1:  # the first\n    inputPer1k: 1 # dear\n    outputPer1M: 2\n");
        PriceEditor editor([file] { return file; }, m_clock);
        QSignalSpy saved(&editor, &PriceEditor::saved);
        PriceDraft draft{u"m.1"_s, {{BillingClass::UncachedInput, u"inputPer1M"_s, u"2.5"_s}}, {}, {}};
        QVERIFY(await(editor.set(draft)));
        QCOMPARE(read(file),
                 QByteArray("# mine\nmodels:\n  m.1:  # the first\n    outputPer1M: 2\n"
                            "    inputPer1M: 2.5\n"));
        draft = {u"ft:gpt"_s, {{BillingClass::Output, u"outputPer1M"_s, u"0.000001"_s}}, 4096, {}};
        QVERIFY(await(editor.set(draft)));
        QCOMPARE(saved.size(), 2);
        const auto book = parsePricing(read(file), file);
        QVERIFY(book);
        QCOMPARE(priceEntry(*(*book)->find(u"ft:gpt")).rate(BillingClass::Output), u"0.000001"_s);
        QVERIFY(priceEntry(*(*book)->find(u"ft:gpt")).date == QDate(2026, 11, 23));
        QVERIFY(await(editor.remove(u"ft:gpt"_s)));
        QCOMPARE(await(editor.remove(u"ft:gpt"_s)).error().code, ErrorCode::NotFound);
        draft = {u"m.1"_s, {{BillingClass::Output, u"outputPer1M"_s, u"1,5"_s}}, {}, {}};
        const QByteArray before = read(file);
        QVERIFY(!await(editor.set(draft)));
        QCOMPARE(read(file), before);
    }
    void whatIsBilledByTimeIsEnteredAsItIsListed()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"pricing.yml"_s);
        write(file, "models:\n  m:\n    inputPer1k: 1\n    audioPerMinute: 0.006 # of the page\n");
        PriceEditor editor([file] { return file; }, m_clock);
        const auto shown = [&](BillingClass one) {
            return priceEntry(*(*parsePricing(read(file), file))->find(u"m")).rate(one);
        };
        QCOMPARE(shown(BillingClass::AudioSecond), u"0.36"_s); // an hour
        QVERIFY(await(editor.set({u"m"_s,
                                  {{BillingClass::AudioSecond, u"audioPerHour"_s, u"0.111"_s},
                                   {BillingClass::GeneratedImage, u"imageEach"_s, u"0.042"_s},
                                   {BillingClass::SpeechCharacter, u"speechPer1MCharacters"_s, u"15"_s},
                                   {BillingClass::CodeSessionCall, u"codeSessionsPer1k"_s, u"30"_s}},
                                  {},
                                  {}})));
        QVERIFY(!read(file).contains("audioPerMinute"));
        QCOMPARE(shown(BillingClass::AudioSecond), u"0.111"_s);
        QCOMPARE(shown(BillingClass::GeneratedImage), u"0.042"_s);
        QCOMPARE(shown(BillingClass::SpeechCharacter), u"15.00"_s);
        QCOMPARE(shown(BillingClass::CodeSessionCall), u"30.00"_s);
        QVERIFY(!PriceEditor::check({u"m"_s, {{BillingClass::AudioSecond, u"audioPerDay"_s, u"1"_s}}, {}, {}})
                     .isEmpty());
    }
    void onesOwnListBeginsWithWhatIsEntered()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"pricing.yml"_s);
        PriceEditor editor([file] { return file; }, m_clock);
        QVERIFY(await(editor.set({u"mine"_s, {{BillingClass::Output, u"outputPer1M"_s, u"1"_s}}, {}, {}})));
        const auto book = parsePricing(read(file), file);
        QVERIFY(book);
        QCOMPARE((*book)->models(), QStringList(u"mine"_s));
        QVERIFY(read(file).startsWith("# Your own prices")); // and with how to write more
    }
    void aPublicPriceThatIsChangedBecomesOnesOwn()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"pricing.yml"_s);
        PriceEditor editor([file] { return file; }, m_clock);
        QVERIFY(await(
            editor.set({u"gemini-3.6-flash"_s, {{BillingClass::Output, u"outputPer1M"_s, u"4"_s}}, {}, {}})));
        const auto book = parsePricing(read(file), file);
        QVERIFY(book);
        const std::vector<PriceStep> &steps = *(*book)->steps(u"gemini-3.6-flash"_s);
        QCOMPARE(steps.size(), size_t(2)); // the one that is announced stays
        const ModelPrice &price = steps.front().price;
        QCOMPARE(price.standard[BillingClass::Output].value_or(-1), qint64(4'000'000));
        QCOMPARE(price.standard[BillingClass::UncachedInput].value_or(-1), qint64(750'000));
        QCOMPARE(price.source, u"entered by hand, 2026-11-23"_s);
        QCOMPARE(await(editor.remove(u"gpt-4o"_s)).error().code, ErrorCode::NotFound);
        QVERIFY(await(editor.remove(u"gemini-3.6-flash"_s)));
    }
    void theStepInForceIsTheOneThatIsEdited()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"pricing.yml"_s);
        write(file,
              "models:\n  m:\n    inputPer1M: 1\n    steps:\n      - {from: 2026-02-01, inputPer1M: 2}\n"
              "      - {from: 2031-01-01, inputPer1M: 3}\n");
        PriceEditor editor([file] { return file; }, m_clock);
        QVERIFY(
            await(editor.set({u"m"_s, {{BillingClass::UncachedInput, u"inputPer1M"_s, u"5"_s}}, {}, {}})));
        QCOMPARE(read(file),
                 QByteArray("models:\n  m:\n    inputPer1M: 1\n    steps:\n      - {from: 2026-02-01, "
                            "inputPer1M: 5}\n      - {from: 2031-01-01, inputPer1M: 3}\n"));
    }
    void anImportShowsWhatItChangesAndKeepsTheLastList()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"pricing.yml"_s), theirs = dir.filePath(u"new.yml"_s);
        const QByteArray before = "# mine\nmodels:\n  same: {inputPer1M: 1}\n  more: {inputPer1M: 10} # why\n"
                                  "  odd: {inputPer1M: 1, outputPer1M: 3}\n";
        write(file, before);
        write(theirs,
              "models:\n  same: {inputPer1k: 0.001}\n  more: {inputPer1M: 12}\n"
              "  odd: {inputPer1M: 10, outputPer1M: 3}\n  fresh: {inputPer1M: 4}\n");
        PriceEditor editor([file] { return file; }, m_clock);
        const auto import = await(editor.compare(theirs));
        QVERIFY2(import, import ? "" : qPrintable(import.error().detail));
        QCOMPARE(import->unchanged, 1);
        QCOMPARE(import->changes.size(), 3);
        QCOMPARE(import->changes.first().after.model, u"odd"_s);
        QVERIFY(import->changes.first().kind == PriceChange::Kind::Suspicious);
        QCOMPARE(import->changes.first().note, u"inputPer1M: 1.00 → 10.00 (×10)"_s);
        QCOMPARE(import->count(PriceChange::Kind::New), 1);
        QCOMPARE(read(file), before);
        QVERIFY(await(editor.apply(*import, {u"more"_s, u"fresh"_s})));
        QCOMPARE(read(file),
                 QByteArray("# mine\nmodels:\n  same: {inputPer1M: 1}\n  more: {inputPer1M: 12} # why\n"
                            "  odd: {inputPer1M: 1, outputPer1M: 3}\n  fresh:\n    inputPer1M: 4\n"));
        QCOMPARE(read(file + u".before-import"_s), before);
        write(theirs, "models: {bad: {inputPer1M: x}}\n");
        QCOMPARE(await(editor.compare(theirs)).error().code, ErrorCode::ConfigInvalid);
    }
    void pricesAreListedExactly()
    {
        Config config;
        config.providers = {{u"openai"_s, ProviderKind::OpenAi, {}, {}, {}, false, false},
                            {u"local"_s, ProviderKind::OpenAi, {}, {}, {u"llama*"_s}, false, false},
                            {u"anthropic"_s, ProviderKind::Anthropic, {}, {}, {}, false, false}};
        const auto book = parsePricing(
            "llama3: {inputPer1M: 0.000001}\n"
            "claude-x: {inputPer1M: 3, tiers: {batch: {inputPer1M: 1.5}}, source: list of 2026-10-01}\n"
            "gpt: {inputPer1k: 0.012345678, longContext: {threshold: 200, inputPer1M: 20}}\n",
            u"x"_s);
        QVERIFY(book);
        config.prices = *book;
        const QList<PriceListEntry> list = priceList(config);
        QCOMPARE(list.size(), 3);
        QCOMPARE(list[0].model, u"claude-x"_s);
        QCOMPARE(list[0].provider, u"anthropic"_s);
        QCOMPARE(list[0].tiers.first().name, u"batch"_s);
        QVERIFY(list[0].date == QDate(2026, 10, 1));
        QCOMPARE(list[1].rate(BillingClass::UncachedInput), u"12.345678"_s);
        QCOMPARE(list[1].tiers.first().name, u"above 200 tokens"_s);
        QCOMPARE(list[2].provider, u"local"_s);
        QCOMPARE(list[2].rate(BillingClass::UncachedInput), u"0.000001"_s);
    }

    void theLogKeepsTheLastLinesWithoutSecrets()
    {
        LogRing ring;
        QSignalSpy grew(&ring, &LogRing::grew);
        for (int i = 0; i < 2500; ++i)
            ring.add(u"info"_s, u"line %1"_s.arg(i));
        ring.add(u"warn"_s,
                 u"key sk-abcdefghijklmnop and Bearer abcdefghijklmnop\nand lbp_0123456789abcdef"_s);
        const QList<LogLine> lines = ring.lines();
        QCOMPARE(lines.size(), qsizetype(LogRing::maxLines));
        QCOMPARE(lines.last().text, u"key sk-… and Bearer… and lbp_…"_s);
        QCOMPARE(ring.lines(lines.last().number - 1).size(), 1);
        QTRY_COMPARE(grew.size(), 1); // once for many
    }
};

QTEST_GUILESS_MAIN(TestControlUpkeep)
#include "tst_control_upkeep.moc"
