#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// What costs nothing at OpenAI. Bodies pass unread.
class OpenAiFree : public Dialect
{
public:
    Metering metering() const override { return Metering::Free; }
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &) const override { return 0; }
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    bool hasOutput() const override { return false; }
};

/// GET and HEAD of /models and /models/{id}; an id may have slashes in it.
class OpenAiModels : public OpenAiFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
};

/// POST /moderations.
class OpenAiModerations : public OpenAiFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
};

} // namespace lbp
