#include "tokens/pieces.h"

#include "tokens/charclass.h"

namespace lbp {
namespace {

using namespace CharClass;

/// Behind the characters from \a at on whose class is in \a set.
const uchar *skip(quint8 set, const uchar *at, const uchar *end)
{
    while (at < end) {
        const CharAt c = charAt(at);
        if (!(c.charClass & set))
            break;
        at += c.length;
    }
    return at;
}

bool isOf(quint8 set, const uchar *at, const uchar *end)
{
    return at < end && (charAt(at).charClass & set);
}

/// Bytes of 's 't 're 've 'm 'll 'd in any case; 0: none is there. The long s is a case of s.
int contraction(const uchar *at, const uchar *end)
{
    const auto left = end - at;
    if (left < 2 || at[0] != '\'')
        return 0;
    const auto small = [at](int i) { return char(at[i] | 0x20); };
    switch (at[1] < 0x80 ? small(1) : '\0') {
    case 's':
    case 't':
    case 'm':
    case 'd':
        return 2;
    case 'r':
    case 'v':
        return left > 2 && small(2) == 'e' ? 3 : 0;
    case 'l':
        return left > 2 && small(2) == 'l' ? 3 : 0;
    default:
        return left > 2 && at[1] == 0xc5 && at[2] == 0xbf ? 3 : 0;
    }
}

const uchar *numbers(const uchar *at, const uchar *end)
{
    for (int i = 0; i < 3 && at < end; ++i) {
        const CharAt c = charAt(at);
        if (c.charClass != Number)
            break;
        at += c.length;
    }
    return at;
}

/// The last three rules of both encodings.
const uchar *white(const uchar *at, const uchar *end, quint64 &visited)
{
    const uchar *const begin = at;
    const uchar *behindBreak = nullptr;
    const uchar *last = at;
    while (at < end) {
        const CharAt c = charAt(at);
        if (!(c.charClass & White))
            break;
        last = at;
        at += c.length;
        if (c.charClass == Break)
            behindBreak = at;
    }
    visited += quint64(at - begin);
    if (behindBreak)
        return behindBreak;
    // The last one belongs to the word behind it, unless it stands alone.
    return at == end || last == begin ? at : last;
}

/// ' '? [^ white L N]+ and what may follow; \a at itself when it does not match.
template <bool slashes> const uchar *symbols(const uchar *at, const uchar *end)
{
    const uchar *const begin = at;
    if (*at == ' ')
        ++at;
    const uchar *const first = at;
    at = skip(Other | Mark, at, end);
    if (at == first)
        return begin;
    while (at < end && (*at == '\r' || *at == '\n' || (slashes && *at == '/')))
        ++at;
    return at;
}

const uchar *cl100kEnd(const uchar *at, const uchar *end, quint64 &visited)
{
    const CharAt c = charAt(at);
    if (c.charClass & Letter)
        return skip(Letter, at + c.length, end);
    if (c.charClass == Number)
        return numbers(at, end);
    if (const int length = contraction(at, end))
        return at + length;
    if (c.charClass != Break && isOf(Letter, at + c.length, end))
        return skip(Letter, at + c.length, end);
    if (const uchar *behind = symbols<false>(at, end); behind != at)
        return behind;
    return white(at, end, visited);
}

constexpr quint8 capital = Upper | Caseless | Mark; ///< U of the rules
constexpr quint8 small = Lower | Caseless | Mark; ///< D

/// U* D+ with what the pattern gives back when no D follows: then the last one that is both ends the word.
/// nullptr: no match, and \a behindCapitals tells where U* ended.
const uchar *endingSmall(const uchar *at, const uchar *end, const uchar *&behindCapitals)
{
    const uchar *behindBoth = nullptr;
    while (at < end) {
        const CharAt c = charAt(at);
        if (!(c.charClass & capital))
            break;
        at += c.length;
        if (c.charClass != Upper)
            behindBoth = at;
    }
    behindCapitals = at;
    return isOf(Lower, at, end) ? skip(small, at, end) : behindBoth;
}

/// The first two rules of o200k_base without the contraction; \a at itself when they do not match.
const uchar *word(const uchar *at, const uchar *end, quint64 &visited)
{
    const CharAt c = charAt(at);
    const uchar *behindCapitals = nullptr;
    if (c.charClass & Letter) {
        const uchar *behind = endingSmall(at, end, behindCapitals);
        visited += quint64(behindCapitals - at);
        return behind ? behind : behindCapitals;
    }
    const uchar *const first = at + c.length; // behind the one character that may stand in front of a word
    if (const uchar *behind = endingSmall(first, end, behindCapitals)) {
        visited += quint64(behindCapitals - at);
        return behind;
    }
    visited += quint64(behindCapitals - at);
    if (c.charClass == Mark)
        return first; // without anything in front: a mark is both, so it is a word by itself
    return behindCapitals > first ? behindCapitals : at;
}

const uchar *o200kEnd(const uchar *at, const uchar *end, quint64 &visited)
{
    const CharAt c = charAt(at);
    if (c.charClass == Number)
        return numbers(at, end);
    if (c.charClass != Break) {
        if (const uchar *behind = word(at, end, visited); behind != at)
            return behind + contraction(behind, end);
    }
    if (const uchar *behind = symbols<true>(at, end); behind != at)
        return behind;
    return white(at, end, visited);
}

} // namespace

const uchar *pieceEnd(Encoding encoding, const uchar *at, const uchar *end, quint64 &visited)
{
    const uchar *const behind =
        encoding == Encoding::O200k ? o200kEnd(at, end, visited) : cl100kEnd(at, end, visited);
    visited += quint64(behind - at);
    return behind;
}

} // namespace lbp
