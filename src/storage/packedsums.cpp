#include "storage/packedsums.h"

#include <chrono>
#include <limits>
#include <QtAlgorithms>

namespace lbp {

namespace {

constexpr char format = 1;
constexpr qint64 settledAfter = 3'600'000'000LL; ///< most requests have ended an hour after their quarter
constexpr auto stepTime = std::chrono::milliseconds(4);
constexpr RollupLevel allLevels[] = {RollupLevel::Quarter, RollupLevel::Day, RollupLevel::Span};

QString boundName(RollupLevel level)
{
    switch (level) {
    case RollupLevel::Quarter:
        return QStringLiteral("packed_quarters");
    case RollupLevel::Day:
        return QStringLiteral("packed_days");
    case RollupLevel::Span:
        break;
    }
    return QStringLiteral("packed_spans");
}

/// The next place after \a place.
qint64 after(RollupLevel level, qint64 place)
{
    return place + (level == RollupLevel::Quarter ? quarterMicros : 1);
}

QString tableOf(RollupLevel level)
{
    return level == RollupLevel::Quarter ? QStringLiteral("rollup_quarter") : QStringLiteral("rollup_day");
}
QString columnOf(RollupLevel level)
{
    return level == RollupLevel::Quarter ? QStringLiteral("bucket") : QStringLiteral("day");
}

void putNumber(QByteArray &bytes, quint64 number)
{
    while (number >= 0x80) {
        bytes += char(number | 0x80);
        number >>= 7;
    }
    bytes += char(number);
}

void putSums(QByteArray &bytes, const RollupSums &sums)
{
    quint64 present = 0;
    for (size_t i = 0; i < RollupSums::columnCount; ++i)
        if (sums.values[i] != 0)
            present |= quint64{1} << i;
    putNumber(bytes, present);
    for (const qint64 value : sums.values)
        if (value != 0)
            putNumber(bytes, (quint64(value) << 1) ^ quint64(value >> 63)); // small negatives stay short
}

/// Takes numbers off the front of bytes; at() says whether all was well.
class Reader
{
public:
    explicit Reader(QByteArrayView bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }
    [[nodiscard]] bool atEnd() const { return m_at == m_end; }
    [[nodiscard]] bool isGood() const { return m_good; }
    quint64 number()
    {
        quint64 result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_at == m_end)
                break;
            const auto byte = quint8(*m_at++);
            result |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return result;
        }
        m_good = false;
        m_at = m_end;
        return 0;
    }
    qint64 signedNumber()
    {
        const quint64 number = this->number();
        return qint64(number >> 1) ^ -qint64(number & 1);
    }

private:
    const char *m_at;
    const char *m_end;
    bool m_good = true;
};

Error unreadable()
{
    return {ErrorCode::StoreDamaged, QStringLiteral("the ledger holds packed sums that cannot be read")};
}

Result<qint64> boundOf(SqlConnection &connection, RollupLevel level)
{
    return connection.scalar(QStringLiteral("SELECT value FROM meta WHERE name = ?"), {boundName(level)})
        .map([](const QVariant &value) {
            return value.isValid() ? value.toLongLong() : std::numeric_limits<qint64>::min();
        });
}

/// Adds rows of a rollup table itself.
Status addRows(SqlConnection &connection, RollupLevel level, qint64 from, qint64 to, bool bySeries,
               const SumsAt &at)
{
    if (from >= to)
        return {};
    const QString place = columnOf(level);
    Result<QSqlQuery> rows =
        connection.run(QStringLiteral("SELECT %1, series_id, %2 FROM %3 WHERE %1 >= ? AND %1 < ?")
                           .arg(place, rollupColumns().join(u','), tableOf(level)),
                       {from, to});
    if (!rows)
        return tl::unexpected(rows.error());
    RollupSums sums;
    while (rows->next()) {
        RollupSums *target =
            at(rows->value(0).toLongLong(), bySeries ? rows->value(1).toLongLong() : qint64{0});
        if (!target)
            continue;
        for (size_t i = 0; i < RollupSums::columnCount; ++i)
            sums.values[i] = rows->value(int(i) + 2).toLongLong();
        target->add(sums);
    }
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its sums"));
    return {};
}

