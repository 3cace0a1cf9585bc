#include "proxy/durability.h"

#include <QAbstractEventDispatcher>

namespace lbp {

struct Durability::Mailbox
{
    std::mutex mutex;
    std::vector<Store::Committed> arrived;
    Durability *receiver = nullptr;
};

Durability::Durability(Store &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->receiver = this;
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            &Durability::flush);
    store.setCommitSink([mailbox = m_mailbox](std::vector<Store::Committed> committed) {
        const std::lock_guard lock(mailbox->mutex);
        if (!mailbox->receiver)
            return;
        const bool wake = mailbox->arrived.empty();
        if (wake)
            mailbox->arrived = std::move(committed);
        else
            mailbox->arrived.insert(mailbox->arrived.end(), committed.begin(), committed.end());
        if (wake)
            QMetaObject::invokeMethod(mailbox->receiver, &Durability::deliver, Qt::QueuedConnection);
    });
}

Durability::~Durability()
{
    flush();
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->receiver = nullptr;
}

void Durability::deliver()
{
    std::vector<Store::Committed> arrived;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        arrived.swap(m_mailbox->arrived);
    }
    for (const Store::Committed &committed : arrived) {
        const auto it = m_waiting.find(committed.ticket);
        if (it == m_waiting.end())
            continue;
        const Then then = std::move(it.value());
        m_waiting.erase(it);
        then(committed.ok);
    }
}

bool Durability::writeIfRoom(ExchangeRow row)
{
    if (m_store.queued() > roomFor)
        return false;
    LedgerRow whole(std::move(row));
    if (!record(whole))
        enqueue({std::move(whole), 0});
    return true;
}

quint64 Durability::write(LedgerRow row, Then then)
{
    const quint64 ticket = ++m_lastTicket;
    m_waiting.insert(ticket, std::move(then));
    enqueue({std::move(row), ticket});
    return ticket;
}

void Durability::enqueue(Store::Submission submission)
{
    m_batch.push_back(std::move(submission));
    if (m_batch.size() >= maxBatch)
        flush();
}

void Durability::flush()
{
    if (m_batch.empty())
        return;
    m_store.submit(std::exchange(m_batch, {}));
}

} // namespace lbp
