#pragma once

#include "core/key.h"
#include "core/money.h"
#include "core/period.h"

#include <QList>
#include <QString>

namespace lbp {

enum class ScopeKind { Global, Team, Project, Key };
[[nodiscard]] QString scopeKindName(ScopeKind kind); ///< "global", "team", "project", "key"
[[nodiscard]] Result<ScopeKind> scopeKindFromName(QStringView name);

/// Whom a budget binds. `id` is empty for Global, the name for Team and Project, the decimal KeyId for Key.
struct Scope
{
    ScopeKind kind = ScopeKind::Global;
    QString id;
    bool operator==(const Scope &) const = default;
};
size_t qHash(const Scope &scope, size_t seed = 0);

/// A limit for one scope and period. (scope, period) is unique.
struct Budget
{
    Scope scope;
    Period period = Period::Monthly;
    Money limit; ///< never negative; zero refuses everything
    bool isDefault = false; ///< comes from budgets.defaultDaily/defaultMonthly, not from the store
    bool operator==(const Budget &) const = default;
};

/// "Raise today's limit by $5": more room in one budget, for the span that \a at lies in and no other.
/// Nothing has to undo it; it just does not apply to the next span.
struct BudgetRaise
{
    Scope scope;
    Period period = Period::Daily;
    Instant periodStart; ///< start of the span that it was given for
    Money amount; ///< more than zero
    Instant at; ///< when it was given
    /// Made for one request that was let through over the limit. It covers what went over and nothing more:
    /// what that request leaves of it is no room for others.
    bool once = false;
    bool operator==(const BudgetRaise &) const = default;
};

/// One budget as it stands at a moment. spent + reserved ≤ limit + raised unless a provider billed above its
/// ceiling.
struct BudgetStatus
{
    Budget budget; ///< with its limit as it is set, without what was raised
    PeriodSpan span;
    Money spent;
    Money reserved;
    Money raised{}; ///< on top of the limit, in this span only; of that allowedOnce was for single requests
    Money allowedOnce{};
    [[nodiscard]] Money effectiveLimit() const; ///< limit + raised
    /// effectiveLimit - spent - reserved, never below zero.
    [[nodiscard]] Money remaining() const;
    /// (spent + reserved) / effectiveLimit in basis points (10000 is 100 %), rounded down, at most 10^6; a
    /// zero limit is 10000.
    [[nodiscard]] int pressureBasisPoints() const;
};

enum class ThresholdAction { Warn, Downgrade, Block };
struct Threshold
{
    int percent = 80;
    ThresholdAction action = ThresholdAction::Warn;
    bool operator==(const Threshold &) const = default;
};

enum class AdmissionMode { Clamp, Strict, Soft };

/// What one request may cost at most, split so that the ceiling can be lowered.
struct WorstCase
{
    Money input; ///< every input token at the dearest rate that may apply
    qint64 ratePerOutput = 0; ///< picodollars a token, dearest of the output classes
    qint64 ceiling = 0; ///< output tokens per choice
    qint64 choices = 1; ///< n, best_of
    bool ceilingMayChange = true; ///< false where the API's own rules forbid lowering it further
    qint64 leastCeiling = 0; ///< the API's own rules forbid lowering it below this
    [[nodiscard]] std::optional<Money> total() const; ///< nullopt on overflow
};

/// The answer to "may this run, and with what ceiling".
struct Admission
{
    enum class Verdict { Admit, Clamp, Refuse } verdict = Verdict::Refuse;
    qint64 ceiling = 0; ///< to be sent upstream when Clamp
    Money reserve; ///< to set aside when not refused
};

/// Pure. \a remaining is what the tightest budget has left. With Clamp the ceiling is lowered to the largest
/// that fits, never below \a minOutputTokens or leastCeiling (or the request's own ceiling when that is
/// smaller); Soft admits
/// while something is left and reserves what fits of the worst case, so that spent + reserved never exceeds
/// the limit by reservation alone.
[[nodiscard]] Admission admit(const WorstCase &worst, Money remaining, AdmissionMode mode,
                              qint64 minOutputTokens);

} // namespace lbp
