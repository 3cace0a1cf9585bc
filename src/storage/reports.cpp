#include "storage/reports.h"

#include "storage/ledgerops.h"
#include "storage/requestcondition.h"
#include "storage/rollupcover.h"

#include <algorithm>
#include <QDateTime>
#include <tuple>

namespace lbp::reports {

namespace {

QString labelOf(const SeriesIndex::Labels &labels, GroupBy groupBy)
{
    switch (groupBy) {
    case GroupBy::Team:
        return labels.team;
    case GroupBy::Model:
        return labels.model;
    case GroupBy::Project:
        return labels.project;
    case GroupBy::Key:
    case GroupBy::Day:
    case GroupBy::Hour:
    case GroupBy::Total:
        break;
    }
    return {};
}

/// Numbers for the groups that series fall into, and room for their sums.
template <typename Group> class Grouping
{
public:
    template <typename GroupOf> Grouping(const std::vector<SeriesIndex::Labels> &series, GroupOf &&groupOf)
    {
        QHash<Group, qint32> numbers;
        m_groupOfSeries.reserve(series.size());
        for (const SeriesIndex::Labels &labels : series) {
            const Group group = groupOf(labels);
            const auto known = numbers.constFind(group);
            if (known != numbers.constEnd()) {
                m_groupOfSeries.push_back(*known);
                continue;
            }
            m_groupOfSeries.push_back(numbers.insert(group, qint32(m_groups.size())).value());
            m_groups.push_back(group);
        }
        m_sums.resize(m_groups.size());
    }
    [[nodiscard]] RollupSums *at(qint64 series)
    {
        const bool isKnown = series > 0 && size_t(series) < m_groupOfSeries.size();
        return isKnown ? &m_sums[size_t(m_groupOfSeries[size_t(series)])] : nullptr;
    }
    /// Every group that something was counted in.
    template <typename Visit> void forEach(Visit &&visit) const
    {
        for (size_t i = 0; i < m_groups.size(); ++i)
            if (m_sums[i].values[RollupSums::Requests] != 0)
                visit(m_groups[i], m_sums[i]);
    }

private:
    std::vector<qint32> m_groupOfSeries;
    std::vector<Group> m_groups;
    std::vector<RollupSums> m_sums;
};

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

/// Sums by what \a grouping says, dearest first. \a describe names a group and labels it.
template <typename Group, typename Describe> Result<QList<UsageSum>>
usageBySeries(SqlConnection &connection, const Cover &cover, Grouping<Group> grouping, Describe &&describe)
{
    const Status added =
        addCover(connection, cover, true, [&](qint64, qint64 series) { return grouping.at(series); });
    if (!added)
        return tl::unexpected(added.error());
    std::vector<std::pair<std::pair<QString, QString>, const RollupSums *>> groups;
    grouping.forEach(
        [&](const Group &group, const RollupSums &sums) { groups.emplace_back(describe(group), &sums); });
    std::sort(groups.begin(), groups.end(), [](const auto &a, const auto &b) {
        const qint64 costs[] = {a.second->values[RollupSums::Cost], b.second->values[RollupSums::Cost]};
        return costs[0] != costs[1] ? costs[0] > costs[1] : a.first.first < b.first.first;
    });
    QList<UsageSum> result;
    result.reserve(qsizetype(groups.size()));
    for (const auto &[names, sums] : groups)
        result += usageSum(names.first, names.second, *sums);
    return result;
}

/// Sums by the start of local days or hours.
Result<QList<UsageSum>> usageByTime(SqlConnection &connection, LocalDays &days, Instant from, Instant to,
                                    GroupBy groupBy, const QTimeZone &zone, Instant quarters, Instant newest)
{
    std::map<Instant, RollupSums> groups;
    LocalDays wanted(zone);
    const SumsAt atDay = [&](qint64 day, qint64) { return &groups[days.startOf(day)]; };
    std::pair<Instant, RollupSums *> last{Instant::min(), nullptr};
    const SumsAt atQuarter = [&](qint64 bucket, qint64) {
        const Instant at = fromMicros(bucket);
        const Instant start = groupBy == GroupBy::Hour ? wanted.hourOf(at) : wanted.startOf(wanted.dayOf(at));
        if (start != last.first)
            last = {start, &groups[start]};
        return last.second;
    };
    Status done;
    if (groupBy == GroupBy::Day && zone == days.zone()) {
        const Cover cover = coverOf(days, from, to, quarters, newest);
        done = addCoverByDay(connection, cover, false, atQuarter, atDay);
    } else {
        const Instant start = fromMicros(quarterOf(from));
        const Instant end = fromMicros(quarterOf(to - Duration(1)) + quarterMicros);
        if (start < quarters)
            done = addDays(connection, days.dayOf(start), days.firstDayFrom(std::min(end, quarters)), false,
                           true, atDay);
        if (done)
            done = addQuarters(connection, std::max(start, quarters), end, false, atQuarter);
    }
    if (!done)
        return tl::unexpected(done.error());
    QList<UsageSum> result;
    for (const auto &[start, sums] : groups) {
        const QString text = timeText(start);
        result += usageSum(text, text, sums);
    }
    return result;
}

} // namespace

Result<QList<SpentSum>> spentSince(SqlConnection &connection, SeriesIndex &series, LocalDays &days,
                                   Instant from)
{
    const Result<Instant> quarters = quartersFrom(connection);
    if (!quarters)
        return tl::unexpected(quarters.error());
    const Result<Instant> newest = newestQuarter(connection);
    if (!newest)
        return tl::unexpected(newest.error());
    if (Status known = series.refresh(connection); !known)
        return tl::unexpected(known.error());
    using Who = std::pair<KeyId, std::pair<QString, QString>>;
    Grouping<Who> grouping(series.all(), [](const SeriesIndex::Labels &labels) {
        return Who(labels.key, {labels.team, labels.project});
    });
    const Cover cover = coverOf(days, clampedToClocks(from), endOfTime, *quarters, *newest);
    const Status added =
        addCover(connection, cover, true, [&](qint64, qint64 number) { return grouping.at(number); });
    if (!added)
        return tl::unexpected(added.error());
    QList<SpentSum> result;
    grouping.forEach([&](const Who &who, const RollupSums &sums) {
        result += SpentSum{who.first, who.second.first, who.second.second,
                           Money::fromPicodollars(sums.values[RollupSums::Cost])};
    });
    std::sort(result.begin(), result.end(), [](const SpentSum &a, const SpentSum &b) {
        return std::tie(a.key, a.team, a.project) < std::tie(b.key, b.team, b.project);
    });
    return result;
}

Result<QList<UsageSum>> usage(SqlConnection &connection, SeriesIndex &series, LocalDays &days, Instant from,
                              Instant to, GroupBy groupBy, const QTimeZone &zone)
{
    if (from >= to)
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("the range is empty: \"from\" must lie before \"to\""));
    from = clampedToClocks(from);
    to = std::max(clampedToClocks(to), from + Duration(1));
    const Result<Instant> quarters = quartersFrom(connection);
    if (!quarters)
        return tl::unexpected(quarters.error());
    const Result<Instant> newest = newestQuarter(connection);
    if (!newest)
        return tl::unexpected(newest.error());
    if (groupBy == GroupBy::Day || groupBy == GroupBy::Hour)
        return usageByTime(connection, days, from, to, groupBy, zone.isValid() ? zone : days.zone(),
                           *quarters, *newest);

    const Cover cover = coverOf(days, from, to, *quarters, *newest);
    if (groupBy == GroupBy::Total) {
        RollupSums total;
        return addCover(connection, cover, false, [&](qint64, qint64) { return &total; }).map([&] {
            return QList<UsageSum>{usageSum({}, {}, total)};
        });
    }

    if (Status known = series.refresh(connection); !known)
        return tl::unexpected(known.error());
    if (groupBy == GroupBy::Key) {
        const Result<QHash<KeyId, QString>> names = keyNames(connection);
        if (!names)
            return tl::unexpected(names.error());
        return usageBySeries(
            connection, cover,
            Grouping<KeyId>(series.all(), [](const SeriesIndex::Labels &labels) { return labels.key; }),
            [&](KeyId key) {
                const QString id = QString::number(key);
                return std::pair(id, names->value(key, id));
            });
    }
    return usageBySeries(
        connection, cover,
        Grouping<QString>(series.all(),
                          [groupBy](const SeriesIndex::Labels &labels) { return labelOf(labels, groupBy); }),
        [](const QString &label) { return std::pair(label, label); });
}

} // namespace lbp::reports
