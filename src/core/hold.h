#pragma once

#include "core/budget.h"
#include "core/requestid.h"

#include <QString>

namespace lbp {

/// A request that does not fit its budgets and waits for a person, for at most budgets.holdSeconds. It has
/// reserved nothing. Its hold is named by its own request id.
struct HeldRequest
{
    RequestId id;
    KeyId key = 0;
    QString keyName;
    QString model; ///< that it would run with
    bool stream = false;
    Money needed; ///< what would be set aside for it: its worst case
    Money shortfall; ///< by how much the refusing budget would have to be raised for it
    BudgetStatus refusing; ///< the budget with the least room
    Instant since;
    Instant deadline; ///< refused then (402 budget_exceeded)
};

/// What a person says to a held request.
struct HoldAnswer
{
    enum class Kind {
        Block, ///< refused now
        AllowOnce, ///< runs; each budget that refuses is raised by what this request goes over, for it alone
        RaiseToday, ///< each budget that refuses is raised by `amount` until its span ends; then decided anew
    } kind = Kind::Block;
    Money amount{}; ///< RaiseToday: more than zero
};

/// How a hold ended.
enum class HoldEnd {
    AllowedOnce,
    Raised, ///< fits after a raise
    RoomFreed, ///< fits because others ended below what they had reserved, or a limit was changed
    Blocked, ///< by an answer
    TimedOut,
    ClientGone,
    Withdrawn, ///< paused, revoked, stopped or shut down meanwhile
};
[[nodiscard]] QString holdEndName(HoldEnd end); ///< "allowedOnce", "raised", …

} // namespace lbp
