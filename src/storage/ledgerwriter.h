#pragma once

#include "storage/journal.h"
#include "storage/ledgerops.h"
#include "storage/store.h"
#include "storage/worker.h"

#include <atomic>
#include <chrono>

namespace lbp {

/// The one thread that writes. Rows that somebody waits for are taken all at once and committed together: a
/// commit is shared by as many as came while the one before it ran, and nobody waits for a timer. Rows that
/// the journal made durable already are in no hurry: they are gathered for some milliseconds, so that many
/// share a transaction and what was opened and closed meanwhile is written once. Tasks of the control plane
/// run one at a time between the groups, each after all rows that came before it.
///
/// When a commit fails (the disk is full, say) every waiting ticket is told so. Reservations that wait are
/// dropped then: their requests must not run; and none is recorded until the ledger can be written again.
/// Everything else has happened already, so it is kept in memory, in order, up to a bound, and written as
/// soon as the disk allows; what is in the journal too is there after a restart, and a reservation whose
/// settlement is lost is booked in full at the next start.
///
/// Rows are durable in the order in which they came: once a settlement waits for the ledger, what comes
/// behind it waits as well, or after a crash the journal might hold a reservation of money that only the lost
/// settlement had given back.
///
/// Thread: record(), submit(), post() and queued() from any. Destroying it writes what is queued first.
class LedgerWriter
{
public:
    explicit LedgerWriter(StoreOptions options);
    ~LedgerWriter();
    LedgerWriter(const LedgerWriter &) = delete;
    LedgerWriter &operator=(const LedgerWriter &) = delete;

    [[nodiscard]] Status start(); ///< waits until the connection is open
    void setCommitSink(Store::CommitSink sink) { m_sink = std::move(sink); }
    [[nodiscard]] bool record(LedgerRow &row); ///< as Store::record()
    void submit(std::vector<Store::Submission> rows);
    void post(SqlTask task);
    /// A task that also needs the statements for rows.
    using Task = std::function<void(SqlConnection &, RowWriter &)>;
    void postWithRows(Task task);
    /// Waits until every task that was posted before has run; at once when start() failed.
    void finishTasks();
    [[nodiscard]] size_t queued() const { return m_queued.load(std::memory_order_relaxed); }
    [[nodiscard]] bool isStopping() const { return m_stopping.load(std::memory_order_relaxed); }

private:
    struct Pending : Store::Submission
    {
        Journal::Mark mark; ///< where it is in the journal
        [[nodiscard]] bool isJournaled() const { return mark.sequence != 0; }
        /// It ended something, and only the ledger will make it durable.
        [[nodiscard]] bool holdsBackJournal() const
        {
            return !isJournaled() && std::holds_alternative<CloseRow>(row);
        }
    };
    enum class Sleep { None, Idle, Gathering };
    [[nodiscard]] Status prepare(SqlConnection &connection, RowWriter &writer);
    [[nodiscard]] bool isDue() const; ///< with m_mutex
    void waitForWork(std::unique_lock<std::mutex> &lock, const RowWriter &writer);
    void run(SqlConnection &connection, RowWriter &writer);
    void packSums(RowWriter &writer, bool isIdle);
    /// Commits the first \a count of \a rows and reports them. False: nothing of it is in the ledger.
    bool commitGroup(RowWriter &writer, const std::vector<Pending> &rows, size_t count);
    bool drain(RowWriter &writer,
               std::vector<Pending> &arrived); ///< false when the ledger cannot be written now
    void keepAfterFailure();
    void report(std::vector<Store::Committed> done);
    /// They are in the ledger, or dropped.
    void forget(size_t count, size_t heldBack, const Journal::Mark &upTo, bool isFailing);

    const StoreOptions m_options;
    Store::CommitSink m_sink;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    // Guarded by m_mutex:
    std::vector<Pending> m_arrived;
    std::deque<Task> m_tasks;
    std::unique_ptr<Journal> m_journal; ///< null: every row waits for the ledger
    QByteArray m_encoded; ///< scratch of record()
    size_t m_holdingBack = 0; ///< settlements that are queued and not in the journal
    bool m_failing = false;
    bool m_urgent = false; ///< somebody waits for a row that has arrived
    bool m_stop = false;
    Sleep m_sleep = Sleep::None;

    std::atomic<size_t> m_queued{0};
    std::atomic<bool> m_stopping{false};

    std::vector<Pending> m_backlog; ///< kept after a failure; writer thread only
    std::chrono::steady_clock::time_point m_lastPacked{}; ///< writer thread only
    std::thread m_thread;
    bool m_isRunning = false; ///< start() succeeded
};

} // namespace lbp
