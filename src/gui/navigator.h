#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>

namespace lbp::gui {

/// Which page is shown. Models and commands ask for a page here; the shell follows. Thread: main.
class Navigator : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged)
    Q_PROPERTY(QString pageName READ pageName NOTIFY pageChanged)
public:
    enum Page { Overview, Requests, Keys, Budgets, Prices, Alerts, Connect, Settings, Guide };
    Q_ENUM(Page)

    using QObject::QObject;
    [[nodiscard]] Page page() const { return m_page; }
    [[nodiscard]] QString pageName() const; ///< "overview", …, for the saved state
    /// Shows \a page; \a arguments are for its model, such as {filter: "key:ci"}. Told again even when it is
    /// shown already.
    Q_INVOKABLE void open(lbp::gui::Navigator::Page page, const QVariantMap &arguments = {});
    void openByName(const QString &name); ///< an unknown name changes nothing
    /// Brings the window to the front: from the tray, a notification, a second start.
    Q_INVOKABLE void raiseWindow() { Q_EMIT raiseRequested(); }

Q_SIGNALS:
    void pageChanged();
    void opened(lbp::gui::Navigator::Page page, const QVariantMap &arguments);
    void raiseRequested();

private:
    Page m_page = Overview;
};

} // namespace lbp::gui
