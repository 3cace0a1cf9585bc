// Where a request is tried again: which provider is asked when the first one fails, and how one attempt ends
// so that the next may begin. Only what cost nothing is repeated, and nothing once the client has got a byte.
#include "proxy/exchange.h"

#include "proxy/attempts.h"

#include <QUrl>

namespace lbp {

void Exchange::Attempts::onDeadline()
{
    exchange.onBackoffOver();
}

RouteQuestion Exchange::question(const QString &model) const
{
    return {.api = m_api,
            .model = model,
            .unmetered = !m_dialect,
            .isDeployment = !m_deployment.isEmpty(),
            .prefersGemini = m_isGeminiCompatible};
}

Status Exchange::avoidOpenBreaker()
{
    const Duration now = m_context.clock.monotonic();
    if (m_context.breakers.admits(m_provider->name, now))
        return {};
    const Route first{m_provider, m_model};
    for (const Route &other : fallbacksFor(*m_config, *m_key, question(m_model), first)) {
        if (!m_context.breakers.admits(other.provider->name, now))
            continue;
        m_provider = other.provider;
        m_model = other.model;
        m_mayStore = false; // the answer is not to the request that it would be found by
        return {};
    }
    const Breaker breaker = m_context.breakers.of(first.provider->name);
    m_retryAfter = std::max<Duration>(std::chrono::seconds(1), breaker.retryIn(now));
    return fail(ErrorCode::Unavailable,
                QStringLiteral(
                    "The provider '%1' failed %2 times in a row and is left alone for a while; try again in "
                    "%3 s.")
                    .arg(first.provider->name)
                    .arg(breaker.failuresInARow())
                    .arg(std::chrono::ceil<std::chrono::seconds>(m_retryAfter).count()));
}

/// Before the first attempt: what the next ones begin with.
void Exchange::keepForAnother()
{
    if (m_config->upstream.retries == 0 && m_config->fallbacks.isEmpty())
        return;
    QList<Route> others = fallbacksFor(*m_config, *m_key, question(m_model), {m_provider, m_model});
    if (others.isEmpty() && m_config->upstream.retries == 0)
        return;
    m_attempts = std::make_unique<Attempts>(*this);
    m_attempts->others = std::move(others);
    m_attempts->body = m_body;
    m_attempts->coded = m_coded;
    m_attempts->path = m_path;
}

bool Exchange::mayTryAgain() const
{
    return m_attempts && !m_headSent && m_client && !m_context.draining && !m_concluded
        && m_attempt < m_config->upstream.maxAttempts;
}

bool Exchange::tryAgain(AttemptEnd end, const HeaderList &headers, const QString &why)
{
    if (end == AttemptEnd::Final || !mayTryAgain())
        return false;
    m_attempts->why = why;
    const RetryAdvice advice = retryAdvice(headers, m_context.clock.now());
    const Duration most = std::chrono::milliseconds(m_config->upstream.retryBackoffMaxMs);
    const bool patient = !advice.forbidden && advice.after.value_or(Duration::zero()) <= most;
    if (m_attempts->repeated < m_config->upstream.retries && patient
        && m_context.breakers.admits(m_provider->name, m_context.clock.monotonic())) {
        ++m_attempts->repeated;
        const Duration first = std::chrono::milliseconds(m_config->upstream.retryBackoffMs);
        const Duration wait = backoff(m_attempts->repeated, first, most, m_context.random());
        m_attempts->waits = true;
        m_attempts->setDeadline(m_context.deadlines, std::max(wait, advice.after.value_or(wait)));
        return true; // goes on in onBackoffOver()
    }
    return tryOthers();
}

bool Exchange::tryOthers()
{
    while (m_attempts->next < m_attempts->others.size()) {
        const Route other = m_attempts->others[m_attempts->next++];
        m_attempts->repeated = 0;
        if (m_context.breakers.admits(other.provider->name, m_context.clock.monotonic())
            && beginAttempt(other))
            return true;
    }
    return false;
}

void Exchange::onBackoffOver()
{
    m_attempts->waits = false;
    const bool present = m_context.breakers.admits(m_provider->name, m_context.clock.monotonic())
        && mayStillRun() && beginAttempt({m_provider, m_model});
    if (present || (mayTryAgain() && tryOthers()))
        return;
    m_attempts.reset(); // so the last answer stands
    onUpstreamEnd();
}

void Exchange::stopWaiting()
{
    if (!m_attempts || !std::exchange(m_attempts->waits, false))
        return;
    m_attempts->clearDeadline();
    dropReply(); // the failure that it waits after cost nothing
}

void Exchange::dropReply()
{
    if (!m_reply)
        return;
    m_reply->setReceiver(nullptr);
    std::exchange(m_reply, nullptr)->deleteLater(); // it may be on the stack
}

/// Ends the present attempt, for which nothing can have been charged, and begins one at \a next. False: there
/// is no money for it, or no price; then all is as it was, but for the reservation, which was given back.
bool Exchange::beginAttempt(const Route &next)
{
    // What tells of the present attempt, before anything changes.
    ExchangeRow ended{openRow(), {}};
    ended.close = closeRow(m_reply->failure() ? Outcome::UpstreamFailed : Outcome::UpstreamError, Charge(),
                           m_attempts->why);
    ended.close.status = m_status;
    const Route before{m_provider, m_model};
    const Priced priced = m_priced;
    const auto numbers = std::tuple(m_ceiling, m_clamped, m_reserved);

    // Its money first: what both attempts might cost together is never set aside.
    m_reservation.release();
    m_provider = next.provider;
    m_model = next.model;
    m_clamped = false;
    m_pressure = m_context.ledger.pressure(m_key->spender, m_context.clock.now());
    Status decided = price();
    if (decided)
        decided = reserve();
    if (!decided) {
        m_over.reset();
        m_provider = before.provider;
        m_model = before.model;
        m_priced = priced;
        std::tie(m_ceiling, m_clamped, m_reserved) = numbers;
        return false;
    }
    writeClosed(std::move(ended));

    if (before.provider != next.provider || before.model != next.model)
        m_mayStore = false;
    ++m_attempt;
    m_rowId = m_context.ids.next(m_context.clock.now());
    m_attemptStarted = m_context.clock.monotonic();
    m_opened = false;
    dropReply();
    forgetAnswer();
    m_body = m_attempts->body;
    m_coded = m_attempts->coded;
    m_path = m_attempts->path;
    m_bodyIsDecoded = false;
    if (const Status rewritten = rewrite(); !rewritten)
        refuse(rewritten.error());
    else
        persist();
    return true;
}

/// Makes the row of an attempt durable that is not the last one. Nobody waits for that: it cost nothing, and
/// the next one's row is behind it.
void Exchange::writeClosed(ExchangeRow ended)
{
    if (m_reserved != Money())
        m_context.holds.changed(HoldEnd::RoomFreed);
    if (m_context.events.watchesExchanges())
        m_context.publish(event::ExchangeEnded{ended, m_story});
    LedgerRow closing(std::move(ended.close));
    if (!m_context.durability.record(closing))
        m_context.durability.write(std::move(closing), [](bool) {});
}

/// What belongs to the answer of one attempt.
void Exchange::forgetAnswer()
{
    m_context.heldBytes -= std::exchange(m_heldBytes, 0);
    m_plain.clear();
    m_tail.clear();
    m_decoder.reset();
    m_meter.reset();
    m_unreadable = false;
    m_failureNoted = false;
    m_upstreamComplete = false;
    m_raw = false;
    m_unasked.clear();
    m_status = 0;
    m_ttftUs = 0;
}

} // namespace lbp
