#pragma once

#include "core/event.h"
#include "core/mailbox.h"
#include "gui/desktopnotifier.h"
#include "gui/guiservices.h"
#include "notify/alertcenter.h"

#include <QHash>
#include <QObject>

namespace lbp::gui {

/// Turns alerts and held requests into toasts, while the window is in front, and into notifications of the
/// desktop, while it is not; and does what is answered to them: raise a limit, keep it, allow a request once.
/// Which alerts there are, and when it is quiet, is decided by AlertCenter. Thread: main.
class Notifications : public QObject
{
    Q_OBJECT
public:
    Notifications(const GuiServices &services, AlertCenter &alerts, QObject *parent = nullptr);

    /// The window is in front of the person now; told by the application.
    void setWindowActive(bool active) { m_windowActive = active; }
    [[nodiscard]] DesktopNotifier &desktop() { return m_desktop; }

    /// What a limit is offered to be raised by: the smallest of 1, 2, 5, 10, 20, 50, … dollars that lets \a
    /// needed through and is at least a tenth of \a limit, so that one answer is enough for a while.
    [[nodiscard]] static Money suggestedRaise(Money needed, Money limit);

private:
    /// What can be done about something, as buttons of a toast and of a notification.
    struct Offer
    {
        QString id, text;
        std::function<void()> run;
    };
    void handle(const QList<Event> &events);
    void remember(const Event &event);
    void raised(const AlertRecord &record);
    void notice(const AlertNotice &notice);
    void asked(const HeldRequest &held);
    void holdEnded(RequestId hold, HoldEnd how);
    void answer(const HeldRequest &held, HoldAnswer answer);
    void raise(const Budget &budget, Money amount);
    [[nodiscard]] QList<Offer> offersFor(const AlertRecord &record);
    void showDesktop(const QString &key, const QString &title, const QString &text,
                     DesktopNotification::Urgency urgency, const QList<Offer> &offers, int timeoutMs = -1);
    void chosen(const QString &key, const QString &action);
    void complain(const Status &status);

    static constexpr qsizetype maxRemembered = 64;
    GuiServices m_services;
    DesktopNotifier m_desktop;
    bool m_windowActive = false;
    QHash<AlertIdentity, EventBody> m_bodies; ///< of alerts that may be about to come
    QHash<QString, QList<Offer>> m_offers; ///< by key of a notification
    QHash<qint64, int> m_holdToasts; ///< by RequestId
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
