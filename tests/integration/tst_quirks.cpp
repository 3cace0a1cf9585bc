// In what providers differ from the makers of the APIs that they speak, each with an answer as it sends them.
#include "integration/providers.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;

class TestQuirks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatOpenRouterChargedIsTheTruth_data();
    void whatOpenRouterChargedIsTheTruth();
    void whatOthersSayThatTheyChargedIsNot();
    void openRoutersStreamsAreNotAsked();
    void groqsUsageIsCountedOnce();
    void deepSeeksSignsOfLifeAreNoAnswer();
    void deepSeeksCacheIsPricedAsCache();
    void xAisReasoningIsPaidFor();
    void mistralIsNotAskedForUsage();
    void whoRefusesTheQuestionIsAskedWithoutIt();
    void ollamaIsFreeButForItsCloud();
};

void TestQuirks::whatOpenRouterChargedIsTheTruth_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QString>("cost");
    QTest::newRow("plain") << QByteArray(R"("cost":0.00014)") << QStringLiteral("0.00014");
    QTest::newRow("with an exponent") << QByteArray(R"("cost":1.4e-05)") << QStringLiteral("0.000014");
    QTest::newRow("nothing") << QByteArray(R"("cost":0)") << QStringLiteral("0.00");
    QTest::newRow("finer than a picodollar, rounded up")
        << QByteArray(R"("cost":0.0000000000011)") << QStringLiteral("0.000000000002");
    QTest::newRow("with a key of one's own")
        << QByteArray(R"("cost":0.0001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.002})")
        << QStringLiteral("0.0021");
    QTest::newRow("details without such a key")
        << QByteArray(R"("cost":0.0021,"is_byok":false,"cost_details":{"upstream_inference_cost":0.002})")
        << QStringLiteral("0.0021");
}

void TestQuirks::whatOpenRouterChargedIsTheTruth()
{
    QFETCH(QByteArray, usage);
    QFETCH(QString, cost);
    FakeProvider other;
    other.onRequest = [&](ProviderCall &call) {
        call.json(200,
                  R"({"id":"gen-1","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,)"
                      + usage + "}}");
    };
    Proxy proxy(configured("providers:\n"
                           + provider("router", other, withKey(", preset: openrouter, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 200);
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.close.cost->toDecimal(), Money::fromDecimal(cost)->toDecimal());
    QVERIFY(!row.close.rates); // no price list explains it
    QVERIFY(row.close.priceSource.contains(QStringLiteral("usage.cost")));
    QCOMPARE(row.close.usage.inputTokens(), 1000);
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.budgets().first().spent, *row.close.cost);
}

void TestQuirks::whatOthersSayThatTheyChargedIsNot()
{
    Proxy proxy;
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, R"({"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"cost":0}})");
    };
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(proxy.row(proxy.chat(key, chatBody())).close.cost->toDecimal(), QStringLiteral("0.0035"));
}

