// The Responses API through the real data path: plain, streamed, in the background, and refused.
#include "support/harness.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray pricing = R"(models:
  gpt-5.6-sol: { inputPer1M: "1.25", cachedInputPer1M: "0.125", cacheWritePer1M: "1.5625", outputPer1M: "10.00", webSearchPer1kCalls: "10", maxOutputTokens: 128000, maxInputTokens: 272000 }
  gpt-image-1-mini: { inputPer1M: "2.00", imageInputPer1M: "2.50", outputPer1M: "8.00", imageOutputPer1M: "8.00" }
)";

Proxy::Options options(const QByteArray &config = {})
{
    Proxy::Options all;
    all.config = config;
    all.pricing = pricing;
    return all;
}

QByteArray body(const QByteArray &more = {})
{
    return "{\"model\":\"gpt-5.6-sol\",\"input\":\"Hi\"" + more + '}';
}

Answer ask(const Proxy &proxy, const QByteArray &key, const QByteArray &json, const QByteArray &fields = {},
           const QByteArray &path = "/v1/responses")
{
    RawClient client(proxy.port);
    client.write(request("POST", path, key, json, fields));
    return client.read();
}

Answer get(const Proxy &proxy, const QByteArray &key, const QByteArray &path)
{
    RawClient client(proxy.port);
    client.write(request("GET", path, key));
    return client.read();
}

QByteArray usage(int input, int output)
{
    return "\"usage\":{\"input_tokens\":" + QByteArray::number(input)
        + ",\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":" + QByteArray::number(output)
        + ",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":"
        + QByteArray::number(input + output) + '}';
}

/// A response object; \a more: further members with a comma in front.
QByteArray response(const Proxy &proxy, const QByteArray &id, const QByteArray &status,
                    const QByteArray &more)
{
    const qint64 seconds = toMicros(proxy.clock.now()) / 1'000'000;
    return "{\"id\":\"" + id + "\",\"object\":\"response\",\"created_at\":" + QByteArray::number(seconds)
        + ",\"status\":\"" + status + "\",\"model\":\"gpt-5.6-sol\",\"output\":[]" + more + '}';
}

QByteArray sse(const QByteArray &type, int sequence, const QByteArray &members)
{
    return "event: " + type + "\ndata: {\"type\":\"" + type
        + "\",\"sequence_number\":" + QByteArray::number(sequence) + ',' + members + "}\n\n";
}

QByteArray delta(int sequence, const QByteArray &text)
{
    return sse("response.output_text.delta", sequence,
               "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"" + text + '"');
}

Money usd(const char *text)
{
    return Money::fromDecimal(QString::fromLatin1(text)).value();
}

} // namespace

class TestResponsesApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlainAnswerComesBackWithItsExactCost();
    void aStreamPassesUntouchedAndIsSettledByItsLastEvent();
    void searchesThatWereNotMadeCostNothing();
    void generatedImagesCostWhatTheirOwnModelCosts();
    void compactionIsChargedByItsOwnUsage();
    void aBudgetThatIsNearlySpentShortensTheAnswer();
    void aStreamAboveItsCeilingEndsInTheApisOwnWay();
    void aRefusalMakesTheToolStop_data();
    void aRefusalMakesTheToolStop();
    void aPauseIsToldInTheSameWords();
    void anErrorInTheMiddleIsAnEventOfThisApi();
    void whatIsKeptIsReadForNothingAndNotCounted();
    void backgroundIsChargedOncePerResponse_data();
    void backgroundIsChargedOncePerResponse();
    void aBackgroundStreamThatIsLeftIsSettledByTheOneThatResumesIt();
    void whatAPersonCorrectedStays();
    void whatHasEffectsIsNeverAnsweredFromTheCache();
};

void TestResponsesApi::aPlainAnswerComesBackWithItsExactCost()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    const QByteArray answer =
        response(proxy, "resp_1", "completed", R"(,"new_field":{"a":[1]},)" + usage(1000, 40));
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200, answer, "x-request-id: prov-1\r\n");
    };
    const QByteArray sent = body(R"(,"max_output_tokens": 500,"new_option":null)");
    const Answer got = ask(proxy, key, sent);
    QCOMPARE(got.status(), 200);
    QCOMPARE(got.body, answer);
    QCOMPARE(proxy.provider.call().body(), sent);
    QCOMPARE(proxy.provider.call().path(), QByteArray("/v1/responses"));
    QCOMPARE(got.header("X-Request-Cost"), QByteArray("0.00165")); // 1,000 x 1.25 + 40 x 10.00 per million
    const ExchangeRow row = proxy.row(got);
    QCOMPARE(row.open.endpoint, QStringLiteral("responses"));
    QCOMPARE(row.open.ceiling, 500);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.close.upstreamRequestId, QStringLiteral("prov-1"));
    QVERIFY(proxy.isQuiet());
}

