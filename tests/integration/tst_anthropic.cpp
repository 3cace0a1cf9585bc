// The Messages API through the real data path: what goes to the provider, what comes back, what it costs.
#include "support/harness.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

constexpr const char *canary = "sk-ant-canary";

const QByteArray pricing = R"(models:
  claude-test: { inputPer1M: "3", cachedInputPer1M: "0.3", cacheWritePer1M: "3.75", cacheWrite1hPer1M: "6", outputPer1M: "15", webSearchPer1kCalls: "10", maxOutputTokens: 64000, maxInputTokens: 200000 }
  claude-dear: { inputPer1M: "5", outputPer1M: "25", maxOutputTokens: 64000, maxInputTokens: 200000 }
  gpt-4o: { inputPer1M: "2.50", outputPer1M: "10.00", maxOutputTokens: 16384, maxInputTokens: 128000 }
)";

/// A proxy before a provider that speaks this API, and one of OpenAI's that must never be asked.
class Setting
{
public:
    explicit Setting(const QByteArray &config = {})
        : proxy(options(anthropic, config))
    {
    }
    FakeProvider anthropic;
    Proxy proxy;

    Answer ask(const QByteArray &bytes)
    {
        RawClient client(proxy.port);
        client.write(bytes);
        return client.read();
    }
    Answer messages(const QByteArray &key, const QByteArray &body, const QByteArray &fields = {})
    {
        return ask(request("POST", "/v1/messages", key, body, fields));
    }

private:
    static Proxy::Options options(const FakeProvider &anthropic, const QByteArray &config)
    {
        Proxy::Options options;
        options.pricing = pricing;
        options.config = "providers:\n  - { name: anthropic, preset: anthropic, baseUrl: \"http://localhost:"
            + QByteArray::number(anthropic.serverPort()) + "\", apiKey: " + canary + " }\n" + config;
        return options;
    }
};

QByteArray question(const QByteArray &more = {}, qint64 ceiling = 1000)
{
    return R"({"model":"claude-test","max_tokens":)" + QByteArray::number(ceiling)
        + R"(,"messages":[{"role":"user","content":"Hi"}])" + more + "}";
}

QByteArray whole(const QByteArray &usage)
{
    return R"({"id":"msg_1","type":"message","role":"assistant","model":"claude-test","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","usage":)"
        + usage + "}";
}

QByteArray sse(const QByteArray &type, const QByteArray &members)
{
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
}

QByteArray start(int input)
{
    return sse("message_start",
               R"(,"message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-test","content":[],"stop_reason":null,"usage":{"input_tokens":)"
                   + QByteArray::number(input) + R"(,"cache_read_input_tokens":1000,"output_tokens":1}})")
        + sse("content_block_start", R"(,"index":0,"content_block":{"type":"text","text":""})");
}

QByteArray text(const QByteArray &words)
{
    return sse("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":")" + words + "\"}");
}

QByteArray ending(int output)
{
    return sse("content_block_stop", R"(,"index":0)")
        + sse("message_delta",
              R"(,"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":)"
                  + QByteArray::number(output) + "}")
        + sse("message_stop", {});
}

QJsonObject errorIn(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object().value(u"error").toObject();
}

QString cost(const ExchangeRow &row)
{
    return row.close.cost ? row.close.cost->toDecimal() : QStringLiteral("unknown");
}

} // namespace

class TestAnthropic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlainAnswerComesBackWithItsExactCost();
    void eachWayToPresentAKeyIsKept_data();
    void eachWayToPresentAKeyIsKept();
    void aStreamIsPassedOnChunkByChunkAndBilledByItsLastCount();
    void countingTokensIsFreeAndOutsideOfRequestsPerMinute();
    void modelsAreThoseOfTheApiThatIsSpoken();
    void batchesAreNotFree();
    void aBudgetThatIsUsedUpIsToldInTheShapeOfTheApi();
    void theCeilingIsLoweredToWhatIsLeft();
    void theCeilingStaysAboveTheThinkingBudget();
    void aStreamAboveItsCeilingIsEndedInTheWayOfTheApi();
    void anErrorInAStreamIsPassedOnAndWhatWasSeenIsBooked();
    void aStreamThatBreaksOffEndsWithAnError();
    void aClientThatLeavesPaysForTheInputAndWhatItSaw();
    void regionsAndAdvisersAreCharged();
    void anAdviserThatTheKeyMayNotUseIsRefused();
    void searchesThatWereNotMadeAreNotCharged();
};

