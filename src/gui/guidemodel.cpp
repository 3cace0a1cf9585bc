#include "gui/guidemodel.h"

#include "config/configsaver.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "control/keychecks.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto stateKey = "guide"_L1;

ConfigValue limitValue(const Format &format, const FormValue &value)
{
    const std::optional<Money> amount = amountIn(format, value);
    return amount ? amount->toDecimal() : u"none"_s;
}

} // namespace

GuideModel::GuideModel(const GuiServices &services, ConnectModel &tools, QObject *parent)
    : PageModel(services, parent)
    , m_tools(tools)
    , m_provider(services, this)
    , m_daily(this,
              [this](const QString &text) {
                  return amountProblem(this->services().format, text, AmountRule::MoreThanZero, true);
              })
    , m_monthly(this,
                [this](const QString &text) {
                    const QString problem =
                        amountProblem(this->services().format, text, AmountRule::MoreThanZero, true);
                    if (!problem.isEmpty() || text.trimmed().isEmpty() || !m_daily.isValid()
                        || m_daily.isEmpty())
                        return problem;
                    const Result<Money> month = this->services().format.readMoney(text);
                    const std::optional<Money> day = amountIn(this->services().format, m_daily);
                    return month && day && *month < *day
                        ? tr("Less than a day's budget: the month would be over on its first day.")
                        : QString();
                })
    , m_keyName(this, [this](const QString &text) {
        const QString name = text.trimmed();
        if (name.isEmpty())
            return tr("Give the key a name, such as that of your tool.");
        if (this->services().control.keyByName(name))
            return tr("There is a key with this name already; choose another one.");
        return checkLabel(name, u"name")
            ? QString()
            : tr("The name is too long or holds characters that cannot be seen.");
    })
{
    const QVariantMap kept = services.state.value(stateKey).toMap();
    m_step = m_reached = std::clamp(kept.value(u"step"_s).toInt(), int(Provider), int(Tool));
    m_reached = std::clamp(kept.value(u"reached"_s).toInt(), m_step, int(Tool));
    const QVariantList done = kept.value(u"done"_s).toList();
    for (int i = 0; i < m_done.size() && i < done.size(); ++i)
        m_done[i] = done[i].toBool();
    const std::optional<KeyRecord> key = services.control.keyByName(kept.value(u"key"_s).toString());
    if (key)
        m_keyId = key->id;

    connect(&m_daily, &FormValue::changed, &m_monthly, &FormValue::recheck);
    for (FormValue *value : {&m_daily, &m_monthly, &m_keyName})
        connect(value, &FormValue::changed, this, &GuideModel::changed);
    connect(&m_provider, &ProviderForm::changed, this, &GuideModel::changed);
    connect(&m_provider, &ProviderForm::tested, this, [this](bool works) {
        if (std::exchange(m_savesAfterTest, false) && works)
            m_provider.save();
    });
    connect(&m_provider, &ProviderForm::saved, this, [this] {
        if (m_step == Provider)
            finishStep();
    });
    services.events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    setReady();
}

void GuideModel::activated()
{
    if (!m_started) {
        m_started = true;
        const auto config = services().control.config();
        m_provider.start(config->providers.front(), {});
        const auto amount = [this](const std::optional<Money> &money) {
            return money ? amountText(services().format, *money) : QString();
        };
        m_daily.reset(amount(config->budgets.defaultDaily));
        m_monthly.reset(amount(config->budgets.defaultMonthly));
        QString name = u"my-first-key"_s;
        for (int i = 2; services().control.keyByName(name); ++i)
            name = u"my-first-key-%1"_s.arg(i);
        m_keyName.reset(name);
        m_demo = isDemoRunning();
    }
    fillIn();
    Q_EMIT changed();
}

void GuideModel::deactivated()
{
    // A key is shown while the guide is open and no longer; a window that is put aside meanwhile still has
    // it.
    if (services().navigator.page() == Navigator::Guide)
        return;
    m_plaintext = Secret();
    m_tools.forgetKey();
    Q_EMIT changed();
}

