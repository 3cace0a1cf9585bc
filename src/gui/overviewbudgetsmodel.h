#pragma once

#include "core/budget.h"
#include "gui/guiservices.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// The budgets that are nearest to their limits, fullest first; of thousands only these. Thread: main.
class OverviewBudgetsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString moreText READ moreText NOTIFY changed) ///< "12 more budgets"; empty: all are shown
    Q_PROPERTY(double warnAt READ warnAt NOTIFY changed) ///< where the first threshold warns
public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< "Everything", "Team web", "Key ci"
        PeriodRole, ///< "Month"
        SpentRole,
        LimitRole,
        ReservedRole, ///< empty: nothing is reserved
        LeftRole,
        ResetRole, ///< "resets in 3 h"; empty: never
        PercentRole, ///< of the limit, spent and reserved
        FractionRole, ///< spent of the limit; above 1 when it was passed
        ReservedFractionRole,
    };
    static constexpr qsizetype mostRows = 4;

    explicit OverviewBudgetsModel(const GuiServices &services, QObject *parent = nullptr);

    void setBudgets(const QList<BudgetStatus> &budgets);
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] QString moreText() const;
    [[nodiscard]] double warnAt() const { return m_warnAt; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        QString name, period, spent, limit, reserved, left, reset, percent;
        double fraction = 0, reservedFraction = 0;
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] Row rowOf(const BudgetStatus &status) const;
    GuiServices m_services;
    QList<Row> m_rows;
    qsizetype m_more = 0;
    double m_warnAt = 1;
};

} // namespace lbp::gui
