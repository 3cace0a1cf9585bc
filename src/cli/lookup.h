#pragma once

#include "cli/commands.h"

namespace lbp {

/// The answer to a call that must succeed. When it does not, says so on standard error and returns nothing.
[[nodiscard]] std::optional<ApiAnswer> ask(Context &context, const QByteArray &method, const QString &target,
                                           const std::optional<QJsonObject> &body = {});

/// A key by its name or its id ("key_3"); a name that is an active key wins over one that was revoked. Says
/// what is wrong when there is none.
[[nodiscard]] std::optional<QJsonObject> findKey(Context &context, const QString &nameOrId);

/// Prints the answer's own JSON and nothing else.
int printJson(Context &context, const ApiAnswer &answer);

/// A moment from the command line as the API takes it: a day ("2026-01-31", "today", "yesterday") as a day,
/// which begins in the time zone of the budgets; everything else ("2026-01-31T12:00:00+01:00", or a time ago
/// such as "90m", "12h", "7d") as RFC 3339 in UTC.
[[nodiscard]] Result<QString> instantFromText(const QString &text, const QDateTime &now);
/// "30m", "12h", "7d", "2w" in seconds.
[[nodiscard]] Result<qint64> secondsFromText(const QString &text);

/// \a path with the parts of \a query that have a value, percent-encoded.
[[nodiscard]] QString targetWith(const QString &path, const QList<std::pair<QString, QString>> &query);

/// An RFC 3339 time as local "2026-01-31 12:00:05"; empty stays empty.
[[nodiscard]] QString localTimeText(const QString &rfc3339);

} // namespace lbp
