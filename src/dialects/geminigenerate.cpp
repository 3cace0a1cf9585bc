#include "dialects/geminigenerate.h"

#include "dialects/geminimeter.h"
#include "dialects/geminirequest.h"

#include <array>

namespace lbp {
namespace {

using Type = JsonMember::Type;

enum Field {
    Contents,
    SystemInstruction,
    SystemInstructionSnake,
    GenerationConfig,
    GenerationConfigSnake,
    Tools,
    CachedContent,
    CachedContentSnake,
    ContinuationToken,
    ContinuationTokenSnake,
    ServiceTierField,
    ServiceTierSnake,
    Model,
};
constexpr std::array<QByteArrayView, 13> names{"contents",
                                               "systemInstruction",
                                               "system_instruction",
                                               "generationConfig",
                                               "generation_config",
                                               "tools",
                                               "cachedContent",
                                               "cached_content",
                                               "continuationToken",
                                               "continuation_token",
                                               "serviceTier",
                                               "service_tier",
                                               "model"};

/// Of generationConfig.
enum Setting {
    MaxOutputTokens,
    MaxOutputTokensSnake,
    CandidateCount,
    CandidateCountSnake,
    ResponseModalities,
    ResponseModalitiesSnake,
};
constexpr std::array<QByteArrayView, 6> settings{"maxOutputTokens",    "max_output_tokens",
                                                 "candidateCount",     "candidate_count",
                                                 "responseModalities", "response_modalities"};

Result<GeminiPath> pathOf(const Call &call)
{
    auto path = GeminiPath::read(call.path);
    if (!path || path->id.isEmpty())
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("The path must name a model, as in models/gemini-2.5-pro:generateContent."));
    return *path;
}

/// The value of a member that must be an object, to be read by itself; empty when absent.
Result<QByteArray> objectIn(const OpenAiRequest &request, int camel, int snake)
{
    const auto found = eitherSpelling(request, camel, snake);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return QByteArray();
    if ((*found)->type != Type::Object)
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("\"%1\" must be an object.").arg(QString::fromLatin1(names[size_t(camel)])));
    return request.raw(**found).toByteArray();
}

/// Sound may be asked for by name, by its number in Google's list, or with an escape that may spell anything.
bool asksForSound(QByteArrayView modalities)
{
    const QByteArray words = modalities.toByteArray().toUpper();
    return words.contains("AUDIO") || words.contains('\\')
        || std::any_of(words.begin(), words.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Status readSettings(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto object = objectIn(request, GenerationConfig, GenerationConfigSnake);
    if (!object)
        return tl::unexpected(object.error());
    if (object->isEmpty())
        return {};
    const auto config = OpenAiRequest::read(*object, settings);
    if (!config)
        return tl::unexpected(config.error());
    const auto ceiling = eitherInteger(*config, MaxOutputTokens, MaxOutputTokensSnake);
    if (!ceiling)
        return tl::unexpected(ceiling.error());
    const auto candidates = eitherInteger(*config, CandidateCount, CandidateCountSnake);
    if (!candidates)
        return tl::unexpected(candidates.error());
    const auto modalities = eitherSpelling(*config, ResponseModalities, ResponseModalitiesSnake);
    if (!modalities)
        return tl::unexpected(modalities.error());
    const qint64 choices = candidates->value_or(1);
    if (choices < 0 || choices > mostOpenAiChoices)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("\"candidateCount\" must be between 1 and %1.").arg(mostOpenAiChoices));
    if (ceiling->value_or(0) > 0)
        facts.ceiling = *ceiling;
    facts.choices = qMax<qint64>(1, choices);
    facts.asksAudio |= *modalities && asksForSound(config->raw(**modalities));
    return {};
}

Status readInput(const OpenAiRequest &request, RequestFacts &facts)
{
    facts.inputUpperBound = request.body().size() + hiddenInputTokens;
    const auto contents = request.member(Contents);
    if (!contents)
        return tl::unexpected(contents.error());
    const auto system = eitherSpelling(request, SystemInstruction, SystemInstructionSnake);
    if (!system)
        return tl::unexpected(system.error());
    for (const JsonMember *const each : {*contents, *system}) {
        if (each)
            boundGeminiInput(readGeminiContents(request.body(), each->begin, each->end), facts);
    }
    // Both name text that is not in the body.
    for (const auto &[camel, snake] : {std::pair(CachedContent, CachedContentSnake),
                                       std::pair(ContinuationToken, ContinuationTokenSnake)}) {
        const auto named = eitherSpelling(request, camel, snake);
        if (!named)
            return tl::unexpected(named.error());
        facts.inputUnbounded |= *named != nullptr;
    }
    return {};
}

Status readTools(const OpenAiRequest &request, RequestFacts &facts)
{
    const auto given = request.member(Tools);
    if (!given)
        return tl::unexpected(given.error());
    if (!*given)
        return {};
    const GeminiTools tools = readGeminiTools(request.body(), (*given)->begin, (*given)->end);
    facts.inputUnbounded |= tools.addsInput;
    if (tools.searches)
        facts.webSearches = geminiSearchesUpperBound * facts.choices;
    return {};
}

/// New members for an object, to be inserted behind its opening brace.
QByteArray behindBrace(const QByteArray &members, QByteArrayView rest)
{
    return rest.trimmed().startsWith('}') ? members : members + ',';
}

/// The members to change among \a members of the two spellings \a camel and its next: those with a value, or,
/// where all are null, those of the first spelling, since only one may have a value.
std::vector<const JsonMember *> toChange(const std::vector<JsonMember> &members, int camel)
{
    std::vector<const JsonMember *> valued, null;
    for (const JsonMember &each : members) {
        if (each.field != camel && each.field != camel + 1)
            continue;
        if (each.type != Type::Null)
            valued.push_back(&each);
        else if (null.empty() || null.front()->field == each.field)
            null.push_back(&each);
    }
    return valued.empty() ? null : valued;
}

/// \a config with the ceiling set in whichever spelling it has.
Result<QByteArray> withCeiling(const QByteArray &config, const QByteArray &tokens)
{
    const auto members = findMembers(config, settings);
    if (!members)
        return tl::unexpected(members.error());
    ByteEdits edits;
    const auto there = toChange(*members, MaxOutputTokens);
    for (const JsonMember *const each : there)
        edits.replace(each->begin, each->end, tokens);
    if (there.empty())
        edits.replace(1, 1, behindBrace("\"maxOutputTokens\":" + tokens, QByteArrayView(config).sliced(1)));
    return edits.applied(config);
}

Status setCeiling(const OpenAiRequest &request, qint64 ceiling, ByteEdits &edits)
{
    const QByteArray tokens = QByteArray::number(ceiling);
    const QByteArray alone = "{\"maxOutputTokens\":" + tokens + '}';
    const auto there = toChange(request.members(), GenerationConfig);
    for (const JsonMember *const each : there) {
        QByteArray config = alone;
        if (each->type == Type::Object) {
            auto edited = withCeiling(request.raw(*each).toByteArray(), tokens);
            if (!edited)
                return tl::unexpected(edited.error());
            config = std::move(*edited);
        } else if (each->type != Type::Null) {
            return fail(ErrorCode::InvalidRequest, QStringLiteral("\"generationConfig\" must be an object."));
        }
        edits.replace(each->begin, each->end, config);
    }
    if (there.empty()) {
        const qsizetype brace = request.body().indexOf('{') + 1;
        edits.replace(
            brace, brace,
            behindBrace("\"generationConfig\":" + alone, QByteArrayView(request.body()).sliced(brace)));
    }
    return {};
}

} // namespace

