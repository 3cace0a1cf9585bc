// Exits that the client or the proxy itself brings about.
#include "integration/exits.h"

namespace lbp::test {

namespace {

const QByteArray strictConfig =
    "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC, admission: strict }\n";

/// Rows wait for the disk, where a test can hold them up.
const QByteArray waitingConfig = "storage: { sync: full }\n";

void refused(Scene &scene, int status, const QByteArray &code)
{
    scene.gets(status);
    QVERIFY2(scene.answer.body.contains(code), scene.answer.body.constData());
    QCOMPARE(scene.proxy.provider.requestCount(), 0);
}

} // namespace

void leftByTheClient(std::vector<Exit> &exits)
{
    using enum Outcome;
    exits.push_back({"client gone before the head of a stream",
                     [](Scene &s) {
                         ProviderCall &call = s.asked(streaming);
                         s.leaves();
                         QVERIFY(s.lets([&] { return call.clientGone(); }));
                         s.expectedCost = estimate(s.sent, 0);
                     },
                     ClientGone, Estimated, "", 0});
    exits.push_back({"client gone in mid-stream",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         s.leaves();
                         QVERIFY(s.lets([&] { return call.clientGone(); }));
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     ClientGone, Estimated, "", 200});
    exits.push_back({"client gone between usage and end marker",
                     [](Scene &s) {
                         ProviderCall &call = s.begun(streamingWithUsage);
                         call.chunk(usageChunk(100, 10));
                         s.client->readUntil("\"usage\"");
                         s.leaves();
                         QVERIFY(s.lets([&] { return call.clientGone(); }));
                     },
                     ClientGone, Exact, "0.00035", 200});
    exits.push_back({"client gone during a plain answer",
                     [](Scene &s) {
                         ProviderCall &call = s.asked();
                         s.leaves();
                         QVERIFY(s.lets([&] { return s.proxy.gateway->stats().clientConnections == 0; }));
                         QVERIFY(!call.clientGone()); // it is paid for anyway, so what it costs is waited for
                         call.json(200, chatAnswer(1200, 45));
                     },
                     ClientGone, Exact, "0.00345", 0});
    exits.push_back({"client gone during a plain answer that then breaks",
                     [](Scene &s) {
                         ProviderCall &call = s.asked();
                         s.leaves();
                         QVERIFY(s.lets([&] { return s.proxy.gateway->stats().clientConnections == 0; }));
                         call.close();
                         s.expectedCost = estimate(s.sent, 0);
                     },
                     UpstreamFailed, Estimated, "", 0});
    exits.push_back({"client gone while the reservation is written",
                     [](Scene &s) {
                         SideDatabase side(s.proxy.databaseFile());
                         side.hold();
                         s.ask();
                         s.waitsForTheDisk();
                         s.leaves();
                         QVERIFY(s.lets([&] { return s.proxy.gateway->stats().clientConnections == 0; }));
                         side.release();
                         QVERIFY(s.proxy.isQuiet());
                         QCOMPARE(s.proxy.provider.requestCount(), 0);
                     },
                     ClientGone, Free, "0.00", 0, 1, waitingConfig});
    exits.push_back({"client gone while the settlement is written",
                     [](Scene &s) {
                         SideDatabase side(s.proxy.databaseFile());
                         ProviderCall &call = s.begun();
                         side.hold();
                         call.chunk(usageChunk(100, 10) + done);
                         call.endStream();
                         s.waitsForTheDisk();
                         QVERIFY(!s.client->unread().contains("[DONE]")); // not before it is on the disk
                         s.leaves();
                         QVERIFY(s.lets([&] { return s.proxy.gateway->stats().clientConnections == 0; }));
                         side.release();
                     },
                     Completed, Exact, "0.00035", 200, 1, waitingConfig});
    exits.push_back({"client gone before its turn at the provider",
                     [](Scene &s) {
                         ProviderCall &first = s.asked();
                         RawClient second(s.proxy.port);
                         second.write(request("POST", chatPath, s.key, chatBody("second")));
                         QVERIFY(s.lets([&] {
                             return s.proxy.gateway->live().result().size() == 2
                                 && s.proxy.store->queued() == 0;
                         }));
                         QVERIFY(s.lets([&] { return s.openRows() == 2; }));
                         s.proxy.gateway->live().waitForFinished();
                         second.close();
                         QVERIFY(s.lets([&] { return s.proxy.gateway->live().result().size() == 1; }));
                         first.json(200, chatAnswer(1, 1));
                         s.gets(200);
                         QCOMPARE(s.proxy.provider.requestCount(), 1);
                     },
                     ClientGone, Free, "0.00", 0, 2, "upstream: { maxConnections: 1 }\n"});
    exits.push_back({"client gone before its body was whole",
                     [](Scene &s) {
                         s.client = std::make_unique<RawClient>(s.proxy.port);
                         s.client->write(request("POST", chatPath, s.key, chatBody()).chopped(5));
                         [[maybe_unused]] const RequestId id = s.running();
                         s.leaves();
                     },
                     ClientGone, Free, "0.00", 0});
}

void endedHere(std::vector<Exit> &exits)
{
    using enum Outcome;
    exits.push_back(
        {"cut at the ceiling",
         [](Scene &s) {
             ProviderCall &call = s.asked(streamingWithUsage + ",\"max_tokens\":3");
             call.streamHead();
             for (int i = 0; i < 4; ++i)
                 call.chunk(chatChunk("word "));
             s.gets(200);
             QVERIFY(s.answer.body.contains("\"finish_reason\":\"length\""));
             QVERIFY(s.answer.body.contains("\"completion_tokens\":5,")); // as it was booked: 20 characters
             QVERIFY(s.answer.body.endsWith(done));
             QVERIFY(s.lets([&] { return call.clientGone(); }));
             s.expectedCost = estimate(s.sent, 5);
         },
         CutAtCeiling, Estimated, "", 200});
    exits.push_back({"above the ceiling, with usage before the end",
                     [](Scene &s) {
                         ProviderCall &call = s.asked(streaming + ",\"max_tokens\":3");
                         call.streamHead();
                         call.chunk(chatChunk("one"));
                         call.chunk(usageChunk(100, 10)); // billed above its own ceiling: booked as it is
                         s.gets(200);
                         QVERIFY(s.answer.body.endsWith(done));
                     },
                     CutAtCeiling, Exact, "0.00035", 200});
    exits.push_back({"stopped before the head",
                     [](Scene &s) {
                         ProviderCall &call = s.asked();
                         s.stop();
                         s.gets(503);
                         QVERIFY(s.lets([&] { return call.clientGone(); }));
                         s.expectedCost = estimate(s.sent, 0);
                     },
                     Stopped, Estimated, "", 503});
    exits.push_back({"stopped in mid-stream",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         s.stop();
                         toldInTheStream(s, "was stopped");
                         QVERIFY(s.lets([&] { return call.clientGone(); }));
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     Stopped, Estimated, "", 200});
    exits.push_back({"stopped while the reservation is written",
                     [](Scene &s) {
                         s.asked(",\"user\":\"before\"")
                             .json(200, chatAnswer(1200, 45)); // leaves a connection to the provider
                         s.gets(200);
                         SideDatabase side(s.proxy.databaseFile());
                         side.hold();
                         s.ask();
                         s.waitsForTheDisk();
                         s.stop();
                         s.proxy.gateway->budgets().waitForFinished();
                         side.release();
                         s.gets(503);
                         QVERIFY(s.proxy.isQuiet());
                         QCOMPARE(s.proxy.provider.requestCount(), 1); // and never goes upstream
                     },
                     Stopped, Free, "0.00", 503, 2, waitingConfig});
    exits.push_back({"stopped before the body was whole",
                     [](Scene &s) {
                         s.client = std::make_unique<RawClient>(s.proxy.port);
                         const QByteArray whole = request("POST", chatPath, s.key, chatBody());
                         s.client->write(whole.chopped(5));
                         s.stop();
                         s.client->write(whole.right(5));
                         QVERIFY(s.client->waitClosed());
                         QVERIFY(s.proxy.isQuiet());
                         QCOMPARE(s.proxy.provider.requestCount(), 0);
                     },
                     Stopped, Free, "0.00", 0});
    exits.push_back({"drained, and given the time it needs",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         const QFuture<bool> drained = s.proxy.gateway->drain(std::chrono::minutes(1));
                         s.proxy.gateway->budgets().waitForFinished();
                         QVERIFY(!drained.isFinished());
                         call.chunk(usageChunk(100, 10) + done);
                         call.endStream();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one") + done);
                         QVERIFY(s.lets([&] { return drained.isFinished(); }));
                     },
                     Completed, Exact, "0.00035", 200});
    exits.push_back({"drained, and out of patience",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         const QFuture<bool> drained = s.proxy.gateway->drain(std::chrono::milliseconds(1));
                         toldInTheStream(s, "was stopped");
                         QVERIFY(s.lets([&] { return drained.isFinished() && call.clientGone(); }));
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     Stopped, Estimated, "", 200});
    exits.push_back({"the proxy ends in mid-stream",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         s.proxy.restart();
                         QVERIFY(s.lets([&] { return call.clientGone() && s.client->isClosed(); }));
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     Stopped, Estimated, "", 200});
    exits.push_back({"the proxy ends before the body was whole",
                     [](Scene &s) {
                         s.client = std::make_unique<RawClient>(s.proxy.port);
                         s.client->write(request("POST", chatPath, s.key, chatBody()).chopped(5));
                         [[maybe_unused]] const RequestId id = s.running();
                         s.proxy.restart();
                         QVERIFY(s.client->waitClosed());
                     },
                     Stopped, Free, "0.00", 0});
    exits.push_back({"from the cache",
                     [](Scene &s) {
                         s.asked().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                         s.ask();
                         s.gets(200);
                         QCOMPARE(s.answer.header("X-Cache"), QByteArray("HIT"));
                         QCOMPARE(s.answer.body, chatAnswer(1200, 45));
                         QCOMPARE(s.proxy.row(s.answer).close.saved.toDecimal(), QStringLiteral("0.00345"));
                         s.proxy.clock.advance(Duration(1));
                     },
                     CacheHit, Free, "0.00", 200, 2});
    exits.push_back(
        {"the reservation cannot be written",
         [](Scene &s) {
             SideDatabase side(s.proxy.databaseFile());
             side.run(
                 "CREATE TRIGGER broken BEFORE INSERT ON requests BEGIN SELECT RAISE(ABORT, 'no room'); END");
             s.ask();
             s.gets(503);
             QVERIFY(s.answer.body.contains("\"unavailable\""));
             QCOMPARE(s.proxy.provider.requestCount(), 0);
             side.run("DROP TRIGGER broken");
             s.asked().json(200, chatAnswer(1200, 45)); // it recovers by itself
             s.gets(200);
         },
         Completed, Exact, "0.00345", 200, 1, waitingConfig});
    exits.push_back(
        {"the ledger cannot be written any more",
         [](Scene &s) {
             SideDatabase side(s.proxy.databaseFile());
             side.run(
                 "CREATE TRIGGER broken BEFORE INSERT ON requests BEGIN SELECT RAISE(ABORT, 'no room'); END");
             s.asked().json(200, chatAnswer(1, 1)); // durable in the journal
             s.gets(200);
             s.proxy.store->requests({}).waitForFinished(); // the writer has tried
             s.ask(chatBody("next"));
             s.gets(503);
             QVERIFY(s.answer.body.contains("\"unavailable\""));
             QCOMPARE(s.proxy.provider.requestCount(), 1);
             side.run("DROP TRIGGER broken");
             QVERIFY(s.lets([&] { return s.proxy.store->queued() == 0; })); // it recovers by itself
             s.proxy.clock.advance(Duration(1));
             s.asked(",\"user\":\"last\"").json(200, chatAnswer(1200, 45));
             s.gets(200);
         },
         Completed, Exact, "0.00345", 200, 2});
    exits.push_back(
        {"the settlement cannot be written at once",
         [](Scene &s) {
             SideDatabase side(s.proxy.databaseFile());
             ProviderCall &call = s.asked();
             side.run(
                 "CREATE TRIGGER broken BEFORE UPDATE ON requests BEGIN SELECT RAISE(ABORT, 'no room'); END");
             call.json(200, chatAnswer(1200, 45));
             s.gets(200);
             side.run("DROP TRIGGER broken"); // the row was kept, and is written later
         },
         Completed, Exact, "0.00345", 200, 1, waitingConfig});
}

