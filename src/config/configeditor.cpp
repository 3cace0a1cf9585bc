#include "config/configeditor.h"

#include "config/textedit.h"
#include "config/yamlreader.h"

#include <algorithm>
#include <deque>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;
using Kind = YamlNode::Kind;

YamlNode toNode(const ConfigValue &value)
{
    YamlNode node;
    if (const auto *text = std::get_if<QString>(&value.is)) {
        node.kind = Kind::Scalar;
        node.written = node.text = *text;
    } else if (const auto *items = std::get_if<ConfigValue::Items>(&value.is)) {
        node.kind = Kind::Sequence;
        for (const ConfigValue &item : *items)
            node.items.push_back(toNode(item));
    } else {
        node.kind = Kind::Map;
        for (const auto &[key, field] : std::get<ConfigValue::Fields>(value.is))
            node.entries.push_back({key, 0, toNode(field)});
    }
    return node;
}

bool isSame(const YamlNode &a, const YamlNode &b)
{
    return a.kind == b.kind && a.written == b.written
        && std::equal(a.items.cbegin(), a.items.cend(), b.items.cbegin(), b.items.cend(), isSame)
        && std::equal(a.entries.cbegin(), a.entries.cend(), b.entries.cbegin(), b.entries.cend(),
                      [](const YamlNode::Entry &x, const YamlNode::Entry &y) {
                          return x.key == y.key && isSame(x.value, y.value);
                      });
}

YamlNode *child(YamlNode &node, const ConfigPath::Step &step)
{
    if (step.index >= 0)
        return node.kind == Kind::Sequence && size_t(step.index) < node.items.size()
            ? &node.items[size_t(step.index)]
            : nullptr;
    if (node.kind != Kind::Map)
        return nullptr;
    const auto found = std::find_if(node.entries.begin(), node.entries.end(),
                                    [&](const YamlNode::Entry &entry) { return entry.key == step.key; });
    return found == node.entries.end() ? nullptr : &found->value;
}

/// What the values are to be after one edit, without any text.
void applyTo(YamlNode &node, const ConfigEdit &edit, qsizetype depth)
{
    const QList<ConfigPath::Step> &steps = edit.path.steps();
    if (depth == steps.size()) {
        if (edit.kind == ConfigEdit::Kind::Append) {
            node.kind = Kind::Sequence;
            node.items.push_back(toNode(edit.value));
        } else {
            node = toNode(edit.value);
        }
        return;
    }
    const ConfigPath::Step &step = steps[depth];
    if (edit.kind == ConfigEdit::Kind::Remove) {
        YamlNode *found = child(node, step);
        if (!found)
            return;
        if (depth + 1 < steps.size())
            applyTo(*found, edit, depth + 1);
        else if (step.index >= 0)
            node.items.erase(node.items.begin() + step.index);
        else
            node.entries.erase(
                std::find_if(node.entries.begin(), node.entries.end(),
                             [&](const YamlNode::Entry &entry) { return entry.key == step.key; }));
        return;
    }
    if (YamlNode *found = child(node, step))
        return applyTo(*found, edit, depth + 1);
    YamlNode made;
    applyTo(made, edit, depth + 1);
    if (step.index >= 0) {
        node.kind = Kind::Sequence;
        node.items.push_back(std::move(made));
    } else {
        node.kind = Kind::Map;
        node.entries.push_back({step.key, 0, std::move(made)});
    }
}

Result<YamlNode> valuesOf(const QByteArray &text)
{
    ProblemList problems({});
    YamlNode root;
    if (!readYaml(text, root, problems)) {
        const ConfigProblem first = problems.sorted().value(0);
        return fail(first.message.contains("more than one YAML document"_L1) ? ErrorCode::Conflict
                                                                             : ErrorCode::ConfigInvalid,
                    (first.line > 0 ? u"line %1: "_s.arg(first.line) : QString()) + first.message);
    }
    if (root.kind == Kind::Null)
        root.kind = Kind::Map; // nothing written, and nothing set, are the same
    return root;
}

