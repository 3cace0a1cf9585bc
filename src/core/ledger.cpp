#include "core/ledger.h"

#include "core/int128.h"

#include <algorithm>
#include <array>
#include <QSet>
#include <utility>

namespace lbp {

namespace {

constexpr size_t periodCount = std::size(allPeriods);
/// A clock that steps back by less than this is being corrected, and does not take us to an earlier period.
constexpr Duration believedStepBack = std::chrono::hours(24);

/// The span that is current for all counters of one period. A new generation means that counters begin at
/// zero.
struct CurrentSpan
{
    PeriodSpan span;
    qint64 generation = 0; ///< 0: never computed
    bool stale = true;
};

struct Counter
{
    Scope scope;
    Period period = Period::Total;
    bool limited = false; ///< a budget is in force; else it is only counted
    bool isDefault = false;
    Money limit;
    qint64 generation = 0;
    Money spent;
    Money reserved;
    Money raised; ///< for everybody, in the present span
    Money once; ///< for single requests that went over

    [[nodiscard]] Money effectiveLimit() const { return limit.plusSaturated(raised).plusSaturated(once); }
    /// By how much \a amount is more than what is left.
    [[nodiscard]] Int128 shortfall(Money amount) const
    {
        return Int128(spent.picodollars()) + reserved.picodollars() + amount.picodollars()
            - effectiveLimit().picodollars();
    }
    [[nodiscard]] bool hasRoomFor(Money amount) const
    {
        // Zero refuses everything, also what is free. Else what is free fits even after a provider billed too
        // much.
        const bool isZero = effectiveLimit().isZero();
        if (amount.isZero() || isZero)
            return !isZero;
        return shortfall(amount) <= 0;
    }
    /// What was allowed once covers what is over the limit, and no more.
    void trimOnce()
    {
        if (once.isZero())
            return;
        const Int128 over =
            Int128(spent.picodollars()) + reserved.picodollars() - limit.plusSaturated(raised).picodollars();
        once = Money::fromPicodollars(qint64(std::clamp<Int128>(over, 0, once.picodollars())));
    }
};

using CounterIndex = quint32;
constexpr CounterIndex noCounter = std::numeric_limits<CounterIndex>::max();
using ByPeriod = std::array<CounterIndex, periodCount>;

/// The counters of one spender, found once. Valid for one layout of the counters.
struct Path
{
    QString team;
    QString project;
    quint64 layout = 0;
    std::vector<CounterIndex> counters;
};

/// A reservation belongs to the period in which it was made, also when it ends after it.
struct Part
{
    CounterIndex counter;
    qint64 generation;
};

/// One reservation. Slots and the memory of their parts are used again, so that a request allocates nothing.
struct Slot
{
    bool isOpen = false;
    Money amount;
    Spender spender;
    Instant at;
    std::vector<Part> parts;
};

Money subtracted(Money from, Money amount)
{
    return Money::fromPicodollars(std::max<qint64>(0, from.picodollars() - amount.picodollars()));
}

bool isTighter(const BudgetStatus &a, const BudgetStatus &b)
{
    const int pressureOfA = a.pressureBasisPoints();
    const int pressureOfB = b.pressureBasisPoints();
    return pressureOfA != pressureOfB ? pressureOfA > pressureOfB : a.remaining() < b.remaining();
}

std::array<Scope, 4> scopesOf(const Spender &spender)
{
    return {Scope{ScopeKind::Global, {}}, Scope{ScopeKind::Team, spender.team},
            Scope{ScopeKind::Project, spender.project},
            Scope{ScopeKind::Key, spender.key ? QString::number(spender.key) : QString()}};
}

/// Nobody is in the team without a name.
bool applies(const Scope &scope)
{
    return scope.kind == ScopeKind::Global || !scope.id.isEmpty();
}

} // namespace

struct BudgetLedger::Private
{
    QTimeZone zone;
    std::vector<Threshold> thresholds;
    std::array<CurrentSpan, periodCount> spans;
    std::vector<Counter> counters; ///< never shrinks: indexes stay valid
    QHash<Scope, ByPeriod> index;
    QHash<KeyId, Path> paths;
    quint64 layout = 1; ///< grows whenever paths have to be found anew
    QHash<std::pair<Scope, int>, Money> explicitLimits;
    QList<std::pair<Period, Money>> defaults;
    std::vector<Slot> slots;
    std::vector<quint32> freeSlots;
    QList<BudgetRaise> raises; ///< of spans that are not over
    QSet<CounterIndex> strangers; ///< counters that do not know yet what is open

    void refresh(Instant now)
    {
        for (size_t i = 0; i < periodCount; ++i) {
            CurrentSpan &current = spans[i];
            const bool holds = now < current.span.end && now >= current.span.start - believedStepBack;
            if (current.stale || !holds) [[unlikely]]
                renew(current, allPeriods[i], now);
        }
        if (!strangers.empty()) [[unlikely]]
            adoptOpenReservations();
    }

    void renew(CurrentSpan &current, Period period, Instant now)
    {
        const PeriodSpan span = periodSpan(period, now, zone);
        const bool wasStale = std::exchange(current.stale, false);
        if (current.generation != 0 && span == current.span)
            return;
        current.span = span;
        ++current.generation;
        if (!wasStale)
            return; // time went on: nothing that is open was reserved in the new span
        for (CounterIndex i = 0; i < counters.size(); ++i) {
            if (counters[i].period == period)
                strangers.insert(i);
        }
    }

