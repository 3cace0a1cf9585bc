#include "cli/loopbackapi.h"

#include <QBuffer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkCookieJar>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslConfiguration>

namespace lbp {

namespace {

/// A body that cannot be sent a second time: the stock manager repeats a POST on its own when the connection
/// drops, and a key would be created twice. Sequential and without reset(), it cannot.
class OnceBuffer final : public QBuffer
{
public:
    using QBuffer::QBuffer;
    [[nodiscard]] bool isSequential() const override { return true; }
    bool reset() override { return false; }
};

} // namespace

LoopbackApi::LoopbackApi(QUrl base, Secret adminKey, QSslCertificate certificate,
                         std::chrono::milliseconds patience)
    : m_base(std::move(base))
    , m_adminKey(std::move(adminKey))
    , m_certificate(std::move(certificate))
    , m_patience(patience)
{
    m_network.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

Result<ApiAnswer> LoopbackApi::call(const QByteArray &method, const QString &target,
                                    const std::optional<QJsonObject> &body)
{
    QNetworkRequest request(QUrl(m_base.toString(QUrl::StripTrailingSlash) + target, QUrl::StrictMode));
    request.setRawHeader("Authorization", "Bearer " + m_adminKey.reveal());
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader(
        "Host",
        "localhost"); // the management side answers to loopback names, whatever address it is bound to
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(int(m_patience.count()));

    OnceBuffer upload;
    const bool hasBody = body.has_value();
    if (hasBody) {
        upload.setData(QJsonDocument(*body).toJson(QJsonDocument::Compact));
        upload.open(QIODevice::ReadOnly);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        request.setHeader(QNetworkRequest::ContentLengthHeader, upload.size());
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    const std::unique_ptr<QNetworkReply> reply(
        m_network.sendCustomRequest(request, method, hasBody ? &upload : nullptr));
    QObject::connect(reply.get(), &QNetworkReply::sslErrors, reply.get(), [this, &reply] {
        // Its own certificate, read from the same file, proves the proxy; no authority and no name is needed
        // on this machine.
        if (!m_certificate.isNull() && reply->sslConfiguration().peerCertificate() == m_certificate)
            reply->ignoreSslErrors();
    });
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();

    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_nothingWasSent = status == 0 && reply->error() == QNetworkReply::ConnectionRefusedError;
    if (status == 0) {
        const QString where = m_base.toString();
        if (m_nothingWasSent)
            return fail(ErrorCode::UpstreamUnreachable,
                        QStringLiteral(
                            "nothing listens at %1: the proxy has just ended or is still starting; try again")
                            .arg(where));
        if (reply->error() == QNetworkReply::OperationCanceledError)
            return fail(ErrorCode::UpstreamTimeout,
                        QStringLiteral("the proxy at %1 did not answer within %2 s; it may still carry the "
                                       "command out, so look before repeating it")
                            .arg(where)
                            .arg(m_patience.count() / 1000));
        return fail(ErrorCode::UpstreamUnreachable,
                    QStringLiteral("the proxy at %1 went away before it answered (%2); it may have carried "
                                   "the command out, so look before repeating it")
                        .arg(where, reply->errorString()));
    }
    return ApiAnswer{status, reply->readAll()};
}

} // namespace lbp
