#include "config/yamlmap.h"

#include <algorithm>
#include <numeric>

namespace lbp {
namespace {

/// Levenshtein distance; letters that differ in case alone count as equal.
int editDistance(QStringView a, QStringView b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i) + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const size_t at = size_t(j) + 1;
            const int substituted = diagonal + (a[i].toCaseFolded() == b[j].toCaseFolded() ? 0 : 1);
            diagonal = row[at];
            row[at] = std::min({row[at] + 1, row[at - 1] + 1, substituted});
        }
    }
    return row.back();
}

/// What stands in the file, for a message.
QString shown(const YamlNode &node)
{
    return quotedForMessage(node.written);
}

} // namespace

QString suggestion(QStringView unknown, const QStringList &known)
{
    if (unknown.size() <= 64) {
        int best = std::numeric_limits<int>::max();
        QString nearest;
        for (const QString &name : known) {
            const int distance = editDistance(unknown, name);
            if (distance < best) {
                best = distance;
                nearest = name;
            }
        }
        if (best <= std::max<qsizetype>(2, unknown.size() / 3))
            return QStringLiteral("; did you mean \"%1\"?").arg(nearest);
    }
    if (known.isEmpty() || known.size() > 16)
        return {};
    return QStringLiteral("; known here: ") + known.join(QLatin1String(", "));
}

YamlMap::YamlMap(const YamlNode *node, QString path, ProblemList &problems)
    : m_path(std::move(path))
    , m_line(node ? node->line : 0)
    , m_problems(problems)
{
    if (!node || node->kind == YamlNode::Kind::Null || node->kind == YamlNode::Kind::Broken)
        return;
    if (node->kind == YamlNode::Kind::Map)
        m_node = node;
    else
        m_problems.add(node->line, m_path,
                       QStringLiteral("must be a mapping, with keys on indented lines below it"));
}

QString YamlMap::pathOf(QLatin1String key) const
{
    if (key.isEmpty())
        return m_path;
    return m_path.isEmpty() ? QString(key) : m_path + u'.' + key;
}

const YamlNode *YamlMap::value(QLatin1String key)
{
    m_known.push_back(key);
    if (!m_node)
        return nullptr;
    for (const YamlNode::Entry &entry : m_node->entries)
        if (entry.key == key)
            return entry.value.kind == YamlNode::Kind::Null || entry.value.kind == YamlNode::Kind::Broken
                ? nullptr
                : &entry.value;
    return nullptr;
}

const YamlNode *YamlMap::scalar(QLatin1String key, const QString &expected)
{
    const YamlNode *node = value(key);
    if (!node || node->kind == YamlNode::Kind::Scalar)
        return node;
    m_problems.add(
        node->line, pathOf(key),
        QStringLiteral("must be %1, not a %2")
            .arg(expected,
                 node->kind == YamlNode::Kind::Map ? QStringLiteral("mapping") : QStringLiteral("list")));
    return nullptr;
}

YamlMap YamlMap::map(QLatin1String key)
{
    const YamlNode *node = value(key);
    return YamlMap(node, pathOf(key), m_problems);
}

std::vector<std::pair<const YamlNode *, QString>> YamlMap::list(QLatin1String key)
{
    std::vector<std::pair<const YamlNode *, QString>> items;
    const YamlNode *node = value(key);
    if (!node)
        return items;
    if (node->kind != YamlNode::Kind::Sequence) {
        m_problems.add(node->line, pathOf(key),
                       QStringLiteral("must be a list, each item on a line that begins with \"- \""));
        return items;
    }
    for (size_t i = 0; i < node->items.size(); ++i)
        items.emplace_back(&node->items[i], pathOf(key) + u'[' + QString::number(i) + u']');
    return items;
}

void YamlMap::text(QLatin1String key, QString &field)
{
    if (const YamlNode *node = scalar(key, QStringLiteral("text")))
        field = node->text.trimmed();
}

void YamlMap::texts(QLatin1String key, QStringList &field)
{
    const YamlNode *given = value(key);
    if (!given)
        return;
    m_known.pop_back(); // list() declares it again
    QStringList read;
    for (const auto &[item, itemPath] : list(key)) {
        if (item->kind == YamlNode::Kind::Broken)
            continue;
        if (item->kind != YamlNode::Kind::Scalar || item->text.trimmed().isEmpty())
            m_problems.add(item->line, itemPath, QStringLiteral("must be text"));
        else
            read.append(item->text.trimmed());
    }
    field = read;
}

void YamlMap::pairs(QLatin1String key, QHash<QString, QString> &field)
{
    const YamlNode *given = value(key);
    if (!given)
        return;
    const YamlMap inner(given, pathOf(key), m_problems);
    if (!inner.isGiven())
        return;
    field.clear();
    for (const YamlNode::Entry &entry : given->entries) {
        const QString path = childPath(pathOf(key), entry.key);
        if (entry.value.kind == YamlNode::Kind::Broken)
            continue;
        if (entry.value.kind != YamlNode::Kind::Scalar || entry.value.text.trimmed().isEmpty())
            m_problems.add(entry.line, path, QStringLiteral("must be text"));
        else if (field.contains(entry.key))
            m_problems.add(entry.line, path, QStringLiteral("is given twice; remove one"));
        else
            field.insert(entry.key, entry.value.text.trimmed());
    }
}

