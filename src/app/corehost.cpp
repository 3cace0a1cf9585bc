#include "app/corehost.h"

#include <QFutureWatcher>

namespace lbp {

CoreHost::CoreHost(Core::Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
{
}

CoreHost::~CoreHost() = default;

QString CoreHost::problem() const
{
    return m_core ? QString() : m_problem.toString();
}

void CoreHost::setAddress(std::optional<QString> host, std::optional<quint16> port)
{
    m_host = std::move(host);
    m_port = port;
}

bool CoreHost::start()
{
    Q_ASSERT(!m_core);
    auto built = Core::build(m_setup);
    if (!built) {
        m_problem = built.error();
        m_url.clear();
        Q_EMIT startFailed();
        return false;
    }
    m_problem = {};
    m_core = *std::move(built);
    Q_EMIT coreStarted();
    listenAgain();
    return true;
}

bool CoreHost::listenAgain()
{
    if (!m_core)
        return false;
    const Result<QUrl> url = m_core->listen(m_host.value_or(m_core->config()->server.host),
                                            m_port.value_or(m_core->config()->server.port));
    m_url = url ? *url : QUrl();
    m_listenProblem = url ? QString() : url.error().detail;
    Q_EMIT listening();
    return url.has_value();
}

void CoreHost::restart(std::chrono::milliseconds patience)
{
    if (m_restarting)
        return;
    m_restarting = true;
    const auto again = [this] {
        Q_EMIT coreEnding();
        m_core.reset();
        m_restarting = false;
        start();
    };
    if (!m_core)
        return again();
    m_url.clear();
    Q_EMIT listening();
    auto *drained = new QFutureWatcher<bool>(this);
    connect(drained, &QFutureWatcher<bool>::finished, this, [drained, again] {
        drained->deleteLater();
        again();
    });
    drained->setFuture(m_core->drain(patience));
}

} // namespace lbp
