#pragma once

#include "storage/requestcondition.h"
#include "storage/store.h"

namespace lbp {

[[nodiscard]] Result<QList<ExchangeRow>> findRequests(SqlConnection &connection, SeriesIndex &series,
                                                      const RequestFilter &filter);
[[nodiscard]] Result<ExchangeRow> readRequest(SqlConnection &connection, RequestId id); ///< NotFound
/// The further attempts of a request, in order.
[[nodiscard]] Result<QList<ExchangeRow>> readAttempts(SqlConnection &connection, RequestId id);

/// A page of a list by time: found by a scan of the rows (requestscan.h) that stops when its time is over.
[[nodiscard]] Result<RequestPage> pageByTime(SqlConnection &connection, SeriesIndex &series,
                                             const RequestQuery &query);
[[nodiscard]] Result<RequestCount> countMatches(SqlConnection &connection, SeriesIndex &series,
                                                const RequestQuery &query, qint64 upTo);
/// Rows by id, in the order of \a ids; those that are gone are left out.
[[nodiscard]] Result<QList<ExchangeRow>> readRows(SqlConnection &connection, const QList<qint64> &ids);

} // namespace lbp
