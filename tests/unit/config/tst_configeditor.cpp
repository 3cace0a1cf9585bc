#include "config/configeditor.h"
#include "configtesting.h"

#include "config/yamlreader.h"

#include <QRandomGenerator>

using namespace lbp;
using namespace lbp::testing;
using namespace Qt::StringLiterals;

namespace {

ConfigPath at(const char *dotted)
{
    return ConfigPath(QString::fromLatin1(dotted));
}

/// All single values with their places, as they are written.
void flatten(const YamlNode &node, const QString &path, QMap<QString, QString> &values)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        values.insert(path, u"<null>"_s);
        break;
    case YamlNode::Kind::Scalar:
        values.insert(path, node.written);
        break;
    case YamlNode::Kind::Sequence:
        values.insert(path, u"<list of %1>"_s.arg(node.items.size()));
        break;
    case YamlNode::Kind::Map:
        values.insert(path, u"<map>"_s);
        break;
    case YamlNode::Kind::Broken:
        break;
    }
    for (size_t i = 0; i < node.items.size(); ++i)
        flatten(node.items[i], path + u'[' + QString::number(i) + u']', values);
    for (const YamlNode::Entry &entry : node.entries)
        flatten(entry.value, path + u'/' + entry.key, values);
}

QMap<QString, QString> valuesOf(const QByteArray &text)
{
    ProblemList problems({});
    YamlNode root;
    QMap<QString, QString> values;
    if (readYaml(text, root, problems))
        flatten(root, {}, values);
    return values;
}

/// The comments of a text, in order, whatever stands before them on their lines.
QByteArrayList commentsOf(const QByteArray &text)
{
    QByteArrayList comments;
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype hash = line.startsWith('#') ? 0 : line.indexOf(" #");
        if (hash >= 0)
            comments += line.sliced(hash).trimmed();
    }
    return comments;
}

} // namespace

class TestConfigEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEditChangesTheseBytesAlone_data();
    void anEditChangesTheseBytesAlone();
    void whatCannotBeChangedIsLeftWithAReason_data();
    void whatCannotBeChangedIsLeftWithAReason();
    void everyDocumentedSettingCanBeSetAndEveryCommentStays();
    void randomEditsTouchNothingElse();
    void anyTextComesBackAsItWasWritten();
    void referencesAreNeverResolved();
    void modelsWithDotsAndColonsAreOneKey();
    void pathsAreReadAndShownAlike();
};

