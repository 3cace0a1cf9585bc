#pragma once

#include "core/result.h"

namespace lbp {

/// How a try of the webhook went.
struct WebhookTest
{
    Status status; ///< its error says what to do
    int httpStatus = 0; ///< 0: there was no answer
    qint64 ms = 0; ///< until the answer was there
};

} // namespace lbp
