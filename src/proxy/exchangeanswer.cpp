// The way back of an Exchange: what the provider answers is metered as it passes, settled, and only then
// ended.
#include "proxy/exchange.h"

namespace lbp {

namespace {

constexpr qsizetype maxPlain =
    16 * 1024 * 1024; ///< a plain answer is held up to here, so that its cost can go before it
constexpr qsizetype tailSize = 64 * 1024; ///< of a longer one, where usage stands
constexpr qsizetype maxHeldEvent = 1024 * 1024; ///< a longer unfinished event is no usage chunk

bool isBlank(const QByteArray &bytes)
{
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
}

} // namespace

void Exchange::onUpstreamHead()
{
    const ResponseHead &head = m_reply->head();
    m_status = head.status;
    m_context.providerAnswered(m_provider->name, head);
    if (!isMetered()) {
        m_raw = true;
        if (m_dialect && m_dialect->tellsEarlierUsage() && head.status < 300)
            m_lateWatch = std::make_unique<LateWatch>(*m_dialect, head);
        sendHead(head, !head.contentLength && head.status != 204 && head.status != 304, head.contentLength,
                 false);
        if (!m_reply->isComplete())
            flushOut(); // the body may take its time
        return;
    }
    const QByteArray type = head.headers.value("content-type").toLower();
    const std::optional<Coding> coding = codingFromName(head.headers.value("content-encoding"));
    if (coding && *coding != Coding::Identity)
        m_decoder = makeDecoder(*coding);
    m_unreadable = !coding;
    if (head.status < 300 && m_dialect->answersInBytes() && !m_heldHead
        && !type.startsWith("application/json") && !type.startsWith("text/")) {
        m_raw = true;
        sendHead(head, !head.contentLength, head.contentLength, false);
        flushOut();
        return;
    }
    const bool isEvents = type.startsWith("text/event-stream");
    const bool isArray = !isEvents && streamsArray() && type.startsWith("application/json");
    if (head.status >= 300 || (!isEvents && !isArray) || (m_heldHead && m_unreadable))
        return; // held until it is whole, so that its cost can stand in the head
    m_streaming = true;
    m_context.stats->activeStreams.fetch_add(1, std::memory_order_relaxed);
    m_meter = m_dialect->meter(m_facts, m_usageAdded);
    countOutput();
    if (isArray)
        m_array = std::make_unique<JsonArraySplitter>([this](const JsonArraySplitter::Element &element) {
            m_meter->onEvent({},
                             element.json); // usage is never added to this form, so nothing has to be hidden
        });
    else
        m_sse = std::make_unique<SseParser>([this](const SseParser::Event &event) { onStreamEvent(event); });
    m_recordingOn = m_mayStore;
    // A stream was asked for without coding. One that comes coded all the same is passed on decoded, since
    // whole events may have to be left out or added.
    if (!m_heldHead)
        sendHead(head, true, std::nullopt, m_decoder != nullptr);
    if (m_reply->bytesAvailable() == 0)
        flushOut();
}

void Exchange::onUpstreamData()
{
    QByteArray bytes = m_reply->takeBody();
    m_upstreamComplete = m_reply->isComplete();
    if (m_streaming)
        return meterStream(std::move(bytes));
    if (m_raw) {
        if (isMetered())
            m_tail = (m_tail + bytes).right(tailSize);
        if (m_lateWatch) {
            m_lateWatch->feed(bytes);
            tellEarlierUsage();
        }
        send(bytes);
        flushOut();
        if (!m_client)
            readForNobody(bytes.size());
        return;
    }
    m_plain += bytes;
    m_heldBytes += bytes.size();
    m_context.heldBytes += bytes.size();
    const bool full = m_plain.size() > maxPlain || m_context.heldBytes > ProxyContext::maxHeldBytes;
    // White space before a slow answer is a sign of life that must not be held back; nor is what would fill
    // the memory.
    const bool lives = !m_upstreamComplete && m_plain.size() < 64 && isBlank(m_plain) && !m_decoder;
    if (full && m_heldHead) {
        m_reply->setReceiver(nullptr);
        m_reply->abort();
        breakOff(Outcome::UpstreamFailed,
                 Error{ErrorCode::UpstreamUnreachable,
                       QStringLiteral("The provider sent something long that is no event stream.")});
        return;
    }
    if ((full || (lives && m_status < 300)) && m_client && !m_heldHead) {
        m_raw = true;
        m_tail = m_plain.right(tailSize);
        const ResponseHead &head = m_reply->head();
        sendHead(head, !head.contentLength, head.contentLength, false);
        send(std::exchange(m_plain, {}));
        flushOut();
        m_context.heldBytes -= std::exchange(m_heldBytes, 0);
    } else if (full) {
        readForNobody(m_plain.size());
    }
}

void Exchange::readForNobody(qint64 bytes)
{
    // An answer is read to its end to learn what it cost, but not for ever.
    m_readForNobody += bytes;
    if (m_readForNobody <= maxPlain && m_context.heldBytes <= ProxyContext::maxHeldBytes)
        return;
    m_reply->setReceiver(nullptr);
    m_reply->abort();
    conclude(Outcome::ClientGone, chargeKnown(),
             QStringLiteral("the client left before a very long answer ended"), [this] { done(); });
}

void Exchange::meterStream(QByteArray bytes)
{
    if (m_concluded && !m_endSeen)
        return; // cut, stopped or left: nothing more is passed on
    if (m_decoder) {
        QByteArray decoded;
        if (const Status good = m_decoder->decode(bytes, decoded, maxPlain); !good) {
            breakOff(
                Outcome::UpstreamFailed,
                Error{ErrorCode::UpstreamUnreachable,
                      QStringLiteral("the provider's stream does not decode as its Content-Encoding says")});
            return;
        }
        bytes = std::move(decoded);
    }
    m_hidden.clear();
    if (m_array) {
        m_array->feed(bytes);
        m_endSeen = m_array->atEnd();
    } else {
        m_sse->feed(bytes);
    }

    if (!m_usageAdded) {
        m_piece = std::move(bytes);
    } else {
        // Whole events only, because the one that we asked for must not be seen, not even in part.
        m_tail += bytes;
        qint64 wholeUntil = m_eventEnd;
        if (m_tailBegin + m_tail.size() - wholeUntil > maxHeldEvent)
            wholeUntil = m_tailBegin + m_tail.size();
        m_piece.clear();
        qint64 from = m_tailBegin;
        for (const auto &[begin, end] : m_hidden) {
            m_piece += m_tail.mid(from - m_tailBegin, std::max(begin, from) - from);
            from = std::max(from, end);
        }
        m_piece += m_tail.mid(from - m_tailBegin, std::max(wholeUntil, from) - from);
        m_tail.remove(0, std::max(wholeUntil, from) - m_tailBegin);
        m_tailBegin = std::max(wholeUntil, from);
    }
    recordForCache(m_piece);

    if (m_concluded) { // behind the end marker
        if (m_durable) {
            send(m_piece);
            flushOut();
        } else {
            m_held += m_piece;
        }
        return;
    }
    if (m_endSeen) {
        // The client takes the end marker for the end, so what was spent is on the disk before it can see it.
        m_held = std::move(m_piece);
        settleStream();
        return;
    }
    send(m_piece);
    if (m_ttftUs == 0 && m_meter->sawContent())
        m_ttftUs = (m_context.clock.monotonic() - m_forwardedAt).count();
    const qint64 most = m_ceiling * m_priced.quote.worst.choices + m_facts.extraOutputUpperBound;
    if (m_ceiling > 0 && m_priced.price && !m_facts.echoesInput && m_meter->outputTokensAtLeast() > most
        && betweenEvents()) {
        cutAtCeiling();
        return;
    }
    flushOut();
    progress();
}

void Exchange::onStreamEvent(const SseParser::Event &event)
{
    m_eventEnd = event.end;
    if (!event.hasData)
        return;
    if (m_meter->onEvent(event.type, event.data))
        m_hidden.emplace_back(event.begin, event.end);
    m_endSeen = m_endSeen || m_meter->sawEnd();
}

bool Exchange::streamsArray() const
{
    return m_facts.stream && m_facts.streamForm == StreamForm::JsonArray;
}

bool Exchange::betweenEvents() const
{
    return m_array ? m_array->betweenElements() : m_sse->betweenEvents();
}

QByteArray Exchange::streamedError(const Error &error) const
{
    if (streamsArray()) {
        const QByteArray element = errors().body(error, {});
        return m_array ? m_array->endingWith(element) : '[' + element + ']';
    }
    const QByteArray fitting = m_meter ? m_meter->errorEvent(error, tool()) : QByteArray();
    return fitting.isEmpty() ? errors().streamAnswer(error, tool()) : fitting;
}

void Exchange::settleStream()
{
    Charge charge = chargeKnown();
    const bool failed = m_meter->sawError();
    conclude(failed ? Outcome::UpstreamError : Outcome::Completed, std::move(charge),
             failed ? QStringLiteral("the provider sent an error in the stream") : QString(), [this] {
                 storeInCache();
                 if (!m_client)
                     return done();
                 send(std::exchange(m_held, {}));
                 if (m_upstreamComplete)
                     finishAnswer();
                 else
                     flushOut();
             });
}

void Exchange::cutAtCeiling()
{
    m_reply->setReceiver(nullptr);
    m_reply->abort();
    m_recordingOn = false;
    Charge charge = chargeKnown();
    charge.note = QStringLiteral("the provider sent more than the ceiling; cut here");
    const Usage usage = charge.usage;
    conclude(Outcome::CutAtCeiling, std::move(charge), QString(), [this, usage] {
        const QByteArray last = m_meter->endAtCeiling(usage);
        send(m_array ? m_array->endingWith(last) : last);
        finishAnswer();
    });
}

void Exchange::onUpstreamEnd()
{
    if (m_reply->failure())
        return answerFailure();
    m_upstreamComplete = true;
    if (m_streaming) {
        m_hidden.clear();
        m_array ? m_array->finish() : m_sse->finish();
        if (!m_tail.isEmpty()
            && m_hidden.empty()) { // an event without its empty line is the client's as well
            recordForCache(m_tail);
            m_held += m_tail;
        }
        m_tail.clear();
        if (!m_concluded)
            settleStream();
        else if (m_durable)
            finishAnswer();
        return; // else settleStream() goes on
    }
    if (m_raw)
        return endRaw();
    answerPlain();
}

void Exchange::tellEarlierUsage()
{
    if (const std::optional<UsageReport> report = m_lateWatch->takeReport())
        m_context.late.told(*m_provider, *report);
}

void Exchange::endRaw()
{
    if (m_lateWatch) {
        m_lateWatch->finish();
        tellEarlierUsage();
    }
    if (!isMetered()) {
        const bool free = m_dialect != nullptr;
        Charge charge;
        charge.provenance = free ? Provenance::Free : Provenance::Unpriced;
        charge.cost = free ? std::optional(Money()) : std::nullopt;
        conclude(m_status < 400 ? Outcome::Completed : Outcome::UpstreamError, std::move(charge), QString(),
                 [this] { finishAnswer(); });
        return;
    }
    // What was passed on while it came keeps its usage near the end.
    const bool refused = m_status >= 400;
    Charge charge = refused ? Charge() : chargeKnown();
    for (const char *name : {"\"usage\"", "\"usageMetadata\""}) {
        const qsizetype at = m_tail.lastIndexOf(name);
        if (at < 0)
            continue;
        if (const Result<UsageReport> report = m_dialect->readUsage('{' + m_tail.mid(at)))
            charge = chargeReported(*report);
    }
    if (const Result<UsageReport> report = m_dialect->readUsage(m_tail))
        charge = chargeReported(*report);
    conclude(!m_client     ? Outcome::ClientGone
                 : refused ? Outcome::UpstreamError
                           : Outcome::Completed,
             std::move(charge), QString(), [this] { finishAnswer(); });
}

void Exchange::answerPlain()
{
    QByteArray readable = m_plain;
    if (m_decoder) {
        readable.clear();
        if (!m_decoder->decode(m_plain, readable, 64 * 1024 * 1024))
            m_unreadable = true;
    }
    if (m_status >= 400 && askAgainWithoutUsage(readable))
        return;
    const Result<UsageReport> report =
        m_unreadable ? fail(ErrorCode::NotFound, QString()) : m_dialect->readUsage(readable);
    if (!report && m_status >= 400
        && tryAgain(attemptEndOf(m_status), m_reply->head().headers,
                    QStringLiteral("the provider answered %1").arg(m_status)))
        return;
    Charge charge;
    QString error;
    Outcome outcome = Outcome::Completed;
    if (report) {
        charge = chargeReported(*report);
    } else if (m_status < 300) {
        charge = chargeSeen(m_dialect->hasOutput() ? m_dialect->estimateOutput(readable) : 0);
        if (report.error().code == ErrorCode::InvalidUsage)
            charge.note = report.error().detail;
    }
    if (m_status >= 300) {
        outcome = m_status >= 400 ? Outcome::UpstreamError : Outcome::Completed;
        error = QStringLiteral("the provider answered %1").arg(m_status);
        if (m_status >= 500)
            m_context.stats->upstreamErrors.fetch_add(1, std::memory_order_relaxed);
    }
    if (!m_client)
        outcome = Outcome::ClientGone;
    m_ttftUs = (m_context.clock.monotonic() - m_forwardedAt).count();
    if (m_heldHead)
        m_status = 200; // what the client has got
    conclude(outcome, std::move(charge), error, [this, readable] {
        if (!m_client)
            return done();
        if (m_heldHead)
            return answerInStream(m_unreadable ? QByteArray() : readable);
        if (m_mayStore && m_status == 200 && m_charge.provenance == Provenance::Exact) {
            m_recordingOn = true;
            recordForCache(m_plain);
            storeInCache();
        }
        sendHead(m_reply->head(), false,
                 m_head.method == "HEAD" ? m_reply->head().contentLength
                                         : std::optional<qint64>(m_plain.size()),
                 false);
        send(m_plain);
        finishAnswer();
    });
}

bool Exchange::askAgainWithoutUsage(const QByteArray &answer)
{
    // Some compatible providers do not know stream_options. The refusal cost nothing, and the client never
    // asked for it.
    if (!m_usageAdded || (m_status != 400 && m_status != 422) || !answer.contains("stream_options")
        || !m_client)
        return false;
    m_context.refusesUsage.insert(m_provider->name);
    m_usageAdded = false;
    m_body = std::exchange(m_unasked, {});
    if (const BodyChanges wanted = changes(); wanted.model || wanted.ceiling) {
        Result<RewrittenCall> edited = m_dialect->rewritten(call(), wanted);
        if (!edited)
            return false;
        m_body = std::move(edited->body);
    }
    m_plain.clear();
    m_decoder.reset();
    forward();
    return true;
}

void Exchange::answerFailure()
{
    const UpstreamFailure failure = *m_reply->failure();
    if (!std::exchange(m_failureNoted, true)) {
        if (failure.code == ErrorCode::UpstreamTimeout)
            m_context.stats->upstreamTimeouts.fetch_add(1, std::memory_order_relaxed);
        m_context.stats->upstreamErrors.fetch_add(1, std::memory_order_relaxed);
        if (!failure.isOurs)
            m_context.providerFailed(m_provider->name, failure.detail, !failure.mayHaveBeenSeen);
    }
    if (!failure.mayHaveBeenSeen && tryAgain(AttemptEnd::NotSent, {}, failure.detail))
        return;
    QString said = QStringLiteral("The provider '%1' failed: %2").arg(m_provider->name, failure.detail);
    if (failure.mayHaveBeenSeen && mayTryAgain())
        said += QStringLiteral("; it may have been billed, so it was not tried again");
    breakOff(Outcome::UpstreamFailed, Error{failure.code, said});
}

void Exchange::breakOff(Outcome outcome, const Error &error)
{
    if (m_concluded && (m_streaming || m_raw)) {
        if (m_durable && m_client) // settled, and all that mattered was passed on
            finishAnswer();
        else
            m_upstreamComplete = true;
        return;
    }
    const bool seen = m_reply && (m_reply->wasSent() || m_reply->headReceived());
    Charge charge = seen ? chargeKnown() : Charge();
    if (!m_headSent)
        m_status = httpStatus(error.code);
    conclude(outcome, std::move(charge), error.detail, [this, error] {
        if (!m_client)
            return done();
        if (!m_headSent || (m_heldHead && !m_streaming)) {
            ownError(error);
        } else if (m_streaming && betweenEvents() && m_tail.isEmpty()) {
            send(streamedError(error));
            finishAnswer();
        } else {
            // In the middle of something: a clean end would make a torn answer look whole.
            std::exchange(m_client, nullptr)->cut();
            done();
        }
    });
}

void Exchange::onClientGone()
{
    m_client = nullptr;
    m_mayStore = false;
    if (m_ticket || m_isDone)
        return; // whoever waits for the ledger sees that it is gone
    stopWaiting();
    if (!m_reply)
        return giveUp();
    // A plain answer is billed whole even if nobody waits for it, so it is read to learn what it cost. A
    // stream, or an answer that costs nothing, is ended at once: what is not generated is not billed. One
    // that still waits for a connection has cost nothing yet.
    const bool sent = m_reply->wasSent() || m_reply->headReceived();
    if (sent && isMetered() && m_priced.price && !m_facts.stream && !m_streaming && !m_concluded)
        return m_reply->setPaused(false);
    m_reply->setReceiver(nullptr);
    m_reply->abort();
    if (m_concluded)
        return done();
    conclude(Outcome::ClientGone, sent ? chargeKnown() : Charge(),
             QStringLiteral("the client closed the connection"), [this] { done(); });
}

void Exchange::onClientDrained()
{
    if (m_reply)
        m_reply->setPaused(false);
}

void Exchange::giveUp()
{
    conclude(Outcome::ClientGone, Charge(), QStringLiteral("the client closed the connection"),
             [this] { done(); });
}

void Exchange::stop()
{
    if (m_concluded || m_isDone)
        return;
    stopWaiting();
    if (m_ticket) // it waits for its reservation to be durable, and would be sent when that is
        m_context.durability.forget(std::exchange(m_ticket, 0));
    if (!m_running) { // the request is not whole, so an answer could not be told from one to its next part
        if (m_client)
            std::exchange(m_client, nullptr)->cut();
        conclude(Outcome::Stopped, Charge(), QStringLiteral("The request was stopped here."),
                 [this] { done(); });
        return;
    }
    if (m_reply) {
        m_reply->setReceiver(nullptr);
        m_reply->abort();
    }
    breakOff(Outcome::Stopped,
             Error{ErrorCode::ShuttingDown, QStringLiteral("The request was stopped here.")});
}

void Exchange::replay(CachedAnswerPtr answer)
{
    m_status = answer->status;
    m_cacheHit = true;
    m_saved = answer->cost;
    Charge charge;
    charge.usage = answer->usage;
    m_usageIsCached = true;
    m_context.stats->cacheHits.fetch_add(1, std::memory_order_relaxed);
    m_context.stats->savedPicodollars.fetch_add(answer->cost.picodollars(), std::memory_order_relaxed);
    conclude(Outcome::CacheHit, std::move(charge), QString(), [this, answer] {
        if (!m_client)
            return done();
        ResponseHead head;
        head.status = answer->status;
        head.headers = answer->headers;
        sendHead(head, answer->stream,
                 answer->stream ? std::nullopt : std::optional<qint64>(answer->body.size()), false);
        send(answer->body);
        finishAnswer();
    });
}

void Exchange::recordForCache(const QByteArray &bytes)
{
    if (!m_recordingOn || bytes.isEmpty())
        return;
    if (m_recording.size() + bytes.size() > ResponseCache::Limits().maxEntryBytes
        || m_context.recordingBytes + bytes.size() > ProxyContext::maxRecordingBytes) {
        m_context.recordingBytes -= m_recording.size();
        m_recording = QByteArray();
        m_recordingOn = false;
        return;
    }
    m_recording += bytes;
    m_context.recordingBytes += bytes.size();
}

void Exchange::storeInCache()
{
    if (!m_recordingOn || m_status != 200 || m_charge.provenance == Provenance::Unpriced
        || m_outcome != Outcome::Completed)
        return;
    if ((m_meter && !m_meter->isWhole()) || (m_array && !m_array->atEnd()))
        return; // it may have been torn where a chunk ended
    m_recordingOn = false;
    auto answer = std::make_shared<CachedAnswer>();
    answer->status = m_status;
    answer->headers = m_reply->head().headers;
    answer->headers.removeHopByHop();
    for (const char *name : {"content-length", "date", "set-cookie", "x-request-id", "request-id", "age"})
        answer->headers.remove(name);
    if (m_decoder && m_streaming)
        answer->headers.remove("content-encoding");
    answer->body = m_recording;
    answer->stream = m_streaming;
    answer->usage = m_charge.usage;
    answer->cost = m_charge.cost.value_or(Money());
    m_context.cache.put(m_cacheKey, std::move(answer),
                        std::chrono::seconds(m_config->cache.defaultTtlSeconds));
    m_context.recordingBytes -= m_recording.size();
    m_recording = QByteArray();
}

} // namespace lbp
