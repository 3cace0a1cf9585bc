#pragma once

#include "storage/ledgerops.h"
#include "storage/store.h"
#include "storage/worker.h"

#include <atomic>
#include <chrono>

namespace lbp {

/// The one thread that writes. Rows that wait are taken all at once and committed together: a commit is
/// shared by as many requests as came while the one before it ran, and nobody waits for a timer. Tasks of the
/// control plane run one at a time between the groups.
///
/// When a commit fails (the disk is full, say) every waiting ticket is told so. Reservations are dropped
/// then: their requests must not run. Everything else has happened already, so it is kept in memory, in
/// order, up to a bound, and written as soon as the disk allows; a reservation whose settlement is lost that
/// way is booked in full at the next start.
///
/// Thread: submit(), post() and queued() from any. Destroying it writes what is queued first.
class LedgerWriter
{
public:
    LedgerWriter(QString file, bool syncFull, QTimeZone zone);
    ~LedgerWriter();
    LedgerWriter(const LedgerWriter &) = delete;
    LedgerWriter &operator=(const LedgerWriter &) = delete;

    [[nodiscard]] Status start(); ///< waits until the connection is open
    void setCommitSink(Store::CommitSink sink) { m_sink = std::move(sink); }
    using Pending = Store::Submission;
    void submit(std::vector<Pending> rows);
    void post(SqlTask task);
    /// A task that also needs the statements for rows.
    using Task = std::function<void(SqlConnection &, RowWriter &)>;
    void postWithRows(Task task);
    [[nodiscard]] size_t queued() const { return m_queued.load(std::memory_order_relaxed); }
    [[nodiscard]] bool isStopping() const { return m_stopping.load(std::memory_order_relaxed); }

private:
    void run(SqlConnection &connection, RowWriter &writer);
    void packSums(RowWriter &writer, bool isIdle);
    /// Commits the first \a count of \a rows and reports them. False: nothing of it is in the ledger.
    bool commitGroup(RowWriter &writer, const std::vector<Pending> &rows, size_t count);
    bool drain(RowWriter &writer,
               std::vector<Pending> &arrived); ///< false when the ledger cannot be written now
    void keepAfterFailure();
    void report(std::vector<Store::Committed> done);

    const QString m_file;
    const bool m_syncFull;
    const QTimeZone m_zone;
    Store::CommitSink m_sink;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Pending> m_arrived; ///< guarded by m_mutex, like m_tasks, m_stop and m_waiting
    std::deque<Task> m_tasks;
    bool m_stop = false;
    bool m_waiting = false;
    std::atomic<size_t> m_queued{0};
    std::atomic<bool> m_stopping{false};

    std::vector<Pending> m_backlog; ///< kept after a failure; writer thread only
    bool m_failing = false;
    std::chrono::steady_clock::time_point m_lastPacked{}; ///< writer thread only
    std::thread m_thread;
};

} // namespace lbp
