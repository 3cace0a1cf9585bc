#include "configtesting.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace lbp;
using namespace lbp::testing;

/// Configuration on a disk: which files are read, and what is installed.
class TestConfigFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theInstalledDefaultsLoad();
    void installingKeepsWhatIsThere();
    void installedFilesAreForTheirOwnerOnly();
    void installingReportsWhatIsInTheWay();
    void aMissingFileIsAProblem();
    void withoutAPriceFileTheDocumentedListHolds();
    void thePriceFileIsFoundWhereItIsNamed();
    void theDotEnvFileIsReadUnderTheEnvironment();
    void problemsOfAllFilesAreReportedAtOnce();
    void pathsAreRelativeToTheFile();
    void anAssumedModelNeedsAPrice();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    ConfigSources sources() const { return {path(QStringLiteral("config.yml")), {}, {}}; }
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestConfigFile::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestConfigFile::theInstalledDefaultsLoad()
{
    const QString directory = path(QStringLiteral("a/b/llm-budget-proxy"));
    QVERIFY(installDefaults(directory).has_value());
    const auto config = loadConfig({directory + QStringLiteral("/config.yml"), {}, {}});
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->server.port, quint16(3000));
    QVERIFY((*config)->prices->find(u"gpt-4o"));
    QCOMPARE(fileContent(directory + QStringLiteral("/pricing.yml")),
             fileContent(sourcePath(QStringLiteral("config/pricing.yml"))));
    QCOMPARE(fileContent(directory + QStringLiteral("/config.yml")),
             fileContent(sourcePath(QStringLiteral("config/config.yml"))));
}

void TestConfigFile::installingKeepsWhatIsThere()
{
    writeFile(path(QStringLiteral("config.yml")), "server: {port: 1}\n");
    QVERIFY(installDefaults(m_directory->path()).has_value());
    QCOMPARE(fileContent(path(QStringLiteral("config.yml"))), QByteArray("server: {port: 1}\n"));
    QVERIFY(QFile::exists(path(QStringLiteral("pricing.yml"))));
}

void TestConfigFile::installedFilesAreForTheirOwnerOnly()
{
    const QString directory = path(QStringLiteral("new"));
    QVERIFY(installDefaults(directory).has_value());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    for (const QString &name : {QString(), QStringLiteral("/config.yml"), QStringLiteral("/pricing.yml")})
        QCOMPARE(QFile::permissions(directory + name) & others, QFile::Permissions());
    QVERIFY(QFile::permissions(directory) & QFile::ExeOwner);
}

void TestConfigFile::installingReportsWhatIsInTheWay()
{
    writeFile(path(QStringLiteral("file")), "x");
    const Status status = installDefaults(path(QStringLiteral("file/below")));
    QVERIFY(!status);
    QVERIFY(status.error().detail.contains(path(QStringLiteral("file/below"))));
}

void TestConfigFile::aMissingFileIsAProblem()
{
    const QStringList problems = problemsOf(loadConfig(sources()));
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems[0].startsWith(path(QStringLiteral("config.yml: cannot be read"))),
             qPrintable(problems[0]));
    QDir(m_directory->path()).mkdir(QStringLiteral("config.yml"));
    QVERIFY(problemsOf(loadConfig(sources())).value(0).contains(QStringLiteral("is a directory")));
}

void TestConfigFile::withoutAPriceFileTheDocumentedListHolds()
{
    writeFile(path(QStringLiteral("config.yml")), "");
    const auto config = loadConfig(sources());
    QCOMPARE(problemsOf(config), QStringList());
    QVERIFY((*config)->prices->find(u"gpt-4o"));
}

void TestConfigFile::thePriceFileIsFoundWhereItIsNamed()
{
    writeFile(path(QStringLiteral("config.yml")), "");
    writeFile(path(QStringLiteral("pricing.yml")), "beside: {inputPer1k: 1}\n");
    writeFile(path(QStringLiteral("named.yml")), "named: {inputPer1k: 1}\n");
    writeFile(path(QStringLiteral("given.yml")), "given: {inputPer1k: 1}\n");
    QVERIFY((*loadConfig(sources()))->prices->find(u"beside"));
    writeFile(path(QStringLiteral("config.yml")), "pricing: {file: named.yml}\n");
    QVERIFY((*loadConfig(sources()))->prices->find(u"named"));
    ConfigSources given = sources();
    given.pricingFile = path(QStringLiteral("given.yml"));
    QVERIFY((*loadConfig(given))->prices->find(u"given"));
    writeFile(path(QStringLiteral("config.yml")), "pricing: {file: missing.yml}\n");
    QVERIFY(problemsOf(loadConfig(sources()))
                .value(0)
                .startsWith(path(QStringLiteral("missing.yml: cannot be read"))));
}

