#pragma once

#include "core/result.h"

#include <compare>
#include <limits>
#include <optional>
#include <QByteArray>
#include <QString>

namespace lbp {

/// An amount in US dollars as a 64-bit count of picodollars (10^-12 USD): about ±9.2 million USD.
/// Exact: sums and products are integers, overflow is an error and never wraps.
class Money
{
public:
    static constexpr qint64 picodollarsPerDollar = 1'000'000'000'000;

    constexpr Money() = default;
    [[nodiscard]] static constexpr Money fromPicodollars(qint64 picodollars)
    {
        Money money;
        money.m_picodollars = picodollars;
        return money;
    }
    [[nodiscard]] static constexpr Money max() { return fromPicodollars(std::numeric_limits<qint64>::max()); }

    /// Reads a plain decimal in USD such as "12.5", ".5" or "-3". No exponent, sign except '-', grouping or
    /// currency sign. InvalidValue when it is not one or has more than 12 significant decimals;
    /// AmountOverflow when out of range.
    [[nodiscard]] static Result<Money> fromDecimal(QStringView usd);

    [[nodiscard]] constexpr qint64 picodollars() const { return m_picodollars; }
    [[nodiscard]] constexpr bool isZero() const { return m_picodollars == 0; }
    [[nodiscard]] constexpr bool isNegative() const { return m_picodollars < 0; }

    /// Exact plain decimal: no exponent, no trailing zeros beyond \a minDecimals ("0.00", "1.25",
    /// "0.0000123").
    [[nodiscard]] QString toDecimal(int minDecimals = 2) const;
    /// The same as ASCII bytes, for headers and JSON.
    [[nodiscard]] QByteArray toDecimalBytes(int minDecimals = 2) const;
    /// Rounded half to even at \a decimals, for display only.
    [[nodiscard]] QString toRounded(int decimals) const;

    [[nodiscard]] std::optional<Money> plus(Money other) const; ///< nullopt on overflow
    [[nodiscard]] std::optional<Money> minus(Money other) const; ///< nullopt on overflow
    [[nodiscard]] std::optional<Money> times(qint64 count) const; ///< nullopt on overflow
    /// Sum clamped to the range of Money, for counters that must keep growing towards refusal.
    [[nodiscard]] Money plusSaturated(Money other) const;

    constexpr auto operator<=>(const Money &) const = default;

private:
    qint64 m_picodollars = 0;
};

} // namespace lbp
