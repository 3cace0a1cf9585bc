#include "dialects/anthropicerrors.h"

#include "wire/json.h"

namespace lbp {
namespace {

/// The documented type of each status; those without one of their own have that of their class.
const char *typeOf(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 402:
        return "billing_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 409:
        return "conflict_error";
    case 413:
        return "request_too_large";
    case 429:
        return "rate_limit_error";
    case 503: // theirs is 529, which no proxy between us and the client knows
        return "overloaded_error";
    case 504:
        return "timeout_error";
    default:
        return status < 500 ? "invalid_request_error" : "api_error";
    }
}

/// What tells cases of one type apart; nullptr where the type says it all.
const char *nameOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BudgetExceeded:
        return "budget_exceeded";
    case ErrorCode::Paused:
        return "paused";
    case ErrorCode::ModelNotAllowed:
        return "model_not_allowed";
    case ErrorCode::PathNotMetered:
        return "path_not_metered";
    case ErrorCode::ModelNotPriced:
        return "model_not_priced";
    case ErrorCode::UpstreamUnreachable:
        return "upstream_unreachable";
    case ErrorCode::UpstreamTimeout:
        return "upstream_timeout";
    case ErrorCode::ShuttingDown:
        return "shutting_down";
    case ErrorCode::Unavailable:
        return "unavailable";
    default:
        return nullptr;
    }
}

QByteArray object(const Error &error, QByteArrayView requestId)
{
    QByteArray out = QByteArray("{\"type\":\"error\",\"error\":{\"type\":\"") + typeOf(httpStatus(error.code))
        + "\",\"message\":" + jsonQuoted(error.detail);
    if (const char *const name = nameOf(error.code))
        out += QByteArray(",\"details\":{\"error_code\":\"") + name + "\"}";
    out += '}';
    if (!requestId.isEmpty())
        out += ",\"request_id\":" + jsonQuoted(QString::fromLatin1(requestId));
    return out + '}';
}

} // namespace

QByteArray AnthropicErrors::body(const Error &error, QByteArrayView requestId) const
{
    return object(error, requestId);
}

QByteArray AnthropicErrors::streamEvent(const Error &error) const
{
    return "event: error\ndata: " + object(error, {}) + "\n\n";
}

} // namespace lbp
