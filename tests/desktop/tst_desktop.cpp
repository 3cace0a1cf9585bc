// The real program as a person has it: window, tray and notifications change when real requests spend money,
// what is pressed in them does it, and a core that is built anew leaves the desktop as it was.
#include "app/lockfile.h"
#include "support/fakeprovider.h"
#include "support/harness.h"
#include "support/rawclient.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace lbp;
using namespace lbp::test;

namespace {

constexpr int patienceMs = 30'000;
constexpr auto watcher = "org.kde.StatusNotifierWatcher"_L1;
constexpr auto itemInterface = "org.kde.StatusNotifierItem"_L1;
constexpr auto menuInterface = "com.canonical.dbusmenu"_L1;

QVariant dbusProperty(const QString &service, const QString &path, const QString &interface,
                      const QString &name)
{
    if (service.isEmpty() || path.isEmpty())
        return {}; // what was asked for has not come (back) yet
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call.setArguments({interface, name});
    const QDBusMessage reply = QDBusConnection::sessionBus().call(call, QDBus::Block, 5000);
    return reply.type() == QDBusMessage::ReplyMessage
        ? reply.arguments().constFirst().value<QDBusVariant>().variant()
        : QVariant();
}

/// One line of a menu as the panel sees it.
struct MenuLine
{
    int id = 0;
    QString label;
    bool visible = true;
};

void readMenu(const QDBusArgument &argument, QList<MenuLine> &lines)
{
    argument.beginStructure();
    MenuLine line;
    QVariantMap properties;
    argument >> line.id >> properties;
    line.label = properties.value(u"label"_s).toString().remove(u'_');
    line.visible = properties.value(u"visible"_s, true).toBool();
    lines.append(line);
    argument.beginArray();
    while (!argument.atEnd()) {
        QDBusVariant child;
        argument >> child;
        readMenu(child.variant().value<QDBusArgument>(), lines);
    }
    argument.endArray();
    argument.endStructure();
}

QImage screen()
{
    return QGuiApplication::primaryScreen()->grabWindow(0).toImage();
}

int coloursOf(const QImage &image)
{
    QSet<QRgb> colours;
    for (int y = 30; y < 800; y += 4)
        for (int x = 0; x < 1270; x += 4)
            colours.insert(image.pixel(x, y));
    return int(colours.size());
}

} // namespace

class TestDesktop : public QObject
{
    Q_OBJECT

    FakeProvider provider;
    QTemporaryDir directory;
    QProcess program;
    QByteArray key, small, output;
    quint16 port = 0, otherPort = 0;

