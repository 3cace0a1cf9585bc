// What happens while the list is shown: rows begin, go on and end.
#include "control/control.h"
#include "control/eventhub.h"
#include "gui/requestlistmodel.h"

#include <algorithm>

namespace lbp::gui {

namespace {

constexpr qsizetype mostPending = 4'000; ///< a list that is this far behind is read anew
constexpr qsizetype mostAtOnce = 400;
constexpr qint64 mostCounted = 99'999;

template <typename... Fs> struct Overloaded : Fs...
{
    using Fs::operator()...;
};
template <typename... Fs> Overloaded(Fs...) -> Overloaded<Fs...>;

} // namespace

void RequestListModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    m_services.events.watchExchanges(active);
    if (!active) {
        disconnect(m_subscription);
        m_apply.stop();
        m_second.stop();
        m_pending.clear();
        m_running.clear();
        return;
    }
    m_dropped = m_services.events.dropped();
    m_subscription =
        m_services.events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    askLive();
    if (!m_started || (m_live && m_atTop))
        return restart();
    // It was left somewhere inside: it stays there, and says how much is new.
    QList<FilterTerm> newer = m_terms;
    FilterTerm since;
    since.field = FilterField::Id;
    since.spans = {{m_pager.newest().value + 1, std::numeric_limits<qint64>::max()}};
    newer.append(since);
    RequestQuery query;
    query.terms = newer;
    m_mailbox.when(m_services.control.countRequests(query, mostCounted),
                   [this](const Result<RequestCount> &count) {
                       if (count && m_active)
                           setNew(int(count->count));
                   });
    run(Fetch::Jump, std::max(0, m_seenFirst - mostHeld / 10)); // what ran may have ended meanwhile
}

void RequestListModel::askLive()
{
    m_liveKnown = false;
    m_mailbox.when(m_services.control.live(), [this](const QList<LiveExchange> &live) {
        if (!m_active)
            return;
        m_liveKnown = true;
        for (const LiveExchange &one : live) {
            m_running.insert(one.row.id.value, {one.soFar, one.outputTokens, one.row});
            const int row = heldRowOf(one.row.id);
            if (row < 0 || !m_rows[row - m_first].isRunning())
                continue;
            m_rows[row - m_first].soFar = one.soFar;
            m_rows[row - m_first].outputSoFar = one.outputTokens;
            changed(row);
        }
        if (!m_running.isEmpty())
            m_second.start();
    });
}

bool RequestListModel::isFollowing() const
{
    return m_live && m_atTop && m_sort == RequestSort::Time && !m_ascending;
}

void RequestListModel::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    Q_EMIT liveChanged();
    if (isFollowing() && m_new > 0)
        reload();
}

void RequestListModel::setAtTop(bool atTop)
{
    if (m_atTop == atTop)
        return;
    m_atTop = atTop;
    Q_EMIT liveChanged();
    if (isFollowing() && m_new > 0)
        reload();
}

void RequestListModel::showNew()
{
    m_live = m_atTop = true;
    Q_EMIT liveChanged();
    reload();
}

void RequestListModel::setNew(int count)
{
    count = std::max(0, count);
    m_pager.setHidden(count);
    if (m_new == count)
        return;
    m_new = count;
    Q_EMIT newCountChanged();
}

void RequestListModel::handle(const QList<Event> &events)
{
    for (const Event &event : events) {
        const bool isCourse = std::holds_alternative<event::ExchangeStarted>(event.body)
            || std::holds_alternative<event::ExchangeProgress>(event.body)
            || std::holds_alternative<event::ExchangeEnded>(event.body);
        if (isCourse)
            m_pending.append(event);
        else if (std::holds_alternative<event::KeysChanged>(event.body) && m_count > 0)
            Q_EMIT dataChanged(index(0), index(m_count - 1), {KeyRole});
    }
    if (!m_pending.isEmpty() && !m_apply.isActive())
        m_apply.start();
}

