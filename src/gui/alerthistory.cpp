#include "gui/alerthistory.h"

#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

bool isFailure(const QString &delivery)
{
    return delivery.startsWith("failed"_L1);
}

QString toneOf(const QString &event)
{
    if (event == "budgetExceeded"_L1 || event == "upstreamDown"_L1)
        return u"danger"_s;
    if (event == "budgetWarning"_L1 || event == "keyPaused"_L1 || event == "unpricedModel"_L1)
        return u"warning"_s;
    return u"info"_s;
}

} // namespace

AlertHistory::AlertHistory(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
{
    m_query.limit = pageSize;
}

bool AlertHistory::isFiltered() const
{
    return !m_query.text.isEmpty() || !m_query.events.isEmpty() || m_query.onlyFailed;
}

void AlertHistory::setSearch(const QString &search)
{
    if (m_query.text == search)
        return;
    m_query.text = search;
    Q_EMIT filterChanged();
    reload();
}

void AlertHistory::setEvent(const QString &event)
{
    if (this->event() == event)
        return;
    m_query.events = event.isEmpty() ? QStringList() : QStringList(event);
    Q_EMIT filterChanged();
    reload();
}

void AlertHistory::setOnlyFailed(bool onlyFailed)
{
    if (m_query.onlyFailed == onlyFailed)
        return;
    m_query.onlyFailed = onlyFailed;
    Q_EMIT filterChanged();
    reload();
}

void AlertHistory::reload()
{
    ask(true);
}

void AlertHistory::ask(bool anew)
{
    AlertQuery query = m_query;
    query.before = anew || m_rows.isEmpty() ? 0 : m_rows.constLast().id;
    m_asking = true;
    m_mailbox.when(m_services.control.alertPage(query),
                   [this, anew, generation = ++m_generation](const Result<QList<AlertRecord>> &page) {
                       if (generation != m_generation)
                           return;
                       m_asking = false;
                       if (!page) {
                           m_hasMore = false;
                           Q_EMIT loaded(page.error().detail);
                           return;
                       }
                       if (anew) {
                           beginResetModel();
                           m_rows = *page;
                           endResetModel();
                       } else if (!page->isEmpty()) {
                           beginInsertRows({}, count(), count() + int(page->size()) - 1);
                           m_rows.append(*page);
                           endInsertRows();
                       }
                       m_hasMore = page->size() >= pageSize;
                       Q_EMIT countChanged();
                       Q_EMIT loaded({});
                   });
}

void AlertHistory::prepend(const AlertRecord &record)
{
    if (isFiltered())
        return reload(); // whether it belongs here, the query knows
    if (!m_rows.isEmpty() && m_rows.constFirst().id >= record.id)
        return;
    beginInsertRows({}, 0, 0);
    m_rows.prepend(record);
    endInsertRows();
    Q_EMIT countChanged();
}

void AlertHistory::setDelivery(qint64 id, const QString &delivery)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].id != id)
            continue;
        m_rows[row].delivery = delivery;
        Q_EMIT dataChanged(index(row), index(row), {DeliveryRole, DeliveryToneRole});
        return;
    }
}

QString AlertHistory::deliveryText(const QString &delivery) const
{
    if (delivery.isEmpty())
        return tr("history only");
    if (delivery == "delivered"_L1)
        return tr("webhook delivered");
    if (isFailure(delivery))
        return tr("webhook failed: %1").arg(delivery.section(u": "_s, 1));
    return delivery;
}

int AlertHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant AlertHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AlertRecord &row = m_rows[index.row()];
    switch (role) {
    case WhenRole:
        return m_services.format.when(row.at, m_services.clock.now());
    case ExactTimeRole:
        return m_services.format.exact(row.at);
    case EventRole:
        return row.event;
    case EventTextRole:
        return alertText(row.event);
    case ToneRole:
        return toneOf(row.event);
    case TextRole:
        return row.text;
    case DeliveryRole:
        return deliveryText(row.delivery);
    case DeliveryToneRole:
        return isFailure(row.delivery)       ? u"danger"_s
            : row.delivery == "delivered"_L1 ? u"ok"_s
                                             : u"neutral"_s;
    }
    return {};
}

QHash<int, QByteArray> AlertHistory::roleNames() const
{
    return {{WhenRole, "when"},         {ExactTimeRole, "exactTime"},
            {EventRole, "event"},       {EventTextRole, "eventText"},
            {ToneRole, "tone"},         {TextRole, "text"},
            {DeliveryRole, "delivery"}, {DeliveryToneRole, "deliveryTone"}};
}

bool AlertHistory::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore && !m_rows.isEmpty();
}

void AlertHistory::fetchMore(const QModelIndex &parent)
{
    if (!parent.isValid() && m_hasMore && !m_asking)
        ask(false);
}

} // namespace lbp::gui
