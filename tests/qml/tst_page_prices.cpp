// The page of models and prices, with real clicks and keys, over the real proxy.
#include "control/control.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QFile>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using gui::PriceImporter;
using gui::PriceTable;

namespace {

QVariant at(Gui &gui, const QString &model, int role)
{
    const PriceTable &table = *gui.app->prices()->table();
    const int row = table.rowOf(model);
    return row < 0 ? QVariant() : table.data(table.index(row), role);
}

QByteArray bodyFor(const QByteArray &model)
{
    return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
}

QByteArray fileText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString writeFile(Gui &gui, const QByteArray &text)
{
    const QString path = gui.directory.filePath(u"incoming.yml"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

} // namespace

class TestPricesPage : public QObject
{
    Q_OBJECT
    static void fill(Gui &gui, const QString &field, const QString &text)
    {
        QQuickItem *item = gui.item(field);
        QVERIFY2(item, qPrintable(field));
        if (!item->hasActiveFocus()) {
            (void)gui.picture(); // the dialog has taken its place
            gui.click(item);
        }
        QTRY_VERIFY(item->hasActiveFocus());
        gui.press(Qt::Key_A, Qt::ControlModifier);
        gui.type(text);
    }
    static QString pricingFile(Gui &gui) { return gui.directory.filePath(u"config/pricing.yml"_s); }
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void aModelThatWasRefusedIsPricedWithOneClickAndThenRuns()
    {
        Gui gui;
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Prices));
        QCOMPARE(gui.app->prices()->unpriced()->count(), 0);
        QCOMPARE(gui.chat(key, bodyFor("gpt-5.9-turbo")).status(), 400);
        // The page is open: the refusal shows by itself.
        QQuickItem *price = gui.item(u"price-gpt-5.9-turbo"_s);
        QVERIFY(price);
        (void)gui.picture(); // what is above the table has taken its place
        gui.click(gui.item(u"price-gpt-5.9-turbo"_s));
        QTRY_VERIFY(gui.app->prices()->form()->isOpen());
        QCOMPARE(gui.app->prices()->form()->name()->text(), u"gpt-5.9-turbo"_s);
        QCOMPARE(gui.app->prices()->form()->suggestion(), u"gpt-5.5"_s);
        gui.click(gui.named(u"Use its prices"_s));
        QTRY_COMPARE(gui.item(u"rate-output"_s)->property("text").toString(), u"30.00"_s);
        fill(gui, u"rate-output"_s, u"32.5"_s);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(at(gui, u"gpt-5.9-turbo"_s, PriceTable::OutputRole).toString(), u"$32.50"_s);
        QCOMPARE(at(gui, u"gpt-5.9-turbo"_s, PriceTable::InputRole).toString(), u"$5.00"_s);
        QTRY_COMPARE(gui.app->prices()->unpriced()->count(), 0);
        QCOMPARE(gui.chat(key, bodyFor("gpt-5.9-turbo")).status(), 200);
        QVERIFY(fileText(pricingFile(gui)).contains("gpt-5.9-turbo"));
    }

