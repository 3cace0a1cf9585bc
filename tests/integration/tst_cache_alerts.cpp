// What is told and kept beside the answer: cache, downgrades, headers, events, and which secrets are in none
// of them.
#include "support/harness.h"

#include <QRegularExpression>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray path = "/v1/chat/completions";
const QByteArray done = "data: [DONE]\n\n";
const QByteArray streaming = ",\"stream\":true";

void answers(ProviderCall &call)
{
    if (!call.body().contains("\"stream\":true")) {
        call.json(200, chatAnswer(1200, 45));
        return;
    }
    call.streamHead();
    call.chunk(chatChunk("one"));
    call.chunk(usageChunk(1200, 45) + done);
    call.endStream();
}

QByteArray modelBody(const QByteArray &model)
{
    return chatBody().replace("gpt-4o", model);
}

/// Keeps every line that is logged while it lives.
class LogCatcher
{
public:
    LogCatcher()
    {
        s_lines.clear();
        m_before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &line) {
            const std::lock_guard lock(s_mutex);
            s_lines += line.toUtf8() + '\n';
        });
    }
    ~LogCatcher() { qInstallMessageHandler(m_before); }
    [[nodiscard]] QByteArray lines() const
    {
        const std::lock_guard lock(s_mutex);
        return s_lines;
    }

private:
    static inline std::mutex s_mutex;
    static inline QByteArray s_lines;
    QtMessageHandler m_before;
};

QByteArray textOf(const ExchangeRow &row)
{
    QStringList words{row.open.requestedModel, row.open.endpoint, row.close.priceSource,
                      row.close.upstreamRequestId, row.close.error};
    if (row.open.series)
        words += {row.open.series->team, row.open.series->project, row.open.series->provider,
                  row.open.series->model};
    return words.join(u'\n').toUtf8();
}

} // namespace

class TestCacheAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameRequestIsAnsweredFromTheCache();
    void aStreamIsReplayedAsAStream();
    void anythingElseInTheRequestIsAMiss();
    void theClientDecidesWithCacheControl();
    void scopesShareAnswers_data();
    void scopesShareAnswers();
    void answersGrowOld();
    void whatIsNotAWholeGoodAnswerIsNotKept_data();
    void whatIsNotAWholeGoodAnswerIsNotKept();
    void aCacheThatIsOffSaysNothing();
    void underPressureACheaperModelAnswers();
    void theDowngradeThresholdIsEnough();
    void budgetWarningsNameTheThreshold();
    void aModelWithoutAPriceIsTold();
    void aProviderThatIsDownIsToldAndTakenBack();
    void everyAnswerHasItsHeaders_data();
    void everyAnswerHasItsHeaders();
    void noSecretIsTold();
};

