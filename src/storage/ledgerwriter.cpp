#include "storage/ledgerwriter.h"

#include "storage/journalplay.h"

#include <algorithm>
#include <future>
#include <QLoggingCategory>

namespace lbp {

namespace {

Q_LOGGING_CATEGORY(storageLog, "lbp.storage")

constexpr size_t backlogLimit = 100'000; ///< rows kept while the disk is full: some tens of megabytes
constexpr size_t backlogGroup =
    1000; ///< of the backlog in one transaction, so that reservations get their turn
constexpr size_t capacityKept = 4096; ///< of the queue after a burst
constexpr auto retryAfter = std::chrono::seconds(1);
// What is durable already is gathered for so long, or until there are so many.
constexpr auto gatheringTime = std::chrono::milliseconds(50);
constexpr size_t gatheredRows = 1024;
// Sums are packed when nothing is asked of the writer, and now and then when it never rests.
constexpr auto restBeforePacking = std::chrono::milliseconds(20);
constexpr auto packingEvery = std::chrono::seconds(2);

} // namespace

LedgerWriter::LedgerWriter(StoreOptions options)
    : m_options(std::move(options))
{
}

LedgerWriter::~LedgerWriter()
{
    m_stopping = true;
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

Status LedgerWriter::start()
{
    std::promise<Status> opened;
    std::future<Status> outcome = opened.get_future();
    m_thread = std::thread([this, opened = std::move(opened)]() mutable {
        auto connection =
            SqlConnection::open(m_options.file, SqlConnection::Mode::ReadWrite, m_options.syncFull);
        if (!connection) {
            opened.set_value(tl::unexpected(connection.error()));
            return;
        }
        RowWriter writer(**connection,
                         m_options.zone); // goes before the connection: it holds prepared statements
        const Status prepared = prepare(**connection, writer);
        opened.set_value(prepared);
        if (prepared)
            run(**connection, writer);
    });
    const Status started = outcome.get();
    m_isRunning = started.has_value();
    return started;
}

Status LedgerWriter::prepare(SqlConnection &connection, RowWriter &writer)
{
    return writer.prepare()
        .and_then([&] { return playJournal(connection, writer, m_options.file); })
        .map([&] {
            if (m_options.journal && !m_options.syncFull)
                m_journal = beginJournal(connection, m_options.file);
        });
}

bool LedgerWriter::record(LedgerRow &row)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        const bool isNew = std::holds_alternative<OpenRow>(row); // new spending, that is
        if (!m_journal || m_holdingBack > 0 || (m_failing && isNew))
            return false;
        encodeRow(row, m_encoded);
        const std::optional<Journal::Mark> mark = m_journal->append(m_encoded);
        if (!mark)
            return false;
        m_queued.fetch_add(1, std::memory_order_relaxed);
        m_arrived.push_back({{std::move(row), 0}, *mark});
        // It gathers by itself once it knows of the first.
        wake = m_sleep == Sleep::Idle || (m_sleep == Sleep::Gathering && m_arrived.size() == gatheredRows);
        if (wake)
            m_sleep = Sleep::None;
    }
    if (wake)
        m_wake.notify_one();
    return true;
}

void LedgerWriter::submit(std::vector<Store::Submission> rows)
{
    bool wake = false;
    m_queued.fetch_add(rows.size(), std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        m_arrived.reserve(m_arrived.size() + rows.size());
        for (Store::Submission &row : rows) {
            m_arrived.push_back({std::move(row), {}});
            m_holdingBack += m_arrived.back().holdsBackJournal() ? 1 : 0;
        }
        m_urgent = true;
        wake = std::exchange(m_sleep, Sleep::None) != Sleep::None;
    }
    if (wake)
        m_wake.notify_one();
}

void LedgerWriter::postWithRows(Task task)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
        wake = std::exchange(m_sleep, Sleep::None) != Sleep::None;
    }
    if (wake)
        m_wake.notify_one();
}

void LedgerWriter::post(SqlTask task)
{
    postWithRows([work = std::move(task)](SqlConnection &connection, RowWriter &) { work(connection); });
}

void LedgerWriter::finishTasks()
{
    if (!m_isRunning)
        return;
    std::promise<void> done;
    post([&done](SqlConnection &) { done.set_value(); });
    done.get_future().wait();
}

bool LedgerWriter::isDue() const
{
    return m_stop || m_urgent || !m_tasks.empty() || m_arrived.size() >= gatheredRows;
}

void LedgerWriter::waitForWork(std::unique_lock<std::mutex> &lock, const RowWriter &writer)
{
    std::optional<std::chrono::steady_clock::time_point> until; // when gathering ends
    while (!isDue()) {
        const auto now = std::chrono::steady_clock::now();
        if (!m_arrived.empty() && !until)
            until = now
                + (m_backlog.empty() ? std::chrono::milliseconds(gatheringTime)
                                     : std::chrono::milliseconds(retryAfter));
        if (until && now >= *until)
            break;
        m_sleep = until ? Sleep::Gathering : Sleep::Idle;
        if (until)
            m_wake.wait_until(lock, *until);
        else if (m_backlog.empty() && !writer.sums().isDue())
            m_wake.wait(lock);
        else if (m_wake.wait_for(lock,
                                 m_backlog.empty() ? std::chrono::milliseconds(restBeforePacking)
                                                   : std::chrono::milliseconds(retryAfter))
                     == std::cv_status::timeout
                 && m_arrived.empty())
            break;
    }
    m_sleep = Sleep::None;
}

