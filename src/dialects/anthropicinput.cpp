#include "dialects/anthropicinput.h"

#include "dialects/jsonwalk.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

using namespace std::string_view_literals;

constexpr int deepestBlock = 16; ///< nesting of content that is followed; more is unbounded

bool hasEscape(std::string_view text)
{
    return text.find('\\') != std::string_view::npos;
}

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

bool endsWith(std::string_view text, std::string_view suffix)
{
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

template <size_t n> bool isOneOf(std::string_view word, const std::array<std::string_view, n> &words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Blocks that are bounded by their bytes, together with the blocks in their `content`.
constexpr std::array textBlocks{"text"sv,
                                "thinking"sv,
                                "redacted_thinking"sv,
                                "tool_use"sv,
                                "tool_result"sv,
                                "tool_reference"sv,
                                "tool_removal"sv,
                                "server_tool_use"sv,
                                "mcp_tool_use"sv,
                                "mcp_tool_result"sv,
                                "mcp_tool_listing"sv,
                                "search_result"sv,
                                "compaction"sv,
                                "fallback"sv,
                                "browser_state"sv,
                                "web_search_result"sv,
                                "web_search_tool_result"sv,
                                "web_search_tool_result_error"sv,
                                "web_fetch_result"sv,
                                "web_fetch_tool_result"sv,
                                "web_fetch_tool_result_error"sv,
                                "tool_search_tool_result"sv,
                                "tool_search_tool_search_result"sv,
                                "tool_search_tool_result_error"sv,
                                "code_execution_tool_result_error"sv,
                                "bash_code_execution_tool_result_error"sv,
                                "text_editor_code_execution_tool_result"sv,
                                "text_editor_code_execution_view_result"sv,
                                "text_editor_code_execution_create_result"sv,
                                "text_editor_code_execution_str_replace_result"sv,
                                "text_editor_code_execution_tool_result_error"sv,
                                "advisor_tool_result"sv,
                                "advisor_tool_result_error"sv,
                                "advisor_result"sv,
                                "advisor_redacted_result"sv};
/// The same, but they name files that code made. Those stay in its container.
constexpr std::array outputBlocks{"code_execution_tool_result"sv,      "code_execution_result"sv,
                                  "code_execution_output"sv,           "encrypted_code_execution_result"sv,
                                  "bash_code_execution_tool_result"sv, "bash_code_execution_result"sv,
                                  "bash_code_execution_output"sv};

void readCacheControl(ondemand::value &value, bool &writes, bool &writesLong)
{
    if (jsonTypeOf(value) == JsonType::null)
        return;
    writes = true;
    ondemand::object object;
    std::string_view raw;
    const bool read = jsonTypeOf(value) == JsonType::object
        && value.get_object().get(object) == simdjson::SUCCESS
        && object.raw_json().get(raw) == simdjson::SUCCESS;
    writesLong |= !read || mayCacheLong(jsonView(raw));
}

/// The walk over content. Every function returns false when the text is broken there, and a walk that did not
/// reach the end counts as unbounded.
class Walk
{
public:
    explicit Walk(AnthropicInput &found)
        : m_found(found)
    {
    }

    /// A message, a block or a list of them.
    bool any(ondemand::value &value, int depth)
    {
        switch (jsonTypeOf(value)) {
        case JsonType::array:
            if (depth > deepestBlock) {
                m_found.unbounded = true;
                return true;
            }
            return jsonElements(value, [&](ondemand::value &inner) { return any(inner, depth + 1); });
        case JsonType::object:
            if (depth > deepestBlock) {
                m_found.unbounded = true;
                return true;
            }
            return object(value, depth);
        default:
            return true;
        }
    }

private:
    bool object(ondemand::value &value, int depth)
    {
        std::string_view type;
        bool isMessage = false, hasType = false, bounded = true;
        qint64 inlineBytes = 0;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            m_found.unbounded |= hasEscape(key);
            if (key == "type") {
                type = jsonInside(inner);
                m_found.unbounded |= hasType;
                hasType = true;
            } else if (key == "role") {
                isMessage = true;
            } else if (key == "content") {
                return any(inner, depth + 1);
            } else if (key == "source") {
                return source(inner, depth + 1, bounded, inlineBytes);
            } else if (key == "file_id") {
                bounded = false;
            } else if (key == "cache_control") {
                readCacheControl(inner, m_found.writesCache, m_found.writesCacheLong);
            }
            return true;
        });
        if (type == "image") { // wherever it comes from: it is scaled down to what the model takes
            ++m_found.images;
            m_found.inlineBytes += inlineBytes;
        } else if (type == "document" || isOneOf(type, textBlocks)) {
            m_found.unbounded |= !bounded;
        } else if (!isOneOf(type, outputBlocks) && !(isMessage && (!hasType || type == "message"))) {
            m_found.unbounded = true;
        }
        return whole;
    }

    /// Where an image or a document comes from. A search result has a plain address there.
    bool source(ondemand::value &value, int depth, bool &bounded, qint64 &inlineBytes)
    {
        std::string_view type;
        if (jsonTypeOf(value) != JsonType::object)
            return true;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            m_found.unbounded |= hasEscape(key);
            if (key == "type")
                type = jsonInside(inner);
            else if (key == "data")
                inlineBytes = qint64(jsonInside(inner).size());
            else if (key == "content")
                return any(inner, depth + 1);
            return true;
        });
        // A PDF is compressed, and each of its pages is read as text and as an image.
        bounded &= type == "text" || type == "content";
        return whole;
    }

    AnthropicInput &m_found;
};

