#pragma once

#include "app/core.h"
#include "app/embeddedapi.h"
#include "cli/loopbackapi.h"

#include <chrono>

namespace lbp {

/// Finds out whether a proxy runs on the data directory and works with it, or opens the ledger itself. Which
/// of the two may change between two calls: a proxy that starts or ends at that moment is looked for once
/// more.
class LocalSession final : public Session
{
public:
    /// \param patience how long to wait for another process that has the lock and serves nobody: a proxy that
    /// is starting, or
    ///                 another command.
    explicit LocalSession(DataDirectory files, std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~LocalSession() override;

    [[nodiscard]] Result<ApiAnswer> call(const QByteArray &method, const QString &target,
                                         const std::optional<QJsonObject> &body = {}) override;
    [[nodiscard]] Result<Address> address() override;
    [[nodiscard]] Result<QUrl> ensureProxy() override;
    void reopen() override { detach(); }
    [[nodiscard]] QString configFile() const override { return m_files.configFile(); }
    [[nodiscard]] QString dataDirectory() const override { return m_files.path(); }
    [[nodiscard]] int problemExitCode() const
    {
        return m_problemExitCode;
    } ///< for the last failure to attach

private:
    [[nodiscard]] Result<ApiClient *> attach(Core::Scope scope);
    [[nodiscard]] Result<ApiClient *> connectTo(const LockFile::Holder &holder);
    [[nodiscard]] Result<ApiClient *> openLedger(Core::Scope scope);
    void detach();

    DataDirectory m_files;
    std::chrono::milliseconds m_patience;
    LockFile m_lock;
    std::unique_ptr<Core> m_core; ///< either this and m_embedded
    std::unique_ptr<EmbeddedApi> m_embedded;
    std::unique_ptr<LoopbackApi> m_loopback; ///< or this
    QUrl m_url; ///< of the proxy, in another process or in this one
    int m_problemExitCode = 1;
};

} // namespace lbp
