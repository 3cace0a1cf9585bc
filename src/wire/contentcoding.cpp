#include "wire/contentcoding.h"

#include "wire/headers.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

namespace lbp {

namespace {

constexpr qsizetype piece = 64 * 1024;
constexpr int zstdWindowLog =
    23; // 8 MiB, the most that HTTP allows (RFC 9659): it bounds the memory of a stream

/// What the codings have in common: the loop, the bound, and that damage is final.
class StreamDecoder : public Decoder
{
public:
    Status decode(QByteArrayView in, QByteArray &out, qsizetype maxOut) final
    {
        qsizetype left = maxOut;
        Step result = in.isEmpty() ? Step::NeedsInput : Step::More;
        if (m_damaged)
            result = Step::Damaged;
        while (result == Step::More) {
            if (m_padding || (m_atEnd && !beginsAgain(in))) {
                m_padding = true;
                return {};
            }
            m_atEnd = false;
            // One byte more than allowed tells "exactly full" from "there would be more".
            const qsizetype room = qMin(qBound<qsizetype>(1024, 4 * in.size(), piece) - 1, left) + 1;
            const qsizetype before = out.size();
            out.resize(before + room);
            qsizetype written = 0;
            result = step(in, out.data() + before, room, written);
            out.resize(before + qMin(written, left));
            if (written > left) {
                m_damaged = true;
                return fail(ErrorCode::BodyTooLarge,
                            QStringLiteral("The decoded data is larger than %1 bytes.").arg(maxOut));
            }
            left -= written;
            if (result == Step::End) {
                m_atEnd = true;
                result = in.isEmpty() ? Step::NeedsInput : Step::More;
            }
        }
        if (result == Step::Damaged) {
            m_damaged = true;
            return fail(ErrorCode::InvalidRequest, QStringLiteral("The compressed data is damaged."));
        }
        return {};
    }
    bool atEnd() const final { return m_atEnd && !m_damaged; }

protected:
    enum class Step { More, NeedsInput, End, Damaged };
    /// Takes from \a in and writes at most \a room bytes. NeedsInput only when \a in is empty and all was
    /// written.
    virtual Step step(QByteArrayView &in, char *to, qsizetype room, qsizetype &written) = 0;
    /// True if \a in, behind the end, is to be decoded too. Otherwise it is padding and dropped.
    virtual bool beginsAgain(QByteArrayView in) = 0;

private:
    bool m_atEnd = false, m_damaged = false;
    bool m_padding = false; ///< behind the end; nothing begins in it any more
};

class IdentityDecoder final : public Decoder
{
public:
    Status decode(QByteArrayView in, QByteArray &out, qsizetype maxOut) override
    {
        out.append(in.first(qMin(in.size(), maxOut)));
        if (in.size() > maxOut)
            return fail(ErrorCode::BodyTooLarge,
                        QStringLiteral("The data is larger than %1 bytes.").arg(maxOut));
        return {};
    }
    bool atEnd() const override { return true; }
};

/// gzip (also several members in a row), and deflate in both of its readings: with zlib's header, as the
/// standard says, and raw, as some servers send it.
class ZlibDecoder final : public StreamDecoder
{
public:
    explicit ZlibDecoder(bool gzip)
        : m_gzip(gzip)
    {
    }
    ~ZlibDecoder() override
    {
        if (m_open)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(ZlibDecoder)

private:
    Step step(QByteArrayView &in, char *to, qsizetype room, qsizetype &written) override
    {
        if (m_open)
            return inflateSome(in, to, room, written);
        if (m_gzip)
            return open(15 + 16) ? Step::More : Step::Damaged;
        // A zlib header is two bytes that are a multiple of 31 and say "deflate".
        while (m_header.size() < 2 && !in.isEmpty()) {
            m_header.append(in[0]);
            in = in.sliced(1);
        }
        if (m_header.size() < 2)
            return Step::NeedsInput;
        const auto first = static_cast<unsigned char>(m_header[0]);
        const auto second = static_cast<unsigned char>(m_header[1]);
        const bool zlibHeader = (first & 0x0f) == 8 && (first * 256 + second) % 31 == 0;
        if (!open(zlibHeader ? 15 : -15))
            return Step::Damaged;
        QByteArrayView header = m_header;
        const Step result = inflateSome(header, to, room, written);
        return result == Step::NeedsInput && !in.isEmpty() ? Step::More : result;
    }
    bool beginsAgain(QByteArrayView in) override
    {
        return m_gzip && in.startsWith('\x1f') && inflateReset(&m_stream) == Z_OK;
    }
    bool open(int windowBits)
    {
        m_open = inflateInit2(&m_stream, windowBits) == Z_OK;
        return m_open;
    }
    Step inflateSome(QByteArrayView &in, char *to, qsizetype room, qsizetype &written)
    {
        const qsizetype fed = qMin<qsizetype>(in.size(), 1 << 30);
        m_stream.next_in =
            reinterpret_cast<Bytef *>(const_cast<char *>(in.data())); // zlib does not write there
        m_stream.avail_in = static_cast<uInt>(fed);
        m_stream.next_out = reinterpret_cast<Bytef *>(to);
        m_stream.avail_out = static_cast<uInt>(room);
        const int code = inflate(&m_stream, Z_NO_FLUSH);
        in = in.sliced(fed - static_cast<qsizetype>(m_stream.avail_in));
        written = room - static_cast<qsizetype>(m_stream.avail_out);
        if (code == Z_STREAM_END)
            return Step::End;
        if (code != Z_OK && code != Z_BUF_ERROR)
            return Step::Damaged;
        return in.isEmpty() && written < room ? Step::NeedsInput : Step::More;
    }

    bool m_gzip;
    bool m_open = false;
    QByteArray m_header;
    z_stream m_stream{};
};

class BrotliDecoder final : public StreamDecoder
{
    Step step(QByteArrayView &in, char *to, qsizetype room, qsizetype &written) override
    {
        auto left = static_cast<size_t>(in.size());
        auto space = static_cast<size_t>(room);
        auto next = reinterpret_cast<const uint8_t *>(in.data());
        auto out = reinterpret_cast<uint8_t *>(to);
        const auto code = BrotliDecoderDecompressStream(m_state.get(), &left, &next, &space, &out, nullptr);
        in = in.last(static_cast<qsizetype>(left));
        written = room - static_cast<qsizetype>(space);
        switch (code) {
        case BROTLI_DECODER_RESULT_SUCCESS:
            return Step::End;
        case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
            return Step::NeedsInput;
        case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
            return Step::More;
        case BROTLI_DECODER_RESULT_ERROR:
            break;
        }
        return Step::Damaged;
    }
    bool beginsAgain(QByteArrayView) override { return false; }

