#include "core/price.h"
#include "dialects/openaichat.h"
#include "dialects/openairequest.h"
#include "dialects/openairesponses.h"
#include "unit/dialects/responses.h"

using namespace lbp;
using namespace lbp::test;

namespace {

RequestFacts factsOf(const QByteArray &body)
{
    const auto facts = responses().readRequest(body);
    if (!facts)
        qFatal("%s", qPrintable(facts.error().detail));
    return *facts;
}

Rates exampleRates()
{
    using enum BillingClass;
    Rates rates;
    rates[UncachedInput] = 1'250'000;
    rates[CachedInput] = 125'000;
    rates[CacheWrite5m] = 1'562'500;
    rates[CacheWrite1h] = 2'500'000;
    rates[Output] = 10'000'000;
    rates[WebSearchCall] = 10'000'000'000;
    rates[FileSearchCall] = 2'500'000'000;
    rates[CodeSessionCall] = 30'000'000'000;
    return rates;
}

} // namespace

class TestResponses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsSayWhatTheyMayCost();
    void anAgentsRequestIsBounded();
    void historyThatIsNotInTheBodyIsUnbounded_data();
    void historyThatIsNotInTheBodyIsUnbounded();
    void whatIsInTheBodyIsBoundedByIt_data();
    void whatIsInTheBodyIsBoundedByIt();
    void imagesAreCountedAsImages();
    void hostedToolsAreBoundedByTheirCalls_data();
    void hostedToolsAreBoundedByTheirCalls();
    void aTemplateWithoutAModelIsRefused();
    void whatCannotBeReadIsRefused_data();
    void whatCannotBeReadIsRefused();
    void compactionHasNoCeiling();
    void onlyTheNamedBytesChange_data();
    void onlyTheNamedBytesChange();
    void usageBecomesDisjointClasses_data();
    void usageBecomesDisjointClasses();
    void answersCostWhatTheirUsageSays_data();
    void answersCostWhatTheirUsageSays();
    void imageGenerationIsAPartOfItsOwn();
    void impossibleUsageIsRefused_data();
    void impossibleUsageIsRefused();
    void aQueuedAnswerIsPending();
};

void TestResponses::requestsSayWhatTheyMayCost()
{
    const QByteArray body =
        R"({"model":"gpt-5.6-sol","input":"Hi","max_output_tokens":500,"stream":true,"service_tier":"flex"})";
    const RequestFacts facts = factsOf(body);
    QCOMPARE(facts.model, QStringLiteral("gpt-5.6-sol"));
    QVERIFY(facts.stream);
    QVERIFY(facts.wantsUsage); // its streams always end with usage
    QCOMPARE(facts.ceiling, std::optional<qint64>(500));
    QCOMPARE(facts.choices, 1);
    QCOMPARE(facts.serviceTier, QStringLiteral("flex"));
    QCOMPARE(facts.inputUpperBound, body.size() + hiddenInputTokens);
    QVERIFY(!facts.inputUnbounded);
    QVERIFY(!facts.background);
    QVERIFY(!facts.hasEffects);
    QVERIFY(!facts.mayWriteCacheLong);
    QCOMPARE(facts.inputPasses, 1);
    QCOMPARE(factsOf(R"({"model":"m","input":"Hi"})").ceiling, std::nullopt);
    QCOMPARE(factsOf(R"({"model":"m","input":"Hi","max_output_tokens":null,"stream":null})").ceiling,
             std::nullopt);
    QVERIFY(factsOf(R"({"model":"m","input":"Hi","background":true})").background);
    QVERIFY(factsOf(R"({"model":"m","input":"Hi","background":true})").hasEffects);
    QVERIFY(factsOf(R"({"model":"m","input":"Hi","prompt_cache_retention":"24h"})").mayWriteCacheLong);
}