void TestResponsesApi::aStreamPassesUntouchedAndIsSettledByItsLastEvent()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    const QByteArray events =
        sse("response.created", 0, "\"response\":" + response(proxy, "resp_1", "in_progress", {}))
        + delta(1, "Hel") + sse("response.new_kind", 2, "\"x\":1") + delta(3, "lo")
        + sse("response.completed", 4,
              "\"response\":" + response(proxy, "resp_1", "completed", ',' + usage(800, 2)));
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.streamHead();
        for (qsizetype at = 0; at < events.size(); at += 37)
            call.chunk(events.mid(at, 37));
        call.endStream();
    };
    const QByteArray sent = body(R"(,"stream":true)");
    const Answer got = ask(proxy, key, sent);
    QVERIFY(got.whole);
    QCOMPARE(got.body, events);
    QCOMPARE(proxy.provider.call().body(), sent); // nothing is asked for that comes anyway
    const ExchangeRow row = proxy.row(got);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.00102"));
    QCOMPARE(row.close.outcome, Outcome::Completed);
    QVERIFY(proxy.isQuiet());
}

void TestResponsesApi::searchesThatWereNotMadeCostNothing()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    QByteArray more = ",";
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200, response(proxy, "resp_1", "completed", more + usage(1000, 40)));
    };
    const QByteArray asks = R"(,"tools":[{"type":"web_search"}],"max_tool_calls":5)";
    const Answer none = ask(proxy, key, body(asks));
    QCOMPARE(none.header("X-Request-Cost"), QByteArray("0.00165"));
    QVERIFY(usd(none.header("X-Estimated-Cost").constData()) >= usd("0.05")); // five searches were possible
    more = R"(,"tool_usage":{"web_search":{"num_requests":2}},)";
    const Answer two = ask(proxy, key, body(asks + R"(,"x":1)"));
    QCOMPARE(two.header("X-Request-Cost"), QByteArray("0.02165"));
    QCOMPARE(proxy.row(two).close.usage[BillingClass::WebSearchCall], 2);
}

void TestResponsesApi::generatedImagesCostWhatTheirOwnModelCosts()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(
            200,
            response(
                proxy, "resp_1", "completed",
                R"(,"tools":[{"type":"image_generation","model":"gpt-image-1-mini"}],"tool_usage":{"image_gen":)"
                R"({"input_tokens":300,"input_tokens_details":{"text_tokens":100,"image_tokens":200},)"
                R"("output_tokens":4000,"total_tokens":4300}},)"
                    + usage(1000, 40)));
    };
    const Answer got =
        ask(proxy, key,
            body(R"(,"tools":[{"type":"image_generation","model":"gpt-image-1-mini"}],"max_tool_calls":1)"));
    // 0.00165, and 100 x 2.00 + 200 x 2.50 + 4,000 x 8.00 per million
    QCOMPARE(got.header("X-Request-Cost"), QByteArray("0.03435"));
    const ExchangeRow row = proxy.row(got);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QVERIFY(row.close.error.contains(u"gpt-image-1-mini"));
}

void TestResponsesApi::compactionIsChargedByItsOwnUsage()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200,
                  R"({"id":"resp_c","object":"response.compaction","created_at":1,"output":[],)"
                      + usage(5000, 300) + '}');
    };
    const Answer got = ask(proxy, key, body(), {}, "/v1/responses/compact");
    QCOMPARE(got.header("X-Request-Cost"), QByteArray("0.00925"));
    QCOMPARE(proxy.row(got).open.endpoint, QStringLiteral("responses.compact"));
}

void TestResponsesApi::aBudgetThatIsNearlySpentShortensTheAnswer()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.10"}});
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200, response(proxy, "resp_1", "completed", ',' + usage(10, 4)));
    };
    const Answer got = ask(proxy, key, body()); // no ceiling, so the model's: 128,000 x 10.00 = 1.28
    QCOMPARE(got.status(), 200);
    const qint64 ceiling = got.header("X-Max-Tokens-Clamped").toLongLong();
    QVERIFY(ceiling > 1024 && ceiling < 10'000);
    const QByteArray sent = proxy.provider.call().body();
    QCOMPARE(sent, "{\"max_output_tokens\":" + QByteArray::number(ceiling) + ',' + body().sliced(1));
}

