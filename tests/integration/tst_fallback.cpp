// A request that fails is tried again, here or elsewhere: only while it has cost nothing, each attempt with
// its own row and its own reservation, and never once the client has got a byte.
#include "support/harness.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *canary = "sk-second-canary";

QByteArray at(const FakeProvider &provider)
{
    return "http://localhost:" + QByteArray::number(provider.serverPort()) + "/v1";
}

/// The harness's provider first, then \a second, named "second".
Proxy::Options configured(const FakeProvider &second, const QByteArray &more = {},
                          const QByteArray &rule = "{ models: \"gpt-4o*\", to: [second] }")
{
    Proxy::Options options;
    options.config = "providers:\n  - { name: second, kind: openai, apiKey: " + QByteArray(canary)
        + ", baseUrl: \"" + at(second) + "\", models: [nothing] }\nfallbacks: [" + rule + "]\n" + more;
    return options;
}

void answers(ProviderCall &call)
{
    call.json(200, chatAnswer(1200, 45));
}

std::function<void(ProviderCall &)> failsWith(int status, const QByteArray &fields = {})
{
    return
        [status, fields](ProviderCall &call) { call.json(status, R"({"error":{"message":"no"}})", fields); };
}

const QByteArray exactCost = "0.00345"; // 1200 × 2.50 + 45 × 10.00 per million

/// The rows of the request with \a answer, by attempt, once all are closed.
QList<ExchangeRow> attempts(Proxy &proxy, const Answer &answer)
{
    QList<ExchangeRow> all{proxy.row(answer)};
    if (!proxy.isQuiet())
        qWarning("not quiet");
    for (const ExchangeRow &row : proxy.rows()) {
        if (row.open.attemptOf == all.first().open.id)
            all.append(row);
    }
    std::sort(all.begin(), all.end(),
              [](const ExchangeRow &a, const ExchangeRow &b) { return a.open.attempt < b.open.attempt; });
    return all;
}

/// Lets time pass until the provider has a second request; how much it took.
Duration untilAskedAgain(Proxy &proxy)
{
    Duration waited{};
    while (proxy.provider.requestCount() == 1 && waited < 60s) {
        proxy.clock.advance(50ms);
        waited += 50ms;
        QTest::qWait(25); // some ticks of the proxy's clock
    }
    return waited;
}

Money spent(Proxy &proxy)
{
    Money most;
    for (const BudgetStatus &status : proxy.budgets())
        most = std::max(most, status.spent);
    return most;
}

} // namespace

class TestFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoFailsIsFollowedByTheNext_data();
    void whoFailsIsFollowedByTheNext();
    void whoCannotBeReachedIsFollowedByTheNext();
    void whatIsTheRequestsOwnFaultStands_data();
    void whatIsTheRequestsOwnFaultStands();
    void whatMayHaveBeenBilledIsNeverRepeated();
    void aFailureThatWasBilledStands();
    void nothingIsRepeatedAfterTheFirstByte();
    void theNextMayKnowTheModelByAnotherName();
    void theLastFailureIsTheAnswer();
    void attemptsAreBounded();
    void theSameProviderIsAskedAgainAfterAPause();
    void aProviderIsLeftAloneAsLongAsItSays();
    void aProviderThatForbidsItIsNotAskedAgain();
    void whoLeavesInAPauseCostsNothing();
    void aRequestIsStoppedInAPause();
    void theNextMustFitTheBudgetsToo();
    void theBudgetHoldsOverAllAttempts();
    void keysStayWithTheirProviders();
    void anAnswerFromElsewhereIsNotKept();
    void aFailingProviderIsLeftAlone();
    void aBrokenProviderIsPassedOver();
};

void TestFallback::whoFailsIsFollowedByTheNext_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {429, 500, 502, 503, 504, 529})
        QTest::newRow(QByteArray::number(status).constData()) << status;
}

