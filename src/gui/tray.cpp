#include "gui/tray.h"

#include "control/control.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/navigator.h"
#include "gui/shellmodel.h"
#include "gui/spendwatch.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

/// An ampersand in a menu is a mnemonic; in a name it is an ampersand.
QString forMenu(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

} // namespace

Tray::Tray(const GuiServices &services, ShellModel &shell, SpendWatch &spend, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_shell(shell)
    , m_spend(spend)
{
    const auto line = [this] {
        QAction *action = m_menu.addAction(QString());
        action->setVisible(false);
        return action;
    };
    m_today = line();
    m_month = line();
    for (QAction *action : {m_today, m_month})
        connect(action, &QAction::triggered, this, [this] {
            m_services.navigator.open(Navigator::Overview);
            m_services.navigator.raiseWindow();
        });
    m_menu.addSeparator();
    m_spendersTitle = line();
    m_spendersTitle->setEnabled(false);
    for (int i = 0; i < maxSpenders; ++i) {
        QAction *spender = line();
        connect(spender, &QAction::triggered, this, [this, spender] {
            m_services.navigator.open(Navigator::Requests, {{u"filter"_s, spender->data()}});
            m_services.navigator.raiseWindow();
        });
        m_spenders.append(spender);
    }
    m_menu.addSeparator();
    m_runningTitle = line();
    m_runningTitle->setEnabled(false);
    for (int i = 0; i < maxRunning; ++i) {
        QAction *one = line();
        connect(one, &QAction::triggered, this, [this, one] {
            m_services.navigator.open(Navigator::Requests, {{u"id"_s, one->data()}});
            m_services.navigator.raiseWindow();
        });
        m_running.append(one);
    }
    m_menu.addSeparator();
    m_pauseMenu = m_menu.addMenu(tr("Pause spending"));
    connect(m_pauseMenu->addAction(tr("Until resumed")), &QAction::triggered, &m_shell, &ShellModel::pause);
    connect(m_pauseMenu->addAction(tr("For 15 minutes")), &QAction::triggered, &m_shell,
            [this] { m_shell.pauseForMinutes(15); });
    connect(m_pauseMenu->addAction(tr("Until tomorrow")), &QAction::triggered, &m_shell,
            &ShellModel::pauseUntilTomorrow);
    m_resume = m_menu.addAction(tr("Resume spending"));
    connect(m_resume, &QAction::triggered, &m_shell, &ShellModel::resume);
    m_copy = m_menu.addAction(tr("Copy base URL"));
    connect(m_copy, &QAction::triggered, &m_shell, &ShellModel::copyAddress);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Open")), &QAction::triggered, &m_services.navigator,
            &Navigator::raiseWindow);
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, &m_shell, &ShellModel::quit);

    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            m_services.navigator.raiseWindow();
    });
    m_timer.setSingleShot(true);
    m_timer.setInterval(intervalMs);
    connect(&m_timer, &QTimer::timeout, this, &Tray::update);
    connect(&m_spend, &SpendWatch::changed, this, &Tray::later);
    connect(&m_spend, &SpendWatch::runningChanged, this, &Tray::later);
    connect(&m_shell, &ShellModel::stateChanged, this, &Tray::later);
    update();
}

void Tray::later()
{
    if (!m_timer.isActive())
        m_timer.start();
}

TrayFace Tray::faceNow() const
{
    TrayFace face;
    const std::optional<BudgetStatus> budget = m_spend.dailyBudget();
    face.hasBudget = budget.has_value();
    face.percent = budget ? std::min(100, budget->pressureBasisPoints() / 100) : 0;
    face.paused = m_shell.isPaused();
    const ShellModel::State state = m_shell.state();
    if (state == ShellModel::PortTaken || state == ShellModel::NotWritable
        || state == ShellModel::UpstreamDown)
        face.tone = TrayFace::Tone::Trouble;
    else if (face.hasBudget && face.percent >= 100)
        face.tone = TrayFace::Tone::Full;
    else if (face.hasBudget && face.percent >= int(m_shell.warnAt() * 100))
        face.tone = TrayFace::Tone::Warning;
    return face;
}

