#include "core/price.h"

#include "bigdecimal.h"

#include <algorithm>
#include <QTest>
#include <random>

using namespace lbp;
using enum BillingClass;

namespace {

Rates ratesOf(std::initializer_list<std::pair<BillingClass, qint64>> stated)
{
    Rates rates;
    for (const auto &[c, rate] : stated)
        rates[c] = rate;
    return rates;
}

Usage usageOf(std::initializer_list<std::pair<BillingClass, qint64>> counts)
{
    Usage usage;
    for (const auto &[c, count] : counts)
        usage[c] = count;
    return usage;
}

} // namespace

class TestPrice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theReferenceKnowsItsArithmetic()
    {
        const auto n = [](const char *text) { return BigDecimal::fromText(QString::fromLatin1(text)); };
        QCOMPARE((n("0.1") + n("0.2")).toText(), QStringLiteral("0.3"));
        QCOMPARE((n("999999999999999999") * n("999999999999999999")).toText(),
                 QStringLiteral("999999999999999998000000000000000001"));
        QCOMPARE((n("0.0000123") * n("1000")).shiftedRight(3).toText(), QStringLiteral("0.0000123"));
        QCOMPARE((n("0") * n("5")).toText(), QStringLiteral("0"));
    }

    void aPriceBecomesAnExactRate_data()
    {
        QTest::addColumn<QString>("usd");
        QTest::addColumn<qint64>("units");
        QTest::addColumn<qint64>("rate");
        QTest::newRow("per million") << QStringLiteral("2.50") << qint64{1'000'000} << qint64{2'500'000};
        QTest::newRow("per thousand") << QStringLiteral("0.0025") << qint64{1'000} << qint64{2'500'000};
        QTest::newRow("very small per thousand")
            << QStringLiteral("0.0000123") << qint64{1'000} << qint64{12'300};
        QTest::newRow("free") << QStringLiteral("0.00") << qint64{1'000} << qint64{0};
        QTest::newRow("per call") << QStringLiteral("0.01") << qint64{1} << qint64{10'000'000'000};
        QTest::newRow("one picodollar") << QStringLiteral("0.000001") << qint64{1'000'000} << qint64{1};
        QTest::newRow("above the range of Money, for many")
            << QStringLiteral("1000000000") << qint64{1'000'000} << qint64{1'000'000'000'000'000};
    }
    void aPriceBecomesAnExactRate()
    {
        QFETCH(QString, usd);
        QFETCH(qint64, units);
        QFETCH(qint64, rate);
        const Result<qint64> read = ratePerUnit(usd, units);
        QVERIFY(read.has_value());
        QCOMPARE(*read, rate);
    }

    void aPriceThatCannotBeExactIsRefused_data()
    {
        QTest::addColumn<QString>("usd");
        QTest::addColumn<qint64>("units");
        QTest::addColumn<int>("code");
        const auto invalid = int(ErrorCode::InvalidValue);
        const auto overflow = int(ErrorCode::AmountOverflow);
        QTest::newRow("finer than a picodollar a token")
            << QStringLiteral("0.0000001") << qint64{1'000'000} << invalid;
        QTest::newRow("one third") << QStringLiteral("1") << qint64{3} << invalid;
        QTest::newRow("negative") << QStringLiteral("-1") << qint64{1'000} << invalid;
        QTest::newRow("exponent") << QStringLiteral("1e-6") << qint64{1'000} << invalid;
        QTest::newRow("empty") << QString() << qint64{1'000} << invalid;
        QTest::newRow("no units") << QStringLiteral("1") << qint64{0} << invalid;
        QTest::newRow("too dear") << QStringLiteral("9223373") << qint64{1} << overflow;
        QTest::newRow("beyond 128 bits") << QString(60, u'9') << qint64{1'000} << overflow;
    }
    void aPriceThatCannotBeExactIsRefused()
    {
        QFETCH(QString, usd);
        QFETCH(qint64, units);
        QFETCH(int, code);
        const Result<qint64> read = ratePerUnit(usd, units);
        QVERIFY(!read.has_value());
        QCOMPARE(int(read.error().code), code);
    }

    void aMillionRandomUsagesCostWhatTheReferenceSays()
    {
        // Prices per 1,000 of every class, as texts of different length. Classes with a fallback are stated
        // too, so that the reference needs no rules.
        const std::array<const char *, billingClassCount> per1k{
            "0.0000123", "0.00000123", "0.003", "0.006", "0.0150001", "0.02",  "0.1", "0.2",
            "0.0000005", "0.03",       "0.5",   "0.25",  "0.3",       "0.015", "0.1", "0.4"};
        Rates rates;
        std::vector<BigDecimal> prices;
        for (size_t i = 0; i < per1k.size(); ++i) {
            const QString text = QString::fromLatin1(per1k[i]);
            rates.perUnit[i] = ratePerUnit(text, 1'000).value();
            // Zeros at the end keep the reference from aligning points a million times.
            const QString aligned = text.contains(u'.') ? text : text + u'.';
            prices.push_back(BigDecimal::fromText(aligned.leftJustified(aligned.indexOf(u'.') + 9, u'0')));
        }
        std::mt19937_64 random(20'240'806);
        std::vector<Money> costs;
        costs.reserve(1'000'000);
        Usage all;
        for (int n = 0; n < 1'000'000; ++n) {
            Usage usage;
            for (int used = 0; used < 3; ++used)
                usage.counts[random() % billingClassCount] =
                    qint64(random() % (n % 10 == 0 ? 100'000 : 5'000));
            const Result<Money> money = cost(usage, rates);
            if (!money)
                QFAIL(qPrintable(money.error().detail));
            BigDecimal expected;
            for (size_t i = 0; i < prices.size(); ++i) {
                if (usage.counts[i] != 0)
                    expected = expected
                        + (prices[i] * BigDecimal::fromInteger(uint64_t(usage.counts[i]))).shiftedRight(3);
            }
            QCOMPARE(money->toDecimal(0), expected.toText());
            for (size_t i = 0; i < prices.size(); ++i)
                all.counts[i] += usage.counts[i];
            costs.push_back(*money);
        }
        BigDecimal expected;
        for (size_t i = 0; i < prices.size(); ++i)
            expected =
                expected + (prices[i] * BigDecimal::fromInteger(uint64_t(all.counts[i]))).shiftedRight(3);

        const auto sumOf = [&costs] {
            Money sum;
            for (Money money : costs)
                sum = sum.plus(money).value();
            return sum;
        };
        const Money forward = sumOf();
        QCOMPARE(forward.toDecimal(0), expected.toText());
        QCOMPARE(cost(all, rates).value(), forward);
        std::reverse(costs.begin(), costs.end());
        QCOMPARE(sumOf(), forward);
        std::shuffle(costs.begin(), costs.end(), random);
        QCOMPARE(sumOf(), forward);
    }

    void costOfASumIsTheSumOfCosts()
    {
        const Rates rates = ratesOf({{UncachedInput, 12'300}, {Output, 7}});
        std::mt19937_64 random(7);
        for (int n = 0; n < 1'000; ++n) {
            const Usage a = usageOf(
                {{UncachedInput, qint64(random() % 100'000)}, {Reasoning, qint64(random() % 100'000)}});
            const Usage b =
                usageOf({{CachedInput, qint64(random() % 100'000)}, {Output, qint64(random() % 100'000)}});
            Usage both;
            for (size_t i = 0; i < both.counts.size(); ++i)
                both.counts[i] = a.counts[i] + b.counts[i];
            QCOMPARE(cost(a, rates)->plus(*cost(b, rates)).value(), cost(both, rates).value());
        }
    }

    void impossibleUsageIsRefused()
    {
        const Rates rates = ratesOf({{UncachedInput, 1}, {Output, 1}});
        QCOMPARE(cost(usageOf({{UncachedInput, 5}, {Output, -1}}), rates).error().code,
                 ErrorCode::InvalidUsage);
        QCOMPARE(cost(usageOf({{AudioInput, 1}}), rates).error().code, ErrorCode::NotPriced);
        QCOMPARE(cost(usageOf({{AudioInput, -1}}), rates).error().code, ErrorCode::InvalidUsage);
        QCOMPARE(cost(Usage{}, Rates{}).value(), Money());
    }

    void costOverflowIsAnErrorAndNeverWraps()
    {
        const qint64 largest = std::numeric_limits<qint64>::max();
        QCOMPARE(cost(usageOf({{UncachedInput, largest}}), ratesOf({{UncachedInput, 1}})).value(),
                 Money::max());
        QCOMPARE(cost(usageOf({{UncachedInput, largest}}), ratesOf({{UncachedInput, 2}})).error().code,
                 ErrorCode::AmountOverflow);
        QCOMPARE(
            cost(usageOf({{UncachedInput, largest}, {Output, 1}}), ratesOf({{UncachedInput, 1}, {Output, 1}}))
                .error()
                .code,
            ErrorCode::AmountOverflow);
        // 2^32 squared is 0 in 64 bits.
        QCOMPARE(
            cost(usageOf({{UncachedInput, qint64(1) << 32}}), ratesOf({{UncachedInput, qint64(1) << 32}}))
                .error()
                .code,
            ErrorCode::AmountOverflow);
    }

    void aClassWithoutARateFallsBackOnTheSafeSide()
    {
        const Rates plain = ratesOf({{UncachedInput, 10}, {Output, 40}});
        QCOMPARE(plain.charged(CachedInput), std::optional<qint64>(10));
        QCOMPARE(plain.charged(CacheWrite5m), std::optional<qint64>(10));
        QCOMPARE(plain.charged(CacheWrite1h), std::optional<qint64>(10));
        QCOMPARE(plain.charged(Reasoning), std::optional<qint64>(40));
        QCOMPARE(plain.charged(ImageOutput), std::optional<qint64>());
        QCOMPARE(plain.charged(WebSearchCall), std::optional<qint64>());
        QCOMPARE(plain.dearestInput(), std::optional<qint64>(10));
        QCOMPARE(Rates{}.dearestInput(), std::optional<qint64>());

        const Rates stated = ratesOf(
            {{UncachedInput, 10}, {CachedInput, 0}, {CacheWrite5m, 12}, {Output, 40}, {Reasoning, 5}});
        QCOMPARE(stated.charged(CachedInput), std::optional<qint64>(0));
        QCOMPARE(stated.charged(CacheWrite1h), std::optional<qint64>(12));
        QCOMPARE(stated.charged(Reasoning), std::optional<qint64>(5));
        QCOMPARE(stated.dearestInput(), std::optional<qint64>(12));
    }

    void longContextHoldsForTheWholeRequestAboveTheThreshold()
    {
        ModelPrice price;
        price.standard = ratesOf({{UncachedInput, 10}, {Output, 40}, {CachedInput, 1}});
        price.longContextThreshold = 200'000;
        price.longContext = ratesOf({{UncachedInput, 20}, {Output, 60}});
        QCOMPARE(price.ratesFor(200'000, ServiceTier::Standard), price.standard);
        const Rates above = price.ratesFor(200'001, ServiceTier::Standard);
        QCOMPARE(above, ratesOf({{UncachedInput, 20}, {Output, 60}, {CachedInput, 1}}));
    }

    void tiersReplaceStatedRatesAndPriorityIsNeverCheap()
    {
        ModelPrice price;
        price.standard = ratesOf({{UncachedInput, 10}, {Output, 40}});
        price.longContextThreshold = 100;
        price.longContext = ratesOf({{UncachedInput, 20}});
        price.tiers.insert(ServiceTier::Flex, ratesOf({{UncachedInput, 5}}));
        QCOMPARE(price.ratesFor(1, ServiceTier::Flex), ratesOf({{UncachedInput, 5}, {Output, 40}}));
        QCOMPARE(price.ratesFor(101, ServiceTier::Flex), ratesOf({{UncachedInput, 20}, {Output, 40}}));
        QCOMPARE(price.ratesFor(1, ServiceTier::Batch), price.standard);
        QCOMPARE(price.ratesFor(1, ServiceTier::Priority), ratesOf({{UncachedInput, 20}, {Output, 80}}));
        price.tiers.insert(ServiceTier::Priority, ratesOf({{Output, 50}}));
        QCOMPARE(price.ratesFor(1, ServiceTier::Priority), ratesOf({{UncachedInput, 10}, {Output, 50}}));
    }

    void tierNamesAreThoseOfTheApis()
    {
        QCOMPARE(serviceTierFromName(u"flex"), ServiceTier::Flex);
        QCOMPARE(serviceTierFromName(u"priority"), ServiceTier::Priority);
        QCOMPARE(serviceTierFromName(u"fast"), ServiceTier::Priority);
        QCOMPARE(serviceTierFromName(u"batch"), ServiceTier::Batch);
        QCOMPARE(serviceTierFromName(u"default"), ServiceTier::Standard);
        QCOMPARE(serviceTierFromName(u""), ServiceTier::Standard);
    }

    void aModelIsFoundByNameElseWithoutItsDate_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *asked, const char *found) {
            QTest::newRow(asked) << QString::fromLatin1(asked) << QString::fromLatin1(found);
        };
        row("gpt-4o", "gpt-4o");
        row("gpt-4o-2024-08-06", "gpt-4o");
        row("gpt-4o-20240806", "gpt-4o");
        row("gpt-4-0613", "gpt-4");
        row("gpt-4o-2024-05-13", "gpt-4o-2024-05-13");
        row("gpt-4o-mini", "");
        row("gpt-4o-2024-13-06", "");
        row("gpt-4-9999", "");
        row("gpt-4-12345", "");
        row("-0613", "");
        row("0613", "");
        row("", "");
    }
    void aModelIsFoundByNameElseWithoutItsDate()
    {
        QFETCH(QString, asked);
        QFETCH(QString, found);
        PriceBook book;
        for (const char *name : {"gpt-4o", "gpt-4o-2024-05-13", "gpt-4"}) {
            ModelPrice price;
            price.model = QString::fromLatin1(name);
            book.add(price);
        }
        const ModelPrice *price = book.find(asked);
        QCOMPARE(price ? price->model : QString(), found);
    }

    void aLaterPriceReplacesAnEarlierOne()
    {
        PriceBook book;
        ModelPrice price;
        price.model = QStringLiteral("b");
        book.add(price);
        price.source = QStringLiteral("new");
        book.add(price);
        price.model = QStringLiteral("a");
        book.add(price);
        QCOMPARE(book.size(), qsizetype{2});
        QCOMPARE(book.find(u"b")->source, QStringLiteral("new"));
        QCOMPARE(book.models(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    }
};

QTEST_GUILESS_MAIN(TestPrice)
#include "tst_core_price.moc"
