#pragma once

#include <QStringView>

namespace lbp {

class LogRing;

enum class LogLevel { Debug, Info, Warning, Error };
/// "debug", "info", "warning" (or "warn"), "error"; Info for others.
[[nodiscard]] LogLevel logLevelFromName(QStringView name);

/// From now on every message of the program goes to standard error as "2026-01-31T12:00:00.000Z info  text",
/// one line each, when it is at least \a level. What is logged holds no secret and no prompt text: that is
/// the duty of who logs. Thread: any; a line is written whole.
void installLogging(LogLevel level);
void setLogLevel(LogLevel level);
/// What is logged is also kept in \a ring, which outlives the program's messages; null: no more.
void keepLog(LogRing *ring);

} // namespace lbp
