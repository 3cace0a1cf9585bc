#pragma once

#include "core/mailbox.h"
#include "gui/guiservices.h"

#include <QObject>
#include <QQmlEngine>

namespace lbp::gui {

/// What the models of all pages have in common: they load when their page is shown and rest while it is not.
/// Thread: main.
class PageModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    /// True while it is the visible page of a visible window; set by the shell.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    /// False until the first answer has come: the page shows skeletons.
    Q_PROPERTY(bool ready READ isReady NOTIFY readyChanged)
    /// What could not be loaded, for people; empty: nothing.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
public:
    explicit PageModel(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] QString problem() const { return m_problem; }

Q_SIGNALS:
    void activeChanged();
    void readyChanged();
    void problemChanged();

protected:
    virtual void activated() { } ///< the page has become visible: load and follow
    virtual void deactivated() { } ///< it is not seen any more: stop following
    void setReady(bool ready = true);
    void setProblem(const QString &problem);
    [[nodiscard]] const GuiServices &services() const { return m_services; }
    [[nodiscard]] const Mailbox &mailbox() const { return m_mailbox; }

private:
    GuiServices m_services;
    bool m_active = false;
    bool m_ready = false;
    QString m_problem;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
