#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// Room for one image of any size in any detail, in tokens. The dearest rule in use, that of gpt-4o-mini, is
/// 2,833 plus 5,667 for each 512-pixel tile, and an image is scaled to eight tiles at most (2,048 x 768):
/// 48,169. It holds for every model, since a downgrade may change the model after the request was read.
inline constexpr qint64 imageTokensUpperBound = 48'169;

/// POST /chat/completions.
///
/// The effective ceiling is the larger of max_completion_tokens and max_tokens. A ceiling below one is what
/// compatible servers take as "no limit", and OpenAI refuses it itself, so it is read as none. Rejected
/// predicted output is billed as output; it is bounded by the bytes of `prediction`, and OpenAI takes no
/// output ceiling together with it.
class OpenAiChat : public Dialect
{
public:
    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /chat/completions"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    std::optional<InputText> inputText(const Call &call) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

} // namespace lbp
