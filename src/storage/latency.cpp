#include "storage/ledgerops.h"
#include "storage/requestscan.h"
#include "storage/rollupcover.h"
#include "storage/usageseries.h"

#include <algorithm>

namespace lbp::reports {

namespace {

constexpr int places = 100;
constexpr int rowsAtPlace = LatencySummary::sampled / places;
/// At one place no more rows than these are looked at for some that fit.
constexpr int rowsLookedAt = 1'000;

QString answeredSql()
{
    return QStringLiteral("r.outcome IN (%1, %2) AND r.status BETWEEN 200 AND 399")
        .arg(int(Outcome::Completed))
        .arg(int(Outcome::CutAtCeiling));
}

LatencySummary::Quantiles quantilesOf(std::vector<qint64> micros)
{
    LatencySummary::Quantiles result;
    result.rows = qint64(micros.size());
    if (micros.empty())
        return result;
    std::sort(micros.begin(), micros.end());
    const auto nearestRank = [&](size_t percent) { return micros[(micros.size() * percent + 99) / 100 - 1]; };
    result.medianUs = nearestRank(50);
    result.p95Us = nearestRank(95);
    return result;
}

struct Samples
{
    std::vector<qint64> duration, ttft;
    Status read(QSqlQuery &rows)
    {
        if (!rows.exec())
            return tl::unexpected(sqlError(rows.lastError(), u"read its requests"));
        while (rows.next()) {
            duration.push_back(rows.value(0).toLongLong());
            if (const qint64 first = rows.value(1).toLongLong(); first > 0)
                ttft.push_back(first);
        }
        if (rows.lastError().isValid())
            return tl::unexpected(sqlError(rows.lastError(), u"read its requests"));
        return {};
    }
    [[nodiscard]] LatencySummary summary(bool isExact) const
    {
        LatencySummary result;
        result.duration = quantilesOf(duration);
        result.ttft = quantilesOf(ttft);
        result.isExact = isExact;
        return result;
    }
};

/// Requests of a span of time.
struct Part
{
    Instant from, to;
    qint64 requests = 0;
};

class Sampler
{
public:
    Sampler(SqlConnection &connection, const RequestCondition &condition)
        : m_connection(connection)
        , m_condition(condition)
    {
    }
    /// Every row in the range, unless time runs out.
    Result<LatencySummary> readAll()
    {
        Result<QSqlQuery> rows = m_connection.prepare(
            QStringLiteral(
                "SELECT r.duration_us, r.ttft_us FROM requests r WHERE r.id >= ? AND r.id < ? AND ")
            + answeredSql() + m_condition.andRows());
        if (!rows)
            return tl::unexpected(rows.error());
        for (int i = 0; i < m_condition.values.size(); ++i)
            rows->bindValue(i + 2, m_condition.values[i]);
        RequestScan scan(m_connection, m_condition, m_condition.range, true);
        while (!m_time.isOver()) {
            const Result<std::optional<IdRange>> block = scan.next();
            if (!block)
                return tl::unexpected(block.error());
            if (!*block)
                return m_samples.summary(true);
            rows->bindValue(0, (*block)->from);
            rows->bindValue(1, (*block)->to);
            if (Status read = m_samples.read(*rows); !read)
                return tl::unexpected(read.error());
        }
        return m_samples.summary(false);
    }
    /// Some rows at each of many places, which are evenly spread over the requests of \a parts.
    Result<LatencySummary> readSome(const std::vector<Part> &parts, qint64 total)
    {
        Result<QSqlQuery> rows = m_connection.prepare(
            QStringLiteral(
                "SELECT duration_us, ttft_us FROM (SELECT * FROM requests WHERE id >= ? AND id < ? "
                "ORDER BY id DESC LIMIT %1) r WHERE ")
                .arg(rowsLookedAt)
            + answeredSql() + m_condition.andRows() + QStringLiteral(" LIMIT %1").arg(rowsAtPlace));
        if (!rows)
            return tl::unexpected(rows.error());
        for (int i = 0; i < m_condition.values.size(); ++i)
            rows->bindValue(i + 2, m_condition.values[i]);
        // Far apart from each other one after the other: where time runs out they are still spread evenly.
        for (int i = 0; i < places && !m_time.isOver(); ++i) {
            const int place = i * 37 % places;
            const Result<Instant> below = momentAt(parts, total * (2 * place + 1) / (2 * places));
            if (!below)
                return tl::unexpected(below.error());
            rows->bindValue(0, m_condition.range.from);
            rows->bindValue(1, toMicros(*below) << 10);
            if (Status read = m_samples.read(*rows); !read)
                return tl::unexpected(read.error());
        }
        return m_samples.summary(false);
    }

private:
    static Instant between(const Part &part, qint64 number)
    {
        const Duration length = part.to - part.from;
        return part.from + Duration(qint64(double(length.count()) * double(number) / double(part.requests)));
    }
    /// When the request of that number (of all in \a parts) began, about.
    Result<Instant> momentAt(const std::vector<Part> &parts, qint64 number)
    {
        for (const Part &part : parts) {
            if (number >= part.requests) {
                number -= part.requests;
                continue;
            }
            if (part.to - part.from <= Duration(quarterMicros))
                return between(part, number);
            // Within a day the traffic of everybody tells when there was any.
            const Result<const std::vector<Part> *> quarters = quartersOf(part);
            if (!quarters)
                return tl::unexpected(quarters.error());
            qint64 all = 0;
            for (const Part &quarter : **quarters)
                all += quarter.requests;
            auto scaled = qint64(double(all) * double(number) / double(part.requests));
            for (const Part &quarter : **quarters) {
                if (scaled < quarter.requests)
                    return between(quarter, scaled);
                scaled -= quarter.requests;
            }
            return between(part, number);
        }
        return parts.empty() ? Instant() : parts.back().to;
    }
    Result<const std::vector<Part> *> quartersOf(const Part &day)
    {
        std::vector<Part> &quarters = m_quarters[toMicros(day.from)];
        if (quarters.empty()) {
            std::map<qint64, RollupSums> sums;
            const Status added = addQuarters(m_connection, day.from, day.to, false,
                                             [&](qint64 place, qint64) { return &sums[place]; });
            if (!added)
                return tl::unexpected(added.error());
            for (const auto &[start, sum] : sums)
                quarters.push_back(
                    {fromMicros(start), fromMicros(start + quarterMicros), sum.values[RollupSums::Requests]});
        }
        return &quarters;
    }
    SqlConnection &m_connection;
    const RequestCondition &m_condition;
    const ReaderTime m_time;
    Samples m_samples;
    std::map<qint64, std::vector<Part>> m_quarters;
};

} // namespace

Result<LatencySummary> latency(SqlConnection &connection, SeriesIndex &series, LocalDays &days,
                               TimeRange range, const UsageScope &scope)
{
    range = {clampedToClocks(range.from), clampedToClocks(range.to)};
    if (range.from >= range.to)
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("the range is empty: \"from\" must lie before \"to\""));
    if (Status known = series.refresh(connection); !known)
        return tl::unexpected(known.error());
    SeriesSet set(qsizetype(series.all().size()), '\0');
    for (size_t i = 1; i < series.all().size(); ++i)
        if (isIn(scope, series.all()[i]))
            set[qsizetype(i)] = '\1';
    RequestCondition condition;
    condition.narrow(IdRange{toMicros(range.from) << 10, toMicros(range.to) << 10});
    if (!scope.isEverything()) {
        condition.rows += u'(' + seriesIn() + u')';
        condition.values += set;
        condition.narrow(set);
    }

