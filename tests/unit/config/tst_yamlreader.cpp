#include "configtesting.h"

using namespace lbp;
using namespace lbp::testing;

/// Hostile and broken text, and the substitution of variables.
class TestYamlReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hostileTextIsRefusedQuickly_data();
    void hostileTextIsRefusedQuickly();
    void variablesAreSubstituted_data();
    void variablesAreSubstituted();
    void keysAreNotSubstituted();
    void aHopelessFileGivesAReadableReport();
    void anyBrokenPrefixOfTheDefaultsIsHandled();
};

void TestYamlReader::hostileTextIsRefusedQuickly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const QByteArray &text, const char *part) {
        QTest::newRow(name) << text << QString::fromUtf8(part);
    };
    row("four million brackets", QByteArray(4'000'000, '['), "open brackets");
    row("four million braces", QByteArray(4'000'000, '{'), "open brackets");
    row("flow lists 500 deep", QByteArray(500, '[') + QByteArray(500, ']'), "nested more than 100 deep");
    row("flow mappings 500 deep", QByteArray("{a: ").repeated(500) + QByteArray(500, '}'),
        "nested more than 100 deep");
    row("block lists 100,000 deep", QByteArray("- ").repeated(100'000), "nested more than 100 deep");
    row("explicit keys 100,000 deep", QByteArray("? ").repeated(100'000), "nested more than 100 deep");
    QByteArray mappings;
    for (int i = 0; i < 300; ++i)
        mappings += QByteArray(i, ' ') + "a:\n";
    row("block mappings 300 deep", mappings, "nested more than 100 deep");
    row("above 4 MB", QByteArray(4 * 1024 * 1024 + 1, '#'), "larger than 4 MB");
    row("NUL", QByteArray("server: {host: \"a\0b\"}", 22), "control character");
    row("escape codes", "server: {host: \"\x1b[31m\"}", "control character");
    row("invalid UTF-8", "server: {host: \"\xff\"}", "UTF-8");
    row("UTF-16", QByteArray("\xff\xfes\0e\0", 6), "UTF-8");
    QByteArray bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        bomb += 'a' + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " ["
            + (before + ", ").repeated(9) + before + "]\n";
    }
    row("aliases that multiply", bomb, "more than 200000 values");
    QByteArray chain = "a0: &a0 [x]\n";
    for (int i = 1; i < 3000; ++i)
        chain += 'a' + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [*a"
            + QByteArray::number(i - 1) + "]\n";
    row("aliases that nest", chain, "nested more than 100 deep");
    row("an alias of itself", "server: &a {host: *a}\n", "alias");
    row("an unknown alias", "server: *a\n", "not valid YAML");
    row("a list as a key", "? [a, b]\n: c\n", "cannot be a key");
    row("a mapping as a key", "{a: b}: c\n", "cannot be a key");
    row("two hundred thousand values", "cache: [" + QByteArray("1,").repeated(200'001) + "]",
        "more than 200000 values");
}

void TestYamlReader::hostileTextIsRefusedQuickly()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, part);
    const QStringList problems = problemsOf(parseConfig(text, {}, {}));
    QVERIFY2(problems.join(u'\n').contains(part), qPrintable(problems.join(u'\n')));
    const QStringList ofPrices = problemsOf(parsePricing(text, QStringLiteral("p.yml")));
    QVERIFY2(ofPrices.join(u'\n').contains(part), qPrintable(ofPrices.join(u'\n')));
}

void TestYamlReader::variablesAreSubstituted_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("whole value") << QStringLiteral("${A}") << QByteArray("one");
    QTest::newRow("within a value") << QStringLiteral("x${A}y${B}z") << QByteArray("xoneytwoz");
    QTest::newRow("default when not set") << QStringLiteral("${NO:-other}") << QByteArray("other");
    QTest::newRow("default when empty") << QStringLiteral("${EMPTY:-other}") << QByteArray("other");
    QTest::newRow("empty default") << QStringLiteral("a${NO:-}b") << QByteArray("ab");
    QTest::newRow("default not needed") << QStringLiteral("${A:-other}") << QByteArray("one");
    QTest::newRow("default with a colon and a dash") << QStringLiteral("${NO:-a:-b}") << QByteArray("a:-b");
    QTest::newRow("set but empty") << QStringLiteral("a${EMPTY}b") << QByteArray("ab");
    QTest::newRow("two dollars are one") << QStringLiteral("$${A} $$") << QByteArray("${A} $");
    QTest::newRow("a lone dollar stays") << QStringLiteral("$A 5$ $") << QByteArray("$A 5$ $");
    QTest::newRow("a value is not read again") << QStringLiteral("${NESTED}") << QByteArray("${A}$$");
    QTest::newRow("no variables") << QStringLiteral("plain") << QByteArray("plain");
}

void TestYamlReader::variablesAreSubstituted()
{
    QFETCH(QString, written);
    QFETCH(QByteArray, expected);
    const QHash<QString, QString> variables{{QStringLiteral("A"), QStringLiteral("one")},
                                            {QStringLiteral("B"), QStringLiteral("two")},
                                            {QStringLiteral("EMPTY"), QString()},
                                            {QStringLiteral("NESTED"), QStringLiteral("${A}$$")}};
    const auto config = parseConfig("alerts: {webhookSecret: \"" + written.toUtf8() + "\"}\n", {}, variables);
    QCOMPARE(problemsOf(config), QStringList());
    QCOMPARE((*config)->alerts.webhookSecret.reveal(), expected);
}

void TestYamlReader::keysAreNotSubstituted()
{
    const QStringList problems =
        problemsOf(parseConfig("${S}: {port: 1}\n", {}, {{QStringLiteral("S"), QStringLiteral("server")}}));
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems[0].startsWith(QStringLiteral("config.yml:1: ${S}: is not a known key")),
             qPrintable(problems[0]));
}

void TestYamlReader::aHopelessFileGivesAReadableReport()
{
    QByteArray text;
    for (int i = 0; i < 1000; ++i)
        text += "wrong" + QByteArray::number(i) + ": 1\n";
    text = QByteArray(900, 'k') + ": 1\n" + text;
    const QStringList problems = problemsOf(parseConfig(text, {}, {}));
    QCOMPARE(problems.size(), 101);
    QVERIFY2(problems.last().contains(QStringLiteral("901 more")), qPrintable(problems.last()));
    for (const QString &problem : problems)
        QVERIFY(problem.size() < 400 && !problem.contains(u'\n'));
    const QStringList odd = problemsOf(parseConfig("\"a\\nb\\e[31m\": 1\n", {}, {}));
    QCOMPARE(odd.size(), 1);
    QVERIFY(!odd[0].contains(u'\n') && !odd[0].contains(QChar(0x1b)));
}

void TestYamlReader::anyBrokenPrefixOfTheDefaultsIsHandled()
{
    const QByteArray config = fileContent(sourcePath(QStringLiteral("config/config.yml")));
    int refused = 0;
    for (qsizetype size = 0; size < config.size(); size += 7) {
        const auto result = parseConfig(config.first(size), {}, {});
        refused += result ? 0 : 1;
        if (result)
            QVERIFY((*result)->prices && !(*result)->providers.isEmpty());
    }
    QVERIFY(refused > 10);
}

QTEST_GUILESS_MAIN(TestYamlReader)
#include "tst_yamlreader.moc"
