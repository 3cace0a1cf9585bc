#include "storage/controlplane.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace lbp::controlplane {

namespace {

QString keyColumns()
{
    return QStringLiteral(
        "name,team,project,sha256,previous_sha256,previous_valid_until,last4,status,paused_reason,"
        "created_at,expires_at,allowed_models,rpm,tpm,parallel,max_spend_per_minute,allow_unmetered");
}

QVariant boundInstant(const std::optional<Instant> &t)
{
    return t ? QVariant(toMicros(*t)) : QVariant();
}

QVariantList keyValues(const KeyRecord &key)
{
    const QByteArray models =
        QJsonDocument(QJsonArray::fromStringList(key.allowedModels)).toJson(QJsonDocument::Compact);
    return {boundText(key.name),
            boundText(key.team),
            boundText(key.project),
            key.sha256,
            key.previousSha256.isEmpty() ? QVariant() : QVariant(key.previousSha256),
            boundInstant(key.previousValidUntil),
            boundText(key.last4),
            int(key.status),
            boundText(key.pausedReason),
            toMicros(key.createdAt),
            boundInstant(key.expiresAt),
            QString::fromUtf8(models),
            boundOptional(key.rpm),
            boundOptional(key.tpm),
            boundOptional(key.parallel),
            key.maxSpendPerMinute ? QVariant(key.maxSpendPerMinute->picodollars()) : QVariant(),
            key.allowUnmetered ? 1 : 0};
}

std::optional<Instant> instantAt(const QSqlQuery &row, int column)
{
    if (row.isNull(column))
        return std::nullopt;
    return fromMicros(row.value(column).toLongLong());
}

std::optional<int> numberAt(const QSqlQuery &row, int column)
{
    if (row.isNull(column))
        return std::nullopt;
    return row.value(column).toInt();
}

KeyRecord readKey(const QSqlQuery &row)
{
    KeyRecord key;
    key.id = row.value(0).toLongLong();
    key.name = row.value(1).toString();
    key.team = row.value(2).toString();
    key.project = row.value(3).toString();
    key.sha256 = row.value(4).toByteArray();
    key.previousSha256 = row.value(5).toByteArray();
    key.previousValidUntil = instantAt(row, 6);
    key.last4 = row.value(7).toString();
    key.status = KeyStatus(row.value(8).toInt());
    key.pausedReason = row.value(9).toString();
    key.createdAt = fromMicros(row.value(10).toLongLong());
    key.expiresAt = instantAt(row, 11);
    if (const QString models = row.value(12).toString(); models != QLatin1String("[]"))
        for (const auto &model : QJsonDocument::fromJson(models.toUtf8()).array())
            key.allowedModels += model.toString();
    key.rpm = numberAt(row, 13);
    key.tpm = numberAt(row, 14);
    key.parallel = numberAt(row, 15);
    if (!row.isNull(16))
        key.maxSpendPerMinute = Money::fromPicodollars(row.value(16).toLongLong());
    key.allowUnmetered = row.value(17).toInt() != 0;
    return key;
}

Status unlessNone(const Result<QSqlQuery> &changed, const QString &missing)
{
    if (!changed)
        return tl::unexpected(changed.error());
    if (changed->numRowsAffected() == 0)
        return fail(ErrorCode::NotFound, missing);
    return {};
}

/// Another key with one of these hashes would make it unclear whose request it is.
Status hashIsFree(SqlConnection &connection, const KeyRecord &key)
{
    const Result<QVariant> taken = connection.scalar(
        QStringLiteral("SELECT id FROM keys WHERE id <> ? AND (sha256 = ? OR previous_sha256 = ?)"),
        {key.id, key.sha256, key.sha256});
    if (!taken)
        return tl::unexpected(taken.error());
    if (taken->isValid())
        return fail(ErrorCode::Conflict,
                    QStringLiteral("another key has the same secret; generate a new one"));
    return {};
}

Status checkHash(const KeyRecord &key)
{
    if (key.sha256.size() != 32)
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("a key is stored by its SHA-256, which has 32 bytes"));
    return {};
}

} // namespace