void TestFallback::whoFailsIsFollowedByTheNext()
{
    QFETCH(int, status);
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second));
    proxy.provider.onRequest = failsWith(status);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray body = chatBody("Hi", ", \"seed\": 1.0");
    const Answer answer = proxy.chat(key, body);
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.body, chatAnswer(1200, 45));
    QCOMPARE(answer.header("X-LBP-Provider"), QByteArray("second"));
    QCOMPARE(answer.header("X-LBP-Attempts"), QByteArray("2"));
    QCOMPARE(answer.header("X-Request-Cost"), exactCost);
    QCOMPARE(proxy.provider.requestCount(), 1);
    QCOMPARE(second.call().body(), body);

    const QList<ExchangeRow> rows = attempts(proxy, answer);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].close.outcome, Outcome::UpstreamError);
    QCOMPARE(rows[0].close.status, status);
    QVERIFY(rows[0].close.cost->isZero());
    QCOMPARE(rows[0].open.series->provider, QStringLiteral("openai"));
    QVERIFY(rows[0].open.reserved > Money());
    QCOMPARE(rows[1].open.attempt, 2);
    QCOMPARE(rows[1].open.series->provider, QStringLiteral("second"));
    QCOMPARE(rows[1].close.outcome, Outcome::Completed);
    QCOMPARE(rows[1].close.provenance, Provenance::Exact);
    QCOMPARE(rows[1].close.cost->toDecimalBytes(), exactCost);
    QCOMPARE(spent(proxy).toDecimalBytes(), exactCost); // once
}

void TestFallback::whoCannotBeReachedIsFollowedByTheNext()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second));
    proxy.provider.close();
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 200);
    const QList<ExchangeRow> rows = attempts(proxy, answer);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].close.outcome, Outcome::UpstreamFailed);
    QVERIFY(rows[0].close.cost->isZero());
    QCOMPARE(spent(proxy).toDecimalBytes(), exactCost);
}

void TestFallback::whatIsTheRequestsOwnFaultStands_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 402, 403, 404, 413, 422})
        QTest::newRow(QByteArray::number(status).constData()) << status;
}

void TestFallback::whatIsTheRequestsOwnFaultStands()
{
    QFETCH(int, status);
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { retries: 3 }\n"));
    proxy.provider.onRequest = failsWith(status);
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), status);
    QCOMPARE(answer.header("X-LBP-Attempts"), QByteArray("1"));
    QCOMPARE(proxy.provider.requestCount(), 1);
    QCOMPARE(second.requestCount(), 0);
}

void TestFallback::whatMayHaveBeenBilledIsNeverRepeated()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { retries: 3 }\n"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.close(); }; // it has the request, and dies
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 502);
    QVERIFY(answer.body.contains("may have been billed"));
    QCOMPARE(proxy.provider.requestCount(), 1);
    QCOMPARE(second.requestCount(), 0);
    const QList<ExchangeRow> rows = attempts(proxy, answer);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].close.provenance, Provenance::Estimated);
    QVERIFY(*rows[0].close.cost > Money());
    QCOMPARE(spent(proxy), *rows[0].close.cost);
}

void TestFallback::aFailureThatWasBilledStands()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second));
    const QByteArray body =
        R"({"error":{"message":"late"},"usage":{"prompt_tokens":1200,"completion_tokens":45}})";
    proxy.provider.onRequest = [&](ProviderCall &call) { call.json(500, body); };
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 500);
    QCOMPARE(answer.body, body);
    QCOMPARE(second.requestCount(), 0);
    QCOMPARE(attempts(proxy, answer).first().close.cost->toDecimalBytes(), exactCost);
}

void TestFallback::nothingIsRepeatedAfterTheFirstByte()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { retries: 3 }\n"));
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    call.chunk(chatChunk("one"));
    QVERIFY(client.readUntil("one").contains("\"one\""));
    call.close();
    QVERIFY(client.waitClosed() || client.unread().contains("error"));
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.provider.requestCount(), 1);
    QCOMPARE(second.requestCount(), 0);
    const QList<ExchangeRow> rows = proxy.rows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].close.provenance, Provenance::Estimated);
}

void TestFallback::theNextMayKnowTheModelByAnotherName()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "pricing: { unknownModels: { assume: gpt-4o } }\n",
                           "{ models: \"gpt-*\", to: [second/openai/gpt-4o] }"));
    proxy.provider.onRequest = failsWith(503);
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, chatBody("Hi", ", \"seed\":1"));
    QCOMPARE(answer.status(), 200);
    QCOMPARE(second.call().body(), chatBody("Hi", ", \"seed\":1").replace("gpt-4o", "openai/gpt-4o"));
    const QList<ExchangeRow> rows = attempts(proxy, answer);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].open.series->model, QStringLiteral("gpt-4o"));
    QCOMPARE(rows[1].open.series->model, QStringLiteral("openai/gpt-4o"));
    QCOMPARE(rows[1].open.requestedModel, QStringLiteral("gpt-4o"));
    // A key that may not have that model is not given it.
    const QByteArray narrow = proxy.addKey(QStringLiteral("b"), {}, [](KeyRecord &record) {
        record.allowedModels = {QStringLiteral("gpt-4o")};
    });
    QCOMPARE(proxy.chat(narrow, chatBody("Hi", ", \"seed\":1")).status(), 503);
    QCOMPARE(second.requestCount(), 1);
}

