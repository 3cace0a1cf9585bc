#include "wire/json.h"

#include <array>
#include <QElapsedTimer>
#include <QTest>

using namespace lbp;

namespace {

const std::array<QByteArrayView, 3> names{"model", "stream", "max_tokens"};

QByteArray describe(const QByteArray &json)
{
    qsizetype objectEnd = 0;
    const auto found = findMembers(json, names, &objectEnd);
    if (!found)
        return "failed " + QByteArray::number(httpStatus(found.error().code)) + ": "
            + found.error().detail.toUtf8();
    QByteArray seen;
    for (const JsonMember &member : *found) {
        seen += QByteArray::number(member.field) + ":" + "OASNBZ"[static_cast<int>(member.type)] + "@"
            + QByteArray::number(member.keyBegin) + "=" + json.sliced(member.begin, member.end - member.begin)
            + ";";
    }
    if (json[objectEnd] != '}')
        seen += " WRONG END";
    return seen;
}

/// The same whether the spare capacity is there or not.
QByteArray outcome(const QByteArray &json)
{
    QByteArray roomy = json;
    roomy.reserve(json.size() + 64);
    const QByteArray inPlace = describe(roomy);
    if (describe(QByteArray::fromRawData(json.constData(), json.size())) != inPlace)
        return "depends on the capacity";
    return inPlace;
}

} // namespace

class WireJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void members_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &expected) {
            QTest::newRow(name) << json << expected;
        };
        row("empty object", "{}", "");
        row("blanks around", " \n\t{ \r }\n ", "");
        row("each type", "{\"model\":\"a\",\"stream\":true,\"max_tokens\":-1.5e3}",
            "0:S@1=\"a\";1:B@13=true;2:N@27=-1.5e3;");
        row("containers", "{\"model\":{\"model\":[1,{}]},\"stream\":[ ],\"max_tokens\":null}",
            "0:O@1={\"model\":[1,{}]};1:A@26=[ ];2:Z@39=null;");
        row("blanks inside", "{ \"model\" : \"a\" , \"stream\"\n:\tfalse }", "0:S@2=\"a\";1:B@18=false;");
        row("duplicates are all reported", "{\"model\":\"a\",\"x\":1,\"model\":\"b\"}",
            "0:S@1=\"a\";0:S@19=\"b\";");
        row("an escaped name is found",
            "{\"mod\\u0065l\":\"a\",\"\\u006D\\u006f\\u0064\\u0065\\u006c\":\"b\",\"m\\/odel\":1}",
            "0:S@1=\"a\";0:S@18=\"b\";");
        row("names inside are not reported",
            "{\"x\":{\"model\":\"a\"},\"y\":[{\"model\":\"b\"}],\"z\":\"\\\"model\\\":\\\"c\\\"\"}", "");
        row("similar names are not reported",
            "{\"Model\":1,\"model \":2,\"mode\":3,\"\":4,\"modell\":5,\"\\\\model\":6}", "");
        row("escaped quotes", "{\"x\":\"\\\\\\\"\",\"model\":\"a\\\\\",\"stream\":\"\\\\\\\\\\\"\"}",
            "0:S@12=\"a\\\\\";1:S@26=\"\\\\\\\\\\\"\";");
        row("lone surrogates pass", "{\"x\":\"\\ud800\",\"model\":\"\\udc00\",\"\\uD800\":1}",
            "0:S@14=\"\\udc00\";");
        row("big numbers pass", "{\"x\":123456789012345678901234567890,\"max_tokens\":1e999999}",
            "2:N@36=1e999999;");
        row("what Python writes passes", "{\"x\":NaN,\"y\":[Infinity,-Infinity],\"max_tokens\":NaN}",
            "2:N@34=NaN;");
        row("a byte order mark is skipped", "\xEF\xBB\xBF{\"model\":\"a\"}", "0:S@4=\"a\";");
        row("an unknown escape in a value passes", "{\"x\":\"\\q\",\"model\":\"a\"}", "0:S@10=\"a\";");
        row("non-ASCII", "{\"\xC3\xA4\":\"\xF0\x9F\x98\x80\",\"model\":\"\xC3\xA4\"}",
            "0:S@13=\"\xC3\xA4\";");
        row("DEL in a string", "{\"model\":\"\x7f\"}", "0:S@1=\"\x7f\";");

        const QByteArray bad = "failed 400: ";
        row("empty", "", bad + "The body is empty");
        row("blank", " \n", bad + "The body is blank");
        row("only a byte order mark", "\xEF\xBB\xBF", bad);
        row("an array", "[]", bad + "The JSON body has something other than an object at byte 0.");
        row("a string", "\"model\"", bad);
        row("a number", " 1", bad + "The JSON body has something other than an object at byte 1.");
        row("not JSON", "model=a", bad);
        row("a second object", "{} {\"model\":\"a\"}",
            bad + "The JSON body has more behind the object at byte 3.");
        row("a bracket behind", "{}}", bad);
        row("text behind", "{}x", bad);
        row("a NUL behind", QByteArray("{}\0", 3), bad);
        row("a NUL inside", QByteArray("{\0}", 3), bad);
        row("a NUL in a string", QByteArray("{\"a\":\"\0\"}", 9),
            bad + "The JSON body has a control character in a string at byte 6.");
        row("a raw line end in a string", "{\"a\":\"\n\"}", bad);
        row("an open object", "{\"model\":\"a\"",
            bad + "The JSON body has an end before its last bracket at byte 12.");
        row("an open array", "{\"model\":[1,2", bad);
        row("an open string", "{\"model\":\"a",
            bad + "The JSON body has a string that is not closed at byte 9.");
        row("an open string behind an escape", "{\"model\":\"a\\\"}",
            bad + "The JSON body has a string that is not closed at byte 9.");
        row("an open name", "{\"model", bad);
        row("brackets that do not match", "{\"x\":[1},\"model\":\"a\"]", bad);
        row("brackets that do not match, inside", "{\"x\":[{\"a\":1]},\"model\":\"a\"}", bad);
        row("a closed array that is none", "{\"x\":1],\"model\":\"a\"}", bad);
        row("a comma at the end", "{\"model\":\"a\",}",
            bad + "The JSON body has no name where one belongs at byte 13.");
        row("a comma at the end of an array", "{\"model\":[1,]}", bad);
        row("a comma first", "{,\"model\":\"a\"}", bad);
        row("two commas", "{\"x\":1,,\"model\":\"a\"}", bad);
        row("no comma", "{\"x\":1 \"model\":\"a\"}", bad);
        row("no comma in an array", "{\"x\":[1 2]}", bad);
        row("no colon", "{\"model\" \"a\"}", bad);
        row("two colons", "{\"model\"::\"a\"}", bad);
        row("no value", "{\"model\":}", bad);
        row("a colon in an array", "{\"x\":[\"model\":\"a\"]}", bad);
        row("a name without quotes", "{model:\"a\"}", bad);
        row("single quotes", "{'model':'a'}", bad);
        row("a comment that hides a member",
            "{\"x\":1/"
            "*,\"model\":\"a\"*"
            "/}",
            bad);
        row("a comment to the end of the line", "{\"x\":1//\n,\"model\":\"a\"}", bad);
        row("a number as name", "{1:\"model\"}", bad);
        row("text behind a string", "{\"model\":\"a\"b}", bad);
        row("text before a string", "{\"model\":b\"a\"}", bad);
        row("a name with a bad escape", "{\"mod\\el\":\"a\"}",
            bad + "The JSON body has a name with a bad escape at byte 1.");
        row("a name with half an escape", "{\"mod\\u006\":\"a\"}", bad);
        for (const char *scalar :
             {"tru",   "True", "truee", "nul",       "nan",      "NaN1",    "infinity", "+1",
              "01",    "-",    "-01",   "1.",        ".5",       "1e",      "1e+",      "0x10",
              "1_000", "--1",  "1-1",   "undefined", "\xC3\xA4", "\\u0031", "1\x0b",    "-Infinityx"})
            row(qPrintable(QStringLiteral("scalar ") + QString::fromUtf8(scalar)),
                QByteArray("{\"x\":[") + scalar + "]}", bad);
        row("invalid UTF-8", "{\"x\":\"\xFF\"}", bad + "The JSON body has invalid UTF-8 at byte 6.");
        row("overlong UTF-8", "{\"x\":\"a\xC0\xAF\"}", bad + "The JSON body has invalid UTF-8 at byte 7.");
        row("a surrogate in UTF-8", "{\"x\":\"\xED\xA0\x80\"}",
            bad + "The JSON body has invalid UTF-8 at byte 6.");
        row("UTF-16", QByteArray("{\0\"\0m\0\"\0:\0001\0}\0", 14), bad);
        row("cut in a sequence", "{\"x\":\"\xE2\x82", bad);
    }
    void members()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        const QByteArray seen = outcome(json);
        QVERIFY2(expected.startsWith("failed") ? seen.startsWith(expected) : seen == expected,
                 seen.constData());
    }
    void placesHoldWhereverBlocksOfTheScannerEnd()
    {
        for (int shift = 0; shift < 200; ++shift) {
            const QByteArray json =
                "{\"x\":\"" + QByteArray(shift, '\\').append(shift % 2 ? "\\" : "") + "\",\"model\":\"a\"}";
            QCOMPARE(outcome(json), "0:S@" + QByteArray::number(json.indexOf("\"model")) + "=\"a\";");
        }
    }
    void everyCutTextIsRefused()
    {
        const QByteArray json =
            "{\"model\":\"gpt\",\"x\":[{\"y\":\"\\u0041\\\\\"},-1.5e3,true,null],\"stream\":false}";
        QVERIFY(!outcome(json).startsWith("failed"));
        for (qsizetype size = 0; size < json.size(); ++size)
            QVERIFY2(outcome(json.first(size)).startsWith("failed 400"), json.first(size).constData());
    }
    void depthIsBounded()
    {
        const auto nested = [](int depth) {
            return "{\"x\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + ",\"model\":\"a\"}";
        };
        QVERIFY(outcome(nested(1024)).startsWith("0:S@"));
        QVERIFY(outcome(nested(1025))
                    .startsWith("failed 400: The JSON body has more than 1024 levels at byte 1028."));
        QVERIFY(outcome(nested(100'000)).startsWith("failed 400"));
        QVERIFY(outcome(QByteArray("{\"a\":").repeated(100'000)).startsWith("failed 400"));
    }
    void aLargeBodyIsReadAndItsMemoryGivenBack()
    {
        QByteArray json = "{\"messages\":[";
        for (int i = 0; i < 2000; ++i)
            json += "{\"role\":\"user\",\"content\":\"" + QByteArray(1000, 'x') + "\"},";
        json.chop(1);
        json += "],\"model\":\"gpt\"}";
        QVERIFY(json.size() > 2'000'000);
        json.reserve(json.size() + 64);
        const auto found = findMembers(json, names);
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), size_t{1});
        QBENCHMARK
        {
            (void)findMembers(json, names);
        }
    }
    void errorsDoNotEchoWhatCame()
    {
        for (const QByteArray &json :
             {QByteArray("{\"canary\":\"canary"), QByteArray("{\"canary\":canary}"), QByteArray("canary"),
              QByteArray("{\"canary\\q\":1}"), QByteArray("{\"canary\xFF\":1}")}) {
            const QByteArray seen = outcome(json);
            QVERIFY(seen.startsWith("failed"));
            QVERIFY(!seen.contains("canary"));
        }
    }
    void strings_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected"); // null: refused
        QTest::newRow("empty") << QByteArray("\"\"") << QStringLiteral("");
        QTest::newRow("plain") << QByteArray("\"gpt-4o\"") << QStringLiteral("gpt-4o");
        QTest::newRow("escapes") << QByteArray("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"")
                                 << QStringLiteral("\"\\/\b\f\n\r\tA");
        QTest::newRow("a pair") << QByteArray("\"\\ud83d\\ude00\"") << QString::fromUtf8("\xF0\x9F\x98\x80");
        QTest::newRow("a lone surrogate")
            << QByteArray("\"\\ud83dx\"") << QString(QChar(0xd83d)) + QLatin1Char('x');
        QTest::newRow("UTF-8") << QByteArray("\"\xC3\xA4\\u00e4\xC3\xA4\"") << QString(3, QChar(0xe4));
        QTest::newRow("U+FEFF stays") << QByteArray("\"\xEF\xBB\xBF\xEF\xBB\xBFgpt\"")
                                      << QString(2, QChar(0xfeff)) + QStringLiteral("gpt");
        QTest::newRow("U+0000") << QByteArray("\"a\\u0000b\"") << QString::fromLatin1("a\0b", 3);
        for (const char *bad : {"", "\"", "x", "\"a", "a\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
                                "\"a\"b\"", "\"\n\"", "\"\xFF\"", "1"})
            QTest::newRow(bad) << QByteArray(bad) << QString();
    }
    void strings()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, expected);
        const auto seen = jsonString(json);
        QCOMPARE(seen.has_value(), !expected.isNull());
        QCOMPARE(seen.value_or(QString()), expected);
        // What is quoted reads back the same.
        const QByteArray quoted = jsonQuoted(expected);
        QCOMPARE(jsonString(quoted), std::optional(expected.isNull() ? QStringLiteral("") : expected));
        QVERIFY(quoted.isValidUtf8());
    }
    void controlCharactersAreQuotedInAscii()
    {
        QCOMPARE(jsonQuoted(u"a\"\\\n\x01\x7f/\u00e4"),
                 QByteArray("\"a\\\"\\\\\\n\\u0001\\u007f/\xC3\xA4\""));
        QCOMPARE(jsonQuoted(QString(QChar(0xdc00))), QByteArray("\"\\udc00\""));
    }
    void integers_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<qint64>("expected");
        const auto row = [](const char *json, std::optional<qint64> expected) {
            QTest::newRow(json) << QByteArray(json) << expected.has_value() << expected.value_or(0);
        };
        row("0", 0);
        row("-0", 0);
        row("12", 12);
        row("-12", -12);
        row("12.0", 12);
        row("1e3", 1000);
        row("1E+3", 1000);
        row("1200e-2", 12);
        row("1.25e2", 125);
        row("0.001e3", 1);
        row("0e999999999999999999999999", 0);
        row("0.0e-5", 0);
        row("9223372036854775807", std::numeric_limits<qint64>::max());
        row("-9223372036854775808", std::numeric_limits<qint64>::min());
        row("922337203685477580.7e1", std::numeric_limits<qint64>::max());
        row("9223372036854775808", std::nullopt);
        row("-9223372036854775809", std::nullopt);
        row("1e19", std::nullopt);
        row("1e999999999999999999999999", std::nullopt);
        row("1e-999999999999999999999999", std::nullopt);
        row("1.5", std::nullopt);
        row("1e-1", std::nullopt);
        row("12.50", std::nullopt);
        for (const char *bad :
             {"", "-", "+1", "01", "1.", ".1", "1e", "0x1", " 1", "1 ", "true", "\"1\"", "NaN", "1e1.0"})
            row(bad, std::nullopt);
    }
    void integers()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, valid);
        QFETCH(qint64, expected);
        const auto seen = jsonInteger(json);
        QCOMPARE(seen.has_value(), valid);
        QCOMPARE(seen.value_or(0), expected);
    }
    void editsChangeOnlyTheirRanges()
    {
        const QByteArray bytes = "0123456789";
        ByteEdits edits;
        QVERIFY(edits.isEmpty());
        QCOMPARE(edits.applied(bytes), bytes);
        edits.replace(8, 10, "END");
        edits.replace(0, 1, "");
        edits.replace(5, 5, "a");
        edits.replace(5, 5, "b");
        edits.replace(5, 6, "c");
        QVERIFY(!edits.isEmpty());
        QCOMPARE(edits.applied(bytes), QByteArray("1234abc67END"));
        QVERIFY(edits.applied(bytes).capacity() - edits.applied(bytes).size() >= 64);
        ByteEdits ends;
        ends.replace(10, 10, ">");
        ends.replace(0, 0, "<");
        QCOMPARE(ends.applied(bytes), QByteArray("<0123456789>"));
    }
};

QTEST_GUILESS_MAIN(WireJson)
#include "tst_wire_json.moc"
