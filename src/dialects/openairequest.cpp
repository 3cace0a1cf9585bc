#include "dialects/openairequest.h"

#include <array>

namespace lbp {
namespace {

using Type = JsonMember::Type;

constexpr QByteArrayView includeUsage("include_usage");

const char *spoken(Type type)
{
    switch (type) {
    case Type::Object:
        return "an object";
    case Type::Array:
        return "an array";
    case Type::String:
        return "a string";
    case Type::Number:
        return "a number";
    case Type::Boolean:
        return "true or false";
    case Type::Null:
        break;
    }
    return "null";
}

tl::unexpected<Error> wrongType(const QString &name, const char *expected, Type found)
{
    return fail(ErrorCode::InvalidRequest,
                QStringLiteral("Invalid type for \"%1\": expected %2, but got %3.")
                    .arg(name, QString::fromLatin1(expected), QString::fromLatin1(spoken(found))));
}

/// The members of the object that is the value of \a member; their offsets count from its first byte.
Result<std::vector<JsonMember>> optionsIn(const OpenAiRequest &request, const JsonMember &member)
{
    const std::array<QByteArrayView, 1> names{includeUsage};
    return findMembers(request.raw(member).toByteArray(), names);
}

/// New members for an object, to be inserted behind its opening brace.
QByteArray behindBrace(const QByteArray &members, QByteArrayView rest)
{
    const QByteArrayView next = rest.trimmed();
    return next.startsWith('}') ? members : members + ',';
}

QByteArray ceilingMember(QByteArrayView name, qint64 ceiling)
{
    return '"' + name.toByteArray() + "\":" + QByteArray::number(ceiling);
}

class Editor
{
public:
    Editor(const OpenAiRequest &request, const OpenAiEditRules &rules)
        : m_request(request)
        , m_rules(rules)
    {
    }

    Status model(const QString &name)
    {
        if (const auto old = requestedModel(m_request, m_rules.model); !old)
            return tl::unexpected(old.error());
        replaceAll(m_rules.model, jsonQuoted(name));
        return {};
    }

    Status ceiling(qint64 tokens, bool originalProvider)
    {
        if (m_rules.newCeiling < 0)
            return fail(ErrorCode::InvalidRequest, QStringLiteral("This API has no limit for its output."));
        const int preferred = originalProvider ? m_rules.newCeiling : m_rules.oldCeiling;
        bool lowered = false;
        bool preferredIsNull = false;
        for (const JsonMember &each : m_request.members()) {
            if (each.field != m_rules.newCeiling && each.field != m_rules.oldCeiling)
                continue;
            if (each.type == Type::Null) {
                preferredIsNull |= each.field == preferred;
                continue;
            }
            m_edits.replace(each.begin, each.end, QByteArray::number(tokens));
            lowered = true;
        }
        if (lowered)
            return {};
        if (preferredIsNull)
            replaceAll(preferred, QByteArray::number(tokens));
        else
            insert(ceilingMember(m_rules.names[size_t(preferred)], tokens));
        return {};
    }

    Status askForUsage()
    {
        if (m_rules.streamOptions < 0)
            return fail(ErrorCode::InvalidRequest, QStringLiteral("This API has no \"stream_options\"."));
        bool present = false;
        for (const JsonMember &each : m_request.members()) {
            if (each.field != m_rules.streamOptions)
                continue;
            present = true;
            if (each.type == Type::Null)
                m_edits.replace(each.begin, each.end, "{\"include_usage\":true}");
            else if (each.type != Type::Object)
                return wrongType(QStringLiteral("stream_options"), "an object", each.type);
            else if (const Status done = askIn(each); !done)
                return done;
        }
        if (!present)
            insert("\"stream_options\":{\"include_usage\":true}");
        return {};
    }

    QByteArray result()
    {
        if (!m_inserted.isEmpty()) {
            const QByteArray &body = m_request.body();
            const qsizetype brace = body.indexOf('{') + 1;
            m_edits.replace(brace, brace, behindBrace(m_inserted, QByteArrayView(body).sliced(brace)));
        }
        return m_edits.applied(m_request.body());
    }

private:
    void replaceAll(int field, const QByteArray &value)
    {
        for (const JsonMember &each : m_request.members()) {
            if (each.field == field)
                m_edits.replace(each.begin, each.end, value);
        }
    }

    void insert(const QByteArray &member) { m_inserted += m_inserted.isEmpty() ? member : ',' + member; }

