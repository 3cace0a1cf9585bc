// What is copied of a request runs as it stands, sends what was sent, and holds no secret.
#include "gui/requestcopy.h"
#include "gui/requestrecord.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace lbp;
using namespace lbp::gui;
using namespace Qt::StringLiterals;

namespace {

const QByteArray awkward = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"It's "
                           "\\\"quoted\\\", $HOME `id` \\\\ "
                           "\xc3\xa9\xe2\x82\xac\\n\"}],\n\t\"stream\":false}";

ExchangeRow row(const QString &endpoint = u"chat.completions"_s, bool stream = false)
{
    ExchangeRow row;
    row.open.id = RequestId::firstAt(fromMicros(1'790'000'000'000'000));
    row.open.series = std::make_shared<Series>(Series{3, u"web"_s, {}, u"openai"_s, u"gpt-4o"_s});
    row.open.endpoint = endpoint;
    row.open.stream = stream;
    return row;
}

MessageDetails message()
{
    MessageDetails message;
    message.startLine = "POST /v1/chat/completions?user=a%20b HTTP/1.1";
    message.fields = {
        {"Host", "127.0.0.1:3000"},    {"Authorization", "[redacted]"},  {"Content-Type", "application/json"},
        {"X-Note", "it's $5 \"off\""}, {"X-Secret-Thing", "[redacted]"}, {"Accept-Encoding", "gzip"},
        {"Content-Length", "12"}};
    message.body = awkward;
    message.bodyBytes = awkward.size();
    return message;
}

/// Answers one request with "ok" and keeps its bytes.
class OneShot : public QTcpServer
{
public:
    QByteArray seen;
    OneShot()
    {
        listen(QHostAddress::LocalHost, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                seen += socket->readAll();
                const qsizetype head = seen.indexOf("\r\n\r\n");
                if (head < 0)
                    return;
                static const QRegularExpression length(u"content-length: (\\d+)"_s,
                                                       QRegularExpression::CaseInsensitiveOption);
                const QRegularExpressionMatch match = length.match(QString::fromLatin1(seen.left(head)));
                if (seen.size() - head - 4 < (match.hasMatch() ? match.captured(1).toInt() : 0))
                    return;
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"
                              "Connection: close\r\n\r\nok\n");
                socket->disconnectFromHost();
            });
        });
    }
    [[nodiscard]] QByteArray head() const { return seen.left(seen.indexOf("\r\n\r\n") + 2); }
    [[nodiscard]] QByteArray body() const { return seen.mid(seen.indexOf("\r\n\r\n") + 4); }
};

} // namespace

