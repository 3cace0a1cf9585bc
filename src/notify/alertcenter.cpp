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
constexpr qsizetype maxHeld = 1000;

/// AlertRecord::delivery of what waits for the end of quiet hours.
QString heldBack()
{
    return QStringLiteral("held back");
}
} // namespace

AlertCenter::AlertCenter(Store &store, const Clock &clock, WebhookSender &sender,
                         std::function<QString(KeyId)> keyName, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_sender(sender)
    , m_keyName(std::move(keyName))
{
    m_quietEnd.setSingleShot(true);
    connect(&m_quietEnd, &QTimer::timeout, this, &AlertCenter::armQuietEnd);
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
    armQuietEnd();
}

QTimeZone AlertCenter::zone()
{
    return QTimeZone::systemTimeZone();
}

bool AlertCenter::isQuiet() const
{
    const std::optional<QuietHours> &hours = m_config->alerts.quietHours;
    return hours && hours->contains(m_clock.now(), zone());
}

std::optional<Instant> AlertCenter::quietUntil() const
{
    return isQuiet() ? std::optional(m_config->alerts.quietHours->endAfter(m_clock.now(), zone()))
                     : std::nullopt;
}

void AlertCenter::resume()
{
    AlertQuery query;
    query.limit = 500;
    m_mailbox.when(m_store.alertPage(query), [this](const Result<QList<AlertRecord>> &records) {
        if (!records)
            return;
        for (const AlertRecord &record : *records)
            if (record.delivery == heldBack())
                m_held.prepend({record.event, record.text, record.id, true});
        armQuietEnd();
    });
}

void AlertCenter::armQuietEnd()
{
    m_quietEnd.stop();
    if (m_held.isEmpty())
        return;
    const std::optional<Instant> until = quietUntil();
    if (!until)
        return endQuiet();
    // Looked at again in between: a computer that slept, and a clock that was set, are noticed.
    const Duration left = std::min<Duration>(*until - m_clock.now(), 10min);
    m_quietEnd.start(std::chrono::ceil<std::chrono::milliseconds>(std::max<Duration>(left, 1ms)));
}

void AlertCenter::hold(const Alert &alert, const AlertRecord &written)
{
    const bool sendNow = isUrgent(alert.event);
    if (m_held.size() >= maxHeld)
        m_held.removeFirst(); // the history has it
    m_held.append({alert.event, alert.text, written.id, !sendNow});
    if (sendNow && m_sender.hasTarget())
        deliver(alert, {written.id});
    else
        setDelivery(written.id, heldBack());
    armQuietEnd();
}

void AlertCenter::endQuiet()
{
    const QList<Held> held = std::exchange(m_held, {});
    QMap<QString, int> all, waiting;
    QList<qint64> ids, told;
    for (const Held &one : held) {
        ++all[one.event];
        if (one.webhook) {
            ++waiting[one.event];
            ids.append(one.id);
        }
        if (!one.webhook || !m_sender.hasTarget())
            told.append(one.id);
    }
    const Alert alert = quietSummary(all, held.last().text, m_clock.now());
    Q_EMIT notice({AlertRecord{0, alert.at, alert.event, {}, alert.text, {}}, int(held.size())});
    if (m_sender.hasTarget()) {
        if (!ids.isEmpty())
            deliver(quietSummary(waiting, held.last().text, m_clock.now()), ids);
    } else {
        for (const qint64 id : told)
            setDelivery(id, {});
    }
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
        if (isQuiet())
            return hold(alert, written);
        Q_EMIT notice({written, 0});
        deliver(alert, {written.id});
    });
}

void AlertCenter::setDelivery(qint64 historyId, const QString &delivery)
{
    if (historyId <= 0)
        return;
    m_store.setAlertDelivery(historyId, delivery);
    Q_EMIT delivered(historyId, delivery);
}

void AlertCenter::deliver(const Alert &alert, QList<qint64> historyIds)
{
    if (!m_sender.hasTarget())
        return;
    m_sender.send(bodyOf(alert), [this, historyIds, address = m_mailbox.address()](const Status &status) {
        address.post([this, historyIds, status] {
            if (!status)
                qCWarning(lcAlerts, "an alert was not delivered: %ls",
                          qUtf16Printable(status.error().detail));
            for (const qint64 id : historyIds)
                setDelivery(id,
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

QFuture<WebhookTest> AlertCenter::testWebhook()
{
    const auto promise = std::make_shared<QPromise<WebhookTest>>();
    promise->start();
    m_sender.tryOnce(bodyOf(testAlert(m_clock.now())), [promise](const WebhookTest &test) {
        promise->addResult(test);
        promise->finish();
    });
    return promise->future();
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
