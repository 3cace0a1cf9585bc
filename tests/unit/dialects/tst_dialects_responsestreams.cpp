#include "unit/dialects/responses.h"
#include "wire/sse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::test;

namespace {

std::unique_ptr<StreamMeter> metered(const QList<QByteArray> &pieces, const RequestFacts &facts = {})
{
    auto meter = responses().meter(facts, true);
    SseParser parser([&](const SseParser::Event &event) {
        if (event.hasData && meter->onEvent(event.type, event.data))
            qFatal("an event of this API was to be hidden");
    });
    for (const QByteArray &piece : pieces)
        parser.feed(piece);
    parser.finish();
    return meter;
}

struct SeenEvent
{
    QByteArray type;
    QJsonObject data;
};

QList<SeenEvent> eventsIn(const QByteArray &bytes)
{
    QList<SeenEvent> events;
    SseParser parser([&](const SseParser::Event &event) {
        events.append({event.type.toByteArray(), QJsonDocument::fromJson(event.data.toByteArray()).object()});
    });
    parser.feed(bytes);
    parser.finish();
    return events;
}

} // namespace

class TestResponseStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordedStreamsAreMetered_data();
    void recordedStreamsAreMetered();
    void aStreamCutAnywhereGivesTheSame_data();
    void aStreamCutAnywhereGivesTheSame();
    void whatDecidesThePriceIsReported();
    void aBackgroundStreamIsPendingUntilItsEnd();
    void sealedReasoningIsPartOfTheEstimate();
    void theEndAtTheCeilingIsTheApisOwn();
    void theEndAtTheCeilingKeepsNoMoreThanItMay();
    void anErrorInAStreamHasTheApisForm();
    void oddEventsBreakNothing_data();
    void oddEventsBreakNothing();
};

void TestResponseStreams::recordedStreamsAreMetered_data()
{
    QTest::addColumn<bool>("hasUsage");
    QTest::addColumn<Usage>("expected");
    QTest::addColumn<qint64>("estimate");
    QTest::addColumn<bool>("end");
    QTest::addColumn<bool>("error");
    const auto row = [](const char *name, bool has, const Counts &counts, qint64 estimate, bool end,
                        bool error) {
        QTest::newRow(name) << has << usageOf(counts) << estimate << end << error;
    };
    row("text.sse", true, {.uncached = 440, .cached = 2048, .write = 512, .output = 9}, 9, true, false);
    row("tools.sse", true, {.uncached = 820, .output = 26, .reasoning = 64}, 90, true, false);
    row("incomplete.sse", true, {.uncached = 20, .output = 16}, 16, true, false);
    row("failed.sse", false, {}, 1, true, true);
    row("failed-billed.sse", true, {.uncached = 20, .output = 3}, 3, true, true);
    row("error-event.sse", false, {}, 1, false, true);
    row("torn.sse", false, {}, 1, false, false);
    row("done-marker.sse", true, {.uncached = 7, .output = 1}, 1, true, false);
    row("untyped.sse", true, {.uncached = 7, .output = 1}, 1, true, false);
}

void TestResponseStreams::recordedStreamsAreMetered()
{
    QFETCH(bool, hasUsage);
    QFETCH(Usage, expected);
    QFETCH(qint64, estimate);
    QFETCH(bool, end);
    QFETCH(bool, error);
    const QByteArray bytes = responsesFile(QTest::currentDataTag());
    QVERIFY(!bytes.isEmpty());
    const auto meter = metered({bytes});
    QCOMPARE(meter->report().has_value(), hasUsage);
    if (hasUsage)
        QCOMPARE(shown(meter->report()->usage), shown(expected));
    QCOMPARE(meter->outputTokensEstimate(), estimate);
    QVERIFY(meter->outputTokensAtLeast() <= estimate);
    QVERIFY(meter->sawContent());
    QCOMPARE(meter->sawEnd(), end);
    QCOMPARE(meter->sawError(), error);
}

void TestResponseStreams::aStreamCutAnywhereGivesTheSame_data()
{
    QTest::addColumn<bool>("background");
    for (const char *name :
         {"text.sse", "tools.sse", "failed.sse", "error-event.sse", "untyped.sse", "done-marker.sse"})
        QTest::newRow(name) << false;
    QTest::newRow("background.sse") << true;
}

