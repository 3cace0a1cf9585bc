#pragma once

#include "core/requestfilter.h"

#include <optional>

namespace lbp {

/// What a list of requests is sorted by. Ties are broken by id in the same direction. An unknown cost comes
/// below 0; a row that is still open has neither tokens nor a duration and counts as 0.
enum class RequestSort { Time, Cost, Tokens, Elapsed };

/// A place between the rows of a list: at the row (value, id), which need not exist.
struct RequestCursor
{
    qint64 value = 0; ///< what it is sorted by: the id itself for Time, picodollars, tokens, microseconds
    RequestId id;
    bool operator==(const RequestCursor &) const = default;
    [[nodiscard]] QByteArray toText() const; ///< for URLs
    [[nodiscard]] static std::optional<RequestCursor> fromText(QByteArrayView text);
};

/// A piece of a filtered, sorted list.
struct RequestQuery
{
    QList<FilterTerm> terms;
    RequestSort sort = RequestSort::Time;
    bool ascending = false; ///< of the list as it is shown: newest, dearest, longest first unless set
    std::optional<RequestCursor> after; ///< rows behind this place; absent: from the start of the list
    bool backwards =
        false; ///< rows before that place instead: those just before it, still in the list's order
    int limit = 100; ///< 1 to 1000
    /// A sorted list (other than by time) is ranked once, in several calls, and kept for a while; hand back
    /// what RequestPage::ranking said to go on with it. 0, or one that is forgotten: it is ranked anew.
    quint64 ranking = 0;
    /// Only with a ranking: the row number to begin at, in place of a cursor.
    std::optional<qint64> position;
};

/// No call takes the reader much longer than 50 ms: where matches are rare it gives what it found so far, and
/// how to go on.
struct RequestPage
{
    QList<ExchangeRow> rows; ///< in the order of the list, also when read backwards
    /// Where to go on in the direction of the query. Set unless exhausted; for rare matches it lies behind
    /// the last row found.
    std::optional<RequestCursor> next;
    bool exhausted = false; ///< the list ends here in that direction
    /// How far back (or forward) the ledger was searched, for showing progress.
    Instant scannedTo;
    qint64 scanned = 0; ///< rows looked at in this call
    quint64 ranking = 0; ///< of a sorted list; not 0 once it was begun
    /// Of a sorted list, once it is ranked; until then `rows` is empty and the same query is to be asked
    /// again with `ranking`.
    std::optional<qint64> total;
    /// Of a sorted list: how far the ranking is, 0 to 1000.
    int progressPermille = 1000;
    /// A list of more matches than this is ranked by its first ones only.
    static constexpr qint64 mostRanked = 1'000'000;
};

struct RequestCount
{
    qint64 count = 0; ///< matches found; at most what was asked for
    bool isExact = false; ///< all of the ledger was searched
    std::optional<RequestCursor>
        next; ///< where to go on counting: hand it over as `after`; absent when exact
    Instant scannedTo;
};

/// A row of the list of all requests, newest first, by its number: for a scroll bar over all of them. From
/// sums by day and quarter hour: exact but for rows that are still open; inside a quarter hour of more than
/// 4,000 requests the row is found by interpolation over time.
struct RequestPlace
{
    RequestId id; ///< 0 when there are no requests
    qint64 position = 0; ///< 0 is the newest
    qint64 total = 0;
};

} // namespace lbp
