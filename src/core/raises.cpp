#include "core/raises.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lbp {

namespace {

// Whole numbers as text: JSON numbers are doubles to some readers.
std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    bool good = false;
    const qint64 number = value.toString().toLongLong(&good);
    return good ? std::optional(number) : std::nullopt;
}

} // namespace

QString raisesToText(const QList<BudgetRaise> &raises)
{
    QJsonArray list;
    for (const BudgetRaise &raise : raises)
        list.append(QJsonObject{
            {QStringLiteral("scope"), scopeKindName(raise.scope.kind)},
            {QStringLiteral("id"), raise.scope.id},
            {QStringLiteral("period"), periodName(raise.period)},
            {QStringLiteral("periodStart"), QString::number(toMicros(raise.periodStart))},
            {QStringLiteral("picodollars"), QString::number(raise.amount.picodollars())},
            {QStringLiteral("at"), QString::number(toMicros(raise.at))},
            {QStringLiteral("once"), raise.once},
        });
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

Result<QList<BudgetRaise>> raisesFromText(const QString &text)
{
    QList<BudgetRaise> raises;
    if (text.isEmpty())
        return raises;
    const auto damaged = [] {
        return fail(ErrorCode::StoreDamaged,
                    QStringLiteral("the raised budgets in the ledger cannot be read"));
    };
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isArray())
        return damaged();
    const QJsonArray list = document.array();
    for (const QJsonValue &value : list) {
        const QJsonObject object = value.toObject();
        const Result<ScopeKind> kind = scopeKindFromName(object.value(QLatin1String("scope")).toString());
        const Result<Period> period = periodFromName(object.value(QLatin1String("period")).toString());
        const auto start = wholeNumber(object.value(QLatin1String("periodStart")));
        const auto amount = wholeNumber(object.value(QLatin1String("picodollars")));
        const auto at = wholeNumber(object.value(QLatin1String("at")));
        if (!kind || !period || !start || !amount || *amount <= 0 || !at)
            return damaged();
        raises.append({{*kind, object.value(QLatin1String("id")).toString()},
                       *period,
                       fromMicros(*start),
                       Money::fromPicodollars(*amount),
                       fromMicros(*at),
                       object.value(QLatin1String("once")).toBool()});
    }
    return raises;
}

QList<BudgetRaise> raisesInForce(const QList<BudgetRaise> &raises, Instant now, const QTimeZone &zone)
{
    QList<BudgetRaise> kept;
    for (const BudgetRaise &raise : raises) {
        const PeriodSpan span = periodSpan(raise.period, now, zone);
        if (raise.at >= span.start && raise.at < span.end)
            kept.append(raise);
    }
    return kept;
}

} // namespace lbp