void TestResponseStreams::aStreamCutAnywhereGivesTheSame()
{
    QFETCH(bool, background);
    const QByteArray bytes = responsesFile(QTest::currentDataTag());
    QVERIFY(!bytes.isEmpty());
    RequestFacts facts;
    facts.background = background;
    const auto whole = metered({bytes}, facts);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        const auto split = metered({bytes.first(cut), bytes.sliced(cut)}, facts);
        QCOMPARE(split->report().has_value(), whole->report().has_value());
        if (whole->report()) {
            QCOMPARE(shown(split->report()->usage), shown(whole->report()->usage));
            QCOMPARE(split->report()->responseId, whole->report()->responseId);
            QCOMPARE(split->report()->isPending, whole->report()->isPending);
        }
        QCOMPARE(split->outputTokensAtLeast(), whole->outputTokensAtLeast());
        QCOMPARE(split->outputTokensEstimate(), whole->outputTokensEstimate());
        QCOMPARE(split->sawEnd(), whole->sawEnd());
        QCOMPARE(split->sawError(), whole->sawError());
        QCOMPARE(split->endAtCeiling({}), whole->endAtCeiling({}));
    }
}

void TestResponseStreams::whatDecidesThePriceIsReported()
{
    const auto meter = metered({responsesFile("text.sse")});
    QCOMPARE(meter->report()->model, QStringLiteral("gpt-5.6-sol"));
    QCOMPARE(meter->report()->serviceTier, QStringLiteral("default")); // really used; "auto" was asked for
    QCOMPARE(meter->report()->responseId, QStringLiteral("resp_68f0a1"));
}

void TestResponseStreams::aBackgroundStreamIsPendingUntilItsEnd()
{
    RequestFacts facts;
    facts.background = true;
    QVERIFY(metered({}, facts)->report()->isPending);
    const auto meter = metered({responsesFile("background.sse")}, facts);
    QVERIFY(meter->report()->isPending);
    QCOMPARE(meter->report()->responseId, QStringLiteral("resp_bg2"));
    const auto ended = metered({responsesFile("text.sse")}, facts);
    QVERIFY(!ended->report()->isPending);
    QVERIFY(!metered({responsesFile("failed.sse")}, facts)->report()); // over, and it was told no usage
}

void TestResponseStreams::sealedReasoningIsPartOfTheEstimate()
{
    QByteArray torn = responsesFile("tools.sse");
    torn.truncate(torn.indexOf("event: response.completed"));
    const auto meter = metered({torn});
    QVERIFY(!meter->report());
    // 160 bytes of base64 are 30 tokens; the summary is another text and shorter; 16 characters of arguments
    // are 5
    QCOMPARE(meter->outputTokensEstimate(), 30 + 4);
    QCOMPARE(meter->outputTokensAtLeast(), 5); // pieces of the arguments, and nothing that was not written
}

void TestResponseStreams::theEndAtTheCeilingIsTheApisOwn()
{
    QByteArray torn = responsesFile("text.sse");
    torn.truncate(torn.indexOf("event: response.output_text.done"));
    const auto meter = metered({torn});
    const Usage soFar = usageOf({.uncached = 900, .cached = 100, .output = 6, .reasoning = 1});
    const QByteArray end = meter->endAtCeiling(soFar);
    const QList<SeenEvent> events = eventsIn(end);
    QCOMPARE(events.size(), 4);
    qint64 sequence = 9; // the next of the stream
    for (const SeenEvent &event : events) {
        QCOMPARE(event.data.value(u"type").toString().toLatin1(), event.type);
        QCOMPARE(event.data.value(u"sequence_number").toInteger(), sequence++);
    }
    QCOMPARE(events.at(0).type, "response.output_text.done");
    QCOMPARE(events.at(0).data.value(u"item_id").toString(), QStringLiteral("msg_1"));
    QCOMPARE(events.at(2).type, "response.output_item.done");
    QCOMPARE(events.last().type, "response.incomplete");
    const QJsonObject response = events.last().data.value(u"response").toObject();
    QCOMPARE(response.value(u"id").toString(), QStringLiteral("resp_68f0a1"));
    QCOMPARE(response.value(u"status").toString(), QStringLiteral("incomplete"));
    QCOMPARE(response.value(u"incomplete_details").toObject().value(u"reason").toString(),
             QStringLiteral("max_output_tokens"));
    QCOMPARE(response.value(u"model").toString(), QStringLiteral("gpt-5.6-sol"));
    const QString text = response.value(u"output")[0][u"content"][0][u"text"].toString();
    QCOMPARE(text, QStringLiteral("Hello, w\u00f6rld \"quoted\" \u2713")); // what the client has seen
    QVERIFY(!end.contains("[DONE]"));

    const auto seen = metered({torn, end}); // its own reader understands it
    QVERIFY(seen->sawEnd());
    QVERIFY(!seen->sawError());
    QCOMPARE(shown(seen->report()->usage), shown(soFar));
    QVERIFY(metered({responsesFile("text.sse")})->endAtCeiling({}).isEmpty()); // it has ended
    RequestFacts facts;
    facts.model = QStringLiteral("asked");
    const QList<SeenEvent> bare = eventsIn(metered({}, facts)->endAtCeiling({}));
    QCOMPARE(bare.size(), 1);
    QCOMPARE(bare.first().data.value(u"response")[u"model"].toString(), QStringLiteral("asked"));
}

