#include "storage/worker.h"

#include <future>

namespace lbp {

ReaderThread::~ReaderThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

Status ReaderThread::start(const QString &file)
{
    std::promise<Status> opened;
    std::future<Status> outcome = opened.get_future();
    m_thread = std::thread([this, file, opened = std::move(opened)]() mutable {
        auto connection = SqlConnection::open(file, SqlConnection::Mode::ReadOnly, false);
        const bool isOpen = connection.has_value();
        opened.set_value(isOpen ? Status() : tl::unexpected(connection.error()));
        if (isOpen)
            run(**connection);
    });
    return outcome.get();
}

void ReaderThread::post(SqlTask task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void ReaderThread::run(SqlConnection &connection)
{
    for (;;) {
        SqlTask task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task(connection);
    }
}

} // namespace lbp
