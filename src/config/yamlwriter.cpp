#include "config/textedit.h"

#include <algorithm>

namespace lbp {
namespace {

bool isPlainSafe(const QString &text, bool inFlow)
{
    if (text.isEmpty() || text.front().isSpace() || text.back().isSpace())
        return false;
    for (const QLatin1String word : {QLatin1String("~"), QLatin1String("null"), QLatin1String("Null"),
                                     QLatin1String("NULL"), QLatin1String("---"), QLatin1String("...")})
        if (text == word)
            return false;
    if (text.startsWith(QLatin1String("--- ")) || text.startsWith(QLatin1String("... ")))
        return false;
    const QChar first = text.front();
    if (QStringView(u",[]{}#&*!|>'\"%@`").contains(first))
        return false;
    if ((first == u'-' || first == u'?' || first == u':')
        && (text.size() == 1 || text[1].isSpace() || inFlow || first != u'-'))
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!c.isPrint() || c.unicode() == 0xfeff)
            return false;
        if (inFlow && QStringView(u",[]{}\"'?\\").contains(c))
            return false;
        if (c == u':' && (i + 1 == text.size() || text[i + 1].isSpace() || inFlow))
            return false;
        if (c == u'#' && text[i - 1].isSpace())
            return false;
        if (c.isSpace() && c != u' ')
            return false;
    }
    return true;
}

bool fitsSingleQuotes(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c.isPrint() && c.unicode() != 0xfeff; });
}

QByteArray doubleQuoted(const QString &text)
{
    QByteArray out = "\"";
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"' || c == u'\\')
            out += '\\' + QByteArray(1, c.toLatin1());
        else if (c == u'\n')
            out += "\\n";
        else if (c == u'\t')
            out += "\\t";
        else if (c == u'\r')
            out += "\\r";
        else if (c.isHighSurrogate() && i + 1 < text.size())
            out += text.mid(i++, 2).toUtf8();
        else if (!c.isPrint() || c.unicode() == 0xfeff)
            out += "\\u" + QByteArray::number(uint(c.unicode()), 16).rightJustified(4, '0');
        else
            out += QString(c).toUtf8();
    }
    return out + '"';
}

bool isFlat(const ConfigValue::Items &items)
{
    return std::all_of(items.cbegin(), items.cend(),
                       [](const ConfigValue &item) { return std::holds_alternative<QString>(item.is); });
}

/// Behind a key's colon or a dash, with the blank or line end before it.
QByteArray valueAfter(const ConfigValue &value, qsizetype indent, QByteArrayView newline)
{
    if (const auto *text = std::get_if<QString>(&value.is))
        return ' ' + yamlScalar(*text, PlacedNode::Style::Plain, false);
    const auto *items = std::get_if<ConfigValue::Items>(&value.is);
    const auto *fields = std::get_if<ConfigValue::Fields>(&value.is);
    if ((items && isFlat(*items)) || (fields && fields->empty()))
        return ' ' + yamlFlow(value);
    return newline.toByteArray() + QByteArray(indent, ' ') + yamlBlock(value, indent, newline);
}

} // namespace

QByteArray yamlScalar(const QString &text, PlacedNode::Style like, bool inFlow)
{
    if (like == PlacedNode::Style::DoubleQuoted)
        return doubleQuoted(text);
    if (like == PlacedNode::Style::SingleQuoted && fitsSingleQuotes(text))
        return '\'' + QString(text).replace(u'\'', QLatin1String("''")).toUtf8() + '\'';
    return isPlainSafe(text, inFlow) ? text.toUtf8() : doubleQuoted(text);
}

QByteArray yamlKey(const QString &key, bool inFlow)
{
    // A key with a colon is easily misread by people, too.
    return isPlainSafe(key, inFlow) && !key.contains(u':') ? key.toUtf8() : doubleQuoted(key);
}

QByteArray yamlFlow(const ConfigValue &value)
{
    if (const auto *text = std::get_if<QString>(&value.is))
        return yamlScalar(*text, PlacedNode::Style::Plain, true);
    QByteArrayList parts;
    if (const auto *items = std::get_if<ConfigValue::Items>(&value.is)) {
        for (const ConfigValue &item : *items)
            parts += yamlFlow(item);
        return '[' + parts.join(", ") + ']';
    }
    for (const auto &[key, field] : std::get<ConfigValue::Fields>(value.is))
        parts += yamlKey(key, true) + ": " + yamlFlow(field);
    return '{' + parts.join(", ") + '}';
}

QByteArray yamlBlock(const ConfigValue &value, qsizetype indent, QByteArrayView newline)
{
    if (const auto *text = std::get_if<QString>(&value.is))
        return yamlScalar(*text, PlacedNode::Style::Plain, false);
    const QByteArray next = newline.toByteArray() + QByteArray(indent, ' ');
    QByteArrayList lines;
    if (const auto *items = std::get_if<ConfigValue::Items>(&value.is)) {
        if (items->empty())
            return "[]";
        for (const ConfigValue &item : *items) {
            const auto *nested = std::get_if<ConfigValue::Items>(&item.is);
            lines += "- " + (nested ? yamlFlow(item) : yamlBlock(item, indent + 2, newline));
        }
        return lines.join(next);
    }
    const auto &fields = std::get<ConfigValue::Fields>(value.is);
    if (fields.empty())
        return "{}";
    for (const auto &[key, field] : fields)
        lines += yamlKey(key, false) + ':' + valueAfter(field, indent + 2, newline);
    return lines.join(next);
}

} // namespace lbp
