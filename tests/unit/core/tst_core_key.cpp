#include "core/key.h"
#include "core/result.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

using namespace lbp;

class TestKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewKeyHasThePrefixAndFortyThreeDigits()
    {
        QSet<QByteArray> seen;
        QSet<char> digits;
        for (int i = 0; i < 2'000; ++i) {
            const Secret key = generateVirtualKey();
            QCOMPARE(key.reveal().size(), qsizetype{47});
            QVERIFY(looksLikeVirtualKey(key.reveal()));
            seen.insert(key.reveal());
            for (char c : key.reveal().mid(5)) // the first digit cannot have every value
                digits.insert(c);
        }
        QCOMPARE(seen.size(), qsizetype{2'000});
        QCOMPARE(digits.size(), qsizetype{62});
        const QByteArray admin = generateAdminKey().reveal();
        QVERIFY(admin.startsWith("lbpadmin_"));
        QCOMPARE(admin.size(), qsizetype{52});
        QVERIFY(!looksLikeVirtualKey(admin));
    }

    void whatIsNoKeyDoesNotLookLikeOne()
    {
        const QByteArray good = QByteArrayLiteral("lbp_") + QByteArray(43, 'a');
        QVERIFY(looksLikeVirtualKey(good));
        QVERIFY(!looksLikeVirtualKey(good + 'a'));
        QVERIFY(!looksLikeVirtualKey(good.chopped(1)));
        QVERIFY(!looksLikeVirtualKey(QByteArrayLiteral("LBP_") + QByteArray(43, 'a')));
        QVERIFY(!looksLikeVirtualKey(QByteArrayLiteral("lbp_") + QByteArray(42, 'a') + '-'));
        QVERIFY(!looksLikeVirtualKey(QByteArrayLiteral("lbp_") + QByteArray(42, 'a') + '\0'));
        QVERIFY(!looksLikeVirtualKey({}));
    }

    void theHashIsSha256()
    {
        QCOMPARE(sha256("abc").toHex(),
                 QByteArrayLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void aNameIsPrintableAndHasOneToAHundredCharacters_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << QStringLiteral("My laptop") << true;
        QTest::newRow("other scripts") << QStringLiteral("\u30ce\u30fc\u30c8") << true;
        QTest::newRow("hundred") << QString(100, u'x') << true;
        QTest::newRow("hundred and one") << QString(101, u'x') << false;
        QTest::newRow("hundred outside the basic plane")
            << QStringLiteral("\U0001F4BB").repeated(100) << true;
        QTest::newRow("one more of them") << QStringLiteral("\U0001F4BB").repeated(101) << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("blank") << QStringLiteral("  ") << false;
        QTest::newRow("line feed") << QStringLiteral("a\nb") << false;
        QTest::newRow("header injection") << QStringLiteral("a\r\nX-Evil: 1") << false;
        QTest::newRow("NUL") << QString(u'a' + QString(QChar(0))) << false;
        QTest::newRow("delete") << QStringLiteral("a\u007f") << false;
        QTest::newRow("C1 control") << QStringLiteral("a\u0085b") << false;
        QTest::newRow("line separator") << QStringLiteral("a\u2028b") << false;
        QTest::newRow("turns the reading direction") << QStringLiteral("a\u202eb") << false;
        QTest::newRow("half a pair") << QString(u'a' + QString(QChar(0xd800))) << false;
        QTest::newRow("very long") << QString(1'000'000, u'x') << false;
    }
    void aNameIsPrintableAndHasOneToAHundredCharacters()
    {
        QFETCH(QString, name);
        QFETCH(bool, good);
        const Status status = checkKeyName(name);
        QCOMPARE(status.has_value(), good);
        if (!good)
            QVERIFY(!status.error().detail.isEmpty());
    }

    void aGlobMatchesTheWholeText_data()
    {
        QTest::addColumn<QString>("glob");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *glob, const char *text, bool matches) {
            QTest::addRow("%s on %s", glob, text)
                << QString::fromUtf8(glob) << QString::fromUtf8(text) << matches;
        };
        row("", "", true);
        row("", "a", false);
        row("*", "", true);
        row("*", "anything", true);
        row("**", "a", true);
        row("?", "", false);
        row("?", "a", true);
        row("?", "ab", false);
        row("?", "\xf0\x9f\x92\xbb", true);
        row("*?", "\xf0\x9f\x92\xbb", true);
        row("??", "\xf0\x9f\x92\xbb", false);
        row("gpt-4*", "gpt-4o", true);
        row("gpt-4*", "gpt-3", false);
        row("*-mini", "gpt-4o-mini", true);
        row("*-mini", "gpt-4o-mini-x", false);
        row("a*b*c", "aXbYbZc", true);
        row("a*b*c", "aXbYbZ", false);
        row("*ab", "aab", true);
        row("a?c*", "abcd", true);
        row("GPT", "gpt", false);
        row("[a]", "a", false);
        row("a.c", "abc", false);
        row("a*", "*", false);
        row("*", "*", true);
    }
    void aGlobMatchesTheWholeText()
    {
        QFETCH(QString, glob);
        QFETCH(QString, text);
        QFETCH(bool, matches);
        QCOMPARE(globMatches(glob, text), matches);
    }

    void aHostileGlobCostsNoMoreThanItsLengthTimesTheText()
    {
        // With naive backtracking this would not end in the lifetime of anybody.
        const QString glob = QStringLiteral("*a").repeated(40) + u'b';
        const QString text(4'000, u'a');
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!globMatches(glob, text));
        QVERIFY(globMatches(glob, text + u'b'));
        QVERIFY(timer.elapsed() < 5'000);
    }

    void anExactNameIsMoreSpecificThanAnyGlob()
    {
        QVERIFY(globSpecificity(u"a") > globSpecificity(QString(1'000, u'a') + u'*'));
        QVERIFY(globSpecificity(u"gpt-4o*") > globSpecificity(u"gpt-4*"));
        QVERIFY(globSpecificity(u"gpt-?") > globSpecificity(u"*"));
        QCOMPARE(globSpecificity(u"*?*"), 0);
    }
};

QTEST_GUILESS_MAIN(TestKey)
#include "tst_core_key.moc"
