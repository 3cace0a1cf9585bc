#pragma once

#include "storage/sqlconnection.h"
#include "storage/store.h"

namespace lbp {

/// Rows newest first. There is no index by key or status, which each request would have to pay for: the
/// quarter hours in which something matching can be are found in the rollups, and only their rows are read.
[[nodiscard]] Result<QList<ExchangeRow>> findRequests(SqlConnection &connection, const RequestFilter &filter);
[[nodiscard]] Result<ExchangeRow> readRequest(SqlConnection &connection, RequestId id); ///< NotFound

} // namespace lbp
