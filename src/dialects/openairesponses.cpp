#include "dialects/openairesponses.h"

#include "dialects/openaichat.h"
#include "dialects/openaierrors.h"
#include "dialects/openairequest.h"
#include "dialects/openairesponsesinput.h"
#include "dialects/openairesponsesmeter.h"

#include <array>

namespace lbp {
namespace {

using Type = JsonMember::Type;

enum Field {
    Model,
    Stream,
    MaxOutputTokens,
    MaxToolCalls,
    ServiceTier,
    Background,
    Input,
    Tools,
    PreviousResponseId,
    Conversation,
    Prompt,
    CacheOptions,
    CacheRetention
};

constexpr std::array<QByteArrayView, 13> names{"model",
                                               "stream",
                                               "max_output_tokens",
                                               "max_tool_calls",
                                               "service_tier",
                                               "background",
                                               "input",
                                               "tools",
                                               "previous_response_id",
                                               "conversation",
                                               "prompt",
                                               "prompt_cache_options",
                                               "prompt_cache_retention"};

Status readModel(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto model = request.string(Model);
    if (!model)
        return tl::unexpected(model.error());
    const auto prompt = request.member(Prompt);
    if (!prompt)
        return tl::unexpected(prompt.error());
    if (model->isEmpty() && *prompt)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("The prompt template names the model where nobody here can read it; give "
                                   "\"model\" in the request as well, so that its cost can be counted."));
    const auto named = requestedModel(request, Model);
    if (!named)
        return tl::unexpected(named.error());
    facts.model = *named;
    facts.inputUnbounded |= *prompt != nullptr;
    return {};
}

Status readLimits(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto stream = request.boolean(Stream);
    if (!stream)
        return tl::unexpected(stream.error());
    const auto background = request.boolean(Background);
    if (!background)
        return tl::unexpected(background.error());
    const auto tier = request.string(ServiceTier);
    if (!tier)
        return tl::unexpected(tier.error());
    const auto limit = request.integer(MaxOutputTokens);
    if (!limit)
        return tl::unexpected(limit.error());
    facts.stream = *stream;
    facts.wantsUsage = true;
    facts.background = *background;
    facts.hasEffects = *background;
    facts.serviceTier = *tier;
    if (*limit && **limit >= 1) // below that it is "no limit" to compatible servers, and OpenAI refuses it
        facts.ceiling = **limit;
    return {};
}

Status readCaching(const OpenAiRequest &request, RequestFacts &facts)
{
    facts.mayWriteCacheLong = false;
    for (const int field : {int(CacheOptions), int(CacheRetention)}) {
        const auto asked = request.member(field);
        if (!asked)
            return tl::unexpected(asked.error());
        facts.mayWriteCacheLong |= *asked != nullptr;
    }
    return {};
}

Status readHistory(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto previous = request.member(PreviousResponseId);
    if (!previous)
        return tl::unexpected(previous.error());
    const auto conversation = request.member(Conversation);
    if (!conversation)
        return tl::unexpected(conversation.error());
    facts.inputUnbounded |= *previous || *conversation;
    facts.hasEffects |= *conversation != nullptr;
    facts.inputUpperBound = request.body().size() + hiddenInputTokens;
    const auto input = request.member(Input);
    if (!input)
        return tl::unexpected(input.error());
    if (!*input)
        return {};
    const ResponsesInput found = readResponsesInput(request.body(), (*input)->begin, (*input)->end);
    facts.inputUpperBound += found.images * imageTokensUpperBound - found.inlineImageBytes;
    facts.inputUnbounded |= found.unbounded;
    facts.asksAudio |= found.audio;
    return {};
}

Status readTools(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto most = request.integer(MaxToolCalls, 0, 1'000'000);
    if (!most)
        return tl::unexpected(most.error());
    const auto tools = request.member(Tools);
    if (!tools)
        return tl::unexpected(tools.error());
    if (!*tools)
        return {};
    const ResponsesTools offered = readResponsesTools(request.body(), (*tools)->begin, (*tools)->end);
    if (!offered.growInput())
        return {};
    const qint64 calls = most->value_or(assumedHostedCalls);
    facts.webSearches = offered.webSearch ? calls : 0;
    facts.fileSearches = offered.fileSearch ? calls : 0;
    facts.codeSessions = offered.codeSession && calls > 0 ? 1 : 0; // one container serves a whole response
    // Each call makes the model read on from the start, with what all calls before it gave.
    facts.inputPasses = calls + 1;
    facts.hostedInput = hostedResultTokens * calls * (calls + 1) / 2;
    facts.inputUnbounded |= offered.remote || offered.unknown;
    facts.hasEffects |= offered.remote || offered.unknown || offered.codeSession;
    if (offered.images && calls > 0) {
        UsagePart part;
        part.model = offered.imageModel.isEmpty() ? QString(defaultImageModel) : offered.imageModel;
        part.usage[BillingClass::ImageInput] = imageModelInputTokens * calls;
        part.usage[BillingClass::ImageOutput] = generatedImageTokens * calls;
        facts.partsUpperBound.push_back(std::move(part));
    }
    return {};
}

} // namespace

