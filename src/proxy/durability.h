#pragma once

#include "storage/store.h"

#include <functional>
#include <mutex>
#include <QHash>
#include <QObject>

namespace lbp {

/// Makes rows durable. Nearly always that is done at once, by the store's journal, and the exchange goes on
/// where it is. Else the row goes to the ledger's writer, together with what this turn of the event loop has
/// for it, and the exchange waits without blocking: the writer reports whole groups of commits, and the proxy
/// thread is woken once for each.
/// Thread: lives on the proxy thread; only the sink runs on the writer's.
class Durability : public QObject
{
    Q_OBJECT
public:
    using Then = std::function<void(bool durable)>;
    explicit Durability(Store &store, QObject *parent = nullptr);
    ~Durability() override;

    /// True: \a row is durable now and was taken. False: it is as it was; write() it and wait.
    [[nodiscard]] bool record(LedgerRow &row)
    {
        return m_batch.empty() && m_store.record(row); // not before those that came before it
    }
    /// Writes \a row; \a then is called on this thread once it is durable, or is known not to be. Never from
    /// within this call.
    quint64 write(LedgerRow row, Then then);
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
