#pragma once

#include "core/exchangerow.h"

#include <QByteArray>
#include <variant>

namespace lbp {

/// A row on its way into the ledger.
using LedgerRow = std::variant<OpenRow, CloseRow, ExchangeRow>;

/// Writes \a row as bytes into \a out, which it replaces: every field, numbers in as few bytes as they need.
/// \a out keeps its memory, so that one buffer serves for all rows.
void encodeRow(const LedgerRow &row, QByteArray &out);

/// The row that encodeRow() made \a bytes of; nothing when they are not such bytes, whole and without rest.
[[nodiscard]] std::optional<LedgerRow> decodeRow(QByteArrayView bytes);

} // namespace lbp
