#include "support/fakeprovider.h"

#include <QFile>
#include <QNetworkProxy>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QtTest>

namespace lbp::test {

namespace {

/// An authority and a certificate for localhost, made once per run.
const QTemporaryDir &certificates()
{
    static const QTemporaryDir directory;
    static const bool made = [] {
        const auto run = [](const QString &command) {
            QProcess process;
            process.setWorkingDirectory(directory.path());
            process.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
            if (!process.waitForFinished(30'000) || process.exitCode() != 0)
                qFatal("openssl failed: %s", process.readAllStandardError().constData());
        };
        run(QStringLiteral("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
                           "-keyout ca.key -out ca.pem -days 2 -subj '/CN=Test Authority' 2>/dev/null"));
        run(QStringLiteral("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "
                           "server.key -out server.csr -subj '/CN=localhost' 2>/dev/null"));
        run(QStringLiteral(
            "printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\\nbasicConstraints=CA:FALSE\\n' > ext && "
            "openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext "
            "-out server.pem 2>/dev/null"));
        return true;
    }();
    Q_UNUSED(made)
    return directory;
}

} // namespace

ProviderCall::ProviderCall(FakeProvider &provider, QTcpSocket *socket)
    : m_provider(provider)
    , m_socket(socket)
    , m_parser({256 * 1024, 256 * 1024 * 1024, 400})
{
}

void ProviderCall::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

void ProviderCall::json(int status, const QByteArray &body, const QByteArray &moreFields)
{
    send("HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Type: application/json\r\n" + moreFields
         + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void ProviderCall::streamHead(const QByteArray &moreFields)
{
    send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n" + moreFields
         + "\r\n");
}

void ProviderCall::chunk(const QByteArray &data)
{
    QByteArray out;
    appendChunk(out, data);
    send(out);
}

void ProviderCall::endStream()
{
    send("0\r\n\r\n");
}

void ProviderCall::close()
{
    m_socket->abort();
}

bool ProviderCall::clientGone() const
{
    return m_socket->state() != QAbstractSocket::ConnectedState;
}

FakeProvider::FakeProvider(bool tls)
    : m_tls(tls)
{
    if (!listen(QHostAddress::LocalHost, 0))
        qFatal("cannot listen");
    setListenBacklogSize(4096);
}

FakeProvider::~FakeProvider() = default;

QUrl FakeProvider::url() const
{
    return QUrl(QStringLiteral("%1://localhost:%2/v1")
                    .arg(m_tls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(serverPort()));
}

QString FakeProvider::caFile()
{
    return certificates().filePath(QStringLiteral("ca.pem"));
}

void FakeProvider::incomingConnection(qintptr descriptor)
{
    ++m_connections;
    QTcpSocket *socket;
    if (m_tls) {
        auto *secure = new QSslSocket(this);
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(
            QSslCertificate::fromPath(certificates().filePath(QStringLiteral("server.pem"))));
        QFile key(certificates().filePath(QStringLiteral("server.key")));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("no key");
        configuration.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        secure->setSslConfiguration(configuration);
        secure->setSocketDescriptor(descriptor);
        secure->startServerEncryption();
        socket = secure;
    } else {
        socket = new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
    }
    begin(socket);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
}

void FakeProvider::begin(QTcpSocket *socket)
{
    m_calls.push_back(std::make_unique<ProviderCall>(*this, socket));
    m_current[socket] = m_calls.back().get();
}

void FakeProvider::read(QTcpSocket *socket)
{
    if (!m_reading)
        return;
    QByteArray bytes = socket->readAll();
    while (!bytes.isEmpty()) {
        ProviderCall *call = m_current.value(socket);
        const qsizetype taken = call->m_parser.feed(bytes);
        bytes.remove(0, taken);
        if (call->m_parser.state() == RequestParser::State::HeadDone) {
            call->m_head = call->m_parser.head();
            if (bytes.isEmpty())
                call->m_parser.feed({});
        }
        if (call->m_parser.state() == RequestParser::State::Failed)
            qFatal("the proxy sent something that is not HTTP: %s",
                   qPrintable(call->m_parser.error().detail));
        if (call->m_parser.state() == RequestParser::State::Done) {
            call->m_body = call->m_parser.takeBody();
            call->m_whole = true;
            m_whole.push_back(call);
            begin(socket);
            if (onRequest)
                onRequest(*call);
        } else if (taken == 0) {
            break;
        }
    }
}

ProviderCall &FakeProvider::call(int n, int timeoutMs)
{
    if (!QTest::qWaitFor([&] { return requestCount() > n; }, timeoutMs))
        qFatal("request %d did not reach the provider", n);
    return *m_whole[size_t(n)];
}

QByteArray chatAnswer(int inputTokens, int outputTokens, const QByteArray &text)
{
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1790000000,\"model\":\"gpt-4o-"
           "2024-08-06\",\"choices\":[{\"index\":0,"
           "\"message\":{\"role\":\"assistant\",\"content\":\""
        + text + "\",\"refusal\":null},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":"
        + QByteArray::number(inputTokens) + ",\"completion_tokens\":" + QByteArray::number(outputTokens)
        + ",\"total_tokens\":" + QByteArray::number(inputTokens + outputTokens) + "}}";
}

QByteArray chatChunk(const QByteArray &text, const QByteArray &finish)
{
    return "data: "
           "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":"
           "\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text + "\"},\"finish_reason\":" + finish + "}]}\n\n";
}

QByteArray usageChunk(int inputTokens, int outputTokens)
{
    return "data: "
           "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":"
           "\"gpt-4o\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
        + QByteArray::number(inputTokens) + ",\"completion_tokens\":" + QByteArray::number(outputTokens)
        + ",\"total_tokens\":" + QByteArray::number(inputTokens + outputTokens) + "}}\n\n";
}

} // namespace lbp::test
