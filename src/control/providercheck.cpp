#include "control/providercheck.h"

#include "core/mailbox.h"

#include <algorithm>
#include <QElapsedTimer>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPromise>
#include <QSslConfiguration>
#include <QTimer>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maxAnswer = 16 * 1024 * 1024;
constexpr qsizetype maxNames = 200;

bool isLoopback(const QString &host)
{
    const QHostAddress address(host);
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || address.isLoopback();
}

/// Where the list of models is, and how the key is shown there.
QNetworkRequest requestFor(const ProviderConfig &provider)
{
    QUrl url = provider.baseUrl;
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    const QByteArray &key = provider.apiKey.reveal();
    QNetworkRequest request;
    switch (provider.kind) {
    case ProviderKind::OpenAi:
        url.setPath(path + u"/models"_s);
        if (!key.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + key);
        break;
    case ProviderKind::Anthropic:
        url.setPath(path + u"/v1/models"_s);
        url.setQuery(u"limit=1000"_s);
        request.setRawHeader("anthropic-version", "2023-06-01");
        if (!key.isEmpty())
            request.setRawHeader("x-api-key", key);
        break;
    case ProviderKind::Gemini:
        url.setPath(path + u"/v1beta/models"_s);
        url.setQuery(u"pageSize=1000"_s);
        if (!key.isEmpty())
            request.setRawHeader("x-goog-api-key", key);
        break;
    }
    request.setUrl(url);
    return request;
}

/// What an answer says about the key, without anything that the provider wrote: it may quote the key.
Error refusal(int status, const ProviderConfig &provider)
{
    const QString host = provider.baseUrl.host();
    switch (status) {
    case 400: // what Gemini says to a wrong key
        if (provider.kind != ProviderKind::Gemini)
            break;
        [[fallthrough]];
    case 401:
        return {
            ErrorCode::InvalidApiKey,
            provider.apiKey.isEmpty()
                ? u"%1 asks for a key; enter the one of your account"_s.arg(host)
                : u"%1 does not know this key (%2); copy it again from your account, whole and without blanks"_s
                      .arg(host)
                      .arg(status)};
    case 402:
        return {ErrorCode::Forbidden, u"%1 knows the key, but the account has no credit (402)"_s.arg(host)};
    case 403:
        return {
            ErrorCode::Forbidden,
            u"%1 knows the key, but it may not list models (403); give it that right, or take another key"_s
                .arg(host)};
    case 404:
        return {
            ErrorCode::NotFound,
            u"%1 has no list of models at this address (404); check the base URL: %2"_s.arg(
                host,
                provider.kind == ProviderKind::OpenAi ? u"it usually ends in /v1"_s : u"it has no path"_s)};
    case 429:
        return {ErrorCode::RateLimited, u"%1 has had too many requests (429); try again later"_s.arg(host)};
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return {ErrorCode::UpstreamUnreachable,
                u"%1 answers %2 and points elsewhere; the key is not sent on. Enter the address it moved to"_s
                    .arg(host)
                    .arg(status)};
    return {ErrorCode::UpstreamUnreachable, u"%1 answered %2; try again later"_s.arg(host).arg(status)};
}

Error unreachable(QNetworkReply::NetworkError error, const QString &host, bool late,
                  std::chrono::milliseconds timeout)
{
    if (late)
        return {ErrorCode::UpstreamTimeout,
                u"%1 did not answer within %2 s; check the address and the network"_s.arg(host).arg(
                    std::chrono::ceil<std::chrono::seconds>(timeout).count())};
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::UpstreamUnreachable,
                u"there is no host named %1; check the base URL and the network"_s.arg(host)};
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorCode::UpstreamUnreachable,
                u"nothing listens at %1; is it running, and is the port right?"_s.arg(host)};
    case QNetworkReply::SslHandshakeFailedError:
        return {
            ErrorCode::UpstreamUnreachable,
            u"the certificate of %1 is not trusted; for an authority of your own set upstream.caFile"_s.arg(
                host)};
    case QNetworkReply::RemoteHostClosedError:
        return {ErrorCode::UpstreamUnreachable, u"%1 closed the connection without an answer"_s.arg(host)};
    default:
        return {ErrorCode::UpstreamUnreachable, u"%1 could not be reached; check the network"_s.arg(host)};
    }
}

