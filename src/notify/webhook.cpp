#include "notify/webhook.h"

#include "notify/targetcheck.h"

#include <QElapsedTimer>
#include <QHostInfo>
#include <QIODevice>
#include <QMessageAuthenticationCode>
#include <QMetaEnum>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QTimer>

namespace lbp {

namespace {

/// A body that can be read once. The stock QNetworkAccessManager repeats a POST on its own when a connection
/// drops early; it cannot when the body refuses to go back to its start.
class OnceBody final : public QIODevice
{
public:
    OnceBody(QByteArray bytes, QObject *parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_offset >= m_bytes.size(); }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_offset; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 size = std::min<qint64>(maxSize, m_bytes.size() - m_offset);
        if (size <= 0)
            return -1;
        std::copy_n(m_bytes.constData() + m_offset, size, data);
        m_offset += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_offset = 0;
};

/// Neither keeps nor sends cookies.
class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

WebhookSender::Environment realEnvironment(QObject *context)
{
    WebhookSender::Environment environment;
    environment.after = [context](std::chrono::milliseconds delay, std::function<void()> what) {
        QTimer::singleShot(delay, context, std::move(what));
    };
    environment.resolve = [context](const QString &host, std::function<void(QList<QHostAddress>)> found) {
        QHostInfo::lookupHost(host, context,
                              [found = std::move(found)](const QHostInfo &info) { found(info.addresses()); });
    };
    return environment;
}

/// The host as it stands in a Host field.
QByteArray hostField(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port() > 0)
        host += ':' + QByteArray::number(url.port());
    return host;
}

/// Qt's own error text may hold the address, and the address of a webhook is often its secret.
QString errorName(QNetworkReply::NetworkError error)
{
    const char *name = QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(error);
    return name ? QString::fromLatin1(name) : QStringLiteral("network error %1").arg(int(error));
}

} // namespace

WebhookSender::WebhookSender(const Clock &clock, QObject *parent)
    : WebhookSender(clock, Environment{}, parent)
{
    m_environment = realEnvironment(this);
}

