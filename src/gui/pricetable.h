#pragma once

#include "control/priceeditor.h"
#include "gui/guiservices.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>

namespace lbp::gui {

/// Every model that has a price, searched and sorted. Thread: main.
class PriceTable : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY viewChanged)
    Q_PROPERTY(QString sortRole READ sortRole NOTIFY viewChanged)
    Q_PROPERTY(bool sortDescending READ sortDescending NOTIFY viewChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(QString countText READ countText NOTIFY countChanged)
public:
    enum Role {
        ModelRole = Qt::UserRole + 1,
        ProviderRole,
        InputRole, ///< "$2.50" per million tokens; empty: not stated; also for the next three
        CachedRole,
        CacheWriteRole,
        OutputRole,
        ContextRole, ///< "128,000"; empty: not known
        ContextTipRole, ///< both ceilings in words
        TiersRole, ///< their names
        TiersTextRole, ///< the same as one text
        SourceRole,
        DateRole,
    };
    explicit PriceTable(const GuiServices &services, QObject *parent = nullptr);

    void setEntries(QList<PriceListEntry> entries);
    [[nodiscard]] const PriceListEntry *find(const QString &model) const;
    [[nodiscard]] QStringList models() const;

    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] QString sortRole() const { return m_sortRole; }
    [[nodiscard]] bool sortDescending() const { return m_descending; }
    Q_INVOKABLE void sortBy(const QString &role); ///< the same again turns it round
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    [[nodiscard]] int total() const { return int(m_entries.size()); }
    [[nodiscard]] QString countText() const;
    Q_INVOKABLE QString modelAt(int row) const; ///< empty: no such row
    Q_INVOKABLE int rowOf(const QString &model) const; ///< -1: not shown

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void viewChanged();
    void countChanged();

private:
    void show();
    [[nodiscard]] bool isBefore(const PriceListEntry &a, const PriceListEntry &b) const;
    GuiServices m_services;
    QHash<QString, PriceListEntry> m_entries;
    QStringList m_shown;
    QString m_search;
    QString m_sortRole;
    bool m_descending = false;
};

} // namespace lbp::gui