QStringList GuideModel::titles() const
{
    return {tr("Provider"), tr("Budget"), tr("First key"), tr("Connect a tool")};
}

QVariantList GuideModel::stepsDone() const
{
    QVariantList list;
    for (const bool done : m_done)
        list.append(done);
    return list;
}

QString GuideModel::primaryText() const
{
    switch (m_step) {
    case Provider:
        if (m_demo)
            return isDemoRunning() ? tr("Continue") : tr("Use the demo provider");
        return m_provider.works() ? tr("Save and continue") : tr("Test and continue");
    case Budget:
        return tr("Save and continue");
    case Key:
        return hasKey() ? tr("Continue") : tr("Make the key");
    case Tool:
        return tr("Open the overview");
    }
    return {};
}

bool GuideModel::isBusy() const
{
    return m_busy || m_provider.isTesting() || m_provider.isSaving();
}

bool GuideModel::isDemoRunning() const
{
    return services().desktop.isDemo();
}

void GuideModel::setDemo(bool demo)
{
    if (demo == m_demo || (isDemoRunning() && !demo))
        return;
    m_demo = demo;
    m_error.clear();
    Q_EMIT changed();
}

QVariantList GuideModel::thresholds() const
{
    QVariantList list;
    for (const Threshold &one : services().control.config()->budgets.alertThresholds) {
        QString title, text, tone;
        switch (one.action) {
        case ThresholdAction::Warn:
            title = tr("You are told");
            text = tr("A notification, once in each day or month. Work goes on.");
            tone = u"info"_s;
            break;
        case ThresholdAction::Downgrade:
            title = tr("A cheaper model takes over");
            text = tr("Only where you have named one, in the settings. Without a rule nothing changes.");
            tone = u"warning"_s;
            break;
        case ThresholdAction::Block:
            title = tr("Requests are refused");
            text = tr("Before they cost anything, with a clear message, until the next day or month begins. "
                      "You can raise the limit at any time.");
            tone = u"danger"_s;
            break;
        }
        list.append(QVariantMap{{u"percent"_s, services().format.percent(one.percent * 100)},
                                {u"title"_s, title},
                                {u"text"_s, text},
                                {u"tone"_s, tone}});
    }
    return list;
}

void GuideModel::show(int step)
{
    m_step = step;
    m_reached = std::max(m_reached, step);
    m_error.clear();
    if (m_step == Tool && m_tools.current() < 0)
        chooseTool(isDemoRunning() ? std::max(0, m_tools.rowOf(u"curl"_s)) : 0);
    services().state.setValue(stateKey,
                              QVariantMap{{u"step"_s, m_step},
                                          {u"reached"_s, m_reached},
                                          {u"done"_s, stepsDone()},
                                          {u"key"_s, services().control.keyName(m_keyId)}});
    Q_EMIT stepChanged();
    Q_EMIT changed();
}

void GuideModel::finishStep()
{
    m_busy = false;
    m_done[m_step] = true;
    show(std::min(m_step + 1, int(Tool)));
}

void GuideModel::fail(const QString &problem)
{
    m_busy = false;
    m_error = problem;
    Q_EMIT changed();
}

void GuideModel::next()
{
    if (isBusy())
        return;
    m_error.clear();
    switch (m_step) {
    case Provider:
        if (m_demo)
            return takeDemo();
        if (m_provider.works())
            return m_provider.save();
        m_savesAfterTest = true;
        m_provider.test();
        if (!m_provider.isTesting())
            m_savesAfterTest = false; // something has to be corrected first
        return;
    case Budget:
        return saveBudget();
    case Key:
        return hasKey() ? finishStep() : makeKey();
    case Tool:
        m_done[Tool] = isConnected();
        return leave();
    }
}

void GuideModel::keepAnyway()
{
    if (m_step == Provider && !isBusy())
        m_provider.save();
}

void GuideModel::takeDemo()
{
    const Status started = services().desktop.useDemo();
    if (!started)
        return fail(started.error().detail);
    finishStep();
}

