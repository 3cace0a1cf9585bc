#include "control/pricefeed.h"

#include "control/jsontext.h"
#include "wire/json.h"

#include <algorithm>
#include <array>
#include <map>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;
using enum BillingClass;

/// How a list calls a provider, and what its models are called here. An empty space: they are its own models,
/// and their names stand alone.
struct KnownProvider
{
    QLatin1String name;
    QLatin1String space;
    QLatin1String maker; ///< the space of what it gives away
};
constexpr std::array litellmProviders{
    KnownProvider{"openai"_L1, {}, "openai"_L1},
    KnownProvider{"text-completion-openai"_L1, {}, "openai"_L1},
    KnownProvider{"anthropic"_L1, {}, "anthropic"_L1},
    KnownProvider{"gemini"_L1, {}, "gemini"_L1},
    KnownProvider{"mistral"_L1, {}, "mistral"_L1},
    KnownProvider{"deepseek"_L1, {}, "deepseek"_L1},
    KnownProvider{"xai"_L1, {}, "xai"_L1},
    KnownProvider{"groq"_L1, "groq"_L1, "groq"_L1},
    KnownProvider{"together_ai"_L1, "together"_L1, "together"_L1},
    KnownProvider{"azure"_L1, "azure"_L1, "azure"_L1},
    KnownProvider{"openrouter"_L1, "openrouter"_L1, "openrouter"_L1},
};
constexpr std::array modelsDevProviders{
    KnownProvider{"openai"_L1, {}, "openai"_L1},
    KnownProvider{"anthropic"_L1, {}, "anthropic"_L1},
    KnownProvider{"google"_L1, {}, "gemini"_L1},
    KnownProvider{"mistral"_L1, {}, "mistral"_L1},
    KnownProvider{"deepseek"_L1, {}, "deepseek"_L1},
    KnownProvider{"xai"_L1, {}, "xai"_L1},
    KnownProvider{"groq"_L1, "groq"_L1, "groq"_L1},
    KnownProvider{"togetherai"_L1, "together"_L1, "together"_L1},
    KnownProvider{"azure"_L1, "azure"_L1, "azure"_L1},
    KnownProvider{"openrouter"_L1, "openrouter"_L1, "openrouter"_L1},
};

template <typename Known> std::optional<std::pair<QString, QString>>
spaceOf(const Known &known, const QString &provider, const QStringList &further)
{
    for (const KnownProvider &one : known)
        if (one.name == provider)
            return std::pair(QString(one.space), QString(one.maker));
    if (further.contains(provider))
        return std::pair(provider, provider);
    return std::nullopt;
}

/// Open weights that every host sells at a price of its own: their maker's price must not hold elsewhere.
bool isOpenWeights(const QString &model)
{
    return model.startsWith("gemma"_L1) || model.startsWith("gpt-oss"_L1);
}

bool isGivenAway(const Rates &rates)
{
    bool any = false;
    for (const std::optional<qint64> &rate : rates.perUnit) {
        if (rate && *rate > 0)
            return false;
        any = any || rate;
    }
    return any;
}

bool hasRates(const ModelPrice &price)
{
    return std::any_of(price.standard.perUnit.begin(), price.standard.perUnit.end(),
                       [](const auto &rate) { return rate.has_value(); });
}

/// Collects one model and what is wrong with it.
class ModelReader
{
public:
    explicit ModelReader(const JsonText &node)
        : m_node(node)
    {
    }

    /// USD for \a units units. Nothing when absent or null.
    std::optional<qint64> rate(const JsonText &node, const QString &field, qint64 units)
    {
        const JsonText *value = node.find(field);
        if (!value || value->type == JsonText::Type::Null)
            return std::nullopt;
        if (value->type != JsonText::Type::Number) {
            refuse(u"\"%1\" is not a number"_s.arg(field));
            return std::nullopt;
        }
        const QString decimal = plainDecimal(value->number);
        const Result<qint64> read = ratePerUnit(decimal, units);
        if (!read) {
            refuse(u"\"%1\": %2 is no price, or finer than a picodollar"_s.arg(
                field, QString::fromLatin1(value->number)));
            return std::nullopt;
        }
        return *read;
    }
    void take(Rates &rates, BillingClass c, const QString &field, qint64 units = 1)
    {
        if (const std::optional<qint64> read = rate(m_node, field, units))
            rates[c] = read;
    }
    std::optional<qint64> tokens(const JsonText &node, const QString &field)
    {
        const JsonText *value = node.find(field);
        if (!value || value->type != JsonText::Type::Number)
            return std::nullopt;
        const std::optional<qint64> count = jsonInteger(value->number);
        return count && *count > 0 && *count <= 1'000'000'000 ? count : std::nullopt;
    }
    void refuse(const QString &reason)
    {
        if (m_reason.isEmpty())
            m_reason = reason;
    }
    [[nodiscard]] const QString &reason() const { return m_reason; }

private:
    const JsonText &m_node;
    QString m_reason;
};

