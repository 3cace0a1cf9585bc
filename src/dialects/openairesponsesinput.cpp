#include "dialects/openairesponsesinput.h"

#include "dialects/jsonwalk.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

using namespace std::string_view_literals;

template <size_t n> bool isOneOf(std::string_view word, const std::array<std::string_view, n> &words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool hasEscape(std::string_view text)
{
    return text.find('\\') != std::string_view::npos;
}

/// Content parts that are nothing but text.
constexpr std::array textParts{"input_text"sv,   "output_text"sv, "text"sv,
                               "summary_text"sv, "refusal"sv,     "reasoning_text"sv};
/// Items that are nothing but text, calls, their results as text, and encrypted content.
constexpr std::array textItems{"message"sv,
                               "reasoning"sv,
                               "function_call"sv,
                               "function_call_output"sv,
                               "custom_tool_call"sv,
                               "custom_tool_call_output"sv,
                               "computer_call"sv,
                               "computer_call_output"sv,
                               "local_shell_call"sv,
                               "local_shell_call_output"sv,
                               "shell_call"sv,
                               "shell_call_output"sv,
                               "apply_patch_call"sv,
                               "apply_patch_call_output"sv,
                               "web_search_call"sv,
                               "code_interpreter_call"sv,
                               "image_generation_call"sv,
                               "mcp_list_tools"sv,
                               "mcp_approval_request"sv,
                               "mcp_approval_response"sv,
                               "mcp_call"sv,
                               "tool_search_call"sv,
                               "tool_search_output"sv,
                               "compaction"sv};

/// The walk over input items. Every function returns false when the text is broken there, and a walk that did
/// not reach the end counts as unbounded.
class Walk
{
public:
    ResponsesInput found;

    bool item(ondemand::value &value)
    {
        if (jsonTypeOf(value) == JsonType::array)
            found.unbounded = true;
        std::string_view kind;
        bool hasRole = false;
        bool isItem = false;
        bool isSealed = false;
        const qint64 imagesBefore = found.images;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            isItem = true;
            found.unbounded |= hasEscape(key);
            if (key == "type"sv)
                kind = jsonInside(inner);
            else if (key == "role"sv)
                hasRole = true;
            else if (key == "encrypted_content"sv)
                isSealed = !jsonInside(inner).empty();
            else if (key == "content"sv || key == "output"sv)
                return parts(inner);
            else if (key == "outputs"sv)
                return jsonElements(inner, [this](ondemand::value &output) { return codeOutput(output); });
            else if (key == "result"sv)
                picture(inner);
            return true;
        });
        // A message may leave its type out.
        const bool known = kind.empty() ? hasRole : isOneOf(kind, textItems);
        found.unbounded |= isItem && !known;
        // The provider remembers what is not sealed in here.
        found.unbounded |= kind == "reasoning"sv && !isSealed;
        if (kind == "image_generation_call"sv && found.images == imagesBefore)
            ++found.images;
        return whole;
    }

private:
    /// Logs, or an image by its address.
    bool codeOutput(ondemand::value &value)
    {
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            found.images += key == "url"sv && jsonTypeOf(inner) == JsonType::string;
            return true;
        });
    }

    /// A text, an array of parts, or one part.
    bool parts(ondemand::value &value)
    {
        if (jsonTypeOf(value) == JsonType::object)
            return part(value);
        return jsonElements(value, [this](ondemand::value &element) { return part(element); });
    }

    bool part(ondemand::value &value)
    {
        if (jsonTypeOf(value) == JsonType::array)
            found.unbounded = true;
        std::string_view kind;
        bool isPart = false;
        bool isLog = false;
        qint64 images = 0;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            isPart = true;
            found.unbounded |= hasEscape(key);
            if (key == "type"sv) {
                kind = jsonInside(inner);
            } else if (key == "image_url"sv && jsonTypeOf(inner) == JsonType::string) {
                ++images;
                url(inner);
            } else if (key == "stdout"sv || key == "stderr"sv) {
                isLog = true;
            }
            return true;
        });
        const bool isImage = kind == "input_image"sv || kind == "computer_screenshot"sv;
        found.images += isImage ? std::max<qint64>(1, images) : images;
        found.audio |= kind == "input_audio"sv;
        const bool known =
            isImage || kind == "input_audio"sv || isOneOf(kind, textParts) || (kind.empty() && isLog);
        found.unbounded |= isPart && !known;
        return whole;
    }

    void url(ondemand::value &value)
    {
        const std::string_view text = jsonInside(value);
        if (!text.starts_with("data:"sv))
            return;
        if (text.starts_with("data:image/"sv) || text.starts_with("data:image\\/"sv))
            found.inlineImageBytes += qint64(text.size());
        else
            found.unbounded = true; // a document in the place of an image
    }

    /// What an earlier image generation made, in base64.
    void picture(ondemand::value &value)
    {
        const std::string_view text = jsonInside(value);
        if (text.empty())
            return;
        ++found.images;
        found.inlineImageBytes += qint64(text.size());
    }
};

/// One entry of `tools`.
bool readTool(ondemand::value &value, ResponsesTools &tools)
{
    std::string_view kind, model, environment;
    const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
        tools.unknown |= hasEscape(key);
        if (key == "type"sv)
            kind = jsonInside(inner);
        else if (key == "model"sv)
            model = jsonInside(inner);
        else if (key == "environment"sv)
            return jsonMembers(inner, [&](std::string_view name, ondemand::value &type) {
                if (name == "type"sv)
                    environment = jsonInside(type);
                return true;
            });
        return true;
    });
    constexpr std::array ours{"function"sv, "custom"sv,      "local_shell"sv, "apply_patch"sv,
                              "computer"sv, "tool_search"sv, "namespace"sv};
    if (kind.starts_with("web_search"sv)) {
        tools.webSearch = true;
    } else if (kind == "file_search"sv) {
        tools.fileSearch = true;
    } else if (kind == "code_interpreter"sv) {
        tools.codeSession = true;
    } else if (kind == "shell"sv) {
        tools.codeSession |= environment != "local"sv && !environment.empty();
    } else if (kind == "image_generation"sv) {
        tools.images = true;
        tools.imageModel = QString::fromUtf8(model.data(), qsizetype(model.size()));
    } else if (kind == "mcp"sv) {
        tools.remote = true;
    } else if (!isOneOf(kind, ours) && !kind.starts_with("computer_use"sv)) {
        tools.unknown = true;
    }
    return whole;
}

} // namespace

ResponsesInput readResponsesInput(const QByteArray &body, qsizetype begin, qsizetype end)
{
    Walk walk;
    if (body.at(begin) == '{')
        walk.found.unbounded = true;
    if (body.at(begin) != '[')
        return walk.found;
    JsonScratch scratch(body, begin, end);
    ondemand::value value;
    const bool whole = scratch.error() == simdjson::SUCCESS
        && scratch.document().get_value().get(value) == simdjson::SUCCESS
        && jsonElements(value, [&](ondemand::value &item) { return walk.item(item); });
    walk.found.unbounded |= !whole;
    return walk.found;
}

ResponsesTools readResponsesTools(const QByteArray &body, qsizetype begin, qsizetype end)
{
    ResponsesTools tools;
    if (body.at(begin) != '[')
        return tools; // no provider takes that
    JsonScratch scratch(body, begin, end);
    ondemand::value value;
    const bool whole = scratch.error() == simdjson::SUCCESS
        && scratch.document().get_value().get(value) == simdjson::SUCCESS
        && jsonElements(value, [&](ondemand::value &tool) { return readTool(tool, tools); });
    tools.unknown |= !whole;
    return tools;
}

} // namespace lbp
