#include "cli/childprocess.h"
#include "cli/output.h"
#include "cli/unixsignals.h"

#include <csignal>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace lbp;
using namespace Qt::StringLiterals;

class TestChildProcess : public QObject
{
    Q_OBJECT

    static std::optional<ChildEnd> runShell(const QString &script,
                                            const Inherited &inherited = Inherited::now())
    {
        ChildProcess child;
        std::optional<ChildEnd> end;
        connect(&child, &ChildProcess::ended, &child, [&end](const ChildEnd &how) { end = how; });
        if (!child.start({u"/bin/sh"_s, u"-c"_s, script}, inherited.environment, inherited))
            return std::nullopt;
        return QTest::qWaitFor([&end] { return end.has_value(); }, 10'000) ? end : std::nullopt;
    }

private Q_SLOTS:
    void statusAndSignalsAreMapped_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("signal");
        QTest::newRow("success") << u"exit 0"_s << 0 << 0;
        QTest::newRow("failure") << u"exit 7"_s << 7 << 0;
        QTest::newRow("255") << u"exit 255"_s << 255 << 0;
        QTest::newRow("terminated") << u"kill -TERM $$"_s << 128 + SIGTERM << SIGTERM;
        QTest::newRow("killed") << u"kill -KILL $$"_s << 128 + SIGKILL << SIGKILL;
        QTest::newRow("interrupted") << u"kill -INT $$"_s << 128 + SIGINT << SIGINT;
    }
    void statusAndSignalsAreMapped()
    {
        QFETCH(QString, script);
        QFETCH(int, code);
        QFETCH(int, signal);
        const std::optional<ChildEnd> end = runShell(script);
        QVERIFY(end.has_value());
        QCOMPARE(end->exitCode(), code);
        QCOMPARE(end->endingSignal(), signal);
    }
    void whatCannotBeStartedIsToldApart()
    {
        QTemporaryDir directory;
        QFile plain(directory.filePath(u"data"_s));
        QVERIFY(plain.open(QIODevice::WriteOnly));
        plain.close();
        const Inherited inherited = Inherited::now();
        for (const auto &[command, code] : {std::pair(directory.filePath(u"missing"_s), int(ExitNotFound)),
                                            std::pair(u"no-such-command-anywhere"_s, int(ExitNotFound)),
                                            std::pair(plain.fileName(), int(ExitNotExecutable)),
                                            std::pair(directory.path(), int(ExitNotExecutable))}) {
            ChildProcess child;
            const auto started = child.start({command}, inherited.environment, inherited);
            QVERIFY(!started.has_value());
            QCOMPARE(started.error().exitCode, code);
            QVERIFY(started.error().text.contains(command));
        }
    }
    void theChildHasOurOriginalLimitsAndMask()
    {
        Inherited inherited = Inherited::now();
        inherited.fileLimit.rlim_cur = 333;
        inherited.fileMask = 027;
        inherited.environment.append("LBP_TEST=here");
        const std::optional<ChildEnd> end = runShell(
            u"[ $(ulimit -Sn) = 333 ] || exit 1; case $(umask) in *027) ;; *) exit 2;; esac; [ $LBP_TEST = here ] || exit 3"_s,
            inherited);
        QVERIFY(end.has_value());
        QCOMPARE(end->exitCode(), 0);
    }
    void aPipeThatClosesEndsTheChildAsUsual()
    {
        // Our sockets ignore SIGPIPE; a child that would inherit that never ends in `child | head`.
        ::signal(SIGPIPE, SIG_IGN);
        const std::optional<ChildEnd> end = runShell(u"kill -PIPE $$; exit 5"_s);
        QVERIFY(end.has_value());
        QCOMPARE(end->endingSignal(), SIGPIPE);
    }
    void signalsReachTheChild()
    {
        QTemporaryDir directory;
        const QString ready = directory.filePath(u"ready"_s);
        ChildProcess child;
        std::optional<ChildEnd> end;
        connect(&child, &ChildProcess::ended, &child, [&end](const ChildEnd &how) { end = how; });
        const Inherited inherited = Inherited::now();
        QVERIFY(child
                    .start({u"/bin/sh"_s, u"-c"_s,
                            u"trap 'exit 42' USR1; : > %1; while :; do sleep 0.02; done"_s.arg(ready)},
                           inherited.environment, inherited)
                    .has_value());
        QTRY_VERIFY(QFile::exists(ready));
        child.sendSignal(SIGUSR1);
        QTRY_VERIFY(end.has_value());
        QCOMPARE(end->exitCode(), 42);
        child.sendSignal(SIGKILL); // nobody is hit
    }
    void signalsBecomeEvents()
    {
        UnixSignals events({SIGUSR2}, UnixSignals::Ignored::Catch);
        QSignalSpy spy(&events, &UnixSignals::received);
        ::kill(::getpid(), SIGUSR2);
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(spy.at(0).at(0).toInt(), SIGUSR2);
        QCOMPARE(spy.at(0).at(1).toBool(), false);
    }
};

QTEST_GUILESS_MAIN(TestChildProcess)
#include "tst_cli_childprocess.moc"
