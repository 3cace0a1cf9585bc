#pragma once

#include "core/mailbox.h"
#include "proxy/clientconnection.h"
#include "proxy/localhandler.h"

#include <atomic>

namespace lbp {

/// Carries one request to the program itself over to its handler, and the answer, which may come from any
/// thread, back to the connection. Ownership: the connection. Thread: proxy thread.
class LocalBridge final : public QObject, public Responder
{
    Q_OBJECT
public:
    explicit LocalBridge(ClientConnection &client);
    ~LocalBridge() override;
    void start(LocalHandler &handler, LocalRequest request);
    void onClientGone() override;

private:
    class Reply;
    void send(const LocalResponse &response, bool stream);
    void write(const QByteArray &piece);
    void end();

    static constexpr qint64 maxWaiting = 1024 * 1024;
    ClientConnection *m_client;
    Mailbox m_mailbox;
    std::shared_ptr<std::atomic<bool>> m_open;
    bool m_chunked = false;
};

} // namespace lbp
