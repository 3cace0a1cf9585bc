#include "dialects/geminigenerate.h"

#include "dialects/geminimeter.h"
#include "dialects/geminirequest.h"
#include "wire/jsonarray.h"

#include <array>

namespace lbp {
namespace {

using Type = JsonMember::Type;

enum Field { Content, Model, Requests };
constexpr std::array<QByteArrayView, 3> names{"content", "model", "requests"};

/// One request and where it begins in the body. A batch names the model in each of its requests.
struct Single
{
    qsizetype begin = 0;
    OpenAiRequest request;
};

/// The requests of a body: itself, and those of a batch.
Result<std::vector<Single>> requestsIn(const QByteArray &body)
{
    auto whole = OpenAiRequest::read(body, names);
    if (!whole)
        return tl::unexpected(whole.error());
    std::vector<Single> found;
    found.push_back({0, std::move(*whole)});
    const auto list = found.front().request.member(Requests, Type::Array);
    if (!list)
        return tl::unexpected(list.error());
    if (!*list)
        return found;
    const qsizetype listBegin = (*list)->begin;
    const QByteArray elements = found.front().request.raw(**list).toByteArray();
    Status read;
    JsonArraySplitter splitter(
        [&](const JsonArraySplitter::Element &element) {
            if (!read)
                return;
            auto each = OpenAiRequest::read(element.json.toByteArray(), names);
            if (each)
                found.push_back({listBegin + element.begin, std::move(*each)});
            else
                read = tl::unexpected(each.error());
        },
        elements.size());
    splitter.feed(elements);
    if (!read)
        return tl::unexpected(read.error());
    return found;
}

Result<GeminiPath> pathOf(const Call &call)
{
    auto path = GeminiPath::read(call.path);
    if (!path || path->id.isEmpty())
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("The path must name a model, as in models/gemini-embedding-001:embedContent."));
    return *path;
}

} // namespace

QString GeminiEmbed::endpoint() const
{
    return QStringLiteral("embedContent");
}

bool GeminiEmbed::claims(QByteArrayView method, QByteArrayView path) const
{
    if (method != "POST")
        return false;
    const auto named = GeminiPath::read(path);
    return named && (named->callsModel("embedContent") || named->callsModel("batchEmbedContents"));
}

Result<RequestFacts> GeminiEmbed::read(const Call &call) const
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
    const auto requests = requestsIn(call.body);
    if (!requests)
        return tl::unexpected(requests.error());

    RequestFacts facts;
    facts.model = *model;
    facts.ceiling = 0;
    facts.wantsUsage = true;
    facts.mayWriteCache = facts.mayWriteCacheLong = false;
    facts.inputUpperBound = call.body.size() + hiddenInputTokens;
    for (const Single &each : *requests) {
        if (const Status same = checkSameModel(each.request, Model, *model); !same)
            return tl::unexpected(same.error());
        const auto content = each.request.member(Content);
        if (!content)
            return tl::unexpected(content.error());
        if (*content)
            boundGeminiInput(readGeminiContents(each.request.body(), (*content)->begin, (*content)->end),
                             facts);
    }
    return facts;
}

Result<RewrittenCall> GeminiEmbed::rewritten(const Call &call, const BodyChanges &changes) const
{
    if (changes.ceiling)
        return fail(ErrorCode::InvalidRequest, QStringLiteral("This API has no limit for its output."));
    RewrittenCall out{call.body, {}};
    if (!changes.model)
        return out;
    const auto path = pathOf(call);
    if (!path)
        return tl::unexpected(path.error());
    auto other = path->withModel(*changes.model);
    if (!other)
        return tl::unexpected(other.error());
    out.path = std::move(*other);
    const auto requests = requestsIn(call.body);
    if (!requests)
        return tl::unexpected(requests.error());
    ByteEdits edits;
    for (const Single &each : *requests) {
        for (const JsonMember &member : each.request.members()) {
            if (member.field == Model && member.type == Type::String)
                edits.replace(each.begin + member.begin, each.begin + member.end,
                              jsonQuoted(geminiResource(*changes.model)));
        }
    }
    out.body = edits.applied(call.body);
    return out;
}

Result<UsageReport> GeminiEmbed::readUsage(const QByteArray &body) const
{
    return readGeminiUsage(body);
}

std::unique_ptr<StreamMeter> GeminiEmbed::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<GeminiMeter>(facts);
}

} // namespace lbp
