#include "storefixture.h"

#include <QRandomGenerator>

using namespace lbp;

namespace {
const Instant start = at("2026-05-04T12:00:00Z");

RequestFilter where(void (*set)(RequestFilter &))
{
    RequestFilter filter;
    set(filter);
    return filter;
}
} // namespace
Q_DECLARE_METATYPE(RequestFilter)

class RequestsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<StoreFixture> f;
    std::vector<ExchangeRow> m_rows; ///< newest first

    static bool matches(const RequestFilter &filter, const ExchangeRow &row)
    {
        const int status = row.close.status;
        return (!filter.from || row.open.id.time() >= *filter.from)
            && (!filter.to || row.open.id.time() < *filter.to)
            && (!filter.key || row.open.series->key == *filter.key)
            && (filter.team.isEmpty() || row.open.series->team == filter.team)
            && (filter.model.isEmpty() || row.open.series->model == filter.model)
            && (!filter.statusClass
                || (*filter.statusClass < 10 ? status / 100 == *filter.statusClass
                                             : status == *filter.statusClass))
            && (!filter.outcome || row.close.outcome == *filter.outcome)
            && (!filter.minCost || (row.close.cost && *row.close.cost >= *filter.minCost))
            && (!filter.before || row.open.id < *filter.before);
    }