class TestRequestCopy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsCopiedSendsWhatWasSent_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("stream");
        for (const char *language : {"curl", "python", "javascript"}) {
            QTest::addRow("%s", language) << QString::fromLatin1(language) << false;
            QTest::addRow("%s, streamed", language) << QString::fromLatin1(language) << true;
        }
    }
    void whatIsCopiedSendsWhatWasSent()
    {
        QFETCH(QString, language);
        QFETCH(bool, stream);
        OneShot server;
        const QUrl proxy(u"http://127.0.0.1:%1/v1"_s.arg(server.serverPort()));
        const RequestSketch sketch = sketchOf(row(u"chat.completions"_s, stream), message(), proxy);
        QVERIFY(!sketch.isSample);
        QTemporaryDir folder;
        QString program, file, code;
        if (language == u"curl"_s) {
            program = u"sh"_s;
            file = folder.filePath(u"copy.sh"_s);
            code = asCurl(sketch);
        } else if (language == u"python"_s) {
            program = u"python3"_s;
            file = folder.filePath(u"copy.py"_s);
            code = asPython(sketch);
        } else {
            program = u"node"_s;
            file = folder.filePath(u"copy.mjs"_s);
            code = asJavaScript(sketch);
        }
        QVERIFY(!code.contains(u"redacted"_s));
        if (QStandardPaths::findExecutable(program).isEmpty()
            || (program == u"sh"_s && QStandardPaths::findExecutable(u"curl"_s).isEmpty()))
            return; // judged where the program is there
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(code.toUtf8());
        out.close();
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QLatin1String(keyVariable), u"lbp_canary"_s);
        environment.insert(u"no_proxy"_s, u"*"_s);
        process.setProcessEnvironment(environment);
        process.start(program, {file});
        QTRY_VERIFY_WITH_TIMEOUT(process.state() == QProcess::NotRunning, 30'000);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 0, said.constData());
        QVERIFY(process.readAllStandardOutput().contains("ok"));
        QVERIFY2(server.seen.startsWith("POST /v1/chat/completions?user=a%20b HTTP/1.1\r\n"), server.seen.constData());
        QCOMPARE(server.body(), awkward);
        const QByteArray head = server.head().toLower();
        QVERIFY2(head.contains("authorization: bearer lbp_canary\r\n"), head.constData());
        QVERIFY2(head.contains("x-note: it's $5 \"off\"\r\n"), head.constData());
        QVERIFY2(head.contains("content-type: application/json\r\n"), head.constData());
        QVERIFY2(!head.contains("x-secret-thing"), head.constData());
    }

    void aRequestOfWhichNothingWasKeptIsASampleForItsEndpoint()
    {
        const RequestSketch chat = sketchOf(row(), std::nullopt, QUrl(u"http://127.0.0.1:3000/v1"_s));
        QVERIFY(chat.isSample);
        QCOMPARE(chat.url, u"http://127.0.0.1:3000/v1/chat/completions"_s);
        QCOMPARE(QJsonDocument::fromJson(chat.body).object().value(u"model"_s).toString(), u"gpt-4o"_s);
        QVERIFY(asCurl(chat).contains(u"Authorization: Bearer $LBP_KEY"_s));
        QCOMPARE(sketchOf(row(u"embeddings"_s), std::nullopt, {}).url,
                 u"http://127.0.0.1:3000/v1/embeddings"_s);
    }

    void aBodyThatWasCutOrIsNoTextIsReplacedByASample()
    {
        MessageDetails cut = message();
        cut.bodyTruncated = true;
        QVERIFY(sketchOf(row(), cut, {}).isSample);
        MessageDetails binary = message();
        binary.body = QByteArray("\x00\xff", 2);
        QVERIFY(sketchOf(row(), binary, {}).isSample);
    }

    void keysInTheAddressAreLeftOut()
    {
        MessageDetails gemini = message();
        gemini.startLine = "POST /v1beta/models/g:generateContent?alt=sse&key=[redacted] HTTP/1.1";
        gemini.fields = {{"x-goog-api-key", "[redacted]"}};
        const RequestSketch sketch = sketchOf(row(), gemini, QUrl(u"http://127.0.0.1:3000"_s));
        QCOMPARE(sketch.url, u"http://127.0.0.1:3000/v1beta/models/g:generateContent?alt=sse"_s);
        QVERIFY(asCurl(sketch).contains(u"\"x-goog-api-key: $LBP_KEY\""_s));
        QVERIFY(!asCurl(sketch).contains(u"Bearer"_s));
    }

    void aRecordHasOneFieldATitleAndExactAmounts()
    {
        ExchangeRow one = row();
        one.close.outcome = Outcome::Completed;
        one.close.cost = Money::fromPicodollars(123'456'789);
        one.close.status = 200;
        one.close.durationUs = 1'234'567;
        one.close.error = u"=cmd()"_s;
        const QStringList fields = recordFields(one, u"ci"_s);
        QCOMPARE(fields.size(), recordTitles().size());
        QCOMPARE(fields[recordTitles().indexOf(u"costUsd"_s)], u"0.000123456789"_s);
        QCOMPARE(fields[recordTitles().indexOf(u"durationMs"_s)], u"1234.567"_s);
        QCOMPARE(fields[recordTitles().indexOf(u"at"_s)], u"2026-09-21T14:13:20.000000Z"_s);
        const QJsonObject json = QJsonDocument::fromJson(recordJson(one, u"ci"_s)).object();
        QCOMPARE(json.value(u"cost"_s).toString(), u"0.000123456789"_s);
        QCOMPARE(json.value(u"keyName"_s).toString(), u"ci"_s);
    }
};

QTEST_GUILESS_MAIN(TestRequestCopy)
#include "tst_request_copy.moc"
