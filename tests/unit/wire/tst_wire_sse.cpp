#include "wire/sse.h"

#include <QTest>

using namespace lbp;

namespace {

struct Seen
{
    QByteArray events; ///< as text that can be compared
    QByteArray hidden; ///< the stream without the events whose data is "hide"
    bool between = false;
};

Seen outcome(QByteArrayView bytes, const QList<qsizetype> &cuts, bool finished = true, qsizetype max = 1000)
{
    Seen seen;
    qint64 shown = 0;
    SseParser parser(
        [&](const SseParser::Event &event) {
            seen.events += QByteArray::number(event.begin) + "-" + QByteArray::number(event.end);
            if (event.overlong)
                seen.events += " overlong";
            seen.events += " " + event.type.toByteArray();
            seen.events += event.hasData ? "=" + event.data.toByteArray() + ";" : QByteArray(" none;");
            if (event.data == "hide") {
                seen.hidden += bytes.sliced(shown, event.begin - shown);
                shown = event.end;
            }
        },
        max);
    qsizetype done = 0;
    for (const qsizetype cut : cuts + QList<qsizetype>{bytes.size()}) {
        // A copy of its own, so that a view kept too long is noticed by the sanitizer.
        const QByteArray piece = bytes.sliced(done, cut - done).toByteArray();
        parser.feed(piece);
        done = cut;
    }
    seen.between = parser.betweenEvents();
    if (finished)
        parser.finish();
    seen.hidden += bytes.sliced(shown);
    return seen;
}

} // namespace

