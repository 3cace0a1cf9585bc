// Google's own API through the real data path: answers whole, as events and as one array; keys; changes;
// ends.
#include "support/harness.h"
#include "wire/sse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray canary = "AIza-canary-of-the-provider-000000000000";
const QByteArray askPath = "/v1beta/models/gemini-2.5-flash:generateContent";
const QByteArray streamPath = "/v1beta/models/gemini-2.5-flash:streamGenerateContent";

const QByteArray pricing =
    "models:\n"
    "  gemini-2.5-flash: { inputPer1M: \"0.30\", cachedInputPer1M: \"0.03\", outputPer1M: \"2.50\", "
    "webSearchPer1kCalls: \"35\", maxOutputTokens: 65535, maxInputTokens: 1048576 }\n"
    "  gemini-2.5-flash-lite: { inputPer1M: \"0.10\", cachedInputPer1M: \"0.01\", outputPer1M: \"0.40\", "
    "maxOutputTokens: 65535, maxInputTokens: 1048576 }\n"
    "  gemini-embedding-001: { inputPer1M: \"0.15\", maxInputTokens: 2048 }\n";

/// The proxy in front of a provider of kind gemini.
class Google
{
public:
    explicit Google(const QByteArray &config = {})
        : proxy({.config = "providers:\n  - { name: google, kind: gemini, baseUrl: \"http://localhost:"
                     + QByteArray::number(provider.serverPort()) + "\", apiKey: " + canary + " }\n" + config,
                 .pricing = pricing})
    {
        key = proxy.addKey(QStringLiteral("a"));
    }

    /// A request with the key in the field of this API.
    QByteArray raw(const QByteArray &target, const QByteArray &body, const QByteArray &fields = {}) const
    {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: " + key
            + "\r\nContent-Type: application/json\r\n" + fields
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    Answer ask(const QByteArray &bytes)
    {
        RawClient client(proxy.port);
        client.write(bytes);
        return client.read();
    }

    FakeProvider provider;
    Proxy proxy;
    QByteArray key;
};

/// A request; \a config: the members of generationConfig.
QByteArray question(const QByteArray &config = "\"maxOutputTokens\":1000", const QByteArray &more = {})
{
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{" + config
        + "}" + more + "}";
}

QByteArray counts(int prompt, int candidates, int thoughts = 0, int cached = 0)
{
    return "\"usageMetadata\":{\"promptTokenCount\":" + QByteArray::number(prompt)
        + ",\"cachedContentTokenCount\":" + QByteArray::number(cached) + ",\"candidatesTokenCount\":"
        + QByteArray::number(candidates) + ",\"thoughtsTokenCount\":" + QByteArray::number(thoughts)
        + ",\"totalTokenCount\":" + QByteArray::number(prompt + candidates + thoughts) + "}";
}

/// One answer or chunk with a text and usage so far.
QByteArray answer(const QByteArray &text, const QByteArray &usage, const QByteArray &more = {})
{
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}],\"role\":\"model\"}" + more
        + ",\"index\":0}]," + usage + ",\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}";
}

const QByteArray stopped = ",\"finishReason\":\"STOP\"";

QByteArray block(const QByteArray &json)
{
    return "data: " + json + "\r\n\r\n";
}

void arrayHead(ProviderCall &call)
{
    call.send("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nTransfer-Encoding: "
              "chunked\r\n\r\n");
}

QJsonObject errorOf(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object().value(u"error").toObject();
}

QString reasonOf(const QJsonObject &error)
{
    return error.value(u"details").toArray().at(0).toObject().value(u"reason").toString();
}

qint64 costOf(Proxy &proxy, const Answer &answer)
{
    return proxy.row(answer).close.cost.value_or(Money()).picodollars();
}

} // namespace

