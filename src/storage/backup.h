#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <functional>
#include <optional>
#include <QString>

/// Copies of the ledger. All of these block on the disk: never on the main or the proxy thread.
namespace lbp {

struct BackupInfo
{
    QString file;
    qint64 bytes = 0;
    int schemaVersion = 0;
    qint64 requests = 0, keys = 0, budgets = 0, alerts = 0;
    std::optional<Instant> newest; ///< when the newest request began
};
/// Parts per thousand; called on the thread that works.
using BackupProgress = std::function<void(int perMille)>;

/// Writes a consistent copy of the ledger \a ledgerFile, which may be in use, to \a target: mode 0600, whole
/// or not at all. Conflict: \a target exists; it is never overwritten.
[[nodiscard]] Result<BackupInfo> writeBackup(const QString &ledgerFile, const QString &target,
                                             const BackupProgress &progress = {});
/// Whether \a file is a sound ledger that this program can open. StoreDamaged or InvalidValue says why not.
[[nodiscard]] Result<BackupInfo> checkBackup(const QString &file);

/// Checks \a backup and lays a copy of it beside the ledger, to be taken into use at the next start.
[[nodiscard]] Result<BackupInfo> stageRestore(const QString &backup, const QString &ledgerFile);
[[nodiscard]] bool isRestoreStaged(const QString &ledgerFile);
[[nodiscard]] Status cancelRestore(const QString &ledgerFile);
/// At start, before the ledger is opened: puts a staged copy in its place. The old ledger is kept aside;
/// where is returned, empty when nothing was staged. A staged copy that fails its check is set aside instead.
[[nodiscard]] Result<QString> takeStagedRestore(const QString &ledgerFile, Instant now);

} // namespace lbp
