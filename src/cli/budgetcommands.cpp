#include "cli/commands.h"

#include "cli/lookup.h"
#include "cli/text.h"

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

/// The scope as the API wants it: kind, and the name or key id.
struct ScopeText
{
    QString kind;
    QString id;
    QString people; ///< for messages
};

std::optional<ScopeText> scopeOf(Context &context, const BudgetOptions &options)
{
    if (options.global)
        return ScopeText{u"global"_s, {}, u"everything"_s};
    if (!options.team.isEmpty())
        return ScopeText{u"team"_s, options.team, u"the team \"%1\""_s.arg(options.team)};
    if (!options.project.isEmpty())
        return ScopeText{u"project"_s, options.project, u"the project \"%1\""_s.arg(options.project)};
    const std::optional<QJsonObject> key = findKey(context, options.key);
    if (!key)
        return std::nullopt;
    return ScopeText{u"key"_s, key->value("id"_L1).toString(),
                     u"the key \"%1\""_s.arg(key->value("name"_L1).toString())};
}

QString budgetPath(const ScopeText &scope, const QString &period)
{
    const QString id =
        scope.id.isEmpty() ? QString() : u'/' + QString::fromLatin1(QUrl::toPercentEncoding(scope.id));
    return u"/api/budgets/"_s + scope.kind + id + u'/' + period;
}

int missingPeriod(Context &context)
{
    return context.output.problem(u"name a period: --hourly, --daily, --weekly, --monthly or --total"_s,
                                  ExitUsage);
}

} // namespace

int budgetList(Context &context)
{
    const std::optional<ApiAnswer> answer = ask(context, "GET", u"/api/budgets"_s);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    const std::optional<ApiAnswer> keys = ask(context, "GET", u"/api/keys"_s);
    if (!keys)
        return ExitFailure;
    QHash<QString, QString> names;
    for (const QJsonValue value : keys->object().value("keys"_L1).toArray())
        names.insert(value.toObject().value("id"_L1).toString(),
                     value.toObject().value("name"_L1).toString());
    using enum TextTable::Align;
    TextTable table({{u"SCOPE"_s},
                     {u"NAME"_s},
                     {u"PERIOD"_s},
                     {u"LIMIT"_s, Right},
                     {u"SPENT"_s, Right},
                     {u"RESERVED"_s, Right},
                     {u"LEFT"_s, Right},
                     {u"USED"_s, Right},
                     {u"RESETS"_s}});
    for (const QJsonValue value : answer->object().value("budgets"_L1).toArray()) {
        const QJsonObject budget = value.toObject();
        const QString scope = budget.value("scope"_L1).toString();
        const QString id = budget.value("id"_L1).toString();
        table.addRow({scope, scope == "key"_L1 ? names.value(id, id) : id,
                      budget.value("period"_L1).toString()
                          + (budget.value("isDefault"_L1).toBool() ? u" (default)"_s : QString()),
                      moneyText(budget.value("limit"_L1).toString()),
                      moneyText(budget.value("spent"_L1).toString()),
                      moneyText(budget.value("reserved"_L1).toString()),
                      moneyText(budget.value("remaining"_L1).toString()),
                      QString::number(budget.value("percent"_L1).toInteger()) + u" %"_s,
                      localTimeText(budget.value("resetsAt"_L1).toString())});
    }
    if (table.isEmpty())
        context.output.note(u"No budget is set. Set one with: lbp budget set --global --monthly 100"_s);
    else
        context.output.out(table.toString().toUtf8());
    return ExitOk;
}

int budgetSet(Context &context, const BudgetOptions &options)
{
    if (options.limits.isEmpty())
        return missingPeriod(context);
    for (const auto &[period, amount] : options.limits) {
        const Result<Money> limit = Money::fromDecimal(amount);
        if (!limit || limit->isNegative())
            return context.output.problem(
                u"--%1 %2 is no amount; write plain US dollars such as 20 or 0.50"_s.arg(period, amount),
                ExitUsage);
    }
    const std::optional<ScopeText> scope = scopeOf(context, options);
    if (!scope)
        return ExitFailure;
    for (const auto &[period, amount] : options.limits) {
        const std::optional<ApiAnswer> answer =
            ask(context, "PUT", budgetPath(*scope, period), QJsonObject{{u"limit"_s, amount}});
        if (!answer)
            return ExitFailure;
        if (context.json)
            printJson(context, *answer);
        else
            context.output.print(u"Limit for %1: %2 %3."_s.arg(scope->people, moneyText(amount), period));
    }
    return ExitOk;
}

int budgetRemove(Context &context, const BudgetOptions &options)
{
    if (options.limits.isEmpty())
        return missingPeriod(context);
    const std::optional<ScopeText> scope = scopeOf(context, options);
    if (!scope)
        return ExitFailure;
    for (const auto &[period, unused] : options.limits) {
        const std::optional<ApiAnswer> answer = ask(context, "DELETE", budgetPath(*scope, period));
        if (!answer)
            return ExitFailure;
        if (context.json && !answer->body.isEmpty())
            printJson(context, *answer);
        else
            context.output.print(u"Removed the %1 limit for %2."_s.arg(period, scope->people));
    }
    return ExitOk;
}

static int setPaused(Context &context, const QString &key, bool paused)
{
    QJsonObject body;
    QString whose = u"all keys"_s;
    if (!key.isEmpty()) {
        const std::optional<QJsonObject> found = findKey(context, key);
        if (!found)
            return ExitFailure;
        body.insert(u"key"_s, found->value("id"_L1));
        whose = u"the key \"%1\""_s.arg(found->value("name"_L1).toString());
    }
    const std::optional<ApiAnswer> answer =
        ask(context, "POST", paused ? u"/api/pause"_s : u"/api/resume"_s, body);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    context.output.print(paused ? u"Paused: new requests of %1 are refused until you resume."_s.arg(whose)
                                : u"Resumed: %1 may spend again."_s.arg(whose));
    return ExitOk;
}

int pauseSpending(Context &context, const QString &key)
{
    return setPaused(context, key, true);
}

int resumeSpending(Context &context, const QString &key)
{
    return setPaused(context, key, false);
}

} // namespace lbp
