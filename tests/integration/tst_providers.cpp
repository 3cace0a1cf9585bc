// Who answers a request, and what goes there: addresses, keys, names of models.
#include "integration/providers.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;

class TestProviders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theKeyTravelsInTheStyleOfTheProvider_data();
    void theKeyTravelsInTheStyleOfTheProvider();
    void aBearerStaysWhereTheProviderTakesBoth();
    void eachApiGoesToWhoSpeaksIt_data();
    void eachApiGoesToWhoSpeaksIt();
    void modelsAreRouted_data();
    void modelsAreRouted();
    void aNameBeforeTheModelIsCutOff();
    void aKeyIsHeldToTheModelBehindTheName();
    void azureHasItsModelInThePath();
    void azureIsFoundByItsModelsToo();
    void aVirtualKeyMayComeInTheQuery();
    void googlesModelsInOpenAisApiGoToGoogle();
    void theClientsOwnCredentialIsPassedOn_data();
    void theClientsOwnCredentialIsPassedOn();
    void aKeyInThePathIsKnownToNobody();
    void withoutACredentialNothingIsSent();
    void aKeyInThePathServesOtherProvidersToo();
};

void TestProviders::theKeyTravelsInTheStyleOfTheProvider_data()
{
    QTest::addColumn<QByteArray>("auth");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("query");
    const QByteArray key = canary;
    QTest::newRow("bearer") << QByteArray("bearer") << "Authorization: Bearer " + key << QByteArray();
    QTest::newRow("x-api-key") << QByteArray("x-api-key") << "x-api-key: " + key << QByteArray();
    QTest::newRow("x-goog-api-key") << QByteArray("x-goog-api-key") << "x-goog-api-key: " + key
                                    << QByteArray();
    QTest::newRow("api-key") << QByteArray("api-key") << "api-key: " + key << QByteArray();
    QTest::newRow("query") << QByteArray("query") << QByteArray() << "?a=b&key=" + key;
    QTest::newRow("none") << QByteArray("none") << QByteArray() << QByteArray();
}

void TestProviders::theKeyTravelsInTheStyleOfTheProvider()
{
    QFETCH(QByteArray, auth);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, query);
    FakeProvider other;
    other.onRequest = answers;
    const QByteArray own = auth == "none" ? QByteArray() : withKey();
    Proxy proxy(configured("providers:\n"
                           + provider("other", other, own + ", auth: " + auth + ", models: [gpt-4o]")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    for (const QByteArray &field : {"Authorization: Bearer " + key, "x-api-key: " + key, "api-key: " + key}) {
        const Answer answer = ask(
            proxy,
            raw("POST", "/v1/chat/completions?a=b", field + "\r\nCache-Control: no-store\r\n", chatBody()));
        QCOMPARE(answer.status(), 200);
        const ProviderCall &call = other.call(other.requestCount() - 1);
        const QByteArray head = call.head().target + '\n' + linesOf(call.head().headers).join('\n');
        QVERIFY(!head.contains(key));
        QCOMPARE(head.count(canary), auth == "none" ? 0 : 1);
        if (!expected.isEmpty())
            QCOMPARE(linesOf(call.head().headers).count(expected), 1);
        QCOMPARE(call.head().target, "/v1/chat/completions" + (query.isEmpty() ? QByteArray("?a=b") : query));
    }
    QVERIFY(proxy.isQuiet());
}

void TestProviders::aBearerStaysWhereTheProviderTakesBoth()
{
    FakeProvider other;
    other.onRequest = [](ProviderCall &call) { call.json(200, "{}"); };
    Proxy proxy(configured("providers:\n" + provider("claude", other, withKey(", kind: anthropic"), "")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, unmetered);
    const auto sent = [&](const QByteArray &field) {
        ask(proxy, raw("POST", "/v1/messages/odd", field + "\r\nanthropic-version: 2023-06-01\r\n", "{}"));
        return linesOf(other.call(other.requestCount() - 1).head().headers);
    };
    QVERIFY(sent("Authorization: Bearer " + key).contains("Authorization: Bearer " + QByteArray(canary)));
    QVERIFY(sent("x-api-key: " + key).contains("x-api-key: " + QByteArray(canary)));
    QVERIFY(sent("api-key: " + key).contains("x-api-key: " + QByteArray(canary)));
}

void TestProviders::eachApiGoesToWhoSpeaksIt_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("who");
    QTest::addColumn<QByteArray>("upstream");
    QTest::newRow("openai") << QByteArray("/v1/odd") << QByteArray() << 0 << QByteArray("/v1/odd");
    QTest::newRow("anthropic by its path") << QByteArray("/v1/messages/odd?beta=true") << QByteArray() << 1
                                           << QByteArray("/v1/messages/odd?beta=true");
    QTest::newRow("anthropic by its version")
        << QByteArray("/odd") << QByteArray("anthropic-version: 2023-06-01\r\n") << 1
        << QByteArray("/v1/odd");
    QTest::newRow("gemini by its version")
        << QByteArray("/v1beta/models/gemini-2.5-flash:odd") << QByteArray() << 2
        << QByteArray("/v1beta/models/gemini-2.5-flash:odd");
    QTest::newRow("gemini by its colon")
        << QByteArray("/v1/models/gemini-2.5-flash:odd?alt=sse") << QByteArray() << 2
        << QByteArray("/v1/models/gemini-2.5-flash:odd?alt=sse");
}

void TestProviders::eachApiGoesToWhoSpeaksIt()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, who);
    QFETCH(QByteArray, upstream);
    FakeProvider anthropic, gemini;
    Proxy proxy(configured("providers:\n" + provider("claude", anthropic, withKey(", kind: anthropic"), "/")
                           + provider("google", gemini, withKey(", kind: gemini"), "/v1beta")));
    const std::array all{&proxy.provider, &anthropic, &gemini};
    for (FakeProvider *each : all)
        each->onRequest = [](ProviderCall &call) { call.json(200, "{}"); };
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, unmetered);
    QCOMPARE(ask(proxy, raw("POST", target, "Authorization: Bearer " + key + "\r\n" + fields, "{}")).status(),
             200);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(all[size_t(i)]->requestCount(), i == who ? 1 : 0);
    QCOMPARE(all[size_t(who)]->call().head().target, upstream);
}

