#include "config/configsaver.h"
#include "config/dotenv.h"
#include "config/settinginfo.h"
#include "configtesting.h"

#include "config/yamlreader.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <sys/stat.h>

using namespace lbp;
using namespace lbp::testing;
using namespace Qt::StringLiterals;

/// What is said about settings, what is checked while they are typed, and how they are saved.
class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void theTableAndTheDocumentedFileSayTheSame();
    void theTableAndTheReaderAgreeOnBoundsAndWords();
    void aValueIsCheckedAsItIsTyped_data();
    void aValueIsCheckedAsItIsTyped();
    void aTextIsCheckedAsItIsTyped();
    void settingsThatWaitForARestartAreNamed();
    void savingKeepsModeAndSymbolicLink();
    void savingRefusesWhatOthersHaveChanged();
    void savingRefusesWhatWouldNotLoad();
    void aNewFileIsForItsOwnerAlone();
    void aKeyStaysWithTheHostItWasEnteredFor_data();
    void aKeyStaysWithTheHostItWasEnteredFor();
    void dotEnvIsEditedInPlace_data();
    void dotEnvIsEditedInPlace();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestSettings::theTableAndTheDocumentedFileSayTheSame()
{
    const QByteArray text = fileContent(sourcePath(u"config/config.yml"_s));
    ProblemList problems({});
    YamlNode root;
    QVERIFY(readYaml(text, root, problems));
    QStringList documented;
    QHash<QString, QString> defaults;
    const std::function<void(const YamlNode &, const QString &)> walk = [&](const YamlNode &node,
                                                                            const QString &path) {
        if (node.kind == YamlNode::Kind::Map) {
            for (const YamlNode::Entry &entry : node.entries)
                walk(entry.value, path.isEmpty() ? entry.key : path + u'.' + entry.key);
            return;
        }
        documented.append(path);
        if (node.kind == YamlNode::Kind::Scalar)
            defaults.insert(path, node.written);
        else if (node.items.empty())
            defaults.insert(path, u"[]"_s);
    };
    walk(root, {});
    QStringList inTable;
    for (const SettingInfo &info : allSettings()) {
        if (info.path.contains(u"[]"_s))
            continue;
        inTable.append(info.path);
        if (info.path != u"budgets.alertThresholds")
            QCOMPARE(info.defaultText, defaults.value(info.path));
        QVERIFY2(info.help.endsWith(u'.') && info.help.size() > 10, qPrintable(info.path));
    }
    QCOMPARE(inTable, documented);
    for (const char *entry : {"providers[].name", "providers[1].name", "rateLimits.overrides[].rpm",
                              "budgets.alertThresholds[3].percent", "modelDowngrade.rules[].from"})
        QVERIFY2(settingInfo(QString::fromLatin1(entry)), entry);
    QVERIFY(!settingInfo(u"server.nothing"));
}

void TestSettings::theTableAndTheReaderAgreeOnBoundsAndWords()
{
    for (const SettingInfo &info : allSettings()) {
        if (info.type == SettingType::List)
            continue;
        if (!info.defaultText.isEmpty() && info.type != SettingType::TextList)
            QVERIFY2(checkValue(info.path, info.defaultText).isEmpty(), qPrintable(info.path));
        if (info.least) {
            QCOMPARE(checkValue(info.path, QString::number(*info.least)), QString());
            QCOMPARE(checkValue(info.path, QString::number(*info.most)), QString());
            QVERIFY2(!checkValue(info.path, QString::number(*info.least - 1)).isEmpty(),
                     qPrintable(info.path));
            QVERIFY2(!checkValue(info.path, QString::number(*info.most + 1)).isEmpty(),
                     qPrintable(info.path));
        }
        for (const QString &word : info.allowed)
            QCOMPARE(checkValue(info.path, word), QString());
        if (!info.allowed.isEmpty())
            QVERIFY2(!checkValue(info.path, u"nonsense"_s).isEmpty(), qPrintable(info.path));
        if (info.type == SettingType::Flag)
            QVERIFY(!checkValue(info.path, u"maybe"_s).isEmpty());
    }
}

