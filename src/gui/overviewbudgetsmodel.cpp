#include "gui/overviewbudgetsmodel.h"

#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"

#include <algorithm>
#include <tuple>

namespace lbp::gui {

OverviewBudgetsModel::OverviewBudgetsModel(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
{
}

OverviewBudgetsModel::Row OverviewBudgetsModel::rowOf(const BudgetStatus &status) const
{
    const Format &format = m_services.format;
    const Money limit = status.effectiveLimit();
    Row row;
    row.name = scopeText(status.budget.scope, m_services.control);
    row.period = periodText(status.budget.period);
    row.spent = format.money(status.spent);
    row.limit = format.moneyShort(limit);
    row.reserved = status.reserved.isZero() ? QString() : format.money(status.reserved);
    row.left = format.moneyShort(status.remaining());
    row.percent = format.percent(status.pressureBasisPoints());
    if (status.budget.period != Period::Total)
        row.reset =
            tr("resets %1", "in a time span").arg(format.in(status.span.end - m_services.clock.now()));
    row.fraction = lbp::gui::fraction(status.spent, limit);
    row.reservedFraction = limit.isZero() ? 0 : lbp::gui::fraction(status.reserved, limit);
    return row;
}

void OverviewBudgetsModel::setBudgets(const QList<BudgetStatus> &budgets)
{
    struct Ranked
    {
        int pressure;
        const BudgetStatus *status;
    };
    QList<Ranked> ranked;
    ranked.reserve(budgets.size());
    for (const BudgetStatus &status : budgets)
        ranked += {status.pressureBasisPoints(), &status};
    const qsizetype shown = std::min(mostRows, ranked.size());
    std::partial_sort(
        ranked.begin(), ranked.begin() + shown, ranked.end(), [](const Ranked &a, const Ranked &b) {
            const auto place = [](const Ranked &one) {
                const Budget &budget = one.status->budget;
                return std::tuple(-one.pressure, budget.scope.kind, -int(budget.period == Period::Monthly),
                                  budget.period);
            };
            const auto left = place(a), right = place(b);
            return left != right ? left < right : a.status->budget.scope.id < b.status->budget.scope.id;
        });
    QList<Row> rows;
    for (qsizetype i = 0; i < shown; ++i)
        rows += rowOf(*ranked[i].status);
    const double warnAt = warnFraction(*m_services.control.config());
    const qsizetype more = ranked.size() - shown;
    if (rows == m_rows && more == m_more && warnAt >= m_warnAt && warnAt <= m_warnAt)
        return;
    m_more = more;
    m_warnAt = warnAt;
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

QString OverviewBudgetsModel::moreText() const
{
    return m_more == 0 ? QString() : tr("%n more budget(s)", nullptr, int(m_more));
}

int OverviewBudgetsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant OverviewBudgetsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case NameRole:
        return row.name;
    case PeriodRole:
        return row.period;
    case SpentRole:
        return row.spent;
    case LimitRole:
        return row.limit;
    case ReservedRole:
        return row.reserved;
    case LeftRole:
        return row.left;
    case ResetRole:
        return row.reset;
    case PercentRole:
        return row.percent;
    case FractionRole:
        return row.fraction;
    case ReservedFractionRole:
        return row.reservedFraction;
    default:
        return {};
    }
}

QHash<int, QByteArray> OverviewBudgetsModel::roleNames() const
{
    return {{NameRole, "name"},         {PeriodRole, "period"},
            {SpentRole, "spent"},       {LimitRole, "limit"},
            {ReservedRole, "reserved"}, {LeftRole, "remaining"},
            {ResetRole, "reset"},       {PercentRole, "percent"},
            {FractionRole, "fraction"}, {ReservedFractionRole, "reservedFraction"}};
}

} // namespace lbp::gui
