#pragma once

#include "core/budget.h"
#include "core/key.h"
#include "gui/guiservices.h"

#include <optional>
#include <QAbstractListModel>
#include <QCollator>
#include <QHash>
#include <QQmlEngine>

namespace lbp::gui {

/// Where a key stands, as people see it.
enum class KeyStanding { Active, Paused, Revoking, Expired, Revoked };
[[nodiscard]] KeyStanding keyStanding(const KeyRecord &key, Instant now);
[[nodiscard]] QString keyStandingText(const KeyRecord &key,
                                      Instant now); ///< "Active", "Paused: spent too fast"
[[nodiscard]] QString keyStandingTone(const KeyRecord &key, Instant now);

/// The virtual keys as rows: searched, filtered and sorted; a change moves as few rows as it can, so that the
/// view keeps its place. Thread: main.
class KeyTable : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY viewChanged)
    Q_PROPERTY(Filter filter READ filter WRITE setFilter NOTIFY viewChanged)
    Q_PROPERTY(QString sortRole READ sortRole NOTIFY viewChanged)
    Q_PROPERTY(bool sortDescending READ sortDescending NOTIFY viewChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged) ///< of keys that are not at their end
    Q_PROPERTY(QString countText READ countText NOTIFY countChanged)
public:
    enum Role {
        KeyIdRole = Qt::UserRole + 1,
        NameRole,
        LastFourRole,
        TeamRole,
        ProjectRole,
        StatusRole,
        StatusToneRole,
        OpenRole, ///< can be used or resumed: neither revoked nor expired
        PausedRole,
        DayRole, ///< "$1.20", spent today; also for the rest
        DayLimitRole,
        DayFractionRole,
        DayReservedRole,
        DayTipRole,
        MonthRole,
        MonthLimitRole,
        MonthFractionRole,
        MonthReservedRole,
        MonthTipRole,
        ExpiresRole,
    };
    enum Filter { InUse, PausedOnly, Ended };
    Q_ENUM(Filter)

    explicit KeyTable(const GuiServices &services, QObject *parent = nullptr);

    void setKeys(const QList<KeyRecord> &keys);
    void setBudgets(const QList<BudgetStatus> &all); ///< of every key; others are passed over
    void updateBudgets(const QList<BudgetStatus> &some); ///< only those named change
    void refreshTimes(); ///< a key may have expired meanwhile

    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] Filter filter() const { return m_filter; }
    void setFilter(Filter filter);
    [[nodiscard]] QString sortRole() const { return m_sortRole; }
    [[nodiscard]] bool sortDescending() const { return m_descending; }
    Q_INVOKABLE void sortBy(const QString &role); ///< the same again turns it round
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] QString countText() const;
    Q_INVOKABLE qint64 keyAt(int row) const; ///< 0: no such row
    Q_INVOKABLE int rowOf(qint64 key) const; ///< -1: not shown
    Q_INVOKABLE bool isOpen(int row) const; ///< neither revoked nor expired nor about to be
    Q_INVOKABLE bool isPaused(int row) const;
    Q_INVOKABLE bool isEditable(int row) const; ///< not revoked nor about to be

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void viewChanged();
    void countChanged();

private:
    struct Row
    {
        KeyRecord key;
        std::optional<BudgetStatus> day, month;
        QCollatorSortKey nameKey;
    };
    void show();
    void take(const BudgetStatus &status);
    [[nodiscard]] bool fits(const Row &row, const QStringList &words) const;
    [[nodiscard]] bool isBefore(const Row &a, const Row &b) const;
    [[nodiscard]] QVariant meter(const std::optional<BudgetStatus> &status, int part) const;
    GuiServices m_services;
    QCollator m_collator;
    QHash<KeyId, Row> m_rows;
    QList<KeyId> m_shown;
    QString m_search;
    Filter m_filter = InUse;
    QString m_sortRole;
    bool m_descending = false;
    int m_total = 0;
};

} // namespace lbp::gui
