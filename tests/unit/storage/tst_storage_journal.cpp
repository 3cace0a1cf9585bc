#include "storage/journal.h"
#include "storage/ledgerrow.h"

#include <deque>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace lbp;

namespace {

constexpr quint64 ledger = 4711;

/// One journal in a folder of its own.
struct Fixture
{
    explicit Fixture(qsizetype capacity = Journal::smallestCapacity)
        : file(folder.filePath(QStringLiteral("a.journal")))
    {
        auto created = Journal::create(file, ledger, capacity);
        if (!created)
            qFatal("%s", qUtf8Printable(created.error().detail));
        journal = *std::move(created);
    }
    /// What is in the file once the process that wrote it is gone.
    std::vector<Journal::Record> afterwards(quint64 after = 0, quint64 id = ledger)
    {
        journal.reset();
        auto opened = Journal::open(file);
        if (!opened)
            qFatal("%s", qUtf8Printable(opened.error().detail));
        return (*opened)->recordsOf(id, after);
    }
    QTemporaryDir folder;
    QString file;
    std::unique_ptr<Journal> journal;
};

QByteArray payload(int n)
{
    return "payload " + QByteArray::number(n) + QByteArray(n % 100, 'x');
}

QByteArray read(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}
void write(const QString &file, const QByteArray &bytes)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        qFatal("cannot write a file");
}

