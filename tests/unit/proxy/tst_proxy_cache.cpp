#include "proxy/cache.h"
#include "proxy/cachefile.h"
#include "proxy/cacheindex.h"

#include <deque>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <random>

using namespace lbp;
using namespace std::chrono_literals;

namespace {

class FakeClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return wall; }
    [[nodiscard]] Duration monotonic() const override { return wall.time_since_epoch(); }
    Instant wall = fromMicros(1'700'000'000'000'000);
};

CacheKey keyOf(int n)
{
    return cacheKey(CacheSecret(), "team-a", "openai", "/v1/chat/completions", "", QByteArray::number(n));
}

CachedAnswerPtr answerOf(QByteArray body)
{
    auto answer = std::make_shared<CachedAnswer>();
    answer->body = std::move(body);
    return answer;
}

/// Something that does not look like anything else, so that a mix-up is seen.
QByteArray noise(int seed, qsizetype size)
{
    std::mt19937 random{quint32(seed)};
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &c : bytes)
        c = char(random());
    return bytes;
}

CachedAnswerPtr richAnswer()
{
    auto answer = std::make_shared<CachedAnswer>();
    answer->status = 203;
    answer->headers.add("Content-Type", "text/event-stream");
    answer->headers.add("x-double", "one");
    answer->headers.add("X-Double", QByteArray("\xff\x80 two"));
    answer->headers.add("x-empty", QByteArray());
    answer->body = noise(7, 100'000) + QByteArray(3, '\0');
    answer->stream = true;
    answer->usage[BillingClass::Output] = 123;
    answer->usage[BillingClass::FileSearchCall] = 9;
    answer->cost = Money::fromPicodollars(987'654'321'012);
    return answer;
}

/// What find() said, and when.
struct Look
{
    void operator()(ResponseCache &cache, const CacheKey &key)
    {
        done = false;
        answer = nullptr;
        cache.find(key, [this](CachedAnswerPtr found) {
            done = true;
            answer = std::move(found);
        });
    }
    bool done = false;
    CachedAnswerPtr answer;
};

#define COMPARE_ANSWERS(actual, expected)                                                                    \
    do {                                                                                                     \
        QVERIFY(actual);                                                                                     \
        QCOMPARE((actual)->status, (expected)->status);                                                      \
        QVERIFY((actual)->headers == (expected)->headers);                                                   \
        QVERIFY((actual)->body == (expected)->body);                                                         \
        QCOMPARE((actual)->stream, (expected)->stream);                                                      \
        QVERIFY((actual)->usage == (expected)->usage);                                                       \
        QVERIFY((actual)->cost == (expected)->cost);                                                         \
    } while (false)

constexpr qint64 overhead = 1024;
constexpr qint64 kilo = 1024;
constexpr qint64 mega = 1024 * 1024;

/// Runs one statement on a cache file that nobody has open.
QVariant onFile(const QString &file, const QString &sql)
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(file);
        if (!database.open())
            qFatal("%s", qUtf8Printable(database.lastError().text()));
        QSqlQuery query(database);
        if (!query.exec(sql))
            qFatal("%s", qUtf8Printable(query.lastError().text()));
        if (query.next())
            value = query.value(0);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
    return value;
}

} // namespace

