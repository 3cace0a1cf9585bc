#include "config/textedit.h"

#include <algorithm>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

class TextEdit
{
public:
    TextEdit(const QByteArray &text, const PlacedNode &root)
        : m_text(text)
        , m_root(root)
        , m_newline(usesCrLf(text) ? "\r\n" : "\n")
    {
    }
    Result<QByteArray> set(const ConfigPath &path, const ConfigValue &value);
    Result<QByteArray> append(const ConfigPath &path, const ConfigValue &item);
    Result<QByteArray> remove(const ConfigPath &path);

private:
    /// A value and what holds it.
    struct Place
    {
        const PlacedNode *node = nullptr;
        const PlacedNode::Entry *entry = nullptr; ///< of a mapping; null: an item of a list, or the root
        const PlacedNode *parent = nullptr;
        qsizetype index = -1; ///< among the entries or items of parent
    };
    static bool usesCrLf(const QByteArray &text)
    {
        const qsizetype end = text.indexOf('\n');
        return end > 0 && text[end - 1] == '\r';
    }
    [[nodiscard]] std::optional<Place> child(const PlacedNode &parent, const ConfigPath::Step &step) const;
    /// As far as there is something; \a depth tells how far.
    [[nodiscard]] Place walk(const ConfigPath &path, qsizetype &depth) const;
    [[nodiscard]] Result<QByteArray> conflict() const
    {
        return fail(ErrorCode::Conflict,
                    u"%1 is written in a way that cannot be changed here; change it in the file"_s.arg(
                        m_path.toString()));
    }
    [[nodiscard]] QByteArray replaced(qsizetype begin, qsizetype end, const QByteArray &with) const
    {
        return m_text.first(begin) + with + m_text.sliced(end);
    }
    [[nodiscard]] qsizetype column(qsizetype at) const { return at - lineBegin(m_text, at); }
    [[nodiscard]] bool isFirstOnLine(qsizetype at) const
    {
        return m_text.sliced(lineBegin(m_text, at), column(at)).trimmed().isEmpty();
    }
    [[nodiscard]] static qsizetype endOf(const PlacedNode::Entry &entry)
    {
        return entry.value.isPlaced() ? entry.value.end : entry.colonEnd;
    }
    /// New lines behind the line of \a at.
    [[nodiscard]] QByteArray withLinesAfter(qsizetype at, const QByteArray &lines) const
    {
        const qsizetype next = nextLine(m_text, at);
        if (next == m_text.size() && !m_text.endsWith('\n'))
            return m_text + m_newline + lines;
        return replaced(next, next, lines + m_newline);
    }
    Result<QByteArray> replaceValue(const Place &place, const ConfigValue &value);
    Result<QByteArray> replaceScalar(const PlacedNode &node, const QString &text);
    Result<QByteArray> addKey(const Place &place, const QString &key, const ConfigValue &value);
    Result<QByteArray> appendTo(const Place &place, const ConfigValue &item);
    Result<QByteArray> removeFromFlow(const Place &place);

    const QByteArray &m_text;
    const PlacedNode &m_root;
    const QByteArray m_newline;
    ConfigPath m_path; ///< for messages
};

std::optional<TextEdit::Place> TextEdit::child(const PlacedNode &parent, const ConfigPath::Step &step) const
{
    if (step.index >= 0) {
        if (parent.kind != PlacedNode::Kind::Sequence || size_t(step.index) >= parent.items.size())
            return std::nullopt;
        return Place{&parent.items[size_t(step.index)], nullptr, &parent, step.index};
    }
    const PlacedNode::Entry *entry = parent.kind == PlacedNode::Kind::Map ? parent.find(step.key) : nullptr;
    if (!entry)
        return std::nullopt;
    return Place{&entry->value, entry, &parent, entry - parent.entries.data()};
}

