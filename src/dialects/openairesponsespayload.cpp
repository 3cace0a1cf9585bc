#include "dialects/openairesponsespayload.h"

#include "dialects/jsonwalk.h"

#include <algorithm>

namespace lbp {
namespace {

using namespace std::string_view_literals;

bool readUsage(ondemand::value &value, ResponsesUsage &usage)
{
    usage = {};
    OpenAiUsage &counts = usage.counts;
    bool &bad = counts.unreadable;
    std::optional<qint64> shortWrite;
    const auto writes = [&](std::string_view key, ondemand::value &inner) {
        if (key == "ttl_30m_tokens"sv)
            readJsonCount(inner, shortWrite, bad);
        else if (key == "ttl_12h_tokens"sv)
            readJsonCount(inner, usage.cacheWriteLong, bad);
        return true;
    };
    const auto inputDetails = [&](std::string_view key, ondemand::value &inner) {
        if (key == "cached_tokens"sv)
            readJsonCount(inner, counts.cached, bad);
        else if (key == "cache_write_tokens"sv)
            readJsonCount(inner, counts.cacheWrite, bad);
        else if (key == "cache_write_tokens_details"sv)
            return jsonMembers(inner, writes);
        else if (key == "audio_tokens"sv)
            readJsonCount(inner, counts.audioInput, bad);
        return true;
    };
    const auto outputDetails = [&](std::string_view key, ondemand::value &inner) {
        if (key == "reasoning_tokens"sv)
            readJsonCount(inner, counts.reasoning, bad);
        else if (key == "audio_tokens"sv)
            readJsonCount(inner, counts.audioOutput, bad);
        return true;
    };
    const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
        if (key == "input_tokens"sv)
            readJsonCount(inner, counts.input, bad);
        else if (key == "output_tokens"sv)
            readJsonCount(inner, counts.output, bad);
        else if (key == "total_tokens"sv)
            readJsonCount(inner, counts.total, bad);
        else if (key == "input_tokens_details"sv)
            return jsonMembers(inner, inputDetails);
        else if (key == "output_tokens_details"sv)
            return jsonMembers(inner, outputDetails);
        return true;
    });
    // The parts may be told without the sum, or add up to more than it.
    if (shortWrite || usage.cacheWriteLong) {
        const qint64 parts = shortWrite.value_or(0) + usage.cacheWriteLong.value_or(0);
        counts.cacheWrite = std::max(counts.cacheWrite.value_or(0), parts);
        if (shortWrite.value_or(0) < 0 || usage.cacheWriteLong.value_or(0) < 0)
            counts.cacheWrite = -1; // impossible, and told as such
    }
    return whole;
}

class Reader
{
public:
    explicit Reader(ResponsesPayload &out)
        : m_out(out)
    {
    }

    bool member(std::string_view key, ondemand::value &value)
    {
        if (key == "id"sv)
            m_out.id = jsonRawString(value);
        else if (key == "model"sv)
            m_out.model = jsonRawString(value);
        else if (key == "status"sv)
            m_out.status = jsonRawString(value);
        else if (key == "service_tier"sv)
            m_out.serviceTier = jsonRawString(value);
        else if (key == "created_at"sv && jsonTypeOf(value) == JsonType::number)
            m_out.createdAt = jsonView(rawScalar(value));
        else if (key == "background"sv)
            m_out.background = jsonTypeOf(value) == JsonType::boolean && rawScalar(value) == "true"sv;
        else if (key == "error"sv)
            m_out.hasError = jsonTypeOf(value) != JsonType::null;
        else if (key == "usage"sv)
            return usage(value);
        else if (key == "tool_usage"sv)
            return toolUsage(value);
        else if (key == "output"sv)
            return jsonElements(value, [this](ondemand::value &inner) { return item(inner); });
        else if (key == "tools"sv)
            return jsonElements(value, [this](ondemand::value &inner) { return tool(inner); });
        return true;
    }

private:
    bool usage(ondemand::value &value)
    {
        m_out.hasUsage = jsonTypeOf(value) == JsonType::object;
        return !m_out.hasUsage || readUsage(value, m_out.usage);
    }

