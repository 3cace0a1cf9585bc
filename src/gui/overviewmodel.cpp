#include "gui/overviewmodel.h"

#include "control/control.h"
#include "control/eventhub.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/navigator.h"
#include "gui/spendwatch.h"
#include "gui/uistate.h"

#include <QDateTime>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto rangeState = "overview.range"_L1;
constexpr auto bucketState = "overview.bucket"_L1;

QString bucketName(TimeBucket bucket)
{
    switch (bucket) {
    case TimeBucket::Hour:
        return OverviewModel::tr("Hours");
    case TimeBucket::Day:
        return OverviewModel::tr("Days");
    case TimeBucket::Week:
        return OverviewModel::tr("Weeks");
    case TimeBucket::Month:
        break;
    }
    return OverviewModel::tr("Months");
}

QString rangeName(const QString &id)
{
    if (id == "today"_L1)
        return OverviewModel::tr("Today");
    if (id == "yesterday"_L1)
        return OverviewModel::tr("Yesterday");
    if (id == "7d"_L1)
        return OverviewModel::tr("Last 7 days");
    if (id == "30d"_L1)
        return OverviewModel::tr("Last 30 days");
    if (id == "90d"_L1)
        return OverviewModel::tr("Last 90 days");
    if (id == "week"_L1)
        return OverviewModel::tr("This week");
    if (id == "lastweek"_L1)
        return OverviewModel::tr("Last week");
    if (id == "month"_L1)
        return OverviewModel::tr("This month");
    if (id == "lastmonth"_L1)
        return OverviewModel::tr("Last month");
    return OverviewModel::tr("From … to …");
}

/// A day as the locale writes it, with two or four digits for the year, or as ISO 8601 has it.
QDate readDay(const QString &text, const QLocale &locale)
{
    const QString plain = text.trimmed();
    if (const QDate iso = QDate::fromString(plain, Qt::ISODate); iso.isValid())
        return iso;
    for (const QString &format :
         {locale.dateFormat(QLocale::ShortFormat),
          locale.dateFormat(QLocale::ShortFormat).replace("yyyy"_L1, "yy"_L1),
          locale.dateFormat(QLocale::ShortFormat).replace("yyyy"_L1, "yy"_L1).replace("yy"_L1, "yyyy"_L1)}) {
        QDate day = locale.toDate(plain, format);
        if (day.isValid() && day.year() < 1970)
            day = day.addYears(100); // two digits are read as of the last century
        if (day.isValid())
            return day;
    }
    return {};
}

} // namespace

OverviewModel::OverviewModel(const GuiServices &services, SpendWatch &spend, QObject *parent)
    : PageModel(services, parent)
    , m_spend(spend)
    , m_trend(services)
    , m_byKey(services, SplitBy::Key)
    , m_byModel(services, SplitBy::Model)
    , m_budgets(services)
    , m_recent(services)
    , m_livePacer(liveGap, [this] { showLive(); })
    , m_sumsPacer(sumsGap, [this] { loadSums(); })
    , m_slowPacer(slowGap, [this] { loadSlow(); })
{
    restore();
}

void OverviewModel::restore()
{
    const QStringList stored = services().state.value(rangeState).toStringList();
    if (!stored.isEmpty()) {
        const OverviewRange range{stored.value(0), QDate::fromString(stored.value(1), Qt::ISODate),
                                  QDate::fromString(stored.value(2), Qt::ISODate)};
        if (isOverviewRange(range))
            m_range = range;
    }
    m_bucket = timeBucketFromName(services().state.value(bucketState).toString());
}

void OverviewModel::activated()
{
    m_events = services().events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    m_spendChanged = connect(&m_spend, &SpendWatch::changed, this, [this] {
        m_spendIsNew = true;
        m_livePacer.ask();
        m_sumsPacer.ask();
        m_slowPacer.ask();
    });
    m_runningChanged = connect(&m_spend, &SpendWatch::runningChanged, this, [this] { m_livePacer.ask(); });
    m_spendIsNew = true;
    m_livePacer.askNow();
    loadRecent();
    m_sumsPacer.askNow();
    m_slowPacer.askNow();
}

void OverviewModel::deactivated()
{
    disconnect(m_events);
    disconnect(m_spendChanged);
    disconnect(m_runningChanged);
    m_livePacer.stop();
    m_sumsPacer.stop();
    m_slowPacer.stop();
}

void OverviewModel::retry()
{
    setProblem({});
    loadRecent();
    m_sumsPacer.askNow();
    m_slowPacer.askNow();
}

void OverviewModel::handle(const QList<Event> &events)
{
    QList<ExchangeRow> ended;
    bool namesChanged = false;
    for (const Event &event : events) {
        if (const auto *end = std::get_if<event::ExchangeEnded>(&event.body))
            ended += end->row;
        else if (std::holds_alternative<event::KeysChanged>(event.body))
            namesChanged = true;
    }
    if (ended.size() > OverviewRecentModel::mostRows) // a burst: the others could never be seen
        ended.remove(0, ended.size() - OverviewRecentModel::mostRows);
    if (!ended.isEmpty())
        m_recent.addEnded(ended);
    if (namesChanged || !ended.isEmpty())
        m_livePacer.ask();
}

void OverviewModel::showLive()
{
    if (std::exchange(m_spendIsNew, false))
        showSpend();
    m_recent.show(m_spend.running());
    showUnused();
    m_livePacer.done();
}

void OverviewModel::loadRecent()
{
    RequestFilter filter;
    filter.limit = int(OverviewRecentModel::mostRows);
    mailbox().when(services().control.requests(filter), [this](const Result<QList<ExchangeRow>> &rows) {
        if (!rows) {
            setProblem(tr("The latest requests could not be read: %1").arg(rows.error().detail));
            return;
        }
        m_recentKnown = true;
        m_recent.addEnded(*rows);
        m_livePacer.askNow();
    });
}

