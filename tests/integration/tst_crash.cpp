// kill -9 under load, again and again: what the provider was asked is in the ledger, once, and the caps still
// hold.
#include "config/configfile.h"
#include "sidedatabase.h"
#include "storage/store.h"
#include "support/fakeprovider.h"
#include "support/rawclient.h"

#include <csignal>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

constexpr int rounds = 20;
constexpr int streams = 200;
constexpr int firstCeiling = 1000; ///< each request has a max_tokens of its own, by which it is known again
const QString tightLimit = QStringLiteral("12.50");

/// The real program on files of its own.
class Program
{
public:
    explicit Program(const QUrl &provider)
    {
        write(QStringLiteral("config.yml"),
              "provider: { apiKey: sk-provider-canary, baseUrl: \"" + provider.toEncoded()
                  + "\" }\nbudgets: { defaultDaily: none, defaultMonthly: none, admission: strict, timeZone: "
                    "UTC }\n"
                    "rateLimits: { default: { rpm: 0, tpm: 0 } }\ncache: { enabled: false }\n");
        write(
            QStringLiteral("pricing.yml"),
            "models: { gpt-4o: { inputPer1M: \"2.50\", outputPer1M: \"10.00\", maxOutputTokens: 16384 } }\n");
    }
    ~Program()
    {
        if (m_process)
            kill();
    }
    QByteArray createKey(const QString &name, const QString &budget)
    {
        QProcess process;
        process.start(path(),
                      options()
                          + QStringList{QStringLiteral("key"), QStringLiteral("create"), name,
                                        QStringLiteral("--budget"), budget, QStringLiteral("--period"),
                                        QStringLiteral("total")});
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("lbp key create: %s", process.readAllStandardError().constData());
        return process.readAllStandardOutput().trimmed();
    }
    /// Starts it, waits until it listens and tells how many milliseconds that took.
    qint64 start()
    {
        QElapsedTimer time;
        time.start();
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->start(path(),
                         options()
                             + QStringList{QStringLiteral("serve"), QStringLiteral("--port"),
                                           QStringLiteral("0"), QStringLiteral("--print-ready")});
        if (!QTest::qWaitFor([this] { return m_process->canReadLine(); }, 20'000))
            qFatal("lbp serve does not start");
        const qint64 took = time.elapsed();
        const QJsonObject ready = QJsonDocument::fromJson(m_process->readLine()).object();
        m_port = quint16(QUrl(ready.value(QStringLiteral("url")).toString()).port());
        if (!ready.value(QStringLiteral("ready")).toBool() || m_port == 0)
            qFatal("lbp serve is not ready");
        return took;
    }
    void kill() { end(SIGKILL); }
    void stop() { end(SIGTERM); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString file(const QString &name) const { return m_directory.filePath(name); }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QFile out(file(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(name));
    }
    static QString path() { return QStringLiteral(LBP_BINARY_DIR "/bin/lbp"); }
    QStringList options() const
    {
        return {QStringLiteral("--config"), file(QStringLiteral("config.yml")), QStringLiteral("--data-dir"),
                file(QStringLiteral("data"))};
    }
    void end(int signalNumber)
    {
        ::kill(pid_t(m_process->processId()), signalNumber);
        if (!m_process->waitForFinished(20'000))
            qFatal("lbp does not end");
        m_process.reset();
    }
    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
};

/// A client of one stream, which looks at nothing until it is over.
struct Client
{
    int ceiling;
    QTcpSocket socket;
    QByteArray received;
    [[nodiscard]] bool sawAll() const
    {
        return received.endsWith("0\r\n\r\n") && received.contains(" 200 OK\r\n");
    }
    [[nodiscard]] bool sawEndMarker() const { return received.contains("data: [DONE]"); }
};

} // namespace

class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostOrCountedTwice();
};

void TestCrash::nothingIsLostOrCountedTwice()
{
    QRandomGenerator random(20260101);
    FakeProvider provider;
    int progress = 0; // events of the present round
    provider.onRequest = [&](ProviderCall &call) {
        ++progress;
        const int kind = random.bounded(5);
        if (kind == 0)
            return; // thinks for ever
        call.streamHead();
        if (kind == 1)
            return;
        call.chunk(chatChunk("one"));
        if (kind == 2)
            return;
        call.chunk(usageChunk(7, 3) + "data: [DONE]\n\n");
        call.endStream();
    };
    Program program(provider.url());
    const QByteArray tight = program.createKey(QStringLiteral("tight"), tightLimit);
    const QByteArray wide = program.createKey(QStringLiteral("wide"), QStringLiteral("100000"));

    QSet<int> whole, ended; // ceilings of answers that came to their clients whole, or up to the end marker
    QList<qint64> starts;
    int ceiling = firstCeiling;
    for (int round = 0; round < rounds; ++round) {
        starts.append(program.start());
        progress = 0;
        const int killAt = random.bounded(1, streams);
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < streams; ++i, ++ceiling) {
            clients.push_back(std::make_unique<Client>());
            Client &client = *clients.back();
            client.ceiling = ceiling;
            connect(&client.socket, &QTcpSocket::readyRead, this, [&client, &progress] {
                if (client.received.isEmpty())
                    ++progress;
                client.received += client.socket.readAll();
            });
            client.socket.setProxy(QNetworkProxy::NoProxy);
            client.socket.connectToHost(QHostAddress::LocalHost, program.port());
            QVERIFY(client.socket.waitForConnected());
            client.socket.write(request("POST", "/v1/chat/completions", i % 2 == 0 ? tight : wide,
                                        "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_"
                                        "usage\":true},\"max_tokens\":"
                                            + QByteArray::number(ceiling)
                                            + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
        }
        QVERIFY(QTest::qWaitFor([&] { return progress >= killAt; }, 30'000));
        program.kill();
        for (const auto &client : clients) {
            QVERIFY(
                QTest::qWaitFor([&] { return client->socket.state() == QAbstractSocket::UnconnectedState; }));
            client->received += client->socket.readAll();
            if (client->sawEndMarker())
                ended.insert(client->ceiling);
            if (client->sawAll())
                whole.insert(client->ceiling);
        }
    }
    starts.append(program.start());
    program.stop();
    std::sort(starts.begin(), starts.end());
    qInfo("start to listening: median %lld ms, worst %lld ms", starts[starts.size() / 2], starts.last());
    QVERIFY(starts.last() < 3000);

    const QString file = program.file(QStringLiteral("data/ledger.sqlite"));
    {
        SideDatabase side(file);
        QCOMPARE(side.value("PRAGMA integrity_check").toString(), QStringLiteral("ok"));
    }
    auto store = openSqlStore({file, false, QTimeZone::utc()});
    QVERIFY(store);
    QHash<qint64, ExchangeRow> rows;
    Money tightSpent;
    int recovered = 0;
    for (RequestFilter filter;;) {
        filter.limit = 500;
        const Result<QList<ExchangeRow>> page = (*store)->requests(filter).takeResult();
        QVERIFY(page);
        for (const ExchangeRow &row : *page) {
            filter.before = row.open.id;
            if (row.close.outcome == Outcome::Refused)
                continue;
            QVERIFY2(!rows.contains(row.open.ceiling), "a request is in the ledger twice");
            rows.insert(row.open.ceiling, row);
            QVERIFY(row.close.outcome != Outcome::Open);
            QVERIFY(row.close.cost);
            if (row.open.ceiling % 2 == 0) // of the key with the tight budget
                tightSpent = tightSpent.plusSaturated(*row.close.cost);
            if (row.close.outcome != Outcome::Recovered)
                continue;
            ++recovered;
            QCOMPARE(row.close.provenance, Provenance::Recovered);
            QCOMPARE(*row.close.cost, row.open.reserved); // booked in full
            QVERIFY(!row.open.reserved.isZero());
        }
        if (page->size() < 500)
            break;
    }
    for (int i = 0; i < provider.requestCount(); ++i) {
        const QByteArray &body = provider.call(i).body();
        const int asked = QJsonDocument::fromJson(body).object().value(QStringLiteral("max_tokens")).toInt();
        QVERIFY2(rows.contains(asked), "the provider was asked, and the ledger does not know");
    }
    for (const int done :
         ended) { // what a client takes for the end is settled on the disk before it can see it
        const ExchangeRow &row = rows[done];
        QCOMPARE(row.close.outcome, Outcome::Completed);
        QCOMPARE(row.close.cost->toDecimal(),
                 QStringLiteral("0.0000475")); // 7 × 2.50 + 3 × 10.00 per million
    }
    qInfo("%d requests reached the provider, %d rows, %d recovered, %d seen to their end, %s of %s spent",
          provider.requestCount(), int(rows.size()), recovered, int(whole.size()),
          qPrintable(tightSpent.toDecimal()), qPrintable(tightLimit));
    QVERIFY(recovered > 0);
    QVERIFY(whole.size() > 0);
    QVERIFY(tightSpent <= Money::fromDecimal(tightLimit).value());
    QVERIFY(tightSpent > Money::fromDecimal(QStringLiteral("6")).value()); // it was tight indeed
    QVERIFY(provider.requestCount() > rounds * 10);
}

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
