#include "app/desktop/desktopapp.h"

#include "app/logging.h"
#include "control/control.h"
#include "control/eventhub.h"
#include "gui/appearance.h"
#include "gui/commandmodel.h"
#include "gui/format.h"
#include "gui/guisetup.h"
#include "gui/maincontext.h"
#include "gui/navigator.h"
#include "gui/notifications.h"
#include "gui/toastmodel.h"
#include "gui/tray.h"
#include "gui/uistate.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QLibraryInfo>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QtConcurrent>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

QQuickWindow *load(QQmlApplicationEngine &engine, const QString &file, const QVariantMap &properties)
{
    gui::prepareEngine(engine);
    engine.setInitialProperties(properties);
    engine.load(QUrl(u"qrc:/qt/qml/BudgetProxy/Shell/"_s + file));
    return engine.rootObjects().isEmpty() ? nullptr
                                          : qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
}

} // namespace

/// In the order in which they are built; the last one ends first.
struct DesktopApp::Session
{
    gui::Format format;
    gui::ToastModel toasts;
    gui::CommandModel commands;
    gui::Navigator navigator;
    gui::MainContext context;
    gui::Notifications notifications;
    gui::Tray tray;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr; ///< the engine's

    Session(Core &core, gui::DesktopServices &desktop, gui::UiState &state, gui::Appearance &appearance)
        : format(QLocale(), core.control().timeZone())
        , context(services(core, desktop, state), appearance)
        , notifications(services(core, desktop, state), core.alerts())
        , tray(services(core, desktop, state), *context.shell(), context.spend())
    {
    }
    gui::GuiServices services(Core &core, gui::DesktopServices &desktop, gui::UiState &state)
    {
        return {core.control(),    core.events(), core.clock(),
                desktop,           format,        toasts,
                commands,          navigator,     state,
                core.alerts(),     core.prices(), core.providerTester(),
                core.secretVault()};
    }
};

struct DesktopApp::Trouble
{
    QQmlApplicationEngine engine;
};

DesktopApp::DesktopApp(DesktopOptions options)
    : m_options(std::move(options))
    , m_files(DataDirectory::locate(m_options.configFile, m_options.dataDirectory))
    , m_autostart({QCoreApplication::applicationFilePath(), u"--hidden"_s})
{
    keepLog(&m_log);
}

DesktopApp::~DesktopApp()
{
    end();
    keepLog(nullptr);
}

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
    if (!taken) {
        qCritical("%s", qUtf8Printable(taken.error().detail));
        return 1;
    }
    if (!*taken) {
        if (SingleInstance::knock(m_files.path()) == SingleInstance::Knocked::Raised)
            return 0;
        const std::optional<LockFile::Holder> holder = m_lock->holder();
        qCritical("another process%s serves %s without a window; stop it first, or name another --data-dir",
                  holder ? qUtf8Printable(u" (%1)"_s.arg(holder->pid)) : "", qUtf8Printable(m_files.path()));
        return 3;
    }
    m_door = std::make_unique<SingleInstance>(m_files.path());
    if (const Status opened = m_door->open(); !opened)
        qWarning("%s", qUtf8Printable(opened.error().detail));
    connect(m_door.get(), &SingleInstance::raiseAsked, this, &DesktopApp::showWindow);

    m_state = std::make_unique<gui::UiState>(m_files.path() + u"/window.json"_s);
    m_appearance = std::make_unique<gui::Appearance>(*m_state);
    installLanguage();

    Core::Setup setup{m_files, *m_lock};
    setup.adjust = [this](std::shared_ptr<const Config> config) {
        return m_demo ? m_demo->adjust()(std::move(config)) : config;
    };
    m_host = std::make_unique<CoreHost>(std::move(setup));
    // The demo must start, whoever has the usual port.
    m_host->setAddress(std::nullopt,
                       m_options.port ? m_options.port
                           : m_demo   ? std::optional<quint16>(0)
                                      : std::nullopt);
    connect(m_host.get(), &CoreHost::coreEnding, this, &DesktopApp::end);
    connect(m_host.get(), &CoreHost::coreStarted, this, &DesktopApp::begin);
    connect(m_host.get(), &CoreHost::startFailed, this, &DesktopApp::showTrouble);
    connect(m_host.get(), &CoreHost::listening, this, [this] {
        if (m_session)
            m_session->context.shell()->refresh();
    });
    m_host->start();
    if (m_demo && m_host->core() != nullptr)
        if (const Status key = m_demo->createKey(*m_host->core()); !key)
            qWarning("%s", qUtf8Printable(key.error().detail));
    if (m_demo && !m_host->url().isEmpty())
        qInfo("%s", qUtf8Printable(m_demo->text(*m_host->core(), m_host->url())));
    const bool isShown = (m_session && m_session->window != nullptr) || m_trouble;
    return isShown ? std::nullopt : std::optional(1);
}

