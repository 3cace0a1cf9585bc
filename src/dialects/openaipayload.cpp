#include "dialects/openaipayload.h"

#include "dialects/jsonscratch.h"
#include "wire/json.h"

namespace lbp {
namespace {

using Type = ondemand::json_type;

constexpr int deepestContent = 8; ///< nesting of content parts that is followed

Type typeOf(ondemand::value &value)
{
    Type type = Type::null;
    return value.type().get(type) == simdjson::SUCCESS ? type : Type::null;
}

QByteArrayView view(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

QByteArrayView rawString(ondemand::value &value)
{
    return typeOf(value) == Type::string ? view(rawScalar(value)) : QByteArrayView();
}

/// Calls \a member for each member of the object \a value. \return false when the text is broken there.
template <typename F> bool eachMember(ondemand::value &value, F member)
{
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return false;
    for (auto next : object) {
        ondemand::field field;
        if (std::move(next).get(field) != simdjson::SUCCESS)
            return false;
        const std::string_view key = rawKey(field);
        ondemand::value inner = field.value();
        if (!member(key, inner))
            return false;
    }
    return true;
}

template <typename F> bool eachElement(ondemand::value &value, F element)
{
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return false;
    for (auto next : array) {
        ondemand::value inner;
        if (std::move(next).get(inner) != simdjson::SUCCESS)
            return false;
        if (!element(inner))
            return false;
    }
    return true;
}

/// Members of an object; any other type is passed over.
template <typename F> bool membersIfObject(ondemand::value &value, F member)
{
    return typeOf(value) != Type::object || eachMember(value, member);
}

template <typename F> bool elementsIfArray(ondemand::value &value, F element)
{
    return typeOf(value) != Type::array || eachElement(value, element);
}

/// A whole number; the usual spelling, plain digits, without a parser.
std::optional<qint64> wholeNumber(ondemand::value &value)
{
    const std::string_view raw = rawScalar(value);
    if (raw.empty() || raw.size() > 15)
        return jsonInteger(view(raw));
    qint64 number = 0;
    for (const char c : raw) {
        if (c < '0' || c > '9')
            return jsonInteger(view(raw));
        number = number * 10 + (c - '0');
    }
    return number;
}

void readCount(ondemand::value &value, std::optional<qint64> &count, bool &unreadable)
{
    if (typeOf(value) != Type::number)
        return;
    const std::optional<qint64> number = wholeNumber(value);
    if (number)
        count = number;
    else
        unreadable = true;
}

void readAmount(ondemand::value &value, std::optional<Money> &amount)
{
    const Type type = typeOf(value);
    if (type == Type::number || type == Type::string)
        amount = moneyOfNumber(view(rawScalar(value)));
}

/// The names under which compatible providers report cached tokens, the most trusted first.
struct CachedCounts
{
    std::optional<qint64> details, hit, number, plain;

    std::optional<qint64> best() const { return details ? details : hit ? hit : number ? number : plain; }
};

bool readUsageObject(ondemand::value &value, OpenAiUsage &usage)
{
    usage = {};
    CachedCounts cached;
    bool &bad = usage.unreadable;
    const auto inputDetails = [&](std::string_view key, ondemand::value &inner) {
        if (key == "cached_tokens")
            readCount(inner, cached.details, bad);
        else if (key == "cache_write_tokens")
            readCount(inner, usage.cacheWrite, bad);
        else if (key == "audio_tokens")
            readCount(inner, usage.audioInput, bad);
        return true;
    };
    const auto outputDetails = [&](std::string_view key, ondemand::value &inner) {
        if (key == "reasoning_tokens")
            readCount(inner, usage.reasoning, bad);
        else if (key == "audio_tokens")
            readCount(inner, usage.audioOutput, bad);
        return true;
    };
    const auto costDetails = [&usage](std::string_view key, ondemand::value &inner) {
        if (key == "upstream_inference_cost")
            readAmount(inner, usage.told.upstream);
        return true;
    };
    const bool whole = eachMember(value, [&](std::string_view key, ondemand::value &inner) {
        if (key == "prompt_tokens")
            readCount(inner, usage.input, bad);
        else if (key == "completion_tokens")
            readCount(inner, usage.output, bad);
        else if (key == "total_tokens")
            readCount(inner, usage.total, bad);
        else if (key == "prompt_cache_hit_tokens")
            readCount(inner, cached.hit, bad);
        else if (key == "num_cached_tokens")
            readCount(inner, cached.number, bad);
        else if (key == "cached_tokens")
            readCount(inner, cached.plain, bad);
        else if (key == "prompt_tokens_details" || key == "prompt_token_details")
            return membersIfObject(inner, inputDetails);
        else if (key == "completion_tokens_details")
            return membersIfObject(inner, outputDetails);
        else if (key == "cost")
            readAmount(inner, usage.told.cost);
        else if (key == "cost_details")
            return membersIfObject(inner, costDetails);
        else if (key == "is_byok")
            usage.told.ownKey = typeOf(inner) == Type::boolean && rawScalar(inner).starts_with("true");
        return true;
    });
    usage.cached = cached.best();
    return whole;
}

enum class Part { Everything, Usage };

class Reader
{
    using Views = decltype(OpenAiPayload::written);

public:
    Reader(OpenAiPayload &out, Part part)
        : m_out(out)
        , m_part(part)
    {
    }

    bool member(std::string_view key, ondemand::value &value)
    {
        if (key == "choices")
            return m_part == Part::Usage || choices(value);
        if (key == "usage")
            return usage(value);
        if (key == "id")
            m_out.id = rawString(value);
        else if (key == "model")
            m_out.model = rawString(value);
        else if (key == "service_tier")
            m_out.serviceTier = rawString(value);
        else if (key == "created" && typeOf(value) == Type::number)
            m_out.created = view(rawScalar(value));
        else if (key == "error")
            m_out.error |= typeOf(value) != Type::null;
        else if (key == "type")
            m_out.error |= rawString(value) == "\"error\"";
        else if (key == "x_groq")
            return groq(value);
        return true;
    }

    void finish()
    {
        if (m_out.hasUsage)
            return;
        m_out.usage = m_choiceUsage.saysAnything() ? m_choiceUsage : m_groqUsage;
    }

private:
    bool usage(ondemand::value &value)
    {
        if (typeOf(value) != Type::object)
            return true;
        OpenAiUsage found;
        if (!readUsageObject(value, found))
            return false;
        if (found.saysAnything()) {
            m_out.hasUsage = true;
            m_out.usage = found;
        }
        return true;
    }

    bool groq(ondemand::value &value)
    {
        return membersIfObject(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "usage" && typeOf(inner) == Type::object)
                return readUsageObject(inner, m_groqUsage);
            if (key == "error")
                m_out.error |= typeOf(inner) != Type::null;
            return true;
        });
    }

