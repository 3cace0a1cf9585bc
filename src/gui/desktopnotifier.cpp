#include "gui/desktopnotifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto service = "org.freedesktop.Notifications"_L1;
constexpr auto path = "/org/freedesktop/Notifications"_L1;
constexpr int callTimeoutMs = 5000;

QDBusMessage callOf(const QString &method, const QVariantList &arguments = {})
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, method);
    call.setArguments(arguments);
    return call;
}

} // namespace

DesktopNotifier::DesktopNotifier(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(notificationClosed(uint, uint)));
}

DesktopNotifier::~DesktopNotifier()
{
    // A question that nobody can answer any more must not stay on the screen.
    for (const uint id : m_ids)
        if (id != 0)
            QDBusConnection::sessionBus().send(callOf(u"CloseNotification"_s, {id}));
}

void DesktopNotifier::askCapabilities()
{
    m_asking = true;
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(callOf(u"GetCapabilities"_s), callTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        m_asking = false;
        m_known = !reply.isError(); // a service that is not there may come later
        m_hasActions = !reply.isError() && reply.value().contains("actions"_L1);
        for (const DesktopNotification &one : std::exchange(m_waiting, {})) {
            if (reply.isError())
                Q_EMIT failed(one.key);
            else
                show(one);
        }
    });
}

void DesktopNotifier::show(const DesktopNotification &notification)
{
    if (!m_known) {
        m_waiting.append(notification); // what it may show depends on what the service can do
        if (!m_asking)
            askCapabilities();
        return;
    }
    QStringList actions{u"default"_s, notification.title};
    for (const DesktopNotification::Action &action : notification.actions)
        actions << action.id << action.text;
    const QVariantMap hints{
        {u"urgency"_s, QVariant::fromValue(uchar(notification.urgency))},
        {u"desktop-entry"_s, u"llm-budget-proxy"_s},
    };
    const uint replaces = m_ids.value(notification.key);
    const QDBusMessage call =
        callOf(u"Notify"_s,
               {QCoreApplication::applicationName(), replaces, u"llm-budget-proxy"_s, notification.title,
                notification.text, m_hasActions ? actions : QStringList(), hints, notification.timeoutMs});
    m_ids.insert(notification.key, replaces);
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, callTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key = notification.key] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            m_ids.remove(key);
            Q_EMIT failed(key);
            return;
        }
        if (!m_ids.contains(key)) { // withdrawn meanwhile
            QDBusConnection::sessionBus().send(callOf(u"CloseNotification"_s, {reply.value()}));
            return;
        }
        m_ids.insert(key, reply.value());
        m_keys.insert(reply.value(), key);
    });
}

void DesktopNotifier::withdraw(const QString &key)
{
    const uint id = m_ids.take(key);
    if (id == 0)
        return;
    m_keys.remove(id);
    QDBusConnection::sessionBus().send(callOf(u"CloseNotification"_s, {id}));
}

void DesktopNotifier::actionInvoked(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (!key.isEmpty())
        Q_EMIT actionChosen(key, action);
}

void DesktopNotifier::notificationClosed(uint id, uint)
{
    const QString key = m_keys.take(id);
    if (!key.isEmpty())
        m_ids.remove(key);
}

} // namespace lbp::gui
