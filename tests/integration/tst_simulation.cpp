// What would be decided is what is decided: each case is simulated, then asked for real, and both must agree.
#include "dialects/dialect.h"
#include "support/harness.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

struct Case
{
    const char *name;
    QByteArray config;
    QList<std::pair<Period, QByteArray>> budgets;
    QByteArray more; ///< of the body
    std::function<void(Proxy &, const QByteArray &key)> before = {};
    QByteArray model = "gpt-4o";
};

void spend(Proxy &proxy, const QByteArray &key, int outputTokens)
{
    proxy.provider.onRequest = [outputTokens](ProviderCall &call) {
        call.json(200, chatAnswer(100, outputTokens));
    };
    proxy.chat(key, chatBody("before"));
    proxy.isQuiet();
}

KeyRecord recordOf(Proxy &proxy)
{
    return proxy.store->keys().takeResult()->first();
}

const QByteArray downgrading =
    "modelDowngrade: {enabled: true, rules: [{from: gpt-4o, to: gpt-4o-mini, atPercent: 50}]}\n";

const std::vector<Case> &cases()
{
    static const std::vector<Case> all{
        {"plenty of room", {}, {{Period::Daily, "5"}}, ",\"max_tokens\":100"},
        {"no budget at all", {}, {}, ",\"max_tokens\":100"},
        {"no ceiling named", {}, {{Period::Daily, "5"}}, {}},
        {"clamped", {}, {{Period::Daily, "0.05"}}, ",\"max_tokens\":16000"},
        {"too small to clamp", {}, {{Period::Daily, "0.005"}}, ",\"max_tokens\":16000"},
        {"strict refuses",
         "budgets: {admission: strict}\n",
         {{Period::Daily, "0.05"}},
         ",\"max_tokens\":16000"},
        {"soft admits", "budgets: {admission: soft}\n", {{Period::Daily, "0.05"}}, ",\"max_tokens\":16000"},
        {"a budget of zero", {}, {{Period::Daily, "0"}}, ",\"max_tokens\":1"},
        {"the second budget refuses",
         {},
         {{Period::Daily, "5"}, {Period::Total, "0.001"}},
         ",\"max_tokens\":100"},
        {"used up",
         {},
         {{Period::Daily, "0.03"}},
         ",\"max_tokens\":100",
         [](Proxy &proxy, const QByteArray &key) { spend(proxy, key, 2800); }},
        {"a blocking threshold",
         "budgets: {alertThresholds: [{percent: 50, action: block}]}\n",
         {{Period::Daily, "0.05"}},
         ",\"max_tokens\":100",
         [](Proxy &proxy, const QByteArray &key) { spend(proxy, key, 2800); }},
        {"downgraded",
         downgrading,
         {{Period::Daily, "0.05"}},
         ",\"max_tokens\":100",
         [](Proxy &proxy, const QByteArray &key) { spend(proxy, key, 2800); }},
        {"not downgraded yet", downgrading, {{Period::Daily, "5"}}, ",\"max_tokens\":100"},
        {"everything is paused",
         {},
         {{Period::Daily, "5"}},
         {},
         [](Proxy &proxy, const QByteArray &) { proxy.gateway->setPaused(true); }},
        {"the pause is over",
         {},
         {{Period::Daily, "5"}},
         {},
         [](Proxy &proxy, const QByteArray &) {
             proxy.gateway->setPaused(true, proxy.clock.now() + 60s);
             proxy.clock.advance(61s);
         }},
        {"the key is paused",
         {},
         {{Period::Daily, "5"}},
         {},
         [](Proxy &proxy, const QByteArray &) {
             KeyRecord record = recordOf(proxy);
             record.status = KeyStatus::Paused;
             proxy.gateway->putKey(record);
         }},
        {"the key is revoked",
         {},
         {{Period::Daily, "5"}},
         {},
         [](Proxy &proxy, const QByteArray &) {
             KeyRecord record = recordOf(proxy);
             record.status = KeyStatus::Revoked;
             proxy.gateway->putKey(record);
         }},
        {"the key has expired",
         {},
         {{Period::Daily, "5"}},
         {},
         [](Proxy &proxy, const QByteArray &) {
             KeyRecord record = recordOf(proxy);
             record.expiresAt = proxy.clock.now();
             proxy.gateway->putKey(record);
         }},
        {"the model is not allowed",
         {},
         {{Period::Daily, "5"}},
         {},
         [](Proxy &proxy, const QByteArray &) {
             KeyRecord record = recordOf(proxy);
             record.allowedModels = {QStringLiteral("gpt-4o-mini*")};
             proxy.gateway->putKey(record);
         }},
        {"requests per minute",
         "rateLimits: {default: {rpm: 1}}\n",
         {{Period::Daily, "5"}},
         ",\"max_tokens\":100",
         [](Proxy &proxy, const QByteArray &key) { spend(proxy, key, 10); }},
        {"tokens per minute",
         "rateLimits: {default: {tpm: 1500}}\n",
         {{Period::Daily, "5"}},
         ",\"max_tokens\":100",
         [](Proxy &proxy, const QByteArray &key) { spend(proxy, key, 1399); }},
        {"a model without a price", {}, {{Period::Daily, "5"}}, {}, {}, "unheard-of"},
        {"allowed without a price",
         "pricing: {unknownModels: allow}\n",
         {{Period::Daily, "5"}},
         {},
         {},
         "unheard-of"},
        {"a price is assumed",
         "pricing: {unknownModels: {assume: gpt-4o}}\n",
         {{Period::Daily, "0.05"}},
         ",\"max_tokens\":16000",
         {},
         "unheard-of"},
        {"raised today",
         {},
         {{Period::Daily, "0.001"}},
         ",\"max_tokens\":100",
         [](Proxy &proxy, const QByteArray &) {
             proxy.gateway->raiseBudget({{ScopeKind::Key, QString::number(recordOf(proxy).id)},
                                         Period::Daily,
                                         proxy.clock.now(),
                                         Money::fromDecimal(u"5").value(),
                                         proxy.clock.now(),
                                         false});
         }},
    };
    return all;
}

} // namespace

class TestSimulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void simulationAndRequestAgree_data();
    void simulationAndRequestAgree();
    void nothingIsCountedOrReserved();
    void everyStageIsTold();
    void whatWouldBeHeldIsSaid();
};

void TestSimulation::simulationAndRequestAgree_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].name) << int(i);
}

void TestSimulation::simulationAndRequestAgree()
{
    QFETCH(int, index);
    const Case &one = cases()[size_t(index)];
    Proxy proxy({.config = "cache: {enabled: false}\n" + one.config, .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), one.budgets);
    if (one.before)
        one.before(proxy, key);
    // Padded, so that the bound of the input is that of a whole number of tokens.
    QByteArray body = chatBody("Hi", one.more);
    body.replace("gpt-4o", one.model);
    while ((body.size() + 256) % 3 != 0)
        body.append(' ');
    const Dialect *dialect = DialectSet::all().find("POST", "/chat/completions");
    const RequestFacts facts = dialect->readRequest(body).value();
    QCOMPARE(facts.inputUpperBound % 3, 0);

    const Simulation thought = proxy.gateway
                                   ->simulate({proxy.keyId(QStringLiteral("a")), facts.model,
                                               facts.inputUpperBound / 3, facts.ceiling, false})
                                   .result();
    const int asked = proxy.provider.requestCount();
    proxy.provider.onRequest = nullptr;
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, body));
    if (thought.refusal) {
        const Answer answer = client.read();
        QCOMPARE(answer.status(), thought.status);
        QCOMPARE(thought.steps.last().verdict, SimulationVerdict::Block);
        if (*thought.refusal != ErrorCode::InvalidApiKey)
            QVERIFY2(answer.body.contains(thought.steps.last().text.left(40).toUtf8()),
                     qPrintable(thought.steps.last().text));
        QCOMPARE(proxy.provider.requestCount(), asked);
        return;
    }
    ProviderCall &call = proxy.provider.call(asked);
    const QList<LiveExchange> live = proxy.gateway->live().result();
    QCOMPARE(live.size(), 1);
    const OpenRow &row = live.first().row;
    QCOMPARE(row.reserved, thought.reserve);
    QCOMPARE(row.clamped, thought.clamped);
    QCOMPARE(row.series->model, thought.model);
    QCOMPARE(row.series->provider, thought.provider);
    if (row.ceiling > 0)
        QCOMPARE(row.ceiling, thought.ceiling);
    call.json(200, chatAnswer(10, 10));
    QCOMPARE(client.read().status(), 200);
}

