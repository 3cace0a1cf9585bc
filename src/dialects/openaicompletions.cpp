#include "dialects/openaicompletions.h"

#include "dialects/chatinput.h"
#include "dialects/openaiinputtext.h"
#include "dialects/openaimeter.h"
#include "dialects/openairequest.h"

#include <array>

namespace lbp {
namespace {

enum Field { Model, Stream, StreamOptions, MaxTokens, N, BestOf, Prompt, ServiceTier, Echo };

constexpr std::array<QByteArrayView, 9> names{"model",   "stream", "stream_options", "max_tokens", "n",
                                              "best_of", "prompt", "service_tier",   "echo"};

Status readCeiling(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto limit = request.integer(MaxTokens);
    if (!limit)
        return tl::unexpected(limit.error());
    if (!*limit) {
        facts.ceiling = OpenAiCompletions::defaultCeiling;
        facts.ceilingIsDefault = true;
    } else if (**limit >= 0) {
        facts.ceiling = **limit; // 0 is allowed: with `echo` it scores the prompt alone
    } // below that compatible servers take it as "no limit", and OpenAI refuses it itself
    return {};
}

Status readChoices(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto n = request.integer(N, 1, mostOpenAiChoices);
    if (!n)
        return tl::unexpected(n.error());
    const auto bestOf = request.integer(BestOf, 1, mostOpenAiChoices);
    if (!bestOf)
        return tl::unexpected(bestOf.error());
    const auto prompt = request.member(Prompt);
    if (!prompt)
        return tl::unexpected(prompt.error());
    const PlainInputs inputs =
        *prompt ? readPlainInputs(request.body(), (*prompt)->begin, (*prompt)->end) : PlainInputs{};
    facts.choices = inputs.count * qMax(n->value_or(1), bestOf->value_or(1));
    facts.inputUnbounded = inputs.unbounded;
    facts.inputUpperBound = request.body().size() + hiddenInputTokens;
    return {};
}

} // namespace

QString OpenAiCompletions::endpoint() const
{
    return QStringLiteral("completions");
}

bool OpenAiCompletions::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/completions";
}

Result<RequestFacts> OpenAiCompletions::read(const Call &call) const
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
    const auto wantsUsage = asksForUsage(*request, StreamOptions);
    if (!wantsUsage)
        return tl::unexpected(wantsUsage.error());
    const auto tier = request->string(ServiceTier);
    if (!tier)
        return tl::unexpected(tier.error());
    const auto echo = request->boolean(Echo);
    if (!echo)
        return tl::unexpected(echo.error());
    RequestFacts facts;
    facts.model = *model;
    facts.stream = *stream;
    facts.wantsUsage = *wantsUsage;
    facts.serviceTier = *tier;
    facts.echoesInput = *echo;
    for (const auto part : {readCeiling, readChoices}) {
        if (const Status done = part(*request, facts); !done)
            return tl::unexpected(done.error());
    }
    return facts;
}

Result<RewrittenCall> OpenAiCompletions::rewritten(const Call &call, const BodyChanges &changes) const
{
    return rewrittenBody(editedOpenAiRequest(call.body, changes,
                                             {.names = names,
                                              .model = Model,
                                              .streamOptions = StreamOptions,
                                              .newCeiling = MaxTokens,
                                              .oldCeiling = MaxTokens}));
}

std::optional<InputText> OpenAiCompletions::inputText(const Call &call) const
{
    constexpr std::array<QByteArrayView, 2> texts{"prompt", "suffix"};
    const auto members = findMembers(call.body, texts);
    if (!members)
        return std::nullopt;
    std::optional<InputText> whole;
    bool hasSuffix = false;
    for (const JsonMember &member : *members) {
        if (member.type == JsonMember::Type::Null)
            continue;
        const std::optional<InputText> text = plainInputText(call.body, member.begin, member.end);
        hasSuffix |= member.field == 1;
        if (!text || (whole && !hasSuffix))
            return std::nullopt; // or a second prompt: which one is taken is anyone's guess
        if (!whole)
            whole.emplace().exact = true;
        whole->pieces.insert(whole->pieces.end(), text->pieces.begin(), text->pieces.end());
        whole->overhead += text->overhead;
    }
    if (whole && hasSuffix)
        whole->exact = false; // how it is put in is not published
    return whole;
}

Result<UsageReport> OpenAiCompletions::readUsage(const QByteArray &body) const
{
    return readOpenAiUsage(body);
}

qint64 OpenAiCompletions::estimateOutput(const QByteArray &body) const
{
    return estimateOpenAiOutput(body);
}

std::unique_ptr<StreamMeter> OpenAiCompletions::meter(const RequestFacts &facts, bool usageWasAdded) const
{
    return std::make_unique<OpenAiMeter>(OpenAiStream::Completions, facts, usageWasAdded);
}

} // namespace lbp
