#include <algorithm>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// The rules of the window's files: one place for looks, every word translatable, nothing that a tool warns
/// of.
class TestQmlRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void rulesCatchWhatTheyAreFor_data();
    void rulesCatchWhatTheyAreFor();
    void looksComeFromTheThemeOnly_data() { addFiles(true); }
    void looksComeFromTheThemeOnly();
    void everyWordCanBeTranslated_data() { addFiles(true); }
    void everyWordCanBeTranslated();
    void onlyAllowedModulesAreImported_data() { addFiles(false); }
    void onlyAllowedModulesAreImported();
    void wordsInTheModelsCanBeTranslated_data();
    void wordsInTheModelsCanBeTranslated();
    void qmllintHasNoWarning();

private:
    void addFiles(bool withoutTheme) const;
    QStringList m_files; ///< relative to the project's folder
};

namespace {
const QString projectFolder = QStringLiteral(LBP_SOURCE_DIR);

QString read(const QString &relative)
{
    QFile file(projectFolder + u'/' + relative);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The text with comments blanked, line by line as before; strings stay.
QString withoutComments(const QString &text)
{
    QString out = text;
    QChar quote;
    bool line = false;
    bool block = false;
    for (qsizetype i = 0; i < out.size(); ++i) {
        const QChar c = out.at(i);
        const QChar next = i + 1 < out.size() ? out.at(i + 1) : QChar();
        if (line || block) {
            if (block && c == u'*' && next == u'/') {
                block = false;
                out[i + 1] = u' ';
                out[i] = u' ';
            } else if (c == u'\n') {
                line = false;
            } else {
                out[i] = u' ';
            }
        } else if (!quote.isNull()) {
            if (c == u'\\')
                ++i;
            else if (c == quote || c == u'\n')
                quote = QChar();
        } else if (c == u'"' || c == u'\'' || c == u'`') {
            quote = c;
        } else if (c == u'/' && (next == u'/' || next == u'*')) {
            line = next == u'/';
            block = next == u'*';
            out[i] = u' ';
        }
    }
    return out;
}

/// Each line of \a text that \a rule matches, with its number.
QStringList offences(const QString &text, const QRegularExpression &rule)
{
    QStringList found;
    const QStringList lines = withoutComments(text).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (rule.match(lines.at(i)).hasMatch())
            found.append(u"%1: %2"_s.arg(i + 1).arg(lines.at(i).trimmed()));
    }
    return found;
}

// A colour by its number or name. A name only where a colour is expected: "red" may be a word of a sentence.
// A colour by its number or name. A name only where a colour is expected: "red" may be a word of a sentence.
const QRegularExpression literalColour(
    u"\"#[0-9a-fA-F]{3,8}\"|\\bQt\\.(rgba|hsla|hsva|color)\\("
    "|\\b\\w*[cC]olor\\w*\\s*[:=]\\s*\"[a-zA-Z]+\"|[?:]\\s*\"(white|black|transparent|red|green|blue|gr[ae]y)\""_s);
// A number of pixels or milliseconds of its own. 0, 1 and fractions are none; where a column fills, its width
// is a share.
const QRegularExpression literalSize(
    u"(?<!fill: true; )\\b(width|height|implicitWidth|implicitHeight|spacing|rowSpacing|columnSpacing|padding"
    "|(?:top|bottom|left|right|horizontal|vertical)Padding|radius|cornerRadius|margins"
    "|(?:anchors|Layout)\\.(?:\\w*[mM]argins?|preferred\\w+|minimum\\w+|maximum\\w+)|pixelSize|pointSize|"
    "border\\.width|size"
    "|duration|interval|delay|timeout|cacheBuffer|letterSpacing)\\s*:\\s*-?(?:[2-9]|\\d\\d+)(?:\\.\\d+)?\\s*(?:$|[;}])"_s);
const QRegularExpression literalFont(u"\\bfont(\\.family)?\\s*:\\s*\"|font\\.weight\\s*:\\s*(Font\\.|\\d)"_s);
const QRegularExpression visibleProperty(
    u"(?<![.\\w])(text|title|subtitle|placeholderText|label|hint|error|description|caption|tip|actionText|"
    u"primaryText|secondaryText|tertiaryText"
    "|suffix|trailingText|badge|copyText|closeText|accessibleName|Accessible\\.(?:name|description))\\s*:\\s*"_s);
const QRegularExpression foreignImport(
    u"^\\s*import\\s+(?!QtQuick\\s*$|QtQuick\\.Layouts\\s*$|QtQuick\\.Templates as T\\s*$|QtQuick\\.Window\\s*$|BudgetProxy(\\.\\w+)?\\s*$)\\S+"_s);

/// Where the string that starts at \a from ends: behind its second quote.
qsizetype behindString(const QString &text, qsizetype from)
{
    const QChar quote = text.at(from);
    qsizetype i = from + 1;
    while (i < text.size() && text.at(i) != quote)
        i += text.at(i) == u'\\' ? 2 : 1;
    return i + 1;
}

/// The expression that starts at \a from, without what is inside calls of qsTr.
QString expressionAt(const QString &text, qsizetype from)
{
    QString out;
    int depth = 0;
    int translated = -1; // the depth of the parenthesis of qsTr(
    for (qsizetype i = from; i < text.size();) {
        const QChar c = text.at(i);
        if (c == u'"' || c == u'\'' || c == u'`') {
            const qsizetype end = behindString(text, i);
            if (translated < 0)
                out += text.mid(i, end - i);
            i = end;
            continue;
        }
        if (c == u'(' || c == u'[' || c == u'{') {
            if (c == u'(' && translated < 0 && out.endsWith("qsTr"_L1))
                translated = depth;
            ++depth;
        } else if (c == u')' || c == u']' || c == u'}') {
            if (--depth < 0)
                break;
            if (depth == translated)
                translated = -1;
        } else if (depth == 0 && (c == u';' || c == u',')) {
            break;
        } else if (depth == 0 && c == u'\n') {
            // It goes on if one line ends, or the next begins, with an operator.
            static const QRegularExpression open(u"[?:+|&=]\\s*$"_s);
            static const QRegularExpression more(u"^\\s*[?:+|&.]"_s);
            if (!open.match(out).hasMatch() && !more.match(text.mid(i + 1, 200)).hasMatch())
                break;
        }
        if (translated < 0)
            out += c;
        ++i;
    }
    return out;
}

/// Words a person would see that nobody could translate: literals with a letter, in properties that are
/// shown.
QStringList bareWords(const QString &source)
{
    static const QRegularExpression compared(
        u"([=!]==?\\s*\"[^\"]*\")|(\"[^\"]*\"\\s*[=!]==?)|(\\[\\s*\"[^\"]*\"\\s*\\])|(case\\s+\"[^\"]*\")"
        "|(\\.(indexOf|startsWith|endsWith|includes|split|replace)\\([^)]*\\))"_s);
    static const QRegularExpression literal(u"\"(?:\\\\.|[^\"\\\\])*\""_s);
    static const QRegularExpression escape(u"\\\\."_s);
    const QString text = withoutComments(source);
    QStringList found;
    for (auto it = visibleProperty.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        QString expression = expressionAt(text, match.capturedEnd());
        expression.remove(compared);
        bool bare = false;
        for (auto strings = literal.globalMatch(expression); strings.hasNext();) {
            const QString words = strings.next().captured().remove(escape);
            bare = bare || std::any_of(words.cbegin(), words.cend(), [](QChar c) { return c.isLetter(); });
        }
        if (bare)
            found.append(u"%1: %2%3"_s.arg(text.left(match.capturedStart()).count(u'\n') + 1)
                             .arg(match.captured(), expression.trimmed()));
    }
    return found;
}
} // namespace

