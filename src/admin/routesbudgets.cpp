#include "admin/routes.h"
#include "admin/views.h"

namespace lbp {

namespace {

struct Place
{
    Scope scope;
    Period period;
};

/// The budget that a path names: global/{period} or {scope}/{id}/{period}.
Result<Place> placeOf(const QStringList &args)
{
    Place place;
    if (args.size() == 3) {
        const Result<ScopeKind> kind = scopeKindFromName(args[0]);
        if (!kind || *kind == ScopeKind::Global)
            return fail(ErrorCode::NotFound,
                        QStringLiteral("a budget's scope is global, team, project or key"));
        place.scope = {*kind, args[1]};
        if (*kind == ScopeKind::Key) {
            const std::optional<KeyId> id = view::keyIdFromText(args[1]);
            if (!id)
                return fail(ErrorCode::NotFound,
                            QStringLiteral("there is no such key; ids look like \"key_3\""));
            place.scope.id = QString::number(*id);
        }
    }
    const Result<Period> period = periodFromName(args.last());
    if (!period)
        return fail(ErrorCode::NotFound,
                    QStringLiteral("a budget's period is hourly, daily, weekly, monthly or total"));
    place.period = *period;
    return place;
}

void listBudgets(const CallPtr &call, Services &services)
{
    services.mailbox.when(
        services.control.budgets(), [call, &services](const Result<QList<BudgetStatus>> &all) {
            if (!all)
                return call->refuse(all.error());
            call->ok({{QStringLiteral("budgets"), view::budgets(*all)},
                      {QStringLiteral("paused"), services.control.isPaused()},
                      {QStringLiteral("timeZone"), QString::fromLatin1(services.control.timeZone().id())}});
        });
}

void putBudget(const CallPtr &call, Services &services)
{
    const QString member = QStringLiteral("limit");
    JsonBody body(call->request.body, {member});
    const std::optional<Money> limit = body.money(member);
    if (!limit)
        body.fault(member, QStringLiteral("is needed: an amount in USD such as \"5.00\""));
    if (!body.status())
        return call->refuse(body.status().error());
    const Result<Place> place = placeOf(call->args);
    if (!place)
        return call->refuse(place.error());
    const Budget budget{place->scope, place->period, *limit, false};
    services.mailbox.when(services.control.setBudget(budget), [call, budget](const Status &done) {
        done ? call->ok(view::budget(budget)) : call->refuse(done.error());
    });
}

void deleteBudget(const CallPtr &call, Services &services)
{
    const Result<Place> place = placeOf(call->args);
    if (!place)
        return call->refuse(place.error());
    services.mailbox.when(
        services.control.removeBudget(place->scope, place->period), [call](const Status &done) {
            done ? call->ok({{QStringLiteral("removed"), true}}) : call->refuse(done.error());
        });
}

void showMe(const CallPtr &call, Services &services)
{
    services.mailbox.when(services.control.view(call->key->id), [call](const Result<KeyView> &seen) {
        if (!seen)
            return call->refuse(seen.error());
        const auto limit = [](int most, int used) {
            return QJsonObject{{QStringLiteral("limit"), most > 0 ? QJsonValue(most) : QJsonValue()},
                               {QStringLiteral("used"), used},
                               {QStringLiteral("remaining"),
                                most > 0 ? QJsonValue(std::max(0, most - used)) : QJsonValue()}};
        };
        const DataPlane::KeyLoad &load = seen->load;
        QJsonObject json = view::key(seen->key);
        json.insert(QStringLiteral("budgets"), view::budgets(seen->budgets));
        json.insert(QStringLiteral("limits"),
                    QJsonObject{{QStringLiteral("rpm"), limit(load.rpmLimit, load.rpmUsed)},
                                {QStringLiteral("tpm"), limit(load.tpmLimit, load.tpmUsed)},
                                {QStringLiteral("parallel"), limit(load.parallelLimit, load.running)}});
        json.insert(QStringLiteral("paused"), seen->allPaused || seen->key.status == KeyStatus::Paused);
        call->ok(json);
    });
}

} // namespace

void addBudgetRoutes(Router &router, Services &services)
{
    const QString global = QStringLiteral("/api/budgets/global/{period}"),
                  scoped = QStringLiteral("/api/budgets/{scope}/{id}/{period}");
    const auto put = [&services](const CallPtr &call) { putBudget(call, services); };
    const auto remove = [&services](const CallPtr &call) { deleteBudget(call, services); };
    router.add("GET", QStringLiteral("/api/budgets"), Access::Admin,
               [&services](const CallPtr &call) { listBudgets(call, services); });
    router.add("PUT", global, Access::Admin, put);
    router.add("DELETE", global, Access::Admin, remove);
    router.add("PUT", scoped, Access::Admin, put);
    router.add("DELETE", scoped, Access::Admin, remove);
    router.add("GET", QStringLiteral("/api/me"), Access::Key,
               [&services](const CallPtr &call) { showMe(call, services); });
}

} // namespace lbp
