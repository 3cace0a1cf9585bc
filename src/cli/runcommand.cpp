#include "cli/commands.h"

#include "cli/childprocess.h"
#include "cli/lookup.h"
#include "cli/text.h"
#include "cli/toolenvironment.h"
#include "cli/unixsignals.h"
#include "core/secret.h"

#include <csignal>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTimer>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

/// A name that says what ran, and that no other run has.
QString runName(const QString &command)
{
    static constexpr char alphabet[] = "abcdefghjkmnpqrstvwxyz23456789";
    QString name = u"run-"_s;
    for (const QChar c : QFileInfo(command).fileName().left(40))
        name += c.isLetterOrNumber() || c == u'.' || c == u'_' ? c : u'-';
    name += u'-';
    for (int i = 0; i < 6; ++i)
        name += QLatin1Char(alphabet[QRandomGenerator::system()->bounded(int(sizeof alphabet) - 1)]);
    return name;
}

/// The settings that a run takes over from a key, and how much it may spend at most.
struct Model
{
    QJsonObject settings;
    std::optional<Money> left; ///< of the key's own budgets
};

std::optional<Model> modelKey(Context &context, const QString &nameOrId)
{
    const std::optional<QJsonObject> found = findKey(context, nameOrId);
    if (!found)
        return std::nullopt;
    const QString status = found->value("status"_L1).toString();
    if (status != "active"_L1) {
        context.output.problem(
            u"the key \"%1\" is %2, so nothing may be spent like it"_s.arg(nameOrId, status));
        return std::nullopt;
    }
    const std::optional<ApiAnswer> answer =
        ask(context, "GET", u"/api/keys/"_s + found->value("id"_L1).toString());
    if (!answer)
        return std::nullopt;
    const QJsonObject key = answer->object();
    Model model;
    for (const QString &name : {u"team"_s, u"project"_s, u"allowedModels"_s, u"rpm"_s, u"tpm"_s,
                                u"parallel"_s, u"maxSpendPerMinute"_s, u"allowUnmetered"_s}) {
        if (const QJsonValue value = key.value(name); !value.isNull() && !value.isUndefined())
            model.settings.insert(name, value);
    }
    for (const QJsonValue value : key.value("budgets"_L1).toArray()) {
        const QJsonObject budget = value.toObject();
        const QJsonValue kind = budget.value("scope"_L1);
        const Result<Money> remaining = Money::fromDecimal(budget.value("remaining"_L1).toString());
        if (kind == "key"_L1 && remaining)
            model.left = std::min(model.left.value_or(Money::max()), *remaining);
    }
    return model;
}

struct Spend
{
    Money cost;
    qint64 requests = 0;
    qint64 unpriced = 0;
};

/// What the run's key has spent, once nothing of it is open any more: the child's last connections close with
/// it, and what was seen of them is settled a moment later.
std::optional<Spend> spendOf(Context &context, const QString &keyId)
{
    QElapsedTimer patience;
    patience.start();
    for (;;) {
        bool isOpen = false;
        const Result<ApiAnswer> open = context.session.call(
            "GET",
            targetWith(u"/api/requests"_s,
                       {{u"key"_s, keyId}, {u"outcome"_s, u"open"_s}, {u"limit"_s, u"1"_s}}));
        if (open && open->isOk())
            isOpen = !open->object().value("requests"_L1).toArray().isEmpty();
        if (!isOpen || patience.hasExpired(3000))
            break;
        QEventLoop pause;
        QTimer::singleShot(50, &pause, &QEventLoop::quit);
        pause.exec();
    }
    const Result<ApiAnswer> answer =
        context.session.call("GET", u"/api/usage?groupBy=key&from=1970-01-01T00:00:00Z"_s);
    if (!answer || !answer->isOk())
        return std::nullopt;
    for (const QJsonValue value : answer->object().value("groups"_L1).toArray()) {
        const QJsonObject row = value.toObject();
        if (row.value("group"_L1).toString() != keyId)
            continue;
        const Result<Money> cost = Money::fromDecimal(row.value("cost"_L1).toString());
        if (!cost)
            return std::nullopt;
        return Spend{*cost, row.value("requests"_L1).toInteger(), row.value("unpriced"_L1).toInteger()};
    }
    return Spend{};
}

} // namespace

