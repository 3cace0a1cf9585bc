#include "wire/httphead.h"

#include "wire/http.h"

#include <array>
#include <bit>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>

namespace lbp {

namespace {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

constexpr std::array<bool, 256> makeTokenTable()
{
    std::array<bool, 256> table{};
    for (int c = '0'; c <= '9'; ++c)
        table[static_cast<size_t>(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c)
        table[static_cast<size_t>(c)] = table[static_cast<size_t>(c - 'a' + 'A')] = true;
    for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[static_cast<size_t>(c)] = true;
    return table;
}
constexpr std::array<bool, 256> tokenTable = makeTokenTable();

constexpr bool isControl(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && c != '\t') || u == 0x7f;
}

QString nameOfControl(char c)
{
    switch (c) {
    case '\0':
        return QStringLiteral("a NUL byte");
    case '\r':
        return QStringLiteral("a bare CR");
    case '\n':
        return QStringLiteral("a bare LF");
    case '\t':
        return QStringLiteral("a tab");
    default:
        return QStringLiteral("a control character");
    }
}

Error invalid(const QString &what, qint64 offset)
{
    return {ErrorCode::InvalidRequest, QStringLiteral("The head has %1 at byte %2.").arg(what).arg(offset)};
}

/// The name as a shared string. Most messages spell the usual names alike, so the last spelling of each
/// known field is kept and no memory is taken for it again. One slot per field Beast knows: bounded.
QByteArray sharedName(bhttp::field known, beast::string_view name)
{
    const auto size = static_cast<qsizetype>(name.size());
    if (known == bhttp::field::unknown)
        return QByteArray(name.data(), size);
    thread_local std::array<QByteArray, 400> names;
    const auto slot = static_cast<size_t>(known);
    if (slot >= names.size())
        return QByteArray(name.data(), size);
    if (names[slot] != QByteArrayView(name.data(), size))
        names[slot] = QByteArray(name.data(), size);
    return names[slot];
}

/// Beast with its output written straight into our head. It parses one whole head and is thrown away.
template <bool isRequest, typename Head> class HeadReader final : public bhttp::basic_parser<isRequest>
{
public:
    explicit HeadReader(Head &head)
        : m_head(head)
    {
        this->eager(false);
        // Bodies are framed and bounded elsewhere. (Not boost::none: this version takes that for zero.)
        this->body_limit(std::numeric_limits<std::uint64_t>::max());
        this->header_limit(std::numeric_limits<std::uint32_t>::max()); // the scanner has bounded it
    }

private:
    void on_request_impl(bhttp::verb, beast::string_view method, beast::string_view target, int version,
                         beast::error_code &) override
    {
        if constexpr (isRequest) {
            m_head.method = QByteArray(method.data(), static_cast<qsizetype>(method.size()));
            m_head.target = QByteArray(target.data(), static_cast<qsizetype>(target.size()));
            m_head.minorVersion = version - 10;
        }
    }
    void on_response_impl(int status, beast::string_view reason, int version, beast::error_code &) override
    {
        if constexpr (!isRequest) {
            m_head.status = status;
            m_head.reason = QByteArray(reason.data(), static_cast<qsizetype>(reason.size()));
            m_head.minorVersion = version - 10;
        }
    }
    void on_field_impl(bhttp::field known, beast::string_view name, beast::string_view value,
                       beast::error_code &) override
    {
        m_head.headers.add(sharedName(known, name),
                           QByteArray(value.data(), static_cast<qsizetype>(value.size())));
    }
    void on_header_impl(beast::error_code &) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, beast::error_code &) override { }
    std::size_t on_body_impl(beast::string_view body, beast::error_code &) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code &) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, beast::error_code &) override
    {
        return body.size();
    }
    void on_finish_impl(beast::error_code &) override { }

    Head &m_head;
};