void TestProviders::modelsAreRouted_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("who");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("by its exact name before any pattern")
        << QByteArray("gpt-4o") << QByteArray("exact") << QByteArray("gpt-4o");
    QTest::newRow("by a pattern") << QByteArray("gpt-4o-mini") << QByteArray("glob")
                                  << QByteArray("gpt-4o-mini");
    QTest::newRow("a pattern may hold a slash")
        << QByteArray("maker/gpt-4o") << QByteArray("glob") << QByteArray("maker/gpt-4o");
    QTest::newRow("by the name of the provider")
        << QByteArray("named/gpt-4o") << QByteArray("named") << QByteArray("gpt-4o");
    QTest::newRow("a name that is no provider's is part of the model")
        << QByteArray("nobody/gpt-4o") << QByteArray("openai") << QByteArray("nobody/gpt-4o");
    QTest::newRow("a provider that does not speak the API is none here")
        << QByteArray("claude/gpt-4o") << QByteArray("openai") << QByteArray("claude/gpt-4o");
    QTest::newRow("a provider's own list holds behind its name too")
        << QByteArray("exact/odd-price") << QByteArray("openai") << QByteArray("exact/odd-price");
    QTest::newRow("else to the one without a list")
        << QByteArray("odd-price") << QByteArray("openai") << QByteArray("odd-price");
}

void TestProviders::modelsAreRouted()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, who);
    QFETCH(QByteArray, sent);
    FakeProvider glob, exact, named, claude;
    Proxy proxy(configured("pricing: { unknownModels: allow }\nproviders:\n"
                           + provider("glob", glob, ", models: [\"gpt-4o*\", \"maker/*\"]")
                           + provider("exact", exact, ", models: [gpt-4o]")
                           + provider("named", named, ", models: [\"gpt-4?\"]")
                           + provider("claude", claude, ", kind: anthropic")));
    QHash<QByteArray, FakeProvider *> all{{"openai", &proxy.provider},
                                          {"glob", &glob},
                                          {"exact", &exact},
                                          {"named", &named},
                                          {"claude", &claude}};
    for (FakeProvider *each : std::as_const(all))
        each->onRequest = answers;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, chatFor(model));
    QCOMPARE(answer.status(), 200);
    for (auto it = all.cbegin(); it != all.cend(); ++it)
        QCOMPARE(it.value()->requestCount(), it.key() == who ? 1 : 0);
    QCOMPARE(all[who]->call().body(), chatFor(sent));
    QCOMPARE(proxy.row(answer).open.series->provider, QString::fromLatin1(who));
}

