#include "control/control.h"

namespace lbp {

namespace {

template <typename T> std::shared_ptr<QPromise<Result<T>>> begun()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template <typename T, typename V> void end(const std::shared_ptr<QPromise<Result<T>>> &promise, V value)
{
    promise->addResult(Result<T>(std::move(value)));
    promise->finish();
}

/// Hours with any spending, and the sum of those from \a periodStart on.
struct Spending
{
    QList<HourCost> hours;
    Money inPeriod;
};
Spending spendingOf(const UsageSeries &series, Instant periodStart)
{
    Spending result;
    for (qsizetype i = 0; i < series.starts.size(); ++i) {
        const HourCost hour{series.starts[i], series.lines.first().points[i].cost};
        if (hour.cost.isZero())
            continue;
        result.hours += hour;
        if (hour.start >= periodStart)
            result.inPeriod = result.inPeriod.plusSaturated(hour.cost);
    }
    return result;
}

} // namespace

RequestTerms Control::readFilter(QStringView text) const
{
    return parseRequestTerms(text, m_clock.now(), timeZone());
}

QFuture<Result<RequestPage>> Control::requestPage(RequestQuery query)
{
    return m_store.requestPage(std::move(query));
}

QFuture<Result<RequestCount>> Control::countRequests(RequestQuery query, qint64 upTo)
{
    return m_store.countRequests(std::move(query), upTo);
}

QFuture<Result<RequestPlace>> Control::requestAt(qint64 position)
{
    return m_store.requestAt(position);
}

QFuture<Result<RequestPlace>> Control::placeOf(RequestId id)
{
    return m_store.placeOf(id);
}

QFuture<Result<UsageSeries>> Control::usageSeries(UsageSeriesQuery query)
{
    if (!query.zone.isValid())
        query.zone = timeZone();
    return m_store.usageSeries(std::move(query));
}

QFuture<Result<LatencySummary>> Control::latency(TimeRange range, UsageScope scope)
{
    return m_store.latency(range, std::move(scope));
}

QFuture<Result<UnpricedModels>> Control::unpricedModels(TimeRange range)
{
    return m_store.unpricedModels(range);
}

QFuture<Result<Forecast>> Control::forecast(Period period, UsageScope scope)
{
    const auto promise = begun<Forecast>();
    const Instant now = m_clock.now();
    const QTimeZone zone = timeZone();
    const Instant periodStart = periodSpan(period, now, zone).start;
    UsageSeriesQuery query;
    query.zone = zone;
    query.scope = std::move(scope);
    query.range.to = now + Duration(1);
    if (period == Period::Total) {
        query.bucket = TimeBucket::Month;
        query.range.from = fromMicros(0);
    } else {
        query.bucket = TimeBucket::Hour;
        const Instant today = bucketAround(now, TimeBucket::Day, zone).from;
        query.range.from = std::min<Instant>(periodStart, today - std::chrono::hours(24 * forecastDays + 26));
    }
    m_mailbox.when(m_store.firstRequest(), [=, this](const Result<std::optional<Instant>> &first) {
        if (!first)
            return end(promise, tl::unexpected(first.error()));
        m_mailbox.when(m_store.usageSeries(query), [=](const Result<UsageSeries> &series) {
            if (!series)
                return end(promise, tl::unexpected(series.error()));
            const Spending spending = spendingOf(*series, periodStart);
            const Instant since = std::max(first->value_or(now), query.range.from);
            end(promise, forecastSpend(period, now, spending.inPeriod, spending.hours, since, zone));
        });
    });
    return promise->future();
}

QFuture<Result<WhatIf>> Control::whatIf(TimeRange range, QString model, UsageScope scope)
{
    const auto promise = begun<WhatIf>();
    const ModelPrice *known = m_config->prices ? m_config->prices->find(model) : nullptr;
    if (!known) {
        end(promise,
            fail(ErrorCode::NotPriced, QStringLiteral("the model '%1' has no price").arg(model.left(200))));
        return promise->future();
    }
    UsageSeriesQuery query;
    query.range = range;
    query.bucket = TimeBucket::Month;
    query.zone = timeZone();
    query.scope = std::move(scope);
    m_mailbox.when(m_store.usageSeries(query), [promise, price = *known](const Result<UsageSeries> &series) {
        end(promise,
            series ? lbp::whatIf(series->total.usage, price)
                   : Result<WhatIf>(tl::unexpected(series.error())));
    });
    return promise->future();
}

} // namespace lbp
