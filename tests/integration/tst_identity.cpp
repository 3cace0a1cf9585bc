// Transparency: what goes in comes out, byte for byte, but for the edits that are documented.
#include "integration/sidedatabase.h"
#include "support/harness.h"
#include "wire/contentcoding.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray path = "/v1/chat/completions";
const QByteArray done = "data: [DONE]\n\n";

QList<QByteArray> linesOf(const HeaderList &headers)
{
    QList<QByteArray> lines;
    for (const Header &header : headers)
        lines.append(header.name + ": " + header.value);
    return lines;
}

Answer ask(Proxy &proxy, const QByteArray &bytes)
{
    RawClient client(proxy.port);
    client.write(bytes);
    return client.read();
}

QByteArray withoutCredential(const QByteArray &target, const QByteArray &fields, const QByteArray &body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void streams(ProviderCall &call)
{
    call.streamHead();
    call.chunk(chatChunk("one") + done);
    call.endStream();
}

} // namespace

class TestIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestBodiesArriveUnchanged_data();
    void requestBodiesArriveUnchanged();
    void codedRequestBodiesArriveUnchanged_data();
    void codedRequestBodiesArriveUnchanged();
    void answersArriveUnchanged_data();
    void answersArriveUnchanged();
    void codedAnswersArriveUnchanged_data();
    void codedAnswersArriveUnchanged();
    void streamsSplitAnywhereAreTheSame_data();
    void streamsSplitAnywhereAreTheSame();
    void requestFieldsKeepTheirOrder();
    void answerFieldsKeepTheirOrder();
    void acceptEncodingIsWhatTheClientAndWeCanRead();
    void keysDoNotCross_data();
    void keysDoNotCross();
    void pathsAndQueriesAreKept_data();
    void pathsAndQueriesAreKept();
    void onlyTheDocumentedEditsAreMade_data();
    void onlyTheDocumentedEditsAreMade();
    void aProviderThatRefusesStreamOptionsIsAskedAgainOnce();
};

void TestIdentity::requestBodiesArriveUnchanged_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("plain") << chatBody();
    QTest::newRow("odd white space") << QByteArray(
        "\r\n\t { \"model\"\n:\t\"gpt-4o\" ,\r\n \"messages\" : [ ]\t} \n\n");
    QTest::newRow("unknown fields") << chatBody("Hi",
                                                ",\"brand_new\":{\"deep\":[[[{}]]],\"n\":1e3},\"x-y\":null");
    QTest::newRow("unknown fields given twice")
        << chatBody("Hi", ",\"twice\":1,\"twice\":{\"a\":2},\"twice\":1");
    QTest::newRow("known field given twice alike") << chatBody("Hi", ",\"max_tokens\":5,\"max_tokens\":5");
    QTest::newRow("escapes") << QByteArray("{\"mod\\u0065l\":\"gpt\\u002d4o\",\"messages\":[{\"role\":"
                                           "\"user\",\"content\":\"\\/\\u00e9\\ud83d\\ude00\\\\\\\"\"}]}");
    QTest::newRow("unicode") << chatBody(
        "Gr\xc3\xbc\xc3\x9f Gott \xf0\x9f\x98\x80 \xe4\xbd\xa0\xe5\xa5\xbd \xe2\x80\xa8");
    QTest::newRow("numbers as written") << chatBody(
        "Hi", ",\"temperature\":0.10000000000000000555,\"seed\":12345678901234567890,\"top_p\":1E-0");
    QTest::newRow("tools") << chatBody(
        "Hi",
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\","
        "\"properties\":{\"model\":{\"type\":\"string\"}}}}}]");
    QTest::newRow("braces in text") << chatBody("}{\\\",\\\"model\\\":\\\"x\\\"", ",\"user\":\"}\"");
    QTest::newRow("usage asked for") << chatBody(
        "Hi", ",\"stream\":true , \"stream_options\" : {\"include_usage\":true, \"other\":1}");
    QTest::newRow("5 MB") << chatBody(QByteArray(5 * 1024 * 1024, 'x'));
}

