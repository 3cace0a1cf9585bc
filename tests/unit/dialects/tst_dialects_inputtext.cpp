// What of a request a tokenizer counts.
#include "dialects/openaichat.h"
#include "dialects/openaiinputtext.h"
#include "support.h"
#include "tokens/tokenizer.h"

#include <QTest>

using namespace lbp;
using namespace lbp::test;

namespace {

/// JSON written with ' for ".
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

std::optional<InputText> textOf(const Dialect &dialect, const char *path, const QByteArray &body)
{
    Call call;
    call.path = path;
    call.body = body;
    return dialect.inputText(call);
}

std::optional<InputText> chatText(const QByteArray &body)
{
    return textOf(chat(), "/chat/completions", body);
}

qint64 counted(const InputText &text, Encoding encoding)
{
    static Vocabularies vocabularies;
    Tokenizer tokenizer(**vocabularies.load(encoding));
    qint64 tokens = text.overhead;
    for (const QByteArray &piece : text.pieces)
        tokens += tokenizer.count(piece).tokens;
    return tokens;
}

const QByteArray onePixel = "data:image/png;base64,iVBORw0KGgo=";

} // namespace

class TestDialectsInputText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainMessagesAreExact()
    {
        const auto text = chatText(json("{'model':'gpt-4o','messages':["
                                        "{'role':'system','content':'Be brief.'},"
                                        "{'role':'user','name':'ann','content':'Say this is a test'}]}"));
        QVERIFY(text);
        QVERIFY(text->exact);
        QCOMPARE(text->unreadable, qint64{0});
        const std::vector<QByteArray> pieces{"system", "Be brief.", "user", "ann", "Say this is a test"};
        QVERIFY(text->pieces == pieces);
        QCOMPARE(text->overhead, qint64{3 + 3 + 1 + 3});
        // 1 + 3, 1 + 1 + 5 tokens of text
        QCOMPARE(counted(*text, Encoding::O200k), qint64{10 + 4 + 7});
    }

    void aWholeRequestCountsAsTheProviderReports_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("promptTokens");
        // The provider's documentation shows these for one message of a user: 7 tokens of frame and role.
        QTest::newRow("a greeting") << QByteArray("Hello!") << qint64{9};
        QTest::newRow("a test") << QByteArray("Say this is a test!") << qint64{13};
    }
    void aWholeRequestCountsAsTheProviderReports()
    {
        QFETCH(QByteArray, content);
        QFETCH(qint64, promptTokens);
        const auto text = chatText("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                   + content + "\"}]}");
        QVERIFY(text);
        QCOMPARE(counted(*text, Encoding::O200k), promptTokens);
        QCOMPARE(counted(*text, Encoding::Cl100k), promptTokens);
    }

    void escapesAreWhatTheyMean()
    {
        const auto text =
            chatText(json("{'model':'gpt-4o','messages':[{'role':'user',"
                          "'content':'a\\n\\t\\'b\\' \\u00e9 \\ud83d\\ude00 \\/ \\\\u0041'}]}"));
        QVERIFY(text && text->exact);
        QCOMPARE(text->pieces.back(), QByteArray("a\n\t\"b\" \xc3\xa9 \xf0\x9f\x98\x80 / \\u0041"));
    }

    void aSurrogateAloneIsAReplacementCharacter_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<QByteArray>("text");
        const QByteArray replaced("\xef\xbf\xbd");
        QTest::newRow("high") << QByteArray("a\\ud83dz") << QByteArray("a" + replaced + "z");
        QTest::newRow("low") << QByteArray("\\ude00") << replaced;
        QTest::newRow("two high") << QByteArray("\\ud83d\\ud83d\\ude00")
                                  << QByteArray(replaced + "\xf0\x9f\x98\x80");
        QTest::newRow("high at the end") << QByteArray("x\\ud83d") << QByteArray("x" + replaced);
        QTest::newRow("high before another escape")
            << QByteArray("\\ud83d\\n") << QByteArray(replaced + "\n");
        QTest::newRow("zero stays") << QByteArray("\\u0000") << QByteArray(1, '\0');
        QTest::newRow("digits that are none") << QByteArray("\\uzzzz!") << QByteArray(replaced + "!");
        QTest::newRow("too few digits") << QByteArray("\\u12") << replaced;
        QTest::newRow("a backslash at the end") << QByteArray("ab\\") << QByteArray("ab\\");
    }
    void aSurrogateAloneIsAReplacementCharacter()
    {
        QFETCH(QByteArray, inside);
        QFETCH(QByteArray, text);
        QCOMPARE(jsonUnescaped(inside), text);
    }

    void toolsCountAsTheirJsonWithoutWhiteSpace()
    {
        const auto text =
            chatText(json("{'model':'gpt-4o','messages':[{'role':'user','content':'hi'}],"
                          "'tools':[ {'type': 'function', 'function': {'name': 'f', 'description': 'a  b'}},"
                          "{'type': 'function', 'function': {'name': 'g'}} ]}"));
        QVERIFY(text);
        QVERIFY(!text->exact);
        QCOMPARE(text->overhead, 3 + 3 + 3 * tokensAroundTool);
        QCOMPARE(text->pieces.back(),
                 json("[{'type':'function','function':{'name':'f','description':'a  "
                      "b'}},{'type':'function','function':{'name':'g'}}]"));
    }

    void whatHasNoPublishedRuleIsNotExact_data()
    {
        QTest::addColumn<QByteArray>("members"); // of a request with messages
        QTest::addColumn<QByteArray>("mustContain");
        const QByteArray plain = json("'messages':[{'role':'user','content':'hi'}]");
        QTest::newRow("a schema") << plain
                + json(",'response_format':{'type':'json_schema','json_schema':{'name':'s'}}")
                                  << QByteArray("json_schema");
        QTest::newRow("functions") << plain + json(",'functions':[{'name':'f'}]") << QByteArray("\"f\"");
        QTest::newRow("calls of tools")
            << json("'messages':[{'role':'assistant','content':null,'tool_calls':["
                    "{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}]")
            << QByteArray("\"arguments\":\"{}\"");
        QTest::newRow("a result of a tool")
            << json("'messages':[{'role':'tool','tool_call_id':'c1','content':'42'}]") << QByteArray("42");
        QTest::newRow("a refusal") << QByteArray(
            json("'messages':[{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]}]"))
                                   << QByteArray("no");
        QTest::newRow("several parts")
            << json("'messages':[{'role':'user','content':[{'type':'text','text':'one'},{'type':'"
                    "text','text':'two'}]}]")
            << QByteArray("two");
        QTest::newRow("what another API adds")
            << json("'messages':[{'role':'user','content':'hi','reasoning_content':'because'}]")
            << QByteArray("because");
    }
    void whatHasNoPublishedRuleIsNotExact()
    {
        QFETCH(QByteArray, members);
        QFETCH(QByteArray, mustContain);
        const auto text = chatText("{\"model\":\"gpt-4o\"," + members + "}");
        QVERIFY(text);
        QVERIFY(!text->exact);
        QVERIFY(std::any_of(text->pieces.begin(), text->pieces.end(),
                            [&](const QByteArray &piece) { return piece.contains(mustContain); }));
    }

    void imagesHaveRoomByTheirModel_data()
    {
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<qint64>("tokens");
        QTest::newRow("gpt-4o") << QByteArray() << qint64{1445};
        QTest::newRow("gpt-4o-2024-08-06") << QByteArray("low") << qint64{85};
        QTest::newRow("gpt-4.1") << QByteArray("high") << qint64{1445};
        QTest::newRow("gpt-4o-mini") << QByteArray("low") << qint64{2833};
        QTest::newRow("gpt-4o-mini-2024-07-18") << QByteArray() << imageTokensUpperBound;
        QTest::newRow("gpt-4.1-mini") << QByteArray("low") << imageTokensUpperBound;
        QTest::newRow("unknown-vision") << QByteArray("low") << imageTokensUpperBound;
    }
    void imagesHaveRoomByTheirModel()
    {
        QFETCH(QByteArray, detail);
        QFETCH(qint64, tokens);
        const QByteArray member = detail.isEmpty() ? QByteArray() : ",\"detail\":\"" + detail + '"';
        const auto text =
            chatText("{\"model\":\"" + QByteArray(QTest::currentDataTag())
                     + "\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
                       "\"see\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                     + onePixel + '"' + member + "}}]}]}");
        QVERIFY(text);
        QVERIFY(!text->exact);
        QCOMPARE(text->unreadable, tokens);
        for (const QByteArray &piece : text->pieces)
            QVERIFY(!piece.contains("base64"));
    }

    void whatNobodyCanCountHasNoText_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QByteArray &body) { QTest::newRow(name) << body; };
        row("a file",
            json("{'model':'gpt-4o','messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'"
                 "f'}}]}]}"));
        row("a part of an unknown kind",
            json("{'model':'gpt-4o','messages':[{'role':'user','content':[{'type':'hologram'}]}]}"));
        row("an earlier sound",
            json("{'model':'gpt-4o','messages':[{'role':'assistant','audio':{'id':'a'}}]}"));
        row("a search", json("{'model':'gpt-4o','messages':[],'web_search_options':{}}"));
        row("no messages", json("{'model':'gpt-4o'}"));
        row("messages that are none", json("{'model':'gpt-4o','messages':'hi'}"));
        row("a message that is none", json("{'model':'gpt-4o','messages':['hi']}"));
        row("two lists", json("{'model':'gpt-4o','messages':[],'messages':[]}"));
        row("content of another type", json("{'model':'gpt-4o','messages':[{'role':'user','content':7}]}"));
        row("no JSON", "{");
    }
    void whatNobodyCanCountHasNoText()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!chatText(body));
    }

    /// The bound of the facts holds the count in every case.
    void countsStayBelowTheBoundByBytes()
    {
        const QByteArray body =
            json("{'model':'gpt-4o','messages':[{'role':'user','content':'12345 \\u4e2d {}'},"
                 "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f','"
                 "arguments':'{}'}}]}],"
                 "'tools':[{'type':'function','function':{'name':'f'}}]}");
        const auto facts = chat().readRequest(body);
        QVERIFY(facts);
        QVERIFY(counted(*chatText(body), Encoding::O200k) <= facts->inputUpperBound);
    }

    void promptsAndInputsAreExact_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("tokens");
        QTest::newRow("text") << QByteArray("\"Say this is a test\"") << qint64{5};
        QTest::newRow("texts") << QByteArray("[\"Say this\", \" is a test\"]") << qint64{5};
        QTest::newRow("tokens") << QByteArray("[1, 2, 3]") << qint64{3};
        QTest::newRow("lists of tokens") << QByteArray("[[1,2],[3,4,5]]") << qint64{5};
        QTest::newRow("nothing") << QByteArray("\"\"") << qint64{0};
    }
    void promptsAndInputsAreExact()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, tokens);
        const auto prompt = textOf(completions(), "/completions",
                                   "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":" + value + "}");
        QVERIFY(prompt && prompt->exact);
        QCOMPARE(counted(*prompt, Encoding::Cl100k), tokens);
        const auto input = textOf(dialect("/embeddings"), "/embeddings",
                                  "{\"model\":\"text-embedding-3-small\",\"input\":" + value + "}");
        QVERIFY(input && input->exact);
        QCOMPARE(counted(*input, Encoding::Cl100k), tokens);
    }

    void aSuffixIsNotExact()
    {
        const auto text = textOf(completions(), "/completions",
                                 json("{'model':'davinci-002','suffix':'end','prompt':'begin'}"));
        QVERIFY(text);
        QVERIFY(!text->exact);
        QCOMPARE(text->pieces.size(), size_t{2});
    }

    void otherInputsHaveNoText()
    {
        QVERIFY(
            !textOf(dialect("/embeddings"), "/embeddings", json("{'model':'m','input':[{'image':'x'}]}")));
        QVERIFY(!textOf(dialect("/embeddings"), "/embeddings", json("{'model':'m'}")));
        QVERIFY(!textOf(completions(), "/completions", json("{'model':'m','prompt':['a',{}]}")));
        QVERIFY(!textOf(completions(), "/completions", json("{'model':'m','prompt':'a','prompt':'b'}")));
    }
};

QTEST_GUILESS_MAIN(TestDialectsInputText)
#include "tst_dialects_inputtext.moc"
