#pragma once

#include "core/event.h"
#include "gui/guiservices.h"
#include "gui/requestitem.h"
#include "gui/requestpager.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>
#include <QTimer>

namespace lbp::gui {

/// All requests that fit a filter, in the order asked for. Holds only the rows around those that are seen,
/// whatever the ledger holds; a row that is not held says so (loadedRole) until show() has brought it. Newest
/// first and at its top the list follows what comes in; elsewhere, and while it is held, what is new is
/// counted and left out. Thread: main.
class RequestListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString countText READ countText NOTIFY progressChanged) ///< "12,345 requests"
    Q_PROPERTY(bool busy READ isBusy NOTIFY progressChanged) ///< still searched, counted or ranked
    Q_PROPERTY(bool loading READ isLoading NOTIFY progressChanged) ///< nothing can be shown yet
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged) ///< of that, 0 to 1
    Q_PROPERTY(bool live READ isLive WRITE setLive NOTIFY liveChanged) ///< false: held by the person
    Q_PROPERTY(bool atTop READ isAtTop WRITE setAtTop NOTIFY liveChanged) ///< told by the view
    Q_PROPERTY(bool following READ isFollowing NOTIFY liveChanged) ///< what comes in is shown
    Q_PROPERTY(int newCount READ newCount NOTIFY newCountChanged) ///< came in since and is not shown
    Q_PROPERTY(QString sortRole READ sortRole NOTIFY sortChanged) ///< "time", "cost", "tokens", "duration"
    Q_PROPERTY(bool descending READ isDescending NOTIFY sortChanged)
    Q_PROPERTY(
        QString cappedText READ cappedText NOTIFY progressChanged) ///< there are more than can be listed
    Q_PROPERTY(QString problem READ problem NOTIFY progressChanged)
public:
    enum Role {
        RequestIdRole = Qt::UserRole + 1,
        LoadedRole,
        RunningRole,
        ToneRole,
        StateRole,
        TimeRole,
        KeyRole,
        TeamRole,
        ProjectRole,
        ModelRole,
        RemarkRole,
        ProviderRole,
        EndpointRole,
        InputRole,
        OutputRole,
        CostRole,
        EstimatedRole,
        SavedRole,
        DurationRole,
        TtftRole,
        ErrorRole,
    };
    /// Rows beyond are not listed: the positions of a view lose their exactness there.
    static constexpr int mostListed = 1'500'000;
    static constexpr int mostHeld = 1'200; ///< rows in memory

    explicit RequestListModel(const GuiServices &services, QObject *parent = nullptr);

    // ---- what is listed
    void setFilter(const QString &text); ///< of the filter language; times are taken at the present moment
    [[nodiscard]] const QString &filter() const { return m_filter; }
    void setSort(RequestSort sort, bool ascending);
    Q_INVOKABLE void sortBy(const QString &role); ///< again: the other way round
    [[nodiscard]] RequestSort sort() const { return m_sort; }
    [[nodiscard]] bool isAscending() const { return m_ascending; }
    Q_INVOKABLE void showNew(); ///< what came in meanwhile; live from then on
    Q_INVOKABLE void reload(); ///< from the present moment on
    void setActive(bool active); ///< follows what happens only while it is

    // ---- what is seen
    Q_INVOKABLE void show(int first, int last); ///< the view shows these rows: they are brought
    Q_INVOKABLE QString idAt(int row) const; ///< empty when it is not held
    Q_INVOKABLE int rowOf(const QString &id) const; ///< -1 when it is not held
    [[nodiscard]] const RequestItem *item(int row) const;
    [[nodiscard]] qsizetype held() const { return m_rows.size(); }
    void noteChanged(const ExchangeRow &row); ///< it was corrected

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] QString countText() const;
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] double progress() const { return m_pager.progressPermille() / 1000.0; }
    [[nodiscard]] bool isLive() const { return m_live; }
    void setLive(bool live);
    [[nodiscard]] bool isAtTop() const { return m_atTop; }
    void setAtTop(bool atTop);
    [[nodiscard]] bool isFollowing() const;
    [[nodiscard]] int newCount() const { return m_new; }
    [[nodiscard]] QString sortRole() const;
    [[nodiscard]] bool isDescending() const { return !m_ascending; }
    [[nodiscard]] bool isCapped() const { return m_pager.total() > m_most; }
    [[nodiscard]] QString cappedText() const; ///< empty: every request can be reached
    void setMostListed(int rows) { m_most = rows; } ///< before anything is listed; for tests
    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void progressChanged();
    void liveChanged();
    void newCountChanged();
    void sortChanged();
    void reloaded(); ///< begun anew: the view goes to its top
    void cameOnTop(); ///< rows were added above: a view at its top stays there

private:
    // requestlistmodel.cpp
    enum class Fetch { None, Jump, Forward, Backward };
    void restart();
    void begin(const Result<RequestPager::Piece> &piece);
    void take(Fetch how, const Result<RequestPager::Piece> &piece);
    void jumpTo(const RequestPager::Piece &piece);
    void append(const RequestPager::Piece &piece);
    void prepend(const RequestPager::Piece &piece);
    void trim(bool fromFront);
    void fetch();
    void run(Fetch how, int at = 0);
    void followTotal();
    void setCount(int count);
    void openUp(int rows); ///< places for as many above all others
    void closeUp(int rows); ///< takes as many places away there
    void setProblem(const QString &problem);
    [[nodiscard]] bool isHeld(int row) const { return row >= m_first && row < m_first + int(m_rows.size()); }
    [[nodiscard]] RequestItem itemOf(const ExchangeRow &row) const;
    // requestlistlive.cpp
    void handle(const QList<Event> &events);
    void applyPending();
    void began(const OpenRow &open);
    void went(const event::ExchangeProgress &progress);
    void ended(const ExchangeRow &row);
    void insertLive(const QList<RequestItem> &newer);
    void askLive();
    void checkOpen(const QList<ExchangeRow> &rows); ///< those that ended while they were read
    [[nodiscard]] bool matches(const ExchangeRow &row) const;
    [[nodiscard]] int heldRowOf(RequestId id) const; ///< -1
    void changed(int row, const QList<int> &roles = {});
    void setNew(int count);
    void tick();

    GuiServices m_services;
    RequestPager m_pager;
    QString m_filter;
    QList<FilterTerm> m_terms;
    RequestSort m_sort = RequestSort::Time;
    bool m_ascending = false;
    bool m_active = false, m_started = false;
    bool m_loading = true;
    Fetch m_fetching = Fetch::None;
    bool m_startKnown = false, m_endKnown = false; ///< there is nothing before (behind) m_rows
    int m_most = mostListed;
    int m_count = 0;
    int m_adjusted = 0; ///< places that the pager knows and that turned out not to be
    int m_first = 0; ///< place of m_rows.first()
    QList<RequestItem> m_rows;
    int m_seenFirst = 0, m_seenLast = 0;
    QString m_problem;

    bool m_live = true, m_atTop = true;
    int m_new = 0;
    struct Running
    {
        Money soFar;
        qint64 output = 0;
        OpenRow open;
    };
    QHash<qint64, Running> m_running; ///< by RequestId
    QList<Event> m_pending; ///< what happened and is not shown yet
    QList<RequestItem> m_arrived; ///< rows to be added to the list
    bool m_liveKnown = false;
    QTimer m_apply, m_second;
    QMetaObject::Connection m_subscription;
    quint64 m_dropped = 0;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
