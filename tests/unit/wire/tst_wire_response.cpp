#include "wire/http.h"

#include <QTest>

using namespace lbp;
using State = ResponseParser::State;

namespace {

QByteArray outcome(QByteArrayView bytes, const QList<qsizetype> &cuts, bool closed, bool headRequest)
{
    ResponseParser parser;
    parser.start(headRequest);
    QByteArray body;
    qsizetype done = 0;
    qsizetype taken = 0;
    for (const qsizetype cut : cuts + QList<qsizetype>{bytes.size()}) {
        if (taken == done) // otherwise it has stopped before
            taken += parser.feed(bytes.sliced(done, cut - done), body);
        done = cut;
    }
    if (closed)
        parser.finish();
    if (parser.state() == State::Failed)
        return "failed: " + parser.error().toUtf8();
    QByteArray seen;
    if (parser.headDone()) {
        const ResponseHead &head = parser.head();
        seen = "[" + QByteArray::number(head.status) + " " + head.reason;
        for (const Header &header : head.headers)
            seen += "|" + header.name + "=" + header.value;
        seen += head.keepAlive ? " keep]" : " close]";
    }
    seen += "{" + body + "}";
    for (const Header &trailer : parser.trailers())
        seen += trailer.name + "=" + trailer.value;
    seen += " " + QByteArray::number(parser.interimCount());
    seen += parser.state() == State::Done ? " done" : parser.state() == State::InBody ? " inBody" : " inHead";
    if (taken < bytes.size())
        seen += " left " + bytes.sliced(taken).toByteArray();
    return seen;
}

} // namespace