void TestResponses::anAgentsRequestIsBounded()
{
    const QByteArray body = responsesFile("agent-request.json");
    QVERIFY(!body.isEmpty());
    const RequestFacts facts = factsOf(body);
    QVERIFY(facts.stream);
    QCOMPARE(facts.ceiling, std::nullopt); // Codex names none: the model's own holds
    QVERIFY(!facts.inputUnbounded);
    QVERIFY(!facts.hasEffects);
    const qint64 inlined = qint64(strlen("data:image/png;base64,iVBORw0KGgo="));
    QCOMPARE(facts.inputUpperBound, body.size() + hiddenInputTokens + imageTokensUpperBound - inlined);
    QCOMPARE(facts.webSearches, assumedHostedCalls);
    QCOMPARE(facts.fileSearches, 0);
    QCOMPARE(facts.codeSessions, 0);
}

void TestResponses::historyThatIsNotInTheBodyIsUnbounded_data()
{
    QTest::addColumn<QByteArray>("members");
    for (
        const char *members :
        {R"("input":"Hi","previous_response_id":"resp_1")", R"("input":"Hi","conversation":"conv_1")",
         R"("input":"Hi","conversation":{"id":"conv_1"})", R"("prompt":{"id":"pmpt_1"})",
         R"("input":[{"type":"item_reference","id":"msg_1"}])", R"("input":[{"id":"msg_1"}])",
         R"("input":[{"role":"user","content":[{"type":"input_file","file_id":"file_1"}]}])",
         R"("input":[{"role":"user","content":[{"type":"input_file","file_url":"https://example.com/a"}]}])",
         R"("input":[{"role":"user","content":[{"type":"input_image","image_url":"data:application/pdf;base64,AA"}]}])",
         R"("input":[{"role":"user","content":[{"type":"new_kind","x":1}]}])",
         R"("input":[{"type":"new_item"}])", R"("input":[{"ty\u0070e":"message","role":"user"}])",
         R"("input":[["nested"]])", R"("input":{"role":"user"})",
         R"("input":[{"type":"reasoning","id":"rs_1","summary":[]}])",
         R"("input":[{"type":"function_call_output","output":[{"type":"input_file","file_id":"f"}]}])",
         R"("input":"Hi","tools":[{"type":"mcp","server_url":"https://example.com"}])",
         R"("input":"Hi","tools":[{"type":"hologram"}])"})
        QTest::newRow(members) << QByteArray(members);
}

void TestResponses::historyThatIsNotInTheBodyIsUnbounded()
{
    QFETCH(QByteArray, members);
    QVERIFY(factsOf("{\"model\":\"m\"," + members + '}').inputUnbounded);
}

void TestResponses::whatIsInTheBodyIsBoundedByIt_data()
{
    QTest::addColumn<QByteArray>("members");
    for (
        const char *members :
        {R"("input":"Hi")", R"("input":[])", R"("input":[{"role":"user","content":"Hi"}])",
         R"("input":[1,null,"x"])",
         R"("input":"Hi","previous_response_id":null,"conversation":null,"prompt":null)",
         R"("input":[{"role":"user","content":[{"type":"input_text","text":"\u0066\\"}]}])",
         R"("input":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"},{"type":"refusal","refusal":"b"}]}])",
         R"("input":[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA"}])",
         R"("input":[{"type":"function_call","name":"f","arguments":"{}","call_id":"1"},{"type":"function_call_output","call_id":"1","output":"x"}])",
         R"("input":[{"type":"custom_tool_call_output","call_id":"1","output":[{"type":"input_text","text":"x"}]}])",
         R"("input":[{"type":"shell_call_output","call_id":"1","output":[{"stdout":"a","stderr":"","outcome":{"type":"exit","exit_code":0}}]}])",
         R"("input":[{"type":"compaction","encrypted_content":"gAAA"}])",
         R"("input":"Hi","tools":[{"type":"function","name":"f"},{"type":"custom","name":"g"},{"type":"local_shell"},{"type":"computer_use_preview"},{"type":"namespace","name":"n","tools":[]}])",
         R"("input":"Hi","tools":[])", R"("input":"Hi","tools":null)"})
        QTest::newRow(members) << QByteArray(members);
}

