#include "gui/budgettree.h"

#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/rowchange.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype manyRuns = 64; ///< above it a fresh start is cheaper than so many small steps
constexpr qsizetype fewKeys = 60; ///< with more, teams begin closed

QString scopeId(const Scope &scope)
{
    return scope.kind == ScopeKind::Global ? u"global"_s : scopeKindName(scope.kind) + u'/' + scope.id;
}

} // namespace

QString scopeIcon(ScopeKind kind)
{
    switch (kind) {
    case ScopeKind::Global:
        return u"globe2"_s;
    case ScopeKind::Team:
        return u"people"_s;
    case ScopeKind::Project:
        return u"boxes"_s;
    case ScopeKind::Key:
        return u"key"_s;
    }
    return {};
}

BudgetTree::BudgetTree(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_collator(services.format.locale())
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

// ---- the tree
// ------------------------------------------------------------------------------------------------------

int BudgetTree::addNode(const Scope &scope, const QString &label, int depth)
{
    const int node = int(m_nodes.size());
    m_nodes.append({scope, scopeId(scope), label, m_collator.sortKey(label), depth, {}, {}, false});
    m_byScope.insert(scope, node);
    return node;
}

void BudgetTree::build(const QList<BudgetStatus> &all)
{
    m_nodes.clear();
    m_byScope.clear();
    const QList<KeyRecord> keys = m_services.control.keys();
    m_nodes.reserve(keys.size() + 16);
    const int root = addNode({}, tr("Everything"), 0);
    QList<int> teams, projects, loose;
    const auto named = [&](ScopeKind kind, const QString &name, QList<int> &list) {
        const Scope scope{kind, name};
        const auto known = m_byScope.constFind(scope);
        if (known != m_byScope.cend())
            return *known;
        list.append(addNode(scope, name, 1));
        return list.last();
    };
    for (const KeyRecord &key : keys) {
        if (key.status == KeyStatus::Revoked)
            continue;
        if (!key.project.isEmpty())
            named(ScopeKind::Project, key.project, projects);
        const int team = key.team.isEmpty() ? -1 : named(ScopeKind::Team, key.team, teams);
        const int node = addNode({ScopeKind::Key, QString::number(key.id)}, key.name, 2);
        if (team >= 0)
            m_nodes[team].children.append(node);
        else
            loose.append(node);
    }
    for (const BudgetStatus &status : all) {
        const Scope &scope = status.budget.scope;
        int node = m_byScope.value(scope, -1);
        if (node < 0 && scope.kind == ScopeKind::Team)
            node = named(ScopeKind::Team, scope.id, teams);
        else if (node < 0 && scope.kind == ScopeKind::Project)
            node = named(ScopeKind::Project, scope.id, projects);
        if (node >= 0)
            m_nodes[node].budgets.append(status);
    }
    const auto byLabel = [this](int a, int b) {
        const int order = m_nodes[a].order.compare(m_nodes[b].order);
        return order != 0 ? order < 0 : a < b;
    };
    for (Node &node : m_nodes) {
        std::sort(node.budgets.begin(), node.budgets.end(), [](const BudgetStatus &a, const BudgetStatus &b) {
            return a.budget.period < b.budget.period;
        });
        std::sort(node.children.begin(), node.children.end(), byLabel);
    }
    for (QList<int> *list : {&teams, &projects, &loose})
        std::sort(list->begin(), list->end(), byLabel);
    m_nodes[root].children = teams + projects;
    if (!loose.isEmpty()) {
        const QString label = teams.isEmpty() && projects.isEmpty() ? tr("Keys") : tr("Keys without a team");
        m_nodes.append({{}, u"keys"_s, label, m_collator.sortKey(label), 1, {}, loose, true});
        m_nodes[root].children.append(int(m_nodes.size()) - 1);
    }
    m_usuallyOpen = keys.size() <= fewKeys;
}

void BudgetTree::setAll(const QList<BudgetStatus> &all)
{
    build(all);
    show();
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void BudgetTree::update(const QList<BudgetStatus> &some)
{
    for (const BudgetStatus &status : some) {
        const int at = m_byScope.value(status.budget.scope, -1);
        if (at < 0)
            continue;
        for (BudgetStatus &old : m_nodes[at].budgets)
            if (old.budget.period == status.budget.period)
                old = status;
        const int row = rowOf(m_nodes[at].id + u'/' + periodName(status.budget.period));
        if (row >= 0)
            Q_EMIT dataChanged(index(row), index(row));
    }
}

void BudgetTree::refreshTimes()
{
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {ResetsRole});
}

// ---- its lines
// -----------------------------------------------------------------------------------------------------

bool BudgetTree::isExpanded(const Node &node) const
{
    return node.depth == 0 || m_usuallyOpen != m_toggled.contains(node.id);
}

bool BudgetTree::fitsItself(int node, const QStringList &words) const
{
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return m_nodes[node].label.contains(word, Qt::CaseInsensitive);
    });
}

