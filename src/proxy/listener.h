#pragma once

#include "core/result.h"
#include "proxy/clientconnection.h"

#include <QTcpServer>
#include <QUrl>

namespace lbp {

/// Accepts clients, over TLS where a certificate is configured. Thread: proxy thread.
class Listener final : public QTcpServer
{
    Q_OBJECT
public:
    explicit Listener(ProxyContext &context);
    ~Listener() override;
    [[nodiscard]] Result<QUrl> bind(const QString &host, quint16 port);
    void goAway(); ///< no new clients; those that are idle are closed

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    ProxyContext &m_context;
    std::optional<QSslConfiguration> m_tls;
    int m_connections = 0;
    int m_fullAt = 0; ///< as many were open when one was refused; 0: none was, or long ago
};

} // namespace lbp
