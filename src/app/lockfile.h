#pragma once

#include "core/result.h"

#include <chrono>
#include <optional>
#include <QString>
#include <QUrl>

namespace lbp {

/// The right to open the ledger of a data directory. The operating system gives it back when the process
/// ends, however it ends, so a crash never leaves a stale lock. The file holds one JSON line that says who
/// has it; it is never deleted.
class LockFile
{
public:
    /// Who holds the lock. Without url while it starts, or when it is a short command that serves nobody.
    struct Holder
    {
        qint64 pid = 0;
        QUrl url; ///< where its proxy listens
        QString configFile; ///< what its proxy was started with
    };
    explicit LockFile(QString path);
    ~LockFile();
    LockFile(const LockFile &) = delete;
    LockFile &operator=(const LockFile &) = delete;

    /// True when the lock is ours now, false when another process has it. Does not wait.
    [[nodiscard]] Result<bool> tryTake();
    /// The same, but waits up to \a patience while who has it names no address: a command that ends soon, or
    /// a proxy that starts and will have one. Sleeps until the lock is free or the file changes.
    [[nodiscard]] Result<bool> take(std::chrono::milliseconds patience);
    [[nodiscard]] bool isTaken() const { return m_fd >= 0; }
    /// Writes who we are; only while taken.
    void announce(const Holder &holder);
    void release();
    /// What the file says; nullopt when it says nothing readable. Meaningful only while another process has
    /// the lock.
    [[nodiscard]] std::optional<Holder> holder() const;

private:
    [[nodiscard]] Result<int> open() const;
    void taken(int fd);
    QString m_path;
    int m_fd = -1;
};

} // namespace lbp
