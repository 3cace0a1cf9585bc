// Copies of the ledger, and going back to one.
#include "admin/jsonbody.h"
#include "admin/routes.h"

#include <QJsonObject>

namespace lbp {

namespace {

QJsonObject backupView(const BackupInfo &info)
{
    return {{QStringLiteral("file"), info.file},
            {QStringLiteral("bytes"), info.bytes},
            {QStringLiteral("requests"), info.requests},
            {QStringLiteral("keys"), info.keys},
            {QStringLiteral("budgets"), info.budgets},
            {QStringLiteral("newest"), info.newest ? QJsonValue(instantText(*info.newest)) : QJsonValue()}};
}

/// The file that a call names.
std::optional<QString> fileOf(const CallPtr &call)
{
    const QString member = QStringLiteral("file");
    JsonBody body(call->request.body, {member});
    const std::optional<QString> file = body.string(member);
    if (body.status() && (!file || !file->startsWith(u'/')))
        body.fault(member, QStringLiteral("is needed: a file with its whole path"));
    if (body.status())
        return file;
    call->refuse(body.status().error());
    return std::nullopt;
}

/// What is wrong with a file that was named is the caller's to mend.
void answer(const CallPtr &call, const Result<BackupInfo> &info)
{
    if (info)
        return call->ok(backupView(*info));
    const bool isTheirs =
        info.error().code == ErrorCode::InvalidValue || info.error().code == ErrorCode::StoreDamaged;
    call->refuse(isTheirs ? Error{ErrorCode::InvalidRequest, info.error().detail} : info.error());
}

void writeBackup(const CallPtr &call, Services &services)
{
    if (const std::optional<QString> file = fileOf(call))
        services.mailbox.when(services.control.backup(*file),
                              [call](const Result<BackupInfo> &info) { answer(call, info); });
}

void stageRestore(const CallPtr &call, Services &services)
{
    if (const std::optional<QString> file = fileOf(call))
        services.mailbox.when(services.control.restoreAtNextStart(*file),
                              [call](const Result<BackupInfo> &info) { answer(call, info); });
}

} // namespace

void addBackupRoutes(Router &router, Services &services)
{
    router.add("POST", QStringLiteral("/api/backup"), Access::Admin,
               [&services](const CallPtr &call) { writeBackup(call, services); });
    router.add("POST", QStringLiteral("/api/restore"), Access::Admin,
               [&services](const CallPtr &call) { stageRestore(call, services); });
}

} // namespace lbp