void TestConfigEditor::anEditChangesTheseBytesAlone_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<ConfigEdit>("edit");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const ConfigEdit &edit, const char *after) {
        QTest::newRow(name) << QByteArray(before) << edit << QByteArray(after);
    };
    const auto set = [](const char *path, const char *value) {
        return ConfigEdit::set(at(path), QString::fromUtf8(value));
    };
    using Fields = ConfigValue::Fields;
    row("a plain value", "a: 1\nb: 2\n", set("a", "9"), "a: 9\nb: 2\n");
    row("a comment keeps its column", "a:\n  b: 1      # why\n  c: 2\n", set("a.b", "12345"),
        "a:\n  b: 12345  # why\n  c: 2\n");
    row("a comment gives way", "b: 1 # why\n", set("b", "12345"), "b: 12345 # why\n");
    row("double quotes stay", "a: \"x\"\n", set("a", "y"), "a: \"y\"\n");
    row("single quotes stay", "a: 'x'  # it's\n", set("a", "it's"), "a: 'it''s' # it's\n");
    row("quotes come where they must", "a: x\n", set("a", "- b: c"), "a: \"- b: c\"\n");
    row("an empty text is quoted", "a: x\n", set("a", ""), "a: \"\"\n");
    row("a key without a value", "a:\nb: 2\n", set("a", "1"), "a: 1\nb: 2\n");
    row("a key without a value, with a comment", "a:   # why\nb: 2\n", set("a", "1"), "a: 1   # why\nb: 2\n");
    row("a tilde", "a: ~\nb: 2\n", set("a", "1"), "a: 1\nb: 2\n");
    row("a new key comes last in its mapping", "a:\n  b: 1\n# next\nc: 2\n", set("a.d", "3"),
        "a:\n  b: 1\n  d: 3\n# next\nc: 2\n");
    row("missing parents are made", "a: 1\n", set("b.c.d", "3"), "a: 1\n\nb:\n  c:\n    d: 3\n");
    row("no line end at the end", "a: 1", set("b", "2"), "a: 1\nb: 2");
    row("an empty file", "", set("a.b", "1"), "a:\n  b: 1\n");
    row("comments alone", "# hello\n", set("a", "1"), "# hello\na: 1\n");
    row("comments alone, without a line end", "# hello", set("a", "1"), "# hello\na: 1\n");
    row("line ends of DOS", "a: 1\r\nb:\r\n  c: 2\r\n", set("b.d", "3"),
        "a: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n");
    row("a byte order mark",
        "\xef\xbb\xbf"
        "a: 1\nb: 2\n",
        set("b", "3"),
        "\xef\xbb\xbf"
        "a: 1\nb: 3\n");
    row("letters of more than one byte before it", "ä: \"ü\"\nb: {ö: é, c: 1}\n", set("b.c", "3"),
        "ä: \"ü\"\nb: {ö: é, c: 3}\n");
    row("tabs before a comment", "a: 1\t# why\n", set("a", "2"), "a: 2\t# why\n");
    row("a document mark", "---\na: 1\n...\n", set("b", "2"), "---\na: 1\nb: 2\n...\n");
    row("a flow map", "a: {b: 1, c: 2} # x\n", set("a.c", "3"), "a: {b: 1, c: 3} # x\n");
    row("a new key in a flow map", "a: {b: 1}\n", set("a.c", "x, y"), "a: {b: 1, c: \"x, y\"}\n");
    row("a new key in an empty flow map", "a: {}\n", set("a.c", "1"), "a: {c: 1}\n");
    row("a literal becomes a value", "a: |\n  x\n  y\n\nb: 2\n", set("a", "z"), "a: z\n\nb: 2\n");
    row("a value on two lines", "a: one\n  two\nb: 2\n", set("a", "z"), "a: z\nb: 2\n");
    row("a value on the next line", "a:\n  one\nb: 2\n", set("a", "z"), "a:\n  z\nb: 2\n");
    row("an item of a list", "a:\n  - x # 1\n  - y # 2\n", set("a[1]", "z"), "a:\n  - x # 1\n  - z # 2\n");
    row("a value within an item", "a:\n  - {p: 80, q: w}\n", set("a[0].p", "70"), "a:\n  - {p: 70, q: w}\n");
    row("a list on one line", "a: [x, y] # why\n", ConfigEdit::set(at("a"), ConfigValue::list({u"x"_s})),
        "a: [x] # why\n");
    row("a list in place of none", "a: []   # why\n",
        ConfigEdit::set(at("a"), ConfigValue::list({u"x"_s, u"y: z"_s})), "a: [x, \"y: z\"]   # why\n");
    row("a list keeps the comments of what stays", "a:\n  - x # 1\n  - y # 2\n  - z # 3\n",
        ConfigEdit::set(at("a"), ConfigValue::list({u"x"_s, u"z"_s})), "a:\n  - x # 1\n  - z # 3\n");
    row("an entry is added to a list of none", "providers: []  # none\nx: 1\n",
        ConfigEdit::append(at("providers"),
                           Fields{{u"name"_s, u"local"_s}, {u"models"_s, ConfigValue::list({u"llama*"_s})}}),
        "providers:  # none\n  - name: local\n    models: [llama*]\nx: 1\n");
    row("an entry is added below the others", "p:\n- name: a\n  kind: b # c\n# end\nx: 1\n",
        ConfigEdit::append(at("p"), Fields{{u"name"_s, u"d"_s}, {u"kind"_s, u"e"_s}}),
        "p:\n- name: a\n  kind: b # c\n- name: d\n  kind: e\n# end\nx: 1\n");
    row("an entry in braces stays in braces", "t:\n  - {percent: 80, action: warn}\n",
        ConfigEdit::append(at("t"), Fields{{u"percent"_s, u"90"_s}, {u"action"_s, u"block"_s}}),
        "t:\n  - {percent: 80, action: warn}\n  - {percent: 90, action: block}\n");
    row("an entry of a list that is not there", "a: 1\n", ConfigEdit::append(at("b.c"), u"x"_s),
        "a: 1\n\nb:\n  c: [x]\n");
    row("a key goes with its line", "a: 1\nb: 2 # why\nc: 3\n", ConfigEdit::remove(at("b")), "a: 1\nc: 3\n");
    row("a mapping goes with its lines", "a: 1\nb:\n  c: 2\n  d:\n    - 1\nc: 3\n",
        ConfigEdit::remove(at("b")), "a: 1\nc: 3\n");
    row("an item goes", "a:\n  - x\n  - y\n", ConfigEdit::remove(at("a[0]")), "a:\n  - y\n");
    row("the last item leaves an empty list", "a:\n  - x\nb: 1\n", ConfigEdit::remove(at("a[0]")),
        "a: []\nb: 1\n");
    row("the last key leaves an empty mapping", "a:\n  x: 1\nb: 1\n", ConfigEdit::remove(at("a.x")),
        "a: {}\nb: 1\n");
    row("the first key behind a dash", "a:\n  - x: 1\n    y: 2\n", ConfigEdit::remove(at("a[0].x")),
        "a:\n  - y: 2\n");
    row("out of braces", "a: {x: 1, y: 2, z: 3}\n", ConfigEdit::remove(at("a.y")), "a: {x: 1, z: 3}\n");
    row("the first out of braces", "a: {x: 1, y: 2}\n", ConfigEdit::remove(at("a.x")), "a: {y: 2}\n");
    row("out of brackets", "a: [x, y]\n", ConfigEdit::remove(at("a[1]")), "a: [x]\n");
    row("what is not there", "a: 1\n", ConfigEdit::remove(at("b.c")), "a: 1\n");
    row("an anchor stays", "a: &x 1\nb: 2\n", set("a", "3"), "a: &x 3\nb: 2\n");
    row("an alias becomes a value", "a: &x 1\nb: *x\n", set("b", "3"), "a: &x 1\nb: 3\n");
    row("the same value again", "a:    'b'   # c\n", set("a", "b"), "a:    'b'   # c\n");
    row("a mapping in place of a value", "a: refuse  # why\nb: 1\n",
        ConfigEdit::set(at("a"), Fields{{u"assume"_s, u"gpt-5.5"_s}}),
        "a:  # why\n  assume: gpt-5.5\nb: 1\n");
    row("a value in place of a mapping", "a:\n  assume: x\nb: 1\n", set("a", "refuse"), "a: refuse\nb: 1\n");
}

