// What a screen reader is told: every control of every page that can have the focus has a name and says what
// it is.
#include "support/guiharness.h"
#include "support/harness.h"

#include <QAccessible>
#include <QApplication>
#include <QMetaEnum>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using gui::Navigator;

namespace {

/// Where an item stands, for people.
QString placeOf(const QQuickItem *item)
{
    QStringList names;
    for (const QQuickItem *at = item; at != nullptr && names.size() < 4; at = at->parentItem()) {
        QString name = QString::fromLatin1(at->metaObject()->className()).section(u"_QML"_s, 0, 0);
        if (!at->objectName().isEmpty())
            name += u" \"%1\""_s.arg(at->objectName());
        names.append(name);
    }
    return names.join(u" in "_s);
}

struct Heard
{
    int focusable = 0;
    QStringList mute; ///< what has no name or says nothing of what it is

    void listen(QQuickItem *item)
    {
        if (!item->isVisible() || !item->isEnabled())
            return;
        const QList<QQuickItem *> children = item->childItems();
        for (QQuickItem *child : children)
            listen(child);
        if (!item->activeFocusOnTab() || item->width() <= 0 || item->height() <= 0)
            return;
        ++focusable;
        QAccessibleInterface *const told = QAccessible::queryAccessibleInterface(item);
        if (told == nullptr)
            return mute.append(placeOf(item) + u": nothing"_s);
        const QAccessible::Role role = told->role();
        if (told->text(QAccessible::Name).trimmed().isEmpty())
            mute.append(placeOf(item) + u": no name"_s);
        if (role == QAccessible::NoRole || role == QAccessible::Client)
            mute.append(placeOf(item) + u": no role"_s);
    }
};

Gui::Options full()
{
    Gui::Options options;
    options.seed = [](Store &store, Instant now) { seedLedger(store, now, 5); };
    return options;
}

} // namespace

class TestAccessible : public QObject
{
    Q_OBJECT
    static void verify(Gui &gui, int least)
    {
        (void)gui.picture(); // everything is made and lies where it stays
        Heard heard;
        heard.listen(gui.window->contentItem());
        QVERIFY2(heard.mute.isEmpty(), qPrintable(heard.mute.join(u'\n')));
        QVERIFY2(heard.focusable >= least, qPrintable(QString::number(heard.focusable)));
    }
private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void everyControlOfAPageHasANameAndARole_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<bool>("isFull");
        const QMetaEnum pages = QMetaEnum::fromType<Navigator::Page>();
        for (int i = 0; i < pages.keyCount(); ++i)
            for (const bool isFull : {true, false})
                QTest::addRow("%s, %s", pages.key(i), isFull ? "full" : "empty") << pages.value(i) << isFull;
    }
    void everyControlOfAPageHasANameAndARole()
    {
        QFETCH(int, page);
        QFETCH(bool, isFull);
        Gui gui(isFull ? full() : Gui::Options());
        QVERIFY(gui.show(Navigator::Page(page)));
        verify(gui, page == Navigator::Guide ? 2 : 10);
    }

    void everyTopicOfTheSettingsToo()
    {
        Gui gui;
        QVERIFY(gui.show(Navigator::Settings));
        const QVariantList sections = gui.app->settings()->sections();
        for (const QVariant &section : sections) {
            gui.app->settings()->setSection(section.toMap().value(u"id"_s).toString());
            verify(gui, 10);
        }
    }

    void dialogsAndPanelsToo_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("palette") << QString();
        QTest::newRow("a key") << u"keys.create"_s;
        QTest::newRow("simulator") << u"keys.simulate"_s;
        QTest::newRow("a budget") << u"budgets.add"_s;
        QTest::newRow("export") << u"requests.exportCsv"_s;
        QTest::newRow("a price") << u"prices.add"_s;
        QTest::newRow("import") << u"prices.import"_s;
    }
    void dialogsAndPanelsToo()
    {
        QFETCH(QString, command);
        Gui gui(full());
        QVERIFY(gui.show(Navigator::Overview));
        if (command.isEmpty()) {
            gui.press(Qt::Key_K, Qt::ControlModifier);
        } else {
            QStringList known;
            for (const gui::CommandModel::Command &one : gui.commands.all())
                known.append(one.id);
            QVERIFY2(gui.commands.run(command), qPrintable(known.join(u' ')));
        }
        verify(gui, 2);
    }

    void thePanelThatExplainsARequestToo()
    {
        Gui gui(full());
        QVERIFY(gui.show(Navigator::Requests));
        QTRY_VERIFY(gui.app->requests()->list()->count() > 0);
        QTRY_VERIFY(!gui.app->requests()->list()->idAt(0).isEmpty());
        gui.app->requests()->detail()->show(gui.app->requests()->list()->idAt(0));
        QVERIFY(gui.item(u"requestDetail"_s));
        verify(gui, 12);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestAccessible test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_accessible.moc"