void DesktopApp::begin()
{
    m_trouble.reset();
    setLogLevel(logLevelFromName(m_host->core()->config()->logging.level));
    m_session = std::make_unique<Session>(*m_host->core(), *this, *m_state, *m_appearance);
    Session &session = *m_session;
    const bool isFirstStart = m_state->claimOnce(u"guideShown"_s) && !m_demo;
    session.navigator.openByName(!m_options.page.isEmpty() ? m_options.page
                                     : isFirstStart        ? u"guide"_s
                                                           : m_state->value(u"page"_s).toString());
    connect(&session.navigator, &gui::Navigator::pageChanged, this, [this] {
        if (m_session->navigator.page() != gui::Navigator::Guide)
            m_state->setValue(u"page"_s, m_session->navigator.pageName());
    });
    connect(&session.navigator, &gui::Navigator::raiseRequested, this, &DesktopApp::showWindow);
    session.window = load(session.engine, u"Main.qml"_s, {{u"app"_s, QVariant::fromValue(&session.context)}});
    if (session.window == nullptr)
        return; // the engine has said why
    connect(session.window, &QWindow::activeChanged, this,
            [this] { m_session->notifications.setWindowActive(m_session->window->isActive()); });
    connect(session.window, &QWindow::visibilityChanged, this, &DesktopApp::rememberWindow);
    const QVariantMap place = m_state->value(u"window"_s).toMap();
    if (place.contains(u"width"_s))
        session.window->resize(place.value(u"width"_s).toInt(), place.value(u"height"_s).toInt());
    if (m_position)
        session.window->setFramePosition(*m_position);
    session.tray.show();
    if (!m_options.hidden || !session.tray.isAvailable())
        showWindow();
    // A window that is made anew is shown, with the page that was there before.
    m_options.hidden = false;
    m_options.page.clear();
}

void DesktopApp::end()
{
    if (m_session && m_session->window != nullptr) {
        rememberWindow();
        m_position.reset();
        if (m_session->window->visibility() == QWindow::Windowed)
            m_position = m_session->window->framePosition();
        // A window that is taken apart still says that it is hidden, to nobody.
        m_session->window->disconnect(this);
    }
    m_session.reset();
    m_trouble.reset();
}

void DesktopApp::showTrouble()
{
    end();
    m_trouble = std::make_unique<Trouble>();
    QStringList lines;
    for (const ConfigProblem &one : m_host->problems())
        lines.append(one.toString());
    if (lines.isEmpty())
        lines.append(m_host->problem());
    QQuickWindow *window = load(m_trouble->engine, u"Trouble.qml"_s,
                                {{u"problems"_s, lines},
                                 {u"configFile"_s, m_files.configFile()},
                                 {u"dark"_s, m_appearance->isDark()}});
    if (window == nullptr)
        return;
    connect(window, SIGNAL(retryAsked()), m_host.get(), SLOT(start()), Qt::QueuedConnection);
    connect(window, SIGNAL(openAsked()), this, SLOT(openConfigFile()));
    connect(window, SIGNAL(quitAsked()), this, SLOT(quitNow()));
    window->show();
}

void DesktopApp::openConfigFile()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(m_files.configFile()));
}

void DesktopApp::quitNow()
{
    quit();
}

void DesktopApp::showWindow()
{
    QQuickWindow *window = m_session ? m_session->window : nullptr;
    if (window == nullptr)
        return;
    if (window->isVisible() && window->visibility() != QWindow::Minimized) {
        // already there: to the front
    } else if (m_state->value(u"window"_s).toMap().value(u"maximized"_s).toBool()) {
        window->showMaximized();
    } else {
        window->showNormal();
    }
    window->raise();
    window->requestActivate();
}

