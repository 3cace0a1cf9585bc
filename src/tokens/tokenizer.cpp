#include "tokens/tokenizer.h"

#include "tokens/pieces.h"
#include "tokens/utf8.h"

#include <cstring>
#include <QtEndian>

namespace lbp {
namespace {

constexpr int knownBits = 14;
constexpr size_t mostKnownLength = 15;
constexpr quint64 countMask = quint64(0x0f) << 56;

const uchar *bytesOf(QByteArrayView text)
{
    return reinterpret_cast<const uchar *>(text.data());
}

quint64 littleEndian(const uchar *at)
{
    return qFromLittleEndian<quint64>(at);
}

/// The first \a length bytes, at most eight, of what stands at \a at.
quint64 firstBytes(const uchar *at, size_t length)
{
    return length >= 8 ? littleEndian(at)
        : length == 0  ? 0
                       : littleEndian(at) & (~quint64(0) >> (8 * (8 - length)));
}

} // namespace

Tokenizer::Tokenizer(const Vocabulary &vocabulary)
    : m_vocabulary(vocabulary)
    , m_pairs(vocabulary)
    , m_known(size_t(1) << knownBits)
{
}

qint64 Tokenizer::countShort(const uchar *piece, size_t length, const uchar *end)
{
    std::array<uchar, 16> copy{};
    const uchar *from = piece;
    if (end - piece < 16) { // sixteen bytes are read at once
        std::memcpy(copy.data(), piece, length);
        from = copy.data();
    }
    const quint64 low = firstBytes(from, length);
    const quint64 high = (length > 8 ? firstBytes(from + 8, length - 8) : 0) | quint64(length) << 60;
    const quint64 hash = (low ^ (high * 0x9e3779b97f4a7c15ULL)) * 0xd6e8feb86659fd93ULL;
    Known &known = m_known[(hash ^ (hash >> 29)) * 0x9e3779b97f4a7c15ULL >> (64 - knownBits)];
    if (known.low == low && (known.high & ~countMask) == high)
        return qint64((known.high & countMask) >> 56);
    const qint64 count = m_pairs.merge(piece, length, m_work);
    known = {low, high | quint64(count) << 56};
    return count;
}

TokenCount Tokenizer::countValid(QByteArrayView text, const std::atomic<bool> *stop)
{
    TokenCount sum;
    const Encoding encoding = m_vocabulary.encoding();
    const uchar *at = bytesOf(text);
    const uchar *const end = at + text.size();
    while (at < end && !(stop && stop->load(std::memory_order_relaxed))) {
        const uchar *const behind = pieceEnd(encoding, at, end, m_work.visited);
        const auto length = size_t(behind - at);
        if (length <= mostKnownLength) {
            sum.tokens += countShort(at, length, end);
        } else if (length <= mostExactPiece) {
            sum.tokens += m_pairs.merge(at, length, m_work);
        } else {
            sum += {qint64(length), false};
        }
        at = behind;
    }
    return sum;
}

TokenCount Tokenizer::count(QByteArrayView text, const std::atomic<bool> *stop)
{
    if (!text.isValidUtf8())
        return countValid(repairedUtf8(text), stop);
    return countValid(text, stop);
}

std::vector<quint32> Tokenizer::encode(QByteArrayView text)
{
    const QByteArray repaired = text.isValidUtf8() ? QByteArray() : repairedUtf8(text);
    if (!repaired.isEmpty())
        text = repaired;
    std::vector<quint32> tokens;
    const uchar *at = bytesOf(text);
    const uchar *const end = at + text.size();
    while (at < end) {
        const uchar *const behind = pieceEnd(m_vocabulary.encoding(), at, end, m_work.visited);
        m_pairs.merge(at, size_t(behind - at), m_work, &tokens);
        at = behind;
    }
    return tokens;
}

} // namespace lbp
