#include "unit/admin/apirig.h"

using namespace lbp;
using namespace std::chrono_literals;

/// Raises, held requests, simulations, pauses with an end and details over the API.
class TestAdminDecisions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPauseMayHaveAnEnd()
    {
        ApiRig rig;
        const auto pause = [&](const char *body) {
            return rig.call("POST", QStringLiteral("/api/pause"), QByteArray(body));
        };
        const auto answer = ApiRig::json(pause(R"({"minutes":15})"));
        QCOMPARE(answer[u"paused"].toBool(), true);
        QCOMPARE(rig.plane.pausedUntil, std::optional(rig.clock.now() + 15min));
        QVERIFY(!answer[u"until"].toString().isEmpty());
        QCOMPARE(pause(R"({"until":"tomorrow"})").status, 200);
        QCOMPARE(rig.plane.pausedUntil, std::optional(rig.control.tomorrow()));
        QCOMPARE(pause(R"({"until":"2001-01-01T00:00:00Z"})").status, 400);
        QCOMPARE(pause(R"({"until":"soon"})").status, 400);
        QCOMPARE(pause(R"({"minutes":0})").status, 400);
        QCOMPARE(pause(R"({"minutes":5,"until":"tomorrow"})").status, 400);
        QCOMPARE(rig.call("POST", QStringLiteral("/api/resume"), R"({"minutes":5})").status, 400);
        QCOMPARE(rig.call("POST", QStringLiteral("/api/resume"), "{}").status, 200);
        QVERIFY(!rig.plane.paused);
        QVERIFY(ApiRig::json(rig.call("GET", QStringLiteral("/ready")))[u"pausedUntil"].isNull());
    }

    void onlySensibleRaisesAreTaken()
    {
        ApiRig rig;
        QCOMPARE(
            rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci","budgets":{"daily":"5"}})").status,
            201);
        const auto raise = [&](const char *body) {
            return rig.call("POST", QStringLiteral("/api/budgets/raise"), QByteArray(body)).status;
        };
        QCOMPARE(raise(R"({"scope":"key","id":"key_1","amount":"5"})"), 200); // daily, unless said otherwise
        QCOMPARE(rig.plane.raises.size(), 1);
        QCOMPARE(rig.plane.raises.first().period, Period::Daily);
        QCOMPARE(raise(R"({"scope":"key","id":"key_1","amount":"0"})"), 400);
        QCOMPARE(raise(R"({"scope":"key","id":"key_1"})"), 400);
        QCOMPARE(raise(R"({"scope":"key","amount":"5"})"), 400);
        QCOMPARE(raise(R"({"scope":"nobody","amount":"5"})"), 400);
        QCOMPARE(raise(R"({"scope":"global","id":"x","amount":"5"})"), 400);
        QCOMPARE(raise(R"({"scope":"key","id":"key_9","amount":"5"})"), 404);
        QCOMPARE(raise(R"({"scope":"global","amount":"5"})"), 404); // there is no such budget
        QCOMPARE(raise(R"({"scope":"key","id":"key_1","period":"total","amount":"5"})"), 409);
        QCOMPARE(rig.plane.raises.size(), 1);
    }

    void holdsAreAnswered()
    {
        ApiRig rig;
        const QString path = QStringLiteral("/api/holds/") + QString::fromLatin1(RequestId{4711}.toText());
        const auto answer = [&](const char *body) { return rig.call("POST", path, QByteArray(body)).status; };
        QCOMPARE(answer(R"({"answer":"allowOnce"})"), 200);
        QCOMPARE(answer(R"({"answer":"raise","amount":"5"})"), 200);
        QCOMPARE(answer(R"({"answer":"block"})"), 200);
        QCOMPARE(rig.plane.answers.size(), 3);
        QCOMPARE(rig.plane.answers[0].first, RequestId{4711});
        QCOMPARE(rig.plane.answers[1].second.amount, usd("5"));
        QCOMPARE(answer(R"({"answer":"raise"})"), 400);
        QCOMPARE(answer(R"({"answer":"block","amount":"5"})"), 400);
        QCOMPARE(answer(R"({"answer":"perhaps"})"), 400);
        QCOMPARE(answer("{}"), 400);
        QCOMPARE(rig.call("POST", QStringLiteral("/api/holds/nonsense"), R"({"answer":"block"})").status,
                 404);
        rig.plane.holdResult = fail(ErrorCode::NotFound, QStringLiteral("gone"));
        QCOMPARE(answer(R"({"answer":"block"})"), 404);
    }

    void simulationsNeedAKeyAndAModel()
    {
        ApiRig rig;
        QCOMPARE(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci"})").status, 201);
        const auto simulate = [&](const char *body) {
            return rig.call("POST", QStringLiteral("/api/simulate"), QByteArray(body)).status;
        };
        QCOMPARE(simulate(R"({"key":"key_1","model":"gpt-4o","inputTokens":10,"outputTokens":5})"), 200);
        QCOMPARE(simulate(R"({"key":"key_7","model":"gpt-4o"})"), 404);
        QCOMPARE(simulate(R"({"key":"key_1"})"), 400);
        QCOMPARE(simulate(R"({"model":"gpt-4o"})"), 400);
        QCOMPARE(simulate(R"({"key":"key_1","model":"gpt-4o","inputTokens":-1})"), 400);
    }

    void detailsAreForTheAdminAlone()
    {
        ApiRig rig;
        const auto created = ApiRig::json(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"ci"})"));
        const RequestId id = addRequest(*rig.db.store, rig.clock.now(), 1, usd("1"));
        const QString path = QStringLiteral("/api/requests/%1/details").arg(QString::fromLatin1(id.toText()));
        QCOMPARE(rig.call("GET", path).status, 200); // the row is known, and nothing was kept
        QVERIFY(ApiRig::json(rig.call("GET", path))[u"request"].isNull());
        QCOMPARE(rig.call("GET", path, {}, created[u"key"].toString().toLatin1()).status, 401);
        QCOMPARE(rig.call("GET", QStringLiteral("/api/requests/req_0000000000001/details")).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestAdminDecisions)
#include "tst_admin_decisions.moc"
