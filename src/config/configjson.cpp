#include "config/configfile.h"
#include "config/configreader.h"

#include <QJsonArray>
#include <QJsonObject>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

QString shown(const Secret &secret)
{
    return secret.isEmpty() ? u"not set"_s : u"set"_s;
}

QJsonValue amount(const std::optional<Money> &money)
{
    return money ? QJsonValue(money->toDecimal()) : QJsonValue();
}

/// An address that may hold a secret in its path, user or query: scheme and host alone.
QString hostOnly(const QString &text)
{
    const QUrl url(text);
    if (text.isEmpty() || !url.isValid() || url.host().isEmpty())
        return text.isEmpty() ? QString() : u"set"_s;
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        + u"/…"_s;
}

QJsonArray providersJson(const Config &config)
{
    QJsonArray providers;
    for (const ProviderConfig &provider : config.providers) {
        QJsonObject apis;
        for (const auto &[word, kind] : providerKinds()) {
            if (provider.speaks(kind))
                apis.insert(word, provider.api(kind).baseUrl.toString());
        }
        QJsonObject deployments;
        for (auto it = provider.deployments.cbegin(); it != provider.deployments.cend(); ++it)
            deployments.insert(it.key(), it.value());
        providers.append(
            QJsonObject{{u"name"_s, provider.name},
                        {u"preset"_s, provider.preset.isEmpty() ? QJsonValue() : QJsonValue(provider.preset)},
                        {u"kind"_s, spelled(providerKinds(), provider.kind)},
                        {u"baseUrl"_s, provider.baseUrl.toString()},
                        {u"apis"_s, apis},
                        {u"auth"_s, spelled(authStyles(), provider.api(provider.kind).auth)},
                        {u"apiKey"_s, shown(provider.apiKey)},
                        {u"models"_s, QJsonArray::fromStringList(provider.models)},
                        {u"free"_s, provider.free},
                        {u"allowUnmetered"_s, provider.allowUnmetered},
                        {u"priceSpace"_s, provider.priceSpace},
                        {u"streamUsage"_s, spelled(streamUsages(), provider.quirks.streamUsage)},
                        {u"reportsCost"_s, provider.quirks.reportsCost},
                        {u"deployments"_s, deployments}});
    }
    return providers;
}

QJsonObject rateLimitsJson(const Config &config)
{
    const auto optional = [](std::optional<int> value) { return value ? QJsonValue(*value) : QJsonValue(); };
    QJsonArray overrides;
    for (const LimitOverride &over : config.rateLimits.overrides)
        overrides.append(QJsonObject{{u"keyPattern"_s, over.keyPattern},
                                     {u"rpm"_s, optional(over.rpm)},
                                     {u"tpm"_s, optional(over.tpm)},
                                     {u"parallel"_s, optional(over.parallel)}});
    const RateLimits &defaults = config.rateLimits.defaults;
    return {
        {u"default"_s,
         QJsonObject{{u"rpm"_s, defaults.rpm}, {u"tpm"_s, defaults.tpm}, {u"parallel"_s, defaults.parallel}}},
        {u"overrides"_s, overrides}};
}

QJsonObject budgetsJson(const Config &config)
{
    QJsonArray thresholds;
    for (const Threshold &threshold : config.budgets.alertThresholds)
        thresholds.append(QJsonObject{{u"percent"_s, threshold.percent},
                                      {u"action"_s, spelled(thresholdActions(), threshold.action)}});
    return {{u"defaultDaily"_s, amount(config.budgets.defaultDaily)},
            {u"defaultMonthly"_s, amount(config.budgets.defaultMonthly)},
            {u"alertThresholds"_s, thresholds},
            {u"timeZone"_s, QString::fromLatin1(config.budgets.timeZone.id())},
            {u"admission"_s, spelled(admissionModes(), config.budgets.admission)},
            {u"minOutputTokens"_s, config.budgets.minOutputTokens},
            {u"blockStatus"_s, spelled(blockStatuses(), config.budgets.blockStatus)},
            {u"holdSeconds"_s, config.budgets.holdSeconds}};
}

QJsonObject downgradeJson(const Config &config)
{
    QJsonArray rules;
    for (const DowngradeRule &rule : config.modelDowngrade.rules)
        rules.append(
            QJsonObject{{u"from"_s, rule.from},
                        {u"to"_s, rule.to},
                        {u"atPercent"_s, rule.atPercent ? QJsonValue(*rule.atPercent) : QJsonValue()}});
    return {{u"enabled"_s, config.modelDowngrade.enabled}, {u"rules"_s, rules}};
}

