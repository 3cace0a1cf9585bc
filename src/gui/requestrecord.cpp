#include "gui/requestrecord.h"

#include "core/charge.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

const Series &seriesOf(const ExchangeRow &row)
{
    static const Series none;
    return row.open.series ? *row.open.series : none;
}

QString timeText(Instant t)
{
    const qint64 us = toMicros(t);
    const QDateTime seconds = QDateTime::fromSecsSinceEpoch(us / 1'000'000, Qt::UTC);
    return seconds.toString(u"yyyy-MM-ddTHH:mm:ss"_s) + u".%1Z"_s.arg(us % 1'000'000, 6, 10, QChar(u'0'));
}

QString millis(qint64 us)
{
    return us == 0 ? QString() : u"%1.%2"_s.arg(us / 1000).arg(us % 1000, 3, 10, QChar(u'0'));
}

QString requestedModel(const ExchangeRow &row)
{
    return row.open.requestedModel.isEmpty() ? seriesOf(row).model : row.open.requestedModel;
}

QString keyText(KeyId id)
{
    return id > 0 ? u"key_%1"_s.arg(id) : QString();
}

} // namespace

QStringList recordTitles()
{
    QStringList titles{u"id"_s,       u"at"_s,          u"key"_s,         u"keyName"_s,        u"team"_s,
                       u"project"_s,  u"provider"_s,    u"model"_s,       u"requestedModel"_s, u"endpoint"_s,
                       u"stream"_s,   u"status"_s,      u"outcome"_s,     u"provenance"_s,     u"costUsd"_s,
                       u"savedUsd"_s, u"inputTokens"_s, u"outputTokens"_s};
    for (int i = 0; i < billingClassCount; ++i)
        titles.append(billingClassName(BillingClass(i)));
    titles +=
        {u"queueMs"_s, u"ttftMs"_s, u"durationMs"_s, u"priceSource"_s, u"upstreamRequestId"_s, u"error"_s};
    return titles;
}

QStringList recordFields(const ExchangeRow &row, const QString &keyName)
{
    const Series &series = seriesOf(row);
    const CloseRow &close = row.close;
    QStringList fields{QString::fromLatin1(row.open.id.toText()),
                       timeText(row.open.id.time()),
                       keyText(series.key),
                       keyName,
                       series.team,
                       series.project,
                       series.provider,
                       series.model,
                       requestedModel(row),
                       row.open.endpoint,
                       row.open.stream ? u"true"_s : u"false"_s,
                       close.status > 0 ? QString::number(close.status) : QString(),
                       outcomeName(close.outcome),
                       provenanceName(close.provenance),
                       close.cost ? close.cost->toDecimal() : QString(),
                       close.saved.toDecimal(),
                       QString::number(close.usage.inputTokens()),
                       QString::number(close.usage.outputTokens())};
    for (int i = 0; i < billingClassCount; ++i)
        fields.append(QString::number(close.usage.counts[size_t(i)]));
    fields += {millis(close.queueUs), millis(close.ttftUs),    millis(close.durationUs),
               close.priceSource,     close.upstreamRequestId, close.error};
    return fields;
}

QByteArray recordJson(const ExchangeRow &row, const QString &keyName)
{
    const Series &series = seriesOf(row);
    const CloseRow &close = row.close;
    QJsonObject classes;
    for (int i = 0; i < billingClassCount; ++i)
        if (close.usage.counts[size_t(i)] != 0)
            classes.insert(billingClassName(BillingClass(i)), close.usage.counts[size_t(i)]);
    const QJsonObject json{
        {u"id"_s, QString::fromLatin1(row.open.id.toText())},
        {u"at"_s, timeText(row.open.id.time())},
        {u"key"_s, series.key > 0 ? QJsonValue(keyText(series.key)) : QJsonValue()},
        {u"keyName"_s, keyName},
        {u"team"_s, series.team},
        {u"project"_s, series.project},
        {u"provider"_s, series.provider},
        {u"model"_s, series.model},
        {u"requestedModel"_s, requestedModel(row)},
        {u"endpoint"_s, row.open.endpoint},
        {u"stream"_s, row.open.stream},
        {u"clamped"_s, row.open.clamped},
        {u"status"_s, close.status},
        {u"outcome"_s, outcomeName(close.outcome)},
        {u"provenance"_s, provenanceName(close.provenance)},
        {u"cost"_s, close.cost ? QJsonValue(close.cost->toDecimal()) : QJsonValue()},
        {u"saved"_s, close.saved.toDecimal()},
        {u"usage"_s,
         QJsonObject{{u"inputTokens"_s, close.usage.inputTokens()},
                     {u"outputTokens"_s, close.usage.outputTokens()},
                     {u"classes"_s, classes}}},
        {u"queueUs"_s, close.queueUs},
        {u"ttftUs"_s, close.ttftUs},
        {u"durationUs"_s, close.durationUs},
        {u"priceSource"_s, close.priceSource},
        {u"upstreamRequestId"_s, close.upstreamRequestId},
        {u"error"_s, close.error},
    };
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace lbp::gui