void RequestListModel::applyPending()
{
    const QList<Event> events = std::exchange(m_pending, {});
    const quint64 dropped = m_services.events.dropped();
    const bool behind = events.size() > mostPending || dropped != m_dropped;
    m_dropped = dropped;
    for (const Event &event : events) {
        std::visit(Overloaded{
                       [&](const event::ExchangeStarted &started) { began(started.row); },
                       [&](const event::ExchangeProgress &progress) { went(progress); },
                       [&](const event::ExchangeEnded &end) { ended(end.row); },
                       [](const auto &) {},
                   },
                   event.body);
    }
    if (m_running.isEmpty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
    if (!behind || !m_started)
        return insertLive(std::exchange(m_arrived, {}));
    m_arrived.clear();
    if (isFollowing())
        restart();
}

void RequestListModel::began(const OpenRow &open)
{
    m_running.insert(open.id.value, {Money(), 0, open});
    const ExchangeRow row = openRow(open);
    if (open.id <= m_pager.newest() && heldRowOf(open.id) >= 0)
        return; // the ledger was read after it had begun
    if (!matches(row))
        return;
    if (isFollowing() || !m_started)
        m_arrived.append(RequestItem{row, {}, 0});
    else
        setNew(m_new + 1);
}

void RequestListModel::went(const event::ExchangeProgress &progress)
{
    const auto running = m_running.find(progress.id.value);
    if (running == m_running.end())
        return;
    running->soFar = progress.soFar;
    running->output = progress.outputTokens;
    const auto update = [&](RequestItem &item) {
        item.soFar = progress.soFar;
        item.outputSoFar = progress.outputTokens;
    };
    const int row = heldRowOf(progress.id);
    if (row >= 0) {
        update(m_rows[row - m_first]);
        return changed(row, {CostRole, OutputRole, DurationRole});
    }
    for (RequestItem &item : m_arrived)
        if (item.row.open.id == progress.id)
            update(item);
}

void RequestListModel::ended(const ExchangeRow &row)
{
    const RequestId id = row.open.id;
    const auto running = m_running.constFind(id.value);
    const bool wasCounted = running != m_running.constEnd() && matches(openRow(running->open));
    m_running.remove(id.value);
    const bool fitsNow = matches(row);
    const auto arrived = std::find_if(m_arrived.begin(), m_arrived.end(),
                                      [&](const RequestItem &item) { return item.row.open.id == id; });
    if (arrived != m_arrived.end()) {
        if (fitsNow)
            *arrived = RequestItem{row, {}, 0};
        else
            m_arrived.erase(arrived);
        return;
    }
    const int at = heldRowOf(id);
    if (!m_started && fitsNow) // the list that is on its way may know it as running
        m_arrived.append(RequestItem{row, {}, 0});
    if (at >= 0 && fitsNow) {
        m_rows[at - m_first] = RequestItem{row, {}, 0};
        return changed(at);
    }
    if (at >= 0) { // such as a filter for what is running
        beginRemoveRows({}, at, at);
        m_rows.remove(at - m_first);
        --m_count;
        --m_adjusted;
        endRemoveRows();
        Q_EMIT countChanged();
        return;
    }
    if (!m_started)
        return;
    if (isFollowing()) {
        if (fitsNow)
            m_arrived.append(RequestItem{row, {}, 0});
    } else if (id > m_pager.newest() && fitsNow != wasCounted) {
        setNew(m_new + (fitsNow ? 1 : -1));
    }
}

void RequestListModel::insertLive(const QList<RequestItem> &newer)
{
    if (newer.isEmpty())
        return;
    if (!m_started) { // begin() comes back to them
        m_arrived = newer.size() > mostPending ? QList<RequestItem>() : newer;
        return;
    }
    if (!isFollowing())
        return setNew(m_new + int(newer.size()));
    if (m_first != 0 || newer.size() > mostAtOnce)
        return restart();
    QList<RequestItem> sorted = newer;
    std::sort(sorted.begin(), sorted.end(),
              [](const RequestItem &a, const RequestItem &b) { return a.row.open.id > b.row.open.id; });
    // Those that began after all others are one insertion; what ended and fits only now goes to its place.
    qsizetype onTop = 0;
    const RequestId top = m_rows.isEmpty() ? RequestId{} : m_rows.first().row.open.id;
    while (onTop < sorted.size() && sorted[onTop].row.open.id > top)
        ++onTop;
    for (qsizetype i = onTop; i < sorted.size(); ++i) {
        const auto place = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const RequestItem &item) {
            return item.row.open.id <= sorted[i].row.open.id;
        });
        const int row = int(place - m_rows.cbegin());
        if (place == m_rows.cend() && !m_endKnown)
            continue;
        if (place != m_rows.cend() && place->row.open.id == sorted[i].row.open.id) {
            if (place->isRunning()) {
                m_rows[row] = sorted[i];
                changed(row);
            }
            continue;
        }
        beginInsertRows({}, row, row);
        m_rows.insert(row, sorted[i]);
        ++m_count;
        endInsertRows();
        m_pager.pushDown(1, sorted[i].row.open.id);
    }
    if (onTop > 0) {
        beginInsertRows({}, 0, int(onTop) - 1);
        m_rows = sorted.first(onTop) + m_rows;
        m_count += int(onTop);
        endInsertRows();
        m_pager.pushDown(onTop, sorted.first().row.open.id);
        trim(false);
    }
    Q_EMIT countChanged();
    Q_EMIT progressChanged();
    Q_EMIT cameOnTop();
}

void RequestListModel::noteChanged(const ExchangeRow &row)
{
    const int at = heldRowOf(row.open.id);
    if (at < 0)
        return;
    m_rows[at - m_first].row = row;
    changed(at);
}

bool RequestListModel::matches(const ExchangeRow &row) const
{
    if (m_terms.isEmpty())
        return true;
    return fits(m_terms, row, row.open.series ? m_services.control.keyName(row.open.series->key) : QString());
}

int RequestListModel::heldRowOf(RequestId id) const
{
    auto found = m_rows.cend();
    if (m_sort == RequestSort::Time) {
        found = std::partition_point(m_rows.cbegin(), m_rows.cend(), [&](const RequestItem &item) {
            return m_ascending ? item.row.open.id < id : item.row.open.id > id;
        });
        if (found != m_rows.cend() && found->row.open.id != id)
            found = m_rows.cend();
    } else {
        found = std::find_if(m_rows.cbegin(), m_rows.cend(),
                             [&](const RequestItem &item) { return item.row.open.id == id; });
    }
    return found == m_rows.cend() ? -1 : m_first + int(found - m_rows.cbegin());
}

void RequestListModel::checkOpen(const QList<ExchangeRow> &rows)
{
    if (!m_liveKnown)
        return;
    for (const ExchangeRow &row : rows) {
        if (row.close.outcome != Outcome::Open || m_running.contains(row.open.id.value))
            continue;
        m_mailbox.when(m_services.control.request(row.open.id), [this](const Result<ExchangeRow> &now) {
            if (now && now->close.outcome != Outcome::Open)
                noteChanged(*now);
        });
    }
}

void RequestListModel::changed(int row, const QList<int> &roles)
{
    Q_EMIT dataChanged(index(row), index(row), roles);
}

void RequestListModel::tick()
{
    const int last = std::min(m_seenLast, m_first + int(m_rows.size()) - 1);
    for (int row = std::max(m_seenFirst, m_first); row <= last; ++row)
        if (m_rows[row - m_first].isRunning())
            changed(row, {DurationRole});
}

} // namespace lbp::gui
