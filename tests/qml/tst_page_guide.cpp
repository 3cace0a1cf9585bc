// The guide of the first start, walked with real clicks and keys over the real proxy and a scripted provider.
#include "config/configsaver.h"
#include "control/control.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using gui::GuideModel;

namespace {

constexpr auto goodKey = "sk-test-good-0123456789";

/// A provider that knows one key, lists two models and answers every chat.
void knowOneKey(FakeProvider &provider)
{
    provider.onRequest = [](ProviderCall &call) {
        const bool known = call.head().headers.value("authorization") == QByteArray("Bearer ") + goodKey;
        if (!known)
            return call.json(
                401, R"({"error":{"message":"Incorrect API key provided","type":"invalid_request_error"}})");
        if (call.path().endsWith("/models"))
            return call.json(200, R"({"object":"list","data":[{"id":"gpt-4o"},{"id":"gpt-4o-mini"}]})");
        call.json(200, chatAnswer(100, 50));
    };
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Gui::Options firstStart()
{
    Gui::Options options;
    options.guide = true;
    return options;
}

} // namespace

class TestGuide : public QObject
{
    Q_OBJECT
    static void replace(Gui &gui, const QString &field, const QString &text)
    {
        QQuickItem *item = gui.item(field);
        QVERIFY2(item, qPrintable(field));
        gui.click(item);
        QTRY_VERIFY(item->hasActiveFocus());
        gui.press(Qt::Key_A, Qt::ControlModifier);
        gui.type(text);
    }
    static bool isAt(Gui &gui, GuideModel::Step step)
    {
        return Gui::until([&] { return gui.app->guide()->step() == step && !gui.app->guide()->isBusy(); });
    }
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void aNewcomerGoesFromNothingToAConnectedTool()
    {
        Gui gui(firstStart());
        knowOneKey(gui.provider);
        QVERIFY(gui.show(gui::Navigator::Guide));

        // A wrong key is told before anything is kept.
        replace(gui, u"providerKey"_s, u"sk-wrong"_s);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(gui.app->guide()->provider()->resultTone(), u"danger"_s);
        QVERIFY(gui.item(u"providerResult"_s));
        QVERIFY(!gui.app->guide()->provider()->resultText().contains(u"sk-wrong"_s));
        QCOMPARE(gui.app->guide()->step(), int(GuideModel::Provider));
        QVERIFY(!contents(gui.directory.filePath(u"config/.env"_s)).contains("sk-wrong"));

        // The right one is tested, stored beside the configuration (there is no keychain here), and
        // referenced.
        replace(gui, u"providerKey"_s, QString::fromLatin1(goodKey));
        gui.press(Qt::Key_Return);
        QVERIFY(isAt(gui, GuideModel::Budget));
        QVERIFY(contents(gui.directory.filePath(u"config/.env"_s)).contains(goodKey));
        const QByteArray config = contents(gui.desktop.configPath);
        QVERIFY(!config.contains(goodKey));
        QVERIFY2(config.contains("${LBP_OPENAI}"), config.constData());
        QCOMPARE(gui.app->guide()->provider()->key()->text(), QString()); // and forgotten here

        // The budget.
        QTRY_VERIFY(gui.item(u"guideDaily"_s) && gui.item(u"guideDaily"_s)->hasActiveFocus());
        replace(gui, u"guideDaily"_s, u"3.50"_s);
        replace(gui, u"guideMonthly"_s, u"1"_s);
        QTRY_VERIFY(!gui.app->guide()->monthly()->error().isEmpty()); // less than a day's
        replace(gui, u"guideMonthly"_s, u"40"_s);
        gui.click(gui.item(u"guideNext"_s));
        QVERIFY(isAt(gui, GuideModel::Key));
        QTRY_COMPARE(gui.core->config()->budgets.defaultDaily->toDecimal(), u"3.50"_s);
        QCOMPARE(gui.core->config()->budgets.defaultMonthly->toDecimal(), u"40.00"_s);

        // The key.
        replace(gui, u"guideKeyName"_s, u"laptop"_s);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.item(u"guidePlaintext"_s));
        const QString plaintext = gui.app->guide()->plaintext();
        QVERIFY(plaintext.startsWith(u"lbp_"_s));
        QCOMPARE(gui.keyId(u"laptop"_s) != 0, true);
        gui.click(gui.item(u"guideNext"_s));
        QVERIFY(isAt(gui, GuideModel::Tool));

        // The tool: what is copied is what has to be typed; a request with it turns the light green.
        gui.click(gui.item(u"guideCopyLines"_s));
        QTRY_VERIFY(gui.desktop.clipboard.contains(plaintext));
        QVERIFY(gui.desktop.clipboard.contains(gui.desktop.url.toString() + u"/v1"_s));
        QQuickItem *light = gui.item(u"guideConnected"_s);
        QVERIFY(light);
        QCOMPARE(light->property("tone").toString(), u"info"_s);
        QCOMPARE(gui.chat(plaintext.toLatin1(), chatBody()).status(), 200);
        QTRY_COMPARE(light->property("tone").toString(), u"ok"_s);
        QCOMPARE(gui.app->guide()->stepsDone(), (QVariantList{true, true, true, true}));

