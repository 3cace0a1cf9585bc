// Values as text: what a person reads is what the ledger holds, in the notation of the country.
#include "gui/format.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace lbp;
using namespace lbp::gui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Money usd(const QString &text)
{
    return Money::fromDecimal(text).value();
}

/// A space of any width reads as a space.
QString plainSpaces(QString text)
{
    for (QChar &c : text)
        if (c.isSpace())
            c = u' ';
    return text;
}

Instant utc(int year, int month, int day, int hour, int minute, int second = 0)
{
    const QDateTime at(QDate(year, month, day), QTime(hour, minute, second), Qt::UTC);
    return fromMicros(at.toMSecsSinceEpoch() * 1000);
}

} // namespace

class TestFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void amountsShowAsManyDigitsAsTheyNeed_data()
    {
        QTest::addColumn<QString>("dollars");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        QTest::addColumn<QString>("french");
        const auto row = [](const char *name, const char16_t *dollars, const char16_t *english,
                            const char16_t *german, const char16_t *french) {
            QTest::newRow(name) << QString::fromUtf16(dollars) << QString::fromUtf16(english)
                                << QString::fromUtf16(german) << QString::fromUtf16(french);
        };
        row("nothing", u"0", u"$0.00", u"0,00 $", u"0,00 $");
        row("one picodollar", u"0.000000000001", u"$0.000000000001", u"0,000000000001 $",
            u"0,000000000001 $");
        row("two digits below a cent", u"0.0000123456", u"$0.000012", u"0,000012 $", u"0,000012 $");
        row("four decimals from a cent", u"0.04214", u"$0.0421", u"0,0421 $", u"0,0421 $");
        row("a half goes to the even digit, down", u"0.04205", u"$0.0420", u"0,0420 $", u"0,0420 $");
        row("a half goes to the even digit, up", u"0.04215", u"$0.0422", u"0,0422 $", u"0,0422 $");
        row("all but a dollar", u"0.9999", u"$0.9999", u"0,9999 $", u"0,9999 $");
        row("rounds up to a dollar", u"0.99995", u"$1.00", u"1,00 $", u"1,00 $");
        row("two decimals from a dollar", u"12.345", u"$12.34", u"12,34 $", u"12,34 $");
        row("thousands", u"1234.5", u"$1,234.50", u"1.234,50 $", u"1 234,50 $");
        row("millions, to the cent", u"9007199.255", u"$9,007,199.26", u"9.007.199,26 $", u"9 007 199,26 $");
        row("the most there is", u"9223372.036854775807", u"$9,223,372.04", u"9.223.372,04 $",
            u"9 223 372,04 $");
        row("less than nothing", u"-1234.5", u"-$1,234.50", u"-1.234,50 $", u"-1 234,50 $");
    }
    void amountsShowAsManyDigitsAsTheyNeed()
    {
        QFETCH(QString, dollars);
        const auto shown = [&](const char *locale) {
            return plainSpaces(
                Format(QLocale(QString::fromLatin1(locale)), QTimeZone::utc()).money(usd(dollars)));
        };
        QTEST(shown("en_US"), "english");
        QTEST(shown("de_DE"), "german");
        QTEST(shown("fr"), "french");
    }

    void aShortAmountNeverShowsSomethingAsNothing()
    {
        const Format format(QLocale(u"en_US"_s), QTimeZone::utc());
        QCOMPARE(format.moneyShort(Money()), u"$0.00"_s);
        QCOMPARE(format.moneyShort(Money::fromPicodollars(1)), u"<$0.01"_s);
        QCOMPARE(format.moneyShort(usd(u"0.005"_s)), u"<$0.01"_s); // half to even would be nothing
        QCOMPARE(format.moneyShort(usd(u"0.005000000001"_s)), u"$0.01"_s);
        QCOMPARE(format.moneyShort(usd(u"250"_s)), u"$250.00"_s);
        QCOMPARE(format.moneyShort(usd(u"-0.5"_s)), u"-$0.50"_s);
    }

    void anExactAmountIsReadBackAsTheSame_data()
    {
        QTest::addColumn<QString>("locale");
        for (const char *name : {"en_US", "de_DE", "fr"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void anExactAmountIsReadBackAsTheSame()
    {
        QFETCH(QString, locale);
        const Format format{QLocale(locale), QTimeZone::utc()};
        QRandomGenerator random(7);
        for (int i = 0; i < 2'000; ++i) {
            // Small ones as likely as large ones.
            const Money amount = Money::fromPicodollars(qint64(random.generate64() >> (1 + i % 62)));
            const Result<Money> read = format.readMoney(format.moneyExact(amount));
            QVERIFY2(read && *read == amount, qPrintable(format.moneyExact(amount)));
        }
    }

    void countsAreGroupedOrShort()
    {
        const Format format(QLocale(u"en_US"_s), QTimeZone::utc());
        QCOMPARE(format.count(1'234'567), u"1,234,567"_s);
        QCOMPARE(format.countShort(9'999), u"9,999"_s);
        QCOMPARE(format.countShort(12'345), u"12.3 k"_s);
        QCOMPARE(format.countShort(999'999), u"999 k"_s); // never more than there is
        QCOMPARE(format.countShort(1'200'000), u"1.2 M"_s);
        QCOMPARE(format.countShort(3'000'000'000), u"3.0 B"_s);
        QCOMPARE(Format(QLocale(u"de_DE"_s), QTimeZone::utc()).countShort(1'250'000), u"1,2 M"_s);
        QCOMPARE(format.percent(8'499), u"84 %"_s);
    }

    void durationsChangeTheirUnit_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("milliseconds") << qint64{320} << u"320 ms"_s;
        QTest::newRow("just below a second") << qint64{999} << u"999 ms"_s;
        QTest::newRow("a second") << qint64{1'000} << u"1.0 s"_s;
        QTest::newRow("just below a minute") << qint64{59'999} << u"59.9 s"_s;
        QTest::newRow("minutes") << qint64{200'000} << u"3 min 20 s"_s;
        QTest::newRow("hours") << qint64{7'500'000} << u"2 h 5 min"_s;
        QTest::newRow("just below two days") << qint64{172'799'000} << u"47 h 59 min"_s;
        QTest::newRow("days") << qint64{172'800'000} << u"2 days"_s;
    }
    void durationsChangeTheirUnit()
    {
        QFETCH(qint64, ms);
        const Format format(QLocale(u"en_US"_s), QTimeZone::utc());
        QTEST(format.duration(std::chrono::milliseconds(ms)), "text");
    }

    void aResetIsSaidWithoutSeconds()
    {
        const Format format(QLocale(u"en_US"_s), QTimeZone::utc());
        QCOMPARE(format.in(59s), u"in less than a minute"_s);
        QCOMPARE(format.in(-5s), u"in less than a minute"_s); // the clock was set
        QCOMPARE(format.in(60s), u"in 1 min"_s);
        QCOMPARE(format.in(3h + 20min + 59s), u"in 3 h 20 min"_s);
    }

    void theDayIsThatOfTheZone()
    {
        const Instant now = utc(2026, 9, 21, 14, 13);
        const Instant night = utc(2026, 9, 20, 22, 30);
        const Format inUtc(QLocale(u"en_US"_s), QTimeZone::utc());
        const Format inBerlin(QLocale(u"de_DE"_s), QTimeZone("Europe/Berlin"));
        QCOMPARE(inUtc.when(utc(2026, 9, 21, 0, 0), now), u"00:00"_s);
        QCOMPARE(inUtc.when(night, now), u"yesterday 22:30"_s);
        QCOMPARE(inBerlin.when(night, now), u"00:30"_s); // already the 21st there
        QCOMPARE(inBerlin.when(utc(2026, 9, 1, 6, 0), now), u"01.09.26 08:00"_s);
        QCOMPARE(inBerlin.time(night), u"00:30:00"_s);
        QVERIFY(inUtc.exact(night).contains(u"22:30:00.000"_s));
    }

    void anHourThatComesTwiceIsToldApart()
    {
        const Format format(QLocale(u"en_US"_s), QTimeZone("Europe/Berlin"));
        const Instant summer = utc(2026, 10, 25, 0, 30);
        QCOMPARE(format.time(summer), format.time(summer + 1h));
        QVERIFY(format.exact(summer) != format.exact(summer + 1h));
    }

    void aBarIsFullWithoutALimit()
    {
        QCOMPARE(fraction(Money(), Money()), 1.0);
        QCOMPARE(fraction(usd(u"5"_s), usd(u"10"_s)), 0.5);
        QCOMPARE(fraction(usd(u"15"_s), usd(u"10"_s)), 1.5);
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
