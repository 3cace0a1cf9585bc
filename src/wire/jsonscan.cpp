#include "wire/jsonscan.h"

#include "wire/json.h"

#include <array>
#include <cstring>
#include <simdjson.h>

namespace lbp {

namespace {

constexpr int maxDepth = 1024;
constexpr qsizetype keptBytes = 1024 * 1024; // of working memory per thread between calls

Error invalid(const QString &what, qsizetype offset)
{
    return {ErrorCode::InvalidRequest,
            QStringLiteral("The JSON body has %1 at byte %2.").arg(what).arg(offset)};
}

/// simdjson's first stage: UTF-8 checked, strings closed and free of control characters, and the place of
/// every brace, bracket, colon, comma and beginning of a value. The walk over these is ours, since simdjson's
/// own skips nested values by counting brackets, without looking whether they match or what stands between
/// them.
class StructureIndex
{
public:
    simdjson::error_code build(const char *data, qsizetype size)
    {
        const auto bytes = static_cast<size_t>(size);
        simdjson::error_code error = simdjson::SUCCESS;
        if (!m_stage)
            error =
                simdjson::get_active_implementation()->create_dom_parser_implementation(bytes, 1, m_stage);
        else if (bytes > m_stage->capacity())
            error = m_stage->set_capacity(bytes);
        if (error)
            return error;
        return m_stage->stage1(reinterpret_cast<const uint8_t *>(data), bytes,
                               simdjson::stage1_mode::regular);
    }
    void giveBack()
    {
        if (m_stage && m_stage->capacity() > keptBytes)
            m_stage.reset();
        if (padded.capacity() > keptBytes)
            padded = {};
    }
    [[nodiscard]] const uint32_t *begin() const { return m_stage->structural_indexes.get(); }
    [[nodiscard]] qsizetype size() const { return m_stage->n_structural_indexes; }

    QByteArray padded; ///< a copy of a text without spare capacity

private:
    std::unique_ptr<simdjson::internal::dom_parser_implementation> m_stage;
};

struct GiveBack
{
    StructureIndex &index;
    ~GiveBack() { index.giveBack(); }
};

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// true, false, null, a number; and the NaN and Infinity that Python's json writes and reads.
bool isScalar(QByteArrayView text)
{
    switch (text[0]) {
    case 't':
        return text == "true";
    case 'f':
        return text == "false";
    case 'n':
        return text == "null";
    case 'N':
        return text == "NaN";
    case 'I':
        return text == "Infinity";
    default:
        return isJsonNumber(text) || text == "-Infinity";
    }
}

JsonMember::Type typeOf(char first)
{
    switch (first) {
    case '{':
        return JsonMember::Type::Object;
    case '[':
        return JsonMember::Type::Array;
    case '"':
        return JsonMember::Type::String;
    case 't':
    case 'f':
        return JsonMember::Type::Boolean;
    case 'n':
        return JsonMember::Type::Null;
    default:
        return JsonMember::Type::Number;
    }
}

/// Length of the UTF-8 sequence at \a at, 0 if it is none.
qsizetype sequenceLength(QByteArrayView text, qsizetype at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    const qsizetype length = first < 0x80 ? 1
        : first < 0xc2                    ? 0
        : first < 0xe0                    ? 2
        : first < 0xf0                    ? 3
        : first < 0xf5                    ? 4
                                          : 0;
    if (length == 0 || at + length > text.size() || !text.sliced(at, length).isValidUtf8())
        return 0;
    return length;
}

/// Slow, and only after stage 1 has failed: it does not say where.
Error explain(simdjson::error_code code, QByteArrayView text, qsizetype shift)
{
    bool inString = false;
    qsizetype opened = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype length = sequenceLength(text, i);
        if (length == 0)
            return invalid(QStringLiteral("invalid UTF-8"), shift + i);
        const char c = text[i];
        if (inString && static_cast<unsigned char>(c) < 0x20)
            return invalid(QStringLiteral("a control character in a string"), shift + i);
        if (inString && c == '\\') {
            // What is escaped is looked at as any other character, but for the quote and the backslash.
            i += i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\') ? 2 : 1;
            continue;
        }
        if (c == '"') {
            inString = !inString;
            opened = i;
        }
        i += length;
    }
    if (inString)
        return invalid(QStringLiteral("a string that is not closed"), shift + opened);
    return {ErrorCode::InvalidRequest,
            QStringLiteral("The JSON body cannot be read: %1")
                .arg(QString::fromLatin1(simdjson::error_message(code)))};
}

/// Walks the structure of one text.
class Walker
{
public:
    Walker(QByteArrayView text, qsizetype shift, const uint32_t *index, qsizetype count,
           std::span<const QByteArrayView> names)
        : m_text(text)
        , m_shift(shift)
        , m_index(index)
        , m_count(count)
        , m_names(names)
    {
    }
    Status walk();
    std::vector<JsonMember> members;
    qsizetype objectEnd = 0;

private:
    enum class Expect { KeyOrEnd, Key, Colon, Value, ValueOrEnd, CommaOrEnd };
    [[nodiscard]] qsizetype at(qsizetype i) const { return static_cast<qsizetype>(m_index[i]); }
    /// Behind the last byte of the value that begins at index \a i and is no container.
    [[nodiscard]] qsizetype scalarEnd(qsizetype i) const
    {
        qsizetype end = i + 1 < m_count ? at(i + 1) : m_text.size();
        while (isBlank(m_text[end - 1]))
            --end;
        return end;
    }
    [[nodiscard]] tl::unexpected<Error> wrong(const QString &what, qsizetype i) const
    {
        return tl::unexpected<Error>(invalid(what, m_shift + (i < m_count ? at(i) : m_text.size())));
    }
    [[nodiscard]] Status key(qsizetype i);
    void valueBegins(qsizetype i);
    void valueEnds(qsizetype end);

