#include "gui/keyeditor.h"

#include "config/config.h"
#include "control/keychecks.h"
#include "gui/format.h"
#include "gui/names.h"

#include <algorithm>
#include <QRegularExpression>
#include <QSet>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostCount = std::numeric_limits<int>::max();
constexpr qsizetype longestLabel = 100;
constexpr qsizetype longestPattern = 200;

QStringList labelsOf(const Control &control, QString KeyRecord::*label)
{
    QSet<QString> names;
    for (const KeyRecord &key : control.keys())
        if (key.status != KeyStatus::Revoked && !(key.*label).isEmpty())
            names.insert(key.*label);
    QStringList sorted(names.cbegin(), names.cend());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

} // namespace

KeyEditor::KeyEditor(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_name(this, [this](const QString &text) { return nameProblem(text); })
    , m_team(this, [this](const QString &text) { return labelProblem(text); })
    , m_project(this, [this](const QString &text) { return labelProblem(text); })
    , m_rpm(this,
            [this](const QString &text) { return countProblem(m_services.format, text, 0, mostCount, true); })
    , m_tpm(this,
            [this](const QString &text) { return countProblem(m_services.format, text, 0, mostCount, true); })
    , m_parallel(
          this,
          [this](const QString &text) { return countProblem(m_services.format, text, 0, mostCount, true); })
    , m_guard(this,
              [this](const QString &text) {
                  return amountProblem(m_services.format, text, AmountRule::MoreThanZero, true);
              })
    , m_expiryDate(this, [this](const QString &text) { return dateProblem(text); })
    , m_modelEntry(this, [this](const QString &text) { return modelProblem(text); })
    , m_teamSuggestions(this, [this] { return labelsOf(m_services.control, &KeyRecord::team); })
    , m_projectSuggestions(this, [this] { return labelsOf(m_services.control, &KeyRecord::project); })
    , m_modelSuggestions(this, [this] { return m_services.control.config()->prices->models(); })
{
    for (std::unique_ptr<FormValue> &amount : m_amounts)
        amount = std::make_unique<FormValue>(nullptr, [this](const QString &text) {
            return amountProblem(m_services.format, text, AmountRule::AtLeastZero, true);
        });
    for (FormValue *value : values())
        connect(value, &FormValue::changed, this, &KeyEditor::edited);
}

QList<FormValue *> KeyEditor::values()
{
    QList<FormValue *> all{&m_name,     &m_team,  &m_project,    &m_rpm,       &m_tpm,
                           &m_parallel, &m_guard, &m_expiryDate, &m_modelEntry};
    for (const std::unique_ptr<FormValue> &amount : m_amounts)
        all.append(amount.get());
    return all;
}

// ---- what may be typed
// ---------------------------------------------------------------------------------------------

QString KeyEditor::nameProblem(const QString &text) const
{
    const QString name = text.trimmed();
    if (name.isEmpty())
        return tr("Give it a name that says who uses it, such as laptop or ci.");
    if (const QString problem = labelProblem(text); !problem.isEmpty())
        return problem;
    if (!checkKeyName(name))
        return tr("The name holds characters that cannot be seen; type it again.");
    const std::optional<KeyRecord> other = m_services.control.keyByName(name);
    if (other && other->id != m_before.id)
        return tr("There is already a key with this name.");
    return {};
}

QString KeyEditor::labelProblem(const QString &text) const
{
    const QString label = text.trimmed();
    if (label.size() > longestLabel)
        return tr("That is too long: at most %n character(s).", nullptr, int(longestLabel));
    if (!checkLabel(label, u"label"))
        return tr("It holds characters that cannot be seen; type it again.");
    return {};
}

QString KeyEditor::modelProblem(const QString &text) const
{
    const QStringList patterns = text.split(QRegularExpression(u"[,\\s]+"_s), Qt::SkipEmptyParts);
    for (const QString &pattern : patterns)
        if (pattern.size() > longestPattern)
            return tr("That is too long: at most %n character(s).", nullptr, int(longestPattern));
    return {};
}

std::optional<Instant> KeyEditor::typedDate() const
{
    const QString text = m_expiryDate.text().trimmed();
    QDate date = QDate::fromString(text, Qt::ISODate);
    if (!date.isValid()) {
        date = m_services.format.locale().toDate(text, QLocale::ShortFormat);
        if (date.isValid() && date.year() < 2000) // two digits of a year are read as of 1900
            date = date.addYears(100);
    }
    if (!date.isValid() || date.year() > 9999)
        return std::nullopt;
    const QTimeZone zone = m_services.control.timeZone();
    const qint64 noon = QDateTime(date, QTime(12, 0), zone).toMSecsSinceEpoch();
    return periodSpan(Period::Daily, fromMicros(noon * 1000), zone).end;
}

QString KeyEditor::dateProblem(const QString &text) const
{
    if (m_expiry != OnDate)
        return {};
    const Instant now = m_services.clock.now();
    const QString sample = m_services.format.local(now).date().addDays(30).toString(Qt::ISODate);
    if (text.trimmed().isEmpty())
        return tr("Type the last day on which it works, such as %1.").arg(sample);
    const std::optional<Instant> end = typedDate();
    if (!end)
        return tr("This is not a date; write it like %1.").arg(sample);
    if (*end <= now)
        return tr("This day is over; choose a later one.");
    return {};
}

bool KeyEditor::isValid() const
{
    return std::all_of(m_amounts.begin(), m_amounts.end(), [](const auto &one) { return one->isValid(); })
        && m_name.isValid() && m_team.isValid() && m_project.isValid() && m_rpm.isValid() && m_tpm.isValid()
        && m_parallel.isValid() && m_guard.isValid() && m_expiryDate.isValid() && m_modelEntry.isValid();
}

// ---- what the form shows
// -------------------------------------------------------------------------------------------

QString KeyEditor::title() const
{
    return isNew() ? tr("Create a key") : tr("Edit %1", "a key").arg(m_before.name);
}

QVariantList KeyEditor::amounts()
{
    const auto &settings = m_services.control.config()->budgets;
    QVariantList list;
    for (const Period period :
         {Period::Daily, Period::Monthly, Period::Weekly, Period::Hourly, Period::Total}) {
        std::optional<Money> standing;
        if (period == Period::Daily)
            standing = settings.defaultDaily;
        else if (period == Period::Monthly)
            standing = settings.defaultMonthly;
        list.append(QVariantMap{
            {u"value"_s, QVariant::fromValue(m_amounts[size_t(period)].get())},
            {u"label"_s, m_services.format.periodName(period)},
            {u"placeholder"_s, standing ? amountText(m_services.format, *standing) : tr("no limit")},
        });
    }
    return list;
}

QVariantList KeyEditor::expiryChoices() const
{
    const std::pair<int, QString> choices[] = {
        {Never, tr("Never", "a key expires")}, {InOneDay, tr("In 1 day")},
        {InSevenDays, tr("In 7 days")},        {InThirtyDays, tr("In 30 days")},
        {InNinetyDays, tr("In 90 days")},      {InOneYear, tr("In a year")},
        {OnDate, tr("At the end of a day")}};
    QVariantList list;
    for (const auto &[value, text] : choices)
        list.append(QVariantMap{{u"value"_s, value}, {u"text"_s, text}});
    return list;
}

void KeyEditor::setExpiryChoice(int choice)
{
    if (m_expiry == choice)
        return;
    m_expiry = choice;
    m_expiryDate.recheck();
    Q_EMIT edited();
}

QString KeyEditor::expiryHint() const
{
    if (m_expiry == Never)
        return tr("It works until it is revoked.");
    const std::optional<Instant> at = expiresAt();
    return at ? tr("It stops working on %1.").arg(m_services.format.exact(*at)) : QString();
}

QString KeyEditor::summary() const
{
    const Format &format = m_services.format;
    QStringList parts;
    for (const Period period :
         {Period::Hourly, Period::Daily, Period::Weekly, Period::Monthly, Period::Total}) {
        std::optional<Money> limit = amountIn(format, *m_amounts[size_t(period)]);
        const auto &settings = m_services.control.config()->budgets;
        if (!limit && m_amounts[size_t(period)]->isEmpty() && period == Period::Daily)
            limit = settings.defaultDaily;
        if (!limit && m_amounts[size_t(period)]->isEmpty() && period == Period::Monthly)
            limit = settings.defaultMonthly;
        if (limit)
            parts.append(
                tr("%1 %2", "an amount, per day").arg(format.moneyExact(*limit), format.periodName(period)));
    }
    if (parts.isEmpty())
        return tr("Without a budget of its own it may spend whatever its team and everything may.");
    return tr("It can spend at most %1.").arg(format.locale().createSeparatedList(parts));
}

RateLimits KeyEditor::limitsWithout() const
{
    KeyRecord key;
    key.name = m_name.text().trimmed();
    const auto &limits = m_services.control.config()->rateLimits;
    return limitsFor(key, limits.defaults, limits.overrides);
}

QString KeyEditor::rpmDefault() const
{
    const int limit = limitsWithout().rpm;
    return limit > 0 ? m_services.format.count(limit) : tr("no limit");
}

QString KeyEditor::tpmDefault() const
{
    const int limit = limitsWithout().tpm;
    return limit > 0 ? m_services.format.count(limit) : tr("no limit");
}

QString KeyEditor::parallelDefault() const
{
    const int limit = limitsWithout().parallel;
    return limit > 0 ? m_services.format.count(limit) : tr("no limit");
}

void KeyEditor::addModel()
{
    if (!m_modelEntry.isValid())
        return m_modelEntry.touch();
    for (const QString &one : m_modelEntry.text().split(QRegularExpression(u"[,\\s]+"_s), Qt::SkipEmptyParts))
        if (!m_models.contains(one))
            m_models.append(one);
    m_modelEntry.reset();
    Q_EMIT edited();
}

void KeyEditor::removeModel(int index)
{
    if (index < 0 || index >= m_models.size())
        return;
    m_models.removeAt(index);
    Q_EMIT edited();
}

void KeyEditor::setAllowUnmetered(bool allow)
{
    if (m_allowUnmetered == allow)
        return;
    m_allowUnmetered = allow;
    Q_EMIT edited();
}

// ---- from the keys to the form and back
// ----------------------------------------------------------------------------

void KeyEditor::startCreate()
{
    m_before = KeyRecord();
    m_budgetsBefore.clear();
    begin();
}

void KeyEditor::startEdit(const KeyRecord &key, const QList<Budget> &budgets)
{
    m_before = key;
    m_budgetsBefore = budgets;
    begin();
}

void KeyEditor::begin()
{
    const Format &format = m_services.format;
    const auto number = [&](const std::optional<int> &n) { return n ? format.count(*n) : QString(); };
    m_models = m_before.allowedModels;
    m_allowUnmetered = m_before.allowUnmetered;
    m_expiry = m_before.expiresAt ? OnDate : Never;
    m_name.reset(m_before.name);
    m_team.reset(m_before.team);
    m_project.reset(m_before.project);
    m_rpm.reset(number(m_before.rpm));
    m_tpm.reset(number(m_before.tpm));
    m_parallel.reset(number(m_before.parallel));
    m_guard.reset(m_before.maxSpendPerMinute ? amountText(format, *m_before.maxSpendPerMinute) : QString());
    m_expiryDate.reset(
        m_before.expiresAt
            ? format.local(*m_before.expiresAt - std::chrono::microseconds(1)).date().toString(Qt::ISODate)
            : QString());
    m_modelEntry.reset();
    for (const std::unique_ptr<FormValue> &amount : m_amounts)
        amount->reset();
    for (const Budget &budget : std::as_const(m_budgetsBefore))
        m_amounts[size_t(budget.period)]->reset(amountText(format, budget.limit));
    m_problem.clear();
    m_busy = false;
    m_open = true;
    Q_EMIT problemChanged();
    Q_EMIT busyChanged();
    Q_EMIT edited();
    Q_EMIT openChanged();
}

void KeyEditor::cancel()
{
    if (!m_open || m_busy)
        return;
    m_open = false;
    Q_EMIT openChanged();
}

std::optional<Instant> KeyEditor::expiresAt() const
{
    const Instant now = m_services.clock.now();
    switch (m_expiry) {
    case InOneDay:
        return now + std::chrono::days(1);
    case InSevenDays:
        return now + std::chrono::days(7);
    case InThirtyDays:
        return now + std::chrono::days(30);
    case InNinetyDays:
        return now + std::chrono::days(90);
    case InOneYear:
        return now + std::chrono::days(365);
    case OnDate: {
        const std::optional<Instant> typed = typedDate();
        // A key made by a script may end in the middle of a day: that stays unless another day is typed.
        if (typed && m_before.expiresAt && *typed - std::chrono::days(1) < *m_before.expiresAt
            && *m_before.expiresAt <= *typed)
            return m_before.expiresAt;
        return typed;
    }
    default:
        return std::nullopt;
    }
}

KeyRecord KeyEditor::record() const
{
    const Format &format = m_services.format;
    const auto number = [&](const FormValue &value) {
        const std::optional<qint64> n = countIn(format, value);
        return n ? std::optional(int(*n)) : std::nullopt;
    };
    KeyRecord key = m_before;
    key.name = m_name.text().trimmed();
    key.team = m_team.text().trimmed();
    key.project = m_project.text().trimmed();
    key.allowedModels = m_models;
    key.rpm = number(m_rpm);
    key.tpm = number(m_tpm);
    key.parallel = number(m_parallel);
    key.maxSpendPerMinute = amountIn(format, m_guard);
    key.expiresAt = expiresAt();
    key.allowUnmetered = m_allowUnmetered;
    return key;
}

bool KeyEditor::submit()
{
    if (m_busy || !m_open)
        return false;
    addModel();
    for (FormValue *value : values())
        value->touch();
    if (!isValid())
        return false;
    m_busy = true;
    m_problem.clear();
    Q_EMIT problemChanged();
    Q_EMIT busyChanged();
    if (isNew())
        create();
    else
        change();
    return true;
}

void KeyEditor::finish(const QString &problem)
{
    m_busy = false;
    m_problem = problem;
    Q_EMIT busyChanged();
    Q_EMIT problemChanged();
    if (!problem.isEmpty())
        return;
    m_open = false;
    Q_EMIT openChanged();
}

void KeyEditor::create()
{
    KeyDraft draft;
    draft.record = record();
    for (const Period period : allPeriods)
        if (const std::optional<Money> limit = amountIn(m_services.format, *m_amounts[size_t(period)]))
            draft.budgets.append({period, *limit});
    m_mailbox.when(m_services.control.createKey(std::move(draft)), [this](const Result<CreatedKey> &made) {
        finish(made ? QString() : made.error().detail);
        if (made)
            Q_EMIT created(*made);
    });
}

void KeyEditor::change()
{
    const KeyRecord after = record();
    KeyPatch patch;
    patch.name = after.name;
    patch.team = after.team;
    patch.project = after.project;
    patch.allowedModels = after.allowedModels;
    if (after.expiresAt != m_before.expiresAt)
        patch.expiresAt = after.expiresAt;
    patch.rpm = after.rpm;
    patch.tpm = after.tpm;
    patch.parallel = after.parallel;
    patch.maxSpendPerMinute = after.maxSpendPerMinute;
    patch.allowUnmetered = after.allowUnmetered;
    m_mailbox.when(m_services.control.updateKey(m_before.id, std::move(patch)),
                   [this](const Result<KeyRecord> &changed) {
                       if (!changed)
                           return finish(changed.error().detail);
                       writeBudgets();
                   });
}

void KeyEditor::writeBudgets()
{
    struct Work
    {
        int pending = 1;
        QString problem;
    };
    const auto work = std::make_shared<Work>();
    const auto done = [this, work](const Status &status) {
        if (!status && work->problem.isEmpty())
            work->problem = status.error().detail;
        if (--work->pending > 0)
            return;
        finish(work->problem);
        if (work->problem.isEmpty())
            Q_EMIT changed(m_name.text().trimmed());
    };
    const Scope scope{ScopeKind::Key, QString::number(m_before.id)};
    for (const Period period : allPeriods) {
        const std::optional<Money> wanted = amountIn(m_services.format, *m_amounts[size_t(period)]);
        const auto before = std::find_if(m_budgetsBefore.cbegin(), m_budgetsBefore.cend(),
                                         [&](const Budget &budget) { return budget.period == period; });
        const bool had = before != m_budgetsBefore.cend();
        if (wanted && !(had && before->limit == *wanted)) {
            ++work->pending;
            m_mailbox.when(m_services.control.setBudget({scope, period, *wanted, false}), done);
        } else if (!wanted && had) {
            ++work->pending;
            m_mailbox.when(m_services.control.removeBudget(scope, period), done);
        }
    }
    done({});
}

} // namespace lbp::gui