void TestAnthropic::aPlainAnswerComesBackWithItsExactCost()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray answered = whole(
        R"({"input_tokens":12,"cache_creation_input_tokens":1000,"cache_read_input_tokens":20000,"cache_creation":{"ephemeral_5m_input_tokens":800,"ephemeral_1h_input_tokens":200},"output_tokens":300,"server_tool_use":{"web_search_requests":1}})");
    setting.anthropic.onRequest = [&](ProviderCall &call) {
        call.json(200, answered, "request-id: req_theirs\r\nanthropic-organization-id: org\r\n");
    };
    const QByteArray body = question(
        R"(, "unknown" : {"kept":1e400},"metadata":{"user_id":"u"},"cache_control":{"type":"ephemeral","ttl":"1h"})");
    const Answer answer = setting.ask(request("POST", "/v1/messages?beta=true", key, body,
                                              "anthropic-version: 2023-06-01\r\nanthropic-beta: "
                                              "one,two\r\nanthropic-beta: three\r\nX-App: cli\r\n"));
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.body, answered);
    // 12 x 3 + 20,000 x 0.30 + 800 x 3.75 + 200 x 6 + 300 x 15 per million, and a search for a cent
    QCOMPARE(answer.header("X-Request-Cost"), QByteArray("0.024736"));
    QCOMPARE(answer.header("request-id"), QByteArray("req_theirs"));
    QCOMPARE(answer.header("anthropic-organization-id"), QByteArray("org"));

    const ProviderCall &call = setting.anthropic.call();
    QCOMPARE(call.head().target, QByteArray("/v1/messages?beta=true"));
    QCOMPARE(call.body(), body);
    QCOMPARE(call.head().headers.value("anthropic-version"), QByteArray("2023-06-01"));
    QCOMPARE(call.head().headers.value("x-app"), QByteArray("cli"));
    QList<QByteArray> betas;
    for (const Header &header : call.head().headers) {
        if (header.name.toLower() == "anthropic-beta")
            betas.append(header.value);
        QVERIFY2(!header.value.contains(key), "the virtual key went upstream");
    }
    QCOMPARE(betas, (QList<QByteArray>{"one,two", "three"}));

    const ExchangeRow row = setting.proxy.row(answer);
    QCOMPARE(row.open.endpoint, QStringLiteral("messages"));
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(cost(row), QStringLiteral("0.024736"));
    QCOMPARE(row.close.upstreamRequestId, QStringLiteral("req_theirs"));
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::eachWayToPresentAKeyIsKept_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("x-api-key") << QByteArray("x-api-key: ") << QByteArray("x-api-key: ");
    QTest::newRow("bearer") << QByteArray("Authorization: Bearer ") << QByteArray("Authorization: Bearer ");
}
void TestAnthropic::eachWayToPresentAKeyIsKept()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, sent);
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"));
    setting.anthropic.onRequest = [](ProviderCall &call) {
        call.json(200, whole(R"({"input_tokens":1,"output_tokens":1})"));
    };
    const QByteArray body = question();
    const Answer answer =
        setting.ask("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n" + field + key
                    + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QCOMPARE(answer.status(), 200);
    QList<QByteArray> credentials;
    for (const Header &header : setting.anthropic.call().head().headers) {
        if (header.value.contains(canary))
            credentials.append(header.name + ": " + header.value);
    }
    QCOMPARE(credentials, QList<QByteArray>{sent + canary});
    QCOMPARE(setting.proxy.provider.requestCount(), 0);
}

