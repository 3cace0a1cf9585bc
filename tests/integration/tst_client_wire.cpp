// What a client may do on its connection, and what it gets: HTTP/1.1 and 1.0 as they are spoken, patience
// with its bounds.
#include "support/harness.h"

#include <QFileInfo>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype megabyte = 1024 * 1024;

/// What was posted to the proxy thread before this has been done.
void afterTheProxyThread(Proxy &proxy)
{
    proxy.gateway->budgets().waitForFinished();
}

/// Bytes that the proxy has not taken from \a socket, once that does not change any more although the proxy
/// had its turns.
qint64 settledBacklog(Proxy &proxy, QTcpSocket &socket)
{
    qint64 last = -1;
    while (last != socket.bytesToWrite()) {
        last = socket.bytesToWrite();
        [[maybe_unused]] const bool moved =
            QTest::qWaitFor([&] { return socket.bytesToWrite() != last; }, 500);
        for (int turns = 0; turns < 5; ++turns) {
            afterTheProxyThread(proxy);
            QCoreApplication::processEvents();
        }
    }
    return last;
}

QByteArray certificateFile(const QString &name)
{
    return QFileInfo(FakeProvider::caFile()).absolutePath().toUtf8() + '/' + name.toUtf8();
}

Proxy::Options tlsListener()
{
    return {.config = "server: { tlsCertificate: \"" + certificateFile(QStringLiteral("server.pem"))
                + "\", tlsKey: \"" + certificateFile(QStringLiteral("server.key")) + "\" }\n",
            .pricing = {}};
}

/// A client over TLS that reads only when told to.
class TlsClient : public QSslSocket
{
public:
    explicit TlsClient(quint16 port)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.addCaCertificates(FakeProvider::caFile(), QSsl::Pem);
        setSslConfiguration(configuration);
        setProxy(QNetworkProxy::NoProxy);
        setReadBufferSize(16 * 1024);
        connectToHostEncrypted(QStringLiteral("127.0.0.1"), port, QStringLiteral("localhost"));
        // Not waitForEncrypted(): the provider may need this thread's loop too.
        if (!QTest::qWaitFor([this] { return isEncrypted(); }, 10'000))
            qFatal("no TLS: %s", qPrintable(errorString()));
    }
};

} // namespace

class TestClientWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConnectionServesOneRequestAfterTheOther();
    void aPipelineInOneWriteIsAnsweredInOrder();
    void aSlowFirstAnswerHoldsBackThoseBehindIt();
    void aPipelineInPiecesKeepsItsOrder();
    void aPipelineThatNobodyReadsIsBounded();
    void http10GetsAStreamThatEndsWithTheConnection();
    void http10IsKeptAliveWhenItAsks_data();
    void http10IsKeptAliveWhenItAsks();
    void headGetsAHeadAlone();
    void optionsTellsWhatIsThereAndGrantsNothing();
    void continueIsSaidBeforeTheBody();
    void aRefusedExpectationGetsItsAnswerInsteadOfContinue();
    void anUnknownExpectationIsRefused();
    void aChunkedBodyGoesUpInOnePiece();
    void withoutTeThereAreNoTrailers();
    void aWebSocketIsToldToUseHttp();
    void aRefusalBeforeALargeBodyIsReadable_data();
    void aRefusalBeforeALargeBodyIsReadable();
    void aRefusalOfASmallBodyKeepsTheConnection();
    void refusedBodiesAreNotCountedForEver();
    void aSlowHeadIsGivenUp();
    void aBodyThatStallsIsGivenUp();
    void aBodyThatTricklesIsNot();
    void anIdleConnectionIsClosed();
    void aConnectionWithoutARequestIsClosed();
    void aReaderThatStopsSlowsTheProvider_data();
    void aReaderThatStopsSlowsTheProvider();
    void aReaderThatNeverComesBackIsLeft();
    void tlsIsServedWithTheConfiguredCertificate();
    void aGatewayThatStopsLeavesNothingBehind();
};

void TestClientWire::aConnectionServesOneRequestAfterTheOther()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(1, 1, QByteArray::number(call.body().size())));
    };
    RawClient client(proxy.port);
    for (int i = 1; i <= 20; ++i) {
        const QByteArray body = chatBody(QByteArray(i, 'x'));
        client.write(request("POST", "/v1/chat/completions", key, body));
        const Answer answer = client.read();
        QVERIFY(answer.whole);
        QCOMPARE(answer.body, chatAnswer(1, 1, QByteArray::number(body.size())));
        QVERIFY(answer.header("Connection").isEmpty());
    }
    QCOMPARE(proxy.gateway->stats().clientConnections.load(), 1);
    client.write(request("GET", "/", key, {}, "Connection: close\r\n"));
    QCOMPARE(client.read().header("Connection"), QByteArray("close"));
    QVERIFY(client.waitClosed());
    QTRY_COMPARE(proxy.gateway->stats().clientConnections.load(), 0);
}

