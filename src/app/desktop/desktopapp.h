#pragma once

#include "app/autostart.h"
#include "app/corehost.h"
#include "app/demo.h"
#include "app/lockfile.h"
#include "app/singleinstance.h"
#include "control/logring.h"
#include "core/clock.h"
#include "gui/desktopservices.h"

#include <memory>
#include <QObject>
#include <QPoint>
#include <QTranslator>

namespace lbp {

namespace gui {
class Appearance;
class UiState;
} // namespace gui

/// What was said on the command line.
struct DesktopOptions
{
    QString configFile, dataDirectory;
    bool demo = false;
    bool hidden = false; ///< start in the tray, as at log-in
    QString page; ///< shown first; empty: the one shown last
    std::optional<quint16> port;
};

/// The desktop program: builds the core, the models, the window and the tray, and owns them. A second start
/// raises the window of the first. Settings that need it build the core anew, and everything on it, without
/// ending the program. Thread: main.
class DesktopApp final : public QObject, public gui::DesktopServices
{
    Q_OBJECT
public:
    explicit DesktopApp(DesktopOptions options);
    ~DesktopApp() override;

    /// Builds everything and shows the window. An exit code when the program is to end now: because another
    /// one has been raised, or because it cannot start; the reason was told.
    [[nodiscard]] std::optional<int> start();
    void endBySignal(); ///< lets what runs finish; a second time ends at once

    [[nodiscard]] QUrl proxyUrl() const override;
    [[nodiscard]] QString listenProblem() const override;
    [[nodiscard]] QString configFile() const override;
    [[nodiscard]] QString dataFolder() const override;
    [[nodiscard]] bool isDemo() const override { return m_demo != nullptr; }
    Status useDemo() override;
    [[nodiscard]] QString sampleModel() const override;
    [[nodiscard]] LogRing &log() override { return m_log; }
    [[nodiscard]] QFuture<Result<Secret>> adminKey() override;
    void setLanguage(const QString &language) override;
    void copyToClipboard(const QString &text) override;
    void openFolder(const QString &path) override;
    void openUrl(const QUrl &url) override;
    void quit() override;
    [[nodiscard]] bool hasTray() const override;
    void hideWindow() override;
    void tell(const QString &title, const QString &text) override;
    [[nodiscard]] QFuture<bool> isAutostartOn() override;
    QFuture<Status> setAutostart(bool on) override;
    void restartCore() override;
    void listenAgain() override;
    QFuture<bool> drain(std::chrono::milliseconds patience) override;

private Q_SLOTS:
    void openConfigFile();
    void quitNow();
    void speakAnew();

private:
    struct Session; ///< what lives as long as one core
    struct Trouble; ///< the window that says why there is none
    void begin(); ///< a session on the core there is
    void end();
    void showTrouble();
    void showWindow();
    void rememberWindow();
    void installLanguage();

    LogRing m_log;
    DesktopOptions m_options;
    std::unique_ptr<Demo> m_demo;
    DataDirectory m_files;
    std::unique_ptr<LockFile> m_lock;
    std::unique_ptr<SingleInstance> m_door;
    Autostart m_autostart;
    std::unique_ptr<gui::UiState> m_state;
    std::unique_ptr<gui::Appearance> m_appearance;
    QTranslator m_translator, m_qtTranslator;
    std::unique_ptr<CoreHost> m_host;
    std::unique_ptr<Trouble> m_trouble;
    std::unique_ptr<Session> m_session;
    std::optional<QPoint> m_position; ///< of the window that was, for the one that takes its place
};

} // namespace lbp
