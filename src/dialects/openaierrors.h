#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// Errors as OpenAI spells them: {"error":{"message","type","param","code"}}, with `request_id` beside them
/// where known.
///
/// In a stream the error is a data line with an `error` member, on which the official SDKs raise, followed by
/// the end marker for clients that wait for it.
class OpenAiErrors : public ErrorShape
{
public:
    QByteArray body(const Error &error, QByteArrayView requestId) const override;
    QByteArray streamEvent(const Error &error) const override;
};

} // namespace lbp
