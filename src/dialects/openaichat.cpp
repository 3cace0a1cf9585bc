#include "dialects/openaichat.h"

#include "dialects/chatinput.h"
#include "dialects/openaiinputtext.h"
#include "dialects/openaimeter.h"
#include "dialects/openairequest.h"

#include <array>

namespace lbp {
namespace {

enum Field {
    Model,
    Stream,
    StreamOptions,
    MaxCompletionTokens,
    MaxTokens,
    N,
    ServiceTier,
    Modalities,
    Audio,
    WebSearchOptions,
    Prediction,
    Messages,
};

constexpr std::array<QByteArrayView, 12> names{
    "model",        "stream",     "stream_options", "max_completion_tokens", "max_tokens", "n",
    "service_tier", "modalities", "audio",          "web_search_options",    "prediction", "messages"};

/// The larger of the two ceilings; nullopt when neither limits anything, or one of them says "no limit".
Result<std::optional<qint64>> ceilingOf(const OpenAiRequest &request)
{
    std::optional<qint64> ceiling;
    bool unlimited = false;
    for (const int field : {int(MaxCompletionTokens), int(MaxTokens)}) {
        const auto limit = request.integer(field);
        if (!limit)
            return limit;
        if (!*limit)
            continue;
        unlimited |= **limit < 1;
        ceiling = qMax(ceiling.value_or(0), **limit);
    }
    return unlimited ? std::nullopt : ceiling;
}

Result<bool> asksForAudio(const OpenAiRequest &request)
{
    const auto audio = request.member(Audio, JsonMember::Type::Object);
    if (!audio)
        return tl::unexpected(audio.error());
    const auto modalities = request.member(Modalities, JsonMember::Type::Array);
    if (!modalities)
        return tl::unexpected(modalities.error());
    if (*audio)
        return true;
    if (!*modalities)
        return false;
    // A handful of words; one with an escape in it may spell anything.
    const QByteArrayView words = request.raw(**modalities);
    return words.contains("\"audio\"") || words.contains('\\');
}

/// Models that search the web with each request, asked or not.
bool alwaysSearches(const QString &model)
{
    return model.contains(u"-search-preview") || model.contains(u"-search-api");
}

Status readLimits(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto ceiling = ceilingOf(request);
    if (!ceiling)
        return tl::unexpected(ceiling.error());
    const auto choices = request.integer(N, 1, mostOpenAiChoices);
    if (!choices)
        return tl::unexpected(choices.error());
    const auto prediction = request.member(Prediction, JsonMember::Type::Object);
    if (!prediction)
        return tl::unexpected(prediction.error());
    facts.ceiling = *ceiling;
    facts.choices = choices->value_or(1);
    if (*prediction) {
        facts.extraOutputUpperBound = request.raw(**prediction).size() * facts.choices;
        facts.fixedCeilingReason = QStringLiteral("predicted outputs allow no output limit");
    }
    return {};
}

Status readExtras(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto audio = asksForAudio(request);
    if (!audio)
        return tl::unexpected(audio.error());
    const auto search = request.member(WebSearchOptions, JsonMember::Type::Object);
    if (!search)
        return tl::unexpected(search.error());
    facts.asksAudio = *audio;
    if (*search || alwaysSearches(facts.model)) {
        facts.webSearches = facts.choices;
        facts.inputUnbounded = true; // what was found becomes input
    }
    return {};
}

Status readInput(const OpenAiRequest &request, RequestFacts &facts)
{
    facts.inputUpperBound = request.body().size() + hiddenInputTokens;
    const auto messages = request.member(Messages);
    if (!messages)
        return tl::unexpected(messages.error());
    if (!*messages)
        return {};
    const ChatInput input = readChatInput(request.body(), (*messages)->begin, (*messages)->end);
    facts.inputUpperBound += input.images * imageTokensUpperBound - input.inlineImageBytes;
    facts.inputUnbounded |= input.unbounded;
    facts.asksAudio |= input.audio;
    return {};
}

} // namespace

QString OpenAiChat::endpoint() const
{
    return QStringLiteral("chat.completions");
}

bool OpenAiChat::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/chat/completions";
}

Result<RequestFacts> OpenAiChat::read(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    RequestFacts facts;
    const auto model = requestedModel(*request, Model);
    if (!model)
        return tl::unexpected(model.error());
    const auto stream = request->boolean(Stream);
    if (!stream)
        return tl::unexpected(stream.error());
    const auto wantsUsage = asksForUsage(*request, StreamOptions);
    if (!wantsUsage)
        return tl::unexpected(wantsUsage.error());
    const auto tier = request->string(ServiceTier);
    if (!tier)
        return tl::unexpected(tier.error());
    facts.model = *model;
    facts.stream = *stream;
    facts.wantsUsage = *wantsUsage;
    facts.serviceTier = *tier;
    for (const auto part : {readLimits, readExtras, readInput}) {
        if (const Status done = part(*request, facts); !done)
            return tl::unexpected(done.error());
    }
    return facts;
}

Result<RewrittenCall> OpenAiChat::rewritten(const Call &call, const BodyChanges &changes) const
{
    return rewrittenBody(editedOpenAiRequest(call.body, changes,
                                             {.names = names,
                                              .model = Model,
                                              .streamOptions = StreamOptions,
                                              .newCeiling = MaxCompletionTokens,
                                              .oldCeiling = MaxTokens}));
}

std::optional<InputText> OpenAiChat::inputText(const Call &call) const
{
    const Result<RequestFacts> facts = read(call);
    if (!facts || facts->inputUnbounded)
        return std::nullopt;
    return chatInputText(call.body, facts->model);
}

Result<UsageReport> OpenAiChat::readUsage(const QByteArray &body) const
{
    return readOpenAiUsage(body);
}

qint64 OpenAiChat::estimateOutput(const QByteArray &body) const
{
    return estimateOpenAiOutput(body);
}

std::unique_ptr<StreamMeter> OpenAiChat::meter(const RequestFacts &facts, bool usageWasAdded) const
{
    return std::make_unique<OpenAiMeter>(OpenAiStream::Chat, facts, usageWasAdded);
}

} // namespace lbp
