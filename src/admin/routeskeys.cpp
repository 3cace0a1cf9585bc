#include "admin/routes.h"
#include "admin/views.h"

namespace lbp {

namespace {

constexpr int maxLimit = 1'000'000'000;

const QStringList keyMembers{
    QStringLiteral("name"),          QStringLiteral("team"),      QStringLiteral("project"),
    QStringLiteral("rpm"),           QStringLiteral("tpm"),       QStringLiteral("parallel"),
    QStringLiteral("allowedModels"), QStringLiteral("expiresAt"), QStringLiteral("maxSpendPerMinute"),
    QStringLiteral("allowUnmetered")};

QStringList periodNames()
{
    QStringList names;
    for (const Period period : allPeriods)
        names.append(periodName(period));
    return names;
}

QList<std::pair<Period, Money>> readBudgets(JsonBody &body)
{
    QList<std::pair<Period, Money>> budgets;
    const QString periodMember = QStringLiteral("budgetPeriod"), limitMember = QStringLiteral("budgetLimit"),
                  mapMember = QStringLiteral("budgets");
    const std::optional<QString> period = body.string(periodMember);
    const std::optional<Money> limit = body.money(limitMember);
    if (period && !limit)
        body.fault(limitMember, QStringLiteral("is needed with budgetPeriod"));
    if (limit) {
        const Result<Period> parsed = periodFromName(period.value_or(QStringLiteral("monthly")));
        if (parsed)
            budgets.append({*parsed, *limit});
        else
            body.fault(periodMember, QStringLiteral("must be one of ") + periodNames().join(u", "));
    }
    if (const QByteArray map = body.object(mapMember); !map.isEmpty()) {
        JsonBody inner(map, periodNames(), mapMember);
        for (const Period each : allPeriods)
            if (const std::optional<Money> amount = inner.money(periodName(each)))
                budgets.append({each, *amount});
        if (!inner.status())
            body.fault({}, inner.status().error().detail);
    }
    return budgets;
}

/// The members that a new key and a changed one have in common. With \a patch a null takes a value away.
KeyPatch readPatch(JsonBody &body)
{
    KeyPatch patch;
    const auto optional = [&](const char16_t *name, auto read, auto &into) {
        const QString member = QString::fromUtf16(name);
        if (!body.has(member))
            return;
        using Inner = typename std::remove_reference_t<decltype(into)>::value_type;
        into = Inner(read(member));
    };
    const auto limit = [&](const QString &name) { return body.integer(name, 0, maxLimit); };
    const auto text = [&](const QString &name) { return body.string(name).value_or(QString()); };
    optional(u"name", text, patch.name);
    optional(u"team", text, patch.team);
    optional(u"project", text, patch.project);
    optional(
        u"allowedModels", [&](const QString &name) { return body.strings(name).value_or(QStringList()); },
        patch.allowedModels);
    optional(
        u"expiresAt", [&](const QString &name) { return body.time(name); }, patch.expiresAt);
    optional(u"rpm", limit, patch.rpm);
    optional(u"tpm", limit, patch.tpm);
    optional(u"parallel", limit, patch.parallel);
    optional(
        u"maxSpendPerMinute", [&](const QString &name) { return body.money(name); }, patch.maxSpendPerMinute);
    optional(
        u"allowUnmetered", [&](const QString &name) { return body.boolean(name).value_or(false); },
        patch.allowUnmetered);
    return patch;
}

QJsonObject revealed(const CreatedKey &created)
{
    QJsonObject json = view::key(created.record);
    json.insert(QStringLiteral("key"), QString::fromLatin1(created.plaintext.reveal()));
    return json;
}

void createKey(const CallPtr &call, Services &services)
{
    JsonBody body(call->request.body,
                  keyMembers
                      + QStringList{QStringLiteral("budgetPeriod"), QStringLiteral("budgetLimit"),
                                    QStringLiteral("budgets")});
    const KeyPatch patch = readPatch(body);
    KeyDraft draft;
    draft.budgets = readBudgets(body);
    if (!patch.name)
        body.fault(QStringLiteral("name"), QStringLiteral("is needed"));
    if (!body.status())
        return call->refuse(body.status().error());
    KeyRecord &record = draft.record;
    record.name = patch.name.value_or(QString());
    record.team = patch.team.value_or(QString());
    record.project = patch.project.value_or(QString());
    record.allowedModels = patch.allowedModels.value_or(QStringList());
    record.expiresAt = patch.expiresAt.value_or(std::nullopt);
    record.rpm = patch.rpm.value_or(std::nullopt);
    record.tpm = patch.tpm.value_or(std::nullopt);
    record.parallel = patch.parallel.value_or(std::nullopt);
    record.maxSpendPerMinute = patch.maxSpendPerMinute.value_or(std::nullopt);
    record.allowUnmetered = patch.allowUnmetered.value_or(false);
    services.mailbox.when(
        services.control.createKey(std::move(draft)), [call, &services](const Result<CreatedKey> &created) {
            if (!created)
                return call->refuse(created.error());
            // The plaintext must not be lost because a report failed: without one, the record is answered as
            // it is.
            services.mailbox.when(services.control.view(created->record.id),
                                  [call, created = *created](const Result<KeyView> &seen) {
                                      QJsonObject json = revealed(created);
                                      json.insert(QStringLiteral("budgets"),
                                                  seen ? view::budgets(seen->budgets) : QJsonArray());
                                      call->ok(json, 201);
                                  });
        });
}

void listKeys(const CallPtr &call, Services &services)
{
    QueryReader query(call->request.head.query(), {QStringLiteral("includeRevoked"), QStringLiteral("team")});
    const QString all = query.string(QStringLiteral("includeRevoked")).value_or(QStringLiteral("false"));
    const std::optional<QString> team = query.string(QStringLiteral("team"));
    if (all != u"true" && all != u"false")
        query.fault(QStringLiteral("includeRevoked"), QStringLiteral("must be true or false"));
    if (!query.status())
        return call->refuse(query.status().error());
    QJsonArray list;
    const QList<KeyRecord> keys = services.control.keys();
    for (const KeyRecord &key : keys)
        if ((all == u"true" || key.status != KeyStatus::Revoked) && (!team || key.team == *team))
            list.append(view::key(key));
    call->ok({{QStringLiteral("keys"), list}});
}

void showKey(const CallPtr &call, Services &services, KeyId id)
{
    services.mailbox.when(services.control.view(id), [call](const Result<KeyView> &seen) {
        if (!seen)
            return call->refuse(seen.error());
        QJsonObject json = view::key(seen->key);
        json.insert(QStringLiteral("budgets"), view::budgets(seen->budgets));
        call->ok(json);
    });
}

void updateKey(const CallPtr &call, Services &services, KeyId id)
{
    JsonBody body(call->request.body, keyMembers);
    KeyPatch patch = readPatch(body);
    if (!body.status())
        return call->refuse(body.status().error());
    services.mailbox.when(services.control.updateKey(id, std::move(patch)),
                          [call](const Result<KeyRecord> &key) {
                              key ? call->ok(view::key(*key)) : call->refuse(key.error());
                          });
}

void rotateKey(const CallPtr &call, Services &services, KeyId id)
{
    const QString grace = QStringLiteral("graceSeconds");
    JsonBody body(call->request.body, {grace});
    const int seconds = body.integer(grace, 0, 30 * 24 * 3600).value_or(0);
    if (!body.status())
        return call->refuse(body.status().error());
    services.mailbox.when(services.control.rotateKey(id, std::chrono::seconds(seconds)),
                          [call](const Result<CreatedKey> &rotated) {
                              rotated ? call->ok(revealed(*rotated)) : call->refuse(rotated.error());
                          });
}

void revokeKey(const CallPtr &call, Services &services, KeyId id)
{
    services.mailbox.when(services.control.revokeKey(id), [call](const Result<KeyRecord> &key) {
        key ? call->ok(view::key(*key)) : call->refuse(key.error());
    });
}

} // namespace

std::optional<KeyId> keyArgument(const CallPtr &call, const Services &services, const QString &text)
{
    const std::optional<KeyId> id = view::keyIdFromText(text);
    if (id && services.control.key(*id))
        return id;
    call->refuse(ErrorCode::NotFound,
                 QStringLiteral("there is no such key; ids look like \"key_3\" (GET /api/keys lists them)"));
    return std::nullopt;
}

void addKeyRoutes(Router &router, Services &services)
{
    using Handler = void (*)(const CallPtr &, Services &, KeyId);
    const auto withKey = [&services](Handler handler) {
        return [&services, handler](const CallPtr &call) {
            if (const std::optional<KeyId> id = keyArgument(call, services, call->args.value(0)))
                handler(call, services, *id);
        };
    };
    const QString all = QStringLiteral("/api/keys"), one = QStringLiteral("/api/keys/{id}");
    router.add("GET", all, Access::Admin, [&services](const CallPtr &call) { listKeys(call, services); });
    router.add("POST", all, Access::Admin, [&services](const CallPtr &call) { createKey(call, services); });
    router.add("GET", one, Access::Admin, withKey(showKey));
    router.add("PATCH", one, Access::Admin, withKey(updateKey));
    router.add("DELETE", one, Access::Admin, withKey(revokeKey));
    router.add("POST", QStringLiteral("/api/keys/{id}/rotate"), Access::Admin, withKey(rotateKey));
}

} // namespace lbp
