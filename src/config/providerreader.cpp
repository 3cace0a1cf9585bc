#include "config/providerreader.h"

#include "config/configreader.h"
#include "config/providerpreset.h"

#include <algorithm>
#include <QSet>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

bool isLoopback(const QString &host)
{
    const QString name = host.toLower();
    if (name == "localhost"_L1 || name.endsWith(".localhost"_L1) || name == "::1"_L1)
        return true;
    const QStringList parts = name.split(u'.');
    return parts.size() == 4 && parts[0] == "127"_L1
        && std::all_of(parts.cbegin(), parts.cend(), [](const QString &part) {
               bool isNumber = false;
               return part.toUShort(&isNumber) <= 255 && isNumber;
           });
}

const Spelling<const ProviderPreset *> &presetNames()
{
    static const Spelling<const ProviderPreset *> spelling = [] {
        Spelling<const ProviderPreset *> names;
        for (const ProviderPreset &preset : providerPresets())
            names.append({preset.name, &preset});
        return names;
    }();
    return spelling;
}

/// \a url without what the proxy writes itself, in the form that is kept.
QUrl usualForm(QUrl url, ProviderKind kind, bool hasDeployments)
{
    QString path = url.path(QUrl::FullyEncoded);
    const auto chop = [&path](QLatin1String end) {
        if (path.endsWith(end))
            path.chop(end.size());
    };
    while (path.endsWith(u'/'))
        path.chop(1);
    if (hasDeployments) { // a resource, with or without what SDKs put behind it
        chop("/v1"_L1);
        chop("/openai"_L1);
        path += "/openai/v1"_L1;
    } else if (kind == ProviderKind::Anthropic) {
        chop("/v1"_L1);
    } else if (kind == ProviderKind::Gemini) {
        chop("/v1beta"_L1);
        chop("/v1"_L1);
    }
    url.setPath(path, QUrl::StrictMode);
    return url;
}

/// Whose address \a url is, of those that have one for everybody.
QString presetAt(const QUrl &url)
{
    for (const ProviderPreset &preset : providerPresets()) {
        const bool isThere = std::any_of(preset.apis.begin(), preset.apis.end(), [&](const ProviderApi &api) {
            return !api.baseUrl.isEmpty() && api.baseUrl.host() == url.host();
        });
        if (isThere && !isLoopback(url.host()))
            return preset.name;
    }
    return {};
}

bool sendsKey(const ProviderConfig &provider, std::optional<AuthStyle> auth)
{
    return !provider.apiKey.isEmpty() && auth != AuthStyle::None && auth != AuthStyle::Client;
}

/// The address at \a key in its usual form; empty, and a problem unless it is absent, when there is none.
QUrl readUrl(YamlMap &map, QLatin1String key, ProviderKind kind, bool hasDeployments, bool withKey)
{
    QString text;
    map.text(key, text);
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    QString problem = httpUrlProblem(url);
    if (problem.isEmpty() && url.hasQuery())
        problem = u"must not have a ? part"_s;
    if (problem.isEmpty() && url.scheme() == "http"_L1 && withKey && !isLoopback(url.host()))
        problem =
            u"must begin with https://: over http the apiKey would travel unencrypted to another machine"_s;
    if (!problem.isEmpty()) {
        map.problem(key, problem);
        return {};
    }
    return usualForm(url, kind, hasDeployments);
}

ProviderConfig readProvider(YamlMap map, bool needsName)
{
    ProviderConfig provider;
    // Empty, as in the documented file, is as good as absent.
    const auto isGiven = [&map](QLatin1String key) {
        const YamlNode *node = map.value(key);
        return node && !(node->kind == YamlNode::Kind::Scalar && node->text.trimmed().isEmpty());
    };
    const ProviderPreset *given = nullptr;
    if (isGiven("preset"_L1))
        map.oneOf("preset"_L1, given, presetNames());
    if (given) {
        provider.preset = given->name;
        provider.kind = given->kind;
        provider.free = given->free;
    }
    map.oneOf("kind"_L1, provider.kind, providerKinds());
    const bool isCustom = !given || given->name == "custom"_L1;
    const ProviderPreset &preset = isCustom ? presetOfKind(provider.kind) : *given;
    provider.quirks = preset.quirks;

    if (given && !isCustom)
        provider.name = given->name;
    else if (!needsName)
        provider.name = spelled(providerKinds(), provider.kind);
    map.text("name"_L1, provider.name);
    const bool plain = std::all_of(provider.name.cbegin(), provider.name.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.');
    });
    if (provider.name.isEmpty() || provider.name.size() > 50 || !plain)
        map.problem("name"_L1, u"must be a name of up to 50 letters, digits, dots, dashes and underscores"_s);
    map.secret("apiKey"_L1, provider.apiKey, true);
    std::optional<AuthStyle> auth;
    if (isGiven("auth"_L1)) {
        AuthStyle style = AuthStyle::Bearer;
        map.oneOf("auth"_L1, style, authStyles());
        auth = style;
        if (!provider.apiKey.isEmpty() && !sendsKey(provider, auth))
            map.problem("auth"_L1, u"sends no key of the provider; remove the apiKey, or choose another"_s);
    }

    const bool withKey = sendsKey(provider, auth);
    const bool hasDeployments = provider.quirks.hasDeployments;
    provider.baseUrl = readUrl(map, "baseUrl"_L1, provider.kind, hasDeployments, withKey);
    YamlMap apis = map.map("apis"_L1);
    for (const auto &[word, kind] : providerKinds()) {
        const QUrl url = readUrl(apis, word, kind, false, withKey);
        if (kind == provider.kind && !url.isEmpty())
            apis.problem(word, u"is the main API, whose address is baseUrl"_s);
        else
            provider.apis[size_t(kind)].baseUrl = url;
    }
    applyPreset(preset, auth, provider);
    if (!isGiven("baseUrl"_L1) && given && (isCustom || hasDeployments))
        map.problem("baseUrl"_L1,
                    hasDeployments ? u"is needed: your resource, such as https://NAME.openai.azure.com"_s
                                   : u"is needed: where the provider is, such as https://example.org/v1"_s);
    if (const QString other = presetAt(provider.baseUrl);
        given && !isCustom && !other.isEmpty() && other != given->name)
        map.problem("baseUrl"_L1, u"is the address of %1; remove it, or choose that preset"_s.arg(other));
    for (const auto &[word, kind] : providerKinds()) {
        const QUrl &url = provider.api(kind).baseUrl;
        if (withKey && !url.isEmpty() && !provider.baseUrl.isEmpty() && !isSameHost(provider.baseUrl, url))
            apis.problem(
                word,
                u"must be at the host of baseUrl: the apiKey is for that host alone. Make it a provider of "
                u"its own"_s);
    }
    apis.finish();

    map.texts("models"_L1, provider.models);
    map.flag("free"_L1, provider.free);
    map.flag("allowUnmetered"_L1, provider.allowUnmetered);
    QString space;
    map.text("priceSpace"_L1, space);
    if (!space.isEmpty())
        provider.priceSpace = space;
    if (isGiven("streamUsage"_L1))
        map.oneOf("streamUsage"_L1, provider.quirks.streamUsage, streamUsages());
    if (isGiven("reportsCost"_L1))
        map.flag("reportsCost"_L1, provider.quirks.reportsCost);
    map.pairs("deployments"_L1, provider.deployments);
    if (!provider.deployments.isEmpty() && !hasDeployments)
        map.problem("deployments"_L1, u"are for preset: azure alone"_s);
    map.finish();
    return provider;
}