void TestResponseStreams::theEndAtTheCeilingKeepsNoMoreThanItMay()
{
    const auto meter = responses().meter({}, false);
    const QByteArray delta =
        R"({"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":")"
        + QByteArray(10'000, 'x') + "\"}";
    for (int i = 0; i < 100; ++i)
        meter->onEvent("response.output_text.delta", delta);
    const QByteArray end = meter->endAtCeiling({});
    QVERIFY(end.size() < 2000);
    QVERIFY(end.contains("\"output\":[]"));
    QCOMPARE(meter->outputTokensEstimate(), 250'000);
}

void TestResponseStreams::anErrorInAStreamHasTheApisForm()
{
    const Error error{ErrorCode::BudgetExceeded, QStringLiteral("two\nlines")};
    const QList<SeenEvent> plain = eventsIn(responses().errors()->streamEvent(error));
    QCOMPARE(plain.size(), 1);
    QCOMPARE(plain.first().type, "error");
    QCOMPARE(plain.first().data.value(u"type").toString(), QStringLiteral("error"));
    QCOMPARE(plain.first().data.value(u"code").toString(), QStringLiteral("budget_exceeded"));
    QCOMPARE(plain.first().data.value(u"message").toString(), error.detail);
    QCOMPARE(plain.first().data.value(u"sequence_number").toInteger(-1), 0);
    QCOMPARE(plain.first().data.value(u"error")[u"message"].toString(), error.detail);

    QByteArray torn = responsesFile("torn.sse");
    const auto meter = metered({torn});
    const QList<SeenEvent> codex = eventsIn(meter->errorEvent(error, ClientTool::Codex));
    QCOMPARE(codex.first().type, "response.failed");
    QCOMPARE(codex.first().data.value(u"sequence_number").toInteger(), 2);
    const QJsonObject response = codex.first().data.value(u"response").toObject();
    QCOMPARE(response.value(u"id").toString(), QStringLiteral("resp_68f0a1"));
    QCOMPARE(response.value(u"error")[u"code"].toString(), QStringLiteral("insufficient_quota"));
    for (const ClientTool tool : {ClientTool::Codex, ClientTool::Unknown})
        QVERIFY(metered({torn, meter->errorEvent(error, tool)})->sawError());
}

void TestResponseStreams::oddEventsBreakNothing_data()
{
    QTest::addColumn<QByteArray>("data");
    for (
        const char *data :
        {"",
         " ",
         "null",
         "1",
         "[]",
         "{",
         "{}",
         "\"text\"",
         R"({"type":7})",
         R"({"type":"response.completed"})",
         R"({"type":"response.output_text.delta","delta":7})",
         R"({"type":"response.output_text.delta"})",
         R"({"type":"response.output_item.done","item":[]})",
         R"({"type":"response.output_item.done","item":{"summary":{}}})",
         R"({"type":"x","sequence_number":1e300})",
         R"({"response":null,"sequence_number":-4})",
         R"({"type":"response.created","response":{"id":null,"output":[[[]]],"usage":7,"tool_usage":{"web_search":3}}})",
         "\xff\xfe",
         "{\"a\":\"\x01\"}",
         "[DONE"})
        QTest::newRow(data) << QByteArray(data);
    QTest::newRow("deep") << QByteArray(R"({"type":"response.created","response":{"output":)")
            + QByteArray(100000, '[');
}

void TestResponseStreams::oddEventsBreakNothing()
{
    QFETCH(QByteArray, data);
    const auto meter = responses().meter({}, true);
    QVERIFY(!meter->onEvent({}, data));
    QVERIFY(!meter->sawContent());
    QVERIFY(!meter->sawError());
    QVERIFY(!meter->report());
    meter->onEvent({}, R"({"type":"response.output_text.delta","delta":"after","sequence_number":3})");
    meter->onEvent(
        {},
        R"({"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":2,"output_tokens":1}}})");
    QVERIFY(meter->sawContent());
    QCOMPARE(shown(meter->report()->usage), shown(usageOf({.uncached = 2, .output = 1})));
}

QTEST_GUILESS_MAIN(TestResponseStreams)
#include "tst_dialects_responsestreams.moc"