    bool choices(ondemand::value &value)
    {
        if (typeOf(value) != Type::array)
            return true;
        bool any = false;
        const bool whole = eachElement(value, [&](ondemand::value &element) {
            any = true;
            return choice(element);
        });
        m_out.emptyChoices = whole && !any;
        return whole;
    }

    bool choice(ondemand::value &value)
    {
        OpenAiPayload::Choice found;
        const qint64 bytesBefore = m_out.text.bytes;
        const qint64 audioBefore = m_out.audioBytes;
        const bool whole = membersIfObject(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "delta" || key == "message")
                return message(inner);
            if (key == "text")
                return text(inner, m_out.text, m_out.written, 0);
            if (key == "index" && typeOf(inner) == Type::number)
                found.index = wholeNumber(inner).value_or(0);
            else if (key == "finish_reason")
                found.finished = typeOf(inner) == Type::string;
            else if (key == "usage" && typeOf(inner) == Type::object)
                return readUsageObject(inner, m_choiceUsage);
            return true;
        });
        m_out.choices.append(found);
        if (m_out.text.bytes > bytesBefore || m_out.audioBytes > audioBefore)
            ++m_out.contentPieces;
        return whole;
    }

    bool message(ondemand::value &value)
    {
        // Some providers send the same reasoning under two names: the longer counts.
        TextCount reasoning, reasoningContent;
        Views reasoningViews, contentViews;
        const bool whole = membersIfObject(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "content" || key == "refusal")
                return text(inner, m_out.text, m_out.written, 0);
            if (key == "reasoning_content")
                return text(inner, reasoningContent, contentViews, 0);
            if (key == "reasoning")
                return text(inner, reasoning, reasoningViews, 0);
            if (key == "tool_calls")
                return elementsIfArray(inner, [this](ondemand::value &call) { return toolCall(call); });
            if (key == "function_call")
                return function(inner);
            if (key == "audio")
                return audio(inner);
            return true;
        });
        const bool isFirst = reasoning.bytes > reasoningContent.bytes;
        m_out.text += isFirst ? reasoning : reasoningContent;
        for (const QByteArrayView view : isFirst ? reasoningViews : contentViews)
            m_out.written.append(view);
        return whole;
    }

    /// A string, or content parts with strings in them.
    bool text(ondemand::value &value, TextCount &count, Views &views, int depth)
    {
        switch (typeOf(value)) {
        case Type::string:
            views.append(view(insideQuotes(rawScalar(value))));
            count.addEscaped(views.last());
            return true;
        case Type::array:
            return depth > deepestContent || eachElement(value, [&](ondemand::value &part) {
                       return text(part, count, views, depth + 1);
                   });
        case Type::object:
            return depth > deepestContent || depth == 0
                || eachMember(value, [&](std::string_view key, ondemand::value &inner) {
                       const bool written = key == "text" || key == "thinking" || key == "refusal";
                       return !written || text(inner, count, views, depth + 1);
                   });
        default:
            return true;
        }
    }

    bool toolCall(ondemand::value &value)
    {
        return membersIfObject(value, [this](std::string_view key, ondemand::value &inner) {
            return (key != "function" && key != "custom") || function(inner);
        });
    }

    bool function(ondemand::value &value)
    {
        return membersIfObject(value, [this](std::string_view key, ondemand::value &inner) {
            const bool written = key == "name" || key == "arguments" || key == "input";
            return !written || text(inner, m_out.text, m_out.written, 0);
        });
    }

    bool audio(ondemand::value &value)
    {
        return membersIfObject(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "data" && typeOf(inner) == Type::string)
                m_out.audioBytes += qint64(insideQuotes(rawScalar(inner)).size());
            return key != "transcript" || text(inner, m_out.text, m_out.written, 0);
        });
    }

    OpenAiPayload &m_out;
    const Part m_part;
    OpenAiUsage m_choiceUsage, m_groqUsage;
};

