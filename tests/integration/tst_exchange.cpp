// One exchange after another through the real data path: what is sent, what comes back, what it is charged.
#include "support/harness.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;

class TestExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlainAnswerComesBackWithItsExactCost();
    void aStreamIsPassedOnChunkByChunk();
    void theUsageWeAskedForIsHidden();
    void theUsageTheClientAskedForIsShown();
    void theActualCostFollowsAsATrailer();
    void whatPassesUnmeteredIsInTheLedgerBeforeItIsSent();
    void aMeteredPathIsInTheLedgerBeforeItIsSent();
    void aVeryLongAnswerIsPassedOnAndMetered();
    void aVeryLongErrorIsPassedOnAndFree();
    void anEndlessAnswerIsNotReadForNobody();
};

void TestExchange::aPlainAnswerComesBackWithItsExactCost()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(1200, 45), "x-request-id: prov-1\r\nX-Unknown: kept\r\n");
    };
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 200);
    QVERIFY(answer.whole);
    QCOMPARE(answer.body, chatAnswer(1200, 45));
    QCOMPARE(answer.header("X-Request-Cost"), QByteArray("0.00345")); // 1200 × 2.50 + 45 × 10.00 per million
    QCOMPARE(answer.header("X-Budget-Remaining"), QByteArray("0.99655"));
    QCOMPARE(answer.header("X-Budget-Period"), QByteArray("daily"));
    QCOMPARE(answer.header("X-Input-Tokens"), QByteArray("1200"));
    QCOMPARE(answer.header("X-Tokens-Used"), QByteArray("1245"));
    QCOMPARE(answer.header("x-request-id"), QByteArray("prov-1"));
    QCOMPARE(answer.header("X-Unknown"), QByteArray("kept"));
    const ProviderCall &call = proxy.provider.call();
    QCOMPARE(call.head().target, QByteArray("/v1/chat/completions"));
    QCOMPARE(call.head().headers.value("authorization"), QByteArray("Bearer sk-provider-canary"));
    QCOMPARE(call.body(), chatBody());
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::Completed);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(row.close.upstreamRequestId, QStringLiteral("prov-1"));
    QVERIFY(proxy.isQuiet());
}

void TestExchange::aStreamIsPassedOnChunkByChunk()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key,
                         chatBody("Hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    QVERIFY(client.readUntil("\r\n\r\n").contains("X-Estimated-Cost"));
    call.chunk(chatChunk("one"));
    QVERIFY(client.readUntil("one").contains("\"one\"")); // while the rest has not been sent
    call.chunk(": a comment\n\n");
    QVERIFY(client.readUntil("a comment").contains(": a comment"));
    call.chunk(chatChunk("", "\"stop\"") + usageChunk(9, 1) + "data: [DONE]\n\n");
    call.endStream();
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    QCOMPARE(answer.body,
             chatChunk("one") + ": a comment\n\n" + chatChunk("", "\"stop\"") + usageChunk(9, 1)
                 + "data: [DONE]\n\n");
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.0000325"));
    QVERIFY(proxy.isQuiet());
}

void TestExchange::theUsageWeAskedForIsHidden()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    ProviderCall &call = proxy.provider.call();
    QVERIFY(call.body().contains("\"stream_options\":{\"include_usage\":true}"));
    call.streamHead();
    call.chunk(chatChunk("one") + usageChunk(9, 1).left(20));
    call.chunk(usageChunk(9, 1).mid(20));
    call.chunk("data: [DONE]\n\n");
    call.endStream();
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    QCOMPARE(answer.body, chatChunk("one") + "data: [DONE]\n\n");
    QCOMPARE(proxy.row(answer).close.provenance, Provenance::Exact);
}

void TestExchange::theUsageTheClientAskedForIsShown()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.streamHead();
        call.chunk(chatChunk("one") + usageChunk(9, 1) + "data: [DONE]\n\n");
        call.endStream();
    };
    const QByteArray body =
        chatBody("Hi", ",\"stream\":true, \"stream_options\" : { \"include_usage\" : true }");
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(answer.body, chatChunk("one") + usageChunk(9, 1) + "data: [DONE]\n\n");
    QCOMPARE(proxy.provider.call().body(), body);
}

void TestExchange::theActualCostFollowsAsATrailer()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.streamHead();
        call.chunk(chatChunk("one") + usageChunk(100, 10) + "data: [DONE]\n\n");
        call.endStream();
    };
    const Answer answer =
        proxy.chat(key, chatBody("Hi", ",\"stream\":true"), "TE: trailers\r\nConnection: TE\r\n");
    QVERIFY(answer.whole);
    QCOMPARE(answer.trailers.value("X-Request-Cost"), QByteArray("0.00035"));
    QCOMPARE(answer.trailers.value("X-Tokens-Used"), QByteArray("110"));
    QVERIFY(!proxy.provider.call().head().headers.contains("te"));
}

void TestExchange::whatPassesUnmeteredIsInTheLedgerBeforeItIsSent()
{
    Proxy proxy;
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) { record.allowUnmetered = true; });
    QList<ExchangeRow> seen;
    proxy.provider.onRequest = [&](ProviderCall &call) {
        seen = proxy.rows();
        call.json(200, "{}");
    };
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/videos", key, "{\"model\":\"sora\"}"));
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 200);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.first().close.outcome, Outcome::Open);
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Unpriced);
    QVERIFY(!row.close.cost.has_value()); // unknown, which is never 0
    QVERIFY(proxy.isQuiet());
}

void TestExchange::aMeteredPathIsInTheLedgerBeforeItIsSent()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    QList<ExchangeRow> seen;
    proxy.provider.onRequest = [&](ProviderCall &call) {
        seen = proxy.rows();
        call.json(200, chatAnswer(9, 1));
    };
    QCOMPARE(proxy.chat(key, chatBody()).status(), 200);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.first().close.outcome, Outcome::Open);
    QVERIFY(seen.first().open.reserved > Money());
}

void TestExchange::aVeryLongAnswerIsPassedOnAndMetered()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray body = chatAnswer(1200, 45, QByteArray(20 * 1024 * 1024, 'x'));
    proxy.provider.onRequest = [&](ProviderCall &call) { call.json(200, body); };
    const Answer answer = proxy.chat(key, chatBody());
    QVERIFY(answer.whole);
    QVERIFY(answer.body == body);
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Exact); // usage stands at the end
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.00345"));
    QVERIFY(proxy.isQuiet());
}

void TestExchange::aVeryLongErrorIsPassedOnAndFree()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray body = "{\"error\":{\"message\":\"" + QByteArray(20 * 1024 * 1024, 'x') + "\"}}";
    proxy.provider.onRequest = [&](ProviderCall &call) { call.json(500, body); };
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 500);
    QVERIFY(answer.body == body);
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::UpstreamError);
    QVERIFY(row.close.cost->isZero());
    QVERIFY(proxy.isQuiet());
}

void TestExchange::anEndlessAnswerIsNotReadForNobody()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    auto client = std::make_unique<RawClient>(proxy.port);
    client->write(request("POST", "/v1/chat/completions", key, chatBody()));
    ProviderCall &call = proxy.provider.call();
    call.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    call.chunk("  ");
    QVERIFY(client->readUntil("\r\n\r\n").contains("200 OK"));
    client->close();
    const QByteArray blank(1024 * 1024, ' ');
    for (int i = 0; i < 200 && !call.clientGone(); ++i) {
        call.chunk(blank);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(call.clientGone());
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.rows().first().close.outcome, Outcome::ClientGone);
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