/// Adds \a price under \a name, with the space it belongs to.
void place(PriceFeed &feed, std::map<QString, ModelPrice> &models, ModelPrice price, QString name,
           const std::pair<QString, QString> &space)
{
    if (!hasRates(price)) {
        ++feed.leftOut;
        return;
    }
    QString prefix = space.first;
    if (prefix.isEmpty() && (isGivenAway(price.standard) || isOpenWeights(name)))
        prefix = space.second;
    if (!prefix.isEmpty())
        name = prefix + u'/' + name;
    price.model = name;
    models.insert_or_assign(name, std::move(price));
}

struct LitellmField
{
    QLatin1String name;
    BillingClass billingClass;
};
constexpr std::array litellmTokens{
    LitellmField{"input_cost_per_token"_L1, UncachedInput},
    LitellmField{"output_cost_per_token"_L1, Output},
    LitellmField{"cache_read_input_token_cost"_L1, CachedInput},
    LitellmField{"cache_creation_input_token_cost"_L1, CacheWrite5m},
    LitellmField{"cache_creation_input_token_cost_above_1hr"_L1, CacheWrite1h},
    LitellmField{"output_cost_per_reasoning_token"_L1, Reasoning},
    LitellmField{"input_cost_per_audio_token"_L1, AudioInput},
    LitellmField{"output_cost_per_audio_token"_L1, AudioOutput},
    LitellmField{"input_cost_per_image_token"_L1, ImageInput},
    LitellmField{"output_cost_per_image_token"_L1, ImageOutput},
};

/// The N of fields that end in "_above_Nk_tokens".
std::vector<int> litellmThresholds(const JsonText &node)
{
    std::vector<int> found;
    for (const auto &[name, value] : node.members) {
        const qsizetype above = name.lastIndexOf("_above_"_L1);
        if (above < 0 || !name.endsWith("k_tokens"_L1) || value.type != JsonText::Type::Number)
            continue;
        bool isNumber = false;
        const int thousands = QStringView(name).sliced(above + 7).chopped(8).toInt(&isNumber);
        if (isNumber && thousands > 0 && std::find(found.begin(), found.end(), thousands) == found.end())
            found.push_back(thousands);
    }
    return found;
}

