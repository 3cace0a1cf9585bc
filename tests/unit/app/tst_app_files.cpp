#include "app/datadirectory.h"
#include "app/lockfile.h"

#include <csignal>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace lbp;
using namespace Qt::StringLiterals;

class TestFiles : public QObject
{
    Q_OBJECT

    static int modeOf(const QString &path)
    {
        struct stat info = {};
        return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? int(info.st_mode & 07777) : -1;
    }

private Q_SLOTS:
    void everythingIsForItsOwnerAlone()
    {
        ::umask(022); // as in a usual shell: the rights must not depend on it
        QTemporaryDir home;
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(home.filePath(u"config"_s)));
        qputenv("XDG_DATA_HOME", QFile::encodeName(home.filePath(u"data"_s)));
        const DataDirectory files = DataDirectory::locate({}, {});
        QCOMPARE(files.configFile(), home.filePath(u"config/llm-budget-proxy/config.yml"_s));
        QCOMPARE(files.path(), home.filePath(u"data/llm-budget-proxy"_s));
        QVERIFY(files.create().has_value());
        QVERIFY(files.create().has_value()); // again is no mistake
        const Result<Secret> key = files.adminKey(Config{});
        QVERIFY(key.has_value());
        LockFile lock(files.lockFile());
        QVERIFY(lock.tryTake().value());
        for (const QString &directory :
             {u"config"_s, u"config/llm-budget-proxy"_s, u"data"_s, u"data/llm-budget-proxy"_s})
            QCOMPARE(modeOf(home.filePath(directory)), 0700);
        for (const QString &file :
             {files.configFile(), home.filePath(u"config/llm-budget-proxy/pricing.yml"_s),
              files.adminKeyFile(), files.lockFile()})
            QCOMPARE(modeOf(file), 0600);
    }
    void theAdminKeyIsMadeOnceAndConfiguredOnesWin()
    {
        QTemporaryDir directory;
        const DataDirectory files = DataDirectory::locate(directory.filePath(u"c.yml"_s), directory.path());
        QCOMPARE(files.storedAdminKey().error().code, ErrorCode::NotFound);
        const Result<Secret> first = files.adminKey(Config{});
        const Result<Secret> second = files.adminKey(Config{});
        QVERIFY(first && second);
        QVERIFY(first->reveal().startsWith("lbpadmin_"));
        QCOMPARE(first->reveal(), second->reveal());
        Config configured;
        configured.server.adminKey = Secret("configured-admin-key");
        QCOMPARE(files.adminKey(configured)->reveal(), QByteArray("configured-admin-key"));
    }
    void anEmptyAdminKeyFileIsRefused()
    {
        QTemporaryDir directory;
        const DataDirectory files = DataDirectory::locate(directory.filePath(u"c.yml"_s), directory.path());
        QVERIFY(writeNewPrivateFile(files.adminKeyFile(), "\n").has_value());
        const Result<Secret> key = files.adminKey(Config{});
        QVERIFY(!key.has_value());
        QVERIFY(key.error().detail.contains(files.adminKeyFile()));
    }
    void aFileThatExistsIsNotOverwritten()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"f"_s);
        QVERIFY(writeNewPrivateFile(path, "one").has_value());
        const Status again = writeNewPrivateFile(path, "two");
        QVERIFY(!again.has_value());
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("one"));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
    void aFileInThePlaceOfTheDirectoryIsSaid()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"f"_s);
        QVERIFY(writeNewPrivateFile(path, "x").has_value());
        const Status made = makePrivateDirectory(path + u"/below"_s);
        QVERIFY(!made.has_value());
        QVERIFY(made.error().detail.contains(path));
    }
    void theLockHasOneHolder()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"proxy.lock"_s);
        LockFile first(path), second(path);
        QVERIFY(!first.holder().has_value());
        QVERIFY(first.tryTake().value());
        QVERIFY(first.tryTake().value());
        QVERIFY(!second.tryTake().value());
        QCOMPARE(second.holder()->pid, qint64(::getpid()));
        QVERIFY(second.holder()->url.isEmpty());
        first.announce({::getpid(), QUrl(u"http://127.0.0.1:1234"_s), u"/c.yml"_s});
        QCOMPARE(second.holder()->url, QUrl(u"http://127.0.0.1:1234"_s));
        QCOMPARE(second.holder()->configFile, u"/c.yml"_s);
        first.release();
        QVERIFY(second.tryTake().value());
    }
    void theLockIsWaitedForWhileNobodyServes()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"proxy.lock"_s);
        LockFile first(path), second(path);
        QVERIFY(first.tryTake().value());
        QVERIFY(
            !second.take(std::chrono::milliseconds(1)).value()); // held, without an address, and no patience
        // Given back while another waits.
        std::thread other([&first] { first.release(); });
        QVERIFY(second.take(std::chrono::seconds(30)).value());
        QVERIFY(second.isTaken());
        other.join();
        QVERIFY(!first.tryTake().value());
    }
    void whoServesIsNotWaitedFor()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"proxy.lock"_s);
        LockFile first(path), second(path);
        QVERIFY(first.tryTake().value());
        first.announce({::getpid(), QUrl(u"http://127.0.0.1:1234"_s), {}});
        QElapsedTimer time;
        time.start();
        QVERIFY(!second.take(std::chrono::seconds(30)).value());
        QVERIFY(time.elapsed() < 10'000);
        // One that starts and has its address later is not waited for to the end either.
        first.announce({::getpid(), {}, {}});
        std::thread other([&first] { first.announce({::getpid(), QUrl(u"http://127.0.0.1:1234"_s), {}}); });
        time.restart();
        QVERIFY(!second.take(std::chrono::seconds(30)).value());
        QVERIFY(time.elapsed() < 10'000);
        other.join();
        // Whoever gave up waiting does not take it later.
        first.release();
        QTRY_VERIFY(second.tryTake().value());
    }
    void aCrashGivesTheLockBack()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"proxy.lock"_s);
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            LockFile lock(path);
            const bool taken = lock.tryTake().value_or(false);
            lock.announce({::getpid(), QUrl(u"http://127.0.0.1:1"_s), {}});
            const char told = taken ? 1 : 0;
            [[maybe_unused]] const ssize_t n = ::write(ready[1], &told, 1);
            for (;;)
                ::pause();
        }
        char taken = 0;
        QCOMPARE(::read(ready[0], &taken, 1), ssize_t(1));
        QCOMPARE(int(taken), 1);
        LockFile lock(path);
        QVERIFY(!lock.tryTake().value());
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY(lock.tryTake().value());
        QCOMPARE(lock.holder()->pid, qint64(::getpid())); // nothing of the dead one is left
        QVERIFY(lock.holder()->url.isEmpty());
        ::close(ready[0]);
        ::close(ready[1]);
    }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_app_files.moc"
