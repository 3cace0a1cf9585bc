#include "wire/multipart.h"

#include "wire/headers.h"

#include <algorithm>

namespace lbp {
namespace {

bool mayBeInBoundary(char c)
{
    constexpr QByteArrayView others("'()+_,-./:=? ");
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.contains(c);
}

/// Calls \a parameter(name, value) for each "; name=value" behind the first word of \a value. Quotes are
/// taken off and their escapes resolved. False when it is spelt wrong.
template <typename F> bool eachParameter(QByteArrayView value, F parameter)
{
    qsizetype at = value.indexOf(';');
    while (at >= 0 && at < value.size()) {
        ++at; // the semicolon
        while (at < value.size() && (value[at] == ' ' || value[at] == '\t'))
            ++at;
        const qsizetype equals = value.indexOf('=', at);
        if (equals < 0)
            return value.sliced(at).trimmed().isEmpty();
        const QByteArrayView name = value.sliced(at, equals - at).trimmed();
        QByteArray text;
        at = equals + 1;
        if (at < value.size() && value[at] == '"') {
            for (++at; at < value.size() && value[at] != '"'; ++at) {
                if (value[at] == '\\' && at + 1 < value.size()
                    && (value[at + 1] == '"' || value[at + 1] == '\\'))
                    ++at;
                text += value[at];
            }
            if (at >= value.size())
                return false;
            ++at; // the quote
            while (at < value.size() && (value[at] == ' ' || value[at] == '\t'))
                ++at;
            if (at < value.size() && value[at] != ';')
                return false;
        } else {
            const qsizetype end = value.indexOf(';', at);
            text = value.sliced(at, (end < 0 ? value.size() : end) - at).trimmed().toByteArray();
            at = end;
        }
        if (!parameter(name, text))
            return false;
    }
    return true;
}

} // namespace

std::optional<QByteArray> MultipartParser::boundaryOf(QByteArrayView contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    if (semicolon < 0 || !equalsIgnoringCase(contentType.first(semicolon).trimmed(), "multipart/form-data"))
        return std::nullopt;
    std::optional<QByteArray> found;
    bool twice = false;
    const bool whole = eachParameter(contentType, [&](QByteArrayView name, const QByteArray &value) {
        if (equalsIgnoringCase(name, "boundary")) {
            twice |= found.has_value();
            found = value;
        }
        return true;
    });
    if (!whole || twice || !found || found->isEmpty() || found->size() > 70 || found->endsWith(' ')
        || !std::all_of(found->begin(), found->end(), mayBeInBoundary))
        return std::nullopt;
    return found;
}

MultipartParser::MultipartParser(const QByteArray &boundary, Handlers handlers)
    : m_delimiter("\r\n--" + boundary)
    , m_handlers(std::move(handlers))
{
}

tl::unexpected<Error> MultipartParser::bad(const char *what) const
{
    return fail(ErrorCode::InvalidRequest,
                QStringLiteral("The form (multipart/form-data) has %1 at byte %2.")
                    .arg(QString::fromLatin1(what), QString::number(m_offset)));
}

void MultipartParser::drop(qsizetype bytes)
{
    m_rest.remove(0, bytes);
    m_offset += bytes;
}

Status MultipartParser::feed(QByteArrayView bytes)
{
    constexpr qsizetype mostAtOnce = 64 * 1024; // as much is copied where a part begins or ends
    for (qsizetype at = 0; at < bytes.size(); at += mostAtOnce) {
        if (const Status taken = take(bytes.sliced(at, std::min(mostAtOnce, bytes.size() - at))); !taken)
            return taken;
    }
    return {};
}

Status MultipartParser::take(QByteArrayView bytes)
{
    m_rest += bytes;
    for (;;) {
        const Result<bool> more = step();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return {};
    }
}

Status MultipartParser::finish()
{
    if (m_state != State::End)
        return bad("no closing boundary, its end lies");
    return {};
}

Result<bool> MultipartParser::step()
{
    switch (m_state) {
    case State::Start:
        return start();
    case State::Boundary:
        return boundary();
    case State::Headers:
        return headers();
    case State::Data:
        return data();
    case State::End:
        if (!m_rest.trimmed().isEmpty())
            return bad("something behind its closing boundary");
        drop(m_rest.size());
        return false;
    }
    return false;
}

Result<bool> MultipartParser::start()
{
    if (m_rest.startsWith("\r\n")) {
        if (m_rest.size() < m_delimiter.size())
            return false;
        if (!m_rest.startsWith(m_delimiter))
            return bad("no boundary at its beginning");
        drop(m_delimiter.size());
        m_state = State::Boundary;
        return true;
    }
    const QByteArrayView first = QByteArrayView(m_delimiter).sliced(2);
    const qsizetype known = std::min(m_rest.size(), first.size());
    if (QByteArrayView(m_rest).first(known) != first.first(known) && m_rest != "\r")
        return bad("no boundary at its beginning");
    if (m_rest.size() < first.size())
        return false;
    drop(first.size());
    m_state = State::Boundary;
    return true;
}

/// Behind the boundary: the end of the line, or the mark of the last one.
Result<bool> MultipartParser::boundary()
{
    if (m_rest.size() < 2)
        return false;
    if (m_rest.startsWith("--")) {
        drop(2);
        m_state = State::End;
        return true;
    }
    if (!m_rest.startsWith("\r\n"))
        return bad("a boundary that does not end its line");
    if (++m_parts > mostParts)
        return bad("too many parts");
    drop(2);
    m_part = {};
    m_named = false;
    m_state = State::Headers;
    return true;
}

Result<bool> MultipartParser::headers()
{
    const qsizetype end = m_rest.indexOf("\r\n");
    if (end < 0 ? m_rest.size() > mostHeaderBytes : end > mostHeaderBytes)
        return bad("a part with too long a header");
    if (end < 0)
        return false;
    if (end == 0) {
        if (!m_named)
            return bad("a part without a name");
        drop(2);
        m_state = State::Data;
        m_handlers.onPart(m_part);
        return true;
    }
    if (const Status read = header(QByteArrayView(m_rest).first(end)); !read)
        return tl::unexpected(read.error());
    drop(end + 2);
    return true;
}

Status MultipartParser::header(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return bad("a part whose header has no name");
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (equalsIgnoringCase(name, "content-disposition"))
        return disposition(value);
    if (equalsIgnoringCase(name, "content-type")) {
        const qsizetype end = value.indexOf(';');
        m_part.contentType = (end < 0 ? value : value.first(end)).trimmed().toByteArray().toLower();
    }
    if (equalsIgnoringCase(name, "content-transfer-encoding") && !equalsIgnoringCase(value, "binary")
        && !equalsIgnoringCase(value, "8bit") && !equalsIgnoringCase(value, "7bit"))
        return bad("a part in a coding that forms do not have");
    return {};
}

Status MultipartParser::disposition(QByteArrayView value)
{
    const qsizetype semicolon = value.indexOf(';');
    if (semicolon < 0 || !equalsIgnoringCase(value.first(semicolon).trimmed(), "form-data"))
        return bad("a part that is no form-data");
    const bool whole = eachParameter(value, [&](QByteArrayView name, const QByteArray &text) {
        if (equalsIgnoringCase(name, "name")) {
            if (m_named)
                return false; // which one counts is anyone's guess
            m_named = !text.isEmpty();
            m_part.name = text;
        }
        m_part.isFile |= equalsIgnoringCase(name, "filename") || equalsIgnoringCase(name, "filename*");
        return true;
    });
    return whole ? Status() : bad("a part whose name cannot be read");
}

Result<bool> MultipartParser::data()
{
    const qsizetype end = m_rest.indexOf(m_delimiter);
    const qsizetype sure = end >= 0 ? end : std::max<qsizetype>(0, m_rest.size() - m_delimiter.size());
    if (sure > 0) {
        m_handlers.onData(QByteArrayView(m_rest).first(sure), m_offset);
        drop(sure);
    }
    if (end < 0)
        return false;
    m_handlers.onEnd();
    drop(m_delimiter.size());
    m_state = State::Boundary;
    return true;
}

} // namespace lbp
