#include "storefixture.h"

#include <algorithm>
#include <QRandomGenerator>

using namespace lbp;
using std::chrono::hours;
using std::chrono::minutes;

namespace {
qint64 requestsOf(const UsageLine &line)
{
    qint64 sum = 0;
    for (const UsageTotals &point : line.points)
        sum += point.requests;
    return sum;
}
TimeRange days(const char *from, const char *to)
{
    return {at(from), at(to)};
}
} // namespace

class ChartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSeriesHasEveryBucketAndLosesNothing_data()
    {
        QTest::addColumn<QByteArray>("storeZone");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<TimeBucket>("bucket");
        for (const char *store : {"UTC", "Europe/Berlin"})
            for (const char *zone : {"UTC", "Europe/Berlin", "Asia/Kathmandu"})
                for (const TimeBucket bucket :
                     {TimeBucket::Hour, TimeBucket::Day, TimeBucket::Week, TimeBucket::Month})
                    QTest::addRow("%s, %s by %s", store, zone, qPrintable(timeBucketName(bucket)))
                        << QByteArray(store) << QByteArray(zone) << bucket;
    }
    void aSeriesHasEveryBucketAndLosesNothing()
    {
        QFETCH(QByteArray, storeZone);
        QFETCH(QByteArray, zone);
        QFETCH(TimeBucket, bucket);
        StoreFixture f(storeZone.constData());
        QRandomGenerator random(8);
        QList<std::pair<Instant, Money>> spent;
        Instant t = at("2026-10-20T00:00:00Z"); // over the end of summer time
        for (int i = 0; i < 300; ++i) {
            t += minutes(20 + random.bounded(80));
            spent += {t, pico(random.bounded(1000))};
            ExchangeRow row{f.openRow(t, 1 + i % 3), {}};
            row.close = StoreFixture::closeRow(row.open.id, spent.last().second);
            f.store->submit(row, 0);
        }
        UsageSeriesQuery query;
        query.range = {at("2026-10-21T22:00:00Z"), at("2026-10-28T23:00:00Z")};
        query.bucket = bucket;
        query.zone = QTimeZone(zone);
        const UsageSeries series = valueOf(f.store->usageSeries(query));
        QCOMPARE(series.starts, bucketStarts(query.range, bucket, query.zone));
        QCOMPARE(series.lines.size(), 1);
        QCOMPARE(series.lines.first().points.size(), series.starts.size());
        for (qsizetype i = 0; i < series.starts.size(); ++i) {
            const Instant from = std::max(series.starts[i], query.range.from);
            const Instant to =
                std::min(i + 1 < series.starts.size() ? series.starts[i + 1] : series.end, query.range.to);
            qint64 requests = 0, cost = 0;
            for (const auto &[began, money] : spent)
                if (began >= from && began < to) {
                    ++requests;
                    cost += money.picodollars();
                }
            QCOMPARE(series.lines.first().points[i].requests, requests);
            QCOMPARE(series.lines.first().points[i].cost.picodollars(), cost);
        }
        QCOMPARE(series.total.requests, requestsOf(series.lines.first()));
    }

    void linesAreTheDearestAndTheRest()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        KeyRecord record;
        record.name = QStringLiteral("ci");
        record.sha256 = sha256("ci");
        record.last4 = QStringLiteral("abcd");
        record.createdAt = t;
        const KeyId ci = valueOf(f.store->insertKey(record, {})).id;
        for (int i = 0; i < 5; ++i) {
            f.exchange(t + hours(24 * i), usd("5"), ci, "gpt-4o");
            f.exchange(t + hours(24 * i), usd("2"), ci + 1, "o3");
            f.exchange(t + hours(24 * i), usd("1"), ci + 2, "o3");
            f.exchange(t + hours(24 * i), std::nullopt, ci + 3, "unknown");
        }
        UsageSeriesQuery query;
        query.range = days("2026-05-04T00:00:00Z", "2026-05-09T00:00:00Z");
        query.splitBy = SplitBy::Key;
        query.mostLines = 2;
        UsageSeries series = valueOf(f.store->usageSeries(query));
        QCOMPARE(series.lines.size(), 3);
        QCOMPARE(series.lines[0].label, QStringLiteral("ci"));
        QCOMPARE(series.lines[0].group, QString::number(ci));
        QCOMPARE(series.lines[0].total.cost, usd("25"));
        QCOMPARE(series.lines[1].total.cost, usd("10"));
        QVERIFY(series.lines[2].isRest && !series.lines[1].isRest);
        QCOMPARE(series.lines[2].total.cost, usd("5"));
        QCOMPARE(series.lines[2].total.unpriced, qint64(5));
        for (const UsageLine &line : series.lines)
            QCOMPARE(line.points.size(), 5);
        QCOMPARE(series.total.cost, usd("40"));
        QCOMPARE(series.total.requests, qint64(20));

        query.splitBy = SplitBy::Model;
        query.mostLines = 12;
        series = valueOf(f.store->usageSeries(query));
        QCOMPARE(series.lines.size(), 3);
        QCOMPARE(series.lines[1].label, QStringLiteral("o3"));
        QCOMPARE(series.lines[1].points[2].requests, qint64(2));

        query.splitBy = SplitBy::Nothing;
        query.scope.key = ci + 2;
        series = valueOf(f.store->usageSeries(query));
        QCOMPARE(series.lines.size(), 1);
        QCOMPARE(series.total.cost, usd("5"));
        query.scope.model = QStringLiteral("gpt-4o");
        QCOMPARE(valueOf(f.store->usageSeries(query)).total.requests, qint64(0));
        query.scope = {};
        query.scope.provider = QStringLiteral("openai");
        query.splitBy = SplitBy::Team;
        QCOMPARE(valueOf(f.store->usageSeries(query)).total.requests, qint64(20));
        query.range.to = query.range.from;
        QCOMPARE(codeOf(f.store->usageSeries(query)), ErrorCode::InvalidValue);
    }
    void endlessRangesAreShownByTheirEnd()
    {
        StoreFixture f;
        f.exchange(at("2026-05-04T12:00:00Z"), usd("1"));
        UsageSeriesQuery query;
        query.range = {Instant::min(), Instant::max()};
        query.bucket = TimeBucket::Month;
        const UsageSeries series = valueOf(f.store->usageSeries(query));
        QVERIFY(series.starts.size() <= 5'000);
        query.range = {fromMicros(0), at("2026-06-01T00:00:00Z")};
        QCOMPARE(valueOf(f.store->usageSeries(query)).total.cost, usd("1"));
    }

    void theFirstRequestIsWhereSumsBegin()
    {
        StoreFixture f("Europe/Berlin");
        QVERIFY(!valueOf(f.store->firstRequest()));
        f.exchange(at("2026-05-04T12:07:00Z"));
        f.exchange(at("2026-05-06T12:07:00Z"));
        QCOMPARE(valueOf(f.store->firstRequest()), std::optional(at("2026-05-04T12:00:00Z")));
    }

    void quantilesOfAFewRowsAreExact()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        for (int i = 1; i <= 100; ++i) {
            ExchangeRow row{f.openRow(t + minutes(i * 7 % 100), 1 + i % 2), {}};
            row.close = StoreFixture::closeRow(row.open.id);
            row.close.durationUs = i * 1000;
            row.close.ttftUs = i % 2 ? 0 : i * 10;
            f.store->submit(row, 0);
        }
        for (const auto &[outcome, status] :
             {std::pair(Outcome::CacheHit, 200), std::pair(Outcome::UpstreamError, 500),
              std::pair(Outcome::Refused, 402), std::pair(Outcome::ClientGone, 200)}) {
            ExchangeRow row{f.openRow(t + minutes(50)), {}}; // none of these is an answer in full
            row.close = StoreFixture::closeRow(row.open.id);
            row.close.outcome = outcome;
            row.close.status = status;
            row.close.durationUs = 1;
            f.store->submit(row, 0);
        }
        const TimeRange all{t, t + hours(10)};
        LatencySummary summary = valueOf(f.store->latency(all, {}));
        QVERIFY(summary.isExact);
        QCOMPARE(summary.duration.rows, qint64(100));
        QCOMPARE(summary.duration.medianUs, qint64(50'000));
        QCOMPARE(summary.duration.p95Us, qint64(95'000));
        QCOMPARE(summary.ttft.rows, qint64(50));
        QCOMPARE(summary.ttft.medianUs, qint64(500));
        UsageScope scope;
        scope.key = 1; // even ones
        summary = valueOf(f.store->latency(all, scope));
        QCOMPARE(summary.duration.rows, qint64(50));
        QCOMPARE(summary.duration.p95Us, qint64(96'000));
        scope.key = 9;
        QCOMPARE(valueOf(f.store->latency(all, scope)).duration.rows, qint64(0));
        QCOMPARE(codeOf(f.store->latency({t, t}, {})), ErrorCode::InvalidValue);
    }
    void quantilesOfManyRowsAreNear()
    {
        StoreFixture f;
        QRandomGenerator random(6);
        const Instant t = at("2026-05-04T12:00:00Z");
        std::vector<qint64> durations;
        for (int i = 0; i < 24'000; ++i) {
            ExchangeRow row{f.openRow(t + std::chrono::seconds(30 * i), 1 + i % 4), {}};
            row.close = StoreFixture::closeRow(row.open.id);
            row.close.durationUs = 1'000 + random.bounded(1'000'000);
            row.close.ttftUs = row.close.durationUs / 2;
            durations.push_back(row.close.durationUs);
            f.store->submit(row, 0);
        }
        std::sort(durations.begin(), durations.end());
        const auto rankOf = [&](qint64 micros) {
            return double(std::lower_bound(durations.begin(), durations.end(), micros) - durations.begin())
                / double(durations.size());
        };
        UsageScope scope;
        for (int i = 0; i < 2; ++i) {
            const LatencySummary summary = valueOf(f.store->latency({t, t + hours(24 * 30)}, scope));
            QVERIFY(!summary.isExact);
            QVERIFY(summary.duration.rows > 500 && summary.duration.rows <= LatencySummary::sampled);
            QVERIFY(std::abs(rankOf(summary.duration.medianUs) - 0.5) < 0.05);
            QVERIFY(std::abs(rankOf(summary.duration.p95Us) - 0.95) < 0.03);
            QVERIFY(std::abs(double(summary.ttft.p95Us * 2 - summary.duration.p95Us)) < 3);
            scope.key = 2;
        }
    }

    void modelsWithoutAPriceAreCountedServedAndRefused()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        f.exchange(t, usd("1"), 1, "gpt-4o");
        f.exchange(t + hours(1), std::nullopt, 1, "new-model");
        f.exchange(t + hours(50), std::nullopt, 2, "new-model");
        const auto refuse = [&](Instant when, const char *model, bool unpriced, int status) {
            ExchangeRow row{f.openRow(when), {}};
            row.open.series = std::make_shared<const Series>(Series{1, {}, {}, {}, {}});
            row.open.requestedModel = QString::fromLatin1(model);
            row.open.unpriced = unpriced;
            row.close = StoreFixture::closeRow(row.open.id, Money());
            row.close.outcome = Outcome::Refused;
            row.close.provenance = Provenance::Free;
            row.close.status = status;
            row.close.usage = {};
            f.commit(row);
        };
        refuse(t + hours(60), "new-model", true, 400);
        refuse(t + hours(61), "other-model", true, 400);
        refuse(t + hours(62), "limited", true, 429); // refused before its price was looked up
        refuse(t + hours(63), "broken", false, 400);
        f.store->submit(f.openRow(t + hours(64), 1, "open-model"), 0);

        UnpricedModels found = valueOf(f.store->unpricedModels({t, t + hours(100)}));
        QVERIFY(found.exhausted);
        QCOMPARE(found.models.size(), 2);
        QCOMPARE(found.models[0].model, QStringLiteral("other-model"));
        QCOMPARE(found.models[0].provider, QString());
        QCOMPARE(found.models[0].refused, qint64(1));
        QCOMPARE(found.models[1].model, QStringLiteral("new-model"));
        QCOMPARE(found.models[1].provider, QStringLiteral("openai"));
        QCOMPARE(found.models[1].requests, qint64(3));
        QCOMPARE(found.models[1].refused, qint64(1));
        QCOMPARE(found.models[1].tokens, qint64(204));
        QCOMPARE(found.models[1].lastSeen, t + hours(60));

        UnpricedModels early = valueOf(f.store->unpricedModels({t, t + hours(2)}));
        QCOMPARE(early.models.size(), 1);
        QCOMPARE(early.models[0].requests, qint64(1));
        UnpricedModels late = valueOf(f.store->unpricedModels({t + hours(2), t + hours(100)}));
        late.add(early);
        QCOMPARE(late.models.size(), 2);
        QCOMPARE(late.models[1].requests, qint64(3));
    }
};

QTEST_GUILESS_MAIN(ChartsTest)
#include "tst_storage_charts.moc"