/// What stands when no provider is configured: the same as in the documented config.yml.
ProviderConfig defaultProvider(const QHash<QString, QString> &environment, ProblemList &problems)
{
    YamlNode key;
    key.kind = YamlNode::Kind::Scalar;
    key.written = u"${OPENAI_API_KEY:-}"_s;
    YamlNode map;
    map.kind = YamlNode::Kind::Map;
    map.entries.push_back({u"apiKey"_s, 0, key});
    substituteVariables(map, environment, problems);
    return readProvider(YamlMap(&map, u"provider"_s, problems), false);
}

} // namespace

QString httpUrlProblem(const QUrl &url)
{
    if (!url.isValid() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1) || url.host().isEmpty())
        return QStringLiteral("must be an address that begins with https:// or http:// and names a host");
    if (!url.userInfo().isEmpty())
        return QStringLiteral("must not hold a user name or a password");
    if (url.hasFragment())
        return QStringLiteral("must not have a # part");
    return {};
}

void readProviders(YamlMap &root, const QHash<QString, QString> &environment, Config &config,
                   ProblemList &problems)
{
    QSet<QString> names;
    QHash<ProviderKind, QString> catchAll;
    const auto append = [&](const ProviderConfig &provider, int line, const QString &path) {
        if (names.contains(provider.name) && !provider.name.isEmpty())
            problems.add(line, path + ".name"_L1, u"is the name of another provider; each needs its own"_s);
        if (provider.models.isEmpty()) {
            if (catchAll.contains(provider.kind))
                problems.add(line, path + ".models"_L1,
                             u"is needed: without it this provider and %1 both serve every model"_s.arg(
                                 quotedForMessage(catchAll.value(provider.kind))));
            else
                catchAll.insert(provider.kind, provider.name);
        }
        names.insert(provider.name);
        config.providers.append(provider);
    };
    const YamlMap one = root.map("provider"_L1);
    if (one.isGiven())
        append(readProvider(one, false), one.line(), u"provider"_s);
    for (const auto &[item, path] : root.list("providers"_L1))
        append(readProvider(YamlMap(item, path, problems), true), item->line, path);
    if (config.providers.isEmpty())
        config.providers.append(defaultProvider(environment, problems));
}

const Spelling<AuthStyle> &authStyles()
{
    static const Spelling<AuthStyle> spelling{{"bearer"_L1, AuthStyle::Bearer},
                                              {"x-api-key"_L1, AuthStyle::XApiKey},
                                              {"x-goog-api-key"_L1, AuthStyle::XGoogApiKey},
                                              {"api-key"_L1, AuthStyle::ApiKey},
                                              {"query"_L1, AuthStyle::Query},
                                              {"none"_L1, AuthStyle::None},
                                              {"client"_L1, AuthStyle::Client}};
    return spelling;
}

const Spelling<StreamUsage> &streamUsages()
{
    static const Spelling<StreamUsage> spelling{
        {"ask"_L1, StreamUsage::Ask}, {"never"_L1, StreamUsage::Never}, {"always"_L1, StreamUsage::Always}};
    return spelling;
}

const Spelling<ProviderKind> &providerKinds()
{
    static const Spelling<ProviderKind> spelling{{"openai"_L1, ProviderKind::OpenAi},
                                                 {"anthropic"_L1, ProviderKind::Anthropic},
                                                 {"gemini"_L1, ProviderKind::Gemini}};
    return spelling;
}

} // namespace lbp
