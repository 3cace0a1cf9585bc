#include "control/control.h"

#include <QLoggingCategory>

namespace lbp {

namespace {
Q_LOGGING_CATEGORY(lcControl, "lbp.control")

template <typename T> std::shared_ptr<QPromise<T>> begun()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <typename T, typename V> void end(const std::shared_ptr<QPromise<T>> &promise, V value)
{
    promise->addResult(T(std::move(value)));
    promise->finish();
}
} // namespace

Control::Control(Setup setup, QObject *parent)
    : QObject(parent)
    , m_store(setup.store)
    , m_events(setup.events)
    , m_clock(setup.clock)
    , m_config(std::move(setup.config))
    , m_plane(setup.plane)
{
    m_pauseEnd.setSingleShot(true);
    m_pauseEnd.setTimerType(Qt::PreciseTimer);
    connect(&m_pauseEnd, &QTimer::timeout, this, &Control::armPauseEnd);
    m_revokeEnd.setSingleShot(true);
    m_revokeEnd.setTimerType(Qt::PreciseTimer);
    connect(&m_revokeEnd, &QTimer::timeout, this, &Control::armRevokeEnd);
}

Control::~Control() = default;

Status Control::load()
{
    const Result<QList<KeyRecord>> keys = m_store.keys().result();
    if (!keys)
        return tl::unexpected(keys.error());
    const Result<QList<Budget>> budgets = m_store.budgets().result();
    if (!budgets)
        return tl::unexpected(budgets.error());
    const Result<QString> paused = m_store.setting(QString::fromUtf16(pausedSetting)).result();
    if (!paused)
        return tl::unexpected(paused.error());
    m_keys.clear();
    m_byHash.clear();
    for (const KeyRecord &key : *keys) {
        m_keys.insert(key.id, key);
        insertIndex(key);
    }
    if (const Status revoked = revokeLeftOver(); !revoked)
        return revoked;
    m_budgets = *budgets;
    const Result<QString> raises = m_store.setting(QString::fromUtf16(raisesSetting)).result();
    if (!raises)
        return tl::unexpected(raises.error());
    Result<QList<BudgetRaise>> known = raisesFromText(*raises);
    if (!known)
        return tl::unexpected(known.error());
    m_raises = *std::move(known);
    m_pause = PauseState::fromText(*paused);
    armPauseEnd();
    return {};
}

void Control::setConfig(std::shared_ptr<const Config> config)
{
    m_config = std::move(config);
}

QTimeZone Control::timeZone() const
{
    const QTimeZone zone = m_config->budgets.timeZone;
    return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

void Control::handle(const QList<Event> &events)
{
    for (const Event &event : events) {
        const auto *asked = std::get_if<event::KeyPaused>(&event.body);
        if (!asked)
            continue;
        const std::optional<KeyRecord> known = key(asked->key);
        if (!known || known->status != KeyStatus::Active)
            continue;
        m_mailbox.when(pauseKey(asked->key, QStringLiteral("runaway")), [](const Result<KeyRecord> &paused) {
            if (!paused)
                qCWarning(lcControl, "the pause of a key could not be remembered: %ls",
                          qUtf16Printable(paused.error().detail));
        });
    }
}

void Control::publish(EventBody body)
{
    m_events.publish({m_clock.now(), std::move(body)});
}

void Control::enqueue(std::function<void(Turn)> command)
{
    m_commands.push_back(std::move(command));
    nextCommand();
}

void Control::nextCommand()
{
    if (m_running || m_commands.empty())
        return;
    m_running = true;
    const std::function<void(Turn)> command = std::move(m_commands.front());
    m_commands.pop_front();
    // However a command ends, and on whichever thread its last piece dies, the next one gets its turn.
    command(Turn(this, [this, address = m_mailbox.address()](void *) {
        address.post([this] {
            m_running = false;
            nextCommand();
        });
    }));
}

QFuture<Result<QList<UsageSum>>> Control::usage(Instant from, Instant to, GroupBy groupBy)
{
    return m_store.usage(from, to, groupBy, timeZone());
}

QFuture<Result<ExchangeRow>> Control::correctCost(RequestId id, Money cost)
{
    const auto promise = begun<Result<ExchangeRow>>();
    if (cost.isNegative()) {
        end(promise, fail(ErrorCode::InvalidRequest, QStringLiteral("cost must not be negative")));
        return promise->future();
    }
    enqueue([this, id, cost, promise](const Turn &turn) {
        m_mailbox.when(
            m_store.request(id), [this, id, cost, promise, turn](const Result<ExchangeRow> &before) {
                if (!before)
                    return end(promise, before);
                const Money old = before->close.cost.value_or(Money());
                m_mailbox.when(m_store.correctCost(id, cost),
                               [this, id, cost, old, promise, turn](const Result<ExchangeRow> &after) {
                                   if (after && m_plane && after->open.series) {
                                       const Series &series = *after->open.series;
                                       // Both are not negative, so that the difference cannot overflow.
                                       m_plane->correctSpent({series.key, series.team, series.project},
                                                             *cost.minus(old), id.time());
                                   }
                                   if (after)
                                       publish(event::BudgetsChanged{});
                                   end(promise, after);
                               });
            });
    });
    return promise->future();
}

QFuture<Status> Control::stopRequest(RequestId id)
{
    const auto promise = begun<Status>();
    const auto hasEnded = [this, id, promise] {
        m_mailbox.when(m_store.request(id), [promise](const Result<ExchangeRow> &row) {
            if (!row)
                return end(promise, Status(tl::unexpected(row.error())));
            end(promise, fail(ErrorCode::Conflict, QStringLiteral("the request is not running")));
        });
    };
    if (!m_plane) {
        hasEnded();
        return promise->future();
    }
    m_mailbox.when(m_plane->live(), [this, id, promise, hasEnded](const QList<LiveExchange> &live) {
        for (const LiveExchange &exchange : live) {
            if (exchange.row.id == id) {
                m_plane->stopExchange(id);
                return end(promise, Status());
            }
        }
        hasEnded();
    });
    return promise->future();
}

QFuture<Result<ExchangeDetails>> Control::details(RequestId id)
{
    const auto promise = begun<Result<ExchangeDetails>>();
    const auto known = [this, id, promise](const ExchangeDetails &details) {
        if (details.request || details.response || details.story)
            return end(promise, Result<ExchangeDetails>(details));
        m_mailbox.when(m_store.request(id), [promise, details](const Result<ExchangeRow> &row) {
            row ? end(promise, Result<ExchangeDetails>(details))
                : end(promise, Result<ExchangeDetails>(tl::unexpected(row.error())));
        });
    };
    if (m_plane)
        m_mailbox.when(m_plane->details(id), known);
    else
        known(ExchangeDetails{id, {}, {}, {}});
    return promise->future();
}

QFuture<QList<LiveExchange>> Control::live()
{
    return m_plane ? m_plane->live() : QtFuture::makeReadyFuture(QList<LiveExchange>());
}

QFuture<Result<Simulation>> Control::simulate(SimulationRequest request)
{
    const auto promise = begun<Result<Simulation>>();
    if (!key(request.key))
        end(promise,
            fail(ErrorCode::NotFound, QStringLiteral("there is no key with the id key_%1").arg(request.key)));
    else if (!m_plane)
        end(promise,
            fail(ErrorCode::Unavailable,
                 QStringLiteral("only a running proxy knows what it would decide; start it first")));
    else
        m_mailbox.when(m_plane->simulate(std::move(request)), [promise](const Simulation &simulation) {
            end(promise, Result<Simulation>(simulation));
        });
    return promise->future();
}

QFuture<Status> Control::testAlert()
{
    if (m_alertTester)
        return m_alertTester();
    const auto promise = begun<Status>();
    end(promise,
        fail(ErrorCode::Unavailable, QStringLiteral("alerts are sent by the running proxy; start it first")));
    return promise->future();
}

QFuture<SystemState> Control::state()
{
    const auto promise = begun<SystemState>();
    const auto withStore = [this, promise] {
        SystemState state;
        state.storeWritable = m_probe.has_value();
        state.storeProblem = m_probe ? QString() : m_probe.error().detail;
        state.paused = m_pause.paused;
        state.pausedUntil = m_pause.until;
        state.needsRestart = m_needsRestart;
        if (!m_plane)
            return end(promise, state);
        m_mailbox.when(m_plane->providers(), [promise, state](const QList<ProviderHealth> &providers) {
            SystemState full = state;
            full.providers = providers;
            for (const ProviderHealth &provider : providers) {
                if (provider.isDown)
                    full.downProviders.append(provider.provider);
            }
            full.downProviders.sort();
            end(promise, full);
        });
    };
    const Duration now = m_clock.monotonic();
    if (m_probedAt && now - *m_probedAt < std::chrono::seconds(2)) {
        withStore();
        return promise->future();
    }
    m_mailbox.when(m_store.putSetting(QStringLiteral("lastProbe"), QString::number(toMicros(m_clock.now()))),
                   [this, now, withStore](const Status &written) {
                       m_probedAt = now;
                       m_probe = written;
                       withStore();
                   });
    return promise->future();
}

} // namespace lbp
