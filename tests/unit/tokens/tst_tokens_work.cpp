// Hostile text costs no more than its length times a logarithm. Work is counted, not timed.
#include "support.h"

#include <cmath>

using namespace lbp;
using namespace lbp::tokenstest;

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;

quint64 workFor(Encoding encoding, const QByteArray &text)
{
    Tokenizer tokenizer(vocabulary(encoding)); // a new one knows no pieces
    (void)tokenizer.count(text);
    return tokenizer.work().total();
}

} // namespace

class TestTokensWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workGrowsWithTheLength_data()
    {
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<qsizetype>("large");
        QTest::newRow("one letter") << QByteArray("a") << qsizetype(mebibyte);
        QTest::newRow("one capital") << QByteArray("A") << qsizetype(mebibyte / 8);
        QTest::newRow("an ideograph and capitals") << QByteArray("\xe4\xb8\xad"
                                                                 "AAAAAAAA")
                                                   << qsizetype(mebibyte / 8);
        QTest::newRow("spaces") << QByteArray(" ") << qsizetype(mebibyte);
        QTest::newRow("line ends") << QByteArray("\n") << qsizetype(mebibyte / 8);
        QTest::newRow("line ends and spaces") << QByteArray("\n ") << qsizetype(mebibyte / 8);
        QTest::newRow("emoji") << QByteArray("\xf0\x9f\x98\x80") << qsizetype(mebibyte);
        QTest::newRow("families of emoji")
            << QByteArray("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d")
            << qsizetype(mebibyte / 8);
        QTest::newRow("digits") << QByteArray("7") << qsizetype(mebibyte);
        QTest::newRow("marks") << QByteArray("\xcc\x81") << qsizetype(mebibyte / 8);
        QTest::newRow("marks and capitals") << QByteArray("\xcc\x81"
                                                          "AB")
                                            << qsizetype(mebibyte / 8);
        QTest::newRow("symbols") << QByteArray("=") << qsizetype(mebibyte);
        QTest::newRow("slashes and line ends") << QByteArray("!/\n") << qsizetype(mebibyte / 8);
        QTest::newRow("apostrophes") << QByteArray("'") << qsizetype(mebibyte / 8);
        QTest::newRow("two letters in turn") << QByteArray("ab") << qsizetype(mebibyte / 8);
        QTest::newRow("ideographs") << QByteArray("\xe4\xb8\xad\xe6\x96\x87") << qsizetype(mebibyte / 8);
        QTest::newRow("broken bytes") << QByteArray("\xff") << qsizetype(mebibyte / 8);
    }
    void workGrowsWithTheLength()
    {
        QFETCH(QByteArray, unit);
        QFETCH(qsizetype, large);
        constexpr qsizetype small = 16 * 1024;
        for (const Encoding encoding : {Encoding::O200k, Encoding::Cl100k}) {
            const double little = double(workFor(encoding, unit.repeated(small / unit.size())));
            const double much = double(workFor(encoding, unit.repeated(large / unit.size())));
            const double linear = double(large) / double(small);
            const double logarithm = std::log2(double(large)) / std::log2(double(small));
            QVERIFY2(much <= little * linear * logarithm * 1.1,
                     qPrintable(
                         QStringLiteral("%1 for 16 KiB, %2 for %3 bytes").arg(little).arg(much).arg(large)));
            // In a queue a byte costs a few steps for each doubling. A broken byte is read as three.
            const double bytes = double(large) * (unit == "\xff" ? 3 : 1);
            QVERIFY2(much <= bytes * 4 * std::log2(bytes), qPrintable(QString::number(much)));
        }
    }

    void ordinaryTextIsMostlyKnownPieces()
    {
        const QByteArray text =
            QByteArray("The client asks, the proxy counts and forwards; nothing waits. ").repeated(1000);
        Tokenizer tokenizer(vocabulary(Encoding::O200k));
        (void)tokenizer.count(text);
        QVERIFY(tokenizer.work().lookups < 1000);
        QVERIFY(tokenizer.work().visited < 3 * quint64(text.size()));
    }

    void longAndShortPiecesAreMergedAlike()
    {
        // Pieces around the length at which the way of merging changes: the count must not depend on it.
        for (const Encoding encoding : {Encoding::O200k, Encoding::Cl100k}) {
            const Vocabulary &words = vocabulary(encoding);
            for (int length = 60; length < 140; ++length) {
                QByteArray letters;
                quint32 state = quint32(length);
                for (int i = 0; i < length; ++i) {
                    state = state * 1664525u + 1013904223u;
                    letters.append(char('a' + (state >> 24) % 5));
                }
                Tokenizer tokenizer(words);
                QCOMPARE(tokenizer.encode(letters), plainMerge(words, letters));
            }
        }
    }

    void aPieceBeyondTheBoundIsBoundedByItsBytes()
    {
        const QByteArray text(qsizetype(Tokenizer::mostExactPiece) + 1, 'a');
        Tokenizer tokenizer(vocabulary(Encoding::O200k));
        const TokenCount counted = tokenizer.count("hello " + text);
        QVERIFY(!counted.exact);
        QVERIFY(counted.tokens >= text.size());
        QVERIFY(counted.tokens <= text.size() + 6);
    }

private:
    /// The rule as it is written, without any cleverness.
    static std::vector<quint32> plainMerge(const Vocabulary &words, const QByteArray &text)
    {
        const auto rank = [&words](const QByteArray &bytes) {
            return words.rank(reinterpret_cast<const uchar *>(bytes.constData()), size_t(bytes.size()));
        };
        std::vector<QByteArray> parts;
        for (const char byte : text)
            parts.emplace_back(1, byte);
        for (;;) {
            size_t best = 0;
            quint32 lowest = Vocabulary::none;
            for (size_t i = 0; i + 1 < parts.size(); ++i) {
                const quint32 found = rank(parts[i] + parts[i + 1]);
                if (found < lowest) {
                    lowest = found;
                    best = i;
                }
            }
            if (lowest == Vocabulary::none)
                break;
            parts[best] += parts[best + 1];
            parts.erase(parts.begin() + qptrdiff(best) + 1);
        }
        std::vector<quint32> tokens;
        for (const QByteArray &part : parts)
            tokens.push_back(rank(part));
        return tokens;
    }
};

QTEST_GUILESS_MAIN(TestTokensWork)
#include "tst_tokens_work.moc"