void TestSettings::aValueIsCheckedAsItIsTyped_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("a port") << u"server.port"_s << u"3000"_s << QString();
    QTest::newRow("no port") << u"server.port"_s << u"30x"_s << u"whole number from 0 to 65535"_s;
    QTest::newRow("nothing") << u"server.port"_s << QString() << u"needs a value"_s;
    QTest::newRow("an amount") << u"budgets.defaultDaily"_s << u"none"_s << QString();
    QTest::newRow("a comma") << u"budgets.defaultDaily"_s << u"1,50"_s << u"digits and one point"_s;
    QTest::newRow("a zone") << u"budgets.timeZone"_s << u"Mars/Base"_s << u"IANA"_s;
    QTest::newRow("quiet hours") << u"alerts.quietHours"_s << u"22:00-07:00"_s << QString();
    QTest::newRow("no quiet hours") << u"alerts.quietHours"_s << u"22-7"_s << u"22:00-07:00"_s;
    QTest::newRow("an entry's address") << u"providers[].baseUrl"_s << u"ftp://x"_s << u"https://"_s;
    QTest::newRow("a reference") << u"server.port"_s << u"${PORT}"_s << QString();
    QTest::newRow("a secret's reference") << u"provider.apiKey"_s << u"${keychain:openai}"_s << QString();
    QTest::newRow("no reference") << u"provider.apiKey"_s << u"${open ai}"_s << u"${NAME}"_s;
    QTest::newRow("a list") << u"alerts.events"_s << u"budgetWarning, keyPaused"_s << QString();
    QTest::newRow("a wrong item") << u"alerts.events"_s << u"budgetWarnin"_s << u"budgetWarning"_s;
    QTest::newRow("unknown") << u"server.prot"_s << u"1"_s << u"not a known key"_s;
    QTest::newRow("one half of a pair") << u"server.tlsKey"_s << u"/a.pem"_s << QString();
}

void TestSettings::aValueIsCheckedAsItIsTyped()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, says);
    const QString message = checkValue(key, value);
    QVERIFY2(says.isEmpty() ? message.isEmpty() : message.contains(says), qPrintable(message));
}

void TestSettings::aTextIsCheckedAsItIsTyped()
{
    QCOMPARE(texts(validate(fileContent(sourcePath(u"config/config.yml"_s)))), QStringList());
    QCOMPARE(texts(validate("provider: {apiKey: \"${SET_ELSEWHERE}\"}\n")), QStringList());
    const QList<ConfigProblem> problems = validate("server:\n  port: x\n  hosst: y\n");
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems[0].line, 2);
    QCOMPARE(problems[0].key, u"server.port"_s);
    QCOMPARE(validate("a: [").size(), 1);
}

void TestSettings::settingsThatWaitForARestartAreNamed()
{
    Config running, wanted;
    QCOMPARE(settingsNeedingRestart(running, wanted), QStringList());
    wanted.server.port = 4000;
    wanted.storage.sync = SyncMode::Full;
    wanted.server.maxBodyBytes = 5000; // taken into use at once
    QCOMPARE(settingsNeedingRestart(running, wanted), QStringList({u"server.port"_s, u"storage.sync"_s}));
    for (const QString &path : settingsNeedingRestart(running, wanted))
        QVERIFY(settingInfo(path)->needsRestart);
}

void TestSettings::savingKeepsModeAndSymbolicLink()
{
    const QString real = path(u"real.yml"_s), link = path(u"config.yml"_s);
    writeFile(real, "server: {port: 1} # mine\n");
    QVERIFY(::chmod(QFile::encodeName(real).constData(), 0640) == 0);
    QVERIFY(QFile::link(real, link));
    const auto saved = saveEdits(link, {ConfigEdit::set(ConfigPath(u"server.port"), u"2"_s)}).result();
    QVERIFY(saved);
    QCOMPARE(fileContent(real), QByteArray("server: {port: 2} # mine\n"));
    QVERIFY(QFileInfo(link).isSymLink());
    struct stat info = {};
    QVERIFY(::stat(QFile::encodeName(real).constData(), &info) == 0);
    QCOMPARE(int(info.st_mode & 0777), 0640);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden).size(),
             2); // nothing is left over
}

void TestSettings::savingRefusesWhatOthersHaveChanged()
{
    const QString file = path(u"config.yml"_s);
    writeFile(file, "server: {port: 1}\n");
    const auto base = readText(file).result();
    QVERIFY(base);
    writeFile(file, "server: {port: 7}\n");
    const auto saved = saveText(*base, "server: {port: 2}\n").result();
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::Conflict);
    QCOMPARE(fileContent(file), QByteArray("server: {port: 7}\n"));
}

void TestSettings::savingRefusesWhatWouldNotLoad()
{
    const QString file = path(u"config.yml"_s);
    const QByteArray text = "server: {port: 1}\nold: mistake\n";
    writeFile(file, text);
    const auto bad = saveEdits(file, {ConfigEdit::set(ConfigPath(u"server.port"), u"x"_s)}).result();
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, ErrorCode::ConfigInvalid);
    QVERIFY(bad.error().detail.contains(u"server.port"_s));
    QCOMPARE(fileContent(file), text);
    // A mistake that is there already is no reason to keep people from mending another.
    QVERIFY(saveEdits(file, {ConfigEdit::set(ConfigPath(u"server.port"), u"2"_s)}).result());
}

