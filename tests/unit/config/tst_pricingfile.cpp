#include "config/publicprices.h"
#include "configtesting.h"

#include "config/pricekeys.h"
#include "core/charge.h"

using namespace lbp;
using namespace lbp::testing;
using enum BillingClass;

namespace {

bool samePrice(const ModelPrice &a, const ModelPrice &b)
{
    return a.model == b.model && a.standard == b.standard && a.longContextThreshold == b.longContextThreshold
        && a.longContext == b.longContext && a.tiers == b.tiers && a.images == b.images && a.from == b.from
        && a.maxInputTokens == b.maxInputTokens && a.maxOutputTokens == b.maxOutputTokens
        && a.source == b.source && a.hours == b.hours;
}

} // namespace

class TestPricingFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theDocumentedFileIsValid();
    void bothSeedFormsAreRead();
    void pricesAreExact_data();
    void pricesAreExact();
    void everyKeyReachesItsClass();
    void whatIsNotBilledByTokensHasKeysOfItsOwn();
    void whatIsNotStatedIsUnknown();
    void longContextAndTiersAreRead();
    void imagesHaveAPriceByQualityAndSize();
    void datedStepsAndHoursAreRead();
    void whatIsWrittenIsReadAsTheSame();
    void theSourceOfTheFileHoldsForItsModels();
    void aMistakeIsNamedWithLineAndKey_data();
    void aMistakeIsNamedWithLineAndKey();
};

