#include "storage/requestranking.h"

#include "storage/requestquery.h"
#include "storage/requestscan.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr size_t mostKept = 2;
constexpr int mostRows = 1'000;

QString valueSql(RequestSort sort)
{
    switch (sort) {
    case RequestSort::Cost:
        return QStringLiteral("coalesce(r.cost, -1)");
    case RequestSort::Tokens:
        return inputSql() + u'+' + outputSql();
    case RequestSort::Elapsed:
        return QStringLiteral("coalesce(r.duration_us, 0)");
    case RequestSort::Time:
        break;
    }
    return QStringLiteral("r.id");
}

using Entry = RequestRankings::Entry;
auto orderOf(bool ascending)
{
    return [ascending](const Entry &a, const Entry &b) { return ascending ? a < b : b < a; };
}

/// Where the piece of the list that is asked for begins and ends.
std::pair<qint64, qint64> pieceOf(const std::vector<Entry> &list, const RequestQuery &query)
{
    const auto total = qint64(list.size());
    const qint64 limit = std::clamp(query.limit, 1, mostRows);
    const auto order = orderOf(query.ascending);
    qint64 begin = 0;
    if (query.position) {
        begin = std::clamp<qint64>(*query.position, 0, total);
    } else if (query.after) {
        const Entry at{query.after->value, query.after->id.value};
        const auto found = query.backwards ? std::lower_bound(list.begin(), list.end(), at, order)
                                           : std::upper_bound(list.begin(), list.end(), at, order);
        begin = found - list.begin();
    } else if (query.backwards) {
        begin = total;
    }
    if (query.backwards)
        return {std::max<qint64>(begin - limit, 0), begin};
    return {begin, std::min(begin + limit, total)};
}

} // namespace

Result<RequestPage> RequestRankings::page(SqlConnection &connection, SeriesIndex &series,
                                          const RequestQuery &query)
{
    const Result<Ranking *> ranking = rankingFor(connection, series, query);
    if (!ranking)
        return tl::unexpected(ranking.error());
    RequestPage page;
    page.ranking = (*ranking)->number;
    if (Status went = goOn(connection, **ranking, page.scanned); !went) {
        m_rankings.pop_back();
        return tl::unexpected(went.error());
    }
    const IdRange all = (*ranking)->all;
    const IdRange rest = (*ranking)->rest;
    page.scannedTo = RequestId{rest.isEmpty() ? all.from : rest.to}.time();
    if (!(*ranking)->isDone()) {
        page.progressPermille =
            rest.isEmpty() ? 999 : int((all.to - rest.to) / ((all.to - all.from) / 1000 + 1));
        return page;
    }
    static const std::vector<Entry> none;
    const std::vector<Entry> &list = (*ranking)->runs.empty() ? none : (*ranking)->runs.front();
    page.total = qint64(list.size());
    const auto [begin, end] = pieceOf(list, query);
    QList<qint64> ids;
    for (qint64 i = begin; i < end; ++i)
        ids += list[size_t(i)].id;
    Result<QList<ExchangeRow>> rows = readRows(connection, ids);
    if (!rows)
        return tl::unexpected(rows.error());
    page.rows = std::move(*rows);
    page.exhausted = query.backwards ? begin == 0 : end == qint64(list.size());
    if (!page.exhausted) {
        const Entry &last = list[size_t(query.backwards ? begin : end - 1)];
        page.next = RequestCursor{last.value, RequestId{last.id}};
    }
    return page;
}

