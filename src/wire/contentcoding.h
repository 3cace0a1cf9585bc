#pragma once

#include "core/result.h"

#include <memory>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

enum class Coding { Identity, Gzip, Deflate, Brotli, Zstd };
/// By content-coding name ("gzip", "x-gzip", "br", …; empty and "identity" are Identity); nullopt for others
/// and lists.
[[nodiscard]] std::optional<Coding> codingFromName(QByteArrayView name);

/// Decodes a stream piece by piece. Bounded: output is handed over in pieces of at most 64 KiB.
/// Thread: any, one at a time.
class Decoder
{
public:
    virtual ~Decoder() = default;
    /// Appends the decoded bytes of \a in to \a out. Stops with an error on damaged input, or when \a out
    /// would grow by more than \a maxOut (a compression bomb). What could be decoded before stays in \a out.
    [[nodiscard]] virtual Status decode(QByteArrayView in, QByteArray &out, qsizetype maxOut) = 0;
    [[nodiscard]] virtual bool atEnd() const = 0; ///< the coding's own end was seen
};
[[nodiscard]] std::unique_ptr<Decoder> makeDecoder(Coding coding);
/// Whole bodies, for tests, caches and requests.
[[nodiscard]] Result<QByteArray> decodeAll(Coding coding, QByteArrayView in, qsizetype maxOut);
[[nodiscard]] QByteArray encodeAll(Coding coding, QByteArrayView in);

/// What to send upstream for a client that sent \a clientValue (nullptr: no Accept-Encoding at all): the
/// client's own list reduced to codings we can read, in its order with its weights; "identity" when nothing
/// is left.
[[nodiscard]] QByteArray acceptEncodingFor(const QByteArray *clientValue);

} // namespace lbp