void TestCacheAlerts::theSameRequestIsAnsweredFromTheCache()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(1200, 45), "X-Provider: yes\r\nSet-Cookie: a=b\r\n");
    };
    const Answer miss = proxy.chat(key, chatBody());
    QCOMPARE(miss.header("X-Cache"), QByteArray("MISS"));
    const Answer hit = proxy.chat(key, chatBody());
    QCOMPARE(hit.header("X-Cache"), QByteArray("HIT"));
    QCOMPARE(hit.body, miss.body);
    QCOMPARE(hit.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(hit.header("X-Provider"), QByteArray("yes"));
    QVERIFY(!hit.head.headers.contains("Set-Cookie")); // it was for the other
    QCOMPARE(hit.header("X-Request-Cost"), QByteArray("0.00"));
    QCOMPARE(hit.header("X-Budget-Remaining"), QByteArray("0.99655"));
    QCOMPARE(proxy.provider.requestCount(), 1);
    const ExchangeRow row = proxy.row(hit);
    QCOMPARE(row.close.outcome, Outcome::CacheHit);
    QCOMPARE(row.close.saved.toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.00"));
    QVERIFY(row.close.usage.isZero()); // nothing was used
    QCOMPARE(row.open.series->model, QStringLiteral("gpt-4o"));
    QCOMPARE(proxy.gateway->stats().cacheHits.load(), qint64(1));
    QCOMPARE(proxy.gateway->stats().savedPicodollars.load(), qint64(3'450'000'000));
    QCOMPARE(proxy.budgets().first().spent.toDecimal(), QStringLiteral("0.00345"));
    QVERIFY(proxy.isQuiet());
}

void TestCacheAlerts::aStreamIsReplayedAsAStream()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = answers;
    const Answer miss = proxy.chat(key, chatBody("Hi", streaming));
    const Answer hit = proxy.chat(key, chatBody("Hi", streaming));
    QCOMPARE(hit.header("X-Cache"), QByteArray("HIT"));
    QVERIFY(hit.whole);
    QCOMPARE(hit.body, chatChunk("one") + done); // without the usage that was not asked for
    QCOMPARE(hit.body, miss.body);
    QCOMPARE(hit.header("Content-Type"), QByteArray("text/event-stream"));
    QVERIFY(hit.head.headers.contains("Transfer-Encoding"));
    QCOMPARE(proxy.row(hit).close.saved.toDecimal(), QStringLiteral("0.00345"));
    QVERIFY(proxy.row(hit).open.stream);
}

void TestCacheAlerts::anythingElseInTheRequestIsAMiss()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = answers;
    const auto cached = [&](const QByteArray &target, const QByteArray &body, const QByteArray &fields = {}) {
        RawClient client(proxy.port);
        client.write(request("POST", target, key, body, fields));
        return client.read().header("X-Cache");
    };
    QCOMPARE(cached(path, chatBody()), QByteArray("MISS"));
    QCOMPARE(cached(path, chatBody("Hi", ",\"response_format\":{\"type\":\"json_object\"}")),
             QByteArray("MISS"));
    QCOMPARE(cached(path, chatBody() + " "), QByteArray("MISS"));
    QCOMPARE(cached(path + "?x=1", chatBody()), QByteArray("MISS"));
    QCOMPARE(cached(path, chatBody(), "Accept-Encoding: gzip\r\n"), QByteArray("MISS"));
    QCOMPARE(cached("/v1/completions", chatBody()), QByteArray("MISS"));
    QCOMPARE(cached(path, chatBody()), QByteArray("HIT"));
}

void TestCacheAlerts::theClientDecidesWithCacheControl()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    int n = 0;
    proxy.provider.onRequest = [&n](ProviderCall &call) {
        call.json(200, chatAnswer(10, 5, QByteArray::number(++n)));
    };
    const auto ask = [&](const QByteArray &control) {
        return proxy.chat(key, chatBody(),
                          control.isEmpty() ? QByteArray() : "Cache-Control: " + control + "\r\n");
    };
    QCOMPARE(ask("no-store").header("X-Cache"), QByteArray("MISS")); // not kept
    QCOMPARE(ask("").body, chatAnswer(10, 5, "2"));
    QCOMPARE(ask("").body, chatAnswer(10, 5, "2"));
    QCOMPARE(ask("max-age=0, No-Store").body, chatAnswer(10, 5, "3")); // not looked up
    QCOMPARE(ask("no-cache").body, chatAnswer(10, 5, "4")); // asked anew, and kept
    const Answer last = ask("");
    QCOMPARE(last.body, chatAnswer(10, 5, "4"));
    QCOMPARE(last.header("X-Cache"), QByteArray("HIT"));
}

void TestCacheAlerts::scopesShareAnswers_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<bool>("withTeam");
    QTest::addColumn<bool>("withAll");
    QTest::newRow("key") << QByteArray("key") << false << false;
    QTest::newRow("team") << QByteArray("team") << true << false;
    QTest::newRow("global") << QByteArray("global") << true << true;
}

void TestCacheAlerts::scopesShareAnswers()
{
    QFETCH(QByteArray, scope);
    QFETCH(bool, withTeam);
    QFETCH(bool, withAll);
    Proxy proxy({.config = "cache: { scope: " + scope + " }\n", .pricing = {}});
    const auto in = [](const char *team) {
        return [team](KeyRecord &record) { record.team = QString::fromLatin1(team); };
    };
    const QByteArray first = proxy.addKey(QStringLiteral("a"), {}, in("red"));
    const QByteArray colleague = proxy.addKey(QStringLiteral("b"), {}, in("red"));
    const QByteArray stranger = proxy.addKey(QStringLiteral("c"), {}, in("blue"));
    const QByteArray loner = proxy.addKey(QStringLiteral("d"));
    const QByteArray other = proxy.addKey(QStringLiteral("e"));
    proxy.provider.onRequest = answers;
    const auto hits = [&](const QByteArray &key) {
        return proxy.chat(key, chatBody()).header("X-Cache") == "HIT";
    };
    QVERIFY(!hits(first));
    QVERIFY(hits(first));
    QCOMPARE(hits(colleague), withTeam);
    QCOMPARE(hits(stranger), withAll);
    QCOMPARE(hits(loner), withAll);
    QCOMPARE(hits(other), withAll); // to have no team is not to be in one
}

