#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// How an error is named in `type` and `code`.
struct OpenAiErrorNames
{
    const char *type;
    const char *code; ///< nullptr: JSON null
};
/// \param tool one that would repeat a budget refusal is told of an empty account, as OpenAI itself does
[[nodiscard]] OpenAiErrorNames openAiErrorNames(ErrorCode code, ClientTool tool = ClientTool::Unknown);

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
    Answer answer(const Error &error, QByteArrayView requestId, ClientTool tool) const override;
    QByteArray streamAnswer(const Error &error, ClientTool tool) const override;
};

} // namespace lbp
