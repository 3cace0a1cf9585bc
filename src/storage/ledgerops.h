#pragma once

#include "core/exchangerow.h"
#include "storage/interner.h"
#include "storage/packedsums.h"
#include "storage/rollups.h"
#include "storage/sqlconnection.h"

#include <variant>

namespace lbp {

/// A row on its way into the ledger.
using LedgerRow = std::variant<OpenRow, CloseRow, ExchangeRow>;

/// Writes rows and their rollups with statements prepared once. Thread: that of its connection.
/// Use: begin(), apply() for each row, commit(); after any failure rollback().
class RowWriter
{
public:
    RowWriter(SqlConnection &connection, QTimeZone zone);
    [[nodiscard]] Status prepare();

    [[nodiscard]] Status begin();
    /// True when the row is in the ledger once the transaction is committed. False for an open or whole row
    /// whose id is taken and for the close of a row that was never opened. Closing a closed row is true and
    /// changes nothing.
    [[nodiscard]] Result<bool> apply(const LedgerRow &row);
    [[nodiscard]] Status commit(); ///< writes the rollups first
    void rollback();

    // Transactions of their own, between those of the rows.
    [[nodiscard]] Result<int> recoverOpen(Instant now);
    [[nodiscard]] Status correctCost(RequestId id, Money cost);
    [[nodiscard]] const SumsPacker &sums() const { return m_packer; }
    [[nodiscard]] Status packSums() { return m_packer.step(m_rollups.days()); }

private:
    [[nodiscard]] Result<bool> open(const OpenRow &row);
    [[nodiscard]] Result<bool> close(const CloseRow &row);
    [[nodiscard]] Result<bool> whole(const ExchangeRow &row);
    [[nodiscard]] Result<qint64> seriesOf(RequestId id); ///< 0 when there is no such row
    [[nodiscard]] Status lowerOpenFrom(qint64 id);
    [[nodiscard]] Status raiseOpenFrom();
    [[nodiscard]] Status bindOpen(QSqlQuery &query, const OpenRow &row, qint64 series);
    /// Binds the columns of a statement for these classes of usage; the result is the number of the next
    /// place.
    [[nodiscard]] Result<int> bindClose(QSqlQuery &query, int first, const CloseRow &row);
    [[nodiscard]] Result<QSqlQuery *> closing(quint32 used); ///< valid until the next call
    [[nodiscard]] Result<QSqlQuery *> inserting(quint32 used);
    [[nodiscard]] Result<QSqlQuery *> variant(QHash<quint32, QSqlQuery> &kept, quint32 used,
                                              const QString &sql);
    [[nodiscard]] static Result<int> execute(QSqlQuery &query, QStringView doing);

    SqlConnection &m_connection;
    Interner m_interner;
    SumsPacker m_packer;
    RollupBook m_rollups;
    QHash<qint64, qint64> m_openSeries; ///< series by id of what is open, so that a close need not look it up
    /// At least what the file says no open row lies below: a row below this one looks, and lowers it.
    qint64 m_openFrom = std::numeric_limits<qint64>::max();
    int m_openedSinceRaised = 0;
    QSqlQuery m_begin, m_commit, m_rollback, m_open, m_seriesOf;
    QHash<quint32, QSqlQuery> m_close, m_whole; ///< by the classes of usage that they write
};

/// One step of pruning, in a transaction of its own and small enough not to keep a reservation waiting.
struct PruneStep
{
    qint64 requests = 0; ///< deleted in this step
    bool done = false;
};
/// Deletes up to \a limit closed requests that began before \a before. Once none is left it deletes quarters
/// that nothing asks for any more: older than \a before and than 62 days before the newest (a month of
/// budgets and the charts by hour). Day sums stay for ever.
[[nodiscard]] Result<PruneStep> pruneStep(SqlConnection &connection, LocalDays &days, Instant before,
                                          int limit);

/// An id that no open row lies below.
[[nodiscard]] Result<qint64> openFrom(SqlConnection &connection);

/// Where the quarters begin: sums before it are kept by day only. The epoch when nothing was pruned.
[[nodiscard]] Result<Instant> quartersFrom(SqlConnection &connection);

} // namespace lbp
