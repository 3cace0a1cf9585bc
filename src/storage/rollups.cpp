#include "storage/rollups.h"

#include "storage/packedsums.h"

namespace lbp {

namespace {

/// `+` of SQLite turns into floating point when it overflows; sums stay integers and stop at the end of their
/// range.
QString saturatedSum(const QString &column, const QString &addend)
{
    return QStringLiteral("iif(typeof(%1 + %2) = 'integer', %1 + %2, "
                          "iif(%2 > 0, 9223372036854775807, -9223372036854775808))")
        .arg(column, addend);
}

/// Binds bucket, series, then one value for each of \a columns, a set of bits.
QString upsertSql(const QString &table, const QString &bucket, quint32 columns)
{
    QStringList values{placeholder(0), placeholder(1)};
    QStringList updates;
    int bound = 2;
    for (qsizetype i = 0; i < rollupColumns().size(); ++i) {
        const QString &column = rollupColumns()[i];
        if (((columns >> i) & 1) == 0) {
            values += QStringLiteral("0");
            continue;
        }
        values += placeholder(bound++);
        updates += column + QLatin1String(" = ") + saturatedSum(column, QLatin1String("excluded.") + column);
    }
    return QStringLiteral("INSERT INTO %1 (%2, series_id, %3) VALUES (%4) ON CONFLICT (%2, series_id) DO %5")
        .arg(table, bucket, rollupColumns().join(u','), values.join(u','),
             updates.isEmpty() ? QStringLiteral("NOTHING")
                               : QStringLiteral("UPDATE SET ") + updates.join(u','));
}

constexpr quint32 allColumns = (quint32{1} << RollupSums::columnCount) - 1;
constexpr qsizetype upsertsKept = 32;

} // namespace

const QStringList &usageColumns()
{
    static_assert(billingClassCount == 16, "a new class needs a column, by a migration");
    static const QStringList names{
        QStringLiteral("uncached_input"),   QStringLiteral("cached_input"),
        QStringLiteral("cache_write_5m"),   QStringLiteral("cache_write_1h"),
        QStringLiteral("output"),           QStringLiteral("reasoning"),
        QStringLiteral("audio_input"),      QStringLiteral("audio_output"),
        QStringLiteral("image_input"),      QStringLiteral("image_output"),
        QStringLiteral("web_search_calls"), QStringLiteral("file_search_calls"),
        QStringLiteral("code_sessions"),    QStringLiteral("speech_characters"),
        QStringLiteral("audio_seconds"),    QStringLiteral("generated_images"),
    };
    return names;
}

const QStringList &rollupColumns()
{
    static const QStringList names =
        QStringList{QStringLiteral("requests"),  QStringLiteral("cost"),      QStringLiteral("saved"),
                    QStringLiteral("unpriced"),  QStringLiteral("estimated"), QStringLiteral("errors"),
                    QStringLiteral("cache_hits")}
        + usageColumns();
    return names;
}

RollupSums RollupSums::of(const CloseRow &row)
{
    RollupSums sums;
    auto &v = sums.values;
    v[Requests] = 1;
    v[Cost] = row.cost ? row.cost->picodollars() : 0;
    v[Saved] = row.saved.picodollars();
    v[Unpriced] = row.cost ? 0 : 1;
    v[Estimated] = row.provenance == Provenance::Estimated || row.provenance == Provenance::Recovered ? 1 : 0;
    v[Errors] =
        row.status >= 400 || row.outcome == Outcome::UpstreamError || row.outcome == Outcome::UpstreamFailed;
    v[CacheHits] = row.outcome == Outcome::CacheHit ? 1 : 0;
    for (size_t i = 0; i < billingClassCount; ++i)
        v[FirstUsage + i] = row.usage.counts[i];
    return sums;
}

void RollupSums::add(const RollupSums &other)
{
    for (size_t i = 0; i < columnCount; ++i)
        values[i] = saturated(values[i], other.values[i]);
}

RollupSums RollupSums::negated() const
{
    RollupSums result;
    for (size_t i = 0; i < columnCount; ++i)
        result.values[i] =
            values[i] == std::numeric_limits<qint64>::min() ? std::numeric_limits<qint64>::max() : -values[i];
    return result;
}

RollupBook::RollupBook(SqlConnection &connection, SumsPacker &packer, QTimeZone zone)
    : m_connection(connection)
    , m_packer(packer)
    , m_days(std::move(zone))
{
}

void RollupBook::add(Instant at, qint64 series, const RollupSums &sums)
{
    m_quarters[{quarterOf(at), series}].add(sums);
}

Status RollupBook::write()
{
    if (m_quarters.empty())
        return {};
    Sums days;
    for (const auto &[place, sums] : m_quarters)
        days[{m_days.dayOf(fromMicros(place.first)), place.second}].add(sums);
    m_packer.sawQuarter(m_quarters.rbegin()->first.first);
    Status written = writeAll(m_upsertQuarter, RollupLevel::Quarter, m_quarters);
    if (written)
        written = writeAll(m_upsertDay, RollupLevel::Day, days);
    m_quarters.clear();
    return written;
}

Result<QSqlQuery *> RollupBook::upsertFor(Upserts &upserts, RollupLevel level, quint32 columns)
{
    if (const auto known = upserts.find(columns); known != upserts.end())
        return &*known;
    const bool isQuarter = level == RollupLevel::Quarter;
    Result<QSqlQuery> prepared = m_connection.prepare(
        upsertSql(isQuarter ? QStringLiteral("rollup_quarter") : QStringLiteral("rollup_day"),
                  isQuarter ? QStringLiteral("bucket") : QStringLiteral("day"), columns));
    if (!prepared)
        return tl::unexpected(prepared.error());
    if (upserts.size() >= upsertsKept)
        upserts.clear();
    return &*upserts.insert(columns, std::move(*prepared));
}

Status RollupBook::writeAll(Upserts &upserts, RollupLevel level, const Sums &sums)
{
    std::optional<qint64> marked;
    for (const auto &[place, row] : sums) {
        if (marked != place.first)
            if (Status changed = m_packer.changed(level, place.first); !changed)
                return changed;
        marked = place.first;
        quint32 columns = 0;
        for (size_t i = 0; i < RollupSums::columnCount; ++i)
            if (row.values[i] != 0)
                columns |= quint32{1} << i;
        const Result<QSqlQuery *> upsert = upsertFor(upserts, level, columns);
        if (!upsert)
            return tl::unexpected(upsert.error());
        int bound = 0;
        (*upsert)->bindValue(placeholder(bound++), place.first);
        (*upsert)->bindValue(placeholder(bound++), place.second);
        for (const qint64 value : row.values)
            if (value != 0)
                (*upsert)->bindValue(placeholder(bound++), value);
        if (!(*upsert)->exec())
            return tl::unexpected(sqlError((*upsert)->lastError(), u"add to its sums"));
    }
    return {};
}

Status regroupDays(SqlConnection &connection, const QTimeZone &from, const QTimeZone &to)
{
    LocalDays oldDays(from);
    LocalDays newDays(to);
    std::map<std::pair<qint64, qint64>, RollupSums> changes;
    {
        Result<QSqlQuery> quarters =
            connection.run(QStringLiteral("SELECT bucket, series_id, %1 FROM rollup_quarter")
                               .arg(rollupColumns().join(u',')));
        if (!quarters)
            return tl::unexpected(quarters.error());
        while (quarters->next()) {
            const Instant at = fromMicros(quarters->value(0).toLongLong());
            const qint64 series = quarters->value(1).toLongLong();
            const DayNumber before = oldDays.dayOf(at);
            const DayNumber after = newDays.dayOf(at);
            if (before == after)
                continue;
            RollupSums sums;
            for (size_t i = 0; i < RollupSums::columnCount; ++i)
                sums.values[i] = quarters->value(int(i) + 2).toLongLong();
            changes[{before, series}].add(sums.negated());
            changes[{after, series}].add(sums);
        }
        if (quarters->lastError().isValid())
            return tl::unexpected(sqlError(quarters->lastError(), u"read its sums"));
    }
    Result<QSqlQuery> upsert =
        connection.prepare(upsertSql(QStringLiteral("rollup_day"), QStringLiteral("day"), allColumns));
    if (!upsert)
        return tl::unexpected(upsert.error());
    for (const auto &[place, sums] : changes) {
        upsert->bindValue(placeholder(0), place.first);
        upsert->bindValue(placeholder(1), place.second);
        for (size_t i = 0; i < RollupSums::columnCount; ++i)
            upsert->bindValue(placeholder(int(i) + 2), sums.values[i]);
        if (!upsert->exec())
            return tl::unexpected(sqlError(upsert->lastError(), u"regroup its days"));
    }
    if (Status forgotten = forgetPackedDays(connection); !forgotten)
        return forgotten;
    return connection.exec(QStringLiteral("DELETE FROM rollup_day WHERE requests = 0"));
}

Status adjustRollups(SqlConnection &connection, SumsPacker &packer, LocalDays &days, Instant at,
                     qint64 series, const RollupSums &change)
{
    QStringList updates;
    for (size_t i = 0; i < RollupSums::columnCount; ++i) {
        const QString &column = rollupColumns()[qsizetype(i)];
        if (change.values[i] != 0)
            updates +=
                column + QLatin1String(" = ") + saturatedSum(column, QString::number(change.values[i]));
    }
    if (updates.isEmpty())
        return {};
    const auto apply = [&](const QString &table, const QString &bucket, qint64 place) -> Status {
        return connection
            .run(QStringLiteral("UPDATE %1 SET %2 WHERE %3 = ? AND series_id = ?")
                     .arg(table, updates.join(u','), bucket),
                 {place, series})
            .map([](const QSqlQuery &) {});
    };
    const DayNumber day = days.dayOf(at);
    return packer.changed(RollupLevel::Quarter, quarterOf(at))
        .and_then([&] { return packer.changed(RollupLevel::Day, day); })
        .and_then(
            [&] { return apply(QStringLiteral("rollup_quarter"), QStringLiteral("bucket"), quarterOf(at)); })
        .and_then([&] { return apply(QStringLiteral("rollup_day"), QStringLiteral("day"), day); });
}

} // namespace lbp