    void whatIsNoPriceIsSaidWhileItIsTyped()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Prices));
        const QByteArray before = fileText(pricingFile(gui));
        gui.click(gui.item(u"addButton"_s));
        QVERIFY(gui.item(u"rate-input"_s));
        gui::PriceForm &form = *gui.app->prices()->form();
        fill(gui, u"modelName"_s, u"gpt-4o"_s);
        QVERIFY(!form.name()->error().isEmpty()); // it has one already
        fill(gui, u"modelName"_s, u"my model"_s);
        QVERIFY(!form.name()->error().isEmpty());
        fill(gui, u"modelName"_s, u"mine-1"_s);
        QCOMPARE(form.name()->error(), QString());
        gui.press(Qt::Key_Return); // no price at all
        QVERIFY(form.isOpen());
        QVERIFY(!form.rate(BillingClass::UncachedInput)->error().isEmpty());
        fill(gui, u"rate-input"_s, u"2,5"_s);
        QVERIFY(!form.rate(BillingClass::UncachedInput)->error().isEmpty());
        fill(gui, u"rate-input"_s, u"0.0000001"_s); // finer than a picodollar a token
        QVERIFY(!form.rate(BillingClass::UncachedInput)->error().isEmpty());
        fill(gui, u"rate-input"_s, u"0.000001"_s);
        QCOMPARE(form.rate(BillingClass::UncachedInput)->error(), QString());
        gui.press(Qt::Key_Escape);
        QTRY_VERIFY(!form.isOpen());
        QCOMPARE(fileText(pricingFile(gui)), before);
    }

    void aPriceIsTypedInTheNotationOfThePersonAndStaysExact()
    {
        Gui::Options options;
        options.locale = QLocale(QLocale::German, QLocale::Germany);
        Gui gui(options);
        QVERIFY(gui.show(gui::Navigator::Prices));
        gui.app->prices()->edit(u"gpt-4o"_s);
        QVERIFY(gui.item(u"rate-input"_s));
        QCOMPARE(gui.item(u"rate-input"_s)->property("text").toString(), u"2,50"_s);
        fill(gui, u"rate-input"_s, u"2,123457"_s);
        gui.press(Qt::Key_Return);
        const auto rate = [&] {
            return (*gui.core->control().config()->prices->find(u"gpt-4o"))
                .standard[BillingClass::UncachedInput];
        };
        QTRY_COMPARE(rate(), std::optional<qint64>(2'123'457));
        // What was not touched is not written anew.
        QVERIFY(fileText(pricingFile(gui)).contains("cachedInputPer1M: \"1.25\""));
    }

    void tiersAreShownWithTheirPlaceInTheFileAndSurviveASave()
    {
        Gui::Options options;
        options.pricing =
            "models:\n"
            "  # the long one\n"
            "  gpt-long:\n"
            "    inputPer1M: \"5.00\"\n"
            "    outputPer1M: \"30.00\"\n"
            "    longContext: { threshold: 272000, inputPer1M: \"10.00\", outputPer1M: \"45.00\" }\n"
            "    tiers: # three of them\n"
            "      flex: { inputPer1M: \"2.50\", outputPer1M: \"15.00\" }\n"
            "      priority: { inputPer1M: \"10.00\", outputPer1M: \"60.00\" }\n"
            "      batch: { inputPer1M: \"2.50\", outputPer1M: \"15.00\" }\n";
        Gui gui(std::move(options));
        QVERIFY(gui.show(gui::Navigator::Prices));
        QTRY_VERIFY(gui.core->config()->prices->find(u"gpt-long"));
        const ModelPrice before = *gui.core->config()->prices->find(u"gpt-long");
        QCOMPARE(before.tiers.size(), 3);
        gui.app->prices()->edit(u"gpt-long"_s);
        gui::PriceForm &form = *gui.app->prices()->form();
        QTRY_VERIFY(form.isOpen());
        QCOMPARE(form.tiers().size(), 4);
        QTRY_COMPARE(form.tierPlace(), u"Line 6 of %1"_s.arg(pricingFile(gui)));
        QVERIFY(gui.item(u"tierPlace"_s));
        gui.click(gui.item(u"openPrices"_s));
        QTRY_COMPARE(gui.desktop.openedUrls.size(), 1);
        QCOMPARE(gui.desktop.openedUrls.constFirst(), QUrl::fromLocalFile(pricingFile(gui)));
        fill(gui, u"rate-output"_s, u"31"_s);
        QVERIFY(form.submit());
        QTRY_VERIFY(gui.core->config()->prices->find(u"gpt-long")->standard != before.standard);
        const ModelPrice &after = *gui.core->config()->prices->find(u"gpt-long");
        QVERIFY(after.tiers == before.tiers);
        QVERIFY(after.longContext == before.longContext);
        QCOMPARE(after.longContextThreshold, before.longContextThreshold);
        QVERIFY(fileText(pricingFile(gui)).contains("tiers: # three of them"));
    }

    void rowsAreSearchedSortedAndOpenedByKeyboard()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Prices));
        PriceTable &table = *gui.app->prices()->table();
        QCOMPARE(table.count(), 3);
        gui.click(gui.item(u"searchField"_s));
        gui.type(u"mini"_s);
        QTRY_COMPARE(table.count(), 1);
        gui.press(Qt::Key_Down);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.app->prices()->form()->isOpen());
        QVERIFY(gui.app->prices()->form()->title().contains(u"gpt-4o-mini"_s));
        gui.press(Qt::Key_Escape);
        QTRY_VERIFY(!gui.app->prices()->form()->isOpen());
        table.setSearch({});
        table.sortBy(u"output"_s);
        QCOMPARE(table.modelAt(0), u"gpt-5.5"_s);
        table.sortBy(u"output"_s);
        QCOMPARE(table.modelAt(0), u"gpt-4o-mini"_s);
    }

    void aPriceIsRemovedAfterAQuestion()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Prices));
        gui.app->prices()->askRemove(u"gpt-5.5"_s);
        QQuickItem *button = gui.named(u"Remove price"_s);
        QVERIFY(button);
        QVERIFY(gui.app->prices()->table()->rowOf(u"gpt-5.5"_s) >= 0);
        gui.click(button);
        QTRY_COMPARE(gui.app->prices()->table()->rowOf(u"gpt-5.5"_s), -1);
        QVERIFY(!fileText(pricingFile(gui)).contains("gpt-5.5"));
    }

    void anImportIsComparedFirstAndSuspiciousPricesAreTickedByHand()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Prices));
        const QByteArray before = fileText(pricingFile(gui));
        const QString file = writeFile(gui, R"(models:
  gpt-4o: { inputPer1M: "25.00", cachedInputPer1M: "1.25", outputPer1M: "10.00", maxOutputTokens: 16384, maxInputTokens: 128000 }
  gpt-4o-mini: { inputPer1M: "0.20", cachedInputPer1M: "0.075", outputPer1M: "0.60", maxOutputTokens: 16384, maxInputTokens: 128000 }
  gpt-5.5: { inputPer1M: "5.00", cachedInputPer1M: "0.50", outputPer1M: "30.00", maxOutputTokens: 128000, maxInputTokens: 400000 }
  fresh-1: { inputPer1M: "1", outputPer1M: "2" }
)");
        gui.click(gui.item(u"importButton"_s));
        QVERIFY(gui.item(u"importPath"_s));
        QTRY_VERIFY(gui.item(u"importPath"_s)->hasActiveFocus());
        gui.press(Qt::Key_Return); // no file yet
        QVERIFY(!gui.app->prices()->importer()->file()->error().isEmpty());
        fill(gui, u"importPath"_s, file);
        gui.press(Qt::Key_Return);
        PriceImporter &importer = *gui.app->prices()->importer();
        QTRY_VERIFY(importer.isCompared());
        QCOMPARE(importer.count(), 3);
        QCOMPARE(importer.ticked(), 2);
        const auto row = [&](int i, int role) { return importer.data(importer.index(i), role); };
        QCOMPARE(row(0, PriceImporter::ModelRole).toString(), u"gpt-4o"_s);
        QVERIFY(row(0, PriceImporter::SuspiciousRole).toBool());
        QVERIFY(!row(0, PriceImporter::TickedRole).toBool());
        QVERIFY(row(0, PriceImporter::ChangesRole).toString().contains(u"$2.50 → $25.00 (×10)"_s));
        QCOMPARE(fileText(pricingFile(gui)), before); // looking changes nothing
        QVERIFY(importer.keptText().contains(u"pricing.yml.before-import"_s));
        const auto price = [&](const QString &model) {
            return at(gui, model, PriceTable::InputRole).toString();
        };
        gui.click(gui.named(u"Take over 2 price(s)"_s));
        QTRY_COMPARE(price(u"fresh-1"_s), u"$1.00"_s);
        QCOMPARE(price(u"gpt-4o-mini"_s), u"$0.20"_s);
        QCOMPARE(price(u"gpt-4o"_s), u"$2.50"_s);
        QCOMPARE(fileText(pricingFile(gui) + u".before-import"_s), before);

        gui.app->prices()->importFile();
        fill(gui, u"importPath"_s, file);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(importer.count(), 1);
        QCOMPARE(importer.ticked(), 0);
        QTRY_VERIFY(gui.item(u"change-gpt-4o"_s));
        (void)gui.picture();
        gui.click(gui.item(u"change-gpt-4o"_s));
        QTRY_COMPARE(importer.ticked(), 1);
        gui.click(gui.named(u"Take over 1 price(s)"_s));
        QTRY_COMPARE(price(u"gpt-4o"_s), u"$25.00"_s);
    }

    void aFileThatIsNoPriceListIsRefusedWithItsReason()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Prices));
        const QString file = writeFile(gui, "models:\n  bad-1: { inputPer1M: \"-3\" }\n");
        gui.click(gui.item(u"importButton"_s));
        QVERIFY(gui.item(u"importPath"_s));
        fill(gui, u"importPath"_s, file);
        gui.press(Qt::Key_Return);
        PriceImporter &importer = *gui.app->prices()->importer();
        QTRY_VERIFY(!importer.problem().isEmpty());
        QVERIFY(importer.problem().contains(u"bad-1"_s));
        QVERIFY(!importer.isCompared());
    }

    void whatIfIsExact()
    {
        Gui gui;
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1001, 503)); };
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Prices));
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        QCOMPARE(gui.chat(key, chatBody("again")).status(), 200);
        gui.click(gui.named(u"What if?"_s));
        gui::PriceWhatIf &whatIf = *gui.app->prices()->whatIf();
        whatIf.setRange(u"today"_s);
        QVERIFY(gui.item(u"whatIfModel"_s));
        fill(gui, u"whatIfModel"_s, u"gpt-4o-mini"_s);
        QTRY_VERIFY(whatIf.hasResult());
        // gpt-4o: 2 × (1001 × 2.50 + 503 × 10) / 10⁶; gpt-4o-mini: 2 × (1001 × 0.15 + 503 × 0.60) / 10⁶
        QTRY_COMPARE(whatIf.realExact(), u"$0.015065"_s);
        QTRY_COMPARE(whatIf.otherExact(), u"$0.0009039"_s);
        QTRY_COMPARE(gui.item(u"otherExact"_s)->property("text").toString(), u"$0.0009039"_s);
        QCOMPARE(whatIf.differenceTone(), u"ok"_s);
        QCOMPARE(whatIf.unpricedText(), QString());
        whatIf.setUsageOf(u"gpt-4o"_s); // all of it was sent there
        QTRY_VERIFY(!whatIf.isBusy());
        QCOMPARE(whatIf.otherExact(), u"$0.0009039"_s);
    }

    void whatIfSaysWhichClassesHaveNoPrice()
    {
        Gui::Options options;
        options.pricing = "models:\n"
                          "  gpt-4o: { inputPer1M: \"2.50\", outputPer1M: \"10.00\" }\n"
                          "  embed-1: { inputPer1M: \"0.10\" }\n";
        Gui gui(options);
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1000, 500)); };
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(gui.show(gui::Navigator::Prices));
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        gui::PriceWhatIf &whatIf = *gui.app->prices()->whatIf();
        whatIf.setRange(u"today"_s);
        gui.app->prices()->compareWith(u"embed-1"_s);
        QTRY_VERIFY(whatIf.hasResult());
        QVERIFY(whatIf.unpricedText().contains(u"Output"_s));
        QCOMPARE(whatIf.otherExact(), u"$0.0001"_s);
        QVERIFY(gui.item(u"unpricedClasses"_s));
    }

    void thePaletteReachesAddAndImport()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Keys));
        QVERIFY(gui.commands.run(u"prices.add"_s));
        QTRY_VERIFY(gui.app->prices()->form()->isOpen());
        QCOMPARE(gui.navigator.page(), gui::Navigator::Prices);
        QVERIFY(gui.item(u"modelName"_s));
        gui.press(Qt::Key_Escape);
        QTRY_VERIFY(!gui.app->prices()->form()->isOpen());
        QVERIFY(gui.commands.run(u"prices.import"_s));
        QVERIFY(gui.item(u"importPath"_s));
    }

    void aChangeOfTheFileByHandShowsByItself()
    {
        Gui gui;
        QVERIFY(gui.show(gui::Navigator::Prices));
        QFile file(pricingFile(gui));
        QVERIFY(file.open(QIODevice::Append));
        file.write("  by-hand-1: { inputPer1M: \"7\", outputPer1M: \"8\" }\n");
        file.close();
        gui.core->reloadConfig();
        QTRY_COMPARE(at(gui, u"by-hand-1"_s, PriceTable::InputRole).toString(), u"$7.00"_s);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestPricesPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_prices.moc"
