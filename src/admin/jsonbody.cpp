#include "admin/jsonbody.h"

#include "wire/json.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lbp {

namespace {

/// What may stand in an error: short, and on one line.
QString shown(const QString &text)
{
    QString safe = text.left(40);
    for (QChar &c : safe)
        if (!c.isPrint())
            c = u'?';
    return safe;
}

QString unknownName(const QString &what, const QString &name, const QStringList &known)
{
    const QString nearest = nearestName(name, known);
    if (known.isEmpty())
        return QStringLiteral("unknown %1 \"%2\"; none is expected here").arg(what, shown(name));
    return QStringLiteral("unknown %1 \"%2\"; %3")
        .arg(what, shown(name),
             nearest.isEmpty() ? QStringLiteral("known are: ") + known.join(u", ")
                               : QStringLiteral("did you mean \"%1\"?").arg(nearest));
}

bool isNumber(const QByteArray &json)
{
    return !json.isEmpty() && (json[0] == '-' || (json[0] >= '0' && json[0] <= '9'));
}

} // namespace

std::optional<Instant> instantFromText(QStringView text)
{
    // A moment without an offset would mean something else on every machine.
    if (!text.contains(u'T')
        || !(text.endsWith(u'Z') || text.sliced(text.indexOf(u'T')).contains(u'+')
             || text.sliced(text.indexOf(u'T')).contains(u'-')))
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    if (!time.isValid() || time.date().year() < 1970 || time.date().year() > 9999)
        return std::nullopt;
    return fromMicros(time.toMSecsSinceEpoch() * 1000);
}

QString instantText(Instant at)
{
    const qint64 us = toMicros(at);
    const qint64 seconds = us >= 0 ? us / 1'000'000 : (us - 999'999) / 1'000'000;
    const qint64 rest = us - seconds * 1'000'000;
    QString text =
        QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    if (rest != 0) {
        QString fraction = QStringLiteral(".%1").arg(rest, 6, 10, QLatin1Char('0'));
        while (fraction.endsWith(u'0'))
            fraction.chop(1);
        text += fraction;
    }
    return text + u'Z';
}

JsonBody::JsonBody(const QByteArray &json, const QStringList &known, QString where)
    : m_where(std::move(where))
{
    if (json.trimmed().isEmpty())
        return;
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject()) {
        fault({},
              problem.error != QJsonParseError::NoError
                  ? QStringLiteral("the body is not JSON: %1 at byte %2")
                        .arg(problem.errorString())
                        .arg(problem.offset)
                  : QStringLiteral("the body must be a JSON object"));
        return;
    }
    const QStringList names = document.object().keys();
    for (const QString &name : names) {
        if (!known.contains(name)) {
            fault({}, unknownName(QStringLiteral("member"), name, known));
            return;
        }
    }
    QList<QByteArray> asked;
    for (const QString &name : known)
        asked.append(name.toUtf8());
    const std::vector<QByteArrayView> views(asked.begin(), asked.end());
    const auto members = findMembers(json, views);
    if (!members) {
        m_status = tl::unexpected(members.error());
        return;
    }
    for (const JsonMember &member : *members) {
        const QString &name = known.at(member.field);
        if (m_members.contains(name)) {
            fault(name, QStringLiteral("is there twice"));
            return;
        }
        m_members.insert(name, json.mid(member.begin, member.end - member.begin).trimmed());
    }
}

void JsonBody::fault(const QString &member, const QString &message)
{
    if (!m_status)
        return;
    QString path = m_where;
    if (!member.isEmpty())
        path += (path.isEmpty() ? QString() : QStringLiteral(".")) + member;
    m_status =
        fail(ErrorCode::InvalidRequest, path.isEmpty() ? message : path + QStringLiteral(": ") + message);
}

bool JsonBody::isNull(QStringView name) const
{
    return m_members.value(name.toString()) == "null";
}

QByteArray JsonBody::value(const QString &name) const
{
    const QByteArray json = m_members.value(name);
    return json == "null" ? QByteArray() : json;
}

std::optional<QString> JsonBody::string(const QString &name)
{
    const QByteArray json = value(name);
    if (json.isEmpty())
        return std::nullopt;
    const std::optional<QString> text = json.startsWith('"') ? jsonString(json) : std::nullopt;
    if (!text)
        fault(name, QStringLiteral("must be a string"));
    return text;
}

