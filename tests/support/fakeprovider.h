#pragma once

#include "wire/http.h"

#include <functional>
#include <memory>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <vector>

namespace lbp::test {

class FakeProvider;

/// One request that reached the provider, and the connection to answer it on. Every byte of the answer is the
/// test's.
class ProviderCall : public QObject
{
public:
    ProviderCall(FakeProvider &provider, QTcpSocket *socket);
    [[nodiscard]] const RequestHead &head() const { return m_head; }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] QByteArray path() const { return m_head.path().toByteArray(); }
    void send(const QByteArray &bytes); ///< raw
    void json(int status, const QByteArray &body, const QByteArray &moreFields = {});
    void streamHead(const QByteArray &moreFields = {}); ///< text/event-stream, chunked
    void chunk(const QByteArray &data); ///< one chunk
    void endStream(); ///< the last chunk
    void close(); ///< cuts the connection
    [[nodiscard]] bool clientGone() const; ///< the proxy closed the connection
    QTcpSocket *socket() const { return m_socket; }

private:
    friend class FakeProvider;
    FakeProvider &m_provider;
    QTcpSocket *m_socket;
    RequestParser m_parser;
    RequestHead m_head;
    QByteArray m_body;
    bool m_whole = false;
};

/// A provider on loopback, plain or TLS, that does exactly what the test says.
class FakeProvider : public QTcpServer
{
    Q_OBJECT
public:
    explicit FakeProvider(bool tls = false);
    ~FakeProvider() override;
    [[nodiscard]] QUrl url() const; ///< with /v1
    /// Called for each whole request; without one, calls wait in calls() for the test.
    std::function<void(ProviderCall &)> onRequest;
    [[nodiscard]] int requestCount() const { return int(m_whole.size()); }
    [[nodiscard]] int connectionCount() const { return m_connections; } ///< ever accepted
    /// The n-th whole request (waits for it).
    ProviderCall &call(int n = 0, int timeoutMs = 10'000);
    void setReading(bool on) { m_reading = on; }
    static QString
    caFile(); ///< PEM of the authority that signed the TLS certificate, made once per run with openssl

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class ProviderCall;
    void read(QTcpSocket *socket);
    void begin(QTcpSocket *socket);
    bool m_tls;
    bool m_reading = true;
    int m_connections = 0;
    std::vector<std::unique_ptr<ProviderCall>> m_calls;
    std::vector<ProviderCall *> m_whole;
    QHash<QTcpSocket *, ProviderCall *> m_current;
};

/// A whole chat answer with usage, as OpenAI sends it.
[[nodiscard]] QByteArray chatAnswer(int inputTokens, int outputTokens, const QByteArray &text = "Hello");
/// One chunk event of a chat stream.
[[nodiscard]] QByteArray chatChunk(const QByteArray &text, const QByteArray &finish = "null");
[[nodiscard]] QByteArray usageChunk(int inputTokens, int outputTokens);

} // namespace lbp::test
