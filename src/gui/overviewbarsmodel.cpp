#include "gui/overviewbarsmodel.h"

#include "control/control.h"
#include "core/requestfilter.h"
#include "gui/format.h"
#include "gui/overviewscale.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

OverviewBarsModel::OverviewBarsModel(const GuiServices &services, SplitBy splitBy, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_splitBy(splitBy)
{
}

QString OverviewBarsModel::labelOf(const UsageLine &line) const
{
    if (line.isRest)
        return m_splitBy == SplitBy::Key ? tr("All other keys") : tr("All other models");
    if (!line.label.isEmpty())
        return line.label;
    return m_splitBy == SplitBy::Key ? tr("Unknown key") : tr("Unknown model");
}

QString OverviewBarsModel::filterValueOf(const UsageLine &line) const
{
    if (m_splitBy != SplitBy::Key)
        return line.group;
    // A name may have been given to another key since; then only the number tells them apart.
    const std::optional<KeyRecord> named = m_services.control.keyByName(line.label);
    return named && QString::number(named->id) == line.group ? line.label : u"key_"_s + line.group;
}

void OverviewBarsModel::setSeries(const UsageSeries &series)
{
    const Format &format = m_services.format;
    Money most;
    for (const UsageLine &line : series.lines)
        most = std::max(most, line.total.cost);
    QList<Row> rows;
    for (const UsageLine &line : series.lines) {
        const UsageTotals &total = line.total;
        if (total.requests == 0 && total.cost.isZero())
            continue;
        Row row;
        row.label = labelOf(line);
        row.isRest = line.isRest;
        row.value = line.isRest ? QString() : filterValueOf(line);
        row.cost = format.money(total.cost);
        row.share = format.percent(basisPoints(total.cost.picodollars(), series.total.cost.picodollars()));
        row.detail =
            tr("%1, %2", "requests and tokens")
                .arg(tr("%n request(s)", nullptr, int(std::min<qint64>(total.requests, INT_MAX))),
                     tr("%1 tokens")
                         .arg(format.countShort(total.usage.inputTokens() + total.usage.outputTokens())));
        if (total.unpriced > 0)
            row.detail =
                tr("%1; %2", "counts, and what is not among them")
                    .arg(row.detail,
                         tr("%n without a price", nullptr, int(std::min<qint64>(total.unpriced, INT_MAX))));
        if (total.cost.isZero() && total.unpriced > 0) { // which is not nothing
            row.cost = tr("unknown");
            row.share.clear();
        }
        row.fraction = most.isZero() ? 0 : lbp::gui::fraction(total.cost, most);
        rows += row;
    }
    if (rows == m_rows)
        return;
    const int shared = int(std::min(rows.size(), m_rows.size()));
    const int before = count();
    if (rows.size() < before) {
        beginRemoveRows({}, int(rows.size()), before - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    } else if (rows.size() > before) {
        beginInsertRows({}, before, int(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    }
    m_rows = rows;
    if (shared > 0)
        Q_EMIT dataChanged(index(0), index(shared - 1));
    Q_EMIT changed();
}

QList<double> OverviewBarsModel::fractions() const
{
    QList<double> values;
    values.reserve(m_rows.size());
    for (const Row &row : m_rows)
        values += row.fraction;
    return values;
}

QString OverviewBarsModel::filter(int row) const
{
    if (row < 0 || row >= m_rows.size())
        return {};
    const QStringView field = m_splitBy == SplitBy::Key ? QStringView(u"key") : QStringView(u"model");
    if (!m_rows[row].isRest)
        return filterTermText(field, u":", m_rows[row].value);
    QStringList terms;
    for (const Row &other : m_rows)
        if (!other.isRest)
            terms += filterTermText(field, u":", other.value, true);
    return terms.join(u' ');
}

int OverviewBarsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant OverviewBarsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case LabelRole:
        return row.label;
    case CostRole:
        return row.cost;
    case ShareRole:
        return row.share;
    case DetailRole:
        return row.detail;
    case FractionRole:
        return row.fraction;
    case RestRole:
        return row.isRest;
    default:
        return {};
    }
}

QHash<int, QByteArray> OverviewBarsModel::roleNames() const
{
    return {{LabelRole, "label"},   {CostRole, "cost"},         {ShareRole, "share"},
            {DetailRole, "detail"}, {FractionRole, "fraction"}, {RestRole, "rest"}};
}

} // namespace lbp::gui
