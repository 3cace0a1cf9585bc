// Hard caps: what is spent and set aside never exceeds a limit, under any concurrency and with any mix of
// ends.
#include "integration/sidedatabase.h"
#include "support/harness.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray path = "/v1/chat/completions";
const QByteArray done = "data: [DONE]\n\n";
const Scope everything{ScopeKind::Global, {}};

Scope team(const QString &name)
{
    return {ScopeKind::Team, name};
}

Money money(qint64 picodollars)
{
    return Money::fromPicodollars(picodollars);
}

/// What a request to gpt-4o may cost at most: a token for each byte of its body and 256 hidden ones, and its
/// ceiling.
Money worstOf(const QByteArray &body, qint64 ceiling)
{
    return money((body.size() + 256) * 2'500'000 + ceiling * 10'000'000);
}

QByteArray budgetsConfig(const QByteArray &more)
{
    return "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC" + more + " }\n";
}

QString messageOf(const Answer &answer)
{
    return QJsonDocument::fromJson(answer.body)[u"error"][u"message"].toString();
}

/// Many clients at once, each on a connection of its own.
class Crowd
{
public:
    explicit Crowd(Proxy &proxy, int size)
        : m_proxy(proxy)
    {
        for (int i = 0; i < size; ++i)
            m_clients.push_back(std::make_unique<RawClient>(m_proxy.port));
    }
    void ask(const QByteArray &bytes)
    {
        for (const auto &client : m_clients)
            client->write(bytes);
    }
    [[nodiscard]] int answered(const QByteArray &status)
    {
        return int(std::count_if(m_clients.begin(), m_clients.end(), [&](const auto &c) {
            return c->unread().startsWith("HTTP/1.1 " + status);
        }));
    }
    std::vector<std::unique_ptr<RawClient>> &clients() { return m_clients; }

private:
    Proxy &m_proxy;
    std::vector<std::unique_ptr<RawClient>> m_clients;
};

/// What reports say was spent, ever.
qint64 inReports(Proxy &proxy)
{
    const auto sums = proxy.store
                          ->usage(fromMicros(0), proxy.clock.now() + std::chrono::hours(24), GroupBy::Total,
                                  QTimeZone::utc())
                          .takeResult();
    return sums && sums->size() == 1 ? sums->first().cost.picodollars() : -1;
}

bool allWithin(Proxy &proxy)
{
    const QList<BudgetStatus> budgets = proxy.budgets();
    return std::all_of(budgets.begin(), budgets.end(), [](const BudgetStatus &status) {
        return status.spent.plusSaturated(status.reserved) <= status.budget.limit;
    });
}

} // namespace

class TestCaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandRaceForAHundredPlaces_data();
    void aThousandRaceForAHundredPlaces();
    void aNewBudgetHoldsAtOnce();
    void anyMixOfEndsKeepsTheBooksRight();
    void clampLowersTheCeilingToWhatIsLeft();
    void clampSetsACeilingWhereThereIsNone();
    void clampDoesNotGoBelowTheMinimum();
    void strictRefusesWhatMightNotFit();
    void softAdmitsWhileSomethingIsLeft();
    void aStreamPastItsCeilingEndsInTheApisOwnWay();
    void theBlockThresholdRefuses();
    void anUnknownCostNeedsRoomToo();
    void aReservationBelongsToThePeriodItWasMadeIn();
    void aRestartKeepsWhatIsSpent();
    void aBudgetSetLaterCountsWhatWasSpentBefore();
    void aBudgetSetLaterSeesWhatIsUnderWay();
    void keysHaveTheDefaultBudgets();
    void aRefusalNamesEverything();
    void tinyPricesSettleExactly();
};

