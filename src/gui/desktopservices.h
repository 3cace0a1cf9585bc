#pragma once

#include "config/configfile.h"
#include "core/result.h"
#include "core/secret.h"

#include <chrono>
#include <optional>
#include <QFuture>
#include <QList>
#include <QString>
#include <QUrl>

namespace lbp {
class LogRing;
}

namespace lbp::gui {

/// What only the application can do for its windows: implemented where everything is built. Thread: main;
/// nothing here waits for disk or network, what takes time is a future.
class DesktopServices
{
public:
    virtual ~DesktopServices() = default;

    [[nodiscard]] virtual QUrl proxyUrl() const = 0; ///< empty while it does not listen
    [[nodiscard]] virtual QString listenProblem() const = 0; ///< why not; empty when it does or is starting
    [[nodiscard]] virtual QString configFile() const = 0;
    [[nodiscard]] virtual QString dataFolder() const = 0;
    [[nodiscard]] virtual bool isDemo() const = 0;
    /// From now until the program ends the bundled demo provider answers in the place of the configured ones.
    /// No file is changed.
    virtual Status useDemo() = 0;
    /// A model that is sure to answer, for examples; empty: any that the provider has.
    [[nodiscard]] virtual QString sampleModel() const = 0;
    [[nodiscard]] virtual LogRing &log() = 0; ///< lives as long as the program
    /// The key of the management API; it is read on another thread.
    [[nodiscard]] virtual QFuture<Result<Secret>> adminKey() = 0;
    /// "en", "de", or empty for that of the desktop. Taken into use at once: every model ends and is made
    /// anew.
    virtual void setLanguage(const QString &language) = 0;

    virtual void copyToClipboard(const QString &text) = 0;
    virtual void openFolder(const QString &path) = 0; ///< in the file manager
    virtual void openUrl(const QUrl &url) = 0; ///< in the browser
    virtual void quit() = 0; ///< at once; draining comes before
    /// There is a tray now, so that a hidden window can be found again.
    [[nodiscard]] virtual bool hasTray() const = 0;
    virtual void hideWindow() = 0; ///< the proxy goes on
    /// By a notification of the desktop, while the window is not there to say it.
    virtual void tell(const QString &title, const QString &text) = 0;
    /// Whether the program is started with the session; off the main thread.
    [[nodiscard]] virtual QFuture<bool> isAutostartOn() = 0;
    virtual QFuture<Status> setAutostart(bool on) = 0;
    /// Ends the core and builds it anew, for settings that are read at start only. Every model ends with it.
    virtual void restartCore() = 0;
    virtual void listenAgain() = 0; ///< after listenProblem()
    /// Stops accepting; what runs may finish for \a patience. False when something had to be stopped.
    virtual QFuture<bool> drain(std::chrono::milliseconds patience) = 0;
};

} // namespace lbp::gui
