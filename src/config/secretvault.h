#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArrayView>
#include <QFuture>
#include <QHash>
#include <QStringList>

namespace lbp {

/// What ${keychain:NAME} in a configuration stands for.
class SecretLookup
{
public:
    virtual ~SecretLookup() = default;
    /// Each of \a names with its secret, or with why it cannot be had: what, where, what to do. Waits, but
    /// not for ever. Thread: any that may wait.
    [[nodiscard]] virtual QHash<QString, Result<Secret>> lookUp(const QStringList &names) const = 0;
};

/// The names in ${keychain:NAME} of a text, each once.
[[nodiscard]] QStringList keychainNames(QByteArrayView text);
/// Letters, digits, dots, dashes and underscores, at most 64.
[[nodiscard]] bool isSecretName(QStringView name);

enum class SecretPlace {
    Keychain, ///< of the desktop session
    EnvFile, ///< the .env file beside the configuration, mode 0600: there is no keychain here
};

struct StoredSecret
{
    SecretPlace place = SecretPlace::Keychain;
    QString reference; ///< what to write into the configuration: "${keychain:openai}" or "${LBP_OPENAI}"
    QString where; ///< for people: "the system keychain", or the path of the file
};

struct VaultState
{
    SecretPlace place = SecretPlace::EnvFile; ///< where store() would put a secret now
    QString where; ///< for people
    QString problem; ///< why it is not the keychain, and what to do; empty when it is
};

/// Where secrets that are entered in a window go. Thread: main; nothing here waits. Answers come on another
/// thread: come back with a Mailbox. No secret is ever in an error.
class SecretVault : public SecretLookup
{
public:
    /// Into the keychain; without one into the .env file, and the answer says so. Replaces one of the same
    /// name.
    virtual QFuture<Result<StoredSecret>> store(const QString &name, const Secret &secret) = 0;
    virtual QFuture<Result<void>> remove(const QString &name) = 0; ///< from both places; absent is no error
    virtual QFuture<VaultState> state() = 0;
};

} // namespace lbp
