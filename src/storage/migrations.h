#pragma once

#include "storage/sqlconnection.h"

#include <QList>
#include <QStringList>

namespace lbp {

/// One step of the schema: number n leads from version n - 1 to n. Never changed once released.
struct Migration
{
    int version = 0;
    QStringList statements;
};
/// Every step there is, in order, numbered from 1.
[[nodiscard]] const QList<Migration> &allMigrations();

/// Marks a file as ours, so that another program's database is never taken for a ledger ("LBPL").
inline constexpr int ledgerApplicationId = 0x4c42504c;

/// Brings the file to the newest version. Each step is one transaction. An older ledger is copied to
/// FILE.backup-v<N> first. StoreFailed for a file of a newer version of this program, or of another program;
/// nothing is changed then.
[[nodiscard]] Status migrate(SqlConnection &connection, const QString &file,
                             const QList<Migration> &migrations);

} // namespace lbp
