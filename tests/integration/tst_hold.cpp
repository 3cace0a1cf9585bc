// Hold and ask: what does not fit its budgets waits for a person, for room, or for the end of its time.
#include "support/harness.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

const QByteArray holding = "budgets: {holdSeconds: 60, timeZone: UTC}\n";
const QByteArray chatPath = "/v1/chat/completions";
/// 5,000 output tokens at 10 USD a million, and the input's bound: 0.0508 USD and a little.
const QByteArray dear = ",\"max_tokens\":5000";

Money usd(const char *text)
{
    return Money::fromDecimal(QString::fromLatin1(text)).value();
}

struct Desk
{
    explicit Desk(const QByteArray &config = holding,
                  const QList<std::pair<Period, QByteArray>> &budgets = {{Period::Daily, "0.01"}})
        : proxy({.config = config, .pricing = {}})
        , key(proxy.addKey(QStringLiteral("a"), budgets))
    {
    }

    /// A client that asks, and waits.
    std::unique_ptr<RawClient> ask(const QByteArray &more = dear, const QByteArray &text = "Hi")
    {
        auto client = std::make_unique<RawClient>(proxy.port);
        client->write(request("POST", chatPath, key, chatBody(text, more)));
        return client;
    }
    QList<HeldRequest> held() { return proxy.gateway->held().result(); }
    bool holds(int count)
    {
        return QTest::qWaitFor([&] { return held().size() == count; });
    }
    Result<QList<BudgetRaise>> answer(HoldAnswer::Kind kind, Money amount = {})
    {
        return proxy.gateway->answerHold(held().first().id, {kind, amount}).result();
    }
    BudgetStatus budget(Period period = Period::Daily)
    {
        for (const BudgetStatus &status : proxy.budgets())
            if (status.budget.period == period)
                return status;
        qFatal("no such budget");
    }
    std::vector<HoldEnd> ends()
    {
        std::vector<HoldEnd> all;
        for (const event::HoldEnded &end : proxy.events.all<event::HoldEnded>())
            all.push_back(end.how);
        return all;
    }

    Proxy proxy;
    QByteArray key;
};

bool isWithinItsLimit(const BudgetStatus &status)
{
    return status.spent.plusSaturated(status.reserved) <= status.effectiveLimit();
}

} // namespace

class TestHold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutTheSettingNothingIsHeld();
    void theQuestionSaysWhatItIsAbout();
    void unansweredItIsRefusedAtItsDeadline();
    void blockedItIsRefusedAtOnce();
    void allowedOnceItRunsAndOpensNoDoor();
    void allowedOnceIsNoMoreThanWasAsked();
    void aRaiseLetsItRunAndHoldsForTheSpan();
    void aTotalBudgetIsNotRaisedForADay();
    void roomFreedByAnotherLetsItRun();
    void aNewPeriodLetsItRun();
    void whatIsHeldReservesNothing();
    void anotherBudgetThatRefusesIsAskedAbout();
    void whatEndsItsPermissionEndsTheHold_data();
    void whatEndsItsPermissionEndsTheHold();
    void theClientThatLeavesEndsIt();
    void aBlockingThresholdIsAskedAboutToo();
    void noMoreThanSoManyAreHeld();
    void aStreamIsKeptAliveAndGoesOn();
    void aStreamRefusedLateEndsWithAnError();
    void aProvidersRefusalReachesAStreamThatBegan();
    void aPlainRequestGetsNothingEarly();
    void answersTwiceAreNotFound();
    void manyHeldAndSettledNeverPassTheLimit();
};

void TestHold::withoutTheSettingNothingIsHeld()
{
    Desk desk("budgets: {timeZone: UTC}\n");
    QCOMPARE(desk.ask()->read().status(), 402);
    QVERIFY(desk.proxy.events.all<event::HoldAsked>().empty());
    QCOMPARE(desk.proxy.events.all<event::BudgetExceeded>().size(), size_t(1));
}