void GuideModel::saveBudget()
{
    m_daily.touch();
    m_monthly.touch();
    if (!m_daily.isValid() || !m_monthly.isValid())
        return;
    const auto &now = services().control.config()->budgets;
    QList<ConfigEdit> edits;
    if (amountIn(services().format, m_daily) != now.defaultDaily)
        edits.append(
            ConfigEdit::set(ConfigPath(u"budgets.defaultDaily"_s), limitValue(services().format, m_daily)));
    if (amountIn(services().format, m_monthly) != now.defaultMonthly)
        edits.append(ConfigEdit::set(ConfigPath(u"budgets.defaultMonthly"_s),
                                     limitValue(services().format, m_monthly)));
    if (edits.isEmpty())
        return finishStep();
    m_busy = true;
    Q_EMIT changed();
    mailbox().when(saveEdits(services().desktop.configFile(), edits), [this](const Result<FileText> &saved) {
        if (saved)
            finishStep();
        else
            fail(saved.error().detail);
    });
}

void GuideModel::makeKey()
{
    m_keyName.touch();
    if (!m_keyName.isValid())
        return;
    m_busy = true;
    Q_EMIT changed();
    KeyDraft draft;
    draft.record.name = m_keyName.text().trimmed();
    mailbox().when(services().control.createKey(std::move(draft)), [this](const Result<CreatedKey> &created) {
        if (!created)
            return fail(created.error().detail);
        m_busy = false;
        m_keyId = created->record.id;
        m_plaintext = created->plaintext;
        m_copied = false;
        m_connectedText.clear();
        m_done[Key] = true;
        fillIn();
        show(Key);
    });
}

void GuideModel::anotherKey()
{
    m_keyId = 0;
    m_plaintext = Secret();
    m_tools.forgetKey();
    QString name = m_keyName.text().trimmed();
    for (int i = 2; services().control.keyByName(name); ++i)
        name = u"my-first-key-%1"_s.arg(i);
    m_keyName.reset(name);
    show(Key);
}

void GuideModel::markCopied()
{
    m_copied = true;
    Q_EMIT changed();
}

void GuideModel::fillIn()
{
    if (!m_plaintext.isEmpty())
        m_tools.useKey(m_keyId, services().control.keyName(m_keyId), m_plaintext);
}

void GuideModel::chooseTool(int row)
{
    m_tools.setCurrent(row); // forgets the key of the one before
    fillIn();
}

void GuideModel::back()
{
    if (!isBusy() && m_step > Provider)
        show(m_step - 1);
}

void GuideModel::skip()
{
    if (isBusy())
        return;
    if (m_step == Tool)
        leave();
    else
        show(m_step + 1);
}

void GuideModel::goTo(int step)
{
    if (!isBusy() && step >= Provider && step <= m_reached && step != m_step)
        show(step);
}

void GuideModel::leave()
{
    const bool finished = m_step == Tool;
    if (finished)
        show(Provider); // where it begins when it is opened again
    services().navigator.open(Navigator::Overview);
    if (!finished)
        services().toasts.show(u"info"_s, tr("The guide waits for you"),
                               tr("Open it again from the settings, or with Ctrl+K: “Set up again”."));
}

void GuideModel::handle(const QList<Event> &events)
{
    for (const Event &event : events) {
        if (std::holds_alternative<event::ConfigChanged>(event.body))
            Q_EMIT changed(); // the thresholds
        if (services().navigator.page() != Navigator::Guide || m_step != Tool || isConnected())
            continue;
        const OpenRow *row = nullptr;
        if (const auto *started = std::get_if<event::ExchangeStarted>(&event.body))
            row = &started->row;
        else if (const auto *ended = std::get_if<event::ExchangeEnded>(&event.body))
            row = &ended->row.open;
        // Whoever skipped the key has another one: then any of them will do.
        if (row == nullptr || !row->series || (m_keyId != 0 && row->series->key != m_keyId))
            continue;
        m_connectedText = tr("Connected: a request for %1 arrived at %2")
                              .arg(row->series->model, services().format.time(event.at));
        m_done[Tool] = true;
        show(Tool);
    }
}

} // namespace lbp::gui