Result<KeyRecord> insertKey(SqlConnection &connection, KeyRecord key, const QList<Budget> &budgets)
{
    if (Status valid = checkHash(key); !valid)
        return tl::unexpected(valid.error());
    return connection.transaction([&]() -> Result<KeyRecord> {
        key.id = 0;
        if (Status isFree = hashIsFree(connection, key); !isFree)
            return tl::unexpected(isFree.error());
        const QVariantList values = keyValues(key);
        const QStringList marks(values.size(), QStringLiteral("?"));
        const Result<QSqlQuery> inserted = connection.run(
            QStringLiteral("INSERT INTO keys (%1) VALUES (%2)").arg(keyColumns(), marks.join(u',')), values);
        if (!inserted)
            return tl::unexpected(inserted.error());
        key.id = inserted->lastInsertId().toLongLong();
        for (Budget budget : budgets) {
            if (budget.scope.kind == ScopeKind::Key)
                budget.scope.id = QString::number(key.id);
            if (Status put = putBudget(connection, budget); !put)
                return tl::unexpected(put.error());
        }
        return key;
    });
}

Status updateKey(SqlConnection &connection, const KeyRecord &key)
{
    if (Status valid = checkHash(key); !valid)
        return valid;
    return connection.transaction([&]() -> Status {
        if (Status isFree = hashIsFree(connection, key); !isFree)
            return isFree;
        QStringList columns = keyColumns().split(u',');
        for (QString &column : columns)
            column += QLatin1String("=?");
        return unlessNone(
            connection.run(QStringLiteral("UPDATE keys SET %1 WHERE id=?").arg(columns.join(u',')),
                           keyValues(key) + QVariantList{key.id}),
            QStringLiteral("there is no key key_%1").arg(key.id));
    });
}

Result<QList<KeyRecord>> keys(SqlConnection &connection)
{
    Result<QSqlQuery> rows =
        connection.run(QStringLiteral("SELECT id,%1 FROM keys ORDER BY id").arg(keyColumns()));
    if (!rows)
        return tl::unexpected(rows.error());
    QList<KeyRecord> result;
    while (rows->next())
        result += readKey(*rows);
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its keys"));
    return result;
}

Result<QList<Budget>> budgets(SqlConnection &connection)
{
    Result<QSqlQuery> rows = connection.run(QStringLiteral(
        "SELECT scope_kind, scope_id, period, amount FROM budgets ORDER BY scope_kind, scope_id, period"));
    if (!rows)
        return tl::unexpected(rows.error());
    QList<Budget> result;
    while (rows->next()) {
        Budget budget;
        budget.scope = {ScopeKind(rows->value(0).toInt()), rows->value(1).toString()};
        budget.period = Period(rows->value(2).toInt());
        budget.limit = Money::fromPicodollars(rows->value(3).toLongLong());
        result += budget;
    }
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its budgets"));
    return result;
}

Status putBudget(SqlConnection &connection, const Budget &budget)
{
    if (budget.limit.isNegative())
        return fail(ErrorCode::InvalidValue, QStringLiteral("the limit of a budget cannot be negative"));
    return connection
        .run(QStringLiteral(
                 "INSERT OR REPLACE INTO budgets (scope_kind, scope_id, period, amount) VALUES (?, ?, ?, ?)"),
             {int(budget.scope.kind), boundText(budget.scope.id), int(budget.period),
              budget.limit.picodollars()})
        .map([](const QSqlQuery &) {});
}

Status removeBudget(SqlConnection &connection, const Scope &scope, Period period)
{
    return unlessNone(
        connection.run(
            QStringLiteral("DELETE FROM budgets WHERE scope_kind = ? AND scope_id = ? AND period = ?"),
            {int(scope.kind), boundText(scope.id), int(period)}),
        QStringLiteral("there is no %1 budget for this scope").arg(periodName(period)));
}

