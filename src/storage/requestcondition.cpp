#include "storage/requestcondition.h"

#include "storage/ledgerops.h"
#include "storage/rollups.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr qint64 lowest = std::numeric_limits<qint64>::min();
constexpr qint64 highest = std::numeric_limits<qint64>::max();
constexpr qint64 lastMicros = highest >> 10;
constexpr int flagStream = 1, flagClamped = 2; // as the rows are written (ledgerops.cpp)

QString sumOf(const QString &prefix, std::initializer_list<BillingClass> classes)
{
    QStringList columns;
    for (const BillingClass c : classes)
        columns += QStringLiteral("coalesce(%1%2, 0)").arg(prefix, usageColumns()[int(c)]);
    return u'(' + columns.join(u'+') + u')';
}
QString inputOf(const QString &prefix)
{
    using enum BillingClass;
    return sumOf(prefix, {UncachedInput, CachedInput, CacheWrite5m, CacheWrite1h, AudioInput, ImageInput});
}
QString outputOf(const QString &prefix)
{
    using enum BillingClass;
    return sumOf(prefix, {Output, Reasoning, AudioOutput, ImageOutput});
}

/// SQL of what the spans of \a field are held against; NULL where a row has no such number.
QString numberSql(FilterField field)
{
    const auto ended = [](const QString &column) {
        return QStringLiteral("iif(r.outcome = 0, NULL, coalesce(%1, 0))").arg(column);
    };
    switch (field) {
    case FilterField::HttpStatus:
        return ended(QStringLiteral("r.status"));
    case FilterField::Outcome:
        return QStringLiteral("r.outcome");
    case FilterField::Provenance:
        return QStringLiteral("r.provenance");
    case FilterField::Cost:
        return QStringLiteral("iif(r.outcome = 0, NULL, r.cost)");
    case FilterField::Saved:
        return ended(QStringLiteral("r.saved"));
    case FilterField::Tokens:
        return ended(inputSql() + u'+' + outputSql());
    case FilterField::Input:
        return ended(inputSql());
    case FilterField::Output:
        return ended(outputSql());
    case FilterField::Elapsed:
        return ended(QStringLiteral("r.duration_us"));
    case FilterField::Ttft:
        return QStringLiteral("iif(r.outcome = 0, NULL, nullif(r.ttft_us, 0))");
    case FilterField::Cached:
        return QStringLiteral("(r.outcome = %1)").arg(int(Outcome::CacheHit));
    case FilterField::Estimated:
        return QStringLiteral("(r.provenance IN (%1, %2))")
            .arg(int(Provenance::Estimated))
            .arg(int(Provenance::Recovered));
    case FilterField::Unpriced:
        return QStringLiteral("(r.provenance = %1)").arg(int(Provenance::Unpriced));
    case FilterField::Stream:
        return QStringLiteral("((r.flags & %1) <> 0)").arg(flagStream);
    case FilterField::Clamped:
        return QStringLiteral("((r.flags & %1) <> 0)").arg(flagClamped);
    default:
        return QStringLiteral("r.id");
    }
}

/// A pattern of `*` and `?`, or plain text, as LIKE wants it, found anywhere.
QString likePattern(const FilterPattern &pattern)
{
    QString like = QStringLiteral("%");
    for (const QChar c : pattern.text) {
        if (pattern.isGlob && (c == u'*' || c == u'?')) {
            like += c == u'*' ? u'%' : u'_';
            continue;
        }
        if (c == u'%' || c == u'_' || c == u'\\')
            like += u'\\';
        like += c;
    }
    return like + u'%';
}

IdRange idsOf(const FilterSpan &span, FilterField field)
{
    if (span.from > span.to)
        return {};
    if (field == FilterField::Id)
        return {span.from, span.to == highest ? highest : span.to + 1};
    const qint64 from = std::clamp<qint64>(span.from, 0, lastMicros);
    return {from << 10, span.to >= lastMicros ? highest : (std::max<qint64>(span.to, -1) + 1) << 10};
}

