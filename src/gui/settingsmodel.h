#pragma once

#include "core/secret.h"
#include "gui/pagemodel.h"
#include "gui/settingfield.h"
#include "gui/settingsbackup.h"
#include "gui/settingsfile.h"
#include "gui/settingslist.h"
#include "gui/settingslog.h"
#include "gui/settingsproviders.h"

namespace lbp::gui {

class Appearance;

/// What a person would change of config.yml, and of the program itself. Fields are typed first and saved
/// together; the file keeps its comments, and a change that was made meanwhile is never written over.
/// Thread: main.
class SettingsModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    /// [{id, title, iconName}], in the order in which they are shown.
    Q_PROPERTY(QVariantList sections READ sections CONSTANT)
    Q_PROPERTY(QString section READ section WRITE setSection NOTIFY sectionChanged)
    Q_PROPERTY(int dirtyCount READ dirtyCount NOTIFY edited) ///< fields that differ from the file
    Q_PROPERTY(bool valid READ isValid NOTIFY edited)
    Q_PROPERTY(bool saving READ isSaving NOTIFY edited)
    Q_PROPERTY(bool conflict READ isConflict NOTIFY edited) ///< the file changed under what was typed
    Q_PROPERTY(QString saveProblem READ saveProblem NOTIFY edited)
    Q_PROPERTY(QString fileProblem READ fileProblem NOTIFY fileChanged) ///< the file is not in force, and why
    Q_PROPERTY(QString restartText READ restartText NOTIFY fileChanged) ///< what waits for it; empty: nothing
    Q_PROPERTY(lbp::gui::SettingsProviders *providers READ providers CONSTANT)
    Q_PROPERTY(lbp::gui::SettingsList *thresholds READ thresholds CONSTANT)
    Q_PROPERTY(lbp::gui::SettingsList *overrides READ overrides CONSTANT)
    Q_PROPERTY(lbp::gui::SettingsList *rules READ rules CONSTANT)
    Q_PROPERTY(lbp::gui::SettingsBackup *backup READ backup CONSTANT)
    Q_PROPERTY(lbp::gui::SettingsLog *log READ log CONSTANT)
    Q_PROPERTY(QVariantList languages READ languages CONSTANT) ///< [{text, value}], each in its own language
    Q_PROPERTY(QString language READ language NOTIFY programChanged) ///< empty: that of the desktop
    Q_PROPERTY(bool autostart READ isAutostartOn NOTIFY programChanged)
    Q_PROPERTY(QString adminKey READ adminKey NOTIFY programChanged) ///< with all but its ends hidden
    Q_PROPERTY(QString configFile READ configFile CONSTANT)
    Q_PROPERTY(QString dataFolder READ dataFolder CONSTANT)
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QVariantList licences READ licences CONSTANT) ///< [{name, licence, use}]
public:
    SettingsModel(const GuiServices &services, Appearance &appearance, QObject *parent = nullptr);

    [[nodiscard]] QVariantList sections() const;
    [[nodiscard]] QString section() const { return m_section; }
    void setSection(const QString &section);
    [[nodiscard]] int dirtyCount() const;
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] bool isSaving() const { return m_file.isSaving(); }
    [[nodiscard]] bool isConflict() const { return m_conflict; }
    [[nodiscard]] QString saveProblem() const { return m_saveProblem; }
    [[nodiscard]] QString fileProblem() const { return m_fileProblem; }
    [[nodiscard]] QString restartText() const;
    [[nodiscard]] SettingsProviders *providers() { return &m_providers; }
    [[nodiscard]] SettingsList *thresholds() { return &m_thresholds; }
    [[nodiscard]] SettingsList *overrides() { return &m_overrides; }
    [[nodiscard]] SettingsList *rules() { return &m_rules; }
    [[nodiscard]] SettingsBackup *backup() { return &m_backup; }
    [[nodiscard]] SettingsLog *log() { return &m_log; }
    [[nodiscard]] QVariantList languages() const;
    [[nodiscard]] QString language() const;
    [[nodiscard]] bool isAutostartOn() const { return m_autostart; }
    [[nodiscard]] QString adminKey() const;
    [[nodiscard]] QString configFile() const;
    [[nodiscard]] QString dataFolder() const;
    [[nodiscard]] QString version() const;
    [[nodiscard]] QVariantList licences() const;

    /// The fields of a part of a section, such as "limits"; always the same objects.
    Q_INVOKABLE QVariantList fields(const QString &group) const;
    Q_INVOKABLE lbp::gui::SettingField *field(const QString &path) const; ///< null: no such field
    Q_INVOKABLE void save();
    Q_INVOKABLE void discard();
    Q_INVOKABLE void keepMine(); ///< after a conflict: the file as it is now, with what was typed on top
    Q_INVOKABLE void restart();
    Q_INVOKABLE void setLanguage(const QString &language);
    Q_INVOKABLE void setAutostart(bool on);
    Q_INVOKABLE void copyAdminKey();
    Q_INVOKABLE void copyLog();
    Q_INVOKABLE void openConfigFolder();
    Q_INVOKABLE void openDataFolder();
    Q_INVOKABLE void openAlerts();
    Q_INVOKABLE void openGuide();

Q_SIGNALS:
    void sectionChanged();
    void edited();
    void fileChanged();
    void programChanged();

protected:
    void activated() override;
    void deactivated() override;

private:
    void addCommands();
    void load(bool keepTyped);
    void showSetting(const QString &path); ///< its topic, and the focus into its row
    void tellRefused(const Error &error);
    SettingsFile m_file;
    SettingsProviders m_providers;
    SettingsList m_thresholds, m_overrides, m_rules;
    SettingsBackup m_backup;
    SettingsLog m_log;
    QList<SettingField *> m_fields;
    QString m_section;
    bool m_conflict = false;
    bool m_keepTyped = false;
    QString m_saveProblem, m_fileProblem;
    QStringList m_needsRestart;
    bool m_autostart = false;
    Secret m_adminKey;
};

} // namespace lbp::gui
