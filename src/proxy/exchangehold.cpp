// A request that does not fit its budgets waits here for a person, or for room. It has reserved nothing
// meanwhile; every decision is made anew, in one step with its reservation.
#include "proxy/exchange.h"

namespace lbp {

namespace {

constexpr Duration firstSign = std::chrono::seconds(5);
constexpr Duration nextSigns = std::chrono::seconds(10);

} // namespace

bool Exchange::hold()
{
    const std::chrono::seconds patience(m_config->budgets.holdSeconds);
    if (patience <= patience.zero() || !m_client || m_context.draining || m_context.holds.isFull())
        return false;
    const Duration now = m_context.clock.monotonic();
    m_hold = std::make_unique<Hold>(*this);
    m_hold->since = now;
    m_hold->endsAt = now + patience;
    m_hold->nextSign = now + firstSign;
    m_hold->asked.since = m_context.clock.now();
    m_hold->asked.deadline = m_hold->asked.since + patience;
    m_context.holds.add(m_id);
    askAboutHold();
    armHold();
    return true;
}

/// Asks, or asks anew where the question has changed. What others spend meanwhile changes the numbers, not
/// the question.
void Exchange::askAboutHold()
{
    HeldRequest &asked = m_hold->asked;
    const auto budgetOf = [](const BudgetStatus &status) {
        return std::tuple(status.budget.scope.kind, status.budget.scope.id, status.budget.period,
                          status.effectiveLimit(), status.span.start);
    };
    const bool same = asked.id == m_id && asked.needed == m_over->needed && asked.model == m_model
        && budgetOf(asked.refusing) == budgetOf(m_over->status);
    asked.id = m_id;
    asked.key = m_key->record.id;
    asked.keyName = m_key->record.name;
    asked.model = m_model.left(200);
    asked.stream = m_facts.stream;
    asked.needed = m_over->needed;
    asked.refusing = m_over->status;
    const Money left = m_over->status.remaining();
    asked.shortfall = m_over->needed > left ? m_over->needed.minus(left).value_or(m_over->needed) : Money();
    if (!same)
        m_context.publish(event::HoldAsked{asked});
}

void Exchange::armHold()
{
    const Duration now = m_context.clock.monotonic();
    Duration next = m_hold->endsAt;
    if (m_facts.stream)
        next = std::min(next, m_hold->nextSign);
    // The period may end before the patience.
    const Instant end = m_hold->asked.refusing.span.end;
    const Instant today = m_context.clock.now();
    if (end > today && end - today < next - now)
        next = now + (end - today);
    m_hold->setDeadline(m_context.deadlines, std::max(next - now, Duration::zero()));
}

void Exchange::onHoldDeadline()
{
    const Duration now = m_context.clock.monotonic();
    if (now >= m_hold->endsAt) {
        endHold(HoldEnd::TimedOut);
        return refuse(overBudgetError(*m_config, m_key->record, m_priced, *m_over));
    }
    if (m_facts.stream && now >= m_hold->nextSign) {
        m_hold->nextSign = now + nextSigns;
        showLife();
    }
    const bool periodIsOver = m_context.clock.now() >= m_hold->asked.refusing.span.end;
    armHold();
    if (periodIsOver)
        reconsider(HoldEnd::RoomFreed);
}

void Exchange::showLife()
{
    if (!m_headSent) {
        m_heldHead = true;
        ResponseHead head;
        head.status = m_status = 200;
        head.headers.add("Content-Type",
                         streamsArray() ? "application/json; charset=utf-8"
                                        : "text/event-stream; charset=utf-8");
        head.headers.add("Cache-Control", "no-cache");
        head.headers.add(idField(), m_id.toText());
        sendHead(head, true, std::nullopt, false);
    }
    // Before an array there is room for nothing but white space.
    send(streamsArray() ? "\n" : ": held, a budget does not allow this request; waiting for an answer\n\n");
    flushOut();
}

Status Exchange::mayStillRun() const
{
    if (m_context.draining)
        return fail(ErrorCode::ShuttingDown,
                    QStringLiteral("The proxy is shutting down; try again shortly."));
    const Instant now = m_context.clock.now();
    if (!m_context.keys.find(m_presentedKey, now))
        return fail(ErrorCode::InvalidApiKey,
                    QStringLiteral("The key was revoked or has expired while the request waited."));
    const KeyPtr present = m_context.keys.byId(m_key->record.id);
    return checkPause(m_context.pause, present ? present->record : m_key->record, now);
}

void Exchange::reconsider(HoldEnd reason)
{
    if (const Status may = mayStillRun(); !may) {
        endHold(HoldEnd::Withdrawn);
        return refuse(may.error());
    }
    Status decided = chooseProvider(m_facts.model);
    if (decided)
        decided = decide();
    if (decided) {
        endHold(reason);
        return goOn();
    }
    if (!m_over) {
        endHold(HoldEnd::Withdrawn);
        return refuse(decided.error());
    }
    askAboutHold();
    armHold();
}

Result<QList<BudgetRaise>> Exchange::answerHold(const HoldAnswer &answer)
{
    QList<BudgetRaise> raises;
    if (answer.kind == HoldAnswer::Kind::Block) {
        endHold(HoldEnd::Blocked);
        refuse(overBudgetError(*m_config, m_key->record, m_priced, *m_over));
        return raises;
    }
    const Money asked = m_hold->asked.needed;
    reconsider(HoldEnd::RoomFreed);
    if (!m_hold)
        return raises; // it fits without, or may not run any more
    const Instant now = m_context.clock.now();
    if (answer.kind == HoldAnswer::Kind::RaiseToday) {
        const QList<BudgetStatus> refusing =
            refusingBudgets(*m_config, m_context.ledger, m_key->spender, m_priced, *m_over, now);
        for (const BudgetStatus &status : refusing) {
            if (status.budget.period == Period::Total)
                return fail(ErrorCode::Conflict,
                            QStringLiteral("a total budget has no end, so what was raised would stay; change "
                                           "its limit, or allow the request once"));
        }
        for (const BudgetStatus &status : refusing) {
            raises.append(
                {status.budget.scope, status.budget.period, status.span.start, answer.amount, now, false});
            m_context.ledger.raise(raises.last(), now);
        }
        m_context.holds.changed(HoldEnd::Raised); // there may be room for others too
        reconsider(HoldEnd::Raised);
        return raises;
    }
    if (m_over->needed > asked)
        return fail(ErrorCode::Conflict,
                    QStringLiteral("the request needs more now than when it was asked about; look again"));
    if (m_priced.price) {
        BudgetLedger::Overdraft over = m_context.ledger.reserveOver(m_key->spender, m_over->needed, now);
        raises = std::move(over.raises);
        m_clamped = false;
        m_ceiling = m_priced.quote.worst.ceiling;
        takeReservation(std::move(over.reservation), now);
    }
    QStringList whose;
    for (const BudgetRaise &raise : std::as_const(raises)) {
        m_allowedOver = std::max(m_allowedOver, raise.amount);
        whose.append(QStringLiteral("%1 by up to %2 USD")
                         .arg(budgetPhrase({raise.scope, raise.period, {}, false}, m_key->record),
                              raise.amount.toDecimal()));
    }
    m_allowedNote = whose.isEmpty()
        ? QStringLiteral("allowed once")
        : QStringLiteral("allowed once, over %1").arg(whose.join(QStringLiteral(" and ")));
    m_over.reset();
    endHold(HoldEnd::AllowedOnce);
    goOn();
    return raises;
}

void Exchange::endHold(HoldEnd how)
{
    m_heldFor = m_context.clock.monotonic() - m_hold->since;
    m_hold.reset();
    m_context.holds.remove(m_id);
    m_context.publish(event::HoldEnded{m_id, m_key->record.id, how});
}

void Exchange::answerInStream(const QByteArray &body)
{
    if (streamsArray() && body.trimmed().startsWith('{')) {
        send('[' + body + ']');
    } else if (body.trimmed().startsWith('{')) {
        QByteArray event = body.trimmed();
        event.replace("\r\n", "\n");
        event.replace('\r', '\n');
        event.replace('\n', "\ndata: ");
        send("data: " + event + (m_api == Api::OpenAi ? "\n\ndata: [DONE]\n\n" : "\n\n"));
    } else {
        send(streamedError(Error{ErrorCode::UpstreamUnreachable,
                                 QStringLiteral("The provider '%1' answered %2, and not with a stream.")
                                     .arg(m_provider->name)
                                     .arg(m_reply->head().status)}));
    }
    finishAnswer();
}

} // namespace lbp
