#include "core/money.h"

#include "core/decimal.h"

#include <algorithm>
#include <array>
#include <QByteArray>
#include <QtNumeric>

namespace lbp {

namespace {

constexpr int storedDecimals = 12;
constexpr auto powersOfTen = [] {
    std::array<quint64, storedDecimals + 1> powers{1};
    for (size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}();

quint64 magnitudeOf(qint64 value)
{
    return value < 0 ? ~static_cast<quint64>(value) + 1 : static_cast<quint64>(value);
}

/// Text of an amount, built from its end. Large enough for a sign, seven digits, a point and twelve decimals.
class Digits
{
public:
    void prepend(char c) { m_text[--m_begin] = c; }
    void prependNumber(quint64 value, int atLeast)
    {
        for (; value != 0 || atLeast > 0; value /= 10, --atLeast)
            prepend(static_cast<char>('0' + value % 10));
    }
    [[nodiscard]] QByteArrayView view() const
    {
        return {m_text.data() + m_begin, qsizetype(m_text.size() - m_begin)};
    }

private:
    std::array<char, 32> m_text;
    size_t m_begin = m_text.size();
};

Digits written(quint64 magnitude, int decimals, bool negative)
{
    Digits digits;
    const quint64 unit = powersOfTen[size_t(decimals)];
    if (decimals > 0) {
        digits.prependNumber(magnitude % unit, decimals);
        digits.prepend('.');
    }
    digits.prependNumber(magnitude / unit, 1);
    if (negative)
        digits.prepend('-');
    return digits;
}

Digits exact(qint64 picodollars, int minDecimals)
{
    quint64 magnitude = magnitudeOf(picodollars);
    int decimals = storedDecimals;
    for (const int least = std::clamp(minDecimals, 0, storedDecimals);
         decimals > least && magnitude % 10 == 0; --decimals)
        magnitude /= 10;
    return written(magnitude, decimals, picodollars < 0);
}

} // namespace

Result<Money> Money::fromDecimal(QStringView usd)
{
    const Result<ScaledDecimal> parsed = parseScaledDecimal(usd);
    if (!parsed)
        return tl::unexpected(parsed.error());
    constexpr auto largest = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (parsed->picodollars > largest + (parsed->negative ? 1u : 0u))
        return fail(ErrorCode::AmountOverflow,
                    quoted(usd) + QStringLiteral(" is out of range; amounts go up to about 9.2 million USD"));
    const auto magnitude = static_cast<quint64>(parsed->picodollars);
    return fromPicodollars(static_cast<qint64>(parsed->negative ? ~magnitude + 1 : magnitude));
}

QString Money::toDecimal(int minDecimals) const
{
    const Digits digits = exact(m_picodollars, minDecimals);
    return QString::fromLatin1(digits.view());
}

QByteArray Money::toDecimalBytes(int minDecimals) const
{
    const Digits digits = exact(m_picodollars, minDecimals);
    return digits.view().toByteArray();
}

QString Money::toRounded(int decimals) const
{
    const int shown = std::clamp(decimals, 0, storedDecimals);
    const quint64 unit = powersOfTen[size_t(storedDecimals - shown)];
    const quint64 magnitude = magnitudeOf(m_picodollars);
    quint64 rounded = magnitude / unit;
    const quint64 rest = magnitude % unit;
    if (rest > unit - rest || (rest == unit - rest && rounded % 2 == 1))
        ++rounded;
    const Digits digits = written(rounded, shown, m_picodollars < 0 && rounded != 0);
    return QString::fromLatin1(digits.view());
}

std::optional<Money> Money::plus(Money other) const
{
    qint64 sum = 0;
    if (qAddOverflow(m_picodollars, other.m_picodollars, &sum))
        return std::nullopt;
    return fromPicodollars(sum);
}

std::optional<Money> Money::minus(Money other) const
{
    qint64 difference = 0;
    if (qSubOverflow(m_picodollars, other.m_picodollars, &difference))
        return std::nullopt;
    return fromPicodollars(difference);
}

std::optional<Money> Money::times(qint64 count) const
{
    qint64 product = 0;
    if (qMulOverflow(m_picodollars, count, &product))
        return std::nullopt;
    return fromPicodollars(product);
}

Money Money::plusSaturated(Money other) const
{
    if (const std::optional<Money> sum = plus(other))
        return *sum;
    return fromPicodollars(other.isNegative() ? std::numeric_limits<qint64>::min()
                                              : std::numeric_limits<qint64>::max());
}

} // namespace lbp