void TestHold::theQuestionSaysWhatItIsAbout()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    const auto asked = desk.proxy.events.all<event::HoldAsked>();
    QCOMPARE(asked.size(), size_t(1));
    const HeldRequest &held = asked.front().held;
    QCOMPARE(held.key, desk.proxy.keyId(QStringLiteral("a")));
    QCOMPARE(held.keyName, QStringLiteral("a"));
    QCOMPARE(held.model, QStringLiteral("gpt-4o"));
    QVERIFY(!held.stream);
    QVERIFY(held.needed > usd("0.05") && held.needed < usd("0.06"));
    QCOMPARE(held.shortfall, *held.needed.minus(usd("0.01")));
    QCOMPARE(held.refusing.budget.period, Period::Daily);
    QCOMPARE(held.deadline - held.since, Duration(60s));
    QCOMPARE(desk.held().first().id, held.id);
    QVERIFY(desk.proxy.events.all<event::BudgetExceeded>().empty()); // nobody was refused yet
}

void TestHold::unansweredItIsRefusedAtItsDeadline()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    desk.proxy.clock.advance(59s);
    desk.proxy.gateway->budgets().waitForFinished();
    QCOMPARE(desk.held().size(), 1);
    desk.proxy.clock.advance(2s);
    const Answer answer = client->read();
    QCOMPARE(answer.status(), 402);
    QVERIFY(answer.body.contains("\"budget_exceeded\""));
    QCOMPARE(answer.header("x-should-retry"), QByteArray("false"));
    QCOMPARE(desk.ends(), std::vector{HoldEnd::TimedOut});
    QCOMPARE(desk.proxy.events.all<event::BudgetExceeded>().size(), size_t(1));
    QVERIFY(desk.proxy.isQuiet());
    QCOMPARE(desk.proxy.provider.requestCount(), 0);
    QTRY_COMPARE(desk.proxy.rows().size(), 1);
    QCOMPARE(desk.proxy.rows().first().close.outcome, Outcome::Refused);
}

void TestHold::blockedItIsRefusedAtOnce()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    QVERIFY(desk.answer(HoldAnswer::Kind::Block).has_value());
    QCOMPARE(client->read().status(), 402);
    QCOMPARE(desk.ends(), std::vector{HoldEnd::Blocked});
    QVERIFY(desk.proxy.isQuiet());
}

void TestHold::allowedOnceItRunsAndOpensNoDoor()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    const HeldRequest held = desk.held().first();
    const auto raises = desk.answer(HoldAnswer::Kind::AllowOnce);
    QVERIFY(raises.has_value());
    QCOMPARE(raises->size(), 1);
    QVERIFY(raises->first().once);
    QCOMPARE(raises->first().amount, held.shortfall);

    ProviderCall &call = desk.proxy.provider.call();
    QVERIFY(call.body().contains("\"max_tokens\":5000")); // whole, not clamped
    BudgetStatus status = desk.budget();
    QCOMPARE(status.reserved, held.needed);
    QCOMPARE(status.raised, held.shortfall);
    QCOMPARE(status.allowedOnce, held.shortfall);
    QCOMPARE(status.budget.limit, usd("0.01"));
    QVERIFY(isWithinItsLimit(status));
    QCOMPARE(status.remaining(), Money());

    call.json(200, chatAnswer(100, 2000)); // 0.02025 USD
    const Answer answer = client->read();
    QCOMPARE(answer.status(), 200);
    QVERIFY(desk.proxy.isQuiet());
    status = desk.budget();
    QCOMPARE(status.spent, usd("0.02025"));
    QCOMPARE(status.raised, usd("0.01025")); // what went over, and nothing of it is room for others
    QCOMPARE(status.remaining(), Money());
    QVERIFY(isWithinItsLimit(status));
    const ExchangeRow row = desk.proxy.row(answer);
    QVERIFY(row.close.error.contains(QStringLiteral("allowed once")));
    QVERIFY(row.close.error.contains(held.shortfall.toDecimal()));
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.02025"));

    const auto next = desk.ask(",\"max_tokens\":1");
    QVERIFY(desk.holds(1));
    QCOMPARE(desk.proxy.provider.requestCount(), 1);
    QCOMPARE(desk.ends(), std::vector{HoldEnd::AllowedOnce});
}

