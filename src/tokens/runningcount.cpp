#include "tokens/runningcount.h"

#include "tokens/pieces.h"
#include "tokens/utf8.h"

namespace lbp {
namespace {

/// Looking at what waits costs something, so it is done in portions.
constexpr qsizetype portion = 512;
/// A piece that is still not whole after so much is taken as it is: the count may be off by a token.
constexpr qsizetype mostPending = 16 * 1024;

/// The bytes at the front of \a text whose pieces no later text changes. What a rule looks at ends with the
/// piece behind: a row of white space, or of capitals. So all but the last two pieces are final.
qsizetype finalBytes(Encoding encoding, QByteArrayView text)
{
    const auto *const begin = reinterpret_cast<const uchar *>(text.data());
    const uchar *const end = begin + text.size();
    const uchar *beforeLast = begin, *last = begin, *at = begin;
    quint64 visited = 0;
    while (at < end) {
        beforeLast = last;
        last = at;
        at = pieceEnd(encoding, at, end, visited);
    }
    return beforeLast - begin;
}

} // namespace

void RunningCount::add(QByteArrayView text, Tokenizer &tokenizer)
{
    if (text.isValidUtf8())
        m_pending.append(text);
    else
        m_pending.append(repairedUtf8(text));
    if (m_pending.size() < portion)
        return;
    qsizetype final = finalBytes(m_encoding, m_pending);
    if (final == 0 && m_pending.size() > mostPending)
        final = m_pending.size();
    if (final == 0)
        return;
    m_done += tokenizer.count(QByteArrayView(m_pending).first(final));
    m_pending.remove(0, final);
}

TokenCount RunningCount::total(Tokenizer &tokenizer) const
{
    TokenCount total = m_done;
    total += tokenizer.count(m_pending);
    return total;
}

} // namespace lbp