QString Tray::toolTipNow() const
{
    QStringList lines{tr("LLM Budget Proxy: %1").arg(m_shell.stateText())};
    if (m_spend.isKnown()) {
        const QString limit = m_shell.todayLimitText();
        lines.append(limit.isEmpty() ? tr("Today %1").arg(m_shell.todayText())
                                     : (m_shell.isTodayOfAll() ? tr("Today %1 %2") : tr("Today %1 · %2"))
                                           .arg(m_shell.todayText(), limit));
        lines.append(tr("This month %1").arg(m_services.format.money(m_spend.month().cost)));
    }
    if (const int running = m_shell.runningCount(); running > 0)
        lines.append(tr("%n request(s) running", nullptr, running));
    return lines.join(u'\n');
}

void Tray::setLine(QAction *line, const QString &text, bool visible)
{
    if (line->text() != text) {
        line->setText(text);
        ++m_updates;
    }
    if (line->isVisible() != visible) {
        line->setVisible(visible);
        ++m_updates;
    }
}

void Tray::update()
{
    const TrayFace face = faceNow();
    if (!m_drawn || face != m_face) {
        m_face = face;
        m_drawn = true;
        m_icon.setIcon(trayIcon(face));
        ++m_updates;
    }
    const QString toolTip = toolTipNow();
    if (toolTip != m_icon.toolTip()) {
        m_icon.setToolTip(toolTip);
        ++m_updates;
    }
    const QString limit = m_shell.todayLimitText();
    setLine(m_today,
            forMenu(limit.isEmpty() ? tr("Today: %1").arg(m_shell.todayText())
                                    : (m_shell.isTodayOfAll() ? tr("Today: %1 %2") : tr("Today: %1 · %2"))
                                          .arg(m_shell.todayText(), limit)),
            m_spend.isKnown());
    setLine(m_month, forMenu(tr("This month: %1").arg(m_services.format.money(m_spend.month().cost))),
            m_spend.isKnown());
    updateSpenders();
    updateRunning();
    const bool paused = m_shell.isPaused();
    if (m_resume->isVisible() != paused || m_pauseMenu->menuAction()->isVisible() == paused) {
        m_resume->setVisible(paused);
        m_pauseMenu->menuAction()->setVisible(!paused);
        ++m_updates;
    }
    if (const bool canCopy = !m_shell.address().isEmpty(); m_copy->isEnabled() != canCopy)
        m_copy->setEnabled(canCopy);
}

void Tray::updateSpenders()
{
    QList<UsageSum> spenders;
    for (const UsageSum &sum : m_spend.todayByKey())
        if (spenders.size() < maxSpenders && !sum.cost.isZero())
            spenders.append(sum);
    setLine(m_spendersTitle, tr("Most today"), !spenders.isEmpty());
    for (qsizetype i = 0; i < m_spenders.size(); ++i) {
        const bool used = i < spenders.size();
        if (used)
            m_spenders[i]->setData(u"key:\"%1\" time:today"_s.arg(spenders[i].label));
        setLine(m_spenders[i],
                used ? forMenu(tr("%1: %2", "key and amount")
                                   .arg(spenders[i].label, m_services.format.money(spenders[i].cost)))
                     : QString(),
                used);
    }
}

void Tray::updateRunning()
{
    QList<SpendWatch::Running> running = m_spend.running().values();
    const qsizetype shown = std::min<qsizetype>(running.size(), maxRunning);
    std::partial_sort(running.begin(), running.begin() + shown, running.end(),
                      [](const auto &a, const auto &b) {
                          return a.soFar != b.soFar ? a.soFar > b.soFar : a.row.id < b.row.id;
                      });
    setLine(m_runningTitle, tr("%n running", "requests", int(running.size())), !running.isEmpty());
    for (qsizetype i = 0; i < m_running.size(); ++i) {
        const bool used = i < shown;
        if (used)
            m_running[i]->setData(QString::fromLatin1(running[i].row.id.toText()));
        setLine(
            m_running[i],
            used ? forMenu(tr("%1, %2: %3", "key, model and amount")
                               .arg(m_services.control.keyName(running[i].row.series->key),
                                    running[i].row.series->model, m_services.format.money(running[i].soFar)))
                 : QString(),
            used);
    }
}

} // namespace lbp::gui