/// Adds [from, to) from what is packed, and from the rows what is not.
Status addRange(SqlConnection &connection, RollupLevel level, qint64 from, qint64 to, bool bySeries,
                const SumsAt &at)
{
    if (from >= to)
        return {};
    const Result<qint64> bound = boundOf(connection, level);
    if (!bound)
        return tl::unexpected(bound.error());
    const qint64 packedTo = std::clamp(*bound, from, to);
    QList<qint64> stale;
    if (from < packedTo) {
        Result<QSqlQuery> packed = connection.run(
            QStringLiteral("SELECT place, stale, %1 FROM rollup_packed WHERE level = ? AND place >= ? AND "
                           "place < ? ORDER BY place")
                .arg(bySeries ? QStringLiteral("series") : QStringLiteral("totals")),
            {int(level), from, packedTo});
        if (!packed)
            return tl::unexpected(packed.error());
        while (packed->next()) {
            const qint64 place = packed->value(0).toLongLong();
            if (packed->value(1).toInt() != 0)
                stale += place;
            else if (!addPacked(packed->value(2).toByteArray(), place, at))
                return tl::unexpected(unreadable());
        }
        if (packed->lastError().isValid())
            return tl::unexpected(sqlError(packed->lastError(), u"read its sums"));
    }
    for (const qint64 place : stale)
        if (Status added = addRows(connection, level, place, after(level, place), bySeries, at); !added)
            return added;
    return addRows(connection, level, packedTo, to, bySeries, at);
}

} // namespace

PackedSums packSums(const std::map<qint64, RollupSums> &bySeries)
{
    PackedSums packed{QByteArray(1, format), QByteArray(1, format)};
    RollupSums total;
    qint64 before = 0;
    for (const auto &[series, sums] : bySeries) {
        putNumber(packed.series, quint64(series - before));
        before = series;
        putSums(packed.series, sums);
        total.add(sums);
    }
    putNumber(packed.totals, 0);
    putSums(packed.totals, total);
    return packed;
}

bool addPacked(QByteArrayView bytes, qint64 place, const SumsAt &at)
{
    if (bytes.isEmpty() || bytes.front() != format)
        return false;
    Reader reader(bytes.sliced(1));
    quint64 series = 0;
    while (!reader.atEnd()) {
        series += reader.number();
        quint64 present = reader.number();
        if (!reader.isGood() || (present >> RollupSums::columnCount) != 0)
            return false;
        RollupSums *target = at(place, qint64(series));
        for (; present != 0; present &= present - 1) {
            const qint64 value = reader.signedNumber();
            if (target)
                target->add(size_t(qCountTrailingZeroBits(present)), value);
        }
        if (!reader.isGood())
            return false;
    }
    return true;
}

Status addQuarters(SqlConnection &connection, Instant from, Instant to, bool bySeries, const SumsAt &at)
{
    return addRange(connection, RollupLevel::Quarter, toMicros(from), toMicros(to), bySeries, at);
}

Status addDays(SqlConnection &connection, DayNumber from, DayNumber to, bool bySeries, bool dayByDay,
               const SumsAt &at)
{
    DayNumber next = from;
    const qint64 firstSpan = spanOf(from + daysPerSpan - 1);
    const qint64 spansTo = spanOf(to);
    if (!dayByDay && firstSpan < spansTo) {
        const Result<qint64> bound = boundOf(connection, RollupLevel::Span);
        if (!bound)
            return tl::unexpected(bound.error());
        Result<QSqlQuery> spans = connection.run(
            QStringLiteral("SELECT place, %1 FROM rollup_packed WHERE level = ? AND place >= ? AND "
                           "place < ? AND stale = 0 ORDER BY place")
                .arg(bySeries ? QStringLiteral("series") : QStringLiteral("totals")),
            {int(RollupLevel::Span), firstSpan, std::min(spansTo, *bound)});
        if (!spans)
            return tl::unexpected(spans.error());
        while (spans->next()) {
            const DayNumber start = spans->value(0).toLongLong() * daysPerSpan;
            if (Status added = addRange(connection, RollupLevel::Day, next, start, bySeries, at); !added)
                return added;
            if (!addPacked(spans->value(1).toByteArray(), start, at))
                return tl::unexpected(unreadable());
            next = start + daysPerSpan;
        }
        if (spans->lastError().isValid())
            return tl::unexpected(sqlError(spans->lastError(), u"read its sums"));
    }
    return addRange(connection, RollupLevel::Day, next, to, bySeries, at);
}

Status SumsPacker::prepare()
{
    for (const RollupLevel level : allLevels) {
        const Result<qint64> bound = boundOf(m_connection, level);
        if (!bound)
            return tl::unexpected(bound.error());
        m_mayBePacked[size_t(level)] = *bound;
    }
    const Result<QVariant> newest =
        m_connection.scalar(QStringLiteral("SELECT max(bucket) FROM rollup_quarter"));
    if (!newest)
        return tl::unexpected(newest.error());
    if (!newest->isNull())
        sawQuarter(newest->toLongLong());
    return {};
}

void SumsPacker::sawQuarter(qint64 bucket)
{
    if (bucket <= m_newest)
        return;
    m_newest = bucket;
    m_due = true;
}

