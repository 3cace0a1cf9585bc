#pragma once

#include "storage/requestcondition.h"

#include <chrono>
#include <deque>

namespace lbp {

/// Walks over the ids at which rows that meet a condition can be, in small blocks, so that whoever asks can
/// stop at any time and go on from there. There is no index by key, status or cost, which each request would
/// have to pay for: the quarter hours in which something matching can be are found in the sums, and only
/// their rows are read. Rows that are still open are in no sums and are read straight. Thread: that of its
/// connection, which it borrows together with the condition.
class RequestScan
{
public:
    static constexpr int blockRows = 2'000;

    RequestScan(SqlConnection &connection, const RequestCondition &condition, IdRange range, bool descending);
    /// The next block; nullopt when all is done. At most blockRows rows lie in it; an empty one says that the
    /// walk came further without finding any.
    [[nodiscard]] Result<std::optional<IdRange>> next();
    /// What was not handed out yet lies in here; empty at the end.
    [[nodiscard]] IdRange rest() const;
    [[nodiscard]] qint64 rows() const { return m_rows; } ///< that lay in the blocks so far

private:
    [[nodiscard]] Status refill();
    [[nodiscard]] Status addQuarters(IdRange window);
    void push(IdRange range);
    [[nodiscard]] Result<IdRange> cut(IdRange &range);
    SqlConnection &m_connection;
    const RequestCondition &m_condition;
    IdRange m_range; ///< not looked at yet
    bool m_descending;
    std::deque<IdRange> m_found; ///< in order of the walk
    std::optional<qint64> m_openFrom;
    qint64 m_window; ///< ids that the next look into the sums covers
    QSqlQuery m_border;
    bool m_isPrepared = false;
    qint64 m_rows = 0;
};

/// How long one call may keep the reader. A block takes a few milliseconds beyond it.
class ReaderTime
{
public:
    [[nodiscard]] bool isOver() const { return std::chrono::steady_clock::now() - m_began > share; }

private:
    static constexpr auto share = std::chrono::milliseconds(35);
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
};

} // namespace lbp
