#include "cli/commands.h"

#include "cli/lookup.h"
#include "cli/text.h"
#include "core/key.h"

#include <QDateTime>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

/// Budgets as "$1.20 of $20.00 monthly", tightest first as the API has them.
QString budgetsText(const QJsonArray &budgets)
{
    QStringList texts;
    for (const QJsonValue value : budgets) {
        const QJsonObject budget = value.toObject();
        const QString limit = moneyText(budget.value("limit"_L1).toString());
        const QString period = budget.value("period"_L1).toString();
        const QString spent = budget.value("spent"_L1).toString();
        texts.append(spent.isEmpty() ? u"%1 %2"_s.arg(limit, period)
                                     : u"%1 of %2 %3"_s.arg(moneyText(spent), limit, period));
    }
    return texts.join(u", "_s);
}

QString limitText(const QJsonObject &key, QLatin1String name)
{
    const QJsonValue value = key.value(name);
    return value.isDouble() ? (value.toInteger() == 0 ? u"none"_s : countText(value.toInteger())) : QString();
}

QString keyPath(const QJsonObject &key)
{
    return u"/api/keys/"_s + key.value("id"_L1).toString();
}

bool checkMoney(Context &context, const char *option, const std::optional<QString> &amount)
{
    if (!amount || amount->isEmpty())
        return true;
    const Result<Money> money = Money::fromDecimal(*amount);
    if (money && !money->isNegative())
        return true;
    context.output.problem(u"%1 %2 is no amount; write plain US dollars such as 20 or 0.50"_s.arg(
        QLatin1String(option), *amount));
    return false;
}

void put(QJsonObject &body, const QString &name, const std::optional<QString> &value)
{
    if (value)
        body.insert(name, value->isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(*value));
}

void put(QJsonObject &body, const QString &name, const std::optional<int> &value)
{
    if (value)
        body.insert(name, *value);
}

/// What `create` and `update` send; nothing after a mistake, which has been reported.
std::optional<QJsonObject> settings(Context &context, const KeyOptions &options)
{
    if (!checkMoney(context, "--budget", options.budget)
        || !checkMoney(context, "--max-spend-per-minute", options.maxSpendPerMinute))
        return std::nullopt;
    if (options.period && !options.budget) {
        context.output.problem(u"--period needs --budget: say how much may be spent in it"_s);
        return std::nullopt;
    }
    if (options.name) {
        if (const Status valid = checkKeyName(*options.name); !valid) {
            context.output.problem(valid.error().detail);
            return std::nullopt;
        }
    }
    QJsonObject body;
    if (options.name)
        body.insert(u"name"_s, *options.name);
    for (const auto &[name, value] :
         {std::pair(u"team"_s, options.team), std::pair(u"project"_s, options.project)}) {
        if (value)
            body.insert(name, *value);
    }
    put(body, u"maxSpendPerMinute"_s, options.maxSpendPerMinute);
    put(body, u"rpm"_s, options.rpm);
    put(body, u"tpm"_s, options.tpm);
    put(body, u"parallel"_s, options.parallel);
    if (options.models)
        body.insert(u"allowedModels"_s, QJsonArray::fromStringList(*options.models));
    if (options.allowUnmetered)
        body.insert(u"allowUnmetered"_s, *options.allowUnmetered);
    if (options.expires && options.expires->isEmpty()) {
        body.insert(u"expiresAt"_s, QJsonValue::Null);
    } else if (options.expires) {
        const QDateTime now = QDateTime::currentDateTime();
        Result<QString> when = instantFromText(*options.expires, now);
        if (const Result<qint64> span = secondsFromText(*options.expires))
            when = now.addSecs(*span).toUTC().toString(Qt::ISODate);
        else if (when && when->size() == 10) // a day: the key ends when it begins here
            when = QDate::fromString(*when, Qt::ISODate).startOfDay().toUTC().toString(Qt::ISODate);
        if (!when) {
            context.output.problem(u"--expires: "_s + when.error().detail);
            return std::nullopt;
        }
        body.insert(u"expiresAt"_s, *when);
    }
    return body;
}

