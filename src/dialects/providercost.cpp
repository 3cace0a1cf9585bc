#include "dialects/providercost.h"

#include "core/int128.h"

#include <algorithm>
#include <limits>

namespace lbp {

std::optional<Money> moneyOfNumber(QByteArrayView json)
{
    QByteArrayView text = json.trimmed();
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.sliced(1).chopped(1);
    const auto mark = std::find_if(text.begin(), text.end(), [](char c) { return c == 'e' || c == 'E'; });
    qint64 exponent = 0;
    if (mark != text.end()) {
        bool isNumber = false;
        QByteArrayView written = text.sliced(mark - text.begin() + 1);
        exponent = written.toInt(&isNumber);
        if (!isNumber)
            return std::nullopt;
        text = text.first(mark - text.begin());
    }
    // Digits with a point somewhere: significant ones as a whole number, and by how many places it is
    // shifted.
    constexpr Int128 most = std::numeric_limits<qint64>::max();
    Int128 digits = 0;
    qint64 shift = 12 + exponent;
    bool any = false, behindPoint = false, lost = false;
    for (const char c : text) {
        if (c == '.' && !behindPoint) {
            behindPoint = true;
            continue;
        }
        if (c < '0' || c > '9')
            return std::nullopt;
        any = true;
        if (digits > most) { // more than can matter; only whether it was exact
            lost |= c != '0';
            shift += behindPoint ? 0 : 1;
            continue;
        }
        digits = digits * 10 + (c - '0');
        shift -= behindPoint ? 1 : 0;
    }
    if (!any)
        return std::nullopt;
    for (; shift > 0 && digits != 0; --shift) {
        if (digits > most)
            return std::nullopt;
        digits *= 10;
    }
    for (; shift < 0 && digits != 0; ++shift) {
        lost |= digits % 10 != 0;
        digits /= 10;
    }
    if (lost)
        ++digits;
    if (digits > most)
        return std::nullopt;
    return Money::fromPicodollars(qint64(digits));
}

} // namespace lbp
