#pragma once

#include "gui/guiservices.h"
#include "storage/usagequery.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// Models that were asked for without having a price, seen last first. Thread: main.
class PriceUnpriced : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString title READ title NOTIFY countChanged)
public:
    enum Role { ModelRole = Qt::UserRole + 1, DetailRole, SeenRole };
    explicit PriceUnpriced(const GuiServices &services, QObject *parent = nullptr);

    void setModels(const QList<UnpricedModel> &models); ///< those that have a price by now are left out
    void recheck(); ///< the price list has changed
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    [[nodiscard]] QString title() const;
    Q_INVOKABLE QString modelAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    GuiServices m_services;
    QList<UnpricedModel> m_seen, m_shown;
};

} // namespace lbp::gui
