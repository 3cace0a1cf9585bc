#pragma once

#include <array>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// SHA-256 over the parts, each with its length before it, so that no two different lists of parts are the
/// same bytes. OpenSSL's, which uses the processor's own instructions: several times as fast as
/// QCryptographicHash. Thread: any.
[[nodiscard]] QByteArray digestOf(std::initializer_list<QByteArrayView> parts);
/// SHA-256 of the bytes as they are.
[[nodiscard]] QByteArray sha256Of(QByteArrayView bytes);

/// The 32 bytes of a CacheKey in place, for tables with hundreds of thousands of them.
struct CacheDigest
{
    std::array<quint64, 4> words{};
    bool operator==(const CacheDigest &) const = default;

    [[nodiscard]] static std::optional<CacheDigest> from(QByteArrayView bytes)
    {
        CacheDigest digest;
        if (bytes.size() != qsizetype(sizeof digest.words))
            return std::nullopt;
        std::memcpy(digest.words.data(), bytes.data(), sizeof digest.words);
        return digest;
    }
    [[nodiscard]] QByteArray bytes() const
    {
        return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words);
    }
};

struct CacheDigestHash
{
    size_t operator()(const CacheDigest &digest) const { return size_t(digest.words[0]); }
};

} // namespace lbp
