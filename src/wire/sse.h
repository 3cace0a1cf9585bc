#pragma once

#include <functional>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// Server-sent events from bytes split anywhere (WHATWG HTML, section 9.2): LF, CR and CRLF, several data
/// lines, comments, BOM, an event at the end without an empty line (finish()). Bounded: an event above
/// maxEventBytes is skipped whole and reported with `overlong` set and no data; parsing goes on after it.
/// A CR at the very end of what was fed may be half of a CRLF: its line ends with the next byte, or with
/// finish(). Tells where each event lies in the stream, so that whoever forwards bytes can leave out whole
/// events.
class SseParser
{
public:
    struct Event
    {
        QByteArrayView type; ///< empty: "message"; valid during the call
        QByteArrayView data; ///< data lines joined by LF
        bool hasData = false; ///< false for a block of comments or of other fields alone
        bool overlong = false;
        qint64 begin =
            0; ///< offset in the stream of the first byte of the block (comments before it belong to it)
        qint64 end = 0; ///< offset behind its empty line
    };
    using Handler = std::function<void(const Event &)>;
    explicit SseParser(Handler handler, qsizetype maxEventBytes = 16 * 1024 * 1024);
    void feed(QByteArrayView bytes);
    void finish(); ///< the stream ended; a pending event is reported
    [[nodiscard]] qint64 offset() const; ///< bytes fed so far
    /// True between events: nothing of an unfinished block has been fed. Only here something may be inserted.
    [[nodiscard]] bool betweenEvents() const;

private:
    void line(QByteArrayView text, qint64 begin, qint64 end);
    void field(QByteArrayView name, QByteArrayView value);
    void dispatch(qint64 end);
    void keepRest(QByteArrayView text, qint64 begin, qint64 end);
    void keepViews();

    Handler m_handler;
    qsizetype m_max;
    QByteArray m_line; ///< the beginning of a line whose end has not come
    QByteArray m_type, m_data; ///< of the block, as far as they were fed before, or come from several lines
    QByteArrayView m_typeView, m_dataView; ///< of the block, still in the bytes being fed or in the above
    bool m_hasData = false, m_overlong = false, m_blockBegun = false, m_first = true;
    bool m_sawCr = false; ///< the line in m_line ended with CR; an LF may belong to it
    bool m_lineDropped = false; ///< the line begun is part of an overlong block and not kept
    bool m_lineBegun = false;
    qint64 m_offset = 0, m_begin = 0, m_lineBegin = 0;
};

} // namespace lbp
