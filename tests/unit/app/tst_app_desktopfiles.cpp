#include "app/autostart.h"
#include "app/singleinstance.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/stat.h>
#include <thread>

using namespace lbp;
using namespace Qt::StringLiterals;

class TestAppDesktopFiles : public QObject
{
    Q_OBJECT
    QTemporaryDir m_directory;

private Q_SLOTS:
    void init() { qputenv("XDG_CONFIG_HOME", m_directory.filePath(u"config"_s).toUtf8()); }

    void autostartIsAFileOfTheDesktop()
    {
        const QStringList command{u"/opt/my apps/llm \"x\" $y `z` 100%\\"_s, u"--hidden"_s};
        Autostart autostart(command);
        QCOMPARE(autostart.file(), m_directory.filePath(u"config/autostart/llm-budget-proxy.desktop"_s));
        QVERIFY(!autostart.isOn());
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.isOn());
        QVERIFY(autostart.set(true));
        QFile file(autostart.file());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.startsWith("[Desktop Entry]\nType=Application\n"));
        QVERIFY2(
            text.contains(
                "Exec=\"/opt/my apps/llm \\\\\"x\\\\\" \\\\$y \\\\`z\\\\` 100%%\\\\\\\\\" \"--hidden\"\n"),
            text.constData());
        QVERIFY(!Autostart({u"/usr/bin/other"_s}).isOn()); // another program's file
        QVERIFY(autostart.set(false));
        QVERIFY(!autostart.isOn());
        QVERIFY(!QFile::exists(autostart.file()));
        QVERIFY(autostart.set(false));
    }
    void whatTheDesktopSwitchedOffIsOff()
    {
        Autostart autostart({u"/usr/bin/llm-budget-proxy"_s});
        QVERIFY(autostart.set(true));
        QFile file(autostart.file());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        file.resize(0);
        file.write(text.replace("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"));
        file.close();
        QVERIFY(!autostart.isOn());
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.isOn());
        QVERIFY(autostart.set(false));
    }

    void aSecondStartRaisesTheFirst_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("a usual path") << u"data"_s;
        QTest::newRow("a path too long for a socket") << QString(150, u'x');
    }
    void aSecondStartRaisesTheFirst()
    {
        QFETCH(QString, folder);
        qputenv("XDG_RUNTIME_DIR", m_directory.path().toUtf8());
        QVERIFY(QFile::setPermissions(m_directory.path(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const QString data = m_directory.filePath(folder);
        QVERIFY(QDir().mkpath(data));
        QVERIFY(SingleInstance::knock(data, 200) == SingleInstance::Knocked::NotADesktop);
        SingleInstance first(data);
        QSignalSpy raised(&first, &SingleInstance::raiseAsked);
        const Status opened = first.open();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        std::atomic<int> answer{-1};
        std::thread second([&] { answer = int(SingleInstance::knock(data)); });
        QTRY_VERIFY(answer >= 0);
        second.join();
        QCOMPARE(answer.load(), int(SingleInstance::Knocked::Raised));
        QCOMPARE(raised.size(), 1);
        if (folder == u"data") {
            struct stat info = {};
            QVERIFY(::stat(QFile::encodeName(data + u"/desktop.sock"_s).constData(), &info) == 0);
            QCOMPARE(int(info.st_mode & 0077), 0);
        }
    }
    void theDoorOfAProgramThatCrashedIsOpenedAnew()
    {
        const QString data = m_directory.filePath(u"crashed"_s);
        QVERIFY(QDir().mkpath(data));
        QFile left(data + u"/desktop.sock"_s);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        QVERIFY(SingleInstance::knock(data, 200) == SingleInstance::Knocked::NotADesktop);
        SingleInstance next(data);
        QVERIFY(next.open());
    }
    void whoSaysSomethingElseRaisesNothing()
    {
        const QString data = m_directory.filePath(u"noise"_s);
        QVERIFY(QDir().mkpath(data));
        SingleInstance first(data);
        QSignalSpy raised(&first, &SingleInstance::raiseAsked);
        QVERIFY(first.open());
        QLocalSocket socket;
        QSignalSpy gone(&socket, &QLocalSocket::disconnected);
        socket.connectToServer(data + u"/desktop.sock"_s);
        QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
        socket.write("GET / HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(raised.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestAppDesktopFiles)
#include "tst_app_desktopfiles.moc"
