#include "dialects/openairesponsesmeter.h"

#include "dialects/openaierrors.h"
#include "wire/json.h"

#include <algorithm>

namespace lbp {
namespace {

/// Audio is sent as 24 kHz 16-bit samples in base64 and counted at about 20 tokens a second.
constexpr qint64 base64PerAudioToken = 3'200;

QString text(QByteArrayView raw)
{
    return raw.isEmpty() ? QString() : jsonString(raw).value_or(QString());
}

QByteArray number(qint64 n)
{
    return QByteArray::number(n);
}

QByteArrayView inside(QByteArrayView quoted)
{
    return quoted.size() >= 2 ? quoted.sliced(1).chopped(1) : QByteArrayView();
}

QByteArray event(const char *type, qint64 sequence, const QByteArray &members)
{
    return "event: " + QByteArray(type) + "\ndata: {\"type\":\"" + type
        + "\",\"sequence_number\":" + number(sequence) + ',' + members + "}\n\n";
}

QByteArray usageMember(const Usage &usage)
{
    using enum BillingClass;
    const qint64 input = usage.inputTokens();
    const qint64 output = usage.outputTokens();
    return "\"usage\":{\"input_tokens\":" + number(input)
        + ",\"input_tokens_details\":{\"cached_tokens\":" + number(usage[CachedInput])
        + ",\"cache_write_tokens\":" + number(usage[CacheWrite5m] + usage[CacheWrite1h])
        + "},\"output_tokens\":" + number(output) + ",\"output_tokens_details\":{\"reasoning_tokens\":"
        + number(usage[Reasoning]) + "},\"total_tokens\":" + number(input + output) + '}';
}

} // namespace

Result<UsageReport> responsesReport(const ResponsesPayload &payload, const QString &imageModel)
{
    UsageReport report;
    report.serviceTier = text(payload.serviceTier);
    report.model = text(payload.model);
    report.responseId = text(payload.id);
    report.countsCalls = true;
    report.isBackground = payload.background;
    report.createdAtSeconds = jsonInteger(payload.createdAt).value_or(0);
    if (payload.isRunning()) {
        report.isPending = true;
        return report;
    }
    const QString named = text(payload.imageModel);
    const Result<Usage> usage = normalised(payload.usage);
    if (!usage)
        return tl::unexpected(usage.error());
    using enum BillingClass;
    report.usage = *usage;
    const qint64 searches = payload.webSearches.value_or(payload.webSearchItems);
    if (searches < 0)
        return fail(ErrorCode::InvalidUsage,
                    QStringLiteral("usage: %1 web searches are impossible").arg(searches));
    report.usage[WebSearchCall] = searches;
    report.usage[FileSearchCall] = payload.fileSearchItems;
    report.usage[CodeSessionCall] = payload.containers.size();
    const Result<Usage> images = normalised(payload.images);
    if (images)
        report.parts.push_back({!named.isEmpty()            ? named
                                    : !imageModel.isEmpty() ? imageModel
                                                            : QString(defaultImageModel),
                                *images});
    else if (images.error().code != ErrorCode::NotFound)
        return tl::unexpected(images.error());
    return report;
}

QByteArray responsesErrorEvent(const Error &error, ClientTool tool, qint64 sequence,
                               const QByteArray &response)
{
    const OpenAiErrorNames names = openAiErrorNames(error.code, tool);
    const QByteArray code = '"' + QByteArray(names.code ? names.code : names.type) + '"';
    const QByteArray message = jsonQuoted(error.detail);
    if (tool == ClientTool::Codex) {
        const QByteArray known = response.isEmpty()
            ? QByteArray("\"id\":\"resp_0\",\"object\":\"response\",\"created_at\":0")
            : response;
        return event("response.failed", sequence,
                     "\"response\":{" + known + ",\"status\":\"failed\",\"error\":{\"code\":" + code
                         + ",\"message\":" + message
                         + "},\"incomplete_details\":null,\"output\":[],\"usage\":null}");
    }
    // Clients differ in whether they look for the error beside the type or in an object of its own.
    const QByteArray members = "\"code\":" + code + ",\"message\":" + message + ",\"param\":null";
    return event("error", sequence, members + ",\"error\":{\"type\":\"" + names.type + "\"," + members + '}');
}

OpenAiResponsesMeter::OpenAiResponsesMeter(const RequestFacts &facts)
    : m_background(facts.background)
    , m_imageModel(facts.partsUpperBound.empty() ? QString() : facts.partsUpperBound.front().model)
    , m_model(jsonQuoted(facts.model))
{
}

bool OpenAiResponsesMeter::onEvent(QByteArrayView type, QByteArrayView data)
{
    const QByteArrayView trimmed = data.trimmed();
    if (trimmed == "[DONE]") {
        m_sawEnd = true;
        return false;
    }
    m_sawError |= type == "error";
    ResponsesEvent event;
    if (trimmed.isEmpty() || !readResponsesEvent(trimmed, event))
        return false;
    m_sawError |= event.isError;
    if (event.sequence && *event.sequence > m_lastSequence && *event.sequence < qint64(1) << 53)
        m_lastSequence = *event.sequence;
    const QByteArray name = (event.type.isEmpty() ? type : inside(event.type)).toByteArray();
    if (event.hasResponse)
        remember(event.response);
    if (name.endsWith(".delta"))
        takeDelta(event, name);
    else if (name == "response.completed" || name == "response.incomplete" || name == "response.failed"
             || name == "response.cancelled")
        takeTerminal(event, name);
    else if (name == "response.output_item.done" && !event.item.isEmpty())
        takeItem(event); // last: it reads another JSON text
    return false;
}

void OpenAiResponsesMeter::remember(const ResponsesPayload &response)
{
    const auto keep = [](QByteArray &own, QByteArrayView seen) {
        if (seen.size() > 2 && seen.size() < 1024 && own != seen)
            own = seen.toByteArray();
    };
    keep(m_id, response.id);
    keep(m_model, response.model);
    keep(m_serviceTier, response.serviceTier);
    if (!response.createdAt.isEmpty() && response.createdAt.size() < 64)
        m_createdAt = response.createdAt.toByteArray();
}

void OpenAiResponsesMeter::takeDelta(const ResponsesEvent &event, QByteArrayView type)
{
    const QByteArrayView delta = inside(event.delta);
    if (delta.isEmpty())
        return;
    m_deltaOutput = event.outputIndex;
    if (type == "response.audio.delta") {
        m_audioBytes += delta.size();
        ++m_pieces;
        return;
    }
    if (type.startsWith("response.reasoning_summary")) {
        m_summaries.addEscaped(delta);
        return;
    }
    m_text.addEscaped(delta);
    ++m_pieces;
    if (type != "response.output_text.delta" || m_keptTooMuch)
        return;
    const qint64 output = event.outputIndex.value_or(0);
    const qint64 content = event.contentIndex.value_or(0);
    if (m_openText.isEmpty() || output != m_openOutput || content != m_openContent) {
        m_openId = event.itemId.size() < 1024 ? event.itemId.toByteArray() : QByteArray();
        m_openText.clear();
        m_openOutput = output;
        m_openContent = content;
    }
    m_openText += delta;
    dropKept();
}

void OpenAiResponsesMeter::takeItem(const ResponsesEvent &event)
{
    const bool hadDeltas = event.outputIndex && event.outputIndex == m_deltaOutput;
    const QByteArray item = event.item.trimmed().toByteArray();
    if (event.outputIndex.value_or(0) == m_openOutput)
        m_openText.clear();
    if (!m_keptTooMuch) {
        m_items += m_items.isEmpty() ? item : ',' + item;
        dropKept();
    }
    ResponsesPayload one;
    if (!readResponsesPayload("{\"output\":[" + item + "]}", one))
        return;
    m_sealedBytes += one.sealedBytes;
    if (!hadDeltas) { // it came whole
        m_text += one.text;
        m_summaries += one.summaries;
        m_pieces += one.text.bytes > 0;
    }
}

void OpenAiResponsesMeter::dropKept()
{
    if (m_items.size() + m_openText.size() <= mostKept)
        return;
    m_keptTooMuch = true;
    m_items = QByteArray();
    m_openText = QByteArray();
}

void OpenAiResponsesMeter::takeTerminal(const ResponsesEvent &event, QByteArrayView type)
{
    m_sawEnd = true;
    m_isFinal = true;
    m_sawError |= type == "response.failed" || event.response.hasError;
    if (!event.response.hasUsage)
        return;
    // Impossible counts are never booked.
    Result<UsageReport> report = responsesReport(event.response, m_imageModel);
    if (!report || report->isPending)
        return;
    if (report->serviceTier.isEmpty())
        report->serviceTier = text(m_serviceTier);
    if (report->responseId.isEmpty())
        report->responseId = text(m_id);
    if (report->model.isEmpty())
        report->model = text(m_model);
    m_report = std::move(*report);
}

std::optional<UsageReport> OpenAiResponsesMeter::report() const
{
    if (m_report || !m_background || m_isFinal)
        return m_report;
    UsageReport pending;
    pending.isPending = true;
    pending.responseId = text(m_id);
    return pending;
}

qint64 OpenAiResponsesMeter::outputTokensAtLeast() const
{
    const qint64 exact = m_report ? m_report->usage.outputTokens() : 0;
    const qint64 pieces = qMin(m_pieces, m_text.bytes + m_audioBytes);
    return qMax(exact, qMax(pieces, m_text.tokensAtLeast()));
}

qint64 OpenAiResponsesMeter::reasoningEstimate() const
{
    // Four bytes of text a token, and base64 has a third more of them.
    return qMax(m_summaries.tokensLikely(), m_sealedBytes * 3 / 16);
}

qint64 OpenAiResponsesMeter::outputTokensEstimate() const
{
    const qint64 audio = (m_audioBytes + base64PerAudioToken - 1) / base64PerAudioToken;
    return qMax(outputTokensAtLeast(), m_text.tokensLikely() + audio + reasoningEstimate());
}

QByteArray OpenAiResponsesMeter::responseMembers() const
{
    QByteArray members = "\"id\":" + (m_id.isEmpty() ? QByteArray("\"resp_0\"") : m_id)
        + ",\"object\":\"response\",\"created_at\":" + (m_createdAt.isEmpty() ? QByteArray("0") : m_createdAt)
        + ",\"model\":" + m_model;
    if (!m_serviceTier.isEmpty())
        members += ",\"service_tier\":" + m_serviceTier;
    return members;
}

QByteArray OpenAiResponsesMeter::endAtCeiling(const Usage &soFar) const
{
    QByteArray out;
    if (m_sawEnd)
        return out;
    qint64 sequence = m_lastSequence;
    QByteArray items = m_items;
    if (!m_openText.isEmpty()) {
        // What is being written is closed as the API closes it.
        const QByteArray part =
            "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"" + m_openText + "\"}";
        const QByteArray id = m_openId.isEmpty() ? QByteArray("\"msg_0\"") : m_openId;
        const QByteArray item = "{\"id\":" + id
            + ",\"type\":\"message\",\"status\":\"incomplete\",\"role\":\"assistant\",\"content\":[" + part
            + "]}";
        const QByteArray place = "\"item_id\":" + id + ",\"output_index\":" + number(m_openOutput)
            + ",\"content_index\":" + number(m_openContent);
        out += event("response.output_text.done", ++sequence,
                     place + ",\"logprobs\":[],\"text\":\"" + m_openText + '"');
        out += event("response.content_part.done", ++sequence, place + ",\"part\":" + part);
        out += event("response.output_item.done", ++sequence,
                     "\"output_index\":" + number(m_openOutput) + ",\"item\":" + item);
        items += items.isEmpty() ? item : ',' + item;
    }
    out += event("response.incomplete", ++sequence,
                 "\"response\":{" + responseMembers()
                     + ",\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":"
                       "\"max_output_tokens\"},\"output\":["
                     + items + "]," + usageMember(soFar) + '}');
    return out;
}

QByteArray OpenAiResponsesMeter::errorEvent(const Error &error, ClientTool tool) const
{
    return responsesErrorEvent(error, tool, m_lastSequence + 1,
                               m_id.isEmpty() ? QByteArray() : responseMembers());
}

} // namespace lbp
