#pragma once

#include "app/datadirectory.h"
#include "app/lockfile.h"
#include "config/configfile.h"
#include "core/clock.h"
#include "proxy/localhandler.h"

#include <functional>
#include <memory>
#include <QFuture>
#include <QObject>
#include <QUrl>

namespace lbp {

class AdminApi;
class AlertCenter;
class Control;
class EventHub;
class Gateway;
class PriceEditor;
class ProviderTester;
class SecretVault;

/// The whole program without its surface: settings, ledger, data path, management, alerts. The only place
/// that builds and owns these objects; they end in the reverse order. A window, `lbp serve` and every other
/// command stand on one of these. Thread: main. Building blocks on disk and ledger.
class Core : public QObject
{
    Q_OBJECT
public:
    enum class Scope {
        Management, ///< the ledger and its commands alone: nothing can be proxied
        Proxy, ///< the data path too; listen() makes it reachable
    };
    /// Changes every configuration before it is taken into use; says what the program itself decides, as for
    /// the demo.
    using Adjust = std::function<std::shared_ptr<const Config>(std::shared_ptr<const Config>)>;
    struct Setup
    {
        DataDirectory files;
        LockFile &lock; ///< taken; outlives the Core, because the ledger is open until its end
        Scope scope = Scope::Proxy;
        Adjust adjust{};
        std::shared_ptr<SecretVault> vault{}; ///< null: one is made beside the configuration
        const Clock *clock = nullptr; ///< null: the system's; else outlives the Core
    };
    /// Why nothing could be built: what is wrong with the configuration, or one error.
    struct Problem
    {
        QList<ConfigProblem> config;
        Error error;
        [[nodiscard]] QString toString() const; ///< one line for each thing that is wrong
        [[nodiscard]] int exitCode() const;
    };
    [[nodiscard]] static tl::expected<std::unique_ptr<Core>, Problem> build(Setup setup);
    ~Core() override;

    /// Makes the proxy reachable, and says so in the lock file. Scope::Proxy only.
    [[nodiscard]] Result<QUrl> listen(const QString &host, quint16 port);
    /// Stops accepting and lets what runs finish; done after \a patience at the latest. False when something
    /// had to be stopped.
    [[nodiscard]] QFuture<bool> drain(std::chrono::milliseconds patience);
    void reloadConfig();

    [[nodiscard]] const std::shared_ptr<const Config> &config() const { return m_config; }
    [[nodiscard]] const DataDirectory &files() const { return m_files; }
    [[nodiscard]] Control &control();
    [[nodiscard]] AdminApi &api();
    [[nodiscard]] EventHub &events();
    [[nodiscard]] const Clock &clock() const;
    // Scope::Proxy only:
    [[nodiscard]] AlertCenter &alerts();
    [[nodiscard]] PriceEditor &prices();
    [[nodiscard]] ProviderTester &providerTester();
    [[nodiscard]] SecretVault &secretVault();

Q_SIGNALS:
    void configTaken(); ///< a changed configuration is in force

private:
    struct Parts;
    Core(Setup setup, std::shared_ptr<const Config> config);
    [[nodiscard]] Status open();
    void take(std::shared_ptr<const Config> config);

    DataDirectory m_files;
    LockFile &m_lock;
    Scope m_scope;
    Adjust m_adjust;
    std::shared_ptr<const Config> m_config;
    std::shared_ptr<const Config> m_started; ///< what runs until the next start where that matters
    std::shared_ptr<SecretVault> m_vault;
    std::unique_ptr<Parts> d;
};

/// The environment of the process, for ${NAME} in the configuration.
[[nodiscard]] ConfigSources configSources(const DataDirectory &files);

} // namespace lbp