void TestFallback::theLastFailureIsTheAnswer()
{
    FakeProvider second;
    Proxy proxy(configured(second));
    proxy.provider.onRequest = failsWith(500);
    second.onRequest = failsWith(429, "Retry-After: 7\r\nX-Second: yes\r\n");
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 429);
    QCOMPARE(answer.header("X-Second"), QByteArray("yes"));
    QCOMPARE(answer.header("Retry-After"), QByteArray("7"));
    const QList<ExchangeRow> rows = attempts(proxy, answer);
    QCOMPARE(rows.size(), 2);
    QVERIFY(spent(proxy).isZero());
}

void TestFallback::attemptsAreBounded()
{
    FakeProvider second;
    Proxy proxy(configured(second, "upstream: { retries: 5, maxAttempts: 3, retryBackoffMs: 0 }\n"));
    proxy.provider.onRequest = failsWith(500);
    second.onRequest = failsWith(500);
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 500);
    QCOMPARE(answer.header("X-LBP-Attempts"), QByteArray("3"));
    QCOMPARE(proxy.provider.requestCount() + second.requestCount(), 3);
    QCOMPARE(attempts(proxy, answer).size(), 3);
}

void TestFallback::theSameProviderIsAskedAgainAfterAPause()
{
    FakeProvider second;
    Proxy proxy(configured(second, "upstream: { retries: 1 }\n"));
    proxy.provider.onRequest = failsWith(503);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    proxy.provider.call();
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.streamHead();
        call.chunk(chatChunk("one") + usageChunk(1200, 45) + "data: [DONE]\n\n");
        call.endStream();
    };
    QVERIFY(untilAskedAgain(proxy) >= 250ms); // half of the first pause is the least
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.header("X-LBP-Provider"), QByteArray("openai"));
    QCOMPARE(answer.header("X-LBP-Attempts"), QByteArray("2"));
    QCOMPARE(second.requestCount(), 0);
    QCOMPARE(proxy.provider.call(0).body(), proxy.provider.call(1).body());
    const QList<ExchangeRow> rows = attempts(proxy, answer);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[1].close.cost->toDecimalBytes(), exactCost);
    QCOMPARE(spent(proxy).toDecimalBytes(), exactCost);
}

void TestFallback::aProviderIsLeftAloneAsLongAsItSays()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { retries: 1, retryBackoffMaxMs: 5000 }\n"));
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = failsWith(429, "Retry-After: 3\r\n");
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody()));
    proxy.provider.call();
    proxy.provider.onRequest = answers;
    QVERIFY(untilAskedAgain(proxy) >= 3s);
    QCOMPARE(client.read().status(), 200);
    QCOMPARE(proxy.provider.requestCount(), 2);
    // Longer than anybody wants to wait: on to the next at once.
    proxy.provider.onRequest = failsWith(429, "Retry-After: 3600\r\n");
    const Answer elsewhere = proxy.chat(key, chatBody("other"));
    QCOMPARE(elsewhere.header("X-LBP-Provider"), QByteArray("second"));
    QCOMPARE(proxy.provider.requestCount(), 3);
}

void TestFallback::aProviderThatForbidsItIsNotAskedAgain()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { retries: 3 }\n"));
    proxy.provider.onRequest = failsWith(429, "x-should-retry: false\r\n");
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(proxy.chat(key, chatBody()).header("X-LBP-Provider"), QByteArray("second"));
    QCOMPARE(proxy.provider.requestCount(), 1);
}

void TestFallback::whoLeavesInAPauseCostsNothing()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { retries: 1 }\n"));
    proxy.provider.onRequest = failsWith(503);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody()));
    proxy.provider.call();
    QTRY_COMPARE(proxy.gateway->stats().activeExchanges.load(), 1);
    QTRY_COMPARE(proxy.gateway->providers().result().first().failuresInARow, 1);
    client.close();
    QVERIFY(proxy.isQuiet());
    proxy.clock.advance(10s);
    QTest::qWait(100);
    QCOMPARE(proxy.provider.requestCount(), 1);
    QCOMPARE(second.requestCount(), 0);
    const QList<ExchangeRow> rows = proxy.rows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].close.outcome, Outcome::ClientGone);
    QVERIFY(rows[0].close.cost->isZero());
}

