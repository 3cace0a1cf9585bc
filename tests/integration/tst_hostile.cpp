// Clients and providers that mean harm, or are badly broken: each gets its bounded answer, and the next
// honest request is served.
#include "support/harness.h"

#include <fcntl.h>
#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QProcess>
#include <QtTest>
#include <sys/resource.h>
#include <unistd.h>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 megabyte = 1024 * 1024;
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 quarantine = 1024 * megabyte; // what is freed is kept there, to be watched
#else
constexpr qint64 quarantine = 0;
#endif

/// A line of /proc/self/status in bytes: "VmRSS" or "VmHWM".
qint64 memory(const QByteArray &name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no /proc/self/status");
    const QByteArray all = file.readAll();
    return all.mid(all.indexOf("\n" + name + ":") + name.size() + 2)
               .simplified()
               .split(' ')
               .first()
               .toLongLong()
        * 1024;
}

/// VmHWM starts anew from what is in memory now.
void forgetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (!file.open(QIODevice::WriteOnly) || file.write("5") != 1)
        qFatal("cannot reset the peak of memory");
}

/// Other processes of this program hold connections open: "--hold PORT COUNT".
int hold(quint16 port, int count)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max; // this process has its own
    ::setrlimit(RLIMIT_NOFILE, &limit);
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < count; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->setProxy(QNetworkProxy::NoProxy);
        sockets.back()->connectToHost(QHostAddress::LocalHost, port);
        if (!sockets.back()->waitForConnected(30'000)) {
            std::fprintf(stderr, "%d of %d: %s\n", i, count, qPrintable(sockets.back()->errorString()));
            return 1;
        }
    }
    std::puts("held");
    std::fflush(stdout);
    std::getchar(); // until told, or the test is gone
    return 0;
}

class Holder
{
public:
    Holder(quint16 port, int count)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--hold"), QString::number(port), QString::number(count)});
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 60'000))
            qFatal("the connections could not be made");
    }
    ~Holder()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

/// One proxy for tests that only look at refusals; a valid key makes sure that it is not the key that is
/// refused.
class Refusing
{
public:
    Refusing()
        : key(proxy.addKey(QStringLiteral("a")))
    {
        proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    }
    QByteArray text(const QByteArray &head, const QByteArray &rest) const
    {
        return QByteArray(head).replace("$KEY", "Authorization: Bearer " + key) + rest;
    }
    bool stillServes()
    {
        const int before = proxy.provider.requestCount();
        const Answer answer = proxy.chat(key, chatBody(QByteArray::number(before)));
        return answer.status() == 200 && proxy.provider.requestCount() == before + 1;
    }
    Proxy proxy;
    QByteArray key;
};

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTwoReadersWouldReadDifferentlyIsRefused_data();
    void whatTwoReadersWouldReadDifferentlyIsRefused();
    void aHeadThatIsTooLargeIsRefused_data();
    void aHeadThatIsTooLargeIsRefused();
    void aBodyThatIsTooLargeIsRefused_data();
    void aBodyThatIsTooLargeIsRefused();
    void oddJsonIsRefusedOrPassedAsItIs_data();
    void oddJsonIsRefusedOrPassedAsItIs();
    void namesWithLineBreaksStayOutOfHeaders();
    void pathsWithTricksDoNotReachTheProvider_data();
    void pathsWithTricksDoNotReachTheProvider();
    void tenThousandIdleConnectionsCostLittle();
    void whenDescriptorsRunOutOpenConnectionsAreServed();
    void refusalsLeaveNoMemoryBehind();
    void brokenAnswersAreA502_data();
    void brokenAnswersAreA502();
    void aCompressionBombIsNotUnpacked_data();
    void aCompressionBombIsNotUnpacked();
    void whiteSpaceWithoutEndIsPassedAsItComes();
    void aStreamWithoutEndEndsWithItsClient();
};

