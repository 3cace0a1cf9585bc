#pragma once

#include "core/exchangerow.h"

#include <QByteArray>
#include <QStringList>

namespace lbp::gui {

// A request as a file holds it: plain numbers, amounts as exact decimals in USD, times as RFC 3339 UTC, the
// names of the management API. The same in every language.

[[nodiscard]] QStringList recordTitles();
[[nodiscard]] QStringList recordFields(const ExchangeRow &row, const QString &keyName); ///< as recordTitles()
[[nodiscard]] QByteArray recordJson(const ExchangeRow &row, const QString &keyName); ///< one object, one line

} // namespace lbp::gui
