#pragma once

#include "proxy/attempts.h"
#include "proxy/clientconnection.h"
#include "proxy/context.h"
#include "proxy/decide.h"
#include "proxy/latewatch.h"
#include "wire/contentcoding.h"
#include "wire/jsonarray.h"
#include "wire/sse.h"

namespace lbp {

/// One request and its answer. A request runs top to bottom in run(): read, limit, cache, price, reserve,
/// persist, forward; its answer comes back through onUpstream…(): meter, settle, observe. Every way out ends
/// the reservation exactly once, in conclude(). Ownership: the ProxyContext; the connection and the upstream
/// reply refer to it while they serve it. Thread: proxy thread.
class Exchange final : public Responder, public UpstreamReceiver
{
public:
    Exchange(ProxyContext &context, ClientConnection &client, RequestHead head);
    ~Exchange() override;

    [[nodiscard]] RequestId id() const { return m_id; }
    /// From the head alone: who asks, for which endpoint, at which provider kind. An error is answered with
    /// refuse().
    [[nodiscard]] Status identify();
    void run(QByteArray body);
    void refuse(const Error &error);
    void stop(); ///< by a person or at shutdown
    // while it is held
    [[nodiscard]] const HeldRequest &heldAs() const { return m_hold->asked; }
    [[nodiscard]] Result<QList<BudgetRaise>> answerHold(const HoldAnswer &answer);
    void reconsider(HoldEnd reason); ///< it may fit now, or may not run any more
    [[nodiscard]] LiveExchange live() const;
    [[nodiscard]] bool isMetered() const { return m_dialect && m_dialect->metering() == Metering::Metered; }