void TestClientWire::aPipelineInOneWriteIsAnsweredInOrder()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(1, 1), "X-Asked: " + QByteArray::number(call.body().count('x')) + "\r\n");
    };
    QByteArray all;
    for (int i = 1; i <= 10; ++i) // of several kinds: proxied, refused, local
        all += i % 5 == 0 ? request("POST", "/v1/videos", key, chatBody())
            : i % 4 == 0  ? request("GET", "/", {})
                          : request("POST", "/v1/chat/completions", key, chatBody(QByteArray(i, 'x')));
    RawClient client(proxy.port);
    client.write(all);
    for (int i = 1; i <= 10; ++i) {
        const Answer answer = client.read();
        QVERIFY(answer.whole);
        QCOMPARE(answer.status(), i % 5 == 0 ? 403 : 200);
        QCOMPARE(answer.header("X-Asked"), i % 5 == 0 || i % 4 == 0 ? QByteArray() : QByteArray::number(i));
    }
    QVERIFY(client.unread().isEmpty());
    QVERIFY(proxy.isQuiet());
}

void TestClientWire::aSlowFirstAnswerHoldsBackThoseBehindIt()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody("one", ",\"stream\":true"))
                 + request("GET", "/v1/models", key) + request("GET", "/", key));
    ProviderCall &first = proxy.provider.call(0);
    first.streamHead();
    first.chunk(chatChunk("slow"));
    QVERIFY(client.readUntil("slow").contains("slow"));
    afterTheProxyThread(proxy);
    QCOMPARE(proxy.provider.requestCount(), 1);
    first.chunk("data: [DONE]\n\n");
    first.endStream();
    QVERIFY(client.read().body.endsWith("[DONE]\n\n"));
    proxy.provider.call(1).json(200, "{\"data\":[]}");
    QCOMPARE(client.read().body, QByteArray("{\"data\":[]}"));
    QVERIFY(client.read().body.contains("is running"));
}

void TestClientWire::aPipelineInPiecesKeepsItsOrder()
{
    // Pieces arrive while answers end: what waits must not be overtaken by what has just come.
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    QByteArrayList seen;
    proxy.provider.onRequest = [&seen](ProviderCall &call) {
        seen.append(call.head().target);
        call.json(200, call.head().target);
    };
    QByteArray all;
    QByteArrayList expected;
    for (int i = 0; i < 400; ++i) {
        const QByteArray target = "/v1/models?n=" + QByteArray::number(i);
        expected.append(target);
        all += request("GET", target, key);
    }
    QRandomGenerator random(7);
    RawClient client(proxy.port);
    for (qsizetype at = 0; at < all.size();) {
        const qsizetype size = random.bounded(1, 400);
        client.write(all.mid(at, size));
        at += size;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 0);
    }
    for (const QByteArray &target : std::as_const(expected))
        QCOMPARE(client.read().body, target);
    QCOMPARE(seen, expected);
}

void TestClientWire::aPipelineThatNobodyReadsIsBounded()
{
    Proxy proxy;
    RawClient client(proxy.port);
    client.socket().setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 32 * 1024);
    client.stopReading();
    const QByteArray one = request("GET", "/v1/models", "nobody");
    const qsizetype count = 16 * megabyte / one.size();
    client.write(one.repeated(count));
    QVERIFY(settledBacklog(proxy, client.socket()) > 0);
    const qint64 answered = proxy.gateway->stats().refusedAuth;
    QVERIFY(answered > 100);
    QVERIFY2(answered < count / 3,
             (QByteArray::number(answered) + " of " + QByteArray::number(count))
                 .constData()); // what fits into the buffers of two sockets
    QVERIFY(QTest::qWaitFor([&] {
        proxy.clock.advance(
            121s); // again, because the system still squeezes a few bytes into its buffers now and then
        return proxy.gateway->stats().clientConnections == 0;
    }));
}

