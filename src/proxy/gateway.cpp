#include "proxy/gateway.h"

#include "core/mailbox.h"
#include "core/raises.h"
#include "proxy/context.h"
#include "proxy/exchange.h"
#include "proxy/listener.h"
#include "proxy/simulate.h"
#ifdef Q_OS_LINUX
#include "proxy/epolldispatcher.h"
#endif

#include <QPromise>

namespace lbp {

/// What lives on the proxy thread.
class Gateway::Worker : public QObject
{
public:
    explicit Worker(const Setup &setup, std::shared_ptr<DataPlaneStats> stats)
        : context(setup.config, setup.store, setup.events, setup.clock, std::move(stats), setup.cacheFile,
                  setup.bodiesFile)
        , mailbox(this)
    {
        context.local = setup.local;
        context.deadlines.setTick(setup.tick);
        if (setup.countsTokens)
            context.tokens = std::make_unique<TokenCounter>(TokenCounter::Limits{});
        applyConfig(setup.config);
        context.onIdle = [this] {
            if (context.draining)
                finishDrain();
        };
    }
    ~Worker() override
    {
        stopAll(); // while the connections are there that the exchanges refer to
        listener.reset();
    }

    void applyConfig(std::shared_ptr<const Config> config)
    {
        context.config = config;
        context.rates.clear();
        context.keys.setLimits(config->rateLimits.defaults, config->rateLimits.overrides);
        context.ledger.setThresholds(config->budgets.alertThresholds);
        QList<std::pair<Period, Money>> defaults;
        if (config->budgets.defaultDaily)
            defaults.append({Period::Daily, *config->budgets.defaultDaily});
        if (config->budgets.defaultMonthly)
            defaults.append({Period::Monthly, *config->budgets.defaultMonthly});
        context.ledger.setDefaults(defaults);
        context.upstream.setOptions({config->upstream.connectTimeoutSeconds,
                                     config->upstream.idleTimeoutSeconds, 25, config->upstream.maxConnections,
                                     config->upstream.caFile});
        ResponseCache::Limits limits;
        limits.maxBytes = config->cache.enabled ? qint64(config->cache.maxSizeMb) * 1024 * 1024 : 0;
        limits.maxMemoryBytes = std::min(limits.maxMemoryBytes, limits.maxBytes);
        context.cache.setLimits(limits);
        Breaker::Options breaker;
        breaker.failures = config->upstream.breakerFailures;
        breaker.window = std::chrono::seconds(config->upstream.breakerWindowSeconds);
        breaker.openFor = std::chrono::seconds(config->upstream.breakerOpenSeconds);
        context.breakers.setOptions(breaker);
        QStringList names;
        for (const ProviderConfig &provider : config->providers)
            names.append(provider.name);
        context.breakers.keepOnly(names);
        context.redactor = std::make_shared<const Redactor>(*config);
        context.bodies.configure(config->logging.bodies, config->storage.retentionDays, context.redactor);
        context.holds.changed(HoldEnd::RoomFreed);
    }

    void loadSums(Period period, const QList<SpentSum> &sums, Instant now)
    {
        QHash<Scope, Money> byScope;
        const auto add = [&byScope](ScopeKind kind, const QString &id, Money spent) {
            Money &sum = byScope[Scope{kind, id}];
            sum = sum.plusSaturated(spent);
        };
        for (const SpentSum &sum : sums) {
            add(ScopeKind::Global, QString(), sum.spent);
            add(ScopeKind::Key, QString::number(sum.key), sum.spent);
            if (!sum.team.isEmpty())
                add(ScopeKind::Team, sum.team, sum.spent);
            if (!sum.project.isEmpty())
                add(ScopeKind::Project, sum.project, sum.spent);
        }
        for (auto it = byScope.cbegin(); it != byScope.cend(); ++it)
            context.ledger.loadSpent(it.key(), period, it.value(), now);
    }