void TestConfigEditor::anEditChangesTheseBytesAlone()
{
    QFETCH(QByteArray, before);
    QFETCH(ConfigEdit, edit);
    QFETCH(QByteArray, after);
    const Result<QByteArray> result = edited(before, {edit});
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(*result, after);
}

void TestConfigEditor::whatCannotBeChangedIsLeftWithAReason_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<ConfigEdit>("edit");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *before, const ConfigEdit &edit, ErrorCode code) {
        QTest::newRow(name) << QByteArray(before) << edit << int(code);
    };
    const ConfigEdit edit = ConfigEdit::set(at("a.b"), u"2"_s);
    row("two documents", "a: {b: 1}\n---\nc: 1\n", edit, ErrorCode::Conflict);
    row("a value that another place shares", "x: &x {b: 1}\na: *x\n", edit, ErrorCode::Conflict);
    row("a value that is shared below an anchor", "a: &x\n  b: 1\ny: *x\n", edit, ErrorCode::Conflict);
    row("a single value where a mapping is needed", "a: 1\n", edit, ErrorCode::Conflict);
    row("no YAML", "a: [1\n", edit, ErrorCode::ConfigInvalid);
    row("a tab as indentation", "a:\n\tb: 1\n", edit, ErrorCode::ConfigInvalid);
    row("no such item", "a:\n  - x\n", ConfigEdit::set(at("a[3]"), u"2"_s), ErrorCode::NotFound);
    row("no key at all", "a: 1\n", ConfigEdit::set(ConfigPath(), u"2"_s), ErrorCode::InvalidValue);
}

void TestConfigEditor::whatCannotBeChangedIsLeftWithAReason()
{
    QFETCH(QByteArray, before);
    QFETCH(ConfigEdit, edit);
    QFETCH(int, code);
    const Result<QByteArray> result = edited(before, {edit});
    QVERIFY(!result);
    QCOMPARE(int(result.error().code), code);
    QVERIFY(!result.error().detail.isEmpty());
}

void TestConfigEditor::everyDocumentedSettingCanBeSetAndEveryCommentStays()
{
    const QByteArray text = fileContent(sourcePath(u"config/config.yml"_s));
    const QMap<QString, QString> before = valuesOf(text);
    int tried = 0;
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        if (it.value().startsWith(u'<'))
            continue;
        QString dotted = it.key().sliced(1);
        dotted.replace(u'/', u'.');
        const Result<QByteArray> result =
            edited(text, {ConfigEdit::set(ConfigPath(dotted), u"other value"_s)});
        QVERIFY2(result, qPrintable(dotted));
        QMap<QString, QString> expected = before;
        expected[it.key()] = u"other value"_s;
        QCOMPARE(valuesOf(*result), expected);
        QCOMPARE(commentsOf(*result), commentsOf(text));
        ++tried;
    }
    QVERIFY(tried > 50);
}

