// Large texts are counted beside the thread that asks, and always something safe is answered.
#include "support.h"
#include "tokens/tokencounter.h"

#include <QSemaphore>
#include <QThread>

using namespace lbp;
using namespace lbp::tokenstest;

namespace {

/// Occupies a worker until it is let go.
struct Gate
{
    QSemaphore entered, open;
    TokenCounter::Source source()
    {
        return [this] {
            entered.release();
            open.acquire();
            return TokenCounter::Pieces{"held"};
        };
    }
};

qint64 exactCount(const QByteArray &text)
{
    Tokenizer tokenizer(vocabulary(Encoding::O200k));
    return tokenizer.count(text).tokens;
}

} // namespace

class TestTokensCounter : public QObject
{
    Q_OBJECT

private:
    const QByteArray m_large = QByteArray("Large texts are counted by a worker. ").repeated(3000);
    static constexpr std::chrono::milliseconds never = std::chrono::hours(1);

    static void waitUntilReady(TokenCounter &counter)
    {
        counter.prepare(Encoding::O200k);
        QTRY_VERIFY(counter.isReady(Encoding::O200k));
    }

private Q_SLOTS:
    void nothingIsLoadedBeforeSomebodyAsks()
    {
        TokenCounter counter({});
        QVERIFY(!counter.isReady(Encoding::O200k));
        QVERIFY(!counter.countNow({"hello"}, Encoding::O200k));
        waitUntilReady(counter);
        QVERIFY(!counter.isReady(Encoding::Cl100k));
        QCOMPARE(counter.countNow({"hello"}, Encoding::O200k)->tokens, qint64{1});
    }

    void smallTextsAreCountedAtOnce()
    {
        TokenCounter counter({});
        waitUntilReady(counter);
        std::optional<TextCensus> answer;
        TokenCounter::Job job = counter.count({"hello", " world 12"}, Encoding::O200k,
                                              [&](const TextCensus &census) { answer = census; });
        QVERIFY(answer);
        QVERIFY(!job.isWaiting());
        QVERIFY(answer->exact);
        QCOMPARE(answer->tokens, exactCount("hello") + exactCount(" world 12"));
        QCOMPARE(answer->bytes, qint64{14});
        QCOMPARE(answer->digits, qint64{2});
    }

    void largeTextsAreCountedElsewhereAndAnsweredHere()
    {
        TokenCounter counter({.patience = never});
        waitUntilReady(counter);
        std::optional<TextCensus> answer;
        QThread *answeredOn = nullptr;
        QThread *countedOn = nullptr;
        TokenCounter::Job job = counter.countFrom(
            [this, &countedOn] {
                countedOn = QThread::currentThread();
                return TokenCounter::Pieces{m_large};
            },
            m_large.size(), Encoding::O200k,
            [&](const TextCensus &census) {
                answer = census;
                answeredOn = QThread::currentThread();
            });
        QVERIFY(!answer);
        QVERIFY(job.isWaiting());
        QTRY_VERIFY(answer);
        QCOMPARE(answeredOn, QThread::currentThread());
        QVERIFY(countedOn != QThread::currentThread());
        QVERIFY(answer->exact);
        QCOMPARE(answer->tokens, exactCount(m_large));
        QCOMPARE(counter.waitingBytes(), qint64{0});
    }

    void manyAtOnceAreAllExact()
    {
        TokenCounter counter({.patience = never});
        std::vector<TokenCounter::Job> jobs;
        int right = 0;
        for (int i = 0; i < 100; ++i) {
            const QByteArray text = m_large.first(8000 + i * 37);
            jobs.push_back(
                counter.count({text}, i % 2 ? Encoding::O200k : Encoding::Cl100k,
                              [&right, text, i](const TextCensus &census) {
                                  Tokenizer tokenizer(vocabulary(i % 2 ? Encoding::O200k : Encoding::Cl100k));
                                  right += census.exact && census.tokens == tokenizer.count(text).tokens;
                              }));
        }
        QTRY_COMPARE(right, 100);
    }