void TestFallback::aRequestIsStoppedInAPause()
{
    FakeProvider second;
    Proxy proxy(configured(second, "upstream: { retries: 1 }\n"));
    proxy.provider.onRequest = failsWith(503);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody()));
    proxy.provider.call();
    QTRY_COMPARE(proxy.gateway->providers().result().first().failuresInARow, 1);
    proxy.gateway->stopExchange(proxy.gateway->live().result().first().row.id);
    QCOMPARE(client.read().status(), 503);
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.rows().first().close.outcome, Outcome::Stopped);
    QVERIFY(spent(proxy).isZero());
}

void TestFallback::theNextMustFitTheBudgetsToo()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy::Options options =
        configured(second, "budgets: { admission: strict, defaultDaily: none, timeZone: UTC }\n",
                   "{ models: \"*\", to: [second/dear, second/unheard-of, second/gpt-4o-mini] }");
    options.pricing = R"(models:
  gpt-4o: { inputPer1M: "2.50", outputPer1M: "10.00", maxOutputTokens: 1000, maxInputTokens: 10000 }
  gpt-4o-mini: { inputPer1M: "0.15", outputPer1M: "0.60", maxOutputTokens: 1000, maxInputTokens: 10000 }
  dear: { inputPer1M: "2000", outputPer1M: "2000", maxOutputTokens: 1000, maxInputTokens: 10000 }
)";
    Proxy proxy(options);
    proxy.provider.onRequest = failsWith(500);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.05"}});
    const Answer answer = proxy.chat(key, chatBody());
    QCOMPARE(answer.status(), 200); // neither what is too dear nor what has no price was sent
    QCOMPARE(second.requestCount(), 1);
    QVERIFY(second.call().body().contains("gpt-4o-mini"));
    QCOMPARE(attempts(proxy, answer).size(), 2);
    // Where nothing fits, the first answer stands.
    proxy.reconfigure(configured(second,
                                 "budgets: { admission: strict, defaultDaily: none, timeZone: UTC }\n",
                                 "{ models: \"*\", to: [second/dear] }")
                          .config);
    const Answer stands = proxy.chat(key, chatBody("other"));
    QCOMPARE(stands.status(), 500);
    QCOMPARE(stands.body, QByteArray(R"({"error":{"message":"no"}})"));
    const QList<ExchangeRow> rows = attempts(proxy, stands);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].close.outcome, Outcome::UpstreamError);
    QVERIFY(rows[0].close.cost->isZero());
    QCOMPARE(rows[0].open.series->model, QStringLiteral("gpt-4o"));
}

void TestFallback::theBudgetHoldsOverAllAttempts()
{
    FakeProvider second, third;
    Proxy::Options options = configured(second, {}, "{ models: \"*\", to: [second, third] }");
    options.config.replace("fallbacks:",
                           "  - { name: third, baseUrl: \"" + at(third) + "\", models: [none] }\nfallbacks:");
    options.config += "upstream: { breakerFailures: 0 }\n";
    Proxy proxy(options);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.20"}});
    const Money limit = Money::fromDecimal(u"0.20").value();
    bool held = true;
    const auto look = [&] {
        for (const BudgetStatus &status : proxy.budgets())
            held &= status.spent.plusSaturated(status.reserved) <= limit;
    };
    int n = 0;
    const auto maybe = [&](ProviderCall &call) {
        look();
        ++n;
        if (n % 3 == 0)
            call.json(200, chatAnswer(120, 1000));
        else if (n % 3 == 1)
            call.json(503, "{}");
        else
            call.close(); // may have been billed
    };
    for (FakeProvider *provider : {&proxy.provider, &second, &third})
        provider->onRequest = maybe;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 60; ++i) {
        clients.push_back(std::make_unique<RawClient>(proxy.port));
        clients.back()->write(request("POST", "/v1/chat/completions", key,
                                      chatBody(QByteArray::number(i), ",\"max_tokens\":1000")));
    }
    for (const auto &client : clients) {
        const int status = client->read().status();
        QVERIFY2(status == 200 || status == 402 || status == 502 || status == 503,
                 QByteArray::number(status).constData());
    }
    QVERIFY(proxy.isQuiet());
    look();
    QVERIFY(held);
    // What the budgets say is what the rows say: no attempt was charged twice, and none is missing.
    Money sum;
    for (const ExchangeRow &row : proxy.rows())
        sum = sum.plusSaturated(row.close.cost.value_or(Money()));
    QCOMPARE(spent(proxy), sum);
    QVERIFY(sum > Money());
    const Money told = spent(proxy);
    proxy.restart(); // and the disk agrees
    QCOMPARE(spent(proxy), told);
}