    /// A budget that is new holds at once, counting from now on; what was spent before it is added as soon as
    /// the store has said it.
    void setBudgets(const QList<Budget> &wanted)
    {
        const QList<Budget> before = std::exchange(budgets, wanted);
        QSet<Period> periods;
        for (const Budget &budget : wanted) {
            const bool known = std::any_of(before.begin(), before.end(), [&](const Budget &b) {
                return b.scope == budget.scope && b.period == budget.period;
            });
            if (!known)
                periods.insert(budget.period);
        }
        context.ledger.setBudgets(wanted);
        context.holds.changed(HoldEnd::RoomFreed);
        for (const Period period : periods) {
            const Instant now = context.clock.now();
            const PeriodSpan span = periodSpan(period, now, context.config->budgets.timeZone);
            mailbox.when(context.durability.store().spentSince(span.start),
                         [this, period, before, now](const Result<QList<SpentSum>> &sums) {
                             if (sums)
                                 addEarlier(period, before, *sums, now);
                             else
                                 qWarning("cannot read what was spent before a new budget: %s",
                                          qPrintable(sums.error().detail));
                         });
        }
    }

    void addEarlier(Period period, const QList<Budget> &before, const QList<SpentSum> &sums, Instant now)
    {
        for (const Budget &budget : std::as_const(budgets)) {
            const bool known = std::any_of(before.begin(), before.end(), [&](const Budget &b) {
                return b.scope == budget.scope && b.period == budget.period;
            });
            if (budget.period != period || known)
                continue;
            Money spent;
            for (const SpentSum &sum : sums) {
                const Scope &scope = budget.scope;
                const bool counts = scope.kind == ScopeKind::Global
                    || (scope.kind == ScopeKind::Team && scope.id == sum.team)
                    || (scope.kind == ScopeKind::Project && scope.id == sum.project)
                    || (scope.kind == ScopeKind::Key && scope.id == QString::number(sum.key));
                if (counts)
                    spent = spent.plusSaturated(sum.spent);
            }
            context.ledger.addEarlier(budget.scope, period, spent, now);
        }
    }

    void stopAll()
    {
        std::vector<qint64> ids;
        for (const auto &[id, exchange] : context.exchanges)
            ids.push_back(id);
        for (qint64 id : ids) {
            if (const auto it = context.exchanges.find(id); it != context.exchanges.end())
                it->second->stop();
        }
    }

    void finishDrain()
    {
        for (const auto &promise : std::exchange(drained, {})) {
            promise->addResult(true);
            promise->finish();
        }
    }

    ProxyContext context;
    Mailbox mailbox;
    std::unique_ptr<Listener> listener;
    QList<Budget> budgets;
    std::vector<std::shared_ptr<QPromise<bool>>> drained;
};

Gateway::Gateway(Setup setup)
    : m_stats(std::make_shared<DataPlaneStats>())
{
#ifdef Q_OS_LINUX
    m_thread.setEventDispatcher(new EpollDispatcher);
#endif
    m_thread.setObjectName(QStringLiteral("proxy"));
    m_anchor.moveToThread(&m_thread);
    m_thread.start();
    onThread([this, &setup] { m_worker = std::make_unique<Worker>(setup, m_stats); });
}

Gateway::~Gateway()
{
    onThread([this] { m_worker.reset(); });
    m_thread.quit();
    m_thread.wait();
}

template <typename F> void Gateway::onThread(F function)
{
    QMetaObject::invokeMethod(&m_anchor, std::move(function), Qt::BlockingQueuedConnection);
}

template <typename F> void Gateway::post(F function)
{
    QMetaObject::invokeMethod(&m_anchor, std::move(function), Qt::QueuedConnection);
}

template <typename T, typename F> QFuture<T> Gateway::ask(F function)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    post([promise, function = std::move(function)] {
        promise->addResult(function());
        promise->finish();
    });
    return future;
}

void Gateway::load(Remembered state)
{
    onThread([this, &state] {
        ProxyContext &context = m_worker->context;
        const Instant now = context.clock.now();
        context.pause = state.pause;
        context.ids.startAfter(state.lastRequest);
        for (KeyRecord &key : state.keys)
            context.keys.put(std::move(key));
        for (const auto &[period, sums] : state.spent)
            m_worker->loadSums(period, sums, now);
        m_worker->budgets = state.budgets;
        context.ledger.setBudgets(state.budgets);
        for (const BudgetRaise &raise : std::as_const(state.raises))
            context.ledger.raise(raise, now);
    });
}

