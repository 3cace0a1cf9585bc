#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// Errors as Anthropic spells them: {"type":"error","error":{"type","message","details"},"request_id"}, with
/// the documented type of each status and our own name for the case in `details.error_code`.
///
/// In a stream it is an event named `error`, after which nothing follows: the SDKs raise on it.
class AnthropicErrors : public ErrorShape
{
public:
    QByteArray body(const Error &error, QByteArrayView requestId) const override;
    QByteArray streamEvent(const Error &error) const override;
};

} // namespace lbp
