// Which encoding a model has, and what is assumed where nobody knows.
#include "support.h"
#include "tokens/estimate.h"

using namespace lbp;
using namespace lbp::tokenstest;

namespace {

RequestText textOf(const QByteArray &utf8)
{
    Tokenizer tokenizer(vocabulary(Encoding::O200k));
    RequestText request;
    request.text.tokens = tokenizer.count(utf8).tokens;
    request.text.addBytes(utf8);
    return request;
}

} // namespace

class TestTokensEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelsHaveTheirEncoding_data()
    {
        QTest::addColumn<QString>("encoding"); // empty: none is public
        const auto row = [](const char *model, const char *encoding) {
            QTest::newRow(model) << QString::fromLatin1(encoding);
        };
        for (const char *model : {"gpt-4o",
                                  "gpt-4o-2024-08-06",
                                  "gpt-4o-mini",
                                  "gpt-4o-audio-preview",
                                  "chatgpt-4o-latest",
                                  "gpt-4.1",
                                  "gpt-4.1-nano",
                                  "gpt-4.5-preview",
                                  "o1",
                                  "o1-mini",
                                  "o3-pro",
                                  "o4-mini-2025-04-16",
                                  "gpt-5",
                                  "gpt-5-mini",
                                  "gpt-5.1-codex",
                                  "gpt-6",
                                  "gpt-6.2-pro",
                                  "gpt-oss-120b",
                                  "openai/gpt-4o",
                                  "openai/gpt-oss-20b:free",
                                  "ft:gpt-4o-mini-2024-07-18:acme::abc",
                                  "GPT-4O",
                                  "codex-mini-latest"})
            row(model, "o200k_base");
        for (const char *model :
             {"gpt-4", "gpt-4-0613", "gpt-4-turbo", "gpt-4-32k", "gpt-4-1106-preview", "gpt-3.5-turbo",
              "gpt-3.5-turbo-instruct", "gpt-35-turbo", "text-embedding-3-small", "text-embedding-3-large",
              "text-embedding-ada-002", "davinci-002", "babbage-002", "ft:gpt-3.5-turbo-0125:acme::x"})
            row(model, "cl100k_base");
        for (const char *model : {"claude-sonnet-4-5",
                                  "gemini-2.5-pro",
                                  "llama-3.3-70b",
                                  "gpt-4all",
                                  "gpt-image-1",
                                  "gpt-realtime",
                                  "gpt-",
                                  "o",
                                  "olmo-2",
                                  "o1x",
                                  "gpt-2",
                                  "gpt-4oh",
                                  "gpt-5turbo",
                                  "gpt-4.",
                                  "text-embedding-004",
                                  "deepseek-chat",
                                  "",
                                  "/",
                                  "ft:",
                                  "gpt-99999999999"})
            row(model, "");
    }
    void modelsHaveTheirEncoding()
    {
        QFETCH(QString, encoding);
        const auto found = encodingFor(QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(found ? encodingName(*found) : QString(), encoding);
    }

    void aKnownTokenizerAndKnownRulesGiveTheProvidersNumber()
    {
        RequestText request = textOf("Say this is a test");
        request.overhead = 7;
        request.rulesKnown = true;
        const RequestEstimate estimate = estimateRequest(countRuleFor(u"gpt-4o"), request);
        QVERIFY(estimate.exact);
        QCOMPARE(estimate.atMost, qint64{12});
        QCOMPARE(estimate.likely, qint64{12});
        // What was learned changes nothing about a number that is known.
        QCOMPARE(
            estimateRequest(countRuleFor(u"gpt-4o"), request, {.atMostPermille = 500, .likelyPermille = 400})
                .atMost,
            qint64{12});
    }

    void whatIsNotSureIsNotCalledExact_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("rulesKnown");
        QTest::addColumn<qint64>("unreadable");
        QTest::newRow("hidden text of a reasoning model") << QStringLiteral("o3") << true << qint64{0};
        QTest::newRow("rules of the frame not known") << QStringLiteral("gpt-4o") << false << qint64{0};
        QTest::newRow("an image") << QStringLiteral("gpt-4o") << true << qint64{765};
        QTest::newRow("another's tokenizer") << QStringLiteral("claude-sonnet-4-5") << true << qint64{0};
        QTest::newRow("an unknown tokenizer") << QStringLiteral("my-own-model") << true << qint64{0};
    }
    void whatIsNotSureIsNotCalledExact()
    {
        QFETCH(QString, model);
        QFETCH(bool, rulesKnown);
        QFETCH(qint64, unreadable);
        RequestText request = textOf("Say this is a test");
        request.overhead = 7;
        request.rulesKnown = rulesKnown;
        request.unreadable = unreadable;
        const RequestEstimate estimate = estimateRequest(countRuleFor(model), request);
        QVERIFY(!estimate.exact);
        QVERIFY(estimate.atMost >= 12 + unreadable);
        QVERIFY(estimate.likely <= estimate.atMost);
        QVERIFY(estimate.likely >= 12);
    }

    void anUnknownTokenizerIsBoundedByBytes()
    {
        const QByteArray text(1000, 'x');
        const RequestEstimate estimate = estimateRequest(countRuleFor(u"my-own-model"), textOf(text));
        QVERIFY(estimate.atMost >= 1000);
        QCOMPARE(int(countRuleFor(u"my-own-model").kind), int(CountRule::Kind::Bytes));
    }

    void aFamilyIsBoundedByAFactor()
    {
        const QByteArray text =
            QByteArray("The proxy counts what it forwards, and books what it was told. ").repeated(200);
        const RequestText request = textOf(text);
        const CountRule rule = countRuleFor(u"anthropic/claude-opus-4-1");
        QCOMPARE(int(rule.kind), int(CountRule::Kind::Factor));
        QVERIFY(*rule.reason);
        const RequestEstimate estimate = estimateRequest(rule, request);
        QVERIFY(estimate.atMost >= request.text.tokens * 135 / 100);
        QVERIFY(estimate.atMost < request.text.bytes / 2); // far below a token a byte
    }

    void aFactorNeverExceedsBytes()
    {
        const QByteArray text = QByteArray("3.14159 \xe0\xb8\x81\xe0\xb8\x82 ").repeated(500);
        const RequestText request = textOf(text);
        const RequestEstimate estimate = estimateRequest(countRuleFor(u"gemini-2.5-flash"), request);
        QVERIFY(estimate.atMost <= text.size() + hiddenTextTokens);
    }

    /// Vocabularies that write each digit, each byte of a script or each of a row of signs apart.
    void whatOthersMayNotJoinCountsByItself()
    {
        const CountRule rule = countRuleFor(u"mistral-large");
        for (const char *unit : {"0123456789 ", "====", "\xe0\xb8\x81\xe0\xb8\x82"}) {
            const QByteArray text = QByteArray(unit).repeated(100);
            const QByteArray dense = QByteArray(text).replace(' ', "");
            QVERIFY(estimateRequest(rule, textOf(text)).atMost >= dense.size());
        }
    }

    void whatWasLearnedTakesTheBoundDownButNotBelowTheText()
    {
        RequestText request = textOf(QByteArray("hello world ").repeated(1000));
        const LearnedScale half{.atMostPermille = 500, .likelyPermille = 400};
        const RequestEstimate claude = estimateRequest(countRuleFor(u"claude-sonnet-4-5"), request, half);
        QCOMPARE(claude.atMost, (claude.bound + 1) / 2);
        QVERIFY(claude.likely < claude.atMost);
        const RequestEstimate reasoning = estimateRequest(countRuleFor(u"o3"), request, half);
        QVERIFY(reasoning.atMost >= request.text.tokens);
    }

    void aCensusCountsKinds()
    {
        TextCensus census;
        census.addBytes("ab11  \n\n==\xc3\xa9");
        QCOMPARE(census.bytes, qint64{12});
        QCOMPARE(census.digits, qint64{2});
        QCOMPARE(census.wideBytes, qint64{2});
        QCOMPARE(census.repeats, qint64{2});
        QCOMPARE(census.repeatedSpaces, qint64{1});
        const TextCensus none = TextCensus::uncounted(99);
        QVERIFY(!none.exact);
        QCOMPARE(none.tokens, qint64{99});
    }
};

QTEST_GUILESS_MAIN(TestTokensEstimate)
#include "tst_tokens_estimate.moc"
