#include "core/money.h"

#include <QTest>

using namespace lbp;

namespace {
constexpr qint64 largest = std::numeric_limits<qint64>::max();
constexpr qint64 smallest = std::numeric_limits<qint64>::min();
} // namespace

class TestMoney : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDecimalIsReadExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("picodollars");
        QTest::newRow("zero") << QStringLiteral("0") << qint64{0};
        QTest::newRow("minus zero") << QStringLiteral("-0.0") << qint64{0};
        QTest::newRow("whole") << QStringLiteral("12") << qint64{12'000'000'000'000};
        QTest::newRow("fraction") << QStringLiteral("12.5") << qint64{12'500'000'000'000};
        QTest::newRow("no digit before the point") << QStringLiteral(".5") << qint64{500'000'000'000};
        QTest::newRow("negative") << QStringLiteral("-3") << qint64{-3'000'000'000'000};
        QTest::newRow("one tenth has no error") << QStringLiteral("0.1") << qint64{100'000'000'000};
        QTest::newRow("leading zeros") << QStringLiteral("007.10") << qint64{7'100'000'000'000};
        QTest::newRow("smallest unit") << QStringLiteral("0.000000000001") << qint64{1};
        QTest::newRow("zeros beyond the smallest unit") << QStringLiteral("0.0000000000010000") << qint64{1};
        QTest::newRow("largest") << QStringLiteral("9223372.036854775807") << largest;
        QTest::newRow("smallest") << QStringLiteral("-9223372.036854775808") << smallest;
    }
    void aDecimalIsReadExactly()
    {
        QFETCH(QString, text);
        QFETCH(qint64, picodollars);
        const Result<Money> money = Money::fromDecimal(text);
        QVERIFY(money.has_value());
        QCOMPARE(money->picodollars(), picodollars);
    }

    void whatIsNoPlainDecimalIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto invalid = int(ErrorCode::InvalidValue);
        const auto overflow = int(ErrorCode::AmountOverflow);
        for (const char *text : {"", "-", ".", "-.", "5.", "+5", "1e3", "1,000", "$5", "5 ", " 5", "1.2.3",
                                 "--1", "0x10", "NaN", "1_000", "five", "1.-5"})
            QTest::newRow(text) << QString::fromLatin1(text) << invalid;
        QTest::newRow("digits of another script") << QStringLiteral("\u0661\u0662") << invalid;
        QTest::newRow("thirteen decimals") << QStringLiteral("0.0000000000001") << invalid;
        QTest::newRow("above the range") << QStringLiteral("9223372.036854775808") << overflow;
        QTest::newRow("below the range") << QStringLiteral("-9223372.036854775809") << overflow;
        QTest::newRow("beyond 64 bits by far") << QString(100, u'9') << overflow;
        QTest::newRow("wraps to something small in 64 bits")
            << QStringLiteral("18446744.073709551617") << overflow;
    }
    void whatIsNoPlainDecimalIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        const Result<Money> money = Money::fromDecimal(text);
        QVERIFY(!money.has_value());
        QCOMPARE(int(money.error().code), code);
        QVERIFY(!money.error().detail.isEmpty());
    }

    void anErrorQuotesNoControlCharactersAndIsShort()
    {
        const Result<Money> money = Money::fromDecimal(QStringLiteral("a\r\nb") + QString(10'000, u'x'));
        QVERIFY(!money.has_value());
        QVERIFY(!money.error().detail.contains(u'\n') && !money.error().detail.contains(u'\r'));
        QVERIFY(money.error().detail.size() < 200);
    }

    void anAmountIsWrittenExactly_data()
    {
        QTest::addColumn<qint64>("picodollars");
        QTest::addColumn<int>("minDecimals");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64{0} << 2 << QStringLiteral("0.00");
        QTest::newRow("zero without decimals") << qint64{0} << 0 << QStringLiteral("0");
        QTest::newRow("cents") << qint64{1'250'000'000'000} << 2 << QStringLiteral("1.25");
        QTest::newRow("filled up") << qint64{1'000'000'000'000} << 2 << QStringLiteral("1.00");
        QTest::newRow("small, never an exponent") << qint64{12'300'000} << 2 << QStringLiteral("0.0000123");
        QTest::newRow("smallest unit") << qint64{1} << 0 << QStringLiteral("0.000000000001");
        QTest::newRow("negative") << qint64{-500'000'000'000} << 2 << QStringLiteral("-0.50");
        QTest::newRow("whole, no decimals asked")
            << qint64{100'000'000'000'000} << 0 << QStringLiteral("100");
        QTest::newRow("largest") << largest << 2 << QStringLiteral("9223372.036854775807");
        QTest::newRow("smallest") << smallest << 2 << QStringLiteral("-9223372.036854775808");
        QTest::newRow("more decimals than there are") << qint64{1} << 99 << QStringLiteral("0.000000000001");
    }
    void anAmountIsWrittenExactly()
    {
        QFETCH(qint64, picodollars);
        QFETCH(int, minDecimals);
        QFETCH(QString, text);
        const Money money = Money::fromPicodollars(picodollars);
        QCOMPARE(money.toDecimal(minDecimals), text);
        QCOMPARE(money.toDecimalBytes(minDecimals), text.toLatin1());
        QCOMPARE(Money::fromDecimal(text).value(), money);
    }

    void displayRoundsHalfToEven_data()
    {
        QTest::addColumn<QString>("exact");
        QTest::addColumn<int>("decimals");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *exact, int decimals, const char *shown) {
            QTest::addRow("%s at %d", exact, decimals)
                << QString::fromLatin1(exact) << decimals << QString::fromLatin1(shown);
        };
        row("0.125", 2, "0.12");
        row("0.135", 2, "0.14");
        row("0.125000000001", 2, "0.13");
        row("0.124999999999", 2, "0.12");
        row("-0.125", 2, "-0.12");
        row("-0.135", 2, "-0.14");
        row("0.995", 2, "1.00");
        row("0.5", 0, "0");
        row("1.5", 0, "2");
        row("-0.004", 2, "0.00");
        row("0.000000000001", 12, "0.000000000001");
        row("9223372.036854775807", 2, "9223372.04");
        row("-9223372.036854775808", 0, "-9223372");
    }
    void displayRoundsHalfToEven()
    {
        QFETCH(QString, exact);
        QFETCH(int, decimals);
        QFETCH(QString, shown);
        QCOMPARE(Money::fromDecimal(exact).value().toRounded(decimals), shown);
    }

    void sumsAndProductsNeverWrap()
    {
        const Money one = Money::fromPicodollars(1);
        const Money least = Money::fromPicodollars(smallest);
        QVERIFY(!Money::max().plus(one));
        QVERIFY(!least.minus(one));
        QVERIFY(!Money().minus(least));
        QVERIFY(!Money::max().times(2));
        QVERIFY(!least.times(-1));
        QCOMPARE(Money::max().plusSaturated(one), Money::max());
        QCOMPARE(least.plusSaturated(Money::fromPicodollars(-1)), least);
        QCOMPARE(one.plusSaturated(one).picodollars(), qint64{2});
        QCOMPARE(one.plus(one)->picodollars(), qint64{2});
        QCOMPARE(one.minus(one)->picodollars(), qint64{0});
        QCOMPARE(one.times(7)->picodollars(), qint64{7});
        QVERIFY(one > Money() && least < Money() && least.isNegative() && Money().isZero());
    }
};

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_core_money.moc"
