#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// What costs nothing at Anthropic. Of bodies only the model is read, which decides who answers.
class AnthropicFree : public Dialect
{
public:
    Api api() const override { return Api::Anthropic; }
    Metering metering() const override { return Metering::Free; }
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &) const override { return 0; }
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    bool hasOutput() const override { return false; }
};

/// POST /messages/count_tokens.
class AnthropicCountTokens : public AnthropicFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
};

/// GET and HEAD of /models and /models/{id}, for clients that name a version of this API.
class AnthropicModels : public AnthropicFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
};

} // namespace lbp