const PlacedNode *find(const PlacedNode &root, const ConfigPath &path)
{
    const PlacedNode *node = &root;
    for (const ConfigPath::Step &step : path.steps()) {
        if (step.index >= 0) {
            if (node->kind != PlacedNode::Kind::Sequence || size_t(step.index) >= node->items.size())
                return nullptr;
            node = &node->items[size_t(step.index)];
        } else {
            const PlacedNode::Entry *entry =
                node->kind == PlacedNode::Kind::Map ? node->find(step.key) : nullptr;
            if (!entry)
                return nullptr;
            node = &entry->value;
        }
    }
    return node;
}

bool hasAlias(const PlacedNode &node)
{
    return node.kind == PlacedNode::Kind::Alias
        || std::any_of(node.items.cbegin(), node.items.cend(), hasAlias)
        || std::any_of(node.entries.cbegin(), node.entries.cend(),
                       [](const PlacedNode::Entry &entry) { return hasAlias(entry.value); });
}

/// Breaks an edit of a whole list or mapping into edits of what differs in it, so that the comments beside
/// what stays are kept. Nothing: the edit is simple.
std::optional<QList<ConfigEdit>> parts(const YamlNode &values, const ConfigEdit &edit)
{
    if (edit.kind != ConfigEdit::Kind::Set)
        return std::nullopt;
    YamlNode *node = const_cast<YamlNode *>(&values); // read only; child() serves both
    for (const ConfigPath::Step &step : edit.path.steps()) {
        node = child(*node, step);
        if (!node)
            return std::nullopt;
    }
    const YamlNode wanted = toNode(edit.value);
    if (isSame(*node, wanted))
        return QList<ConfigEdit>();
    QList<ConfigEdit> edits;
    if (const auto *fields = std::get_if<ConfigValue::Fields>(&edit.value.is);
        fields && !fields->empty() && node->kind == Kind::Map && !node->entries.empty()) {
        for (const auto &[key, field] : *fields) {
            const YamlNode *before = child(*node, {key, -1});
            if (!before || !isSame(*before, toNode(field)))
                edits.append(ConfigEdit::set(edit.path.child(key), field));
        }
        for (const YamlNode::Entry &entry : node->entries)
            if (!std::any_of(fields->cbegin(), fields->cend(),
                             [&](const auto &field) { return field.first == entry.key; }))
                edits.append(ConfigEdit::remove(edit.path.child(entry.key)));
        // The order of what was there stays; it means nothing in a mapping.
        return edits;
    }
    if (const auto *items = std::get_if<ConfigValue::Items>(&edit.value.is);
        items && !items->empty() && node->kind == Kind::Sequence && !node->items.empty()) {
        const size_t before = node->items.size(), after = items->size(), both = std::min(before, after);
        size_t prefix = 0, suffix = 0;
        while (prefix < both && isSame(node->items[prefix], wanted.items[prefix]))
            ++prefix;
        if (after <= before)
            while (suffix < both - prefix
                   && isSame(node->items[before - 1 - suffix], wanted.items[after - 1 - suffix]))
                ++suffix;
        for (size_t i = prefix; i < both - suffix; ++i)
            edits.append(ConfigEdit::set(edit.path.item(qsizetype(i)), (*items)[i]));
        for (size_t i = before - suffix; i > both - suffix; --i)
            edits.append(ConfigEdit::remove(edit.path.item(qsizetype(i) - 1)));
        for (size_t i = both; i < after; ++i)
            edits.append(ConfigEdit::append(edit.path, (*items)[i]));
        return edits;
    }
    return std::nullopt;
}

Status applySimple(QByteArray &text, const ConfigEdit &edit)
{
    Result<YamlNode> values = valuesOf(text);
    if (!values)
        return tl::unexpected(values.error());
    const Result<PlacedNode> places = placesOf(text);
    if (!places)
        return tl::unexpected(places.error());
    const Result<QByteArray> changed = editedText(text, *places, edit);
    if (!changed)
        return tl::unexpected(changed.error());
    applyTo(*values, edit, 0);
    const Result<YamlNode> read = valuesOf(*changed);
    if (!read || !isSame(*read, *values)) {
        if (hasAlias(*places))
            return fail(ErrorCode::Conflict,
                        u"%1 shares its value with another place by & and *; write that value out in the "
                        u"file first"_s.arg(edit.path.toString()));
        return fail(ErrorCode::Conflict,
                    u"%1 is written in a way that cannot be changed here without touching something else; "
                    u"change it in the file"_s.arg(edit.path.toString()));
    }
    text = *changed;
    return {};
}

} // namespace

