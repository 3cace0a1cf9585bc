#include "gui/requestcolumns.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowModel = 100; ///< the model's column gives way down to this
constexpr auto stateKey = "requests.columns"_L1;

} // namespace

RequestColumn::RequestColumn(Make make, QObject *parent)
    : QObject(parent)
    , m_make(std::move(make))
    , m_chosen(m_make.shown)
    , m_wish(m_make.width)
{
}

void RequestColumn::place(int x, int width, bool fits)
{
    if (m_x == x && m_width == width && m_fits == fits)
        return;
    m_fits = fits;
    m_x = x;
    m_width = width;
    Q_EMIT changed();
}

RequestColumns::RequestColumns(UiState &state, QObject *parent)
    : QObject(parent)
    , m_state(state)
{
    const RequestColumn::Make columns[] = {
        {u"state"_s, tr("Status"), 108, true, false, true, {}},
        {u"time"_s, tr("Time"), 136, true, false, false, u"time"_s},
        {u"key"_s, tr("Key"), 120, true, false, false, {}},
        {u"team"_s, tr("Team"), 100, false, false, false, {}},
        {u"project"_s, tr("Project"), 100, false, false, false, {}},
        {u"model"_s, tr("Model"), 160, true, false, true, {}},
        {u"provider"_s, tr("Provider"), 100, false, false, false, {}},
        {u"endpoint"_s, tr("Endpoint"), 132, false, false, false, {}},
        {u"input"_s, tr("Input"), 80, true, true, false, {}},
        {u"output"_s, tr("Output"), 80, true, true, false, u"tokens"_s},
        {u"cost"_s, tr("Cost"), 100, true, true, false, u"cost"_s},
        {u"saved"_s, tr("Saved"), 90, false, true, false, {}},
        {u"elapsed"_s, tr("Duration"), 96, true, true, false, u"duration"_s},
        {u"ttft"_s, tr("First token"), 96, false, true, false, {}},
        {u"error"_s, tr("Error"), 220, false, false, false, {}},
    };
    const QVariantMap saved = m_state.value(stateKey).toMap();
    for (const RequestColumn::Make &make : columns) {
        auto *column = new RequestColumn(make, this);
        const QVariantMap was = saved.value(make.name).toMap();
        if (was.contains(u"width"_s))
            column->m_wish = std::clamp(was.value(u"width"_s).toInt(), narrowest, widest);
        if (was.contains(u"shown"_s) && !make.fixed)
            column->m_chosen = was.value(u"shown"_s).toBool();
        m_columns.append(column);
    }
    arrange();
}

QList<QObject *> RequestColumns::all() const
{
    return {m_columns.cbegin(), m_columns.cend()};
}

RequestColumn *RequestColumns::find(const QString &name) const
{
    const auto found = std::find_if(m_columns.cbegin(), m_columns.cend(),
                                    [&](const RequestColumn *column) { return column->name() == name; });
    return found == m_columns.cend() ? nullptr : *found;
}

void RequestColumns::setRoom(int room)
{
    if (m_room == room)
        return;
    m_room = room;
    Q_EMIT roomChanged();
    arrange();
}

void RequestColumns::setShown(const QString &name, bool shown)
{
    RequestColumn *column = find(name);
    if (!column || column->isFixed() || column->m_chosen == shown)
        return;
    column->m_chosen = shown;
    Q_EMIT column->changed();
    arrange();
    remember();
}

void RequestColumns::setWidth(const QString &name, int width)
{
    RequestColumn *column = find(name);
    if (!column)
        return;
    column->m_wish = std::clamp(width, narrowest, widest);
    arrange();
}

void RequestColumns::remember()
{
    QVariantMap saved;
    for (const RequestColumn *column : m_columns)
        saved.insert(column->name(),
                     QVariantMap{{u"width"_s, column->m_wish}, {u"shown"_s, column->m_chosen}});
    m_state.setValue(stateKey, saved);
}

void RequestColumns::reset()
{
    for (RequestColumn *column : m_columns) {
        column->m_wish = column->m_make.width;
        column->m_chosen = column->m_make.shown;
        Q_EMIT column->changed();
    }
    arrange();
    remember();
}

void RequestColumns::arrange()
{
    const auto least = [this](const RequestColumn *column) {
        return column == model() ? std::min(column->m_wish, narrowModel) : column->m_wish;
    };
    int asked = 2 * edge;
    for (const RequestColumn *column : m_columns)
        if (column->m_chosen)
            asked += least(column);
    QList<const RequestColumn *> out;
    for (const RequestColumn *column : {error(), endpoint(), provider(), ttft(), saved(), project(), input(),
                                        team(), output(), elapsed(), key(), time()}) {
        if (m_room == 0 || asked <= m_room)
            break;
        if (!column->m_chosen)
            continue;
        out.append(column);
        asked -= column->m_wish;
    }
    const int spare = m_room == 0 ? model()->m_wish - least(model()) : std::max(0, m_room - asked);
    int at = edge;
    for (RequestColumn *column : m_columns) {
        if (!column->m_chosen)
            continue;
        const bool fits = !out.contains(column);
        const int width = column == model() ? least(column) + spare : column->m_wish;
        column->place(at, width, fits);
        if (fits)
            at += width;
    }
    if (m_total == at + edge)
        return;
    m_total = at + edge;
    Q_EMIT arranged();
}

} // namespace lbp::gui
