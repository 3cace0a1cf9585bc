#include "cli/lookup.h"
#include "cli/text.h"
#include "cli/toolenvironment.h"

#include <QDateTime>
#include <QProcess>
#include <QTest>

using namespace lbp;
using namespace Qt::StringLiterals;

class TestCliText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void columnsAreAligned()
    {
        TextTable table({{u"NAME"_s}, {u"COST"_s, TextTable::Align::Right}});
        table.addRow({u"web"_s, u"$1.00"_s});
        table.addRow({u"a longer name"_s, u"$12.35"_s});
        QCOMPARE(table.toString(),
                 u"NAME             COST\nweb             $1.00\na longer name  $12.35\n"_s);
    }
    void wideAndCombiningCharactersKeepTheColumns()
    {
        QCOMPARE(displayWidth(u"日本"_s), 4);
        QCOMPARE(displayWidth(u"e\u0301"_s), 1);
        TextTable table({{u"N"_s}, {u"X"_s}});
        table.addRow({u"日本"_s, u"1"_s});
        table.addRow({u"ab"_s, u"2"_s});
        QCOMPARE(table.toString(), u"N     X\n日本  1\nab    2\n"_s);
    }
    void noNameCanMoveTheCursor()
    {
        TextTable table({{u"N"_s}});
        table.addRow({u"\x1b[2Jgpt\r\n\u202e"_s});
        QCOMPARE(table.toString(), u"N\n\ufffd[2Jgpt\ufffd\ufffd\ufffd\n"_s);
    }
    void missingCellsAreEmpty()
    {
        TextTable table({{u"A"_s}, {u"B"_s}});
        table.addRow({u"1"_s});
        table.addRow({u"1"_s, u"2"_s, u"3"_s});
        QCOMPARE(table.toString(), u"A  B\n1\n1  2\n"_s);
    }

    void csvFieldsAreSafe_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::newRow("plain") << u"web"_s << u"web"_s;
        QTest::newRow("comma") << u"a,b"_s << u"\"a,b\""_s;
        QTest::newRow("quote") << u"a\"b"_s << u"\"a\"\"b\""_s;
        QTest::newRow("line feed") << u"a\nb"_s << u"\"a\nb\""_s;
        QTest::newRow("formula =") << u"=1+1"_s << u"'=1+1"_s;
        QTest::newRow("formula +") << u"+cmd|x"_s << u"'+cmd|x"_s;
        QTest::newRow("formula -") << u"-2+3"_s << u"'-2+3"_s;
        QTest::newRow("formula @") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
        QTest::newRow("formula behind a tab") << u"\t=1"_s << u"'\t=1"_s;
        QTest::newRow("formula with comma") << u"=HYPERLINK(1,2)"_s << u"\"'=HYPERLINK(1,2)\""_s;
        QTest::newRow("a negative number is a number") << u"-1.50"_s << u"-1.50"_s;
        QTest::newRow("a lone minus is none") << u"-"_s << u"'-"_s;
        QTest::newRow("empty") << QString() << QString();
    }
    void csvFieldsAreSafe()
    {
        QFETCH(QString, text);
        QFETCH(QString, field);
        QCOMPARE(csvField(text), field);
    }

    void amountsHaveSensibleDecimals_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << u"0"_s << u"$0.00"_s;
        QTest::newRow("dollars") << u"12.345"_s << u"$12.34"_s; // half to even
        QTest::newRow("one dollar") << u"1"_s << u"$1.00"_s;
        QTest::newRow("cents") << u"0.04213"_s << u"$0.0421"_s;
        QTest::newRow("one cent") << u"0.01"_s << u"$0.0100"_s;
        QTest::newRow("below a cent") << u"0.0012345"_s << u"$0.0012"_s;
        QTest::newRow("tiny") << u"0.0000123"_s << u"$0.000012"_s;
        QTest::newRow("smallest") << u"0.000000000001"_s << u"$0.000000000001"_s;
        QTest::newRow("negative") << u"-3.5"_s << u"-$3.50"_s;
        QTest::newRow("no amount") << u"abc"_s << u"?"_s;
    }
    void amountsHaveSensibleDecimals()
    {
        QFETCH(QString, amount);
        QFETCH(QString, text);
        QCOMPARE(moneyText(amount), text);
    }
    void countsAreGrouped()
    {
        QCOMPARE(countText(0), u"0"_s);
        QCOMPARE(countText(999), u"999"_s);
        QCOMPARE(countText(1000), u"1,000"_s);
        QCOMPARE(countText(-1234567), u"-1,234,567"_s);
    }

    void timesAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("instant"); // empty: refused
        QTest::newRow("date") << u"2026-01-31"_s << u"2026-01-31"_s;
        QTest::newRow("with zone") << u"2026-01-31T12:00:00+01:00"_s << u"2026-01-31T11:00:00Z"_s;
        QTest::newRow("today") << u"today"_s << u"2026-03-10"_s;
        QTest::newRow("yesterday") << u"yesterday"_s << u"2026-03-09"_s;
        QTest::newRow("hours ago") << u"12h"_s << u"2026-03-09T22:30:00Z"_s;
        QTest::newRow("days ago") << u"7d"_s << u"2026-03-03T10:30:00Z"_s;
        QTest::newRow("no such day") << u"2026-02-30"_s << QString();
        QTest::newRow("words") << u"last week"_s << QString();
        QTest::newRow("empty") << u" "_s << QString();
    }
    void timesAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, instant);
        const QDateTime now(QDate(2026, 3, 10), QTime(10, 30), Qt::UTC);
        const Result<QString> read = instantFromText(text, now.toLocalTime());
        QCOMPARE(read.has_value(), !instant.isEmpty());
        if (read)
            QCOMPARE(*read, instant);
        else
            QVERIFY(read.error().detail.contains(text));
    }
    void queriesAreEncoded()
    {
        QCOMPARE(targetWith(u"/api/usage"_s, {{u"a"_s, u"x&y=z +"_s}, {u"b"_s, QString()}, {u"c"_s, u"é"_s}}),
                 u"/api/usage?a=x%26y%3Dz%20%2B&c=%C3%A9"_s);
        QCOMPARE(targetWith(u"/api/usage"_s, {{u"b"_s, QString()}}), u"/api/usage"_s);
    }

    void aPosixShellReadsTheLinesBack()
    {
        const QString hostile = u"a'b \"$HOME\" `id` \\ !x\nsecond"_s;
        const QString script =
            exportLines({{u"LBP_TEST"_s, hostile}}, Shell::Posix) + u"printf %s \"$LBP_TEST\""_s;
        QProcess shell;
        shell.start(u"/bin/sh"_s, {u"-c"_s, script});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), hostile);
    }
    void otherShellsHaveTheirOwnQuotes()
    {
        QCOMPARE(exportLines({{u"A"_s, u"x'y\\z"_s}}, Shell::Fish), u"set -gx A 'x\\'y\\\\z'\n"_s);
        QCOMPARE(exportLines({{u"A"_s, u"x'y$z"_s}}, Shell::PowerShell), u"$env:A = 'x''y$z'\n"_s);
        QCOMPARE(shellFromPath(u"/usr/bin/fish"_s), Shell::Fish);
        QCOMPARE(shellFromPath(u"/bin/zsh"_s), Shell::Posix);
        QCOMPARE(shellFromPath(QString()), Shell::Posix);
        QVERIFY(!shellFromName(u"cmd"_s).has_value());
    }
    void aChildGetsTheKeyAndNotTheRealOnes()
    {
        const QList<QByteArray> environment =
            childEnvironment({"PATH=/bin", "OPENAI_API_KEY=real", "ANTHROPIC_AUTH_TOKEN=real",
                              "https_proxy=http://proxy:3128", "NO_PROXY=intern", "EMPTY="},
                             QUrl(u"http://127.0.0.1:4000"_s), u"lbp_x"_s);
        QVERIFY(environment.contains("PATH=/bin"));
        QVERIFY(environment.contains("EMPTY="));
        QVERIFY(environment.contains("OPENAI_BASE_URL=http://127.0.0.1:4000/v1"));
        QVERIFY(environment.contains("ANTHROPIC_BASE_URL=http://127.0.0.1:4000"));
        QCOMPARE(environment.count("OPENAI_API_KEY=lbp_x"), 1);
        QVERIFY(environment.contains("no_proxy=intern,127.0.0.1,localhost"));
        for (const QByteArray &entry : environment)
            QVERIFY2(!entry.endsWith("=real"), entry.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliText)
#include "tst_cli_text.moc"
