#pragma once

#include "storage/interner.h"
#include "storage/ledgerrow.h"
#include "storage/packedsums.h"
#include "storage/pendingrows.h"
#include "storage/rollups.h"
#include "storage/sqlconnection.h"

#include <unordered_map>
#include <vector>

namespace lbp {

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
    /// The first \a count rows of \a rowAt(i), in order, and what apply() says of each. One that is opened
    /// and closed among them is written once, closed, where it is opened: no sum in between is larger for it.
    template <typename RowAt>
    [[nodiscard]] Result<std::vector<bool>> applyAll(size_t count, const RowAt &rowAt)
    {
        pair(count, rowAt);
        std::vector<bool> applied(count, false);
        for (size_t i = 0; i < count; ++i) {
            if (applied[i])
                continue; // with the row that opened it
            const LedgerRow &row = rowAt(i);
            const size_t closed = m_closedAt.empty() ? 0 : m_closedAt[i];
            const Result<bool> done =
                closed > 0 ? whole(std::get<OpenRow>(row), std::get<CloseRow>(rowAt(closed))) : apply(row);
            if (!done)
                return tl::unexpected(done.error());
            applied[i] = *done;
            if (closed > 0)
                applied[closed] = *done; // false: the id was taken, so the close is looked at for itself
        }
        return applied;
    }
    /// Remembers, in the transaction, that everything up to this record of the journal is in the ledger.
    [[nodiscard]] Status played(quint64 sequence);
    [[nodiscard]] Status commit(); ///< writes the rollups first
    void rollback();

    // Transactions of their own, between those of the rows.
    [[nodiscard]] Result<int> recoverOpen(Instant now);
    [[nodiscard]] Status correctCost(RequestId id, Money cost);
    /// As Store::settlePending(). In pendingrows.cpp.
    [[nodiscard]] Result<std::optional<Money>> settlePending(const PendingAnswer &answer);
    [[nodiscard]] const SumsPacker &sums() const { return m_packer; }
    [[nodiscard]] Status packSums() { return m_packer.step(m_rollups.days()); }

private:
    [[nodiscard]] Result<bool> open(const OpenRow &row);
    [[nodiscard]] Result<bool> close(const CloseRow &row);
    [[nodiscard]] Result<bool> whole(const OpenRow &open, const CloseRow &close);
    /// Fills m_closedAt for rows that are opened and closed among the first \a count of \a rowAt(i).
    template <typename RowAt> void pair(size_t count, const RowAt &rowAt)
    {
        m_closedAt.clear();
        if (count < 2)
            return;
        m_openedAt.clear();
        m_closedAt.resize(count, 0);
        for (size_t i = 0; i < count; ++i) {
            const LedgerRow &row = rowAt(i);
            if (const auto *opening = std::get_if<OpenRow>(&row)) {
                m_openedAt.try_emplace(opening->id.value, i);
            } else if (const auto *closing = std::get_if<CloseRow>(&row)) {
                // Taken out, since only the first close of a row changes it.
                if (const auto opened = m_openedAt.extract(closing->id.value))
                    m_closedAt[opened.mapped()] = i;
            }
        }
    }
    [[nodiscard]] Result<qint64> seriesOf(RequestId id); ///< 0 when there is no such row
    [[nodiscard]] Status lowerOpenFrom(qint64 id);
    [[nodiscard]] Status raiseOpenFrom();
    /// Bind the columns of a statement for these values; the result is the number of the next place.
    [[nodiscard]] Result<int> bindOpen(QSqlQuery &query, const OpenRow &row, qint64 series, quint32 values);
    [[nodiscard]] Result<int> bindClose(QSqlQuery &query, int first, const CloseRow &row, quint32 values);
    [[nodiscard]] Result<QSqlQuery *> closing(quint32 used); ///< valid until the next call
    [[nodiscard]] Result<QSqlQuery *> inserting(quint32 values);
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
    int m_addedSinceRaised = 0;
    std::unordered_map<qint64, size_t> m_openedAt; ///< scratch of pair()
    std::vector<size_t> m_closedAt; ///< place of the close by that of its open row; 0: it stays open
    QSqlQuery m_begin, m_commit, m_rollback, m_open, m_openAttempt, m_seriesOf, m_played;
    QHash<quint32, QSqlQuery> m_close, m_whole; ///< by the values that they bind, as bits
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
