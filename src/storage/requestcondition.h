#pragma once

#include "core/requestfilter.h"
#include "storage/localdays.h"
#include "storage/seriesindex.h"
#include "storage/sqlconnection.h"

namespace lbp {

/// Ids in [from, to).
struct IdRange
{
    qint64 from = 0;
    qint64 to = 0;
    [[nodiscard]] bool isEmpty() const { return from >= to; }
};
/// The quarter hour at which no id lies beyond.
inline constexpr qint64 idsPerQuarter = quarterMicros << 10;

/// One byte for each series, 1 for those meant: to be bound and asked by seriesIn().
using SeriesSet = QByteArray;

/// What rows must satisfy, in SQL over `requests r`, and where such rows can be at all.
struct RequestCondition
{
    QStringList rows; ///< each in brackets; all must hold
    QVariantList values;
    IdRange range{0, std::numeric_limits<qint64>::max()};
    /// What holds for the sums of every quarter hour that has a matching row which is not open; all must.
    QStringList quarters;
    QVariantList quarterValues;
    /// The series that a matching row can be in; absent: any.
    std::optional<SeriesSet> series;
    bool isImpossible = false;
    bool isOpenOnly = false; ///< only rows that are still open match

    [[nodiscard]] bool isEmpty() const { return rows.isEmpty(); }
    /// " AND (…) AND (…)", or nothing.
    [[nodiscard]] QString andRows() const;
    void narrow(IdRange by);
    void narrow(const SeriesSet &by); ///< where matches can be; `rows` must say which match
};

/// All \a terms hold. The same answer as fits() gives for a row.
[[nodiscard]] Result<RequestCondition> conditionOf(SqlConnection &connection, SeriesIndex &series,
                                                   const QList<FilterTerm> &terms);
/// The row is of a series in the set that is bound to the placeholder.
[[nodiscard]] QString seriesIn();
/// SQL of input and output tokens of `requests r`.
[[nodiscard]] QString inputSql();
[[nodiscard]] QString outputSql();

[[nodiscard]] Result<QHash<KeyId, QString>> keyNames(SqlConnection &connection);

} // namespace lbp