class TestGemini : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWholeAnswerIsBilledExactly();
    void theVersionOfTheClientGoesUpstream_data();
    void theVersionOfTheClientGoesUpstream();
    void aStreamOfEventsPassesAsItComes();
    void aStreamAsOneArrayPassesAsItComes();
    void theKeyMayComeInTheQueryAndIsNowhereElse();
    void countingIsFreeAndOutsideOfLimits();
    void searchesAreBilledAsTheyWereMade();
    void embeddingsAreBilled();
    void aRefusalHasTheShapeOfThisApi();
    void aClampSetsTheCeilingOfTheConfig();
    void aDowngradeChangesThePath();
    void anOverlongStreamEndsTheWayTheApiDoes_data();
    void anOverlongStreamEndsTheWayTheApiDoes();
    void aTornStreamEndsWithAnError_data();
    void aTornStreamEndsWithAnError();
    void aClientThatLeavesPaysForWhatWasMade();
    void aWholeArrayIsKeptInTheCache();
    void aHeldStreamKeepsItsForm_data();
    void aHeldStreamKeepsItsForm();
    void whatCostsStorageIsRefused();
};

void TestGemini::aWholeAnswerIsBilledExactly()
{
    Google google;
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200, answer("Hello", counts(100, 20, 30, 64), stopped));
    };
    const QByteArray body = question();
    const Answer got = google.ask(google.raw(askPath, body));
    QCOMPARE(got.status(), 200);
    ProviderCall &call = google.provider.call();
    QCOMPARE(call.head().target, askPath);
    QCOMPARE(call.body(), body);
    QCOMPARE(call.head().headers.value("x-goog-api-key"), canary);
    // By hand: 36 uncached, 64 cached, 20 visible and 30 thought tokens.
    const qint64 cost = 36 * 300'000 + 64 * 30'000 + 50 * 2'500'000;
    QCOMPARE(costOf(google.proxy, got), cost);
    QCOMPARE(got.header("X-Request-Cost"), Money::fromPicodollars(cost).toDecimalBytes());
    const ExchangeRow row = google.proxy.row(got);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.open.endpoint, QStringLiteral("generateContent"));
    QCOMPARE(row.open.series->model, QStringLiteral("gemini-2.5-flash"));
    QVERIFY(google.proxy.isQuiet());
}

void TestGemini::theVersionOfTheClientGoesUpstream_data()
{
    QTest::addColumn<QByteArray>("version");
    for (const char *version : {"/v1", "/v1beta", "/v1alpha"})
        QTest::newRow(version) << QByteArray(version);
}

void TestGemini::theVersionOfTheClientGoesUpstream()
{
    QFETCH(QByteArray, version);
    Google google;
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200, answer("a", counts(1, 1), stopped));
    };
    const QByteArray target = version + "/models/gemini-2.5-flash:generateContent?x=1";
    QCOMPARE(google.ask(google.raw(target, question())).status(), 200);
    QCOMPARE(google.provider.call().head().target, target);
}

void TestGemini::aStreamOfEventsPassesAsItComes()
{
    Google google;
    RawClient client(google.proxy.port);
    client.write(google.raw(streamPath + "?alt=sse", question()));
    ProviderCall &call = google.provider.call();
    QCOMPARE(call.head().target, streamPath + "?alt=sse");
    call.streamHead();
    const QByteArray first = block(answer("Hel", counts(100, 0, 30, 64)));
    const QByteArray last = block(answer("lo", counts(100, 20, 30, 64), stopped));
    call.chunk(first);
    QVERIFY(client.readUntil("responseId\":\"r1\"}\r\n\r\n").contains("Hel")); // before the next is sent
    call.chunk(last.first(40));
    call.chunk(last.sliced(40));
    call.endStream();
    const Answer got = client.read();
    QVERIFY(got.whole);
    QCOMPARE(got.body, first + last);
    QCOMPARE(costOf(google.proxy, got), qint64(36 * 300'000 + 64 * 30'000 + 50 * 2'500'000));
    QCOMPARE(google.proxy.row(got).close.provenance, Provenance::Exact);
}

