#include "dialects/openaiinputtext.h"

#include "dialects/jsonwalk.h"
#include "dialects/openaichat.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

constexpr qint64 tokensPerMessage = 3, tokensPerName = 1, tokensOfReplyStart = 3;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = char(c | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// The four digits at \a at; -1 when they are not there.
int codeUnit(QByteArrayView text, qsizetype at)
{
    if (at + 4 > text.size())
        return -1;
    int unit = 0;
    for (qsizetype i = at; i < at + 4; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

bool isHigh(int unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool isLow(int unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

void appendUtf8(QByteArray &out, char32_t c)
{
    if (c < 0x80) {
        out.append(char(c));
    } else if (c < 0x800) {
        out.append(char(0xc0 | (c >> 6)));
        out.append(char(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        out.append(char(0xe0 | (c >> 12)));
        out.append(char(0x80 | ((c >> 6) & 0x3f)));
        out.append(char(0x80 | (c & 0x3f)));
    } else {
        out.append(char(0xf0 | (c >> 18)));
        out.append(char(0x80 | ((c >> 12) & 0x3f)));
        out.append(char(0x80 | ((c >> 6) & 0x3f)));
        out.append(char(0x80 | (c & 0x3f)));
    }
}

/// The character behind "\u" at \a at, which moves behind it.
char32_t escapedCharacter(QByteArrayView text, qsizetype &at)
{
    const int unit = codeUnit(text, at);
    at += 4;
    if (unit < 0 || isLow(unit))
        return QChar::ReplacementCharacter;
    if (!isHigh(unit))
        return char32_t(unit);
    const bool isEscape = at + 2 <= text.size() && text[at] == '\\' && text[at + 1] == 'u';
    const int second = isEscape ? codeUnit(text, at + 2) : -1;
    if (!isLow(second))
        return QChar::ReplacementCharacter;
    at += 6;
    return 0x10000 + (char32_t(unit - 0xd800) << 10) + char32_t(second - 0xdc00);
}

char simpleEscape(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter;
    }
}

/// The walk over the messages.
class ChatText
{
public:
    explicit ChatText(QStringView model)
        : m_model(model)
    {
        text.exact = true;
    }
    InputText text;
    bool isKnown = true; ///< false: a part of which nothing is known

    bool message(ondemand::value &value)
    {
        text.overhead += tokensPerMessage;
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            if (key == "role") {
                string(inner);
            } else if (key == "name") {
                text.overhead += tokensPerName;
                string(inner);
            } else if (key == "content") {
                return content(inner);
            } else if (jsonTypeOf(inner) != JsonType::null) {
                // A tool's call or the id of one, a refusal, what another API adds: close to its JSON.
                text.exact = false;
                return json(inner);
            }
            return true;
        });
    }

    /// Adds a value as its JSON.
    bool json(ondemand::value &value)
    {
        std::string_view raw;
        const JsonType type = jsonTypeOf(value);
        if (type == JsonType::object || type == JsonType::array) {
            if (type == JsonType::object) {
                ondemand::object object;
                if (value.get_object().get(object) != simdjson::SUCCESS
                    || object.raw_json().get(raw) != simdjson::SUCCESS)
                    return false;
            } else {
                ondemand::array array;
                if (value.get_array().get(array) != simdjson::SUCCESS
                    || array.raw_json().get(raw) != simdjson::SUCCESS)
                    return false;
            }
            text.overhead += tokensAroundTool;
        } else {
            raw = rawScalar(value);
        }
        text.pieces.push_back(jsonMinified(jsonView(raw)));
        return true;
    }

private:
    void string(ondemand::value &value)
    {
        if (jsonTypeOf(value) == JsonType::string)
            text.pieces.push_back(jsonUnescaped(jsonView(jsonInside(value))));
        else
            isKnown = isKnown && jsonTypeOf(value) == JsonType::null;
    }

    bool content(ondemand::value &value)
    {
        if (jsonTypeOf(value) != JsonType::array) {
            string(value);
            return true;
        }
        int parts = 0;
        return jsonElements(value, [this, &parts](ondemand::value &inner) {
            // Whether texts are counted joined or each by itself is not published.
            text.exact = text.exact && ++parts == 1;
            return part(inner);
        });
    }

    bool part(ondemand::value &value)
    {
        std::string_view kind;
        bool lowDetail = false, isText = false;
        qint64 soundBytes = 0;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            if (key == "type") {
                kind = jsonInside(inner);
            } else if (key == "text" || key == "refusal") {
                isText = true;
                string(inner);
            } else if (key == "image_url") {
                return jsonMembers(inner, [&](std::string_view name, ondemand::value &detail) {
                    if (name == "detail")
                        lowDetail = jsonInside(detail) == "low";
                    return true;
                });
            } else if (key == "input_audio") {
                return jsonMembers(inner, [&](std::string_view name, ondemand::value &data) {
                    if (name == "data")
                        soundBytes = qint64(jsonInside(data).size());
                    return true;
                });
            }
            return true;
        });
        if (!whole)
            return false;
        if (kind == "image_url") {
            text.exact = false;
            text.unreadable += mostImageTokens(m_model, lowDetail);
        } else if (kind == "input_audio") {
            text.exact = false;
            text.unreadable += soundBytes; // a token a byte: far more than any rate of tokens a second
        } else if (kind == "refusal") {
            text.exact = false;
        } else if (!isText || (kind != "text" && !kind.empty())) {
            isKnown = false;
        }
        return true;
    }

    QStringView m_model;
};

/// What stands beside the messages and becomes text for the model.
enum Field { Messages, Tools, Functions, ResponseFormat };
constexpr std::array<QByteArrayView, 4> names{"messages", "tools", "functions", "response_format"};

/// Adds a member as its JSON.
void addJson(InputText &text, const QByteArray &body, const JsonMember &member)
{
    text.exact = false;
    text.overhead += tokensAroundTool;
    text.pieces.push_back(jsonMinified(QByteArrayView(body).sliced(member.begin, member.end - member.begin)));
    if (member.type != JsonMember::Type::Array)
        return;
    JsonScratch scratch(body, member.begin, member.end);
    ondemand::array array;
    size_t count = 0;
    if (scratch.error() == simdjson::SUCCESS && scratch.document().get_array().get(array) == simdjson::SUCCESS
        && array.count_elements().get(count) == simdjson::SUCCESS)
        text.overhead += qint64(count) * tokensAroundTool;
}

bool readMessages(ChatText &chat, const QByteArray &body, const JsonMember &member)
{
    if (member.type != JsonMember::Type::Array)
        return false; // no provider takes that
    JsonScratch scratch(body, member.begin, member.end);
    ondemand::array array;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_array().get(array) != simdjson::SUCCESS)
        return false;
    for (auto next : array) {
        ondemand::value message;
        if (std::move(next).get(message) != simdjson::SUCCESS || jsonTypeOf(message) != JsonType::object
            || !chat.message(message))
            return false;
    }
    return true;
}

/// One element of `prompt` or `input`; false: neither text nor numbers.
bool addPlain(InputText &text, ondemand::value &value)
{
    switch (jsonTypeOf(value)) {
    case JsonType::string:
        text.pieces.push_back(jsonUnescaped(jsonView(jsonInside(value))));
        return true;
    case JsonType::number:
        ++text.overhead; // a token, spelt as its number
        return true;
    case JsonType::array:
        return jsonElements(value, [&text](ondemand::value &inner) {
            if (jsonTypeOf(inner) != JsonType::number)
                return false;
            ++text.overhead;
            return true;
        });
    default:
        return false;
    }
}

} // namespace

