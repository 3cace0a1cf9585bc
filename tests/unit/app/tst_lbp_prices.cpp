#include "lbpprogram.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString write(const LbpProgram &lbp, const QString &name, const QByteArray &text)
{
    QFile file(lbp.home().filePath(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

QString beside(const LbpProgram &lbp, const QString &name)
{
    return QFileInfo(lbp.configFile()).absolutePath() + u'/' + name;
}

const QByteArray list = R"({
  "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-06},
  "gpt-4o-mini": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-06},
  "nova-1": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05},
  "nova-2": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5000000000000002e-07},
  "demo-1": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 9e-06}
})";

} // namespace

/// The price commands of the real program.
class TestLbpPrices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNameIsExplained()
    {
        LbpProgram lbp;
        const auto done = lbp.run({u"prices"_s, u"explain"_s, u"openai/gpt-4o-2024-11-21"_s});
        QCOMPARE(done.code, 0);
        QVERIFY2(done.out.contains("without the maker before the slash"), done.out.constData());
        QVERIFY(done.out.contains("without the date"));
        QVERIFY(done.out.contains("in the list of the program"));
        QVERIFY(done.out.contains("inputPer1M"));
        QVERIFY(done.out.contains("in force"));
        const auto own = lbp.run({u"prices"_s, u"explain"_s, u"demo-1"_s});
        QVERIFY(own.out.contains("in pricing.yml"));
    }
    void aNameIsExplainedForScripts()
    {
        LbpProgram lbp;
        const auto done = lbp.run(
            {u"prices"_s, u"explain"_s, u"gemini-3.6-flash"_s, u"--at"_s, u"2027-01-01"_s, u"--json"_s});
        QCOMPARE(done.code, 0);
        const QJsonObject price = done.json().value("price"_L1).toObject();
        QCOMPARE(price.value("since"_L1).toString(), u"2027-01-01"_s);
        QCOMPARE(price.value("rates"_L1).toObject().value("outputPer1M"_L1).toString(), u"7.50"_s);
        const auto azure = lbp.run(
            {u"prices"_s, u"explain"_s, u"eu/gpt-4o-2024-08-06"_s, u"--provider"_s, u"azure"_s, u"--json"_s});
        QCOMPARE(azure.json().value("price"_L1).toObject().value("model"_L1).toString(),
                 u"azure/eu/gpt-4o-2024-08-06"_s);
    }
    void aModelWithoutAPriceFailsAndSaysWhereToAddIt()
    {
        LbpProgram lbp;
        const auto done = lbp.run({u"prices"_s, u"explain"_s, u"no-such-model"_s});
        QCOMPARE(done.code, 1);
        QVERIFY(done.err.contains("pricing.yml"));
        QCOMPARE(lbp.run({u"prices"_s, u"explain"_s, u"gpt-4o"_s, u"--at"_s, u"soon"_s}).code, 2);
    }
    void anImportIsShownFirstAndChangesNothingUnasked()
    {
        LbpProgram lbp;
        const QString file = write(lbp, u"list.json"_s, list);
        for (const QStringList &more : {QStringList(u"--dry-run"_s), QStringList()}) {
            const auto done = lbp.run(QStringList{u"prices"_s, u"import"_s, file} + more);
            QCOMPARE(done.code, more.isEmpty() ? 1 : 0); // nobody can be asked here
            QVERIFY2(done.out.contains("2.50 → 3.00 (×1.2)"), done.out.constData());
            QVERIFY(done.out.contains("SUSPICIOUS"));
            QVERIFY(done.out.contains("1.5000000000000002e-07"));
            QVERIFY(done.out.contains("which stays"));
            QVERIFY(!QFile::exists(beside(lbp, u"imported-prices.yml"_s)));
        }
    }
    void anImportIsTakenOverAndUndone()
    {
        LbpProgram lbp;
        const QString file = write(lbp, u"list.json"_s, list);
        const QByteArray own = read(beside(lbp, u"pricing.yml"_s));
        const auto done = lbp.run({u"prices"_s, u"import"_s, file, u"--yes"_s});
        QVERIFY2(done.code == 0, done.err.constData());
        QVERIFY(done.out.contains("2 price(s)"));
        QVERIFY(done.err.contains("--accept"));
        const auto input = [&lbp](const QString &model) {
            return lbp.run({u"prices"_s, u"explain"_s, model, u"--json"_s})
                .json()
                .value("price"_L1)
                .toObject()
                .value("rates"_L1)
                .toObject()
                .value("inputPer1M"_L1)
                .toString();
        };
        QCOMPARE(input(u"gpt-4o"_s), u"3.00"_s);
        QCOMPARE(input(u"nova-1"_s), u"1.25"_s);
        QCOMPARE(input(u"gpt-4o-mini"_s), u"0.15"_s); // ten times as much is not believed
        QCOMPARE(input(u"demo-1"_s), u"2.50"_s); // one's own
        QCOMPARE(read(beside(lbp, u"pricing.yml"_s)), own);
        QCOMPARE(lbp.run({u"prices"_s, u"import"_s, file, u"--yes"_s, u"--accept"_s, u"gpt-4o-mini"_s}).code,
                 0);
        QCOMPARE(input(u"gpt-4o-mini"_s), u"1.50"_s);
        QCOMPARE(lbp.run({u"prices"_s, u"import"_s, file, u"--yes"_s}).code, 0); // all the same now
        QCOMPARE(lbp.run({u"prices"_s, u"restore"_s}).code, 0);
        QCOMPARE(input(u"gpt-4o-mini"_s), u"0.15"_s);
        QCOMPARE(input(u"gpt-4o"_s), u"3.00"_s);
    }
    void mistakesAreNamed()
    {
        LbpProgram lbp;
        QCOMPARE(lbp.run({u"prices"_s, u"restore"_s}).code, 1);
        const auto missing = lbp.run({u"prices"_s, u"import"_s, u"/no/such/list.json"_s});
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.err.contains("/no/such/list.json"));
        const auto http = lbp.run({u"prices"_s, u"import"_s, u"http://prices.example/list.json"_s});
        QCOMPARE(http.code, 1);
        QVERIFY(http.err.contains("https"));
        const QString file = write(lbp, u"list.json"_s, list);
        const auto accept = lbp.run({u"prices"_s, u"import"_s, file, u"--yes"_s, u"--accept"_s, u"nova-9"_s});
        QCOMPARE(accept.code, 2);
        QVERIFY(accept.err.contains("nova-9"));
        const auto other = lbp.run({u"prices"_s, u"import"_s, write(lbp, u"other.json"_s, "{\"a\": 1}")});
        QCOMPARE(other.code, 1);
        QVERIFY(other.err.contains("models.dev"));
    }
    void aRunningProxyTakesAnImportUp()
    {
        LbpProgram lbp;
        QVERIFY(lbp.serve().isValid());
        QCOMPARE(lbp.run({u"prices"_s, u"import"_s, write(lbp, u"list.json"_s, list), u"--yes"_s}).code, 0);
        QVERIFY(QTest::qWaitFor(
            [&lbp] {
                return lbp.run({u"prices"_s, u"show"_s, u"nova-1"_s}).out.contains("nova-1");
            },
            10'000));
        QCOMPARE(lbp.stopServing(), 0);
    }
};

QTEST_GUILESS_MAIN(TestLbpPrices)
#include "tst_lbp_prices.moc"