QByteArray OpenAiResponsesErrors::body(const Error &error, QByteArrayView requestId) const
{
    return OpenAiErrors().body(error, requestId);
}

QByteArray OpenAiResponsesErrors::streamEvent(const Error &error) const
{
    return streamAnswer(error, ClientTool::Unknown);
}

ErrorShape::Answer OpenAiResponsesErrors::answer(const Error &error, QByteArrayView requestId,
                                                 ClientTool tool) const
{
    return OpenAiErrors().answer(error, requestId, tool);
}

QByteArray OpenAiResponsesErrors::streamAnswer(const Error &error, ClientTool tool) const
{
    return responsesErrorEvent(error, tool, 0);
}

QString OpenAiResponses::endpoint() const
{
    return QStringLiteral("responses");
}

bool OpenAiResponses::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/responses";
}

Result<RequestFacts> OpenAiResponses::read(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    RequestFacts facts;
    for (const auto part : {readModel, readLimits, readCaching, readHistory, readTools}) {
        if (const Status done = part(*request, facts); !done)
            return tl::unexpected(done.error());
    }
    return facts;
}

Result<RewrittenCall> OpenAiResponses::rewritten(const Call &call, const BodyChanges &changes) const
{
    BodyChanges possible = changes;
    possible.askForUsage = false; // it always tells
    return rewrittenBody(editedOpenAiRequest(
        call.body, possible,
        {.names = names, .model = Model, .newCeiling = MaxOutputTokens, .oldCeiling = MaxOutputTokens}));
}

Result<UsageReport> OpenAiResponses::readUsage(const QByteArray &body) const
{
    ResponsesPayload payload;
    if (!readResponsesPayload(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    return responsesReport(payload);
}

qint64 OpenAiResponses::estimateOutput(const QByteArray &body) const
{
    ResponsesPayload payload;
    if (readResponsesPayload(body, payload))
        return payload.text.tokensLikely()
            + qMax(payload.summaries.tokensLikely(), payload.sealedBytes * 3 / 16);
    if (!QByteArrayView(body).trimmed().startsWith('{'))
        return 0;
    TextCount whole;
    whole.addPlain(body);
    return whole.tokensLikely();
}

std::unique_ptr<StreamMeter> OpenAiResponses::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<OpenAiResponsesMeter>(facts);
}

const ErrorShape *OpenAiResponses::errors() const
{
    static const OpenAiResponsesErrors shape;
    return &shape;
}

QString OpenAiCompact::endpoint() const
{
    return QStringLiteral("responses.compact");
}

bool OpenAiCompact::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/responses/compact";
}

Result<RequestFacts> OpenAiCompact::read(const Call &call) const
{
    Result<RequestFacts> facts = OpenAiResponses::read(call);
    if (!facts)
        return facts;
    facts->stream = false;
    facts->background = false;
    facts->ceiling.reset();
    facts->fixedCeilingReason = QStringLiteral("compaction takes no output limit");
    return facts;
}

Result<RewrittenCall> OpenAiCompact::rewritten(const Call &call, const BodyChanges &changes) const
{
    return rewrittenBody(editedOpenAiRequest(call.body, changes, {.names = names, .model = Model}));
}

QString OpenAiKeptResponses::endpoint() const
{
    return QStringLiteral("responses.kept");
}

bool OpenAiKeptResponses::claims(QByteArrayView method, QByteArrayView path) const
{
    if (method == "POST" && path == "/responses/input_tokens")
        return true;
    constexpr QByteArrayView prefix("/responses/");
    if (!path.startsWith(prefix) || path.size() == prefix.size())
        return false;
    const QByteArrayView rest = path.sliced(prefix.size());
    const qsizetype slash = rest.indexOf('/');
    if (slash < 0)
        return method == "GET" || method == "HEAD" || method == "DELETE";
    const QByteArrayView below = rest.sliced(slash + 1);
    return slash > 0
        && ((method == "GET" && below == "input_items") || (method == "POST" && below == "cancel"));
}

Result<UsageReport> OpenAiKeptResponses::readUsage(const QByteArray &body) const
{
    ResponsesPayload payload;
    if (!readResponsesPayload(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    return responsesReport(payload);
}

std::unique_ptr<StreamMeter> OpenAiKeptResponses::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<OpenAiResponsesMeter>(facts);
}

const ErrorShape *OpenAiKeptResponses::errors() const
{
    static const OpenAiResponsesErrors shape;
    return &shape;
}

} // namespace lbp