void TestProviders::aNameBeforeTheModelIsCutOff()
{
    FakeProvider named;
    named.onRequest = answers;
    Proxy proxy(configured("providers:\n" + provider("named", named, ", models: [other]")
                           + provider("open", named,
                                      ", kind: gemini, apis: { openai: \"http://localhost:"
                                          + QByteArray::number(named.serverPort()) + "/v1\" }")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = proxy.chat(key, chatFor("open/gpt-4o", ", \"seed\": 1.50"));
    QCOMPARE(answer.status(), 200);
    QCOMPARE(named.call().body(), chatFor("gpt-4o", ", \"seed\": 1.50")); // and nothing else is touched
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.open.series->model, QStringLiteral("gpt-4o"));
    QCOMPARE(row.open.requestedModel, QStringLiteral("open/gpt-4o"));
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.0035")); // priced as the model that it is
    QVERIFY(answer.header("X-Model-Downgraded").isEmpty());
    QVERIFY(proxy.isQuiet());
}

void TestProviders::aKeyIsHeldToTheModelBehindTheName()
{
    FakeProvider named;
    named.onRequest = answers;
    Proxy proxy(configured("providers:\n" + provider("named", named, ", models: [\"gpt-4o*\"]")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) {
        record.allowedModels = {QStringLiteral("n*"), QStringLiteral("gpt-4o-mini")};
    });
    QCOMPARE(proxy.chat(key, chatFor("named/gpt-4o-mini")).status(), 200);
    QCOMPARE(proxy.chat(key, chatFor("named/gpt-4o")).status(), 403);
    QCOMPARE(named.requestCount(), 1);
}

void TestProviders::azureHasItsModelInThePath()
{
    FakeProvider azure;
    azure.onRequest = answers;
    Proxy proxy(configured(
        "providers:\n"
        + provider("azure", azure,
                   withKey(", preset: azure, models: [\"gpt-4o*\"], deployments: { \"my deploy\": gpt-4o }"),
                   "")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray body = R"({"messages":[{"role":"user","content":"Hi"}]})"; // names no model
    const Answer answer =
        ask(proxy,
            raw("POST", "/openai/deployments/my%20deploy/chat/completions?api-version=2024-10-21",
                "api-key: " + key + "\r\n", body));
    QCOMPARE(answer.status(), 200);
    const ProviderCall &call = azure.call();
    QCOMPARE(call.head().target,
             QByteArray("/openai/deployments/my%20deploy/chat/completions?api-version=2024-10-21"));
    QVERIFY(linesOf(call.head().headers).contains("api-key: " + QByteArray(canary)));
    QCOMPARE(call.body(), body);
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.open.series->model, QStringLiteral("gpt-4o"));
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.0035"));

    // What is asked for in a stream is asked for there too, and the deployment stays what it is.
    azure.onRequest = [](ProviderCall &stream) {
        stream.streamHead();
        stream.chunk("data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n" + chatChunk("one")
                     + usageChunk(10, 1) + "data: [DONE]\n\n");
        stream.endStream();
    };
    const Answer streamed = ask(
        proxy,
        raw("POST", "/openai/deployments/my%20deploy/chat/completions?api-version=2024-10-21",
            "Authorization: Bearer " + key + "\r\n", R"({"model":"whatever","stream":true,"messages":[]})"));
    QVERIFY(azure.call(1).body().contains("include_usage"));
    QVERIFY(azure.call(1).body().contains(R"("model":"whatever")"));
    QVERIFY(!streamed.body.contains("\"usage\""));
    QCOMPARE(proxy.row(streamed).close.cost->toDecimal(), QStringLiteral("0.000035"));
    QVERIFY(proxy.isQuiet());
}

void TestProviders::azureIsFoundByItsModelsToo()
{
    FakeProvider azure;
    azure.onRequest = answers;
    Proxy proxy(
        configured("providers:\n"
                   + provider("azure", azure,
                              withKey(", preset: azure, models: [gpt-4o], deployments: { mine: gpt-4o }"),
                              "/openai/v1/")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(proxy.chat(key, chatFor("gpt-4o")).status(), 200);
    QCOMPARE(azure.call().head().target, QByteArray("/openai/v1/chat/completions"));
    QCOMPARE(azure.call().body(), chatFor("mine"));
    // The same in the form that newer SDKs have.
    QCOMPARE(ask(proxy, request("POST", "/openai/v1/chat/completions", key, chatFor("gpt-4o", ",\"n\":1")))
                 .status(),
             200);
    QCOMPARE(azure.call(1).head().target, QByteArray("/openai/v1/chat/completions"));
    // A deployment is nobody else's.
    Proxy without;
    const QByteArray other = without.addKey(QStringLiteral("a"));
    const Answer refused =
        ask(without, request("POST", "/openai/deployments/gpt-4o/chat/completions", other, chatBody()));
    QCOMPARE(refused.status(), 403);
    QCOMPARE(without.provider.requestCount(), 0);
}

void TestProviders::aVirtualKeyMayComeInTheQuery()
{
    FakeProvider gemini;
    gemini.onRequest = [](ProviderCall &call) { call.json(200, "{}"); };
    Proxy proxy(configured("providers:\n" + provider("google", gemini, withKey(", kind: gemini"), "")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, unmetered);
    const Answer answer = ask(proxy, raw("POST", "/v1beta/odd?alt=sse&key=" + key + "&x=y", {}, "{}"));
    QCOMPARE(answer.status(), 200);
    QCOMPARE(gemini.call().head().target, QByteArray("/v1beta/odd?alt=sse&x=y"));
    QVERIFY(linesOf(gemini.call().head().headers).contains("x-goog-api-key: " + QByteArray(canary)));
    QCOMPARE(ask(proxy, raw("POST", "/v1beta/odd?key=" + key.chopped(1) + "x", {}, "{}")).status(), 401);
    QVERIFY(!proxy.everythingOnDisk().contains(key));
}

void TestProviders::googlesModelsInOpenAisApiGoToGoogle()
{
    FakeProvider gemini;
    gemini.onRequest = answers;
    Proxy proxy(configured("providers:\n" + provider("google", gemini, withKey(", kind: gemini"), "")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(ask(proxy, request("POST", "/v1beta/openai/chat/completions", key, chatBody())).status(), 200);
    QCOMPARE(proxy.provider.requestCount(), 0);
    QCOMPARE(gemini.call().head().target, QByteArray("/v1beta/openai/chat/completions"));
    QVERIFY(linesOf(gemini.call().head().headers).contains("Authorization: Bearer " + QByteArray(canary)));
}

void TestProviders::theClientsOwnCredentialIsPassedOn_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("upstream");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("body");
    const QByteArray own = "sk-of-the-client-canary";
    QTest::newRow("openai") << QByteArray("openai") << QByteArray("/v1/chat/completions")
                            << QByteArray("/v1/chat/completions") << "Authorization: Bearer " + own
                            << chatBody();
    QTest::newRow("anthropic, a subscription")
        << QByteArray("anthropic") << QByteArray("/v1/messages?beta=true")
        << QByteArray("/v1/messages?beta=true") << "Authorization: Bearer " + own
        << QByteArray(R"({"model":"claude-x","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]})");
    QTest::newRow("anthropic, a key")
        << QByteArray("anthropic") << QByteArray("/v1/messages") << QByteArray("/v1/messages")
        << "x-api-key: " + own
        << QByteArray(R"({"model":"claude-x","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]})");
    QTest::newRow("gemini") << QByteArray("gemini") << QByteArray("/v1beta/models/gemini-x:generateContent")
                            << QByteArray("/v1beta/models/gemini-x:generateContent")
                            << "x-goog-api-key: " + own
                            << QByteArray(R"({"contents":[{"parts":[{"text":"Hi"}]}]})");
    QTest::newRow("gemini, in the query")
        << QByteArray("gemini") << "/v1beta/models/gemini-x:generateContent?key=" + own
        << "/v1beta/models/gemini-x:generateContent?key=" + own << QByteArray("X-Other: 1")
        << QByteArray(R"({"contents":[{"parts":[{"text":"Hi"}]}]})");
}

void TestProviders::theClientsOwnCredentialIsPassedOn()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, upstream);
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, body);
    FakeProvider own;
    own.onRequest = [](ProviderCall &call) { call.json(200, "{}"); };
    Proxy proxy(configured("pricing: { unknownModels: allow }\nproviders:\n"
                           + provider("own", own, ", auth: client, models: [\"*\"], kind: " + kind,
                                      kind == "openai" ? "/v1" : "")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = ask(proxy, raw("POST", "/k/" + key + target, field + "\r\n", body));
    QCOMPARE(answer.status(), 200);
    QCOMPARE(own.call().head().target, upstream);
    QVERIFY(linesOf(own.call().head().headers).contains(field));
    QCOMPARE(own.call().body(), body);
    QVERIFY(proxy.isQuiet());
}

void TestProviders::aKeyInThePathIsKnownToNobody()
{
    static QByteArray logged;
    logged.clear();
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { logged += text.toUtf8() + '\n'; });
    const auto restore = qScopeGuard([&] { qInstallMessageHandler(before); });
    FakeProvider own;
    own.onRequest = [](ProviderCall &call) { call.json(500, R"({"error":{"message":"no"}})"); };
    Proxy proxy(configured("logging: { bodies: true }\nproviders:\n"
                           + provider("own", own, ", auth: client, models: [\"gpt-4o\"]")));
    proxy.provider.onRequest = answers;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray secret = "Authorization: Bearer sk-of-the-client-canary\r\n";
    QByteArray seen;
    QList<QByteArray> targets{"/k/" + key + "/v1/chat/completions",
                              "/k/" + key + "/v1/videos",
                              "/k/" + key + "/v1/./x",
                              "/k/" + key + "x/v1/chat/completions",
                              "/k/" + key,
                              "/k/" + key + "/v1/chat/completions?x=" + key.left(8)};
    for (const QByteArray &target : targets) {
        RawClient client(proxy.port);
        client.write(raw("POST", target, secret, chatBody()));
        const Answer answer = client.read();
        QVERIFY(answer.status() >= 400);
        seen += answer.body;
        for (const Header &header : answer.head.headers)
            seen += header.value + '\n';
        if (const auto id = RequestId::fromText(answer.header("X-LBP-Request-Id"))) {
            const ExchangeDetails details = proxy.gateway->details(*id).result();
            for (const MessageDetails &message :
                 {details.request.value_or(MessageDetails()), details.response.value_or(MessageDetails())}) {
                seen += message.startLine;
                for (const auto &[name, value] : message.fields)
                    seen += name + value;
            }
        }
    }
    QVERIFY(own.requestCount() > 0);
    for (int i = 0; i < own.requestCount(); ++i) {
        seen += own.call(i).head().target + own.call(i).body();
        seen += linesOf(own.call(i).head().headers).join('\n');
    }
    QVERIFY(proxy.isQuiet());
    proxy.gateway.reset();
    QVERIFY(!seen.contains(key));
    QVERIFY(!logged.contains(key));
    const QByteArray disk = proxy.everythingOnDisk();
    QVERIFY(!disk.contains(key) && !disk.contains("sk-of-the-client-canary"));
}