    Status askIn(const JsonMember &options)
    {
        const auto inner = optionsIn(m_request, options);
        if (!inner)
            return tl::unexpected(inner.error());
        for (const JsonMember &each : *inner)
            m_edits.replace(options.begin + each.begin, options.begin + each.end, "true");
        if (inner->empty()) {
            const QByteArrayView rest = m_request.raw(options).sliced(1);
            m_edits.replace(options.begin + 1, options.begin + 1,
                            behindBrace("\"include_usage\":true", rest));
        }
        return {};
    }

    const OpenAiRequest &m_request;
    const OpenAiEditRules &m_rules;
    ByteEdits m_edits;
    QByteArray m_inserted;
};

} // namespace

Result<OpenAiRequest> OpenAiRequest::read(const QByteArray &body, std::span<const QByteArrayView> names)
{
    auto members = findMembers(body, names);
    if (!members)
        return tl::unexpected(members.error());
    return OpenAiRequest(body, names, std::move(*members));
}

QString OpenAiRequest::name(int field) const
{
    return QString::fromLatin1(m_names[size_t(field)]);
}

Result<const JsonMember *> OpenAiRequest::member(int field) const
{
    const JsonMember *found = nullptr;
    for (const JsonMember &each : m_members) {
        if (each.field != field)
            continue;
        if (found && raw(*found) != raw(each)) {
            return fail(
                ErrorCode::InvalidRequest,
                QStringLiteral("\"%1\" is given more than once with different values.").arg(name(field)));
        }
        found = &each;
    }
    return found && found->type != Type::Null ? found : nullptr;
}

Result<const JsonMember *> OpenAiRequest::member(int field, Type type) const
{
    const auto found = member(field);
    if (found && *found && (*found)->type != type)
        return wrongType(name(field), spoken(type), (*found)->type);
    return found;
}

Result<QString> OpenAiRequest::string(int field) const
{
    const auto found = member(field, Type::String);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return QString();
    const std::optional<QString> text = jsonString(raw(**found));
    if (!text)
        return fail(ErrorCode::InvalidRequest, QStringLiteral("\"%1\" is no valid string.").arg(name(field)));
    return *text;
}

Result<bool> OpenAiRequest::boolean(int field) const
{
    const auto found = member(field, Type::Boolean);
    if (!found)
        return tl::unexpected(found.error());
    return *found && raw(**found) == "true";
}

Result<std::optional<qint64>> OpenAiRequest::integer(int field) const
{
    const auto found = member(field, Type::Number);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return std::optional<qint64>();
    const std::optional<qint64> number = jsonInteger(raw(**found));
    if (!number) {
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("Invalid value for \"%1\": expected a whole number in range.").arg(name(field)));
    }
    return number;
}

Result<std::optional<qint64>> OpenAiRequest::integer(int field, qint64 least, qint64 most) const
{
    const auto number = integer(field);
    if (number && *number && (**number < least || **number > most)) {
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("Invalid value for \"%1\": expected a whole number from %2 to %3.")
                        .arg(name(field), QString::number(least), QString::number(most)));
    }
    return number;
}

Result<bool> asksForUsage(const OpenAiRequest &request, int streamOptions)
{
    const auto options = request.member(streamOptions, Type::Object);
    if (!options)
        return tl::unexpected(options.error());
    if (!*options)
        return false;
    const auto inner = optionsIn(request, **options);
    if (!inner)
        return tl::unexpected(inner.error());
    bool asked = false;
    for (const JsonMember &each : *inner) {
        if (each.type != Type::Boolean && each.type != Type::Null)
            return wrongType(QStringLiteral("stream_options.include_usage"), "true or false", each.type);
        asked =
            request.raw(**options).sliced(each.begin, each.end - each.begin) == "true"; // the last one counts
    }
    return asked;
}

Result<QString> requestedModel(const OpenAiRequest &request, int model)
{
    auto name = request.string(model);
    if (name && name->isEmpty())
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("You must provide the \"model\" parameter, a string."));
    return name;
}

Result<QByteArray> editedOpenAiRequest(const QByteArray &body, const BodyChanges &changes,
                                       const OpenAiEditRules &rules)
{
    const auto request = OpenAiRequest::read(body, rules.names);
    if (!request)
        return tl::unexpected(request.error());
    Editor editor(*request, rules);
    if (changes.model) {
        if (const Status done = editor.model(*changes.model); !done)
            return tl::unexpected(done.error());
    }
    if (changes.ceiling) {
        if (const Status done = editor.ceiling(*changes.ceiling, changes.originalProvider); !done)
            return tl::unexpected(done.error());
    }
    if (changes.askForUsage) {
        if (const Status done = editor.askForUsage(); !done)
            return tl::unexpected(done.error());
    }
    return editor.result();
}

} // namespace lbp