void TestIdentity::requestBodiesArriveUnchanged()
{
    QFETCH(QByteArray, body);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "10.00"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    const Answer answer = proxy.chat(key, body);
    QVERIFY2(answer.status() == 200, answer.body.constData());
    QVERIFY(proxy.provider.call().body() == body);
    QCOMPARE(proxy.provider.call().head().headers.value("content-length"), QByteArray::number(body.size()));
    // The same in chunks, which end where they like.
    QByteArray chunked = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
        + "\r\nCache-Control: no-store\r\nTransfer-Encoding: chunked\r\n\r\n";
    const qsizetype step = body.size() / 7 + 1;
    for (qsizetype at = 0; at < body.size(); at += step)
        appendChunk(chunked, QByteArrayView(body).sliced(at, std::min(step, body.size() - at)));
    QCOMPARE(ask(proxy, chunked + "0\r\n\r\n").status(), 200);
    QVERIFY(proxy.provider.call(1).body() == body);
    QVERIFY(!proxy.provider.call(1).head().headers.contains("transfer-encoding"));
}

void TestIdentity::codedRequestBodiesArriveUnchanged_data()
{
    QTest::addColumn<int>("coding");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("gzip") << int(Coding::Gzip) << QByteArray("gzip");
    QTest::newRow("deflate") << int(Coding::Deflate) << QByteArray("deflate");
    QTest::newRow("br") << int(Coding::Brotli) << QByteArray("br");
    QTest::newRow("zstd") << int(Coding::Zstd) << QByteArray("zstd");
}

void TestIdentity::codedRequestBodiesArriveUnchanged()
{
    QFETCH(int, coding);
    QFETCH(QByteArray, name);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    const QByteArray coded = encodeAll(Coding(coding), chatBody("Hello there"));
    const Answer answer = proxy.chat(key, coded, "Content-Encoding: " + name + "\r\n");
    QVERIFY2(answer.status() == 200, answer.body.constData());
    QCOMPARE(proxy.provider.call().body(), coded);
    QCOMPARE(proxy.provider.call().head().headers.value("content-encoding"), name);
    // One that has to be changed goes out as it is read, and says so.
    QCOMPARE(proxy
                 .chat(key, encodeAll(Coding(coding), chatBody("Hi", ",\"stream\":true")),
                       "Content-Encoding: " + name + "\r\n")
                 .status(),
             200);
    QByteArray edited = proxy.provider.call(1).body();
    QVERIFY(!proxy.provider.call(1).head().headers.contains("content-encoding"));
    QCOMPARE(edited.replace("\"stream_options\":{\"include_usage\":true},", ""),
             chatBody("Hi", ",\"stream\":true"));
    // And one that is not what it says is told so, and goes nowhere.
    QCOMPARE(proxy.chat(key, coded.chopped(3) + "xyz", "Content-Encoding: " + name + "\r\n").status(), 400);
    QCOMPARE(proxy.provider.requestCount(), 2);
}

void TestIdentity::answersArriveUnchanged_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("usual") << chatAnswer(10, 5);
    QTest::newRow("odd white space") << QByteArray(
        "\n\n { \"usage\" : { \"prompt_tokens\":10,\n\"completion_tokens\":\t5 } }\r\n\r\n");
    QTest::newRow("unknown fields, twice") << QByteArray(
        "{\"new\":1,\"new\":2,\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"odd\":{}}}");
    QTest::newRow("bytes of no text")
        << QByteArray("{\"a\":\"\xff\xfe\x01\",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("5 MB") << chatAnswer(10, 5, QByteArray(5 * 1024 * 1024, 'y'));
    QTest::newRow("above what is held") << chatAnswer(10, 5, QByteArray(17 * 1024 * 1024, 'z'));
}

void TestIdentity::answersArriveUnchanged()
{
    QFETCH(QByteArray, body);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [&body](ProviderCall &call) { call.json(200, body); };
    const Answer answer = proxy.chat(key, chatBody());
    QVERIFY(answer.whole);
    QVERIFY(answer.body == body);
    QCOMPARE(answer.header("Content-Length"), QByteArray::number(body.size()));
    if (body.contains("\"usage\"") && !body.contains('\xff')) {
        QCOMPARE(proxy.row(answer).close.cost->toDecimal(), QStringLiteral("0.000075"));
        QCOMPARE(proxy.row(answer).close.provenance, Provenance::Exact);
    }
    QVERIFY(proxy.isQuiet());
}

