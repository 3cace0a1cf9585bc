#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// POST of models/{m}:generateContent and :streamGenerateContent, tunedModels as well. The model stands in
/// the path, with whichever version the client names.
///
/// - The ceiling is generationConfig.maxOutputTokens. Thoughts count towards it, so a thinkingConfig moves no
///   bound. Zero is this API's spelling of "not set".
/// - Nobody says how often a search may be made for a request; geminiSearchesUpperBound is set aside for each
///   candidate, and what was made is charged.
/// - A stream is an event stream with alt=sse, and one JSON array without it. Either way its chunks carry the
///   usage, so nothing has to be asked for.
class GeminiGenerate : public Dialect
{
public:
    Api api() const override { return Api::Gemini; }
    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override
    {
        return QStringLiteral("POST /v1beta/models/{model}:generateContent, :streamGenerateContent");
    }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

/// Searches set aside for one candidate. Answers that search name one to five queries.
inline constexpr qint64 geminiSearchesUpperBound = 10;

/// POST of models/{m}:embedContent and :batchEmbedContents: input only, and never a stream. Where an answer
/// has no usage, its input is estimated.
class GeminiEmbed : public Dialect
{
public:
    Api api() const override { return Api::Gemini; }
    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override
    {
        return QStringLiteral("POST /v1beta/models/{model}:embedContent, :batchEmbedContents");
    }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &) const override { return 0; }
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    bool hasOutput() const override { return false; }
};

} // namespace lbp
