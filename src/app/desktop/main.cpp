#include "app/desktop/desktopapp.h"

#include "app/logging.h"
#include "cli/unixsignals.h"
#include "gui/guisetup.h"

#include <csignal>
#include <QApplication>
#include <QCommandLineParser>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

using namespace Qt::StringLiterals;

/// A proxy has a socket for each client and each upstream; the usual soft limit of 1,024 would be its end.
void raiseFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

lbp::DesktopOptions parse(const QApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "A local reverse proxy for LLM APIs whose budgets hold to the cent."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto say = [](const char *text) { return QCoreApplication::translate("main", text); };
    parser.addOptions({
        {u"config"_s, say("The configuration file, instead of the usual one."), u"FILE"_s},
        {u"data-dir"_s, say("Where ledger and keys are, instead of the usual place."), u"DIR"_s},
        {u"demo"_s, say("Beside a demo provider: no provider key needed, no money spent.")},
        {u"hidden"_s, say("Start in the tray, without a window.")},
        {u"page"_s, say("The page to show: overview, requests, keys, …"), u"NAME"_s},
        {u"port"_s, say("The port to listen on, instead of the configured one."), u"PORT"_s},
    });
    parser.process(application);
    lbp::DesktopOptions options;
    options.configFile = parser.value(u"config"_s);
    options.dataDirectory = parser.value(u"data-dir"_s);
    options.demo = parser.isSet(u"demo"_s);
    options.hidden = parser.isSet(u"hidden"_s);
    options.page = parser.value(u"page"_s);
    if (parser.isSet(u"port"_s)) {
        bool isNumber = false;
        const ushort port = parser.value(u"port"_s).toUShort(&isNumber);
        if (!isNumber) {
            qCritical("--port: '%s' is no port; give a number from 0 to 65535",
                      qUtf8Printable(parser.value(u"port"_s)));
            ::exit(2);
        }
        options.port = port;
    }
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    ::umask(077);
    ::signal(SIGPIPE, SIG_IGN);
    raiseFileLimit();
    QCoreApplication::setApplicationName(u"llm-budget-proxy"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LBP_VERSION));
    QGuiApplication::setDesktopFileName(u"llm-budget-proxy"_s);
    QApplication application(argc, argv); // charts and tray want one of QtWidgets
    QGuiApplication::setQuitOnLastWindowClosed(false);
    lbp::installLogging(lbp::LogLevel::Info);
    const lbp::DesktopOptions options = parse(application);
    lbp::gui::prepareGui();
    lbp::DesktopApp app(options);
    if (const std::optional<int> code = app.start())
        return *code;
    lbp::UnixSignals endings({SIGINT, SIGTERM}, lbp::UnixSignals::Ignored::Stay);
    QObject::connect(&endings, &lbp::UnixSignals::received, &app, &lbp::DesktopApp::endBySignal);
    return QApplication::exec();
}
