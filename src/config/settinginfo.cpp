#include "config/settinginfo.h"

#include "config/configreader.h"
#include "config/providerpreset.h"

#include <QtGlobal>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;
using enum SettingType;

constexpr qint64 day = 86'400, count = 1'000'000'000;

struct Row
{
    const char *path;
    SettingType type;
    const char *defaultText;
    const char *unit;
    const char *help;
    qint64 least = 0, most = -1; ///< of numbers
    bool needsRestart = false;
};

#define HELP(text) QT_TRANSLATE_NOOP("Settings", text)
constexpr Row rows[] = {
    {"server.host", Text, "127.0.0.1", "",
     HELP("The address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for the network."), 0, -1,
     true},
    {"server.port", Number, "3000", "", HELP("The port to listen on."), 0, 65535, true},
    {"server.adminKey", Secret, "", "",
     HELP("The key of the management API; empty: one is generated on first start.")},
    {"server.allowedHosts", TextList, "[]", "",
     HELP("Further host names under which the management API may be called.")},
    {"server.maxBodyBytes", Number, "67108864", "bytes", HELP("The largest request that is accepted."), 1024,
     qint64(16) * 1024 * 1024 * 1024},
    {"server.headerTimeoutSeconds", Number, "15", "seconds",
     HELP("How long a client may take to send the head of its request."), 1, day},
    {"server.bodyTimeoutSeconds", Number, "60", "seconds",
     HELP("The longest pause while a client sends a body."), 1, day},
    {"server.idleTimeoutSeconds", Number, "75", "seconds", HELP("How long an unused connection is kept."), 1,
     day},
    {"server.maxConnections", Number, "20000", "connections",
     HELP("How many clients may be connected at the same time."), 1, 10'000'000},
    {"server.tlsCertificate", Path, "", "",
     HELP("A certificate in PEM form; with a key the proxy speaks https."), 0, -1, true},
    {"server.tlsKey", Path, "", "", HELP("The private key of the certificate, in PEM form."), 0, -1, true},

    {"provider.name", Text, "openai", "", HELP("The name of the provider in reports and messages.")},
    {"provider.preset", OneOf, "", "",
     HELP("Who it is, which says all below but the key; empty: the maker of the API.")},
    {"provider.kind", OneOf, "openai", "", HELP("The API that the provider speaks.")},
    {"provider.apiKey", Secret, "${OPENAI_API_KEY:-}", "",
     HELP("The key of the provider; it never leaves this machine except to its address.")},
    {"provider.auth", OneOf, "", "",
     HELP("How the key travels; client: the client's own credential is passed on; empty: as usual there.")},
    {"provider.baseUrl", Url, "https://api.openai.com/v1", "",
     HELP("The address of the provider as its own tools have it.")},
    {"provider.models", TextList, "[]", "",
     HELP("Names or patterns of the models it serves; empty: all that no other provider names.")},
    {"provider.free", Flag, "false", "",
     HELP("A model on your own machine: tokens are counted, nothing is billed.")},
    {"provider.allowUnmetered", Flag, "false", "",
     HELP("Lets calls through that cost money and cannot be metered.")},
    {"provider.priceSpace", Text, "", "",
     HELP("Whose prices hold where the price list names several for a model; empty: as usual there.")},
    {"provider.streamUsage", OneOf, "", "",
     HELP("Whether usage in streams is to be asked for, is never told, or comes always; empty: as usual "
          "there.")},
    {"provider.reportsCost", Flag, "", "",
     HELP("What the provider says that a request cost is taken for the truth; empty: as usual there.")},

    {"providers", List, "[]", "", HELP("More providers, each with the settings of the first.")},
    {"providers[].name", Text, "", "", HELP("The name of the provider in reports and messages.")},
    {"providers[].preset", OneOf, "", "",
     HELP("Who it is, which says all below but the key; empty: the maker of the API.")},
    {"providers[].kind", OneOf, "openai", "", HELP("The API that the provider speaks.")},
    {"providers[].apiKey", Secret, "", "",
     HELP("The key of the provider; it never leaves this machine except to its address.")},
    {"providers[].auth", OneOf, "", "",
     HELP("How the key travels; client: the client's own credential is passed on; empty: as usual there.")},
    {"providers[].baseUrl", Url, "", "",
     HELP("The address of the provider as its own tools have it; empty: that of the API's maker.")},
    {"providers[].models", TextList, "[]", "",
     HELP("Names or patterns of the models it serves; empty: all that no other provider names.")},
    {"providers[].free", Flag, "false", "",
     HELP("A model on your own machine: tokens are counted, nothing is billed.")},
    {"providers[].allowUnmetered", Flag, "false", "",
     HELP("Lets calls through that cost money and cannot be metered.")},
    {"providers[].priceSpace", Text, "", "",
     HELP("Whose prices hold where the price list names several for a model; empty: as usual there.")},
    {"providers[].streamUsage", OneOf, "", "",
     HELP("Whether usage in streams is to be asked for, is never told, or comes always; empty: as usual "
          "there.")},
    {"providers[].reportsCost", Flag, "", "",
     HELP("What the provider says that a request cost is taken for the truth; empty: as usual there.")},

    {"upstream.connectTimeoutSeconds", Number, "10", "seconds",
     HELP("How long it may take to reach a provider."), 1, day},
    {"upstream.idleTimeoutSeconds", Number, "600", "seconds",
     HELP("The longest silence of a provider; long thinking is normal."), 1, day},
    {"upstream.maxConnections", Number, "10000", "connections",
     HELP("How many connections to providers may be open at the same time."), 1, 10'000'000},
    {"upstream.caFile", Path, "", "", HELP("Authorities to trust besides those of the system, in PEM form.")},
    {"upstream.retries", Number, "0", "times",
     HELP("How often the same provider is asked again when that costs nothing; many tools do so themselves."),
     0, 10},
    {"upstream.maxAttempts", Number, "4", "attempts",
     HELP("How often one request is tried at most, at all its providers together."), 1, 20},
    {"upstream.retryBackoffMs", Number, "500", "ms",
     HELP("The pause before a provider is asked again; twice as long each time."), 0, 60'000},
    {"upstream.retryBackoffMaxMs", Number, "8000", "ms", HELP("The longest such pause."), 0, 600'000},
    {"upstream.breakerFailures", Number, "5", "failures",
     HELP("After so many failures in a row a provider is left alone for a while; 0: never."), 0, 1000},
    {"upstream.breakerWindowSeconds", Number, "60", "seconds", HELP("The time within which they count."), 1,
     day},
    {"upstream.breakerOpenSeconds", Number, "10", "seconds",
     HELP("How long a provider is left alone at first; longer while it goes on failing."), 1, 300},

    {"fallbacks", List, "[]", "", HELP("Where else requests go while their provider fails.")},
    {"fallbacks[].models", Text, "", "", HELP("A model name or a pattern such as gpt-*.")},
    {"fallbacks[].to", TextList, "[]", "",
     HELP("Providers in the order in which they are tried, as provider or provider/model.")},

    {"rateLimits.default.rpm", Number, "60", "requests per minute",
     HELP("Requests of each key in the last 60 seconds; 0: no limit."), 0, count},
    {"rateLimits.default.tpm", Number, "100000", "tokens per minute",
     HELP("Tokens of each key in the last 60 seconds; 0: no limit."), 0, count},
    {"rateLimits.default.parallel", Number, "0", "requests",
     HELP("Requests of each key at the same time; 0: no limit."), 0, count},
    {"rateLimits.overrides", List, "[]", "",
     HELP("Other limits by key name; the most specific pattern wins.")},
    {"rateLimits.overrides[].keyPattern", Text, "", "",
     HELP("The key names that these limits are for, such as ci-*.")},
    {"rateLimits.overrides[].rpm", Number, "", "requests per minute",
     HELP("Requests in the last 60 seconds; 0: no limit."), 0, count},
    {"rateLimits.overrides[].tpm", Number, "", "tokens per minute",
     HELP("Tokens in the last 60 seconds; 0: no limit."), 0, count},
    {"rateLimits.overrides[].parallel", Number, "", "requests",
     HELP("Requests at the same time; 0: no limit."), 0, count},

    {"budgets.defaultDaily", Money, "10.00", "USD",
     HELP("What each key without a budget of its own may spend in a day; none: no limit.")},
    {"budgets.defaultMonthly", Money, "100.00", "USD",
     HELP("What each key without a budget of its own may spend in a month; none: no limit.")},
    {"budgets.alertThresholds", List, "", "", HELP("What happens when so much of a budget is spent.")},
    {"budgets.alertThresholds[].percent", Number, "", "%",
     HELP("So much of the budget is spent or set aside."), 1, 100},
    {"budgets.alertThresholds[].action", OneOf, "", "",
     HELP("warn, downgrade to a cheaper model, or block.")},
    {"budgets.timeZone", TimeZone, "system", "", HELP("Where days and months begin.")},
    {"budgets.admission", OneOf, "clamp", "",
     HELP("When a request might cost more than what is left: clamp lets it give a shorter answer, strict "
          "refuses it, soft lets it run while anything is left.")},
    {"budgets.minOutputTokens", Number, "1024", "tokens",
     HELP("clamp never shortens an answer below this; it refuses instead."), 1, count},
    {"budgets.blockStatus", OneOf, "auto", "",
     HELP("How a tool is told that a budget is used up: auto takes the form that makes each tool stop at "
          "once, 402 "
          "tells all of them the same.")},
    {"budgets.holdSeconds", Number, "0", "seconds",
     HELP("A request that does not fit waits so long for your answer; 0: refused at once."), 0, 600},

    {"modelDowngrade.enabled", Flag, "false", "", HELP("Takes a cheaper model when a budget runs low.")},
    {"modelDowngrade.rules", List, "[]", "", HELP("Which model takes the place of which.")},
    {"modelDowngrade.rules[].from", Text, "", "", HELP("A model name or a pattern such as gpt-5*.")},
    {"modelDowngrade.rules[].to", Text, "", "", HELP("The cheaper model.")},
    {"modelDowngrade.rules[].atPercent", Number, "", "%",
     HELP("So much of the budget must be spent; empty: the threshold decides."), 1, 100},

    {"cache.enabled", Flag, "true", "",
     HELP("The same request again is answered from here and costs nothing.")},
    {"cache.defaultTtlSeconds", Number, "3600", "seconds", HELP("How long an answer is kept."), 1, 365 * day},
    {"cache.maxSizeMb", Number, "256", "MB", HELP("The most space that answers may take."), 1, 1024 * 1024},
    {"cache.scope", OneOf, "team", "", HELP("Who shares answers.")},

    {"alerts.webhookUrl", Url, "", "",
     HELP("Called with JSON for each alert; hooks.slack.com gets Slack's form.")},
    {"alerts.webhookSecret", Secret, "", "", HELP("Signs each call, so that the receiver can check it.")},
    {"alerts.events", TextList, "[]", "", HELP("Which events alert; empty: all.")},
    {"alerts.debounceMinutes", Number, "60", "minutes",
     HELP("The same alert comes at most once in this time."), 0, 365 * 24 * 60},
    {"alerts.quietHours", Text, "", "",
     HELP("A part of each day without notifications, such as 22:00-07:00; one summary follows at its end.")},
    {"alerts.allowPrivateTargets", Flag, "false", "",
     HELP("Allows a webhook on this machine or in its network.")},

    {"storage.url", Text, "", "", HELP("Where the ledger is; empty: SQLite in the data directory."), 0, -1,
     true},
    {"storage.retentionDays", Number, "90", "days",
     HELP("How long single requests are kept; sums are kept for good."), 1, 36'500},
    {"storage.sync", OneOf, "normal", "",
     HELP("normal survives a crash of the program, full a power cut too."), 0, -1, true},

    {"pricing.unknownModels", Text, "refuse", "",
     HELP("A model that is not in the price list: refuse it, allow it at unknown cost, or assume the price "
          "of another.")},
    {"pricing.file", Path, "", "", HELP("The price list; empty: pricing.yml beside this file.")},

    {"logging.bodies", Flag, "false", "", HELP("Stores prompts and answers.")},
    {"logging.level", OneOf, "info", "", HELP("How much is written to the log.")},
};
#undef HELP

template <typename E> QStringList namesOf(const Spelling<E> &spelling)
{
    QStringList names;
    for (const auto &[name, value] : spelling)
        names.append(name);
    return names;
}

QStringList allowedAt(QLatin1String path)
{
    if (path.endsWith(".kind"_L1))
        return namesOf(providerKinds());
    if (path.endsWith(".preset"_L1)) {
        QStringList names;
        for (const ProviderPreset &preset : providerPresets())
            names.append(preset.name);
        return names;
    }
    if (path.endsWith(".auth"_L1))
        return namesOf(authStyles());
    if (path.endsWith(".streamUsage"_L1))
        return namesOf(streamUsages());
    if (path.endsWith(".action"_L1))
        return namesOf(thresholdActions());
    if (path == "budgets.admission"_L1)
        return namesOf(admissionModes());
    if (path == "budgets.blockStatus"_L1)
        return namesOf(blockStatuses());
    if (path == "cache.scope"_L1)
        return namesOf(cacheScopes());
    if (path == "storage.sync"_L1)
        return namesOf(syncModes());
    if (path == "logging.level"_L1)
        return {u"debug"_s, u"info"_s, u"warning"_s, u"error"_s};
    if (path == "alerts.events"_L1)
        return configuredEvents();
    return {};
}

QList<SettingInfo> build()
{
    QList<SettingInfo> all;
    for (const Row &row : rows) {
        SettingInfo info;
        info.path = QLatin1String(row.path);
        info.type = row.type;
        info.defaultText = QLatin1String(row.defaultText);
        info.unit = QLatin1String(row.unit);
        info.allowed = allowedAt(QLatin1String(row.path));
        if (row.most >= row.least) {
            info.least = row.least;
            info.most = row.most;
        }
        info.help = QLatin1String(row.help);
        info.needsRestart = row.needsRestart;
        all.append(info);
    }
    return all;
}

} // namespace

const QList<SettingInfo> &allSettings()
{
    static const QList<SettingInfo> all = build();
    return all;
}

const SettingInfo *settingInfo(QStringView path)
{
    QString plain;
    bool inside = false;
    for (const QChar c : path) {
        if (c == u']')
            inside = false;
        if (!inside)
            plain += c;
        if (c == u'[')
            inside = true;
    }
    for (const SettingInfo &info : allSettings())
        if (info.path == plain)
            return &info;
    return nullptr;
}

QStringList settingsNeedingRestart(const Config &running, const Config &wanted)
{
    QStringList changed;
    const auto compare = [&](const QString &path, const auto &a, const auto &b) {
        if (a != b)
            changed.append(path);
    };
    compare(u"server.host"_s, running.server.host, wanted.server.host);
    compare(u"server.port"_s, running.server.port, wanted.server.port);
    compare(u"server.tlsCertificate"_s, running.server.tlsCertificate, wanted.server.tlsCertificate);
    compare(u"server.tlsKey"_s, running.server.tlsKey, wanted.server.tlsKey);
    compare(u"storage.url"_s, running.storage.url, wanted.storage.url);
    compare(u"storage.sync"_s, running.storage.sync, wanted.storage.sync);
    return changed;
}

} // namespace lbp
