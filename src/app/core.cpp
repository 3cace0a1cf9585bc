#include "app/core.h"

#include "admin/adminapi.h"
#include "app/keychainvault.h"
#include "cli/output.h"
#include "config/configreader.h"
#include "config/configwatcher.h"
#include "config/settinginfo.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "control/priceeditor.h"
#include "control/providercheck.h"
#include "control/retention.h"
#include "notify/alertcenter.h"
#include "notify/webhook.h"
#include "proxy/gateway.h"
#include "storage/store.h"

#include <mutex>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QTimer>
#include <unistd.h>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

/// Management and data path know each other: the first commands the second, which hands over what is not to
/// be proxied. This stands between them, so that each can be built, and so that the data path may still run
/// when management has ended.
class Bridge final : public LocalHandler
{
public:
    void setTarget(LocalHandler *target)
    {
        const std::lock_guard lock(m_mutex);
        m_target = target;
    }
    [[nodiscard]] bool claims(QByteArrayView path) const override
    {
        const std::lock_guard lock(m_mutex);
        return m_target != nullptr && m_target->claims(path);
    }
    void handle(LocalRequest request, std::shared_ptr<LocalReply> reply) override
    {
        const std::lock_guard lock(m_mutex); // held shortly: a handler returns at once
        if (m_target != nullptr)
            m_target->handle(std::move(request), std::move(reply));
        else
            reply->send({httpStatus(ErrorCode::ShuttingDown), {}, {}});
    }

private:
    mutable std::mutex m_mutex;
    LocalHandler *m_target = nullptr;
};

/// storage.url: empty, or sqlite: with a path.
Result<QString> ledgerFileOf(const Config &config, const DataDirectory &files)
{
    if (config.storage.url.isEmpty())
        return files.ledgerFile();
    const QUrl url(config.storage.url);
    if (url.scheme() == "sqlite"_L1 && QFileInfo(url.path()).isAbsolute())
        return url.path();
    return fail(
        ErrorCode::ConfigInvalid,
        url.scheme() == "sqlite"_L1
            ? u"storage.url: a SQLite file is written with its whole path, such as sqlite:///srv/lbp/ledger.sqlite"_s
            : u"storage.url: this version keeps its ledger in SQLite only; leave storage.url empty"_s);
}

Core::Problem problem(Error error)
{
    return {{}, std::move(error)};
}

} // namespace

/// In the order in which they are built; the last one ends first.
struct Core::Parts
{
    explicit Parts(const Clock *given)
        : clock(given != nullptr ? *given : systemClock)
    {
    }
    SystemClock systemClock;
    const Clock &clock;
    std::unique_ptr<Store> store;
    EventHub events;
    Bridge bridge;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<Control> control;
    std::unique_ptr<AdminApi> api;
    std::unique_ptr<WebhookSender> webhook;
    std::unique_ptr<AlertCenter> alerts;
    std::unique_ptr<Retention> retention;
    std::unique_ptr<ConfigWatcher> watcher;
    std::unique_ptr<PriceEditor> prices;
    std::unique_ptr<ProviderTester> providerTester;

    ~Parts() { bridge.setTarget(nullptr); }
};

ConfigSources configSources(const DataDirectory &files)
{
    ConfigSources sources;
    sources.configFile = files.configFile();
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        sources.environment.insert(name, environment.value(name));
    return sources;
}

QString Core::Problem::toString() const
{
    QStringList lines;
    for (const ConfigProblem &one : config)
        lines.append(one.toString());
    if (lines.isEmpty())
        lines.append(error.detail);
    return lines.join(u'\n');
}

int Core::Problem::exitCode() const
{
    if (!config.isEmpty() || error.code == ErrorCode::ConfigInvalid)
        return ExitUsage;
    return error.code == ErrorCode::StoreDamaged || error.code == ErrorCode::StoreFailed ? ExitDamaged
                                                                                         : ExitFailure;
}

