#pragma once

#include "core/mailbox.h"
#include "gui/guiservices.h"
#include "storage/backup.h"

#include <QFutureWatcher>
#include <QObject>
#include <QQmlEngine>

namespace lbp::gui {

/// A copy of the ledger, made while everything runs, and the way back from one. Thread: main.
class SettingsBackup : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString target READ target WRITE setTarget NOTIFY changed) ///< the file to be written
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged) ///< 0 to 1
    Q_PROPERTY(QString tone READ tone NOTIFY changed) ///< of the last backup; empty: none yet
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY changed) ///< the copy to be restored
    Q_PROPERTY(bool checking READ isChecking NOTIFY changed)
    Q_PROPERTY(bool checked READ isChecked NOTIFY changed) ///< it can be restored
    Q_PROPERTY(bool staged READ isStaged NOTIFY changed) ///< the next start takes it into use
    Q_PROPERTY(QString restoreTone READ restoreTone NOTIFY changed)
    Q_PROPERTY(QString restoreTitle READ restoreTitle NOTIFY changed)
    Q_PROPERTY(QString restoreText READ restoreText NOTIFY changed)
public:
    explicit SettingsBackup(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] QString target() const { return m_target; }
    void setTarget(const QString &target);
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] double progress() const { return m_watcher.progressValue() / 1000.0; }
    [[nodiscard]] QString tone() const { return m_tone; }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QString source() const { return m_source; }
    void setSource(const QString &source);
    [[nodiscard]] bool isChecking() const { return m_checking; }
    [[nodiscard]] bool isChecked() const { return m_checked; }
    [[nodiscard]] bool isStaged() const;
    [[nodiscard]] QString restoreTone() const { return m_restoreTone; }
    [[nodiscard]] QString restoreTitle() const { return m_restoreTitle; }
    [[nodiscard]] QString restoreText() const { return m_restoreText; }

    void suggest(); ///< a new name for the next one
    Q_INVOKABLE void start();
    Q_INVOKABLE void showFolder();
    Q_INVOKABLE void browseTarget(); ///< a dialog of the desktop
    Q_INVOKABLE void browseSource();
    Q_INVOKABLE void check();
    Q_INVOKABLE void restore(); ///< lays it ready and starts the proxy anew
    Q_INVOKABLE void cancelRestore();

Q_SIGNALS:
    void changed();
    void progressChanged();

private:
    [[nodiscard]] QString describe(const BackupInfo &info) const;
    void tellRestore(const QString &tone, const QString &title, const QString &text);
    GuiServices m_services;
    QFutureWatcher<Result<BackupInfo>> m_watcher;
    QString m_target, m_tone, m_title, m_text;
    QString m_source, m_restoreTone, m_restoreTitle, m_restoreText;
    bool m_running = false;
    bool m_checking = false;
    bool m_checked = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
