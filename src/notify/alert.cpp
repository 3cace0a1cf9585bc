#include "notify/alert.h"

#include <QDateTime>
#include <QJsonDocument>

namespace lbp {

namespace {

enum AlertEvent { BudgetWarning, BudgetExceeded, ModelDowngraded, KeyPaused, UpstreamDown, UnpricedModel };

QString rfc3339(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString keyText(KeyId key)
{
    return QStringLiteral("key_%1").arg(key);
}

QString scopeText(const Scope &scope)
{
    if (scope.kind == ScopeKind::Global)
        return QStringLiteral("global");
    const QString id = scope.kind == ScopeKind::Key ? QStringLiteral("key_") + scope.id : scope.id;
    return scopeKindName(scope.kind) + u':' + id;
}

/// Text from outside, made fit for one line of any log or message.
QString oneLine(QString text)
{
    for (QChar &c : text)
        if (c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
            || c.category() == QChar::Separator_Paragraph || c.category() == QChar::Other_Format)
            c = u' ';
    return text.size() > 300 ? text.left(299) + QChar(0x2026) : text;
}

/// Whole percent, rounded down: 99.9 % must not read as if the limit were reached.
int percentOf(const BudgetStatus &status)
{
    return status.pressureBasisPoints() / 100;
}

QJsonObject budgetJson(const BudgetStatus &status)
{
    const Budget &budget = status.budget;
    QJsonObject json{
        {QStringLiteral("scope"), scopeKindName(budget.scope.kind)},
        {QStringLiteral("period"), periodName(budget.period)},
        {QStringLiteral("limit"), budget.limit.toDecimal()},
        {QStringLiteral("spent"), status.spent.toDecimal()},
        {QStringLiteral("reserved"), status.reserved.toDecimal()},
        {QStringLiteral("percent"), percentOf(status)},
    };
    if (budget.scope.kind != ScopeKind::Global)
        json.insert(QStringLiteral("id"),
                    budget.scope.kind == ScopeKind::Key ? QStringLiteral("key_") + budget.scope.id
                                                        : budget.scope.id);
    json.insert(QStringLiteral("resetsAt"),
                budget.period == Period::Total ? QJsonValue() : QJsonValue(rfc3339(status.span.end)));
    return json;
}

/// "the daily budget of key \"ci\"".
QString budgetPhrase(const Budget &budget, const std::function<QString(KeyId)> &keyName)
{
    QString whose;
    switch (budget.scope.kind) {
    case ScopeKind::Global:
        whose = QStringLiteral("of everything");
        break;
    case ScopeKind::Team:
        whose = QStringLiteral("of team \"%1\"").arg(budget.scope.id);
        break;
    case ScopeKind::Project:
        whose = QStringLiteral("of project \"%1\"").arg(budget.scope.id);
        break;
    case ScopeKind::Key:
        whose = QStringLiteral("of key \"%1\"").arg(keyName(budget.scope.id.toLongLong()));
        break;
    }
    return QStringLiteral("the %1 budget %2").arg(periodName(budget.period), whose);
}

QString usd(Money money)
{
    return u'$' + money.toRounded(2);
}

QString resetPhrase(const BudgetStatus &status)
{
    return status.budget.period == Period::Total
        ? QStringLiteral("It does not reset.")
        : QStringLiteral("It resets at %1.").arg(rfc3339(status.span.end));
}

struct Builder
{
    Alert &alert;
    const std::function<QString(KeyId)> &keyName;

    void addKey(KeyId key) const
    {
        if (key != 0)
            alert.payload.insert(QStringLiteral("key"),
                                 QJsonObject{{QStringLiteral("id"), keyText(key)},
                                             {QStringLiteral("name"), oneLine(keyName(key))}});
    }

    void operator()(const event::BudgetWarning &e) const
    {
        const Budget &budget = e.status.budget;
        alert.subject = QStringLiteral("%1/%2/%3/%4")
                            .arg(scopeText(budget.scope), periodName(budget.period),
                                 QString::number(e.threshold.percent), rfc3339(e.status.span.start));
        alert.payload.insert(QStringLiteral("budget"), budgetJson(e.status));
        alert.payload.insert(QStringLiteral("threshold"), e.threshold.percent);
        addKey(e.key);
        alert.text = QStringLiteral("%1 % of %2 is used: %3 of %4 (threshold %5 %). %6")
                         .arg(QString::number(percentOf(e.status)), budgetPhrase(budget, keyName),
                              usd(e.status.spent.plusSaturated(e.status.reserved)), usd(budget.limit),
                              QString::number(e.threshold.percent), resetPhrase(e.status));
    }
    void operator()(const event::BudgetExceeded &e) const
    {
        const Budget &budget = e.status.budget;
        alert.subject = QStringLiteral("%1/%2/%3")
                            .arg(scopeText(budget.scope), periodName(budget.period), keyText(e.key));
        alert.payload.insert(QStringLiteral("budget"), budgetJson(e.status));
        alert.payload.insert(QStringLiteral("needed"), e.needed.toDecimal());
        addKey(e.key);
        alert.text =
            QStringLiteral("A request of key \"%1\" was refused: it may cost %2 and %3 has %4 of %5 left. %6")
                .arg(keyName(e.key), usd(e.needed), budgetPhrase(budget, keyName), usd(e.status.remaining()),
                     usd(budget.limit), resetPhrase(e.status));
    }
    void operator()(const event::ModelDowngraded &e) const
    {
        alert.subject = QStringLiteral("%1/%2/%3").arg(keyText(e.key), e.from, e.to);
        alert.payload.insert(QStringLiteral("model"), oneLine(e.to));
        alert.payload.insert(QStringLiteral("requestedModel"), oneLine(e.from));
        addKey(e.key);
        alert.text =
            QStringLiteral("Requests of key \"%1\" for %2 now use %3, because a budget is nearly used up.")
                .arg(keyName(e.key), e.from, e.to);
    }
    void operator()(const event::KeyPaused &e) const
    {
        alert.subject = keyText(e.key);
        alert.payload.insert(QStringLiteral("reason"), oneLine(e.reason));
        alert.payload.insert(QStringLiteral("key"),
                             QJsonObject{{QStringLiteral("id"), keyText(e.key)},
                                         {QStringLiteral("name"), oneLine(e.keyName)}});
        alert.text = QStringLiteral("Key \"%1\" was paused: %2.").arg(e.keyName, e.reason);
    }
    void operator()(const event::UpstreamDown &e) const
    {
        alert.subject = e.provider;
        alert.payload.insert(QStringLiteral("provider"), oneLine(e.provider));
        alert.payload.insert(QStringLiteral("detail"), oneLine(e.detail));
        alert.text = QStringLiteral("Provider \"%1\" cannot be reached: %2.").arg(e.provider, e.detail);
    }
    void operator()(const event::UnpricedModel &e) const
    {
        alert.subject = e.provider + u'/' + e.model;
        alert.payload.insert(QStringLiteral("model"), oneLine(e.model));
        alert.payload.insert(QStringLiteral("provider"), oneLine(e.provider));
        addKey(e.key);
        alert.text =
            QStringLiteral("Model \"%1\" has no price, so what it costs is not known. Add it to pricing.yml.")
                .arg(e.model);
    }
    template <typename Other> void operator()(const Other &) const { Q_ASSERT(false); }
};

} // namespace

QStringList alertEventNames()
{
    return {QStringLiteral("budgetWarning"),   QStringLiteral("budgetExceeded"),
            QStringLiteral("modelDowngraded"), QStringLiteral("keyPaused"),
            QStringLiteral("upstreamDown"),    QStringLiteral("unpricedModel")};
}

size_t qHash(const AlertIdentity &identity, size_t seed)
{
    return qHashMulti(seed, identity.event, identity.key, identity.scope, int(identity.period),
                      identity.percent, identity.periodStart, identity.name);
}

AlertIdentity identityOf(const EventBody &body)
{
    AlertIdentity id;
    if (const auto *warning = std::get_if<event::BudgetWarning>(&body)) {
        id.event = BudgetWarning;
        id.scope = warning->status.budget.scope;
        id.period = warning->status.budget.period;
        id.percent = warning->threshold.percent;
        id.periodStart = toMicros(warning->status.span.start);
        id.oncePerPeriod = true;
    } else if (const auto *exceeded = std::get_if<event::BudgetExceeded>(&body)) {
        id.event = BudgetExceeded;
        id.key = exceeded->key;
        id.scope = exceeded->status.budget.scope;
        id.period = exceeded->status.budget.period;
    } else if (const auto *downgraded = std::get_if<event::ModelDowngraded>(&body)) {
        id.event = ModelDowngraded;
        id.key = downgraded->key;
        id.name = downgraded->from + u'/' + downgraded->to;
    } else if (const auto *paused = std::get_if<event::KeyPaused>(&body)) {
        id.event = KeyPaused;
        id.key = paused->key;
    } else if (const auto *down = std::get_if<event::UpstreamDown>(&body)) {
        id.event = UpstreamDown;
        id.name = down->provider;
    } else if (const auto *unpriced = std::get_if<event::UnpricedModel>(&body)) {
        id.event = UnpricedModel;
        id.name = unpriced->provider + u'/' + unpriced->model;
    }
    return id;
}

Alert alertFor(const Event &event, const std::function<QString(KeyId)> &keyName)
{
    Alert alert;
    alert.at = event.at;
    alert.event = alertEventNames().at(identityOf(event.body).event);
    alert.payload = {{QStringLiteral("event"), alert.event}, {QStringLiteral("at"), rfc3339(event.at)}};
    std::visit(Builder{alert, keyName}, event.body);
    alert.text = oneLine(alert.text);
    alert.payload.insert(QStringLiteral("text"), alert.text);
    return alert;
}

bool isUrgent(const QString &event)
{
    const QStringList names = alertEventNames();
    return event == names.at(BudgetExceeded) || event == names.at(KeyPaused);
}

Alert quietSummary(const QMap<QString, int> &events, const QString &lastText, Instant now)
{
    Alert alert;
    alert.event = QStringLiteral("quietSummary");
    alert.at = now;
    QStringList parts;
    QJsonObject counts;
    int total = 0;
    for (auto it = events.cbegin(); it != events.cend(); ++it) {
        parts.append(QStringLiteral("%1 %2").arg(it.value()).arg(it.key()));
        counts.insert(it.key(), it.value());
        total += it.value();
    }
    alert.text = QStringLiteral("In quiet hours there were %1 alerts: %2. The last one: %3")
                     .arg(total)
                     .arg(parts.join(QLatin1String(", ")), oneLine(lastText));
    alert.payload = {{QStringLiteral("event"), alert.event},
                     {QStringLiteral("at"), rfc3339(now)},
                     {QStringLiteral("text"), alert.text},
                     {QStringLiteral("count"), total},
                     {QStringLiteral("events"), counts}};
    return alert;
}

Alert testAlert(Instant now)
{
    Alert alert;
    alert.event = QStringLiteral("test");
    alert.at = now;
    alert.text = QStringLiteral("This is a test alert of llm-budget-proxy.");
    alert.payload = {{QStringLiteral("event"), alert.event},
                     {QStringLiteral("at"), rfc3339(now)},
                     {QStringLiteral("text"), alert.text}};
    return alert;
}

QByteArray slackBody(const Alert &alert)
{
    QString text = alert.text;
    text.replace(u'&', QStringLiteral("&amp;"))
        .replace(u'<', QStringLiteral("&lt;"))
        .replace(u'>', QStringLiteral("&gt;"));
    return QJsonDocument(QJsonObject{{QStringLiteral("text"), text}}).toJson(QJsonDocument::Compact);
}

} // namespace lbp