TextEdit::Place TextEdit::walk(const ConfigPath &path, qsizetype &depth) const
{
    Place place{&m_root, nullptr, nullptr, -1};
    depth = 0;
    for (const ConfigPath::Step &step : path.steps()) {
        const std::optional<Place> next = child(*place.node, step);
        if (!next)
            break;
        place = *next;
        ++depth;
    }
    return place;
}

Result<QByteArray> TextEdit::set(const ConfigPath &path, const ConfigValue &value)
{
    m_path = path;
    qsizetype depth = 0;
    const Place place = walk(path, depth);
    const QList<ConfigPath::Step> &steps = path.steps();
    if (depth == steps.size())
        return replaceValue(place, value);

    // What is missing is made around the value.
    ConfigValue wrapped = value;
    for (qsizetype i = steps.size() - 1; i > depth; --i) {
        if (steps[i].index > 0)
            return fail(ErrorCode::NotFound, u"%1: the list has no such item"_s.arg(path.toString()));
        wrapped = steps[i].index == 0 ? ConfigValue(ConfigValue::Items{wrapped})
                                      : ConfigValue(ConfigValue::Fields{{steps[i].key, wrapped}});
    }
    const ConfigPath::Step &missing = steps[depth];
    if (missing.index >= 0) {
        if (missing.index > qsizetype(place.node->items.size())
            || (place.node->kind != PlacedNode::Kind::Sequence && place.node->kind != PlacedNode::Kind::Null))
            return fail(ErrorCode::NotFound, u"%1: the list has no such item"_s.arg(path.toString()));
        return appendTo(place, wrapped);
    }
    return addKey(place, missing.key, wrapped);
}

Result<QByteArray> TextEdit::append(const ConfigPath &path, const ConfigValue &item)
{
    m_path = path;
    qsizetype depth = 0;
    const Place place = walk(path, depth);
    if (depth < path.steps().size())
        return set(path, ConfigValue(ConfigValue::Items{item}));
    return appendTo(place, item);
}

Result<QByteArray> TextEdit::replaceScalar(const PlacedNode &node, const QString &text)
{
    const QByteArray written = yamlScalar(text, node.style, node.inFlow);
    qsizetype end = node.end;
    QByteArray gap;
    // A comment behind the value stays in its column, where there is room.
    qsizetype after = end;
    while (after < m_text.size() && m_text[after] == ' ')
        ++after;
    if (after > end && after < m_text.size() && m_text[after] == '#'
        && lineBegin(m_text, node.begin) == lineBegin(m_text, end)) {
        const auto width = [](QByteArrayView bytes) { return QString::fromUtf8(bytes).size(); };
        const qsizetype wider =
            width(written) - width(QByteArrayView(m_text).sliced(node.begin, end - node.begin));
        gap = QByteArray(std::max<qsizetype>(1, after - end - wider), ' ');
        end = after;
    }
    return replaced(node.begin, end, written + gap);
}

