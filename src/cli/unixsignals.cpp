#include "cli/unixsignals.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace lbp {

struct UnixSignals::Previous
{
    int number;
    struct sigaction action;
};

static volatile std::sig_atomic_t writeEnd = -1;

static void onSignal(int number, siginfo_t *info, void *)
{
    const int before = errno;
    const unsigned char message[2] = {static_cast<unsigned char>(number),
                                      info != nullptr && info->si_code > 0 ? uchar(1) : uchar(0)};
    [[maybe_unused]] const ssize_t n = ::write(int(writeEnd), message, sizeof message);
    errno = before;
}

UnixSignals::UnixSignals(std::initializer_list<int> signalNumbers, Ignored ignored, QObject *parent)
    : QObject(parent)
{
    Q_ASSERT(writeEnd == -1);
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe for signals");
    writeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        unsigned char message[2];
        while (::read(m_pipe[0], message, sizeof message) == ssize_t(sizeof message))
            Q_EMIT received(message[0], message[1] != 0);
    });
    for (const int number : signalNumbers) {
        Previous previous{number, {}};
        ::sigaction(number, nullptr, &previous.action);
        if (ignored == Ignored::Stay && previous.action.sa_handler == SIG_IGN)
            continue;
        struct sigaction action = {};
        action.sa_sigaction = onSignal;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        sigemptyset(&action.sa_mask);
        ::sigaction(number, &action, nullptr);
        m_previous.push_back(previous);
    }
}

UnixSignals::~UnixSignals()
{
    for (const Previous &previous : m_previous)
        ::sigaction(previous.number, &previous.action, nullptr);
    writeEnd = -1;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace lbp
