#include "unit/dialects/support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

using namespace lbp;
using namespace lbp::test;

namespace {

QJsonObject parsed(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

BodyChanges withModel(const QString &model)
{
    BodyChanges changes;
    changes.model = model;
    return changes;
}

BodyChanges withCeiling(qint64 ceiling)
{
    BodyChanges changes;
    changes.ceiling = ceiling;
    return changes;
}

BodyChanges askingForUsage()
{
    BodyChanges changes;
    changes.askForUsage = true;
    return changes;
}

} // namespace

class TestEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheNamedBytesChange_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("model");
        QTest::addColumn<qint64>("ceiling"); // -1: unchanged
        QTest::addColumn<bool>("usage");
        QTest::addColumn<bool>("original");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *model, qint64 ceiling,
                            bool usage, bool original, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(model) << ceiling << usage
                                << original << QByteArray(after);
        };
        row("nothing", R"( { "model" : "a" , "x":[ 1 ] } )", "", -1, false, true,
            R"( { "model" : "a" , "x":[ 1 ] } )");
        row("model", "{\"x\":1, \"model\" : \"gpt-4o\" ,\"y\":\"\\u00e9\"}", "gpt-4o-mini", -1, false, true,
            "{\"x\":1, \"model\" : \"gpt-4o-mini\" ,\"y\":\"\\u00e9\"}");
        row("model twice the same", R"({"model":"a","model":"a"})", "b", -1, false, true,
            R"({"model":"b","model":"b"})");
        row("a model with a quote in its name", R"({"model":"a"})", "b\"c", -1, false, true,
            "{\"model\":\"b\\\"c\"}");
        row("new ceiling at OpenAI", R"({"model":"a"})", "", 5, false, true,
            R"({"max_completion_tokens":5,"model":"a"})");
        row("new ceiling elsewhere", R"({"model":"a"})", "", 5, false, false,
            R"({"max_tokens":5,"model":"a"})");
        row("new ceiling in nothing", "{}", "", 5, false, true, R"({"max_completion_tokens":5})");
        row("new ceiling in white space", " {\n} ", "", 5, false, true, " {\"max_completion_tokens\":5\n} ");
        row("new ceiling before white space", "{ \"model\":\"a\" }", "", 5, false, true,
            "{\"max_completion_tokens\":5, \"model\":\"a\" }");
        row("old name is kept", R"({"max_tokens": 100,"model":"a"})", "", 5, false, true,
            R"({"max_tokens": 5,"model":"a"})");
        row("new name is kept", R"({"max_completion_tokens":100})", "", 5, false, false,
            R"({"max_completion_tokens":5})");
        row("both names are lowered", R"({"max_tokens":100,"max_completion_tokens":200})", "", 5, false, true,
            R"({"max_tokens":5,"max_completion_tokens":5})");
        row("no limit becomes one", R"({"max_tokens":-1})", "", 5, false, false, R"({"max_tokens":5})");
        row("null becomes one", R"({"max_completion_tokens":null})", "", 5, false, true,
            R"({"max_completion_tokens":5})");
        row("null of the other name stays", R"({"max_tokens":null})", "", 5, false, true,
            R"({"max_completion_tokens":5,"max_tokens":null})");
        row("null beside a value stays", R"({"max_tokens":null,"max_completion_tokens":9})", "", 5, false,
            true, R"({"max_tokens":null,"max_completion_tokens":5})");
        row("usage where there are no options", R"({"stream":true})", "", -1, true, true,
            R"({"stream_options":{"include_usage":true},"stream":true})");
        row("usage for null", R"({"stream_options":null})", "", -1, true, true,
            R"({"stream_options":{"include_usage":true}})");
        row("usage for empty options", R"({"stream_options":{ }})", "", -1, true, true,
            R"({"stream_options":{"include_usage":true }})");
        row("usage was off", R"({"stream_options":{"include_usage": false ,"a":1}})", "", -1, true, true,
            R"({"stream_options":{"include_usage": true ,"a":1}})");
        row("usage was null", R"({"stream_options":{"include_usage":null}})", "", -1, true, true,
            R"({"stream_options":{"include_usage":true}})");
        row("other options stay", R"({"stream_options":{"include_obfuscation":false}})", "", -1, true, true,
            R"({"stream_options":{"include_usage":true,"include_obfuscation":false}})");
        row("all at once", R"({"stream":true,"model":"a"})", "b", 7, true, false,
            R"({"max_tokens":7,"stream_options":{"include_usage":true},"stream":true,"model":"b"})");
        row("a nested name is another", R"({"x":{"max_tokens":1,"model":"z"},"model":"a"})", "b", 5, false,
            false, R"({"max_tokens":5,"x":{"max_tokens":1,"model":"z"},"model":"b"})");
    }
    void onlyTheNamedBytesChange()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, model);
        QFETCH(qint64, ceiling);
        QFETCH(bool, usage);
        QFETCH(bool, original);
        QFETCH(QByteArray, after);
        BodyChanges changes{.model = {}, .ceiling = {}, .askForUsage = usage, .originalProvider = original};
        if (!model.isEmpty())
            changes.model = model;
        if (ceiling >= 0)
            changes.ceiling = ceiling;
        const auto edited = chat().edited(before, changes);
        QVERIFY2(edited.has_value(), edited ? "" : qPrintable(edited.error().detail));
        QCOMPARE(*edited, after);
    }

    void whatCannotBeChangedIsRefused()
    {
        QVERIFY(!chat().edited("[]", {}));
        QVERIFY(!chat().edited(R"({"x":1})", withModel(QStringLiteral("b"))));
        QVERIFY(!chat().edited(R"({"model":1})", withModel(QStringLiteral("b"))));
        QVERIFY(!chat().edited(R"({"stream_options":[]})", askingForUsage()));
        QVERIFY(!embeddings().edited(R"({"model":"a"})", withCeiling(5)));
        QVERIFY(!embeddings().edited(R"({"model":"a"})", askingForUsage()));
        QVERIFY(!dialect("/moderations").edited("{}", withModel(QStringLiteral("b"))));
    }

    void theOlderApisHaveOneNameForTheirCeiling()
    {
        QCOMPARE(*completions().edited(R"({"model":"a"})", withCeiling(5)),
                 R"({"max_tokens":5,"model":"a"})");
        QCOMPARE(*completions().edited(R"({"max_tokens":9})", withCeiling(5)), R"({"max_tokens":5})");
        QCOMPARE(*embeddings().edited(R"({"input":"x", "model":"a"})", withModel(QStringLiteral("b"))),
                 R"({"input":"x", "model":"b"})");
    }

    /// Random members around the ones that matter: the result parses, says what was asked for, and differs in
    /// nothing else.
    void randomBodiesKeepEverythingElse()
    {
        QRandomGenerator random(11);
        const QList<QByteArray> others{
            "\"messages\":[{\"role\":\"user\",\"content\":\"{\\\"model\\\":\\\"x\\\"}\"}]",
            R"("temperature":0.70)",
            R"("x" : { "max_tokens" : 3 })",
            "\"tools\":[]",
            "\"u\":\"\\ud83d\\ude00 ü\"",
            "\"big\":1e400"};
        const QList<QByteArray> ceilings{"", R"("max_tokens":900)", R"("max_completion_tokens" : 800)",
                                         R"("max_tokens":900,"max_completion_tokens":800)",
                                         R"("max_tokens":null)"};
        const QList<QByteArray> options{"", R"("stream_options":null)", R"("stream_options":{})",
                                        R"("stream_options": { "include_usage" : false , "k":[1] })"};
        const QList<QByteArray> spaces{"", " ", "\n", "\t \r\n"};
        const auto pick = [&](const QList<QByteArray> &from) {
            return from.at(random.bounded(int(from.size())));
        };
        for (int round = 0; round < 3000; ++round) {
            QList<QByteArray> members{R"("model":"gpt-4o")"};
            for (const QByteArray &each : {pick(ceilings), pick(options), pick(others)}) {
                if (!each.isEmpty())
                    members.insert(random.bounded(int(members.size()) + 1), each);
            }
            QByteArray body = pick(spaces) + "{" + pick(spaces);
            for (int i = 0; i < members.size(); ++i)
                body += (i ? pick(spaces) + "," + pick(spaces) : QByteArray()) + members.at(i);
            body += pick(spaces) + "}" + pick(spaces);
            const QByteArray original = body;

            const BodyChanges changes{.model = QStringLiteral("gpt-4o-mini"),
                                      .ceiling = 17,
                                      .askForUsage = true,
                                      .originalProvider = random.bounded(2) == 0};
            const auto edited = chat().edited(body, changes);
            QVERIFY(edited);
            QCOMPARE(body, original);
            if (!original.contains("1e400")) { // beyond what the reference parser reads
                QJsonObject before = parsed(original), after = parsed(*edited);
                QCOMPARE(after.value(u"model").toString(), QStringLiteral("gpt-4o-mini"));
                QVERIFY(after.value(u"stream_options").toObject().value(u"include_usage").toBool());
                for (QJsonObject *const each : {&before, &after}) {
                    for (const char *name :
                         {"model", "stream_options", "max_tokens", "max_completion_tokens"})
                        each->remove(QLatin1StringView(name));
                }
                QCOMPARE(after, before);
            }
            const auto facts = chat().readRequest(*edited);
            QVERIFY(facts);
            QCOMPARE(facts->ceiling.value_or(-1), 17);
            QVERIFY(facts->wantsUsage);
            // Asking again for the same changes nothing.
            QCOMPARE(*chat().edited(*edited, changes), *edited);
        }
    }
};

QTEST_GUILESS_MAIN(TestEdits)
#include "tst_dialects_edits.moc"
