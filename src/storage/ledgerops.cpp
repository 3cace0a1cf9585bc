#include "storage/ledgerops.h"

#include <QDateTime>
#include <span>

namespace lbp {

namespace {

constexpr qsizetype openSeriesLimit = 200'000;
constexpr int raiseEvery = 4096; ///< requests
constexpr int raiseLooksAt = 2 * raiseEvery; ///< rows at a time: it catches up, and never holds up others
constexpr int flagStream = 1;
constexpr int flagClamped = 2;
constexpr int flagUnpriced = 4;

static_assert(int(Outcome::Open) == 0, "the statements below say 0");

/// One bit for each class of usage that is not zero. Most requests use two of the sixteen, and binding a
/// value costs as much as storing it: the others stay NULL, which is read as 0.
quint32 usedClasses(const Usage &usage)
{
    quint32 used = 0;
    for (size_t i = 0; i < usage.counts.size(); ++i)
        used |= usage.counts[i] != 0 ? quint32(1) << i : 0;
    return used;
}

/// The same for the other values that are often 0 or absent: in a whole row they stand in the text of the
/// statement then.
enum Often0 : quint32 {
    HasReserved = 1U << 16,
    HasEstimatedInput = 1U << 17,
    HasCeiling = 1U << 18,
    HasSaved = 1U << 19,
    HasRates = 1U << 20,
    HasPriceSource = 1U << 21,
    HasQueueUs = 1U << 22,
    HasTtftUs = 1U << 23,
    HasUpstreamId = 1U << 24,
    HasError = 1U << 25,
    HasAttempt = 1U << 26, ///< a further attempt: rare, so that a statement of its own binds it
};
static_assert(billingClassCount <= 16);
constexpr quint32 allOften0 = (HasError << 1) - HasReserved;

quint32 attemptOf(const OpenRow &row)
{
    return row.attemptOf.value == 0 ? 0U : quint32(HasAttempt);
}
quint32 valuesOf(const OpenRow &row)
{
    return (row.reserved.isZero() ? 0U : quint32(HasReserved))
        | (row.estimatedInputTokens == 0 ? 0U : quint32(HasEstimatedInput))
        | (row.ceiling == 0 ? 0U : quint32(HasCeiling)) | attemptOf(row);
}
quint32 valuesOf(const CloseRow &row)
{
    return usedClasses(row.usage) | (row.saved.isZero() ? 0U : quint32(HasSaved))
        | (row.rates ? quint32(HasRates) : 0U) | (row.priceSource.isEmpty() ? 0U : quint32(HasPriceSource))
        | (row.queueUs == 0 ? 0U : quint32(HasQueueUs)) | (row.ttftUs == 0 ? 0U : quint32(HasTtftUs))
        | (row.upstreamRequestId.isEmpty() ? 0U : quint32(HasUpstreamId))
        | (row.error.isEmpty() ? 0U : quint32(HasError));
}

/// A column, and what decides whether its value is bound: 0 when it always is. The order is that of binding.
struct Column
{
    const char *name;
    quint32 bit = 0;
    const char *otherwise = "0";
};
constexpr Column openColumns[] = {
    {"id"},
    {"series_id"},
    {"flags"},
    {"endpoint_id"},
    {"requested_model_id"},
    {"reserved", HasReserved},
    {"estimated_input", HasEstimatedInput},
    {"ceiling", HasCeiling},
    {"attempt_of", HasAttempt, "NULL"},
    {"attempt", HasAttempt, "NULL"},
};
constexpr Column closeColumns[] = {
    {"outcome"},
    {"provenance"},
    {"cost"},
    {"saved", HasSaved},
    {"status"},
    {"rates_id", HasRates},
    {"price_source_id", HasPriceSource},
    {"queue_us", HasQueueUs},
    {"ttft_us", HasTtftUs},
    {"duration_us"},
    {"upstream_request_id", HasUpstreamId, "NULL"},
    {"error", HasError, "NULL"},
};

/// Names and values of a statement that binds \a values.
struct Assignments
{
    QStringList names, values;
    int bound = 0;

