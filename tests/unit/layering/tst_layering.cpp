// The folders of src/ are layers: includes run downwards only (src/README.md).
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QtTest>

class TestLayering : public QObject
{
    Q_OBJECT

private:
    static const QHash<QString, int> &rows()
    {
        static const QHash<QString, int> rows{
            {QStringLiteral("app"), 6},    {QStringLiteral("gui"), 5},     {QStringLiteral("cli"), 5},
            {QStringLiteral("admin"), 5},  {QStringLiteral("control"), 4}, {QStringLiteral("proxy"), 4},
            {QStringLiteral("notify"), 4}, {QStringLiteral("storage"), 3}, {QStringLiteral("dialects"), 3},
            {QStringLiteral("wire"), 2},   {QStringLiteral("config"), 2},  {QStringLiteral("tokens"), 2},
            {QStringLiteral("core"), 1},
        };
        return rows;
    }
    /// What \a text of a file of \a module includes that it must not.
    static QStringList wrongIncludes(const QString &module, const QString &text)
    {
        static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*\"([a-z]+)/[^\"]+\""),
                                                QRegularExpression::MultilineOption);
        QStringList wrong;
        auto matches = include.globalMatch(text);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const QString other = match.captured(1);
            if (other != module && rows().value(other, 99) >= rows().value(module, 0))
                wrong.append(match.captured(0).trimmed());
        }
        return wrong;
    }
    static QString read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private Q_SLOTS:
    void anIncludeUpwardsOrSidewaysIsFound()
    {
        QCOMPARE(
            wrongIncludes(QStringLiteral("proxy"), QStringLiteral("#include \"control/control.h\"\n")).size(),
            1);
        QCOMPARE(wrongIncludes(QStringLiteral("core"), QStringLiteral("#include \"wire/http.h\"\n")).size(),
                 1);
        QCOMPARE(
            wrongIncludes(QStringLiteral("admin"), QStringLiteral("#include \"proxy/gateway.h\"\n")).size(),
            0);
    }

    void everyFolderHasARow()
    {
        const QStringList folders =
            QDir(QStringLiteral(LBP_SOURCE_DIR "/src")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(folders.size() >= 11);
        for (const QString &folder : folders)
            QVERIFY2(rows().contains(folder), qPrintable(folder));
    }

    void includesRunDownwards()
    {
        int files = 0;
        QStringList wrong;
        QDirIterator it(QStringLiteral(LBP_SOURCE_DIR "/src"),
                        {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            ++files;
            const QString module = path.section(QStringLiteral("/src/"), -1).section(u'/', 0, 0);
            for (const QString &include : wrongIncludes(module, read(path)))
                wrong.append(path + QStringLiteral(": ") + include);
        }
        QVERIFY(files > 50);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void coreUsesNothingButQtCore()
    {
        static const QRegularExpression foreign(
            QStringLiteral("#\\s*include\\s*<(QTcp|QNetwork|QSql|QFile|QDir|QSettings|QProcess|simdjson|yaml-"
                           "cpp|boost|sqlite)"));
        QDirIterator it(QStringLiteral(LBP_SOURCE_DIR "/src/core"), QDir::Files);
        while (it.hasNext()) {
            const QString path = it.next();
            QVERIFY2(!read(path).contains(foreign), qPrintable(path));
        }
    }
};

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