void TestAnthropic::aStreamIsPassedOnChunkByChunkAndBilledByItsLastCount()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(setting.proxy.port);
    client.write(request("POST", "/v1/messages", key, question(R"(,"stream":true)")));
    ProviderCall &call = setting.anthropic.call();
    QCOMPARE(call.body(), question(R"(,"stream":true)")); // nothing has to be asked for
    call.streamHead();
    call.chunk(start(100));
    QVERIFY(client.readUntil("content_block_start").contains("message_start"));
    call.chunk(text("one"));
    QVERIFY(client.readUntil("\"one\"").contains("\"one\""));
    call.chunk(sse("ping", {}) + ending(7));
    call.endStream();
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    QCOMPARE(answer.body, start(100) + text("one") + sse("ping", {}) + ending(7));
    const ExchangeRow row = setting.proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(cost(row), QStringLiteral("0.000705")); // 100 x 3 + 1,000 x 0.30 + 7 x 15
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::countingTokensIsFreeAndOutsideOfRequestsPerMinute()
{
    Setting setting("rateLimits: { default: { rpm: 1, tpm: 0 } }\n");
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.50"}});
    setting.anthropic.onRequest = [](ProviderCall &call) {
        if (call.path() == "/v1/messages/count_tokens")
            call.json(200, R"({"input_tokens":2095})");
        else
            call.json(200, whole(R"({"input_tokens":1,"output_tokens":1})"));
    };
    for (int i = 0; i < 35; ++i) {
        const Answer counted =
            setting.ask(request("POST", "/v1/messages/count_tokens?beta=true", key, question()));
        QCOMPARE(counted.status(), 200);
        QCOMPARE(counted.body, QByteArray(R"({"input_tokens":2095})"));
    }
    QCOMPARE(setting.messages(key, question()).status(), 200);
    const Answer limited = setting.messages(key, question());
    QCOMPARE(limited.status(), 429);
    QCOMPARE(errorIn(limited.body).value(u"type").toString(), QStringLiteral("rate_limit_error"));
    QVERIFY(limited.header("Retry-After").toInt() >= 1);
    QCOMPARE(setting.ask(request("POST", "/v1/messages/count_tokens", key, question())).status(), 200);
    QVERIFY(setting.proxy.isQuiet());
    for (const ExchangeRow &row : setting.proxy.rows())
        QVERIFY(row.open.endpoint == u"messages" || row.close.cost->isZero());
}

void TestAnthropic::modelsAreThoseOfTheApiThatIsSpoken()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"));
    setting.anthropic.onRequest = [](ProviderCall &call) {
        call.json(200, R"({"data":[],"has_more":false})");
    };
    setting.proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, R"({"object":"list","data":[]})");
    };
    const QByteArray versioned = "anthropic-version: 2023-06-01\r\n";
    const Answer theirs = setting.ask(request("GET", "/v1/models?limit=1000", key, {}, versioned));
    QCOMPARE(theirs.body, QByteArray(R"({"data":[],"has_more":false})"));
    QCOMPARE(setting.anthropic.call().head().target, QByteArray("/v1/models?limit=1000"));
    QCOMPARE(setting.ask(request("GET", "/v1/models/claude-test", key, {}, versioned)).status(), 200);
    const Answer others = setting.ask(request("GET", "/v1/models", key));
    QCOMPARE(others.body, QByteArray(R"({"object":"list","data":[]})"));
}

void TestAnthropic::batchesAreNotFree()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = setting.ask(request("POST", "/v1/messages/batches", key, R"({"requests":[]})"));
    QCOMPARE(answer.status(), 403);
    QCOMPARE(errorIn(answer.body).value(u"type").toString(), QStringLiteral("permission_error"));
    QCOMPARE(setting.anthropic.requestCount(), 0);
}

void TestAnthropic::aBudgetThatIsUsedUpIsToldInTheShapeOfTheApi()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.000001"}});
    const Answer answer = setting.messages(key, question());
    QCOMPARE(answer.status(), 402);
    QCOMPARE(answer.header("x-should-retry"), QByteArray("false"));
    QCOMPARE(answer.header("request-id"), answer.header("X-LBP-Request-Id"));
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body.value(u"type").toString(), QStringLiteral("error"));
    QCOMPARE(body.value(u"request_id").toString().toLatin1(), answer.header("request-id"));
    const QJsonObject error = errorIn(answer.body);
    QCOMPARE(error.value(u"type").toString(), QStringLiteral("billing_error"));
    QCOMPARE(error.value(u"details").toObject().value(u"error_code").toString(),
             QStringLiteral("budget_exceeded"));
    QVERIFY(error.value(u"message").toString().contains(QStringLiteral("0.000001")));
    QCOMPARE(setting.anthropic.requestCount(), 0);

    const Answer unknown = setting.messages("lbp_" + QByteArray(43, 'x'), question());
    QCOMPARE(unknown.status(), 401);
    QCOMPARE(errorIn(unknown.body).value(u"type").toString(), QStringLiteral("authentication_error"));
}

