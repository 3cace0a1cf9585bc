#include "dialects/anthropicpayload.h"

#include "dialects/jsonwalk.h"

namespace lbp {
namespace {

enum class Part { Everything, Usage };

QString textOf(ondemand::value &value)
{
    const QByteArrayView raw = jsonRawString(value);
    return raw.isEmpty() ? QString() : jsonString(raw).value_or(QString());
}

bool readCounts(std::string_view key, ondemand::value &value, AnthropicCounts &counts)
{
    bool &bad = counts.unreadable;
    if (key == "input_tokens")
        readJsonCount(value, counts.input, bad);
    else if (key == "output_tokens")
        readJsonCount(value, counts.output, bad);
    else if (key == "cache_read_input_tokens")
        readJsonCount(value, counts.cacheRead, bad);
    else if (key == "cache_creation_input_tokens")
        readJsonCount(value, counts.cacheWrite, bad);
    else if (key == "cache_creation")
        return jsonMembers(value, [&](std::string_view name, ondemand::value &inner) {
            if (name == "ephemeral_5m_input_tokens")
                readJsonCount(inner, counts.write5m, bad);
            else if (name == "ephemeral_1h_input_tokens")
                readJsonCount(inner, counts.write1h, bad);
            return true;
        });
    else if (key == "output_tokens_details")
        return jsonMembers(value, [&](std::string_view name, ondemand::value &inner) {
            if (name == "thinking_tokens")
                readJsonCount(inner, counts.thinking, bad);
            return true;
        });
    else if (key == "server_tool_use")
        return jsonMembers(value, [&](std::string_view name, ondemand::value &inner) {
            if (name == "web_search_requests")
                readJsonCount(inner, counts.webSearches, bad);
            return true;
        });
    return true;
}

bool readIterations(ondemand::value &value, std::vector<AnthropicIteration> &passes)
{
    return jsonElements(value, [&](ondemand::value &element) {
        AnthropicIteration &pass = passes.emplace_back();
        return jsonMembers(element, [&](std::string_view key, ondemand::value &inner) {
            if (key == "type")
                pass.type = jsonView(jsonInside(inner)).toByteArray();
            else if (key == "model")
                pass.model = textOf(inner);
            else
                return readCounts(key, inner, pass.counts);
            return true;
        });
    });
}

class Reader
{
public:
    Reader(AnthropicPayload &out, Part part)
        : m_out(out)
        , m_part(part)
    {
    }