void TestResponses::whatIsInTheBodyIsBoundedByIt()
{
    QFETCH(QByteArray, members);
    const QByteArray body = "{\"model\":\"m\"," + members + '}';
    const RequestFacts facts = factsOf(body);
    QVERIFY(!facts.inputUnbounded);
    QVERIFY(!facts.hasEffects);
    QCOMPARE(facts.inputUpperBound, body.size() + hiddenInputTokens);
    QCOMPARE(facts.inputPasses, 1);
}

void TestResponses::imagesAreCountedAsImages()
{
    const QByteArray three =
        R"({"model":"m","input":[{"role":"user","content":[{"type":"input_image","file_id":"file_1"},{"type":"input_image","image_url":"https://example.com/a.png"}]},{"type":"computer_call_output","call_id":"1","output":{"type":"computer_screenshot","image_url":"data:image/png;base64,AAAA"}}]})";
    const RequestFacts facts = factsOf(three);
    QVERIFY(!facts.inputUnbounded);
    QCOMPARE(facts.inputUpperBound,
             three.size() + hiddenInputTokens + 3 * imageTokensUpperBound
                 - qint64(strlen("data:image/png;base64,AAAA")));
    const QByteArray made =
        R"({"model":"m","input":[{"type":"image_generation_call","id":"ig_1","result":"AAAA"},)"
        R"({"type":"image_generation_call","id":"ig_2"}]})";
    QCOMPARE(factsOf(made).inputUpperBound, made.size() + hiddenInputTokens + 2 * imageTokensUpperBound - 4);
}

void TestResponses::hostedToolsAreBoundedByTheirCalls_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<qint64>("web");
    QTest::addColumn<qint64>("files");
    QTest::addColumn<qint64>("code");
    QTest::addColumn<qint64>("passes");
    const auto row = [](const char *members, qint64 web, qint64 files, qint64 code, qint64 passes) {
        QTest::newRow(members) << QByteArray(members) << web << files << code << passes;
    };
    const qint64 most = assumedHostedCalls;
    row(R"("tools":[{"type":"web_search"}])", most, 0, 0, most + 1);
    row(R"("tools":[{"type":"web_search_preview_2025_03_11"}],"max_tool_calls":7)", 7, 0, 0, 8);
    row(R"("tools":[{"type":"web_search"},{"type":"file_search","vector_store_ids":["vs"]}],"max_tool_calls":2)",
        2, 2, 0, 3);
    row(R"("tools":[{"type":"code_interpreter","container":{"type":"auto"}}])", 0, 0, 1, most + 1);
    row(R"("tools":[{"type":"shell","environment":{"type":"container_auto"}}],"max_tool_calls":3)", 0, 0, 1,
        4);
    row(R"("tools":[{"type":"shell","environment":{"type":"local"}}])", 0, 0, 0, 1);
    row(R"("tools":[{"type":"shell"}])", 0, 0, 0, 1);
    row(R"("tools":[{"type":"web_search"},{"type":"code_interpreter"}],"max_tool_calls":0)", 0, 0, 0, 1);
}

void TestResponses::hostedToolsAreBoundedByTheirCalls()
{
    QFETCH(QByteArray, members);
    QFETCH(qint64, web);
    QFETCH(qint64, files);
    QFETCH(qint64, code);
    QFETCH(qint64, passes);
    const RequestFacts facts = factsOf(R"({"model":"m","input":"Hi",)" + members + '}');
    QCOMPARE(facts.webSearches, web);
    QCOMPARE(facts.fileSearches, files);
    QCOMPARE(facts.codeSessions, code);
    QCOMPARE(facts.inputPasses, passes);
    QCOMPARE(facts.hostedInput, hostedResultTokens * passes * (passes - 1) / 2);
}

void TestResponses::aTemplateWithoutAModelIsRefused()
{
    const auto facts = responses().readRequest(R"({"prompt":{"id":"pmpt_1"}})");
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
    QVERIFY(facts.error().detail.contains(u"\"model\""));
    QVERIFY(responses().readRequest(R"({"prompt":{"id":"pmpt_1"},"model":"m"})").has_value());
}

