#pragma once

#include "config/config.h"
#include "core/charge.h"
#include "core/dataplane.h"
#include "core/forecast.h"
#include "core/mailbox.h"
#include "core/pausestate.h"
#include "core/raises.h"
#include "core/webhooktest.h"
#include "storage/backup.h"
#include "storage/store.h"

#include <deque>
#include <QHash>
#include <QMap>
#include <QObject>
#include <QPromise>
#include <QTimer>

namespace lbp {

/// The name of the setting that remembers the pause of everything: "1" or "0" (or never set). The gateway
/// reads it at start.
inline constexpr auto pausedSetting = u"paused";
/// KeyRecord::pausedReason of a key that is about to be revoked for good.
inline constexpr auto revokingReason = u"revoking";

/// What a new key is made of. The record's id, hash, status and creation time are given by Control.
struct KeyDraft
{
    KeyRecord record;
    QList<std::pair<Period, Money>> budgets; ///< its own; one per period
};
struct CreatedKey
{
    KeyRecord record;
    Secret plaintext; ///< shown once, kept nowhere
};
/// Changes to a key: what is absent stays. An inner nullopt takes the value away.
struct KeyPatch
{
    std::optional<QString> name, team, project;
    std::optional<QStringList> allowedModels;
    std::optional<std::optional<Instant>> expiresAt;
    std::optional<std::optional<int>> rpm, tpm, parallel;
    std::optional<std::optional<Money>> maxSpendPerMinute;
    std::optional<bool> allowUnmetered;
};
/// What a key may know about itself.
struct KeyView
{
    KeyRecord key;
    QList<BudgetStatus> budgets; ///< those that bind it, tightest first
    DataPlane::KeyLoad load;
    bool allPaused = false;
};
struct SystemState
{
    bool storeWritable = false;
    QString storeProblem;
    QStringList downProviders;
    QList<ProviderHealth> providers{}; ///< every one, in the order of the configuration
    bool paused = false;
    std::optional<Instant> pausedUntil{}; ///< resumes by itself then
    QStringList needsRestart{}; ///< settings of the file that wait for the next start
};

/// The one door of everything that people and scripts touch: API, command line and windows. Checks, writes to
/// the store, then tells the data path, then publishes what changed. Commands run one after the other, in the
/// order given. Without a data path (the command line while no proxy runs) it works on the store alone:
/// nothing is reserved then. Ownership: borrows store, events, clock and data plane, which outlive it.
/// Thread: main. Futures end on the main thread or on one of the store: come back with a Mailbox, and never
/// block the main thread on them.
class Control : public QObject
{
    Q_OBJECT
public:
    struct Setup
    {
        Store &store;
        EventSink &events;
        const Clock &clock;
        std::shared_ptr<const Config> config;
        DataPlane *plane = nullptr;
    };
    explicit Control(Setup setup, QObject *parent = nullptr);
    ~Control() override;

    /// Reads keys, budgets and switches. Blocks on the store: at start only, before anything else.
    [[nodiscard]] Status load();
    void setConfig(std::shared_ptr<const Config> config);
    void setNeedsRestart(QStringList settings) { m_needsRestart = std::move(settings); }
    [[nodiscard]] const std::shared_ptr<const Config> &config() const { return m_config; }
    /// Acts on what the data path asks for: the runaway guard's pause is made durable here.
    void handle(const QList<Event> &events);

    // ---- keys
    // -------------------------------------------------------------------------------------------------------
    QFuture<Result<CreatedKey>> createKey(KeyDraft draft);
    QFuture<Result<KeyRecord>> updateKey(KeyId id, KeyPatch patch);
    /// A new plaintext; the old one stays valid for \a grace (0: not at all; at most 30 days).
    QFuture<Result<CreatedKey>> rotateKey(KeyId id, Duration grace);
    QFuture<Result<KeyRecord>> revokeKey(KeyId id); ///< for good; revoking twice is no error
    /// Stops a key at once, as if it were revoked, and revokes it for good after \a undoFor, unless
    /// undoRevoke() comes first. Until then its record is Paused with revokingReason. A program that ends
    /// meanwhile leaves a key that is revoked for good at the next start.
    QFuture<Result<KeyRecord>> revokeKeySoon(KeyId id, Duration undoFor = std::chrono::seconds(10));
    QFuture<Result<KeyRecord>> undoRevoke(KeyId id); ///< as it was before; Conflict: it is too late
    [[nodiscard]] std::optional<Instant> undoUntil(KeyId id) const; ///< nullopt: nothing to undo
    QFuture<Status> finishRevocations(); ///< now, as at the end of the program
    QFuture<Result<KeyRecord>> pauseKey(KeyId id, QString reason = QStringLiteral("user"));
    QFuture<Result<KeyRecord>> resumeKey(KeyId id);
    /// Everything; \a until: resumes by itself then. InvalidRequest when that is not in the future.
    QFuture<Status> pause(std::optional<Instant> until = {});
    QFuture<Status> resume(); ///< also before the time is over
    QFuture<Status> setPaused(bool paused) { return paused ? pause() : resume(); }
    [[nodiscard]] bool isPaused() const { return m_pause.paused; }
    [[nodiscard]] std::optional<Instant> pausedUntil() const { return m_pause.until; }
    [[nodiscard]] Instant tomorrow() const; ///< the next local midnight, for pause()

