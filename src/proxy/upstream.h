#pragma once

#include "core/clock.h"
#include "core/dataplane.h"
#include "core/result.h"
#include "proxy/deadlines.h"
#include "wire/http.h"

#include <memory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>

namespace lbp {

class UpstreamConnection;
class UpstreamPool;

/// What goes upstream, ready to be written: nothing is added, joined or re-ordered on the way.
struct Outgoing
{
    QByteArray head; ///< request line, fields, empty line
    QByteArray body;
    bool headRequest = false; ///< HEAD: the answer has no body
    bool safeToRepeat = false; ///< GET, HEAD: may be sent again when a kept connection turned out to be dead
};
using OutgoingPtr = std::shared_ptr<const Outgoing>;

/// Who wants to hear of an answer. Calls come on the proxy thread; within each the reply may be aborted.
class UpstreamReceiver
{
public:
    virtual ~UpstreamReceiver() = default;
    virtual void onUpstreamHead() = 0; ///< head() is valid; body bytes may be there already
    virtual void onUpstreamData() = 0; ///< takeBody() has bytes
    virtual void onUpstreamEnd() = 0; ///< the last call: the answer is whole, or failure() says why not
};

/// How an answer failed.
struct UpstreamFailure
{
    ErrorCode code = ErrorCode::UpstreamUnreachable;
    QString detail; ///< without secrets
    bool mayHaveBeenSeen = false; ///< bytes of the request were written: the provider may charge for it
    bool isOurs = false; ///< the provider was not even tried, so it says nothing about it
};

/// The answer to one request over one of our connections. As QNetworkReply it behaves as documented by Qt
/// (metaDataChanged, readyRead, finished; error() is set only when the transport failed, never for a status
/// code); beyond it, the head keeps every field in order and the body can be taken without copying.
/// Ownership: deleteLater() by whoever sent it; aborts what is still running.
class UpstreamReply final : public QNetworkReply
{
    Q_OBJECT
public:
    ~UpstreamReply() override;
    void setReceiver(UpstreamReceiver *receiver)
    {
        m_receiver = receiver;
    } ///< nullptr: nobody; signals alone
    [[nodiscard]] const ResponseHead &head() const { return m_head; }
    [[nodiscard]] const HeaderList &upstreamTrailers() const { return m_trailers; }
    [[nodiscard]] bool headReceived() const { return m_headReceived; }
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }
    [[nodiscard]] const std::optional<UpstreamFailure> &failure() const { return m_failure; }
    [[nodiscard]] bool isComplete() const
    {
        return m_complete;
    } ///< the whole answer has arrived; onUpstreamEnd() follows
    [[nodiscard]] bool wasSent() const { return m_sent; } ///< at least one byte was handed to the system
    /// Back-pressure: while paused nothing is read from the connection, so the provider is slowed down.
    void setPaused(bool paused);

    void abort() override; ///< closes the connection; onUpstreamEnd() is not called
    qint64 bytesAvailable() const override { return QNetworkReply::bytesAvailable() + m_body.size(); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    friend class UpstreamConnection;
    friend class UpstreamPool;
    friend class Upstream;
    UpstreamReply(OutgoingPtr outgoing, QObject *parent);
    void headArrived(ResponseHead head);
    void dataArrived();
    void ended(HeaderList trailers);
    void failed(UpstreamFailure failure);

    OutgoingPtr m_outgoing;
    UpstreamReceiver *m_receiver = nullptr;
    QPointer<UpstreamConnection> m_connection;
    QPointer<UpstreamPool> m_pool;
    ResponseHead m_head;
    HeaderList m_trailers;
    QByteArray m_body;
    std::optional<UpstreamFailure> m_failure;
    bool m_headReceived = false;
    bool m_sent = false;
    bool m_paused = false;
    bool m_complete = false;
    bool m_over = false;
    bool m_dying = false;
};

/// The way to the providers: a QNetworkAccessManager that answers createRequest() with replies of its own
/// over pooled keep-alive connections in its thread, because the stock ones repeat POSTs, mix up answers
/// after 103, follow redirects with the key, stop at six connections, change headers and have no
/// back-pressure. Ours send once, follow nothing, store no cookies. Connections are plain or TLS (verified
/// against the system's authorities and `caFile`; sessions are resumed), IPv4 or IPv6, through the system's
/// proxy where one is set. Thread: the proxy thread.
class Upstream final : public QNetworkAccessManager
{
    Q_OBJECT
public:
    struct Options
    {
        int connectTimeoutSeconds = 10;
        int idleTimeoutSeconds = 600; ///< without a byte from the provider while an answer is due
        int keepAliveSeconds = 25; ///< a kept connection is closed before common servers close it
        int maxConnections =
            10000; ///< over all hosts; more wait in a queue, for connectTimeoutSeconds at most
        QString caFile;
    };
    Upstream(Options options, Deadlines &deadlines, DataPlaneStats &stats, QObject *parent = nullptr);
    ~Upstream() override;
    void setOptions(Options options); ///< for connections made from now on

    /// Sends \a outgoing to the host of \a url: what createRequest() does, for a head that QNetworkRequest
    /// cannot hold (two fields of one name, an order) and without the cost of putting it through one. The
    /// receiver hears of the answer later, never from within this call.
    UpstreamReply *send(const QUrl &url, OutgoingPtr outgoing, UpstreamReceiver *receiver);
    [[nodiscard]] int connectionCount() const { return m_connections; }

protected:
    QNetworkReply *createRequest(Operation op, const QNetworkRequest &request,
                                 QIODevice *outgoingData) override;

private:
    friend class UpstreamPool;
    friend class UpstreamConnection;
    [[nodiscard]] UpstreamPool *poolFor(const QUrl &url);
    [[nodiscard]] bool isFull() const { return m_connections >= m_options.maxConnections; }
    [[nodiscard]] bool
    makeRoom(); ///< true if a connection may be opened, perhaps because an idle one was closed for it
    void serveSoon(); ///< lets those who wait for a connection try again, from the loop
    Options m_options;
    Deadlines &m_deadlines;
    DataPlaneStats &m_stats;
    QSslConfiguration m_tls;
    QHash<QString, UpstreamPool *> m_pools; ///< by "scheme://host:port"
    QUrl m_lastUrl;
    UpstreamPool *m_lastPool = nullptr; ///< that of m_lastUrl
    int m_connections = 0;
    bool m_serving = false; ///< servePools() is about to run
};

} // namespace lbp
