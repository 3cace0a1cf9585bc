// What people may look at beside the row: why it was decided as it was, heads, and bodies where they are
// logged.
#include "proxy/exchange.h"

namespace lbp {

void Exchange::tellStory(const OpenRow &row)
{
    auto story = std::make_shared<ExchangeStory>();
    story->budgets = m_context.ledger.statusFor(m_key->spender, m_context.clock.now());
    story->downgrade = m_downgrade;
    if (m_clamped)
        story->ceilingBeforeClamp = m_priced.quote.worst.ceiling;
    story->allowedOver = m_allowedOver;
    story->held = m_heldFor;
    m_story = std::move(story);
    noteRequest();
    m_context.recent.setStory(m_id, m_story);
    m_context.publish(event::ExchangeStarted{row, m_story});
}

void Exchange::noteRequest()
{
    if (!m_noted)
        m_context.recent.setRequest(m_id, m_context.redactor->request(m_head));
    m_noted = true;
}

void Exchange::capture(CapturedBody &body, QByteArrayView piece)
{
    if (m_context.capturedBytes >= ProxyContext::maxCapturedBytes) {
        body.size += piece.size();
        return;
    }
    const qsizetype before = body.bytes.size();
    body.append(piece);
    m_context.capturedBytes += body.bytes.size() - before;
}

void Exchange::logBodies()
{
    if (!m_captured || !m_running)
        return;
    m_context.capturedBytes -= m_captured->request.bytes.size() + m_captured->response.bytes.size();
    m_context.bodies.put(std::move(*m_captured));
    m_captured.reset();
}

} // namespace lbp
