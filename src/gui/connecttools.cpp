#include "gui/connecttools.h"

#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ConnectTools)
};

ConnectTool curl()
{
    return {
        u"curl"_s,
        u"curl"_s,
        u"terminal"_s,
        Tr::tr("One request from a terminal, to see that everything works."),
        {{Tr::tr("Terminal"), u"sh"_s,
          u"curl {BASE}/chat/completions \\\n"
          "  -H 'Authorization: Bearer {KEY}' \\\n"
          "  -H 'Content-Type: application/json' \\\n"
          "  -d '{\"model\": \"gpt-4o-mini\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'"_s}},
        {},
        "POST",
        "/v1/chat/completions",
        {}};
}

ConnectTool shell()
{
    return {u"shell"_s,
            Tr::tr("Environment variables"),
            u"terminal"_s,
            Tr::tr("For every program that reads the usual variables."),
            {{Tr::tr("Terminal or ~/.profile"), u"sh"_s,
              u"export OPENAI_BASE_URL='{BASE}'\nexport OPENAI_API_KEY='{KEY}'"_s},
             {Tr::tr("One command, with a budget of its own"), u"sh"_s,
              u"lbp run --budget 2.00 -- YOUR-COMMAND"_s}},
            Tr::tr("lbp run makes a key that is revoked when the command ends."),
            "POST",
            "/v1/chat/completions",
            {}};
}

ConnectTool openAiPython()
{
    return {u"openai-python"_s,
            Tr::tr("OpenAI SDK for Python"),
            u"file-earmark-code"_s,
            Tr::tr("The official package openai."),
            {{Tr::tr("Your program"), u"python"_s,
              u"from openai import OpenAI\n\n"
              "client = OpenAI(base_url=\"{BASE}\", api_key=\"{KEY}\")"_s}},
            {},
            "POST",
            "/v1/chat/completions",
            {}};
}

ConnectTool openAiJs()
{
    return {u"openai-js"_s,
            Tr::tr("OpenAI SDK for JavaScript"),
            u"braces"_s,
            Tr::tr("The official package openai from npm."),
            {{Tr::tr("Your program"), u"javascript"_s,
              u"import OpenAI from \"openai\";\n\n"
              "const client = new OpenAI({ baseURL: \"{BASE}\", apiKey: \"{KEY}\" });"_s}},
            {},
            "POST",
            "/v1/chat/completions",
            u"7.57"_s};
}

ConnectTool codex()
{
    return {
        u"codex"_s,
        u"Codex CLI"_s,
        u"robot"_s,
        Tr::tr("OpenAI's coding agent."),
        {{u"~/.codex/config.toml"_s, u"toml"_s,
          u"model = \"gpt-4o\"\n"
          "model_provider = \"lbp\"\n\n"
          "[model_providers.lbp]\n"
          "name = \"llm-budget-proxy\"\n"
          "base_url = \"{BASE}\"\n"
          "env_key = \"LBP_KEY\"\n"
          "wire_api = \"responses\"\n"
          "request_max_retries = 0\n"
          "stream_max_retries = 0"_s},
         {Tr::tr("Terminal"), u"sh"_s, u"LBP_KEY={KEY} codex"_s}},
        Tr::tr("It repeats a refused request up to five times by itself; the two lines about retries switch "
               "that off."),
        "POST",
        "/v1/responses",
        u"0.169.0"_s};
}

ConnectTool claudeCode()
{
    return {
        u"claude-code"_s,
        u"Claude Code"_s,
        u"robot"_s,
        Tr::tr("Anthropic's coding agent."),
        {{Tr::tr("Terminal"), u"sh"_s,
          u"export ANTHROPIC_BASE_URL={ROOT}\n"
          "export ANTHROPIC_AUTH_TOKEN={KEY}\n"
          "export CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1\n"
          "claude"_s}},
        Tr::tr(
            "Without the third line it also talks to Anthropic past the proxy, for telemetry and updates."),
        "POST",
        "/v1/messages",
        u"2.1.330"_s};
}

