#include "config/configwatcher.h"
#include "configtesting.h"

#include <QSaveFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace lbp;
using namespace lbp::testing;

class TestConfigWatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aChangeIsToldOnce();
    void aFileThatIsReplacedStaysWatched();
    void aBadFileIsRejectedAndTheNextGoodOneTaken();
    void theOtherFilesAreWatchedToo();
    void aPriceFileElsewhereIsWatched();
    void otherFilesAndTheSameContentTellNothing();
    void reloadReadsNow();
    void readingHoldsUpNobody();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    void write(const QByteArray &config) const { writeFile(path(QStringLiteral("config.yml")), config); }
    void replace(const QByteArray &config) const
    {
        QSaveFile file(path(QStringLiteral("config.yml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(config);
        QVERIFY(file.commit());
    }
    static int port(const QSignalSpy &spy)
    {
        return spy.last().at(0).value<std::shared_ptr<const Config>>()->server.port;
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ConfigWatcher> m_watcher;
    std::unique_ptr<QSignalSpy> m_changed;
    std::unique_ptr<QSignalSpy> m_rejected;
    void startWatching();
};

void TestConfigWatcher::init()
{
    m_watcher.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    write("server: {port: 1}\n");
    writeFile(path(QStringLiteral("pricing.yml")), "m: {inputPer1k: 1}\n");
}

void TestConfigWatcher::startWatching()
{
    m_watcher = std::make_unique<ConfigWatcher>(ConfigSources{path(QStringLiteral("config.yml")), {}, {}});
    m_changed = std::make_unique<QSignalSpy>(m_watcher.get(), &ConfigWatcher::changed);
    m_rejected = std::make_unique<QSignalSpy>(m_watcher.get(), &ConfigWatcher::rejected);
}

void TestConfigWatcher::aChangeIsToldOnce()
{
    startWatching();
    write("server: {port: 2}\n");
    QTRY_COMPARE(m_changed->count(), 1);
    QCOMPARE(port(*m_changed), 2);
    write("server: {port: 3}\n");
    QTRY_COMPARE(m_changed->count(), 2);
    QCOMPARE(port(*m_changed), 3);
    QCOMPARE(m_rejected->count(), 0);
}

void TestConfigWatcher::aFileThatIsReplacedStaysWatched()
{
    startWatching();
    for (int i = 2; i < 5; ++i) {
        replace("server: {port: " + QByteArray::number(i) + "}\n");
        QTRY_COMPARE(m_changed->count(), i - 1);
        QCOMPARE(port(*m_changed), i);
    }
    QVERIFY(QFile::remove(path(QStringLiteral("config.yml"))));
    QTRY_COMPARE(m_rejected->count(), 1);
    write("server: {port: 9}\n");
    QTRY_COMPARE(m_changed->count(), 4);
    QCOMPARE(port(*m_changed), 9);
}

void TestConfigWatcher::aBadFileIsRejectedAndTheNextGoodOneTaken()
{
    startWatching();
    replace("server: {port: x}\n");
    QTRY_COMPARE(m_rejected->count(), 1);
    QCOMPARE(m_changed->count(), 0); // the configuration that is in force stays
    const auto problems = m_rejected->last().at(0).value<QList<ConfigProblem>>();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].key, QStringLiteral("server.port"));
    replace("server: {port: 4}\n");
    QTRY_COMPARE(m_changed->count(), 1);
    QCOMPARE(port(*m_changed), 4);
    QCOMPARE(m_rejected->count(), 1);
}

void TestConfigWatcher::theOtherFilesAreWatchedToo()
{
    write("server: {port: \"${PORT:-1}\"}\n");
    startWatching();
    writeFile(path(QStringLiteral(".env")), "PORT=7\n"); // did not exist before
    QTRY_COMPARE(m_changed->count(), 1);
    QCOMPARE(port(*m_changed), 7);
    writeFile(path(QStringLiteral("pricing.yml")), "other: {inputPer1k: 1}\n");
    QTRY_COMPARE(m_changed->count(), 2);
    QVERIFY(m_changed->last().at(0).value<std::shared_ptr<const Config>>()->prices->find(u"other"));
}

void TestConfigWatcher::aPriceFileElsewhereIsWatched()
{
    QTemporaryDir elsewhere;
    const QString prices = elsewhere.filePath(QStringLiteral("prices.yml"));
    writeFile(prices, "a: {inputPer1k: 1}\n");
    startWatching();
    write("pricing: {file: \"" + prices.toUtf8() + "\"}\n");
    QTRY_COMPARE(m_changed->count(), 1);
    writeFile(prices, "b: {inputPer1k: 1}\n");
    QTRY_COMPARE(m_changed->count(), 2);
    QVERIFY(m_changed->last().at(0).value<std::shared_ptr<const Config>>()->prices->find(u"b"));
}

void TestConfigWatcher::otherFilesAndTheSameContentTellNothing()
{
    startWatching();
    QFileSystemWatcher alsoWatching({m_directory->path()});
    QSignalSpy seen(&alsoWatching, &QFileSystemWatcher::directoryChanged);
    writeFile(path(QStringLiteral("notes.txt")), "x");
    replace("server: {port: 1}\n");
    QTRY_VERIFY(!seen.isEmpty());
    write("server: {port: 2}\n"); // what is told after this was not told before
    QTRY_COMPARE(m_changed->count(), 1);
    QCOMPARE(port(*m_changed), 2);
    QCOMPARE(m_rejected->count(), 0);
}

void TestConfigWatcher::reloadReadsNow()
{
    startWatching();
    m_watcher->reload();
    QTRY_COMPARE(m_changed->count(), 1);
    QCOMPARE(port(*m_changed), 1);
}

/// A keychain that waits for a person.
class SlowKeychain final : public SecretLookup
{
public:
    QHash<QString, Result<Secret>> lookUp(const QStringList &names) const override
    {
        asked.release();
        answer.acquire();
        QHash<QString, Result<Secret>> found;
        for (const QString &name : names)
            found.insert(name, Secret("sk-" + name.toUtf8()));
        return found;
    }
    mutable QSemaphore asked, answer;
};

void TestConfigWatcher::readingHoldsUpNobody()
{
    const auto keychain = std::make_shared<SlowKeychain>();
    write("provider: {apiKey: \"${keychain:openai}\"}\n");
    m_watcher = std::make_unique<ConfigWatcher>(
        ConfigSources{path(QStringLiteral("config.yml")), {}, {}, keychain});
    m_changed = std::make_unique<QSignalSpy>(m_watcher.get(), &ConfigWatcher::changed);
    m_watcher->reload();
    QVERIFY(keychain->asked.tryAcquire(1, 5000)); // the worker waits now, and this thread goes on
    bool turned = false;
    QTimer::singleShot(0, this, [&turned] { turned = true; });
    QTRY_VERIFY(turned);
    QCOMPARE(m_changed->count(), 0);
    m_watcher->reload(); // joins, and reads once more
    keychain->answer.release(2);
    QTRY_COMPARE(m_changed->count(), 2);
    const auto config = m_changed->last().at(0).value<std::shared_ptr<const Config>>();
    QCOMPARE(config->providers.first().apiKey.reveal(), QByteArray("sk-openai"));
}

QTEST_GUILESS_MAIN(TestConfigWatcher)
#include "tst_configwatcher.moc"
