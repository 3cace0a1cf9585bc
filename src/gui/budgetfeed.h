#pragma once

#include "core/budget.h"
#include "core/event.h"
#include "core/mailbox.h"
#include "gui/guiservices.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace lbp::gui {

/// Keeps what is said about budgets up to date while somebody looks. Everything is read when it starts, when
/// keys, budgets or settings change and when a budget resets; an exchange costs only the budgets of its own
/// key, however many keys there are. At rest it does nothing. Thread: main.
class BudgetFeed : public QObject
{
    Q_OBJECT
public:
    explicit BudgetFeed(const GuiServices &services, QObject *parent = nullptr);
    ~BudgetFeed() override;

    void start();
    void stop();
    void reload(); ///< soon

Q_SIGNALS:
    /// Every budget there is, with the default ones of keys that were never used.
    void loaded(const QList<lbp::BudgetStatus> &all);
    void updated(const QList<lbp::BudgetStatus> &some); ///< those that bind one key
    void failed(const QString &problem);
    void minute(); ///< what is said of times has become older

private:
    void handle(const QList<Event> &events);
    void ask();
    void askAll();
    void armReset(const QList<BudgetStatus> &all);
    [[nodiscard]] QList<BudgetStatus> completed(QList<BudgetStatus> all) const;
    GuiServices m_services;
    QTimer m_soon, m_reset, m_minute;
    QSet<KeyId> m_touched;
    bool m_started = false;
    bool m_wantsAll = false;
    bool m_asking = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
