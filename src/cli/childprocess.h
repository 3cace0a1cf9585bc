#pragma once

#include "core/result.h"

#include <QObject>
#include <QStringList>
#include <sys/resource.h>
#include <sys/types.h>
#include <thread>

namespace lbp {

/// What this process was started with, before it was made ready to be a proxy; a child gets it back.
struct Inherited
{
    rlimit fileLimit{};
    mode_t fileMask = 022;
    QList<QByteArray> environment; ///< "NAME=value"
    [[nodiscard]] static Inherited now();
};

/// How a child ended.
struct ChildEnd
{
    int status = 0; ///< as from waitpid()
    [[nodiscard]] int exitCode() const; ///< the child's own, or 128 + n when signal n ended it
    [[nodiscard]] int endingSignal() const; ///< 0 when it exited by itself
};

/// One program that runs in place of this one as far as anybody can see: it has our standard streams, our
/// terminal, our process group, our original limits and signal dispositions. Its end is reported from the
/// event loop.
class ChildProcess : public QObject
{
    Q_OBJECT
public:
    explicit ChildProcess(QObject *parent = nullptr);
    ~ChildProcess() override; ///< waits for the child

    struct Failure
    {
        int exitCode; ///< ExitNotFound or ExitNotExecutable
        QString text;
    };
    [[nodiscard]] tl::expected<void, Failure>
    start(const QStringList &command, const QList<QByteArray> &environment, const Inherited &inherited);
    void sendSignal(int number); ///< nothing once it has ended

Q_SIGNALS:
    void ended(lbp::ChildEnd end);

private:
    std::thread m_waiter;
    pid_t m_pid = 0;
};

/// Ends this process the way the child ended: by the same signal, without a core file of ours, or with its
/// exit code. \return the exit code for the case that the signal does not end us.
[[nodiscard]] int endLike(const ChildEnd &end);

} // namespace lbp