void TestClientWire::http10GetsAStreamThatEndsWithTheConnection()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray body = chatBody("Hi", ",\"stream\":true");
    RawClient client(proxy.port);
    client.write("POST /v1/chat/completions HTTP/1.0\r\nAuthorization: Bearer " + key
                 + "\r\nConnection: keep-alive\r\nContent-Length: " + QByteArray::number(body.size())
                 + "\r\n\r\n" + body);
    ProviderCall &call = proxy.provider.call();
    QCOMPARE(call.head().minorVersion, 1);
    call.streamHead();
    call.chunk(chatChunk("one"));
    QVERIFY(client.readUntil("one").contains("one"));
    call.chunk("data: [DONE]\n\n");
    call.endStream();
    const Answer answer = client.read();
    QVERIFY(answer.header("Transfer-Encoding").isEmpty());
    QCOMPARE(answer.header("Connection"), QByteArray("close"));
    QCOMPARE(answer.body, chatChunk("one") + "data: [DONE]\n\n");
    QVERIFY(client.isClosed());
}

void TestClientWire::http10IsKeptAliveWhenItAsks_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("kept");
    QTest::newRow("it asks") << QByteArray("Connection: Keep-Alive\r\n") << true;
    QTest::newRow("it does not") << QByteArray() << false;
}

void TestClientWire::http10IsKeptAliveWhenItAsks()
{
    QFETCH(QByteArray, field);
    QFETCH(bool, kept);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    RawClient client(proxy.port);
    const QByteArray body = chatBody();
    const QByteArray text = "POST /v1/chat/completions HTTP/1.0\r\nAuthorization: Bearer " + key + "\r\n"
        + field + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    client.write(text);
    const Answer answer = client.read();
    QCOMPARE(answer.body, chatAnswer(1, 1));
    QCOMPARE(answer.header("Connection"), QByteArray(kept ? "keep-alive" : "close"));
    if (!kept) {
        QVERIFY(client.waitClosed());
        return;
    }
    client.write(text);
    QCOMPARE(client.read().body, chatAnswer(1, 1));
    QVERIFY(!client.isClosed());
}

void TestClientWire::headGetsAHeadAlone()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        if (call.head().method == "HEAD")
            call.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n");
        else
            call.json(200, "{\"data\":[]}");
    };
    RawClient client(proxy.port);
    client.write(request("HEAD", "/v1/models", key));
    const Answer answer = client.read(true);
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.header("Content-Length"), QByteArray("11"));
    client.write(request("HEAD", "/", {}) + request("HEAD", "/v1/models", "wrong")
                 + request("GET", "/v1/models", key));
    QCOMPARE(client.read(true).status(), 200);
    QCOMPARE(client.read(true).status(), 401);
    QCOMPARE(client.read().body, QByteArray("{\"data\":[]}")); // no stray byte of a body came between
}

void TestClientWire::optionsTellsWhatIsThereAndGrantsNothing()
{
    Proxy proxy;
    RawClient client(proxy.port);
    client.write("OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                 "https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n"
                 "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for (int i = 0; i < 2; ++i) {
        const Answer answer = client.read();
        QCOMPARE(answer.status(), i == 0 ? 204 : answer.status());
        QVERIFY(answer.whole);
        for (const Header &header : answer.head.headers)
            QVERIFY2(!header.name.toLower().startsWith("access-control"), header.name.constData());
        if (i == 0)
            QVERIFY(answer.header("Allow").contains("POST"));
    }
    QCOMPARE(proxy.provider.connectionCount(), 0);
}

void TestClientWire::continueIsSaidBeforeTheBody()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    RawClient client(proxy.port);
    const QByteArray text =
        request("POST", "/v1/chat/completions", key, chatBody(), "Expect: 100-continue\r\n");
    client.write(text.chopped(chatBody().size()));
    QCOMPARE(client.readUntil("\r\n\r\n"), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    QCOMPARE(proxy.provider.requestCount(), 0);
    client.write(chatBody());
    QCOMPARE(client.read().body, chatAnswer(1, 1));
    QVERIFY(!proxy.provider.call().head().headers.contains("expect"));
}