    void add(std::span<const Column> columns, quint32 bits)
    {
        for (const Column &column : columns) {
            names += QLatin1String(column.name);
            values += column.bit == 0 || (bits & column.bit) ? placeholder(bound++)
                                                             : QString(QLatin1String(column.otherwise));
        }
    }
    void addUsage(quint32 bits)
    {
        for (int i = 0; i < billingClassCount; ++i) {
            if (!(bits & (quint32(1) << i)))
                continue;
            names += usageColumns().at(i);
            values += placeholder(bound++);
        }
    }
};

constexpr qsizetype variantLimit = 64; ///< prepared statements of each kind that are kept

QVariant textOrNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

} // namespace

RowWriter::RowWriter(SqlConnection &connection, QTimeZone zone)
    : m_connection(connection)
    , m_interner(connection)
    , m_packer(connection)
    , m_rollups(connection, m_packer, std::move(zone))
{
}

Status RowWriter::prepare()
{
    const auto opening = [](quint32 values) {
        Assignments columns;
        columns.add(openColumns, values);
        return QStringLiteral("INSERT OR IGNORE INTO requests (%1,outcome,provenance,room) "
                              "VALUES (%2,0,0,zeroblob(72))")
            .arg(columns.names.join(u','), columns.values.join(u','));
    };
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_begin, QStringLiteral("BEGIN IMMEDIATE")},
        {&m_commit, QStringLiteral("COMMIT")},
        {&m_rollback, QStringLiteral("ROLLBACK")},
        {&m_open, opening(allOften0)},
        {&m_openAttempt, opening(allOften0 | HasAttempt)},
        {&m_seriesOf, QStringLiteral("SELECT series_id FROM requests WHERE id=%1").arg(placeholder(0))},
        {&m_played,
         QStringLiteral("UPDATE meta SET value=%1 WHERE name='journal_sequence'").arg(placeholder(0))},
    };
    for (const auto &[query, sql] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *query = std::move(*prepared);
    }
    const Result<qint64> open = openFrom(m_connection);
    if (!open)
        return tl::unexpected(open.error());
    m_openFrom = *open;
    return m_packer.prepare();
}

Result<QSqlQuery *> RowWriter::variant(QHash<quint32, QSqlQuery> &kept, quint32 used, const QString &sql)
{
    if (kept.size() >= variantLimit)
        kept.clear();
    Result<QSqlQuery> prepared = m_connection.prepare(sql);
    if (!prepared)
        return tl::unexpected(prepared.error());
    return &*kept.insert(used, std::move(*prepared));
}

Result<QSqlQuery *> RowWriter::closing(quint32 used)
{
    if (const auto known = m_close.find(used); known != m_close.end())
        return &*known;
    Assignments set;
    set.add(closeColumns, allOften0);
    set.addUsage(used);
    QStringList changes;
    for (qsizetype i = 0; i < set.names.size(); ++i)
        changes += set.names[i] + u'=' + set.values[i];
    return variant(m_close, used,
                   QStringLiteral("UPDATE requests SET %1,room=NULL WHERE id=%2 AND outcome=0")
                       .arg(changes.join(u','), placeholder(set.bound)));
}

Result<QSqlQuery *> RowWriter::inserting(quint32 values)
{
    if (const auto known = m_whole.find(values); known != m_whole.end())
        return &*known;
    Assignments row;
    row.add(openColumns, values);
    row.add(closeColumns, values);
    row.addUsage(values);
    return variant(m_whole, values,
                   QStringLiteral("INSERT OR IGNORE INTO requests (%1) VALUES (%2)")
                       .arg(row.names.join(u','), row.values.join(u',')));
}

Status RowWriter::begin()
{
    return execute(m_begin, u"begin a transaction").map([](int) {});
}

Status RowWriter::commit()
{
    if (Status written = m_rollups.write(); !written)
        return written;
    if (m_addedSinceRaised >= raiseEvery)
        if (Status raised = raiseOpenFrom(); !raised)
            return raised;
    return execute(m_commit, u"commit").map([](int) {});
}