Result<Gateway::Remembered> Gateway::remembered(Store &store, const Config &config, Instant now)
{
    Remembered state;
    const auto take = [](auto future, auto &into) -> Status {
        auto result = future.takeResult();
        if (!result)
            return tl::unexpected(result.error());
        into = std::move(*result);
        return {};
    };
    QString paused;
    QString raises;
    for (const Status &status : {take(store.keys(), state.keys), take(store.budgets(), state.budgets),
                                 take(store.lastRequestId(), state.lastRequest),
                                 take(store.setting(QStringLiteral("paused")), paused),
                                 take(store.setting(QString::fromUtf16(raisesSetting)), raises)}) {
        if (!status)
            return tl::unexpected(status.error());
    }
    state.pause = PauseState::fromText(paused);
    Result<QList<BudgetRaise>> known = raisesFromText(raises);
    if (!known)
        return tl::unexpected(known.error());
    state.raises = *std::move(known);
    for (const Period period : allPeriods) {
        QList<SpentSum> sums;
        const Instant from = periodSpan(period, now, config.budgets.timeZone).start;
        if (const Status status = take(store.spentSince(from), sums); !status)
            return tl::unexpected(status.error());
        state.spent.append({period, std::move(sums)});
    }
    return state;
}

Result<QUrl> Gateway::listen(const QString &host, quint16 port)
{
    Result<QUrl> bound;
    onThread([&] {
        auto listener = std::make_unique<Listener>(m_worker->context);
        bound = listener->bind(host, port);
        if (bound)
            m_worker->listener = std::move(listener);
    });
    return bound;
}

void Gateway::setConfig(std::shared_ptr<const Config> config)
{
    post([this, config = std::move(config)] {
        const bool newZone = config->budgets.timeZone != m_worker->context.config->budgets.timeZone;
        m_worker->applyConfig(config);
        if (!newZone)
            return;
        m_worker->context.ledger.setTimeZone(config->budgets.timeZone);
        for (const Period period : allPeriods) {
            const Instant now = m_worker->context.clock.now();
            const Instant from = periodSpan(period, now, config->budgets.timeZone).start;
            m_worker->mailbox.when(m_worker->context.durability.store().spentSince(from),
                                   [this, period, now](const Result<QList<SpentSum>> &sums) {
                                       if (sums)
                                           m_worker->loadSums(period, *sums, now);
                                   });
        }
    });
}

QFuture<bool> Gateway::drain(std::chrono::milliseconds patience)
{
    auto promise = std::make_shared<QPromise<bool>>();
    promise->start();
    QFuture<bool> future = promise->future();
    post([this, promise, patience] {
        ProxyContext &context = m_worker->context;
        context.draining = true;
        context.holds.changed(HoldEnd::Withdrawn);
        m_worker->drained.push_back(promise);
        if (m_worker->listener)
            m_worker->listener->goAway();
        if (context.exchanges.empty()) {
            m_worker->finishDrain();
            return;
        }
        QTimer::singleShot(patience, m_worker.get(), [this] {
            m_worker->stopAll();
            // What is being written to the ledger is awaited; the store's own end does that too.
            QTimer::singleShot(std::chrono::milliseconds(500), m_worker.get(),
                               [this] { m_worker->finishDrain(); });
        });
    });
    return future;
}

void Gateway::putKey(KeyRecord key)
{
    post([this, key = std::move(key)] {
        if (key.status == KeyStatus::Revoked)
            m_worker->context.limiter.forget(key.id);
        m_worker->context.keys.put(key);
        m_worker->context.holds.changed(HoldEnd::RoomFreed);
    });
}

void Gateway::setBudgets(QList<Budget> budgets)
{
    post([this, budgets = std::move(budgets)] { m_worker->setBudgets(budgets); });
}

void Gateway::setPaused(bool paused, std::optional<Instant> until)
{
    post([this, paused, until] {
        m_worker->context.pause = {paused, until};
        m_worker->context.holds.changed(HoldEnd::RoomFreed);
    });
}

void Gateway::raiseBudget(BudgetRaise raise)
{
    post([this, raise = std::move(raise)] {
        m_worker->context.ledger.raise(raise, m_worker->context.clock.now());
        m_worker->context.holds.changed(HoldEnd::Raised);
    });
}

QFuture<Result<QList<BudgetRaise>>> Gateway::answerHold(RequestId hold, HoldAnswer answer)
{
    return ask<Result<QList<BudgetRaise>>>(
        [this, hold, answer] { return m_worker->context.holds.answer(hold, answer); });
}

QFuture<QList<HeldRequest>> Gateway::held()
{
    return ask<QList<HeldRequest>>([this] { return m_worker->context.holds.all(); });
}

