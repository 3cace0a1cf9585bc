#pragma once

#include "storage/store.h"

#include <functional>
#include <mutex>
#include <QHash>
#include <QObject>

namespace lbp {

/// Waits for rows to be durable without waiting: what one turn of the event loop writes goes to the writer
/// thread together, which reports whole groups of commits, and the proxy thread is woken once for each group.
/// Thread: lives on the proxy thread; only the sink runs on the writer's.
class Durability : public QObject
{
    Q_OBJECT
public:
    using Then = std::function<void(bool durable)>;
    explicit Durability(Store &store, QObject *parent = nullptr);
    ~Durability() override;

    /// Writes \a row; \a then is called on this thread once it is durable, or is known not to be. Never from
    /// within this call.
    template <typename Row> quint64 write(Row row, Then then)
    {
        const quint64 ticket = ++m_lastTicket;
        m_waiting.insert(ticket, std::move(then));
        enqueue({std::move(row), ticket});
        return ticket;
    }
    /// Nobody waits for it any more; the row is written all the same.
    void forget(quint64 ticket) { m_waiting.remove(ticket); }
    /// Writes \a row when the queue has room and nobody depends on it, such as a refusal. False: it was left
    /// out.
    bool writeIfRoom(ExchangeRow row);
    [[nodiscard]] bool isOverloaded() const { return m_store.queued() + m_batch.size() > maxQueued; }
    [[nodiscard]] Store &store() { return m_store; }

private:
    static constexpr size_t maxQueued = 20'000;
    static constexpr size_t roomFor = 2'000;
    static constexpr size_t maxBatch = 256;
    struct Mailbox;
    void enqueue(Store::Submission submission);
    void flush(); ///< hands over what this turn of the loop has gathered
    void deliver();
    Store &m_store;
    std::shared_ptr<Mailbox> m_mailbox; ///< shared with the sink, which may outlive this
    QHash<quint64, Then> m_waiting;
    std::vector<Store::Submission> m_batch;
    quint64 m_lastTicket = 0;
};

} // namespace lbp
