#include "core/limiter.h"

#include <QTest>
#include <random>

using namespace lbp;
using namespace std::chrono_literals;

namespace {

using By = RateLimiter::Decision::By;
constexpr RateLimits unlimited{};

RateLimits limits(int rpm, int tpm, int parallel)
{
    return {rpm, tpm, parallel};
}

} // namespace

class TestLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asManyRequestsAsTheLimitPassAndNoMore()
    {
        RateLimiter limiter;
        const RateLimits three = limits(3, 0, 0);
        for (int left : {2, 1, 0}) {
            const auto decision = limiter.admit(1, three, 10, 100s);
            QVERIFY(decision.allowed);
            QCOMPARE(decision.remainingRpm, left);
            QCOMPARE(decision.remainingTpm, 0);
        }
        const auto refused = limiter.admit(1, three, 10, 100s);
        QVERIFY(!refused.allowed);
        QCOMPARE(refused.refusedBy, By::Rpm);
        QVERIFY(refused.retryAfter == 60s);
        QVERIFY(limiter.admit(2, three, 10, 100s).allowed); // another key
    }

    void aRefusalCountsNothing()
    {
        RateLimiter limiter;
        QVERIFY(limiter.admit(1, limits(1, 0, 0), 10, 0s).allowed);
        for (int i = 1; i < 59; ++i)
            QVERIFY(!limiter.admit(1, limits(1, 0, 0), 10, std::chrono::seconds(i)).allowed);
        QVERIFY(limiter.admit(1, limits(1, 0, 0), 10, 60s).allowed);
        QCOMPARE(limiter.parallel(1), 2);
    }

    void theWindowEndsSixtySecondsAfterARequestToTheMicrosecond()
    {
        RateLimiter limiter;
        const Duration start = 5s + 1us;
        QVERIFY(limiter.admit(1, limits(1, 0, 0), 0, start).allowed);
        const auto refused = limiter.admit(1, limits(1, 0, 0), 0, start + 60s - 1us);
        QVERIFY(!refused.allowed);
        QVERIFY(refused.retryAfter == 1ms);
        QVERIFY(limiter.admit(1, limits(1, 0, 0), 0, start + 60s).allowed);
    }

    void noTwoMinutesShareTheirRequests()
    {
        // With counters per calendar minute, 2 × rpm would pass around a full minute.
        RateLimiter limiter;
        for (int i = 0; i < 10; ++i)
            QVERIFY(limiter.admit(1, limits(10, 0, 0), 0, 59s).allowed);
        QVERIFY(!limiter.admit(1, limits(10, 0, 0), 0, 61s).allowed);
        QVERIFY(limiter.admit(1, limits(10, 0, 0), 0, 119s).allowed);
    }

    void aRepeatAfterRetryAfterPasses_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %d", int(seed)) << seed;
    }
    void aRepeatAfterRetryAfterPasses()
    {
        QFETCH(quint64, seed);
        std::mt19937_64 random(seed);
        RateLimiter limiter;
        const RateLimits both = limits(30, 1'000, 0);
        Duration now = 1'000s;
        for (int i = 0; i < 5'000; ++i) {
            now += Duration(qint64(random() % 3'000'000));
            const auto tokens = qint64(random() % (i % 50 == 0 ? 2'000 : 120));
            const auto decision = limiter.admit(1, both, tokens, now);
            if (decision.allowed)
                continue;
            QVERIFY(decision.retryAfter >= 1ms && decision.retryAfter <= 60s);
            if (decision.retryAfter > 2ms)
                QVERIFY(
                    !RateLimiter(limiter).admit(1, both, tokens, now + decision.retryAfter - 1us).allowed);
            now += decision.retryAfter;
            QVERIFY(limiter.admit(1, both, tokens, now).allowed);
        }
    }

    void noWindowHoldsMoreThanTheLimit()
    {
        std::mt19937_64 random(99);
        RateLimiter limiter;
        const RateLimits both = limits(40, 5'000, 0);
        struct Admitted
        {
            Duration at;
            qint64 tokens;
        };
        std::vector<Admitted> admitted;
        Duration now{};
        qint64 refused = 0;
        for (int i = 0; i < 50'000; ++i) {
            now += Duration(qint64(random() % 400'000));
            const auto tokens = qint64(random() % 300);
            if (limiter.admit(1, both, tokens, now).allowed)
                admitted.push_back({now, tokens});
            else
                ++refused;
        }
        QVERIFY(refused > 1'000);
        size_t first = 0;
        qint64 requests = 0, tokens = 0, most = 0;
        for (const Admitted &a : admitted) {
            ++requests;
            tokens += a.tokens;
            for (; admitted[first].at + 60s <= a.at; ++first) {
                --requests;
                tokens -= admitted[first].tokens;
            }
            QVERIFY(requests <= 40);
            QVERIFY(tokens <= 5'000);
            most = std::max(most, tokens);
        }
        QVERIFY(most > 4'900); // and the limit can be used up
    }

    void tokensCountAsEstimatedUntilTheyAreKnown()
    {
        RateLimiter limiter;
        const RateLimits thousand = limits(0, 1'000, 0);
        const auto first = limiter.admit(1, thousand, 900, 0s);
        QVERIFY(first.allowed);
        QCOMPARE(first.remainingTpm, 100);
        const auto second = limiter.admit(1, thousand, 200, 1s);
        QCOMPARE(second.refusedBy, By::Tpm);
        QVERIFY(second.retryAfter == 59s);
        limiter.finish(1, 900, 300, 0s, 2s);
        QVERIFY(limiter.admit(1, thousand, 700, 2s).allowed);
        QVERIFY(!limiter.admit(1, thousand, 1, 2s).allowed);
    }

    void moreTokensThanEstimatedCountFromTheMomentTheyAreKnown()
    {
        RateLimiter limiter;
        const RateLimits thousand = limits(0, 1'000, 0);
        QVERIFY(limiter.admit(1, thousand, 100, 0s).allowed);
        limiter.finish(1, 100, 1'000, 0s, 50s);
        QVERIFY(!limiter.admit(1, thousand, 1, 59s).allowed);
        QVERIFY(limiter.admit(1, thousand, 100, 60s).allowed); // the estimate has left, the rest has not
        QVERIFY(!limiter.admit(1, thousand, 1, 109s).allowed);
        QVERIFY(limiter.admit(1, thousand, 900, 110s).allowed);
    }

    void aCorrectionAfterTheWindowGivesNothingBackTwice()
    {
        RateLimiter limiter;
        QVERIFY(limiter.admit(1, unlimited, 500, 0s).allowed);
        QVERIFY(limiter.admit(1, unlimited, 100, 61s).allowed);
        limiter.finish(1, 500, 0, 0s, 62s);
        QCOMPARE(limiter.load(1, 62s).tokens, qint64{100});
        QCOMPARE(limiter.load(1, 62s).requests, qint64{1});
        QCOMPARE(limiter.load(1, 62s).running, 1);
    }

    void oneRequestAboveTheWholeLimitRunsAlone()
    {
        RateLimiter limiter;
        const RateLimits thousand = limits(0, 1'000, 0);
        QVERIFY(limiter.admit(1, thousand, 10, 0s).allowed);
        const auto refused = limiter.admit(1, thousand, 5'000, 1s);
        QCOMPARE(refused.refusedBy, By::Tpm);
        QVERIFY(refused.retryAfter == 59s);
        QVERIFY(limiter.admit(1, thousand, 5'000, 60s).allowed);
        QVERIFY(!limiter.admit(1, thousand, 1, 61s).allowed);
    }

    void parallelRequestsAreFreedByFinishAndUndo()
    {
        RateLimiter limiter;
        const RateLimits two = limits(0, 0, 2);
        QVERIFY(limiter.admit(1, two, 0, 0s).allowed);
        QVERIFY(limiter.admit(1, two, 0, 0s).allowed);
        const auto refused = limiter.admit(1, two, 0, 100s);
        QCOMPARE(refused.refusedBy, By::Parallel);
        QVERIFY(refused.retryAfter >= 1ms);
        limiter.finish(1, 0, 0, 0s, 100s);
        QVERIFY(limiter.admit(1, two, 0, 100s).allowed);
        limiter.undo(1, 0, 100s);
        QCOMPARE(limiter.parallel(1), 1);
    }

    void anUndoneRequestHasNeverBeen()
    {
        RateLimiter limiter;
        const RateLimits one = limits(1, 100, 1);
        QVERIFY(limiter.admit(1, one, 100, 0s).allowed);
        limiter.undo(1, 100, 0s);
        const auto again = limiter.admit(1, one, 100, 1s);
        QVERIFY(again.allowed);
        QCOMPARE(again.remainingRpm, 0);
        QVERIFY(!limiter.admit(1, one, 0, 2s).allowed);
    }

    void aLimitThatIsLoweredHoldsAtOnce()
    {
        RateLimiter limiter;
        for (int i = 0; i < 10; ++i)
            QVERIFY(limiter.admit(1, limits(10, 0, 0), 0, std::chrono::seconds(i)).allowed);
        const auto refused = limiter.admit(1, limits(4, 0, 0), 0, 10s);
        QVERIFY(!refused.allowed);
        QCOMPARE(refused.remainingRpm, 0);
        QVERIFY(refused.retryAfter == 56s); // until seven of ten have left
    }

    void hugeOrNegativeTokenCountsDoNotWrap()
    {
        RateLimiter limiter;
        const qint64 largest = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 100; ++i)
            QVERIFY(limiter.admit(1, unlimited, largest, 0s).allowed);
        QVERIFY(limiter.load(1, 0s).tokens > 0);
        QVERIFY(!limiter.admit(1, limits(0, 1'000, 0), 1, 0s).allowed);
        for (int i = 0; i < 100; ++i)
            limiter.finish(1, largest, -5, 0s, 1s);
        QCOMPARE(limiter.load(1, 1s).tokens, qint64{0});
        QVERIFY(limiter.admit(1, unlimited, -7, 1s).allowed);
        QCOMPARE(limiter.load(1, 1s).tokens, qint64{0});
    }

    void aForgottenKeyMayStillFinish()
    {
        RateLimiter limiter;
        QVERIFY(limiter.admit(1, unlimited, 5, 0s).allowed);
        limiter.forget(1);
        limiter.finish(1, 5, 3, 0s, 1s);
        limiter.undo(1, 5, 0s);
        QCOMPARE(limiter.parallel(1), 0);
        QVERIFY(limiter.admit(1, unlimited, 7, 1s).allowed);
        limiter.finish(1, 5, 0, 500ms, 1s);
        QCOMPARE(limiter.load(1, 1s).tokens, qint64{7});
    }

    void pruningDropsOnlyWhatIsQuiet()
    {
        RateLimiter limiter;
        QVERIFY(limiter.admit(1, unlimited, 1, 0s).allowed);
        QVERIFY(limiter.admit(2, unlimited, 1, 0s).allowed);
        limiter.finish(2, 1, 1, 0s, 0s);
        limiter.prune(59s);
        QCOMPARE(limiter.load(2, 59s).requests, qint64{1});
        limiter.prune(60s);
        QCOMPARE(limiter.parallel(1), 1); // still running
        QCOMPARE(limiter.load(2, 60s).requests, qint64{0});
    }

    void aKeysLimitsBeatTheMostSpecificOverrideBeatTheDefault()
    {
        const RateLimits defaults = limits(60, 100'000, 0);
        const auto over = [](const char *pattern, std::optional<int> rpm, std::optional<int> tpm,
                             std::optional<int> parallel) {
            return LimitOverride{QString::fromLatin1(pattern), rpm, tpm, parallel};
        };
        const QList<LimitOverride> overrides{over("ci-*", 10, {}, 4), over("ci-nightly*", 20, 5, {}),
                                             over("ci-nightly-2", 1, {}, {})};
        KeyRecord key;
        key.name = QStringLiteral("laptop");
        QCOMPARE(limitsFor(key, defaults, overrides), defaults);
        key.name = QStringLiteral("ci-pr");
        QCOMPARE(limitsFor(key, defaults, overrides), limits(10, 100'000, 4));
        key.name = QStringLiteral("ci-nightly");
        QCOMPARE(limitsFor(key, defaults, overrides), limits(20, 5, 0));
        key.name = QStringLiteral("ci-nightly-2");
        QCOMPARE(limitsFor(key, defaults, overrides), limits(1, 100'000, 0));
        key.rpm = 0;
        key.parallel = 9;
        QCOMPARE(limitsFor(key, defaults, overrides), limits(0, 100'000, 9));
    }

    void theRunawayGuardSumsTheLastMinute()
    {
        RunawayGuard guard;
        const Money limit = Money::fromPicodollars(100);
        const auto pd = [](qint64 n) { return Money::fromPicodollars(n); };
        QVERIFY(!guard.book(1, pd(60), limit, 0s));
        QVERIFY(!guard.book(1, pd(40), limit, 30s));
        QVERIFY(guard.book(1, pd(1), limit, 59s));
        QVERIFY(!guard.book(1, pd(1), limit, 60s));
        QVERIFY(!guard.book(2, pd(100), limit, 60s));
        QVERIFY(guard.book(1, Money::max(), limit, 61s));
        QVERIFY(guard.book(1, Money::max(), limit, 62s));
        QVERIFY(!guard.book(1, pd(5), limit, 200s));
        guard.forget(2);
        QVERIFY(!guard.book(2, pd(100), limit, 61s));
    }
};

QTEST_GUILESS_MAIN(TestLimiter)
#include "tst_core_limiter.moc"
