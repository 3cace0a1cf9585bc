#include "config/yamlreader.h"

#include <algorithm>
#include <QSet>
#include <QStringDecoder>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace lbp {
namespace {

constexpr qsizetype maxBytes = 4 * 1024 * 1024;
constexpr size_t maxDepth = 100;
constexpr int maxOpenBrackets = 1000;
constexpr size_t maxNodes = 200'000;
constexpr qsizetype maxProblems = 100;

/// Ends a parse from inside the event handler with a message of ours.
struct Refused
{
    int line;
    QString message;
};

size_t countNodes(const YamlNode &node)
{
    size_t count = 1;
    for (const YamlNode &item : node.items)
        count += countNodes(item);
    for (const YamlNode::Entry &entry : node.entries)
        count += countNodes(entry.value);
    return count;
}

size_t depthOf(const YamlNode &node)
{
    size_t deepest = 0;
    for (const YamlNode &item : node.items)
        deepest = std::max(deepest, depthOf(item));
    for (const YamlNode::Entry &entry : node.entries)
        deepest = std::max(deepest, depthOf(entry.value));
    return deepest + 1;
}

/// Builds the tree from the parser's events. yaml-cpp's own Node tree is slower, forgets repeated keys and
/// has no bounds.
class TreeBuilder final : public YAML::EventHandler
{
public:
    YamlNode takeRoot() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark &) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        YamlNode node;
        node.line = lineOf(mark);
        place(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.constFind(anchor);
        if (found == m_anchors.cend())
            throw Refused{lineOf(mark), QStringLiteral("an alias stands inside the value that it names")};
        count(countNodes(*found), lineOf(mark));
        if (m_open.size() + depthOf(*found) > maxDepth)
            throw tooDeep(mark);
        YamlNode copy = *found;
        copy.line = lineOf(mark);
        place(std::move(copy), 0);
    }
    void OnScalar(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        YamlNode node;
        node.kind = YamlNode::Kind::Scalar;
        node.line = lineOf(mark);
        node.written = QString::fromUtf8(value.data(), qsizetype(value.size()));
        node.text = node.written;
        place(std::move(node), anchor);
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::Sequence, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::Map, mark, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open
    {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        QString key; ///< of a map: the key whose value comes next
        int keyLine = 0;
        bool hasKey = false;
    };

    static int lineOf(const YAML::Mark &mark) { return mark.line + 1; }
    static Refused tooDeep(const YAML::Mark &mark)
    {
        return {lineOf(mark), QStringLiteral("values are nested more than %1 deep").arg(maxDepth)};
    }
    void count(size_t nodes, int line)
    {
        m_nodes += nodes;
        if (m_nodes > maxNodes)
            throw Refused{line, QStringLiteral("the file has more than %1 values").arg(maxNodes)};
    }
    void open(YamlNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        if (m_open.size() >= maxDepth)
            throw tooDeep(mark);
        Open opened;
        opened.node.kind = kind;
        opened.node.line = lineOf(mark);
        opened.anchor = anchor;
        m_open.push_back(std::move(opened));
    }
    void close()
    {
        Open closed = std::move(m_open.back());
        m_open.pop_back();
        place(std::move(closed.node), closed.anchor);
    }
    void place(YamlNode node, YAML::anchor_t anchor)
    {
        count(1, node.line);
        if (anchor != 0) {
            // The remembered copies must not multiply either: an anchor around an anchor doubles what is
            // kept.
            count(countNodes(node), node.line);
            m_anchors.insert(anchor, node);
        }
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open &parent = m_open.back();
        if (parent.node.kind == YamlNode::Kind::Sequence) {
            parent.node.items.push_back(std::move(node));
            return;
        }
        if (!parent.hasKey) {
            if (node.kind == YamlNode::Kind::Sequence || node.kind == YamlNode::Kind::Map)
                throw Refused{node.line, QStringLiteral("a list or a mapping cannot be a key")};
            parent.key = node.written;
            parent.keyLine = node.line;
            parent.hasKey = true;
            return;
        }
        if (node.kind == YamlNode::Kind::Null)
            node.line = parent.keyLine; // the parser notices that nothing is there only further down

        parent.node.entries.push_back({std::move(parent.key), parent.keyLine, std::move(node)});
        parent.hasKey = false;
    }

    YamlNode m_root;
    std::vector<Open> m_open;
    QHash<YAML::anchor_t, YamlNode> m_anchors;
    size_t m_nodes = 0;
};

/// Fit for a message: short and on one line.
QString shortened(const QString &text)
{
    QString shown = text.left(60);
    for (QChar &c : shown)
        if (!c.isPrint())
            c = u'?';
    return text.size() > 60 ? shown + u'…' : shown;
}

void reportRepeatedKeys(const YamlNode &node, const QString &path, ProblemList &problems)
{
    QHash<QStringView, int> seen;
    if (node.entries.size() > 1)
        seen.reserve(qsizetype(node.entries.size()));
    for (const YamlNode::Entry &entry : node.entries) {
        if (node.entries.size() > 1) {
            const auto first = seen.constFind(entry.key);
            if (first != seen.cend())
                problems.add(entry.line, childPath(path, entry.key),
                             QStringLiteral("is given twice, first in line %1; remove one").arg(*first));
            else
                seen.insert(entry.key, entry.line);
        }
        if (entry.value.kind == YamlNode::Kind::Map || entry.value.kind == YamlNode::Kind::Sequence)
            reportRepeatedKeys(entry.value, childPath(path, entry.key), problems);
    }
    for (size_t i = 0; i < node.items.size(); ++i)
        if (node.items[i].kind == YamlNode::Kind::Map || node.items[i].kind == YamlNode::Kind::Sequence)
            reportRepeatedKeys(node.items[i], path + u'[' + QString::number(i) + u']', problems);
}

int lineAt(const QByteArray &text, qsizetype position)
{
    return 1 + int(std::count(text.cbegin(), text.cbegin() + position, '\n'));
}

/// Refuses what the parser should not even see. The parser looks ahead without bound inside open brackets.
bool isFitToParse(const QByteArray &yaml, ProblemList &problems)
{
    if (yaml.size() > maxBytes) {
        problems.add(0, {}, QStringLiteral("is larger than 4 MB; is it the right file?"));
        return false;
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(yaml);
    if (decoder.hasError()) {
        problems.add(0, {}, QStringLiteral("is not valid UTF-8; save it as UTF-8"));
        return false;
    }
    int depth = 0;
    for (qsizetype i = 0; i < yaml.size(); ++i) {
        const char c = yaml[i];
        if ((uchar(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
            problems.add(lineAt(yaml, i), {}, QStringLiteral("has a control character; remove it"));
            return false;
        }
        if (c == '[' || c == '{')
            ++depth;
        else if ((c == ']' || c == '}') && depth > 0)
            --depth;
        if (depth > maxOpenBrackets) {
            problems.add(lineAt(yaml, i), {},
                         QStringLiteral("has more than %1 open brackets").arg(maxOpenBrackets));
            return false;
        }
    }
    return true;
}

/// The parser's message without anything that it quotes from the file, which may be a secret, and with
/// advice.
QString syntaxMessage(const std::string &parserMessage)
{
    const QString text = QString::fromUtf8(parserMessage.data(), qsizetype(parserMessage.size()));
    const QString shown = text.section(u':', 0, 0);
    QString advice;
    if (text.contains(QLatin1String("map value")))
        advice = QStringLiteral("; a value that has a colon and a space needs quotes");
    else if (text.contains(QLatin1String("tab")))
        advice = QStringLiteral("; indent with spaces");
    else if (text.contains(QLatin1String("anchor")) || text.contains(QLatin1String("alias")))
        advice = QStringLiteral("; a value that begins with * or & needs quotes");
    else if (text.contains(QLatin1String("token")))
        advice = QStringLiteral("; a value that begins with @, `, % or another sign needs quotes");
    else if (text.contains(QLatin1String("end of map")) || text.contains(QLatin1String("end of seq")))
        advice =
            QStringLiteral("; check the indentation and the brackets here and above, and put ${NAME} between "
                           "brackets in quotes");
    return QStringLiteral("is not valid YAML: %1%2").arg(shown, advice);
}

bool isVariableName(QStringView name)
{
    if (name.isEmpty() || name.size() > 200)
        return false;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const char16_t c = name[i].unicode();
        const bool letter = (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || c == u'_';
        if (!letter && !(i > 0 && c >= u'0' && c <= u'9'))
            return false;
    }
    return true;
}

void substituteScalar(YamlNode &node, const QString &path, const QHash<QString, QString> &environment,
                      const KeychainSecrets &keychain, ProblemList &problems)
{
    const QStringView in = node.written;
    if (!in.contains(u'$'))
        return;
    QString out;
    qsizetype at = 0;
    while (at < in.size()) {
        const qsizetype dollar = in.indexOf(u'$', at);
        if (dollar < 0 || dollar + 1 >= in.size()) {
            out += in.sliced(at);
            break;
        }
        out += in.sliced(at, dollar - at);
        const QChar next = in[dollar + 1];
        if (next != u'{') {
            out += u'$';
            at = dollar + (next == u'$' ? 2 : 1);
            continue;
        }
        const qsizetype end = in.indexOf(u'}', dollar);
        const QStringView inside = end < 0 ? QStringView() : in.sliced(dollar + 2, end - dollar - 2);
        const qsizetype split = inside.indexOf(QLatin1String(":-"));
        const QStringView name = split < 0 ? inside : inside.first(split);
        constexpr QLatin1String keychainPrefix("keychain:");
        if (inside.startsWith(keychainPrefix) && isSecretName(inside.sliced(keychainPrefix.size()))) {
            const QString wanted = inside.sliced(keychainPrefix.size()).toString();
            const auto found = keychain.constFind(wanted);
            if (found == keychain.cend() || !*found) {
                node.kind = YamlNode::Kind::Broken;
                problems.add(
                    node.line, path,
                    found == keychain.cend()
                        ? QStringLiteral("needs %1 from the keychain, which cannot be asked here").arg(wanted)
                        : found->error().detail);
                return;
            }
            out += QString::fromUtf8((*found)->reveal());
            at = end + 1;
            continue;
        }
        if (!isVariableName(name)) {
            node.kind = YamlNode::Kind::Broken;
            problems.add(node.line, path,
                         QStringLiteral("has a ${ that is not ${NAME}, ${NAME:-default} or ${keychain:NAME}; "
                                        "write $$ for a dollar"));
            return;
        }
        const QString value = environment.value(name.toString());
        if (split >= 0)
            out += value.isEmpty() ? inside.sliced(split + 2).toString() : value;
        else if (environment.contains(name.toString()))
            out += value;
        else {
            node.kind = YamlNode::Kind::Broken;
            problems.add(
                node.line, path,
                QStringLiteral("needs the variable %1, which is not set: set it in the environment or in "
                               "the .env file beside this one, or write ${%1:-default}")
                    .arg(name));
        }
        at = end + 1;
    }
    node.text = out;
}

void substituteBelow(YamlNode &node, const QString &path, const QHash<QString, QString> &environment,
                     const KeychainSecrets &keychain, ProblemList &problems)
{
    if (node.kind == YamlNode::Kind::Scalar)
        substituteScalar(node, path, environment, keychain, problems);
    for (size_t i = 0; i < node.items.size(); ++i)
        substituteBelow(node.items[i], path + u'[' + QString::number(i) + u']', environment, keychain,
                        problems);
    for (YamlNode::Entry &entry : node.entries)
        substituteBelow(entry.value, childPath(path, entry.key), environment, keychain, problems);
}

} // namespace

void ProblemList::add(int line, const QString &key, const QString &message)
{
    if (m_problems.size() >= maxProblems)
        ++m_omitted;
    else
        m_problems.append({m_file, line, key, message});
}

QList<ConfigProblem> ProblemList::sorted() const
{
    QList<ConfigProblem> sorted = m_problems;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const ConfigProblem &a, const ConfigProblem &b) { return a.line < b.line; });
    if (m_omitted > 0)
        sorted.append({m_file, 0, {}, QStringLiteral("has %1 more problems").arg(m_omitted)});
    return sorted;
}

const YamlNode *YamlNode::find(QStringView key) const
{
    const auto found =
        std::find_if(entries.cbegin(), entries.cend(), [key](const Entry &e) { return e.key == key; });
    return found == entries.cend() ? nullptr : &found->value;
}

bool readYaml(const QByteArray &yaml, YamlNode &root, ProblemList &problems)
{
    if (!isFitToParse(yaml, problems))
        return false;
    try {
        std::istringstream stream(yaml.toStdString());
        YAML::Parser parser(stream);
        TreeBuilder builder;
        const bool any = parser.HandleNextDocument(builder);
        if (any) {
            root = builder.takeRoot();
            TreeBuilder more;
            if (parser.HandleNextDocument(more)) {
                problems.add(0, {}, QStringLiteral("has more than one YAML document; remove the line ---"));
                return false;
            }
        }
    } catch (const Refused &refused) {
        problems.add(refused.line, {}, refused.message);
        return false;
    } catch (const YAML::Exception &error) {
        problems.add(error.mark.is_null() ? 0 : error.mark.line + 1, {}, syntaxMessage(error.msg));
        return false;
    } catch (const std::exception &) {
        problems.add(0, {}, QStringLiteral("cannot be read as YAML"));
        return false;
    }
    reportRepeatedKeys(root, {}, problems);
    return true;
}

void substituteVariables(YamlNode &node, const QHash<QString, QString> &environment, ProblemList &problems,
                         const KeychainSecrets &keychain)
{
    substituteBelow(node, {}, environment, keychain, problems);
}

QString quotedForMessage(QStringView text)
{
    return u'"' + shortened(text.toString()) + u'"';
}

QString childPath(const QString &path, const QString &key)
{
    return path.isEmpty() ? shortened(key) : path + u'.' + shortened(key);
}

} // namespace lbp
