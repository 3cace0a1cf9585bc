#include "config/yamlplaces.h"

#include <algorithm>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace lbp {

qsizetype lineBegin(QByteArrayView text, qsizetype at)
{
    while (at > 0 && text[at - 1] != '\n')
        --at;
    return at;
}

qsizetype lineEnd(QByteArrayView text, qsizetype at)
{
    const qsizetype found = text.indexOf('\n', at);
    if (found < 0)
        return text.size();
    return found > at && text[found - 1] == '\r' ? found - 1 : found;
}

qsizetype nextLine(QByteArrayView text, qsizetype at)
{
    const qsizetype found = text.indexOf('\n', at);
    return found < 0 ? text.size() : found + 1;
}

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}
bool isSpace(char c)
{
    return isBlank(c) || c == '\n' || c == '\r';
}

/// What the parser cannot say: where things end.
class Ends
{
public:
    explicit Ends(QByteArrayView text)
        : m_text(text)
    {
    }
    [[nodiscard]] char at(qsizetype i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    [[nodiscard]] QByteArrayView text() const { return m_text; }

    [[nodiscard]] qsizetype skipBlanks(qsizetype i) const
    {
        while (isBlank(at(i)))
            ++i;
        return i;
    }
    /// Over white space, line ends and comments.
    [[nodiscard]] qsizetype skipAll(qsizetype i) const
    {
        for (;;) {
            while (i < m_text.size() && isSpace(m_text[i]))
                ++i;
            if (at(i) != '#' || (i > 0 && !isSpace(m_text[i - 1])))
                return i;
            i = lineEnd(m_text, i);
        }
    }
    /// Over an anchor and a tag.
    [[nodiscard]] qsizetype skipProperties(qsizetype i) const
    {
        while (at(i) == '&' || at(i) == '!') {
            while (i < m_text.size() && !isSpace(m_text[i]))
                ++i;
            i = skipAll(i);
        }
        return i;
    }
    [[nodiscard]] qsizetype quoted(qsizetype i) const
    {
        const char quote = at(i);
        for (++i; i < m_text.size(); ++i) {
            if (quote == '"' && m_text[i] == '\\')
                ++i;
            else if (m_text[i] == quote) {
                if (quote == '\'' && at(i + 1) == '\'')
                    ++i;
                else
                    return i + 1;
            }
        }
        return PlacedNode::unknown;
    }
    /// A plain value stands in the text as it is read, but for the white space between its words.
    [[nodiscard]] qsizetype plain(qsizetype i, QByteArrayView value) const
    {
        for (qsizetype v = 0; v < value.size();) {
            if (value[v] == ' ' || value[v] == '\n' || value[v] == '\t') {
                while (v < value.size() && (value[v] == ' ' || value[v] == '\n' || value[v] == '\t'))
                    ++v;
                if (!isSpace(at(i)))
                    return PlacedNode::unknown;
                while (i < m_text.size() && isSpace(m_text[i]))
                    ++i;
                continue;
            }
            if (i >= m_text.size() || m_text[i] != value[v])
                return PlacedNode::unknown;
            ++i, ++v;
        }
        return i;
    }
    /// Lines that are deeper than \a column of the key, up to the last one that is not empty.
    [[nodiscard]] qsizetype literal(qsizetype i) const
    {
        const qsizetype header = lineBegin(m_text, i);
        qsizetype keyIndent = header;
        while (at(keyIndent) == ' ' || (at(keyIndent) == '-' && at(keyIndent + 1) == ' '))
            ++keyIndent;
        qsizetype end = lineEnd(m_text, i);
        qsizetype contentIndent = -1;
        for (qsizetype line = nextLine(m_text, i); line < m_text.size(); line = nextLine(m_text, line)) {
            const qsizetype stop = lineEnd(m_text, line);
            qsizetype first = line;
            while (first < stop && m_text[first] == ' ')
                ++first;
            if (first == stop)
                continue;
            if (contentIndent < 0) {
                // The header names the indentation where the first line begins with blanks of its own.
                if (first - line <= keyIndent - header && first - line <= minimalIndent(header))
                    break;
                contentIndent = first - line;
            } else if (first - line < contentIndent) {
                break;
            }
            end = stop;
        }
        return end;
    }

private:
    [[nodiscard]] qsizetype minimalIndent(qsizetype line) const
    {
        qsizetype i = line;
        while (at(i) == ' ')
            ++i;
        return i - line;
    }
    QByteArrayView m_text;
};

class Placer final : public YAML::EventHandler
{
public:
    Placer(QByteArrayView text, qsizetype offset)
        : m_ends(text)
        , m_offset(offset)
    {
    }
    PlacedNode takeRoot() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark &) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        PlacedNode node;
        // Where nothing is written the parser has gone on to what comes next.
        const qsizetype from = m_open.empty() || m_open.back().node.kind != PlacedNode::Kind::Map
            ? PlacedNode::unknown
            : placeOf(mark);
        if (from != PlacedNode::unknown && anchor == 0) {
            const QByteArrayView rest = m_ends.text().sliced(from);
            for (const QByteArrayView word : {"~", "null", "Null", "NULL"}) {
                const char after = m_ends.at(from + word.size());
                if (rest.startsWith(word)
                    && (after == '\0' || isSpace(after) || after == ',' || after == '}' || after == ']')) {
                    node.begin = from;
                    node.end = from + word.size();
                }
            }
        }
        place(std::move(node), anchor != 0, from);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        PlacedNode node;
        node.kind = PlacedNode::Kind::Alias;
        node.begin = placeOf(mark);
        node.end = node.begin;
        while (node.end < m_ends.text().size() && !isSpace(m_ends.at(node.end))
               && !QByteArrayView(",]}").contains(m_ends.at(node.end)))
            ++node.end;
        node.text = QString::fromUtf8(m_ends.text().sliced(node.begin, node.end - node.begin));
        place(std::move(node), false, node.begin);
    }
    void OnScalar(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                  const std::string &value) override
    {
        PlacedNode node;
        node.kind = PlacedNode::Kind::Scalar;
        node.text = QString::fromUtf8(value.data(), qsizetype(value.size()));
        const qsizetype from = placeOf(mark);
        node.begin = m_ends.skipProperties(from);
        switch (m_ends.at(node.begin)) {
        case '"':
            node.style = PlacedNode::Style::DoubleQuoted;
            node.end = m_ends.quoted(node.begin);
            break;
        case '\'':
            node.style = PlacedNode::Style::SingleQuoted;
            node.end = m_ends.quoted(node.begin);
            break;
        case '|':
        case '>':
            node.style = PlacedNode::Style::Literal;
            node.end = m_ends.literal(node.begin);
            break;
        default:
            node.end = m_ends.plain(node.begin, QByteArrayView(value.data(), qsizetype(value.size())));
        }
        place(std::move(node), false, from);
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value style) override
    {
        open(PlacedNode::Kind::Sequence, mark, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value style) override
    {
        open(PlacedNode::Kind::Map, mark, style);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open
    {
        PlacedNode node;
        qsizetype from = 0;
        QString key;
        qsizetype keyBegin = PlacedNode::unknown, colonEnd = PlacedNode::unknown;
        bool hasKey = false;
    };

    [[nodiscard]] qsizetype placeOf(const YAML::Mark &mark) const
    {
        return std::clamp<qsizetype>(mark.pos + m_offset, 0, m_ends.text().size());
    }
    void open(PlacedNode::Kind kind, const YAML::Mark &mark, YAML::EmitterStyle::value style)
    {
        Open opened;
        opened.node.kind = kind;
        opened.node.flow = style == YAML::EmitterStyle::Flow;
        opened.from = placeOf(mark);
        opened.node.begin = m_ends.skipProperties(opened.from);
        const char bracket = kind == PlacedNode::Kind::Map ? '{' : '[';
        if (opened.node.flow != (m_ends.at(opened.node.begin) == bracket)) {
            // A pair without braces in a list in brackets, or a mapping that begins with an anchored key.
            opened.node.begin = opened.node.flow ? PlacedNode::unknown : opened.from;
        }
        opened.node.inFlow = !m_open.empty() && (m_open.back().node.flow || m_open.back().node.inFlow);
        m_open.push_back(std::move(opened));
    }
    void close()
    {
        Open closed = std::move(m_open.back());
        m_open.pop_back();
        closed.node.end = endOf(closed.node);
        place(std::move(closed.node), false, closed.from);
    }
    [[nodiscard]] qsizetype endOf(const PlacedNode &node) const
    {
        qsizetype last = node.begin;
        if (node.kind == PlacedNode::Kind::Map && !node.entries.empty()) {
            const PlacedNode::Entry &entry = node.entries.back();
            last = entry.value.isPlaced() ? entry.value.end : entry.colonEnd;
        } else if (node.kind == PlacedNode::Kind::Sequence && !node.items.empty()) {
            last = node.items.back().end;
        } else if (node.flow) {
            last = node.begin == PlacedNode::unknown ? PlacedNode::unknown : node.begin + 1;
        }
        if (!node.flow || last == PlacedNode::unknown)
            return last;
        for (last = m_ends.skipAll(last); m_ends.at(last) == ','; last = m_ends.skipAll(last + 1)) { }
        return m_ends.at(last) == (node.kind == PlacedNode::Kind::Map ? '}' : ']') ? last + 1
                                                                                   : PlacedNode::unknown;
    }
    void place(PlacedNode node, bool hidden, qsizetype from)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open &parent = m_open.back();
        node.inFlow = parent.node.flow || parent.node.inFlow;
        if (parent.node.kind == PlacedNode::Kind::Sequence) {
            parent.node.items.push_back(std::move(node));
            return;
        }
        if (!parent.hasKey) {
            parent.key = node.text;
            parent.keyBegin = from;
            parent.colonEnd = PlacedNode::unknown;
            if (node.isPlaced()) {
                const qsizetype colon = m_ends.skipAll(node.end);
                parent.colonEnd = m_ends.at(colon) == ':' ? colon + 1
                    : parent.node.flow                    ? node.end
                                                          : PlacedNode::unknown;
            }
            parent.hasKey = true;
            return;
        }
        if (hidden)
            parent.colonEnd = PlacedNode::unknown; // an anchor without a value
        parent.node.entries.push_back(
            {std::move(parent.key), parent.keyBegin, parent.colonEnd, std::move(node)});
        parent.hasKey = false;
    }

    Ends m_ends;
    qsizetype m_offset;
    PlacedNode m_root;
    std::vector<Open> m_open;
};

} // namespace

const PlacedNode::Entry *PlacedNode::find(QStringView key) const
{
    const auto found = std::find_if(entries.cbegin(), entries.cend(),
                                    [key](const Entry &entry) { return entry.key == key; });
    return found == entries.cend() ? nullptr : &*found;
}

Result<PlacedNode> placesOf(const QByteArray &text)
{
    try {
        std::istringstream stream(text.toStdString());
        YAML::Parser parser(stream);
        const qsizetype mark = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
        Placer placer(text, mark);
        if (!parser.HandleNextDocument(placer))
            return PlacedNode();
        PlacedNode root = placer.takeRoot();
        Placer more(text, mark);
        if (parser.HandleNextDocument(more))
            return fail(ErrorCode::Conflict,
                        QStringLiteral("the file has more than one YAML document; remove the line ---"));
        return root;
    } catch (const std::exception &) {
        return fail(ErrorCode::ConfigInvalid, QStringLiteral("the file is not valid YAML; correct it first"));
    }
}

} // namespace lbp