QJsonObject serverJson(const Config &config)
{
    const auto &server = config.server;
    return {{u"host"_s, server.host},
            {u"port"_s, server.port},
            {u"adminKey"_s, shown(server.adminKey)},
            {u"allowedHosts"_s, QJsonArray::fromStringList(server.allowedHosts)},
            {u"maxBodyBytes"_s, server.maxBodyBytes},
            {u"headerTimeoutSeconds"_s, server.headerTimeoutSeconds},
            {u"bodyTimeoutSeconds"_s, server.bodyTimeoutSeconds},
            {u"idleTimeoutSeconds"_s, server.idleTimeoutSeconds},
            {u"maxConnections"_s, server.maxConnections},
            {u"tlsCertificate"_s, server.tlsCertificate},
            {u"tlsKey"_s, server.tlsKey}};
}

QString unknownModels(const Config &config)
{
    switch (config.pricing.unknownModels) {
    case UnknownModels::Refuse:
        return u"refuse"_s;
    case UnknownModels::Allow:
        return u"allow"_s;
    case UnknownModels::Assume:
        return u"assume: "_s + config.pricing.assumeModel;
    }
    return {};
}

} // namespace

QJsonObject redactedJson(const Config &config)
{
    const QJsonObject upstream{{u"connectTimeoutSeconds"_s, config.upstream.connectTimeoutSeconds},
                               {u"idleTimeoutSeconds"_s, config.upstream.idleTimeoutSeconds},
                               {u"maxConnections"_s, config.upstream.maxConnections},
                               {u"caFile"_s, config.upstream.caFile},
                               {u"retries"_s, config.upstream.retries},
                               {u"maxAttempts"_s, config.upstream.maxAttempts},
                               {u"retryBackoffMs"_s, config.upstream.retryBackoffMs},
                               {u"retryBackoffMaxMs"_s, config.upstream.retryBackoffMaxMs},
                               {u"breakerFailures"_s, config.upstream.breakerFailures},
                               {u"breakerWindowSeconds"_s, config.upstream.breakerWindowSeconds},
                               {u"breakerOpenSeconds"_s, config.upstream.breakerOpenSeconds}};
    QJsonArray fallbacks;
    for (const FallbackRule &rule : config.fallbacks)
        fallbacks.append(
            QJsonObject{{u"models"_s, rule.models}, {u"to"_s, QJsonArray::fromStringList(rule.to)}});
    const QJsonObject cache{{u"enabled"_s, config.cache.enabled},
                            {u"defaultTtlSeconds"_s, config.cache.defaultTtlSeconds},
                            {u"maxSizeMb"_s, config.cache.maxSizeMb},
                            {u"scope"_s, spelled(cacheScopes(), config.cache.scope)}};
    const QJsonObject alerts{
        {u"webhookUrl"_s, hostOnly(config.alerts.webhookUrl)},
        {u"webhookSecret"_s, shown(config.alerts.webhookSecret)},
        {u"events"_s, QJsonArray::fromStringList(config.alerts.events)},
        {u"debounceMinutes"_s, config.alerts.debounceMinutes},
        {u"quietHours"_s, config.alerts.quietHours ? config.alerts.quietHours->toText() : QString()},
        {u"allowPrivateTargets"_s, config.alerts.allowPrivateTargets}};
    const QJsonObject storage{{u"url"_s, hostOnly(config.storage.url)},
                              {u"retentionDays"_s, config.storage.retentionDays},
                              {u"sync"_s, spelled(syncModes(), config.storage.sync)}};
    return {{u"server"_s, serverJson(config)},
            {u"providers"_s, providersJson(config)},
            {u"upstream"_s, upstream},
            {u"fallbacks"_s, fallbacks},
            {u"rateLimits"_s, rateLimitsJson(config)},
            {u"budgets"_s, budgetsJson(config)},
            {u"modelDowngrade"_s, downgradeJson(config)},
            {u"cache"_s, cache},
            {u"alerts"_s, alerts},
            {u"storage"_s, storage},
            {u"pricing"_s,
             QJsonObject{{u"unknownModels"_s, unknownModels(config)}, {u"file"_s, config.pricing.file}}},
            {u"logging"_s,
             QJsonObject{{u"bodies"_s, config.logging.bodies}, {u"level"_s, config.logging.level}}}};
}

} // namespace lbp
