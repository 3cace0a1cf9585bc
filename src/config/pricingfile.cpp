#include "config/configfile.h"
#include "config/pricekeys.h"
#include "config/yamlmap.h"
#include "core/charge.h"

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxTokens = 1'000'000'000;

/// The rate as the text says it, never through a floating-point number.
std::optional<qint64> readRate(YamlMap &map, const PriceSpelling &spelling)
{
    const QLatin1String key = spelling.key;
    const YamlNode *node = map.scalar(key, u"a price in US dollars such as 0.0025"_s);
    if (!node)
        return std::nullopt;
    const Result<qint64> rate = rateOfPrice(QStringView(node->text).trimmed(), spelling.units);
    if (rate)
        return *rate;
    if (rate.error().code == ErrorCode::AmountOverflow)
        map.problemAt(*node, key, u"is too large: %1"_s.arg(quotedForMessage(node->written)));
    else
        map.problemAt(
            *node, key,
            u"must be a price in US dollars such as 0.0025, not %1: digits and one point, without sign or "
            u"exponent, "
            "and not finer than 0.000000000001 for one unit"_s.arg(quotedForMessage(node->written)));
    return std::nullopt;
}

/// \return true when at least one rate is stated.
bool readRates(YamlMap &map, Rates &rates)
{
    bool any = false;
    for (const PriceKey &keys : priceKeys) {
        const std::optional<qint64> usual = readRate(map, keys.usual);
        const std::optional<qint64> other = keys.other.isThere() ? readRate(map, keys.other) : std::nullopt;
        if (usual && other)
            map.problem(keys.usual.key, u"and %1 are the same price; remove one"_s.arg(keys.other.key));
        rates[keys.billingClass] = usual ? usual : other;
        any = any || rates[keys.billingClass];
    }
    return any;
}

void readTiers(YamlMap map, ModelPrice &price)
{
    constexpr std::pair<QLatin1String, ServiceTier> tiers[] = {{"flex"_L1, ServiceTier::Flex},
                                                               {"priority"_L1, ServiceTier::Priority},
                                                               {"batch"_L1, ServiceTier::Batch}};
    for (const auto &[name, tier] : tiers) {
        YamlMap entry = map.map(name);
        if (!entry.isGiven())
            continue;
        Rates rates;
        if (readRates(entry, rates))
            price.tiers.insert(tier, rates);
        entry.finish();
    }
    map.finish();
}

void readLongContext(YamlMap map, ModelPrice &price)
{
    if (!map.isGiven())
        return;
    if (!map.value("threshold"_L1))
        map.problem("threshold"_L1, u"is needed: the number of input tokens above which these prices hold"_s);
    map.number("threshold"_L1, price.longContextThreshold, 1, maxTokens);
    if (!readRates(map, price.longContext))
        map.problem({}, u"has no price"_s);
    map.finish();
}

ModelPrice readModel(const QString &name, YamlMap map, const QString &source)
{
    ModelPrice price;
    price.model = name;
    price.source = source;
    if (!readRates(map, price.standard))
        map.problem({}, u"has no price: write inputPer1k and outputPer1k, or remove the model"_s);
    readLongContext(map.map("longContext"_L1), price);
    readTiers(map.map("tiers"_L1), price);
    map.number("maxOutputTokens"_L1, price.maxOutputTokens, 1, maxTokens);
    map.number("maxInputTokens"_L1, price.maxInputTokens, 1, maxTokens);
    map.text("source"_L1, price.source);
    map.finish();
    return price;
}

bool isModelName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 300 && !name.contains(u'*')
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isPrint() && !c.isSpace(); });
}

void readModels(const YamlNode &models, const QString &path, const QString &source, PriceBook &book,
                ProblemList &problems)
{
    for (const YamlNode::Entry &entry : models.entries) {
        const QString modelPath = childPath(path, entry.key);
        if (!isModelName(entry.key)) {
            problems.add(entry.line, modelPath, u"is not a model name: it must have no blanks and no *"_s);
            continue;
        }
        if (entry.value.kind != YamlNode::Kind::Map) {
            problems.add(entry.line, modelPath, u"must have its prices on indented lines below it"_s);
            continue;
        }
        book.add(readModel(entry.key, YamlMap(&entry.value, modelPath, problems), source));
    }
}

} // namespace

tl::expected<std::shared_ptr<const PriceBook>, QList<ConfigProblem>> parsePricing(const QByteArray &yaml,
                                                                                  const QString &file)
{
    auto book = std::make_shared<PriceBook>();
    ProblemList problems(file);
    YamlNode root;
    if (readYaml(yaml, root, problems)) {
        YamlMap map(&root, {}, problems);
        const YamlNode *models = root.find(u"models");
        if (models) {
            QString source;
            map.text("source"_L1, source);
            YamlMap checked = map.map("models"_L1); // says so when it is not a mapping
            if (checked.isGiven())
                readModels(*models, u"models"_s, source, *book, problems);
            map.finish();
        } else if (map.isGiven()) {
            // The short form: the models themselves at the top.
            readModels(root, {}, {}, *book, problems);
        }
    }
    if (!problems.isEmpty())
        return tl::unexpected(problems.sorted());
    return book;
}

} // namespace lbp
