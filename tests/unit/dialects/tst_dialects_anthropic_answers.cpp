#include "core/price.h"
#include "dialects/anthropicusage.h"
#include "unit/dialects/anthropic.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

using namespace lbp;
using namespace lbp::test;

namespace {

using enum BillingClass;

/// Per million tokens, in millionths of a dollar: the list of claude-3-7-sonnet and of claude-3-5-haiku.
Rates ratesOf(qint64 input, qint64 cached, qint64 write5m, qint64 write1h, qint64 output)
{
    Rates rates;
    rates[UncachedInput] = input;
    rates[CachedInput] = cached;
    rates[CacheWrite5m] = write5m;
    rates[CacheWrite1h] = write1h;
    rates[Output] = output;
    return rates;
}

const Rates sonnet = ratesOf(3'000'000, 300'000, 3'750'000, 6'000'000, 15'000'000);
const Rates haiku = ratesOf(800'000, 80'000, 1'000'000, 1'600'000, 4'000'000);

QString costOf(const QByteArray &usage, const Rates &rates)
{
    const auto report = messages().readUsage("{\"usage\":" + usage + "}");
    if (!report)
        return report.error().detail;
    const auto price = cost(report->usage, rates);
    return price ? price->toDecimal() : price.error().detail;
}

} // namespace

class TestAnthropicAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aUsageObjectBecomesDisjointClasses_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<Usage>("expected");
        const auto row = [](const char *name, const char *usage, const MessageCounts &tokens) {
            QTest::newRow(name) << QByteArray(usage) << messageUsage(tokens);
        };
        row("two fields", R"({"input_tokens":12,"output_tokens":15})", {.uncached = 12, .output = 15});
        row("all null but two",
            R"({"input_tokens":12,"cache_creation_input_tokens":null,"cache_read_input_tokens":null,"cache_creation":null,"output_tokens":15,"output_tokens_details":null,"server_tool_use":null,"service_tier":null,"iterations":null})",
            {.uncached = 12, .output = 15});
        row("the cache comes on top of the input",
            R"({"input_tokens":12,"cache_creation_input_tokens":1000,"cache_read_input_tokens":20000,"output_tokens":3})",
            {.uncached = 12, .cached = 20000, .write5m = 1000, .output = 3});
        row("writes by their lifetime",
            R"({"input_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":800,"ephemeral_1h_input_tokens":200},"output_tokens":3})",
            {.uncached = 1, .write5m = 800, .write1h = 200, .output = 3});
        row("writes of an hour alone",
            R"({"input_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_1h_input_tokens":1000},"output_tokens":3})",
            {.uncached = 1, .write1h = 1000, .output = 3});
        row("lifetimes that leave some of the writes out",
            R"({"input_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":3})",
            {.uncached = 1, .write5m = 800, .write1h = 200, .output = 3});
        row("lifetimes above the writes are billed as reported",
            R"({"input_tokens":1,"cache_creation_input_tokens":10,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":3})",
            {.uncached = 1, .write5m = 100, .write1h = 200, .output = 3});
        row("thinking is a part of the output",
            R"({"input_tokens":1,"output_tokens":300,"output_tokens_details":{"thinking_tokens":120}})",
            {.uncached = 1, .output = 180, .reasoning = 120});
        row("thinking above the output is billed as reported",
            R"({"input_tokens":1,"output_tokens":30,"output_tokens_details":{"thinking_tokens":120}})",
            {.uncached = 1, .output = 0, .reasoning = 120});
        row("searches are counted, fetches cost nothing of their own",
            R"({"input_tokens":1,"output_tokens":3,"server_tool_use":{"web_search_requests":4,"web_fetch_requests":9}})",
            {.uncached = 1, .output = 3, .searches = 4});
        row("whole numbers in an odd spelling", R"({"input_tokens":1.2e1,"output_tokens":3.0})",
            {.uncached = 12, .output = 3});
        row("unknown members and odd types are passed over",
            R"({"input_tokens":9,"output_tokens":1,"queue":0.07,"cache_creation":[1],"server_tool_use":"x","output_tokens_details":7,"speed":{}})",
            {.uncached = 9, .output = 1});
        row("nothing was made", R"({"input_tokens":0,"cache_creation_input_tokens":5000,"output_tokens":0})",
            {.write5m = 5000});
    }
    void aUsageObjectBecomesDisjointClasses()
    {
        QFETCH(QByteArray, usage);
        QFETCH(Usage, expected);
        const auto report = messages().readUsage("{\"content\":[],\"usage\":" + usage + "}");
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().detail));
        QCOMPARE(shown(report->usage), shown(expected));
        QVERIFY(report->parts.empty());
        QVERIFY(report->countsCalls);
        QVERIFY(!report->isEstimated);
    }

    void impossibleUsageIsRefused_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::newRow("negative input") << QByteArray(R"({"input_tokens":-1,"output_tokens":1})");
        QTest::newRow("negative output") << QByteArray(R"({"input_tokens":1,"output_tokens":-5})");
        QTest::newRow("negative read")
            << QByteArray(R"({"input_tokens":1,"output_tokens":5,"cache_read_input_tokens":-3})");
        QTest::newRow("negative lifetime") << QByteArray(
            R"({"input_tokens":1,"output_tokens":5,"cache_creation":{"ephemeral_1h_input_tokens":-3}})");
        QTest::newRow("half a token") << QByteArray(R"({"input_tokens":1.5,"output_tokens":5})");
        QTest::newRow("beyond 64 bits")
            << QByteArray(R"({"input_tokens":99999999999999999999,"output_tokens":5})");
        QTest::newRow("more than anyone has")
            << QByteArray(R"({"input_tokens":9223372036854775807,"output_tokens":5})");
        QTest::newRow("in a pass") << QByteArray(
            R"({"input_tokens":1,"output_tokens":5,"iterations":[{"type":"message","input_tokens":-1,"output_tokens":2}]})");
    }
    void impossibleUsageIsRefused()
    {
        QFETCH(QByteArray, usage);
        const auto report = messages().readUsage("{\"usage\":" + usage + "}");
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidUsage);
    }

    void anAnswerWithoutUsageIsToldApart_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("none") << QByteArray(R"({"content":[]})");
        QTest::newRow("null") << QByteArray(R"({"usage":null})");
        QTest::newRow("empty") << QByteArray(R"({"usage":{}})");
        QTest::newRow("all null") << QByteArray(R"({"usage":{"input_tokens":null,"output_tokens":null}})");
        QTest::newRow("text") << QByteArray(R"({"usage":"none"})");
        QTest::newRow("an error") << QByteArray(
            R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})");
        QTest::newRow("no JSON") << QByteArray("<html>502</html>");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("broken off before it") << QByteArray("{\"id\":\"x\",\"content\":[{\"text\":\"abc");
    }
    void anAnswerWithoutUsageIsToldApart()
    {
        QFETCH(QByteArray, body);
        const auto report = messages().readUsage(body);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::NotFound);
    }

    void recordedAnswersAreRead_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<Usage>("expected");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("tier");
        QTest::addColumn<int>("percent");
        QTest::newRow("everything") << QByteArray("whole.json")
                                    << messageUsage({.uncached = 12,
                                                     .cached = 20000,
                                                     .write5m = 800,
                                                     .write1h = 200,
                                                     .output = 180,
                                                     .reasoning = 120,
                                                     .searches = 1})
                                    << QStringLiteral("claude-opus-5-5") << QStringLiteral("standard") << 110;
        QTest::newRow("no lifetimes")
            << QByteArray("no-split.json")
            << messageUsage({.uncached = 3, .cached = 1600, .write5m = 12304, .output = 550})
            << QStringLiteral("claude-sonnet-4-5-20250929") << QStringLiteral("standard") << 0;
        QTest::newRow("a call of a tool")
            << QByteArray("tool.json") << messageUsage({.uncached = 400, .output = 60})
            << QStringLiteral("claude-haiku-4-5-20251001") << QString() << 0;
    }
    void recordedAnswersAreRead()
    {
        QFETCH(QByteArray, name);
        QFETCH(Usage, expected);
        QFETCH(QString, model);
        QFETCH(QString, tier);
        QFETCH(int, percent);
        const auto report = messages().readUsage(anthropicFile(name.constData()));
        QVERIFY(report);
        QCOMPARE(shown(report->usage), shown(expected));
        QCOMPARE(report->model, model);
        QCOMPARE(report->serviceTier, tier);
        QCOMPARE(report->ratePercent, percent);
        QCOMPARE(report->responseId, QStringLiteral("msg_01XyZ"));
    }

    void whatOthersBilledTwiceIsBilledOnce()
    {
        // litellm #9812: $0.091311 was shown where the provider's console said $0.05439.
        QCOMPARE(
            costOf(
                R"({"input_tokens":3,"cache_creation_input_tokens":12304,"cache_read_input_tokens":0,"output_tokens":550})",
                sonnet),
            QStringLiteral("0.054399"));
        // litellm #11789: $0.002059 for a stream whose true cost is $0.000292.
        QCOMPARE(
            costOf(
                R"({"input_tokens":4,"cache_creation_input_tokens":0,"cache_read_input_tokens":2455,"output_tokens":23})",
                haiku),
            QStringLiteral("0.0002916"));
        // litellm #6575: a thousand tokens written cost $0.00375, not that and $0.003 more.
        QCOMPARE(costOf(R"({"input_tokens":0,"cache_creation_input_tokens":1000,"output_tokens":0})", sonnet),
                 QStringLiteral("0.00375"));
    }

    void fastInferenceIsATierOfItsOwn()
    {
        const auto tier = [](const char *members) {
            return messages()
                .readUsage(QByteArray(R"({"usage":{"input_tokens":1,"output_tokens":1,)") + members + "}}")
                ->serviceTier;
        };
        QCOMPARE(tier(R"("service_tier":"standard","speed":"fast")"), QStringLiteral("fast"));
        QCOMPARE(tier(R"("service_tier":"batch","speed":"standard")"), QStringLiteral("batch"));
        QCOMPARE(tier(R"("service_tier":"priority","speed":null)"), QStringLiteral("priority"));
    }

    void aFallbackIsBilledAtThePriceOfTheModelThatAnswered()
    {
        const auto report = messages().readUsage(anthropicFile("fallback.json"));
        QVERIFY(report);
        QVERIFY2(report->usage.isZero(), qPrintable(shown(report->usage)));
        QCOMPARE(report->parts.size(), size_t{2});
        QCOMPARE(report->parts[0].model, QStringLiteral("claude-opus-5-5"));
        QCOMPARE(shown(report->parts[0].usage), shown(messageUsage({.uncached = 1500, .output = 10})));
        QCOMPARE(report->parts[1].model, QStringLiteral("claude-sonnet-5"));
        QCOMPARE(shown(report->parts[1].usage), shown(messageUsage({.uncached = 1500, .output = 240})));
    }

    void passesNeverLoseWhatTheWholeSays()
    {
        QRandomGenerator random(11);
        const auto maybe = [&](int most) -> std::optional<qint64> {
            if (random.bounded(3) == 0)
                return std::nullopt;
            return random.bounded(most);
        };
        const QList<QByteArray> types{"message", "compaction", "advisor_message", "fallback_message", "new"};
        const QStringList models{QString(), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        const auto counts = [&] {
            AnthropicCounts some;
            some.input = random.bounded(1000);
            some.output = random.bounded(1000);
            some.cacheRead = maybe(1000);
            some.cacheWrite = maybe(1000);
            some.write5m = maybe(500);
            some.write1h = maybe(500);
            some.thinking = maybe(1200);
            some.webSearches = maybe(9);
            return some;
        };
        for (int i = 0; i < 50000; ++i) {
            AnthropicUsage usage;
            usage.counts = counts();
            Usage passes;
            for (int n = random.bounded(4); n > 0; --n) {
                usage.iterations.push_back(
                    {types.at(random.bounded(5)), models.at(random.bounded(4)), counts()});
                const auto pass = normalised(usage.iterations.back().counts);
                for (size_t c = 0; c < passes.counts.size(); ++c)
                    passes.counts[c] += pass->counts[c];
            }
            const auto whole = normalised(usage.counts);
            const auto report = anthropicReport(usage, QStringLiteral("a"), {});
            QVERIFY(report);
            Usage billed = report->usage;
            for (const UsagePart &part : report->parts) {
                for (size_t c = 0; c < billed.counts.size(); ++c)
                    billed.counts[c] += part.usage.counts[c];
            }
            for (const qint64 count : billed.counts)
                QVERIFY(count >= 0);
            QVERIFY(billed.inputTokens() >= std::max(whole->inputTokens(), passes.inputTokens()));
            QVERIFY(billed.outputTokens() >= std::max(whole->outputTokens(), passes.outputTokens()));
            QVERIFY(billed[WebSearchCall] >= (*whole)[WebSearchCall]);
        }
    }

    void usageAfterAMegabyteOfAnswerIsStillValid()
    {
        const QByteArray body = R"({"id":"msg_long","model":"claude-x","content":[{"type":"text","text":)"
                                "\""
            + QByteArray(1000000, 'x')
            + "\""
              R"(}],"usage":{"input_tokens":1,"output_tokens":2}})";
        for (int round = 0; round < 3; ++round) {
            const auto report = messages().readUsage(body);
            QVERIFY(report);
            QCOMPARE(report->responseId, QStringLiteral("msg_long"));
            QCOMPARE(report->model, QStringLiteral("claude-x"));
            QVERIFY(messages().readUsage(R"({"usage":{"input_tokens":1}})"));
        }
    }

    void aWholeAnswerWithoutUsageIsEstimatedFromItsText()
    {
        // 8 + 8 characters, and 4 + 10 of the call: neither signatures nor what a search found
        QCOMPARE(messages().estimateOutput(anthropicFile("no-usage.json")), 2 + 6);
        QCOMPARE(messages().estimateOutput(R"({"content":[{"type":"text","text":"日本語"}]})"), 3);
        QCOMPARE(messages().estimateOutput(R"({"content":"abcdefgh"})"), 0);
        QCOMPARE(messages().estimateOutput("<html>bad gateway</html>"), 0);
        QVERIFY(messages().estimateOutput("{\"content\":[{\"text\":\"abcdefgh abcdefgh") > 0);
    }

    void eachErrorHasTheTypeThatTheSdksKnow_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("name");
        const auto row = [](ErrorCode code, const char *type, const char *name = "") {
            QTest::addRow("%d %s", httpStatus(code), type)
                << int(code) << QString::fromLatin1(type) << QString::fromLatin1(name);
        };
        row(ErrorCode::InvalidRequest, "invalid_request_error");
        row(ErrorCode::ModelNotPriced, "invalid_request_error", "model_not_priced");
        row(ErrorCode::InvalidApiKey, "authentication_error");
        row(ErrorCode::BudgetExceeded, "billing_error", "budget_exceeded");
        row(ErrorCode::Paused, "billing_error", "paused");
        row(ErrorCode::ModelNotAllowed, "permission_error", "model_not_allowed");
        row(ErrorCode::PathNotMetered, "permission_error", "path_not_metered");
        row(ErrorCode::NotFound, "not_found_error");
        row(ErrorCode::MethodNotAllowed, "invalid_request_error");
        row(ErrorCode::Conflict, "conflict_error");
        row(ErrorCode::BodyTooLarge, "request_too_large");
        row(ErrorCode::UnsupportedEncoding, "invalid_request_error");
        row(ErrorCode::UpgradeRequired, "invalid_request_error");
        row(ErrorCode::RateLimited, "rate_limit_error");
        row(ErrorCode::Internal, "api_error");
        row(ErrorCode::UpstreamUnreachable, "api_error", "upstream_unreachable");
        row(ErrorCode::UpstreamTimeout, "timeout_error", "upstream_timeout");
        row(ErrorCode::ShuttingDown, "overloaded_error", "shutting_down");
    }
    void eachErrorHasTheTypeThatTheSdksKnow()
    {
        QFETCH(int, code);
        QFETCH(QString, type);
        QFETCH(QString, name);
        const Error error{ErrorCode(code), QStringLiteral("Why: \"quoted\"\nand a line")};
        const QJsonObject body =
            QJsonDocument::fromJson(DialectSet::all().errors(Api::Anthropic).body(error, "req_1")).object();
        QCOMPARE(body.value(u"type").toString(), QStringLiteral("error"));
        QCOMPARE(body.value(u"request_id").toString(), QStringLiteral("req_1"));
        const QJsonObject found = body.value(u"error").toObject();
        QCOMPARE(found.value(u"type").toString(), type);
        QCOMPARE(found.value(u"message").toString(), error.detail);
        QCOMPARE(found.value(u"details").toObject().value(u"error_code").toString(), name);
    }

    void anErrorInAStreamIsOneNamedEvent()
    {
        const Error error{ErrorCode::UpstreamUnreachable, QStringLiteral("two\nlines")};
        const QByteArray event = DialectSet::all().errors(Api::Anthropic).streamEvent(error);
        QVERIFY(
            event.startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\""));
        QVERIFY(event.endsWith("}\n\n"));
        QCOMPARE(event.count('\n'), 3); // a line feed in the text would end the event
        const auto meter = messages().meter({}, false);
        meter->onEvent("error", event.mid(event.indexOf('{')).trimmed());
        QVERIFY(meter->sawError());
    }

    void onlyKnownPathsAreClaimed_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<bool>("free");
        const auto row = [](const char *method, const char *path, const char *endpoint, bool free = true) {
            QTest::addRow("%s %s", method, path)
                << QByteArray(method) << QByteArray(path) << QString::fromLatin1(endpoint) << free;
        };
        row("POST", "/messages", "messages", false);
        row("POST", "/messages/count_tokens", "messages.count_tokens");
        row("GET", "/models", "models");
        row("HEAD", "/models", "models");
        row("GET", "/models/claude-opus-5-5", "models");
        row("GET", "/messages", "");
        row("GET", "/messages/count_tokens", "");
        row("POST", "/messages/", "");
        row("POST", "/models", "");
        row("POST", "/complete", "");
    }
    void onlyKnownPathsAreClaimed()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QString, endpoint);
        QFETCH(bool, free);
        const Dialect *found = DialectSet::all().find(method, path, Api::Anthropic);
        if (found && found->api() != Api::Anthropic)
            found = nullptr;
        QCOMPARE(found ? found->endpoint() : QString(), endpoint);
        if (found)
            QCOMPARE(found->metering(), free ? Metering::Free : Metering::Metered);
    }

    void batchesAreNeverFree()
    {
        for (const char *method : {"POST", "GET", "DELETE"}) {
            for (const char *path : {"/messages/batches", "/messages/batches/msgbatch_1/results"}) {
                const Dialect *const found = DialectSet::all().find(method, path, Api::Anthropic);
                QVERIFY(!found || qstrcmp(method, "POST") != 0 || found->metering() == Metering::Metered);
            }
        }
    }

    void theApiIsKnownByItsPathOrItsVersion()
    {
        HeaderList none, versioned;
        versioned.add("anthropic-version", "2023-06-01");
        QCOMPARE(apiOf("/messages", none), Api::Anthropic);
        QCOMPARE(apiOf("/models", versioned), Api::Anthropic);
        QCOMPARE(apiOf("/models", none), Api::OpenAi);
        QCOMPARE(DialectSet::all().find("GET", "/models", apiOf("/models", versioned))->api(),
                 Api::Anthropic);
    }
};

QTEST_GUILESS_MAIN(TestAnthropicAnswers)
#include "tst_dialects_anthropic_answers.moc"