void TestClientWire::aRefusedExpectationGetsItsAnswerInsteadOfContinue()
{
    Proxy proxy;
    RawClient client(proxy.port);
    const QByteArray text =
        request("POST", "/v1/chat/completions", "wrong", chatBody(), "Expect: 100-continue\r\n");
    client.write(text.chopped(chatBody().size()));
    QVERIFY(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 401 "));
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    QCOMPARE(answer.header("Connection"), QByteArray("close")); // whether a body follows cannot be known
    QVERIFY(client.waitClosed());
    QCOMPARE(proxy.provider.connectionCount(), 0);
}

void TestClientWire::anUnknownExpectationIsRefused()
{
    Proxy proxy;
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", "x", chatBody(), "Expect: a-miracle\r\n"));
    QCOMPARE(client.read().status(), 417);
}

void TestClientWire::aChunkedBodyGoesUpInOnePiece()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const QByteArray body = chatBody(QByteArray(100'000, 'y'));
    QByteArray chunks;
    for (qsizetype at = 0; at < body.size(); at += 777)
        appendChunk(chunks, QByteArrayView(body).sliced(at, std::min<qsizetype>(777, body.size() - at)));
    RawClient client(proxy.port);
    client.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                 + "\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n" + chunks
                 + "0\r\nX-Trailer: dropped\r\n\r\n" + request("GET", "/", {}));
    QCOMPARE(client.read().body, chatAnswer(1, 1));
    QVERIFY(client.read().body.contains("is running")); // the end of the body was found
    const ProviderCall &call = proxy.provider.call();
    QCOMPARE(call.body(), body);
    QCOMPARE(call.head().headers.value("content-length"), QByteArray::number(body.size()));
    QVERIFY(!call.head().headers.contains("transfer-encoding"));
    QVERIFY(!call.head().headers.contains("x-trailer"));
}

void TestClientWire::withoutTeThereAreNoTrailers()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.streamHead("Trailer: X-Provider\r\n");
        call.chunk(chatChunk("one") + usageChunk(1, 1) + "data: [DONE]\n\n");
        call.send("0\r\nX-Provider: secret\r\n\r\n");
    };
    const Answer answer = proxy.chat(key, chatBody("Hi", ",\"stream\":true"));
    QVERIFY(answer.whole);
    QVERIFY(answer.trailers.begin() == answer.trailers.end());
    QVERIFY(answer.header("Trailer").isEmpty());
}

void TestClientWire::aWebSocketIsToldToUseHttp()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    // Codex tries the second one first, and takes seven attempts for any other answer.
    for (const char *path : {"/v1/realtime", "/v1/responses"}) {
        RawClient client(proxy.port);
        client.write(request("GET", path, key, {},
                             "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
                             "13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                             "openai-beta: responses_websockets=2026-02-06\r\n"));
        const Answer answer = client.read();
        QCOMPARE(answer.status(), 426);
        QVERIFY(answer.body.contains("WebSocket"));
    }
    QCOMPARE(proxy.provider.connectionCount(), 0);
}

void TestClientWire::aRefusalBeforeALargeBodyIsReadable_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::newRow("length known") << false;
    QTest::newRow("chunked") << true;
}

void TestClientWire::aRefusalBeforeALargeBodyIsReadable()
{
    QFETCH(bool, chunked);
    Proxy proxy;
    const QByteArray body(8 * megabyte, 'x');
    QByteArray text = request("POST", "/v1/chat/completions", "wrong", chunked ? QByteArray() : body);
    if (chunked) {
        text = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
               "wrong\r\nTransfer-Encoding: chunked\r\n\r\n";
        appendChunk(text, body);
        text += "0\r\n\r\n";
    }
    RawClient client(proxy.port);
    client.write(text);
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 401);
    QVERIFY(answer.whole);
    QVERIFY(answer.body.contains("API key"));
    QCOMPARE(answer.header("Connection"), QByteArray("close"));
    QVERIFY(client.waitClosed());
    QTRY_COMPARE(proxy.gateway->stats().clientConnections.load(), 0);
}

void TestClientWire::aRefusalOfASmallBodyKeepsTheConnection()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", "wrong", chatBody(QByteArray(100'000, 'x'))));
    QCOMPARE(client.read().status(), 401);
    client.write(request("POST", "/v1/chat/completions", key, chatBody()));
    QCOMPARE(client.read().status(), 200);
    QCOMPARE(proxy.provider.requestCount(), 1);
}

