#include "cli/lookup.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUrlQuery>

namespace lbp {

std::optional<ApiAnswer> ask(Context &context, const QByteArray &method, const QString &target,
                             const std::optional<QJsonObject> &body)
{
    Result<ApiAnswer> answer = context.session.call(method, target, body);
    if (!answer) {
        context.output.problem(answer.error().detail);
        return std::nullopt;
    }
    if (!answer->isOk()) {
        context.output.problem(answer->problem());
        return std::nullopt;
    }
    return std::move(*answer);
}

std::optional<QJsonObject> findKey(Context &context, const QString &nameOrId)
{
    const std::optional<ApiAnswer> answer =
        ask(context, "GET", QStringLiteral("/api/keys?includeRevoked=true"));
    if (!answer)
        return std::nullopt;
    const QJsonArray keys = answer->object().value(QLatin1String("keys")).toArray();
    std::optional<QJsonObject> found;
    for (const QJsonValue value : keys) {
        const QJsonObject key = value.toObject();
        const bool isRevoked = key.value(QLatin1String("status")).toString() == QLatin1String("revoked");
        if (key.value(QLatin1String("id")).toString() == nameOrId)
            return key;
        if (key.value(QLatin1String("name")).toString() == nameOrId && (!found || !isRevoked))
            found = key;
    }
    if (!found)
        context.output.problem(
            QStringLiteral("there is no key \"%1\"; `lbp key list --all` shows all of them").arg(nameOrId));
    return found;
}

int printJson(Context &context, const ApiAnswer &answer)
{
    context.output.out(answer.body.endsWith('\n') ? answer.body : answer.body + '\n');
    return ExitOk;
}

Result<qint64> secondsFromText(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^([0-9]{1,9})(s|m|h|d|w)$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return fail(
            ErrorCode::InvalidValue,
            QStringLiteral("\"%1\" is no time span; write a number and s, m, h, d or w, such as 12h or 7d")
                .arg(text));
    const qint64 count = match.captured(1).toLongLong();
    switch (match.captured(2).front().unicode()) {
    case u's':
        return count;
    case u'm':
        return count * 60;
    case u'h':
        return count * 3600;
    case u'd':
        return count * 86400;
    default:
        return count * 7 * 86400;
    }
}

Result<QString> instantFromText(const QString &text, const QDateTime &now)
{
    // A day stays a day: the proxy knows in which time zone its days begin.
    if (text == QLatin1String("today"))
        return now.date().toString(Qt::ISODate);
    if (text == QLatin1String("yesterday"))
        return now.date().addDays(-1).toString(Qt::ISODate);
    if (text.size() == 10 && QDate::fromString(text, Qt::ISODate).isValid())
        return text;
    QDateTime when;
    if (text == QLatin1String("now"))
        when = now;
    else if (const Result<qint64> ago = secondsFromText(text))
        when = now.addSecs(-*ago);
    else if (text.size() > 10)
        when = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!when.isValid())
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("\"%1\" is no time; write 2026-01-31, 2026-01-31T12:00:00Z, today, "
                                   "yesterday, or a time ago such as 12h or 7d")
                        .arg(text));
    return when.toUTC().toString(Qt::ISODate);
}

QString targetWith(const QString &path, const QList<std::pair<QString, QString>> &query)
{
    QStringList parts;
    for (const auto &[name, value] : query) {
        if (!value.isEmpty())
            parts.append(name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    return parts.isEmpty() ? path : path + u'?' + parts.join(u'&');
}

QString localTimeText(const QString &rfc3339)
{
    const QDateTime when = QDateTime::fromString(rfc3339, Qt::ISODateWithMs);
    return when.isValid() ? when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : rfc3339;
}

} // namespace lbp
