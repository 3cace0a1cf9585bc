#pragma once

#include "core/budget.h"
#include "core/event.h"
#include "core/mailbox.h"
#include "gui/guiservices.h"
#include "storage/store.h"

#include <optional>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace lbp::gui {

/// What was spent today and this month, and how full the day's budget is, for the header, the overview and
/// the tray. Event driven: looks again a moment after something ended or a budget changed, and when the local
/// day ends; at rest it costs nothing. Thread: main.
class SpendWatch : public QObject
{
    Q_OBJECT
public:
    explicit SpendWatch(const GuiServices &services, QObject *parent = nullptr);
    ~SpendWatch() override;

    /// False until the first answer has come.
    [[nodiscard]] bool isKnown() const { return m_known; }
    [[nodiscard]] const UsageSum &today() const { return m_today; }
    [[nodiscard]] const UsageSum &month() const { return m_month; }
    [[nodiscard]] const QList<UsageSum> &todayByKey() const { return m_todayByKey; } ///< dearest first
    [[nodiscard]] const QList<BudgetStatus> &budgets() const { return m_budgets; }
    /// The budget that today is measured against: the daily one of everything, else the fullest daily one of
    /// a key, team or project. nullopt: no daily budget is set.
    [[nodiscard]] std::optional<BudgetStatus> dailyBudget() const;
    [[nodiscard]] std::optional<BudgetStatus> monthlyBudget() const; ///< the same for the month
    struct Running
    {
        OpenRow row;
        Money soFar;
        qint64 outputTokens = 0;
        Instant since;
    };
    [[nodiscard]] const QHash<qint64, Running> &running() const { return m_running; } ///< by RequestId
    void refresh(); ///< soon

Q_SIGNALS:
    void changed(); ///< sums or budgets
    void runningChanged(); ///< an exchange began, went on or ended; at most every 100 ms for progress

private:
    void handle(const QList<Event> &events);
    void ask();
    void armDayEnd();
    [[nodiscard]] std::optional<BudgetStatus> fullest(Period period) const;
    GuiServices m_services;
    UsageSum m_today, m_month;
    QList<UsageSum> m_todayByKey;
    QList<BudgetStatus> m_budgets;
    QHash<qint64, Running> m_running;
    QTimer m_soon, m_dayEnd;
    bool m_known = false;
    int m_pending = 0;
    bool m_again = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
