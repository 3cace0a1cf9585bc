// A warning of the QML engine fails the test of a page that leaves it: seen from outside, on a test that must
// fail.
#include "support/guiharness.h"

#include <cstring>
#include <QApplication>
#include <QProcess>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QtTest>

using namespace lbp::test;
using namespace Qt::StringLiterals;

/// As every test of a page is.
class TestOfAPage : public QObject
{
    Q_OBJECT
    static void show(const QByteArray &qml)
    {
        Gui gui;
        QQmlComponent component(gui.engine.get());
        component.setData("import QtQuick\n" + qml, QUrl(u"qrc:/Part.qml"_s));
        const std::unique_ptr<QObject> made(component.create());
        QVERIFY(made);
    }
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }
    void clean() { show("Item { }"); }
    void reading() { show("Item { property Item other; width: other.width }"); }
    void looping() { show("Item { width: height; height: width + 1 }"); }
    void throwing() { show("Item { Component.onCompleted: none.name }"); }
};

class TestWarnings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aWarningFailsTheTestOfAPage_data()
    {
        QTest::addColumn<QString>("test");
        QTest::addColumn<int>("failures");
        QTest::newRow("none") << u"clean"_s << 0;
        QTest::newRow("a property of nothing") << u"reading"_s << 1;
        QTest::newRow("binding loop") << u"looping"_s << 1;
        QTest::newRow("error in a script") << u"throwing"_s << 1;
    }
    void aWarningFailsTheTestOfAPage()
    {
        QFETCH(QString, test);
        QFETCH(int, failures);
        QProcess child;
        child.setProcessChannelMode(QProcess::MergedChannels);
        child.start(QCoreApplication::applicationFilePath(), {u"--as-a-page"_s, test});
        QVERIFY(child.waitForFinished(60'000));
        const QByteArray said = child.readAll();
        QVERIFY2(child.exitStatus() == QProcess::NormalExit, said.constData());
        QVERIFY2(child.exitCode() == failures, said.constData());
        QVERIFY2(failures == 0 || said.contains("qrc:/Part.qml"), said.constData());
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "--as-a-page") == 0) {
        TestOfAPage page;
        return QTest::qExec(&page, {QString::fromLocal8Bit(argv[0]), QString::fromLocal8Bit(argv[2])});
    }
    TestWarnings test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_warnings.moc"
