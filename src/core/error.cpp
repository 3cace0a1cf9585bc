#include "core/error.h"

namespace lbp {

int httpStatus(ErrorCode code)
{
    using enum ErrorCode;
    switch (code) {
    case InvalidRequest:
    case ModelNotPriced:
        return 400;
    case InvalidApiKey:
        return 401;
    case BudgetExceeded:
    case Paused:
        return 402;
    case ModelNotAllowed:
    case PathNotMetered:
    case Forbidden:
        return 403;
    case NotFound:
        return 404;
    case MethodNotAllowed:
        return 405;
    case RequestTimeout:
        return 408;
    case Conflict:
        return 409;
    case BodyTooLarge:
        return 413;
    case UnsupportedEncoding:
        return 415;
    case ExpectationFailed:
        return 417;
    case UpgradeRequired:
        return 426;
    case RateLimited:
        return 429;
    case HeadersTooLarge:
        return 431;
    case UpstreamUnreachable:
        return 502;
    case UpstreamTimeout:
        return 504;
    case ShuttingDown:
    case Unavailable:
        return 503;
    case Internal:
    case InvalidValue:
    case AmountOverflow:
    case InvalidUsage:
    case NotPriced:
    case ConfigInvalid:
    case StoreFailed:
    case StoreDamaged:
        return 500;
    }
    return 500;
}

Origin originOf(ErrorCode code)
{
    if (code == ErrorCode::UpstreamUnreachable || code == ErrorCode::UpstreamTimeout)
        return Origin::Upstream;
    return httpStatus(code) < 500 ? Origin::Client : Origin::Internal;
}

} // namespace lbp
