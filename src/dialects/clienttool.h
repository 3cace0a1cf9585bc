#pragma once

#include "wire/headers.h"

#include <QString>

namespace lbp {

/// The programs that developers point at us, as far as a refusal has to be told to them in different ways.
enum class ClientTool {
    Unknown,
    Codex,
    ClaudeCode,
    OpenCode,
    GeminiCli,
    OpenAiSdk,
    AnthropicSdk,
    GoogleSdk,
    AiSdk
};

/// By the fields that the tool really sends; Unknown for all else. A field is a hint about the form of an
/// answer and never about what a client may do.
[[nodiscard]] ClientTool clientToolOf(const HeaderList &headers);

/// What the tool does with a 402. Most end at once. Codex sends the request five times more, whatever fields
/// say, and ends at once for a 429 with type `insufficient_quota`, in which its own provider tells of an
/// empty account.
[[nodiscard]] constexpr bool repeatsPaymentRequired(ClientTool tool)
{
    return tool == ClientTool::Codex;
}

} // namespace lbp
