#include "dialects/geminierrors.h"

#include "wire/json.h"

namespace lbp {
namespace {

struct Names
{
    const char *status; ///< of google.rpc.Code
    const char *reason;
};

Names namesOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidApiKey:
        return {"UNAUTHENTICATED", "API_KEY_INVALID"};
    case ErrorCode::ModelNotAllowed:
        return {"PERMISSION_DENIED", "MODEL_NOT_ALLOWED"};
    case ErrorCode::PathNotMetered:
        return {"PERMISSION_DENIED", "PATH_NOT_METERED"};
    case ErrorCode::Forbidden:
        return {"PERMISSION_DENIED", "FORBIDDEN"};
    case ErrorCode::InvalidRequest:
        return {"INVALID_ARGUMENT", "INVALID_REQUEST"};
    case ErrorCode::ModelNotPriced:
        return {"INVALID_ARGUMENT", "MODEL_NOT_PRICED"};
    case ErrorCode::NotFound:
        return {"NOT_FOUND", "NOT_FOUND"};
    case ErrorCode::MethodNotAllowed:
        return {"UNIMPLEMENTED", "METHOD_NOT_ALLOWED"};
    case ErrorCode::RequestTimeout:
        return {"DEADLINE_EXCEEDED", "REQUEST_TIMEOUT"};
    case ErrorCode::Conflict:
        return {"ABORTED", "CONFLICT"};
    case ErrorCode::BodyTooLarge:
        return {"INVALID_ARGUMENT", "BODY_TOO_LARGE"};
    case ErrorCode::UnsupportedEncoding:
        return {"INVALID_ARGUMENT", "UNSUPPORTED_ENCODING"};
    case ErrorCode::ExpectationFailed:
        return {"INVALID_ARGUMENT", "EXPECTATION_FAILED"};
    case ErrorCode::UpgradeRequired:
        return {"FAILED_PRECONDITION", "UPGRADE_REQUIRED"};
    case ErrorCode::HeadersTooLarge:
        return {"INVALID_ARGUMENT", "HEADERS_TOO_LARGE"};
    case ErrorCode::BudgetExceeded: // not RESOURCE_EXHAUSTED, after which clients try again
        return {"FAILED_PRECONDITION", "BUDGET_EXCEEDED"};
    case ErrorCode::Paused:
        return {"FAILED_PRECONDITION", "PAUSED"};
    case ErrorCode::RateLimited:
        return {"RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"};
    case ErrorCode::UpstreamUnreachable:
        return {"UNAVAILABLE", "UPSTREAM_UNREACHABLE"};
    case ErrorCode::UpstreamTimeout:
        return {"DEADLINE_EXCEEDED", "UPSTREAM_TIMEOUT"};
    case ErrorCode::ShuttingDown:
        return {"UNAVAILABLE", "SHUTTING_DOWN"};
    case ErrorCode::Unavailable:
        return {"UNAVAILABLE", "UNAVAILABLE"};
    default:
        return {"INTERNAL", "INTERNAL_ERROR"};
    }
}

QByteArray object(const Error &error, QByteArrayView requestId)
{
    const Names names = namesOf(error.code);
    QByteArray out = "{\"error\":{\"code\":" + QByteArray::number(httpStatus(error.code))
        + ",\"message\":" + jsonQuoted(error.detail) + ",\"status\":\"" + names.status
        + "\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\""
        + names.reason + "\",\"domain\":\"llm-budget-proxy\"";
    if (!requestId.isEmpty())
        out += ",\"metadata\":{\"requestId\":" + jsonQuoted(QString::fromLatin1(requestId)) + '}';
    return out + "}]}}";
}

} // namespace

QByteArray GeminiErrors::body(const Error &error, QByteArrayView requestId) const
{
    return object(error, requestId);
}

QByteArray GeminiErrors::streamEvent(const Error &error) const
{
    return "data: " + object(error, {}) + "\r\n\r\n";
}

} // namespace lbp
