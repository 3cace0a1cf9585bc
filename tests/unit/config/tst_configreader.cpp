#include "configtesting.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::testing;

namespace {

const QHash<QString, QString> noVariables;

Money dollars(qint64 amount)
{
    return Money::fromPicodollars(amount * Money::picodollarsPerDollar);
}

/// Everything that has a default, as JSON: comparable in one step.
QJsonObject withoutProviders(const Config &config)
{
    Config copy = config;
    copy.budgets.timeZone = QTimeZone::systemTimeZone();
    QJsonObject json = redactedJson(copy);
    json.remove(QStringLiteral("providers"));
    return json;
}

} // namespace

class TestConfigReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theDocumentedFileHoldsTheDefaults();
    void nothingAtAllIsAValidConfiguration();
    void everyDocumentedKeyIsInTheFileAndInTheJson();
    void theSeedFormIsReadAsItStands();
    void everyKeyReachesItsField();
    void aMistakeIsNamedWithLineAndKey_data();
    void aMistakeIsNamedWithLineAndKey();
    void goodValuesAreTaken_data();
    void goodValuesAreTaken();
    void allMistakesAreReportedAtOnce();
    void noMessageHoldsASecret();
    void theJsonHoldsNoSecret();
    void aVariableCannotBecomeYaml();
    void aKeyOfTheEnvironmentGoesOnlyToTheDefaultProvider();
    void providersAreReadInOrder();
    void thresholdsAreSorted();
    void noneIsNoLimit();
};