void OverviewModel::showUnused()
{
    const bool unused = m_recentKnown && m_recent.count() == 0;
    if (std::exchange(m_unused, unused) != unused)
        Q_EMIT unusedChanged();
}

// ---- the range

TimeRange OverviewModel::times() const
{
    return timesOf(m_range, services().clock.now(), services().control.timeZone());
}

TimeBucket OverviewModel::bucket() const
{
    const QTimeZone zone = services().control.timeZone();
    if (m_bucket && bucketsFor(times(), zone).contains(*m_bucket))
        return *m_bucket;
    return usualBucket(times(), zone);
}

void OverviewModel::setRange(OverviewRange range)
{
    if (range == m_range)
        return;
    m_range = std::move(range);
    ++m_generation;
    services().state.setValue(
        rangeState,
        QStringList{m_range.id, m_range.first.toString(Qt::ISODate), m_range.last.toString(Qt::ISODate)});
    Q_EMIT rangeChanged();
    if (isActive()) {
        m_sumsPacer.askNow();
        m_slowPacer.askNow();
    }
}

void OverviewModel::setRangeId(const QString &id)
{
    if (!overviewRangeIds().contains(id) || id == m_range.id)
        return;
    OverviewRange range{id};
    if (id == OverviewRange::customId) {
        const TimeRange shown = times();
        range.first = services().format.local(shown.from).date();
        range.last = services().format.local(shown.to - Duration(1)).date();
    }
    setRange(std::move(range));
}

QString OverviewModel::setCustomRange(const QString &first, const QString &last)
{
    const QLocale &locale = services().format.locale();
    const QString example = services().format.date(services().clock.now());
    OverviewRange range{QString(OverviewRange::customId), readDay(first, locale), readDay(last, locale)};
    if (!range.first.isValid() || !range.last.isValid())
        return tr("“%1” is no date; write it as in %2.").arg(range.first.isValid() ? last : first, example);
    if (range.first > range.last)
        std::swap(range.first, range.last);
    if (!isOverviewRange(range))
        return tr("At most %n day(s) can be shown.", nullptr, OverviewRange::mostDays);
    setRange(std::move(range));
    return {};
}

QVariantList OverviewModel::ranges() const
{
    QVariantList list;
    for (const QString &id : overviewRangeIds())
        list += QVariantMap{{u"text"_s, rangeName(id)}, {u"value"_s, id}};
    return list;
}

QString OverviewModel::firstDay() const
{
    return services().format.date(times().from);
}

QString OverviewModel::lastDay() const
{
    return services().format.date(times().to - Duration(1));
}

QString OverviewModel::rangeText() const
{
    const TimeRange range = times();
    const QLocale &locale = services().format.locale();
    const QDate first = services().format.local(range.from).date();
    const QDate last = services().format.local(range.to - Duration(1)).date();
    const QString withYear = tr("d MMM yyyy", "date with year");
    if (first == last)
        return locale.toString(first, tr("ddd d MMM yyyy", "date with weekday"));
    return tr("%1 to %2", "dates")
        .arg(
            locale.toString(first, first.year() == last.year() ? tr("d MMM", "date without year") : withYear),
            locale.toString(last, withYear));
}

QStringList OverviewModel::buckets() const
{
    QStringList names;
    for (const TimeBucket one : bucketsFor(times(), services().control.timeZone()))
        names += bucketName(one);
    return names;
}

int OverviewModel::bucketIndex() const
{
    return int(bucketsFor(times(), services().control.timeZone()).indexOf(bucket()));
}

void OverviewModel::setBucketIndex(int index)
{
    const QList<TimeBucket> fitting = bucketsFor(times(), services().control.timeZone());
    if (index < 0 || index >= fitting.size() || fitting[index] == bucket())
        return;
    m_bucket = fitting[index];
    ++m_generation;
    services().state.setValue(bucketState, timeBucketName(*m_bucket));
    Q_EMIT rangeChanged();
    if (isActive())
        m_sumsPacer.askNow();
}

// ---- what leads on

QString OverviewModel::filterWith(const QString &term) const
{
    return term + u' ' + timeFilter(m_range, services().clock.now(), services().control.timeZone());
}

void OverviewModel::openKey(int row)
{
    if (const QString term = m_byKey.filter(row); !term.isEmpty())
        services().navigator.open(Navigator::Requests, {{u"filter"_s, filterWith(term)}});
}

void OverviewModel::openModel(int row)
{
    if (const QString term = m_byModel.filter(row); !term.isEmpty())
        services().navigator.open(Navigator::Requests, {{u"filter"_s, filterWith(term)}});
}

void OverviewModel::openTime(int index)
{
    if (const std::optional<TimeRange> range = m_trend.times(index))
        services().navigator.open(Navigator::Requests,
                                  {{u"filter"_s, timeFilter(*range, services().control.timeZone())}});
}

void OverviewModel::openRequest(int row)
{
    if (const QString id = m_recent.idAt(row); !id.isEmpty())
        services().navigator.open(Navigator::Requests, {{u"filter"_s, QString()}, {u"id"_s, id}});
}

void OverviewModel::openRequests()
{
    services().navigator.open(Navigator::Requests, {{u"filter"_s, QString()}});
}

void OverviewModel::openBudgets()
{
    services().navigator.open(Navigator::Budgets);
}

void OverviewModel::openConnect()
{
    services().navigator.open(Navigator::Connect);
}

void OverviewModel::openPrices()
{
    services().navigator.open(Navigator::Prices);
}

} // namespace lbp::gui