void TestCacheAlerts::answersGrowOld()
{
    Proxy proxy({.config = "cache: { defaultTtlSeconds: 100 }\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = answers;
    const auto cached = [&] { return proxy.chat(key, chatBody()).header("X-Cache"); };
    QCOMPARE(cached(), QByteArray("MISS"));
    proxy.clock.advance(std::chrono::seconds(99));
    QCOMPARE(cached(), QByteArray("HIT"));
    proxy.clock.advance(std::chrono::seconds(1));
    QCOMPARE(cached(), QByteArray("MISS"));
}

void TestCacheAlerts::whatIsNotAWholeGoodAnswerIsNotKept_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char *how : {"error", "error with usage", "no usage", "error in the stream", "no end marker",
                            "torn", "client gone", "clamped", "downgraded"})
        QTest::newRow(how) << QByteArray(how);
}

void TestCacheAlerts::whatIsNotAWholeGoodAnswerIsNotKept()
{
    QFETCH(QByteArray, how);
    Proxy proxy(
        {.config = how == "downgraded"
             ? "modelDowngrade: { enabled: true, rules: [{ from: gpt-4o, to: gpt-4o-mini, atPercent: 1 }] }\n"
             : "",
         .pricing = {}});
    const QByteArray key =
        proxy.addKey(QStringLiteral("a"), {{Period::Total, how == "clamped" ? "0.05" : "1.00"}});
    proxy.provider.onRequest = answers;
    if (how == "downgraded") { // some pressure first
        for (int i = 0; i < 4; ++i)
            QCOMPARE(proxy.chat(key, chatBody(QByteArray::number(i))).status(), 200);
    }
    const bool plain = how == "error" || how == "error with usage" || how == "no usage" || how == "clamped"
        || how == "downgraded";
    const QByteArray body = chatBody("Hi", plain ? QByteArray() : streaming);
    if (how != "clamped" && how != "downgraded") {
        proxy.provider.onRequest = [&](ProviderCall &call) {
            if (how == "error")
                return call.json(500, "{}");
            if (how == "error with usage")
                return call.json(404, chatAnswer(1200, 45));
            if (how == "no usage")
                return call.json(200, "{\"choices\":[]}");
            call.streamHead();
            call.chunk(chatChunk("one"));
            if (how == "error in the stream")
                call.chunk("data: {\"error\":{\"message\":\"x\"}}\n\n" + usageChunk(1200, 45) + done);
            if (how == "no end marker")
                call.chunk(usageChunk(1200, 45));
            if (how == "torn")
                return call.close();
            if (how != "client gone")
                call.endStream();
        };
    }
    {
        RawClient client(proxy.port);
        client.write(request("POST", path, key, body));
        if (how == "client gone") {
            client.readUntil("\"one\"");
            client.close();
        } else {
            const Answer answer = client.read();
            QCOMPARE(answer.head.headers.contains("X-Max-Tokens-Clamped"), how == "clamped");
            QCOMPARE(answer.head.headers.contains("X-Model-Downgraded"), how == "downgraded");
        }
    }
    QVERIFY(proxy.isQuiet());
    const int asked = proxy.provider.requestCount();
    proxy.provider.onRequest = answers;
    QCOMPARE(proxy.chat(key, body).header("X-Cache"), QByteArray("MISS"));
    QCOMPARE(proxy.provider.requestCount(), asked + 1);
}