bool BudgetTree::fitsBelow(int node, const QStringList &words) const
{
    if (fitsItself(node, words))
        return true;
    const QList<int> &children = m_nodes[node].children;
    return std::any_of(children.begin(), children.end(), [&](int child) { return fitsBelow(child, words); });
}

void BudgetTree::append(int node, const QStringList &words, bool parentFits, QStringList &wanted,
                        QHash<QString, Line> &lines) const
{
    const Node &one = m_nodes[node];
    const bool searching = !words.isEmpty();
    const bool itself = parentFits || !searching || fitsItself(node, words);
    if (!itself && !fitsBelow(node, words))
        return;
    const auto add = [&](const QString &id, const Line &line) {
        wanted.append(id);
        lines.insert(id, line);
    };
    for (int i = 0; i < one.budgets.size(); ++i)
        add(one.id + u'/' + periodName(one.budgets[i].budget.period), {node, i, i == 0});
    if (one.budgets.isEmpty())
        add(one.id, {node, -1, true});
    // What is searched for is shown wherever it lies.
    if (searching || isExpanded(one))
        for (const int child : one.children)
            append(child, words, searching && itself && one.depth > 0, wanted, lines);
}

void BudgetTree::show()
{
    QStringList wanted;
    QHash<QString, Line> lines;
    wanted.reserve(m_shown.size() + 16);
    lines.reserve(m_shown.size() + 16);
    append(0, m_search.split(u' ', Qt::SkipEmptyParts), false, wanted, lines);
    const RowChange change = rowChange(m_shown, wanted);
    // Lines that go must still be known while views are told.
    for (const auto &[id, line] : lines.asKeyValueRange())
        m_lines.insert(id, line);
    if (change.removed.size() + change.inserted.size() > manyRuns || change.reordered) {
        beginResetModel();
        m_shown = wanted;
        endResetModel();
    } else {
        for (const RowChange::Run &run : change.removed) {
            beginRemoveRows({}, run.first, run.first + run.count - 1);
            m_shown.remove(run.first, run.count);
            endRemoveRows();
        }
        for (const RowChange::Run &run : change.inserted) {
            beginInsertRows({}, run.first, run.first + run.count - 1);
            for (int i = run.first; i < run.first + run.count; ++i)
                m_shown.insert(i, wanted[i]);
            endInsertRows();
        }
    }
    m_lines = std::move(lines);
    m_rows.clear();
    m_rows.reserve(m_shown.size());
    for (int i = 0; i < m_shown.size(); ++i)
        m_rows.insert(m_shown[i], i);
    Q_EMIT viewChanged();
}

void BudgetTree::setSearch(const QString &search)
{
    if (m_search == search || m_nodes.isEmpty())
        return;
    m_search = search;
    show();
}

void BudgetTree::toggle(int row)
{
    const auto line = m_lines.constFind(lineAt(row));
    if (line == m_lines.cend())
        return;
    setExpanded(row, !isExpanded(m_nodes[line->node]));
}

void BudgetTree::setExpanded(int row, bool expanded)
{
    const auto line = m_lines.constFind(lineAt(row));
    if (line == m_lines.cend())
        return;
    const Node &node = m_nodes[line->node];
    if (node.depth == 0 || node.children.isEmpty() || isExpanded(node) == expanded)
        return;
    if (!m_toggled.remove(node.id))
        m_toggled.insert(node.id);
    show();
    Q_EMIT dataChanged(index(row), index(row), {ExpandedRole});
}

int BudgetTree::parentOf(int row) const
{
    const auto line = m_lines.constFind(lineAt(row));
    if (line == m_lines.cend())
        return -1;
    const int depth = m_nodes[line->node].depth;
    for (int above = row - 1; above >= 0; --above) {
        const Line &other = *m_lines.constFind(m_shown[above]);
        if (other.first && m_nodes[other.node].depth < depth)
            return above;
    }
    return -1;
}

int BudgetTree::rowOf(const QString &line) const
{
    return m_rows.value(line, -1);
}

QString BudgetTree::lineAt(int row) const
{
    return m_shown.value(row);
}

bool BudgetTree::hasBudget(int row) const
{
    const auto line = m_lines.constFind(lineAt(row));
    return line != m_lines.cend() && line->budget >= 0;
}