void TestCaps::aThousandRaceForAHundredPlaces_data()
{
    QTest::addColumn<QString>("tightest");
    QTest::addColumn<QString>("named");
    QTest::newRow("one budget") << QString() << QStringLiteral("daily budget of the key 'a'");
    QTest::newRow("global is tightest")
        << QStringLiteral("global") << QStringLiteral("monthly budget of everything");
    QTest::newRow("team is tightest")
        << QStringLiteral("team") << QStringLiteral("weekly budget of the team 'red'");
    QTest::newRow("key is tightest") << QStringLiteral("key")
                                     << QStringLiteral("daily budget of the key 'a'");
}

void TestCaps::aThousandRaceForAHundredPlaces()
{
    QFETCH(QString, tightest);
    QFETCH(QString, named);
    constexpr int requests = 1000, places = 100;
    const QByteArray body = chatBody("Hi", ",\"max_tokens\":100");
    const Money each = worstOf(body, 100);
    const Money limit = money(each.picodollars() * (places + 1) - 1); // not quite one more
    const QByteArray tight = limit.toDecimalBytes();
    const QByteArray wide = money(each.picodollars() * 150).toDecimalBytes();

    Proxy proxy;
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) { record.team = QStringLiteral("red"); });
    const Scope own{ScopeKind::Key, QString::number(proxy.keyId(QStringLiteral("a")))};
    proxy.setBudget(own, Period::Daily, tightest.isEmpty() || tightest == u"key" ? tight : wide);
    if (!tightest.isEmpty()) {
        proxy.setBudget(everything, Period::Monthly, tightest == u"global" ? tight : wide);
        proxy.setBudget(team(QStringLiteral("red")), Period::Weekly, tightest == u"team" ? tight : wide);
    }
    SideDatabase side(proxy.databaseFile());
    side.audit();

    // Every request is written before the provider answers any.
    Crowd crowd(proxy, requests);
    crowd.ask(request("POST", path, key, body, "Cache-Control: no-store\r\n"));
    int refused = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            refused = crowd.answered("402 ");
            return !allWithin(proxy) || refused + proxy.provider.requestCount() >= requests;
        },
        30'000));
    QVERIFY(allWithin(proxy));
    QCOMPARE(refused, requests - places);
    QCOMPARE(proxy.provider.requestCount(), places);

    // Each costs as much as it possibly can.
    for (int i = 0; i < places; ++i)
        proxy.provider.call(i).json(200, chatAnswer(int(body.size()) + 256, 100));
    int served = 0;
    for (const auto &client : crowd.clients()) {
        const Answer answer = client->read();
        QVERIFY(answer.whole);
        served += answer.status() == 200;
        if (answer.status() != 200) {
            QCOMPARE(answer.status(), 402);
            QVERIFY2(messageOf(answer).contains(named), qPrintable(messageOf(answer)));
        }
    }
    QCOMPARE(served, places);
    QVERIFY(proxy.isQuiet()); // nothing is left reserved
    for (const BudgetStatus &status : proxy.budgets())
        QCOMPARE(status.spent.picodollars(), each.picodollars() * places);
    QVERIFY(side.audits() >= places * 2); // an audit that never ran would find nothing
    QCOMPARE(side.mostEver(), each.picodollars() * places);
    QCOMPARE(side.value("SELECT sum(cost) FROM requests").toLongLong(), each.picodollars() * places);
    QCOMPARE(inReports(proxy), each.picodollars() * places);
}

