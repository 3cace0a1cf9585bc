#pragma once

#include "config/configfile.h"
#include "proxy/gateway.h"
#include "support/fakeclock.h"
#include "support/fakeprovider.h"
#include "support/rawclient.h"

#include <atomic>
#include <mutex>
#include <QTemporaryDir>

namespace lbp::test {

/// Keeps what happened, in order. Thread: any.
class EventLog final : public EventSink
{
public:
    void publish(Event event) override;
    bool watchesExchanges() const override { return watching; }
    std::atomic<bool> watching{true};
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_events.clear();
    }
    template <typename Body> std::vector<Body> all() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Body> found;
        for (const Event &event : m_events) {
            if (const Body *body = std::get_if<Body>(&event.body))
                found.push_back(*body);
        }
        return found;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Event> m_events;
};

/// The real data path over a real SQLite file and a scripted provider: all that `lbp serve` has but the
/// management side.
class Proxy
{
public:
    struct Options
    {
        QByteArray config; ///< YAML, appended to what points at the provider; see baseConfig()
        QByteArray pricing; ///< empty: gpt-4o at 2.50/1.25/10.00 per million, 16,384 out; embeddings; others
        bool tlsProvider = false;
        bool fakeClock = true;
        LocalHandler *local = nullptr;
        bool countsTokens = false; ///< as `lbp serve` does; without, bounds are those of the bytes
    };
    Proxy();
    explicit Proxy(Options options);
    ~Proxy();

    FakeProvider provider;
    FakeClock clock;
    EventLog events;
    QTemporaryDir directory;
    std::unique_ptr<Store> store;
    std::unique_ptr<Gateway> gateway;
    quint16 port = 0;

    /// A new key with its budgets; the plaintext.
    QByteArray addKey(const QString &name, const QList<std::pair<Period, QByteArray>> &budgets = {},
                      std::function<void(KeyRecord &)> change = {});
    [[nodiscard]] KeyId keyId(const QString &name) const { return m_ids.value(name); }
    void setBudget(Scope scope, Period period, const QByteArray &limit);
    /// Sends one chat request on a connection of its own and waits for the answer.
    Answer chat(const QByteArray &key, const QByteArray &body, const QByteArray &moreFields = {});
    /// The row of an answer, once it is closed.
    ExchangeRow row(const Answer &answer);
    QList<ExchangeRow> rows();
    QList<BudgetStatus> budgets();
    /// No exchange runs, nothing is reserved in any budget, no row is open: waits for it. False with a reason
    /// on stderr.
    bool isQuiet();
    /// Stops the gateway and the store and starts both again on the same file, as after a restart.
    void restart();
    void reconfigure(const QByteArray &config);
    [[nodiscard]] QString databaseFile() const;
    /// Every file of the data directory, in bytes, for canary checks.
    QByteArray everythingOnDisk();

private:
    void start();
    [[nodiscard]] std::shared_ptr<const Config> parse(const QByteArray &config) const;
    Options m_options;
    SystemClock m_systemClock;
    QHash<QString, KeyId> m_ids;
    QList<Budget> m_budgets;
    std::shared_ptr<const Config> m_config;
};

[[nodiscard]] QByteArray chatBody(const QByteArray &text = "Hi",
                                  const QByteArray &more = {}); ///< gpt-4o; more: ',"max_tokens":5'

} // namespace lbp::test
