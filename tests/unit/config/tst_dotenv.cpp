#include "config/dotenv.h"
#include "configtesting.h"

using namespace lbp;
using namespace lbp::testing;

class TestDotEnv : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLineGivesAVariable_data();
    void aLineGivesAVariable();
    void theRealEnvironmentWins();
    void theLastOfTwoLinesWins();
    void aBadLineIsNamedWithoutItsContent_data();
    void aBadLineIsNamedWithoutItsContent();
};

void TestDotEnv::aLineGivesAVariable_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(expected);
    };
    row("plain", "A=b", "b");
    row("empty", "A=", "");
    row("blanks around", "  A=  b c \n", "b c");
    row("Windows line end", "A=b\r\n", "b");
    row("export", "export A=b", "b");
    row("comment after", "A=b # c", "b");
    row("no comment without a blank", "A=b#c", "b#c");
    row("only a comment", "A=# c", "");
    row("equals sign in the value", "A=b=c==", "b=c==");
    row("single quotes keep everything", "A='b \\n # \"c\" $D' # e", "b \\n # \"c\" $D");
    row("double quotes", "A=\"b # 'c'\"", "b # 'c'");
    row("escapes", "A=\"a\\nb\\tc\\\"d\\\\e\\$f\"", "a\nb\tc\"d\\e$f");
    row("no substitution within", "A=${HOME}", "${HOME}");
    row("beyond ASCII", "A=gr\xc3\xbc\xc3\x9f", "grüß");
    row("comments and empty lines around", "# x\n\n   \nA=b\n# A=c\n", "b");
}

void TestDotEnv::aLineGivesAVariable()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    QHash<QString, QString> environment;
    ProblemList problems(QStringLiteral(".env"));
    readDotEnv(text, environment, problems);
    QCOMPARE(texts(problems.sorted()), QStringList());
    QCOMPARE(environment, (QHash<QString, QString>{{QStringLiteral("A"), expected}}));
}

void TestDotEnv::theRealEnvironmentWins()
{
    QHash<QString, QString> environment{{QStringLiteral("A"), QStringLiteral("real")},
                                        {QStringLiteral("E"), QString()}};
    ProblemList problems(QStringLiteral(".env"));
    readDotEnv("A=file\nB=file\nE=file\n", environment, problems);
    QCOMPARE(environment.value(QStringLiteral("A")), QStringLiteral("real"));
    QCOMPARE(environment.value(QStringLiteral("B")), QStringLiteral("file"));
    QCOMPARE(environment.value(QStringLiteral("E")), QString());
}

void TestDotEnv::theLastOfTwoLinesWins()
{
    QHash<QString, QString> environment;
    ProblemList problems(QStringLiteral(".env"));
    readDotEnv("A=1\nA=2\n", environment, problems);
    QCOMPARE(environment.value(QStringLiteral("A")), QStringLiteral("2"));
}

void TestDotEnv::aBadLineIsNamedWithoutItsContent_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("beginning");
    QTest::newRow("no equals sign") << QByteArray("A=1\ncAnArY\n") << QStringLiteral(".env:2: ");
    QTest::newRow("no name") << QByteArray("=cAnArY\n") << QStringLiteral(".env:1: ");
    QTest::newRow("odd name") << QByteArray("cAnArY x=1\n") << QStringLiteral(".env:1: ");
    QTest::newRow("name begins with a digit") << QByteArray("1cAnArY=1\n") << QStringLiteral(".env:1: ");
    QTest::newRow("open double quote") << QByteArray("A=\"cAnArY\n") << QStringLiteral(".env:1: A: ");
    QTest::newRow("open single quote") << QByteArray("A='cAnArY\n") << QStringLiteral(".env:1: A: ");
    QTest::newRow("text after the quote") << QByteArray("A='x' cAnArY\n") << QStringLiteral(".env:1: A: ");
    QTest::newRow("not UTF-8") << QByteArray("A=cAnArY\xff\n") << QStringLiteral(".env: ");
}

void TestDotEnv::aBadLineIsNamedWithoutItsContent()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, beginning);
    QHash<QString, QString> environment;
    ProblemList problems(QStringLiteral(".env"));
    readDotEnv(text, environment, problems);
    const QStringList found = texts(problems.sorted());
    QCOMPARE(found.size(), 1);
    QVERIFY2(found[0].startsWith(beginning), qPrintable(found[0]));
    QVERIFY(!found[0].contains(QStringLiteral("cAnArY")));
}

QTEST_GUILESS_MAIN(TestDotEnv)
#include "tst_dotenv.moc"