Result<QString> setting(SqlConnection &connection, const QString &name)
{
    return connection.scalar(QStringLiteral("SELECT value FROM settings WHERE name = ?"), {boundText(name)})
        .map([](const QVariant &value) { return value.toString(); });
}

Status putSetting(SqlConnection &connection, const QString &name, const QString &value)
{
    return connection
        .run(QStringLiteral("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)"),
             {boundText(name), boundText(value)})
        .map([](const QSqlQuery &) {});
}

Result<bool> claimAlert(SqlConnection &connection, const FiredAlert &alert, Instant notSince)
{
    return connection
        .run(QStringLiteral(
                 "INSERT INTO fired_alerts (event, subject, at) VALUES (?, ?, ?) "
                 "ON CONFLICT (event, subject) DO UPDATE SET at = excluded.at WHERE fired_alerts.at < ?"),
             {boundText(alert.event), boundText(alert.subject), toMicros(alert.at), toMicros(notSince)})
        .map([](const QSqlQuery &query) { return query.numRowsAffected() > 0; });
}

Result<qint64> addAlert(SqlConnection &connection, const AlertRecord &record)
{
    return connection
        .run(QStringLiteral("INSERT INTO alerts (at, event, subject, text, delivery) VALUES (?, ?, ?, ?, ?)"),
             {toMicros(record.at), boundText(record.event), boundText(record.subject), boundText(record.text),
              boundText(record.delivery)})
        .map([](const QSqlQuery &query) { return query.lastInsertId().toLongLong(); });
}

Status setAlertDelivery(SqlConnection &connection, qint64 id, const QString &delivery)
{
    return unlessNone(connection.run(QStringLiteral("UPDATE alerts SET delivery = ? WHERE id = ?"),
                                     {boundText(delivery), id}),
                      QStringLiteral("there is no alert %1").arg(id));
}

static Result<QList<AlertRecord>> alertsOf(Result<QSqlQuery> rows)
{
    if (!rows)
        return tl::unexpected(rows.error());
    QList<AlertRecord> result;
    while (rows->next())
        result += AlertRecord{rows->value(0).toLongLong(), fromMicros(rows->value(1).toLongLong()),
                              rows->value(2).toString(),   rows->value(3).toString(),
                              rows->value(4).toString(),   rows->value(5).toString()};
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its alerts"));
    return result;
}

Result<QList<AlertRecord>> alerts(SqlConnection &connection, int limit)
{
    return alertsOf(connection.run(
        QStringLiteral("SELECT id, at, event, subject, text, delivery FROM alerts ORDER BY id DESC LIMIT ?"),
        {std::clamp(limit, 1, 10'000)}));
}

Result<QList<AlertRecord>> alertPage(SqlConnection &connection, const AlertQuery &query)
{
    QString sql = QStringLiteral("SELECT id, at, event, subject, text, delivery FROM alerts WHERE 1");
    QVariantList values;
    const auto add = [&](const QString &condition, const QVariant &value) {
        sql += QStringLiteral(" AND ") + condition;
        values += value;
    };
    if (query.before > 0)
        add(QStringLiteral("id < ?"), query.before);
    if (query.from)
        add(QStringLiteral("at >= ?"), toMicros(*query.from));
    if (query.to)
        add(QStringLiteral("at < ?"), toMicros(*query.to));
    if (!query.events.isEmpty()) {
        // As one value, so that the number of events changes no statement.
        sql += QStringLiteral(" AND instr(?, char(10) || event || char(10)) > 0");
        values += u'\n' + query.events.join(u'\n') + u'\n';
    }
    if (!query.text.isEmpty())
        add(QStringLiteral("instr(lower(text), lower(?)) > 0"), query.text);
    if (query.onlyFailed)
        sql += QStringLiteral(" AND delivery LIKE 'failed%'");
    sql += QStringLiteral(" ORDER BY id DESC LIMIT ?");
    values += std::clamp(query.limit, 1, 500);
    return alertsOf(connection.run(sql, values));
}

} // namespace lbp::controlplane