OpenRow openRow()
{
    OpenRow row;
    row.id.value = (qint64(1) << 60) + 12345;
    row.series = std::make_shared<const Series>(
        Series{7, QString::fromUtf8("Tëam 漢字"), {}, QStringLiteral("openai"), QStringLiteral("gpt-4o")});
    row.requestedModel = QStringLiteral("gpt-4o-latest");
    row.endpoint = QStringLiteral("chat.completions");
    row.stream = true;
    row.reserved = Money::fromPicodollars(123'456'789'012);
    row.estimatedInputTokens = 300;
    row.ceiling = 16384;
    row.clamped = true;
    row.unpriced = true;
    row.attemptOf.value = (qint64(1) << 60) + 12000;
    row.attempt = 3;
    return row;
}
CloseRow closeRow()
{
    CloseRow row;
    row.id.value = -5; // no id is negative, but nothing here depends on that
    row.outcome = Outcome::CutAtCeiling;
    row.provenance = Provenance::Estimated;
    row.cost = Money::max();
    for (size_t i = 0; i < billingClassCount; ++i)
        row.usage.counts[i] = i % 3 == 0 ? 0 : std::numeric_limits<qint64>::max() - qint64(i);
    Rates rates;
    rates[BillingClass::UncachedInput] = 2'500'000;
    rates[BillingClass::CachedInput] = 0; // free is not unknown
    rates[BillingClass::FileSearchCall] = std::numeric_limits<qint64>::max();
    rates[BillingClass::GeneratedImage] = 40'000'000'000;
    row.rates = std::make_shared<const Rates>(rates);
    row.priceSource = QStringLiteral("pricing.yml");
    row.saved = Money::fromPicodollars(-1);
    row.status = 206;
    row.queueUs = 1;
    row.ttftUs = 1'000'000;
    row.durationUs = std::numeric_limits<qint64>::min();
    row.upstreamRequestId = QStringLiteral("req-1");
    row.error = QString::fromUtf8("cut: ‘;--") + QChar(0xd800) + QChar(0); // even what is no text
    return row;
}
void compare(const OpenRow &a, const OpenRow &b)
{
    QCOMPARE(a.id.value, b.id.value);
    QCOMPARE(a.series == nullptr, b.series == nullptr);
    QVERIFY(!a.series || *a.series == *b.series);
    QCOMPARE(a.requestedModel, b.requestedModel);
    QCOMPARE(a.endpoint, b.endpoint);
    QCOMPARE(a.stream, b.stream);
    QCOMPARE(a.reserved.picodollars(), b.reserved.picodollars());
    QCOMPARE(a.estimatedInputTokens, b.estimatedInputTokens);
    QCOMPARE(a.ceiling, b.ceiling);
    QCOMPARE(a.clamped, b.clamped);
    QCOMPARE(a.unpriced, b.unpriced);
    QCOMPARE(a.attemptOf.value, b.attemptOf.value);
    QCOMPARE(a.attempt, b.attempt);
}
void compare(const CloseRow &a, const CloseRow &b)
{
    QCOMPARE(a.id.value, b.id.value);
    QCOMPARE(a.outcome, b.outcome);
    QCOMPARE(a.provenance, b.provenance);
    QCOMPARE(a.cost.has_value(), b.cost.has_value());
    QVERIFY(!a.cost || a.cost->picodollars() == b.cost->picodollars());
    QVERIFY(a.usage == b.usage);
    QCOMPARE(a.rates == nullptr, b.rates == nullptr);
    QVERIFY(!a.rates || *a.rates == *b.rates);
    QCOMPARE(a.priceSource, b.priceSource);
    QCOMPARE(a.saved.picodollars(), b.saved.picodollars());
    QCOMPARE(a.status, b.status);
    QCOMPARE(a.queueUs, b.queueUs);
    QCOMPARE(a.ttftUs, b.ttftUs);
    QCOMPARE(a.durationUs, b.durationUs);
    QCOMPARE(a.upstreamRequestId, b.upstreamRequestId);
    QCOMPARE(a.error, b.error);
}

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFieldOfARowComesBack()
    {
        QByteArray bytes;
        for (const OpenRow &open : {openRow(), OpenRow()})
            for (const CloseRow &close : {closeRow(), CloseRow()}) {
                encodeRow(open, bytes);
                std::optional<LedgerRow> row = decodeRow(bytes);
                QVERIFY(row && std::holds_alternative<OpenRow>(*row));
                compare(std::get<OpenRow>(*row), open);
                encodeRow(close, bytes);
                row = decodeRow(bytes);
                QVERIFY(row && std::holds_alternative<CloseRow>(*row));
                compare(std::get<CloseRow>(*row), close);
                encodeRow(ExchangeRow{open, close}, bytes);
                row = decodeRow(bytes);
                QVERIFY(row && std::holds_alternative<ExchangeRow>(*row));
                compare(std::get<ExchangeRow>(*row).open, open);
                compare(std::get<ExchangeRow>(*row).close, close);
            }
    }

    void rowsOfAnOlderProgramAreRead()
    {
        // Written when there were twelve classes and no attempts.
        const QByteArray openBytes = QByteArray::fromHex(
            "018010090e01740000066f00700065006e00610069000367007000740000046300680061007400e807d804e012");
        const QByteArray closeBytes =
            QByteArray::fromHex("028010010103f4039110b40118049110040a120170000090030204060000");
        OpenRow open;
        open.id.value = 1024;
        open.series = std::make_shared<const Series>(
            Series{7, QStringLiteral("t"), {}, QStringLiteral("openai"), QStringLiteral("gpt")});
        open.endpoint = QStringLiteral("chat");
        open.stream = true;
        open.reserved = Money::fromPicodollars(500);
        open.estimatedInputTokens = 300;
        open.ceiling = 1200;
        CloseRow close;
        close.id.value = 1024;
        close.cost = Money::fromPicodollars(250);
        close.usage[BillingClass::UncachedInput] = 90;
        close.usage[BillingClass::Output] = 12;
        close.usage[BillingClass::FileSearchCall] = 2;
        Rates rates;
        rates[BillingClass::UncachedInput] = 2;
        rates[BillingClass::Output] = 5;
        rates[BillingClass::FileSearchCall] = 9;
        close.rates = std::make_shared<const Rates>(rates);
        close.priceSource = QStringLiteral("p");
        close.status = 200;
        close.queueUs = 1;
        close.ttftUs = 2;
        close.durationUs = 3;
        const std::optional<LedgerRow> opened = decodeRow(openBytes);
        QVERIFY(opened && std::holds_alternative<OpenRow>(*opened));
        compare(std::get<OpenRow>(*opened), open);
        QCOMPARE(std::get<OpenRow>(*opened).attempt, 1);
        const std::optional<LedgerRow> closed = decodeRow(closeBytes);
        QVERIFY(closed && std::holds_alternative<CloseRow>(*closed));
        compare(std::get<CloseRow>(*closed), close);
        // A row that has nothing new in it costs no byte more than it did.
        QByteArray bytes;
        encodeRow(open, bytes);
        QCOMPARE(bytes, openBytes);
        encodeRow(close, bytes);
        QCOMPARE(bytes, closeBytes);
    }

    void whatIsNoWholeRowIsNone()
    {
        QByteArray bytes;
        encodeRow(ExchangeRow{openRow(), closeRow()}, bytes);
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY(!decodeRow(QByteArrayView(bytes).first(size)));
        QVERIFY(!decodeRow(bytes + '\0'));
        // Whatever bytes come, it is a row or none: no read outside of them, which the sanitizers watch.
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            QByteArray changed = bytes;
            for (const char c : {'\0', '\x7f', '\xff'}) {
                changed[at] = c;
                [[maybe_unused]] const auto row = decodeRow(changed);
            }
        }
    }

    void recordsSurviveTheProcess()
    {
        Fixture f;
        for (int i = 1; i <= 10; ++i)
            QCOMPARE(f.journal->append(payload(i)).value().sequence, quint64(i));
        QCOMPARE(QFile::permissions(f.file) & QFile::Permissions(0x0077), QFile::Permissions());
        const auto records = f.afterwards();
        QCOMPARE(records.size(), size_t(10));
        for (size_t i = 0; i < 10; ++i) {
            QCOMPARE(records[i].sequence, quint64(i + 1));
            QCOMPARE(records[i].payload, payload(int(i) + 1));
        }
        QCOMPARE(f.afterwards(7).size(), size_t(3));
        QVERIFY(f.afterwards(10).empty());
    }

    void aRecordOfAnotherLedgerIsNone()
    {
        Fixture f;
        QVERIFY(f.journal->append("mine"));
        QVERIFY(f.afterwards(0, ledger + 1).empty());
    }

    void aFullJournalRefusesAndTakesAgainWhatIsReleased()
    {
        Fixture f;
        std::vector<Journal::Mark> marks;
        while (const auto mark = f.journal->append(QByteArray(100, 'a')))
            marks.push_back(*mark);
        QCOMPARE(marks.size(), size_t(Journal::smallestCapacity / 128)); // 24 bytes of head, rounded up
        QVERIFY(!f.journal->append("b"));
        f.journal->release(marks[1]);
        QVERIFY(f.journal->append(QByteArray(100, 'c')));
        QVERIFY(f.journal->append(QByteArray(100, 'c')));
        QVERIFY(!f.journal->append("d"));
        const auto records = f.afterwards(2); // two were released, and overwritten
        QCOMPARE(records.size(), marks.size());
        QCOMPARE(records.front().sequence, quint64(3));
        QCOMPARE(records.back().payload, QByteArray(100, 'c'));
    }

    void whatIsNotReleasedIsThereAfterManyLaps()
    {
        Fixture f(16 * 1024);
        std::deque<std::pair<Journal::Mark, QByteArray>> held;
        quint64 last = 0;
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray bytes = payload(i * 7);
            auto mark = f.journal->append(bytes);
            while (!mark) {
                QVERIFY(!held.empty());
                f.journal->release(held.front().first);
                held.pop_front();
                mark = f.journal->append(bytes);
            }
            QCOMPARE(mark->sequence, ++last);
            held.emplace_back(*mark, bytes);
            if (i % 3 == 0 && i % 1000 < 700) { // now and then it runs full, or empty
                f.journal->release(held.front().first);
                held.pop_front();
            }
            if (i % 1777 == 0) {
                f.journal->release(held.back().first);
                held.clear();
            }
        }
        const quint64 released = held.front().first.sequence - 1;
        const auto records = f.afterwards(released);
        QCOMPARE(records.size(), held.size());
        for (size_t i = 0; i < records.size(); ++i) {
            QCOMPARE(records[i].sequence, held[i].first.sequence);
            QCOMPARE(records[i].payload, held[i].second);
        }
    }

    void anEmptyJournalUsesTheSameFewBytesAgain()
    {
        Fixture f(2 * 1024 * 1024);
        for (int i = 0; i < 50'000; ++i)
            f.journal->release(f.journal->append(payload(i)).value());
        f.journal.reset();
        QVERIFY(read(f.file).sliced(8192).count('\0') == 2 * 1024 * 1024 - 4096);
    }

    void aRecordTornAtAnyByteIsNone()
    {
        Fixture f;
        QVERIFY(f.journal->append(payload(1)));
        const QByteArray before = [&] {
            QFile::copy(f.file, f.folder.filePath(QStringLiteral("before")));
            return read(f.folder.filePath(QStringLiteral("before")));
        }();
        QVERIFY(f.journal->append(payload(42)));
        f.journal.reset();
        const QByteArray after = read(f.file);
        qsizetype first = 0;
        while (before[first] == after[first])
            ++first;
        qsizetype end = after.size();
        while (before[end - 1] == after[end - 1])
            --end;
        QVERIFY(end - first > payload(42).size());
        for (qsizetype torn = first; torn < end; ++torn) {
            // From the front as from the back: nothing says in which order memory came to the disk.
            write(f.file, after.first(torn) + before.sliced(torn));
            QCOMPARE(f.afterwards().size(), size_t(1));
            write(f.file, before.first(torn + 1) + after.sliced(torn + 1));
            QCOMPARE(f.afterwards().size(), size_t(1));
        }
        write(f.file, after);
        QCOMPARE(f.afterwards().size(), size_t(2));
    }

    void damageCostsTheDamagedRecordAlone()
    {
        Fixture f;
        for (int i = 1; i <= 3; ++i)
            QVERIFY(f.journal->append(payload(100 + i)));
        f.journal.reset();
        const QByteArray whole = read(f.file);
        const qsizetype begin = whole.indexOf(payload(102)) - 24;
        for (qsizetype at = begin; at < begin + 24 + payload(102).size(); ++at) {
            if (at >= begin + 20 && at < begin + 24)
                continue; // not used
            QByteArray damaged = whole;
            damaged[at] = char(damaged[at] ^ 0x10);
            write(f.file, damaged);
            const auto records = f.afterwards();
            QCOMPARE(records.size(), size_t(2));
            QCOMPARE(records[0].payload, payload(101));
            QCOMPARE(records[1].payload, payload(103));
        }
        QByteArray headless = whole; // the head of the file
        headless.replace(0, 64, QByteArray(64, '\0'));
        write(f.file, headless);
        QCOMPARE(f.afterwards().size(), size_t(3));
        QCOMPARE((*Journal::open(f.file))->id(), quint64(0));
    }

    void oneProcessAtATime()
    {
        Fixture f;
        const auto second = Journal::open(f.file);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        f.journal.reset();
        QVERIFY(Journal::open(f.file));
    }

    void whatIsNoJournalIsNotOpened()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("x"));
        QCOMPARE(Journal::open(file).error().code, ErrorCode::NotFound);
        write(file, "short");
        QCOMPARE(Journal::open(file).error().code, ErrorCode::InvalidValue);
        QCOMPARE(Journal::open(folder.path()).error().code, ErrorCode::InvalidValue);
        QVERIFY(QFile::link(file, folder.filePath(QStringLiteral("link"))));
        QCOMPARE(Journal::open(folder.filePath(QStringLiteral("link"))).error().code,
                 ErrorCode::InvalidValue);
        QCOMPARE(Journal::create(folder.filePath(QStringLiteral("none/x")), ledger).error().code,
                 ErrorCode::StoreFailed);
    }

    void settledStaysSettled()
    {
        Fixture f;
        QVERIFY(!f.journal->isSettled());
        f.journal->settle();
        f.journal.reset();
        QVERIFY((*Journal::open(f.file))->isSettled());
        QCOMPARE((*Journal::open(f.file))->id(), ledger);
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_storage_journal.moc"
