#include "gui/pricetable.h"

#include "gui/format.h"
#include "gui/pricetext.h"
#include "gui/rowchange.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype manyRuns = 40;

std::optional<BillingClass> classOf(const QString &role)
{
    if (role == "input"_L1)
        return BillingClass::UncachedInput;
    if (role == "cached"_L1)
        return BillingClass::CachedInput;
    if (role == "cacheWrite"_L1)
        return BillingClass::CacheWrite5m;
    if (role == "output"_L1)
        return BillingClass::Output;
    return std::nullopt;
}

/// The source without its date, which has a column of its own.
QString undated(const PriceListEntry &entry)
{
    QString text = entry.source;
    if (entry.date)
        text.remove(entry.date->toString(Qt::ISODate)).remove(u"()"_s);
    text = text.simplified();
    while (text.endsWith(u',') || text.endsWith(u' '))
        text.chop(1);
    return text;
}

/// What has no price sorts below what is free.
qint64 worth(const PriceListEntry &entry, BillingClass billingClass)
{
    const Result<Money> price = Money::fromDecimal(entry.rate(billingClass));
    return price ? price->picodollars() : -1;
}

} // namespace

PriceTable::PriceTable(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
{
}

void PriceTable::setEntries(QList<PriceListEntry> entries)
{
    m_entries.clear();
    m_entries.reserve(entries.size());
    for (PriceListEntry &entry : entries) {
        const QString model = entry.model;
        m_entries.insert(model, std::move(entry));
    }
    show();
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT countChanged();
}

const PriceListEntry *PriceTable::find(const QString &model) const
{
    const auto found = m_entries.constFind(model);
    return found == m_entries.cend() ? nullptr : &*found;
}

QStringList PriceTable::models() const
{
    QStringList names = m_entries.keys();
    names.sort();
    return names;
}

void PriceTable::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    Q_EMIT viewChanged();
    show();
}

void PriceTable::sortBy(const QString &role)
{
    const bool amount = classOf(role) || role == "context"_L1 || role == "date"_L1;
    m_descending = m_sortRole == role ? !m_descending : amount; // the dearest are looked for first
    m_sortRole = role;
    Q_EMIT viewChanged();
    show();
}

QString PriceTable::countText() const
{
    if (count() == total())
        return tr("%n model(s)", nullptr, total());
    return tr("%1 of %n model(s)", nullptr, total()).arg(m_services.format.count(count()));
}

bool PriceTable::isBefore(const PriceListEntry &a, const PriceListEntry &b) const
{
    int order = 0;
    const auto compare = [](const auto &one, const auto &other) {
        return one < other ? -1 : other < one ? 1 : 0;
    };
    if (const std::optional<BillingClass> one = classOf(m_sortRole))
        order = compare(worth(a, *one), worth(b, *one));
    else if (m_sortRole == "provider"_L1)
        order = QString::compare(a.provider, b.provider, Qt::CaseInsensitive);
    else if (m_sortRole == "context"_L1)
        order = compare(a.maxInputTokens.value_or(-1), b.maxInputTokens.value_or(-1));
    else if (m_sortRole == "source"_L1)
        order = QString::compare(a.source, b.source, Qt::CaseInsensitive);
    else if (m_sortRole == "date"_L1)
        order = compare(a.date.value_or(QDate()), b.date.value_or(QDate()));
    const int byName = QString::compare(a.model, b.model, Qt::CaseInsensitive);
    if (order == 0 && (m_sortRole.isEmpty() || m_sortRole == "model"_L1))
        order = byName;
    if (order != 0)
        return m_descending ? order > 0 : order < 0;
    return byName != 0 ? byName < 0 : a.model < b.model;
}

