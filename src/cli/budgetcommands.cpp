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

int budgetRaise(Context &context, const BudgetOptions &options, const QString &by)
{
    const Result<Money> amount = Money::fromDecimal(by);
    if (!amount || *amount <= Money())
        return context.output.problem(
            u"--by %1 is no amount; write plain US dollars such as 5 or 0.50"_s.arg(by), ExitUsage);
    if (options.limits.size() > 1)
        return context.output.problem(u"name one period"_s, ExitUsage);
    const std::optional<ScopeText> scope = scopeOf(context, options);
    if (!scope)
        return ExitFailure;
    const QString period = options.limits.isEmpty() ? u"daily"_s : options.limits.front().first;
    QJsonObject body{{u"scope"_s, scope->kind}, {u"period"_s, period}, {u"amount"_s, by}};
    if (!scope->id.isEmpty())
        body.insert(u"id"_s, scope->id);
    const std::optional<ApiAnswer> answer = ask(context, "POST", u"/api/budgets/raise"_s, body);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    context.output.print(u"The %1 limit for %2 is raised by %3 until its period ends."_s.arg(
        period, scope->people, moneyText(by)));
    return ExitOk;
}

int pauseSpending(Context &context, const PauseOptions &options)
{
    QJsonObject body;
    QString whose = u"all keys"_s;
    if (!options.key.isEmpty()) {
        if (!options.forTime.isEmpty() || !options.until.isEmpty())
            return context.output.problem(u"--for and --until pause everything; leave out --key"_s,
                                          ExitUsage);
        const std::optional<QJsonObject> found = findKey(context, options.key);
        if (!found)
            return ExitFailure;
        body.insert(u"key"_s, found->value("id"_L1));
        whose = u"the key \"%1\""_s.arg(found->value("name"_L1).toString());
    }
    if (!options.forTime.isEmpty()) {
        const Result<qint64> seconds = secondsFromText(options.forTime);
        if (!seconds || *seconds < 60)
            return context.output.problem(
                u"--for %1 is no time; write minutes, hours or days such as 15m, 2h or 1d"_s.arg(
                    options.forTime),
                ExitUsage);
        body.insert(u"minutes"_s, (*seconds + 59) / 60);
    } else if (!options.until.isEmpty()) {
        body.insert(u"until"_s, options.until);
    }
    const std::optional<ApiAnswer> answer = ask(context, "POST", u"/api/pause"_s, body);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    const QString until = answer->object().value("until"_L1).toString();
    context.output.print(u"Paused: new requests of %1 are refused until %2."_s.arg(
        whose, until.isEmpty() ? u"you resume"_s : localTimeText(until)));
    return ExitOk;
}

int resumeSpending(Context &context, const QString &key)
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
    const std::optional<ApiAnswer> answer = ask(context, "POST", u"/api/resume"_s, body);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    context.output.print(u"Resumed: %1 may spend again."_s.arg(whose));
    return ExitOk;
}

int holdList(Context &context)
{
    const std::optional<ApiAnswer> answer = ask(context, "GET", u"/api/holds"_s);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    using enum TextTable::Align;
    TextTable table({{u"ID"_s},
                     {u"KEY"_s},
                     {u"MODEL"_s},
                     {u"NEEDS"_s, Right},
                     {u"BUDGET"_s},
                     {u"LEFT"_s, Right},
                     {u"REFUSED AT"_s}});
    for (const QJsonValue value : answer->object().value("holds"_L1).toArray()) {
        const QJsonObject hold = value.toObject();
        const QJsonObject budget = hold.value("budget"_L1).toObject();
        table.addRow({hold.value("id"_L1).toString(), hold.value("keyName"_L1).toString(),
                      hold.value("model"_L1).toString(), moneyText(hold.value("needed"_L1).toString()),
                      budget.value("period"_L1).toString() + u' ' + budget.value("scope"_L1).toString(),
                      moneyText(budget.value("remaining"_L1).toString()),
                      localTimeText(hold.value("deadline"_L1).toString())});
    }
    if (table.isEmpty())
        context.output.note(u"Nothing waits for an answer."_s);
    else
        context.output.out(table.toString().toUtf8());
    return ExitOk;
}

int holdAnswer(Context &context, const HoldOptions &options)
{
    QJsonObject body{{u"answer"_s,
                      options.allowOnce   ? u"allowOnce"_s
                          : options.block ? u"block"_s
                                          : u"raise"_s}};
    if (!options.raise.isEmpty()) {
        const Result<Money> amount = Money::fromDecimal(options.raise);
        if (!amount || *amount <= Money())
            return context.output.problem(
                u"--raise %1 is no amount; write plain US dollars such as 5 or 0.50"_s.arg(options.raise),
                ExitUsage);
        body.insert(u"amount"_s, options.raise);
    }
    const std::optional<ApiAnswer> answer = ask(
        context, "POST", u"/api/holds/"_s + QString::fromLatin1(QUrl::toPercentEncoding(options.id)), body);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    context.output.print(options.block ? u"The request is refused."_s : u"The request may run."_s);
    return ExitOk;
}

} // namespace lbp
