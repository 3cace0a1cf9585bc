// What a person is told to copy must work when it is pasted: complete, and right in the language that it is
// in.
#include "gui/connecttools.h"

#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace lbp::gui;
using namespace Qt::StringLiterals;

namespace {

const QString base = u"http://127.0.0.1:3000/v1"_s;
const QString key = u"lbp-example-0000"_s;

/// Runs a checker on a file with \a text; its complaint, empty when there is none.
QString complaint(const QString &program, const QStringList &arguments, const QString &suffix,
                  const QString &text)
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"snippet"_s + suffix);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return u"cannot write "_s + path;
    file.write(text.toUtf8());
    file.close();
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments + QStringList{path});
    if (!process.waitForFinished(30'000))
        return u"%1 did not run: %2"_s.arg(program, process.errorString());
    return process.exitCode() == 0 ? QString() : QString::fromUtf8(process.readAll());
}

/// TOML as far as these files use it: tables, and keys with strings and whole numbers.
QString tomlComplaint(const QString &text)
{
    static const QRegularExpression line(
        u"^(\\[[A-Za-z0-9_.-]+\\]|[A-Za-z0-9_-]+ = (\"[^\"\\\\]*\"|\\d+|true|false)|)$"_s);
    for (const QString &one : text.split(u'\n'))
        if (!line.match(one).hasMatch())
            return one;
    return {};
}

} // namespace

class TestConnectTools : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyToolIsWhole()
    {
        QSet<QString> ids;
        for (const ConnectTool &tool : connectTools()) {
            QVERIFY2(!ids.contains(tool.id), qPrintable(tool.id));
            ids.insert(tool.id);
            QVERIFY2(!tool.name.isEmpty() && !tool.about.isEmpty() && !tool.iconName.isEmpty()
                         && !tool.steps.isEmpty() && !tool.method.isEmpty() && tool.path.startsWith("/v1"),
                     qPrintable(tool.id));
        }
        QVERIFY(ids.contains(u"codex"_s) && ids.contains(u"claude-code"_s) && ids.contains(u"curl"_s));
    }

    void everyLineIsFilledIn()
    {
        for (const ConnectTool &tool : connectTools()) {
            QString all;
            for (const ConnectStep &step : tool.steps) {
                QVERIFY2(!step.place.isEmpty() && !step.lines.isEmpty(), qPrintable(tool.id));
                const QString lines = filledIn(step.lines, base, key);
                for (const QString &gap : {u"{BASE}"_s, u"{ROOT}"_s, u"{KEY}"_s})
                    QVERIFY2(!lines.contains(gap), qPrintable(tool.id + u": "_s + lines));
                all += lines;
            }
            QVERIFY2(all.contains(u"http://127.0.0.1:3000"_s), qPrintable(tool.id));
            QVERIFY2(all.contains(key), qPrintable(tool.id));
        }
    }

    void theRootHasNoVersionInIt()
    {
        QCOMPARE(filledIn(u"{ROOT} {BASE}"_s, base, key), u"http://127.0.0.1:3000 "_s + base);
        QCOMPARE(filledIn(u"{ROOT}"_s, u"http://host:1/other"_s, key), u"http://host:1/other"_s);
    }

    void aKeyIsNotReadAsAPlace()
    {
        QCOMPARE(filledIn(u"a={BASE} b={KEY}"_s, base, u"{ROOT}"_s), u"a="_s + base + u" b={ROOT}"_s);
    }

    void everySnippetIsRightInItsLanguage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        for (const ConnectTool &tool : connectTools())
            for (qsizetype i = 0; i < tool.steps.size(); ++i)
                QTest::addRow("%s, step %d", qPrintable(tool.id), int(i + 1))
                    << tool.steps[i].language << filledIn(tool.steps[i].lines, base, key);
    }
    void everySnippetIsRightInItsLanguage()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QString wrong = u"a language without a checker: "_s + language;
        if (language == u"json"_s) {
            QJsonParseError error;
            (void)QJsonDocument::fromJson(text.toUtf8(), &error);
            wrong = error.error == QJsonParseError::NoError ? QString() : error.errorString();
        } else if (language == u"toml"_s) {
            wrong = tomlComplaint(text);
        } else if (language == u"sh"_s) {
            wrong = complaint(u"bash"_s, {u"-n"_s}, u".sh"_s, text);
        } else if (language == u"javascript"_s) {
            wrong = complaint(u"node"_s, {u"--check"_s}, u".mjs"_s, text);
        } else if (language == u"python"_s) {
            // Not a part of what building needs; Debian's own is there on every desktop.
            const QString python = QStandardPaths::findExecutable(u"python3"_s);
            wrong = python.isEmpty() ? QString()
                                     : complaint(python,
                                                 {u"-c"_s,
                                                  u"import ast,sys\n"
                                                  "ast.parse(open(sys.argv[1]).read())"_s},
                                                 u".py"_s, text);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
};

QTEST_GUILESS_MAIN(TestConnectTools)
#include "tst_connect_tools.moc"
