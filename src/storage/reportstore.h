#pragma once

#include "core/result.h"
#include "storage/requestlist.h"
#include "storage/usagequery.h"

#include <QFuture>

namespace lbp {

/// What the windows ask the ledger for. Thread: any; futures complete on a thread of the store. No call keeps
/// the reader much longer than 50 ms.
class ReportStore
{
public:
    virtual ~ReportStore() = default;
    /// A piece of a filtered, sorted list of requests.
    virtual QFuture<Result<RequestPage>> requestPage(RequestQuery query) = 0;
    /// Matches of query.terms, counted newest first from query.after on, at most \a upTo of them. Sort,
    /// direction and limit of the query do not matter. Without terms, and without `after`, it is exact at
    /// once.
    virtual QFuture<Result<RequestCount>> countRequests(RequestQuery query, qint64 upTo) = 0;
    /// The row at \a position of all requests, newest first; positions beyond either end give that end.
    virtual QFuture<Result<RequestPlace>> requestAt(qint64 position) = 0;
    /// The position of the first row at or below \a id.
    virtual QFuture<Result<RequestPlace>> placeOf(RequestId id) = 0;

    virtual QFuture<Result<UsageSeries>>
    usageSeries(UsageSeriesQuery query) = 0; ///< InvalidValue: empty range
    virtual QFuture<Result<LatencySummary>> latency(TimeRange range, UsageScope scope) = 0;
    virtual QFuture<Result<UnpricedModels>> unpricedModels(TimeRange range) = 0;
    /// When the oldest request began that there are sums of; nullopt in an empty ledger.
    virtual QFuture<Result<std::optional<Instant>>> firstRequest() = 0;
};

} // namespace lbp
