#include "gui/keysmodel.h"

#include "config/config.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "core/requestfilter.h"
#include "gui/format.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostFound = 6; ///< keys whose commands the palette offers for one search

} // namespace

QVariantList thresholdMarks(const Config &config)
{
    QList<int> percents;
    for (const Threshold &threshold : config.budgets.alertThresholds)
        if (threshold.percent > 0 && threshold.percent < 100 && !percents.contains(threshold.percent))
            percents.append(threshold.percent);
    std::sort(percents.begin(), percents.end());
    QVariantList marks;
    for (const int percent : std::as_const(percents))
        marks.append(percent / 100.0);
    return marks;
}

KeysModel::KeysModel(const GuiServices &services, QObject *parent)
    : PageModel(services, parent)
    , m_table(services)
    , m_detail(services)
    , m_editor(services)
    , m_reveal(services)
    , m_simulator(services)
    , m_feed(services)
{
    connect(&m_feed, &BudgetFeed::loaded, this, [this](const QList<BudgetStatus> &all) {
        showKeys();
        m_table.setBudgets(all);
        m_detail.refresh();
        setProblem({});
        setReady();
    });
    connect(&m_feed, &BudgetFeed::updated, this, [this](const QList<BudgetStatus> &some) {
        m_table.updateBudgets(some);
        m_detail.refresh();
    });
    connect(&m_feed, &BudgetFeed::failed, this, [this](const QString &problem) {
        showKeys();
        setProblem(problem);
        setReady();
    });
    connect(&m_feed, &BudgetFeed::minute, this, [this] {
        m_table.refreshTimes();
        m_detail.refresh();
    });
    connect(&m_editor, &KeyEditor::created, this, [this](const CreatedKey &key) {
        showKeys();
        m_reveal.show(key, false);
    });
    connect(&m_editor, &KeyEditor::changed, this, [this](const QString &name) {
        this->services().toasts.show(u"ok"_s, tr("%1 was changed", "a key").arg(name),
                                     tr("It is in force for the next request."));
        m_detail.refresh();
    });
    this->services().events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    connect(&this->services().navigator, &Navigator::opened, this,
            [this](Navigator::Page page, const QVariantMap &arguments) {
                if (page != Navigator::Keys)
                    return;
                if (arguments.contains(u"key"_s))
                    open(arguments.value(u"key"_s).toLongLong());
                if (arguments.contains(u"search"_s))
                    m_table.setSearch(arguments.value(u"search"_s).toString());
            });
    addCommands();
}

void KeysModel::activated()
{
    showKeys(); // they are in memory: the page need not wait for the amounts
    m_feed.start();
}

void KeysModel::deactivated()
{
    m_feed.stop();
}

void KeysModel::showKeys()
{
    const QList<KeyRecord> keys = services().control.keys();
    m_table.setKeys(keys);
    if (m_hasKeys == keys.isEmpty()) {
        m_hasKeys = !keys.isEmpty();
        Q_EMIT keysChanged();
    }
}

void KeysModel::handle(const QList<Event> &events)
{
    for (const Event &event : events) {
        if (std::holds_alternative<event::KeysChanged>(event.body)) {
            settleToasts();
            if (isActive()) {
                showKeys();
                m_detail.refresh();
            }
        } else if (std::holds_alternative<event::ConfigChanged>(event.body)) {
            Q_EMIT marksChanged();
        } else if (std::holds_alternative<event::PauseChanged>(event.body) && isActive()) {
            m_detail.refresh();
        }
    }
}

/// Takes away the offer to undo what cannot be undone any more.
void KeysModel::settleToasts()
{
    const QList<KeyId> offered = m_undoToasts.keys();
    for (const KeyId id : offered)
        if (!services().control.undoUntil(id))
            services().toasts.close(m_undoToasts.take(id));
}

void KeysModel::refused(const Error &error)
{
    services().toasts.show(u"danger"_s, tr("That did not work"), error.detail, {}, 0);
}

QString KeysModel::nameOf(KeyId key) const
{
    return services().control.keyName(key);
}

QVariantList KeysModel::marks() const
{
    return thresholdMarks(*services().control.config());
}

// ---- what can be done
// ----------------------------------------------------------------------------------------------

