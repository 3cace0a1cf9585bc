#include "wire/jsonarray.h"

namespace lbp {

namespace {

constexpr qsizetype keptCapacity = 4096; // per stream, between elements
constexpr QByteArrayView mark("\xEF\xBB\xBF");

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

JsonArraySplitter::JsonArraySplitter(Handler handler, qsizetype maxElementBytes)
    : m_handler(std::move(handler))
    , m_max(maxElementBytes)
{
}

void JsonArraySplitter::feed(QByteArrayView bytes)
{
    const qint64 base = m_offset;
    qsizetype at = 0;
    while (at < bytes.size()) {
        if (m_state != State::Element) {
            const char c = bytes[at];
            outside(c);
            if (m_state == State::Element)
                begin(c, base + at);
            else
                ++at;
            continue;
        }
        const QByteArrayView rest = bytes.sliced(at);
        const qsizetype taken = inside(rest);
        at += taken;
        if (m_isWhole)
            dispatch(rest.first(taken), base + at);
        else
            keep(rest.first(taken));
    }
    m_offset = base + bytes.size();
}

void JsonArraySplitter::finish()
{
    if (m_state == State::Element && m_isScalar && !m_inString)
        dispatch({}, m_offset);
}

bool JsonArraySplitter::betweenElements() const
{
    return m_state == State::First || m_state == State::Next || (m_state == State::Behind && !m_isBare);
}

QByteArray JsonArraySplitter::endingWith(QByteArrayView element) const
{
    QByteArray out = m_state == State::Behind ? "," : "";
    out += element;
    out += ']';
    return out;
}

/// A byte that belongs to no element; afterwards the state is Element if it begins one.
void JsonArraySplitter::outside(char c)
{
    if (m_state == State::Start && m_mark < mark.size() && c == mark[m_mark]) {
        ++m_mark;
        return;
    }
    if (isSpace(c) || m_state == State::Ended || m_state == State::Broken)
        return;
    switch (m_state) {
    case State::Start:
        m_isBare = c != '[';
        m_state = m_isBare ? State::Element : State::First;
        break;
    case State::First:
    case State::Next:
        m_state = c == ']' ? State::Ended : State::Element;
        break;
    default:
        m_state = c == ',' ? State::Next : c == ']' ? State::Ended : State::Broken;
        break;
    }
    if (m_state == State::Element && (c == ',' || c == ':' || c == '}' || c == ']'))
        m_state = State::Broken; // nothing begins so
}

void JsonArraySplitter::begin(char c, qint64 at)
{
    m_begin = at;
    m_depth = 0;
    m_isScalar = c != '{' && c != '[' && c != '"';
    m_inString = m_escaped = m_overlong = m_isWhole = false;
}

qsizetype JsonArraySplitter::inside(QByteArrayView bytes)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at < end) {
        const char c = *at;
        if (m_inString) {
            if (m_escaped) {
                m_escaped = false;
            } else if (c == '\\') {
                m_escaped = true;
            } else if (c == '"') {
                m_inString = false;
                m_isWhole = m_depth == 0;
            }
            ++at;
        } else if (m_isScalar) {
            m_isWhole = isSpace(c) || c == ',' || c == ']';
            if (m_isWhole)
                break; // that byte is not part of it
            ++at;
        } else {
            if (c == '"') {
                m_inString = true;
            } else if (c == '{' || c == '[') {
                ++m_depth;
            } else if (c == '}' || c == ']') {
                --m_depth;
                m_isWhole = m_depth == 0;
            }
            ++at;
        }
        if (m_isWhole)
            break;
    }
    return at - bytes.data();
}

void JsonArraySplitter::keep(QByteArrayView bytes)
{
    if (m_overlong)
        return;
    if (m_kept.size() + bytes.size() > m_max) {
        m_overlong = true;
        m_kept = {};
    } else {
        m_kept.append(bytes);
    }
}

/// The element ends with \a lastPart, of which nothing is kept yet.
void JsonArraySplitter::dispatch(QByteArrayView lastPart, qint64 end)
{
    Element element{lastPart, m_overlong || end - m_begin > m_max, m_begin, end};
    if (element.overlong) {
        element.json = {};
    } else if (!m_kept.isEmpty()) {
        m_kept.append(lastPart);
        element.json = m_kept;
    }
    m_state = m_isBare ? State::Ended : State::Behind;
    m_handler(element);
    if (m_kept.capacity() > keptCapacity)
        m_kept = {};
    else
        m_kept.resize(0);
}

} // namespace lbp
