#pragma once

#include "config/config.h"
#include "core/dataplane.h"
#include "core/pausestate.h"
#include "core/result.h"
#include "proxy/localhandler.h"
#include "storage/store.h"

#include <memory>
#include <QThread>
#include <QUrl>

namespace lbp {

/// The data path: listener, exchanges, upstream connections, ledger, limits and cache, all on one thread of
/// its own. Ownership: borrows store, events, clock and the local handler, which outlive it. Thread:
/// construct, load(), listen() and destroy on one thread (main); the DataPlane part from any.
class Gateway final : public DataPlane
{
public:
    struct Setup
    {
        std::shared_ptr<const Config> config;
        Store &store;
        EventSink &events;
        const Clock &clock;
        LocalHandler *local = nullptr; ///< may be null: everything that is not proxied is 404
        QString cacheFile; ///< SQLite file of cached bodies; empty: memory only
        std::chrono::milliseconds tick = std::chrono::seconds(1); ///< how often time-outs are looked at
        QString bodiesFile{}; ///< SQLite file of logged bodies (logging.bodies); empty: none are kept
        /// Count the tokens of inputs that do not fit their budgets by their bytes.
        bool countsTokens = false;
    };
    explicit Gateway(Setup setup);
    ~Gateway() override; ///< stops listening, ends what still runs (settled as Stopped), joins the thread

    /// What was remembered, read from the store at start.
    struct Remembered
    {
        QList<KeyRecord> keys;
        QList<Budget> budgets;
        QList<std::pair<Period, QList<SpentSum>>> spent; ///< for the current span of each period
        QList<BudgetRaise> raises;
        RequestId lastRequest;
        PauseState pause;
    };
    void load(Remembered state); ///< blocks until taken over; before listen()
    /// Reads everything load() needs. Blocks on the store: at start only.
    [[nodiscard]] static Result<Remembered> remembered(Store &store, const Config &config, Instant now);

    /// Starts to accept. Port 0: the system picks. Blocks until bound. The result is the base address,
    /// "http://127.0.0.1:3000".
    [[nodiscard]] Result<QUrl> listen(const QString &host, quint16 port);
    /// Takes the new settings into use for exchanges that begin from now on.
    void setConfig(std::shared_ptr<const Config> config);
    /// Stops accepting, answers new requests on kept connections with 503, lets what runs finish; the future
    /// ends when all has ended, at the latest after \a patience, when the rest is ended as Stopped.
    QFuture<bool> drain(std::chrono::milliseconds patience);

    void putKey(KeyRecord key) override;
    void setBudgets(QList<Budget> budgets) override;
    void setPaused(bool paused, std::optional<Instant> until = {}) override;
    void raiseBudget(BudgetRaise raise) override;
    QFuture<Result<QList<BudgetRaise>>> answerHold(RequestId hold, HoldAnswer answer) override;
    QFuture<QList<HeldRequest>> held() override;
    QFuture<Simulation> simulate(SimulationRequest request) override;
    QFuture<ExchangeDetails> details(RequestId id) override;
    void stopExchange(RequestId id) override;
    void correctSpent(Spender spender, Money difference, Instant at) override;
    QFuture<QList<BudgetStatus>> budgets() override;
    QFuture<QList<BudgetStatus>> budgetsFor(KeyId key) override;
    QFuture<KeyLoad> load(KeyId key) override;
    QFuture<QList<LiveExchange>> live() override;
    [[nodiscard]] const DataPlaneStats &stats() const override;
    QFuture<QStringList> downProviders() override;
    QFuture<QList<ProviderHealth>> providers() override;

private:
    class Worker;
    template <typename F> void onThread(F function); ///< runs it on the proxy thread and waits
    template <typename F> void post(F function);
    template <typename T, typename F> QFuture<T> ask(F function);
    QThread m_thread;
    QObject m_anchor; ///< lives on m_thread, so that calls can be posted there
    std::unique_ptr<Worker> m_worker; ///< lives on m_thread
    std::shared_ptr<DataPlaneStats> m_stats;
};

} // namespace lbp