void TestConfigEditor::randomEditsTouchNothingElse()
{
    const QByteArrayList files{
        fileContent(sourcePath(u"config/config.yml"_s)),
        "",
        "# only\n# comments",
        "a: 1\r\nb: {c: [1, 2], d: {}} # x\r\nc:\r\n- x: 1 # one\r\n  y: 2\r\n- x: 3\r\n",
        "a: &anchor {b: 1}\nc: *anchor\nd:\n  e: \"q\\n\"\n  f: 'it''s'\n  g: |\n    text\n    more\n\n  h: "
        "~\n",
        "? a\n: b\nc: !tag x\nd: [a: 1, {b: 2}]\ne:\n- - 1\n  - 2\n-\n  f: 1\n- \n",
        "{a: 1, b: [x, y],\n # c\n c: {d: 2}}\n",
        "---\na:\n    b:\n        c: 1 # deep\n    d: 2\n...\n",
        "a: 1\t# tab\nb:\t2\n\nc: >-\n  folded\n  text\n\n\nd: last",
        "ключ: значение # комментарий\nмодели: [\"ä\", 'ö']\n",
    };
    const QStringList texts{u"x"_s,    u""_s,           u"a b"_s, u"- x"_s,   u"k: v"_s,    u"# c"_s,
                            u"a #b"_s, u"null"_s,       u"~"_s,   u"'\""_s,   u"${A:-b}"_s, u"[1]"_s,
                            u"ünï"_s,  u"two\nlines"_s, u"*"_s,   u"10.00"_s, u"a, b}"_s,   u"\\"_s,
                            u"a\tb"_s, u" pad "_s,      u"😀"_s};
    const QStringList keys{u"a"_s,      u"b"_s,      u"c"_s,    u"d"_s,      u"new"_s,
                           u"gpt: 4"_s, u"server"_s, u"port"_s, u"budgets"_s};
    QRandomGenerator random(20261123);
    int done = 0;
    const int rounds = 1200;
    for (int round = 0; round < rounds; ++round) {
        const QByteArray text = files[random.bounded(int(files.size()))];
        // A place that is there, or one that is not.
        const QMap<QString, QString> before = valuesOf(text);
        ConfigPath path;
        if (!before.isEmpty() && random.bounded(4) > 0) {
            const QString key = before.keys().at(random.bounded(int(before.size())));
            for (const QString &part : key.split(u'/', Qt::SkipEmptyParts)) {
                const qsizetype bracket = part.indexOf(u'[');
                if (bracket != 0)
                    path = path.child(bracket < 0 ? part : part.first(bracket));
                const ConfigPath indices(bracket < 0 ? QStringView() : QStringView(part).sliced(bracket));
                for (const ConfigPath::Step &step : indices.steps())
                    path = path.item(step.index);
            }
        }
        if (path.isEmpty() || random.bounded(3) == 0)
            path = path.child(keys[random.bounded(int(keys.size()))]);
        const QString value = texts[random.bounded(int(texts.size()))];
        ConfigEdit edit = ConfigEdit::set(path, value);
        switch (random.bounded(5)) {
        case 0:
            edit = ConfigEdit::remove(path);
            break;
        case 1:
            edit = ConfigEdit::append(path, value);
            break;
        case 2:
            edit = ConfigEdit::set(path, ConfigValue::list({value, u"second"_s}));
            break;
        case 3:
            edit = ConfigEdit::append(path, ConfigValue::Fields{{u"name"_s, value}, {u"kind"_s, u"x"_s}});
            break;
        default:
            break;
        }
        const Result<QByteArray> result = edited(text, {edit});
        if (!result)
            continue; // refused, and nothing is written
        ++done;
        const QString name = path.toString();
        QString prefix;
        for (const ConfigPath::Step &step : path.steps())
            prefix += step.index >= 0 ? u'[' + QString::number(step.index) + u']' : u'/' + step.key;
        // Everything that is neither at the place, nor around it, nor behind it in the same list, is as
        // before.
        const ConfigPath parent = path.parent();
        QString list;
        if (!path.isEmpty() && path.steps().last().index >= 0)
            for (const ConfigPath::Step &step : parent.steps())
                list += step.index >= 0 ? u'[' + QString::number(step.index) + u']' : u'/' + step.key;
        const QMap<QString, QString> after = valuesOf(*result);
        for (const QMap<QString, QString> &one : {before, after}) {
            for (auto it = one.cbegin(); it != one.cend(); ++it) {
                const bool around = prefix.startsWith(it.key());
                const bool inside = it.key().startsWith(prefix);
                if (!around && !inside && (list.isEmpty() || !it.key().startsWith(list)))
                    QVERIFY2(before.value(it.key()) == after.value(it.key()),
                             qPrintable(name + u" in\n"_s + QString::fromUtf8(text) + u"\n->\n"_s
                                        + QString::fromUtf8(*result)));
            }
        }
        if (edit.kind == ConfigEdit::Kind::Set && std::holds_alternative<QString>(edit.value.is))
            QCOMPARE(writtenValue(*result, path), std::optional(value));
        // Comments are kept but for those of what goes.
        if (edit.kind == ConfigEdit::Kind::Append && !value.contains(u'#'))
            QCOMPARE(commentsOf(*result).size(), commentsOf(text).size());
        if (text.contains("\r\n"))
            QCOMPARE(result->count('\n'), result->count("\r\n"));
    }
    QVERIFY2(done > rounds / 2, qPrintable(QString::number(done)));
}

