#pragma once

#include "storage/ledgerwriter.h"
#include "storage/requestranking.h"
#include "storage/seriesindex.h"
#include "storage/store.h"
#include "storage/worker.h"

namespace lbp {

/// Store on SQLite through QtSql: one writer thread, one reader thread, a connection each. Reports read a
/// snapshot of the WAL and so never stand before a reservation; where rows are not written yet, they ask the
/// writer to do that first. What asks and changes in one step goes to the writer.
class SqlStore final : public Store
{
public:
    explicit SqlStore(const StoreOptions &options); ///< the file is prepared (filecheck.h)
    ~SqlStore() override;
    [[nodiscard]] Status start();

    void setCommitSink(CommitSink sink) override;
    [[nodiscard]] bool record(LedgerRow &row) override;
    using Store::submit;
    void submit(std::vector<Submission> rows) override;
    [[nodiscard]] size_t queued() const override;

    QFuture<Result<int>> recoverOpen(Instant now) override;
    QFuture<Result<RequestId>> lastRequestId() override;
    QFuture<Result<QList<SpentSum>>> spentSince(Instant from) override;

    QFuture<Result<KeyRecord>> insertKey(KeyRecord key, QList<Budget> budgets) override;
    QFuture<Result<void>> updateKey(KeyRecord key) override;
    QFuture<Result<QList<KeyRecord>>> keys() override;
    QFuture<Result<QList<Budget>>> budgets() override;
    QFuture<Result<void>> putBudget(Budget budget) override;
    QFuture<Result<void>> removeBudget(Scope scope, Period period) override;
    QFuture<Result<QString>> setting(QString name) override;
    QFuture<Result<void>> putSetting(QString name, QString value) override;

    QFuture<Result<QList<UsageSum>>> usage(Instant from, Instant to, GroupBy groupBy,
                                           QTimeZone zone) override;
    QFuture<Result<QList<ExchangeRow>>> requests(RequestFilter filter) override;
    QFuture<Result<ExchangeRow>> request(RequestId id) override;
    QFuture<Result<QList<ExchangeRow>>> attemptsOf(RequestId id) override;
    QFuture<Result<ExchangeRow>> correctCost(RequestId id, Money cost) override;
    QFuture<Result<std::optional<ExchangeRow>>> pendingRow(PendingQuestion question) override;
    QFuture<Result<std::optional<Money>>> settlePending(PendingAnswer answer) override;

    QFuture<Result<RequestPage>> requestPage(RequestQuery query) override;
    QFuture<Result<RequestCount>> countRequests(RequestQuery query, qint64 upTo) override;
    QFuture<Result<RequestPlace>> requestAt(qint64 position) override;
    QFuture<Result<RequestPlace>> placeOf(RequestId id) override;
    QFuture<Result<UsageSeries>> usageSeries(UsageSeriesQuery query) override;
    QFuture<Result<LatencySummary>> latency(TimeRange range, UsageScope scope) override;
    QFuture<Result<UnpricedModels>> unpricedModels(TimeRange range) override;
    QFuture<Result<std::optional<Instant>>> firstRequest() override;

    QFuture<Result<bool>> claimAlert(FiredAlert alert, Instant notSince) override;
    QFuture<Result<qint64>> addAlert(AlertRecord record) override;
    QFuture<Result<void>> setAlertDelivery(qint64 id, QString delivery) override;
    QFuture<Result<QList<AlertRecord>>> alerts(int limit) override;
    QFuture<Result<QList<AlertRecord>>> alertPage(AlertQuery query) override;
    QFuture<Result<qint64>> prune(Instant before) override;

private:
    template <typename Value, typename Work> QFuture<Result<Value>> onWriter(Work work);
    template <typename Value, typename Work> QFuture<Result<Value>> onRows(Work work);
    /// After all rows that were handed over before the call, whose answers may have gone out already.
    template <typename Value, typename Work> QFuture<Result<Value>> onReader(Work work);
    /// For what has nothing to do with requests: waits for no row.
    template <typename Value, typename Work> QFuture<Result<Value>> onReaderNow(Work work);
    const StoreOptions m_options;
    LedgerWriter m_writer; ///< ends last: closing the last connection empties the WAL into the file
    SeriesIndex m_series; ///< reader thread only
    RequestRankings m_rankings; ///< reader thread only
    ReaderThread m_reader;
};

} // namespace lbp
