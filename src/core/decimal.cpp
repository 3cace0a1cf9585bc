#include "core/decimal.h"

#include <algorithm>
#include <limits>

namespace lbp {

namespace {

constexpr qsizetype scaleDecimals = 12;
constexpr qsizetype quotedCharacters = 40;

bool allDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool appendDigit(UInt128 &value, unsigned digit)
{
    constexpr UInt128 largest = std::numeric_limits<UInt128>::max();
    if (value > (largest - digit) / 10)
        return false;
    value = value * 10 + digit;
    return true;
}

} // namespace

QString quoted(QStringView text)
{
    QString shown = text.left(quotedCharacters).toString();
    for (QChar &c : shown) {
        if (!c.isPrint() || c == u'"')
            c = u'?';
    }
    if (text.size() > quotedCharacters)
        shown += u"..."; // the rest cannot help whoever reads this
    return u'"' + shown + u'"';
}

Result<ScaledDecimal> parseScaledDecimal(QStringView usd)
{
    ScaledDecimal result;
    QStringView rest = usd;
    if (rest.startsWith(u'-')) {
        result.negative = true;
        rest = rest.mid(1);
    }
    const qsizetype point = rest.indexOf(u'.');
    const QStringView whole = point < 0 ? rest : rest.left(point);
    QStringView fraction = point < 0 ? QStringView() : rest.mid(point + 1);
    const bool nothingAfterPoint = point >= 0 && fraction.isEmpty();
    if (nothingAfterPoint || (whole.isEmpty() && fraction.isEmpty()) || !allDigits(whole)
        || !allDigits(fraction))
        return fail(ErrorCode::InvalidValue,
                    quoted(usd) + QStringLiteral(" is not a plain decimal amount such as 12.50"));
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (fraction.size() > scaleDecimals)
        return fail(
            ErrorCode::InvalidValue,
            quoted(usd)
                + QStringLiteral(" has more than 12 decimals; the smallest unit is 0.000000000001 USD"));
    bool fits = true;
    for (QChar c : whole)
        fits = fits && appendDigit(result.picodollars, c.unicode() - u'0');
    for (qsizetype i = 0; i < scaleDecimals; ++i)
        fits =
            fits && appendDigit(result.picodollars, i < fraction.size() ? fraction[i].unicode() - u'0' : 0);
    if (!fits)
        return fail(ErrorCode::AmountOverflow, quoted(usd) + QStringLiteral(" is too large"));
    return result;
}

} // namespace lbp
