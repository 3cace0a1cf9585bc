#include "core/price.h"

#include <QDateTime>
#include <QtTest>

using namespace lbp;
using enum BillingClass;

namespace {

Instant utc(const char *text)
{
    return fromMicros(QDateTime::fromString(QLatin1String(text), Qt::ISODate).toMSecsSinceEpoch() * 1000);
}

ModelPrice priced(const char *model, qint64 input)
{
    ModelPrice price;
    price.model = QString::fromLatin1(model);
    price.standard[UncachedInput] = input;
    return price;
}

qint64 inputOf(const ModelPrice *price)
{
    return price ? price->standard[UncachedInput].value_or(-1) : -2;
}

} // namespace

/// Names, spaces, days and hours.
class TestPriceBook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNameIsFoundByTheFirstRuleThatFits_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("space");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *asked, const char *space, const char *found) {
            QTest::addRow("%s at %s", asked, *space ? space : "any")
                << QString::fromLatin1(asked) << QString::fromLatin1(space) << QString::fromLatin1(found);
        };
        row("gpt-4o", "", "gpt-4o");
        row("gpt-4o", "openai", "gpt-4o");
        row("gpt-4o", "azure", "azure/gpt-4o");
        row("azure/gpt-4o", "", "azure/gpt-4o"); // listed under that very name
        row("gpt-4o-2024-08-06", "", "gpt-4o");
        row("gpt-4o-20240806", "", "gpt-4o");
        row("gpt-4o-0806", "", "gpt-4o");
        row("gpt-4o-2024-08-06", "azure", "azure/gpt-4o");
        row("gpt-4o-2024-05-13", "", "gpt-4o-2024-05-13");
        row("gpt-4o-2024-05-13", "azure", "gpt-4o-2024-05-13"); // the whole name before the space without it
        row("models/gemini-9", "", "gemini-9");
        row("models/gemini-9-latest", "", "gemini-9");
        row("openai/gpt-4o", "openrouter", "gpt-4o");
        row("openai/gpt-4o:free", "openrouter", "gpt-4o");
        row("openai/gpt-4o:floor", "openrouter", "gpt-4o");
        row("openai/gpt-4o:nitro", "openrouter", ""); // may be dearer
        row("openai/gpt-4o:online", "openrouter", "");
        row("google/gemini-9", "openrouter", "gemini-9");
        row("x-ai/grok-9", "openrouter", "grok-9");
        row("anthropic/claude-9.5-sonnet", "openrouter", "claude-9-5-sonnet");
        row("meta-llama/llama-9", "openrouter", ""); // every host has a price of its own
        row("deepseek/deepseek-9", "openrouter", "");
        row("deepseek/deepseek-9", "deepseek", "deepseek-9");
        row("ft:gpt-4o:acme::abc", "", "ft:gpt-4o");
        row("ft:gpt-4o-2024-08-06:acme:name:abc", "", "ft:gpt-4o");
        row("ft:gpt-4o:own::abc", "", "ft:gpt-4o:own::abc");
        row("mistral-9", "", "mistral-9-latest");
        row("gemini-9-latest", "", "gemini-9");
        row("gpt-4o-mini", "", "");
        row("gpt-4", "", "");
        row("GPT-4o", "", ""); // names are exact
        row("", "", "");
        row("/", "openai", "");
        row("openai/", "openai", "");
        row("models/", "", "");
        row("ft:", "", "");
        row("-latest", "", "");
        row("-2024-08-06", "", "");
    }
    void aNameIsFoundByTheFirstRuleThatFits()
    {
        QFETCH(QString, asked);
        QFETCH(QString, space);
        QFETCH(QString, found);
        PriceBook book;
        qint64 number = 0;
        for (const char *name :
             {"gpt-4o", "azure/gpt-4o", "gpt-4o-2024-05-13", "gemini-9", "grok-9", "claude-9-5-sonnet",
              "deepseek-9", "ft:gpt-4o", "ft:gpt-4o:own::abc", "mistral-9-latest"})
            book.add(priced(name, ++number));
        const ModelPrice *price = book.find(asked, space);
        QCOMPARE(price ? price->model : QString(), found);
        const PriceExplanation explanation = book.explain(asked, space);
        QCOMPARE(explanation.price, price);
        QVERIFY(!explanation.looks.isEmpty());
        QCOMPARE(explanation.looks.last().found, price != nullptr);
        QCOMPARE(explanation.looks.first().rule, QStringLiteral("as it was asked for"));
        for (const PriceExplanation::Look &look : explanation.looks)
            QVERIFY(!look.rule.isEmpty());
        if (price)
            QCOMPARE(explanation.looks.last().name, found);
    }
    void whyANameWasFoundIsTold()
    {
        PriceBook book;
        book.add(priced("gpt-4o", 1));
        const PriceExplanation explanation = book.explain(u"openai/gpt-4o-2024-08-06:free", u"openrouter");
        QStringList rules;
        for (const PriceExplanation::Look &look : explanation.looks)
            rules.append(look.name + QLatin1String(": ") + look.rule);
        QCOMPARE(rules,
                 QStringList({QStringLiteral("openai/gpt-4o-2024-08-06:free: as it was asked for"),
                              QStringLiteral("openai/gpt-4o-2024-08-06: without the route behind the colon"),
                              QStringLiteral("gpt-4o-2024-08-06: without the maker before the slash"),
                              QStringLiteral("gpt-4o: without the date")}));
        QVERIFY(explanation.price && explanation.steps);
    }
    void onesOwnWinsOverThePublicOnesByEachNameInTurn()
    {
        auto shipped = std::make_shared<PriceBook>();
        shipped->add(priced("azure/gpt-4o", 1));
        shipped->add(priced("gpt-4o-2024-05-13", 2));
        shipped->add(priced("only-public", 3));
        PriceBook own;
        own.add(priced("gpt-4o", 10));
        own.setPublic(shipped);
        QCOMPARE(inputOf(own.find(u"gpt-4o", u"azure")), 10); // mine, though it names no provider
        QCOMPARE(inputOf(own.find(u"gpt-4o-2024-05-13")), 2); // listed itself, so not the name without a date
        QCOMPARE(inputOf(own.find(u"gpt-4o-2024-08-06")), 10);
        QCOMPARE(inputOf(own.find(u"only-public")), 3);
        QCOMPARE(own.size(), 4);
        QVERIFY(own.hasSpace(u"azure") && !own.hasSpace(u"gpt") && !own.hasSpace(u""));
    }
    void thePriceInForceAtTheTimeCounts()
    {
        std::vector<PriceStep> steps(3);
        steps[0].price = priced("m", 3);
        steps[0].price.from = utc("2027-01-01T00:00:00Z");
        steps[1].price = priced("m", 1);
        steps[2].price = priced("m", 2);
        steps[2].price.from = utc("2026-08-17T00:00:00Z");
        PriceBook book;
        book.add(steps); // in any order
        const auto at = [&](const char *time) { return inputOf(book.find(u"m", {}, utc(time))); };
        QCOMPARE(at("1999-01-01T00:00:00Z"), 1);
        QCOMPARE(at("2026-08-16T23:59:59Z"), 1);
        QCOMPARE(at("2026-08-17T00:00:00Z"), 2);
        QCOMPARE(at("2026-12-31T23:59:59Z"), 2);
        QCOMPARE(at("2027-01-01T00:00:00Z"), 3);
        QCOMPARE(at("2099-01-01T00:00:00Z"), 3);
        QCOMPARE(book.steps(QStringLiteral("m"))->size(), size_t(3));
    }
    void beforeTheFirstKnownDayItsPriceIsTheBestGuess()
    {
        PriceBook book;
        ModelPrice price = priced("m", 5);
        price.from = utc("2026-08-17T00:00:00Z");
        book.add(price);
        QCOMPARE(inputOf(book.find(u"m", {}, utc("2026-01-01T00:00:00Z"))), 5);
    }
    void hoursOfTheDayHaveTheirPrice_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<bool>("peak");
        const auto row = [](const char *at, bool peak) {
            QTest::newRow(at) << QString::fromLatin1(at) << peak;
        };
        row("2026-11-23T00:59:59Z", false); // Monday
        row("2026-11-23T01:00:00Z", true);
        row("2026-11-23T03:59:59Z", true);
        row("2026-11-23T04:00:00Z", false);
        row("2026-11-27T02:00:00Z", true); // Friday
        row("2026-11-28T02:00:00Z", false); // Saturday
        row("1969-12-29T02:00:00Z", true); // a Monday before the epoch
        row("1969-12-28T02:00:00Z", false);
    }
    void hoursOfTheDayHaveTheirPrice()
    {
        QFETCH(QString, at);
        QFETCH(bool, peak);
        std::vector<PriceStep> steps(1);
        steps[0].price = priced("m", 1);
        steps[0].windows = {{{60, 240, 0b0011111}, priced("m", 2)}};
        PriceBook book;
        book.add(steps);
        QCOMPARE(inputOf(book.find(u"m", {}, utc(at.toLatin1().constData()))), peak ? 2 : 1);
    }
    void hoursAreTold()
    {
        QCOMPARE((DailyHours{60, 240, 0b0011111}).toString(), QStringLiteral("01:00-04:00 UTC, mon-fri"));
        QCOMPARE((DailyHours{0, 1440, 0b1111111}).toString(), QStringLiteral("00:00-24:00 UTC"));
        QCOMPARE((DailyHours{5, 6, 0b1000001}).toString(), QStringLiteral("00:05-00:06 UTC, mon, sun"));
    }

    // Numbers that others got wrong.

    void cachedTokensAreBilledOnceAtTheirOwnRate()
    {
        // litellm #14849: 0.7642 USD was booked for what cost 0.1849, the cached tokens once at their own
        // rate and once more as input.
        Rates rates;
        rates[UncachedInput] = 2'000'000;
        rates[CachedInput] = 200'000;
        rates[CacheWrite5m] = 2'500'000;
        rates[Output] = 10'000'000;
        Usage usage;
        usage[UncachedInput] = 3'485;
        usage[CachedInput] = 289'650;
        usage[CacheWrite5m] = 8'000;
        usage[Output] = 10'000;
        QCOMPARE(cost(usage, rates)->toDecimal(), QStringLiteral("0.1849"));
        Usage twice = usage;
        twice[UncachedInput] += usage[CachedInput];
        QCOMPARE(cost(twice, rates)->toDecimal(), QStringLiteral("0.7642"));
    }
    void aModelWithoutAPriceIsNotFree()
    {
        // litellm #35914: 1.16 USD were logged, about 185 were real.
        QVERIFY(!PriceBook().find(u"new-model"));
        Usage usage;
        usage[Output] = 1;
        QCOMPARE(cost(usage, Rates()).error().code, ErrorCode::NotPriced);
    }
    void tiersCacheLifetimesAndToolsArePartOfThePrice()
    {
        // litellm #13810, #30135, #35925; opik #6982.
        ModelPrice price = priced("m", 5'000'000);
        price.standard[Output] = 25'000'000;
        price.standard[CacheWrite5m] = 6'250'000;
        price.standard[CacheWrite1h] = 10'000'000;
        price.standard[WebSearchCall] = 10'000'000'000;
        price.tiers[ServiceTier::Flex][Output] = 12'500'000;
        Usage usage;
        usage[CacheWrite1h] = 1'000;
        usage[Reasoning] = 1'000;
        usage[WebSearchCall] = 2;
        // 0.01 + 0.025 + 0.02, and at flex half of the output
        QCOMPARE(cost(usage, price.ratesFor(1'000, ServiceTier::Standard))->toDecimal(),
                 QStringLiteral("0.055"));
        QCOMPARE(cost(usage, price.ratesFor(1'000, ServiceTier::Flex))->toDecimal(),
                 QStringLiteral("0.0425"));
    }
};

QTEST_GUILESS_MAIN(TestPriceBook)
#include "tst_core_pricebook.moc"