void TestCacheAlerts::aCacheThatIsOffSaysNothing()
{
    Proxy proxy({.config = "cache: { enabled: false }\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = answers;
    for (int i = 0; i < 2; ++i)
        QVERIFY(!proxy.chat(key, chatBody()).head.headers.contains("X-Cache"));
    QCOMPARE(proxy.provider.requestCount(), 2);
}

void TestCacheAlerts::underPressureACheaperModelAnswers()
{
    Proxy proxy({.config = "modelDowngrade: { enabled: true, rules: [{ from: \"gpt-4o*\", to: nothing-yet, "
                           "atPercent: 90 }, { from: gpt-4o, to: gpt-4o-mini, atPercent: 50 }] }\n",
                 .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.006"}});
    proxy.provider.onRequest = answers;
    const QByteArray more = ",\"max_tokens\":100";
    const Answer before = proxy.chat(key, chatBody("one", more));
    QVERIFY(!before.head.headers.contains("X-Model-Downgraded"));
    QVERIFY(!before.head.headers.contains("X-Original-Model"));
    QCOMPARE(proxy.events.all<event::ModelDowngraded>().size(), size_t(0));

    const Answer answer = proxy.chat(key, chatBody("two", more)); // at 57 %
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.header("X-Model-Downgraded"), QByteArray("gpt-4o-mini"));
    QCOMPARE(answer.header("X-Original-Model"), QByteArray("gpt-4o"));
    QCOMPARE(answer.header("X-Request-Cost"),
             QByteArray("0.000207")); // at the price of the one that answered
    QCOMPARE(proxy.provider.call(1).body(), chatBody("two", more).replace("gpt-4o", "gpt-4o-mini"));
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.open.series->model, QStringLiteral("gpt-4o-mini"));
    QCOMPARE(row.open.requestedModel, QStringLiteral("gpt-4o"));
    const auto events = proxy.events.all<event::ModelDowngraded>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(events.front().from, QStringLiteral("gpt-4o"));
    QCOMPARE(events.front().to, QStringLiteral("gpt-4o-mini"));
    QCOMPARE(events.front().key, proxy.keyId(QStringLiteral("a")));
    QCOMPARE(events.front().id, row.open.id);
}

void TestCacheAlerts::theDowngradeThresholdIsEnough()
{
    Proxy proxy({.config = "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC, "
                           "alertThresholds: [{percent: 30, action: downgrade}] }\n"
                           "modelDowngrade: { enabled: true, rules: [{ from: gpt-4o, to: gpt-4o-mini }] }\n",
                 .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.01"}});
    proxy.provider.onRequest = answers;
    QVERIFY(
        !proxy.chat(key, chatBody("one", ",\"max_tokens\":9")).head.headers.contains("X-Model-Downgraded"));
    const Answer answer = proxy.chat(key, chatBody("two", ",\"max_tokens\":9"));
    QCOMPARE(answer.header("X-Model-Downgraded"), QByteArray("gpt-4o-mini"));
    QCOMPARE(answer.header("X-Budget-Warning"), QByteArray("key daily budget at 34%"));
}

void TestCacheAlerts::budgetWarningsNameTheThreshold()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Weekly, "0.0041"}});
    proxy.provider.onRequest = answers;
    const Answer first = proxy.chat(key, chatBody("one", ",\"max_tokens\":9")); // 84 %
    QVERIFY(!first.head.headers.contains("X-Budget-Warning")); // it was not so when it was asked
    const auto events = proxy.events.all<event::BudgetWarning>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(events.front().threshold.percent, 80);
    QCOMPARE(events.front().threshold.action, ThresholdAction::Warn);
    QCOMPARE(events.front().status.budget.period, Period::Weekly);
    QCOMPARE(events.front().status.spent.toDecimal(), QStringLiteral("0.00345"));
    QCOMPARE(events.front().key, proxy.keyId(QStringLiteral("a")));
    const Answer refused = proxy.chat(key, chatBody("two", ",\"max_tokens\":9"));
    QCOMPARE(refused.status(), 402);
    QCOMPARE(refused.header("X-Budget-Warning"), QByteArray("key weekly budget at 84%"));
    const auto exceeded = proxy.events.all<event::BudgetExceeded>();
    QCOMPARE(exceeded.size(), size_t(1));
    QCOMPARE(exceeded.front().status.budget.limit.toDecimal(), QStringLiteral("0.0041"));
    QCOMPARE(exceeded.front().key, proxy.keyId(QStringLiteral("a")));
}

void TestCacheAlerts::aModelWithoutAPriceIsTold()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const Answer answer = proxy.chat(key, modelBody("new-model"));
    QCOMPARE(answer.status(), 400);
    QVERIFY(answer.body.contains("'new-model'") && answer.body.contains("pricing.yml"));
    const auto events = proxy.events.all<event::UnpricedModel>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(events.front().model, QStringLiteral("new-model"));
    QCOMPARE(events.front().provider, QStringLiteral("openai"));
    QCOMPARE(events.front().key, proxy.keyId(QStringLiteral("a")));
    QCOMPARE(proxy.provider.requestCount(), 0);
}

