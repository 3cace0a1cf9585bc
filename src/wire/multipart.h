#pragma once

#include "core/result.h"

#include <functional>
#include <optional>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// multipart/form-data (RFC 7578) from bytes split anywhere. Strict: CRLF line ends, no preamble but one
/// empty line, every part with a name, nothing behind the last boundary but white space. Holds back no more
/// of a part than a boundary is long, so that a file passes by without being kept.
class MultipartParser
{
public:
    struct Part
    {
        QByteArray name; ///< of the field
        QByteArray contentType; ///< lower case, without parameters; empty: not said
        bool isFile = false; ///< it has a file name
    };
    /// \a offset: of the first byte of \a data in the body.
    using DataHandler = std::function<void(QByteArrayView data, qint64 offset)>;
    struct Handlers
    {
        std::function<void(const Part &part)> onPart;
        DataHandler onData; ///< of the present part; may come in pieces, or not at all
        std::function<void()> onEnd; ///< of the present part
    };

    /// \param boundary from boundaryOf()
    MultipartParser(const QByteArray &boundary, Handlers handlers);
    /// InvalidRequest says what is wrong and at which byte; nothing may be fed after that.
    [[nodiscard]] Status feed(QByteArrayView bytes);
    [[nodiscard]] Status finish(); ///< the body ended

    /// The boundary that a Content-Type names; nullopt: it is no form, or names none that may be.
    [[nodiscard]] static std::optional<QByteArray> boundaryOf(QByteArrayView contentType);

    static constexpr qsizetype mostHeaderBytes = 8 * 1024; ///< of one part
    static constexpr int mostParts = 1'000;

private:
    enum class State { Start, Boundary, Headers, Data, End };
    [[nodiscard]] Status take(QByteArrayView bytes);
    [[nodiscard]] Result<bool> step(); ///< false: more bytes are needed
    [[nodiscard]] Result<bool> start();
    [[nodiscard]] Result<bool> boundary();
    [[nodiscard]] Result<bool> headers();
    [[nodiscard]] Result<bool> data();
    [[nodiscard]] Status header(QByteArrayView line);
    [[nodiscard]] Status disposition(QByteArrayView value);
    void drop(qsizetype bytes);
    [[nodiscard]] tl::unexpected<Error> bad(const char *what) const;

    const QByteArray m_delimiter; ///< CRLF, two hyphens, the boundary
    const Handlers m_handlers;
    State m_state = State::Start;
    QByteArray m_rest; ///< fed and not taken yet
    qint64 m_offset = 0; ///< of m_rest in the body
    Part m_part;
    bool m_named = false;
    int m_parts = 0;
};

} // namespace lbp