WebhookSender::WebhookSender(const Clock &clock, Environment environment, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_environment(std::move(environment))
{
    m_network.setCookieJar(new NoCookies(&m_network));
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

WebhookSender::~WebhookSender() = default;

void WebhookSender::setTarget(Target target)
{
    m_target = std::move(target);
}

bool WebhookSender::speaksSlack() const
{
    return isSlackTarget(m_target.url);
}

void WebhookSender::send(QByteArray body, Done done)
{
    m_queue.push_back({std::move(body), std::move(done)});
    // The first is under way and stays; the oldest of those that wait makes room.
    if (m_queue.size() > maxWaiting + 1) {
        const auto oldest = m_queue.begin() + (m_busy ? 1 : 0);
        const Done give = std::move(oldest->done);
        m_queue.erase(oldest);
        ++m_dropped;
        give(fail(ErrorCode::Unavailable, QStringLiteral("dropped, because too many alerts were waiting")));
    }
    pump();
}

void WebhookSender::sendOnce(QByteArray body, Done done)
{
    attempt(body, [done = std::move(done)](const Outcome &outcome) { done(outcome.status); });
}

void WebhookSender::tryOnce(QByteArray body, std::function<void(WebhookTest)> done)
{
    QElapsedTimer timer;
    timer.start();
    attempt(body, [done = std::move(done), timer](const Outcome &outcome) {
        done({outcome.status, outcome.httpStatus, timer.elapsed()});
    });
}

void WebhookSender::pump()
{
    if (m_busy || m_queue.empty())
        return;
    m_busy = true;
    ++m_queue.front().tries;
    attempt(m_queue.front().body, [this](const Outcome &outcome) { finished(outcome); });
}

void WebhookSender::finished(const Outcome &outcome)
{
    const size_t tries = m_queue.front().tries;
    if (!outcome.status && outcome.repeat && tries <= std::size(pauses)) {
        m_environment.after(pauses[tries - 1], [this, address = m_mailbox.address()] {
            address.post([this] {
                m_busy = false;
                pump();
            });
        });
        return;
    }
    const Done done = std::move(m_queue.front().done);
    m_queue.pop_front();
    m_busy = false;
    done(outcome.status);
    pump();
}

void WebhookSender::attempt(const QByteArray &body, Attempted attempted)
{
    // Always answered later, so that a caller never finds its queue changed under its feet.
    const auto answer = [this, attempted](Outcome outcome) {
        m_mailbox.post([attempted, outcome = std::move(outcome)] { attempted(outcome); });
    };
    if (m_target.url.isEmpty())
        return answer({fail(ErrorCode::InvalidValue, QStringLiteral("alerts.webhookUrl is not set")), false});
    if (const Status allowed = checkWebhookUrl(m_target.url, m_target.allowPrivate); !allowed)
        return answer({allowed, false});

    const QString host = m_target.url.host();
    const auto resolved = [this, host, body, answer](const QList<QHostAddress> &addresses) {
        if (addresses.isEmpty())
            return answer(
                {fail(ErrorCode::UpstreamUnreachable, QStringLiteral("host %1 was not found").arg(host)),
                 true});
        // One private address among public ones is enough: it may be the one that is used.
        if (!m_target.allowPrivate && !std::all_of(addresses.begin(), addresses.end(), isPublicAddress))
            return answer({fail(ErrorCode::InvalidValue,
                                QStringLiteral("host %1 leads to a local or private address; set "
                                               "alerts.allowPrivateTargets to allow that")
                                    .arg(host)),
                           false});
        post(addresses.first(), body, answer);
    };
    if (const QHostAddress literal(host); !literal.isNull())
        return resolved({literal});
    m_environment.resolve(host,
                          [address = m_mailbox.address(), resolved](const QList<QHostAddress> &addresses) {
                              address.post([resolved, addresses] { resolved(addresses); });
                          });
}

void WebhookSender::post(const QHostAddress &address, const QByteArray &body, const Attempted &attempted)
{
    QUrl url = m_target.url;
    url.setHost(address.toString());
    url.setFragment({});
    QNetworkRequest request(url);
    request.setPeerVerifyName(m_target.url.host());
    request.setRawHeader("Host", hostField(m_target.url));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("llm-budget-proxy/" LBP_VERSION));
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    const QByteArray timestamp = QByteArray::number(
        std::chrono::floor<std::chrono::seconds>(m_clock.now()).time_since_epoch().count());
    request.setRawHeader("X-LBP-Timestamp", timestamp);
    if (!m_target.secret.isEmpty())
        request.setRawHeader("X-LBP-Signature",
                             "sha256="
                                 + QMessageAuthenticationCode::hash(timestamp + '.' + body,
                                                                    m_target.secret.reveal(),
                                                                    QCryptographicHash::Sha256)
                                       .toHex());

    auto *once = new OnceBody(body, nullptr);
    QNetworkReply *reply = m_network.post(request, once);
    once->setParent(reply);
    auto *deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, [reply] {
        reply->setProperty("late", true);
        reply->abort();
    });
    deadline->start(m_environment.timeout);
    // Only the status counts; what a target has to say beyond that is not kept.
    connect(reply, &QIODevice::readyRead, reply, [reply] { reply->readAll(); });
    connect(reply, &QNetworkReply::finished, this, [reply, attempted] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= 200 && status < 300)
            return attempted({Status{}, false, status});
        if (status >= 300 && status < 400)
            return attempted(
                {fail(ErrorCode::UpstreamUnreachable,
                      QStringLiteral("the webhook answered %1; redirects are not followed").arg(status)),
                 false, status});
        if (status > 0)
            return attempted(
                {fail(ErrorCode::UpstreamUnreachable, QStringLiteral("the webhook answered %1").arg(status)),
                 status >= 500 || status == 429, status});
        const QString why = reply->property("late").toBool() ? QStringLiteral("no answer in time")
                                                             : errorName(reply->error());
        attempted(
            {fail(ErrorCode::UpstreamUnreachable, QStringLiteral("the webhook was not reached: ") + why),
             true});
    });
}

} // namespace lbp