void TestResponses::whatCannotBeReadIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"", "[]", "{", R"({"input":"Hi"})", R"({"model":""})", R"({"model":7})",
          R"({"model":"m","stream":"yes"})", R"({"model":"m","model":"n"})",
          R"({"model":"m","max_output_tokens":"9"})", R"({"model":"m","max_output_tokens":1.5})",
          R"({"model":"m","max_tool_calls":-1,"tools":[{"type":"web_search"}]})",
          R"({"model":"m","background":1})", R"({"model":"m","stream":true,"stream":false})"})
        QTest::newRow(body) << QByteArray(body);
}

void TestResponses::whatCannotBeReadIsRefused()
{
    QFETCH(QByteArray, body);
    const auto facts = responses().readRequest(body);
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
}

void TestResponses::compactionHasNoCeiling()
{
    const Dialect &compact = dialect("/responses/compact");
    const auto facts =
        compact.readRequest(R"({"model":"m","input":[{"role":"user","content":"x"}],"max_output_tokens":5})");
    QVERIFY(facts.has_value());
    QCOMPARE(facts->ceiling, std::nullopt);
    QVERIFY(!facts->fixedCeilingReason.isEmpty());
    BodyChanges lower;
    lower.ceiling = 5;
    QVERIFY(!compact.edited(R"({"model":"m"})", lower));
    const auto report = compact.readUsage(responsesFile("compact.json"));
    QVERIFY(report.has_value());
    QCOMPARE(shown(report->usage), shown(usageOf({.uncached = 904, .cached = 4096, .output = 300})));
    QCOMPARE(report->responseId, QStringLiteral("resp_c1"));
}

void TestResponses::onlyTheNamedBytesChange_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("model");
    QTest::addColumn<qint64>("ceiling"); // -1: unchanged
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *model, qint64 ceiling,
                        const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(model) << ceiling << QByteArray(after);
    };
    row("nothing", R"( { "model" : "a" , "new":[ 1 ] } )", "", -1, R"( { "model" : "a" , "new":[ 1 ] } )");
    row("model", R"({"input":"\u00e9", "model" : "a" ,"x":1})", "b", -1,
        R"({"input":"\u00e9", "model" : "b" ,"x":1})");
    row("ceiling is lowered", R"({"model":"a","max_output_tokens": 9000 })", "", 17,
        R"({"model":"a","max_output_tokens": 17 })");
    row("ceiling is new", R"({"model":"a","input":"max_output_tokens"})", "", 17,
        R"({"max_output_tokens":17,"model":"a","input":"max_output_tokens"})");
    row("ceiling was null", R"({"max_output_tokens":null,"model":"a"})", "", 17,
        R"({"max_output_tokens":17,"model":"a"})");
    row("both", R"({"model":"a","future":{"model":"c"}})", "b", 17,
        R"({"max_output_tokens":17,"model":"b","future":{"model":"c"}})");
}

void TestResponses::onlyTheNamedBytesChange()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, model);
    QFETCH(qint64, ceiling);
    QFETCH(QByteArray, after);
    BodyChanges changes;
    if (!model.isEmpty())
        changes.model = model;
    if (ceiling >= 0)
        changes.ceiling = ceiling;
    for (const bool original : {true, false}) {
        changes.originalProvider = original;
        changes.askForUsage = original; // there is nothing to ask
        const auto edited = responses().edited(before, changes);
        QVERIFY(edited.has_value());
        QCOMPARE(*edited, after);
    }
}