class Builder
{
public:
    Builder(SqlConnection &connection, const std::vector<SeriesIndex::Labels> &series)
        : m_connection(connection)
        , m_series(series)
    {
    }
    Status add(const FilterTerm &term)
    {
        switch (term.field) {
        case FilterField::Key:
            if (Status read = readKeyNames(); !read)
                return read;
            addSeries(term, setOf([&](const SeriesIndex::Labels &labels) {
                          return fitsText(term, m_keyNames->value(labels.key))
                              || fitsText(term, QStringLiteral("key_%1").arg(labels.key));
                      }));
            return {};
        case FilterField::Team:
            addSeries(term, fitting(term, &SeriesIndex::Labels::team));
            return {};
        case FilterField::Project:
            addSeries(term, fitting(term, &SeriesIndex::Labels::project));
            return {};
        case FilterField::Provider:
            addSeries(term, fitting(term, &SeriesIndex::Labels::provider));
            return {};
        case FilterField::Model:
            return addModel(term, setOf([&](const SeriesIndex::Labels &labels) {
                                return !labels.model.isEmpty() && fitsText(term, labels.model);
                            }));
        case FilterField::Text:
            return addWord(term);
        case FilterField::Requested:
            return addRequested(term);
        case FilterField::Endpoint:
            return words(term).map([&](const QString &ids) {
                addRows(term, QStringLiteral("r.endpoint_id IN (%1)").arg(ids), {});
            });
        case FilterField::Error: {
            auto [sql, values] = errorSql(term);
            addRows(term, sql, values);
            return {};
        }
        case FilterField::Downgraded:
            addSwitch(term, QStringLiteral("(r.requested_model_id <> 0 AND %1)").arg(seriesIn()),
                      {setOf([](const SeriesIndex::Labels &labels) { return !labels.model.isEmpty(); })});
            return {};
        case FilterField::Time:
        case FilterField::Id:
            addIds(term);
            return {};
        default:
            addSpans(term, numberSql(term.field), {});
            addHints(term);
            return {};
        }
    }
    RequestCondition take() { return std::move(m_result); }

private:
    template <typename Fits> SeriesSet setOf(Fits &&fits) const
    {
        SeriesSet set(qsizetype(m_series.size()), '\0');
        for (size_t i = 1; i < m_series.size(); ++i)
            if (fits(m_series[i]))
                set[qsizetype(i)] = '\1';
        return set;
    }
    SeriesSet fitting(const FilterTerm &term, QString SeriesIndex::Labels::*label) const
    {
        return setOf([&](const SeriesIndex::Labels &labels) { return fitsText(term, labels.*label); });
    }
    SeriesSet withoutModel() const
    {
        return setOf([](const SeriesIndex::Labels &labels) { return labels.model.isEmpty(); });
    }
    static SeriesSet united(SeriesSet a, const SeriesSet &b)
    {
        for (qsizetype i = 0; i < a.size(); ++i)
            a[i] = char(a[i] | b[i]);
        return a;
    }

    Status readKeyNames()
    {
        if (m_keyNames)
            return {};
        return keyNames(m_connection).map([this](QHash<KeyId, QString> names) {
            m_keyNames = std::move(names);
        });
    }
    /// Numbers of the words that fit, for IN; 0 stands for the empty one.
    Result<QString> words(const FilterTerm &term)
    {
        if (!m_words) {
            Result<QSqlQuery> rows = m_connection.run(QStringLiteral("SELECT id, text FROM words"));
            if (!rows)
                return tl::unexpected(rows.error());
            m_words.emplace();
            while (rows->next())
                m_words->append({rows->value(0).toLongLong(), rows->value(1).toString()});
        }
        QStringList ids;
        if (fitsText(term, QString()))
            ids += QStringLiteral("0");
        for (const auto &[id, text] : *m_words)
            if (fitsText(term, text))
                ids += QString::number(id);
        return ids.join(u',');
    }
    static std::pair<QString, QVariantList> errorSql(const FilterTerm &term)
    {
        QStringList parts;
        QVariantList values;
        for (const FilterPattern &pattern : term.patterns) {
            parts += QStringLiteral("coalesce(r.error, '') LIKE ? ESCAPE '\\'");
            values += likePattern(pattern);
        }
        return {parts.join(QStringLiteral(" OR ")), values};
    }

