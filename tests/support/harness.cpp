#include "support/harness.h"

#include <QDirIterator>
#include <QtTest>

namespace lbp::test {

namespace {

const QByteArray standardPricing = R"(models:
  gpt-4o: { inputPer1M: "2.50", cachedInputPer1M: "1.25", outputPer1M: "10.00", maxOutputTokens: 16384, maxInputTokens: 128000 }
  gpt-4o-mini: { inputPer1M: "0.15", cachedInputPer1M: "0.075", outputPer1M: "0.60", maxOutputTokens: 16384, maxInputTokens: 128000 }
  gpt-3.5-turbo-instruct: { inputPer1M: "1.50", outputPer1M: "2.00", maxOutputTokens: 4096, maxInputTokens: 4096 }
  text-embedding-3-small: { inputPer1M: "0.02", maxInputTokens: 300000 }
  odd-price: { inputPer1k: "0.0000123", outputPer1k: "0.0000123", maxOutputTokens: 1000 }
)";

template <typename T> T get(QFuture<Result<T>> future)
{
    Result<T> result = future.takeResult();
    if (!result)
        qFatal("the store failed: %s", qPrintable(result.error().detail));
    return std::move(*result);
}

} // namespace

void EventLog::publish(Event event)
{
    const std::lock_guard lock(m_mutex);
    m_events.push_back(std::move(event));
}

Proxy::Proxy()
    : Proxy(Options())
{
}

Proxy::Proxy(Options options)
    : provider(options.tlsProvider)
    , m_options(std::move(options))
{
    start();
}

Proxy::~Proxy()
{
    gateway.reset();
    store.reset();
}

std::shared_ptr<const Config> Proxy::parse(const QByteArray &config) const
{
    QByteArray text =
        "provider: { apiKey: \"sk-provider-canary\", baseUrl: \"" + provider.url().toEncoded() + "\" }\n";
    if (m_options.tlsProvider)
        text += "upstream: { caFile: \"" + FakeProvider::caFile().toUtf8() + "\" }\n";
    if (!config.contains("budgets:"))
        text += "budgets: { defaultDaily: none, defaultMonthly: none, timeZone: UTC }\n";
    if (!config.contains("rateLimits:"))
        text += "rateLimits: { default: { rpm: 0, tpm: 0 } }\n";
    const auto parsed =
        parseConfig(text + config, m_options.pricing.isEmpty() ? standardPricing : m_options.pricing, {});
    if (!parsed) {
        for (const ConfigProblem &problem : parsed.error())
            qWarning("%s", qPrintable(problem.toString()));
        qFatal("the test's configuration is wrong");
    }
    return *parsed;
}

QString Proxy::databaseFile() const
{
    return directory.filePath(QStringLiteral("ledger.db"));
}

void Proxy::start()
{
    m_config = parse(m_options.config);
    const Clock &time = m_options.fakeClock ? static_cast<const Clock &>(clock) : m_systemClock;
    auto opened = openSqlStore({databaseFile(), m_config->storage.sync == SyncMode::Full, m_config->budgets.timeZone});
    if (!opened)
        qFatal("cannot open the store: %s", qPrintable(opened.error().detail));
    store = std::move(*opened);
    get(store->recoverOpen(time.now()));
    auto remembered = Gateway::remembered(*store, *m_config, time.now());
    if (!remembered)
        qFatal("cannot read the store");
    gateway = std::make_unique<Gateway>(Gateway::Setup{
        m_config, *store, events, time, m_options.local, directory.filePath(QStringLiteral("cache.db")),
        std::chrono::milliseconds(m_options.fakeClock ? 20 : 1000),
        directory.filePath(QStringLiteral("bodies.db")), m_options.countsTokens});
    gateway->load(std::move(*remembered));
    const Result<QUrl> url = gateway->listen(QStringLiteral("127.0.0.1"), 0);
    if (!url)
        qFatal("cannot listen: %s", qPrintable(url.error().detail));
    port = quint16(url->port());
}

void Proxy::restart()
{
    gateway.reset();
    store.reset();
    start();
}