    /// A member of an event, or of an answer or the `message` that a stream begins with.
    bool member(std::string_view key, ondemand::value &value)
    {
        if (key == "usage")
            return usage(value);
        if (key == "message" && !m_inMessage) {
            m_inMessage = true;
            return jsonMembers(value, [this](std::string_view name, ondemand::value &inner) {
                return name == "type" || member(name, inner);
            });
        }
        if (key == "type")
            m_out.type = jsonView(jsonInside(value));
        else if (key == "id")
            m_out.id = jsonRawString(value);
        else if (key == "model")
            m_out.model = jsonRawString(value);
        else if (key == "index" && jsonTypeOf(value) == JsonType::number)
            m_out.index = jsonInteger(jsonView(rawScalar(value))).value_or(-1);
        else if (key == "stop_reason")
            m_out.stopped |= jsonTypeOf(value) == JsonType::string;
        else if (key == "error")
            m_out.error |= jsonTypeOf(value) != JsonType::null;
        else if (key == "delta")
            return delta(value);
        else if (m_part == Part::Usage)
            return true;
        else if (key == "content")
            return jsonElements(value, [this](ondemand::value &element) { return block(element); });
        else if (key == "content_block")
            return block(value);
        return true;
    }

private:
    bool usage(ondemand::value &value)
    {
        if (jsonTypeOf(value) != JsonType::object)
            return true;
        m_out.hasUsage = true;
        m_out.usage = {};
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "service_tier")
                m_out.usage.serviceTier = textOf(inner);
            else if (key == "speed")
                m_out.usage.speed = textOf(inner);
            else if (key == "inference_geo")
                m_out.usage.inferenceGeo = textOf(inner);
            else if (key == "iterations")
                return readIterations(inner, m_out.usage.iterations);
            else
                return readCounts(key, inner, m_out.usage.counts);
            return true;
        });
    }

    /// Of a block, or of the whole message.
    bool delta(ondemand::value &value)
    {
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "text")
                written(inner, m_out.text, &m_out.textPieces);
            else if (key == "partial_json" || key == "content")
                written(inner, m_out.text, nullptr);
            else if (key == "thinking")
                written(inner, m_out.thinking, nullptr);
            else if (key == "stop_reason")
                m_out.stopped |= jsonTypeOf(inner) == JsonType::string;
            else if (key == "estimated_tokens" && jsonTypeOf(inner) == JsonType::number)
                hidden(jsonInteger(jsonView(rawScalar(inner))).value_or(0));
            return true; // a signature and a citation are nothing that was generated
        });
    }

    bool block(ondemand::value &value)
    {
        // What makes a block a call or a result may stand behind what is in it.
        std::string_view type, name;
        TextCount call, summary;
        qint64 sealed = 0;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "type")
                type = jsonInside(inner);
            else if (key == "text")
                written(inner, m_out.text, &m_out.textPieces);
            else if (key == "thinking")
                written(inner, m_out.thinking, nullptr);
            else if (key == "name")
                name = jsonInside(inner);
            else if (key == "input")
                return arguments(inner, call);
            else if (key == "data")
                sealed = qint64(jsonInside(inner).size());
            else if (key == "content")
                summary.addEscaped(jsonView(jsonInside(inner)));
            return true;
        });
        if (type == "tool_use" || type == "server_tool_use" || type == "mcp_tool_use") {
            call.addEscaped(jsonView(name));
            m_out.text += call;
            m_out.contentPieces += call.bytes > 0;
            m_out.webSearches += type == "server_tool_use" && name == "web_search";
        } else if (type == "redacted_thinking") {
            m_out.sealedBytes += sealed;
            m_out.contentPieces += sealed > 0;
        } else if (type == "compaction") {
            m_out.text += summary;
            m_out.contentPieces += summary.bytes > 0;
        }
        return whole;
    }

    /// The arguments of a call: an object, which is empty where they come in pieces.
    static bool arguments(ondemand::value &value, TextCount &count)
    {
        if (jsonTypeOf(value) != JsonType::object)
            return true;
        ondemand::object object;
        std::string_view raw;
        if (value.get_object().get(object) != simdjson::SUCCESS
            || object.raw_json().get(raw) != simdjson::SUCCESS)
            return false;
        if (raw.size() > 2)
            count.addEscaped(jsonView(raw));
        return true;
    }

    void written(ondemand::value &value, TextCount &count, int *pieces)
    {
        const std::string_view inside = jsonInside(value);
        if (inside.empty())
            return;
        count.addEscaped(jsonView(inside));
        ++m_out.contentPieces;
        if (pieces)
            ++*pieces;
    }

    void hidden(qint64 tokens)
    {
        constexpr qint64 mostAtOnce = 1'000'000;
        m_out.hiddenThinking += qBound<qint64>(0, tokens, mostAtOnce);
        m_out.contentPieces += tokens > 0;
    }

    AnthropicPayload &m_out;
    const Part m_part;
    bool m_inMessage = false;
};

bool read(QByteArrayView json, AnthropicPayload &out, Part part, simdjson::error_code &error)
{
    out = {};
    JsonScratch scratch(json);
    error = scratch.error();
    ondemand::object object;
    if (error != simdjson::SUCCESS || scratch.document().get_object().get(object) != simdjson::SUCCESS)
        return false;
    Reader reader(out, part);
    out.isWhole = eachJsonMember(
        object, [&](std::string_view key, ondemand::value &value) { return reader.member(key, value); });
    return true;
}

bool readPart(QByteArrayView json, AnthropicPayload &out, Part part)
{
    simdjson::error_code error = simdjson::SUCCESS;
    if (read(json, out, part, error))
        return true;
    if (error != simdjson::UTF8_ERROR)
        return false;
    // Half a character must not cost the numbers.
    QByteArray ascii = json.toByteArray();
    for (char &c : ascii) {
        if (uchar(c) >= 0x80)
            c = '?';
    }
    return read(ascii, out, part, error);
}

} // namespace

bool readAnthropicPayload(QByteArrayView json, AnthropicPayload &out)
{
    return readPart(json, out, Part::Everything);
}

bool readAnthropicUsage(QByteArrayView json, AnthropicPayload &out)
{
    return readPart(json, out, Part::Usage);
}

qint64 likelyOutput(const AnthropicPayload &payload)
{
    // Four characters a token, three bytes in four characters of base64.
    return payload.text.tokensLikely() + payload.thinking.tokensLikely() + payload.hiddenThinking
        + payload.sealedBytes * 3 / 16;
}

} // namespace lbp
