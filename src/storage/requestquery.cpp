#include "storage/requestquery.h"

#include "storage/interner.h"
#include "storage/requestscan.h"
#include "storage/rollups.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr int mostRows = 1'000;

QString selectRows()
{
    QStringList usage;
    for (const QString &column : usageColumns())
        usage += QLatin1String("r.") + column;
    // LEFT JOIN throughout: the newest rows lead, labels are looked up for what is shown.
    return QStringLiteral(
               "SELECT r.id, r.outcome, r.provenance, r.flags, r.reserved, r.estimated_input, r.ceiling, "
               "r.cost, r.saved, "
               "r.status, r.queue_us, r.ttft_us, r.duration_us, r.upstream_request_id, r.error, s.key_id, "
               "s.team, "
               "s.project, s.provider, s.model, e.text, m.text, p.text, t.text, r.attempt_of, r.attempt, %1 "
               "FROM requests r "
               "LEFT JOIN series s ON s.id = r.series_id LEFT JOIN words e ON e.id = r.endpoint_id "
               "LEFT JOIN words m ON m.id = r.requested_model_id LEFT JOIN words p ON p.id = "
               "r.price_source_id "
               "LEFT JOIN rates t ON t.id = r.rates_id ")
        .arg(usage.join(u','));
}

ExchangeRow readRow(const QSqlQuery &query)
{
    const auto number = [&](int column) { return query.value(column).toLongLong(); };
    const auto text = [&](int column) { return query.value(column).toString(); };
    ExchangeRow row;
    row.open.id = row.close.id = RequestId{number(0)};
    row.close.outcome = Outcome(number(1));
    row.close.provenance = Provenance(number(2));
    row.open.stream = (number(3) & 1) != 0;
    row.open.clamped = (number(3) & 2) != 0;
    row.open.reserved = Money::fromPicodollars(number(4));
    row.open.estimatedInputTokens = number(5);
    row.open.ceiling = number(6);
    if (!query.isNull(7))
        row.close.cost = Money::fromPicodollars(number(7));
    row.close.saved = Money::fromPicodollars(number(8));
    row.close.status = int(number(9));
    row.close.queueUs = number(10);
    row.close.ttftUs = number(11);
    row.close.durationUs = number(12);
    row.close.upstreamRequestId = text(13);
    row.close.error = text(14);
    row.open.series =
        std::make_shared<const Series>(Series{number(15), text(16), text(17), text(18), text(19)});
    row.open.endpoint = text(20);
    row.open.requestedModel = text(21);
    row.close.priceSource = text(22);
    if (!query.isNull(23))
        row.close.rates = std::make_shared<const Rates>(ratesFromText(text(23)));
    row.open.attemptOf.value = number(24);
    if (row.open.attemptOf.value != 0)
        row.open.attempt = int(number(25));
    for (int i = 0; i < billingClassCount; ++i)
        row.close.usage.counts[size_t(i)] = number(26 + i);
    return row;
}

Status appendRows(QSqlQuery &query, QList<ExchangeRow> &rows)
{
    while (query.next())
        rows += readRow(query);
    if (query.lastError().isValid())
        return tl::unexpected(sqlError(query.lastError(), u"read its requests"));
    return {};
}

/// Runs a statement over the rows of one block that meet the condition: its first two values are the ends of
/// the block.
Status runBlock(QSqlQuery &query, IdRange block, const RequestCondition &condition)
{
    query.bindValue(0, block.from);
    query.bindValue(1, block.to);
    for (int i = 0; i < condition.values.size(); ++i)
        query.bindValue(i + 2, condition.values[i]);
    if (!query.exec())
        return tl::unexpected(sqlError(query.lastError(), u"read its requests"));
    return {};
}

QString blockWhere(const RequestCondition &condition)
{
    return QStringLiteral("WHERE r.id >= ? AND r.id < ?") + condition.andRows();
}

/// The ids on the far side of \a after, seen in the direction of the walk.
IdRange beyond(const std::optional<RequestCursor> &after, bool descending)
{
    IdRange all{0, std::numeric_limits<qint64>::max()};
    if (!after)
        return all;
    if (descending)
        all.to = std::max<qint64>(after->id.value, 0);
    else
        all.from = std::max<qint64>(after->id.value, -1) + 1;
    return all;
}