        gui.click(gui.item(u"guideNext"_s));
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Overview);
        QCOMPARE(gui.app->guide()->plaintext(), QString()); // not kept once the guide is left
    }

    void eachStepCanBeSkippedAndGoneBackToWithTheKeyboard()
    {
        Gui gui(firstStart());
        QVERIFY(gui.show(gui::Navigator::Guide));
        const QByteArray before = contents(gui.desktop.configPath);
        for (const auto step : {GuideModel::Budget, GuideModel::Key, GuideModel::Tool}) {
            QQuickItem *skip = gui.item(u"guideSkip"_s);
            QVERIFY(skip);
            skip->forceActiveFocus(Qt::TabFocusReason);
            gui.press(Qt::Key_Return);
            QVERIFY(isAt(gui, step));
        }
        QTRY_VERIFY(gui.item(u"guideTool"_s) && gui.item(u"guideTool"_s)->hasActiveFocus());
        gui.press(Qt::Key_Left, Qt::AltModifier);
        QVERIFY(isAt(gui, GuideModel::Key));
        gui.app->guide()->goTo(GuideModel::Provider);
        QVERIFY(isAt(gui, GuideModel::Provider));
        gui.app->guide()->goTo(GuideModel::Tool); // was reached before
        QVERIFY(isAt(gui, GuideModel::Tool));
        gui.click(gui.item(u"guideNext"_s));
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Overview);
        QCOMPARE(contents(gui.desktop.configPath), before);
        QVERIFY(gui.core->control().keys().isEmpty());
    }

    void whoeverSkippedTheKeyIsConnectedByAnyOther()
    {
        Gui gui(firstStart());
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Guide));
        for (int i = 0; i < 3; ++i)
            gui.app->guide()->skip();
        QVERIFY(isAt(gui, GuideModel::Tool));
        QVERIFY(!gui.app->guide()->isConnected());
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        QTRY_VERIFY(gui.app->guide()->isConnected());
    }

    void theDemoProviderLeavesTheConfigurationAlone()
    {
        Gui gui(firstStart());
        gui.desktop.onDemo = [&gui] {
            gui.desktop.demo = true;
            gui.desktop.model = u"demo-1"_s;
            return Status();
        };
        QVERIFY(gui.show(gui::Navigator::Guide));
        const QByteArray before = contents(gui.desktop.configPath);
        QTRY_VERIFY(gui.item(u"providerKey"_s) && gui.item(u"providerKey"_s)->hasActiveFocus());
        (void)gui.picture(); // everything is in its place
        gui.click(gui.item(u"chooseDemo"_s));
        QTRY_VERIFY(gui.app->guide()->isDemo());
        gui.click(gui.item(u"guideNext"_s));
        QVERIFY(isAt(gui, GuideModel::Budget));
        QVERIFY(gui.app->guide()->isDemoRunning());
        QCOMPARE(contents(gui.desktop.configPath), before);
        gui.app->guide()->skip();
        gui.app->guide()->skip();
        QVERIFY(isAt(gui, GuideModel::Tool));
        QCOMPARE(gui.app->guide()->tools()->currentId(), u"curl"_s); // a whole request, to be seen at once
        gui.app->guide()->tools()->copyStep(0);
        QVERIFY2(gui.desktop.clipboard.contains(u"demo-1"_s), qPrintable(gui.desktop.clipboard));
    }

    void everyKindOfProviderIsMetered()
    {
        Gui gui(firstStart());
        QVERIFY(gui.show(gui::Navigator::Guide));
        for (const ProviderKind kind : {ProviderKind::OpenAi, ProviderKind::Anthropic, ProviderKind::Gemini}) {
            gui.app->guide()->provider()->setKind(int(kind));
            QVERIFY(gui.app->guide()->provider()->isMetered());
            QVERIFY(!gui.item(u"notMetered"_s, 0));
        }
    }

    void theGuideGoesOnWhereItWasLeft()
    {
        Gui gui(firstStart());
        QVERIFY(gui.show(gui::Navigator::Guide));
        gui.app->guide()->skip();
        QVERIFY(isAt(gui, GuideModel::Budget));
        gui.app->guide()->goTo(GuideModel::Provider);
        (void)gui.picture();
        gui.click(gui.item(u"guideLeave"_s));
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Overview);
        QVERIFY(gui.toasts.rowCount() > 0); // says how to come back
        QVERIFY(gui.commands.run(u"go.guide"_s));
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Guide);
        gui.app->guide()->skip();
        // Another window over the same memory begins there.
        GuideModel again({gui.core->control(), gui.core->events(), gui.clock, gui.desktop, *gui.format,
                          gui.toasts, gui.commands, gui.navigator, *gui.state, gui.core->alerts(),
                          gui.core->prices(), gui.core->providerTester(), gui.core->secretVault()},
                         *gui.app->connectTools());
        QCOMPARE(again.step(), int(GuideModel::Budget));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestGuide test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_page_guide.moc"
