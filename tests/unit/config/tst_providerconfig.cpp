#include "config/configreader.h"
#include "config/providerpreset.h"
#include "configtesting.h"

using namespace lbp;
using namespace lbp::testing;
using namespace Qt::StringLiterals;

namespace {

const QHash<QString, QString> noVariables;

QUrl url(const char *text)
{
    return QUrl(QLatin1String(text));
}

} // namespace

/// Who is configured, from a preset or by hand.
class TestProviderConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPresetSaysAllButTheKey_data();
    void aPresetSaysAllButTheKey();
    void whatIsWrittenWinsOverThePreset();
    void otherApisMoveWithTheHost();
    void addressesAreTakenAsToolsHaveThem_data();
    void addressesAreTakenAsToolsHaveThem();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void aLocalProviderMayHaveWhatCosts();
    void deploymentsHaveModels();
    void fallbacksAreReadInOrder();
    void everyPresetIsDocumented();
};

void TestProviderConfig::aPresetSaysAllButTheKey_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QUrl>("openai");
    QTest::addColumn<QUrl>("anthropic");
    QTest::addColumn<QUrl>("gemini");
    QTest::addColumn<bool>("isFree");
    const QUrl no;
    QTest::newRow("openai") << u"openai"_s << url("https://api.openai.com/v1") << no << no << false;
    QTest::newRow("anthropic") << u"anthropic"_s << no << url("https://api.anthropic.com") << no << false;
    QTest::newRow("gemini") << u"gemini"_s << url("https://generativelanguage.googleapis.com/v1beta/openai")
                            << no << url("https://generativelanguage.googleapis.com") << false;
    QTest::newRow("openrouter") << u"openrouter"_s << url("https://openrouter.ai/api/v1")
                                << url("https://openrouter.ai/api") << no << false;
    QTest::newRow("groq") << u"groq"_s << url("https://api.groq.com/openai/v1") << no << no << false;
    QTest::newRow("mistral") << u"mistral"_s << url("https://api.mistral.ai/v1") << no << no << false;
    QTest::newRow("deepseek") << u"deepseek"_s << url("https://api.deepseek.com/v1")
                              << url("https://api.deepseek.com/anthropic") << no << false;
    QTest::newRow("xai") << u"xai"_s << url("https://api.x.ai/v1") << no << no << false;
    QTest::newRow("together") << u"together"_s << url("https://api.together.ai/v1") << no << no << false;
    QTest::newRow("ollama") << u"ollama"_s << url("http://localhost:11434/v1")
                            << url("http://localhost:11434") << no << true;
    QTest::newRow("lmstudio") << u"lmstudio"_s << url("http://localhost:1234/v1")
                              << url("http://localhost:1234") << no << true;
    QTest::newRow("vllm") << u"vllm"_s << url("http://localhost:8000/v1") << no << no << true;
    QTest::newRow("llamacpp") << u"llamacpp"_s << url("http://localhost:8080/v1")
                              << url("http://localhost:8080") << no << true;
}