void TestResponses::usageBecomesDisjointClasses_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<Usage>("expected");
    const auto row = [](const char *name, const char *members, const Counts &counts, qint64 writeLong = 0,
                        qint64 web = 0) {
        Usage usage = usageOf(counts);
        usage[BillingClass::CacheWrite1h] = writeLong;
        usage[BillingClass::WebSearchCall] = web;
        QTest::newRow(name) << QByteArray(members) << usage;
    };
    row("three fields", R"("usage":{"input_tokens":9,"output_tokens":1,"total_tokens":10})",
        {.uncached = 9, .output = 1});
    row("details are null",
        R"("usage":{"input_tokens":9,"output_tokens":1,"input_tokens_details":null,"output_tokens_details":null})",
        {.uncached = 9, .output = 1});
    row("read and written are apart",
        R"("usage":{"input_tokens":3000,"input_tokens_details":{"cached_tokens":2048,"cache_write_tokens":512},"output_tokens":400,"output_tokens_details":{"reasoning_tokens":256},"total_tokens":3400})",
        {.uncached = 440, .cached = 2048, .write = 512, .output = 144, .reasoning = 256});
    row("long writes are apart from the others",
        R"("usage":{"input_tokens":100,"input_tokens_details":{"cache_write_tokens":50,"cache_write_tokens_details":{"ttl_30m_tokens":20,"ttl_12h_tokens":30}},"output_tokens":1})",
        {.uncached = 50, .write = 20, .output = 1}, 30);
    row("parts without their sum",
        R"("usage":{"input_tokens":100,"input_tokens_details":{"cache_write_tokens_details":{"ttl_30m_tokens":20,"ttl_12h_tokens":30}},"output_tokens":1})",
        {.uncached = 50, .write = 20, .output = 1}, 30);
    row("a total above its parts was generated",
        R"("usage":{"input_tokens":10,"output_tokens":5,"total_tokens":40})", {.uncached = 10, .output = 30});
    row("searches are counted by the provider",
        R"("tool_usage":{"web_search":{"num_requests":2}},"output":[{"type":"web_search_call","action":{"type":"search"}}],"usage":{"input_tokens":9,"output_tokens":1})",
        {.uncached = 9, .output = 1}, 0, 2);
    row("searches are counted here where the provider does not",
        R"("output":[{"type":"web_search_call","action":{"type":"search"}},{"type":"web_search_call","action":{"type":"open_page"}},{"type":"web_search_call"}],"usage":{"input_tokens":9,"output_tokens":1})",
        {.uncached = 9, .output = 1}, 0, 2);
    row("unknown members and odd types are passed over",
        R"("usage":{"input_tokens":9,"output_tokens":1,"cost":1e-7,"input_tokens_details":[1]},"tool_usage":[],"output":{"type":"x"},"tools":1)",
        {.uncached = 9, .output = 1});
}

void TestResponses::usageBecomesDisjointClasses()
{
    QFETCH(QByteArray, members);
    QFETCH(Usage, expected);
    const auto report =
        responses().readUsage(R"({"object":"response","status":"completed",)" + members + '}');
    QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().detail));
    QCOMPARE(shown(report->usage), shown(expected));
    QVERIFY(report->countsCalls);
    QVERIFY(report->parts.empty());
}

void TestResponses::answersCostWhatTheirUsageSays_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("expected"); // USD
    // 7,976 x 1.25 + 1,024 x 0.125 + 120 x 10 per million, two searches, one file search, one container
    QTest::newRow("hosted tools") << QByteArray("hosted.json") << QStringLiteral("0.063798");
    // 440 x 1.25 + 2,048 x 0.125 + 312 x 1.5625 + 200 x 2.5 + 400 x 10 per million, two searches
    QTest::newRow("cache writes") << QByteArray("image.json") << QStringLiteral("0.0257935");
    QTest::newRow("compaction") << QByteArray("compact.json") << QStringLiteral("0.004642");
    QTest::newRow("background") << QByteArray("finished.json") << QStringLiteral("0.00325");
}

void TestResponses::answersCostWhatTheirUsageSays()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, expected);
    const auto report = responses().readUsage(responsesFile(name.constData()));
    QVERIFY(report.has_value());
    const Result<Money> price = cost(report->usage, exampleRates());
    QVERIFY(price.has_value());
    QCOMPARE(price->toDecimal(), expected);
}

