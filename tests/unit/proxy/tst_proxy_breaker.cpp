#include "proxy/attempts.h"

#include <QtTest>

using namespace lbp;
using namespace std::chrono_literals;

/// What decides whether a provider is asked at all, and when again.
class TestProxyBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itOpensAfterSoManyFailuresInARow();
    void aSuccessInBetweenStartsAnew();
    void failuresThatAreLongAgoDoNotCount();
    void oneAtATimeTriesAgain();
    void itStaysOpenLongerEachTime();
    void aProviderThatSaysHowLongIsBelieved();
    void whoGivesUpTryingLetsTheNextTry();
    void withoutABoundItNeverOpens();
    void manyAreKeptApart();
    void pausesGrowAndVary();
    void adviceIsReadFromFields_data();
    void adviceIsReadFromFields();
    void whatMayBeTriedAgain();
};

namespace {

const Breaker::Options options{3, 60s, 10s, 100s};

Breaker opened()
{
    Breaker breaker;
    for (int i = 0; i < 3; ++i)
        [[maybe_unused]] const bool open = breaker.failed(options, 0s, {});
    return breaker;
}

} // namespace

void TestProxyBreaker::itOpensAfterSoManyFailuresInARow()
{
    Breaker breaker;
    QVERIFY(!breaker.failed(options, 1s, {}));
    QVERIFY(!breaker.failed(options, 2s, {}));
    QVERIFY(breaker.admits(2s));
    QVERIFY(breaker.failed(options, 3s, {}));
    QCOMPARE(breaker.state(3s), BreakerState::Open);
    QVERIFY(!breaker.admits(12s));
    QCOMPARE(breaker.retryIn(5s), Duration(8s));
    QVERIFY(!breaker.failed(options, 5s, {})); // sent before it opened
    QCOMPARE(breaker.retryIn(5s), Duration(8s));
}

void TestProxyBreaker::aSuccessInBetweenStartsAnew()
{
    Breaker breaker;
    QVERIFY(!breaker.failed(options, 1s, {}));
    QVERIFY(!breaker.failed(options, 1s, {}));
    QVERIFY(!breaker.succeeded()); // it was not open
    QVERIFY(!breaker.failed(options, 1s, {}));
    QVERIFY(!breaker.failed(options, 1s, {}));
    QCOMPARE(breaker.state(1s), BreakerState::Closed);
}

void TestProxyBreaker::failuresThatAreLongAgoDoNotCount()
{
    Breaker breaker;
    QVERIFY(!breaker.failed(options, 0s, {}));
    QVERIFY(!breaker.failed(options, 1s, {}));
    QVERIFY(!breaker.failed(options, 62s, {}));
    QCOMPARE(breaker.failuresInARow(), 1);
    QVERIFY(!breaker.failed(options, 63s, {}));
    QVERIFY(breaker.failed(options, 64s, {}));
}

void TestProxyBreaker::oneAtATimeTriesAgain()
{
    Breaker breaker = opened();
    QCOMPARE(breaker.state(10s), BreakerState::HalfOpen);
    QVERIFY(breaker.admits(10s));
    breaker.began(10s);
    QVERIFY(!breaker.admits(10s));
    QVERIFY(breaker.succeeded());
    QCOMPARE(breaker.state(10s), BreakerState::Closed);
    QVERIFY(breaker.admits(10s));
}

void TestProxyBreaker::itStaysOpenLongerEachTime()
{
    Breaker breaker = opened();
    Duration now = 0s;
    for (const auto rest : {10s, 20s, 40s, 80s, 100s, 100s}) {
        QCOMPARE(breaker.retryIn(now), Duration(rest));
        now += rest;
        QVERIFY(breaker.admits(now));
        breaker.began(now);
        QVERIFY(!breaker.failed(options, now, {})); // it was open before
    }
}

void TestProxyBreaker::aProviderThatSaysHowLongIsBelieved()
{
    Breaker breaker;
    [[maybe_unused]] bool open = breaker.failed(options, 0s, {});
    open = breaker.failed(options, 0s, {});
    open = breaker.failed(options, 0s, 30s);
    QCOMPARE(breaker.retryIn(0s), Duration(30s));
    breaker = {};
    open = breaker.failed({1, 60s, 10s, 100s}, 0s, 24h);
    QCOMPARE(breaker.retryIn(0s), Duration(100s)); // up to a point
}

void TestProxyBreaker::whoGivesUpTryingLetsTheNextTry()
{
    Breaker breaker = opened();
    breaker.began(10s);
    breaker.abandoned();
    QVERIFY(breaker.admits(10s));
}