QByteArray jsonUnescaped(QByteArrayView inside)
{
    qsizetype escape = inside.indexOf('\\');
    if (escape < 0)
        return inside.toByteArray();
    QByteArray out;
    out.reserve(inside.size());
    qsizetype at = 0;
    while (escape >= 0 && escape + 1 < inside.size()) {
        out.append(inside.sliced(at, escape - at));
        at = escape + 2;
        const char letter = inside[escape + 1];
        if (letter == 'u')
            appendUtf8(out, escapedCharacter(inside, at));
        else
            out.append(simpleEscape(letter));
        at = std::min(at, inside.size());
        escape = inside.indexOf('\\', at);
    }
    out.append(inside.sliced(at));
    return out;
}

QByteArray jsonMinified(QByteArrayView json)
{
    QByteArray out;
    out.reserve(json.size());
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (!inString && (c == ' ' || c == '\n' || c == '\r' || c == '\t'))
            continue;
        out.append(c);
        if (c == '"')
            inString = !inString;
        else if (inString && c == '\\' && i + 1 < json.size())
            out.append(json[++i]);
    }
    return out;
}

qint64 mostImageTokens(QStringView model, bool lowDetail)
{
    const QStringView name = model.sliced(model.lastIndexOf(u'/') + 1);
    if (name.startsWith(u"gpt-4o-mini"))
        return lowDetail ? 2'833 : imageTokensUpperBound;
    const bool countsPatches = name.startsWith(u"gpt-4.1-mini") || name.startsWith(u"gpt-4.1-nano");
    constexpr std::array<QStringView, 5> tiled{u"gpt-4o", u"chatgpt-4o", u"gpt-4.1", u"gpt-4-turbo", u"o1"};
    const bool countsTiles =
        std::any_of(tiled.begin(), tiled.end(), [name](QStringView one) { return name.startsWith(one); });
    if (!countsTiles || countsPatches)
        return imageTokensUpperBound;
    return lowDetail ? 85 : 85 + 8 * 170;
}

std::optional<InputText> chatInputText(const QByteArray &body, QStringView model)
{
    const auto members = findMembers(body, names);
    if (!members)
        return std::nullopt;
    ChatText chat(model);
    chat.text.overhead = tokensOfReplyStart;
    int messageLists = 0;
    for (const JsonMember &member : *members) {
        if (member.type == JsonMember::Type::Null)
            continue;
        if (member.field != Messages)
            addJson(chat.text, body, member);
        else if (++messageLists > 1 || !readMessages(chat, body, member) || !chat.isKnown)
            return std::nullopt;
    }
    return messageLists == 1 ? std::optional(std::move(chat.text)) : std::nullopt;
}

std::optional<InputText> plainInputText(const QByteArray &body, qsizetype begin, qsizetype end)
{
    InputText text;
    text.exact = true;
    const QByteArrayView raw = QByteArrayView(body).sliced(begin, end - begin);
    if (raw.startsWith('"')) {
        text.pieces.push_back(jsonUnescaped(raw.sliced(1, raw.size() - 2)));
        return text;
    }
    if (!raw.startsWith('['))
        return std::nullopt;
    JsonScratch scratch(body, begin, end);
    ondemand::array array;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_array().get(array) != simdjson::SUCCESS)
        return std::nullopt;
    for (auto next : array) {
        ondemand::value value;
        if (std::move(next).get(value) != simdjson::SUCCESS || !addPlain(text, value))
            return std::nullopt;
    }
    return text;
}

} // namespace lbp
