// Requests of Google's API: paths, facts, changes, errors.
#include "dialects/geminigenerate.h"
#include "dialects/geminipath.h"
#include "dialects/geminirequest.h"
#include "unit/dialects/support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray askPath = "/v1beta/models/gemini-2.5-pro:generateContent";
const QByteArray streamPath = "/v1beta/models/gemini-2.5-pro:streamGenerateContent";

const Dialect &generate()
{
    return dialect(askPath.constData());
}

const Dialect &embed()
{
    return dialect("/v1beta/models/gemini-embedding-001:embedContent");
}

Call callTo(const QByteArray &path, const QByteArray &body, QByteArrayView query = {})
{
    Call call;
    call.path = path;
    call.query = query;
    call.body = body;
    return call;
}

/// The facts of a request with \a members beside its contents.
Result<RequestFacts> factsWith(const QByteArray &members)
{
    return generate().read(
        callTo(askPath, "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]" + members + "}"));
}

Result<RequestFacts> factsWithPart(const QByteArray &part)
{
    return generate().read(callTo(askPath, "{\"contents\":[{\"parts\":[" + part + "]}]}"));
}

} // namespace

class TestGeminiRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyKnownPathsAreClaimed_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("endpoint"); // empty: not claimed
        const auto row = [](const char *method, const char *path, const char *endpoint) {
            QTest::addRow("%s %s", method, path)
                << QByteArray(method) << QByteArray(path) << QString::fromLatin1(endpoint);
        };
        row("POST", "/v1beta/models/gemini-2.5-pro:generateContent", "generateContent");
        row("POST", "/v1beta/models/gemini-2.5-pro:streamGenerateContent", "generateContent");
        row("POST", "/v1alpha/models/gemini-2.5-pro:generateContent", "generateContent");
        row("POST", "/models/gemini-2.5-pro:generateContent", "generateContent"); // what /v1/ leaves
        row("POST", "/v1beta/tunedModels/mine-1:generateContent", "generateContent");
        row("POST", "/v1beta/models/gemini%2D2.5%2Dpro%3AgenerateContent", "generateContent");
        row("POST", "/v1beta/models/gemini-embedding-001:embedContent", "embedContent");
        row("POST", "/v1beta/models/gemini-embedding-001:batchEmbedContents", "embedContent");
        row("POST", "/v1beta/models/gemini-2.5-pro:countTokens", "countTokens");
        row("GET", "/v1beta/models", "models");
        row("HEAD", "/v1beta/models", "models");
        row("GET", "/v1beta/models/gemini-2.5-pro", "models");
        row("GET", "/v1beta/tunedModels", "models");
        row("GET", "/models", "models");
        row("GET", "/v1beta/cachedContents", "stored");
        row("GET", "/v1beta/cachedContents/abc", "stored");
        row("DELETE", "/v1beta/cachedContents/abc", "stored");
        row("GET", "/v1beta/files/abc", "stored");
        row("POST", "/upload/v1beta/files", "stored");
        // What costs money, or may, and cannot be metered.
        row("POST", "/v1beta/cachedContents", "");
        row("PATCH", "/v1beta/cachedContents/abc", "");
        row("DELETE", "/v1beta/cachedContents", "");
        row("POST", "/v1beta/models/gemini-2.5-pro:batchGenerateContent", "");
        row("POST", "/v1beta/models/imagen-4.0-generate-001:predict", "");
        row("POST", "/v1beta/models/veo-3:predictLongRunning", "");
        row("POST", "/v1beta/models/gemini-embedding-001:asyncBatchEmbedContent", "");
        row("POST", "/v1beta/tunedModels", "");
        row("POST", "/v1beta/interactions", "");
        row("POST", "/v1beta/corpora/x:query", "");
        row("GET", "/v1beta/models/gemini-2.5-pro:generateContent", "");
        // What might be read in two ways.
        row("POST", "/v1beta/models/a:generateContent:countTokens", "");
        row("POST", "/v1beta/models/a:countTokens%3AgenerateContent", "");
        row("POST", "/v1beta/models/a%253AgenerateContent", "");
        row("POST", "/v1beta/models/a%3", "");
        row("POST", "/v1beta/models/a%zz:generateContent", "");
        row("POST", "/v1beta/models/a%3F:generateContent", "");
        row("POST", "/v1beta/models/x/y:generateContent", "");
        row("POST", "/v1beta/models/:generateContent", "");
        row("POST", "/v1beta/models:generateContent", "");
        row("POST", "/v1beta/other/x:generateContent", "");
        row("POST", "/v1beta2/models/x:generateContent", "");
        row("POST", "/v1betamodels/x:generateContent", "");
        row("POST", "v1beta/models/x:generateContent", "");
    }
    void onlyKnownPathsAreClaimed()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QString, endpoint);
        const Dialect *const found = DialectSet::all().find(method, path, Api::Gemini);
        if (endpoint.isEmpty()) {
            QVERIFY(!found || found->api() != Api::Gemini);
            return;
        }
        QVERIFY(found);
        QCOMPARE(found->api(), Api::Gemini);
        QCOMPARE(found->endpoint(), endpoint);
        const bool free = endpoint == u"countTokens" || endpoint == u"models" || endpoint == u"stored";
        QCOMPARE(found->metering(), free ? Metering::Free : Metering::Metered);
        QCOMPARE(found->meteredPath().isEmpty(), free);
    }

    void nothingThatMakesTextPassesAsFree()
    {
        for (const char *path :
             {"/v1beta/models/m:generateContent", "/models/m:generateContent",
              "/v1beta/models/m%3AgenerateContent", "/v1beta/models/m:streamGenerateContent"}) {
            for (const Api api : {Api::OpenAi, Api::Anthropic, Api::Gemini}) {
                const Dialect *const found = DialectSet::all().find("POST", path, api);
                QVERIFY2(found && found->metering() == Metering::Metered, path);
            }
        }
    }

    void theModelStandsInThePath_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("model"); // empty: refused
        QTest::newRow("plain") << askPath << QStringLiteral("gemini-2.5-pro");
        QTest::newRow("encoded") << QByteArray("/v1beta/models/gemini%2d2.5%2Dpro%3agenerateContent")
                                 << QStringLiteral("gemini-2.5-pro");
        QTest::newRow("tuned") << QByteArray("/v1beta/tunedModels/mine:generateContent")
                               << QStringLiteral("tunedModels/mine");
        QTest::newRow("a space") << QByteArray("/v1beta/models/a%20b:generateContent") << QString();
        QTest::newRow("a quote") << QByteArray("/v1beta/models/a%22b:generateContent") << QString();
        QTest::newRow("not ASCII") << QByteArray("/v1beta/models/%C3%A9:generateContent") << QString();
    }
    void theModelStandsInThePath()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, model);
        const auto facts = generate().read(callTo(path, "{}"));
        QCOMPARE(facts.has_value(), !model.isEmpty());
        if (facts)
            QCOMPARE(facts->model, model);
        else
            QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
    }

    void everyFieldThatMovesCostIsRead()
    {
        const QByteArray body =
            " { "
            "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],\"service\\u0054ier\":\"FLEX\","
            "\n"
            "\"generationConfig\":{\"temperature\":1,\"maxOutputTokens\":200,\"candidateCount\":3,"
            "\"thinkingConfig\":{\"thinkingBudget\":1024}},\"safetySettings\":[{\"maxOutputTokens\":7}] } ";
        const auto facts = generate().read(callTo(streamPath, body, "alt=sse&key=x"));
        QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->model, QStringLiteral("gemini-2.5-pro"));
        QVERIFY(facts->stream);
        QVERIFY(facts->wantsUsage); // it comes unasked
        QCOMPARE(facts->streamForm, StreamForm::Events);
        QCOMPARE(facts->ceiling.value_or(-1), 200);
        QCOMPARE(facts->choices, 3);
        QCOMPARE(facts->serviceTier, QStringLiteral("flex"));
        QCOMPARE(facts->inputUpperBound, body.size() + hiddenInputTokens);
        QVERIFY(!facts->inputUnbounded);
        QVERIFY(!facts->asksAudio);
        QVERIFY(!facts->mayWriteCache && !facts->mayWriteCacheLong);
        QCOMPARE(facts->webSearches, 0);
    }

    void bothSpellingsAreRead()
    {
        const auto facts =
            factsWith(",\"generation_config\":{\"max_output_tokens\":\"64\",\"candidate_count\":2,"
                      "\"response_modalities\":[\"audio\"]},\"service_tier\":\"priority\","
                      "\"cached_content\":\"cachedContents/x\"");
        QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->ceiling.value_or(-1), 64);
        QCOMPARE(facts->choices, 2);
        QVERIFY(facts->asksAudio);
        QCOMPARE(facts->serviceTier, QStringLiteral("priority"));
        QVERIFY(facts->inputUnbounded);
    }

    void whatIsAbsentNullOrZeroHasItsDefault_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::newRow("absent") << QByteArray();
        QTest::newRow("null") << QByteArray(
            ",\"generationConfig\":null,\"tools\":null,\"cachedContent\":null");
        QTest::newRow("empty") << QByteArray(",\"generationConfig\":{},\"tools\":[]");
        QTest::newRow("null inside") << QByteArray(",\"generationConfig\":{\"maxOutputTokens\":null,"
                                                   "\"candidateCount\":null,\"responseModalities\":null}");
        QTest::newRow("zero") << QByteArray(
            ",\"generationConfig\":{\"maxOutputTokens\":0,\"candidateCount\":0}");
        QTest::newRow("text only") << QByteArray(",\"generationConfig\":{\"responseModalities\":[\"TEXT\"]}");
        QTest::newRow("a tool that is null") << QByteArray(",\"tools\":[{\"googleSearch\":null}]");
        QTest::newRow("functions") << QByteArray(
            ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}]");
    }
    void whatIsAbsentNullOrZeroHasItsDefault()
    {
        QFETCH(QByteArray, members);
        const auto facts = factsWith(members);
        QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
        QVERIFY(!facts->stream);
        QVERIFY(!facts->ceiling);
        QCOMPARE(facts->choices, 1);
        QVERIFY(facts->serviceTier.isEmpty());
        QVERIFY(!facts->asksAudio);
        QVERIFY(!facts->inputUnbounded);
        QCOMPARE(facts->webSearches, 0);
    }

    void theFormOfAStreamIsInTheQuery_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<bool>("events");
        QTest::newRow("events") << streamPath << QByteArray("alt=sse") << true << true;
        QTest::newRow("encoded") << streamPath << QByteArray("a=b&%24%61lt=s%73e") << true << true;
        QTest::newRow("array") << streamPath << QByteArray() << true << false;
        QTest::newRow("array by name") << streamPath << QByteArray("alt=json") << true << false;
        QTest::newRow("whole") << askPath << QByteArray("prettyPrint=false") << false << false;
        QTest::newRow("one event") << askPath << QByteArray("alt=sse") << true << true;
    }
    void theFormOfAStreamIsInTheQuery()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, query);
        QFETCH(bool, stream);
        QFETCH(bool, events);
        const auto facts = generate().read(callTo(path, "{}", query));
        QVERIFY(facts);
        QCOMPARE(facts->stream, stream);
        QCOMPARE(facts->streamForm == StreamForm::Events, events);
    }

    void answersThatHideTheirCostAreRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"alt=proto", "$alt=media", "%24alt=proto", "fields=candidates", "$fields=x",
                                  "callback=f", "alt=sse&alt=json"})
            QTest::newRow(query) << QByteArray(query);
    }
    void answersThatHideTheirCostAreRefused()
    {
        QFETCH(QByteArray, query);
        const auto facts = generate().read(callTo(askPath, "{}", query));
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
        QVERIFY(!embed().read(callTo("/v1beta/models/e:embedContent", "{}", query)));
    }

    void aFieldMaskIsRefused()
    {
        HeaderList headers;
        headers.add("X-Goog-FieldMask", "candidates.content");
        Call call = callTo(askPath, "{}");
        call.headers = &headers;
        QCOMPARE(generate().read(call).error().code, ErrorCode::InvalidRequest);
    }

    void toolsAddWhatTheyMayCost_data()
    {
        QTest::addColumn<QByteArray>("tools");
        QTest::addColumn<bool>("searches");
        QTest::addColumn<bool>("unbounded");
        QTest::newRow("search") << QByteArray("[{\"googleSearch\":{}}]") << true << true;
        QTest::newRow("snake") << QByteArray("[{\"google_search\":{}}]") << true << true;
        QTest::newRow("older search") << QByteArray("[{\"googleSearchRetrieval\":{}}]") << true << true;
        QTest::newRow("maps") << QByteArray("[{\"googleMaps\":{}}]") << true << true;
        QTest::newRow("addresses") << QByteArray("[{\"urlContext\":{}}]") << false << true;
        QTest::newRow("code") << QByteArray("[{\"codeExecution\":{}}]") << false << true;
        QTest::newRow("both") << QByteArray(
            "[{\"functionDeclarations\":[]},{\"url_context\":{},\"googleSearch\":{}}]")
                              << true << true;
        QTest::newRow("not in a list") << QByteArray("{\"googleSearch\":{}}") << true << true;
        QTest::newRow("not known") << QByteArray("[{\"tomorrow\":{}}]") << true << true;
        QTest::newRow("escaped") << QByteArray("[{\"google\\u0053earch\":{}}]") << true << true;
    }
    void toolsAddWhatTheyMayCost()
    {
        QFETCH(QByteArray, tools);
        QFETCH(bool, searches);
        QFETCH(bool, unbounded);
        const auto facts = factsWith(",\"generationConfig\":{\"candidateCount\":2},\"tools\":" + tools);
        QVERIFY(facts);
        QCOMPARE(facts->webSearches, searches ? 2 * geminiSearchesUpperBound : 0);
        QCOMPARE(facts->inputUnbounded, unbounded);
    }

    void mediaIsBounded_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<int>("images");
        QTest::addColumn<bool>("audio");
        QTest::addColumn<bool>("unbounded");
        const auto row = [](const char *name, const char *part, int images, bool audio, bool unbounded) {
            QTest::newRow(name) << QByteArray(part) << images << audio << unbounded;
        };
        row("text", "{\"text\":\"inlineData\"}", 0, false, false);
        row("image", "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}", 1, false, false);
        row("snake", "{\"inline_data\":{\"data\":\"AAAA\",\"mime_type\":\"image/png\"}}", 1, false, false);
        row("escaped slash", "{\"inlineData\":{\"mimeType\":\"image\\/png\",\"data\":\"AAAA\"}}", 1, false,
            false);
        row("sound", "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"AAAA\"}}", 0, true, false);
        row("plain text", "{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"AAAA\"}}", 0, false,
            false);
        row("video", "{\"inlineData\":{\"mimeType\":\"video/mp4\",\"data\":\"AAAA\"}}", 0, false, true);
        row("document", "{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"AAAA\"}}", 0, false,
            true);
        row("no type", "{\"inlineData\":{\"data\":\"AAAA\"}}", 0, false, true);
        row("two types",
            "{\"inlineData\":{\"mimeType\":\"image/png\",\"mime_type\":\"video/mp4\",\"data\":\"AAAA\"}}", 0,
            false, true);
        row("a file", "{\"fileData\":{\"fileUri\":\"https://example.com/v\"}}", 0, false, true);
        row("a file, snake", "{\"file_data\":{\"file_uri\":\"files/x\"}}", 0, false, true);
        row("escaped name", "{\"file\\u0044ata\":{}}", 0, false, true);
        row("not known", "{\"tomorrow\":{}}", 0, false, true);
        row("a flag not known", "{\"text\":\"x\",\"tomorrow\":true}", 0, false, false);
        row("a call", "{\"functionCall\":{\"name\":\"f\",\"args\":{\"inlineData\":{}}}}", 0, false, false);
        row("an answer", "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"fileData\":1}}}", 0, false,
            false);
        row("an answer with an image",
            "{\"functionResponse\":{\"response\":{},\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\","
            "\"data\":\"AAAA\"}}]}}",
            1, false, false);
        row("an answer with a file", "{\"functionResponse\":{\"parts\":[{\"fileData\":{}}]}}", 0, false,
            true);
    }
    void mediaIsBounded()
    {
        QFETCH(QByteArray, part);
        QFETCH(int, images);
        QFETCH(bool, audio);
        QFETCH(bool, unbounded);
        for (const char *frame : {"{\"contents\":[{\"parts\":[%]}]}", "{\"contents\":{\"parts\":%}}",
                                  "{\"system_instruction\":{\"parts\":[{\"text\":\"a\"},%]}}"}) {
            const QByteArray body = QByteArray(frame).replace('%', part);
            const auto facts = generate().read(callTo(askPath, body));
            QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
            QCOMPARE(facts->inputUpperBound,
                     body.size() + hiddenInputTokens + images * (geminiImageTokensUpperBound - 4));
            QCOMPARE(facts->asksAudio, audio);
            QCOMPARE(facts->inputUnbounded, unbounded);
        }
    }

    /// An image in the arguments of a function is text to the model, so its bytes count.
    void imagesAreOnlyWhereTheModelSeesThem()
    {
        const QByteArray part =
            "{\"functionResponse\":{\"response\":{\"inlineData\":{\"mimeType\":\"image/png\","
            "\"data\":\""
            + QByteArray(100'000, 'A') + "\"}}}}";
        const auto facts = factsWithPart(part);
        QVERIFY(facts);
        QVERIFY(facts->inputUpperBound > 100'000);
    }

    void whatTheProviderWouldRefuseNamesTheField_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const char *members, const char *named) {
            QTest::newRow(name) << QByteArray(members) << QString::fromLatin1(named);
        };
        row("config is text", ",\"generationConfig\":\"x\"", "\"generationConfig\"");
        row("two configs", ",\"generationConfig\":{\"maxOutputTokens\":1},\"generationConfig\":{}",
            "\"generationConfig\"");
        row("both spellings", ",\"generationConfig\":{},\"generation_config\":{}", "\"generationConfig\"");
        row("both spellings inside", ",\"generationConfig\":{\"maxOutputTokens\":1,\"max_output_tokens\":9}",
            "\"maxOutputTokens\"");
        row("ceiling is text", ",\"generationConfig\":{\"maxOutputTokens\":\"many\"}", "\"maxOutputTokens\"");
        row("ceiling is half a token", ",\"generationConfig\":{\"maxOutputTokens\":1.5}",
            "\"maxOutputTokens\"");
        row("ceiling is a list", ",\"generationConfig\":{\"maxOutputTokens\":[5]}", "\"maxOutputTokens\"");
        row("too many candidates", ",\"generationConfig\":{\"candidateCount\":1000}", "\"candidateCount\"");
        row("fewer than none", ",\"generationConfig\":{\"candidateCount\":-1}", "\"candidateCount\"");
        row("tier is a number", ",\"serviceTier\":1", "\"serviceTier\"");
        row("another model", ",\"model\":\"models/gemini-3-pro\"", "gemini-2.5-pro");
    }
    void whatTheProviderWouldRefuseNamesTheField()
    {
        QFETCH(QByteArray, members);
        QFETCH(QString, named);
        const auto facts = factsWith(members);
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
        QVERIFY2(facts.error().detail.contains(named), qPrintable(facts.error().detail));
    }

    void unreadableBodiesAreRefused()
    {
        for (const char *body : {"", "[]", "{\"contents\":[", "{} {}", "null"})
            QCOMPARE(generate().read(callTo(askPath, body)).error().code, ErrorCode::InvalidRequest);
    }

    void onlyTheNamedBytesChange_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("lowered", " {\"generationConfig\" : { \"topK\":1, \"maxOutputTokens\" : 900 } , \"x\":[ 1 ]}",
            " {\"generationConfig\" : { \"topK\":1, \"maxOutputTokens\" : 5 } , \"x\":[ 1 ]}");
        row("snake", "{\"generation_config\":{\"max_output_tokens\":900}}",
            "{\"generation_config\":{\"max_output_tokens\":5}}");
        row("mixed", "{\"generation_config\":{\"maxOutputTokens\":\"900\"}}",
            "{\"generation_config\":{\"maxOutputTokens\":5}}");
        row("no ceiling", "{\"generationConfig\":{\"topK\":1},\"contents\":[]}",
            "{\"generationConfig\":{\"maxOutputTokens\":5,\"topK\":1},\"contents\":[]}");
        row("empty config", "{\"generationConfig\":{ }}", "{\"generationConfig\":{\"maxOutputTokens\":5 }}");
        row("no config", "{\"contents\":[]}",
            "{\"generationConfig\":{\"maxOutputTokens\":5},\"contents\":[]}");
        row("nothing", "{}", "{\"generationConfig\":{\"maxOutputTokens\":5}}");
        row("null config", "{\"generationConfig\":null}", "{\"generationConfig\":{\"maxOutputTokens\":5}}");
        row("null ceiling", "{\"generationConfig\":{\"maxOutputTokens\":null}}",
            "{\"generationConfig\":{\"maxOutputTokens\":5}}");
        row("null in the other spelling", "{\"generation_config\":null,\"generationConfig\":{\"topK\":1}}",
            "{\"generation_config\":null,\"generationConfig\":{\"maxOutputTokens\":5,\"topK\":1}}");
        row("null in one spelling inside",
            "{\"generationConfig\":{\"maxOutputTokens\":null,\"max_output_tokens\":9}}",
            "{\"generationConfig\":{\"maxOutputTokens\":null,\"max_output_tokens\":5}}");
        row("null in both", "{\"generation_config\":null,\"generationConfig\":null}",
            "{\"generation_config\":{\"maxOutputTokens\":5},\"generationConfig\":null}");
        row("a nested name is another", "{\"tools\":[{\"generationConfig\":{\"maxOutputTokens\":9}}]}",
            "{\"generationConfig\":{\"maxOutputTokens\":5},\"tools\":[{\"generationConfig\":{"
            "\"maxOutputTokens\":9}}]}");
        row("an escaped name", "{\"generationConfi\\u0067\":{\"maxOutput\\u0054okens\":9}}",
            "{\"generationConfi\\u0067\":{\"maxOutput\\u0054okens\":5}}");
    }
    void onlyTheNamedBytesChange()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        BodyChanges changes;
        changes.ceiling = 5;
        const auto edited = generate().rewritten(callTo(askPath, before), changes);
        QVERIFY2(edited.has_value(), edited ? "" : qPrintable(edited.error().detail));
        QCOMPARE(edited->body, after);
        QVERIFY(!edited->path);
        const auto again = generate().read(callTo(askPath, after));
        QVERIFY(again);
        QCOMPARE(again->ceiling.value_or(-1), 5);
        QCOMPARE(generate().rewritten(callTo(askPath, before), {})->body, before);
    }

    void aDowngradeChangesThePath_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("version kept") << askPath << QStringLiteral("gemini-2.5-flash")
                                      << QByteArray("/v1beta/models/gemini-2.5-flash:generateContent");
        QTest::newRow("no version") << QByteArray("/models/gemini-2.5-pro:streamGenerateContent")
                                    << QStringLiteral("gemini-2.5-flash")
                                    << QByteArray("/models/gemini-2.5-flash:streamGenerateContent");
        QTest::newRow("encoded") << QByteArray("/v1alpha/models/gemini%2D2.5-pro%3AgenerateContent")
                                 << QStringLiteral("m") << QByteArray("/v1alpha/models/m:generateContent");
        QTest::newRow("to a tuned one") << askPath << QStringLiteral("tunedModels/mine")
                                        << QByteArray("/v1beta/tunedModels/mine:generateContent");
        QTest::newRow("from a tuned one")
            << QByteArray("/v1beta/tunedModels/mine:generateContent") << QStringLiteral("m")
            << QByteArray("/v1beta/models/m:generateContent");
        QTest::newRow("no name for a path") << askPath << QStringLiteral("a b") << QByteArray();
        QTest::newRow("a name that leaves the path")
            << askPath << QStringLiteral("models/..") << QByteArray();
        QTest::newRow("of another provider") << askPath << QStringLiteral("openai/gpt-4o") << QByteArray();
    }
    void aDowngradeChangesThePath()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, model);
        QFETCH(QByteArray, after);
        BodyChanges changes;
        changes.model = model;
        const QByteArray body = "{ \"contents\": [] }";
        const auto edited = generate().rewritten(callTo(path, body), changes);
        QCOMPARE(edited.has_value(), !after.isEmpty());
        if (!edited)
            return;
        QCOMPARE(edited->path.value_or(QByteArray()), after);
        QCOMPARE(edited->body, body);
    }

    void aModelInTheBodyFollowsThePath()
    {
        BodyChanges changes;
        changes.model = QStringLiteral("small");
        QCOMPARE(generate()
                     .rewritten(callTo("/v1beta/models/big:generateContent", "{\"model\":\"models/big\"}"),
                                changes)
                     ->body,
                 "{\"model\":\"models/small\"}");
        const QByteArray batch =
            "{\"requests\" : [ {\"model\":\"models/big\",\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
            "{\"content\":{\"parts\":[{\"text\":\"]\"}]},\"model\" : \"models/big\"} ]}";
        const auto edited =
            embed().rewritten(callTo("/v1beta/models/big:batchEmbedContents", batch), changes);
        QVERIFY(edited);
        QCOMPARE(edited->body, QByteArray(batch).replace("models/big", "models/small"));
        QCOMPARE(edited->path.value_or(QByteArray()), "/v1beta/models/small:batchEmbedContents");
    }

    void embeddingsAreInputAlone()
    {
        const QByteArray body =
            "{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
            "{\"model\":\"models/e\",\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":"
            "\"image/png\",\"data\":\"AAAA\"}}]}}]}";
        const auto facts = embed().read(callTo("/models/e:batchEmbedContents", body));
        QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->model, QStringLiteral("e"));
        QCOMPARE(facts->ceiling.value_or(-1), 0);
        QVERIFY(!facts->stream);
        QCOMPARE(facts->inputUpperBound, body.size() + hiddenInputTokens + geminiImageTokensUpperBound - 4);
        QVERIFY(!embed().hasOutput());
        QVERIFY(!embed().read(
            callTo("/models/e:batchEmbedContents", "{\"requests\":[{\"model\":\"models/other\"}]}")));
        QVERIFY(!embed().read(callTo("/models/e:batchEmbedContents", "{\"requests\":[7]}")));
        QVERIFY(!embed().read(callTo("/models/e:batchEmbedContents", "{\"requests\":{}}")));
        BodyChanges ceiling;
        ceiling.ceiling = 5;
        QVERIFY(!embed().rewritten(callTo("/models/e:embedContent", "{}"), ceiling));
    }

    void eachErrorHasTheStatusThatSdksKnow_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("http");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("reason");
        const auto row = [](ErrorCode code, int http, const char *status, const char *reason) {
            QTest::addRow("%s", reason)
                << int(code) << http << QString::fromLatin1(status) << QString::fromLatin1(reason);
        };
        row(ErrorCode::InvalidRequest, 400, "INVALID_ARGUMENT", "INVALID_REQUEST");
        row(ErrorCode::ModelNotPriced, 400, "INVALID_ARGUMENT", "MODEL_NOT_PRICED");
        row(ErrorCode::InvalidApiKey, 401, "UNAUTHENTICATED", "API_KEY_INVALID");
        row(ErrorCode::BudgetExceeded, 402, "FAILED_PRECONDITION", "BUDGET_EXCEEDED");
        row(ErrorCode::Paused, 402, "FAILED_PRECONDITION", "PAUSED");
        row(ErrorCode::ModelNotAllowed, 403, "PERMISSION_DENIED", "MODEL_NOT_ALLOWED");
        row(ErrorCode::PathNotMetered, 403, "PERMISSION_DENIED", "PATH_NOT_METERED");
        row(ErrorCode::NotFound, 404, "NOT_FOUND", "NOT_FOUND");
        row(ErrorCode::BodyTooLarge, 413, "INVALID_ARGUMENT", "BODY_TOO_LARGE");
        row(ErrorCode::RateLimited, 429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED");
        row(ErrorCode::Internal, 500, "INTERNAL", "INTERNAL_ERROR");
        row(ErrorCode::UpstreamUnreachable, 502, "UNAVAILABLE", "UPSTREAM_UNREACHABLE");
        row(ErrorCode::ShuttingDown, 503, "UNAVAILABLE", "SHUTTING_DOWN");
        row(ErrorCode::UpstreamTimeout, 504, "DEADLINE_EXCEEDED", "UPSTREAM_TIMEOUT");
    }
    void eachErrorHasTheStatusThatSdksKnow()
    {
        QFETCH(int, code);
        QFETCH(int, http);
        QFETCH(QString, status);
        QFETCH(QString, reason);
        const Error error{ErrorCode(code), QStringLiteral("Why: \"quoted\"\nand a line")};
        const ErrorShape &shape = DialectSet::all().errors(Api::Gemini);
        const QByteArray body = shape.body(error, "req_1");
        const QJsonObject found = QJsonDocument::fromJson(body).object().value(u"error").toObject();
        QCOMPARE(found.value(u"code").toInt(), http);
        QCOMPARE(found.value(u"message").toString(), error.detail);
        QCOMPARE(found.value(u"status").toString(), status);
        const QJsonObject info = found.value(u"details").toArray().at(0).toObject();
        QCOMPARE(info.value(u"reason").toString(), reason);
        QCOMPARE(info.value(u"metadata").toObject().value(u"requestId").toString(), QStringLiteral("req_1"));

        // In a stream it is one data block: no other field, no comment, no line feed in it.
        const QByteArray event = shape.streamEvent(error);
        QVERIFY(event.startsWith("data: {\"error\":{"));
        QVERIFY(event.endsWith("}}\r\n\r\n"));
        QCOMPARE(event.count('\n'), 2);
        const auto meter = generate().meter({}, false);
        meter->onEvent({}, event.sliced(6));
        QVERIFY(meter->sawError());
    }

    void theRefusalNamesThePaths()
    {
        QVERIFY(DialectSet::all().meteredPaths().join(u' ').contains(QStringLiteral(":generateContent")));
        QVERIFY(DialectSet::all().meteredPaths().join(u' ').contains(QStringLiteral(":embedContent")));
    }
};

QTEST_GUILESS_MAIN(TestGeminiRequests)
#include "tst_gemini_requests.moc"