    void onClientGone() override;
    void onClientDrained() override;
    void onUpstreamHead() override;
    void onUpstreamData() override;
    void onUpstreamEnd() override;

private:
    // the request, in the order in which it runs
    [[nodiscard]] Status read(QByteArray body);
    [[nodiscard]] Call call() const; ///< as dialects read it
    [[nodiscard]] Status chooseProvider(const QString &model); ///< and how it is called there
    [[nodiscard]] Result<RequestFacts> readFacts() const;
    [[nodiscard]] bool clientBringsCredential() const;
    [[nodiscard]] Status limit();
    [[nodiscard]] bool askCache(); ///< true: it goes on with replay() or spend()
    void spend(); ///< the part that sets money aside
    void goOnAfter(const Status &decided); ///< on, held or refused
    // counted: see exchangecount.cpp
    [[nodiscard]] bool isTight(const Status &decided) const; ///< fewer tokens of input may change it
    /// True: the input is counted, and this goes on with spendCounted(), perhaps already. \a inAdvance: it
    /// goes on by itself, and the count is there if the answer breaks off.
    [[nodiscard]] bool countInput(bool inAdvance);
    void spendCounted();
    [[nodiscard]] std::optional<RequestEstimate> countedInput() const;
    [[nodiscard]] RequestFacts quotedFacts() const;
    void useCount();
    void learnFromUsage();
    void countOutput(); ///< of a stream, as it passes
    [[nodiscard]] qint64 outputSeen() const; ///< tokens: counted, or the meter's estimate
    [[nodiscard]] Status downgrade();
    [[nodiscard]] Status price();
    [[nodiscard]] Status reserve();
    [[nodiscard]] Status overBudget(OverBudget over);
    void takeReservation(Reservation reservation, Instant now);
    [[nodiscard]] Status decide(); ///< downgrade, price, reserve
    void goOn(); ///< decided: rewrite, persist, forward
    [[nodiscard]] Status rewrite();
    [[nodiscard]] Status rewriteFree(); ///< for what costs nothing and has a model all the same
    [[nodiscard]] BodyChanges changes() const; ///< that rules make, but for asking for usage
    void persist(); ///< goes on with forward() once the reservation is durable
    void forward();
    // the answer
    void meterStream(QByteArray bytes);
    void onStreamEvent(const SseParser::Event &event);
    [[nodiscard]] bool streamsArray() const; ///< asked for as one JSON array, not as events
    [[nodiscard]] bool betweenEvents() const; ///< of the stream: here something may be inserted
    [[nodiscard]] QByteArray streamedError(const Error &error) const; ///< and the end of the stream
    void settleStream();
    void endRaw();
    void tellEarlierUsage(); ///< what the present answer says of an earlier request
    void readForNobody(qint64 bytes); ///< the client has left
    void answerPlain();
    [[nodiscard]] bool askAgainWithoutUsage(const QByteArray &answer);
    void answerFailure();
    void breakOff(Outcome outcome, const Error &error);
    void cutAtCeiling();
    void recordForCache(const QByteArray &bytes);
    void storeInCache();
    // the end
    /// The likeliest charge for what went by, or for \a outputTokens where they are known.
    [[nodiscard]] Charge chargeSeen(std::optional<qint64> outputTokens = {}) const;
    [[nodiscard]] Charge chargeReported(const UsageReport &report) const;
    /// It works on in the background: the whole reservation, until somebody sees what it cost.
    [[nodiscard]] Charge chargePending(const QString &responseId) const;
    /// What the provider reported, if it did, else what was seen of its answer, whole or torn.
    [[nodiscard]] Charge chargeKnown() const;
    /// Books \a charge, writes the row and calls \a then once that is durable, which may be within this call.
    /// The only way a reservation ends.
    void conclude(Outcome outcome, Charge charge, QString error, std::function<void()> then);
    [[nodiscard]] CloseRow closeRow(Outcome outcome, const Charge &charge, const QString &error) const;
    void observe(const CloseRow &row);
    void pauseRunaway();
    void giveUp(); ///< the client left before anything was sent
    void finishAnswer(); ///< the last byte is written
    void done(); ///< nothing is left to do: hand over to the context
    void replay(CachedAnswerPtr answer);
    // held: see exchangehold.cpp
    struct Hold final : Deadline
    {
        explicit Hold(Exchange &owner)
            : exchange(owner)
        {
        }
        void onDeadline() override { exchange.onHoldDeadline(); }
        Exchange &exchange;
        HeldRequest asked;
        Duration since{}; ///< monotonic
        Duration endsAt{};
        Duration nextSign{}; ///< of life
    };
    [[nodiscard]] bool hold(); ///< false: it is not to be held
    void askAboutHold();
    void armHold();
    void onHoldDeadline();
    void endHold(HoldEnd how);
    void showLife(); ///< head and comment lines, so that a client that waits for a stream stays
    [[nodiscard]] Status mayStillRun() const;
    void answerInStream(const QByteArray &body); ///< what came in place of a stream, after the head had gone
    // tried again: see exchangeattempt.cpp
    struct Attempts final : Deadline
    {
        explicit Attempts(Exchange &owner)
            : exchange(owner)
        {
        }
        void onDeadline() override;
        Exchange &exchange;
        QList<Route> others; ///< where else it may go, in order
        qsizetype next = 0; ///< of them
        int repeated = 0; ///< at the present provider
        bool waits = false; ///< until the present provider is asked again
        QByteArray body, coded, path; ///< before rules of one provider changed them
        QString why; ///< the last attempt failed
    };
    [[nodiscard]] RouteQuestion question(const QString &model) const;
    [[nodiscard]] Status avoidOpenBreaker();
    void keepForAnother();
    [[nodiscard]] bool mayTryAgain() const;
    /// After an attempt that cost nothing. False: there is no other; its answer stands.
    [[nodiscard]] bool tryAgain(AttemptEnd end, const HeaderList &headers, const QString &why);
    [[nodiscard]] bool tryOthers();
    void onBackoffOver();
    void stopWaiting();
    void dropReply();
    [[nodiscard]] bool beginAttempt(const Route &next);
    void writeClosed(ExchangeRow ended);
    void forgetAnswer();
    // what people may look at
    void tellStory(const OpenRow &row);
    void noteRequest(); ///< once, while somebody watches
    void capture(CapturedBody &body, QByteArrayView piece);
    void logBodies();
    // the wire
    void sendHead(const ResponseHead &head, bool chunked, std::optional<qint64> length, bool decoded);
    void addOurFields(QByteArray &out, bool costKnown) const;
    void send(QByteArrayView body); ///< framed as the head said; joined with a head that is not written yet
    void flushOut();
    void ownError(const Error &error);
    [[nodiscard]] const char *idField() const; ///< that in which answers of this API name their request
    [[nodiscard]] const ErrorShape &errors() const; ///< as the API that was called spells them
    [[nodiscard]] ClientTool tool() const; ///< that errors are to be fit for
    [[nodiscard]] int statusOf(const Error &error) const;
    void answerGreeting();
    [[nodiscard]] QByteArray upstreamHead() const;
    void appendTarget(QByteArray &out,
                      QByteArrayView basePath) const; ///< path and query, as the provider has them
    [[nodiscard]] QByteArray acceptEncoding() const; ///< as sent upstream
    [[nodiscard]] OpenRow openRow() const;
    void warnAboutBudget();
    void progress();

    ProxyContext &m_context;
    ClientConnection *m_client; ///< null once it is gone
    RequestHead m_head;
    const RequestId m_id;
    const Instant m_startedAt;
    const Duration m_started; ///< monotonic: the head was complete
    std::shared_ptr<const Config> m_config; ///< in force when it began

