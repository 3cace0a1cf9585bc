#include "dialects/openaimodels.h"

#include "dialects/openaimeter.h"

namespace lbp {

Result<RequestFacts> OpenAiFree::read(const Call &) const
{
    RequestFacts facts;
    facts.ceiling = 0;
    return facts;
}

Result<RewrittenCall> OpenAiFree::rewritten(const Call &call, const BodyChanges &changes) const
{
    if (changes.model || changes.ceiling || changes.askForUsage)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("A request that costs nothing is never changed."));
    return RewrittenCall{call.body, {}};
}

Result<UsageReport> OpenAiFree::readUsage(const QByteArray &) const
{
    return fail(ErrorCode::NotFound, QStringLiteral("a free answer has no usage"));
}

std::unique_ptr<StreamMeter> OpenAiFree::meter(const RequestFacts &facts, bool usageWasAdded) const
{
    return std::make_unique<OpenAiMeter>(OpenAiStream::Completions, facts, usageWasAdded);
}

QString OpenAiModels::endpoint() const
{
    return QStringLiteral("models");
}

bool OpenAiModels::claims(QByteArrayView method, QByteArrayView path) const
{
    const bool reads = method == "GET" || method == "HEAD";
    return reads && (path == "/models" || (path.startsWith("/models/") && path.size() > 8));
}

QString OpenAiModerations::endpoint() const
{
    return QStringLiteral("moderations");
}

bool OpenAiModerations::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && path == "/moderations";
}

} // namespace lbp