    void addRows(const FilterTerm &term, const QString &sql, const QVariantList &values)
    {
        m_result.rows +=
            term.negated ? QStringLiteral("(NOT coalesce((%1), 0))").arg(sql) : u'(' + sql + u')';
        m_result.values += values;
    }
    /// A term that series alone decide.
    void addSeries(const FilterTerm &term, SeriesSet set)
    {
        if (term.negated)
            for (char &bit : set)
                bit = char(bit ^ 1);
        m_result.rows += u'(' + seriesIn() + u')';
        m_result.values += set;
        m_result.narrow(set);
    }
    /// Rows of \a set, and those without an effective model (refused ones) by the model asked for.
    Status addModel(const FilterTerm &term, const SeriesSet &set)
    {
        const SeriesSet without = withoutModel();
        const Result<QString> ids = words(term);
        if (!ids)
            return tl::unexpected(ids.error());
        if (!without.contains('\1') || ids->isEmpty()) {
            addSeries(term, set);
            return {};
        }
        addRows(term,
                seriesIn()
                    + QStringLiteral(" OR (%1 AND r.requested_model_id IN (%2))").arg(seriesIn(), *ids),
                {set, without});
        if (!term.negated)
            m_result.narrow(united(set, without));
        return {};
    }
    Status addWord(const FilterTerm &term)
    {
        if (Status read = readKeyNames(); !read)
            return read;
        const Result<QString> ids = words(term);
        if (!ids)
            return tl::unexpected(ids.error());
        const auto [error, patterns] = errorSql(term);
        const SeriesSet set = setOf([&](const SeriesIndex::Labels &labels) {
            return fitsText(term, m_keyNames->value(labels.key))
                || (!labels.model.isEmpty() && fitsText(term, labels.model));
        });
        addRows(term,
                seriesIn()
                    + QStringLiteral(" OR (%1 AND r.requested_model_id IN (%2)) OR ").arg(seriesIn(), *ids)
                    + error,
                QVariantList{set, withoutModel()} + patterns);
        return {};
    }
    Status addRequested(const FilterTerm &term)
    {
        return words(term).map([&](const QString &ids) {
            addRows(term,
                    QStringLiteral("iif(r.requested_model_id = 0, %1, r.requested_model_id IN (%2))")
                        .arg(seriesIn(), ids),
                    {fitting(term, &SeriesIndex::Labels::model)});
        });
    }
    void addSpans(const FilterTerm &term, const QString &number, const QVariantList &numberValues)
    {
        QStringList parts;
        QVariantList values;
        for (const FilterSpan &span : term.spans) {
            parts += number + QStringLiteral(" BETWEEN ? AND ?");
            values += numberValues;
            values += span.from;
            values += span.to;
        }
        addRows(term, parts.join(QStringLiteral(" OR ")), values);
    }
    void addSwitch(const FilterTerm &term, const QString &sql, const QVariantList &values)
    {
        addSpans(term, sql, values);
    }
    void addIds(const FilterTerm &term)
    {
        QStringList parts;
        QVariantList values;
        IdRange hull{highest, 0};
        for (const FilterSpan &span : term.spans) {
            const IdRange ids = idsOf(span, term.field);
            parts += QStringLiteral("(r.id >= ? AND r.id < ?)");
            values += ids.from;
            values += ids.to;
            if (!ids.isEmpty())
                hull = {std::min(hull.from, ids.from), std::max(hull.to, ids.to)};
        }
        if (!term.negated) {
            m_result.narrow(hull);
            if (term.spans.size() == 1)
                return; // the range says it all
        }
        addRows(term, parts.join(QStringLiteral(" OR ")), values);
    }