void TestConfigReader::theDocumentedFileHoldsTheDefaults()
{
    const auto config =
        parseConfig(fileContent(sourcePath(QStringLiteral("config/config.yml"))), {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE(withoutProviders(**config), withoutProviders(Config{}));
    QVERIFY((*config)->budgets.alertThresholds == Config{}.budgets.alertThresholds);
    QVERIFY((*config)->rateLimits.defaults == Config{}.rateLimits.defaults);
    QCOMPARE((*config)->budgets.timeZone, QTimeZone::systemTimeZone());
    QCOMPARE((*config)->providers.size(), 1);
    QCOMPARE((*config)->providers[0].name, QStringLiteral("openai"));
    QCOMPARE((*config)->providers[0].baseUrl, QUrl(QStringLiteral("https://api.openai.com/v1")));
    QVERIFY((*config)->providers[0].apiKey.isEmpty());
}

void TestConfigReader::nothingAtAllIsAValidConfiguration()
{
    for (const QByteArray &text :
         {QByteArray(), QByteArray("# only a comment\n"), QByteArray("server:\nbudgets:\n")}) {
        const auto config = parseConfig(text, {}, noVariables);
        QCOMPARE(problemsOf(config), QStringList());
        QCOMPARE(withoutProviders(**config), withoutProviders(Config{}));
        QCOMPARE((*config)->providers.size(), 1);
        QVERIFY((*config)->prices);
        QCOMPARE((*config)->prices->size(), 0);
        QVERIFY((*config)->budgets.timeZone.isValid());
    }
}

void TestConfigReader::everyDocumentedKeyIsInTheFileAndInTheJson()
{
    const QByteArray text = fileContent(sourcePath(QStringLiteral("config/config.yml")));
    const QJsonObject json = redactedJson(**parseConfig(text, {}, noVariables));
    for (auto section = json.begin(); section != json.end(); ++section) {
        QVERIFY2(text.contains('\n' + section.key().toUtf8() + ':'), qPrintable(section.key()));
        const QJsonObject keys = section.value().toObject();
        for (const QString &key : keys.keys())
            QVERIFY2(text.contains("\n  " + key.toUtf8() + ':'), qPrintable(section.key() + u'.' + key));
    }
}

void TestConfigReader::theSeedFormIsReadAsItStands()
{
    const QHash<QString, QString> variables{{QStringLiteral("LBP_ADMIN_KEY"), QStringLiteral("admin-key-1")},
                                            {QStringLiteral("OPENAI_API_KEY"), QStringLiteral("sk-1")}};
    const auto config =
        parseConfig(fileContent(sourcePath(QStringLiteral("tests/data/config/seed-config.yml"))),
                    fileContent(sourcePath(QStringLiteral("tests/data/config/seed-pricing.yml"))), variables);
    QCOMPARE(problemsOf(config), QStringList());
    const Config &c = **config;
    QCOMPARE(c.server.host, QStringLiteral("0.0.0.0"));
    QCOMPARE(c.server.adminKey.reveal(), QByteArray("admin-key-1"));
    QCOMPARE(c.providers[0].apiKey.reveal(), QByteArray("sk-1"));
    QCOMPARE(c.rateLimits.overrides.size(), 2);
    QVERIFY((c.rateLimits.overrides[0] == LimitOverride{QStringLiteral("ci-*"), 600, 1000000, std::nullopt}));
    QVERIFY((c.rateLimits.overrides[1]
             == LimitOverride{QStringLiteral("nightly"), std::nullopt, std::nullopt, 2}));
    QCOMPARE(*c.budgets.defaultDaily, dollars(10));
    QCOMPARE(*c.budgets.defaultMonthly, dollars(100));
    QCOMPARE(c.budgets.alertThresholds.size(), size_t(3));
    QVERIFY(c.modelDowngrade.enabled);
    QVERIFY((c.modelDowngrade.rules[0]
             == DowngradeRule{QStringLiteral("gpt-4o"), QStringLiteral("gpt-4o-mini"), std::nullopt}));
    QVERIFY((c.modelDowngrade.rules[1]
             == DowngradeRule{QStringLiteral("o*"), QStringLiteral("gpt-4o-mini"), 90}));
    QCOMPARE(c.alerts.events,
             QStringList({QStringLiteral("budgetWarning"), QStringLiteral("budgetExceeded")}));
    QCOMPARE(c.prices->models(), QStringList({QStringLiteral("gpt-4o"), QStringLiteral("gpt-4o-mini")}));
}

void TestConfigReader::everyKeyReachesItsField()
{
    const QByteArray text = R"(
server: {host: "::1", port: 0, adminKey: adm, allowedHosts: [proxy.example], maxBodyBytes: 2048, headerTimeoutSeconds: 1,
         bodyTimeoutSeconds: 2, idleTimeoutSeconds: 3, maxConnections: 4, tlsCertificate: c.pem, tlsKey: k.pem}
provider: {name: mine, kind: anthropic, apiKey: pk, baseUrl: "https://example.org:8443/", models: ["claude-*"], free: yes,
           allowUnmetered: on}
upstream: {connectTimeoutSeconds: 5, idleTimeoutSeconds: 6, maxConnections: 7, caFile: ca.pem}
rateLimits: {default: {rpm: 1, tpm: 2, parallel: 3}}
budgets: {defaultDaily: 0.000001, defaultMonthly: "12.5", alertThresholds: [], timeZone: Europe/Berlin, admission: soft, blockStatus: 402,
          minOutputTokens: 16}
cache: {enabled: off, defaultTtlSeconds: 8, maxSizeMb: 9, scope: global}
alerts: {webhookUrl: "https://example.org/hook", webhookSecret: "a b", debounceMinutes: 0, allowPrivateTargets: true}
storage: {url: "postgresql://u:p@db/lbp", retentionDays: 10, sync: full}
pricing: {unknownModels: allow, file: prices.yml}
logging: {bodies: true, level: debug}
)";
    const auto config = parseConfig(text, {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const Config &c = **config;
    QCOMPARE(c.server.host, QStringLiteral("::1"));
    QCOMPARE(c.server.port, quint16(0));
    QCOMPARE(c.server.adminKey.reveal(), QByteArray("adm"));
    QCOMPARE(c.server.allowedHosts, QStringList{QStringLiteral("proxy.example")});
    QCOMPARE(c.server.maxBodyBytes, qint64(2048));
    QCOMPARE(c.server.headerTimeoutSeconds, 1);
    QCOMPARE(c.server.bodyTimeoutSeconds, 2);
    QCOMPARE(c.server.idleTimeoutSeconds, 3);
    QCOMPARE(c.server.maxConnections, 4);
    QCOMPARE(c.server.tlsCertificate, QStringLiteral("c.pem"));
    QCOMPARE(c.server.tlsKey, QStringLiteral("k.pem"));
    QCOMPARE(c.providers[0].name, QStringLiteral("mine"));
    QVERIFY(c.providers[0].kind == ProviderKind::Anthropic);
    QCOMPARE(c.providers[0].apiKey.reveal(), QByteArray("pk"));
    QCOMPARE(c.providers[0].baseUrl, QUrl(QStringLiteral("https://example.org:8443")));
    QCOMPARE(c.providers[0].models, QStringList{QStringLiteral("claude-*")});
    QVERIFY(c.providers[0].free && c.providers[0].allowUnmetered);
    QCOMPARE(c.upstream.connectTimeoutSeconds, 5);
    QCOMPARE(c.upstream.idleTimeoutSeconds, 6);
    QCOMPARE(c.upstream.maxConnections, 7);
    QCOMPARE(c.upstream.caFile, QStringLiteral("ca.pem"));
    QVERIFY((c.rateLimits.defaults == RateLimits{1, 2, 3}));
    QCOMPARE(c.budgets.defaultDaily->picodollars(), qint64(1'000'000));
    QCOMPARE(c.budgets.defaultMonthly->picodollars(), qint64(12'500'000'000'000));
    QVERIFY(c.budgets.alertThresholds.empty());
    QCOMPARE(c.budgets.timeZone.id(), QByteArray("Europe/Berlin"));
    QVERIFY(c.budgets.admission == AdmissionMode::Soft);
    QVERIFY(c.budgets.blockStatus == BlockStatus::PaymentRequired);
    QCOMPARE(c.budgets.minOutputTokens, 16);
    QVERIFY(!c.cache.enabled);
    QCOMPARE(c.cache.defaultTtlSeconds, 8);
    QCOMPARE(c.cache.maxSizeMb, 9);
    QVERIFY(c.cache.scope == CacheScope::Global);
    QCOMPARE(c.alerts.webhookUrl, QStringLiteral("https://example.org/hook"));
    QCOMPARE(c.alerts.webhookSecret.reveal(), QByteArray("a b"));
    QCOMPARE(c.alerts.debounceMinutes, 0);
    QVERIFY(c.alerts.allowPrivateTargets);
    QCOMPARE(c.storage.url, QStringLiteral("postgresql://u:p@db/lbp"));
    QCOMPARE(c.storage.retentionDays, 10);
    QVERIFY(c.storage.sync == SyncMode::Full);
    QVERIFY(c.pricing.unknownModels == UnknownModels::Allow);
    QCOMPARE(c.pricing.file, QStringLiteral("prices.yml"));
    QVERIFY(c.logging.bodies);
    QCOMPARE(c.logging.level, QStringLiteral("debug"));
}

void TestConfigReader::aMistakeIsNamedWithLineAndKey_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("beginning"); // of the only message
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const char *text, const char *beginning, const char *part) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(beginning) << QString::fromUtf8(part);
    };
    row("unknown section", "server: {port: 1}\nbudget: {}\n",
        "config.yml:2: budget: ", "did you mean \"budgets\"?");
    row("unknown key", "server:\n  prot: 1\n", "config.yml:2: server.prot: ", "did you mean \"port\"?");
    row("other case", "server:\n  Port: 1\n", "config.yml:2: server.Port: ", "did you mean \"port\"?");
    row("far from any key", "cache:\n  zzzzzzzzzzzz: 1\n",
        "config.yml:2: cache.zzzzzzzzzzzz: ", "known here: enabled");
    row("merge keys", "cache:\n  <<: {enabled: true}\n", "config.yml:2: cache.<<: ", "is not a known key");
    row("key given twice", "cache:\n  maxSizeMb: 1\n  maxSizeMb: 2\n",
        "config.yml:3: cache.maxSizeMb: ", "line 2");
    row("section given twice", "cache: {}\nserver: {}\ncache: {}\n", "config.yml:3: cache: ", "line 1");
    row("key given twice in a list", "modelDowngrade:\n  rules:\n    - {from: a, to: b, to: c}\n",
        "config.yml:3: modelDowngrade.rules[0].to: ", "twice");
    row("text for a number", "server:\n  port: http\n",
        "config.yml:2: server.port: ", "from 0 to 65535, not \"http\"");
    row("fraction for a number", "server:\n  port: 1.0\n", "config.yml:2: server.port: ", "whole number");
    row("hexadecimal number", "server:\n  port: 0x10\n", "config.yml:2: server.port: ", "whole number");
    row("empty number", "server:\n  port: \"\"\n", "config.yml:2: server.port: ", "whole number");
    row("above the range", "server:\n  port: 65536\n", "config.yml:2: server.port: ", "from 0 to 65535");
    row("below the range", "rateLimits: {default: {rpm: -1}}\n",
        "config.yml:1: rateLimits.default.rpm: ", "from 0 to");
    row("beyond 64 bits", "cache: {maxSizeMb: 99999999999999999999}\n",
        "config.yml:1: cache.maxSizeMb: ", "from 1");
    row("a number for a switch", "cache: {enabled: 1}\n", "config.yml:1: cache.enabled: ", "true or false");
    row("a list for a number", "server: {port: [1]}\n", "config.yml:1: server.port: ", "not a list");
    row("a mapping for text", "server: {host: {a: b}}\n", "config.yml:1: server.host: ", "not a mapping");
    row("text for a section", "server: 3000\n", "config.yml:1: server: ", "must be a mapping");
    row("a list for the file", "- a\n", "config.yml:1: ", "must be a mapping");
    row("text for a list", "alerts: {events: budgetWarning}\n",
        "config.yml:1: alerts.events: ", "must be a list");
    row("a list in a list of text", "provider: {models: [[a]]}\n",
        "config.yml:1: provider.models[0]: ", "must be text");
    row("unknown choice", "budgets: {admission: hard}\n",
        "config.yml:1: budgets.admission: ", "clamp, strict, soft");
    row("unknown status", "budgets: {blockStatus: 429}\n",
        "config.yml:1: budgets.blockStatus: ", "auto, 402");
    row("unknown zone", "budgets:\n  timeZone: Europe/Berlinn\n", "config.yml:2: budgets.timeZone: ", "IANA");
    row("amount with exponent", "budgets: {defaultDaily: 1e3}\n",
        "config.yml:1: budgets.defaultDaily: ", "exponent");
    row("negative amount", "budgets: {defaultDaily: -1}\n", "config.yml:1: budgets.defaultDaily: ", "sign");
    row("amount with plus", "budgets: {defaultDaily: +1}\n", "config.yml:1: budgets.defaultDaily: ", "sign");
    row("amount not a number", "budgets: {defaultDaily: .nan}\n",
        "config.yml:1: budgets.defaultDaily: ", "amount");
    row("amount with currency", "budgets: {defaultDaily: $5}\n",
        "config.yml:1: budgets.defaultDaily: ", "amount");
    row("amount with a comma", "budgets:\n  defaultDaily: 10,00\n",
        "config.yml:2: budgets.defaultDaily: ", "amount");
    row("amount too large", "budgets: {defaultDaily: 99999999999}\n",
        "config.yml:1: budgets.defaultDaily: ", "too large");
    row("amount missing", "budgets:\n  defaultDaily:\n",
        "config.yml:2: budgets.defaultDaily: ", "has no value");
    row("threshold above 100", "budgets: {alertThresholds: [{percent: 101, action: warn}]}\n",
        "config.yml:1: budgets.alertThresholds[0].percent: ", "from 1 to 100");
    row("threshold without action", "budgets:\n  alertThresholds:\n    - percent: 5\n",
        "config.yml:3: budgets.alertThresholds[0].action: ", "is needed");
    row("same threshold twice",
        "budgets:\n  alertThresholds:\n    - {percent: 5, action: warn}\n    - {percent: 5, action: warn}\n",
        "config.yml:4: budgets.alertThresholds[1]: ", "twice");
    row("unknown action", "budgets: {alertThresholds: [{percent: 1, action: stop}]}\n",
        "config.yml:1: budgets.alertThresholds[0].action: ", "warn, downgrade, block");
    row("override without pattern", "rateLimits: {overrides: [{rpm: 1}]}\n",
        "config.yml:1: rateLimits.overrides[0].keyPattern: ", "is needed");
    row("override with both names", "rateLimits: {overrides: [{key: a, keyPattern: b}]}\n",
        "config.yml:1: rateLimits.overrides[0].key: ", "remove one");
    row("rule without target", "modelDowngrade: {rules: [{from: a}]}\n",
        "config.yml:1: modelDowngrade.rules[0].to: ", "is needed");
    row("rule to a pattern", "modelDowngrade: {rules: [{from: a, to: \"b*\"}]}\n",
        "config.yml:1: modelDowngrade.rules[0].to: ", "one model");
    row("unknown event", "alerts: {events: [budgetWarning, budgetExeeded]}\n",
        "config.yml:1: alerts.events[1]: ", "did you mean \"budgetExceeded\"?");
    row("webhook without scheme", "alerts: {webhookUrl: example.org}\n",
        "config.yml:1: alerts.webhookUrl: ", "https://");
    row("webhook to a file", "alerts: {webhookUrl: \"file:///etc/passwd\"}\n",
        "config.yml:1: alerts.webhookUrl: ", "https://");
    row("base address without host", "provider: {baseUrl: \"https:///v1\"}\n",
        "config.yml:1: provider.baseUrl: ", "host");
    row("base address of another kind", "provider: {baseUrl: \"ftp://h/v1\"}\n",
        "config.yml:1: provider.baseUrl: ", "https://");
    row("base address with user", "provider: {baseUrl: \"https://u:p@h/v1\"}\n",
        "config.yml:1: provider.baseUrl: ", "password");
    row("base address with query", "provider: {baseUrl: \"https://h/v1?a=b\"}\n",
        "config.yml:1: provider.baseUrl: ", "?");
    row("base address with fragment", "provider: {baseUrl: \"https://h/v1#a\"}\n",
        "config.yml:1: provider.baseUrl: ", "#");
    row("key over plain http", "provider:\n  apiKey: k\n  baseUrl: http://10.0.0.1/v1\n",
        "config.yml:3: provider.baseUrl: ", "unencrypted");
    row("key over http to a look-alike",
        "provider: {apiKey: k, baseUrl: \"http://127.0.0.1.evil.test/v1\"}\n",
        "config.yml:1: provider.baseUrl: ", "unencrypted");
    row("key with a line break", "provider:\n  apiKey: \"a\\nb\"\n",
        "config.yml:2: provider.apiKey: ", "header");
    row("provider without name", "providers:\n  - {kind: openai}\n",
        "config.yml:2: providers[0].name: ", "name");
    row("two providers of one name", "providers:\n  - {name: a}\n  - {name: a, models: [b]}\n",
        "config.yml:3: providers[1].name: ", "another provider");
    row("two providers for all models", "providers:\n  - {name: a}\n  - {name: b}\n",
        "config.yml:3: providers[1].models: ", "\"a\"");
    row("certificate without key", "server: {tlsCertificate: a.pem}\n",
        "config.yml:1: server.tlsCertificate: ", "both");
    row("host with a scheme", "server: {host: \"http://x/\"}\n", "config.yml:1: server.host: ", "host name");
    row("unknown store", "storage: {url: \"mysql://db\"}\n", "config.yml:1: storage.url: ", "postgresql://");
    row("no such rule for unknown models", "pricing: {unknownModels: guess}\n",
        "config.yml:1: pricing.unknownModels: ", "refuse, allow or {assume: MODEL}");
    row("assume nothing", "pricing: {unknownModels: \"assume:\"}\n",
        "config.yml:1: pricing.unknownModels: ", "MODEL");
    row("missing variable", "server:\n  port: ${NO_SUCH}\n  host: a\n",
        "config.yml:2: server.port: ", "variable NO_SUCH");
    row("open variable", "server: {host: \"${HOST\"}\n", "config.yml:1: server.host: ", "$$");
    row("odd variable", "server: {host: \"${a b}\"}\n", "config.yml:1: server.host: ", "$$");
    row("unquoted variable between brackets", "server: {port: ${PORT}}\n", "config.yml:", "in quotes");
    row("missing variable in an amount", "budgets:\n  defaultDaily: ${NO_SUCH}\n",
        "config.yml:2: budgets.defaultDaily: ", "NO_SUCH");
    row("missing variable for a section", "cache: ${NO_SUCH}\n", "config.yml:1: cache: ", "NO_SUCH");
    row("missing variable in a list", "provider:\n  models:\n    - ${NO_SUCH}\n",
        "config.yml:3: provider.models[0]: ", "NO_SUCH");
    row("a word as a zone", "budgets: {timeZone: Mars}\n", "config.yml:1: budgets.timeZone: ", "IANA");
    row("unquoted colon", "pricing:\n  unknownModels: assume: gpt-4o\n", "config.yml:2: ", "needs quotes");
    row("tabs", "server:\n\tport: 1\n", "config.yml:2: ", "not valid YAML");
    row("open bracket", "server: {port: 1\n", "config.yml:", "not valid YAML");
    row("two documents", "server: {}\n---\ncache: {}\n", "config.yml: ", "one YAML document");
}

