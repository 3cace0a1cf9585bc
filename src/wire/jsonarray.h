#pragma once

#include <functional>
#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// The elements of one top-level JSON array, from bytes split anywhere. Strings, escapes and nesting are
/// respected; whether an element is valid JSON is for its reader to find out. Bounded: an element above
/// maxElementBytes is skipped whole and reported with `overlong` set and no text; splitting goes on after it.
/// A single value in place of the array is its one element. Tells where each element lies in the stream, and
/// how the array can be ended early. What is no array, or goes on as none, yields nothing further.
class JsonArraySplitter
{
public:
    struct Element
    {
        QByteArrayView json; ///< valid during the call
        bool overlong = false;
        qint64 begin = 0; ///< offset in the stream of its first byte
        qint64 end = 0; ///< offset behind its last
    };
    using Handler = std::function<void(const Element &)>;
    explicit JsonArraySplitter(Handler handler, qsizetype maxElementBytes = 16 * 1024 * 1024);
    void feed(QByteArrayView bytes);
    void finish(); ///< the stream ended; a number without anything behind it is whole then
    [[nodiscard]] qint64 offset() const { return m_offset; } ///< bytes fed so far
    /// True where the array is open and no element is unfinished. Only here it may be ended early.
    [[nodiscard]] bool betweenElements() const;
    /// The array, or the single value, has ended.
    [[nodiscard]] bool atEnd() const { return m_state == State::Ended; }
    /// What ends the array where betweenElements() is true, with \a element as its last.
    [[nodiscard]] QByteArray endingWith(QByteArrayView element) const;

private:
    enum class State { Start, First, Element, Behind, Next, Ended, Broken };

    void outside(char c);
    void begin(char c, qint64 at);
    /// \return how many of \a bytes belong to the element.
    qsizetype inside(QByteArrayView bytes);
    void keep(QByteArrayView bytes);
    void dispatch(QByteArrayView lastPart, qint64 end);

    Handler m_handler;
    qsizetype m_max;
    QByteArray m_kept; ///< of the element, as far as it was fed before
    State m_state = State::Start;
    bool m_isBare = false; ///< a single value without an array around it
    bool m_inString = false, m_escaped = false, m_isScalar = false, m_overlong = false;
    bool m_isWhole = false; ///< its last byte was seen
    int m_mark = 0; ///< bytes of a byte order mark seen
    qint64 m_depth = 0;
    qint64 m_offset = 0, m_begin = 0;
};

} // namespace lbp
