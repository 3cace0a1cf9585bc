#include "app/localsession.h"
#include "app/logging.h"
#include "app/serve.h"
#include "cli/childprocess.h"
#include "cli/commandline.h"

#include <csignal>
#include <QCoreApplication>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

/// A proxy has a socket for each client and each upstream; the usual soft limit of 1,024 would be its end.
void raiseFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const lbp::Inherited inherited = lbp::Inherited::now();
    ::umask(077);
    ::signal(SIGPIPE, SIG_IGN); // a reader that goes away is no reason to end without settling
    raiseFileLimit();
    QCoreApplication application(argc, argv);
    lbp::installLogging(lbp::LogLevel::Warning);

    const lbp::Output output = lbp::Output::standard();
    const lbp::CommandLine commandLine =
        lbp::parseCommandLine(QCoreApplication::arguments().sliced(1), output);
    if (commandLine.exitCode)
        return *commandLine.exitCode;
    if (commandLine.serve) {
        lbp::setLogLevel(lbp::LogLevel::Info);
        return lbp::serve(*commandLine.serve, commandLine.configFile, commandLine.dataDirectory, output);
    }

    std::optional<int> childStatus;
    int code;
    {
        lbp::LocalSession session(
            lbp::DataDirectory::locate(commandLine.configFile, commandLine.dataDirectory));
        lbp::Context context{session, output, commandLine.json, inherited};
        code = commandLine.command(context);
        childStatus = context.childStatus;
        if (code == lbp::ExitFailure && !childStatus)
            code = session.problemExitCode();
    } // what was spent is durable, and the ledger closed, before this process ends like its child
    return childStatus ? lbp::endLike({*childStatus}) : code;
}
