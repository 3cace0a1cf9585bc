#include "storage/ledgerwriter.h"

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
// Sums are packed when nothing is asked of the writer, and now and then when it never rests.
constexpr auto restBeforePacking = std::chrono::milliseconds(20);
constexpr auto packingEvery = std::chrono::seconds(2);

} // namespace

LedgerWriter::LedgerWriter(QString file, bool syncFull, QTimeZone zone)
    : m_file(std::move(file))
    , m_syncFull(syncFull)
    , m_zone(std::move(zone))
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
        auto connection = SqlConnection::open(m_file, SqlConnection::Mode::ReadWrite, m_syncFull);
        if (!connection) {
            opened.set_value(tl::unexpected(connection.error()));
            return;
        }
        RowWriter writer(**connection, m_zone); // goes before the connection: it holds prepared statements
        const Status prepared = writer.prepare();
        opened.set_value(prepared);
        if (prepared)
            run(**connection, writer);
    });
    return outcome.get();
}

void LedgerWriter::submit(std::vector<Pending> rows)
{
    bool wake = false;
    m_queued.fetch_add(rows.size(), std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        if (m_arrived.empty())
            m_arrived.swap(rows);
        else
            std::move(rows.begin(), rows.end(), std::back_inserter(m_arrived));
        wake = std::exchange(m_waiting, false);
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
        wake = std::exchange(m_waiting, false);
    }
    if (wake)
        m_wake.notify_one();
}

void LedgerWriter::post(SqlTask task)
{
    postWithRows([work = std::move(task)](SqlConnection &connection, RowWriter &) { work(connection); });
}

void LedgerWriter::run(SqlConnection &connection, RowWriter &writer)
{
    std::vector<Pending> batch;
    for (;;) {
        Task task;
        bool stop = false;
        {
            std::unique_lock lock(m_mutex);
            const auto isDue = [this] { return m_stop || !m_arrived.empty() || !m_tasks.empty(); };
            while (!isDue()) {
                m_waiting = true;
                if (m_backlog.empty() && !writer.sums().isDue())
                    m_wake.wait(lock);
                else if (m_backlog.empty()) {
                    if (m_wake.wait_for(lock, restBeforePacking) == std::cv_status::timeout)
                        break;
                } else if (m_wake.wait_for(lock, retryAfter) == std::cv_status::timeout)
                    break;
            }
            m_waiting = false;
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
        if (stop) {
            // What cannot be written now is lost with the process; the open rows it would have closed are
            // recovered.
            if (!isWritten)
                qCWarning(storageLog, "%zu rows could not be written before the end", m_backlog.size());
            return;
        }
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
    std::vector<Store::Committed> done;
    done.reserve(count);
    Status outcome = writer.begin();
    for (size_t i = 0; outcome && i < count; ++i) {
        const Result<bool> applied = writer.apply(rows[i].row);
        if (!applied)
            outcome = tl::unexpected(applied.error());
        else if (rows[i].ticket != 0)
            done.push_back({rows[i].ticket, *applied});
    }
    if (outcome)
        outcome = writer.commit();
    if (!outcome) {
        writer.rollback();
        if (!std::exchange(m_failing, true))
            qCWarning(storageLog, "%s", qUtf8Printable(outcome.error().detail));
        return false;
    }
    if (std::exchange(m_failing, false))
        qCWarning(storageLog, "the ledger can be written again");
    m_queued.fetch_sub(count, std::memory_order_relaxed);
    report(std::move(done));
    return true;
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
    if (m_backlog.size() > backlogLimit) {
        dropped += m_backlog.size() - backlogLimit;
        m_backlog.resize(backlogLimit);
    }
    m_queued.fetch_sub(dropped, std::memory_order_relaxed);
    report(std::move(told));
}

void LedgerWriter::report(std::vector<Store::Committed> done)
{
    if (!done.empty() && m_sink)
        m_sink(std::move(done));
}

} // namespace lbp