/// Reads the elements of the array at [begin, end). \return false when it is broken or no array.
template <typename F> bool readArray(const QByteArray &body, qsizetype begin, qsizetype end, F element)
{
    JsonScratch scratch(body, begin, end);
    ondemand::array array;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_array().get(array) != simdjson::SUCCESS)
        return false;
    for (auto next : array) {
        ondemand::value value;
        if (std::move(next).get(value) != simdjson::SUCCESS || !element(value))
            return false;
    }
    return true;
}

/// A limit in the definition of a tool. Where it stands twice, the larger holds.
void readLimit(ondemand::value &value, std::optional<qint64> &limit, bool &wrong)
{
    const JsonType type = jsonTypeOf(value);
    if (type == JsonType::null)
        return;
    const std::optional<qint64> number =
        type == JsonType::number ? jsonInteger(jsonView(rawScalar(value))) : std::nullopt;
    if (!number || *number < 0)
        wrong = true;
    else
        limit = std::max(limit.value_or(0), *number);
}

struct Tool
{
    std::string_view type;
    QString model;
    std::optional<qint64> maxUses, maxTokens, maxContent;
    bool isUnclear = false; ///< an escape or a double member, so that it may be anything
    bool hasWrongLimit = false;
};

bool readTool(ondemand::value &value, Tool &tool, AnthropicTools &found)
{
    bool hasType = false;
    return jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
        tool.isUnclear |= hasEscape(key);
        if (key == "type") {
            tool.isUnclear |= hasType;
            hasType = true;
            tool.type = jsonInside(inner);
            tool.isUnclear |= hasEscape(tool.type);
        } else if (key == "model") {
            tool.model = jsonString(jsonRawString(inner)).value_or(QString());
        } else if (key == "max_uses") {
            readLimit(inner, tool.maxUses, tool.hasWrongLimit);
        } else if (key == "max_tokens") {
            readLimit(inner, tool.maxTokens, tool.hasWrongLimit);
        } else if (key == "max_content_tokens") {
            readLimit(inner, tool.maxContent, tool.hasWrongLimit);
        } else if (key == "cache_control" || key == "caching") {
            readCacheControl(inner, found.writesCache, found.writesCacheLong);
        }
        return true;
    });
}

void addHosted(AnthropicTools &found, qint64 uses, qint64 resultTokens)
{
    found.uses = std::min(found.uses + uses, mostHostedUses);
    found.resultTokens = std::max(found.resultTokens, resultTokens);
    found.hiddenTokens += anthropicToolTokens;
}

