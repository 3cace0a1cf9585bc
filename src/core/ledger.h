#pragma once

#include "core/budget.h"

#include <memory>
#include <QHash>
#include <vector>

namespace lbp {

class BudgetLedger;

/// The part of every budget that one exchange may cost, set aside before it is forwarded.
/// Ends exactly once: settle() books the actual cost, release() gives it all back. One that nobody ended is
/// booked in full by the destructor, as after a crash: the ledger errs on the safe side.
/// Ownership: owned by its Exchange; borrows the BudgetLedger, which outlives every Reservation. Movable, not
/// copyable. Thread: that of the ledger.
class Reservation
{
public:
    Reservation() = default; ///< empty: ending it does nothing
    Reservation(Reservation &&other) noexcept;
    Reservation &operator=(Reservation &&other) noexcept;
    ~Reservation();

    void settle(Money actual); ///< Even above the reserved amount: the provider has charged it.
    void release(); ///< Only when the provider cannot have charged anything.
    [[nodiscard]] Money amount() const { return m_amount; }
    [[nodiscard]] bool isOpen() const { return m_ledger != nullptr; }

private:
    friend class BudgetLedger;
    Reservation(BudgetLedger &ledger, Money amount, quint32 slot)
        : m_ledger(&ledger)
        , m_amount(amount)
        , m_slot(slot)
    {
    }
    BudgetLedger *m_ledger = nullptr;
    Money m_amount;
    quint32 m_slot = 0; ///< where the ledger keeps the parts
};

/// Who asks: the scopes a request is counted in.
struct Spender
{
    KeyId key = 0;
    QString team;
    QString project;
};

/// What is spent and reserved in every budget, in memory; the decision is one atomic step over all that
/// apply. The durable truth is the store's rows; this is loaded from them at start. Thread: one (the proxy
/// thread); no locks. Cost of a call does not depend on the number of keys.
///
/// A (scope, period) pair is counted from the moment it has a budget, or a loaded sum, until the end of the
/// process, also while its budget is taken away: set again, it is still right. Open reservations are added to
/// counters that are new.
///
/// A clock that steps back by less than a day before the start of a span leaves the span and its counters in
/// force: it is being corrected, and an empty counter would let twice the budget through. A larger step is
/// believed: the counters begin at zero and have to be loaded again.
class BudgetLedger
{
public:
    BudgetLedger(QTimeZone zone, std::vector<Threshold> thresholds);
    ~BudgetLedger();
    BudgetLedger(const BudgetLedger &) = delete;
    BudgetLedger &operator=(const BudgetLedger &) = delete;

    /// Replaces the explicit budgets. Counters of (scope, period) pairs that stay keep what is spent and
    /// reserved; pairs that are new start at zero (see addEarlier()). Open reservations stay valid.
    void setBudgets(const QList<Budget> &budgets);
    /// Budgets that every key has unless it has one of its own for that period (budgets.defaultDaily,
    /// defaultMonthly).
    void setDefaults(const QList<std::pair<Period, Money>> &perKey);
    void setThresholds(std::vector<Threshold> thresholds);
    void setTimeZone(QTimeZone zone); ///< spans are recomputed; the caller loads the sums again

    /// Sets what \a scope has spent in the span of \a period around \a now: the sum of ended exchanges, for
    /// open ones are known here. Used at start, before requests run, and after a change of zone. Works before
    /// the budget is set too: load every key that has spent, so that a default budget of a key begins right.
    void loadSpent(const Scope &scope, Period period, Money spent, Instant now);
    /// For a budget that is new while requests run: adds what the store says was spent to what was counted
    /// here since setBudgets(). What ended in between may be in both and then counts twice until the period
    /// ends, never not at all.
    void addEarlier(const Scope &scope, Period period, Money spent, Instant now);

    /// Counts money that was spent at \a at without a reservation (never refused), such as a correction,
    /// which may be negative. Budgets whose current span does not hold \a at are not touched.
    void addSpent(const Spender &spender, Money amount, Instant at);

    /// More room in one budget, for the span that raise.at lies in. What is given `once` shrinks to what is
    /// over the limit whenever something ends, so that it never makes room for others.
    void raise(const BudgetRaise &raise, Instant now);

    struct Refusal
    {
        BudgetStatus tightest; ///< the budget with the least room
    };
    /// Least room over all budgets that apply; nullopt when none applies.
    [[nodiscard]] std::optional<BudgetStatus> tightest(const Spender &spender, Instant now);
    /// Sets \a amount aside in every budget that applies, or in none and says which one refused. With \a
    /// force (soft admission) it is set aside even beyond the limit.
    [[nodiscard]] tl::expected<Reservation, Refusal> reserve(const Spender &spender, Money amount,
                                                             Instant now, bool force = false);

    struct Overdraft
    {
        Reservation reservation;
        QList<BudgetRaise> raises; ///< one for each budget that had too little room
    };
    /// Sets \a amount aside although it does not fit: what is missing is raised, once, in the same step.
    [[nodiscard]] Overdraft reserveOver(const Spender &spender, Money amount, Instant now);
    /// The budgets that have no room for \a amount, least room first.
    [[nodiscard]] QList<BudgetStatus> withoutRoom(const Spender &spender, Money amount, Instant now);

    /// Every budget that applies to \a spender, tightest pressure first.
    [[nodiscard]] QList<BudgetStatus> statusFor(const Spender &spender, Instant now);
    /// Every budget that is set or has been used, for windows and the API.
    [[nodiscard]] QList<BudgetStatus> statusAll(Instant now);
    /// The strongest threshold reached by any budget that applies, with that budget.
    struct Pressure
    {
        ThresholdAction action;
        int percent;
        BudgetStatus status;
    };
    [[nodiscard]] std::optional<Pressure> pressure(const Spender &spender, Instant now);

private:
    friend class Reservation;
    void end(Reservation &reservation, Money actual);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace lbp
