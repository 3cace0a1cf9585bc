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
    QString meteredPath() const override { return QStringLiteral("POST /completions"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    std::optional<InputText> inputText(const Call &call) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

} // namespace lbp
