#include "proxy/context.h"

#include "proxy/attempts.h"
#include "proxy/exchange.h"

#include <QRandomGenerator>

namespace lbp {

namespace {

Upstream::Options upstreamOptions(const Config &config)
{
    return {config.upstream.connectTimeoutSeconds, config.upstream.idleTimeoutSeconds, 25,
            config.upstream.maxConnections, config.upstream.caFile};
}

ResponseCache::Limits cacheLimits(const Config &config)
{
    ResponseCache::Limits limits;
    limits.maxBytes = config.cache.enabled ? qint64(config.cache.maxSizeMb) * 1024 * 1024 : 0;
    limits.maxMemoryBytes = std::min(limits.maxMemoryBytes, limits.maxBytes);
    return limits;
}

} // namespace

ProxyContext::ProxyContext(std::shared_ptr<const Config> settings, Store &store, EventSink &sink,
                           const Clock &time, std::shared_ptr<DataPlaneStats> counters,
                           const QString &cacheFile, const QString &bodiesFile)
    : config(std::move(settings))
    , clock(time)
    , events(sink)
    , stats(std::move(counters))
    , deadlines(time)
    , ledger(config->budgets.timeZone, config->budgets.alertThresholds)
    , cache(cacheFile, cacheLimits(*config), time)
    , upstream(upstreamOptions(*config), deadlines, *stats)
    , durability(store)
    , ids(QRandomGenerator::global()->generate())
    , late(*this, store)
    , bodies(bodiesFile)
    , redactor(std::make_shared<const Redactor>(*config))
{
    random.seed(QRandomGenerator::global()->generate());
}

ProxyContext::~ProxyContext() = default;

const ProxyContext::WrittenUrl &ProxyContext::written(const QUrl &url)
{
    if (url != lastWritten.url)
        lastWritten = {url, url.path(QUrl::FullyEncoded).toLatin1(),
                       url.authority(QUrl::FullyEncoded).toLatin1()};
    return lastWritten;
}

void ProxyContext::bury(Exchange &exchange)
{
    const auto it = exchanges.find(exchange.id().value);
    if (it == exchanges.end())
        return;
    ended.push_back(std::move(it->second));
    exchanges.erase(it);
    stats->activeExchanges.store(qint64(exchanges.size()), std::memory_order_relaxed);
    if (ended.size() == 1)
        QMetaObject::invokeMethod(
            &durability, [this] { sweep(); }, Qt::QueuedConnection);
    if (exchanges.empty() && onIdle)
        onIdle();
}

void ProxyContext::sweep()
{
    const auto dead = std::exchange(ended, {});
}

void ProxyContext::upstreamIsDown(const QString &provider, const QString &detail)
{
    downProviders.insert(provider);
    publish(event::UpstreamDown{provider, detail});
}

void ProxyContext::upstreamIsUp(const QString &provider)
{
    if (!downProviders.isEmpty() && downProviders.remove(provider))
        publish(event::UpstreamUp{provider});
}

void ProxyContext::providerAnswered(const QString &provider, const ResponseHead &head)
{
    if (head.status < 500) {
        breakers.succeeded(provider);
        return upstreamIsUp(provider);
    }
    const Duration now = clock.monotonic();
    const RetryAdvice advice = retryAdvice(head.headers, clock.now());
    if (breakers.failed(provider, now, advice.after))
        upstreamIsDown(provider, leftAlone(QStringLiteral("it answered %1").arg(head.status), provider));
    else if (breakers.of(provider).state(now) == BreakerState::Closed)
        upstreamIsUp(provider);
}

void ProxyContext::providerFailed(const QString &provider, const QString &detail, bool unreachable)
{
    if (breakers.failed(provider, clock.monotonic()))
        upstreamIsDown(provider, leftAlone(detail, provider));
    else if (unreachable)
        upstreamIsDown(provider, detail);
}

QString ProxyContext::leftAlone(const QString &detail, const QString &provider) const
{
    const Breaker breaker = breakers.of(provider);
    const auto rest = std::chrono::ceil<std::chrono::seconds>(breaker.retryIn(clock.monotonic()));
    return QStringLiteral("%1; it failed %2 times in a row and is left alone for %3 s")
        .arg(detail)
        .arg(breaker.failuresInARow())
        .arg(rest.count());
}

} // namespace lbp
