#pragma once

#include "core/error.h"
#include "wire/headers.h"

#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// Chunked framing to bytes, fed in pieces of any size. Own code instead of Beast's: Beast wants each chunk
/// header in one piece, accepts what smugglers like (bare LF in extensions, unbounded trailers) and costs
/// more than a stream of small chunks may cost.
class ChunkDecoder
{
public:
    enum class Result { More, End, Failed };
    /// \param lenient also takes blanks behind the chunk size, which some servers pad with.
    explicit ChunkDecoder(bool lenient)
        : m_lenient(lenient)
    {
    }
    /// Begins a body. \a offset is where it lies in the message, for messages; \a maxBody bounds the whole of
    /// it.
    void start(qint64 offset, qint64 maxBody);
    /// Appends data to \a out and sets \a taken. At End what was not taken belongs to the next message.
    Result feed(QByteArrayView in, QByteArray &out, qsizetype &taken);
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] const HeaderList &trailers() const { return m_trailers; }

private:
    enum class Step : quint8 { FirstDigit, Size, Blanks, Extension, SizeLf, Data, DataCr, DataLf, Trailer };
    Result failed(const QString &what, qint64 offset, ErrorCode code = ErrorCode::InvalidRequest);
    Result sizeLineEnds(qint64 offset);
    Result trailerLine(QByteArrayView piece, bool complete, qint64 offset);

    bool m_lenient;
    Step m_step = Step::FirstDigit;
    int m_lineLength = 0; ///< bytes of the chunk-size line so far
    qsizetype m_trailerBytes = 0;
    qint64 m_offset = 0; ///< of the next byte fed
    qint64 m_left = 0; ///< of the chunk: its size while the line is read, then what is to come
    qint64 m_total = 0, m_max = 0;
    QByteArray m_line; ///< of a trailer that is not whole yet
    HeaderList m_trailers;
    Error m_error;
};

/// Makes room for \a more bytes and 64 behind them. Grows with what has come, at most 1 MiB ahead of it
/// (or as much as there already is), whatever \a expected total was claimed.
void growBody(QByteArray &body, qsizetype more, qint64 expected);

} // namespace lbp
