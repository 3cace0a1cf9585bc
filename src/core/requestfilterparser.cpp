#include "core/requestfilter.h"

#include "core/decimal.h"
#include "core/nearest.h"

#include <algorithm>
#include <limits>
#include <QDateTime>
#include <tl/expected.hpp>

namespace lbp {

namespace {

constexpr qint64 lowest = std::numeric_limits<qint64>::min();
constexpr qint64 highest = std::numeric_limits<qint64>::max();
constexpr qsizetype mostTerms = 64;

/// What is wrong with a value, as the end of a sentence that begins with the value.
struct Wrong
{
    QString message;
    QString suggestion; ///< in place of the value
};
template <typename T> using Read = tl::expected<T, Wrong>;
tl::unexpected<Wrong> wrong(QString message, QString suggestion = {})
{
    return tl::unexpected(Wrong{std::move(message), std::move(suggestion)});
}

struct Value
{
    QString text; ///< without quotes
    bool isQuoted = false;
    qsizetype at = 0, length = 0; ///< with quotes
};
/// A term as it is written, before anybody knows what it means.
struct Token
{
    qsizetype at = 0, end = 0;
    bool negated = false;
    QString name; ///< empty for bare words
    QString op;
    QList<Value> values;
    std::optional<qsizetype> openQuote;
};

bool isNameCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

/// Cuts text into tokens; every text can be cut.
class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {
    }
    std::optional<Token> next()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        if (m_at == m_text.size())
            return std::nullopt;
        Token token;
        token.at = m_at;
        if (m_text[m_at] == u'-' && m_at + 1 < m_text.size() && !m_text[m_at + 1].isSpace()) {
            token.negated = true;
            ++m_at;
        }
        readName(token);
        do {
            token.values += readValue(token);
        } while (!token.name.isEmpty() && m_at < m_text.size() && m_text[m_at] == u'|' && ++m_at > 0);
        token.end = m_at;
        return token;
    }

private:
    void readName(Token &token)
    {
        qsizetype end = m_at;
        while (end < m_text.size() && isNameCharacter(m_text[end]))
            ++end;
        qsizetype opEnd = end;
        while (opEnd < m_text.size() && opEnd - end < 3 && QStringView(u":<>=").contains(m_text[opEnd]))
            ++opEnd;
        if (end == m_at || opEnd == end)
            return;
        token.name = m_text.mid(m_at, end - m_at).toString();
        token.op = m_text.mid(end, opEnd - end).toString();
        m_at = opEnd;
    }
    Value readValue(Token &token)
    {
        Value value;
        value.at = m_at;
        if (m_at < m_text.size() && m_text[m_at] == u'"') {
            value.isQuoted = true;
            readQuoted(token, value);
        } else {
            const bool isBare = token.name.isEmpty();
            while (m_at < m_text.size() && !m_text[m_at].isSpace() && (isBare || m_text[m_at] != u'|'))
                value.text += m_text[m_at++];
        }
        value.length = m_at - value.at;
        return value;
    }
    void readQuoted(Token &token, Value &value)
    {
        const qsizetype quote = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != u'"') {
            if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size())
                ++m_at;
            value.text += m_text[m_at++];
        }
        if (m_at == m_text.size())
            token.openQuote = quote;
        else
            ++m_at;
    }
    QStringView m_text;
    qsizetype m_at = 0;
};

// ---- values of each kind
// ---------------------------------------------------------------------------------------

/// A plain decimal times \a unit, as a whole number.
Read<qint64> scaled(QStringView number, qint64 unit, const QString &finest)
{
    constexpr UInt128 one = 1'000'000'000'000;
    const Result<ScaledDecimal> parsed = parseScaledDecimal(number);
    if (!parsed || parsed->negative)
        return wrong(QStringLiteral("is not a number that is 0 or more"));
    if (parsed->picodollars > UInt128(highest) * one / UInt128(unit))
        return wrong(QStringLiteral("is too large"));
    const UInt128 product = parsed->picodollars * UInt128(unit);
    if (product % one != 0)
        return wrong(QStringLiteral("is finer than ") + finest);
    return qint64(product / one);
}

struct Unit
{
    const char16_t *name;
    qint64 factor;
};