    /// What the sums tell about where rows that fit can be.
    void addHints(const FilterTerm &term)
    {
        if (term.negated)
            return;
        qint64 least = highest, most = lowest;
        bool onlyFailures = true;
        for (const FilterSpan &span : term.spans) {
            least = std::min(least, span.from);
            most = std::max(most, span.to);
            onlyFailures = onlyFailures && span.from >= int(Outcome::UpstreamError)
                && span.to <= int(Outcome::UpstreamFailed);
        }
        const auto atLeast = [&](const QString &column) {
            if (least <= 0)
                return;
            m_result.quarters += column + QStringLiteral(" >= ?");
            m_result.quarterValues += least;
        };
        const auto some = [&](bool holds, const QString &column) {
            if (holds)
                m_result.quarters += column + QStringLiteral(" > 0");
        };
        switch (term.field) {
        case FilterField::HttpStatus:
            return some(least >= 400, QStringLiteral("errors"));
        case FilterField::Outcome:
            m_result.isOpenOnly = m_result.isOpenOnly || (least == 0 && most == 0);
            return some(onlyFailures, QStringLiteral("errors"));
        case FilterField::Cached:
            return some(least == 1, QStringLiteral("cache_hits"));
        case FilterField::Estimated:
            return some(least == 1, QStringLiteral("estimated"));
        case FilterField::Unpriced:
            return some(least == 1, QStringLiteral("unpriced"));
        case FilterField::Cost:
            return atLeast(QStringLiteral("cost"));
        case FilterField::Saved:
            return atLeast(QStringLiteral("saved"));
        case FilterField::Tokens:
            return atLeast(inputOf({}) + u'+' + outputOf({}));
        case FilterField::Input:
            return atLeast(inputOf({}));
        case FilterField::Output:
            return atLeast(outputOf({}));
        default:
            return;
        }
    }

    SqlConnection &m_connection;
    const std::vector<SeriesIndex::Labels> &m_series;
    RequestCondition m_result;
    std::optional<QHash<KeyId, QString>> m_keyNames;
    std::optional<QList<std::pair<qint64, QString>>> m_words;
};

} // namespace

QString seriesIn()
{
    // However many there are: a list for IN would be read anew with each statement.
    return QStringLiteral("substr(?, r.series_id + 1, 1) = x'01'");
}

QString inputSql()
{
    return inputOf(QStringLiteral("r."));
}

QString outputSql()
{
    return outputOf(QStringLiteral("r."));
}

QString RequestCondition::andRows() const
{
    return rows.isEmpty() ? QString() : QStringLiteral(" AND ") + rows.join(QStringLiteral(" AND "));
}

void RequestCondition::narrow(IdRange by)
{
    range = {std::max(range.from, by.from), std::min(range.to, by.to)};
    isImpossible = isImpossible || range.isEmpty();
}

void RequestCondition::narrow(const SeriesSet &by)
{
    if (!series) {
        series = by;
    } else {
        for (qsizetype i = 0; i < by.size(); ++i)
            (*series)[i] = char((*series)[i] & by[i]);
    }
    isImpossible = isImpossible || !series->contains('\1');
}

Result<RequestCondition> conditionOf(SqlConnection &connection, SeriesIndex &series,
                                     const QList<FilterTerm> &terms)
{
    if (terms.isEmpty())
        return RequestCondition();
    if (Status known = series.refresh(connection); !known)
        return tl::unexpected(known.error());
    Builder builder(connection, series.all());
    for (const FilterTerm &term : terms)
        if (Status added = builder.add(term); !added)
            return tl::unexpected(added.error());
    RequestCondition condition = builder.take();
    if (condition.isOpenOnly) {
        const Result<qint64> from = openFrom(connection);
        if (!from)
            return tl::unexpected(from.error());
        condition.narrow(IdRange{*from, highest});
    }
    return condition;
}

Result<QHash<KeyId, QString>> keyNames(SqlConnection &connection)
{
    QHash<KeyId, QString> names;
    Result<QSqlQuery> rows = connection.run(QStringLiteral("SELECT id, name FROM keys"));
    if (!rows)
        return tl::unexpected(rows.error());
    while (rows->next())
        names.insert(rows->value(0).toLongLong(), rows->value(1).toString());
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its keys"));
    return names;
}

} // namespace lbp