void TestQmlRules::initTestCase()
{
    QDirIterator at(projectFolder + u"/qml"_s, {u"*.qml"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (at.hasNext())
        m_files.append(at.next().mid(projectFolder.size() + 1));
    m_files.sort();
    QVERIFY(m_files.size() > 50);
}

void TestQmlRules::addFiles(bool withoutTheme) const
{
    QTest::addColumn<QString>("file");
    for (const QString &file : m_files) {
        if (!withoutTheme || !file.startsWith("qml/theme/"_L1))
            QTest::newRow(qPrintable(file)) << file;
    }
}

void TestQmlRules::rulesCatchWhatTheyAreFor_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("caught");
    const auto add = [](const char *rule, const char *line, bool caught) {
        QTest::addRow("%s: %s", rule, line) << QString::fromLatin1(rule) << QString::fromUtf8(line) << caught;
    };
    add("colour", "color: \"#ffffff\"", true);
    add("colour", "border.color: down ? \"#123\" : x", true);
    add("colour", "color: \"white\"", true);
    add("colour", "color: Qt.rgba(0, 0, 0, 1)", true);
    add("colour", "color: Qt.alpha(Theme.text, 0.5)", false);
    add("colour", "color: Theme.text // \"#ffffff\"", false);
    add("colour", "text: \"#\" + index", false);
    add("size", "width: 240", true);
    add("size", "anchors.leftMargin: 12", true);
    add("size", "font.pixelSize: 13", true);
    add("size", "NumberAnimation { duration: 200 }", true);
    add("size", "interval: 1500;", true);
    add("size", "Layout.preferredWidth: 1", false);
    add("size", "spacing: 0", false);
    add("size", "width: Theme.unit * 40", false);
    add("size", "opacity: 0.5", false);
    add("size", "TableColumn { fill: true; width: 2; minimumWidth: Theme.unit }", false);
    add("font", "font.family: \"Roboto\"", true);
    add("font", "font.weight: Font.Bold", true);
    add("font", "font.weight: Theme.weightMedium", false);
    add("word", "text: \"Save\"", true);
    add("word", "title: busy ? qsTr(\"Saving\") : \"Save\"", true);
    add("word", "Accessible.name: \"Key\"", true);
    add("word", "text: qsTr(\"Save\")", false);
    add("word", "text: kind === \"a\" ? qsTr(\"Save\") : qsTr(\"Keep\")", false);
    add("word", "text: kind === \"a\" ? qsTr(\"Save\") : \"Keep\"", true);
    add("word", "text: qsTr(\"%1 (%2)\", \"name and key\").arg(a).arg(b)", false);
    add("word", "text: qsTr(\"%1 of %2\").arg(a) + \" left\"", true);
    add("word", "text: a\n    ? qsTr(\"Save\")\n    : \"Keep\"", true);
    add("word", "TableColumn { title: qsTr(\"Name\"); role: \"name\" }", false);
    add("word", "model: [{ text: \"A day\", value: \"day\" }]", true);
    add("word", "text: model.name", false);
    add("word", "text: \"…\"", false);
    add("word", "text: lines.join(\"\\n\")", false);
    add("word", "text: a === \"\" ? \"\" : b[c] ?? \"\"", false);
    add("word", "iconName: \"check\"", false);
    add("import", "import QtQuick.Controls", true);
    add("import", "import QtQuick.Controls.Basic as B", true);
    add("import", "import QtCharts", true);
    add("import", "import \"../parts\"", true);
    add("import", "import QtQuick.Templates as T", false);
    add("import", "import BudgetProxy.Controls", false);
}

void TestQmlRules::rulesCatchWhatTheyAreFor()
{
    QFETCH(const QString, rule);
    QFETCH(const QString, line);
    QFETCH(const bool, caught);
    const QHash<QString, QRegularExpression> rules = {{u"colour"_s, literalColour},
                                                      {u"size"_s, literalSize},
                                                      {u"font"_s, literalFont},
                                                      {u"import"_s, foreignImport}};
    if (rule == "word"_L1) {
        QCOMPARE(!bareWords(line).isEmpty(), caught);
        return;
    }
    QVERIFY2(rules.value(rule).isValid(), qPrintable(rules.value(rule).errorString()));
    QCOMPARE(!offences(line, rules.value(rule)).isEmpty(), caught);
}

void TestQmlRules::looksComeFromTheThemeOnly()
{
    QFETCH(const QString, file);
    const QString text = read(file);
    QVERIFY(!text.isEmpty());
    const QStringList found =
        offences(text, literalColour) + offences(text, literalSize) + offences(text, literalFont);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestQmlRules::everyWordCanBeTranslated()
{
    QFETCH(const QString, file);
    const QStringList found = bareWords(read(file));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestQmlRules::onlyAllowedModulesAreImported()
{
    QFETCH(const QString, file);
    QStringList found = offences(read(file), foreignImport);
    if (file.startsWith("qml/charts/"_L1))
        found.removeIf([](const QString &line) { return line.endsWith("import QtCharts"_L1); });
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestQmlRules::wordsInTheModelsCanBeTranslated_data()
{
    QTest::addColumn<QString>("file");
    QDirIterator at(projectFolder + u"/src/gui"_s, {u"*.cpp"_s}, QDir::Files);
    while (at.hasNext()) {
        const QString file = at.next().mid(projectFolder.size() + 1);
        QTest::newRow(qPrintable(file)) << file;
    }
}

void TestQmlRules::wordsInTheModelsCanBeTranslated()
{
    QFETCH(const QString, file);
    // A capital and three words: a sentence for a person. Logs are written with qWarning and stay as they
    // are.
    static const QRegularExpression sentence(
        u"(?:u\"|QStringLiteral\\(u?\"|QLatin1String\\(\")\\p{Lu}\\p{Ll}+ \\p{Ll}+ \\p{Ll}[^\"]*\""_s,
        QRegularExpression::UseUnicodePropertiesOption);
    const QStringList found = offences(read(file), sentence);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestQmlRules::qmllintHasNoWarning()
{
    QProcess lint;
    QStringList arguments = {u"--unqualified"_s,
                             u"warning"_s,
                             u"--json"_s,
                             u"-"_s,
                             u"-I"_s,
                             QStringLiteral(LBP_BINARY_DIR "/qml")};
    for (const QString &file : std::as_const(m_files)) {
        // That Theme is a singleton stands in a file of the build, next to a copy.
        const bool theme = file.startsWith("qml/theme/"_L1);
        arguments.append(theme ? QStringLiteral(LBP_BINARY_DIR "/qml/BudgetProxy/Theme") + file.mid(9)
                               : projectFolder + u'/' + file);
    }
    lint.start(QStringLiteral(LBP_QMLLINT), arguments);
    QVERIFY2(lint.waitForFinished(100'000), qPrintable(lint.errorString()));
    QJsonParseError error;
    const QJsonDocument report = QJsonDocument::fromJson(lint.readAllStandardOutput(), &error);
    QVERIFY2(error.error == QJsonParseError::NoError,
             qPrintable(error.errorString() + QString::fromUtf8(lint.readAllStandardError())));
    const QJsonArray files = report["files"_L1].toArray();
    QCOMPARE(files.size(), m_files.size());
    static const QRegularExpression idRule(u"\\bid:\\s*(\\w+)"_s);
    QStringList found;
    for (const QJsonValue &entry : files) {
        const QString name = entry["filename"_L1].toString();
        QFile file(name);
        const QString text = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        QSet<QString> ids;
        for (auto it = idRule.globalMatch(text); it.hasNext();)
            ids.insert(it.next().captured(1));
        const QJsonArray warnings = entry["warnings"_L1].toArray();
        for (const QJsonValue &warning : warnings) {
            const QString message = warning["message"_L1].toString();
            if (warning["type"_L1].toString() == "info"_L1)
                continue;
            // Qt 6.4 does not know "pragma ComponentBehavior: Bound", which says that a delegate may use the
            // ids around it. Nor does its list of types hold StandardKey.
            const QString token = text.mid(warning["charOffset"_L1].toInt(), warning["length"_L1].toInt());
            if (message == "Unqualified access"_L1 && (ids.contains(token) || token == "StandardKey"_L1))
                continue;
            // It takes the value Navigator.Keys for the attached type Keys.
            if (message.contains("QQuickKeysAttached"_L1))
                continue;
            // Every model is a QObject; it loses the way at QAbstractItemModel, whose own base it has not
            // read.
            static const QRegularExpression modelAsObject(
                u"^Cannot assign binding of type lbp::gui::\\w+ to QObject$"_s);
            if (modelAsObject.match(message).hasMatch())
                continue;
            // Nor does it know a list of objects from C++, which the engine does.
            if (message.startsWith("Type \"QList<QObject*>\" of property"_L1))
                continue;
            // An id inside a contentItem makes that part at once, which is what is wanted where there is one.
            if (message.startsWith("Cannot defer property assignment"_L1))
                continue;
            found.append(u"%1:%2: %3"_s.arg(name).arg(warning["line"_L1].toInt()).arg(message));
        }
    }
    for (const QString &warning : std::as_const(found))
        qWarning("%s", qPrintable(warning)); // a message of QVERIFY2 would be cut
    QVERIFY(found.isEmpty());
}

QTEST_GUILESS_MAIN(TestQmlRules)
#include "tst_qml_rules.moc"