/// A cursor at the place up to which a walk came.
RequestCursor cursorBefore(IdRange rest, bool descending)
{
    const qint64 id = descending ? rest.to : rest.from - 1;
    return {id, RequestId{id}};
}

/// Terms that say what the filter says.
QList<FilterTerm> termsOf(const RequestFilter &filter)
{
    QList<FilterTerm> terms;
    const auto text = [&](FilterField field, const QString &wanted) {
        if (!wanted.isEmpty())
            terms += FilterTerm{field, false, {{wanted, false}}, {}, {}};
    };
    const auto span = [&](FilterField field, qint64 from, qint64 to) {
        terms += FilterTerm{field, false, {}, {{from, to}}, {}};
    };
    constexpr qint64 highest = std::numeric_limits<qint64>::max();
    if (filter.from || filter.to)
        span(FilterField::Time, filter.from ? toMicros(*filter.from) : 0,
             filter.to ? std::max<qint64>(toMicros(*filter.to), 0) - 1 : highest);
    if (filter.statusClass) {
        const int status = *filter.statusClass;
        span(FilterField::HttpStatus, status < 10 ? status * 100 : status,
             status < 10 ? status * 100 + 99 : status);
    }
    if (filter.outcome)
        span(FilterField::Outcome, int(*filter.outcome), int(*filter.outcome));
    if (filter.minCost)
        span(FilterField::Cost, filter.minCost->picodollars(), highest);
    text(FilterField::Team, filter.team);
    text(FilterField::Model, filter.model);
    return terms;
}

} // namespace

Result<ExchangeRow> readRequest(SqlConnection &connection, RequestId id)
{
    Result<QList<ExchangeRow>> rows = readRows(connection, {id.value});
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound,
                    QStringLiteral("there is no request %1").arg(QLatin1String(id.toText())));
    return std::move(rows->front());
}

Result<QList<ExchangeRow>> readRows(SqlConnection &connection, const QList<qint64> &ids)
{
    Result<QSqlQuery> query = connection.prepare(selectRows() + QStringLiteral("WHERE r.id = ?"));
    if (!query)
        return tl::unexpected(query.error());
    QList<ExchangeRow> rows;
    rows.reserve(ids.size());
    for (const qint64 id : ids) {
        query->bindValue(0, id);
        if (!query->exec())
            return tl::unexpected(sqlError(query->lastError(), u"read its requests"));
        if (Status read = appendRows(*query, rows); !read)
            return tl::unexpected(read.error());
    }
    return rows;
}

Result<QList<ExchangeRow>> readAttempts(SqlConnection &connection, RequestId id)
{
    Result<QSqlQuery> query = connection.run(
        selectRows() + QStringLiteral("WHERE r.attempt_of = ? ORDER BY r.attempt, r.id"), {id.value});
    if (!query)
        return tl::unexpected(query.error());
    QList<ExchangeRow> rows;
    if (Status read = appendRows(*query, rows); !read)
        return tl::unexpected(read.error());
    return rows;
}

Result<RequestPage> pageByTime(SqlConnection &connection, SeriesIndex &series, const RequestQuery &query)
{
    const ReaderTime time;
    const int limit = std::clamp(query.limit, 1, mostRows);
    const Result<RequestCondition> condition = conditionOf(connection, series, query.terms);
    if (!condition)
        return tl::unexpected(condition.error());
    const bool descending = query.ascending == query.backwards;
    Result<QSqlQuery> rows = connection.prepare(
        selectRows() + blockWhere(*condition) + QStringLiteral(" ORDER BY r.id ")
        + (descending ? QStringLiteral("DESC") : QStringLiteral("ASC")) + QStringLiteral(" LIMIT ?"));
    if (!rows)
        return tl::unexpected(rows.error());

    RequestPage page;
    RequestScan scan(connection, *condition, beyond(query.after, descending), descending);
    bool wasWhole = false; // the last block was read to its end
    while (page.rows.size() < limit && !(wasWhole && time.isOver())) {
        const Result<std::optional<IdRange>> block = scan.next();
        if (!block)
            return tl::unexpected(block.error());
        page.exhausted = !*block;
        if (page.exhausted)
            break;
        const qsizetype wanted = limit - page.rows.size();
        rows->bindValue(int(condition->values.size()) + 2, wanted);
        const qsizetype before = page.rows.size();
        const Status read =
            runBlock(*rows, **block, *condition).and_then([&] { return appendRows(*rows, page.rows); });
        if (!read)
            return tl::unexpected(read.error());
        wasWhole = page.rows.size() - before < wanted;
    }
    page.scanned = scan.rows();
    if (!page.exhausted) {
        if (wasWhole) {
            page.next = cursorBefore(scan.rest(), descending);
        } else {
            const RequestId last = page.rows.last().open.id;
            page.next = RequestCursor{last.value, last};
        }
        page.scannedTo = page.next->id.time();
        page.exhausted = wasWhole && scan.rest().isEmpty();
    } else {
        page.scannedTo = descending ? Instant() : Instant::max();
    }
    if (page.exhausted)
        page.next.reset();
    if (query.backwards)
        std::reverse(page.rows.begin(), page.rows.end());
    return page;
}

