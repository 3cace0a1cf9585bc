#include "cli/commandline.h"

#include <QTest>

using namespace lbp;
using namespace Qt::StringLiterals;

/// Answers each call with what is next in line, and remembers what was asked.
class ScriptedSession final : public Session
{
public:
    struct Asked
    {
        QByteArray method;
        QString target;
        QJsonObject body;
    };
    QList<Asked> asked;
    QList<ApiAnswer> answers;

    Result<ApiAnswer> call(const QByteArray &method, const QString &target,
                           const std::optional<QJsonObject> &body) override
    {
        asked.append({method, target, body.value_or(QJsonObject())});
        if (answers.isEmpty())
            return fail(ErrorCode::UpstreamUnreachable, u"nobody is there"_s);
        return answers.takeFirst();
    }
    Result<Address> address() override { return Address{QUrl(u"http://127.0.0.1:3000"_s), true}; }
    Result<QUrl> ensureProxy() override { return QUrl(u"http://127.0.0.1:3000"_s); }
    QString configFile() const override { return u"/nowhere/config.yml"_s; }
    QString dataDirectory() const override { return u"/nowhere"_s; }
};

class TestCommandLine : public QObject
{
    Q_OBJECT

    QByteArray m_out, m_err;
    Output m_output{[this](const QByteArray &bytes) { m_out += bytes; },
                    [this](const QByteArray &bytes) { m_err += bytes; }};
    ScriptedSession m_session;

    int runLine(const QStringList &arguments)
    {
        const CommandLine line = parseCommandLine(arguments, m_output);
        if (line.exitCode)
            return *line.exitCode;
        Context context{m_session, m_output, line.json};
        return line.command ? line.command(context) : -1;
    }

private Q_SLOTS:
    void init()
    {
        m_out.clear();
        m_err.clear();
        m_session = ScriptedSession();
    }