void TestConfigEditor::anyTextComesBackAsItWasWritten()
{
    QRandomGenerator random(7);
    const QString alphabet = u" abc:#-?,[]{}&*!|>'\"%@`\\\n\t~0.$=é😀\u00a0\u2028"_s;
    for (int round = 0; round < 3000; ++round) {
        QString text;
        for (int i = random.bounded(6); i >= 0; --i) {
            const QChar c = alphabet[random.bounded(int(alphabet.size()))];
            text += c.isSurrogate() ? u"😀"_s : QString(c);
        }
        for (const char *before : {"a: x\nb: 1\n", "a: 'x'\nb: 1\n", "a: \"x\"\nb: 1\n", "{a: x, b: 1}\n"}) {
            const Result<QByteArray> result = edited(before, {ConfigEdit::set(at("a"), text)});
            QVERIFY2(result,
                     (before + text.toUtf8().toHex(' ') + (result ? "" : result.error().detail.toUtf8()))
                         .constData());
            QCOMPARE(writtenValue(*result, at("a")), std::optional(text));
            QCOMPARE(writtenValue(*result, at("b")), std::optional(u"1"_s));
        }
    }
}

void TestConfigEditor::referencesAreNeverResolved()
{
    const QByteArray text = "provider:\n  apiKey: ${OPENAI_API_KEY:-}\n  name: a\n";
    const Result<QByteArray> result =
        edited(text,
               {ConfigEdit::set(at("provider.name"), u"b"_s),
                ConfigEdit::set(at("provider.apiKey"), u"${keychain:openai}"_s)});
    QVERIFY(result);
    QCOMPARE(*result, QByteArray("provider:\n  apiKey: ${keychain:openai}\n  name: b\n"));
    QCOMPARE(writtenValue(text, at("provider.apiKey")), std::optional(u"${OPENAI_API_KEY:-}"_s));
}

void TestConfigEditor::modelsWithDotsAndColonsAreOneKey()
{
    const QByteArray text = "models:\n\n  # GPT\n  gpt-5.5:\n    inputPer1M: 1\n";
    const ConfigPath models = at("models");
    const Result<QByteArray> result =
        edited(text,
               {ConfigEdit::set(models.child(u"gpt-5.5"_s).child(u"inputPer1M"_s), u"2"_s),
                ConfigEdit::set(models.child(u"ft:gpt-4o:me"_s).child(u"inputPer1M"_s), u"3"_s)});
    QVERIFY(result);
    QCOMPARE(*result,
             QByteArray("models:\n\n  # GPT\n  gpt-5.5:\n    inputPer1M: 2\n"
                        "  \"ft:gpt-4o:me\":\n    inputPer1M: 3\n"));
    QCOMPARE(itemCount("a: [1, 2, 3]", at("a")), 3);
}

void TestConfigEditor::pathsAreReadAndShownAlike()
{
    for (const char *dotted : {"server.port", "budgets.alertThresholds[0].percent", "a[1][2]"})
        QCOMPARE(at(dotted).toString(), QString::fromLatin1(dotted));
    QCOMPARE(at("a.b").child(u"c"_s).item(2).parent().toString(), u"a.b.c"_s);
}

QTEST_GUILESS_MAIN(TestConfigEditor)
#include "tst_configeditor.moc"
