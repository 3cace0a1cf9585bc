#pragma once

#include "cli/apiclient.h"
#include "core/secret.h"

#include <chrono>
#include <QNetworkAccessManager>
#include <QSslCertificate>

namespace lbp {

/// The management API of a proxy that runs in another process, over HTTP on its own address.
/// No redirects, no cookies, no proxy in between: the admin key goes to this address and nowhere else.
class LoopbackApi final : public ApiClient
{
public:
    /// \param certificate with https the one certificate that the proxy must show, whatever name stands in
    /// it; null: as usual.
    LoopbackApi(QUrl base, Secret adminKey, QSslCertificate certificate = QSslCertificate(),
                std::chrono::milliseconds patience = std::chrono::seconds(30));
    [[nodiscard]] Result<ApiAnswer> call(const QByteArray &method, const QString &target,
                                         const std::optional<QJsonObject> &body = {}) override;
    /// True when the last call() failed before anything was sent, so that repeating it cannot do a thing
    /// twice.
    [[nodiscard]] bool nothingWasSent() const { return m_nothingWasSent; }

private:
    QNetworkAccessManager m_network;
    QUrl m_base;
    Secret m_adminKey;
    QSslCertificate m_certificate;
    std::chrono::milliseconds m_patience;
    bool m_nothingWasSent = false;
};

} // namespace lbp
