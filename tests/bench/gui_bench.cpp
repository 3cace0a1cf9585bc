/// The window with a long history: how soon it is painted, how smooth it scrolls, whether it stands still
/// while streams run, what it costs at rest (README.md). The program itself is measured from outside, as a
/// person starts it; frames and stalls inside this process, in a window of the same QML over the same core.
/// tests/bench/gui.sh runs it.

#include "control/control.h"
#include "gui/guisetup.h"
#include "gui/tray.h"
#include "support/guiharness.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <ctime>
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QQuickItem>
#include <QScreen>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize windowSize{1280, 800};

[[noreturn]] void fail(const QString &why)
{
    std::fprintf(stderr, "gui_bench: %s\n", qPrintable(why));
    std::exit(1);
}

void row(const char *what, double value, const char *unit, double target, const QString &more = {})
{
    const char *mark = target <= 0 ? "" : value < target ? "ok" : "MISSED";
    const QByteArray limit = target > 0 ? '<' + QByteArray::number(target) + ' ' + unit : QByteArray();
    std::printf("%-58s %9.2f %-3s %12s  %-7s%s\n", what, value, unit, limit.constData(), mark,
                qPrintable(more));
    std::fflush(stdout);
}

double percentile(QList<double> values, double part)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::clamp<qsizetype>(qsizetype(std::ceil(part * double(values.size()))) - 1, 0,
                                        values.size() - 1)];
}

QByteArray fileOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// User and system time of all threads of a process.
double cpuMs(qint64 pid)
{
    const QByteArray stat = fileOf(u"/proc/%1/stat"_s.arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 13)
        fail(u"the program has ended"_s);
    return double(fields[11].toLongLong() + fields[12].toLongLong()) * 1000 / double(sysconf(_SC_CLK_TCK));
}

double statusMb(qint64 pid, const char *name)
{
    for (const QByteArray &line : fileOf(u"/proc/%1/status"_s.arg(pid)).split('\n'))
        if (line.startsWith(name))
            return line.mid(line.indexOf(':') + 1).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

/// By the tree that is seen: what a Loader made is no child of it as an object.
QQuickItem *itemNamed(QQuickItem *parent, const QString &name)
{
    if (parent->objectName() == name)
        return parent;
    for (QQuickItem *child : parent->childItems())
        if (QQuickItem *found = itemNamed(child, name))
            return found;
    return nullptr;
}

double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
}

void run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        fail(u"%1 failed"_s.arg(program));
}

/// What the measurements share: the history, the provider, where things are.
struct Stage
{
    QString bin, scripts, folder;
    qint64 rows = 0;
    QProcess provider;

    [[nodiscard]] QString config() const { return folder + u"/config.yml"_s; }
    [[nodiscard]] QString data() const { return folder + u"/data"_s; }
    void prepare()
    {
        QDir().mkpath(data());
        provider.start(bin + u"/mockprovider"_s, QStringList());
        if (!provider.waitForReadyRead())
            fail(u"mockprovider does not start"_s);
        const int port = QJsonDocument::fromJson(provider.readLine()).object().value(u"port"_s).toInt();
        write(config(),
              "provider: { apiKey: \"bench\", baseUrl: \"http://127.0.0.1:" + QByteArray::number(port)
                  + "/v1\" }\nbudgets: { defaultDaily: \"1000.00\", timeZone: UTC }\n"
                    "rateLimits: { default: { rpm: 0, tpm: 0 } }\n");
        write(folder + u"/pricing.yml"_s,
              "models:\n  gpt-4o-mini: { inputPer1M: \"0.15\", outputPer1M: \"0.60\", maxOutputTokens: 16384 "
              "}\n");
        const QString ledger = DataDirectory::locate(config(), data()).ledgerFile();
        if (!QFile::exists(ledger)) {
            if (auto store = openSqlStore({ledger, false, QTimeZone::utc()}); !store)
                fail(store.error().detail);
            run(scripts + u"/ledgerfill.sh"_s, {ledger, QString::number(rows), u"1000"_s});
        }
    }
    void end()
    {
        provider.terminate();
        provider.waitForFinished();
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            fail(u"cannot write "_s + path);
    }
};

// ---- from outside

/// Something was drawn where the window will be: more colours than a bare background has.
bool isPainted()
{
    const QImage image =
        QGuiApplication::primaryScreen()->grabWindow(0, 0, 60, 240, 300).toImage(); // the sidebar
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 2)
            if (colours.insert(image.pixel(x, y)); colours.size() >= 12)
                return true;
    return false;
}