tl::expected<std::unique_ptr<Core>, Core::Problem> Core::build(Setup setup)
{
    Q_ASSERT(setup.lock.isTaken());
    ConfigSources sources = configSources(setup.files);
    if (!setup.vault)
        setup.vault = std::make_shared<KeychainVault>(dotEnvPath(sources));
    sources.secrets = setup.vault;
    auto config = loadConfig(sources);
    if (!config)
        return tl::unexpected(Problem{config.error(), {}});
    std::unique_ptr<Core> core(new Core(std::move(setup), *std::move(config)));
    if (Status opened = core->open(); !opened)
        return tl::unexpected(problem(std::move(opened.error())));
    return core;
}

Core::Core(Setup setup, std::shared_ptr<const Config> config)
    : m_files(std::move(setup.files))
    , m_lock(setup.lock)
    , m_scope(setup.scope)
    , m_adjust(std::move(setup.adjust))
    , m_config(m_adjust ? m_adjust(std::move(config)) : std::move(config))
    , m_started(m_config)
    , m_vault(std::move(setup.vault))
    , d(std::make_unique<Parts>(setup.clock))
{
}

Core::~Core() = default;

Status Core::open()
{
    Result<Secret> adminKey = m_files.adminKey(*m_config);
    if (!adminKey)
        return tl::unexpected(adminKey.error());
    const Result<QString> ledgerFile = ledgerFileOf(*m_config, m_files);
    if (!ledgerFile)
        return tl::unexpected(ledgerFile.error());
    const Result<QString> keptAside = takeStagedRestore(*ledgerFile, d->clock.now());
    if (!keptAside)
        return tl::unexpected(keptAside.error());
    if (!keptAside->isEmpty())
        qWarning("the ledger was restored from a backup; the one from before is %ls",
                 qUtf16Printable(*keptAside));
    Result<std::unique_ptr<Store>> store =
        openSqlStore({*ledgerFile, m_config->storage.sync == SyncMode::Full, m_config->budgets.timeZone,
                      m_scope == Scope::Proxy});
    if (!store)
        return tl::unexpected(store.error());
    d->store = *std::move(store);
    const Result<int> recovered = d->store->recoverOpen(d->clock.now()).result();
    if (!recovered)
        return tl::unexpected(recovered.error());
    if (*recovered > 0)
        qWarning("%d requests were still open when the proxy ended last; each is booked at the most it may "
                 "have cost",
                 *recovered);

    if (m_scope == Scope::Proxy) {
        Result<Gateway::Remembered> remembered = Gateway::remembered(*d->store, *m_config, d->clock.now());
        if (!remembered)
            return tl::unexpected(remembered.error());
        d->gateway = std::make_unique<Gateway>(Gateway::Setup{m_config, *d->store, d->events, d->clock,
                                                              &d->bridge, m_files.cacheFile(),
                                                              std::chrono::seconds(1), m_files.bodiesFile(),
                                                              true});
        d->gateway->load(*std::move(remembered));
    }
    d->control =
        std::make_unique<Control>(Control::Setup{*d->store, d->events, d->clock, m_config, d->gateway.get()});
    d->control->setLedgerFile(*ledgerFile);
    if (const Status loaded = d->control->load(); !loaded)
        return loaded;
    d->api = std::make_unique<AdminApi>(
        AdminApi::Setup{*d->control, d->clock, *std::move(adminKey), &d->events, d->gateway.get()});
    d->bridge.setTarget(d->api.get());
    if (m_scope == Scope::Management)
        return {};

    d->events.subscribe(d->control.get(), [this](const QList<Event> &batch) { d->control->handle(batch); });
    d->webhook = std::make_unique<WebhookSender>(d->clock);
    d->alerts = std::make_unique<AlertCenter>(*d->store, d->clock, *d->webhook,
                                              [this](KeyId id) { return d->control->keyName(id); });
    d->alerts->setConfig(m_config);
    d->alerts->resume();
    d->events.subscribe(d->alerts.get(), [this](const QList<Event> &batch) { d->alerts->handle(batch); });
    d->control->setAlertTester([this] { return d->alerts->test(); });
    d->control->setWebhookTester([this] { return d->alerts->testWebhook(); });
    d->retention = std::make_unique<Retention>(*d->store, d->clock);
    d->retention->setDays(m_config->storage.retentionDays);
    ConfigSources sources = configSources(m_files);
    sources.secrets = m_vault;
    d->watcher = std::make_unique<ConfigWatcher>(sources);
    d->prices = std::make_unique<PriceEditor>(
        [this] {
            return m_config->pricing.file.isEmpty()
                ? QFileInfo(m_files.configFile()).absolutePath() + "/pricing.yml"_L1
                : m_config->pricing.file;
        },
        d->clock);
    connect(d->prices.get(), &PriceEditor::saved, this, &Core::reloadConfig);
    d->providerTester = std::make_unique<ProviderTester>();
    connect(d->watcher.get(), &ConfigWatcher::changed, this, &Core::take);
    connect(d->watcher.get(), &ConfigWatcher::rejected, this, [this](const QList<ConfigProblem> &problems) {
        for (const ConfigProblem &one : problems)
            qWarning("configuration: %s", qUtf8Printable(one.toString()));
        qWarning("the configuration was not taken into use; the one from before holds");
        d->api->setConfigProblem(problems.isEmpty() ? QString() : problems.front().toString());
        d->events.publish(
            {d->clock.now(),
             event::ConfigChanged{problems.isEmpty() ? QString() : problems.front().toString()}});
    });
    return {};
}