Result<QByteArray> TextEdit::replaceValue(const Place &place, const ConfigValue &value)
{
    const PlacedNode &node = *place.node;
    if (!place.parent)
        return conflict();
    const auto *text = std::get_if<QString>(&value.is);
    if (text && node.kind == PlacedNode::Kind::Scalar && node.isPlaced())
        return replaceScalar(node, *text);

    const auto *items = std::get_if<ConfigValue::Items>(&value.is);
    const auto *fields = std::get_if<ConfigValue::Fields>(&value.is);
    const bool isEmpty = (items && items->empty()) || (fields && fields->empty());
    const bool isFlat = items && std::all_of(items->cbegin(), items->cend(), [](const ConfigValue &item) {
                            return std::holds_alternative<QString>(item.is);
                        });
    const bool isInline = text || isEmpty || isFlat || node.inFlow || !place.entry;
    const QByteArray written = text ? yamlScalar(*text, PlacedNode::Style::Plain, node.inFlow)
        : isInline                  ? yamlFlow(value)
                                    : QByteArray();
    const bool isBlock = node.isCollection() && !node.flow;
    if (isInline) {
        if (!node.isPlaced())
            return place.entry && place.entry->colonEnd != PlacedNode::unknown
                ? Result<QByteArray>(replaced(place.entry->colonEnd, place.entry->colonEnd, ' ' + written))
                : conflict();
        if (!isBlock || !isFirstOnLine(node.begin))
            return replaced(node.begin, node.end, written);
        if (!place.entry || place.entry->colonEnd == PlacedNode::unknown)
            return conflict();
        const qsizetype colon = place.entry->colonEnd;
        return m_text.first(colon) + ' ' + written
            + m_text.sliced(colon, lineBegin(m_text, node.begin) - colon)
            + m_text.sliced(nextLine(m_text, node.end));
    }

    // On lines of its own below the key.
    const qsizetype colon = place.entry->colonEnd;
    if (colon == PlacedNode::unknown)
        return conflict();
    const qsizetype indent = column(place.entry->keyBegin) + 2;
    const QByteArray lines = QByteArray(indent, ' ') + yamlBlock(value, indent, m_newline);
    if (isBlock)
        return isFirstOnLine(node.begin) ? Result<QByteArray>(
                   replaced(lineBegin(m_text, node.begin), nextLine(m_text, node.end), lines + m_newline))
                                         : conflict();
    if (node.isPlaced()) {
        const QByteArray without = replaced(colon, node.end, {});
        const qsizetype next = nextLine(without, colon);
        if (next == without.size() && !without.endsWith('\n'))
            return without + m_newline + lines;
        return without.first(next) + lines + m_newline + without.sliced(next);
    }
    return withLinesAfter(colon, lines);
}

Result<QByteArray> TextEdit::addKey(const Place &place, const QString &key, const ConfigValue &value)
{
    const PlacedNode &node = *place.node;
    const ConfigValue wrapped(ConfigValue::Fields{{key, value}});
    if (node.kind == PlacedNode::Kind::Null) {
        if (place.parent)
            return replaceValue(place, wrapped);
        QByteArray text = m_text; // nothing but comments
        if (!text.isEmpty() && !text.endsWith('\n'))
            text += m_newline;
        return text + yamlBlock(wrapped, 0, m_newline) + m_newline;
    }
    if (node.kind != PlacedNode::Kind::Map || !node.isPlaced())
        return conflict();
    if (node.flow) {
        if (node.entries.empty()) {
            if (node.inFlow || !place.entry || std::holds_alternative<QString>(value.is))
                return replaced(node.begin + 1, node.begin + 1, yamlKey(key, true) + ": " + yamlFlow(value));
            return replaceValue(place, wrapped);
        }
        const qsizetype end = endOf(node.entries.back());
        if (end == PlacedNode::unknown)
            return conflict();
        return replaced(end, end, ", " + yamlKey(key, true) + ": " + yamlFlow(value));
    }
    const qsizetype end = endOf(node.entries.back());
    if (end == PlacedNode::unknown || node.entries.front().keyBegin == PlacedNode::unknown)
        return conflict();
    const qsizetype indent = column(node.entries.front().keyBegin);
    QByteArray lines = QByteArray(indent, ' ') + yamlBlock(wrapped, indent, m_newline);
    // Sections are set apart by an empty line.
    if (!place.parent && !std::holds_alternative<QString>(value.is))
        lines = m_newline + lines;
    return withLinesAfter(end, lines);
}

Result<QByteArray> TextEdit::appendTo(const Place &place, const ConfigValue &item)
{
    const PlacedNode &node = *place.node;
    const ConfigValue alone(ConfigValue::Items{item});
    if (node.kind == PlacedNode::Kind::Null)
        return replaceValue(place, alone);
    if (node.kind != PlacedNode::Kind::Sequence || !node.isPlaced())
        return conflict();
    if (node.items.empty())
        return replaceValue(place, alone);
    const qsizetype end = node.items.back().end;
    if (end == PlacedNode::unknown)
        return conflict();
    if (node.flow)
        return replaced(end, end, ", " + yamlFlow(item));
    const qsizetype indent = column(node.begin);
    const bool inBraces = std::all_of(node.items.cbegin(), node.items.cend(), [](const PlacedNode &one) {
        return one.kind == PlacedNode::Kind::Map && one.flow;
    });
    return withLinesAfter(end,
                          QByteArray(indent, ' ')
                              + (inBraces ? "- " + yamlFlow(item) : yamlBlock(alone, indent, m_newline)));
}