void TestCacheAlerts::aProviderThatIsDownIsToldAndTakenBack()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const quint16 at = proxy.provider.serverPort();
    proxy.provider.close();
    const Answer down = proxy.chat(key, chatBody());
    QCOMPARE(down.status(), 502);
    QVERIFY(down.body.contains("'openai' failed"));
    QCOMPARE(proxy.events.all<event::UpstreamDown>().size(), size_t(1));
    QCOMPARE(proxy.events.all<event::UpstreamDown>().front().provider, QStringLiteral("openai"));
    QCOMPARE(proxy.gateway->downProviders().result(), QStringList{QStringLiteral("openai")});
    QVERIFY(proxy.provider.listen(QHostAddress::LocalHost, at));
    proxy.provider.onRequest = answers;
    QCOMPARE(proxy.chat(key, chatBody()).status(), 200);
    QCOMPARE(proxy.events.all<event::UpstreamUp>().size(), size_t(1));
    QCOMPARE(proxy.gateway->downProviders().result(), QStringList());
}

void TestCacheAlerts::everyAnswerHasItsHeaders_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("present");
    const QByteArray rates =
        " X-RateLimit-Limit-RPM X-RateLimit-Remaining-RPM X-RateLimit-Limit-TPM X-RateLimit-Remaining-TPM";
    const QByteArray always = "X-LBP-Request-Id X-Budget-Remaining X-Budget-Period X-Cache" + rates;
    QTest::newRow("plain") << QByteArray("plain")
                           << always + " X-Request-Cost X-Estimated-Cost X-Input-Tokens X-Tokens-Used";
    QTest::newRow("stream") << QByteArray("stream") << always + " X-Estimated-Cost X-Input-Tokens";
    QTest::newRow("error of the provider")
        << QByteArray("500") << always + " X-Request-Cost X-Estimated-Cost X-Input-Tokens X-Tokens-Used";
    QTest::newRow("refused") << QByteArray("402") << always + " X-Input-Tokens x-request-id";
    QTest::newRow("cache hit") << QByteArray("hit")
                               << always + " X-Request-Cost X-Input-Tokens X-Tokens-Used";
    QTest::newRow("clamped") << QByteArray("clamped")
                             << always
            + " X-Request-Cost X-Estimated-Cost X-Input-Tokens X-Tokens-Used X-Max-Tokens-Clamped";
    QTest::newRow("free of charge") << QByteArray("models") << QByteArray("X-LBP-Request-Id");
    QTest::newRow("unknown key") << QByteArray("401") << QByteArray("X-LBP-Request-Id x-request-id");
}

void TestCacheAlerts::everyAnswerHasItsHeaders()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, present);
    Proxy proxy({.config = "rateLimits: { default: { rpm: 100, tpm: 100000 } }\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"),
                                        {{Period::Daily,
                                          kind == "402"           ? "0.0001"
                                              : kind == "clamped" ? "0.1"
                                                                  : "1.00"}});
    proxy.provider.onRequest = [&](ProviderCall &call) {
        kind == "500" ? call.json(500, "{}") : answers(call);
    };
    if (kind == "hit")
        QCOMPARE(proxy.chat(key, chatBody()).status(), 200);
    RawClient client(proxy.port);
    if (kind == "models")
        client.write(request("GET", "/v1/models", key));
    else
        client.write(request("POST", path, kind == "401" ? "lbp_x" : key,
                             chatBody("Hi", kind == "stream" ? streaming : QByteArray())));
    const Answer answer = client.read();
    const QList<QByteArray> expected = present.split(' ');
    for (const QByteArray name :
         {"X-LBP-Request-Id", "X-Request-Cost", "X-Estimated-Cost", "X-Input-Tokens", "X-Tokens-Used",
          "X-Budget-Remaining", "X-Budget-Period", "X-Budget-Warning", "X-Cache", "X-Model-Downgraded",
          "X-Original-Model", "X-Max-Tokens-Clamped", "X-RateLimit-Limit-RPM", "X-RateLimit-Remaining-RPM",
          "X-RateLimit-Limit-TPM", "X-RateLimit-Remaining-TPM", "x-request-id"}) {
        if (answer.head.headers.contains(name) != expected.contains(name))
            qWarning("%s", name.constData());
        QCOMPARE(answer.head.headers.contains(name), expected.contains(name));
    }
    if (expected.contains("x-request-id")) // on an answer of our own they are equal
        QCOMPARE(answer.header("x-request-id"), answer.header("X-LBP-Request-Id"));
    static const QRegularExpression decimal(QStringLiteral("^[0-9]+\\.[0-9]+$"));
    for (const char *amount : {"X-Request-Cost", "X-Estimated-Cost", "X-Budget-Remaining"})
        QVERIFY(!answer.head.headers.contains(amount)
                || decimal.match(QString::fromLatin1(answer.header(amount))).hasMatch());
    if (kind != "models" && kind != "401")
        QCOMPARE(proxy.row(answer).open.id.toText(), answer.header("X-LBP-Request-Id"));
}