    bool toolUsage(ondemand::value &value)
    {
        bool &bad = m_out.usage.counts.unreadable;
        ImageGeneration &images = m_out.images;
        return jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "web_search"sv) {
                return jsonMembers(inner, [&](std::string_view name, ondemand::value &count) {
                    if (name == "num_requests"sv)
                        readJsonCount(count, m_out.webSearches, bad);
                    return true;
                });
            }
            if (key != "image_gen"sv)
                return true;
            return jsonMembers(inner, [&](std::string_view name, ondemand::value &count) {
                if (name == "input_tokens"sv)
                    readJsonCount(count, images.input, images.unreadable);
                else if (name == "output_tokens"sv)
                    readJsonCount(count, images.output, images.unreadable);
                else if (name == "input_tokens_details"sv)
                    return jsonMembers(count, [&](std::string_view part, ondemand::value &tokens) {
                        if (part == "text_tokens"sv)
                            readJsonCount(tokens, images.text, images.unreadable);
                        else if (part == "image_tokens"sv)
                            readJsonCount(tokens, images.image, images.unreadable);
                        return true;
                    });
                return true;
            });
        });
    }

    bool tool(ondemand::value &value)
    {
        bool isImages = false;
        QByteArrayView model;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "type"sv)
                isImages = jsonInside(inner) == "image_generation"sv;
            else if (key == "model"sv)
                model = jsonRawString(inner);
            return true;
        });
        if (isImages)
            m_out.imageModel = model;
        return whole;
    }

    bool item(ondemand::value &value)
    {
        std::string_view kind, action, container;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "type"sv)
                kind = jsonInside(inner);
            else if (key == "container_id"sv)
                container = jsonView(rawScalar(inner)).startsWith('"') ? rawScalar(inner) : ""sv;
            else if (key == "action"sv)
                return jsonMembers(inner, [&](std::string_view name, ondemand::value &text) {
                    if (name == "type"sv)
                        action = jsonInside(text);
                    return true;
                });
            else if (key == "encrypted_content"sv)
                m_out.sealedBytes += qint64(jsonInside(inner).size());
            else if (key == "summary"sv)
                return parts(inner, m_out.summaries);
            else if (key == "content"sv)
                return parts(inner, m_out.text);
            else if (key == "arguments"sv || key == "input"sv || key == "code"sv || key == "name"sv)
                m_out.text.addEscaped(jsonView(jsonInside(inner)));
            return true;
        });
        if (kind == "web_search_call"sv)
            m_out.webSearchItems += action.empty() || action == "search"sv; // opening a page costs nothing
        else if (kind == "file_search_call"sv)
            ++m_out.fileSearchItems;
        if (!container.empty())
            addContainer(jsonView(container));
        return whole;
    }

    void addContainer(QByteArrayView container)
    {
        const bool known = std::any_of(m_out.containers.begin(), m_out.containers.end(),
                                       [&](const QByteArray &each) { return each == container; });
        if (!known)
            m_out.containers.append(container.toByteArray());
    }

    /// Content parts with `text` or `refusal` in them.
    bool parts(ondemand::value &value, TextCount &count)
    {
        return jsonElements(value, [&](ondemand::value &part) {
            return jsonMembers(part, [&](std::string_view key, ondemand::value &inner) {
                if (key == "text"sv || key == "refusal"sv)
                    count.addEscaped(jsonView(jsonInside(inner)));
                return true;
            });
        });
    }

    ResponsesPayload &m_out;
};

/// Opens \a json and hands over each top-level member.
template <typename F> bool walkObject(QByteArrayView json, simdjson::error_code &error, F member)
{
    JsonScratch scratch(json);
    error = scratch.error();
    ondemand::object object;
    if (error != simdjson::SUCCESS || scratch.document().get_object().get(object) != simdjson::SUCCESS)
        return false;
    eachJsonMember(object, member);
    return true;
}