void addTool(const Tool &tool, AnthropicTools &found)
{
    const qint64 uses = tool.maxUses.value_or(assumedHostedUses);
    if (tool.isUnclear) {
        found.unbounded = true;
        found.webSearches += uses;
        addHosted(found, uses, fetchedPageTokens);
    } else if (tool.type.empty() || tool.type == "custom") {
        return; // the client's own, defined in the body
    } else if (startsWith(tool.type, "web_search_")) {
        found.webSearches += uses;
        addHosted(found, uses, hostedResultTokens);
    } else if (startsWith(tool.type, "web_fetch_")) {
        addHosted(found, uses,
                  std::clamp<qint64>(tool.maxContent.value_or(fetchedPageTokens), 1, fetchedPageTokens));
    } else if (startsWith(tool.type, "code_execution_")) {
        found.codeSessions = 1;
        addHosted(found, assumedHostedUses, hostedResultTokens);
    } else if (startsWith(tool.type, "advisor_")) {
        found.advisers.push_back({tool.model, uses, tool.maxTokens});
        addHosted(found, uses, hostedResultTokens);
    } else if (startsWith(tool.type, "tool_search_tool_")) {
        addHosted(found, assumedHostedUses, 0); // it finds definitions that are in the body
    } else if (endsWith(tool.type, "mcp_toolset")) {
        found.unbounded = true;
        addHosted(found, assumedHostedUses, hostedResultTokens);
    } else if (tool.type.find("_toolset") != std::string_view::npos) {
        found.hiddenTokens += anthropicToolsetTokens;
    } else if (startsWith(tool.type, "bash_") || startsWith(tool.type, "text_editor_")
               || startsWith(tool.type, "computer_") || startsWith(tool.type, "memory_")) {
        found.hiddenTokens += anthropicToolTokens; // run by the client
    } else {
        found.unbounded = true;
        addHosted(found, uses, fetchedPageTokens);
    }
}

Error wrongLimit()
{
    return {ErrorCode::InvalidRequest,
            QStringLiteral("Invalid value in \"tools\": \"max_uses\", \"max_tokens\" and "
                           "\"max_content_tokens\" are whole numbers, and \"max_uses\" is at most %1.")
                .arg(mostHostedUses)};
}

/// The walk for the words themselves.
class Words
{
public:
    explicit Words(InputText &text)
        : m_text(text)
    {
    }

    bool any(ondemand::value &value, int depth)
    {
        if (depth > deepestBlock)
            return true;
        switch (jsonTypeOf(value)) {
        case JsonType::string:
            add(value);
            return true;
        case JsonType::array:
            return jsonElements(value, [&](ondemand::value &inner) { return any(inner, depth + 1); });
        case JsonType::object:
            m_text.overhead += overheadPerBlock;
            return jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
                return member(key, inner, depth);
            });
        default:
            return true;
        }
    }

private:
    static constexpr qint64 overheadPerBlock = 8; ///< roles, separators and the marks around a block

    bool member(std::string_view key, ondemand::value &value, int depth)
    {
        static constexpr std::array words{
            "text"sv, "thinking"sv, "signature"sv, "title"sv,   "context"sv,
            "name"sv, "url"sv,      "tool_name"sv, "content"sv, "encrypted_content"sv};
        if (isOneOf(key, words))
            return any(value, depth + 1);
        if (key == "input")
            return raw(value);
        if (key == "source")
            return source(value, depth + 1);
        if (key == "data") // sealed thinking
            m_text.unreadable += qint64(jsonInside(value).size());
        else if (key == "type")
            m_text.unreadable += jsonInside(value) == "image" ? anthropicImageTokens : 0;
        return true;
    }

    bool source(ondemand::value &value, int depth)
    {
        if (jsonTypeOf(value) != JsonType::object)
            return any(value, depth);
        std::string_view type, data;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "type")
                type = jsonInside(inner);
            else if (key == "data")
                data = jsonInside(inner);
            else if (key == "content")
                return any(inner, depth + 1);
            return true;
        });
        if (type == "text")
            keep('"' + jsonView(data).toByteArray() + '"');
        return whole;
    }

    bool raw(ondemand::value &value)
    {
        if (jsonTypeOf(value) != JsonType::object)
            return any(value, deepestBlock);
        ondemand::object object;
        std::string_view json;
        if (value.get_object().get(object) != simdjson::SUCCESS
            || object.raw_json().get(json) != simdjson::SUCCESS)
            return false;
        m_text.pieces.push_back(jsonView(json).toByteArray());
        return true;
    }

    void add(ondemand::value &value) { keep(jsonRawString(value)); }

    void keep(QByteArrayView quoted)
    {
        if (quoted.size() <= 2)
            return;
        // Text without escapes is what it means.
        if (!hasEscape({quoted.data(), size_t(quoted.size())}))
            m_text.pieces.push_back(quoted.sliced(1).chopped(1).toByteArray());
        else
            m_text.pieces.push_back(jsonString(quoted).value_or(QString()).toUtf8());
    }

    InputText &m_text;
};

} // namespace

