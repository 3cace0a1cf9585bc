#include "lbpprogram.h"

#include <csignal>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

LbpProgram::LbpProgram()
{
    const QUrl provider = m_provider.listen().value();
    QDir().mkpath(QFileInfo(configFile()).absolutePath());
    QFile config(configFile());
    if (!config.open(QIODevice::WriteOnly))
        qFatal("no configuration for the test");
    config.write("server:\n  port: 0\n"
                 "provider:\n  name: test\n  baseUrl: "
                 + provider.toEncoded() + "\n  apiKey: " + m_provider.apiKey().reveal() + "\n");
    config.close();
    QFile prices(QFileInfo(configFile()).absolutePath() + u"/pricing.yml"_s);
    if (!prices.open(QIODevice::WriteOnly))
        qFatal("no prices for the test");
    prices.write("models:\n  demo-1:\n    inputPer1M: 2.5\n    outputPer1M: 10\n    maxOutputTokens: 4096\n");
}

LbpProgram::~LbpProgram()
{
    if (server.state() != QProcess::NotRunning)
        stopServing(SIGKILL);
}

void LbpProgram::prepare(QProcess &process) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.filePath(u"config"_s));
    environment.insert(u"XDG_DATA_HOME"_s, m_home.filePath(u"data"_s));
    environment.insert(u"TMPDIR"_s, m_home.path());
    environment.insert(u"SHELL"_s, u"/bin/sh"_s);
    process.setProcessEnvironment(environment);
}

LbpProgram::Done LbpProgram::finish(QProcess &process)
{
    // The event loop runs meanwhile, because the provider lives in it.
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30'000)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    const int code =
        process.exitStatus() == QProcess::CrashExit ? 128 + process.exitCode() : process.exitCode();
    return {code, process.readAllStandardOutput(), process.readAllStandardError()};
}

LbpProgram::Done LbpProgram::run(const QStringList &arguments, const QString &program)
{
    QProcess process;
    prepare(process);
    process.start(program, arguments);
    return finish(process);
}

QJsonObject LbpProgram::Done::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QUrl LbpProgram::serve(const QStringList &more)
{
    prepare(server);
    serverOutput.clear();
    server.start(QStringLiteral(LBP_PROGRAM),
                 QStringList{u"serve"_s, u"--port"_s, u"0"_s, u"--print-ready"_s} + more);
    const bool told = QTest::qWaitFor(
        [this] {
            serverOutput += server.readAllStandardOutput();
            return serverOutput.contains('\n') || server.state() == QProcess::NotRunning;
        },
        20'000);
    return !told ? QUrl() : QUrl(QJsonDocument::fromJson(serverOutput).object().value(u"url"_s).toString());
}

int LbpProgram::stopServing(int signalNumber)
{
    ::kill(pid_t(server.processId()), signalNumber);
    return finish(server).code;
}
