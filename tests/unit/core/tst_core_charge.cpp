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
        QCOMPARE(billingUnit(lines[3].billingClass), BillingUnit::Call);
        QCOMPARE(lines[3].rateText, QStringLiteral("10.00")); // per thousand calls
        QCOMPARE(lines[3].amount->toDecimal(), QStringLiteral("0.02"));
    }
    void whatIsNoTokenIsShownPerWhatPriceListsNameItFor()
    {
        Usage usage;
        usage[CodeSessionCall] = 2;
        usage[SpeechCharacter] = 1'200;
        usage[AudioSecond] = 90;
        usage[GeneratedImage] = 3;
        Rates rates;
        rates[CodeSessionCall] = 30'000'000'000; // 0.03 a session
        rates[SpeechCharacter] = 15'000'000; // 15 a million characters
        rates[AudioSecond] = 100'000'000; // 0.36 an hour, 0.006 a minute
        rates[GeneratedImage] = 40'000'000'000; // 0.04 an image
        const auto lines = *chargeLines(usage, rates);
        const std::array<std::array<const char *, 3>, 4> expected{{{"codeSessions", "30.00", "0.06"},
                                                                   {"speechCharacters", "15.00", "0.018"},
                                                                   {"audioSeconds", "0.36", "0.009"},
                                                                   {"generatedImages", "0.04", "0.12"}}};
        QCOMPARE(lines.size(), 4);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(billingClassName(lines[i].billingClass), QString::fromLatin1(expected[size_t(i)][0]));
            QCOMPARE(lines[i].rateText, QString::fromLatin1(expected[size_t(i)][1]));
            QCOMPARE(lines[i].amount->toDecimal(), QString::fromLatin1(expected[size_t(i)][2]));
        }
        // Neither limits on tokens nor their prices have to do with them.
        QCOMPARE(usage.inputTokens(), qint64(0));
        QCOMPARE(usage.outputTokens(), qint64(0));
        QVERIFY(!usage.isZero());
        Rates ofTokens;
        ofTokens[UncachedInput] = ofTokens[Output] = 1;
        QCOMPARE(cost(usage, ofTokens).error().code, ErrorCode::NotPriced);
    }
    void aPriceByTimeIsNeverTooLow_data()
    {
        QTest::addColumn<QString>("price");
        QTest::addColumn<qint64>("units");
        QTest::addColumn<qint64>("rate");
        const auto row = [](const char *price, qint64 units, qint64 rate) {
            QTest::addRow("%s for %lld", price, units) << QString::fromLatin1(price) << units << rate;
        };
        row("0.36", 3'600, 100'000'000);
        row("0.006", 60, 100'000'000);
        row("0.111", 3'600, 30'833'334); // a third of a picodollar more
        row("0.04", 3'600, 11'111'112);
        row("0.0043", 60, 71'666'667);
        row("0.000000000001", 3'600, 1);
        row("0", 3'600, 0);
        row("0.02", 1, 20'000'000'000);
    }
    void aPriceByTimeIsNeverTooLow()
    {
        QFETCH(QString, price);
        QFETCH(qint64, units);
        QFETCH(qint64, rate);
        QCOMPARE(rateOfPrice(price, units).value(), rate);
        // A booked hour costs at least what the list says.
        QVERIFY(Money::fromPicodollars(rate).times(units)->picodollars()
                >= Money::fromDecimal(price)->picodollars());
    }
    void aPriceIsShownAsItWasWritten()
    {
        for (const char *price : {"0.111", "0.04", "0.0043", "0.36", "12.25", "0.12345678"}) {
            const qint64 rate = rateOfPrice(QString::fromLatin1(price), 3'600).value();
            QCOMPARE(priceOfRate(rate, 3'600).value(),
                     Money::fromDecimal(QString::fromLatin1(price))->toDecimal());
        }
        QRandomGenerator random(11);
        for (int i = 0; i < 20'000; ++i) {
            const qint64 rate = qint64(random.generate64() >> random.bounded(20, 63));
            for (const qint64 units : {1, 60, 1'000, 3'600, 1'000'000}) {
                const std::optional<QString> shown = priceOfRate(rate, units);
                QCOMPARE(shown.has_value(), Money::fromPicodollars(rate).times(units).has_value());
                if (shown)
                    QCOMPARE(rateOfPrice(*shown, units).value(), rate);
            }
        }
    }
    void whatIsNoPriceIsRefusedForEveryUnit()
    {
        for (const qint64 units : {1, 60, 1'000, 3'600, 1'000'000})
            for (const char *text : {"-1", "1e3", "", "1,5", "0.0000000000001"})
                QCOMPARE(rateOfPrice(QString::fromLatin1(text), units).error().code, ErrorCode::InvalidValue);
        QCOMPARE(rateOfPrice(QStringLiteral("1"), 0).error().code, ErrorCode::InvalidValue);
        QCOMPARE(rateOfPrice(QStringLiteral("33204139333"), 3'600).error().code, ErrorCode::AmountOverflow);
        QCOMPARE(rateOfPrice(QStringLiteral("9223372.1"), 1).error().code, ErrorCode::AmountOverflow);
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