void TestPricingFile::theDocumentedFileIsValid()
{
    // It has no prices of its own: those come with the program, and are those of the next version with it.
    const auto book = parsePricing(fileContent(sourcePath(QStringLiteral("config/pricing.yml"))),
                                   QStringLiteral("pricing.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    QCOMPARE((*book)->size(), 0);
}

void TestPricingFile::bothSeedFormsAreRead()
{
    const auto wrapped =
        parsePricing(fileContent(sourcePath(QStringLiteral("tests/data/config/seed-pricing.yml"))),
                     QStringLiteral("pricing.yml"));
    QCOMPARE(problemsOf(wrapped), QStringList());
    QCOMPARE((*wrapped)->find(u"gpt-4o")->standard[CachedInput].value_or(-1), qint64(1'250'000));
    QCOMPARE((*wrapped)->find(u"gpt-4o-mini")->standard[UncachedInput].value_or(-1), qint64(150'000));
    QCOMPARE((*wrapped)->find(u"gpt-4o")->maxOutputTokens.value_or(-1), qint64(16384));
    const auto flat =
        parsePricing(fileContent(sourcePath(QStringLiteral("tests/data/config/seed-pricing-flat.yml"))),
                     QStringLiteral("pricing.yml"));
    QCOMPARE(problemsOf(flat), QStringList());
    QCOMPARE((*flat)->size(), 2);
    QCOMPARE((*flat)->find(u"text-embedding-3-small")->standard[UncachedInput].value_or(-1), qint64(20'000));
}

void TestPricingFile::pricesAreExact_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<qint64>("picodollars");
    QTest::newRow("per thousand") << QByteArray("inputPer1k: 0.0025") << qint64(2'500'000);
    QTest::newRow("per million") << QByteArray("inputPer1M: 2.5") << qint64(2'500'000);
    QTest::newRow("in quotes") << QByteArray("inputPer1M: \"2.50\"") << qint64(2'500'000);
    QTest::newRow("very small") << QByteArray("inputPer1k: 0.0000123") << qint64(12'300);
    QTest::newRow("not a binary fraction") << QByteArray("inputPer1M: 0.1") << qint64(100'000);
    QTest::newRow("one picodollar") << QByteArray("inputPer1M: 0.000001") << qint64(1);
    QTest::newRow("more digits than a double has")
        << QByteArray("inputPer1M: 1234567.890123") << qint64(1'234'567'890'123);
    QTest::newRow("free") << QByteArray("inputPer1k: 0") << qint64(0);
}

void TestPricingFile::pricesAreExact()
{
    QFETCH(QByteArray, line);
    QFETCH(qint64, picodollars);
    const auto book = parsePricing("models:\n  m:\n    " + line + '\n', QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    QCOMPARE((*book)->find(u"m")->standard[UncachedInput].value_or(-1), picodollars);
}

void TestPricingFile::everyKeyReachesItsClass()
{
    for (const QByteArray &unit : {QByteArray("1k"), QByteArray("1M")}) {
        QByteArray text = "models:\n  m:\n";
        const QByteArrayList stems{"input",     "cachedInput", "cacheWrite",  "cacheWrite1h", "output",
                                   "reasoning", "audioInput",  "audioOutput", "imageInput",   "imageOutput"};
        for (qsizetype i = 0; i < stems.size(); ++i)
            text += "    " + stems[i] + "Per" + unit + ": " + QByteArray::number(i + 1) + '\n';
        text += "    webSearchPer1kCalls: 11\n    fileSearchPer1kCalls: 12\n    maxInputTokens: 13\n    "
                "maxOutputTokens: 14\n";
        const auto book = parsePricing(text, QStringLiteral("p.yml"));
        QCOMPARE(problemsOf(book), QStringList());
        const ModelPrice &price = *(*book)->find(u"m");
        const qint64 scale = unit == "1k" ? 1'000'000'000 : 1'000'000;
        const BillingClass classes[] = {UncachedInput, CachedInput, CacheWrite5m, CacheWrite1h, Output,
                                        Reasoning,     AudioInput,  AudioOutput,  ImageInput,   ImageOutput};
        for (int i = 0; i < 10; ++i)
            QCOMPARE(price.standard[classes[i]].value_or(-1), (i + 1) * scale);
        QCOMPARE(price.standard[WebSearchCall].value_or(-1), qint64(11'000'000'000));
        QCOMPARE(price.standard[FileSearchCall].value_or(-1), qint64(12'000'000'000));
        QCOMPARE(price.maxInputTokens.value_or(-1), qint64(13));
        QCOMPARE(price.maxOutputTokens.value_or(-1), qint64(14));
    }
}

void TestPricingFile::whatIsNotBilledByTokensHasKeysOfItsOwn()
{
    const auto ratesOf = [](const QByteArray &lines) {
        const auto book = parsePricing("models:\n  m: {" + lines + "}\n", QStringLiteral("p.yml"));
        return book ? (*book)->find(u"m")->standard : Rates();
    };
    const Rates usual = ratesOf("codeSessionsPer1k: 30, speechPer1MCharacters: 15, audioPerHour: 0.36, "
                                "imageEach: 0.042");
    QCOMPARE(usual[CodeSessionCall].value_or(-1), qint64(30'000'000'000));
    QCOMPARE(usual[SpeechCharacter].value_or(-1), qint64(15'000'000));
    QCOMPARE(usual[AudioSecond].value_or(-1), qint64(100'000'000));
    QCOMPARE(usual[GeneratedImage].value_or(-1), qint64(42'000'000'000));
    const Rates other = ratesOf("speechPer1kCharacters: 0.015, audioPerMinute: 0.006");
    QCOMPARE(other[SpeechCharacter], usual[SpeechCharacter]);
    QCOMPARE(other[AudioSecond], usual[AudioSecond]);
    QCOMPARE(ratesOf("audioPerHour: 0.111")[AudioSecond].value_or(-1), qint64(30'833'334));
    // The table that is read by is the one that is written by, with a unit that the window can name.
    for (const PriceKey &key : priceKeys) {
        QCOMPARE(priceKeyNamed(QString(key.usual.key)), &key);
        QCOMPARE(key.usual.units, pricedUnits(billingUnit(key.billingClass)));
        const QByteArray line = QByteArray(key.usual.key.data(), key.usual.key.size()) + ": 7";
        QCOMPARE(ratesOf(line)[key.billingClass], std::optional(*rateOfPrice(u"7", key.usual.units)));
    }
}

void TestPricingFile::whatIsNotStatedIsUnknown()
{
    const auto book = parsePricing("models: {m: {inputPer1k: 1, outputPer1k: ~}}\n", QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    const ModelPrice &price = *(*book)->find(u"m");
    QVERIFY(!price.standard[Output] && !price.standard[CachedInput] && !price.standard[WebSearchCall]);
    QVERIFY(!price.longContextThreshold && price.tiers.isEmpty() && !price.maxOutputTokens);
}

void TestPricingFile::longContextAndTiersAreRead()
{
    const auto book =
        parsePricing("models:\n  m:\n    inputPer1M: 1\n    longContext: {threshold: 200000, inputPer1M: 2}\n"
                     "    tiers:\n      flex: {inputPer1M: 0.5}\n      priority: {inputPer1k: 0.002}\n",
                     QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    const ModelPrice &price = *(*book)->find(u"m");
    QCOMPARE(price.longContextThreshold.value_or(-1), qint64(200000));
    QCOMPARE(price.longContext[UncachedInput].value_or(-1), qint64(2'000'000));
    QCOMPARE(price.tiers.size(), 2);
    QCOMPARE(price.tiers.value(ServiceTier::Flex)[UncachedInput].value_or(-1), qint64(500'000));
    QCOMPARE(price.tiers.value(ServiceTier::Priority)[UncachedInput].value_or(-1), qint64(2'000'000));
}

void TestPricingFile::imagesHaveAPriceByQualityAndSize()
{
    const auto book = parsePricing(
        "models: {d: {imageEach: 0.04, images: {hd/1024x1792: 0.12, standard/1024x1024: 0.04}}}\n",
        QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    const ModelPrice &price = *(*book)->find(u"d");
    QCOMPARE(price.images.size(), 2);
    QCOMPARE(price.images.value(QStringLiteral("hd/1024x1792")), qint64(120'000'000'000));
    const auto rate = [&](QStringView variant) {
        return price.ratesFor(0, ServiceTier::Standard, variant)[GeneratedImage].value_or(-1);
    };
    QCOMPARE(rate(u"hd/1024x1792"), qint64(120'000'000'000));
    QCOMPARE(rate({}), qint64(40'000'000'000));
    QCOMPARE(rate(u"hd/2048x2048"), qint64(120'000'000'000)); // not listed: the dearest
}

void TestPricingFile::datedStepsAndHoursAreRead()
{
    const auto book = parsePricing(R"(models:
  m:
    from: 2026-08-17
    inputPer1M: 2
    source: now
    maxOutputTokens: 5
    daily:
      - {utc: "01:00-04:00", days: mon-fri, inputPer1M: 4, source: peak}
      - {utc: "20:30-24:00", inputPer1M: 1}
    steps:
      - {inputPer1M: 1, outputPer1M: 9}
      - {from: 2027-01-01, inputPer1M: 3, longContext: {threshold: 10, inputPer1M: 6}, source: later}
)",
                                   QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    const std::vector<PriceStep> &steps = *(*book)->steps(QStringLiteral("m"));
    QCOMPARE(steps.size(), size_t(3));
    QVERIFY(!steps[0].price.from);
    QCOMPARE(steps[0].price.standard[Output].value_or(-1), qint64(9'000'000));
    QCOMPARE(steps[0].price.source, QStringLiteral("now"));
    QCOMPARE(toMicros(*steps[1].price.from), qint64(1'786'924'800'000'000)); // 2026-08-17T00:00:00Z
    QVERIFY(!steps[1].price.standard[Output]); // each step is whole
    QCOMPARE(steps[1].windows.size(), size_t(2));
    QCOMPARE(steps[1].windows[0].hours.toString(), QStringLiteral("01:00-04:00 UTC, mon-fri"));
    QCOMPARE(steps[1].windows[0].price.source, QStringLiteral("peak"));
    QCOMPARE(steps[1].windows[0].price.maxOutputTokens.value_or(-1), qint64(5));
    QCOMPARE(steps[1].windows[1].hours.toString(), QStringLiteral("20:30-24:00 UTC"));
    QCOMPARE(steps[2].price.source, QStringLiteral("later"));
    QCOMPARE(steps[2].price.longContextThreshold.value_or(-1), qint64(10));
}

void TestPricingFile::whatIsWrittenIsReadAsTheSame()
{
    const auto shipped = shippedPrices();
    QList<std::vector<PriceStep>> all;
    for (const QString &model : shipped->models())
        all.append(*shipped->steps(model));
    const Instant now = fromMicros(1'790'000'000'000'000);
    const QByteArray text = pricingText(all, "# head", now);
    QVERIFY(text.startsWith("# head\nmodels:\n"));
    QCOMPARE(pricingText(all, "# head", now), text);
    const auto again = parsePricing(text, QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(again), QStringList());
    QCOMPARE((*again)->models(), shipped->models());
    for (const QString &model : shipped->models()) {
        const std::vector<PriceStep> &a = *shipped->steps(model), &b = *(*again)->steps(model);
        QCOMPARE(a.size(), b.size());
        for (size_t i = 0; i < a.size(); ++i) {
            QVERIFY2(samePrice(a[i].price, b[i].price), qPrintable(model));
            QCOMPARE(a[i].windows.size(), b[i].windows.size());
            for (size_t j = 0; j < a[i].windows.size(); ++j) {
                QVERIFY2(samePrice(a[i].windows[j].price, b[i].windows[j].price), qPrintable(model));
                QVERIFY(a[i].windows[j].hours == b[i].windows[j].hours);
            }
        }
    }
}

void TestPricingFile::theSourceOfTheFileHoldsForItsModels()
{
    const auto book =
        parsePricing("source: list of May\nmodels: {a: {inputPer1k: 1}, b: {inputPer1k: 1, source: mine}}\n",
                     QStringLiteral("p.yml"));
    QCOMPARE(problemsOf(book), QStringList());
    QCOMPARE((*book)->find(u"a")->source, QStringLiteral("list of May"));
    QCOMPARE((*book)->find(u"b")->source, QStringLiteral("mine"));
}

void TestPricingFile::aMistakeIsNamedWithLineAndKey_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("beginning");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const char *text, const char *beginning, const char *part) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(beginning) << QString::fromUtf8(part);
    };
    row("unknown key", "models:\n  m:\n    inputPer1k: 1\n    outputPer1K: 1\n    outputsPer1k: 2\n",
        "p.yml:4: models.m.outputPer1K: ", "did you mean \"outputPer1k\"?");
    row("model given twice", "models:\n  m: {inputPer1k: 1}\n  m: {inputPer1k: 2}\n",
        "p.yml:3: models.m: ", "twice");
    row("exponent", "models:\n  m:\n    inputPer1k: 2.5e-3\n    outputPer1k: 1\n",
        "p.yml:3: models.m.inputPer1k: ", "exponent");
    row("negative", "m:\n  inputPer1k: -1\n  outputPer1k: 1\n", "p.yml:2: m.inputPer1k: ", "sign");
    row("not a number", "m:\n  inputPer1k: .nan\n  outputPer1k: 1\n", "p.yml:2: m.inputPer1k: ", "price");
    row("infinite", "m:\n  inputPer1k: .inf\n  outputPer1k: 1\n", "p.yml:2: m.inputPer1k: ", "price");
    row("finer than a picodollar", "m:\n  inputPer1M: 0.0000001\n  outputPer1k: 1\n",
        "p.yml:2: m.inputPer1M: ", "finer");
    row("too large", "m:\n  inputPer1k: 99999999999999999999\n  outputPer1k: 1\n",
        "p.yml:2: m.inputPer1k: ", "too large");
    row("a list", "m:\n  inputPer1k: [1]\n  outputPer1k: 1\n", "p.yml:2: m.inputPer1k: ", "not a list");
    row("two units for one price", "m:\n  inputPer1k: 1\n  inputPer1M: 1\n",
        "p.yml:3: m.inputPer1M: ", "remove one");
    row("two units for one length", "m:\n  audioPerMinute: 1\n  audioPerHour: 60\n",
        "p.yml:3: m.audioPerHour: ", "remove one");
    row("a price by time that is none", "m:\n  audioPerHour: -1\n", "p.yml:2: m.audioPerHour: ", "sign");
    row("no price", "models:\n  m: {maxOutputTokens: 5}\n", "p.yml:2: models.m: ", "has no price");
    row("nothing below the model", "models:\n  m:\n", "p.yml:2: models.m: ", "indented lines");
    row("a list of models", "models:\n  - m\n", "p.yml:2: models: ", "must be a mapping");
    row("only text", "gpt-4o\n", "p.yml:1: ", "must be a mapping");
    row("a pattern as a name", "models:\n  \"gpt-*\": {inputPer1k: 1}\n",
        "p.yml:2: models.gpt-*: ", "model name");
    row("no threshold", "m:\n  inputPer1k: 1\n  longContext: {inputPer1k: 2}\n",
        "p.yml:3: m.longContext.threshold: ", "is needed");
    row("no price above the threshold", "m:\n  inputPer1k: 1\n  longContext: {threshold: 5}\n",
        "p.yml:3: m.longContext: ", "no price");
    row("unknown tier", "m:\n  inputPer1k: 1\n  tiers: {fast: {inputPer1k: 2}}\n",
        "p.yml:3: m.tiers.fast: ", "flex, priority, batch");
    row("zero output tokens", "m:\n  inputPer1k: 1\n  maxOutputTokens: 0\n",
        "p.yml:3: m.maxOutputTokens: ", "from 1");
    row("not a day", "m:\n  from: 2026-13-01\n  inputPer1k: 1\n", "p.yml:2: m.from: ", "2026-08-17");
    row("a step without a price", "m:\n  inputPer1k: 1\n  steps:\n    - {from: 2027-01-01}\n",
        "p.yml:4: m.steps[0]: ", "no price");
    row("two steps of one day",
        "m:\n  from: 2027-01-01\n  inputPer1k: 1\n  steps:\n    - {from: 2027-01-01, inputPer1k: 2}\n",
        "p.yml:5: m.steps[0].from: ", "no other price");
    row("two steps without a day", "m:\n  inputPer1k: 1\n  steps:\n    - {inputPer1k: 2}\n",
        "p.yml:4: m.steps[0].from: ", "no other price");
    row("unknown key in a step",
        "m:\n  inputPer1k: 1\n  steps:\n    - {from: 2027-01-01, inputPer1k: 2, outputPer1K: 2}\n",
        "p.yml:4: m.steps[0].outputPer1K: ", "did you mean");
    row("hours over midnight", "m:\n  inputPer1k: 1\n  daily:\n    - {utc: \"22:00-02:00\", inputPer1k: 2}\n",
        "p.yml:4: m.daily[0].utc: ", "two entries");
    row("no hours", "m:\n  inputPer1k: 1\n  daily:\n    - {inputPer1k: 2}\n",
        "p.yml:4: m.daily[0].utc: ", "UTC");
    row("unknown days",
        "m:\n  inputPer1k: 1\n  daily:\n    - {utc: \"01:00-02:00\", days: weekdays, inputPer1k: 2}\n",
        "p.yml:4: m.daily[0].days: ", "mon-fri");
    row("an image without a price", "m:\n  images: {hd/1x1: much}\n", "p.yml:2: m.images: ", "hd/1x1");
    row("other keys beside models", "models: {m: {inputPer1k: 1}}\nmodel: {}\n",
        "p.yml:2: model: ", "did you mean \"models\"?");
}

void TestPricingFile::aMistakeIsNamedWithLineAndKey()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, beginning);
    QFETCH(QString, part);
    const QStringList problems = problemsOf(parsePricing(text, QStringLiteral("p.yml")));
    QVERIFY2(!problems.isEmpty() && problems[0].startsWith(beginning), qPrintable(problems.join(u'\n')));
    QVERIFY2(problems[0].contains(part), qPrintable(problems.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestPricingFile)
#include "tst_pricingfile.moc"