void TestClientWire::refusedBodiesAreNotCountedForEver()
{
    // Bodies in memory are bounded over all connections; those that were refused and forgotten must not use
    // that up.
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const QByteArray text = request("POST", "/v1/chat/completions", "wrong", QByteArray(megabyte - 100, 'x'));
    std::vector<std::unique_ptr<RawClient>> kept;
    for (int i = 0; i < 1100; i += 20) { // twenty at a time, which is quicker
        for (int k = 0; k < 20; ++k) {
            kept.push_back(std::make_unique<RawClient>(proxy.port));
            kept.back()->write(text);
        }
        for (int k = 0; k < 20; ++k)
            QCOMPARE(kept[size_t(i + k)]->read().status(), 401);
    }
    const Answer answer = proxy.chat(key, chatBody(QByteArray(300'000, 'x')));
    QCOMPARE(answer.status(), 200);
}

void TestClientWire::aSlowHeadIsGivenUp()
{
    Proxy proxy;
    RawClient client(proxy.port);
    client.write(request("GET", "/", {}) + "POST /v1/chat/completions HTTP/1.1\r\nHost: loc");
    QCOMPARE(client.read().status(), 200);
    afterTheProxyThread(proxy); // the beginning of the next head is taken
    proxy.clock.advance(14s);
    client.write("alhost\r\n");
    afterTheProxyThread(proxy);
    QVERIFY(!QTest::qWaitFor([&] { return !client.unread().isEmpty() || client.isClosed(); }, 100));
    proxy.clock.advance(2s); // more bytes do not buy more time
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 408);
    QCOMPARE(answer.header("Connection"), QByteArray("close"));
    QVERIFY(client.waitClosed());
}

void TestClientWire::aBodyThatStallsIsGivenUp()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody(), "Expect: 100-continue\r\n")
                     .chopped(chatBody().size()));
    QVERIFY(client.readUntil("100 Continue\r\n\r\n").endsWith("Continue\r\n\r\n"));
    proxy.clock.advance(59s);
    QVERIFY(!QTest::qWaitFor([&] { return client.unread().contains("408"); }, 100));
    proxy.clock.advance(2s);
    QVERIFY(client.readUntil(" 408 ").contains(" 408 "));
    QVERIFY(client.waitClosed());
    QCOMPARE(proxy.provider.connectionCount(), 0);
    QVERIFY(proxy.isQuiet());
}

void TestClientWire::aBodyThatTricklesIsNot()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    RawClient client(proxy.port);
    client.socket().setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const QByteArray body = chatBody();
    client.write(
        request("POST", "/v1/chat/completions", key, body, "Expect: 100-continue\r\n").chopped(body.size()));
    QVERIFY(client.readUntil("100 Continue").contains("Continue"));
    for (int i = 0; i < 3; ++i) {
        proxy.clock.advance(40s);
        client.write(body.mid(i, 1));
        // A request on a connection of its own is answered after what came before it was read.
        RawClient other(proxy.port);
        other.write(request("GET", "/", {}));
        QCOMPARE(other.read().status(), 200);
    }
    client.write(body.mid(3));
    const QByteArray got = client.readUntil("Hello");
    QVERIFY2(got.contains(" 200 "), got.constData());
}

void TestClientWire::anIdleConnectionIsClosed()
{
    Proxy proxy;
    RawClient client(proxy.port);
    client.write(request("GET", "/", {}));
    QCOMPARE(client.read().status(), 200);
    afterTheProxyThread(proxy);
    proxy.clock.advance(74s);
    QVERIFY(!client.waitClosed(100));
    proxy.clock.advance(2s);
    QVERIFY(client.waitClosed());
    QVERIFY(client.unread()
                .isEmpty()); // an answer that nobody asked for would be taken for that of the next request
}

void TestClientWire::aConnectionWithoutARequestIsClosed()
{
    Proxy proxy;
    RawClient client(proxy.port);
    QTRY_COMPARE(proxy.gateway->stats().clientConnections.load(), 1);
    client.write("\r\n\r\n"); // empty lines are no request
    afterTheProxyThread(proxy);
    proxy.clock.advance(16s);
    QVERIFY(client.waitClosed());
    QVERIFY(client.unread().isEmpty());
}

void TestClientWire::aReaderThatStopsSlowsTheProvider_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("tls") << true;
}

