#pragma once

#include "app/core.h"
#include "app/lockfile.h"
#include "control/logring.h"
#include "gui/appearance.h"
#include "gui/commandmodel.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/guiservices.h"
#include "gui/maincontext.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"
#include "storage/store.h"
#include "support/fakeclock.h"
#include "support/fakeprovider.h"
#include "support/rawclient.h"

#include <memory>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTemporaryDir>

namespace lbp::test {

/// Every warning of the program's QML (and of Qt about it) since the last call; a test that is over with some
/// has failed.
class QmlWarnings
{
public:
    /// Before whatever handles messages now, once. A Gui does it by itself, because the test library puts a
    /// handler of its own in the place of what was installed before it began.
    static void install();
    [[nodiscard]] static QStringList take();
};

/// What a desktop would do, remembered instead of done.
class RecordingDesktop : public gui::DesktopServices
{
public:
    QUrl url;
    QString listening; ///< why not
    QString configPath, dataPath;
    QString clipboard;
    QStringList openedFolders;
    QList<QUrl> openedUrls;
    bool quitCalled = false;
    std::function<QFuture<bool>(std::chrono::milliseconds)> onDrain;

    [[nodiscard]] QUrl proxyUrl() const override { return url; }
    [[nodiscard]] QString listenProblem() const override { return listening; }
    [[nodiscard]] QString configFile() const override { return configPath; }
    [[nodiscard]] QString dataFolder() const override { return dataPath; }
    [[nodiscard]] bool isDemo() const override { return demo; }
    bool demo = false;
    std::function<Status()> onDemo; ///< puts the demo provider in place
    QString model; ///< sampleModel()
    LogRing ring;
    Secret admin;
    QStringList languages; ///< that were chosen
    Status useDemo() override { return onDemo ? onDemo() : Status(); }
    [[nodiscard]] QString sampleModel() const override { return model; }
    [[nodiscard]] LogRing &log() override { return ring; }
    [[nodiscard]] QFuture<Result<Secret>> adminKey() override
    {
        return QtFuture::makeReadyFuture(Result<Secret>(admin));
    }
    void setLanguage(const QString &language) override { languages.append(language); }
    void copyToClipboard(const QString &text) override { clipboard = text; }
    void openFolder(const QString &path) override { openedFolders.append(path); }
    void openUrl(const QUrl &where) override { openedUrls.append(where); }
    void quit() override { quitCalled = true; }
    bool tray = true;
    bool hidden = false;
    bool autostart = false;
    int restarts = 0;
    QStringList told;
    [[nodiscard]] bool hasTray() const override { return tray; }
    void hideWindow() override { hidden = true; }
    void tell(const QString &title, const QString &text) override { told << title << text; }
    [[nodiscard]] QFuture<bool> isAutostartOn() override { return QtFuture::makeReadyFuture(autostart); }
    QFuture<Status> setAutostart(bool on) override
    {
        autostart = on;
        return QtFuture::makeReadyFuture(Status());
    }
    void restartCore() override { ++restarts; }
    void listenAgain() override { }
    QFuture<bool> drain(std::chrono::milliseconds patience) override;
};

/// The window over the real core: a scripted provider, a real ledger in a temporary directory, a clock that
/// stands still, and the whole QML shell. Thread: main, with a QApplication.
class Gui
{
public:
    struct Options
    {
        QByteArray config; ///< YAML, appended to what points at the provider
        QByteArray pricing; ///< empty: gpt-4o, gpt-4o-mini, gpt-5.5
        std::function<void(Store &, Instant now)> seed; ///< before anything opens the ledger
        QLocale locale = QLocale(QLocale::English, QLocale::UnitedStates);
        QString page = QStringLiteral("overview");
        bool dark = false;
        bool guide = false; ///< as at a first start
        QSize size{1280, 800};
        bool window = true; ///< false: models alone
    };
    Gui();
    explicit Gui(Options options);
    ~Gui();

    FakeProvider provider;
    FakeClock clock;
    QTemporaryDir directory;
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
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow *window = nullptr; ///< the engine's

    /// Waits until \a condition holds; processes events meanwhile.
    [[nodiscard]] static bool until(const std::function<bool()> &condition, int timeoutMs = 10'000);
    /// Shows \a page and waits until it is made, its model is ready and nothing moves.
    [[nodiscard]] bool show(gui::Navigator::Page page, const QVariantMap &arguments = {});
    /// The item with this objectName, made and visible; waits for it. Null when there is none.
    [[nodiscard]] QQuickItem *item(const QString &objectName, int timeoutMs = 5'000);
    /// A visible item whose Accessible.name (or text) is \a name; waits for it.
    [[nodiscard]] QQuickItem *named(const QString &name, int timeoutMs = 5'000);
    void click(QQuickItem *item);
    void type(const QString &text); ///< into what has the focus
    void press(int key, Qt::KeyboardModifiers modifiers = {});
    [[nodiscard]] QImage picture(); ///< of the window, after it has settled

    /// A new key through Control; the plaintext.
    QByteArray addKey(const QString &name, const QList<std::pair<Period, QByteArray>> &budgets = {},
                      std::function<void(KeyRecord &)> change = {});
    [[nodiscard]] KeyId keyId(const QString &name) const;
    /// Sends one chat request to the real proxy on a connection of its own and waits for the answer.
    Answer chat(const QByteArray &key, const QByteArray &body, const QByteArray &moreFields = {});
    [[nodiscard]] quint16 port() const { return quint16(desktop.url.port()); }
};

/// Rows as a month of work would leave them: keys ci, web, research, laptop with teams; several models;
/// streams, cache hits, refusals, provider errors, a downgrade, an unpriced model. The same each time.
/// \param days how far back; \param perDay about how many each.
void seedLedger(Store &store, Instant now, int days = 35, int perDay = 40);

} // namespace lbp::test