void readAnthropicInput(const QByteArray &body, qsizetype begin, qsizetype end, AnthropicInput &found)
{
    if (body.at(begin) == '"')
        return; // a system prompt in one string
    Walk walk(found);
    if (!readArray(body, begin, end, [&](ondemand::value &value) { return walk.any(value, 0); }))
        found.unbounded = found.writesCache = found.writesCacheLong = true;
}

Result<AnthropicTools> readAnthropicTools(const QByteArray &body, qsizetype begin, qsizetype end)
{
    AnthropicTools found;
    bool isWrong = false;
    const bool whole = readArray(body, begin, end, [&](ondemand::value &value) {
        Tool tool;
        const bool read = readTool(value, tool, found);
        isWrong |= tool.hasWrongLimit || tool.maxUses.value_or(0) > mostHostedUses;
        if (!isWrong)
            addTool(tool, found);
        return read;
    });
    if (isWrong)
        return tl::unexpected(wrongLimit());
    if (!whole) // a text that findMembers() took and a walk does not is one nobody sends
        return fail(ErrorCode::InvalidRequest, QStringLiteral("\"tools\" cannot be read."));
    return found;
}

Result<std::vector<OtherModel>> readAnthropicFallbacks(const QByteArray &body, qsizetype begin, qsizetype end,
                                                       qint64 ceiling)
{
    std::vector<OtherModel> models;
    bool isWrong = false;
    const bool whole = readArray(body, begin, end, [&](ondemand::value &value) {
        OtherModel other{{}, 1, ceiling};
        std::optional<qint64> own;
        const bool read = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "model") {
                isWrong |= !other.model.isEmpty();
                other.model = jsonString(jsonRawString(inner)).value_or(QString());
            } else if (key == "max_tokens") {
                readLimit(inner, own, isWrong);
            }
            isWrong |= hasEscape(key);
            return true;
        });
        other.ceiling = own.value_or(ceiling);
        isWrong |= other.model.isEmpty();
        models.push_back(std::move(other));
        return read;
    });
    if (isWrong || !whole)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("\"fallbacks\" must be \"default\" or a list of objects with a \"model\" "
                                   "and, if need be, a whole number as \"max_tokens\"."));
    return models;
}

bool mayCacheLong(QByteArrayView raw)
{
    return raw.contains("1h") || raw.contains('\\');
}

void appendAnthropicText(const QByteArray &body, qsizetype begin, qsizetype end, InputText &text)
{
    Words words(text);
    if (body.at(begin) == '"') {
        JsonScratch scratch(QByteArrayView("[" + body.mid(begin, end - begin) + "]"));
        ondemand::array array;
        if (scratch.error() != simdjson::SUCCESS
            || scratch.document().get_array().get(array) != simdjson::SUCCESS)
            return;
        for (auto next : array) {
            ondemand::value value;
            if (std::move(next).get(value) == simdjson::SUCCESS) [[maybe_unused]]
                const bool read = words.any(value, 0);
        }
        return;
    }
    [[maybe_unused]] const bool whole =
        readArray(body, begin, end, [&](ondemand::value &value) { return words.any(value, 0); });
}

} // namespace lbp
