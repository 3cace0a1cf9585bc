#pragma once

#include <QString>

namespace lbp {

/// Closed list: each code has one HTTP status and one meaning. Dialects turn it into the body their
/// clients understand. Keep the table in httpStatus() and in the README in step.
enum class ErrorCode {
    // client
    InvalidRequest, ///< 400: unreadable request; the detail says what and where
    ModelNotPriced, ///< 400
    InvalidApiKey, ///< 401: missing, unknown, revoked or expired; one text for all
    BudgetExceeded, ///< 402
    Paused, ///< 402
    ModelNotAllowed, ///< 403: model, path or provider is not allowed for this key
    PathNotMetered, ///< 403: the path may cost money and nothing here can meter it
    Forbidden, ///< 403: foreign Host or Origin on the management side
    NotFound, ///< 404
    MethodNotAllowed, ///< 405
    RequestTimeout, ///< 408: the client did not finish its request in time
    Conflict, ///< 409
    BodyTooLarge, ///< 413
    UnsupportedEncoding, ///< 415
    ExpectationFailed, ///< 417
    UpgradeRequired, ///< 426: WebSocket upgrades are not proxied
    RateLimited, ///< 429
    HeadersTooLarge, ///< 431
    // upstream
    UpstreamUnreachable, ///< 502: refused, reset, TLS failure, unreadable answer
    UpstreamTimeout, ///< 504
    // ours
    Internal, ///< 500
    ShuttingDown, ///< 503
    Unavailable, ///< 503: the store cannot be written, so nothing may be spent
    // values and files, never sent as they stand
    InvalidValue,
    AmountOverflow,
    InvalidUsage,
    NotPriced,
    ConfigInvalid,
    StoreFailed,
    StoreDamaged,
};

/// Who has to act: Client is 4xx, Upstream is 502/504, Internal is our own 5xx.
enum class Origin { Client, Upstream, Internal };

/// \param detail For the client, the log and the operator. Never a secret, never prompt text.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString detail;
};

[[nodiscard]] int httpStatus(ErrorCode code); ///< 500 for codes that are never sent.
[[nodiscard]] Origin originOf(ErrorCode code);

} // namespace lbp
