#include "dialects/geminifree.h"

#include "dialects/geminipath.h"

namespace lbp {
namespace {

bool reads(QByteArrayView method)
{
    return method == "GET" || method == "HEAD";
}

} // namespace

QString GeminiCountTokens::endpoint() const
{
    return QStringLiteral("countTokens");
}

bool GeminiCountTokens::claims(QByteArrayView method, QByteArrayView path) const
{
    if (method != "POST")
        return false;
    const auto named = GeminiPath::read(path);
    return named && named->callsModel("countTokens");
}

Result<RequestFacts> GeminiCountTokens::read(const Call &call) const
{
    RequestFacts facts;
    facts.ceiling = 0;
    if (const auto path = GeminiPath::read(call.path); path && !path->id.isEmpty()) {
        const auto model = path->model();
        if (!model)
            return tl::unexpected(model.error());
        facts.model = *model;
    }
    return facts;
}

Result<RewrittenCall> GeminiCountTokens::rewritten(const Call &call, const BodyChanges &changes) const
{
    const auto path = GeminiPath::read(call.path);
    if (!changes.model || changes.ceiling || changes.askForUsage || !path)
        return GeminiFree::rewritten(call, changes);
    auto other = path->withModel(*changes.model);
    if (!other)
        return tl::unexpected(other.error());
    return RewrittenCall{call.body, std::move(*other)};
}

QString GeminiModels::endpoint() const
{
    return QStringLiteral("models");
}

bool GeminiModels::claims(QByteArrayView method, QByteArrayView path) const
{
    if (!reads(method))
        return false;
    const auto named = GeminiPath::read(path);
    return named && named->verb.isEmpty()
        && (named->collection == "models" || named->collection == "tunedModels");
}

QString GeminiStored::endpoint() const
{
    return QStringLiteral("stored");
}

bool GeminiStored::claims(QByteArrayView method, QByteArrayView path) const
{
    if (method == "POST" && (path == "/upload/v1beta/files" || path == "/upload/v1alpha/files"))
        return true;
    const auto named = GeminiPath::read(path);
    if (!named || named->version.isEmpty() || !named->verb.isEmpty()
        || (named->collection != "cachedContents" && named->collection != "files"))
        return false;
    return reads(method) || (method == "DELETE" && !named->id.isEmpty());
}

} // namespace lbp
