#include "storage/ledgerops.h"
#include "storage/requestscan.h"
#include "storage/rollupcover.h"
#include "storage/usageseries.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr int flagUnpriced = 4; // as the rows are written (ledgerops.cpp)

/// Puts \a seen to its model. Refused requests know no provider, so one that served the model names it.
void addSeen(QList<UnpricedModel> &models, const UnpricedModel &seen)
{
    const auto known = std::find_if(models.begin(), models.end(), [&](const UnpricedModel &model) {
        return model.model == seen.model
            && (model.provider == seen.provider || model.provider.isEmpty() || seen.provider.isEmpty());
    });
    if (known == models.end()) {
        models += seen;
        return;
    }
    if (known->provider.isEmpty())
        known->provider = seen.provider;
    known->requests += seen.requests;
    known->refused += seen.refused;
    known->tokens += seen.tokens;
    known->lastSeen = std::max(known->lastSeen, seen.lastSeen);
}

void sortModels(QList<UnpricedModel> &models)
{
    std::sort(models.begin(), models.end(), [](const UnpricedModel &a, const UnpricedModel &b) {
        return a.lastSeen != b.lastSeen ? a.lastSeen > b.lastSeen : a.model < b.model;
    });
}

} // namespace

void UnpricedModels::add(const UnpricedModels &older)
{
    for (const UnpricedModel &model : older.models)
        addSeen(models, model);
    sortModels(models);
    exhausted = older.exhausted;
    next = older.next;
}

namespace reports {

Result<UnpricedModels> unpricedModels(SqlConnection &connection, TimeRange range)
{
    const ReaderTime time;
    range = {clampedToClocks(range.from), clampedToClocks(range.to)};
    RequestCondition condition;
    condition.narrow(IdRange{toMicros(range.from) << 10, toMicros(range.to) << 10});
    const QString refused = QStringLiteral("(r.outcome = %1 AND r.status = 400 AND (r.flags & %2) <> 0)")
                                .arg(int(Outcome::Refused))
                                .arg(flagUnpriced);
    condition.rows += QStringLiteral("((r.outcome <> 0 AND r.cost IS NULL) OR %1)").arg(refused);
    condition.quarters += QStringLiteral("(unpriced > 0 OR errors > 0)");

    // By number first: what they stand for is looked up for the few that are found.
    Result<QSqlQuery> rows = connection.prepare(
        QStringLiteral(
            "SELECT s.provider, coalesce(nullif(s.model, ''), w.text, ''), g.requests, g.refused, g.tokens, "
            "g.newest "
            "FROM (SELECT r.series_id, r.requested_model_id, count(*) AS requests, sum(%1) AS refused, "
            "sum(iif(%1, 0, %2)) AS tokens, max(r.id) AS newest FROM requests r "
            "WHERE r.id >= ? AND r.id < ?%3 GROUP BY 1, 2) g "
            "LEFT JOIN series s ON s.id = g.series_id LEFT JOIN words w ON w.id = g.requested_model_id")
            .arg(refused, inputSql() + u'+' + outputSql(), condition.andRows()));
    if (!rows)
        return tl::unexpected(rows.error());
    UnpricedModels result;
    RequestScan scan(connection, condition, condition.range, true);
    do {
        const Result<std::optional<IdRange>> block = scan.next();
        if (!block)
            return tl::unexpected(block.error());
        if (!*block) {
            result.exhausted = true;
            break;
        }
        rows->bindValue(0, (*block)->from);
        rows->bindValue(1, (*block)->to);
        if (!rows->exec())
            return tl::unexpected(sqlError(rows->lastError(), u"look for models without a price"));
        while (rows->next()) {
            UnpricedModel seen;
            seen.provider = rows->value(0).toString();
            seen.model = rows->value(1).toString();
            seen.requests = rows->value(2).toLongLong();
            seen.refused = rows->value(3).toLongLong();
            seen.tokens = rows->value(4).toLongLong();
            seen.lastSeen = RequestId{rows->value(5).toLongLong()}.time();
            addSeen(result.models, seen);
        }
        if (rows->lastError().isValid())
            return tl::unexpected(sqlError(rows->lastError(), u"look for models without a price"));
    } while (!time.isOver());
    const IdRange rest = scan.rest();
    result.exhausted = result.exhausted || rest.isEmpty();
    result.next = result.exhausted ? range.from : RequestId{rest.to}.time();
    sortModels(result.models);
    return result;
}

} // namespace reports

} // namespace lbp