std::optional<Money> JsonBody::money(const QString &name)
{
    const QByteArray json = value(name);
    if (json.isEmpty())
        return std::nullopt;
    QString text;
    if (isNumber(json)) {
        text = QString::fromLatin1(json);
    } else if (const auto quoted = json.startsWith('"') ? jsonString(json) : std::nullopt) {
        text = *quoted;
    } else {
        fault(name, QStringLiteral("must be an amount in USD such as \"5.00\""));
        return std::nullopt;
    }
    const Result<Money> amount = Money::fromDecimal(text);
    if (!amount) {
        fault(name, QStringLiteral("must be an amount in USD such as \"5.00\": ") + amount.error().detail);
        return std::nullopt;
    }
    return *amount;
}

std::optional<int> JsonBody::integer(const QString &name, int min, int max)
{
    const QByteArray json = value(name);
    if (json.isEmpty())
        return std::nullopt;
    const std::optional<qint64> number = isNumber(json) ? jsonInteger(json) : std::nullopt;
    if (!number || *number < min || *number > max) {
        fault(name, QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
        return std::nullopt;
    }
    return int(*number);
}

std::optional<bool> JsonBody::boolean(const QString &name)
{
    const QByteArray json = value(name);
    if (json.isEmpty())
        return std::nullopt;
    if (json != "true" && json != "false") {
        fault(name, QStringLiteral("must be true or false"));
        return std::nullopt;
    }
    return json == "true";
}

std::optional<QStringList> JsonBody::strings(const QString &name)
{
    const QByteArray json = value(name);
    if (json.isEmpty())
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    QStringList list;
    bool good = document.isArray();
    const QJsonArray items = document.array();
    for (const QJsonValue &item : items) {
        good = good && item.isString();
        list.append(item.toString());
    }
    if (!good) {
        fault(name, QStringLiteral("must be a list of strings"));
        return std::nullopt;
    }
    return list;
}

std::optional<Instant> JsonBody::time(const QString &name)
{
    const std::optional<QString> text = string(name);
    if (!text)
        return std::nullopt;
    const std::optional<Instant> at = instantFromText(*text);
    if (!at)
        fault(name, QStringLiteral("must be a time such as \"2027-01-31T18:00:00Z\""));
    return at;
}

QByteArray JsonBody::object(const QString &name)
{
    const QByteArray json = value(name);
    if (!json.isEmpty() && !json.startsWith('{')) {
        fault(name, QStringLiteral("must be an object"));
        return {};
    }
    return json;
}

QueryReader::QueryReader(QByteArrayView query, const QStringList &known)
{
    QByteArray text = query.toByteArray();
    text.replace('+', "%20"); // as forms send it
    const QUrlQuery parsed(QString::fromUtf8(text));
    const auto items = parsed.queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (!known.contains(name))
            fault({}, unknownName(QStringLiteral("parameter"), name, known));
        if (m_values.contains(name))
            fault(name, QStringLiteral("is there twice"));
        m_values.insert(name, value);
    }
}

void QueryReader::fault(const QString &name, const QString &message)
{
    if (m_status)
        m_status =
            fail(ErrorCode::InvalidRequest, name.isEmpty() ? message : name + QStringLiteral(": ") + message);
}

std::optional<QString> QueryReader::string(const QString &name) const
{
    const QString value = m_values.value(name);
    return value.isEmpty() ? std::nullopt : std::optional(value);
}

std::optional<int> QueryReader::integer(const QString &name, int min, int max)
{
    const std::optional<QString> text = string(name);
    if (!text)
        return std::nullopt;
    bool good = false;
    const int number = text->toInt(&good);
    if (!good || number < min || number > max) {
        fault(name, QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
        return std::nullopt;
    }
    return number;
}

std::optional<Instant> QueryReader::moment(const QString &name, const QTimeZone &zone)
{
    const std::optional<QString> text = string(name);
    if (!text)
        return std::nullopt;
    if (text->size() == 10) {
        const QDate day = QDate::fromString(*text, Qt::ISODate);
        if (day.isValid() && day.year() >= 1970 && day.year() <= 9999)
            return fromMicros(day.startOfDay(zone).toMSecsSinceEpoch() * 1000);
    } else if (const std::optional<Instant> at = instantFromText(*text)) {
        return at;
    }
    fault(name, QStringLiteral("must be a day such as 2027-01-31 or a time such as 2027-01-31T18:00:00Z"));
    return std::nullopt;
}

} // namespace lbp
