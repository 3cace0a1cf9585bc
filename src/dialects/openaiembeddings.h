#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// POST /embeddings: input only, and never a stream.
class OpenAiEmbeddings : public Dialect
{
public:
    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /embeddings"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    std::optional<InputText> inputText(const Call &call) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &) const override { return 0; }
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    bool hasOutput() const override { return false; }
};

} // namespace lbp
