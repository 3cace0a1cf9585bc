// What streams and answers of Google's API say about money: as events, as one array, and whole.
#include "core/price.h"
#include "unit/dialects/support.h"
#include "wire/jsonarray.h"
#include "wire/sse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::test;

namespace {

const Dialect &generate()
{
    return dialect("/v1beta/models/gemini-2.5-flash:generateContent");
}

QByteArray file(const char *name)
{
    return recorded(QStringLiteral("gemini/") + QString::fromLatin1(name));
}

RequestFacts factsFor(StreamForm form)
{
    RequestFacts facts;
    facts.model = QStringLiteral("gemini-2.5-flash");
    facts.streamForm = form;
    facts.wantsUsage = true;
    return facts;
}

/// A stream in whichever form it is, fed in \a pieces.
std::unique_ptr<StreamMeter> metered(const QList<QByteArray> &pieces)
{
    const bool isArray = pieces.join().trimmed().startsWith('[');
    const StreamForm form = isArray ? StreamForm::JsonArray : StreamForm::Events;
    auto meter = generate().meter(factsFor(form), false);
    SseParser events([&](const SseParser::Event &event) {
        if (event.hasData)
            meter->onEvent(event.type, event.data);
    });
    JsonArraySplitter elements(
        [&](const JsonArraySplitter::Element &element) { meter->onEvent({}, element.json); });
    for (const QByteArray &piece : pieces)
        isArray ? elements.feed(piece) : events.feed(piece);
    isArray ? elements.finish() : events.finish();
    return meter;
}

void feed(StreamMeter &meter, const char *data)
{
    meter.onEvent({}, data);
}

struct Expected
{
    qint64 uncached = 0, cached = 0, output = 0, reasoning = 0, audioIn = 0, audioOut = 0, imageOut = 0,
           searches = 0;
};

Usage usage(const Expected &counts)
{
    using enum BillingClass;
    Usage usage;
    usage[UncachedInput] = counts.uncached;
    usage[CachedInput] = counts.cached;
    usage[Output] = counts.output;
    usage[Reasoning] = counts.reasoning;
    usage[AudioInput] = counts.audioIn;
    usage[AudioOutput] = counts.audioOut;
    usage[ImageOutput] = counts.imageOut;
    usage[WebSearchCall] = counts.searches;
    return usage;
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

/// The object of the one event that \a bytes are.
QJsonObject onlyEvent(const QByteArray &bytes)
{
    return bytes.startsWith("data: ") && bytes.endsWith("\r\n\r\n") && bytes.count('\n') == 2
        ? object(bytes.sliced(6))
        : QJsonObject();
}

} // namespace

class TestGeminiStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeAnswersAreRead_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<Usage>("expected");
        QTest::addColumn<QString>("model");
        const auto row = [](const char *name, const char *model, const Expected &counts) {
            QTest::newRow(name) << QByteArray(name) << usage(counts) << QString::fromLatin1(model);
        };
        row("thinking.json", "gemini-2.5-flash",
            {.uncached = 36, .cached = 64, .output = 20, .reasoning = 30});
        row("tool-use.json", "gemini-2.5-flash", {.uncached = 215, .output = 25, .reasoning = 100});
        row("grounding-maps.json", "gemini-2.5-flash", {.uncached = 9, .output = 4, .searches = 1});
        row("audio-in.json", "gemini-2.5-flash", {.uncached = 20, .output = 5, .audioIn = 320});
        row("audio-cached.json", "gemini-2.5-flash", {.uncached = 20, .output = 5, .audioIn = 1320});
        row("speech.json", "gemini-2.5-flash-preview-tts", {.uncached = 9, .audioOut = 52});
        row("image-out.json", "gemini-2.5-flash-image", {.uncached = 264, .output = 4, .imageOut = 1290});
        row("thoughts-inside.json", "gemini-3-pro-preview", {.uncached = 10, .output = 1, .reasoning = 100});
        row("rest-generated.json", "gemini-2.5-pro", {.uncached = 10, .output = 101});
        row("embed-usage.json", "", {.uncached = 270});
    }
    void wholeAnswersAreRead()
    {
        QFETCH(QByteArray, name);
        QFETCH(Usage, expected);
        QFETCH(QString, model);
        const auto report = generate().readUsage(file(name.constData()));
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().detail));
        QCOMPARE(shown(report->usage), shown(expected));
        QCOMPARE(report->model, model);
        QVERIFY(report->countsCalls);
        QVERIFY(!report->isEstimated);
    }

    void whatDecidesThePriceIsReported()
    {
        QCOMPARE(generate().readUsage(file("priority.json"))->serviceTier, QStringLiteral("priority"));
        QCOMPARE(generate().readUsage(file("thinking.json"))->responseId,
                 QStringLiteral("tYIiacX3A8-kvdIPqLmh0A8"));
    }

    void anAnswerWithoutUsageIsEstimatedFromItsText()
    {
        const QByteArray body = file("no-usage.json");
        QCOMPARE(generate().readUsage(body).error().code, ErrorCode::NotFound);
        QCOMPARE(generate().estimateOutput(body), 7); // 25 characters
        QCOMPARE(generate().readUsage(file("embed.json")).error().code, ErrorCode::NotFound);
        QCOMPARE(generate().estimateOutput("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"abcd"), 13);
        QCOMPARE(generate().estimateOutput(file("speech.json")), 3); // 5,121 characters of base64
        QCOMPARE(generate().estimateOutput(file("image-out.json")), 1290 + 3);
        QCOMPARE(generate().estimateOutput("<html>"), 0);
    }

    void impossibleCountsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::newRow("negative") << QByteArray("\"promptTokenCount\":-1");
        QTest::newRow("a fraction") << QByteArray("\"candidatesTokenCount\":1.5");
        QTest::newRow("beyond 64 bits") << QByteArray("\"totalTokenCount\":1e30");
        QTest::newRow("absurd") << QByteArray("\"thoughtsTokenCount\":1000000000001");
        QTest::newRow("negative sound") << QByteArray(
            "\"promptTokenCount\":5,\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":-2}]");
        QTest::newRow("sound that overflows") << QByteArray(
            "\"promptTokenCount\":5,\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":"
            "9223372036854775807},{\"modality\":\"AUDIO\",\"tokenCount\":1}]");
    }
    void impossibleCountsAreRefused()
    {
        QFETCH(QByteArray, members);
        const auto report = generate().readUsage("{\"usageMetadata\":{" + members + "}}");
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidUsage);
        const auto meter = generate().meter(factsFor(StreamForm::Events), false);
        meter->onEvent({}, "{\"usageMetadata\":{" + members + "}}");
        QVERIFY(!meter->report());
    }

    void partsAboveTheWholeNeverMakeANegativeClass()
    {
        const auto report = generate().readUsage("{\"usageMetadata\":{\"promptTokenCount\":10,"
                                                 "\"cachedContentTokenCount\":25,\"candidatesTokenCount\":2,"
                                                 "\"candidatesTokensDetails\":[{\"modality\":\"IMAGE\","
                                                 "\"tokenCount\":9}],\"totalTokenCount\":3}}");
        QVERIFY(report);
        QCOMPARE(shown(report->usage), shown(usage({.cached = 25, .imageOut = 9})));
    }

    /// By the list prices of gemini-2.5-flash: 0.30, cached 0.03, sound 1.00, output 2.50 USD per million
    /// tokens, and 35 USD for 1,000 searches.
    void costsAreExact_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<qint64>("picodollars");
        QTest::newRow("thinking.json")
            << QByteArray("thinking.json") << qint64{36 * 300'000 + 64 * 30'000 + (20 + 30) * 2'500'000};
        QTest::newRow("tool-use.json")
            << QByteArray("tool-use.json") << qint64{215 * 300'000 + 125 * 2'500'000};
        QTest::newRow("audio-in.json")
            << QByteArray("audio-in.json") << qint64{20 * 300'000 + 320 * 1'000'000 + 5 * 2'500'000};
        QTest::newRow("grounding-maps.json")
            << QByteArray("grounding-maps.json") << qint64{9 * 300'000 + 4 * 2'500'000 + 35'000'000'000};
    }
    void costsAreExact()
    {
        QFETCH(QByteArray, name);
        QFETCH(qint64, picodollars);
        using enum BillingClass;
        Rates rates;
        rates[UncachedInput] = 300'000;
        rates[CachedInput] = 30'000;
        rates[AudioInput] = 1'000'000;
        rates[Output] = 2'500'000;
        rates[WebSearchCall] = 35'000'000'000;
        const auto report = generate().readUsage(file(name.constData()));
        QVERIFY(report);
        const auto charged = cost(report->usage, rates);
        QVERIFY(charged);
        QCOMPARE(charged->picodollars(), picodollars);
    }

    void recordedStreamsAreMetered_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("hasUsage");
        QTest::addColumn<Usage>("expected");
        QTest::addColumn<bool>("estimated");
        QTest::addColumn<bool>("error");
        const auto row = [](const char *name, bool has, const Expected &counts, bool estimated = false,
                            bool error = false) {
            QTest::newRow(name) << QByteArray(name) << has << usage(counts) << estimated << error;
        };
        const Expected thinking{.uncached = 36, .cached = 64, .output = 20, .reasoning = 30};
        row("thinking.sse", true, thinking);
        row("thinking-array.json", true, thinking);
        const Expected call{.uncached = 82, .output = 17, .reasoning = 42};
        row("function-call.sse", true, call);
        row("function-call-array.json", true, call);
        row("grounding.sse", true, {.uncached = 157, .output = 9, .searches = 2});
        row("finish-in-every-chunk.sse", true, {.uncached = 5, .output = 2});
        row("blocked.sse", true, {.uncached = 8});
        row("two-candidates.sse", true, {.uncached = 5, .output = 4}, true);
        row("torn.sse", true, {.uncached = 11, .output = 17}, true); // 68 characters, not counted yet
        row("no-usage.sse", false, {});
        row("error.sse", true, {.uncached = 36, .cached = 64, .reasoning = 18}, true, true);
        row("error-array.json", true, {.uncached = 36, .cached = 64, .reasoning = 18}, true, true);
    }
    void recordedStreamsAreMetered()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, hasUsage);
        QFETCH(Usage, expected);
        QFETCH(bool, estimated);
        QFETCH(bool, error);
        const QByteArray bytes = file(name.constData());
        QVERIFY(!bytes.isEmpty());
        const auto meter = metered({bytes});
        const auto report = meter->report();
        QCOMPARE(report.has_value(), hasUsage);
        if (report) {
            QCOMPARE(shown(report->usage), shown(expected));
            QCOMPARE(report->isEstimated, estimated);
        }
        QCOMPARE(meter->sawError(), error);
        QVERIFY(meter->outputTokensAtLeast() <= meter->outputTokensEstimate());
        QVERIFY(!meter->sawEnd()); // this API has no such mark
        QCOMPARE(meter->isWhole(), !estimated && !error);
    }

    void aStreamCutAnywhereGivesTheSame_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name :
             {"thinking.sse", "thinking-array.json", "function-call.sse", "function-call-array.json",
              "grounding.sse", "error.sse", "error-array.json", "two-candidates.sse", "torn.sse"})
            QTest::newRow(name) << QByteArray(name);
    }
    void aStreamCutAnywhereGivesTheSame()
    {
        QFETCH(QByteArray, name);
        const QByteArray bytes = file(name.constData());
        QVERIFY(!bytes.isEmpty());
        const auto whole = metered({bytes});
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const auto split = metered({bytes.first(cut), bytes.sliced(cut)});
            QCOMPARE(shown(split->report()->usage), shown(whole->report()->usage));
            QCOMPARE(split->report()->model, whole->report()->model);
            QCOMPARE(split->outputTokensAtLeast(), whole->outputTokensAtLeast());
            QCOMPARE(split->outputTokensEstimate(), whole->outputTokensEstimate());
            QCOMPARE(split->sawError(), whole->sawError());
            QCOMPARE(split->isWhole(), whole->isWhole());
        }
    }

    void theLastValueOfEachFieldHolds()
    {
        const auto meter = generate().meter(factsFor(StreamForm::Events), false);
        feed(*meter,
             "{\"usageMetadata\":{\"promptTokenCount\":50,\"cachedContentTokenCount\":20,\"totalTokenCount\":"
             "50}}");
        feed(*meter, "{\"usageMetadata\":{\"candidatesTokenCount\":4,\"totalTokenCount\":54}}");
        feed(*meter, "{\"usageMetadata\":{\"candidatesTokenCount\":9,\"totalTokenCount\":59}}");
        const Usage expected = usage({.uncached = 30, .cached = 20, .output = 9});
        QCOMPARE(shown(meter->report()->usage), shown(expected));
        // What says nothing, only zeros, or what cannot be, undoes nothing.
        feed(*meter, "{\"usageMetadata\":{}}");
        feed(*meter, "{\"usageMetadata\":null}");
        feed(*meter,
             "{\"usageMetadata\":{\"promptTokenCount\":0,\"candidatesTokenCount\":0,\"totalTokenCount\":0}}");
        feed(*meter, "{\"usageMetadata\":{\"candidatesTokenCount\":-4}}");
        QCOMPARE(shown(meter->report()->usage), shown(expected));
    }

    void oddChunksBreakNothing_data()
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
              "{\"candidates\":",
              "{\"candidates\":null}",
              "{\"candidates\":{}}",
              "{\"candidates\":[1,null,[]]}",
              "{\"candidates\":[{\"content\":1}]}",
              "{\"candidates\":[{\"content\":{\"parts\":[[[[]]]]}}]}",
              "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"args\":[]}}]}}]}",
              "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":7}]}}]}",
              "{\"candidates\":[{\"index\":-1},{\"index\":1e300},{\"index\":9223372036854775807}]}",
              "{\"usageMetadata\":[]}",
              "{\"usageMetadata\":{\"promptTokensDetails\":[1,null,{}]}}",
              "{\"candidates\":[{\"groundingMetadata\":{\"webSearchQueries\":5,\"groundingChunks\":[[]]}}]}",
              "{\"error\":null}",
              "{\"promptFeedback\":{}}",
              "\xff\xfe",
              "{\"a\":\"\x01\"}"})
            QTest::newRow(data) << QByteArray(data);
        QTest::newRow("deep") << QByteArray("{\"candidates\":[{\"content\":{\"parts\":")
                + QByteArray(100000, '[');
    }
    void oddChunksBreakNothing()
    {
        QFETCH(QByteArray, data);
        const auto meter = generate().meter(factsFor(StreamForm::Events), true);
        QVERIFY(!meter->onEvent({}, data));
        QVERIFY(!meter->sawContent());
        QVERIFY(!meter->sawError());
        QVERIFY(!meter->report());
        feed(*meter,
             "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"after\"}]},\"finishReason\":\"STOP\"}],"
             "\"usageMetadata\":{\"promptTokenCount\":2,\"candidatesTokenCount\":1}}");
        QVERIFY(meter->sawContent());
        QCOMPARE(shown(meter->report()->usage), shown(usage({.uncached = 2, .output = 1})));
    }

    void halfACharacterDoesNotLoseTheNumbers()
    {
        const auto meter = generate().meter(factsFor(StreamForm::Events), false);
        feed(
            *meter,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\xe4\xbd\"}]},\"finishReason\":\"STOP\"}],"
            "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":1}}");
        QVERIFY(meter->sawContent());
        QCOMPARE(shown(meter->report()->usage), shown(usage({.uncached = 3, .output = 1})));
    }

    void aCutStreamEndsTheWayTheApiDoes()
    {
        const auto meter = metered({file("two-candidates.sse")});
        const Usage soFar =
            usage({.uncached = 10, .cached = 2, .output = 3, .reasoning = 1, .audioIn = 4, .imageOut = 5});
        const QJsonObject last = onlyEvent(meter->endAtCeiling(soFar));
        const QJsonArray candidates = last.value(u"candidates").toArray();
        QCOMPARE(candidates.size(), 1); // candidate 0 has ended by itself
        const QJsonObject candidate = candidates.at(0).toObject();
        QCOMPARE(candidate.value(u"index").toInt(), 1);
        QCOMPARE(candidate.value(u"finishReason").toString(), QStringLiteral("MAX_TOKENS"));
        QCOMPARE(candidate.value(u"content").toObject().value(u"parts").toArray().size(), 1);
        QCOMPARE(last.value(u"modelVersion").toString(), QStringLiteral("gemini-2.5-flash"));
        QCOMPARE(last.value(u"responseId").toString(), QStringLiteral("tYIiacX3A8-kvdIPqLmh0A8"));
        const QJsonObject counts = last.value(u"usageMetadata").toObject();
        QCOMPARE(counts.value(u"totalTokenCount").toInt(), 25);
        // It reads back as what it says.
        const auto read = generate().readUsage(QJsonDocument(last).toJson());
        QVERIFY(read);
        QCOMPARE(shown(read->usage), shown(soFar));
    }

    void aCutArrayGetsAnElementForItsEnd()
    {
        const auto meter = metered({file("thinking-array.json").left(400)});
        const QByteArray element = meter->endAtCeiling(usage({.uncached = 1}));
        const QJsonObject last = object(element);
        QCOMPARE(last.value(u"candidates").toArray().size(), 1);
        QVERIFY(element.startsWith('{') && element.endsWith('}'));
        // Before the first chunk as well.
        const auto early = generate().meter(factsFor(StreamForm::JsonArray), false);
        QCOMPARE(object(early->endAtCeiling({})).value(u"modelVersion").toString(),
                 QStringLiteral("gemini-2.5-flash"));
    }

    /// The faults of Google's models in OpenAI's API.
    void theCompatibleApiIsUnderstoodAsItIs()
    {
        const auto meter = chat().meter({}, false);
        feed(*meter,
             "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":10,"
             "\"completion_tokens\":1,\"total_tokens\":41}}");
        feed(*meter,
             "{\"choices\":[{\"delta\":{\"content\":\"b\"}}],\"usage\":{\"prompt_tokens\":10,"
             "\"completion_tokens\":2,\"total_tokens\":112}}");
        // Counts grow, and thoughts are in the total alone.
        QCOMPARE(shown(meter->report()->usage), shown(usage({.uncached = 10, .output = 102})));
        QVERIFY(!meter->sawError());
        feed(*meter, "[{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}]");
        QVERIFY(meter->sawError());
        QCOMPARE(meter->report()->usage.outputTokens(), 102);
    }

    void fieldsUnknownToUsAreNoObstacle()
    {
        const auto report = generate().readUsage(
            "{\"newField\":{\"usageMetadata\":{\"promptTokenCount\":1}},\"candidates\":[{\"future\":[{}],"
            "\"content\":{\"parts\":[{\"newPart\":{\"x\":[1]}}]}}],\"usageMetadata\":{\"futureCount\":{\"a\":"
            "1},"
            "\"promptTokenCount\":7,\"candidatesTokenCount\":null,\"totalTokenCount\":9}}");
        QVERIFY(report);
        QCOMPARE(shown(report->usage), shown(usage({.uncached = 7, .output = 2})));
    }
};

QTEST_GUILESS_MAIN(TestGeminiStreams)
#include "tst_gemini_streams.moc"
