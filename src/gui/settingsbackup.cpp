#include "gui/settingsbackup.h"

#include "control/control.h"
#include "gui/desktopservices.h"
#include "gui/format.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

namespace lbp::gui {

using namespace Qt::StringLiterals;

SettingsBackup::SettingsBackup(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &SettingsBackup::progressChanged);
}

void SettingsBackup::suggest()
{
    if (m_running)
        return;
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty())
        folder = QDir::homePath();
    m_target = u"%1/llm-budget-proxy-%2.sqlite"_s.arg(
        folder, m_services.format.local(m_services.clock.now()).toString(u"yyyy-MM-dd-HHmm"_s));
    Q_EMIT changed();
}

void SettingsBackup::setTarget(const QString &target)
{
    if (target == m_target)
        return;
    m_target = target;
    m_tone.clear();
    Q_EMIT changed();
}

void SettingsBackup::setSource(const QString &source)
{
    if (source == m_source)
        return;
    m_source = source;
    m_checked = false;
    m_restoreTone.clear();
    Q_EMIT changed();
}

QString SettingsBackup::describe(const BackupInfo &info) const
{
    const QString requests = tr("%n request(s)", nullptr, int(info.requests));
    const QString keys = tr("%n key(s)", nullptr, int(info.keys));
    return info.newest ? tr("%1, %2, %3; the newest request is from %4.")
                             .arg(requests, keys, m_services.format.bytes(info.bytes),
                                  m_services.format.when(*info.newest, m_services.clock.now()))
                       : tr("%1, %2, %3.").arg(requests, keys, m_services.format.bytes(info.bytes));
}

void SettingsBackup::start()
{
    const QString file = m_target.trimmed();
    if (m_running || file.isEmpty())
        return;
    if (!QFileInfo(file).isAbsolute()) {
        m_tone = u"danger"_s;
        m_title = tr("Where to?");
        m_text = tr("Type the whole path of the file, beginning with a slash.");
        Q_EMIT changed();
        return;
    }
    m_running = true;
    m_tone.clear();
    Q_EMIT changed();
    const QFuture<Result<BackupInfo>> copying = m_services.control.backup(file);
    m_watcher.setFuture(copying);
    m_mailbox.when(copying, [this](const Result<BackupInfo> &written) {
        m_running = false;
        m_tone = written ? u"ok"_s : u"danger"_s;
        m_title = written ? tr("The backup is complete") : tr("There is no backup");
        m_text = written ? describe(*written) : written.error().detail;
        Q_EMIT changed();
    });
}

namespace {

QFileDialog *dialogFor(SettingsBackup *backup, const QString &title, const QString &path)
{
    auto *dialog = new QFileDialog(nullptr, title, QFileInfo(path).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({SettingsBackup::tr("Backups (*.sqlite)"), SettingsBackup::tr("All files (*)")});
    dialog->setWindowModality(Qt::ApplicationModal);
    QObject::connect(backup, &QObject::destroyed, dialog, &QObject::deleteLater);
    return dialog;
}

} // namespace

void SettingsBackup::browseTarget()
{
    QFileDialog *dialog = dialogFor(this, tr("Write a copy to"), m_target);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"sqlite"_s);
    dialog->selectFile(QFileInfo(m_target).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsBackup::setTarget);
    dialog->open();
}

void SettingsBackup::browseSource()
{
    QFileDialog *dialog = dialogFor(this, tr("Restore from"), m_source.isEmpty() ? m_target : m_source);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        setSource(path);
        check();
    });
    dialog->open();
}

void SettingsBackup::showFolder()
{
    m_services.desktop.openFolder(QFileInfo(m_target).absolutePath());
}

void SettingsBackup::tellRestore(const QString &tone, const QString &title, const QString &text)
{
    m_checking = false;
    m_restoreTone = tone;
    m_restoreTitle = title;
    m_restoreText = text;
    Q_EMIT changed();
}

void SettingsBackup::check()
{
    if (m_checking || m_source.trimmed().isEmpty())
        return;
    m_checking = true;
    m_checked = false;
    m_restoreTone.clear();
    Q_EMIT changed();
    m_mailbox.when(m_services.control.checkBackup(m_source.trimmed()),
                   [this](const Result<BackupInfo> &info) {
                       m_checked = info.has_value();
                       if (info)
                           tellRestore(u"ok"_s, tr("The copy is sound"), describe(*info));
                       else
                           tellRestore(u"danger"_s, tr("It cannot be restored"), info.error().detail);
                   });
}

bool SettingsBackup::isStaged() const
{
    return m_services.control.isRestoreStaged();
}

void SettingsBackup::restore()
{
    if (m_checking || !m_checked)
        return;
    m_checking = true;
    Q_EMIT changed();
    m_mailbox.when(m_services.control.restoreAtNextStart(m_source.trimmed()),
                   [this](const Result<BackupInfo> &info) {
                       if (!info)
                           return tellRestore(u"danger"_s, tr("It cannot be restored"), info.error().detail);
                       tellRestore(u"ok"_s, tr("The copy lies ready"),
                                   tr("The proxy starts anew and takes it into use. The present ledger is "
                                      "kept aside."));
                       m_services.desktop.restartCore();
                   });
}

void SettingsBackup::cancelRestore()
{
    m_mailbox.when(m_services.control.cancelRestore(), [this](const Status &cancelled) {
        if (cancelled)
            tellRestore(u"info"_s, tr("Nothing will be restored"), {});
        else
            tellRestore(u"danger"_s, tr("It still lies ready"), cancelled.error().detail);
    });
}

} // namespace lbp::gui
