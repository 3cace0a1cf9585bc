#pragma once

#include "core/mailbox.h"
#include "gui/guiservices.h"
#include "storage/store.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// What was alerted, newest first; older ones come as the view nears the end. Thread: main.
class AlertHistory : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool filtered READ isFiltered NOTIFY filterChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY filterChanged)
    Q_PROPERTY(QString event READ event WRITE setEvent NOTIFY filterChanged) ///< empty: all
    Q_PROPERTY(bool onlyFailed READ onlyFailed WRITE setOnlyFailed NOTIFY filterChanged)
public:
    enum Role {
        WhenRole = Qt::UserRole + 1,
        ExactTimeRole,
        EventRole,
        EventTextRole,
        ToneRole,
        TextRole,
        DeliveryRole,
        DeliveryToneRole,
    };
    static constexpr int pageSize = 50;
    explicit AlertHistory(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] bool isFiltered() const;
    [[nodiscard]] QString search() const { return m_query.text; }
    void setSearch(const QString &search);
    [[nodiscard]] QString event() const { return m_query.events.value(0); }
    void setEvent(const QString &event);
    [[nodiscard]] bool onlyFailed() const { return m_query.onlyFailed; }
    void setOnlyFailed(bool onlyFailed);
    void reload(); ///< from the newest on
    void prepend(const AlertRecord &record); ///< one that was just raised
    void setDelivery(qint64 id, const QString &delivery);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void countChanged();
    void filterChanged();
    void loaded(const QString &problem); ///< empty: all is well

private:
    void ask(bool anew);
    [[nodiscard]] QString deliveryText(const QString &delivery) const;
    GuiServices m_services;
    AlertQuery m_query;
    QList<AlertRecord> m_rows;
    bool m_hasMore = true;
    quint64 m_generation = 0; ///< answers to older questions are dropped
    bool m_asking = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