QString saidByBeast(const beast::error_code &code)
{
    if (code == bhttp::error::bad_method)
        return QStringLiteral("a bad method");
    if (code == bhttp::error::bad_target)
        return QStringLiteral("a bad request target");
    if (code == bhttp::error::bad_version)
        return QStringLiteral("a start line that is not HTTP/1.0 or HTTP/1.1");
    if (code == bhttp::error::bad_status)
        return QStringLiteral("a bad status code");
    if (code == bhttp::error::bad_content_length)
        return QStringLiteral("a Content-Length that is no number, differs from another, or stands beside "
                              "Transfer-Encoding,");
    if (code == bhttp::error::bad_transfer_encoding)
        return QStringLiteral("a second Transfer-Encoding, or one beside Content-Length,");
    return QStringLiteral("a line that is not HTTP/1.1");
}

template <bool isRequest, typename Head> std::optional<Error> split(QByteArrayView bytes, Head &head)
{
    head.headers.reserve(24);
    HeadReader<isRequest, Head> reader(head);
    beast::error_code code;
    const size_t taken =
        reader.put(boost::asio::const_buffer(bytes.data(), static_cast<size_t>(bytes.size())), code);
    if (code)
        return invalid(saidByBeast(code), static_cast<qint64>(taken));
    if (!reader.is_header_done() || taken != static_cast<size_t>(bytes.size()))
        return invalid(QStringLiteral("an end where none was expected"), static_cast<qint64>(taken));
    return std::nullopt;
}

} // namespace

bool isTokenChar(char c)
{
    return tokenTable[static_cast<unsigned char>(c)];
}

qsizetype firstControl(QByteArrayView text)
{
    // Eight bytes at a time; only a word that may have a control character (or a tab) is looked at byte by
    // byte.
    constexpr quint64 ones = 0x0101010101010101ULL;
    constexpr quint64 highs = 0x8080808080808080ULL;
    const char *data = text.data();
    qsizetype i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        quint64 word = 0;
        std::memcpy(&word, data + i, 8);
        const quint64 below32 = (word - ones * 0x20) & ~word & highs;
        const quint64 isDel = word ^ (ones * 0x7f);
        if (below32 | ((isDel - ones) & ~isDel & highs)) {
            for (qsizetype k = i; k < i + 8; ++k) {
                if (isControl(data[k]))
                    return k;
            }
        }
    }
    for (; i < text.size(); ++i) {
        if (isControl(data[i]))
            return i;
    }
    return -1;
}

std::optional<Error> checkFieldLine(QByteArrayView line, qint64 offset)
{
    if (line.isEmpty() || line[0] == ' ' || line[0] == '\t')
        return invalid(QStringLiteral("a folded header line (begins with white space)"), offset);
    qsizetype i = 0;
    while (i < line.size() && isTokenChar(line[i]))
        ++i;
    if (i == line.size())
        return invalid(QStringLiteral("a header line without a colon"), offset);
    if (line[i] != ':') {
        const char c = line[i];
        if (c == ' ' || c == '\t')
            return invalid(QStringLiteral("white space in or behind a header name"), offset + i);
        return invalid(isControl(c) ? nameOfControl(c)
                                    : QStringLiteral("an illegal character in a header name"),
                       offset + i);
    }
    if (i == 0)
        return invalid(QStringLiteral("a header without a name"), offset);
    const qsizetype bad = firstControl(line.sliced(i + 1));
    if (bad >= 0)
        return invalid(nameOfControl(line[i + 1 + bad]) + QStringLiteral(" in a header value"),
                       offset + i + 1 + bad);
    return std::nullopt;
}

void HeadScanner::reset()
{
    m_lines = 0;
    m_lineStart = m_pos = 0;
    m_error = {};
}

HeadScanner::Result HeadScanner::failed(ErrorCode code, const QString &detail)
{
    m_error = {code, detail};
    return Result::Failed;
}