void DesktopApp::rememberWindow()
{
    const QQuickWindow *window = m_session->window;
    if (window->visibility() == QWindow::Hidden || window->visibility() == QWindow::Minimized)
        return;
    const bool maximized = window->visibility() == QWindow::Maximized;
    QVariantMap place = m_state->value(u"window"_s).toMap();
    place.insert(u"maximized"_s, maximized);
    if (!maximized) {
        place.insert(u"width"_s, window->width());
        place.insert(u"height"_s, window->height());
    }
    m_state->setValue(u"window"_s, place);
}

void DesktopApp::installLanguage()
{
    const QString chosen = m_state->value(u"language"_s).toString(); // empty: as the desktop
    QLocale::setDefault(chosen.isEmpty() ? QLocale::system() : QLocale(chosen));
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    if (QLocale().language() == QLocale::C) // a session that names no language: ours is English
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    const QLocale locale;
    // Without a translation it is English, whose own file holds what depends on a number.
    if (m_translator.load(locale, u"llm-budget-proxy"_s, u"_"_s, u":/i18n"_s)
        || m_translator.load(u":/i18n/llm-budget-proxy_en"_s))
        QCoreApplication::installTranslator(&m_translator);
    if (m_qtTranslator.load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTranslator);
}

void DesktopApp::endBySignal()
{
    if (m_session)
        m_session->context.shell()->quit();
    else
        quit();
}

QUrl DesktopApp::proxyUrl() const
{
    return m_host ? m_host->url() : QUrl();
}

QString DesktopApp::listenProblem() const
{
    return m_host ? m_host->listenProblem() : QString();
}

QString DesktopApp::configFile() const
{
    return m_files.configFile();
}

QString DesktopApp::dataFolder() const
{
    return m_files.path();
}

Status DesktopApp::useDemo()
{
    if (m_demo)
        return {};
    Result<std::unique_ptr<Demo>> demo = Demo::prepare(m_files.configFile(), m_files.path());
    if (!demo)
        return tl::unexpected(demo.error());
    m_demo = *std::move(demo);
    m_host->core()->reloadConfig(); // which is adjusted now
    m_session->context.shell()->refresh();
    return {};
}

QString DesktopApp::sampleModel() const
{
    return m_demo ? QString::fromLatin1(DemoProvider::model) : QString();
}

QFuture<Result<Secret>> DesktopApp::adminKey()
{
    return QtConcurrent::run(
        [files = m_files, config = m_host->core()->config()] { return files.adminKey(*config); });
}

void DesktopApp::setLanguage(const QString &language)
{
    m_state->setValue(u"language"_s, language);
    // Called by a model that ends with the window: not from within it. The proxy goes on meanwhile.
    QMetaObject::invokeMethod(this, &DesktopApp::speakAnew, Qt::QueuedConnection);
}

void DesktopApp::speakAnew()
{
    installLanguage();
    if (!m_session || m_host->isRestarting())
        return; // what is made next speaks it
    end();
    begin();
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

bool DesktopApp::hasTray() const
{
    return m_session && m_session->tray.isAvailable();
}

void DesktopApp::hideWindow()
{
    rememberWindow();
    m_session->window->hide();
}

void DesktopApp::tell(const QString &title, const QString &text)
{
    m_session->notifications.desktop().show({u"told"_s, title, text});
}

QFuture<bool> DesktopApp::isAutostartOn()
{
    return QtConcurrent::run([autostart = m_autostart] { return autostart.isOn(); });
}

QFuture<Status> DesktopApp::setAutostart(bool on)
{
    return QtConcurrent::run([autostart = m_autostart, on]() mutable { return autostart.set(on); });
}

void DesktopApp::restartCore()
{
    // Called by a model that ends with the core: not from within it.
    QMetaObject::invokeMethod(
        m_host.get(), [this] { m_host->restart(); }, Qt::QueuedConnection);
}

void DesktopApp::listenAgain()
{
    m_host->listenAgain();
}

QFuture<bool> DesktopApp::drain(std::chrono::milliseconds patience)
{
    return m_host->core()->drain(patience);
}

} // namespace lbp