    QString file(const char *name) const { return directory.filePath(QLatin1String(name)); }
    QStringList places() const { return {u"--config"_s, file("config.yml"), u"--data-dir"_s, file("data")}; }
    void start(const QStringList &more)
    {
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(LBP_BINARY_DIR "/bin/llm-budget-proxy"), places() + more);
        QVERIFY(program.waitForStarted(patienceMs));
    }
    bool hasSaid(const QByteArray &text)
    {
        output += program.readAll();
        return output.contains(text);
    }
    QUrl url() const
    {
        const auto holder = LockFile(file("data/proxy.lock")).holder();
        return holder && holder->pid == program.processId() ? holder->url : QUrl();
    }
    /// Service and path of the program's icon in the tray.
    std::pair<QString, QString> trayItem() const
    {
        const QStringList items =
            dbusProperty(watcher, u"/StatusNotifierWatcher"_s, watcher, u"RegisteredStatusNotifierItems"_s)
                .toStringList();
        if (items.isEmpty())
            return {};
        const qsizetype slash = items.constFirst().indexOf(u'/');
        return slash < 0 ? std::pair(items.constFirst(), u"/StatusNotifierItem"_s)
                         : std::pair(items.constFirst().left(slash), items.constFirst().mid(slash));
    }
    QString toolTip() const
    {
        const auto [service, path] = trayItem();
        const QVariant value = dbusProperty(service, path, itemInterface, u"ToolTip"_s);
        if (!value.canConvert<QDBusArgument>())
            return {};
        const auto argument = value.value<QDBusArgument>();
        QString icon, title, text;
        argument.beginStructure();
        argument >> icon;
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0, height = 0;
            QByteArray pixels;
            argument.beginStructure();
            argument >> width >> height >> pixels;
            argument.endStructure();
        }
        argument.endArray();
        argument >> title >> text;
        argument.endStructure();
        return title + u'\n' + text;
    }
    /// The bytes of the icon in all its sizes, to see whether it is another one.
    QByteArray iconBytes() const
    {
        const auto [service, path] = trayItem();
        const QVariant value = dbusProperty(service, path, itemInterface, u"IconPixmap"_s);
        QByteArray bytes;
        if (!value.canConvert<QDBusArgument>())
            return bytes;
        const auto argument = value.value<QDBusArgument>();
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0, height = 0;
            QByteArray pixels;
            argument.beginStructure();
            argument >> width >> height >> pixels;
            argument.endStructure();
            bytes += pixels;
        }
        argument.endArray();
        return bytes;
    }
    QList<MenuLine> menu() const
    {
        const auto [service, itemPath] = trayItem();
        const QString path =
            dbusProperty(service, itemPath, itemInterface, u"Menu"_s).value<QDBusObjectPath>().path();
        if (path.isEmpty())
            return {};
        QDBusMessage call = QDBusMessage::createMethodCall(service, path, menuInterface, u"GetLayout"_s);
        call.setArguments({0, -1, QStringList()});
        const QDBusMessage reply = QDBusConnection::sessionBus().call(call, QDBus::Block, 5000);
        QList<MenuLine> lines;
        if (reply.arguments().size() == 2)
            readMenu(reply.arguments().at(1).value<QDBusArgument>(), lines);
        return lines;
    }
    bool hasLine(const QString &label) const
    {
        for (const MenuLine &line : menu())
            if (line.visible && line.label.contains(label))
                return true;
        return false;
    }
    void chooseLine(const QString &label) const
    {
        const auto [service, itemPath] = trayItem();
        const QString path =
            dbusProperty(service, itemPath, itemInterface, u"Menu"_s).value<QDBusObjectPath>().path();
        for (const MenuLine &line : menu()) {
            if (line.label != label)
                continue;
            QDBusMessage call = QDBusMessage::createMethodCall(service, path, menuInterface, u"Event"_s);
            call.setArguments({line.id, u"clicked"_s, QVariant::fromValue(QDBusVariant(QString())), 0U});
            QDBusConnection::sessionBus().call(call, QDBus::Block, 5000);
            return;
        }
        QFAIL(qPrintable(u"no line %1 in the menu"_s.arg(label)));
    }
    /// Everything that the notification daemon was told so far.
    QString notified() const
    {
        QString all;
        for (const QString &what : {u"history"_s}) {
            QProcess dunstctl;
            dunstctl.start(u"dunstctl"_s, {what});
            dunstctl.waitForFinished(5000);
            all += QString::fromUtf8(dunstctl.readAllStandardOutput());
        }
        return all;
    }
    int notificationsShown() const
    {
        QProcess dunstctl;
        dunstctl.start(u"dunstctl"_s, {u"count"_s, u"displayed"_s});
        dunstctl.waitForFinished(5000);
        return dunstctl.readAllStandardOutput().trimmed().toInt();
    }
    /// Picks the button with \a text of a notification on the screen.
    void press(const QString &text) const
    {
        QFile picked(qEnvironmentVariable("HOME") + u"/press"_s);
        QVERIFY(picked.open(QIODevice::WriteOnly));
        picked.write(text.toUtf8());
        picked.close();
        QCOMPARE(QProcess::execute(u"dunstctl"_s, {u"context"_s}), 0);
    }
    /// Those on the screen go into the history, where their text can be read.
    void dismissNotifications() const { QProcess::execute(u"dunstctl"_s, {u"close-all"_s}); }
    static QByteArray question() { return chatBody("Hi", ",\"max_tokens\":100"); }
    int chat()
    {
        RawClient client(quint16(url().port()));
        client.write(request("POST", "/v1/chat/completions", key, question()));
        return client.read().status();
    }
    /// Types into the palette of the window and runs what it finds.
    void command(const QString &words) const
    {
        const auto xdotool = [](const QStringList &arguments) {
            QCOMPARE(QProcess::execute(u"xdotool"_s, arguments), 0);
        };
        xdotool({u"key"_s, u"ctrl+k"_s});
        xdotool({u"type"_s, u"--delay"_s, u"20"_s, words});
        xdotool({u"key"_s, u"Return"_s});
    }
    void configure(const QByteArray &more = {})
    {
        QFile config(file("config.yml"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(
            "provider: { apiKey: \"sk-provider-canary\", baseUrl: \"" + provider.url().toEncoded()
            + "\" }\n"
              "server: { port: "
            + QByteArray::number(port)
            + " }\n"
              "budgets: { defaultDaily: \"0.05\", defaultMonthly: none, timeZone: UTC, admission: soft"
            + more
            + " }\n"
              "rateLimits: { default: { rpm: 0, tpm: 0 } }\n"
              "cache: { enabled: false }\n");
    }
    /// The program as it was, with its core built anew: reachable, in the tray, and with a window.
    void isWhole()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!trayItem().first.isEmpty(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"Quit"_s), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(coloursOf(screen()) > 100, patienceMs);
        QCOMPARE(program.state(), QProcess::Running);
    }
    QByteArray lbp(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(LBP_BINARY_DIR "/bin/lbp"), places() + arguments);
        if (!process.waitForFinished(patienceMs) || process.exitCode() != 0)
            qWarning("lbp %s: %s", qPrintable(arguments.join(u' ')),
                     process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Each answer costs 1,000 output tokens at 10 dollars a million: one cent.
        provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(0, 1000)); };
        {
            QTcpServer one, other; // ports that nobody has now
            QVERIFY(one.listen(QHostAddress::LocalHost) && other.listen(QHostAddress::LocalHost));
            port = one.serverPort();
            otherPort = other.serverPort();
        }
        configure(", holdSeconds: 120");
        QFile prices(file("pricing.yml"));
        QVERIFY(prices.open(QIODevice::WriteOnly));
        prices.write(
            "models:\n  gpt-4o: { inputPer1M: \"2.50\", outputPer1M: \"10.00\", maxOutputTokens: 16384 }\n");
        prices.close();
        // What the window shows first is said once.
        QDir().mkpath(file("data"));
        QFile state(file("data/window.json"));
        QVERIFY(state.open(QIODevice::WriteOnly));
        state.write(R"({"guideShown": true, "theme": "Light", "page": "overview"})");
        state.close();
        QTRY_VERIFY_WITH_TIMEOUT(
            QDBusConnection::sessionBus().interface()->isServiceRegistered(watcher).value(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            dbusProperty(watcher, u"/StatusNotifierWatcher"_s, watcher, u"IsStatusNotifierHostRegistered"_s)
                .toBool(),
            patienceMs);
    }
    void cleanupTestCase()
    {
        if (program.state() != QProcess::NotRunning) {
            program.terminate();
            if (!program.waitForFinished(patienceMs))
                program.kill();
        }
    }

    void atLogInItStartsInTheTray()
    {
        const int before = coloursOf(screen());
        start({u"--hidden"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!url().isEmpty(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!trayItem().first.isEmpty(), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(toolTip().contains(u"$0.00"_s), qPrintable(toolTip()), patienceMs);
        QVERIFY(hasLine(u"Quit"_s));
        QCOMPARE(coloursOf(screen()), before); // no window
    }

    void theTrayFollowsWhatIsSpent()
    {
        const QByteArray made = lbp({u"key"_s, u"create"_s, u"laptop"_s, u"--json"_s});
        key = QJsonDocument::fromJson(made).object().value(u"key"_s).toString().toLatin1();
        QVERIFY2(key.startsWith("lbp_"), made.constData());
        const QByteArray second = lbp({u"key"_s, u"create"_s, u"small"_s, u"--budget"_s, u"0.01"_s,
                                       u"--period"_s, u"daily"_s, u"--json"_s});
        small = QJsonDocument::fromJson(second).object().value(u"key"_s).toString().toLatin1();
        QVERIFY2(small.startsWith("lbp_"), second.constData());
        const QByteArray icon = iconBytes();
        QCOMPARE(chat(), 200);
        QTRY_VERIFY_WITH_TIMEOUT(toolTip().contains(u"$0.01"_s), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"laptop: $0.01"_s), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(iconBytes() != icon, patienceMs);
    }

    void pausingFromTheTrayRefusesSpending()
    {
        const QByteArray icon = iconBytes();
        chooseLine(u"Until resumed"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"Resume spending"_s), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(iconBytes() != icon, patienceMs);
        QCOMPARE(chat(), 402);
        chooseLine(u"Resume spending"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"Pause spending"_s), patienceMs);
        QCOMPARE(chat(), 200);
    }

    void theDesktopTellsOfAThreshold()
    {
        dismissNotifications();
        QCOMPARE(chat(), 200);
        QCOMPARE(chat(), 200); // four cents of five
        QTRY_VERIFY_WITH_TIMEOUT(notificationsShown() > 0, patienceMs);
        dismissNotifications();
        QTRY_VERIFY_WITH_TIMEOUT(notified().contains(u"Budget warning"_s), patienceMs);
    }

    void aPressOnTheQuestionOfADesktopLetsARequestThrough()
    {
        const auto held = [this] {
            dismissNotifications();
            auto client = std::make_unique<RawClient>(quint16(url().port()));
            client->write(request("POST", "/v1/chat/completions", small, question()));
            return client;
        };
        QCOMPARE(held()->read().status(), 200); // the only cent of this key
        const int calls = provider.requestCount();
        auto once = held();
        QTRY_VERIFY_WITH_TIMEOUT(notificationsShown() > 0, patienceMs);
        QCOMPARE(provider.requestCount(), calls);
        press(u"Allow once"_s);
        QCOMPARE(once->read().status(), 200);
        QTRY_COMPARE_WITH_TIMEOUT(notificationsShown(), 0, patienceMs);

        auto blocked = held();
        QTRY_VERIFY_WITH_TIMEOUT(notificationsShown() > 0, patienceMs);
        press(u"Block"_s);
        QCOMPARE(blocked->read().status(), 402);
        QCOMPARE(provider.requestCount(), calls + 1);

        auto raised = held();
        QTRY_VERIFY_WITH_TIMEOUT(notificationsShown() > 0, patienceMs);
        press(u"today"_s);
        QCOMPARE(raised->read().status(), 200);
        QCOMPARE(held()->read().status(), 200); // without a question from now on
        QCOMPARE(provider.requestCount(), calls + 3);
        const QByteArray budgets = lbp({u"budget"_s, u"list"_s, u"--json"_s});
        QVERIFY2(budgets.contains("1.01") || budgets.contains("\"raised"), budgets.constData());
    }

    void aPressOnTheAlertOfADesktopRaisesTheLimit()
    {
        configure(); // nobody is asked any more
        QTRY_VERIFY_WITH_TIMEOUT(hasSaid("is in force"), patienceMs);
        dismissNotifications();
        QCOMPARE(chat(), 200); // the fifth cent of five
        const auto refused = [this] { return chat() == 402; };
        QTRY_VERIFY_WITH_TIMEOUT(refused(), patienceMs);
        const auto pressed = [this] {
            press(u"Raise today"_s);
            return chat() == 200;
        };
        QTRY_VERIFY_WITH_TIMEOUT(pressed(), patienceMs);
    }

    void aSecondStartRaisesTheWindow()
    {
        const QImage before = screen();
        QProcess second;
        second.start(program.program(), places());
        QVERIFY(second.waitForFinished(patienceMs));
        QCOMPARE(second.exitCode(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(coloursOf(screen()) > coloursOf(before) + 50, patienceMs);
        QCOMPARE(program.state(), QProcess::Running);
    }

    void theWindowFollowsARequest()
    {
        // Where the overview has what was spent today; elsewhere a clock goes on and notifications end.
        const auto spentToday = [] { return screen().copy(240, 155, 220, 40); };
        QImage before;
        const bool settled = QTest::qWaitFor(
            [&] {
                const QImage now = spentToday();
                return now == std::exchange(before, now);
            },
            patienceMs);
        QVERIFY(settled);
        QCOMPARE(chat(), 200);
        QTRY_VERIFY_WITH_TIMEOUT(spentToday() != before, patienceMs);
    }

    void aRestartFromTheWindowListensOnTheNewPort()
    {
        QCOMPARE(url().port(), int(port));
        std::swap(port, otherPort);
        configure();
        command(u"restart the proxy"_s);
        QTRY_COMPARE_WITH_TIMEOUT(url().port(), int(port), patienceMs);
        isWhole();
        QCOMPARE(chat(), 200);
        QTcpSocket old;
        old.connectToHost(QHostAddress::LocalHost, otherPort);
        QVERIFY(!old.waitForConnected(2000));
    }

    void aRestoreFromTheWindowIsInForce()
    {
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"laptop: "_s), patienceMs);
        const QString before = toolTip();
        const QString copy = file("copy.sqlite");
        lbp({u"backup"_s, copy});
        QVERIFY(QFile::exists(copy));
        QCOMPARE(chat(), 200);
        QTRY_VERIFY_WITH_TIMEOUT(toolTip() != before, patienceMs);
        QFile admin(file("data/admin.key"));
        QVERIFY(admin.open(QIODevice::ReadOnly));
        RawClient client(port);
        client.write(request("POST", "/api/restore", admin.readAll().trimmed(),
                             QJsonDocument(QJsonObject{{u"file"_s, copy}}).toJson()));
        QCOMPARE(client.read().status(), 200);
        command(u"restart the proxy"_s);
        QTRY_COMPARE_WITH_TIMEOUT(toolTip(), before, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!url().isEmpty(), patienceMs);
        isWhole();
        QCOMPARE(chat(), 200);
    }

    void anotherLanguageIsSpokenAtOnceAndTheProxyGoesOn()
    {
        RawClient during(port); // a connection that a restart of the core would close
        during.write(request("POST", "/v1/chat/completions", key, question()));
        QCOMPARE(during.read().status(), 200);
        command(u"deutsch"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"Beenden"_s), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(coloursOf(screen()) > 100, patienceMs);
        during.write(request("POST", "/v1/chat/completions", key, question()));
        QCOMPARE(during.read().status(), 200);
        command(u"english"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasLine(u"Quit"_s), patienceMs);
        isWhole();
    }

    void endingItDrainsAndLeavesTheLedgerWhole()
    {
        QTRY_VERIFY_WITH_TIMEOUT(toolTip().contains(u"$0."_s), patienceMs);
        const QString tip = toolTip();
        const QByteArray today = tip.mid(tip.indexOf(u"$0."_s) + 1, 4).toLatin1();
        program.terminate();
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        output += program.readAll();
        QVERIFY2(!output.contains(".qml:") && !output.contains("Binding loop"), output.constData());
        QVERIFY(!output.contains("sk-provider-canary") && !output.contains(key));
        const QByteArray usage = lbp({u"usage"_s, u"--json"_s});
        QVERIFY2(usage.contains(today), usage.constData());
    }
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
