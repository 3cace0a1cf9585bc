#pragma once

#include "core/budget.h"

#include <QHash>
#include <memory>
#include <vector>

namespace lbp {

class BudgetLedger;

/// The part of every budget that one exchange may cost, set aside before it is forwarded.
/// Ends exactly once: settle() books the actual cost, release() gives it all back. One that nobody ended is
/// booked in full by the destructor, as after a crash: the ledger errs on the safe side.
/// Ownership: owned by its Exchange; borrows the BudgetLedger, which outlives every Reservation. Movable, not copyable.
/// Thread: that of the ledger.
class Reservation
{
public:
    Reservation() = default; ///< empty: ending it does nothing
    Reservation(Reservation &&other) noexcept;
    Reservation &operator=(Reservation &&other) noexcept;
    ~Reservation();

    void settle(Money actual); ///< Even above the reserved amount: the provider has charged it.
    void release();            ///< Only when the provider cannot have charged anything.
    [[nodiscard]] Money amount() const { return m_amount; }
    [[nodiscard]] bool isOpen() const { return m_ledger != nullptr; }

private:
    friend class BudgetLedger;
    struct Part ///< the reservation belongs to the period in which it was made, also when it ends after it
    {
        size_t budget;
        qint64 generation;
    };
    BudgetLedger *m_ledger = nullptr;
    Money m_amount;
    std::vector<Part> m_parts;
};

/// Who asks: the scopes a request is counted in.
struct Spender
{
    KeyId key = 0;
    QString team;
    QString project;
};

/// What is spent and reserved in every budget, in memory; the decision is one atomic step over all that apply.
/// The durable truth is the store's rows; this is loaded from them at start.
/// Thread: one (the proxy thread); no locks. Cost of a call does not depend on the number of keys.
class BudgetLedger
{
public:
    BudgetLedger(QTimeZone zone, std::vector<Threshold> thresholds);
    ~BudgetLedger();
    BudgetLedger(const BudgetLedger &) = delete;
    BudgetLedger &operator=(const BudgetLedger &) = delete;

    /// Replaces the explicit budgets. Counters of (scope, period) pairs that stay keep what is spent and reserved; pairs
    /// that are new start with \a spentSoFar (see load()). Open reservations stay valid.
    void setBudgets(const QList<Budget> &budgets);
    /// Budgets that every key has unless it has one of its own for that period (budgets.defaultDaily, defaultMonthly).
    void setDefaults(const QList<std::pair<Period, Money>> &perKey);
    void setThresholds(std::vector<Threshold> thresholds);
    void setTimeZone(QTimeZone zone); ///< spans are recomputed; the caller loads the sums again

    /// Sets what \a scope has spent in the span of \a period around \a now. Used at start and after a change of zone.
    void loadSpent(const Scope &scope, Period period, Money spent, Instant now);

    /// Counts money that was spent without a reservation (never refused), such as a correction.
    void addSpent(const Spender &spender, Money amount, Instant now);

    struct Refusal
    {
        BudgetStatus tightest; ///< the budget with the least room
    };
    /// Least room over all budgets that apply; nullopt when none applies.
    [[nodiscard]] std::optional<BudgetStatus> tightest(const Spender &spender, Instant now);
    /// Sets \a amount aside in every budget that applies, or in none and says which one refused. With \a force
    /// (soft admission) it is set aside even beyond the limit.
    [[nodiscard]] tl::expected<Reservation, Refusal> reserve(const Spender &spender, Money amount, Instant now, bool force = false);

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
    struct Counter;
    void end(Reservation &reservation, Money actual);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace lbp
