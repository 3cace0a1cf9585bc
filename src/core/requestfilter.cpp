#include "core/requestfilter.h"

#include "core/key.h"

#include <algorithm>

namespace lbp {

namespace {

QString s(const char16_t *text)
{
    return QString::fromUtf16(text);
}

/// Letters A to Z only, as the database compares them.
QString folded(QStringView text)
{
    QString result = text.toString();
    for (QChar &c : result)
        if (c >= u'A' && c <= u'Z')
            c = QChar(char16_t(c.unicode() + 32));
    return result;
}

bool isPart(FilterField field)
{
    return field == FilterField::Text || field == FilterField::Error;
}

bool patternFits(const FilterPattern &pattern, FilterField field, const QString &text)
{
    const QString wanted = folded(pattern.text);
    if (isPart(field))
        return pattern.isGlob ? globMatches(u'*' + wanted + u'*', text) : text.contains(wanted);
    const auto whole = [&](QStringView part) {
        return pattern.isGlob ? globMatches(wanted, part) : wanted == part;
    };
    if (whole(text))
        return true;
    const qsizetype dot = field == FilterField::Endpoint ? text.indexOf(u'.') : -1;
    return dot > 0 && whole(QStringView(text).left(dot));
}

const Series &seriesOf(const ExchangeRow &row)
{
    static const Series none;
    return row.open.series ? *row.open.series : none;
}

const QString &shownModel(const ExchangeRow &row)
{
    const QString &model = seriesOf(row).model;
    return model.isEmpty() ? row.open.requestedModel : model;
}

/// The number of \a field that spans are held against; nullopt where the row has none.
std::optional<qint64> numberOf(const ExchangeRow &row, FilterField field)
{
    const CloseRow &close = row.close;
    const bool isOpen = close.outcome == Outcome::Open;
    const auto ended = [isOpen](qint64 value) { return isOpen ? std::nullopt : std::optional(value); };
    switch (field) {
    case FilterField::HttpStatus:
        return ended(close.status);
    case FilterField::Outcome:
        return qint64(close.outcome);
    case FilterField::Provenance:
        return qint64(close.provenance);
    case FilterField::Cost:
        return close.cost ? ended(close.cost->picodollars()) : std::nullopt;
    case FilterField::Saved:
        return ended(close.saved.picodollars());
    case FilterField::Tokens:
        return ended(close.usage.inputTokens() + close.usage.outputTokens());
    case FilterField::Input:
        return ended(close.usage.inputTokens());
    case FilterField::Output:
        return ended(close.usage.outputTokens());
    case FilterField::Elapsed:
        return ended(close.durationUs);
    case FilterField::Ttft:
        return close.ttftUs > 0 ? ended(close.ttftUs) : std::nullopt;
    case FilterField::Time:
        return toMicros(row.open.id.time());
    case FilterField::Cached:
        return close.outcome == Outcome::CacheHit;
    case FilterField::Estimated:
        return close.provenance == Provenance::Estimated || close.provenance == Provenance::Recovered;
    case FilterField::Unpriced:
        return close.provenance == Provenance::Unpriced;
    case FilterField::Stream:
        return row.open.stream;
    case FilterField::Clamped:
        return row.open.clamped;
    case FilterField::Downgraded:
        return !row.open.requestedModel.isEmpty() && !seriesOf(row).model.isEmpty();
    case FilterField::Id:
        return row.open.id.value;
    default:
        return std::nullopt;
    }
}

bool holds(const FilterTerm &term, const ExchangeRow &row, QStringView keyName)
{
    const Series &series = seriesOf(row);
    switch (term.field) {
    case FilterField::Text:
        return fitsText(term, keyName) || fitsText(term, shownModel(row)) || fitsText(term, row.close.error);
    case FilterField::Key:
        return fitsText(term, keyName) || fitsText(term, QStringLiteral("key_%1").arg(series.key));
    case FilterField::Team:
        return fitsText(term, series.team);
    case FilterField::Project:
        return fitsText(term, series.project);
    case FilterField::Model:
        return fitsText(term, shownModel(row));
    case FilterField::Requested:
        return fitsText(term, row.open.requestedModel.isEmpty() ? series.model : row.open.requestedModel);
    case FilterField::Provider:
        return fitsText(term, series.provider);
    case FilterField::Endpoint:
        return fitsText(term, row.open.endpoint);
    case FilterField::Error:
        return fitsText(term, row.close.error);
    default:
        break;
    }
    const std::optional<qint64> number = numberOf(row, term.field);
    return number && std::any_of(term.spans.begin(), term.spans.end(), [&](const FilterSpan &span) {
               return span.from <= *number && *number <= span.to;
           });
}

bool needsQuotes(QStringView value)
{
    return value.isEmpty() || value.startsWith(u'-') || std::any_of(value.begin(), value.end(), [](QChar c) {
               return c.isSpace() || QStringView(u"\"\\|:<>=*?").contains(c);
           });
}

} // namespace

const QList<FilterFieldInfo> &filterFields()
{
    using enum FilterField;
    using Kind = FilterKind;
    static const QList<FilterFieldInfo> fields = [] {
        QStringList outcomes, provenances;
        for (int i = int(lbp::Outcome::Open); i <= int(lbp::Outcome::Recovered); ++i)
            outcomes += outcomeName(lbp::Outcome(i));
        for (int i = int(lbp::Provenance::Reserved); i <= int(lbp::Provenance::Free); ++i)
            provenances += provenanceName(lbp::Provenance(i));
        const QStringList choice{s(u"yes"), s(u"no")};
        const QStringList times{s(u"today"), s(u"yesterday"), s(u"24h"),      s(u"7d"),
                                s(u"week"),  s(u"month"),     s(u"lastmonth")};
        return QList<FilterFieldInfo>{
            {Key, Kind::Text, s(u"key"), s(u"key:ci"), {}},
            {Model, Kind::Text, s(u"model"), s(u"model:gpt-*"), {}},
            {Team, Kind::Text, s(u"team"), s(u"team:web"), {}},
            {HttpStatus,
             Kind::HttpStatus,
             s(u"status"),
             s(u"status:4xx"),
             {s(u"2xx"), s(u"4xx"), s(u"5xx"), s(u"none")}},
            {Cost, Kind::Usd, s(u"cost"), s(u"cost>0.05"), {}},
            {Tokens, Kind::Count, s(u"tokens"), s(u"tokens>10k"), {}},
            {Elapsed, Kind::Elapsed, s(u"duration"), s(u"duration>2s"), {}},
            {Time, Kind::Time, s(u"time"), s(u"time:today"), times},
            {Cached, Kind::Switch, s(u"cached"), s(u"cached:yes"), choice},
            {Estimated, Kind::Switch, s(u"estimated"), s(u"estimated:yes"), choice},
            {Error, Kind::Text, s(u"error"), s(u"error:\"rate limit\""), {}},
            {Outcome, Kind::Name, s(u"outcome"), s(u"outcome:refused"), outcomes},
            {Provider, Kind::Text, s(u"provider"), s(u"provider:openai"), {}},
            {Project, Kind::Text, s(u"project"), s(u"project:search"), {}},
            {Endpoint, Kind::Text, s(u"endpoint"), s(u"endpoint:chat"), {}},
            {Stream, Kind::Switch, s(u"stream"), s(u"stream:yes"), choice},
            {Ttft, Kind::Elapsed, s(u"ttft"), s(u"ttft>500ms"), {}},
            {Input, Kind::Count, s(u"input"), s(u"input>1000"), {}},
            {Output, Kind::Count, s(u"output"), s(u"output>1000"), {}},
            {Saved, Kind::Usd, s(u"saved"), s(u"saved>0"), {}},
            {Requested, Kind::Text, s(u"requested"), s(u"requested:gpt-4o"), {}},
            {Downgraded, Kind::Switch, s(u"downgraded"), s(u"downgraded:yes"), choice},
            {Clamped, Kind::Switch, s(u"clamped"), s(u"clamped:yes"), choice},
            {Unpriced, Kind::Switch, s(u"unpriced"), s(u"unpriced:yes"), choice},
            {Provenance, Kind::Name, s(u"provenance"), s(u"provenance:exact"), provenances},
            {Id, Kind::Id, s(u"id"), s(u"id:req_0000000000000"), {}},
            {Text, Kind::Text, QString(), s(u"timeout"), {}},
        };
    }();
    return fields;
}

QString RequestTerms::text() const
{
    QStringList parts;
    for (const FilterTerm &term : terms)
        parts += term.text;
    return parts.join(u' ');
}

QString filterTermText(QStringView name, QStringView op, QStringView value, bool negated)
{
    QString text = negated ? QStringLiteral("-") : QString();
    text += name;
    text += op;
    if (!needsQuotes(value)) {
        text += value;
        return text;
    }
    text += u'"';
    for (const QChar c : value) {
        if (c == u'"' || c == u'\\')
            text += u'\\';
        text += c;
    }
    return text + u'"';
}

bool fitsText(const FilterTerm &term, QStringView text)
{
    const QString held = folded(text);
    return std::any_of(term.patterns.begin(), term.patterns.end(),
                       [&](const FilterPattern &pattern) { return patternFits(pattern, term.field, held); });
}

bool fits(const QList<FilterTerm> &terms, const ExchangeRow &row, QStringView keyName)
{
    return std::all_of(terms.begin(), terms.end(),
                       [&](const FilterTerm &term) { return holds(term, row, keyName) != term.negated; });
}

} // namespace lbp
