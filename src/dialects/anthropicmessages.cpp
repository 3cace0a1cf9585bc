#include "dialects/anthropicmessages.h"

#include "dialects/anthropicinput.h"
#include "dialects/anthropicmeter.h"
#include "dialects/openairequest.h"

#include <array>

namespace lbp {
namespace {

using Type = JsonMember::Type;

enum Field {
    Model,
    MaxTokens,
    Stream,
    ServiceTier,
    Speed,
    InferenceGeo,
    Thinking,
    CacheControl,
    System,
    Messages,
    Tools,
    Container,
    McpServers,
    ContextManagement,
    Thread,
    Fallbacks,
};

constexpr std::array<QByteArrayView, 16> names{
    "model",       "max_tokens",         "stream", "service_tier", "speed", "inference_geo",
    "thinking",    "cache_control",      "system", "messages",     "tools", "container",
    "mcp_servers", "context_management", "thread", "fallbacks"};

/// No model gives more; above it nothing could be counted.
constexpr qint64 absurdCeiling = 1'000'000'000'000;

tl::unexpected<Error> invalid(const QString &detail)
{
    return fail(ErrorCode::InvalidRequest, detail);
}

Result<qint64> ceilingOf(const OpenAiRequest &request)
{
    const auto limit = request.integer(MaxTokens, 0, absurdCeiling);
    if (!limit)
        return tl::unexpected(limit.error());
    if (!*limit)
        return invalid(QStringLiteral("You must provide the \"max_tokens\" parameter, a whole number."));
    return **limit;
}

/// `thinking.budget_tokens`; 0: none.
Result<qint64> thinkingBudget(const OpenAiRequest &request)
{
    const auto thinking = request.member(Thinking, Type::Object);
    if (!thinking)
        return tl::unexpected(thinking.error());
    if (!*thinking)
        return 0;
    static constexpr std::array<QByteArrayView, 1> budgetName{"budget_tokens"};
    const auto inner = OpenAiRequest::read(request.raw(**thinking).toByteArray(), budgetName);
    if (!inner)
        return tl::unexpected(inner.error());
    const auto budget = inner->integer(0, 0, absurdCeiling);
    if (!budget)
        return tl::unexpected(budget.error());
    return budget->value_or(0);
}

Status readCeiling(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto ceiling = ceilingOf(request);
    if (!ceiling)
        return tl::unexpected(ceiling.error());
    const auto budget = thinkingBudget(request);
    if (!budget)
        return tl::unexpected(budget.error());
    facts.ceiling = *ceiling;
    facts.hasEffects = *ceiling == 0; // it is sent to fill the provider's cache
    if (*budget >= *ceiling && *budget > 0)
        facts.fixedCeilingReason = QStringLiteral("the thinking budget is not below max_tokens");
    else if (*budget > 0)
        facts.leastCeiling = *budget + 1;
    return {};
}

Status readPriceFields(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto tier = request.string(ServiceTier);
    if (!tier)
        return tl::unexpected(tier.error());
    const auto speed = request.string(Speed);
    if (!speed)
        return tl::unexpected(speed.error());
    const auto geo = request.string(InferenceGeo);
    if (!geo)
        return tl::unexpected(geo.error());
    facts.serviceTier = *speed == u"fast" ? *speed : *tier;
    facts.ratePercent = anthropicRatePercent(*geo);
    return {};
}

Status readInput(const OpenAiRequest &request, RequestFacts &facts)
{
    AnthropicInput input;
    const auto system = request.member(System);
    const auto messages = request.member(Messages, Type::Array);
    const auto cache = request.member(CacheControl, Type::Object);
    for (const auto &member : {system, messages, cache}) {
        if (!member)
            return tl::unexpected(member.error());
    }
    if (*system && (*system)->type != Type::String && (*system)->type != Type::Array)
        return invalid(QStringLiteral("Invalid type for \"system\": expected a string or an array."));
    for (const JsonMember *member : {*system, *messages}) {
        if (member)
            readAnthropicInput(request.body(), member->begin, member->end, input);
    }
    facts.inputUpperBound = request.body().size() + anthropicHiddenTokens
        + input.images * anthropicImageTokens - input.inlineBytes;
    facts.inputUnbounded |= input.unbounded;
    facts.mayWriteCache = input.writesCache || *cache;
    facts.mayWriteCacheLong = input.writesCacheLong || (*cache && mayCacheLong(request.raw(**cache)));
    return {};
}

/// What hosted tools may add, over all the rounds of their loop. A result is input of every later round, and
/// so is what the model wrote before.
void addHostedLoop(const AnthropicTools &tools, RequestFacts &facts)
{
    facts.inputUpperBound += tools.hiddenTokens;
    facts.inputUnbounded |= tools.unbounded;
    facts.mayWriteCache |= tools.writesCache;
    facts.mayWriteCacheLong |= tools.writesCacheLong;
    facts.webSearches += tools.webSearches;
    facts.codeSessions += tools.codeSessions;
    facts.otherModels.insert(facts.otherModels.end(), tools.advisers.begin(), tools.advisers.end());
    if (tools.uses == 0)
        return;
    const qint64 rounds = std::min(tools.uses, mostHostedRounds);
    // At worst each round but the first has one use, and the first all that are left.
    const qint64 resultsRead = rounds * (2 * tools.uses - rounds + 1) / 2;
    facts.inputPasses += rounds;
    facts.hostedInput += resultsRead * tools.resultTokens + rounds * facts.ceiling.value_or(0);
}

Status readTools(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto list = request.member(Tools, Type::Array);
    if (!list)
        return tl::unexpected(list.error());
    const auto servers = request.member(McpServers, Type::Array);
    if (!servers)
        return tl::unexpected(servers.error());
    AnthropicTools tools;
    if (*list) {
        auto read = readAnthropicTools(request.body(), (*list)->begin, (*list)->end);
        if (!read)
            return tl::unexpected(read.error());
        tools = std::move(*read);
    }
    if (*servers && request.raw(**servers).sliced(1).trimmed() != "]") {
        tools.unbounded = true; // their tools are listed by the server
        tools.uses = std::min(tools.uses + assumedHostedUses, mostHostedUses);
        tools.resultTokens = std::max(tools.resultTokens, hostedResultTokens);
    }
    addHostedLoop(tools, facts);
    facts.hasEffects |= tools.unbounded || tools.codeSessions > 0;
    return {};
}

/// What is kept at the provider, and what it does beside answering.
Status readServerState(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto container = request.member(Container);
    const auto context = request.member(ContextManagement, Type::Object);
    const auto thread = request.member(Thread, Type::Object);
    const auto fallbacks = request.member(Fallbacks);
    for (const auto &member : {container, context, thread, fallbacks}) {
        if (!member)
            return tl::unexpected(member.error());
    }
    const qint64 ceiling = facts.ceiling.value_or(0);
    facts.inputUnbounded |= *thread || (*container && (*container)->type == Type::Object); // history, skills
    facts.hasEffects |= *thread || *container;
    if (*context && request.raw(**context).contains("compact")) {
        ++facts.inputPasses; // the conversation is read once more to be summarised
        facts.extraOutputUpperBound += ceiling;
    }
    if (!*fallbacks)
        return {};
    if ((*fallbacks)->type == Type::String) { // the provider chooses, so the price is taken to be the same
        facts.inputPasses *= 2;
        facts.hostedInput *= 2;
        facts.extraOutputUpperBound += ceiling;
        return {};
    }
    const auto models =
        readAnthropicFallbacks(request.body(), (*fallbacks)->begin, (*fallbacks)->end, ceiling);
    if (!models)
        return tl::unexpected(models.error());
    facts.otherModels.insert(facts.otherModels.end(), models->begin(), models->end());
    return {};
}

} // namespace

QString AnthropicMessages::endpoint() const
{
    return QStringLiteral("messages");
}

bool AnthropicMessages::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/messages";
}

