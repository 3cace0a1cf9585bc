#include "gui/priceimporter.h"

#include "config/config.h"
#include "control/control.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/pricetext.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace lbp::gui {

using namespace Qt::StringLiterals;

PriceImporter::PriceImporter(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_file(this, [](const QString &text) {
        if (text.trimmed().isEmpty())
            return tr("Choose a file, or type where it is.");
        return QDir::isAbsolutePath(text.trimmed()) ? QString() : tr("Type the whole path, from / on.");
    })
{
    connect(&m_file, &FormValue::changed, this, &PriceImporter::changed);
}

void PriceImporter::start()
{
    if (m_busy)
        return;
    m_file.reset();
    m_problem.clear();
    m_open = true;
    show({}, false);
}

void PriceImporter::show(PriceImport import, bool compared)
{
    beginResetModel();
    m_import = std::move(import);
    m_compared = compared;
    m_ticked.clear();
    for (const PriceChange &change : std::as_const(m_import.changes))
        if (change.kind != PriceChange::Kind::Suspicious)
            m_ticked.insert(change.after.model);
    endResetModel();
    Q_EMIT changed();
}

void PriceImporter::browse()
{
    auto *dialog = new QFileDialog(nullptr, tr("Import prices"), QFileInfo(m_file.text()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Price lists (*.yml *.yaml *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_file.setText(path);
        compare();
    });
    connect(this, &QObject::destroyed, dialog, &QObject::deleteLater);
    dialog->setWindowModality(Qt::ApplicationModal);
    dialog->open();
}

void PriceImporter::finish(const QString &problem)
{
    m_busy = false;
    m_problem = problem;
    Q_EMIT changed();
}

void PriceImporter::compare()
{
    m_file.touch();
    if (m_busy || !m_open || !m_file.isValid())
        return;
    m_busy = true;
    m_problem.clear();
    Q_EMIT changed();
    m_mailbox.when(m_services.prices.compare(m_file.text().trimmed()),
                   [this](const Result<PriceImport> &found) {
                       finish(found ? QString() : found.error().detail);
                       if (found && m_open)
                           show(*found, true);
                   });
}

void PriceImporter::back()
{
    if (m_busy)
        return;
    m_problem.clear();
    show({}, false);
}

void PriceImporter::cancel()
{
    if (!m_open)
        return;
    m_open = false;
    show({}, false);
}

void PriceImporter::setTicked(int row, bool ticked)
{
    if (row < 0 || row >= count())
        return;
    if (ticked)
        m_ticked.insert(m_import.changes[row].after.model);
    else
        m_ticked.remove(m_import.changes[row].after.model);
    Q_EMIT dataChanged(index(row), index(row), {TickedRole});
    Q_EMIT changed();
}

void PriceImporter::tickHarmless(bool ticked)
{
    for (const PriceChange &change : std::as_const(m_import.changes))
        if (change.kind != PriceChange::Kind::Suspicious) {
            if (ticked)
                m_ticked.insert(change.after.model);
            else
                m_ticked.remove(change.after.model);
        }
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {TickedRole});
    Q_EMIT changed();
}

void PriceImporter::apply()
{
    if (m_busy || !m_compared || m_ticked.isEmpty())
        return;
    m_busy = true;
    m_problem.clear();
    Q_EMIT changed();
    const QStringList models(m_ticked.cbegin(), m_ticked.cend());
    m_mailbox.when(m_services.prices.apply(m_import, models),
                   [this, n = int(models.size())](const Result<void> &done) {
                       finish(done ? QString() : done.error().detail);
                       if (!done)
                           return;
                       cancel();
                       Q_EMIT applied(n);
                   });
}

QString PriceImporter::summary() const
{
    if (!m_compared)
        return {};
    if (m_import.changes.isEmpty())
        return tr("All %n price(s) of this file are in the list already.", nullptr, m_import.unchanged);
    const Format &format = m_services.format;
    return tr("%1 new, %2 changed, %3 suspicious, %4 the same.")
        .arg(format.count(m_import.count(PriceChange::Kind::New)),
             format.count(m_import.count(PriceChange::Kind::Changed)),
             format.count(m_import.count(PriceChange::Kind::Suspicious)), format.count(m_import.unchanged));
}

QString PriceImporter::suspicion() const
{
    const int n = m_import.count(PriceChange::Kind::Suspicious);
    return n == 0
        ? QString()
        : tr("%n price(s) move ten times or more, or to or from nothing. Tick them only if you have "
             "checked them.",
             nullptr, n);
}

QString PriceImporter::keptFile() const
{
    if (m_compared)
        return QDir::toNativeSeparators(m_import.target + ".before-import"_L1);
    const QString configured = m_services.control.config()->pricing.file;
    const QString file = configured.isEmpty()
        ? QFileInfo(m_services.desktop.configFile()).absolutePath() + "/pricing.yml"_L1
        : configured;
    return QDir::toNativeSeparators(file + ".before-import"_L1);
}

QString PriceImporter::keptText() const
{
    return tr("The list as it is now is kept in %1.").arg(keptFile());
}

QString PriceImporter::applyText() const
{
    return tr("Take over %n price(s)", nullptr, ticked());
}

int PriceImporter::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PriceImporter::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PriceChange &change = m_import.changes[index.row()];
    const bool suspicious = change.kind == PriceChange::Kind::Suspicious;
    switch (role) {
    case ModelRole:
        return change.after.model;
    case KindRole:
        return suspicious                               ? tr("Suspicious", "a change of a price")
            : change.kind == PriceChange::Kind::Changed ? tr("Changed", "a price")
                                                        : tr("New", "a price");
    case ToneRole:
        return suspicious ? u"danger"_s : change.kind == PriceChange::Kind::Changed ? u"info"_s : u"ok"_s;
    case ChangesRole:
        return change.kind == PriceChange::Kind::New
            ? rateSummary(m_services.format, change.after.rates)
            : rateChanges(m_services.format, change.before, change.after).join(u"\n"_s);
    case SuspiciousRole:
        return suspicious;
    case TickedRole:
        return m_ticked.contains(change.after.model);
    }
    return {};
}

QHash<int, QByteArray> PriceImporter::roleNames() const
{
    return {
        {ModelRole, "modelName"},       {KindRole, "kind"},    {ToneRole, "tone"}, {ChangesRole, "changes"},
        {SuspiciousRole, "suspicious"}, {TickedRole, "ticked"}};
}

} // namespace lbp::gui