void RowWriter::rollback()
{
    // Fails when SQLite rolled back by itself, as it does when the disk is full: the same end.
    m_rollback.exec();
    m_rollups.discard();
    m_interner.forget();
    m_openSeries.clear();
    m_openFrom = std::numeric_limits<qint64>::max();
}

Result<bool> RowWriter::apply(const LedgerRow &row)
{
    if (const auto *opening = std::get_if<OpenRow>(&row))
        return open(*opening);
    if (const auto *closing = std::get_if<CloseRow>(&row))
        return close(*closing);
    const auto &both = std::get<ExchangeRow>(row);
    return whole(both.open, both.close);
}

Status RowWriter::played(quint64 sequence)
{
    m_played.bindValue(placeholder(0), QString::number(sequence));
    return execute(m_played, u"note what is written").map([](int) {});
}

Result<int> RowWriter::execute(QSqlQuery &query, QStringView doing)
{
    if (!query.exec())
        return tl::unexpected(sqlError(query.lastError(), doing));
    return query.numRowsAffected();
}

Result<int> RowWriter::bindOpen(QSqlQuery &query, const OpenRow &row, qint64 series, quint32 values)
{
    const Result<qint64> endpoint = m_interner.word(row.endpoint);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    const Result<qint64> requested = m_interner.word(row.requestedModel);
    if (!requested)
        return tl::unexpected(requested.error());
    int at = 0;
    query.bindValue(placeholder(at++), row.id.value);
    query.bindValue(placeholder(at++), series);
    query.bindValue(placeholder(at++),
                    (row.stream ? flagStream : 0) | (row.clamped ? flagClamped : 0)
                        | (row.unpriced ? flagUnpriced : 0));
    query.bindValue(placeholder(at++), *endpoint);
    query.bindValue(placeholder(at++), *requested);
    if (values & HasReserved)
        query.bindValue(placeholder(at++), row.reserved.picodollars());
    if (values & HasEstimatedInput)
        query.bindValue(placeholder(at++), row.estimatedInputTokens);
    if (values & HasCeiling)
        query.bindValue(placeholder(at++), row.ceiling);
    if (values & HasAttempt) {
        query.bindValue(placeholder(at++), row.attemptOf.value);
        query.bindValue(placeholder(at++), row.attempt);
    }
    return at;
}

Result<int> RowWriter::bindClose(QSqlQuery &query, int first, const CloseRow &row, quint32 values)
{
    const Result<qint64> rates = m_interner.rates(row.rates);
    if (!rates)
        return tl::unexpected(rates.error());
    const Result<qint64> source = m_interner.word(row.priceSource);
    if (!source)
        return tl::unexpected(source.error());
    int at = first;
    query.bindValue(placeholder(at++), int(row.outcome));
    query.bindValue(placeholder(at++), int(row.provenance));
    query.bindValue(placeholder(at++), row.cost ? QVariant(row.cost->picodollars()) : QVariant());
    if (values & HasSaved)
        query.bindValue(placeholder(at++), row.saved.picodollars());
    query.bindValue(placeholder(at++), row.status);
    if (values & HasRates)
        query.bindValue(placeholder(at++), *rates);
    if (values & HasPriceSource)
        query.bindValue(placeholder(at++), *source);
    if (values & HasQueueUs)
        query.bindValue(placeholder(at++), row.queueUs);
    if (values & HasTtftUs)
        query.bindValue(placeholder(at++), row.ttftUs);
    query.bindValue(placeholder(at++), row.durationUs);
    if (values & HasUpstreamId)
        query.bindValue(placeholder(at++), textOrNull(row.upstreamRequestId));
    if (values & HasError)
        query.bindValue(placeholder(at++), textOrNull(row.error));
    for (const qint64 count : row.usage.counts) {
        if (count != 0)
            query.bindValue(placeholder(at++), count);
    }
    return at;
}

