#include "core/ledger.h"
#include "core/pausestate.h"
#include "core/raises.h"

#include <QtTest>

using namespace lbp;
using namespace std::chrono_literals;

namespace {

Money usd(const char *text)
{
    return Money::fromDecimal(QString::fromLatin1(text)).value();
}

const Scope keyScope{ScopeKind::Key, QStringLiteral("1")};
const Spender spender{1, {}, {}};
const Instant now = fromMicros(1'795'428'000'000'000); // 2026-11-23T10:00:00Z

BudgetRaise raiseOf(Money amount, Instant at = now, bool once = false)
{
    return {keyScope, Period::Daily, periodSpan(Period::Daily, at, QTimeZone::utc()).start, amount, at, once};
}

struct Books
{
    Books()
        : ledger(QTimeZone::utc(), {{80, ThresholdAction::Warn}, {100, ThresholdAction::Block}})
    {
        ledger.setBudgets({{keyScope, Period::Daily, usd("10"), false}});
    }
    BudgetStatus status(Instant at = now) { return ledger.statusFor(spender, at).first(); }
    BudgetLedger ledger;
};

} // namespace

class TestCoreRaises : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRaiseMakesRoomUntilItsSpanEnds()
    {
        Books books;
        books.ledger.addSpent(spender, usd("10"), now);
        QVERIFY(!books.ledger.reserve(spender, usd("1"), now));
        books.ledger.raise(raiseOf(usd("5")), now);
        QCOMPARE(books.status().effectiveLimit(), usd("15"));
        QCOMPARE(books.status().budget.limit, usd("10"));
        QCOMPARE(books.status().remaining(), usd("5"));
        QCOMPARE(books.status().pressureBasisPoints(), 6666);
        auto reservation = books.ledger.reserve(spender, usd("5"), now);
        QVERIFY(reservation.has_value());
        QVERIFY(!books.ledger.reserve(spender, usd("0.01"), now));
        reservation->settle(usd("5"));
        const Instant tomorrow = now + 24h;
        QCOMPARE(books.status(tomorrow).raised, Money());
        QVERIFY(!books.ledger.reserve(spender, usd("10.01"), tomorrow));
    }

    void raisesAddUpAndOldOnesDoNothing()
    {
        Books books;
        books.ledger.raise(raiseOf(usd("5")), now);
        books.ledger.raise(raiseOf(usd("2")), now);
        books.ledger.raise(raiseOf(usd("100"), now - 24h), now); // yesterday's
        QCOMPARE(books.status().raised, usd("7"));
        BudgetRaise other = raiseOf(usd("50"));
        other.scope = {ScopeKind::Global, {}};
        books.ledger.raise(other, now);
        QCOMPARE(books.status().raised, usd("7"));
    }

    void aChangedLimitKeepsWhatWasRaised()
    {
        Books books;
        books.ledger.raise(raiseOf(usd("5")), now);
        books.ledger.setBudgets({{keyScope, Period::Daily, usd("20"), false}});
        QCOMPARE(books.status().effectiveLimit(), usd("25"));
    }

    void aNewZoneKeepsWhatWasRaisedInTheSameDay()
    {
        Books books;
        books.ledger.raise(raiseOf(usd("5")), now);
        books.ledger.setTimeZone(QTimeZone("Europe/Berlin"));
        QCOMPARE(books.status().raised, usd("5"));
        QCOMPARE(books.status(now + 24h).raised, Money());
    }

    void aDefaultBudgetThatNobodyUsedYetCanBeRaised()
    {
        BudgetLedger ledger(QTimeZone::utc(), {});
        ledger.setDefaults({{Period::Daily, usd("1")}});
        ledger.raise(raiseOf(usd("5")), now);
        QVERIFY(ledger.reserve(spender, usd("6"), now).has_value());
    }

    void whatIsAllowedOnceOpensNoRoom()
    {
        Books books;
        books.ledger.addSpent(spender, usd("9.50"), now);
        BudgetLedger::Overdraft over = books.ledger.reserveOver(spender, usd("2"), now);
        QCOMPARE(over.raises.size(), 1);
        QCOMPARE(over.raises.first().amount, usd("1.50"));
        QVERIFY(over.raises.first().once);
        BudgetStatus status = books.status();
        QCOMPARE(status.spent.plusSaturated(status.reserved), status.effectiveLimit());
        QVERIFY(!books.ledger.reserve(spender, usd("0.01"), now));
        over.reservation.settle(usd("0.80"));
        status = books.status();
        QCOMPARE(status.allowedOnce, usd("0.30"));
        QCOMPARE(status.remaining(), Money());
        QVERIFY(!books.ledger.reserve(spender, usd("0.01"), now));
        // A real raise is room for all, and comes on top.
        books.ledger.raise(raiseOf(usd("1")), now);
        QCOMPARE(books.status().allowedOnce, Money()); // covered by the raise now
        QCOMPARE(books.status().remaining(), usd("0.70"));
    }

    void allowedOnceAndNeverChargedLeavesNothing()
    {
        Books books;
        books.ledger.addSpent(spender, usd("10"), now);
        BudgetLedger::Overdraft over = books.ledger.reserveOver(spender, usd("2"), now);
        over.reservation.release();
        QCOMPARE(books.status().raised, Money());
        QCOMPARE(books.status().effectiveLimit(), usd("10"));
    }

    void whatHadRoomIsNotRaised()
    {
        Books books;
        BudgetLedger::Overdraft over = books.ledger.reserveOver(spender, usd("2"), now);
        QVERIFY(over.raises.isEmpty());
        over.reservation.settle(usd("1"));
        QCOMPARE(books.status().spent, usd("1"));
    }

    void textComesBackAsItWas()
    {
        const QList<BudgetRaise> raises{raiseOf(usd("5")), raiseOf(usd("0.000000000001"), now, true)};
        QCOMPARE(raisesFromText(raisesToText(raises)).value(), raises);
        QVERIFY(raisesFromText({}).value().isEmpty());
        for (const char *damaged : {"{", "{}", "[1]", R"([{"scope":"key"}])"})
            QCOMPARE(raisesFromText(QString::fromLatin1(damaged)).error().code, ErrorCode::StoreDamaged);
        QCOMPARE(raisesInForce(raises, now + 24h, QTimeZone::utc()).size(), 0);
        QCOMPARE(raisesInForce(raises, now + 1h, QTimeZone::utc()).size(), 2);
    }

    void aPauseComesBackAsItWas()
    {
        for (const PauseState &state : {PauseState{}, PauseState{true, {}}, PauseState{true, now + 15min}})
            QCOMPARE(PauseState::fromText(state.toText()), state);
        QVERIFY(!PauseState::fromText({}).paused);
        QVERIFY(PauseState::fromText(QStringLiteral("1")).holdsAt(now)); // as earlier versions wrote it
        const PauseState timed{true, now + 15min};
        QVERIFY(timed.holdsAt(now));
        QVERIFY(!timed.holdsAt(now + 15min));
        QVERIFY(PauseState::fromText(QStringLiteral("1 until soon")).holdsAt(now + 24h)); // damaged: stays
    }
};

QTEST_GUILESS_MAIN(TestCoreRaises)
#include "tst_core_raises.moc"