    void everyCommandTeaches_data()
    {
        QTest::addColumn<QStringList>("command");
        for (const char *command : {"serve",
                                    "key create",
                                    "key list",
                                    "key show",
                                    "key update",
                                    "key rotate",
                                    "key revoke",
                                    "usage",
                                    "requests",
                                    "request",
                                    "budget list",
                                    "budget set",
                                    "budget remove",
                                    "budget raise",
                                    "hold list",
                                    "hold answer",
                                    "pause",
                                    "resume",
                                    "prices show",
                                    "prices check",
                                    "prices import",
                                    "prices restore",
                                    "prices explain",
                                    "config check",
                                    "config path",
                                    "env",
                                    "run"})
            QTest::newRow(command) << QString::fromLatin1(command).split(u' ');
    }
    void everyCommandTeaches()
    {
        QFETCH(QStringList, command);
        QCOMPARE(runLine(command + QStringList{u"--help"_s}), int(ExitOk));
        QVERIFY(m_out.contains("Examples:"));
        QVERIFY(m_out.contains("lbp " + command.join(u' ').toUtf8()));
        QVERIFY(m_err.isEmpty());
    }
    void mistakesAreUsageErrors_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{u"kye"_s};
        QTest::newRow("unknown option") << QStringList{u"usage"_s, u"--form"_s, u"7d"_s};
        QTest::newRow("key create without a name") << QStringList{u"key"_s, u"create"_s};
        QTest::newRow("bad amount") << QStringList{u"key"_s, u"create"_s, u"web"_s, u"--budget"_s, u"ten"_s};
        QTest::newRow("negative amount")
            << QStringList{u"budget"_s, u"set"_s, u"--global"_s, u"--daily"_s, u"-1"_s};
        QTest::newRow("no scope") << QStringList{u"budget"_s, u"set"_s, u"--daily"_s, u"1"_s};
        QTest::newRow("two scopes") << QStringList{u"budget"_s, u"set"_s,     u"--global"_s, u"--team"_s,
                                                   u"x"_s,      u"--daily"_s, u"1"_s};
        QTest::newRow("no period") << QStringList{u"budget"_s, u"set"_s, u"--global"_s};
        QTest::newRow("bad time") << QStringList{u"usage"_s, u"--from"_s, u"last week"_s};
        QTest::newRow("csv and json") << QStringList{u"usage"_s, u"--csv"_s, u"--json"_s};
        QTest::newRow("port out of range") << QStringList{u"serve"_s, u"--port"_s, u"65536"_s};
        QTest::newRow("run without a command") << QStringList{u"run"_s};
        QTest::newRow("run with nothing behind the dashes") << QStringList{u"run"_s, u"--"_s};
        QTest::newRow("control character in a name") << QStringList{u"key"_s, u"create"_s, u"a\nb"_s};
    }
    void mistakesAreUsageErrors()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(runLine(arguments), int(ExitUsage));
        QVERIFY(m_err.startsWith("lbp: "));
        QVERIFY(m_out.isEmpty());
        QVERIFY(m_session.asked.isEmpty());
    }
    void globalOptionsStandAnywhere()
    {
        for (const QStringList &arguments : {QStringList{u"--data-dir"_s, u"/d"_s, u"key"_s, u"list"_s},
                                             QStringList{u"key"_s, u"list"_s, u"--data-dir"_s, u"/d"_s}})
            QCOMPARE(parseCommandLine(arguments, m_output).dataDirectory, u"/d"_s);
    }
    void whatIsBehindTheDashesBelongsToTheProgram()
    {
        const CommandLine line = parseCommandLine(
            {u"run"_s, u"--budget"_s, u"1"_s, u"--"_s, u"tool"_s, u"--config"_s, u"x"_s, u"--"_s, u"-h"_s},
            m_output);
        QVERIFY(!line.exitCode.has_value());
        QVERIFY(line.configFile.isEmpty());
    }
    void serveOptionsAreRead()
    {
        const CommandLine line = parseCommandLine(
            {u"serve"_s, u"--port"_s, u"0"_s, u"--host"_s, u"::1"_s, u"--print-ready"_s, u"--demo"_s},
            m_output);
        QVERIFY(line.serve.has_value());
        QCOMPARE(line.serve->port, std::optional<quint16>(0));
        QCOMPARE(line.serve->host, std::optional<QString>(u"::1"_s));
        QVERIFY(line.serve->printReady && line.serve->demo);
    }
    void aNewKeyIsAloneOnStandardOutput()
    {
        m_session.answers = {{201, R"({"id":"key_7","name":"web","key":"lbp_secret"})"}};
        QCOMPARE(runLine({u"key"_s, u"create"_s, u"web"_s, u"--budget"_s, u"20"_s, u"--model"_s, u"gpt-*"_s,
                          u"--model"_s, u"o3"_s, u"--rpm"_s, u"0"_s}),
                 int(ExitOk));
        QCOMPARE(m_out, QByteArray("lbp_secret\n"));
        QVERIFY(!m_err.contains("lbp_secret"));
        const ScriptedSession::Asked asked = m_session.asked.value(0);
        QCOMPARE(asked.method, QByteArray("POST"));
        QCOMPARE(asked.body.value(u"budgetPeriod"_s).toString(), u"monthly"_s);
        QCOMPARE(asked.body.value(u"budgetLimit"_s).toString(), u"20"_s);
        QCOMPARE(asked.body.value(u"allowedModels"_s).toArray().size(), 2);
        QCOMPARE(asked.body.value(u"rpm"_s), QJsonValue(0));
    }
    void jsonIsExactlyThatOfTheApi()
    {
        const QByteArray body = "{ \"keys\" : [ ],\"unknown\":1}";
        m_session.answers = {{200, body}};
        QCOMPARE(runLine({u"key"_s, u"list"_s, u"--json"_s}), int(ExitOk));
        QCOMPARE(m_out, body + '\n');
    }
    void refusalsAreToldAndFail()
    {
        m_session.answers = {{409, R"({"error":{"message":"the name is taken"}})"}};
        QCOMPARE(runLine({u"key"_s, u"create"_s, u"web"_s}), int(ExitFailure));
        QCOMPARE(m_err, QByteArray("lbp: the name is taken\n"));
        QVERIFY(m_out.isEmpty());
    }
    void csvIsSafeAndExact()
    {
        m_session.answers = {
            {200,
             R"({"groups":[{"group":"=cmd","label":"","requests":2,"usage":{"inputTokens":10,"outputTokens":5},"cost":"0.0000123","saved":"0.00","unpriced":0,"estimated":1,"errors":0,"cacheHits":0}]})"}};
        QCOMPARE(runLine({u"usage"_s, u"--by"_s, u"model"_s, u"--csv"_s}), int(ExitOk));
        QCOMPARE(m_out.split('\n').value(1), QByteArray("'=cmd,'=cmd,2,10,5,0.0000123,0.00,0,0,1,0\r"));
    }
    void aKeyIsFoundByNameBeforeARevokedOneOfThatName()
    {
        m_session.answers = {
            {200,
             R"({"keys":[{"id":"key_1","name":"ci","status":"revoked"},{"id":"key_2","name":"ci","status":"active"}]})"},
            {200, R"({"id":"key_2"})"}};
        QCOMPARE(runLine({u"key"_s, u"revoke"_s, u"ci"_s}), int(ExitOk));
        QCOMPARE(m_session.asked.value(1).method, QByteArray("DELETE"));
        QCOMPARE(m_session.asked.value(1).target, u"/api/keys/key_2"_s);
    }
    void budgetsOfTeamsAreEncodedInThePath()
    {
        m_session.answers = {{200, "{}"}, {200, "{}"}};
        QCOMPARE(runLine({u"budget"_s, u"set"_s, u"--team"_s, u"a/b c"_s, u"--daily"_s, u"5.00"_s,
                          u"--monthly"_s, u"80"_s}),
                 int(ExitOk));
        QCOMPARE(m_session.asked.size(), 2);
        QVERIFY(m_session.asked.at(0).target.startsWith(u"/api/budgets/team/a%2Fb%20c/"_s));
    }
    void envOfAPlaintextNeedsNoQuestion()
    {
        const QString key = u"lbp_"_s + QString(43, u'a');
        QCOMPARE(runLine({u"env"_s, key, u"--shell"_s, u"sh"_s}), int(ExitOk));
        QVERIFY(m_out.contains("export OPENAI_BASE_URL='http://127.0.0.1:3000/v1'\n"));
        QVERIFY(m_out.contains("export OPENAI_API_KEY='" + key.toUtf8() + "'\n"));
        QVERIFY(m_session.asked.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_cli_commandline.moc"
