#include "app/desktop/desktopapp.h"

#include "app/logging.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "gui/appearance.h"
#include "gui/commandmodel.h"
#include "gui/guisetup.h"
#include "gui/maincontext.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QWindow>

namespace lbp {

using namespace Qt::StringLiterals;

/// In the order in which they are built; the last one ends first.
struct DesktopApp::Parts
{
    SystemClock clock;
    gui::UiState state;
    gui::Appearance appearance{state};
    gui::Format format;
    gui::ToastModel toasts;
    gui::CommandModel commands;
    gui::Navigator navigator;
    std::unique_ptr<gui::MainContext> context;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr; ///< the engine's

    explicit Parts(const QString &stateFile)
        : state(stateFile)
    {
    }
};

DesktopApp::DesktopApp(DesktopOptions options)
    : m_options(std::move(options))
    , m_files(DataDirectory::locate(m_options.configFile, m_options.dataDirectory))
{
}

DesktopApp::~DesktopApp() = default;

std::optional<int> DesktopApp::start()
{
    if (m_options.demo) {
        Result<std::unique_ptr<Demo>> demo = Demo::prepare(m_options.configFile, m_options.dataDirectory);
        if (!demo) {
            qCritical("%s", qUtf8Printable(demo.error().detail));
            return 1;
        }
        m_demo = *std::move(demo);
        m_files = m_demo->files();
    }
    if (const Status made = m_files.create(); !made) {
        qCritical("%s", qUtf8Printable(made.error().detail));
        return 1;
    }
    m_lock = std::make_unique<LockFile>(m_files.lockFile());
    const Result<bool> taken = m_lock->tryTake();
    if (!taken || !*taken) {
        qCritical("%s",
                  qUtf8Printable(taken ? tr("Another process uses %1.").arg(m_files.path())
                                       : taken.error().detail));
        return 1;
    }
    auto built =
        Core::build({m_files, *m_lock, Core::Scope::Proxy, m_demo ? m_demo->adjust() : Core::Adjust()});
    if (!built) {
        qCritical("%s", qUtf8Printable(built.error().toString()));
        return built.error().exitCode();
    }
    m_core = *std::move(built);
    setLogLevel(logLevelFromName(m_core->config()->logging.level));
    listen();
    if (m_demo)
        if (const Status key = m_demo->createKey(*m_core); !key)
            qWarning("%s", qUtf8Printable(key.error().detail));

    d = std::make_unique<Parts>(m_files.path() + u"/window.json"_s);
    d->format = gui::Format(QLocale(), m_core->control().timeZone());
    d->context = std::make_unique<gui::MainContext>(gui::GuiServices{m_core->control(), m_core->events(),
                                                                     d->clock, *this, d->format, d->toasts,
                                                                     d->commands, d->navigator, d->state},
                                                    d->appearance);
    d->navigator.openByName(m_options.page.isEmpty() ? d->state.value(u"page"_s).toString() : m_options.page);
    connect(&d->navigator, &gui::Navigator::pageChanged, this,
            [this] { d->state.setValue(u"page"_s, d->navigator.pageName()); });
    connect(&d->navigator, &gui::Navigator::raiseRequested, this, &DesktopApp::showWindow);

    gui::prepareEngine(d->engine);
    d->engine.setInitialProperties({{u"app"_s, QVariant::fromValue(d->context.get())}});
    d->engine.load(QUrl(u"qrc:/qt/qml/BudgetProxy/Shell/Main.qml"_s));
    d->window = d->engine.rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow *>(d->engine.rootObjects().constFirst());
    if (d->window == nullptr)
        return 1; // the engine has said why
    connect(d->window, SIGNAL(closeAsked()), this, SLOT(closeAsked()));
    const QVariantMap place = d->state.value(u"window"_s).toMap();
    if (place.contains(u"width"_s))
        d->window->resize(place.value(u"width"_s).toInt(), place.value(u"height"_s).toInt());
    if (!m_options.hidden)
        showWindow();
    return std::nullopt;
}

void DesktopApp::listen()
{
    const auto &server = m_core->config()->server;
    Result<QUrl> url = m_core->listen(server.host, m_options.port.value_or(server.port));
    if (!url && m_demo && !m_options.port)
        url = m_core->listen(server.host, 0);
    m_url = url ? *url : QUrl();
    m_listenProblem = url ? QString() : url.error().detail;
}

void DesktopApp::showWindow()
{
    if (d->state.value(u"window"_s).toMap().value(u"maximized"_s).toBool())
        d->window->showMaximized();
    else
        d->window->showNormal();
    d->window->raise();
    d->window->requestActivate();
}

void DesktopApp::closeAsked()
{
    rememberWindow();
    d->context->shell()->quit();
}

void DesktopApp::rememberWindow()
{
    const bool maximized = d->window->visibility() == QWindow::Maximized;
    QVariantMap place = d->state.value(u"window"_s).toMap();
    place.insert(u"maximized"_s, maximized);
    if (!maximized) {
        place.insert(u"width"_s, d->window->width());
        place.insert(u"height"_s, d->window->height());
    }
    d->state.setValue(u"window"_s, place);
}

QString DesktopApp::configFile() const
{
    return m_files.configFile();
}

QString DesktopApp::dataFolder() const
{
    return m_files.path();
}

void DesktopApp::copyToClipboard(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void DesktopApp::openFolder(const QString &path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

void DesktopApp::openUrl(const QUrl &url)
{
    QDesktopServices::openUrl(url);
}

void DesktopApp::quit()
{
    QCoreApplication::exit(0);
}

QFuture<bool> DesktopApp::drain(std::chrono::milliseconds patience)
{
    return m_core->drain(patience);
}

} // namespace lbp