void TestSimulation::nothingIsCountedOrReserved()
{
    Proxy proxy({.config = "rateLimits: {default: {rpm: 2, tpm: 100000, parallel: 1}}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "5"}});
    const KeyId id = proxy.keyId(QStringLiteral("a"));
    for (int i = 0; i < 50; ++i)
        QVERIFY(
            !proxy.gateway->simulate({id, QStringLiteral("gpt-4o"), 1000, 100, i % 2 == 0}).result().refusal);
    const DataPlane::KeyLoad load = proxy.gateway->load(id).result();
    QCOMPARE(load.rpmUsed, 0);
    QCOMPARE(load.tpmUsed, 0);
    QCOMPARE(load.running, 0);
    for (const BudgetStatus &status : proxy.budgets()) {
        QCOMPARE(status.spent, Money());
        QCOMPARE(status.reserved, Money());
    }
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.rows().size(), 0);
    QVERIFY(proxy.events.all<event::BudgetExceeded>().empty());
    QVERIFY(proxy.events.all<event::UnpricedModel>().empty());
}

void TestSimulation::everyStageIsTold()
{
    Proxy proxy;
    proxy.addKey(QStringLiteral("a"), {{Period::Daily, "5"}, {Period::Monthly, "50"}});
    const Simulation thought =
        proxy.gateway->simulate({proxy.keyId(QStringLiteral("a")), QStringLiteral("gpt-4o"), 1000, 100, true})
            .result();
    using enum SimulationStage;
    QList<SimulationStage> stages;
    for (const SimulationStep &step : thought.steps) {
        stages.append(step.stage);
        QCOMPARE(step.verdict, SimulationVerdict::Pass);
        QVERIFY(!step.text.isEmpty());
    }
    QCOMPARE(stages,
             (QList{Key, Pause, Model, Provider, RateLimits, SimulationStage::Downgrade, Price,
                    SimulationStage::Budget, SimulationStage::Budget, SimulationStage::Admission}));
    const SimulationStep &price = thought.steps[6];
    QCOMPARE(price.inputPerMillion->toDecimal(), QStringLiteral("2.50"));
    QCOMPARE(price.outputPerMillion->toDecimal(), QStringLiteral("10.00"));
    QVERIFY(thought.steps[7].budget && thought.steps[8].budget);
    QCOMPARE(thought.steps.last().reserve, thought.reserve);
    QVERIFY(!thought.reserve.isZero());
}

void TestSimulation::whatWouldBeHeldIsSaid()
{
    Proxy proxy({.config = "budgets: {holdSeconds: 60}\n", .pricing = {}});
    proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.001"}});
    const Simulation thought =
        proxy.gateway->simulate({proxy.keyId(QStringLiteral("a")), QStringLiteral("gpt-4o"), 1000, 100, true})
            .result();
    QVERIFY(thought.refusal);
    QVERIFY(thought.wouldHold);
    QCOMPARE(thought.steps.last().code, QStringLiteral("hold"));
    QVERIFY(proxy.gateway->held().result().isEmpty());
}

QTEST_GUILESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
