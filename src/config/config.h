#pragma once

#include "core/budget.h"
#include "core/downgrade.h"
#include "core/limiter.h"
#include "core/price.h"
#include "core/quiethours.h"
#include "core/secret.h"

#include <memory>
#include <QList>
#include <QString>
#include <QTimeZone>
#include <QUrl>

namespace lbp {

enum class ProviderKind { OpenAi, Anthropic, Gemini };
enum class UnknownModels { Refuse, Allow, Assume };
enum class CacheScope { Key, Team, Global };
enum class SyncMode { Normal, Full }; ///< Full survives power loss, Normal a crash of the process

struct ProviderConfig
{
    QString name;
    ProviderKind kind = ProviderKind::OpenAi;
    QUrl baseUrl; ///< as SDKs have it: with /v1 for openai, without a path for the others; no trailing slash
    Secret apiKey; ///< empty: none is sent
    QStringList models; ///< names or globs served; empty: every model no other provider names
    bool free = false;
    bool allowUnmetered = false;
};

/// All settings, immutable once read; shared between threads as shared_ptr<const Config>. One field per
/// documented key.
struct Config
{
    struct
    {
        QString host = QStringLiteral("127.0.0.1");
        quint16 port = 3000;
        Secret adminKey; ///< empty: the one generated in the data directory
        QStringList allowedHosts; ///< further Host names the management side answers to
        qint64 maxBodyBytes = 64 * 1024 * 1024;
        int headerTimeoutSeconds = 15; ///< for the whole request head
        int bodyTimeoutSeconds = 60; ///< without a byte of the body
        int idleTimeoutSeconds = 75; ///< keep-alive between requests
        int maxConnections = 20000;
        QString tlsCertificate, tlsKey; ///< PEM files; both or none
    } server;
    QList<ProviderConfig> providers; ///< at least one; the one-provider form fills the first
    struct
    {
        int connectTimeoutSeconds = 10;
        int idleTimeoutSeconds = 600; ///< no byte from upstream; long thinking phases are normal
        int maxConnections = 10000;
        QString caFile; ///< further authorities to trust, PEM; empty: the system's alone
    } upstream;
    struct
    {
        RateLimits defaults{60, 100000, 0};
        QList<LimitOverride> overrides;
    } rateLimits;
    struct
    {
        std::optional<Money> defaultDaily = Money::fromPicodollars(10 * Money::picodollarsPerDollar);
        std::optional<Money> defaultMonthly = Money::fromPicodollars(100 * Money::picodollarsPerDollar);
        std::vector<Threshold> alertThresholds{
            {80, ThresholdAction::Warn}, {95, ThresholdAction::Downgrade}, {100, ThresholdAction::Block}};
        QTimeZone timeZone; ///< default: the system's
        AdmissionMode admission = AdmissionMode::Clamp;
        int minOutputTokens = 1024;
        int holdSeconds =
            0; ///< a request that does not fit waits this long for an answer; 0: refused at once
    } budgets;
    struct
    {
        bool enabled = false;
        QList<DowngradeRule> rules;
    } modelDowngrade;
    struct
    {
        bool enabled = true;
        int defaultTtlSeconds = 3600;
        int maxSizeMb = 256;
        CacheScope scope = CacheScope::Team;
    } cache;
    struct
    {
        QString webhookUrl;
        Secret webhookSecret;
        QStringList events; ///< empty: all
        int debounceMinutes = 60;
        std::optional<QuietHours> quietHours; ///< in the time zone of the system; nullopt: never quiet
        bool allowPrivateTargets = false; ///< loopback and private addresses as webhook targets
    } alerts;
    struct
    {
        QString url; ///< empty: SQLite in the data directory
        int retentionDays = 90;
        SyncMode sync = SyncMode::Normal;
    } storage;
    struct
    {
        UnknownModels unknownModels = UnknownModels::Refuse;
        QString assumeModel; ///< with Assume
        QString file; ///< empty: pricing.yml beside the config
    } pricing;
    struct
    {
        bool bodies = false;
        QString level = QStringLiteral("info");
    } logging;
    std::shared_ptr<const PriceBook> prices; ///< never null
};

} // namespace lbp
