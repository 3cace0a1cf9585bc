#include "proxy/cachedigest.h"

#include "proxy/cache.h"

#include <memory>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <QFile>
#include <QRandomGenerator>
#include <QtEndian>

namespace lbp {

namespace {

struct FreeContext
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

/// A digest that has begun. OpenSSL 3 would look the algorithm up again at every start, which costs more than
/// a short digest, so it is fetched once.
EVP_MD_CTX *begun()
{
    static EVP_MD *const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    if (!algorithm || !context || EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1)
        qFatal("OpenSSL offers no SHA-256");
    return context.get();
}

QByteArray ended(EVP_MD_CTX *context)
{
    QByteArray digest(32, Qt::Uninitialized);
    EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return digest;
}

} // namespace

QByteArray digestOf(std::initializer_list<QByteArrayView> parts)
{
    EVP_MD_CTX *const context = begun();
    std::array<char, 1024> gathered; // short parts go together: each call costs as much as a block
    size_t size = 0;
    const auto add = [&](const void *bytes, size_t count) {
        if (count > gathered.size() - size) {
            EVP_DigestUpdate(context, gathered.data(), size);
            size = 0;
        }
        if (count > gathered.size()) {
            EVP_DigestUpdate(context, bytes, count);
        } else if (count > 0) {
            std::memcpy(gathered.data() + size, bytes, count);
            size += count;
        }
    };
    for (const QByteArrayView part : parts) {
        const quint64 length = qToLittleEndian(quint64(part.size()));
        add(&length, sizeof length);
        add(part.data(), size_t(part.size()));
    }
    EVP_DigestUpdate(context, gathered.data(), size);
    return ended(context);
}

QByteArray sha256Of(QByteArrayView bytes)
{
    EVP_MD_CTX *const context = begun();
    EVP_DigestUpdate(context, bytes.data(), size_t(bytes.size()));
    return ended(context);
}

namespace {

struct FreeMac
{
    void operator()(EVP_MAC_CTX *context) const { EVP_MAC_CTX_free(context); }
};

/// 16 bytes that stand for \a body. The nonce is fixed, which is sound here: no tag ever leaves the program.
QByteArray reduced(const CacheSecret &secret, QByteArrayView body)
{
    static EVP_MAC *const gmac = EVP_MAC_fetch(nullptr, "GMAC", nullptr);
    thread_local const std::unique_ptr<EVP_MAC_CTX, FreeMac> context(EVP_MAC_CTX_new(gmac));
    unsigned char nonce[12] = {};
    char cipher[] = "AES-128-GCM";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0),
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_IV, nonce, sizeof nonce),
        OSSL_PARAM_construct_end()};
    QByteArray tag(16, Qt::Uninitialized);
    size_t size = 0;
    if (!context || EVP_MAC_init(context.get(), secret.bytes.data(), secret.bytes.size(), parameters) != 1
        || EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char *>(body.data()),
                          size_t(body.size()))
            != 1
        || EVP_MAC_final(context.get(), reinterpret_cast<unsigned char *>(tag.data()), &size,
                         size_t(tag.size()))
            != 1)
        qFatal("OpenSSL offers no GMAC");
    return tag;
}

constexpr qsizetype reduceFrom = 4096; ///< below, SHA-256 alone is as fast

} // namespace

CacheKey cacheKey(const CacheSecret &secret, QByteArrayView scope, QByteArrayView provider,
                  QByteArrayView target, QByteArrayView acceptEncoding, QByteArrayView body)
{
    if (body.size() < reduceFrom)
        return {digestOf({scope, provider, target, acceptEncoding, body})};
    const quint64 length = qToLittleEndian(quint64(body.size()));
    return {digestOf({scope, provider, target, acceptEncoding,
                      QByteArrayView(reinterpret_cast<const char *>(&length), 8), reduced(secret, body)})};
}

CacheSecret CacheSecret::beside(const QString &cacheFile)
{
    CacheSecret secret;
    const auto size = qint64(secret.bytes.size());
    auto *bytes = reinterpret_cast<char *>(secret.bytes.data());
    QFile file(cacheFile + QStringLiteral(".key"));
    if (!cacheFile.isEmpty() && file.open(QIODevice::ReadOnly) && file.read(bytes, size) == size)
        return secret;
    QRandomGenerator::system()->generate(secret.bytes.begin(), secret.bytes.end());
    file.close();
    if (!cacheFile.isEmpty()
        && file.open(QIODevice::WriteOnly | QIODevice::Truncate, QFile::ReadOwner | QFile::WriteOwner))
        file.write(bytes, size);
    return secret;
}

} // namespace lbp
