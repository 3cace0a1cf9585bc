#include "dialects/openaiembeddings.h"

#include "dialects/chatinput.h"
#include "dialects/openaiinputtext.h"
#include "dialects/openaimeter.h"
#include "dialects/openairequest.h"

#include <array>

namespace lbp {
namespace {

enum Field { Model, Input };

constexpr std::array<QByteArrayView, 2> names{"model", "input"};

} // namespace

QString OpenAiEmbeddings::endpoint() const
{
    return QStringLiteral("embeddings");
}

bool OpenAiEmbeddings::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/embeddings";
}

Result<RequestFacts> OpenAiEmbeddings::read(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    const auto model = requestedModel(*request, Model);
    if (!model)
        return tl::unexpected(model.error());
    const auto input = request->member(Input);
    if (!input)
        return tl::unexpected(input.error());
    RequestFacts facts;
    facts.model = *model;
    facts.ceiling = 0;
    facts.inputUpperBound = call.body.size() + hiddenInputTokens;
    if (*input)
        facts.inputUnbounded = readPlainInputs(call.body, (*input)->begin, (*input)->end).unbounded;
    return facts;
}

Result<RewrittenCall> OpenAiEmbeddings::rewritten(const Call &call, const BodyChanges &changes) const
{
    return rewrittenBody(editedOpenAiRequest(call.body, changes, {.names = names, .model = Model}));
}

std::optional<InputText> OpenAiEmbeddings::inputText(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return std::nullopt;
    const auto input = request->member(Input);
    if (!input || !*input)
        return std::nullopt;
    return plainInputText(call.body, (*input)->begin, (*input)->end);
}

Result<UsageReport> OpenAiEmbeddings::readUsage(const QByteArray &body) const
{
    return readOpenAiUsage(body);
}

std::unique_ptr<StreamMeter> OpenAiEmbeddings::meter(const RequestFacts &facts, bool usageWasAdded) const
{
    return std::make_unique<OpenAiMeter>(OpenAiStream::Completions, facts, usageWasAdded);
}

} // namespace lbp
