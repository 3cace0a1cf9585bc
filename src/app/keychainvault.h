#pragma once

#include "config/secretvault.h"

#include <chrono>
#include <memory>

namespace lbp {

/// The keychain of the desktop session by QtKeychain, under the service "llm-budget-proxy"; where there is
/// none (no session bus, or nobody on it who keeps secrets) the .env file beside the configuration. A
/// keychain that is there and locked is an error, and no reason to write a secret into a file.
///
/// All work is done on one thread that lives as long as the program, because the keychain asks people and
/// QtKeychain wants all its jobs on one thread. Thread: any.
class KeychainVault final : public SecretVault
{
public:
    /// \param patience how long lookUp() waits for all of its names: somebody may have to type a password.
    explicit KeychainVault(QString envFile, std::chrono::milliseconds patience = std::chrono::seconds(20));
    ~KeychainVault() override;

    [[nodiscard]] QHash<QString, Result<Secret>> lookUp(const QStringList &names) const override;
    QFuture<Result<StoredSecret>> store(const QString &name, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &name) override;
    QFuture<VaultState> state() override;

    static constexpr const char *service = "llm-budget-proxy";

private:
    const QString m_envFile;
    const std::chrono::milliseconds m_patience;
};

/// The variable that stands for a secret in the .env file: LBP_ and the name in capitals.
[[nodiscard]] QString environmentName(const QString &secretName);

} // namespace lbp
