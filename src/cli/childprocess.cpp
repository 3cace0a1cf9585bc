#include "cli/childprocess.h"

#include "cli/output.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <QFile>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace lbp {

Inherited Inherited::now()
{
    Inherited inherited;
    ::getrlimit(RLIMIT_NOFILE, &inherited.fileLimit);
    inherited.fileMask = ::umask(0);
    ::umask(inherited.fileMask);
    for (char **entry = environ; entry != nullptr && *entry != nullptr; ++entry)
        inherited.environment.append(QByteArray(*entry));
    return inherited;
}

int ChildEnd::exitCode() const
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int ChildEnd::endingSignal() const
{
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int endLike(const ChildEnd &end)
{
    if (const int number = end.endingSignal()) {
        const rlimit noCore{0, 0};
        ::setrlimit(RLIMIT_CORE, &noCore);
        struct sigaction standard = {};
        standard.sa_handler = SIG_DFL;
        ::sigaction(number, &standard, nullptr);
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, number);
        ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
        ::raise(number);
    }
    return end.exitCode();
}

ChildProcess::ChildProcess(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<lbp::ChildEnd>();
}

ChildProcess::~ChildProcess()
{
    if (m_waiter.joinable())
        m_waiter.join();
}

tl::expected<void, ChildProcess::Failure> ChildProcess::start(const QStringList &command,
                                                              const QList<QByteArray> &environment,
                                                              const Inherited &inherited)
{
    Q_ASSERT(m_pid == 0 && !command.isEmpty());
    // Everything that allocates is done before the fork: other threads may hold the allocator's lock at that
    // moment.
    QList<QByteArray> words;
    for (const QString &word : command)
        words.append(QFile::encodeName(word));
    QList<QByteArray> entries = environment;
    std::vector<char *> argv, envp;
    for (QByteArray &word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    for (QByteArray &entry : entries)
        envp.push_back(entry.data());
    envp.push_back(nullptr);

    int report[2]; // closed by a successful exec, else it carries errno
    if (::pipe2(report, O_CLOEXEC) != 0)
        return tl::unexpected(Failure{ExitFailure, QStringLiteral("no pipe to start the command with")});
    sigset_t all, before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before); // no handler of ours runs in the child
    const pid_t pid = ::fork();
    if (pid == 0) {
        struct sigaction standard = {};
        standard.sa_handler = SIG_DFL;
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGCHLD}) {
            struct sigaction current = {};
            ::sigaction(number, nullptr, &current);
            // SIGPIPE is ignored by our sockets; the rest stays ignored if it was, as under nohup.
            if (number == SIGPIPE || current.sa_handler != SIG_IGN)
                ::sigaction(number, &standard, nullptr);
        }
        ::setrlimit(RLIMIT_NOFILE, &inherited.fileLimit);
        ::umask(inherited.fileMask);
        sigset_t none;
        sigemptyset(&none);
        ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
        ::execvpe(argv[0], argv.data(), envp.data());
        const int error = errno;
        [[maybe_unused]] const ssize_t n = ::write(report[1], &error, sizeof error);
        ::_exit(ExitNotFound);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::close(report[1]);
    if (pid < 0) {
        ::close(report[0]);
        return tl::unexpected(Failure{ExitFailure,
                                      QStringLiteral("cannot start another process: %1")
                                          .arg(QString::fromLocal8Bit(std::strerror(errno)))});
    }
    int error = 0;
    ssize_t n;
    do
        n = ::read(report[0], &error, sizeof error);
    while (n < 0 && errno == EINTR);
    ::close(report[0]);
    if (n == ssize_t(sizeof error)) {
        ::waitpid(pid, nullptr, 0);
        const bool missing = error == ENOENT || error == ENOTDIR;
        return tl::unexpected(
            Failure{missing ? ExitNotFound : ExitNotExecutable,
                    missing ? QStringLiteral("%1: no such command").arg(command.front())
                            : QStringLiteral("%1: cannot be started: %2")
                                  .arg(command.front(), QString::fromLocal8Bit(std::strerror(error)))});
    }
    m_pid = pid;
    m_waiter = std::thread([this, pid] {
        // The child is looked at, and taken away only in the event loop: until then its number cannot belong
        // to another.
        siginfo_t info = {};
        while (::waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) { }
        QMetaObject::invokeMethod(
            this,
            [this, pid] {
                ChildEnd end;
                ::waitpid(pid, &end.status, 0);
                m_pid = 0;
                Q_EMIT ended(end);
            },
            Qt::QueuedConnection);
    });
    return {};
}

void ChildProcess::sendSignal(int number)
{
    if (m_pid > 0)
        ::kill(m_pid, number);
}

} // namespace lbp
