#pragma once

#include "core/exchangerow.h"
#include "gui/spendwatch.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// The latest requests: those that run now, with what they cost so far, above those that ended last. Bounded,
/// and changed in place, so that a selection stays. Thread: main.
class OverviewRecentModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString runningText READ runningText NOTIFY runningTextChanged) ///< "3 running"; empty: none
public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< "req_…"
        TimeRole, ///< when it began
        KeyRole,
        ModelRole,
        StatusRole,
        ToneRole, ///< of the status
        TokensRole,
        DurationRole, ///< empty while it runs
        CostRole, ///< so far, while it runs
        EstimatedRole, ///< the cost is not exact (yet)
        RunningRole,
    };
    static constexpr qsizetype mostRows = 10;
    static constexpr qsizetype mostRunning = 6; ///< shown one by one, the newest

    explicit OverviewRecentModel(const GuiServices &services, QObject *parent = nullptr);

    void addEnded(const QList<ExchangeRow> &rows); ///< in any order; shown with the next show()
    /// What runs now, and all that has ended until now.
    void show(const QHash<qint64, SpendWatch::Running> &running);

    [[nodiscard]] int count() const { return int(m_shown.size()); }
    [[nodiscard]] QString runningText() const;
    [[nodiscard]] QString idAt(int row) const; ///< empty when there is no such row

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void runningTextChanged();

private:
    struct Row
    {
        qint64 id = 0;
        QString time, key, model, status, tone, tokens, duration, cost;
        bool estimated = false, running = false;
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] Row rowOf(const SpendWatch::Running &running) const;
    [[nodiscard]] Row rowOf(const ExchangeRow &ended) const;
    [[nodiscard]] Row labels(const OpenRow &open) const;
    void merge(QList<Row> rows);
    GuiServices m_services;
    QList<SpendWatch::Running> m_running; ///< newest first, at most mostRunning
    qsizetype m_runningCount = 0;
    QList<ExchangeRow> m_ended; ///< newest first, at most mostRows
    QList<Row> m_shown;
};

} // namespace lbp::gui
