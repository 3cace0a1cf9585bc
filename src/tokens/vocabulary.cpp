#include "tokens/vocabulary.h"

#include <bit>
#include <brotli/decode.h>
#include <cstring>
#include <QFile>
#include <QtEndian>

static void initVocabularyResource()
{
    Q_INIT_RESOURCE(lbp_vocabularies); // a static library's resources are not registered by themselves
}

namespace lbp {
namespace {

constexpr int headBytes = 12;
constexpr int rankBits = 18;
constexpr quint32 rankMask = (1u << rankBits) - 1;
constexpr quint32 emptySlot =
    std::numeric_limits<quint32>::max(); // its rank would be above every rank in use

template <typename T> quint64 word(const uchar *at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

quint64 mixed(quint64 a, quint64 b)
{
    const quint64 product = (a ^ 0x9e3779b97f4a7c15ULL) * (b ^ 0xd6e8feb86659fd93ULL);
    return product ^ (product >> 32);
}

quint64 hashOf(const uchar *bytes, size_t length)
{
    if (length > 16) {
        quint64 hash = length;
        size_t at = 0;
        for (; at + 16 < length; at += 16)
            hash = mixed(hash ^ word<quint64>(bytes + at), word<quint64>(bytes + at + 8) + hash);
        return mixed(hash ^ word<quint64>(bytes + length - 16), word<quint64>(bytes + length - 8) + hash);
    }
    if (length > 8)
        return mixed(word<quint64>(bytes) + length, word<quint64>(bytes + length - 8));
    if (length >= 4)
        return mixed(word<quint32>(bytes) << 32 | word<quint32>(bytes + length - 4), length);
    if (length == 0)
        return 0;
    return mixed(quint64(bytes[0]) << 16 | quint64(bytes[length / 2]) << 8 | bytes[length - 1], length);
}

} // namespace

bool Vocabulary::read(QByteArrayView data)
{
    if (data.size() < headBytes || !data.startsWith("LBPV"))
        return false;
    const quint64 count = qFromLittleEndian<quint32>(data.data() + 4);
    const quint64 total = qFromLittleEndian<quint32>(data.data() + 8);
    if (count == 0 || count >= rankMask || quint64(data.size()) != headBytes + count + total)
        return false;
    const auto *lengths = reinterpret_cast<const uchar *>(data.data()) + headBytes;
    m_tokens = lengths + count;
    m_offsets.reserve(count + 1);
    quint64 offset = 0;
    for (quint64 i = 0; i < count; ++i) {
        m_offsets.push_back(quint32(offset));
        offset += lengths[i];
        m_longest = qMax<size_t>(m_longest, lengths[i]);
        if (lengths[i] == 0 || offset > total)
            return false;
    }
    m_offsets.push_back(quint32(offset));
    if (offset != total)
        return false;
    const auto slots = std::bit_ceil(quint32(count) * 2);
    m_slots.assign(slots, emptySlot);
    m_mask = slots - 1;
    for (quint32 i = 0; i < count; ++i)
        insert(i);
    for (int byte = 0; byte < 256; ++byte) {
        const auto one = uchar(byte);
        m_bytes[size_t(byte)] = rank(&one, 1);
        if (m_bytes[size_t(byte)] == none)
            return false; // then not every text could be written
    }
    return true;
}

Result<std::unique_ptr<const Vocabulary>> Vocabulary::parse(Encoding encoding, QByteArray data)
{
    std::unique_ptr<Vocabulary> vocabulary(new Vocabulary(encoding));
    vocabulary->m_data = std::move(data);
    if (!vocabulary->read(vocabulary->m_data))
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("the vocabulary of %1 is damaged").arg(encodingName(encoding)));
    return vocabulary;
}

Result<std::unique_ptr<const Vocabulary>> Vocabulary::load(Encoding encoding)
{
    initVocabularyResource();
    QFile file(QStringLiteral(":/lbp/tokens/%1.br").arg(encodingName(encoding)));
    QByteArray packed;
    if (file.open(QIODevice::ReadOnly))
        packed = file.readAll();
    constexpr size_t most = 4 * 1024 * 1024;
    QByteArray data(qsizetype(most), Qt::Uninitialized);
    size_t size = most;
    const auto *in = reinterpret_cast<const uint8_t *>(packed.constData());
    auto *out = reinterpret_cast<uint8_t *>(data.data());
    if (BrotliDecoderDecompress(size_t(packed.size()), in, &size, out) != BROTLI_DECODER_RESULT_SUCCESS)
        size = 0; // parse() says that it is damaged
    data.resize(qsizetype(size));
    data.squeeze();
    return parse(encoding, std::move(data));
}

void Vocabulary::insert(quint32 rank)
{
    const QByteArrayView bytes = token(rank);
    const quint64 hash = hashOf(reinterpret_cast<const uchar *>(bytes.data()), size_t(bytes.size()));
    quint32 slot = quint32(hash) & m_mask;
    while (m_slots[slot] != emptySlot)
        slot = (slot + 1) & m_mask;
    m_slots[slot] = (quint32(hash >> 32) & ~rankMask) | rank;
}

quint32 Vocabulary::rank(const uchar *bytes, size_t length) const
{
    const quint64 hash = hashOf(bytes, length);
    const quint32 mark = quint32(hash >> 32) & ~rankMask;
    for (quint32 slot = quint32(hash) & m_mask;; slot = (slot + 1) & m_mask) {
        const quint32 entry = m_slots[slot];
        if (entry == emptySlot)
            return none;
        if ((entry & ~rankMask) != mark)
            continue;
        const quint32 candidate = entry & rankMask;
        const quint32 offset = m_offsets[candidate];
        if (m_offsets[candidate + 1] - offset == length && std::memcmp(m_tokens + offset, bytes, length) == 0)
            return candidate;
    }
}

QByteArrayView Vocabulary::token(quint32 rank) const
{
    const quint32 offset = m_offsets[rank];
    return {m_tokens + offset, qsizetype(m_offsets[rank + 1] - offset)};
}

size_t Vocabulary::memoryBytes() const
{
    return sizeof *this + size_t(m_data.capacity()) + m_offsets.capacity() * sizeof(quint32)
        + m_slots.capacity() * sizeof(quint32);
}

Result<const Vocabulary *> Vocabularies::load(Encoding encoding)
{
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<const Vocabulary> &owned = m_owned[size_t(encoding)];
    if (!owned) {
        auto vocabulary = Vocabulary::load(encoding);
        if (!vocabulary)
            return tl::unexpected(vocabulary.error());
        owned = std::move(*vocabulary);
        m_loaded[size_t(encoding)].store(owned.get(), std::memory_order_release);
    }
    return owned.get();
}

} // namespace lbp
