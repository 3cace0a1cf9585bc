// Counts and token numbers are those of the encodings' own implementation.
#include "support.h"

using namespace lbp;
using namespace lbp::tokenstest;

class TestTokensVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPublicVectorIsExact_data() { bothEncodings(); }
    void everyPublicVectorIsExact()
    {
        QFETCH(int, encoding);
        Tokenizer tokenizer(vocabulary(Encoding(encoding)));
        const QJsonArray vectors = readVectors(QStringLiteral("vectors.json"));
        QCOMPARE(vectors.size(), 205);
        for (const QJsonValue &value : vectors) {
            const QJsonObject vector = value.toObject();
            const QByteArray text = vector.contains(QLatin1String("utf8"))
                ? QByteArray::fromHex(vector.value(QLatin1String("utf8")).toString().toLatin1())
                : vector.value(QLatin1String("text")).toString().toUtf8();
            const QJsonObject expected = vector.value(encodingName(Encoding(encoding))).toObject();
            const QByteArray id = vector.value(QLatin1String("id")).toString().toUtf8();
            const qint64 count = expected.value(QLatin1String("count")).toInteger(-1);
            const TokenCount counted = tokenizer.count(text);
            QVERIFY2(
                counted.tokens == count && counted.exact,
                (id + ": " + QByteArray::number(counted.tokens) + " instead of " + QByteArray::number(count))
                    .constData());
            // The second time short pieces are known already.
            QCOMPARE(tokenizer.count(text).tokens, count);
            if (expected.contains(QLatin1String("ids")))
                QVERIFY2(tokenizer.encode(text) == numbers(expected.value(QLatin1String("ids")).toArray()),
                         id.constData());
        }
    }

    void textsOfAllKindsOfCharactersAreExact_data() { bothEncodings(); }
    void textsOfAllKindsOfCharactersAreExact()
    {
        QFETCH(int, encoding);
        Tokenizer tokenizer(vocabulary(Encoding(encoding)));
        // Another file that random.mjs made, for a longer run.
        const QString file = qEnvironmentVariable("LBP_TOKEN_VECTORS", QStringLiteral("random.json"));
        const QJsonArray vectors = readVectors(file);
        QVERIFY(vectors.size() >= 600);
        for (const QJsonValue &value : vectors) {
            const QJsonObject vector = value.toObject();
            const QByteArray text = vector.value(QLatin1String("text")).toString().toUtf8();
            const auto expected = numbers(vector.value(encodingName(Encoding(encoding))).toArray());
            QVERIFY2(tokenizer.encode(text) == expected, text.toPercentEncoding().constData());
            QCOMPARE(tokenizer.count(text).tokens, qint64(expected.size()));
        }
    }

    void tokensSpellTheTextAgain_data() { bothEncodings(); }
    void tokensSpellTheTextAgain()
    {
        QFETCH(int, encoding);
        const Vocabulary &words = vocabulary(Encoding(encoding));
        Tokenizer tokenizer(words);
        for (const QJsonValue &value : readVectors(QStringLiteral("random.json"))) {
            const QByteArray text = value.toObject().value(QLatin1String("text")).toString().toUtf8();
            QByteArray spelt;
            for (const quint32 rank : tokenizer.encode(text))
                spelt.append(words.token(rank));
            QCOMPARE(spelt, text);
        }
    }

    void vocabulariesAreComplete()
    {
        QCOMPARE(vocabulary(Encoding::O200k).size(), 199'998U);
        QCOMPARE(vocabulary(Encoding::Cl100k).size(), 100'256U);
        for (const Encoding encoding : {Encoding::O200k, Encoding::Cl100k}) {
            const Vocabulary &words = vocabulary(encoding);
            for (quint32 rank = 0; rank < words.size(); ++rank) {
                const QByteArrayView token = words.token(rank);
                QCOMPARE(words.rank(reinterpret_cast<const uchar *>(token.data()), size_t(token.size())),
                         rank);
            }
        }
    }

    void vocabulariesTakeLittleMemory()
    {
        QVERIFY(vocabulary(Encoding::O200k).memoryBytes() < 4'600'000);
        QVERIFY(vocabulary(Encoding::Cl100k).memoryBytes() < 2'400'000);
    }

    void aDamagedVocabularyIsRefused()
    {
        QVERIFY(!Vocabulary::parse(Encoding::O200k, {}));
        QVERIFY(!Vocabulary::parse(Encoding::O200k, "LBPV"));
        QByteArray oneToken("LBPV\1\0\0\0\1\0\0\0\1a", 14);
        const auto parsed = Vocabulary::parse(Encoding::Cl100k, oneToken); // not every byte is a token
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidValue);
        QVERIFY(parsed.error().detail.contains(QLatin1String("cl100k_base")));
    }

    void brokenTextIsReadAsReplacementCharacters_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("same");
        const auto row = [](const char *name, QByteArray text, QByteArray same) {
            QTest::newRow(name) << std::move(text) << std::move(same);
        };
        row("a byte that begins nothing", "a\x80z", "a\xef\xbf\xbdz");
        row("a sequence that breaks off", "a\xe4\xb8", "a\xef\xbf\xbd");
        row("one that breaks off before a letter", "\xf0\x9f\x98z", "\xef\xbf\xbdz");
        row("longer than needed", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");
        row("a surrogate alone", "a\xed\xa0\x80z", "a\xef\xbf\xbdz");
        row("beyond the last character", "\xf4\x90\x80\x80",
            "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    }
    void brokenTextIsReadAsReplacementCharacters()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, same);
        Tokenizer tokenizer(vocabulary(Encoding::O200k));
        QCOMPARE(tokenizer.encode(text), tokenizer.encode(same));
        QCOMPARE(tokenizer.count(text).tokens, tokenizer.count(same).tokens);
    }

    void aByteOrderMarkCounts()
    {
        Tokenizer tokenizer(vocabulary(Encoding::O200k));
        QVERIFY(tokenizer.count("\xef\xbb\xbfhello").tokens > tokenizer.count("hello").tokens);
    }

private:
    static void bothEncodings()
    {
        QTest::addColumn<int>("encoding");
        QTest::newRow("o200k_base") << int(Encoding::O200k);
        QTest::newRow("cl100k_base") << int(Encoding::Cl100k);
    }
};

QTEST_GUILESS_MAIN(TestTokensVectors)
#include "tst_tokens_vectors.moc"
