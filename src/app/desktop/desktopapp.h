#pragma once

#include "app/core.h"
#include "app/demo.h"
#include "app/lockfile.h"
#include "core/clock.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/guiservices.h"

#include <memory>
#include <QObject>

class QQmlApplicationEngine;
class QQuickWindow;

namespace lbp {

namespace gui {
class Appearance;
class MainContext;
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

/// The desktop program: builds the core, the models and the window, and owns them. Thread: main.
class DesktopApp final : public QObject, public gui::DesktopServices
{
    Q_OBJECT
public:
    explicit DesktopApp(DesktopOptions options);
    ~DesktopApp() override;

    /// Builds everything and shows the window. An exit code when it could not; the reason was told.
    [[nodiscard]] std::optional<int> start();

    [[nodiscard]] QUrl proxyUrl() const override { return m_url; }
    [[nodiscard]] QString listenProblem() const override { return m_listenProblem; }
    [[nodiscard]] QString configFile() const override;
    [[nodiscard]] QString dataFolder() const override;
    [[nodiscard]] bool isDemo() const override { return m_demo != nullptr; }
    void copyToClipboard(const QString &text) override;
    void openFolder(const QString &path) override;
    void openUrl(const QUrl &url) override;
    void quit() override;
    QFuture<bool> drain(std::chrono::milliseconds patience) override;

private Q_SLOTS:
    void closeAsked();

private:
    void listen();
    void showWindow();
    void rememberWindow();
    struct Parts;
    DesktopOptions m_options;
    std::unique_ptr<Demo> m_demo;
    DataDirectory m_files;
    std::unique_ptr<LockFile> m_lock;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<Parts> d;
    QUrl m_url;
    QString m_listenProblem;
};

} // namespace lbp
