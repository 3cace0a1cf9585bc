#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QQmlEngine>

namespace lbp::gui {

class UiState;

/// Light or dark, and how much motion: what the desktop says (the freedesktop settings portal, else its
/// palette) or what was chosen. Follows changes while it runs. Thread: main.
class Appearance : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY changed)
    Q_PROPERTY(bool dark READ isDark NOTIFY changed)
    Q_PROPERTY(bool reduceMotion READ reduceMotion NOTIFY changed)
public:
    enum Theme { System, Light, Dark };
    Q_ENUM(Theme)

    explicit Appearance(UiState &state, QObject *parent = nullptr);

    [[nodiscard]] Theme theme() const { return m_theme; }
    void setTheme(Theme theme);
    [[nodiscard]] bool isDark() const { return m_theme == System ? m_systemIsDark : m_theme == Dark; }
    [[nodiscard]] bool reduceMotion() const { return m_reduceMotion; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void take(const QString &group, const QString &key, const QVariant &value);
    UiState &m_state;
    Theme m_theme = System;
    bool m_systemIsDark = false;
    bool m_reduceMotion = false;
};

} // namespace lbp::gui