void TestHold::allowedOnceIsNoMoreThanWasAsked()
{
    // The request was asked about with the cheaper model that pressure puts in its place; when the pressure
    // goes, it would need more than the person was told.
    Desk desk("budgets: {holdSeconds: 60, timeZone: UTC, admission: strict}\n"
              "modelDowngrade: {enabled: true, rules: [{from: gpt-4o, to: gpt-4o-mini, atPercent: 50}]}\n",
              {{Period::Daily, "0.04"}});
    desk.proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 3000)); };
    QCOMPARE(desk.ask(",\"max_tokens\":3500", "x")->read().status(), 200); // 0.03025: three quarters
    desk.proxy.provider.onRequest = nullptr;
    const auto client = desk.ask(",\"max_tokens\":16000,\"n\":2");
    QVERIFY(desk.holds(1));
    QCOMPARE(desk.held().first().model, QStringLiteral("gpt-4o-mini"));
    const Money first = desk.held().first().needed;
    desk.proxy.setBudget({ScopeKind::Key, QString::number(desk.proxy.keyId(QStringLiteral("a")))},
                         Period::Daily, "0.10"); // a third is used now
    QTRY_COMPARE(desk.held().first().model, QStringLiteral("gpt-4o"));
    QVERIFY(desk.held().first().needed > first);
    QVERIFY(desk.proxy.events.all<event::HoldAsked>().size() >= 2);
    QVERIFY(desk.answer(HoldAnswer::Kind::AllowOnce).has_value()); // told of the new amount by now
    QTRY_COMPARE(desk.proxy.provider.requestCount(), 2);
    QVERIFY(isWithinItsLimit(desk.budget()));
}

void TestHold::aRaiseLetsItRunAndHoldsForTheSpan()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    const auto raises = desk.answer(HoldAnswer::Kind::RaiseToday, usd("5"));
    QVERIFY(raises.has_value());
    QCOMPARE(raises->size(), 1);
    QVERIFY(!raises->first().once);
    desk.proxy.provider.call().json(200, chatAnswer(100, 2000));
    QCOMPARE(client->read().status(), 200);
    QCOMPARE(desk.ends(), std::vector{HoldEnd::Raised});
    QVERIFY(desk.proxy.isQuiet());
    QCOMPARE(desk.budget().raised, usd("5"));
    QCOMPARE(desk.budget().allowedOnce, Money());
    QCOMPARE(desk.budget().remaining(), *usd("5.01").minus(usd("0.02025")));
    // The next one has room, and tomorrow has none.
    const auto second = desk.ask(dear, "second");
    desk.proxy.provider.call(1).json(200, chatAnswer(100, 2000));
    QCOMPARE(second->read().status(), 200);
    QVERIFY(desk.proxy.isQuiet());
    desk.proxy.clock.advance(24h);
    QCOMPARE(desk.budget().raised, Money());
    QCOMPARE(desk.budget().effectiveLimit(), usd("0.01"));
    const auto third = desk.ask(dear, "third");
    QVERIFY(desk.holds(1));
}

void TestHold::aTotalBudgetIsNotRaisedForADay()
{
    Desk desk(holding, {{Period::Total, "0.01"}});
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    const auto raised = desk.answer(HoldAnswer::Kind::RaiseToday, usd("5"));
    QVERIFY(!raised);
    QCOMPARE(raised.error().code, ErrorCode::Conflict);
    QCOMPARE(desk.held().size(), 1); // it may still be allowed once
    QVERIFY(desk.answer(HoldAnswer::Kind::AllowOnce).has_value());
    desk.proxy.provider.call().json(200, chatAnswer(10, 10));
    QCOMPARE(client->read().status(), 200);
}

void TestHold::roomFreedByAnotherLetsItRun()
{
    Desk desk(holding, {{Period::Daily, "0.06"}});
    const auto first = desk.ask();
    ProviderCall &call = desk.proxy.provider.call();
    const auto second = desk.ask(dear, "second");
    QVERIFY(desk.holds(1));
    QVERIFY(isWithinItsLimit(desk.budget()));
    call.json(200, chatAnswer(10, 10)); // far below what was reserved
    QCOMPARE(first->read().status(), 200);
    desk.proxy.provider.call(1).json(200, chatAnswer(10, 10));
    QCOMPARE(second->read().status(), 200);
    QCOMPARE(desk.ends(), std::vector{HoldEnd::RoomFreed});
    QVERIFY(desk.proxy.isQuiet());
}

