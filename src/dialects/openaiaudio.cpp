#include "dialects/openaiaudio.h"

#include "dialects/formfields.h"
#include "dialects/jsonwalk.h"
#include "dialects/openairequest.h"
#include "dialects/textcount.h"

#include <array>
#include <QtEndian>

namespace lbp {
namespace {

using namespace std::string_view_literals;

/// Tokens of a second of recorded sound, above every rate in use (about seventeen).
constexpr qint64 audioTokensPerSecond = 32;

namespace speech {
enum Field { Model, Input, StreamFormat, Instructions };
constexpr std::array<QByteArrayView, 4> names{"model", "input", "stream_format", "instructions"};
} // namespace speech

namespace form {
enum Field { Model, Stream, Prompt };
constexpr std::array<QByteArrayView, 3> names{"model", "stream", "prompt"};
} // namespace form

struct AudioPayload
{
    QByteArray type; ///< of an event
    bool error = false;
    bool hasUsage = false;
    QByteArray usageType;
    std::optional<qint64> input, text, audio, output;
    std::optional<qint64> milliseconds; ///< "seconds" of a duration, rounded up
    bool unreadable = false;
    TextCount written;
};

/// Seconds as a number with decimals, in milliseconds, a fraction counting as a whole one.
std::optional<qint64> milliseconds(QByteArrayView number)
{
    const qsizetype dot = number.indexOf('.');
    const QByteArrayView whole = dot < 0 ? number : number.first(dot);
    QByteArray fraction = dot < 0 ? QByteArray() : number.sliced(dot + 1).toByteArray();
    if (fraction.contains('e') || fraction.contains('E') || whole.startsWith('-'))
        return std::nullopt;
    const bool more = fraction.size() > 3 && fraction.sliced(3).count('0') != fraction.size() - 3;
    fraction = fraction.left(3).leftJustified(3, '0');
    const std::optional<qint64> seconds = jsonInteger(whole);
    bool isNumber = false;
    const qint64 thousandths = fraction.toLongLong(&isNumber);
    if (!seconds || !isNumber || *seconds > 1'000'000'000)
        return std::nullopt;
    return *seconds * 1000 + thousandths + (more ? 1 : 0);
}

bool readAudioUsage(ondemand::value &value, AudioPayload &out)
{
    out.hasUsage = jsonTypeOf(value) == JsonType::object;
    return jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
        if (key == "type"sv)
            out.usageType = jsonView(jsonInside(inner)).toByteArray();
        else if (key == "input_tokens"sv)
            readJsonCount(inner, out.input, out.unreadable);
        else if (key == "output_tokens"sv)
            readJsonCount(inner, out.output, out.unreadable);
        else if (key == "seconds"sv && jsonTypeOf(inner) == JsonType::number) {
            out.milliseconds = milliseconds(jsonView(rawScalar(inner)));
            out.unreadable |= !out.milliseconds;
        } else if (key == "input_token_details"sv || key == "input_tokens_details"sv)
            return jsonMembers(inner, [&](std::string_view part, ondemand::value &count) {
                if (part == "text_tokens"sv)
                    readJsonCount(count, out.text, out.unreadable);
                else if (part == "audio_tokens"sv)
                    readJsonCount(count, out.audio, out.unreadable);
                return true;
            });
        return true;
    });
}

bool readAudioPayload(QByteArrayView json, AudioPayload &out)
{
    JsonScratch scratch(json);
    ondemand::object object;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_object().get(object) != simdjson::SUCCESS)
        return false;
    eachJsonMember(object, [&](std::string_view key, ondemand::value &value) {
        if (key == "usage"sv)
            return readAudioUsage(value, out);
        if (key == "type"sv)
            out.type = jsonView(jsonInside(value)).toByteArray();
        else if (key == "error"sv)
            out.error = jsonTypeOf(value) != JsonType::null;
        else if (key == "text"sv || key == "delta"sv)
            out.written.addEscaped(jsonView(jsonInside(value)));
        return true;
    });
    return true;
}

