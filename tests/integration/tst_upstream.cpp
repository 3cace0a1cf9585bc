// The way to the provider, against providers that misbehave: what is sent goes out once, what comes back
// belongs to its request.
#include "proxy/upstream.h"
#include "support/harness.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <QProcess>
#include <QtTest>
#include <sys/socket.h>
#include <unistd.h>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

/// Every connection and the bytes on it, without any idea of HTTP.
class RawServer : public QTcpServer
{
public:
    explicit RawServer(const QHostAddress &address = QHostAddress::LocalHost)
    {
        if (!listen(address, 0))
            qFatal("cannot listen on %s", qPrintable(address.toString()));
    }
    struct Connection
    {
        QTcpSocket *socket;
        QByteArray received;
    };
    std::vector<std::unique_ptr<Connection>> connections;
    std::function<void(Connection &)> onBytes;
    bool reads = true;
    QUrl url(const QString &host = QStringLiteral("127.0.0.1")) const
    {
        return QUrl(QStringLiteral("http://%1:%2").arg(host).arg(serverPort()));
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QTcpSocket(this);
        socket->setReadBufferSize(64 * 1024);
        socket->setSocketDescriptor(descriptor);
        connections.push_back(std::make_unique<Connection>(Connection{socket, {}}));
        Connection *connection = connections.back().get();
        connect(socket, &QTcpSocket::readyRead, this, [this, connection] {
            if (!reads && !connection->received.isEmpty())
                return;
            connection->received += connection->socket->readAll();
            if (onBytes)
                onBytes(*connection);
        });
    }
};

/// One request under way, and all that was heard of it.
class Asked : public UpstreamReceiver
{
public:
    Asked(Upstream &upstream, const QUrl &url, const QByteArray &method, const QByteArray &sent)
    {
        auto outgoing = std::make_shared<Outgoing>();
        outgoing->head = method + " /v1/x HTTP/1.1\r\nHost: provider\r\nAuthorization: Bearer sk-canary\r\n"
            + (method == "POST" ? "Content-Length: " + QByteArray::number(sent.size()) + "\r\n"
                                : QByteArray())
            + "\r\n";
        outgoing->body = sent;
        outgoing->headRequest = method == "HEAD";
        outgoing->safeToRepeat = method != "POST";
        reply = upstream.send(url, std::move(outgoing), this);
    }
    ~Asked() override
    {
        reply->setReceiver(nullptr);
        delete reply;
    }
    void onUpstreamHead() override { ++heads; }
    void onUpstreamData() override { body += reply->takeBody(); }
    void onUpstreamEnd() override { ++ends; }
    bool wait()
    {
        return QTest::qWaitFor([this] { return ends > 0; }, 10'000);
    }
    /// It ended well with this status and body.
    bool got(int status, const QByteArray &text)
    {
        const bool good = wait() && ends == 1 && !reply->failure() && heads == 1
            && reply->head().status == status && body == text;
        if (!good)
            qWarning("status %d, body '%s', %d heads, %d ends, %s", reply->head().status,
                     body.left(200).constData(), heads, ends,
                     reply->failure() ? qPrintable(reply->failure()->detail) : "no failure");
        return good;
    }
    UpstreamReply *reply;
    QByteArray body;
    int heads = 0;
    int ends = 0;
};

/// An Upstream of its own, in this thread, with a clock that stands still.
struct Way
{
    explicit Way(Upstream::Options options = {.caFile = {}})
        : upstream(std::move(options), deadlines, stats)
    {
    }
    std::unique_ptr<Asked> ask(const QUrl &url, const QByteArray &body = "{}",
                               const QByteArray &method = "POST")
    {
        return std::make_unique<Asked>(upstream, url, method, body);
    }
    void pass(Duration time)
    {
        clock.advance(time);
        deadlines.check();
    }
    FakeClock clock;
    Deadlines deadlines{clock, 20ms};
    DataPlaneStats stats;
    Upstream upstream;
};

void echo(ProviderCall &call)
{
    call.json(200, call.body());
}

const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

class TestUpstream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConnectionIsUsedAgain();
    void hundredsOfSlowStreamsAllProgress();
    void aPostOnAKeptConnectionIsNotRepeated();
    void aPostOnAFreshConnectionIsNotRepeated();
    void aPostCutWhileItsBodyIsSentIsNotRepeated();
    void aConnectionTheProviderHasClosedIsNotUsedForAPost();
    void aGetIsRepeatedOnceItsConnectionWasKept();
    void nobodyThereIsSaidAtOnce();
    void interimAnswersNeitherEndNorCross();
    void anAnswerBeforeTheBodyWasSentCounts_data();
    void anAnswerBeforeTheBodyWasSentCounts();
    void aProviderThatClosesAfterItsAnswerIsAskedAnew_data();
    void aProviderThatClosesAfterItsAnswerIsAskedAnew();
    void bytesBehindAnAnswerBelongToNobody();
    void bytesThatNobodyAskedForEndTheConnection();
    void aStallEndsAfterTheIdleTime();
    void aConnectionThatDoesNotComeAboutIsGivenUp();
    void aLongBodyThatIsTakenSlowlyIsNoStall();
    void tlsIsVerified();
    void aTlsSessionIsResumed();
    void ipv6AndIpv4AreBothReached();
    void theEndOfATlsAnswerIsReadWhole_data();
    void theEndOfATlsAnswerIsReadWhole();
    void theProxyOfTheEnvironmentIsUsed();
    void connectionsAreBoundedAndTheRestQueues();
    void idleConnectionsMakeRoomForOtherHosts();
    void waitingForAConnectionIsBounded();
    void itCanBeUsedAsAnyNetworkAccessManager();
    void aRedirectIsPassedOnAndNotFollowed();
    void aStallIsA504AndAWrongCertificateA502();
};

