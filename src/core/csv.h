#pragma once

#include <QString>
#include <QStringList>

namespace lbp {

/// One field of a CSV row (RFC 4180). Text that a spreadsheet would run as a formula (leading = + - @, tab or
/// carriage return) gets a leading ' so that it is shown instead; plain numbers stay numbers.
[[nodiscard]] QString csvField(const QString &text);
[[nodiscard]] QString csvRow(const QStringList &fields); ///< ends in CR LF

} // namespace lbp