    std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> m_state{
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance};
};

class ZstdDecoder final : public StreamDecoder
{
public:
    ZstdDecoder() { ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, zstdWindowLog); }

private:
    Step step(QByteArrayView &in, char *to, qsizetype room, qsizetype &written) override
    {
        while (m_magic.size() < 4 && !in.isEmpty()) {
            m_magic.append(in[0]);
            in = in.sliced(1);
            if (!mayBegin())
                return Step::Damaged;
            if (m_magic.size() == 4 && !feedMagic())
                return Step::Damaged;
        }
        if (in.isEmpty() && m_magic.size() < 4)
            return Step::NeedsInput;
        ZSTD_inBuffer from{in.data(), static_cast<size_t>(in.size()), 0};
        ZSTD_outBuffer out{to, static_cast<size_t>(room), 0};
        const size_t code = ZSTD_decompressStream(m_context.get(), &out, &from);
        in = in.sliced(static_cast<qsizetype>(from.pos));
        written = static_cast<qsizetype>(out.pos);
        if (ZSTD_isError(code))
            return Step::Damaged;
        if (code == 0) {
            m_magic.clear();
            return Step::End;
        }
        return in.isEmpty() && written < room ? Step::NeedsInput : Step::More;
    }
    bool beginsAgain(QByteArrayView) override { return true; } // frames may follow each other

    /// What RFC 8878 knows: a frame, or one to be skipped. The library would also take those of its own
    /// youth, which are not the coding that HTTP names, and whose readers nobody looks after.
    [[nodiscard]] bool mayBegin() const
    {
        constexpr QByteArrayView frame("\x28\xb5\x2f\xfd", 4);
        constexpr QByteArrayView behindSkipped("\x2a\x4d\x18", 3);
        return frame.startsWith(m_magic)
            || ((m_magic[0] & 0xf0) == 0x50 && behindSkipped.startsWith(QByteArrayView(m_magic).sliced(1)));
    }
    [[nodiscard]] bool feedMagic()
    {
        ZSTD_inBuffer from{m_magic.constData(), 4, 0};
        ZSTD_outBuffer nothing{nullptr, 0, 0};
        return !ZSTD_isError(ZSTD_decompressStream(m_context.get(), &nothing, &from)) && from.pos == 4;
    }