/// The same, and once more with every other character replaced where one was cut in two between chunks.
template <typename Begin> bool walkAnyObject(QByteArrayView json, Begin begin)
{
    simdjson::error_code error = simdjson::SUCCESS;
    if (walkObject(json, error, begin()))
        return true;
    if (error != simdjson::UTF8_ERROR)
        return false;
    QByteArray ascii = json.toByteArray();
    for (char &c : ascii) {
        if (uchar(c) >= 0x80)
            c = '?';
    }
    return walkObject(ascii, error, begin());
}

} // namespace

bool readResponsesPayload(QByteArrayView json, ResponsesPayload &out)
{
    return walkAnyObject(json, [&out] {
        out = {};
        return [reader = Reader(out)](std::string_view key, ondemand::value &value) mutable {
            return reader.member(key, value);
        };
    });
}

bool readResponsesEvent(QByteArrayView json, ResponsesEvent &out)
{
    return walkAnyObject(json, [&out] {
        out = {};
        return [&out, reader = Reader(out.response)](std::string_view key, ondemand::value &value) mutable {
            bool odd = false; // a number that is none is no reason to lose the event
            if (key == "type"sv) {
                out.type = jsonRawString(value);
                out.isError |= out.type == "\"error\"";
            } else if (key == "sequence_number"sv) {
                readJsonCount(value, out.sequence, odd);
            } else if (key == "delta"sv) {
                out.delta = jsonRawString(value);
            } else if (key == "item_id"sv) {
                out.itemId = jsonRawString(value);
            } else if (key == "output_index"sv) {
                readJsonCount(value, out.outputIndex, odd);
            } else if (key == "content_index"sv) {
                readJsonCount(value, out.contentIndex, odd);
            } else if (key == "error"sv) {
                out.isError |= jsonTypeOf(value) != JsonType::null;
            } else if (key == "item"sv && jsonTypeOf(value) == JsonType::object) {
                std::string_view raw;
                ondemand::object object;
                if (value.get_object().get(object) != simdjson::SUCCESS
                    || object.raw_json().get(raw) != simdjson::SUCCESS)
                    return false;
                out.item = jsonView(raw);
            } else if (key == "response"sv) {
                out.hasResponse = jsonTypeOf(value) == JsonType::object;
                return jsonMembers(value, [&reader](std::string_view name, ondemand::value &inner) {
                    return reader.member(name, inner);
                });
            }
            return true;
        };
    });
}

Result<Usage> normalised(const ResponsesUsage &raw)
{
    Result<Usage> usage = normalised(raw.counts);
    if (!usage)
        return usage;
    using enum BillingClass;
    const qint64 kept = std::min(raw.cacheWriteLong.value_or(0), (*usage)[CacheWrite5m]);
    (*usage)[CacheWrite1h] = kept;
    (*usage)[CacheWrite5m] -= kept;
    return usage;
}

Result<Usage> normalised(const ImageGeneration &raw)
{
    if (raw.unreadable)
        return fail(ErrorCode::InvalidUsage,
                    QStringLiteral("usage of image generation: a token count is no whole number in range"));
    constexpr qint64 absurd = 1'000'000'000'000;
    for (const std::optional<qint64> &count : {raw.input, raw.text, raw.image, raw.output}) {
        if (count && (*count < 0 || *count > absurd))
            return fail(ErrorCode::InvalidUsage,
                        QStringLiteral("usage of image generation: %1 tokens are impossible").arg(*count));
    }
    using enum BillingClass;
    Usage usage;
    const qint64 image = raw.image.value_or(0);
    const qint64 text = std::max(raw.text.value_or(0), raw.input.value_or(0) - image);
    usage[UncachedInput] = std::max<qint64>(0, text);
    usage[ImageInput] = image;
    usage[ImageOutput] = raw.output.value_or(0);
    if (usage.isZero())
        return fail(ErrorCode::NotFound, QStringLiteral("no image was generated"));
    return usage;
}

} // namespace lbp
