#include "unit/admin/apirig.h"

#include <yaml-cpp/yaml.h>

using namespace lbp;

/// Holds docs/openapi.yaml against the API: the same routes, and answers of the described form.
class TestAdminOpenApi : public QObject
{
    Q_OBJECT

    YAML::Node m_doc;

    YAML::Node resolved(const YAML::Node &schema) const
    {
        if (!schema["$ref"])
            return schema;
        YAML::Node at = YAML::Clone(m_doc);
        const QStringList steps = QString::fromStdString(schema["$ref"].as<std::string>()).mid(2).split(u'/');
        for (const QString &step : steps)
            at.reset(at[step.toStdString()]);
        return resolved(at);
    }
    static std::string typeOf(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Null:
            return "null";
        case QJsonValue::Bool:
            return "boolean";
        case QJsonValue::Double:
            return value.toDouble() == double(value.toInteger()) ? "integer" : "number";
        case QJsonValue::String:
            return "string";
        case QJsonValue::Array:
            return "array";
        default:
            return "object";
        }
    }
    /// What does not fit, one line each.
    QStringList faults(const QJsonValue &value, const YAML::Node &given, const QString &where) const
    {
        const YAML::Node schema = resolved(given);
        QStringList found;
        if (const YAML::Node type = schema["type"]) {
            bool fits = false;
            if (type.IsSequence())
                for (const auto &one : type)
                    fits = fits || one.as<std::string>() == typeOf(value);
            else
                fits = type.as<std::string>() == typeOf(value);
            if (!fits)
                return {where + QStringLiteral(" has the wrong type ")
                        + QString::fromStdString(typeOf(value))};
        }
        if (const YAML::Node allowed = schema["enum"]) {
            bool fits = false;
            for (const auto &one : allowed)
                fits = fits || QString::fromStdString(one.as<std::string>()) == value.toString();
            if (!fits)
                found.append(where + QStringLiteral(" is not one of its enum"));
        }
        if (value.isObject()) {
            const QJsonObject object = value.toObject();
            for (const auto &name : schema["required"])
                if (!object.contains(QString::fromStdString(name.as<std::string>())))
                    found.append(where + QStringLiteral(" lacks ")
                                 + QString::fromStdString(name.as<std::string>()));
            const YAML::Node extra = schema["additionalProperties"];
            for (auto it = object.begin(); it != object.end(); ++it) {
                const YAML::Node property = schema["properties"]
                    ? schema["properties"][it.key().toStdString()]
                    : YAML::Node(YAML::NodeType::Undefined);
                if (property)
                    found += faults(it.value(), property, where + u'.' + it.key());
                else if (extra && extra.IsScalar() && !extra.as<bool>())
                    found.append(where + QStringLiteral(" has the undescribed ") + it.key());
                else if (extra && extra.IsMap())
                    found += faults(it.value(), extra, where + u'.' + it.key());
            }
        }
        if (value.isArray() && schema["items"]) {
            const QJsonArray items = value.toArray();
            for (const QJsonValue &item : items)
                found += faults(item, schema["items"], where + QStringLiteral("[]"));
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase() { m_doc = YAML::LoadFile(LBP_SOURCE_DIR "/docs/openapi.yaml"); }

    void everyRouteIsDescribedAndEveryDescriptionIsRouted()
    {
        ApiRig rig;
        QStringList routed, described;
        for (const Route &route : rig.api.routes())
            routed.append(QString::fromLatin1(route.method) + u' ' + route.pattern);
        for (const auto &path : m_doc["paths"])
            for (const auto &operation : path.second) {
                const QString method = QString::fromStdString(operation.first.as<std::string>()).toUpper();
                if (method != u"PARAMETERS")
                    described.append(method + u' ' + QString::fromStdString(path.first.as<std::string>()));
            }
        routed.sort();
        described.sort();
        QCOMPARE(routed, described);
        QVERIFY(!routed.isEmpty());
    }

    void answersHaveTheDescribedForm()
    {
        ApiRig rig;
        BudgetStatus status{{{ScopeKind::Key, QStringLiteral("1")}, Period::Daily, usd("5"), true},
                            periodSpan(Period::Daily, rig.clock.now(), QTimeZone::utc()),
                            usd("1"),
                            usd("0.5")};
        rig.plane.statuses = {status};
        LiveExchange live;
        live.row.id = {12345};
        rig.plane.running = {live};
        HeldRequest held;
        held.id = {12345};
        held.key = 1;
        held.refusing = status;
        rig.plane.holds = {held};
        for (const auto stage :
             {SimulationStage::Key, SimulationStage::Pause, SimulationStage::Model, SimulationStage::Provider,
              SimulationStage::RateLimits, SimulationStage::Downgrade, SimulationStage::Price,
              SimulationStage::Budget, SimulationStage::Admission}) {
            SimulationStep step;
            step.stage = stage;
            step.budget = status;
            rig.plane.simulation.steps.append(step);
        }
        auto story = std::make_shared<ExchangeStory>();
        story->budgets = {status};
        story->downgrade = Downgrade{QStringLiteral("a"), QStringLiteral("b"), 95, status};
        rig.plane.kept.story = story;
        rig.plane.kept.request = MessageDetails{"POST / HTTP/1.1", {{"Host", "h"}}, "{}", 2, false};
        const QByteArray key =
            ApiRig::json(rig.call("POST", QStringLiteral("/api/keys"), R"({"name":"first"})"))[u"key"]
                .toString()
                .toLatin1();
        const RequestId id = addRequest(*rig.db.store, rig.clock.now(), 1, usd("1"), Provenance::Estimated);
        const QString request = QString::fromLatin1(id.toText());
        ExchangeRow attempt;
        attempt.open.id = attempt.close.id = {id.value + 1};
        attempt.open.attemptOf = id;
        attempt.open.attempt = 2;
        rig.db.store->submit(attempt, 0);
        QVERIFY(await(rig.db.store->addAlert(
                          {0, rig.clock.now(), QStringLiteral("test"), {}, QStringLiteral("t"), {}}))
                    .has_value());
        QTRY_COMPARE(rig.db.store->queued(), size_t(0));
        rig.control.setAlertTester([] { return QtFuture::makeReadyFuture(Status()); });

        const QString ledger = rig.db.dir.filePath(QStringLiteral("ledger.sqlite"));
        rig.control.setLedgerFile(ledger);
        const QJsonObject file{{QStringLiteral("file"), rig.db.dir.filePath(QStringLiteral("copy.sqlite"))}};
        const QByteArray copy = QJsonDocument(file).toJson();
        const QHash<QString, QByteArray> bodies{
            {QStringLiteral("POST /api/backup"), copy},
            {QStringLiteral("POST /api/restore"), copy},
            {QStringLiteral("POST /api/keys"), R"({"name":"second","budgets":{"daily":"1"}})"},
            {QStringLiteral("POST /api/keys/{id}/rotate"),
             R"({"graceSeconds":60})"}, // the plaintext is used on
            {QStringLiteral("PATCH /api/keys/{id}"), R"({"team":"core"})"},
            {QStringLiteral("PUT /api/budgets/global/{period}"), R"({"limit":"1"})"},
            {QStringLiteral("PUT /api/budgets/{scope}/{id}/{period}"), R"({"limit":1.5})"},
            {QStringLiteral("PATCH /api/requests/{id}"), R"({"cost":"0.5"})"},
            {QStringLiteral("POST /api/budgets/raise"), R"({"scope":"key","id":"key_1","amount":"5"})"},
            {QStringLiteral("POST /api/holds/{id}"), R"({"answer":"raise","amount":"5"})"},
            {QStringLiteral("POST /api/simulate"), R"({"key":"key_1","model":"gpt-4o","inputTokens":10})"},
            {QStringLiteral("POST /api/pause"), R"({"minutes":15})"},
        };
        // DELETE comes last, so that what it removes is there for the others.
        std::vector<Route> routes = rig.api.routes();
        std::stable_partition(routes.begin(), routes.end(),
                              [](const Route &route) { return route.method != "DELETE"; });
        int checked = 0;
        for (const Route &route : routes) {
            const QString name = QString::fromLatin1(route.method) + u' ' + route.pattern;
            const YAML::Node operation = m_doc["paths"][route.pattern.toStdString()]
                                              [QString::fromLatin1(route.method).toLower().toStdString()];
            std::string wanted;
            for (const auto &response : operation["responses"])
                if (wanted.empty())
                    wanted = response.first.as<std::string>();
            QString path = route.pattern;
            path.replace(QStringLiteral("{period}"), QStringLiteral("weekly"))
                .replace(QStringLiteral("{scope}"), QStringLiteral("key"));
            if (name == u"DELETE /api/requests/{id}")
                path.replace(QStringLiteral("{id}"), QString::fromLatin1(RequestId{12345}.toText()));
            path.replace(QStringLiteral("{id}"),
                         path.contains(u"requests") || path.contains(u"holds") ? request
                                                                               : QStringLiteral("key_1"));
            if (route.pattern == u"/api/events")
                continue; // a stream; see tst_admin_api
            if (route.pattern == u"/api/usage/whatif")
                path += QStringLiteral("?under=gpt-4o");
            const LocalResponse response =
                rig.call(route.method.constData(), path, bodies.value(name),
                         route.access == Access::Key ? key : QByteArray(ApiRig::adminKey));
            QVERIFY2(std::to_string(response.status) == wanted,
                     qPrintable(name + QString::fromUtf8(response.body)));
            const YAML::Node media = operation["responses"][wanted]["content"]["application/json"];
            if (!media)
                continue; // text
            const YAML::Node schema = media["schema"];
            const QStringList wrong = faults(ApiRig::json(response), schema, name);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            ++checked;
        }
        QVERIFY(checked > 20);
        const YAML::Node error = m_doc["components"]["schemas"]["Error"];
        QVERIFY(faults(ApiRig::json(rig.call("GET", QStringLiteral("/api/nothing"))), error,
                       QStringLiteral("error"))
                    .isEmpty());
        QVERIFY(!faults(QJsonObject(), error, QStringLiteral("error")).isEmpty()); // the checker can fail
    }
};

QTEST_GUILESS_MAIN(TestAdminOpenApi)
#include "tst_admin_openapi.moc"