void KeysModel::create()
{
    services().navigator.open(Navigator::Keys);
    m_editor.startCreate();
}

void KeysModel::edit(qint64 key)
{
    mailbox().when(services().control.view(key), [this](const Result<KeyView> &view) {
        if (!view)
            return refused(view.error());
        if (view->key.status == KeyStatus::Revoked)
            return;
        QList<Budget> own;
        for (const BudgetStatus &status : view->budgets)
            if (status.budget.scope.kind == ScopeKind::Key && !status.budget.isDefault)
                own.append(status.budget);
        m_editor.startEdit(view->key, own);
    });
}

void KeysModel::open(qint64 key)
{
    if (key != 0)
        m_simulator.close();
    m_detail.show(key);
}

void KeysModel::simulate(qint64 key)
{
    services().navigator.open(Navigator::Keys);
    m_detail.show(0);
    m_simulator.start(key);
}

void KeysModel::pause(qint64 key)
{
    mailbox().when(services().control.pauseKey(key), [this](const Result<KeyRecord> &paused) {
        if (!paused)
            return refused(paused.error());
        const KeyId id = paused->id;
        services().toasts.show(u"info"_s, tr("%1 is paused", "a key").arg(paused->name),
                               tr("Its requests are refused until you resume it."),
                               {{tr("Resume"), [this, id] { resume(id); }}}, ToastModel::defaultTimeoutMs);
    });
}

void KeysModel::resume(qint64 key)
{
    mailbox().when(services().control.resumeKey(key), [this](const Result<KeyRecord> &resumed) {
        if (!resumed)
            return refused(resumed.error());
        services().toasts.show(u"ok"_s, tr("%1 works again", "a key").arg(resumed->name));
    });
}

void KeysModel::askRotate(qint64 key)
{
    m_rotating = key;
    Q_EMIT rotatingChanged();
}

QString KeysModel::rotatingName() const
{
    return nameOf(m_rotating);
}

QVariantList KeysModel::graceChoices() const
{
    const std::pair<int, QString> choices[] = {{0, tr("Not at all")},
                                               {1, tr("1 hour")},
                                               {24, tr("1 day")},
                                               {7 * 24, tr("7 days")},
                                               {30 * 24, tr("30 days")}};
    QVariantList list;
    for (const auto &[value, text] : choices)
        list.append(QVariantMap{{u"value"_s, value}, {u"text"_s, text}});
    return list;
}

void KeysModel::rotate(int graceHours)
{
    const KeyId id = std::exchange(m_rotating, 0);
    Q_EMIT rotatingChanged();
    if (id == 0)
        return;
    mailbox().when(services().control.rotateKey(id, std::chrono::hours(graceHours)),
                   [this](const Result<CreatedKey> &made) {
                       if (!made)
                           return refused(made.error());
                       m_reveal.show(*made, true);
                       m_detail.refresh();
                   });
}

void KeysModel::revoke(qint64 key)
{
    mailbox().when(services().control.revokeKeySoon(key, std::chrono::seconds(undoSeconds)),
                   [this](const Result<KeyRecord> &revoking) {
                       if (!revoking)
                           return refused(revoking.error());
                       const KeyId id = revoking->id;
                       if (m_undoToasts.contains(id))
                           services().toasts.close(m_undoToasts.take(id));
                       const int toast = services().toasts.show(
                           u"warning"_s, tr("%1 is revoked", "a key").arg(revoking->name),
                           tr("Its requests are refused from now on. In %n second(s) this is final.", nullptr,
                              undoSeconds),
                           {{tr("Undo"), [this, id] { undoRevoke(id); }}}, undoSeconds * 1000);
                       m_undoToasts.insert(id, toast);
                   });
}

void KeysModel::undoRevoke(qint64 key)
{
    if (m_undoToasts.contains(key))
        services().toasts.close(m_undoToasts.take(key));
    mailbox().when(services().control.undoRevoke(key), [this](const Result<KeyRecord> &restored) {
        if (!restored)
            return refused(restored.error());
        services().toasts.show(u"ok"_s, tr("%1 was not revoked", "a key").arg(restored->name),
                               tr("It is as it was before."));
    });
}

void KeysModel::openRequests(qint64 key)
{
    services().navigator.open(Navigator::Requests,
                              {{u"filter"_s, filterTermText(u"key", u":", nameOf(key))}});
}

