// Alerts and questions on the desktop: what is asked, and that an answer does it, over the real core and a
// bus of our own.
#include "control/control.h"
#include "gui/notifications.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QDBusConnection>
#include <QProcess>
#include <QSignalSpy>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a desktop has, as far as it is told what to say.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown
    {
        uint id = 0, replaces = 0;
        QString title, text;
        QStringList actions;
        QVariantMap hints;
        int timeoutMs = 0;
    };
    explicit NotificationService(QStringList capabilities)
        : m_capabilities(std::move(capabilities))
        , m_bus(QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), u"desktop"_s))
    {
        if (!m_bus.registerObject(u"/org/freedesktop/Notifications"_s, this,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals)
            || !m_bus.registerService(u"org.freedesktop.Notifications"_s))
            qFatal("there is no bus to be the desktop on");
    }
    ~NotificationService() override
    {
        m_bus.unregisterService(u"org.freedesktop.Notifications"_s);
        m_bus.unregisterObject(u"/org/freedesktop/Notifications"_s);
        QDBusConnection::disconnectFromBus(u"desktop"_s);
    }
    QList<Shown> shown;
    QList<uint> closed;
    void press(uint id, const QString &action) { Q_EMIT ActionInvoked(id, action); }
    void dismiss(uint id) { Q_EMIT NotificationClosed(id, 2); }

public Q_SLOTS:
    QStringList GetCapabilities() { return m_capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &hints, int timeoutMs)
    {
        const uint id = replaces != 0 ? replaces : ++m_lastId;
        shown.append({id, replaces, title, text, actions, hints, timeoutMs});
        return id;
    }
    void CloseNotification(uint id) { closed.append(id); }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    QStringList m_capabilities;
    QDBusConnection m_bus;
    uint m_lastId = 0;
};

const QByteArray holding = "budgets: { holdSeconds: 60, timeZone: UTC }\n";
/// 5,000 output tokens at 10 dollars a million, more than a cent.
const QByteArray dear = ",\"max_tokens\":5000";

struct Desk
{
    explicit Desk(const QByteArray &config = "budgets: { timeZone: UTC }\n")
        : gui({.config = config, .pricing = {}, .seed = {}, .window = false})
        , key(gui.addKey(u"ci"_s, {{Period::Daily, "0.01"}}))
        , notifications({gui.core->control(), gui.core->events(), gui.clock, gui.desktop, *gui.format,
                         gui.toasts, gui.commands, gui.navigator, *gui.state, gui.core->alerts(),
                         gui.core->prices(), gui.core->providerTester(), gui.core->secretVault()},
                        gui.core->alerts())
    {
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(10, 10)); };
    }
    int chat() { return gui.chat(key, chatBody("Hi", dear)).status(); }
    BudgetStatus budget()
    {
        auto future = gui.core->control().budgets();
        if (!Gui::until([&] { return future.isFinished(); }) || !future.result())
            qFatal("no budgets");
        const Result<QList<BudgetStatus>> budgets = future.result(); // outlives the loop over it
        for (const BudgetStatus &status : *budgets)
            if (status.budget.period == Period::Daily && status.budget.scope.kind == ScopeKind::Key)
                return status;
        qFatal("no such budget");
    }
    QStringList toastTitles()
    {
        QStringList titles;
        for (int row = 0; row < gui.toasts.rowCount(); ++row)
            titles.append(gui.toasts.data(gui.toasts.index(row), gui::ToastModel::TitleRole).toString());
        return titles;
    }

    Gui gui;
    QByteArray key;
    gui::Notifications notifications;
};

Money usd(const char *text)
{
    return *Money::fromDecimal(QString::fromLatin1(text));
}

} // namespace

