#pragma once

#include "core/int128.h"
#include "core/result.h"

#include <QStringView>

namespace lbp {

/// A plain decimal in USD, scaled to whole picodollars. Wider than Money, because prices are given for many
/// tokens at once.
struct ScaledDecimal
{
    bool negative = false;
    UInt128 picodollars = 0;
};

/// Reads "12.5", ".5" or "-3": no exponent, grouping, currency sign, '+' or white space, and digits on the
/// right of a point. \return InvalidValue when it is something else or has more than 12 significant decimals;
/// AmountOverflow beyond 128 bits.
[[nodiscard]] Result<ScaledDecimal> parseScaledDecimal(QStringView usd);

/// \a text as it may be quoted in an error: bounded, without control characters.
[[nodiscard]] QString quoted(QStringView text);

} // namespace lbp