void TestConfigReader::aMistakeIsNamedWithLineAndKey()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, beginning);
    QFETCH(QString, part);
    const QStringList problems = problemsOf(parseConfig(text, {}, noVariables));
    const QString shown = problems.join(u'\n');
    QVERIFY2(problems.size() == 1, qPrintable(shown));
    QVERIFY2(problems[0].startsWith(beginning), qPrintable(shown));
    QVERIFY2(problems[0].contains(part), qPrintable(shown));
}

void TestConfigReader::goodValuesAreTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QByteArray(text); };
    row("key over http to this machine", "provider: {apiKey: k, baseUrl: \"http://127.0.0.1:8080/v1\"}\n");
    row("key over http to localhost", "provider: {apiKey: k, baseUrl: \"http://localhost:8080/v1\"}\n");
    row("key over http to ::1", "provider: {apiKey: k, baseUrl: \"http://[::1]:8080/v1\"}\n");
    row("http without a key", "provider: {baseUrl: \"http://10.0.0.1/v1\"}\n");
    row("numbers in quotes", "server: {port: \"8080\"}\n");
    row("both forms of providers", "provider: {apiKey: k}\nproviders: [{name: b, models: [c]}]\n");
    row("one for all models of each kind",
        "providers: [{name: a}, {name: b, kind: anthropic}, {name: c, kind: gemini}]\n");
    row("anchors and aliases", "cache: {maxSizeMb: &size 5}\nbudgets: {minOutputTokens: *size}\n");
    row("a byte order mark", "\xef\xbb\xbfserver: {port: 1}\n");
    row("Windows line ends", "server:\r\n  port: 1\r\n  host: a\r\n");
    row("zone UTC", "budgets: {timeZone: UTC}\n");
    row("zone of another name", "budgets: {timeZone: US/Pacific}\n");
    row("the zone of the system", "budgets: {timeZone: system}\n");
    row("a document start", "---\nserver: {port: 1}\n...\n");
}

