#pragma once

#include "gui/guiservices.h"
#include "gui/trayicon.h"

#include <memory>
#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

namespace lbp::gui {

class ShellModel;
class SpendWatch;

/// The icon beside the clock: how full today's budget is, a menu with what matters, and what can be done
/// without the window. Changes only what changed, at most once a second. Thread: main; wants a QApplication.
class Tray : public QObject
{
    Q_OBJECT
public:
    Tray(const GuiServices &services, ShellModel &shell, SpendWatch &spend, QObject *parent = nullptr);

    /// The desktop has a place for it now. Without one, closing the window must not hide the program.
    [[nodiscard]] bool isAvailable() const { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void show() { m_icon.show(); }
    [[nodiscard]] const TrayFace &face() const { return m_face; }
    [[nodiscard]] QString toolTip() const { return m_icon.toolTip(); }
    [[nodiscard]] QMenu &menu() { return m_menu; }
    [[nodiscard]] int updates() const { return m_updates; } ///< how often the desktop was told of a change

private:
    void later();
    void update();
    void updateSpenders();
    void updateRunning();
    [[nodiscard]] TrayFace faceNow() const;
    [[nodiscard]] QString toolTipNow() const;
    /// Text and visibility of a line of the menu, told to the desktop only when they differ.
    void setLine(QAction *line, const QString &text, bool visible = true);

    static constexpr int intervalMs = 1000;
    static constexpr int maxSpenders = 3;
    static constexpr int maxRunning = 5;
    GuiServices m_services;
    ShellModel &m_shell;
    SpendWatch &m_spend;
    QMenu m_menu;
    QAction *m_today, *m_month;
    QList<QAction *> m_spenders, m_running;
    QAction *m_spendersTitle, *m_runningTitle;
    QMenu *m_pauseMenu;
    QAction *m_resume, *m_copy;
    QSystemTrayIcon m_icon; ///< after the menu, which it borrows
    QTimer m_timer;
    TrayFace m_face;
    bool m_drawn = false;
    int m_updates = 0;
};

} // namespace lbp::gui
