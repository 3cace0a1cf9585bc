#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// POST /images/generations, /images/edits and /images/variations; the last two as a form or as JSON.
///
/// Models of the dall-e family are billed by the image, by quality and size (RequestFacts::images and
/// imageVariant); all others by tokens, which the answer and the last event of a stream report. One image is
/// at most generatedImageTokens (openairesponses.h), and no limit of output can be asked for. A model has to
/// be named: what the API takes in its place has changed over time, and its price with it.
class OpenAiImages : public Dialect
{
public:
    QString endpoint() const override { return QStringLiteral("images"); }
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /images/generations"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &) const override { return 0; }
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

} // namespace lbp
