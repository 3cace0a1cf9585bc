// Exits that the provider brings about, with an answer or by breaking off.
#include "integration/exits.h"

namespace lbp::test {

void answeredByTheProvider(std::vector<Exit> &exits)
{
    using enum Outcome;
    exits.push_back({"plain",
                     [](Scene &s) {
                         s.asked().json(200, chatAnswer(1200, 45));
                         s.gets(200);
                         QCOMPARE(s.answer.header("X-Request-Cost"), QByteArray("0.00345"));
                     },
                     Completed, Exact, "0.00345", 200});
    exits.push_back({"plain without usage",
                     [](Scene &s) {
                         s.asked().json(200,
                                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"}}]}");
                         s.gets(200);
                         s.expectedCost = estimate(s.sent, 2);
                     },
                     Completed, Estimated, "", 200});
    exits.push_back({"plain with impossible usage",
                     [](Scene &s) {
                         s.asked().json(200, chatAnswer(1200, -45));
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatAnswer(1200, -45));
                         QVERIFY(s.proxy.row(s.answer).close.error.contains(QLatin1String("impossible")));
                         s.expectedCost = estimate(s.sent, 2);
                     },
                     Completed, Estimated, "", 200});
    exits.push_back(
        {"plain after a sign of life",
         [](Scene &s) {
             ProviderCall &call = s.asked();
             call.send(
                 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
             call.chunk("\n\n");
             s.client->readUntil("\r\n\r\n2\r\n\n\n");
             call.chunk(chatAnswer(1200, 45));
             call.endStream();
             s.gets(200);
             QCOMPARE(s.answer.body, "\n\n" + chatAnswer(1200, 45));
         },
         Completed, Exact, "0.00345", 200});
    exits.push_back({"plain that is no JSON",
                     [](Scene &s) {
                         s.asked().send(
                             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<htm>");
                         s.gets(200);
                         s.expectedCost = estimate(s.sent, 0);
                     },
                     Completed, Estimated, "", 200});
    exits.push_back({"stream",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk(usageChunk(100, 10) + done);
                         call.endStream();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one") + done);
                     },
                     Completed, Exact, "0.00035", 200});
    exits.push_back({"stream that shows its usage",
                     [](Scene &s) {
                         ProviderCall &call = s.begun(streamingWithUsage);
                         call.chunk(usageChunk(100, 10) + done);
                         call.endStream();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one") + usageChunk(100, 10) + done);
                     },
                     Completed, Exact, "0.00035", 200});
    exits.push_back({"stream with usage in its last content chunk",
                     [](Scene &s) {
                         const QByteArray last =
                             "data: "
                             "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":"
                             "\"stop\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10}}\n\n";
                         ProviderCall &call = s.begun();
                         call.chunk(last + done);
                         call.endStream();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one") + last + done);
                     },
                     Completed, Exact, "0.00035", 200});
    exits.push_back({"stream without usage",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk(done);
                         call.endStream();
                         s.gets(200);
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     Completed, Estimated, "", 200});
    exits.push_back({"stream with impossible usage",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk(usageChunk(-100, 10) + done);
                         call.endStream();
                         s.gets(200);
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     Completed, Estimated, "", 200});
    exits.push_back({"stream without an end marker",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk(usageChunk(100, 10));
                         call.endStream();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one"));
                     },
                     Completed, Exact, "0.00035", 200});
    exits.push_back({"stream whose connection stays open behind the end marker",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk(usageChunk(100, 10) + done);
                         s.client->readUntil(done);
                         s.leaves();
                         QVERIFY(s.lets([&] { return call.clientGone(); }));
                     },
                     Completed, Exact, "0.00035", 200});
    exits.push_back({"error in the stream",
                     [](Scene &s) {
                         const QByteArray error =
                             "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n";
                         ProviderCall &call = s.begun();
                         call.chunk(error);
                         call.endStream();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one") + error);
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     UpstreamError, Estimated, "", 200});
    exits.push_back({"400 of the provider",
                     [](Scene &s) {
                         s.asked().json(400, "{\"error\":{}}");
                         s.gets(400);
                         QCOMPARE(s.answer.body, QByteArray("{\"error\":{}}"));
                     },
                     UpstreamError, Free, "0.00", 400});
    exits.push_back({"429 of the provider",
                     [](Scene &s) {
                         s.asked().json(429, "{}", "Retry-After: 7\r\n");
                         s.gets(429);
                         QCOMPARE(s.answer.header("Retry-After"), QByteArray("7"));
                     },
                     UpstreamError, Free, "0.00", 429});
    exits.push_back({"500 of the provider to a stream",
                     [](Scene &s) {
                         s.asked(streaming).json(500, "{}");
                         s.gets(500);
                     },
                     UpstreamError, Free, "0.00", 500});
    exits.push_back({"500 of the provider with usage",
                     [](Scene &s) {
                         s.asked().json(500, chatAnswer(1200, 45));
                         s.gets(500);
                     },
                     UpstreamError, Exact, "0.00345", 500});
    exits.push_back({"redirect",
                     [](Scene &s) {
                         s.asked().json(307, "{}", "Location: https://elsewhere.example/\r\n");
                         s.gets(307);
                         QCOMPARE(s.answer.header("Location"), QByteArray("https://elsewhere.example/"));
                         QCOMPARE(s.proxy.provider.requestCount(), 1);
                     },
                     Completed, Free, "0.00", 307});
    exits.push_back({"embeddings",
                     [](Scene &s) {
                         s.ask("{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\"}", "/v1/embeddings");
                         s.proxy.provider.call().json(
                             200, "{\"data\":[],\"usage\":{\"prompt_tokens\":100,\"total_tokens\":100}}");
                         s.gets(200);
                     },
                     Completed, Exact, "0.000002", 200});
    exits.push_back({"completions",
                     [](Scene &s) {
                         s.ask("{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Hi\"}", "/v1/completions");
                         s.proxy.provider.call().json(
                             200,
                             "{\"choices\":[{\"text\":\"a\"}],\"usage\":{\"prompt_tokens\":100,\"completion_"
                             "tokens\":10,\"total_tokens\":110}}");
                         s.gets(200);
                     },
                     Completed, Exact, "0.00017", 200});
}

