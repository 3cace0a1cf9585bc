#include "gui/priceunpriced.h"

#include "config/config.h"
#include "control/control.h"
#include "gui/format.h"

#include <algorithm>

namespace lbp::gui {

PriceUnpriced::PriceUnpriced(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
{
}

void PriceUnpriced::setModels(const QList<UnpricedModel> &models)
{
    m_seen = models;
    recheck();
}

void PriceUnpriced::recheck()
{
    const auto &prices = m_services.control.config()->prices;
    QList<UnpricedModel> wanted;
    const auto isPriced = [&](const QString &model) {
        if (!prices)
            return false;
        const QList<ProviderConfig> &providers = m_services.control.config()->providers;
        return prices->find(model)
            || std::any_of(providers.begin(), providers.end(), [&](const ProviderConfig &provider) {
                   return prices->find(model, provider.priceSpace) != nullptr;
               });
    };
    for (const UnpricedModel &one : std::as_const(m_seen))
        if (!one.model.isEmpty() && !isPriced(one.model))
            wanted.append(one);
    bool same = wanted.size() == m_shown.size();
    for (qsizetype i = 0; same && i < wanted.size(); ++i)
        same = wanted[i].model == m_shown[i].model;
    if (same) {
        m_shown = wanted;
        if (!m_shown.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
        return;
    }
    beginResetModel();
    m_shown = wanted;
    endResetModel();
    Q_EMIT countChanged();
}

QString PriceUnpriced::title() const
{
    return tr("%n model(s) in use without a price", nullptr, count());
}

QString PriceUnpriced::modelAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? m_shown[row].model : QString();
}

int PriceUnpriced::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PriceUnpriced::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const UnpricedModel &one = m_shown[index.row()];
    const Format &format = m_services.format;
    switch (role) {
    case ModelRole:
        return one.model;
    case DetailRole: {
        const QString times = tr("%n request(s)", nullptr, int(std::min<qint64>(one.requests, INT_MAX)));
        if (one.refused == one.requests)
            return tr("%1, refused", "requests").arg(times);
        if (one.refused > 0)
            return tr("%1, %2 of them refused, %3 tokens at an unknown cost")
                .arg(times, format.count(one.refused), format.countShort(one.tokens));
        return tr("%1, %2 tokens at an unknown cost").arg(times, format.countShort(one.tokens));
    }
    case SeenRole:
        return tr("last seen %1").arg(format.when(one.lastSeen, m_services.clock.now()));
    }
    return {};
}

QHash<int, QByteArray> PriceUnpriced::roleNames() const
{
    return {{ModelRole, "modelName"}, {DetailRole, "detail"}, {SeenRole, "seen"}};
}

} // namespace lbp::gui
