// A text counted in parts has as many tokens as the whole.
#include "support.h"
#include "tokens/runningcount.h"

using namespace lbp;
using namespace lbp::tokenstest;

class TestTokensRunning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void howATextIsCutDoesNotMatter_data()
    {
        QTest::addColumn<int>("encoding");
        QTest::addColumn<int>("characters"); // of a part
        for (const int characters : {1, 3, 7, 400, 5000}) {
            QTest::addRow("o200k_base in parts of %d", characters) << int(Encoding::O200k) << characters;
            QTest::addRow("cl100k_base in parts of %d", characters) << int(Encoding::Cl100k) << characters;
        }
    }
    void howATextIsCutDoesNotMatter()
    {
        QFETCH(int, encoding);
        QFETCH(int, characters);
        Tokenizer tokenizer(vocabulary(Encoding(encoding)));
        // All texts one behind the other: every kind of piece meets every place at which parts are taken.
        QString text;
        for (const QJsonValue &value : readVectors(QStringLiteral("random.json")))
            text += value.toObject().value(QLatin1String("text")).toString();
        const QList<uint> codePoints = text.toUcs4();
        RunningCount running{Encoding(encoding)};
        QByteArray whole;
        for (qsizetype at = 0; at < codePoints.size(); at += characters) {
            const qsizetype length = qMin<qsizetype>(characters, codePoints.size() - at);
            QString part; // made bit by bit: fromUcs4() would drop a byte order mark
            for (const uint codePoint : codePoints.mid(at, length))
                part += QChar::fromUcs4(codePoint);
            const QByteArray utf8 = part.toUtf8();
            whole += utf8;
            running.add(utf8, tokenizer);
            if (at % 1000 < characters)
                QCOMPARE(running.total(tokenizer).tokens, tokenizer.count(whole).tokens);
        }
        QCOMPARE(whole, text.toUtf8());
        QCOMPARE(running.total(tokenizer).tokens, tokenizer.count(whole).tokens);
        QVERIFY(running.total(tokenizer).exact);
    }

    void rowsOfOneKindStayWhole_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("spaces") << QByteArray(" ");
        QTest::newRow("line ends and spaces") << QByteArray("\n ");
        QTest::newRow("letters") << QByteArray("a");
        QTest::newRow("capitals behind an ideograph") << QByteArray("\xe4\xb8\xad"
                                                                    "AB");
        QTest::newRow("symbols") << QByteArray("=");
        QTest::newRow("digits") << QByteArray("7");
    }
    void rowsOfOneKindStayWhole()
    {
        QFETCH(QByteArray, part);
        Tokenizer tokenizer(vocabulary(Encoding::O200k));
        RunningCount running(Encoding::O200k);
        QByteArray whole;
        while (whole.size() < 4000) {
            whole += part;
            running.add(part, tokenizer);
        }
        running.add("x y", tokenizer);
        QCOMPARE(running.total(tokenizer).tokens, tokenizer.count(whole + "x y").tokens);
    }

    void anEndlessPieceIsNotKept()
    {
        Tokenizer tokenizer(vocabulary(Encoding::O200k));
        RunningCount running(Encoding::O200k);
        const QByteArray part(1000, 'a');
        quint64 work = 0;
        for (int i = 0; i < 1000; ++i)
            running.add(part, tokenizer);
        work = tokenizer.work().total();
        QVERIFY(work < 100'000'000); // a megabyte counted anew for each part would be far above
        const qint64 whole = tokenizer.count(part.repeated(1000)).tokens;
        const qint64 counted = running.total(tokenizer).tokens;
        QVERIFY(counted >= whole && counted <= whole + 1000 * 1000 / (16 * 1024) + 1);
    }
};

QTEST_GUILESS_MAIN(TestTokensRunning)
#include "tst_tokens_running.moc"
