#include "dialects/chatinput.h"

#include "dialects/jsonscratch.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

using Type = ondemand::json_type;

bool contains(std::string_view text, char c)
{
    return text.find(c) != std::string_view::npos;
}

template <size_t n> bool isOneOf(std::string_view word, const std::array<std::string_view, n> &words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 6> textTypes{"text",        "refusal",  "input_text",
                                                    "output_text", "thinking", "reasoning"};
constexpr std::array<std::string_view, 3> imageTypes{"image_url", "input_image", "image"};

/// The walk over messages. Every function returns false when the text is broken there, and a walk that did
/// not reach the end counts as unbounded.
class Walk
{
public:
    ChatInput found;

    bool messages(ondemand::value &&message)
    {
        Type type = Type::null;
        ondemand::object object;
        if (message.type().get(type) != simdjson::SUCCESS)
            return false;
        if (type != Type::object)
            return true;
        if (message.get_object().get(object) != simdjson::SUCCESS)
            return false;
        for (auto next : object) {
            ondemand::field field;
            if (std::move(next).get(field) != simdjson::SUCCESS)
                return false;
            const std::string_view key = rawKey(field);
            found.unbounded |= contains(key, '\\');
            ondemand::value value = field.value();
            if (value.type().get(type) != simdjson::SUCCESS)
                return false;
            if (key == "audio")
                found.unbounded |= type != Type::null; // names an earlier answer
            else if (key == "content" && type == Type::array && !parts(value))
                return false;
            else if (key == "content" && type == Type::object && !part(value))
                return false;
        }
        return true;
    }

private:
    bool parts(ondemand::value &content)
    {
        ondemand::array array;
        if (content.get_array().get(array) != simdjson::SUCCESS)
            return false;
        for (auto next : array) {
            ondemand::value value;
            Type type = Type::null;
            if (std::move(next).get(value) != simdjson::SUCCESS
                || value.type().get(type) != simdjson::SUCCESS)
                return false;
            if (type == Type::object && !part(value))
                return false;
            found.unbounded |= type == Type::array;
        }
        return true;
    }

    bool part(ondemand::value &value)
    {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS)
            return false;
        std::string_view kind;
        bool hasText = false;
        qint64 images = 0;
        for (auto next : object) {
            ondemand::field field;
            if (std::move(next).get(field) != simdjson::SUCCESS)
                return false;
            const std::string_view key = rawKey(field);
            ondemand::value inner = field.value();
            found.unbounded |= contains(key, '\\') || key == "file_id" || key == "file";
            if (key == "type") {
                kind = insideQuotes(rawScalar(inner));
            } else if (key == "image_url") {
                ++images;
                if (!image(inner))
                    return false;
            } else if (key == "text") {
                hasText = true;
            }
        }
        const bool isImage = isOneOf(kind, imageTypes);
        if (isImage && images == 0)
            images = 1;
        found.images += images;
        found.audio |= kind == "input_audio";
        const bool known = isImage || kind == "input_audio" || isOneOf(kind, textTypes)
            || (kind.empty() && (hasText || images > 0));
        found.unbounded |= !known;
        return true;
    }

    /// A URL, or an object with one.
    bool image(ondemand::value &value)
    {
        Type type = Type::null;
        if (value.type().get(type) != simdjson::SUCCESS)
            return false;
        if (type == Type::string) {
            url(rawScalar(value));
            return true;
        }
        ondemand::object object;
        if (type != Type::object)
            return true;
        if (value.get_object().get(object) != simdjson::SUCCESS)
            return false;
        bool seen = false;
        for (auto next : object) {
            ondemand::field field;
            if (std::move(next).get(field) != simdjson::SUCCESS)
                return false;
            const std::string_view key = rawKey(field);
            found.unbounded |= contains(key, '\\') || key == "file_id";
            ondemand::value inner = field.value();
            if (key != "url" || inner.type().get(type) != simdjson::SUCCESS || type != Type::string)
                continue;
            found.unbounded |= seen;
            seen = true;
            url(rawScalar(inner));
        }
        return true;
    }

    void url(std::string_view token)
    {
        const std::string_view text = insideQuotes(token);
        if (!text.starts_with("data:"))
            return;
        if (text.starts_with("data:image/") || text.starts_with("data:image\\/"))
            found.inlineImageBytes += qint64(text.size());
        else
            found.unbounded = true; // a document in the place of an image
    }
};

} // namespace

ChatInput readChatInput(const QByteArray &body, qsizetype begin, qsizetype end)
{
    Walk walk;
    if (body.at(begin) != '[')
        return walk.found; // no provider takes that
    JsonScratch scratch(body, begin, end);
    ondemand::array array;
    bool whole = scratch.error() == simdjson::SUCCESS
        && scratch.document().get_array().get(array) == simdjson::SUCCESS;
    if (whole) {
        for (auto next : array) {
            ondemand::value message;
            whole = std::move(next).get(message) == simdjson::SUCCESS && walk.messages(std::move(message));
            if (!whole)
                break;
        }
    }
    walk.found.unbounded |= !whole;
    return walk.found;
}

PlainInputs readPlainInputs(const QByteArray &body, qsizetype begin, qsizetype end)
{
    PlainInputs inputs;
    if (body.at(begin) != '[') {
        inputs.unbounded = body.at(begin) == '{';
        return inputs;
    }
    JsonScratch scratch(body, begin, end);
    ondemand::array array;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_array().get(array) != simdjson::SUCCESS) {
        inputs.unbounded = true;
        return inputs;
    }
    qint64 count = 0;
    for (auto next : array) {
        ondemand::value value;
        Type type = Type::null;
        if (std::move(next).get(value) != simdjson::SUCCESS || value.type().get(type) != simdjson::SUCCESS) {
            inputs.unbounded = true;
            break;
        }
        if (type == Type::number && count == 0)
            break; // the tokens of a single input
        inputs.unbounded |= type == Type::object;
        ++count;
    }
    inputs.count = qMax<qint64>(1, count);
    return inputs;
}

} // namespace lbp