void TestGemini::aStreamAsOneArrayPassesAsItComes()
{
    Google google;
    RawClient client(google.proxy.port);
    client.write(google.raw(streamPath, question()));
    ProviderCall &call = google.provider.call();
    QCOMPARE(call.body(), question()); // nothing has to be asked for
    arrayHead(call);
    const QByteArray first = '[' + answer("Hel", counts(100, 0, 30, 64));
    const QByteArray last = "\n,\r\n" + answer("lo]", counts(100, 20, 30, 64), stopped) + "\n]\n";
    call.chunk(first);
    QVERIFY(client.readUntil("responseId\":\"r1\"}").contains("Hel"));
    call.chunk(last);
    call.endStream();
    const Answer got = client.read();
    QVERIFY(got.whole);
    QCOMPARE(got.body, first + last);
    QCOMPARE(QJsonDocument::fromJson(got.body).array().size(), 2);
    const ExchangeRow row = google.proxy.row(got);
    QCOMPARE(costOf(google.proxy, got), qint64(36 * 300'000 + 64 * 30'000 + 50 * 2'500'000));
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QVERIFY(row.open.stream);
}

void TestGemini::theKeyMayComeInTheQueryAndIsNowhereElse()
{
    Google google;
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200, answer("a", counts(1, 1), stopped));
    };
    const QByteArray body = question();
    for (const QByteArray &query : {"?key=" + google.key, "?a=b&key=" + google.key + "&alt=json"}) {
        const Answer got = google.ask("POST " + askPath + query
                                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        "Content-Length: "
                                      + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QCOMPARE(got.status(), 200);
        ProviderCall &call = google.provider.call(google.provider.requestCount() - 1);
        QByteArray seen = call.head().target;
        for (const Header &header : call.head().headers)
            seen += '\n' + header.name + ": " + header.value;
        QVERIFY(!seen.contains(google.key));
        QCOMPARE(seen.count(canary), 1);
        QCOMPARE(seen.contains("a=b"), query.contains("a=b"));
        const ExchangeDetails details =
            google.proxy.gateway->details(*RequestId::fromText(got.header("X-LBP-Request-Id"))).result();
        QVERIFY(details.request);
        QByteArray shown = details.request->startLine;
        for (const auto &[name, value] : details.request->fields)
            shown += name + value;
        QVERIFY(!shown.contains(google.key) && !shown.contains(canary));
    }
    const Answer wrong = google.ask("POST " + askPath
                                    + "?key=AIzaWrong HTTP/1.1\r\nHost: localhost\r\n"
                                      "Content-Length: 2\r\n\r\n{}");
    QCOMPARE(wrong.status(), 401);
    QVERIFY(google.proxy.isQuiet());
    const QByteArray disk = google.proxy.everythingOnDisk();
    QVERIFY(!disk.isEmpty());
    QVERIFY(!disk.contains(google.key) && !disk.contains(canary));
}