/// The plaintext goes alone to standard output, so that KEY=$(lbp key create …) works.
int printPlaintext(Context &context, const ApiAnswer &answer, const QString &remark)
{
    if (context.json)
        return printJson(context, answer);
    const QString key = answer.object().value("key"_L1).toString();
    context.output.print(key);
    context.output.note(remark);
    context.output.note(
        u"This is the only time the key is shown. Point tools at the proxy with: eval \"$(lbp env KEY)\""_s);
    return ExitOk;
}

} // namespace

int keyCreate(Context &context, const KeyOptions &options)
{
    std::optional<QJsonObject> body = settings(context, options);
    if (!body)
        return ExitUsage;
    if (options.budget && !options.budget->isEmpty()) {
        body->insert(u"budgetPeriod"_s, options.period.value_or(u"monthly"_s));
        body->insert(u"budgetLimit"_s, *options.budget);
    }
    const std::optional<ApiAnswer> answer = ask(context, "POST", u"/api/keys"_s, *body);
    if (!answer)
        return ExitFailure;
    return printPlaintext(
        context, *answer,
        u"Created the key \"%1\" (%2)."_s.arg(*options.name, answer->object().value("id"_L1).toString()));
}

int keyList(Context &context, const KeyOptions &options)
{
    const std::optional<ApiAnswer> answer =
        ask(context, "GET", options.all ? u"/api/keys?includeRevoked=true"_s : u"/api/keys"_s);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    // What each has spent stands with the budgets.
    const std::optional<ApiAnswer> budgets = ask(context, "GET", u"/api/budgets"_s);
    if (!budgets)
        return ExitFailure;
    QHash<QString, QJsonArray> budgetsOf;
    for (const QJsonValue value : budgets->object().value("budgets"_L1).toArray()) {
        if (value.toObject().value("scope"_L1) == "key"_L1)
            budgetsOf[value.toObject().value("id"_L1).toString()].append(value);
    }
    TextTable table(
        {{u"ID"_s}, {u"NAME"_s}, {u"TEAM"_s}, {u"PROJECT"_s}, {u"STATUS"_s}, {u"KEY"_s}, {u"BUDGETS"_s}});
    for (const QJsonValue value : answer->object().value("keys"_L1).toArray()) {
        const QJsonObject key = value.toObject();
        const QString status = key.value("status"_L1).toString();
        if (!options.all && status == "revoked"_L1)
            continue;
        table.addRow({key.value("id"_L1).toString(), key.value("name"_L1).toString(),
                      key.value("team"_L1).toString(), key.value("project"_L1).toString(), status,
                      u"lbp_…"_s + key.value("last4"_L1).toString(),
                      budgetsText(budgetsOf.value(key.value("id"_L1).toString()))});
    }
    if (table.isEmpty())
        context.output.note(u"There are no keys yet. Create one with: lbp key create NAME --budget 20"_s);
    else
        context.output.out(table.toString().toUtf8());
    return ExitOk;
}

int keyShow(Context &context, const KeyOptions &options)
{
    const std::optional<QJsonObject> found = findKey(context, options.key);
    if (!found)
        return ExitFailure;
    const std::optional<ApiAnswer> answer = ask(context, "GET", keyPath(*found));
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    const QJsonObject key = answer->object();
    QStringList models;
    for (const QJsonValue model : key.value("allowedModels"_L1).toArray())
        models.append(model.toString());
    const QString reason = key.value("pausedReason"_L1).toString();
    const QString status =
        key.value("status"_L1).toString() + (reason.isEmpty() ? QString() : u" (%1)"_s.arg(reason));
    const QString runaway = key.value("maxSpendPerMinute"_L1).toString();
    const std::pair<QString, QString> lines[] = {
        {u"Id"_s, key.value("id"_L1).toString()},
        {u"Name"_s, key.value("name"_L1).toString()},
        {u"Team"_s, key.value("team"_L1).toString()},
        {u"Project"_s, key.value("project"_L1).toString()},
        {u"Status"_s, status},
        {u"Key ends in"_s, key.value("last4"_L1).toString()},
        {u"Created"_s, localTimeText(key.value("createdAt"_L1).toString())},
        {u"Expires"_s, localTimeText(key.value("expiresAt"_L1).toString())},
        {u"Models"_s, models.isEmpty() ? u"all"_s : models.join(u", "_s)},
        {u"Requests/min"_s, limitText(key, "rpm"_L1)},
        {u"Tokens/min"_s, limitText(key, "tpm"_L1)},
        {u"Parallel"_s, limitText(key, "parallel"_L1)},
        {u"Spend/min"_s, runaway.isEmpty() ? QString() : moneyText(runaway)},
        {u"Unmetered"_s, key.value("allowUnmetered"_L1).toBool() ? u"let through"_s : QString()},
        {u"Budgets"_s, budgetsText(key.value("budgets"_L1).toArray())},
    };
    for (const auto &[name, value] : lines) {
        if (!value.isEmpty())
            context.output.print(name.leftJustified(14) + printable(value));
    }
    return ExitOk;
}