/// The id of the match number \a place, newest first, of those in \a block.
static Result<RequestId> matchAt(SqlConnection &connection, IdRange block, const RequestCondition &condition,
                                 qint64 place)
{
    if (place < 0)
        return RequestId{block.to};
    Result<QSqlQuery> match =
        connection.prepare(QStringLiteral("SELECT r.id FROM requests r ") + blockWhere(condition)
                           + QStringLiteral(" ORDER BY r.id DESC LIMIT 1 OFFSET %1").arg(place));
    if (!match)
        return tl::unexpected(match.error());
    if (Status found = runBlock(*match, block, condition); !found)
        return tl::unexpected(found.error());
    return RequestId{match->next() ? match->value(0).toLongLong() : block.from};
}

Result<RequestCount> countMatches(SqlConnection &connection, SeriesIndex &series, const RequestQuery &query,
                                  qint64 upTo)
{
    const ReaderTime time;
    const Result<RequestCondition> condition = conditionOf(connection, series, query.terms);
    if (!condition)
        return tl::unexpected(condition.error());
    Result<QSqlQuery> counting =
        connection.prepare(QStringLiteral("SELECT count(*) FROM requests r ") + blockWhere(*condition));
    if (!counting)
        return tl::unexpected(counting.error());
    RequestCount result;
    RequestScan scan(connection, *condition, beyond(query.after, true), true);
    do {
        const Result<std::optional<IdRange>> block = scan.next();
        if (!block)
            return tl::unexpected(block.error());
        if (!*block) {
            result.isExact = true;
            break;
        }
        if (Status counted = runBlock(*counting, **block, *condition); !counted)
            return tl::unexpected(counted.error());
        const qint64 before = result.count;
        if (counting->next())
            result.count += counting->value(0).toLongLong();
        counting->finish();
        if (result.count > upTo) { // whoever goes on counts what lies behind the last of these
            const Result<RequestId> last = matchAt(connection, **block, *condition, upTo - before - 1);
            if (!last)
                return tl::unexpected(last.error());
            result.count = upTo;
            result.next = RequestCursor{last->value, *last};
            result.scannedTo = last->time();
            return result;
        }
    } while (result.count <= upTo && !time.isOver());
    result.isExact = result.isExact || scan.rest().isEmpty();
    if (!result.isExact) {
        result.next = cursorBefore(scan.rest(), true);
        result.scannedTo = result.next->id.time();
    }
    return result;
}

Result<QList<ExchangeRow>> findRequests(SqlConnection &connection, SeriesIndex &series,
                                        const RequestFilter &filter)
{
    RequestQuery query;
    query.terms = termsOf(filter);
    if (filter.key)
        query.terms +=
            FilterTerm{FilterField::Key, false, {{QStringLiteral("key_%1").arg(*filter.key), false}}, {}, {}};
    if (filter.before)
        query.after = RequestCursor{filter.before->value, *filter.before};
    const int limit = std::clamp(filter.limit, 1, 500);
    QList<ExchangeRow> found;
    for (;;) {
        query.limit = limit - int(found.size());
        Result<RequestPage> page = pageByTime(connection, series, query);
        if (!page)
            return tl::unexpected(page.error());
        found += std::move(page->rows);
        if (page->exhausted || found.size() >= limit)
            return found;
        query.after = page->next;
    }
}

} // namespace lbp