void TestIdentity::codedAnswersArriveUnchanged_data()
{
    codedRequestBodiesArriveUnchanged_data();
}

void TestIdentity::codedAnswersArriveUnchanged()
{
    QFETCH(int, coding);
    QFETCH(QByteArray, name);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray coded = encodeAll(Coding(coding), chatAnswer(1200, 45));
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200, coded, "Content-Encoding: " + name + "\r\n");
    };
    const Answer answer = proxy.chat(key, chatBody(), "Accept-Encoding: " + name + "\r\n");
    QCOMPARE(proxy.provider.call().head().headers.value("accept-encoding"), name);
    QVERIFY(answer.whole);
    QCOMPARE(answer.body, coded);
    QCOMPARE(answer.header("Content-Encoding"), name);
    QCOMPARE(answer.header("X-Request-Cost"), QByteArray("0.00345")); // it was read all the same
    // A stream that comes coded although it was asked for as it is: whole events, decoded.
    const QByteArray events = chatChunk("one") + usageChunk(1200, 45) + done;
    proxy.provider.onRequest = [&](ProviderCall &call) {
        QCOMPARE(call.head().headers.value("accept-encoding"), QByteArray("identity"));
        call.streamHead("Content-Encoding: " + name + "\r\n");
        call.chunk(encodeAll(Coding(coding), events));
        call.endStream();
    };
    const Answer stream =
        proxy.chat(key, chatBody("Hi", ",\"stream\":true"), "Accept-Encoding: " + name + "\r\n");
    QVERIFY(stream.whole);
    QCOMPARE(stream.body, chatChunk("one") + done);
    QVERIFY(!stream.head.headers.contains("content-encoding"));
    QCOMPARE(proxy.row(stream).close.cost->toDecimal(), QStringLiteral("0.00345"));
}

void TestIdentity::streamsSplitAnywhereAreTheSame_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<bool>("usageIsShown");
    QTest::newRow("usage added") << QByteArray(",\"stream\":true") << false;
    QTest::newRow("usage asked for") << QByteArray(
        ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")
                                     << true;
}

void TestIdentity::streamsSplitAnywhereAreTheSame()
{
    QFETCH(QByteArray, more);
    QFETCH(bool, usageIsShown);
    const auto event = [](const QByteArray &members) { return "data: {\"id\":\"c\"," + members + "}\n\n"; };
    const QByteArray before =
        ": alive\n\n"
        + event(
            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xc3\xa9\xf0\x9f\x98\x80\"}}],\"usage\":null")
        + "event: odd\r\nid: 7\r\ndata: {\"choices\":[]}\r\n\r\n"
        + event("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
    const QByteArray usage =
        event("\"choices\":[],\"usage\":{\"prompt_tokens\":1200,\"completion_tokens\":45}");
    const QByteArray all = before + usage + done;
    const QByteArray expected = usageIsShown ? all : before + done;

    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Total, "100.00"}});
    constexpr int together = 64;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < together; ++i)
        clients.push_back(std::make_unique<RawClient>(proxy.port));
    for (int base = 0; base <= all.size(); base += together) {
        const int first = proxy.provider.requestCount();
        const int count = std::min(together, int(all.size()) + 1 - base);
        for (int i = 0; i < count; ++i)
            clients[size_t(i)]->write(request("POST", path, key,
                                              chatBody("at " + QByteArray::number(base + i) + " ", more),
                                              "Cache-Control: no-store\r\n"));
        const auto eachCall = [&](const std::function<void(ProviderCall &, int)> &does) {
            for (int i = 0; i < count; ++i) {
                ProviderCall &call = proxy.provider.call(first + i);
                const QByteArray body = call.body();
                does(call, body.mid(body.indexOf("at ") + 3).split(' ').first().toInt());
            }
        };
        eachCall([&](ProviderCall &call, int at) {
            call.streamHead();
            if (at > 0)
                call.chunk(all.left(at));
        });
        for (int turn = 0; turn < 3;
             ++turn) // the proxy has been through its loop, so the halves are read apart
            proxy.gateway->budgets().waitForFinished();
        eachCall([&](ProviderCall &call, int at) {
            if (at < all.size())
                call.chunk(all.mid(at));
            call.endStream();
        });
        for (int i = 0; i < count; ++i) {
            const Answer answer = clients[size_t(i)]->read();
            QVERIFY(answer.whole);
            if (answer.body != expected)
                qWarning("split at %d", base + i);
            QCOMPARE(answer.body, expected);
        }
    }
    QVERIFY(proxy.isQuiet());
    SideDatabase side(proxy.databaseFile());
    QCOMPARE(side.value("SELECT count(*) FROM requests").toInt(), int(all.size()) + 1);
    QCOMPARE(
        side.value("SELECT count(DISTINCT cost * 1000 + outcome * 10 + provenance) FROM requests").toInt(),
        1);
    QCOMPARE(side.value("SELECT cost FROM requests LIMIT 1").toLongLong(), 3'450'000'000ll);
    QCOMPARE(side.value("SELECT provenance FROM requests LIMIT 1").toInt(), int(Provenance::Exact));
}

