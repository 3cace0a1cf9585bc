#pragma once

#include "control/control.h"
#include "core/mailbox.h"
#include "storage/requestlist.h"

#include <functional>
#include <QObject>
#include <vector>

namespace lbp::gui {

/// Rows of a filtered, sorted list of requests by their place in it: what a list of a million lines needs
/// that never holds more than a few. The list is that of the moment of start(); what comes later is the
/// business of who watches. Unfiltered lists are placed by the ledger's own sums, filtered ones by counting
/// on in the background and remembering a place every few thousand matches, sorted ones by the ledger's
/// ranking. Thread: main. One load or extension at a time.
class RequestPager : public QObject
{
    Q_OBJECT
public:
    struct List
    {
        QList<FilterTerm> terms;
        RequestSort sort = RequestSort::Time;
        bool ascending = false;
    };
    /// Rows that follow each other in the list.
    struct Piece
    {
        qint64 at = 0; ///< place of the first one
        QList<ExchangeRow> rows;
        bool reachesStart = false; ///< there is nothing before the first one
        bool reachesEnd = false; ///< there is nothing behind the last one
    };
    using Done = std::function<void(const Result<Piece> &)>;

    explicit RequestPager(Control &control, QObject *parent = nullptr);

    /// Begins \a list and gives its first rows; forgets what was asked before.
    void start(List list, Done first);
    void stop(); ///< answers of what was asked do not come any more
    /// About \a count rows from place \a at on.
    void load(qint64 at, int count, Done done);
    /// The rows behind (or before) \a edge, which stands at place \a at.
    void extend(const ExchangeRow &edge, qint64 at, bool backwards, int count, Done done);
    /// \a count rows came since start() and are shown, the newest of them \a newest: places move by as many.
    void pushDown(qint64 count, RequestId newest);
    /// \a count rows came since then and are not shown.
    void setHidden(qint64 count) { m_hidden = count; }
    [[nodiscard]] RequestId newest() const { return m_top; } ///< that is in the list; 0: none yet

    [[nodiscard]] qint64 total() const { return m_total + m_above; } ///< as far as it is known
    [[nodiscard]] bool isCounting() const { return m_counting; } ///< total still grows
    [[nodiscard]] int progressPermille() const { return m_progressPermille; } ///< of counting or ranking
    [[nodiscard]] bool isPlaced() const; ///< load() can go anywhere below total()

    static constexpr int mostAtOnce = 500;
    static constexpr qint64 countStep = 20'000; ///< matches between two remembered places

Q_SIGNALS:
    void totalChanged(); ///< or counting, or progress

private:
    [[nodiscard]] RequestQuery query(int limit) const;
    [[nodiscard]] bool isTime() const { return m_list.sort == RequestSort::Time; }
    [[nodiscard]] RequestCursor top() const; ///< right above the newest row that is in the list
    struct Walk
    {
        RequestQuery query;
        Piece piece;
        int wanted = 0;
        bool anyWillDo = false; ///< hands over what the first call that finds something finds
        quint64 serial = 0;
        Done done;
    };
    void walk(std::shared_ptr<Walk> walk);
    void firstPage(Done first);
    void firstRanked(Done first);
    void loadRanked(qint64 at, int count, Done done);
    using Found = std::function<void(const Result<RequestCursor> &)>;
    /// The cursor that \a place, newest first, lies right behind.
    void cursorAt(qint64 place, Found found);
    void skip(RequestCursor from, qint64 count, quint64 serial, Found found);
    void countFrom(std::optional<RequestCursor> cursor, qint64 counted);
    void countAll(std::function<void()> done);
    void noteProgress(Instant scannedTo);
    /// Calls \a function with the answer unless the list was begun anew meanwhile.
    template <typename T, typename F> void ask(QFuture<T> future, F function)
    {
        m_mailbox.when(std::move(future), [this, generation = m_generation, function](const T &answer) {
            if (generation == m_generation)
                function(answer);
        });
    }

    Control &m_control;
    List m_list;
    quint64 m_generation = 0; ///< of the list
    quint64 m_serial = 0; ///< of the last load; older ones are dropped
    qint64 m_total = 0; ///< without m_above
    qint64 m_above = 0, m_hidden = 0;
    RequestId m_top;
    bool m_counting = false;
    int m_progressPermille = 0;
    quint64 m_ranking = 0;
    Instant m_startedAt, m_oldest;
    struct Mark
    {
        qint64 place; ///< matches before it
        RequestCursor cursor;
    };
    std::vector<Mark> m_marks; ///< by place; of filtered lists
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
