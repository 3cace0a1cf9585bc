#include "proxy/cachedigest.h"

#include "proxy/cache.h"

#include <memory>
#include <openssl/evp.h>
#include <QtEndian>

namespace lbp {

namespace {

struct FreeContext
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

} // namespace

QByteArray digestOf(std::initializer_list<QByteArrayView> parts)
{
    // Fetched once: OpenSSL 3 would look the algorithm up again at every start, which costs more than a short
    // digest.
    static EVP_MD *const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    if (!sha256 || !context || EVP_DigestInit_ex2(context.get(), sha256, nullptr) != 1)
        qFatal("OpenSSL offers no SHA-256");

    const auto add = [](const void *bytes, qsizetype size) {
        EVP_DigestUpdate(context.get(), bytes, size_t(size));
    };
    for (const QByteArrayView part : parts) {
        const quint64 length = qToLittleEndian(quint64(part.size()));
        add(&length, sizeof length);
        add(part.data(), part.size());
    }
    QByteArray digest(32, Qt::Uninitialized);
    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return digest;
}

CacheKey cacheKey(QByteArrayView scope, QByteArrayView provider, QByteArrayView target,
                  QByteArrayView acceptEncoding, QByteArrayView body)
{
    return {digestOf({scope, provider, target, acceptEncoding, body})};
}

} // namespace lbp
