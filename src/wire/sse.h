#pragma once

#include <functional>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// Server-sent events from bytes split anywhere (WHATWG HTML, section 9.2): LF, CR and CRLF, several data
/// lines, comments, BOM, an event at the end without an empty line (finish()). Bounded: an event above
/// maxEventBytes is skipped whole and reported with `overlong` set and no data; parsing goes on after it.
/// Tells where each event lies in the stream, so that whoever forwards bytes can leave out whole events.
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
    void line(QByteArrayView text, qint64 endOffset);
    void dispatch(qint64 endOffset);
    Handler m_handler;
    qsizetype m_max;
    QByteArray m_line, m_type, m_data;
    bool m_hasData = false, m_overlong = false, m_sawCr = false, m_blockBegun = false, m_first = true;
    qint64 m_offset = 0, m_begin = 0;
};

} // namespace lbp