void TestConfigFile::theDotEnvFileIsReadUnderTheEnvironment()
{
    writeFile(path(QStringLiteral("config.yml")), "server:\n  port: ${PORT}\n  adminKey: ${ADMIN}\n");
    writeFile(path(QStringLiteral(".env")), "PORT=1\nADMIN=from-file\n");
    ConfigSources given = sources();
    given.environment.insert(QStringLiteral("PORT"), QStringLiteral("2"));
    const auto config = loadConfig(given);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->server.port, quint16(2));
    QCOMPARE((*config)->server.adminKey.reveal(), QByteArray("from-file"));
}

void TestConfigFile::problemsOfAllFilesAreReportedAtOnce()
{
    writeFile(path(QStringLiteral("config.yml")), "server: {port: x}\n");
    writeFile(path(QStringLiteral(".env")), "bad line\n");
    writeFile(path(QStringLiteral("pricing.yml")), "m: {inputPer1k: x, outputPer1k: 1}\n");
    const QStringList problems = problemsOf(loadConfig(sources()));
    QCOMPARE(problems.size(), 3);
    QVERIFY2(problems[0].startsWith(path(QStringLiteral(".env:1: "))), qPrintable(problems[0]));
    QVERIFY2(problems[1].startsWith(path(QStringLiteral("config.yml:1: server.port: "))),
             qPrintable(problems[1]));
    QVERIFY2(problems[2].startsWith(path(QStringLiteral("pricing.yml:1: m.inputPer1k: "))),
             qPrintable(problems[2]));
}

void TestConfigFile::pathsAreRelativeToTheFile()
{
    writeFile(path(QStringLiteral("config.yml")),
              "server: {tlsCertificate: c.pem, tlsKey: ./k.pem}\nupstream: {caFile: ca.pem}\n");
    writeFile(path(QStringLiteral("c.pem")), "x");
    const QStringList problems = problemsOf(loadConfig(sources()));
    QCOMPARE(problems.size(), 2);
    QVERIFY2(problems[0].contains(QStringLiteral("config.yml:1: server.tlsKey: ")), qPrintable(problems[0]));
    QVERIFY2(problems[1].contains(QStringLiteral("config.yml:2: upstream.caFile: ")),
             qPrintable(problems[1]));
    writeFile(path(QStringLiteral("k.pem")), "x");
    writeFile(path(QStringLiteral("ca.pem")), "x");
    const auto config = loadConfig(sources());
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->server.tlsKey, path(QStringLiteral("k.pem")));
}

void TestConfigFile::anAssumedModelNeedsAPrice()
{
    writeFile(path(QStringLiteral("pricing.yml")), "priced: {inputPer1k: 1}\n");
    for (const QByteArray &form : {QByteArray("{assume: priced}"), QByteArray("\"assume: priced\"")}) {
        writeFile(path(QStringLiteral("config.yml")), "pricing:\n  unknownModels: " + form + '\n');
        const auto config = loadConfig(sources());
        QCOMPARE(problemsOf(config), QStringList());
        QVERIFY((*config)->pricing.unknownModels == UnknownModels::Assume);
        QCOMPARE((*config)->pricing.assumeModel, QStringLiteral("priced"));
    }
    writeFile(path(QStringLiteral("config.yml")), "pricing:\n  unknownModels: {assume: other}\n");
    const QStringList problems = problemsOf(loadConfig(sources()));
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems[0].startsWith(path(QStringLiteral("config.yml:2: pricing.unknownModels: "))),
             qPrintable(problems[0]));
}

QTEST_GUILESS_MAIN(TestConfigFile)
#include "tst_configfile.moc"