void TestAnthropic::theCeilingIsLoweredToWhatIsLeft()
{
    Setting setting(
        "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC, minOutputTokens: 100 }\n");
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.10"}});
    setting.anthropic.onRequest = [](ProviderCall &call) {
        call.json(200, whole(R"({"input_tokens":10,"output_tokens":20})"));
    };
    const QByteArray body = question(R"(, "x":1)", 32000); // at most 0.48 USD of output
    const Answer answer = setting.messages(key, body);
    QCOMPARE(answer.status(), 200);
    const qint64 ceiling = answer.header("X-Max-Tokens-Clamped").toLongLong();
    QVERIFY2(ceiling >= 100 && ceiling * 15 <= 100'000, answer.header("X-Max-Tokens-Clamped").constData());
    QByteArray expected = body;
    QCOMPARE(setting.anthropic.call().body(), expected.replace("32000", QByteArray::number(ceiling)));
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::theCeilingStaysAboveTheThinkingBudget()
{
    Setting setting(
        "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC, minOutputTokens: 100 }\n");
    setting.anthropic.onRequest = [](ProviderCall &call) {
        call.json(200, whole(R"({"input_tokens":10,"output_tokens":20})"));
    };
    const QByteArray body = question(R"(,"thinking":{"type":"enabled","budget_tokens":10000})", 32000);
    const QByteArray enough = setting.proxy.addKey(QStringLiteral("enough"), {{Period::Daily, "0.20"}});
    const Answer lowered = setting.messages(enough, body);
    QCOMPARE(lowered.status(), 200);
    QVERIFY(lowered.header("X-Max-Tokens-Clamped").toLongLong() > 10000);
    const QByteArray little = setting.proxy.addKey(QStringLiteral("little"), {{Period::Daily, "0.14"}});
    QCOMPARE(setting.messages(little, body).status(), 402); // 9,000 tokens would fit
    const QByteArray above = question(R"(,"thinking":{"type":"enabled","budget_tokens":40000})", 32000);
    QCOMPARE(setting.messages(enough, above).status(), 402);
    QCOMPARE(setting.anthropic.requestCount(), 1);
}

void TestAnthropic::aStreamAboveItsCeilingIsEndedInTheWayOfTheApi()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(setting.proxy.port);
    client.write(request("POST", "/v1/messages", key, question(R"(,"stream":true)", 3)));
    ProviderCall &call = setting.anthropic.call();
    call.streamHead();
    call.chunk(start(100));
    for (int i = 0; i < 4; ++i)
        call.chunk(text("word "));
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    const QByteArray seen = start(100) + text("word ") + text("word ") + text("word ") + text("word ");
    QVERIFY(answer.body.startsWith(seen));
    const QByteArray rest = answer.body.sliced(seen.size());
    QVERIFY2(
        rest.startsWith("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        "event: message_delta\n"),
        rest.constData());
    QVERIFY(rest.contains(R"("stop_reason":"max_tokens")"));
    QVERIFY(rest.endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
    QTRY_VERIFY(call.clientGone());
    const ExchangeRow row = setting.proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::CutAtCeiling);
    QCOMPARE(row.close.provenance, Provenance::Estimated);
    QCOMPARE(row.close.usage[BillingClass::UncachedInput], 100);
    QCOMPARE(row.close.usage[BillingClass::CachedInput], 1000);
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::anErrorInAStreamIsPassedOnAndWhatWasSeenIsBooked()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray error =
        sse("error", R"(,"error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1")");
    setting.anthropic.onRequest = [&](ProviderCall &call) {
        call.streamHead();
        call.chunk(start(100) + text("so far so") + error);
        call.endStream();
    };
    const Answer answer = setting.messages(key, question(R"(,"stream":true)"));
    QCOMPARE(answer.body, start(100) + text("so far so") + error);
    const ExchangeRow row = setting.proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::UpstreamError);
    QCOMPARE(row.close.provenance, Provenance::Estimated);
    QCOMPARE(cost(row), QStringLiteral("0.000645")); // the provider's input and 3 tokens
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::aStreamThatBreaksOffEndsWithAnError()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(setting.proxy.port);
    client.write(request("POST", "/v1/messages", key, question(R"(,"stream":true)")));
    ProviderCall &call = setting.anthropic.call();
    call.streamHead();
    call.chunk(start(100) + text("so far so"));
    QVERIFY(client.readUntil("so far so").contains("so far so"));
    call.close();
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    const QByteArray rest = answer.body.sliced((start(100) + text("so far so")).size());
    QVERIFY2(rest.startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\""),
             rest.constData());
    QCOMPARE(rest.count("event: "), 1);
    const ExchangeRow row = setting.proxy.row(answer);
    QCOMPARE(row.close.outcome, Outcome::UpstreamFailed);
    QCOMPARE(cost(row), QStringLiteral("0.000645"));
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::aClientThatLeavesPaysForTheInputAndWhatItSaw()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(setting.proxy.port);
    client.write(request("POST", "/v1/messages", key, question(R"(,"stream":true)", 30000)));
    ProviderCall &call = setting.anthropic.call();
    call.streamHead();
    call.chunk(start(100) + text("twelve chars"));
    QVERIFY(client.readUntil("twelve chars").contains("twelve chars"));
    client.close();
    QTRY_VERIFY(call.clientGone()); // what is not generated is not billed
    QVERIFY(setting.proxy.isQuiet());
    const QList<ExchangeRow> rows = setting.proxy.rows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().close.outcome, Outcome::ClientGone);
    QCOMPARE(rows.first().close.provenance, Provenance::Estimated);
    QCOMPARE(cost(rows.first()), QStringLiteral("0.000645")); // 100 x 3 + 1,000 x 0.30 + 3 x 15
}