void TestResponsesApi::aStreamAboveItsCeilingEndsInTheApisOwnWay()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/responses", key, body(R"(,"stream":true,"max_output_tokens":20)")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    call.chunk(sse("response.created", 0, "\"response\":" + response(proxy, "resp_1", "in_progress", {})));
    for (int i = 1; i <= 30; ++i)
        call.chunk(delta(i, "word "));
    const Answer got = client.read();
    QVERIFY(got.whole);
    QTRY_VERIFY(call.clientGone());
    const qsizetype last = got.body.lastIndexOf("event: ");
    QVERIFY(got.body.sliced(last).startsWith("event: response.incomplete\n"));
    const QByteArray data = got.body.sliced(got.body.lastIndexOf("data: ") + 6);
    const QJsonObject end = QJsonDocument::fromJson(data).object();
    const int deltas = int(got.body.count("event: response.output_text.delta"));
    QCOMPARE(end.value(u"sequence_number").toInt(), deltas + 4); // three events close what was open
    QCOMPARE(end.value(u"response")[u"incomplete_details"][u"reason"].toString(),
             QStringLiteral("max_output_tokens"));
    QCOMPARE(end.value(u"response")[u"usage"][u"output_tokens"].toInt() >= 20, true);
    const ExchangeRow row = proxy.row(got);
    QCOMPARE(row.close.outcome, Outcome::CutAtCeiling);
    QCOMPARE(row.close.provenance, Provenance::Estimated);
    QVERIFY(proxy.isQuiet());
}

void TestResponsesApi::aRefusalMakesTheToolStop_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const QByteArray budgets =
        "budgets: {defaultDaily: none, defaultMonthly: none, timeZone: UTC, blockStatus: ";
    QTest::newRow("Codex repeats a 402") << QByteArray("originator: codex_exec\r\n") << QByteArray() << 429
                                         << QStringLiteral("insufficient_quota");
    QTest::newRow("Codex, where one status is wanted for all")
        << QByteArray("originator: codex_exec\r\n") << QByteArray(budgets + "402}\n") << 402
        << QStringLiteral("budget_exceeded");
    QTest::newRow("an SDK") << QByteArray("User-Agent: OpenAI/JS 7.57.0\r\n")
                            << QByteArray(budgets + "auto}\n") << 402 << QStringLiteral("budget_exceeded");
    QTest::newRow("nobody known") << QByteArray() << QByteArray() << 402 << QStringLiteral("budget_exceeded");
}

void TestResponsesApi::aRefusalMakesTheToolStop()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, config);
    QFETCH(int, status);
    QFETCH(QString, code);
    Proxy proxy(options(config));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.001"}});
    for (const char *path : {"/v1/responses", "/v1/chat/completions"}) {
        const QByteArray json = path == QByteArray("/v1/responses")
            ? body(R"(,"stream":true)")
            : QByteArray(R"({"model":"gpt-5.6-sol","messages":[{"role":"user","content":"Hi"}]})");
        const Answer got = ask(proxy, key, json, fields, path);
        QCOMPARE(got.status(), status);
        const QJsonObject error = QJsonDocument::fromJson(got.body).object().value(u"error").toObject();
        QCOMPARE(error.value(u"code").toString(), code);
        QCOMPARE(error.value(u"type").toString(), code);
        QVERIFY(error.value(u"message").toString().contains(u"0.001"));
        QCOMPARE(got.header("x-should-retry"), QByteArray("false"));
        QVERIFY(got.header("Retry-After").isEmpty());
        QVERIFY(got.header("retry-after-ms").isEmpty());
        const ExchangeRow row = proxy.row(got);
        QCOMPARE(row.close.status, status); // what the client got
        QCOMPARE(row.close.outcome, Outcome::Refused);
    }
    QCOMPARE(proxy.provider.requestCount(), 0);
}

void TestResponsesApi::aPauseIsToldInTheSameWords()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.gateway->setPaused(true);
    proxy.gateway->budgets().waitForFinished();
    const Answer codex = ask(proxy, key, body(), "User-Agent: codex_cli_rs/0.169.0\r\n");
    const Answer other = ask(proxy, key, body());
    QCOMPARE(codex.status(), 429);
    QCOMPARE(other.status(), 402);
    QVERIFY(codex.body.contains("insufficient_quota"));
    QVERIFY(other.body.contains("\"paused\""));
    const auto message = [](const Answer &answer) {
        return QJsonDocument::fromJson(answer.body).object().value(u"error")[u"message"].toString();
    };
    QCOMPARE(message(codex), message(other));
}

