#include "admin/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <string>

namespace lbp {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

double valueOf(const DataPlaneStats::Counter &counter)
{
    return double(counter.load(std::memory_order_relaxed));
}

struct Sample
{
    double value;
    std::string labelName, labelValue;
};

MetricFamily family(MetricType type, const char *name, const char *help,
                    std::initializer_list<Sample> samples)
{
    MetricFamily result{name, help, type, {}};
    for (const Sample &sample : samples) {
        ClientMetric metric;
        if (!sample.labelName.empty())
            metric.label.push_back({sample.labelName, sample.labelValue});
        if (type == MetricType::Counter)
            metric.counter.value = sample.value;
        else
            metric.gauge.value = sample.value;
        result.metric.push_back(std::move(metric));
    }
    return result;
}

MetricFamily histogram(const char *name, const char *help, const DataPlaneStats::Histogram &values)
{
    ClientMetric metric;
    std::uint64_t seen = 0;
    for (size_t i = 0; i < values.buckets.size(); ++i) {
        seen += std::uint64_t(values.buckets[i].load(std::memory_order_relaxed));
        const double bound = i < DataPlaneStats::boundsMs.size() ? double(DataPlaneStats::boundsMs[i]) / 1000
                                                                 : std::numeric_limits<double>::infinity();
        metric.histogram.bucket.push_back({seen, bound});
    }
    metric.histogram.sample_count = seen;
    metric.histogram.sample_sum = valueOf(values.sumUs) / 1e6;
    return {name, help, MetricType::Histogram, {metric}};
}

class StatsCollector final : public prometheus::Collectable
{
public:
    explicit StatsCollector(const DataPlaneStats &stats)
        : m_stats(stats)
    {
    }

    std::vector<MetricFamily> Collect() const override
    {
        const DataPlaneStats &s = m_stats;
        const auto counter = MetricType::Counter;
        const auto gauge = MetricType::Gauge;
        return {
            family(counter, "lbp_responses_total", "Answers by status class",
                   {{valueOf(s.responsesByClass[2]), "class", "2xx"},
                    {valueOf(s.responsesByClass[3]), "class", "3xx"},
                    {valueOf(s.responsesByClass[4]), "class", "4xx"},
                    {valueOf(s.responsesByClass[5]), "class", "5xx"},
                    {valueOf(s.responsesByClass[0]), "class", "none"}}),
            family(counter, "lbp_refused_total", "Requests refused before anything was sent upstream",
                   {{valueOf(s.refusedAuth), "reason", "auth"},
                    {valueOf(s.refusedBudget), "reason", "budget"},
                    {valueOf(s.refusedRate), "reason", "rate"},
                    {valueOf(s.refusedOther), "reason", "other"}}),
            family(counter, "lbp_cache_total", "Look-ups in the answer cache",
                   {{valueOf(s.cacheHits), "result", "hit"}, {valueOf(s.cacheMisses), "result", "miss"}}),
            family(counter, "lbp_tokens_total", "Tokens of settled requests",
                   {{valueOf(s.inputTokens), "direction", "input"},
                    {valueOf(s.outputTokens), "direction", "output"}}),
            family(
                counter, "lbp_cost_usd_total",
                "Known cost of settled requests in USD, rounded to a double; see lbp_cost_picodollars_total",
                {{valueOf(s.costPicodollars) / double(Money::picodollarsPerDollar), {}, {}}}),
            family(counter, "lbp_saved_usd_total",
                   "What cache hits and downgrades did not cost, in USD, rounded to a double",
                   {{valueOf(s.savedPicodollars) / double(Money::picodollarsPerDollar), {}, {}}}),
            family(counter, "lbp_unpriced_requests_total", "Requests whose cost is not known",
                   {{valueOf(s.unpricedRequests), {}, {}}}),
            family(counter, "lbp_upstream_failures_total",
                   "Requests that failed on the way to or at the provider",
                   {{valueOf(s.upstreamErrors), "kind", "error"},
                    {valueOf(s.upstreamTimeouts), "kind", "timeout"}}),
            family(gauge, "lbp_connections", "Open connections",
                   {{valueOf(s.clientConnections), "side", "client"},
                    {valueOf(s.upstreamConnections), "side", "upstream"}}),
            family(gauge, "lbp_active_exchanges", "Requests running now",
                   {{valueOf(s.activeExchanges), {}, {}}}),
            family(gauge, "lbp_active_streams", "Streams running now", {{valueOf(s.activeStreams), {}, {}}}),
            histogram("lbp_time_to_first_token_seconds", "From forwarding to the first content", s.ttft),
            histogram("lbp_request_duration_seconds", "From the request's head to the end of its answer",
                      s.duration),
            histogram("lbp_overhead_seconds", "From the request's last byte to its first byte upstream",
                      s.overhead),
        };
    }

private:
    const DataPlaneStats &m_stats;
};

} // namespace

QByteArray metricsText(const DataPlaneStats &stats, const QList<ProviderHealth> &providers)
{
    const prometheus::TextSerializer serializer;
    std::vector<MetricFamily> families = StatsCollector(stats).Collect();
    MetricFamily breakers{
        "lbp_provider_breaker_state",
        "Whether a provider is asked: 0 it is, 1 it is left alone, 2 it is being tried again",
        MetricType::Gauge,
        {}};
    for (const ProviderHealth &provider : providers) {
        ClientMetric metric;
        metric.label.push_back({"provider", provider.provider.toStdString()});
        metric.gauge.value = double(int(provider.breaker));
        breakers.metric.push_back(std::move(metric));
    }
    families.push_back(std::move(breakers));
    QByteArray text = QByteArray::fromStdString(serializer.Serialize(families));
    // By hand, because the library holds a double and a double loses picodollars above about 9,000 USD.
    text += "# HELP lbp_cost_picodollars_total Known cost of settled requests in picodollars (10^-12 USD), "
            "exact\n"
            "# TYPE lbp_cost_picodollars_total counter\n"
            "lbp_cost_picodollars_total ";
    text += QByteArray::number(stats.costPicodollars.load(std::memory_order_relaxed)) + '\n';
    return text;
}

} // namespace lbp