    /// The counter, at zero if its period has begun since it was last used.
    Counter &current(CounterIndex i)
    {
        Counter &counter = counters[i];
        const qint64 generation = spans[size_t(counter.period)].generation;
        if (counter.generation != generation) {
            counter.generation = generation;
            counter.spent = counter.reserved = Money();
            applyRaises(counter);
        }
        return counter;
    }

    /// What was given for the present span; nothing of it outlives the span.
    void applyRaises(Counter &counter) const
    {
        counter.raised = counter.once = Money();
        const PeriodSpan &span = spans[size_t(counter.period)].span;
        for (const BudgetRaise &raise : raises) {
            if (raise.period != counter.period || raise.at < span.start || raise.at >= span.end
                || raise.scope != counter.scope)
                continue;
            Money &sum = raise.once ? counter.once : counter.raised;
            sum = sum.plusSaturated(raise.amount);
        }
    }

    CounterIndex find(const Scope &scope, Period period) const
    {
        const auto it = index.constFind(scope);
        return it == index.constEnd() ? noCounter : (*it)[size_t(period)];
    }

    /// \a concernsOpen: false only where no open reservation can concern it.
    CounterIndex ensure(const Scope &scope, Period period, bool concernsOpen)
    {
        auto it = index.find(scope);
        if (it == index.end()) {
            ByPeriod none;
            none.fill(noCounter);
            it = index.insert(scope, none);
        }
        CounterIndex &i = (*it)[size_t(period)];
        if (i != noCounter)
            return i;
        i = CounterIndex(counters.size());
        const CounterIndex added = i;
        Counter counter;
        counter.scope = scope;
        counter.period = period;
        counters.push_back(std::move(counter));
        applyLimit(counters.back());
        if (concernsOpen)
            strangers.insert(added);
        return added;
    }

    void applyLimit(Counter &counter) const
    {
        counter.limited = counter.isDefault = false;
        if (const auto it = explicitLimits.constFind({counter.scope, int(counter.period)});
            it != explicitLimits.constEnd()) {
            counter.limited = true;
            counter.limit = *it;
            return;
        }
        if (counter.scope.kind != ScopeKind::Key)
            return;
        for (const auto &[period, limit] : defaults) {
            if (period != counter.period)
                continue;
            counter.limited = counter.isDefault = true;
            counter.limit = limit;
        }
    }

    void applyLimits()
    {
        for (Counter &counter : counters)
            applyLimit(counter);
        // Keys that have something open get their default counters now; others when they ask.
        for (const Slot &slot : slots) {
            if (slot.isOpen)
                ensureDefaults(slot.spender.key, true);
        }
        adoptOpenReservations();
        ++layout;
    }

    void ensureDefaults(KeyId key, bool concernsOpen)
    {
        if (key == 0)
            return;
        for (const auto &[period, limit] : defaults)
            ensure({ScopeKind::Key, QString::number(key)}, period, concernsOpen);
    }

    /// Adds to the strangers what is open and was reserved in their span. Their parts of earlier generations
    /// stay, and end as nothing. Those whose span is not known yet are left for the next refresh().
    void adoptOpenReservations()
    {
        const auto isKnown = [this](CounterIndex i) { return !spans[size_t(counters[i].period)].stale; };
        for (Slot &slot : slots) {
            if (!slot.isOpen)
                continue;
            for (const Scope &scope : scopesOf(slot.spender)) {
                const auto it = applies(scope) ? index.constFind(scope) : index.constEnd();
                if (it == index.constEnd())
                    continue;
                for (CounterIndex i : *it) {
                    if (i == noCounter || !strangers.contains(i) || !isKnown(i))
                        continue;
                    Counter &counter = current(i);
                    const PeriodSpan &span = spans[size_t(counter.period)].span;
                    if (slot.at < span.start || slot.at >= span.end)
                        continue;
                    counter.reserved = counter.reserved.plusSaturated(slot.amount);
                    slot.parts.push_back({i, counter.generation});
                }
            }
        }
        strangers.removeIf(isKnown);
    }

    const std::vector<CounterIndex> &pathOf(const Spender &spender)
    {
        Path &path = paths[spender.key];
        if (path.layout == layout && path.team == spender.team && path.project == spender.project) [[likely]]
            return path.counters;
        ensureDefaults(spender.key, false);
        path.team = spender.team;
        path.project = spender.project;
        path.layout = layout;
        path.counters.clear();
        for (const Scope &scope : scopesOf(spender)) {
            const auto it = applies(scope) ? index.constFind(scope) : index.constEnd();
            if (it == index.constEnd())
                continue;
            std::copy_if(it->begin(), it->end(), std::back_inserter(path.counters),
                         [](CounterIndex i) { return i != noCounter; });
        }
        return path.counters;
    }

    quint32 takeSlot()
    {
        if (freeSlots.empty()) {
            slots.emplace_back();
            return quint32(slots.size() - 1);
        }
        const quint32 slot = freeSlots.back();
        freeSlots.pop_back();
        return slot;
    }

    BudgetStatus statusOf(CounterIndex i)
    {
        const Counter &counter = current(i);
        return {{counter.scope, counter.period, counter.limit, counter.isDefault},
                spans[size_t(counter.period)].span,
                counter.spent,
                counter.reserved,
                counter.raised.plusSaturated(counter.once),
                counter.once};
    }

    Counter &loaded(const Scope &scope, Period period, Instant now)
    {
        refresh(now);
        if (find(scope, period) == noCounter)
            ++layout;
        const CounterIndex i = ensure(scope, period, true);
        adoptOpenReservations();
        return current(i);
    }
};

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