void TestResponsesApi::anErrorInTheMiddleIsAnEventOfThisApi()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    for (const bool codex : {false, true}) {
        RawClient client(proxy.port);
        client.write(request("POST", "/v1/responses", key,
                             body(codex ? R"(,"stream":true,"x":1)" : R"(,"stream":true)"),
                             codex ? "originator: codex_exec\r\n" : ""));
        ProviderCall &call = proxy.provider.call(codex ? 1 : 0);
        call.streamHead();
        call.chunk(delta(7, "one"));
        QVERIFY(client.readUntil("one").contains("one"));
        call.close();
        const Answer got = client.read();
        const QByteArray type = codex ? "response.failed" : "error";
        const qsizetype at = got.body.indexOf("event: " + type + '\n');
        QVERIFY(at > 0);
        QVERIFY(got.body.sliced(at).contains("\"sequence_number\":8"));
        QVERIFY(got.body.sliced(at).contains("upstream_unreachable"));
    }
}

void TestResponsesApi::whatIsKeptIsReadForNothingAndNotCounted()
{
    Proxy proxy(options("rateLimits: {default: {rpm: 1, tpm: 0}}\n"));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    proxy.provider.onRequest = [&](ProviderCall &call) { call.json(200, R"({"object":"list","data":[]})"); };
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(get(proxy, key, "/v1/responses/resp_1").status(), 200);
        QCOMPARE(get(proxy, key, "/v1/responses/resp_1/input_items?limit=5").status(), 200);
        QCOMPARE(ask(proxy, key, body(), {}, "/v1/responses/input_tokens").status(), 200);
        QCOMPARE(ask(proxy, key, {}, {}, "/v1/responses/resp_1/cancel").status(), 200);
    }
    QCOMPARE(proxy.provider.requestCount(), 20);
    QCOMPARE(proxy.budgets().first().spent, Money());
    QVERIFY(proxy.isQuiet());
}

void TestResponsesApi::backgroundIsChargedOncePerResponse_data()
{
    QTest::addColumn<bool>("restart");
    QTest::newRow("while it runs") << false;
    QTest::newRow("after a restart") << true;
}

void TestResponsesApi::backgroundIsChargedOncePerResponse()
{
    QFETCH(bool, restart);
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    const QByteArray background = R"(,"background":true)";
    const QByteArray queued = response(proxy, "resp_bg", "queued", background + R"(,"usage":null)");
    const QByteArray running = response(proxy, "resp_bg", "in_progress", background + R"(,"usage":null)");
    const QByteArray finished = response(proxy, "resp_bg", "completed", background + ',' + usage(2000, 100));
    QByteArray now = queued;
    proxy.provider.onRequest = [&](ProviderCall &call) { call.json(200, now); };

    const Answer posted = ask(proxy, key, body(R"(,"background":true,"max_output_tokens":1000)"));
    QCOMPARE(posted.body, queued);
    const ExchangeRow pending = proxy.row(posted);
    QCOMPARE(pending.close.provenance, Provenance::Estimated);
    QVERIFY(pending.open.reserved >= usd("0.01"));
    QCOMPARE(*pending.close.cost, pending.open.reserved);
    QCOMPARE(pending.close.upstreamRequestId, QStringLiteral("resp_bg"));
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.budgets().first().spent, pending.open.reserved);

    now = running;
    QCOMPARE(get(proxy, key, "/v1/responses/resp_bg").body, running);
    QCOMPARE(proxy.row(posted).close.provenance, Provenance::Estimated);
    if (restart)
        proxy.restart();

    now = finished;
    const Money exact = usd("0.0035"); // 2,000 x 1.25 + 100 x 10.00 per million
    const auto isExact = [&] { return proxy.row(posted).close.provenance == Provenance::Exact; };
    QCOMPARE(get(proxy, key, "/v1/responses/resp_bg").body, finished);
    QTRY_VERIFY(isExact());
    const ExchangeRow row = proxy.row(posted);
    QCOMPARE(*row.close.cost, exact);
    QCOMPARE(row.close.usage[BillingClass::UncachedInput], 2000);
    QCOMPARE(row.close.usage[BillingClass::Output], 100);
    QVERIFY(row.close.rates);
    if (!restart) // budgets of a harness are not set anew
        QTRY_COMPARE(proxy.budgets().first().spent, exact);

    if (restart)
        proxy.restart();
    for (int i = 0; i < 3; ++i)
        QCOMPARE(get(proxy, key, "/v1/responses/resp_bg").status(), 200);
    QVERIFY(proxy.isQuiet());
    const auto sums = proxy.store
                          ->usage(proxy.clock.now() - std::chrono::hours(1),
                                  proxy.clock.now() + std::chrono::hours(1), GroupBy::Total, QTimeZone::utc())
                          .takeResult();
    QVERIFY(sums.has_value());
    Money total;
    qint64 output = 0, estimated = 0;
    for (const UsageSum &sum : *sums) {
        total = total.plusSaturated(sum.cost);
        output += sum.usage.outputTokens();
        estimated += sum.estimated;
    }
    QCOMPARE(total, exact);
    QCOMPARE(output, 100);
    QCOMPARE(estimated, 0);
}

