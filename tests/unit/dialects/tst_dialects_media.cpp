// Images, speech and transcriptions: what they may cost, what they report, and forms that stay as they are.
#include "core/price.h"
#include "dialects/openaiaudio.h"
#include "dialects/openairesponses.h"
#include "unit/dialects/support.h"
#include "wire/sse.h"

#include <QtEndian>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray formType = "multipart/form-data; boundary=B";

QByteArray field(const QByteArray &name, const QByteArray &value)
{
    return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

QByteArray fileField(const QByteArray &name, const QByteArray &data)
{
    return "--B\r\nContent-Disposition: form-data; name=\"" + name
        + "\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n" + data + "\r\n";
}

/// A call with a form; the fields live as long as this.
struct Form
{
    explicit Form(const QByteArray &bytes)
        : body(bytes + "--B--\r\n")
    {
        headers.add("Content-Type", formType);
    }
    [[nodiscard]] Call call() const
    {
        return {.method = "POST", .path = {}, .query = {}, .headers = &headers, .body = body};
    }
    HeaderList headers;
    QByteArray body;
};

QByteArray wav(quint32 bytesPerSecond, qsizetype dataBytes)
{
    QByteArray head = "RIFF....WAVEfmt " + QByteArray(28, '\0');
    qToLittleEndian(bytesPerSecond, head.data() + 28);
    return head + QByteArray(dataBytes - head.size(), 'x');
}

std::unique_ptr<StreamMeter> metered(const Dialect &dialect, const QByteArray &bytes,
                                     const RequestFacts &facts = {})
{
    auto meter = dialect.meter(facts, false);
    SseParser parser([&](const SseParser::Event &event) {
        if (event.hasData)
            meter->onEvent(event.type, event.data);
    });
    parser.feed(bytes);
    parser.finish();
    return meter;
}

} // namespace

class TestMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imagesOfDallEAreBilledByThePiece()
    {
        const Dialect &images = dialect("/images/generations");
        const auto facts = images.readRequest(
            "{\"model\":\"dall-e-3\",\"prompt\":\"x\",\"n\":2,\"quality\":\"hd\",\"size\":\"1024x1792\"}");
        QVERIFY(facts.has_value());
        QCOMPARE(facts->images, 2);
        QCOMPARE(facts->imageVariant, QStringLiteral("hd/1024x1792"));
        QCOMPARE(facts->ceiling, std::optional<qint64>(0));
        const auto plain = images.readRequest("{\"model\":\"dall-e-2\",\"prompt\":\"x\"}");
        QCOMPARE(plain->images, 1);
        QCOMPARE(plain->imageVariant, QStringLiteral("standard/1024x1024"));
        QVERIFY(!images.readUsage("{\"created\":1,\"data\":[{\"url\":\"https://example.com\"}]}"));
    }

    void otherImagesAreBilledByTokens()
    {
        const Dialect &images = dialect("/images/generations");
        const auto facts =
            images.readRequest("{\"model\":\"gpt-image-1\",\"prompt\":\"x\",\"n\":3,\"stream\":true}");
        QVERIFY(facts.has_value());
        QVERIFY(facts->stream);
        QCOMPARE(facts->choices, 3);
        QCOMPARE(facts->images, 0);
        QCOMPARE(facts->ceiling, std::optional<qint64>(generatedImageTokens));
        QVERIFY(!facts->fixedCeilingReason.isEmpty());

        const auto report = images.readUsage(
            "{\"created\":1,\"data\":[],\"usage\":{\"input_tokens\":350,\"input_tokens_details\":{\"text_"
            "tokens\":50,"
            "\"image_tokens\":300},\"output_tokens\":4160,\"total_tokens\":4510},\"svg_usage\":{\"model\":"
            "\"gpt-5.6-sol\","
            "\"input_tokens\":20,\"output_tokens\":90,\"reasoning_tokens\":30,\"total_tokens\":110}}");
        QVERIFY(report.has_value());
        using enum BillingClass;
        Usage expected;
        expected[UncachedInput] = 50;
        expected[ImageInput] = 300;
        expected[ImageOutput] = 4160;
        QCOMPARE(shown(report->usage), shown(expected));
        QCOMPARE(report->parts.size(), size_t(1));
        QCOMPARE(report->parts.front().model, QStringLiteral("gpt-5.6-sol"));
        QCOMPARE(shown(report->parts.front().usage),
                 shown(usageOf({.uncached = 20, .output = 60, .reasoning = 30})));
        Rates rates; // gpt-image-1: 5, 10 and 40 USD per million
        rates[UncachedInput] = 5'000'000;
        rates[ImageInput] = 10'000'000;
        rates[ImageOutput] = 40'000'000;
        QCOMPARE(cost(report->usage, rates)->toDecimal(), QStringLiteral("0.16965"));
    }

    void editsComeAsAFormOrAsJson()
    {
        const Dialect &edits = dialect("/images/edits");
        const Form form(field("model", "gpt-image-1") + field("prompt", "a hat") + field("n", "2")
                        + fileField("image[]", QByteArray(5'000, 'p'))
                        + fileField("mask", QByteArray(700, 'm')));
        const auto facts = edits.read(form.call());
        QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->model, QStringLiteral("gpt-image-1"));
        QCOMPARE(facts->choices, 2);
        QVERIFY(facts->inputUpperBound >= 2 * imageModelInputTokens);
        QVERIFY(facts->inputUpperBound < 2 * imageModelInputTokens + 2'000); // the files are no text
        const auto json = edits.readRequest("{\"model\":\"gpt-image-1\",\"prompt\":\"x\",\"images\":[{\"file_"
                                            "id\":\"f1\"},{\"image_url\":\"https://a\"}]}");
        QVERIFY(json->inputUpperBound >= 2 * imageModelInputTokens);
    }

    void imagesAreRefusedWithAReason_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *body :
             {"", "{}", "{\"model\":\"\"}", "{\"model\":\"m\",\"n\":0}", "{\"model\":\"m\",\"n\":11}",
              "{\"model\":\"m\",\"n\":\"2\"}", "{\"model\":\"m\",\"stream\":\"x\"}"})
            QTest::newRow(body) << QByteArray(body);
    }
    void imagesAreRefusedWithAReason()
    {
        QFETCH(QByteArray, body);
        const auto facts = dialect("/images/generations").readRequest(body);
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::InvalidRequest);
    }

    void theLastEventOfAnImageHasItsUsage()
    {
        const Dialect &images = dialect("/images/generations");
        const QByteArray partial =
            "event: image_generation.partial_image\ndata: {\"type\":\"image_generation.partial_image\","
            "\"b64_json\":\"AAAA\",\"partial_image_index\":0}\n\n";
        const QByteArray done =
            "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":"
            "\"AAAA\",\"usage\":{\"input_tokens\":9,\"output_tokens\":272,\"input_tokens_details\":"
            "{\"text_tokens\":9,\"image_tokens\":0}}}\n\n";
        const auto whole = metered(images, partial + done);
        QVERIFY(whole->sawEnd());
        QCOMPARE(whole->report()->usage[BillingClass::ImageOutput], 272);
        QCOMPARE(whole->report()->usage[BillingClass::UncachedInput], 9);
        const auto torn = metered(images, partial);
        QVERIFY(!torn->sawEnd());
        QVERIFY(!torn->report());
        QCOMPARE(torn->outputTokensEstimate(), generatedImageTokens); // what was begun is billed
        RequestFacts two;
        two.choices = 2;
        const auto half = metered(images, done, two);
        QVERIFY(!half->sawEnd());
        QCOMPARE(metered(images, done + done, two)->report()->usage[BillingClass::ImageOutput], 544);
        QVERIFY(metered(images, "event: error\ndata: {\"type\":\"error\",\"error\":{\"code\":\"x\"}}\n\n")
                    ->sawError());
    }

    void speechIsBoundedByItsText()
    {
        const Dialect &speech = dialect("/audio/speech");
        const auto facts = speech.readRequest(
            "{\"model\":\"tts-1\",\"voice\":\"alloy\",\"input\":\"h\\u00e9llo \\ud83d\\ude00\"}");
        QVERIFY(facts.has_value());
        QCOMPARE(facts->speechCharacters, 7); // characters, neither bytes nor halves of them
        QVERIFY(!facts->stream);
        QVERIFY(speech.answersInBytes());
        QVERIFY(speech.readRequest("{\"model\":\"m\",\"input\":\"x\",\"stream_format\":\"sse\"}")->stream);
        QVERIFY(!speech.readRequest("{\"input\":\"x\"}"));
        const auto meter =
            metered(speech,
                    "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}\n\ndata: "
                    "{\"type\":\"speech.audio.done\","
                    "\"usage\":{\"input_tokens\":14,\"output_tokens\":101,\"total_tokens\":115}}\n\n");
        QVERIFY(meter->sawEnd());
        QCOMPARE(shown(meter->report()->usage), shown(usageOf({.uncached = 14, .audioOut = 101})));
    }

    void aTranscriptionIsBoundedByItsFile_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("a WAV says its rate") << wav(32'000, 320'000) << qint64(10);
        QTest::newRow("a WAV that lies about it") << wav(1, 5'000) << qint64(10);
        QTest::newRow("MP3") << "ID3" + QByteArray(9'997, 'x') << qint64(10);
        QTest::newRow("MP3 without a tag") << "\xff\xfb" + QByteArray(9'998, 'x') << qint64(10);
        QTest::newRow("anything else") << QByteArray(5'000, 'x') << qint64(10);
        QTest::newRow("a begun second") << QByteArray(5'001, 'x') << qint64(11);
        QTest::newRow("nothing") << QByteArray() << qint64(0);
    }
    void aTranscriptionIsBoundedByItsFile()
    {
        QFETCH(QByteArray, data);
        QFETCH(qint64, seconds);
        const Form form(field("model", "whisper-1") + fileField("file", data)
                        + field("response_format", "srt"));
        const auto facts = dialect("/audio/transcriptions").read(form.call());
        QVERIFY(facts.has_value());
        QCOMPARE(facts->model, QStringLiteral("whisper-1"));
        QCOMPARE(facts->audioSeconds, seconds);
        QVERIFY(!facts->stream);
    }

    void aTranscriptionReportsTokensOrSeconds_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<qint64>("text");
        QTest::addColumn<qint64>("audio");
        QTest::addColumn<qint64>("output");
        QTest::addColumn<qint64>("seconds");
        const auto row = [](const char *name, const char *usage, qint64 text, qint64 audio, qint64 output,
                            qint64 seconds) {
            QTest::newRow(name) << "{\"text\":\"hello\",\"usage\":" + QByteArray(usage) + '}' << text << audio
                                << output << seconds;
        };
        row("tokens",
            "{\"type\":\"tokens\",\"input_tokens\":14,\"input_token_details\":{\"text_tokens\":4,\"audio_"
            "tokens\":10},"
            "\"output_tokens\":45,\"total_tokens\":59}",
            4, 10, 45, 0);
        row("seconds", "{\"type\":\"duration\",\"seconds\":12}", 0, 0, 0, 12);
        row("a begun second is a whole one", "{\"type\":\"duration\",\"seconds\":12.0001}", 0, 0, 0, 13);
        row("whole seconds with decimals", "{\"type\":\"duration\",\"seconds\":12.000}", 0, 0, 0, 12);
    }
    void aTranscriptionReportsTokensOrSeconds()
    {
        QFETCH(QByteArray, body);
        QFETCH(qint64, text);
        QFETCH(qint64, audio);
        QFETCH(qint64, output);
        QFETCH(qint64, seconds);
        const auto report = dialect("/audio/transcriptions").readUsage(body);
        QVERIFY(report.has_value());
        using enum BillingClass;
        QCOMPARE(report->usage[UncachedInput], text);
        QCOMPARE(report->usage[AudioInput], audio);
        QCOMPARE(report->usage[Output], output);
        QCOMPARE(report->usage[AudioSecond], seconds);
    }

    void whatIsImpossibleIsRefused()
    {
        const Dialect &audio = dialect("/audio/transcriptions");
        for (const char *usage :
             {"{\"type\":\"duration\",\"seconds\":-1}", "{\"type\":\"duration\",\"seconds\":1e99}",
              "{\"input_tokens\":-1,\"output_tokens\":1}", "{\"input_tokens\":1.5,\"output_tokens\":1}"}) {
            const auto report = audio.readUsage("{\"usage\":" + QByteArray(usage) + '}');
            QVERIFY2(!report, usage);
            QCOMPARE(report.error().code, ErrorCode::InvalidUsage);
        }
        for (const char *body :
             {"1\n00:00:00,000 --> 00:00:04,000\nhello\n", "hello", "{\"text\":\"hello\"}", ""})
            QCOMPARE(audio.readUsage(body).error().code, ErrorCode::NotFound);
        QCOMPARE(audio.estimateOutput("{\"text\":\"hello there\"}"), 3);
    }

    void theStreamOfATranscriptionIsMetered()
    {
        const Dialect &audio = dialect("/audio/transcriptions");
        const QByteArray delta = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"hello there\"}\n\n";
        const auto torn = metered(audio, delta);
        QVERIFY(torn->sawContent());
        QCOMPARE(torn->outputTokensEstimate(), 3);
        const auto whole = metered(
            audio,
            delta
                + "data: {\"type\":\"transcript.text.done\",\"text\":\"hello there\",\"usage\":{\"type\":"
                  "\"tokens\",\"input_tokens\":14,\"input_token_details\":{\"audio_tokens\":14},"
                  "\"output_tokens\":2}}\n\n");
        QVERIFY(whole->sawEnd());
        QCOMPARE(whole->report()->usage[BillingClass::AudioInput], 14);
        QCOMPARE(whole->outputTokensEstimate(), 2);
    }

    void aFormKeepsEveryOtherByte()
    {
        for (const char *path : {"/audio/transcriptions", "/images/edits"}) {
            const QByteArray file = QByteArray(3'000, '\0') + "--B name=\"model\"\r\n\r\nmodel-one";
            const Form form(fileField("file", file) + field("model", "model-one")
                            + field("future", "model-one"));
            BodyChanges changes;
            changes.model = QStringLiteral("model-two");
            const auto edited = dialect(path).rewritten(form.call(), changes);
            QVERIFY(edited.has_value());
            const Form expected(fileField("file", file) + field("model", "model-two")
                                + field("future", "model-one"));
            QCOMPARE(edited->body, expected.body);
            changes.ceiling = 5;
            QVERIFY(!dialect(path).rewritten(form.call(), changes));
        }
    }

    void aFormThatCannotBeReadIsRefused()
    {
        const Dialect &audio = dialect("/audio/transcriptions");
        const auto refused = [&](const Form &form) {
            const auto facts = audio.read(form.call());
            return !facts && facts.error().code == ErrorCode::InvalidRequest;
        };
        QVERIFY(refused(Form(fileField("file", "x")))); // no model
        QVERIFY(refused(Form(field("model", " "))));
        QVERIFY(refused(Form(field("model", "a") + field("model", "b"))));
        QVERIFY(refused(Form(field("model", QByteArray(70'000, 'm')))));
        QVERIFY(refused(Form("garbage")));
        QVERIFY(!audio.readRequest("{\"model\":\"whisper-1\"}")); // no form at all
        QVERIFY(audio.read(Form(field("model", "a") + field("model", "a")).call()).has_value());
    }
};

QTEST_GUILESS_MAIN(TestMedia)
#include "tst_dialects_media.moc"