void TestAnthropic::regionsAndAdvisersAreCharged()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "9.00"}});
    setting.anthropic.onRequest = [](ProviderCall &call) {
        call.json(
            200,
            whole(
                R"({"input_tokens":1000,"output_tokens":100,"inference_geo":"us","iterations":[{"type":"message","model":"claude-test","input_tokens":1000,"output_tokens":100},{"type":"advisor_message","model":"claude-dear","input_tokens":2000,"output_tokens":40}]})"));
    };
    const QByteArray tools =
        R"(,"tools":[{"type":"advisor_20260301","name":"advisor","model":"claude-dear","max_uses":1,"max_tokens":500}],"inference_geo":"us")";
    const Answer answer = setting.messages(key, question(tools));
    QCOMPARE(answer.status(), 200);
    // (1,000 x 3 + 100 x 15) and (2,000 x 5 + 40 x 25) per million, a tenth dearer
    QCOMPARE(answer.header("X-Request-Cost"), QByteArray("0.01705"));
    const ExchangeRow row = setting.proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QVERIFY2(row.close.error.contains(QStringLiteral("claude-dear")), qPrintable(row.close.error));
    QVERIFY(row.open.reserved >= *row.close.cost);
    QVERIFY(setting.proxy.isQuiet());
}

void TestAnthropic::anAdviserThatTheKeyMayNotUseIsRefused()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) {
        record.allowedModels = {QStringLiteral("claude-test")};
    });
    for (const char *more :
         {R"(,"tools":[{"type":"advisor_20260301","name":"advisor","model":"claude-dear"}])",
          R"(,"fallbacks":[{"model":"claude-dear"}])"}) {
        const Answer answer = setting.messages(key, question(more));
        QCOMPARE(answer.status(), 403);
        QVERIFY(errorIn(answer.body).value(u"message").toString().contains(QStringLiteral("claude-dear")));
    }
    QCOMPARE(setting.anthropic.requestCount(), 0);
}

void TestAnthropic::searchesThatWereNotMadeAreNotCharged()
{
    Setting setting;
    const QByteArray key = setting.proxy.addKey(QStringLiteral("a"), {{Period::Daily, "9.00"}});
    setting.anthropic.onRequest = [](ProviderCall &call) {
        call.json(200, whole(R"({"input_tokens":1000,"output_tokens":100})"));
    };
    const Answer answer = setting.messages(
        key, question(R"(,"tools":[{"type":"web_search_20250305","name":"web_search","max_uses":5}])"));
    QCOMPARE(answer.header("X-Request-Cost"), QByteArray("0.0045"));
    // Five searches, and six times the input with what they find, were set aside.
    const ExchangeRow row = setting.proxy.row(answer);
    QVERIFY(row.open.reserved > Money::fromPicodollars(1'500'000'000'000));
    QVERIFY(setting.proxy.isQuiet());
}

QTEST_GUILESS_MAIN(TestAnthropic)
#include "tst_anthropic.moc"
