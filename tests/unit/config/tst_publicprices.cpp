#include "config/publicprices.h"
#include "configtesting.h"
#include "core/charge.h"

#include <QTemporaryDir>

using namespace lbp;
using namespace lbp::testing;
using enum BillingClass;

namespace {

Instant utc(const char *text)
{
    return fromMicros(QDateTime::fromString(QLatin1String(text), Qt::ISODate).toMSecsSinceEpoch() * 1000);
}

qint64 rate(const ModelPrice *price, BillingClass c)
{
    return price ? price->standard[c].value_or(-1) : -2;
}

} // namespace

/// The list that comes with the program, and the layers above it.
class TestPublicPrices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_directory.isValid()); }
    void init()
    {
        for (const QString &name : {QStringLiteral("pricing.yml"), QStringLiteral("imported-prices.yml")})
            QFile::remove(path(name));
        writeFile(path(QStringLiteral("config.yml")), "provider: {apiKey: k}\n");
    }

    void theShippedListIsValid()
    {
        const auto book = parsePricing(fileContent(sourcePath(QStringLiteral("config/prices.yml"))),
                                       QStringLiteral("prices.yml"));
        QCOMPARE(problemsOf(book), QStringList());
        QVERIFY((*book)->size() > 500);
        QCOMPARE(shippedPrices()->models(), (*book)->models());
        const ModelPrice *price = (*book)->find(u"gpt-4o");
        QCOMPARE(rate(price, UncachedInput), qint64(2'500'000));
        QCOMPARE(rate(price, CachedInput), qint64(1'250'000));
        QCOMPARE(rate(price, Output), qint64(10'000'000));
        QCOMPARE(price->maxOutputTokens.value_or(-1), qint64(16384));
        QCOMPARE(price->tiers.value(ServiceTier::Batch)[UncachedInput].value_or(-1), qint64(1'250'000));
        QCOMPARE(rate((*book)->find(u"gpt-4o-2024-05-13"), UncachedInput), qint64(5'000'000));
        QVERIFY((*book)->find(u"gpt-4o-2024-08-06"));
        QVERIFY((*book)->find(u"text-embedding-3-small"));
        QVERIFY(!(*book)->find(u"no-such-model"));
    }
    void theShippedListIsPlausible()
    {
        // A slip of the pen in a price costs its users money: these relations hold for every real price list.
        const std::shared_ptr<const PriceBook> book = shippedPrices();
        const Rates nothing;
        for (const QString &name : book->models()) {
            for (const PriceStep &step : *book->steps(name)) {
                const ModelPrice &price = step.price;
                QVERIFY2(price.standard != nothing || !price.images.isEmpty(), qPrintable(name));
                const qint64 input = price.standard[UncachedInput].value_or(0);
                for (int i = 0; i < billingClassCount; ++i) {
                    const qint64 one = price.standard[BillingClass(i)].value_or(0);
                    if (billingUnit(BillingClass(i)) == BillingUnit::Token)
                        QVERIFY2(one <= 1'000'000'000, qPrintable(name)); // 1,000 USD for a million tokens
                }
                QVERIFY2(price.standard[CachedInput].value_or(0) <= input || !price.standard[UncachedInput],
                         qPrintable(name));
                if (price.standard[UncachedInput] && price.standard[Output].value_or(0) > 0)
                    QVERIFY2(*price.standard[Output] >= input, qPrintable(name));
                if (price.longContext[UncachedInput])
                    QVERIFY2(*price.longContext[UncachedInput] >= input, qPrintable(name));
                for (auto tier = price.tiers.cbegin(); tier != price.tiers.cend(); ++tier) {
                    if (!(*tier)[UncachedInput])
                        continue;
                    const qint64 tierInput = *(*tier)[UncachedInput];
                    QVERIFY2(tier.key() == ServiceTier::Priority ? tierInput > input
                                                                 : tierInput < input && tierInput > 0,
                             qPrintable(name));
                }
                for (const PriceStep::Window &window : step.windows)
                    QVERIFY2(window.price.standard[UncachedInput].value_or(0) > input, qPrintable(name));
                QVERIFY2(price.source.contains(u"202"), qPrintable(name)); // a source with its date
            }
        }
    }
    void whatIsFreeAtItsMakerIsFreeNowhereElse()
    {
        const std::shared_ptr<const PriceBook> book = shippedPrices();
        for (const QString &name : book->models()) {
            const ModelPrice &price = *book->find(name);
            bool paid = !price.images.isEmpty();
            for (const auto &one : price.standard.perUnit)
                paid = paid || one.value_or(0) > 0;
            if (!paid)
                QVERIFY2(name.startsWith(u"gemini/") || name.startsWith(u"mistral/")
                             || name.startsWith(u"groq/") || name.startsWith(u"together/")
                             || name.startsWith(u"azure/") || name.startsWith(u"openai/")
                             || name.startsWith(u"xai/") || name.contains(u"moderation"),
                         qPrintable(name));
        }
        QVERIFY(!book->find(u"gemma-3-27b-it"));
        QCOMPARE(rate(book->find(u"gemma-3-27b-it", u"gemini"), UncachedInput), qint64(0));
        QVERIFY(!book->find(u"gpt-oss-120b"));
        QVERIFY(book->find(u"openai/gpt-oss-120b", u"groq"));
    }
    void everyDirectProviderIsThere_data()
    {
        QTest::addColumn<QString>("space");
        QTest::addColumn<QString>("model");
        QTest::addColumn<qint64>("input");
        const auto row = [](const char *space, const char *model, qint64 input) {
            QTest::addRow("%s %s", space, model)
                << QString::fromLatin1(space) << QString::fromLatin1(model) << input;
        };
        row("openai", "gpt-6.1-sol", 2'000'000);
        row("anthropic", "claude-opus-5-5", 4'000'000);
        row("gemini", "gemini-2.5-pro", 1'250'000);
        row("mistral", "mistral-medium-latest", 1'500'000);
        row("deepseek", "deepseek-flash", 300'000);
        row("xai", "grok-3", 3'000'000);
        row("groq", "llama-3.3-70b-versatile", 590'000);
        row("together", "meta-llama/Llama-3.3-70B-Instruct-Turbo", 880'000);
        row("azure", "gpt-4o", 2'500'000);
        row("azure", "eu/gpt-4o-2024-08-06", 2'750'000);
    }
    void everyDirectProviderIsThere()
    {
        QFETCH(QString, space);
        QFETCH(QString, model);
        QFETCH(qint64, input);
        const ModelPrice *price = shippedPrices()->find(model, space);
        QVERIFY(price);
        QCOMPARE(rate(price, UncachedInput), input);
    }
    void datedStepsOfThePastAndOfTheFutureAreKnown()
    {
        const PriceBook &book = *shippedPrices();
        QCOMPARE(rate(book.find(u"o3", {}, utc("2025-06-09T23:59:59Z")), UncachedInput), qint64(10'000'000));
        QCOMPARE(rate(book.find(u"o3", {}, utc("2025-06-10T00:00:00Z")), UncachedInput), qint64(2'000'000));
        QCOMPARE(rate(book.find(u"gemini-3.6-flash", {}, utc("2026-12-31T23:59:59Z")), Output),
                 qint64(3'750'000));
        QCOMPARE(rate(book.find(u"gemini-3.6-flash", {}, utc("2027-01-01T00:00:00Z")), Output),
                 qint64(7'500'000));
        // Long requests cost more until March 2026, and no more than others since.
        const ModelPrice *before = book.find(u"claude-opus-4-6", {}, utc("2026-03-12T12:00:00Z"));
        const ModelPrice *since = book.find(u"claude-opus-4-6", {}, utc("2026-03-13T12:00:00Z"));
        QCOMPARE(before->ratesFor(200'001, ServiceTier::Standard)[Output].value_or(-1), qint64(37'500'000));
        QCOMPARE(since->ratesFor(200'001, ServiceTier::Standard)[Output].value_or(-1), qint64(25'000'000));
    }
    void deepseekCostsTwiceAsMuchInChinasOfficeHours()
    {
        const PriceBook &book = *shippedPrices();
        const auto input = [&](const char *at) {
            return rate(book.find(u"deepseek-v4-pro", u"deepseek", utc(at)), UncachedInput);
        };
        QCOMPARE(input("2026-11-23T00:59:59Z"), qint64(660'000)); // a Monday
        QCOMPARE(input("2026-11-23T01:00:00Z"), qint64(1'320'000));
        QCOMPARE(input("2026-11-23T03:59:59Z"), qint64(1'320'000));
        QCOMPARE(input("2026-11-23T04:00:00Z"), qint64(660'000));
        QCOMPARE(input("2026-11-23T09:30:00Z"), qint64(1'320'000));
        QCOMPARE(input("2026-11-22T02:00:00Z"), qint64(660'000)); // a Sunday
        QCOMPARE(input("2026-08-16T02:00:00Z"), qint64(435'000)); // before there were such hours
    }
    void anthropicsFastSpeedIsThePriorityTier()
    {
        const ModelPrice *price = shippedPrices()->find(u"claude-opus-4-7");
        QVERIFY(price);
        QCOMPARE(price->ratesFor(0, serviceTierFromName(u"fast"))[Output].value_or(-1), qint64(150'000'000));
    }
    void soundSpeechAndImagesHaveTheirPrices()
    {
        const PriceBook &book = *shippedPrices();
        QCOMPARE(rate(book.find(u"whisper-1"), AudioSecond), qint64(100'000'000));
        // 0.111 an hour does not come out even: the safe side of a trillionth.
        QCOMPARE(rate(book.find(u"whisper-large-v3", u"groq"), AudioSecond), qint64(30'833'334));
        QCOMPARE(rate(book.find(u"tts-1"), SpeechCharacter), qint64(15'000'000));
        const ModelPrice *image = book.find(u"dall-e-3");
        QCOMPARE(image->ratesFor(0, ServiceTier::Standard, u"hd/1792x1024")[GeneratedImage].value_or(-1),
                 qint64(120'000'000'000));
        QCOMPARE(rate(book.find(u"gpt-4o"), CodeSessionCall), qint64(30'000'000'000));
    }

    void onesOwnPriceWinsOverThePublicOnes()
    {
        writeFile(path(QStringLiteral("pricing.yml")), "models: {gpt-4o: {inputPer1M: 1}}\n");
        const auto config = load();
        QVERIFY(config);
        QCOMPARE(rate((*config)->prices->find(u"gpt-4o"), UncachedInput), qint64(1'000'000));
        QCOMPARE(rate((*config)->prices->find(u"gpt-4o"), Output), qint64(-1)); // whole, not mixed
        QCOMPARE(rate((*config)->prices->find(u"gpt-4o-mini"), UncachedInput), qint64(150'000));
        QVERIFY((*config)->prices->origin(QStringLiteral("gpt-4o")) == PriceOrigin::Own);
        QVERIFY((*config)->prices->origin(QStringLiteral("gpt-4o-mini")) == PriceOrigin::Shipped);
    }
    void importedPricesStandBetween()
    {
        writeFile(path(QStringLiteral("pricing.yml")), "models: {gpt-4o: {inputPer1M: 1}}\n");
        writeFile(path(QStringLiteral("imported-prices.yml")),
                  "models: {gpt-4o: {inputPer1M: 3}, gpt-4o-mini: {inputPer1M: 4}}\n");
        const auto config = load();
        QVERIFY(config);
        QCOMPARE(rate((*config)->prices->find(u"gpt-4o"), UncachedInput), qint64(1'000'000));
        QCOMPARE(rate((*config)->prices->find(u"gpt-4o-mini"), UncachedInput), qint64(4'000'000));
        QVERIFY((*config)->prices->origin(QStringLiteral("gpt-4o-mini")) == PriceOrigin::Imported);
        QVERIFY((*config)->prices->find(u"gpt-5"));
    }
    void aBrokenImportIsNamed()
    {
        writeFile(path(QStringLiteral("imported-prices.yml")), "models:\n  m: {inputPer1M: x}\n");
        const auto config = load();
        QVERIFY(!config);
        QVERIFY2(config.error().first().toString().contains(u"imported-prices.yml:2: models.m.inputPer1M"),
                 qPrintable(config.error().first().toString()));
    }
    void onlyOnesOwnCountsWhereThatIsWanted()
    {
        writeFile(path(QStringLiteral("pricing.yml")), "onlyThese: true\nmodels: {mine: {inputPer1M: 1}}\n");
        const auto config = load();
        QVERIFY(config);
        QCOMPARE((*config)->prices->models(), QStringList(QStringLiteral("mine")));
        QVERIFY(!(*config)->prices->find(u"gpt-4o"));
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    [[nodiscard]] tl::expected<std::shared_ptr<const Config>, QList<ConfigProblem>> load() const
    {
        return loadConfig({path(QStringLiteral("config.yml")), {}, {}});
    }
    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(TestPublicPrices)
#include "tst_publicprices.moc"
