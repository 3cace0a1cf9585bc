#pragma once

#include "core/result.h"
#include "tokens/encoding.h"

#include <array>
#include <atomic>
#include <limits>
#include <memory>
#include <mutex>
#include <QByteArray>
#include <vector>

namespace lbp {

/// The tokens of an encoding, found by their bytes. Memory: the tokens' bytes, four bytes each for where they
/// stand and a table of four-byte slots: 4.5 MB for o200k_base, 2.2 MB for cl100k_base. Immutable once made:
/// any thread.
class Vocabulary
{
public:
    static constexpr quint32 none = std::numeric_limits<quint32>::max();

    /// From the packed resource that the program carries. Takes some ten milliseconds, so not on the proxy's
    /// thread.
    [[nodiscard]] static Result<std::unique_ptr<const Vocabulary>> load(Encoding encoding);
    /// From the unpacked form (resources/tokens/update.mjs says how it looks). InvalidValue when it is none.
    [[nodiscard]] static Result<std::unique_ptr<const Vocabulary>> parse(Encoding encoding, QByteArray data);

    [[nodiscard]] Encoding encoding() const { return m_encoding; }
    [[nodiscard]] quint32 size() const { return quint32(m_offsets.size() - 1); }
    [[nodiscard]] size_t longest() const { return m_longest; } ///< bytes of the longest token
    [[nodiscard]] quint32 rank(const uchar *bytes, size_t length) const; ///< none: it is no token
    [[nodiscard]] quint32 rankOfByte(uchar byte) const { return m_bytes[byte]; }
    [[nodiscard]] QByteArrayView token(quint32 rank) const;
    [[nodiscard]] size_t memoryBytes() const;

private:
    explicit Vocabulary(Encoding encoding)
        : m_encoding(encoding)
    {
    }
    void insert(quint32 rank);
    /// True: \a data is a vocabulary.
    bool read(QByteArrayView data);

    Encoding m_encoding;
    QByteArray m_data; ///< as parsed; the tokens stand at its end
    const uchar *m_tokens = nullptr;
    std::vector<quint32> m_offsets; ///< of the tokens by rank, and behind the last
    std::vector<quint32> m_slots; ///< open addressing: rank, and in the upper bits a part of the hash
    quint32 m_mask = 0;
    size_t m_longest = 0;
    std::array<quint32, 256> m_bytes{};
};

/// The vocabularies that somebody has asked for. Each is loaded once, by the first who waits for it, and
/// stays. Thread: any.
class Vocabularies
{
public:
    /// Null until somebody has loaded it. Never waits.
    [[nodiscard]] const Vocabulary *loaded(Encoding encoding) const
    {
        return m_loaded[size_t(encoding)].load(std::memory_order_acquire);
    }
    /// Waits until it is loaded.
    [[nodiscard]] Result<const Vocabulary *> load(Encoding encoding);

private:
    std::mutex m_mutex;
    std::array<std::unique_ptr<const Vocabulary>, encodingCount> m_owned;
    std::array<std::atomic<const Vocabulary *>, encodingCount> m_loaded{};
};

} // namespace lbp
