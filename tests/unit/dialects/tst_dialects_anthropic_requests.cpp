#include "dialects/anthropicinput.h"
#include "unit/dialects/anthropic.h"

using namespace lbp;
using namespace lbp::test;

namespace {

/// A request with more members.
QByteArray with(const QByteArray &members)
{
    return R"({"model":"claude-sonnet-5","max_tokens":2000,"messages":[{"role":"user","content":"Hi"}])"
        + (members.isEmpty() ? QByteArray() : ',' + members) + "}";
}

QByteArray withContent(const QByteArray &content)
{
    return R"({"messages":[{"role":"user","content":)" + content
        + R"(}],"max_tokens":2000,"model":"claude-sonnet-5"})";
}

Call callOf(const QByteArray &body)
{
    Call call;
    call.body = body;
    return call;
}

QByteArray withTools(const QByteArray &tools)
{
    return with("\"tools\":[" + tools + "]");
}

} // namespace

class TestAnthropicRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldThatMovesCostIsRead()
    {
        const QByteArray body =
            " {\"model\" : \"claude-opus-5-\\u0035\" , \"max_tokens\":32000, \"stream\":true,\n"
            "\"system\":\"You are brief.\", \"service_tier\":\"auto\",\n"
            "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},\n"
            "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\n"
            "\"unknown\":{\"model\":\"x\",\"max_tokens\":-1}} ";
        const auto facts = messages().readRequest(body);
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->model, QStringLiteral("claude-opus-5-5"));
        QVERIFY(facts->stream);
        QVERIFY(facts->wantsUsage); // it always comes
        QCOMPARE(facts->ceiling.value_or(-1), 32000);
        QVERIFY(!facts->ceilingIsDefault);
        QCOMPARE(facts->choices, 1);
        QCOMPARE(facts->serviceTier, QStringLiteral("auto"));
        QCOMPARE(facts->ratePercent, 100);
        QCOMPARE(facts->inputUpperBound, body.size() + anthropicHiddenTokens);
        QVERIFY(!facts->inputUnbounded);
        QCOMPARE(facts->inputPasses, 1);
        QCOMPARE(facts->hostedInput, 0);
        QCOMPARE(facts->webSearches, 0);
        QVERIFY(!facts->mayWriteCache);
        QVERIFY(!facts->mayWriteCacheLong);
        QVERIFY(facts->otherModels.empty());
        QCOMPARE(facts->leastCeiling, 1025);
        QVERIFY(facts->fixedCeilingReason.isEmpty());
    }

    void whatIsAbsentOrNullHasItsDefault()
    {
        const auto facts = messages().readRequest(with(
            R"("stream":null,"service_tier":null,"speed":null,"inference_geo":null,"thinking":null,"cache_control":null,)"
            R"("system":null,"tools":null,"container":null,"mcp_servers":null,"context_management":null,"thread":null,"fallbacks":null)"));
        QVERIFY(facts);
        QVERIFY(!facts->stream);
        QVERIFY(facts->serviceTier.isEmpty());
        QVERIFY(!facts->inputUnbounded);
        QVERIFY(!facts->mayWriteCache);
        QCOMPARE(facts->leastCeiling, 0);
    }

    void nothingIsMadeWhenTheCacheIsWarmed()
    {
        const auto facts = messages().readRequest(R"({"model":"m","max_tokens":0,"messages":[]})");
        QVERIFY(facts);
        QCOMPARE(facts->ceiling.value_or(-1), 0);
    }

    void whatTheProviderWouldRefuseNamesTheField_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QByteArray &body, const char *named) {
            QTest::newRow(name) << body << QString::fromLatin1(named);
        };
        row("no model", R"({"max_tokens":5})", "\"model\"");
        row("model is a number", R"({"model":4,"max_tokens":5})", "\"model\"");
        row("two models", R"({"model":"a","model":"b","max_tokens":5})", "\"model\"");
        row("no ceiling", R"({"model":"m"})", "\"max_tokens\"");
        row("ceiling is null", R"({"model":"m","max_tokens":null})", "\"max_tokens\"");
        row("ceiling is negative", R"({"model":"m","max_tokens":-1})", "\"max_tokens\"");
        row("ceiling is text", R"({"model":"m","max_tokens":"100"})", "\"max_tokens\"");
        row("ceiling is half a token", R"({"model":"m","max_tokens":1.5})", "\"max_tokens\"");
        row("ceiling is absurd", R"({"model":"m","max_tokens":9223372036854775807})", "\"max_tokens\"");
        row("two ceilings", R"({"model":"m","max_tokens":5,"max_tokens":6})", "\"max_tokens\"");
        row("stream is text", with(R"("stream":"true")"), "\"stream\"");
        row("tier is a number", with(R"("service_tier":1)"), "\"service_tier\"");
        row("speed is true", with(R"("speed":true)"), "\"speed\"");
        row("geo is a list", with(R"("inference_geo":["us"])"), "\"inference_geo\"");
        row("thinking is a number", with(R"("thinking":1024)"), "\"thinking\"");
        row("budget is text", with(R"("thinking":{"budget_tokens":"1024"})"), "\"budget_tokens\"");
        row("budget is negative", with(R"("thinking":{"budget_tokens":-4})"), "\"budget_tokens\"");
        row("two budgets", with(R"("thinking":{"budget_tokens":4,"budget_tokens":5})"), "\"budget_tokens\"");
        row("two thinkings", with(R"("thinking":{"type":"disabled"},"thinking":{"type":"enabled"})"),
            "\"thinking\"");
        row("messages are text", with(R"("messages":"Hi")"), "\"messages\"");
        row("system is a number", with(R"("system":1)"), "\"system\"");
        row("cache control is true", with(R"("cache_control":true)"), "\"cache_control\"");
        row("tools are an object", with(R"("tools":{})"), "\"tools\"");
        row("servers are text", with(R"("mcp_servers":"x")"), "\"mcp_servers\"");
        row("uses are text",
            withTools(R"({"type":"web_search_20250305","name":"web_search","max_uses":"5"})"), "max_uses");
        row("uses are negative", withTools(R"({"type":"web_search_20250305","max_uses":-1})"), "max_uses");
        row("uses are absurd", withTools(R"({"type":"web_search_20250305","max_uses":9000000000000000000})"),
            "max_uses");
        row("fallbacks are objects without a model", with(R"("fallbacks":[{}])"), "\"fallbacks\"");
    }
    void whatTheProviderWouldRefuseNamesTheField()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, named);
        const auto facts = messages().readRequest(body);
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
        QVERIFY2(facts.error().detail.contains(named), qPrintable(facts.error().detail));
    }

    void unreadableBodiesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("broken off") << with({}).chopped(3);
        QTest::newRow("two objects") << with({}) + "{}";
        QTest::newRow("invalid UTF-8") << with("\"x\":\"\xff\"");
    }
    void unreadableBodiesAreRefused()
    {
        QFETCH(QByteArray, body);
        const auto facts = messages().readRequest(body);
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
    }

    void promptTextIsNeverInAnError()
    {
        for (const char *broken : {R"("stream":"canary")", R"("speed":7)", R"("thinking":"canary")",
                                   R"("tools":[{"type":"web_search_1","max_uses":"canary"}])"}) {
            const auto facts = messages().readRequest(with(QByteArray(R"("system":"canary",)") + broken));
            QVERIFY(!facts);
            QVERIFY(!facts.error().detail.contains(QStringLiteral("canary")));
        }
    }

    void aThinkingBudgetIsAFloorForTheCeiling()
    {
        const auto below =
            messages().readRequest(with(R"("thinking":{"type":"enabled","budget_tokens":1999})"));
        QVERIFY(below);
        QCOMPARE(below->leastCeiling, 2000);
        QVERIFY(below->fixedCeilingReason.isEmpty());
        // Between tools the budget may be above max_tokens: then the ceiling stays as it is.
        const auto above =
            messages().readRequest(with(R"("thinking":{"type":"enabled","budget_tokens":2000})"));
        QVERIFY(above);
        QVERIFY(!above->fixedCeilingReason.isEmpty());
        const auto adaptive = messages().readRequest(with(R"("thinking":{"type":"adaptive"})"));
        QVERIFY(adaptive);
        QVERIFY(adaptive->fixedCeilingReason.isEmpty());
        QCOMPARE(adaptive->leastCeiling, 0);
    }

    void speedAndRegionDecideThePrice()
    {
        QCOMPARE(messages().readRequest(with(R"("speed":"fast","service_tier":"auto")"))->serviceTier,
                 QStringLiteral("fast"));
        QCOMPARE(
            messages().readRequest(with(R"("speed":"standard","service_tier":"standard_only")"))->serviceTier,
            QStringLiteral("standard_only"));
        QCOMPARE(messages().readRequest(with(R"("inference_geo":"us")"))->ratePercent, 110);
        QCOMPARE(messages().readRequest(with(R"("inference_geo":"global")"))->ratePercent, 100);
        QCOMPARE(messages().readRequest(with(R"("inference_geo":"somewhere")"))->ratePercent, 110);
    }

    void cacheWritesAreSeenWhereverTheyAreAskedFor_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("writes");
        QTest::addColumn<bool>("writesLong");
        const QByteArray block = R"({"type":"text","text":"x","cache_control":)";
        QTest::newRow("nowhere") << withContent("\"the words \\\"cache_control\\\" and 1h\"") << false
                                 << false;
        QTest::newRow("null") << withContent("[" + block + "null}]") << false << false;
        QTest::newRow("in a block") << withContent("[" + block + R"({"type":"ephemeral"}}])") << true
                                    << false;
        QTest::newRow("for five minutes")
            << withContent("[" + block + R"({"type":"ephemeral","ttl":"5m"}}])") << true << false;
        QTest::newRow("for an hour") << withContent("[" + block + R"({"ttl":"1h","type":"ephemeral"}}])")
                                     << true << true;
        QTest::newRow("in an odd spelling")
            << withContent("[" + block + "{\"type\":\"ephemeral\",\"ttl\":\"\\u0031h\"}}]") << true << true;
        QTest::newRow("in a result of a tool")
            << withContent(R"([{"type":"tool_result","tool_use_id":"t","content":[)" + block
                           + R"({"type":"ephemeral","ttl":"1h"}}]}])")
            << true << true;
        QTest::newRow("in the system prompt")
            << with(R"("system":[)" + block + R"({"type":"ephemeral"}}])") << true << false;
        QTest::newRow("in a tool") << withTools(
            R"({"name":"a","input_schema":{},"cache_control":{"type":"ephemeral","ttl":"1h"}})")
                                   << true << true;
        QTest::newRow("by an adviser") << withTools(
            R"({"type":"advisor_20260301","name":"advisor","model":"m","caching":{"type":"ephemeral","ttl":"1h"}})")
                                       << true << true;
        QTest::newRow("automatic") << with(R"("cache_control":{"type":"ephemeral"})") << true << false;
        QTest::newRow("automatic, an hour")
            << with(R"("cache_control":{"type":"ephemeral","ttl":"1h"})") << true << true;
    }
    void cacheWritesAreSeenWhereverTheyAreAskedFor()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, writes);
        QFETCH(bool, writesLong);
        const auto facts = messages().readRequest(body);
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->mayWriteCache, writes);
        QCOMPARE(facts->mayWriteCacheLong, writesLong);
    }

    void imagesHaveRoomWhateverTheirSize_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("images");
        QTest::addColumn<int>("inlineBytes");
        QTest::newRow("text") << QByteArray("[{\"type\":\"text\",\"text\":\"\\\"type\\\":\\\"image\\\"\"}]")
                              << 0 << 0;
        QTest::newRow("inline") << QByteArray(
            R"([{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}])")
                                << 1 << 4;
        QTest::newRow("remote") << QByteArray(
            "[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://example.org/a.png\"}}]")
                                << 1 << 0;
        QTest::newRow("kept there") << QByteArray(
            R"([{"type":"image","source":{"type":"file","file_id":"file_1"}}])")
                                    << 1 << 0;
        QTest::newRow("in the result of a tool") << QByteArray(
            R"([{"type":"tool_result","tool_use_id":"t","content":[{"source":{"data":"AAAAAAAA","type":"base64"},"type":"image"}]}])")
                                                 << 1 << 8;
        QTest::newRow("in a document") << QByteArray(
            R"([{"type":"document","source":{"type":"content","content":[{"type":"image","source":{"type":"base64","data":"AAAA"}}]}}])")
                                       << 1 << 4;
        QTest::newRow("data in a block that is no image")
            << QByteArray(R"([{"type":"text","text":"x","source":{"type":"base64","data":"AAAA"}}])") << -1
            << 0;
    }
    void imagesHaveRoomWhateverTheirSize()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, images);
        QFETCH(int, inlineBytes);
        const QByteArray body = withContent(content);
        const auto facts = messages().readRequest(body);
        QVERIFY(facts);
        QCOMPARE(facts->inputUnbounded, images < 0);
        QCOMPARE(facts->inputUpperBound,
                 body.size() + anthropicHiddenTokens + qMax(0, images) * anthropicImageTokens - inlineBytes);
    }

    void whatIsNotInTheBodyIsUnbounded_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("unbounded");
        QTest::newRow("a text document") << withContent(
            R"([{"type":"document","source":{"type":"text","media_type":"text/plain","data":"abc"}}])")
                                         << false;
        QTest::newRow("a search result")
            << withContent("[{\"type\":\"search_result\",\"source\":\"https://"
                           "example.org\",\"title\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]")
            << false;
        QTest::newRow("an earlier turn with a search") << withContent(
            R"([{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"x"}},{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","url":"u","title":"t","encrypted_content":"abc"}]}])")
                                                       << false;
        QTest::newRow("sealed thinking")
            << withContent(R"([{"type":"redacted_thinking","data":"abc"}])") << false;
        QTest::newRow("a PDF") << withContent(
            R"([{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"}}])")
                               << true;
        QTest::newRow("a PDF elsewhere") << withContent(
            "[{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://example.org/a.pdf\"}}]")
                                         << true;
        QTest::newRow("a file") << withContent(
            R"([{"type":"document","source":{"type":"file","file_id":"f"}}])")
                                << true;
        QTest::newRow("a file in a result") << withContent(
            R"([{"type":"tool_result","tool_use_id":"t","content":[{"type":"document","source":{"type":"file","file_id":"f"}}]}])")
                                            << true;
        QTest::newRow("an upload for code")
            << withContent(R"([{"type":"container_upload","file_id":"f"}])") << true;
        QTest::newRow("a kind not known here") << withContent(R"([{"type":"hologram","data":"x"}])") << true;
        QTest::newRow("a kind spelt oddly")
            << withContent("[{\"type\":\"d\\u006fcument\",\"source\":{\"type\":\"text\",\"data\":\"x\"}}]")
            << true;
        QTest::newRow("a name spelt oddly")
            << withContent("[{\"type\":\"text\",\"text\":\"x\",\"cache\\u005fcontrol\":{}}]") << true;
        QTest::newRow("two kinds") << withContent(
            R"([{"type":"text","text":"x","type":"document","source":{"type":"text"}}])")
                                   << true;
        QTest::newRow("nested without end")
            << withContent(QByteArray(R"([{"type":"tool_result","content":)").repeated(40) + "\"x\""
                           + QByteArray("}]").repeated(40))
            << true;
        QTest::newRow("a history kept there")
            << with(R"("thread":{"type":"continue","previous_message_id":"msg_1"})") << true;
        QTest::newRow("skills") << with(R"("container":{"skills":[{"type":"anthropic","skill_id":"pptx"}]})")
                                << true;
        QTest::newRow("a container again") << with(R"("container":"container_1")") << false;
        QTest::newRow("remote tools")
            << with("\"mcp_servers\":[{\"type\":\"url\",\"url\":\"https://x\",\"name\":\"x\"}]") << true;
        QTest::newRow("no remote tools") << with(R"("mcp_servers":[ ])") << false;
    }
    void whatIsNotInTheBodyIsUnbounded()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, unbounded);
        const auto facts = messages().readRequest(body);
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->inputUnbounded, unbounded);
        QCOMPARE(messages().inputText(callOf(body)).has_value(), !unbounded);
    }

    void hostedToolsAreBounded_data()
    {
        QTest::addColumn<QByteArray>("tools");
        QTest::addColumn<qint64>("searches");
        QTest::addColumn<qint64>("passes");
        QTest::addColumn<qint64>("added");
        QTest::addColumn<bool>("unbounded");
        QTest::newRow("the client's own") << QByteArray(
            R"({"name":"max_uses","input_schema":{"type":"object","max_uses":"x"}},{"type":"custom","name":"b"})")
                                          << qint64{0} << qint64{1} << qint64{0} << false;
        QTest::newRow("run by the client") << QByteArray(
            R"({"type":"bash_20250124","name":"bash"},{"type":"text_editor_20250728","name":"e"})")
                                           << qint64{0} << qint64{1} << qint64{0} << false;
        // Two searches: the first result is read twice, the second once, and so is what was written before.
        QTest::newRow("search, limited")
            << QByteArray(R"({"type":"web_search_20250305","name":"web_search","max_uses":2})") << qint64{2}
            << qint64{3} << 3 * hostedResultTokens + 2 * 2000 << false;
        QTest::newRow("search, limited twice")
            << QByteArray(R"({"type":"web_search_20250305","max_uses":1,"max_uses":2})") << qint64{2}
            << qint64{3} << 3 * hostedResultTokens + 2 * 2000 << false;
        QTest::newRow("search without a limit")
            << QByteArray(R"({"type":"web_search_20260318","name":"web_search"})") << assumedHostedUses
            << mostHostedRounds + 1 << 155 * hostedResultTokens + 10 * 2000 << false;
        QTest::newRow("short pages") << QByteArray(
            R"({"type":"web_fetch_20250910","name":"web_fetch","max_uses":1,"max_content_tokens":5000})")
                                     << qint64{0} << qint64{2} << qint64{5000 + 2000} << false;
        QTest::newRow("any page") << QByteArray(R"({"type":"web_fetch_20250910","name":"f","max_uses":1})")
                                  << qint64{0} << qint64{2} << fetchedPageTokens + 2000 << false;
        QTest::newRow("finding tools")
            << QByteArray(R"({"type":"tool_search_tool_bm25_20251119","name":"tool_search_tool_bm25"})")
            << qint64{0} << mostHostedRounds + 1 << qint64{10 * 2000} << false;
        QTest::newRow("tools of a server")
            << QByteArray(R"({"type":"mcp_toolset","mcp_server_name":"x"})") << qint64{0}
            << mostHostedRounds + 1 << 155 * hostedResultTokens + 10 * 2000 << true;
        QTest::newRow("a kind not known here")
            << QByteArray(R"({"type":"telepathy_20270101","name":"t","max_uses":1})") << qint64{0}
            << qint64{2} << fetchedPageTokens + 2000 << true;
        QTest::newRow("a kind spelt oddly")
            << QByteArray("{\"type\":\"web\\u005fsearch_20250305\",\"max_uses\":1}") << qint64{1} << qint64{2}
            << fetchedPageTokens + 2000 << true;
    }
    void hostedToolsAreBounded()
    {
        QFETCH(QByteArray, tools);
        QFETCH(qint64, searches);
        QFETCH(qint64, passes);
        QFETCH(qint64, added);
        QFETCH(bool, unbounded);
        const auto facts = messages().readRequest(withTools(tools));
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->webSearches, searches);
        QCOMPARE(facts->inputPasses, passes);
        QCOMPARE(facts->hostedInput, added);
        QCOMPARE(facts->inputUnbounded, unbounded);
    }

    void codeRunsInOneContainer()
    {
        const auto facts = messages().readRequest(
            withTools(R"({"type":"code_execution_20260120","name":"code_execution"})"));
        QVERIFY(facts);
        QCOMPARE(facts->codeSessions, 1);
        QCOMPARE(facts->webSearches, 0);
        QVERIFY(facts->inputPasses > 1);
    }

    void definitionsThatAreNotInTheBodyHaveRoom()
    {
        const QByteArray body = withTools(
            R"({"type":"bash_20250124","name":"bash"},{"type":"browser_toolset_20260801","name":"browser"})");
        const auto facts = messages().readRequest(body);
        QVERIFY(facts);
        QCOMPARE(facts->inputUpperBound,
                 body.size() + anthropicHiddenTokens + anthropicToolTokens + anthropicToolsetTokens);
    }

    void otherModelsThatMayRunAreNamed()
    {
        const auto facts = messages().readRequest(with(
            R"("tools":[{"type":"advisor_20260301","name":"advisor","model":"claude-opus-5","max_uses":3,"max_tokens":700}],)"
            R"("fallbacks":[{"model":"claude-haiku-4-5","max_tokens":50},{"model":"claude-sonnet-4-5"}])"));
        QVERIFY(facts);
        const std::vector<OtherModel> expected{{QStringLiteral("claude-opus-5"), 3, 700},
                                               {QStringLiteral("claude-haiku-4-5"), 1, 50},
                                               {QStringLiteral("claude-sonnet-4-5"), 1, 2000}};
        QVERIFY(facts->otherModels == expected);
    }

    void aFallbackOfTheProvidersChoiceDoublesTheWorstCase()
    {
        const auto facts = messages().readRequest(with(R"("fallbacks":"default")"));
        QVERIFY(facts);
        QCOMPARE(facts->inputPasses, 2);
        QCOMPARE(facts->extraOutputUpperBound, 2000);
    }

    void compactionReadsTheInputOnceMore()
    {
        const auto facts =
            messages().readRequest(with(R"("context_management":{"edits":[{"type":"compact_20260112"}]})"));
        QVERIFY(facts);
        QCOMPARE(facts->inputPasses, 2);
        QCOMPARE(facts->extraOutputUpperBound, 2000);
        const auto cleared = messages().readRequest(
            with(R"("context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]})"));
        QVERIFY(cleared);
        QCOMPARE(cleared->inputPasses, 1);
    }

    void whatLeavesTracesIsNeverAnsweredFromHere()
    {
        QVERIFY(!messages().readRequest(with({}))->hasEffects);
        QVERIFY(!messages().readRequest(withTools(R"({"name":"own","input_schema":{}})"))->hasEffects);
        for (const char *members :
             {R"("container":"container_1")", R"("thread":{"type":"create"})",
              R"("mcp_servers":[{"type":"url","name":"x"}])",
              R"("tools":[{"type":"code_execution_20260120","name":"code_execution"}])"})
            QVERIFY2(messages().readRequest(with(members))->hasEffects, members);
        QVERIFY(messages().readRequest(R"({"model":"m","max_tokens":0})")->hasEffects);
    }

    void countingTokensTellsOnlyItsModel()
    {
        const Dialect &count = dialect("/messages/count_tokens");
        const QByteArray body = R"({"messages":[],"model":"claude-opus-5", "x":1})";
        const auto facts = count.readRequest(body);
        QVERIFY(facts);
        QCOMPARE(facts->model, QStringLiteral("claude-opus-5"));
        BodyChanges changes;
        changes.model = QStringLiteral("deployed");
        QCOMPARE(count.edited(body, changes).value(),
                 QByteArray(R"({"messages":[],"model":"deployed", "x":1})"));
        changes.ceiling = 5;
        QVERIFY(!count.edited(body, changes));
        QVERIFY(!count.readRequest("no JSON"));
    }

    void anEditKeepsEveryOtherByte()
    {
        const QByteArray before =
            "{ \"model\" :\"claude-opus-5\",\t\"x\":{\"max_tokens\":1}, \"max_tokens\": 32000 ,\n"
            "\"messages\":[{\"content\":\"\\u00e4 \xc3\xa4\",\"role\":\"user\"}], \"z\":1e400 }";
        BodyChanges changes;
        changes.model = QStringLiteral("claude-haiku-4-5");
        changes.ceiling = 1500;
        const auto after = messages().edited(before, changes);
        QVERIFY(after);
        QByteArray expected = before;
        expected.replace("\"claude-opus-5\"", "\"claude-haiku-4-5\"").replace("32000", "1500");
        QCOMPARE(*after, expected);
        QCOMPARE(messages().edited(before, {}).value(), before);
    }

    void aCeilingNeverFallsToTheThinkingBudget()
    {
        const QByteArray body = with(R"("thinking":{"type":"enabled","budget_tokens":1024})");
        BodyChanges changes;
        changes.ceiling = 1025;
        QVERIFY(messages().edited(body, changes).has_value());
        changes.ceiling = 1024;
        const auto refused = messages().edited(body, changes);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
    }

    void theTextToBeCountedIsAllThatTheModelReads()
    {
        const QByteArray body =
            "{\"model\":\"m\",\"max_tokens\":5,\"system\":[{\"type\":\"text\",\"text\":\"be "
            "\\\"brief\\\"\"}],"
            "\"messages\":[{\"role\":\"user\",\"content\":\"first\"},{\"role\":\"assistant\",\"content\":["
            "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"look\",\"input\":{\"q\":1}}]},{\"role\":\"user\","
            "\"content\":["
            "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":"
            "\"found\"},"
            "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"AAAA\"}}]},"
            "{\"type\":\"document\",\"title\":\"report\",\"source\":{\"type\":\"text\",\"data\":\"the "
            "facts\"}}]}],"
            "\"tools\":[{\"name\":\"look\",\"input_schema\":{\"type\":\"object\"}}],\"metadata\":{\"user_"
            "id\":\"never\"}}";
        const auto text = messages().inputText(callOf(body));
        QVERIFY(text);
        const std::vector<QByteArray> expected{
            "be \"brief\"", "first",  "look",      R"({"q":1})",
            "found",        "report", "the facts", R"([{"name":"look","input_schema":{"type":"object"}}])"};
        QVERIFY(text->pieces == expected);
        QCOMPARE(text->unreadable, anthropicImageTokens);
        QVERIFY(text->overhead > anthropicHiddenTokens);
        QVERIFY(!text->exact); // nobody publishes the rules
        const auto plain =
            messages().inputText(callOf("{\"model\":\"m\",\"max_tokens\":1,\"system\":\"one\\nstring\"}"));
        QVERIFY(plain);
        QVERIFY(plain->pieces == std::vector<QByteArray>{"one\nstring"});
    }

    void aMegabyteOfRequestIsReadAtOnce()
    {
        const QByteArray text(1'000'000, 'x');
        const QByteArray body = withContent("[{\"type\":\"text\",\"text\":\"" + text + "\"}]");
        Result<RequestFacts> facts;
        QBENCHMARK
        {
            facts = messages().readRequest(body);
        }
        QVERIFY(facts);
        QCOMPARE(facts->inputUpperBound, body.size() + anthropicHiddenTokens);
    }
};

QTEST_GUILESS_MAIN(TestAnthropicRequests)
#include "tst_dialects_anthropic_requests.moc"
