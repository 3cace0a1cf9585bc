#include "lbpprogram.h"

#include <csignal>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

class TestLbpProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noWindowSystemIsLinked()
    {
        LbpProgram lbp;
        const LbpProgram::Done libraries = lbp.run({QStringLiteral(LBP_PROGRAM)}, u"ldd"_s);
        QCOMPARE(libraries.code, 0);
        QVERIFY(libraries.out.contains("libQt6Core"));
        for (const char *name :
             {"libQt6Gui", "libQt6Widgets", "libQt6Qml", "libQt6Quick", "libQt6Charts", "libX11", "libGL"})
            QVERIFY2(!libraries.out.contains(name), name);
    }
    void versionAndHelpNeedNothing()
    {
        LbpProgram lbp;
        QVERIFY(lbp.run({u"--version"_s}).out.startsWith("lbp "));
        QCOMPARE(lbp.run({u"--help"_s}).code, 0);
        QVERIFY(!QFileInfo::exists(lbp.dataDirectory()));
        QCOMPARE(lbp.run({u"nonsense"_s}).code, 2);
    }
    void readyIsOneLineOfJson()
    {
        LbpProgram lbp;
        const QUrl url = lbp.serve();
        QVERIFY2(url.isValid() && url.port() > 0, lbp.server.readAllStandardError().constData());
        QCOMPARE(lbp.serverOutput.count('\n'), 1);
        const QJsonObject ready = QJsonDocument::fromJson(lbp.serverOutput).object();
        QCOMPARE(ready.value(u"ready"_s), QJsonValue(true));
        QCOMPARE(ready.value(u"pid"_s).toInteger(), lbp.server.processId());
        QCOMPARE(
            lbp.run({u"-s"_s, url.toString() + u"/health"_s}, u"curl"_s).json().value(u"status"_s).toString(),
            u"ok"_s);
        QCOMPARE(lbp.stopServing(SIGTERM), 0);
        QVERIFY(lbp.server.readAllStandardOutput().isEmpty());
    }

    void everyCommandWorks_data()
    {
        QTest::addColumn<bool>("withProxy");
        QTest::newRow("without a running proxy") << false;
        QTest::newRow("with a running proxy") << true;
    }
    void everyCommandWorks()
    {
        QFETCH(bool, withProxy);
        LbpProgram lbp;
        if (withProxy)
            QVERIFY(lbp.serve().isValid());
        const auto ok = [&lbp](const QStringList &arguments) {
            const LbpProgram::Done done = lbp.run(arguments);
            if (done.code != 0)
                qWarning("%s: %d %s%s", qPrintable(arguments.join(u' ')), done.code, done.out.constData(),
                         done.err.constData());
            return done.code == 0 ? done.out : QByteArray("FAILED");
        };
        const QByteArray key = ok({u"key"_s, u"create"_s, u"web"_s, u"--team"_s, u"site"_s, u"--budget"_s,
                                   u"20"_s, u"--rpm"_s, u"30"_s, u"--model"_s, u"demo-*"_s});
        QVERIFY(QRegularExpression(u"^lbp_[0-9A-Za-z]{43}\n$"_s).match(QString::fromLatin1(key)).hasMatch());
        QVERIFY(ok({u"key"_s, u"list"_s}).contains("web"));
        const QJsonArray keys = QJsonDocument::fromJson(ok({u"key"_s, u"list"_s, u"--json"_s}))
                                    .object()
                                    .value(u"keys"_s)
                                    .toArray();
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys.at(0).toObject().value(u"team"_s).toString(), u"site"_s);
        QVERIFY(ok({u"key"_s, u"show"_s, u"web"_s}).contains("$20.00 monthly"));
        QVERIFY(ok({u"key"_s, u"update"_s, u"web"_s, u"--team"_s, u"shop"_s, u"--budget"_s, u"40"_s})
                    .contains("web"));
        QVERIFY(ok({u"key"_s, u"show"_s, u"web"_s}).contains("$40.00 monthly"));
        QVERIFY(ok({u"key"_s, u"list"_s}).contains("shop"));
        const QByteArray rotated = ok({u"key"_s, u"rotate"_s, u"web"_s, u"--grace"_s, u"1h"_s});
        QVERIFY(rotated.startsWith("lbp_") && rotated != key);

        QVERIFY(
            ok({u"budget"_s, u"set"_s, u"--team"_s, u"shop"_s, u"--daily"_s, u"5.00"_s}).contains("$5.00"));
        QVERIFY(ok({u"budget"_s, u"set"_s, u"--global"_s, u"--monthly"_s, u"100"_s}).contains("$100.00"));
        QVERIFY(ok({u"budget"_s, u"set"_s, u"--key"_s, u"web"_s, u"--total"_s, u"3"_s}).contains("$3.00"));
        const QByteArray budgets = ok({u"budget"_s, u"list"_s});
        QVERIFY(budgets.contains("shop") && budgets.contains("global") && budgets.contains("$100.00"));
        QVERIFY(ok({u"budget"_s, u"remove"_s, u"--team"_s, u"shop"_s, u"--daily"_s}).contains("Removed"));
        QVERIFY(!ok({u"budget"_s, u"list"_s}).contains("shop"));

        QVERIFY(ok({u"budget"_s, u"raise"_s, u"--global"_s, u"--monthly"_s, u"--by"_s, u"5"_s})
                    .contains("raised"));
        QVERIFY(lbp.run({u"budget"_s, u"raise"_s, u"--global"_s, u"--by"_s, u"-5"_s}).code != 0);
        QVERIFY(ok({u"pause"_s, u"--for"_s, u"15m"_s}).contains("until 20"));
        QVERIFY(ok({u"pause"_s, u"--until"_s, u"tomorrow"_s}).contains("until 20"));
        QVERIFY(lbp.run({u"pause"_s, u"--for"_s, u"soon"_s}).code != 0);
        QVERIFY(ok({u"hold"_s, u"list"_s, u"--json"_s}).contains("\"holds\""));
        QVERIFY(lbp.run({u"hold"_s, u"answer"_s, u"req_0000000000000"_s, u"--block"_s}).code != 0);
        QVERIFY(lbp.run({u"hold"_s, u"answer"_s, u"req_0000000000000"_s}).code != 0);
        QVERIFY(ok({u"pause"_s}).contains("Paused"));
        QCOMPARE(lbp.run({u"budget"_s, u"list"_s, u"--json"_s}).json().value(u"paused"_s), QJsonValue(true));
        QVERIFY(ok({u"resume"_s}).contains("Resumed"));
        QVERIFY(ok({u"pause"_s, u"--key"_s, u"web"_s}).contains("web"));
        QVERIFY(ok({u"key"_s, u"list"_s}).contains("paused"));
        QVERIFY(ok({u"resume"_s, u"--key"_s, u"web"_s}).contains("web"));

        QVERIFY(ok({u"prices"_s, u"show"_s}).contains("demo-1"));
        QVERIFY(ok({u"prices"_s, u"check"_s}).contains("no mistakes"));
        QVERIFY(ok({u"config"_s, u"check"_s}).contains("no mistakes"));
        QCOMPARE(ok({u"config"_s, u"path"_s}), lbp.configFile().toUtf8() + '\n');
        QVERIFY(ok({u"env"_s, u"web"_s}).contains("export OPENAI_BASE_URL='http://127.0.0.1:"));
        QVERIFY(ok({u"usage"_s, u"--csv"_s}).startsWith("key,id,requests"));
        QVERIFY(lbp.run({u"usage"_s, u"--json"_s}).json().contains(u"groups"_s));
        QCOMPARE(ok({u"requests"_s}), QByteArray());
        QVERIFY(lbp.run({u"requests"_s, u"--json"_s}).json().contains(u"requests"_s));
        QVERIFY(ok({u"key"_s, u"revoke"_s, u"web"_s}).contains("Revoked"));

        const LbpProgram::Done missing = lbp.run({u"key"_s, u"show"_s, u"nobody"_s});
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.err.contains("nobody"));
        QCOMPARE(lbp.run({u"request"_s, u"req_0000000000000"_s}).code, 1);
        if (withProxy)
            QCOMPARE(lbp.stopServing(SIGINT), 0);
    }
    void aLedgerIsBackedUpAndRestored()
    {
        LbpProgram lbp;
        const QString copy = lbp.home().filePath(QStringLiteral("copy.sqlite"));
        const auto keys = [&] { return lbp.run({QStringLiteral("key"), QStringLiteral("list")}).out; };
        const auto make = [&](const QString &name) {
            QCOMPARE(lbp.run({QStringLiteral("key"), QStringLiteral("create"), name}).code, 0);
        };
        make(QStringLiteral("before"));
        QVERIFY(!lbp.serve().isEmpty());
        const auto made = lbp.run({QStringLiteral("backup"), copy}); // while the proxy runs
        QVERIFY2(made.code == 0, made.err.constData());
        make(QStringLiteral("after"));
        const auto busy = lbp.run({QStringLiteral("restore"), copy});
        QCOMPARE(busy.code, 4);
        QVERIFY2(busy.err.contains("stop it first"), busy.err.constData());
        QCOMPARE(lbp.stopServing(), 0);
        QVERIFY(lbp.run({QStringLiteral("backup"), copy}).err.contains("exists already"));
        QVERIFY(keys().contains("after"));
        const auto restored = lbp.run({QStringLiteral("restore"), copy});
        QVERIFY2(restored.code == 0, restored.err.constData());
        QVERIFY(keys().contains("before"));
        QVERIFY(!keys().contains("after"));
        QCOMPARE(
            QDir(lbp.dataDirectory()).entryList({QStringLiteral("ledger.sqlite.before-restore-*Z")}).size(),
            1);
        const auto wrong = lbp.run({QStringLiteral("restore"), lbp.configFile()});
        QVERIFY(wrong.code != 0);
        QVERIFY2(wrong.err.contains("not a backup"), wrong.err.constData());
    }

    void aSecondProxyIsRefusedAndNamesTheFirst()
    {
        LbpProgram lbp;
        const QUrl url = lbp.serve();
        QVERIFY(url.isValid());
        const LbpProgram::Done second = lbp.run({u"serve"_s, u"--port"_s, u"0"_s});
        QCOMPARE(second.code, 4);
        QVERIFY(second.out.isEmpty());
        QVERIFY(second.err.contains(QByteArray::number(lbp.server.processId())));
        QVERIFY(second.err.contains(url.toEncoded()));
    }
    void commandsAtTheSameTimeWaitForEachOther()
    {
        LbpProgram lbp;
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < 6; ++i) {
            processes.push_back(std::make_unique<QProcess>());
            lbp.prepare(*processes.back());
            processes.back()->start(QStringLiteral(LBP_PROGRAM), {u"key"_s, u"create"_s, u"k%1"_s.arg(i)});
        }
        QVERIFY(lbp.serve().isValid()); // and a proxy that starts in the midst of them
        for (const auto &process : processes) {
            const LbpProgram::Done done = LbpProgram::finish(*process);
            QVERIFY2(done.code == 0, done.err.constData());
        }
        QCOMPARE(lbp.run({u"key"_s, u"list"_s, u"--json"_s}).json().value(u"keys"_s).toArray().size(), 6);
    }
    void commandsFindAProxyOnEveryAddress()
    {
        LbpProgram lbp;
        QVERIFY(lbp.serve({u"--host"_s, u"0.0.0.0"_s}).isValid());
        QCOMPARE(lbp.run({u"key"_s, u"create"_s, u"web"_s}).code, 0);
        QVERIFY(lbp.run({u"env"_s, u"web"_s}).out.contains("'http://127.0.0.1:"));
    }
    void commandsTrustTheProxysOwnCertificate()
    {
        LbpProgram lbp;
        const QString certificate = lbp.home().filePath(u"cert.pem"_s),
                      key = lbp.home().filePath(u"key.pem"_s);
        QCOMPARE(lbp.run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s,
                          u"/CN=proxy.example"_s, u"-keyout"_s, key, u"-out"_s, certificate},
                         u"openssl"_s)
                     .code,
                 0);
        QFile config(lbp.configFile());
        QVERIFY(config.open(QIODevice::ReadOnly));
        QByteArray text = config.readAll();
        config.close();
        text.replace("server:\n",
                     "server:\n  tlsCertificate: " + certificate.toUtf8() + "\n  tlsKey: " + key.toUtf8()
                         + "\n");
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(text);
        config.close();
        const QUrl url = lbp.serve();
        QCOMPARE(url.scheme(), u"https"_s);
        const LbpProgram::Done done = lbp.run({u"key"_s, u"create"_s, u"web"_s});
        QVERIFY2(done.code == 0, done.err.constData());
    }
    void aKilledProxyLeavesNothingInTheWay()
    {
        LbpProgram lbp;
        QVERIFY(lbp.serve().isValid());
        QCOMPARE(lbp.run({u"key"_s, u"create"_s, u"web"_s}).code, 0);
        QCOMPARE(lbp.stopServing(SIGKILL), 128 + SIGKILL);
        const LbpProgram::Done list = lbp.run({u"key"_s, u"list"_s});
        QCOMPARE(list.code, 0);
        QVERIFY(list.out.contains("web"));
        QVERIFY(lbp.serve().isValid());
    }
    void aWrongConfigurationIsToldWhole()
    {
        LbpProgram lbp;
        QFile config(lbp.configFile());
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("server:\n  prot: 1\nbudgets:\n  timeZone: Mars/Olympus\n");
        config.close();
        for (const QStringList &arguments : {QStringList{u"serve"_s}, QStringList{u"config"_s, u"check"_s}}) {
            const LbpProgram::Done done = lbp.run(arguments);
            QCOMPARE(done.code, 2);
            QVERIFY(done.err.contains("prot"));
            QVERIFY(done.err.contains("timeZone"));
        }
        QCOMPARE(lbp.run({u"key"_s, u"list"_s}).code, 2);
    }
    void aTakenPortIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, 0));
        LbpProgram lbp;
        const LbpProgram::Done done = lbp.run({u"serve"_s, u"--port"_s, QString::number(other.serverPort())});
        QCOMPARE(done.code, 1);
        QVERIFY(done.err.contains(QByteArray::number(other.serverPort())));
    }
    void aDamagedLedgerIsSaidAndKept()
    {
        LbpProgram lbp;
        QCOMPARE(lbp.run({u"key"_s, u"create"_s, u"web"_s}).code, 0);
        QFile ledger(lbp.dataDirectory() + u"/ledger.sqlite"_s);
        QVERIFY(ledger.open(QIODevice::ReadWrite));
        QVERIFY(ledger.size() > 8192);
        ledger.write(QByteArray(8192, 'x'));
        ledger.close();
        const LbpProgram::Done done = lbp.run({u"serve"_s, u"--port"_s, u"0"_s});
        QCOMPARE(done.code, 3);
        QVERIFY(done.err.contains("ledger.sqlite"));
    }
    void theStartMessageNamesTheFilesAndNoSecret()
    {
        LbpProgram lbp;
        QProcess process;
        lbp.prepare(process);
        process.start(QStringLiteral(LBP_PROGRAM), {u"serve"_s, u"--port"_s, u"0"_s});
        QByteArray text;
        QVERIFY(QTest::qWaitFor([&] { return (text += process.readAllStandardOutput()).contains("Ctrl-C"); },
                                20'000));
        ::kill(pid_t(process.processId()), SIGTERM);
        const LbpProgram::Done done = LbpProgram::finish(process);
        QCOMPARE(done.code, 0);
        QVERIFY(text.contains(lbp.configFile().toUtf8()));
        QVERIFY(text.contains("admin.key"));
        QFile key(lbp.dataDirectory() + u"/admin.key"_s);
        QVERIFY(key.open(QIODevice::ReadOnly));
        QVERIFY(!(text + done.err).contains(key.readAll().trimmed()));
    }
    void sighupReadsTheConfigurationAgain()
    {
        LbpProgram lbp;
        const QUrl url = lbp.serve();
        QVERIFY(url.isValid());
        QFile prices(QFileInfo(lbp.configFile()).absolutePath() + u"/pricing.yml"_s);
        QVERIFY(prices.open(QIODevice::Append));
        prices.write("  brand-new:\n    inputPer1M: 1\n    outputPer1M: 1\n");
        prices.close();
        ::kill(pid_t(lbp.server.processId()), SIGHUP);
        QVERIFY(QTest::qWaitFor(
            [&lbp] {
                return lbp.run({u"prices"_s, u"show"_s}).out.contains("brand-new");
            },
            10'000));
        ::kill(pid_t(lbp.server.processId()), SIGTERM);
        const LbpProgram::Done done = LbpProgram::finish(lbp.server);
        QCOMPARE(done.code, 0);
        QVERIFY(done.err.contains("SIGHUP"));
    }
    void theDemoWorksAsPasted()
    {
        LbpProgram lbp;
        QProcess process;
        lbp.prepare(process);
        process.start(QStringLiteral(LBP_PROGRAM), {u"serve"_s, u"--demo"_s, u"--port"_s, u"0"_s});
        QByteArray text;
        QVERIFY(QTest::qWaitFor([&] { return (text += process.readAllStandardOutput()).contains("Ctrl-C"); },
                                20'000));
        QByteArray command;
        for (const QByteArray &line : text.split('\n')) {
            if (line.startsWith("curl "))
                command = line;
        }
        QVERIFY(!command.isEmpty());
        const LbpProgram::Done answer =
            lbp.run({u"-c"_s, QString::fromUtf8(command) + u" -s"_s}, u"/bin/sh"_s);
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.contains("data: [DONE]"), answer.out.constData());
        QVERIFY(answer.out.count("data: ") > 10);
        // And the line that says what it cost.
        const QRegularExpressionMatch usage =
            QRegularExpression(u"What it cost: +lbp (.*)"_s).match(QString::fromUtf8(text));
        QVERIFY(usage.hasMatch());
        const LbpProgram::Done cost = lbp.run(
            {u"-c"_s, u'"' + QStringLiteral(LBP_PROGRAM) + u"\" "_s + usage.captured(1)}, u"/bin/sh"_s);
        QCOMPARE(cost.code, 0);
        QVERIFY2(cost.out.contains("demo"), cost.out.constData());
        ::kill(pid_t(process.processId()), SIGTERM);
        QCOMPARE(LbpProgram::finish(process).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestLbpProgram)
#include "tst_lbp_program.moc"
