#pragma once

#include "gui/guiservices.h"
#include "storage/usagequery.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// Cost by key or by model, dearest first: one row a bar, what has no bar of its own in the last one. Amounts
/// are text; `fraction` is of the longest bar and for drawing only. Thread: main.
class OverviewBarsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QList<double> fractions READ fractions NOTIFY changed) ///< of all rows
    Q_PROPERTY(bool hasRest READ hasRest NOTIFY changed) ///< the last row is the sum of all others
public:
    enum Role {
        LabelRole = Qt::UserRole + 1,
        CostRole,
        ShareRole, ///< "42 %" of all
        DetailRole, ///< "1,204 requests, 3.2 M tokens"
        FractionRole,
        RestRole,
    };
    static constexpr int mostBars = 8;

    OverviewBarsModel(const GuiServices &services, SplitBy splitBy, QObject *parent = nullptr);

    void setSeries(const UsageSeries &series);
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] QList<double> fractions() const;
    [[nodiscard]] bool hasRest() const { return !m_rows.isEmpty() && m_rows.last().isRest; }
    /// The term of the filter language that finds the requests of a row: key:ci; of the rest: none of the
    /// others. Empty when there is no such row.
    [[nodiscard]] QString filter(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        QString label, cost, share, detail;
        QString value; ///< what the filter is given
        double fraction = 0;
        bool isRest = false;
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] QString labelOf(const UsageLine &line) const;
    [[nodiscard]] QString filterValueOf(const UsageLine &line) const;
    GuiServices m_services;
    SplitBy m_splitBy;
    QList<Row> m_rows;
};

} // namespace lbp::gui
