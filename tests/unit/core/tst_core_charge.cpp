#include "core/charge.h"

#include <QRandomGenerator>
#include <QTest>

using namespace lbp;
using enum BillingClass;

class TestCharge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLinesAddUpToTheCost()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 2'000; ++round) {
            Usage usage;
            Rates rates;
            for (int i = 0; i < billingClassCount; ++i) {
                if (random.bounded(3) != 0)
                    usage.counts[size_t(i)] = random.bounded(200'000);
                if (random.bounded(4) != 0)
                    rates.perUnit[size_t(i)] = random.bounded(100'000'000);
            }
            const auto lines = chargeLines(usage, rates);
            QVERIFY(lines);
            Money sum;
            bool isWhole = true;
            for (const ChargeLine &line : *lines) {
                QVERIFY(line.count > 0);
                QCOMPARE(line.amount.has_value(), line.rate.has_value());
                QCOMPARE(line.isFallback, line.rate && !rates[line.billingClass]);
                isWhole = isWhole && line.amount;
                sum = sum.plusSaturated(line.amount.value_or(Money()));
            }
            const Result<Money> whole = cost(usage, rates);
            QCOMPARE(whole.has_value(), isWhole);
            if (whole)
                QCOMPARE(sum.picodollars(), whole->picodollars());
        }
    }
    void aRateIsShownAsPriceListsShowIt()
    {
        Usage usage;
        usage[UncachedInput] = 1'000;
        usage[CachedInput] = 3;
        usage[WebSearchCall] = 2;
        usage[AudioInput] = 1;
        Rates rates;
        rates[UncachedInput] = 2'500'000;
        rates[WebSearchCall] = 10'000'000'000;
        const auto lines = *chargeLines(usage, rates);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0].rateText, QStringLiteral("2.50"));
        QCOMPARE(lines[0].amount->toDecimal(), QStringLiteral("0.0025"));
        QCOMPARE(lines[1].rateText, QStringLiteral("2.50"));
        QVERIFY(lines[1].isFallback);
        QVERIFY(!lines[2].rate && !lines[2].amount && lines[2].rateText.isEmpty());
        QCOMPARE(billingClassName(lines[2].billingClass), QStringLiteral("audioInput"));
        QVERIFY(isPerCall(lines[3].billingClass));
        QCOMPARE(lines[3].rateText, QStringLiteral("10.00")); // per thousand calls
        QCOMPARE(lines[3].amount->toDecimal(), QStringLiteral("0.02"));
    }
    void impossibleUsageIsRefused()
    {
        Usage usage;
        usage[Output] = -1;
        QCOMPARE(chargeLines(usage, Rates()).error().code, ErrorCode::InvalidUsage);
        usage[Output] = std::numeric_limits<qint64>::max();
        Rates rates;
        rates[Output] = 2;
        QCOMPARE(chargeLines(usage, rates).error().code, ErrorCode::AmountOverflow);
    }
    void anotherModelIsPricedExactlyAndSaysWhatItCannotPrice()
    {
        Usage usage;
        usage[UncachedInput] = 12'345'678;
        usage[Output] = 1'000'001;
        usage[ImageOutput] = 7;
        ModelPrice price;
        price.standard[UncachedInput] = 150'000;
        price.standard[Output] = 600'001;
        price.longContextThreshold = 200'000;
        price.longContext[UncachedInput] = 300'000;
        const auto result = whatIf(usage, price);
        QVERIFY(result);
        QCOMPARE(result->cost.picodollars(), 12'345'678LL * 150'000 + 1'000'001LL * 600'001);
        QCOMPARE(result->unpriced, QList<BillingClass>{ImageOutput});
        QVERIFY(result->ignoresLongContext);
        QCOMPARE(result->lines.size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestCharge)
#include "tst_core_charge.moc"
