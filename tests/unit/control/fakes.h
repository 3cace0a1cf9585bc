#pragma once

#include "core/dataplane.h"
#include "storage/store.h"

#include <atomic>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace lbp {

/// A clock that stands until it is told to go on.
class FakeClock final : public Clock
{
public:
    Instant now() const override { return m_now; }
    Duration monotonic() const override { return m_now.load().time_since_epoch(); }
    void set(Instant at) { m_now = at; }
    void advance(Duration by) { m_now = m_now.load() + by; }

private:
    std::atomic<Instant> m_now{fromMicros(1'795'428'000'000'000)}; // 2026-11-23T10:00:00Z
};

/// Writes down what the control plane tells the data path.
class FakePlane final : public DataPlane
{
public:
    void putKey(KeyRecord key) override
    {
        order.append(QStringLiteral("key"));
        keys.append(key);
    }
    void setBudgets(QList<Budget> all) override
    {
        order.append(QStringLiteral("budgets"));
        explicitBudgets = all;
    }
    void setPaused(bool on, std::optional<Instant> until = {}) override
    {
        paused = on;
        pausedUntil = until;
    }
    void raiseBudget(BudgetRaise raise) override { raises.append(raise); }
    QFuture<Result<QList<BudgetRaise>>> answerHold(RequestId hold, HoldAnswer answer) override
    {
        answers.append({hold, answer});
        return QtFuture::makeReadyFuture(holdResult);
    }
    QFuture<QList<HeldRequest>> held() override { return QtFuture::makeReadyFuture(holds); }
    QFuture<Simulation> simulate(SimulationRequest) override { return QtFuture::makeReadyFuture(simulation); }
    QFuture<ExchangeDetails> details(RequestId id) override
    {
        ExchangeDetails found = kept;
        found.id = id;
        return QtFuture::makeReadyFuture(found);
    }
    void stopExchange(RequestId id) override { stopped.append(id); }
    void correctSpent(Spender spender, Money difference, Instant) override
    {
        corrections.append({spender.key, difference});
    }
    QFuture<QList<BudgetStatus>> budgets() override { return QtFuture::makeReadyFuture(statuses); }
    QFuture<QList<BudgetStatus>> budgetsFor(KeyId) override { return QtFuture::makeReadyFuture(statuses); }
    QFuture<KeyLoad> load(KeyId) override
    {
        return QtFuture::makeReadyFuture(KeyLoad{60, 2, 1000, 10, 0, 1});
    }
    QFuture<QList<LiveExchange>> live() override { return QtFuture::makeReadyFuture(running); }
    const DataPlaneStats &stats() const override { return counters; }
    QFuture<QStringList> downProviders() override { return QtFuture::makeReadyFuture(down); }
    QFuture<QList<ProviderHealth>> providers() override
    {
        QList<ProviderHealth> all = health;
        for (const QString &name : std::as_const(down))
            all.append({name, BreakerState::Open, 5, std::chrono::seconds(7), true});
        return QtFuture::makeReadyFuture(all);
    }

    QList<ProviderHealth> health;
    QStringList order;
    QList<KeyRecord> keys;
    QList<Budget> explicitBudgets;
    QList<BudgetStatus> statuses;
    QList<RequestId> stopped;
    QList<std::pair<KeyId, Money>> corrections;
    QList<LiveExchange> running;
    QStringList down;
    bool paused = false;
    std::optional<Instant> pausedUntil;
    QList<BudgetRaise> raises;
    QList<std::pair<RequestId, HoldAnswer>> answers;
    Result<QList<BudgetRaise>> holdResult;
    QList<HeldRequest> holds;
    Simulation simulation;
    ExchangeDetails kept;
    DataPlaneStats counters;
};

/// A real store in a directory of its own.
struct TestStore
{
    TestStore() { reopen(); }
    void reopen()
    {
        store.reset();
        auto opened = openSqlStore({dir.filePath(QStringLiteral("ledger.sqlite")), false, QTimeZone::utc()});
        if (!opened)
            qFatal("%ls", qUtf16Printable(opened.error().detail));
        store = std::move(*opened);
    }
    QTemporaryDir dir;
    std::unique_ptr<Store> store;
};

/// Waits for \a future with the event loop running, as the main thread does.
template <typename T> T await(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        qFatal("nothing answered");
    return future.result();
}

inline Money usd(const char *decimal)
{
    return Money::fromDecimal(QString::fromLatin1(decimal)).value();
}

/// One settled request in the ledger; returns its id.
inline RequestId addRequest(Store &store, Instant at, KeyId key, Money cost,
                            Provenance provenance = Provenance::Exact, int number = 0)
{
    ExchangeRow row;
    row.open.id = {RequestId::firstAt(at).value + number};
    auto series = std::make_shared<Series>();
    series->key = key;
    series->team = QStringLiteral("core");
    series->provider = QStringLiteral("openai");
    series->model = QStringLiteral("gpt-4o");
    row.open.series = series;
    row.open.endpoint = QStringLiteral("chat.completions");
    row.close.id = row.open.id;
    row.close.cost = cost;
    row.close.provenance = provenance;
    row.close.status = 200;
    row.close.usage[BillingClass::UncachedInput] = 10;
    row.close.usage[BillingClass::Output] = 5;
    store.submit(row, 0);
    if (!QTest::qWaitFor([&] { return store.queued() == 0; }, 20'000))
        qFatal("the row was not written");
    return row.open.id;
}

} // namespace lbp
