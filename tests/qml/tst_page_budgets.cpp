// The page of the budgets, with real clicks and keys, over the real proxy.
#include "control/control.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using gui::BudgetTree;

namespace {

void answerAll(FakeProvider &provider)
{
    provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
}

/// Without a cache: a repeated request must be decided anew, not answered for nothing.
Gui::Options uncached()
{
    Gui::Options options;
    options.config = "cache: { enabled: false }\n";
    return options;
}

QVariant at(Gui &gui, const QString &line, int role)
{
    const BudgetTree &tree = *gui.app->budgets()->tree();
    const int row = tree.rowOf(line);
    return row < 0 ? QVariant() : tree.data(tree.index(row), role);
}

Money money(const char *dollars)
{
    return *Money::fromDecimal(QString::fromLatin1(dollars));
}

} // namespace

class TestBudgetsPage : public QObject
{
    Q_OBJECT
    /// Puts the keyboard on a line of the tree.
    static void choose(Gui &gui, const QString &line)
    {
        QQuickItem *list = gui.item(u"tree"_s);
        QVERIFY(list);
        list->forceActiveFocus(Qt::TabFocusReason);
        QTRY_VERIFY(gui.app->budgets()->tree()->rowOf(line) >= 0);
        list->setProperty("currentIndex", gui.app->budgets()->tree()->rowOf(line));
    }
    static QString keyLine(Gui &gui, const QString &name, const QString &period)
    {
        return u"key/%1/%2"_s.arg(gui.keyId(name)).arg(period);
    }
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void theTreeHoldsEverythingTeamsProjectsAndKeys()
    {
        Gui gui(uncached());
        gui.addKey(u"ci"_s, {}, [](KeyRecord &key) {
            key.team = u"web"_s;
            key.project = u"shop"_s;
        });
        gui.addKey(u"laptop"_s);
        QVERIFY(gui.show(gui::Navigator::Budgets));
        QTRY_VERIFY(at(gui, u"global"_s, BudgetTree::LabelRole).isValid());
        QCOMPARE(at(gui, u"global"_s, BudgetTree::HasBudgetRole).toBool(), false);
        QCOMPARE(at(gui, u"team/web"_s, BudgetTree::ChildrenRole).toInt(), 1);
        QCOMPARE(at(gui, u"project/shop"_s, BudgetTree::HasBudgetRole).toBool(), false);
        const QString ci = keyLine(gui, u"ci"_s, u"daily"_s);
        QCOMPARE(at(gui, ci, BudgetTree::LimitRole).toString(), u"$10.00"_s);
        QCOMPARE(at(gui, ci, BudgetTree::SourceRole).toString(), u"from settings"_s);
        QCOMPARE(at(gui, ci, BudgetTree::CanRemoveRole).toBool(), false);
        QCOMPARE(at(gui, keyLine(gui, u"laptop"_s, u"monthly"_s), BudgetTree::LimitRole).toString(),
                 u"$100.00"_s);
        BudgetTree &tree = *gui.app->budgets()->tree();
        const int before = tree.count();
        tree.setExpanded(tree.rowOf(u"team/web"_s), false);
        QCOMPARE(tree.count(), before - 2);
        tree.setSearch(u"ci"_s); // found wherever it lies
        QVERIFY(tree.rowOf(ci) >= 0);
        QVERIFY(tree.rowOf(keyLine(gui, u"laptop"_s, u"daily"_s)) < 0);
    }