QString GeminiGenerate::endpoint() const
{
    return QStringLiteral("generateContent");
}

bool GeminiGenerate::claims(QByteArrayView method, QByteArrayView path) const
{
    if (method != "POST")
        return false;
    const auto named = GeminiPath::read(path);
    return named && (named->callsModel("generateContent") || named->callsModel("streamGenerateContent"));
}

Result<RequestFacts> GeminiGenerate::read(const Call &call) const
{
    const auto path = pathOf(call);
    if (!path)
        return tl::unexpected(path.error());
    const auto model = path->model();
    if (!model)
        return tl::unexpected(model.error());
    const auto query = readGeminiQuery(call);
    if (!query)
        return tl::unexpected(query.error());
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    if (const Status same = checkSameModel(*request, Model, *model); !same)
        return tl::unexpected(same.error());
    const auto tier = eitherString(*request, ServiceTierField, ServiceTierSnake);
    if (!tier)
        return tl::unexpected(tier.error());

    RequestFacts facts;
    facts.model = *model;
    facts.stream = query->events || path->verb == "streamGenerateContent";
    facts.streamForm = query->events ? StreamForm::Events : StreamForm::JsonArray;
    facts.wantsUsage = true;
    facts.serviceTier = tier->toLower();
    facts.mayWriteCache = facts.mayWriteCacheLong = false; // a cache is made by a call of its own
    for (const auto part : {readInput, readSettings, readTools}) {
        if (const Status done = part(*request, facts); !done)
            return tl::unexpected(done.error());
    }
    return facts;
}

Result<RewrittenCall> GeminiGenerate::rewritten(const Call &call, const BodyChanges &changes) const
{
    const auto path = pathOf(call);
    if (!path)
        return tl::unexpected(path.error());
    const auto request = OpenAiRequest::read(call.body, names);
    if (!request)
        return tl::unexpected(request.error());
    RewrittenCall out;
    ByteEdits edits;
    if (changes.model) {
        auto other = path->withModel(*changes.model);
        if (!other)
            return tl::unexpected(other.error());
        out.path = std::move(*other);
        for (const JsonMember &each : request->members()) {
            if (each.field == Model && each.type == Type::String)
                edits.replace(each.begin, each.end, jsonQuoted(geminiResource(*changes.model)));
        }
    }
    if (changes.ceiling) {
        if (const Status done = setCeiling(*request, *changes.ceiling, edits); !done)
            return tl::unexpected(done.error());
    }
    out.body = edits.applied(call.body);
    return out;
}

Result<UsageReport> GeminiGenerate::readUsage(const QByteArray &body) const
{
    return readGeminiUsage(body);
}

qint64 GeminiGenerate::estimateOutput(const QByteArray &body) const
{
    return estimateGeminiOutput(body);
}

std::unique_ptr<StreamMeter> GeminiGenerate::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<GeminiMeter>(facts);
}

} // namespace lbp