std::optional<BudgetTree::Place> BudgetTree::place(const QString &line) const
{
    const auto found = m_lines.constFind(line);
    if (found == m_lines.cend() || m_nodes[found->node].isGroup)
        return std::nullopt;
    const Node &node = m_nodes[found->node];
    return Place{node.scope, found->budget >= 0 ? std::optional(node.budgets[found->budget]) : std::nullopt};
}

std::optional<BudgetStatus> BudgetTree::find(const Scope &scope, Period period) const
{
    const int node = m_byScope.value(scope, -1);
    if (node >= 0)
        for (const BudgetStatus &status : m_nodes[node].budgets)
            if (status.budget.period == period)
                return status;
    return std::nullopt;
}

// ---- what a line says
// ----------------------------------------------------------------------------------------------

int BudgetTree::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant BudgetTree::budgetData(const BudgetStatus &status, int role) const
{
    const Format &format = m_services.format;
    const bool ends = status.budget.period != Period::Total;
    switch (role) {
    case PeriodRole:
        return format.periodName(status.budget.period);
    case SpentRole:
        return format.money(status.spent);
    case ReservedRole:
        return status.reserved.isZero() ? QString() : format.money(status.reserved);
    case LeftRole:
        return format.money(status.remaining());
    case LimitRole:
        return format.moneyExact(status.effectiveLimit());
    case RaisedRole:
        return status.raised.isZero()
            ? QString()
            : tr("%1, raised by %2", "a limit")
                  .arg(format.moneyExact(status.budget.limit), format.moneyExact(status.raised));
    case SourceRole:
        return status.budget.isDefault ? tr("from settings") : QString();
    case FractionRole:
        return fraction(status.spent, status.effectiveLimit());
    case ReservedFractionRole:
        return status.effectiveLimit().isZero() ? 0.0 : fraction(status.reserved, status.effectiveLimit());
    case PressureRole:
        return format.percent(status.pressureBasisPoints());
    case ResetsRole:
        return ends ? format.in(std::max(Duration::zero(), status.span.end - m_services.clock.now()))
                    : tr("never", "resets");
    case ResetsExactRole:
        return ends ? tr("Resets on %1").arg(format.exact(status.span.end)) : QString();
    case CanRaiseRole:
        return ends;
    case CanRemoveRole:
        return !status.budget.isDefault;
    }
    return {};
}

QVariant BudgetTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QString &id = m_shown[index.row()];
    const auto line = m_lines.constFind(id);
    if (line == m_lines.cend() || line->node >= m_nodes.size())
        return {};
    const Node &node = m_nodes[line->node];
    switch (role) {
    case LineRole:
        return id;
    case DepthRole:
        return node.depth;
    case LabelRole:
        return line->first ? node.label : QString();
    case ScopeNameRole:
        return node.isGroup ? node.label : scopeText(node.scope, m_services.control);
    case IconRole:
        return node.isGroup ? u"key"_s : scopeIcon(node.scope.kind);
    case ChildrenRole:
        return line->first && node.depth > 0 ? int(node.children.size()) : 0;
    case ExpandedRole:
        return !m_search.isEmpty() || isExpanded(node);
    case FirstRole:
        return line->first;
    case HasBudgetRole:
        return line->budget >= 0;
    }
    const bool known = line->budget >= 0 && line->budget < node.budgets.size();
    if (known)
        return budgetData(node.budgets[line->budget], role);
    switch (role) {
    case FractionRole:
    case ReservedFractionRole:
        return 0.0;
    case CanRaiseRole:
    case CanRemoveRole:
        return false;
    case PeriodRole:
        return node.isGroup ? QString() : tr("no limit of its own");
    }
    return QString();
}

QHash<int, QByteArray> BudgetTree::roleNames() const
{
    return {
        {LineRole, "line"},           {DepthRole, "depth"},        {LabelRole, "label"},
        {ScopeNameRole, "scopeName"}, {IconRole, "iconName"},      {ChildrenRole, "childCount"},
        {ExpandedRole, "expanded"},   {FirstRole, "first"},        {HasBudgetRole, "hasBudget"},
        {PeriodRole, "period"},       {SpentRole, "spent"},        {ReservedRole, "reserved"},
        {LeftRole, "remaining"},           {LimitRole, "limit"},        {RaisedRole, "raised"},
        {SourceRole, "source"},       {FractionRole, "fraction"},  {ReservedFractionRole, "reservedFraction"},
        {PressureRole, "pressure"},   {ResetsRole, "resets"},      {ResetsExactRole, "resetsExact"},
        {CanRaiseRole, "canRaise"},   {CanRemoveRole, "canRemove"}};
}

} // namespace lbp::gui