void brokenByTheProvider(std::vector<Exit> &exits)
{
    using enum Outcome;
    exits.push_back({"nobody listens",
                     [](Scene &s) {
                         s.proxy.provider.close();
                         s.ask();
                         s.gets(502);
                         QVERIFY(s.answer.body.contains("\"upstream_error\""));
                         QCOMPARE(s.proxy.events.all<event::UpstreamDown>().size(), size_t(1));
                     },
                     UpstreamFailed, Free, "0.00", 502});
    exits.push_back({"reset before the head",
                     [](Scene &s) {
                         s.asked().close();
                         s.gets(502);
                         s.expectedCost = estimate(s.sent, 0);
                         QCOMPARE(s.proxy.provider.requestCount(), 1); // a POST is not sent again
                     },
                     UpstreamFailed, Estimated, "", 502});
    exits.push_back({"garbage",
                     [](Scene &s) {
                         s.asked().send("SSH-2.0-OpenSSH\r\n\r\n");
                         s.gets(502);
                         s.expectedCost = estimate(s.sent, 0);
                     },
                     UpstreamFailed, Estimated, "", 502});
    exits.push_back(
        {"reset in the middle of a plain answer",
         [](Scene &s) {
             ProviderCall &call = s.asked();
             const QByteArray torn = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello there\"},";
             call.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                       + torn);
             call.socket()->disconnectFromHost();
             s.gets(502);
             s.expectedCost = estimate(s.sent, (torn.size() + 3) / 4); // what was written was paid for
         },
         UpstreamFailed, Estimated, "", 502});
    exits.push_back({"reset between two events",
                     [](Scene &s) {
                         s.begun().close();
                         toldInTheStream(s, "upstream_error");
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     UpstreamFailed, Estimated, "", 200});
    exits.push_back({"reset in the middle of an event",
                     [](Scene &s) {
                         ProviderCall &call = s.begun(streamingWithUsage);
                         call.chunk("data: {\"half");
                         s.client->readUntil("half");
                         call.close();
                         s.answer = s.client->read();
                         QVERIFY(!s.answer.whole); // cut, so that nobody takes it for the end
                         QVERIFY(s.client->waitClosed());
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     UpstreamFailed, Estimated, "", 200});
    exits.push_back({"reset in the middle of an event that is held",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk("data: {\"half");
                         call.socket()->disconnectFromHost();
                         s.answer = s.client->read();
                         QVERIFY(!s.answer.whole);
                         s.expectedCost = estimate(s.sent, 1);
                     },
                     UpstreamFailed, Estimated, "", 200});
    exits.push_back({"reset between usage and end marker",
                     [](Scene &s) {
                         ProviderCall &call = s.begun(streamingWithUsage);
                         call.chunk(usageChunk(100, 10));
                         s.client->readUntil("\"usage\"");
                         call.close();
                         toldInTheStream(s, "upstream_error");
                     },
                     UpstreamFailed, Exact, "0.00035", 200});
    exits.push_back({"reset behind the end marker",
                     [](Scene &s) {
                         ProviderCall &call = s.begun();
                         call.chunk(usageChunk(100, 10) + done);
                         s.client->readUntil(done);
                         call.close();
                         s.gets(200);
                         QCOMPARE(s.answer.body, chatChunk("one") + done);
                     },
                     Completed, Exact, "0.00035", 200});
}

} // namespace lbp::test
