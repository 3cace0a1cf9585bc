#pragma once

#include "storage/localdays.h"
#include "storage/requestlist.h"
#include "storage/sqlconnection.h"

namespace lbp {

/// See ReportStore::requestAt() and placeOf(). \a days are those of the store.
[[nodiscard]] Result<RequestPlace> requestAt(SqlConnection &connection, LocalDays &days, qint64 position);
[[nodiscard]] Result<RequestPlace> placeOf(SqlConnection &connection, LocalDays &days, RequestId id);

} // namespace lbp
