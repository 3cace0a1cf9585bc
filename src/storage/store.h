#pragma once

#include "core/budget.h"
#include "core/key.h"
#include "storage/alertquery.h"
#include "storage/ledgerrow.h"
#include "storage/pendingrows.h"
#include "storage/reportstore.h"

#include <functional>
#include <memory>
#include <QFuture>
#include <QJsonObject>
#include <vector>

namespace lbp {

/// Sums of one group in a usage report.
struct UsageSum
{
    QString group; ///< key id, team, model, project, or the start of the day/hour as RFC 3339
    QString label; ///< for keys their name, else the group
    qint64 requests = 0;
    Usage usage;
    Money cost; ///< known costs only
    Money saved;
    qint64 unpriced = 0; ///< requests whose cost is unknown
    qint64 estimated = 0; ///< requests whose cost was estimated or recovered
    qint64 errors = 0;
    qint64 cacheHits = 0;
};
enum class GroupBy { Key, Team, Model, Project, Day, Hour, Total };

struct RequestFilter
{
    std::optional<Instant> from, to; ///< [from, to)
    std::optional<KeyId> key;
    QString team, model;
    std::optional<int> statusClass; ///< 2, 4, 5: hundreds; or a full status
    std::optional<Outcome> outcome;
    std::optional<Money> minCost;
    std::optional<RequestId> before; ///< cursor: rows with a smaller id
    int limit = 50; ///< 1 to 500
};

/// What (key, team, project) spent, for loading the BudgetLedger.
struct SpentSum
{
    KeyId key = 0;
    QString team;
    QString project;
    Money spent;
};

struct FiredAlert
{
    QString event; ///< "budgetWarning", …
    QString subject; ///< what it is debounced by: a key, a budget with threshold and period start, a provider
    Instant at;
};
struct AlertRecord ///< one line of history
{
    qint64 id = 0;
    Instant at;
    QString event;
    QString subject;
    QString text;
    QString delivery; ///< "", "delivered", "failed: …"
};

/// What the proxy needs to remember. SqlStore implements it for SQLite (and, later, PostgreSQL).
/// Thread: any. Work runs on threads of the store; futures complete there, so come back with .then(context,
/// …), where the context must outlive the answer: never an Exchange. Atomicity: each call is one transaction;
/// a refused call changes nothing.
class Store : public ReportStore
{
public:
    ~Store() override = default; ///< waits until everything recorded and submitted is in the ledger

    // ---- the data path: rows through one writer that groups commits
    // -------------------------------------------------
    /// What was submitted with `ticket` is durable, or is not (ok false: the disk is full, say). Called on
    /// the writer thread, once per group of commits.
    struct Committed
    {
        quint64 ticket = 0; ///< as submitted; 0 is never reported
        bool ok = false;
    };
    using CommitSink = std::function<void(std::vector<Committed>)>;
    virtual void setCommitSink(CommitSink sink) = 0; ///< before the first submit; called on the writer thread
    /// One row to be written. An OpenRow begins, a CloseRow updates the open row and the rollups in one
    /// transaction, an ExchangeRow is both at once. ticket 0: nobody waits.
    struct Submission
    {
        LedgerRow row;
        quint64 ticket = 0;
    };
    /// Makes \a row durable here and now, without a system call and without waiting for the ledger, into
    /// which it is written soon. False, and \a row is as it was: this store cannot (it is to survive a power
    /// cut), or not at present (the ledger cannot be written, or is far behind): submit() it and wait.
    [[nodiscard]] virtual bool record(LedgerRow &row) = 0;
    /// Order is kept, also with what is recorded: what comes first is committed first or together. The writer
    /// is woken once for all.
    virtual void submit(std::vector<Submission> rows) = 0;
    template <typename Row> void submit(Row row, quint64 ticket)
    {
        std::vector<Submission> one;
        one.push_back({std::move(row), ticket});
        submit(std::move(one));
    }
    [[nodiscard]] virtual size_t queued() const = 0; ///< rows not committed yet, for bounding