void TestSettings::aKeyStaysWithTheHostItWasEnteredFor_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QStringList>("edits"); // path, value, path, value
    QTest::addColumn<bool>("saved");
    const QByteArray one =
        "provider: {apiKey: \"${keychain:openai}\", baseUrl: \"https://api.openai.com/v1\"}\n";
    const QByteArray two =
        "providers:\n  - {preset: groq, apiKey: gsk}\n  - {name: b, baseUrl: \"https://b.example/v1\", "
        "apiKey: other, models: [b]}\n";
    QTest::newRow("another host") << one << QStringList{u"provider.baseUrl"_s, u"https://evil.example/v1"_s}
                                  << false;
    QTest::newRow("another port") << one
                                  << QStringList{u"provider.baseUrl"_s, u"https://api.openai.com:8443/v1"_s}
                                  << false;
    QTest::newRow("another path at the same host")
        << one << QStringList{u"provider.baseUrl"_s, u"https://api.openai.com/v2"_s} << true;
    QTest::newRow("with the key again") << one
                                        << QStringList{u"provider.baseUrl"_s, u"https://new.example/v1"_s,
                                                       u"provider.apiKey"_s, u"${keychain:openai}"_s}
                                        << true;
    QTest::newRow("with no key") << one
                                 << QStringList{u"provider.baseUrl"_s, u"https://new.example/v1"_s,
                                                u"provider.apiKey"_s, QString()}
                                 << true;
    QTest::newRow("by its preset") << two << QStringList{u"providers[0].preset"_s, u"mistral"_s} << false;
    QTest::newRow("a key of another provider")
        << two << QStringList{u"providers[0].baseUrl"_s, u"https://b.example/v1"_s} << false;
    QTest::newRow("something else of it") << two << QStringList{u"providers[1].models[0]"_s, u"c"_s} << true;
}

void TestSettings::aKeyStaysWithTheHostItWasEnteredFor()
{
    QFETCH(QByteArray, before);
    QFETCH(QStringList, edits);
    QFETCH(bool, saved);
    const QString file = path(u"config.yml"_s);
    writeFile(file, before);
    QList<ConfigEdit> wanted;
    for (qsizetype i = 0; i < edits.size(); i += 2)
        wanted.append(ConfigEdit::set(ConfigPath(edits[i]), edits[i + 1]));
    const Result<FileText> result = blocking::saveEdits(file, wanted, true);
    QCOMPARE(result.has_value(), saved);
    if (!result) {
        QVERIFY2(result.error().detail.contains(u"host"), qPrintable(result.error().detail));
        QVERIFY(!result.error().detail.contains(u"gsk"));
        QCOMPARE(fileContent(file), before);
    }
}

void TestSettings::aNewFileIsForItsOwnerAlone()
{
    const QString file = path(u"new.yml"_s);
    QVERIFY(saveEdits(file, {ConfigEdit::set(ConfigPath(u"server.port"), u"2"_s)}).result());
    QCOMPARE(fileContent(file), QByteArray("server:\n  port: 2\n"));
    struct stat info = {};
    QVERIFY(::stat(QFile::encodeName(file).constData(), &info) == 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
}

void TestSettings::dotEnvIsEditedInPlace_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("empty") << QByteArray() << u"v"_s << QByteArray("KEY=v\n");
    QTest::newRow("comments stay") << QByteArray("# a\nKEY=old # gone\nOTHER=1\n") << u"v"_s
                                   << QByteArray("# a\nKEY=v\nOTHER=1\n");
    QTest::newRow("export stays") << QByteArray("export KEY=old\n") << u"v"_s << QByteArray("export KEY=v\n");
    QTest::newRow("no line end") << QByteArray("A=1") << u"v w"_s << QByteArray("A=1\nKEY=\"v w\"\n");
    QTest::newRow("line ends of DOS")
        << QByteArray("A=1\r\nKEY=2\r\n") << u"v"_s << QByteArray("A=1\r\nKEY=v\r\n");
    QTest::newRow("the last one counts")
        << QByteArray("KEY=1\nKEY=2\n") << u"3"_s << QByteArray("KEY=1\nKEY=3\n");
}

void TestSettings::dotEnvIsEditedInPlace()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, value);
    QFETCH(QByteArray, after);
    QCOMPARE(dotEnvWith(before, u"KEY"_s, value), after);
    const QByteArray gone = dotEnvWith(after, u"KEY"_s, std::nullopt);
    QVERIFY(!gone.contains("KEY="));
    for (const QString &odd : {u"a\"b"_s, u"a\\b"_s, u"$HOME"_s, u"#x"_s, u" y "_s, u"'"_s, u"a\nb"_s}) {
        QHash<QString, QString> read;
        ProblemList problems({});
        readDotEnv(dotEnvWith(before, u"KEY"_s, odd), read, problems);
        QVERIFY(problems.isEmpty());
        QCOMPARE(read.value(u"KEY"_s), odd);
    }
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
