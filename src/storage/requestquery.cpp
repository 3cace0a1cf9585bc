#include "storage/requestquery.h"

#include "storage/interner.h"
#include "storage/ledgerops.h"
#include "storage/localdays.h"
#include "storage/rollups.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr qint64 idsPerQuarter = quarterMicros << 10;
constexpr qint64 lastMicros = qint64{1} << 52;

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
               "s.project, s.provider, s.model, e.text, m.text, p.text, t.text, %1 FROM requests r "
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
    for (int i = 0; i < billingClassCount; ++i)
        row.close.usage.counts[size_t(i)] = number(24 + i);
    return row;
}

Result<QList<ExchangeRow>> readRows(SqlConnection &connection, const QString &where,
                                    const QVariantList &values, int limit)
{
    Result<QSqlQuery> query = connection.run(
        selectRows() + QStringLiteral("WHERE %1 ORDER BY r.id DESC LIMIT %2").arg(where).arg(limit), values);
    if (!query)
        return tl::unexpected(query.error());
    QList<ExchangeRow> rows;
    while (query->next())
        rows += readRow(*query);
    if (query->lastError().isValid())
        return tl::unexpected(sqlError(query->lastError(), u"read its requests"));
    return rows;
}

/// Ids of the series that match, as a list for IN; no value when every one does.
Result<std::optional<QString>> matchingSeries(SqlConnection &connection, const RequestFilter &filter)
{
    QStringList conditions;
    QVariantList values;
    if (filter.key) {
        conditions += QStringLiteral("key_id = ?");
        values += *filter.key;
    }
    if (!filter.team.isEmpty()) {
        conditions += QStringLiteral("team = ?");
        values += filter.team;
    }
    if (!filter.model.isEmpty()) {
        conditions += QStringLiteral("model = ?");
        values += filter.model;
    }
    if (conditions.isEmpty())
        return std::optional<QString>();
    Result<QSqlQuery> query = connection.run(
        QStringLiteral("SELECT id FROM series WHERE ") + conditions.join(QStringLiteral(" AND ")), values);
    if (!query)
        return tl::unexpected(query.error());
    QStringList ids;
    while (query->next())
        ids += QString::number(query->value(0).toLongLong());
    return std::optional<QString>(ids.join(u','));
}

/// What holds for single rows, and what for the sums of the quarters they can be in.
struct Conditions
{
    QStringList rows;
    QVariantList rowValues;
    QStringList quarters;
};

Conditions conditionsOf(const RequestFilter &filter, const std::optional<QString> &series)
{
    Conditions result;
    if (series) {
        result.rows += QStringLiteral("r.series_id IN (%1)").arg(*series);
        result.quarters += QStringLiteral("series_id IN (%1)").arg(*series);
    }
    if (filter.statusClass) {
        const int status = *filter.statusClass;
        const bool isClass = status < 10;
        result.rows += QStringLiteral("r.status BETWEEN ? AND ?");
        result.rowValues += isClass ? status * 100 : status;
        result.rowValues += isClass ? status * 100 + 99 : status;
        if (isClass ? status >= 4 : status >= 400)
            result.quarters += QStringLiteral("errors > 0");
    }
    if (filter.outcome) {
        result.rows += QStringLiteral("r.outcome = ?");
        result.rowValues += int(*filter.outcome);
        if (*filter.outcome == Outcome::UpstreamError || *filter.outcome == Outcome::UpstreamFailed)
            result.quarters += QStringLiteral("errors > 0");
        else if (*filter.outcome == Outcome::CacheHit)
            result.quarters += QStringLiteral("cache_hits > 0");
    }
    if (filter.minCost) {
        result.rows += QStringLiteral("r.cost >= ?");
        result.rowValues += filter.minCost->picodollars();
    }
    return result;
}

} // namespace

Result<ExchangeRow> readRequest(SqlConnection &connection, RequestId id)
{
    Result<QList<ExchangeRow>> rows = readRows(connection, QStringLiteral("r.id = ?"), {id.value}, 1);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound,
                    QStringLiteral("there is no request %1").arg(QLatin1String(id.toText())));
    return std::move(rows->front());
}

Result<QList<ExchangeRow>> findRequests(SqlConnection &connection, const RequestFilter &filter)
{
    const int limit = std::clamp(filter.limit, 1, 500);
    const auto firstId = [](Instant t) {
        return RequestId::firstAt(fromMicros(std::clamp<qint64>(toMicros(t), 0, lastMicros))).value;
    };
    const qint64 low = filter.from ? firstId(*filter.from) : 0;
    qint64 high = filter.to ? firstId(*filter.to) : std::numeric_limits<qint64>::max();
    if (filter.before)
        high = std::min(high, filter.before->value);
    if (low >= high)
        return QList<ExchangeRow>();

    const Result<std::optional<QString>> series = matchingSeries(connection, filter);
    if (!series)
        return tl::unexpected(series.error());
    if (*series && (*series)->isEmpty())
        return QList<ExchangeRow>();
    const Conditions conditions = conditionsOf(filter, *series);
    const QString range = QStringLiteral("r.id >= ? AND r.id < ?");
    if (conditions.rows.isEmpty())
        return readRows(connection, range, {low, high}, limit);
    const QString matches = QStringLiteral(" AND ") + conditions.rows.join(QStringLiteral(" AND "));

    // Open rows are in no rollup yet; they are among the newest.
    QList<ExchangeRow> found;
    if (!filter.outcome || *filter.outcome == Outcome::Open) {
        const Result<qint64> from = openFrom(connection);
        if (!from)
            return tl::unexpected(from.error());
        Result<QList<ExchangeRow>> open =
            readRows(connection, QStringLiteral("r.outcome = 0 AND ") + range + matches,
                     QVariantList{std::max(low, *from), high} + conditions.rowValues, limit);
        if (!open)
            return open;
        found = std::move(*open);
        if (filter.outcome)
            return found;
    }

    const qint64 lowTime = toMicros(RequestId{low}.time());
    const QStringList places =
        QStringList{QStringLiteral("bucket >= ?"), QStringLiteral("bucket <= ?")} + conditions.quarters;
    Result<QSqlQuery> quarters = connection.run(
        QStringLiteral("SELECT DISTINCT bucket FROM rollup_quarter WHERE %1 ORDER BY bucket DESC")
            .arg(places.join(QStringLiteral(" AND "))),
        QVariantList{quarterOf(fromMicros(lowTime)), toMicros(RequestId{high}.time())});
    if (!quarters)
        return tl::unexpected(quarters.error());
    const QString closed = QStringLiteral("r.outcome <> 0 AND ") + range + matches;
    qsizetype closedRows = 0;
    while (closedRows < limit && quarters->next()) {
        const qint64 start = RequestId::firstAt(fromMicros(quarters->value(0).toLongLong())).value;
        const QVariantList bounds{std::max(low, start), std::min(high, start + idsPerQuarter)};
        const Result<QList<ExchangeRow>> rows =
            readRows(connection, closed, bounds + conditions.rowValues, limit - int(closedRows));
        if (!rows)
            return rows;
        closedRows += rows->size();
        found += *rows;
    }
    if (quarters->lastError().isValid())
        return tl::unexpected(sqlError(quarters->lastError(), u"read its sums"));
    std::sort(found.begin(), found.end(),
              [](const ExchangeRow &a, const ExchangeRow &b) { return a.open.id > b.open.id; });
    if (found.size() > limit)
        found.resize(limit);
    return found;
}

} // namespace lbp
