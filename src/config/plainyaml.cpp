#include "config/plainyaml.h"

#include <algorithm>
#include <QSet>

namespace lbp {

namespace {

constexpr int maxDepth = 30;
constexpr size_t fewEntries = 24;

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Characters that mean nothing to YAML wherever they stand in a text that begins with a letter or a digit.
bool isHarmless(char c)
{
    return isLetterOrDigit(c) || c == '.' || c == '_' || c == '/' || c == '+' || c == '-' || c == '@'
        || c == '(' || c == ')' || c == '=';
}

class PlainReader
{
public:
    explicit PlainReader(QByteArrayView text)
        : m_text(text)
    {
    }

    bool whole(YamlNode &root)
    {
        if (!toNextLine() || m_indent != 0 || !block(root, 0))
            return false;
        return m_isPlain && m_at == m_text.size();
    }

private:
    /// Goes to the first character of the next line with something on it. \return false at the end.
    bool toNextLine()
    {
        while (m_at < m_text.size()) {
            const qsizetype begin = m_at;
            while (m_at < m_text.size() && m_text[m_at] == ' ')
                ++m_at;
            if (m_at == m_text.size())
                break;
            if (m_text[m_at] == '\n') {
                ++m_at;
                ++m_line;
                continue;
            }
            if (m_text[m_at] == '#') {
                // Outside of ASCII only what is UTF-8 is allowed, which the slow reader judges.
                while (m_at < m_text.size() && m_text[m_at] != '\n') {
                    const auto c = uchar(m_text[m_at++]);
                    m_isPlain = m_isPlain && c >= 0x20 && c < 0x7f;
                }
                continue;
            }
            m_indent = m_at - begin;
            return true;
        }
        m_indent = -1;
        return false;
    }
    [[nodiscard]] bool isLineEnd() const { return m_at == m_text.size() || m_text[m_at] == '\n'; }
    bool endLine()
    {
        if (!isLineEnd())
            return false;
        if (m_at < m_text.size()) {
            ++m_at;
            ++m_line;
        }
        toNextLine();
        return m_at == m_text.size() || m_indent >= 0;
    }
    [[nodiscard]] bool startsItem() const
    {
        return m_at + 1 < m_text.size() && m_text[m_at] == '-' && m_text[m_at + 1] == ' ';
    }

    /// The lines at \a m_indent, of which the first begins here.
    bool block(YamlNode &node, int depth)
    {
        if (depth > maxDepth)
            return false;
        const qsizetype indent = m_indent;
        node.line = m_line;
        if (startsItem()) {
            node.kind = YamlNode::Kind::Sequence;
            while (m_indent == indent && startsItem()) {
                m_at += 2;
                // Only items on one line: an item with lines of its own has rules of indentation of its own.
                if (m_at >= m_text.size() || (m_text[m_at] != '{' && m_text[m_at] != '['))
                    return false;
                if (!flow(node.items.emplace_back(), depth + 1) || !endLine())
                    return false;
            }
            return m_indent < indent;
        }
        node.kind = YamlNode::Kind::Map;
        while (m_indent == indent) {
            if (startsItem())
                return false;
            YamlNode::Entry &entry = node.entries.emplace_back();
            entry.line = m_line;
            if (!text(entry.key, false) || m_at >= m_text.size() || m_text[m_at] != ':')
                return false;
            ++m_at;
            if (isLineEnd()) {
                const int keyLine = m_line;
                if (!endLine())
                    return false;
                if (m_indent > indent) {
                    if (!block(entry.value, depth + 1))
                        return false;
                } else {
                    if (m_indent == indent && startsItem())
                        return false; // a list may stand as far out as its key
                    entry.value.line = keyLine;
                }
                continue;
            }
            if (m_text[m_at] != ' ')
                return false;
            ++m_at;
            if (!value(entry.value, depth + 1, false) || !endLine())
                return false;
        }
        return m_indent < indent && isUnique(node);
    }

    bool value(YamlNode &node, int depth, bool inFlow)
    {
        if (m_at < m_text.size() && (m_text[m_at] == '{' || m_text[m_at] == '['))
            return flow(node, depth);
        node.line = m_line;
        node.kind = YamlNode::Kind::Scalar;
        if (!text(node.written, inFlow))
            return false;
        node.text = node.written;
        return true;
    }

    bool flow(YamlNode &node, int depth)
    {
        if (depth > maxDepth)
            return false;
        node.line = m_line;
        const bool isMap = m_text[m_at] == '{';
        const char end = isMap ? '}' : ']';
        node.kind = isMap ? YamlNode::Kind::Map : YamlNode::Kind::Sequence;
        ++m_at;
        if (takes(end))
            return true;
        do {
            if (takes(' ') && takes(' '))
                return false;
            if (isMap) {
                YamlNode::Entry &entry = node.entries.emplace_back();
                entry.line = m_line;
                if (!text(entry.key, true) || !takes(':') || !takes(' ')
                    || !value(entry.value, depth + 1, true))
                    return false;
            } else if (!value(node.items.emplace_back(), depth + 1, true)) {
                return false;
            }
        } while (takes(','));
        takes(' ');
        return takes(end) && (!isMap || isUnique(node));
    }
    bool takes(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    /// A text that stands for itself, or in double quotes without escapes.
    bool text(QString &into, bool inFlow)
    {
        const qsizetype begin = m_at;
        if (takes('"')) {
            while (m_at < m_text.size() && m_text[m_at] != '"') {
                const char c = m_text[m_at++];
                if (c == '\\' || uchar(c) < 0x20 || uchar(c) >= 0x7f)
                    return false;
            }
            into = QString::fromLatin1(m_text.sliced(begin + 1, m_at - begin - 1));
            return takes('"');
        }
        if (m_at >= m_text.size() || !isLetterOrDigit(m_text[m_at]))
            return false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const char next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\n';
            // A comma ends a text in brackets only, and a blank none that goes on harmlessly.
            if (!isHarmless(c) && !(c == ' ' && isHarmless(next)) && !(c == ',' && !inFlow && next == ' '))
                break;
            ++m_at;
        }
        const QByteArrayView found = m_text.sliced(begin, m_at - begin);
        if (found == "null" || found == "Null" || found == "NULL")
            return false;
        into = QString::fromLatin1(found);
        return true;
    }

    static bool isUnique(const YamlNode &node)
    {
        const auto &entries = node.entries;
        if (entries.size() > fewEntries) {
            QSet<QStringView> seen;
            seen.reserve(qsizetype(entries.size()));
            for (const YamlNode::Entry &entry : entries)
                seen.insert(entry.key);
            return size_t(seen.size()) == entries.size();
        }
        for (size_t i = 1; i < entries.size(); ++i)
            for (size_t j = 0; j < i; ++j)
                if (entries[i].key == entries[j].key)
                    return false;
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    qsizetype m_indent = 0; ///< of the line that begins at m_at; -1 at the end
    int m_line = 1;
    bool m_isPlain = true;
};

} // namespace

bool readPlainYaml(QByteArrayView yaml, YamlNode &root)
{
    root = {};
    return PlainReader(yaml).whole(root);
}

} // namespace lbp
