#include "gui/requestpager.h"

#include <algorithm>
#include <limits>

namespace lbp::gui {

namespace {

constexpr int firstRows = 200;
constexpr qint64 shortWay = 2'000; ///< places that are counted off rather than looked up
constexpr qint64 everything = std::numeric_limits<qint64>::max();

RequestCursor at(RequestId id)
{
    return {id.value, id};
}

} // namespace

RequestPager::RequestPager(Control &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
{
}

void RequestPager::start(List list, Done first)
{
    stop();
    m_list = std::move(list);
    m_total = m_above = m_hidden = 0;
    m_top = {};
    m_ranking = 0;
    m_marks.clear();
    m_startedAt = m_oldest = m_control.now();
    m_counting = true;
    m_progressPermille = 0;
    if (isTime())
        firstPage(std::move(first));
    else
        firstRanked(std::move(first));
}

void RequestPager::stop()
{
    ++m_generation;
    ++m_serial;
    m_counting = false;
}

bool RequestPager::isPlaced() const
{
    return isTime() ? !m_list.ascending || !m_counting : m_ranking != 0 && !m_counting;
}

void RequestPager::pushDown(qint64 count, RequestId newest)
{
    m_above += count;
    m_top = std::max(m_top, newest);
}

RequestQuery RequestPager::query(int limit) const
{
    RequestQuery query;
    query.terms = m_list.terms;
    query.sort = m_list.sort;
    query.ascending = m_list.ascending;
    query.limit = std::clamp(limit, 1, 1000);
    query.ranking = m_ranking;
    return query;
}

RequestCursor RequestPager::top() const
{
    return at({m_top.value + 1});
}

void RequestPager::firstPage(Done first)
{
    if (!m_list.terms.isEmpty()) {
        ask(m_control.requestAt(everything), [this](const Result<RequestPlace> &oldest) {
            if (oldest && oldest->id.value > 0)
                m_oldest = oldest->id.time();
        });
    }
    // What is newest now is where the list begins, also when it is read from its other end.
    RequestQuery newest;
    newest.limit = 1;
    ask(m_control.requestPage(newest), [this, first = std::move(first)](const Result<RequestPage> &page) {
        if (!page)
            return first(tl::unexpected(page.error()));
        m_top = page->rows.isEmpty() ? RequestId{} : page->rows.first().open.id;
        const auto begin = std::make_shared<Walk>();
        begin->query = query(firstRows);
        begin->wanted = firstRows;
        begin->anyWillDo = true;
        begin->serial = ++m_serial;
        begin->done = [this, first](const Result<Piece> &piece) {
            if (!piece)
                return first(piece);
            const bool descending = !m_list.ascending;
            m_total = piece->rows.size();
            const bool whole = piece->reachesEnd && piece->reachesStart;
            m_counting = !whole;
            // All of them are counted in no time: the list begins with its whole length.
            if (!whole && m_list.terms.isEmpty())
                return countAll([first, piece = *piece] { first(piece); });
            first(piece);
            if (whole) {
                m_progressPermille = 1000;
                Q_EMIT totalChanged();
            } else if (descending && !piece->rows.isEmpty()) {
                countFrom(at(piece->rows.last().open.id), piece->rows.size());
            } else {
                countFrom(std::nullopt, 0);
            }
        };
        begin->piece.reachesStart = true;
        if (m_top.value == 0) {
            begin->piece.reachesEnd = true;
            return begin->done(begin->piece);
        }
        walk(begin);
    });
}

void RequestPager::walk(std::shared_ptr<Walk> walk_)
{
    ask(m_control.requestPage(walk_->query), [this, walk_](const Result<RequestPage> &page) {
        if (walk_->serial != m_serial)
            return;
        if (!page)
            return walk_->done(tl::unexpected(page.error()));
        const bool backwards = walk_->query.backwards;
        bool atEnd = page->exhausted;
        QList<ExchangeRow> rows;
        rows.reserve(page->rows.size());
        for (const ExchangeRow &row : page->rows) {
            if (isTime() && row.open.id > m_top)
                atEnd |= backwards != m_list.ascending; // came later: the list ends before it
            else
                rows.append(row);
        }
        Piece &piece = walk_->piece;
        if (backwards)
            piece.rows = rows + piece.rows;
        else
            piece.rows += rows;
        if (atEnd)
            (backwards ? piece.reachesStart : piece.reachesEnd) = true;
        if (!atEnd && m_counting && m_total == 0)
            noteProgress(page->scannedTo);
        const qsizetype have = piece.rows.size();
        if (atEnd || !page->next || have >= walk_->wanted || (walk_->anyWillDo && have > 0)) {
            if (backwards)
                piece.at -= have;
            const Done done = std::move(walk_->done); // it may hold on to the walk itself
            return done(piece);
        }
        walk_->query.after = page->next;
        walk_->query.limit = std::clamp(walk_->wanted - int(have), 1, 1000);
        walk(walk_);
    });
}

void RequestPager::countAll(std::function<void()> done)
{
    ask(m_control.countRequests({}, everything), [this, done](const Result<RequestCount> &count) {
        m_counting = false;
        m_progressPermille = 1000;
        if (count)
            m_total = std::max(m_total, count->count - m_above - m_hidden);
        done();
        Q_EMIT totalChanged();
    });
}

void RequestPager::countFrom(std::optional<RequestCursor> cursor, qint64 counted)
{
    RequestQuery rest;
    rest.terms = m_list.terms;
    rest.after = cursor ? cursor : top();
    m_marks.push_back({counted, *rest.after});
    ask(m_control.countRequests(rest, countStep), [this, counted](const Result<RequestCount> &count) {
        if (!count) {
            m_counting = false;
            Q_EMIT totalChanged();
            return;
        }
        const qint64 now = counted + count->count;
        const bool done = count->isExact || !count->next;
        if (!m_list.ascending || done) // from its other end the list has no places before all is counted
            m_total = std::max(m_total, now);
        m_counting = !done;
        if (done)
            m_progressPermille = 1000;
        else
            noteProgress(count->scannedTo);
        Q_EMIT totalChanged();
        if (!done)
            countFrom(count->next, now);
    });
}

void RequestPager::noteProgress(Instant scannedTo)
{
    const qint64 span = (m_startedAt - m_oldest).count();
    if (span <= 0)
        return;
    const qint64 gone =
        m_list.ascending && m_total == 0 ? (scannedTo - m_oldest).count() : (m_startedAt - scannedTo).count();
    const int now = int(std::clamp<qint64>(gone / std::max<qint64>(1, span / 1000), 0, 999));
    if (now == m_progressPermille)
        return;
    m_progressPermille = now;
    Q_EMIT totalChanged();
}

void RequestPager::firstRanked(Done first)
{
    ask(m_control.requestPage(query(firstRows)), [this, first](const Result<RequestPage> &page) {
        if (!page)
            return first(tl::unexpected(page.error()));
        m_ranking = page->ranking;
        m_progressPermille = page->progressPermille;
        if (!page->total) {
            Q_EMIT totalChanged();
            return firstRanked(first);
        }
        m_counting = false;
        m_total = *page->total;
        for (const ExchangeRow &row : page->rows)
            m_top = std::max(m_top, row.open.id);
        first(Piece{0, page->rows, true, page->exhausted});
        Q_EMIT totalChanged();
    });
}

void RequestPager::loadRanked(qint64 place, int count, Done done)
{
    RequestQuery one = query(count);
    one.position = std::max<qint64>(0, place);
    ask(m_control.requestPage(one),
        [this, place, count, done, serial = m_serial](const Result<RequestPage> &page) {
            if (serial != m_serial)
                return;
            if (!page)
                return done(tl::unexpected(page.error()));
            m_ranking = page->ranking;
            if (!page->total) // it was forgotten and is made anew
                return loadRanked(place, count, done);
            m_total = *page->total;
            done(Piece{place, page->rows, place == 0, place + page->rows.size() >= m_total});
        });
}

void RequestPager::load(qint64 place, int count, Done done)
{
    const quint64 serial = ++m_serial;
    if (!isTime())
        return loadRanked(place, count, std::move(done));
    place = std::max<qint64>(0, place);
    const bool ascending = m_list.ascending;
    const auto go = std::make_shared<Walk>();
    go->query = query(count);
    go->wanted = count;
    go->piece.at = place;
    go->piece.reachesStart = place == 0;
    go->serial = serial;
    go->done = std::move(done);
    if (ascending && place == 0)
        return walk(go);
    // Right before the row, seen in the direction of the list.
    const qint64 newestFirst = ascending ? std::max<qint64>(0, total() - place) : place;
    cursorAt(newestFirst, [this, go, ascending](const Result<RequestCursor> &cursor) {
        if (!cursor)
            return go->done(tl::unexpected(cursor.error()));
        go->query.after = ascending ? at({cursor->id.value - 1}) : *cursor;
        walk(go);
    });
}

void RequestPager::extend(const ExchangeRow &edge, qint64 place, bool backwards, int count, Done done)
{
    if (!isTime())
        return backwards ? load(std::max<qint64>(0, place - count), int(std::min<qint64>(count, place)), done)
                         : load(place + 1, count, done);
    const auto go = std::make_shared<Walk>();
    go->query = query(count);
    go->query.after = at(edge.open.id);
    go->query.backwards = backwards;
    go->wanted = count;
    go->piece.at = backwards ? place : place + 1;
    go->serial = ++m_serial;
    go->done = std::move(done);
    walk(go);
}

void RequestPager::cursorAt(qint64 place, Found found)
{
    const quint64 serial = m_serial;
    if (place <= 0)
        return found(top());
    const qint64 atStart = place - m_above;
    if (m_list.terms.isEmpty() && atStart > shortWay) {
        ask(m_control.requestAt(place + m_hidden),
            [this, serial, found = std::move(found)](const Result<RequestPlace> &row) {
                if (serial != m_serial)
                    return;
                if (!row)
                    return found(tl::unexpected(row.error()));
                found(at({row->id.value + 1}));
            });
        return;
    }
    RequestCursor from = top();
    qint64 rest = place;
    const auto behind = std::upper_bound(m_marks.cbegin(), m_marks.cend(), atStart,
                                         [](qint64 wanted, const Mark &mark) { return wanted < mark.place; });
    if (behind != m_marks.cbegin()) {
        const Mark &mark = *std::prev(behind);
        from = mark.cursor;
        rest = atStart - mark.place;
    }
    skip(from, rest, serial, std::move(found));
}

void RequestPager::skip(RequestCursor from, qint64 count, quint64 serial, Found found)
{
    if (count <= 0)
        return found(from);
    RequestQuery rest;
    rest.terms = m_list.terms;
    rest.after = from;
    ask(m_control.countRequests(rest, count),
        [this, from, count, serial, found = std::move(found)](const Result<RequestCount> &answer) {
            if (serial != m_serial)
                return;
            if (!answer)
                return found(tl::unexpected(answer.error()));
            if (answer->isExact || !answer->next) // the list is shorter than it was thought to be
                return found(at({0}));
            skip(*answer->next, count - answer->count, serial, found);
        });
}

} // namespace lbp::gui
