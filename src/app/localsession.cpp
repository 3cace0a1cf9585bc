#include "app/localsession.h"

#include "app/keychainvault.h"
#include "app/logging.h"
#include "cli/output.h"
#include "config/configreader.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QHostAddress>
#include <QSslCertificate>
#include <QTimer>

namespace lbp {

static void wait(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Where a client on this machine reaches a listener: one that is bound to every address is found on the
/// loopback one.
static QUrl reachable(QUrl url)
{
    const QHostAddress host(url.host());
    if (host == QHostAddress(QHostAddress::AnyIPv4))
        url.setHost(QStringLiteral("127.0.0.1"));
    else if (host == QHostAddress(QHostAddress::AnyIPv6))
        url.setHost(QStringLiteral("::1"));
    return url;
}

LocalSession::LocalSession(DataDirectory files, std::chrono::milliseconds patience)
    : m_files(std::move(files))
    , m_patience(patience)
    , m_lock(m_files.lockFile())
{
}

LocalSession::~LocalSession()
{
    detach();
}

void LocalSession::detach()
{
    m_loopback.reset();
    m_embedded.reset();
    m_core.reset(); // closes the ledger before the lock goes
    m_lock.release();
    m_url.clear();
}

Result<ApiClient *> LocalSession::attach(Core::Scope scope)
{
    if (m_loopback)
        return m_loopback.get();
    if (m_embedded)
        return m_embedded.get();
    if (const Status made = m_files.create(); !made)
        return tl::unexpected(made.error());
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        const Result<bool> taken = m_lock.tryTake();
        if (!taken)
            return tl::unexpected(taken.error());
        if (*taken)
            return openLedger(scope);
        const std::optional<LockFile::Holder> holder = m_lock.holder();
        if (holder && !holder->url.isEmpty())
            return connectTo(*holder);
        if (waited.hasExpired(m_patience.count())) {
            m_problemExitCode = ExitBusy;
            return fail(
                ErrorCode::Unavailable,
                QStringLiteral("another process%1 uses %2 and answers nobody; end it and try again")
                    .arg(holder ? QStringLiteral(" (%1)").arg(holder->pid) : QString(), m_files.path()));
        }
        wait(std::chrono::milliseconds(20));
    }
}

Result<ApiClient *> LocalSession::connectTo(const LockFile::Holder &holder)
{
    // The proxy's own configuration names the admin key, which need not be the one that was named here.
    const DataDirectory theirs = DataDirectory::locate(
        holder.configFile.isEmpty() ? m_files.configFile() : holder.configFile, m_files.path());
    Result<Secret> key = theirs.storedAdminKey();
    QSslCertificate certificate;
    ConfigSources sources = configSources(theirs);
    sources.secrets = std::make_shared<KeychainVault>(dotEnvPath(sources));
    if (const auto config = loadConfig(sources)) {
        const auto &server = (*config)->server;
        if (!server.adminKey.isEmpty())
            key = server.adminKey;
        if (!server.tlsCertificate.isEmpty())
            certificate = QSslCertificate::fromPath(server.tlsCertificate).value(0);
    }
    if (!key)
        return tl::unexpected(key.error());
    m_url = reachable(holder.url);
    m_loopback = std::make_unique<LoopbackApi>(m_url, *std::move(key), std::move(certificate));
    return m_loopback.get();
}

Result<ApiClient *> LocalSession::openLedger(Core::Scope scope)
{
    // A proxy for one program listens on the loopback address only, where a certificate for another name
    // would be in the way.
    const Core::Adjust plain = [](std::shared_ptr<const Config> config) {
        auto changed = std::make_shared<Config>(*config);
        changed->server.tlsCertificate.clear();
        changed->server.tlsKey.clear();
        return std::shared_ptr<const Config>(std::move(changed));
    };
    auto core = Core::build({m_files, m_lock, scope, scope == Core::Scope::Proxy ? plain : Core::Adjust()});
    if (!core) {
        m_problemExitCode = core.error().exitCode();
        m_lock.release();
        return fail(core.error().error.code, core.error().toString());
    }
    m_core = *std::move(core);
    m_embedded = std::make_unique<EmbeddedApi>(*m_core);
    return m_embedded.get();
}

Result<ApiAnswer> LocalSession::call(const QByteArray &method, const QString &target,
                                     const std::optional<QJsonObject> &body)
{
    Result<ApiClient *> client = attach(Core::Scope::Management);
    if (!client)
        return tl::unexpected(client.error());
    Result<ApiAnswer> answer = (*client)->call(method, target, body);
    if (answer || !m_loopback || !m_loopback->nothingWasSent())
        return answer;
    // The proxy ended after it was found; nothing was sent, so another try cannot do a thing twice.
    detach();
    wait(std::chrono::milliseconds(50));
    client = attach(Core::Scope::Management);
    if (!client)
        return tl::unexpected(client.error());
    return (*client)->call(method, target, body);
}

Result<Session::Address> LocalSession::address()
{
    const Result<ApiClient *> client = attach(Core::Scope::Management);
    if (!client)
        return tl::unexpected(client.error());
    if (!m_url.isEmpty())
        return Address{m_url, true};
    const auto &server = m_core->config()->server;
    QUrl url;
    url.setScheme(server.tlsCertificate.isEmpty() ? QStringLiteral("http") : QStringLiteral("https"));
    url.setHost(server.host);
    url.setPort(server.port);
    return Address{reachable(url), false};
}

Result<QUrl> LocalSession::ensureProxy()
{
    if (m_core && m_url.isEmpty())
        detach(); // it was opened without a data path
    const Result<ApiClient *> client = attach(Core::Scope::Proxy);
    if (!client)
        return tl::unexpected(client.error());
    if (m_url.isEmpty()) {
        const Result<QUrl> url = m_core->listen(QStringLiteral("127.0.0.1"), 0);
        if (!url)
            return tl::unexpected(url.error());
        m_url = *url;
        setLogLevel(LogLevel::Error); // the terminal belongs to the program that will use the proxy
    }
    return m_url;
}

} // namespace lbp