int run(Context &context, const RunOptions &options)
{
    const Output &output = context.output;
    if (options.command.isEmpty())
        return output.problem(
            u"what is to be run? Put it behind two dashes: lbp run --budget 2 -- COMMAND ARGUMENTS"_s,
            ExitUsage);
    const Result<Money> wanted = Money::fromDecimal(options.budget);
    if (!wanted || wanted->isNegative())
        return output.problem(
            u"--budget %1 is no amount; write plain US dollars such as 2 or 0.50"_s.arg(options.budget),
            ExitUsage);
    Money limit = *wanted;

    const Result<QUrl> proxy = context.session.ensureProxy();
    if (!proxy)
        return output.problem(proxy.error().detail);
    QJsonObject settings;
    if (!options.key.isEmpty()) {
        const std::optional<Model> model = modelKey(context, options.key);
        if (!model)
            return ExitFailure;
        settings = model->settings;
        limit = std::min(limit, model->left.value_or(limit));
    }
    if (!options.team.isEmpty())
        settings.insert(u"team"_s, options.team);
    if (!options.project.isEmpty())
        settings.insert(u"project"_s, options.project);
    const QString name = runName(options.command.front());
    settings.insert(u"name"_s, name);
    settings.insert(u"budgetPeriod"_s, u"total"_s);
    settings.insert(u"budgetLimit"_s, limit.toDecimal());

    // From here on a signal must not end this process before the key is revoked.
    UnixSignals signalEvents({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2},
                             UnixSignals::Ignored::Stay);
    int pendingSignal = 0;
    ChildProcess child;
    bool started = false;
    QObject::connect(&signalEvents, &UnixSignals::received, &child, [&](int number, bool fromTerminal) {
        if (!started)
            pendingSignal = number;
        else if (!fromTerminal) // from the terminal the child has had it already
            child.sendSignal(number);
    });

    const std::optional<ApiAnswer> created = ask(context, "POST", u"/api/keys"_s, settings);
    if (!created)
        return ExitFailure;
    const QString keyId = created->object().value("id"_L1).toString();
    const QString key = created->object().value("key"_L1).toString();

    int code = ExitFailure;
    std::optional<ChildEnd> end;
    QEventLoop loop;
    QObject::connect(&child, &ChildProcess::ended, &loop, [&](const ChildEnd &how) {
        end = how;
        loop.quit();
    });
    if (pendingSignal != 0) {
        code = 128 + pendingSignal;
    } else if (const auto begun =
                   child.start(options.command, childEnvironment(context.inherited.environment, *proxy, key),
                               context.inherited);
               !begun) {
        code = output.problem(begun.error().text, begun.error().exitCode);
    } else {
        started = true;
        loop.exec();
    }

    const Result<ApiAnswer> revoked = context.session.call("DELETE", u"/api/keys/"_s + keyId);
    if (!revoked || !revoked->isOk())
        output.problem(u"the key \"%1\" could not be revoked (%2); do it with: lbp key revoke %3"_s.arg(
            name, revoked ? revoked->problem() : revoked.error().detail, keyId));
    if (end && !options.quiet) {
        if (const std::optional<Spend> spend = spendOf(context, keyId)) {
            QString text = u"lbp: %1 spent %2 of %3 in %4"_s.arg(
                options.command.front(), moneyText(spend->cost), moneyText(limit),
                spend->requests == 1 ? u"1 request"_s : countText(spend->requests) + u" requests"_s);
            if (spend->unpriced > 0)
                text += u"; the cost of %1 of them is unknown"_s.arg(countText(spend->unpriced));
            output.note(text);
        } else {
            output.note(u"lbp: what was spent cannot be told now; see: lbp usage"_s);
        }
    }
    if (!end)
        return code;
    context.childStatus = end->status;
    return end->exitCode();
}

} // namespace lbp
