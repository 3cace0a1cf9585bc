#include "dialects/clienttool.h"

namespace lbp {
namespace {

bool begins(QByteArrayView text, QByteArrayView with)
{
    return text.size() >= with.size() && equalsIgnoringCase(text.first(with.size()), with);
}

bool holds(QByteArrayView text, QByteArrayView what)
{
    return text.toByteArray().toLower().contains(what);
}

} // namespace

ClientTool clientToolOf(const HeaderList &headers)
{
    using enum ClientTool;
    const QByteArray agent = headers.value("user-agent");
    // codex_cli_rs, codex_exec, codex_vscode, …
    if (begins(headers.value("originator"), "codex") || begins(agent, "codex"))
        return Codex;
    if (headers.contains("x-claude-code-session-id") || begins(agent, "claude-cli"))
        return ClaudeCode;
    if (begins(agent, "opencode"))
        return OpenCode;
    if (begins(agent, "GeminiCLI"))
        return GeminiCli;
    if (begins(agent, "OpenAI/") || begins(agent, "AsyncOpenAI/"))
        return OpenAiSdk;
    if (begins(agent, "Anthropic/") || begins(agent, "AsyncAnthropic/"))
        return AnthropicSdk;
    if (begins(agent, "google-genai-sdk") || holds(headers.value("x-goog-api-client"), "google-genai-sdk"))
        return GoogleSdk;
    if (begins(agent, "ai/") || holds(agent, "ai-sdk/"))
        return AiSdk;
    return Unknown;
}

} // namespace lbp
