#pragma once

#include "storage/sqlconnection.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <QFuture>
#include <QPromise>
#include <thread>

namespace lbp {

/// Work for a thread that owns a connection.
using SqlTask = std::function<void(SqlConnection &)>;

/// Hands \a work to \a post, which runs it on the thread of a connection; its result comes back in the
/// future.
template <typename Value, typename... With, typename Post, typename Work>
QFuture<Result<Value>> runOn(Post &&post, Work work)
{
    auto promise = std::make_shared<QPromise<Result<Value>>>();
    promise->start();
    QFuture<Result<Value>> future = promise->future();
    post([promise, task = std::move(work)](SqlConnection &connection, With &...with) mutable {
        promise->addResult(task(connection, with...));
        promise->finish();
    });
    return future;
}

/// A thread with a read-only connection of its own, for reports.
/// Thread: post() from any; what is posted runs in order, also what is still waiting when the worker is
/// destroyed.
class ReaderThread
{
public:
    ReaderThread() = default;
    ~ReaderThread();
    ReaderThread(const ReaderThread &) = delete;
    ReaderThread &operator=(const ReaderThread &) = delete;
    [[nodiscard]] Status start(const QString &file); ///< waits until the connection is open
    void post(SqlTask task);

private:
    void run(SqlConnection &connection);
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<SqlTask> m_tasks;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace lbp