void TestCacheAlerts::noSecretIsTold()
{
    const LogCatcher log;
    const QByteArray prompt = "prompt-canary-51f0";
    const QByteArray providerKey = "sk-provider-canary";
    QByteArray told; // all that leaves us but provider's answers
    QByteArray disk;
    QByteArray key;
    {
        Proxy proxy({.config = "rateLimits: { default: { rpm: 12, tpm: 0 } }\n", .pricing = {}});
        key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
        proxy.provider.onRequest = [&](ProviderCall &call) {
            const QByteArray &body = call.body();
            if (body.contains("garbage"))
                call.send(call.head().headers.value("authorization") + ' ' + body
                          + "\r\n\r\n"); // an echo is no answer
            else if (body.contains("reset"))
                call.close();
            else if (body.contains("refuse"))
                call.json(500, "{\"error\":{\"message\":\"no\"}}");
            else
                answers(call);
        };
        const auto asks = [&](const QByteArray &body, const QByteArray &withKey = {}) {
            const Answer answer = proxy.chat(withKey.isEmpty() ? key : withKey, body);
            for (const Header &header : answer.head.headers)
                told += header.name + ": " + header.value + '\n';
            told += answer.body;
            return answer.status();
        };
        QCOMPARE(asks(chatBody(prompt)), 200);
        QCOMPARE(asks(chatBody(prompt, streaming)), 200);
        QCOMPARE(asks(chatBody(prompt)), 200); // from the cache
        QCOMPARE(asks(chatBody(prompt + " refuse")), 500);
        QCOMPARE(asks(chatBody(prompt + " garbage")), 502);
        QCOMPARE(asks(chatBody(prompt + " reset")), 502);
        QCOMPARE(asks(chatBody(prompt).chopped(3)), 400);
        QCOMPARE(asks(chatBody("Hi", ",\"max_tokens\":\"" + prompt + "\"")), 400);
        QCOMPARE(asks(chatBody(prompt).replace("gpt-4o", "nameless")), 400);
        QCOMPARE(asks(chatBody(prompt, ",\"n\":128,\"max_tokens\":16000")), 402);
        QCOMPARE(asks(chatBody(prompt), key.chopped(1) + "!"), 401);
        proxy.provider.close();
        QCOMPARE(asks(chatBody(prompt + " reset")), 502);
        while (asks(chatBody(prompt)) == 200) { }
        QCOMPARE(asks(chatBody(prompt)), 429);
        QVERIFY(proxy.isQuiet());
        for (const ExchangeRow &row : proxy.rows())
            told += textOf(row);
        for (const auto &ended : proxy.events.all<event::ExchangeEnded>())
            told += textOf(ended.row);
        for (const auto &down : proxy.events.all<event::UpstreamDown>())
            told += down.provider.toUtf8() + down.detail.toUtf8();
        for (const auto &unpriced : proxy.events.all<event::UnpricedModel>())
            told += unpriced.model.toUtf8() + unpriced.provider.toUtf8();
        for (const auto &refused : proxy.events.all<event::BudgetExceeded>())
            told += refused.status.budget.scope.id.toUtf8();
        disk = proxy.everythingOnDisk();
        QVERIFY(proxy.rows().size() >= 12);
        proxy.gateway.reset();
        proxy.store.reset();
        disk += proxy.everythingOnDisk();
    }
    QVERIFY(told.contains("req_") && told.contains("nameless"));
    QVERIFY(disk.contains("chat.completions")); // so that a search in it means something
    const std::pair<const char *, QByteArray> places[] = {
        {"answers, rows and events", told}, {"files", disk}, {"log", log.lines()}};
    for (const auto &[name, text] : places) {
        for (const QByteArray &secret : {prompt, providerKey, key, key.mid(4)})
            QVERIFY2(!text.contains(secret), name);
    }
}

QTEST_GUILESS_MAIN(TestCacheAlerts)
#include "tst_cache_alerts.moc"
