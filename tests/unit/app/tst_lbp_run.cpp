#include "lbpprogram.h"

#include <csignal>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

class TestLbpRun : public QObject
{
    Q_OBJECT

    static QString chat(const QString &more = {})
    {
        return u"curl -s $OPENAI_BASE_URL/chat/completions -H \"Authorization: Bearer $OPENAI_API_KEY\" -H "
               u"'Content-Type: application/json' "
               u"-d '{\"model\":\"demo-1\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}' %1"_s
                   .arg(more);
    }
    static QStringList shell(const QString &script, const QStringList &options = {})
    {
        return QStringList{u"run"_s} + options + QStringList{u"--"_s, u"/bin/sh"_s, u"-c"_s, script};
    }

private Q_SLOTS:
    void exitStatusPassesThrough_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("code");
        QTest::newRow("success") << u"exit 0"_s << 0;
        QTest::newRow("failure") << u"exit 7"_s << 7;
        QTest::newRow("as usage") << u"exit 2"_s << 2;
        QTest::newRow("ended by a signal") << u"kill -TERM $$"_s << 128 + SIGTERM;
        QTest::newRow("killed") << u"kill -KILL $$"_s << 128 + SIGKILL;
    }
    void exitStatusPassesThrough()
    {
        QFETCH(QString, script);
        QFETCH(int, code);
        LbpProgram lbp;
        const LbpProgram::Done done = lbp.run(shell(script));
        QCOMPARE(done.code, code);
        QVERIFY(done.out.isEmpty());
        QVERIFY2(done.err.contains("spent $0.00 of $2.00 in 0 requests"), done.err.constData());
    }
    void whatCannotBeStartedSaysSo()
    {
        LbpProgram lbp;
        QCOMPARE(lbp.run({u"run"_s, u"--"_s, u"no-such-command-anywhere"_s}).code, 127);
        const LbpProgram::Done directory = lbp.run({u"run"_s, u"--"_s, lbp.home().path()});
        QCOMPARE(directory.code, 126);
        QVERIFY(directory.err.contains(lbp.home().path().toUtf8()));
        // And leaves no key behind.
        QVERIFY(lbp.run({u"key"_s, u"list"_s, u"--json"_s}).json().value(u"keys"_s).toArray().isEmpty());
    }

    void theProgramSpendsAndItsKeyEnds_data()
    {
        QTest::addColumn<bool>("withProxy");
        QTest::newRow("without a running proxy") << false;
        QTest::newRow("with a running proxy") << true;
    }
    void theProgramSpendsAndItsKeyEnds()
    {
        QFETCH(bool, withProxy);
        LbpProgram lbp;
        if (withProxy)
            QVERIFY(lbp.serve().isValid());
        const LbpProgram::Done done = lbp.run(shell(chat() + u"; echo; echo $OPENAI_API_KEY"_s,
                                                    {u"--budget"_s, u"0.50"_s, u"--team"_s, u"ci"_s}));
        QCOMPARE(done.code, 0);
        QVERIFY2(done.out.contains("\"usage\""), (done.out + done.err).constData());
        QVERIFY2(done.err.contains("spent $0.000065 of $0.5000 in 1 request\n"), done.err.constData());
        const QByteArray key = done.out.trimmed().split('\n').last();
        QVERIFY(key.startsWith("lbp_"));
        QVERIFY(!done.err.contains(key));
        const QJsonObject team = lbp.run({u"usage"_s, u"--by"_s, u"team"_s, u"--json"_s})
                                     .json()
                                     .value(u"groups"_s)
                                     .toArray()
                                     .at(0)
                                     .toObject();
        QCOMPARE(team.value(u"group"_s).toString(), u"ci"_s);
        QCOMPARE(team.value(u"requests"_s).toInt(), 1);
        // 5 output tokens at 10 USD and 6 of input at 2.50 USD per million.
        QCOMPARE(team.value(u"cost"_s).toString(), u"0.000065"_s);
        QVERIFY(lbp.run({u"key"_s, u"list"_s, u"--json"_s}).json().value(u"keys"_s).toArray().isEmpty());
        const QJsonArray all = lbp.run({u"requests"_s, u"--json"_s}).json().value(u"requests"_s).toArray();
        QCOMPARE(all.size(), 1);
        QVERIFY(
            lbp.run({u"request"_s, all.at(0).toObject().value(u"id"_s).toString()}).out.contains("demo-1"));
    }
    void theBudgetIsKept()
    {
        LbpProgram lbp;
        const LbpProgram::Done done =
            lbp.run(shell(chat(u"-o /dev/null -w '%{http_code}'"_s), {u"--budget"_s, u"0"_s}));
        QCOMPARE(done.code, 0);
        QCOMPARE(done.out, QByteArray("402"));
    }
    void standardStreamsAreTheProgramsOwn()
    {
        LbpProgram lbp;
        QProcess process;
        lbp.prepare(process);
        process.start(QStringLiteral(LBP_PROGRAM),
                      shell(u"read line; echo got $line; echo problem >&2"_s, {u"--quiet"_s}));
        process.write("hello\n");
        process.closeWriteChannel();
        const LbpProgram::Done done = LbpProgram::finish(process);
        QCOMPARE(done.out, QByteArray("got hello\n"));
        QCOMPARE(done.err, QByteArray("problem\n"));
    }
    void signalsReachTheProgramAndTheKeyStillEnds_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void signalsReachTheProgramAndTheKeyStillEnds()
    {
        QFETCH(int, signal);
        LbpProgram lbp;
        QProcess process;
        lbp.prepare(process);
        const QString script = u"trap 'exit 42' INT TERM HUP; echo ready; while :; do sleep 0.02; done"_s;
        process.start(QStringLiteral(LBP_PROGRAM), shell(script));
        QByteArray out;
        QVERIFY(QTest::qWaitFor([&] { return (out += process.readAllStandardOutput()).contains("ready"); },
                                20'000));
        ::kill(pid_t(process.processId()), signal);
        const LbpProgram::Done done = LbpProgram::finish(process);
        QCOMPARE(done.code, 42);
        QVERIFY(lbp.run({u"key"_s, u"list"_s, u"--json"_s}).json().value(u"keys"_s).toArray().isEmpty());
    }
    void settingsAreTakenFromAKey()
    {
        LbpProgram lbp;
        QCOMPARE(lbp.run({u"key"_s, u"create"_s, u"ci"_s, u"--team"_s, u"build"_s, u"--model"_s, u"other-*"_s,
                          u"--budget"_s, u"0.25"_s})
                     .code,
                 0);
        const LbpProgram::Done done =
            lbp.run(shell(chat(u"-o /dev/null -w '%{http_code}'"_s), {u"--key"_s, u"ci"_s}));
        QCOMPARE(done.out, QByteArray("403"));
        QVERIFY2(done.err.contains("of $0.2500"), done.err.constData());
        QCOMPARE(lbp.run(shell(u"true"_s, {u"--key"_s, u"nobody"_s})).code, 1);
    }
};

QTEST_GUILESS_MAIN(TestLbpRun)
#include "tst_lbp_run.moc"
