#include "dialects/openaiusage.h"
#include "unit/dialects/support.h"

#include <QRandomGenerator>

using namespace lbp;
using namespace lbp::test;

class TestUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aUsageObjectBecomesDisjointClasses_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<Usage>("expected");
        const auto row = [](const char *name, const char *usage, const Counts &counts) {
            QTest::newRow(name) << QByteArray(usage) << usageOf(counts);
        };
        row("three fields", R"({"prompt_tokens":9,"completion_tokens":1,"total_tokens":10})",
            {.uncached = 9, .output = 1});
        row("details are null",
            R"({"prompt_tokens":9,"completion_tokens":1,"total_tokens":10,"prompt_tokens_details":null,"completion_tokens_details":null})",
            {.uncached = 9, .output = 1});
        row("counts in details are null",
            R"({"prompt_tokens":9,"completion_tokens":1,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":null}})",
            {.uncached = 9, .output = 1});
        row("cached input is not billed twice (litellm 6215)",
            R"({"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920},"completion_tokens_details":{"reasoning_tokens":0}})",
            {.uncached = 86, .cached = 1920, .output = 300});
        row("nearly all cached (litellm 31714)",
            R"({"prompt_tokens":27147,"completion_tokens":351,"prompt_tokens_details":{"cached_tokens":27146}})",
            {.uncached = 1, .cached = 27146, .output = 351});
        row("read, written and uncached are apart",
            R"({"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":40,"cache_write_tokens":30}})",
            {.uncached = 30, .cached = 40, .write = 30, .output = 5});
        row("reasoning is a part of the output",
            R"({"prompt_tokens":1,"completion_tokens":50,"total_tokens":51,"completion_tokens_details":{"reasoning_tokens":32}})",
            {.uncached = 1, .output = 18, .reasoning = 32});
        row("rejected predictions are in the output already",
            R"({"prompt_tokens":1,"completion_tokens":50,"total_tokens":51,"completion_tokens_details":{"accepted_prediction_tokens":3,"rejected_prediction_tokens":40}})",
            {.uncached = 1, .output = 50});
        row("audio on both sides",
            R"({"prompt_tokens":30,"completion_tokens":26,"total_tokens":56,"prompt_tokens_details":{"audio_tokens":20},"completion_tokens_details":{"audio_tokens":20}})",
            {.uncached = 10, .output = 6, .audioIn = 20, .audioOut = 20});
        row("cached audio keeps its dearer class and the sum stays",
            R"({"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":90,"audio_tokens":30}})",
            {.uncached = 0, .cached = 70, .output = 1, .audioIn = 30});
        row("image input is billed as text",
            R"({"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"image_tokens":85,"text_tokens":15}})",
            {.uncached = 100, .output = 1});
        row("reasoning outside of the output, as the total says (xAI)",
            R"({"prompt_tokens":100,"completion_tokens":10,"total_tokens":410,"completion_tokens_details":{"reasoning_tokens":300}})",
            {.uncached = 100, .output = 10, .reasoning = 300});
        row("reasoning above the output without a total comes on top",
            R"({"prompt_tokens":100,"completion_tokens":10,"completion_tokens_details":{"reasoning_tokens":300}})",
            {.uncached = 100, .output = 10, .reasoning = 300});
        row("cached above the prompt comes on top (xAI)",
            R"({"prompt_tokens":100,"completion_tokens":10,"total_tokens":610,"prompt_tokens_details":{"cached_tokens":500}})",
            {.uncached = 100, .cached = 500, .output = 10});
        row("cached above the prompt and a total without it",
            R"({"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"prompt_tokens_details":{"cached_tokens":500}})",
            {.uncached = 100, .cached = 500, .output = 10});
        row("thoughts only in the total (Gemini)",
            R"({"prompt_tokens":7,"completion_tokens":3,"total_tokens":30})", {.uncached = 7, .output = 23});
        row("a total below the parts changes nothing",
            R"({"prompt_tokens":7,"completion_tokens":3,"total_tokens":8})", {.uncached = 7, .output = 3});
        row("writes above what is left are billed as reported",
            R"({"prompt_tokens":10,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":8,"cache_write_tokens":6}})",
            {.uncached = 0, .cached = 8, .write = 6, .output = 3});
        row("reasoning and audio above the output are billed as reported",
            R"({"prompt_tokens":1,"completion_tokens":10,"completion_tokens_details":{"reasoning_tokens":8,"audio_tokens":6}})",
            {.uncached = 1, .output = 0, .reasoning = 8, .audioOut = 6});
        row("prompt_cache_hit_tokens (DeepSeek)",
            R"({"prompt_tokens":300,"completion_tokens":20,"total_tokens":320,"prompt_cache_hit_tokens":256,"prompt_cache_miss_tokens":44})",
            {.uncached = 44, .cached = 256, .output = 20});
        row("num_cached_tokens (Mistral)",
            R"({"prompt_tokens":11,"completion_tokens":3,"total_tokens":14,"num_cached_tokens":4})",
            {.uncached = 7, .cached = 4, .output = 3});
        row("cached_tokens beside the totals (Moonshot)",
            R"({"prompt_tokens":19,"completion_tokens":13,"total_tokens":32,"cached_tokens":19})",
            {.cached = 19, .output = 13});
        row("the details win over other names, each counted once",
            R"({"cached_tokens":1,"num_cached_tokens":2,"prompt_cache_hit_tokens":3,"prompt_tokens":10,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":4}})",
            {.uncached = 6, .cached = 4});
        row("embeddings have no output", R"({"prompt_tokens":8,"total_tokens":8})", {.uncached = 8});
        row("the prompt follows from the total", R"({"completion_tokens":3,"total_tokens":10})",
            {.uncached = 7, .output = 3});
        row("whole numbers in an odd spelling", R"({"prompt_tokens":1.2e1,"completion_tokens":3.0})",
            {.uncached = 12, .output = 3});
        row("unknown members and odd types are passed over",
            R"({"prompt_tokens":9,"completion_tokens":1,"queue_time":0.07,"cost":1e-7,"prompt_tokens_details":[1],"completion_tokens_details":"x"})",
            {.uncached = 9, .output = 1});
    }
    void aUsageObjectBecomesDisjointClasses()
    {
        QFETCH(QByteArray, usage);
        QFETCH(Usage, expected);
        const auto report = chat().readUsage("{\"choices\":[],\"usage\":" + usage + "}");
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().detail));
        QCOMPARE(shown(report->usage), shown(expected));
    }

    void impossibleUsageIsRefused_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::newRow("negative prompt") << QByteArray(R"({"prompt_tokens":-1,"completion_tokens":1})");
        QTest::newRow("negative output") << QByteArray(R"({"prompt_tokens":1,"completion_tokens":-5})");
        QTest::newRow("negative cached") << QByteArray(
            R"({"prompt_tokens":1,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":-3}})");
        QTest::newRow("half a token") << QByteArray(R"({"prompt_tokens":1.5,"completion_tokens":5})");
        QTest::newRow("beyond 64 bits")
            << QByteArray(R"({"prompt_tokens":99999999999999999999,"completion_tokens":5})");
        QTest::newRow("more than anyone has")
            << QByteArray(R"({"prompt_tokens":9223372036854775807,"completion_tokens":5})");
    }
    void impossibleUsageIsRefused()
    {
        QFETCH(QByteArray, usage);
        const auto report = chat().readUsage("{\"usage\":" + usage + "}");
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidUsage);
    }

    void anAnswerWithoutUsageIsToldApart_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("none") << QByteArray(R"({"choices":[]})");
        QTest::newRow("null") << QByteArray(R"({"usage":null})");
        QTest::newRow("empty") << QByteArray(R"({"usage":{}})");
        QTest::newRow("all null") << QByteArray(
            R"({"usage":{"prompt_tokens":null,"completion_tokens":null}})");
        QTest::newRow("text") << QByteArray(R"({"usage":"none"})");
        QTest::newRow("an error in an array") << QByteArray(R"([{"error":{"code":429}}])");
        QTest::newRow("no JSON") << QByteArray("<html>502</html>");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("broken off before it")
            << QByteArray("{\"id\":\"x\",\"choices\":[{\"message\":{\"content\":\"abc");
    }
    void anAnswerWithoutUsageIsToldApart()
    {
        QFETCH(QByteArray, body);
        const auto report = chat().readUsage(body);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::NotFound);
    }

    void recordedAnswersAreRead_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("file");
        QTest::addColumn<Usage>("expected");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("tier");
        QTest::newRow("chat") << QByteArray("/chat/completions") << QStringLiteral("openaichat/whole.json")
                              << usageOf({.uncached = 176, .cached = 1024, .output = 45})
                              << QStringLiteral("gpt-4o-2024-08-06") << QStringLiteral("priority");
        QTest::newRow("empty lines before the body")
            << QByteArray("/chat/completions") << QStringLiteral("openaichat/deepseek.json")
            << usageOf({.uncached = 44, .cached = 256, .output = 20}) << QStringLiteral("deepseek-chat")
            << QString();
        QTest::newRow("completions") << QByteArray("/completions")
                                     << QStringLiteral("openaicompletions/whole.json")
                                     << usageOf({.uncached = 5, .output = 3})
                                     << QStringLiteral("gpt-3.5-turbo-instruct") << QString();
        QTest::newRow("embeddings") << QByteArray("/embeddings")
                                    << QStringLiteral("openaiembeddings/whole.json")
                                    << usageOf({.uncached = 8}) << QStringLiteral("text-embedding-3-small")
                                    << QString();
    }
    void recordedAnswersAreRead()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, file);
        QFETCH(Usage, expected);
        QFETCH(QString, model);
        QFETCH(QString, tier);
        const auto report = dialect(path.constData()).readUsage(recorded(file));
        QVERIFY(report);
        QCOMPARE(shown(report->usage), shown(expected));
        QCOMPARE(report->model, model);
        QCOMPARE(report->serviceTier, tier);
    }

    void usageAfterAMegabyteOfAnswerIsStillValid()
    {
        // The reader gives large buffers back; what it reports must not point into them.
        const QByteArray body = R"({"id":"chatcmpl-long","model":"gpt-4o","choices":[{"message":{"content":)"
                                "\""
            + QByteArray(1000000, 'x')
            + "\""
              R"(}}],"usage":{"prompt_tokens":1,"completion_tokens":2}})";
        for (int round = 0; round < 3; ++round) {
            const auto report = chat().readUsage(body);
            QVERIFY(report);
            QCOMPARE(report->responseId, QStringLiteral("chatcmpl-long"));
            QCOMPARE(report->model, QStringLiteral("gpt-4o"));
            QVERIFY(chat().readUsage(R"({"usage":{"prompt_tokens":1}})"));
        }
    }

    void theSumIsNeverBelowWhatWasReported()
    {
        QRandomGenerator random(7);
        const auto maybe = [&](int most) -> std::optional<qint64> {
            if (random.bounded(3) == 0)
                return std::nullopt;
            return random.bounded(most);
        };
        for (int i = 0; i < 100000; ++i) {
            OpenAiUsage raw;
            raw.input = random.bounded(1000);
            raw.output = random.bounded(1000);
            raw.total = maybe(4000);
            raw.cached = maybe(1500);
            raw.cacheWrite = maybe(1000);
            raw.audioInput = maybe(500);
            raw.audioOutput = maybe(500);
            raw.reasoning = maybe(1500);
            const auto usage = normalised(raw);
            QVERIFY(usage);
            for (const qint64 count : usage->counts)
                QVERIFY(count >= 0);
            QVERIFY(usage->inputTokens() >= *raw.input);
            QVERIFY(usage->outputTokens() >= *raw.output);
            QVERIFY(usage->inputTokens() + usage->outputTokens() >= raw.total.value_or(0));
            QVERIFY((*usage)[BillingClass::Reasoning] == raw.reasoning.value_or(0));
            QVERIFY((*usage)[BillingClass::AudioOutput] == raw.audioOutput.value_or(0));
        }
    }

    void aWholeAnswerWithoutUsageIsEstimatedFromItsText()
    {
        QCOMPARE(chat().estimateOutput(recorded(QStringLiteral("openaichat/no-usage.json"))), 3);
        QCOMPARE(completions().estimateOutput(R"({"choices":[{"text":"abcd"},{"text":"efgh"}]})"), 2);
        QCOMPARE(chat().estimateOutput(R"({"choices":[{"message":{"content":"日本語"}}]})"), 3);
        QCOMPARE(
            chat().estimateOutput("{\"choices\":[{\"message\":{\"content\":\"\\u65e5\\ud83d\\ude00\"}}]}"),
            2);
        QCOMPARE(chat().estimateOutput(
                     R"({"choices":[{"message":{"content":[{"type":"text","text":"abcdefgh"}]}}]})"),
                 2);
        QCOMPARE(chat().estimateOutput("<html>bad gateway</html>"), 0);
        QCOMPARE(embeddings().estimateOutput(recorded(QStringLiteral("openaiembeddings/whole.json"))), 0);
        QVERIFY(
            chat().estimateOutput("{\"id\":\"x\",\"choices\":[{\"message\":{\"content\":\"abcdefgh abcdefgh")
            > 0);
    }
};

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_dialects_usage.moc"
