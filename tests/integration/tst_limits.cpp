// What limits spending beside money: rates, pauses, and the guard against runaways.
#include "support/harness.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray path = "/v1/chat/completions";

QString messageOf(const Answer &answer)
{
    return QJsonDocument::fromJson(answer.body)[u"error"][u"message"].toString();
}

} // namespace

class TestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPausedKeySpendsNothing();
    void runawayPausesTheKey();
    void requestsPerMinute();
    void tokensPerMinute();
    void parallelRequests();
};

void TestLimits::aPausedKeySpendsNothing()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) {
        record.status = KeyStatus::Paused;
        record.pausedReason = QStringLiteral("user");
    });
    const QByteArray other = proxy.addKey(QStringLiteral("b"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    const Answer refused = proxy.chat(key, chatBody());
    QCOMPARE(refused.status(), 402);
    QVERIFY(refused.body.contains("\"paused\""));
    QCOMPARE(refused.header("x-should-retry"), QByteArray("false"));
    RawClient client(proxy.port);
    client.write(request("GET", "/v1/models", key)); // free of charge
    QCOMPARE(client.read().status(), 200);
    QCOMPARE(proxy.chat(other, chatBody()).status(), 200);
    proxy.gateway->setPaused(true);
    QCOMPARE(proxy.chat(other, chatBody("again")).status(), 402);
    proxy.gateway->setPaused(false);
    QCOMPARE(proxy.chat(other, chatBody("again")).status(), 200);
}

void TestLimits::runawayPausesTheKey()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {}, [](KeyRecord &record) {
        record.maxSpendPerMinute = Money::fromDecimal(u"0.005").value();
    });
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1200, 45)); };
    QCOMPARE(proxy.chat(key, chatBody("one")).status(), 200);
    proxy.clock.advance(std::chrono::seconds(61));
    QCOMPARE(proxy.chat(key, chatBody("two")).status(), 200); // slowly enough
    QCOMPARE(proxy.events.all<event::KeyPaused>().size(), size_t(0));
    QCOMPARE(proxy.chat(key, chatBody("three")).status(), 200);
    const auto paused = proxy.events.all<event::KeyPaused>();
    QCOMPARE(paused.size(), size_t(1));
    QCOMPARE(paused.front().keyName, QStringLiteral("a"));
    QCOMPARE(paused.front().reason, QStringLiteral("runaway"));
    const Answer refused = proxy.chat(key, chatBody("four"));
    QCOMPARE(refused.status(), 402);
    QVERIFY(messageOf(refused).contains(QLatin1String("runaway")));
    QCOMPARE(proxy.provider.requestCount(), 3);
}

void TestLimits::requestsPerMinute()
{
    Proxy proxy(
        {.config =
             "rateLimits: { default: { rpm: 2, tpm: 0 }, overrides: [{ keyPattern: \"ci-*\", rpm: 3 }] }\n",
         .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const Answer first = proxy.chat(key, chatBody("one"));
    QCOMPARE(first.header("X-RateLimit-Limit-RPM"), QByteArray("2"));
    QCOMPARE(first.header("X-RateLimit-Remaining-RPM"), QByteArray("1"));
    QVERIFY(!first.head.headers.contains("X-RateLimit-Limit-TPM"));
    proxy.clock.advance(std::chrono::seconds(20));
    QCOMPARE(proxy.chat(key, chatBody("two")).header("X-RateLimit-Remaining-RPM"), QByteArray("0"));
    const Answer refused = proxy.chat(key, chatBody("three"));
    QCOMPARE(refused.status(), 429);
    QCOMPARE(refused.header("Retry-After"), QByteArray("40"));
    QCOMPARE(refused.header("retry-after-ms"), QByteArray("40000"));
    QCOMPARE(refused.header("X-RateLimit-Remaining-RPM"), QByteArray("0"));
    QVERIFY(messageOf(refused).contains(QLatin1String("2 requests per minute")));
    proxy.clock.advance(std::chrono::milliseconds(39'999));
    QCOMPARE(proxy.chat(key, chatBody("three")).status(), 429);
    proxy.clock.advance(std::chrono::milliseconds(1));
    QCOMPARE(proxy.chat(key, chatBody("three")).status(), 200);
    QCOMPARE(proxy.chat(key, chatBody("four")).status(), 429); // the second still counts
    const QByteArray ci = proxy.addKey(QStringLiteral("ci-1"));
    QCOMPARE(proxy.chat(ci, chatBody("one")).header("X-RateLimit-Limit-RPM"), QByteArray("3"));
}

void TestLimits::tokensPerMinute()
{
    Proxy proxy({.config = "rateLimits: { default: { rpm: 0, tpm: 2000 } }\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient client(proxy.port);
    client.write(request("POST", path, key, chatBody("Hi", ",\"max_tokens\":900")));
    ProviderCall &call = proxy.provider.call();
    QCOMPARE(proxy.chat(key, chatBody("Hi", ",\"max_tokens\":1000")).status(),
             429); // what is in flight counts
    call.json(200, chatAnswer(100, 50));
    const Answer answer = client.read();
    QCOMPARE(answer.header("X-RateLimit-Limit-TPM"), QByteArray("2000"));
    proxy.provider.onRequest = [](ProviderCall &c) { c.json(200, chatAnswer(1000, 900)); };
    const Answer second =
        proxy.chat(key, chatBody("Hi", ",\"max_tokens\":1000")); // and is corrected at its end
    QCOMPARE(second.status(), 200);
    const Answer refused = proxy.chat(key, chatBody("more", ",\"max_tokens\":10"));
    QCOMPARE(refused.status(), 429);
    QVERIFY(messageOf(refused).contains(QLatin1String("2000 tokens per minute")));
    QVERIFY(refused.header("Retry-After").toInt() > 0);
    proxy.clock.advance(std::chrono::seconds(61));
    QCOMPARE(proxy.chat(key, chatBody("more", ",\"max_tokens\":10")).status(), 200);
}

void TestLimits::parallelRequests()
{
    Proxy proxy({.config = "rateLimits: { default: { rpm: 0, tpm: 0, parallel: 2 } }\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient one(proxy.port), two(proxy.port);
    one.write(request("POST", path, key, chatBody("one")));
    two.write(request("POST", path, key, chatBody("two", ",\"stream\":true")));
    ProviderCall &first = proxy.provider.call(0);
    ProviderCall &second = proxy.provider.call(1);
    const Answer refused = proxy.chat(key, chatBody("three"));
    QCOMPARE(refused.status(), 429);
    QVERIFY(messageOf(refused).contains(QLatin1String("2 parallel requests")));
    (first.body().contains("stream") ? second : first).json(200, chatAnswer(1, 1));
    QCOMPARE(one.read().status(), 200);
    two.close(); // both ends give a place back
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.gateway->load(proxy.keyId(QStringLiteral("a"))).result().running, 0);
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    QCOMPARE(proxy.chat(key, chatBody("three")).status(), 200);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
