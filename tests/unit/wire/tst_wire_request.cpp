#include "wire/http.h"

#include <QTest>

using namespace lbp;
using State = RequestParser::State;

namespace {

/// What a parser made of some bytes, as text that can be compared.
QByteArray outcome(QByteArrayView bytes, QList<qsizetype> cuts, RequestParser::Limits limits = {})
{
    RequestParser parser(limits);
    QByteArray seen;
    QByteArray pending;
    qsizetype done = 0;
    cuts.append(bytes.size());
    for (const qsizetype cut : cuts) {
        pending.append(bytes.sliced(done, cut - done));
        done = cut;
        while (true) {
            const State before = parser.state();
            const qsizetype taken = parser.feed(pending);
            pending.remove(0, taken);
            if (parser.state() == State::HeadDone && before != State::HeadDone) {
                const RequestHead &head = parser.head();
                seen += "[" + head.method + " " + head.target + " 1." + QByteArray::number(head.minorVersion);
                for (const Header &header : head.headers)
                    seen += "|" + header.name + "=" + header.value;
                seen += head.keepAlive ? " keep" : " close";
                seen += head.chunked ? " chunked" : "";
                seen += head.expectContinue ? " expect" : "";
                seen += head.upgrade ? " upgrade" : "";
                seen += "]";
                continue;
            }
            if (parser.state() == State::Done) {
                if (!parser.body().isEmpty() && parser.body().capacity() - parser.body().size() < 64)
                    seen += " NO SPARE CAPACITY";
                seen += "{" + parser.takeBody() + "}";
                parser.next();
                continue;
            }
            if (parser.state() == State::Failed)
                return seen + " failed " + QByteArray::number(httpStatus(parser.error().code)) + ": "
                    + parser.error().detail.toUtf8();
            if (pending.isEmpty() || taken == 0)
                break;
        }
    }
    return seen
        + (parser.state() == State::Idle         ? " idle"
               : parser.state() == State::InHead ? " inHead"
                                                 : " inBody");
}

const QByteArray host = "Host: h\r\n";

} // namespace

class WireRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void corpus_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected"); // how the outcome begins
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &expected) {
            QTest::newRow(name) << bytes << expected;
        };
        const auto get = [](const QByteArray &fields) {
            return "GET / HTTP/1.1\r\n" + host + fields + "\r\n";
        };
        const auto post = [](const QByteArray &fields, const QByteArray &body) {
            return "POST / HTTP/1.1\r\n" + host + fields + "\r\n" + body;
        };
        const QByteArray bad = " failed 400: ";

        row("a request without a body", get({}), "[GET / 1.1|Host=h keep]{} idle");
        row("values lose the blanks around them", get("A: \t b c\t \r\nB:\r\n"),
            "[GET / 1.1|Host=h|A=b c|B= keep]{} idle");
        row("obs-text in values passes", get("A: \xE4\xFF\r\n"), "[GET / 1.1|Host=h|A=\xE4\xFF keep]{} idle");
        row("duplicates are kept in order", get("A: 1\r\na: 2\r\n"),
            "[GET / 1.1|Host=h|A=1|a=2 keep]{} idle");
        row("a body with a length", post("Content-Length: 5\r\n", "hello"),
            "[POST / 1.1|Host=h|Content-Length=5 keep]{hello} idle");
        row("a length of zero", post("Content-Length: 0\r\n", ""),
            "[POST / 1.1|Host=h|Content-Length=0 keep]{} idle");
        row("an unfinished body", post("Content-Length: 5\r\n", "hell"),
            "[POST / 1.1|Host=h|Content-Length=5 keep] inBody");
        row("an unfinished head", "GET / HTTP/1.1\r\nHost: h\r\n\r", " inHead");
        row("nothing", "", " idle");
        row("chunks",
            post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n00A;x=\"y\"\r\n0123456789\r\n0\r\n\r\n"),
            "[POST / 1.1|Host=h|Transfer-Encoding=chunked keep chunked]{hello0123456789} idle");
        row("no chunks but the last", post("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"),
            "[POST / 1.1|Host=h|Transfer-Encoding=Chunked keep chunked]{} idle");
        row("trailers are dropped",
            post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\nA: b\r\nHost: x\r\n\r\n"),
            "[POST / 1.1|Host=h|Transfer-Encoding=chunked keep chunked]{a} idle");
        row("pipelined requests",
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: "
            "3\r\n\r\nabcGET /3 HTTP/1.1\r\nHost: h\r\n\r\n",
            "[GET /1 1.1|Host=h keep]{}[POST /2 1.1|Host=h|Content-Length=3 keep]{abc}[GET /3 1.1|Host=h "
            "keep]{} idle");
        row("a smuggled request stays in the body",
            post("Content-Length: 26\r\n", "GET /x HTTP/1.1\r\nHost: h\r\n"),
            "[POST / 1.1|Host=h|Content-Length=26 keep]{GET /x HTTP/1.1\r\nHost: h\r\n} idle");
        row("empty lines before a request", "\r\n\r\n" + get({}), "[GET / 1.1|Host=h keep]{} idle");
        row("too many empty lines", QByteArray("\r\n").repeated(20) + get({}),
            bad + "There is a bare CR, or too many");
        row("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "[GET / 1.0 close]{} idle");
        row("HTTP/1.0 kept alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            "[GET / 1.0|Connection=Keep-Alive keep]{} idle");
        row("close", get("Connection: foo, Close\r\n"),
            "[GET / 1.1|Host=h|Connection=foo, Close close]{} idle");
        row("expect", post("Expect: 100-Continue\r\nContent-Length: 1\r\n", "x"),
            "[POST / 1.1|Host=h|Expect=100-Continue|Content-Length=1 keep expect]{x} idle");
        row("expect in 1.0 means nothing", "GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n",
            "[GET / 1.0|Expect=100-continue close]{} idle");
        row("another expectation", get("Expect: gold\r\n"), " failed 417: ");
        row("websocket", get("Connection: Upgrade\r\nUpgrade: websocket\r\n"),
            "[GET / 1.1|Host=h|Connection=Upgrade|Upgrade=websocket keep upgrade]{} idle");
        row("an offer of h2c may be ignored", get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"),
            "[GET / 1.1|Host=h|Connection=Upgrade, HTTP2-Settings|Upgrade=h2c keep]{} idle");

        row("absolute form", "GET http://example:8080/a?b HTTP/1.1\r\nHost: other\r\n\r\n",
            "[GET /a?b 1.1|Host=example:8080 keep]{} idle");
        row("absolute form without a path", "GET HTTP://example?q HTTP/1.1\r\nHost: h\r\n\r\n",
            "[GET /?q 1.1|Host=example keep]{} idle");
        row("absolute form with user information", "GET http://a@b/ HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("absolute form of another scheme", "GET ftp://b/ HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("OPTIONS of all", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "[OPTIONS * 1.1|Host=h keep]{} idle");
        row("GET of all", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", " failed 405: ");
        row("a relative target", "GET v1/x HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("a fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("non-ASCII in the target", "GET /\xC3\xA4 HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("a control character in the target", "GET /a\x01 HTTP/1.1\r\nHost: h\r\n\r\n",
            bad + "The head has a control character in the start line at byte 6.");
        row("DEL in the target", "GET /a\x7f HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", bad);
        row("a tab", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n",
            bad + "The head has a tab in the start line at byte 3.");
        row("a blank behind the version", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n", bad);
        row("no version", "GET /\r\nHost: h\r\n\r\n", bad);
        row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", bad);
        row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", bad);
        row("lower case http", "GET / http/1.1\r\nHost: h\r\n\r\n", bad);
        row("a TLS client", QByteArray("\x16\x03\x01\x02\x00", 5),
            bad + "The bytes at the start are no HTTP request");
        row("a blank before the method", " GET / HTTP/1.1\r\nHost: h\r\n\r\n", bad);

        row("no Host", "GET / HTTP/1.1\r\n\r\n", bad + "The request has no Host field.");
        row("two Hosts", get("host: h\r\n"), bad + "The request has more than one Host field.");
        row("two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", bad);
        row("a Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", bad);
        row("a Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", bad);
        row("a Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", bad);
        row("an IPv6 Host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
            "[GET / 1.1|Host=[::1]:80 keep]{} idle");

        row("length with chunks", post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            bad);
        row("chunks with length", post("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "0\r\n\r\n"),
            bad);
        row("two equal lengths", post("Content-Length: 1\r\nContent-Length: 1\r\n", "a"), bad);
        row("two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), bad);
        row("a list of lengths", post("Content-Length: 1, 1\r\n", "a"), bad);
        for (const char *length :
             {"", "-1", "+1", "0x1", "1.", "1 1", "1,", "99999999999999999999", "\xB2", "1\t2", "1;"})
            row(qPrintable(QStringLiteral("length \"%1\"").arg(QLatin1String(length))),
                post(QByteArray("Content-Length: ") + length + "\r\n", "a"), bad);
        for (const char *coding : {"gzip", "gzip, chunked", "chunked, chunked", "chunked, gzip", "identity",
                                   "xchunked", "chunked;a=b", "\"chunked\"", "", ",chunked", "chunked,"})
            row(qPrintable(QStringLiteral("coding \"%1\"").arg(QLatin1String(coding))),
                post(QByteArray("Transfer-Encoding: ") + coding + "\r\n", "0\r\n\r\n"), bad);
        row("two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            bad);
        row("a second coding that hides",
            post("Transfer-Encoding: chunked\r\ntransfer-encoding: x\r\n", "0\r\n\r\n"), bad);
        row("chunks in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", bad);

        row("bare LF everywhere", "GET / HTTP/1.1\nHost: h\n\n",
            bad + "The head has a bare LF (lines end with CR LF) at byte 14.");
        row("bare LF behind a field", "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n", bad);
        row("bare LF as the empty line", "GET / HTTP/1.1\r\nHost: h\r\n\n", bad);
        row("bare LF before the request", "\n" + get({}), bad);
        row("bare CR before the request", "\r" + get({}), bad);
        row("a bare CR in a value", get("A: b\rc\r\n"),
            bad + "The head has a bare CR in a header value at byte 29.");
        row("CR CR LF", get("A: b\r\r\n"), bad);
        row("a NUL in a value", get(QByteArray("A: b\0c\r\n", 8)),
            bad + "The head has a NUL byte in a header value at byte 29.");
        row("a NUL in a name", get(QByteArray("A\0: b\r\n", 7)), bad + "The head has a NUL byte at byte 26.");
        row("a control character in a value", get("A: \x1b[0m\r\n"), bad);
        row("DEL in a value", get("A: \x7f\r\n"), bad);
        row("a blank before the colon", get("A : b\r\n"),
            bad + "The head has white space in or behind a header name");
        row("a tab before the colon", get("Transfer-Encoding\t: chunked\r\n"), bad);
        row("a blank in a name", get("Content Length: 1\r\n"), bad);
        row("a folded line", get("A: b\r\n c\r\n"), bad + "The head has a folded header line");
        row("a folded line with a tab", get("A: b\r\n\tc\r\n"), bad);
        row("a first field that is folded", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", bad);
        row("no colon", get("nonsense\r\n"), bad + "The head has a header line without a colon");
        row("no name", get(": b\r\n"), bad);
        for (const char c : QByteArray("\"(),/;<=>?@[\\]{}\xE4"))
            row(qPrintable(QStringLiteral("a name with byte %1").arg(static_cast<unsigned char>(c))),
                get(QByteArray("A") + c + "B: c\r\n"), bad);

        const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
        for (const char *body : {"\r\n",
                                 "x\r\n",
                                 "-1\r\n",
                                 "+1\r\n",
                                 "0x1\r\na\r\n",
                                 " 1\r\na\r\n",
                                 "1 \r\na\r\n",
                                 "1\na\r\n0\r\n\r\n",
                                 "1\r\nab\r\n",
                                 "1\r\na0\r\n\r\n",
                                 "1\r\na\n0\r\n\r\n",
                                 "1\r\na\r0\r\n\r\n",
                                 "1;a\nb\r\na\r\n",
                                 "1;a\rb\r\na\r\n",
                                 "1;\x01\r\na\r\n",
                                 "1\r\r\n",
                                 "FFFFFFFFFFFFFFFFF\r\n",
                                 "8000000000000000\r\n",
                                 "ffffffffffffffff\r\n",
                                 "1_0\r\n",
                                 "0\r\nA : b\r\n\r\n",
                                 "0\r\n A: b\r\n\r\n",
                                 "0\r\nA: b\n\r\n",
                                 "0\r\nnonsense\r\n\r\n",
                                 "0\r\n\n",
                                 "0\r\nA: \x02\r\n\r\n",
                                 "g\r\n",
                                 ";\r\n"})
            row(qPrintable(QStringLiteral("chunks: ") + QString::fromLatin1(body).toHtmlEscaped().simplified()
                           + QString::number(qHash(QByteArrayView(body)))),
                post(chunked, body), "[POST / 1.1|Host=h|Transfer-Encoding=chunked keep chunked] failed 4");
        row("a long chunk-size line", post(chunked, "1;" + QByteArray(300, 'x') + "\r\na\r\n0\r\n\r\n"),
            "[POST / 1.1|Host=h|Transfer-Encoding=chunked keep chunked] failed 400: The chunked body has a "
            "chunk-size line above");
        row("a long chunk size", post(chunked, QByteArray(300, '0') + "1\r\na\r\n0\r\n\r\n"),
            "[POST / 1.1|Host=h|Transfer-Encoding=chunked keep chunked] failed 400: The chunked body has a "
            "chunk-size line above");
        row("trailers without end", post(chunked, "0\r\n" + QByteArray("A: b\r\n").repeated(2000) + "\r\n"),
            "[POST / 1.1|Host=h|Transfer-Encoding=chunked keep chunked] failed 400: The chunked body has "
            "trailers above");
    }
    void corpus()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        const QByteArray whole = outcome(bytes, {});
        QVERIFY2(expected.endsWith("idle") || expected.endsWith("inBody") || expected.endsWith("inHead")
                     ? whole == expected
                     : whole.startsWith(expected),
                 whole.constData());
        // However the bytes are split, the same comes out. (Of the few long ones not every cut is tried.)
        for (qsizetype cut = 1; cut < bytes.size(); cut += bytes.size() < 1000 ? 1 : 61)
            QCOMPARE(outcome(bytes, {cut}), whole);
        QList<qsizetype> everywhere;
        for (qsizetype cut = 1; cut < bytes.size(); ++cut)
            everywhere.append(cut);
        QCOMPARE(outcome(bytes, everywhere), whole);
    }
    void limits_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray start = "GET / HTTP/1.1\r\n" + host;
        const QByteArray full = start + "A: " + QByteArray(300 - start.size() - 7, 'a') + "\r\n\r\n";
        QTest::newRow("a head of the largest size") << full << QByteArray("[GET /");
        QTest::newRow("one byte more")
            << QByteArray(full).replace("A: ", "A: a") << QByteArray(" failed 431");
        QTest::newRow("one line without end") << start + QByteArray(1000, 'a') << QByteArray(" failed 431");
        QTest::newRow("as many fields as allowed") << start + QByteArray("A:b\r\n").repeated(4) + "\r\n"
                                                   << QByteArray("[GET /");
        QTest::newRow("one field more") << start + QByteArray("A:b\r\n").repeated(5) + "\r\n"
                                        << QByteArray(" failed 431");
        QTest::newRow("a body of the largest size")
            << start + "Content-Length: 50\r\n\r\n" + QByteArray(50, 'x') << QByteArray("[GET /");
        QTest::newRow("a body that says it is larger") << start + "Content-Length: 51\r\n\r\n"
                                                       << QByteArray(" failed 413");
        QTest::newRow("chunks up to the size") << start + "Transfer-Encoding: chunked\r\n\r\n19\r\n"
                + QByteArray(25, 'x') + "\r\n19\r\n" + QByteArray(25, 'x')
                + "\r\n0\r\n\r\n" << QByteArray("{");
        QTest::newRow("chunks above the size")
            << start + "Transfer-Encoding: chunked\r\n\r\n19\r\n" + QByteArray(25, 'x') + "\r\n1A\r\n"
            << QByteArray("] failed 413");
    }
    void limits()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        const RequestParser::Limits small{300, 50, 5};
        const QByteArray whole = outcome(bytes, {}, small);
        QVERIFY2(whole.contains(expected), whole.constData());
        QVERIFY2(whole.contains("failed") == expected.contains("failed"), whole.constData());
        for (qsizetype cut = 1; cut < bytes.size(); ++cut)
            QCOMPARE(outcome(bytes, {cut}, small), whole);
    }
    void theHeadIsKnownWhenTheBodyIsTooLarge()
    {
        RequestParser parser({1000, 10, 10});
        parser.feed("POST /v1/x?y=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
        QCOMPARE(parser.state(), State::Failed);
        QCOMPARE(parser.error().code, ErrorCode::BodyTooLarge);
        QCOMPARE(parser.head().path().toByteArray(), QByteArray("/v1/x"));
        QCOMPARE(parser.head().query().toByteArray(), QByteArray("y=1"));
    }
    void exactlyOneMessageIsTaken()
    {
        const QByteArray head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n";
        RequestParser parser({});
        QCOMPARE(parser.state(), State::Idle);
        const QByteArray bytes = head + "abGET";
        QCOMPARE(parser.feed(bytes), head.size());
        QCOMPARE(parser.state(), State::HeadDone);
        QCOMPARE(parser.feed(QByteArrayView(bytes).sliced(head.size())), qsizetype{2});
        QCOMPARE(parser.state(), State::Done);
        QCOMPARE(parser.feed("GET"), qsizetype{0});
        QCOMPARE(parser.takeHeadBytes(), head);
        parser.next();
        QCOMPARE(parser.state(), State::Idle);
        QCOMPARE(parser.feed("G"), qsizetype{1});
        QCOMPARE(parser.state(), State::InHead);
    }
    void anEmptyFeedEndsARequestWithoutBody()
    {
        RequestParser parser({});
        parser.feed("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(parser.state(), State::HeadDone);
        QCOMPARE(parser.feed({}), qsizetype{0});
        QCOMPARE(parser.state(), State::Done);
    }
    void memoryFollowsWhatCameNotWhatWasClaimed()
    {
        RequestParser parser({});
        parser.feed("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000000\r\n\r\n");
        parser.feed({});
        QCOMPARE(parser.body().capacity(), qsizetype{0});
        parser.feed("x");
        QVERIFY(parser.body().capacity() <= 1024 * 1024 + 64);
    }
    void errorsDoNotEchoWhatCame()
    {
        const QByteArray canary = "lbp_canary";
        for (const QByteArray &field :
             {QByteArray("Authorization: Bearer " + canary + "\x01\r\n"),
              QByteArray("Authorization : " + canary + "\r\n"), QByteArray(canary + "\r\n"),
              QByteArray("Host: " + canary + "\r\n"), QByteArray("Content-Length: " + canary + "\r\n"),
              QByteArray("Expect: " + canary + "\r\n"), QByteArray("Connection: \"" + canary + "\r\n")}) {
            RequestParser parser({});
            parser.feed("GET / HTTP/1.1\r\nHost: h\r\n" + field + "\r\n");
            QCOMPARE(parser.state(), State::Failed);
            QVERIFY(!parser.error().detail.isEmpty());
            QVERIFY(!parser.error().detail.contains(QString::fromLatin1(canary)));
        }
    }
};

QTEST_GUILESS_MAIN(WireRequest)
#include "tst_wire_request.moc"