    const Result<Instant> quarters = quartersFrom(connection);
    if (!quarters)
        return tl::unexpected(quarters.error());
    const Result<Instant> newest = newestQuarter(connection);
    if (!newest)
        return tl::unexpected(newest.error());
    const bool bySeries = !scope.isEverything();
    std::map<qint64, qint64> byQuarter;
    std::map<DayNumber, qint64> byDay;
    RollupSums one;
    // Counts come into one place after the other; what was in it is put away when the next one begins.
    std::function<void()> putAway = [] {};
    std::pair<bool, qint64> present{false, std::numeric_limits<qint64>::min()};
    const auto into = [&](bool isDay, qint64 place, qint64 number) -> RollupSums * {
        if (present != std::pair(isDay, place)) {
            putAway();
            one = RollupSums();
            present = {isDay, place};
            putAway = [&, isDay, place] {
                (isDay ? byDay[place] : byQuarter[place]) += one.values[RollupSums::Requests];
            };
        }
        return !bySeries || (size_t(number) < series.all().size() && set[qsizetype(number)] != 0) ? &one
                                                                                                  : nullptr;
    };
    const Status added = addCoverByDay(
        connection, coverOf(days, range.from, range.to, *quarters, *newest), bySeries,
        [&](qint64 place, qint64 number) { return into(false, place, number); },
        [&](qint64 place, qint64 number) { return into(true, place, number); });
    if (!added)
        return tl::unexpected(added.error());
    putAway();

    std::vector<Part> parts;
    qint64 total = 0;
    for (const auto &[start, requests] : byQuarter)
        parts.push_back({fromMicros(start), fromMicros(start + quarterMicros), requests});
    for (const auto &[day, requests] : byDay)
        parts.push_back({days.startOf(day), days.startOf(day + 1), requests});
    std::sort(parts.begin(), parts.end(), [](const Part &a, const Part &b) { return a.from < b.from; });
    for (Part &part : parts) {
        part.from = std::max(part.from, range.from);
        part.to = std::min(part.to, range.to);
        total += part.requests;
    }
    Sampler sampler(connection, condition);
    return total <= LatencySummary::sampled ? sampler.readAll() : sampler.readSome(parts, total);
}

} // namespace lbp::reports