    // ---- start
    // ------------------------------------------------------------------------------------------------------
    /// Rows found open are booked in full and marked recovered. Called once at start, before the first
    /// submit.
    virtual QFuture<Result<int>> recoverOpen(Instant now) = 0;
    virtual QFuture<Result<RequestId>> lastRequestId() = 0; ///< 0 when there is none
    /// Sums over requests that began at or after \a from, which lies on a quarter hour; from the rollups.
    virtual QFuture<Result<QList<SpentSum>>> spentSince(Instant from) = 0;

    // ---- keys, budgets, switches
    // -----------------------------------------------------------------------------------
    virtual QFuture<Result<KeyRecord>>
    insertKey(KeyRecord key, QList<Budget> budgets) = 0; ///< assigns the id; Scope::Key budgets get it
    virtual QFuture<Result<void>> updateKey(KeyRecord key) = 0; ///< NotFound
    virtual QFuture<Result<QList<KeyRecord>>> keys() = 0; ///< revoked ones too
    virtual QFuture<Result<QList<Budget>>> budgets() = 0;
    virtual QFuture<Result<void>> putBudget(Budget budget) = 0;
    virtual QFuture<Result<void>> removeBudget(Scope scope, Period period) = 0; ///< NotFound
    virtual QFuture<Result<QString>> setting(QString name) = 0; ///< empty when never set
    virtual QFuture<Result<void>> putSetting(QString name, QString value) = 0;

    // ---- reports: on a reader of their own. They hold every row that was recorded or submitted before the
    // ---- call, and wait for nothing when all of it is written
    // ------------------------------------------------
    virtual QFuture<Result<QList<UsageSum>>> usage(Instant from, Instant to, GroupBy groupBy,
                                                   QTimeZone zone) = 0;
    virtual QFuture<Result<QList<ExchangeRow>>> requests(RequestFilter filter) = 0; ///< newest first
    virtual QFuture<Result<ExchangeRow>> request(RequestId id) = 0; ///< NotFound
    /// The rows whose OpenRow::attemptOf is \a id, by attempt; none for most requests, and for an unknown
    /// one.
    virtual QFuture<Result<QList<ExchangeRow>>> attemptsOf(RequestId id) = 0;
    /// Writes the true amount over an estimated or recovered one; rollups follow. Conflict for an open row.
    virtual QFuture<Result<ExchangeRow>> correctCost(RequestId id, Money cost) = 0;
    /// A row that waits for the usage of its response; nullopt when there is none, or no more.
    virtual QFuture<Result<std::optional<ExchangeRow>>> pendingRow(PendingQuestion question) = 0;
    /// Writes what it cost in the end; rollups follow. Once: gives the cost that it replaced, nullopt when the row is
    /// pending no more, which changes nothing.
    virtual QFuture<Result<std::optional<Money>>> settlePending(PendingAnswer answer) = 0;

    // ---- alerts, upkeep
    // ---------------------------------------------------------------------------------------------
    /// True, and remembered, when (event, subject) did not fire since \a notSince.
    virtual QFuture<Result<bool>> claimAlert(FiredAlert alert, Instant notSince) = 0;
    virtual QFuture<Result<qint64>> addAlert(AlertRecord record) = 0;
    virtual QFuture<Result<void>> setAlertDelivery(qint64 id, QString delivery) = 0;
    virtual QFuture<Result<QList<AlertRecord>>> alerts(int limit) = 0;
    virtual QFuture<Result<QList<AlertRecord>>> alertPage(AlertQuery query) = 0; ///< newest first
    /// Deletes requests that began before \a before, in small steps; rollups stay. Returns how many.
    virtual QFuture<Result<qint64>> prune(Instant before) = 0;
};

/// How to open the ledger of one data directory.
struct StoreOptions
{
    QString file; ///< SQLite file; created with mode 0600
    bool syncFull = false; ///< storage.sync: full
    QTimeZone zone; ///< local days of the day rollup
    bool journal = true; ///< rows will be written, so record() is wanted; not with syncFull
};
/// Opens, checks and migrates. StoreDamaged when the file fails its check: it was set aside as
/// FILE.damaged-<time> and the message says so; StoreFailed otherwise. Blocks; call at start, before the
/// event loop runs.
[[nodiscard]] Result<std::unique_ptr<Store>> openSqlStore(const StoreOptions &options);

} // namespace lbp
