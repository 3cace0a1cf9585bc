#include "unit/dialects/support.h"
#include "wire/sse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::test;

namespace {

/// What one stream led to.
struct Outcome
{
    std::unique_ptr<StreamMeter> meter;
    QList<QPair<qint64, qint64>> hidden;
};

Outcome metered(const Dialect &dialect, const QList<QByteArray> &pieces, bool usageWasAdded,
                const RequestFacts &facts = {})
{
    Outcome outcome{dialect.meter(facts, usageWasAdded), {}};
    SseParser parser([&](const SseParser::Event &event) {
        if (event.hasData && outcome.meter->onEvent(event.type, event.data))
            outcome.hidden.append({event.begin, event.end});
    });
    for (const QByteArray &piece : pieces)
        parser.feed(piece);
    parser.finish();
    return outcome;
}

/// One event's data.
void feed(StreamMeter &meter, const char *data)
{
    meter.onEvent({}, data);
}

QList<QJsonObject> objectsIn(const QByteArray &events)
{
    QList<QJsonObject> objects;
    SseParser parser([&](const SseParser::Event &event) {
        const QJsonObject object = QJsonDocument::fromJson(event.data.toByteArray()).object();
        if (!object.isEmpty())
            objects.append(object);
    });
    parser.feed(events);
    parser.finish();
    return objects;
}

} // namespace

