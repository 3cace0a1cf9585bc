// libFuzzer target: any bytes as config.yml and as pricing.yml give a result or problems, nothing else.

#include "config/configfile.h"

#include <cstdlib>

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
    return 0;
}
