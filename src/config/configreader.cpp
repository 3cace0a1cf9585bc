#include "config/configreader.h"

#include "config/providerreader.h"
#include "config/yamlmap.h"

#include <algorithm>
#include <QDir>
#include <QSet>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxSeconds = 86'400;
constexpr qint64 maxCount = 1'000'000'000;

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
