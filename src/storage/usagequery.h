#pragma once

#include "core/exchangerow.h"
#include "core/timerange.h"

#include <QList>

namespace lbp {

/// Restricts a report to what carries these labels; absent: any.
struct UsageScope
{
    std::optional<KeyId> key;
    std::optional<QString> team, project, model, provider;
    [[nodiscard]] bool isEverything() const { return !key && !team && !project && !model && !provider; }
};

enum class SplitBy { Nothing, Key, Team, Model, Project, Provider };

/// Sums over time for a chart, from the rollups: time does not depend on the number of requests.
struct UsageSeriesQuery
{
    TimeRange range; ///< quarter hours are the finest; before those kept, whole days
    TimeBucket bucket = TimeBucket::Day;
    QTimeZone zone; ///< of the buckets; invalid: that of the store
    SplitBy splitBy = SplitBy::Nothing;
    UsageScope scope;
    int mostLines = 12; ///< of a split: the dearest ones; the others are summed up in one line more
};

/// The sums of one group. As in a usage report, without the names of the group.
struct UsageTotals
{
    qint64 requests = 0;
    Usage usage;
    Money cost; ///< known costs only
    Money saved;
    qint64 unpriced = 0, estimated = 0, errors = 0, cacheHits = 0;
    void add(const UsageTotals &other); ///< saturates
};

struct UsageLine
{
    QString group; ///< key id, team, …; empty when nothing was split
    QString label; ///< of keys their name, else the group
    bool isRest = false; ///< what had no line of its own
    UsageTotals total; ///< over the whole range
    QList<UsageTotals> points; ///< one for each bucket, zeros too
};
struct UsageSeries
{
    QList<Instant> starts; ///< of the buckets, oldest first
    Instant end; ///< of the last bucket
    QList<UsageLine> lines; ///< dearest first, the rest last; exactly one when nothing is split
    UsageTotals total;
};

/// Median and 95th percentile of requests that were forwarded and answered in full (completed or cut at their
/// ceiling; neither cache hits nor errors). Exact (nearest rank) for up to `sampled` rows; a longer range is
/// sampled: 100 places evenly spread over its requests, 50 neighbouring rows at each. Drawn independently,
/// 5,000 rows would leave the 95th percentile shown between the 94.4th and the 95.6th in 95 of 100 cases
/// (standard error of the rank: √(0.95·0.05/5000) = 0.3 points); neighbours are alike, so take it to about ±2
/// points.
struct LatencySummary
{
    struct Quantiles
    {
        qint64 rows = 0; ///< that had a value; 0: there is nothing to show
        qint64 medianUs = 0, p95Us = 0;
    };
    Quantiles duration;
    Quantiles ttft;
    bool isExact = false; ///< every row of the range was read
    static constexpr int sampled = 5'000;
};

/// A model that was asked for without having a price.
struct UnpricedModel
{
    QString provider;
    QString model;
    qint64 requests = 0; ///< served at an unknown cost, or refused
    qint64 refused = 0; ///< of these
    qint64 tokens = 0; ///< of those served
    Instant lastSeen;
};
/// Bounded: a call searches for about 50 ms, newest first. Hand `next` back as the end of the range to search
/// on and put the results together with add().
struct UnpricedModels
{
    QList<UnpricedModel> models; ///< seen last comes first
    bool exhausted = false;
    Instant next;
    void add(const UnpricedModels &older);
};

} // namespace lbp
