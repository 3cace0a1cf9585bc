#include "wire/json.h"

#include "wire/jsonscan.h"

#include <algorithm>

namespace lbp {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// QString::fromUtf8 drops a leading U+FEFF; in a value it is a character like any other.
void appendUtf8(QString &text, QByteArrayView utf8)
{
    while (utf8.startsWith("\xEF\xBB\xBF")) {
        text.append(QChar(0xFEFF));
        utf8 = utf8.sliced(3);
    }
    text.append(QString::fromUtf8(utf8));
}

/// \return the UTF-16 unit of \uXXXX whose digits begin at \a at, -1 if they are not four.
int readUnit(QByteArrayView text, qsizetype at)
{
    if (text.size() - at < 4)
        return -1;
    int unit = 0;
    for (qsizetype i = at; i < at + 4; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

} // namespace

std::optional<QString> jsonString(QByteArrayView value)
{
    if (value.size() < 2 || !value.startsWith('"') || !value.endsWith('"'))
        return std::nullopt;
    const QByteArrayView text = value.sliced(1, value.size() - 2);
    if (!text.isValidUtf8())
        return std::nullopt;
    QString result;
    qsizetype run = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || static_cast<unsigned char>(c) < 0x20)
            return std::nullopt;
        if (c != '\\')
            continue;
        appendUtf8(result, text.sliced(run, i - run));
        if (++i == text.size())
            return std::nullopt;
        switch (text[i]) {
        case '"':
        case '\\':
        case '/':
            result.append(QLatin1Char(text[i]));
            break;
        case 'b':
            result.append(QLatin1Char('\b'));
            break;
        case 'f':
            result.append(QLatin1Char('\f'));
            break;
        case 'n':
            result.append(QLatin1Char('\n'));
            break;
        case 'r':
            result.append(QLatin1Char('\r'));
            break;
        case 't':
            result.append(QLatin1Char('\t'));
            break;
        case 'u': {
            const int unit = readUnit(text, i + 1);
            if (unit < 0)
                return std::nullopt;
            result.append(QChar(static_cast<char16_t>(unit)));
            i += 4;
            break;
        }
        default:
            return std::nullopt;
        }
        run = i + 1;
    }
    appendUtf8(result, text.sliced(run));
    return result;
}

std::optional<qint64> jsonInteger(QByteArrayView value)
{
    if (!isJsonNumber(value))
        return std::nullopt;
    const bool negative = value[0] == '-';
    qsizetype i = negative ? 1 : 0;
    // The number is digits * 10^exponent, with all digits in one row.
    QByteArray digits;
    qsizetype exponent = 0;
    bool fraction = false;
    for (; i < value.size() && value[i] != 'e' && value[i] != 'E'; ++i) {
        if (value[i] == '.') {
            fraction = true;
            continue;
        }
        digits.append(value[i]);
        exponent -= fraction ? 1 : 0;
    }
    if (i < value.size()) {
        QByteArrayView written = value.sliced(i + 1);
        const bool down = written.startsWith('-');
        if (down || written.startsWith('+'))
            written = written.sliced(1);
        qint64 power = 0;
        for (const char c : written)
            power = qMin<qint64>(power * 10 + (c - '0'), 1'000'000'000'000);
        exponent += down ? -power : power;
    }
    while (digits.endsWith('0')) {
        digits.chop(1);
        ++exponent;
    }
    const qsizetype leading =
        std::find_if(digits.begin(), digits.end(), [](char c) { return c != '0'; }) - digits.begin();
    digits.remove(0, leading);
    if (digits.isEmpty())
        return 0;
    if (exponent < 0 || digits.size() + exponent > 19)
        return std::nullopt;
    qint64 result = 0;
    for (qsizetype k = 0; k < digits.size() + exponent; ++k) {
        // Counted downwards: the range is one larger below zero.
        const qint64 digit = k < digits.size() ? digits[k] - '0' : 0;
        if (qMulOverflow(result, qint64{10}, &result) || qSubOverflow(result, digit, &result))
            return std::nullopt;
    }
    if (negative)
        return result;
    if (result == std::numeric_limits<qint64>::min())
        return std::nullopt;
    return -result;
}

QByteArray jsonQuoted(QStringView text)
{
    constexpr char hex[] = "0123456789abcdef";
    const auto escaped = [&](QByteArray &out, char16_t unit) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4)
            out.append(hex[unit >> shift & 0xf]);
    };
    QByteArray out;
    out.reserve(text.size() + 2);
    out.append('"');
    qsizetype run = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        const bool paired =
            QChar::isHighSurrogate(unit) && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (paired) {
            ++i;
            continue;
        }
        const bool lone = QChar::isSurrogate(unit); // has no UTF-8
        if (unit >= 0x20 && unit != '"' && unit != '\\' && unit != 0x7f && !lone)
            continue;
        out.append(text.sliced(run, i - run).toUtf8());
        run = i + 1;
        switch (unit) {
        case '"':
            out.append("\\\"");
            break;
        case '\\':
            out.append("\\\\");
            break;
        case '\b':
            out.append("\\b");
            break;
        case '\f':
            out.append("\\f");
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\r':
            out.append("\\r");
            break;
        case '\t':
            out.append("\\t");
            break;
        default:
            escaped(out, unit);
        }
    }
    out.append(text.sliced(run).toUtf8()).append('"');
    return out;
}

void ByteEdits::replace(qsizetype begin, qsizetype end, QByteArray with)
{
    Q_ASSERT(begin >= 0 && begin <= end);
    // Kept in order; of several insertions at one place the first stays first.
    const auto before = [](const Edit &a, const Edit &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    };
    Edit edit{begin, end, std::move(with)};
    m_edits.insert(std::upper_bound(m_edits.begin(), m_edits.end(), edit, before), std::move(edit));
}

QByteArray ByteEdits::applied(const QByteArray &bytes) const
{
    if (m_edits.empty())
        return bytes;
    constexpr qsizetype spare = 64; // whoever reads the result again does so in place
    qsizetype size = bytes.size();
    for (const Edit &edit : m_edits)
        size += edit.with.size() - (edit.end - edit.begin);
    QByteArray out;
    out.reserve(size + spare);
    qsizetype done = 0;
    for (const Edit &edit : m_edits) {
        Q_ASSERT(edit.begin >= done && edit.end <= bytes.size());
        out.append(QByteArrayView(bytes).sliced(done, edit.begin - done)).append(edit.with);
        done = edit.end;
    }
    out.append(QByteArrayView(bytes).sliced(done));
    return out;
}

} // namespace lbp
