#include "wire/multipart.h"

#include <QTest>

using namespace lbp;

namespace {

struct Seen
{
    QList<QByteArray> parts; ///< "name[!]|type|offset|data"
    QString error;
    bool operator==(const Seen &) const = default;
};

Seen parsed(const QList<QByteArray> &pieces, const QByteArray &boundary = "B")
{
    Seen seen;
    MultipartParser::Part present;
    QByteArray data;
    qint64 begin = -1;
    MultipartParser parser(boundary,
                           {[&](const MultipartParser::Part &part) {
                                present = part;
                                data.clear();
                                begin = -1;
                            },
                            [&](QByteArrayView bytes, qint64 offset) {
                                if (begin < 0)
                                    begin = offset;
                                QCOMPARE(offset, begin + data.size());
                                data += bytes;
                            },
                            [&] {
                                seen.parts.append(present.name + (present.isFile ? "!|" : "|")
                                                  + present.contentType + '|' + QByteArray::number(begin)
                                                  + '|' + data);
                            }});
    for (const QByteArray &piece : pieces) {
        if (const Status fed = parser.feed(piece); !fed) {
            seen.error = fed.error().detail;
            return seen;
        }
    }
    if (const Status ended = parser.finish(); !ended)
        seen.error = ended.error().detail;
    return seen;
}

const QByteArray form = "--B\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
                        "--B\r\ncontent-disposition: form-data; name=file; filename=\"a \\\"b\\\".wav\"\r\n"
                        "Content-Type: Audio/WAV; x=1\r\n\r\n\r\n--\r\n--C\r\nRIFF\r\n"
                        "--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--\r\n";

} // namespace

class TestMultipart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsComeWithNameTypePlaceAndData()
    {
        const Seen seen = parsed({form});
        QCOMPARE(seen.error, QString());
        QCOMPARE(seen.parts.size(), 3);
        QCOMPARE(seen.parts.at(0), "model||" + QByteArray::number(form.indexOf("whisper-1")) + "|whisper-1");
        QCOMPARE(seen.parts.at(1),
                 "file!|audio/wav|" + QByteArray::number(form.indexOf("\r\n--\r\n--C"))
                     + "|\r\n--\r\n--C\r\nRIFF");
        QCOMPARE(seen.parts.at(2), "empty||-1|");
    }

    void aFormCutAnywhereGivesTheSame()
    {
        const Seen whole = parsed({form});
        for (qsizetype cut = 0; cut <= form.size(); ++cut)
            QCOMPARE(parsed({form.first(cut), form.sliced(cut)}).parts, whole.parts);
        QList<QByteArray> bytes;
        for (const char c : form)
            bytes.append(QByteArray(1, c));
        QCOMPARE(parsed(bytes).parts, whole.parts);
    }

    void aFilePassesWithoutBeingKept()
    {
        qint64 passed = 0;
        qsizetype largest = 0;
        MultipartParser parser("B",
                               {[](const MultipartParser::Part &) {},
                                [&](QByteArrayView bytes, qint64) {
                                    passed += bytes.size();
                                    largest = std::max(largest, bytes.size());
                                },
                                [] {}});
        const QByteArray body = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=x\r\n\r\n"
            + QByteArray(8 * 1024 * 1024, '\r') + "\r\n--B--";
        QVERIFY(parser.feed(body).has_value());
        QVERIFY(parser.finish().has_value());
        QCOMPARE(passed, 8 * 1024 * 1024);
        QVERIFY(largest <= 128 * 1024);
    }

    void whatIsWrongIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray head = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no boundary") << QByteArray("hello");
        QTest::newRow("another boundary") << QByteArray("--C\r\n");
        QTest::newRow("a preamble") << "hello\r\n" + head;
        QTest::newRow("no end") << head + "x";
        QTest::newRow("no closing boundary") << head + "x\r\n--B\r\n";
        QTest::newRow("something behind the end") << head + "x\r\n--B--\r\nmore";
        QTest::newRow("a longer boundary") << head + "x\r\n--Bx\r\n";
        QTest::newRow("no name") << QByteArray("--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--");
        QTest::newRow("no disposition") << QByteArray("--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--");
        QTest::newRow("another disposition")
            << QByteArray("--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--");
        QTest::newRow("two names") << QByteArray(
            "--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--B--");
        QTest::newRow("an open quote")
            << QByteArray("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--");
        QTest::newRow("base64") << QByteArray("--B\r\nContent-Disposition: form-data; name=a\r\n"
                                              "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--B--");
        QTest::newRow("a line without a colon") << QByteArray("--B\r\nhello\r\n\r\nx\r\n--B--");
        QTest::newRow("a very long header") << "--B\r\nX: " + QByteArray(10'000, 'x');
        QTest::newRow("very many parts") << (head + "x\r\n").repeated(1'100) + "--B--";
    }
    void whatIsWrongIsRefused()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!parsed({body}).error.isEmpty());
    }

    void onlyAFormHasABoundary_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("boundary"); // empty: none
        const auto row = [](const char *type, const QByteArray &boundary) {
            QTest::newRow(type) << QByteArray(type) << boundary;
        };
        row("multipart/form-data; boundary=B", "B");
        row("Multipart/Form-Data;boundary=\"a b\"; charset=utf-8", "a b");
        row("multipart/form-data; charset=utf-8; BOUNDARY=----formdata-1", "----formdata-1");
        row("multipart/form-data", "");
        row("multipart/form-data; boundary=", "");
        row("multipart/form-data; boundary=\"", "");
        row("multipart/form-data; boundary=a; boundary=b", "");
        row("multipart/form-data; boundary=\"a \"", "");
        row("multipart/form-data; boundary=a\x01", "");
        row("multipart/mixed; boundary=B", "");
        row("application/json", "");
        row("", "");
        const QByteArray tooLong = "multipart/form-data; boundary=" + QByteArray(71, 'b');
        QTest::newRow("too long") << tooLong << QByteArray();
    }
    void onlyAFormHasABoundary()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, boundary);
        QCOMPARE(MultipartParser::boundaryOf(type).value_or(QByteArray()), boundary);
    }
};

QTEST_GUILESS_MAIN(TestMultipart)
#include "tst_wire_multipart.moc"