void TestProviders::withoutACredentialNothingIsSent()
{
    FakeProvider own;
    Proxy proxy(configured("providers:\n" + provider("own", own, ", auth: client, models: [\"gpt-4o\"]")));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    // The virtual key is no credential for the provider, in whatever field it comes.
    for (const QByteArray &bytes :
         {request("POST", "/v1/chat/completions", key, chatBody()),
          raw("POST", "/k/" + key + "/v1/chat/completions", {}, chatBody()),
          raw("POST", "/v1/chat/completions", "x-api-key: " + key + "\r\n", chatBody())}) {
        const Answer answer = ask(proxy, bytes);
        QCOMPARE(answer.status(), 401);
        QVERIFY(answer.body.contains("auth: client"));
    }
    QCOMPARE(own.requestCount(), 0);
    QVERIFY(proxy.isQuiet());
}

void TestProviders::aKeyInThePathServesOtherProvidersToo()
{
    Proxy proxy;
    proxy.provider.onRequest = answers;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    for (const QByteArray &field : {QByteArray("Authorization: Bearer sk-of-the-client\r\n"), QByteArray()}) {
        const Answer answer = ask(proxy,
                                  raw("POST", "/k/" + key + "/v1/chat/completions",
                                      field + "Cache-Control: no-store\r\n", chatBody()));
        QCOMPARE(answer.status(), 200);
        const ProviderCall &call = proxy.provider.call(proxy.provider.requestCount() - 1);
        QCOMPARE(call.head().headers.value("authorization"), QByteArray("Bearer sk-provider-canary"));
    }
}

QTEST_GUILESS_MAIN(TestProviders)
#include "tst_providers.moc"