void TestUpstream::aConnectionIsUsedAgain()
{
    FakeProvider provider;
    provider.onRequest = echo;
    Way way;
    for (int i = 0; i < 20; ++i) {
        const QByteArray body = "{\"n\":" + QByteArray(i * 3000, ' ') + "1}";
        QVERIFY(way.ask(provider.url(), body)->got(200, body));
    }
    QCOMPARE(provider.connectionCount(), 1);
    QCOMPARE(way.upstream.connectionCount(), 1);
    way.pass(26s); // kept no longer than common servers keep it
    QCOMPARE(way.upstream.connectionCount(), 0);
}

void TestUpstream::hundredsOfSlowStreamsAllProgress()
{
    constexpr int count = 300;
    FakeProvider provider;
    Way way;
    std::vector<std::unique_ptr<Asked>> all;
    for (int i = 0; i < count; ++i)
        all.push_back(way.ask(provider.url(), QByteArray::number(i)));
    ProviderCall &last = provider.call(count - 1, 30'000);
    Q_UNUSED(last)
    QCOMPARE(provider.connectionCount(), count);
    const auto each = [&](auto what) {
        for (int i = count - 1; i >= 0; --i)
            what(provider.call(i));
    };
    const auto allGot = [&](const QByteArray &suffix) {
        return QTest::qWaitFor(
            [&] {
                for (int i = 0; i < count; ++i) {
                    if (all[size_t(i)]->body != QByteArray::number(i) + suffix)
                        return false;
                }
                return true;
            },
            30'000);
    };
    each([](ProviderCall &call) {
        call.streamHead();
        call.chunk(call.body());
    });
    QVERIFY(allGot({}));
    each([](ProviderCall &call) { call.chunk("+"); });
    QVERIFY(allGot("+"));
    each([](ProviderCall &call) {
        call.chunk("!");
        call.endStream();
    });
    QVERIFY(allGot("+!"));
    for (const auto &asked : all)
        QVERIFY(asked->wait() && !asked->reply->failure());
    QCOMPARE(way.upstream.connectionCount(), count); // all kept, none lost
    QVERIFY(way.ask(provider.url())->reply != nullptr);
}

void TestUpstream::aPostOnAKeptConnectionIsNotRepeated()
{
    FakeProvider provider;
    provider.onRequest = [&provider](ProviderCall &call) {
        if (provider.requestCount() == 1)
            echo(call);
        else
            call.close();
    };
    Way way;
    QVERIFY(way.ask(provider.url(), "1")->got(200, "1"));
    const auto second = way.ask(provider.url(), "2");
    QVERIFY(second->wait());
    QVERIFY(second->reply->failure());
    QVERIFY(second->reply->failure()->mayHaveBeenSeen);
    QCOMPARE(second->ends, 1);
    QVERIFY(!QTest::qWaitFor([&] { return provider.requestCount() > 2; }, 200));
}

void TestUpstream::aPostOnAFreshConnectionIsNotRepeated()
{
    FakeProvider provider;
    provider.onRequest = [](ProviderCall &call) { call.close(); };
    Way way;
    const auto asked = way.ask(provider.url());
    QVERIFY(asked->wait());
    QVERIFY(asked->reply->failure());
    QCOMPARE(asked->reply->failure()->code, ErrorCode::UpstreamUnreachable);
    QVERIFY(asked->reply->failure()->mayHaveBeenSeen);
    QVERIFY(!QTest::qWaitFor([&] { return provider.requestCount() > 1; }, 200));
    QCOMPARE(way.upstream.connectionCount(), 0);
}

void TestUpstream::aPostCutWhileItsBodyIsSentIsNotRepeated()
{
    RawServer provider;
    provider.onBytes = [](RawServer::Connection &connection) {
        if (connection.received.size() < 100'000)
            connection.socket->write(connection.received.startsWith("POST")
                                             && connection.received.contains("\r\n\r\nfirst")
                                         ? ok
                                         : QByteArray());
        if (connection.received.size() > 300'000)
            connection.socket->abort();
    };
    Way way;
    QVERIFY(way.ask(provider.url(), "first")->got(200, "ok"));
    provider.connections.front()->received.clear();
    const auto cut = way.ask(provider.url(), QByteArray(16 * 1024 * 1024, 'x'));
    QVERIFY(cut->wait());
    QVERIFY(cut->reply->failure());
    QVERIFY(cut->reply->failure()->mayHaveBeenSeen);
    QVERIFY(!QTest::qWaitFor([&] { return provider.connections.size() > 1; }, 200));
}

void TestUpstream::aConnectionTheProviderHasClosedIsNotUsedForAPost()
{
    FakeProvider provider;
    provider.onRequest = echo;
    Way way;
    QVERIFY(way.ask(provider.url(), "1")->got(200, "1"));
    provider.call(0).close(); // the end is there, but the loop has not told of it yet
    const auto second = way.ask(provider.url(), "2");
    QVERIFY(second->got(200, "2"));
    QCOMPARE(provider.connectionCount(), 2);
    provider.call(1).close();
    QTRY_COMPARE(way.upstream.connectionCount(), 0); // and when the loop tells, it is forgotten
}

void TestUpstream::aGetIsRepeatedOnceItsConnectionWasKept()
{
    FakeProvider provider;
    provider.onRequest = [&provider](ProviderCall &call) {
        if (provider.requestCount() == 2)
            call.close();
        else
            call.json(200, "again");
    };
    Way way;
    QVERIFY(way.ask(provider.url(), {}, "GET")->got(200, "again"));
    QVERIFY(way.ask(provider.url(), {}, "GET")->got(200, "again"));
    QCOMPARE(provider.requestCount(), 3);
    QCOMPARE(provider.connectionCount(), 2);

    provider.onRequest = [](ProviderCall &call) { call.close(); }; // not for ever
    const auto asked = way.ask(provider.url(), {}, "GET");
    QVERIFY(asked->wait());
    QVERIFY(asked->reply->failure());
    QCOMPARE(provider.requestCount(), 5);
}

void TestUpstream::nobodyThereIsSaidAtOnce()
{
    quint16 port;
    {
        RawServer closed;
        port = closed.serverPort();
    }
    Way way;
    for (const QString &host : {QStringLiteral("127.0.0.1"), QStringLiteral("localhost"),
                                QStringLiteral("[::1]"), QStringLiteral("no-such-host.invalid")}) {
        const auto asked = way.ask(QUrl(QStringLiteral("http://%1:%2").arg(host).arg(port)));
        QCOMPARE(asked->ends, 0); // never from within the call
        QVERIFY(asked->wait());
        QCOMPARE(asked->ends, 1);
        QVERIFY(asked->reply->failure());
        QCOMPARE(asked->reply->failure()->code, ErrorCode::UpstreamUnreachable);
        QVERIFY(!asked->reply->failure()->mayHaveBeenSeen);
        QVERIFY2(asked->reply->failure()->detail.contains(QString::number(port)),
                 qPrintable(asked->reply->failure()->detail));
        QTRY_COMPARE(way.upstream.connectionCount(), 0);
    }
}

void TestUpstream::interimAnswersNeitherEndNorCross()
{
    FakeProvider provider;
    Way way;
    const auto first = way.ask(provider.url(), "1");
    ProviderCall &one = provider.call(0);
    one.send("HTTP/1.1 100 Continue\r\n\r\n");
    one.send("HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n");
    one.send(
        "HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
    QTRY_COMPARE(first->heads, 1);
    QCOMPARE(first->ends, 0);
    QVERIFY(!first->reply->head().headers.contains("link"));
    one.send("one");
    QVERIFY(first->got(200, "one"));
    const auto second = way.ask(provider.url(), "2");
    ProviderCall &two = provider.call(1);
    QCOMPARE(provider.connectionCount(), 1);
    two.send("HTTP/1.1 103 Early Hints\r\n\r\n");
    two.json(201, "two");
    QVERIFY(second->got(201, "two"));
    const auto third = way.ask(provider.url(), "3");
    provider.call(2).send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"); // never asked for
    QVERIFY(third->wait());
    QVERIFY(third->reply->failure());
    QCOMPARE(way.upstream.connectionCount(), 0);
}

void TestUpstream::anAnswerBeforeTheBodyWasSentCounts_data()
{
    QTest::addColumn<bool>("closes");
    QTest::newRow("and the connection stays") << false;
    QTest::newRow("and the connection is closed") << true;
}

void TestUpstream::anAnswerBeforeTheBodyWasSentCounts()
{
    QFETCH(bool, closes);
    RawServer provider;
    provider.reads = false; // beyond the first bytes
    provider.onBytes = [closes](RawServer::Connection &connection) {
        connection.socket->write("HTTP/1.1 413 Too Large\r\nContent-Length: 8\r\n\r\ntoo much");
        connection.socket->flush();
        if (closes)
            ::shutdown(int(connection.socket->socketDescriptor()), SHUT_WR);
    };
    Way way;
    const auto asked = way.ask(provider.url(), QByteArray(32 * 1024 * 1024, 'x'));
    QVERIFY(asked->got(413, "too much"));
    QTRY_COMPARE(way.upstream.connectionCount(), 0); // half a request is on it
    provider.reads = true;
    provider.onBytes = [](RawServer::Connection &connection) { connection.socket->write(ok); };
    QVERIFY(way.ask(provider.url())->got(200, "ok"));
    QCOMPARE(provider.connections.size(), size_t(2));
}

void TestUpstream::aProviderThatClosesAfterItsAnswerIsAskedAnew_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("without a word") << ok << QByteArray("ok");
    QTest::newRow("Connection: close")
        << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
        << QByteArray("ok");
    QTest::newRow("the end is the end of the body")
        << QByteArray("HTTP/1.1 200 OK\r\n\r\nuntil it closes") << QByteArray("until it closes");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")
                              << QByteArray("ok");
}

void TestUpstream::aProviderThatClosesAfterItsAnswerIsAskedAnew()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, body);
    RawServer provider;
    provider.onBytes = [&answer](RawServer::Connection &connection) {
        connection.socket->write(answer);
        connection.socket->disconnectFromHost();
    };
    Way way;
    for (int i = 0; i < 5; ++i)
        QVERIFY(way.ask(provider.url())->got(200, body));
    QCOMPARE(provider.connections.size(), size_t(5));
    QTRY_COMPARE(way.upstream.connectionCount(), 0);
}

void TestUpstream::bytesBehindAnAnswerBelongToNobody()
{
    RawServer provider;
    provider.onBytes = [&provider](RawServer::Connection &connection) {
        connection.socket->write(
            provider.connections.size() == 1 ? ok + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil" : ok);
    };
    Way way;
    QVERIFY(way.ask(provider.url())->got(200, "ok"));
    QVERIFY(way.ask(provider.url())->got(200, "ok"));
    QCOMPARE(provider.connections.size(), size_t(2));
}

void TestUpstream::bytesThatNobodyAskedForEndTheConnection()
{
    RawServer provider;
    provider.onBytes = [](RawServer::Connection &connection) { connection.socket->write(ok); };
    Way way;
    QVERIFY(way.ask(provider.url())->got(200, "ok"));
    QTcpSocket *socket = provider.connections.front()->socket;
    socket->write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    socket->flush();
    QVERIFY(way.ask(provider.url())->got(200, "ok")); // asked before the loop could tell
    QCOMPARE(provider.connections.size(), size_t(2));
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
}

void TestUpstream::aStallEndsAfterTheIdleTime()
{
    FakeProvider provider;
    Way way({.idleTimeoutSeconds = 30, .caFile = {}});
    const auto silent = way.ask(provider.url(), "1");
    provider.call(0);
    way.pass(29s);
    QCOMPARE(silent->ends, 0);
    way.pass(2s);
    QVERIFY(silent->wait());
    QVERIFY(silent->reply->failure());
    QCOMPARE(silent->reply->failure()->code, ErrorCode::UpstreamTimeout);
    QVERIFY(silent->reply->failure()->mayHaveBeenSeen);
    QTRY_VERIFY(provider.call(0).clientGone());

    const auto halting = way.ask(provider.url(), "2");
    ProviderCall &call = provider.call(1);
    call.streamHead();
    for (int i = 1; i <= 5; ++i) { // a byte now and then is life
        way.pass(29s);
        call.chunk("x");
        QTRY_COMPARE(halting->body.size(), i);
    }
    way.pass(31s);
    QVERIFY(halting->wait());
    QCOMPARE(halting->reply->failure()->code, ErrorCode::UpstreamTimeout);
    QCOMPARE(way.upstream.connectionCount(), 0);
}

void TestUpstream::aConnectionThatDoesNotComeAboutIsGivenUp()
{
    // A listener whose queue is full: the system does not answer further connections at all.
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QVERIFY(::bind(listener, reinterpret_cast<sockaddr *>(&address), size) == 0);
    QVERIFY(::listen(listener, 0) == 0);
    QVERIFY(::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) == 0);
    std::vector<int> fillers;
    for (bool full = false; !full && fillers.size() < 20;) {
        fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
        full = ::connect(fillers.back(), reinterpret_cast<sockaddr *>(&address), size)
            != 0; // on loopback it succeeds at once or not at all
    }
    Way way({.connectTimeoutSeconds = 10, .caFile = {}});
    const auto asked = way.ask(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(ntohs(address.sin_port))));
    way.pass(9s);
    QCoreApplication::processEvents();
    QCOMPARE(asked->ends, 0);
    way.pass(2s);
    QVERIFY(asked->wait());
    QCOMPARE(asked->reply->failure()->code, ErrorCode::UpstreamTimeout);
    QVERIFY(!asked->reply->failure()->mayHaveBeenSeen);
    for (int filler : fillers)
        ::close(filler);
    ::close(listener);
}

void TestUpstream::aLongBodyThatIsTakenSlowlyIsNoStall()
{
    RawServer provider;
    Way way({.idleTimeoutSeconds = 30, .caFile = {}});
    const QByteArray body(24 * 1024 * 1024, 'x');
    const auto asked = way.ask(provider.url(), body);
    for (qint64 last = -1, taken = 0; taken < body.size(); last = taken) {
        QTRY_VERIFY(!provider.connections.empty());
        QTRY_VERIFY(provider.connections.front()->received.size() > last);
        taken = provider.connections.front()->received.size();
        if (taken < body.size() / 2)
            way.pass(2s); // many times this
    }
    provider.connections.front()->socket->write(ok);
    QVERIFY(asked->got(200, "ok"));
}

void TestUpstream::tlsIsVerified()
{
    FakeProvider provider(true);
    provider.onRequest = echo;
    {
        Way way({.caFile = FakeProvider::caFile()});
        for (int i = 0; i < 3; ++i)
            QVERIFY(way.ask(provider.url(), QByteArray(i * 300'000 + 1, 'x'))
                        ->got(200, QByteArray(i * 300'000 + 1, 'x')));
        QCOMPARE(provider.connectionCount(), 1);
    }
    Way stranger;
    const auto asked = stranger.ask(provider.url(), "secret");
    QVERIFY(asked->wait());
    QVERIFY(asked->reply->failure());
    QVERIFY(!asked->reply->failure()->mayHaveBeenSeen);
    QVERIFY2(asked->reply->failure()->detail.contains(QLatin1String("TLS"))
                 && asked->reply->failure()->detail.contains(QLatin1String("certificate")),
             qPrintable(asked->reply->failure()->detail));
    QCOMPARE(provider.requestCount(), 3);

    RawServer plain; // something that speaks no TLS
    plain.onBytes = [](RawServer::Connection &connection) {
        connection.socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
    };
    QUrl url = plain.url();
    url.setScheme(QStringLiteral("https"));
    const auto odd = stranger.ask(url);
    QVERIFY(odd->wait());
    QVERIFY(odd->reply->failure());
    QVERIFY(!odd->reply->failure()->mayHaveBeenSeen);
}

void TestUpstream::aTlsSessionIsResumed()
{
    // Qt's own server makes a context for each connection, so it could not resume; openssl's can, tells, and
    // closes after each answer.
    const QString folder = QFileInfo(FakeProvider::caFile()).absolutePath();
    QProcess server;
    server.setWorkingDirectory(folder);
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
                  QStringLiteral("-www"), QStringLiteral("-cert"), QStringLiteral("server.pem"),
                  QStringLiteral("-key"), QStringLiteral("server.key")});
    QByteArray said;
    QVERIFY(QTest::qWaitFor(
        [&] {
            said += server.readAll();
            return said.contains("ACCEPT") && said.endsWith('\n');
        },
        10'000));
    const QByteArray line = said.mid(said.indexOf("ACCEPT")).split('\n').first();
    const QUrl url(
        QStringLiteral("https://127.0.0.1:%1").arg(line.mid(line.lastIndexOf(':') + 1).trimmed().toInt()));
    Way way({.caFile = FakeProvider::caFile()});
    const auto first = way.ask(url, {}, "GET");
    QVERIFY(first->wait());
    QVERIFY2(first->body.contains("New, TLS"), first->body.right(2000).constData());
    const auto second = way.ask(url, {}, "GET");
    QVERIFY(second->wait());
    QVERIFY2(second->body.contains("Reused, TLS"), second->body.right(2000).constData());
    server.kill();
    QVERIFY(server.waitForFinished());
}

void TestUpstream::ipv6AndIpv4AreBothReached()
{
    const auto answer = [](RawServer::Connection &connection) { connection.socket->write(ok); };
    RawServer six(QHostAddress(QHostAddress::LocalHostIPv6));
    six.onBytes = answer;
    RawServer four;
    four.onBytes = answer;
    Way way;
    QVERIFY(way.ask(six.url(QStringLiteral("[::1]")))->got(200, "ok"));
    QVERIFY(way.ask(four.url())->got(200, "ok"));
    QVERIFY(way.ask(four.url(QStringLiteral("localhost")))
                ->got(200, "ok")); // also where that name means ::1 first
}

void TestUpstream::theEndOfATlsAnswerIsReadWhole_data()
{
    QTest::addColumn<bool>("paused");
    QTest::newRow("read at once") << false;
    QTest::newRow("read late") << true;
}

void TestUpstream::theEndOfATlsAnswerIsReadWhole()
{
    // The connection is closed while much of the body is not decrypted yet, perhaps because nobody could take
    // it.
    QFETCH(bool, paused);
    FakeProvider provider(true);
    const QByteArray body(3'000'000, 'b');
    provider.onRequest = [&body](ProviderCall &call) {
        call.send("HTTP/1.1 200 OK\r\n\r\n");
        call.send(body);
        call.socket()->disconnectFromHost();
    };
    Way way({.caFile = FakeProvider::caFile()});
    const auto asked = way.ask(provider.url());
    asked->reply->setPaused(paused);
    if (paused) {
        QTRY_COMPARE(provider.requestCount(), 1);
        QVERIFY(!QTest::qWaitFor([&] { return asked->ends > 0; }, 300));
        asked->reply->setPaused(false);
    }
    QVERIFY(asked->wait());
    QVERIFY(!asked->reply->failure());
    QCOMPARE(asked->body.size(), body.size());
    QTRY_COMPARE(way.upstream.connectionCount(), 0);
}

void TestUpstream::theProxyOfTheEnvironmentIsUsed()
{
    RawServer proxy;
    QByteArrayList asked;
    proxy.onBytes = [&asked](RawServer::Connection &connection) {
        if (!connection.received.contains("\r\n\r\n"))
            return;
        asked.append(std::exchange(connection.received, {}));
        connection.socket->write(asked.last().startsWith("CONNECT")
                                     ? QByteArray("HTTP/1.1 200 Connection established\r\n\r\n")
                                     : ok);
    };
    RawServer local;
    local.onBytes = [](RawServer::Connection &connection) { connection.socket->write(ok); };
    const QByteArray noProxy = qgetenv("no_proxy");
    qunsetenv("no_proxy");
    qputenv("http_proxy", proxy.url().toEncoded());
    Way way;
    const auto through = way.ask(QUrl(QStringLiteral("http://provider.example:8081/v1")), "hello");
    const auto direct = way.ask(local.url());
    const bool good = through->got(200, "ok");
    qunsetenv("http_proxy");
    qputenv("no_proxy", noProxy);
    QVERIFY(good);
    QCOMPARE(asked.size(), 2);
    QVERIFY2(asked[0].startsWith("CONNECT provider.example:8081 HTTP/1."), asked[0].constData());
    QVERIFY(!asked[0].contains("sk-canary")); // the key goes through the tunnel, not to the proxy
    QVERIFY2(asked[1].startsWith("POST /v1/x HTTP/1.1\r\n") && asked[1].endsWith("hello"),
             asked[1].constData());
    QVERIFY(direct->got(200, "ok"));
    QCOMPARE(proxy.connections.size(), size_t(1));
    QVERIFY(way.ask(QUrl(QStringLiteral("http://provider.example:8081/v1")), "again")->got(200, "ok"));
    QCOMPARE(proxy.connections.size(), size_t(1)); // the tunnel is kept
}

void TestUpstream::connectionsAreBoundedAndTheRestQueues()
{
    FakeProvider provider;
    Way way({.maxConnections = 2, .caFile = {}});
    std::vector<std::unique_ptr<Asked>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(way.ask(provider.url(), QByteArray::number(i)));
    provider.call(1);
    all[3].reset(); // one that waits goes away
    for (int i = 0; i < 7; ++i) {
        ProviderCall &call = provider.call(i);
        const int which = call.body().toInt();
        QCOMPARE(which, i < 3 ? which : i + 1); // first come, first served
        QVERIFY(provider.connectionCount() <= 2);
        echo(call);
        QVERIFY(all[size_t(which)]->got(200, call.body()));
    }
    QCOMPARE(provider.requestCount(), 7);
    QCOMPARE(provider.connectionCount(), 2);
}

void TestUpstream::idleConnectionsMakeRoomForOtherHosts()
{
    FakeProvider one, other;
    one.onRequest = echo;
    Way way({.maxConnections = 2, .caFile = {}});
    QVERIFY(way.ask(one.url(), "1")->got(200, "1"));
    const auto busy = way.ask(other.url(), "busy");
    other.call(0);
    const auto second = way.ask(other.url(), "second"); // takes the place of the idle one
    other.call(1).json(200, "2");
    QVERIFY(second->got(200, "2"));

    one.onRequest = nullptr;
    const auto third = way.ask(one.url(), "3"); // the same the other way round
    one.call(1);
    const auto fourth = way.ask(other.url(), "4");
    QVERIFY(!QTest::qWaitFor([&] { return other.requestCount() > 2; }, 50));
    one.call(1).json(200, "3"); // what becomes idle there makes room here
    QVERIFY(third->got(200, "3"));
    other.call(2).json(200, "4");
    QVERIFY(fourth->got(200, "4"));
    QCOMPARE(busy->ends, 0);
}

void TestUpstream::waitingForAConnectionIsBounded()
{
    FakeProvider provider;
    Way way({.connectTimeoutSeconds = 10, .maxConnections = 1, .caFile = {}});
    const auto running = way.ask(provider.url(), "1");
    provider.call(0);
    const auto early = way.ask(provider.url(), "2");
    way.pass(6s);
    const auto late = way.ask(provider.url(), "3");
    way.pass(5s);
    QVERIFY(early->wait());
    QVERIFY(early->reply->failure());
    QCOMPARE(early->reply->failure()->code, ErrorCode::UpstreamTimeout);
    QVERIFY(early->reply->failure()->detail.contains(QLatin1String("maxConnections")));
    QVERIFY(!early->reply->failure()->mayHaveBeenSeen);
    QCOMPARE(late->ends, 0);
    provider.call(0).json(200, "1");
    QVERIFY(running->got(200, "1"));
    provider.call(1).json(200, "3");
    QVERIFY(late->got(200, "3"));
    QCOMPARE(provider.requestCount(), 2);
}

void TestUpstream::itCanBeUsedAsAnyNetworkAccessManager()
{
    FakeProvider provider;
    provider.onRequest = [](ProviderCall &call) { call.json(404, "gone", "X-A: 1\r\nX-A: 2\r\n"); };
    Way way;
    QNetworkAccessManager &manager = way.upstream;
    QNetworkRequest asked(provider.url().resolved(QUrl(QStringLiteral("/v1/models?limit=1"))));
    asked.setRawHeader("X-Mine", "yes");
    const std::unique_ptr<QNetworkReply> reply(manager.get(asked));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 404);
    QCOMPARE(reply->error(), QNetworkReply::NoError); // the transport did not fail
    QCOMPARE(reply->readAll(), QByteArray("gone"));
    QCOMPARE(reply->rawHeader("X-A"), QByteArray("1, 2"));
    QCOMPARE(provider.call().head().target, QByteArray("/v1/models?limit=1"));
    QCOMPARE(provider.call().head().headers.value("x-mine"), QByteArray("yes"));
}

void TestUpstream::aRedirectIsPassedOnAndNotFollowed()
{
    Proxy proxy;
    FakeProvider elsewhere;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    const QByteArray target = elsewhere.url().toEncoded() + "/chat/completions";
    for (const int status : {301, 302, 303, 307, 308}) {
        proxy.provider.onRequest = [&](ProviderCall &call) {
            call.json(status, "{\"moved\":true}", "Location: " + target + "\r\n");
        };
        const Answer answer = proxy.chat(key, chatBody(QByteArray::number(status)));
        QCOMPARE(answer.status(), status);
        QCOMPARE(answer.header("Location"), target);
        QCOMPARE(answer.body, QByteArray("{\"moved\":true}"));
    }
    QCOMPARE(elsewhere.connectionCount(), 0);
    QCOMPARE(proxy.provider.requestCount(), 5);
    QVERIFY(proxy.isQuiet());
}

void TestUpstream::aStallIsA504AndAWrongCertificateA502()
{
    {
        Proxy proxy({.config = "upstream: { idleTimeoutSeconds: 20 }\n", .pricing = {}});
        const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
        RawClient client(proxy.port);
        client.write(request("POST", "/v1/chat/completions", key, chatBody()));
        proxy.provider.call();
        proxy.clock.advance(21s);
        const Answer answer = client.read();
        QCOMPARE(answer.status(), 504);
        QVERIFY(answer.body.contains("20 s"));
        QVERIFY(proxy.isQuiet());
        QCOMPARE(proxy.provider.requestCount(), 1);
    }
    FakeProvider secure(true);
    Proxy stranger({.config = "providers: [ { name: strange, baseUrl: \"" + secure.url().toEncoded()
                        + "\", apiKey: sk-strange-canary, models: [ gpt-4o ] } ]\n",
                    .pricing = {}});
    const QByteArray other = stranger.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const Answer answer = stranger.chat(other, chatBody());
    QCOMPARE(answer.status(), 502);
    QVERIFY2(answer.body.contains("TLS") && answer.body.contains("certificate"), answer.body.constData());
    QVERIFY(!answer.body.contains("canary"));
    QCOMPARE(secure.requestCount(), 0);
    QVERIFY(stranger.isQuiet());
    QVERIFY(stranger.rows().first().close.cost->isZero()); // nothing was sent, nothing is charged
}

QTEST_GUILESS_MAIN(TestUpstream)
#include "tst_upstream.moc"
