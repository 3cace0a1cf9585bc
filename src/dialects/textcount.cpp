#include "dialects/textcount.h"

namespace lbp {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int utf8Length(char32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/// The value of the four digits behind "\u" at \a at; -1 when they are not there.
int codeUnit(const char *at, const char *end)
{
    if (end - at < 4)
        return -1;
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
        const int digit = hexDigit(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

void count(QByteArrayView text, bool escapes, TextCount &total)
{
    const char *at = text.data();
    const char *const end = at + text.size();
    char32_t previous = 0xffffffff;
    while (at < end) {
        const auto byte = uchar(*at++);
        char32_t c = byte;
        if (byte == '\\' && escapes && at < end) {
            const char kind = *at++;
            c = uchar(kind);
            const int unit = kind == 'u' ? codeUnit(at, end) : -1;
            if (unit >= 0) {
                at += 4;
                c = char32_t(unit);
                const bool high = unit >= 0xd800 && unit < 0xdc00;
                const int low =
                    high && end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? codeUnit(at + 2, end) : -1;
                if (low >= 0xdc00 && low < 0xe000) {
                    at += 6;
                    c = 0x10000 + ((char32_t(unit) - 0xd800) << 10) + (char32_t(low) - 0xdc00);
                }
            }
        } else if (byte >= 0xc0) {
            while (at < end && (uchar(*at) & 0xc0) == 0x80)
                c = (c << 6) | (uchar(*at++) & 0x3f);
            // The marker bits stay in: only equality and the length of the sequence matter.
            total.bytes += byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            ++total.wide;
            total.runs += c != previous;
            previous = c;
            continue;
        }
        total.bytes += utf8Length(c);
        ++(c < 0x80 ? total.ascii : total.wide);
        total.runs += c != previous;
        previous = c;
    }
}

} // namespace

void TextCount::addEscaped(QByteArrayView inside)
{
    count(inside, true, *this);
}

void TextCount::addPlain(QByteArrayView text)
{
    count(text, false, *this);
}

TextCount &TextCount::operator+=(const TextCount &other)
{
    bytes += other.bytes;
    ascii += other.ascii;
    wide += other.wide;
    runs += other.runs;
    return *this;
}

} // namespace lbp