void Proxy::reconfigure(const QByteArray &config)
{
    m_options.config = config;
    m_config = parse(config);
    gateway->setConfig(m_config);
    gateway->budgets().waitForFinished(); // calls take effect in order
}

QByteArray Proxy::addKey(const QString &name, const QList<std::pair<Period, QByteArray>> &budgets,
                         std::function<void(KeyRecord &)> change)
{
    const Secret plaintext = generateVirtualKey();
    KeyRecord record;
    record.name = name;
    record.sha256 = sha256(plaintext.reveal());
    record.last4 = QString::fromLatin1(plaintext.reveal().right(4));
    record.createdAt = clock.now();
    if (change)
        change(record);
    record = get(store->insertKey(record, {}));
    m_ids.insert(name, record.id);
    gateway->putKey(record);
    for (const auto &[period, limit] : budgets)
        setBudget(Scope{ScopeKind::Key, QString::number(record.id)}, period, limit);
    gateway->budgets().waitForFinished();
    return plaintext.reveal();
}

void Proxy::setBudget(Scope scope, Period period, const QByteArray &limit)
{
    const Budget budget{std::move(scope), period, Money::fromDecimal(QString::fromLatin1(limit)).value(),
                        false};
    auto written = store->putBudget(budget).takeResult();
    if (!written)
        qFatal("cannot set a budget");
    m_budgets.removeIf([&](const Budget &b) { return b.scope == budget.scope && b.period == budget.period; });
    m_budgets.append(budget);
    gateway->setBudgets(m_budgets);
    // It comes into force once the store has told what was spent before.
    const bool inForce = QTest::qWaitFor([&] {
        const QList<BudgetStatus> all = gateway->budgets().result();
        return std::any_of(all.begin(), all.end(), [&](const BudgetStatus &s) {
            return s.budget.scope == budget.scope && s.budget.period == budget.period
                && s.budget.limit == budget.limit;
        });
    });
    if (!inForce)
        qFatal("a budget did not come into force");
}

Answer Proxy::chat(const QByteArray &key, const QByteArray &body, const QByteArray &moreFields)
{
    RawClient client(port);
    client.write(request("POST", "/v1/chat/completions", key, body, moreFields));
    return client.read();
}

ExchangeRow Proxy::row(const Answer &answer)
{
    const auto id = RequestId::fromText(answer.header("X-LBP-Request-Id"));
    if (!id)
        qFatal("the answer has no request id");
    ExchangeRow found;
    const bool closed = QTest::qWaitFor([&] {
        const Result<ExchangeRow> result = store->request(*id).takeResult();
        if (result)
            found = *result;
        return result && found.close.outcome != Outcome::Open;
    });
    if (!closed)
        qWarning("the row is not closed");
    return found;
}

QList<ExchangeRow> Proxy::rows()
{
    RequestFilter filter;
    filter.limit = 500;
    return get(store->requests(filter));
}

QList<BudgetStatus> Proxy::budgets()
{
    return gateway->budgets().result();
}

bool Proxy::isQuiet()
{
    QString reason;
    const bool quiet = QTest::qWaitFor([&] {
        reason.clear();
        if (gateway->stats().activeExchanges != 0)
            reason = QStringLiteral("%1 exchanges run").arg(gateway->stats().activeExchanges.load());
        for (const BudgetStatus &status : budgets()) {
            if (!status.reserved.isZero())
                reason = QStringLiteral("%1 is reserved").arg(status.reserved.toDecimal());
        }
        RequestFilter open;
        open.outcome = Outcome::Open;
        if (!get(store->requests(open)).isEmpty())
            reason = QStringLiteral("a row is open");
        return reason.isEmpty();
    });
    if (!quiet)
        qWarning("not quiet: %s", qPrintable(reason));
    return quiet;
}

QByteArray Proxy::everythingOnDisk()
{
    QByteArray all;
    QDirIterator files(directory.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

QByteArray chatBody(const QByteArray &text, const QByteArray &more)
{
    return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]" + more
        + "}";
}

} // namespace lbp::test