void TestIdentity::requestFieldsKeepTheirOrder()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    const QByteArray fields = "anthropic-beta: first\r\nuser-agent: Tool/1.0 (x; "
                              "y)\r\nX-Odd:\r\nOpenAI-Organization: org-1\r\nauthorization: bearer "
        + key
        + "\r\nAnthropic-Beta: second\r\nCookie: a=b\r\nConnection: X-Hop, keep-alive\r\nX-Hop: "
          "1\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
          "Proxy-Authorization: Basic eA==\r\nProxy-Connection: x\r\nX-Stainless-Retry-Count: 0\r\nAccept: "
          "*/*\r\n";
    QCOMPARE(ask(proxy, withoutCredential(path, fields, chatBody())).status(), 200);
    const QList<QByteArray> expected{"Host: localhost:" + QByteArray::number(proxy.provider.serverPort()),
                                     "anthropic-beta: first",
                                     "user-agent: Tool/1.0 (x; y)",
                                     "X-Odd: ",
                                     "OpenAI-Organization: org-1",
                                     "authorization: Bearer sk-provider-canary",
                                     "Anthropic-Beta: second",
                                     "Cookie: a=b",
                                     "X-Stainless-Retry-Count: 0",
                                     "Accept: */*",
                                     "Accept-Encoding: identity",
                                     "Content-Length: " + QByteArray::number(chatBody().size())};
    QCOMPARE(linesOf(proxy.provider.call().head().headers), expected);
}

void TestIdentity::answerFieldsKeepTheirOrder()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(10, 5),
                  "Set-Cookie: a=1\r\nx-ratelimit-remaining-requests: 7\r\nSet-Cookie: b=2\r\nServer: "
                  "cloud\r\nConnection: x-hop\r\nx-hop: 1\r\n"
                  "Keep-Alive: timeout=5\r\nX-Request-Cost: 99\r\nX-LBP-Request-Id: forged\r\nx-request-id: "
                  "theirs\r\nDate: then\r\n");
    };
    const Answer answer = proxy.chat(key, chatBody());
    QList<QByteArray> theirs = linesOf(answer.head.headers);
    QVERIFY(theirs.size() > 7);
    const QList<QByteArray> expected{"Content-Type: application/json",
                                     "Set-Cookie: a=1",
                                     "x-ratelimit-remaining-requests: 7",
                                     "Set-Cookie: b=2",
                                     "Server: cloud",
                                     "x-request-id: theirs",
                                     "Date: then"};
    QCOMPARE(theirs.mid(0, 7), expected);
    QVERIFY(!answer.head.headers.contains("x-hop") && !answer.head.headers.contains("keep-alive"));
    QCOMPARE(answer.head.headers.joined("X-Request-Cost"), QByteArray("0.000075")); // ours alone
    QVERIFY(answer.header("X-LBP-Request-Id").startsWith("req_"));
}

