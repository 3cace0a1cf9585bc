#include "wire/contentcoding.h"

#include <QTest>

using namespace lbp;

Q_DECLARE_METATYPE(lbp::Coding)

namespace {

QByteArray sample()
{
    QByteArray text;
    for (int i = 0; i < 3000; ++i)
        text += "data: {\"n\":" + QByteArray::number(i * 7919) + "}\n\n";
    return text;
}

} // namespace

class WireContentCoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codings_data()
    {
        QTest::addColumn<Coding>("coding");
        QTest::newRow("identity") << Coding::Identity;
        QTest::newRow("gzip") << Coding::Gzip;
        QTest::newRow("deflate") << Coding::Deflate;
        QTest::newRow("br") << Coding::Brotli;
        QTest::newRow("zstd") << Coding::Zstd;
    }
    void whatIsEncodedDecodesTheSame_data() { codings_data(); }
    void whatIsEncodedDecodesTheSame()
    {
        QFETCH(Coding, coding);
        for (const QByteArray &text : {QByteArray(), QByteArray("x"), sample(), QByteArray(1'000'000, 'a')}) {
            const auto decoded = decodeAll(coding, encodeAll(coding, text), text.size());
            QVERIFY(decoded.has_value());
            QCOMPARE(*decoded, text);
        }
    }
    void splitsDoNotMatter_data() { codings_data(); }
    void splitsDoNotMatter()
    {
        QFETCH(Coding, coding);
        const QByteArray text = sample();
        const QByteArray encoded = encodeAll(coding, text);
        for (const qsizetype step : {1, 2, 7, 1000}) {
            const auto decoder = makeDecoder(coding);
            QByteArray out;
            for (qsizetype i = 0; i < encoded.size(); i += step)
                QVERIFY(decoder->decode(QByteArrayView(encoded).sliced(i, qMin(step, encoded.size() - i)),
                                        out, text.size()));
            QCOMPARE(out, text);
            QVERIFY(decoder->atEnd());
        }
    }
    void aBombIsStopped_data() { codings_data(); }
    void aBombIsStopped()
    {
        QFETCH(Coding, coding);
        const QByteArray encoded = encodeAll(coding, QByteArray(50'000'000, '\0'));
        const auto decoder = makeDecoder(coding);
        QByteArray out = "before";
        const Status status = decoder->decode(encoded, out, 100'000);
        QVERIFY(!status.has_value());
        QCOMPARE(status.error().code, ErrorCode::BodyTooLarge);
        QCOMPARE(out.size(), 6 + 100'000);
        QVERIFY(out.capacity() < 1'000'000);
        if (coding != Coding::Identity) {
            QVERIFY(!decoder->decode("x", out, 100'000).has_value()); // an error is final
            QVERIFY(!decoder->atEnd());
        }
    }
    void damageIsAnError_data() { codings_data(); }
    void damageIsAnError()
    {
        QFETCH(Coding, coding);
        if (coding == Coding::Identity)
            return; // cannot be damaged
        const QByteArray text = sample();
        const QByteArray encoded = encodeAll(coding, text);
        QVERIFY(!decodeAll(coding, encoded.chopped(1), 1'000'000).has_value());
        QVERIFY(!decodeAll(coding, encoded.first(encoded.size() / 2), 1'000'000).has_value());
        QVERIFY(!decodeAll(coding, {}, 1'000'000).has_value());
        QVERIFY(!decodeAll(coding, QByteArray(100, '\xFF'), 1'000'000).has_value());
        // What came before the damage stays.
        const auto decoder = makeDecoder(coding);
        QByteArray out;
        QVERIFY(decoder->decode(encoded.first(encoded.size() / 2), out, text.size()));
        QVERIFY(!decoder->atEnd());
        QVERIFY(text.startsWith(out));
    }
    void gzipMembersInARowAreOneText()
    {
        const QByteArray two = encodeAll(Coding::Gzip, "one ") + encodeAll(Coding::Gzip, "two");
        QCOMPARE(decodeAll(Coding::Gzip, two, 100).value_or(QByteArray()), QByteArray("one two"));
        QCOMPARE(decodeAll(Coding::Gzip, two + QByteArray(10, '\0'), 100).value_or(QByteArray()),
                 QByteArray("one two"));
    }
    void paddingBehindGzipStaysPadding()
    {
        // Even if a later piece of it begins like a member.
        const auto decoder = makeDecoder(Coding::Gzip);
        QByteArray out;
        QVERIFY(decoder->decode(encodeAll(Coding::Gzip, "one"), out, 100));
        QVERIFY(decoder->decode(QByteArray(3, '\0'), out, 100));
        QVERIFY(decoder->decode("\x1f!", out, 100));
        QCOMPARE(out, QByteArray("one"));
        QVERIFY(decoder->atEnd());
    }
    void rawDeflateIsReadToo()
    {
        const QByteArray text = sample();
        const QByteArray raw =
            encodeAll(Coding::Deflate, text).sliced(2).chopped(4); // without header and checksum
        QCOMPARE(decodeAll(Coding::Deflate, raw, text.size()).value_or(QByteArray()), text);
    }
    void names()
    {
        QCOMPARE(codingFromName(""), std::optional(Coding::Identity));
        QCOMPARE(codingFromName(" GZIP "), std::optional(Coding::Gzip));
        QCOMPARE(codingFromName("x-gzip"), std::optional(Coding::Gzip));
        QCOMPARE(codingFromName("br"), std::optional(Coding::Brotli));
        QCOMPARE(codingFromName("compress"), std::nullopt);
        QCOMPARE(codingFromName("gzip, br"), std::nullopt);
    }
    void onlyReadableCodingsAreAskedFor_data()
    {
        QTest::addColumn<QByteArray>("client");
        QTest::addColumn<QByteArray>("upstream");
        QTest::newRow("all known") << QByteArray("gzip, deflate, br, zstd")
                                   << QByteArray("gzip, deflate, br, zstd");
        QTest::newRow("weights and order stay")
            << QByteArray("br;q=1.0,  gzip ;q=0.5") << QByteArray("br;q=1.0, gzip ;q=0.5");
        QTest::newRow("unknown ones go") << QByteArray("gzip, compress, dcb") << QByteArray("gzip");
        QTest::newRow("only unknown ones") << QByteArray("compress") << QByteArray("identity");
        QTest::newRow("anything is narrowed") << QByteArray("*") << QByteArray("identity");
        QTest::newRow("a refusal stays") << QByteArray("gzip, br;q=0") << QByteArray("gzip, br;q=0");
        QTest::newRow("empty") << QByteArray("") << QByteArray("identity");
        QTest::newRow("empty elements") << QByteArray(", ,;q=1,gzip,") << QByteArray("gzip");
    }
    void onlyReadableCodingsAreAskedFor()
    {
        QFETCH(QByteArray, client);
        QFETCH(QByteArray, upstream);
        QCOMPARE(acceptEncodingFor(&client), upstream);
    }
    void aClientThatDoesNotAskGetsIdentity() { QCOMPARE(acceptEncodingFor(nullptr), QByteArray("identity")); }
};

QTEST_GUILESS_MAIN(WireContentCoding)
#include "tst_wire_contentcoding.moc"
