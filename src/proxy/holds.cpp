#include "proxy/holds.h"

#include "proxy/exchange.h"

namespace lbp {

Exchange *Holds::find(RequestId id) const
{
    const auto it = m_context.exchanges.find(id.value);
    return it != m_context.exchanges.end() && m_ids.contains(id) ? it->second.get() : nullptr;
}

QList<HeldRequest> Holds::all() const
{
    QList<HeldRequest> list;
    for (const RequestId id : m_ids) {
        if (const Exchange *exchange = find(id))
            list.append(exchange->heldAs());
    }
    return list;
}

Result<QList<BudgetRaise>> Holds::answer(RequestId id, const HoldAnswer &answer)
{
    Exchange *exchange = find(id);
    if (!exchange)
        return fail(ErrorCode::NotFound,
                    QStringLiteral("no request with this id is held; it may have ended meanwhile"));
    return exchange->answerHold(answer);
}

void Holds::changed(HoldEnd why)
{
    if (m_ids.isEmpty())
        return;
    m_why = why;
    if (std::exchange(m_posted, true))
        return;
    QMetaObject::invokeMethod(
        &m_context.durability,
        [this] {
            m_posted = false;
            const QList<RequestId> ids = m_ids;
            for (const RequestId id : ids) {
                if (Exchange *exchange = find(id))
                    exchange->reconsider(m_why);
            }
        },
        Qt::QueuedConnection);
}

} // namespace lbp
