#include "wire/http.h"

#include <QTest>

using namespace lbp;

class WireHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lookUpsIgnoreCaseAndKeepSpelling()
    {
        HeaderList list;
        list.add("Content-Type", "a/b");
        list.add("X-Two", "1");
        list.add("x-two", "2");
        QCOMPARE(list.value("content-TYPE"), QByteArray("a/b"));
        QCOMPARE(list.value("x-TWO"), QByteArray("1"));
        QCOMPARE(list.joined("X-two"), QByteArray("1, 2"));
        QVERIFY(!list.contains("x-tw"));
        QVERIFY(list.find("none") == nullptr);
        QByteArray out;
        list.writeTo(out);
        QCOMPARE(out, QByteArray("Content-Type: a/b\r\nX-Two: 1\r\nx-two: 2\r\n"));
    }
    void onlyAsciiLettersAreEqualInBothCases()
    {
        QVERIFY(equalsIgnoringCase("AzZ", "aZz"));
        QVERIFY(!equalsIgnoringCase("[", "{")); // differ in the same bit as letters do
        QVERIFY(!equalsIgnoringCase("@", "`"));
        QVERIFY(!equalsIgnoringCase("\xC4", "\xE4"));
        QVERIFY(!equalsIgnoringCase("a", "ab"));
    }
    void setReplacesInPlaceAndRemovesTheOthers()
    {
        HeaderList list;
        list.add("A", "1");
        list.add("B", "2");
        list.add("a", "3");
        list.set("a", "new");
        list.set("C", "added");
        QByteArray out;
        list.writeTo(out);
        QCOMPARE(out, QByteArray("A: new\r\nB: 2\r\nC: added\r\n"));
        list.remove("A");
        QCOMPARE(list.size(), size_t{2});
    }
    void tokensAreElementsOfAnyFieldOfTheName()
    {
        HeaderList list;
        list.add("Connection", "keep-alive, X-A");
        list.add("connection", " ,Upgrade");
        QVERIFY(list.hasToken("connection", "x-a"));
        QVERIFY(list.hasToken("connection", "upgrade"));
        QVERIFY(!list.hasToken("connection", "x"));
        QVERIFY(!list.hasToken("connection", ""));
    }
    void hopByHopFieldsGoWithAllThatConnectionNames()
    {
        HeaderList list;
        for (const char *name : {"Host", "Keep-Alive", "Proxy-Authorization", "proxy-connection", "TE",
                                 "Trailer", "Transfer-Encoding", "Upgrade", "X-Secret-Hop", "X-Stays"})
            list.add(name, "v");
        list.add("Connection", "close, x-secret-hop");
        list.removeHopByHop();
        QByteArray out;
        list.writeTo(out);
        QCOMPARE(out, QByteArray("Host: v\r\nX-Stays: v\r\n"));
    }
    void chunksAreWrittenSoThatTheyEndOnlyOnce()
    {
        QByteArray out;
        appendChunk(out, "");
        appendChunk(out, QByteArray(26, 'x'));
        HeaderList trailers;
        trailers.add("X-Cost", "0.1");
        appendLastChunk(out, trailers);
        QCOMPARE(out, "1a\r\n" + QByteArray(26, 'x') + "\r\n0\r\nX-Cost: 0.1\r\n\r\n");
    }
    void aFieldValueHasNoControlCharacters()
    {
        QVERIFY(isFieldValue("plain \t text \xE4 \xFF"));
        QVERIFY(isFieldValue(""));
        for (int c = 0; c < 256; ++c) {
            // At every place in a word: the check looks at eight bytes at a time.
            for (int at = 0; at < 17; ++at) {
                QByteArray value(17, 'a');
                value[at] = static_cast<char>(c);
                const bool allowed = c == '\t' || (c >= 0x20 && c != 0x7f);
                QVERIFY2(isFieldValue(value) == allowed, qPrintable(QString::number(c)));
            }
        }
    }
    void everyStatusHasAPhrase()
    {
        QCOMPARE(reasonPhrase(402).toByteArray(), QByteArray("Payment Required"));
        QCOMPARE(reasonPhrase(299).toByteArray(), QByteArray("Unknown"));
    }
};

QTEST_GUILESS_MAIN(WireHeaders)
#include "tst_wire_headers.moc"
