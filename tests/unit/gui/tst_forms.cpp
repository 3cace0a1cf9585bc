// What is typed into a form, and how a list becomes another.
#include "gui/format.h"
#include "gui/formvalue.h"
#include "gui/rowchange.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace lbp;
using namespace lbp::gui;
using namespace Qt::StringLiterals;

class TestForms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anAmountIsReadExactlyInItsLocale_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("dollars"); // empty: refused
        QTest::newRow("plain") << u"en_US"_s << u"12.50"_s << u"12.50"_s;
        QTest::newRow("with its sign") << u"en_US"_s << u"$ 12.50"_s << u"12.50"_s;
        QTest::newRow("grouped") << u"en_US"_s << u"1,234,567.89"_s << u"1234567.89"_s;
        QTest::newRow("a comma that groups nothing") << u"en_US"_s << u"12,50"_s << QString();
        QTest::newRow("a comma at the end") << u"en_US"_s << u"12,"_s << QString();
        QTest::newRow("picodollars") << u"en_US"_s << u"0.000000000001"_s << u"0.000000000001"_s;
        QTest::newRow("finer than a picodollar") << u"en_US"_s << u"0.0000000000001"_s << QString();
        QTest::newRow("a decimal that no double holds") << u"en_US"_s << u"0.1"_s << u"0.10"_s;
        QTest::newRow("large and exact")
            << u"en_US"_s << u"9007199.254740993001"_s << u"9007199.254740993001"_s;
        QTest::newRow("German") << u"de_DE"_s << u"1.234,56 $"_s << u"1234.56"_s;
        QTest::newRow("German thousands") << u"de_DE"_s << u"1.000"_s << u"1000.00"_s;
        QTest::newRow("German, typed with a point") << u"de_DE"_s << u"12.5"_s << u"12.50"_s;
        QTest::newRow("French") << u"fr_FR"_s << QString(u"1\u202f234,5"_s) << u"1234.50"_s;
        QTest::newRow("Swiss") << u"de_CH"_s << u"1'234.50"_s << u"1234.50"_s;
        QTest::newRow("Indian") << u"en_IN"_s << u"1,00,000"_s << u"100000.00"_s;
        QTest::newRow("nothing") << u"en_US"_s << QString() << QString();
        QTest::newRow("words") << u"en_US"_s << u"ten"_s << QString();
        QTest::newRow("an exponent") << u"en_US"_s << u"1e3"_s << QString();
    }
    void anAmountIsReadExactlyInItsLocale()
    {
        QFETCH(QString, locale);
        QFETCH(QString, typed);
        QFETCH(QString, dollars);
        const Format format{QLocale(locale), QTimeZone::utc()};
        const Result<Money> read = format.readMoney(typed);
        QCOMPARE(read ? read->toDecimal() : QString(), dollars);
    }
    void whatAFieldShowsIsReadBackAsTheSame_data()
    {
        QTest::addColumn<QString>("locale");
        for (const char *name : {"en_US", "de_DE", "fr_FR", "de_CH", "en_IN", "pt_BR", "sv_SE"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void whatAFieldShowsIsReadBackAsTheSame()
    {
        QFETCH(QString, locale);
        const Format format{QLocale(locale), QTimeZone::utc()};
        for (const char *dollars : {"0.00", "0.10", "12.50", "999.999", "1234.50", "1234567.000000000001"}) {
            const Money amount = *Money::fromDecimal(QString::fromLatin1(dollars));
            const Result<Money> read = format.readMoney(amountText(format, amount));
            QVERIFY2(read.has_value(), dollars);
            QCOMPARE(read->picodollars(), amount.picodollars());
        }
    }
    void anErrorShowsOnceAFieldWasTouched()
    {
        const Format format{QLocale(u"en_US"_s), QTimeZone::utc()};
        FormValue value(nullptr, [&](const QString &text) {
            return amountProblem(format, text, AmountRule::MoreThanZero, false);
        });
        QVERIFY(!value.isValid());
        QCOMPARE(value.error(), QString());
        value.setText(u"abc"_s);
        QVERIFY2(value.error().contains(u"12.50"_s), qPrintable(value.error()));
        value.setText(u"0"_s);
        QVERIFY(!value.error().isEmpty());
        value.setText(u"-1"_s);
        QVERIFY(!value.error().isEmpty());
        value.setText(u"99999999999"_s);
        QVERIFY2(value.error().contains(u"9,223,372.04"_s), qPrintable(value.error()));
        value.setText(u"0.01"_s);
        QCOMPARE(value.error(), QString());
        value.reset();
        QCOMPARE(value.error(), QString());
    }
    void aListBecomesTheOtherByTheStepsThatAreNamed()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            QList<int> shown, wanted;
            for (int id = 0; id < 30; ++id) {
                if (random.bounded(2))
                    shown.append(id);
                if (random.bounded(2))
                    wanted.append(id);
            }
            const bool shuffled = round % 3 == 0;
            if (shuffled)
                std::shuffle(wanted.begin(), wanted.end(), random);
            const RowChange change = rowChange(shown, wanted);
            QList<int> list = shown;
            for (const RowChange::Run &run : change.removed)
                list.remove(run.first, run.count);
            if (change.reordered) {
                QVERIFY(shuffled);
                QList<int> sorted;
                for (const int id : wanted)
                    if (list.contains(id))
                        sorted.append(id);
                list = sorted;
            }
            for (const RowChange::Run &run : change.inserted)
                for (int i = run.first; i < run.first + run.count; ++i)
                    list.insert(i, wanted[i]);
            QCOMPARE(list, wanted);
        }
    }
};

QTEST_GUILESS_MAIN(TestForms)
#include "tst_forms.moc"