class TestNotifications : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anOfferIsARoundAmountThatIsEnough_data()
    {
        QTest::addColumn<QByteArray>("needed");
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QByteArray>("offer");
        QTest::newRow("a dollar at least") << QByteArray("0.02") << QByteArray("0.01") << QByteArray("1");
        QTest::newRow("exactly") << QByteArray("2") << QByteArray("1") << QByteArray("2");
        QTest::newRow("the next above") << QByteArray("2.01") << QByteArray("1") << QByteArray("5");
        QTest::newRow("a tenth of a large limit")
            << QByteArray("0.5") << QByteArray("150") << QByteArray("20");
        QTest::newRow("a very large one") << QByteArray("6000") << QByteArray("1") << QByteArray("10000");
        QTest::newRow("more than is round")
            << QByteArray("9000000") << QByteArray("1") << QByteArray("9000000");
    }
    void anOfferIsARoundAmountThatIsEnough()
    {
        QFETCH(QByteArray, needed);
        QFETCH(QByteArray, limit);
        QFETCH(QByteArray, offer);
        QCOMPARE(gui::Notifications::suggestedRaise(usd(needed.constData()), usd(limit.constData())),
                 usd(offer.constData()));
    }

    void withoutAServiceNothingIsShownAndNothingBreaks()
    {
        gui::DesktopNotifier notifier;
        QSignalSpy failed(&notifier, &gui::DesktopNotifier::failed);
        notifier.show({u"a"_s, u"Title"_s, u"Text"_s});
        notifier.show({u"gone"_s, u"Title"_s, u"Text"_s});
        notifier.withdraw(u"gone"_s);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().toString(), u"a"_s);
        QVERIFY(!notifier.hasActions());
        // One that comes later is used.
        NotificationService service({u"actions"_s});
        notifier.show({u"b"_s, u"Later"_s, {}});
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown.first().title, u"Later"_s);
    }

    void aProgramWithoutAServiceStillServes()
    {
        Desk desk;
        QSignalSpy failed(&desk.notifications.desktop(), &gui::DesktopNotifier::failed);
        QCOMPARE(desk.chat(), 402);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(desk.chat(), 402);
    }

    void buttonsAreLeftOutWhereTheyCannotBeShown()
    {
        NotificationService service({u"body"_s});
        gui::DesktopNotifier notifier;
        notifier.show({u"a"_s,
                       u"Title"_s,
                       u"Text"_s,
                       gui::DesktopNotification::Urgency::Critical,
                       {{u"yes"_s, u"Yes"_s}},
                       0});
        QTRY_COMPARE(service.shown.size(), 1);
        QVERIFY(service.shown.first().actions.isEmpty());
        QCOMPARE(service.shown.first().text, u"Text"_s);
        QCOMPARE(service.shown.first().hints.value(u"urgency"_s).toInt(), 2);
        QCOMPARE(service.shown.first().timeoutMs, 0);
    }

    void aLaterMessageOfTheSameKeyTakesItsPlace()
    {
        NotificationService service({u"actions"_s});
        gui::DesktopNotifier notifier;
        QSignalSpy chosen(&notifier, &gui::DesktopNotifier::actionChosen);
        const gui::DesktopNotification message{u"a"_s, u"One"_s, {}, {}, {{u"yes"_s, u"Yes"_s}}};
        notifier.show(message);
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown.first().actions, QStringList({u"default"_s, u"One"_s, u"yes"_s, u"Yes"_s}));
        const auto pressed = [&] {
            service.press(service.shown.first().id, u"yes"_s);
            return chosen.size() > 0;
        };
        QTRY_VERIFY(pressed()); // its number has come back
        QCOMPARE(chosen.first().at(0), u"a"_s);
        notifier.show(message);
        QTRY_COMPARE(service.shown.size(), 2);
        QCOMPARE(service.shown.last().replaces, service.shown.first().id);
        // Once it was dismissed there is nothing to replace.
        service.dismiss(service.shown.first().id);
        service.press(service.shown.first().id, u"yes"_s);
        const auto chosenOf = [&](const QString &key) {
            return std::count_if(chosen.begin(), chosen.end(),
                                 [&](const QVariantList &one) { return one.first().toString() == key; });
        };
        const auto before = chosenOf(u"a"_s);
        notifier.show({u"b"_s, u"Other"_s, {}});
        QTRY_COMPARE(service.shown.size(), 3);
        const auto pressedOther = [&] {
            service.press(service.shown.last().id, u"default"_s);
            return chosenOf(u"b"_s) > 0;
        };
        QTRY_VERIFY(pressedOther()); // what was told before has arrived, too
        QCOMPARE(chosenOf(u"a"_s), before);
        notifier.show(message);
        QTRY_COMPARE(service.shown.size(), 4);
        QCOMPARE(service.shown.last().replaces, 0U);
    }

    void severalOfOneKeyAtOnceAreOneMessage()
    {
        NotificationService service({u"actions"_s});
        gui::DesktopNotifier notifier;
        // Before it is known what the service can do, and again before it has said which number the first
        // has.
        notifier.show({u"a"_s, u"One"_s, {}});
        notifier.show({u"a"_s, u"Two"_s, {}});
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown.first().title, u"Two"_s);
        notifier.show({u"b"_s, u"Three"_s, {}});
        notifier.show({u"b"_s, u"Four"_s, {}});
        notifier.show({u"b"_s, u"Five"_s, {}});
        QTRY_COMPARE(service.shown.size(), 3);
        QCOMPARE(service.shown.at(1).title, u"Three"_s);
        QCOMPARE(service.shown.at(2).title, u"Five"_s); // the latest is what counts
        QCOMPARE(service.shown.at(2).replaces, service.shown.at(1).id);
        // One that is taken back and asked anew meanwhile is not left behind either.
        notifier.show({u"c"_s, u"Six"_s, {}});
        notifier.withdraw(u"c"_s);
        notifier.show({u"c"_s, u"Seven"_s, {}});
        QTRY_COMPARE(service.shown.size(), 5);
        QCOMPARE(service.shown.at(4).replaces, service.shown.at(3).id);
        QVERIFY(service.closed.isEmpty());
    }

    void whatIsWithdrawnBeforeItIsShownIsClosed()
    {
        NotificationService service({u"actions"_s});
        gui::DesktopNotifier notifier;
        notifier.show({u"first"_s, u"First"_s, {}}); // so that the service is known
        QTRY_COMPARE(service.shown.size(), 1);
        notifier.show({u"a"_s, u"Question"_s, {}});
        notifier.withdraw(u"a"_s);
        QTRY_COMPARE(service.closed, QList<uint>{2});
    }

    void anUnansweredQuestionLeavesWithTheProgram()
    {
        NotificationService service({u"actions"_s});
        QList<uint> expected;
        {
            gui::DesktopNotifier notifier;
            QSignalSpy chosen(&notifier, &gui::DesktopNotifier::actionChosen);
            notifier.show({u"a"_s, u"Question"_s, {}, {}, {}, 0});
            QTRY_COMPARE(service.shown.size(), 1);
            const auto known = [&] {
                service.press(service.shown.first().id, u"default"_s);
                return chosen.size() > 0;
            };
            QTRY_VERIFY(known());
        }
        QTRY_COMPARE(service.closed, QList<uint>{1});
    }

    void atTheCapTodaysLimitIsRaisedByAPress()
    {
        NotificationService service({u"actions"_s});
        Desk desk;
        QCOMPARE(desk.chat(), 402);
        QTRY_COMPARE(service.shown.size(), 1);
        const NotificationService::Shown shown = service.shown.first();
        QCOMPARE(shown.actions.size(), 6); // the message itself, and two buttons
        QCOMPARE(shown.actions.at(2), u"raise"_s);
        QCOMPARE(shown.actions.at(3), u"Raise today's limit by $1.00"_s);
        QCOMPARE(shown.actions.at(5), u"Keep blocked"_s);
        QCOMPARE(shown.hints.value(u"urgency"_s).toInt(), 2);
        QVERIFY(desk.toastTitles().isEmpty()); // nobody looks at the window
        QCOMPARE(desk.budget().raised, Money());
        service.press(shown.id, u"raise"_s);
        QTRY_COMPARE(desk.toastTitles(), QStringList(u"Raised by $1.00"_s));
        QCOMPARE(desk.budget().raised, usd("1"));
        QCOMPARE(desk.chat(), 200);
        service.press(shown.id, u"raise"_s); // pressed twice is raised once
        QCOMPARE(desk.chat(), 200);
        QCOMPARE(desk.budget().raised, usd("1"));
    }

    void keptBlockedItStaysBlocked()
    {
        NotificationService service({u"actions"_s});
        Desk desk;
        QCOMPARE(desk.chat(), 402);
        QTRY_COMPARE(service.shown.size(), 1);
        service.press(service.shown.first().id, u"keep"_s);
        QTRY_COMPARE(service.closed, QList<uint>{service.shown.first().id});
        QCOMPARE(desk.chat(), 402);
        QCOMPARE(desk.budget().raised, Money());
    }

    void aPressOnTheMessageOpensThePage()
    {
        NotificationService service({u"actions"_s});
        Desk desk;
        QSignalSpy raised(&desk.gui.navigator, &gui::Navigator::raiseRequested);
        QCOMPARE(desk.chat(), 402);
        QTRY_COMPARE(service.shown.size(), 1);
        service.press(service.shown.first().id, u"default"_s);
        QTRY_COMPARE(raised.size(), 1);
        QCOMPARE(desk.gui.navigator.page(), gui::Navigator::Budgets);
    }

    void whoLooksAtTheWindowIsToldThere()
    {
        NotificationService service({u"actions"_s});
        Desk desk;
        desk.notifications.setWindowActive(true);
        QCOMPARE(desk.chat(), 402);
        QTRY_COMPARE(desk.toastTitles().size(), 1);
        const QModelIndex toast = desk.gui.toasts.index(0);
        QCOMPARE(desk.gui.toasts.data(toast, gui::ToastModel::ActionsRole).toStringList(),
                 QStringList({u"Raise today's limit by $1.00"_s, u"Keep blocked"_s}));
        QCOMPARE(desk.gui.toasts.data(toast, gui::ToastModel::TimeoutRole), 0); // a question stays
        desk.gui.toasts.trigger(desk.gui.toasts.data(toast, gui::ToastModel::IdRole).toInt(), 0);
        QTRY_COMPARE(desk.budget().raised, usd("1"));
        QVERIFY(service.shown.isEmpty());
    }

    void aHeldRequestGoesOnWhenItIsAllowed()
    {
        NotificationService service({u"actions"_s});
        Desk desk(holding);
        RawClient client(desk.gui.port());
        client.write(request("POST", "/v1/chat/completions", desk.key, chatBody("Hi", dear)));
        QTRY_COMPARE(service.shown.size(), 1);
        const NotificationService::Shown shown = service.shown.first();
        QVERIFY2(shown.title.startsWith(u"ci wants to spend $0.05"_s), qPrintable(shown.title));
        QVERIFY2(shown.text.contains(u"gpt-4o"_s) && shown.text.contains(u"$0.01"_s), qPrintable(shown.text));
        QCOMPARE(shown.actions.at(2), u"once"_s);
        QCOMPARE(shown.actions.at(5), u"+$1.00 today"_s);
        QCOMPARE(shown.actions.at(7), u"Block"_s);
        QCOMPARE(shown.timeoutMs, 0);
        QCOMPARE(desk.toastTitles(), QStringList(shown.title)); // asked in both places
        QCOMPARE(desk.gui.provider.requestCount(), 0);
        service.press(shown.id, u"once"_s);
        QCOMPARE(client.read().status(), 200);
        QTRY_VERIFY(desk.toastTitles().isEmpty()); // answered in one
        QTRY_VERIFY(service.closed.contains(shown.id));
        QVERIFY(desk.budget().raised <= usd("0.06"));
    }

    void aHeldRequestIsRefusedWhenItIsBlocked()
    {
        NotificationService service({u"actions"_s});
        Desk desk(holding);
        RawClient client(desk.gui.port());
        client.write(request("POST", "/v1/chat/completions", desk.key, chatBody("Hi", dear)));
        QTRY_COMPARE(service.shown.size(), 1);
        service.press(service.shown.first().id, u"block"_s);
        QCOMPARE(client.read().status(), 402);
        QTRY_VERIFY(desk.toastTitles().isEmpty());
        QCOMPARE(desk.gui.provider.requestCount(), 0);
    }

    void aQuestionAnsweredInTheWindowLeavesTheDesktop()
    {
        NotificationService service({u"actions"_s});
        Desk desk(holding);
        RawClient client(desk.gui.port());
        client.write(request("POST", "/v1/chat/completions", desk.key, chatBody("Hi", dear)));
        QTRY_COMPARE(desk.gui.toasts.rowCount(), 1);
        QTRY_COMPARE(service.shown.size(), 1);
        desk.gui.toasts.trigger(
            desk.gui.toasts.data(desk.gui.toasts.index(0), gui::ToastModel::IdRole).toInt(), 1);
        QCOMPARE(client.read().status(), 200);
        QTRY_VERIFY(service.closed.contains(service.shown.first().id));
        QCOMPARE(desk.budget().raised, usd("1"));
    }

    void aClientThatLeavesTakesItsQuestionAlong()
    {
        NotificationService service({u"actions"_s});
        Desk desk(holding);
        {
            RawClient client(desk.gui.port());
            client.write(request("POST", "/v1/chat/completions", desk.key, chatBody("Hi", dear)));
            QTRY_COMPARE(service.shown.size(), 1);
            QTRY_COMPARE(desk.gui.toasts.rowCount(), 1);
        }
        QTRY_VERIFY(service.closed.contains(service.shown.first().id));
        QTRY_COMPARE(desk.gui.toasts.rowCount(), 0);
    }

    void inQuietHoursNobodyIsDisturbedAndOneMessageFollows()
    {
        NotificationService service({u"actions"_s});
        // The clock stands at 14:13.
        Desk desk("budgets: { timeZone: UTC }\nalerts: { quietHours: \"14:00-15:00\" }\n");
        QSignalSpy raised(&desk.gui.core->alerts(), &AlertCenter::raised);
        QCOMPARE(desk.chat(), 402);
        QTRY_COMPARE(raised.size(), 1); // the history has it
        QVERIFY(service.shown.isEmpty());
        desk.gui.clock.advance(1h);
        desk.gui.core->alerts().setConfig(desk.gui.core->config()); // looks at the clock, as its timer does
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown.first().title, u"1 alert(s) during quiet hours"_s);
        QVERIFY(!service.shown.first().text.isEmpty());
        QCOMPARE(service.shown.first().hints.value(u"urgency"_s).toInt(), 1);
    }
};

int main(int argc, char **argv)
{
    // A bus of our own: nobody's desktop is disturbed, and nothing is started by asking for it.
    QTemporaryDir directory;
    QFile config(directory.filePath(u"bus.conf"_s));
    if (!config.open(QIODevice::WriteOnly))
        qFatal("no place for a bus");
    config.write("<busconfig><type>session</type><listen>unix:path=" + directory.filePath(u"bus"_s).toUtf8()
                 + "</listen><policy context='default'><allow send_destination='*' eavesdrop='true'/>"
                   "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>");
    config.close();
    QProcess bus;
    bus.start(u"dbus-daemon"_s,
              {u"--config-file="_s + config.fileName(), u"--nofork"_s, u"--print-address=1"_s});
    if (!bus.waitForStarted() || !bus.waitForReadyRead())
        qFatal("dbus-daemon does not start: %s", qPrintable(bus.errorString()));
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readLine().trimmed());
    int result = 1;
    {
        QApplication application(argc, argv);
        TestNotifications test;
        result = QTest::qExec(&test, argc, argv);
    }
    QDBusConnection::disconnectFromBus(QDBusConnection::sessionBus().name());
    bus.terminate();
    bus.waitForFinished();
    return result;
}
#include "tst_notifications.moc"
