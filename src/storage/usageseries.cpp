#include "storage/usageseries.h"

#include "storage/ledgerops.h"
#include "storage/requestcondition.h"
#include "storage/rollupcover.h"

#include <algorithm>

namespace lbp {

void UsageTotals::add(const UsageTotals &other)
{
    requests = saturated(requests, other.requests);
    for (size_t i = 0; i < usage.counts.size(); ++i)
        usage.counts[i] = saturated(usage.counts[i], other.usage.counts[i]);
    cost = cost.plusSaturated(other.cost);
    saved = saved.plusSaturated(other.saved);
    unpriced = saturated(unpriced, other.unpriced);
    estimated = saturated(estimated, other.estimated);
    errors = saturated(errors, other.errors);
    cacheHits = saturated(cacheHits, other.cacheHits);
}

namespace reports {

namespace {

constexpr qint32 outside = -1;
constexpr int mostBuckets = 5'000;

UsageTotals totalsOf(const RollupSums &sums)
{
    const auto &v = sums.values;
    UsageTotals totals;
    totals.requests = v[RollupSums::Requests];
    totals.cost = Money::fromPicodollars(v[RollupSums::Cost]);
    totals.saved = Money::fromPicodollars(v[RollupSums::Saved]);
    totals.unpriced = v[RollupSums::Unpriced];
    totals.estimated = v[RollupSums::Estimated];
    totals.errors = v[RollupSums::Errors];
    totals.cacheHits = v[RollupSums::CacheHits];
    for (size_t i = 0; i < billingClassCount; ++i)
        totals.usage.counts[i] = v[RollupSums::FirstUsage + i];
    return totals;
}

QString groupOf(const SeriesIndex::Labels &labels, SplitBy splitBy)
{
    switch (splitBy) {
    case SplitBy::Key:
        return QString::number(labels.key);
    case SplitBy::Team:
        return labels.team;
    case SplitBy::Model:
        return labels.model;
    case SplitBy::Project:
        return labels.project;
    case SplitBy::Provider:
        return labels.provider;
    case SplitBy::Nothing:
        break;
    }
    return {};
}

/// Which line each series is drawn in.
struct Lines
{
    QStringList groups;
    std::vector<qint32> ofSeries; ///< outside: not in the scope

    Lines(const std::vector<SeriesIndex::Labels> &series, const UsageSeriesQuery &query)
    {
        QHash<QString, qint32> numbers;
        ofSeries.reserve(series.size());
        for (size_t i = 0; i < series.size(); ++i) {
            if (i == 0 || !isIn(query.scope, series[i])) {
                ofSeries.push_back(outside);
                continue;
            }
            const QString group = groupOf(series[i], query.splitBy);
            const auto known = numbers.constFind(group);
            ofSeries.push_back(known != numbers.constEnd() ? *known
                                                           : *numbers.insert(group, qint32(groups.size())));
            if (known == numbers.constEnd())
                groups += group;
        }
    }
    [[nodiscard]] qint32 at(qint64 series) const
    {
        return series > 0 && size_t(series) < ofSeries.size() ? ofSeries[size_t(series)] : outside;
    }
};

/// The dearest lines keep their own, the others become one behind them. Returns the new number of each.
std::vector<qint32> rankLines(const std::vector<RollupSums> &sums, QStringList &groups, int most,
                              bool &hasRest)
{
    std::vector<qint32> order;
    for (size_t i = 0; i < sums.size(); ++i)
        if (sums[i].values[RollupSums::Requests] != 0)
            order.push_back(qint32(i));
    std::sort(order.begin(), order.end(), [&](qint32 a, qint32 b) {
        const qint64 costs[] = {sums[size_t(a)].values[RollupSums::Cost],
                                sums[size_t(b)].values[RollupSums::Cost]};
        return costs[0] != costs[1] ? costs[0] > costs[1] : groups[a] < groups[b];
    });
    const size_t kept = std::min(order.size(), size_t(std::max(most, 1)));
    hasRest = order.size() > kept;
    std::vector<qint32> numbers(sums.size(), outside);
    QStringList names;
    for (size_t i = 0; i < order.size(); ++i) {
        numbers[size_t(order[i])] = qint32(std::min(i, kept));
        if (i < kept)
            names += groups[order[i]];
    }
    groups = names;
    return numbers;
}

/// The bucket that a moment lies in, asked in order of time for the most part.
class Buckets
{
public:
    Buckets(QList<Instant> starts, Instant end)
        : m_starts(std::move(starts))
        , m_end(end)
    {
    }
    [[nodiscard]] qsizetype of(Instant t)
    {
        if (t < m_from || t >= m_to) {
            const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), t);
            // Sums of whole days can begin before the first bucket.
            m_at = std::max<qsizetype>(after - m_starts.begin() - 1, 0);
            m_from = m_starts[m_at];
            m_to = m_at + 1 < m_starts.size() ? m_starts[m_at + 1] : m_end;
        }
        return m_at;
    }
    [[nodiscard]] qsizetype count() const { return m_starts.size(); }

private:
    QList<Instant> m_starts;
    Instant m_end;
    Instant m_from{}, m_to{};
    qsizetype m_at = 0;
};

} // namespace

bool isIn(const UsageScope &scope, const SeriesIndex::Labels &labels)
{
    return (!scope.key || *scope.key == labels.key) && (!scope.team || *scope.team == labels.team)
        && (!scope.project || *scope.project == labels.project)
        && (!scope.model || *scope.model == labels.model)
        && (!scope.provider || *scope.provider == labels.provider);
}

