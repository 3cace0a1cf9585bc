#include "unit/admin/apirig.h"

#include <QUrl>

using namespace lbp;
using namespace std::chrono_literals;

/// The list and the reports of the management API over a real ledger.
class TestAdminReports : public QObject
{
    Q_OBJECT

    static QString list(const QString &filter, const QString &more = {})
    {
        return QStringLiteral("/api/requests?filter=") + QString::fromLatin1(QUrl::toPercentEncoding(filter))
            + more;
    }
    static QStringList costsOf(const QJsonObject &page)
    {
        QStringList costs;
        const QJsonArray rows = page[u"requests"].toArray();
        for (const QJsonValue &row : rows)
            costs.append(row[u"cost"].toString());
        return costs;
    }
    static QString messageOf(const LocalResponse &response)
    {
        return ApiRig::json(response)[u"error"][u"message"].toString();
    }

private Q_SLOTS:
    void theListSpeaksTheFilterLanguage()
    {
        ApiRig rig;
        QCOMPARE(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci"})").status, 201);
        for (int i = 1; i <= 5; ++i)
            addRequest(*rig.db.store, rig.clock.now() - i * 1h, 1 + i % 2, usd("1").times(i).value(),
                       i % 2 ? Provenance::Exact : Provenance::Estimated);
        const auto costs = [&](const QString &filter, const QString &more = {}) {
            return costsOf(ApiRig::json(rig.call("GET", list(filter, more))));
        };
        QCOMPARE(costs(QStringLiteral("cost>2 key:ci")), QStringList{QStringLiteral("4.00")});
        QCOMPARE(costs(QStringLiteral("-cost>2")),
                 (QStringList{QStringLiteral("1.00"), QStringLiteral("2.00")}));
        QCOMPARE(costs(QStringLiteral("time:150m estimated:yes")), QStringList{QStringLiteral("2.00")});
        QCOMPARE(costs(QString(), QStringLiteral("&key=key_1&minCost=3")),
                 QStringList{QStringLiteral("4.00")});
        QCOMPARE(costs(QStringLiteral("cost>=2"), QStringLiteral("&order=asc&limit=2")),
                 (QStringList{QStringLiteral("5.00"), QStringLiteral("4.00")}));

        const LocalResponse wrong = rig.call("GET", list(QStringLiteral("key:ci stauts:402")));
        QCOMPARE(wrong.status, 400);
        QVERIFY2(messageOf(wrong).contains(u"at character 8") && messageOf(wrong).contains(u"\"status\""),
                 qPrintable(messageOf(wrong)));
        QVERIFY(messageOf(rig.call("GET", QStringLiteral("/api/requests?sort=colour")))
                    .contains(u"must be one of time"));
        QCOMPARE(rig.call("GET", QStringLiteral("/api/requests?status=999")).status, 400);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/requests?cursor=nonsense")).status, 400);
    }
    void aSortedListIsPagedToItsEnd()
    {
        ApiRig rig;
        for (int i = 0; i < 7; ++i)
            addRequest(*rig.db.store, rig.clock.now() + i * 1s, 1, usd("1").times(i * 3 % 7).value());
        QStringList seen;
        QString cursor;
        for (int page = 0; page < 10; ++page) {
            const QJsonObject json =
                ApiRig::json(rig.call("GET", QStringLiteral("/api/requests?sort=cost&limit=3") + cursor));
            seen += costsOf(json);
            if (json[u"nextCursor"].isNull())
                break;
            cursor = QStringLiteral("&cursor=")
                + QString::fromLatin1(QUrl::toPercentEncoding(json[u"nextCursor"].toString()));
        }
        QCOMPARE(seen.join(u' '), QStringLiteral("6.00 5.00 4.00 3.00 2.00 1.00 0.00"));
    }
    void chartsAreSplitAndRestricted()
    {
        ApiRig rig;
        addRequest(*rig.db.store, rig.clock.now() - 25h, 1, usd("2"));
        addRequest(*rig.db.store, rig.clock.now() - 1h, 2, usd("3"));
        QJsonObject json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/series?splitBy=key")));
        QCOMPARE(json[u"lines"].toArray().size(), 2);
        QCOMPARE(json[u"lines"][0][u"group"].toString(), QStringLiteral("key_2"));
        QCOMPARE(json[u"total"][u"cost"].toString(), QStringLiteral("5.00"));
        QCOMPARE(json[u"lines"][0][u"points"][u"cost"].toArray().size(), json[u"starts"].toArray().size());
        json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/series?bucket=week&key=key_1")));
        QCOMPARE(json[u"total"][u"cost"].toString(), QStringLiteral("2.00"));
        json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage?groupBy=key&limit=1")));
        QCOMPARE(json[u"groups"].toArray().size(), 1);
        QCOMPARE(json[u"groups"][0][u"cost"].toString(), QStringLiteral("3.00"));
        QCOMPARE(json[u"total"][u"cost"].toString(), QStringLiteral("5.00"));
        QCOMPARE(rig.call("GET", QStringLiteral("/api/usage/series?bucket=year")).status, 400);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/usage/series?from=2026-11-02&to=2026-11-01")).status,
                 400);
    }
    void aForecastNeedsDaysToGoBy()
    {
        ApiRig rig;
        addRequest(*rig.db.store, rig.clock.now() - 1h, 1, usd("1"));
        QJsonObject json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/forecast?period=daily")));
        QCOMPARE(json[u"basis"].toString(), QStringLiteral("notEnoughData"));
        QVERIFY(json[u"likely"].isNull());
        QCOMPARE(json[u"spent"].toString(), QStringLiteral("1.00"));
        for (int day = 1; day <= 30; ++day)
            addRequest(*rig.db.store, rig.clock.now() - day * 24h + 2h, 1, usd("5"));
        json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/forecast?period=daily")));
        QCOMPARE(json[u"basis"].toString(), QStringLiteral("similarDays"));
        QCOMPARE(json[u"likely"].toString(), QStringLiteral("6.00"));
        json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/forecast?key=key_9")));
        QCOMPARE(json[u"likely"].toString(), QStringLiteral("0.00"));
        QCOMPARE(rig.call("GET", QStringLiteral("/api/usage/forecast?period=total")).status, 400);
    }
    void latencyAndWhatIfAndUnpricedModelsAreTold()
    {
        ApiRig rig;
        addRequest(*rig.db.store, rig.clock.now() - 1h, 1, usd("1"));
        QJsonObject json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/latency")));
        QCOMPARE(json[u"duration"][u"rows"].toInteger(), 1);
        QVERIFY(json[u"ttft"][u"medianUs"].isNull());
        QCOMPARE(json[u"exact"].toBool(), true);

        json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/whatif?under=gpt-4o-2024-08-06")));
        QCOMPARE(json[u"cost"].toString(), QStringLiteral("0.000025")); // 10 input tokens; output has no rate
        QCOMPARE(json[u"complete"].toBool(), false);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/usage/whatif?under=nothing")).status, 404);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/usage/whatif")).status, 400);

        json = ApiRig::json(rig.call("GET", QStringLiteral("/api/usage/unpriced")));
        QVERIFY(json[u"models"].toArray().isEmpty());
        QVERIFY(json[u"searchedTo"].isNull());
    }
};

QTEST_GUILESS_MAIN(TestAdminReports)
#include "tst_admin_reports.moc"
