// The page of the keys, with real clicks and keys, over the real proxy.
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

namespace {

/// Answers each chat at once: 100 tokens in, 50 out, $0.00075 with gpt-4o.
void answerAll(FakeProvider &provider)
{
    provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
}

} // namespace

class TestKeysPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void aKeyIsCreatedShownOnceAndBoundByItsBudget()
    {
        QByteArray plaintext;
        QString stateFile;
        Gui gui;
        answerAll(gui.provider);
        QVERIFY(gui.show(gui::Navigator::Keys));
        QVERIFY2(gui.named(u"Create the first key"_s), "an empty page says what to do");
        gui.press(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(gui.item(u"name"_s));
        QTRY_VERIFY(gui.item(u"name"_s)->hasActiveFocus());
        gui.type(u"laptop"_s);
        gui.click(gui.item(u"team"_s));
        gui.type(u"web"_s);
        gui.click(gui.item(u"amountper day"_s));
        gui.type(u"0.20"_s);
        QTRY_VERIFY(gui.item(u"summary"_s)->property("text").toString().contains(u"$0.20"_s));
        gui.press(Qt::Key_Return);

        QQuickItem *shown = gui.item(u"plaintext"_s);
        QVERIFY(shown);
        plaintext = shown->property("value").toString().toLatin1();
        QVERIFY(looksLikeVirtualKey(plaintext));
        const QString lines = gui.item(u"exportLines"_s)->property("text").toString();
        QCOMPARE(lines,
                 u"export OPENAI_BASE_URL=%1/v1\nexport OPENAI_API_KEY=%2"_s.arg(
                     gui.desktop.url.toString(), QString::fromLatin1(plaintext)));

        QCOMPARE(gui.chat(plaintext, chatBody()).status(), 200);
        // $0.20 do not hold 30,000 tokens of output at $10 a million.
        const Answer refused = gui.chat(
            plaintext,
            R"({"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],"max_tokens":16000,"n":4})");
        QVERIFY2(refused.status() == 402 || !refused.header("X-Max-Tokens-Clamped").isEmpty(),
                 refused.body.constData());

        // Closing without having copied asks first.
        gui.click(gui.named(u"Done"_s));
        QVERIFY(gui.named(u"Close without copying"_s));
        QVERIFY(gui.app->keys()->reveal()->isOpen());
        gui.click(gui.named(u"Close without copying"_s));
        QTRY_VERIFY(gui.item(u"plaintext"_s, 0) == nullptr);
        QCOMPARE(gui.app->keys()->reveal()->plaintext(), QString());
        QCOMPARE(gui.app->keys()->reveal()->exportLines(), QString());
        QTRY_COMPARE(gui.app->keys()->table()->count(), 1);

        stateFile = gui.directory.filePath(u"data/window.json"_s);
        gui.state.get()->setValue(u"test"_s, 1);
        for (const QString &name : {stateFile, gui.desktop.configPath}) {
            QFile file(name);
            if (file.open(QIODevice::ReadOnly))
                QVERIFY2(!file.readAll().contains(plaintext), "the plaintext was written to a file");
        }
        QCOMPARE(gui.desktop.clipboard.toLatin1().contains(plaintext), false);
    }

    void whatIsWrongIsSaidInWordsAndNothingIsWritten()
    {
        Gui gui;
        gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.click(gui.item(u"createButton"_s));
        QTRY_VERIFY(gui.item(u"name"_s) && gui.item(u"name"_s)->hasActiveFocus());
        gui::KeyEditor &editor = *gui.app->keys()->editor();
        QCOMPARE(editor.name()->error(), QString()); // not before something was typed
        gui.type(u"ci"_s);
        QVERIFY2(editor.name()->error().contains(u"already"_s), qPrintable(editor.name()->error()));
        gui.press(Qt::Key_Return);
        QVERIFY(editor.isOpen() && !editor.isBusy());
        gui.type(u"2"_s);
        QCOMPARE(editor.name()->error(), QString());
        gui.click(gui.item(u"rpm"_s));
        gui.type(u"many"_s);
        QVERIFY(!editor.rpm()->error().isEmpty());
        gui.click(gui.item(u"amountper day"_s));
        gui.type(u"1,5"_s);
        const QList<QVariant> amounts = editor.amounts();
        auto *day = amounts.first().toMap().value(u"value"_s).value<gui::FormValue *>();
        QVERIFY2(!day->error().isEmpty(), "1,5 is no amount where the comma groups thousands");
        gui.press(Qt::Key_Return);
        QVERIFY(editor.isOpen());
        QCOMPARE(gui.core->control().keys().size(), 1);
        gui.press(Qt::Key_Escape);
        QTRY_VERIFY(!editor.isOpen());
    }

    void aRevokedKeyIsRefusedAtOnceAndUndoBringsItBack()
    {
        Gui gui;
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.app->keys()->open(gui.keyId(u"ci"_s));
        QVERIFY(gui.item(u"revokeButton"_s));
        QTRY_COMPARE(gui.item(u"detailPanel"_s)->width(),
                     gui.item(u"detailPanel"_s)->property("shownWidth").toReal());
        gui.click(gui.item(u"revokeButton"_s));
        QVERIFY(gui.named(u"Undo"_s));
        QCOMPARE(gui.chat(key, chatBody()).status(), 401);
        QTRY_COMPARE(gui.toasts.rowCount(), 1);
        gui.toasts.trigger(gui.toasts.data(gui.toasts.index(0), gui::ToastModel::IdRole).toInt(), 0);
        QTRY_COMPARE(gui.core->control().key(gui.keyId(u"ci"_s))->status, KeyStatus::Active);
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
    }

    void afterTheTimeForAnUndoARevocationIsFinal()
    {
        Gui gui;
        const QByteArray key = gui.addKey(u"ci"_s);
        const KeyId id = gui.keyId(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.app->keys()->revoke(id);
        QTRY_COMPARE(gui.toasts.rowCount(), 1);
        (void)gui.core->control().finishRevocations();
        QTRY_COMPARE(gui.core->control().key(id)->status, KeyStatus::Revoked);
        QTRY_COMPARE(gui.toasts.rowCount(), 0); // nothing offers what cannot be done any more
        QTRY_COMPARE(gui.app->keys()->table()->count(), 0);
        gui.click(gui.named(u"Ended"_s));
        QTRY_COMPARE(gui.app->keys()->table()->count(), 1);
        gui.app->keys()->undoRevoke(id);
        QTRY_COMPARE(gui.toasts.rowCount(), 1);
        QCOMPARE(gui.toasts.data(gui.toasts.index(0), gui::ToastModel::ToneRole).toString(), u"danger"_s);
    }

    void pauseAndResumeTakeEffectForTheNextRequest()
    {
        Gui gui;
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.app->keys()->open(gui.keyId(u"ci"_s));
        QQuickItem *button = gui.item(u"pauseButton"_s);
        QVERIFY(button);
        QTRY_COMPARE(gui.item(u"detailPanel"_s)->width(),
                     gui.item(u"detailPanel"_s)->property("shownWidth").toReal());
        gui.click(button);
        QTRY_COMPARE(button->property("text").toString(), u"Resume"_s);
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
        gui.click(button);
        QTRY_COMPARE(button->property("text").toString(), u"Pause"_s);
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
    }

    void aRotatedKeyKeepsItsOldSecretForTheGraceAndNoLonger()
    {
        Gui gui;
        answerAll(gui.provider);
        const QByteArray old = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.app->keys()->askRotate(gui.keyId(u"ci"_s));
        QVERIFY(gui.item(u"grace"_s));
        gui.click(gui.named(u"Rotate"_s)); // a day, as it stands
        QVERIFY(gui.item(u"plaintext"_s));
        const QByteArray fresh = gui.item(u"plaintext"_s)->property("value").toString().toLatin1();
        QVERIFY(fresh != old && looksLikeVirtualKey(fresh));
        QCOMPARE(gui.chat(fresh, chatBody()).status(), 200);
        QCOMPARE(gui.chat(old, chatBody()).status(), 200);
        gui.clock.advance(std::chrono::hours(25));
        QCOMPARE(gui.chat(old, chatBody()).status(), 401);
        QCOMPARE(gui.chat(fresh, chatBody()).status(), 200);
    }

    void anEditedLimitBindsTheNextRequest()
    {
        Gui gui;
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"ci"_s, {{Period::Daily, "5"}});
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.app->keys()->edit(gui.keyId(u"ci"_s));
        QVERIFY(gui.item(u"modelEntry"_s));
        gui::KeyEditor &editor = *gui.app->keys()->editor();
        auto *day = editor.amounts().first().toMap().value(u"value"_s).value<gui::FormValue *>();
        QCOMPARE(day->text(), u"5.00"_s);
        QTRY_VERIFY(gui.item(u"name"_s)->hasActiveFocus());
        editor.modelEntry()->setText(u"gpt-4o-mini, o1*"_s);
        gui.press(Qt::Key_Return); // takes what is typed, and saves
        QTRY_VERIFY(!editor.isOpen());
        QCOMPARE(gui.core->control().key(gui.keyId(u"ci"_s))->allowedModels,
                 (QStringList{u"gpt-4o-mini"_s, u"o1*"_s}));
        QCOMPARE(gui.chat(key, chatBody()).status(), 403);
        // Its budget was not touched by what was not changed.
        QFuture<Result<KeyView>> view = gui.core->control().view(gui.keyId(u"ci"_s));
        QVERIFY(Gui::until([&] { return view.isFinished(); }));
        const auto budgets = view.result()->budgets;
        QVERIFY(std::any_of(budgets.begin(), budgets.end(), [](const BudgetStatus &status) {
            return status.budget.period == Period::Daily && status.budget.limit == *Money::fromDecimal(u"5");
        }));
    }

    void anExpiryIsTheEndOfTheDayThatIsTyped()
    {
        Gui gui;
        answerAll(gui.provider);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.app->keys()->create();
        gui::KeyEditor &editor = *gui.app->keys()->editor();
        editor.name()->setText(u"guest"_s);
        editor.setExpiryChoice(gui::KeyEditor::OnDate);
        editor.expiryDate()->setText(u"2001-02-03"_s);
        QVERIFY(!editor.expiryDate()->error().isEmpty());
        const QDate today = QDateTime::fromMSecsSinceEpoch(toMicros(gui.clock.now()) / 1000, Qt::UTC).date();
        editor.expiryDate()->setText(today.toString(Qt::ISODate));
        QCOMPARE(editor.expiryDate()->error(), QString());
        QVERIFY(editor.submit());
        QTRY_VERIFY(gui.app->keys()->reveal()->isOpen());
        const QByteArray key = gui.app->keys()->reveal()->plaintext().toLatin1();
        QCOMPARE(gui.core->control().keyByName(u"guest")->expiresAt,
                 std::optional(periodSpan(Period::Daily, gui.clock.now(), QTimeZone::utc()).end));
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        gui.clock.advance(std::chrono::hours(24));
        QCOMPARE(gui.chat(key, chatBody()).status(), 401);
    }

    void whatAKeySpendsShowsAndIsSortedBy()
    {
        Gui gui;
        answerAll(gui.provider);
        gui.addKey(u"aaa"_s);
        const QByteArray busy = gui.addKey(u"zzz"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui::KeyTable &table = *gui.app->keys()->table();
        QTRY_COMPARE(table.count(), 2);
        QCOMPARE(table.keyAt(0), gui.keyId(u"aaa"_s));
        table.sortBy(u"day"_s);
        QCOMPARE(gui.chat(busy, chatBody()).status(), 200);
        QTRY_COMPARE(table.keyAt(0), gui.keyId(u"zzz"_s));
        QTRY_VERIFY(
            table.data(table.index(0), gui::KeyTable::DayTipRole).toString().contains(u"$0.00075 spent"_s));
        table.setSearch(u"AAA"_s);
        QCOMPARE(table.count(), 1);
    }

    void theSimulatorSaysWhatTheProxyDoes()
    {
        Gui gui;
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(
            u"ci"_s, {}, [](KeyRecord &record) { record.allowedModels = QStringList{u"gpt-4o"_s}; });
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.click(gui.item(u"simulateButton"_s));
        QQuickItem *field = gui.item(u"simulatorKey"_s);
        QVERIFY(field);
        QTRY_COMPARE(gui.item(u"simulatorPanel"_s)->width(),
                     gui.item(u"simulatorPanel"_s)->property("shownWidth").toReal());
        gui.click(field);
        gui.type(u"c"_s);
        gui.press(Qt::Key_Down);
        gui.press(Qt::Key_Return);
        gui::SimulatorModel &simulator = *gui.app->keys()->simulator();
        QCOMPARE(simulator.key()->text(), u"ci"_s);
        QTRY_COMPARE(simulator.verdictTone(), u"ok"_s);
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);

        simulator.model()->setText(u"gpt-5.5"_s);
        QTRY_COMPARE(simulator.verdictTone(), u"danger"_s);
        QVERIFY2(simulator.verdictText().contains(u"403"_s), qPrintable(simulator.verdictText()));
        const QVariantList steps = simulator.steps();
        QVERIFY(steps.size() >= 9);
        QCOMPARE(steps.first().toMap().value(u"verdict"_s).toString(), u"pass"_s);
        QCOMPARE(steps.last().toMap().value(u"verdict"_s).toString(), u"skipped"_s);

        simulator.model()->setText(u"gpt-4o"_s);
        QTRY_COMPARE(simulator.verdictTone(), u"ok"_s);
        gui.app->keys()->pause(gui.keyId(u"ci"_s));
        QTRY_COMPARE(gui.core->control().key(gui.keyId(u"ci"_s))->status, KeyStatus::Paused);
        simulator.run();
        QTRY_COMPARE(simulator.verdictTone(), u"danger"_s);
        QVERIFY(simulator.verdictText().contains(u"402"_s));
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
    }

    void thePaletteReachesEachKey()
    {
        Gui gui;
        answerAll(gui.provider);
        const QByteArray key = gui.addKey(u"nightly-build"_s);
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui.press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(gui.window->activeFocusItem()
                    && gui.window->activeFocusItem()->inherits("QQuickTextField"));
        gui.type(u"pause nightly"_s);
        QTRY_VERIFY(gui.commands.count() > 0);
        QCOMPARE(gui.commands.data(gui.commands.index(0), gui::CommandModel::TitleRole).toString(),
                 u"Pause key nightly-build"_s);
        (void)gui.picture(); // a person sees what Return will do
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(gui.core->control().keyByName(u"nightly-build")->status, KeyStatus::Paused);
        QCOMPARE(gui.chat(key, chatBody()).status(), 402);
    }

    void tenThousandKeysAreSearchedAndSortedWithinAFrameOrTwo()
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
        QVERIFY(gui.show(gui::Navigator::Keys));
        gui::KeyTable &table = *gui.app->keys()->table();
        QTRY_COMPARE(table.count(), 10'000);
        QElapsedTimer timer;
        timer.start();
        table.setSearch(u"key-77"_s);
        table.setSearch({});
        table.sortBy(u"team"_s);
        // Three looks at all of them; bounds a thing that is quadratic, not one that is a little slow.
        QVERIFY2(timer.elapsed() < 1'500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(table.count(), 10'000);
        timer.restart();
        gui.commands.setSearch(u"pause key-9999"_s);
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(gui.commands.data(gui.commands.index(0), gui::CommandModel::TitleRole).toString(),
                 u"Pause key key-9999"_s);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestKeysPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_keys.moc"