void TestHostile::whatTwoReadersWouldReadDifferentlyIsRefused_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &fields, const QByteArray &body = "0\r\n\r\n") {
        QTest::newRow(name) << "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n$KEY\r\n" + fields
                + "\r\n" << body;
    };
    row("length and coding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    row("coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    row("the same length twice", "Content-Length: 5\r\nContent-Length: 5\r\n");
    row("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n");
    row("a list of lengths", "Content-Length: 5, 5\r\n");
    row("a length with a sign", "Content-Length: +5\r\n");
    row("a negative length", "Content-Length: -5\r\n");
    row("a length in hex", "Content-Length: 0x5\r\n");
    row("no length at all", "Content-Length: \r\n");
    row("a length that overflows", "Content-Length: 18446744073709551621\r\n");
    row("an unknown coding", "Transfer-Encoding: xchunked\r\n");
    row("chunked, then identity", "Transfer-Encoding: chunked, identity\r\n");
    row("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    row("chunked behind a tab",
        "Transfer-Encoding: \x0b"
        "chunked\r\n");
    row("a space before the colon", "Transfer-Encoding : chunked\r\n");
    row("a tab before the colon", "Content-Length\t: 5\r\n");
    row("a folded line", "Content-Length:\r\n 5\r\n");
    row("a folded line of another field", "X-A: b\r\n\tContent-Length: 5\r\n");
    row("a bare LF", "X-A: b\nContent-Length: 5\r\n");
    row("a bare CR", "X-A: b\rContent-Length: 5\r\n");
    row("a NUL in a value", QByteArray("X-A: b\0c\r\n", 10));
    row("a field without a name", ": b\r\n");
    row("a field without a colon", "nonsense\r\n");
    row("a second host", "Host: other\r\n");
    row("a chunk size with a sign", "Transfer-Encoding: chunked\r\n", "+5\r\nhello\r\n0\r\n\r\n");
    row("a chunk size in C", "Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n0\r\n\r\n");
    row("a chunk size with a space", "Transfer-Encoding: chunked\r\n", " 5\r\nhello\r\n0\r\n\r\n");
    row("a chunk size that overflows", "Transfer-Encoding: chunked\r\n",
        "FFFFFFFFFFFFFFFFF5\r\nhello\r\n0\r\n\r\n");
    row("a chunk longer than it says", "Transfer-Encoding: chunked\r\n", "5\r\nhello!\r\n0\r\n\r\n");
    row("a chunk with a bare LF", "Transfer-Encoding: chunked\r\n", "5\nhello\r\n0\r\n\r\n");
    row("no chunk size", "Transfer-Encoding: chunked\r\n", "\r\nhello\r\n0\r\n\r\n");
    QTest::newRow("chunked in HTTP/1.0")
        << QByteArray("POST /v1/chat/completions HTTP/1.0\r\n$KEY\r\nTransfer-Encoding: chunked\r\n\r\n")
        << QByteArray("0\r\n\r\n");
    QTest::newRow("no host") << QByteArray("GET /v1/models HTTP/1.1\r\n$KEY\r\n\r\n") << QByteArray();
    QTest::newRow("another version") << QByteArray("GET /v1/models HTTP/2.0\r\nHost: x\r\n$KEY\r\n\r\n")
                                     << QByteArray();
    QTest::newRow("no version") << QByteArray("GET /v1/models\r\nHost: x\r\n$KEY\r\n\r\n") << QByteArray();
    QTest::newRow("a space in the target")
        << QByteArray("GET /v1/models x HTTP/1.1\r\nHost: x\r\n$KEY\r\n\r\n") << QByteArray();
    QTest::newRow("a control character in the target")
        << QByteArray("GET /v1/mod\x01"
                      "els HTTP/1.1\r\nHost: x\r\n$KEY\r\n\r\n")
        << QByteArray();
    QTest::newRow("TLS to the plain port") << QByteArray("\x16\x03\x01\x02\x00\x01", 6) << QByteArray();
}