Result<RequestFacts> AnthropicMessages::read(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    const auto model = requestedModel(*request, Model);
    if (!model)
        return tl::unexpected(model.error());
    const auto stream = request->boolean(Stream);
    if (!stream)
        return tl::unexpected(stream.error());
    RequestFacts facts;
    facts.model = *model;
    facts.stream = *stream;
    facts.wantsUsage = true;
    for (const auto part : {readCeiling, readPriceFields, readInput, readTools, readServerState}) {
        if (const Status done = part(*request, facts); !done)
            return tl::unexpected(done.error());
    }
    return facts;
}

Result<RewrittenCall> AnthropicMessages::rewritten(const Call &call, const BodyChanges &changes) const
{
    if (changes.ceiling) {
        const auto request = OpenAiRequest::read(call.body, names);
        if (!request)
            return tl::unexpected(request.error());
        const auto budget = thinkingBudget(*request);
        if (!budget)
            return tl::unexpected(budget.error());
        if (*budget > 0 && *changes.ceiling <= *budget)
            return invalid(QStringLiteral("\"max_tokens\" must stay above \"thinking.budget_tokens\" (%1).")
                               .arg(*budget));
    }
    return rewrittenBody(editedOpenAiRequest(
        call.body, changes,
        {.names = names, .model = Model, .newCeiling = MaxTokens, .oldCeiling = MaxTokens}));
}

std::optional<InputText> AnthropicMessages::inputText(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    const auto facts = read(call);
    if (!request || !facts || facts->inputUnbounded)
        return std::nullopt;
    InputText text;
    text.overhead = anthropicHiddenTokens;
    for (const int field : {int(System), int(Messages)}) {
        if (const auto member = request->member(field); member && *member)
            appendAnthropicText(call.body, (*member)->begin, (*member)->end, text);
    }
    if (const auto tools = request->member(Tools); tools && *tools) {
        text.pieces.push_back(request->raw(**tools).toByteArray());
        if (const auto read = readAnthropicTools(call.body, (*tools)->begin, (*tools)->end))
            text.overhead += read->hiddenTokens;
    }
    return text;
}

Result<UsageReport> AnthropicMessages::readUsage(const QByteArray &body) const
{
    AnthropicPayload payload;
    if (!readAnthropicUsage(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    const QString model = jsonString(payload.model).value_or(QString());
    const QString id = jsonString(payload.id).value_or(QString());
    return anthropicReport(payload.usage, model, id);
}

qint64 AnthropicMessages::estimateOutput(const QByteArray &body) const
{
    AnthropicPayload payload;
    if (readAnthropicPayload(body, payload))
        return likelyOutput(payload);
    if (!QByteArrayView(body).trimmed().startsWith('{'))
        return 0;
    TextCount whole; // broken off in the middle
    whole.addPlain(body);
    return whole.tokensLikely();
}

std::unique_ptr<StreamMeter> AnthropicMessages::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<AnthropicMeter>(facts);
}

} // namespace lbp
