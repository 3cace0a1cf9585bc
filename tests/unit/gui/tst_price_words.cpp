// What is billed, and what for, in words.
#include "core/charge.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/pricetext.h"

#include <QtTest>

using namespace lbp;
using namespace lbp::gui;
using namespace Qt::StringLiterals;

class TestPriceWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyClassHasANameOfItsOwn()
    {
        QSet<QString> names, labels;
        for (int i = 0; i < billingClassCount; ++i) {
            const QString name = billingClassText(BillingClass(i));
            QVERIFY(!name.isEmpty());
            names.insert(name);
            labels.insert(rateLabel(BillingClass(i)));
        }
        QCOMPARE(names.size(), billingClassCount);
        QCOMPARE(labels.size(), billingClassCount);
    }
    void aPriceSaysWhatItIsFor_data()
    {
        QTest::addColumn<BillingClass>("billed");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("price");
        QTest::addColumn<QString>("count");
        using enum BillingClass;
        QTest::newRow("tokens") << Output << u"Output"_s << u"$2.50 per million"_s << u"1,200 tokens"_s;
        QTest::newRow("calls") << WebSearchCall << u"Web searches per 1,000"_s << u"$2.50 per 1,000 calls"_s
                               << u"1,200 calls"_s;
        QTest::newRow("sessions") << CodeSessionCall << u"Code sessions per 1,000"_s
                                  << u"$2.50 per 1,000 sessions"_s << u"1,200 sessions"_s;
        QTest::newRow("characters") << SpeechCharacter << u"Speech per million characters"_s
                                    << u"$2.50 per million characters"_s << u"1,200 characters"_s;
        QTest::newRow("seconds") << AudioSecond << u"Audio per hour"_s << u"$2.50 per hour"_s
                                 << u"1,200 seconds"_s;
        QTest::newRow("images") << GeneratedImage << u"Generated images, each"_s << u"$2.50 each"_s
                                << u"1,200 images"_s;
    }
    void aPriceSaysWhatItIsFor()
    {
        QFETCH(BillingClass, billed);
        const Format format(QLocale(u"en_US"_s));
        QTEST(rateLabel(billed), "label");
        QTEST(ratePhrase(format, billed, u"2.5"_s), "price");
        QTEST(countPhrase(format, billed, 1'200), "count");
    }
    void aPriceInALanguageIsWrittenAsThere()
    {
        const Format format(QLocale(u"de_DE"_s));
        QVERIFY(ratePhrase(format, BillingClass::AudioSecond, u"0.111"_s).contains(u"0,111"));
        QVERIFY(countPhrase(format, BillingClass::AudioSecond, 1'200).contains(u"1.200"));
    }
};

QTEST_GUILESS_MAIN(TestPriceWords)
#include "tst_price_words.moc"
