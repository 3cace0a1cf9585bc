#pragma once

#include "core/result.h"

#include <memory>
#include <QLocalServer>
#include <QObject>

namespace lbp {

/// The door on which a second start of the desktop program knocks: a local socket in the data directory, for
/// its owner alone. Thread: main.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    explicit SingleInstance(QString dataDirectory, QObject *parent = nullptr);
    ~SingleInstance() override;
    /// Opens the door. \pre the lock of the data directory is ours, so that what is left of a crash is dead.
    [[nodiscard]] Status open();

    enum class Knocked {
        Raised, ///< the first one shows its window
        NotADesktop, ///< who has the lock has no window (`lbp serve`, a command), or does not answer
    };
    /// For the second start, which could not take the lock. Waits at most \a patienceMs.
    [[nodiscard]] static Knocked knock(const QString &dataDirectory, int patienceMs = 2000);

Q_SIGNALS:
    void raiseAsked();

private:
    QString m_path;
    QLocalServer m_server;
};

} // namespace lbp
