#include "dialects/openaichat.h"
#include "dialects/openairequest.h"
#include "unit/dialects/support.h"

using namespace lbp;
using namespace lbp::test;

namespace {

/// A chat request with one more member.
QByteArray with(const QByteArray &members)
{
    return R"({"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],)" + members + "}";
}

QByteArray withContent(const QByteArray &content)
{
    return R"({"messages":[{"role":"user","content":)" + content + R"(}],"model":"gpt-4o"})";
}

} // namespace

class TestRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldThatMovesCostIsRead()
    {
        const QByteArray body =
            " {\"model\" : \"gpt-\\u0034o\" , \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\n"
            "            \"stream\":true, "
            "\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false},\n"
            "            \"max_completion_tokens\":200, \"n\":3, \"service_tier\":\"flex\", "
            "\"unknown\":{\"model\":\"x\",\"n\":-1}} ";
        const auto facts = chat().readRequest(body);
        QVERIFY(facts);
        QCOMPARE(facts->model, QStringLiteral("gpt-4o"));
        QVERIFY(facts->stream);
        QVERIFY(facts->wantsUsage);
        QCOMPARE(facts->ceiling.value_or(-1), 200);
        QCOMPARE(facts->choices, 3);
        QCOMPARE(facts->serviceTier, QStringLiteral("flex"));
        QCOMPARE(facts->inputUpperBound, body.size() + hiddenInputTokens);
        QVERIFY(!facts->inputUnbounded);
        QVERIFY(!facts->asksAudio);
        QCOMPARE(facts->webSearches, 0);
        QVERIFY(facts->fixedCeilingReason.isEmpty());
    }

    void whatIsAbsentOrNullHasItsDefault()
    {
        const auto facts = chat().readRequest(with(
            R"("stream":null,"stream_options":null,"max_tokens":null,"max_completion_tokens":null,"n":null,"service_tier":null,)"
            R"("modalities":null,"audio":null,"web_search_options":null,"prediction":null)"));
        QVERIFY(facts);
        QVERIFY(!facts->stream);
        QVERIFY(!facts->wantsUsage);
        QVERIFY(!facts->ceiling);
        QCOMPARE(facts->choices, 1);
        QVERIFY(facts->serviceTier.isEmpty());
        QVERIFY(!facts->asksAudio);
        QCOMPARE(facts->webSearches, 0);
    }

    void theLargerCeilingIsPriced_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<qint64>("ceiling"); // -1: none
        QTest::newRow("old name") << QByteArray(R"("max_tokens":50)") << qint64{50};
        QTest::newRow("new name") << QByteArray(R"("max_completion_tokens":60)") << qint64{60};
        QTest::newRow("both, new larger")
            << QByteArray(R"("max_tokens":50,"max_completion_tokens":60)") << qint64{60};
        QTest::newRow("both, old larger")
            << QByteArray(R"("max_tokens":70,"max_completion_tokens":60)") << qint64{70};
        QTest::newRow("one is null") << QByteArray(R"("max_tokens":null,"max_completion_tokens":60)")
                                     << qint64{60};
        QTest::newRow("minus one is no limit") << QByteArray(R"("max_tokens":-1)") << qint64{-1};
        QTest::newRow("zero is no limit") << QByteArray(R"("max_tokens":0)") << qint64{-1};
        QTest::newRow("no limit beside a limit")
            << QByteArray(R"("max_tokens":-1,"max_completion_tokens":9)") << qint64{-1};
        QTest::newRow("odd spelling") << QByteArray(R"("max_tokens":1e3)") << qint64{1000};
        QTest::newRow("twice the same") << QByteArray(R"("max_tokens":5,"max_tokens":5)") << qint64{5};
    }
    void theLargerCeilingIsPriced()
    {
        QFETCH(QByteArray, members);
        QFETCH(qint64, ceiling);
        const auto facts = chat().readRequest(with(members));
        QVERIFY(facts);
        QCOMPARE(facts->ceiling.value_or(-1), ceiling);
    }

    void whatTheProviderWouldRefuseNamesTheField_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QByteArray &body, const char *named) {
            QTest::newRow(name) << body << QString::fromLatin1(named);
        };
        row("no model", R"({"messages":[]})", "\"model\"");
        row("model is null", R"({"model":null})", "\"model\"");
        row("model is empty", R"({"model":""})", "\"model\"");
        row("model is a number", R"({"model":4})", "\"model\"");
        row("two models", R"({"model":"a","model":"b"})", "\"model\"");
        row("a model and null", R"({"model":"a","model":null})", "\"model\"");
        row("stream is text", with(R"("stream":"true")"), "\"stream\"");
        row("stream twice", with(R"("stream":false,"stream":true)"), "\"stream\"");
        row("ceiling is text", with(R"("max_tokens":"100")"), "\"max_tokens\"");
        row("ceiling is half a token", with(R"("max_completion_tokens":10.5)"), "\"max_completion_tokens\"");
        row("ceiling beyond 64 bits", with(R"("max_tokens":99999999999999999999)"), "\"max_tokens\"");
        row("two ceilings of one name", with(R"("max_tokens":1,"max_tokens":2)"), "\"max_tokens\"");
        row("n is zero", with(R"("n":0)"), "\"n\"");
        row("n is negative", with(R"("n":-2)"), "\"n\"");
        row("n is a fraction", with(R"("n":1.5)"), "\"n\"");
        row("n is too large", with(R"("n":129)"), "\"n\"");
        row("n is text", with(R"("n":"2")"), "\"n\"");
        row("stream options are text", with(R"("stream_options":"usage")"), "\"stream_options\"");
        row("include_usage is a number", with(R"("stream_options":{"include_usage":1})"), "include_usage");
        row("tier is a number", with(R"("service_tier":1)"), "\"service_tier\"");
        row("modalities are text", with(R"("modalities":"audio")"), "\"modalities\"");
        row("search is true", with(R"("web_search_options":true)"), "\"web_search_options\"");
        row("prediction is text", with(R"("prediction":"x")"), "\"prediction\"");
    }
    void whatTheProviderWouldRefuseNamesTheField()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, named);
        const auto facts = chat().readRequest(body);
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
        QVERIFY2(facts.error().detail.contains(named), qPrintable(facts.error().detail));
    }

    void unreadableBodiesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("broken off") << QByteArray(R"({"model":"gpt-4o","messages":[)");
        QTest::newRow("two objects") << QByteArray(R"({"model":"gpt-4o"}{})");
        QTest::newRow("invalid UTF-8") << QByteArray("{\"model\":\"gpt-4o\",\"x\":\"\xff\"}");
    }
    void unreadableBodiesAreRefused()
    {
        QFETCH(QByteArray, body);
        for (const Dialect *each : {&chat(), &completions(), &embeddings()}) {
            const auto facts = each->readRequest(body);
            QVERIFY(!facts);
            QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
        }
    }

    void promptTextIsNeverInAnError()
    {
        const auto facts = chat().readRequest(
            R"({"model":"gpt-4o","messages":[{"content":"canary-prompt"}],"n":"canary-n","stream":"canary"})");
        QVERIFY(!facts);
        QVERIFY(!facts.error().detail.contains(QStringLiteral("canary")));
    }

    void extrasThatAreBilledApartAreSeen()
    {
        QVERIFY(
            chat().readRequest(with(R"("modalities":["text","audio"],"audio":{"voice":"a"})"))->asksAudio);
        QVERIFY(chat().readRequest(with("\"modalities\":[\"text\",\"\\u0061udio\"]"))->asksAudio);
        QVERIFY(!chat().readRequest(with(R"("modalities":["text"])"))->asksAudio);
        QVERIFY(chat()
                    .readRequest(
                        withContent(R"([{"type":"input_audio","input_audio":{"data":"AA","format":"wav"}}])"))
                    ->asksAudio);

        const auto search = chat().readRequest(with(R"("web_search_options":{},"n":2)"));
        QVERIFY(search);
        QCOMPARE(search->webSearches, 2);
        QVERIFY(search->inputUnbounded); // what is found is billed as input
        QCOMPARE(chat().readRequest(R"({"model":"gpt-4o-search-preview"})")->webSearches, 1);

        const QByteArray prediction = R"({"type":"content","content":"abc"})";
        const auto predicted = chat().readRequest(with("\"prediction\":" + prediction));
        QVERIFY(predicted);
        QCOMPARE(predicted->extraOutputUpperBound, prediction.size());
        QVERIFY(!predicted->fixedCeilingReason.isEmpty());
    }

    void imagesHaveRoomWhateverTheirSize_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("images");
        QTest::addColumn<int>("inlineBytes");
        QTest::newRow("text alone") << QByteArray("\"an image_url in text, and \\\"image_url\\\": too\"") << 0
                                    << 0;
        QTest::newRow("text parts") << QByteArray(
            "[{\"type\":\"text\",\"text\":\"\\\"image_url\\\":1\"},{\"type\":\"refusal\",\"refusal\":\"x\"}]")
                                    << 0 << 0;
        QTest::newRow("remote") << QByteArray(
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}]")
                                << 1 << 0;
        QTest::newRow("inline") << QByteArray(
            R"([{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}])")
                                << 1 << 26;
        QTest::newRow("inline, escaped slash") << QByteArray(
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image\\/png;base64,AAAA\"}}]")
                                               << 1 << 27;
        QTest::newRow("as plain text")
            << QByteArray(R"([{"type":"image_url","image_url":"data:image/png;base64,AAAA"}])") << 1 << 26;
        QTest::newRow("two of them") << QByteArray(
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://"
            "a\"}},{\"type\":\"text\",\"text\":\"x\"},{\"image_url\":{\"url\":\"http://b\"}}]")
                                     << 2 << 0;
    }
    void imagesHaveRoomWhateverTheirSize()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, images);
        QFETCH(int, inlineBytes);
        const QByteArray body = withContent(content);
        const auto facts = chat().readRequest(body);
        QVERIFY(facts);
        QVERIFY(!facts->inputUnbounded);
        QCOMPARE(facts->inputUpperBound,
                 body.size() + hiddenInputTokens + images * imageTokensUpperBound - inlineBytes);
    }

    void whatIsNotInTheBodyIsUnbounded_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QByteArray &body) { QTest::newRow(name) << body; };
        row("a file by id", withContent(R"([{"type":"file","file":{"file_id":"file-1"}}])"));
        row("a file inline",
            withContent(R"([{"type":"file","file":{"file_data":"data:application/pdf;base64,AA"}}])"));
        row("an image by id", withContent(R"([{"type":"input_image","file_id":"file-1"}])"));
        row("a document as an image",
            withContent(R"([{"type":"image_url","image_url":{"url":"data:application/pdf;base64,AA"}}])"));
        row("a part of a new kind",
            withContent("[{\"type\":\"video_url\",\"video_url\":{\"url\":\"http://a\"}}]"));
        row("a part without a kind", withContent("[{\"video\":\"http://a\"}]"));
        row("an escaped kind", withContent("[{\"type\":\"\\u0066ile\",\"x\":1}]"));
        row("an escaped key",
            withContent("[{\"type\":\"text\",\"text\":\"a\",\"\\u0066ile\":{\"file_id\":\"f\"}}]"));
        row("an escaped content key",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"c\\u006fntent\":[{\"type\":\"file\"}]}]}");
        row("an earlier audio answer",
            R"({"model":"m","messages":[{"role":"assistant","audio":{"id":"audio_1"}}]})");
    }
    void whatIsNotInTheBodyIsUnbounded()
    {
        QFETCH(QByteArray, body);
        const auto facts = chat().readRequest(body);
        QVERIFY(facts);
        QVERIFY(facts->inputUnbounded);
        // The same where the messages are not the last thing in the body.
        const auto padded =
            chat().readRequest(body.chopped(1) + ",\"user\":\"" + QByteArray(100, 'u') + "\"}");
        QVERIFY(padded);
        QVERIFY(padded->inputUnbounded);
    }

    void completionsMultiplyPromptsAndCandidates_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<qint64>("choices");
        QTest::addColumn<qint64>("ceiling"); // -1: none
        const auto row = [](const char *name, const char *members, qint64 choices, qint64 ceiling) {
            QTest::newRow(name) << QByteArray(members) << choices << ceiling;
        };
        row("nothing said", R"("prompt":"a")", 1, 16);
        row("no prompt", R"("x":1)", 1, 16);
        row("limit", R"("prompt":"a","max_tokens":5)", 1, 5);
        row("zero scores the prompt", R"("prompt":"a","max_tokens":0)", 1, 0);
        row("no limit", R"("prompt":"a","max_tokens":-1)", 1, -1);
        row("n", R"("prompt":"a","n":3)", 3, 16);
        row("best_of above n", R"("prompt":"a","n":3,"best_of":5)", 5, 16);
        row("n above best_of", R"("prompt":"a","n":6,"best_of":5)", 6, 16);
        row("prompts", "\"prompt\":[\"a\",\"b, \\\"c\\\"\",\"\"],\"n\":2", 6, 16);
        row("tokens of one prompt", R"("prompt":[1,2,3])", 1, 16);
        row("tokens of two prompts", R"("prompt":[[1,2],[3]],"best_of":4)", 8, 16);
        row("no prompts", R"("prompt":[])", 1, 16);
    }
    void completionsMultiplyPromptsAndCandidates()
    {
        QFETCH(QByteArray, members);
        QFETCH(qint64, choices);
        QFETCH(qint64, ceiling);
        const auto facts = completions().readRequest(R"({"model":"gpt-3.5-turbo-instruct",)" + members + "}");
        QVERIFY(facts);
        QCOMPARE(facts->choices, choices);
        QCOMPARE(facts->ceiling.value_or(-1), ceiling);
        QCOMPARE(facts->ceilingIsDefault, !members.contains("max_tokens"));
        QVERIFY(!facts->inputUnbounded);
    }

    void completionsRefuseWhatTheProviderWould()
    {
        for (const char *members :
             {R"("best_of":0)", R"("best_of":"2")", R"("n":129)", R"("stream":1)", R"("echo":"yes")"}) {
            const auto facts = completions().readRequest(R"({"model":"m",)" + QByteArray(members) + "}");
            QVERIFY2(!facts, members);
            QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
        }
        QVERIFY(completions().readRequest(R"({"model":"m","prompt":[{"file":1}]})")->inputUnbounded);
    }

    void embeddingsCostTheirInputAlone()
    {
        const QByteArray body =
            R"({"model":"text-embedding-3-small","input":["a","b"],"encoding_format":"base64"})";
        const auto facts = embeddings().readRequest(body);
        QVERIFY(facts);
        QVERIFY(!embeddings().hasOutput());
        QCOMPARE(facts->model, QStringLiteral("text-embedding-3-small"));
        QCOMPARE(facts->ceiling.value_or(-1), 0);
        QCOMPARE(facts->inputUpperBound, body.size() + hiddenInputTokens);
        QVERIFY(!facts->inputUnbounded);
        QVERIFY(embeddings()
                    .readRequest("{\"model\":\"m\",\"input\":[{\"image\":\"http://a\"}]}")
                    ->inputUnbounded);
        QVERIFY(!embeddings().readRequest(R"({"input":"a"})"));
    }

    void freeRequestsAreNotRead()
    {
        const auto facts = dialect("/moderations").readRequest("not even JSON");
        QVERIFY(facts);
        QCOMPARE(facts->inputUpperBound, 0);
        QCOMPARE(facts->ceiling.value_or(-1), 0);
    }

    void twoMegabytesAreReadInOnePass()
    {
        const QByteArray message = R"({"role":"user","content":[{"type":"text","text":)"
                                   "\""
            + QByteArray(20000, 'x') + "\"}]}";
        QByteArray body = R"({"model":"gpt-4o","messages":[)" + message;
        for (int i = 0; i < 100; ++i)
            body += ',' + message;
        body += R"(],"stream":true})";
        QVERIFY(chat().readRequest(body));
        QBENCHMARK
        {
            QVERIFY(chat().readRequest(body)->stream);
        }
    }
};

QTEST_GUILESS_MAIN(TestRequests)
#include "tst_dialects_requests.moc"
