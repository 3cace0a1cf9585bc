#include "core/ledger.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>
#include <random>

using namespace lbp;
using namespace std::chrono_literals;

namespace {

Money pd(qint64 picodollars)
{
    return Money::fromPicodollars(picodollars);
}

const Instant monday = fromMicros(1'772'409'600'000'000); // 2026-03-02T00:00:00Z
const Instant noon = monday + 12h;
const Scope everything{ScopeKind::Global, {}};

Scope keyScope(KeyId key)
{
    return {ScopeKind::Key, QString::number(key)};
}

Budget budget(const Scope &scope, Period period, qint64 limit)
{
    return {scope, period, pd(limit)};
}

std::vector<Threshold> thresholds()
{
    return {{80, ThresholdAction::Warn}, {95, ThresholdAction::Downgrade}, {100, ThresholdAction::Block}};
}

/// The status of one budget; fails the test's comparison with a budget of its own when there is none.
BudgetStatus statusOf(BudgetLedger &ledger, const Scope &scope, Period period, Instant now)
{
    const QList<BudgetStatus> all = ledger.statusAll(now);
    for (const BudgetStatus &status : all) {
        if (status.budget.scope == scope && status.budget.period == period)
            return status;
    }
    BudgetStatus none;
    none.spent = none.reserved = pd(-1);
    return none;
}

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT

    const Spender alice{7, QStringLiteral("red"), QStringLiteral("site")};
    const Spender bob{8, QStringLiteral("red"), {}};

private Q_SLOTS:
    void aThousandRequestsForABudgetOfAHundredGetExactlyAHundred()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100 * 17)});
        std::vector<Reservation> running;
        int refused = 0;
        for (int i = 0; i < 1'000; ++i) {
            auto reservation = ledger.reserve({i % 50 + 1, {}, {}}, pd(17), noon);
            if (!reservation) {
                ++refused;
                QCOMPARE(reservation.error().tightest.remaining(), pd(0));
                continue;
            }
            running.push_back(std::move(*reservation));
            const BudgetStatus status = statusOf(ledger, everything, Period::Daily, noon);
            QVERIFY(status.spent.plusSaturated(status.reserved) <= status.budget.limit);
        }
        QCOMPARE(running.size(), size_t{100});
        QCOMPARE(refused, 900);
        for (Reservation &reservation : running)
            reservation.settle(pd(17));
        const BudgetStatus status = statusOf(ledger, everything, Period::Daily, noon);
        QCOMPARE(status.spent, pd(1'700));
        QCOMPARE(status.reserved, pd(0));
    }

    void aReservationEndsExactlyOnce()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 1'000)});
        auto first = ledger.reserve(alice, pd(100), noon);
        QVERIFY(first && first->isOpen());
        QCOMPARE(first->amount(), pd(100));
        first->settle(pd(30));
        QVERIFY(!first->isOpen());
        first->settle(pd(30));
        first->release();
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(30));
        auto second = ledger.reserve(alice, pd(100), noon);
        second->release();
        second->settle(pd(50));
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(30));
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).reserved, pd(0));
    }

    void oneThatNobodyEndedIsBookedInFull()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 1'000)});
        {
            auto forgotten = ledger.reserve(alice, pd(100), noon);
            QVERIFY(forgotten.has_value());
        }
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(100));
        {
            auto first = ledger.reserve(alice, pd(10), noon);
            Reservation moved(std::move(*first));
            QVERIFY(!first->isOpen() && moved.isOpen());
            auto second = ledger.reserve(alice, pd(1), noon);
            moved = std::move(*second); // the ten are booked here, the one below
            QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(110));
            QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).reserved, pd(1));
        }
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(111));
        Reservation().settle(pd(5));
    }

    void allBudgetsThatApplyOrNone()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        const Scope red{ScopeKind::Team, QStringLiteral("red")},
            site{ScopeKind::Project, QStringLiteral("site")};
        ledger.setBudgets({budget(everything, Period::Monthly, 1'000), budget(red, Period::Daily, 500),
                           budget(site, Period::Hourly, 400), budget(keyScope(7), Period::Total, 300),
                           budget({ScopeKind::Team, QStringLiteral("blue")}, Period::Daily, 1)});
        auto refused = ledger.reserve(alice, pd(301), noon);
        QVERIFY(!refused);
        QCOMPARE(refused.error().tightest.budget.scope, keyScope(7));
        for (const BudgetStatus &status : ledger.statusAll(noon))
            QCOMPARE(status.reserved, pd(0));
        auto admitted = ledger.reserve(alice, pd(300), noon);
        QVERIFY(admitted.has_value());
        QCOMPARE(ledger.statusFor(alice, noon).size(), qsizetype{4});
        for (const BudgetStatus &status : ledger.statusFor(alice, noon))
            QCOMPARE(status.reserved, pd(300));
        // Bob shares the team and the whole, not the project or the key.
        QCOMPARE(ledger.tightest(bob, noon)->remaining(), pd(200));
        QCOMPARE(ledger.statusFor(bob, noon).size(), qsizetype{2});
        QVERIFY(!ledger.reserve(bob, pd(201), noon));
        // Without a team, one has no part in it.
        QCOMPARE(ledger.statusFor({9, {}, {}}, noon).size(), qsizetype{1});
        admitted->release();
    }

    void theTightestComesFirst()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Monthly, 1'000), budget(everything, Period::Daily, 100),
                           budget(keyScope(7), Period::Weekly, 400)});
        ledger.loadSpent(keyScope(7), Period::Weekly, pd(396), noon);
        ledger.loadSpent(everything, Period::Daily, pd(97), noon);
        const QList<BudgetStatus> list = ledger.statusFor(alice, noon);
        QCOMPARE(list.size(), qsizetype{3});
        QCOMPARE(list[0].budget.period, Period::Weekly); // 99 %
        QCOMPARE(list[1].budget.period, Period::Daily); // 97 %
        QCOMPARE(list[2].budget.period, Period::Monthly);
        QCOMPARE(ledger.tightest(alice, noon)->budget.period, Period::Daily); // 3 left, where the week has 4
        QVERIFY(!BudgetLedger(QTimeZone::utc(), {}).tightest(alice, noon));
    }

    void aZeroLimitRefusesEverything()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(keyScope(7), Period::Total, 0)});
        QVERIFY(!ledger.reserve(alice, pd(1), noon));
        QVERIFY(!ledger.reserve(alice, pd(0), noon));
        QVERIFY(ledger.reserve(bob, pd(1), noon).has_value());
        QCOMPARE(ledger.pressure(alice, noon)->action, ThresholdAction::Block);
    }

    void whatCostsMoreThanReservedIsBookedInFull()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100)});
        auto reservation = ledger.reserve(alice, pd(100), noon);
        reservation->settle(pd(130));
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(130));
        QVERIFY(!ledger.reserve(alice, pd(1), noon));
        QVERIFY(ledger.reserve(alice, pd(0), noon).has_value()); // free
        auto negative = ledger.reserve(alice, pd(5), noon, true);
        negative->settle(pd(-1'000));
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, pd(130));
    }

    void forceSetsAsideBeyondTheLimit()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100)});
        auto reservation = ledger.reserve(alice, pd(150), noon, true);
        QVERIFY(reservation.has_value());
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).reserved, pd(150));
        QCOMPARE(ledger.tightest(alice, noon)->remaining(), pd(0));
        reservation->release();
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).reserved, pd(0));
    }

    void amountsNearTheEndOfTheRangeDoNotWrap()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        const qint64 largest = std::numeric_limits<qint64>::max();
        ledger.setBudgets({budget(everything, Period::Daily, largest)});
        ledger.loadSpent(everything, Period::Daily, pd(largest - 5), noon);
        QVERIFY(!ledger.reserve(alice, pd(6), noon));
        QVERIFY(!ledger.reserve(alice, Money::max(), noon));
        auto reservation = ledger.reserve(alice, pd(5), noon);
        QVERIFY(reservation.has_value());
        reservation->settle(Money::max());
        QCOMPARE(statusOf(ledger, everything, Period::Daily, noon).spent, Money::max());
        QVERIFY(!ledger.reserve(alice, pd(1), noon));
    }

    void defaultsHoldForEachKeyUnlessItHasItsOwn()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setDefaults({{Period::Daily, pd(10)}, {Period::Monthly, pd(50)}});
        ledger.setBudgets({budget(keyScope(7), Period::Daily, 30)});
        QVERIFY(ledger.reserve(alice, pd(30), noon).has_value());
        QVERIFY(!ledger.reserve(bob, pd(11), noon));
        QVERIFY(ledger.reserve(bob, pd(10), noon).has_value());
        const QList<BudgetStatus> ofAlice = ledger.statusFor(alice, noon);
        QCOMPARE(ofAlice.size(), qsizetype{2});
        QCOMPARE(ofAlice[0].budget.limit, pd(30));
        QVERIFY(!ofAlice[0].budget.isDefault);
        QVERIFY(ofAlice[1].budget.isDefault);
        // Taken away, the default holds again, and what was spent stays spent.
        ledger.setBudgets({});
        QCOMPARE(statusOf(ledger, keyScope(7), Period::Daily, noon).budget,
                 (Budget{keyScope(7), Period::Daily, pd(10), true}));
        QVERIFY(!ledger.reserve(alice, pd(1), noon));
        ledger.setDefaults({});
        QVERIFY(ledger.reserve(alice, pd(1'000), noon).has_value());
        QVERIFY(!ledger.tightest(alice, noon));
    }

    void aSumLoadedBeforeTheBudgetExistsCounts()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.loadSpent(keyScope(8), Period::Daily, pd(9), noon);
        QCOMPARE(ledger.statusAll(noon).size(), qsizetype{0});
        ledger.setDefaults({{Period::Daily, pd(10)}});
        QVERIFY(!ledger.reserve(bob, pd(2), noon));
        QVERIFY(ledger.reserve(bob, pd(1), noon).has_value());
    }

    void aBudgetThatIsNewKnowsWhatIsOpen()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Monthly, 10'000)});
        auto early = ledger.reserve(alice, pd(60), noon);
        auto other = ledger.reserve({9, {}, {}}, pd(1'000), noon);
        ledger.setBudgets(
            {budget(everything, Period::Monthly, 10'000), budget(keyScope(7), Period::Daily, 100)});
        ledger.addEarlier(keyScope(7), Period::Daily, pd(20), noon);
        QCOMPARE(statusOf(ledger, keyScope(7), Period::Daily, noon).reserved, pd(60));
        QVERIFY(!ledger.reserve(alice, pd(21), noon));
        early->settle(pd(50));
        other->settle(pd(1));
        QCOMPARE(statusOf(ledger, keyScope(7), Period::Daily, noon).spent, pd(70));
        QCOMPARE(statusOf(ledger, keyScope(7), Period::Daily, noon).reserved, pd(0));
        QCOMPARE(statusOf(ledger, everything, Period::Monthly, noon).spent, pd(51));
    }

    void aDefaultThatIsNewKnowsWhatIsOpen()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        auto early = ledger.reserve(bob, pd(6), noon);
        ledger.setDefaults({{Period::Daily, pd(10)}});
        QVERIFY(!ledger.reserve(bob, pd(5), noon));
        early->settle(pd(7));
        QCOMPARE(ledger.tightest(bob, noon)->remaining(), pd(3));
    }

    void aBudgetTakenAwayAndSetAgainIsStillRight()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        const QList<Budget> one{budget(everything, Period::Daily, 100)};
        ledger.setBudgets(one);
        auto before = ledger.reserve(alice, pd(10), noon);
        ledger.setBudgets({});
        QVERIFY(!ledger.tightest(alice, noon));
        auto during = ledger.reserve(alice, pd(500), noon);
        during->settle(pd(20));
        ledger.setBudgets(one);
        const BudgetStatus status = statusOf(ledger, everything, Period::Daily, noon);
        QCOMPARE(status.spent, pd(20));
        QCOMPARE(status.reserved, pd(10));
        before->release();
    }

    void aReservationBelongsToThePeriodInWhichItWasMade()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100), budget(everything, Period::Total, 1'000)});
        auto late = ledger.reserve(alice, pd(60), monday + 24h - 1us);
        QVERIFY(!ledger.reserve(alice, pd(60), monday + 24h - 1us));
        auto next = ledger.reserve(alice, pd(60), monday + 24h);
        QVERIFY(next.has_value());
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 24h).reserved, pd(60));
        QCOMPARE(statusOf(ledger, everything, Period::Total, monday + 24h).reserved, pd(120));
        late->settle(pd(50));
        next->settle(pd(7));
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 24h).spent, pd(7));
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 24h).reserved, pd(0));
        QCOMPARE(statusOf(ledger, everything, Period::Total, monday + 24h).spent, pd(57));
        QCOMPARE(statusOf(ledger, everything, Period::Total, monday + 24h).reserved, pd(0));
    }

    void aClockThatStepsBackALittleEmptiesNoCounter()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100)});
        ledger.reserve(alice, pd(100), monday + 24h)->settle(pd(100));
        QVERIFY(!ledger.reserve(alice, pd(1), monday + 24h - 5s));
        QVERIFY(!ledger.reserve(alice, pd(1), monday + 24h));
        QVERIFY(!ledger.reserve(alice, pd(1), monday + 1s));
        QVERIFY(ledger.reserve(alice, pd(1), monday - 48h).has_value()); // this far back is believed
    }

    void daysFollowTheTimeZone()
    {
        BudgetLedger ledger(QTimeZone("America/New_York"), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100)});
        ledger.reserve(alice, pd(100), monday + 4h)->settle(pd(100));
        QVERIFY(!ledger.reserve(alice, pd(1), monday + 5h - 1us));
        QVERIFY(ledger.reserve(alice, pd(1), monday + 5h).has_value());
    }

    void aNewTimeZoneKeepsWhatIsOpenAndAsksForTheSums()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets({budget(everything, Period::Daily, 100), budget(everything, Period::Total, 500)});
        ledger.reserve(alice, pd(40), monday + 1h)->settle(pd(40));
        auto open = ledger.reserve(alice, pd(50), monday + 1h);
        ledger.setTimeZone(QTimeZone("Asia/Tokyo"));
        ledger.loadSpent(everything, Period::Daily, pd(45), monday + 2h);
        BudgetStatus status = statusOf(ledger, everything, Period::Daily, monday + 2h);
        QCOMPARE(status.span.start, monday - 9h);
        QCOMPARE(status.spent, pd(45));
        QCOMPARE(status.reserved, pd(50));
        open->settle(pd(10));
        status = statusOf(ledger, everything, Period::Daily, monday + 2h);
        QCOMPARE(status.spent, pd(55));
        QCOMPARE(status.reserved, pd(0));
        QCOMPARE(statusOf(ledger, everything, Period::Total, monday + 2h).spent, pd(50));
    }

    void aBudgetSetTogetherWithANewZoneKnowsWhatIsOpen()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        auto open = ledger.reserve(alice, pd(50), monday + 1h);
        ledger.setTimeZone(QTimeZone("Asia/Tokyo"));
        ledger.setBudgets({budget(everything, Period::Daily, 100), budget(everything, Period::Total, 500)});
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 2h).reserved, pd(50));
        QCOMPARE(statusOf(ledger, everything, Period::Total, monday + 2h).reserved, pd(50));
        open->settle(pd(50));
        QCOMPARE(statusOf(ledger, everything, Period::Total, monday + 2h).spent, pd(50));
    }

    void correctionsCountInThePeriodOfTheExchangeOnly()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets(
            {budget(everything, Period::Daily, 100), budget(everything, Period::Monthly, 1'000)});
        ledger.reserve(alice, pd(40), monday + 36h)->settle(pd(40));
        ledger.addSpent(alice, pd(-10), monday + 1h); // yesterday, this month
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 36h).spent, pd(40));
        QCOMPARE(statusOf(ledger, everything, Period::Monthly, monday + 36h).spent, pd(30));
        ledger.addSpent(alice, pd(-10), monday - 24h * 40); // long ago
        QCOMPARE(statusOf(ledger, everything, Period::Monthly, monday + 36h).spent, pd(30));
        ledger.addSpent(alice, pd(90), monday + 36h);
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 36h).spent, pd(130));
        ledger.addSpent(alice, pd(-5'000), monday + 36h);
        QCOMPARE(statusOf(ledger, everything, Period::Daily, monday + 36h).spent, pd(0));
    }

    void theStrongestThresholdThatIsReachedSpeaks()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        ledger.setBudgets(
            {budget(everything, Period::Monthly, 100'000), budget(keyScope(7), Period::Daily, 1'000)});
        const auto at = [&](qint64 spent) {
            ledger.loadSpent(keyScope(7), Period::Daily, pd(spent), noon);
            return ledger.pressure(alice, noon);
        };
        QVERIFY(!at(799));
        QCOMPARE(at(800)->action, ThresholdAction::Warn);
        QCOMPARE(at(949)->percent, 80);
        QCOMPARE(at(950)->action, ThresholdAction::Downgrade);
        QCOMPARE(at(1'000)->action, ThresholdAction::Block);
        QCOMPARE(at(2'000)->status.budget.scope, keyScope(7));
        QVERIFY(!ledger.pressure(bob, noon));
        at(750);
        auto reservation = ledger.reserve(alice, pd(60), noon);
        QCOMPARE(ledger.pressure(alice, noon)->action, ThresholdAction::Warn); // what is reserved counts
        reservation->release();
        ledger.setThresholds({});
        QVERIFY(!at(1'000));
    }

    void aKeyThatChangesItsTeamIsCountedInTheNewOne()
    {
        BudgetLedger ledger(QTimeZone::utc(), thresholds());
        const Scope red{ScopeKind::Team, QStringLiteral("red")},
            blue{ScopeKind::Team, QStringLiteral("blue")};
        ledger.setBudgets({budget(red, Period::Daily, 100), budget(blue, Period::Daily, 100)});
        auto first = ledger.reserve({7, QStringLiteral("red"), {}}, pd(10), noon);
        auto second = ledger.reserve({7, QStringLiteral("blue"), {}}, pd(20), noon);
        QCOMPARE(statusOf(ledger, red, Period::Daily, noon).reserved, pd(10));
        QCOMPARE(statusOf(ledger, blue, Period::Daily, noon).reserved, pd(20));
        first->settle(pd(1));
        second->settle(pd(2));
        QCOMPARE(statusOf(ledger, red, Period::Daily, noon).spent, pd(1));
        QCOMPARE(statusOf(ledger, blue, Period::Daily, noon).spent, pd(2));
    }

    void oneRequestWithTenThousandKeys()
    {
        BudgetLedger ledger(QTimeZone("Europe/Berlin"), thresholds());
        ledger.setBudgets({budget(everything, Period::Monthly, qint64(1) << 60)});
        ledger.setDefaults({{Period::Daily, pd(qint64(1) << 50)}, {Period::Monthly, pd(qint64(1) << 50)}});
        std::mt19937_64 random(1);
        for (KeyId key = 1; key <= 10'000; ++key)
            ledger.reserve({key, QStringLiteral("red"), {}}, pd(3), noon)->settle(pd(1));
        QBENCHMARK
        {
            const Spender spender{KeyId(1 + random() % 10'000), QStringLiteral("red"), {}};
            auto reservation = ledger.reserve(spender, pd(3), noon);
            reservation->settle(pd(1));
        }
        QVERIFY(statusOf(ledger, everything, Period::Monthly, noon).spent >= pd(10'001));
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_core_ledger.moc"
