#pragma once

#include "core/mailbox.h"
#include "gui/guiservices.h"

#include <QObject>
#include <QQmlEngine>
#include <QTimer>

namespace lbp::gui {

class SpendWatch;

/// What the frame of the window shows on every page: address, state, today's spend; and what can be done from
/// anywhere: pause, resume, copy the address, quit. Thread: main.
class ShellModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString address READ address NOTIFY stateChanged) ///< "http://127.0.0.1:3000/v1"; empty: none
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString stateText READ stateText NOTIFY stateChanged)
    Q_PROPERTY(QString stateDetail READ stateDetail NOTIFY stateChanged) ///< why, and what to do
    Q_PROPERTY(bool paused READ isPaused NOTIFY stateChanged)
    Q_PROPERTY(bool demo READ isDemo NOTIFY stateChanged)
    Q_PROPERTY(QString todayText READ todayText NOTIFY spendChanged)
    /// "of $10.00", or "Key ci: $0.20 of $10.00" where not everything is bounded; empty: nothing is.
    Q_PROPERTY(QString todayLimitText READ todayLimitText NOTIFY spendChanged)
    Q_PROPERTY(bool todayOfAll READ isTodayOfAll NOTIFY spendChanged) ///< the budget is that of everything
    Q_PROPERTY(double todayFraction READ todayFraction NOTIFY spendChanged) ///< of the day's budget
    Q_PROPERTY(double todayReservedFraction READ todayReservedFraction NOTIFY spendChanged)
    Q_PROPERTY(double warnAt READ warnAt NOTIFY spendChanged) ///< where the first threshold warns
    Q_PROPERTY(QString todayBudgetName READ todayBudgetName NOTIFY spendChanged)
    Q_PROPERTY(int runningCount READ runningCount NOTIFY runningChanged)
    Q_PROPERTY(bool draining READ isDraining NOTIFY drainingChanged)
    Q_PROPERTY(double drainFraction READ drainFraction NOTIFY drainingChanged)
    Q_PROPERTY(QString drainText READ drainText NOTIFY drainingChanged)
public:
    enum State { Starting, Running, Paused, UpstreamDown, PortTaken, NotWritable };
    Q_ENUM(State)

    ShellModel(const GuiServices &services, SpendWatch &spend, QObject *parent = nullptr);

    [[nodiscard]] QString address() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString stateDetail() const;
    [[nodiscard]] bool isPaused() const;
    [[nodiscard]] bool isDemo() const;
    [[nodiscard]] QString todayText() const;
    [[nodiscard]] QString todayLimitText() const;
    [[nodiscard]] bool isTodayOfAll() const;
    [[nodiscard]] double todayFraction() const;
    [[nodiscard]] double todayReservedFraction() const;
    [[nodiscard]] double warnAt() const;
    [[nodiscard]] QString todayBudgetName() const;
    [[nodiscard]] int runningCount() const;
    [[nodiscard]] bool isDraining() const { return m_draining; }
    [[nodiscard]] double drainFraction() const;
    [[nodiscard]] QString drainText() const;

    Q_INVOKABLE void copyAddress();
    Q_INVOKABLE void pause(); ///< everything, until resumed
    Q_INVOKABLE void pauseForMinutes(int minutes);
    Q_INVOKABLE void pauseUntilTomorrow();
    Q_INVOKABLE void resume();
    /// Lets what runs finish for a while, with a line that says how far it is, then ends the program. A
    /// second call ends it at once.
    Q_INVOKABLE void quit();
    /// The window is to be closed: into the tray, which is said the first time; without a tray
    /// closeQuestion() asks what is meant.
    Q_INVOKABLE void closeWindow();
    Q_INVOKABLE void hideWindow(); ///< the proxy goes on without it
    Q_INVOKABLE void listenAgain();
    void refresh(); ///< asks for the state again

    static constexpr int drainPatienceMs = 10'000;

Q_SIGNALS:
    void stateChanged();
    void spendChanged();
    void runningChanged();
    void drainingChanged();
    void closeQuestion();

private:
    void addCommands();
    void told(const Status &status, const QString &done);
    GuiServices m_services;
    SpendWatch &m_spend;
    QStringList m_down;
    QString m_storeProblem;
    bool m_known = false;
    bool m_draining = false;
    int m_drainStartCount = 0;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
