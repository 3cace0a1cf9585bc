#pragma once

#include "core/event.h"
#include "core/exchangedetails.h"
#include "core/ledger.h"
#include "core/providerhealth.h"
#include "core/simulation.h"

#include <array>
#include <atomic>
#include <QFuture>
#include <QList>

namespace lbp {

/// Counters of the data path since start, for /metrics and windows. Written by the proxy thread, read by any.
struct DataPlaneStats
{
    using Counter = std::atomic<qint64>;
    std::array<Counter, 6> responsesByClass{}; ///< [2] is 2xx …; [0]: the client was gone before an answer
    Counter refusedAuth{0}, refusedBudget{0}, refusedRate{0}, refusedOther{0};
    Counter cacheHits{0}, cacheMisses{0};
    Counter inputTokens{0}, outputTokens{0};
    Counter costPicodollars{0}, savedPicodollars{0}, unpricedRequests{0};
    Counter clientConnections{0}, upstreamConnections{0}, activeExchanges{0}, activeStreams{0};
    Counter upstreamErrors{0}, upstreamTimeouts{0};
    /// Histograms: counts of values ≤ the bound of the same index, the last without bound; and their sums.
    static constexpr std::array<qint64, 14> boundsMs{5,    10,   25,   50,    100,   250,   500,
                                                     1000, 2500, 5000, 10000, 30000, 60000, 300000};
    struct Histogram
    {
        std::array<Counter, 15> buckets{}; ///< not cumulative
        Counter sumUs{0};
        void observe(qint64 us);
    };
    Histogram ttft, duration, overhead; ///< overhead: from the request's last byte to its first byte upstream
};

/// An exchange that is running now.
struct LiveExchange
{
    OpenRow row;
    Instant startedAt;
    qint64 outputTokens = 0;
    Money soFar; ///< of input and output
    StoryPtr story{};
    std::optional<Duration> ttft{}; ///< absent: no content yet
};

/// The running data path as the control plane sees it. The data path itself is below or beside; this keeps
/// them apart. Thread: any. Calls are posted to the proxy thread and take effect in the order made.
class DataPlane
{
public:
    virtual ~DataPlane() = default;
    virtual void putKey(KeyRecord key) = 0; ///< new, changed, paused or revoked
    virtual void setBudgets(QList<Budget> budgets) = 0; ///< all explicit ones
    /// \a until: paused until then only; the data path looks at the clock itself, so that it is exact.
    virtual void setPaused(bool paused, std::optional<Instant> until = {}) = 0;
    virtual void raiseBudget(BudgetRaise raise) = 0; ///< on top of those before; once it is remembered
    /// Decides a held request; the decision is made anew at this moment, in one step with its reservation.
    /// Gives the raises that this made, to be remembered. NotFound: it is not held (any more).
    virtual QFuture<Result<QList<BudgetRaise>>> answerHold(RequestId hold, HoldAnswer answer) = 0;
    virtual QFuture<QList<HeldRequest>> held() = 0; ///< oldest first
    /// What would happen to a request, by the same decisions as the real one. Reserves and counts nothing.
    virtual QFuture<Simulation> simulate(SimulationRequest request) = 0;
    /// What is still known of an exchange; empty parts where nothing was kept.
    virtual QFuture<ExchangeDetails> details(RequestId id) = 0;
    virtual void stopExchange(RequestId id) = 0; ///< ends it as Stopped; nothing if it has ended
    virtual void correctSpent(Spender spender, Money difference,
                              Instant at) = 0; ///< after Store::correctCost
    virtual QFuture<QList<BudgetStatus>> budgets() = 0; ///< every budget that is set
    virtual QFuture<QList<BudgetStatus>> budgetsFor(KeyId key) = 0; ///< those that bind a key, tightest first
    /// What a key has left of its rate: {limit rpm, used rpm, limit tpm, used tpm, parallel limit, running}.
    struct KeyLoad
    {
        int rpmLimit = 0, rpmUsed = 0, tpmLimit = 0, tpmUsed = 0, parallelLimit = 0, running = 0;
    };
    virtual QFuture<KeyLoad> load(KeyId key) = 0;
    virtual QFuture<QList<LiveExchange>> live() = 0;
    [[nodiscard]] virtual const DataPlaneStats &stats() const = 0;
    /// Providers that cannot be reached at the moment, by name; empty: all is well or unknown.
    virtual QFuture<QStringList> downProviders() = 0;
    virtual QFuture<QList<ProviderHealth>> providers() = 0; ///< every one, in the order of the configuration
};

} // namespace lbp
