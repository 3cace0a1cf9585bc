#pragma once

#include "core/int128.h"
#include "core/ledger.h"

#include <algorithm>
#include <array>
#include <QSet>
#include <utility>

namespace lbp {

/// What BudgetLedger is made of. Included by ledger.cpp alone.
namespace ledgerdetail {

inline constexpr size_t periodCount = std::size(allPeriods);
/// A clock that steps back by less than this is being corrected, and does not take us to an earlier period.
inline constexpr Duration believedStepBack = std::chrono::hours(24);

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
inline constexpr CounterIndex noCounter = std::numeric_limits<CounterIndex>::max();
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

inline Money subtracted(Money from, Money amount)
{
    return Money::fromPicodollars(std::max<qint64>(0, from.picodollars() - amount.picodollars()));
}

inline bool isTighter(const BudgetStatus &a, const BudgetStatus &b)
{
    const int pressureOfA = a.pressureBasisPoints();
    const int pressureOfB = b.pressureBasisPoints();
    return pressureOfA != pressureOfB ? pressureOfA > pressureOfB : a.remaining() < b.remaining();
}

inline std::array<Scope, 4> scopesOf(const Spender &spender)
{
    return {Scope{ScopeKind::Global, {}}, Scope{ScopeKind::Team, spender.team},
            Scope{ScopeKind::Project, spender.project},
            Scope{ScopeKind::Key, spender.key ? QString::number(spender.key) : QString()}};
}

/// Nobody is in the team without a name.
inline bool applies(const Scope &scope)
{
    return scope.kind == ScopeKind::Global || !scope.id.isEmpty();
}

} // namespace ledgerdetail

using namespace ledgerdetail; // this header is part of one file

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

} // namespace lbp
