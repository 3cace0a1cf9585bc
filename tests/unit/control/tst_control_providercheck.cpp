#include "control/providercheck.h"

#include "unit/control/fakes.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace lbp;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// A provider that answers each request alike and remembers what came.
class Provider : public QTcpServer
{
public:
    explicit Provider(QByteArray answer)
        : m_answer(std::move(answer))
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                request += socket->readAll();
                if (!request.contains("\r\n\r\n") || m_answer.isEmpty())
                    return;
                socket->write(m_answer);
                socket->disconnectFromHost();
            });
        });
    }
    static QByteArray http(const QByteArray &status, const QByteArray &body, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"
            + headers + "Connection: close\r\n\r\n" + body;
    }
    [[nodiscard]] ProviderConfig config(ProviderKind kind, const char *path = "") const
    {
        ProviderConfig config;
        config.name = u"p"_s;
        config.kind = kind;
        config.baseUrl = QUrl(u"http://127.0.0.1:%1%2"_s.arg(serverPort()).arg(QLatin1String(path)));
        config.apiKey = Secret("sk-canary-0123456789");
        return config;
    }
    QByteArray request;

private:
    QByteArray m_answer;
};

class TestControlProviderCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachKindIsAskedInItsOwnWay_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("openai") << int(ProviderKind::OpenAi) << QByteArray("/v1")
                                << QByteArray(R"({"data":[{"id":"a"},{"id":"b"},{}]})")
                                << QByteArray("GET /v1/models HTTP")
                                << QByteArray("Authorization: Bearer sk-canary-0123456789");
        QTest::newRow("anthropic") << int(ProviderKind::Anthropic) << QByteArray()
                                   << QByteArray(R"({"data":[{"id":"a"},{"id":"b"}],"has_more":false})")
                                   << QByteArray("GET /v1/models?limit=1000 HTTP")
                                   << QByteArray("x-api-key: sk-canary-0123456789");
        QTest::newRow("gemini") << int(ProviderKind::Gemini) << QByteArray()
                                << QByteArray(R"({"models":[{"name":"models/a"},{"name":"models/b"}]})")
                                << QByteArray("GET /v1beta/models?pageSize=1000 HTTP")
                                << QByteArray("x-goog-api-key: sk-canary-0123456789");
    }
    void eachKindIsAskedInItsOwnWay()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, header);
        Provider provider(Provider::http("200 OK", body));
        ProviderTester tester;
        const auto check = await(tester.test(provider.config(ProviderKind(kind), path.constData())));
        QVERIFY2(check, check ? "" : qPrintable(check.error().detail));
        QCOMPARE(check->models, 2);
        QCOMPARE(check->names, QStringList({u"a"_s, u"b"_s}));
        QVERIFY2(provider.request.startsWith(line), provider.request.constData());
        QVERIFY2(provider.request.toLower().contains(header.toLower()), provider.request.constData());
        QVERIFY(!provider.request.contains("Cookie"));
    }

    void whatGoesWrongIsSaidWithWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QByteArray &answer, ErrorCode code, const QString &says) {
            QTest::newRow(name) << answer << int(code) << says;
        };
        row("401", Provider::http("401 Unauthorized", "sk-canary-0123456789 is wrong"),
            ErrorCode::InvalidApiKey, u"does not know this key"_s);
        row("403", Provider::http("403 Forbidden", "{}"), ErrorCode::Forbidden, u"may not list models"_s);
        row("404", Provider::http("404 Not Found", ""), ErrorCode::NotFound, u"/v1"_s);
        row("429", Provider::http("429 Too Many", ""), ErrorCode::RateLimited, u"try again"_s);
        row("500", Provider::http("500 Oops", ""), ErrorCode::UpstreamUnreachable, u"500"_s);
        row("no list", Provider::http("200 OK", "<html>"), ErrorCode::UpstreamUnreachable,
            u"no list of models"_s);
        row("a redirect", Provider::http("302 Found", "", "Location: http://127.0.0.1:9/steal\r\n"),
            ErrorCode::UpstreamUnreachable, u"not sent on"_s);
        row("silence", QByteArray(), ErrorCode::UpstreamTimeout, u"did not answer"_s);
    }
    void whatGoesWrongIsSaidWithWhatToDo()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, code);
        QFETCH(QString, says);
        Provider provider(answer);
        ProviderTester tester(answer.isEmpty() ? 200ms : 10'000ms);
        const auto check = await(tester.test(provider.config(ProviderKind::OpenAi, "/v1")));
        QVERIFY(!check);
        QCOMPARE(int(check.error().code), code);
        QVERIFY2(check.error().detail.contains(says), qPrintable(check.error().detail));
        QVERIFY(!check.error().detail.contains(u"canary"_s));
    }
    void theKeyGoesNowhereElse()
    {
        Provider thief(Provider::http("200 OK", R"({"data":[]})"));
        Provider provider(Provider::http(
            "307 Temporary Redirect", "",
            "Location: http://127.0.0.1:" + QByteArray::number(thief.serverPort()) + "/v1/models\r\n"));
        ProviderTester tester;
        QVERIFY(!await(tester.test(provider.config(ProviderKind::OpenAi, "/v1"))));
        QVERIFY(thief.request.isEmpty());
    }
    void anAddressThatCannotBeIsFoundBeforeTheNetwork()
    {
        ProviderTester tester;
        ProviderConfig config;
        config.apiKey = Secret("sk-canary-0123456789");
        config.baseUrl = QUrl(u"http://example.invalid/v1"_s);
        QCOMPARE(await(tester.test(config)).error().code, ErrorCode::InvalidValue); // unencrypted
        config.baseUrl = QUrl(u"ftp://example.invalid"_s);
        QCOMPARE(await(tester.test(config)).error().code, ErrorCode::InvalidValue);
        config.baseUrl = QUrl(u"https://example.invalid/v1"_s);
        config.apiKey = Secret("two words");
        QCOMPARE(await(tester.test(config)).error().code, ErrorCode::InvalidValue);
        quint16 port = 0;
        {
            QTcpServer closed;
            QVERIFY(closed.listen(QHostAddress::LocalHost));
            port = closed.serverPort();
        }
        config.apiKey = Secret("sk-canary-0123456789");
        config.baseUrl = QUrl(u"http://127.0.0.1:%1/v1"_s.arg(port));
        const auto refused = await(tester.test(config));
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(u"nothing listens"_s), qPrintable(refused.error().detail));
        Provider plain(Provider::http("200 OK", ""));
        config.baseUrl = QUrl(u"https://127.0.0.1:%1/v1"_s.arg(plain.serverPort()));
        ProviderTester hasty(300ms);
        const auto tls = await(hasty.test(config));
        QVERIFY(!tls);
        QVERIFY(plain.request.indexOf("canary") < 0);
    }
};

QTEST_GUILESS_MAIN(TestControlProviderCheck)
#include "tst_control_providercheck.moc"
