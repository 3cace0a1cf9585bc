#include "app/corehost.h"
#include "config/configsaver.h"
#include "config/secretvault.h"
#include "control/control.h"
#include "control/priceeditor.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace lbp;
using namespace Qt::StringLiterals;

/// A vault in memory: these tests are about the core.
class MemoryVault final : public SecretVault
{
public:
    QHash<QString, Result<Secret>> lookUp(const QStringList &names) const override
    {
        QHash<QString, Result<Secret>> found;
        for (const QString &name : names)
            found.insert(name, Secret("sk-" + name.toUtf8()));
        return found;
    }
    QFuture<Result<StoredSecret>> store(const QString &, const Secret &) override
    {
        return QtFuture::makeReadyFuture(Result<StoredSecret>(StoredSecret{}));
    }
    QFuture<Result<void>> remove(const QString &) override
    {
        return QtFuture::makeReadyFuture(Result<void>());
    }
    QFuture<VaultState> state() override { return QtFuture::makeReadyFuture(VaultState{}); }
};

class TestAppCoreHost : public QObject
{
    Q_OBJECT

    struct Rig
    {
        Rig()
            : files(DataDirectory::locate(dir.filePath(u"config.yml"_s), dir.filePath(u"data"_s)))
            , lock(files.lockFile())
        {
            if (!files.create() || !lock.tryTake().value_or(false))
                qFatal("no data directory");
            write("server: {port: 0}\nprovider: {apiKey: \"${keychain:openai}\"}\n");
            host = std::make_unique<CoreHost>(
                Core::Setup{files, lock, Core::Scope::Proxy, {}, std::make_shared<MemoryVault>()});
        }
        void write(const QByteArray &text)
        {
            QFile file(files.configFile());
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                qFatal("cannot write");
        }
        QTemporaryDir dir;
        DataDirectory files;
        LockFile lock;
        std::unique_ptr<CoreHost> host;
    };
    template <typename T> static T await(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
            qFatal("nothing answered");
        return future.result();
    }
    static bool answers(const QUrl &url)
    {
        QTcpSocket socket;
        QSignalSpy connected(&socket, &QTcpSocket::connected);
        socket.connectToHost(url.host(), quint16(url.port()));
        return connected.wait(2000);
    }

private Q_SLOTS:
    void itStartsListensAndStartsAgainInTheSameProcess()
    {
        Rig rig;
        QSignalSpy started(rig.host.get(), &CoreHost::coreStarted),
            ending(rig.host.get(), &CoreHost::coreEnding);
        QVERIFY2(rig.host->start(), qPrintable(rig.host->problem()));
        QVERIFY(answers(rig.host->url()));
        QCOMPARE(rig.host->core()->config()->providers.first().apiKey.reveal(), QByteArray("sk-openai"));
        KeyDraft draft;
        draft.record.name = u"ci"_s;
        QVERIFY(await(rig.host->core()->control().createKey(draft)));
        // A setting that waits for the next start is named, and is in force after it.
        quint16 port = 0;
        {
            QTcpServer free;
            QVERIFY(free.listen(QHostAddress::LocalHost));
            port = free.serverPort();
        }
        QSignalSpy taken(rig.host->core(), &Core::configTaken);
        rig.write("server: {port: " + QByteArray::number(port) + "}\n");
        rig.host->core()->reloadConfig();
        QTRY_COMPARE(taken.size(), 1);
        QCOMPARE(await(rig.host->core()->control().state()).needsRestart, QStringList({u"server.port"_s}));
        rig.host->restart(std::chrono::seconds(5));
        rig.host->restart(); // joins
        QTRY_COMPARE(started.size(), 2);
        QCOMPARE(ending.size(), 1);
        QCOMPARE(rig.host->url().port(), int(port));
        QVERIFY(answers(rig.host->url()));
        QCOMPARE(rig.host->core()->control().keys().size(), 1);
    }
    void whatIsWrongIsAValueAndCanBeMended()
    {
        Rig rig;
        rig.write("server: {port: x}\nother: 1\n");
        QSignalSpy failed(rig.host.get(), &CoreHost::startFailed);
        QVERIFY(!rig.host->start());
        QCOMPARE(failed.size(), 1);
        QVERIFY(!rig.host->core());
        QCOMPARE(rig.host->problems().size(), 2);
        QVERIFY(rig.host->problem().contains(u"server.port"_s));
        rig.write("server: {port: 0}\n");
        QVERIFY2(rig.host->start(), qPrintable(rig.host->problem()));
        QVERIFY(rig.host->problem().isEmpty());
    }
    void aTakenPortIsSaidAndTriedAgain()
    {
        Rig rig;
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        rig.host->setAddress(u"127.0.0.1"_s, other.serverPort());
        QVERIFY(rig.host->start()); // there is a core all the same
        QVERIFY(rig.host->url().isEmpty());
        QVERIFY(rig.host->listenProblem().contains(u"Another program"_s));
        other.close();
        QVERIFY(rig.host->listenAgain());
        QVERIFY(rig.host->listenProblem().isEmpty());
        QVERIFY(answers(rig.host->url()));
    }
    void aPriceThatIsSavedIsInForce()
    {
        Rig rig;
        QVERIFY(rig.host->start());
        QSignalSpy taken(rig.host->core(), &Core::configTaken);
        QVERIFY(await(rig.host->core()->prices().set(
            {u"my-model"_s, {{BillingClass::Output, u"outputPer1M"_s, u"1.5"_s}}, {}, {}})));
        QTRY_VERIFY(taken.size() >= 1);
        QVERIFY(rig.host->core()->config()->prices->find(u"my-model"));
    }
    void aRestoreIsInForceAfterTheCoreIsBuiltAnew()
    {
        Rig rig;
        QVERIFY(rig.host->start());
        const QString copy = rig.dir.filePath(u"copy.sqlite"_s);
        QVERIFY(await(rig.host->core()->control().backup(copy)));
        KeyDraft draft;
        draft.record.name = u"later"_s;
        QVERIFY(await(rig.host->core()->control().createKey(draft)));
        QVERIFY(await(rig.host->core()->control().restoreAtNextStart(copy)));
        QSignalSpy started(rig.host.get(), &CoreHost::coreStarted);
        rig.host->restart(std::chrono::seconds(5));
        QTRY_COMPARE(started.size(), 1);
        QCOMPARE(rig.host->core()->control().keys().size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestAppCoreHost)
#include "tst_app_corehost.moc"
