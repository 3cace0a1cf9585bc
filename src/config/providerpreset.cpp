#include "config/providerpreset.h"

#include "core/key.h"

#include <algorithm>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

ProviderApi at(const char *baseUrl, AuthStyle auth)
{
    return {QUrl(QLatin1String(baseUrl)), auth, false};
}

ProviderApi none()
{
    return {};
}

QList<ProviderPreset> build()
{
    using enum AuthStyle;
    using enum ProviderKind;
    QList<ProviderPreset> all;
    const auto add = [&all](QLatin1String name, ProviderKind kind, const ProviderApi &openai,
                            const ProviderApi &anthropic = none(),
                            const ProviderApi &gemini = none()) -> ProviderPreset & {
        ProviderPreset preset;
        preset.name = name;
        preset.kind = kind;
        preset.apis = {openai, anthropic, gemini};
        preset.priceSpace = name;
        all.append(preset);
        return all.last();
    };
    const auto local = [&](QLatin1String name, const ProviderApi &openai,
                           const ProviderApi &anthropic = none()) {
        ProviderPreset &preset = add(name, OpenAi, openai, anthropic);
        preset.free = true;
        return &preset;
    };

    add("openai"_L1, OpenAi, at("https://api.openai.com/v1", Bearer)).quirks.knowsNewFields = true;
    add("anthropic"_L1, Anthropic, none(), at("https://api.anthropic.com", XApiKey))
        .apis[size_t(Anthropic)]
        .takesBearer = true;
    add("gemini"_L1, Gemini, at("https://generativelanguage.googleapis.com/v1beta/openai", Bearer), none(),
        at("https://generativelanguage.googleapis.com", XGoogApiKey));
    ProviderPreset &azure = add("azure"_L1, OpenAi, at("", ApiKey));
    azure.quirks.knowsNewFields = azure.quirks.hasDeployments = true;
    ProviderPreset &openrouter = add("openrouter"_L1, OpenAi, at("https://openrouter.ai/api/v1", Bearer),
                                     at("https://openrouter.ai/api", Bearer));
    openrouter.quirks.reportsCost = true;
    openrouter.quirks.streamUsage = StreamUsage::Always;
    add("groq"_L1, OpenAi, at("https://api.groq.com/openai/v1", Bearer));
    add("mistral"_L1, OpenAi, at("https://api.mistral.ai/v1", Bearer)).quirks.streamUsage =
        StreamUsage::Always;
    add("deepseek"_L1, OpenAi, at("https://api.deepseek.com/v1", Bearer),
        at("https://api.deepseek.com/anthropic", XApiKey));
    add("xai"_L1, OpenAi, at("https://api.x.ai/v1", Bearer));
    add("together"_L1, OpenAi, at("https://api.together.ai/v1", Bearer)).quirks.streamUsage =
        StreamUsage::Always;
    local("ollama"_L1, at("http://localhost:11434/v1", Bearer), at("http://localhost:11434", Bearer))
        ->quirks.paidModels = {u"*-cloud"_s};
    local("lmstudio"_L1, at("http://localhost:1234/v1", Bearer), at("http://localhost:1234", Bearer));
    local("vllm"_L1, at("http://localhost:8000/v1", Bearer));
    local("llamacpp"_L1, at("http://localhost:8080/v1", Bearer), at("http://localhost:8080", Bearer));
    add("custom"_L1, OpenAi, at("", Bearer)).priceSpace.clear();
    return all;
}

AuthStyle usualAuth(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        break;
    case ProviderKind::Anthropic:
        return AuthStyle::XApiKey;
    case ProviderKind::Gemini:
        return AuthStyle::XGoogApiKey;
    }
    return AuthStyle::Bearer;
}

/// \a path at the scheme, host and port of \a place.
QUrl moved(const QUrl &place, const QUrl &path)
{
    QUrl url = place;
    url.setPath(path.path(QUrl::FullyEncoded), QUrl::StrictMode);
    return url;
}

} // namespace

bool ProviderConfig::isFreeFor(QStringView model) const
{
    return free
        && !std::any_of(quirks.paidModels.begin(), quirks.paidModels.end(),
                        [model](const QString &glob) { return globMatches(glob, model); });
}

QString ProviderConfig::ownNameOf(const QString &model) const
{
    if (deployments.isEmpty() || deployments.contains(model))
        return model;
    QString found; // the first by name, so that it is always the same
    for (auto it = deployments.cbegin(); it != deployments.cend(); ++it) {
        if (it.value() == model && (found.isEmpty() || it.key() < found))
            found = it.key();
    }
    return found.isEmpty() ? model : found;
}

const QList<ProviderPreset> &providerPresets()
{
    static const QList<ProviderPreset> all = build();
    return all;
}

const ProviderPreset *providerPreset(QStringView name)
{
    for (const ProviderPreset &preset : providerPresets())
        if (preset.name == name)
            return &preset;
    return nullptr;
}

const ProviderPreset &presetOfKind(ProviderKind kind)
{
    static const std::array<QStringView, 3> names{u"openai", u"anthropic", u"gemini"};
    return *providerPreset(names[size_t(kind)]);
}

bool isSameHost(const QUrl &one, const QUrl &other)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return one.host() == other.host() && port(one) == port(other)
        && (one.scheme() == other.scheme() || other.scheme() == "https"_L1);
}

void applyPreset(const ProviderPreset &preset, std::optional<AuthStyle> auth, ProviderConfig &provider)
{
    const ProviderApi &main = preset.apis[size_t(provider.kind)];
    const bool ownPlace = !provider.baseUrl.isEmpty()
        && (main.baseUrl.isEmpty() || !isSameHost(main.baseUrl, provider.baseUrl));
    for (const ProviderKind kind : {ProviderKind::OpenAi, ProviderKind::Anthropic, ProviderKind::Gemini}) {
        const ProviderApi &known = preset.apis[size_t(kind)];
        ProviderApi &api = provider.apis[size_t(kind)];
        const bool isKnown = !known.baseUrl.isEmpty() || kind == preset.kind;
        if (kind == provider.kind) {
            if (provider.baseUrl.isEmpty())
                provider.baseUrl = known.baseUrl;
            api.baseUrl = provider.baseUrl;
        } else if (api.baseUrl.isEmpty() && !known.baseUrl.isEmpty()) {
            api.baseUrl = ownPlace ? moved(provider.baseUrl, known.baseUrl) : known.baseUrl;
        }
        api.auth = auth.value_or(isKnown ? known.auth : usualAuth(kind));
        api.takesBearer = !auth && isKnown && known.takesBearer;
    }
    if (provider.priceSpace.isEmpty())
        provider.priceSpace = preset.priceSpace;
    // What holds for the maker's own service does not hold for who speaks its API elsewhere.
    provider.quirks.knowsNewFields = preset.quirks.hasDeployments
        || (preset.quirks.knowsNewFields && provider.baseUrl.host().endsWith("api.openai.com"_L1));
    provider.quirks.hasDeployments = preset.quirks.hasDeployments;
    provider.quirks.paidModels = preset.quirks.paidModels;
}

} // namespace lbp