void TestCaps::anyMixOfEndsKeepsTheBooksRight()
{
    Proxy proxy;
    const auto inTeam = [](const char *name) {
        return [name](KeyRecord &record) { record.team = QString::fromLatin1(name); };
    };
    const QByteArray keys[] = {proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.03"}}, inTeam("red")),
                               proxy.addKey(QStringLiteral("b"), {{Period::Hourly, "0.03"}}, inTeam("red")),
                               proxy.addKey(QStringLiteral("c"), {}, inTeam("blue"))};
    proxy.setBudget(everything, Period::Total, "0.08");
    proxy.setBudget(team(QStringLiteral("red")), Period::Weekly, "0.05");
    const qint64 limit = 80'000'000'000;
    SideDatabase side(proxy.databaseFile());
    side.audit();

    QRandomGenerator random(20260729);
    int silent = 0;
    proxy.provider.onRequest = [&](ProviderCall &call) {
        const bool stream = call.body().contains("\"stream\":true");
        const int input = random.bounded(1, int(call.body().size()));
        const int output = random.bounded(1, 50);
        switch (random.bounded(6)) {
        case 0:
            call.json(500, "{}");
            break;
        case 1:
            call.close();
            break;
        case 2:
            ++silent; // never answers: the client leaves
            break;
        default:
            if (!stream) {
                call.json(200, chatAnswer(input, output));
                break;
            }
            call.streamHead();
            call.chunk(chatChunk("one"));
            if (random.bounded(4) == 0) {
                call.close();
                break;
            }
            call.chunk(usageChunk(input, output) + done);
            call.endStream();
        }
    };
    int refusals = 0, served = 0;
    for (int wave = 0; wave < 12; ++wave) {
        silent = 0;
        Crowd crowd(proxy, 25);
        for (const auto &client : crowd.clients()) {
            const QByteArray more =
                random.bounded(2) ? ",\"stream\":true,\"max_tokens\":500" : ",\"max_tokens\":500";
            client->write(request("POST", path, keys[random.bounded(3)], chatBody("Hi", more),
                                  "Cache-Control: no-store\r\n"));
            if (random.bounded(5) == 0)
                client->close();
        }
        // Whoever is not answered by then leaves.
        [[maybe_unused]] const bool decided = QTest::qWaitFor([&] {
            return silent
                + std::count_if(
                       crowd.clients().begin(), crowd.clients().end(),
                       [](const auto &client) { return client->isClosed() || !client->unread().isEmpty(); })
                >= 25;
        });
        QVERIFY(allWithin(proxy));
        refusals += crowd.answered("402 ");
        served += crowd.answered("200 ");
        crowd.clients().clear();
        // A plain answer that nobody waits for is still waited for, to learn what it cost: those that never
        // come are stopped.
        for (const LiveExchange &live : proxy.gateway->live().result())
            proxy.gateway->stopExchange(live.row.id);
        QVERIFY(proxy.isQuiet());
        QVERIFY(allWithin(proxy));
    }
    QVERIFY2(refusals > 0 && served > 0,
             qPrintable(QStringLiteral("%1 refused, %2 served").arg(refusals).arg(served)));
    QVERIFY(side.mostEver() <= limit);
    const qint64 booked = side.value("SELECT sum(cost) FROM requests").toLongLong();
    QVERIFY(booked > 0);
    QCOMPARE(inReports(proxy), booked);
    QCOMPARE(side.value("SELECT count(*) FROM requests WHERE outcome = 0").toInt(), 0);
    const auto spentIn = [&](const Scope &scope) {
        for (const BudgetStatus &status : proxy.budgets())
            if (status.budget.scope == scope)
                return status.spent.picodollars();
        return qint64(-1);
    };
    QCOMPARE(spentIn(everything), booked);
    QCOMPARE(
        spentIn(team(QStringLiteral("red"))),
        side.value(
                "SELECT sum(cost) FROM requests r JOIN series s ON s.id = r.series_id WHERE s.team = 'red'")
            .toLongLong());
}

