#include "storage/reports.h"

#include "storage/ledgerops.h"

#include <functional>
#include <QDateTime>

namespace lbp::reports {

namespace {

/// Beyond any clock, and small enough for every sum and shift here.
constexpr Instant endOfTime = fromMicros(qint64{1} << 52);

Instant clamped(Instant t)
{
    return std::clamp(t, fromMicros(0), endOfTime);
}

/// What of the rollups covers a range: quarters, whole days, quarters.
struct Cover
{
    Instant headFrom, headTo;
    DayNumber dayFrom = 0, dayTo = 0;
    Instant tailFrom, tailTo;
};

Cover coverOf(LocalDays &days, Instant from, Instant to, Instant quarters)
{
    from = fromMicros(quarterOf(from));
    to = fromMicros(quarterOf(to - Duration(1)) + quarterMicros);
    Cover cover;
    if (from < quarters) {
        cover.dayFrom = days.dayOf(from);
        cover.headFrom = cover.headTo = from;
    } else {
        cover.dayFrom = days.firstDayFrom(from);
        cover.headFrom = from;
        cover.headTo = std::min(to, days.startOf(cover.dayFrom));
    }
    if (to < quarters)
        cover.dayTo = days.firstDayFrom(to);
    else
        cover.dayTo = days.dayOf(to); // the day `to` lies in is not whole
    if (cover.dayTo < cover.dayFrom)
        cover.dayTo = cover.dayFrom;
    cover.tailFrom = std::max({cover.headTo, days.startOf(cover.dayTo), quarters});
    cover.tailTo = to;
    return cover;
}

QString seriesColumn(GroupBy groupBy)
{
    switch (groupBy) {
    case GroupBy::Key:
        return QStringLiteral("key_id");
    case GroupBy::Team:
        return QStringLiteral("team");
    case GroupBy::Model:
        return QStringLiteral("model");
    case GroupBy::Project:
        return QStringLiteral("project");
    case GroupBy::Day:
    case GroupBy::Hour:
    case GroupBy::Total:
        break;
    }
    return {};
}

Result<QHash<qint64, QString>> seriesGroups(SqlConnection &connection, GroupBy groupBy)
{
    QHash<qint64, QString> groups;
    Result<QSqlQuery> rows =
        connection.run(QStringLiteral("SELECT id, %1 FROM series").arg(seriesColumn(groupBy)));
    if (!rows)
        return tl::unexpected(rows.error());
    while (rows->next())
        groups.insert(rows->value(0).toLongLong(), rows->value(1).toString());
    return groups;
}

Result<QHash<QString, QString>> keyNames(SqlConnection &connection)
{
    QHash<QString, QString> names;
    Result<QSqlQuery> rows = connection.run(QStringLiteral("SELECT id, name FROM keys"));
    if (!rows)
        return tl::unexpected(rows.error());
    while (rows->next())
        names.insert(rows->value(0).toString(), rows->value(1).toString());
    return names;
}

using Visit = std::function<void(qint64 bucket, qint64 series, const RollupSums &sums)>;

/// Reads the rows with bucket in [from, to) and hands them out one by one.
Status scan(SqlConnection &connection, const QString &table, const QString &bucket, qint64 from, qint64 to,
            const Visit &visit)
{
    if (from >= to)
        return {};
    Result<QSqlQuery> rows =
        connection.run(QStringLiteral("SELECT %1, series_id, %2 FROM %3 WHERE %1 >= ? AND %1 < ?")
                           .arg(bucket, rollupColumns().join(u','), table),
                       {from, to});
    if (!rows)
        return tl::unexpected(rows.error());
    RollupSums sums;
    while (rows->next()) {
        for (size_t i = 0; i < RollupSums::columnCount; ++i)
            sums.values[i] = rows->value(int(i) + 2).toLongLong();
        visit(rows->value(0).toLongLong(), rows->value(1).toLongLong(), sums);
    }
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its sums"));
    return {};
}

Status scanQuarters(SqlConnection &connection, Instant from, Instant to, const Visit &visit)
{
    return scan(connection, QStringLiteral("rollup_quarter"), QStringLiteral("bucket"), toMicros(from),
                toMicros(to), visit);
}

Status scanDays(SqlConnection &connection, DayNumber from, DayNumber to, const Visit &visit)
{
    return scan(connection, QStringLiteral("rollup_day"), QStringLiteral("day"), from, to, visit);
}

QString timeText(Instant t)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(t) / 1000, Qt::UTC).toString(Qt::ISODate);
}

