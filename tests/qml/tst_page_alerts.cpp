// Alerts: what was told, where it goes, which of it and when, with real clicks over the real core.
#include "control/control.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestAlertsPage : public QObject
{
    Q_OBJECT
    static void replace(Gui &gui, const QString &name, const QString &text)
    {
        QQuickItem *item = gui.item(name);
        QVERIFY2(item, qPrintable(name));
        item->forceActiveFocus(Qt::TabFocusReason);
        QTRY_VERIFY(item->hasActiveFocus());
        gui.press(Qt::Key_A, Qt::ControlModifier);
        gui.type(text);
    }
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void everyEventHasALineOfItsOwn_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("side by side") << QSize(1280, 800);
        QTest::newRow("below each other") << QSize(760, 520);
    }
    void everyEventHasALineOfItsOwn()
    {
        QFETCH(QSize, size);
        Gui::Options options;
        options.size = size;
        options.page = u"keys"_s;
        Gui gui(std::move(options));
        QVERIFY(gui.show(gui::Navigator::Keys));
        QVERIFY(gui.show(gui::Navigator::Alerts));
        (void)gui.picture();
        double below = -1;
        const QVariantList events = gui.app->alerts()->events();
        QVERIFY(events.size() >= 6);
        for (const QVariant &event : events) {
            const QQuickItem *line = gui.named(event.toMap().value(u"text"_s).toString());
            QVERIFY2(line, qPrintable(event.toMap().value(u"text"_s).toString()));
            const double top = line->mapToScene({}).y();
            QVERIFY2(top >= below,
                     qPrintable(u"%1 at %2 overlaps"_s.arg(line->property("text").toString()).arg(top)));
            below = top + line->height();
        }
    }

    void anEventIsSwitchedOffInTheFileAndOnAgain()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Alerts));
        (void)gui.picture();
        const QVariantMap first = gui.app->alerts()->events().constFirst().toMap();
        const QString event = first.value(u"event"_s).toString();
        QVERIFY(first.value(u"on"_s).toBool());
        gui.click(gui.named(first.value(u"text"_s).toString()));
        QTRY_VERIFY(!gui.app->alerts()->events().constFirst().toMap().value(u"on"_s).toBool());
        QTRY_VERIFY(contents(gui.desktop.configPath).contains("events:"));
        QVERIFY(!gui.core->config()->alerts.events.contains(event));
        (void)gui.picture();
        gui.click(gui.named(first.value(u"text"_s).toString()));
        QTRY_VERIFY(gui.core->config()->alerts.events.contains(event)
                    || gui.core->config()->alerts.events.isEmpty());
    }

    void aWebhookIsSavedTriedAndItsAnswerIsSaid()
    {
        Gui::Options options;
        options.config = "alerts: { allowPrivateTargets: true }\n";
        Gui gui(std::move(options));
        QByteArray told;
        int status = 200;
        gui.provider.onRequest = [&](ProviderCall &call) {
            told = call.body();
            call.json(status, "{}");
        };
        QVERIFY(gui.show(gui::Navigator::Alerts));
        replace(gui, u"webhookUrl"_s, u"not an address"_s);
        QVERIFY(!gui.item(u"webhookSave"_s)->isEnabled());
        replace(gui, u"webhookUrl"_s, gui.provider.url().toString() + u"/hook"_s);
        gui.click(gui.item(u"webhookSave"_s));
        QTRY_VERIFY(contents(gui.desktop.configPath).contains("/hook"));
        QTRY_VERIFY(gui.item(u"webhookTest"_s)->isEnabled());
        gui.click(gui.item(u"webhookTest"_s));
        QQuickItem *result = gui.item(u"webhookResult"_s);
        QVERIFY(result);
        QTRY_COMPARE(result->property("tone").toString(), u"ok"_s);
        QVERIFY(!told.isEmpty());
        status = 400; // one that no second try would help
        gui.click(gui.item(u"webhookTest"_s));
        QTRY_COMPARE(result->property("tone").toString(), u"danger"_s);
        QVERIFY2(result->property("title").toString().contains(u"400"_s),
                 qPrintable(result->property("title").toString()));
    }

    void quietHoursAreReadWhileTheyAreTyped()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Alerts));
        replace(gui, u"quietHours"_s, u"25:00"_s);
        QVERIFY(!gui.item(u"quietSave"_s)->isEnabled());
        replace(gui, u"quietHours"_s, u"22:00-07:00"_s);
        QVERIFY(gui.item(u"quietSave"_s)->isEnabled());
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(gui.app->alerts()->quietHours(), u"22:00-07:00"_s);
        QVERIFY(contents(gui.desktop.configPath).contains("22:00-07:00"));
    }

    void whatHappensIsInTheHistoryAtOnce()
    {
        Gui gui;
        const QByteArray key = gui.addKey(u"ci"_s, {{Period::Daily, "0.01"}});
        QVERIFY(gui.show(gui::Navigator::Alerts));
        gui::AlertHistory &history = *gui.app->alerts()->history();
        QTRY_COMPARE(history.count(), 0);
        QCOMPARE(gui.chat(key, chatBody("Hi", ",\"max_tokens\":5000")).status(), 402);
        QTRY_COMPARE(history.count(), 1);
        QVERIFY(history.data(history.index(0), gui::AlertHistory::TextRole).toString().contains(u"ci"_s));
        history.setEvent(u"upstreamDown"_s);
        QTRY_COMPARE(history.count(), 0);
        QVERIFY(gui.named(u"No alert like this"_s) || history.isFiltered());
        history.setEvent({});
        QTRY_COMPARE(history.count(), 1);
        replace(gui, u"alertSearch"_s, u"nobody"_s);
        QTRY_COMPARE(history.count(), 0);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestAlertsPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_alerts.moc"
