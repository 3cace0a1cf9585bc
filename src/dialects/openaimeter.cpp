#include "dialects/openaimeter.h"

#include "dialects/openaiinputtext.h"
#include "wire/json.h"

#include <algorithm>

namespace lbp {
namespace {

constexpr qint64 mostChoices =
    65'536; ///< indices above are not tracked, so that no chunk can make memory grow
/// Audio is sent as 24 kHz 16-bit samples in base64 and counted at about 20 tokens a second.
constexpr qint64 base64PerAudioToken = 3'200;

QString text(QByteArrayView raw)
{
    if (raw.isEmpty())
        return {};
    const bool isPlain = raw.size() >= 2 && std::all_of(raw.begin() + 1, raw.end() - 1, [](char c) {
                             return c >= 0x20 && c < 0x7f && c != '\\' && c != '"';
                         });
    if (isPlain && raw.startsWith('"') && raw.endsWith('"'))
        return QString::fromLatin1(raw.sliced(1).chopped(1));
    return jsonString(raw).value_or(QString());
}

qint64 likely(const TextCount &text, qint64 audioBytes)
{
    return text.tokensLikely() + (audioBytes + base64PerAudioToken - 1) / base64PerAudioToken;
}

QByteArray number(qint64 n)
{
    return QByteArray::number(n);
}

QByteArray usageMember(const Usage &usage)
{
    using enum BillingClass;
    const qint64 input = usage.inputTokens();
    const qint64 output = usage.outputTokens();
    return "\"usage\":{\"prompt_tokens\":" + number(input) + ",\"completion_tokens\":" + number(output)
        + ",\"total_tokens\":" + number(input + output)
        + ",\"prompt_tokens_details\":{\"cached_tokens\":" + number(usage[CachedInput])
        + "},\"completion_tokens_details\":{\"reasoning_tokens\":" + number(usage[Reasoning]) + "}}";
}

} // namespace

OpenAiMeter::OpenAiMeter(OpenAiStream kind, const RequestFacts &facts, bool usageWasAdded)
    : m_kind(kind)
    , m_usageWasAdded(usageWasAdded)
    , m_wantsUsage(facts.wantsUsage)
    , m_echoes(facts.echoesInput)
    , m_requestedModel(jsonQuoted(facts.model))
{
}

bool OpenAiMeter::onEvent(QByteArrayView type, QByteArrayView data)
{
    if (type == "error")
        m_sawError = true;
    QByteArrayView trimmed = data.trimmed();
    if (trimmed == "[DONE]") {
        m_sawEnd = true;
        return false;
    }
    if (trimmed.startsWith('[') && trimmed.endsWith(']')) // how Google's models wrap an error
        trimmed = trimmed.sliced(1).chopped(1).trimmed();
    OpenAiPayload chunk;
    if (trimmed.isEmpty() || !readOpenAiPayload(trimmed, chunk))
        return false;
    m_sawError |= chunk.error;
    m_text += chunk.text;
    if (m_listener) {
        for (const QByteArrayView inside : chunk.written)
            m_listener(jsonUnescaped(inside));
    }
    m_pieces += chunk.contentPieces;
    m_audioBytes += chunk.audioBytes;
    remember(chunk);
    const bool hide = m_usageWasAdded && chunk.emptyChoices && chunk.hasUsage;
    takeUsage(chunk); // last: it reads other JSON texts
    return hide;
}

void OpenAiMeter::remember(const OpenAiPayload &chunk)
{
    // Some providers open with a chunk whose names are empty strings.
    const auto keep = [](QByteArray &own, QByteArrayView seen) {
        if (seen.size() > 2 && own != seen)
            own = seen.toByteArray();
    };
    keep(m_id, chunk.id);
    keep(m_model, chunk.model);
    keep(m_serviceTier, chunk.serviceTier);
    if (m_created.isEmpty() && !chunk.created.isEmpty())
        m_created = chunk.created.toByteArray();
    for (const OpenAiPayload::Choice &choice : chunk.choices) {
        if (choice.index < 0 || choice.index >= mostChoices)
            continue;
        const auto at = size_t(choice.index);
        if (at >= m_choices.size())
            m_choices.resize(at + 1, Unseen);
        if (m_choices[at] != Finished)
            m_choices[at] = choice.finished ? Finished : Open;
    }
}

void OpenAiMeter::takeUsage(const OpenAiPayload &chunk)
{
    if (!chunk.usage.saysAnything())
        return;
    const Result<Usage> usage = normalised(chunk.usage);
    // Impossible counts are never booked, and zeros at the end do not undo what was said before.
    if (!usage || (usage->isZero() && m_report))
        return;
    m_report = UsageReport{*usage, text(m_serviceTier), text(m_model), text(m_id)};
    m_report->cost = chunk.usage.told.total();
}

qint64 OpenAiMeter::outputTokensAtLeast() const
{
    const qint64 exact = m_report ? m_report->usage.outputTokens() : 0;
    if (m_echoes)
        return exact;
    const qint64 pieces = qMin(m_pieces, m_text.bytes + m_audioBytes);
    return qMax(exact, qMax(pieces, m_text.tokensAtLeast()));
}

qint64 OpenAiMeter::outputTokensEstimate() const
{
    return qMax(outputTokensAtLeast(), likely(m_text, m_audioBytes));
}

void OpenAiMeter::appendChunk(QByteArray &out, const QByteArray &members) const
{
    const bool chat = m_kind == OpenAiStream::Chat;
    const QByteArray fallbackId = chat ? "\"chatcmpl-0\"" : "\"cmpl-0\"";
    out += "data: {\"id\":" + (m_id.isEmpty() ? fallbackId : m_id) + ",\"object\":\""
        + (chat ? "chat.completion.chunk" : "text_completion")
        + "\",\"created\":" + (m_created.isEmpty() ? QByteArray("0") : m_created)
        + ",\"model\":" + (m_model.isEmpty() ? m_requestedModel : m_model) + "," + members + "}\n\n";
}

QByteArray OpenAiMeter::endAtCeiling(const Usage &soFar) const
{
    QByteArray out;
    if (m_sawEnd)
        return out;
    const QByteArray usageNull = m_wantsUsage ? ",\"usage\":null" : "";
    const QByteArray content = m_kind == OpenAiStream::Chat ? "\"delta\":{}" : "\"text\":\"\"";
    const auto finish = [&](size_t index) {
        appendChunk(out,
                    "\"choices\":[{\"index\":" + number(qint64(index)) + "," + content
                        + ",\"logprobs\":null,\"finish_reason\":\"length\"}]" + usageNull);
    };
    if (m_choices.empty())
        finish(0);
    for (size_t i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i] == Open)
            finish(i);
    }
    if (m_wantsUsage)
        appendChunk(out, "\"choices\":[]," + usageMember(soFar));
    out += "data: [DONE]\n\n";
    return out;
}

Result<UsageReport> openAiReport(const OpenAiPayload &payload)
{
    const QString tier = text(payload.serviceTier);
    const QString model = text(payload.model);
    const QString id = text(payload.id);
    const Result<Usage> usage = normalised(payload.usage);
    if (!usage)
        return tl::unexpected(usage.error());
    UsageReport report{*usage, tier, model, id};
    report.cost = payload.usage.told.total();
    return report;
}

Result<UsageReport> readOpenAiUsage(const QByteArray &body)
{
    OpenAiPayload payload;
    if (!readOpenAiPayloadUsage(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    return openAiReport(payload);
}

qint64 estimateOpenAiOutput(const QByteArray &body)
{
    OpenAiPayload payload;
    if (readOpenAiPayload(body, payload))
        return likely(payload.text, payload.audioBytes);
    if (!QByteArrayView(body).trimmed().startsWith('{'))
        return 0;
    TextCount whole;
    whole.addPlain(body);
    return whole.tokensLikely();
}

} // namespace lbp
