#include "dialects/geminimeter.h"

#include "wire/json.h"

#include <algorithm>

namespace lbp {
namespace {

constexpr qint64 mostCandidates =
    256; ///< indices above are not tracked, so that no chunk can make memory grow
/// Speech is sent as 24 kHz 16-bit samples in base64 and counted at 25 tokens a second.
constexpr qint64 base64PerAudioToken = 2'560;
constexpr qint64 tokensPerImage = 1'290; ///< as documented for an image of 1,024 pixels a side

QString text(QByteArrayView raw)
{
    return raw.isEmpty() ? QString() : jsonString(raw).value_or(QString());
}

qint64 likely(const TextCount &text, qint64 audioBytes, qint64 images)
{
    return text.tokensLikely() + (audioBytes + base64PerAudioToken - 1) / base64PerAudioToken
        + images * tokensPerImage;
}

QByteArray number(qint64 n)
{
    return QByteArray::number(n);
}

QByteArray details(QByteArrayView name, qint64 text, qint64 audio, qint64 image)
{
    if (audio == 0 && image == 0)
        return {};
    QByteArray list;
    const auto add = [&list](QByteArrayView modality, qint64 count) {
        if (count > 0)
            list += (list.isEmpty() ? "{\"modality\":\"" : ",{\"modality\":\"") + modality.toByteArray()
                + "\",\"tokenCount\":" + number(count) + '}';
    };
    add("TEXT", text);
    add("AUDIO", audio);
    add("IMAGE", image);
    return ",\"" + name.toByteArray() + "\":[" + list + ']';
}

QByteArray usageMember(const Usage &usage)
{
    using enum BillingClass;
    const qint64 input = usage.inputTokens();
    const qint64 output = usage.outputTokens();
    return "\"usageMetadata\":{\"promptTokenCount\":" + number(input) + ",\"candidatesTokenCount\":"
        + number(output - usage[Reasoning]) + ",\"totalTokenCount\":" + number(input + output)
        + ",\"cachedContentTokenCount\":" + number(usage[CachedInput])
        + ",\"thoughtsTokenCount\":" + number(usage[Reasoning])
        + details("promptTokensDetails", input - usage[AudioInput], usage[AudioInput], 0)
        + details("candidatesTokensDetails", usage[Output], usage[AudioOutput], usage[ImageOutput]) + '}';
}

} // namespace

GeminiMeter::GeminiMeter(const RequestFacts &facts)
    : m_form(facts.streamForm)
    , m_requestedModel(jsonQuoted(facts.model))
{
}

bool GeminiMeter::onEvent(QByteArrayView, QByteArrayView data)
{
    GeminiPayload chunk;
    const QByteArrayView trimmed = data.trimmed();
    if (trimmed.isEmpty() || !readGeminiPayload(trimmed, chunk))
        return false;
    m_sawError |= chunk.error;
    m_blocked |= chunk.blocked;
    m_text += chunk.text;
    m_audioBytes += chunk.audioBytes;
    m_images += chunk.images;
    m_sawContent |= chunk.text.bytes > 0 || chunk.audioBytes > 0 || chunk.images > 0;
    const auto keep = [](QByteArray &own, QByteArrayView seen) {
        if (seen.size() > 2 && own != seen)
            own = seen.toByteArray();
    };
    keep(m_modelVersion, chunk.modelVersion);
    keep(m_responseId, chunk.responseId);
    keep(m_serviceTier, chunk.serviceTier);
    for (const GeminiPayload::Candidate &each : chunk.candidates) {
        if (each.index < 0 || each.index >= mostCandidates)
            continue;
        const auto at = size_t(each.index);
        if (at >= m_candidates.size())
            m_candidates.resize(at + 1);
        m_candidates[at].seen = true;
        m_candidates[at].finished = each.finished;
        // Grounding is told again as it grows.
        m_candidates[at].searches = qMax(m_candidates[at].searches, each.searches);
    }
    if (chunk.hasUsage)
        takeUsage(chunk.usage);
    return false;
}

void GeminiMeter::takeUsage(const GeminiUsage &usage)
{
    // Impossible counts are never booked, and zeros at the end do not undo what was said before.
    if (!usage.saysAnything() || usage.isZero())
        return;
    GeminiUsage next = m_usage;
    next.update(usage);
    const Result<Usage> counted = normalised(next);
    if (!counted)
        return;
    m_usage = next;
    m_counted = *counted;
}

bool GeminiMeter::isWhole() const
{
    const bool any =
        std::any_of(m_candidates.begin(), m_candidates.end(), [](const Candidate &c) { return c.seen; });
    return m_blocked
        || (any && std::none_of(m_candidates.begin(), m_candidates.end(), [](const Candidate &c) {
                return c.seen && !c.finished;
            }));
}

std::optional<UsageReport> GeminiMeter::report() const
{
    if (!m_counted)
        return std::nullopt;
    UsageReport report{.usage = *m_counted,
                       .serviceTier = text(m_serviceTier),
                       .model = text(m_modelVersion),
                       .responseId = text(m_responseId)};
    report.countsCalls = true;
    for (const Candidate &each : m_candidates)
        report.usage[BillingClass::WebSearchCall] += each.searches;
    if (!isWhole()) {
        report.isEstimated = true;
        const qint64 unseen = outputTokensEstimate() - report.usage.outputTokens();
        report.usage[BillingClass::Output] += qMax<qint64>(0, unseen);
    }
    return report;
}

qint64 GeminiMeter::outputTokensAtLeast() const
{
    return qMax(m_counted ? m_counted->outputTokens() : 0, m_text.tokensAtLeast());
}

qint64 GeminiMeter::outputTokensEstimate() const
{
    // The whole counts of a finished answer are better than any guess; before, a chunk may be ahead of them.
    if (m_counted && isWhole())
        return outputTokensAtLeast();
    return qMax(outputTokensAtLeast(), likely(m_text, m_audioBytes, m_images));
}

QByteArray GeminiMeter::endAtCeiling(const Usage &soFar) const
{
    QByteArray candidates;
    const auto finish = [&candidates](size_t index) {
        candidates += (candidates.isEmpty() ? "" : ",")
            + QByteArray("{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":"
                         "\"MAX_TOKENS\",\"index\":")
            + number(qint64(index)) + '}';
    };
    if (m_candidates.empty())
        finish(0);
    for (size_t i = 0; i < m_candidates.size(); ++i) {
        if (m_candidates[i].seen && !m_candidates[i].finished)
            finish(i);
    }
    QByteArray element = "{\"candidates\":[" + candidates + "]," + usageMember(soFar)
        + ",\"modelVersion\":" + (m_modelVersion.isEmpty() ? m_requestedModel : m_modelVersion);
    if (!m_responseId.isEmpty())
        element += ",\"responseId\":" + m_responseId;
    element += '}';
    return m_form == StreamForm::JsonArray ? element : "data: " + element + "\r\n\r\n";
}

Result<UsageReport> readGeminiUsage(const QByteArray &body)
{
    GeminiPayload payload;
    if (!readGeminiPayload(body, payload, GeminiPart::UsageAlone))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    UsageReport report{.usage = {},
                       .serviceTier = text(payload.serviceTier),
                       .model = text(payload.modelVersion),
                       .responseId = text(payload.responseId)};
    report.countsCalls = true;
    const Result<Usage> usage = normalised(payload.usage);
    if (!usage)
        return tl::unexpected(usage.error());
    report.usage = *usage;
    for (const GeminiPayload::Candidate &each : payload.candidates)
        report.usage[BillingClass::WebSearchCall] += each.searches;
    return report;
}

qint64 estimateGeminiOutput(const QByteArray &body)
{
    GeminiPayload payload;
    if (readGeminiPayload(body, payload))
        return likely(payload.text, payload.audioBytes, payload.images);
    if (!QByteArrayView(body).trimmed().startsWith('{'))
        return 0;
    TextCount whole;
    whole.addPlain(body);
    return whole.tokensLikely();
}

} // namespace lbp