int keyUpdate(Context &context, const KeyOptions &options)
{
    const std::optional<QJsonObject> body = settings(context, options);
    if (!body)
        return ExitUsage;
    if (body->isEmpty() && !options.budget)
        return context.output.problem(u"nothing to change; `lbp key update --help` lists the settings"_s,
                                      ExitUsage);
    const std::optional<QJsonObject> key = findKey(context, options.key);
    if (!key)
        return ExitFailure;
    if (!body->isEmpty() && !ask(context, "PATCH", keyPath(*key), *body))
        return ExitFailure;
    if (options.budget) {
        const QString path = u"/api/budgets/key/%1/%2"_s.arg(key->value("id"_L1).toString(),
                                                             options.period.value_or(u"monthly"_s));
        const bool clear = options.budget->isEmpty();
        if (!ask(context, clear ? "DELETE" : "PUT", path,
                 clear ? std::nullopt : std::optional(QJsonObject{{u"limit"_s, *options.budget}})))
            return ExitFailure;
    }
    if (context.json) {
        const std::optional<ApiAnswer> answer = ask(context, "GET", keyPath(*key));
        return answer ? printJson(context, *answer) : ExitFailure;
    }
    context.output.print(
        u"Changed the key \"%1\"."_s.arg(options.name.value_or(key->value("name"_L1).toString())));
    return ExitOk;
}

int keyRotate(Context &context, const KeyOptions &options)
{
    QJsonObject body;
    if (!options.grace.isEmpty()) {
        const Result<qint64> seconds = secondsFromText(options.grace);
        if (!seconds)
            return context.output.problem(u"--grace: "_s + seconds.error().detail, ExitUsage);
        body.insert(u"graceSeconds"_s, *seconds);
    }
    const std::optional<QJsonObject> key = findKey(context, options.key);
    if (!key)
        return ExitFailure;
    const std::optional<ApiAnswer> answer = ask(context, "POST", keyPath(*key) + u"/rotate"_s, body);
    if (!answer)
        return ExitFailure;
    return printPlaintext(context, *answer,
                          u"The key \"%1\" has a new plaintext; the old one %2."_s.arg(
                              key->value("name"_L1).toString(),
                              options.grace.isEmpty() ? u"is refused from now on"_s
                                                      : u"is accepted for another %1"_s.arg(options.grace)));
}

int keyRevoke(Context &context, const KeyOptions &options)
{
    const std::optional<QJsonObject> key = findKey(context, options.key);
    if (!key)
        return ExitFailure;
    const QString name = key->value("name"_L1).toString();
    if (key->value("status"_L1).toString() == "revoked"_L1)
        return context.output.problem(u"the key \"%1\" is revoked already"_s.arg(name));
    const std::optional<ApiAnswer> answer = ask(context, "DELETE", keyPath(*key));
    if (!answer)
        return ExitFailure;
    if (context.json && !answer->body.isEmpty())
        return printJson(context, *answer);
    context.output.print(u"Revoked the key \"%1\"."_s.arg(name));
    return ExitOk;
}

} // namespace lbp
