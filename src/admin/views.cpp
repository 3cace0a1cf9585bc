#include "admin/views.h"

#include "admin/jsonbody.h"
#include "core/charge.h"

namespace lbp::view {

namespace {

template <typename T> QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}
QJsonValue orNull(const std::optional<Money> &value)
{
    return value ? QJsonValue(value->toDecimal()) : QJsonValue();
}
QJsonValue orNull(const std::optional<Instant> &value)
{
    return value ? QJsonValue(instantText(*value)) : QJsonValue();
}

const char *statusName(KeyStatus status)
{
    switch (status) {
    case KeyStatus::Active:
        return "active";
    case KeyStatus::Paused:
        return "paused";
    case KeyStatus::Revoked:
        break;
    }
    return "revoked";
}

} // namespace

QString keyId(KeyId id)
{
    return QStringLiteral("key_%1").arg(id);
}

std::optional<KeyId> keyIdFromText(QStringView text)
{
    if (text.startsWith(u"key_"))
        text = text.sliced(4);
    for (const QChar c : text)
        if (c < u'0' || c > u'9')
            return std::nullopt;
    bool good = false;
    const KeyId id = text.toLongLong(&good);
    return good && id > 0 ? std::optional(id) : std::nullopt;
}

QJsonObject key(const KeyRecord &key)
{
    return {
        {QStringLiteral("id"), keyId(key.id)},
        {QStringLiteral("name"), key.name},
        {QStringLiteral("team"), key.team},
        {QStringLiteral("project"), key.project},
        {QStringLiteral("last4"), key.last4},
        {QStringLiteral("status"), QLatin1String(statusName(key.status))},
        {QStringLiteral("pausedReason"), key.pausedReason},
        {QStringLiteral("createdAt"), instantText(key.createdAt)},
        {QStringLiteral("expiresAt"), orNull(key.expiresAt)},
        {QStringLiteral("previousValidUntil"), orNull(key.previousValidUntil)},
        {QStringLiteral("allowedModels"), QJsonArray::fromStringList(key.allowedModels)},
        {QStringLiteral("rpm"), orNull(key.rpm)},
        {QStringLiteral("tpm"), orNull(key.tpm)},
        {QStringLiteral("parallel"), orNull(key.parallel)},
        {QStringLiteral("maxSpendPerMinute"), orNull(key.maxSpendPerMinute)},
        {QStringLiteral("allowUnmetered"), key.allowUnmetered},
    };
}

namespace {
QJsonValue scopeId(const Scope &scope)
{
    if (scope.kind == ScopeKind::Global)
        return {};
    return scope.kind == ScopeKind::Key ? QStringLiteral("key_") + scope.id : scope.id;
}
} // namespace

QJsonObject raise(const BudgetRaise &raise)
{
    return {
        {QStringLiteral("scope"), scopeKindName(raise.scope.kind)},
        {QStringLiteral("id"), scopeId(raise.scope)},
        {QStringLiteral("period"), periodName(raise.period)},
        {QStringLiteral("periodStart"), instantText(raise.periodStart)},
        {QStringLiteral("amount"), raise.amount.toDecimal()},
        {QStringLiteral("once"), raise.once},
        {QStringLiteral("at"), instantText(raise.at)},
    };
}

QJsonObject budget(const Budget &budget)
{
    return {
        {QStringLiteral("scope"), scopeKindName(budget.scope.kind)},
        {QStringLiteral("id"), scopeId(budget.scope)},
        {QStringLiteral("period"), periodName(budget.period)},
        {QStringLiteral("limit"), budget.limit.toDecimal()},
        {QStringLiteral("isDefault"), budget.isDefault},
    };
}

