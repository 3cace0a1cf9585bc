#include "cli/commands.h"

#include "cli/lookup.h"
#include "cli/text.h"

#include <QDateTime>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

/// Turns --from and --to into query values; false after a mistake, which has been reported.
bool readTimes(Context &context, QString &from, QString &to)
{
    const QDateTime now = QDateTime::currentDateTime();
    for (const auto &[option, value] : {std::pair("--from", &from), std::pair("--to", &to)}) {
        if (value->isEmpty())
            continue;
        const Result<QString> when = instantFromText(*value, now);
        if (!when) {
            context.output.problem(QLatin1String(option) + u": "_s + when.error().detail);
            return false;
        }
        *value = *when;
    }
    return true;
}

qint64 number(const QJsonObject &object, QLatin1String name)
{
    return object.value(name).toInteger();
}

qint64 tokens(const QJsonObject &row, QLatin1String name)
{
    return number(row.value("usage"_L1).toObject(), name);
}

QString groupTitle(const QString &by)
{
    return by.toUpper();
}

QString groupText(const QJsonObject &row, const QString &by)
{
    const QString label = row.value("label"_L1).toString();
    const QString group = label.isEmpty() ? row.value("group"_L1).toString() : label;
    if (group.isEmpty())
        return u"(none)"_s;
    return by == "hour"_L1 ? localTimeText(group)
        : by == "day"_L1   ? group.first(std::min<qsizetype>(group.size(), 10))
                           : group;
}

int printCsv(Context &context, const QJsonArray &rows, const QString &by)
{
    QString text = csvRow({by, u"id"_s, u"requests"_s, u"inputTokens"_s, u"outputTokens"_s, u"costUsd"_s,
                           u"savedUsd"_s, u"cacheHits"_s, u"errors"_s, u"estimated"_s, u"unpriced"_s});
    for (const QJsonValue value : rows) {
        const QJsonObject row = value.toObject();
        QStringList cells{groupText(row, by), row.value("group"_L1).toString()};
        cells.append(QString::number(number(row, "requests"_L1)));
        for (const auto name : {"inputTokens"_L1, "outputTokens"_L1})
            cells.append(QString::number(tokens(row, name)));
        cells.append(row.value("cost"_L1).toString());
        cells.append(row.value("saved"_L1).toString());
        for (const auto name : {"cacheHits"_L1, "errors"_L1, "estimated"_L1, "unpriced"_L1})
            cells.append(QString::number(number(row, name)));
        text += csvRow(cells);
    }
    context.output.out(text.toUtf8());
    return ExitOk;
}

/// Lines "Name   value" for the members that have one.
void printFields(const Output &output, const QJsonObject &object, const QString &prefix = {})
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = prefix + it.key();
        if (it->isObject()) {
            printFields(output, it->toObject(), name + u'.');
            continue;
        }
        QString value;
        if (it->isString())
            value = it->toString();
        else if (it->isBool())
            value = it->toBool() ? u"yes"_s : u"no"_s;
        else if (it->isDouble())
            value = QString::number(it->toInteger());
        if (!value.isEmpty())
            output.print(name.leftJustified(26) + ' '_L1 + printable(value));
    }
}

} // namespace

