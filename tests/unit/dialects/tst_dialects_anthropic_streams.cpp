#include "unit/dialects/anthropic.h"
#include "wire/sse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::test;

namespace {

using enum BillingClass;

std::unique_ptr<StreamMeter> metered(const QList<QByteArray> &pieces, const RequestFacts &facts = {})
{
    std::unique_ptr<StreamMeter> meter = messages().meter(facts, false);
    bool hidden = false;
    SseParser parser([&](const SseParser::Event &event) {
        if (event.hasData)
            hidden |= meter->onEvent(event.type, event.data);
    });
    for (const QByteArray &piece : pieces)
        parser.feed(piece);
    parser.finish();
    return hidden ? nullptr : std::move(meter);
}

void feed(StreamMeter &meter, const char *data)
{
    meter.onEvent({}, data);
}

struct Event
{
    QByteArray type;
    QJsonObject data;
};

QList<Event> eventsIn(const QByteArray &bytes)
{
    QList<Event> events;
    SseParser parser([&](const SseParser::Event &event) {
        events.append({event.type.toByteArray(), QJsonDocument::fromJson(event.data.toByteArray()).object()});
    });
    parser.feed(bytes);
    return events;
}

const QList<const char *> allStreams{
    "text.sse",       "thinking.sse", "tool.sse",       "web-search.sse",       "fast.sse",
    "iterations.sse", "error.sse",    "broken-off.sse", "omitted-thinking.sse", "compatible.sse"};

} // namespace

class TestAnthropicStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordedStreamsAreMetered_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<Usage>("expected");
        QTest::addColumn<bool>("estimated");
        QTest::addColumn<qint64>("estimate"); // of the output, by what was seen and said
        QTest::addColumn<bool>("end");
        QTest::addColumn<bool>("error");
        const auto row = [](const char *name, const MessageCounts &tokens, qint64 estimate,
                            bool estimated = false, bool end = true, bool error = false) {
            QTest::newRow(name) << QByteArray(name) << messageUsage(tokens) << estimated << estimate << end
                                << error;
        };
        row("text.sse", {.uncached = 12, .output = 11}, 11);
        row("thinking.sse",
            {.uncached = 40, .cached = 20000, .write5m = 800, .write1h = 200, .output = 21, .reasoning = 52},
            73);
        row("tool.sse", {.uncached = 472, .output = 89}, 89);
        row("web-search.sse", {.uncached = 6039, .output = 68, .searches = 1}, 68);
        row("fast.sse", {.uncached = 100, .output = 4}, 4);
        row("iterations.sse", {.uncached = 160200, .output = 3100}, 100);
        row("omitted-thinking.sse", {.uncached = 30, .output = 10, .reasoning = 330}, 340);
        row("compatible.sse", {.uncached = 19, .output = 6}, 6);
        row("error.sse", {.uncached = 25, .output = 3}, 3, true, false, true); // 10 characters
        row("broken-off.sse", {.uncached = 12, .output = 8}, 8, true, false); // 31 characters
    }
    void recordedStreamsAreMetered()
    {
        QFETCH(QByteArray, name);
        QFETCH(Usage, expected);
        QFETCH(bool, estimated);
        QFETCH(qint64, estimate);
        QFETCH(bool, end);
        QFETCH(bool, error);
        const QByteArray bytes = anthropicFile(name.constData());
        QVERIFY(!bytes.isEmpty());
        const auto meter = metered({bytes});
        QVERIFY2(meter, "something was hidden from the client");
        const auto report = meter->report();
        QVERIFY(report);
        QCOMPARE(shown(report->usage), shown(expected));
        QCOMPARE(report->isEstimated, estimated);
        QVERIFY(report->countsCalls);
        QCOMPARE(meter->outputTokensEstimate(), estimate);
        QVERIFY(meter->outputTokensAtLeast() <= estimate);
        QVERIFY(meter->sawContent());
        QCOMPARE(meter->sawEnd(), end);
        QCOMPARE(meter->sawError(), error);
    }

    void aStreamCutAnywhereGivesTheSame_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : allStreams)
            QTest::newRow(name) << QByteArray(name);
    }
    void aStreamCutAnywhereGivesTheSame()
    {
        QFETCH(QByteArray, name);
        const QByteArray bytes = anthropicFile(name.constData());
        QVERIFY(!bytes.isEmpty());
        const auto whole = metered({bytes});
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const auto split = metered({bytes.first(cut), bytes.sliced(cut)});
            QCOMPARE(shown(split->report()->usage), shown(whole->report()->usage));
            QCOMPARE(split->report()->isEstimated, whole->report()->isEstimated);
            QCOMPARE(split->report()->parts.size(), whole->report()->parts.size());
            QCOMPARE(split->outputTokensAtLeast(), whole->outputTokensAtLeast());
            QCOMPARE(split->outputTokensEstimate(), whole->outputTokensEstimate());
            QCOMPARE(split->sawEnd(), whole->sawEnd());
            QCOMPARE(split->sawError(), whole->sawError());
        }
    }

    void aStreamThatBreaksOffAnywhereNeverCostsNothing_data() { aStreamCutAnywhereGivesTheSame_data(); }
    void aStreamThatBreaksOffAnywhereNeverCostsNothing()
    {
        QFETCH(QByteArray, name);
        const QByteArray bytes = anthropicFile(name.constData());
        qint64 before = 0;
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const auto meter = metered({bytes.first(cut)});
            if (!meter->report())
                continue;
            const Usage usage = meter->report()->usage;
            const qint64 tokens = usage.inputTokens() + usage.outputTokens();
            // What was said holds until the provider's own count takes the place of the estimate.
            QVERIFY(tokens >= before || !meter->report()->isEstimated);
            before = tokens;
        }
        QVERIFY(before > 0);
    }

    void whatDecidesThePriceIsReported()
    {
        const auto text = metered({anthropicFile("text.sse")})->report();
        QCOMPARE(text->model, QStringLiteral("claude-sonnet-4-5-20250929"));
        QCOMPARE(text->serviceTier, QStringLiteral("standard"));
        QCOMPARE(text->responseId, QStringLiteral("msg_01AbC"));
        QCOMPARE(text->ratePercent, 0); // not said
        QCOMPARE(metered({anthropicFile("thinking.sse")})->report()->ratePercent, 100);
        const auto fast = metered({anthropicFile("fast.sse")})->report();
        QCOMPARE(fast->serviceTier, QStringLiteral("fast"));
        QCOMPARE(fast->ratePercent, 110);
    }

    void anAdviserIsAPartOfItsOwn()
    {
        const auto report = metered({anthropicFile("iterations.sse")})->report();
        QCOMPARE(report->parts.size(), size_t{1});
        QCOMPARE(report->parts[0].model, QStringLiteral("claude-opus-5-5"));
        QCOMPARE(shown(report->parts[0].usage), shown(messageUsage({.uncached = 6000, .output = 900})));
    }

    void untilTheEndTheOutputIsCounted()
    {
        const auto meter = messages().meter({}, false);
        QVERIFY(!meter->report());
        feed(
            *meter,
            R"({"type":"message_start","message":{"id":"msg_1","model":"m","usage":{"input_tokens":25,"cache_read_input_tokens":100,"output_tokens":1}}})");
        QVERIFY(!meter->sawContent());
        QCOMPARE(shown(meter->report()->usage),
                 shown(messageUsage({.uncached = 25, .cached = 100, .output = 1})));
        feed(
            *meter,
            R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"the quick brown fox jumps over a lazy dog"}})");
        QVERIFY(meter->sawContent());
        QVERIFY(meter->report()->isEstimated);
        QCOMPARE(shown(meter->report()->usage),
                 shown(messageUsage({.uncached = 25, .cached = 100, .output = 11})));
        feed(*meter,
             R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}})");
        QVERIFY(!meter->report()->isEstimated);
        QCOMPARE(shown(meter->report()->usage),
                 shown(messageUsage({.uncached = 25, .cached = 100, .output = 9})));
    }

    void searchesThatHaveBegunAreCharged()
    {
        const QByteArray bytes = anthropicFile("web-search.sse");
        const auto report = metered({bytes.first(bytes.indexOf("event: message_delta"))})->report();
        QVERIFY(report->isEstimated);
        QCOMPARE(report->usage[WebSearchCall], 1);
    }

    void laterCountsReplaceEarlierOnesUnlessTheyAreNullOrImpossible()
    {
        const auto meter = messages().meter({}, false);
        feed(
            *meter,
            R"({"type":"message_start","message":{"usage":{"input_tokens":5,"cache_creation_input_tokens":7,"output_tokens":1}}})");
        feed(
            *meter,
            R"({"type":"message_delta","delta":{"stop_reason":null},"usage":{"input_tokens":50,"output_tokens":10}})");
        feed(
            *meter,
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":null,"cache_read_input_tokens":null,"output_tokens":20}})");
        const Usage expected = messageUsage({.uncached = 50, .write5m = 7, .output = 20});
        QCOMPARE(shown(meter->report()->usage), shown(expected));
        feed(*meter, R"({"type":"message_delta","delta":{},"usage":null})");
        feed(*meter, R"({"type":"message_delta","delta":{},"usage":{"input_tokens":0,"output_tokens":0}})");
        feed(*meter, R"({"type":"message_delta","delta":{},"usage":{"input_tokens":-5,"output_tokens":99}})");
        feed(*meter,
             R"({"type":"message_delta","delta":{},"usage":{"input_tokens":1.5,"output_tokens":99}})");
        QCOMPARE(shown(meter->report()->usage), shown(expected));
    }

    void anImpossiblePassDoesNotLoseTheWhole()
    {
        const auto meter = messages().meter({}, false);
        feed(
            *meter,
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":5,"output_tokens":10,"iterations":[{"type":"message","input_tokens":-1,"output_tokens":3}]}})");
        QCOMPARE(shown(meter->report()->usage), shown(messageUsage({.uncached = 5, .output = 10})));
    }

    void oddEventsBreakNothing_data()
    {
        QTest::addColumn<QByteArray>("data");
        for (const char *data : {"",
                                 " ",
                                 "null",
                                 "1",
                                 "[]",
                                 "{",
                                 "{}",
                                 "\"text\"",
                                 "[DONE]",
                                 "\xff\xfe",
                                 "{\"a\":\"\x01\"}",
                                 "{\"type\":5}",
                                 "{\"type\":\"ping\"}",
                                 "{\"type\":\"message_start\"}",
                                 "{\"type\":\"message_start\",\"message\":null}",
                                 "{\"type\":\"message_start\",\"message\":[1]}",
                                 "{\"message\":{\"message\":{\"message\":{\"usage\":7}}}}",
                                 "{\"usage\":[]}",
                                 "{\"usage\":{\"input_tokens\":-7}}",
                                 "{\"usage\":{\"iterations\":{}}}",
                                 "{\"usage\":{\"iterations\":[1,null,[],{\"type\":null,\"model\":7}]}}",
                                 "{\"error\":null}",
                                 "{\"delta\":[]}",
                                 "{\"delta\":{\"text\":null,\"thinking\":5,\"partial_json\":{}}}",
                                 "{\"delta\":{\"estimated_tokens\":-5}}",
                                 "{\"delta\":{\"estimated_tokens\":\"x\"}}",
                                 "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\","
                                 "\"signature\":\"abcdefgh\"}}",
                                 "{\"content_block\":7}",
                                 "{\"content_block\":{\"type\":\"tool_use\",\"input\":[]}}",
                                 "{\"content\":[[[[]]]]}",
                                 "{\"type\":\"content_block_stop\",\"index\":-1}",
                                 "{\"type\":\"content_block_start\",\"index\":1e300}"})
            QTest::newRow(data) << QByteArray(data);
        QTest::newRow("deep") << QByteArray(R"({"content_block":{"input":)") + QByteArray(100000, '[');
    }
    void oddEventsBreakNothing()
    {
        QFETCH(QByteArray, data);
        const auto meter = messages().meter({}, true);
        QVERIFY(!meter->onEvent({}, data));
        QVERIFY(!meter->sawContent());
        QVERIFY(!meter->sawError());
        QVERIFY(!meter->report());
        feed(*meter,
             R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"after"}})");
        feed(
            *meter,
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":2,"output_tokens":1}})");
        QVERIFY(meter->sawContent());
        QCOMPARE(shown(meter->report()->usage), shown(messageUsage({.uncached = 2, .output = 1})));
    }

    void halfACharacterDoesNotLoseTheNumbers()
    {
        const auto meter = messages().meter({}, false);
        meter->onEvent(
            {},
            QByteArray(
                "{\"type\":\"message_delta\",\"delta\":{\"text\":\"\xe4\xbd\",\"stop_reason\":\"end_turn\"},"
                "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}"));
        QVERIFY(meter->sawContent());
        QCOMPARE(shown(meter->report()->usage), shown(messageUsage({.uncached = 3, .output = 1})));
    }

    void anErrorIsSeenByItsNameOrItsType()
    {
        const auto byName = messages().meter({}, false);
        byName->onEvent("error", "{}");
        QVERIFY(byName->sawError());
        const auto byType = messages().meter({}, false);
        feed(*byType, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})");
        QVERIFY(byType->sawError());
        QVERIFY(!byType->sawEnd());
    }

    void thinkingIsNoGroundForACut()
    {
        // What is shown of it is a summary, which may be split more finely than what was generated.
        const auto meter = messages().meter({}, false);
        for (int i = 0; i < 10; ++i)
            feed(*meter,
                 R"({"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"a"}})");
        QVERIFY(meter->outputTokensAtLeast() <= 1);
        for (int i = 0; i < 10; ++i)
            feed(*meter, R"({"type":"content_block_delta","delta":{"type":"text_delta","text":"word "}})");
        QVERIFY(meter->outputTokensAtLeast() >= 10);
    }

    void aCutStreamEndsTheWayTheApiDoes()
    {
        const QByteArray bytes = anthropicFile("tool.sse");
        const auto meter = metered({bytes.first(bytes.indexOf("event: content_block_stop\r\ndata: {\"type\":"
                                                              "\"content_block_stop\",\"index\":1"))});
        const Usage soFar = messageUsage(
            {.uncached = 10, .cached = 2, .write5m = 3, .write1h = 4, .output = 5, .reasoning = 6});
        const QList<Event> events = eventsIn(meter->endAtCeiling(soFar));
        QCOMPARE(events.size(), 3);
        for (const Event &event : events)
            QCOMPARE(event.data.value(u"type").toString(), QString::fromLatin1(event.type));
        QCOMPARE(events.at(0).type, QByteArray("content_block_stop"));
        QCOMPARE(events.at(0).data.value(u"index").toInt(), 1); // block 0 has ended by itself
        QCOMPARE(events.at(1).type, QByteArray("message_delta"));
        const QJsonObject delta = events.at(1).data.value(u"delta").toObject();
        QCOMPARE(delta.value(u"stop_reason").toString(), QStringLiteral("max_tokens"));
        QVERIFY(delta.contains(u"stop_sequence") && delta.value(u"stop_sequence").isNull());
        QCOMPARE(events.at(2).type, QByteArray("message_stop"));
        // It reads back as what it says.
        const auto reader = metered({meter->endAtCeiling(soFar)});
        QCOMPARE(shown(reader->report()->usage),
                 shown(messageUsage({.uncached = 10, .cached = 2, .write5m = 7, .output = 11})));
        QVERIFY(reader->sawEnd());
    }

    void aStreamCutBeforeItsFirstEventIsStillWellFormed()
    {
        RequestFacts facts;
        facts.model = QStringLiteral("claude-opus-5");
        const QList<Event> events = eventsIn(messages().meter(facts, false)->endAtCeiling({}));
        QCOMPARE(events.size(), 3);
        const QJsonObject message = events.at(0).data.value(u"message").toObject();
        QCOMPARE(events.at(0).type, QByteArray("message_start"));
        QCOMPARE(message.value(u"model").toString(), QStringLiteral("claude-opus-5"));
        QCOMPARE(message.value(u"role").toString(), QStringLiteral("assistant"));
        QVERIFY(message.value(u"content").toArray().isEmpty());
        QCOMPARE(events.at(2).type, QByteArray("message_stop"));
    }

    void aStreamThatHasEndedIsNotEndedAgain()
    {
        QVERIFY(metered({anthropicFile("text.sse")})->endAtCeiling({}).isEmpty());
        const QByteArray bytes = anthropicFile("text.sse");
        const auto nearly = metered({bytes.first(bytes.indexOf("event: message_stop"))});
        const QList<Event> rest = eventsIn(nearly->endAtCeiling({}));
        QCOMPARE(rest.size(), 1); // the reason of its end was told already
        QCOMPARE(rest.at(0).type, QByteArray("message_stop"));
    }

    void anEventIsCheap()
    {
        const auto meter = messages().meter({}, false);
        const QByteArray data =
            R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" word"}})";
        QBENCHMARK
        {
            meter->onEvent("content_block_delta", data);
        }
        QVERIFY(meter->sawContent());
    }
};

QTEST_GUILESS_MAIN(TestAnthropicStreams)
#include "tst_dialects_anthropic_streams.moc"
