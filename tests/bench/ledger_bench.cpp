// What one request costs in the ledger: a reservation and a settlement, each waited for, at several numbers
// of parallel requests. Prints CPU time of the process per request, rows per commit and requests per second.
// Usage: ledger_bench [requests] [full] [in=FILE]   in a new ledger each time, or in this one (it grows)
//        ledger_bench reports=FILE                  times the reading of a start, sums over many ranges, and
//        lists ledger_bench rest=FILE                     leaves it alone for a minute, in which sums are
//        packed
// The time zone is UTC, as ledgerfill.sh has it. What is called reports= creates the ledger if there is none.

#include "core/period.h"
#include "storage/store.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <QCoreApplication>
#include <QDateTime>
#include <QTemporaryDir>
#include <QThread>

using namespace lbp;

namespace {

qint64 cpuMicros()
{
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return spent.tv_sec * 1'000'000LL + spent.tv_nsec / 1000;
}

/// Runs \a total requests with \a parallel of them open at any time; every answer of the store starts the
/// next step, as the proxy does.
class Load
{
public:
    Load(Store &store, qint64 total, int parallel)
        : m_store(store)
        , m_total(total)
        , m_parallel(parallel)
    {
        for (int i = 0; i < 10; ++i)
            m_series.push_back(std::make_shared<const Series>(
                Series{i + 1, QStringLiteral("team"), QStringLiteral("project"), QStringLiteral("openai"),
                       i % 2 == 0 ? QStringLiteral("gpt-4o") : QStringLiteral("gpt-4o-mini")}));
        Rates rates;
        rates[BillingClass::UncachedInput] = 2'500'000;
        rates[BillingClass::Output] = 10'000'000;
        m_rates = std::make_shared<const Rates>(rates);
    }
    void run(Instant start)
    {
        m_ids.startAfter(RequestId::firstAt(start));
        m_now = start;
        for (int i = 0; i < m_parallel; ++i)
            openNext();
        std::unique_lock lock(m_mutex);
        m_done.wait(lock, [this] { return m_closed == m_total; });
    }
    /// On the writer thread.
    void committed(const std::vector<Store::Committed> &group)
    {
        ++groups;
        rows += qint64(group.size());
        for (const Store::Committed &row : group) {
            if (!row.ok)
                std::abort();
            if (row.ticket & 1)
                close(row.ticket >> 1);
            else
                ended();
        }
    }
    qint64 groups = 0;
    qint64 rows = 0;

private:
    void openNext()
    {
        if (m_opened == m_total)
            return;
        const qint64 n = m_opened++;
        m_now += std::chrono::microseconds(500);
        OpenRow row;
        row.id = m_ids.next(m_now);
        row.series = m_series[size_t(n) % m_series.size()];
        row.endpoint = QStringLiteral("chat.completions");
        row.stream = true;
        row.reserved = Money::fromPicodollars(160'000'000'000);
        row.estimatedInputTokens = 1200;
        row.ceiling = 16'000;
        const quint64 slot = quint64(n) % quint64(m_parallel * 2);
        if (m_open.size() <= slot)
            m_open.resize(size_t(m_parallel) * 2);
        while (m_open[m_slot].value != 0)
            m_slot = (m_slot + 1) % m_open.size();
        m_open[m_slot] = row.id;
        m_store.submit(std::move(row), (quint64(m_slot) << 1) | 1);
    }
    void close(quint64 slot)
    {
        CloseRow row;
        row.id = m_open[slot];
        m_open[slot] = {};
        row.cost = Money::fromPicodollars(7'350'000'000);
        row.usage[BillingClass::UncachedInput] = 1100;
        row.usage[BillingClass::CachedInput] = 40;
        row.usage[BillingClass::Output] = 460;
        row.rates = m_rates;
        row.priceSource = QStringLiteral("pricing.yml");
        row.status = 200;
        row.queueUs = 150;
        row.ttftUs = 230'000;
        row.durationUs = 1'900'000;
        row.upstreamRequestId = QStringLiteral("req_0123456789abcdef0123456789abcdef");
        m_store.submit(std::move(row), 2);
    }
    void ended()
    {
        openNext();
        if (++m_closed == m_total) {
            const std::lock_guard lock(m_mutex);
            m_done.notify_one();
        }
    }
    Store &m_store;
    const qint64 m_total;
    const int m_parallel;
    std::vector<std::shared_ptr<const Series>> m_series;
    std::shared_ptr<const Rates> m_rates;
    RequestIds m_ids{7};
    Instant m_now;
    std::vector<RequestId> m_open;
    size_t m_slot = 0;
    qint64 m_opened = 0;
    std::atomic<qint64> m_closed{0};
    std::mutex m_mutex;
    std::condition_variable m_done;
};

double millisecondsOf(const std::function<void()> &work)
{
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

double medianOf(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < 7; ++i)
        times.push_back(millisecondsOf(work));
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

template <typename T> T valueOf(QFuture<Result<T>> future)
{
    Result<T> result = future.takeResult();
    if (!result) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(result.error().detail));
        std::exit(1);
    }
    return *std::move(result);
}

/// What the request list of a window asks for. A search of all of the ledger takes many calls; of these the
/// longest is what somebody else may have to wait for.
void listAll(Store &store, Instant now, const QTimeZone &zone)
{
    const auto search = [&](const char *filter, RequestSort sort = RequestSort::Time) {
        RequestQuery query;
        query.terms = parseRequestTerms(QString::fromLatin1(filter), now, zone).terms;
        query.sort = sort;
        double longest = 0, together = 0;
        int calls = 0;
        qint64 scanned = 0;
        for (RequestPage page;; query.ranking = page.ranking) {
            const double took = millisecondsOf([&] { page = valueOf(store.requestPage(query)); });
            longest = std::max(longest, took);
            together += took;
            scanned += page.scanned;
            ++calls;
            if (page.exhausted || page.total || int(page.rows.size()) == query.limit)
                break;
            if (page.ranking == 0)
                query.after = page.next;
        }
        std::printf("%-38s %9.2f ms in %4d calls, the longest %7.2f ms, %9lld rows\n",
                    filter[0] == 0 ? (sort == RequestSort::Time ? "(newest)" : "(all by cost)") : filter,
                    together, calls, longest, static_cast<long long>(scanned));
    };
    search("");
    search("key:filled-4711");
    search("key:filled-4711 time:24h");
    search("model:bench-3 cost>0.0005");
    search("status:4xx");
    search("time:month");
    search("cost>0.003 tokens<1500 time:24h");
    search("\"no such text\" time:24h");
    search("duration>1h time:7d");
    search("", RequestSort::Cost);
    const auto once = [](const char *name, const std::function<void()> &work) {
        std::printf("%-38s %9.2f ms\n", name, medianOf(work));
    };
    once("place of row 7,654,321", [&] { valueOf(store.requestAt(7'654'321)); });
    once("count of all", [&] { valueOf(store.countRequests({}, std::numeric_limits<qint64>::max())); });
    for (const int days : {1, 30, 80})
        once(qPrintable(QStringLiteral("latency over %1 days").arg(days)), [&] {
            valueOf(store.latency({now - std::chrono::days(days), now}, {}));
        });
    const auto series = [&](const char *name, int days, TimeBucket bucket, SplitBy split,
                            UsageScope scope = {}) {
        once(name, [&] {
            valueOf(store.usageSeries({{now - std::chrono::days(days), now}, bucket, zone, split, scope}));
        });
    };
    series("series, hours of 7 days", 7, TimeBucket::Hour, SplitBy::Nothing);
    series("series, hours of 7 days by model", 7, TimeBucket::Hour, SplitBy::Model);
    series("series, hours of 57 days (forecast)", 57, TimeBucket::Hour, SplitBy::Nothing);
    series("series, days of 80 by key", 80, TimeBucket::Day, SplitBy::Key);
    UsageScope one;
    one.key = 4711;
    series("series, days of 80 of one key", 80, TimeBucket::Day, SplitBy::Nothing, one);
    once("models without a price", [&] {
        valueOf(store.unpricedModels({now - std::chrono::days(30), now}));
    });
}

/// What a start reads, step by step, then the sums that a window asks for.
int readAll(const StoreOptions &options)
{
    const Instant now = fromMicros(QDateTime::currentMSecsSinceEpoch() * 1000);
    std::unique_ptr<Store> store;
    const auto step = [](const char *name, const std::function<void()> &work) {
        const double took = millisecondsOf(work);
        std::printf("%-24s %9.2f ms\n", name, took);
        return took;
    };
    double start = step("open and check", [&] {
        auto opened = openSqlStore(options);
        if (!opened) {
            std::fprintf(stderr, "%s\n", qUtf8Printable(opened.error().detail));
            std::exit(1);
        }
        store = std::move(*opened);
    });
    start += step("recover", [&] { valueOf(store->recoverOpen(now)); });
    start += step("keys and budgets", [&] {
        valueOf(store->keys());
        valueOf(store->budgets());
        valueOf(store->lastRequestId());
        valueOf(store->setting(QStringLiteral("paused")));
    });
    for (const Period period : allPeriods)
        start += step("spent in a period",
                      [&] { valueOf(store->spentSince(periodSpan(period, now, options.zone).start)); });
    std::printf("%-24s %9.2f ms\n", "start, together", start);
    const std::pair<const char *, GroupBy> groups[] = {
        {"key", GroupBy::Key},         {"team", GroupBy::Team}, {"model", GroupBy::Model},
        {"project", GroupBy::Project}, {"day", GroupBy::Day},   {"hour", GroupBy::Hour},
        {"total", GroupBy::Total}};
    for (const int days : {1, 7, 30, 80, 365})
        for (const auto &[name, groupBy] : groups) {
            const auto ask = [&, by = groupBy] {
                valueOf(store->usage(now - std::chrono::days(days), now, by, options.zone));
            };
            std::printf("by %-8s over %3d days %9.2f ms\n", name, days, medianOf(ask));
        }
    listAll(*store, now, options.zone);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const qint64 total = argc > 1 ? app.arguments().at(1).toLongLong() : 100'000;
    StoreOptions options;
    options.syncFull = app.arguments().contains(QStringLiteral("full"));
    options.zone = QTimeZone::utc();
    QString existing;
    for (const QString &argument : app.arguments()) {
        if (argument.startsWith(QLatin1String("reports="))) {
            options.file = argument.mid(8);
            return readAll(options);
        }
        if (argument.startsWith(QLatin1String("rest="))) {
            options.file = argument.mid(5);
            const auto opened = openSqlStore(options);
            QThread::sleep(60);
            return opened ? 0 : 1;
        }
        if (argument.startsWith(QLatin1String("in=")))
            existing = argument.mid(3);
    }
    std::printf("%9s %14s %12s %14s\n", "parallel", "CPU us/request", "rows/commit", "requests/s");
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    for (const int parallel : {1, 16, 64}) {
        QTemporaryDir folder;
        options.file = existing.isEmpty() ? folder.filePath(QStringLiteral("ledger.db")) : existing;
        auto opened = openSqlStore(options);
        if (!opened) {
            std::fprintf(stderr, "%s\n", qUtf8Printable(opened.error().detail));
            return 1;
        }
        Load load(**opened, total, parallel);
        (*opened)->setCommitSink([&load](std::vector<Store::Committed> group) { load.committed(group); });
        const auto began = std::chrono::steady_clock::now();
        const qint64 cpu = cpuMicros();
        const Instant newest = valueOf((*opened)->lastRequestId()).time();
        load.run(std::max(newest, fromMicros(QDateTime::currentMSecsSinceEpoch() * 1000)));
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        std::printf("%9d %14.2f %12.2f %14.0f\n", parallel, double(cpuMicros() - cpu) / double(total),
                    double(load.rows) / double(load.groups), double(total) / seconds);
        opened->reset();
    }
    return 0;
}
