#include "storage/requestplaces.h"

#include "storage/ledgerops.h"
#include "storage/packedsums.h"
#include "storage/requestcondition.h"

#include <algorithm>
#include <map>

namespace lbp {

namespace {

constexpr qint64 mostSteppedOver = 4'000;

/// How many requests began in which spans of time: whole days, and quarter hours at the ends.
class Spread
{
public:
    Spread(SqlConnection &connection, LocalDays &days)
        : m_connection(connection)
        , m_days(days)
    {
    }
    Status read()
    {
        Result<QSqlQuery> ends = m_connection.run(
            QStringLiteral("SELECT (SELECT min(id) FROM requests), (SELECT max(id) FROM requests)"));
        if (!ends)
            return tl::unexpected(ends.error());
        if (!ends->next() || ends->isNull(0))
            return {};
        const Instant first = RequestId{ends->value(0).toLongLong()}.time();
        const Instant last = RequestId{ends->value(1).toLongLong()}.time();
        // Sums outlive their requests: of the quarter in which these begin, they are counted.
        const qint64 firstQuarter = quarterOf(first);
        if (Status counted = countRows(firstQuarter); !counted)
            return counted;
        const Instant sumsFrom = fromMicros(firstQuarter + quarterMicros);
        const DayNumber firstDay = m_days.firstDayFrom(sumsFrom);
        const DayNumber dayAfter = m_days.dayOf(last) + 1;
        const Instant daysFrom = m_days.startOf(firstDay);
        const Instant end = fromMicros(quarterOf(last) + quarterMicros);
        m_openFrom = firstQuarter + quarterMicros;
        m_end = toMicros(last) + 1;
        return addQuartersOf(sumsFrom, std::min(daysFrom, end))
            .and_then([&] {
                return addDays(m_connection, firstDay, std::max(firstDay, dayAfter), false, true,
                               [&](qint64 day, qint64) { return &m_sumsOfDays[day]; });
            })
            .and_then([&] { return addOpen(); })
            .map([&] { finish(); });
    }
    struct Part
    {
        qint64 from = 0, to = 0; ///< microseconds
        qint64 count = 0;
    };
    /// Newest first.
    [[nodiscard]] const std::vector<Part> &parts() const { return m_parts; }
    [[nodiscard]] qint64 total() const
    {
        qint64 total = 0;
        for (const Part &part : m_parts)
            total += part.count;
        return total;
    }
    /// The quarters of \a part, newest first.
    Result<std::vector<Part>> quartersOf(const Part &part)
    {
        if (part.to - part.from <= quarterMicros)
            return std::vector<Part>{part};
        m_quarters.clear();
        if (Status added = addQuartersOf(fromMicros(part.from), fromMicros(part.to)); !added)
            return tl::unexpected(added.error());
        for (const auto &[at, count] : m_open)
            if (at >= part.from && at < part.to)
                m_quarters[at] += count;
        std::vector<Part> quarters;
        for (const auto &[at, count] : m_quarters)
            quarters.insert(quarters.begin(), {at, std::min(at + quarterMicros, m_end), count});
        return quarters;
    }

private:
    Status countRows(qint64 quarter)
    {
        return m_connection
            .scalar(QStringLiteral("SELECT count(*) FROM requests WHERE id >= ? AND id < ?"),
                    {quarter << 10, (quarter + quarterMicros) << 10})
            .map([&](const QVariant &count) { m_quarters[quarter] = count.toLongLong(); });
    }
    Status addQuartersOf(Instant from, Instant to)
    {
        std::map<qint64, RollupSums> sums;
        return addQuarters(m_connection, from, to, false, [&](qint64 at, qint64) { return &sums[at]; })
            .map([&] {
                for (const auto &[at, sum] : sums)
                    m_quarters[at] += sum.values[RollupSums::Requests];
            });
    }
    /// Rows that are open are in no sums.
    Status addOpen()
    {
        const Result<qint64> from = openFrom(m_connection);
        if (!from)
            return tl::unexpected(from.error());
        Result<QSqlQuery> rows =
            m_connection.run(QStringLiteral("SELECT id FROM requests WHERE id >= ? AND outcome = 0"),
                             {std::max(*from, m_openFrom << 10)});
        if (!rows)
            return tl::unexpected(rows.error());
        while (rows->next())
            ++m_open[quarterOf(RequestId{rows->value(0).toLongLong()}.time())];
        if (rows->lastError().isValid())
            return tl::unexpected(sqlError(rows->lastError(), u"read its requests"));
        return {};
    }
    void finish()
    {
        std::map<qint64, Part> parts;
        for (const auto &[at, count] : m_quarters)
            parts[at] = {at, at + quarterMicros, count};
        for (const auto &[day, sums] : m_sumsOfDays) {
            const qint64 from = toMicros(m_days.startOf(day));
            parts[from] = {from, toMicros(m_days.startOf(day + 1)), sums.values[RollupSums::Requests]};
        }
        for (const auto &[at, count] : m_open) {
            auto part = parts.upper_bound(at);
            if (part != parts.begin() && std::prev(part)->second.to > at)
                std::prev(part)->second.count += count;
            else
                parts[at] = {at, at + quarterMicros, count};
        }
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
            part->second.to = std::min(part->second.to, m_end);
            m_parts.push_back(part->second);
        }
    }
    SqlConnection &m_connection;
    LocalDays &m_days;
    qint64 m_openFrom = 0;
    qint64 m_end = 0; ///< there is no row from here on
    std::map<qint64, qint64> m_quarters; ///< requests by start
    std::map<qint64, qint64> m_open;
    std::map<DayNumber, RollupSums> m_sumsOfDays;
    std::vector<Part> m_parts;
};

/// Id of the row \a number rows below the end of \a part.
Result<qint64> rowIn(SqlConnection &connection, const Spread::Part &part, qint64 number)
{
    qint64 below = part.to;
    qint64 steps = number;
    if (part.count > mostSteppedOver) {
        below -= qint64(double(part.to - part.from) * double(number) / double(part.count));
        steps = 0;
    }
    return connection
        .scalar(QStringLiteral("SELECT id FROM requests WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?"),
                {below << 10, steps})
        .map([](const QVariant &id) { return id.toLongLong(); });
}

} // namespace

