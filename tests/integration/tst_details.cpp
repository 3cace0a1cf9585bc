// What people may look at beside a row: heads while somebody watches, bodies where they are logged, and the
// story of the decision; and that no secret is in any of it.
#include "support/harness.h"
#include "wire/contentcoding.h"

#include <QFileInfo>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

const QByteArray canary = "canary-7f3a9b";

ExchangeDetails detailsOf(Proxy &proxy, const Answer &answer)
{
    return proxy.gateway->details(*RequestId::fromText(answer.header("X-LBP-Request-Id"))).result();
}

/// Everything that a person would see of it.
QByteArray allOf(const ExchangeDetails &details)
{
    QByteArray all;
    for (const auto &message : {details.request, details.response}) {
        if (!message)
            continue;
        all += message->startLine + '\n';
        for (const auto &[name, value] : message->fields)
            all += name + ": " + value + '\n';
        all += message->body.value_or(QByteArray());
    }
    return all;
}

QByteArray fieldOf(const std::optional<MessageDetails> &message, const QByteArray &wanted)
{
    for (const auto &[name, value] : message.value_or(MessageDetails()).fields)
        if (name.compare(wanted, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

QString bodiesFile(const Proxy &proxy)
{
    return proxy.directory.filePath(QStringLiteral("bodies.db"));
}

} // namespace

class TestDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsAreKeptWithoutSecrets();
    void whileNobodyWatchesNothingIsKept();
    void onlySoManyAreKept();
    void theStoryTellsWhatWasDecided();
    void aLiveStreamShowsItsCostWithItsInput();
    void withBodiesOffNothingIsWritten();
    void bodiesAreKeptWithoutSecrets();
    void longBodiesAreCutWithoutAPieceOfASecret();
    void streamsAndCodedAnswersAreReadable();
    void switchedOffTheFileGoes();
};

void TestDetails::headsAreKeptWithoutSecrets()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(10, 5),
                  "Set-Cookie: sid=hush-hush\r\nX-Note: see lbp_" + QByteArray(43, 'x') + "\r\n");
    };
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions?key=" + QByteArray("topsecret1") + "&plain=yes", key,
                         chatBody(), "Cookie: c=hush-hush\r\nX-Auth-Token: hush-hush\r\nX-Plain: seen\r\n"));
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 200);
    const ExchangeDetails details = detailsOf(proxy, answer);
    QVERIFY(details.request && details.response);
    QVERIFY(
        details.request->startLine.startsWith("POST /v1/chat/completions?key=[redacted]&plain=yes HTTP/1.1"));
    QCOMPARE(fieldOf(details.request, "Authorization"), QByteArray("[redacted]"));
    QCOMPARE(fieldOf(details.request, "X-Plain"), QByteArray("seen"));
    QCOMPARE(details.response->startLine, QByteArray("HTTP/1.1 200 X"));
    QCOMPARE(fieldOf(details.response, "Set-Cookie"), QByteArray("[redacted]"));
    QCOMPARE(fieldOf(details.response, "X-Note"), QByteArray("see [redacted]"));
    QVERIFY(!fieldOf(details.response, "X-Tokens-Used").isEmpty()); // tokens that were used are no secret
    QVERIFY(fieldOf(details.response, "X-Tokens-Used") != "[redacted]");
    QVERIFY(!details.request->body);
    const QByteArray all = allOf(details);
    QVERIFY(!all.contains(key) && !all.contains("hush-hush") && !all.contains("topsecret1"));
}

void TestDetails::whileNobodyWatchesNothingIsKept()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    proxy.events.watching = false;
    const Answer unseen = proxy.chat(key, chatBody());
    QVERIFY(!detailsOf(proxy, unseen).request);
    QVERIFY(!detailsOf(proxy, unseen).response);
    QVERIFY(!detailsOf(proxy, unseen).story);
    proxy.events.watching = true;
    const Answer seen = proxy.chat(key, chatBody("again"));
    QVERIFY(detailsOf(proxy, seen).request);
}

