#pragma once

#include "config/config.h"
#include "core/dataplane.h"
#include "core/ledger.h"
#include "core/limiter.h"
#include "core/pausestate.h"
#include "core/requestid.h"
#include "proxy/bodylog.h"
#include "proxy/breaker.h"
#include "proxy/cache.h"
#include "proxy/deadlines.h"
#include "proxy/durability.h"
#include "proxy/holds.h"
#include "proxy/keyring.h"
#include "proxy/latesettlements.h"
#include "proxy/quote.h"
#include "proxy/recentexchanges.h"
#include "proxy/upstream.h"
#include "tokens/learning.h"
#include "tokens/runningcount.h"
#include "tokens/tokencounter.h"

#include <QSet>
#include <random>
#include <unordered_map>

namespace lbp {

class Exchange;
class LocalHandler;

/// Everything the exchanges of one proxy share. Owned by the Gateway's worker; thread: proxy thread only, so
/// nothing is locked.
struct ProxyContext
{
    ProxyContext(std::shared_ptr<const Config> settings, Store &store, EventSink &sink, const Clock &time,
                 std::shared_ptr<DataPlaneStats> counters, const QString &cacheFile,
                 const QString &bodiesFile = {});
    ~ProxyContext();

    std::shared_ptr<const Config> config;
    const Clock &clock;
    EventSink &events;
    std::shared_ptr<DataPlaneStats> stats;
    LocalHandler *local = nullptr;
    Deadlines deadlines;
    KeyRing keys;
    BudgetLedger ledger;
    RateLimiter limiter;
    RunawayGuard runaway;
    ResponseCache cache;
    Upstream upstream;
    Durability durability;
    RatesMemory rates;
    RequestIds ids;
    PauseState pause;
    std::unique_ptr<TokenCounter> tokens; ///< null: inputs are bounded by their bytes alone
    EstimateHistory estimates;
    bool draining = false;
    QSet<QString> downProviders;
    Breakers breakers;
    std::minstd_rand random; ///< for pauses before repetitions
    QSet<QString> refusesUsage; ///< providers that do not know stream_options

    /// How a base URL is written on the wire; the last one asked for is kept, which is nearly always the
    /// right one.
    struct WrittenUrl
    {
        QUrl url;
        QByteArray path; ///< such as "/v1"
        QByteArray host; ///< with port, for the Host field
    };
    [[nodiscard]] const WrittenUrl &written(const QUrl &url);
    WrittenUrl lastWritten;

    /// Bytes of request bodies and of answers kept for the cache that are in memory now.
    qint64 bodyBytes = 0;
    qint64 heldBytes = 0; ///< of plain answers that wait for their end, so that their cost can go before them
    qint64 recordingBytes = 0;
    static constexpr qint64 maxBodyBytes = 1024ll * 1024 * 1024;
    static constexpr qint64 maxHeldBytes = 256ll * 1024 * 1024;
    static constexpr qint64 maxRecordingBytes = 16ll * 1024 * 1024;

    /// Exchanges that run, by id. One that ended is kept until the present event is handled: it may be on the
    /// stack.
    std::unordered_map<qint64, std::unique_ptr<Exchange>> exchanges;
    std::vector<std::unique_ptr<Exchange>> ended;
    Holds holds{*this};
    LateSettlements late;

    /// What people may look at: heads and stories of late, bodies where they are logged.
    RecentExchanges recent;
    BodyLog bodies;
    std::shared_ptr<const Redactor> redactor;
    qint64 capturedBytes = 0; ///< of bodies that will be logged
    static constexpr qint64 maxCapturedBytes = 64ll * 1024 * 1024;
    std::function<void()> onIdle; ///< called when the last exchange has ended

    void publish(EventBody body) { events.publish(Event{clock.now(), std::move(body)}); }
    void bury(Exchange &exchange);
    void sweep(); ///< frees what has ended; only where no exchange can be on the stack
    void upstreamIsDown(const QString &provider, const QString &detail);
    void upstreamIsUp(const QString &provider);
    void providerAnswered(const QString &provider,
                          const ResponseHead &head); ///< well, or with a failure of its own
    /// \param unreachable nothing of the request can have reached it
    void providerFailed(const QString &provider, const QString &detail, bool unreachable);
    [[nodiscard]] QString leftAlone(const QString &detail, const QString &provider) const;
};

} // namespace lbp
