#include "notify/alertcenter.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QPromise>

namespace lbp {

namespace {
Q_LOGGING_CATEGORY(lcAlerts, "lbp.alerts")

using namespace std::chrono_literals;
/// After the store has refused a claim or failed, it is asked again this much later at the earliest.
constexpr Duration askAgainAfter = 1min;
} // namespace

AlertCenter::AlertCenter(Store &store, const Clock &clock, WebhookSender &sender,
                         std::function<QString(KeyId)> keyName, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_sender(sender)
    , m_keyName(std::move(keyName))
{
    setConfig(std::make_shared<const Config>());
}

void AlertCenter::setConfig(std::shared_ptr<const Config> config)
{
    m_config = std::move(config);
    const auto &alerts = m_config->alerts;
    m_enabled.clear();
    for (const QString &name : alertEventNames())
        m_enabled.append(alerts.events.isEmpty() || alerts.events.contains(name));
    m_sender.setTarget(
        {QUrl(alerts.webhookUrl, QUrl::StrictMode), alerts.webhookSecret, alerts.allowPrivateTargets});
}

void AlertCenter::handle(const QList<Event> &events)
{
    for (const Event &event : events)
        handle(event);
}

void AlertCenter::handle(const Event &event)
{
    const AlertIdentity identity = identityOf(event.body);
    if (identity.event < 0 || !m_enabled.at(identity.event))
        return;
    const Instant now = m_clock.now();
    if (const auto found = m_quietUntil.constFind(identity);
        found != m_quietUntil.cend() && now < found.value())
        return;

    const Duration debounce = std::max<Duration>(std::chrono::minutes(m_config->alerts.debounceMinutes), 1s);
    Instant notSince = now - debounce;
    Instant quietUntil = now + debounce;
    if (const auto *warning = std::get_if<event::BudgetWarning>(&event.body)) {
        notSince = Instant{}; // the subject names the period, so that once is once for all
        quietUntil = warning->status.span.end;
    }
    remember(identity, quietUntil);

    const Alert alert = alertFor(event, m_keyName);
    m_mailbox.when(m_store.claimAlert({alert.event, alert.subject, now}, notSince),
                   [this, alert, identity](const Result<bool> &claimed) {
                       if (claimed && *claimed)
                           return raise(alert);
                       if (!claimed)
                           qCWarning(lcAlerts, "cannot remember an alert: %ls",
                                     qUtf16Printable(claimed.error().detail));
                       // Fired before this process began, at a time we do not know: ask again, but not for
                       // each event. What holds for the whole period is settled.
                       if (!claimed || !identity.oncePerPeriod)
                           remember(identity, m_clock.now() + askAgainAfter);
                   });
}

void AlertCenter::remember(const AlertIdentity &identity, Instant until)
{
    if (m_quietUntil.size() >= maxRemembered) {
        const Instant now = m_clock.now();
        m_quietUntil.removeIf([now](const auto &entry) { return entry.value() <= now; });
        if (m_quietUntil.size() >= maxRemembered)
            m_quietUntil.clear(); // the store still knows
    }
    m_quietUntil.insert(identity, until);
}

void AlertCenter::raise(const Alert &alert)
{
    const AlertRecord record{0, alert.at, alert.event, alert.subject, alert.text, {}};
    m_mailbox.when(m_store.addAlert(record), [this, alert, record](const Result<qint64> &id) {
        if (!id)
            qCWarning(lcAlerts, "cannot write the alert history: %ls", qUtf16Printable(id.error().detail));
        AlertRecord written = record;
        written.id = id.value_or(0);
        Q_EMIT raised(written);
        deliver(alert, written.id);
    });
}

void AlertCenter::deliver(const Alert &alert, qint64 historyId)
{
    if (!m_sender.hasTarget())
        return;
    m_sender.send(bodyOf(alert), [this, historyId, address = m_mailbox.address()](const Status &status) {
        address.post([this, historyId, status] {
            if (!status)
                qCWarning(lcAlerts, "an alert was not delivered: %ls",
                          qUtf16Printable(status.error().detail));
            if (historyId > 0)
                m_store.setAlertDelivery(historyId,
                                         status ? QStringLiteral("delivered")
                                                : QStringLiteral("failed: ") + status.error().detail);
        });
    });
}

QByteArray AlertCenter::bodyOf(const Alert &alert) const
{
    return m_sender.speaksSlack() ? slackBody(alert)
                                  : QJsonDocument(alert.payload).toJson(QJsonDocument::Compact);
}

QFuture<Status> AlertCenter::test()
{
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    m_sender.sendOnce(bodyOf(testAlert(m_clock.now())), [promise](const Status &status) {
        promise->addResult(status);
        promise->finish();
    });
    return promise->future();
}

} // namespace lbp
