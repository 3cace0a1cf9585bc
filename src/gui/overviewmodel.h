#pragma once

#include "core/event.h"
#include "core/forecast.h"
#include "gui/overviewbarsmodel.h"
#include "gui/overviewbudgetsmodel.h"
#include "gui/overviewfigure.h"
#include "gui/overviewpacer.h"
#include "gui/overviewrange.h"
#include "gui/overviewrecentmodel.h"
#include "gui/overviewtrend.h"
#include "gui/pagemodel.h"

#include <QVariantList>

namespace lbp::gui {

class SpendWatch;

/// Where the money goes: sums, charts and the latest requests. Follows events while the page is seen: sums
/// are read again at most once in sumsGap, what takes longer (latency, forecast) once in slowGap; running
/// requests come with the events themselves, shown at most once in liveGap. At rest, and while another page
/// is shown, it does nothing. Thread: main.
class OverviewModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    // ---- the present day and month
    Q_PROPERTY(lbp::gui::OverviewFigure today READ today NOTIFY spendChanged)
    Q_PROPERTY(lbp::gui::OverviewFigure month READ month NOTIFY spendChanged)
    Q_PROPERTY(lbp::gui::OverviewFigure forecast READ forecast NOTIFY forecastChanged) ///< of the month
    Q_PROPERTY(lbp::gui::OverviewFigure dayForecast READ dayForecast NOTIFY forecastChanged)
    Q_PROPERTY(double warnAt READ warnAt NOTIFY spendChanged)
    // ---- the chosen range
    Q_PROPERTY(lbp::gui::OverviewFigure spent READ spent NOTIFY figuresChanged)
    Q_PROPERTY(lbp::gui::OverviewFigure saved READ saved NOTIFY figuresChanged)
    Q_PROPERTY(lbp::gui::OverviewFigure requests READ requests NOTIFY figuresChanged)
    Q_PROPERTY(lbp::gui::OverviewFigure tokens READ tokens NOTIFY figuresChanged)
    Q_PROPERTY(
        lbp::gui::OverviewFigure latency READ latency NOTIFY latencyChanged) ///< median; p95 in the caption
    Q_PROPERTY(lbp::gui::OverviewFigure ttft READ ttft NOTIFY latencyChanged)
    Q_PROPERTY(QString rangeId READ rangeId WRITE setRangeId NOTIFY rangeChanged)
    Q_PROPERTY(QVariantList ranges READ ranges CONSTANT) ///< {text, value}
    Q_PROPERTY(QString rangeText READ rangeText NOTIFY rangeChanged) ///< "17 Nov to 23 Nov 2026"
    Q_PROPERTY(QString firstDay READ firstDay NOTIFY rangeChanged) ///< of the range, as a person writes it
    Q_PROPERTY(QString lastDay READ lastDay NOTIFY rangeChanged)
    Q_PROPERTY(QStringList buckets READ buckets NOTIFY rangeChanged) ///< "Hour", "Day": what the range allows
    Q_PROPERTY(int bucketIndex READ bucketIndex WRITE setBucketIndex NOTIFY rangeChanged)
    // ---- charts and lists
    Q_PROPERTY(lbp::gui::OverviewTrend *trend READ trend CONSTANT)
    Q_PROPERTY(lbp::gui::OverviewBarsModel *byKey READ byKey CONSTANT)
    Q_PROPERTY(lbp::gui::OverviewBarsModel *byModel READ byModel CONSTANT)
    Q_PROPERTY(lbp::gui::OverviewBudgetsModel *budgets READ budgets CONSTANT)
    Q_PROPERTY(lbp::gui::OverviewRecentModel *recent READ recent CONSTANT)
    Q_PROPERTY(bool unused READ isUnused NOTIFY unusedChanged) ///< there was never a request
public:
    static constexpr std::chrono::milliseconds liveGap{200};
    static constexpr std::chrono::milliseconds sumsGap{1000};
    static constexpr std::chrono::milliseconds slowGap{3000};

    OverviewModel(const GuiServices &services, SpendWatch &spend, QObject *parent = nullptr);