/// \param outputIsSound what was made is spoken, so its tokens are those of sound
Result<UsageReport> reportOf(const AudioPayload &payload, bool outputIsSound)
{
    constexpr qint64 absurd = 1'000'000'000'000;
    if (!payload.hasUsage)
        return fail(ErrorCode::NotFound, QStringLiteral("the answer has no usage"));
    bool bad = payload.unreadable;
    for (const std::optional<qint64> &count : {payload.input, payload.text, payload.audio, payload.output})
        bad |= count && (*count < 0 || *count > absurd);
    if (bad)
        return fail(ErrorCode::InvalidUsage, QStringLiteral("usage: a count is impossible"));
    using enum BillingClass;
    UsageReport report;
    if (payload.milliseconds) {
        report.usage[AudioSecond] = (*payload.milliseconds + 999) / 1000;
        return report;
    }
    if (!payload.input && !payload.output)
        return fail(ErrorCode::NotFound, QStringLiteral("the answer has no usage"));
    report.usage[AudioInput] = payload.audio.value_or(0);
    report.usage[UncachedInput] = std::max(
        {qint64(0), payload.text.value_or(0), payload.input.value_or(0) - payload.audio.value_or(0)});
    report.usage[outputIsSound ? AudioOutput : Output] = payload.output.value_or(0);
    return report;
}

/// Both kinds of streams: pieces, then an event "….done" with the usage.
class AudioMeter : public StreamMeter
{
public:
    AudioMeter(bool outputIsSound, qint64 mostOutput)
        : m_outputIsSound(outputIsSound)
        , m_mostOutput(mostOutput)
    {
    }
    bool onEvent(QByteArrayView type, QByteArrayView data) override
    {
        m_sawError |= type == "error";
        if (data.trimmed() == "[DONE]") {
            m_sawEnd = true;
            return false;
        }
        AudioPayload payload;
        if (data.trimmed().isEmpty() || !readAudioPayload(data.trimmed(), payload))
            return false;
        const QByteArray name = payload.type.isEmpty() ? type.toByteArray() : payload.type;
        m_sawError |= payload.error || name == "error";
        if (name.endsWith(".delta")) {
            m_sawContent = true;
            if (!m_outputIsSound)
                m_text += payload.written;
        }
        if (!name.endsWith(".done"))
            return false;
        m_sawContent = true;
        m_sawEnd |= name == "speech.audio.done" || name == "transcript.text.done";
        if (const Result<UsageReport> report = reportOf(payload, m_outputIsSound))
            m_report = *report;
        return false;
    }
    std::optional<UsageReport> report() const override { return m_report; }
    qint64 outputTokensAtLeast() const override
    {
        return m_report ? m_report->usage.outputTokens() : m_text.tokensAtLeast();
    }
    qint64 outputTokensEstimate() const override
    {
        if (m_report)
            return m_report->usage.outputTokens();
        return m_outputIsSound ? (m_sawContent ? m_mostOutput : 0)
                               : std::max(m_text.tokensAtLeast(), m_text.tokensLikely());
    }
    bool sawContent() const override { return m_sawContent; }
    bool sawEnd() const override { return m_sawEnd; }
    bool sawError() const override { return m_sawError; }
    QByteArray endAtCeiling(const Usage &) const override { return {}; }

private:
    const bool m_outputIsSound;
    const qint64 m_mostOutput;
    TextCount m_text;
    bool m_sawContent = false, m_sawEnd = false, m_sawError = false;
    std::optional<UsageReport> m_report;
};

} // namespace

bool OpenAiSpeech::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/audio/speech";
}

Result<RequestFacts> OpenAiSpeech::read(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, speech::names);
    if (!request)
        return tl::unexpected(request.error());
    const auto model = requestedModel(*request, speech::Model);
    if (!model)
        return tl::unexpected(model.error());
    const auto input = request->string(speech::Input);
    if (!input)
        return tl::unexpected(input.error());
    const auto format = request->string(speech::StreamFormat);
    if (!format)
        return tl::unexpected(format.error());
    RequestFacts facts;
    facts.model = *model;
    facts.stream = *format == u"sse";
    facts.wantsUsage = true;
    facts.mayWriteCache = facts.mayWriteCacheLong = false;
    facts.inputUpperBound = call.body.size() + hiddenInputTokens;
    facts.asksAudio = true;
    facts.speechCharacters = input->toUcs4().size();
    facts.ceiling = facts.speechCharacters * speechTokensPerCharacter + hiddenInputTokens;
    facts.fixedCeilingReason = QStringLiteral("speech has no output limit");
    return facts;
}

Result<RewrittenCall> OpenAiSpeech::rewritten(const Call &call, const BodyChanges &changes) const
{
    BodyChanges possible = changes;
    possible.askForUsage = false;
    return rewrittenBody(
        editedOpenAiRequest(call.body, possible, {.names = speech::names, .model = speech::Model}));
}

