#include "storage/sqlstore.h"

#include "storage/controlplane.h"
#include "storage/filecheck.h"
#include "storage/reports.h"
#include "storage/requestplaces.h"
#include "storage/requestquery.h"
#include "storage/usageseries.h"

namespace lbp {

namespace {

constexpr int pruneRows = 500; ///< in one transaction: about a millisecond

/// Prunes one step, and puts itself back at the end of the queue until nothing is left, so that rows come
/// between.
struct Pruning
{
    LedgerWriter &writer;
    std::shared_ptr<QPromise<Result<qint64>>> promise;
    LocalDays days;
    Instant before;
    qint64 deleted = 0;

    void operator()(SqlConnection &connection)
    {
        const Result<PruneStep> step = pruneStep(connection, days, before, pruneRows);
        if (step)
            deleted += step->requests;
        if (step && !step->done && !writer.isStopping()) {
            writer.post(*this);
            return;
        }
        promise->addResult(step ? Result<qint64>(deleted) : Result<qint64>(tl::unexpected(step.error())));
        promise->finish();
    }
};

} // namespace

template <typename Value, typename Work> QFuture<Result<Value>> SqlStore::onWriter(Work work)
{
    return runOn<Value>([this](SqlTask task) { m_writer.post(std::move(task)); }, std::move(work));
}

template <typename Value, typename Work> QFuture<Result<Value>> SqlStore::onRows(Work work)
{
    return runOn<Value, RowWriter>(
        [this](LedgerWriter::Task task) { m_writer.postWithRows(std::move(task)); }, std::move(work));
}

/// One snapshot for all the statements of a report.
template <typename Value, typename Work> static auto onSnapshot(Work work)
{
    return [task = std::move(work)](SqlConnection &connection) mutable -> Result<Value> {
        return connection.snapshot([&] { return task(connection); });
    };
}

template <typename Value, typename Work> QFuture<Result<Value>> SqlStore::onReaderNow(Work work)
{
    return runOn<Value>([this](SqlTask task) { m_reader.post(std::move(task)); },
                        onSnapshot<Value>(std::move(work)));
}

template <typename Value, typename Work> QFuture<Result<Value>> SqlStore::onReader(Work work)
{
    return runOn<Value>(
        [this](SqlTask task) {
            if (m_writer.queued() == 0) {
                m_reader.post(std::move(task));
                return;
            }
            m_writer.post([this, report = std::move(task)](SqlConnection &) mutable {
                m_reader.post(std::move(report));
            });
        },
        onSnapshot<Value>(std::move(work)));
}

SqlStore::SqlStore(const StoreOptions &options)
    : m_options(options)
    , m_writer(options)
{
}

SqlStore::~SqlStore()
{
    // Reports that wait for rows are handed to the reader by the writer, so they are there before either
    // ends.
    m_writer.finishTasks();
}

Status SqlStore::start()
{
    return m_writer.start().and_then([this] { return m_reader.start(m_options.file); });
}

void SqlStore::setCommitSink(CommitSink sink)
{
    m_writer.setCommitSink(std::move(sink));
}

bool SqlStore::record(LedgerRow &row)
{
    return m_writer.record(row);
}

void SqlStore::submit(std::vector<Submission> rows)
{
    m_writer.submit(std::move(rows));
}

size_t SqlStore::queued() const
{
    return m_writer.queued();
}

QFuture<Result<int>> SqlStore::recoverOpen(Instant now)
{
    return onRows<int>([now](SqlConnection &, RowWriter &rows) { return rows.recoverOpen(now); });
}

QFuture<Result<RequestId>> SqlStore::lastRequestId()
{
    return onWriter<RequestId>([](SqlConnection &connection) {
        return connection.scalar(QStringLiteral("SELECT max(id) FROM requests"))
            .map([](const QVariant &newest) { return RequestId{newest.toLongLong()}; });
    });
}

QFuture<Result<QList<SpentSum>>> SqlStore::spentSince(Instant from)
{
    return onReader<QList<SpentSum>>(
        [this, from, days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
            return reports::spentSince(connection, m_series, days, from);
        });
}

QFuture<Result<KeyRecord>> SqlStore::insertKey(KeyRecord key, QList<Budget> budgets)
{
    return onWriter<KeyRecord>(
        [key = std::move(key), budgets = std::move(budgets)](SqlConnection &connection) {
            return controlplane::insertKey(connection, key, budgets);
        });
}

QFuture<Result<void>> SqlStore::updateKey(KeyRecord key)
{
    return onWriter<void>([key = std::move(key)](SqlConnection &connection) {
        return controlplane::updateKey(connection, key);
    });
}

QFuture<Result<QList<KeyRecord>>> SqlStore::keys()
{
    return onReaderNow<QList<KeyRecord>>(
        [](SqlConnection &connection) { return controlplane::keys(connection); });
}

QFuture<Result<QList<Budget>>> SqlStore::budgets()
{
    return onReaderNow<QList<Budget>>(
        [](SqlConnection &connection) { return controlplane::budgets(connection); });
}

QFuture<Result<void>> SqlStore::putBudget(Budget budget)
{
    return onWriter<void>([budget = std::move(budget)](SqlConnection &connection) {
        return controlplane::putBudget(connection, budget);
    });
}

QFuture<Result<void>> SqlStore::removeBudget(Scope scope, Period period)
{
    return onWriter<void>([scope = std::move(scope), period](SqlConnection &connection) {
        return controlplane::removeBudget(connection, scope, period);
    });
}

QFuture<Result<QString>> SqlStore::setting(QString name)
{
    return onReaderNow<QString>([name = std::move(name)](SqlConnection &connection) {
        return controlplane::setting(connection, name);
    });
}

QFuture<Result<void>> SqlStore::putSetting(QString name, QString value)
{
    return onWriter<void>([name = std::move(name), value = std::move(value)](SqlConnection &connection) {
        return controlplane::putSetting(connection, name, value);
    });
}

QFuture<Result<QList<UsageSum>>> SqlStore::usage(Instant from, Instant to, GroupBy groupBy, QTimeZone zone)
{
    return onReader<QList<UsageSum>>(
        [=, this, days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
            return reports::usage(connection, m_series, days, from, to, groupBy, zone);
        });
}

QFuture<Result<QList<ExchangeRow>>> SqlStore::requests(RequestFilter filter)
{
    return onReader<QList<ExchangeRow>>([this, filter = std::move(filter)](SqlConnection &connection) {
        return findRequests(connection, m_series, filter);
    });
}

QFuture<Result<ExchangeRow>> SqlStore::request(RequestId id)
{
    return onReader<ExchangeRow>([id](SqlConnection &connection) { return readRequest(connection, id); });
}

QFuture<Result<QList<ExchangeRow>>> SqlStore::attemptsOf(RequestId id)
{
    return onReader<QList<ExchangeRow>>(
        [id](SqlConnection &connection) { return readAttempts(connection, id); });
}

QFuture<Result<ExchangeRow>> SqlStore::correctCost(RequestId id, Money cost)
{
    return onRows<ExchangeRow>([id, cost](SqlConnection &connection, RowWriter &rows) {
        return rows.correctCost(id, cost).and_then([&] { return readRequest(connection, id); });
    });
}

QFuture<Result<std::optional<ExchangeRow>>> SqlStore::pendingRow(PendingQuestion question)
{
    return onReader<std::optional<ExchangeRow>>(
        [question = std::move(question)](SqlConnection &connection) { return findPending(connection, question); });
}

QFuture<Result<std::optional<Money>>> SqlStore::settlePending(PendingAnswer answer)
{
    return onRows<std::optional<Money>>([answer = std::move(answer)](SqlConnection &, RowWriter &rows) {
        return rows.settlePending(answer);
    });
}

QFuture<Result<bool>> SqlStore::claimAlert(FiredAlert alert, Instant notSince)
{
    return onWriter<bool>([alert = std::move(alert), notSince](SqlConnection &connection) {
        return controlplane::claimAlert(connection, alert, notSince);
    });
}

QFuture<Result<qint64>> SqlStore::addAlert(AlertRecord record)
{
    return onWriter<qint64>([record = std::move(record)](SqlConnection &connection) {
        return controlplane::addAlert(connection, record);
    });
}

QFuture<Result<void>> SqlStore::setAlertDelivery(qint64 id, QString delivery)
{
    return onWriter<void>([id, delivery = std::move(delivery)](SqlConnection &connection) {
        return controlplane::setAlertDelivery(connection, id, delivery);
    });
}

QFuture<Result<QList<AlertRecord>>> SqlStore::alerts(int limit)
{
    return onReaderNow<QList<AlertRecord>>(
        [limit](SqlConnection &connection) { return controlplane::alerts(connection, limit); });
}

QFuture<Result<QList<AlertRecord>>> SqlStore::alertPage(AlertQuery query)
{
    return onReaderNow<QList<AlertRecord>>([query = std::move(query)](SqlConnection &connection) {
        return controlplane::alertPage(connection, query);
    });
}

QFuture<Result<qint64>> SqlStore::prune(Instant before)
{
    auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    m_writer.post(Pruning{m_writer, promise, LocalDays(m_options.zone), before});
    return promise->future();
}

QFuture<Result<RequestPage>> SqlStore::requestPage(RequestQuery query)
{
    return onReader<RequestPage>([this, query = std::move(query)](SqlConnection &connection) {
        return query.sort == RequestSort::Time ? pageByTime(connection, m_series, query)
                                               : m_rankings.page(connection, m_series, query);
    });
}

QFuture<Result<RequestCount>> SqlStore::countRequests(RequestQuery query, qint64 upTo)
{
    return onReader<RequestCount>([this, query = std::move(query), upTo,
                                   days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
        if (!query.terms.isEmpty() || query.after)
            return countMatches(connection, m_series, query, upTo);
        return lbp::requestAt(connection, days, 0).map([upTo](const RequestPlace &place) {
            return RequestCount{std::min(place.total, upTo), true, {}, {}};
        });
    });
}

QFuture<Result<RequestPlace>> SqlStore::requestAt(qint64 position)
{
    return onReader<RequestPlace>(
        [position, days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
            return lbp::requestAt(connection, days, position);
        });
}

QFuture<Result<RequestPlace>> SqlStore::placeOf(RequestId id)
{
    return onReader<RequestPlace>([id, days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
        return lbp::placeOf(connection, days, id);
    });
}

QFuture<Result<UsageSeries>> SqlStore::usageSeries(UsageSeriesQuery query)
{
    return onReader<UsageSeries>([this, query = std::move(query),
                                  days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
        return reports::usageSeries(connection, m_series, days, query);
    });
}

QFuture<Result<LatencySummary>> SqlStore::latency(TimeRange range, UsageScope scope)
{
    return onReader<LatencySummary>([this, range, scope = std::move(scope),
                                     days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
        return reports::latency(connection, m_series, days, range, scope);
    });
}

QFuture<Result<UnpricedModels>> SqlStore::unpricedModels(TimeRange range)
{
    return onReader<UnpricedModels>(
        [range](SqlConnection &connection) { return reports::unpricedModels(connection, range); });
}

QFuture<Result<std::optional<Instant>>> SqlStore::firstRequest()
{
    return onReader<std::optional<Instant>>(
        [days = LocalDays(m_options.zone)](SqlConnection &connection) mutable {
            return reports::firstRequest(connection, days);
        });
}

Result<std::unique_ptr<Store>> openSqlStore(const StoreOptions &options)
{
    if (Status prepared = prepareLedgerFile(options); !prepared)
        return tl::unexpected(prepared.error());
    auto store = std::make_unique<SqlStore>(options);
    if (Status started = store->start(); !started)
        return tl::unexpected(started.error());
    return store;
}

} // namespace lbp