    QByteArrayView m_text;
    qsizetype m_shift;
    const uint32_t *m_index;
    qsizetype m_count;
    std::span<const QByteArrayView> m_names;
    std::array<bool, maxDepth + 1> m_isObject{};
    int m_depth = 0;
    std::optional<JsonMember> m_member; ///< of the top object, wanted, and not ended
};

/// A key of the top object. One with an escape is compared unescaped: to the provider "mod\u0065l" is the
/// model, too.
Status Walker::key(qsizetype i)
{
    const QByteArrayView quoted = m_text.sliced(at(i), scalarEnd(i) - at(i));
    const QByteArrayView raw = quoted.sliced(1, quoted.size() - 2);
    QByteArray unescaped;
    QByteArrayView name = raw;
    if (raw.contains('\\')) {
        const auto text = jsonString(quoted);
        if (!text)
            return wrong(QStringLiteral("a name with a bad escape"), i);
        unescaped = text->toUtf8();
        name = unescaped;
    }
    const auto found = std::find(m_names.begin(), m_names.end(), name);
    if (found != m_names.end()) {
        m_member = JsonMember{};
        m_member->field = static_cast<int>(found - m_names.begin());
        m_member->keyBegin = m_shift + at(i);
    }
    return {};
}

void Walker::valueBegins(qsizetype i)
{
    if (m_depth == 1 && m_member) {
        m_member->type = typeOf(m_text[at(i)]);
        m_member->begin = m_shift + at(i);
    }
}

void Walker::valueEnds(qsizetype end)
{
    if (m_depth == 1 && m_member) {
        m_member->end = m_shift + end;
        members.push_back(*m_member);
        m_member.reset();
    }
}

Status Walker::walk()
{
    if (m_text[at(0)] != '{')
        return wrong(QStringLiteral("something other than an object"), 0);
    m_depth = 1;
    m_isObject[1] = true;
    Expect expect = Expect::KeyOrEnd;
    qsizetype i = 1;
    for (; i < m_count && m_depth > 0; ++i) {
        const char c = m_text[at(i)];
        switch (expect) {
        case Expect::Colon:
            if (c != ':')
                return wrong(QStringLiteral("no colon behind a name"), i);
            expect = Expect::Value;
            continue;
        case Expect::Key:
        case Expect::KeyOrEnd:
            if (c == '"') {
                if (m_depth == 1) {
                    if (auto status = key(i); !status)
                        return status;
                }
                expect = Expect::Colon;
                continue;
            }
            if (c != '}' || expect == Expect::Key)
                return wrong(QStringLiteral("no name where one belongs"), i);
            break;
        case Expect::Value:
        case Expect::ValueOrEnd:
            if (c == ']' && expect == Expect::ValueOrEnd)
                break;
            if (c == ']' || c == '}' || c == ',' || c == ':')
                return wrong(QStringLiteral("no value where one belongs"), i);
            valueBegins(i);
            if (c == '{' || c == '[') {
                if (m_depth == maxDepth)
                    return wrong(QStringLiteral("more than %1 levels").arg(maxDepth), i);
                m_isObject[static_cast<size_t>(++m_depth)] = c == '{';
                expect = c == '{' ? Expect::KeyOrEnd : Expect::ValueOrEnd;
                continue;
            }
            if (c != '"' && !isScalar(m_text.sliced(at(i), scalarEnd(i) - at(i))))
                return wrong(QStringLiteral("something that is no JSON value"), i);
            if (m_depth == 1)
                valueEnds(scalarEnd(i));
            expect = Expect::CommaOrEnd;
            continue;
        case Expect::CommaOrEnd:
            if (c == ',') {
                expect = m_isObject[static_cast<size_t>(m_depth)] ? Expect::Key : Expect::Value;
                continue;
            }
            if (c != (m_isObject[static_cast<size_t>(m_depth)] ? '}' : ']'))
                return wrong(QStringLiteral("no comma or matching bracket behind a value"), i);
            break;
        }
        // Only an end that belongs here comes this far.
        objectEnd = m_shift + at(i);
        --m_depth;
        valueEnds(at(i) + 1);
        expect = Expect::CommaOrEnd;
    }
    if (m_depth > 0)
        return wrong(QStringLiteral("an end before its last bracket"), m_count);
    if (i < m_count)
        return wrong(QStringLiteral("more behind the object"), i);
    return {};
}

} // namespace