int usage(Context &context, const UsageOptions &options)
{
    QString from = options.from, to = options.to;
    if (!readTimes(context, from, to))
        return ExitUsage;
    const std::optional<ApiAnswer> answer =
        ask(context, "GET",
            targetWith(u"/api/usage"_s, {{u"groupBy"_s, options.by}, {u"from"_s, from}, {u"to"_s, to}}));
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    const QJsonObject report = answer->object();
    const QJsonArray rows = report.value("groups"_L1).toArray();
    if (options.csv)
        return printCsv(context, rows, options.by);

    using enum TextTable::Align;
    TextTable table({{groupTitle(options.by)},
                     {u"REQUESTS"_s, Right},
                     {u"INPUT"_s, Right},
                     {u"OUTPUT"_s, Right},
                     {u"ERRORS"_s, Right},
                     {u"CACHED"_s, Right},
                     {u"SAVED"_s, Right},
                     {u"COST"_s, Right},
                     {}});
    QJsonObject total = report.value("total"_L1).toObject();
    const auto add = [&](const QString &name, const QJsonObject &row) {
        QStringList remarks;
        if (const qint64 n = number(row, "unpriced"_L1); n > 0)
            remarks.append(u"%1 without a price"_s.arg(countText(n)));
        if (const qint64 n = number(row, "estimated"_L1); n > 0)
            remarks.append(u"%1 estimated"_s.arg(countText(n)));
        table.addRow({name, countText(number(row, "requests"_L1)), countText(tokens(row, "inputTokens"_L1)),
                      countText(tokens(row, "outputTokens"_L1)), countText(number(row, "errors"_L1)),
                      countText(number(row, "cacheHits"_L1)), moneyText(row.value("saved"_L1).toString()),
                      moneyText(row.value("cost"_L1).toString()), remarks.join(u", "_s)});
    };
    for (const QJsonValue row : rows)
        add(groupText(row.toObject(), options.by), row.toObject());
    if (rows.isEmpty()) {
        context.output.note(u"Nothing was requested in that time."_s);
        return ExitOk;
    }
    if (!total.isEmpty())
        add(u"TOTAL"_s, total);
    context.output.out(table.toString().toUtf8());
    return ExitOk;
}

int requests(Context &context, const RequestOptions &options)
{
    QString from = options.from, to = options.to;
    if (!readTimes(context, from, to))
        return ExitUsage;
    QString key = options.key;
    if (!key.isEmpty()) {
        const std::optional<QJsonObject> found = findKey(context, key);
        if (!found)
            return ExitFailure;
        key = found->value("id"_L1).toString();
    }
    const std::optional<ApiAnswer> answer = ask(context, "GET",
                                                targetWith(u"/api/requests"_s,
                                                           {{u"key"_s, key},
                                                            {u"team"_s, options.team},
                                                            {u"model"_s, options.model},
                                                            {u"status"_s, options.status},
                                                            {u"from"_s, from},
                                                            {u"to"_s, to},
                                                            {u"cursor"_s, options.before},
                                                            {u"limit"_s, QString::number(options.limit)}}));
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    using enum TextTable::Align;
    TextTable table({{u"TIME"_s},
                     {u"ID"_s},
                     {u"KEY"_s},
                     {u"MODEL"_s},
                     {u"STATUS"_s, Right},
                     {u"OUTCOME"_s},
                     {u"INPUT"_s, Right},
                     {u"OUTPUT"_s, Right},
                     {u"TIME"_s, Right},
                     {u"COST"_s, Right}});
    for (const QJsonValue value : answer->object().value("requests"_L1).toArray()) {
        const QJsonObject row = value.toObject();
        const QString cost = row.value("cost"_L1).toString();
        const QString provenance = row.value("provenance"_L1).toString();
        const bool isGuess =
            provenance == "estimated"_L1 || provenance == "recovered"_L1 || provenance == "reserved"_L1;
        table.addRow({localTimeText(row.value("at"_L1).toString()), row.value("id"_L1).toString(),
                      row.value("keyName"_L1).toString(row.value("key"_L1).toString()),
                      row.value("model"_L1).toString(),
                      number(row, "status"_L1) > 0 ? QString::number(number(row, "status"_L1)) : u"-"_s,
                      row.value("outcome"_L1).toString(), countText(tokens(row, "inputTokens"_L1)),
                      countText(tokens(row, "outputTokens"_L1)),
                      QString::number(double(number(row, "durationUs"_L1)) / 1e6, 'f', 2) + u" s"_s,
                      (isGuess ? u"~"_s : QString()) + moneyText(cost)});
    }
    if (table.isEmpty())
        context.output.note(u"No request matches."_s);
    else
        context.output.out(table.toString().toUtf8());
    return ExitOk;
}

int request(Context &context, const QString &id)
{
    const std::optional<ApiAnswer> answer =
        ask(context, "GET", u"/api/requests/"_s + QString::fromLatin1(QUrl::toPercentEncoding(id)));
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    printFields(context.output, answer->object());
    return ExitOk;
}

} // namespace lbp