Result<UsageReport> OpenAiSpeech::readUsage(const QByteArray &body) const
{
    AudioPayload payload;
    if (!readAudioPayload(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("sound has no usage"));
    return reportOf(payload, true);
}

std::unique_ptr<StreamMeter> OpenAiSpeech::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<AudioMeter>(true, facts.ceiling.value_or(0));
}

qint64 mostSeconds(const QByteArray &magic, qint64 bytes)
{
    const auto holds = [&](qsizetype at, QByteArrayView what) {
        return magic.size() >= at + what.size() && QByteArrayView(magic).sliced(at, what.size()) == what;
    };
    qint64 bytesPerSecond = 500; // Opus and its like, at four kilobits a second
    if (holds(0, "RIFF") && holds(8, "WAVE") && holds(12, "fmt ") && magic.size() >= 32) {
        const auto rate = qFromLittleEndian<quint32>(magic.constData() + 28);
        bytesPerSecond = std::max<qint64>(bytesPerSecond, rate);
    } else if (holds(0, "ID3")
               || (magic.size() > 1 && uchar(magic[0]) == 0xff && (uchar(magic[1]) & 0xe0) == 0xe0)) {
        bytesPerSecond = 1000; // MP3 has no rate below eight kilobits
    } else if (holds(0, "fLaC")) {
        bytesPerSecond = 1000;
    }
    return (bytes + bytesPerSecond - 1) / bytesPerSecond;
}

bool OpenAiTranscriptions::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && (path == "/audio/transcriptions" || path == "/audio/translations");
}

Result<RequestFacts> OpenAiTranscriptions::read(const Call &call) const
{
    const auto asked =
        readForm(call.headers ? call.headers->value("content-type") : QByteArray(), call.body, form::names);
    if (!asked)
        return tl::unexpected(asked.error());
    const auto model = asked->value(form::Model);
    if (!model)
        return tl::unexpected(model.error());
    if (!*model || (*model)->trimmed().isEmpty())
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("You must provide the \"model\" field of the form, a text."));
    const auto stream = asked->value(form::Stream);
    if (!stream)
        return tl::unexpected(stream.error());
    RequestFacts facts;
    facts.model = QString::fromUtf8(**model);
    facts.stream = *stream && (*stream)->toLower() == "true";
    facts.wantsUsage = true;
    facts.mayWriteCache = facts.mayWriteCacheLong = false;
    facts.asksAudio = true;
    facts.audioSeconds = mostSeconds(asked->firstFile, asked->fileBytes);
    facts.inputUpperBound =
        facts.audioSeconds * audioTokensPerSecond + hiddenInputTokens + call.body.size() - asked->fileBytes;
    facts.fixedCeilingReason = QStringLiteral("a transcription has no output limit");
    return facts;
}

Result<RewrittenCall> OpenAiTranscriptions::rewritten(const Call &call, const BodyChanges &changes) const
{
    if (changes.ceiling)
        return fail(ErrorCode::InvalidRequest, QStringLiteral("This API has no limit for its output."));
    const auto asked =
        readForm(call.headers ? call.headers->value("content-type") : QByteArray(), call.body, form::names);
    if (!asked)
        return tl::unexpected(asked.error());
    ByteEdits edits;
    for (const FormField &field : asked->fields) {
        if (field.name == form::Model && field.begin >= 0 && changes.model)
            edits.replace(field.begin, field.begin + field.value.size(), changes.model->toUtf8());
    }
    return RewrittenCall{edits.applied(call.body), {}};
}

Result<UsageReport> OpenAiTranscriptions::readUsage(const QByteArray &body) const
{
    AudioPayload payload;
    if (!QByteArrayView(body).trimmed().startsWith('{') || !readAudioPayload(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    return reportOf(payload, false);
}

qint64 OpenAiTranscriptions::estimateOutput(const QByteArray &body) const
{
    AudioPayload payload;
    if (QByteArrayView(body).trimmed().startsWith('{') && readAudioPayload(body, payload))
        return payload.written.tokensLikely();
    TextCount whole;
    whole.addPlain(body);
    return whole.tokensLikely();
}

std::unique_ptr<StreamMeter> OpenAiTranscriptions::meter(const RequestFacts &, bool) const
{
    return std::make_unique<AudioMeter>(false, 0);
}

} // namespace lbp
