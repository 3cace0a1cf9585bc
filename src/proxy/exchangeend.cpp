// How an Exchange ends: what it is charged, the one place where its reservation ends, and what is told about
// it.
#include "proxy/chargeparts.h"
#include "proxy/exchange.h"

namespace lbp {

namespace {
constexpr auto progressEvery = std::chrono::milliseconds(250);
} // namespace

Charge Exchange::chargePending(const QString &responseId) const
{
    Charge charge = chargeSeen(0);
    if (charge.provenance != Provenance::Estimated)
        return charge;
    charge.cost = m_reserved;
    charge.rates = nullptr; // counts that are not known explain no amount
    charge.laterId = responseId;
    charge.note =
        QStringLiteral("it works on in the background: all that was reserved, until its usage is seen");
    return charge;
}

Charge Exchange::chargeReported(const UsageReport &report) const
{
    if (report.isPending)
        return chargePending(report.responseId);
    if (m_provider->isFreeFor(m_model))
        return Charge{Provenance::Free, Money(), report.usage, nullptr, {}};
    if (report.cost && m_provider->quirks.reportsCost) { // it knows better than any price list
        Charge told{Provenance::Exact, report.cost, report.usage, nullptr, {}};
        told.byProvider = true;
        return told;
    }
    if (!m_priced.price)
        return Charge{Provenance::Unpriced, std::nullopt, report.usage, nullptr,
                      QStringLiteral("the model has no price")};
    Usage usage = report.usage;
    // Chat answers do not count the searches that they made, so those that were asked for are charged.
    if (m_facts.webSearches > 0 && usage[BillingClass::WebSearchCall] == 0 && !report.countsCalls)
        usage[BillingClass::WebSearchCall] = m_facts.webSearches;
    const ServiceTier tier =
        report.serviceTier.isEmpty() ? m_priced.tier : serviceTierFromName(report.serviceTier);
    const int percent = report.ratePercent > 0 ? report.ratePercent : m_facts.ratePercent;
    Charge charge = chargeFor(usage, *m_priced.price, tier,
                              report.isEstimated ? Provenance::Estimated : Provenance::Exact, m_context.rates,
                              percent, m_facts.imageVariant);
    addParts(charge, report.parts, *m_config, *m_provider, *m_priced.price, tier, m_context.rates,
             m_id.time(), percent);
    return charge;
}

Charge Exchange::chargeSeen(std::optional<qint64> outputTokens) const
{
    Usage usage;
    usage[BillingClass::UncachedInput] = m_priced.quote.likelyInput;
    usage[BillingClass::Output] = outputTokens.value_or(m_meter && !m_facts.echoesInput ? outputSeen() : 0);
    if (m_facts.webSearches > 0 && m_facts.inputPasses == 1) // in a loop of tools it is a limit, not a plan
        usage[BillingClass::WebSearchCall] = m_facts.webSearches;
    if (!m_provider || m_provider->isFreeFor(m_model))
        return Charge{Provenance::Free, Money(), usage, nullptr, {}};
    if (!isMetered())
        return Charge{m_dialect ? Provenance::Free : Provenance::Unpriced,
                      m_dialect ? std::optional(Money()) : std::nullopt,
                      {},
                      nullptr,
                      {}};
    if (!m_priced.price)
        return Charge{Provenance::Unpriced, std::nullopt, usage, nullptr,
                      QStringLiteral("the model has no price")};
    if (const std::optional<Usage> pieces = billedByPiece(m_facts, *m_priced.price))
        usage = *pieces;
    return chargeFor(usage, *m_priced.price, m_priced.tier, Provenance::Estimated, m_context.rates,
                     m_facts.ratePercent, m_facts.imageVariant);
}

Charge Exchange::chargeKnown() const
{
    if (m_meter) {
        const std::optional<UsageReport> report = m_meter->report();
        return report ? chargeReported(*report) : chargeSeen();
    }
    if (m_facts.background && m_reply && (!m_reply->headReceived() || m_status < 300))
        return chargePending({}); // whoever leaves does not stop it
    if (!m_reply || !m_reply->headReceived() || m_status >= 300 || !m_dialect || !m_dialect->hasOutput())
        return chargeSeen();
    if (m_raw && m_dialect->answersInBytes())
        return chargeSeen(m_facts.ceiling.value_or(0)); // nothing in it tells how much it was
    const QByteArray &raw = m_raw ? m_tail : m_plain;
    QByteArray readable = raw;
    if (m_decoder && !m_raw) {
        readable.clear();
        // Damaged behind the part that came; what is in front of it counts.
        [[maybe_unused]] const Status whole = m_decoder->decode(raw, readable, 64 * 1024 * 1024);
    }
    return chargeSeen(m_dialect->estimateOutput(readable));
}

void Exchange::conclude(Outcome outcome, Charge charge, QString error, std::function<void()> then)
{
    if (m_concluded)
        return;
    m_concluded = true;
    if (m_hold)
        endHold(outcome == Outcome::ClientGone ? HoldEnd::ClientGone : HoldEnd::Withdrawn);
    m_outcome = outcome;
    m_charge = std::move(charge);
    learnFromUsage();
    if (error.isEmpty())
        error = m_charge.note;
    if (!m_allowedNote.isEmpty())
        error = error.isEmpty() ? m_allowedNote : m_allowedNote + QStringLiteral("; ") + error;
    const Duration now = m_context.clock.monotonic();

    // The ledger in memory and the row in the queue change together, so that rows are written in the order of
    // decisions.
    if (m_charge.provenance == Provenance::Free || !m_charge.cost)
        m_reservation.release();
    else
        m_reservation.settle(*m_charge.cost);
    if (m_reserved != Money())
        m_context.holds.changed(HoldEnd::RoomFreed);
    const qint64 tokens = m_usageIsCached ? 0 : m_charge.usage.inputTokens() + m_charge.usage.outputTokens();
    if (m_rateHeld) {
        m_rateHeld = false;
        if (outcome == Outcome::Refused)
            m_context.limiter.undo(m_key->record.id, m_rateEstimate, m_admittedAt);
        else
            m_context.limiter.finish(m_key->record.id, m_rateEstimate, tokens, m_admittedAt, now);
    }

    if (!m_context.breakers.isQuiet() && m_reply && !m_reply->headReceived() && !m_reply->failure())
        m_context.breakers.abandoned(m_provider->name); // ended here, which says nothing about it
    CloseRow close = closeRow(outcome, m_charge, error);
    observe(close);

    if (m_opened) {
        LedgerRow closing(std::move(close));
        if (m_context.durability.record(closing)) {
            m_durable = true;
            return then();
        }
        m_ticket = m_context.durability.write(std::move(closing), [this, then = std::move(then)](bool) {
            // A row that could not be written is kept by the store and written later; the client is not to
            // wait for that.
            m_ticket = 0;
            m_durable = true;
            then();
        });
        return;
    }
    m_durable = true;
    if (m_key)
        m_context.durability.writeIfRoom({openRow(), std::move(close)});
    then();
}

CloseRow Exchange::closeRow(Outcome outcome, const Charge &charge, const QString &error) const
{
    CloseRow close;
    close.id = m_rowId;
    close.outcome = outcome;
    close.provenance = charge.provenance;
    close.cost = charge.cost;
    close.usage = m_usageIsCached ? Usage() : charge.usage;
    close.rates = charge.rates;
    if (charge.byProvider)
        close.priceSource = QStringLiteral("usage.cost of the provider");
    else if (m_priced.price)
        close.priceSource = m_priced.price->source;
    close.saved = m_saved;
    close.status = m_client || m_headSent ? m_status : 0;
    close.durationUs = (m_context.clock.monotonic() - m_attemptStarted).count();
    if (m_reply) {
        close.queueUs = (m_forwardedAt - m_attemptStarted).count();
        close.ttftUs = m_ttftUs;
        if (m_reply->headReceived())
            close.upstreamRequestId = QString::fromLatin1(m_reply->head().headers.value(idField()).left(128));
    }
    if (!charge.laterId.isEmpty()) // by which it is found again
        close.upstreamRequestId = charge.laterId.left(128);
    close.error = error.left(500);
    return close;
}

void Exchange::observe(const CloseRow &row)
{
    DataPlaneStats &stats = *m_context.stats;
    const auto add = [](DataPlaneStats::Counter &counter, qint64 n) {
        counter.fetch_add(n, std::memory_order_relaxed);
    };
    add(stats.responsesByClass[size_t(std::clamp(m_client ? m_status / 100 : 0, 0, 5))], 1);
    if (m_streaming)
        add(stats.activeStreams, -1);
    if (m_outcome != Outcome::CacheHit && m_outcome != Outcome::Refused) {
        add(stats.inputTokens, m_charge.usage.inputTokens());
        add(stats.outputTokens, m_charge.usage.outputTokens());
        if (m_mayStore)
            add(stats.cacheMisses, 1);
    }
    add(stats.costPicodollars, m_charge.cost.value_or(Money()).picodollars());
    if (m_charge.provenance == Provenance::Unpriced)
        add(stats.unpricedRequests, 1);
    stats.duration.observe(row.durationUs);
    if (m_reply) {
        stats.overhead.observe(row.queueUs);
        if (m_ttftUs > 0)
            stats.ttft.observe(m_ttftUs);
    }
    if (!m_key)
        return;
    if (m_context.events.watchesExchanges()) {
        noteRequest();
        m_context.publish(event::ExchangeEnded{{openRow(), row}, m_story});
    }
    if (!m_charge.cost || m_charge.cost->isZero())
        return;
    warnAboutBudget();
    if (m_key->record.maxSpendPerMinute
        && m_context.runaway.book(m_key->record.id, *m_charge.cost, *m_key->record.maxSpendPerMinute,
                                  m_context.clock.monotonic()))
        pauseRunaway();
}

void Exchange::pauseRunaway()
{
    // The present record, not the one this exchange began with: the key may have been changed or revoked
    // meanwhile.
    const KeyPtr present = m_context.keys.byId(m_key->record.id);
    if (!present || present->record.status != KeyStatus::Active)
        return;
    KeyRecord record = present->record;
    record.status = KeyStatus::Paused;
    record.pausedReason = QStringLiteral("runaway");
    m_context.keys.put(record);
    m_context.publish(event::KeyPaused{record.id, record.name, record.pausedReason});
}

void Exchange::warnAboutBudget()
{
    const std::optional<BudgetLedger::Pressure> pressure =
        m_context.ledger.pressure(m_key->spender, m_context.clock.now());
    if (pressure)
        m_context.publish(event::BudgetWarning{
            pressure->status, Threshold{pressure->percent, pressure->action}, m_key->record.id});
}

void Exchange::progress()
{
    if (!m_context.events.watchesExchanges())
        return;
    const Duration now = m_context.clock.monotonic();
    if (now - m_lastProgress < progressEvery)
        return;
    m_lastProgress = now;
    const LiveExchange state = live();
    m_context.publish(event::ExchangeProgress{m_rowId, m_key->record.id, state.soFar, state.outputTokens});
}

LiveExchange Exchange::live() const
{
    LiveExchange state;
    state.row = openRow();
    state.startedAt = m_startedAt;
    state.story = m_story;
    if (m_ttftUs > 0)
        state.ttft = Duration(m_ttftUs);
    if (m_meter)
        state.outputTokens = m_meter->outputTokensEstimate();
    if (m_opened)
        state.soFar = m_concluded ? m_charge.cost.value_or(Money()) : chargeSeen().cost.value_or(Money());
    return state;
}

void Exchange::refuse(const Error &error)
{
    DataPlaneStats &stats = *m_context.stats;
    switch (error.code) {
    case ErrorCode::InvalidApiKey:
        stats.refusedAuth.fetch_add(1, std::memory_order_relaxed);
        break;
    case ErrorCode::BudgetExceeded:
        if (m_over)
            m_context.publish(event::BudgetExceeded{m_over->status, m_over->needed, m_key->record.id});
        [[fallthrough]];
    case ErrorCode::Paused:
        stats.refusedBudget.fetch_add(1, std::memory_order_relaxed);
        break;
    case ErrorCode::RateLimited:
        stats.refusedRate.fetch_add(1, std::memory_order_relaxed);
        break;
    default:
        stats.refusedOther.fetch_add(1, std::memory_order_relaxed);
    }
    m_status = m_heldHead ? 200 : statusOf(error);
    conclude(Outcome::Refused, Charge(), error.detail, [this, error] { ownError(error); });
}

void Exchange::done()
{
    if (std::exchange(m_isDone, true))
        return;
    if (m_reply) {
        m_reply->setReceiver(nullptr);
        m_reply->abort();
    }
    logBodies();
    m_context.bury(*this); // keeps this alive until the present event is handled
}

} // namespace lbp
