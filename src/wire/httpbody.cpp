#include "wire/httpbody.h"

#include "wire/httphead.h"

#include <cstring>

namespace lbp {

namespace {

constexpr int maxSizeLine = 256;
constexpr qsizetype maxTrailerBytes = 8 * 1024;
constexpr qsizetype spare = 64; // simdjson reads this far behind a text
constexpr qsizetype ahead = 1024 * 1024;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

void growBody(QByteArray &body, qsizetype more, qint64 expected)
{
    const qsizetype needed = body.size() + more;
    if (needed + spare <= body.capacity())
        return;
    const qsizetype wanted = qMin<qint64>(expected, qMax(ahead, 2 * body.size()));
    body.reserve(qMax(needed, wanted) + spare);
}

void ChunkDecoder::start(qint64 offset, qint64 maxBody)
{
    m_step = Step::FirstDigit;
    m_lineLength = 0;
    m_trailerBytes = 0;
    m_offset = offset;
    m_left = m_total = 0;
    m_max = maxBody;
    m_line.clear();
    m_trailers.clear();
    m_error = {};
}

ChunkDecoder::Result ChunkDecoder::failed(const QString &what, qint64 offset, ErrorCode code)
{
    m_error = {code, QStringLiteral("The chunked body has %1 at byte %2.").arg(what).arg(offset)};
    return Result::Failed;
}

ChunkDecoder::Result ChunkDecoder::sizeLineEnds(qint64 offset)
{
    m_lineLength = 0;
    if (m_left == 0) {
        m_step = Step::Trailer;
        return Result::More;
    }
    if (m_left > m_max - m_total)
        return failed(QStringLiteral("a chunk that makes it larger than %1 bytes,").arg(m_max), offset,
                      ErrorCode::BodyTooLarge);
    m_total += m_left;
    m_step = Step::Data;
    return Result::More;
}

ChunkDecoder::Result ChunkDecoder::trailerLine(QByteArrayView piece, bool complete, qint64 offset)
{
    m_trailerBytes += piece.size();
    if (m_trailerBytes > maxTrailerBytes)
        return failed(QStringLiteral("trailers above %1 bytes").arg(maxTrailerBytes),
                      offset + piece.size() - (m_trailerBytes - maxTrailerBytes));
    m_line.append(piece);
    if (!complete)
        return Result::More;
    const qint64 begin = offset + piece.size() - m_line.size();
    if (!m_line.endsWith("\r\n"))
        return failed(QStringLiteral("a bare LF in its trailers"), offset + piece.size() - 1);
    const QByteArrayView line = QByteArrayView(m_line).chopped(2);
    if (line.isEmpty())
        return Result::End;
    if (auto error = checkFieldLine(line, begin)) {
        m_error = *std::move(error);
        return Result::Failed;
    }
    const qsizetype colon = line.indexOf(':');
    m_trailers.add(line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray());
    m_line.resize(0);
    return Result::More;
}

ChunkDecoder::Result ChunkDecoder::feed(QByteArrayView in, QByteArray &out, qsizetype &taken)
{
    const char *data = in.data();
    const qsizetype size = in.size();
    const qint64 base = m_offset;
    qsizetype i = 0;
    Result result = Result::More;
    while (i < size && result == Result::More) {
        const char c = data[i];
        switch (m_step) {
        case Step::FirstDigit:
        case Step::Size: {
            const int digit = hexDigit(c);
            if (digit >= 0) {
                // The limit leaves room for one more digit, and no body is larger than 2^56 bytes.
                if (m_left >> 52)
                    result = failed(QStringLiteral("a chunk size that is too large"), base + i);
                m_left = m_left << 4 | digit;
                m_step = Step::Size;
            } else if (m_step == Step::FirstDigit) {
                result = failed(QStringLiteral("no chunk size"), base + i);
            } else if (c == '\r') {
                m_step = Step::SizeLf;
            } else if (c == ';') {
                m_step = Step::Extension;
            } else if (m_lenient && (c == ' ' || c == '\t')) {
                m_step = Step::Blanks;
            } else {
                result = failed(QStringLiteral("an illegal character in a chunk size"), base + i);
            }
            break;
        }
        case Step::Blanks:
            if (c == '\r')
                m_step = Step::SizeLf;
            else if (c == ';')
                m_step = Step::Extension;
            else if (c != ' ' && c != '\t')
                result = failed(QStringLiteral("an illegal character behind a chunk size"), base + i);
            break;
        case Step::Extension:
            if (c == '\r')
                m_step = Step::SizeLf;
            else if (firstControl(in.sliced(i, 1)) >= 0)
                result = failed(QStringLiteral("a control character in a chunk extension"), base + i);
            break;
        case Step::SizeLf:
            result = c == '\n' ? sizeLineEnds(base + i)
                               : failed(QStringLiteral("a bare CR behind a chunk size"), base + i);
            break;
        case Step::Data: {
            const qsizetype n = qMin<qint64>(m_left, size - i);
            out.append(data + i, n);
            m_left -= n;
            i += n;
            if (m_left == 0)
                m_step = Step::DataCr;
            continue;
        }
        case Step::DataCr:
            if (c != '\r')
                result = failed(QStringLiteral("a chunk that does not end where its size says"), base + i);
            m_step = Step::DataLf;
            break;
        case Step::DataLf:
            if (c != '\n')
                result = failed(QStringLiteral("a chunk that does not end where its size says"), base + i);
            m_step = Step::FirstDigit;
            break;
        case Step::Trailer: {
            const void *lf = std::memchr(data + i, '\n', static_cast<size_t>(size - i));
            const qsizetype n = lf ? static_cast<const char *>(lf) - data - i + 1 : size - i;
            result = trailerLine(in.sliced(i, n), lf != nullptr, base + i);
            i += n;
            continue;
        }
        }
        if (m_step <= Step::SizeLf && m_step != Step::FirstDigit && result == Result::More
            && ++m_lineLength > maxSizeLine)
            result = failed(QStringLiteral("a chunk-size line above %1 bytes").arg(maxSizeLine), base + i);
        ++i;
    }
    taken = i;
    m_offset = base + i;
    return result;
}

} // namespace lbp
