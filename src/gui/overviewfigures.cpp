// How the numbers of the overview come about.
#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/overviewmodel.h"
#include "gui/overviewscale.h"
#include "gui/spendwatch.h"

#include <climits>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

int clampedCount(qint64 n)
{
    return int(std::min<qint64>(n, INT_MAX));
}

qint64 tokensOf(const UsageTotals &totals)
{
    return totals.usage.inputTokens() + totals.usage.outputTokens();
}

} // namespace

struct OverviewModel::Sums
{
    quint64 generation = 0;
    TimeBucket bucket = TimeBucket::Day;
    int pending = 0;
    UsageSeries now, before, keys, models;
    UsageTotals beforeSoFar; ///< the period before, as far into it as the present one is
    QString problem;
};

OverviewFigure OverviewModel::spendFigure(Money spent, const std::optional<BudgetStatus> &budget) const
{
    const Format &format = services().format;
    OverviewFigure figure;
    figure.known = true;
    figure.value = format.money(spent);
    if (!budget) {
        figure.caption = tr("no budget is set");
        return figure;
    }
    const Money limit = budget->effectiveLimit();
    figure.measured = true;
    figure.fraction = lbp::gui::fraction(budget->spent, limit);
    figure.reservedFraction = limit.isZero() ? 0 : lbp::gui::fraction(budget->reserved, limit);
    figure.meterText = format.percent(budget->pressureBasisPoints());
    figure.caption = budget->budget.scope.kind == ScopeKind::Global
        ? tr("of %1", "a limit").arg(format.moneyShort(limit))
        : tr("%1: %2 of %3", "a key or team, spent, limit")
              .arg(scopeText(budget->budget.scope, services().control), format.money(budget->spent),
                   format.moneyShort(limit));
    const QString reset = format.in(budget->span.end - services().clock.now());
    figure.tip = budget->reserved.isZero()
        ? tr("%1 left; resets %2", "amount, in a time span").arg(format.money(budget->remaining()), reset)
        : tr("%1 left, %2 reserved by running requests; resets %3", "amounts, in a time span")
              .arg(format.money(budget->remaining()), format.money(budget->reserved), reset);
    if (budget->pressureBasisPoints() >= 10'000)
        figure.tone = u"danger"_s;
    else if (budget->pressureBasisPoints() >= int(m_warnAt * 10'000))
        figure.tone = u"warning"_s;
    return figure;
}

void OverviewModel::showSpend()
{
    if (!m_spend.isKnown())
        return;
    m_warnAt = warnFraction(*services().control.config());
    m_today = spendFigure(m_spend.today().cost, m_spend.dailyBudget());
    m_month = spendFigure(m_spend.month().cost, m_spend.monthlyBudget());
    m_budgets.setBudgets(m_spend.budgets());
    Q_EMIT spendChanged();
}

void OverviewModel::loadSums()
{
    const TimeRange range = times();
    const QTimeZone zone = services().control.timeZone();
    const Instant now = services().clock.now();
    const TimeRange before = previousRange(range, zone);
    auto sums = std::make_shared<Sums>();
    sums->generation = m_generation;
    sums->bucket = bucket();
    const auto done = [this, sums] {
        if (--sums->pending > 0)
            return;
        if (sums->generation == m_generation)
            showSums(*sums);
        m_sumsPacer.done();
    };
    const auto ask = [this, sums, done](const UsageSeriesQuery &query, auto take) {
        ++sums->pending;
        mailbox().when(services().control.usageSeries(query),
                       [sums, done, take](const Result<UsageSeries> &series) {
                           if (series)
                               take(*series);
                           else
                               sums->problem = series.error().detail;
                           done();
                       });
    };
    UsageSeriesQuery overTime{.range = range, .bucket = sums->bucket, .zone = zone, .scope = {}};
    ask(overTime, [sums](const UsageSeries &series) { sums->now = series; });
    overTime.range = before;
    ask(overTime, [sums](const UsageSeries &series) { sums->before = series; });
    UsageSeriesQuery split{range, TimeBucket::Month, zone, SplitBy::Key, {}, OverviewBarsModel::mostBars};
    ask(split, [sums](const UsageSeries &series) { sums->keys = series; });
    split.splitBy = SplitBy::Model;
    ask(split, [sums](const UsageSeries &series) { sums->models = series; });
    // A day that has just begun is not held against a whole one.
    const Duration elapsed = std::min(now, range.to) - range.from;
    const TimeRange soFar{before.from, std::min(before.to, before.from + elapsed)};
    if (soFar.from < soFar.to)
        ask({.range = soFar, .bucket = TimeBucket::Month, .zone = zone, .scope = {}},
            [sums](const UsageSeries &series) { sums->beforeSoFar = series.total; });
}

QString OverviewModel::changeText(qint64 now, qint64 before) const
{
    const std::optional<int> change = changeBasisPoints(now, before);
    if (!change)
        return {};
    if (std::abs(*change) < 100)
        return tr("as much as before");
    const QString percent = services().format.percent(std::abs(*change));
    return *change > 0 ? tr("%1 more than before").arg(percent) : tr("%1 less than before").arg(percent);
}

void OverviewModel::showSums(const Sums &sums)
{
    setReady();
    if (!sums.problem.isEmpty()) {
        setProblem(tr("The sums could not be read: %1").arg(sums.problem));
        return;
    }
    setProblem({});
    const Format &format = services().format;
    const UsageTotals &total = sums.now.total;
    const UsageTotals &before = sums.beforeSoFar;

    m_spent = {};
    m_spent.known = true;
    m_spent.value = format.money(total.cost);
    m_spent.caption = changeText(total.cost.picodollars(), before.cost.picodollars());
    QStringList notes;
    if (total.estimated > 0)
        notes += tr("%n request(s) in it are estimated.", nullptr, clampedCount(total.estimated));
    if (total.unpriced > 0) {
        m_spent.tone = u"warning"_s;
        m_spent.caption = tr("%n request(s) without a price", nullptr, clampedCount(total.unpriced));
        notes += tr("%n request(s) of unknown cost are not in it: their models have no price.", nullptr,
                    clampedCount(total.unpriced));
    }
    m_spent.tip = notes.join(u'\n');

    m_requests = {};
    m_requests.known = true;
    m_requests.value = format.countShort(total.requests);
    m_requests.caption = total.errors > 0 ? tr("%n failed or refused", nullptr, clampedCount(total.errors))
                                          : changeText(total.requests, before.requests);
    m_requests.tip = tr("%n request(s)", nullptr, clampedCount(total.requests));

    const qint64 tokens = tokensOf(total);
    m_tokens = {};
    m_tokens.known = true;
    m_tokens.value = format.countShort(tokens);
    m_tokens.caption =
        tr("%1 in, %2 out", "tokens")
            .arg(format.countShort(total.usage.inputTokens()), format.countShort(total.usage.outputTokens()));
    m_tokens.tip =
        tr("%1 of input, %2 of output", "tokens")
            .arg(format.count(total.usage.inputTokens()), format.count(total.usage.outputTokens()));

    m_saved = {};
    m_saved.known = true;
    m_saved.value = format.money(total.saved);
    m_saved.caption = total.cacheHits == 0
        ? tr("none from the cache")
        : tr("%1 from the cache", "a percentage of requests")
              .arg(format.percent(basisPoints(total.cacheHits, total.requests)));
    m_saved.tip = tr("What answers from the cache and cheaper models did not cost");
    if (!total.saved.isZero())
        m_saved.tone = u"ok"_s;

    m_trend.setSeries(sums.now, sums.before, sums.bucket);
    m_byKey.setSeries(sums.keys);
    m_byModel.setSeries(sums.models);
    Q_EMIT figuresChanged();
}

void OverviewModel::loadSlow()
{
    auto pending = std::make_shared<int>(3);
    const auto done = [this, pending] {
        if (--*pending > 0)
            return;
        m_slowPacer.done();
    };
    mailbox().when(services().control.latency(times()),
                   [this, done, generation = m_generation](const Result<LatencySummary> &summary) {
                       if (generation == m_generation)
                           showLatency(summary);
                       done();
                   });
    const auto forecast = [this, done](OverviewFigure OverviewModel::*figure, Period period) {
        mailbox().when(services().control.forecast(period),
                       [this, done, figure, period](const Result<Forecast> &result) {
                           showForecast(this->*figure, result, period);
                           done();
                       });
    };
    forecast(&OverviewModel::m_forecast, Period::Monthly);
    forecast(&OverviewModel::m_dayForecast, Period::Daily);
}

void OverviewModel::showForecast(OverviewFigure &figure, const Result<Forecast> &forecast, Period period)
{
    const Format &format = services().format;
    figure = {};
    figure.known = true;
    if (!forecast) {
        figure.value = u"–"_s;
        figure.caption = tr("not available");
        figure.tip = forecast.error().detail;
    } else if (!forecast->isKnown()) {
        figure.value = u"–"_s;
        figure.caption = tr("after three days of use");
        figure.tip = tr("A forecast needs three whole days to go by.");
    } else {
        figure.value = format.money(forecast->likely);
        figure.caption = tr("%1 to %2", "amounts")
                             .arg(format.moneyShort(forecast->low), format.moneyShort(forecast->high));
        figure.tip = tr("Four of five times it ends within this range. It rests on %n day(s).", nullptr,
                        forecast->samples);
        const auto budget = period == Period::Monthly ? m_spend.monthlyBudget() : m_spend.dailyBudget();
        if (budget && budget->budget.scope.kind == ScopeKind::Global) {
            const Money limit = budget->effectiveLimit();
            figure.measured = true;
            figure.fraction = lbp::gui::fraction(forecast->likely, limit);
            if (forecast->likely > limit)
                figure.tone = u"danger"_s;
            else if (forecast->high > limit)
                figure.tone = u"warning"_s;
        }
    }
    Q_EMIT forecastChanged();
}

void OverviewModel::showLatency(const Result<LatencySummary> &summary)
{
    const auto show = [&](OverviewFigure &figure, const LatencySummary::Quantiles &quantiles,
                          const QString &what) {
        figure = {};
        figure.known = true;
        if (quantiles.rows == 0) {
            figure.value = u"–"_s;
            figure.caption = tr("no answers yet");
            figure.tip = what;
            return;
        }
        const Format &format = services().format;
        figure.value = format.duration(Duration(quantiles.medianUs));
        figure.caption =
            tr("p95 %1", "95th percentile of a duration").arg(format.duration(Duration(quantiles.p95Us)));
        figure.tip = summary->isExact
            ? tr("%1 Median, and what 95 of 100 stay below, of %2 answers.")
                  .arg(what, format.count(quantiles.rows))
            : tr("%1 Median, and what 95 of 100 stay below, from a sample of %2 answers.")
                  .arg(what, format.count(quantiles.rows));
    };
    const LatencySummary nothing;
    const LatencySummary &values = summary ? *summary : nothing;
    show(m_latency, values.duration, tr("From the request to the end of its answer."));
    show(m_ttft, values.ttft, tr("Time to first token: until the first content of an answer."));
    if (!summary)
        m_latency.tip = m_ttft.tip = summary.error().detail;
    Q_EMIT latencyChanged();
}

} // namespace lbp::gui