UsageSum usageSum(const QString &group, const QString &label, const RollupSums &sums)
{
    const auto &v = sums.values;
    UsageSum sum;
    sum.group = group;
    sum.label = label;
    sum.requests = v[RollupSums::Requests];
    sum.cost = Money::fromPicodollars(v[RollupSums::Cost]);
    sum.saved = Money::fromPicodollars(v[RollupSums::Saved]);
    sum.unpriced = v[RollupSums::Unpriced];
    sum.estimated = v[RollupSums::Estimated];
    sum.errors = v[RollupSums::Errors];
    sum.cacheHits = v[RollupSums::CacheHits];
    for (size_t i = 0; i < billingClassCount; ++i)
        sum.usage.counts[i] = v[RollupSums::FirstUsage + i];
    return sum;
}

/// Sums by the start of local days or hours.
Result<QList<UsageSum>> usageByTime(SqlConnection &connection, LocalDays &days, Instant from, Instant to,
                                    GroupBy groupBy, const QTimeZone &zone, Instant quarters)
{
    std::map<Instant, RollupSums> groups;
    const bool hasOwnDays = zone == days.zone();
    LocalDays wanted(zone);
    const auto addDay = [&](qint64 day, qint64, const RollupSums &sums) {
        groups[days.startOf(day)].add(sums);
    };
    const auto addQuarter = [&](qint64 bucket, qint64, const RollupSums &sums) {
        const Instant at = fromMicros(bucket);
        groups[groupBy == GroupBy::Hour ? wanted.hourOf(at) : wanted.startOf(wanted.dayOf(at))].add(sums);
    };
    Status done;
    if (groupBy == GroupBy::Day && hasOwnDays) {
        const Cover cover = coverOf(days, from, to, quarters);
        done =
            scanQuarters(connection, cover.headFrom, cover.headTo, addQuarter)
                .and_then([&] { return scanDays(connection, cover.dayFrom, cover.dayTo, addDay); })
                .and_then([&] { return scanQuarters(connection, cover.tailFrom, cover.tailTo, addQuarter); });
    } else {
        const Instant start = fromMicros(quarterOf(from));
        const Instant end = fromMicros(quarterOf(to - Duration(1)) + quarterMicros);
        if (start < quarters)
            done =
                scanDays(connection, days.dayOf(start), days.firstDayFrom(std::min(end, quarters)), addDay);
        if (done)
            done = scanQuarters(connection, std::max(start, quarters), end, addQuarter);
    }
    if (!done)
        return tl::unexpected(done.error());
    QList<UsageSum> result;
    for (const auto &[start, sums] : groups)
        result += usageSum(timeText(start), timeText(start), sums);
    return result;
}

} // namespace