void refusedHere(std::vector<Exit> &exits)
{
    using enum Outcome;
    exits.push_back({"over the budget",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", ",\"max_tokens\":16000,\"n\":10"));
                         refused(s, 402, "\"budget_exceeded\"");
                         QCOMPARE(s.answer.header("x-should-retry"), QByteArray("false"));
                     },
                     Refused, Free, "0.00", 402, 1, strictConfig});
    exits.push_back({"paused",
                     [](Scene &s) {
                         s.proxy.gateway->setPaused(true);
                         s.ask();
                         refused(s, 402, "\"paused\"");
                         QCOMPARE(s.answer.header("x-should-retry"), QByteArray("false"));
                     },
                     Refused, Free, "0.00", 402});
    exits.push_back({"model without a price",
                     [](Scene &s) {
                         s.ask("{\"model\":\"nameless\",\"messages\":[]}");
                         refused(s, 400, "\"model_not_priced\"");
                         QCOMPARE(s.proxy.events.all<event::UnpricedModel>().size(), size_t(1));
                     },
                     Refused, Free, "0.00", 400});
    exits.push_back({"unreadable",
                     [](Scene &s) {
                         s.ask("{\"model\":");
                         refused(s, 400, "\"invalid_request_error\"");
                     },
                     Refused, Free, "0.00", 400});
    exits.push_back({"path that is not metered",
                     [](Scene &s) {
                         s.ask("{}", "/v1/videos");
                         refused(s, 403, "\"path_not_metered\"");
                         QVERIFY(s.answer.body.contains("/chat/completions")); // says what is
                     },
                     Refused, Free, "0.00", 403});
    exits.push_back({"too often",
                     [](Scene &s) {
                         s.asked().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                         s.ask(chatBody("another"));
                         s.gets(429);
                         QVERIFY(s.answer.body.contains("\"rate_limit_exceeded\""));
                         QCOMPARE(s.answer.header("Retry-After"), QByteArray("60"));
                         QCOMPARE(s.answer.header("retry-after-ms"), QByteArray("60000"));
                     },
                     Refused, Free, "0.00", 429, 2, "rateLimits: { default: { rpm: 1, tpm: 0 } }\n"});
    exits.push_back({"body too large",
                     [](Scene &s) {
                         s.client = std::make_unique<RawClient>(s.proxy.port);
                         s.client->write(request("POST", chatPath, s.key, chatBody(QByteArray(2000, 'x'))));
                         s.gets(413);
                         s.ask(chatBody()); // and a smaller one is welcome
                         s.proxy.provider.call().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                     },
                     Completed, Exact, "0.00345", 200, 1, "server: { maxBodyBytes: 1024 }\n"});
}