void TestHostile::whatTwoReadersWouldReadDifferentlyIsRefused()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    static std::unique_ptr<Refusing> shared;
    if (!shared)
        shared = std::make_unique<Refusing>();
    const QByteArray hidden = request("GET", "/v1/models?smuggled", shared->key);
    RawClient client(shared->proxy.port);
    client.write(shared->text(head, body + hidden));
    const Answer answer = client.read();
    QVERIFY2(answer.status() == 400 || answer.status() == 505,
             QByteArray::number(answer.status()).constData());
    QVERIFY(answer.whole);
    QVERIFY(client.waitClosed()); // what follows is nobody's
    QVERIFY2(client.unread().isEmpty(), client.unread().constData());
    QCOMPARE(shared->proxy.provider.connectionCount(), 0);
    if (qstrcmp(QTest::currentDataTag(), "TLS to the plain port") == 0) {
        QVERIFY(shared->stillServes());
        shared.reset();
    }
}

void TestHostile::aHeadThatIsTooLargeIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one long field") << "GET /v1/models HTTP/1.1\r\nHost: x\r\nX-A: " + QByteArray(70'000, 'a')
            + "\r\n\r\n";
    QTest::newRow("many fields") << "GET /v1/models HTTP/1.1\r\nHost: x\r\n"
            + QByteArray("X-A: b\r\n").repeated(300) + "\r\n";
    QTest::newRow("a long target") << "GET /v1/models?" + QByteArray(70'000, 'a')
            + " HTTP/1.1\r\nHost: x\r\n\r\n";
    QTest::newRow("no end") << "GET /v1/models HTTP/1.1\r\nHost: x\r\n"
            + QByteArray("X-Long: " + QByteArray(1000, 'b') + "\r\n").repeated(4000);
    QTest::newRow("a method without end") << QByteArray(4'000'000, 'G');
}

void TestHostile::aHeadThatIsTooLargeIsRefused()
{
    QFETCH(QByteArray, bytes);
    Refusing refusing;
    RawClient client(refusing.proxy.port);
    client.write(bytes);
    const Answer answer = client.read();
    QVERIFY2(answer.status() == 431 || answer.status() == 400,
             QByteArray::number(answer.status()).constData());
    QVERIFY(answer.whole);
    QVERIFY(client.waitClosed());
    QVERIFY(refusing.stillServes());
}

void TestHostile::aBodyThatIsTooLargeIsRefused_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::newRow("said before") << false;
    QTest::newRow("found on the way") << true;
}