void LedgerWriter::run(SqlConnection &connection, RowWriter &writer)
{
    std::vector<Pending> batch;
    for (;;) {
        Task task;
        bool stop = false;
        {
            std::unique_lock lock(m_mutex);
            waitForWork(lock, writer);
            m_urgent = false;
            batch.swap(m_arrived);
            if (!m_tasks.empty()) {
                task = std::move(m_tasks.front());
                m_tasks.pop_front();
            }
            stop = m_stop && !task && batch.empty();
        }
        const bool isIdle = batch.empty() && !task && !stop;
        const bool isWritten = drain(writer, batch);
        if (batch.capacity() > capacityKept)
            std::vector<Pending>().swap(batch);
        if (task)
            task(connection, writer);
        if (isWritten && writer.sums().isDue() && !stop)
            packSums(writer, isIdle);
        if (!stop)
            continue;
        std::unique_ptr<Journal> journal;
        {
            const std::lock_guard lock(m_mutex);
            journal = std::move(m_journal);
        }
        if (isWritten && journal)
            endJournal(connection, std::move(journal), m_options.file);
        // What is neither written nor in the journal is lost with the process; the open rows it would have
        // closed are recovered.
        const auto lost = std::count_if(m_backlog.begin(), m_backlog.end(),
                                        [](const Pending &pending) { return !pending.isJournaled(); });
        if (lost > 0)
            qCWarning(storageLog, "%td rows could not be written before the end", lost);
        return;
    }
}

void LedgerWriter::packSums(RowWriter &writer, bool isIdle)
{
    const auto now = std::chrono::steady_clock::now();
    if (!isIdle && now - m_lastPacked < packingEvery)
        return;
    m_lastPacked = now;
    // Reports read the rows themselves until it succeeds.
    if (const Status packed = writer.packSums(); !packed)
        qCWarning(storageLog, "%s", qUtf8Printable(packed.error().detail));
}

bool LedgerWriter::drain(RowWriter &writer, std::vector<Pending> &arrived)
{
    if (m_backlog.empty()) {
        if (arrived.empty() || commitGroup(writer, arrived, arrived.size())) {
            arrived.clear();
            return true;
        }
        m_backlog.swap(arrived);
        keepAfterFailure();
        return false;
    }
    // Order is kept: what waits since the failure goes first.
    std::move(arrived.begin(), arrived.end(), std::back_inserter(m_backlog));
    arrived.clear();
    while (!m_backlog.empty()) {
        const size_t count = std::min(m_backlog.size(), backlogGroup);
        if (!commitGroup(writer, m_backlog, count)) {
            keepAfterFailure();
            return false;
        }
        m_backlog.erase(m_backlog.begin(), m_backlog.begin() + std::ptrdiff_t(count));
    }
    std::vector<Pending>().swap(m_backlog);
    return true;
}

bool LedgerWriter::commitGroup(RowWriter &writer, const std::vector<Pending> &rows, size_t count)
{
    Status outcome = writer.begin();
    std::vector<bool> applied;
    if (outcome) {
        Result<std::vector<bool>> all =
            writer.applyAll(count, [&](size_t i) -> const LedgerRow & { return rows[i].row; });
        if (all)
            applied = *std::move(all);
        else
            outcome = tl::unexpected(all.error());
    }
    std::vector<Store::Committed> done;
    Journal::Mark last;
    size_t heldBack = 0;
    for (size_t i = 0; outcome && i < count; ++i) {
        if (rows[i].isJournaled())
            last = rows[i].mark;
        heldBack += rows[i].holdsBackJournal() ? 1 : 0;
        if (rows[i].ticket != 0)
            done.push_back({rows[i].ticket, applied[i]});
    }
    if (outcome && last.sequence != 0)
        outcome = writer.played(last.sequence);
    if (outcome)
        outcome = writer.commit();
    if (!outcome) {
        writer.rollback();
        if (!m_failing) // nobody else changes it
            qCWarning(storageLog, "%s", qUtf8Printable(outcome.error().detail));
        forget(0, 0, {}, true);
        return false;
    }
    if (m_failing)
        qCWarning(storageLog, "the ledger can be written again");
    forget(count, heldBack, last, false);
    report(std::move(done));
    return true;
}

void LedgerWriter::forget(size_t count, size_t heldBack, const Journal::Mark &upTo, bool isFailing)
{
    {
        const std::lock_guard lock(m_mutex);
        m_holdingBack -= heldBack;
        m_failing = isFailing;
        if (m_journal)
            m_journal->release(upTo);
    }
    m_queued.fetch_sub(count, std::memory_order_relaxed);
}

void LedgerWriter::keepAfterFailure()
{
    std::vector<Store::Committed> told;
    size_t dropped = std::erase_if(m_backlog, [&](Pending &pending) {
        if (pending.ticket == 0)
            return false;
        told.push_back({std::exchange(pending.ticket, 0), false});
        return std::holds_alternative<OpenRow>(pending.row);
    });
    size_t heldBack = 0;
    if (m_backlog.size() > backlogLimit) {
        // The journal has a bound of its own, and what is in it must not be passed over.
        size_t place = 0;
        dropped += std::erase_if(m_backlog, [&](const Pending &pending) {
            if (++place <= backlogLimit || pending.isJournaled())
                return false;
            heldBack += pending.holdsBackJournal() ? 1 : 0;
            return true;
        });
    }
    forget(dropped, heldBack, {}, true);
    report(std::move(told));
}

void LedgerWriter::report(std::vector<Store::Committed> done)
{
    if (!done.empty() && m_sink)
        m_sink(std::move(done));
}

} // namespace lbp