Result<RequestPlace> requestAt(SqlConnection &connection, LocalDays &days, qint64 position)
{
    Spread spread(connection, days);
    if (Status read = spread.read(); !read)
        return tl::unexpected(read.error());
    RequestPlace place;
    place.total = spread.total();
    if (place.total == 0)
        return place;
    place.position = std::clamp<qint64>(position, 0, place.total - 1);
    qint64 number = place.position;
    for (const Spread::Part &part : spread.parts()) {
        if (number >= part.count) {
            number -= part.count;
            continue;
        }
        const Result<std::vector<Spread::Part>> quarters = spread.quartersOf(part);
        if (!quarters)
            return tl::unexpected(quarters.error());
        auto quarter = quarters->begin();
        while (quarter != quarters->end() && number >= quarter->count)
            number -= (quarter++)->count;
        const Result<qint64> id = rowIn(connection, quarter != quarters->end() ? *quarter : part, number);
        if (!id)
            return tl::unexpected(id.error());
        place.id = RequestId{*id};
        break;
    }
    return place;
}

Result<RequestPlace> placeOf(SqlConnection &connection, LocalDays &days, RequestId id)
{
    Spread spread(connection, days);
    if (Status read = spread.read(); !read)
        return tl::unexpected(read.error());
    const Result<QVariant> row =
        connection.scalar(QStringLiteral("SELECT max(id) FROM requests WHERE id <= ?"), {id.value});
    if (!row)
        return tl::unexpected(row.error());
    RequestPlace place;
    place.id = RequestId{row->toLongLong()};
    place.total = spread.total();
    const qint64 at = toMicros(place.id.time());
    for (const Spread::Part &part : spread.parts()) {
        if (row->isNull() || part.from > at) {
            place.position += part.count;
            continue;
        }
        const Result<std::vector<Spread::Part>> quarters = spread.quartersOf(part);
        if (!quarters)
            return tl::unexpected(quarters.error());
        for (const Spread::Part &quarter : *quarters) {
            if (quarter.from > at) {
                place.position += quarter.count;
                continue;
            }
            if (quarter.count > mostSteppedOver) {
                place.position += qint64(double(quarter.count) * double(quarter.to - at)
                                         / double(quarter.to - quarter.from));
                break;
            }
            const Result<QVariant> newer =
                connection.scalar(QStringLiteral("SELECT count(*) FROM requests WHERE id > ? AND id < ?"),
                                  {place.id.value, quarter.to << 10});
            if (!newer)
                return tl::unexpected(newer.error());
            place.position += newer->toLongLong();
            break;
        }
        break;
    }
    return place;
}

} // namespace lbp
