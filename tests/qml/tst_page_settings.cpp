// The settings, with real clicks and keys, over a real configuration file.
#include "control/control.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using gui::SettingField;
using gui::SettingsModel;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestSettings : public QObject
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
    static void open(Gui &gui, const QString &section)
    {
        QVERIFY(gui.show(gui::Navigator::Settings));
        gui.click(gui.item(u"section:"_s + section));
        QTRY_COMPARE(gui.app->settings()->section(), section);
    }
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void everyTopicShowsItsFields()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Settings));
        for (const QVariant &one : gui.app->settings()->sections()) {
            gui.app->settings()->setSection(one.toMap().value(u"id"_s).toString());
            const QImage picture = gui.picture();
            QVERIFY(!picture.isNull());
            const QString folder = qEnvironmentVariable("LBP_PICTURES"); // to be looked at
            if (!folder.isEmpty())
                picture.save(folder + u'/' + gui.app->settings()->section() + u".png"_s);
        }
        QCOMPARE(gui.app->settings()->dirtyCount(), 0);
    }

    void aChangeIsSavedAndTheFileKeepsItsComments()
    {
        Gui::Options options;
        options.config = "# mine\ncache: { enabled: true, defaultTtlSeconds: 60 } # short\n";
        Gui gui(std::move(options));
        open(gui, u"cache"_s);
        replace(gui, u"field:cache.defaultTtlSeconds"_s, u"120"_s);
        QTRY_COMPARE(gui.app->settings()->dirtyCount(), 1);
        gui.click(gui.item(u"saveSettings"_s));
        QTRY_COMPARE(gui.core->config()->cache.defaultTtlSeconds, 120);
        const QByteArray file = contents(gui.desktop.configPath);
        QVERIFY2(file.contains("# mine\ncache: { enabled: true, defaultTtlSeconds: 120 } # short\n"),
                 file.constData());
        QTRY_COMPARE(gui.app->settings()->dirtyCount(), 0);
    }

    void whatIsTypedWrongIsSaidAtOnceAndCannotBeSaved()
    {
        Gui gui;
        open(gui, u"proxy"_s);
        replace(gui, u"field:server.port"_s, u"99999"_s);
        QVERIFY(gui.item(u"problem of server.port"_s));
        QVERIFY(!gui.app->settings()->isValid());
        QVERIFY(!gui.item(u"saveSettings"_s)->isEnabled());
        const QByteArray before = contents(gui.desktop.configPath);
        gui.press(Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(contents(gui.desktop.configPath), before);
        gui.click(gui.item(u"discardSettings"_s));
        QTRY_COMPARE(gui.app->settings()->dirtyCount(), 0);
        QVERIFY(gui.app->settings()->isValid());
    }

    void moneyIsReadInTheNotationOfTheWindowAndWrittenAsInTheFile()
    {
        Gui::Options options;
        options.locale = QLocale(QLocale::German, QLocale::Germany);
        Gui gui(std::move(options));
        open(gui, u"budgets"_s);
        SettingField *daily = gui.app->settings()->field(u"budgets.defaultDaily"_s);
        QCOMPARE(daily->text(), u"10,00"_s);
        replace(gui, u"field:budgets.defaultDaily"_s, u"2,5"_s);
        gui.press(Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(gui.core->config()->budgets.defaultDaily->toDecimal(), u"2.50"_s);
        replace(gui, u"field:budgets.defaultDaily"_s, u" "_s); // none
        daily->setText({});
        gui.app->settings()->save();
        QTRY_VERIFY(!gui.core->config()->budgets.defaultDaily);
    }

    void aFileThatChangedMeanwhileIsNotWrittenOver()
    {
        Gui gui;
        open(gui, u"cache"_s);
        replace(gui, u"field:cache.maxSizeMb"_s, u"64"_s);
        append(gui.desktop.configPath, "storage: { retentionDays: 7 }\n");
        gui.app->settings()->save();
        QTRY_VERIFY(gui.app->settings()->isConflict());
        QVERIFY(!contents(gui.desktop.configPath).contains("maxSizeMb"));
        gui.click(gui.item(u"keepMine"_s));
        QTRY_VERIFY(!gui.app->settings()->isConflict());
        QCOMPARE(gui.app->settings()->field(u"cache.maxSizeMb"_s)->text(), u"64"_s);
        gui.click(gui.item(u"saveSettings"_s));
        QTRY_COMPARE(gui.core->config()->cache.maxSizeMb, 64);
        QCOMPARE(gui.core->config()->storage.retentionDays, 7);
    }

    void aPortNeedsARestartAndOffersIt()
    {
        Gui gui;
        open(gui, u"proxy"_s);
        QVERIFY(!gui.item(u"restartNotice"_s, 0));
        replace(gui, u"field:server.port"_s, u"3456"_s);
        gui.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(gui.item(u"restartNotice"_s));
        QCOMPARE(gui.app->settings()->restartText(), u"Port"_s);
        gui.click(gui.named(u"Restart now"_s));
        QTRY_COMPARE(gui.desktop.restarts, 1);
    }

    void aLinkLeadsToTheSettingItself()
    {
        Gui gui;
        gui.navigator.open(gui::Navigator::Settings, {{u"setting"_s, u"logging.bodies"_s}});
        QTRY_COMPARE(gui.app->settings()->section(), u"privacy"_s); // while the page is made
        QQuickItem *bodies = gui.item(u"field:logging.bodies"_s);
        QVERIFY(bodies);
        QTRY_VERIFY(bodies->hasActiveFocus());
        gui.navigator.open(gui::Navigator::Settings, {{u"setting"_s, u"server.idleTimeoutSeconds"_s}});
        QTRY_COMPARE(gui.app->settings()->section(), u"proxy"_s);
        QQuickItem *idle = gui.item(u"field:server.idleTimeoutSeconds"_s);
        QVERIFY(idle);
        QTRY_VERIFY(idle->hasActiveFocus());
        const auto isSeen = [&] { // it is the last one of a long topic
            return gui.window->contentItem()->contains(idle->mapToScene({0, idle->height()}));
        };
        QTRY_VERIFY(isSeen());
        gui.navigator.open(gui::Navigator::Settings, {{u"setting"_s, u"no.such"_s}});
        QCOMPARE(gui.app->settings()->section(), u"proxy"_s);
    }

    void aLanguageIsNotTakenIntoUseOverWhatIsNotSaved()
    {
        Gui gui;
        open(gui, u"cache"_s);
        replace(gui, u"field:cache.maxSizeMb"_s, u"64"_s);
        gui.app->settings()->setSection(u"program"_s);
        QQuickItem *choice = gui.item(u"languageChoice"_s);
        QVERIFY(choice && !choice->isEnabled());
        QVERIFY(gui.commands.run(u"settings.language.de"_s));
        QVERIFY(gui.desktop.languages.isEmpty());
        QCOMPARE(gui.toasts.rowCount(), 1); // says why
        gui.app->settings()->discard();
        QTRY_VERIFY(choice->isEnabled());
        QVERIFY(gui.commands.run(u"settings.language.de"_s));
        QCOMPARE(gui.desktop.languages, QStringList{u"de"_s});
    }

    void aFileOfABackupIsChosenInADialog()
    {
        Gui gui;
        open(gui, u"storage"_s);
        const auto choose = [&](const QString &button, const QString &file) {
            QQuickItem *browse = gui.item(button);
            QVERIFY(browse);
            browse->forceActiveFocus(Qt::TabFocusReason); // the page follows it
            gui.press(Qt::Key_Space);
            QFileDialog *dialog = nullptr;
            QVERIFY(Gui::until([&] {
                dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
                return dialog != nullptr;
            }));
            dialog->findChild<QLineEdit *>(u"fileNameEdit"_s)->setText(gui.directory.filePath(file));
            static_cast<QDialog *>(dialog)->accept();
            QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
        };
        choose(u"backupBrowse"_s, u"chosen.sqlite"_s);
        QTRY_COMPARE(gui.app->settings()->backup()->target(), gui.directory.filePath(u"chosen.sqlite"_s));
        gui.app->settings()->backup()->start();
        QTRY_COMPARE(gui.app->settings()->backup()->tone(), u"ok"_s);
        choose(u"restoreBrowse"_s, u"chosen.sqlite"_s);
        QTRY_COMPARE(gui.app->settings()->backup()->source(), gui.directory.filePath(u"chosen.sqlite"_s));
        QTRY_VERIFY(gui.app->settings()->backup()->isChecked());
    }

    void limitsForSomeKeysAreAddedChangedAndRemoved()
    {
        Gui gui;
        open(gui, u"limits"_s);
        gui::SettingsList &list = *gui.app->settings()->overrides();
        gui.click(gui.item(u"add:overrides"_s));
        (void)gui.picture(); // the dialog has come to rest
        replace(gui, u"field:rateLimits.overrides[].keyPattern"_s, u"ci-*"_s);
        QVERIFY(gui.item(u"field:rateLimits.overrides[].rpm"_s));
        replace(gui, u"field:rateLimits.overrides[].rpm"_s, u"many"_s);
        QVERIFY(!list.isValid());
        replace(gui, u"field:rateLimits.overrides[].rpm"_s, u"600"_s);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(list.count(), 1);
        QTRY_COMPARE(gui.core->config()->rateLimits.overrides.size(), 1);
        QCOMPARE(list.data(list.index(0), gui::SettingsList::TitleRole).toString(), u"ci-*"_s);
        list.startEdit(0);
        qvariant_cast<SettingField *>(list.fields()[1])->setText(u"0"_s);
        list.commit();
        QTRY_VERIFY(contents(gui.desktop.configPath).contains("rpm: 0"));
        QTRY_VERIFY(!list.isOpen());
        list.remove(0);
        QTRY_COMPARE(list.count(), 0);
    }

    void thresholdsThatWereNeverWrittenCanBeChanged()
    {
        Gui gui;
        open(gui, u"budgets"_s);
        gui::SettingsList &list = *gui.app->settings()->thresholds();
        QCOMPARE(list.count(), 3);
        list.startEdit(0);
        qvariant_cast<SettingField *>(list.fields()[0])->setText(u"50"_s);
        list.commit();
        QTRY_COMPARE(gui.core->config()->budgets.alertThresholds.front().percent, 50);
        QCOMPARE(gui.core->config()->budgets.alertThresholds.size(), size_t(3));
    }

    void aProviderIsAddedWithItsKeyTestedAndRemoved()
    {
        Gui gui;
        gui.provider.onRequest = [](ProviderCall &call) {
            call.json(200, R"({"object":"list","data":[{"id":"llama3"}]})");
        };
        open(gui, u"providers"_s);
        gui.click(gui.item(u"addProvider"_s));
        (void)gui.picture(); // the dialog has come to rest
        replace(gui, u"providerName"_s, u"local"_s);
        replace(gui, u"providerKey"_s, u"sk-local-secret"_s);
        replace(gui, u"providerUrl"_s, gui.provider.url().toString());
        replace(gui, u"providerModels"_s, u"llama*"_s);
        gui.click(gui.named(u"Test"_s));
        QTRY_COMPARE(gui.app->settings()->providers()->form()->resultTone(), u"ok"_s);
        gui.app->settings()->providers()->form()->save();
        QTRY_COMPARE(gui.core->config()->providers.size(), 2);
        QCOMPARE(gui.core->config()->providers[1].name, u"local"_s);
        QCOMPARE(gui.core->config()->providers[1].apiKey.reveal(), QByteArrayLiteral("sk-local-secret"));
        QVERIFY(!contents(gui.desktop.configPath).contains("sk-local-secret"));
        QTRY_COMPARE(gui.app->settings()->providers()->count(), 2);
        (void)gui.picture();
        gui.click(gui.named(u"Remove local and its key"_s));
        (void)gui.picture();
        gui.click(gui.named(u"Remove"_s)); // asked first, because the key is gone then
        QTRY_COMPARE(gui.core->config()->providers.size(), 1);
        QTRY_VERIFY(!contents(gui.directory.filePath(u"config/.env"_s)).contains("sk-local-secret"));
    }

    void aBackupIsWrittenCheckedAndLaidReady()
    {
        Gui gui;
        gui.addKey(u"ci"_s);
        open(gui, u"storage"_s);
        const QString file = gui.directory.filePath(u"copy.sqlite"_s);
        replace(gui, u"backupTarget"_s, file);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(gui.app->settings()->backup()->tone(), u"ok"_s);
        QVERIFY(QFile::exists(file));
        gui.app->settings()->backup()->start(); // never over what is there
        QTRY_COMPARE(gui.app->settings()->backup()->tone(), u"danger"_s);
        gui.app->settings()->backup()->setSource(gui.desktop.configPath);
        gui.app->settings()->backup()->check();
        QTRY_COMPARE(gui.app->settings()->backup()->restoreTone(), u"danger"_s);
        QVERIFY(!gui.app->settings()->backup()->isChecked());
        replace(gui, u"restoreSource"_s, file);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.app->settings()->backup()->isChecked());
        QVERIFY(gui.item(u"restoreNow"_s));
        gui.app->settings()->backup()->restore();
        QTRY_COMPARE(gui.desktop.restarts, 1);
        QVERIFY(gui.app->settings()->backup()->isStaged());
    }

    void languageAutostartAndTheAdminKeyReachTheDesktop()
    {
        Gui gui;
        gui.desktop.admin = Secret(QByteArrayLiteral("lbp_admin_0123456789abcd"));
        open(gui, u"program"_s);
        gui.click(gui.item(u"autostart"_s));
        QTRY_VERIFY(gui.desktop.autostart);
        gui.app->settings()->setLanguage(u"de"_s);
        QCOMPARE(gui.desktop.languages, QStringList{u"de"_s});
        gui.app->settings()->setSection(u"proxy"_s);
        QVERIFY(gui.item(u"copyAdminKey"_s));
        QVERIFY(!gui.app->settings()->adminKey().contains(u"0123456789"_s));
        gui.click(gui.item(u"copyAdminKey"_s));
        QTRY_COMPARE(gui.desktop.clipboard, u"lbp_admin_0123456789abcd"_s);
        gui.app->settings()->setSection(u"program"_s);
        gui.click(gui.item(u"openGuide"_s));
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Guide);
    }

    void theLogIsShownNewestFirst()
    {
        Gui gui;
        gui.desktop.ring.add(u"info"_s, u"first"_s);
        gui.desktop.ring.add(u"warn"_s, u"second"_s);
        open(gui, u"log"_s);
        gui::SettingsLog &log = *gui.app->settings()->log();
        QTRY_COMPARE(log.count(), 2);
        QCOMPARE(log.data(log.index(0), gui::SettingsLog::TextRole).toString(), u"second"_s);
        QVERIFY(gui.item(u"logLines"_s));
        log.setWarningsOnly(true);
        QCOMPARE(log.count(), 1);
        gui.click(gui.item(u"copyLog"_s));
        QTRY_VERIFY(gui.desktop.clipboard.contains(u"second"_s));
        QVERIFY(!gui.desktop.clipboard.contains(u"first"_s));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestSettings test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_settings.moc"