    [[nodiscard]] QList<KeyRecord> keys() const
    {
        return m_keys.values();
    } ///< revoked ones too, oldest first
    [[nodiscard]] std::optional<KeyRecord> key(KeyId id) const;
    [[nodiscard]] std::optional<KeyRecord> keyByName(QStringView name) const; ///< not revoked
    /// The key whose plaintext this is, if it may be used now (paused keys too).
    [[nodiscard]] std::optional<KeyRecord> keyByPlaintext(QByteArrayView plaintext) const;
    [[nodiscard]] QString keyName(KeyId id) const; ///< empty when unknown

    // ---- budgets
    // ----------------------------------------------------------------------------------------------------
    QFuture<Status> setBudget(Budget budget);
    QFuture<Status> removeBudget(Scope scope, Period period); ///< NotFound
    /// More room in one budget until its present span ends; remembered over a restart. NotFound when there is
    /// no such budget, Conflict when it has no end (total: change its limit).
    QFuture<Result<BudgetRaise>> raiseBudget(Scope scope, Period period, Money amount);
    /// Answers a held request; see DataPlane::answerHold(). NotFound when it is not held any more.
    QFuture<Status> answerHold(RequestId hold, HoldAnswer answer);
    QFuture<QList<HeldRequest>> held();
    QFuture<Result<QList<BudgetStatus>>> budgets();
    QFuture<Result<KeyView>> view(KeyId id); ///< NotFound

    // ---- requests and reports
    // ---------------------------------------------------------------------------------------
    QFuture<Result<QList<UsageSum>>> usage(Instant from, Instant to, GroupBy groupBy);
    QFuture<Result<QList<ExchangeRow>>> requests(RequestFilter filter)
    {
        return m_store.requests(std::move(filter));
    }
    QFuture<Result<ExchangeRow>> request(RequestId id) { return m_store.request(id); }
    /// Further attempts of a request, in order.
    QFuture<Result<QList<ExchangeRow>>> attemptsOf(RequestId id) { return m_store.attemptsOf(id); }
    QFuture<Result<ExchangeRow>> correctCost(RequestId id, Money cost);

    // ---- what the windows show; see storage/reportstore.h and controlreports.cpp
    // --------------------------------------------
    /// Reads the filter language at the present time, in the zone of the budgets.
    [[nodiscard]] RequestTerms readFilter(QStringView text) const;
    QFuture<Result<RequestPage>> requestPage(RequestQuery query);
    QFuture<Result<RequestCount>> countRequests(RequestQuery query, qint64 upTo);
    QFuture<Result<RequestPlace>> requestAt(qint64 position);
    QFuture<Result<RequestPlace>> placeOf(RequestId id);
    QFuture<Result<UsageSeries>>
    usageSeries(UsageSeriesQuery query); ///< in the zone of the budgets unless it says
    QFuture<Result<LatencySummary>> latency(TimeRange range, UsageScope scope = {});
    QFuture<Result<UnpricedModels>> unpricedModels(TimeRange range);
    /// Spending in the present period of \a scope (everything, or one key), carried on to its end.
    QFuture<Result<Forecast>> forecast(Period period, UsageScope scope = {});
    /// The usage of \a range under the present price of \a model. NotPriced when it has none.
    QFuture<Result<WhatIf>> whatIf(TimeRange range, QString model, UsageScope scope = {});
    QFuture<Status> stopRequest(RequestId id); ///< NotFound; Conflict when it has ended
    /// Heads, bodies and story, as far as they were kept. NotFound when there is no such request.
    QFuture<Result<ExchangeDetails>> details(RequestId id);
    QFuture<QList<LiveExchange>> live(); ///< newest first
    /// NotFound: no such key. Unavailable while no proxy runs.
    QFuture<Result<Simulation>> simulate(SimulationRequest request);
    QFuture<Result<QList<AlertRecord>>> alerts(int limit) { return m_store.alerts(limit); }
    QFuture<Result<QList<AlertRecord>>> alertPage(AlertQuery query) { return m_store.alertPage(query); }

