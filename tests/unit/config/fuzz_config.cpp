// libFuzzer target: any bytes as config.yml and as pricing.yml give a result or problems, nothing else.

#include "config/configfile.h"
#include "config/plainyaml.h"

#include <algorithm>
#include <cstdlib>

namespace {

bool same(const lbp::YamlNode &a, const lbp::YamlNode &b)
{
    const auto sameEntry = [](const lbp::YamlNode::Entry &x, const lbp::YamlNode::Entry &y) {
        return x.key == y.key && x.line == y.line && same(x.value, y.value);
    };
    return a.kind == b.kind && a.line == b.line && a.text == b.text
        && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same)
        && std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), sameEntry);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QHash<QString, QString> variables{
        {QStringLiteral("OPENAI_API_KEY"), QStringLiteral("cAnArY-value")}};
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto config = lbp::parseConfig(text, {}, variables);
    if (config) {
        if (!(*config)->prices || (*config)->providers.isEmpty() || !(*config)->budgets.timeZone.isValid())
            std::abort();
    } else {
        if (config.error().isEmpty())
            std::abort();
        for (const lbp::ConfigProblem &problem : config.error())
            if (problem.toString().contains(QStringLiteral("cAnArY-value")) && !text.contains("cAnArY-value"))
                std::abort();
    }
    const auto prices = lbp::parsePricing(text, QStringLiteral("pricing.yml"));
    if (!prices && prices.error().isEmpty())
        std::abort();
    // What the fast reader takes, the one of all of YAML reads as the same.
    lbp::YamlNode plain, whole;
    lbp::ProblemList problems({});
    if (lbp::readPlainYaml(text, plain)
        && !(lbp::readYaml(text, whole, problems) && problems.isEmpty() && same(plain, whole)))
        std::abort();
    return 0;
}