Result<bool> RowWriter::open(const OpenRow &row)
{
    const Result<qint64> series = m_interner.series(row.series);
    if (!series)
        return tl::unexpected(series.error());
    const quint32 attempt = attemptOf(row);
    QSqlQuery &query = attempt ? m_openAttempt : m_open;
    if (const Result<int> bound = bindOpen(query, row, *series, allOften0 | attempt); !bound)
        return tl::unexpected(bound.error());
    const Result<int> inserted = execute(query, u"write a reservation");
    if (!inserted)
        return tl::unexpected(inserted.error());
    if (*inserted == 0)
        return false;
    if (row.id.value < m_openFrom)
        if (Status lowered = lowerOpenFrom(row.id.value); !lowered)
            return tl::unexpected(lowered.error());
    ++m_addedSinceRaised;
    if (m_openSeries.size() >= openSeriesLimit)
        m_openSeries.clear();
    m_openSeries.insert(row.id.value, *series);
    return true;
}

Result<bool> RowWriter::close(const CloseRow &row)
{
    Q_ASSERT(row.outcome != Outcome::Open);
    qint64 series = m_openSeries.take(row.id.value);
    if (series == 0) {
        const Result<qint64> found = seriesOf(row.id);
        if (!found)
            return tl::unexpected(found.error());
        series = *found;
    }
    if (series == 0)
        return false;
    const Result<QSqlQuery *> query = closing(usedClasses(row.usage));
    if (!query)
        return tl::unexpected(query.error());
    const Result<int> bound = bindClose(**query, 0, row, allOften0);
    if (!bound)
        return tl::unexpected(bound.error());
    (*query)->bindValue(placeholder(*bound), row.id.value);
    const Result<int> changed = execute(**query, u"write a settlement");
    if (!changed)
        return tl::unexpected(changed.error());
    if (*changed == 1)
        m_rollups.add(row.id.time(), series, RollupSums::of(row));
    return true;
}

Result<bool> RowWriter::whole(const OpenRow &open, const CloseRow &close)
{
    Q_ASSERT(close.outcome != Outcome::Open);
    const Result<qint64> series = m_interner.series(open.series);
    if (!series)
        return tl::unexpected(series.error());
    const quint32 values = valuesOf(open) | valuesOf(close);
    const Result<QSqlQuery *> query = inserting(values);
    if (!query)
        return tl::unexpected(query.error());
    const Result<int> bound = bindOpen(**query, open, *series, values).and_then([&](int next) {
        return bindClose(**query, next, close, values);
    });
    if (!bound)
        return tl::unexpected(bound.error());
    const Result<int> inserted = execute(**query, u"write a request");
    if (!inserted)
        return tl::unexpected(inserted.error());
    if (*inserted == 0)
        return false;
    ++m_addedSinceRaised;
    m_rollups.add(open.id.time(), *series, RollupSums::of(close));
    return true;
}

Status RowWriter::lowerOpenFrom(qint64 id)
{
    m_openFrom = id;
    return m_connection
        .run(QStringLiteral(
                 "INSERT INTO meta (name, value) VALUES ('open_from', ?) ON CONFLICT (name) DO UPDATE "
                 "SET value = excluded.value WHERE CAST(value AS INTEGER) > ?"),
             {QString::number(id), id})
        .map([](const QSqlQuery &) {});
}

/// Inside a transaction: what was opened in it counts too.
Status RowWriter::raiseOpenFrom()
{
    m_addedSinceRaised = 0;
    const Result<qint64> from = openFrom(m_connection);
    if (!from)
        return tl::unexpected(from.error());
    Result<QSqlQuery> looked = m_connection.run(
        QStringLiteral("SELECT min(id) FILTER (WHERE outcome = 0), max(id) + 1 FROM "
                       "(SELECT id, outcome FROM requests WHERE id >= ? ORDER BY id LIMIT ?)"),
        {*from, raiseLooksAt});
    if (!looked)
        return tl::unexpected(looked.error());
    if (!looked->next() || looked->isNull(1))
        return {};
    const qint64 raised = looked->value(looked->isNull(0) ? 1 : 0).toLongLong();
    looked->finish();
    m_openFrom = raised;
    return m_connection
        .run(QStringLiteral("INSERT OR REPLACE INTO meta (name, value) VALUES ('open_from', ?)"),
             {QString::number(raised)})
        .map([](const QSqlQuery &) {});
}