Result<RequestRankings::Ranking *> RequestRankings::rankingFor(SqlConnection &connection, SeriesIndex &series,
                                                               const RequestQuery &query)
{
    const auto known = std::find_if(m_rankings.begin(), m_rankings.end(), [&](const auto &ranking) {
        return query.ranking != 0 && ranking->number == query.ranking && ranking->sort == query.sort
            && ranking->ascending == query.ascending && ranking->terms == query.terms;
    });
    if (known != m_rankings.end()) {
        std::rotate(known, known + 1, m_rankings.end());
        return m_rankings.back().get();
    }
    auto ranking = std::make_unique<Ranking>();
    ranking->number = ++m_lastNumber;
    ranking->terms = query.terms;
    ranking->sort = query.sort;
    ranking->ascending = query.ascending;
    Result<RequestCondition> condition = conditionOf(connection, series, query.terms);
    if (!condition)
        return tl::unexpected(condition.error());
    ranking->condition = std::move(*condition);
    Result<QSqlQuery> ends = connection.run(
        QStringLiteral("SELECT (SELECT min(id) FROM requests), (SELECT max(id) FROM requests)"));
    if (!ends)
        return tl::unexpected(ends.error());
    if (ends->next() && !ends->isNull(0))
        ranking->all = {ends->value(0).toLongLong(), ends->value(1).toLongLong() + 1};
    ranking->rest = ranking->all;
    if (m_rankings.size() >= mostKept)
        m_rankings.erase(m_rankings.begin());
    m_rankings.push_back(std::move(ranking));
    return m_rankings.back().get();
}

Status RequestRankings::goOn(SqlConnection &connection, Ranking &ranking, qint64 &scanned)
{
    const ReaderTime time;
    // Runs of like length are merged, so that each entry moves a few times only. Before the search, so that
    // this takes of its time.
    while (ranking.hasLikeRuns() || (ranking.rest.isEmpty() && ranking.runs.size() > 1)) {
        mergeLast(ranking);
        if (time.isOver())
            return {};
    }
    if (ranking.rest.isEmpty())
        return {};
    Result<QSqlQuery> rows =
        connection.prepare(QStringLiteral("SELECT %1, r.id FROM requests r WHERE r.id >= ? AND r.id < ?")
                               .arg(valueSql(ranking.sort))
                           + ranking.condition.andRows());
    if (!rows)
        return tl::unexpected(rows.error());
    for (int i = 0; i < ranking.condition.values.size(); ++i)
        rows->bindValue(i + 2, ranking.condition.values[i]);
    RequestScan scan(connection, ranking.condition, ranking.rest, true);
    std::vector<Entry> run;
    do {
        const Result<std::optional<IdRange>> block = scan.next();
        if (!block)
            return tl::unexpected(block.error());
        if (!*block)
            break;
        rows->bindValue(0, (*block)->from);
        rows->bindValue(1, (*block)->to);
        if (!rows->exec())
            return tl::unexpected(sqlError(rows->lastError(), u"sort its requests"));
        while (rows->next())
            run.push_back({rows->value(0).toLongLong(), rows->value(1).toLongLong()});
        if (rows->lastError().isValid())
            return tl::unexpected(sqlError(rows->lastError(), u"sort its requests"));
    } while (!time.isOver());
    ranking.rest = scan.rest();
    scanned = scan.rows();
    std::sort(run.begin(), run.end(), orderOf(ranking.ascending));
    if (!run.empty())
        ranking.runs.push_back(std::move(run));
    while (ranking.runs.size() > 1 && ranking.rest.isEmpty() && !time.isOver())
        mergeLast(ranking);
    return {};
}

bool RequestRankings::Ranking::hasLikeRuns() const
{
    return runs.size() > 1 && runs.back().size() * 2 > runs[runs.size() - 2].size();
}

void RequestRankings::mergeLast(Ranking &ranking)
{
    const std::vector<Entry> last = std::move(ranking.runs.back());
    ranking.runs.pop_back();
    std::vector<Entry> &before = ranking.runs.back();
    std::vector<Entry> merged;
    merged.reserve(before.size() + last.size());
    std::merge(before.begin(), before.end(), last.begin(), last.end(), std::back_inserter(merged),
               orderOf(ranking.ascending));
    if (merged.size() > size_t(RequestPage::mostRanked)) {
        merged.resize(size_t(RequestPage::mostRanked));
        merged.shrink_to_fit();
    }
    before = std::move(merged);
}

} // namespace lbp