void TestHold::aNewPeriodLetsItRun()
{
    Desk desk("budgets: {holdSeconds: 600, timeZone: UTC}\n", {{Period::Daily, "0.06"}});
    const Instant now = desk.proxy.clock.now();
    const Instant midnight = periodSpan(Period::Daily, now, QTimeZone::utc()).end;
    desk.proxy.clock.advance(midnight - now - 10s);
    const auto first = desk.ask();
    desk.proxy.provider.call().json(200, chatAnswer(100, 4900));
    QCOMPARE(first->read().status(), 200);
    const auto second = desk.ask(dear, "second");
    QVERIFY(desk.holds(1));
    desk.proxy.clock.advance(11s);
    desk.proxy.provider.call(1).json(200, chatAnswer(10, 10));
    QCOMPARE(second->read().status(), 200);
}

void TestHold::whatIsHeldReservesNothing()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    QCOMPARE(desk.budget().reserved, Money());
    for (const LiveExchange &live : desk.proxy.gateway->live().result())
        QCOMPARE(live.row.reserved, Money());
    RequestFilter open;
    open.outcome = Outcome::Open;
    QCOMPARE(desk.proxy.store->requests(open).takeResult()->size(), 0);
}

void TestHold::anotherBudgetThatRefusesIsAskedAbout()
{
    Desk desk(holding, {{Period::Daily, "0.01"}, {Period::Monthly, "0.011"}});
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    QCOMPARE(desk.held().first().refusing.budget.period, Period::Daily);
    desk.proxy.gateway->raiseBudget({{ScopeKind::Key, QString::number(desk.proxy.keyId(QStringLiteral("a")))},
                                     Period::Daily,
                                     desk.budget().span.start,
                                     usd("1"),
                                     desk.proxy.clock.now(),
                                     false});
    QTRY_COMPARE(desk.proxy.events.all<event::HoldAsked>().size(), size_t(2));
    QCOMPARE(desk.held().first().refusing.budget.period, Period::Monthly);
    // One answer is enough for whatever still refuses.
    QVERIFY(desk.answer(HoldAnswer::Kind::RaiseToday, usd("1")).has_value());
    desk.proxy.provider.call().json(200, chatAnswer(10, 10));
    QCOMPARE(client->read().status(), 200);
    QCOMPARE(desk.budget(Period::Monthly).raised, usd("1"));
}

void TestHold::whatEndsItsPermissionEndsTheHold_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<int>("status");
    QTest::newRow("everything is paused") << 0 << 402;
    QTest::newRow("the key is paused") << 1 << 402;
    QTest::newRow("the key is revoked") << 2 << 401;
    QTest::newRow("it is stopped") << 3 << 503;
    QTest::newRow("shutdown") << 4 << 503;
}

void TestHold::whatEndsItsPermissionEndsTheHold()
{
    QFETCH(int, how);
    QFETCH(int, status);
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    const KeyId id = desk.proxy.keyId(QStringLiteral("a"));
    KeyRecord record = desk.proxy.store->keys().takeResult()->first();
    QCOMPARE(record.id, id);
    switch (how) {
    case 0:
        desk.proxy.gateway->setPaused(true);
        break;
    case 1:
        record.status = KeyStatus::Paused;
        desk.proxy.gateway->putKey(record);
        break;
    case 2:
        record.status = KeyStatus::Revoked;
        desk.proxy.gateway->putKey(record);
        break;
    case 3:
        desk.proxy.gateway->stopExchange(desk.held().first().id);
        break;
    default:
        QVERIFY(desk.proxy.gateway->drain(30s).isValid());
    }
    QCOMPARE(client->read().status(), status);
    QCOMPARE(desk.ends(), std::vector{HoldEnd::Withdrawn});
    QCOMPARE(desk.held().size(), 0);
    QVERIFY(desk.proxy.isQuiet());
    QCOMPARE(desk.proxy.provider.requestCount(), 0);
}

void TestHold::theClientThatLeavesEndsIt()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    client->close();
    QVERIFY(desk.holds(0));
    QCOMPARE(desk.ends(), std::vector{HoldEnd::ClientGone});
    QVERIFY(desk.proxy.isQuiet());
    QTRY_COMPARE(desk.proxy.rows().size(), 1);
    QCOMPARE(desk.proxy.rows().first().close.outcome, Outcome::ClientGone);
}