void TestResponses::imageGenerationIsAPartOfItsOwn()
{
    using enum BillingClass;
    const auto report = responses().readUsage(responsesFile("image.json"));
    QVERIFY(report.has_value());
    QCOMPARE(report->serviceTier, QStringLiteral("priority"));
    QCOMPARE(report->parts.size(), size_t(1));
    QCOMPARE(report->parts.front().model, QStringLiteral("gpt-image-1-mini"));
    Usage expected;
    expected[UncachedInput] = 40;
    expected[ImageInput] = 260;
    expected[ImageOutput] = 4160;
    QCOMPARE(shown(report->parts.front().usage), shown(expected));
    QCOMPARE(report->usage[ImageOutput], 0);
    QCOMPARE(report->usage[WebSearchCall], 2);

    const RequestFacts facts = factsOf(
        R"({"model":"m","input":"Draw","tools":[{"type":"image_generation","model":"gpt-image-1-mini"}],"max_tool_calls":2})");
    QCOMPARE(facts.partsUpperBound.size(), size_t(1));
    QCOMPARE(facts.partsUpperBound.front().model, QStringLiteral("gpt-image-1-mini"));
    QVERIFY(facts.partsUpperBound.front().usage[ImageOutput] >= 2 * 7040); // the dearest listed size, twice
    QCOMPARE(factsOf(R"({"model":"m","input":"Draw","tools":[{"type":"image_generation"}]})")
                 .partsUpperBound.front()
                 .model,
             QStringLiteral("gpt-image-1"));
}

void TestResponses::impossibleUsageIsRefused_data()
{
    QTest::addColumn<QByteArray>("members");
    for (
        const char *members :
        {R"("usage":{"input_tokens":-1,"output_tokens":1})",
         R"("usage":{"input_tokens":1,"output_tokens":1.5})",
         R"("usage":{"input_tokens":1,"output_tokens":99999999999999999999})",
         R"("usage":{"input_tokens":9,"output_tokens":1,"input_tokens_details":{"cached_tokens":-3}})",
         R"("usage":{"input_tokens":9,"output_tokens":1,"input_tokens_details":{"cache_write_tokens_details":{"ttl_12h_tokens":-3}}})",
         R"("usage":{"input_tokens":9,"output_tokens":1},"tool_usage":{"web_search":{"num_requests":-2}})",
         R"("usage":{"input_tokens":9,"output_tokens":1},"tool_usage":{"image_gen":{"output_tokens":-2}})"})
        QTest::newRow(members) << QByteArray(members);
}

void TestResponses::impossibleUsageIsRefused()
{
    QFETCH(QByteArray, members);
    const auto report = responses().readUsage(R"({"status":"completed",)" + members + '}');
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::InvalidUsage);
}

void TestResponses::aQueuedAnswerIsPending()
{
    const auto queued = responses().readUsage(responsesFile("queued.json"));
    QVERIFY(queued.has_value());
    QVERIFY(queued->isPending);
    QCOMPARE(queued->responseId, QStringLiteral("resp_bg1"));
    QVERIFY(queued->usage.isZero());
    const Dialect *kept = DialectSet::all().find("GET", "/responses/resp_bg1");
    QVERIFY(kept && kept->tellsEarlierUsage());
    QCOMPARE(kept->metering(), Metering::Free);
    QVERIFY(kept->readUsage(responsesFile("queued.json"))->isPending);
    const auto finished = kept->readUsage(responsesFile("finished.json"));
    QVERIFY(finished.has_value());
    QVERIFY(!finished->isPending);
    QCOMPARE(finished->responseId, QStringLiteral("resp_bg1"));
    QCOMPARE(shown(finished->usage), shown(usageOf({.uncached = 1000, .output = 50, .reasoning = 150})));
    QVERIFY(!kept->readUsage(R"({"object":"list","data":[]})"));
}

QTEST_GUILESS_MAIN(TestResponses)
#include "tst_dialects_responses.moc"
