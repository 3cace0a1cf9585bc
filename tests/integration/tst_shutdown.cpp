// How the proxy goes: what runs may finish, what is new is told to come back, and a second signal ends it.
#include "support/harness.h"

#include <csignal>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace std::chrono_literals;

namespace {

const QByteArray chatPath = "/v1/chat/completions";

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

class TestShutdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void duringADrainAKeptConnectionIsTold503();
    void whatRunsFinishesDuringADrain();
    void aSecondSignalEndsServeAtOnce();
};

void TestShutdown::duringADrainAKeptConnectionIsTold503()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient running(proxy.port), kept(proxy.port);
    running.write(request("POST", chatPath, key, chatBody("runs")));
    ProviderCall &call = proxy.provider.call();
    // A connection that is in the middle of its next request is not idle, so it is answered.
    kept.write(request("GET", "/", {}));
    QCOMPARE(kept.read().status(), 200);
    const QByteArray next = request("POST", chatPath, key, chatBody("late"));
    kept.write(next.left(20));
    QTest::qWait(0);
    QTRY_COMPARE(proxy.gateway->stats().clientConnections.load(), 2);
    const auto begun = [&] { return proxy.gateway->budgets().waitForFinished(), true; };
    QVERIFY(begun()); // a turn of the proxy thread: the beginning was read
    const QFuture<bool> drained = proxy.gateway->drain(30s);
    proxy.gateway->budgets().waitForFinished();
    kept.write(next.mid(20));
    const Answer told = kept.read();
    QCOMPARE(told.status(), 503);
    QVERIFY(told.body.contains("\"shutting_down\""));
    QVERIFY(!told.header("Retry-After").isEmpty());
    QCOMPARE(told.header("Connection").toLower(), QByteArray("close"));
    QVERIFY(kept.waitClosed());
    QVERIFY(!drained.isFinished());
    call.json(200, chatAnswer(10, 5));
    QCOMPARE(running.read().status(), 200);
    QTRY_VERIFY(drained.isFinished());
    QCOMPARE(proxy.provider.requestCount(), 1);
}

void TestShutdown::whatRunsFinishesDuringADrain()
{
    Proxy proxy;
    const QByteArray key = proxy.addKey(QStringLiteral("a"));
    RawClient client(proxy.port);
    client.write(request("POST", chatPath, key, chatBody("Hi", ",\"stream\":true")));
    ProviderCall &call = proxy.provider.call();
    call.streamHead();
    call.chunk(chatChunk("one"));
    client.readUntil("\"one\"");
    const QFuture<bool> drained = proxy.gateway->drain(30s);
    call.chunk(chatChunk("two"));
    call.chunk(usageChunk(10, 5));
    call.chunk("data: [DONE]\n\n");
    call.endStream();
    const Answer answer = client.read();
    QVERIFY(answer.whole);
    QVERIFY(answer.body.contains("\"two\""));
    QTRY_VERIFY(drained.isFinished());
    QVERIFY(drained.result());
}

void TestShutdown::aSecondSignalEndsServeAtOnce()
{
    QTemporaryDir home;
    FakeProvider provider;
    const QString config = home.filePath(QStringLiteral("config.yml"));
    write(config,
          "provider: { apiKey: sk-provider-canary, baseUrl: \"" + provider.url().toEncoded()
              + "\" }\nbudgets: { timeZone: UTC }\ncache: { enabled: false }\n");
    write(home.filePath(QStringLiteral("pricing.yml")),
          "models: { gpt-4o: { inputPer1M: \"2.50\", outputPer1M: \"10.00\", maxOutputTokens: 16384 } }\n");
    const QString program = QStringLiteral(LBP_BINARY_DIR "/bin/lbp");
    const QStringList options{QStringLiteral("--config"), config, QStringLiteral("--data-dir"),
                              home.filePath(QStringLiteral("data"))};
    QProcess create;
    create.start(program,
                 options + QStringList{QStringLiteral("key"), QStringLiteral("create"), QStringLiteral("a")});
    QVERIFY(create.waitForFinished());
    const QByteArray key = create.readAllStandardOutput().trimmed();
    QVERIFY(key.startsWith("lbp_"));
    QProcess serve;
    serve.start(program,
                options
                    + QStringList{QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"),
                                  QStringLiteral("--print-ready")});
    QVERIFY(QTest::qWaitFor([&] { return serve.canReadLine(); }, 20'000));
    const QUrl url(QJsonDocument::fromJson(serve.readLine())[u"url"].toString());
    RawClient client(quint16(url.port()));
    client.write(request("POST", chatPath, key, chatBody()));
    provider.call(); // and never answers
    QElapsedTimer time;
    time.start();
    ::kill(pid_t(serve.processId()), SIGTERM);
    QByteArray said;
    QVERIFY(QTest::qWaitFor([&] { return (said += serve.readAllStandardError()).contains("stopping"); }));
    QCOMPARE(serve.state(), QProcess::Running); // it waits for the request
    ::kill(pid_t(serve.processId()), SIGTERM);
    QVERIFY(QTest::qWaitFor([&] { return serve.state() == QProcess::NotRunning; }, 9'000));
    QVERIFY(time.elapsed() < 9'000); // it would have waited ten seconds
    QCOMPARE(serve.exitStatus(), QProcess::NormalExit);
    QCOMPARE(serve.exitCode(), 0);
    said += serve.readAllStandardError();
    QVERIFY2(said.contains("second signal"), said.constData());
    // What was cut off is in the ledger, and not at nothing.
    auto store = openSqlStore({home.filePath(QStringLiteral("data/ledger.sqlite")), false, QTimeZone::utc()});
    QVERIFY(store.has_value());
    RequestFilter filter;
    const auto rows = (*store)->requests(filter).takeResult();
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->first().close.outcome, Outcome::Stopped);
    QVERIFY(rows->first().close.cost && !rows->first().close.cost->isZero());
}

QTEST_GUILESS_MAIN(TestShutdown)
#include "tst_shutdown.moc"