void TestHold::aBlockingThresholdIsAskedAboutToo()
{
    Desk desk("budgets: {holdSeconds: 60, timeZone: UTC, alertThresholds: [{percent: 50, action: block}]}\n",
              {{Period::Daily, "0.10"}});
    const auto first = desk.ask();
    desk.proxy.provider.call().json(200, chatAnswer(100, 5000));
    QCOMPARE(first->read().status(), 200);
    const auto second = desk.ask(",\"max_tokens\":100", "second"); // there is room, but half is used
    QVERIFY(desk.holds(1));
    const auto raises = desk.answer(HoldAnswer::Kind::AllowOnce);
    QVERIFY(raises && raises->isEmpty()); // nothing had to be raised
    ProviderCall &call = desk.proxy.provider.call(1);
    QVERIFY(isWithinItsLimit(desk.budget()));
    call.json(200, chatAnswer(10, 10));
    const Answer answer = second->read();
    QCOMPARE(answer.status(), 200);
    QCOMPARE(desk.proxy.row(answer).close.error, QStringLiteral("allowed once"));
    const auto third = desk.ask(",\"max_tokens\":100", "third");
    QVERIFY(desk.holds(1));
    QVERIFY(desk.answer(HoldAnswer::Kind::RaiseToday, usd("1")).has_value());
    desk.proxy.provider.call(2).json(200, chatAnswer(10, 10));
    QCOMPARE(third->read().status(), 200);
}

void TestHold::noMoreThanSoManyAreHeld()
{
    Desk desk;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 32; ++i)
        clients.push_back(desk.ask(dear, "n" + QByteArray::number(i)));
    QVERIFY(desk.holds(32));
    QCOMPARE(desk.ask(dear, "one more")->read().status(), 402);
    QCOMPARE(desk.held().size(), 32);
    clients.front()->close();
    QVERIFY(desk.holds(31));
    const auto late = desk.ask(dear, "late");
    QVERIFY(desk.holds(32));
}

void TestHold::aStreamIsKeptAliveAndGoesOn()
{
    Desk desk;
    const auto client = desk.ask(dear + ",\"stream\":true");
    QVERIFY(desk.holds(1));
    desk.proxy.clock.advance(6s);
    const QByteArray early = client->readUntil(": held");
    QVERIFY2(early.startsWith("HTTP/1.1 200"), early.constData());
    QVERIFY(early.contains("text/event-stream"));
    QVERIFY(early.contains("\r\n\r\n"));
    desk.proxy.clock.advance(11s);
    QVERIFY(desk.answer(HoldAnswer::Kind::AllowOnce).has_value());
    ProviderCall &call = desk.proxy.provider.call();
    call.streamHead("X-Provider: late\r\n");
    call.chunk(chatChunk("one"));
    client->readUntil("\"one\"");
    call.chunk(usageChunk(10, 10));
    call.chunk("data: [DONE]\n\n");
    call.endStream();
    const Answer answer = client->read();
    QVERIFY(answer.whole);
    QCOMPARE(answer.status(), 200);
    QVERIFY(answer.body.startsWith(": held"));
    QVERIFY(answer.body.contains(chatChunk("one")));
    QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
    QVERIFY(desk.proxy.isQuiet());
    const ExchangeRow row = desk.proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::Completed);
    QCOMPARE(row.close.provenance, Provenance::Exact);
}

void TestHold::aStreamRefusedLateEndsWithAnError()
{
    Desk desk;
    const auto client = desk.ask(dear + ",\"stream\":true");
    QVERIFY(desk.holds(1));
    desk.proxy.clock.advance(6s);
    client->readUntil(": held");
    QVERIFY(desk.answer(HoldAnswer::Kind::Block).has_value());
    const Answer answer = client->read();
    QVERIFY(answer.whole);
    QCOMPARE(answer.status(), 200);
    QVERIFY(answer.body.contains("\"budget_exceeded\""));
    QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
    QVERIFY(desk.proxy.isQuiet());
    const ExchangeRow row = desk.proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::Refused);
    QCOMPARE(row.close.status, 200); // what the client got
}

