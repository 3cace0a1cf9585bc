#include "config/plainyaml.h"
#include "configtesting.h"

using namespace lbp;
using namespace lbp::testing;

namespace {

bool same(const YamlNode &a, const YamlNode &b)
{
    const auto sameEntry = [](const YamlNode::Entry &x, const YamlNode::Entry &y) {
        return x.key == y.key && x.line == y.line && same(x.value, y.value);
    };
    return a.kind == b.kind && a.line == b.line && a.written == b.written && a.text == b.text
        && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same)
        && std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), sameEntry);
}

} // namespace

/// The fast reader of plain lists agrees with the one of all of YAML, or stands back.
class TestPlainYaml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itReadsTheSameTree_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        const auto row = [](const char *name, const QByteArray &yaml) { QTest::newRow(name) << yaml; };
        row("the shipped list", fileContent(sourcePath(QStringLiteral("config/prices.yml"))));
        row("one value", "a: 1\n");
        row("no line end", "a: 1");
        row("comments and empty lines", "# head\n\na: 1\n  # inside\nb: 2\n\n# end\n");
        row("nested", "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n");
        row("nothing behind a key", "a:\nb: 1\nc:\n");
        row("brackets", "a: {b: 1, c: {d: 2, e: [1, 2, {f: 3}]}, g: []}\nh: {}\n");
        row("lists", "a:\n  - {b: 1}\n  - [c, d]\ne: 1\n");
        row("quotes", "\"ft:a\": \"b: c # {d}\"\ne: {\"f:g\": \"h, i\"}\n");
        row("words", "a: LiteLLM, imported 2026-11-23\nb: x (y) = z\n");
    }
    void itReadsTheSameTree()
    {
        QFETCH(QByteArray, yaml);
        YamlNode plain, whole;
        QVERIFY(readPlainYaml(yaml, plain));
        ProblemList problems({});
        QVERIFY(readYaml(yaml, whole, problems) && problems.isEmpty());
        QVERIFY(same(plain, whole));
    }
    void itStandsBackFromEverythingElse_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        for (const char *yaml : {"",
                                 "a",
                                 "- a\n",
                                 "a: [1\n",
                                 "a: {b: 1\n",
                                 "a: {b: 1,\n  c: 2}\n",
                                 "a: 1 # said here\n",
                                 "a: &x 1\n",
                                 "a: *x\n",
                                 "a: !!str 1\n",
                                 "a: |\n  b\n",
                                 "a: 'b'\n",
                                 "a: \"b\\n\"\n",
                                 "a: b: c\n",
                                 "a: ~\n",
                                 "a: null\n",
                                 "a: 1\na: 2\n",
                                 "a: {b: 1, b: 2}\n",
                                 "a:\n- {b: 1}\n",
                                 "a:\n  - b: 1\n",
                                 "a: 1\n b: 2\n",
                                 "  a: 1\n",
                                 "a: 1\n---\nb: 1\n",
                                 "a:\t1\n",
                                 "a: 1\r\n",
                                 "a: b\n  c\n",
                                 "a: -1\n",
                                 "? a\n: b\n",
                                 "a: \xc3\xa4\n",
                                 "# \xc3\xa4\na: 1\n",
                                 "a : 1\n",
                                 "a: 1 \n",
                                 "a: {b:1}\n",
                                 "a:1\n",
                                 "a: {b: c: 1}\n",
                                 "a: @b\n",
                                 "a: \"b\" c\n"})
            QTest::newRow(QByteArray(yaml).toPercentEncoding(" :{}[],\"#&*!|'?@~").constData())
                << QByteArray(yaml);
        QTest::newRow("too deep") << QByteArray("a: ") + QByteArray(100, '[') + QByteArray(100, ']');
    }
    void itStandsBackFromEverythingElse()
    {
        QFETCH(QByteArray, yaml);
        YamlNode root;
        QVERIFY(!readPlainYaml(yaml, root));
    }
};

QTEST_GUILESS_MAIN(TestPlainYaml)
#include "tst_plainyaml.moc"
