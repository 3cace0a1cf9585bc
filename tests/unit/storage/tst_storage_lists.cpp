#include "core/requestfilter.h"
#include "storefixture.h"

#include <algorithm>
#include <QRandomGenerator>

using namespace lbp;

namespace {
const Instant start = at("2026-05-04T12:00:00Z");
const Instant now = at("2026-05-06T09:00:00Z");
constexpr int rowCount = 3'000;

QList<FilterTerm> terms(const QString &text)
{
    const auto read = readRequestTerms(text, now, QTimeZone::utc());
    if (!read)
        qFatal("%s", qPrintable(read.error().detail));
    return *read;
}
QList<qint64> idsOf(const QList<ExchangeRow> &rows)
{
    QList<qint64> ids;
    for (const ExchangeRow &row : rows)
        ids += row.open.id.value;
    return ids;
}
qint64 sortValue(const ExchangeRow &row, RequestSort sort)
{
    switch (sort) {
    case RequestSort::Cost:
        return row.close.cost ? row.close.cost->picodollars() : -1;
    case RequestSort::Tokens:
        return row.close.usage.inputTokens() + row.close.usage.outputTokens();
    case RequestSort::Elapsed:
        return row.close.durationUs;
    case RequestSort::Time:
        break;
    }
    return row.open.id.value;
}
} // namespace