void TestConfigReader::goodValuesAreTaken()
{
    QFETCH(QByteArray, text);
    QCOMPARE(problemsOf(parseConfig(text, {}, noVariables)), QStringList());
}

void TestConfigReader::allMistakesAreReportedAtOnce()
{
    const QByteArray text =
        "server:\n  port: x\n  prot: 1\nbudgets:\n  defaultDaily: 1e9\n  timeZone: Mars\n"
        "cache:\n  enabled: maybe\n  enabled: true\nstorge: {}\nalerts:\n  webhookUrl: ${HOOK}\n";
    const QStringList problems = problemsOf(parseConfig(text, "models: {a: {inputPer1k: x}}", noVariables));
    QStringList places;
    for (const QString &problem : problems)
        places.append(problem.section(QStringLiteral(": "), 0, 1));
    const QStringList expected{QStringLiteral("config.yml:2: server.port"),
                               QStringLiteral("config.yml:3: server.prot"),
                               QStringLiteral("config.yml:5: budgets.defaultDaily"),
                               QStringLiteral("config.yml:6: budgets.timeZone"),
                               QStringLiteral("config.yml:8: cache.enabled"),
                               QStringLiteral("config.yml:9: cache.enabled"),
                               QStringLiteral("config.yml:10: storge"),
                               QStringLiteral("config.yml:12: alerts.webhookUrl"),
                               QStringLiteral("pricing.yml:1: models.a.inputPer1k"),
                               QStringLiteral("pricing.yml:1: models.a")};
    for (const QString &place : expected)
        QVERIFY2(places.contains(place), qPrintable(place + u'\n' + problems.join(u'\n')));
}

