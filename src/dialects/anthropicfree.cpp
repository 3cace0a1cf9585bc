#include "dialects/anthropicfree.h"

#include "dialects/anthropicmeter.h"
#include "dialects/openairequest.h"

#include <array>

namespace lbp {
namespace {

constexpr std::array<QByteArrayView, 1> names{"model"};

} // namespace

Result<RequestFacts> AnthropicFree::read(const Call &) const
{
    RequestFacts facts;
    facts.ceiling = 0;
    return facts;
}

Result<RewrittenCall> AnthropicFree::rewritten(const Call &call, const BodyChanges &changes) const
{
    if (changes.model || changes.ceiling || changes.askForUsage)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("A request that costs nothing is never changed."));
    return RewrittenCall{call.body, {}};
}

Result<UsageReport> AnthropicFree::readUsage(const QByteArray &) const
{
    return fail(ErrorCode::NotFound, QStringLiteral("a free answer has no usage"));
}

std::unique_ptr<StreamMeter> AnthropicFree::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<AnthropicMeter>(facts);
}

QString AnthropicCountTokens::endpoint() const
{
    return QStringLiteral("messages.count_tokens");
}

bool AnthropicCountTokens::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/messages/count_tokens";
}

Result<RequestFacts> AnthropicCountTokens::read(const Call &call) const
{
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    const auto model = requestedModel(*request, 0);
    if (!model)
        return tl::unexpected(model.error());
    RequestFacts facts;
    facts.model = *model;
    facts.ceiling = 0;
    return facts;
}

Result<RewrittenCall> AnthropicCountTokens::rewritten(const Call &call, const BodyChanges &changes) const
{
    return rewrittenBody(editedOpenAiRequest(call.body, changes, {.names = names, .model = 0}));
}

QString AnthropicModels::endpoint() const
{
    return QStringLiteral("models");
}

bool AnthropicModels::claims(QByteArrayView method, QByteArrayView path) const
{
    const bool reads = method == "GET" || method == "HEAD";
    return reads && (path == "/models" || (path.startsWith("/models/") && path.size() > 8));
}

} // namespace lbp