void withoutExactPrice(std::vector<Exit> &exits)
{
    using enum Outcome;
    const QByteArray nameless = "{\"model\":\"nameless\",\"messages\":[]}";
    exits.push_back({"model without a price, allowed",
                     [nameless](Scene &s) {
                         s.ask(nameless);
                         s.proxy.provider.call().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                         QVERIFY(!s.answer.head.headers.contains("X-Request-Cost")); // unknown is not 0
                         QCOMPARE(s.answer.header("X-Tokens-Used"), QByteArray("1245"));
                     },
                     Completed, Unpriced, "unknown", 200, 1, "pricing: { unknownModels: allow }\n"});
    exits.push_back({"model without a price, assumed",
                     [nameless](Scene &s) {
                         s.ask(nameless);
                         s.proxy.provider.call().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                     },
                     Completed, Exact, "0.00345", 200, 1,
                     "pricing: { unknownModels: { assume: gpt-4o } }\n"});
    exits.push_back({"free provider",
                     [](Scene &s) {
                         s.proxy.reconfigure("providers: [{ name: local, baseUrl: \""
                                             + s.proxy.provider.url().toEncoded()
                                             + "\", models: [\"llama*\"], free: true }]\n");
                         s.ask("{\"model\":\"llama3\",\"messages\":[]}");
                         s.proxy.provider.call().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                         QCOMPARE(s.answer.header("X-Tokens-Used"), QByteArray("1245"));
                         QCOMPARE(s.proxy.row(s.answer).close.usage.inputTokens(), qint64(1200));
                         QVERIFY(!s.proxy.provider.call().head().headers.contains(
                             "authorization")); // the other provider's key stays here
                     },
                     Completed, Free, "0.00", 200});
    exits.push_back({"the list of models",
                     [](Scene &s) {
                         s.client = std::make_unique<RawClient>(s.proxy.port);
                         s.client->write(request("GET", "/v1/models", s.key));
                         s.proxy.provider.call().json(200, "{\"data\":[]}");
                         s.gets(200);
                     },
                     Completed, Free, "0.00", 200});
}

} // namespace lbp::test
