// A tool is connected: its lines, a key of its own, and the first request that arrives.
#include "control/control.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QQuickItem>
#include <QRegularExpression>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;

class TestConnectPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void everyToolHasACardAndExactLines()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Connect));
        gui::ConnectModel &model = *gui.app->connectTools();
        const gui::ConnectToolList &tools = *model.tools();
        QVERIFY(tools.rowCount() >= 8);
        for (int row = 0; row < tools.rowCount(); ++row) {
            const QString name = tools.data(tools.index(row), gui::ConnectToolList::NameRole).toString();
            QVERIFY2(gui.named(name), qPrintable(name));
            model.setCurrent(row);
            QCOMPARE(model.name(), name);
            QVERIFY2(!model.steps().isEmpty(), qPrintable(name));
            bool named = false;
            for (const QVariant &step : model.steps())
                named = named
                    || step.toMap().value(u"lines"_s).toString().contains(u"127.0.0.1:%1"_s.arg(gui.port()));
            QVERIFY2(named, qPrintable(u"the lines of %1 do not name this proxy"_s.arg(name)));
        }
    }

    void aKeyIsMadeFilledInAndItsFirstRequestIsSeen()
    {
        Gui gui;
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 10)); };
        QVERIFY(gui.show(gui::Navigator::Connect));
        gui::ConnectModel &model = *gui.app->connectTools();
        (void)gui.picture();
        gui.click(gui.named(u"curl: One request from a terminal, to see that everything works."_s));
        QTRY_COMPARE(model.currentId(), u"curl"_s);
        (void)gui.picture();
        gui.click(gui.named(u"Make a key"_s));
        QTRY_VERIFY(model.hasKey());
        QCOMPARE(gui.core->control().keys().size(), 1);
        for (const QVariant &step : model.steps())
            QVERIFY(!QRegularExpression(u"lbp_[A-Za-z0-9]{16}"_s)
                         .match(step.toMap().value(u"lines"_s).toString())
                         .hasMatch()); // what is shown is masked
        model.copyStep(0);
        const QRegularExpressionMatch key =
            QRegularExpression(u"lbp_[A-Za-z0-9_-]{16,}"_s).match(gui.desktop.clipboard);
        QVERIFY2(key.hasMatch(), "what is copied has the key whole");
        QVERIFY(!model.isConnected());
        QCOMPARE(gui.chat(key.captured().toLatin1(), chatBody("Hi", ",\"max_tokens\":10")).status(), 200);
        QTRY_VERIFY(model.isConnected());
        // The plaintext goes with the page.
        QVERIFY(gui.show(gui::Navigator::Overview));
        QTRY_VERIFY(!model.hasKey());
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestConnectPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_connect.moc"