void TestQuirks::openRoutersStreamsAreNotAsked()
{
    FakeProvider other;
    const QByteArray last =
        R"(data: {"id":"gen-1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":1000,"completion_tokens":100,"cost":0.00095}})"
        "\n\n";
    other.onRequest = [&](ProviderCall &call) {
        call.streamHead();
        call.chunk(": OPENROUTER PROCESSING\n\n" + chatChunk("one") + last + "data: [DONE]\n\n");
        call.endStream();
    };
    Proxy proxy(configured("providers:\n"
                           + provider("router", other, withKey(", preset: openrouter, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray body = chatBody("Hi", ",\"stream\":true");
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(other.call().body(), body);
    QCOMPARE(answer.body, ": OPENROUTER PROCESSING\n\n" + chatChunk("one") + last + "data: [DONE]\n\n");
    QCOMPARE(proxy.row(answer).close.cost->toDecimal(), QStringLiteral("0.00095"));
}

void TestQuirks::groqsUsageIsCountedOnce()
{
    FakeProvider groq;
    groq.onRequest = [](ProviderCall &call) {
        call.streamHead();
        call.chunk(
            chatChunk("one")
            + R"(data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"req_1",)"
              R"("usage":{"queue_time":0.1,"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}})"
              "\n\n"
            + usageChunk(1000, 100) + "data: [DONE]\n\n");
        call.endStream();
    };
    Proxy proxy(
        configured("providers:\n" + provider("groq", groq, withKey(", preset: groq, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, chatBody("Hi", ",\"stream\":true"));
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.0035"));
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QVERIFY(answer.body.contains("x_groq")); // only what we asked for is hidden
}

void TestQuirks::deepSeeksSignsOfLifeAreNoAnswer()
{
    FakeProvider deepseek;
    deepseek.onRequest = [](ProviderCall &call) {
        const QByteArray body = chatAnswer(1000, 100);
        call.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        call.chunk("\n");
        call.chunk("\n\n");
        call.chunk(body);
        call.endStream();
    };
    Proxy proxy(configured(
        "providers:\n" + provider("deepseek", deepseek, withKey(", preset: deepseek, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.body, "\n\n\n" + chatAnswer(1000, 100));
    QCOMPARE(proxy.row(answer).close.cost->toDecimal(), QStringLiteral("0.0035"));
    deepseek.onRequest = [](ProviderCall &call) {
        call.streamHead();
        for (int i = 0; i < 3; ++i)
            call.chunk(": keep-alive\n\n");
        call.chunk(chatChunk("one") + usageChunk(1000, 100) + "data: [DONE]\n\n");
        call.endStream();
    };
    const Answer stream = proxy.chat(key, chatBody("Hi", ",\"stream\":true"));
    QCOMPARE(stream.body.count(": keep-alive"), 3);
    QCOMPARE(proxy.row(stream).close.cost->toDecimal(), QStringLiteral("0.0035"));
}

void TestQuirks::deepSeeksCacheIsPricedAsCache()
{
    FakeProvider deepseek;
    deepseek.onRequest = [](ProviderCall &call) {
        call.json(
            200,
            R"({"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,)"
            R"("prompt_cache_hit_tokens":600,"prompt_cache_miss_tokens":400}})");
    };
    Proxy proxy(configured(
        "providers:\n" + provider("deepseek", deepseek, withKey(", preset: deepseek, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const ExchangeRow row = proxy.row(proxy.chat(key, chatBody()));
    QCOMPARE(row.close.usage[BillingClass::CachedInput], 600);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.00275")); // 400 × 2.50 + 600 × 1.25 + 100 × 10
}

void TestQuirks::xAisReasoningIsPaidFor()
{
    FakeProvider xai;
    xai.onRequest =
        [](ProviderCall &call) { // completion_tokens leave the reasoning out, and the total has it
            call.json(
                200,
                R"({"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1400,)"
                R"("completion_tokens_details":{"reasoning_tokens":300}}})");
        };
    Proxy proxy(
        configured("providers:\n" + provider("xai", xai, withKey(", preset: xai, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const ExchangeRow row = proxy.row(proxy.chat(key, chatBody()));
    QCOMPARE(row.close.usage[BillingClass::Reasoning], 300);
    QCOMPARE(row.close.usage.outputTokens(), 400);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.0065"));
}

void TestQuirks::mistralIsNotAskedForUsage()
{
    FakeProvider mistral;
    mistral.onRequest = [](ProviderCall &call) {
        call.streamHead();
        call.chunk(
            chatChunk("one")
            + R"(data: {"id":"1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],)"
              R"("usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"num_cached_tokens":600}})"
              "\n\ndata: [DONE]\n\n");
        call.endStream();
    };
    Proxy proxy(configured("providers:\n"
                           + provider("mistral", mistral, withKey(", preset: mistral, models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray body = chatBody("Hi", ",\"stream\":true");
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(mistral.requestCount(), 1);
    QCOMPARE(mistral.call().body(), body);
    QCOMPARE(proxy.row(answer).close.cost->toDecimal(), QStringLiteral("0.00275"));
}

void TestQuirks::whoRefusesTheQuestionIsAskedWithoutIt()
{
    FakeProvider strict;
    strict.onRequest = [](ProviderCall &call) {
        if (call.body().contains("stream_options"))
            return call.json(
                422,
                R"({"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]})");
        call.streamHead();
        call.chunk(chatChunk("one") + "data: [DONE]\n\n");
        call.endStream();
    };
    Proxy proxy(configured("providers:\n" + provider("strict", strict, withKey(", models: [gpt-4o]"))));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray body = chatBody("Hi", ",\"stream\":true");
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(answer.status(), 200);
    QCOMPARE(strict.call(1).body(), body);
    QCOMPARE(proxy.row(answer).close.provenance, Provenance::Estimated);
    QCOMPARE(proxy.rows().size(), 1); // the question cost nothing
    QCOMPARE(proxy.chat(key, chatBody("Again", ",\"stream\":true")).status(), 200);
    QCOMPARE(strict.requestCount(), 3); // and is not asked again
    QVERIFY(proxy.isQuiet());
}

void TestQuirks::ollamaIsFreeButForItsCloud()
{
    FakeProvider ollama;
    ollama.onRequest = answers;
    Proxy proxy(configured(
        "providers:\n" + provider("ollama", ollama, ", preset: ollama, models: [\"llama*\", \"*-cloud\"]")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const ExchangeRow row = proxy.row(proxy.chat(key, chatFor("llama3.2")));
    QCOMPARE(row.close.provenance, Provenance::Free);
    QVERIFY(row.close.cost->isZero());
    QCOMPARE(row.close.usage.inputTokens(), 1000);
    QCOMPARE(proxy.chat(key, chatFor("gpt-oss:120b-cloud")).status(),
             400); // costs, and nobody knows how much
    QCOMPARE(ollama.requestCount(), 1);
}

QTEST_GUILESS_MAIN(TestQuirks)
#include "tst_quirks.moc"
