#pragma once

#include "app/core.h"

#include <QPointer>

namespace lbp {

/// Builds a Core, listens, and builds it anew in the same process when settings ask for it. For the desktop:
/// what is wrong is kept as a value and nothing ends the program. Thread: main.
class CoreHost : public QObject
{
    Q_OBJECT
public:
    /// \param setup.lock is taken and outlives this.
    explicit CoreHost(Core::Setup setup, QObject *parent = nullptr);
    ~CoreHost() override;

    [[nodiscard]] bool isRestarting() const { return m_restarting; }

    [[nodiscard]] Core *core() const { return m_core.get(); } ///< null while there is none
    [[nodiscard]] QList<ConfigProblem> problems() const { return m_problem.config; }
    [[nodiscard]] QString problem() const; ///< why there is no core; empty when there is one
    [[nodiscard]] int problemExitCode() const { return m_problem.exitCode(); }
    [[nodiscard]] QUrl url() const { return m_url; } ///< empty while it does not listen
    [[nodiscard]] QString listenProblem() const { return m_listenProblem; }
    /// What the command line named instead of server.host and server.port.
    void setAddress(std::optional<QString> host, std::optional<quint16> port);
    bool listenAgain(); ///< after listenProblem()

public Q_SLOTS:
    /// Builds and listens. False when there is no core: see problems(). A port that is taken is no reason to
    /// have no core: see listenProblem().
    bool start();
    /// Stops accepting, lets what runs finish for \a patience, ends the core and start()s again. Calls while
    /// one is under way join it.
    void restart(std::chrono::milliseconds patience = std::chrono::seconds(10));

Q_SIGNALS:
    void coreEnding(); ///< let go of everything of core() now
    void coreStarted(); ///< core() is another one
    void startFailed(); ///< see problem()
    void listening(); ///< url() or listenProblem() changed

private:
    Core::Setup m_setup;
    std::unique_ptr<Core> m_core;
    Core::Problem m_problem;
    QUrl m_url;
    QString m_listenProblem;
    std::optional<QString> m_host;
    std::optional<quint16> m_port;
    bool m_restarting = false;
};

} // namespace lbp
