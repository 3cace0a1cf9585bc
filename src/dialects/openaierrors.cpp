#include "dialects/openaierrors.h"

#include "wire/json.h"

namespace lbp {
namespace {

bool isAboutMoney(ErrorCode code)
{
    return code == ErrorCode::BudgetExceeded || code == ErrorCode::Paused;
}

QByteArray object(const Error &error, QByteArrayView requestId, ClientTool tool)
{
    const OpenAiErrorNames names = openAiErrorNames(error.code, tool);
    QByteArray out = "{\"error\":{\"message\":" + jsonQuoted(error.detail) + ",\"type\":\"" + names.type
        + "\",\"param\":null,\"code\":";
    out += names.code ? '"' + QByteArray(names.code) + '"' : QByteArray("null");
    if (!requestId.isEmpty())
        out += ",\"request_id\":" + jsonQuoted(QString::fromLatin1(requestId));
    return out + "}}";
}

} // namespace

OpenAiErrorNames openAiErrorNames(ErrorCode code, ClientTool tool)
{
    if (isAboutMoney(code) && repeatsPaymentRequired(tool))
        return {"insufficient_quota", "insufficient_quota"};
    switch (code) {
    case ErrorCode::InvalidApiKey:
        return {"authentication_error", "invalid_api_key"};
    case ErrorCode::ModelNotAllowed:
        return {"permission_error", "model_not_allowed"};
    case ErrorCode::PathNotMetered:
        return {"permission_error", "path_not_metered"};
    case ErrorCode::Forbidden:
        return {"permission_error", "forbidden"};
    case ErrorCode::InvalidRequest:
        return {"invalid_request_error", nullptr};
    case ErrorCode::ModelNotPriced:
        return {"invalid_request_error", "model_not_priced"};
    case ErrorCode::NotFound:
        return {"invalid_request_error", "not_found"};
    case ErrorCode::MethodNotAllowed:
        return {"invalid_request_error", "method_not_allowed"};
    case ErrorCode::RequestTimeout:
        return {"invalid_request_error", "request_timeout"};
    case ErrorCode::Conflict:
        return {"invalid_request_error", "conflict"};
    case ErrorCode::BodyTooLarge:
        return {"invalid_request_error", "body_too_large"};
    case ErrorCode::UnsupportedEncoding:
        return {"invalid_request_error", "unsupported_encoding"};
    case ErrorCode::ExpectationFailed:
        return {"invalid_request_error", "expectation_failed"};
    case ErrorCode::UpgradeRequired:
        return {"invalid_request_error", "upgrade_required"};
    case ErrorCode::HeadersTooLarge:
        return {"invalid_request_error", "headers_too_large"};
    case ErrorCode::BudgetExceeded:
        return {"budget_exceeded", "budget_exceeded"};
    case ErrorCode::Paused:
        return {"budget_exceeded", "paused"};
    case ErrorCode::RateLimited:
        return {"rate_limit_error", "rate_limit_exceeded"};
    case ErrorCode::UpstreamUnreachable:
        return {"upstream_error", "upstream_unreachable"};
    case ErrorCode::UpstreamTimeout:
        return {"upstream_error", "upstream_timeout"};
    case ErrorCode::ShuttingDown:
        return {"overloaded_error", "shutting_down"};
    case ErrorCode::Unavailable:
        return {"overloaded_error", "unavailable"};
    default:
        return {"server_error", "internal_error"};
    }
}

QByteArray OpenAiErrors::body(const Error &error, QByteArrayView requestId) const
{
    return object(error, requestId, ClientTool::Unknown);
}

QByteArray OpenAiErrors::streamEvent(const Error &error) const
{
    return streamAnswer(error, ClientTool::Unknown);
}

ErrorShape::Answer OpenAiErrors::answer(const Error &error, QByteArrayView requestId, ClientTool tool) const
{
    const bool asQuota = isAboutMoney(error.code) && repeatsPaymentRequired(tool);
    return {asQuota ? 429 : httpStatus(error.code), object(error, requestId, tool)};
}

QByteArray OpenAiErrors::streamAnswer(const Error &error, ClientTool tool) const
{
    return "data: " + object(error, {}, tool) + "\n\ndata: [DONE]\n\n";
}

} // namespace lbp