Result<qint64> RowWriter::seriesOf(RequestId id)
{
    m_seriesOf.bindValue(placeholder(0), id.value);
    if (!m_seriesOf.exec())
        return tl::unexpected(sqlError(m_seriesOf.lastError(), u"find a request"));
    const qint64 series = m_seriesOf.next() ? m_seriesOf.value(0).toLongLong() : 0;
    m_seriesOf.finish();
    return series;
}

Result<int> RowWriter::recoverOpen(Instant now)
{
    const auto work = [&]() -> Result<int> {
        int recovered = 0;
        const Result<qint64> from = openFrom(m_connection);
        if (!from)
            return tl::unexpected(from.error());
        {
            Result<QSqlQuery> rows = m_connection.run(
                QStringLiteral(
                    "SELECT id, series_id, reserved, flags FROM requests WHERE id >= ? AND outcome = 0"),
                {*from});
            if (!rows)
                return tl::unexpected(rows.error());
            CloseRow closing;
            closing.outcome = Outcome::Recovered;
            while (rows->next()) {
                // Nothing was reserved for a request without a price, and its cost stays unknown.
                const bool unpriced = (rows->value(3).toInt() & flagUnpriced) != 0;
                closing.provenance = unpriced ? Provenance::Unpriced : Provenance::Recovered;
                closing.cost = unpriced ? std::nullopt
                                        : std::optional(Money::fromPicodollars(rows->value(2).toLongLong()));
                m_rollups.add(RequestId{rows->value(0).toLongLong()}.time(), rows->value(1).toLongLong(),
                              RollupSums::of(closing));
                ++recovered;
            }
            if (rows->lastError().isValid())
                return tl::unexpected(sqlError(rows->lastError(), u"read what was open"));
        }
        if (recovered == 0)
            return 0;
        const QString noted =
            QStringLiteral("found open at the start of %1; booked in full")
                .arg(QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1000, Qt::UTC).toString(Qt::ISODate));
        QStringList noUsage;
        for (const QString &column : usageColumns())
            noUsage += column + QLatin1String("=0");
        const auto updated = m_connection.run(
            QStringLiteral("UPDATE requests SET outcome=?, provenance=iif(flags & %2, ?, ?), "
                           "cost=iif(flags & %2, NULL, reserved), saved=0, status=0, rates_id=0, "
                           "price_source_id=0, queue_us=0, ttft_us=0, duration_us=0, error=?, room=NULL, %1 "
                           "WHERE id >= ? AND outcome = 0")
                .arg(noUsage.join(u','))
                .arg(flagUnpriced),
            {int(Outcome::Recovered), int(Provenance::Unpriced), int(Provenance::Recovered), noted, *from});
        if (!updated)
            return tl::unexpected(updated.error());
        return m_rollups.write().map([&] { return recovered; });
    };
    Result<int> result = m_connection.transaction(work);
    m_rollups.discard();
    m_openSeries.clear();
    return result;
}

