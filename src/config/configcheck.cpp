#include "config/configeditor.h"
#include "config/configreader.h"
#include "config/settinginfo.h"

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

/// Whether \a text has a reference whose value is not known here: ${NAME} or ${keychain:NAME}.
bool hasOpenReference(QStringView text)
{
    for (qsizetype at = text.indexOf(u'$'); at >= 0 && at + 1 < text.size(); at = text.indexOf(u'$', at)) {
        if (text[at + 1] == u'{') {
            const qsizetype end = text.indexOf(u'}', at);
            if (end > at + 2 && !text.sliced(at, end - at).contains(u":-"_s))
                return true;
        }
        at += text[at + 1] == u'$' ? 2 : 1;
    }
    return false;
}

/// What a reference will be is unknown, so nothing can be said about such a value.
void hideReferences(YamlNode &node)
{
    if (node.kind == YamlNode::Kind::Scalar && hasOpenReference(node.written)) {
        // What is no reference at all is still found below.
        ProblemList problems({});
        YamlNode tried = node;
        substituteVariables(tried, {}, problems);
        const QList<ConfigProblem> found = problems.sorted();
        if (!found.isEmpty() && !found.front().message.contains(u"has a ${"_s))
            node.kind = YamlNode::Kind::Broken;
    }
    for (YamlNode &item : node.items)
        hideReferences(item);
    for (YamlNode::Entry &entry : node.entries)
        hideReferences(entry.value);
}

QList<ConfigProblem> problemsIn(YamlNode root)
{
    ProblemList problems(u"config.yml"_s);
    hideReferences(root);
    substituteVariables(root, {}, problems);
    Config config;
    readConfig(root, {}, {}, config, problems);
    return problems.sorted();
}

YamlNode scalar(const QString &text)
{
    YamlNode node;
    node.kind = YamlNode::Kind::Scalar;
    node.line = 1;
    node.written = node.text = text;
    return node;
}

} // namespace

QList<ConfigProblem> validate(QByteArrayView text)
{
    ProblemList problems(u"config.yml"_s);
    YamlNode root;
    if (!readYaml(text.toByteArray(), root, problems))
        return problems.sorted();
    return problems.sorted() + problemsIn(std::move(root));
}

QString checkValue(QStringView dotted, const QString &value)
{
    const SettingInfo *info = settingInfo(dotted);
    if (!info)
        return u"is not a known key"_s;
    if (info->type == SettingType::List)
        return {};
    YamlNode node = scalar(value);
    if (info->type == SettingType::TextList) {
        node = YamlNode();
        node.kind = YamlNode::Kind::Sequence;
        for (const QString &item : value.split(u',', Qt::SkipEmptyParts))
            node.items.push_back(scalar(item.trimmed()));
    } else if (value.trimmed().isEmpty()
               && (info->type == SettingType::Number || info->type == SettingType::Flag
                   || info->type == SettingType::OneOf || info->type == SettingType::Money)) {
        // Within an entry an empty value takes the key away.
        return info->path.contains("[]"_L1) && info->defaultText.isEmpty()
                && info->type == SettingType::Number
            ? QString()
            : u"needs a value"_s;
    }
    // The whole configuration is this one value.
    QString wanted = dotted.toString();
    wanted.replace("[]"_L1, "[0]"_L1);
    const ConfigPath path(wanted);
    for (qsizetype i = path.steps().size(); i-- > 0;) {
        YamlNode parent;
        parent.line = 1;
        if (path.steps()[i].index >= 0) {
            parent.kind = YamlNode::Kind::Sequence;
            parent.items.push_back(std::move(node));
        } else {
            parent.kind = YamlNode::Kind::Map;
            parent.entries.push_back({path.steps()[i].key, 1, std::move(node)});
        }
        node = std::move(parent);
    }
    ConfigPath first;
    for (const ConfigPath::Step &step : path.steps())
        first = step.index >= 0 ? first.item(0) : first.child(step.key);
    const QString key = first.toString();
    // A pair is judged when both are there.
    const bool isTls = key == "server.tlsCertificate"_L1 || key == "server.tlsKey"_L1;
    for (const ConfigProblem &problem : problemsIn(std::move(node)))
        if (!isTls && (problem.key == key || problem.key.startsWith(key + u'[')))
            return problem.message;
    return {};
}

} // namespace lbp