void TestProviderConfig::aPresetSaysAllButTheKey()
{
    QFETCH(QString, preset);
    QFETCH(QUrl, openai);
    QFETCH(QUrl, anthropic);
    QFETCH(QUrl, gemini);
    QFETCH(bool, isFree);
    const auto config =
        parseConfig("providers: [{preset: " + preset.toLatin1() + ", apiKey: k}]\n", {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const ProviderConfig &provider = (*config)->providers.first();
    QCOMPARE(provider.name, preset);
    QCOMPARE(provider.preset, preset);
    QCOMPARE(provider.api(ProviderKind::OpenAi).baseUrl, openai);
    QCOMPARE(provider.api(ProviderKind::Anthropic).baseUrl, anthropic);
    QCOMPARE(provider.api(ProviderKind::Gemini).baseUrl, gemini);
    QCOMPARE(provider.baseUrl, provider.api(provider.kind).baseUrl);
    QCOMPARE(provider.free, isFree);
    QCOMPARE(provider.priceSpace, preset);
}

void TestProviderConfig::whatIsWrittenWinsOverThePreset()
{
    const auto config = parseConfig("providers: [{preset: openrouter, name: mine, auth: x-api-key, "
                                    "priceSpace: other, reportsCost: false, "
                                    "streamUsage: never, free: true}, {preset: groq, auth: '', reportsCost: "
                                    "'', streamUsage: '', models: [a]}]\n",
                                    {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const ProviderConfig &mine = (*config)->providers[0];
    QCOMPARE(mine.name, u"mine"_s);
    QCOMPARE(mine.api(ProviderKind::OpenAi).auth, AuthStyle::XApiKey);
    QCOMPARE(mine.priceSpace, u"other"_s);
    QVERIFY(!mine.quirks.reportsCost && mine.free);
    QCOMPARE(mine.quirks.streamUsage, StreamUsage::Never);
    QCOMPARE((*config)->providers[1].quirks.streamUsage, StreamUsage::Ask); // empty is as good as absent
    QCOMPARE((*config)->providers[1].api(ProviderKind::OpenAi).auth, AuthStyle::Bearer);
}

void TestProviderConfig::otherApisMoveWithTheHost()
{
    const auto config = parseConfig("providers: [{preset: ollama, baseUrl: \"http://box.local:5000/v1\"}]\n",
                                    {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->providers[0].api(ProviderKind::Anthropic).baseUrl, url("http://box.local:5000"));
}

void TestProviderConfig::addressesAreTakenAsToolsHaveThem_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QUrl>("kept");
    QTest::newRow("anthropic with /v1")
        << QByteArray("kind: anthropic, baseUrl: \"https://x.example/a/v1/\"") << url("https://x.example/a");
    QTest::newRow("gemini with its version")
        << QByteArray("kind: gemini, baseUrl: \"https://x.example/v1beta\"") << url("https://x.example");
    QTest::newRow("an Azure resource") << QByteArray("preset: azure, baseUrl: \"https://r.openai.azure.com\"")
                                       << url("https://r.openai.azure.com/openai/v1");
    QTest::newRow("an Azure endpoint")
        << QByteArray("preset: azure, baseUrl: \"https://r.openai.azure.com/openai/\"")
        << url("https://r.openai.azure.com/openai/v1");
    QTest::newRow("Azure's new form")
        << QByteArray("preset: azure, baseUrl: \"https://r.openai.azure.com/openai/v1\"")
        << url("https://r.openai.azure.com/openai/v1");
}

void TestProviderConfig::addressesAreTakenAsToolsHaveThem()
{
    QFETCH(QByteArray, given);
    QFETCH(QUrl, kept);
    const auto config = parseConfig("providers: [{name: a, " + given + "}]\n", {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->providers[0].baseUrl, kept);
}

void TestProviderConfig::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such preset") << QByteArray("name: a, preset: opnai") << u"providers[0].preset"_s
                                    << u"one of"_s;
    QTest::newRow("no such style") << QByteArray("name: a, auth: cookie") << u"providers[0].auth"_s
                                   << u"one of"_s;
    QTest::newRow("Azure without its resource")
        << QByteArray("preset: azure") << u"providers[0].baseUrl"_s << u"needed"_s;
    QTest::newRow("custom without an address")
        << QByteArray("name: a, preset: custom") << u"providers[0].baseUrl"_s << u"needed"_s;
    QTest::newRow("the address of another")
        << QByteArray("preset: groq, baseUrl: \"https://api.openai.com/v1\"") << u"providers[0].baseUrl"_s
        << u"address of openai"_s;
    QTest::newRow("a key that is not sent")
        << QByteArray("name: a, apiKey: k, auth: client") << u"providers[0].auth"_s << u"remove the apiKey"_s;
    QTest::newRow("another API elsewhere, with a key")
        << QByteArray("name: a, apiKey: k, apis: {anthropic: \"https://elsewhere.example\"}")
        << u"providers[0].apis.anthropic"_s << u"host"_s;
    QTest::newRow("the main API twice")
        << QByteArray("name: a, apis: {openai: \"https://api.openai.com/v1\"}")
        << u"providers[0].apis.openai"_s << u"baseUrl"_s;
    QTest::newRow("no such API") << QByteArray("name: a, apis: {bedrock: \"https://x.example\"}")
                                 << u"providers[0].apis.bedrock"_s << u"not a known key"_s;
    QTest::newRow("deployments elsewhere")
        << QByteArray("name: a, deployments: {d: m}") << u"providers[0].deployments"_s << u"azure"_s;
    QTest::newRow("a deployment without a model")
        << QByteArray("preset: azure, baseUrl: \"https://r.example\", deployments: {d: [1]}")
        << u"providers[0].deployments.d"_s << u"text"_s;
}

void TestProviderConfig::mistakesAreNamed()
{
    QFETCH(QByteArray, provider);
    QFETCH(QString, place);
    QFETCH(QString, says);
    const QStringList problems =
        problemsOf(parseConfig("providers: [{" + provider + "}]\n", {}, noVariables));
    QVERIFY2(problems.size() == 1, qPrintable(problems.join(u'\n')));
    QVERIFY2(problems[0].contains(place + u": "_s) && problems[0].contains(says), qPrintable(problems[0]));
}

void TestProviderConfig::aLocalProviderMayHaveWhatCosts()
{
    const auto config = parseConfig("providers: [{preset: ollama}]\n", {}, noVariables);
    QVERIFY((*config)->providers[0].isFreeFor(u"llama3.2"));
    QVERIFY(!(*config)->providers[0].isFreeFor(u"gpt-oss:120b-cloud"));
}

void TestProviderConfig::deploymentsHaveModels()
{
    const auto config =
        parseConfig("providers: [{preset: azure, baseUrl: \"https://r.example\", deployments: {b: gpt-4o, a: "
                    "gpt-4o, c: gpt-5}}]\n",
                    {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    const ProviderConfig &azure = (*config)->providers[0];
    QCOMPARE(azure.modelOf(u"b"_s), u"gpt-4o"_s);
    QCOMPARE(azure.modelOf(u"unknown"_s), u"unknown"_s);
    QCOMPARE(azure.ownNameOf(u"gpt-4o"_s), u"a"_s);
    QCOMPARE(azure.ownNameOf(u"gpt-5"_s), u"c"_s);
    QCOMPARE(azure.ownNameOf(u"gpt-3"_s), u"gpt-3"_s);
}

void TestProviderConfig::fallbacksAreReadInOrder()
{
    const auto config =
        parseConfig("providers: [{preset: groq, models: [x]}]\nfallbacks: [{models: \"gpt-*\", to: "
                    "[groq/llama, openai]}]\n"
                    "provider: {preset: openai}\n",
                    {}, noVariables);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->fallbacks.size(), 1);
    QCOMPARE((*config)->fallbacks[0].to, (QStringList{u"groq/llama"_s, u"openai"_s}));
    for (const char *bad : {"fallbacks: [{models: a, to: [nobody]}]\n", "fallbacks: [{models: a}]\n",
                            "fallbacks: [{to: [openai]}]\n", "fallbacks: [{models: a, to: [openai/]}]\n"})
        QCOMPARE(problemsOf(parseConfig(bad, {}, noVariables)).size(), 1);
}

void TestProviderConfig::everyPresetIsDocumented()
{
    const QByteArray file = fileContent(sourcePath(u"config/config.yml"_s));
    for (const ProviderPreset &preset : providerPresets())
        QVERIFY2(file.contains(preset.name.latin1()), preset.name.latin1());
}

QTEST_GUILESS_MAIN(TestProviderConfig)
#include "tst_providerconfig.moc"