void TestIdentity::acceptEncodingIsWhatTheClientAndWeCanRead()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    const auto sent = [&](const QByteArray &fields) {
        [[maybe_unused]] const Answer answer =
            proxy.chat(key, chatBody(), "Cache-Control: no-store\r\n" + fields);
        return proxy.provider.call(proxy.provider.requestCount() - 1).head().headers.value("accept-encoding");
    };
    QCOMPARE(sent({}), QByteArray("identity"));
    QCOMPARE(sent("Accept-Encoding: gzip, deflate, br, zstd\r\n"), QByteArray("gzip, deflate, br, zstd"));
    QVERIFY(!sent("Accept-Encoding: gzip;q=0.5, compress, dcb\r\n").contains("compress"));
    QVERIFY(sent("Accept-Encoding: gzip;q=0.5, compress, dcb\r\n").contains("gzip;q=0.5"));
    QCOMPARE(sent("Accept-Encoding: compress\r\n"), QByteArray("identity"));
}

void TestIdentity::keysDoNotCross_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("bearer") << QByteArray("Authorization: Bearer KEY\r\n")
                            << QByteArray("Authorization: Bearer sk-provider-canary");
    // Whatever field the client has, the provider's key goes in the provider's.
    QTest::newRow("x-api-key") << QByteArray("x-api-key: KEY\r\n")
                               << QByteArray("Authorization: Bearer sk-provider-canary");
    QTest::newRow("api-key") << QByteArray("api-key: KEY\r\n")
                             << QByteArray("Authorization: Bearer sk-provider-canary");
    QTest::newRow("both") << QByteArray("Authorization: Bearer KEY\r\nx-api-key: KEY\r\n")
                          << QByteArray("Authorization: Bearer sk-provider-canary");
    QTest::newRow("another key beside it")
        << QByteArray("x-api-key: sk-of-the-client\r\nAuthorization: Bearer KEY\r\n")
        << QByteArray("Authorization: Bearer sk-provider-canary");
}

void TestIdentity::keysDoNotCross()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, expected);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    RawClient client(proxy.port);
    client.write(withoutCredential(path, fields.replace("KEY", key), chatBody()));
    client.readUntil("}}");
    const QByteArray down = client.unread();
    QVERIFY(down.startsWith("HTTP/1.1 200 "));
    QVERIFY(!down.contains("sk-provider-canary") && !down.contains(key));
    const QList<QByteArray> up = linesOf(proxy.provider.call().head().headers);
    QCOMPARE(up.count(expected), 1);
    QVERIFY(!up.join('\n').contains(key) && !up.join('\n').contains("sk-of-the-client"));
    QCOMPARE(up.join('\n').count("sk-provider-canary"), 1);
}

void TestIdentity::pathsAndQueriesAreKept_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("upstream");
    QTest::newRow("as SDKs have it") << path << path;
    QTest::newRow("base without /v1") << QByteArray("/chat/completions") << path;
    QTest::newRow("base with /v1 twice") << QByteArray("/v1/v1/chat/completions") << path;
    QTest::newRow("query") << path + "?api-version=2024-10&x=%20y&&z=?"
                           << path + "?api-version=2024-10&x=%20y&&z=?";
    QTest::newRow("empty query") << path + "?" << path + "?";
}

void TestIdentity::pathsAndQueriesAreKept()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, upstream);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    QCOMPARE(ask(proxy, request("POST", target, key, chatBody())).status(), 200);
    QCOMPARE(proxy.provider.call().head().target, upstream);
}

