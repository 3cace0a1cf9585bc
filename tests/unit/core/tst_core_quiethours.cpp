#include "core/quiethours.h"

#include <QDateTime>
#include <QtTest>

using namespace lbp;
using namespace Qt::StringLiterals;

class TestCoreQuietHours : public QObject
{
    Q_OBJECT
    static Instant at(const char *utc)
    {
        return fromMicros(QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODate).toMSecsSinceEpoch()
                          * 1000);
    }
    static QuietHours hours(QStringView text) { return **QuietHours::fromText(text); }

private Q_SLOTS:
    void textIsReadAndWrittenAlike()
    {
        QCOMPARE(hours(u"22:00-07:00").toText(), u"22:00-07:00"_s);
        QCOMPARE(hours(u" 09:30 - 10:05 ").toText(), u"09:30-10:05"_s);
        QVERIFY(!QuietHours::fromText(u"")->has_value());
        for (const char16_t *wrong : {u"22-7", u"25:00-07:00", u"22:00", u"07:00-07:00", u"22:00-7:00", u"x",
                                      u"-", u"22:60-23:00", u"22:00-07:00-08:00"})
            QVERIFY2(!QuietHours::fromText(QStringView(wrong)), qPrintable(QStringView(wrong).toString()));
    }
    void aNightIsOnePiece()
    {
        const QuietHours night = hours(u"22:00-07:00");
        const QTimeZone utc = QTimeZone::utc();
        QVERIFY(!night.contains(at("2026-11-23T21:59:59Z"), utc));
        QVERIFY(night.contains(at("2026-11-23T22:00:00Z"), utc));
        QVERIFY(night.contains(at("2026-11-24T06:59:59Z"), utc));
        QVERIFY(!night.contains(at("2026-11-24T07:00:00Z"), utc));
        QCOMPARE(night.endAfter(at("2026-11-23T23:00:00Z"), utc), at("2026-11-24T07:00:00Z"));
        QCOMPARE(night.endAfter(at("2026-11-24T03:00:00Z"), utc), at("2026-11-24T07:00:00Z"));
        const QuietHours noon = hours(u"12:00-13:00");
        QVERIFY(noon.contains(at("2026-11-23T12:30:00Z"), utc));
        QVERIFY(!noon.contains(at("2026-11-23T13:00:00Z"), utc));
        QCOMPARE(noon.endAfter(at("2026-11-23T12:30:00Z"), utc), at("2026-11-23T13:00:00Z"));
    }
    void theClockOnTheWallDecidesWhenItIsChanged()
    {
        const QTimeZone berlin("Europe/Berlin");
        const QuietHours night = hours(u"22:00-07:00");
        // 2026-03-29: 02:00 becomes 03:00; 2026-10-25: 03:00 becomes 02:00.
        QCOMPARE(night.endAfter(at("2026-03-28T23:00:00Z"), berlin), at("2026-03-29T05:00:00Z"));
        QCOMPARE(night.endAfter(at("2026-10-24T22:00:00Z"), berlin), at("2026-10-25T06:00:00Z"));
        // An end that the clock jumps over is the jump.
        QCOMPARE(hours(u"23:00-02:30").endAfter(at("2026-03-28T23:30:00Z"), berlin),
                 at("2026-03-29T01:00:00Z"));
    }
    void theEndIsAlwaysAheadAndNoLongerQuiet()
    {
        const QTimeZone zones[] = {QTimeZone("Europe/Berlin"), QTimeZone("America/New_York"),
                                   QTimeZone("Australia/Lord_Howe"), QTimeZone("Asia/Kathmandu")};
        for (const QTimeZone &zone : zones) {
            for (const char16_t *text : {u"22:00-07:00", u"01:30-02:30", u"02:00-03:00", u"00:00-23:59"}) {
                const QuietHours quiet = hours(QStringView(text));
                for (Instant t = at("2026-01-01T00:00:00Z"); t < at("2027-01-01T00:00:00Z");
                     t += std::chrono::minutes(47)) {
                    if (!quiet.contains(t, zone))
                        continue;
                    const Instant end = quiet.endAfter(t, zone);
                    QVERIFY(end > t);
                    QVERIFY(end <= t + std::chrono::hours(26));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCoreQuietHours)
#include "tst_core_quiethours.moc"
