#pragma once

#include "core/budget.h"
#include "core/downgrade.h"
#include "core/limiter.h"
#include "core/price.h"
#include "core/quiethours.h"
#include "core/secret.h"

#include <array>
#include <memory>
#include <QHash>
#include <QList>
#include <QString>
#include <QTimeZone>
#include <QUrl>

namespace lbp {

enum class ProviderKind { OpenAi, Anthropic, Gemini };
enum class UnknownModels { Refuse, Allow, Assume };
/// How a client is told that a budget is used up: Auto takes the form that makes the tool stop, which is 402
/// for nearly all of them.
enum class BlockStatus { Auto, PaymentRequired };
enum class CacheScope { Key, Team, Global };
enum class SyncMode { Normal, Full }; ///< Full survives power loss, Normal a crash of the process

/// How a provider's key travels.
enum class AuthStyle {
    Bearer, ///< Authorization: Bearer
    XApiKey, ///< x-api-key
    XGoogApiKey, ///< x-goog-api-key
    ApiKey, ///< api-key
    Query, ///< ?key=
    None, ///< no key is sent
    Client, ///< the client's own credential is passed on
};

/// Whether a stream of the chat API tells its usage.
enum class StreamUsage {
    Ask, ///< with stream_options.include_usage
    Never, ///< it refuses the question; tokens are counted here
    Always, ///< in the last chunk, unasked
};

/// In what a provider differs from the maker of its API. Filled from its preset, see config/providerpreset.h.
struct ProviderQuirks
{
    StreamUsage streamUsage = StreamUsage::Ask;
    bool reportsCost = false; ///< `usage.cost` is what was charged, and holds against the price list
    bool knowsNewFields = false; ///< such as max_completion_tokens; others know max_tokens
    bool hasDeployments = false; ///< Azure: /openai/deployments/{deployment}/…?api-version=
    QStringList paidModels; ///< globs of what costs money although the provider is free
};

/// Where a provider speaks one API.
struct ProviderApi
{
    QUrl baseUrl; ///< as SDKs have it: with /v1 for openai, without for the others; empty: does not speak it
    AuthStyle auth = AuthStyle::Bearer;
    bool takesBearer = false; ///< Authorization: Bearer would do as well, so a client that uses it keeps it
};

struct ProviderConfig
{
    QString name;
    ProviderKind kind = ProviderKind::OpenAi; ///< its main API
    QUrl baseUrl; ///< of its main API, as SDKs have it; no trailing slash
    Secret apiKey; ///< empty: none is sent
    QStringList models; ///< names or globs served; empty: every model no other provider names
    bool free = false;
    bool allowUnmetered = false;
    QString preset{}; ///< empty: custom
    std::array<ProviderApi, 3> apis{}; ///< by ProviderKind, the main one included
    QString priceSpace{}; ///< whose prices hold where the price list names several for a model
    ProviderQuirks quirks{};
    QHash<QString, QString> deployments{}; ///< Azure: the model of each deployment

    [[nodiscard]] const ProviderApi &api(ProviderKind which) const { return apis[size_t(which)]; }
    [[nodiscard]] bool speaks(ProviderKind which) const { return !api(which).baseUrl.isEmpty(); }
    [[nodiscard]] bool isFreeFor(QStringView model) const; ///< costs nothing
    /// The name that the provider knows \a model by: that of its deployment, if it has one.
    [[nodiscard]] QString ownNameOf(const QString &model) const;
    [[nodiscard]] QString modelOf(const QString &deployment) const
    {
        return deployments.value(deployment, deployment);
    }
};

/// Where else requests for some models go while their provider fails.
struct FallbackRule
{
    QString models; ///< a name or a glob of the effective model
    QStringList to; ///< "provider" or "provider/model", in the order in which they are tried
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
        int retries = 0; ///< how often the same provider is asked again after an attempt that cost nothing
        int maxAttempts = 4; ///< of one request, at all its providers together
        int retryBackoffMs = 500; ///< before the first repetition; twice as long before each that follows
        int retryBackoffMaxMs = 8000;
        int breakerFailures = 5; ///< in a row, until a provider is left alone; 0: it never is
        int breakerWindowSeconds = 60; ///< within which they fail
        int breakerOpenSeconds = 10; ///< how long it is left alone at first
    } upstream;
    QList<FallbackRule> fallbacks; ///< the first that fits holds
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
        BlockStatus blockStatus = BlockStatus::Auto;
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