/// The number in front and the unit behind it; the unit may be empty.
std::pair<QStringView, QStringView> split(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && ((text[end] >= u'0' && text[end] <= u'9') || text[end] == u'.'))
        ++end;
    return {text.left(end), text.mid(end)};
}

Read<FilterSpan> readCount(QStringView text)
{
    constexpr Unit units[] = {{u"", 1}, {u"k", 1'000}, {u"m", 1'000'000}};
    const auto [number, unit] = split(text);
    for (const Unit &known : units)
        if (unit.compare(QStringView(known.name), Qt::CaseInsensitive) == 0)
            return scaled(number, known.factor, QStringLiteral("one token")).map([](qint64 n) {
                return FilterSpan{n, n};
            });
    return wrong(QStringLiteral("is not a number of tokens such as 800, 10k or 1.5M"));
}

Read<FilterSpan> readElapsed(QStringView text)
{
    constexpr Unit units[] = {{u"us", 1},           {u"µs", 1},         {u"ms", 1'000},
                              {u"s", 1'000'000},    {u"m", 60'000'000}, {u"min", 60'000'000},
                              {u"h", 3'600'000'000}};
    const auto [number, unit] = split(text);
    if (unit.isEmpty() && !number.isEmpty())
        return wrong(QStringLiteral("has no unit; write ms, s, m or h behind the number"),
                     number.toString() + u's');
    for (const Unit &known : units)
        if (unit.compare(QStringView(known.name), Qt::CaseInsensitive) == 0)
            return scaled(number, known.factor, QStringLiteral("a microsecond")).map([](qint64 n) {
                return FilterSpan{n, n};
            });
    return wrong(QStringLiteral("is not a duration such as 500ms, 2s or 1.5m"));
}

Read<FilterSpan> readUsd(QStringView text)
{
    if (text.startsWith(u'$'))
        text = text.mid(1);
    const Result<Money> amount = Money::fromDecimal(text);
    if (!amount && amount.error().code == ErrorCode::AmountOverflow)
        return wrong(QStringLiteral("is too large"));
    if (!amount || amount->isNegative())
        return wrong(QStringLiteral("is not an amount in USD such as 0.05"),
                     text.contains(u',') ? text.toString().replace(u',', u'.') : QString());
    return FilterSpan{amount->picodollars(), amount->picodollars()};
}

Read<FilterSpan> readStatus(QStringView text)
{
    if (text == u"none")
        return FilterSpan{0, 0};
    const auto is = [](QChar c, char16_t from, char16_t to) { return c >= from && c <= to; };
    if (text.size() == 3 && is(text[0], u'1', u'5')) {
        const int hundreds = (text[0].unicode() - u'0') * 100;
        if (text.mid(1).compare(u"xx", Qt::CaseInsensitive) == 0)
            return FilterSpan{hundreds, hundreds + 99};
        if (is(text[1], u'0', u'9') && is(text[2], u'0', u'9')) {
            const qint64 status = hundreds + (text[1].unicode() - u'0') * 10 + (text[2].unicode() - u'0');
            return FilterSpan{status, status};
        }
    }
    return wrong(QStringLiteral("is not a status such as 402, a class such as 4xx, or none"));
}

QString plainName(QStringView name)
{
    QString plain = name.toString().toLower();
    return plain.remove(u'_').remove(u'-');
}

/// One of a closed list, by its place in it.
Read<FilterSpan> readName(QStringView text, const QStringList &names)
{
    const QString wanted = plainName(text);
    for (qsizetype i = 0; i < names.size(); ++i)
        if (plainName(names[i]) == wanted)
            return FilterSpan{i, i};
    return wrong(QStringLiteral("is none of ") + names.join(QStringLiteral(", ")), nearestName(text, names));
}

Read<FilterSpan> readSwitch(QStringView text)
{
    for (const QStringView yes : {u"yes", u"true", u"1", u"on"})
        if (text.compare(yes, Qt::CaseInsensitive) == 0)
            return FilterSpan{1, 1};
    for (const QStringView no : {u"no", u"false", u"0", u"off"})
        if (text.compare(no, Qt::CaseInsensitive) == 0)
            return FilterSpan{0, 0};
    return wrong(QStringLiteral("is neither yes nor no"));
}

Read<FilterSpan> readId(QStringView text)
{
    const std::optional<RequestId> id = RequestId::fromText(text.toString().toLower().toLatin1());
    if (!id)
        return wrong(QStringLiteral("is not the id of a request: req_ and 13 letters and digits"));
    return FilterSpan{id->value, id->value};
}

struct Surroundings
{
    Instant now;
    QTimeZone zone;
};

FilterSpan spanOf(TimeRange range)
{
    return {toMicros(range.from), toMicros(range.to) - 1};
}

std::optional<FilterSpan> readMoment(QStringView text, const QTimeZone &zone)
{
    const qsizetype timeAt = text.indexOf(u'T') >= 0 ? text.indexOf(u'T') : text.indexOf(u' ');
    const QDate day = QDate::fromString(text.left(timeAt < 0 ? text.size() : timeAt).toString(), Qt::ISODate);
    if (!day.isValid() || day.year() < 1970 || day.year() > 9999)
        return std::nullopt;
    const auto micros = [](const QDateTime &t) { return fromMicros(t.toMSecsSinceEpoch() * 1000); };
    if (timeAt < 0) // by way of noon, which every day has
        return spanOf(bucketAround(micros(QDateTime(day, QTime(12, 0), zone)), TimeBucket::Day, zone));
    QStringView clock = text.mid(timeAt + 1);
    const qsizetype offsetAt =
        clock.endsWith(u'Z') ? clock.size() - 1 : std::max(clock.indexOf(u'+'), clock.indexOf(u'-'));
    const QStringView offset = offsetAt < 0 ? QStringView() : clock.mid(offsetAt);
    if (offsetAt >= 0)
        clock = clock.left(offsetAt);
    const QTime time = QTime::fromString(clock.toString(), Qt::ISODateWithMs);
    if (!time.isValid() || clock.size() < 5)
        return std::nullopt;
    QDateTime moment(day, time, zone);
    if (!offset.isEmpty()) {
        moment =
            QDateTime::fromString(QStringLiteral("2000-01-01T00:00:00") + offset.toString(), Qt::ISODate);
        if (!moment.isValid())
            return std::nullopt;
        moment = QDateTime(day, time, Qt::OffsetFromUTC, moment.offsetFromUtc());
    }
    const qint64 length = clock.size() == 5 ? 60'000'000 : clock.size() == 8 ? 1'000'000 : 1'000;
    const qint64 from = toMicros(micros(moment));
    return FilterSpan{from, from + length - 1};
}

Read<FilterSpan> readTime(QStringView text, const Surroundings &around)
{
    if (const std::optional<FilterSpan> span = readMoment(text, around.zone))
        return *span;
    const QString name = text.toString().toLower();
    if (const std::optional<TimeRange> range = namedRange(name, around.now, around.zone)) {
        // Up to now means from then on: what begins after the filter was read is newer still.
        const bool isRecent = range->to == around.now && name.front().isDigit();
        return isRecent ? FilterSpan{toMicros(range->from), highest} : spanOf(*range);
    }
    QStringList names;
    for (const FilterFieldInfo &info : filterFields())
        if (info.field == FilterField::Time)
            names = info.values;
    return wrong(
        QStringLiteral("is not a time such as 2027-01-31, 2027-01-31T18:00, today, yesterday, 24h or 7d"),
        nearestName(text, names));
}

Read<FilterSpan> readSpan(const FilterFieldInfo &info, QStringView text, const Surroundings &around)
{
    switch (info.kind) {
    case FilterKind::HttpStatus:
        return readStatus(text);
    case FilterKind::Name:
        return readName(text, info.values);
    case FilterKind::Usd:
        return readUsd(text);
    case FilterKind::Count:
        return readCount(text);
    case FilterKind::Elapsed:
        return readElapsed(text);
    case FilterKind::Time:
        return readTime(text, around);
    case FilterKind::Switch:
        return readSwitch(text);
    case FilterKind::Id:
    case FilterKind::Text:
        break;
    }
    return readId(text);
}

bool isOrdered(FilterKind kind)
{
    return kind == FilterKind::HttpStatus || kind == FilterKind::Usd || kind == FilterKind::Count
        || kind == FilterKind::Elapsed || kind == FilterKind::Time;
}

/// The numbers on one side of \a value. A status of 0 says that there was none, and compares with nothing.
FilterSpan compared(QStringView op, FilterSpan value, FilterKind kind)
{
    const qint64 low = kind == FilterKind::HttpStatus ? 100 : lowest;
    // A length of time before now is a moment, although it is read as all that came since.
    const qint64 end = kind == FilterKind::Time && value.to == highest ? value.from - 1 : value.to;
    if (op == u">")
        return end == highest ? FilterSpan{highest, lowest} : FilterSpan{end + 1, highest};
    if (op == u">=")
        return {value.from, highest};
    if (op == u"<")
        return {low, value.from - 1};
    return {low, end};
}

/// Both ends of a range such as 0.01..1; either may be missing.
Read<FilterSpan> readSides(const FilterFieldInfo &info, QStringView text, qsizetype dots,
                           const Surroundings &around)
{
    FilterSpan span{info.kind == FilterKind::HttpStatus ? 100 : lowest, highest};
    const QStringView sides[] = {text.left(dots), text.mid(dots + 2)};
    if (sides[0].isEmpty() && sides[1].isEmpty())
        return wrong(QStringLiteral("is a range without ends"));
    for (int i = 0; i < 2; ++i) {
        if (sides[i].isEmpty())
            continue;
        const Read<FilterSpan> side = readSpan(info, sides[i], around);
        if (!side)
            return side;
        (i == 0 ? span.from : span.to) = i == 0 ? side->from : side->to;
    }
    if (span.from > span.to)
        return wrong(QStringLiteral("is a range that ends before it begins"),
                     sides[1].toString() + QStringLiteral("..") + sides[0].toString());
    return span;
}

// ---- terms
// -----------------------------------------------------------------------------------------------------

const FilterFieldInfo *infoOf(QStringView name)
{
    for (const FilterFieldInfo &info : filterFields())
        if (info.name.compare(name, Qt::CaseInsensitive) == 0)
            return &info;
    return nullptr;
}

class Reader
{
public:
    Reader(QStringView text, Surroundings around)
        : m_text(text)
        , m_around(std::move(around))
    {
    }
    RequestTerms read()
    {
        Scanner scanner(m_text);
        while (const std::optional<Token> token = scanner.next()) {
            if (m_result.terms.size() >= mostTerms) {
                problem(token->at, m_text.size() - token->at,
                        QStringLiteral("a filter has at most %1 terms").arg(mostTerms));
                break;
            }
            readToken(*token);
        }
        return std::move(m_result);
    }

private:
    void problem(qsizetype at, qsizetype length, QString message, QString suggestion = {})
    {
        m_result.problems += {at, length, std::move(message), std::move(suggestion)};
    }
    void readToken(const Token &token)
    {
        if (token.openQuote)
            return problem(*token.openQuote, token.end - *token.openQuote,
                           QStringLiteral("the quote is not closed; write \" behind the text"),
                           m_text.mid(*token.openQuote, token.end - *token.openQuote).toString() + u'"');
        const FilterFieldInfo *info = infoOf(token.name);
        if (!info)
            return unknownName(token);
        if (token.name.isEmpty() && (token.values[0].text == u"OR" || token.values[0].text == u"AND")
            && !token.values[0].isQuoted)
            return problem(
                token.at, token.end - token.at,
                QStringLiteral("terms are always joined by \"and\"; for \"or\" write | between values, as in "
                               "status:402|429; to search for the word, put it in quotes"),
                u'"' + token.values[0].text + u'"');
        FilterTerm term;
        term.field = info->field;
        term.negated = token.negated;
        term.at = token.at;
        term.length = token.end - token.at;
        term.text = m_text.mid(term.at, term.length).toString();
        const bool read =
            info->kind == FilterKind::Text ? readTexts(token, *info, term) : readSpans(token, *info, term);
        if (read)
            m_result.terms += term;
    }
    void unknownName(const Token &token)
    {
        QStringList names;
        for (const FilterFieldInfo &info : filterFields())
            if (!info.name.isEmpty())
                names += info.name;
        const QString nearest = nearestName(token.name, names);
        const qsizetype at = token.at + (token.negated ? 1 : 0);
        problem(at, token.name.size(),
                QStringLiteral("%1 is nothing to filter by; %2; to search for it as text, put it in quotes")
                    .arg(quoted(token.name),
                         nearest.isEmpty() ? QStringLiteral("there are ") + names.join(QStringLiteral(", "))
                                           : QStringLiteral("did you mean \"%1\"?").arg(nearest)),
                nearest);
    }
    /// Operators as they are typed to those there are: ":" and "=" are the same, ":>" is ">".
    std::optional<QString> operatorOf(const Token &token, const FilterFieldInfo &info)
    {
        QString op = token.op;
        if (op.size() > 1 && op.startsWith(u':'))
            op = op.mid(1);
        if (op == u"=")
            op = QStringLiteral(":");
        const qsizetype at = token.at + (token.negated ? 1 : 0) + token.name.size();
        if (op == u":")
            return op;
        if (!isOrdered(info.kind)) {
            problem(
                at, token.op.size(),
                QStringLiteral("%1 cannot be compared; write \":\", as in %2").arg(info.name, info.example),
                QStringLiteral(":"));
            return std::nullopt;
        }
        if (op == u">" || op == u">=" || op == u"<" || op == u"<=")
            return op;
        problem(at, token.op.size(),
                QStringLiteral("%1 is no comparison; there are : > >= < <=").arg(quoted(token.op)));
        return std::nullopt;
    }
    void missingValue(const Value &value, const FilterFieldInfo &info)
    {
        problem(value.at, 0, QStringLiteral("a value is missing, such as %1").arg(info.example));
    }
    bool readTexts(const Token &token, const FilterFieldInfo &info, FilterTerm &term)
    {
        if (!token.name.isEmpty() && !operatorOf(token, info))
            return false;
        const bool isPart = info.field == FilterField::Text || info.field == FilterField::Error;
        for (const Value &value : token.values) {
            if (value.text.isEmpty() && (!value.isQuoted || isPart)) {
                missingValue(value, info);
                return false;
            }
            const bool isGlob = !value.isQuoted && (value.text.contains(u'*') || value.text.contains(u'?'));
            term.patterns += {value.text, isGlob};
        }
        return true;
    }
    bool readSpans(const Token &token, const FilterFieldInfo &info, FilterTerm &term)
    {
        const std::optional<QString> op = operatorOf(token, info);
        if (!op)
            return false;
        if (*op != u":" && token.values.size() > 1) {
            problem(token.at, token.end - token.at,
                    QStringLiteral("a comparison has one value; \"|\" goes with \":\" only"));
            return false;
        }
        for (const Value &value : token.values) {
            if (value.text.isEmpty()) {
                missingValue(value, info);
                return false;
            }
            const qsizetype dots = isOrdered(info.kind) && *op == u":" ? value.text.indexOf(u"..") : -1;
            const Read<FilterSpan> span = dots >= 0 ? readSides(info, value.text, dots, m_around)
                                                    : readSpan(info, value.text, m_around);
            if (!span) {
                problem(value.at, value.length, quoted(value.text) + u' ' + span.error().message,
                        span.error().suggestion);
                return false;
            }
            term.spans += *op == u":" ? *span : compared(*op, *span, info.kind);
        }
        return true;
    }

    QStringView m_text;
    Surroundings m_around;
    RequestTerms m_result;
};

} // namespace

RequestTerms parseRequestTerms(QStringView text, Instant now, const QTimeZone &zone)
{
    return Reader(text, {now, zone}).read();
}

Result<QList<FilterTerm>> readRequestTerms(QStringView text, Instant now, const QTimeZone &zone)
{
    RequestTerms read = parseRequestTerms(text, now, zone);
    if (read.problems.isEmpty())
        return std::move(read.terms);
    const FilterProblem &first = read.problems.first();
    return fail(ErrorCode::InvalidValue,
                QStringLiteral("at character %1: %2").arg(first.at + 1).arg(first.message));
}

} // namespace lbp
