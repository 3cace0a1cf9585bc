#include "control/control.h"
#include "control/eventhub.h"

#include "unit/control/fakes.h"

using namespace lbp;
using namespace std::chrono_literals;

/// The questions of the windows, asked of Control over a real ledger.
class TestControlReports : public QObject
{
    Q_OBJECT

    struct Rig
    {
        FakeClock clock;
        TestStore db;
        EventHub hub;
        std::shared_ptr<const Config> config = [] {
            auto made = std::make_shared<Config>();
            auto prices = std::make_shared<PriceBook>();
            ModelPrice price;
            price.model = QStringLiteral("cheap");
            price.standard[BillingClass::UncachedInput] = 100'000;
            price.standard[BillingClass::Output] = 400'000;
            prices->add(price);
            made->prices = prices;
            made->budgets.timeZone = QTimeZone("Europe/Berlin");
            return made;
        }();
        Control control{{*db.store, hub, clock, config, nullptr}};
    };

private Q_SLOTS:
    void theFilterIsReadInTheZoneOfTheBudgets()
    {
        Rig rig; // 11:00 in Berlin on the 23rd
        const RequestTerms terms = rig.control.readFilter(u"time:today cost>1 nonsense:1");
        QCOMPARE(terms.terms.size(), 2);
        QCOMPARE(terms.problems.size(), 1);
        QCOMPARE(terms.terms[0].spans[0].from, toMicros(rig.clock.now() - 11h));
    }
    void aListIsPagedCountedAndPlaced()
    {
        Rig rig;
        QList<RequestId> ids;
        for (int i = 0; i < 6; ++i)
            ids.prepend(addRequest(*rig.db.store, rig.clock.now() + i * 1s, 1, usd("1").times(i).value()));
        RequestQuery query;
        query.terms = rig.control.readFilter(u"cost>=2").terms;
        query.limit = 3;
        const auto page = await(rig.control.requestPage(query));
        QCOMPARE(page->rows.size(), 3);
        QCOMPARE(page->rows.first().open.id, ids.first());
        QCOMPARE(await(rig.control.countRequests(query, 100))->count, qint64(4));
        QCOMPARE(await(rig.control.requestAt(2))->id, ids[2]);
        QCOMPARE(await(rig.control.placeOf(ids[4]))->position, qint64(4));
    }
    void aForecastRestsOnTheHistoryOfItsScope()
    {
        Rig rig;
        for (int day = 1; day <= 40; ++day)
            for (const KeyId key : {1, 2})
                addRequest(*rig.db.store, rig.clock.now() - day * 24h + 1h, key, usd("2"), Provenance::Exact,
                           int(key));
        addRequest(*rig.db.store, rig.clock.now() - 1h, 1, usd("7"));
        const auto day = await(rig.control.forecast(Period::Daily));
        QVERIFY(day && day->isKnown());
        QCOMPARE(day->spent, usd("7"));
        QCOMPARE(day->likely, usd("11"));
        UsageScope scope;
        scope.key = 2;
        const auto ofKey = await(rig.control.forecast(Period::Daily, scope));
        QCOMPARE(ofKey->spent, Money());
        QCOMPARE(ofKey->likely, usd("2"));
        const auto total = await(rig.control.forecast(Period::Total));
        QVERIFY(!total->isKnown());
        QCOMPARE(total->spent, usd("167"));
        Rig empty;
        QVERIFY(!await(empty.control.forecast(Period::Monthly))->isKnown());
    }
    void lastMonthsUsageIsPricedAnew()
    {
        Rig rig;
        for (int i = 0; i < 3; ++i)
            addRequest(*rig.db.store, rig.clock.now() - i * 1h, 1, usd("1"));
        const TimeRange range{rig.clock.now() - 24h, rig.clock.now() + 1h};
        const auto result = await(rig.control.whatIf(range, QStringLiteral("cheap")));
        QVERIFY(result);
        QCOMPARE(result->cost.picodollars(), 3 * (10 * 100'000 + 5 * 400'000));
        QCOMPARE(await(rig.control.whatIf(range, QStringLiteral("none"))).error().code, ErrorCode::NotPriced);
        const TimeRange empty{range.to, range.from};
        QCOMPARE(await(rig.control.whatIf(empty, QStringLiteral("cheap"))).error().code,
                 ErrorCode::InvalidValue);
    }
    void chartsLatencyAndUnpricedModelsPassThrough()
    {
        Rig rig;
        addRequest(*rig.db.store, rig.clock.now() - 1h, 1, usd("1"));
        const TimeRange today = bucketAround(rig.clock.now(), TimeBucket::Day, QTimeZone("Europe/Berlin"));
        UsageSeriesQuery query;
        query.range = today;
        const auto series = await(rig.control.usageSeries(query));
        QCOMPARE(series->starts, QList<Instant>{today.from}); // its days are those of the budgets
        QCOMPARE(series->total.cost, usd("1"));
        QCOMPARE(await(rig.control.latency(today))->duration.rows, qint64(1));
        QVERIFY(await(rig.control.unpricedModels(today))->exhausted);
    }
};

QTEST_GUILESS_MAIN(TestControlReports)
#include "tst_control_reports.moc"
