#include "dialects/anthropicmeter.h"

#include "wire/json.h"

#include <algorithm>

namespace lbp {
namespace {

constexpr size_t mostOpenBlocks = 65'536; ///< more are not tracked, so that no stream can make memory grow

QString text(const QByteArray &raw)
{
    return raw.isEmpty() ? QString() : jsonString(raw).value_or(QString());
}

QByteArray number(qint64 n)
{
    return QByteArray::number(n);
}

QByteArray event(const char *type, const QByteArray &members)
{
    return QByteArray("event: ") + type + "\ndata: {\"type\":\"" + type + '"' + members + "}\n\n";
}

QByteArray usageMember(const Usage &usage)
{
    using enum BillingClass;
    const qint64 input = usage[UncachedInput] + usage[AudioInput] + usage[ImageInput];
    return "\"usage\":{\"input_tokens\":" + number(input) + ",\"cache_creation_input_tokens\":"
        + number(usage[CacheWrite5m] + usage[CacheWrite1h]) + ",\"cache_read_input_tokens\":"
        + number(usage[CachedInput]) + ",\"output_tokens\":" + number(usage.outputTokens()) + "}";
}

} // namespace

AnthropicMeter::AnthropicMeter(const RequestFacts &facts)
    : m_requestedModel(jsonQuoted(facts.model))
{
}

bool AnthropicMeter::onEvent(QByteArrayView type, QByteArrayView data)
{
    m_sawError |= type == "error";
    AnthropicPayload payload;
    if (data.trimmed().isEmpty() || !readAnthropicPayload(data, payload))
        return false;
    m_sawError |= payload.error || payload.type == "error";
    m_started |= payload.type == "message_start";
    const auto keep = [](QByteArray &own, QByteArrayView seen) {
        if (seen.size() > 2 && own != seen)
            own = seen.toByteArray();
    };
    keep(m_id, payload.id);
    keep(m_model, payload.model);
    takeBlock(payload);
    takeText(payload);
    if (!payload.isWhole) // what broke off in the middle is neither a count nor an end
        return false;
    m_stopped |= payload.stopped && payload.type == "message_delta";
    m_sawEnd |= payload.type == "message_stop";
    if (payload.hasUsage)
        takeUsage(std::move(payload.usage));
    return false; // nothing here was asked for by us
}

void AnthropicMeter::takeBlock(const AnthropicPayload &payload)
{
    if (payload.index < 0)
        return;
    if (payload.type == "content_block_stop")
        m_open.erase(payload.index);
    else if (payload.type == "content_block_start" && m_open.size() < mostOpenBlocks)
        m_open.insert(payload.index);
}

void AnthropicMeter::takeText(const AnthropicPayload &payload)
{
    m_text += payload.text;
    m_thinking += payload.thinking;
    m_textPieces += payload.textPieces;
    m_contentPieces += payload.contentPieces;
    m_sealedBytes += payload.sealedBytes;
    m_hiddenThinking += payload.hiddenThinking;
    m_webSearches += payload.webSearches;
}

void AnthropicMeter::takeUsage(AnthropicUsage &&usage)
{
    if (!normalised(usage.counts)) // nothing, or impossible and never booked
        return;
    m_hasUsage = true;
    m_usage.update(std::move(usage));
}

std::optional<UsageReport> AnthropicMeter::report() const
{
    if (!m_hasUsage)
        return std::nullopt;
    const bool isFinal = m_stopped || m_sawEnd;
    AnthropicUsage usage = m_usage;
    if (!isFinal) {
        usage.counts.output = outputTokensEstimate();
        usage.counts.webSearches = std::max(usage.counts.webSearches.value_or(0), m_webSearches);
    }
    Result<UsageReport> report = anthropicReport(usage, text(m_model), text(m_id));
    if (!report) { // a pass is impossible: the counts of the whole stand
        usage.iterations.clear();
        report = anthropicReport(usage, text(m_model), text(m_id));
    }
    if (!report)
        return std::nullopt;
    report->isEstimated = !isFinal;
    return std::move(*report);
}

qint64 AnthropicMeter::outputTokensAtLeast() const
{
    const qint64 pieces = std::min(m_textPieces, m_text.bytes);
    const qint64 seen = m_text.tokensAtLeast() + m_thinking.tokensAtLeast();
    return std::max({m_usage.counts.output.value_or(0), pieces, seen});
}

qint64 AnthropicMeter::outputTokensEstimate() const
{
    AnthropicPayload seen;
    seen.text = m_text;
    seen.thinking = m_thinking;
    seen.sealedBytes = m_sealedBytes;
    seen.hiddenThinking = m_hiddenThinking;
    return std::max(outputTokensAtLeast(), likelyOutput(seen));
}

QByteArray AnthropicMeter::endAtCeiling(const Usage &soFar) const
{
    QByteArray out;
    if (m_sawEnd)
        return out;
    if (!m_started)
        out += event("message_start",
                     ",\"message\":{\"id\":\"msg_0\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                         + m_requestedModel + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                         + usageMember(soFar) + "}");
    for (const qint64 index : m_open)
        out += event("content_block_stop", ",\"index\":" + number(index));
    if (!m_stopped)
        out +=
            event("message_delta",
                  ",\"delta\":{\"stop_reason\":\"max_tokens\",\"stop_sequence\":null}," + usageMember(soFar));
    return out + event("message_stop", {});
}

} // namespace lbp