void TestResponsesApi::aBackgroundStreamThatIsLeftIsSettledByTheOneThatResumesIt()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    const QByteArray background = R"(,"background":true)";
    auto client = std::make_unique<RawClient>(proxy.port);
    client->write(request("POST", "/v1/responses", key,
                          body(R"(,"background":true,"stream":true,"max_output_tokens":1000)")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    call.chunk(
        sse("response.created", 0, "\"response\":" + response(proxy, "resp_bs", "queued", background)));
    call.chunk(delta(1, "one"));
    QVERIFY(client->readUntil("\"one\"").contains("one"));
    client->close();
    QTRY_VERIFY(call.clientGone());
    QTRY_VERIFY(!proxy.rows().isEmpty() && proxy.rows().first().close.outcome == Outcome::ClientGone);
    const ExchangeRow left = proxy.rows().first();
    QCOMPARE(*left.close.cost, left.open.reserved); // nobody stopped the work
    QCOMPARE(left.close.provenance, Provenance::Estimated);
    QCOMPARE(left.close.upstreamRequestId, QStringLiteral("resp_bs"));

    proxy.provider.onRequest = [&](ProviderCall &resumed) {
        resumed.streamHead();
        resumed.chunk(delta(2, "two"));
        resumed.chunk(sse("response.completed", 3,
                          "\"response\":"
                              + response(proxy, "resp_bs", "completed", background + ',' + usage(1000, 20))));
        resumed.endStream();
    };
    const Answer got = get(proxy, key, "/v1/responses/resp_bs?stream=true&starting_after=1");
    QVERIFY(got.body.startsWith("event: response.output_text.delta"));
    const auto now = [&] { return proxy.store->request(left.open.id).takeResult()->close; };
    QTRY_COMPARE(now().provenance, Provenance::Exact);
    QCOMPARE(now().cost->toDecimal(), QStringLiteral("0.00145"));
    QTRY_COMPARE(proxy.budgets().first().spent, usd("0.00145"));
}

void TestResponsesApi::whatAPersonCorrectedStays()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    QByteArray now = response(proxy, "resp_bg", "queued", R"(,"background":true)");
    proxy.provider.onRequest = [&](ProviderCall &call) { call.json(200, now); };
    const Answer posted = ask(proxy, key, body(R"(,"background":true)"));
    const RequestId id = *RequestId::fromText(posted.header("X-LBP-Request-Id"));
    QVERIFY(proxy.row(posted).close.cost.has_value());
    QVERIFY(proxy.store->correctCost(id, usd("0.5")).takeResult().has_value());
    now = response(proxy, "resp_bg", "completed", R"(,"background":true,)" + usage(10, 1));
    QCOMPARE(get(proxy, key, "/v1/responses/resp_bg").status(), 200);
    QVERIFY(proxy.isQuiet());
    QCOMPARE(*proxy.row(posted).close.cost, usd("0.5"));
}

void TestResponsesApi::whatHasEffectsIsNeverAnsweredFromTheCache()
{
    Proxy proxy(options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200, response(proxy, "resp_1", "completed", ',' + usage(10, 4)));
    };
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(proxy, key, body(R"(,"conversation":"conv_1")")).header("X-Cache"), QByteArray("MISS"));
    QCOMPARE(proxy.provider.requestCount(), 2);
    ask(proxy, key, body());
    QCOMPARE(ask(proxy, key, body()).header("X-Cache"), QByteArray("HIT"));
    QCOMPARE(proxy.provider.requestCount(), 3);
}

QTEST_GUILESS_MAIN(TestResponsesApi)
#include "tst_responses.moc"