void TestProxyBreaker::withoutABoundItNeverOpens()
{
    Breaker breaker;
    for (int i = 0; i < 100; ++i)
        QVERIFY(!breaker.failed({0, 60s, 10s, 100s}, 1s, {}));
    QVERIFY(breaker.admits(1s));
}

void TestProxyBreaker::manyAreKeptApart()
{
    Breakers breakers;
    breakers.setOptions({1, 60s, 10s, 100s});
    QVERIFY(breakers.isQuiet());
    QVERIFY(!breakers.succeeded(QStringLiteral("a")));
    QVERIFY(breakers.failed(QStringLiteral("a"), 0s));
    QVERIFY(!breakers.admits(QStringLiteral("a"), 0s));
    QVERIFY(breakers.admits(QStringLiteral("b"), 0s));
    QCOMPARE(breakers.open(0s), QStringList{QStringLiteral("a")});
    QVERIFY(breakers.failed(QStringLiteral("b"), 0s));
    breakers.keepOnly({QStringLiteral("b")});
    QVERIFY(breakers.admits(QStringLiteral("a"), 0s));
    QVERIFY(breakers.succeeded(QStringLiteral("b")));
    QVERIFY(breakers.isQuiet());
}

void TestProxyBreaker::pausesGrowAndVary()
{
    QCOMPARE(backoff(1, 500ms, 8s, 0), Duration(500ms));
    QCOMPARE(backoff(2, 500ms, 8s, 0), Duration(1s));
    QCOMPARE(backoff(5, 500ms, 8s, 0), Duration(8s));
    QCOMPARE(backoff(60, 500ms, 8s, 0), Duration(8s));
    QCOMPARE(backoff(3, 0ms, 8s, 12345), Duration(0));
    for (quint32 random = 1; random < 4'000'000'000U; random += 123'456'789U) {
        const Duration wait = backoff(2, 500ms, 8s, random);
        QVERIFY(wait >= 500ms && wait <= 1s);
        QCOMPARE(wait, backoff(2, 500ms, 8s, random)); // the same seed, the same pause
    }
}

void TestProxyBreaker::adviceIsReadFromFields_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<bool>("forbidden");
    QTest::newRow("seconds") << QByteArray("Retry-After") << QByteArray("7") << qint64(7000) << false;
    QTest::newRow("a date") << QByteArray("Retry-After") << QByteArray("Thu, 01 Jan 1970 00:01:30 GMT")
                            << qint64(30'000) << false;
    QTest::newRow("a date that is over")
        << QByteArray("Retry-After") << QByteArray("Thu, 01 Jan 1970 00:00:30 GMT") << qint64(0) << false;
    QTest::newRow("milliseconds") << QByteArray("retry-after-ms") << QByteArray("1500") << qint64(1500)
                                  << false;
    QTest::newRow("nonsense") << QByteArray("Retry-After") << QByteArray("soon") << qint64(-1) << false;
    QTest::newRow("negative") << QByteArray("Retry-After") << QByteArray("-5") << qint64(-1) << false;
    QTest::newRow("far beyond") << QByteArray("Retry-After") << QByteArray("99999999999999")
                                << qint64(366 * 86'400'000LL) << false;
    QTest::newRow("forbidden") << QByteArray("x-should-retry") << QByteArray("false") << qint64(-1) << true;
    QTest::newRow("allowed") << QByteArray("x-should-retry") << QByteArray("true") << qint64(-1) << false;
}

void TestProxyBreaker::adviceIsReadFromFields()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(qint64, ms);
    QFETCH(bool, forbidden);
    HeaderList headers;
    headers.add(name, value);
    const RetryAdvice advice = retryAdvice(headers, fromMicros(60'000'000));
    QCOMPARE(advice.forbidden, forbidden);
    QCOMPARE(advice.after.has_value(), ms >= 0);
    if (advice.after)
        QCOMPARE(*advice.after, Duration(std::chrono::milliseconds(ms)));
}

void TestProxyBreaker::whatMayBeTriedAgain()
{
    QCOMPARE(attemptEndOf(429), AttemptEnd::RateLimited);
    for (const int status : {500, 502, 503, 504, 529})
        QCOMPARE(attemptEndOf(status), AttemptEnd::Failed);
    for (const int status : {200, 302, 400, 401, 402, 403, 404, 408, 409, 422})
        QCOMPARE(attemptEndOf(status), AttemptEnd::Final);
}

QTEST_GUILESS_MAIN(TestProxyBreaker)
#include "tst_proxy_breaker.moc"
