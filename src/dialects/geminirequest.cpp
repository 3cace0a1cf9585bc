#include "dialects/geminirequest.h"

#include "dialects/jsonwalk.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

using Type = JsonMember::Type;

bool hasEscape(std::string_view name)
{
    return name.find('\\') != std::string_view::npos;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The walk over contents. Every function returns false when the text is broken there, and a walk that did
/// not reach the end counts as unbounded.
class Walk
{
public:
    GeminiInput found;

    /// A content, or a list of them.
    bool contents(ondemand::value &value, int depth = 0)
    {
        if (jsonTypeOf(value) == JsonType::array)
            return depth > 0
                || jsonElements(value, [this](ondemand::value &each) { return contents(each, 1); });
        return jsonMembers(value, [this](std::string_view key, ondemand::value &inner) {
            found.unbounded |= hasEscape(key);
            return key != "parts" || parts(inner, 0);
        });
    }

private:
    /// A part, or a list of them.
    bool parts(ondemand::value &value, int depth)
    {
        if (jsonTypeOf(value) == JsonType::array)
            return jsonElements(value, [this, depth](ondemand::value &each) { return part(each, depth); });
        return part(value, depth);
    }

    bool part(ondemand::value &value, int depth)
    {
        return jsonMembers(value, [this, depth](std::string_view key, ondemand::value &inner) {
            const JsonType type = jsonTypeOf(inner);
            found.unbounded |= hasEscape(key);
            if (key == "inlineData" || key == "inline_data")
                return blob(inner);
            if (key == "functionResponse" || key == "function_response")
                return response(inner, depth);
            if (isOneOf(key,
                        {"text", "thought", "thoughtSignature", "thought_signature", "functionCall",
                         "function_call", "executableCode", "executable_code", "codeExecutionResult",
                         "code_execution_result", "videoMetadata", "video_metadata", "mediaResolution",
                         "media_resolution", "partMetadata", "part_metadata", "speechMetadata",
                         "speech_metadata"}))
                return true; // all that it says stands there
            found.unbounded |= type == JsonType::object || type == JsonType::array || key.starts_with("file");
            return true;
        });
    }

    /// A function's answer may have media beside its JSON.
    bool response(ondemand::value &value, int depth)
    {
        return jsonMembers(value, [this, depth](std::string_view key, ondemand::value &inner) {
            found.unbounded |= hasEscape(key);
            if (key != "parts")
                return true;
            found.unbounded |= depth > 0;
            return depth > 0 || parts(inner, depth + 1);
        });
    }

    bool blob(ondemand::value &value)
    {
        QByteArrayView type;
        qint64 size = 0;
        bool odd = false, typed = false;
        const bool whole = jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
            odd |= hasEscape(key);
            if (key == "mimeType" || key == "mime_type") {
                odd |= typed;
                typed = true;
                type = jsonRawString(inner);
            } else if (key == "data") {
                odd |= size > 0;
                size = qint64(jsonInside(inner).size());
            }
            return true;
        });
        const QString kind = jsonString(type).value_or(QString()).toLower();
        if (odd || kind.isEmpty()) {
            found.unbounded = true;
        } else if (kind.startsWith(u"image/")) {
            ++found.images;
            found.inlineImageBytes += size;
        } else if (kind.startsWith(u"audio/")) {
            found.audio = true;
        } else {
            found.unbounded |= !kind.startsWith(u"text/") && kind != u"application/json";
        }
        return whole;
    }
};

/// Runs \a walk over the value at [begin, end). \return false when it did not reach the end.
template <typename F> bool walkValue(const QByteArray &body, qsizetype begin, qsizetype end, F walk)
{
    JsonScratch scratch(body, begin, end);
    ondemand::value value;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_value().get(value) != simdjson::SUCCESS)
        return false;
    return walk(value);
}

/// The value of the query parameter \a name, with or without a dollar sign before it; given twice with
/// different values it is InvalidRequest.
Result<std::optional<QByteArray>> parameter(QByteArrayView query, QByteArrayView name)
{
    std::optional<QByteArray> found;
    for (const QByteArray &each : query.toByteArray().split('&')) {
        const qsizetype equals = each.indexOf('=');
        QByteArray key = QByteArray::fromPercentEncoding(equals < 0 ? each : each.left(equals));
        if (key.startsWith('$'))
            key.remove(0, 1);
        if (key != name)
            continue;
        const QByteArray value =
            equals < 0 ? QByteArray() : QByteArray::fromPercentEncoding(each.mid(equals + 1));
        if (found && *found != value)
            return fail(ErrorCode::InvalidRequest,
                        QStringLiteral("The query has \"%1\" more than once, with different values.")
                            .arg(QString::fromLatin1(name)));
        found = value;
    }
    return found;
}

} // namespace

void GeminiInput::add(const GeminiInput &other)
{
    images += other.images;
    inlineImageBytes += other.inlineImageBytes;
    audio |= other.audio;
    unbounded |= other.unbounded;
}