    QByteArray m_magic; ///< the first four bytes of the present frame

    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> m_context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
};

QByteArray deflated(QByteArrayView in, int windowBits)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray out;
    int code = Z_OK;
    do {
        const qsizetype fed = qMin<qsizetype>(in.size(), 1 << 30);
        stream.next_in =
            reinterpret_cast<Bytef *>(const_cast<char *>(in.data())); // zlib does not write there
        stream.avail_in = static_cast<uInt>(fed);
        const qsizetype before = out.size();
        out.resize(before + piece);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + before);
        stream.avail_out = piece;
        code = deflate(&stream, fed == in.size() ? Z_FINISH : Z_NO_FLUSH);
        in = in.sliced(fed - static_cast<qsizetype>(stream.avail_in));
        out.chop(static_cast<qsizetype>(stream.avail_out));
    } while (code == Z_OK || code == Z_BUF_ERROR);
    deflateEnd(&stream);
    return out;
}

QByteArray brotlied(QByteArrayView in)
{
    size_t size = BrotliEncoderMaxCompressedSize(static_cast<size_t>(in.size()));
    QByteArray out(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (!BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, static_cast<size_t>(in.size()),
                               reinterpret_cast<const uint8_t *>(in.data()), &size,
                               reinterpret_cast<uint8_t *>(out.data())))
        return {};
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

QByteArray zstded(QByteArrayView in)
{
    QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(static_cast<size_t>(in.size()))),
                   Qt::Uninitialized);
    const size_t size = ZSTD_compress(out.data(), static_cast<size_t>(out.size()), in.data(),
                                      static_cast<size_t>(in.size()), ZSTD_CLEVEL_DEFAULT);
    if (ZSTD_isError(size))
        return {};
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

} // namespace

std::optional<Coding> codingFromName(QByteArrayView name)
{
    const QByteArrayView trimmed = name.trimmed();
    const auto is = [trimmed](QByteArrayView known) { return equalsIgnoringCase(trimmed, known); };
    if (trimmed.isEmpty() || is("identity"))
        return Coding::Identity;
    if (is("gzip") || is("x-gzip"))
        return Coding::Gzip;
    if (is("deflate"))
        return Coding::Deflate;
    if (is("br"))
        return Coding::Brotli;
    if (is("zstd"))
        return Coding::Zstd;
    return std::nullopt;
}

std::unique_ptr<Decoder> makeDecoder(Coding coding)
{
    switch (coding) {
    case Coding::Identity:
        return std::make_unique<IdentityDecoder>();
    case Coding::Gzip:
        return std::make_unique<ZlibDecoder>(true);
    case Coding::Deflate:
        return std::make_unique<ZlibDecoder>(false);
    case Coding::Brotli:
        return std::make_unique<BrotliDecoder>();
    case Coding::Zstd:
        return std::make_unique<ZstdDecoder>();
    }
    Q_UNREACHABLE();
}

Result<QByteArray> decodeAll(Coding coding, QByteArrayView in, qsizetype maxOut)
{
    const auto decoder = makeDecoder(coding);
    QByteArray out;
    if (auto status = decoder->decode(in, out, maxOut); !status)
        return tl::unexpected<Error>(status.error());
    if (!decoder->atEnd())
        return fail(ErrorCode::InvalidRequest, QStringLiteral("The compressed data is cut off."));
    return out;
}

QByteArray encodeAll(Coding coding, QByteArrayView in)
{
    switch (coding) {
    case Coding::Identity:
        return in.toByteArray();
    case Coding::Gzip:
        return deflated(in, 15 + 16);
    case Coding::Deflate:
        return deflated(in, 15);
    case Coding::Brotli:
        return brotlied(in);
    case Coding::Zstd:
        return zstded(in);
    }
    Q_UNREACHABLE();
}

QByteArray acceptEncodingFor(const QByteArray *clientValue)
{
    if (!clientValue)
        return "identity";
    QByteArray kept;
    for (QByteArrayView rest = *clientValue; !rest.isEmpty();) {
        const qsizetype comma = rest.indexOf(',');
        const QByteArrayView element = (comma < 0 ? rest : rest.first(comma)).trimmed();
        rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
        const qsizetype semicolon = element.indexOf(';');
        // "*" would let the provider choose one that cannot be metered; an element without a name means
        // nothing.
        const QByteArrayView name = (semicolon < 0 ? element : element.first(semicolon)).trimmed();
        if (name.isEmpty() || !codingFromName(name))
            continue;
        if (!kept.isEmpty())
            kept.append(", ");
        kept.append(element);
    }
    return kept.isEmpty() ? QByteArray("identity") : kept;
}

} // namespace lbp