void PriceTable::show()
{
    const QStringList words = m_search.split(u' ', Qt::SkipEmptyParts);
    QList<const PriceListEntry *> fitting;
    fitting.reserve(m_entries.size());
    for (const PriceListEntry &entry : std::as_const(m_entries))
        if (std::all_of(words.cbegin(), words.cend(), [&](const QString &word) {
                return entry.model.contains(word, Qt::CaseInsensitive)
                    || entry.provider.contains(word, Qt::CaseInsensitive)
                    || entry.source.contains(word, Qt::CaseInsensitive);
            }))
            fitting.append(&entry);
    std::sort(fitting.begin(), fitting.end(),
              [this](const auto *a, const auto *b) { return isBefore(*a, *b); });
    QStringList wanted;
    wanted.reserve(fitting.size());
    for (const PriceListEntry *entry : std::as_const(fitting))
        wanted.append(entry->model);
    if (wanted == m_shown)
        return;
    const RowChange change = rowChange<QString>(m_shown, wanted);
    if (change.reordered || change.removed.size() + change.inserted.size() > manyRuns) {
        beginResetModel();
        m_shown = wanted;
        endResetModel();
        Q_EMIT countChanged();
        return;
    }
    for (const RowChange::Run &run : change.removed) {
        beginRemoveRows({}, run.first, run.first + run.count - 1);
        m_shown.remove(run.first, run.count);
        endRemoveRows();
    }
    for (const RowChange::Run &run : change.inserted) {
        beginInsertRows({}, run.first, run.first + run.count - 1);
        for (int i = run.first; i < run.first + run.count; ++i)
            m_shown.insert(i, wanted[i]);
        endInsertRows();
    }
    Q_EMIT countChanged();
}

QString PriceTable::modelAt(int row) const
{
    return m_shown.value(row);
}

int PriceTable::rowOf(const QString &model) const
{
    return int(m_shown.indexOf(model));
}

int PriceTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PriceTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto found = m_entries.constFind(m_shown[index.row()]);
    if (found == m_entries.cend())
        return {};
    const PriceListEntry &entry = *found;
    const Format &format = m_services.format;
    const auto rate = [&](BillingClass one) {
        const QString text = entry.rate(one);
        return text.isEmpty() ? u"–"_s : priceText(format, text);
    };
    const auto tiers = [&] {
        QStringList names;
        for (const PriceListEntry::Tier &tier : entry.tiers)
            names.append(tierBadge(format, tier.name));
        return names;
    };
    switch (role) {
    case ModelRole:
        return entry.model;
    case ProviderRole:
        return entry.provider.isEmpty() ? tr("none set up", "provider") : entry.provider;
    case InputRole:
        return rate(BillingClass::UncachedInput);
    case CachedRole:
        return rate(BillingClass::CachedInput);
    case CacheWriteRole:
        return rate(BillingClass::CacheWrite5m);
    case OutputRole:
        return rate(BillingClass::Output);
    case ContextRole:
        return entry.maxInputTokens ? format.count(*entry.maxInputTokens) : u"–"_s;
    case ContextTipRole: {
        QStringList parts;
        if (entry.maxInputTokens)
            parts.append(tr("At most %1 tokens of input.").arg(format.count(*entry.maxInputTokens)));
        if (entry.maxOutputTokens)
            parts.append(tr("At most %1 tokens of answer.").arg(format.count(*entry.maxOutputTokens)));
        return parts.join(u'\n');
    }
    case TiersRole:
        return tiers();
    case TiersTextRole:
        return tiers().join(u", "_s);
    case SourceRole:
        return undated(entry);
    case DateRole:
        return entry.date ? format.locale().toString(*entry.date, QLocale::ShortFormat) : u"–"_s;
    }
    return {};
}

QHash<int, QByteArray> PriceTable::roleNames() const
{
    return {{ModelRole, "modelName"},     {ProviderRole, "provider"},     {InputRole, "input"},
            {CachedRole, "cached"},       {CacheWriteRole, "cacheWrite"}, {OutputRole, "output"},
            {ContextRole, "context"},     {ContextTipRole, "contextTip"}, {TiersRole, "tiers"},
            {TiersTextRole, "tiersText"}, {SourceRole, "source"},         {DateRole, "date"}};
}

} // namespace lbp::gui