ConnectTool openCode()
{
    return {
        u"opencode"_s,
        u"opencode"_s,
        u"robot"_s,
        Tr::tr("The open coding agent for the terminal."),
        {{u"~/.config/opencode/opencode.json"_s, u"json"_s,
          u"{ \"model\": \"lbp/gpt-4o\", \"small_model\": \"lbp/gpt-4o-mini\",\n"
          "  \"provider\": { \"lbp\": {\n"
          "    \"npm\": \"@ai-sdk/openai-compatible\", \"name\": \"llm-budget-proxy\",\n"
          "    \"options\": { \"baseURL\": \"{BASE}\", \"apiKey\": \"{env:LBP_KEY}\" },\n"
          "    \"models\": { \"gpt-4o\": { \"name\": \"gpt-4o\" }, \"gpt-4o-mini\": { \"name\": \"gpt-4o-mini\" } } } } }"_s},
         {Tr::tr("Terminal"), u"sh"_s, u"LBP_KEY={KEY} opencode"_s}},
        Tr::tr("It sends two requests for the first prompt of a session: one is for the title."),
        "POST",
        "/v1/chat/completions",
        u"1.18.33"_s};
}

ConnectTool geminiCli()
{
    return {u"gemini-cli"_s,
            u"Gemini CLI"_s,
            u"stars"_s,
            Tr::tr("Google's coding agent."),
            {{Tr::tr("Terminal"), u"sh"_s,
              u"export GOOGLE_GEMINI_BASE_URL={ROOT}\n"
              "export GEMINI_API_KEY={KEY}\n"
              "gemini"_s},
             {u"~/.gemini/settings.json"_s, u"json"_s,
              u"{ \"security\": { \"auth\": { \"selectedType\": \"gemini-api-key\" } } }"_s}},
            {},
            "POST",
            "/v1beta/models/gemini-2.5-pro:streamGenerateContent",
            u"0.61.0"_s};
}

ConnectTool vercelAi()
{
    return {u"vercel-ai"_s,
            u"AI SDK"_s,
            u"braces"_s,
            Tr::tr("The package ai from npm, with any provider that is compatible with OpenAI."),
            {{Tr::tr("Your program"), u"javascript"_s,
              u"import { createOpenAICompatible } from \"@ai-sdk/openai-compatible\";\n\n"
              "const provider = createOpenAICompatible({\n"
              "  name: \"lbp\", baseURL: \"{BASE}\", apiKey: \"{KEY}\", includeUsage: true,\n"
              "});\n"
              "// model: provider(\"gpt-4o\")"_s}},
            {},
            "POST",
            "/v1/chat/completions",
            u"7.0"_s};
}

ConnectTool langChain()
{
    return {u"langchain"_s,
            u"LangChain"_s,
            u"diagram-3"_s,
            Tr::tr("ChatOpenAI in JavaScript and Python."),
            {{Tr::tr("JavaScript"), u"javascript"_s,
              u"new ChatOpenAI({ model: \"gpt-4o\", apiKey: \"{KEY}\",\n"
              "                 configuration: { baseURL: \"{BASE}\" } })"_s},
             {Tr::tr("Python"), u"python"_s,
              u"ChatOpenAI(model=\"gpt-4o\", api_key=\"{KEY}\", base_url=\"{BASE}\")"_s}},
            {},
            "POST",
            "/v1/chat/completions",
            u"1.6"_s};
}

ConnectTool anthropicSdk()
{
    return {u"anthropic-sdk"_s,
            Tr::tr("Anthropic SDK"),
            u"braces"_s,
            Tr::tr("The official package @anthropic-ai/sdk."),
            {{Tr::tr("Your program"), u"javascript"_s,
              u"import Anthropic from \"@anthropic-ai/sdk\";\n\n"
              "const client = new Anthropic({ baseURL: \"{ROOT}\", apiKey: \"{KEY}\" });"_s}},
            {},
            "POST",
            "/v1/messages",
            u"1.12"_s};
}

} // namespace

QList<ConnectTool> connectTools()
{
    return {openAiPython(), openAiJs(),  codex(),        claudeCode(), openCode(), geminiCli(),
            vercelAi(),     langChain(), anthropicSdk(), shell(),      curl()};
}

QString filledIn(const QString &lines, const QString &baseUrl, const QString &key)
{
    QString root = baseUrl;
    if (root.endsWith(u"/v1"_s))
        root.chop(3);
    QString text = lines;
    text.replace(u"{BASE}"_s, baseUrl);
    text.replace(u"{ROOT}"_s, root);
    text.replace(u"{KEY}"_s, key);
    return text;
}

} // namespace lbp::gui
