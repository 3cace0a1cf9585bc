#include "wire/jsonarray.h"

#include <QTest>

using namespace lbp;

namespace {

struct Seen
{
    QByteArray elements; ///< as text that can be compared
    bool between = false, end = false;
    QByteArray ending;
};

Seen outcome(QByteArrayView bytes, const QList<qsizetype> &cuts, qsizetype max = 1000)
{
    Seen seen;
    JsonArraySplitter splitter(
        [&](const JsonArraySplitter::Element &element) {
            seen.elements += QByteArray::number(element.begin) + "-" + QByteArray::number(element.end)
                + (element.overlong ? "!" : "=") + element.json.toByteArray() + ";";
        },
        max);
    qsizetype done = 0;
    for (const qsizetype cut : cuts + QList<qsizetype>{bytes.size()}) {
        // A copy of its own, so that a view kept too long is noticed by the sanitizer.
        const QByteArray piece = bytes.sliced(done, cut - done).toByteArray();
        splitter.feed(piece);
        done = cut;
    }
    splitter.finish();
    seen.between = splitter.betweenElements();
    seen.end = splitter.atEnd();
    if (seen.between)
        seen.ending = splitter.endingWith("{}");
    return seen;
}

} // namespace

class WireJsonArray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elementsAreFound_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<bool>("between");
        QTest::addColumn<bool>("end");
        QTest::addColumn<QByteArray>("ending");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &expected,
                            bool between, bool end, const QByteArray &ending) {
            QTest::newRow(name) << bytes << expected << between << end << ending;
        };
        row("nothing", "", "", false, false, "");
        row("white space", " \r\n", "", false, false, "");
        row("empty", "[]", "", false, true, "");
        row("open and empty", " [\n", "", true, false, "{}]");
        row("one", "[{}]", "1-3={};", false, true, "");
        row("as it comes on the wire", "[{\n  \"a\": 1\n}\n,\r\n{\n  \"b\": 2\n}\n]\n",
            "1-13={\n  \"a\": 1\n};17-29={\n  \"b\": 2\n};", false, true, "");
        row("behind an element", "[{}", "1-3={};", true, false, ",{}]");
        row("behind a comma", "[{} , ", "1-3={};", true, false, "{}]");
        row("in an element", "[{\"a\":{}", "", false, false, "");
        row("in a string", "[{\"a\":\"}]\"", "", false, false, "");
        row("brackets in strings", "[{\"a\":\"]}[{,\"},{\"b\\\"}\":\"\\\\\"}]",
            "1-14={\"a\":\"]}[{,\"};15-28={\"b\\\"}\":\"\\\\\"};", false, true, "");
        row("nested arrays", "[[[]],{\"a\":[{}]}]", "1-5=[[]];6-16={\"a\":[{}]};", false, true, "");
        row("scalars", "[1, true,\"x\" ,null]", "1-2=1;4-8=true;9-12=\"x\";14-18=null;", false, true, "");
        row("a mark", "\xEF\xBB\xBF[{}]", "4-6={};", false, true, "");
        row("one value alone", " {\"error\":{}} ", "1-13={\"error\":{}};", false, true, "");
        row("a number alone", "12", "0-2=12;", false, true, "");
        row("a comma too many", "[{},]", "1-3={};", false, true, "");
        row("no comma", "[{}{}]", "1-3={};", false, false, "");
        row("a comma at the start", "[,{}]", "", false, false, "");
        row("no JSON", "}{", "", false, false, "");
        row("behind the end", "[{}] [{}]", "1-3={};", false, true, "");
    }
    void elementsAreFound()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        QFETCH(bool, between);
        QFETCH(bool, end);
        QFETCH(QByteArray, ending);
        const auto check = [&](const QList<qsizetype> &cuts) {
            const Seen seen = outcome(bytes, cuts);
            QCOMPARE(seen.elements, expected);
            QCOMPARE(seen.between, between);
            QCOMPARE(seen.end, end);
            QCOMPARE(seen.ending, ending);
        };
        check({});
        for (qsizetype first = 0; first <= bytes.size(); ++first) {
            for (qsizetype second = first; second <= bytes.size(); ++second) {
                check({first, second});
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void anOverlongElementIsSkippedWholeWhereverItIsCut()
    {
        const QByteArray bytes = "[{\"a\":1},{\"text\":\"0123456789\"},{\"b\":2}]";
        const QByteArray expected = "1-8={\"a\":1};9-30!;31-38={\"b\":2};";
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
            QCOMPARE(outcome(bytes, {cut}, 20).elements, expected);
        QVERIFY(outcome(bytes, {}, 21).elements.contains("9-30={"));
    }

    void whatEndsAnOpenArrayMakesItWhole()
    {
        const QByteArray bytes = "[ {\"a\":1} , {\"b\":[]}\n,\n";
        int ended = 0;
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const Seen seen = outcome(bytes.first(cut), {});
            if (!seen.between)
                continue;
            ++ended;
            const Seen whole = outcome(bytes.first(cut) + seen.ending, {});
            QVERIFY(whole.end);
            QVERIFY(whole.elements.endsWith("={};"));
        }
        QCOMPARE(ended, 10); // not before the bracket and not inside an element
    }

    void aMegabyteIsSplitInPassing()
    {
        const QByteArray bytes = "[{\"data\":\"" + QByteArray(1024 * 1024, 'x') + "\"}]";
        QBENCHMARK
        {
            int found = 0;
            JsonArraySplitter splitter([&](const JsonArraySplitter::Element &) { ++found; });
            splitter.feed(bytes);
            QCOMPARE(found, 1);
        }
    }
};

QTEST_GUILESS_MAIN(WireJsonArray)
#include "tst_wire_jsonarray.moc"
