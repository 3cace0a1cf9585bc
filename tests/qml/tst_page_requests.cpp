// The page of all requests, over the real proxy and a real ledger.
#include "control/control.h"
#include "core/csv.h"
#include "gui/requestrecord.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QQuickItem>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int manyRows = 30'000;

/// One request every two seconds, each with a cost of its own; every third is of gpt-4o.
void seedMany(Store &store, Instant now)
{
    const auto big = std::make_shared<Series>(Series{0, {}, {}, u"openai"_s, u"gpt-4o"_s});
    const auto small = std::make_shared<Series>(Series{0, {}, {}, u"openai"_s, u"gpt-4o-mini"_s});
    RequestIds ids(1);
    std::vector<Store::Submission> rows;
    for (int i = 0; i < manyRows; ++i) {
        ExchangeRow row;
        row.open.id = ids.next(now - std::chrono::seconds(2 * (manyRows - i)));
        row.open.series = i % 3 == 0 ? big : small;
        row.open.endpoint = u"chat.completions"_s;
        row.close.id = row.open.id;
        row.close.status = 200;
        row.close.cost = Money::fromPicodollars(qint64(1 + i * 7'919LL % manyRows) * 1'000'000);
        row.close.usage[BillingClass::Output] = i;
        row.close.durationUs = 1000 + i;
        rows.push_back({std::move(row), 0});
        if (rows.size() >= 1000)
            store.submit(std::exchange(rows, {}));
    }
    store.submit(std::move(rows));
    (void)store.putSetting(u"seeded"_s, u"1"_s).takeResult();
}

Gui::Options seeded(std::function<void(Store &, Instant)> seed, bool window = true)
{
    Gui::Options options;
    options.seed = std::move(seed);
    options.window = window;
    options.page = u"requests"_s;
    return options;
}

void seedMonth(Store &store, Instant now)
{
    seedLedger(store, now, 20, 60);
}

/// The list has come to rest.
bool settled(const gui::RequestListModel &list)
{
    return Gui::until([&] { return !list.isLoading() && !list.isBusy(); }, 30'000);
}

/// Number of the request (as seeded) at a place; brings it there first.
qint64 outputAt(gui::RequestListModel &list, int row)
{
    list.show(row, row + 20);
    if (!Gui::until([&] { return list.item(row) != nullptr; }))
        return -1;
    return list.item(row)->row.close.usage[BillingClass::Output];
}

/// The page is made to its last part, and nothing moves.
bool shown(Gui &gui, const QVariantMap &arguments = {})
{
    if (!gui.show(gui::Navigator::Requests, arguments) || !gui.item(u"requestsView"_s))
        return false;
    const QQuickItem *loader = gui.item(u"page"_s)->parentItem();
    constexpr int ready = 1; // QQuickLoader::Ready
    if (!Gui::until([&] { return loader->property("status").toInt() == ready; }))
        return false;
    (void)gui.picture();
    return true;
}

} // namespace

class TestRequestsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    // ---- the list

    void everyPlaceOfALongListIsRightAndMemoryIsBounded()
    {
        Gui gui(seeded(seedMany, false));
        gui.app->requests()->setActive(true);
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        QCOMPARE(list.count(), manyRows);
        for (const int row : {0, 15'000, 29'980, 3, 29'000, 7'777, 20'000, 1, 12'345})
            QCOMPARE(outputAt(list, row), qint64(manyRows - 1 - row));
        QVERIFY(list.held() <= gui::RequestListModel::mostHeld);
        // Row by row, as with a wheel: no row is left out, none comes twice.
        for (int row = 12'345; row < 16'000; row += 15)
            for (int i = row; i < row + 15; ++i)
                QCOMPARE(outputAt(list, i), qint64(manyRows - 1 - i));
        QVERIFY(list.held() <= gui::RequestListModel::mostHeld);
        for (int row = 16'000; row > 13'000; row -= 40)
            QCOMPARE(outputAt(list, row), qint64(manyRows - 1 - row));
        QVERIFY(list.held() <= gui::RequestListModel::mostHeld);
        QCOMPARE(list.count(), manyRows);
    }

    void aFilteredListIsPlacedExactlyToo()
    {
        Gui gui(seeded(seedMany, false));
        gui.app->requests()->filter()->setText(u"model:gpt-4o"_s);
        gui.app->requests()->setActive(true);
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        QCOMPARE(list.count(), manyRows / 3);
        for (const int row : {0, 9'999, 4'000, 7'503, 5})
            QCOMPARE(outputAt(list, row), qint64(manyRows - 3 - 3 * row));
        QVERIFY(list.held() <= gui::RequestListModel::mostHeld);
    }

    void aListIsSortedBothWays_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<bool>("ascending");
        QTest::addColumn<QString>("filter");
        for (const char *role : {"time", "cost", "tokens", "duration"}) {
            for (const bool ascending : {false, true}) {
                QTest::addRow("%s, %s", role, ascending ? "smallest first" : "largest first")
                    << QString::fromLatin1(role) << ascending << QString();
                QTest::addRow("%s, %s, filtered", role, ascending ? "smallest first" : "largest first")
                    << QString::fromLatin1(role) << ascending << u"model:gpt-4o"_s;
            }
        }
    }
    void aListIsSortedBothWays()
    {
        QFETCH(QString, role);
        QFETCH(bool, ascending);
        QFETCH(QString, filter);
        Gui gui(seeded(seedMany, false));
        gui.app->requests()->filter()->setText(filter);
        gui::RequestListModel &list = *gui.app->requests()->list();
        if (role != u"time"_s)
            list.sortBy(role);
        if (ascending)
            list.sortBy(role);
        QCOMPARE(list.sortRole(), role);
        QCOMPARE(list.isDescending(), !ascending);
        gui.app->requests()->setActive(true);
        QVERIFY(settled(list));
        const int count = filter.isEmpty() ? manyRows : manyRows / 3;
        QCOMPARE(list.count(), count);
        const auto value = [&](int row) {
            const ExchangeRow &at = list.item(row)->row;
            return role == u"cost"_s ? at.close.cost->picodollars() : at.close.usage[BillingClass::Output];
        };
        for (const int row : {0, count / 2, count - 25, 10}) {
            QVERIFY(outputAt(list, row) >= 0);
            for (int i = row; i < row + 20; ++i) {
                QVERIFY(outputAt(list, i + 1) >= 0);
                QVERIFY2(ascending ? value(i) < value(i + 1) : value(i) > value(i + 1),
                         qPrintable(QString::number(i)));
            }
        }
        if (role == u"time"_s && ascending)
            QCOMPARE(outputAt(list, 0), qint64(0));
    }

    void whatComesInIsShownOnTopWhileItRuns()
    {
        Gui gui(seeded(seedMonth));
        const QByteArray key = gui.addKey(u"streamer"_s);
        QVERIFY(shown(gui));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        const int before = list.count();
        RawClient client(gui.port());
        client.write(
            request("POST", "/v1/chat/completions", key,
                    R"({"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hi"}]})"));
        ProviderCall &call = gui.provider.call(0);
        call.streamHead();
        for (int i = 0; i < 50; ++i)
            call.chunk(chatChunk("ten words of text that count as some tokens here "));
        QTRY_COMPARE(list.count(), before + 1);
        QVERIFY(list.item(0)->isRunning());
        QTRY_VERIFY2(!list.item(0)->soFar.isZero(), "the cost runs with it");
        QTRY_COMPARE(gui.item(u"requestsView"_s)->property("count").toInt(), before + 1);
        QVERIFY(list.data(list.index(0), gui::RequestListModel::CostRole).toString().contains(u'$'));

        // It can be stopped from its detail.
        gui.item(u"requestsView"_s)->forceActiveFocus();
        gui.press(Qt::Key_Home);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.item(u"stopButton"_s, 0));
        QTRY_COMPARE(gui.app->requests()->detail()->stateText(), u"Running"_s);
        (void)gui.picture(); // the panel has come in
        gui.click(gui.item(u"stopButton"_s));
        QTRY_VERIFY(!gui.app->requests()->detail()->isRunning());
        QCOMPARE(gui.app->requests()->detail()->stateText(), u"Stopped"_s);
        QTRY_VERIFY(!list.item(0)->isRunning());
        QTRY_VERIFY(call.clientGone());
        QVERIFY(gui.app->requests()->detail()->isCorrectable());
        QVERIFY(gui.app->requests()->detail()->areHeadersKept());
        const QString head = gui.app->requests()->detail()->requestHead();
        QVERIFY2(head.startsWith(u"POST /v1/chat/completions"_s), qPrintable(head));
        QVERIFY2(!head.contains(QString::fromLatin1(key)), "no secret");
        gui.press(Qt::Key_Escape);
        QTRY_VERIFY(!gui.app->requests()->detail()->isOpen());
    }

    void aHeldListCountsWhatIsNewAndShowsItWhenAsked()
    {
        Gui gui(seeded(seedMonth));
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
        const QByteArray key = gui.addKey(u"tool"_s);
        QVERIFY(shown(gui));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        const int before = list.count();
        gui.click(gui.item(u"liveButton"_s));
        QVERIFY(!list.isLive());
        for (int i = 0; i < 3; ++i)
            QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        QTRY_COMPARE(list.newCount(), 3);
        QCOMPARE(list.count(), before);
        gui.click(gui.item(u"newPill"_s));
        QTRY_COMPARE(list.count(), before + 3);
        QCOMPARE(list.newCount(), 0);
        QVERIFY(list.isFollowing());
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        QTRY_COMPARE(list.count(), before + 4);

        // Away from its top it is held as well.
        (void)gui.picture(); // it has come to rest with its last row
        QQuickItem *view = gui.item(u"requestsView"_s);
        view->setProperty("contentY", 3000);
        QTRY_VERIFY(!list.isFollowing());
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        QTRY_COMPARE(list.newCount(), 1);
        QCOMPARE(view->property("contentY").toInt(), 3000);
        view->setProperty("contentY", 0);
        QTRY_COMPARE(list.count(), before + 5);
    }

    void aRowThatNoLongerFitsItsFilterLeavesTheList()
    {
        Gui gui(seeded(seedMonth));
        const QByteArray key = gui.addKey(u"tool"_s);
        QVERIFY(shown(gui, {{u"filter"_s, u"outcome:open"_s}}));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        QCOMPARE(list.count(), 0);
        QVERIFY(gui.item(u"requestsEmpty"_s));
        RawClient client(gui.port());
        client.write(request("POST", "/v1/chat/completions", key, chatBody()));
        ProviderCall &call = gui.provider.call(0);
        QTRY_COMPARE(list.count(), 1);
        call.json(200, chatAnswer(10, 10));
        QTRY_COMPARE(list.count(), 0);
    }

    // ---- the filter

    void whatIsTypedBecomesChipsAndNarrowsTheList()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui));
        gui::RequestListModel &list = *gui.app->requests()->list();
        gui::RequestFilterInput &filter = *gui.app->requests()->filter();
        QVERIFY(settled(list));
        const int all = list.count();
        gui.press(Qt::Key_Slash);
        QTRY_VERIFY(gui.item(u"filterField"_s)->hasActiveFocus());
        gui.type(u"key:c"_s);
        QTRY_VERIFY(gui.item(u"filterField"_s)->property("text") == u"key:c"_s);
        QCOMPARE(filter.completions().first().toMap().value(u"text"_s).toString(), u"ci"_s);
        gui.press(Qt::Key_Down);
        gui.press(Qt::Key_Return);
        QCOMPARE(filter.chips(), QStringList{u"key:ci"_s});
        QCOMPARE(gui.item(u"filterField"_s)->property("text").toString(), QString());
        QTRY_VERIFY(list.count() > 0 && list.count() < all);
        QVERIFY(settled(list));
        const int ofCi = list.count();
        gui.type(u"status:402"_s);
        gui.press(Qt::Key_Return);
        QCOMPARE(filter.applied(), u"key:ci status:402"_s);
        QTRY_VERIFY(list.count() > 0 && list.count() < ofCi);
        QVERIFY(gui.item(u"filterChip"_s));
        // Backspace takes the last one back to be changed.
        gui.press(Qt::Key_Backspace);
        QCOMPARE(filter.draft(), u"status:402"_s);
        QCOMPARE(filter.chips().size(), 1);
        filter.clear();
        QTRY_COMPARE(list.count(), all);
    }

    void aTermThatCannotBeReadSaysWhyAndNothingIsFilteredByIt()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        const int all = list.count();
        gui.press(Qt::Key_Slash);
        gui.type(u"modle:gpt-4o"_s);
        gui.press(Qt::Key_Return);
        QVERIFY(gui.item(u"filterProblem"_s));
        gui::RequestFilterInput &filter = *gui.app->requests()->filter();
        QVERIFY(!filter.problem().isEmpty());
        QCOMPARE(filter.chips().size(), 0);
        QCOMPARE(list.count(), all);
        QVERIFY2(filter.suggestion().contains(u"model"_s), qPrintable(filter.suggestion()));
        filter.useSuggestion();
        QCOMPARE(filter.problem(), QString());
        QTRY_VERIFY(list.count() < all);
    }

    void aFilterIsKeptUnderAName()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui, {{u"filter"_s, u"key:web cost>0.01"_s}}));
        gui::RequestFilterInput &filter = *gui.app->requests()->filter();
        QCOMPARE(filter.chips(), (QStringList{u"key:web"_s, u"cost>0.01"_s}));
        gui.click(gui.item(u"savedFilters"_s));
        gui.click(gui.named(u"Save this filter…"_s));
        QTRY_VERIFY(gui.item(u"filterName"_s) && gui.item(u"filterName"_s)->hasActiveFocus());
        gui.type(u"Dear web"_s);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(filter.saved().size(), 1);
        QCOMPARE(filter.saved().first().toMap().value(u"text"_s).toString(), u"key:web cost>0.01"_s);
        filter.clear();
        QTRY_VERIFY(gui.item(u"filterName"_s, 0) == nullptr);
        gui.click(gui.item(u"savedFilters"_s));
        QVERIFY(gui.named(u"Dear web"_s));
        filter.removeSaved(u"Dear web"_s);
        QCOMPARE(filter.saved().size(), 0);
    }

    void columnsAreChosenAndRemembered()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui));
        gui::RequestColumns &columns = *gui.app->requests()->columns();
        QVERIFY(!columns.team()->isShown());
        QVERIFY(columns.totalWidth() <= gui.item(u"requestsView"_s)->width() + 1);
        columns.setShown(u"team"_s, true);
        QVERIFY(gui.item(u"head.team"_s));
        columns.setWidth(u"key"_s, 200);
        columns.remember();
        gui::RequestColumns again(*gui.state);
        QVERIFY(again.team()->isChosen());
        QCOMPARE(again.key()->width(), 200);
        again.setShown(u"model"_s, false);
        QVERIFY2(again.model()->isShown(), "one column is always there");
        // Where there is little room, what says least gives way; what it costs never does.
        again.setRoom(400);
        QVERIFY(!again.team()->isShown());
        QVERIFY(again.cost()->isShown());
        QVERIFY(again.totalWidth() <= 400);
        again.setRoom(2000);
        QVERIFY(again.team()->isShown());
        // A click on a head sorts.
        gui.click(gui.item(u"head.cost"_s));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QCOMPARE(list.sortRole(), u"cost"_s);
        QVERIFY(settled(list));
        QVERIFY(list.item(0)->row.close.cost >= list.item(1)->row.close.cost);
    }

    // ---- one request

    void aChargeIsExplainedLineByLine()
    {
        Gui gui(seeded(seedMonth));
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(1000, 200)); };
        const QByteArray key = gui.addKey(u"tool"_s, {{Period::Daily, "5"}});
        QVERIFY(shown(gui));
        const QByteArray id = gui.chat(key, chatBody()).header("X-LBP-Request-Id");
        QVERIFY(!id.isEmpty());
        gui.navigator.open(gui::Navigator::Requests, {{u"id"_s, QString::fromLatin1(id)}});
        gui::RequestDetail &detail = *gui.app->requests()->detail();
        QTRY_VERIFY(detail.isLoaded() && !detail.isRunning());
        QCOMPARE(detail.costText(), u"$0.0045"_s);
        const QVariantList lines = detail.charge();
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].toMap().value(u"label"_s).toString(), u"Input"_s);
        QCOMPARE(lines[0].toMap().value(u"count"_s).toString(), u"1,000 tokens"_s);
        QCOMPARE(lines[0].toMap().value(u"rate"_s).toString(), u"$2.50 per million"_s);
        QCOMPARE(lines[0].toMap().value(u"amount"_s).toString(), u"$0.0025"_s);
        QCOMPARE(lines[1].toMap().value(u"amount"_s).toString(), u"$0.002"_s);
        QVERIFY(detail.costNote().startsWith(u"Exact"_s));
        QVERIFY(!detail.priceText().isEmpty());
        QVERIFY(!detail.isCorrectable());
        QTRY_VERIFY(!detail.budgets().isEmpty());
        QTRY_VERIFY(gui.item(u"detailCost"_s, 0));
        QTRY_COMPARE(gui.item(u"detailCost"_s)->property("text").toString(), u"$0.0045"_s);
        QTRY_VERIFY2(gui.app->requests()->list()->rowOf(QString::fromLatin1(id)) >= 0,
                     "it is in the list too");

        gui.app->requests()->detail()->copyAs(QString::fromLatin1(id), u"curl"_s);
        QTRY_VERIFY(gui.desktop.clipboard.startsWith(u"curl "_s));
        QVERIFY(gui.desktop.clipboard.contains(u"$LBP_KEY"_s));
        QVERIFY(!gui.desktop.clipboard.contains(QString::fromLatin1(key)));
        QVERIFY(gui.desktop.clipboard.contains(QString::number(gui.port())));
    }

    void anEstimatedCostIsCorrectedAndTheListFollows()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui, {{u"filter"_s, u"estimated:yes"_s}}));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        QVERIFY(list.count() > 0);
        gui.item(u"requestsView"_s)->forceActiveFocus();
        gui.press(Qt::Key_Down);
        gui.press(Qt::Key_Return);
        gui::RequestDetail &detail = *gui.app->requests()->detail();
        QTRY_VERIFY(detail.isLoaded());
        QVERIFY(detail.isCorrectable());
        (void)gui.picture(); // the panel has come in
        gui.click(gui.item(u"correctButton"_s));
        QQuickItem *amount = gui.item(u"correctAmount"_s);
        QVERIFY(amount);
        QTRY_VERIFY(amount->hasActiveFocus());
        gui.press(Qt::Key_A, Qt::ControlModifier);
        gui.type(u"nonsense"_s);
        amount->setProperty("text", u"-"_s);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(!detail.correctProblem().isEmpty());
        amount->setProperty("text", u"1.25"_s);
        gui.press(Qt::Key_Return);
        QTRY_COMPARE(detail.costText(), u"$1.25"_s);
        QVERIFY(!detail.isCorrectable());
        const int row = list.rowOf(detail.requestId());
        QVERIFY(row >= 0);
        QCOMPARE(list.data(list.index(row), gui::RequestListModel::CostRole).toString(), u"$1.25"_s);
    }

    void aRequestThatIsGoneSaysSo()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui, {{u"id"_s, QString::fromLatin1(RequestId{12345}.toText())}}));
        QTRY_VERIFY(!gui.app->requests()->detail()->problem().isEmpty());
        QVERIFY(!gui.app->requests()->detail()->isLoaded());
    }

    void bodiesAreShownOnlyWhereTheyAreLogged()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui));
        gui.item(u"requestsView"_s)->forceActiveFocus();
        QVERIFY(settled(*gui.app->requests()->list()));
        gui.press(Qt::Key_Down);
        gui.press(Qt::Key_Return);
        QTRY_VERIFY(gui.app->requests()->detail()->isLoaded());
        QCOMPARE(gui.app->requests()->detail()->timings().size(), 4);
        QVERIFY(!gui.app->requests()->detail()->areBodiesOn());
        QVERIFY2(gui.item(u"bodyMissing"_s)->property("text").toString().contains(u"settings"_s),
                 "it says how to switch it on");
    }

    // ---- files

    void fromABodyThatWasNotKeptALinkLeadsToTheSetting()
    {
        Gui gui(seeded(seedMonth));
        QVERIFY(shown(gui));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QTRY_VERIFY(!list.idAt(0).isEmpty());
        gui.app->requests()->detail()->show(list.idAt(0));
        QQuickItem *missing = gui.item(u"bodyMissing"_s);
        QVERIFY(missing);
        // It says what the setting is called where it stands.
        const QString text = missing->property("text").toString();
        QVERIFY2(text.contains(gui::settingLabel(u"logging.bodies"_s)), qPrintable(text));
        QVERIFY(QMetaObject::invokeMethod(missing, "action"));
        QQuickItem *setting = gui.item(u"field:logging.bodies"_s);
        QVERIFY(setting);
        QTRY_VERIFY(setting->hasActiveFocus());
    }

    void aListThatIsTooLongSaysWhereItEnds()
    {
        Gui::Options options = seeded(seedMany);
        options.page = u"overview"_s;
        Gui gui(std::move(options));
        gui::RequestListModel &list = *gui.app->requests()->list();
        list.setMostListed(1000);
        QVERIFY(shown(gui));
        QVERIFY(settled(list));
        QCOMPARE(list.count(), 1000);
        QCOMPARE(outputAt(list, 999), qint64(manyRows - 1000));
        const QQuickItem *notice = gui.item(u"cappedNotice"_s);
        QVERIFY(notice);
        QVERIFY(notice->property("text").toString().contains(u"1,000"_s));
        gui.app->requests()->filter()->setText(u"tokens:<100"_s);
        QVERIFY(settled(list));
        QTRY_VERIFY(list.count() < 1000);
        QTRY_VERIFY(!notice->isVisible());
    }

    void theFilteredListIsExportedWhole_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("CSV") << int(gui::RequestExport::Csv);
        QTest::newRow("JSON") << int(gui::RequestExport::Json);
    }
    void theFilteredListIsExportedWhole()
    {
        QFETCH(int, format);
        Gui gui(seeded(seedMany, false));
        gui.app->requests()->filter()->setText(u"model:gpt-4o"_s);
        gui.app->requests()->setActive(true);
        QVERIFY(settled(*gui.app->requests()->list()));
        gui::RequestExport &exporter = *gui.app->requests()->exporter();
        const QString path = gui.directory.filePath(u"out.txt"_s);
        QVERIFY(!exporter.problemOf(u"relative.csv"_s).isEmpty());
        QVERIFY(!exporter.problemOf(gui.directory.filePath(u"no/such/folder.csv"_s)).isEmpty());
        QCOMPARE(exporter.problemOf(path), QString());
        exporter.start(path, format);
        QVERIFY(exporter.isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!exporter.isRunning(), 30'000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        if (format == gui::RequestExport::Csv) {
            const QList<QByteArray> lines = text.split('\n');
            QCOMPARE(lines.size(), manyRows / 3 + 2); // titles, rows, what is behind the last line feed
            QCOMPARE(lines.first().trimmed(), csvRow(gui::recordTitles()).trimmed().toUtf8());
        } else {
            const QJsonArray rows = QJsonDocument::fromJson(text).array();
            QCOMPARE(rows.size(), manyRows / 3);
            QCOMPARE(rows.first().toObject().value(u"model"_s).toString(), u"gpt-4o"_s);
        }
    }

    void anExportThatIsCancelledLeavesNoFile()
    {
        Gui gui(seeded(seedMany, false));
        gui.app->requests()->setActive(true);
        QVERIFY(settled(*gui.app->requests()->list()));
        gui::RequestExport &exporter = *gui.app->requests()->exporter();
        const QString path = gui.directory.filePath(u"out.csv"_s);
        exporter.start(path, gui::RequestExport::Csv);
        exporter.cancel();
        QTRY_VERIFY(!exporter.isRunning());
        QVERIFY(!QFile::exists(path));
    }

    // ---- the hand on the keyboard

    void theKeyboardReachesBothEnds()
    {
        Gui gui(seeded(seedMany));
        QVERIFY(shown(gui));
        gui::RequestListModel &list = *gui.app->requests()->list();
        QVERIFY(settled(list));
        QQuickItem *view = gui.item(u"requestsView"_s);
        QCOMPARE(view->property("contentY").toInt() - view->property("originY").toInt(), 0);
        QVERIFY2(list.item(0) != nullptr, "the newest are there at once");
        QCOMPARE(list.item(0)->row.close.usage[BillingClass::Output], qint64(manyRows - 1));
        view->forceActiveFocus();
        gui.press(Qt::Key_End);
        QCOMPARE(view->property("currentIndex").toInt(), manyRows - 1);
        QTRY_VERIFY(list.item(manyRows - 1));
        QCOMPARE(list.item(manyRows - 1)->row.close.usage[BillingClass::Output], qint64(0));
        QTRY_VERIFY(view->property("atYEnd").toBool());
        gui.press(Qt::Key_PageUp);
        QVERIFY(view->property("currentIndex").toInt() < manyRows - 10);
        gui.press(Qt::Key_Home);
        QCOMPARE(view->property("currentIndex").toInt(), 0);
        QTRY_VERIFY(list.item(0));
        QTRY_VERIFY(list.isAtTop());
    }

    void aFrameOfScrollingIsShort()
    {
        Gui gui(seeded(seedMany));
        QVERIFY(shown(gui));
        QVERIFY(settled(*gui.app->requests()->list()));
        QQuickItem *view = gui.item(u"requestsView"_s);
        (void)gui.picture();
        QList<qint64> frames;
        for (int i = 0; i < 120; ++i) {
            view->setProperty("contentY", i * 53);
            QElapsedTimer timer;
            timer.start();
            (void)gui.window->grabWindow();
            frames.append(timer.nsecsElapsed() / 1000);
            QCoreApplication::processEvents();
        }
        std::sort(frames.begin(), frames.end());
        qInfo("a whole frame of 1280x800: median %lld us, p95 %lld us", frames[60], frames[114]);
        // The bench holds the target of 16 ms on a quiet machine; this only sees a list that became slow.
        QVERIFY(frames[60] < 60'000);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestRequestsPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_requests.moc"