GeminiInput readGeminiContents(const QByteArray &body, qsizetype begin, qsizetype end)
{
    Walk walk;
    const char first = body.at(begin);
    if (first != '[' && first != '{')
        return walk.found; // the provider takes nothing else
    const bool whole =
        walkValue(body, begin, end, [&walk](ondemand::value &value) { return walk.contents(value); });
    walk.found.unbounded |= !whole;
    return walk.found;
}

void boundGeminiInput(const GeminiInput &input, RequestFacts &facts)
{
    facts.inputUpperBound += input.images * geminiImageTokensUpperBound - input.inlineImageBytes;
    facts.inputUnbounded |= input.unbounded;
    facts.asksAudio |= input.audio;
}

GeminiTools readGeminiTools(const QByteArray &body, qsizetype begin, qsizetype end)
{
    GeminiTools tools;
    const auto tool = [&tools](ondemand::value &value) {
        return jsonMembers(value, [&tools](std::string_view key, ondemand::value &inner) {
            if (jsonTypeOf(inner) == JsonType::null
                || isOneOf(key, {"functionDeclarations", "function_declarations"}))
                return true;
            tools.addsInput = true;
            // What is not known here may search as well.
            tools.searches |= !isOneOf(key,
                                       {"urlContext", "url_context", "codeExecution", "code_execution",
                                        "fileSearch", "file_search", "computerUse", "computer_use"});
            return true;
        });
    };
    const bool whole = walkValue(body, begin, end, [&tool](ondemand::value &value) {
        return jsonTypeOf(value) == JsonType::array ? jsonElements(value, tool) : tool(value);
    });
    if (!whole)
        tools = {true, true};
    return tools;
}

Result<GeminiQuery> readGeminiQuery(const Call &call)
{
    GeminiQuery out;
    const auto form = parameter(call.query, "alt");
    if (!form)
        return tl::unexpected(form.error());
    const QByteArray alt = form->value_or(QByteArray());
    if (!alt.isEmpty() && alt != "sse" && alt != "json")
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("An answer in the form \"alt=%1\" cannot be metered here; use alt=sse or "
                                   "alt=json.")
                        .arg(QString::fromLatin1(alt.left(20))));
    out.events = alt == "sse";
    for (const QByteArrayView name : {"fields", "callback"}) {
        const auto given = parameter(call.query, name);
        if (!given)
            return tl::unexpected(given.error());
        if (*given)
            return fail(
                ErrorCode::InvalidRequest,
                QStringLiteral("The query has \"%1\", with which an answer does not tell what it cost; "
                               "leave it out.")
                    .arg(QString::fromLatin1(name)));
    }
    if (call.headers && call.headers->contains("x-goog-fieldmask"))
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("With the header X-Goog-FieldMask an answer does not tell what it cost; leave "
                           "it out."));
    return out;
}

Result<const JsonMember *> eitherSpelling(const OpenAiRequest &request, int camel, int snake)
{
    const auto first = request.member(camel);
    if (!first)
        return first;
    const auto second = request.member(snake);
    if (!second)
        return second;
    if (*first && *second) {
        const QByteArrayView key =
            QByteArrayView(request.body()).sliced((*first)->keyBegin, (*first)->begin - (*first)->keyBegin);
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("%1 is given in two spellings; leave one out.")
                        .arg(QString::fromUtf8(key.first(key.lastIndexOf('"') + 1))));
    }
    return *first ? first : second;
}

Result<std::optional<qint64>> eitherInteger(const OpenAiRequest &request, int camel, int snake)
{
    const auto found = eitherSpelling(request, camel, snake);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return std::optional<qint64>();
    QByteArrayView raw = request.raw(**found);
    if ((*found)->type == Type::String)
        raw = raw.sliced(1).chopped(1);
    if ((*found)->type == Type::String || (*found)->type == Type::Number) {
        if (const std::optional<qint64> number = jsonInteger(raw))
            return number;
    }
    const QByteArrayView key =
        QByteArrayView(request.body()).sliced((*found)->keyBegin, (*found)->begin - (*found)->keyBegin);
    return fail(ErrorCode::InvalidRequest,
                QStringLiteral("Invalid value for %1: expected a whole number.")
                    .arg(QString::fromUtf8(key.first(key.lastIndexOf('"') + 1))));
}

Result<QString> eitherString(const OpenAiRequest &request, int camel, int snake)
{
    const auto first = request.string(camel);
    if (!first || !first->isEmpty())
        return first;
    return request.string(snake);
}

Status checkSameModel(const OpenAiRequest &request, int field, const QString &model)
{
    const auto named = request.string(field);
    if (!named)
        return tl::unexpected(named.error());
    if (named->isEmpty() || *named == model || *named == geminiResource(model))
        return {};
    return fail(ErrorCode::InvalidRequest,
                QStringLiteral("The path names the model '%1' and the body another one; leave the one in the "
                               "body out.")
                    .arg(model));
}

} // namespace lbp
