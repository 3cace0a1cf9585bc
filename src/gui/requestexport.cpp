#include "gui/requestexport.h"

#include "control/control.h"
#include "core/csv.h"
#include "gui/desktopservices.h"
#include "gui/requestrecord.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowsAtOnce = 1000;
constexpr auto folderKey = "requests.exportFolder"_L1;

} // namespace

/// Shared with the writer: it touches the file and what is marked so, the window the rest.
struct RequestExport::Job
{
    QString path;
    FileFormat format = Csv;
    RequestQuery query;
    qint64 total = -1;
    qint64 written = 0;
    QHash<KeyId, QString> keyNames; ///< never changed once it runs
    std::unique_ptr<QSaveFile> file; ///< writer
    bool hasRows = false; ///< writer
    std::atomic<bool> cancelled{false};

    QString open()
    {
        file = std::make_unique<QSaveFile>(path);
        if (!file->open(QIODevice::WriteOnly))
            return file->errorString();
        file->write(format == Csv ? csvRow(recordTitles()).toUtf8() : QByteArray("["));
        return {};
    }
    QString append(const QList<ExchangeRow> &rows)
    {
        QByteArray text;
        for (const ExchangeRow &row : rows) {
            const QString name = row.open.series ? keyNames.value(row.open.series->key) : QString();
            if (format == Csv) {
                text += csvRow(recordFields(row, name)).toUtf8();
            } else {
                text += std::exchange(hasRows, true) ? ",\n" : "\n";
                text += recordJson(row, name);
            }
        }
        return file->write(text) == text.size() ? QString() : file->errorString();
    }
    QString close()
    {
        if (format == Json)
            file->write("\n]\n");
        return file->commit() ? QString() : file->errorString();
    }
};

RequestExport::RequestExport(const GuiServices &services, const RequestListModel &list, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_list(list)
{
    m_writer.setMaxThreadCount(1);
}

RequestExport::~RequestExport()
{
    if (m_job)
        m_job->cancelled = true;
    m_writer.waitForDone();
}

QString RequestExport::suggestedPath(int format) const
{
    QString folder = m_services.state.value(folderKey).toString();
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QDir::homePath();
    const QString day = m_services.format.local(m_services.clock.now()).toString(u"yyyy-MM-dd"_s);
    return folder + u"/requests-%1.%2"_s.arg(day, format == Json ? u"json"_s : u"csv"_s);
}

QString RequestExport::problemOf(const QString &path) const
{
    if (path.trimmed().isEmpty())
        return tr("Say where the file goes.");
    const QFileInfo file(path);
    if (!file.isAbsolute())
        return tr("Give the whole path, such as %1.").arg(suggestedPath(Csv));
    if (file.isDir())
        return tr("This is a folder. Add a name for the file.");
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir())
        return tr("There is no folder %1.").arg(QDir::toNativeSeparators(folder.filePath()));
    if (!folder.isWritable() || (file.exists() && !file.isWritable()))
        return tr("This file cannot be written there. Choose another folder.");
    return {};
}

bool RequestExport::exists(const QString &path) const
{
    return QFileInfo::exists(path);
}

void RequestExport::start(const QString &path, int format)
{
    if (m_job || !problemOf(path).isEmpty())
        return;
    auto job = std::make_shared<Job>();
    job->path = path;
    job->format = format == Json ? Json : Csv;
    job->query.terms = m_services.control.readFilter(m_list.filter()).terms;
    job->query.sort = m_list.sort();
    job->query.ascending = m_list.isAscending();
    job->query.limit = rowsAtOnce;
    if (!m_list.isBusy() && !m_list.isCapped())
        job->total = m_list.count() + m_list.newCount();
    for (const KeyRecord &key : m_services.control.keys())
        job->keyNames.insert(key.id, key.name);
    m_job = job;
    m_services.state.setValue(folderKey, QFileInfo(path).absolutePath());
    Q_EMIT changed();
    m_writer.start([job, address = m_mailbox.address(), this] {
        const QString problem = job->open();
        address.post([this, job, problem] { problem.isEmpty() ? next(job) : end(job, problem); });
    });
}

void RequestExport::next(std::shared_ptr<Job> job)
{
    if (job->cancelled)
        return end(job, {});
    m_mailbox.when(m_services.control.requestPage(job->query), [this, job](const Result<RequestPage> &page) {
        if (job->cancelled)
            return end(job, {});
        if (!page)
            return end(job, page.error().detail);
        job->query.ranking = page->ranking;
        if (job->query.sort != RequestSort::Time) {
            if (!page->total)
                return next(job); // it is being ranked
            job->total = *page->total;
        }
        write(job, *page);
    });
}

void RequestExport::write(std::shared_ptr<Job> job, const RequestPage &page)
{
    const bool last = page.exhausted || !page.next;
    if (!last)
        job->query.after = page.next;
    m_writer.start([this, job, last, rows = page.rows, address = m_mailbox.address()] {
        QString problem = job->append(rows);
        if (problem.isEmpty() && last && !job->cancelled)
            problem = job->close();
        address.post([this, job, last, problem, count = rows.size()] {
            job->written += count;
            Q_EMIT changed();
            problem.isEmpty() && !last ? next(job) : end(job, problem);
        });
    });
}

void RequestExport::end(std::shared_ptr<Job> job, const QString &problem)
{
    // What was not committed goes away with the file; by then nothing of the writer is under way.
    const bool ok = problem.isEmpty() && !job->cancelled;
    const QString path = job->path;
    const qint64 written = job->written;
    const bool cancelled = job->cancelled;
    m_writer.start([job] { job->file.reset(); });
    m_job.reset();
    Q_EMIT changed();
    Q_EMIT finished(path, ok);
    if (cancelled)
        return void(m_services.toasts.show(u"info"_s, tr("Export cancelled"), tr("Nothing was written.")));
    if (!ok) {
        m_services.toasts.show(u"danger"_s, tr("The list could not be exported"), problem, {}, 0);
        return;
    }
    m_services.toasts.show(
        u"ok"_s, tr("%n request(s) exported", "", int(std::min<qint64>(written, INT_MAX))),
        QDir::toNativeSeparators(path),
        {{tr("Show in folder"),
          [this, path] { m_services.desktop.openFolder(QFileInfo(path).absolutePath()); }}},
        ToastModel::defaultTimeoutMs);
}

void RequestExport::cancel()
{
    if (m_job)
        m_job->cancelled = true;
}

double RequestExport::fraction() const
{
    if (!m_job || m_job->total <= 0)
        return -1;
    return std::min(1.0, double(m_job->written) / double(m_job->total));
}

QString RequestExport::progressText() const
{
    if (!m_job)
        return {};
    const Format &format = m_services.format;
    return m_job->total > 0
        ? tr("%1 of %2 requests").arg(format.count(m_job->written), format.count(m_job->total))
        : tr("%1 requests").arg(format.count(m_job->written));
}

void RequestExport::browse(const QString &path, int format)
{
    auto *dialog = new QFileDialog(nullptr, tr("Export requests"), QFileInfo(path).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // our own dialog says it
    dialog->setDefaultSuffix(format == Json ? u"json"_s : u"csv"_s);
    dialog->setNameFilters(
        {format == Json ? tr("JSON files (*.json)") : tr("CSV files (*.csv)"), tr("All files (*)")});
    dialog->selectFile(QFileInfo(path).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, &RequestExport::chosen);
    connect(this, &QObject::destroyed, dialog, &QObject::deleteLater);
    dialog->setWindowModality(Qt::ApplicationModal);
    dialog->open();
}

} // namespace lbp::gui
