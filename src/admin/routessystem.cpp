#include "admin/jsonbody.h"
#include "admin/metrics.h"
#include "admin/routes.h"
#include "admin/views.h"
#include "config/configfile.h"

namespace lbp {

namespace {

void showHealth(const CallPtr &call)
{
    call->ok({{QStringLiteral("status"), QStringLiteral("ok")},
              {QStringLiteral("version"), QStringLiteral(LBP_VERSION)}});
}

void showReady(const CallPtr &call, Services &services)
{
    services.mailbox.when(services.control.state(), [call, &services](const SystemState &state) {
        const bool ready = state.storeWritable && !services.draining;
        // Anybody may ask, so no paths and no error texts.
        QJsonObject breakers;
        for (const ProviderHealth &provider : state.providers)
            breakers.insert(provider.provider, breakerStateName(provider.breaker));
        call->ok({{QStringLiteral("ready"), ready},
                  {QStringLiteral("store"),
                   state.storeWritable ? QStringLiteral("ok") : QStringLiteral("not writable")},
                  {QStringLiteral("config"),
                   services.configProblem.isEmpty() ? QStringLiteral("ok")
                                                    : QStringLiteral("rejected; the one before is in force")},
                  {QStringLiteral("providersDown"), QJsonArray::fromStringList(state.downProviders)},
                  {QStringLiteral("breakers"), breakers},
                  {QStringLiteral("draining"), services.draining},
                  {QStringLiteral("paused"), state.paused},
                  {QStringLiteral("pausedUntil"),
                   state.pausedUntil ? QJsonValue(instantText(*state.pausedUntil)) : QJsonValue()},
                  {QStringLiteral("needsRestart"), QJsonArray::fromStringList(state.needsRestart)}},
                 ready ? 200 : 503);
    });
}

void showMetrics(const CallPtr &call, Services &services)
{
    if (!services.plane)
        return call->refuse(ErrorCode::Unavailable,
                            QStringLiteral("there are no metrics while no proxy runs"));
    services.mailbox.when(services.control.state(), [call, &services](const SystemState &state) {
        LocalResponse response;
        response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        response.headers.add("Cache-Control", "no-store");
        response.body = metricsText(services.plane->stats(), state.providers);
        call->send(std::move(response));
    });
}

/// Who is configured, without keys, and how each does.
void showProviders(const CallPtr &call, Services &services)
{
    services.mailbox.when(services.control.state(), [call, &services](const SystemState &state) {
        const QJsonArray configured =
            redactedJson(*services.control.config()).value(QStringLiteral("providers")).toArray();
        QJsonArray list;
        for (const QJsonValue &one : configured) {
            QJsonObject provider = one.toObject();
            const QString name = provider.value(QStringLiteral("name")).toString();
            const auto health = std::find_if(state.providers.begin(), state.providers.end(),
                                             [&name](const ProviderHealth &h) { return h.provider == name; });
            const bool known = health != state.providers.end(); // not where no proxy runs
            provider.insert(QStringLiteral("breaker"),
                            known ? QJsonValue(breakerStateName(health->breaker)) : QJsonValue());
            provider.insert(QStringLiteral("failuresInARow"), known ? health->failuresInARow : 0);
            provider.insert(QStringLiteral("retryInSeconds"),
                            known && health->retryIn ? QJsonValue(
                                qint64(std::chrono::ceil<std::chrono::seconds>(*health->retryIn).count()))
                                                     : QJsonValue());
            provider.insert(QStringLiteral("isDown"), known && health->isDown);
            list.append(provider);
        }
        call->ok({{QStringLiteral("providers"), list}});
    });
}

void showPrices(const CallPtr &call, Services &services)
{
    QJsonArray list;
    if (const std::shared_ptr<const PriceBook> prices = services.control.config()->prices) {
        const QStringList models = prices->models();
        for (const QString &model : models)
            if (const ModelPrice *price = prices->find(model))
                list.append(view::price(*price));
    }
    call->ok({{QStringLiteral("currency"), QStringLiteral("USD")}, {QStringLiteral("models"), list}});
}

void setPaused(const CallPtr &call, Services &services, bool paused)
{
    const QString member = QStringLiteral("key"), untilName = QStringLiteral("until"),
                  minutesName = QStringLiteral("minutes");
    JsonBody body(call->request.body,
                  paused ? QStringList{member, untilName, minutesName} : QStringList{member});
    const std::optional<QString> which = body.string(member);
    std::optional<Instant> until;
    if (paused) {
        constexpr int yearOfMinutes = 366 * 24 * 60;
        if (body.has(untilName) && body.string(untilName) == u"tomorrow")
            until = services.control.tomorrow();
        else
            until = body.time(untilName);
        if (const std::optional<int> minutes = body.integer(minutesName, 1, yearOfMinutes)) {
            if (until)
                body.fault(minutesName, QStringLiteral("does not go with \"until\"; give one of them"));
            until = services.control.now() + std::chrono::minutes(*minutes);
        }
        if (until && which)
            body.fault(member, QStringLiteral("cannot be paused for a time; without an end it can"));
    }
    if (!body.status())
        return call->refuse(body.status().error());
    if (!which) {
        services.mailbox.when(paused ? services.control.pause(until) : services.control.resume(),
                              [call, paused, until](const Status &done) {
                                  done ? call->ok({{QStringLiteral("paused"), paused},
                                                   {QStringLiteral("key"), QJsonValue()},
                                                   {QStringLiteral("until"),
                                                    until ? QJsonValue(instantText(*until)) : QJsonValue()}})
                                       : call->refuse(done.error());
                              });
        return;
    }
    const std::optional<KeyId> id = keyArgument(call, services, *which);
    if (!id)
        return;
    services.mailbox.when(paused ? services.control.pauseKey(*id) : services.control.resumeKey(*id),
                          [call, paused, id](const Result<KeyRecord> &key) {
                              key ? call->ok({{QStringLiteral("paused"), paused},
                                              {QStringLiteral("key"), view::keyId(*id)},
                                              {QStringLiteral("until"), QJsonValue()}})
                                  : call->refuse(key.error());
                          });
}

void listAlerts(const CallPtr &call, Services &services)
{
    const QString limitName = QStringLiteral("limit");
    QueryReader query(call->request.head.query(), {limitName});
    const int limit = query.integer(limitName, 1, 1000).value_or(100);
    if (!query.status())
        return call->refuse(query.status().error());
    services.mailbox.when(services.control.alerts(limit), [call](const Result<QList<AlertRecord>> &records) {
        if (!records)
            return call->refuse(records.error());
        QJsonArray list;
        for (const AlertRecord &record : *records)
            list.append(view::alert(record));
        call->ok({{QStringLiteral("alerts"), list}});
    });
}

void testAlerts(const CallPtr &call, Services &services)
{
    services.mailbox.when(services.control.testWebhook(), [call](const WebhookTest &test) {
        // The test ran in either case; whether the webhook took it is its result.
        call->ok(
            {{QStringLiteral("delivered"), test.status.has_value()},
             {QStringLiteral("problem"), test.status ? QString() : test.status.error().detail},
             {QStringLiteral("status"), test.httpStatus > 0 ? QJsonValue(test.httpStatus) : QJsonValue()},
             {QStringLiteral("ms"), test.ms}});
    });
}

void openEvents(const CallPtr &call, Services &services)
{
    if (!call->stream || !services.streams)
        return call->refuse(ErrorCode::Unavailable,
                            QStringLiteral("live events come from the running proxy; start it first"));
    if (call->request.head.method == "HEAD")
        return call->refuse(ErrorCode::MethodNotAllowed,
                            QStringLiteral("the stream of events has no end to be told in a head; use GET"));
    if (!services.streams->add(call->stream))
        return call->refuse(ErrorCode::RateLimited,
                            QStringLiteral("too many live streams are open; close one first"));
    call->streamBegan();
}

} // namespace

void addSystemRoutes(Router &router, Services &services)
{
    using Handler = void (*)(const CallPtr &, Services &);
    const auto with = [&services](Handler handler) {
        return [&services, handler](const CallPtr &call) { handler(call, services); };
    };
    router.add("GET", QStringLiteral("/health"), Access::Open, showHealth);
    router.add("GET", QStringLiteral("/ready"), Access::Open, with(showReady));
    router.add("GET", QStringLiteral("/metrics"), Access::Local, with(showMetrics));
    router.add("GET", QStringLiteral("/api/prices"), Access::Admin, with(showPrices));
    router.add("GET", QStringLiteral("/api/providers"), Access::Admin, with(showProviders));
    router.add("POST", QStringLiteral("/api/pause"), Access::Admin,
               [&services](const CallPtr &call) { setPaused(call, services, true); });
    router.add("POST", QStringLiteral("/api/resume"), Access::Admin,
               [&services](const CallPtr &call) { setPaused(call, services, false); });
    router.add("GET", QStringLiteral("/api/alerts"), Access::Admin, with(listAlerts));
    router.add("POST", QStringLiteral("/api/alerts/test"), Access::Admin, with(testAlerts));
    router.add("GET", QStringLiteral("/api/events"), Access::Admin, with(openEvents));
    router.add("GET", QStringLiteral("/api/config"), Access::Admin, [&services](const CallPtr &call) {
        call->ok({{QStringLiteral("config"), redactedJson(*services.control.config())},
                  {QStringLiteral("problem"), services.configProblem}});
    });
}

} // namespace lbp