    void aLimitTypedInPlaceBindsTheNextRequest()
    {
        Gui gui(uncached());
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Budgets));
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        const QString line = keyLine(gui, u"ci"_s, u"daily"_s);
        choose(gui, line);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.item(u"limitField"_s) && gui.item(u"limitField"_s)->hasActiveFocus());
        gui.type(u"0.001"_s); // over what was selected
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(at(gui, line, BudgetTree::LimitRole).toString(), u"$0.001"_s);
        QCOMPARE(at(gui, line, BudgetTree::SourceRole).toString(), QString());
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
        QTRY_VERIFY(gui.item(u"tree"_s)->hasActiveFocus()); // and the keyboard stays where it was
        // Undo of a limit that stood in place of a default brings the default back.
        gui.toasts.trigger(gui.toasts.data(gui.toasts.index(0), gui::ToastModel::IdRole).toInt(), 0);
        QTRY_COMPARE(at(gui, line, BudgetTree::SourceRole).toString(), u"from settings"_s);
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
    }

    void whatIsNoAmountIsSaidAndEscapeLeavesTheLimitAsItWas()
    {
        Gui gui(uncached());
        gui.addKey(u"ci"_s, {{Period::Daily, "5"}});
        QVERIFY(gui.show(gui::Navigator::Budgets));
        const QString line = keyLine(gui, u"ci"_s, u"daily"_s);
        choose(gui, line);
        gui.press(Qt::Key_F2);
        QTRY_VERIFY(gui.item(u"limitField"_s) && gui.item(u"limitField"_s)->hasActiveFocus());
        gui.type(u"1,5"_s);
        QVERIFY(!gui.app->budgets()->edit()->error().isEmpty());
        gui.press(Qt::Key_Return);
        QCOMPARE(gui.app->budgets()->editing(), line);
        gui.press(Qt::Key_Escape);
        QTRY_COMPARE(gui.app->budgets()->editing(), QString());
        QCOMPARE(at(gui, line, BudgetTree::LimitRole).toString(), u"$5.00"_s);
        QCOMPARE(gui.toasts.rowCount(), 0);
    }

    void aLimitIsClickedAndEditedWithTheMouse()
    {
        Gui gui(uncached());
        gui.addKey(u"ci"_s, {{Period::Daily, "5"}});
        QVERIFY(gui.show(gui::Navigator::Budgets));
        QQuickItem *value = gui.named(u"Change the limit of $5.00"_s);
        QVERIFY(value);
        gui.click(value);
        QTRY_VERIFY(gui.item(u"limitField"_s) && gui.item(u"limitField"_s)->hasActiveFocus());
        gui.type(u"7"_s);
        gui.click(gui.item(u"searchField"_s)); // leaving the field writes it too
        QTRY_COMPARE(at(gui, keyLine(gui, u"ci"_s, u"daily"_s), BudgetTree::LimitRole).toString(),
                     u"$7.00"_s);
    }

    void aLimitForATeamThatHasNoneYetIsAddedAndHolds()
    {
        Gui gui(uncached());
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"ci"_s, {}, [](KeyRecord &record) { record.team = u"web"_s; });
        QVERIFY(gui.show(gui::Navigator::Budgets));
        gui.click(gui.item(u"addButton"_s));
        QVERIFY(gui.item(u"limit"_s));
        gui.app->budgets()->form()->setScope(int(ScopeKind::Team));
        QQuickItem *name = gui.item(u"scopeName"_s);
        QVERIFY(name);
        (void)gui.picture(); // everything has found its place
        gui.click(name);
        gui.type(u"w"_s);
        gui.press(Qt::Key_Down);
        gui.press(Qt::Key_Return);
        QCOMPARE(gui.app->budgets()->form()->name()->text(), u"web"_s);
        (void)gui.picture();
        gui.click(gui.item(u"limit"_s));
        gui.type(u"0.0001"_s);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(at(gui, u"team/web/daily"_s, BudgetTree::LimitRole).toString(), u"$0.0001"_s);
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
        // Removed, it binds nobody; undone, it does again.
        choose(gui, u"team/web/daily"_s);
        gui.press(Qt::Key_Delete);
        QTRY_VERIFY(gui.app->budgets()->tree()->rowOf(u"team/web/daily"_s) < 0);
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        const int newest = gui.toasts.rowCount() - 1;
        gui.toasts.trigger(gui.toasts.data(gui.toasts.index(newest), gui::ToastModel::IdRole).toInt(), 0);
        QTRY_VERIFY(gui.app->budgets()->tree()->rowOf(u"team/web/daily"_s) >= 0);
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
    }

    void aRaisedLimitLetsRequestsThroughUntilItResets()
    {
        Gui gui(uncached());
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"ci"_s, {{Period::Daily, "0.001"}});
        QVERIFY(gui.show(gui::Navigator::Budgets));
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
        const QString line = keyLine(gui, u"ci"_s, u"daily"_s);
        choose(gui, line);
        gui.press(Qt::Key_Plus);
        QQuickItem *field = gui.item(u"raiseAmount"_s);
        QVERIFY(field);
        gui.click(gui.named(u"+$1.00"_s));
        QTRY_COMPARE(field->property("text").toString(), u"1.00"_s);
        gui.click(gui.named(u"Raise"_s));
        QTRY_COMPARE(at(gui, line, BudgetTree::LimitRole).toString(), u"$1.001"_s);
        QVERIFY(at(gui, line, BudgetTree::RaisedRole).toString().contains(u"$1.00"_s));
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        gui.clock.advance(std::chrono::hours(25));
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
        QTRY_COMPARE(at(gui, line, BudgetTree::LimitRole).toString(), u"$0.001"_s);
    }

    void whatIsSpentAndReservedIsLive()
    {
        Gui gui(uncached());
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Budgets));
        const QString line = keyLine(gui, u"ci"_s, u"daily"_s);
        QTRY_COMPARE(at(gui, line, BudgetTree::ReservedRole).toString(), QString());
        RawClient client(gui.port());
        client.write(request("POST", "/v1/chat/completions", key, chatBody()));
        ProviderCall &call = gui.provider.call();
        QTRY_VERIFY(!at(gui, line, BudgetTree::ReservedRole).toString().isEmpty());
        QVERIFY(at(gui, line, BudgetTree::ReservedFractionRole).toDouble() > 0);
        call.json(200, chatAnswer(100, 50));
        QCOMPARE(client.read().status(), 200);
        QTRY_COMPARE(at(gui, line, BudgetTree::SpentRole).toString(), u"$0.00075"_s);
        QTRY_COMPARE(at(gui, line, BudgetTree::ReservedRole).toString(), QString());
        QVERIFY(at(gui, line, BudgetTree::ResetsRole).toString().startsWith(u"in "_s));
        QVERIFY(at(gui, line, BudgetTree::ResetsExactRole).toString().contains(u"00:00:00"_s));
    }

    void anAmountIsTypedInTheNotationOfThePersonAndStaysExact()
    {
        Gui::Options options;
        options.locale = QLocale(QLocale::German, QLocale::Germany);
        Gui gui(options);
        gui.addKey(u"ci"_s, {{Period::Daily, "5"}});
        QVERIFY(gui.show(gui::Navigator::Budgets));
        const QString line = keyLine(gui, u"ci"_s, u"daily"_s);
        choose(gui, line);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.item(u"limitField"_s) && gui.item(u"limitField"_s)->hasActiveFocus());
        QCOMPARE(gui.app->budgets()->edit()->text(), u"5,00"_s);
        gui.type(u"1.234,567890123456"_s);
        gui.press(Qt::Key_Return);
        const Scope scope{ScopeKind::Key, QString::number(gui.keyId(u"ci"_s))};
        QTRY_COMPARE(gui.app->budgets()->tree()->find(scope, Period::Daily)->budget.limit.picodollars(),
                     money("1234.567890123456").picodollars());
    }

    void tenThousandKeysOpenAndSearchWithinAFrameOrTwo()
    {
        Gui::Options options;
        options.seed = [](Store &store, Instant now) {
            QFuture<Result<KeyRecord>> last;
            for (int i = 0; i < 10'000; ++i) {
                KeyRecord key;
                key.name = u"key-%1"_s.arg(i);
                key.team = u"team-%1"_s.arg(i % 40);
                key.sha256 = sha256(key.name.toUtf8());
                key.last4 = u"abcd"_s;
                key.createdAt = now;
                last = store.insertKey(key, {});
            }
            last.waitForFinished();
        };
        Gui gui(options);
        QVERIFY(gui.show(gui::Navigator::Budgets));
        BudgetTree &tree = *gui.app->budgets()->tree();
        QTRY_COMPARE(tree.count(), 41); // teams begin closed
        QElapsedTimer timer;
        timer.start();
        tree.setExpanded(tree.rowOf(u"team/team-7"_s), true);
        QCOMPARE(tree.count(), 41 + 500);
        tree.setSearch(u"key-7777"_s);
        QCOMPARE(tree.count(), 4); // everything, its team, and its day and month
        tree.setSearch({});
        // Bounds a thing that is quadratic, not one that is a little slow.
        QVERIFY2(timer.elapsed() < 1'500, qPrintable(QString::number(timer.elapsed())));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestBudgetsPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_budgets.moc"