class TestCache : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;

    [[nodiscard]] QStringList setAside() const
    {
        return QDir(m_folder->path())
            .entryList({QStringLiteral("cache.db.damaged-*")}, QDir::AllEntries | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] qint64 bytesOnDisk() const
    {
        return QFileInfo(m_file).size() + QFileInfo(m_file + QStringLiteral("-wal")).size();
    }
    void writeFile(int count, qsizetype size, Duration ttl = 1h)
    {
        ResponseCache cache(m_file, {}, m_clock);
        for (int i = 0; i < count; ++i)
            cache.put(keyOf(i), answerOf(noise(i, size)), ttl);
    }

private Q_SLOTS:
    void init()
    {
        m_clock = {};
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_file = m_folder->filePath(QStringLiteral("cache.db"));
    }

    void differentRequestsNeverShareAKey_data()
    {
        QTest::addColumn<QByteArrayList>("parts");
        const auto row = [](const char *name, const QByteArrayList &parts) { QTest::newRow(name) << parts; };
        row("another scope", {"b", "openai", "/v1/x", "gzip", "{}"});
        row("another provider", {"a", "openaj", "/v1/x", "gzip", "{}"});
        row("another target", {"a", "openai", "/v1/x?y", "gzip", "{}"});
        row("another coding", {"a", "openai", "/v1/x", "br", "{}"});
        row("no coding", {"a", "openai", "/v1/x", "", "{}"});
        row("another body", {"a", "openai", "/v1/x", "gzip", "{ }"});
        row("no body", {"a", "openai", "/v1/x", "gzip", ""});
        row("a zero byte at the end", {"a", "openai", "/v1/x", "gzip", QByteArray("{}\0", 3)});
        row("a byte that moved from the provider to the scope", {"ao", "penai", "/v1/x", "gzip", "{}"});
        row("a byte that moved from the target to the provider", {"a", "openai/", "v1/x", "gzip", "{}"});
        row("a byte that moved from the coding to the target", {"a", "openai", "/v1/xg", "zip", "{}"});
        row("a byte that moved from the body to the coding", {"a", "openai", "/v1/x", "gzip{", "}"});
        row("all in the scope", {"aopenai/v1/xgzip{}", "", "", "", ""});
        row("all in the body", {"", "", "", "", "aopenai/v1/xgzip{}"});
        row("swapped", {"openai", "a", "/v1/x", "gzip", "{}"});
        row("a length that looks like a prefix",
            {QByteArray("a\6\0\0\0\0\0\0\0", 9) + "openai", "", "/v1/x", "gzip", "{}"});
    }
    void differentRequestsNeverShareAKey()
    {
        QFETCH(QByteArrayList, parts);
        const CacheKey usual = cacheKey(CacheSecret(), "a", "openai", "/v1/x", "gzip", "{}");
        const CacheKey other = cacheKey(CacheSecret(), parts[0], parts[1], parts[2], parts[3], parts[4]);
        QCOMPARE(usual.digest.size(), 32);
        QCOMPARE(other.digest.size(), 32);
        QVERIFY(usual != other);
        QVERIFY(usual == cacheKey(CacheSecret(), "a", "openai", "/v1/x", "gzip", "{}"));
        const QByteArray longBody(10'000, 'x');
        QByteArray almost = longBody;
        almost[9'999] = 'y';
        QVERIFY(cacheKey(CacheSecret(), "a", "b", "c", "d", longBody)
                == cacheKey(CacheSecret(), "a", "b", "c", "d", longBody));
        QVERIFY(cacheKey(CacheSecret(), "a", "b", "c", "d", longBody)
                != cacheKey(CacheSecret(), "a", "b", "c", "d", almost));
        QVERIFY(cacheKey(CacheSecret(), "a", "b", "c", "d", longBody)
                != cacheKey(CacheSecret(), "a", "b", "c", "d", longBody.chopped(1)));
        QVERIFY(cacheKey(CacheSecret(), "a", "b", "c", "d", longBody)
                != cacheKey(CacheSecret{{1}}, "a", "b", "c", "d", longBody));
    }

    void everyWayToCutTheSameBytesHasAKeyOfItsOwn()
    {
        const QByteArray bytes("abcdef");
        QSet<QByteArray> seen;
        int ways = 0;
        for (qsizetype a = 0; a <= 6; ++a)
            for (qsizetype b = a; b <= 6; ++b)
                for (qsizetype c = b; c <= 6; ++c)
                    for (qsizetype d = c; d <= 6; ++d, ++ways)
                        seen.insert(cacheKey(CacheSecret(), bytes.left(a), bytes.sliced(a, b - a),
                                             bytes.sliced(b, c - b), bytes.sliced(c, d - c), bytes.sliced(d))
                                        .digest);
        QCOMPARE(seen.size(), ways);
    }

    void theIndexKeepsItsPromisesUnderRandomUse()
    {
        // Against a plain list, with few digests so that removing and adding the same one is common.
        CacheIndex index;
        std::deque<int> order; // used last first
        const auto digestOfNumber = [](int n) { return *CacheDigest::from(keyOf(n).digest); };
        std::mt19937 random{42};
        for (int round = 0; round < 30'000; ++round) {
            const int n = int(random() % 500);
            const auto known = std::find(order.begin(), order.end(), n);
            const CacheIndex::Slot slot = index.find(digestOfNumber(n));
            QCOMPARE(slot != CacheIndex::none, known != order.end());
            const auto action = random() % 4;
            if (slot == CacheIndex::none) {
                const CacheEntry entry{digestOfNumber(n), 0, 0, quint32(n + 1), false, false};
                action == 0 ? index.addLast(entry) : index.addFirst(entry);
                action == 0 ? order.push_back(n) : order.push_front(n);
            } else if (action < 2) {
                QVERIFY(index[slot].digest == digestOfNumber(n));
                order.erase(known);
                index.remove(slot);
            } else {
                order.erase(known);
                order.push_front(n);
                index.toFirst(slot);
            }
            QCOMPARE(index.count(), qsizetype(order.size()));
            if (!order.empty())
                QVERIFY(index[index.last()].digest == digestOfNumber(order.back()));
            else
                QCOMPARE(index.last(), CacheIndex::none);
        }
        qint64 bytes = 0;
        for (int n : order)
            bytes += n + 1;
        QCOMPARE(index.bytes(), bytes);
        while (!order.empty()) {
            QVERIFY(index[index.last()].digest == digestOfNumber(order.back()));
            index.remove(index.last());
            order.pop_back();
        }
        QCOMPARE(index.bytes(), 0);
    }

    void anAnswerInMemoryIsFoundAtOnce_data()
    {
        QTest::addColumn<bool>("withFile");
        QTest::newRow("memory only") << false;
        QTest::newRow("with a file") << true;
    }
    void anAnswerInMemoryIsFoundAtOnce()
    {
        QFETCH(bool, withFile);
        ResponseCache cache(withFile ? m_file : QString(), {}, m_clock);
        QVERIFY(!cache.mayHave(keyOf(1)));
        cache.put(keyOf(1), richAnswer(), 1h);
        QVERIFY(cache.mayHave(keyOf(1)));
        QVERIFY(!cache.mayHave(keyOf(2)));
        Look look;
        look(cache, keyOf(1));
        QVERIFY(look.done);
        COMPARE_ANSWERS(look.answer, richAnswer());
        look(cache, keyOf(2));
        QVERIFY(look.done);
        QVERIFY(!look.answer);
    }

    void anAnswerIsFoundInTheFileAfterARestart()
    {
        {
            ResponseCache cache(m_file, {}, m_clock);
            cache.put(keyOf(1), richAnswer(), 1h);
            cache.put(keyOf(2), answerOf(QByteArray()), 1h);
        }
        QCOMPARE(QFile::permissions(m_file)
                     & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther
                        | QFile::ExeOwner),
                 QFile::Permissions());
        ResponseCache cache(m_file, {}, m_clock);
        QVERIFY(!cache.mayHave(keyOf(1))); // loaded in the background, through this thread's event loop
        QTRY_COMPARE(cache.count(), 2);
        QVERIFY(cache.bytes() > richAnswer()->body.size());
        Look look, other;
        look(cache, keyOf(1));
        other(cache, keyOf(1));
        QVERIFY(!look.done); // the disk is not waited for
        QTRY_VERIFY(look.done && other.done);
        COMPARE_ANSWERS(look.answer, richAnswer());
        COMPARE_ANSWERS(other.answer, richAnswer());
        look(cache, keyOf(1));
        QVERIFY(look.done); // in memory now
        look(cache, keyOf(2));
        QTRY_VERIFY(look.done);
        COMPARE_ANSWERS(look.answer, answerOf(QByteArray()));
    }

    void aReplacedAnswerIsReplacedInTheFileToo()
    {
        {
            ResponseCache cache(m_file, {}, m_clock);
            cache.put(keyOf(1), answerOf("old"), 1h);
        }
        {
            ResponseCache cache(m_file, {}, m_clock);
            QTRY_COMPARE(cache.count(), 1);
            cache.put(keyOf(1), answerOf("new"), 1h);
            QCOMPARE(cache.count(), 1);
        }
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 1);
        Look look;
        look(cache, keyOf(1));
        QTRY_VERIFY(look.done);
        QCOMPARE(look.answer->body, QByteArray("new"));
    }

    void whatIsPutBeforeTheIndexIsLoadedIsNewerThanTheFile()
    {
        writeFile(3, 100);
        ResponseCache cache(m_file, {}, m_clock);
        cache.put(keyOf(1), answerOf("new"), 1h);
        QTRY_COMPARE(cache.count(), 3);
        Look look;
        look(cache, keyOf(1));
        QVERIFY(look.done);
        QCOMPARE(look.answer->body, QByteArray("new"));
    }

    void anAnswerIsReturnedUntilItsTimeIsOverAndNeverAfterwards_data()
    {
        anAnswerInMemoryIsFoundAtOnce_data();
    }
    void anAnswerIsReturnedUntilItsTimeIsOverAndNeverAfterwards()
    {
        QFETCH(bool, withFile);
        ResponseCache cache(withFile ? m_file : QString(), {}, m_clock);
        cache.put(keyOf(1), answerOf("x"), 60s);
        cache.put(keyOf(2), answerOf("x"), 0s);
        QVERIFY(!cache.mayHave(keyOf(2)));
        m_clock.wall += 60s - 1us;
        QVERIFY(cache.mayHave(keyOf(1)));
        Look look;
        look(cache, keyOf(1));
        QVERIFY(look.answer);
        m_clock.wall += 1us;
        QVERIFY(!cache.mayHave(keyOf(1)));
        look(cache, keyOf(1));
        QVERIFY(look.done);
        QVERIFY(!look.answer);
        QCOMPARE(cache.count(), 0);
        QCOMPARE(cache.bytes(), 0);
    }

    void timeGoesOnWhileTheProgramDoesNotRun()
    {
        {
            ResponseCache cache(m_file, {}, m_clock);
            cache.put(keyOf(1), answerOf("short"), 60s);
            cache.put(keyOf(2), answerOf("long"), 2h);
        }
        m_clock.wall += 1h;
        {
            ResponseCache cache(m_file, {}, m_clock);
            QTRY_COMPARE(cache.count(), 1);
            QVERIFY(!cache.mayHave(keyOf(1)));
            QVERIFY(cache.mayHave(keyOf(2)));
            m_clock.wall += 1h;
            QVERIFY(!cache.mayHave(keyOf(2)));
            m_clock.wall -= 1h;
        }
        QCOMPARE(onFile(m_file, QStringLiteral("SELECT count(*) FROM entries")).toInt(),
                 1); // the expired one is deleted
        QCOMPARE(onFile(m_file, QStringLiteral("SELECT count(*) FROM bodies")).toInt(), 1);
    }

    void anAnswerThatExpiresWhileItIsReadIsNotReturned()
    {
        writeFile(1, 1000, 60s);
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 1);
        Look look;
        look(cache, keyOf(0));
        m_clock.wall += 60s;
        QTRY_VERIFY(look.done);
        QVERIFY(!look.answer);
    }

    void expiredAnswersLeaveThoughNobodyAsksForThem()
    {
        ResponseCache cache(QString(), {}, m_clock);
        for (int i = 0; i < 100; ++i)
            cache.put(keyOf(i), answerOf("x"), 60s);
        m_clock.wall += 60s;
        for (int i = 100; i < 200; ++i)
            cache.put(keyOf(i), answerOf("x"), 60s);
        QCOMPARE(cache.count(), 100);
    }

    void memoryAloneIsBoundedAndTheLeastRecentlyUsedGoesFirst()
    {
        // Room for exactly ten.
        ResponseCache cache(QString(), {100 * mega, 10 * (kilo + overhead), mega}, m_clock);
        const auto body = [](int i) {
            QByteArray bytes = noise(i, kilo);
            bytes.squeeze();
            return bytes;
        };
        const qint64 spare = body(0).capacity() - kilo;
        cache.setLimits({100 * mega, 10 * (kilo + overhead + spare), mega});
        for (int i = 0; i < 10; ++i)
            cache.put(keyOf(i), answerOf(body(i)), 1h);
        QCOMPARE(cache.count(), 10);
        Look look;
        look(cache, keyOf(0));
        cache.put(keyOf(10), answerOf(body(10)), 1h);
        QCOMPARE(cache.count(), 10);
        QCOMPARE(cache.bytes(), 10 * (kilo + overhead));
        QVERIFY(cache.mayHave(keyOf(0)));
        QVERIFY(!cache.mayHave(keyOf(1)));
        QVERIFY(cache.mayHave(keyOf(2)));
        QVERIFY(cache.mayHave(keyOf(10)));
    }

    void theWholeIsBoundedAndTheLeastRecentlyUsedGoesFirst()
    {
        ResponseCache cache(m_file, {10 * (kilo + overhead), mega, mega}, m_clock);
        for (int i = 0; i < 10; ++i)
            cache.put(keyOf(i), answerOf(noise(i, kilo)), 1h);
        QCOMPARE(cache.bytes(), 10 * (kilo + overhead));
        Look look;
        look(cache, keyOf(0));
        cache.put(keyOf(10), answerOf(noise(10, kilo)), 1h);
        QCOMPARE(cache.bytes(), 10 * (kilo + overhead));
        QVERIFY(cache.mayHave(keyOf(0)));
        look(cache, keyOf(1));
        QVERIFY(look.done);
        QVERIFY(!look.answer); // evicted
        cache.put(keyOf(11), answerOf(noise(11, 7 * kilo)), 1h);
        QVERIFY(cache.bytes() <= 10 * (kilo + overhead));
        QVERIFY(cache.mayHave(keyOf(0)));
        QVERIFY(!cache.mayHave(keyOf(5)));
        QVERIFY(cache.mayHave(keyOf(6)));
        QVERIFY(cache.mayHave(keyOf(11)));
    }

    void whatMemoryHasNoRoomForIsInTheFile()
    {
        ResponseCache cache(m_file, {100 * mega, 4 * kilo, mega}, m_clock);
        for (int i = 0; i < 200; ++i)
            cache.put(keyOf(i), answerOf(noise(i, i % 10 == 0 ? 10 * kilo : kilo)), 1h);
        QCOMPARE(cache.count(), 200);
        for (int i = 0; i < 200; ++i) {
            Look look;
            look(cache, keyOf(i));
            QTRY_VERIFY(look.done);
            QVERIFY(look.answer);
            QVERIFY(look.answer->body == noise(i, i % 10 == 0 ? 10 * kilo : kilo));
        }
    }

    void theOrderOfUseSurvivesARestart()
    {
        const ResponseCache::Limits ten{10 * (kilo + overhead), mega, mega};
        {
            ResponseCache cache(m_file, ten, m_clock);
            for (int i = 0; i < 10; ++i, m_clock.wall += 1s)
                cache.put(keyOf(i), answerOf(noise(i, kilo)), 1h);
            Look look;
            look(cache, keyOf(0));
        }
        ResponseCache cache(m_file, ten, m_clock);
        QTRY_COMPARE(cache.count(), 10);
        cache.put(keyOf(10), answerOf(noise(10, kilo)), 1h);
        QVERIFY(cache.mayHave(keyOf(0)));
        QVERIFY(!cache.mayHave(keyOf(1)));
    }

    void anAnswerAboveTheLimitsIsRefusedAndTheOneBeforeItForgotten_data()
    {
        QTest::addColumn<bool>("withFile");
        QTest::addColumn<qint64>("maxBytes");
        QTest::addColumn<qint64>("maxMemoryBytes");
        QTest::addColumn<qint64>("maxEntryBytes");
        QTest::newRow("larger than an entry may be") << true << mega << mega << 6 * kilo;
        QTest::newRow("larger than the whole") << true << 6 * kilo << mega << mega;
        QTest::newRow("larger than the memory, without a file") << false << mega << 6 * kilo << mega;
    }
    void anAnswerAboveTheLimitsIsRefusedAndTheOneBeforeItForgotten()
    {
        QFETCH(bool, withFile);
        QFETCH(qint64, maxBytes);
        QFETCH(qint64, maxMemoryBytes);
        QFETCH(qint64, maxEntryBytes);
        ResponseCache cache(withFile ? m_file : QString(), {maxBytes, maxMemoryBytes, maxEntryBytes},
                            m_clock);
        cache.put(keyOf(1), answerOf(noise(1, kilo)), 1h);
        cache.put(keyOf(2), answerOf(noise(2, kilo)), 1h);
        QCOMPARE(cache.count(), 2);
        cache.put(keyOf(2), answerOf(noise(2, 6 * kilo)), 1h);
        QVERIFY(cache.mayHave(keyOf(1)));
        QVERIFY(!cache.mayHave(keyOf(2)));
    }

    void lowerLimitsTakeEffectAtOnceAndTheFileShrinks()
    {
        {
            ResponseCache cache(m_file, {64 * mega, mega, 4 * mega}, m_clock);
            for (int i = 0; i < 24; ++i) {
                cache.put(keyOf(i), answerOf(noise(i, mega)), 1h);
                QTRY_VERIFY(bytesOnDisk() >= i * mega); // so that nothing is dropped
            }
            QCOMPARE(cache.count(), 24);
            cache.setLimits({4 * mega, mega, 4 * mega});
            QVERIFY(cache.bytes() <= 4 * mega);
            QCOMPARE(cache.count(), 3);
            QTRY_VERIFY_WITH_TIMEOUT(bytesOnDisk() < 12 * mega, 20'000);
        }
        QVERIFY2(bytesOnDisk() < 12 * mega, qPrintable(QString::number(bytesOnDisk())));
        ResponseCache cache(m_file, {4 * mega, mega, 4 * mega}, m_clock);
        QTRY_COMPARE(cache.count(), 3);
    }

    void aLowerLimitAtTheNextStartHolds()
    {
        writeFile(100, kilo);
        {
            ResponseCache cache(m_file, {10 * (kilo + overhead), mega, mega}, m_clock);
            QTRY_COMPARE(cache.count(), 10);
        }
        QCOMPARE(onFile(m_file, QStringLiteral("SELECT count(*) FROM entries")).toInt(), 10);
    }

    void switchedOffItKeepsNothingAndTouchesNoFile()
    {
        ResponseCache cache(m_file, {0, mega, mega}, m_clock);
        cache.put(keyOf(1), answerOf("x"), 1h);
        QVERIFY(!cache.mayHave(keyOf(1)));
        QCOMPARE(cache.count(), 0);
        cache.setLimits({0, mega, mega});
        cache.clear();
        QVERIFY(QDir(m_folder->path()).isEmpty());
        cache.setLimits({mega, mega, mega});
        cache.put(keyOf(1), answerOf("x"), 1h);
        QVERIFY(cache.mayHave(keyOf(1)));
        cache.setLimits({0, mega, mega});
        QVERIFY(!cache.mayHave(keyOf(1)));
        QCOMPARE(cache.bytes(), 0);
    }

    void theFileIsMadeWhenThereIsSomethingToWrite()
    {
        ResponseCache cache(m_file, {}, m_clock);
        Look look;
        look(cache, keyOf(1));
        QVERIFY(look.done);
        QVERIFY(!QFile::exists(m_file));
        cache.put(keyOf(1), answerOf("x"), 1h);
        QTRY_VERIFY(QFile::exists(m_file));
    }

    void afterSwitchingOffNothingIsLeftOnTheDisk()
    {
        writeFile(20, 10 * kilo);
        {
            ResponseCache cache(m_file, {}, m_clock);
            QTRY_COMPARE(cache.count(), 20);
            cache.setLimits({0, mega, mega});
            QCOMPARE(cache.count(), 0);
        }
        QVERIFY(bytesOnDisk() < 64 * kilo);
        ResponseCache cache(m_file, {}, m_clock);
        cache.put(keyOf(100), answerOf("x"), 1h);
        QCOMPARE(cache.count(), 1);
    }

    void clearForgetsAlsoWhatIsBeingLoadedReadOrWritten()
    {
        writeFile(20, 10 * kilo);
        {
            ResponseCache cache(m_file, {}, m_clock);
            cache.put(keyOf(100), answerOf("x"), 1h);
            cache.clear(); // the index is not loaded yet
            cache.put(keyOf(101), answerOf("y"), 1h);
            Look look;
            look(cache, keyOf(101));
            QVERIFY(look.answer);
        }
        QCOMPARE(onFile(m_file, QStringLiteral("SELECT count(*) FROM entries")).toInt(), 1);
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 1);
        Look look;
        look(cache, keyOf(101));
        cache.clear(); // while it is read
        QTRY_VERIFY(look.done);
        QVERIFY(!look.answer);
        QCOMPARE(cache.bytes(), 0);
    }

    void aFileThatCannotBeUsedIsSetAsideAndBegunAnew_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how : {"no database", "cut off", "header alone", "newer", "of something else",
                                "a folder", "rubbish in the table", "an entry without sense"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }
    void aFileThatCannotBeUsedIsSetAsideAndBegunAnew()
    {
        QFETCH(QString, how);
        if (how == u"a folder") {
            QVERIFY(QDir().mkdir(m_file));
        } else if (how == u"of something else") {
            onFile(m_file, QStringLiteral("CREATE TABLE a (b)"));
        } else {
            writeFile(300, kilo);
        }
        QFile file(m_file);
        if (how == u"no database") {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(noise(1, 5000));
        } else if (how == u"cut off") {
            QVERIFY(file.resize(file.size() / 2));
        } else if (how == u"header alone") {
            QVERIFY(file.resize(100));
        } else if (how == u"newer") {
            onFile(m_file, QStringLiteral("PRAGMA user_version=2"));
        } else if (how == u"rubbish in the table") {
            const qint64 page =
                onFile(m_file, QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name='entries'"))
                    .toLongLong();
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.seek((page - 1) * 4096));
            file.write(noise(1, 4096));
        } else if (how == u"an entry without sense") {
            onFile(m_file,
                   QStringLiteral(
                       "UPDATE entries SET digest = x'00' WHERE digest = (SELECT min(digest) FROM entries)"));
        }
        file.close();
        {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("set aside as .*damaged-")));
            ResponseCache cache(m_file, {}, m_clock);
            cache.put(keyOf(1000), answerOf("fresh"), 1h);
            QTRY_COMPARE(setAside().size(), 1);
        }
        QCOMPARE(setAside().size(), 1);
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 1);
        Look look;
        look(cache, keyOf(1000));
        QTRY_VERIFY(look.done);
        COMPARE_ANSWERS(look.answer, answerOf("fresh"));
    }

    void damageThatShowsLaterIsNoDifferent()
    {
        writeFile(300, 10 * kilo);
        // The inner pages of the bodies are rubbish; the index is not.
        const qint64 page =
            onFile(m_file, QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name='bodies'"))
                .toLongLong();
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek((page - 1) * 4096));
        file.write(noise(1, 4096));
        file.close();
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 300);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("set aside as .*damaged-")));
        Look look, second;
        look(cache, keyOf(1));
        second(cache, keyOf(2));
        QTRY_VERIFY(look.done && second.done);
        QVERIFY(!look.answer);
        QVERIFY(!second.answer);
        QTRY_COMPARE(cache.count(), 0); // it knows that the others are gone as well
        cache.put(keyOf(1), answerOf("again"), 1h);
        look(cache, keyOf(1));
        QVERIFY(look.answer);
    }

    void aBodyThatChangedOnTheDiskIsNotReplayed()
    {
        writeFile(2, kilo);
        onFile(m_file,
               QStringLiteral(
                   "UPDATE bodies SET body = CAST(substr(body, 1, 1000) || x'000102' AS BLOB) WHERE id = 1"));
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 2);
        Look first, second;
        first(cache, keyOf(0));
        second(cache, keyOf(1));
        QTRY_VERIFY(first.done && second.done);
        QCOMPARE(int(bool(first.answer)) + int(bool(second.answer)), 1);
        QCOMPARE(cache.count(), 1);
    }

    void aFileThatSomebodyElseHoldsIsLeftAloneAndMemoryServes()
    {
        ResponseCache first(m_file, {}, m_clock);
        first.put(keyOf(1), answerOf("first"), 1h);
        QTRY_VERIFY(bytesOnDisk() > 0);
        Look look;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("locked.*in memory only")));
        {
            // The first holds the file from its opening on; it is open once it can be read from.
            first.setLimits({mega, 0, mega});
            QTRY_VERIFY([&] {
                look(first, keyOf(1));
                return !look.done;
            }());
            QTRY_VERIFY(look.answer);
            ResponseCache second(m_file, {}, m_clock);
            second.put(keyOf(2), answerOf("second"), 1h);
            Look other;
            other(second, keyOf(2));
            QVERIFY(other.answer);
        }
        QCOMPARE(setAside().size(), 0);
        look(first, keyOf(1));
        QTRY_VERIFY(look.done);
        QVERIFY(look.answer);
    }

    void aFolderThatDoesNotExistLeavesMemoryToServe()
    {
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("could not be created.*in memory only")));
        ResponseCache cache(m_folder->filePath(QStringLiteral("no/such/cache.db")),
                            {100 * mega, 4 * kilo, mega}, m_clock);
        for (int i = 0; i < 10; ++i)
            cache.put(keyOf(i), answerOf(noise(i, kilo)), 1h);
        QTRY_VERIFY(cache.count() < 10); // the news has come: what is not in memory is nowhere
        for (int i = 0; i < 10; ++i) {
            Look look;
            const bool may = cache.mayHave(keyOf(i));
            look(cache, keyOf(i));
            QVERIFY(look.done);
            QCOMPARE(bool(look.answer), may);
        }
    }

    void aWriteThatFindsNoRoomInTheQueueIsRefused()
    {
        CacheFile file(m_file, {}); // not started, so that nothing leaves the queue
        const auto digest = [](int n) { return *CacheDigest::from(keyOf(n).digest); };
        const CacheChange change{answerOf("x"), mega, 1, 1};
        for (int i = 0; i < 16; ++i)
            QVERIFY(file.write(digest(i), change));
        QVERIFY(!file.write(digest(16), change));
        QVERIFY(!file.unwritten(digest(16)));
        file.forget(digest(3)); // what need not be written any more makes room
        QVERIFY(!file.unwritten(digest(3)));
        QVERIFY(file.write(digest(16), change));
        QVERIFY(file.unwritten(digest(16)));
        QVERIFY(!file.write(digest(17), change));
    }

    void whatWaitsToBeWrittenIsBoundedAndWhatFindsNoRoomLivesInMemoryAlone()
    {
        // 64 MB without a turn of the event loop, most of it faster than any disk. Whatever the disk took,
        // each entry that may be there is there, and the memory holds no more than its bound.
        ResponseCache cache(m_file, {256 * mega, 4 * mega, 4 * mega}, m_clock);
        const QByteArray body = noise(1, mega);
        for (int i = 0; i < 64; ++i)
            cache.put(keyOf(i), answerOf(QByteArray::number(i) + body), 1h);
        QVERIFY(cache.count() >= 16);
        QVERIFY(cache.count() <= 64);
        int found = 0;
        for (int i = 0; i < 64; ++i) {
            if (!cache.mayHave(keyOf(i)))
                continue;
            Look look;
            look(cache, keyOf(i));
            QTRY_VERIFY(look.done);
            QVERIFY(look.answer);
            QVERIFY(look.answer->body == QByteArray::number(i) + body);
            ++found;
        }
        QCOMPARE(found, cache.count());
    }

    void thousandsOfAnswersStayWithinTheBounds()
    {
        constexpr qint64 bound = 4 * mega;
        const ResponseCache::Limits limits{bound, 512 * kilo, 256 * kilo};
        std::mt19937 random{1};
        const auto sizeOfNumber = [](int n) { return qsizetype(n * 7919 % 5000); };
        qint64 largest = 0;
        int hits = 0;
        {
            ResponseCache cache(m_file, limits, m_clock);
            for (int round = 0; round < 20'000; ++round) {
                const int n = int(random() % 4000);
                if (cache.mayHave(keyOf(n))) {
                    cache.find(keyOf(n), [&hits, n, size = sizeOfNumber(n)](const CachedAnswerPtr &answer) {
                        if (answer && answer->body == noise(n, size))
                            ++hits;
                        else if (answer)
                            QFAIL("a wrong answer");
                    });
                } else {
                    cache.put(keyOf(n), answerOf(noise(n, sizeOfNumber(n))), 1h);
                }
                QVERIFY(cache.bytes() <= bound);
                if (round % 100 == 0) {
                    QCoreApplication::processEvents();
                    largest = std::max(largest, QFileInfo(m_file).size());
                }
            }
        }
        QVERIFY(hits > 1000);
        QVERIFY2(largest < bound + bound / 2 + 4 * mega, qPrintable(QString::number(largest)));
        QVERIFY2(bytesOnDisk() < bound + bound / 2 + 4 * mega, qPrintable(QString::number(bytesOnDisk())));
        QCOMPARE(onFile(m_file, QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
        const qint64 entries = onFile(m_file, QStringLiteral("SELECT count(*) FROM entries")).toLongLong();
        QCOMPARE(onFile(m_file, QStringLiteral("SELECT count(*) FROM bodies")).toLongLong(), entries);
        ResponseCache cache(m_file, limits, m_clock);
        QTRY_COMPARE(cache.count(), entries);
        QVERIFY(cache.bytes() <= bound);
    }

    void nothingOfTheRequestIsInTheFile()
    {
        const QByteArray prompt("canary-prompt-5f3a"), scope("canary-team-9921");
        {
            ResponseCache cache(m_file, {}, m_clock);
            cache.put(
                cacheKey(CacheSecret(), scope, "openai", "/v1/chat/completions?canary-query", "", prompt),
                answerOf("the answer"), 1h);
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains("the answer"));
        QVERIFY(!bytes.contains("canary"));
    }

    void destroyingItWithLookUpsOutstandingIsSafeAndCallsNobody()
    {
        writeFile(200, 10 * kilo);
        int called = 0;
        auto alive = std::make_shared<int>(0);
        for (const bool afterAnAnswer : {false, true}) {
            auto cache = std::make_unique<ResponseCache>(m_file, ResponseCache::Limits(), m_clock);
            QTRY_COMPARE(cache->count(), 200);
            const int before = called;
            for (int i = 0; i < 200; ++i)
                cache->find(keyOf(i), [&called, alive](const CachedAnswerPtr &) { ++called; });
            if (afterAnAnswer)
                QTRY_VERIFY(called > before);
            const int calledSoFar = called;
            cache.reset();
            QCOMPARE(alive.use_count(), 1);
            QCoreApplication::processEvents();
            QCOMPARE(called, calledSoFar);
        }
    }

    void aCallbackMayDestroyTheCache()
    {
        writeFile(2, kilo);
        auto cache = std::make_unique<ResponseCache>(m_file, ResponseCache::Limits(), m_clock);
        QTRY_COMPARE(cache->count(), 2);
        int called = 0;
        for (int i = 0; i < 4; ++i)
            cache->find(keyOf(i % 2), [&](const CachedAnswerPtr &answer) {
                QVERIFY(answer);
                ++called;
                cache.reset();
            });
        QTRY_VERIFY(!cache);
        QCOMPARE(called, 1);
        cache = std::make_unique<ResponseCache>(QString(), ResponseCache::Limits(), m_clock);
        cache->put(keyOf(1), answerOf("x"), 1h);
        cache->find(keyOf(1), [&](const CachedAnswerPtr &) { cache.reset(); });
        QVERIFY(!cache);
    }

    void aCallbackMayPutAndFind()
    {
        writeFile(2, kilo);
        ResponseCache cache(m_file, {}, m_clock);
        QTRY_COMPARE(cache.count(), 2);
        Look inner;
        bool outer = false;
        cache.find(keyOf(0), [&](const CachedAnswerPtr &) {
            outer = true;
            cache.put(keyOf(0), answerOf("replaced"), 1h);
            inner(cache, keyOf(1));
        });
        QTRY_VERIFY(outer && inner.done);
        QVERIFY(inner.answer->body == noise(1, kilo));
        inner(cache, keyOf(0));
        QCOMPARE(inner.answer->body, QByteArray("replaced"));
    }

    void aKeyOfAnotherLengthIsAMiss()
    {
        ResponseCache cache(QString(), {}, m_clock);
        for (const QByteArray &digest : {QByteArray(), QByteArray(31, 'x'), QByteArray(33, 'x')}) {
            cache.put(CacheKey{digest}, answerOf("x"), 1h);
            QVERIFY(!cache.mayHave(CacheKey{digest}));
        }
        cache.put(keyOf(1), nullptr, 1h);
        QCOMPARE(cache.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_proxy_cache.moc"
