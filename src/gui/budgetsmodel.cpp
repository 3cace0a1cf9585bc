#include "gui/budgetsmodel.h"

#include "config/config.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "core/requestfilter.h"
#include "gui/commandmodel.h"
#include "gui/format.h"
#include "gui/keysmodel.h"
#include "gui/names.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int raiseDollars[] = {1, 5, 10, 25};

} // namespace

BudgetsModel::BudgetsModel(const GuiServices &services, QObject *parent)
    : PageModel(services, parent)
    , m_tree(services)
    , m_form(services, m_tree)
    , m_feed(services)
    , m_edit(this,
             [this](const QString &text) {
                 return amountProblem(this->services().format, text, AmountRule::AtLeastZero, false);
             })
    , m_raiseAmount(this, [this](const QString &text) {
        return amountProblem(this->services().format, text, AmountRule::MoreThanZero, false);
    })
{
    connect(&m_feed, &BudgetFeed::loaded, this, [this](const QList<BudgetStatus> &all) {
        m_tree.setAll(all);
        if (!m_editing.isEmpty() && m_tree.rowOf(m_editing) < 0)
            cancelEdit(); // somebody else removed it
        setProblem({});
        setReady();
    });
    connect(&m_feed, &BudgetFeed::updated, &m_tree, &BudgetTree::update);
    connect(&m_feed, &BudgetFeed::minute, &m_tree, &BudgetTree::refreshTimes);
    connect(&m_feed, &BudgetFeed::failed, this, [this](const QString &problem) {
        setProblem(problem);
        setReady();
    });
    connect(&m_form, &BudgetForm::added, this, [this](const Budget &budget) {
        this->services().toasts.show(
            u"ok"_s, tr("Limit added"),
            tr("%1: %2", "whose budget: its limit")
                .arg(describe(budget), this->services().format.moneyExact(budget.limit)));
    });
    this->services().events.subscribe(this, [this](const QList<Event> &events) {
        for (const Event &event : events)
            if (std::holds_alternative<event::ConfigChanged>(event.body))
                Q_EMIT marksChanged();
    });
    addCommands();
}

void BudgetsModel::activated()
{
    m_feed.start();
}

void BudgetsModel::deactivated()
{
    m_feed.stop();
}

void BudgetsModel::addCommands()
{
    services().commands.add({u"budgets.add"_s,
                             tr("Add a budget"),
                             tr("Budgets"),
                             u"plus-lg"_s,
                             {},
                             tr("new limit cap team project key"),
                             [this] {
                                 services().navigator.open(Navigator::Budgets);
                                 add({});
                             }});
}

void BudgetsModel::refused(const Error &error)
{
    services().toasts.show(u"danger"_s, tr("That did not work"), error.detail, {}, 0);
}

QString BudgetsModel::describe(const Budget &budget) const
{
    return tr("%1, %2", "whose budget, per day")
        .arg(scopeText(budget.scope, services().control), services().format.periodName(budget.period));
}

QVariantList BudgetsModel::marks() const
{
    return thresholdMarks(*services().control.config());
}

QString BudgetsModel::marksText() const
{
    const Format &format = services().format;
    std::vector<Threshold> thresholds = services().control.config()->budgets.alertThresholds;
    std::stable_sort(thresholds.begin(), thresholds.end(),
                     [](const Threshold &a, const Threshold &b) { return a.percent < b.percent; });
    QStringList parts;
    for (const Threshold &threshold : thresholds) {
        const QString at = format.percent(threshold.percent * 100);
        switch (threshold.action) {
        case ThresholdAction::Warn:
            parts.append(tr("at %1 it warns").arg(at));
            break;
        case ThresholdAction::Downgrade:
            parts.append(tr("at %1 it turns to a cheaper model, where a rule names one").arg(at));
            break;
        case ThresholdAction::Block:
            parts.append(tr("at %1 it blocks").arg(at));
            break;
        }
    }
    return parts.isEmpty() ? QString()
                           : tr("Of each limit, %1.").arg(format.locale().createSeparatedList(parts));
}

// ---- a limit, in place
// ---------------------------------------------------------------------------------------------

void BudgetsModel::startEdit(const QString &line)
{
    const std::optional<BudgetTree::Place> place = m_tree.place(line);
    if (!place || m_saving)
        return;
    if (!place->status)
        return add(line);
    m_edit.reset(amountText(services().format, place->status->budget.limit));
    m_editing = line;
    Q_EMIT editingChanged();
}

bool BudgetsModel::commitEdit()
{
    if (m_editing.isEmpty() || m_saving)
        return false;
    m_edit.touch();
    const std::optional<BudgetTree::Place> place = m_tree.place(m_editing);
    const std::optional<Money> limit = amountIn(services().format, m_edit);
    if (!m_edit.isValid() || !limit)
        return false;
    if (!place || !place->status || place->status->budget.limit == *limit) {
        endEdit();
        return true;
    }
    const Budget before = place->status->budget;
    Budget after = before;
    after.limit = *limit;
    after.isDefault = false;
    m_saving = true;
    Q_EMIT editingChanged();
    mailbox().when(services().control.setBudget(after), [this, before, after](const Status &written) {
        endEdit();
        if (!written)
            return refused(written.error());
        const auto undo = [this, before] {
            const auto done = [this](const Status &status) {
                if (!status)
                    refused(status.error());
            };
            if (before.isDefault)
                mailbox().when(services().control.removeBudget(before.scope, before.period), done);
            else
                mailbox().when(services().control.setBudget(before), done);
        };
        services().toasts.show(u"ok"_s, tr("Limit changed"),
                               tr("%1: %2 instead of %3", "whose budget: new limit instead of old limit")
                                   .arg(describe(after), services().format.moneyExact(after.limit),
                                        services().format.moneyExact(before.limit)),
                               {{tr("Undo"), undo}}, ToastModel::defaultTimeoutMs);
    });
    return true;
}