class Program
{
public:
    Program(const Stage &stage, const QString &page)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_since.start();
        m_process.start(stage.bin + u"/llm-budget-proxy"_s,
                        {u"--config"_s, stage.config(), u"--data-dir"_s, stage.data(), u"--port"_s, u"0"_s,
                         u"--page"_s, page});
        if (!m_process.waitForStarted())
            fail(u"llm-budget-proxy does not start"_s);
    }
    ~Program()
    {
        ::kill(pid_t(m_process.processId()), SIGTERM);
        m_process.waitForFinished();
        if (!QTest::qWaitFor([] { return !isPainted(); }))
            fail(u"the window stays although its program has ended"_s);
    }
    double untilPainted()
    {
        while (!isPainted()) {
            if (m_since.elapsed() > 60'000 || m_process.state() != QProcess::Running)
                fail(u"no window was painted"_s);
            QThread::msleep(4);
        }
        return double(m_since.nsecsElapsed()) / 1e6;
    }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    /// In percent of one core, over \a ms.
    [[nodiscard]] double cpuPercent(int ms) const
    {
        QElapsedTimer timer;
        const double before = cpuMs(pid());
        timer.start();
        QThread::msleep(ulong(ms));
        return (cpuMs(pid()) - before) / double(timer.elapsed()) * 100;
    }

private:
    QProcess m_process;
    QElapsedTimer m_since;
};

void measureProgram(const Stage &stage, int rounds, int idleSeconds)
{
    {
        // The first start after the history was put there packs its sums; that is no part of any later one.
        Program program(stage, u"overview"_s);
        program.untilPainted();
        for (int i = 0, calm = 0; i < 120 && calm < 3; ++i)
            calm = program.cpuPercent(1000) < 1.5 ? calm + 1 : 0;
        row("memory of the program, overview (VmRSS)", statusMb(program.pid(), "VmRSS"), "MB", 180,
            u"anonymous %1 MB"_s.arg(statusMb(program.pid(), "RssAnon"), 0, 'f', 1));
        row("CPU at rest, overview shown", program.cpuPercent(idleSeconds * 1000), "%", 0.5);
    }
    {
        Program program(stage, u"requests"_s);
        program.untilPainted();
        for (int i = 0, calm = 0; i < 60 && calm < 2; ++i)
            calm = program.cpuPercent(1000) < 1.5 ? calm + 1 : 0;
        row("memory of the program, requests (VmRSS)", statusMb(program.pid(), "VmRSS"), "MB", 180);
        row("CPU at rest, requests shown", program.cpuPercent(idleSeconds * 1000), "%", 0.5);
    }
    QList<double> times, cpu;
    for (int i = 0; i < rounds; ++i) {
        Program program(stage, u"overview"_s);
        times.append(program.untilPainted());
        cpu.append(cpuMs(program.pid()));
    }
    row("start to the first painted window, median", percentile(times, 0.5), "ms", 1000,
        u"best %1, CPU %2 ms"_s.arg(percentile(times, 0), 0, 'f', 0).arg(percentile(cpu, 0.5), 0, 'f', 0));
}

// ---- from inside

struct Window
{
    RecordingDesktop desktop;
    std::unique_ptr<LockFile> lock;
    std::unique_ptr<Core> core;
    std::unique_ptr<gui::UiState> state;
    std::unique_ptr<gui::Appearance> appearance;
    std::unique_ptr<gui::Format> format;
    gui::ToastModel toasts;
    gui::CommandModel commands;
    gui::Navigator navigator;
    std::unique_ptr<gui::MainContext> app;
    std::unique_ptr<gui::Tray> tray;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
    QByteArray key;

