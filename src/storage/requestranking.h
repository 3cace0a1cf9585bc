#pragma once

#include "storage/requestcondition.h"
#include "storage/requestlist.h"

#include <memory>
#include <vector>

namespace lbp {

/// Lists that are sorted by something else than time. All matches are gone through once, in calls of bounded
/// length, and what they are sorted by is kept with their ids (16 bytes a row); pages are cut from that. A
/// ranking is a snapshot: rows that came or ended later are in the next one. The last few are kept.
/// Thread: reader.
class RequestRankings
{
public:
    [[nodiscard]] Result<RequestPage> page(SqlConnection &connection, SeriesIndex &series,
                                           const RequestQuery &query);
    struct Entry
    {
        qint64 value = 0;
        qint64 id = 0;
        auto operator<=>(const Entry &) const = default;
    };

private:
    struct Ranking
    {
        quint64 number = 0;
        QList<FilterTerm> terms;
        RequestSort sort = RequestSort::Cost;
        bool ascending = false;
        RequestCondition condition;
        IdRange all; ///< every row there was
        IdRange rest; ///< still to go through, from its end
        std::vector<std::vector<Entry>> runs; ///< each in order of the list, longest first
        [[nodiscard]] bool isDone() const { return rest.isEmpty() && runs.size() <= 1; }
        [[nodiscard]] bool hasLikeRuns() const;
    };
    [[nodiscard]] Result<Ranking *> rankingFor(SqlConnection &connection, SeriesIndex &series,
                                               const RequestQuery &query);
    [[nodiscard]] static Status goOn(SqlConnection &connection, Ranking &ranking, qint64 &scanned);
    static void mergeLast(Ranking &ranking);
    std::vector<std::unique_ptr<Ranking>> m_rankings; ///< used last comes last
    quint64 m_lastNumber = 0;
};

} // namespace lbp
