#include "proxy/upstream.h"

#include "proxy/upstreampool.h"

#include <QFile>
#include <QSslCertificate>

namespace lbp {

UpstreamReply::UpstreamReply(OutgoingPtr outgoing, QObject *parent)
    : QNetworkReply(parent)
    , m_outgoing(std::move(outgoing))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

UpstreamReply::~UpstreamReply()
{
    m_dying = true;
    abort();
}

void UpstreamReply::abort()
{
    if (m_over)
        return;
    m_over = true;
    const bool tell = !m_receiver && !m_dying;
    m_receiver = nullptr;
    if (m_pool)
        m_pool->dropQueued(this);
    if (const QPointer<UpstreamConnection> connection = std::exchange(m_connection, nullptr))
        connection->detach();
    setError(OperationCanceledError, QStringLiteral("aborted"));
    setFinished(true);
    if (tell) {
        Q_EMIT errorOccurred(OperationCanceledError);
        Q_EMIT finished();
    }
}

void UpstreamReply::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (!paused && m_connection)
        m_connection->resumeReading();
}

qint64 UpstreamReply::readData(char *data, qint64 maxSize)
{
    if (m_body.isEmpty())
        return m_over ? -1 : 0;
    const qint64 n = std::min<qint64>(maxSize, m_body.size());
    memcpy(data, m_body.constData(), size_t(n));
    m_body.remove(0, n);
    return n;
}

void UpstreamReply::headArrived(ResponseHead head)
{
    m_head = std::move(head);
    m_headReceived = true;
    if (m_receiver) {
        m_receiver->onUpstreamHead();
        return;
    }
    // Qt's own view of the head costs more than the parsing, so only those who use it pay for it.
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_head.status);
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, m_head.reason);
    for (const Header &header : m_head.headers)
        setRawHeader(header.name, m_head.headers.joined(header.name));
    Q_EMIT metaDataChanged();
}

void UpstreamReply::dataArrived()
{
    if (m_receiver)
        m_receiver->onUpstreamData();
    else
        Q_EMIT readyRead();
}

void UpstreamReply::ended(HeaderList trailers)
{
    m_trailers = std::move(trailers);
    m_over = true;
    setFinished(true);
    if (m_receiver)
        m_receiver->onUpstreamEnd();
    else
        Q_EMIT finished();
}

void UpstreamReply::failed(UpstreamFailure failure)
{
    if (m_over)
        return;
    m_over = true;
    setError(failure.code == ErrorCode::UpstreamTimeout ? TimeoutError : UnknownNetworkError, failure.detail);
    m_failure = std::move(failure);
    setFinished(true);
    if (m_receiver) {
        m_receiver->onUpstreamEnd();
    } else {
        Q_EMIT errorOccurred(error());
        Q_EMIT finished();
    }
}

Upstream::Upstream(Options options, Deadlines &deadlines, DataPlaneStats &stats, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_deadlines(deadlines)
    , m_stats(stats)
{
    setOptions(std::move(options));
}

Upstream::~Upstream()
{
    // The pools refer to this object until they are gone.
    qDeleteAll(m_pools);
    m_pools.clear();
}

void Upstream::setOptions(Options options)
{
    serveSoon();
    const bool first = m_tls.isNull();
    const bool newAuthorities = first || options.caFile != m_options.caFile;
    m_options = std::move(options);
    if (!newAuthorities)
        return;
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    m_tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, false);
    m_tls.setSslOption(QSsl::SslOptionDisableSessionTickets, false);
    m_tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    if (!m_options.caFile.isEmpty())
        m_tls.addCaCertificates(m_options.caFile, QSsl::Pem);
    for (UpstreamPool *pool : std::as_const(m_pools))
        pool->closeIdle();
}

UpstreamPool *Upstream::poolFor(const QUrl &url)
{
    if (m_lastPool && url == m_lastUrl) // the same object each time, so this is a comparison of pointers
        return m_lastPool;
    const QString key = url.scheme() + QLatin1String("://") + url.authority();
    UpstreamPool *&pool = m_pools[key];
    if (!pool)
        pool = new UpstreamPool(*this, url, this);
    m_lastUrl = url;
    m_lastPool = pool;
    return pool;
}

bool Upstream::makeRoom()
{
    for (auto pool = m_pools.cbegin(); isFull() && pool != m_pools.cend(); ++pool)
        pool.value()->closeOldestIdle();
    return !isFull();
}

void Upstream::serveSoon()
{
    if (std::exchange(m_serving, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_serving = false;
            for (UpstreamPool *pool : std::as_const(m_pools))
                pool->serve();
        },
        Qt::QueuedConnection);
}

UpstreamReply *Upstream::send(const QUrl &url, OutgoingPtr outgoing, UpstreamReceiver *receiver)
{
    auto *reply = new UpstreamReply(std::move(outgoing), this);
    reply->setUrl(url);
    reply->setReceiver(receiver);
    poolFor(url)->dispatch(reply);
    return reply;
}

QNetworkReply *Upstream::createRequest(Operation op, const QNetworkRequest &request, QIODevice *outgoingData)
{
    static const QHash<int, QByteArray> verbs{{HeadOperation, "HEAD"},
                                              {GetOperation, "GET"},
                                              {PutOperation, "PUT"},
                                              {PostOperation, "POST"},
                                              {DeleteOperation, "DELETE"}};
    const QByteArray verb = op == CustomOperation
        ? request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray()
        : verbs.value(op);
    const QUrl url = request.url();
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    auto outgoing = std::make_shared<Outgoing>();
    outgoing->body = outgoingData ? outgoingData->readAll() : QByteArray();
    outgoing->head = verb + ' ' + (path.isEmpty() ? QByteArray("/") : path)
        + (url.hasQuery() ? '?' + url.query(QUrl::FullyEncoded).toLatin1() : QByteArray())
        + " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n";
    for (const QByteArray &name : request.rawHeaderList())
        outgoing->head += name + ": " + request.rawHeader(name) + "\r\n";
    if (!outgoing->body.isEmpty() || op == PostOperation || op == PutOperation)
        outgoing->head += "Content-Length: " + QByteArray::number(outgoing->body.size()) + "\r\n";
    outgoing->head += "\r\n";
    outgoing->headRequest = op == HeadOperation;
    outgoing->safeToRepeat = op == HeadOperation || op == GetOperation;
    auto *reply = new UpstreamReply(std::move(outgoing), this);
    reply->setRequest(request);
    reply->setUrl(url);
    reply->setOperation(op);
    poolFor(url)->dispatch(reply);
    return reply;
}

} // namespace lbp