/// Lists of requests against the same answers taken from the rows themselves.
class ListsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<StoreFixture> f;
    QList<ExchangeRow> m_rows; ///< newest first
    QHash<KeyId, QString> m_names;

    QList<ExchangeRow> expected(const QString &filter, RequestSort sort = RequestSort::Time,
                                bool ascending = false) const
    {
        const QList<FilterTerm> wanted = terms(filter);
        QList<ExchangeRow> rows;
        for (const ExchangeRow &row : m_rows)
            if (fits(wanted, row, m_names.value(row.open.series->key)))
                rows += row;
        std::stable_sort(rows.begin(), rows.end(), [&](const ExchangeRow &a, const ExchangeRow &b) {
            const auto key = [&](const ExchangeRow &row) {
                return std::pair(sortValue(row, sort), row.open.id.value);
            };
            return ascending ? key(a) < key(b) : key(b) < key(a);
        });
        return rows;
    }
    /// Everything there is from the start or the end of the list, page by page.
    QList<qint64> walk(RequestQuery query)
    {
        QList<qint64> ids;
        for (int calls = 0;; ++calls) {
            const RequestPage page = valueOf(f->store->requestPage(query));
            if (page.rows.size() > query.limit || calls > 5'000)
                qFatal("a page is too long, or there is no end");
            ids = query.backwards ? idsOf(page.rows) + ids : ids + idsOf(page.rows);
            query.ranking = page.ranking;
            if (page.ranking != 0 && !page.total)
                continue;
            if (page.exhausted)
                return ids;
            query.after = page.next;
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        f = std::make_unique<StoreFixture>();
        for (const char *name : {"ci", "Web App", "100%_sure"}) {
            KeyRecord key;
            key.name = QString::fromLatin1(name);
            key.sha256 = sha256(name);
            key.last4 = QStringLiteral("abcd");
            key.createdAt = start;
            m_names.insert(valueOf(f->store->insertKey(key, {})).id, key.name);
        }
        m_names.insert(42, QString());
        QRandomGenerator random(4);
        Instant t = start;
        for (int i = 0; i < rowCount; ++i) {
            t += std::chrono::seconds(10 + random.bounded(80));
            const KeyId key = i % 500 == 7 ? 42 : 1 + i % 3;
            ExchangeRow row{f->openRow(t, key, i % 2 ? "gpt-4o" : "claude-sonnet-4"), {}};
            row.open.stream = i % 5 == 0;
            row.open.clamped = i % 11 == 0;
            if (i % 4 == 0)
                row.open.endpoint = QStringLiteral("embeddings");
            if (i % 9 == 0)
                row.open.requestedModel = QStringLiteral("o3-pro");
            if (i % 60 == 3 || (i > rowCount - 20 && i % 2 == 0)) {
                f->store->submit(row.open, 0);
                row.close = CloseRow{};
                row.close.id = row.open.id;
                row.close.outcome = Outcome::Open;
                row.close.provenance = Provenance::Reserved;
            } else {
                row.close = StoreFixture::closeRow(row.open.id, pico(random.bounded(100)));
                row.close.usage[BillingClass::CachedInput] = random.bounded(2'000);
                row.close.usage[BillingClass::Reasoning] = random.bounded(10) == 0 ? 50'000 : 0;
                row.close.durationUs = random.bounded(5) * 1'000'000;
                row.close.ttftUs = random.bounded(3) * 300'000;
                row.close.saved = pico(random.bounded(3) == 0 ? 5 : 0);
                constexpr std::pair<Outcome, int> ends[] = {
                    {Outcome::Completed, 200},      {Outcome::Completed, 200}, {Outcome::UpstreamError, 429},
                    {Outcome::UpstreamFailed, 502}, {Outcome::CacheHit, 200},  {Outcome::ClientGone, 0}};
                std::tie(row.close.outcome, row.close.status) = ends[size_t(random.bounded(6))];
                if (row.close.status >= 400)
                    row.close.error = random.bounded(2) ? QStringLiteral("Rate limit: 100%_sure")
                                                        : QStringLiteral("back\\slash");
                if (random.bounded(12) == 0) {
                    row.close.cost.reset();
                    row.close.provenance = Provenance::Unpriced;
                } else if (random.bounded(6) == 0) {
                    row.close.provenance = Provenance::Estimated;
                }
                if (i % 13 == 5) { // refused: no provider, no model of its own
                    row.open.series =
                        std::make_shared<const Series>(Series{key, QStringLiteral("team0"), {}, {}, {}});
                    row.open.requestedModel = QStringLiteral("gpt-unknown");
                    row.open.unpriced = i % 2 == 0;
                    row.close.outcome = Outcome::Refused;
                    row.close.status = row.open.unpriced ? 400 : 402;
                    row.close.provenance = Provenance::Free;
                    row.close.cost = Money();
                    row.close.usage = {};
                }
                f->store->submit(row, 0);
            }
            m_rows.prepend(row);
        }
        f->store.reset(); // everything is written then
        f->open();
    }
    void cleanupTestCase() { f.reset(); }

    void theStoreAndTheRowsGiveTheSameAnswer_data()
    {
        QTest::addColumn<QString>("filter");
        for (const char *filter : {"",
                                   "key:ci",
                                   "key:key_42",
                                   "key:\"web app\"",
                                   "key:nobody",
                                   "key:*a*",
                                   "-key:ci",
                                   "team:team1",
                                   "team:TEAM1|other",
                                   "-team:team1 -team:team0",
                                   "model:gpt-*",
                                   "model:gpt-unknown",
                                   "-model:gpt-unknown",
                                   "model:gpt-*|claude-*",
                                   "requested:o3-pro",
                                   "-requested:o3*",
                                   "provider:openai",
                                   "-provider:openai",
                                   "project:project",
                                   "endpoint:chat",
                                   "endpoint:chat.completions|embeddings",
                                   "status:4xx",
                                   "status:4xx|502",
                                   "status:none",
                                   "-status:none",
                                   "status<400",
                                   "status>=500",
                                   "outcome:open",
                                   "-outcome:open",
                                   "outcome:upstreamFailed|upstreamError",
                                   "outcome:refused",
                                   "cost>0.00000000005",
                                   "cost>0.00000000005 key:key_42",
                                   "-cost>0.00000000005",
                                   "cost:0",
                                   "cost<=0.00000000001",
                                   "saved>0",
                                   "tokens>50k",
                                   "tokens:100..1000",
                                   "input<500",
                                   "output>=50k",
                                   "duration>2s",
                                   "duration:0s",
                                   "ttft>=600ms",
                                   "-ttft>=600ms",
                                   "time:yesterday",
                                   "time:24h",
                                   "time>2026-05-05",
                                   "-time:yesterday",
                                   "time:2026-05-04|2026-05-06",
                                   "time:2030-01-01",
                                   "cached:yes",
                                   "cached:no",
                                   "estimated:yes",
                                   "estimated:yes key:ci status:2xx",
                                   "unpriced:yes",
                                   "unpriced:no",
                                   "stream:yes",
                                   "clamped:yes",
                                   "downgraded:yes",
                                   "downgraded:no",
                                   "error:\"rate limit\"",
                                   "error:100%_",
                                   "error:back\\",
                                   "error:r*100",
                                   "error:\"r*100\"",
                                   "-error:rate",
                                   "provenance:free|estimated",
                                   "ci",
                                   "SURE",
                                   "sonnet",
                                   "gpt-unknown",
                                   "rate",
                                   "-rate",
                                   "rate ci",
                                   "nowhere",
                                   "\"' OR 1=1 --\"",
                                   "stream:yes tokens>50k time:24h -key:ci"})
            QTest::newRow(filter) << QString::fromLatin1(filter);
    }
    void theStoreAndTheRowsGiveTheSameAnswer()
    {
        QFETCH(QString, filter);
        RequestQuery query;
        query.terms = terms(filter);
        const QList<qint64> newestFirst = idsOf(expected(filter));
        QList<qint64> oldestFirst = newestFirst;
        std::reverse(oldestFirst.begin(), oldestFirst.end());
        for (const int limit : {61, 1'000}) {
            query.limit = limit;
            for (const bool backwards : {false, true}) {
                query.backwards = backwards;
                query.ascending = false;
                QCOMPARE(walk(query), newestFirst);
                query.ascending = true;
                QCOMPARE(walk(query), oldestFirst);
            }
        }
        const RequestCount count = valueOf(f->store->countRequests(query, 1'000'000));
        QVERIFY(count.isExact);
        QCOMPARE(count.count, newestFirst.size());
        if (newestFirst.size() > 5) {
            const RequestCount some = valueOf(f->store->countRequests(query, 5));
            QCOMPARE(some.count, 5);
            QVERIFY(!some.isExact || filter.isEmpty());
        }
    }

    void aSortedListIsInOrderBothWays_data()
    {
        QTest::addColumn<RequestSort>("sort");
        QTest::addColumn<QString>("filter");
        for (const auto &[name, sort] :
             {std::pair("cost", RequestSort::Cost), std::pair("tokens", RequestSort::Tokens),
              std::pair("duration", RequestSort::Elapsed)})
            for (const char *filter : {"", "key:ci -cached:yes", "key:nobody"})
                QTest::addRow("%s of %s", name, filter) << sort << QString::fromLatin1(filter);
    }
    void aSortedListIsInOrderBothWays()
    {
        QFETCH(RequestSort, sort);
        QFETCH(QString, filter);
        for (const bool ascending : {false, true}) {
            const QList<qint64> ids = idsOf(expected(filter, sort, ascending));
            RequestQuery query;
            query.terms = terms(filter);
            query.sort = sort;
            query.ascending = ascending;
            query.limit = 37;
            QCOMPARE(walk(query), ids);
            query.backwards = true;
            QCOMPARE(walk(query), ids);

            query.backwards = false;
            RequestPage page = valueOf(f->store->requestPage(query));
            while (!page.total) {
                query.ranking = page.ranking;
                page = valueOf(f->store->requestPage(query));
            }
            QCOMPARE(*page.total, ids.size());
            query.ranking = page.ranking;
            query.position = ids.size() / 2;
            QCOMPARE(idsOf(valueOf(f->store->requestPage(query)).rows), ids.mid(ids.size() / 2, 37));
        }
    }
    void aRankingStaysAsItWasUntilItIsAskedForAnew()
    {
        StoreFixture own;
        const RequestId cheap = own.exchange(start, usd("1"));
        own.exchange(start + std::chrono::seconds(1), usd("2"));
        RequestQuery query;
        query.sort = RequestSort::Cost;
        query.limit = 1;
        const RequestPage first = valueOf(own.store->requestPage(query));
        own.exchange(start + std::chrono::seconds(2), usd("9"));
        query.ranking = first.ranking;
        query.after = first.next;
        const RequestPage second = valueOf(own.store->requestPage(query));
        QCOMPARE(idsOf(second.rows), QList<qint64>{cheap.value});
        QCOMPARE(second.ranking, first.ranking);
        query.ranking = 4711; // forgotten: ranked anew, and the cursor still says where
        QCOMPARE(idsOf(valueOf(own.store->requestPage(query)).rows), QList<qint64>{cheap.value});
        query.after.reset();
        query.ranking = 0;
        QCOMPARE(valueOf(own.store->requestPage(query)).rows.first().close.cost, std::optional(usd("9")));
    }

    void theLiveTailIsReadFromTheNewestRowKnown()
    {
        StoreFixture own;
        const RequestId known = own.exchange(start);
        RequestQuery query;
        query.after = RequestCursor{known.value, known};
        query.backwards = true;
        RequestPage page = valueOf(own.store->requestPage(query));
        QVERIFY(page.rows.isEmpty() && page.exhausted);
        QList<qint64> newer;
        for (int i = 1; i <= 3; ++i)
            newer.prepend(own.exchange(start + std::chrono::seconds(i)).value);
        query.limit = 2;
        page = valueOf(own.store->requestPage(query));
        QCOMPARE(idsOf(page.rows), newer.mid(1)); // those just above, in the order of the list
        query.after = page.next;
        QCOMPARE(idsOf(valueOf(own.store->requestPage(query)).rows), newer.mid(0, 1));
    }

    void everyPlaceOfTheWholeListIsFound()
    {
        for (qint64 position = 0; position < rowCount; position += 7) {
            const RequestPlace place = valueOf(f->store->requestAt(position));
            QCOMPARE(place.id.value, m_rows[position].open.id.value);
            QCOMPARE(place.total, qint64(rowCount));
            QCOMPARE(valueOf(f->store->placeOf(place.id)).position, position);
        }
        QCOMPARE(valueOf(f->store->requestAt(-5)).position, qint64(0));
        QCOMPARE(valueOf(f->store->requestAt(1'000'000)).id.value, m_rows.last().open.id.value);
        QCOMPARE(valueOf(f->store->placeOf(RequestId{1})).position, qint64(rowCount));
    }
    void placesAreThoseOfTheRowsThatAreLeftAfterPruning()
    {
        StoreFixture own("Europe/Berlin");
        QList<qint64> ids;
        for (int i = 0; i < 60; ++i)
            ids.prepend(own.exchange(start + std::chrono::minutes(70 * i)).value);
        valueOf(own.store->prune(start + std::chrono::minutes(70 * 25 + 5)));
        ids.resize(34);
        for (qint64 position = 0; position < ids.size(); ++position) {
            const RequestPlace place = valueOf(own.store->requestAt(position));
            QCOMPARE(place.total, ids.size());
            QCOMPARE(place.id.value, ids[position]);
        }
    }
    void anEmptyLedgerHasNoPlaces()
    {
        StoreFixture own;
        QCOMPARE(valueOf(own.store->requestAt(0)).total, qint64(0));
        QCOMPARE(valueOf(own.store->placeOf(RequestId{5})).total, qint64(0));
        QVERIFY(valueOf(own.store->requestPage({})).exhausted);
        RequestQuery sorted;
        sorted.sort = RequestSort::Cost;
        QCOMPARE(valueOf(own.store->requestPage(sorted)).total, std::optional<qint64>(0));
        QCOMPARE(valueOf(own.store->countRequests({}, 10)).count, qint64(0));
    }

    void cursorsSurviveAsText()
    {
        for (const RequestCursor &cursor : {RequestCursor{12345, RequestId{12345}},
                                            RequestCursor{-1, RequestId{99}}, RequestCursor{7, RequestId{8}}})
            QCOMPARE(RequestCursor::fromText(cursor.toText()), std::optional(cursor));
        for (const char *wrong : {"", ".", "7.", "x.req_0000000000001", "req_", "7.req_0000000000001x"})
            QVERIFY2(!RequestCursor::fromText(wrong), wrong);
    }
    void noCallWaitsForALongSearch()
    {
        // A search without a match over many rows comes back before its end, and goes on from where it was.
        StoreFixture own;
        {
            auto bare = SqlConnection::openBare(own.options.file);
            own.exchange(start);
            const QString columns =
                (*bare)
                    ->scalar(QStringLiteral("SELECT group_concat(name) FROM pragma_table_info('requests') "
                                            "WHERE name <> 'id'"))
                    ->toString();
            QVERIFY((*bare)
                        ->exec(QStringLiteral("INSERT INTO requests (id, %1) SELECT r.id + s.value * 1024, "
                                              "%1 FROM requests r, "
                                              "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT "
                                              "value + 1 FROM n WHERE value < 200000) "
                                              "SELECT value FROM n) s")
                                   .arg(columns))
                        .has_value());
        }
        RequestQuery query;
        query.terms = terms(QStringLiteral("error:\"nothing like it\""));
        qint64 scanned = 0;
        int calls = 0;
        for (;; ++calls) {
            const RequestPage page = valueOf(own.store->requestPage(query));
            QVERIFY(page.rows.isEmpty());
            scanned += page.scanned;
            if (page.exhausted)
                break;
            QVERIFY(page.next->id
                    < query.after.value_or(RequestCursor{0, {std::numeric_limits<qint64>::max()}}).id);
            query.after = page.next;
        }
        QVERIFY(calls > 0);
        QCOMPARE(scanned, qint64(200'001));
    }
};

QTEST_GUILESS_MAIN(ListsTest)
#include "tst_storage_lists.moc"