void YamlMap::flag(QLatin1String key, bool &field)
{
    const YamlNode *node = scalar(key, QStringLiteral("true or false"));
    if (!node)
        return;
    const QString word = node->text.trimmed().toLower();
    if (word == u"true" || word == u"yes" || word == u"on")
        field = true;
    else if (word == u"false" || word == u"no" || word == u"off")
        field = false;
    else
        problemAt(*node, key, QStringLiteral("must be true or false, not %1").arg(shown(*node)));
}

void YamlMap::secret(QLatin1String key, Secret &field, bool forHeader)
{
    const YamlNode *node = scalar(key, QStringLiteral("text"));
    if (!node)
        return;
    const QString text = node->text.trimmed();
    const bool printable =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c > u' ' && c < QChar(0x7f); });
    if (forHeader && !printable)
        problemAt(
            *node, key,
            QStringLiteral("has a blank or a character outside ASCII, so it cannot be sent in a header"));
    else
        field = Secret(text.toUtf8());
}

void YamlMap::money(QLatin1String key, std::optional<Money> &field)
{
    const QString expected = QStringLiteral("an amount in US dollars such as 10.00, or none for no limit");
    const YamlNode *node = scalar(key, expected);
    if (!node) {
        // An empty limit could mean the default or no limit at all: not to be guessed where money is at
        // stake.
        const YamlNode *empty = m_node ? m_node->find(QString(key)) : nullptr;
        if (empty && empty->kind == YamlNode::Kind::Null)
            problemAt(*empty, key, QStringLiteral("has no value; write ") + expected);
        return;
    }
    const QString text = node->text.trimmed();
    if (text == u"none") {
        field = std::nullopt;
        return;
    }
    const Result<Money> amount = Money::fromDecimal(text);
    if (amount && !amount->isNegative())
        field = *amount;
    else if (!amount && amount.error().code == ErrorCode::AmountOverflow)
        problemAt(
            *node, key,
            QStringLiteral("is too large: at most about 9 million US dollars, not %1").arg(shown(*node)));
    else
        problemAt(
            *node, key,
            QStringLiteral("must be %1, not %2: digits and one point, without sign, exponent or currency")
                .arg(expected, shown(*node)));
}

std::optional<qint64> YamlMap::readNumber(QLatin1String key, qint64 least, qint64 most)
{
    const QString expected = QStringLiteral("a whole number from %1 to %2").arg(least).arg(most);
    const YamlNode *node = scalar(key, expected);
    if (!node)
        return std::nullopt;
    const QString text = node->text.trimmed();
    bool isNumber = !text.isEmpty() && text.size() <= 20;
    for (qsizetype i = 0; isNumber && i < text.size(); ++i)
        isNumber = (text[i] >= u'0' && text[i] <= u'9') || (i == 0 && text[i] == u'-' && text.size() > 1);
    const qint64 number = isNumber ? text.toLongLong(&isNumber) : 0;
    if (isNumber && number >= least && number <= most)
        return number;
    problemAt(*node, key, QStringLiteral("must be %1, not %2").arg(expected, shown(*node)));
    return std::nullopt;
}

qsizetype YamlMap::readName(QLatin1String key, const QStringList &names)
{
    const YamlNode *node = scalar(key, QStringLiteral("one of ") + names.join(QLatin1String(", ")));
    if (!node)
        return -1;
    const qsizetype index = names.indexOf(node->text.trimmed());
    if (index < 0)
        problemAt(
            *node, key,
            QStringLiteral("must be one of %1, not %2").arg(names.join(QLatin1String(", ")), shown(*node)));
    return index;
}

void YamlMap::problem(QLatin1String key, const QString &message)
{
    const YamlNode *node = m_node ? m_node->find(QString(key)) : nullptr;
    m_problems.add(node ? node->line : m_line, pathOf(key), message);
}

void YamlMap::problemAt(const YamlNode &node, QLatin1String key, const QString &message)
{
    m_problems.add(node.line, pathOf(key), message);
}

void YamlMap::finish()
{
    if (!m_node)
        return;
    QStringList known;
    for (const YamlNode::Entry &entry : m_node->entries) {
        const auto isKnown = [&entry](QLatin1String name) { return entry.key == name; };
        if (std::any_of(m_known.cbegin(), m_known.cend(), isKnown))
            continue;
        if (known.isEmpty()) {
            for (QLatin1String name : m_known)
                known.append(name);
            known.removeDuplicates();
        }
        m_problems.add(entry.line, childPath(m_path, entry.key),
                       QStringLiteral("is not a known key") + suggestion(entry.key, known));
    }
}

} // namespace lbp
