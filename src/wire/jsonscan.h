#pragma once

#include <QByteArrayView>

namespace lbp {

/// True if \a text is exactly one number of the JSON grammar.
[[nodiscard]] bool isJsonNumber(QByteArrayView text);

} // namespace lbp
