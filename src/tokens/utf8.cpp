#include "tokens/utf8.h"

namespace lbp {
namespace {

bool isContinuation(uchar byte)
{
    return (byte & 0xc0) == 0x80;
}

/// Bytes of the sequence that \a first promises; 0: it begins none.
int promisedLength(uchar first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2)
        return 0;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

/// Whether \a second may follow \a first: neither longer than needed nor beyond U+10FFFF.
bool mayFollow(uchar first, uchar second)
{
    if (!isContinuation(second))
        return false;
    if (first == 0xe0)
        return second >= 0xa0;
    if (first == 0xf0)
        return second >= 0x90;
    return first != 0xf4 || second < 0x90;
}

} // namespace

QByteArray repairedUtf8(QByteArrayView text)
{
    constexpr char replacement[] = "\xef\xbf\xbd";
    QByteArray out;
    out.reserve(text.size() + 16);
    const auto *at = reinterpret_cast<const uchar *>(text.data());
    const uchar *const end = at + text.size();
    while (at < end) {
        const int length = promisedLength(*at);
        int found = length > 0 ? 1 : 0;
        while (found > 0 && found < length && at + found < end
               && (found == 1 ? mayFollow(at[0], at[1]) : isContinuation(at[found])))
            ++found;
        const bool isSurrogate = found == 3 && length == 3 && at[0] == 0xed && at[1] >= 0xa0;
        if (length > 0 && found == length && !isSurrogate)
            out.append(reinterpret_cast<const char *>(at), length);
        else
            out.append(replacement, 3);
        at += qMax(found, 1);
    }
    return out;
}

} // namespace lbp