Result<UsageSeries> usageSeries(SqlConnection &connection, SeriesIndex &series, LocalDays &days,
                                const UsageSeriesQuery &query)
{
    if (query.range.from >= query.range.to)
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("the range is empty: \"from\" must lie before \"to\""));
    const QTimeZone zone = query.zone.isValid() ? query.zone : days.zone();
    UsageSeries result;
    result.starts = bucketStarts(query.range, query.bucket, zone, mostBuckets);
    if (result.starts.isEmpty())
        return fail(ErrorCode::InvalidValue, QStringLiteral("the range lies outside of any calendar"));
    result.end = bucketAround(result.starts.last(), query.bucket, zone).to;
    const Instant from = std::max(clampedToClocks(query.range.from), result.starts.first());
    const Instant to = clampedToClocks(query.range.to);

    const Result<Instant> quarters = quartersFrom(connection);
    if (!quarters)
        return tl::unexpected(quarters.error());
    const Result<Instant> newest = newestQuarter(connection);
    if (!newest)
        return tl::unexpected(newest.error());
    const Cover cover = coverOf(days, from, to, *quarters, *newest);

    const bool isSplit = query.splitBy != SplitBy::Nothing;
    const bool bySeries = isSplit || !query.scope.isEverything();
    if (bySeries)
        if (Status known = series.refresh(connection); !known)
            return tl::unexpected(known.error());
    Lines lines(bySeries ? series.all() : std::vector<SeriesIndex::Labels>(), query);
    bool hasRest = false;
    if (isSplit) {
        std::vector<RollupSums> sums(size_t(lines.groups.size()));
        const Status added = addCover(connection, cover, true, [&](qint64, qint64 number) {
            const qint32 line = lines.at(number);
            return line == outside ? nullptr : &sums[size_t(line)];
        });
        if (!added)
            return tl::unexpected(added.error());
        const std::vector<qint32> numbers = rankLines(sums, lines.groups, query.mostLines, hasRest);
        for (qint32 &line : lines.ofSeries)
            line = line == outside ? outside : numbers[size_t(line)];
    } else {
        lines.groups = {QString()};
    }

    Buckets buckets(result.starts, result.end);
    const qsizetype lineCount = lines.groups.size() + (hasRest ? 1 : 0);
    std::vector<RollupSums> sums(size_t(lineCount * buckets.count()));
    const auto at = [&](Instant t, qint64 number) -> RollupSums * {
        const qint32 line = bySeries ? lines.at(number) : 0;
        return line == outside ? nullptr : &sums[size_t(line * buckets.count() + buckets.of(t))];
    };
    const SumsAt atQuarter = [&](qint64 place, qint64 number) { return at(fromMicros(place), number); };
    std::pair<DayNumber, Instant> day{std::numeric_limits<DayNumber>::min(), Instant()};
    const SumsAt atDay = [&](qint64 place, qint64 number) {
        if (place != day.first)
            day = {place, days.startOf(place)};
        return at(day.second, number);
    };
    // Days of the store are whole days of the buckets only where both have the same zone.
    Status added;
    if (query.bucket != TimeBucket::Hour && zone == days.zone()) {
        added = addCoverByDay(connection, cover, bySeries, atQuarter, atDay);
    } else {
        const Instant start = fromMicros(quarterOf(from));
        const Instant end = fromMicros(quarterOf(to - Duration(1)) + quarterMicros);
        if (start < *quarters)
            added = addDays(connection, days.dayOf(start), days.firstDayFrom(std::min(end, *quarters)),
                            bySeries, true, atDay);
        if (added)
            added = addQuarters(connection, std::max(start, *quarters), end, bySeries, atQuarter);
    }
    if (!added)
        return tl::unexpected(added.error());

    QHash<KeyId, QString> names;
    if (query.splitBy == SplitBy::Key) {
        Result<QHash<KeyId, QString>> read = keyNames(connection);
        if (!read)
            return tl::unexpected(read.error());
        names = std::move(*read);
    }
    for (qsizetype i = 0; i < lineCount; ++i) {
        UsageLine line;
        line.isRest = i == lines.groups.size();
        if (!line.isRest) {
            line.group = lines.groups[i];
            line.label = names.value(line.group.toLongLong(), line.group);
        }
        line.points.reserve(buckets.count());
        for (qsizetype j = 0; j < buckets.count(); ++j) {
            line.points += totalsOf(sums[size_t(i * buckets.count() + j)]);
            line.total.add(line.points.last());
        }
        result.total.add(line.total);
        result.lines += line;
    }
    return result;
}

Result<std::optional<Instant>> firstRequest(SqlConnection &connection, LocalDays &days)
{
    Result<QSqlQuery> first = connection.run(
        QStringLiteral("SELECT (SELECT min(day) FROM rollup_day), (SELECT min(bucket) FROM rollup_quarter)"));
    if (!first)
        return tl::unexpected(first.error());
    if (!first->next() || first->isNull(0))
        return std::optional<Instant>();
    const DayNumber day = first->value(0).toLongLong();
    if (!first->isNull(1)) {
        const Instant quarter = fromMicros(first->value(1).toLongLong());
        if (days.dayOf(quarter) <= day)
            return std::optional(quarter);
    }
    return std::optional(days.startOf(day));
}

} // namespace reports

} // namespace lbp
