#include "unit/admin/apirig.h"

using namespace lbp;
using namespace std::chrono_literals;

class TestAdminApi : public QObject
{
    Q_OBJECT

    static QString message(const LocalResponse &response)
    {
        return ApiRig::json(response)[u"error"][u"message"].toString();
    }

private Q_SLOTS:
    void aKeyIsCreatedShownChangedAndRevoked()
    {
        ApiRig rig;
        const LocalResponse created = rig.call(
            "POST", QStringLiteral("/api/keys"),
            R"({"name":"ci","team":"core","budgetPeriod":"daily","budgetLimit":"5.00","budgets":{"monthly":20.5},"rpm":10})");
        QCOMPARE(created.status, 201);
        const QJsonObject record = ApiRig::json(created);
        const QByteArray plaintext = record[u"key"].toString().toLatin1();
        QVERIFY(looksLikeVirtualKey(plaintext));
        QCOMPARE(rig.plane.explicitBudgets.size(), 2);
        const QString path = QStringLiteral("/api/keys/") + record[u"id"].toString();

        const LocalResponse changed = rig.call("PATCH", path, R"({"rpm":null,"team":"other"})");
        QCOMPARE(changed.status, 200);
        QVERIFY(ApiRig::json(changed)[u"rpm"].isNull());
        QCOMPARE(ApiRig::json(changed)[u"team"].toString(), QStringLiteral("other"));

        const LocalResponse rotated =
            rig.call("POST", path + QStringLiteral("/rotate"), R"({"graceSeconds":60})");
        QVERIFY(ApiRig::json(rotated)[u"key"].toString().toLatin1() != plaintext);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/me"), {}, plaintext).status, 200);
        QCOMPARE(ApiRig::json(rig.call("DELETE", path))[u"status"].toString(), QStringLiteral("revoked"));
        QCOMPARE(ApiRig::json(rig.call("GET", QStringLiteral("/api/keys")))[u"keys"].toArray().size(), 0);
        QCOMPARE(ApiRig::json(rig.call("GET", QStringLiteral("/api/keys?includeRevoked=true")))[u"keys"]
                     .toArray()
                     .size(),
                 1);
    }