void Core::take(std::shared_ptr<const Config> config)
{
    m_config = m_adjust ? m_adjust(std::move(config)) : std::move(config);
    d->gateway->setConfig(m_config);
    d->control->setConfig(m_config);
    d->alerts->setConfig(m_config);
    d->retention->setDays(m_config->storage.retentionDays);
    d->api->setConfigProblem({});
    if (Result<Secret> adminKey = m_files.adminKey(*m_config))
        d->api->setAdminKey(*std::move(adminKey));
    const QStringList waiting = settingsNeedingRestart(*m_started, *m_config);
    d->control->setNeedsRestart(waiting);
    d->events.publish({d->clock.now(), event::ConfigChanged{{}, waiting}});
    qInfo("the configuration has changed and is in force");
    if (!waiting.isEmpty())
        qWarning("these settings are taken into use at the next start: %ls",
                 qUtf16Printable(waiting.join(u", "_s)));
    Q_EMIT configTaken();
}

Result<QUrl> Core::listen(const QString &host, quint16 port)
{
    Q_ASSERT(m_scope == Scope::Proxy);
    Result<QUrl> url = d->gateway->listen(host, port);
    if (url)
        m_lock.announce({::getpid(), *url, m_files.configFile()});
    d->events.publish(
        {d->clock.now(), event::ListenerChanged{url ? *url : QUrl(), url ? QString() : url.error().detail}});
    QTimer::singleShot(std::chrono::seconds(30), d->retention.get(),
                       &Retention::check); // not while everything starts
    return url;
}

QFuture<bool> Core::drain(std::chrono::milliseconds patience)
{
    d->api->setDraining(true);
    d->control->finishRevocations(); // what fails is made up for at the next start
    return d->gateway->drain(patience);
}

void Core::reloadConfig()
{
    if (d->watcher)
        d->watcher->reload();
}

Control &Core::control()
{
    return *d->control;
}

AdminApi &Core::api()
{
    return *d->api;
}

const Clock &Core::clock() const
{
    return d->clock;
}

AlertCenter &Core::alerts()
{
    return *d->alerts;
}

PriceEditor &Core::prices()
{
    return *d->prices;
}

ProviderTester &Core::providerTester()
{
    return *d->providerTester;
}

SecretVault &Core::secretVault()
{
    return *m_vault;
}

EventHub &Core::events()
{
    return d->events;
}

} // namespace lbp
