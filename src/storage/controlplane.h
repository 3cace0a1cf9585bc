#pragma once

#include "storage/sqlconnection.h"
#include "storage/store.h"

/// Keys, budgets, settings and alerts: one function per call of Store, each one transaction. They run on the
/// thread of \a connection.
namespace lbp::controlplane {

[[nodiscard]] Result<KeyRecord> insertKey(SqlConnection &connection, KeyRecord key,
                                          const QList<Budget> &budgets);
[[nodiscard]] Status updateKey(SqlConnection &connection, const KeyRecord &key);
[[nodiscard]] Result<QList<KeyRecord>> keys(SqlConnection &connection);
[[nodiscard]] Result<QList<Budget>> budgets(SqlConnection &connection);
[[nodiscard]] Status putBudget(SqlConnection &connection, const Budget &budget);
[[nodiscard]] Status removeBudget(SqlConnection &connection, const Scope &scope, Period period);
[[nodiscard]] Result<QString> setting(SqlConnection &connection, const QString &name);
[[nodiscard]] Status putSetting(SqlConnection &connection, const QString &name, const QString &value);

[[nodiscard]] Result<bool> claimAlert(SqlConnection &connection, const FiredAlert &alert, Instant notSince);
[[nodiscard]] Result<qint64> addAlert(SqlConnection &connection, const AlertRecord &record);
[[nodiscard]] Status setAlertDelivery(SqlConnection &connection, qint64 id, const QString &delivery);
[[nodiscard]] Result<QList<AlertRecord>> alerts(SqlConnection &connection, int limit);
[[nodiscard]] Result<QList<AlertRecord>> alertPage(SqlConnection &connection, const AlertQuery &query);

} // namespace lbp::controlplane