Status SumsPacker::changed(RollupLevel level, qint64 place)
{
    // A span can be packed over a day that had no rows and so is none itself.
    if (level == RollupLevel::Day)
        if (Status marked = changed(RollupLevel::Span, spanOf(place)); !marked)
            return marked;
    if (place >= m_mayBePacked[size_t(level)])
        return {};
    m_due = true;
    return m_connection
        .run(QStringLiteral("INSERT OR REPLACE INTO rollup_packed (level, place, stale, totals, series) "
                            "VALUES (?, ?, 1, x'', x'')"),
             {int(level), place})
        .map([](const QSqlQuery &) {});
}

Status SumsPacker::step(LocalDays &days)
{
    const auto began = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - began < stepTime) {
        // Off until the work fails or is found: a failure is tried again with the next change.
        m_due = false;
        const Result<bool> packed = m_connection.transaction([&] { return packOne(days); });
        if (!packed)
            return tl::unexpected(packed.error());
        if (!*packed)
            return {};
        m_due = true;
    }
    return {};
}

Result<bool> SumsPacker::packOne(LocalDays &days)
{
    if (m_newest < settledAfter)
        return false;
    const DayNumber openDay = days.dayOf(fromMicros(m_newest - settledAfter));
    const std::pair<RollupLevel, qint64> work[] = {
        {RollupLevel::Day, openDay},
        {RollupLevel::Span, spanOf(openDay)},
        {RollupLevel::Quarter, m_newest - settledAfter},
    };
    for (const auto &[level, end] : work) {
        Result<bool> packed = packNext(level, end);
        if (!packed || *packed)
            return packed;
    }
    return false;
}

Result<bool> SumsPacker::packNext(RollupLevel level, qint64 end)
{
    const Result<QVariant> stale = m_connection.scalar(
        QStringLiteral("SELECT place FROM rollup_packed WHERE stale = 1 AND level = ? AND place < ? LIMIT 1"),
        {int(level), end});
    if (!stale)
        return tl::unexpected(stale.error());
    if (stale->isValid())
        return pack(level, stale->toLongLong()).map([] { return true; });

    const Result<qint64> bound = boundOf(m_connection, level);
    if (!bound)
        return tl::unexpected(bound.error());
    const bool isSpan = level == RollupLevel::Span;
    const qint64 unit = isSpan ? daysPerSpan : 1;
    const qint64 from = *bound == std::numeric_limits<qint64>::min() ? *bound : *bound * unit;
    const Result<QVariant> next =
        m_connection.scalar(QStringLiteral("SELECT min(%1) FROM %2 WHERE %1 >= ? AND %1 < ?")
                                .arg(columnOf(level), tableOf(level)),
                            {from, end * unit});
    if (!next)
        return tl::unexpected(next.error());
    if (next->isNull())
        return false;
    const qint64 place = isSpan ? spanOf(next->toLongLong()) : next->toLongLong();
    if (Status packed = pack(level, place); !packed)
        return tl::unexpected(packed.error());
    const qint64 newBound = after(level, place);
    m_mayBePacked[size_t(level)] = std::max(m_mayBePacked[size_t(level)], newBound);
    return m_connection
        .run(QStringLiteral("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"),
             {boundName(level), QString::number(newBound)})
        .map([](const QSqlQuery &) { return true; });
}

Status SumsPacker::pack(RollupLevel level, qint64 place)
{
    std::map<qint64, RollupSums> bySeries;
    const SumsAt at = [&](qint64, qint64 series) { return &bySeries[series]; };
    const Status added = level == RollupLevel::Span
        ? addRange(m_connection, RollupLevel::Day, place * daysPerSpan, (place + 1) * daysPerSpan, true, at)
        : addRows(m_connection, level, place, after(level, place), true, at);
    if (!added)
        return added;
    if (bySeries.empty()) // pruned since it was marked
        return m_connection
            .run(QStringLiteral("DELETE FROM rollup_packed WHERE level = ? AND place = ?"),
                 {int(level), place})
            .map([](const QSqlQuery &) {});
    const PackedSums packed = packSums(bySeries);
    return m_connection
        .run(QStringLiteral("INSERT OR REPLACE INTO rollup_packed (level, place, stale, totals, series) "
                            "VALUES (?, ?, 0, ?, ?)"),
             {int(level), place, packed.totals, packed.series})
        .map([](const QSqlQuery &) {});
}

Status forgetPackedDays(SqlConnection &connection)
{
    const auto deleted = connection.run(QStringLiteral("DELETE FROM rollup_packed WHERE level > ?"),
                                        {int(RollupLevel::Quarter)});
    if (!deleted)
        return tl::unexpected(deleted.error());
    return connection
        .run(QStringLiteral("DELETE FROM meta WHERE name IN (?, ?)"),
             {boundName(RollupLevel::Day), boundName(RollupLevel::Span)})
        .map([](const QSqlQuery &) {});
}

} // namespace lbp
