// A request that does not fit its budgets by its bytes is counted before it is refused, and a stream that
// breaks off is charged what was counted.
#include "support/harness.h"
#include "tokens/tokenizer.h"

#include <QTest>

using namespace lbp;
using namespace lbp::test;

namespace {

constexpr qint64 inputRate = 2'500'000, outputRate = 10'000'000; // gpt-4o, picodollars a token

qint64 tokensOf(const QByteArray &text)
{
    static Vocabularies vocabularies;
    Tokenizer tokenizer(**vocabularies.load(Encoding::O200k));
    return tokenizer.count(text).tokens;
}

/// Of a request with one message: 3 for it, 1 for its role, 3 for the start of the reply.
qint64 inputOf(const QByteArray &text)
{
    return tokensOf(text) + 7;
}

Proxy::Options counting(QByteArray config = {})
{
    Proxy::Options options;
    options.config = std::move(config);
    options.countsTokens = true;
    return options;
}

QByteArray prose(int sentences)
{
    return QByteArray("Every request is counted before it is refused, so that what fits is let through. ")
        .repeated(sentences);
}

const QByteArray ceiling100 = ",\"max_tokens\":100";
const QByteArray strict = "budgets: { admission: strict }\n";

} // namespace

class TestTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFitsWhenCountedIsLetThrough_data()
    {
        QTest::addColumn<int>("sentences");
        QTest::addColumn<QByteArray>("budget");
        QTest::newRow("a small request") << 30 << QByteArray("0.003"); // 510 tokens, 2.4 KB
        QTest::newRow("a large one") << 3000 << QByteArray("0.2"); // 48,000 tokens, 240 KB
    }
    void whatFitsWhenCountedIsLetThrough()
    {
        QFETCH(int, sentences);
        QFETCH(QByteArray, budget);
        const QByteArray text = prose(sentences);
        const QByteArray body = chatBody(text, ceiling100);
        Proxy proxy(counting(strict));
        proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(500, 20)); };
        const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, budget}});
        // By its bytes it costs more than the budget.
        QVERIFY(body.size() * inputRate > Money::fromDecimal(QString::fromLatin1(budget))->picodollars());
        // The first one waits for the vocabulary, the second is counted at once when it is small.
        const Answer answer = proxy.chat(key, body);
        QCOMPARE(answer.status(), 200);
        const ExchangeRow row = proxy.row(answer);
        QCOMPARE(row.open.estimatedInputTokens, inputOf(text));
        QCOMPARE(row.open.reserved.picodollars(), inputOf(text) * inputRate + 100 * outputRate);
        QVERIFY(!row.open.clamped);
        QCOMPARE(proxy.chat(key, chatBody(prose(5), ceiling100)).status(), 200);
        QVERIFY(proxy.isQuiet());
    }

    void withoutCountingItIsRefused()
    {
        Proxy::Options options;
        options.config = strict;
        Proxy proxy(options);
        const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.003"}});
        QCOMPARE(proxy.chat(key, chatBody(prose(30), ceiling100)).status(), 402);
        QCOMPARE(proxy.provider.requestCount(), 0);
    }

    void whatDoesNotFitWhenCountedIsRefused()
    {
        Proxy proxy(counting(strict));
        const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "0.001"}});
        for (int i = 0; i < 2; ++i) // counted by a worker, then at once
            QCOMPARE(proxy.chat(key, chatBody(prose(30), ceiling100)).status(), 402);
        QCOMPARE(proxy.provider.requestCount(), 0);
        QVERIFY(proxy.isQuiet());
    }

    void aCeilingIsNotLoweredForTokensThatAreNotThere()
    {
        const QByteArray text = prose(30);
        Proxy proxy(counting());
        proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(500, 20)); };
        // Room for 2,000 tokens of output beside the counted input, not beside the bytes.
        const qint64 room = inputOf(text) * inputRate + 2000 * outputRate;
        const QByteArray key = proxy.addKey(
            QStringLiteral("a"), {{Period::Daily, Money::fromPicodollars(room).toDecimal().toLatin1()}});
        const QByteArray body = chatBody(text, ",\"max_tokens\":2000");
        const Answer answer = proxy.chat(key, body);
        QCOMPARE(answer.status(), 200);
        QVERIFY(answer.header("X-Max-Tokens-Clamped").isEmpty());
        QCOMPARE(proxy.provider.call().body(), body);
    }

    void manyAtOnceNeverOvershoot()
    {
        const QByteArray text = prose(30);
        const qint64 worst = inputOf(text) * inputRate + 100 * outputRate;
        Proxy proxy(counting(strict));
        const QByteArray key =
            proxy.addKey(QStringLiteral("a"),
                         {{Period::Daily, Money::fromPicodollars(worst * 5 + 1).toDecimal().toLatin1()}});
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 12; ++i) {
            clients.push_back(std::make_unique<RawClient>(proxy.port));
            clients.back()->write(request("POST", "/v1/chat/completions", key, chatBody(text, ceiling100)));
        }
        int refused = 0;
        // None of them is answered before all are decided.
        QTRY_COMPARE(proxy.provider.requestCount(), 5);
        for (int i = 0; i < 5; ++i)
            proxy.provider.call(i).json(200, chatAnswer(int(inputOf(text)), 100));
        for (const auto &client : clients)
            refused += client->read().status() == 402;
        QCOMPARE(refused, 7);
        QCOMPARE(proxy.provider.requestCount(), 5);
        QVERIFY(proxy.isQuiet());
    }

    void aStreamThatBreaksOffIsChargedWhatWasCounted()
    {
        const QByteArray text = prose(3);
        const QByteArray said = "Tokens are counted as they pass, piece by piece; 12345 of them, I say.";
        Proxy proxy(counting());
        const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1"}});
        // What is counted before it is refused has the vocabulary loaded.
        const QByteArray poor = proxy.addKey(QStringLiteral("b"), {{Period::Daily, "0.0001"}});
        QCOMPARE(proxy.chat(poor, chatBody(text, ceiling100)).status(), 402);

        RawClient client(proxy.port);
        client.write(
            request("POST", "/v1/chat/completions", key, chatBody(text, ",\"stream\":true" + ceiling100)));
        ProviderCall &call = proxy.provider.call();
        call.streamHead();
        for (qsizetype at = 0; at < said.size(); at += 30)
            call.chunk(chatChunk(said.mid(at, 30)));
        client.readUntil("say.");
        call.close();
        const ExchangeRow row = proxy.row(client.read());
        QCOMPARE(row.close.provenance, Provenance::Estimated);
        QCOMPARE(row.close.usage[BillingClass::UncachedInput], inputOf(text));
        QCOMPARE(row.close.usage[BillingClass::Output], tokensOf(said));
        QVERIFY(proxy.isQuiet());
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