    void aCountThatIsLetGoIsNotAnswered()
    {
        TokenCounter counter({.workers = 1, .patience = never});
        Gate gate;
        bool answered = false;
        TokenCounter::Job held = counter.countFrom(gate.source(), 100, Encoding::O200k,
                                                   [&](const TextCensus &) { answered = true; });
        gate.entered.acquire();
        {
            TokenCounter::Job waiting =
                counter.count({m_large}, Encoding::O200k, [&](const TextCensus &) { answered = true; });
        }
        held.cancel();
        QVERIFY(!held.isWaiting());
        gate.open.release();
        QTRY_COMPARE(counter.waitingBytes(), qint64{0});
        QVERIFY(!answered);
    }

    void aFullQueueGivesTheSafeBoundAtOnce()
    {
        TokenCounter counter({.mostWaitingBytes = 150'000, .workers = 1, .patience = never});
        Gate gate;
        TokenCounter::Job held =
            counter.countFrom(gate.source(), 100, Encoding::O200k, [](const TextCensus &) {});
        std::optional<TextCensus> first, second;
        TokenCounter::Job fits =
            counter.count({m_large}, Encoding::O200k, [&](const TextCensus &census) { first = census; });
        TokenCounter::Job fitsNot =
            counter.count({m_large}, Encoding::O200k, [&](const TextCensus &census) { second = census; });
        QVERIFY(!first);
        QVERIFY(second);
        QVERIFY(!second->exact);
        QCOMPARE(second->tokens, m_large.size());
        gate.open.release();
        QTRY_VERIFY(first);
        QVERIFY(first->exact);
    }

    void soDoesATextBeyondTheBound()
    {
        TokenCounter counter({.mostTextBytes = 10'000});
        std::optional<TextCensus> answer;
        TokenCounter::Job job =
            counter.count({m_large}, Encoding::O200k, [&](const TextCensus &census) { answer = census; });
        QVERIFY(answer);
        QCOMPARE(*answer, TextCensus::uncounted(m_large.size()));
    }

    void whoWaitsTooLongGetsTheSafeBound()
    {
        TokenCounter counter({.workers = 1, .patience = std::chrono::milliseconds(0)});
        Gate gate;
        std::optional<TextCensus> answer;
        int answers = 0;
        TokenCounter::Job job =
            counter.countFrom(gate.source(), 12'345, Encoding::O200k, [&](const TextCensus &census) {
                answer = census;
                ++answers;
            });
        QVERIFY(!answer);
        QTRY_VERIFY(answer);
        QCOMPARE(*answer, TextCensus::uncounted(12'345));
        gate.open.release();
        QTRY_COMPARE(counter.waitingBytes(), qint64{0});
        QCOMPARE(answers, 1);
    }

    void theEndOfTheCounterEndsWhatWaits()
    {
        bool answered = false;
        TokenCounter::Job job;
        Gate gate;
        {
            TokenCounter counter({.workers = 1, .patience = never});
            TokenCounter::Job held = counter.countFrom(gate.source(), 100, Encoding::O200k,
                                                       [&](const TextCensus &) { answered = true; });
            job = counter.count({m_large}, Encoding::O200k, [&](const TextCensus &) { answered = true; });
            gate.entered.acquire();
            gate.open.release();
        }
        QCoreApplication::processEvents();
        QVERIFY(!answered);
        QVERIFY(!job.isWaiting());
    }

    void emptyTextHasNoTokens()
    {
        TokenCounter counter({});
        waitUntilReady(counter);
        QCOMPARE(*counter.countNow({}, Encoding::O200k), TextCensus{});
        QCOMPARE(*counter.countNow({QByteArray()}, Encoding::O200k), TextCensus{});
    }
};

QTEST_GUILESS_MAIN(TestTokensCounter)
#include "tst_tokens_counter.moc"
