#pragma once

#include <QStringList>

namespace lbp {

/// The name among \a known that \a name was probably meant to be; empty when none is near.
[[nodiscard]] QString nearestName(QStringView name, const QStringList &known);

} // namespace lbp
