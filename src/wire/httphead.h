#pragma once

#include "core/error.h"
#include "wire/headers.h"

#include <optional>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// Letters, digits and the marks that a method or a field name may have (RFC 9110 section 5.6.2).
[[nodiscard]] bool isTokenChar(char c);
/// Index of the first control character other than tab, -1 if there is none.
[[nodiscard]] qsizetype firstControl(QByteArrayView text);
/// Checks "name: value" byte by byte. \a offset is where the line begins, for the message.
[[nodiscard]] std::optional<Error> checkFieldLine(QByteArrayView line, qint64 offset);

/// Finds the end of a head and checks every byte of it on the way, line by line, however the bytes are split.
///
/// The grammar engine behind it (Beast) wants the head in one piece, folds continued lines, and reports no
/// position; and a head that ends its lines with bare LF would never end for it. So the line structure is
/// checked here, strictly, and what passes is given to Beast: bytes are used only if both readers agree.
class HeadScanner
{
public:
    enum class Result { NeedMore, Complete, Failed };
    HeadScanner(qsizetype maxBytes, int maxFields)
        : m_maxBytes(maxBytes)
        , m_maxFields(maxFields)
    {
    }
    /// \a bytes begin at the head's first byte; a later call has the same bytes and more.
    Result scan(QByteArrayView bytes);
    [[nodiscard]] qsizetype end() const { return m_pos; } ///< behind the empty line, once Complete
    [[nodiscard]] const Error &error() const { return m_error; }
    void reset();

private:
    Result failed(ErrorCode code, const QString &detail);
    qsizetype m_maxBytes;
    int m_maxFields;
    int m_lines = 0;
    qsizetype m_lineStart = 0, m_pos = 0;
    Error m_error;
};

/// What a head says about the length of its body, not yet judged.
struct Framing
{
    int lengthFields = 0, codingFields = 0, hostFields = 0;
    bool lengthDiffers = false; ///< several Content-Length that are not the same
    bool lengthValid = true;
    bool chunkedOnly = true; ///< every Transfer-Encoding is exactly "chunked"
    std::optional<qint64> length;
};
[[nodiscard]] Framing readFraming(const HeaderList &headers);
/// Decimal digits only, in the range of qint64.
[[nodiscard]] std::optional<qint64> parseDecimal(QByteArrayView digits);
[[nodiscard]] bool staysOpen(const HeaderList &headers, int minorVersion);

struct RequestHead;
struct ResponseHead;
/// Splits a complete, scanned head. The error has the byte of the line that is wrong.
[[nodiscard]] std::optional<Error> splitHead(QByteArrayView bytes, RequestHead &head);
[[nodiscard]] std::optional<Error> splitHead(QByteArrayView bytes, ResponseHead &head);

} // namespace lbp
