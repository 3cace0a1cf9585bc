#include "dialects/geminipayload.h"

#include "dialects/jsonwalk.h"

namespace lbp {
namespace {

/// The tokens of one modality in a list of details. A list that does not name it says that there were none.
class Details
{
public:
    explicit Details(bool &unreadable)
        : m_unreadable(unreadable)
    {
    }

    std::optional<qint64> audio, image;

    bool read(ondemand::value &value)
    {
        if (jsonTypeOf(value) != JsonType::array)
            return true;
        audio = image = 0;
        return jsonElements(value, [this](ondemand::value &element) {
            std::string_view modality;
            std::optional<qint64> count;
            const bool whole = jsonMembers(element, [&](std::string_view key, ondemand::value &inner) {
                if (key == "modality")
                    modality = jsonInside(inner);
                else if (key == "tokenCount")
                    readJsonCount(inner, count, m_unreadable);
                return true;
            });
            if (modality == "AUDIO")
                add(*audio, count.value_or(0));
            else if (modality == "IMAGE")
                add(*image, count.value_or(0));
            return whole;
        });
    }

private:
    void add(qint64 &sum, qint64 count) { m_unreadable |= qAddOverflow(sum, count, &sum); }

    bool &m_unreadable;
};

class Reader
{
public:
    Reader(GeminiPayload &out, GeminiPart part)
        : m_out(out)
        , m_part(part)
    {
    }

    bool member(std::string_view key, ondemand::value &value)
    {
        if (key == "candidates")
            return jsonElements(value, [this](ondemand::value &each) { return candidate(each); });
        if (key == "usageMetadata")
            return usage(value);
        if (key == "modelVersion")
            m_out.modelVersion = jsonRawString(value);
        else if (key == "responseId")
            m_out.responseId = jsonRawString(value);
        else if (key == "error")
            m_out.error |= jsonTypeOf(value) != JsonType::null;
        else if (key == "promptFeedback")
            return jsonMembers(value, [this](std::string_view name, ondemand::value &inner) {
                if (name == "blockReason")
                    m_out.blocked |= jsonTypeOf(inner) == JsonType::string;
                return true;
            });
        return true;
    }

private:
    bool usage(ondemand::value &value)
    {
        if (jsonTypeOf(value) != JsonType::object)
            return true;
        GeminiUsage found;
        bool &bad = found.unreadable;
        Details prompt(bad), toolUse(bad), cached(bad), candidates(bad);
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "promptTokenCount")
                readJsonCount(inner, found.prompt, bad);
            else if (key == "candidatesTokenCount")
                readJsonCount(inner, found.candidates, bad);
            else if (key == "totalTokenCount")
                readJsonCount(inner, found.total, bad);
            else if (key == "thoughtsTokenCount")
                readJsonCount(inner, found.thoughts, bad);
            else if (key == "cachedContentTokenCount")
                readJsonCount(inner, found.cached, bad);
            else if (key == "toolUsePromptTokenCount")
                readJsonCount(inner, found.toolUse, bad);
            else if (key == "serviceTier")
                m_out.serviceTier = jsonRawString(inner);
            else if (key == "promptTokensDetails" || key == "promptTokenDetails")
                return prompt.read(inner);
            else if (key == "toolUsePromptTokensDetails")
                return toolUse.read(inner);
            else if (key == "cacheTokensDetails")
                return cached.read(inner);
            else if (key == "candidatesTokensDetails")
                return candidates.read(inner);
            return true;
        });
        found.promptAudio = prompt.audio;
        found.toolUseAudio = toolUse.audio;
        found.cachedAudio = cached.audio;
        found.candidatesAudio = candidates.audio;
        found.candidatesImage = candidates.image;
        m_out.hasUsage = true;
        m_out.usage = found;
        return whole;
    }

    bool candidate(ondemand::value &value)
    {
        GeminiPayload::Candidate found;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "content")
                return m_part == GeminiPart::UsageAlone || content(inner);
            if (key == "groundingMetadata")
                return grounding(inner, found.searches);
            if (key == "index" && jsonTypeOf(inner) == JsonType::number)
                found.index = jsonInteger(jsonView(rawScalar(inner))).value_or(0);
            else if (key == "finishReason")
                found.finished = jsonTypeOf(inner) == JsonType::string;
            return true;
        });
        m_out.candidates.append(found);
        return whole;
    }

    bool grounding(ondemand::value &value, qint64 &searches)
    {
        bool usedMaps = false;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "webSearchQueries" || key == "imageSearchQueries")
                return jsonElements(inner, [&](ondemand::value &) {
                    ++searches;
                    return true;
                });
            if (key == "groundingChunks")
                return jsonElements(inner, [&](ondemand::value &chunk) {
                    return jsonMembers(chunk, [&](std::string_view kind, ondemand::value &) {
                        usedMaps |= kind == "maps";
                        return true;
                    });
                });
            return true;
        });
        searches += usedMaps; // billed once for an answer
        return whole;
    }

    bool content(ondemand::value &value)
    {
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            return key != "parts"
                || jsonElements(inner, [this](ondemand::value &each) { return part(each); });
        });
    }

    bool part(ondemand::value &value)
    {
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "text")
                written(inner);
            else if (key == "functionCall")
                return call(inner);
            else if (key == "executableCode")
                return jsonMembers(inner, [this](std::string_view name, ondemand::value &code) {
                    if (name == "code")
                        written(code);
                    return true;
                });
            else if (key == "inlineData")
                return blob(inner);
            return true;
        });
    }

    void written(ondemand::value &value) { m_out.text.addEscaped(jsonView(jsonInside(value))); }

    bool call(ondemand::value &value)
    {
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "name") {
                written(inner);
            } else if (key == "args" && jsonTypeOf(inner) == JsonType::object) {
                ondemand::object arguments;
                std::string_view spelt;
                if (inner.get_object().get(arguments) != simdjson::SUCCESS
                    || arguments.raw_json().get(spelt) != simdjson::SUCCESS)
                    return false;
                m_out.text.addPlain(jsonView(spelt));
            }
            return true;
        });
    }

    bool blob(ondemand::value &value)
    {
        std::string_view type;
        qint64 size = 0;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "mimeType")
                type = jsonInside(inner);
            else if (key == "data")
                size = qint64(jsonInside(inner).size());
            return true;
        });
        if (type.starts_with("audio/"))
            m_out.audioBytes += size;
        else
            m_out.images += size > 0;
        return whole;
    }

    GeminiPayload &m_out;
    const GeminiPart m_part;
};

bool read(QByteArrayView json, GeminiPayload &out, GeminiPart part, simdjson::error_code &error)
{
    out = {};
    JsonScratch scratch(json);
    error = scratch.error();
    ondemand::object object;
    if (error != simdjson::SUCCESS || scratch.document().get_object().get(object) != simdjson::SUCCESS)
        return false;
    Reader reader(out, part);
    [[maybe_unused]] const bool whole = eachJsonMember(
        object, [&](std::string_view key, ondemand::value &value) { return reader.member(key, value); });
    return true;
}

} // namespace

bool readGeminiPayload(QByteArrayView json, GeminiPayload &out, GeminiPart part)
{
    simdjson::error_code error = simdjson::SUCCESS;
    if (read(json, out, part, error))
        return true;
    if (error != simdjson::UTF8_ERROR)
        return false;
    // A character that was cut in two must not hide the numbers.
    QByteArray ascii = json.toByteArray();
    for (char &c : ascii) {
        if (uchar(c) >= 0x80)
            c = '?';
    }
    return read(ascii, out, part, error);
}

} // namespace lbp