void TestHold::aProvidersRefusalReachesAStreamThatBegan()
{
    Desk desk;
    const auto client = desk.ask(dear + ",\"stream\":true");
    QVERIFY(desk.holds(1));
    desk.proxy.clock.advance(6s);
    client->readUntil(": held");
    QVERIFY(desk.answer(HoldAnswer::Kind::AllowOnce).has_value());
    desk.proxy.provider.call().json(429, "{\n \"error\": {\"message\": \"slow down\"}\n}");
    const Answer answer = client->read();
    QVERIFY(answer.whole);
    QVERIFY2(answer.body.contains("data: {\ndata:  \"error\": {\"message\": \"slow down\"}\ndata: }\n\n"),
             answer.body.constData());
    QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
    QVERIFY(desk.proxy.isQuiet());
    const ExchangeRow row = desk.proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::UpstreamError);
    QCOMPARE(row.close.cost, std::optional(Money()));
    QCOMPARE(desk.budget().raised, Money()); // nothing went over
}

void TestHold::aPlainRequestGetsNothingEarly()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    for (int i = 0; i < 4; ++i) {
        desk.proxy.clock.advance(10s);
        QTest::qWait(0);
        desk.proxy.gateway->budgets().waitForFinished();
    }
    QVERIFY(client->unread().isEmpty());
    QVERIFY(desk.answer(HoldAnswer::Kind::AllowOnce).has_value());
    desk.proxy.provider.call().json(429, "{\"error\":{}}");
    QCOMPARE(client->read().status(), 429); // as it came
}

void TestHold::answersTwiceAreNotFound()
{
    Desk desk;
    const auto client = desk.ask();
    QVERIFY(desk.holds(1));
    const RequestId id = desk.held().first().id;
    auto first = desk.proxy.gateway->answerHold(id, {HoldAnswer::Kind::AllowOnce});
    auto second = desk.proxy.gateway->answerHold(id, {HoldAnswer::Kind::AllowOnce});
    QVERIFY(first.result().has_value());
    QVERIFY(!second.result());
    QCOMPARE(second.result().error().code, ErrorCode::NotFound);
    desk.proxy.provider.call().json(200, chatAnswer(10, 10));
    QCOMPARE(client->read().status(), 200);
}

void TestHold::manyHeldAndSettledNeverPassTheLimit()
{
    Desk desk(holding, {{Period::Daily, "0.20"}});
    int answered = 0;
    bool within = true;
    desk.proxy.provider.onRequest = [&](ProviderCall &call) {
        within = within && isWithinItsLimit(desk.budget());
        call.json(200, chatAnswer(10, 400 + 100 * (answered++ % 7)));
    };
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 30; ++i)
        clients.push_back(desk.ask(dear, "n" + QByteArray::number(i)));
    // Whoever still waits when the budget is used up is let through, one by one.
    const bool allDone = QTest::qWaitFor(
        [&] {
            within = within && isWithinItsLimit(desk.budget());
            const QList<HeldRequest> held = desk.held();
            const bool stuck = !held.isEmpty() && desk.budget().reserved.isZero();
            if (stuck)
                desk.proxy.gateway
                    ->answerHold(held.last().id,
                                 {held.size() % 2 ? HoldAnswer::Kind::AllowOnce : HoldAnswer::Kind::Block})
                    .waitForFinished();
            return held.isEmpty() && desk.proxy.gateway->stats().activeExchanges == 0;
        },
        30'000);
    QVERIFY(allDone);
    QVERIFY(within);
    QVERIFY(desk.proxy.isQuiet());
    const BudgetStatus status = desk.budget();
    QVERIFY(isWithinItsLimit(status));
    Money sum;
    for (const ExchangeRow &row : desk.proxy.rows())
        sum = sum.plusSaturated(row.close.cost.value_or(Money()));
    QCOMPARE(status.spent, sum);
    if (status.spent > status.budget.limit)
        QCOMPARE(status.effectiveLimit(), status.spent);
    QCOMPARE(desk.proxy.events.all<event::HoldEnded>().size(),
             desk.proxy.events.all<event::HoldAsked>().size());
}

QTEST_GUILESS_MAIN(TestHold)
#include "tst_hold.moc"