    explicit Window(const Stage &stage)
    {
        const DataDirectory files = DataDirectory::locate(stage.config(), stage.data());
        lock = std::make_unique<LockFile>(files.lockFile());
        if (!lock->tryTake().value_or(false))
            fail(u"the data directory is in use"_s);
        auto built = Core::build({files, *lock});
        if (!built)
            fail(built.error().toString());
        core = *std::move(built);
        const Result<QUrl> url = core->listen(u"127.0.0.1"_s, 0);
        if (!url)
            fail(url.error().detail);
        desktop.url = *url;
        state = std::make_unique<gui::UiState>(stage.folder + u"/window.json"_s);
        appearance = std::make_unique<gui::Appearance>(*state);
        format = std::make_unique<gui::Format>(QLocale(), core->control().timeZone());
        const gui::GuiServices services{core->control(),
                                        core->events(),
                                        core->clock(),
                                        desktop,
                                        *format,
                                        toasts,
                                        commands,
                                        navigator,
                                        *state,
                                        core->alerts(),
                                        core->prices(),
                                        core->providerTester(),
                                        core->secretVault()};
        app = std::make_unique<gui::MainContext>(services, *appearance);
        tray = std::make_unique<gui::Tray>(services, *app->shell(), app->spend());
        gui::prepareEngine(engine);
        engine.setInitialProperties({{u"app"_s, QVariant::fromValue(app.get())}});
        engine.load(QUrl(u"qrc:/qt/qml/BudgetProxy/Shell/Main.qml"_s));
        window = engine.rootObjects().isEmpty()
            ? nullptr
            : qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
        if (window == nullptr)
            fail(u"the window cannot be made"_s);
        window->resize(windowSize);
        window->show();
        if (!QTest::qWaitForWindowExposed(window, 20'000))
            fail(u"the window was not shown"_s);
        KeyDraft draft;
        draft.record.name = u"bench-%1"_s.arg(QCoreApplication::applicationPid());
        auto made = core->control().createKey(std::move(draft));
        if (!until([&] { return made.isFinished(); }) || !made.result())
            fail(u"no key was made"_s);
        key = made.result()->plaintext.reveal();
    }
    ~Window()
    {
        delete window; // before what it shows
    }
    static bool until(const std::function<bool()> &condition, int ms = 60'000)
    {
        return QTest::qWaitFor(condition, ms);
    }
    void show(gui::Navigator::Page page, gui::PageModel &model)
    {
        navigator.open(page);
        if (!until([&] {
                return model.isReady() && itemNamed(window->contentItem(), u"pageHost"_s) != nullptr;
            }))
            fail(u"a page does not get ready"_s);
    }

    struct Frame
    {
        double wallMs = 0, cpuMs = 0;
        bool drawn = false;
    };
    /// The time from a change to the frame that shows it: handling, layout, drawing and handing over.
    Frame frame(const std::function<void()> &change)
    {
        QEventLoop loop;
        Frame result;
        QTimer patience;
        patience.setSingleShot(true);
        QObject::connect(&patience, &QTimer::timeout, &loop, &QEventLoop::quit);
        const auto shown = QObject::connect(window, &QQuickWindow::frameSwapped, &loop, [&] {
            result.drawn = true;
            loop.quit();
        });
        QElapsedTimer timer;
        timer.start();
        const double cpu = threadCpuMs();
        change();
        patience.start(2000);
        if (!result.drawn)
            loop.exec();
        result.wallMs = double(timer.nsecsElapsed()) / 1e6;
        result.cpuMs = threadCpuMs() - cpu;
        QObject::disconnect(shown);
        return result;
    }
};

void measureScroll(Window &w)
{
    gui::RequestListModel &list = *w.app->requests()->list();
    w.show(gui::Navigator::Requests, *w.app->requests());
    QQuickItem *view = nullptr;
    if (!Window::until([&] {
            view = itemNamed(w.window->contentItem(), u"requestsView"_s);
            return view != nullptr && list.count() > 0 && !list.isBusy();
        }))
        fail(u"the list of requests does not get ready"_s);
    (void)Window::until([] { return false; }, 500); // what fades in has faded in
    const auto scroll = [&](const char *name, double step, int frames) {
        QList<double> wall, cpu;
        for (int i = 0; i < frames; ++i) {
            const Window::Frame frame =
                w.frame([&] { view->setProperty("contentY", view->property("contentY").toDouble() + step); });
            if (!frame.drawn)
                fail(u"scrolling draws nothing"_s);
            wall.append(frame.wallMs);
            cpu.append(frame.cpuMs);
        }
        row(name, percentile(wall, 0.95), "ms", 16,
            u"median %1, worst %2; own CPU p95 %3"_s.arg(percentile(wall, 0.5), 0, 'f', 1)
                .arg(percentile(wall, 1), 0, 'f', 1)
                .arg(percentile(cpu, 0.95), 0, 'f', 1));
    };
    std::printf("%-58s %9d\n", "requests in the list", list.count());
    scroll("frame while scrolling slowly (7 px), p95", 7, 400);
    scroll("frame while scrolling fast (90 px), p95", 90, 400);
    scroll("frame while the bar is dragged (200 rows), p95", 7200, 200);
    view->setProperty("contentY", 0);

    for (const char *filter : {"model:bench-3", "key:filled-12", "cost>0.0004", "status:402"}) {
        QElapsedTimer timer;
        timer.start();
        double first = 0;
        list.setFilter(QString::fromLatin1(filter));
        if (!Window::until([&] {
                if (first == 0 && !list.isLoading() && list.filter() == QLatin1String(filter))
                    first = double(timer.nsecsElapsed()) / 1e6;
                return first > 0 && !list.isBusy();
            }))
            fail(u"a filter does not end"_s);
        const QByteArray name = QByteArray("filter ") + filter + ", first rows";
        row(name.constData(), first, "ms", 0,
            u"all of %1 after %2 ms"_s.arg(list.count()).arg(timer.elapsed()));
    }
    list.setFilter({});
    (void)Window::until([&] { return !list.isBusy(); });
}

void measureStall(Window &w, const Stage &stage, const char *name)
{
    QProcess load;
    load.start(stage.bin + u"/loadgen"_s,
               {u"--port"_s, QString::number(w.desktop.url.port()), u"--connections"_s, u"200"_s,
                u"--chunks"_s, u"60"_s, u"--interval"_s, u"50"_s, u"--milliseconds"_s, u"8000"_s,
                u"--warmup"_s, u"1500"_s, u"--spread"_s, u"--header"_s,
                u"Authorization: Bearer "_s + QString::fromLatin1(w.key)});
    if (!load.waitForStarted())
        fail(u"loadgen does not start"_s);
    if (!Window::until(
            [&] { return w.app->shell()->runningCount() >= 190 || load.state() == QProcess::NotRunning; }))
        fail(u"the streams do not start"_s);
    QList<double> wall, cpu;
    int most = 0;
    QElapsedTimer timer;
    double lastCpu = threadCpuMs();
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    constexpr int beatMs = 2;
    QObject::connect(&heart, &QTimer::timeout, &heart, [&] {
        wall.append(double(timer.nsecsElapsed()) / 1e6 - beatMs);
        timer.start();
        const double now = threadCpuMs();
        cpu.append(now - lastCpu);
        lastCpu = now;
        most = std::max(most, w.app->shell()->runningCount());
    });
    timer.start();
    heart.start(beatMs);
    QObject::connect(&load, &QProcess::finished, &heart, &QTimer::stop);
    if (!Window::until([&] { return load.state() == QProcess::NotRunning; }))
        fail(u"loadgen does not end"_s);
    const QJsonObject told = QJsonDocument::fromJson(load.readAllStandardOutput()).object();
    if (load.exitCode() != 0 || most < 190 || told.value(u"errors"_s).toInt() > 0)
        fail(u"the streams did not run (%1 at most): %2"_s.arg(most).arg(QString::fromUtf8(
            load.readAllStandardError() + QJsonDocument(told).toJson(QJsonDocument::Compact))));
    row(name, percentile(wall, 1), "ms", 50,
        u"p99 %1; own CPU at most %2; %3 streams"_s.arg(percentile(wall, 0.99), 0, 'f', 1)
            .arg(percentile(cpu, 1), 0, 'f', 1)
            .arg(most));
    (void)Window::until([&] { return w.app->shell()->runningCount() == 0; }, 20'000);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"bin"_s, u"Where the programs are."_s, u"DIR"_s},
                       {u"scripts"_s, u"Where ledgerfill.sh is."_s, u"DIR"_s},
                       {u"folder"_s, u"Where the history is, or is put."_s, u"DIR"_s},
                       {u"rows"_s, u"Requests in the history."_s, u"N"_s, u"1000000"_s},
                       {u"rounds"_s, u"Starts of the program."_s, u"N"_s, u"5"_s},
                       {u"idle"_s, u"Seconds at rest."_s, u"N"_s, u"20"_s},
                       {u"only"_s, u"program, scroll or streams."_s, u"PART"_s}});
    parser.process(application);
    const QString only = parser.value(u"only"_s);
    const auto wanted = [&](const QString &part) { return only.isEmpty() || only == part; };
    Stage stage;
    stage.bin = parser.value(u"bin"_s);
    stage.scripts = parser.value(u"scripts"_s);
    stage.folder = parser.value(u"folder"_s);
    stage.rows = parser.value(u"rows"_s).toLongLong();
    if (stage.bin.isEmpty() || stage.scripts.isEmpty() || stage.folder.isEmpty())
        fail(u"--bin, --scripts and --folder are needed; tests/bench/gui.sh gives them"_s);
    stage.prepare();
    std::printf("%-58s %9s %-3s %12s\n", "", "", "", "target");
    if (wanted(u"program"_s))
        measureProgram(stage, parser.value(u"rounds"_s).toInt(), parser.value(u"idle"_s).toInt());
    if (wanted(u"scroll"_s) || wanted(u"streams"_s)) {
        gui::prepareGui();
        Window window(stage);
        if (wanted(u"scroll"_s))
            measureScroll(window);
        if (wanted(u"streams"_s)) {
            window.show(gui::Navigator::Requests, *window.app->requests());
            measureStall(window, stage, "window stands still, 200 streams, requests shown");
            window.show(gui::Navigator::Overview, *window.app->overview());
            measureStall(window, stage, "window stands still, 200 streams, overview shown");
        }
    }
    stage.end();
    return 0;
}