// ---- the palette
// ---------------------------------------------------------------------------------------------------

void KeysModel::addCommands()
{
    CommandModel &commands = services().commands;
    commands.add({u"keys.create"_s, tr("Create a key"), tr("Keys"), u"plus-lg"_s, u"Ctrl+N"_s,
                  tr("new add virtual token"), [this] { create(); }});
    commands.add({u"keys.simulate"_s,
                  tr("Why would a request be blocked?"),
                  tr("Keys"),
                  u"patch-question"_s,
                  {},
                  tr("simulator check test refused"),
                  [this] { simulate(0); }});
    commands.addProvider([this](const QStringList &words) { return commandsFor(words); });
}

/// Commands for single keys are made when somebody types a part of a name: there may be ten thousand keys.
QList<CommandModel::Command> KeysModel::commandsFor(const QStringList &words)
{
    QList<CommandModel::Command> commands;
    if (words.isEmpty())
        return commands;
    const Instant now = services().clock.now();
    const auto named = [&](const KeyRecord &key) {
        return std::any_of(words.begin(), words.end(),
                           [&](const QString &word) { return key.name.contains(word, Qt::CaseInsensitive); });
    };
    // What begins with a typed word is meant more often than what merely holds it.
    const auto begins = [&](const KeyRecord &key) {
        return std::any_of(words.begin(), words.end(), [&](const QString &word) {
            return key.name.startsWith(word, Qt::CaseInsensitive);
        });
    };
    QList<KeyRecord> first, rest;
    for (const KeyRecord &key : services().control.keys()) {
        if (key.status == KeyStatus::Revoked || !named(key))
            continue;
        if (begins(key))
            first.append(key);
        else if (rest.size() < mostFound)
            rest.append(key);
        if (first.size() >= mostFound)
            break;
    }
    const QString section = tr("Keys");
    for (const KeyRecord &key : (first + rest).mid(0, mostFound)) {
        const KeyId id = key.id;
        const QString number = QString::number(id);
        const KeyStanding standing = keyStanding(key, now);
        const auto add = [&](const QString &verb, const QString &title, const QString &icon,
                             const QString &keywords, std::function<void()> run) {
            commands.append(
                {u"keys."_s + verb + u'.' + number, title, section, icon, {}, keywords, std::move(run)});
        };
        const auto there = [this](std::function<void()> run) {
            return [this, run = std::move(run)] {
                services().navigator.open(Navigator::Keys);
                run();
            };
        };
        add(u"show"_s, tr("Show key %1").arg(key.name), u"key"_s, tr("open details"),
            there([this, id] { open(id); }));
        if (standing == KeyStanding::Active)
            add(u"pause"_s, tr("Pause key %1").arg(key.name), u"pause-circle"_s, tr("stop block"),
                [this, id] { pause(id); });
        if (standing == KeyStanding::Paused)
            add(u"resume"_s, tr("Resume key %1").arg(key.name), u"play-circle"_s, tr("continue start"),
                [this, id] { resume(id); });
        if (standing == KeyStanding::Revoking)
            add(u"undo"_s, tr("Undo revoking key %1").arg(key.name), u"arrow-counterclockwise"_s,
                tr("restore back"), [this, id] { undoRevoke(id); });
        add(u"requests"_s, tr("Requests of key %1").arg(key.name), u"list-ul"_s, tr("log history"),
            [this, id] { openRequests(id); });
        if (standing == KeyStanding::Revoking)
            continue;
        add(u"edit"_s, tr("Edit key %1").arg(key.name), u"pencil"_s, tr("change limits rename"),
            there([this, id] { edit(id); }));
        add(u"simulate"_s, tr("Why would %1 be blocked?", "a key").arg(key.name), u"patch-question"_s,
            tr("simulator check test refused"), [this, id] { simulate(id); });
        add(u"rotate"_s, tr("Rotate key %1").arg(key.name), u"arrow-repeat"_s, tr("renew new secret"),
            there([this, id] { askRotate(id); }));
        add(u"revoke"_s, tr("Revoke key %1").arg(key.name), u"slash-circle"_s, tr("delete remove"),
            there([this, id] { revoke(id); }));
    }
    return commands;
}

} // namespace lbp::gui