void TestDetails::onlySoManyAreKept()
{
    Proxy proxy({.config = "rateLimits: {default: {rpm: 100000}}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient client(proxy.port);
    Answer first, last;
    for (int i = 0; i < 520; ++i) {
        client.write(request("POST", "/v1/chat/completions", key, "{"));
        last = client.read();
        QCOMPARE(last.status(), 400);
        if (i == 0)
            first = last;
    }
    QVERIFY(!detailsOf(proxy, first).request);
    QVERIFY(detailsOf(proxy, last).request);
}

void TestDetails::theStoryTellsWhatWasDecided()
{
    Proxy proxy({.config =
                     "budgets: {timeZone: UTC}\n"
                     "modelDowngrade: {enabled: true, rules: [{from: gpt-4o, to: gpt-4o-mini, atPercent: "
                     "50}]}\n",
                 .pricing = {}});
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.05"}, {Period::Monthly, "9"}});
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 3000)); };
    QCOMPARE(proxy.chat(key, chatBody("first")).status(), 200); // clamped; spends 0.03025
    const Answer answer = proxy.chat(key, chatBody("second", ",\"max_tokens\":100"));
    QCOMPARE(answer.status(), 200);
    const StoryPtr story = detailsOf(proxy, answer).story;
    QVERIFY(story);
    QCOMPARE(story->budgets.size(), 2);
    QCOMPARE(story->budgets.first().budget.period, Period::Daily); // the tightest
    QVERIFY(!story->budgets.first().reserved.isZero());
    QVERIFY(story->downgrade);
    QCOMPARE(story->downgrade->from, QStringLiteral("gpt-4o"));
    QCOMPARE(story->downgrade->to, QStringLiteral("gpt-4o-mini"));
    QCOMPARE(story->downgrade->percent, 60);
    QCOMPARE(story->downgrade->because.budget.period, Period::Daily);

    const auto started = proxy.events.all<event::ExchangeStarted>();
    QCOMPARE(started.size(), size_t(2));
    QVERIFY(started[0].row.clamped);
    QVERIFY(started[0].story && started[0].story->ceilingBeforeClamp);
    QVERIFY(*started[0].story->ceilingBeforeClamp > started[0].row.ceiling);
    QVERIFY(!started[1].story->ceilingBeforeClamp);
    const auto downgraded = proxy.events.all<event::ModelDowngraded>();
    QCOMPARE(downgraded.size(), size_t(1));
    QCOMPARE(downgraded[0].percent, 60);
    QVERIFY(proxy.events.all<event::ExchangeEnded>().back().story == story);
}

void TestDetails::aLiveStreamShowsItsCostWithItsInput()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    ProviderCall &call = proxy.provider.call();
    proxy.clock.advance(300ms);
    call.streamHead();
    call.chunk(chatChunk("one"));
    client.readUntil("\"one\"");
    QTRY_VERIFY(!proxy.events.all<event::ExchangeProgress>().empty());
    const Money first = proxy.events.all<event::ExchangeProgress>().back().soFar;
    QVERIFY(!first.isZero()); // the input is counted from the first chunk on
    const QList<LiveExchange> live = proxy.gateway->live().result();
    QCOMPARE(live.size(), 1);
    QVERIFY(live[0].soFar >= first);
    QVERIFY(live[0].ttft);
    QVERIFY(live[0].story && !live[0].story->budgets.isEmpty());
    proxy.clock.advance(300ms);
    for (int i = 0; i < 20; ++i)
        call.chunk(chatChunk("some more words of an answer"));
    QTRY_VERIFY(proxy.events.all<event::ExchangeProgress>().back().soFar > first);
    call.chunk(usageChunk(10, 100));
    call.chunk("data: [DONE]\n\n");
    call.endStream();
    QVERIFY(client.read().whole);
}