void TestIdentity::onlyTheDocumentedEditsAreMade_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray rest = " , \"messages\":[ ],\"model_x\":\"gpt-4o\", \"n\" : 1 }";
    const QByteArray asked = "\"stream_options\":{\"include_usage\":true}";
    // The budget is under pressure, so gpt-4o becomes gpt-4o-mini; both are shorter than what is left.
    QTest::newRow("model") << "{ \"model\" :  \"gpt-4o\"" + rest << "{ \"model\" :  \"gpt-4o-mini\"" + rest;
    QTest::newRow("model, usage") << "{\"stream\": true, \"model\" :  \"gpt-4o\"" + rest
                                  << "{" + asked + ",\"stream\": true, \"model\" :  \"gpt-4o-mini\"" + rest;
    QTest::newRow("usage in options that are there")
        << "{\"stream\": true,\"stream_options\" : { \"x\":1 },\"model\":\"gpt-4o-mini\"" + rest
        << "{\"stream\": true,\"stream_options\" : {\"include_usage\":true, \"x\":1 "
           "},\"model\":\"gpt-4o-mini\""
            + rest;
    QTest::newRow("usage was turned off")
        << "{\"stream\": true,\"stream_options\" : { \"include_usage\" : false },\"model\":\"gpt-4o-mini\""
            + rest
        << "{\"stream\": true,\"stream_options\" : { \"include_usage\" : true },\"model\":\"gpt-4o-mini\""
            + rest;
    QTest::newRow("nothing") << "{ \"model\" :  \"gpt-4o-mini\"" + rest
                             << "{ \"model\" :  \"gpt-4o-mini\"" + rest;
    // 0.00287 USD are left: a ceiling that may cost more is lowered.
    QTest::newRow("ceiling, both names")
        << QByteArray("{\"max_tokens\":16000,\"model\":\"gpt-4o-mini\",\"max_completion_tokens\" : 16000}")
        << QByteArray(
               "{\"max_tokens\":CEILING,\"model\":\"gpt-4o-mini\",\"max_completion_tokens\" : CEILING}");
    QTest::newRow("ceiling and model") << QByteArray("{\"max_tokens\":16000,\"model\":\"gpt-4o\"}")
                                       << QByteArray("{\"max_tokens\":CEILING,\"model\":\"gpt-4o-mini\"}");
}

void TestIdentity::onlyTheDocumentedEditsAreMade()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    Proxy proxy(
        {.config =
             "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC }\n"
             "modelDowngrade: { enabled: true, rules: [{ from: gpt-4o, to: gpt-4o-mini, atPercent: 50 }] }\n",
         .pricing = {}});
    const bool clamped = after.contains("CEILING");
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Total, clamped ? "0.0061" : "0.03"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 298)); }; // 0.00323
    for (int i = 0; i < (clamped ? 1 : 6); ++i)
        QCOMPARE(proxy.chat(key, chatBody(QByteArray::number(i), ",\"max_tokens\":300")).status(), 200);
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const int n = proxy.provider.requestCount();
    const Answer answer = proxy.chat(key, before);
    QVERIFY2(answer.status() == 200, answer.body.constData());
    if (clamped)
        after.replace("CEILING", answer.header("X-Max-Tokens-Clamped"));
    QCOMPARE(proxy.provider.call(n).body(), after);
}

void TestIdentity::aProviderThatRefusesStreamOptionsIsAskedAgainOnce()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.05"}});
    proxy.provider.onRequest = [](ProviderCall &call) {
        if (call.body().contains("stream_options"))
            call.json(400,
                      "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\"}}");
        else
            streams(call);
    };
    const QByteArray body =
        chatBody("Hi", ",\"stream\":true,\"max_tokens\":16000"); // and it is clamped as well
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.body, chatChunk("one") + done);
    QCOMPARE(proxy.provider.requestCount(), 2);
    QByteArray expected = body;
    QCOMPARE(proxy.provider.call(1).body(), expected.replace("16000", answer.header("X-Max-Tokens-Clamped")));
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Estimated);
    QCOMPARE(row.close.outcome, Outcome::Completed);
    QCOMPARE(proxy.rows().size(), 1);

    QCOMPARE(proxy.chat(key, chatBody("two", ",\"stream\":true")).status(), 200);
    QCOMPARE(proxy.provider.requestCount(), 3); // remembered
    // A client that asks itself is told the truth.
    QCOMPARE(
        proxy.chat(key, chatBody("three", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
            .status(),
        400);
    QCOMPARE(proxy.provider.requestCount(), 4);
    QVERIFY(proxy.isQuiet());
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