QJsonObject budget(const BudgetStatus &status)
{
    QJsonObject json = budget(status.budget);
    const bool total = status.budget.period == Period::Total;
    json.insert(QStringLiteral("spent"), status.spent.toDecimal());
    json.insert(QStringLiteral("reserved"), status.reserved.toDecimal());
    json.insert(QStringLiteral("raised"), status.raised.toDecimal());
    json.insert(QStringLiteral("allowedOnce"), status.allowedOnce.toDecimal());
    json.insert(QStringLiteral("remaining"), status.remaining().toDecimal());
    json.insert(QStringLiteral("percent"), status.pressureBasisPoints() / 100);
    json.insert(QStringLiteral("periodStart"),
                total ? QJsonValue() : QJsonValue(instantText(status.span.start)));
    json.insert(QStringLiteral("resetsAt"), total ? QJsonValue() : QJsonValue(instantText(status.span.end)));
    return json;
}

QJsonArray budgets(const QList<BudgetStatus> &statuses)
{
    QJsonArray list;
    for (const BudgetStatus &status : statuses)
        list.append(budget(status));
    return list;
}

QJsonObject usage(const Usage &usage)
{
    QJsonObject json{{QStringLiteral("inputTokens"), usage.inputTokens()},
                     {QStringLiteral("outputTokens"), usage.outputTokens()}};
    QJsonObject classes;
    for (int i = 0; i < billingClassCount; ++i)
        if (usage.counts[size_t(i)] != 0)
            classes.insert(billingClassName(BillingClass(i)), usage.counts[size_t(i)]);
    json.insert(QStringLiteral("classes"), classes);
    return json;
}

QJsonObject usageSum(const UsageSum &sum, GroupBy groupBy)
{
    QString group = sum.group;
    if (groupBy == GroupBy::Key)
        if (const std::optional<KeyId> id = keyIdFromText(group))
            group = keyId(*id);
    return {
        {QStringLiteral("group"), group},
        {QStringLiteral("label"), sum.label},
        {QStringLiteral("requests"), sum.requests},
        {QStringLiteral("usage"), usage(sum.usage)},
        {QStringLiteral("cost"), sum.cost.toDecimal()},
        {QStringLiteral("saved"), sum.saved.toDecimal()},
        {QStringLiteral("unpriced"), sum.unpriced},
        {QStringLiteral("estimated"), sum.estimated},
        {QStringLiteral("errors"), sum.errors},
        {QStringLiteral("cacheHits"), sum.cacheHits},
    };
}

QJsonObject rates(const Rates &rates)
{
    QJsonObject json;
    for (int i = 0; i < billingClassCount; ++i) {
        const std::optional<qint64> rate = rates.perUnit[size_t(i)];
        if (!rate)
            continue;
        const BillingUnit unit = billingUnit(BillingClass(i));
        const std::optional<QString> shown =
            priceOfRate(*rate, unit == BillingUnit::Call ? 1 : pricedUnits(unit));
        json.insert(billingClassName(BillingClass(i)), shown ? QJsonValue(*shown) : QJsonValue());
    }
    return json;
}

QJsonObject price(const ModelPrice &price)
{
    QJsonObject json{
        {QStringLiteral("model"), price.model},
        {QStringLiteral("rates"), rates(price.standard)},
        {QStringLiteral("maxOutputTokens"), orNull(price.maxOutputTokens)},
        {QStringLiteral("maxInputTokens"), orNull(price.maxInputTokens)},
        {QStringLiteral("source"), price.source},
    };
    if (price.longContextThreshold)
        json.insert(QStringLiteral("longContext"),
                    QJsonObject{{QStringLiteral("aboveInputTokens"), *price.longContextThreshold},
                                {QStringLiteral("rates"), rates(price.longContext)}});
    QJsonObject tiers;
    for (auto it = price.tiers.cbegin(); it != price.tiers.cend(); ++it) {
        static constexpr const char *names[] = {"standard", "flex", "priority", "batch"};
        tiers.insert(QLatin1String(names[int(it.key())]), rates(it.value()));
    }
    if (!tiers.isEmpty())
        json.insert(QStringLiteral("tiers"), tiers);
    return json;
}

