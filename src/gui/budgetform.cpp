#include "gui/budgetform.h"

#include "control/control.h"
#include "control/keychecks.h"
#include "gui/budgettree.h"
#include "gui/format.h"
#include "gui/names.h"

#include <QSet>

namespace lbp::gui {

using namespace Qt::StringLiterals;

BudgetForm::BudgetForm(const GuiServices &services, const BudgetTree &tree, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_tree(tree)
    , m_name(this, [this](const QString &text) { return nameProblem(text); })
    , m_limit(this,
              [this](const QString &text) {
                  return amountProblem(m_services.format, text, AmountRule::AtLeastZero, false);
              })
    , m_suggestions(this, [this] { return names(); })
{
    for (FormValue *value : {&m_name, &m_limit})
        connect(value, &FormValue::changed, this, &BudgetForm::edited);
}

QStringList BudgetForm::names() const
{
    QSet<QString> found;
    for (const KeyRecord &key : m_services.control.keys()) {
        if (key.status == KeyStatus::Revoked)
            continue;
        const QString name = m_kind == ScopeKind::Team ? key.team
            : m_kind == ScopeKind::Project             ? key.project
                                                       : key.name;
        if (!name.isEmpty())
            found.insert(name);
    }
    QStringList sorted(found.cbegin(), found.cend());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

QString BudgetForm::nameProblem(const QString &text) const
{
    const QString name = text.trimmed();
    switch (m_kind) {
    case ScopeKind::Global:
        return {};
    case ScopeKind::Team:
        if (name.isEmpty())
            return tr("Type the name of the team.");
        break;
    case ScopeKind::Project:
        if (name.isEmpty())
            return tr("Type the name of the project.");
        break;
    case ScopeKind::Key:
        if (name.isEmpty())
            return tr("Choose a key.");
        return m_services.control.keyByName(name) ? QString() : tr("There is no key with this name.");
    }
    return checkLabel(name, u"name") ? QString()
                                     : tr("The name is too long or holds characters that cannot be seen.");
}

std::optional<Scope> BudgetForm::typedScope() const
{
    if (!m_name.isValid())
        return std::nullopt;
    const QString name = m_name.text().trimmed();
    if (m_kind == ScopeKind::Key)
        return Scope{m_kind, QString::number(m_services.control.keyByName(name)->id)};
    return Scope{m_kind, m_kind == ScopeKind::Global ? QString() : name};
}

QStringList BudgetForm::scopeTexts() const
{
    return {tr("Everything"), tr("Team"), tr("Project"), tr("Key")};
}

QString BudgetForm::nameLabel() const
{
    switch (m_kind) {
    case ScopeKind::Global:
        return {};
    case ScopeKind::Team:
        return tr("Team");
    case ScopeKind::Project:
        return tr("Project");
    case ScopeKind::Key:
        return tr("Key");
    }
    return {};
}

void BudgetForm::setScope(int kind)
{
    if (kind < int(ScopeKind::Global) || kind > int(ScopeKind::Key) || kind == int(m_kind))
        return;
    m_kind = ScopeKind(kind);
    m_name.reset();
    m_suggestions.search({});
    Q_EMIT edited();
}

QVariantList BudgetForm::periods() const
{
    QVariantList list;
    for (const Period period : allPeriods)
        list.append(
            QVariantMap{{u"value"_s, int(period)}, {u"text"_s, m_services.format.periodName(period)}});
    return list;
}

void BudgetForm::setPeriod(int period)
{
    if (period < int(Period::Hourly) || period > int(Period::Total) || period == int(m_period))
        return;
    m_period = Period(period);
    Q_EMIT edited();
}

QString BudgetForm::note() const
{
    const std::optional<Scope> scope = typedScope();
    const std::optional<BudgetStatus> present = scope ? m_tree.find(*scope, m_period) : std::nullopt;
    if (present && present->budget.isDefault)
        return tr("It takes the place of %1 from the settings.")
            .arg(m_services.format.moneyExact(present->budget.limit));
    if (present)
        return tr("There is one already: its limit of %1 is replaced.")
            .arg(m_services.format.moneyExact(present->budget.limit));
    switch (m_kind) {
    case ScopeKind::Global:
        return tr("It counts the requests of all keys together.");
    case ScopeKind::Team:
        return tr("It counts the requests of all keys of the team together.");
    case ScopeKind::Project:
        return tr("It counts the requests of all keys of the project together.");
    case ScopeKind::Key:
        return tr("It counts the requests of this key.");
    }
    return {};
}

void BudgetForm::start(const Scope &scope)
{
    m_kind = scope.kind;
    m_name.reset(scope.kind == ScopeKind::Key ? m_services.control.keyName(scope.id.toLongLong()) : scope.id);
    m_limit.reset();
    m_problem.clear();
    m_busy = false;
    m_open = true;
    // The first period that has no limit yet is the likely one.
    m_period = Period::Daily;
    for (const Period period :
         {Period::Daily, Period::Monthly, Period::Weekly, Period::Hourly, Period::Total}) {
        if (!m_tree.find(scope, period)) {
            m_period = period;
            break;
        }
    }
    Q_EMIT edited();
    Q_EMIT openChanged();
}

bool BudgetForm::submit()
{
    if (!m_open || m_busy)
        return false;
    m_name.touch();
    m_limit.touch();
    const std::optional<Scope> scope = typedScope();
    const std::optional<Money> limit = amountIn(m_services.format, m_limit);
    if (!scope || !m_limit.isValid() || !limit)
        return false;
    m_busy = true;
    m_problem.clear();
    Q_EMIT openChanged();
    const Budget budget{*scope, m_period, *limit, false};
    m_mailbox.when(m_services.control.setBudget(budget), [this, budget](const Status &written) {
        m_busy = false;
        m_open = !written;
        m_problem = written ? QString() : written.error().detail;
        Q_EMIT openChanged();
        if (written)
            Q_EMIT added(budget);
    });
    return true;
}

void BudgetForm::cancel()
{
    if (!m_open || m_busy)
        return;
    m_open = false;
    Q_EMIT openChanged();
}

} // namespace lbp::gui