bool read(QByteArrayView json, OpenAiPayload &out, Part part, simdjson::error_code &error)
{
    out = {};
    JsonScratch scratch(json);
    error = scratch.error();
    ondemand::object object;
    if (error != simdjson::SUCCESS || scratch.document().get_object().get(object) != simdjson::SUCCESS)
        return false;
    Reader reader(out, part);
    for (auto next : object) {
        ondemand::field field;
        if (std::move(next).get(field) != simdjson::SUCCESS)
            break;
        const std::string_view key = rawKey(field);
        ondemand::value value = field.value();
        if (!reader.member(key, value))
            break;
    }
    reader.finish();
    return true;
}

bool readPart(QByteArrayView json, OpenAiPayload &out, Part part)
{
    simdjson::error_code error = simdjson::SUCCESS;
    if (read(json, out, part, error))
        return true;
    if (error != simdjson::UTF8_ERROR)
        return false;
    // Some providers cut a character in two between chunks. The numbers are still to be had.
    QByteArray ascii = json.toByteArray();
    for (char &c : ascii) {
        if (uchar(c) >= 0x80)
            c = '?';
    }
    return read(ascii, out, part, error);
}

} // namespace

bool readOpenAiPayload(QByteArrayView json, OpenAiPayload &out)
{
    return readPart(json, out, Part::Everything);
}

bool readOpenAiPayloadUsage(QByteArrayView json, OpenAiPayload &out)
{
    if (!readPart(json, out, Part::Usage))
        return false;
    return out.hasUsage || readPart(json, out, Part::Everything);
}

} // namespace lbp
