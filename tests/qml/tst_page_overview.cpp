// The overview over the real core: a scripted provider, a real ledger, a clock that stands still.
#include "control/control.h"
#include "gui/overviewscale.h"
#include "support/guiharness.h"
#include "support/harness.h"

#include <QApplication>
#include <QQuickItem>
#include <QSignalSpy>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Gui::Options full()
{
    Gui::Options options;
    options.seed = [](Store &store, Instant now) { seedLedger(store, now); };
    return options;
}

/// What the ledger says, by another way than the page's.
UsageSum sumOf(Gui &gui, TimeRange range)
{
    const auto future = gui.core->control().usage(range.from, range.to, GroupBy::Total);
    if (!Gui::until([&] { return future.isFinished(); }) || !future.result() || future.result()->isEmpty())
        return {};
    return future.result()->first();
}

QString filterOf(const QSignalSpy &opened)
{
    return opened.isEmpty() ? QString() : opened.last().at(1).toMap().value(u"filter"_s).toString();
}

QString accessibleName(QQuickItem *item)
{
    for (QObject *child : item->children())
        if (child->inherits("QQuickAccessibleAttached"))
            return child->property("name").toString();
    return {};
}

QObject *part(QQuickItem *chart, const char *name)
{
    return chart == nullptr ? nullptr : chart->property(name).value<QObject *>();
}

/// How many points, bars or slices a series has.
int countOf(QObject *series)
{
    return series == nullptr ? -1 : series->property("count").toInt();
}

/// Shows the page and waits until it has its place: it is made a piece at a time.
bool showOverview(Gui &gui)
{
    constexpr int ready = 1; // of a Loader
    const auto isMade = [&] {
        const QQuickItem *page = gui.item(u"page"_s, 0);
        return page != nullptr && page->parentItem()->property("status").toInt() == ready;
    };
    if (!gui.show(gui::Navigator::Overview) || !Gui::until(isMade))
        return false;
    (void)gui.picture(); // everything is laid out
    return true;
}

} // namespace

class TestOverviewPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        const QStringList warnings = QmlWarnings::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void anUnusedProxySaysHowToConnectATool()
    {
        Gui gui;
        QVERIFY(showOverview(gui));
        QTRY_VERIFY(gui.app->overview()->isUnused());
        QVERIFY(gui.item(u"trendChart"_s, 0) == nullptr);
        (void)gui.picture(); // everything has taken its place
        gui.click(gui.named(u"Connect a tool"_s));
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Connect);
    }

    void theFiguresAreThoseOfTheLedger()
    {
        Gui gui(full());
        QVERIFY(showOverview(gui));
        gui::OverviewModel &model = *gui.app->overview();
        QTRY_VERIFY(model.spent().known && model.today().known && model.latency().known);
        const Instant now = gui.clock.now();
        const QTimeZone zone = gui.core->control().timeZone();
        const auto figure = [&](const gui::OverviewFigure &shown, const TimeRange &range) {
            QCOMPARE(shown.value, gui.format->money(sumOf(gui, range).cost));
        };
        figure(model.today(), *namedRange(u"today", now, zone));
        figure(model.month(), *namedRange(u"month", now, zone));
        const TimeRange week = gui::timesOf({u"7d"_s}, now, zone);
        figure(model.spent(), week);
        const UsageSum sum = sumOf(gui, week);
        QVERIFY(sum.requests > 0);
        QCOMPARE(model.requests().value, gui.format->countShort(sum.requests));
        QCOMPARE(model.saved().value, gui.format->money(sum.saved));
        QCOMPARE(model.tokens().value,
                 gui.format->countShort(sum.usage.inputTokens() + sum.usage.outputTokens()));
        QVERIFY2(model.spent().tone == u"warning"_s, "what has no price is said, not counted as nothing");
        QVERIFY(model.latency().value != u"–"_s);
        QVERIFY(model.ttft().caption.startsWith(u"p95"_s));
        QTRY_VERIFY(model.forecast().known);
        QVERIFY2(model.forecast().value != u"–"_s, "35 days are enough to go by");
    }

    void everyChartIsDrawn()
    {
        Gui gui(full());
        QVERIFY(showOverview(gui));
        gui::OverviewModel &model = *gui.app->overview();
        QTRY_COMPARE(countOf(part(gui.item(u"trendChart"_s), "currentSeries")), 7);
        QCOMPARE(countOf(part(gui.item(u"trendChart"_s), "previousSeries")), 7);
        QTRY_COMPARE(countOf(part(gui.item(u"keyBars"_s), "barSet")), 4);
        QTRY_COMPARE(countOf(part(gui.item(u"modelBars"_s), "barSet")), model.byModel()->count());
        QTRY_COMPARE(countOf(part(gui.item(u"budgetChart"_s), "pieSeries")), 3);
        QCOMPARE(gui.app->overview()->byKey()->count(), 4);
        QCOMPARE(gui.item(u"recent"_s)->property("count").toInt(), gui.app->overview()->recent()->count());
    }

    void aModelWithoutAPriceIsNotShownAsFree()
    {
        Gui gui(full());
        QVERIFY(showOverview(gui));
        const gui::OverviewBarsModel &bars = *gui.app->overview()->byModel();
        QTRY_VERIFY(bars.count() > 0);
        QString cost;
        for (int i = 0; i < bars.count(); ++i)
            if (bars.data(bars.index(i), gui::OverviewBarsModel::LabelRole).toString() == u"mystery-1"_s)
                cost = bars.data(bars.index(i), gui::OverviewBarsModel::CostRole).toString();
        QCOMPARE(cost, u"unknown"_s);
    }

    void arrowKeysMoveAlongTheLineAndReturnOpensTheRequestsOfThatTime()
    {
        Gui gui(full());
        QSignalSpy opened(&gui.navigator, &gui::Navigator::opened);
        QVERIFY(showOverview(gui));
        QQuickItem *chart = gui.item(u"trendChart"_s);
        QVERIFY(chart);
        chart->forceActiveFocus(Qt::TabFocusReason);
        const gui::OverviewTrend &trend = *gui.app->overview()->trend();
        QCOMPARE(chart->property("shownIndex").toInt(), int(trend.values().size()) - 1);
        gui.press(Qt::Key_Home);
        gui.press(Qt::Key_Right);
        QCOMPARE(chart->property("shownIndex").toInt(), 1);
        QVERIFY2(accessibleName(chart).contains(trend.amount(1)), qPrintable(accessibleName(chart)));
        QVERIFY(accessibleName(chart).contains(trend.title(1)));
        gui.press(Qt::Key_Left);
        gui.press(Qt::Key_Left);
        QCOMPARE(chart->property("shownIndex").toInt(), 0);
        gui.press(Qt::Key_Return);
        QCOMPARE(gui.navigator.page(), gui::Navigator::Requests);
        QCOMPARE(filterOf(opened),
                 u"time:"_s + gui.format->local(trend.times(0)->from).date().toString(Qt::ISODate));
    }

    void aBarOpensTheRequestsBehindItByClickAndByKey()
    {
        Gui gui(full());
        QSignalSpy opened(&gui.navigator, &gui::Navigator::opened);
        QVERIFY(showOverview(gui));
        QQuickItem *bars = gui.item(u"keyBars"_s);
        QVERIFY(bars);
        const gui::OverviewBarsModel &model = *gui.app->overview()->byKey();
        const auto label = [&](int row) {
            return model.data(model.index(row), gui::OverviewBarsModel::LabelRole).toString();
        };
        bars->forceActiveFocus(Qt::TabFocusReason);
        gui.press(Qt::Key_Down);
        QCOMPARE(bars->property("shownIndex").toInt(), 1);
        gui.press(Qt::Key_Return);
        QCOMPARE(gui.navigator.page(), gui::Navigator::Requests);
        const QString secondKey = label(1);
        QVERIFY2(filterOf(opened).startsWith(u"key:"_s + secondKey + u" time>="_s),
                 qPrintable(filterOf(opened)));
        QVERIFY(gui.core->control().readFilter(filterOf(opened)).problems.isEmpty());

        QVERIFY(showOverview(gui));
        const QPointF first =
            bars->mapToScene(QPointF(bars->width() / 2, bars->property("rowHeight").toInt() / 2.0));
        if (first.y() > gui.window->height())
            QVERIFY(QMetaObject::invokeMethod(gui.item(u"page"_s), "reveal", Q_ARG(QQuickItem *, bars)));
        const QPointF shown =
            bars->mapToScene(QPointF(bars->width() / 2, bars->property("rowHeight").toInt() / 2.0));
        QTest::mouseClick(gui.window, Qt::LeftButton, {}, shown.toPoint());
        QTRY_COMPARE(gui.navigator.page(), gui::Navigator::Requests);
        QVERIFY2(filterOf(opened).startsWith(u"key:"_s + label(0) + u" time>="_s),
                 qPrintable(filterOf(opened)));
    }

    void ofManyKeysTheDearestHaveBarsAndTheOthersOneTogether()
    {
        Gui::Options options;
        options.seed = [](Store &store, Instant now) {
            RequestIds ids(1);
            std::vector<Store::Submission> rows;
            for (int i = 0; i < 300; ++i) {
                KeyRecord key;
                key.name = i == 7 ? u"two words"_s : u"key-%1"_s.arg(i);
                key.sha256 = sha256(key.name.toUtf8());
                key.createdAt = now;
                auto made = store.insertKey(key, {});
                ExchangeRow row;
                row.open.id = ids.next(now - 1h + Duration(i));
                row.open.series =
                    std::make_shared<Series>(Series{made.result()->id, {}, {}, u"openai"_s, u"gpt-4o"_s});
                row.close.id = row.open.id;
                row.close.status = 200;
                row.close.cost = Money::fromPicodollars(i == 7 ? 9'000'000'000'000 : 1'000'000'000 + i);
                rows.push_back({row, 0});
            }
            store.submit(std::move(rows));
            store.putSetting(u"seeded"_s, u"1"_s).waitForFinished();
        };
        Gui gui(options);
        QVERIFY(showOverview(gui));
        gui::OverviewBarsModel &bars = *gui.app->overview()->byKey();
        QTRY_COMPARE(bars.count(), gui::OverviewBarsModel::mostBars + 1);
        QVERIFY(bars.hasRest());
        QVERIFY(bars.filter(0).startsWith(u"key:\"two words\""_s));
        const QString rest = bars.filter(bars.count() - 1);
        QCOMPARE(rest.count(u"-key:"_s), gui::OverviewBarsModel::mostBars);
        const RequestTerms terms = gui.core->control().readFilter(rest);
        QVERIFY2(terms.problems.isEmpty(), qPrintable(rest));
        // The rest and the bars are all there is.
        RequestQuery query;
        query.terms = terms.terms;
        const auto counted = gui.core->control().countRequests(query, 1000);
        QVERIFY(Gui::until([&] { return counted.isFinished(); }));
        QVERIFY(counted.result());
        QCOMPARE(counted.result()->count, qint64(300 - gui::OverviewBarsModel::mostBars));
    }

    void aRequestShowsWhileItStreamsWithWhatItCostsSoFar()
    {
        Gui gui;
        const QByteArray key = gui.addKey(u"ci"_s);
        QVERIFY(showOverview(gui));
        gui::OverviewModel &model = *gui.app->overview();
        QTRY_VERIFY(model.isUnused());
        RawClient client(gui.port());
        client.write(request("POST", "/v1/chat/completions", key,
                             chatBody("Hi", R"(,"stream":true,"stream_options":{"include_usage":true})")));
        ProviderCall &call = gui.provider.call();
        call.streamHead();
        call.chunk(chatChunk("Hello there, this goes on for a while"));
        gui::OverviewRecentModel &recent = *model.recent();
        QTRY_COMPARE(recent.count(), 1);
        QVERIFY(!model.isUnused());
        const auto value = [&](gui::OverviewRecentModel::Role role) {
            return recent.data(recent.index(0), role);
        };
        QVERIFY(value(gui::OverviewRecentModel::RunningRole).toBool());
        QCOMPARE(value(gui::OverviewRecentModel::KeyRole).toString(), u"ci"_s);
        const QString before = value(gui::OverviewRecentModel::CostRole).toString();
        gui.clock.advance(1s); // progress is told at most so often
        call.chunk(chatChunk(QByteArray(4000, 'x')));
        QTRY_VERIFY(value(gui::OverviewRecentModel::CostRole).toString() != before);
        QVERIFY2(value(gui::OverviewRecentModel::EstimatedRole).toBool(), "so far is an estimate");
        QCOMPARE(recent.runningText(), u"1 running"_s);
        QTRY_VERIFY(gui.item(u"recent"_s, 0) != nullptr);

        call.chunk(chatChunk("", "\"stop\""));
        call.chunk(usageChunk(100, 50));
        call.chunk("data: [DONE]\n\n");
        call.endStream();
        QCOMPARE(client.read().status(), 200);
        QTRY_VERIFY(!value(gui::OverviewRecentModel::RunningRole).toBool());
        QCOMPARE(recent.count(), 1);
        QCOMPARE(value(gui::OverviewRecentModel::CostRole).toString(), u"$0.00075"_s);
        QVERIFY(!value(gui::OverviewRecentModel::EstimatedRole).toBool());
        QTRY_COMPARE(model.today().value, u"$0.00075"_s);
        QTRY_COMPARE(model.spent().value, u"$0.00075"_s);
        QTRY_COMPARE(model.byKey()->count(), 1);
    }

    void chartsTakeNewValuesWithoutBeingMadeAnew()
    {
        Gui gui(full());
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
        const QByteArray key = gui.addKey(u"another"_s);
        QVERIFY(showOverview(gui));
        QQuickItem *trend = gui.item(u"trendChart"_s);
        QQuickItem *bars = gui.item(u"keyBars"_s);
        const QList<QObject *> parts{part(trend, "currentSeries"), part(trend, "previousSeries"),
                                     part(bars, "barSet")};
        QVERIFY(!parts.contains(nullptr));
        QTRY_COMPARE(countOf(parts[2]), 4);
        QCOMPARE(
            gui.chat(key,
                     R"({"model":"gpt-5.5","messages":[{"role":"user","content":"Hi"}],"max_tokens":64})")
                .status(),
            200);
        QCOMPARE(gui.item(u"trendChart"_s), trend);
        QTRY_COMPARE(countOf(parts[2]), 5);
        QCOMPARE(part(trend, "currentSeries"), parts[0]);
        QCOMPARE(part(trend, "previousSeries"), parts[1]);
        QCOMPARE(part(bars, "barSet"), parts[2]);
    }

    void whileAnotherPageIsShownNothingIsAsked()
    {
        Gui gui(full());
        gui.provider.onRequest = [](ProviderCall &call) { call.json(200, chatAnswer(100, 50)); };
        const QByteArray key = gui.addKey(u"another"_s);
        QVERIFY(showOverview(gui));
        gui::OverviewModel &model = *gui.app->overview();
        QTRY_VERIFY(model.spent().known && model.forecast().known);
        gui.navigator.open(gui::Navigator::Alerts);
        QTRY_VERIFY(!model.isActive());
        const QString newest = model.recent()->idAt(0);
        QSignalSpy figures(&model, &gui::OverviewModel::figuresChanged);
        QSignalSpy forecast(&model, &gui::OverviewModel::forecastChanged);
        const QString today = gui.app->shell()->todayText();
        QCOMPARE(gui.chat(key, chatBody()).status(), 200);
        QTRY_VERIFY(gui.app->shell()->todayText() != today); // the header has heard of it
        QCOMPARE(model.recent()->idAt(0), newest);
        QCOMPARE(figures.count(), 0);
        QCOMPARE(forecast.count(), 0);
        gui.navigator.open(gui::Navigator::Overview);
        QTRY_VERIFY(model.recent()->idAt(0) != newest);
        QTRY_VERIFY(figures.count() > 0);
    }

    void aChosenRangeIsShownAndRemembered()
    {
        Gui gui(full());
        QVERIFY(showOverview(gui));
        gui::OverviewModel &model = *gui.app->overview();
        QTRY_VERIFY(model.spent().known);
        QCOMPARE(model.buckets(), (QStringList{u"Hours"_s, u"Days"_s, u"Weeks"_s}));
        QSignalSpy figures(&model, &gui::OverviewModel::figuresChanged);
        model.setRangeId(u"30d"_s);
        QTRY_VERIFY(figures.count() > 0);
        const Instant now = gui.clock.now();
        const QTimeZone zone = gui.core->control().timeZone();
        QCOMPARE(model.spent().value,
                 gui.format->money(sumOf(gui, gui::timesOf({u"30d"_s}, now, zone)).cost));
        QCOMPARE(model.trend()->count(), 30);
        QCOMPARE(model.trend()->values().size(), 30);
        QCOMPARE(model.trend()->previous().size(), 30);
        model.setBucketIndex(1);
        QTRY_VERIFY(model.trend()->count() < 7);
        gui::OverviewModel again({gui.core->control(), gui.core->events(), gui.clock, gui.desktop,
                                  *gui.format, gui.toasts, gui.commands, gui.navigator, *gui.state,
                                  gui.core->alerts(), gui.core->prices(), gui.core->providerTester(),
                                  gui.core->secretVault()},
                                 gui.app->spend());
        QCOMPARE(again.rangeId(), u"30d"_s);
        QCOMPARE(again.bucketIndex(), 1);
    }

    void daysOfAPersonsOwnAreTyped()
    {
        Gui gui(full());
        QVERIFY(showOverview(gui));
        gui::OverviewModel &model = *gui.app->overview();
        model.setRangeId(u"custom"_s);
        QQuickItem *first = gui.item(u"firstDay"_s);
        QQuickItem *last = gui.item(u"lastDay"_s);
        QVERIFY(first && last);
        QCOMPARE(first->property("text").toString(), model.firstDay());
        (void)gui.picture(); // the row has taken its place
        first->setProperty("text", u"soon"_s);
        gui.click(gui.named(u"Show"_s));
        QTRY_VERIFY(gui.item(u"rangeError"_s, 0)
                    && gui.item(u"rangeError"_s, 0)->property("text").toString().contains(u"soon"_s));
        first->setProperty("text", u"2026-09-01"_s);
        last->setProperty("text", u"9/3/26"_s); // as the locale writes it
        (void)gui.picture();
        gui.click(gui.named(u"Show"_s));
        QTRY_COMPARE(model.trend()->count(), 72); // hours of three days
        QCOMPARE(gui.item(u"rangeError"_s, 0) ? gui.item(u"rangeError"_s, 0)->property("text").toString()
                                              : QString(),
                 QString());
    }

    void itHoldsInEverySizeThemeAndLanguage_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("seeded");
        QTest::addColumn<QLocale>("locale");
        const QLocale english(QLocale::English, QLocale::UnitedStates),
            german(QLocale::German, QLocale::Germany);
        QTest::newRow("light, full") << false << QSize(1280, 800) << true << english;
        QTest::newRow("dark, full") << true << QSize(1280, 800) << true << german;
        QTest::newRow("narrow, full") << false << QSize(720, 480) << true << german;
        QTest::newRow("narrow, empty") << true << QSize(720, 480) << false << english;
    }
    void itHoldsInEverySizeThemeAndLanguage()
    {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        QFETCH(bool, seeded);
        QFETCH(QLocale, locale);
        Gui::Options options = seeded ? full() : Gui::Options();
        options.dark = dark;
        options.size = size;
        options.locale = locale;
        Gui gui(options);
        QVERIFY(showOverview(gui));
        if (seeded)
            QTRY_VERIFY(gui.item(u"trendChart"_s, 0) != nullptr);
        const QImage picture = gui.picture();
        QVERIFY(!picture.isNull());
        QQuickItem *page = gui.item(u"page"_s);
        QVERIFY(page->property("contentWidth").toReal() <= page->width());
        if (seeded && locale.language() == QLocale::German)
            QVERIFY2(gui.app->overview()->month().value.endsWith(u"$"_s),
                     "the amount is written as the locale has it");
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestOverviewPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_page_overview.moc"