QJsonObject openRequest(const OpenRow &row, const QString &keyName)
{
    static const Series none;
    const Series &series = row.series ? *row.series : none;
    return {
        {QStringLiteral("id"), QString::fromLatin1(row.id.toText())},
        {QStringLiteral("at"), instantText(row.id.time())},
        {QStringLiteral("key"), series.key > 0 ? QJsonValue(keyId(series.key)) : QJsonValue()},
        {QStringLiteral("keyName"), keyName},
        {QStringLiteral("team"), series.team},
        {QStringLiteral("project"), series.project},
        {QStringLiteral("provider"), series.provider},
        {QStringLiteral("model"), series.model},
        {QStringLiteral("requestedModel"), row.requestedModel.isEmpty() ? series.model : row.requestedModel},
        {QStringLiteral("endpoint"), row.endpoint},
        {QStringLiteral("stream"), row.stream},
        {QStringLiteral("reserved"), row.reserved.toDecimal()},
        {QStringLiteral("estimatedInputTokens"), row.estimatedInputTokens},
        {QStringLiteral("ceiling"), row.ceiling},
        {QStringLiteral("clamped"), row.clamped},
        {QStringLiteral("attempt"), row.attempt},
        {QStringLiteral("attemptOf"),
         row.attemptOf.value > 0 ? QJsonValue(QString::fromLatin1(row.attemptOf.toText())) : QJsonValue()},
    };
}

QJsonObject request(const ExchangeRow &row, const QString &keyName)
{
    QJsonObject json = openRequest(row.open, keyName);
    const CloseRow &close = row.close;
    json.insert(QStringLiteral("outcome"), outcomeName(close.outcome));
    json.insert(QStringLiteral("provenance"), provenanceName(close.provenance));
    json.insert(QStringLiteral("cost"), orNull(close.cost));
    json.insert(QStringLiteral("saved"), close.saved.toDecimal());
    json.insert(QStringLiteral("usage"), usage(close.usage));
    json.insert(QStringLiteral("rates"), close.rates ? QJsonValue(rates(*close.rates)) : QJsonValue());
    json.insert(QStringLiteral("priceSource"), close.priceSource);
    json.insert(QStringLiteral("status"), close.status);
    json.insert(QStringLiteral("queueUs"), close.queueUs);
    json.insert(QStringLiteral("ttftUs"), close.ttftUs);
    json.insert(QStringLiteral("durationUs"), close.durationUs);
    json.insert(QStringLiteral("upstreamRequestId"), close.upstreamRequestId);
    json.insert(QStringLiteral("error"), close.error);
    return json;
}

QJsonObject alert(const AlertRecord &record)
{
    return {
        {QStringLiteral("id"), record.id},       {QStringLiteral("at"), instantText(record.at)},
        {QStringLiteral("event"), record.event}, {QStringLiteral("subject"), record.subject},
        {QStringLiteral("text"), record.text},   {QStringLiteral("delivery"), record.delivery},
    };
}

namespace {

struct EventView
{
    const std::function<QString(KeyId)> &keyName;
    using Told = std::pair<QByteArray, QJsonObject>;

    QJsonValue keyValue(KeyId id) const { return id > 0 ? QJsonValue(keyId(id)) : QJsonValue(); }
    QString nameOf(const OpenRow &row) const { return row.series ? keyName(row.series->key) : QString(); }