ConfigPath::ConfigPath(QStringView dotted)
{
    for (const QStringView part : dotted.split(u'.', Qt::SkipEmptyParts)) {
        const qsizetype bracket = part.indexOf(u'[');
        const QStringView key = bracket < 0 ? part : part.first(bracket);
        if (!key.isEmpty())
            m_steps.append({key.toString(), -1});
        for (qsizetype at = bracket; at >= 0 && at < part.size();) {
            const qsizetype close = part.indexOf(u']', at);
            if (close < 0)
                break;
            m_steps.append({{}, part.sliced(at + 1, close - at - 1).toLongLong()});
            at = part.indexOf(u'[', close);
        }
    }
}

ConfigPath ConfigPath::child(const QString &key) const
{
    ConfigPath path = *this;
    path.m_steps.append({key, -1});
    return path;
}

ConfigPath ConfigPath::item(qsizetype index) const
{
    ConfigPath path = *this;
    path.m_steps.append({{}, index});
    return path;
}

ConfigPath ConfigPath::parent() const
{
    ConfigPath path = *this;
    if (!path.m_steps.isEmpty())
        path.m_steps.removeLast();
    return path;
}

QString ConfigPath::toString() const
{
    QString text;
    for (const Step &step : m_steps) {
        if (step.index >= 0)
            text += u'[' + QString::number(step.index) + u']';
        else
            text += (text.isEmpty() ? QString() : u"."_s) + step.key;
    }
    return text;
}

ConfigValue ConfigValue::list(const QStringList &texts)
{
    Items items;
    for (const QString &text : texts)
        items.emplace_back(text);
    return ConfigValue(std::move(items));
}

ConfigEdit ConfigEdit::set(ConfigPath path, ConfigValue value)
{
    return {Kind::Set, std::move(path), std::move(value)};
}

ConfigEdit ConfigEdit::append(ConfigPath list, ConfigValue item)
{
    return {Kind::Append, std::move(list), std::move(item)};
}

ConfigEdit ConfigEdit::remove(ConfigPath path)
{
    return {Kind::Remove, std::move(path), QString()};
}

Result<QByteArray> edited(QByteArrayView text, const QList<ConfigEdit> &edits)
{
    QByteArray result = text.toByteArray();
    std::deque<ConfigEdit> waiting(edits.cbegin(), edits.cend());
    while (!waiting.empty()) {
        const ConfigEdit edit = std::move(waiting.front());
        waiting.pop_front();
        if (edit.path.isEmpty())
            return fail(ErrorCode::InvalidValue, u"an edit names no key"_s);
        const Result<YamlNode> values = valuesOf(result);
        if (!values)
            return tl::unexpected(values.error());
        if (const auto pieces = parts(*values, edit)) {
            waiting.insert(waiting.begin(), pieces->cbegin(), pieces->cend());
            continue;
        }
        if (const Status done = applySimple(result, edit); !done)
            return tl::unexpected(done.error());
    }
    return result;
}

std::optional<QString> writtenValue(QByteArrayView text, const ConfigPath &path)
{
    Result<YamlNode> values = valuesOf(text.toByteArray());
    YamlNode *node = values ? &*values : nullptr;
    for (const ConfigPath::Step &step : path.steps()) {
        if (!node)
            return std::nullopt;
        node = child(*node, step);
    }
    return node && node->kind == Kind::Scalar ? std::optional(node->written) : std::nullopt;
}

qsizetype itemCount(QByteArrayView text, const ConfigPath &path)
{
    const QByteArray bytes = text.toByteArray();
    if (!valuesOf(bytes))
        return 0;
    const Result<PlacedNode> places = placesOf(bytes);
    const PlacedNode *node = places ? find(*places, path) : nullptr;
    return node ? qsizetype(node->items.size()) : 0;
}

} // namespace lbp
