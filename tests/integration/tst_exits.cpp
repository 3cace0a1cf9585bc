// The table of exits: every way in which an exchange can end, each with what the client sees, what it is
// charged, and that its reservation and its row end exactly once.
#include "integration/exits.h"

using namespace lbp;
using namespace lbp::test;

namespace {

const std::vector<Exit> &exits()
{
    static const std::vector<Exit> all = [] {
        std::vector<Exit> made;
        for (const auto &add : {answeredByTheProvider, brokenByTheProvider, leftByTheClient, endedHere,
                                refusedHere, heldHere, withoutExactPrice})
            add(made);
        return made;
    }();
    return all;
}

} // namespace

class TestExits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyExitEndsItsReservationOnce_data();
    void everyExitEndsItsReservationOnce();
    void strangersLeaveNoRow();
    void aKeyThatMayPassesUnmeteredPaths();
    void whatIsForbiddenForAKeyIsRefused();
};

void TestExits::everyExitEndsItsReservationOnce_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < exits().size(); ++i)
        QTest::newRow(exits()[i].name) << int(i);
}

void TestExits::everyExitEndsItsReservationOnce()
{
    QFETCH(int, index);
    const Exit &way = exits()[size_t(index)];
    Scene scene(way.config);
    way.run(scene);
    if (QTest::currentTestFailed())
        return;

    QVERIFY(scene.proxy.isQuiet());
    QList<ExchangeRow> rows = scene.proxy.rows();
    QTRY_VERIFY((rows = scene.proxy.rows()).size() >= way.rows); // rows nobody waits for
    QCOMPARE(rows.size(), way.rows);
    const ExchangeRow &row = rows.first();
    QCOMPARE(outcomeName(row.close.outcome), outcomeName(way.outcome));
    QCOMPARE(provenanceName(row.close.provenance), provenanceName(way.provenance));
    const QByteArray expected = way.cost.isEmpty() ? scene.expectedCost : way.cost;
    QCOMPARE(row.close.cost ? row.close.cost->toDecimalBytes() : QByteArray("unknown"), expected);
    QCOMPARE(row.close.status, way.status);

    // What is counted in memory is what stands in the rows, and what events told.
    Money sum;
    for (const ExchangeRow &each : rows)
        sum = sum.plusSaturated(each.close.cost.value_or(Money()));
    const QList<BudgetStatus> budgets = scene.proxy.budgets();
    QCOMPARE(budgets.size(), 2);
    for (const BudgetStatus &status : budgets) {
        QCOMPARE(status.spent.toDecimal(), sum.toDecimal());
        QCOMPARE(status.reserved, Money());
    }
    scene.proxy.restart();
    for (const BudgetStatus &status : scene.proxy.budgets())
        QCOMPARE(status.spent.toDecimal(), sum.toDecimal());
    QCOMPARE(scene.proxy.rows().size(), way.rows);
}

void TestExits::strangersLeaveNoRow()
{
    Proxy proxy;
    proxy.addKey(QStringLiteral("a"));
    const QByteArray unknown = proxy.chat(generateVirtualKey().reveal(), chatBody()).body;
    const Answer answer = proxy.chat("nonsense", chatBody());
    QCOMPARE(answer.status(), 401);
    QVERIFY(answer.body.contains("\"invalid_api_key\""));
    const QByteArray revoked =
        proxy.addKey(QStringLiteral("r"), {}, [](KeyRecord &key) { key.status = KeyStatus::Revoked; });
    const Answer afterwards = proxy.chat(revoked, chatBody());
    QCOMPARE(afterwards.status(), 401);
    const auto message = [](const QByteArray &body) { return body.left(body.indexOf("\"request_id\"")); };
    QCOMPARE(message(afterwards.body), message(unknown)); // nobody learns that it once was a key
    const QByteArray expired =
        proxy.addKey(QStringLiteral("e"), {}, [&](KeyRecord &key) { key.expiresAt = proxy.clock.now(); });
    QCOMPARE(message(proxy.chat(expired, chatBody()).body), message(unknown));
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.rows().size(), 0);
    QCOMPARE(proxy.provider.requestCount(), 0);
    QCOMPARE(proxy.gateway->stats().refusedAuth.load(), qint64(4));
}

void TestExits::aKeyThatMayPassesUnmeteredPaths()
{
    Proxy proxy;
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) { record.allowUnmetered = true; });
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, "{\"data\":[]}"); };
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/videos", key, "{\"prompt\":1}"));
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.body, QByteArray("{\"data\":[]}"));
    QCOMPARE(proxy.provider.call().body(), QByteArray("{\"prompt\":1}"));
    QTRY_COMPARE(proxy.rows().size(), 1);
    QCOMPARE(proxy.rows().first().close.provenance, Provenance::Unpriced);
    QVERIFY(!proxy.rows().first().close.cost);
}

void TestExits::whatIsForbiddenForAKeyIsRefused()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) {
        record.allowedModels = {QStringLiteral("gpt-4o-mini*")};
    });
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 403);
    QVERIFY(answer.body.contains("\"model_not_allowed\"") && answer.body.contains("gpt-4o-mini*"));
    QCOMPARE(proxy.provider.requestCount(), 0);
    QTRY_COMPARE(proxy.rows().size(), 1);
    QCOMPARE(proxy.rows().first().close.outcome, Outcome::Refused);
}

QTEST_GUILESS_MAIN(TestExits)
#include "tst_exits.moc"