void TestFallback::keysStayWithTheirProviders()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second));
    proxy.provider.onRequest = failsWith(500);
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(proxy.chat(key, chatBody(), "x-api-key: sk-of-the-client\r\n").status(), 200);
    const auto heads = [](const FakeProvider &provider) {
        QByteArray all;
        for (const Header &header : const_cast<FakeProvider &>(provider).call().head().headers)
            all += header.value + '\n';
        return all;
    };
    const QByteArray first = heads(proxy.provider), other = heads(second);
    QVERIFY(first.contains("sk-provider-canary") && !first.contains(canary));
    QVERIFY(other.contains(canary) && !other.contains("sk-provider-canary"));
    QVERIFY(!(first + other).contains(key) && !(first + other).contains("sk-of-the-client"));
}

void TestFallback::anAnswerFromElsewhereIsNotKept()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second));
    proxy.provider.onRequest = failsWith(500);
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(proxy.chat(key, chatBody()).header("X-Cache"), QByteArray("MISS"));
    QCOMPARE(proxy.chat(key, chatBody()).header("X-Cache"), QByteArray("MISS"));
    QCOMPARE(second.requestCount(), 2);
}

void TestFallback::aFailingProviderIsLeftAlone()
{
    Proxy::Options options;
    options.config = "upstream: { breakerFailures: 3, breakerOpenSeconds: 20 }\n";
    Proxy proxy(options);
    proxy.provider.onRequest = failsWith(503);
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(proxy.chat(key, chatBody()).body, QByteArray(R"({"error":{"message":"no"}})"));
    const auto health = [&] { return proxy.gateway->providers().result().first(); };
    QCOMPARE(health().breaker, BreakerState::Open);
    QVERIFY(health().isDown);
    QCOMPARE(proxy.events.all<event::UpstreamDown>().size(), size_t(1));
    QVERIFY(
        proxy.events.all<event::UpstreamDown>().front().detail.contains(QStringLiteral("3 times in a row")));
    const Answer refused = proxy.chat(key, chatBody());
    QCOMPARE(refused.status(), 503);
    QVERIFY(refused.body.contains("left alone"));
    QCOMPARE(refused.header("Retry-After"), QByteArray("20"));
    QCOMPARE(proxy.provider.requestCount(), 3);
    // Half open: one tries, and fails; then it is left alone for twice as long.
    proxy.clock.advance(21s);
    QCOMPARE(health().breaker, BreakerState::HalfOpen);
    QCOMPARE(proxy.chat(key, chatBody()).status(), 503);
    QCOMPARE(proxy.provider.requestCount(), 4);
    QCOMPARE(proxy.chat(key, chatBody()).header("Retry-After"), QByteArray("40"));
    proxy.clock.advance(41s);
    proxy.provider.onRequest = answers;
    QCOMPARE(proxy.chat(key, chatBody()).status(), 200);
    QCOMPARE(health().breaker, BreakerState::Closed);
    QVERIFY(!health().isDown);
    QCOMPARE(proxy.events.all<event::UpstreamUp>().size(), size_t(1));
    QVERIFY(proxy.isQuiet());
}

void TestFallback::aBrokenProviderIsPassedOver()
{
    FakeProvider second;
    second.onRequest = answers;
    Proxy proxy(configured(second, "upstream: { breakerFailures: 1, breakerOpenSeconds: 20 }\n"));
    proxy.provider.onRequest = failsWith(500);
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QCOMPARE(proxy.chat(key, chatBody("1")).header("X-LBP-Attempts"), QByteArray("2"));
    const Answer direct = proxy.chat(key, chatBody("2"));
    QCOMPARE(direct.header("X-LBP-Provider"), QByteArray("second"));
    QCOMPARE(direct.header("X-LBP-Attempts"), QByteArray("1"));
    QCOMPARE(proxy.provider.requestCount(), 1);
    QCOMPARE(attempts(proxy, direct).size(), 1);
    // One request at a time tries it again, and once that goes well it has them back.
    proxy.clock.advance(21s);
    proxy.provider.onRequest = answers;
    QCOMPARE(proxy.chat(key, chatBody("3")).header("X-LBP-Provider"), QByteArray("openai"));
    QCOMPARE(proxy.chat(key, chatBody("4")).header("X-LBP-Provider"), QByteArray("openai"));
}

QTEST_GUILESS_MAIN(TestFallback)
#include "tst_fallback.moc"