    // read
    bool m_running = false; ///< the request came whole
    QByteArray m_path; ///< without /v1, such as "/chat/completions"
    bool m_isAzure = false; ///< the path has Azure's form
    bool m_isGeminiCompatible = false;
    bool m_keyInPath = false; ///< so that credential fields are the client's own
    QByteArray m_deployment; ///< Azure's, as it goes upstream
    QByteArray m_body; ///< as it goes upstream
    qint64 m_countedBodyBytes = 0;
    KeyPtr m_key;
    QByteArray m_presentedKey;
    Api m_api = Api::OpenAi; ///< how errors are spelt
    const Dialect *m_dialect = nullptr; ///< null: a path nobody meters, passed for keys that may
    RequestFacts m_facts;
    const ProviderConfig *m_provider = nullptr; ///< within m_config
    QByteArray m_coded; ///< the body as it came, when it came compressed
    QByteArray m_unasked; ///< the body before we asked for usage
    bool m_bodyIsDecoded = false; ///< so Content-Encoding must not be sent

    // limit, price, reserve
    std::optional<RateLimiter::Decision> m_rate;
    qint64 m_rateEstimate = 0;
    Duration m_admittedAt{};
    bool m_rateHeld = false; ///< admitted by the limiter and not given back yet
    CacheKey m_cacheKey;
    bool m_mayStore = false;
    QString m_model; ///< the effective one
    bool m_countAsked = false;
    Encoding m_countedWith = Encoding::O200k;
    std::optional<RequestText> m_inputText; ///< once it is counted
    TokenCounter::Job m_counting;
    std::unique_ptr<RunningCount> m_written; ///< what a stream said so far
    Priced m_priced; ///< within m_config
    Reservation m_reservation;
    Money m_reserved;
    qint64 m_ceiling = 0;
    bool m_clamped = false;
    std::optional<Downgrade> m_downgrade;
    std::optional<OverBudget> m_over; ///< why it may not spend, as of the last decision
    std::unique_ptr<Hold> m_hold; ///< while it waits for an answer or for room
    bool m_heldHead = false; ///< the head of a stream was sent while it was held
    Duration m_heldFor{};
    Money m_allowedOver;
    QString m_allowedNote; ///< for the row
    StoryPtr m_story;
    bool m_noted = false;
    std::unique_ptr<BodyRecord> m_captured; ///< with logging.bodies
    bool m_usageAdded = false;
    bool m_opened = false; ///< an open row was written
    std::optional<BudgetStatus> m_budget; ///< the tightest, as of the reservation
    std::optional<BudgetLedger::Pressure> m_pressure;

    std::unique_ptr<Attempts> m_attempts; ///< only where it may be tried again
    int m_attempt = 1;
    RequestId m_rowId; ///< of the present attempt; that of the first is m_id
    Duration m_attemptStarted; ///< monotonic
    Duration m_retryAfter = std::chrono::seconds(1); ///< for the client, when a provider is left alone

    // forward, meter
    UpstreamReply *m_reply = nullptr;
    Duration m_forwardedAt{};
    qint64 m_ttftUs = 0;
    bool m_streaming = false; ///< an event stream is passed on as it comes
    bool m_raw = false; ///< another body is passed on as it comes
    bool m_headSent = false;
    bool m_chunked = false;
    bool m_failureNoted = false; ///< that the provider did not answer
    bool m_unreadable = false; ///< in a coding that we do not know
    bool m_trailersPromised = false;
    bool m_upstreamComplete = false;
    QByteArray m_out; ///< framed, not written yet
    qint64 m_readForNobody = 0; ///< bytes of the answer that came after the client had left
    qint64 m_heldBytes = 0; ///< of m_plain, as counted in the context
    QByteArray m_plain; ///< the body of a plain answer, as it came
    std::unique_ptr<SseParser> m_sse;
    std::unique_ptr<JsonArraySplitter> m_array; ///< in its place for a stream that is one array
    std::unique_ptr<StreamMeter> m_meter;
    std::unique_ptr<Decoder> m_decoder;
    std::unique_ptr<LateWatch> m_lateWatch; ///< of a free answer that tells what an earlier request cost
    QByteArray
        m_tail; ///< of the stream: an event that is not whole yet, held because it may have to be hidden
    qint64 m_tailBegin = 0; ///< its offset in the stream
    qint64 m_eventEnd = 0; ///< offset behind the last whole event
    QByteArray m_piece; ///< what the client gets of the present piece
    std::vector<std::pair<qint64, qint64>>
        m_hidden; ///< events of the present piece that the client must not see
    QByteArray m_held; ///< the end of the stream, until it is settled
    bool m_endSeen = false;
    QByteArray m_recording;
    bool m_recordingOn = false;
    Duration m_lastProgress{};

    // the end
    bool m_concluded = false;
    bool m_durable = false;
    quint64 m_ticket = 0;
    Charge m_charge;
    Money m_saved;
    bool m_cacheHit = false;
    bool m_usageIsCached = false; ///< the usage is that of the answer when it was made
    Outcome m_outcome = Outcome::Open;
    int m_status = 0;
    bool m_isDone = false;
};

} // namespace lbp