QFuture<Simulation> Gateway::simulate(SimulationRequest request)
{
    return ask<Simulation>(
        [this, request = std::move(request)] { return lbp::simulate(m_worker->context, request); });
}

QFuture<ExchangeDetails> Gateway::details(RequestId id)
{
    auto promise = std::make_shared<QPromise<ExchangeDetails>>();
    promise->start();
    post([this, id, promise] {
        ProxyContext &context = m_worker->context;
        context.bodies.find(id, [promise, details = context.recent.find(id)](BodyLog::Found found) mutable {
            const auto add = [](std::optional<MessageDetails> &message, std::optional<BodyLog::Kept> &kept) {
                if (!kept)
                    return;
                if (!message)
                    message.emplace();
                message->body = std::move(kept->bytes);
                message->bodyBytes = kept->size;
                message->bodyTruncated = kept->truncated;
            };
            add(details.request, found.request);
            add(details.response, found.response);
            promise->addResult(std::move(details));
            promise->finish();
        });
    });
    return promise->future();
}

void Gateway::stopExchange(RequestId id)
{
    post([this, id] {
        const auto it = m_worker->context.exchanges.find(id.value);
        if (it != m_worker->context.exchanges.end())
            it->second->stop();
    });
}

void Gateway::correctSpent(Spender spender, Money difference, Instant at)
{
    post([this, spender = std::move(spender), difference, at] {
        m_worker->context.ledger.addSpent(spender, difference, at);
        m_worker->context.holds.changed(HoldEnd::RoomFreed);
    });
}

QFuture<QList<BudgetStatus>> Gateway::budgets()
{
    return ask<QList<BudgetStatus>>(
        [this] { return m_worker->context.ledger.statusAll(m_worker->context.clock.now()); });
}

QFuture<QList<BudgetStatus>> Gateway::budgetsFor(KeyId key)
{
    return ask<QList<BudgetStatus>>([this, key] {
        ProxyContext &context = m_worker->context;
        const KeyPtr entry = context.keys.byId(key);
        return entry ? context.ledger.statusFor(entry->spender, context.clock.now()) : QList<BudgetStatus>();
    });
}

QFuture<DataPlane::KeyLoad> Gateway::load(KeyId key)
{
    return ask<KeyLoad>([this, key] {
        ProxyContext &context = m_worker->context;
        KeyLoad load;
        const KeyPtr entry = context.keys.byId(key);
        if (!entry)
            return load;
        const RateLimiter::Load used = context.limiter.load(key, context.clock.monotonic());
        load = {entry->limits.rpm, int(used.requests),     entry->limits.tpm,
                int(used.tokens),  entry->limits.parallel, int(used.running)};
        return load;
    });
}

QFuture<QList<LiveExchange>> Gateway::live()
{
    return ask<QList<LiveExchange>>([this] {
        QList<LiveExchange> list;
        for (const auto &[id, exchange] : m_worker->context.exchanges) {
            if (exchange->isMetered())
                list.append(exchange->live());
        }
        std::sort(list.begin(), list.end(),
                  [](const LiveExchange &a, const LiveExchange &b) { return a.row.id > b.row.id; });
        return list;
    });
}

const DataPlaneStats &Gateway::stats() const
{
    return *m_stats;
}

QFuture<QStringList> Gateway::downProviders()
{
    return ask<QStringList>([this] {
        QStringList names(m_worker->context.downProviders.begin(), m_worker->context.downProviders.end());
        names.sort();
        return names;
    });
}

QFuture<QList<ProviderHealth>> Gateway::providers()
{
    return ask<QList<ProviderHealth>>([this] {
        const ProxyContext &context = m_worker->context;
        const Duration now = context.clock.monotonic();
        QList<ProviderHealth> all;
        for (const ProviderConfig &provider : context.config->providers) {
            const Breaker breaker = context.breakers.of(provider.name);
            ProviderHealth health;
            health.provider = provider.name;
            health.breaker = breaker.state(now);
            health.failuresInARow = breaker.failuresInARow();
            if (health.breaker == BreakerState::Open)
                health.retryIn = breaker.retryIn(now);
            health.isDown =
                context.downProviders.contains(provider.name) || health.breaker != BreakerState::Closed;
            all.append(health);
        }
        return all;
    });
}

} // namespace lbp