void TestConfigReader::noMessageHoldsASecret()
{
    // The same word everywhere a secret or a variable can stand, and everything is wrong.
    const QByteArray canary = "cAnArY-7f3";
    const QHash<QString, QString> variables{{QStringLiteral("C"), QString::fromUtf8(canary)}};
    const QByteArrayList files{
        "server: {port: \"${C}\", host: \"${C}/\", adminKey: \"cAnArY-7f3 \\t x\", maxBodyBytes: \"${C}\", "
        "allowedHosts: [\"${C}/\"]}\n",
        "provider: {apiKey: \"cAnArY-7f3 x\", kind: \"${C}\", baseUrl: \"http://${C}.test/\", name: "
        "\"${C}!\", "
        "free: \"${C}\", models: [[\"${C}\"]]}\n",
        "provider: {apiKey: cAnArY-7f3, baseUrl: \"http://cAnArY-7f3:x@h.test/?cAnArY-7f3\"}\n",
        "provider: {apiKey: [cAnArY-7f3]}\nserver: {adminKey: {cAnArY-7f3: cAnArY-7f3}}\nalerts: "
        "{webhookSecret: [cAnArY-7f3]}\n",
        "provider: cAnArY-7f3\nserver: [cAnArY-7f3]\nalerts: cAnArY-7f3\n",
        "provider:\n  apiKey: *cAnArY-7f3\n",
        "provider:\n  apiKey: &cAnArY-7f3\n   - : a\n",
        "provider:\n  apiKey: \"\\cAnArY-7f3\"\n",
        "provider:\n  apiKey: @cAnArY-7f3\n",
        "provider:\n  apiKey: %cAnArY-7f3: x: y\n",
        "provider:\n  apiKey: cAnArY-7f3: x\n",
        "provider:\n  apiKey: !cAnArY-7f3<> [\n",
        "provider:\n  apiKey: \"${cAnArY-7f3}\"\n",
        "alerts: {webhookUrl: \"cAnArY-7f3\", webhookSecret: cAnArY-7f3, events: [\"${C}\"], "
        "debounceMinutes: \"${C}\"}\n",
        "budgets: {defaultDaily: \"${C}\", timeZone: \"${C}\", admission: \"${C}\", alertThresholds: "
        "[{percent: \"${C}\", "
        "action: \"${C}\"}]}\n",
        "storage: {url: \"x://u:cAnArY-7f3@h\", sync: \"${C}\", retentionDays: \"${C}\"}\npricing: "
        "{unknownModels: "
        "\"${C}\"}\n",
        "rateLimits: {default: {rpm: \"${C}\"}, overrides: [\"${C}\"]}\ncache: \"${C}\"\nlogging: {level: "
        "\"${C}\", bodies: \"${C}\"}\n",
        "modelDowngrade: {enabled: \"${C}\", rules: [{from: a, to: \"${C}*\", atPercent: \"${C}\"}]}\n",
    };
    for (const QByteArray &file : files) {
        const QStringList problems = problemsOf(parseConfig(file, {}, variables));
        QVERIFY2(!problems.isEmpty(), file.constData());
        for (const QString &problem : problems)
            QVERIFY2(!problem.contains(QString::fromUtf8(canary), Qt::CaseInsensitive), qPrintable(problem));
    }
}

