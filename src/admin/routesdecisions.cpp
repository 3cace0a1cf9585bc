// Raises, held requests and simulations: what a person decides, and what would be decided.
#include "admin/routes.h"
#include "admin/views.h"

#include <limits>

namespace lbp {

namespace {

void raiseBudget(const CallPtr &call, Services &services)
{
    const QString scopeName = QStringLiteral("scope"), idName = QStringLiteral("id"),
                  periodName = QStringLiteral("period"), amountName = QStringLiteral("amount");
    JsonBody body(call->request.body, {scopeName, idName, periodName, amountName});
    const std::optional<QString> kindText = body.string(scopeName);
    const std::optional<QString> id = body.string(idName);
    const std::optional<QString> periodText = body.string(periodName);
    const std::optional<Money> amount = body.money(amountName);
    const Result<ScopeKind> kind = scopeKindFromName(kindText.value_or(QString()));
    const Result<Period> period = periodFromName(periodText.value_or(QStringLiteral("daily")));
    if (!kind)
        body.fault(scopeName, QStringLiteral("is needed: global, team, project or key"));
    else if (*kind != ScopeKind::Global && id.value_or(QString()).isEmpty())
        body.fault(idName,
                   QStringLiteral("is needed: the name of the team or project, or the id of the key"));
    else if (*kind == ScopeKind::Global && id)
        body.fault(idName, QStringLiteral("does not go with the scope global"));
    if (!period)
        body.fault(periodName, QStringLiteral("is hourly, daily, weekly or monthly"));
    if (!amount)
        body.fault(amountName, QStringLiteral("is needed: an amount in USD such as \"5.00\""));
    if (!body.status())
        return call->refuse(body.status().error());
    Scope scope{*kind, id.value_or(QString())};
    if (*kind == ScopeKind::Key) {
        const std::optional<KeyId> key = keyArgument(call, services, *id);
        if (!key)
            return;
        scope.id = QString::number(*key);
    }
    services.mailbox.when(services.control.raiseBudget(std::move(scope), *period, *amount),
                          [call](const Result<BudgetRaise> &raised) {
                              raised ? call->ok(view::raise(*raised)) : call->refuse(raised.error());
                          });
}

void listHolds(const CallPtr &call, Services &services)
{
    services.mailbox.when(services.control.held(), [call](const QList<HeldRequest> &held) {
        QJsonArray list;
        for (const HeldRequest &one : held)
            list.append(view::held(one));
        call->ok({{QStringLiteral("holds"), list}});
    });
}

void answerHold(const CallPtr &call, Services &services)
{
    const QString answerName = QStringLiteral("answer"), amountName = QStringLiteral("amount");
    JsonBody body(call->request.body, {answerName, amountName});
    const QString said = body.string(answerName).value_or(QString());
    const std::optional<Money> amount = body.money(amountName);
    HoldAnswer answer;
    if (said == u"allowOnce")
        answer.kind = HoldAnswer::Kind::AllowOnce;
    else if (said == u"raise")
        answer.kind = HoldAnswer::Kind::RaiseToday;
    else if (said != u"block")
        body.fault(answerName, QStringLiteral("is needed: allowOnce, raise or block"));
    const bool raises = answer.kind == HoldAnswer::Kind::RaiseToday;
    if (raises && !amount)
        body.fault(amountName, QStringLiteral("is needed: an amount in USD such as \"5.00\""));
    if (!raises && amount)
        body.fault(amountName, QStringLiteral("goes with the answer raise only"));
    answer.amount = amount.value_or(Money());
    if (!body.status())
        return call->refuse(body.status().error());
    const std::optional<RequestId> id = RequestId::fromText(call->args.value(0).toUtf8());
    if (!id)
        return call->refuse(ErrorCode::NotFound,
                            QStringLiteral("no request with this id is held; ids look like \"req_…\""));
    services.mailbox.when(services.control.answerHold(*id, answer), [call, id, said](const Status &done) {
        done ? call->ok(
            {{QStringLiteral("id"), QString::fromLatin1(id->toText())}, {QStringLiteral("answer"), said}})
             : call->refuse(done.error());
    });
}

void simulate(const CallPtr &call, Services &services)
{
    const QString keyName = QStringLiteral("key"), modelName = QStringLiteral("model"),
                  inputName = QStringLiteral("inputTokens"), outputName = QStringLiteral("outputTokens"),
                  streamName = QStringLiteral("stream");
    JsonBody body(call->request.body, {keyName, modelName, inputName, outputName, streamName});
    const std::optional<QString> key = body.string(keyName);
    const std::optional<QString> model = body.string(modelName);
    SimulationRequest wanted;
    wanted.inputTokens = body.integer(inputName, 0, std::numeric_limits<int>::max()).value_or(0);
    if (const std::optional<int> output = body.integer(outputName, 0, std::numeric_limits<int>::max()))
        wanted.outputTokens = *output;
    wanted.stream = body.boolean(streamName).value_or(false);
    if (!key)
        body.fault(keyName, QStringLiteral("is needed: the id of a key"));
    if (!model || model->isEmpty())
        body.fault(modelName, QStringLiteral("is needed: the name of a model"));
    if (!body.status())
        return call->refuse(body.status().error());
    const std::optional<KeyId> id = keyArgument(call, services, *key);
    if (!id)
        return;
    wanted.key = *id;
    wanted.model = *model;
    services.mailbox.when(
        services.control.simulate(std::move(wanted)), [call](const Result<Simulation> &simulation) {
            simulation ? call->ok(view::simulation(*simulation)) : call->refuse(simulation.error());
        });
}

} // namespace

void addDecisionRoutes(Router &router, Services &services)
{
    const auto with = [&services](void (*handler)(const CallPtr &, Services &)) {
        return [&services, handler](const CallPtr &call) { handler(call, services); };
    };
    router.add("POST", QStringLiteral("/api/budgets/raise"), Access::Admin, with(raiseBudget));
    router.add("GET", QStringLiteral("/api/holds"), Access::Admin, with(listHolds));
    router.add("POST", QStringLiteral("/api/holds/{id}"), Access::Admin, with(answerHold));
    router.add("POST", QStringLiteral("/api/simulate"), Access::Admin, with(simulate));
}

} // namespace lbp
