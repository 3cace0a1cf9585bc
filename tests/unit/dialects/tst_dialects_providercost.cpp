#include "dialects/providercost.h"

#include <QtTest>

using namespace lbp;

/// Amounts that providers state, as JSON numbers: exact, whatever their form.
class TestProviderCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amounts_data();
    void amounts();
    void aKeyOfOnesOwnAddsWhatTheMakerCharges();
};

void TestProviderCost::amounts_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("picodollars"); // negative: none
    QTest::newRow("whole") << QByteArray("3") << qint64(3'000'000'000'000);
    QTest::newRow("plain") << QByteArray("0.00014") << qint64(140'000'000);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("zero with an exponent") << QByteArray("0e-99") << qint64(0);
    QTest::newRow("small exponent") << QByteArray("1.4e-05") << qint64(14'000'000);
    QTest::newRow("large E") << QByteArray("1.25E+2") << qint64(125'000'000'000'000);
    QTest::newRow("as text") << QByteArray("\"0.002\"") << qint64(2'000'000'000);
    QTest::newRow("a picodollar") << QByteArray("1e-12") << qint64(1);
    QTest::newRow("finer, rounded up") << QByteArray("1.0000000000001") << qint64(1'000'000'000'001);
    QTest::newRow("far finer, rounded up") << QByteArray("1e-300") << qint64(1);
    QTest::newRow("more digits than can matter")
        << QByteArray("0.123456789012345678901234567890123456789012345") << qint64(123'456'789'013);
    QTest::newRow("trailing zeros are exact")
        << QByteArray("0.500000000000000000000000000000000000000000000") << qint64(500'000'000'000);
    QTest::newRow("the most") << QByteArray("9223372.036854775807") << std::numeric_limits<qint64>::max();
    QTest::newRow("beyond") << QByteArray("9223372.036854775808") << qint64(-1);
    QTest::newRow("far beyond") << QByteArray("1e300") << qint64(-1);
    QTest::newRow("many digits") << QByteArray(400, '9') << qint64(-1);
    QTest::newRow("negative") << QByteArray("-0.5") << qint64(-1);
    for (const char *odd :
         {"", "e", "e5", ".", "1.2.3", "1e", "0x10", "NaN", "null", "\"", "\"\"", "1e5e5", "1 2"})
        QTest::addRow("no number: %s", odd) << QByteArray(odd) << qint64(-1);
}

void TestProviderCost::amounts()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, picodollars);
    const std::optional<Money> amount = moneyOfNumber(json);
    QCOMPARE(amount.has_value(), picodollars >= 0);
    if (amount)
        QCOMPARE(amount->picodollars(), picodollars);
}

void TestProviderCost::aKeyOfOnesOwnAddsWhatTheMakerCharges()
{
    ProviderCost told;
    QVERIFY(!told.total());
    told.upstream = Money::fromPicodollars(5);
    QVERIFY(!told.total());
    told.cost = Money::fromPicodollars(3);
    QCOMPARE(told.total()->picodollars(), 3);
    told.ownKey = true;
    QCOMPARE(told.total()->picodollars(), 8);
}

QTEST_GUILESS_MAIN(TestProviderCost)
#include "tst_dialects_providercost.moc"