Status RowWriter::correctCost(RequestId id, Money cost)
{
    if (cost.isNegative())
        return fail(ErrorCode::InvalidValue, QStringLiteral("a cost cannot be negative"));
    return m_connection.transaction([&]() -> Status {
        Outcome outcome{};
        Provenance provenance{};
        std::optional<Money> before;
        qint64 series = 0;
        {
            Result<QSqlQuery> row = m_connection.run(
                QStringLiteral("SELECT outcome, provenance, cost, series_id FROM requests WHERE id = ?"),
                {id.value});
            if (!row)
                return tl::unexpected(row.error());
            if (!row->next())
                return fail(ErrorCode::NotFound,
                            QStringLiteral("there is no request %1").arg(QLatin1String(id.toText())));
            outcome = Outcome(row->value(0).toInt());
            provenance = Provenance(row->value(1).toInt());
            if (!row->isNull(2))
                before = Money::fromPicodollars(row->value(2).toLongLong());
            series = row->value(3).toLongLong();
        }
        if (outcome == Outcome::Open)
            return fail(ErrorCode::Conflict,
                        QStringLiteral("request %1 has not ended; its cost can be corrected then")
                            .arg(QLatin1String(id.toText())));
        const auto updated =
            m_connection.run(QStringLiteral("UPDATE requests SET cost=?, provenance=? WHERE id=?"),
                             {cost.picodollars(), int(Provenance::Exact), id.value});
        if (!updated)
            return tl::unexpected(updated.error());
        CloseRow was, is;
        was.provenance = provenance;
        was.cost = before;
        is.cost = cost;
        RollupSums change = RollupSums::of(was).negated();
        change.add(RollupSums::of(is));
        return adjustRollups(m_connection, m_packer, m_rollups.days(), id.time(), series, change);
    });
}

Result<qint64> openFrom(SqlConnection &connection)
{
    return connection.scalar(QStringLiteral("SELECT value FROM meta WHERE name = 'open_from'"))
        .map([](const QVariant &value) { return value.toLongLong(); });
}

Result<Instant> quartersFrom(SqlConnection &connection)
{
    return connection.scalar(QStringLiteral("SELECT value FROM meta WHERE name = 'quarters_from'"))
        .map([](const QVariant &value) { return fromMicros(value.toLongLong()); });
}

Result<PruneStep> pruneStep(SqlConnection &connection, LocalDays &days, Instant before, int limit)
{
    return connection.transaction([&]() -> Result<PruneStep> {
        const Result<QSqlQuery> deleted = connection.run(
            QStringLiteral("DELETE FROM requests WHERE id IN "
                           "(SELECT id FROM requests WHERE id < ? AND outcome <> 0 ORDER BY id LIMIT ?)"),
            {RequestId::firstAt(before).value, limit});
        if (!deleted)
            return tl::unexpected(deleted.error());
        if (deleted->numRowsAffected() > 0)
            return PruneStep{deleted->numRowsAffected(), false};

        const Result<QVariant> newest =
            connection.scalar(QStringLiteral("SELECT max(bucket) FROM rollup_quarter"));
        if (!newest)
            return tl::unexpected(newest.error());
        // On the border of a day, so that what is summed by quarters and what by days never overlap.
        const Instant kept = fromMicros(newest->toLongLong()) - std::chrono::days(62);
        const Instant border = days.startOf(days.dayOf(std::min(before, kept)));
        const Result<QVariant> oldest =
            connection.scalar(QStringLiteral("SELECT min(bucket) FROM rollup_quarter"));
        if (!oldest)
            return tl::unexpected(oldest.error());
        if (newest->isNull() || oldest->toLongLong() >= toMicros(border)) {
            const auto shortened = connection.run(
                QStringLiteral("DELETE FROM alerts WHERE id <= (SELECT max(id) FROM alerts) - 10000"));
            if (!shortened)
                return tl::unexpected(shortened.error());
            return PruneStep{0, true};
        }
        const auto marked = connection.run(
            QStringLiteral("INSERT OR REPLACE INTO meta (name, value) VALUES ('quarters_from', ?)"),
            {QString::number(toMicros(border))});
        if (!marked)
            return tl::unexpected(marked.error());
        const auto forgotten =
            connection.run(QStringLiteral("DELETE FROM rollup_packed WHERE level = ? AND place <= ?"),
                           {int(RollupLevel::Quarter), *oldest});
        if (!forgotten)
            return tl::unexpected(forgotten.error());
        return connection
            .run(QStringLiteral("DELETE FROM rollup_quarter WHERE bucket = ? AND series_id IN "
                                "(SELECT series_id FROM rollup_quarter WHERE bucket = ? LIMIT ?)"),
                 {*oldest, *oldest, limit})
            .map([](const QSqlQuery &) {
                return PruneStep{0, false};
            });
    });
}

} // namespace lbp