void TestConfigReader::theJsonHoldsNoSecret()
{
    const QByteArray text =
        "server: {adminKey: cAnArY1}\n"
        "provider: {apiKey: cAnArY2}\n"
        "alerts: {webhookSecret: cAnArY3, webhookUrl: \"https://hooks.slack.com/services/cAnArY4?cAnArY5\"}\n"
        "storage: {url: \"postgresql://user:cAnArY6@db.example/lbp?password=cAnArY7\"}\n";
    const auto config = parseConfig(text, {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const QJsonObject json = redactedJson(**config);
    QVERIFY(!QJsonDocument(json).toJson().toLower().contains("canary"));
    QCOMPARE(json[QStringLiteral("server")][QStringLiteral("adminKey")].toString(), QStringLiteral("set"));
    QCOMPARE(json[QStringLiteral("providers")][0][QStringLiteral("apiKey")].toString(),
             QStringLiteral("set"));
    QCOMPARE(json[QStringLiteral("alerts")][QStringLiteral("webhookSecret")].toString(),
             QStringLiteral("set"));
    QCOMPARE(json[QStringLiteral("alerts")][QStringLiteral("webhookUrl")].toString(),
             QStringLiteral("https://hooks.slack.com/…"));
    const QJsonObject empty = redactedJson(**parseConfig({}, {}, noVariables));
    QCOMPARE(empty[QStringLiteral("server")][QStringLiteral("adminKey")].toString(),
             QStringLiteral("not set"));
    QCOMPARE(empty[QStringLiteral("budgets")][QStringLiteral("defaultDaily")].toString(),
             QStringLiteral("10.00"));
}

void TestConfigReader::aVariableCannotBecomeYaml()
{
    const QHash<QString, QString> variables{
        {QStringLiteral("V"), QStringLiteral("a\nserver: {port: 9} # ${V} $$")},
        {QStringLiteral("N"), QStringLiteral("[1, 2]")}};
    const auto config = parseConfig(
        "alerts:\n  webhookSecret: ${V}\nprovider: {name: p, models: [\"${N}\"]}\n", {}, variables);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->alerts.webhookSecret.reveal(), QByteArray("a\nserver: {port: 9} # ${V} $$"));
    QCOMPARE((*config)->server.port, quint16(3000));
    QCOMPARE((*config)->providers[0].models, QStringList{QStringLiteral("[1, 2]")});
}

void TestConfigReader::aKeyOfTheEnvironmentGoesOnlyToTheDefaultProvider()
{
    const QHash<QString, QString> variables{{QStringLiteral("OPENAI_API_KEY"), QStringLiteral("sk-x")}};
    const auto byDefault = parseConfig({}, {}, variables);
    QCOMPARE(problemsOf(byDefault), QStringList());
    QCOMPARE((*byDefault)->providers[0].apiKey.reveal(), QByteArray("sk-x"));
    const auto elsewhere = parseConfig("provider: {baseUrl: \"https://example.org/v1\"}\n", {}, variables);
    QCOMPARE(problemsOf(elsewhere), QStringList());
    QVERIFY((*elsewhere)->providers[0].apiKey.isEmpty());
}

void TestConfigReader::providersAreReadInOrder()
{
    const auto config =
        parseConfig("providers:\n  - {name: b, kind: gemini}\n  - {name: c, kind: anthropic}\n"
                    "provider: {apiKey: k}\n",
                    {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const QList<ProviderConfig> &providers = (*config)->providers;
    QCOMPARE(providers.size(), 3);
    QCOMPARE(providers[0].name, QStringLiteral("openai"));
    QCOMPARE(providers[1].name, QStringLiteral("b"));
    QCOMPARE(providers[1].baseUrl, QUrl(QStringLiteral("https://generativelanguage.googleapis.com")));
    QCOMPARE(providers[2].baseUrl, QUrl(QStringLiteral("https://api.anthropic.com")));
}

void TestConfigReader::thresholdsAreSorted()
{
    const auto config = parseConfig(
        "budgets: {alertThresholds: [{percent: 90, action: block}, {percent: 5, action: warn}]}\n", {},
        noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const std::vector<Threshold> expected{{5, ThresholdAction::Warn}, {90, ThresholdAction::Block}};
    QVERIFY((*config)->budgets.alertThresholds == expected);
}

void TestConfigReader::noneIsNoLimit()
{
    const auto config = parseConfig("budgets: {defaultDaily: none, defaultMonthly: 0}\n", {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    QVERIFY(!(*config)->budgets.defaultDaily);
    QVERIFY((*config)->budgets.defaultMonthly && (*config)->budgets.defaultMonthly->isZero());
}

QTEST_GUILESS_MAIN(TestConfigReader)
#include "tst_configreader.moc"
