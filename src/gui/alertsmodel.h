#pragma once

#include "core/secret.h"
#include "gui/alerthistory.h"
#include "gui/pagemodel.h"

#include <QVariantList>

namespace lbp::gui {

/// What was alerted and how it was delivered; where alerts go, which of them, and when it is quiet. Changes
/// are written into config.yml, which keeps its comments, and are in force when it was read again.
/// Thread: main.
class AlertsModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::AlertHistory *history READ history CONSTANT)
    /// [{text, value}] for a choice: all, then each event.
    Q_PROPERTY(QVariantList eventChoices READ eventChoices CONSTANT)
    /// [{event, text, description, on}]
    Q_PROPERTY(QVariantList events READ events NOTIFY settingsChanged)
    Q_PROPERTY(QString webhookUrl READ webhookUrl NOTIFY settingsChanged) ///< as it is in force
    Q_PROPERTY(bool hasSecret READ hasSecret NOTIFY settingsChanged)
    Q_PROPERTY(QString quietHours READ quietHours NOTIFY settingsChanged) ///< "22:00-07:00"; empty: none
    Q_PROPERTY(
        QString quietNow READ quietNow NOTIFY settingsChanged) ///< "Quiet until 07:00"; empty: it is not
    Q_PROPERTY(bool saving READ isSaving NOTIFY savingChanged)
    Q_PROPERTY(bool testing READ isTesting NOTIFY testChanged)
    Q_PROPERTY(QString testText READ testText NOTIFY testChanged) ///< how the last test went; empty: none yet
    Q_PROPERTY(bool testOk READ isTestOk NOTIFY testChanged)
public:
    explicit AlertsModel(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] AlertHistory *history() { return &m_history; }
    [[nodiscard]] QVariantList eventChoices() const;
    [[nodiscard]] QVariantList events() const;
    [[nodiscard]] QString webhookUrl() const;
    [[nodiscard]] bool hasSecret() const;
    [[nodiscard]] QString quietHours() const;
    [[nodiscard]] QString quietNow() const;
    [[nodiscard]] bool isSaving() const { return m_saving > 0; }
    [[nodiscard]] bool isTesting() const { return m_testing; }
    [[nodiscard]] QString testText() const { return m_testText; }
    [[nodiscard]] bool isTestOk() const { return m_testOk; }

    /// What is wrong with a text; empty: nothing. For as long as it is typed.
    Q_INVOKABLE QString webhookProblem(const QString &url) const;
    Q_INVOKABLE QString quietProblem(const QString &text) const;
    Q_INVOKABLE void saveWebhook(const QString &url);
    Q_INVOKABLE void saveQuietHours(const QString &text);
    Q_INVOKABLE void setEventOn(const QString &event, bool on);
    Q_INVOKABLE void testWebhook();

Q_SIGNALS:
    void settingsChanged();
    void savingChanged();
    void testChanged();

protected:
    void activated() override;

private:
    void save(const QString &path, const QVariant &value, const QString &done);
    [[nodiscard]] QStringList eventsOn() const;
    AlertHistory m_history;
    int m_saving = 0;
    bool m_testing = false;
    bool m_testOk = false;
    QString m_testText;
};

} // namespace lbp::gui