    [[nodiscard]] const OverviewFigure &today() const { return m_today; }
    [[nodiscard]] const OverviewFigure &month() const { return m_month; }
    [[nodiscard]] const OverviewFigure &forecast() const { return m_forecast; }
    [[nodiscard]] const OverviewFigure &dayForecast() const { return m_dayForecast; }
    [[nodiscard]] double warnAt() const { return m_warnAt; }
    [[nodiscard]] const OverviewFigure &spent() const { return m_spent; }
    [[nodiscard]] const OverviewFigure &saved() const { return m_saved; }
    [[nodiscard]] const OverviewFigure &requests() const { return m_requests; }
    [[nodiscard]] const OverviewFigure &tokens() const { return m_tokens; }
    [[nodiscard]] const OverviewFigure &latency() const { return m_latency; }
    [[nodiscard]] const OverviewFigure &ttft() const { return m_ttft; }
    [[nodiscard]] QString rangeId() const { return m_range.id; }
    void setRangeId(const QString &id); ///< custom: the days shown now, to be changed; unknown: nothing
    [[nodiscard]] QVariantList ranges() const;
    [[nodiscard]] QString rangeText() const;
    [[nodiscard]] QString firstDay() const;
    [[nodiscard]] QString lastDay() const;
    [[nodiscard]] QStringList buckets() const;
    [[nodiscard]] int bucketIndex() const;
    void setBucketIndex(int index);
    [[nodiscard]] OverviewTrend *trend() { return &m_trend; }
    [[nodiscard]] OverviewBarsModel *byKey() { return &m_byKey; }
    [[nodiscard]] OverviewBarsModel *byModel() { return &m_byModel; }
    [[nodiscard]] OverviewBudgetsModel *budgets() { return &m_budgets; }
    [[nodiscard]] OverviewRecentModel *recent() { return &m_recent; }
    [[nodiscard]] bool isUnused() const { return m_unused; }

    /// Both days as a person writes them; they are in the range. \return what is wrong, for people; empty: it
    /// is shown now.
    Q_INVOKABLE QString setCustomRange(const QString &first, const QString &last);
    Q_INVOKABLE void retry(); ///< after a problem
    // What the charts open: the list of requests behind it.
    Q_INVOKABLE void openKey(int row);
    Q_INVOKABLE void openModel(int row);
    Q_INVOKABLE void openTime(int index);
    Q_INVOKABLE void openRequest(int row);
    Q_INVOKABLE void openRequests();
    Q_INVOKABLE void openBudgets();
    Q_INVOKABLE void openConnect();
    Q_INVOKABLE void openPrices();

Q_SIGNALS:
    void spendChanged();
    void forecastChanged();
    void figuresChanged();
    void latencyChanged();
    void rangeChanged();
    void unusedChanged();

protected:
    void activated() override;
    void deactivated() override;

private:
    struct Sums; ///< what one look at the ledger gathers
    void restore();
    void setRange(OverviewRange range);
    [[nodiscard]] TimeRange times() const;
    [[nodiscard]] TimeBucket bucket() const;
    [[nodiscard]] QString filterWith(const QString &term) const;
    void handle(const QList<Event> &events);
    void showLive();
    void showSpend();
    void showUnused();
    void loadRecent();
    void loadSums();
    void showSums(const Sums &sums);
    void loadSlow();
    void showForecast(OverviewFigure &figure, const Result<Forecast> &forecast, Period period);
    void showLatency(const Result<LatencySummary> &summary);
    [[nodiscard]] OverviewFigure spendFigure(Money spent, const std::optional<BudgetStatus> &budget) const;
    [[nodiscard]] QString changeText(qint64 now, qint64 before) const;

    SpendWatch &m_spend;
    OverviewRange m_range;
    std::optional<TimeBucket> m_bucket; ///< the person's choice
    OverviewFigure m_today, m_month, m_forecast, m_dayForecast;
    OverviewFigure m_spent, m_saved, m_requests, m_tokens, m_latency, m_ttft;
    double m_warnAt = 1;
    OverviewTrend m_trend;
    OverviewBarsModel m_byKey, m_byModel;
    OverviewBudgetsModel m_budgets;
    OverviewRecentModel m_recent;
    bool m_unused = false;
    bool m_recentKnown = false;
    quint64 m_generation = 0; ///< of the range: answers about another one are dropped
    bool m_spendIsNew = false;
    OverviewPacer m_livePacer, m_sumsPacer, m_slowPacer;
    QMetaObject::Connection m_events, m_spendChanged, m_runningChanged;
};

} // namespace lbp::gui
