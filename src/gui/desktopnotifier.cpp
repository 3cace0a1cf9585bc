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
    for (const Entry &entry : std::as_const(m_entries))
        if (entry.id != 0)
            QDBusConnection::sessionBus().send(callOf(u"CloseNotification"_s, {entry.id}));
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
        // What it may show depends on what the service can do.
        m_waiting.removeIf([&](const DesktopNotification &one) { return one.key == notification.key; });
        m_waiting.append(notification);
        if (!m_asking)
            askCapabilities();
        return;
    }
    Entry &entry = m_entries[notification.key];
    entry.withdrawn = false;
    if (entry.asking)
        entry.next = notification;
    else
        send(entry, notification);
}

void DesktopNotifier::send(Entry &entry, const DesktopNotification &notification)
{
    QStringList actions{u"default"_s, notification.title};
    for (const DesktopNotification::Action &action : notification.actions)
        actions << action.id << action.text;
    const QVariantMap hints{
        {u"urgency"_s, QVariant::fromValue(uchar(notification.urgency))},
        {u"desktop-entry"_s, u"llm-budget-proxy"_s},
    };
    const QDBusMessage call =
        callOf(u"Notify"_s,
               {QCoreApplication::applicationName(), entry.id, u"llm-budget-proxy"_s, notification.title,
                notification.text, m_hasActions ? actions : QStringList(), hints, notification.timeoutMs});
    entry.asking = true;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, callTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key = notification.key] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        answered(key, reply.isError() ? 0 : reply.value());
    });
}

void DesktopNotifier::answered(const QString &key, uint id)
{
    Entry &entry = m_entries[key];
    entry.asking = false;
    if (id == 0) {
        m_keys.remove(entry.id);
        m_entries.remove(key);
        Q_EMIT failed(key);
        return;
    }
    if (entry.withdrawn) {
        m_keys.remove(entry.id);
        m_entries.remove(key);
        QDBusConnection::sessionBus().send(callOf(u"CloseNotification"_s, {id}));
        return;
    }
    if (entry.id != id)
        m_keys.remove(entry.id);
    entry.id = id;
    m_keys.insert(id, key);
    if (const std::optional<DesktopNotification> next = std::exchange(entry.next, std::nullopt))
        send(entry, *next);
}

void DesktopNotifier::withdraw(const QString &key)
{
    m_waiting.removeIf([&](const DesktopNotification &one) { return one.key == key; });
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return;
    if (entry->asking) {
        entry->withdrawn = true;
        entry->next.reset();
        return;
    }
    m_keys.remove(entry->id);
    QDBusConnection::sessionBus().send(callOf(u"CloseNotification"_s, {entry->id}));
    m_entries.erase(entry);
}

void DesktopNotifier::actionInvoked(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (!key.isEmpty())
        Q_EMIT actionChosen(key, action);
}

void DesktopNotifier::notificationClosed(uint id, uint)
{
    const auto entry = m_entries.find(m_keys.take(id));
    if (entry == m_entries.end())
        return;
    if (entry->asking)
        entry->id = 0; // another one is on its way
    else
        m_entries.erase(entry);
}

} // namespace lbp::gui
