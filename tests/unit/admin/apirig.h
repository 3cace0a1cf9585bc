#pragma once

#include "admin/adminapi.h"

#include "unit/control/fakes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lbp {

/// A LocalReply that keeps what it is told.
class KeptReply final : public LocalReply
{
public:
    void send(LocalResponse response) override { sent = std::move(response); }
    void begin(LocalResponse head) override
    {
        sent = head;
        streamed = head.body;
    }
    void write(QByteArray piece) override { streamed += piece; }
    void end() override { open = false; }
    bool isOpen() const override { return open; }
    std::optional<LocalResponse> sent;
    QByteArray streamed;
    bool open = true;
};

/// The API over a real store and a data path that is written down.
struct ApiRig
{
    static constexpr const char *adminKey = "lbpadmin_canary";
    FakeClock clock;
    TestStore db;
    EventHub hub;
    FakePlane plane;
    Control control{{*db.store, hub, clock, makeConfig(), &plane}};
    AdminApi api{{control, clock, Secret(adminKey), &hub, &plane}};

    ApiRig()
    {
        if (!control.load())
            qFatal("cannot load");
    }
    static std::shared_ptr<const Config> makeConfig()
    {
        auto config = std::make_shared<Config>();
        auto prices = std::make_shared<PriceBook>();
        ModelPrice price;
        price.model = QStringLiteral("gpt-4o");
        price.standard[BillingClass::UncachedInput] = 2'500'000;
        prices->add(price);
        config->prices = prices;
        config->alerts.webhookSecret = Secret("webhook-canary");
        config->server.adminKey = Secret(adminKey);
        config->server.allowedHosts = {QStringLiteral("proxy.example")};
        return config;
    }
    static LocalRequest request(const char *method, const QString &target, const QByteArray &body = {},
                                const QByteArray &key = adminKey)
    {
        LocalRequest request;
        request.head.method = method;
        request.head.target = target.toUtf8();
        request.head.headers.add("Host", "127.0.0.1:3000");
        if (!key.isEmpty())
            request.head.headers.add("Authorization", "Bearer " + key);
        if (!body.isEmpty())
            request.head.headers.add("Content-Type", "application/json");
        request.body = body;
        request.peer = QHostAddress::LocalHost;
        return request;
    }
    LocalResponse call(const LocalRequest &request) { return await(api.dispatch(request, false)); }
    LocalResponse call(const char *method, const QString &target, const QByteArray &body = {},
                       const QByteArray &key = adminKey)
    {
        return call(request(method, target, body, key));
    }
    static QJsonObject json(const LocalResponse &response)
    {
        return QJsonDocument::fromJson(response.body).object();
    }
};

} // namespace lbp