private Q_SLOTS:
    void initTestCase()
    {
        f = std::make_unique<StoreFixture>();
        QRandomGenerator random(99);
        Instant t = start;
        for (int i = 0; i < 1500; ++i) {
            t += std::chrono::seconds(20 + random.bounded(60));
            ExchangeRow row{f->openRow(t, i % 200 == 7 ? 42 : 1 + i % 3, i % 2 ? "gpt-4o" : "gpt-4o-mini"),
                            {}};
            row.close = StoreFixture::closeRow(row.open.id, pico(random.bounded(1000)));
            if (i % 50 == 3) { // some are still open, among them new and old ones
                f->store->submit(row.open, 0);
                row.close = CloseRow{};
                row.close.id = row.open.id;
                row.close.outcome = Outcome::Open;
                row.close.provenance = Provenance::Reserved;
            } else {
                constexpr std::pair<Outcome, int> ends[] = {
                    {Outcome::Completed, 200}, {Outcome::Completed, 200},      {Outcome::UpstreamError, 404},
                    {Outcome::Refused, 402},   {Outcome::UpstreamFailed, 502}, {Outcome::CacheHit, 200},
                    {Outcome::ClientGone, 200}};
                const auto [outcome, status] = ends[size_t(random.bounded(7))];
                row.close.outcome = outcome;
                row.close.status = status;
                if (random.bounded(10) == 0)
                    row.close.cost.reset();
                f->store->submit(row, 0);
            }
            m_rows.insert(m_rows.begin(), row);
        }
        f->store.reset(); // everything is written then
        f->open();
    }
    void cleanupTestCase() { f.reset(); }

    void aFilterFindsExactlyWhatMatchesNewestFirst_data()
    {
        QTest::addColumn<RequestFilter>("filter");
        QTest::newRow("none") << RequestFilter{};
        QTest::newRow("a busy key") << where([](RequestFilter &filter) { filter.key = 2; });
        QTest::newRow("a rare key") << where([](RequestFilter &filter) { filter.key = 42; });
        QTest::newRow("an unknown key") << where([](RequestFilter &filter) { filter.key = 4711; });
        QTest::newRow("team") << where([](RequestFilter &filter) { filter.team = QStringLiteral("team0"); });
        QTest::newRow("model") << where(
            [](RequestFilter &filter) { filter.model = QStringLiteral("gpt-4o-mini"); });
        QTest::newRow("key and model") << where([](RequestFilter &filter) {
            filter.key = 42;
            filter.model = QStringLiteral("gpt-4o");
        });
        QTest::newRow("range") << where([](RequestFilter &filter) {
            filter.from = start + std::chrono::hours(2);
            filter.to = start + std::chrono::hours(3);
        });
        QTest::newRow("range and key") << where([](RequestFilter &filter) {
            filter.from = start + std::chrono::minutes(130);
            filter.to = start + std::chrono::minutes(800);
            filter.key = 1;
        });
        QTest::newRow("an empty range") << where([](RequestFilter &filter) {
            filter.from = start + std::chrono::hours(3);
            filter.to = start;
        });
        QTest::newRow("4xx") << where([](RequestFilter &filter) { filter.statusClass = 4; });
        QTest::newRow("5xx") << where([](RequestFilter &filter) { filter.statusClass = 5; });
        QTest::newRow("2xx") << where([](RequestFilter &filter) { filter.statusClass = 2; });
        QTest::newRow("402") << where([](RequestFilter &filter) { filter.statusClass = 402; });
        QTest::newRow("open") << where([](RequestFilter &filter) { filter.outcome = Outcome::Open; });
        QTest::newRow("open of a key") << where([](RequestFilter &filter) {
            filter.key = 1;
            filter.outcome = Outcome::Open;
        });
        QTest::newRow("refused") << where([](RequestFilter &filter) { filter.outcome = Outcome::Refused; });
        QTest::newRow("cache hits") << where(
            [](RequestFilter &filter) { filter.outcome = Outcome::CacheHit; });
        QTest::newRow("client gone") << where(
            [](RequestFilter &filter) { filter.outcome = Outcome::ClientGone; });
        QTest::newRow("upstream failed")
            << where([](RequestFilter &filter) { filter.outcome = Outcome::UpstreamFailed; });
        QTest::newRow("dear") << where([](RequestFilter &filter) { filter.minCost = pico(950); });
        QTest::newRow("text that looks like SQL")
            << where([](RequestFilter &filter) { filter.team = QStringLiteral("' OR 1=1 --"); });
    }
    void aFilterFindsExactlyWhatMatchesNewestFirst()
    {
        QFETCH(RequestFilter, filter);
        QList<qint64> expected;
        for (const ExchangeRow &row : m_rows)
            if (matches(filter, row))
                expected += row.open.id.value;
        for (const int pageSize : {7, 50, 500}) {
            QList<qint64> found;
            RequestFilter page = filter;
            page.limit = pageSize;
            for (;;) {
                const QList<ExchangeRow> rows = valueOf(f->store->requests(page));
                QVERIFY(rows.size() <= pageSize);
                for (const ExchangeRow &row : rows)
                    found += row.open.id.value;
                if (rows.size() < pageSize)
                    break;
                page.before = rows.last().open.id;
            }
            QCOMPARE(found, expected);
        }
    }

    void theLimitIsBounded()
    {
        QCOMPARE(
            valueOf(f->store->requests(where([](RequestFilter &filter) { filter.limit = 100'000; }))).size(),
            500);
        QCOMPARE(valueOf(f->store->requests(where([](RequestFilter &filter) { filter.limit = -3; }))).size(),
                 1);
    }

    void timesBeyondAnyClockAreTakenAsEndless()
    {
        const RequestFilter endless = where([](RequestFilter &filter) {
            filter.from = Instant::min();
            filter.to = Instant::max();
            filter.key = 42;
        });
        QCOMPARE(valueOf(f->store->requests(endless)).size(),
                 valueOf(f->store->requests(where([](RequestFilter &filter) { filter.key = 42; }))).size());
        QVERIFY(valueOf(f->store->usage(Instant::min(), Instant::max(), GroupBy::Total, f->options.zone))
                    .first()
                    .requests
                > 0);
        QVERIFY(!valueOf(f->store->spentSince(Instant::min())).isEmpty());
        QVERIFY(valueOf(f->store->spentSince(Instant::max())).isEmpty());
    }

    void aRequestThatIsNotThereIsNotFound()
    {
        QCOMPARE(codeOf(f->store->request(RequestId{12345})), ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(RequestsTest)
#include "tst_storage_requests.moc"
