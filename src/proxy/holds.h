#pragma once

#include "core/hold.h"
#include "core/result.h"

#include <QList>
#include <QObject>

namespace lbp {

struct ProxyContext;
class Exchange;

/// The requests that do not fit their budgets and wait for a person (budgets.holdSeconds). Bounded: what is
/// beyond is refused at once. They are decided anew, oldest first, whenever something changed that may let
/// them run or end them. Owned by the context; thread: proxy thread.
class Holds
{
public:
    static constexpr qsizetype maxHeld = 32;

    explicit Holds(ProxyContext &context)
        : m_context(context)
    {
    }
    [[nodiscard]] bool isFull() const { return m_ids.size() >= maxHeld; }
    void add(RequestId id) { m_ids.append(id); }
    void remove(RequestId id) { m_ids.removeOne(id); }
    [[nodiscard]] QList<HeldRequest> all() const; ///< oldest first
    [[nodiscard]] Result<QList<BudgetRaise>> answer(RequestId id, const HoldAnswer &answer);
    /// Room, budgets, keys, the pause or the configuration changed: all are decided anew in the next turn of
    /// the event loop. Costs nothing while none is held. \a why: the end of a hold that fits then.
    void changed(HoldEnd why);

private:
    [[nodiscard]] Exchange *find(RequestId id) const;
    ProxyContext &m_context;
    QList<RequestId> m_ids;
    bool m_posted = false;
    HoldEnd m_why = HoldEnd::RoomFreed;
};

} // namespace lbp