class WireSse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void corpus_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &expected) {
            QTest::newRow(name) << bytes << expected;
        };
        row("one event", "data: a\n\n", "0-9 =a;");
        row("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", "0-11 =a;11-22 =b;");
        row("CR", "data: a\r\rdata: b\r\r", "0-9 =a;9-18 =b;");
        row("mixed ends", "data: a\r\n\ndata: b\r\r\ndata: c\n\r\n", "0-10 =a;10-20 =b;20-30 =c;");
        row("several data lines", "data: a\ndata:b\ndata\ndata: \n\n", "0-28 =a\nb\n\n;");
        row("one blank is dropped", "data:  a \n\n", "0-11 = a ;");
        row("empty data", "data\n\n", "0-6 =;");
        row("types", "event: x\ndata: a\n\nevent:y\nevent: z\ndata: b\n\ndata: c\n\n",
            "0-18 x=a;18-44 z=b;44-53 =c;");
        row("the type behind the data", "data: a\nevent: x\n\n", "0-18 x=a;");
        row("a type alone", "event: x\n\n", "0-10 x none;");
        row("comments", ": ping\n\n:\n\ndata: a\n\n", "0-8  none;8-11  none;11-20 =a;");
        row("a comment before the data belongs to it", ":c\ndata: a\n\n", "0-12 =a;");
        row("unknown fields", "id: 1\nretry: 5\nDATA: x\ndatax: y\n data: z\n\n", "0-42  none;");
        row("a colon first", ": data: a\n\n", "0-11  none;");
        row("empty lines between", "\n\ndata: a\n\n\n\r\n\rdata: b\n\n", "2-11 =a;15-24 =b;");
        row("a byte order mark",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            "0-12 =a;");
        row("a byte order mark later is no mark",
            "data: a\n\n\xEF\xBB\xBF"
            "data: b\n\n",
            "0-9 =a;9-21  none;");
        row("a byte order mark alone on its line", "\xEF\xBB\xBF\ndata: a\n\n", "4-13 =a;");
        row("the end without an empty line", "data: a\n\ndata: b\n", "0-9 =a;9-17 =b;");
        row("the end in a line", "data: a\n\ndata: b", "0-9 =a;9-16 =b;");
        row("the end behind a CR", "data: a\n\ndata: b\r", "0-9 =a;9-17 =b;");
        row("nothing", "", "");
        row("NUL and other bytes pass", QByteArray("data: \0\xFF\n\n", 10), QByteArray("0-10 =\0\xFF;", 9));
        row("OpenAI", "data: {\"x\":1}\n\ndata: {\"usage\":2}\n\ndata: [DONE]\n\n",
            "0-15 ={\"x\":1};15-34 ={\"usage\":2};34-48 =[DONE];");
    }
    void corpus()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        QCOMPARE(outcome(bytes, {}).events, expected);
        QList<qsizetype> everywhere;
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            QCOMPARE(outcome(bytes, {cut}).events, expected);
            for (qsizetype second = cut; second < bytes.size(); ++second)
                QCOMPARE(outcome(bytes, {cut, second}).events, expected);
            everywhere.append(cut);
        }
        QCOMPARE(outcome(bytes, everywhere).events, expected);
    }
    void aHiddenEventLeavesTheOthersUntouched_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("LF") << QByteArray("\n");
        QTest::newRow("CRLF") << QByteArray("\r\n");
        QTest::newRow("CR") << QByteArray("\r");
    }
    void aHiddenEventLeavesTheOthersUntouched()
    {
        QFETCH(QByteArray, end);
        const QByteArray one = "data: 1" + end + end;
        const QByteArray hide = ":c" + end + "event: x" + end + "data: hide" + end + end;
        const QByteArray bytes = hide + one + hide + one + one + hide;
        for (qsizetype cut = 1; cut < bytes.size(); ++cut)
            QCOMPARE(outcome(bytes, {cut}).hidden, one + one + one);
    }
    void somethingMayBeInsertedOnlyBetweenEvents()
    {
        const QByteArray bytes = "data: a\r\n\r\n: c\n\n\ndata: b\n\n";
        QByteArray between;
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
            between += outcome(bytes.first(cut), {}, false).between ? '1' : '0';
        QCOMPARE(between,
                 QByteArray("1"
                            "00000000001"
                            "000011"
                            "000000001"));
    }
    void anOverlongEventIsSkippedWholeAndTheNextIsRead()
    {
        const QByteArray small = "data: a\n\n";
        for (const QByteArray &large : {QByteArray("event: x\ndata: " + QByteArray(60, 'x') + "\n\n"),
                                        QByteArray(QByteArray("data: xxxxxxxx\n").repeated(5) + "\n"),
                                        QByteArray(":" + QByteArray(60, 'c') + "\n" + "data: y\n\n"),
                                        QByteArray(QByteArray(60, 'x') + "\r\n\r\n")}) {
            const QByteArray bytes = small + large + small;
            const QByteArray behind = QByteArray::number(9 + large.size());
            const QByteArray expected = "0-9 =a;9-" + behind + " overlong  none;" + behind + "-"
                + QByteArray::number(bytes.size()) + " =a;";
            QCOMPARE(outcome(bytes, {}, true, 50).events, expected);
            for (qsizetype cut = 1; cut < bytes.size(); ++cut)
                QCOMPARE(outcome(bytes, {cut, qMin(cut + 7, bytes.size())}, true, 50).events, expected);
        }
    }
    void theLargestEventIsRead()
    {
        const QByteArray bytes = "data: " + QByteArray(43, 'x') + "\n\n"; // 50 with the end of its line
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            QVERIFY(!outcome(bytes, {cut}, true, 50).events.contains("overlong"));
            QVERIFY(outcome(bytes, {cut}, true, 49).events.contains("overlong"));
        }
    }
    void finishReportsOnce()
    {
        int events = 0;
        SseParser parser([&](const SseParser::Event &) { ++events; });
        parser.feed("data: a");
        QCOMPARE(parser.offset(), qint64{7});
        parser.finish();
        parser.finish();
        QCOMPARE(events, 1);
    }
    void manyShortLinesTakeLinearTime()
    {
        // Without an LF in sight each CR line must not search to the end again.
        const QByteArray bytes = QByteArray("data: a\r").repeated(200'000) + "\r\n";
        int events = 0;
        SseParser parser(
            [&](const SseParser::Event &event) { events += event.data.size() == 399'999 ? 1 : 0; });
        parser.feed(bytes);
        QCOMPARE(events, 1);
    }
};

QTEST_GUILESS_MAIN(WireSse)
#include "tst_wire_sse.moc"
