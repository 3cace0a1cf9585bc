#include "gui/alertsmodel.h"

#include "config/configeditor.h"
#include "config/configsaver.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "gui/commandmodel.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"
#include "notify/alertcenter.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

AlertsModel::AlertsModel(const GuiServices &services, QObject *parent)
    : PageModel(services, parent)
    , m_history(services, this)
{
    connect(&m_history, &AlertHistory::loaded, this, [this](const QString &problem) {
        setProblem(problem);
        setReady();
    });
    connect(&services.alerts, &AlertCenter::raised, this, [this](const AlertRecord &record) {
        if (isActive())
            m_history.prepend(record);
    });
    connect(&services.alerts, &AlertCenter::delivered, &m_history, &AlertHistory::setDelivery);
    services.events.subscribe(this, [this](const QList<Event> &events) {
        for (const Event &event : events)
            if (std::holds_alternative<event::ConfigChanged>(event.body)) {
                Q_EMIT settingsChanged();
                return;
            }
    });
    services.commands.add({u"alerts.test"_s,
                           tr("Send a test alert"),
                           tr("Alerts"),
                           u"send"_s,
                           {},
                           tr("webhook try"),
                           [this] {
                               this->services().navigator.open(Navigator::Alerts);
                               testWebhook();
                           },
                           [this] { return !webhookUrl().isEmpty(); }});
}

void AlertsModel::activated()
{
    m_history.reload();
    Q_EMIT settingsChanged(); // whether it is quiet depends on the time
}

QVariantList AlertsModel::eventChoices() const
{
    QVariantList choices{QVariantMap{{u"text"_s, tr("All alerts")}, {u"value"_s, QString()}}};
    for (const QString &event : alertEventNames())
        choices.append(QVariantMap{{u"text"_s, alertText(event)}, {u"value"_s, event}});
    return choices;
}

QStringList AlertsModel::eventsOn() const
{
    const QStringList configured = services().control.config()->alerts.events;
    return configured.isEmpty() ? alertEventNames() : configured;
}

QVariantList AlertsModel::events() const
{
    const auto description = [](const QString &event) {
        if (event == "budgetWarning"_L1)
            return tr("A budget has reached its first threshold. Once in each period.");
        if (event == "budgetExceeded"_L1)
            return tr("A request was refused because a budget is used up.");
        if (event == "modelDowngraded"_L1)
            return tr("A cheaper model was used because a budget runs low.");
        if (event == "keyPaused"_L1)
            return tr("A key spent faster than it may and was paused.");
        if (event == "upstreamDown"_L1)
            return tr("A provider cannot be reached.");
        if (event == "unpricedModel"_L1)
            return tr("A request named a model that has no price.");
        return QString();
    };
    const QStringList on = eventsOn();
    QVariantList list;
    for (const QString &event : alertEventNames())
        list.append(QVariantMap{{u"event"_s, event},
                                {u"text"_s, alertText(event)},
                                {u"description"_s, description(event)},
                                {u"on"_s, on.contains(event)}});
    return list;
}

QString AlertsModel::webhookUrl() const
{
    return services().control.config()->alerts.webhookUrl;
}

bool AlertsModel::hasSecret() const
{
    return !services().control.config()->alerts.webhookSecret.isEmpty();
}

QString AlertsModel::quietHours() const
{
    const auto &quiet = services().control.config()->alerts.quietHours;
    return quiet ? quiet->toText() : QString();
}

QString AlertsModel::quietNow() const
{
    const std::optional<Instant> until = services().alerts.quietUntil();
    return until ? tr("Quiet until %1").arg(services().format.when(*until, services().clock.now()))
                 : QString();
}

QString AlertsModel::webhookProblem(const QString &url) const
{
    return checkValue(u"alerts.webhookUrl", url.trimmed());
}

QString AlertsModel::quietProblem(const QString &text) const
{
    const auto read = QuietHours::fromText(text.trimmed());
    return read ? QString() : tr("Write it as 22:00-07:00, or leave it empty.");
}

void AlertsModel::save(const QString &path, const QVariant &value, const QString &done)
{
    ++m_saving;
    Q_EMIT savingChanged();
    const ConfigValue written = value.metaType() == QMetaType::fromType<QStringList>()
        ? ConfigValue::list(value.toStringList())
        : ConfigValue(value.toString());
    mailbox().when(saveEdits(services().desktop.configFile(), {ConfigEdit::set(ConfigPath(path), written)}),
                   [this, done](const Result<FileText> &saved) {
                       --m_saving;
                       Q_EMIT savingChanged();
                       if (saved)
                           services().toasts.show(u"ok"_s, done);
                       else
                           services().toasts.show(u"danger"_s, tr("The setting was not saved"),
                                                  saved.error().detail, {}, 0);
                       Q_EMIT settingsChanged();
                   });
}

void AlertsModel::saveWebhook(const QString &url)
{
    if (webhookProblem(url).isEmpty())
        save(u"alerts.webhookUrl"_s, url.trimmed(),
             url.trimmed().isEmpty() ? tr("No webhook is called any more") : tr("Webhook saved"));
}

void AlertsModel::saveQuietHours(const QString &text)
{
    if (quietProblem(text).isEmpty())
        save(u"alerts.quietHours"_s, text.trimmed(),
             text.trimmed().isEmpty() ? tr("Quiet hours are off") : tr("Quiet hours saved"));
}

void AlertsModel::setEventOn(const QString &event, bool on)
{
    QStringList wanted = eventsOn();
    wanted.removeAll(event);
    if (on)
        wanted.append(event);
    if (wanted.isEmpty()) {
        services().toasts.show(u"warning"_s, tr("One alert has to stay on"),
                               tr("An empty list means all of them. Remove the webhook to hear of none."));
        Q_EMIT settingsChanged();
        return;
    }
    if (wanted.size() == alertEventNames().size())
        wanted.clear(); // all, also those that later versions have
    save(u"alerts.events"_s, wanted,
         on ? tr("%1: on").arg(alertText(event)) : tr("%1: off").arg(alertText(event)));
}

void AlertsModel::testWebhook()
{
    if (m_testing)
        return;
    m_testing = true;
    m_testText.clear();
    Q_EMIT testChanged();
    mailbox().when(services().alerts.testWebhook(), [this](const WebhookTest &test) {
        m_testing = false;
        m_testOk = test.status.has_value();
        const QString took = services().format.duration(std::chrono::milliseconds(test.ms));
        if (m_testOk)
            m_testText = tr("Delivered: status %1 after %2").arg(test.httpStatus).arg(took);
        else if (test.httpStatus != 0)
            m_testText = tr("Refused with status %1 after %2. %3")
                             .arg(test.httpStatus)
                             .arg(took, test.status.error().detail);
        else
            m_testText = test.status.error().detail;
        Q_EMIT testChanged();
    });
}

} // namespace lbp::gui
