// The small parts that every page leans on: messages, commands, which page is shown, what is remembered.
#include "gui/commandmodel.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

#include <QAbstractItemModelTester>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace lbp::gui;
using namespace Qt::StringLiterals;

namespace {

QStringList idsOf(const CommandModel &commands)
{
    QStringList ids;
    for (int row = 0; row < commands.rowCount(); ++row)
        ids.append(commands.data(commands.index(row), CommandModel::IdRole).toString());
    return ids;
}

CommandModel::Command command(
    const QString &id, const QString &title, const QString &keywords = {}, std::function<void()> run = [] {})
{
    return {id, title, u"Section"_s, u"key"_s, {}, keywords, std::move(run)};
}

} // namespace

class TestWindowParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theOldestToastGoesWhenThereAreTooMany()
    {
        ToastModel toasts;
        const QAbstractItemModelTester tester(&toasts,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < ToastModel::maxShown + 2; ++i)
            toasts.show(u"info"_s, QString::number(i));
        QCOMPARE(toasts.rowCount(), ToastModel::maxShown);
        QCOMPARE(toasts.data(toasts.index(0), ToastModel::TitleRole), u"2"_s);
    }

    void anAnswerRunsOnceAndClosesTheToast()
    {
        ToastModel toasts;
        QStringList ran;
        const int id =
            toasts.show(u"warning"_s, u"Really?"_s, {},
                        {{u"Yes"_s, [&] { ran << u"yes"_s; }}, {u"No"_s, [&] { ran << u"no"_s; }}}, 0);
        QCOMPARE(toasts.data(toasts.index(0), ToastModel::ActionsRole).toStringList(),
                 QStringList({u"Yes"_s, u"No"_s}));
        QCOMPARE(toasts.data(toasts.index(0), ToastModel::TimeoutRole), 0);
        toasts.trigger(id, 2); // there is none
        QCOMPARE(toasts.rowCount(), 1);
        toasts.trigger(id, 1);
        toasts.trigger(id, 1);
        QCOMPARE(ran, QStringList(u"no"_s));
        QCOMPARE(toasts.rowCount(), 0);
    }

    void anAnswerMayShowTheNextToast()
    {
        ToastModel toasts;
        const int id = toasts.show(u"warning"_s, u"first"_s, {},
                                   {{u"More"_s, [&] { toasts.show(u"ok"_s, u"second"_s); }}});
        toasts.trigger(id, 0);
        QCOMPARE(toasts.rowCount(), 1);
        QCOMPARE(toasts.data(toasts.index(0), ToastModel::TitleRole), u"second"_s);
    }

    void closingTwiceClosesNothingElse()
    {
        ToastModel toasts;
        const int first = toasts.show(u"info"_s, u"first"_s);
        toasts.show(u"info"_s, u"second"_s);
        toasts.close(first);
        toasts.close(first);
        QCOMPARE(toasts.rowCount(), 1);
        QCOMPARE(toasts.data(toasts.index(0), ToastModel::TitleRole), u"second"_s);
    }

    void aCommandIsFoundByEveryWordOfIt()
    {
        CommandModel commands;
        commands.add(command(u"keys.create"_s, u"Create a key"_s, u"new token"_s));
        commands.add(command(u"keys.show"_s, u"Show keys"_s));
        commands.add(command(u"monkey"_s, u"Monkey business"_s));
        commands.setSearch(u"key"_s);
        QCOMPARE(idsOf(commands).last(), u"monkey"_s); // inside a word is found, but last
        QCOMPARE(commands.count(), 3);
        commands.setSearch(u"TOK new"_s);
        QCOMPARE(idsOf(commands), QStringList(u"keys.create"_s));
        commands.setSearch(u"token banana"_s);
        QCOMPARE(commands.count(), 0);
        commands.setSearch(u"section"_s);
        QCOMPARE(commands.count(), 3);
    }

    void whatWasUsedLastComesFirst()
    {
        CommandModel commands;
        for (const QString &id : {u"a"_s, u"b"_s, u"c"_s})
            commands.add(command(id, u"Do something"_s));
        QVERIFY(commands.run(u"b"_s));
        QVERIFY(commands.run(u"c"_s));
        commands.refresh();
        QCOMPARE(idsOf(commands), QStringList({u"c"_s, u"b"_s, u"a"_s}));
        commands.setSearch(u"something"_s);
        QCOMPARE(idsOf(commands), QStringList({u"c"_s, u"b"_s, u"a"_s}));
    }

    void whatCannotBeDoneNowIsNeitherShownNorRun()
    {
        CommandModel commands;
        bool enabled = false;
        int ran = 0;
        CommandModel::Command resume = command(u"resume"_s, u"Resume"_s, {}, [&] { ++ran; });
        resume.isEnabled = [&] { return enabled; };
        commands.add(resume);
        QCOMPARE(commands.count(), 0);
        QVERIFY(!commands.run(u"resume"_s));
        QVERIFY(!commands.run(u"nothing of this name"_s));
        QCOMPARE(ran, 0);
        enabled = true;
        commands.refresh();
        QCOMPARE(commands.count(), 1);
        QVERIFY(commands.run(u"resume"_s));
        QCOMPARE(ran, 1);
    }

    void aCommandOfTheSameNameReplacesTheOldOne()
    {
        CommandModel commands;
        const QAbstractItemModelTester tester(&commands,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        commands.add(command(u"a"_s, u"Old"_s));
        commands.add(command(u"a"_s, u"New"_s));
        QCOMPARE(commands.count(), 1);
        QCOMPARE(commands.data(commands.index(0), CommandModel::TitleRole), u"New"_s);
        commands.remove(u"a"_s);
        QCOMPARE(commands.count(), 0);
    }

    void commandsMadeForWhatIsTypedAreFoundAndRun()
    {
        CommandModel commands;
        commands.add(command(u"fixed"_s, u"Pause all"_s));
        QString paused;
        commands.addProvider([&](const QStringList &words) {
            QList<CommandModel::Command> made;
            for (const QString &word : words)
                made.append(
                    command(u"pause."_s + word, u"Pause %1"_s.arg(word), {}, [&, word] { paused = word; }));
            return made;
        });
        QCOMPARE(commands.count(), 1);
        commands.setSearch(u"CI"_s);
        QCOMPARE(idsOf(commands), QStringList(u"pause.ci"_s));
        QVERIFY(commands.run(u"pause.ci"_s));
        QCOMPARE(paused, u"ci"_s);
    }

    void aCommandMayRemoveItself()
    {
        CommandModel commands;
        commands.add(command(u"once"_s, u"Once"_s, {}, [&] { commands.remove(u"once"_s); }));
        QVERIFY(commands.run(u"once"_s));
        QVERIFY(!commands.run(u"once"_s));
    }

    void everyPageHasANameThatLeadsBackToIt()
    {
        Navigator navigator;
        for (int page = Navigator::Overview; page <= Navigator::Guide; ++page) {
            navigator.open(Navigator::Page(page));
            const QString name = navigator.pageName();
            navigator.open(Navigator::Overview);
            navigator.openByName(name);
            QCOMPARE(navigator.page(), Navigator::Page(page));
        }
        navigator.openByName(u"no such page"_s);
        QCOMPARE(navigator.page(), Navigator::Guide);
    }

    void anOpenPageIsToldItsArgumentsAgain()
    {
        Navigator navigator;
        navigator.open(Navigator::Requests);
        QSignalSpy changed(&navigator, &Navigator::pageChanged);
        QSignalSpy opened(&navigator, &Navigator::opened);
        navigator.open(Navigator::Requests, {{u"filter"_s, u"key:ci"_s}});
        QCOMPARE(changed.size(), 0);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().at(1).toMap().value(u"filter"_s), u"key:ci"_s);
    }

    void whatIsRememberedSurvivesARestart()
    {
        QTemporaryDir directory;
        const QString file = directory.filePath(u"window.json"_s);
        {
            UiState state(file);
            state.setValue(u"window"_s, QVariantMap{{u"width"_s, 1280}, {u"maximized"_s, true}});
            state.setValue(u"filters"_s, QStringList{u"key:ci"_s, u"cost>1"_s});
            QVERIFY(state.claimOnce(u"told"_s));
        }
        UiState state(file);
        QCOMPARE(state.value(u"window"_s).toMap().value(u"width"_s).toInt(), 1280);
        QCOMPARE(state.value(u"filters"_s).toStringList(), QStringList({u"key:ci"_s, u"cost>1"_s}));
        QVERIFY(!state.claimOnce(u"told"_s));
        QCOMPARE(state.value(u"unknown"_s, 7).toInt(), 7);
    }

    void itIsWrittenWhileTheProgramRunsAndOnlyForItsOwner()
    {
        QTemporaryDir directory;
        const QString file = directory.filePath(u"window.json"_s);
        UiState state(file);
        state.setValue(u"theme"_s, u"Dark"_s);
        QTRY_VERIFY(QFileInfo::exists(file)); // a program that is killed has kept it
        const QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFileInfo(file).permissions() & others));
        QVERIFY(!(QFileInfo(file).permissions() & (QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther)));
    }

    void aDamagedFileIsAsGoodAsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"theme\": \"Da");
        QTest::newRow("no object") << QByteArray("[1, 2]");
        QTest::newRow("binary") << QByteArray("\x00\xff\xfe", 3);
    }
    void aDamagedFileIsAsGoodAsNone()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryDir directory;
        const QString path = directory.filePath(u"window.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        {
            UiState state(path);
            QCOMPARE(state.value(u"theme"_s, u"System"_s), u"System"_s);
            state.setValue(u"theme"_s, u"Light"_s);
        }
        QCOMPARE(UiState(path).value(u"theme"_s), u"Light"_s);
    }

    void aFolderThatCannotBeWrittenIsNoTrouble()
    {
        UiState state(u"/proc/no/such/folder/window.json"_s);
        state.setValue(u"theme"_s, u"Dark"_s);
        QCOMPARE(state.value(u"theme"_s), u"Dark"_s);
    }

    void theNewestStateIsTheOneThatStays()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"window.json"_s);
        {
            UiState state(path);
            state.setValue(u"n"_s, 1);
            QTRY_VERIFY(QFileInfo::exists(path));
            state.setValue(u"n"_s, 2); // not written by the timer yet when it ends
        }
        QCOMPARE(UiState(path).value(u"n"_s).toInt(), 2);
    }
};

QTEST_GUILESS_MAIN(TestWindowParts)
#include "tst_window_parts.moc"