void TestHostile::aBodyThatIsTooLargeIsRefused()
{
    QFETCH(bool, chunked);
    Proxy proxy({.config = "server: { maxBodyBytes: 1000000 }\n", .pricing = {}});
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    const qint64 before = memory("VmRSS");
    RawClient client(proxy.port);
    QByteArray piece;
    appendChunk(piece, QByteArray(100'000, 'x'));
    client.write(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
        + (chunked ? "\r\nTransfer-Encoding: chunked\r\n\r\n" : "\r\nContent-Length: 9000000000\r\n\r\n")
        + piece.repeated(100));
    const Answer answer = client.read();
    QCOMPARE(answer.status(), 413);
    QVERIFY(answer.whole);
    QVERIFY(client.waitClosed());
    QCOMPARE(proxy.provider.connectionCount(), 0);
    QVERIFY(memory("VmRSS") - before < 40 * megabyte);
    QCOMPARE(proxy.chat(key, chatBody(QByteArray(900'000, 'x'))).status(), 200); // what is allowed is allowed
    QVERIFY(proxy.isQuiet());
}

void TestHostile::oddJsonIsRefusedOrPassedAsItIs_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nested 100,000 deep, closed") << "{\"model\":\"gpt-4o\",\"messages\":[],\"x\":"
            + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}";
    QTest::newRow("nested 100,000 deep, open")
        << "{\"model\":\"gpt-4o\",\"messages\":" + QByteArray(100'000, '[');
    QTest::newRow("objects 100,000 deep") << QByteArray("{\"model\":").repeated(100'000);
    QTest::newRow("messages 100,000 deep")
        << "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":"
            + QByteArray("[{\"type\":\"text\",\"text\":").repeated(30'000);
    QTest::newRow("a NUL") << QByteArray("{\"model\":\"gpt-4o\0\",\"messages\":[]}", 32);
    QTest::newRow("NULs alone") << QByteArray(5000, '\0');
    QTest::newRow("invalid UTF-8 in the model") << QByteArray("{\"model\":\"gpt-\xff\xfe\",\"messages\":[]}");
    QTest::newRow("invalid UTF-8 in the text") << QByteArray(
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"\xc3\x28\xed\xa0\x80\"}]}");
    QTest::newRow("half a surrogate") << QByteArray("{\"model\":\"gpt-4o\\ud800\",\"messages\":[]}");
    QTest::newRow("a number without end")
        << "{\"model\":\"gpt-4o\",\"max_tokens\":" + QByteArray(50'000, '9') + ",\"messages\":[]}";
    QTest::newRow("two models") << QByteArray(
        "{\"model\":\"gpt-4o\",\"model\":\"gpt-4o-mini\",\"messages\":[]}");
    QTest::newRow("no JSON") << QByteArray("<xml/>");
    QTest::newRow("an array") << QByteArray("[1,2,3]");
    QTest::newRow("nothing but a brace") << QByteArray("{");
}

void TestHostile::oddJsonIsRefusedOrPassedAsItIs()
{
    QFETCH(QByteArray, body);
    static std::unique_ptr<Refusing> shared;
    if (!shared)
        shared = std::make_unique<Refusing>();
    const int before = shared->proxy.provider.requestCount();
    const Answer answer = shared->proxy.chat(shared->key, body);
    QVERIFY(answer.whole);
    if (answer.status() == 200) {
        QCOMPARE(shared->proxy.provider.requestCount(), before + 1);
        QCOMPARE(shared->proxy.provider.call(before).body(), body);
    } else {
        QCOMPARE(answer.status(), 400);
        QCOMPARE(shared->proxy.provider.requestCount(), before);
    }
    QVERIFY(shared->stillServes());
    QVERIFY(shared->proxy.isQuiet());
    if (qstrcmp(QTest::currentDataTag(), "nothing but a brace") == 0)
        shared.reset();
}

void TestHostile::namesWithLineBreaksStayOutOfHeaders()
{
    Proxy proxy({.config = "modelDowngrade: { enabled: true, rules: [ { from: \"gpt*\", to: gpt-4o-mini, "
                           "atPercent: 1 } ] }\n",
                 .pricing = {}});
    const QString evil = QStringLiteral("a\r\nX-Evil: 1\r\n\r\n");
    const QByteArray key = proxy.addKey(evil, {{Period::Daily, "1.00"}});
    const QByteArray picky = proxy.addKey(evil + QStringLiteral("2"), {}, [&evil](KeyRecord &record) {
        record.allowedModels = {QStringLiteral("x") + evil};
    });
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(8000, 1)); };
    QCOMPARE(proxy.chat(key, chatBody()).status(), 200); // two percent of the budget
    const auto check = [&](const QByteArray &with, const QByteArray &body) {
        RawClient client(proxy.port);
        client.write(request("POST", "/v1/chat/completions", with, body));
        const Answer answer = client.read();
        if (!answer.whole || answer.head.headers.contains("x-evil") || !client.unread().isEmpty())
            return 0;
        return answer.status();
    };
    const QByteArray body = "{\"model\":\"gpt-4o\\r\\nX-Evil: 1\\r\\n\\r\\n\",\"messages\":[]}";
    QCOMPARE(check(key, body), 200); // X-Original-Model tells what was asked for
    for (int i = 0; i < proxy.provider.requestCount(); ++i)
        QVERIFY(!proxy.provider.call(i).head().headers.contains("x-evil"));
    QCOMPARE(check(picky, body), 403);
    QCOMPARE(check(key, "{\"model\":\"no\\r\\nX-Evil: 1\",\"messages\":[]}"), 400);
    proxy.gateway->setPaused(true);
    QCOMPARE(check(key, chatBody()), 402);
}

void TestHostile::pathsWithTricksDoNotReachTheProvider_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target : {"/v1/../v1/files",
                               "/v1/chat/../files",
                               "/v1/./files",
                               "/v1/files/..",
                               "//v1/files",
                               "/v1//files",
                               "/v1/%2e%2e/files",
                               "/v1/%2E./files",
                               "/v1/chat%2fcompletions",
                               "/v1/chat%5ccompletions",
                               "/v1\\files",
                               "/v1/files%00",
                               "/v1/chat/completions/",
                               "/V1/chat/completions",
                               "/v1/CHAT/completions",
                               "/v1/v1/v1/chat/completions",
                               "/v1/chat/completions;x=1",
                               "/v1/evals",
                               "/v1/realtime/sessions",
                               "http://evil.example/v1/realtime/sessions",
                               "*",
                               "/api/../v1/files",
                               "/v1/models/../files",
                               "/v1/models/%2e%2e%2ffiles"})
        QTest::newRow(target) << QByteArray(target);
}

void TestHostile::pathsWithTricksDoNotReachTheProvider()
{
    QFETCH(QByteArray, target);
    static std::unique_ptr<Refusing> shared;
    if (!shared)
        shared = std::make_unique<Refusing>();
    for (const char *method : {"GET", "POST"}) {
        RawClient client(shared->proxy.port);
        client.write(request(method, target, shared->key, *method == 'P' ? chatBody() : QByteArray()));
        const int status = client.read().status();
        QVERIFY2(status == 400 || status == 403 || status == 404 || status == 405,
                 QByteArray::number(status).constData());
    }
    QCOMPARE(shared->proxy.provider.connectionCount(), 0);
    if (target == "/v1/models/%2e%2e%2ffiles") {
        QVERIFY(shared->stillServes());
        shared.reset();
    }
}

void TestHostile::tenThousandIdleConnectionsCostLittle()
{
    constexpr int count = 10'000;
    rlimit limit{};
    QVERIFY(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    QVERIFY(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    QVERIFY2(limit.rlim_cur > count + 500,
             "this test needs a hard limit of more than 10,500 open files (ulimit -Hn)");
    Refusing refusing;
    QVERIFY(refusing.stillServes());
    const qint64 before = memory("VmRSS");
    {
        const Holder holder(refusing.proxy.port, count);
        QTRY_COMPARE(refusing.proxy.gateway->stats().clientConnections.load(), count);
        const qint64 each = (memory("VmRSS") - before) / count;
        qInfo("%lld bytes for each idle connection", each);
        QVERIFY(each < 12'000);
        QElapsedTimer time;
        time.start();
        QVERIFY(refusing.stillServes());
        QVERIFY2(time.elapsed() < 1000, "a request beside idle connections takes longer than it should");
        QTRY_COMPARE(refusing.proxy.gateway->stats().clientConnections.load(), count);
    }
    QTRY_COMPARE_WITH_TIMEOUT(refusing.proxy.gateway->stats().clientConnections.load(), 0, 20'000);
    QVERIFY(refusing.stillServes());
}

void TestHostile::whenDescriptorsRunOutOpenConnectionsAreServed()
{
    Refusing refusing;
    QVERIFY(refusing.stillServes());
    RawClient honest(refusing.proxy.port);
    rlimit limit{};
    QVERIFY(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    const rlim_t usual = limit.rlim_cur;
    const int lowest = ::open("/dev/null", O_RDONLY);
    ::close(lowest);
    limit.rlim_cur = rlim_t(lowest) + 100;
    QVERIFY(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    {
        QTest::ignoreMessage(
            QtWarningMsg,
            QRegularExpression(QStringLiteral("more are refused until some end .the limit of open files")));
        const Holder holder(refusing.proxy.port, 300); // the system takes them all; the proxy must not
        refusing.proxy.gateway->budgets().waitForFinished();
        const qint64 taken = refusing.proxy.gateway->stats().clientConnections;
        QVERIFY2(taken > 20 && taken < 90, QByteArray::number(taken).constData());
        for (int i = 0; i < 3; ++i) {
            refusing.proxy.provider.onRequest = [](ProviderCall &call) {
                call.json(200, chatAnswer(1, 1), "Connection: close\r\n"); // so each needs a descriptor anew
            };
            honest.write(request("POST", "/v1/chat/completions", refusing.key,
                                 chatBody("besieged" + QByteArray::number(i))));
            QCOMPARE(honest.read().status(), 200);
        }
    }
    QTRY_COMPARE(refusing.proxy.gateway->stats().clientConnections.load(), 1);
    QVERIFY(refusing.stillServes());
    limit.rlim_cur = usual;
    QVERIFY(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

void TestHostile::refusalsLeaveNoMemoryBehind()
{
    Refusing refusing;
    int n = 0;
    const auto refuse = [&](int count) {
        RawClient client(refusing.proxy.port);
        for (int i = 0; i < count; i += 100) {
            QByteArray all;
            for (int k = 0; k < 100; ++k, ++n) {
                const QByteArray name = QByteArray::number(n);
                all += n % 2 == 0 ? request("POST", "/v1/chat/completions", "lbp_" + name, chatBody(name))
                                  : request("POST", "/v1/chat/completions", refusing.key,
                                            "{\"model\":\"made-up-" + name + "\",\"messages\":[]}");
            }
            client.write(all);
            for (int k = 0; k < 100; ++k) {
                if (client.read().status() / 100 != 4)
                    qFatal("not refused");
            }
            refusing.proxy.events.clear(); // what the test itself keeps
        }
    };
    refuse(3000);
    QVERIFY(refusing.proxy.isQuiet());
    const qint64 before = memory("VmRSS");
    refuse(9000);
    QVERIFY(refusing.proxy.isQuiet());
    const qint64 grown = memory("VmRSS") - before;
    qInfo("%lld bytes more after 9,000 refusals", grown);
    QVERIFY(grown < 4 * megabyte + quarantine);
    QVERIFY(refusing.stillServes());
}

void TestHostile::brokenAnswersAreA502_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    QTest::newRow("a head of a megabyte") << ok + "X-Long: " + QByteArray(1'000'000, 'h') + "\r\n\r\n";
    QTest::newRow("a head without end") << ok + QByteArray("X-A: b\r\n").repeated(200'000);
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    QTest::newRow("two lengths") << ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ";
    QTest::newRow("length and chunks")
        << ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    QTest::newRow("a bad chunk size") << ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n";
    QTest::newRow("a chunk longer than it says")
        << ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n";
    QTest::newRow("a line break in a field") << ok + "X-A: b\rX-Evil: 1\r\nContent-Length: 2\r\n\r\n{}";
    QTest::newRow("a NUL in a field") << ok + QByteArray("X-A: b\0c\r\nContent-Length: 2\r\n\r\n{}", 33);
    QTest::newRow("interim answers without end")
        << QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(100'000);
}

void TestHostile::brokenAnswersAreA502()
{
    QFETCH(QByteArray, answer);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    proxy.provider.onRequest = [&](ProviderCall &call) { call.send(answer); };
    const Answer got = proxy.chat(key, chatBody());
    QCOMPARE(got.status(), 502);
    QVERIFY(got.whole);
    QVERIFY(!got.head.headers.contains("x-evil"));
    QTRY_VERIFY(proxy.provider.call().clientGone()); // never used again
    QVERIFY(proxy.isQuiet());
    proxy.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1, 1)); };
    QCOMPARE(proxy.chat(key, chatBody("again")).status(), 200);
}

void TestHostile::aCompressionBombIsNotUnpacked_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("plain") << QByteArray("application/json");
    QTest::newRow("stream") << QByteArray("text/event-stream");
}

void TestHostile::aCompressionBombIsNotUnpacked()
{
    QFETCH(QByteArray, type);
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    const QByteArray bomb = qCompress(QByteArray(400'000'000, ' '), 9).mid(4); // "deflate" is zlib's form
    proxy.provider.onRequest = [&](ProviderCall &call) {
        call.send("HTTP/1.1 200 OK\r\nContent-Type: " + type
                  + "\r\nContent-Encoding: deflate\r\nContent-Length: " + QByteArray::number(bomb.size())
                  + "\r\n\r\n" + bomb);
    };
    forgetPeak();
    const qint64 before = memory("VmRSS");
    RawClient client(proxy.port);
    const bool stream = type.startsWith("text");
    client.write(request("POST", "/v1/chat/completions", key,
                         chatBody("Hi", stream ? ",\"stream\":true" : ""), "Accept-Encoding: deflate\r\n"));
    const Answer answer = client.read();
    if (stream) {
        QVERIFY(!answer.whole || answer.body.contains("error")); // it ends, and not as if it were whole
    } else {
        QCOMPARE(answer.body, bomb); // the client may unpack it if it likes
        QCOMPARE(answer.header("Content-Encoding"), QByteArray("deflate"));
    }
    const qint64 peak = memory("VmHWM") - before;
    qInfo("%lld bytes at most", peak);
    QVERIFY(peak < 200 * megabyte + quarantine);
    QVERIFY(proxy.isQuiet());
}

void TestHostile::whiteSpaceWithoutEndIsPassedAsItComes()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    RawClient client(proxy.port);
    client.write(request("POST", "/v1/chat/completions", key, chatBody()));
    ProviderCall &call = proxy.provider.call();
    call.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    call.chunk("\n");
    QVERIFY(client.readUntil("\r\n\r\n").contains(" 200 ")); // a sign of life is not held back
    const qint64 before = memory("VmRSS");
    for (int i = 0; i < 400; ++i)
        call.chunk(QByteArray(100'000, ' '));
    call.chunk(chatAnswer(1000, 100));
    call.endStream();
    const Answer answer = client.read(false, 30'000);
    QVERIFY(answer.whole);
    QCOMPARE(answer.body.size(), 40'000'001 + chatAnswer(1000, 100).size());
    QVERIFY(memory("VmRSS") - before < 200 * megabyte + quarantine); // most of it this test's own copies
    const ExchangeRow row = proxy.row(answer);
    QCOMPARE(row.close.provenance, Provenance::Exact);
    QCOMPARE(row.close.cost->toDecimal(), QStringLiteral("0.0035"));
    QVERIFY(proxy.isQuiet());
}

void TestHostile::aStreamWithoutEndEndsWithItsClient()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}});
    auto client = std::make_unique<RawClient>(proxy.port);
    client->write(request("POST", "/v1/chat/completions", key, chatBody("Hi", ",\"stream\":true")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    call.chunk(chatChunk("one"));
    QVERIFY(client->readUntil("one").contains("one"));
    client.reset();
    QVERIFY(QTest::qWaitFor([&] {
        if (!call.clientGone())
            call.chunk(": " + QByteArray(10'000, 'x') + "\n\n");
        return call.clientGone();
    }));
    QVERIFY(proxy.isQuiet());
    QCOMPARE(proxy.rows().first().close.outcome, Outcome::ClientGone);
    QVERIFY(proxy.rows().first().close.cost.value() > Money());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--hold"))
        return hold(quint16(arguments.value(2).toInt()), arguments.value(3).toInt());
    TestHostile test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_hostile.moc"
