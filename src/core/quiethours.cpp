#include "core/quiethours.h"

#include <QDateTime>

namespace lbp {

namespace {

std::optional<QTime> clockTime(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    const bool shaped = trimmed.size() == 5 && trimmed[2] == u':';
    for (qsizetype i = 0; shaped && i < 5; ++i)
        if (i != 2 && (trimmed[i] < u'0' || trimmed[i] > u'9'))
            return std::nullopt;
    if (!shaped)
        return std::nullopt;
    const QTime time(trimmed.first(2).toInt(), trimmed.sliced(3).toInt());
    return time.isValid() ? std::optional(time) : std::nullopt;
}

QTimeZone valid(const QTimeZone &zone)
{
    return zone.isValid() ? zone : QTimeZone::utc();
}

} // namespace

Result<std::optional<QuietHours>> QuietHours::fromText(QStringView text)
{
    if (text.trimmed().isEmpty())
        return std::optional<QuietHours>();
    const qsizetype dash = text.indexOf(u'-');
    const std::optional<QTime> from = dash > 0 ? clockTime(text.first(dash)) : std::nullopt;
    const std::optional<QTime> to = dash > 0 ? clockTime(text.sliced(dash + 1)) : std::nullopt;
    if (!from || !to || *from == *to)
        return fail(
            ErrorCode::InvalidValue,
            QStringLiteral("must be two different times of day such as 22:00-07:00, or empty for none"));
    return std::optional(QuietHours{*from, *to});
}

QString QuietHours::toText() const
{
    return from.toString(QStringLiteral("HH:mm-")) + to.toString(QStringLiteral("HH:mm"));
}

bool QuietHours::contains(Instant at, const QTimeZone &zone) const
{
    const QTime now =
        QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, valid(zone)).time(); // the clock on the wall
    return from < to ? now >= from && now < to : now >= from || now < to;
}

Instant QuietHours::endAfter(Instant at, const QTimeZone &zone) const
{
    const QTimeZone known = valid(zone);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, known);
    QDateTime end(now.date(), to, known);
    // In the hour that comes twice the first of the two may lie behind us; a day on is then too late.
    if (end <= now && now.time() >= to)
        end = QDateTime(now.date().addDays(1), to, known);
    else if (end <= now)
        end = now.addSecs(now.time().secsTo(to));
    // A time that the clock jumps over is moved forward by Qt: the quiet ends with the jump.
    if (end.time() != to) {
        const QTimeZone::OffsetData jump = known.nextTransition(now);
        if (jump.atUtc.isValid() && jump.atUtc > now && jump.atUtc < end)
            end = jump.atUtc;
    }
    return fromMicros(end.toMSecsSinceEpoch() * 1000);
}

} // namespace lbp
