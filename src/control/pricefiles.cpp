#include "control/pricefiles.h"

#include "config/yamlreader.h"

namespace lbp::pricefiles {

using namespace Qt::StringLiterals;

Error firstOf(const QList<ConfigProblem> &problems)
{
    return {ErrorCode::ConfigInvalid, problems.isEmpty() ? QString() : problems.front().toString()};
}

Result<FileText> read(const QString &file, QByteArray &content)
{
    Result<FileText> base = blocking::readText(file);
    if (base)
        content = base->existed ? base->text : documentedDefault(u"pricing.yml"_s);
    return base;
}

ConfigPath modelsIn(const QByteArray &text)
{
    ProblemList problems({});
    YamlNode root;
    if (readYaml(text, root, problems) && !root.entries.empty() && !root.find(u"models"))
        return {};
    return ConfigPath(u"models");
}

Status save(const FileText &base, const QByteArray &text)
{
    if (base.existed && base.text == text)
        return {};
    const auto read = parsePricing(text, base.file);
    if (!read)
        return tl::unexpected(firstOf(read.error()));
    return blocking::saveText(base, text).map([](const FileText &) {});
}

Status keep(const QString &file, const QByteArray &content)
{
    const Result<FileText> kept = blocking::readText(file + u".before-import"_s);
    if (!kept)
        return tl::unexpected(kept.error());
    return blocking::saveText(*kept, content).map([](const FileText &) {});
}

} // namespace lbp::pricefiles
