#pragma once

#include "storage/localdays.h"
#include "storage/seriesindex.h"
#include "storage/sqlconnection.h"
#include "storage/usagequery.h"

namespace lbp::reports {

/// See ReportStore. \a days are those of the store.
[[nodiscard]] Result<UsageSeries> usageSeries(SqlConnection &connection, SeriesIndex &series, LocalDays &days,
                                              const UsageSeriesQuery &query);
[[nodiscard]] Result<std::optional<Instant>> firstRequest(SqlConnection &connection, LocalDays &days);
[[nodiscard]] Result<LatencySummary> latency(SqlConnection &connection, SeriesIndex &series, LocalDays &days,
                                             TimeRange range, const UsageScope &scope);
[[nodiscard]] Result<UnpricedModels> unpricedModels(SqlConnection &connection, TimeRange range);

/// Whether what is under these labels is in \a scope.
[[nodiscard]] bool isIn(const UsageScope &scope, const SeriesIndex::Labels &labels);

} // namespace lbp::reports
