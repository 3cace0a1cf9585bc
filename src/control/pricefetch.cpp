#include "control/pricefetch.h"

#include <memory>
#include <QEventLoop>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace lbp {

using namespace Qt::StringLiterals;

bool isWebAddress(const QString &text)
{
    return text.startsWith("https://"_L1, Qt::CaseInsensitive)
        || text.startsWith("http://"_L1, Qt::CaseInsensitive);
}

Result<QByteArray> fetchPriceList(const QUrl &url, const FetchBounds &bounds)
{
    const QString host = url.host();
    if (!url.isValid() || host.isEmpty() || !isWebAddress(url.toString()))
        return fail(ErrorCode::InvalidValue, u"the address must begin with https://"_s);
    const bool isLocal = host == "localhost"_L1 || QHostAddress(host).isLoopback();
    if (url.scheme() != "https"_L1 && !isLocal)
        return fail(ErrorCode::InvalidValue,
                    u"prices are fetched over https only, so that nobody on the way can change them"_s);
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidValue, u"the address must not hold a name or a password"_s);

    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"llm-budget-proxy"_s);
    request.setRawHeader("Accept", "application/json, application/yaml;q=0.5, */*;q=0.1");
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));

    QEventLoop loop;
    QByteArray body;
    bool isTooLarge = false, isLate = false;
    const auto read = [&] {
        body += reply->readAll();
        if (body.size() > bounds.maxBytes && !isTooLarge) {
            isTooLarge = true;
            reply->abort();
        }
    };
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, read);
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(bounds.time, &loop, [&] {
        isLate = true;
        reply->abort();
    });
    if (!reply->isFinished())
        loop.exec();
    if (isTooLarge)
        return fail(ErrorCode::InvalidValue,
                    u"%1 sends more than %2 MB; is it a price list?"_s.arg(host).arg(bounds.maxBytes
                                                                                     / (1024 * 1024)));
    if (isLate)
        return fail(ErrorCode::UpstreamTimeout,
                    u"%1 did not send the list within %2 s"_s.arg(host).arg(
                        std::chrono::ceil<std::chrono::seconds>(bounds.time).count()));
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400) {
        const QUrl to = url.resolved(reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
        return fail(
            ErrorCode::UpstreamUnreachable,
            u"%1 points elsewhere (%2), which is not followed; if you trust it, name that address: %3"_s
                .arg(host)
                .arg(status)
                .arg(to.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    }
    if (status != 0 && status != 200)
        return fail(ErrorCode::UpstreamUnreachable, u"%1 answered %2"_s.arg(host).arg(status));
    if (reply->error() != QNetworkReply::NoError)
        return fail(ErrorCode::UpstreamUnreachable, u"%1: %2"_s.arg(host, reply->errorString()));
    body += reply->readAll();
    return body;
}

} // namespace lbp
