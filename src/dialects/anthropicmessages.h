#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// POST /messages, Anthropic's one metered call.
///
/// `max_tokens` is required and bounds all output, thinking included; zero fills the cache and makes nothing.
/// With a thinking budget it must stay above that budget (leastCeiling); where the budget is not below it to
/// begin with, which some versions allow between tools, it is not touched at all. Hosted tools make the model
/// read its input again and again: what that may cost is bounded by `max_uses` and by the assumptions in
/// anthropicinput.h. Every answer has its usage, so it is never asked for.
class AnthropicMessages : public Dialect
{
public:
    Api api() const override { return Api::Anthropic; }
    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /messages"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    std::optional<InputText> inputText(const Call &call) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

} // namespace lbp