void TestCaps::aNewBudgetHoldsAtOnce()
{
    Proxy proxy;
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    QList<Budget> budgets;
    for (int i = 0; i < 20; ++i) {
        const QString name = QString::number(i);
        const QByteArray key = proxy.addKey(name);
        budgets.append({{ScopeKind::Key, QString::number(proxy.keyId(name))},
                        Period::Daily,
                        money(1'000'000'000),
                        false});
        proxy.gateway->setBudgets(budgets); // a tenth of a cent; what was spent before is not known yet
        QCOMPARE(proxy.chat(key, chatBody("Hi", ",\"max_tokens\":5000")).status(), 402);
    }
    QCOMPARE(proxy.provider.requestCount(), 0);
}

void TestCaps::clampLowersTheCeilingToWhatIsLeft()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.05"}});
    const QByteArray body = chatBody("Hi", " , \"max_tokens\" :\t16000 ,\"x\":[1, 2 ]");
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 20)); };
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(answer.status(), 200);
    const qint64 ceiling = (50'000'000'000 - (body.size() + 256) * 2'500'000) / 10'000'000;
    QCOMPARE(answer.header("X-Max-Tokens-Clamped"), QByteArray::number(ceiling));
    QByteArray expected = body;
    QCOMPARE(proxy.provider.call().body(),
             expected.replace("16000", QByteArray::number(ceiling))); // only that value
    const ExchangeRow row = proxy.row(answer);
    QVERIFY(row.open.clamped);
    QCOMPARE(row.open.ceiling, ceiling);
    QCOMPARE(row.open.reserved, worstOf(body, ceiling));
    QVERIFY(proxy.isQuiet());
}

void TestCaps::clampSetsACeilingWhereThereIsNone()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.05"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 20)); };
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 200);
    QByteArray inserted = proxy.provider.call().body();
    const QByteArray ceiling = answer.header("X-Max-Tokens-Clamped");
    QVERIFY(ceiling.toLongLong() >= 1024);
    QVERIFY(inserted.contains("\"max_tokens\":" + ceiling));
    QCOMPARE(inserted.replace("\"max_tokens\":" + ceiling + ",", ""), chatBody());
}

void TestCaps::clampDoesNotGoBelowTheMinimum()
{
    Proxy proxy({.config = budgetsConfig(", minOutputTokens: 2000"), .pricing = {}});
    const qint64 input = (chatBody().size() + 256) * 2'500'000;
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const QByteArray just = proxy.addKey(
        QStringLiteral("a"), {{Period::Daily, money(input + 2000 * 10'000'000ll).toDecimalBytes()}});
    const Answer clamped = proxy.chat(just, chatBody());
    QCOMPARE(clamped.status(), 200);
    QCOMPARE(clamped.header("X-Max-Tokens-Clamped"), QByteArray("2000"));
    const QByteArray less = proxy.addKey(
        QStringLiteral("b"), {{Period::Daily, money(input + 2000 * 10'000'000ll - 1).toDecimalBytes()}});
    QCOMPARE(proxy.chat(less, chatBody()).status(), 402);
    // A request that asks for less than the minimum is not made to ask for more.
    QCOMPARE(proxy.chat(less, chatBody("Hi", ",\"max_tokens\":1")).status(), 200);
    QCOMPARE(proxy.provider.requestCount(), 2);
}

void TestCaps::strictRefusesWhatMightNotFit()
{
    Proxy proxy({.config = budgetsConfig(", admission: strict"), .pricing = {}});
    const QByteArray body = chatBody("Hi", ",\"max_tokens\":4000");
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const QByteArray enough =
        proxy.addKey(QStringLiteral("a"), {{Period::Daily, worstOf(body, 4000).toDecimalBytes()}});
    const Answer answer = proxy.chat(enough, body);
    QCOMPARE(answer.status(), 200);
    QVERIFY(!answer.head.headers.contains("X-Max-Tokens-Clamped"));
    QCOMPARE(proxy.provider.call().body(), body);
    const QByteArray less =
        proxy.addKey(QStringLiteral("b"),
                     {{Period::Daily, money(worstOf(body, 4000).picodollars() - 1).toDecimalBytes()}});
    QCOMPARE(proxy.chat(less, body).status(), 402);
    // All choices together.
    const QByteArray many = proxy.addKey(QStringLiteral("c"), {{Period::Daily, "0.10"}});
    QCOMPARE(proxy.chat(many, chatBody("Hi", ",\"max_tokens\":4000,\"n\":3")).status(), 402);
    QCOMPARE(proxy.provider.requestCount(), 1);
}

