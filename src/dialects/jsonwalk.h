#pragma once

#include "dialects/jsonscratch.h"
#include "wire/json.h"

#include <optional>

namespace lbp {

// Steps through a JSON text that is open in a JsonScratch. Every function that walks gives false when the
// text is broken there. Include only from .cpp files, as jsonscratch.h.

using JsonType = ondemand::json_type;

[[nodiscard]] inline JsonType jsonTypeOf(ondemand::value &value)
{
    JsonType type = JsonType::null;
    return value.type().get(type) == simdjson::SUCCESS ? type : JsonType::null;
}

[[nodiscard]] inline QByteArrayView jsonView(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

/// A string with its quotes; empty for anything else.
[[nodiscard]] inline QByteArrayView jsonRawString(ondemand::value &value)
{
    return jsonTypeOf(value) == JsonType::string ? jsonView(rawScalar(value)) : QByteArrayView();
}

/// The inside of a string as it stands in the bytes; empty for anything else.
[[nodiscard]] inline std::string_view jsonInside(ondemand::value &value)
{
    return jsonTypeOf(value) == JsonType::string ? insideQuotes(rawScalar(value)) : std::string_view();
}

/// A count; \a unreadable is set where a number is no whole one in range. Null and other types: not known.
inline void readJsonCount(ondemand::value &value, std::optional<qint64> &count, bool &unreadable)
{
    if (jsonTypeOf(value) != JsonType::number)
        return;
    if (const std::optional<qint64> number = jsonInteger(jsonView(rawScalar(value))))
        count = number;
    else
        unreadable = true;
}

template <typename F> bool eachJsonMember(ondemand::object &object, F member)
{
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

/// Calls \a member for each member of an object; any other type is passed over.
template <typename F> bool jsonMembers(ondemand::value &value, F member)
{
    if (jsonTypeOf(value) != JsonType::object)
        return true;
    ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS && eachJsonMember(object, member);
}

/// Calls \a element for each element of an array; any other type is passed over.
template <typename F> bool jsonElements(ondemand::value &value, F element)
{
    if (jsonTypeOf(value) != JsonType::array)
        return true;
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

} // namespace lbp