class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordedStreamsAreMetered_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("hasUsage");
        QTest::addColumn<Usage>("expected");
        QTest::addColumn<int>("hidden"); // events, when usage was added
        QTest::addColumn<qint64>("estimate");
        QTest::addColumn<bool>("end");
        QTest::addColumn<bool>("error");
        const auto row = [](const char *file, bool has, const Counts &counts, int hidden, qint64 estimate,
                            bool end, bool error) {
            const QByteArray path =
                QByteArray(file).startsWith("openaichat") ? "/chat/completions" : "/completions";
            QTest::newRow(file) << path << QString::fromLatin1(file) << has << usageOf(counts) << hidden
                                << estimate << end << error;
        };
        row("openaichat/openai-usage.sse", true,
            {.uncached = 76, .cached = 1024, .write = 100, .output = 13, .reasoning = 32}, 1, 45, true,
            false);
        row("openaichat/no-usage.sse", false, {}, 0, 6, true, false); // 23 characters
        row("openaichat/last-content-chunk.sse", true, {.uncached = 7, .cached = 4, .output = 3}, 0, 3, true,
            false);
        row("openaichat/cumulative.sse", true, {.uncached = 7, .output = 23}, 0, 23, true, false);
        row("openaichat/groq.sse", true, {.uncached = 40, .output = 3}, 1, 3, true, false);
        row("openaichat/groq-only.sse", true, {.uncached = 40, .output = 3}, 0, 3, true, false);
        row("openaichat/moonshot.sse", true, {.cached = 19, .output = 13}, 0, 13, true, false);
        row("openaichat/xai.sse", true, {.uncached = 40, .cached = 60, .output = 10, .reasoning = 300}, 0,
            310, true, false);
        row("openaichat/openrouter.sse", true, {.uncached = 50, .output = 5, .reasoning = 4}, 0, 9, true,
            false);
        row("openaichat/azure.sse", true, {.uncached = 8, .output = 1}, 1, 2, true, false);
        row("openaichat/deepseek.sse", true, {.uncached = 44, .cached = 256, .output = 8, .reasoning = 12}, 0,
            20, true, false);
        row("openaichat/tools.sse", true, {.uncached = 82, .output = 17}, 1, 17, true, false);
        row("openaichat/audio.sse", true, {.uncached = 10, .output = 6, .audioIn = 20, .audioOut = 20}, 1, 26,
            true, false);
        row("openaichat/error.sse", false, {}, 0, 3, false, true);
        row("openaichat/error-event.sse", false, {}, 0, 1, false, true);
        row("openaicompletions/stream.sse", true, {.uncached = 5, .output = 3}, 1, 3, true, false);
    }
    void recordedStreamsAreMetered()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, file);
        QFETCH(bool, hasUsage);
        QFETCH(Usage, expected);
        QFETCH(int, hidden);
        QFETCH(qint64, estimate);
        QFETCH(bool, end);
        QFETCH(bool, error);
        const QByteArray bytes = recorded(file);
        QVERIFY(!bytes.isEmpty());
        const Outcome outcome = metered(dialect(path.constData()), {bytes}, true);
        const auto report = outcome.meter->report();
        QCOMPARE(report.has_value(), hasUsage);
        if (report)
            QCOMPARE(shown(report->usage), shown(expected));
        QCOMPARE(outcome.hidden.size(), hidden);
        QCOMPARE(outcome.meter->outputTokensEstimate(), estimate);
        QVERIFY(outcome.meter->outputTokensAtLeast() <= estimate);
        QVERIFY(outcome.meter->sawContent());
        QCOMPARE(outcome.meter->sawEnd(), end);
        QCOMPARE(outcome.meter->sawError(), error);
        // Nothing is hidden from a client that asked for usage itself.
        QVERIFY(metered(dialect(path.constData()), {bytes}, false).hidden.isEmpty());
    }

    void aStreamCutAnywhereGivesTheSame_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file :
             {"openai-usage.sse", "cumulative.sse", "groq.sse", "openrouter.sse", "tools.sse", "error.sse"})
            QTest::newRow(file) << QStringLiteral("openaichat/") + QString::fromLatin1(file);
    }
    void aStreamCutAnywhereGivesTheSame()
    {
        QFETCH(QString, file);
        const QByteArray bytes = recorded(file);
        QVERIFY(!bytes.isEmpty());
        const Outcome whole = metered(chat(), {bytes}, true);
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const Outcome split = metered(chat(), {bytes.first(cut), bytes.sliced(cut)}, true);
            QCOMPARE(split.hidden, whole.hidden);
            QCOMPARE(split.meter->report().has_value(), whole.meter->report().has_value());
            if (whole.meter->report())
                QCOMPARE(shown(split.meter->report()->usage), shown(whole.meter->report()->usage));
            QCOMPARE(split.meter->outputTokensAtLeast(), whole.meter->outputTokensAtLeast());
            QCOMPARE(split.meter->outputTokensEstimate(), whole.meter->outputTokensEstimate());
            QCOMPARE(split.meter->sawEnd(), whole.meter->sawEnd());
            QCOMPARE(split.meter->sawError(), whole.meter->sawError());
        }
    }

    void whatDecidesThePriceIsReported()
    {
        const Outcome outcome =
            metered(chat(), {recorded(QStringLiteral("openaichat/openai-usage.sse"))}, true);
        QCOMPARE(outcome.meter->report()->model, QStringLiteral("gpt-4o-2024-08-06"));
        QCOMPARE(outcome.meter->report()->serviceTier, QStringLiteral("default"));
        QCOMPARE(outcome.meter->report()->responseId, QStringLiteral("chatcmpl-A1"));
        const Outcome azure = metered(chat(), {recorded(QStringLiteral("openaichat/azure.sse"))}, true);
        QCOMPARE(azure.meter->report()->model, QStringLiteral("gpt-4o-2024-11-20"));
    }

    void theHiddenEventIsTheUsageChunkAlone()
    {
        const QByteArray bytes = recorded(QStringLiteral("openaichat/openai-usage.sse"));
        const Outcome outcome = metered(chat(), {bytes}, true);
        QCOMPARE(outcome.hidden.size(), 1);
        const auto [begin, end] = outcome.hidden.first();
        QVERIFY(bytes.sliced(begin, end - begin).contains("\"choices\":[],\"service_tier\""));
        QCOMPARE(bytes.sliced(end), "data: [DONE]\n\n");
    }

    void oddEventsBreakNothing_data()
    {
        QTest::addColumn<QByteArray>("data");
        for (const char *data :
             {"",
              " ",
              "null",
              "1",
              "[]",
              "{",
              "{}",
              "\"text\"",
              "{\"choices\":",
              "{\"choices\":null}",
              "{\"choices\":{}}",
              "{\"choices\":[1,null,[]]}",
              "{\"choices\":[{\"delta\":1}]}",
              "{\"choices\":[{\"delta\":{\"content\":[[[[]]]]}}]}",
              "{\"choices\":[{\"index\":-1},{\"index\":1e300},{\"index\":9223372036854775807}]}",
              "{\"usage\":[]}",
              "{\"usage\":{\"prompt_tokens\":-7}}",
              "{\"error\":null}",
              "{\"x_groq\":null}",
              "\xff\xfe",
              "{\"a\":\"\x01\"}",
              "[DONE",
              "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":null}]}}]}"})
            QTest::newRow(data) << QByteArray(data);
        QTest::newRow("deep") << QByteArray(R"({"choices":[{"delta":{"content":)") + QByteArray(100000, '[');
    }
    void oddEventsBreakNothing()
    {
        QFETCH(QByteArray, data);
        const auto meter = chat().meter({}, true);
        QVERIFY(!meter->onEvent({}, data));
        QVERIFY(!meter->sawContent());
        QVERIFY(!meter->sawError());
        QVERIFY(!meter->report());
        feed(*meter, R"({"choices":[{"index":0,"delta":{"content":"after"}}]})");
        feed(*meter, R"({"choices":[],"usage":{"prompt_tokens":2,"completion_tokens":1}})");
        QVERIFY(meter->sawContent());
        QCOMPARE(shown(meter->report()->usage), shown(usageOf({.uncached = 2, .output = 1})));
    }

    void halfACharacterDoesNotLoseTheNumbers()
    {
        const auto meter = chat().meter({}, false);
        meter->onEvent({},
                       QByteArray("{\"choices\":[{\"delta\":{\"content\":\"\xe4\xbd\"}}],\"usage\":{\"prompt_"
                                  "tokens\":3,\"completion_tokens\":1}}"));
        QVERIFY(meter->sawContent());
        QCOMPARE(shown(meter->report()->usage), shown(usageOf({.uncached = 3, .output = 1})));
    }

    void aLaterUsageReplacesAnEarlierOneUnlessItIsEmptyOrImpossible()
    {
        const auto meter = chat().meter({}, false);
        feed(*meter, R"({"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}})");
        feed(*meter, R"({"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":9}})");
        QCOMPARE(meter->report()->usage.outputTokens(), 9);
        feed(*meter, R"({"choices":[],"usage":null})");
        feed(*meter, R"({"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}})");
        feed(*meter, R"({"choices":[],"usage":{"prompt_tokens":-5,"completion_tokens":0}})");
        QCOMPARE(meter->report()->usage.outputTokens(), 9);
    }

    void outputIsCountedFromBothSides()
    {
        const auto meter = chat().meter({}, false);
        QCOMPARE(meter->outputTokensAtLeast(), 0);
        feed(*meter, R"({"choices":[{"delta":{"role":"assistant","content":""}}]})");
        QVERIFY(!meter->sawContent());
        feed(*meter,
             R"({"choices":[{"delta":{"content":"abc"}}],"obfuscation":"0123456789012345678901234567890"})");
        QCOMPARE(meter->outputTokensAtLeast(), 1); // one chunk
        QCOMPARE(meter->outputTokensEstimate(), 1);
        feed(*meter, R"({"choices":[{"delta":{"content":"the quick brown fox jumps over a lazy dog"}}]})");
        QCOMPARE(meter->outputTokensAtLeast(), 5); // 44 code points
        QCOMPARE(meter->outputTokensEstimate(), 11);
        feed(
            *meter,
            R"({"choices":[{"delta":{"content":"--------------------------------------------------------"}}]})");
        QCOMPARE(meter->outputTokensAtLeast(), 5); // a long run may be one token
        feed(*meter, R"({"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":40}})");
        QCOMPARE(meter->outputTokensAtLeast(), 40);
        QCOMPARE(meter->outputTokensEstimate(), 40);
    }

    void theSameReasoningUnderTwoNamesCountsOnce()
    {
        const auto meter = chat().meter({}, false);
        feed(*meter, R"({"choices":[{"delta":{"reasoning":"abcdefgh","reasoning_content":"abcdefgh"}}]})");
        QCOMPARE(meter->outputTokensEstimate(), 2);
    }

    void anEchoedPromptIsNoOutput()
    {
        RequestFacts facts;
        facts.echoesInput = true;
        const auto meter = completions().meter(facts, false);
        feed(*meter, R"({"choices":[{"text":"the whole prompt again and again"}]})");
        QCOMPARE(meter->outputTokensAtLeast(), 0);
        QVERIFY(meter->outputTokensEstimate() > 0);
    }

    void aCutStreamEndsTheWayTheApiDoes()
    {
        RequestFacts facts;
        facts.wantsUsage = true;
        const auto meter = chat().meter(facts, false);
        for (const QJsonObject &each : objectsIn(recorded(QStringLiteral("openaichat/two-choices.sse"))))
            meter->onEvent({}, QJsonDocument(each).toJson(QJsonDocument::Compact));
        const QByteArray end =
            meter->endAtCeiling(usageOf({.uncached = 10, .cached = 2, .output = 3, .reasoning = 1}));
        QVERIFY(end.endsWith("data: [DONE]\n\n"));
        const QList<QJsonObject> chunks = objectsIn(end);
        QCOMPARE(chunks.size(), 2); // choice 0 has ended by itself
        for (const QJsonObject &chunk : chunks) {
            QCOMPARE(chunk.value(u"id").toString(), QStringLiteral("chatcmpl-A1"));
            QCOMPARE(chunk.value(u"model").toString(), QStringLiteral("gpt-4o-2024-08-06"));
            QCOMPARE(chunk.value(u"created").toInteger(), 1790000000);
            QCOMPARE(chunk.value(u"object").toString(), QStringLiteral("chat.completion.chunk"));
        }
        const QJsonObject choice = chunks.at(0).value(u"choices").toArray().at(0).toObject();
        QCOMPARE(choice.value(u"index").toInt(), 1);
        QCOMPARE(choice.value(u"finish_reason").toString(), QStringLiteral("length"));
        QVERIFY(choice.value(u"delta").toObject().isEmpty());
        QVERIFY(chunks.at(0).value(u"usage").isNull());
        QVERIFY(chunks.at(1).value(u"choices").toArray().isEmpty());
        const QJsonObject usage = chunks.at(1).value(u"usage").toObject();
        QCOMPARE(usage.value(u"prompt_tokens").toInt(), 12);
        QCOMPARE(usage.value(u"completion_tokens").toInt(), 4);
        QCOMPARE(usage.value(u"total_tokens").toInt(), 16);
        // It reads back as what it says.
        const auto reader = chat().meter(facts, false);
        for (const QJsonObject &chunk : chunks)
            reader->onEvent({}, QJsonDocument(chunk).toJson(QJsonDocument::Compact));
        QCOMPARE(shown(reader->report()->usage),
                 shown(usageOf({.uncached = 10, .cached = 2, .output = 3, .reasoning = 1})));
    }

    void aStreamCutBeforeItsFirstChunkIsStillWellFormed()
    {
        RequestFacts facts;
        facts.model = QStringLiteral("gpt-4o");
        const auto chatMeter = chat().meter(facts, true);
        const QList<QJsonObject> chunks = objectsIn(chatMeter->endAtCeiling({}));
        QCOMPARE(chunks.size(), 1); // the client did not ask for usage
        QCOMPARE(chunks.at(0).value(u"model").toString(), QStringLiteral("gpt-4o"));
        QVERIFY(!chunks.at(0).contains(u"usage"));

        const auto textMeter = completions().meter(facts, true);
        feed(
            *textMeter,
            R"({"id":"cmpl-1","created":5,"model":"m","choices":[{"text":"a","index":0,"finish_reason":null}]})");
        const QList<QJsonObject> texts = objectsIn(textMeter->endAtCeiling({}));
        QCOMPARE(texts.size(), 1);
        QCOMPARE(texts.at(0).value(u"object").toString(), QStringLiteral("text_completion"));
        const QJsonObject choice = texts.at(0).value(u"choices").toArray().at(0).toObject();
        QCOMPARE(choice.value(u"text").toString(), QString());
        QVERIFY(choice.contains(u"text"));
        QCOMPARE(choice.value(u"finish_reason").toString(), QStringLiteral("length"));
    }

    void aStreamThatHasEndedIsNotEndedAgain()
    {
        const Outcome outcome =
            metered(chat(), {recorded(QStringLiteral("openaichat/openai-usage.sse"))}, false);
        QVERIFY(outcome.meter->endAtCeiling({}).isEmpty());
    }

    void anEventIsCheap()
    {
        const auto meter = chat().meter({}, true);
        const QByteArray data =
            R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-4o","service_tier":"default",)"
            R"("system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}],)"
            R"("usage":null,"obfuscation":"x7Kd0pQ"})";
        QBENCHMARK
        {
            meter->onEvent({}, data);
        }
        QVERIFY(meter->sawContent());
    }
};

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_dialects_streams.moc"
