#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// POST /completions, the API before chat. Each prompt yields `n` choices, of which `best_of` are generated
/// and billed, so a request has prompts x max(n, best_of) choices. Without max_tokens the API's default of 16
/// holds.
class OpenAiCompletions : public Dialect
{
public:
    static constexpr qint64 defaultCeiling = 16;

    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> readRequest(const QByteArray &body) const override;
    Result<QByteArray> edited(const QByteArray &body, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

} // namespace lbp