class WireResponse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void corpus_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("closed");
        QTest::addColumn<bool>("headRequest");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &expected,
                            bool closed = false, bool headRequest = false) {
            QTest::newRow(name) << bytes << closed << headRequest << expected;
        };
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        const QByteArray two = "Content-Length: 2\r\n\r\n";
        const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n";
        row("a length", ok + two + "ab", "[200 OK|Content-Length=2 keep]{ab} 0 done");
        row("what follows is left", ok + two + "abHTTP",
            "[200 OK|Content-Length=2 keep]{ab} 0 done left HTTP");
        row("a length of zero", ok + "Content-Length: 0\r\n\r\n", "[200 OK|Content-Length=0 keep]{} 0 done");
        row("chunks and trailers",
            ok + chunked + "3\r\nabc\r\n10 \r\n0123456789abcdef\r\n0\r\nA:  b \r\n\r\nX",
            "[200 OK|Transfer-Encoding=chunked keep]{abc0123456789abcdef}A=b 0 done left X");
        row("blanks behind the chunk size pass", ok + chunked + "1  \r\na\r\n0  ;x\r\n\r\n",
            "[200 OK|Transfer-Encoding=chunked keep]{a} 0 done");
        row("until close", ok + "\r\nabc", "[200 OK close]{abc} 0 done", true);
        row("until close, still open", ok + "\r\nabc", "[200 OK close]{abc} 0 inBody");
        row("HTTP/1.0 until close", "HTTP/1.0 200 OK\r\n\r\nabc", "[200 OK close]{abc} 0 done", true);
        row("HTTP/1.0 with a length is closed", "HTTP/1.0 200 OK\r\n" + two + "ab",
            "[200 OK|Content-Length=2 close]{ab} 0 done");
        row("close", ok + "Connection: close\r\n" + two + "ab",
            "[200 OK|Connection=close|Content-Length=2 close]{ab} 0 done");
        row("no reason", "HTTP/1.1 200 \r\n" + two + "ab", "[200 |Content-Length=2 keep]{ab} 0 done");
        row("no reason and no blank", "HTTP/1.1 200\r\n" + two + "ab",
            "[200 |Content-Length=2 keep]{ab} 0 done");
        row("HEAD", ok + two, "[200 OK|Content-Length=2 keep]{} 0 done", false, true);
        row("HEAD with chunks", ok + chunked, "[200 OK|Transfer-Encoding=chunked keep]{} 0 done", false,
            true);
        row("204", "HTTP/1.1 204 No Content\r\n\r\nX", "[204 No Content keep]{} 0 done left X");
        row("204 with a length is not kept", "HTTP/1.1 204 N\r\n" + two + "ab",
            "[204 N|Content-Length=2 close]{} 0 done left ab");
        row("304", "HTTP/1.1 304 Not Modified\r\n" + two,
            "[304 Not Modified|Content-Length=2 keep]{} 0 done");
        row("interim answers are skipped",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: "
            "x\r\nContent-Length: 5\r\n\r\n"
                + ok + two + "ab",
            "[200 OK|Content-Length=2 keep]{ab} 3 done");
        row("an interim answer alone ends nothing", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
            "{} 1 inHead");
        row("closed behind an interim answer", "HTTP/1.1 100 Continue\r\n\r\n",
            "failed: The connection was closed before", true);
        row("equal lengths", ok + "Content-Length: 2\r\n" + two + "ab",
            "[200 OK|Content-Length=2|Content-Length=2 keep]{ab} 0 done");
        row("any status", "HTTP/1.1 529 Overloaded\r\n" + two + "ab",
            "[529 Overloaded|Content-Length=2 keep]{ab} 0 done");

        row("101", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "failed: The answer switches protocols");
        row("status 099", "HTTP/1.1 099 X\r\n\r\n", "failed: ");
        row("status 1000", "HTTP/1.1 1000 X\r\n\r\n", "failed: ");
        row("HTTP/2", "HTTP/2 200 OK\r\n\r\n", "failed: ");
        row("HTTP/0.9", "<html>\r\n\r\n", "failed: ");
        row("length with chunks", ok + "Content-Length: 2\r\n" + chunked + "0\r\n\r\n", "failed: ");
        row("chunks with length", ok + "Transfer-Encoding: chunked\r\n" + two + "0\r\n\r\n", "failed: ");
        row("lengths that differ", ok + "Content-Length: 3\r\n" + two + "ab", "failed: ");
        row("a negative length", ok + "Content-Length: -1\r\n\r\n", "failed: ");
        row("another coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "failed: ");
        row("chunks in 1.0", "HTTP/1.0 200 OK\r\n" + chunked + "0\r\n\r\n", "failed: ");
        row("a bad chunk size", ok + chunked + "zz\r\n",
            "failed: The chunked body has no chunk size at byte 47.");
        row("a chunk size with a bare LF", ok + chunked + "1\na\r\n", "failed: ");
        row("a chunk longer than it says", ok + chunked + "1\r\nab\r\n", "failed: ");
        row("a huge chunk size", ok + chunked + "fffffffffffffffff\r\n", "failed: ");
        row("a bare LF in the head", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "failed: ");
        row("a NUL in a value", ok + QByteArray("A: \0\r\n\r\n", 9), "failed: ");
        row("a blank before the colon", ok + "Content-Length : 2\r\n\r\nab", "failed: ");
        row("a folded line", ok + "A: b\r\n c\r\n" + two + "ab", "failed: ");
        row("cut in a body with a length", ok + two + "a", "failed: The connection was closed in the middle",
            true);
        row("cut in a chunk", ok + chunked + "5\r\nab", "failed: The connection was closed in the middle",
            true);
        row("cut before the last chunk", ok + chunked + "2\r\nab\r\n",
            "failed: The connection was closed in the middle", true);
        row("cut before the end of the trailers", ok + chunked + "0\r\n",
            "failed: The connection was closed in the middle", true);
        row("closed in the head", "HTTP/1.1 200 OK\r\nA", "failed: The connection was closed before", true);
        row("closed before anything came", "", "failed: The connection was closed before", true);
    }
    void corpus()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, closed);
        QFETCH(bool, headRequest);
        QFETCH(QByteArray, expected);
        const QByteArray whole = outcome(bytes, {}, closed, headRequest);
        QVERIFY2(expected.startsWith("failed") ? whole.startsWith(expected) : whole == expected,
                 whole.constData());
        QList<qsizetype> everywhere;
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            QCOMPARE(outcome(bytes, {cut}, closed, headRequest), whole);
            everywhere.append(cut);
        }
        QCOMPARE(outcome(bytes, everywhere, closed, headRequest), whole);
    }
    void theNextAnswerStartsFresh()
    {
        ResponseParser parser;
        QByteArray body;
        parser.start(false);
        parser.feed("HTTP/1.1 103 E\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n1\r\na\r\n0\r\nA: b\r\n\r\n",
                    body);
        QCOMPARE(parser.state(), State::Done);
        QCOMPARE(parser.trailers().size(), size_t{1});
        parser.start(false);
        QVERIFY(!parser.headDone());
        QCOMPARE(parser.interimCount(), 0);
        QVERIFY(parser.trailers().isEmpty());
        parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb", body);
        QCOMPARE(parser.state(), State::Done);
        QCOMPARE(body, QByteArray("ab"));
        QCOMPARE(parser.takeHead().status, 200);
    }
    void aLargeHeadPassesUpToItsLimit()
    {
        for (const auto &[size, state] :
             {std::pair(250'000, State::Done), std::pair(263'000, State::Failed)}) {
            ResponseParser parser;
            parser.start(false);
            QByteArray body;
            const QByteArray bytes =
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: " + QByteArray(size, 'a') + "\r\n\r\n";
            for (qsizetype i = 0; i < bytes.size(); i += 1000)
                parser.feed(QByteArrayView(bytes).sliced(i, qMin<qsizetype>(1000, bytes.size() - i)), body);
            QCOMPARE(parser.state(), state);
        }
    }
    void interimAnswersWithoutEndFail()
    {
        ResponseParser parser;
        parser.start(false);
        QByteArray body;
        parser.feed(QByteArray("HTTP/1.1 100 C\r\n\r\n").repeated(1001), body);
        QCOMPARE(parser.state(), State::Failed);
    }
};

QTEST_GUILESS_MAIN(WireResponse)
#include "tst_wire_response.moc"
