#include "gui/budgetfeed.h"

#include "control/control.h"
#include "control/eventhub.h"

#include <algorithm>

namespace lbp::gui {

namespace {

constexpr int gatherMs = 120; ///< a burst of changes is one look
constexpr qsizetype fewKeys = 16; ///< more at once are cheaper to read all together

template <typename... Fs> struct Overloaded : Fs...
{
    using Fs::operator()...;
};
template <typename... Fs> Overloaded(Fs...) -> Overloaded<Fs...>;

} // namespace

BudgetFeed::BudgetFeed(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(gatherMs);
    connect(&m_soon, &QTimer::timeout, this, &BudgetFeed::ask);
    m_reset.setSingleShot(true);
    connect(&m_reset, &QTimer::timeout, this, &BudgetFeed::reload);
    m_minute.setInterval(60'000);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_minute, &QTimer::timeout, this, &BudgetFeed::minute);
    m_services.events.subscribe(this, [this](const QList<Event> &events) {
        if (m_started)
            handle(events);
    });
}

BudgetFeed::~BudgetFeed()
{
    stop();
}

void BudgetFeed::start()
{
    if (m_started)
        return;
    m_started = true;
    m_services.events.watchExchanges(true);
    m_minute.start();
    m_wantsAll = true;
    ask();
}

void BudgetFeed::stop()
{
    if (!m_started)
        return;
    m_started = false;
    m_services.events.watchExchanges(false);
    m_soon.stop();
    m_reset.stop();
    m_minute.stop();
    m_touched.clear();
}

void BudgetFeed::reload()
{
    m_wantsAll = true;
    if (m_started && !m_soon.isActive())
        m_soon.start();
}

void BudgetFeed::handle(const QList<Event> &events)
{
    const auto touch = [this](const OpenRow &row) {
        if (row.series)
            m_touched.insert(row.series->key);
    };
    for (const Event &event : events) {
        std::visit(Overloaded{
                       [&](const event::ExchangeStarted &started) { touch(started.row); },
                       [&](const event::ExchangeEnded &ended) { touch(ended.row.open); },
                       [&](const event::KeysChanged &) { m_wantsAll = true; },
                       [&](const event::BudgetsChanged &) { m_wantsAll = true; },
                       [&](const event::BudgetRaised &) { m_wantsAll = true; },
                       [&](const event::ConfigChanged &) { m_wantsAll = true; },
                       [](const auto &) {},
                   },
                   event.body);
    }
    if ((m_wantsAll || !m_touched.isEmpty()) && !m_soon.isActive())
        m_soon.start();
}

void BudgetFeed::ask()
{
    if (!m_started)
        return;
    if (m_asking) // the answer on its way may be older than what was just told
        return m_soon.start();
    if (m_wantsAll || m_touched.size() > fewKeys)
        return askAll();
    for (const KeyId id : std::exchange(m_touched, {})) {
        m_mailbox.when(m_services.control.view(id), [this](const Result<KeyView> &view) {
            if (view && m_started)
                Q_EMIT updated(view->budgets);
        });
    }
}

void BudgetFeed::askAll()
{
    m_wantsAll = false;
    m_touched.clear();
    m_asking = true;
    m_mailbox.when(m_services.control.budgets(), [this](const Result<QList<BudgetStatus>> &all) {
        m_asking = false;
        if (!m_started)
            return;
        if (!all) {
            Q_EMIT failed(all.error().detail);
            return;
        }
        const QList<BudgetStatus> complete = completed(*all);
        armReset(complete);
        Q_EMIT loaded(complete);
    });
}

/// The data path knows the default budgets of the keys that it has met; the others have spent nothing.
QList<BudgetStatus> BudgetFeed::completed(QList<BudgetStatus> all) const
{
    const Control &control = m_services.control;
    const auto &settings = control.config()->budgets;
    const Instant now = m_services.clock.now();
    QSet<std::pair<Scope, int>> known;
    known.reserve(all.size());
    for (const BudgetStatus &status : std::as_const(all))
        known.insert({status.budget.scope, int(status.budget.period)});
    const PeriodSpan day = periodSpan(Period::Daily, now, control.timeZone());
    const PeriodSpan month = periodSpan(Period::Monthly, now, control.timeZone());
    QSet<QString> revoked;
    for (const KeyRecord &key : control.keys()) {
        const Scope scope{ScopeKind::Key, QString::number(key.id)};
        if (key.status == KeyStatus::Revoked) {
            revoked.insert(scope.id);
            continue;
        }
        if (settings.defaultDaily && !known.contains({scope, int(Period::Daily)}))
            all.append({{scope, Period::Daily, *settings.defaultDaily, true}, day, {}, {}});
        if (settings.defaultMonthly && !known.contains({scope, int(Period::Monthly)}))
            all.append({{scope, Period::Monthly, *settings.defaultMonthly, true}, month, {}, {}});
    }
    all.removeIf([&](const BudgetStatus &status) {
        return status.budget.scope.kind == ScopeKind::Key && revoked.contains(status.budget.scope.id);
    });
    return all;
}

void BudgetFeed::armReset(const QList<BudgetStatus> &all)
{
    const Instant now = m_services.clock.now();
    Instant next = Instant::max();
    for (const BudgetStatus &status : all)
        if (status.span.end > now)
            next = std::min(next, status.span.end);
    if (next == Instant::max())
        return m_reset.stop();
    // A suspended machine wakes up late, so no more than an hour is trusted to a timer.
    const qint64 left = std::chrono::duration_cast<std::chrono::milliseconds>(next - now).count();
    m_reset.start(int(std::clamp<qint64>(left + 500, 500, 3'600'000)));
}

} // namespace lbp::gui
