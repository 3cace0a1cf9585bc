#pragma once

#include "core/budget.h"
#include "gui/guiservices.h"

#include <optional>
#include <QAbstractListModel>
#include <QCollator>
#include <QHash>
#include <QQmlEngine>
#include <QSet>

namespace lbp::gui {

/// Every scope with its budgets as the lines of a tree: everything, below it teams with their keys, projects,
/// and the keys without a team. A scope has a line for each of its budgets, or one that says that it has
/// none. Lines keep their place when what they show changes. Thread: main.
class BudgetTree : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY viewChanged)
    Q_PROPERTY(int count READ count NOTIFY viewChanged)
public:
    enum Role {
        LineRole = Qt::UserRole + 1, ///< names the line: "key/12/daily"
        DepthRole,
        LabelRole, ///< empty on the further lines of a scope
        ScopeNameRole, ///< on each line, for screen readers
        IconRole,
        ChildrenRole, ///< how many scopes lie below
        ExpandedRole,
        FirstRole, ///< first line of its scope
        HasBudgetRole,
        PeriodRole,
        SpentRole,
        ReservedRole, ///< empty: nothing is reserved
        LeftRole,
        LimitRole, ///< what is in force: with what was raised
        RaisedRole, ///< "+$5.00 until it resets"; empty: nothing
        SourceRole, ///< "from settings"; empty: set by hand
        FractionRole,
        ReservedFractionRole,
        PressureRole, ///< "84 %"
        ResetsRole,
        ResetsExactRole,
        CanRaiseRole,
        CanRemoveRole,
    };

    explicit BudgetTree(const GuiServices &services, QObject *parent = nullptr);

    void setAll(const QList<BudgetStatus> &all);
    void update(const QList<BudgetStatus> &some); ///< of scopes that are there
    void refreshTimes();

    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    Q_INVOKABLE void toggle(int row); ///< opens or closes what lies below
    Q_INVOKABLE void setExpanded(int row, bool expanded);
    Q_INVOKABLE int parentOf(int row) const; ///< -1: none
    Q_INVOKABLE int rowOf(const QString &line) const; ///< -1: not shown
    Q_INVOKABLE QString lineAt(int row) const;
    Q_INVOKABLE bool hasBudget(int row) const;

    struct Place
    {
        Scope scope;
        std::optional<BudgetStatus> status; ///< absent: no budget on this line
    };
    [[nodiscard]] std::optional<Place> place(const QString &line) const;
    [[nodiscard]] std::optional<BudgetStatus> find(const Scope &scope, Period period) const;

    [[nodiscard]] int count() const { return int(m_shown.size()); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void viewChanged();

private:
    struct Node
    {
        Scope scope;
        QString id; ///< "key/12"; of the group of keys without a team "keys"
        QString label;
        QCollatorSortKey order;
        int depth = 0;
        QList<BudgetStatus> budgets; ///< shortest period first
        QList<int> children; ///< indexes into m_nodes
        bool isGroup = false; ///< holds others and has no budgets of its own
    };
    struct Line
    {
        int node = 0;
        int budget = -1; ///< -1: the scope has none
        bool first = false;
    };
    void build(const QList<BudgetStatus> &all);
    int addNode(const Scope &scope, const QString &label, int depth);
    void show();
    void append(int node, const QStringList &words, bool parentFits, QStringList &wanted,
                QHash<QString, Line> &lines) const;
    [[nodiscard]] bool fitsBelow(int node, const QStringList &words) const;
    [[nodiscard]] bool fitsItself(int node, const QStringList &words) const;
    [[nodiscard]] bool isExpanded(const Node &node) const;
    [[nodiscard]] QVariant budgetData(const BudgetStatus &status, int role) const;
    GuiServices m_services;
    QCollator m_collator;
    QList<Node> m_nodes; ///< the first is everything
    QHash<Scope, int> m_byScope;
    QHash<QString, Line> m_lines; ///< of those that are shown
    QStringList m_shown;
    QHash<QString, int> m_rows; ///< places in m_shown
    QSet<QString> m_toggled; ///< nodes whose state differs from the usual
    bool m_usuallyOpen = true;
    QString m_search;
};

[[nodiscard]] QString scopeIcon(ScopeKind kind);

} // namespace lbp::gui