bool isJsonNumber(QByteArrayView text)
{
    const char *p = text.begin();
    const char *const end = text.end();
    const auto digits = [&p, end] {
        const char *const first = p;
        while (p != end && *p >= '0' && *p <= '9')
            ++p;
        return p - first;
    };
    if (p != end && *p == '-')
        ++p;
    const bool zero = p != end && *p == '0';
    const auto whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (p != end && *p == '.') {
        ++p;
        if (digits() == 0)
            return false;
    }
    if (p != end && (*p == 'e' || *p == 'E')) {
        ++p;
        if (p != end && (*p == '+' || *p == '-'))
            ++p;
        if (digits() == 0)
            return false;
    }
    return p == end;
}

Result<std::vector<JsonMember>> findMembers(const QByteArray &json, std::span<const QByteArrayView> names,
                                            qsizetype *objectEnd)
{
    thread_local StructureIndex index;
    const GiveBack giveBack{index};
    // A byte order mark is not JSON, but readers of HTTP bodies skip it.
    const qsizetype shift = json.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    const qsizetype size = json.size() - shift;
    if (size == 0)
        return fail(ErrorCode::InvalidRequest, QStringLiteral("The body is empty where JSON is expected."));
    if (size > static_cast<qsizetype>(simdjson::SIMDJSON_MAXSIZE_BYTES))
        return fail(ErrorCode::BodyTooLarge, QStringLiteral("The JSON body is larger than 4 GB."));
    const char *data = json.constData() + shift;
    if (json.capacity() - json.size() < static_cast<qsizetype>(simdjson::SIMDJSON_PADDING)) {
        index.padded.resize(0);
        index.padded.reserve(size + static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));
        index.padded.append(data, size);
        data = index.padded.constData();
    }
    const QByteArrayView text(data, size);
    if (const simdjson::error_code code = index.build(data, size)) {
        if (code == simdjson::EMPTY)
            return fail(ErrorCode::InvalidRequest,
                        QStringLiteral("The body is blank where JSON is expected."));
        if (code == simdjson::MEMALLOC)
            return fail(ErrorCode::BodyTooLarge,
                        QStringLiteral("There is no memory to read a JSON body this large."));
        return tl::unexpected<Error>(explain(code, text, shift));
    }
    Walker walker(text, shift, index.begin(), index.size(), names);
    if (auto status = walker.walk(); !status)
        return tl::unexpected<Error>(status.error());
    if (objectEnd)
        *objectEnd = walker.objectEnd;
    return std::move(walker.members);
}

} // namespace lbp
