#include "gui/shellmodel.h"

#include "config/config.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "gui/commandmodel.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/spendwatch.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

ShellModel::ShellModel(const GuiServices &services, SpendWatch &spend, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_spend(spend)
{
    connect(&m_spend, &SpendWatch::changed, this, &ShellModel::spendChanged);
    connect(&m_spend, &SpendWatch::runningChanged, this, &ShellModel::runningChanged);
    connect(&m_spend, &SpendWatch::runningChanged, this, [this] {
        if (m_draining)
            Q_EMIT drainingChanged();
    });
    m_services.events.subscribe(this, [this](const QList<Event> &events) {
        for (const Event &event : events) {
            if (std::holds_alternative<event::UpstreamDown>(event.body)
                || std::holds_alternative<event::UpstreamUp>(event.body)
                || std::holds_alternative<event::PauseChanged>(event.body)
                || std::holds_alternative<event::ListenerChanged>(event.body)
                || std::holds_alternative<event::ConfigChanged>(event.body))
                return refresh();
        }
    });
    addCommands();
    refresh();
}

void ShellModel::refresh()
{
    m_mailbox.when(m_services.control.state(), [this](const SystemState &state) {
        m_known = true;
        m_down = state.downProviders;
        m_storeProblem = state.storeWritable ? QString() : state.storeProblem;
        Q_EMIT stateChanged();
    });
    Q_EMIT stateChanged();
}

QString ShellModel::address() const
{
    const QUrl url = m_services.desktop.proxyUrl();
    return url.isEmpty() ? QString() : url.toString() + u"/v1"_s;
}

ShellModel::State ShellModel::state() const
{
    if (!m_services.desktop.listenProblem().isEmpty())
        return PortTaken;
    if (m_services.desktop.proxyUrl().isEmpty() || !m_known)
        return Starting;
    if (!m_storeProblem.isEmpty())
        return NotWritable;
    if (isPaused())
        return Paused;
    return m_down.isEmpty() ? Running : UpstreamDown;
}

QString ShellModel::stateText() const
{
    switch (state()) {
    case Starting:
        return tr("Starting");
    case Running:
        return tr("Running");
    case Paused: {
        const std::optional<Instant> until = m_services.control.pausedUntil();
        return until ? tr("Paused until %1").arg(m_services.format.when(*until, m_services.clock.now()))
                     : tr("Paused");
    }
    case UpstreamDown:
        return tr("Provider not reachable");
    case PortTaken:
        return tr("Not listening");
    case NotWritable:
        return tr("Ledger not writable");
    }
    return {};
}

QString ShellModel::stateDetail() const
{
    switch (state()) {
    case Starting:
        return tr("The proxy is about to listen.");
    case Running:
        return tr("Requests are served.");
    case Paused:
        return tr("Every request that would cost money is refused until you resume.");
    case UpstreamDown:
        return tr("Cannot reach: %1. Requests are tried all the same.").arg(m_down.join(u", "_s));
    case PortTaken:
        return m_services.desktop.listenProblem();
    case NotWritable:
        return tr("%1 Nothing that costs money is let through until it can be written again.")
            .arg(m_storeProblem);
    }
    return {};
}

bool ShellModel::isPaused() const
{
    return m_services.control.isPaused();
}

bool ShellModel::isDemo() const
{
    return m_services.desktop.isDemo();
}

QString ShellModel::todayText() const
{
    return m_spend.isKnown() ? m_services.format.money(m_spend.today().cost) : QString();
}

QString ShellModel::todayLimitText() const
{
    const std::optional<BudgetStatus> budget = m_spend.dailyBudget();
    if (!budget)
        return {};
    const QString limit = m_services.format.moneyShort(budget->effectiveLimit());
    // What all have spent is no part of what one of them may spend.
    return isTodayOfAll() ? tr("of %1", "an amount").arg(limit)
                          : tr("%1: %2 of %3", "whose budget, spent, limit")
                                .arg(todayBudgetName(), m_services.format.money(budget->spent), limit);
}

bool ShellModel::isTodayOfAll() const
{
    const std::optional<BudgetStatus> budget = m_spend.dailyBudget();
    return budget && budget->budget.scope.kind == ScopeKind::Global;
}

double ShellModel::todayFraction() const
{
    const std::optional<BudgetStatus> budget = m_spend.dailyBudget();
    return budget ? fraction(budget->spent, budget->effectiveLimit()) : 0;
}

double ShellModel::todayReservedFraction() const
{
    const std::optional<BudgetStatus> budget = m_spend.dailyBudget();
    return budget && !budget->effectiveLimit().isZero() ? fraction(budget->reserved, budget->effectiveLimit())
                                                        : 0;
}

double ShellModel::warnAt() const
{
    return warnFraction(*m_services.control.config());
}

QString ShellModel::todayBudgetName() const
{
    const std::optional<BudgetStatus> budget = m_spend.dailyBudget();
    return budget ? scopeText(budget->budget.scope, m_services.control) : QString();
}

int ShellModel::runningCount() const
{
    return int(m_spend.running().size());
}

double ShellModel::drainFraction() const
{
    return m_drainStartCount > 0 ? 1 - double(m_spend.running().size()) / m_drainStartCount : 0;
}

QString ShellModel::drainText() const
{
    return tr("Waiting for %n request(s) to finish", nullptr, runningCount());
}

void ShellModel::copyAddress()
{
    if (address().isEmpty())
        return;
    m_services.desktop.copyToClipboard(address());
    m_services.toasts.show(u"ok"_s, tr("Address copied"), address());
}

void ShellModel::told(const Status &status, const QString &done)
{
    if (status)
        m_services.toasts.show(u"ok"_s, done);
    else
        m_services.toasts.show(u"danger"_s, tr("That did not work"), status.error().detail, {}, 0);
    refresh();
}

void ShellModel::pause()
{
    m_mailbox.when(m_services.control.pause(), [this](const Status &status) {
        told(status, tr("Paused: nothing can be spent until you resume"));
    });
}

void ShellModel::pauseForMinutes(int minutes)
{
    const Instant until = m_services.clock.now() + std::chrono::minutes(minutes);
    m_mailbox.when(m_services.control.pause(until), [this, until](const Status &status) {
        told(status, tr("Paused until %1").arg(m_services.format.when(until, m_services.clock.now())));
    });
}

void ShellModel::pauseUntilTomorrow()
{
    m_mailbox.when(m_services.control.pause(m_services.control.tomorrow()),
                   [this](const Status &status) { told(status, tr("Paused until tomorrow")); });
}

void ShellModel::resume()
{
    m_mailbox.when(m_services.control.resume(),
                   [this](const Status &status) { told(status, tr("Resumed: requests are served again")); });
}

void ShellModel::quit()
{
    if (m_draining)
        return m_services.desktop.quit();
    m_draining = true;
    m_drainStartCount = runningCount();
    Q_EMIT drainingChanged();
    m_mailbox.when(m_services.desktop.drain(std::chrono::milliseconds(drainPatienceMs)),
                   [this](bool) { m_services.desktop.quit(); });
}

void ShellModel::closeWindow()
{
    if (m_draining)
        return m_services.desktop.quit();
    if (!m_services.desktop.hasTray()) {
        Q_EMIT closeQuestion();
        return;
    }
    m_services.desktop.hideWindow();
    if (m_services.state.claimOnce(u"toldOfTray"_s))
        m_services.desktop.tell(tr("The proxy goes on in the tray"),
                                tr("Your tools stay connected. Quit from the icon's menu, or with Ctrl+Q."));
}

void ShellModel::hideWindow()
{
    m_services.desktop.hideWindow();
}

void ShellModel::listenAgain()
{
    m_services.desktop.listenAgain();
    refresh();
}

void ShellModel::addCommands()
{
    const QString section = tr("Proxy");
    CommandModel &commands = m_services.commands;
    commands.add({u"proxy.pause"_s,
                  tr("Pause all spending"),
                  section,
                  u"pause-circle"_s,
                  {},
                  tr("stop block halt"),
                  [this] { pause(); },
                  [this] { return !isPaused(); }});
    commands.add({u"proxy.pause15"_s,
                  tr("Pause for 15 minutes"),
                  section,
                  u"pause-circle"_s,
                  {},
                  tr("stop block halt"),
                  [this] { pauseForMinutes(15); },
                  [this] { return !isPaused(); }});
    commands.add({u"proxy.pauseTomorrow"_s,
                  tr("Pause until tomorrow"),
                  section,
                  u"pause-circle"_s,
                  {},
                  tr("stop block halt"),
                  [this] { pauseUntilTomorrow(); },
                  [this] { return !isPaused(); }});
    commands.add({u"proxy.resume"_s,
                  tr("Resume spending"),
                  section,
                  u"play-circle"_s,
                  {},
                  tr("start unblock continue"),
                  [this] { resume(); },
                  [this] { return isPaused(); }});
    commands.add({u"proxy.copyAddress"_s, tr("Copy the base URL"), section, u"clipboard"_s, u"Ctrl+Shift+C"_s,
                  tr("address endpoint host port"), [this] { copyAddress(); },
                  [this] { return !address().isEmpty(); }});
    commands.add({u"proxy.quit"_s, tr("Quit"), section, u"power"_s, u"Ctrl+Q"_s, tr("exit close end"),
                  [this] { quit(); }});
}

} // namespace lbp::gui
