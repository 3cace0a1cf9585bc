#include "storage/requestscan.h"

#include "storage/ledgerops.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr qint64 dayOfIds = 96 * idsPerQuarter;
constexpr qint64 longestWindow = 64 * dayOfIds;
constexpr auto slowLook = std::chrono::milliseconds(8);
/// With more series than this their quarters are found by going through all of the window.
constexpr qsizetype mostSeriesLookedUp = 64;

qint64 quarterStart(qint64 id)
{
    return id - id % idsPerQuarter;
}

/// The numbers in \a set, as a list for IN; nullopt when there are too many.
std::optional<QString> listOf(const SeriesSet &set)
{
    if (set.count('\1') > mostSeriesLookedUp)
        return std::nullopt;
    QStringList ids;
    for (qsizetype i = set.indexOf('\1'); i >= 0; i = set.indexOf('\1', i + 1))
        ids += QString::number(i);
    return ids.join(u',');
}

} // namespace

RequestScan::RequestScan(SqlConnection &connection, const RequestCondition &condition, IdRange range,
                         bool descending)
    : m_connection(connection)
    , m_condition(condition)
    , m_range{std::max(range.from, condition.range.from), std::min(range.to, condition.range.to)}
    , m_descending(descending)
    , m_window(dayOfIds)
{
    if (condition.isImpossible)
        m_range = {m_range.from, m_range.from};
}

IdRange RequestScan::rest() const
{
    IdRange rest = m_range;
    for (const IdRange &found : m_found)
        rest = rest.isEmpty() ? found : IdRange{std::min(rest.from, found.from), std::max(rest.to, found.to)};
    return rest;
}

Result<std::optional<IdRange>> RequestScan::next()
{
    if (m_found.empty()) {
        if (m_range.isEmpty())
            return std::optional<IdRange>();
        if (Status filled = refill(); !filled)
            return tl::unexpected(filled.error());
        if (m_found.empty())
            return std::optional(IdRange{});
    }
    IdRange &range = m_found.front();
    Result<IdRange> block = cut(range);
    if (range.isEmpty())
        m_found.pop_front();
    return block.map([](IdRange ids) { return std::optional(ids); });
}

Status RequestScan::refill()
{
    if (!m_condition.series && m_condition.quarters.isEmpty()) {
        push(std::exchange(m_range, IdRange{}));
        return {};
    }
    if (!m_openFrom) {
        const Result<qint64> from = openFrom(m_connection);
        if (!from)
            return tl::unexpected(from.error());
        m_openFrom = quarterStart(*from);
    }
    const qint64 settledTo = std::clamp(*m_openFrom, m_range.from, m_range.to);
    if (m_descending && settledTo < m_range.to) {
        push({settledTo, m_range.to});
        m_range.to = settledTo;
        return {};
    }
    if (!m_descending && settledTo <= m_range.from) {
        push(std::exchange(m_range, IdRange{}));
        return {};
    }
    // Ids of the ends of time lie far beyond every row: begin where rows are.
    const Result<QVariant> first = m_connection.scalar(
        m_descending ? QStringLiteral("SELECT max(id) FROM requests WHERE id >= ? AND id < ?")
                     : QStringLiteral("SELECT min(id) FROM requests WHERE id >= ? AND id < ?"),
        {m_range.from, settledTo});
    if (!first)
        return tl::unexpected(first.error());
    if (first->isNull()) {
        if (m_descending)
            m_range.to = m_range.from;
        else
            m_range.from = settledTo;
        return {};
    }
    const qint64 at = quarterStart(first->toLongLong());
    IdRange window;
    if (m_descending) {
        window = {std::max(m_range.from, at + idsPerQuarter - m_window), settledTo};
        m_range.to = window.from;
    } else {
        window = {std::max(m_range.from, at), std::min(settledTo, at + m_window)};
        m_range.from = window.to;
    }
    return addQuarters(window);
}

Status RequestScan::addQuarters(IdRange window)
{
    const auto began = std::chrono::steady_clock::now();
    QStringList where{QStringLiteral("bucket >= ?"), QStringLiteral("bucket <= ?")};
    QVariantList values{quarterStart(window.from) >> 10, (window.to - 1) >> 10};
    QString index;
    bool filtersSeries = false;
    if (m_condition.series) {
        if (const std::optional<QString> list = listOf(*m_condition.series)) {
            where += QStringLiteral("series_id IN (%1)").arg(*list);
            index = QStringLiteral("INDEXED BY rollup_quarter_series ");
        } else {
            filtersSeries = true;
        }
    }
    if (filtersSeries) {
        where += QStringLiteral("substr(?, series_id + 1, 1) = x'01'");
        values += *m_condition.series;
    }
    where += m_condition.quarters;
    values += m_condition.quarterValues;
    Result<QSqlQuery> quarters = m_connection.run(
        QStringLiteral("SELECT DISTINCT bucket FROM rollup_quarter %1WHERE %2 ORDER BY bucket %3")
            .arg(index, where.join(QStringLiteral(" AND ")),
                 m_descending ? QStringLiteral("DESC") : QStringLiteral("ASC")),
        values);
    if (!quarters)
        return tl::unexpected(quarters.error());
    while (quarters->next()) {
        const qint64 start = quarters->value(0).toLongLong() << 10;
        push({std::max(window.from, start), std::min(window.to, start + idsPerQuarter)});
    }
    if (quarters->lastError().isValid())
        return tl::unexpected(sqlError(quarters->lastError(), u"read its sums"));
    const auto took = std::chrono::steady_clock::now() - began;
    if (took > slowLook)
        m_window = std::max(m_window / 2, idsPerQuarter);
    else
        m_window = m_found.empty() ? std::min(m_window * 2, longestWindow) : dayOfIds;
    return {};
}

void RequestScan::push(IdRange range)
{
    if (range.isEmpty())
        return;
    if (!m_found.empty()) { // neighbours become one
        IdRange &last = m_found.back();
        if (m_descending && last.from == range.to) {
            last.from = range.from;
            return;
        }
        if (!m_descending && last.to == range.from) {
            last.to = range.to;
            return;
        }
    }
    m_found.push_back(range);
}

Result<IdRange> RequestScan::cut(IdRange &range)
{
    if (!m_isPrepared) {
        Result<QSqlQuery> border = m_connection.prepare(
            QStringLiteral("SELECT count(*), %1(id) FROM (SELECT id FROM requests WHERE id >= ? AND id < ? "
                           "ORDER BY id %2 LIMIT %3)")
                .arg(m_descending ? QStringLiteral("min") : QStringLiteral("max"),
                     m_descending ? QStringLiteral("DESC") : QStringLiteral("ASC"))
                .arg(blockRows));
        if (!border)
            return tl::unexpected(border.error());
        m_border = std::move(*border);
        m_isPrepared = true;
    }
    m_border.bindValue(0, range.from);
    m_border.bindValue(1, range.to);
    if (!m_border.exec() || !m_border.next())
        return tl::unexpected(sqlError(m_border.lastError(), u"find its requests"));
    const qint64 count = m_border.value(0).toLongLong();
    const qint64 end = m_border.value(1).toLongLong();
    m_border.finish();
    m_rows += count;
    IdRange block = range;
    if (count < blockRows) {
        range.from = range.to;
    } else if (m_descending) {
        block.from = range.to = end;
    } else {
        block.to = range.from = end + 1;
    }
    return block;
}

} // namespace lbp