HeadScanner::Result HeadScanner::scan(QByteArrayView bytes)
{
    const char *data = bytes.data();
    while (true) {
        const qsizetype left = bytes.size() - m_pos;
        const void *found = left > 0 ? std::memchr(data + m_pos, '\n', static_cast<size_t>(left)) : nullptr;
        const qsizetype lf = found ? static_cast<const char *>(found) - data : bytes.size();
        // The same limit holds for a head that is whole and for one that still grows.
        if (lf >= m_maxBytes && (found || lf > m_maxBytes))
            return failed(ErrorCode::HeadersTooLarge,
                          QStringLiteral("The head is larger than %1 bytes.").arg(m_maxBytes));
        m_pos = lf;
        if (!found)
            return Result::NeedMore;
        m_pos = lf + 1;
        if (lf == m_lineStart || data[lf - 1] != '\r') {
            m_error = invalid(QStringLiteral("a bare LF (lines end with CR LF)"), lf);
            return Result::Failed;
        }
        const QByteArrayView line = bytes.sliced(m_lineStart, lf - 1 - m_lineStart);
        if (m_lines == 0) {
            const qsizetype bad = firstControl(line);
            const qsizetype tab = line.indexOf('\t');
            if (line.isEmpty() || bad >= 0 || tab >= 0) {
                const qsizetype at = bad < 0 ? tab : tab < 0 ? bad : qMin(bad, tab);
                m_error = line.isEmpty()
                    ? invalid(QStringLiteral("no start line"), 0)
                    : invalid(nameOfControl(line[at]) + QStringLiteral(" in the start line"), at);
                return Result::Failed;
            }
        } else if (line.isEmpty()) {
            return Result::Complete;
        } else if (auto error = checkFieldLine(line, m_lineStart)) {
            m_error = *std::move(error);
            return Result::Failed;
        }
        if (m_lines > m_maxFields)
            return failed(ErrorCode::HeadersTooLarge,
                          QStringLiteral("The head has more than %1 header fields.").arg(m_maxFields));
        ++m_lines;
        m_lineStart = m_pos;
    }
}

std::optional<qint64> parseDecimal(QByteArrayView digits)
{
    if (digits.isEmpty())
        return std::nullopt;
    qint64 value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9' || qMulOverflow(value, qint64{10}, &value)
            || qAddOverflow(value, static_cast<qint64>(c - '0'), &value))
            return std::nullopt;
    }
    return value;
}

Framing readFraming(const HeaderList &headers)
{
    Framing framing;
    for (const Header &header : headers) {
        switch (header.name.size()) {
        case 4:
            if (equalsIgnoringCase(header.name, "host"))
                ++framing.hostFields;
            break;
        case 14:
            if (equalsIgnoringCase(header.name, "content-length")) {
                const auto length = parseDecimal(header.value);
                framing.lengthValid = framing.lengthValid && length.has_value();
                framing.lengthDiffers =
                    framing.lengthDiffers || (framing.lengthFields > 0 && framing.length != length);
                framing.length = length;
                ++framing.lengthFields;
            }
            break;
        case 17:
            if (equalsIgnoringCase(header.name, "transfer-encoding")) {
                framing.chunkedOnly = framing.chunkedOnly && equalsIgnoringCase(header.value, "chunked");
                ++framing.codingFields;
            }
            break;
        default:
            break;
        }
    }
    return framing;
}

bool staysOpen(const HeaderList &headers, int minorVersion)
{
    if (headers.hasToken("connection", "close"))
        return false;
    return minorVersion >= 1 || headers.hasToken("connection", "keep-alive");
}

std::optional<Error> splitHead(QByteArrayView bytes, RequestHead &head)
{
    return split<true>(bytes, head);
}

std::optional<Error> splitHead(QByteArrayView bytes, ResponseHead &head)
{
    // Small servers leave the reason out together with the space before it; the standard wants the space, and
    // so does Beast.
    constexpr qsizetype bareStatusLine = 12; // "HTTP/1.1 200"
    if (bytes.indexOf('\r') == bareStatusLine) {
        QByteArray padded;
        padded.reserve(bytes.size() + 1);
        padded.append(bytes.first(bareStatusLine)).append(' ').append(bytes.sliced(bareStatusLine));
        return split<false>(padded, head);
    }
    return split<false>(bytes, head);
}

} // namespace lbp