Result<QList<SpentSum>> spentSince(SqlConnection &connection, LocalDays &days, Instant from)
{
    const Result<Instant> quarters = quartersFrom(connection);
    if (!quarters)
        return tl::unexpected(quarters.error());
    const Cover cover = coverOf(days, clamped(from), endOfTime, *quarters);
    QHash<qint64, Money> bySeries;
    const auto sumUp = [&](const QString &table, const QString &bucket, qint64 begin, qint64 end) -> Status {
        if (begin >= end)
            return {};
        Result<QSqlQuery> rows = connection.run(
            QStringLiteral("SELECT series_id, cost FROM %1 WHERE %2 >= ? AND %2 < ?").arg(table, bucket),
            {begin, end});
        if (!rows)
            return tl::unexpected(rows.error());
        while (rows->next()) {
            Money &spent = bySeries[rows->value(0).toLongLong()];
            spent = spent.plusSaturated(Money::fromPicodollars(rows->value(1).toLongLong()));
        }
        if (rows->lastError().isValid())
            return tl::unexpected(sqlError(rows->lastError(), u"read what was spent"));
        return {};
    };
    const Status summed = sumUp(QStringLiteral("rollup_quarter"), QStringLiteral("bucket"),
                                toMicros(cover.headFrom), toMicros(cover.headTo))
                              .and_then([&] {
                                  return sumUp(QStringLiteral("rollup_day"), QStringLiteral("day"),
                                               cover.dayFrom, std::numeric_limits<qint64>::max());
                              });
    if (!summed)
        return tl::unexpected(summed.error());

    std::map<std::tuple<KeyId, QString, QString>, Money> groups;
    Result<QSqlQuery> series = connection.run(QStringLiteral("SELECT id, key_id, team, project FROM series"));
    if (!series)
        return tl::unexpected(series.error());
    while (series->next()) {
        const auto spent = bySeries.constFind(series->value(0).toLongLong());
        if (spent == bySeries.constEnd())
            continue;
        Money &sum =
            groups[{series->value(1).toLongLong(), series->value(2).toString(), series->value(3).toString()}];
        sum = sum.plusSaturated(*spent);
    }
    QList<SpentSum> result;
    for (const auto &[who, spent] : groups)
        result += SpentSum{std::get<0>(who), std::get<1>(who), std::get<2>(who), spent};
    return result;
}

Result<QList<UsageSum>> usage(SqlConnection &connection, LocalDays &days, Instant from, Instant to,
                              GroupBy groupBy, const QTimeZone &zone)
{
    if (from >= to)
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("the range is empty: \"from\" must lie before \"to\""));
    from = clamped(from);
    to = std::max(clamped(to), from + Duration(1));
    const Result<Instant> quarters = quartersFrom(connection);
    if (!quarters)
        return tl::unexpected(quarters.error());
    if (groupBy == GroupBy::Day || groupBy == GroupBy::Hour)
        return usageByTime(connection, days, from, to, groupBy, zone.isValid() ? zone : days.zone(),
                           *quarters);

    std::map<qint64, RollupSums> bySeries;
    const bool isTotal = groupBy == GroupBy::Total;
    const auto add = [&](qint64, qint64 series, const RollupSums &sums) {
        bySeries[isTotal ? 0 : series].add(sums);
    };
    const Cover cover = coverOf(days, from, to, *quarters);
    const Status done =
        scanQuarters(connection, cover.headFrom, cover.headTo, add)
            .and_then([&] { return scanDays(connection, cover.dayFrom, cover.dayTo, add); })
            .and_then([&] { return scanQuarters(connection, cover.tailFrom, cover.tailTo, add); });
    if (!done)
        return tl::unexpected(done.error());
    if (isTotal)
        return QList<UsageSum>{usageSum({}, {}, bySeries[0])};

    const Result<QHash<qint64, QString>> names = seriesGroups(connection, groupBy);
    if (!names)
        return tl::unexpected(names.error());
    std::map<QString, RollupSums> groups;
    for (const auto &[series, sums] : bySeries)
        groups[names->value(series)].add(sums);
    QHash<QString, QString> labels;
    if (groupBy == GroupBy::Key) {
        Result<QHash<QString, QString>> known = keyNames(connection);
        if (!known)
            return tl::unexpected(known.error());
        labels = std::move(*known);
    }
    QList<UsageSum> result;
    for (const auto &[group, sums] : groups)
        result += usageSum(group, labels.value(group, group), sums);
    std::stable_sort(result.begin(), result.end(),
                     [](const UsageSum &a, const UsageSum &b) { return a.cost > b.cost; });
    return result;
}

} // namespace lbp::reports
