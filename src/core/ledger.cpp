#include "core/ledger.h"

#include "core/ledgercounters.h"

namespace lbp {

Reservation::Reservation(Reservation &&other) noexcept
    : m_ledger(std::exchange(other.m_ledger, nullptr))
    , m_amount(other.m_amount)
    , m_slot(other.m_slot)
{
}

Reservation &Reservation::operator=(Reservation &&other) noexcept
{
    if (this != &other) {
        settle(m_amount);
        m_ledger = std::exchange(other.m_ledger, nullptr);
        m_amount = other.m_amount;
        m_slot = other.m_slot;
    }
    return *this;
}

Reservation::~Reservation()
{
    settle(m_amount);
}

void Reservation::settle(Money actual)
{
    if (m_ledger)
        m_ledger->end(*this, actual);
}

void Reservation::release()
{
    settle(Money());
}

BudgetLedger::BudgetLedger(QTimeZone zone, std::vector<Threshold> thresholds)
    : d(std::make_unique<Private>())
{
    d->zone = std::move(zone);
    d->thresholds = std::move(thresholds);
}

BudgetLedger::~BudgetLedger()
{
    Q_ASSERT_X(d->freeSlots.size() == d->slots.size(), "BudgetLedger", "a reservation outlived its ledger");
}

void BudgetLedger::setBudgets(const QList<Budget> &budgets)
{
    d->explicitLimits.clear();
    for (const Budget &budget : budgets)
        d->explicitLimits.insert({budget.scope, int(budget.period)}, budget.limit);
    for (const Budget &budget : budgets)
        d->ensure(budget.scope, budget.period, true);
    d->applyLimits();
}

void BudgetLedger::setDefaults(const QList<std::pair<Period, Money>> &perKey)
{
    d->defaults = perKey;
    d->applyLimits();
}

void BudgetLedger::setThresholds(std::vector<Threshold> thresholds)
{
    d->thresholds = std::move(thresholds);
}

void BudgetLedger::setTimeZone(QTimeZone zone)
{
    d->zone = std::move(zone);
    for (CurrentSpan &span : d->spans)
        span.stale = true;
}

void BudgetLedger::loadSpent(const Scope &scope, Period period, Money spent, Instant now)
{
    Counter &counter = d->loaded(scope, period, now);
    counter.spent = std::max(spent, Money());
    counter.trimOnce();
}

void BudgetLedger::addEarlier(const Scope &scope, Period period, Money spent, Instant now)
{
    Counter &counter = d->loaded(scope, period, now);
    counter.spent = counter.spent.plusSaturated(std::max(spent, Money()));
}

void BudgetLedger::addSpent(const Spender &spender, Money amount, Instant at)
{
    // A correction of something long ago must not be taken for a clock that stepped back.
    if (std::any_of(d->spans.begin(), d->spans.end(),
                    [at](const CurrentSpan &s) { return s.stale || at >= s.span.end; }))
        d->refresh(at);
    for (CounterIndex i : d->pathOf(spender)) {
        Counter &counter = d->current(i);
        if (at >= d->spans[size_t(counter.period)].span.start) {
            counter.spent = std::max(counter.spent.plusSaturated(amount), Money());
            counter.trimOnce();
        }
    }
}

void BudgetLedger::raise(const BudgetRaise &raise, Instant now)
{
    Q_ASSERT(raise.amount > Money());
    Counter &counter = d->loaded(raise.scope, raise.period, now); // refreshed: all spans are known
    d->raises.removeIf([&](const BudgetRaise &old) {
        return old.at < d->spans[size_t(old.period)].span.start - believedStepBack;
    });
    d->raises.append(raise);
    const PeriodSpan &span = d->spans[size_t(raise.period)].span;
    if (raise.at < span.start || raise.at >= span.end)
        return;
    Money &sum = raise.once ? counter.once : counter.raised;
    sum = sum.plusSaturated(raise.amount);
    counter.trimOnce();
}

std::optional<BudgetStatus> BudgetLedger::tightest(const Spender &spender, Instant now)
{
    d->refresh(now);
    CounterIndex least = noCounter;
    Int128 leastRoom = 0;
    for (CounterIndex i : d->pathOf(spender)) {
        const Counter &counter = d->current(i);
        if (!counter.limited)
            continue;
        const Int128 room = -counter.shortfall(Money());
        if (least == noCounter || room < leastRoom) {
            least = i;
            leastRoom = room;
        }
    }
    if (least == noCounter)
        return std::nullopt;
    return d->statusOf(least);
}

tl::expected<Reservation, BudgetLedger::Refusal> BudgetLedger::reserve(const Spender &spender, Money amount,
                                                                       Instant now, bool force)
{
    Q_ASSERT(!amount.isNegative());
    d->refresh(now);
    const std::vector<CounterIndex> &path = d->pathOf(spender);
    bool fits = true;
    for (CounterIndex i : path) {
        const Counter &counter = d->current(i);
        fits = fits && (!counter.limited || counter.hasRoomFor(amount));
    }
    // Where one has no room, the one with the least room has none either.
    if (!fits && !force)
        return tl::unexpected(Refusal{*tightest(spender, now)});

    const quint32 index = d->takeSlot();
    Slot &slot = d->slots[index];
    slot.isOpen = true;
    slot.amount = amount;
    slot.spender = spender;
    slot.at = now;
    slot.parts.clear();
    for (CounterIndex i : path) {
        Counter &counter = d->counters[i];
        counter.reserved = counter.reserved.plusSaturated(amount);
        slot.parts.push_back({i, counter.generation});
    }
    return Reservation(*this, amount, index);
}

BudgetLedger::Overdraft BudgetLedger::reserveOver(const Spender &spender, Money amount, Instant now)
{
    d->refresh(now);
    QList<BudgetRaise> raises;
    for (CounterIndex i : d->pathOf(spender)) {
        Counter &counter = d->current(i);
        if (!counter.limited || counter.hasRoomFor(amount))
            continue;
        const Money missing = Money::fromPicodollars(
            qint64(std::clamp<Int128>(counter.shortfall(amount), 0, std::numeric_limits<qint64>::max())));
        if (missing.isZero())
            continue; // nothing is free where everything is refused
        raises.append(
            {counter.scope, counter.period, d->spans[size_t(counter.period)].span.start, missing, now, true});
        counter.once = counter.once.plusSaturated(missing);
        d->raises.append(raises.last());
    }
    return {std::move(*reserve(spender, amount, now, true)), std::move(raises)};
}

QList<BudgetStatus> BudgetLedger::withoutRoom(const Spender &spender, Money amount, Instant now)
{
    d->refresh(now);
    QList<BudgetStatus> list;
    for (CounterIndex i : d->pathOf(spender)) {
        const Counter &counter = d->current(i);
        if (counter.limited && !counter.hasRoomFor(amount))
            list.append(d->statusOf(i));
    }
    std::stable_sort(list.begin(), list.end(), [](const BudgetStatus &a, const BudgetStatus &b) {
        return a.remaining() < b.remaining();
    });
    return list;
}

void BudgetLedger::end(Reservation &reservation, Money actual)
{
    Slot &slot = d->slots[reservation.m_slot];
    Q_ASSERT(slot.isOpen);
    const Money spent = std::max(actual, Money()); // nobody is paid for asking
    for (const Part &part : slot.parts) {
        Counter &counter = d->counters[part.counter];
        if (counter.generation != part.generation)
            continue; // its period is over, and went with all that was reserved in it
        counter.reserved = subtracted(counter.reserved, slot.amount);
        counter.spent = counter.spent.plusSaturated(spent);
        counter.trimOnce();
    }
    slot.isOpen = false;
    slot.spender = {};
    slot.parts.clear();
    d->freeSlots.push_back(reservation.m_slot);
    reservation.m_ledger = nullptr;
}

QList<BudgetStatus> BudgetLedger::statusFor(const Spender &spender, Instant now)
{
    d->refresh(now);
    QList<BudgetStatus> list;
    for (CounterIndex i : d->pathOf(spender)) {
        if (d->counters[i].limited)
            list.append(d->statusOf(i));
    }
    std::stable_sort(list.begin(), list.end(), isTighter);
    return list;
}

QList<BudgetStatus> BudgetLedger::statusAll(Instant now)
{
    d->refresh(now);
    QList<BudgetStatus> list;
    for (CounterIndex i = 0; i < d->counters.size(); ++i) {
        if (d->counters[i].limited)
            list.append(d->statusOf(i));
    }
    return list;
}

std::optional<BudgetLedger::Pressure> BudgetLedger::pressure(const Spender &spender, Instant now)
{
    d->refresh(now);
    // All budgets share the thresholds, so the one under most pressure has reached whatever any other has.
    std::optional<BudgetStatus> highest;
    int basisPoints = -1;
    for (CounterIndex i : d->pathOf(spender)) {
        if (!d->counters[i].limited)
            continue;
        BudgetStatus status = d->statusOf(i);
        if (const int own = status.pressureBasisPoints(); own > basisPoints) {
            basisPoints = own;
            highest = std::move(status);
        }
    }
    const Threshold *strongest = nullptr;
    for (const Threshold &threshold : d->thresholds) {
        const bool reached = basisPoints >= 0 && qint64(basisPoints) >= qint64(threshold.percent) * 100;
        if (reached
            && (!strongest
                || std::pair(threshold.action, threshold.percent)
                    > std::pair(strongest->action, strongest->percent)))
            strongest = &threshold;
    }
    if (!strongest)
        return std::nullopt;
    return Pressure{strongest->action, strongest->percent, std::move(*highest)};
}

} // namespace lbp