void TestCaps::softAdmitsWhileSomethingIsLeft()
{
    Proxy proxy({.config = budgetsConfig(", admission: soft"), .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.000001"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 200);
    QCOMPARE(proxy.provider.call().body(), chatBody()); // untouched
    QCOMPARE(proxy.row(answer).open.reserved.toDecimal(), QStringLiteral("0.000001"));
    QCOMPARE(answer.header("X-Budget-Remaining"),
             QByteArray("0.00")); // and the truth is booked, though it is above
    QCOMPARE(proxy.budgets().first().spent.toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(proxy.chat(key, chatBody("again")).status(), 402);
}

void TestCaps::aStreamPastItsCeilingEndsInTheApisOwnWay()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request(
        "POST", path, key,
        chatBody("Hi", ",\"max_tokens\":4,\"stream\":true,\"stream_options\":{\"include_usage\":true}")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    QByteArray sent;
    for (const char *word : {"a", "b", "c", "d", "e"}) {
        sent += chatChunk(word);
        call.chunk(chatChunk(word)); // and never ends by itself
    }
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    QVERIFY(answer.body.startsWith(sent));
    const QList<QByteArray> added = answer.body.mid(sent.size()).replace("\n\n", "\n").trimmed().split('\n');
    QCOMPARE(added.size(), 3);
    const auto json = [](const QByteArray &line) { return QJsonDocument::fromJson(line.mid(6)); };
    QCOMPARE(json(added[0])[u"choices"][0][u"finish_reason"].toString(), QStringLiteral("length"));
    QCOMPARE(json(added[0])[u"id"].toString(), QStringLiteral("chatcmpl-1"));
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(json(added[1])[u"usage"][u"completion_tokens"].toInteger(), row.close.usage.outputTokens());
    QCOMPARE(json(added[1])[u"usage"][u"prompt_tokens"].toInteger(), row.close.usage.inputTokens());
    QCOMPARE(added[2], QByteArray("data: [DONE]"));
    QCOMPARE(row.close.outcome, Outcome::CutAtCeiling);
    QCOMPARE(row.close.usage.outputTokens(), qint64(5));
    QTRY_VERIFY(call.clientGone());
    QVERIFY(proxy.isQuiet());
}

void TestCaps::theBlockThresholdRefuses()
{
    Proxy proxy(
        {.config = budgetsConfig(", alertThresholds: [{percent: 50, action: block}]"), .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.01"}});
    const QByteArray more = ",\"max_tokens\":100";
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    QCOMPARE(proxy.chat(key, chatBody("one", more)).status(), 200); // 34.5 %
    QCOMPARE(proxy.chat(key, chatBody("two", more)).status(), 200); // 69 %
    QCOMPARE(proxy.chat(key, chatBody("three", more)).status(), 402);
    QCOMPARE(proxy.provider.requestCount(), 2);
    QCOMPARE(proxy.events.all<event::BudgetExceeded>().size(), size_t(1));
}

void TestCaps::anUnknownCostNeedsRoomToo()
{
    Proxy proxy({.config = budgetsConfig(", alertThresholds: []") + "pricing: { unknownModels: allow }\n",
                 .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.00345"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    const auto nameless = [](const char *user) {
        return QByteArray("{\"model\":\"nameless\",\"messages\":[],\"user\":\"") + user + "\"}";
    };
    QCOMPARE(proxy.chat(key, nameless("one")).status(), 200);
    QCOMPARE(proxy.chat(key, chatBody("Hi", ",\"max_tokens\":9")).status(), 200); // takes all that there is
    QCOMPARE(proxy.budgets().first().remaining(), Money());
    const Answer refused = proxy.chat(key, nameless("two"));
    QCOMPARE(refused.status(), 402); // else an empty budget would bound nothing
    QVERIFY(messageOf(refused).contains(QLatin1String("what this request costs is not known")));
    QCOMPARE(proxy.provider.requestCount(), 2);
}

void TestCaps::aReservationBelongsToThePeriodItWasMadeIn()
{
    Proxy proxy({.config = "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: Europe/Berlin }\n",
                 .pricing = {}});
    const auto berlin = [](int hour, int minute) {
        const QDateTime local(QDate(2026, 10, 25), QTime(hour, minute),
                              QTimeZone("Europe/Berlin")); // 25 hours long
        return fromMicros(local.toMSecsSinceEpoch() * 1000);
    };
    proxy.clock.setWall(berlin(23, 59));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.005"}});
    const QByteArray more = ",\"max_tokens\":100";
    const auto daily = [&] { return proxy.budgets().first(); };

    RawClient client(proxy.port);
    client.write(request("POST", path, key, chatBody("Hi", more)));
    ProviderCall &call = proxy.provider.call();
    QVERIFY(!daily().reserved.isZero());
    QCOMPARE(daily().span.start, berlin(0, 0));
    proxy.clock.setWall(fromMicros(toMicros(berlin(23, 59)) + 120'000'000));
    QCOMPARE(daily().span.start, fromMicros(toMicros(berlin(0, 0)) + 25ll * 3600 * 1'000'000));
    QCOMPARE(daily().reserved, Money()); // the new day begins empty
    call.json(200, chatAnswer(1200, 45));
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 200);
    QVERIFY(proxy.isQuiet());
    QCOMPARE(daily().spent, Money()); // and is not charged for yesterday
    QCOMPARE(answer.header("X-Budget-Remaining"), QByteArray("0.005"));
    proxy.restart();
    QCOMPARE(daily().spent, Money());
    // A whole new budget.
    proxy.provider.onRequest = [](ProviderCall &c) { c.json(200, chatAnswer(1200, 45)); };
    QCOMPARE(proxy.chat(key, chatBody("today", more)).status(), 200);
    QCOMPARE(daily().spent.toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(proxy.chat(key, chatBody("and more", more)).status(), 402);
}

void TestCaps::aRestartKeepsWhatIsSpent()
{
    Proxy proxy;
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.005"}, {Period::Total, "9.00"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    const QByteArray body = chatBody("Hi", ",\"max_tokens\":100");
    QCOMPARE(proxy.chat(key, body, "Cache-Control: no-store\r\n").status(), 200);
    proxy.restart();
    for (const BudgetStatus &status : proxy.budgets())
        QCOMPARE(status.spent.toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(proxy.chat(key, body, "Cache-Control: no-store\r\n").status(), 402);
    QCOMPARE(proxy.provider.requestCount(), 1);
}

void TestCaps::aBudgetSetLaterCountsWhatWasSpentBefore()
{
    Proxy proxy;
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) { record.team = QStringLiteral("red"); });
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    const QByteArray more = ",\"max_tokens\":100";
    QCOMPARE(proxy.chat(key, chatBody("one", more)).status(), 200);
    QVERIFY(proxy.isQuiet());
    proxy.setBudget(team(QStringLiteral("red")), Period::Monthly, "0.005");
    QTRY_COMPARE(proxy.budgets().first().spent.toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(proxy.chat(key, chatBody("two", more)).status(), 402);
    // Raised again it lets pass, and forgets nothing.
    proxy.setBudget(team(QStringLiteral("red")), Period::Monthly, "0.01");
    QCOMPARE(proxy.chat(key, chatBody("two", more)).status(), 200);
    QCOMPARE(proxy.budgets().first().spent.toDecimal(), QStringLiteral("0.0069"));
}

void TestCaps::aBudgetSetLaterSeesWhatIsUnderWay()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray body = chatBody("Hi", ",\"max_tokens\":100");
    RawClient client(proxy.port);
    client.write(request("POST", path, key, body));
    ProviderCall &call = proxy.provider.call();
    proxy.setBudget(everything, Period::Daily, worstOf(body, 100).toDecimalBytes());
    QCOMPARE(proxy.budgets().first().reserved, worstOf(body, 100));
    QCOMPARE(proxy.chat(key, chatBody("two", ",\"max_tokens\":1")).status(), 402); // the place is taken
    call.json(200, chatAnswer(10, 5));
    QCOMPARE(client.read().status(), 200);
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.budgets().first().spent.toDecimal(), QStringLiteral("0.000075"));
}

void TestCaps::keysHaveTheDefaultBudgets()
{
    Proxy proxy(
        {.config = "budgets: { defaultDaily: 0.005, defaultMonthly: 0.02, timeZone: UTC }\n", .pricing = {}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    const QByteArray more = ",\"max_tokens\":100";
    const QByteArray a = proxy.addKey(QStringLiteral("a"));
    const QByteArray own = proxy.addKey(QStringLiteral("own"), {{Period::Daily, "1.00"}});
    QCOMPARE(proxy.chat(a, chatBody("one", more)).status(), 200);
    const Answer refused = proxy.chat(a, chatBody("two", more));
    QCOMPARE(refused.status(), 402);
    QVERIFY(messageOf(refused).contains(QLatin1String("daily budget of the key 'a' is 0.005 USD")));
    // A budget of its own replaces the default of the same period only.
    for (int i = 0; i < 6; ++i)
        QCOMPARE(proxy.chat(own, chatBody(QByteArray::number(i), more)).status(), 200);
    QVERIFY(messageOf(proxy.chat(own, chatBody("seven", more)))
                .contains(QLatin1String("monthly budget of the key 'own' is 0.02 USD")));
    // Each key has its own.
    QCOMPARE(proxy.chat(proxy.addKey(QStringLiteral("c")), chatBody("one", more)).status(), 200);
}

void TestCaps::aRefusalNamesEverything()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("night-job"), {{Period::Daily, "0.006"}});
    const QByteArray body = chatBody("Hi", ",\"max_tokens\":200");
    RawClient running(proxy.port);
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    QCOMPARE(proxy.chat(key, chatBody("one", ",\"max_tokens\":100")).status(), 200);
    proxy.provider.onRequest = nullptr;
    const QByteArray small = chatBody("two", ",\"max_tokens\":1");
    running.write(request("POST", path, key, small));
    ProviderCall &call = proxy.provider.call(1);
    const Answer refused = proxy.chat(key, body);
    QCOMPARE(refused.status(), 402);
    QCOMPARE(messageOf(refused),
             QStringLiteral("Budget exceeded: the daily budget of the key 'night-job' is 0.006 USD; 0.00345 "
                            "spent, %1 reserved, "
                            "and this request may need up to %2. It resets at 2026-09-22T00:00:00+00:00.")
                 .arg(worstOf(small, 1).toDecimal(), worstOf(body, 200).toDecimal()));
    QCOMPARE(refused.header("x-should-retry"), QByteArray("false"));
    QVERIFY(!refused.head.headers.contains("Retry-After"));
    QCOMPARE(refused.header("X-Budget-Period"), QByteArray("daily"));
    QCOMPARE(refused.header("X-Budget-Remaining"),
             money(2'550'000'000 - worstOf(small, 1).picodollars()).toDecimalBytes());
    const auto events = proxy.events.all<event::BudgetExceeded>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(events.front().needed, worstOf(body, 200));
    call.json(200, chatAnswer(1, 1));
    QCOMPARE(running.read().status(), 200);
}

void TestCaps::tinyPricesSettleExactly()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Total, "0.001"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(7, 5)); };
    for (int i = 1; i <= 20; ++i) {
        const Answer answer = proxy.chat(
            key, "{\"model\":\"odd-price\",\"messages\":[],\"user\":\"" + QByteArray::number(i) + "\"}");
        QCOMPARE(answer.header("X-Request-Cost"),
                 QByteArray("0.0000001476")); // 12 tokens at 0.0000123 per 1,000
        QCOMPARE(answer.header("X-Budget-Remaining"), money(1'000'000'000 - i * 147'600).toDecimalBytes());
    }
    QCOMPARE(proxy.budgets().first().spent.picodollars(), qint64(20 * 147'600));
}

QTEST_GUILESS_MAIN(TestCaps)
#include "tst_caps.moc"