Result<QByteArray> TextEdit::removeFromFlow(const Place &place)
{
    const PlacedNode &parent = *place.parent;
    const auto span = [&](qsizetype i) -> std::pair<qsizetype, qsizetype> {
        if (parent.kind == PlacedNode::Kind::Sequence)
            return {parent.items[size_t(i)].begin, parent.items[size_t(i)].end};
        const PlacedNode::Entry &entry = parent.entries[size_t(i)];
        return {entry.keyBegin, endOf(entry)};
    };
    const qsizetype count = qsizetype(std::max(parent.items.size(), parent.entries.size()));
    auto [begin, end] = span(place.index);
    if (begin == PlacedNode::unknown || end == PlacedNode::unknown)
        return conflict();
    if (place.index > 0) {
        begin = span(place.index - 1).second;
    } else if (count > 1) {
        end = span(1).first;
    } else {
        qsizetype comma = end;
        while (comma < m_text.size() && m_text[comma] == ' ')
            ++comma;
        if (comma < m_text.size() && m_text[comma] == ',')
            end = comma + 1;
    }
    if (begin == PlacedNode::unknown || end == PlacedNode::unknown || end < begin)
        return conflict();
    return replaced(begin, end, {});
}

Result<QByteArray> TextEdit::remove(const ConfigPath &path)
{
    m_path = path;
    qsizetype depth = 0;
    const Place place = walk(path, depth);
    if (depth < path.steps().size())
        return m_text;
    const PlacedNode &parent = *place.parent;
    if (parent.flow)
        return removeFromFlow(place);
    const bool isList = parent.kind == PlacedNode::Kind::Sequence;
    const bool isOnly = parent.items.size() + parent.entries.size() == 1;
    if (isOnly && path.steps().size() > 1) {
        qsizetype ignored = 0;
        return replaceValue(walk(path.parent(), ignored),
                            isList ? ConfigValue(ConfigValue::Items{}) : ConfigValue(ConfigValue::Fields{}));
    }
    qsizetype begin = isList ? place.node->begin : place.entry->keyBegin;
    const qsizetype end = isList ? place.node->end : endOf(*place.entry);
    if (begin == PlacedNode::unknown || end == PlacedNode::unknown)
        return conflict();
    if (isList) {
        do {
            --begin;
        } while (begin > 0 && QByteArrayView(" \t\r\n").contains(m_text[begin]));
        if (begin < 0 || m_text[begin] != '-')
            return conflict();
    }
    if (isFirstOnLine(begin))
        return replaced(lineBegin(m_text, begin), nextLine(m_text, end), {});
    // The first key behind a dash: the next one takes its place.
    if (isList || place.index != 0)
        return conflict();
    const qsizetype next = parent.entries[1].keyBegin, after = nextLine(m_text, end);
    if (next == PlacedNode::unknown || next < after
        || !m_text.sliced(after, next - after).trimmed().isEmpty())
        return conflict();
    return replaced(begin, next, {});
}

} // namespace

Result<QByteArray> editedText(const QByteArray &text, const PlacedNode &root, const ConfigEdit &edit)
{
    TextEdit work(text, root);
    switch (edit.kind) {
    case ConfigEdit::Kind::Set:
        return work.set(edit.path, edit.value);
    case ConfigEdit::Kind::Append:
        return work.append(edit.path, edit.value);
    case ConfigEdit::Kind::Remove:
        return work.remove(edit.path);
    }
    return text;
}

} // namespace lbp