Result<ProviderCheck> readModels(const QByteArray &body, const ProviderConfig &provider)
{
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    const bool isGemini = provider.kind == ProviderKind::Gemini;
    const QJsonValue list = answer.value(isGemini ? "models"_L1 : "data"_L1);
    if (!list.isArray())
        return fail(
            ErrorCode::UpstreamUnreachable,
            u"%1 answered with something that is no list of models; check the base URL and the kind"_s.arg(
                provider.baseUrl.host()));
    ProviderCheck check;
    for (const QJsonValue &model : list.toArray()) {
        QString name = model.toObject().value(isGemini ? "name"_L1 : "id"_L1).toString();
        if (name.startsWith("models/"_L1))
            name = name.sliced(7);
        if (name.isEmpty())
            continue;
        ++check.models;
        if (check.names.size() < maxNames)
            check.names.append(name.left(200));
    }
    return check;
}

Status checkProvider(const ProviderConfig &provider)
{
    const QUrl &url = provider.baseUrl;
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return fail(ErrorCode::InvalidValue,
                    u"the base URL must begin with https:// or http:// and name a host"_s);
    const QByteArray &key = provider.apiKey.reveal();
    if (!key.isEmpty() && url.scheme() == "http"_L1 && !isLoopback(url.host()))
        return fail(ErrorCode::InvalidValue,
                    u"the base URL must begin with https://: the key would travel unencrypted"_s);
    if (!std::all_of(key.cbegin(), key.cend(), [](char c) { return c > 0x20 && c < 0x7f; }))
        return fail(ErrorCode::InvalidValue,
                    u"the key has a blank or a character outside ASCII; copy it again"_s);
    return {};
}

} // namespace

struct ProviderTester::Parts
{
    QNetworkAccessManager network;
    std::chrono::milliseconds timeout;
};

ProviderTester::ProviderTester(std::chrono::milliseconds timeout, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Parts>())
{
    d->timeout = timeout;
    d->network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

ProviderTester::~ProviderTester() = default;

QFuture<Result<ProviderCheck>> ProviderTester::test(const ProviderConfig &provider, const QString &caFile)
{
    const auto promise = std::make_shared<QPromise<Result<ProviderCheck>>>();
    promise->start();
    const auto end = [promise](Result<ProviderCheck> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    if (const Status ok = checkProvider(provider); !ok) {
        end(tl::unexpected(ok.error()));
        return promise->future();
    }
    QNetworkRequest request = requestFor(provider);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"llm-budget-proxy/" LBP_VERSION ""_s);
    request.setRawHeader("Accept", "application/json");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    if (!caFile.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(caFile);
        request.setSslConfiguration(tls);
    }
    QNetworkReply *reply = d->network.get(request);
    const auto body = std::make_shared<QByteArray>();
    QElapsedTimer timer;
    timer.start();
    auto *deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, [reply] {
        reply->setProperty("late", true);
        reply->abort();
    });
    deadline->start(d->timeout);
    connect(reply, &QIODevice::readyRead, reply, [reply, body] {
        body->append(reply->readAll());
        if (body->size() > maxAnswer)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [reply, body, provider, timer, end, timeout = d->timeout] {
        reply->deleteLater();
        if (reply->isOpen())
            body->append(reply->readAll());
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QString host = provider.baseUrl.host();
        const bool late = reply->property("late").toBool();
        if (status == 0 || late)
            return end(tl::unexpected(unreachable(reply->error(), host, late, timeout)));
        if (status < 200 || status >= 300)
            return end(tl::unexpected(refusal(status, provider)));
        if (reply->error() != QNetworkReply::NoError)
            return end(tl::unexpected(unreachable(reply->error(), host, false, timeout)));
        Result<ProviderCheck> check = readModels(*body, provider);
        if (check) {
            check->ms = timer.elapsed();
            check->detail = u"%1 models, answered in %2 ms"_s.arg(check->models).arg(check->ms);
        }
        end(std::move(check));
    });
    return promise->future();
}

} // namespace lbp
