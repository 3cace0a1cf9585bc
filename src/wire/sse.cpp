#include "wire/sse.h"

#include <cstring>

namespace lbp {

namespace {

constexpr qsizetype keptCapacity = 4096; // per stream and buffer, between events

void giveBack(QByteArray &buffer)
{
    if (buffer.capacity() > keptCapacity)
        buffer = {};
    else if (!buffer.isEmpty())
        buffer.resize(0);
}

qsizetype find(QByteArrayView bytes, qsizetype from, qsizetype to, char c)
{
    const void *found =
        from < to ? std::memchr(bytes.data() + from, c, static_cast<size_t>(to - from)) : nullptr;
    return found ? static_cast<const char *>(found) - bytes.data() : to;
}

} // namespace

SseParser::SseParser(Handler handler, qsizetype maxEventBytes)
    : m_handler(std::move(handler))
    , m_max(maxEventBytes)
{
}

void SseParser::feed(QByteArrayView bytes)
{
    const qint64 base = m_offset;
    const qsizetype size = bytes.size();
    qsizetype pos = 0;
    if (m_sawCr && size > 0) {
        m_sawCr = false;
        if (bytes[0] == '\n')
            pos = 1;
        line(m_line, m_lineBegin, base + pos);
    }
    qsizetype lf = -1; // the next one; kept over lines that end with CR, so that no byte is searched twice
    while (pos < size) {
        if (lf < pos)
            lf = find(bytes, pos, size, '\n');
        const qsizetype cr = find(bytes, pos, lf, '\r');
        const QByteArrayView text = bytes.sliced(pos, cr - pos);
        const qint64 begin = base + pos;
        if (cr == size || (cr < lf && cr + 1 == size)) {
            keepRest(text, begin, base + cr);
            m_sawCr = cr < size;
            break;
        }
        pos = cr < lf && bytes[cr + 1] != '\n' ? cr + 1 : cr == lf ? lf + 1 : cr + 2;
        if (!m_lineBegun) {
            line(text, begin, base + pos);
        } else {
            keepRest(text, begin, base + cr);
            line(m_line, m_lineBegin, base + pos);
        }
    }
    keepViews();
    m_offset = base + size;
}

void SseParser::finish()
{
    if (m_lineBegun)
        line(m_line, m_lineBegin, m_offset);
    m_sawCr = false;
    if (m_blockBegun)
        dispatch(m_offset);
}

qint64 SseParser::offset() const
{
    return m_offset;
}

bool SseParser::betweenEvents() const
{
    return !m_blockBegun && !m_lineBegun;
}

/// Keeps a piece of a line whose end is not there yet, unless the block is too long already.
void SseParser::keepRest(QByteArrayView text, qint64 begin, qint64 end)
{
    if (!m_lineBegun) {
        m_lineBegun = true;
        m_lineBegin = begin;
    }
    if (!text.isEmpty() && end - (m_blockBegun ? m_begin : m_lineBegin) > m_max) {
        m_lineDropped = true;
        m_line = {};
    }
    if (!m_lineDropped)
        m_line.append(text);
}

/// What was found in the bytes being fed is copied when they end before the block does.
void SseParser::keepViews()
{
    if (m_typeView.data() != m_type.constData() && !m_typeView.isEmpty()) {
        m_type.resize(0);
        m_type.append(m_typeView);
        m_typeView = m_type;
    }
    if (m_dataView.data() != m_data.constData() && !m_dataView.isEmpty()) {
        m_data.resize(0);
        m_data.append(m_dataView);
        m_dataView = m_data;
    }
}

/// A whole line without its end. \a text may be m_line, which is empty afterwards.
void SseParser::line(QByteArrayView text, qint64 begin, qint64 end)
{
    const bool dropped = m_lineDropped;
    const bool kept = m_lineBegun;
    m_lineBegun = m_lineDropped = false;
    if (m_first) {
        m_first = false;
        if (text.startsWith("\xEF\xBB\xBF"))
            text = text.sliced(3);
    }
    if (text.isEmpty() && !dropped) {
        if (kept)
            giveBack(m_line);
        if (m_blockBegun)
            dispatch(end);
        return;
    }
    if (!m_blockBegun) {
        m_blockBegun = true;
        m_begin = begin;
    }
    if (end - m_begin > m_max && !m_overlong) {
        m_overlong = true;
        m_hasData = false;
        m_typeView = m_dataView = {};
        m_type = m_data = {};
    }
    if (!m_overlong && text[0] != ':') {
        const qsizetype colon = find(text, 0, text.size(), ':');
        QByteArrayView value = colon < text.size() ? text.sliced(colon + 1) : QByteArrayView();
        if (value.startsWith(' '))
            value = value.sliced(1);
        field(text.first(colon), value);
    }
    if (kept) {
        keepViews(); // they may lie in m_line
        giveBack(m_line);
    }
}

void SseParser::field(QByteArrayView name, QByteArrayView value)
{
    if (name == "data") {
        if (m_hasData) {
            // Several lines are joined, which a view cannot do.
            if (m_dataView.data() != m_data.constData()) {
                m_data.resize(0);
                m_data.append(m_dataView);
            }
            m_data.append('\n').append(value);
            m_dataView = m_data;
        } else {
            m_hasData = true;
            m_dataView = value;
        }
    } else if (name == "event") {
        m_typeView = value;
    }
}

void SseParser::dispatch(qint64 end)
{
    const Event event{m_typeView, m_dataView, m_hasData, m_overlong, m_begin, end};
    m_blockBegun = false;
    m_handler(event);
    m_hasData = m_overlong = false;
    m_typeView = m_dataView = {};
    giveBack(m_type);
    giveBack(m_data);
}

} // namespace lbp
