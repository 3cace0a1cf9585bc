#include "gui/overviewtrend.h"

#include "gui/format.h"
#include "gui/overviewscale.h"

#include <algorithm>
#include <QDateTime>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostTimeTicks = 12; ///< the chart leaves some out where it is narrow

const QList<UsageTotals> &pointsOf(const UsageSeries &series)
{
    static const QList<UsageTotals> none;
    return series.lines.isEmpty() ? none : series.lines.first().points;
}

} // namespace

OverviewTrend::OverviewTrend(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

void OverviewTrend::setSeries(const UsageSeries &series, const UsageSeries &previous, TimeBucket bucket)
{
    const Format &format = m_services.format;
    m_bucket = bucket;
    m_starts = series.starts;
    m_end = series.end;
    m_previousStarts = previous.starts;
    m_previousPoints = pointsOf(previous).mid(0, m_starts.size());
    const Instant now = m_services.clock.now();
    const qsizetype begun = std::upper_bound(m_starts.begin(), m_starts.end(), now) - m_starts.begin();
    m_points = pointsOf(series).mid(0, begun);

    Money most, spent, dearest;
    qsizetype dearestAt = -1;
    for (const UsageTotals &point : std::as_const(m_previousPoints))
        most = std::max(most, point.cost);
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        spent = spent.plusSaturated(m_points[i].cost);
        if (m_points[i].cost > dearest) {
            dearest = m_points[i].cost;
            dearestAt = i;
        }
    }
    most = std::max(most, dearest);
    m_isEmpty = most.isZero();

    const MoneyScale scale = moneyScale(most);
    const auto fractions = [&](const QList<UsageTotals> &points) {
        QList<double> values;
        values.reserve(points.size());
        for (const UsageTotals &point : points)
            values += std::max(0.0, lbp::gui::fraction(point.cost, scale.top));
        return values;
    };
    m_values = fractions(m_points);
    m_previous = fractions(m_previousPoints);
    QVariantList amountTicks;
    for (const Money tick : scale.ticks)
        amountTicks +=
            QVariantMap{{u"at"_s, lbp::gui::fraction(tick, scale.top)}, {u"text"_s, format.moneyExact(tick)}};
    QVariantList timeTicks = makeTimeTicks();
    const bool newAmounts = amountTicks != m_amountTicks, newTimes = timeTicks != m_timeTicks;
    m_amountTicks = std::move(amountTicks);
    m_timeTicks = std::move(timeTicks);
    m_summary = dearestAt < 0
        ? tr("Nothing was spent in this time")
        : tr("%1 in all; most in %2: %3")
              .arg(format.money(spent), bucketText(m_starts[dearestAt]), format.money(dearest));
    if (newAmounts)
        Q_EMIT amountTicksChanged();
    if (newTimes)
        Q_EMIT timeTicksChanged();
    Q_EMIT changed();
}

QString OverviewTrend::bucketText(Instant start) const
{
    const QDateTime at = m_services.format.local(start);
    const QLocale &locale = m_services.format.locale();
    switch (m_bucket) {
    case TimeBucket::Hour:
        return locale.toString(at, tr("ddd d MMM, HH:mm", "date and time of an hour"));
    case TimeBucket::Week:
        return tr("Week of %1").arg(locale.toString(at, tr("d MMM yyyy", "date with year")));
    case TimeBucket::Day:
    case TimeBucket::Month:
        break;
    }
    return locale.toString(at, tr("ddd d MMM yyyy", "date with weekday"));
}

QVariantList OverviewTrend::makeTimeTicks() const
{
    const qsizetype count = m_starts.size();
    const QLocale &locale = m_services.format.locale();
    const bool ofOneDay =
        count > 0 && m_bucket == TimeBucket::Hour && m_end - m_starts.first() <= std::chrono::hours(25);
    QVariantList ticks;
    const auto add = [&](qsizetype i, const QString &text) {
        ticks += QVariantMap{{u"at"_s, int(i)}, {u"text"_s, text}};
    };
    if (m_bucket == TimeBucket::Hour) {
        for (qsizetype i = 0; i < count; ++i) {
            const QDateTime at = m_services.format.local(m_starts[i]);
            if (ofOneDay && at.time().hour() % 3 == 0)
                add(i, locale.toString(at.time(), u"HH:mm"_s));
            else if (!ofOneDay && at.time().hour() == 0)
                add(i, locale.toString(at, tr("ddd d", "weekday and day")));
        }
        return ticks;
    }
    const qsizetype step = std::max<qsizetype>(1, (count + mostTimeTicks - 1) / mostTimeTicks);
    for (qsizetype i = 0; i < count; i += step)
        add(i, locale.toString(m_services.format.local(m_starts[i]), tr("d MMM", "date without year")));
    return ticks;
}

QString OverviewTrend::title(int index) const
{
    return index >= 0 && index < m_starts.size() ? bucketText(m_starts[index]) : QString();
}

QString OverviewTrend::amount(int index) const
{
    return index >= 0 && index < m_points.size() ? m_services.format.money(m_points[index].cost) : QString();
}

QString OverviewTrend::detail(int index) const
{
    if (index < 0 || index >= m_points.size() || m_points[index].requests == 0)
        return {};
    return tr("%n request(s)", nullptr, int(std::min<qint64>(m_points[index].requests, INT_MAX)));
}

QString OverviewTrend::previousTitle(int index) const
{
    return index >= 0 && index < m_previousPoints.size() && index < m_previousStarts.size()
        ? bucketText(m_previousStarts[index])
        : QString();
}

QString OverviewTrend::previousAmount(int index) const
{
    return index >= 0 && index < m_previousPoints.size()
        ? m_services.format.money(m_previousPoints[index].cost)
        : QString();
}

std::optional<TimeRange> OverviewTrend::times(int index) const
{
    if (index < 0 || index >= m_starts.size())
        return std::nullopt;
    return TimeRange{m_starts[index], index + 1 < m_starts.size() ? m_starts[index + 1] : m_end};
}

} // namespace lbp::gui
