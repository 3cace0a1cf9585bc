// What is seen without a page: today's spend, the icon beside the clock, the frame of the window. Over the
// real core.
#include "control/control.h"
#include "gui/shellmodel.h"
#include "gui/spendwatch.h"
#include "gui/tray.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QAction>
#include <QApplication>
#include <QPromise>
#include <QSignalSpy>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Instant noon = fromMicros(1'790'000'000'000'000 - 2 * 3'600'000'000);

/// The models alone, with ten cents a day for everything.
struct Desk
{
    explicit Desk(const QByteArray &config = {}, const QByteArray &daily = "0.10")
        : gui({.config = config, .pricing = {}, .seed = {}, .window = false})
        , key(gui.addKey(u"ci"_s))
    {
        if (!daily.isEmpty())
            limit(daily);
        gui.provider.onRequest = [this](ProviderCall &call) {
            call.json(200, chatAnswer(inputTokens, outputTokens));
        };
    }
    void limit(const QByteArray &daily)
    {
        Budget budget;
        budget.period = Period::Daily;
        budget.limit = *Money::fromDecimal(QString::fromLatin1(daily));
        auto done = gui.core->control().setBudget(budget);
        if (!Gui::until([&] { return done.isFinished(); }) || !done.result())
            qFatal("the budget was not set");
    }
    gui::GuiServices services()
    {
        return {gui.core->control(),
                gui.core->events(),
                gui.clock,
                gui.desktop,
                *gui.format,
                gui.toasts,
                gui.commands,
                gui.navigator,
                *gui.state,
                gui.core->alerts(),
                gui.core->prices(),
                gui.core->providerTester(),
                gui.core->secretVault()};
    }
    /// One request that costs \a cents, whole ones at 10 dollars a million.
    int spend(int cents)
    {
        outputTokens = cents * 1'000;
        return gui.chat(key, chatBody("Hi", ",\"max_tokens\":" + QByteArray::number(cents * 1'000))).status();
    }
    gui::SpendWatch &watch() { return gui.app->spend(); }
    gui::ShellModel &shell() { return *gui.app->shell(); }

    Gui gui;
    QByteArray key;
    int inputTokens = 0, outputTokens = 1;
};

QStringList visibleLines(const QMenu &menu)
{
    QStringList lines;
    for (const QAction *action : menu.actions())
        if (action->isVisible() && !action->isSeparator())
            lines.append(action->text());
    return lines;
}

QAction *lineOf(const QMenu &menu, const QString &text)
{
    for (QAction *action : menu.actions())
        if (action->isVisible() && action->text() == text)
            return action;
    return nullptr;
}

Money usd(const char *text)
{
    return *Money::fromDecimal(QString::fromLatin1(text));
}

} // namespace

class TestTray : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatASettledRequestCostIsSeenWithoutAsking()
    {
        Desk desk;
        QTRY_VERIFY(desk.watch().isKnown());
        QVERIFY(desk.watch().today().cost.isZero());
        QCOMPARE(desk.spend(3), 200);
        QTRY_COMPARE(desk.watch().today().cost, usd("0.03"));
        QCOMPARE(desk.watch().month().cost, usd("0.03"));
        QCOMPARE(desk.watch().todayByKey().size(), 1);
        QCOMPARE(desk.watch().todayByKey().first().label, u"ci"_s);
        QVERIFY(desk.watch().dailyBudget().has_value());
        QCOMPARE(desk.watch().dailyBudget()->spent, usd("0.03"));
        QTRY_VERIFY(desk.watch().running().isEmpty());
    }

    void whatRunsIsKnownWhileItRuns()
    {
        Desk desk;
        desk.gui.provider.onRequest = {};
        RawClient client(desk.gui.port());
        client.write(request("POST", "/v1/chat/completions", desk.key, chatBody()));
        QTRY_COMPARE(desk.shell().runningCount(), 1);
        // A watch that comes later finds it too.
        gui::SpendWatch late(desk.services());
        QTRY_COMPARE(late.running().size(), 1);
        QCOMPARE(late.running().cbegin()->row.series->model, u"gpt-4o"_s);
        desk.gui.provider.call(0).json(200, chatAnswer(0, 1));
        QCOMPARE(client.read().status(), 200);
        QTRY_COMPARE(desk.shell().runningCount(), 0);
        QTRY_COMPARE(late.running().size(), 0);
    }

    void atMidnightTheDayBeginsAnewByItself()
    {
        Desk desk;
        QCOMPARE(desk.spend(3), 200);
        QTRY_COMPARE(desk.watch().today().cost, usd("0.03"));
        // Half a second before midnight, UTC.
        const qint64 day = 86'400'000'000;
        const Instant midnight = fromMicros((toMicros(noon) / day + 1) * day);
        desk.gui.clock.setWall(midnight - 500ms);
        gui::SpendWatch watch(desk.services());
        QTRY_VERIFY(watch.isKnown());
        QCOMPARE(watch.today().cost, usd("0.03"));
        desk.gui.clock.setWall(midnight + 1s);
        QTRY_VERIFY(watch.today().cost.isZero()); // nothing happened but that time went on
        QCOMPARE(watch.month().cost, usd("0.03"));
        QTRY_VERIFY(watch.todayByKey().isEmpty());
        QTRY_VERIFY(watch.dailyBudget() && watch.dailyBudget()->spent.isZero());
    }

    void withoutABudgetOfEverythingTheFullestCounts()
    {
        Desk desk("budgets: { timeZone: UTC }\n", {});
        (void)desk.gui.addKey(u"narrow"_s, {{Period::Daily, "0.02"}});
        const QByteArray full = desk.gui.addKey(u"full"_s, {{Period::Daily, "0.05"}});
        desk.outputTokens = 4'000;
        QCOMPARE(desk.gui.chat(full, chatBody("Hi", ",\"max_tokens\":4000")).status(), 200);
        QTRY_VERIFY(desk.watch().dailyBudget() && desk.watch().dailyBudget()->spent == usd("0.04"));
        QCOMPARE(desk.watch().dailyBudget()->budget.scope,
                 (Scope{ScopeKind::Key, QString::number(desk.gui.keyId(u"full"_s))}));
    }

    void theIconFillsAndChangesAtTheThresholds()
    {
        using Tone = gui::TrayFace::Tone;
        Desk desk;
        gui::Tray tray(desk.services(), desk.shell(), desk.watch());
        QTRY_VERIFY(tray.face().hasBudget);
        QCOMPARE(tray.face().percent, 0);
        QTRY_VERIFY(tray.face().tone == Tone::Calm);
        QCOMPARE(desk.spend(5), 200);
        QTRY_COMPARE(tray.face().percent, 50);
        QVERIFY(tray.face().tone == Tone::Calm);
        QCOMPARE(desk.spend(3), 200);
        QTRY_COMPARE(tray.face().percent, 80);
        QVERIFY(tray.face().tone == Tone::Warning);
        desk.limit("0.08");
        QTRY_COMPARE(tray.face().percent, 100);
        QVERIFY(tray.face().tone == Tone::Full);
        desk.gui.desktop.listening = u"the port is taken"_s;
        desk.shell().refresh();
        QTRY_VERIFY(tray.face().tone == Tone::Trouble);
    }

    void everyFaceIsAPictureOfItsOwn()
    {
        using Tone = gui::TrayFace::Tone;
        const QList<gui::TrayFace> faces{{0, true, Tone::Calm, false},     {50, true, Tone::Calm, false},
                                         {85, true, Tone::Calm, false},    {85, true, Tone::Warning, false},
                                         {100, true, Tone::Full, false},   {50, true, Tone::Calm, true},
                                         {50, true, Tone::Trouble, false}, {0, false, Tone::Trouble, false}};
        for (const int size : {16, 22, 32, 64}) {
            QList<QImage> pictures;
            for (const gui::TrayFace &face : faces) {
                const QImage picture = gui::trayIcon(face).pixmap(size, size).toImage();
                QCOMPARE(picture.width(), size);
                QVERIFY2(!pictures.contains(picture),
                         qPrintable(u"%1 at %2"_s.arg(pictures.size()).arg(size)));
                pictures.append(picture);
            }
        }
    }

    void theMenuSaysWhatMatters()
    {
        Desk desk;
        const QByteArray odd = desk.gui.addKey(u"R&D"_s);
        QCOMPARE(desk.spend(3), 200);
        desk.outputTokens = 2'000;
        QCOMPARE(desk.gui.chat(odd, chatBody("Hi", ",\"max_tokens\":2000")).status(), 200);
        gui::Tray tray(desk.services(), desk.shell(), desk.watch());
        QTRY_VERIFY2(visibleLines(tray.menu()).contains(u"Today: $0.0500 of $0.10"_s),
                     qPrintable(visibleLines(tray.menu()).join(u'\n')));
        const QStringList lines = visibleLines(tray.menu());
        QVERIFY(lines.contains(u"This month: $0.0500"_s));
        const qsizetype first = lines.indexOf(u"ci: $0.0300"_s);
        QVERIFY2(first >= 0, qPrintable(lines.join(u'\n')));
        QCOMPARE(lines.value(first + 1), u"R&&D: $0.0200"_s); // an ampersand, and no mnemonic
        QVERIFY(lines.contains(u"Copy base URL"_s) && lines.contains(u"Open"_s) && lines.contains(u"Quit"_s)
                && lines.contains(u"Pause spending"_s) && !lines.contains(u"Resume spending"_s));
        QVERIFY(tray.toolTip().contains(u"Today $0.0500 of $0.10"_s));
        QVERIFY(tray.toolTip().contains(u"This month $0.0500"_s));

        QSignalSpy opened(&desk.gui.navigator, &gui::Navigator::opened);
        QSignalSpy raised(&desk.gui.navigator, &gui::Navigator::raiseRequested);
        lineOf(tray.menu(), u"R&&D: $0.0200"_s)->trigger();
        QCOMPARE(raised.size(), 1);
        QCOMPARE(opened.last().at(1).toMap().value(u"filter"_s), u"key:\"R&D\" time:today"_s);
        lineOf(tray.menu(), u"Copy base URL"_s)->trigger();
        QCOMPARE(desk.gui.desktop.clipboard, desk.shell().address());
    }

    void whatRunsIsInTheMenuWithItsCost()
    {
        Desk desk;
        desk.gui.provider.onRequest = {};
        RawClient client(desk.gui.port());
        client.write(request("POST", "/v1/chat/completions", desk.key,
                             chatBody("Hi", ",\"stream\":true,\"max_tokens\":50")));
        gui::Tray tray(desk.services(), desk.shell(), desk.watch());
        ProviderCall &call = desk.gui.provider.call(0);
        call.streamHead();
        call.chunk(chatChunk("Hello"));
        const auto running = [&] {
            for (const QString &line : visibleLines(tray.menu()))
                if (line.startsWith(u"ci, gpt-4o: $"_s))
                    return true;
            return false;
        };
        QTRY_VERIFY2(running(), qPrintable(visibleLines(tray.menu()).join(u'\n')));
        QVERIFY(visibleLines(tray.menu()).contains(u"1 running"_s));
        QVERIFY(tray.toolTip().contains(u"1 request(s) running"_s)
                || tray.toolTip().contains(u"1 request"_s));
        call.close();
        QTRY_VERIFY(!running());
    }

    void theDesktopIsToldOfChangesOnly()
    {
        Desk desk;
        gui::Tray tray(desk.services(), desk.shell(), desk.watch());
        QTRY_VERIFY(tray.toolTip().contains(u"Running"_s) && tray.face().hasBudget);
        const int before = tray.updates();
        // Looked at again, and nothing is other than it was; then something is.
        QSignalSpy looked(&desk.watch(), &gui::SpendWatch::changed);
        desk.watch().refresh();
        QTRY_VERIFY(looked.size() >= 1);
        desk.shell().pause();
        QTRY_VERIFY(tray.face().paused);
        QCOMPARE(tray.updates(), before + 3); // icon, tooltip, and pause against resume in the menu
        QVERIFY(visibleLines(tray.menu()).contains(u"Resume spending"_s));
        QVERIFY(!visibleLines(tray.menu()).contains(u"Pause spending"_s));
        QVERIFY(tray.toolTip().contains(u"Paused"_s));
        lineOf(tray.menu(), u"Resume spending"_s)->trigger();
        QTRY_VERIFY(!tray.face().paused);
        QCOMPARE(tray.updates(), before + 6);
        QVERIFY(!desk.gui.core->control().isPaused());
    }

    void whatAllHaveSpentIsNotSetAgainstTheLimitOfOne()
    {
        Desk desk("budgets: { defaultDaily: \"0.10\", timeZone: UTC }\n", {});
        const QByteArray other = desk.gui.addKey(u"other"_s);
        QCOMPARE(desk.spend(3), 200);
        desk.outputTokens = 2'000;
        QCOMPARE(desk.gui.chat(other, chatBody("Hi", ",\"max_tokens\":2000")).status(), 200);
        gui::Tray tray(desk.services(), desk.shell(), desk.watch());
        QTRY_COMPARE(desk.shell().todayText(), u"$0.0500"_s);
        QVERIFY(!desk.shell().isTodayOfAll());
        QTRY_COMPARE(desk.shell().todayLimitText(), u"Key ci: $0.0300 of $0.10"_s);
        QTRY_VERIFY2(visibleLines(tray.menu()).contains(u"Today: $0.0500 · Key ci: $0.0300 of $0.10"_s),
                     qPrintable(visibleLines(tray.menu()).join(u'\n')));
        QVERIFY2(tray.toolTip().contains(u"Today $0.0500 · Key ci: $0.0300 of $0.10"_s),
                 qPrintable(tray.toolTip()));
    }

    void theFrameSaysWhatIsSpentAndWhetherItRuns()
    {
        Desk desk;
        gui::ShellModel &shell = desk.shell();
        QTRY_COMPARE(shell.state(), gui::ShellModel::Running);
        QVERIFY(shell.address().startsWith(u"http://127.0.0.1:"_s) && shell.address().endsWith(u"/v1"_s));
        QCOMPARE(desk.spend(5), 200);
        QTRY_COMPARE(shell.todayText(), u"$0.0500"_s);
        QVERIFY(shell.isTodayOfAll());
        QCOMPARE(shell.todayLimitText(), u"of $0.10"_s);
        QCOMPARE(shell.todayFraction(), 0.5);
        shell.pauseForMinutes(15);
        QTRY_COMPARE(shell.state(), gui::ShellModel::Paused);
        QTRY_VERIFY2(shell.stateText().contains(
                         desk.gui.format->when(desk.gui.clock.now() + 15min, desk.gui.clock.now())),
                     qPrintable(shell.stateText()));
        QCOMPARE(desk.gui.core->control().pausedUntil(), desk.gui.clock.now() + 15min);
        shell.resume();
        QTRY_COMPARE(shell.state(), gui::ShellModel::Running);
        shell.pauseUntilTomorrow();
        QTRY_VERIFY(desk.gui.core->control().pausedUntil() == desk.gui.core->control().tomorrow());
        desk.gui.desktop.listening = u"Port 3000 is taken by another program."_s;
        shell.refresh();
        QCOMPARE(shell.state(), gui::ShellModel::PortTaken); // worse than being paused
        QCOMPARE(shell.stateDetail(), desk.gui.desktop.listening);
    }

    void copyingTheAddressSaysSo()
    {
        Desk desk;
        desk.shell().copyAddress();
        QCOMPARE(desk.gui.desktop.clipboard, desk.shell().address());
        QCOMPARE(desk.gui.toasts.rowCount(), 1);
        desk.gui.desktop.url = {};
        desk.gui.desktop.clipboard.clear();
        desk.shell().copyAddress(); // there is none
        QVERIFY(desk.gui.desktop.clipboard.isEmpty());
        QVERIFY(!desk.gui.commands.run(u"proxy.copyAddress"_s));
    }

    void closingGoesIntoTheTrayAndIsSaidOnce()
    {
        Desk desk;
        QSignalSpy asked(&desk.shell(), &gui::ShellModel::closeQuestion);
        desk.shell().closeWindow();
        QVERIFY(desk.gui.desktop.hidden);
        QCOMPARE(desk.gui.desktop.told.size(), 2); // title and text
        desk.gui.desktop.hidden = false;
        desk.shell().closeWindow();
        QVERIFY(desk.gui.desktop.hidden);
        QCOMPARE(desk.gui.desktop.told.size(), 2);
        QCOMPARE(asked.size(), 0);
        QVERIFY(!desk.gui.desktop.quitCalled);
    }

    void withoutATrayClosingAsks()
    {
        Desk desk;
        desk.gui.desktop.tray = false;
        QSignalSpy asked(&desk.shell(), &gui::ShellModel::closeQuestion);
        desk.shell().closeWindow();
        QCOMPARE(asked.size(), 1);
        QVERIFY(!desk.gui.desktop.hidden);
        QVERIFY(desk.gui.desktop.told.isEmpty());
        QVERIFY(!desk.gui.desktop.quitCalled);
    }

    void quittingLetsAStreamFinish()
    {
        Desk desk;
        desk.gui.provider.onRequest = {};
        RawClient client(desk.gui.port());
        client.write(request("POST", "/v1/chat/completions", desk.key,
                             chatBody("Hi", ",\"stream\":true,\"max_tokens\":50")));
        ProviderCall &call = desk.gui.provider.call(0);
        call.streamHead();
        call.chunk(chatChunk("Hello"));
        QTRY_COMPARE(desk.shell().runningCount(), 1);
        QCOMPARE(desk.shell().drainFraction(), 0.0);
        desk.shell().quit();
        QVERIFY(desk.shell().isDraining());
        QVERIFY(!client.readUntil("Hello").isEmpty());
        QVERIFY(!desk.gui.desktop.quitCalled); // the client still gets its answer
        call.chunk(chatChunk("", "\"stop\""));
        call.chunk("data: [DONE]\n\n");
        call.endStream();
        QVERIFY(client.readUntil("[DONE]").contains("[DONE]"));
        QTRY_VERIFY(desk.gui.desktop.quitCalled);
        QTRY_COMPARE(desk.shell().drainFraction(), 1.0);
    }

    void quittingTwiceDoesNotWait()
    {
        Desk desk;
        QPromise<bool> never;
        never.start();
        std::chrono::milliseconds patience{};
        desk.gui.desktop.onDrain = [&](std::chrono::milliseconds given) {
            patience = given;
            return never.future();
        };
        desk.shell().quit();
        QCOMPARE(patience, std::chrono::milliseconds(gui::ShellModel::drainPatienceMs)); // bounded
        QVERIFY(!desk.gui.desktop.quitCalled);
        desk.shell().quit();
        QVERIFY(desk.gui.desktop.quitCalled);
        never.addResult(false);
        never.finish();
    }

    void closingWhileItEndsEndsIt()
    {
        Desk desk;
        QPromise<bool> never;
        never.start();
        desk.gui.desktop.onDrain = [&](std::chrono::milliseconds) { return never.future(); };
        desk.shell().quit();
        desk.shell().closeWindow();
        QVERIFY(desk.gui.desktop.quitCalled);
        QVERIFY(!desk.gui.desktop.hidden);
        never.addResult(false);
        never.finish();
    }
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