void BudgetsModel::endEdit()
{
    m_saving = false;
    m_editing.clear();
    Q_EMIT editingChanged();
}

void BudgetsModel::cancelEdit()
{
    if (!m_editing.isEmpty() && !m_saving)
        endEdit();
}

void BudgetsModel::add(const QString &line)
{
    const std::optional<BudgetTree::Place> place = m_tree.place(line);
    m_form.start(place ? place->scope : Scope{});
}

void BudgetsModel::remove(const QString &line)
{
    const std::optional<BudgetTree::Place> place = m_tree.place(line);
    if (!place || !place->status || place->status->budget.isDefault)
        return;
    const Budget budget = place->status->budget;
    mailbox().when(
        services().control.removeBudget(budget.scope, budget.period), [this, budget](const Status &removed) {
            if (!removed)
                return refused(removed.error());
            const auto undo = [this, budget] {
                mailbox().when(services().control.setBudget(budget), [this](const Status &status) {
                    if (!status)
                        refused(status.error());
                });
            };
            services().toasts.show(u"info"_s, tr("Limit removed"),
                                   tr("%1: %2", "whose budget: its limit")
                                       .arg(describe(budget), services().format.moneyExact(budget.limit)),
                                   {{tr("Undo"), undo}}, ToastModel::defaultTimeoutMs);
        });
}

// ---- more room, for now
// --------------------------------------------------------------------------------------------

void BudgetsModel::askRaise(const QString &line)
{
    const std::optional<BudgetTree::Place> place = m_tree.place(line);
    m_raising = place && place->status && place->status->budget.period != Period::Total ? line : QString();
    if (!m_raising.isEmpty())
        m_raiseAmount.reset(raiseSteps().value(1));
    Q_EMIT raisingChanged();
}

QString BudgetsModel::raisingTitle() const
{
    const std::optional<BudgetTree::Place> place = m_tree.place(m_raising);
    return place && place->status ? tr("Raise %1", "whose budget").arg(describe(place->status->budget))
                                  : QString();
}

QString BudgetsModel::raisingText() const
{
    const std::optional<BudgetTree::Place> place = m_tree.place(m_raising);
    if (!place || !place->status)
        return {};
    const Format &format = services().format;
    return tr("More room until it resets, at %1. From then on the limit of %2 counts again.")
        .arg(format.when(place->status->span.end, services().clock.now()),
             format.moneyExact(place->status->budget.limit));
}

QStringList BudgetsModel::raiseSteps() const
{
    QStringList steps;
    for (const int dollars : raiseDollars)
        steps.append(
            amountText(services().format, Money::fromPicodollars(Money::picodollarsPerDollar * dollars)));
    return steps;
}

QStringList BudgetsModel::raiseStepTexts() const
{
    QStringList texts;
    for (const int dollars : raiseDollars)
        texts.append(tr("+%1", "an amount more")
                         .arg(services().format.moneyExact(
                             Money::fromPicodollars(Money::picodollarsPerDollar * dollars))));
    return texts;
}

bool BudgetsModel::raise()
{
    m_raiseAmount.touch();
    const std::optional<BudgetTree::Place> place = m_tree.place(m_raising);
    const std::optional<Money> amount = amountIn(services().format, m_raiseAmount);
    if (!place || !place->status || !m_raiseAmount.isValid() || !amount)
        return false;
    const Budget budget = place->status->budget;
    askRaise({});
    mailbox().when(services().control.raiseBudget(budget.scope, budget.period, *amount),
                   [this, budget](const Result<BudgetRaise> &raised) {
                       if (!raised)
                           return refused(raised.error());
                       services().toasts.show(
                           u"ok"_s, tr("Raised by %1").arg(services().format.moneyExact(raised->amount)),
                           tr("%1, until it resets.", "whose budget").arg(describe(budget)));
                   });
    return true;
}

void BudgetsModel::openRequests(const QString &line)
{
    const std::optional<BudgetTree::Place> place = m_tree.place(line);
    if (!place)
        return;
    QString filter;
    switch (place->scope.kind) {
    case ScopeKind::Global:
        break;
    case ScopeKind::Team:
        filter = filterTermText(u"team", u":", place->scope.id);
        break;
    case ScopeKind::Project:
        filter = filterTermText(u"project", u":", place->scope.id);
        break;
    case ScopeKind::Key:
        filter = filterTermText(u"key", u":", services().control.keyName(place->scope.id.toLongLong()));
        break;
    }
    services().navigator.open(Navigator::Requests, {{u"filter"_s, filter}});
}

} // namespace lbp::gui
