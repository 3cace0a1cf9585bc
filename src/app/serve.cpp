#include "app/serve.h"

#include "app/core.h"
#include "app/demo.h"
#include "app/lockfile.h"
#include "app/logging.h"
#include "cli/unixsignals.h"

#include <csignal>
#include <QCoreApplication>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QJsonObject>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds patience{10};
constexpr std::chrono::seconds lockPatience{5};

QString busyText(const DataDirectory &files, const std::optional<LockFile::Holder> &holder)
{
    if (!holder || holder->url.isEmpty())
        return u"another process%1 uses %2; end it, or name another --data-dir"_s.arg(
            holder ? u" (%1)"_s.arg(holder->pid) : QString(), files.path());
    return u"a proxy serves %1 already: process %2 at %3. Stop it with: kill %2 - or name another --data-dir and --port"_s
        .arg(files.path(), QString::number(holder->pid), holder->url.toString());
}

QString startText(const Core &core, const QUrl &url)
{
    const bool keyIsConfigured = !core.config()->server.adminKey.isEmpty();
    return u"The proxy listens at %1 (tools: base URL %1/v1)\n"
           u"  configuration  %2\n"
           u"  ledger         %3\n"
           u"  admin key      %4\n"
           u"Next: lbp key create NAME --budget 20   then: eval \"$(lbp env KEY)\"\n"
           u"Stop with Ctrl-C."_s.arg(url.toString(), core.files().configFile(), core.files().path(),
                                      keyIsConfigured ? u"server.adminKey of the configuration"_s
                                                      : core.files().adminKeyFile());
}

/// Waits until told to end; then lets what runs finish, for a while. A second signal ends the waiting.
int runUntilSignal(Core &core)
{
    UnixSignals signalEvents({SIGINT, SIGTERM, SIGHUP}, UnixSignals::Ignored::Catch);
    QEventLoop loop;
    QFutureWatcher<bool> drained;
    bool draining = false;
    QObject::connect(&drained, &QFutureWatcher<bool>::finished, &loop, &QEventLoop::quit);
    QObject::connect(&signalEvents, &UnixSignals::received, &loop, [&](int number) {
        if (number == SIGHUP) {
            qInfo("SIGHUP: reading the configuration again");
            core.reloadConfig();
            return;
        }
        if (draining) {
            qWarning("a second signal: ending at once; requests that still run are stopped and booked as far "
                     "as they were seen");
            loop.quit();
            return;
        }
        draining = true;
        qInfo("stopping: requests that run may finish for %d s; a second signal ends at once",
              int(patience.count()));
        drained.setFuture(core.drain(patience));
    });
    loop.exec();
    return ExitOk;
}

} // namespace

int serve(const ServeOptions &options, const QString &configFile, const QString &dataDirectory,
          const Output &output)
{
    std::unique_ptr<Demo> demo;
    DataDirectory files = DataDirectory::locate(configFile, dataDirectory);
    if (options.demo) {
        Result<std::unique_ptr<Demo>> made = Demo::prepare(configFile, dataDirectory);
        if (!made)
            return output.problem(made.error().detail);
        demo = *std::move(made);
        files = demo->files();
    }
    if (const Status made = files.create(); !made)
        return output.problem(made.error().detail, ExitUsage);
    LockFile lock(files.lockFile());
    const Result<bool> taken = lock.take(lockPatience);
    if (!taken)
        return output.problem(taken.error().detail, ExitDamaged);
    if (!*taken)
        return output.problem(busyText(files, lock.holder()), ExitBusy);

    auto built = Core::build({files, lock, Core::Scope::Proxy, demo ? demo->adjust() : Core::Adjust()});
    if (!built) {
        output.note(built.error().toString());
        return output.problem(u"not started"_s, built.error().exitCode());
    }
    const std::unique_ptr<Core> core = *std::move(built);
    setLogLevel(logLevelFromName(core->config()->logging.level));
    QObject::connect(core.get(), &Core::configTaken, core.get(),
                     [&core] { setLogLevel(logLevelFromName(core->config()->logging.level)); });

    const QString host = options.host.value_or(core->config()->server.host);
    const quint16 port = options.port.value_or(core->config()->server.port);
    Result<QUrl> url = core->listen(host, port);
    if (!url && demo && !options.port)
        url = core->listen(host, 0); // the demo must start; its address is printed anyway
    if (!url)
        return output.problem(url.error().detail);

    if (demo) {
        if (const Status shown = demo->createKey(*core); !shown)
            return output.problem(shown.error().detail);
    }
    if (options.printReady) {
        const QJsonObject ready{
            {u"ready"_s, true}, {u"url"_s, url->toString()}, {u"pid"_s, QCoreApplication::applicationPid()}};
        output.out(QJsonDocument(ready).toJson(QJsonDocument::Compact) + '\n');
        if (demo)
            output.note(demo->text(*core, *url));
    } else {
        output.print(demo ? demo->text(*core, *url) : startText(*core, *url));
    }
    return runUntilSignal(*core);
}

} // namespace lbp
