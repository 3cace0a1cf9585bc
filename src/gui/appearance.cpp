#include "gui/appearance.h"

#include "gui/uistate.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QMetaEnum>
#include <QPalette>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

// https://flatpak.github.io/xdg-desktop-portal/ (org.freedesktop.portal.Settings): color-scheme is 0 no
// preference, 1 dark, 2 light.
constexpr auto service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto interface = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearanceGroup = "org.freedesktop.appearance"_L1;
constexpr auto gnomeGroup = "org.gnome.desktop.interface"_L1;

QVariant unwrapped(QVariant value)
{
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

Appearance::Appearance(UiState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
    bool known = false;
    const int stored = QMetaEnum::fromType<Theme>().keyToValue(
        m_state.value(u"theme"_s).toString().toLatin1().constData(), &known);
    m_theme = known ? Theme(stored) : System;
    const QPalette palette = QGuiApplication::palette();
    m_systemIsDark =
        palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    QDBusConnection::sessionBus().connect(service, path, interface, u"SettingChanged"_s, this,
                                          SLOT(settingChanged(QString, QString, QDBusVariant)));
    askPortal();
}

void Appearance::setTheme(Theme theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    m_state.setValue(u"theme"_s, QString::fromLatin1(QMetaEnum::fromType<Theme>().valueToKey(theme)));
    Q_EMIT changed();
}

void Appearance::askPortal()
{
    const auto ask = [this](const QString &group, const QString &key) {
        QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
        call.setArguments({group, key});
        call.setAutoStartService(false);
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (reply.isValid())
                take(group, key, reply.value().variant());
        });
    };
    ask(appearanceGroup, u"color-scheme"_s);
    ask(gnomeGroup, u"enable-animations"_s);
}

void Appearance::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    take(group, key, value.variant());
}

void Appearance::take(const QString &group, const QString &key, const QVariant &wrapped)
{
    const QVariant value = unwrapped(wrapped);
    if (group == appearanceGroup && key == "color-scheme"_L1 && value.toUInt() != 0)
        m_systemIsDark = value.toUInt() == 1;
    else if (group == gnomeGroup && key == "enable-animations"_L1)
        m_reduceMotion = !value.toBool();
    else
        return;
    Q_EMIT changed();
}

} // namespace lbp::gui