    Told operator()(const event::ExchangeStarted &e) const
    {
        return {"exchangeStarted",
                {{QStringLiteral("request"), openRequest(e.row, nameOf(e.row))},
                 {QStringLiteral("story"), story(e.story)}}};
    }
    Told operator()(const event::ExchangeProgress &e) const
    {
        return {"exchangeProgress",
                {{QStringLiteral("id"), QString::fromLatin1(e.id.toText())},
                 {QStringLiteral("key"), keyValue(e.key)},
                 {QStringLiteral("soFar"), e.soFar.toDecimal()},
                 {QStringLiteral("outputTokens"), e.outputTokens}}};
    }
    Told operator()(const event::ExchangeEnded &e) const
    {
        return {"exchangeEnded", {{QStringLiteral("request"), request(e.row, nameOf(e.row.open))}}};
    }
    Told operator()(const event::BudgetWarning &e) const
    {
        return {"budgetWarning",
                {{QStringLiteral("budget"), budget(e.status)},
                 {QStringLiteral("threshold"), e.threshold.percent},
                 {QStringLiteral("key"), keyValue(e.key)}}};
    }
    Told operator()(const event::BudgetExceeded &e) const
    {
        return {"budgetExceeded",
                {{QStringLiteral("budget"), budget(e.status)},
                 {QStringLiteral("needed"), e.needed.toDecimal()},
                 {QStringLiteral("key"), keyValue(e.key)}}};
    }
    Told operator()(const event::ModelDowngraded &e) const
    {
        return {"modelDowngraded",
                {{QStringLiteral("id"), QString::fromLatin1(e.id.toText())},
                 {QStringLiteral("key"), keyValue(e.key)},
                 {QStringLiteral("requestedModel"), e.from},
                 {QStringLiteral("model"), e.to}}};
    }
    Told operator()(const event::KeyPaused &e) const
    {
        return {"keyPaused",
                {{QStringLiteral("key"), keyValue(e.key)},
                 {QStringLiteral("name"), e.keyName},
                 {QStringLiteral("reason"), e.reason}}};
    }
    Told operator()(const event::UpstreamDown &e) const
    {
        return {"upstreamDown",
                {{QStringLiteral("provider"), e.provider}, {QStringLiteral("detail"), e.detail}}};
    }
    Told operator()(const event::UpstreamUp &e) const
    {
        return {"upstreamUp", {{QStringLiteral("provider"), e.provider}}};
    }
    Told operator()(const event::UnpricedModel &e) const
    {
        return {"unpricedModel",
                {{QStringLiteral("model"), e.model},
                 {QStringLiteral("provider"), e.provider},
                 {QStringLiteral("key"), keyValue(e.key)}}};
    }
    Told operator()(const event::PauseChanged &e) const
    {
        return {"pauseChanged",
                {{QStringLiteral("paused"), e.paused},
                 {QStringLiteral("until"), orNull(e.until)},
                 {QStringLiteral("byItself"), e.byItself}}};
    }
    Told operator()(const event::ConfigChanged &e) const
    {
        return {"configChanged",
                {{QStringLiteral("problem"), e.problem},
                 {QStringLiteral("needsRestart"), QJsonArray::fromStringList(e.needsRestart)}}};
    }
    Told operator()(const event::HoldAsked &e) const
    {
        return {"holdAsked", {{QStringLiteral("hold"), held(e.held)}}};
    }
    Told operator()(const event::HoldEnded &e) const
    {
        return {"holdEnded",
                {{QStringLiteral("id"), QString::fromLatin1(e.hold.toText())},
                 {QStringLiteral("key"), keyValue(e.key)},
                 {QStringLiteral("how"), holdEndName(e.how)}}};
    }
    Told operator()(const event::BudgetRaised &e) const
    {
        return {"budgetRaised", {{QStringLiteral("raise"), raise(e.raise)}}};
    }
    Told operator()(const event::ListenerChanged &e) const
    {
        return {"listenerChanged",
                {{QStringLiteral("url"), e.url.toString()}, {QStringLiteral("problem"), e.problem}}};
    }
    Told operator()(const event::KeysChanged &) const { return {"keysChanged", {}}; }
    Told operator()(const event::BudgetsChanged &) const { return {"budgetsChanged", {}}; }
};

} // namespace

std::pair<QByteArray, QJsonObject> event(const Event &event, const std::function<QString(KeyId)> &keyName)
{
    auto told = std::visit(EventView{keyName}, event.body);
    told.second.insert(QStringLiteral("at"), instantText(event.at));
    return told;
}

} // namespace lbp::view
