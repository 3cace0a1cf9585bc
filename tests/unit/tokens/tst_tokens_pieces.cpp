// Texts are cut into pieces as the encodings' patterns say.
#include "support.h"
#include "tokens/charclass.h"
#include "tokens/pieces.h"

using namespace lbp;

namespace {

QStringList split(Encoding encoding, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const auto *at = reinterpret_cast<const uchar *>(utf8.constData());
    const uchar *const end = at + utf8.size();
    quint64 visited = 0;
    QStringList pieces;
    while (at < end) {
        const uchar *const behind = pieceEnd(encoding, at, end, visited);
        if (behind <= at) {
            pieces.append(QStringLiteral("STANDS STILL"));
            break;
        }
        pieces.append(QString::fromUtf8(reinterpret_cast<const char *>(at), behind - at));
        at = behind;
    }
    return pieces;
}

} // namespace

class TestTokensPieces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cl100k"); // pieces with | between
        QTest::addColumn<QString>("o200k");
        const auto row = [](const char *name, const char16_t *text, const char16_t *cl100k,
                            const char16_t *o200k) {
            QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(cl100k)
                                << QString::fromUtf16(o200k);
        };
        row("words take the space before them", u"so it goes", u"so| it| goes", u"so| it| goes");
        row("the last of many spaces goes with the word", u"a   b", u"a|  | b", u"a|  | b");
        row("spaces at the end stay together", u"a   ", u"a|   ", u"a|   ");
        row("contractions", u"we're", u"we|'re", u"we're");
        row("contractions in capitals", u"IT'LL", u"IT|'LL", u"IT'LL");
        row("a long s is an s", u"it'\u017f", u"it|'\u017f", u"it'\u017f");
        row("no contraction", u"it'x", u"it|'x", u"it|'x");
        row("a contraction alone", u"'so", u"'s|o", u"'so");
        row("case changes", u"getHTTPValue", u"getHTTPValue", u"get|HTTPValue");
        row("digits in threes", u"1234567", u"123|456|7", u"123|456|7");
        row("a space before digits", u"a 12", u"a| |12", u"a| |12");
        row("symbols take line ends", u"x;\n\ny", u"x|;\n\n|y", u"x|;\n\n|y");
        row("and slashes", u"a!/\n/b", u"a|!/\n|/b", u"a|!/\n/|b");
        row("line ends end white space", u"a \n  \n  b", u"a| \n  \n| | b", u"a| \n  \n| | b");
        row("one symbol may stand before a word", u"(foo", u"(foo", u"(foo");
        row("two may not", u"((foo", u"((|foo", u"((|foo");
        row("a tab before a symbol", u"\t!", u"\t|!", u"\t|!");
        row("a mark belongs to letters or to symbols", u"e\u0301a", u"e|\u0301a", u"e\u0301a");
        row("letters without case end before capitals", u"\u4e2dAB", u"\u4e2dAB", u"\u4e2d|AB");
        row("but not before small ones", u"\u4e2dABc", u"\u4e2dABc", u"\u4e2dABc");
        row("a mark before capitals is a word", u"\u0301AB ", u"\u0301AB| ", u"\u0301|AB| ");
        row("a mark before small letters begins one", u"\u0301ab", u"\u0301ab", u"\u0301ab");
        row("a mark before capitals and small ones", u"\u0301Ab", u"\u0301Ab", u"\u0301Ab");
        row("special tokens are text", u"<|endoftext|>", u"<||endoftext||>", u"<||endoftext||>");
    }
    void splits()
    {
        QFETCH(QString, text);
        QFETCH(QString, cl100k);
        QFETCH(QString, o200k);
        QCOMPARE(split(Encoding::Cl100k, text).join(u'|'), cl100k);
        QCOMPARE(split(Encoding::O200k, text).join(u'|'), o200k);
    }

    void classesOfCharacters_data()
    {
        QTest::addColumn<uint>("c");
        QTest::addColumn<int>("charClass");
        const auto row = [](const char *name, uint c, int charClass) {
            QTest::newRow(name) << c << charClass;
        };
        row("capital", 'A', CharClass::Upper);
        row("title case", 0x01c5, CharClass::Upper);
        row("small", 0x00df, CharClass::Lower);
        row("modifier letter", 0x02b0, CharClass::Caseless);
        row("ideograph", 0x4e2d, CharClass::Caseless);
        row("ideograph of another plane", 0x20000, CharClass::Caseless);
        row("mark", 0x0301, CharClass::Mark);
        row("fraction", 0x00bd, CharClass::Number);
        row("line feed", '\n', CharClass::Break);
        row("line separator is no break", 0x2028, CharClass::Space);
        row("next line", 0x0085, CharClass::Space);
        row("byte order mark is no space", 0xfeff, CharClass::Other);
        row("letter of Unicode 16", 0x1c89, CharClass::Upper);
        row("emoji", 0x1f600, CharClass::Other);
        row("beyond all", 0x110000, CharClass::Other);
    }
    void classesOfCharacters()
    {
        QFETCH(uint, c);
        QFETCH(int, charClass);
        QCOMPARE(int(charClassOf(c)), charClass);
    }

    /// The table and Qt's own data agree on all that Qt 6.4 knows (Unicode 14): the table is newer, and what
    /// it adds Qt has no class for.
    void theTableAgreesWithQt()
    {
        int differences = 0;
        for (char32_t c = 0; c < 0x110000; ++c) {
            const QChar::Category category = QChar::category(c);
            if (category == QChar::Other_NotAssigned || category == QChar::Other_Surrogate)
                continue;
            quint8 expected = CharClass::Other;
            if (c == '\r' || c == '\n')
                expected = CharClass::Break;
            else if (QChar::isSpace(c))
                expected = CharClass::Space;
            else if (category == QChar::Letter_Uppercase || category == QChar::Letter_Titlecase)
                expected = CharClass::Upper;
            else if (category == QChar::Letter_Lowercase)
                expected = CharClass::Lower;
            else if (category == QChar::Letter_Modifier || category == QChar::Letter_Other)
                expected = CharClass::Caseless;
            else if (QChar::isMark(c))
                expected = CharClass::Mark;
            else if (QChar::isNumber(c))
                expected = CharClass::Number;
            if (charClassOf(c) != expected) {
                ++differences;
                qInfo("U+%04x", uint(c));
            }
        }
        QVERIFY2(differences <= 4,
                 qPrintable(QString::number(differences))); // classes that Unicode has corrected since
    }
};

QTEST_GUILESS_MAIN(TestTokensPieces)
#include "tst_tokens_pieces.moc"