    // ---- the rest
    // ---------------------------------------------------------------------------------------------------
    /// Who sends test alerts; notify is no business of this layer.
    void setAlertTester(std::function<QFuture<Status>()> tester) { m_alertTester = std::move(tester); }
    QFuture<Status> testAlert();
    /// The same with the answer's status and time.
    void setWebhookTester(std::function<QFuture<WebhookTest>()> tester)
    {
        m_webhookTester = std::move(tester);
    }
    QFuture<WebhookTest> testWebhook();

    // ---- backup and restore; see storage/backup.h
    // ------------------------------------------------------------------------
    /// Where the ledger is, for the calls below; empty: they are Unavailable.
    void setLedgerFile(QString file) { m_ledgerFile = std::move(file); }
    /// A consistent copy with everything that was settled before this call. Runs on a thread of its own; the
    /// future's progress goes from 0 to 1000. Conflict: \a file exists; it is never overwritten.
    QFuture<Result<BackupInfo>> backup(QString file);
    QFuture<Result<BackupInfo>> checkBackup(QString file);
    /// Lays a copy of \a file ready; the next start takes it into use and keeps the present ledger aside.
    QFuture<Result<BackupInfo>> restoreAtNextStart(QString file);
    QFuture<Status> cancelRestore();
    [[nodiscard]] bool isRestoreStaged() const { return m_restoreStaged; }
    QFuture<SystemState> state(); ///< tries a write; at most one within two seconds
    [[nodiscard]] Instant now() const { return m_clock.now(); }
    [[nodiscard]] QTimeZone timeZone() const;

private:
    /// Keeps the next command waiting for as long as a copy lives.
    using Turn = std::shared_ptr<void>;
    template <typename T> using Promise = std::shared_ptr<QPromise<Result<T>>>;
    void enqueue(std::function<void(Turn)> command);
    void nextCommand();
    /// Checks \a changed against the keys there are, writes it and tells everybody.
    void writeKey(KeyRecord changed, Turn turn, std::function<void(Result<KeyRecord>)> done);
    QFuture<Result<KeyRecord>> changeKey(KeyId id, std::function<Status(KeyRecord &)> change);
    [[nodiscard]] Status checkNameIsFree(const QString &name, KeyId except) const;
    void insertIndex(const KeyRecord &key);
    void removeIndex(const KeyRecord &key);
    QFuture<Status> changePause(PauseState wanted, bool byItself);
    void armPauseEnd();
    void armRevokeEnd();
    Status revokeLeftOver(); ///< keys that a program left that ended meanwhile; blocks, at start only
    QFuture<Result<KeyRecord>> revokeForGood(KeyId id);
    /// As the data path is to see it: a key that is being revoked is revoked there at once.
    [[nodiscard]] static KeyRecord forPlane(KeyRecord key);
    /// Remembers \a added beside those that are in force.
    QFuture<Status> rememberRaises(const QList<BudgetRaise> &added);
    void tellRaise(const BudgetRaise &raise, RequestId request);
    void tellBudgets();
    void publish(EventBody body);
    QFuture<Result<QList<BudgetStatus>>> budgetsFromStore();
    [[nodiscard]] QList<Budget> effectiveBudgets() const;

    Store &m_store;
    EventSink &m_events;
    const Clock &m_clock;
    std::shared_ptr<const Config> m_config;
    DataPlane *m_plane;
    QMap<KeyId, KeyRecord> m_keys;
    QHash<QByteArray, KeyId> m_byHash; ///< SHA-256 of present and previous plaintexts
    QList<Budget> m_budgets; ///< explicit ones
    PauseState m_pause;
    QTimer m_pauseEnd;
    QList<BudgetRaise> m_raises;
    QStringList m_needsRestart;
    std::function<QFuture<Status>()> m_alertTester;
    std::function<QFuture<WebhookTest>()> m_webhookTester;
    QString m_ledgerFile;
    bool m_restoreStaged = false;
    struct Revoking
    {
        Instant until;
        KeyRecord before;
    };
    QMap<KeyId, Revoking> m_revoking;
    QTimer m_revokeEnd;
    std::deque<std::function<void(Turn)>> m_commands;
    bool m_running = false;
    std::optional<Duration> m_probedAt; ///< monotonic
    Status m_probe;
    Mailbox m_mailbox{this};
};

} // namespace lbp