    void badInputSaysWhatAndWhere_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *method, const char *target, const char *body, int status,
                            const char *says) {
            QTest::addRow("%s %s %s", method, target, body)
                << QByteArray(method) << QString::fromUtf8(target) << QByteArray(body) << status
                << QString::fromUtf8(says);
        };
        row("POST", "/api/keys", R"({"nme":"x"})", 400, "did you mean \"name\"?");
        row("POST", "/api/keys", R"({"name":"a\r\nX: y"})", 400, "name");
        row("POST", "/api/keys", R"({"name":"a","rpm":1.5})", 400, "rpm");
        row("POST", "/api/keys", R"({"name":"a","budgetPeriod":"yearly","budgetLimit":"1"})", 400,
            "budgetPeriod");
        row("POST", "/api/keys", R"({"name":"a","budgets":{"dayly":"1"}})", 400, "daily");
        row("POST", "/api/keys", R"({"name":"a","budgets":{"daily":"-1"}})", 400, "negative");
        row("POST", "/api/keys", R"({"name":"a","expiresAt":"2020-01-01T00:00:00Z"})", 400, "expiresAt");
        row("POST", "/api/keys", R"({"name":"a","expiresAt":"tomorrow"})", 400, "expiresAt");
        row("POST", "/api/keys", R"([1])", 400, "object");
        row("POST", "/api/keys", R"({"name":)", 400, "JSON");
        row("POST", "/api/keys", "{\"name\":\"\xff\"}", 400, "");
        row("GET", "/api/keys/key_99", "", 404, "GET /api/keys");
        row("GET", "/api/keys/..%2f..", "", 404, "");
        row("PUT", "/api/budgets/global/yearly", R"({"limit":"1"})", 404, "period");
        row("PUT", "/api/budgets/team/a%2Fb/daily", R"({"limit":"x"})", 400, "limit");
        row("PUT", "/api/budgets/key/key_99/daily", R"({"limit":"1"})", 404, "key_99");
        row("GET", "/api/usage?groupBy=colour", "", 400, "groupBy");
        row("GET", "/api/usage?from=2026-13-01", "", 400, "from");
        row("GET", "/api/requests?limit=501", "", 400, "limit");
        row("GET", "/api/requests?cursor=x", "", 400, "cursor");
        row("GET", "/api/requests/req_unknown", "", 404, "X-LBP-Request-Id");
        row("GET", "/api/nothing", "", 404, "");
        row("PUT", "/api/keys", "{}", 405, "Allow");
    }
    void badInputSaysWhatAndWhere()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, target);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, says);
        ApiRig rig;
        const LocalResponse response = rig.call(method.constData(), target, body);
        QCOMPARE(response.status, status);
        QVERIFY2(message(response).contains(says), qPrintable(message(response)));
        QVERIFY(!message(response).isEmpty());
        for (const Header &header : response.headers)
            QVERIFY(!header.name.toLower().startsWith("access-control"));
    }

    void onlyTheAdminKeyOpens()
    {
        ApiRig rig;
        const QByteArray key =
            ApiRig::json(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci"})"))[u"key"]
                .toString()
                .toLatin1();
        const QString id = QStringLiteral("/api/keys/key_1");
        const LocalResponse unknown =
            rig.call("GET", QStringLiteral("/api/me"), {}, generateVirtualKey().reveal());
        QCOMPARE(unknown.status, 401);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/keys"), {}, key).status, 401);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/keys"), {}, {}).status, 401);
        QVERIFY(rig.call("DELETE", id).status == 200);
        const LocalResponse revoked = rig.call("GET", QStringLiteral("/api/me"), {}, key);
        QCOMPARE(revoked.body, unknown.body); // nothing to be learnt
        LocalRequest cookie = ApiRig::request("GET", QStringLiteral("/api/keys"), {}, {});
        cookie.head.headers.add("Cookie", QByteArray("adminKey=") + ApiRig::adminKey);
        QCOMPARE(rig.call(cookie).status, 401);
    }

    void aRequestFromAWebPageIsRefused()
    {
        ApiRig rig;
        LocalRequest rebound = ApiRig::request("GET", QStringLiteral("/api/keys"));
        rebound.head.headers.set("Host", "evil.example:3000");
        QCOMPARE(rig.call(rebound).status, 403);
        LocalRequest foreign = ApiRig::request("POST", QStringLiteral("/api/pause"));
        foreign.head.headers.add("Origin", "https://evil.example");
        QCOMPARE(rig.call(foreign).status, 403);
        QVERIFY(!rig.plane.paused);
        LocalRequest form = ApiRig::request("POST", QStringLiteral("/api/keys"), R"({"name":"x"})");
        form.head.headers.set("Content-Type", "text/plain");
        QCOMPARE(rig.call(form).status, 415);
        const LocalResponse options = rig.call("OPTIONS", QStringLiteral("/api/keys"), {}, {});
        QCOMPARE(options.status, 204);
        QCOMPARE(options.headers.value("Allow"), QByteArray("GET, POST, HEAD, OPTIONS"));
        QVERIFY(!options.headers.contains("Access-Control-Allow-Origin"));
    }

    void theRoutesWorkInProcessWithoutAKey()
    {
        ApiRig rig;
        LocalRequest bare;
        bare.head.method = "GET";
        bare.head.target = "/api/budgets";
        QCOMPARE(await(rig.api.dispatch(bare, true)).status, 200);
        QCOMPARE(await(rig.api.dispatch(bare, false)).status, 403);
    }

    void requestsArePagedAndEachKeySeesItsOwn()
    {
        ApiRig rig;
        const QByteArray key =
            ApiRig::json(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci"})"))[u"key"]
                .toString()
                .toLatin1();
        RequestId mine, foreign;
        for (int i = 0; i < 5; ++i)
            mine = addRequest(*rig.db.store, rig.clock.now() + i * 1s, 1, usd("1"), Provenance::Estimated);
        foreign = addRequest(*rig.db.store, rig.clock.now() + 9s, 2, usd("1"));
        QTRY_COMPARE(rig.db.store->queued(), size_t(0));
        QStringList seen;
        QString cursor;
        for (int page = 0; page < 5; ++page) {
            const QJsonObject json =
                ApiRig::json(rig.call("GET", QStringLiteral("/api/requests?limit=2") + cursor));
            const QJsonArray rows = json[u"requests"].toArray();
            for (const QJsonValue &row : rows)
                seen.append(row[u"id"].toString());
            if (json[u"nextCursor"].isNull())
                break;
            cursor = QStringLiteral("&cursor=") + json[u"nextCursor"].toString();
        }
        QCOMPARE(seen.size(), 6);
        QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 6);
        QCOMPARE(seen[0], QString::fromLatin1(foreign.toText()));

        const QString path = QStringLiteral("/api/requests/");
        QCOMPARE(rig.call("GET", path + QString::fromLatin1(mine.toText()), {}, key).status, 200);
        QCOMPARE(rig.call("GET", path + QString::fromLatin1(foreign.toText()), {}, key).status, 404);
        const LocalResponse corrected =
            rig.call("PATCH", path + QString::fromLatin1(mine.toText()), R"({"cost":"0.25"})");
        QCOMPARE(ApiRig::json(corrected)[u"cost"].toString(), QStringLiteral("0.25"));
        QCOMPARE(rig.plane.corrections[0].second, usd("-0.75"));
        QCOMPARE(rig.call("DELETE", path + QString::fromLatin1(mine.toText())).status, 409);
    }

    void aRequestIsShownWithItsFurtherAttempts()
    {
        ApiRig rig;
        const RequestId first = addRequest(*rig.db.store, rig.clock.now(), 1, usd("0"));
        for (const int attempt : {3, 2}) {
            ExchangeRow row;
            row.open.id = {first.value + attempt};
            row.open.attemptOf = first;
            row.open.attempt = attempt;
            row.close.id = row.open.id;
            row.close.cost = usd("0.5");
            row.close.usage[BillingClass::AudioSecond] = 90;
            row.close.usage[BillingClass::CodeSessionCall] = 1;
            Rates rates;
            rates[BillingClass::AudioSecond] = 30'833'334;
            rates[BillingClass::CodeSessionCall] = 30'000'000'000;
            rates[BillingClass::SpeechCharacter] = 15'000'000;
            rates[BillingClass::GeneratedImage] = 40'000'000'000;
            row.close.rates = std::make_shared<const Rates>(rates);
            rig.db.store->submit(row, 0);
        }
        QTRY_COMPARE(rig.db.store->queued(), size_t(0));
        const auto shown = [&](qint64 id) {
            return ApiRig::json(rig.call(
                "GET", QStringLiteral("/api/requests/") + QString::fromLatin1(RequestId{id}.toText())));
        };
        const QJsonObject request = shown(first.value);
        QCOMPARE(request[u"attempt"].toInt(), 1);
        QVERIFY(request[u"attemptOf"].isNull());
        const QJsonArray attempts = request[u"attempts"].toArray();
        QCOMPARE(attempts.size(), 2);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(attempts[i][u"attempt"].toInt(), i + 2);
            QCOMPARE(attempts[i][u"attemptOf"].toString(), QString::fromLatin1(first.toText()));
            QCOMPARE(attempts[i][u"cost"].toString(), QStringLiteral("0.50"));
        }
        const QJsonObject second = shown(first.value + 2);
        QCOMPARE(second[u"attempt"].toInt(), 2);
        QCOMPARE(second[u"attempts"].toArray().size(), 0);
        QCOMPARE(second[u"usage"][u"classes"][u"audioSeconds"].toInt(), 90);
        QCOMPARE(second[u"usage"][u"inputTokens"].toInt(), 0);
        const QJsonValue rates = second[u"rates"];
        QCOMPARE(rates[u"audioSeconds"].toString(), QStringLiteral("0.111")); // an hour
        QCOMPARE(rates[u"codeSessions"].toString(), QStringLiteral("0.03")); // a session
        QCOMPARE(rates[u"speechCharacters"].toString(), QStringLiteral("15.00")); // a million
        QCOMPARE(rates[u"generatedImages"].toString(), QStringLiteral("0.04"));
    }

    void metricsCountExactly()
    {
        ApiRig rig;
        rig.plane.counters.costPicodollars = 9'007'199'254'740'993; // no double is this number
        const LocalResponse response = rig.call("GET", QStringLiteral("/metrics"), {}, {});
        QCOMPARE(response.status, 200);
        QVERIFY(response.body.contains("\nlbp_cost_picodollars_total 9007199254740993\n"));
        QVERIFY(response.body.contains("lbp_request_duration_seconds_bucket{le=\"+Inf\"} 0"));
        LocalRequest remote = ApiRig::request("GET", QStringLiteral("/metrics"), {}, {});
        remote.peer = QHostAddress(QStringLiteral("192.168.1.9"));
        QCOMPARE(rig.call(remote).status, 401);
    }

    void readySaysWhyNot()
    {
        ApiRig rig;
        rig.plane.down = {QStringLiteral("openai")};
        const LocalResponse ready = rig.call("GET", QStringLiteral("/ready"), {}, {});
        QCOMPARE(ready.status, 200);
        QCOMPARE(ApiRig::json(ready)[u"providersDown"].toArray().size(), 1);
        rig.api.setDraining(true);
        QCOMPARE(rig.call("GET", QStringLiteral("/ready"), {}, {}).status, 503);
    }

    void eventsArriveLive()
    {
        ApiRig rig;
        const auto reply = std::make_shared<KeptReply>();
        rig.api.handle(ApiRig::request("GET", QStringLiteral("/api/events")), reply);
        QTRY_VERIFY(reply->sent.has_value());
        QCOMPARE(reply->sent->headers.value("Content-Type"), QByteArray("text/event-stream"));
        rig.hub.publish({rig.clock.now(), event::PauseChanged{true}});
        QTRY_VERIFY(reply->streamed.contains("event: pauseChanged\ndata: {"));
        rig.api.setDraining(true);
        QVERIFY(!reply->open);
        const auto refused = std::make_shared<KeptReply>();
        rig.api.handle(ApiRig::request("GET", QStringLiteral("/api/events"), {}, {}), refused);
        QTRY_VERIFY(refused->sent.has_value());
        QCOMPARE(refused->sent->status, 401);
    }

    void secretsAreInNoAnswer()
    {
        ApiRig rig;
        const QByteArray key =
            ApiRig::json(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci"})"))[u"key"]
                .toString()
                .toLatin1();
        for (const Route &route : rig.api.routes()) {
            if (route.method != "GET" || route.pattern == u"/api/events")
                continue;
            QString path = route.pattern;
            path.replace(QStringLiteral("{id}"), QStringLiteral("key_1"));
            const LocalResponse response =
                rig.call("GET", path, {}, route.access == Access::Key ? key : QByteArray(ApiRig::adminKey));
            QVERIFY2(!response.body.contains("canary") && !response.body.contains(key)
                         && !response.body.contains(sha256(key).toHex()),
                     qPrintable(path));
        }
    }
};

QTEST_GUILESS_MAIN(TestAdminApi)
#include "tst_admin_api.moc"