void TestGemini::countingIsFreeAndOutsideOfLimits()
{
    Google google("rateLimits: { default: { rpm: 1, tpm: 0 } }\n");
    google.provider.onRequest = [](ProviderCall &call) {
        call.head().target.contains(":countTokens") ? call.json(200, "{\"totalTokens\":31}")
                                                    : call.json(200, answer("a", counts(1, 1), stopped));
    };
    google.proxy.setBudget({ScopeKind::Key, QString::number(google.proxy.keyId(QStringLiteral("a")))},
                           Period::Daily, "0.01");
    for (int i = 0; i < 35; ++i) {
        const Answer got = google.ask(google.raw("/v1beta/models/gemini-2.5-flash:countTokens", question()));
        QCOMPARE(got.status(), 200);
        QCOMPARE(got.body, "{\"totalTokens\":31}");
    }
    QCOMPARE(google.ask(google.raw(askPath, question())).status(), 200);
    const Answer refused = google.ask(google.raw(askPath, question()));
    QCOMPARE(refused.status(), 429);
    QCOMPARE(errorOf(refused.body).value(u"status").toString(), QStringLiteral("RESOURCE_EXHAUSTED"));
    QVERIFY(!refused.header("Retry-After").isEmpty());
    QCOMPARE(google.proxy.budgets().first().spent.picodollars(), qint64(300'000 + 2'500'000));
    const Answer models =
        google.ask("GET /v1beta/models?pageSize=5 HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: "
                   + google.key + "\r\n\r\n");
    QCOMPARE(models.status(), 200);
}

void TestGemini::searchesAreBilledAsTheyWereMade()
{
    Google google;
    const QByteArray tools = ",\"tools\":[{\"googleSearch\":{}}]";
    const qint64 tokens = 10 * 300'000 + 5 * 2'500'000;
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200,
                  answer("a", counts(10, 5),
                         stopped + ",\"groundingMetadata\":{\"webSearchQueries\":[\"a\",\"b\"]}"));
    };
    const Answer twice = google.ask(google.raw(askPath, question("\"maxOutputTokens\":10", tools)));
    QCOMPARE(twice.status(), 200);
    QCOMPARE(costOf(google.proxy, twice), tokens + 2 * 35'000'000'000);
    QVERIFY(google.proxy.row(twice).open.reserved.picodollars() >= 10 * 35'000'000'000);
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200, answer("a", counts(10, 5), stopped));
    };
    const Answer never = google.ask(google.raw(askPath, question("\"maxOutputTokens\":11", tools)));
    QCOMPARE(costOf(google.proxy, never), tokens);
}

void TestGemini::embeddingsAreBilled()
{
    Google google;
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200,
                  call.head().target.contains(":batch") ? QByteArray(
                      "{\"embeddings\":[{\"values\":[0.1]}],\"usageMetadata\":{\"promptTokenCount\":12}}")
                                                        : QByteArray("{\"embedding\":{\"values\":[0.1]}}"));
    };
    const QByteArray one =
        "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}";
    const Answer batch = google.ask(
        google.raw("/v1beta/models/gemini-embedding-001:batchEmbedContents", "{\"requests\":[" + one + "]}"));
    QCOMPARE(batch.status(), 200);
    QCOMPARE(costOf(google.proxy, batch), qint64(12 * 150'000));
    const Answer single = google.ask(google.raw("/v1beta/models/gemini-embedding-001:embedContent", one));
    QCOMPARE(google.proxy.row(single).close.provenance, Provenance::Estimated); // it says nothing
    QVERIFY(costOf(google.proxy, single) > 0);
}

void TestGemini::aRefusalHasTheShapeOfThisApi()
{
    Google google;
    google.proxy.setBudget({ScopeKind::Key, QString::number(google.proxy.keyId(QStringLiteral("a")))},
                           Period::Daily, "0.0001");
    for (const QByteArray &target : {askPath, streamPath, streamPath + "?alt=sse"}) {
        const Answer refused = google.ask(google.raw(target, question("\"maxOutputTokens\":60000")));
        QCOMPARE(refused.status(), 402);
        QCOMPARE(refused.header("Content-Type"), "application/json");
        const QJsonObject error = errorOf(refused.body);
        QCOMPARE(error.value(u"code").toInt(), 402);
        QCOMPARE(error.value(u"status").toString(), QStringLiteral("FAILED_PRECONDITION"));
        QCOMPARE(reasonOf(error), QStringLiteral("BUDGET_EXCEEDED"));
        QVERIFY(error.value(u"message").toString().contains(QStringLiteral("daily budget of the key 'a'")));
    }
    QCOMPARE(google.provider.requestCount(), 0);
    const Answer odd = google.ask(google.raw(askPath + "?alt=proto", question()));
    QCOMPARE(odd.status(), 400);
    QCOMPARE(errorOf(odd.body).value(u"status").toString(), QStringLiteral("INVALID_ARGUMENT"));
}

void TestGemini::aClampSetsTheCeilingOfTheConfig()
{
    Google google("budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC, admission: clamp, "
                  "minOutputTokens: 16 }\n");
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200, answer("a", counts(10, 5), stopped));
    };
    google.proxy.setBudget({ScopeKind::Key, QString::number(google.proxy.keyId(QStringLiteral("a")))},
                           Period::Daily, "0.001");
    const Answer got = google.ask(google.raw(askPath, question("\"temperature\":0.5")));
    QCOMPARE(got.status(), 200);
    const qint64 ceiling = got.header("X-Max-Tokens-Clamped").toLongLong();
    QVERIFY(ceiling >= 16);
    QCOMPARE(google.provider.call().body(),
             question("\"maxOutputTokens\":" + QByteArray::number(ceiling) + ",\"temperature\":0.5"));
    QCOMPARE(google.provider.call().head().target, askPath);
}

