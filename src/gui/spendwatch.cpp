#include "gui/spendwatch.h"

#include "control/control.h"
#include "control/eventhub.h"

#include <algorithm>

namespace lbp::gui {

namespace {

constexpr int settleMs = 150; ///< a burst of answers is one look

template <typename... Fs> struct Overloaded : Fs...
{
    using Fs::operator()...;
};
template <typename... Fs> Overloaded(Fs...) -> Overloaded<Fs...>;

} // namespace

SpendWatch::SpendWatch(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(settleMs);
    connect(&m_soon, &QTimer::timeout, this, &SpendWatch::ask);
    m_dayEnd.setSingleShot(true);
    m_dayEnd.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_dayEnd, &QTimer::timeout, this, &SpendWatch::ask);
    m_services.events.watchExchanges(true);
    m_services.events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    m_mailbox.when(m_services.control.live(), [this](const QList<LiveExchange> &live) {
        for (const LiveExchange &one : live)
            m_running.insert(one.row.id.value, {one.row, one.soFar, one.outputTokens, one.startedAt});
        Q_EMIT runningChanged();
    });
    ask();
}

SpendWatch::~SpendWatch()
{
    m_services.events.watchExchanges(false);
}

void SpendWatch::refresh()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void SpendWatch::handle(const QList<Event> &events)
{
    bool sumsChanged = false;
    bool liveChanged = false;
    for (const Event &event : events) {
        std::visit(Overloaded{
                       [&](const event::ExchangeStarted &started) {
                           m_running.insert(started.row.id.value, {started.row, Money(), 0, event.at});
                           liveChanged = true;
                       },
                       [&](const event::ExchangeProgress &progress) {
                           const auto running = m_running.find(progress.id.value);
                           if (running == m_running.end())
                               return;
                           running->soFar = progress.soFar;
                           running->outputTokens = progress.outputTokens;
                           liveChanged = true;
                       },
                       [&](const event::ExchangeEnded &ended) {
                           liveChanged |= m_running.remove(ended.row.open.id.value) > 0;
                           sumsChanged = true;
                       },
                       [&](const event::KeysChanged &) { sumsChanged = true; },
                       [&](const event::BudgetsChanged &) { sumsChanged = true; },
                       [&](const event::BudgetRaised &) { sumsChanged = true; },
                       [&](const event::ConfigChanged &) { sumsChanged = true; },
                       [](const auto &) {},
                   },
                   event.body);
    }
    if (sumsChanged)
        refresh();
    if (liveChanged)
        Q_EMIT runningChanged();
}

void SpendWatch::ask()
{
    if (m_pending > 0) {
        m_again = true;
        return;
    }
    const Instant now = m_services.clock.now();
    const QTimeZone zone = m_services.control.timeZone();
    const PeriodSpan day = periodSpan(Period::Daily, now, zone);
    const PeriodSpan month = periodSpan(Period::Monthly, now, zone);
    const auto done = [this] {
        if (--m_pending > 0)
            return;
        m_known = true;
        armDayEnd();
        Q_EMIT changed();
        if (std::exchange(m_again, false))
            refresh();
    };
    const auto total = [this, done](UsageSum SpendWatch::*target) {
        return [this, done, target](const Result<QList<UsageSum>> &sums) {
            if (sums)
                this->*target = sums->isEmpty() ? UsageSum() : sums->first();
            done();
        };
    };
    m_pending = 4;
    m_mailbox.when(m_services.control.usage(day.start, day.end, GroupBy::Total), total(&SpendWatch::m_today));
    m_mailbox.when(m_services.control.usage(month.start, month.end, GroupBy::Total),
                   total(&SpendWatch::m_month));
    m_mailbox.when(m_services.control.usage(day.start, day.end, GroupBy::Key),
                   [this, done](const Result<QList<UsageSum>> &sums) {
                       if (sums) {
                           m_todayByKey = *sums;
                           std::stable_sort(
                               m_todayByKey.begin(), m_todayByKey.end(),
                               [](const UsageSum &a, const UsageSum &b) { return a.cost > b.cost; });
                       }
                       done();
                   });
    m_mailbox.when(m_services.control.budgets(), [this, done](const Result<QList<BudgetStatus>> &budgets) {
        if (budgets)
            m_budgets = *budgets;
        done();
    });
}

void SpendWatch::armDayEnd()
{
    const Instant now = m_services.clock.now();
    const PeriodSpan day = periodSpan(Period::Daily, now, m_services.control.timeZone());
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(day.end - now);
    // A suspended machine wakes up late: an hour at most is trusted to a timer.
    m_dayEnd.start(int(std::clamp<qint64>(left.count() + 1000, 1000, 3'600'000)));
}

std::optional<BudgetStatus> SpendWatch::fullest(Period period) const
{
    std::optional<BudgetStatus> found;
    for (const BudgetStatus &status : m_budgets) {
        if (status.budget.period != period)
            continue;
        if (status.budget.scope.kind == ScopeKind::Global)
            return status;
        if (!found || status.pressureBasisPoints() > found->pressureBasisPoints())
            found = status;
    }
    return found;
}

std::optional<BudgetStatus> SpendWatch::dailyBudget() const
{
    return fullest(Period::Daily);
}

std::optional<BudgetStatus> SpendWatch::monthlyBudget() const
{
    return fullest(Period::Monthly);
}

} // namespace lbp::gui
