#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// Errors as Google spells them: {"error":{"code","message","status","details"}}, the code being the HTTP
/// status. What tells our cases apart is the `reason` of an ErrorInfo in the details, and the request id is
/// in its metadata.
///
/// In a stream of events the error is a data block, on which the official SDKs raise; in an array it is an
/// element, the body as it stands.
class GeminiErrors : public ErrorShape
{
public:
    QByteArray body(const Error &error, QByteArrayView requestId) const override;
    QByteArray streamEvent(const Error &error) const override;
};

} // namespace lbp
