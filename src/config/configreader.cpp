#include "config/configreader.h"

#include "config/providerpreset.h"
#include "config/yamlmap.h"

#include <algorithm>
#include <QDir>
#include <QSet>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxSeconds = 86'400;
constexpr qint64 maxCount = 1'000'000'000;

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

bool isHostText(const QString &host)
{
    return !host.isEmpty() && std::all_of(host.cbegin(), host.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || u".-_:%[]"_s.contains(c));
    });
}

bool hasWildcard(const QString &name)
{
    return name.contains(u'*') || name.contains(u'?');
}

/// What is wrong with an address that is to be called over HTTP; empty when nothing is. It is never quoted:
/// it may hold a password.
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

void resolvePath(QString &path, const QString &directory)
{
    if (path.isEmpty() || directory.isEmpty())
        return;
    if (path.startsWith("~/"_L1))
        path = QDir::homePath() + path.sliced(1);
    path = QDir::cleanPath(QDir(directory).absoluteFilePath(path));
}

void readServer(YamlMap map, const QString &directory, Config &config)
{
    auto &server = config.server;
    map.text("host"_L1, server.host);
    if (!isHostText(server.host))
        map.problem("host"_L1, u"must be an address such as 127.0.0.1, or a host name"_s);
    map.number("port"_L1, server.port, 0, 65535);
    map.secret("adminKey"_L1, server.adminKey, true);
    map.texts("allowedHosts"_L1, server.allowedHosts);
    if (!std::all_of(server.allowedHosts.cbegin(), server.allowedHosts.cend(), isHostText))
        map.problem("allowedHosts"_L1, u"must be host names, without http:// and without a path"_s);
    map.number("maxBodyBytes"_L1, server.maxBodyBytes, 1024, qint64(16) * 1024 * 1024 * 1024);
    map.number("headerTimeoutSeconds"_L1, server.headerTimeoutSeconds, 1, maxSeconds);
    map.number("bodyTimeoutSeconds"_L1, server.bodyTimeoutSeconds, 1, maxSeconds);
    map.number("idleTimeoutSeconds"_L1, server.idleTimeoutSeconds, 1, maxSeconds);
    map.number("maxConnections"_L1, server.maxConnections, 1, 10'000'000);
    map.text("tlsCertificate"_L1, server.tlsCertificate);
    map.text("tlsKey"_L1, server.tlsKey);
    if (server.tlsCertificate.isEmpty() != server.tlsKey.isEmpty())
        map.problem(server.tlsKey.isEmpty() ? "tlsCertificate"_L1 : "tlsKey"_L1,
                    u"needs the other of tlsCertificate and tlsKey: set both, or none"_s);
    resolvePath(server.tlsCertificate, directory);
    resolvePath(server.tlsKey, directory);
    map.finish();
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

void readUpstream(YamlMap map, const QString &directory, Config &config)
{
    auto &upstream = config.upstream;
    map.number("connectTimeoutSeconds"_L1, upstream.connectTimeoutSeconds, 1, maxSeconds);
    map.number("idleTimeoutSeconds"_L1, upstream.idleTimeoutSeconds, 1, maxSeconds);
    map.number("maxConnections"_L1, upstream.maxConnections, 1, 10'000'000);
    map.text("caFile"_L1, upstream.caFile);
    resolvePath(upstream.caFile, directory);
    map.number("retries"_L1, upstream.retries, 0, 10);
    map.number("maxAttempts"_L1, upstream.maxAttempts, 1, 20);
    map.number("retryBackoffMs"_L1, upstream.retryBackoffMs, 0, 60'000);
    map.number("retryBackoffMaxMs"_L1, upstream.retryBackoffMaxMs, 0, 600'000);
    map.number("breakerFailures"_L1, upstream.breakerFailures, 0, 1000);
    map.number("breakerWindowSeconds"_L1, upstream.breakerWindowSeconds, 1, maxSeconds);
    map.number("breakerOpenSeconds"_L1, upstream.breakerOpenSeconds, 1, 300);
    map.finish();
}

void readFallbacks(YamlMap &root, Config &config, ProblemList &problems)
{
    for (const auto &[item, path] : root.list("fallbacks"_L1)) {
        YamlMap map(item, path, problems);
        FallbackRule rule;
        map.text("models"_L1, rule.models);
        map.texts("to"_L1, rule.to);
        if (rule.models.isEmpty())
            map.problem("models"_L1, u"is needed: the models that this is for, such as gpt-*"_s);
        if (rule.to.isEmpty())
            map.problem("to"_L1,
                        u"is needed: providers in the order in which they are tried, each with a model "
                        u"behind a slash where it is called otherwise there"_s);
        for (const QString &place : std::as_const(rule.to)) {
            const QString name = place.section(u'/', 0, 0);
            const bool known =
                std::any_of(config.providers.cbegin(), config.providers.cend(),
                            [&name](const ProviderConfig &provider) { return provider.name == name; });
            if (!known || place.endsWith(u'/'))
                map.problem("to"_L1,
                            u"must name a provider of this file, or provider/model, not %1"_s.arg(
                                quotedForMessage(place)));
        }
        map.finish();
        config.fallbacks.append(rule);
    }
}

LimitOverride readOverride(YamlMap map)
{
    LimitOverride over;
    QString alias;
    map.text("keyPattern"_L1, over.keyPattern);
    map.text("key"_L1, alias);
    if (!over.keyPattern.isEmpty() && !alias.isEmpty())
        map.problem("key"_L1, u"means the same as keyPattern; remove one"_s);
    if (over.keyPattern.isEmpty())
        over.keyPattern = alias;
    if (over.keyPattern.isEmpty())
        map.problem("keyPattern"_L1, u"is needed: the key names that these limits are for, such as ci-*"_s);
    map.number("rpm"_L1, over.rpm, 0, maxCount);
    map.number("tpm"_L1, over.tpm, 0, maxCount);
    map.number("parallel"_L1, over.parallel, 0, maxCount);
    map.finish();
    return over;
}

void readRateLimits(YamlMap map, Config &config, ProblemList &problems)
{
    YamlMap defaults = map.map("default"_L1);
    defaults.number("rpm"_L1, config.rateLimits.defaults.rpm, 0, maxCount);
    defaults.number("tpm"_L1, config.rateLimits.defaults.tpm, 0, maxCount);
    defaults.number("parallel"_L1, config.rateLimits.defaults.parallel, 0, maxCount);
    defaults.finish();
    for (const auto &[item, path] : map.list("overrides"_L1))
        config.rateLimits.overrides.append(readOverride(YamlMap(item, path, problems)));
    map.finish();
}

void readThresholds(YamlMap &map, Config &config, ProblemList &problems)
{
    const auto items = map.list("alertThresholds"_L1);
    const YamlNode *given = map.value("alertThresholds"_L1);
    if (!given)
        return;
    std::vector<Threshold> thresholds;
    for (const auto &[item, path] : items) {
        YamlMap entry(item, path, problems);
        Threshold threshold;
        for (QLatin1String key : {"percent"_L1, "action"_L1})
            if (!entry.value(key))
                entry.problem(key, u"is needed: each threshold has percent and action"_s);
        entry.number("percent"_L1, threshold.percent, 1, 100);
        entry.oneOf("action"_L1, threshold.action, thresholdActions());
        entry.finish();
        if (std::find(thresholds.cbegin(), thresholds.cend(), threshold) != thresholds.cend())
            problems.add(item->line, path, u"is given twice; remove one"_s);
        thresholds.push_back(threshold);
    }
    std::stable_sort(thresholds.begin(), thresholds.end(),
                     [](const Threshold &a, const Threshold &b) { return a.percent < b.percent; });
    config.budgets.alertThresholds = std::move(thresholds);
}

void readBudgets(YamlMap map, Config &config, ProblemList &problems)
{
    auto &budgets = config.budgets;
    map.money("defaultDaily"_L1, budgets.defaultDaily);
    map.money("defaultMonthly"_L1, budgets.defaultMonthly);
    readThresholds(map, config, problems);
    QString zone;
    map.text("timeZone"_L1, zone);
    const bool ofSystem = zone.isEmpty() || zone == "system"_L1;
    budgets.timeZone = ofSystem ? QTimeZone::systemTimeZone() : QTimeZone(zone.toLatin1());
    // A word such as Mars is a POSIX rule to QTimeZone, without an offset: UTC under another name.
    const bool isRule =
        !ofSystem && !zone.contains(u'/') && !QTimeZone::availableTimeZoneIds().contains(zone.toLatin1());
    if (!ofSystem && (!budgets.timeZone.isValid() || isRule))
        map.problem("timeZone"_L1,
                    u"is not a known time zone; write an IANA name such as Europe/Berlin, or system"_s);
    if (!budgets.timeZone.isValid())
        budgets.timeZone = QTimeZone::utc();
    map.oneOf("admission"_L1, budgets.admission, admissionModes());
    map.number("minOutputTokens"_L1, budgets.minOutputTokens, 1, maxCount);
    map.oneOf("blockStatus"_L1, budgets.blockStatus, blockStatuses());
    map.number("holdSeconds"_L1, budgets.holdSeconds, 0, 600);
    map.finish();
}

void readDowngrade(YamlMap map, Config &config, ProblemList &problems)
{
    map.flag("enabled"_L1, config.modelDowngrade.enabled);
    for (const auto &[item, path] : map.list("rules"_L1)) {
        YamlMap entry(item, path, problems);
        DowngradeRule rule;
        entry.text("from"_L1, rule.from);
        entry.text("to"_L1, rule.to);
        if (rule.from.isEmpty())
            entry.problem("from"_L1, u"is needed: a model name or a pattern such as gpt-5*"_s);
        if (rule.to.isEmpty() || hasWildcard(rule.to))
            entry.problem("to"_L1, u"is needed: the name of one model, without * and ?"_s);
        entry.number("atPercent"_L1, rule.atPercent, 1, 100);
        entry.finish();
        config.modelDowngrade.rules.append(rule);
    }
    map.finish();
}

void readCache(YamlMap map, Config &config)
{
    map.flag("enabled"_L1, config.cache.enabled);
    map.number("defaultTtlSeconds"_L1, config.cache.defaultTtlSeconds, 1, 365 * maxSeconds);
    map.number("maxSizeMb"_L1, config.cache.maxSizeMb, 1, 1024 * 1024);
    map.oneOf("scope"_L1, config.cache.scope, cacheScopes());
    map.finish();
}

void readAlerts(YamlMap map, Config &config, ProblemList &problems)
{
    auto &alerts = config.alerts;
    map.text("webhookUrl"_L1, alerts.webhookUrl);
    if (!alerts.webhookUrl.isEmpty()) {
        const QString problem = httpUrlProblem(QUrl(alerts.webhookUrl, QUrl::StrictMode));
        if (!problem.isEmpty())
            map.problem("webhookUrl"_L1, problem);
    }
    map.secret("webhookSecret"_L1, alerts.webhookSecret, false);
    map.texts("events"_L1, alerts.events);
    if (const YamlNode *events = map.value("events"_L1); events && events->kind == YamlNode::Kind::Sequence) {
        for (size_t i = 0; i < events->items.size(); ++i) {
            const YamlNode &item = events->items[i];
            if (item.kind == YamlNode::Kind::Scalar && !configuredEvents().contains(item.text.trimmed()))
                problems.add(item.line, map.pathOf("events"_L1) + u'[' + QString::number(i) + u']',
                             u"is not an event: %1%2"_s.arg(quotedForMessage(item.written),
                                                            suggestion(item.written, configuredEvents())));
        }
    }
    map.number("debounceMinutes"_L1, alerts.debounceMinutes, 0, 365 * 24 * 60);
    QString quiet;
    map.text("quietHours"_L1, quiet);
    if (const Result<std::optional<QuietHours>> hours = QuietHours::fromText(quiet))
        alerts.quietHours = *hours;
    else
        map.problem("quietHours"_L1, hours.error().detail);
    map.flag("allowPrivateTargets"_L1, alerts.allowPrivateTargets);
    map.finish();
}

void readStorage(YamlMap map, Config &config)
{
    map.text("url"_L1, config.storage.url);
    if (!config.storage.url.isEmpty()) {
        const QUrl url(config.storage.url, QUrl::StrictMode);
        if (!url.isValid()
            || (url.scheme() != "sqlite"_L1 && url.scheme() != "postgresql"_L1
                && url.scheme() != "postgres"_L1))
            map.problem(
                "url"_L1,
                u"must be empty for SQLite in the data directory, or begin with postgresql:// or sqlite:"_s);
    }
    map.number("retentionDays"_L1, config.storage.retentionDays, 1, 36'500);
    map.oneOf("sync"_L1, config.storage.sync, syncModes());
    map.finish();
}

void readUnknownModels(YamlMap &map, Config &config)
{
    constexpr auto key = "unknownModels"_L1;
    const QString expected = u"must be refuse, allow or {assume: MODEL}"_s;
    const YamlNode *node = map.value(key);
    if (!node)
        return;
    QString model;
    if (node->kind == YamlNode::Kind::Map) {
        const YamlNode *assume = node->find(u"assume"_s);
        if (!assume || node->entries.size() != 1 || assume->kind != YamlNode::Kind::Scalar) {
            map.problem(key, expected);
            return;
        }
        model = assume->text.trimmed();
    } else if (node->kind == YamlNode::Kind::Scalar) {
        const QString text = node->text.trimmed();
        if (text == "refuse"_L1 || text == "allow"_L1) {
            config.pricing.unknownModels = text == "allow"_L1 ? UnknownModels::Allow : UnknownModels::Refuse;
            return;
        }
        if (text.startsWith("assume:"_L1))
            model = text.sliced(7).trimmed();
    }
    if (model.isEmpty() || hasWildcard(model)) {
        map.problem(key, expected);
        return;
    }
    config.pricing.unknownModels = UnknownModels::Assume;
    config.pricing.assumeModel = model;
}

void readPricingSection(YamlMap map, const QString &directory, Config &config)
{
    readUnknownModels(map, config);
    map.text("file"_L1, config.pricing.file);
    resolvePath(config.pricing.file, directory);
    map.finish();
}

void readLogging(YamlMap map, Config &config)
{
    map.flag("bodies"_L1, config.logging.bodies);
    const Spelling<QString> levels{{"debug"_L1, u"debug"_s},
                                   {"info"_L1, u"info"_s},
                                   {"warning"_L1, u"warning"_s},
                                   {"error"_L1, u"error"_s}};
    map.oneOf("level"_L1, config.logging.level, levels);
    map.finish();
}

} // namespace

const QStringList &configuredEvents()
{
    static const QStringList names{u"budgetWarning"_s, u"budgetExceeded"_s, u"modelDowngraded"_s,
                                   u"keyPaused"_s,     u"upstreamDown"_s,   u"unpricedModel"_s};
    return names;
}

const Spelling<ProviderKind> &providerKinds()
{
    static const Spelling<ProviderKind> spelling{{"openai"_L1, ProviderKind::OpenAi},
                                                 {"anthropic"_L1, ProviderKind::Anthropic},
                                                 {"gemini"_L1, ProviderKind::Gemini}};
    return spelling;
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

const Spelling<ThresholdAction> &thresholdActions()
{
    static const Spelling<ThresholdAction> spelling{{"warn"_L1, ThresholdAction::Warn},
                                                    {"downgrade"_L1, ThresholdAction::Downgrade},
                                                    {"block"_L1, ThresholdAction::Block}};
    return spelling;
}

const Spelling<AdmissionMode> &admissionModes()
{
    static const Spelling<AdmissionMode> spelling{{"clamp"_L1, AdmissionMode::Clamp},
                                                  {"strict"_L1, AdmissionMode::Strict},
                                                  {"soft"_L1, AdmissionMode::Soft}};
    return spelling;
}

const Spelling<BlockStatus> &blockStatuses()
{
    static const Spelling<BlockStatus> spelling{{"auto"_L1, BlockStatus::Auto},
                                                {"402"_L1, BlockStatus::PaymentRequired}};
    return spelling;
}

const Spelling<CacheScope> &cacheScopes()
{
    static const Spelling<CacheScope> spelling{
        {"key"_L1, CacheScope::Key}, {"team"_L1, CacheScope::Team}, {"global"_L1, CacheScope::Global}};
    return spelling;
}

const Spelling<SyncMode> &syncModes()
{
    static const Spelling<SyncMode> spelling{{"normal"_L1, SyncMode::Normal}, {"full"_L1, SyncMode::Full}};
    return spelling;
}

void readConfig(const YamlNode &root, const QHash<QString, QString> &environment, const QString &directory,
                Config &config, ProblemList &problems)
{
    YamlMap map(&root, {}, problems);
    readServer(map.map("server"_L1), directory, config);
    readProviders(map, environment, config, problems);
    readUpstream(map.map("upstream"_L1), directory, config);
    readFallbacks(map, config, problems);
    readRateLimits(map.map("rateLimits"_L1), config, problems);
    readBudgets(map.map("budgets"_L1), config, problems);
    readDowngrade(map.map("modelDowngrade"_L1), config, problems);
    readCache(map.map("cache"_L1), config);
    readAlerts(map.map("alerts"_L1), config, problems);
    readStorage(map.map("storage"_L1), config);
    readPricingSection(map.map("pricing"_L1), directory, config);
    readLogging(map.map("logging"_L1), config);
    map.finish();
}

} // namespace lbp