void TestDetails::withBodiesOffNothingIsWritten()
{
    Proxy proxy({.config = "cache: {enabled: false}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(10, 5, "answer " + canary));
    };
    const Answer answer = proxy.chat(key, chatBody("prompt " + canary));
    QCOMPARE(answer.status(), 200);
    QVERIFY(proxy.isQuiet());
    QVERIFY(!detailsOf(proxy, answer).request->body);
    proxy.restart(); // whatever waited to be written is written now
    QVERIFY(!QFileInfo::exists(bodiesFile(proxy)));
    QVERIFY(!proxy.everythingOnDisk().contains(canary));
}

void TestDetails::bodiesAreKeptWithoutSecrets()
{
    Proxy proxy({.config = "cache: {enabled: false}\nlogging: {bodies: true}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray other = "sk-proj-" + QByteArray(40, 'k');
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.json(200, chatAnswer(10, 5, "answer " + canary + ' ' + key));
    };
    proxy.events.watching = false; // bodies do not hang on a window
    const QByteArray prompt = "prompt " + canary + " my keys are " + key + " and " + other;
    const Answer answer = proxy.chat(key, chatBody(prompt));
    QCOMPARE(answer.status(), 200);
    QVERIFY(answer.body.contains(key)); // the client gets what the provider sent
    const ExchangeDetails details = detailsOf(proxy, answer);
    QVERIFY(details.request && details.request->body && details.response && details.response->body);
    QVERIFY(details.request->body->contains("prompt " + canary + " my keys are [redacted] and [redacted]"));
    QCOMPARE(details.request->bodyBytes, qint64(chatBody(prompt).size()));
    QVERIFY(!details.request->bodyTruncated);
    QVERIFY(details.response->body->contains("answer " + canary + " [redacted]"));
    const QFileDevice::Permissions others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFileInfo(bodiesFile(proxy)).permissions() & others));
    proxy.restart();
    QVERIFY(detailsOf(proxy, answer).request->body->contains(canary)); // still there
    const QByteArray disk = proxy.everythingOnDisk();
    QVERIFY(!disk.contains(key) && !disk.contains(other));
    QFile ledger(proxy.databaseFile());
    QVERIFY(ledger.open(QIODevice::ReadOnly));
    QVERIFY(!ledger.readAll().contains(canary)); // never in the ledger
}

void TestDetails::longBodiesAreCutWithoutAPieceOfASecret()
{
    Proxy proxy({.config = "cache: {enabled: false}\nlogging: {bodies: true}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(400, "{\"error\":{}}"); };
    // The key lies where the log cuts, in each of many ways.
    for (int shift = 0; shift < 60; shift += 7) {
        const QByteArray filler(256 * 1024 + 2048 - 120 + shift, '.');
        const Answer answer = proxy.chat(key, chatBody(filler + ' ' + key + ' ' + QByteArray(9000, ',')));
        QCOMPARE(answer.status(), 400);
        const ExchangeDetails details = detailsOf(proxy, answer);
        QVERIFY(details.request && details.request->body);
        QVERIFY(details.request->bodyTruncated);
        QVERIFY(details.request->bodyBytes > 256 * 1024);
        QVERIFY(details.request->body->size() <= 256 * 1024);
        QVERIFY(!details.request->body->contains("lbp_"));
    }
}

void TestDetails::streamsAndCodedAnswersAreReadable()
{
    Proxy proxy({.config = "cache: {enabled: false}\nlogging: {bodies: true}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.streamHead();
        call.chunk(chatChunk("one"));
        call.chunk(usageChunk(10, 5));
        call.chunk("data: [DONE]\n\n");
        call.endStream();
    };
    const Answer stream = proxy.chat(key, chatBody("Hi", ",\"stream\":true"));
    QVERIFY(stream.whole);
    ExchangeDetails details = detailsOf(proxy, stream);
    QTRY_VERIFY((details = detailsOf(proxy, stream)).response->body);
    QCOMPARE(*details.response->body, stream.body); // what the client got, without what we had asked for
    proxy.provider.onRequest = [](ProviderCall &call) {
        const QByteArray packed = encodeAll(Coding::Gzip, chatAnswer(10, 5, "packed"));
        call.send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
            + QByteArray::number(packed.size()) + "\r\n\r\n" + packed);
    };
    const Answer coded = proxy.chat(key, chatBody("Ho"), "Accept-Encoding: gzip\r\n");
    QCOMPARE(coded.header("Content-Encoding"), QByteArray("gzip"));
    QTRY_VERIFY((details = detailsOf(proxy, coded)).response->body);
    QVERIFY(details.response->body->contains("packed"));
}

void TestDetails::switchedOffTheFileGoes()
{
    const QByteArray noCache = "cache: {enabled: false}\n";
    Proxy proxy({.config = noCache + "logging: {bodies: true}\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 5)); };
    const Answer answer = proxy.chat(key, chatBody(canary));
    QVERIFY(detailsOf(proxy, answer).request->body);
    QVERIFY(QFileInfo::exists(bodiesFile(proxy)));
    proxy.reconfigure(noCache);
    QTRY_VERIFY(!QFileInfo::exists(bodiesFile(proxy)));
    QVERIFY(!detailsOf(proxy, answer).request->body);
    QVERIFY(!proxy.everythingOnDisk().contains(canary));
}

QTEST_GUILESS_MAIN(TestDetails)
#include "tst_details.moc"