ModelPrice litellmPrice(const JsonText &node, ModelReader &reader)
{
    ModelPrice price;
    for (const LitellmField &field : litellmTokens)
        reader.take(price.standard, field.billingClass, field.name);
    const JsonText *modeNode = node.find(u"mode");
    const QString mode = modeNode ? modeNode->string : QString();
    if (mode == "audio_transcription"_L1) {
        reader.take(price.standard, AudioSecond, u"output_cost_per_second"_s);
        reader.take(price.standard, AudioSecond, u"input_cost_per_second"_s);
    } else if (mode == "audio_speech"_L1) {
        reader.take(price.standard, SpeechCharacter, u"input_cost_per_character"_s);
    } else if (mode == "image_generation"_L1) {
        reader.take(price.standard, GeneratedImage, u"output_cost_per_image"_s);
    }
    if (const JsonText *search = node.find(u"search_context_cost_per_query"))
        for (const auto &member : search->members)
            if (const std::optional<qint64> rate = reader.rate(*search, member.first, 1))
                price.standard[WebSearchCall] = std::max(price.standard[WebSearchCall].value_or(0), *rate);
    reader.take(price.standard, FileSearchCall, u"file_search_cost_per_1k_calls"_s, 1'000);
    reader.take(price.standard, CodeSessionCall, u"code_interpreter_cost_per_session"_s);
    const std::vector<int> thresholds = litellmThresholds(node);
    if (thresholds.size() > 1)
        reader.refuse(u"has several prices for long requests, and only one can be kept"_s);
    else if (thresholds.size() == 1) {
        const QString suffix = u"_above_%1k_tokens"_s.arg(thresholds.front());
        for (const LitellmField &field : litellmTokens)
            reader.take(price.longContext, field.billingClass, field.name + suffix);
        if (price.longContext != Rates())
            price.longContextThreshold = qint64(thresholds.front()) * 1'000;
    }
    constexpr std::pair<QLatin1String, ServiceTier> tiers[] = {{"_flex"_L1, ServiceTier::Flex},
                                                               {"_priority"_L1, ServiceTier::Priority},
                                                               {"_batches"_L1, ServiceTier::Batch}};
    for (const auto &[suffix, tier] : tiers) {
        Rates rates;
        for (const LitellmField &field : litellmTokens)
            reader.take(rates, field.billingClass, field.name + suffix);
        if (rates != Rates())
            price.tiers.insert(tier, rates);
    }
    price.maxInputTokens = reader.tokens(node, u"max_input_tokens"_s);
    price.maxOutputTokens = reader.tokens(node, u"max_output_tokens"_s);
    return price;
}

PriceFeed readLitellm(const JsonText &root, const QStringList &providers)
{
    PriceFeed feed;
    feed.format = u"LiteLLM"_s;
    std::map<QString, ModelPrice> models;
    for (const auto &[key, node] : root.members) {
        const JsonText *provider = node.find(u"litellm_provider");
        if (!provider || key == "sample_spec"_L1)
            continue;
        const auto space = spaceOf(litellmProviders, provider->string, providers);
        // "high/1024-x-1024/gpt-image-1" is an image of a model, and "ft:" a model that is not there yet.
        const bool isVariant = key.contains("-x-"_L1) && key.contains(u'/');
        if (!space || isVariant) {
            ++feed.leftOut;
            continue;
        }
        ModelReader reader(node);
        ModelPrice price = litellmPrice(node, reader);
        if (!reader.reason().isEmpty()) {
            feed.refused.append({key, reader.reason()});
            continue;
        }
        QString name = key;
        if (const QString prefix = provider->string + u'/'; name.startsWith(prefix))
            name = name.mid(prefix.size());
        place(feed, models, std::move(price), name, *space);
    }
    for (auto &[name, price] : models)
        feed.models.append(std::move(price));
    return feed;
}

void modelsDevRates(ModelReader &reader, const JsonText &cost, Rates &rates)
{
    constexpr std::pair<QLatin1String, BillingClass> fields[] = {
        {"input"_L1, UncachedInput},      {"output"_L1, Output},       {"cache_read"_L1, CachedInput},
        {"cache_write"_L1, CacheWrite5m}, {"reasoning"_L1, Reasoning}, {"input_audio"_L1, AudioInput},
        {"output_audio"_L1, AudioOutput},
    };
    for (const auto &[name, billingClass] : fields)
        if (const std::optional<qint64> rate = reader.rate(cost, name, 1'000'000))
            rates[billingClass] = rate;
}

ModelPrice modelsDevPrice(const JsonText &node, ModelReader &reader)
{
    ModelPrice price;
    const JsonText *cost = node.find(u"cost");
    if (!cost || !cost->isObject())
        return price;
    modelsDevRates(reader, *cost, price.standard);
    const JsonText *tiers = cost->find(u"tiers");
    if (tiers && tiers->type == JsonText::Type::Array && !tiers->items.empty()) {
        const JsonText *tier = tiers->items.front().find(u"tier");
        const JsonText *type = tier ? tier->find(u"type") : nullptr;
        if (tiers->items.size() > 1)
            reader.refuse(u"has several prices for long requests, and only one can be kept"_s);
        else if (!type || type->string != "context"_L1)
            reader.refuse(u"has a price under a condition that is not known here"_s);
        else if (const std::optional<qint64> size = reader.tokens(*tier, u"size"_s)) {
            price.longContextThreshold = size;
            modelsDevRates(reader, tiers->items.front(), price.longContext);
        }
    } else if (const JsonText *above = cost->find(u"context_over_200k"); above && above->isObject()) {
        price.longContextThreshold = 200'000;
        modelsDevRates(reader, *above, price.longContext);
    }
    if (price.longContext == Rates())
        price.longContextThreshold.reset();
    if (const JsonText *limit = node.find(u"limit")) {
        price.maxInputTokens = reader.tokens(*limit, u"input"_s);
        if (!price.maxInputTokens)
            price.maxInputTokens = reader.tokens(*limit, u"context"_s);
        price.maxOutputTokens = reader.tokens(*limit, u"output"_s);
    }
    return price;
}

PriceFeed readModelsDev(const JsonText &root, const QStringList &providers)
{
    PriceFeed feed;
    feed.format = u"models.dev"_s;
    std::map<QString, ModelPrice> models;
    for (const auto &[provider, node] : root.members) {
        const JsonText *list = node.find(u"models");
        if (!list)
            continue;
        const auto space = spaceOf(modelsDevProviders, provider, providers);
        if (!space) {
            feed.leftOut += int(list->members.size());
            continue;
        }
        for (const auto &[name, model] : list->members) {
            ModelReader reader(model);
            ModelPrice price = modelsDevPrice(model, reader);
            if (!reader.reason().isEmpty())
                feed.refused.append({provider + u'/' + name, reader.reason()});
            else
                place(feed, models, std::move(price), name, *space);
        }
    }
    for (auto &[name, price] : models)
        feed.models.append(std::move(price));
    return feed;
}

} // namespace

Result<PriceFeed> readPriceFeed(QByteArrayView json, const QStringList &providers)
{
    const Result<JsonText> root = readJsonText(json);
    if (!root)
        return tl::unexpected(root.error());
    const auto anyHas = [&root](QStringView name, JsonText::Type type) {
        return std::any_of(root->members.begin(), root->members.end(), [&](const auto &member) {
            const JsonText *found = member.second.find(name);
            return found && found->type == type;
        });
    };
    if (anyHas(u"litellm_provider", JsonText::Type::String))
        return readLitellm(*root, providers);
    if (anyHas(u"models", JsonText::Type::Object))
        return readModelsDev(*root, providers);
    return fail(ErrorCode::InvalidValue,
                u"is neither LiteLLM's list of prices nor that of models.dev (api.json)"_s);
}

} // namespace lbp