void TestClientWire::aReaderThatStopsSlowsTheProvider()
{
    QFETCH(bool, tls);
    Proxy proxy(tls ? tlsListener() : Proxy::Options());
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    std::unique_ptr<QTcpSocket> client;
    if (tls) {
        client = std::make_unique<TlsClient>(proxy.port);
    } else {
        client = std::make_unique<QTcpSocket>();
        client->setProxy(QNetworkProxy::NoProxy);
        client->setReadBufferSize(16 * 1024);
        client->connectToHost(QHostAddress::LocalHost, proxy.port);
        QVERIFY(client->waitForConnected());
    }
    client->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 32 * 1024);
    client->write(request("POST", "/v1/chat/completions", key,
                          chatBody("Hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")));
    ProviderCall &call = proxy.provider.call();
    call.socket()->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024);
    call.streamHead();
    const QByteArray comment = ": " + QByteArray(32 * 1024, 'c') + "\n\n";
    constexpr int count = 1000;
    QByteArray all;
    for (int i = 0; i < count; ++i)
        appendChunk(all, comment);
    call.send(all);
    const qint64 waiting = settledBacklog(proxy, *call.socket());
    const qint64 accepted = all.size() - waiting;
    // Our part is some hundred kilobytes; the rest is what the system keeps for the two sockets in between.
    QVERIFY2(accepted < 20 * megabyte && waiting > 0, QByteArray::number(accepted).constData());

    QByteArray last;
    appendChunk(last, usageChunk(3, 4) + "data: [DONE]\n\n");
    appendLastChunk(last);
    call.send(last);
    QByteArray got;
    client->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 1024 * 1024);
    connect(client.get(), &QTcpSocket::readyRead, this, [&] { got += client->readAll(); });
    client->setReadBufferSize(0);
    got += client->readAll();
    QVERIFY(QTest::qWaitFor([&] { return got.endsWith("0\r\n\r\n"); }, 60'000));
    client->disconnect(this);
    ResponseParser parser;
    parser.start(false);
    QByteArray body;
    while (parser.state() != ResponseParser::State::Done) {
        const qsizetype taken = parser.feed(got, body);
        QVERIFY(taken > 0);
        got.remove(0, taken);
    }
    QVERIFY(body == comment.repeated(count) + usageChunk(3, 4) + "data: [DONE]\n\n");
    QVERIFY(proxy.isQuiet());
}

void TestClientWire::aReaderThatNeverComesBackIsLeft()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.stopReading();
    client.write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    QByteArray all;
    for (int i = 0; i < 1500; ++i)
        appendChunk(all, ": " + QByteArray(32 * 1024, 'c') + "\n\n");
    call.send(all);
    QVERIFY(settledBacklog(proxy, *call.socket()) > 0);
    proxy.clock.advance(119s);
    QVERIFY(!QTest::qWaitFor([&] { return call.clientGone(); }, 100));
    QVERIFY(QTest::qWaitFor([&] {
        proxy.clock.advance(2s);
        return call.clientGone();
    }));
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.rows().size(), 1);
    QCOMPARE(proxy.rows().first().close.outcome, Outcome::ClientGone);
}

void TestClientWire::tlsIsServedWithTheConfiguredCertificate()
{
    Proxy proxy(tlsListener());
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) {
        call.json(200, chatAnswer(1, 1, call.body().mid(60, 20)));
    };
    TlsClient client(proxy.port);
    client.setReadBufferSize(0);
    for (int i = 0; i < 3; ++i) {
        const QByteArray body = chatBody(QByteArray(i * 200'000, 'x'));
        client.write(request("POST", "/v1/chat/completions", key, body));
        QByteArray got;
        QVERIFY(QTest::qWaitFor([&] {
            got += client.readAll();
            return got.contains("\"usage\"");
        }));
        QVERIFY(got.startsWith("HTTP/1.1 200 "));
        QCOMPARE(proxy.provider.call(i).body(), body);
    }
    RawClient plain(proxy.port); // plain HTTP to the TLS port gets no answer in plain
    plain.write(request("GET", "/", {}));
    QVERIFY(plain.waitClosed());
    QVERIFY(!plain.unread().startsWith("HTTP/"));
}

void TestClientWire::aGatewayThatStopsLeavesNothingBehind()
{
    // Answers under way, of each kind, when the whole data path goes down: every reservation ends and nobody
    // writes to what is gone.
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient stream(proxy.port), plain(proxy.port), free(proxy.port), half(proxy.port);
    stream.write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    proxy.provider.call(0).streamHead();
    QVERIFY(stream.readUntil("\r\n\r\n").contains(" 200 "));
    plain.write(request("POST", "/v1/chat/completions", key, chatBody("Ho")));
    free.write(request("GET", "/v1/models", key));
    half.write(request("POST", "/v1/chat/completions", key, chatBody()).chopped(3));
    proxy.provider.call(2);
    proxy.restart();
    QVERIFY(stream.waitClosed());
    QVERIFY(plain.waitClosed());
    QVERIFY(free.waitClosed());
    QVERIFY(half.waitClosed());
    QVERIFY(proxy.isQuiet());
}

QTEST_GUILESS_MAIN(TestClientWire)
#include "tst_client_wire.moc"
