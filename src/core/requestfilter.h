#pragma once

#include "core/exchangerow.h"
#include "core/timerange.h"

#include <QList>
#include <QStringList>

namespace lbp {

/// What a term of the filter language speaks about. The language:
///
///     key:ci team:web model:gpt-*|claude-* status:4xx|402 cost>0.05 cost:0.01..1 tokens>10k duration>2s
///     ttft>500ms time>2026-11-01 time:today time:24h cached:yes outcome:clientGone -provider:openai
///     error:"rate limit" word
///
/// Terms are joined by "and"; `|` between the values of one term means "or"; `-` before a term means "not",
/// which is the exact complement. A bare word is searched for in key name, model and error text. Quotes ("…",
/// with \" and \\ inside) keep spaces and special characters; a quoted value has no wildcards. Letters A to Z
/// match in either case. `*` stands for any run and `?` for one character.
enum class FilterField {
    Text, ///< a bare word: part of key name, effective model or error
    Key, ///< name, or id as key_3
    Team,
    Project,
    Model, ///< the effective one
    Requested, ///< the model asked for; where nothing was changed, the effective one
    Provider,
    Endpoint, ///< whole or up to a dot: "chat" finds "chat.completions"
    HttpStatus, ///< 402, 4xx, none (no answer was sent), comparisons
    Outcome, ///< names as in outcomeName(), case and `_` ignored: clientGone
    Provenance, ///< names as in provenanceName()
    Cost, ///< USD; an unknown cost fits no value
    Saved, ///< USD
    Tokens, ///< input and output; k and M for thousands and millions
    Input,
    Output,
    Elapsed, ///< "duration": with unit: us, ms, s, m, h
    Ttft, ///< the same; without content there is none, and no value fits
    Time, ///< when it began: a day, 2026-11-01T18:00 (local), with Z or offset, or a name of namedRange()
    Cached, ///< yes, no: answered from the cache
    Estimated, ///< yes, no: estimated or recovered amounts
    Unpriced, ///< yes, no
    Stream, ///< yes, no
    Clamped, ///< yes, no
    Downgraded, ///< yes, no: another model was asked for
    Id, ///< req_…
    Error, ///< part of the error text
};

/// What values a field takes, for completion and help.
enum class FilterKind { Text, HttpStatus, Name, Usd, Count, Elapsed, Time, Switch, Id };
struct FilterFieldInfo
{
    FilterField field;
    FilterKind kind;
    QString name; ///< as typed; empty for bare words
    QString example; ///< a whole term
    QStringList values; ///< where they are a closed list
};
[[nodiscard]] const QList<FilterFieldInfo> &filterFields(); ///< in the order in which they are offered

/// A closed interval of whole numbers in the unit of the field: picodollars, tokens, microseconds, HTTP
/// status, the number of an outcome, microseconds since the epoch, a request id, 1 for yes.
struct FilterSpan
{
    qint64 from = 0, to = 0;
    bool operator==(const FilterSpan &) const = default;
};
/// What a text field is held against.
struct FilterPattern
{
    QString text;
    bool isGlob = false; ///< `*` and `?` are wildcards
    bool operator==(const FilterPattern &) const = default;
};

/// One term: a chip. Holds when one of its patterns (text fields) or spans (all others) fits, or none does if
/// negated.
struct FilterTerm
{
    FilterField field = FilterField::Text;
    bool negated = false;
    QList<FilterPattern> patterns;
    QList<FilterSpan> spans;
    QString text; ///< as typed, with its `-`; parsing it again gives this term
    qsizetype at = 0, length = 0; ///< where it stands in the text
    bool operator==(const FilterTerm &) const = default;
};

/// Something in the text that is no term. What stands beside it is read all the same.
struct FilterProblem
{
    qsizetype at = 0, length = 0;
    QString message; ///< what is wrong and what is expected, as a sentence
    QString suggestion; ///< what to write in its place; empty when nothing is near
};

struct RequestTerms
{
    QList<FilterTerm> terms;
    QList<FilterProblem> problems; ///< in the order of the text
    [[nodiscard]] bool isEmpty() const { return terms.isEmpty(); }
    [[nodiscard]] QString text() const; ///< the terms joined by spaces: chips to text
};

/// Reads \a text. Never fails: what cannot be read becomes a problem. \a now and \a zone are what names of
/// times and local days are taken at, so keep the text of a filter, not its terms, to use it again later.
[[nodiscard]] RequestTerms parseRequestTerms(QStringView text, Instant now, const QTimeZone &zone);
/// The same for scripts: InvalidValue names the first problem and its place.
[[nodiscard]] Result<QList<FilterTerm>> readRequestTerms(QStringView text, Instant now,
                                                         const QTimeZone &zone);
/// A term made from values, quoted where needed: ("key", ":", "my key") gives key:"my key".
[[nodiscard]] QString filterTermText(QStringView name, QStringView op, QStringView value,
                                     bool negated = false);

/// Whether \a row fits all \a terms; \a keyName is the name of its key. The store answers the same question
/// in SQL; this one is for rows that come in live.
[[nodiscard]] bool fits(const QList<FilterTerm> &terms, const ExchangeRow &row, QStringView keyName);
/// Whether \a text fits one of the term's patterns in the way of its field.
[[nodiscard]] bool fitsText(const FilterTerm &term, QStringView text);

} // namespace lbp