void TestGemini::aDowngradeChangesThePath()
{
    Google google(
        "modelDowngrade: { enabled: true, rules: [{ from: gemini-2.5-flash, to: gemini-2.5-flash-lite, "
        "atPercent: 1 }] }\n");
    google.provider.onRequest = [](ProviderCall &call) {
        call.json(200, answer("a", counts(10'000, 50), stopped));
    };
    google.proxy.setBudget({ScopeKind::Key, QString::number(google.proxy.keyId(QStringLiteral("a")))},
                           Period::Daily, "0.10");
    QCOMPARE(google.ask(google.raw(askPath, question())).status(), 200); // some pressure
    const QByteArray body = question("\"maxOutputTokens\":999");
    const Answer got = google.ask(google.raw(askPath + "?x=1", body));
    QCOMPARE(got.status(), 200);
    ProviderCall &call = google.provider.call(1);
    QCOMPARE(call.head().target, "/v1beta/models/gemini-2.5-flash-lite:generateContent?x=1");
    QCOMPARE(call.body(), body);
    QCOMPARE(got.header("X-Model-Downgraded"), "gemini-2.5-flash-lite");
    QCOMPARE(costOf(google.proxy, got), qint64(10'000 * 100'000 + 50 * 400'000));
}

void TestGemini::anOverlongStreamEndsTheWayTheApiDoes_data()
{
    QTest::addColumn<bool>("isArray");
    QTest::newRow("events") << false;
    QTest::newRow("array") << true;
}

void TestGemini::anOverlongStreamEndsTheWayTheApiDoes()
{
    QFETCH(bool, isArray);
    Google google;
    RawClient client(google.proxy.port);
    client.write(google.raw(streamPath + (isArray ? "" : "?alt=sse"), question("\"maxOutputTokens\":50")));
    ProviderCall &call = google.provider.call();
    isArray ? arrayHead(call) : call.streamHead();
    const QByteArray first = answer("a", counts(10, 30));
    const QByteArray second = answer("b", counts(10, 60)); // and never ends by itself
    const QByteArray sent = isArray ? '[' + first + ",\r\n" + second : block(first) + block(second);
    call.chunk(sent);
    const Answer got = client.read();
    QVERIFY(got.whole);
    QVERIFY(got.body.startsWith(sent));
    QJsonObject last;
    if (isArray) {
        const QJsonArray all = QJsonDocument::fromJson(got.body).array();
        QCOMPARE(all.size(), 3);
        last = all.at(2).toObject();
    } else {
        const QByteArray added = got.body.sliced(sent.size());
        QVERIFY(added.startsWith("data: ") && added.endsWith("\r\n\r\n"));
        last = QJsonDocument::fromJson(added.sliced(6)).object();
    }
    QCOMPARE(last.value(u"candidates").toArray().at(0).toObject().value(u"finishReason").toString(),
             QStringLiteral("MAX_TOKENS"));
    const ExchangeRow row = google.proxy.row(got);
    QCOMPARE(row.close.outcome, Outcome::CutAtCeiling);
    QCOMPARE(last.value(u"usageMetadata").toObject().value(u"candidatesTokenCount").toInteger(),
             row.close.usage.outputTokens());
    QCOMPARE(row.close.usage.outputTokens(), qint64(60));
    QTRY_VERIFY(call.clientGone());
    QVERIFY(google.proxy.isQuiet());
}

void TestGemini::aTornStreamEndsWithAnError_data()
{
    anOverlongStreamEndsTheWayTheApiDoes_data();
}

void TestGemini::aTornStreamEndsWithAnError()
{
    QFETCH(bool, isArray);
    Google google;
    RawClient client(google.proxy.port);
    client.write(google.raw(streamPath + (isArray ? "" : "?alt=sse"), question()));
    ProviderCall &call = google.provider.call();
    isArray ? arrayHead(call) : call.streamHead();
    const QByteArray sent =
        isArray ? '[' + answer("a", counts(10, 30)) + "\n,\r\n" : block(answer("a", counts(10, 30)));
    call.chunk(sent);
    QVERIFY(client.readUntil("\"r1\"}").contains("r1"));
    call.close();
    const Answer got = client.read();
    QVERIFY(got.whole);
    QVERIFY(got.body.startsWith(sent));
    QJsonObject error;
    if (isArray) {
        const QJsonArray all = QJsonDocument::fromJson(got.body).array();
        QCOMPARE(all.size(), 2);
        error = all.at(1).toObject().value(u"error").toObject();
    } else {
        error = errorOf(got.body.sliced(sent.size() + 6));
    }
    QCOMPARE(error.value(u"status").toString(), QStringLiteral("UNAVAILABLE"));
    const ExchangeRow row = google.proxy.row(got);
    QCOMPARE(row.close.outcome, Outcome::UpstreamFailed);
    QCOMPARE(row.close.provenance, Provenance::Estimated);
    QCOMPARE(costOf(google.proxy, got), qint64(10 * 300'000 + 30 * 2'500'000));
}

void TestGemini::aClientThatLeavesPaysForWhatWasMade()
{
    Google google;
    RawClient client(google.proxy.port);
    client.write(google.raw(streamPath + "?alt=sse", question()));
    ProviderCall &call = google.provider.call();
    call.streamHead();
    call.chunk(block(answer("a", counts(10, 30))));
    QVERIFY(client.readUntil("\"r1\"}").contains("r1"));
    client.close();
    QTRY_VERIFY(call.clientGone()); // what is not made is not billed
    QVERIFY(google.proxy.isQuiet());
    const QList<ExchangeRow> rows = google.proxy.rows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().close.outcome, Outcome::ClientGone);
    QCOMPARE(rows.first().close.cost.value_or(Money()).picodollars(), qint64(10 * 300'000 + 30 * 2'500'000));
}

void TestGemini::aWholeArrayIsKeptInTheCache()
{
    Google google("cache: { enabled: true }\n");
    const QByteArray whole = '[' + answer("a", counts(10, 30), stopped) + "]\n";
    int torn = 1;
    google.provider.onRequest = [&](ProviderCall &call) {
        arrayHead(call);
        call.chunk(torn-- > 0 ? '[' + answer("a", counts(10, 30), stopped) : whole);
        call.endStream();
    };
    QCOMPARE(google.ask(google.raw(streamPath, question())).header("X-Cache"), "MISS");
    const Answer second = google.ask(google.raw(streamPath, question())); // the first had no end
    QCOMPARE(second.header("X-Cache"), "MISS");
    const Answer third = google.ask(google.raw(streamPath, question()));
    QCOMPARE(third.header("X-Cache"), "HIT");
    QCOMPARE(third.body, whole);
    QCOMPARE(google.provider.requestCount(), 2);
}

void TestGemini::aHeldStreamKeepsItsForm_data()
{
    QTest::addColumn<bool>("isArray");
    QTest::addColumn<QString>("end");
    for (const char *end : {"allowed", "blocked", "refused by the provider", "not a stream"}) {
        QTest::addRow("events, %s", end) << false << QString::fromLatin1(end);
        QTest::addRow("array, %s", end) << true << QString::fromLatin1(end);
    }
}

/// While a person is asked the client gets signs of life, which must be nothing to its reader.
void TestGemini::aHeldStreamKeepsItsForm()
{
    QFETCH(bool, isArray);
    QFETCH(QString, end);
    Google google("budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC, holdSeconds: 60 }\n");
    google.proxy.setBudget({ScopeKind::Key, QString::number(google.proxy.keyId(QStringLiteral("a")))},
                           Period::Daily, "0.001");
    RawClient client(google.proxy.port);
    client.write(google.raw(streamPath + (isArray ? "" : "?alt=sse"), question("\"maxOutputTokens\":60000")));
    QTRY_COMPARE(google.proxy.gateway->held().result().size(), 1);
    google.proxy.clock.advance(std::chrono::seconds(6));
    const QByteArray early = client.readUntil(isArray ? QByteArray("\r\n\r\n1\r\n\n") : QByteArray(": held"));
    QVERIFY2(early.contains(isArray ? "application/json" : "text/event-stream"), early.constData());
    const HoldAnswer verdict{end == u"blocked" ? HoldAnswer::Kind::Block : HoldAnswer::Kind::AllowOnce, {}};
    QVERIFY(google.proxy.gateway->answerHold(google.proxy.gateway->held().result().first().id, verdict)
                .result()
                .has_value());
    const QByteArray whole = answer("a", counts(10, 30), stopped);
    if (end == u"allowed") {
        ProviderCall &call = google.provider.call();
        isArray ? arrayHead(call) : call.streamHead();
        call.chunk(isArray ? '[' + whole + ']' : block(whole));
        call.endStream();
    } else if (end == u"refused by the provider") {
        google.provider.call().json(429, "{\n\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}");
    } else if (end == u"not a stream") {
        google.provider.call().send(
            "HTTP/1.1 502 X\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
    }
    const Answer got = client.read();
    QVERIFY(got.whole);
    QCOMPARE(got.status(), 200);
    QJsonObject only;
    if (isArray) {
        const QJsonArray all = QJsonDocument::fromJson(got.body).array();
        QCOMPARE(all.size(), 1);
        only = all.at(0).toObject();
    } else {
        QVERIFY(!got.body.contains("[DONE]"));
        QByteArray data;
        SseParser parser([&](const SseParser::Event &each) { data += each.data.toByteArray(); });
        parser.feed(got.body);
        parser.finish();
        only = QJsonDocument::fromJson(data).object();
    }
    QCOMPARE(only.contains(u"candidates"), end == u"allowed");
    QCOMPARE(only.contains(u"error"), end != u"allowed");
    QVERIFY(google.proxy.isQuiet());
}

void TestGemini::whatCostsStorageIsRefused()
{
    Google google;
    for (const QByteArray &target : {QByteArray("/v1beta/cachedContents"), QByteArray("/v1beta/interactions"),
                                     QByteArray("/v1beta/models/gemini-2.5-flash:batchGenerateContent")}) {
        const Answer refused = google.ask(google.raw(target, "{}"));
        QCOMPARE(refused.status(), 403);
        QCOMPARE(reasonOf(errorOf(refused.body)), QStringLiteral("PATH_NOT_METERED"));
    }
    QCOMPARE(google.provider.requestCount(), 0);
    google.provider.onRequest = [](ProviderCall &call) { call.json(200, "{}"); };
    const Answer listed =
        google.ask("GET /v1beta/cachedContents HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: " + google.key
                   + "\r\n\r\n");
    QCOMPARE(listed.status(), 200);
    QCOMPARE(google.provider.call().head().target, "/v1beta/cachedContents");
    // Google would read the method from here.
    const Answer other =
        google.ask("GET /v1beta/cachedContents HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: " + google.key
                   + "\r\nX-HTTP-Method-Override: POST\r\n\r\n");
    QCOMPARE(other.status(), 200);
    QVERIFY(!google.provider.call(1).head().headers.contains("x-http-method-override"));
    const Answer kept = google.ask(google.raw("/upload/v1beta/files?uploadType=media", "{}"));
    QCOMPARE(kept.status(), 200);
    QCOMPARE(google.provider.call(2).head().target, "/upload/v1beta/files?uploadType=media");
}

QTEST_GUILESS_MAIN(TestGemini)
#include "tst_gemini.moc"
